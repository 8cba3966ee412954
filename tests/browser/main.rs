//! The page in a real Chromium: people who click, tap and type, at a desk and on a phone.
//!
//! There is no driver library. Chromium speaks its debugging protocol over a pipe, one JSON value
//! after another, and what these stories need of it is `pipe.rs`: nothing to keep at the browser's
//! version, no port, and a browser that ends when its pipe does. The libraries bring 11 to 32
//! crates, some of those in a second version, and half of them need a program beside the browser.
//!
//! People are driven by what they can perceive: roles, accessible names and the words on the page,
//! with input that the browser takes for a person's. Every wait looks again whenever the page has
//! changed. Without a browser each test says that it did not run; see `required.rs`.
#![cfg(unix)] // the browser's pipe is laid by a shell

mod accessible;
mod chromium;
mod hands;
mod keyboard;
mod person;
mod pipe;
#[expect(dead_code, reason = "made for the process tests, which use all of it")]
#[path = "../process/program.rs"]
mod program;
mod required;
mod story;
mod tab;
mod together;
