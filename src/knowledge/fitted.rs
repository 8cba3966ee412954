//! The numbers behind ranks and confidences, written by `askaround kb train`: in the order of
//! `Signals::ranked` and of `evidence`, and the cut for each precision.

use super::confidence::Model;

pub(super) const WITH_MEANING: Model = Model {
    rank: [1.384, 1.613, 0.706, 0.415, 2.822, 6.465, 2.213, 3.557],
    confidence: [
        -1.298, 0.149, 0.000, 0.649, 0.651, 0.307, 0.316, 0.115, 0.197, 0.361, -0.420, -0.326,
    ],
};

pub(super) const WORDS_ALONE: Model = Model {
    rank: [5.209, 5.921, 1.934, 1.253, 8.262, 0.000, 0.000, 0.000],
    confidence: [
        -0.174, 0.000, 0.126, 0.450, 0.000, 0.769, 0.589, 0.453, 1.528, 0.142, -0.463, -0.413,
    ],
};

pub(super) const CUTS: [(f64, f64); 6] =
    [(0.5, 0.294), (0.6, 0.429), (0.7, 0.583), (0.8, 0.583), (0.9, 0.697), (0.95, 0.852)];
