//! Chance that can be replayed: one small generator a purpose, so that a change in what people do
//! draws nothing away from what the platform does.

use std::time::Duration;

use crate::runtime::{Chance as _, SeededChance};

/// How long something takes beside its median, in hundredths, by tenths of luck: most things take
/// about as long as usual, a few take very much longer. A table and no formula, because the
/// libraries of machines differ in the last digit of a logarithm.
const SPREAD: [u64; 11] = [15, 30, 45, 60, 80, 100, 130, 170, 240, 400, 900];

/// The chance of one purpose.
#[derive(Debug)]
pub(super) struct Chance {
    source: SeededChance,
}

impl Chance {
    /// The chance of one purpose in the world of one seed.
    pub(super) fn of(seed: u64, purpose: u64) -> Chance {
        let source = SeededChance::new(seed ^ purpose.wrapping_mul(0xd1b5_4a32_d192_ed03));
        let mut chance = Chance { source };
        chance.draw();
        chance
    }

    pub(super) fn draw(&mut self) -> u64 {
        self.source.draw().unwrap_or_default() // a seed does not run dry
    }

    /// A number below `end`; 0 when there is none.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        self.draw().checked_rem(end).unwrap_or(0)
    }

    /// True so many times in ten thousand.
    pub(super) fn happens(&mut self, in_ten_thousand: u64) -> bool {
        self.below(10_000) < in_ten_thousand
    }

    /// True so many times in a hundred.
    pub(super) fn percent(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    pub(super) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let place = self.below(u64::try_from(all.len()).unwrap_or(0));
        all.get(usize::try_from(place).unwrap_or(0))
    }

    /// About as long as `median`: half of the time less, once in ten several times as long.
    pub(super) fn about(&mut self, median: Duration) -> Duration {
        let luck = self.below(1_000);
        let (step, part) = (luck / 100, luck % 100);
        let at = |step: u64| {
            let place = usize::try_from(step).unwrap_or(0);
            SPREAD.get(place).copied().unwrap_or(100)
        };
        let (from, to) = (at(step), at(step + 1));
        let hundredths = from * 100 + (to - from) * part;
        let ms = u64::try_from(median.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(ms.saturating_mul(hundredths) / 10_000)
    }

    /// Somewhere within a span.
    pub(super) fn within(&mut self, span: Duration) -> Duration {
        let ms = u64::try_from(span.as_millis()).unwrap_or(u64::MAX);
        Duration::from_millis(self.below(ms.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_draws_the_same_and_another_purpose_something_else() {
        let draw = |seed, purpose| {
            let mut chance = Chance::of(seed, purpose);
            [chance.draw(), chance.draw(), chance.draw()]
        };
        assert_eq!(draw(1, 1), draw(1, 1));
        assert_ne!(draw(1, 1), draw(1, 2));
        assert_ne!(draw(1, 1), draw(2, 1));
    }

    #[test]
    fn half_of_what_takes_about_a_minute_takes_less() {
        let mut chance = Chance::of(7, 7);
        let minute = Duration::from_mins(1);
        let taken: Vec<Duration> = (0..10_000).map(|_| chance.about(minute)).collect();
        let quicker = taken.iter().filter(|taken| **taken < minute).count();
        assert!((4_700..5_300).contains(&quicker), "{quicker}");
        assert!(taken.iter().all(|taken| *taken <= minute * 9));
    }
}
