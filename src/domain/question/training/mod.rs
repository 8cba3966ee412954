//! Training the model, and how good it is: everything of `askaround detect train` but the files.
//!
//! Two kinds of lessons. *Marked* ones are many messages of which is only known whether their
//! writer put a question mark: they teach the pieces of words. The mark itself is taken away, and
//! "no mark" is taken for "no question" only as far as the shape agrees, since one in ten asks
//! without. *Labelled* ones are few, read by a person: they fit the last step alone, and are what
//! every figure is measured on, each by a last step that has not seen it. All of them count a
//! second time without their marks when asking is fitted, so that nothing leans on the mark alone.
//!
//! The table of signs is no part of this: it is kept by hand, and some of these very messages once
//! helped to weigh it. Fitted from nothing in each fold, the signs alone reach an F1 of 0.94 for
//! asking and 0.77 for wanting help, so that the figures flatter the latter by two points or so.

mod figures;
mod fit;
mod lessons;

use std::collections::BTreeSet;

pub use figures::{Figures, Prf, Share};
use fit::{Row, Task, fit};
pub use lessons::{Kind, Labelled, Lessons, Marked, column};

use super::Heard;
use super::model::{Builder, Model, Pair, VALUES, Values, ratio};
use super::shape::{Look, logistic};
use super::trained::values;

/// A piece must be in so many messages to be learned from.
const PIECE_MESSAGES: usize = 4;
/// Ridge on the pieces: strong, so that only what many messages say is kept.
const PIECE_RIDGE: f64 = 15.0;
/// On the constant: none to speak of.
const CONSTANT_RIDGE: f64 = 0.01;
/// What the last step is held near, for asking: the shape, with what wants help a question too.
/// The constant moves least: it would move the languages with it that were not there.
const ASKS_PRIOR: Values = [1.0, 1.0, 0.0, 0.4, 0.2, 0.0];
const ASKS_RIDGE: Values = [40.0, 3.0, 0.0, 40.0, 40.0, 300.0];
/// The same for wanting help: the shape as it is, and the pieces.
const HELPS_PRIOR: Values = [0.0, 0.0, 1.0, 0.2, 0.8, 0.0];
const HELPS_RIDGE: Values = [0.0, 0.0, 400.0, 40.0, 40.0, 300.0];
/// Where the shuffle of the folds begins; any number would do, this one is kept.
const SEED: u64 = 0x5EED;

/// A trained model as it is written, and how well it does.
pub struct Trained {
    pub model: Vec<u8>,
    pub figures: Figures,
}

/// Trains on all lessons; measures on each fold of the labelled ones what the others taught.
pub fn train(lessons: &Lessons, folds: usize) -> Trained {
    let builder = learn_pieces(&lessons.marked);
    let rows: Vec<Known> =
        lessons.labelled.iter().map(|lesson| Known::of(lesson, builder.model())).collect();
    let everything: Vec<&Known> = rows.iter().collect();
    let judged = by_folds(&rows, &folds_of(&lessons.labelled, folds.max(2)));
    let mut figures = Figures::new(&lessons.labelled, &judged, folds.max(2));
    for (name, group) in groups(&lessons.labelled) {
        let (inside, outside): (Vec<usize>, Vec<usize>) =
            (0..rows.len()).partition(|at| group.contains(at));
        // A group that is nearly all there is leaves nothing to learn from.
        if outside.len() * 4 >= rows.len() && !inside.is_empty() {
            let step = last_step(&pick(&rows, &outside));
            let unseen: Vec<Chances> =
                inside.iter().filter_map(|&at| Some(rows.get(at)?.judged(&step))).collect();
            let labels: Vec<&Labelled> =
                inside.iter().filter_map(|&at| lessons.labelled.get(at)).collect();
            figures.left_out(name, &labels, &unseen);
        }
    }
    let (asks, helps) = last_step(&everything);
    Trained { model: builder.finish(asks, helps).write(), figures }
}

/// The two chances that a message was given.
#[derive(Debug, Clone, Copy)]
pub struct Chances {
    pub asks: f64,
    pub helps: f64,
}

/// A labelled message as the last step sees it.
struct Known {
    asks: f64,
    helps: f64,
    values: Values,
    unmarked: Values,
}

impl Known {
    fn of(lesson: &Labelled, model: &Model) -> Self {
        let look = |text: &str| values(&Look::of(&Heard { text, ..Heard::default() }), model);
        Self {
            asks: f64::from(u8::from(lesson.kind != Kind::None)),
            helps: f64::from(u8::from(lesson.kind == Kind::Help)),
            values: look(&lesson.text),
            unmarked: look(&without_marks(&lesson.text)),
        }
    }

    fn judged(&self, (asks, helps): &(Values, Values)) -> Chances {
        let sum = |weights: &Values| -> f64 {
            weights.iter().zip(&self.values).map(|(weight, value)| weight * value).sum()
        };
        Chances { asks: logistic(sum(asks)), helps: logistic(sum(helps)) }
    }
}

fn without_marks(text: &str) -> String {
    text.replace(['?', '？', '¿', '؟', '❓', '❔', '‽'], " ")
}

/// Learns from the marked messages what each piece says.
fn learn_pieces(marked: &[Marked]) -> Builder {
    let mut pieces = Vec::with_capacity(marked.len());
    let (mut asks, mut helps) = (Vec::new(), Vec::new());
    for lesson in marked {
        let heard = |text| Look::of(&Heard { text, ..Heard::default() });
        let told = heard(&lesson.text).odds();
        let bare = heard(&without_marks(&lesson.text));
        let odds = bare.odds();
        let suspected = logistic(odds.asks).max(logistic(odds.helps));
        asks.push(if lesson.is_question { 1.0 } else { suspected });
        helps.push(logistic(told.helps));
        pieces.push(bare.reading.pieces);
    }
    let known = frequent(&pieces);
    let rows: Vec<Row> = pieces.iter().map(|pieces| row(pieces, &known)).collect();
    let constant = known.len();
    let mut ridge = vec![PIECE_RIDGE; constant];
    ridge.push(CONSTANT_RIDGE);
    let learn = |targets: &[f64]| {
        let (weights, offsets) = (vec![1.0; rows.len()], vec![0.0; rows.len()]);
        let (weights, offsets) = (weights.as_slice(), offsets.as_slice());
        fit(&Task { rows: &rows, targets, weights, offsets, ridge: &ridge })
    };
    let (asks, helps) = (learn(&asks), learn(&helps));
    let learned: Vec<(u32, Pair)> = known
        .iter()
        .zip(asks.iter().zip(&helps))
        .map(|(&piece, (&asks, &helps))| (piece, Pair { asks, helps }))
        .collect();
    Builder::new(&learned).centred(&pieces)
}

/// Pieces that enough messages have, in order.
fn frequent(messages: &[Vec<u32>]) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    for pieces in messages {
        let mut once = pieces.clone();
        once.sort_unstable();
        once.dedup();
        all.extend(once);
    }
    all.sort_unstable();
    all.chunk_by(|one, next| one == next)
        .filter(|same| same.len() >= PIECE_MESSAGES)
        .filter_map(|same| same.first().copied())
        .collect()
}

fn row(pieces: &[u32], known: &[u32]) -> Row {
    let each = 1.0 / ratio(pieces.len().max(1), 1).sqrt();
    let mut row: Row = Vec::with_capacity(pieces.len() + 1);
    row.extend(pieces.iter().filter_map(|piece| Some((known.binary_search(piece).ok()?, each))));
    row.push((known.len(), 1.0));
    row
}

/// Fits the two regressions that put everything together.
fn last_step(known: &[&Known]) -> (Values, Values) {
    let with = known.iter().map(|one| (one.values, one.asks));
    let without = known.iter().map(|one| (one.unmarked, one.asks));
    let asks: Vec<(Values, f64)> = with.chain(without).collect();
    let helps: Vec<(Values, f64)> = known.iter().map(|one| (one.values, one.helps)).collect();
    (near(&ASKS_PRIOR, &ASKS_RIDGE, &asks), near(&HELPS_PRIOR, &HELPS_RIDGE, &helps))
}

/// The regression that fits, held near `prior`; a value without ridge is left out of it.
fn near(prior: &Values, ridge: &Values, examples: &[(Values, f64)]) -> Values {
    let used: Vec<usize> = (0..VALUES).filter(|&at| ridge.get(at) > Some(&0.0)).collect();
    let only = |values: &Values| -> Vec<f64> {
        used.iter().filter_map(|&at| values.get(at).copied()).collect()
    };
    let rows: Vec<Row> =
        examples.iter().map(|(values, _)| only(values).into_iter().enumerate().collect()).collect();
    let targets: Vec<f64> = examples.iter().map(|(_, target)| *target).collect();
    let offsets: Vec<f64> = examples
        .iter()
        .map(|(values, _)| values.iter().zip(prior).map(|(value, weight)| value * weight).sum())
        .collect();
    let weights = vec![1.0; rows.len()];
    let moved = fit(&Task {
        rows: &rows,
        targets: &targets,
        weights: &weights,
        offsets: &offsets,
        ridge: &only(ridge),
    });
    let mut answer = *prior;
    for (at, change) in used.into_iter().zip(moved) {
        if let Some(weight) = answer.get_mut(at) {
            *weight += change;
        }
    }
    answer
}

/// Which fold each message is in: every kind is spread evenly, in an order shuffled by the seed.
fn folds_of(labelled: &[Labelled], folds: usize) -> Vec<usize> {
    let mut order: Vec<usize> = (0..labelled.len()).collect();
    let mut state = SEED;
    for last in (1..order.len()).rev() {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let drawn = usize::try_from(state >> 33).unwrap_or_default() % (last + 1);
        order.swap(last, drawn);
    }
    let mut fold = vec![0; labelled.len()];
    for kind in [Kind::Help, Kind::Clarify, Kind::None] {
        let of_kind =
            order.iter().filter(|&&at| labelled.get(at).is_some_and(|one| one.kind == kind));
        for (turn, &at) in of_kind.enumerate() {
            if let Some(fold) = fold.get_mut(at) {
                *fold = turn % folds;
            }
        }
    }
    fold
}

/// Judges each message by what the other folds taught.
fn by_folds(rows: &[Known], fold_of: &[usize]) -> Vec<Chances> {
    let folds: BTreeSet<usize> = fold_of.iter().copied().collect();
    let mut judged = vec![Chances { asks: 0.0, helps: 0.0 }; rows.len()];
    for fold in folds {
        let others: Vec<&Known> =
            rows.iter().zip(fold_of).filter(|(_, of)| **of != fold).map(|(row, _)| row).collect();
        let step = last_step(&others);
        for ((row, of), judged) in rows.iter().zip(fold_of).zip(&mut judged) {
            if *of == fold {
                *judged = row.judged(&step);
            }
        }
    }
    judged
}

fn pick<'k>(rows: &'k [Known], places: &[usize]) -> Vec<&'k Known> {
    places.iter().filter_map(|&at| rows.get(at)).collect()
}

/// Every language and every source, with the places of its messages.
fn groups(labelled: &[Labelled]) -> Vec<(&str, BTreeSet<usize>)> {
    let names: BTreeSet<&str> =
        labelled.iter().flat_map(|one| [one.language.as_str(), one.source.as_str()]).collect();
    names
        .into_iter()
        .map(|name| {
            let of = |one: &Labelled| one.language == name || one.source == name;
            let places = labelled.iter().enumerate().filter(|(_, one)| of(one));
            (name, places.map(|(at, _)| at).collect())
        })
        .collect()
}

#[cfg(test)]
mod tests;
