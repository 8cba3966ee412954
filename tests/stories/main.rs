//! Stories: what people live through, over the real engine, outbox and store. The transcript is
//! the assertion; a bell after a name means that the person was pinged.

mod main_story;
mod world;
