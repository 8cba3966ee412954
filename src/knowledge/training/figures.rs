//! How good ranks and confidences are, in the usual figures.

use crate::knowledge::draft::real;

/// Cuts that let fewer suggestions through than this say nothing.
const ENOUGH: usize = 10;

/// What became of one question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Outcome {
    /// Its first hit's; `None` when nothing was found.
    pub(super) confidence: Option<f64>,
    /// The place of the right article among the hits, from 0.
    pub(super) place: Option<usize>,
    /// Whether any article answers it.
    pub(super) answerable: bool,
}

impl Outcome {
    fn is_right(&self) -> bool {
        self.place == Some(0)
    }
}

/// The figures of a set of questions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// Questions that an article answers, and others.
    pub answerable: usize,
    pub others: usize,
    pub recall1: f64,
    pub recall3: f64,
    /// The chance that an answerable question is surer than another one.
    pub auroc: f64,
    /// The share of the answerable ones that gets a suggestion at the loosest cut where nine in ten
    /// of all suggestions are right, and that cut; `None` where no cut is.
    pub at_ninety: Option<(f64, f64)>,
    /// The mean distance between confidence and truth, over tenths of the questions.
    pub calibration_error: f64,
}

impl Figures {
    pub(super) fn of(outcomes: &[Outcome]) -> Self {
        let answerable: Vec<&Outcome> = outcomes.iter().filter(|o| o.answerable).collect();
        let within = |top: usize| {
            let found = answerable.iter().filter(|o| o.place.is_some_and(|place| place < top));
            share(found.count(), answerable.len())
        };
        Self {
            answerable: answerable.len(),
            others: outcomes.len() - answerable.len(),
            recall1: within(1),
            recall3: within(3),
            auroc: auroc(outcomes),
            at_ninety: cut_for(outcomes, 0.9),
            calibration_error: calibration_error(outcomes),
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { real(part) / real(whole) }
}

fn auroc(outcomes: &[Outcome]) -> f64 {
    let mut sure: Vec<(f64, bool)> =
        outcomes.iter().map(|o| (o.confidence.unwrap_or(-1.0), o.answerable)).collect();
    sure.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins, mut pairs) = (0.0, 0.0, 0.0);
    for same in sure.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        let answerable = real(same.iter().filter(|(_, answerable)| *answerable).count());
        let others = real(same.len()) - answerable;
        wins += answerable * (below + others / 2.0);
        below += others;
        pairs += answerable;
    }
    if below * pairs > 0.0 { wins / (below * pairs) } else { 0.5 }
}

/// The loosest cut where `precision` of all suggestions are right: the share of the answerable
/// questions above it, and the cut.
pub(super) fn cut_for(outcomes: &[Outcome], precision: f64) -> Option<(f64, f64)> {
    let mut sure: Vec<(f64, &Outcome)> =
        outcomes.iter().filter_map(|outcome| Some((outcome.confidence?, outcome))).collect();
    sure.sort_by(|a, b| b.0.total_cmp(&a.0));
    let answerable = outcomes.iter().filter(|outcome| outcome.answerable).count();
    let (mut shown, mut right, mut reached) = (0, 0, 0);
    let mut loosest = None;
    for same in sure.chunk_by(|a, b| a.0.total_cmp(&b.0).is_eq()) {
        shown += same.len();
        right += same.iter().filter(|(_, outcome)| outcome.is_right()).count();
        reached += same.iter().filter(|(_, outcome)| outcome.answerable).count();
        if shown >= ENOUGH && share(right, shown) >= precision {
            loosest = same.first().map(|(cut, _)| (share(reached, answerable), *cut));
        }
    }
    loosest
}

fn calibration_error(outcomes: &[Outcome]) -> f64 {
    let mut sure: Vec<(f64, bool)> =
        outcomes.iter().map(|o| (o.confidence.unwrap_or_default(), o.is_right())).collect();
    sure.sort_by(|a, b| a.0.total_cmp(&b.0));
    let size = sure.len().div_ceil(10).max(1);
    let tenths = sure.chunks(size).map(|tenth| {
        let promised: f64 = tenth.iter().map(|(confidence, _)| confidence).sum();
        let kept = real(tenth.iter().filter(|(_, right)| *right).count());
        (promised - kept).abs()
    });
    let apart: f64 = tenths.sum();
    if sure.is_empty() { 0.0 } else { apart / real(sure.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(confidence: f64, place: Option<usize>, answerable: bool) -> Outcome {
        Outcome { confidence: Some(confidence), place, answerable }
    }

    #[test]
    fn figures_are_what_their_names_say() {
        let mut outcomes: Vec<Outcome> = (0..18).map(|_| outcome(0.9, Some(0), true)).collect();
        outcomes.extend([outcome(0.8, Some(2), true), outcome(0.7, None, false)]);
        outcomes.extend([outcome(0.1, None, false), outcome(0.2, Some(5), true)]);
        let figures = Figures::of(&outcomes);
        assert_eq!((figures.answerable, figures.others), (20, 2));
        assert!((figures.recall1 - 0.9).abs() < 1e-9);
        assert!((figures.recall3 - 0.95).abs() < 1e-9);
        // The poorest answerable one is surer than one of the two others only.
        assert!((figures.auroc - 39.0 / 40.0).abs() < 1e-9);
        let (coverage, cut) = figures.at_ninety.expect("there is such a cut");
        assert!((coverage - 0.95).abs() < 1e-9, "18 of 20 shown are right down to 0.7");
        assert!((cut - 0.7).abs() < 1e-9);
    }

    #[test]
    fn without_questions_there_are_no_promises() {
        let figures = Figures::of(&[]);
        assert_eq!(figures.at_ninety, None);
        assert!((figures.auroc - 0.5).abs() < 1e-9);
    }
}
