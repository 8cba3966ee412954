//! One contract for every platform adapter. Each platform's file has its harness and the one line
//! that holds it to every claim, so a claim that fails shows by its own name, such as
//! `playground::the_same_delivery_twice_shows_one_message`.

mod contract;
mod hearing;
mod line_chat;
mod pinging;
mod playground;
mod privacy;
mod saying;
mod threads;
mod trial;
