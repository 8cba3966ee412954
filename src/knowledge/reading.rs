//! A question, as one shelf understands it: known words, mended words, and words it never saw.

use std::collections::HashMap;
use std::hash::Hash;

use super::draft::{Term, rarity, ratio, sorted};
use super::meaning::parts::Parts;
use super::meaning::{self, Bearing, Sum};
use super::shelf::Shelf;
use super::tokens;

/// A message of a chat platform holds at most 4,096 characters; more is an attachment or an attack.
const QUERY_LIMIT_CHARS: usize = 4_096;
/// People put what they want into the first sentences, and each word costs a list to walk.
const QUERY_LIMIT_WORDS: usize = 200;
/// Who says a word more often says it louder, and means the same.
const QUERY_LIMIT_REPEATS: usize = 3;
/// Of those, so many of the most telling are compared: beyond them a long story only blurs.
const QUERY_LIMIT_TERMS: usize = 32;
/// Misspelt words mended in one question: the search for one costs more than the rest of a word.
const MENDED_LIMIT: usize = 8;
/// How far a mended word is believed, by its slips.
const MENDED_TRUST: [f64; 3] = [1.0, 0.8, 0.6];

/// One word of a question.
pub(super) struct Asked {
    pub(super) word: String,
    /// The known word it was taken for.
    pub(super) mended: Option<String>,
    pub(super) term: Option<Term>,
    pub(super) weight: f64,
    pub(super) trust: f64,
    pub(super) small: bool,
}

/// A question.
pub(super) struct Reading {
    /// Distinct words.
    pub(super) asked: Vec<Asked>,
    /// Known words that stand side by side.
    pub(super) pairs: Vec<(Term, Term)>,
    pub(super) pairs_weight: f64,
    /// The weight of all words together, and their length as a vector.
    pub(super) mass: f64,
    pub(super) norm: f64,
    /// The share of the weight whose words the shelf knows.
    pub(super) known: f64,
    /// All words as typed.
    pub(super) words: Vec<String>,
    /// What it means, whole and in parts, where the table knows the shelf's language.
    pub(super) meaning: Option<Bearing>,
    pub(super) parts: Option<Parts>,
}

impl Reading {
    pub(super) fn new(shelf: &Shelf, text: &str) -> Self {
        let end = text.char_indices().nth(QUERY_LIMIT_CHARS).map_or(text.len(), |(end, _)| end);
        let text = text.get(..end).unwrap_or_default();
        let mut words = tokens::words(text);
        words.truncate(QUERY_LIMIT_WORDS);
        let words = at_most(words, QUERY_LIMIT_REPEATS);
        let pieces = if shelf.knows_meaning() { meaning::pieces(text) } else { Vec::new() };
        let pieces = at_most(pieces, QUERY_LIMIT_REPEATS);
        let telling = meaning::telling(&pieces);
        let mut may_mend = MENDED_LIMIT;
        let mut asked: Vec<Asked> =
            words.iter().map(|word| Asked::new(shelf, word.clone(), &mut may_mend)).collect();
        let pairs = sorted(asked.windows(2).filter_map(|pair| match pair {
            [one, next] => Some((one.term?, next.term?)),
            _ => None,
        }));
        // A word typed right is believed before the same word mended.
        asked.sort_by(|a, b| {
            let key = |asked: &Asked| (asked.term.is_none(), asked.term, asked.mended.is_some());
            key(a).cmp(&key(b)).then_with(|| a.word.cmp(&b.word))
        });
        asked.dedup_by(|a, b| a.term == b.term && (a.term.is_some() || a.word == b.word));
        let asked = most_telling(asked);
        let mass = asked.iter().map(|asked| asked.weight).sum();
        let known = asked.iter().filter(|asked| asked.term.is_some());
        let known: f64 = known.map(|asked| asked.weight * asked.trust).sum();
        Self {
            mass,
            known: ratio(known, mass),
            norm: asked.iter().map(|asked| asked.weight.powi(2)).sum::<f64>().sqrt(),
            pairs_weight: shelf.pairs_weight(&pairs),
            pairs,
            asked,
            words,
            meaning: if telling.is_empty() { None } else { Sum::of(&pieces).bearing() },
            parts: (!telling.is_empty()).then(|| Parts::new(&telling, &shelf.spread)),
        }
    }
}

impl Asked {
    fn new(shelf: &Shelf, word: String, may_mend: &mut usize) -> Self {
        let small = shelf.tongue().is_small(&word);
        if let Some(term) = shelf.term(&word) {
            let weight = shelf.weight(term);
            return Self { word, mended: None, term: Some(term), weight, trust: 1.0, small };
        }
        if !small
            && *may_mend > 0
            && let Some(near) = shelf.spelling().mend(&word)
        {
            *may_mend -= 1;
            return Self {
                word,
                mended: Some(near.word.to_owned()),
                term: Some(near.term),
                weight: shelf.weight(near.term),
                trust: MENDED_TRUST.get(near.slips).copied().unwrap_or_default(),
                small,
            };
        }
        let weight = shelf.tongue().weight(&word) * rarity(shelf.len(), 0);
        Self { word, mended: None, term: None, weight, trust: 0.0, small }
    }
}

/// The first so many of each, in their order.
fn at_most<T: Clone + Eq + Hash>(items: Vec<T>, times: usize) -> Vec<T> {
    let mut met: HashMap<T, usize> = HashMap::new();
    let mut kept = items;
    kept.retain(|item| {
        let count = met.entry(item.clone()).or_default();
        *count += 1;
        *count <= times
    });
    kept
}

fn most_telling(mut asked: Vec<Asked>) -> Vec<Asked> {
    if asked.len() <= QUERY_LIMIT_TERMS {
        return asked;
    }
    // Known words first: what no article knows cannot decide between articles.
    asked.sort_by(|a, b| {
        let known_first = a.term.is_none().cmp(&b.term.is_none());
        known_first.then(b.weight.total_cmp(&a.weight)).then_with(|| a.word.cmp(&b.word))
    });
    asked.truncate(QUERY_LIMIT_TERMS);
    asked
}
