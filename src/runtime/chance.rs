//! Chance, as an argument: what nobody may guess comes from the machine, and what is to be told
//! again comes from a seed.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::store::StoreError;

/// Where unguessable numbers come from.
pub trait Chance: Send + Sync {
    /// The next one.
    fn draw(&self) -> Result<u64, StoreError>;
}

/// The operating system's.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn draw(&self) -> Result<u64, StoreError> {
        getrandom::u64().map_err(|error| StoreError::Unavailable(error.to_string()))
    }
}

/// The same numbers for the same seed (`SplitMix64`, Steele, Lea & Flood 2014): for stories that
/// must be told again word for word, and never for people.
#[derive(Debug, Default)]
pub struct SeededChance(AtomicU64);

impl SeededChance {
    pub fn new(seed: u64) -> SeededChance {
        SeededChance(AtomicU64::new(seed))
    }
}

impl Chance for SeededChance {
    fn draw(&self) -> Result<u64, StoreError> {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        let mut z = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }
}
