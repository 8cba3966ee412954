//! A question piece by piece: how near an article comes to each thing that is said in it.

use std::collections::HashMap;

use super::{WIDTH, row};
use crate::knowledge::draft::{rarity, sorted};

/// So many of the weightiest pieces are compared: beyond them a long story only blurs.
const PIECES_LIMIT: usize = 24;
/// A piece that no article has may be the point of the question, or a slip: measured, it is worth
/// this share of the rarest that one has.
const UNHEARD_OF: f64 = 0.7;

/// How often each piece is met: in how many articles.
#[derive(Debug, Default)]
pub(in crate::knowledge) struct Spread {
    articles: usize,
    counts: HashMap<u32, usize>,
}

impl Spread {
    /// `pieces` are one article's, each once.
    pub(in crate::knowledge) fn meet(&mut self, pieces: &[u32]) {
        self.articles += 1;
        for &piece in pieces {
            *self.counts.entry(piece).or_default() += 1;
        }
    }

    fn weight(&self, piece: u32) -> f64 {
        match self.counts.get(&piece) {
            Some(&count) => rarity(self.articles, count),
            None => rarity(self.articles, 1) * UNHEARD_OF,
        }
    }
}

/// Where a piece lies by itself: its row of the table, in numbers that a processor multiplies many
/// at once.
struct Direction {
    steps: [i16; WIDTH],
    length: f64,
}

impl Direction {
    /// Of a piece, with what one of its steps is worth.
    fn of(piece: u32) -> (Self, f32) {
        let (row, scale) = row(piece);
        let mut steps = [0_i16; WIDTH];
        for (step, narrow) in steps.iter_mut().zip(row) {
            *step = i16::from(narrow);
        }
        let length = f64::from(product(&steps, &steps)).sqrt();
        (Self { steps, length }, scale)
    }

    /// A cosine, or nothing where they point apart.
    fn nearness(&self, other: &Direction) -> f64 {
        let lengths = self.length * other.length;
        if lengths > 0.0 {
            (f64::from(product(&self.steps, &other.steps)) / lengths).max(0.0)
        } else {
            0.0
        }
    }
}

/// The sum has room for 256 products of at most 128 · 128.
fn product(one: &[i16; WIDTH], other: &[i16; WIDTH]) -> i32 {
    one.iter().zip(other).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
}

/// One piece of a question.
struct Part {
    piece: u32,
    weight: f64,
    direction: Direction,
}

/// The pieces of a question, each with its weight and its direction.
pub(in crate::knowledge) struct Parts {
    parts: Vec<Part>,
    weight: f64,
}

impl Parts {
    /// `telling` are the question's pieces, each once.
    pub(in crate::knowledge) fn new(telling: &[u32], spread: &Spread) -> Self {
        let part = |&piece: &u32| {
            let (direction, scale) = Direction::of(piece);
            // The length of its row is how much the table's maker found it to matter.
            let weight = spread.weight(piece) * direction.length * f64::from(scale);
            Part { piece, weight, direction }
        };
        let mut parts: Vec<Part> = telling.iter().map(part).collect();
        parts.sort_by(|a, b| b.weight.total_cmp(&a.weight).then(a.piece.cmp(&b.piece)));
        parts.truncate(PIECES_LIMIT);
        let weight = parts.iter().map(|part| part.weight).sum();
        Self { parts, weight }
    }

    /// For each of these articles, by its pieces (each once, in order): the share of the question
    /// that it comes near.
    pub(in crate::knowledge) fn covered_by(&self, articles: &[&[u32]]) -> Vec<f64> {
        // Articles of one brand share most of their words: each is compared once.
        let met = sorted(articles.iter().flat_map(|pieces| pieces.iter().copied()));
        let mut near = Vec::with_capacity(met.len() * self.parts.len());
        for &piece in &met {
            let (direction, _) = Direction::of(piece);
            near.extend(self.parts.iter().map(|part| {
                if part.piece == piece { 1.0 } else { part.direction.nearness(&direction) }
            }));
        }
        articles.iter().map(|article| self.covered(article, &met, &near)).collect()
    }

    /// `near` has a row for each piece that was met, with a number for each part.
    fn covered(&self, article: &[u32], met: &[u32], near: &[f64]) -> f64 {
        let mut best = vec![0.0_f64; self.parts.len()];
        let mut rows = met.iter().zip(near.chunks_exact(self.parts.len().max(1)));
        for piece in article {
            // Both are in order: what was passed over does not come again.
            let Some((_, nearness)) = rows.find(|(met, _)| *met == piece) else { break };
            for (best, near) in best.iter_mut().zip(nearness) {
                *best = best.max(*near);
            }
        }
        let covered: f64 =
            self.parts.iter().zip(&best).map(|(part, best)| part.weight * best).sum();
        if self.weight > 0.0 { covered / self.weight } else { 0.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{pieces, telling};
    use super::*;

    fn covered(question: &str, articles: &[&str]) -> Vec<f64> {
        let articles: Vec<Vec<u32>> = articles.iter().map(|text| telling(&pieces(text))).collect();
        let mut spread = Spread::default();
        for article in &articles {
            spread.meet(article);
        }
        let parts = Parts::new(&telling(&pieces(question)), &spread);
        parts.covered_by(&articles.iter().map(Vec::as_slice).collect::<Vec<_>>())
    }

    #[test]
    fn a_word_is_covered_by_itself_wholly_by_its_synonym_partly_and_by_the_rest_hardly() {
        let shares =
            covered("passcode", &["the passcode", "the password", "the delivery of a parcel"]);
        assert!((shares[0] - 1.0).abs() < 1e-6, "{shares:?}");
        assert!(shares[0] > shares[1] && shares[1] > shares[2], "{shares:?}");
    }

    #[test]
    fn shares_stay_shares_whatever_is_asked() {
        for question in ["", "?!", "lamp", &"every word counts once ".repeat(90)] {
            let shares = covered(question, &["lamp", "", "a router"]);
            assert_eq!(shares.len(), 3);
            assert!(shares.iter().all(|share| (0.0..=1.0 + 1e-9).contains(share)), "{shares:?}");
        }
    }
}
