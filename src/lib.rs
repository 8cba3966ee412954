//! Askaround.
pub mod domain;
