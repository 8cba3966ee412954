//! How sure a suggestion is: a probability that it is the right article.
//!
//! A score orders the articles for one question but says nothing across questions, and a bot that
//! answers strangers in public must know when to keep still. So two small models stand behind each
//! other. The first gives every article a rank, a weighted sum of what speaks for it. The second
//! looks at the race: how high the first stands, how far ahead, and whether words, letters and
//! meaning agree on it; and mixes that by a logistic function into a probability. Signals are
//! ratios, so that they mean the same among five articles as among four hundred.
//!
//! The numbers are in `fitted`, written by `askaround kb train`, which also says how good they are
//! on questions that they were not fitted on. There are two sets: one with meaning, for languages
//! that the table knows, and one for words alone, fitted as if it knew none.
//!
//! What lost: the margin as a ratio, since two poor articles far apart then look sure; boosted
//! trees over three times as many signals (AUROC 0.89 against 0.88 on a bank's questions, but
//! nobody can say why one is sure); and one cut on the score, which would move with every article
//! added.

use super::draft::real;
use super::fitted::CUTS;

/// What speaks for an article by itself.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Signals {
    /// BM25F over all fields, as a share of what a perfect article would get.
    pub(super) score: f64,
    /// The same in units of one rare word: long, specific questions can have more.
    pub(super) evidence: f64,
    /// The share of the question's weight whose words the article has.
    pub(super) coverage: f64,
    /// Likeness to the title or example question most like the question, and to the next one.
    pub(super) likeness: f64,
    pub(super) second_likeness: f64,
    /// The best share of neighbouring words that are neighbours in a saying as well.
    pub(super) order: f64,
    /// Likeness by runs of letters.
    pub(super) letters: f64,
    /// Likeness of meaning, to all of the article and to the nearest saying.
    pub(super) meaning: f64,
    pub(super) nearest_meaning: f64,
    /// The share of the question that the article comes near, piece by piece.
    pub(super) parts: f64,
}

/// The signals that a rank is made of.
pub(super) const RANKED: usize = 8;
/// The signals that a confidence is made of, with a first one that is always 1.
pub(super) const JUDGED: usize = 12;
/// Of [`JUDGED`], those that can only speak for the first hit: they never get a weight below 0.
pub(super) const SPEAKS_FOR: [bool; JUDGED] =
    [false, true, true, true, true, true, true, true, true, false, false, false];

/// Odds beyond this are as good as certain, one way or the other.
const ODDS_LIMIT: f64 = 4.0;

/// Beside all articles there is one that nobody has written, about what the question is about: it
/// ranks as the best article ranks for questions that are none of this brand's. It tells what
/// being alone is worth, where a brand has one article or two.
const UNWRITTEN: f64 = 4.0;

/// What the first hit of a question is judged by.
pub(super) type Evidence = [f64; JUDGED];

const NOTHING_FOUND: Evidence =
    [1.0, 0.0, 0.0, -ODDS_LIMIT, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0];

/// How signals become a rank and a confidence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    pub(super) rank: [f64; RANKED],
    pub(super) confidence: [f64; JUDGED],
}

impl Signals {
    pub(super) fn ranked(&self) -> [f64; RANKED] {
        [
            self.score,
            self.likeness,
            self.second_likeness,
            self.order,
            self.letters,
            self.meaning,
            self.nearest_meaning,
            self.parts,
        ]
    }
}

impl Model {
    /// What articles are ordered by: the logarithm of how many times likelier each is.
    pub(super) fn rank(&self, signals: &Signals) -> f64 {
        dot(&self.rank, &signals.ranked())
    }

    /// The probability that the first hit answers.
    pub(super) fn confidence(&self, evidence: &Evidence) -> f64 {
        logistic(dot(&self.confidence, evidence))
    }
}

/// The question, and whom it was asked of.
#[derive(Debug, Clone, Copy)]
pub(super) struct AskedOf {
    pub(super) words: usize,
    /// The share of the words' weight that any article knows.
    pub(super) known: f64,
    pub(super) articles: usize,
}

/// The highest of each kind of signal among all but the first hit.
#[derive(Debug, Default)]
struct Bests {
    meaning: f64,
    score: f64,
    letters: f64,
}

impl Bests {
    /// `signals` best hit first.
    fn of(signals: &[Signals]) -> Self {
        signals.iter().skip(1).fold(Self::default(), |bests, other| Self {
            meaning: bests.meaning.max(other.meaning),
            score: bests.score.max(other.score),
            letters: bests.letters.max(other.letters),
        })
    }
}

/// The race as the judge sees it; `signals` and `ranks` best hit first.
pub(super) fn evidence(signals: &[Signals], ranks: &[f64], asked: &AskedOf) -> Evidence {
    let others = Bests::of(signals);
    let (Some(first), Some(&best)) = (signals.first(), ranks.first()) else {
        return NOTHING_FOUND;
    };
    let next = ranks.get(1).copied().unwrap_or_default();
    let others_ranks = ranks.iter().skip(1).chain([&UNWRITTEN]);
    let rivals: f64 = others_ranks.map(|rank| (rank - best).exp()).sum();
    let odds = (-rivals.ln()).clamp(-ODDS_LIMIT, ODDS_LIMIT);
    let agreeing = [
        first.meaning > 0.0 && first.meaning >= others.meaning,
        first.score > 0.0 && first.score >= others.score,
        first.letters > 0.0 && first.letters >= others.letters,
    ];
    let agreeing = agreeing.map(|agrees| if agrees { 1.0 / 3.0 } else { 0.0 }).iter().sum();
    [
        1.0,
        best,
        best - next,
        odds,
        first.meaning - others.meaning,
        first.score - others.score,
        agreeing,
        first.likeness,
        first.evidence.ln_1p(),
        // Twice as long tells the same, whatever the length.
        real(asked.words).ln_1p(),
        asked.known,
        real(asked.articles).ln_1p(),
    ]
}

/// The loosest cut at which the share `precision` of the suggestions shown are right, as measured
/// where nobody has pressed a button yet.
///
/// Above a cut lie hits of every higher confidence, so it may lie below the precision wanted.
/// Between the measured points it is drawn straight, and beyond them towards certainty and nothing.
pub fn cut(precision: f64) -> f64 {
    let wanted = precision.clamp(0.0, 1.0);
    let (mut below, mut above) = ((0.0, 0.0), (1.0, 1.0));
    for point in CUTS {
        if point.0 <= wanted {
            below = point;
        } else {
            above = point;
            break;
        }
    }
    let way = if above.0 > below.0 { (wanted - below.0) / (above.0 - below.0) } else { 0.0 };
    (below.1 + (above.1 - below.1) * way).min(wanted)
}

pub(super) fn dot(weights: &[f64], values: &[f64]) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}

pub(super) fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The inverse of [`logistic`], kept away from certainty.
pub(super) fn odds(probability: f64) -> f64 {
    let probability = probability.clamp(1e-6, 1.0 - 1e-6);
    (probability / (1.0 - probability)).ln()
}

#[cfg(test)]
mod tests {
    use super::super::fitted::{WITH_MEANING, WORDS_ALONE};
    use super::*;

    #[test]
    fn no_signal_that_speaks_for_an_article_speaks_against_it() {
        for model in [&WITH_MEANING, &WORDS_ALONE] {
            assert!(model.rank.iter().all(|weight| *weight >= 0.0), "{model:?}");
            for (weight, speaks_for) in model.confidence.iter().zip(SPEAKS_FOR) {
                assert!(!speaks_for || *weight >= 0.0, "{model:?}");
            }
        }
        assert!(WORDS_ALONE.rank.ends_with(&[0.0, 0.0, 0.0]), "meaning is not asked there");
    }

    #[test]
    fn whoever_stands_higher_further_ahead_and_with_more_agreeing_is_surer() {
        let signals = |score: f64| Signals {
            score,
            evidence: score,
            likeness: score,
            letters: score,
            meaning: score,
            parts: score,
            ..Signals::default()
        };
        let sure = |one: f64, other: f64| {
            let signals = [signals(one), signals(other)];
            let ranks = signals.map(|signals| WITH_MEANING.rank(&signals));
            WITH_MEANING.confidence(&evidence(
                &signals,
                &ranks,
                &AskedOf { words: 6, known: 1.0, articles: 40 },
            ))
        };
        assert!(sure(0.9, 0.1) > sure(0.5, 0.1));
        assert!(sure(0.9, 0.1) > sure(0.9, 0.8));
        assert!(sure(1.0, 0.0) < 1.0);
    }

    #[test]
    fn a_stricter_wish_is_a_higher_cut_and_the_cut_never_exceeds_the_wish() {
        let cuts: Vec<f64> =
            [0.0, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0].into_iter().map(cut).collect();
        assert!(cuts.is_sorted(), "{cuts:?}");
        for wanted in [0.5, 0.8, 0.9, 0.95, 0.99] {
            assert!(cut(wanted) <= wanted);
        }
        assert!(cut(0.9) > 0.5);
        assert!((cut(f64::INFINITY) - 1.0).abs() < 1e-9);
    }
}
