//! The functional core: what a case is and what becomes of it. No async, no I/O, no clock.
//!
//! Everything here is a value or a function of values. `now`, ids and rosters come in as
//! arguments, so a whole community can be replayed; nothing here can fail but by saying why.

pub mod ambassador;
pub mod badge;
pub mod case;
pub mod command;
pub mod escalation;
pub mod feedback;
pub mod harvest;
pub mod ids;
pub mod limits;
pub mod linking;
pub mod overrides;
pub mod policies;
pub mod question;
pub mod recognition;
pub mod rules;
pub mod text;
pub mod time;
pub mod words;
