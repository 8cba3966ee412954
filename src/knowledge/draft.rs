//! Articles as numbers: terms, field by field, and what each is worth to its article (BM25F).

use std::slice;

/// Weight and length normalisation of the fields, in the order of [`Draft::fields`]. Tuned by hand
/// on two real knowledge bases: within wide limits they hardly matter.
const FIELDS: [(f64, f64); 4] = [(2.0, 0.3), (1.0, 0.8), (1.5, 0.0), (1.0, 0.6)];
const SATURATION: f64 = 1.5;

/// A word without its endings, as a number of its shelf.
pub(super) type Term = u32;

/// One article as terms, field by field.
pub(super) struct Draft {
    pub(super) title: Vec<Term>,
    pub(super) sayings: Vec<Vec<Term>>,
    pub(super) tags: Vec<Term>,
    pub(super) body: Vec<Term>,
}

impl Draft {
    /// Title, example questions, tags, body.
    fn fields(&self) -> [&[Vec<Term>]; 4] {
        [
            slice::from_ref(&self.title),
            &self.sayings,
            slice::from_ref(&self.tags),
            slice::from_ref(&self.body),
        ]
    }

    pub(super) fn distinct(&self) -> Vec<Term> {
        sorted(self.fields().into_iter().flatten().flatten().copied())
    }

    pub(super) fn mean_lengths(drafts: &[Draft]) -> [f64; 4] {
        let mut sums = [0_usize; 4];
        for draft in drafts {
            for (sum, field) in sums.iter_mut().zip(draft.fields()) {
                *sum += length(field);
            }
        }
        sums.map(|sum| (real(sum) / real(drafts.len())).max(1.0))
    }

    /// BM25F without rarity: every term with its saturated weight, by term.
    pub(super) fn impacts(&self, means: &[f64; 4]) -> Vec<(Term, f64)> {
        let mut amounts: Vec<(Term, f64)> = Vec::new();
        for ((field, (weight, slope)), mean) in self.fields().into_iter().zip(FIELDS).zip(means) {
            let amount = weight / (1.0 - slope + slope * real(length(field)) / mean);
            amounts.extend(field.iter().flatten().map(|term| (*term, amount)));
        }
        amounts.sort_by_key(|(term, _)| *term);
        let mut impacts: Vec<(Term, f64)> = Vec::new();
        for (term, amount) in amounts {
            match impacts.last_mut() {
                Some((last, sum)) if *last == term => *sum += amount,
                _ => impacts.push((term, amount)),
            }
        }
        for (_, amount) in &mut impacts {
            *amount = *amount / (SATURATION + *amount);
        }
        impacts
    }
}

fn length(field: &[Vec<Term>]) -> usize {
    field.iter().map(Vec::len).sum()
}

/// The weight of what `count` of `all` articles have (BM25's idf, never negative).
pub(super) fn rarity(all: usize, count: usize) -> f64 {
    let (all, count) = (real(all), real(count));
    ((all - count + 0.5) / (count + 0.5)).ln_1p()
}

pub(super) fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

pub(super) fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

pub(super) fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.into_iter().collect();
    items.sort_unstable();
    items.dedup();
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_said_often_or_in_the_title_is_worth_more_but_never_more_than_its_rarity() {
        let draft = Draft {
            title: vec![1],
            sayings: vec![vec![2, 3]],
            tags: vec![],
            body: [vec![2], vec![4; 1_000]].concat(),
        };
        let impacts = draft.impacts(&Draft::mean_lengths(slice::from_ref(&draft)));
        let of = |term| impacts.iter().find(|(t, _)| *t == term).map(|(_, impact)| *impact);
        assert!(of(1) > of(3), "the title weighs more than a question");
        assert!(of(2) > of(3), "two fields weigh more than one");
        assert!(impacts.iter().all(|(_, impact)| (0.0..1.0).contains(impact)));
        assert!(impacts.is_sorted_by_key(|(term, _)| *term));
    }

    #[test]
    fn rare_words_tell_more_than_common_ones_and_none_tells_less_than_nothing() {
        for all in [1, 5, 400, 10_000] {
            assert!(rarity(all, 0) > rarity(all, 1));
            assert!(rarity(all, 1) >= rarity(all, all));
            assert!(rarity(all, all) > 0.0);
        }
    }
}
