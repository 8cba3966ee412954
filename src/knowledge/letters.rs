//! Articles by runs of letters: for compound words, endings that no stemmer knows, slips beyond
//! mending, and languages whose words have no spaces between them.
//!
//! Runs of three to five letters within a word, its ends marked, weighed by their rarity; an
//! article and a question are compared by the cosine. "Routerpasswort" meets "Passwort" here.

use std::collections::HashMap;

use super::draft::{rarity, real};

const SHORTEST: usize = 3;
const LONGEST: usize = 5;
/// Entries of lists walked for one question, so that its cost has a bound: the runs that nearly
/// every article has come last, and tell least.
const WALK_LIMIT: usize = 60_000;
/// What a run that no article has weighs beside the rarest one: it may be a slip.
const UNHEARD_OF: f64 = 0.5;

/// The runs of a set of articles.
#[derive(Debug, Default)]
pub(super) struct Letters {
    articles: usize,
    /// By run: the places of the articles that have it, with its share of their direction.
    lists: HashMap<u64, Vec<(u32, f32)>>,
}

impl Letters {
    /// `articles` by their words, in the order of their places.
    pub(super) fn build(articles: &[Vec<String>]) -> Self {
        let counted: Vec<Vec<(u64, usize)>> = articles.iter().map(|words| counts(words)).collect();
        let mut spread: HashMap<u64, usize> = HashMap::new();
        for (run, _) in counted.iter().flatten() {
            *spread.entry(*run).or_default() += 1;
        }
        let mut lists: HashMap<u64, Vec<(u32, f32)>> = HashMap::with_capacity(spread.len());
        for (runs, place) in counted.iter().zip(0_u32..) {
            let weigh = |(run, count): &(u64, usize)| {
                let met = spread.get(run).copied().unwrap_or_default();
                (*run, rarity(articles.len(), met) * (1.0 + real(*count).ln()))
            };
            let weighed: Vec<(u64, f64)> = runs.iter().map(weigh).collect();
            let length = weighed.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt();
            for (run, weight) in weighed {
                #[expect(clippy::cast_possible_truncation, reason = "a share, to seven digits")]
                lists.entry(run).or_default().push((place, (weight / length) as f32));
            }
        }
        Self { articles: articles.len(), lists }
    }

    /// How alike each article is to the words of a question, by its place.
    pub(super) fn likeness(&self, words: &[String]) -> Vec<f64> {
        let mut likeness = vec![0.0_f64; self.articles];
        let mut lists: Vec<(&[(u32, f32)], f64)> = Vec::new();
        let mut length = 0.0;
        for (run, count) in counts(words) {
            let list = self.lists.get(&run).map_or(&[][..], Vec::as_slice);
            let share = if list.is_empty() { UNHEARD_OF } else { 1.0 };
            let weight = share * rarity(self.articles, list.len()) * (1.0 + real(count).ln());
            length += weight * weight;
            lists.push((list, weight));
        }
        lists.sort_by_key(|(list, _)| list.len());
        let mut walked = 0;
        for (list, weight) in lists {
            walked += list.len();
            if walked > WALK_LIMIT {
                break;
            }
            for &(place, share) in list {
                if let Some(likeness) = likeness.get_mut(place as usize) {
                    *likeness += f64::from(share) * weight;
                }
            }
        }
        if length > 0.0 {
            for likeness in &mut likeness {
                *likeness /= length.sqrt();
            }
        }
        likeness
    }
}

/// The runs of all words, as numbers, each with how often it is met, in a fixed order.
fn counts(words: &[String]) -> Vec<(u64, usize)> {
    let mut runs = Vec::new();
    for word in words {
        let letters: Vec<char> = ['^'].into_iter().chain(word.chars()).chain(['$']).collect();
        for length in SHORTEST..=LONGEST {
            runs.extend(letters.windows(length).map(number));
        }
    }
    runs.sort_unstable();
    runs.chunk_by(|a, b| a == b).filter_map(|same| Some((*same.first()?, same.len()))).collect()
}

/// FNV-1a: the same on every machine, and two runs of one number cost nothing but a blur.
fn number(run: &[char]) -> u64 {
    run.iter().fold(0xcbf2_9ce4_8422_2325, |hash, letter| {
        (hash ^ u64::from(u32::from(*letter))).wrapping_mul(0x0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::super::tokens::words;
    use super::*;

    fn best(articles: &[&str], question: &str) -> Option<usize> {
        let articles: Vec<Vec<String>> = articles.iter().map(|text| words(text)).collect();
        let likeness = Letters::build(&articles).likeness(&words(question));
        let best = likeness.iter().enumerate().max_by(|(_, a), (_, b)| a.total_cmp(b));
        best.filter(|(_, likeness)| **likeness > 0.0).map(|(place, _)| place)
    }

    #[test]
    fn a_compound_an_ending_and_a_slip_still_meet() {
        let articles =
            ["Passwort vergessen", "Router zurücksetzen", "重置路由器", "Siparişi iptal"];
        for (question, expected) in [
            ("Routerpasswortänderung", Some(0)),
            ("zurückgesetzter Ruoter", Some(1)),
            ("路由器怎么重置", Some(2)),
            ("siparişlerimizin iptali", Some(3)),
            ("xyzzy", None),
            ("", None),
        ] {
            assert_eq!(best(&articles, question), expected, "{question}");
        }
    }

    #[test]
    fn likeness_is_a_cosine() {
        let articles = [words("reset the router"), words("pair a lamp"), Vec::new()];
        let likeness = Letters::build(&articles).likeness(&words("reset the router"));
        assert!((likeness[0] - 1.0).abs() < 1e-6, "{likeness:?}");
        assert!(likeness.iter().all(|like| (0.0..=1.0 + 1e-6).contains(like)), "{likeness:?}");
    }
}
