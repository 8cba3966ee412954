//! What a text means, as far as a table of word pieces knows: texts that mean the same lie near
//! each other, whatever their letters.
//!
//! A text is the mean of its pieces' rows, of length one, and likeness is the dot product: no
//! network, about ten microseconds a question. The table is compiled in (`static_minilm/`, with
//! its notice) and knows English; for any other language it knows little more than names, so
//! there it is left out and the words decide alone ([`speaks`]).
//!
//! Besides the whole there are the [`parts`]: of each piece of a question, how near the nearest
//! piece of an article comes. They forgive a word for its synonym where the mean of everything
//! else has drowned it.
//!
//! **What lost**, cross-validated: weighing pieces by their rarity in chat, and taking out the
//! direction that all articles share (two points fewer on a bank's questions, none more elsewhere:
//! the table was trained to be averaged as it is); whitening by how the texts of one article
//! differ, and a ridge classifier trained on a brand's own articles (a point where meaning stands
//! alone, nothing beside the words).

pub(super) mod parts;
mod pieces;

use std::sync::LazyLock;

use pieces::Vocabulary;

use super::draft::sorted;
use crate::domain::ids::Language;

/// The numbers of a row.
const WIDTH: usize = 256;
/// Pieces read of one text: a long paragraph. What comes later only blurs the mean.
const PIECES_LIMIT: usize = 256;
/// The largest step of a bearing.
const STEPS: f32 = 127.0;

static TABLE: &[u8] = include_bytes!("static_minilm/table.i8");
static SCALES: &[u8] = include_bytes!("static_minilm/scale.f32le");
static VOCABULARY: LazyLock<Vocabulary> =
    LazyLock::new(|| Vocabulary::read(include_str!("static_minilm/vocab.txt")));

/// The table's name and its bytes, for whoever reports on it.
pub const MODEL: (&str, usize) = ("static-minilm", TABLE.len() + SCALES.len());

/// Whether the table knows a language.
pub(super) fn speaks(language: &Language) -> bool {
    language.base().as_str() == "en"
}

/// The word pieces of a text, in reading order.
pub(super) fn pieces(text: &str) -> Vec<u32> {
    VOCABULARY.pieces(text, PIECES_LIMIT)
}

/// The pieces that say something, each once.
pub(super) fn telling(pieces: &[u32]) -> Vec<u32> {
    sorted(pieces.iter().copied().filter(|&piece| VOCABULARY.tells(piece)))
}

/// A piece's row, and what one of its steps is worth.
fn row(piece: u32) -> (impl Iterator<Item = i8>, f32) {
    let at = piece as usize;
    let bytes = TABLE.get(at * WIDTH..(at + 1) * WIDTH).unwrap_or_default();
    let scale = SCALES.get(at * 4..at * 4 + 4).and_then(|four| four.try_into().ok());
    let steps = bytes.iter().map(|byte| i8::from_ne_bytes([*byte]));
    (steps, scale.map_or(0.0, f32::from_le_bytes))
}

/// Where a text lies among all texts: a direction in whole steps, and its length in them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Bearing {
    steps: Box<[i8]>,
    length: f64,
}

/// A direction under way: a sum of directions.
pub(super) struct Sum([f32; WIDTH]);

impl Sum {
    pub(super) fn nothing() -> Self {
        Self([0.0; WIDTH])
    }

    /// The direction of a text.
    pub(super) fn of(pieces: &[u32]) -> Self {
        let mut sum = [0.0_f32; WIDTH];
        for &piece in pieces {
            let (steps, scale) = row(piece);
            for (sum, step) in sum.iter_mut().zip(steps) {
                *sum += f32::from(step) * scale;
            }
        }
        Self(sum)
    }

    /// Adds a direction, whatever the length of the text that it came from.
    pub(super) fn add(&mut self, other: &Sum) {
        let length = other.0.iter().map(|part| part * part).sum::<f32>().sqrt();
        if length > 0.0 {
            for (sum, part) in self.0.iter_mut().zip(&other.0) {
                *sum += part / length;
            }
        }
    }

    /// `None` of a text without a known piece.
    pub(super) fn bearing(&self) -> Option<Bearing> {
        // Scaled to the largest part and not to the length, so that no step is given away.
        let largest = self.0.iter().fold(0.0_f32, |largest, part| largest.max(part.abs()));
        #[expect(clippy::cast_possible_truncation, reason = "it is within 127 by its making")]
        let step = |part: &f32| (part / largest * STEPS).round() as i8;
        (largest > 0.0).then(|| Bearing::new(self.0.iter().map(step).collect()))
    }
}

impl Bearing {
    fn new(steps: Box<[i8]>) -> Self {
        let length = f64::from(product(&steps, &steps)).sqrt();
        Self { steps, length }
    }

    /// How alike two texts are: a cosine.
    pub(super) fn likeness(&self, other: &Bearing) -> f64 {
        let lengths = self.length * other.length;
        if lengths > 0.0 { f64::from(product(&self.steps, &other.steps)) / lengths } else { 0.0 }
    }
}

fn product(one: &[i8], other: &[i8]) -> i32 {
    one.iter().zip(other).map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b))).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bearing(text: &str) -> Option<Bearing> {
        Sum::of(&pieces(text)).bearing()
    }

    fn likeness(one: &str, other: &str) -> f64 {
        bearing(one).zip(bearing(other)).map_or(0.0, |(one, other)| one.likeness(&other))
    }

    #[test]
    fn the_table_is_whole_and_read_as_its_maker_meant_it() {
        assert_eq!(TABLE.len(), 30_522 * WIDTH);
        assert_eq!(SCALES.len(), 30_522 * 4);
        for (text, expected) in [
            ("My lamp won't pair!", vec![2026, 10437, 2180, 1005, 1056, 3940, 999]),
            ("Wi-Fi passwörd", vec![15536, 1011, 10882, 20786]),
            ("reboot the µrouter", vec![2128, 27927, 1996, 1085, 22494, 3334]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
        assert_eq!(telling(&pieces("lamp! lamp? ...")), [10437]);
    }

    #[test]
    fn what_means_the_same_lies_nearer_than_what_shares_words() {
        for (question, same, other) in [
            ("I forgot my passcode", "Reset your PIN", "I forgot to water my plants"),
            ("how much does shipping cost", "Delivery fees", "How much does he weigh"),
            ("the app crashes", "application keeps closing", "the apple is rotten"),
        ] {
            assert!(likeness(question, same) > likeness(question, other), "{question}");
        }
    }

    #[test]
    fn a_text_is_like_itself_and_a_text_without_letters_like_nothing() {
        assert!((likeness("reset the router", "Reset the ROUTER") - 1.0).abs() < 1e-6);
        assert!(bearing("").is_none());
        assert!((-1.0..=1.0).contains(&likeness("lamp", "invoice")));
        let mut sum = Sum::nothing();
        sum.add(&Sum::of(&[]));
        assert!(sum.bearing().is_none());
    }
}
