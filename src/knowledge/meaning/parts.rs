//! A question piece by piece: how near an article comes to each thing that is said in it.

use std::collections::HashMap;

use super::{Bearing, row};
use crate::knowledge::draft::rarity;

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

/// The pieces of a question, each with its weight and its direction.
pub(in crate::knowledge) struct Parts {
    pieces: Vec<(u32, f64, Bearing)>,
    weight: f64,
}

impl Parts {
    /// `telling` are the question's pieces, each once.
    pub(in crate::knowledge) fn new(telling: &[u32], spread: &Spread) -> Self {
        let mut pieces: Vec<(u32, f64, Bearing)> = telling
            .iter()
            .map(|&piece| {
                let (bearing, length) = direction(piece);
                (piece, spread.weight(piece) * length, bearing)
            })
            .collect();
        pieces.sort_by(|(a, one, _), (b, other, _)| other.total_cmp(one).then(a.cmp(b)));
        pieces.truncate(PIECES_LIMIT);
        let weight = pieces.iter().map(|(_, weight, _)| weight).sum();
        Self { pieces, weight }
    }

    /// For each of these articles, by its pieces: the share of the question that it comes near.
    pub(in crate::knowledge) fn covered_by(&self, articles: &[&[u32]]) -> Vec<f64> {
        // Articles of one brand share most of their words: each is compared once.
        let mut near: HashMap<u32, Vec<f64>> = HashMap::new();
        for &piece in articles.iter().copied().flatten() {
            near.entry(piece).or_insert_with(|| {
                let (bearing, _) = direction(piece);
                let nearness = |(own, _, part): &(u32, f64, Bearing)| {
                    if *own == piece { 1.0 } else { part.likeness(&bearing).max(0.0) }
                };
                self.pieces.iter().map(nearness).collect()
            });
        }
        articles.iter().map(|article| self.covered(article, &near)).collect()
    }

    fn covered(&self, article: &[u32], near: &HashMap<u32, Vec<f64>>) -> f64 {
        let mut best = vec![0.0_f64; self.pieces.len()];
        for nearness in article.iter().filter_map(|piece| near.get(piece)) {
            for (best, near) in best.iter_mut().zip(nearness) {
                *best = best.max(*near);
            }
        }
        let covered: f64 =
            self.pieces.iter().zip(&best).map(|((_, weight, _), best)| weight * best).sum();
        if self.weight > 0.0 { covered / self.weight } else { 0.0 }
    }
}

/// Where a piece lies by itself, and the length of its row: how much the table's maker found it
/// to matter.
fn direction(piece: u32) -> (Bearing, f64) {
    let (steps, scale) = row(piece);
    let bearing = Bearing::new(steps.collect());
    let length = bearing.length * f64::from(scale);
    (bearing, length)
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
