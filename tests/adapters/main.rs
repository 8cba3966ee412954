//! One contract for every platform adapter. Each platform's file has its harness and the one line
//! that holds it to every claim, so a claim that fails shows by its own name, such as
//! `playground::the_same_delivery_twice_shows_one_message`.

mod contract;
#[cfg(feature = "discord")]
mod discord;
#[cfg(feature = "discord")]
mod discord_double;
#[cfg(feature = "discord")]
mod discord_gateway;
#[cfg(feature = "discord")]
mod discord_live;
#[cfg(feature = "discord")]
mod discord_roles;
#[cfg(feature = "discord")]
mod discord_threads;
mod hearing;
mod line_chat;
#[cfg(all(feature = "discord", feature = "telegram"))]
mod linked_live;
mod pinging;
mod playground;
mod privacy;
mod saying;
#[cfg(feature = "telegram")]
mod telegram;
mod telegram_chats;
mod telegram_double;
#[cfg(feature = "telegram")]
mod telegram_findings;
#[cfg(feature = "telegram")]
mod telegram_leaving;
#[cfg(feature = "telegram")]
mod telegram_live;
#[cfg(feature = "telegram")]
mod telegram_tags;
#[cfg(feature = "telegram")]
mod telegram_trouble;
mod telegram_updates;
mod threads;
mod trial;

#[cfg(feature = "discord")]
#[path = "../doubles/discord/mod.rs"]
#[expect(dead_code, reason = "others use more of it")]
mod double;

#[path = "../doubles/telegram/mod.rs"]
#[expect(dead_code, reason = "others use more of it")]
mod telegram_town;
