//! What a community's confidences are worth, as its people tell by two buttons.
//!
//! A confidence was fitted on other people's questions. Whether it keeps its promise here, only
//! this community can say: *That solved it* and *Ask a person* under a suggestion are its
//! verdicts, and all that is kept of them is the confidence and which of the two it was. From the
//! latest of them comes one number, a shift of every confidence's odds (Platt's scaling with the
//! slope held): the most likely one, given what was promised and what came of it, and given that
//! without evidence a stranger's community should be expected to do somewhat worse.
//!
//! *Wanted:* one bad evening must not silence a bot, nor one lucky one unleash it; nothing that
//! happened long ago may hold for ever; the same outcomes give the same cut on every machine.
//! *Chosen:* the shift is computed anew from the last [`OUTCOMES`] verdicts whenever a question is
//! asked. A running sum would be a state that could drift, and could not take a verdict back when
//! somebody says later that it was not solved after all.

use super::confidence::{cut, logistic, odds};
use super::index::Hit;

/// So many of the latest verdicts count: enough to be sure of a tenth, few enough to forget.
pub const OUTCOMES: i64 = 200;
/// Where nobody has said anything: a little worse than promised.
const CAUTION: f64 = -0.3;
/// How firmly that is believed: as if about fifteen people had said so already.
const FIRMNESS: f64 = 3.0;
/// Newton's method on one number; it is there after four or five.
const ROUNDS: usize = 20;

/// A second and third article are shown only when they are hardly less likely than the first:
/// choice helps somebody who is unsure, and buries somebody who is not.
const CLOSE_ENOUGH: f64 = 0.4;

/// What somebody said of a suggestion: the confidence it was made with, and whether it helped.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    pub confidence: f64,
    pub helped: bool,
}

/// How far the confidences of a community are to be trusted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Trust {
    /// Added to the odds of every confidence.
    shift: f64,
    pub helped: usize,
    pub did_not_help: usize,
}

impl Trust {
    /// The order of the verdicts does not matter.
    pub fn from(verdicts: &[Verdict]) -> Self {
        let helped = verdicts.iter().filter(|verdict| verdict.helped).count();
        let mut shift = CAUTION;
        for _ in 0..ROUNDS {
            let (mut pull, mut firm) = (FIRMNESS * (CAUTION - shift), FIRMNESS);
            for verdict in verdicts {
                let promised = logistic(odds(verdict.confidence) + shift);
                pull += if verdict.helped { 1.0 - promised } else { -promised };
                firm += promised * (1.0 - promised);
            }
            // A bounded step cannot overshoot, however lopsided the verdicts are.
            shift += (pull / firm).clamp(-1.0, 1.0);
        }
        Self { shift, helped, did_not_help: verdicts.len() - helped }
    }

    /// What a confidence amounts to here.
    pub fn read(&self, confidence: f64) -> f64 {
        logistic(odds(confidence) + self.shift)
    }

    /// The confidence from which on articles are suggested here, for this share of right ones.
    pub fn cut(&self, precision: f64) -> f64 {
        logistic(odds(cut(precision)) - self.shift)
    }

    /// The confidence at which one suggestion by itself is right this often here. What is shown at
    /// a [`cut`](Self::cut) is so on average, some of it less surely; this is the stricter of the
    /// two.
    pub fn least(&self, precision: f64) -> f64 {
        logistic(odds(precision) - self.shift)
    }

    /// The hits that are shown, best first: none when the best does not clear the cut.
    pub fn shown<'a>(&self, hits: &'a [Hit], precision: f64) -> &'a [Hit] {
        let Some(best) = hits.first() else { return &[] };
        if best.confidence < self.cut(precision) {
            return &[];
        }
        let close = |hit: &&Hit| hit.confidence >= best.confidence * CLOSE_ENOUGH;
        hits.get(..hits.iter().take_while(close).count()).unwrap_or_default()
    }
}

impl Default for Trust {
    /// Of a community that has said nothing yet.
    fn default() -> Self {
        Self::from(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdicts(helped: usize, did_not: usize) -> Vec<Verdict> {
        let verdict = |helped| Verdict { confidence: 0.85, helped };
        let good = (0..helped).map(|_| verdict(true));
        good.chain((0..did_not).map(|_| verdict(false))).collect()
    }

    #[test]
    fn a_community_without_verdicts_starts_cautious() {
        let unknown = Trust::default();
        assert!(unknown.cut(0.9) > cut(0.9));
        assert!(unknown.read(0.8) < 0.8);
        assert_eq!((unknown.helped, unknown.did_not_help), (0, 0));
    }

    #[test]
    fn verdicts_move_the_cut_the_more_the_more_there_are() {
        let at = |helped, did_not| Trust::from(&verdicts(helped, did_not)).cut(0.9);
        let cuts = [at(100, 0), at(20, 0), at(3, 0), at(0, 0), at(0, 3), at(0, 20), at(0, 100)];
        assert!(cuts.is_sorted(), "{cuts:?}");
        assert!(cuts[5] > 0.9, "twenty times in vain: {cuts:?}");
        assert!(cuts[1] < cut(0.9) + 0.02, "twenty times well: {cuts:?}");
        assert!(cuts.iter().all(|cut| (0.0..1.0).contains(cut)), "{cuts:?}");
    }

    #[test]
    fn what_is_promised_is_what_is_seen_once_there_is_enough() {
        let kept = Trust::from(&verdicts(140, 60)).read(0.85);
        assert!((kept - 0.7).abs() < 0.03, "seven in ten helped, and it reads {kept}");
    }

    #[test]
    fn what_must_be_sure_by_itself_is_surer_than_what_is_shown_on_average() {
        for trust in [Trust::default(), Trust::from(&verdicts(30, 1)), Trust::from(&verdicts(1, 9))]
        {
            assert!(trust.least(0.9) > trust.cut(0.9));
            assert!((trust.read(trust.least(0.9)) - 0.9).abs() < 1e-9);
        }
    }

    #[test]
    fn the_order_of_the_verdicts_does_not_matter() {
        let mut some = verdicts(9, 4);
        let one = Trust::from(&some);
        some.reverse();
        assert!((one.cut(0.9) - Trust::from(&some).cut(0.9)).abs() < 1e-9);
    }
}
