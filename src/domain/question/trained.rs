//! The detector that is shipped: the shape of a message, and what a trained model adds to it.

use super::model::{MODEL, Model, Pair, Values};
use super::shape::{Look, logistic};
use super::{Detector, Heard, Verdict};

/// Judges by shape and by the model that is compiled in; holds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct TrainedDetector;

impl Detector for TrainedDetector {
    fn judge(&self, heard: &Heard<'_>) -> Verdict {
        let look = Look::of(heard);
        let odds = judged(&look, &MODEL);
        look.verdict(heard, odds)
    }
}

/// What shape and pieces come to together, as log odds.
pub(super) fn judged(look: &Look, model: &Model) -> Pair {
    let values = values(look, model);
    Pair { asks: dot(&model.asks, &values), helps: dot(&model.helps, &values) }
}

/// What the last step is taken from.
pub(super) fn values(look: &Look, model: &Model) -> Values {
    let shape = look.odds();
    let pieces = model.weigh(&look.reading.pieces);
    [shape.asks, logistic(shape.helps), shape.helps, pieces.asks, pieces.helps, 1.0]
}

fn dot(weights: &Values, values: &Values) -> f64 {
    weights.iter().zip(values).map(|(weight, value)| weight * value).sum()
}
