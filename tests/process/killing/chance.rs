//! Chance that a seed tells: the same seed, the same choices.

use std::time::{Duration, Instant};

/// `SplitMix64`, which needs eight bytes and no crate.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 on, and less than this.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        let place = usize::try_from(self.below(all.len() as u64)).unwrap_or_default();
        all.get(place).unwrap_or_else(|| panic!("there is nothing to choose from"))
    }

    /// Keeps this thread busy for some microseconds, at most so many: a timer would choose
    /// milliseconds.
    #[expect(clippy::disallowed_methods, reason = "the program beside it lives in real time")]
    pub(super) fn passes(&mut self, at_most_microseconds: u64) {
        let span = Duration::from_micros(self.below(at_most_microseconds));
        let began = Instant::now();
        while began.elapsed() < span {
            std::hint::spin_loop();
        }
    }
}
