//! A double of Discord, version 10: its REST interface and its gateway on one loopback port.
//!
//! It is a state and not a script: a server with channels, threads, people and roles, in which
//! people act ([`people`]) and the bot acts through REST ([`rest`]). What a person would see can be
//! asked ([`screen`]), and it is strict: what Discord refuses it refuses, with the same code
//! ([`rules`]). A route that it does not know ends the test by name. Time is the clock's that it is
//! given; it waits for nothing by itself.
//!
//! Used by `#[path]` from the tests of adapters and processes; each uses a part of it, by the paths
//! of its modules: `town::Town` first.
#![expect(clippy::expect_used, reason = "a double that cannot do its part is no test")]
#![expect(clippy::indexing_slicing, reason = "an index of JSON reads null, and writes a field")]

mod board;
mod commands;
pub(crate) mod gateway;
mod guilds;
mod interactions;
mod messages;
pub(crate) mod people;
mod places;
pub(crate) mod rest;
pub(crate) mod rights;
mod roles;
mod rules;
pub(crate) mod screen;
mod slash;
pub(crate) mod state;
pub(crate) mod town;
mod wire;
