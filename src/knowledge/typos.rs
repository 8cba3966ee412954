//! What a word nobody wrote in the articles was probably meant to be.
//!
//! Only words unknown to the shelf come here, so a right word is never bent into another. The
//! candidates share letter triples with the word; the nearest by optimal string alignment wins,
//! where two swapped letters count as one slip. Short words are left alone: at three letters
//! every word is one slip from a dozen others.

use std::collections::BTreeMap;

use rapidfuzz::distance::osa;

/// A triple in more words than this says too little to be worth walking: common endings.
const TRIPLE_LIMIT_WORDS: usize = 4_000;

type Triple = [char; 3];

/// The words of a shelf by their letter triples.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    words: Vec<(String, u32)>,
    triples: BTreeMap<Triple, Vec<u32>>,
}

/// A known word near an unknown one.
#[derive(Debug, PartialEq)]
pub(super) struct Mended<'a> {
    pub(super) word: &'a str,
    pub(super) term: u32,
    pub(super) slips: usize,
}

impl Spelling {
    /// `words` with the terms they belong to; only those long enough to be misspelt are kept.
    pub(super) fn new(words: impl IntoIterator<Item = (String, u32)>) -> Self {
        let mut spelling = Self::default();
        for (word, term) in words {
            // One letter less than a misspelt word may have, for the letter typed too much.
            if slips_allowed(word.chars().count() + 1) == 0 || word.contains(char::is_numeric) {
                continue;
            }
            let Ok(place) = u32::try_from(spelling.words.len()) else { break };
            for triple in triples(&word) {
                spelling.triples.entry(triple).or_default().push(place);
            }
            spelling.words.push((word, term));
        }
        spelling
    }

    /// The nearest known word, if one is near enough.
    pub(super) fn mend(&self, word: &str) -> Option<Mended<'_>> {
        let length = word.chars().count();
        let slips = slips_allowed(length);
        if slips == 0 || word.contains(char::is_numeric) {
            return None;
        }
        let mut shared = vec![0_u8; self.words.len()];
        let mut met = Vec::new();
        for triple in triples(word) {
            let places = self.triples.get(&triple).map_or(&[][..], Vec::as_slice);
            if places.len() > TRIPLE_LIMIT_WORDS {
                continue;
            }
            for &place in places {
                if let Some(count) = shared.get_mut(place as usize) {
                    if *count == 0 {
                        met.push(place);
                    }
                    *count = count.saturating_add(1);
                }
            }
        }
        // A slip spoils at most three triples, and a swap four; what shares less is no neighbour.
        let wanted = (length + 2).saturating_sub(4 * slips).clamp(1, 255);
        met.retain(|&place| {
            shared.get(place as usize).is_some_and(|&count| usize::from(count) >= wanted)
        });
        met.into_iter()
            .filter_map(|place| {
                let (known, term) = self.words.get(place as usize)?;
                let args = osa::Args::default().score_cutoff(slips);
                let distance = osa::distance_with_args(word.chars(), known.chars(), &args)?;
                Some(Mended { word: known, term: *term, slips: distance })
            })
            .min_by_key(|near| (near.slips, first_differs(near.word, word), near.word))
    }
}

/// People rarely miss the first letter.
fn first_differs(one: &str, other: &str) -> bool {
    one.chars().next() != other.chars().next()
}

/// Slips forgiven in a word of so many letters.
fn slips_allowed(letters: usize) -> usize {
    match letters {
        4..=7 => 1,
        8..=32 => 2,
        // No word that a person types is longer; comparing such would only cost time.
        0..=3 | 33.. => 0,
    }
}

/// The letter triples of `word` with its two ends marked, each once.
fn triples(word: &str) -> Vec<Triple> {
    let mut letters = vec!['^', '^'];
    letters.extend(word.chars());
    letters.extend(['$', '$']);
    let mut triples: Vec<Triple> =
        letters.windows(3).filter_map(|window| window.try_into().ok()).collect();
    triples.sort_unstable();
    triples.dedup();
    triples
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_mended_and_a_different_word_is_not() {
        let known = ["password", "passport", "recovery", "change", "lamp", "reset", "router"];
        let spelling = Spelling::new(known.iter().zip(0..).map(|(w, n)| ((*w).to_owned(), n)));
        for (typed, meant) in [
            ("pasword", Some("password")),
            ("passwrod", Some("password")),
            ("recovry", Some("recovery")),
            ("chagne", Some("change")),
            ("roter", Some("router")),
            ("lmap", Some("lamp")),
            ("lam", None),
            ("resort", None),
            ("pass", None),
            ("reset2", None),
            ("", None),
        ] {
            assert_eq!(spelling.mend(typed).map(|near| near.word), meant, "{typed}");
        }
    }
}
