//! How sure a suggestion is: a probability that it is the right article.
//!
//! A score orders the articles for one question but says nothing across questions, and a bot that
//! answers strangers in public must know when to keep still. So a handful of signals, each with a
//! meaning of its own, are mixed by a logistic function into a probability. All of them are
//! ratios, so that they mean the same among five articles as among four hundred.
//!
//! The few numbers below were fitted offline (Newton's method on a weighted logistic loss, ridge
//! 0.001) on the DEV parts of two real sets of questions: a bank's customers (63 articles, 2,382
//! questions, a fifth of them with no article) and a chat channel of a Linux distribution (394
//! articles, 582 questions). Each was taken with 0 to 5 example questions an article, and cut to
//! random knowledge bases of 5 to 150 articles, so that neither size nor diligence is assumed.
//! What lost: the margin as a ratio, since two poor articles far apart then look sure (AUROC 0.84
//! against 0.85 on the bank's questions); coverage and the share of known words, which add nothing
//! once the others are there; and one cut on the score, which would move with every article added.

/// What speaks for an article, before it is compared with the others.
#[derive(Debug, Clone, Copy, PartialEq)]
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
    /// The share of the question's weight whose words any article has.
    pub(super) known: f64,
}

impl Signals {
    /// What articles are ranked by. Fitted like the confidence, by a listwise loss.
    pub(super) fn rank(&self) -> f64 {
        self.score + 0.33 * self.likeness + 0.20 * self.second_likeness + 0.05 * self.order
    }

    /// The probability that the article answers; `lead` is how far its rank lies ahead of the
    /// best other article's, negative when it lies behind.
    pub(super) fn confidence(&self, lead: f64) -> f64 {
        logistic(
            -3.79
                + 1.18 * self.score
                + 1.58 * self.likeness
                + 0.87 * self.order
                + 3.13 * self.evidence.ln_1p()
                + 3.44 * lead,
        )
    }
}

/// The loosest cut at which the share `precision` of the suggestions shown are right.
///
/// Above a cut lie hits of every higher confidence, so it may lie below the precision wanted.
/// How far depends on how many questions no article answers. This line is drawn through the cuts
/// measured at 70, 80, 90 and 95 % on the bank's questions (a fifth unanswerable, most of those
/// near misses of the same trade), with 1, 3 and 5 example questions an article.
pub fn cut(precision: f64) -> f64 {
    let wanted = precision.clamp(0.001, 0.999);
    let odds = (wanted / (1.0 - wanted)).ln();
    logistic(1.27 * odds - 1.75).min(wanted)
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Signals = Signals {
        score: 0.0,
        evidence: 0.0,
        coverage: 0.0,
        likeness: 0.0,
        second_likeness: 0.0,
        order: 0.0,
        known: 0.0,
    };

    #[test]
    fn every_signal_speaks_for_an_article_and_none_for_certainty() {
        let nothing = NOTHING.confidence(0.0);
        assert!(nothing < 0.05);
        for more in [
            Signals { score: 0.5, ..NOTHING },
            Signals { evidence: 2.0, ..NOTHING },
            Signals { likeness: 0.5, ..NOTHING },
            Signals { order: 0.5, ..NOTHING },
        ] {
            assert!(more.confidence(0.0) > nothing, "{more:?}");
            assert!(more.confidence(-0.2) < more.confidence(0.2), "{more:?}");
            assert!(more.confidence(1.0) < 1.0, "{more:?}");
        }
    }

    #[test]
    fn a_stricter_wish_is_a_higher_cut_and_the_cut_never_exceeds_the_wish() {
        let cuts: Vec<f64> =
            [0.0, 0.1, 0.5, 0.8, 0.9, 0.95, 0.99, 1.0].into_iter().map(cut).collect();
        assert!(cuts.is_sorted());
        for wanted in [0.5, 0.8, 0.9, 0.95, 0.99] {
            assert!(cut(wanted) <= wanted);
        }
        assert!(cut(0.9) > 0.6);
        assert!(cut(f64::INFINITY) < 1.0);
    }
}
