//! A double of Telegram as its Bot API 10.3 server shows it to a bot: one loopback port, polling
//! and webhook.
//!
//! It is a state and not a script: chats with members, topics and rights, in which people act
//! ([`people`]) and the bot acts by the methods of the API ([`rest`]). What a person would see can
//! be asked ([`screen`]), and it is strict: what Telegram refuses it refuses with the same words
//! ([`rules`]), and a call that no documentation allows ends the test by name, even where the real
//! server would only shrug. Time is the clock's that it is given; it waits for nothing by itself.
//!
//! Where Telegram documents a rule and not the words of its refusal, the words are ours: that is so
//! for ephemeral messages and member tags.
//!
//! Used by `#[path]` from the tests of adapters and processes; each uses a part of it, by the paths
//! of its modules: `town::Town` first.
#![expect(clippy::expect_used, reason = "a double that cannot do its part is no test")]
#![expect(clippy::struct_excessive_bools, reason = "a chat has many sides, each yes or no")]
#![expect(clippy::indexing_slicing, reason = "an index of JSON reads null, and writes a field")]

mod board;
mod chats;
mod commands;
mod entities;
mod ephemeral;
mod hooks;
mod members;
mod messages;
mod pace;
pub(crate) mod people;
pub(crate) mod plain;
pub(crate) mod rest;
mod rules;
pub(crate) mod screen;
mod setup;
pub(crate) mod state;
pub(crate) mod town;
mod updates;
mod wire;
