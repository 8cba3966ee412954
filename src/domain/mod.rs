//! The functional core: what a case is and what becomes of it. No async, no I/O, no clock.

pub mod ids;
pub mod time;
pub mod words;
