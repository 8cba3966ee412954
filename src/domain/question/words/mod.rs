//! The words that give a question away, language by language: closed lists of what grammar and
//! politeness use, none of them about a product.
//!
//! The lists are written in lower case and without apostrophes ("cant", "whats"), as the reading
//! folds a message; `*` stands for up to six words. [`LEXICON`] turns them once into a table from
//! a word to the phrases that begin with it.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::letters::{fold, squeeze};

mod eastern;
mod english;
mod further;
mod germanic;
mod iberian;
mod romance;
mod serbian;
mod slavic;
mod unspaced;

/// What a phrase tells about the message it stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// Asks wherever it stands: "why", "pourquoi".
    Ask,
    /// Asks at the head or the end of a sentence, and joins clauses elsewhere: "which", "was".
    AskFirst,
    /// Asks wherever it stands, in a language that leaves asking words in their place.
    AskInPlace,
    /// A question by word order when it opens a sentence: "is there", "gibt es".
    Turned,
    /// A question particle: "ли", "mı", "apakah", "吗".
    Particle,
    /// Asks for a way to do something: "how do I".
    HowTo,
    /// Asks to be helped: "any idea", "kann mir jemand".
    Help,
    /// What the writer is after: "I want to", "suche".
    Wish,
    /// Something does not do what it should: "keeps", "geht nicht".
    Problem,
    /// A noun for it: "error", "Störung".
    Fault,
    /// The writer: "my", "bei mir".
    Mine,
    /// The one written to.
    You,
    /// Whoever reads this: "anyone", "alguien".
    Someone,
    /// A question back to somebody: "which version", "did you".
    Back,
    /// Talk for company: "how are you", "anyone here".
    SmallTalk,
    /// Hung to the end of a statement: "right", "oder".
    TagEnd,
    Greeting,
    Thanks,
    /// Turns a thank-you into a refusal or a "but".
    Declined,
    /// Makes thanks an opening instead of an end: "in advance".
    Advance,
    /// What helpers write: "you can", "try", "je pense".
    Advice,
    /// Help held out to others, which is no call for it: "let me know if", "posso ajudar".
    Offer,
    /// Opens like a question and tells: "what a", "как раз".
    Told,
    /// An asking word that opens a clause of time as well: "kiedy", "when".
    When,
    /// Opens what is said before the main clause: "if", "neben", "согласно".
    If,
    /// What opens a reply: "yes", "genau".
    Answer,
    Laugh,
    /// What comes now is not what was wanted.
    But,
    /// Small words before the real opening of a sentence: "and", "in", "leute".
    Filler,
}

/// A set of cues.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct CueSet(u32);

impl CueSet {
    pub(super) fn of(cues: &[Cue]) -> Self {
        Self(cues.iter().fold(0, |set, &cue| set | 1 << cue as u32))
    }

    pub(super) fn add(&mut self, cue: Cue) {
        self.0 |= 1 << cue as u32;
    }

    pub(super) fn remove(&mut self, cue: Cue) {
        self.0 &= !(1 << cue as u32);
    }

    pub(super) fn join(&mut self, other: CueSet) {
        self.0 |= other.0;
    }

    pub(super) fn has(self, cue: Cue) -> bool {
        self.0 & (1 << cue as u32) != 0
    }

    pub(super) fn meets(self, other: CueSet) -> bool {
        self.0 & other.0 != 0
    }
}

/// The lists of one language.
pub(super) struct Lists {
    language: &'static str,
    /// The most frequent little words: a vote for this language each.
    common: &'static str,
    /// Phrases, separated by commas, found word by word.
    cues: &'static [(Cue, &'static str)],
    /// Signs of languages without spaces, found letter by letter.
    within: &'static [(Cue, &'static str)],
}

/// Every language with lists; the place of one here is its bit in a [`Languages`].
const ALL: [&Lists; 23] = [
    &english::ENGLISH,
    &germanic::GERMAN,
    &romance::FRENCH,
    &iberian::SPANISH,
    &iberian::PORTUGUESE,
    &romance::ITALIAN,
    &germanic::DUTCH,
    &slavic::RUSSIAN,
    &slavic::POLISH,
    &further::INDONESIAN,
    &serbian::SERBIAN,
    &further::TURKISH,
    &unspaced::JAPANESE,
    &unspaced::CHINESE,
    &unspaced::KOREAN,
    &eastern::ARABIC,
    &slavic::UKRAINIAN,
    &germanic::SWEDISH,
    &romance::ROMANIAN,
    &eastern::GREEK,
    &eastern::HINDI,
    &further::VIETNAMESE,
    &unspaced::THAI,
];

/// How many languages have lists.
pub(super) const LANGUAGES: usize = ALL.len();

/// A set of languages, one bit each.
pub(super) type Languages = u32;

/// The languages in the order of their bits, by tag.
pub(super) fn languages() -> impl Iterator<Item = &'static str> {
    ALL.iter().map(|lists| lists.language)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Word(u32),
    Gap,
}

#[derive(Debug)]
struct Phrase {
    cue: Cue,
    languages: Languages,
    rest: Vec<Part>,
}

#[derive(Debug, Default)]
struct Entry {
    common: Languages,
    phrases: Vec<Phrase>,
}

/// The lists, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    ids: HashMap<String, u32>,
    entries: Vec<Entry>,
    within: Vec<(Cue, String)>,
}

pub(super) static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::build);

/// A word that stands in no list.
pub(super) const UNKNOWN: u32 = 0;
/// How many words a `*` may stand for.
const GAP_WORDS: usize = 6;

impl Lexicon {
    fn build() -> Self {
        let mut lexicon = Self { entries: vec![Entry::default()], ..Self::default() };
        for (place, lists) in ALL.iter().enumerate() {
            let bit = 1 << place;
            for word in lists.common.split_whitespace() {
                for spelling in spellings(lists.language, word, true) {
                    let id = lexicon.intern(&spelling);
                    if let Some(entry) = lexicon.entry_mut(id) {
                        entry.common |= bit;
                    }
                }
            }
            for (cue, phrases) in lists.cues {
                let loose = !matches!(cue, Cue::Ask | Cue::AskFirst | Cue::Turned);
                for phrase in split(phrases) {
                    for spelling in spellings(lists.language, phrase, loose) {
                        lexicon.add(*cue, bit, &spelling);
                    }
                }
            }
            for (cue, signs) in lists.within {
                lexicon.within.extend(split(signs).map(|sign| (*cue, fold(sign))));
            }
        }
        lexicon
    }

    fn intern(&mut self, word: &str) -> u32 {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = u32::try_from(self.entries.len()).unwrap_or(UNKNOWN);
        self.entries.push(Entry::default());
        self.ids.insert(word.to_owned(), id);
        id
    }

    fn entry_mut(&mut self, id: u32) -> Option<&mut Entry> {
        self.entries.get_mut(id as usize)
    }

    fn add(&mut self, cue: Cue, languages: Languages, spelling: &str) {
        let mut parts = spelling
            .split_whitespace()
            .map(|part| if part == "*" { Part::Gap } else { Part::Word(self.intern(part)) });
        let Some(Part::Word(first)) = parts.next() else { return };
        let rest: Vec<Part> = parts.collect();
        let Some(entry) = self.entry_mut(first) else { return };
        match entry.phrases.iter_mut().find(|known| known.cue == cue && known.rest == rest) {
            Some(known) => known.languages |= languages,
            None => entry.phrases.push(Phrase { cue, languages, rest }),
        }
    }

    /// The number of a folded word, [`UNKNOWN`] for one in no list.
    pub(super) fn id(&self, word: &str) -> u32 {
        self.ids.get(word).copied().unwrap_or(UNKNOWN)
    }

    /// The languages in which this word is one of the frequent little ones.
    pub(super) fn common(&self, id: u32) -> Languages {
        self.entries.get(id as usize).map_or(0, |entry| entry.common)
    }

    /// Every phrase of `languages` that begins with `id` and goes on as `following` does (`None`
    /// is what is not a word), with the number of places it takes after the first.
    pub(super) fn phrases_at<'l>(
        &'l self,
        id: u32,
        following: impl Iterator<Item = Option<u32>> + Clone + 'l,
        languages: Languages,
    ) -> impl Iterator<Item = (Cue, usize)> + 'l {
        let phrases = self.entries.get(id as usize).map_or(&[][..], |entry| &entry.phrases);
        phrases
            .iter()
            .filter(move |phrase| phrase.languages & languages != 0)
            .filter_map(move |phrase| Some((phrase.cue, matched(&phrase.rest, following.clone())?)))
    }

    /// What the unspaced languages show in running text.
    pub(super) fn within(&self, running: &str) -> CueSet {
        let mut found = CueSet::default();
        for (cue, sign) in &self.within {
            if !found.has(*cue) && running.contains(sign.as_str()) {
                found.add(*cue);
            }
        }
        found
    }
}

/// How many places of `following` the rest of a phrase takes, when it fits.
fn matched(rest: &[Part], mut following: impl Iterator<Item = Option<u32>>) -> Option<usize> {
    let mut used = 0;
    let mut slack = 0;
    for part in rest {
        match part {
            Part::Gap => slack = GAP_WORDS,
            Part::Word(wanted) => loop {
                let word = following.next()??;
                used += 1;
                if word == *wanted {
                    slack = 0;
                    break;
                }
                slack = usize::checked_sub(slack, 1)?;
            },
        }
    }
    Some(used)
}

fn split(phrases: &'static str) -> impl Iterator<Item = &'static str> {
    phrases.split(',').map(str::trim).filter(|phrase| !phrase.is_empty())
}

/// The ways people type a phrase: as listed; with the letters of a keyboard without accents, where
/// that makes no other word (`loose`); in the other script, for Serbian.
fn spellings(language: &str, phrase: &str, loose: bool) -> Vec<String> {
    let listed: String = fold(phrase)
        .split(['-', ' '])
        .map(|word| squeeze(&word.replace('\'', "")))
        .collect::<Vec<_>>()
        .join(" ");
    let mut all = Vec::with_capacity(2);
    match language {
        "pl" | "tr" | "ro" => all.push(plain(&listed)),
        "sr" => all.extend([plain(&listed), cyrillic(&listed)]),
        "es" | "pt" | "fr" | "it" if loose => all.push(plain(&listed)),
        "de" => all.push(
            listed.replace('ä', "ae").replace('ö', "oe").replace('ü', "ue").replace('ß', "ss"),
        ),
        _ => {}
    }
    all.push(listed);
    all
}

fn plain(phrase: &str) -> String {
    phrase
        .nfd()
        .filter(|&letter| !is_combining_mark(letter))
        .map(|letter| match letter {
            'ł' => 'l',
            'đ' => 'd',
            'ı' => 'i',
            other => other,
        })
        .collect()
}

fn cyrillic(phrase: &str) -> String {
    const PAIRS: [(&str, &str); 30] = [
        ("lj", "љ"),
        ("nj", "њ"),
        ("dž", "џ"),
        ("a", "а"),
        ("b", "б"),
        ("c", "ц"),
        ("č", "ч"),
        ("ć", "ћ"),
        ("d", "д"),
        ("đ", "ђ"),
        ("e", "е"),
        ("f", "ф"),
        ("g", "г"),
        ("h", "х"),
        ("i", "и"),
        ("j", "ј"),
        ("k", "к"),
        ("l", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("p", "п"),
        ("r", "р"),
        ("s", "с"),
        ("š", "ш"),
        ("t", "т"),
        ("u", "у"),
        ("v", "в"),
        ("z", "з"),
        ("ž", "ж"),
    ];
    PAIRS.iter().fold(phrase.to_owned(), |text, (latin, other)| text.replace(latin, other))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_begins_with_a_word_and_ends_with_one() {
        for lists in ALL {
            for (cue, phrases) in lists.cues {
                for phrase in split(phrases) {
                    assert!(
                        !phrase.starts_with('*') && !phrase.ends_with('*'),
                        "{} {cue:?} {phrase:?}",
                        lists.language
                    );
                }
            }
        }
    }

    #[test]
    fn a_star_stands_for_up_to_six_words() {
        let rest = [Part::Gap, Part::Word(9)];
        let words = |ids: &[u32]| ids.iter().map(|&id| Some(id)).collect::<Vec<_>>();
        for (following, used) in [
            (words(&[9]), Some(1)),
            (words(&[1, 2, 3, 4, 5, 6, 9]), Some(7)),
            (words(&[1, 2, 3, 4, 5, 6, 7, 9]), None),
            (vec![Some(1), None, Some(9)], None),
        ] {
            assert_eq!(matched(&rest, following.iter().copied()), used, "{following:?}");
        }
    }

    #[test]
    fn serbian_is_read_in_both_scripts_and_without_accents() {
        assert_eq!(spellings("sr", "gde da", true), ["gde da", "где да", "gde da"]);
        assert_eq!(spellings("sr", "grešku", true), ["gresku", "грешку", "grešku"]);
    }
}
