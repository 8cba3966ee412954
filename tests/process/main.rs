//! The built program from outside, as an operator and a browser meet it: a child process in a
//! temporary folder, its exit code, its lines and its sockets, and what a kill leaves behind.
//!
//! Nothing here knows the library but for reading a message's words, and for the doubles of the
//! platforms that the program is connected to. Every wait is for something that is said, shown or
//! closed, and ends after [`program::BOUND`] with what the program said.

mod bad_starts;
mod checking;
mod conversation;
mod detecting;
mod ending;
mod keeping;
#[cfg(all(unix, any(feature = "discord", feature = "telegram")))]
mod killing;
mod knowing;
mod listeners;
mod looking;
mod measuring;
mod moving;
#[cfg(feature = "discord")]
mod on_discord;
#[cfg(feature = "telegram")]
mod on_telegram;
#[cfg(all(target_os = "linux", feature = "discord", feature = "telegram"))]
mod outage;
#[cfg(feature = "postgres")]
#[path = "../stories/postgres.rs"]
mod postgres;
mod program;
#[cfg(all(unix, feature = "postgres", feature = "telegram"))]
mod sharing;
mod simulating;
mod tab;
mod wire;

#[cfg(feature = "discord")]
#[path = "../doubles/discord/mod.rs"]
#[expect(dead_code, reason = "others use more of it")]
mod double;

#[cfg(feature = "telegram")]
#[path = "../doubles/telegram/mod.rs"]
#[expect(dead_code, reason = "others use more of it")]
mod telegram_town;
