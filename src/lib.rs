//! Askaround.
pub mod bot;
pub mod domain;
pub mod knowledge;
pub mod locale;
pub mod platform;
pub mod runtime;
pub mod store;
