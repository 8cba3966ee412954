//! Questions that ask the same, put together: what many people miss is written first.

use std::collections::BTreeMap;

use super::draft::{Term, rarity, ratio, sorted};
use super::meaning::{self, Bearing, Sum};
use super::tokens::{self, Tongue};
use crate::domain::ids::Language;
use crate::domain::question::detect_language;

/// How alike two questions are that one article would answer, by words and meaning together.
/// Looser, and everything about one product is one group; tighter, and nothing is.
const ALIKE: f64 = 0.4;

/// A question as it is compared.
struct Asked {
    terms: Vec<Term>,
    length: f64,
    meaning: Option<Bearing>,
}

/// The places of `questions` in groups: the largest group first, in each the question first that
/// is likest to its group's beginning. `usual` is the language of those whose own is not plain.
pub fn groups(questions: &[&str], usual: &Language) -> Vec<Vec<usize>> {
    let asked = read(questions, usual);
    let weights = weights(&asked);
    let asked: Vec<Asked> = asked
        .into_iter()
        .map(|(terms, meaning)| {
            let length = terms.iter().map(|term| weight(&weights, *term).powi(2)).sum::<f64>();
            Asked { length: length.sqrt(), terms, meaning }
        })
        .collect();
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (place, one) in asked.iter().enumerate() {
        let likest = groups
            .iter_mut()
            .filter_map(|group| {
                let leader = group.first().and_then(|leader| asked.get(*leader))?;
                Some((likeness(one, leader, &weights), group))
            })
            .max_by(|(one, _), (other, _)| one.total_cmp(other));
        match likest {
            Some((likeness, group)) if likeness >= ALIKE => group.push(place),
            _ => groups.push(vec![place]),
        }
    }
    // The earlier one first among groups of one size: callers give the newest question first.
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    groups
}

type Read = (Vec<Term>, Option<Bearing>);

fn read(questions: &[&str], usual: &Language) -> Vec<Read> {
    let mut known: BTreeMap<String, Term> = BTreeMap::new();
    let mut read = Vec::with_capacity(questions.len());
    for text in questions {
        let language = detect_language(text).unwrap_or_else(|| usual.clone());
        let tongue = Tongue::of(&language);
        let words = tokens::words(text).into_iter().filter(|word| !tongue.is_small(word));
        let mut terms = Vec::new();
        for word in words {
            let next = Term::try_from(known.len()).unwrap_or(Term::MAX);
            terms.push(*known.entry(tongue.stem(&word)).or_insert(next));
        }
        let meaning =
            meaning::speaks(&language).then(|| Sum::of(&meaning::pieces(text)).bearing()).flatten();
        read.push((sorted(terms), meaning));
    }
    read
}

/// How much each term tells. Not by its rarity alone: where everybody asks about one thing, that
/// is what makes them alike.
fn weights(asked: &[Read]) -> Vec<f64> {
    let mut spread: Vec<usize> = Vec::new();
    for term in asked.iter().flat_map(|(terms, _)| terms) {
        let at = *term as usize;
        if spread.len() <= at {
            spread.resize(at + 1, 0);
        }
        if let Some(count) = spread.get_mut(at) {
            *count += 1;
        }
    }
    spread.into_iter().map(|count| 1.0 + rarity(asked.len(), count)).collect()
}

fn weight(weights: &[f64], term: Term) -> f64 {
    weights.get(term as usize).copied().unwrap_or_default()
}

fn likeness(one: &Asked, other: &Asked, weights: &[f64]) -> f64 {
    let shared = one.terms.iter().filter(|term| other.terms.binary_search(term).is_ok());
    let shared: f64 = shared.map(|term| weight(weights, *term).powi(2)).sum();
    let words = ratio(shared, one.length * other.length);
    match (&one.meaning, &other.meaning) {
        (Some(one), Some(other)) => f64::midpoint(words, one.likeness(other).max(0.0)),
        (None, _) | (_, None) => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn questions_that_one_article_would_answer_come_together_the_most_asked_first() {
        let questions = [
            "can I paint the router purple?",
            "how do I pay with bitcoin",
            "Wie bezahle ich mit Bitcoin?",
            "do you accept bitcoin payments",
            "is it possible to pay by bitcoin?",
            "Kann ich mit Bitcoin bezahlen?",
        ];
        let groups = groups(&questions, &Language::from("en"));
        assert_eq!(groups[0], [1, 3, 4], "{groups:?}");
        assert!(groups.contains(&vec![2, 5]), "{groups:?}");
        assert!(groups.contains(&vec![0]), "{groups:?}");
    }

    #[test]
    fn nothing_and_nonsense_are_groups_too() {
        let english = Language::from("en");
        assert!(groups(&[], &english).is_empty());
        let odd = groups(&["", "?!", "👋"], &english);
        assert_eq!(odd.iter().map(Vec::len).sum::<usize>(), 3);
    }
}
