//! Text to words to terms: the same road for articles and for questions, so that they meet.
//!
//! NFKC and lower case first, then words as Unicode Annex 29 cuts them. Scripts written without
//! spaces become overlapping pairs of letters: a dictionary of Chinese or Thai words would weigh
//! more than the rest of the program, and pairs find nearly as much. Words are stemmed by the
//! language of the article they are compared with; a language without a stemmer keeps its words.

use frostem::Stemmer;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::small_words::{self, ENGLISH_DENIALS};
use crate::domain::ids::Language;

/// The words of `text` in reading order, lower case, not yet stemmed.
pub(super) fn words(text: &str) -> Vec<String> {
    let folded: String = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().flat_map(char::to_lowercase).map(straight).collect()
    };
    let mut words = Vec::new();
    let mut run: Vec<char> = Vec::new();
    let mut run_end = 0;
    for (start, word) in folded.unicode_word_indices() {
        if word.chars().all(is_unspaced) {
            if start != run_end {
                close(&mut run, &mut words);
            }
            run.extend(word.chars());
            run_end = start + word.len();
            continue;
        }
        close(&mut run, &mut words);
        // "works.Then" is two words in a chat, "24.04" is one; "l'app" and "what's" are two,
        // "can't" is one, because what follows its apostrophe is not a word.
        let inner: &[char] = match word {
            _ if word.ends_with("n't") => &[],
            _ if word.contains(char::is_alphabetic) => &['.', ':', '_', '\''],
            _ => &[],
        };
        words.extend(word.split(inner).filter(|part| !part.is_empty()).map(str::to_owned));
    }
    close(&mut run, &mut words);
    words
}

/// Turns a run of letters without spaces into its overlapping pairs.
fn close(run: &mut Vec<char>, words: &mut Vec<String>) {
    if let [only] = run.as_slice() {
        words.push(only.to_string());
    }
    words.extend(run.windows(2).map(|pair| pair.iter().collect::<String>()));
    run.clear();
}

/// Telephones write the curly apostrophe, stemmers know the straight one.
fn straight(letter: char) -> char {
    if matches!(letter, '\u{2019}' | '\u{02bc}' | '\u{2018}') { '\'' } else { letter }
}

/// Thai and Lao, Burmese, Khmer, kana, Han and Hangul. Korean has spaces, but its words carry
/// their endings with them, and pairs see past those.
fn is_unspaced(letter: char) -> bool {
    matches!(u32::from(letter),
        0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x31F0..=0x31FF
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF
        | 0x2_0000..=0x3_23AF)
}

/// Rarity alone does not know small words: in five articles every word is rare.
const SMALL_WORD_WEIGHT: f64 = 0.4;

/// How the words of one language become terms.
#[derive(Clone, Copy)]
pub(super) struct Tongue {
    stemmer: Option<Stemmer>,
    small_words: &'static str,
    denials: &'static str,
}

impl Tongue {
    pub(super) fn of(language: &Language) -> Self {
        let base = language.base();
        Self {
            stemmer: Stemmer::try_from_name(base.as_str()).ok(),
            small_words: small_words::of(base.as_str()),
            denials: if base.as_str() == "en" { ENGLISH_DENIALS } else { "" },
        }
    }

    pub(super) fn stem(&self, word: &str) -> String {
        if is_one_of(self.denials, word) {
            return "not".to_owned();
        }
        self.stemmer.map_or_else(|| word.to_owned(), |stemmer| stemmer.stem(word).into_owned())
    }

    /// What `word` weighs beside a word of substance equally rare.
    pub(super) fn weight(&self, word: &str) -> f64 {
        if self.is_small(word) { SMALL_WORD_WEIGHT } else { 1.0 }
    }

    /// Whether `word` says how something is asked rather than what about.
    pub(super) fn is_small(&self, word: &str) -> bool {
        is_one_of(self.small_words, word) || is_one_of(self.denials, word)
    }
}

fn is_one_of(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_cut_the_same_however_they_are_typed() {
        for (text, expected) in [
            ("My LAMP won’t pair!", "my|lamp|won't|pair"),
            ("L’appli d'accueil, what's up", "l|appli|d|accueil|what|s|up"),
            ("It works.Then it fails", "it|works|then|it|fails"),
            ("Version 24.04, really", "version|24.04|really"),
            ("Ｗｉ－Ｆｉ", "wi|fi"),
            ("路由器密码", "路由|由器|器密|密码"),
            ("重 置", "重|置"),
            ("LED灯不亮", "led|灯不|不亮"),
            ("공유기 설정", "공유|유기|설정"),
            ("👋🏽 ?!", ""),
        ] {
            assert_eq!(words(text).join("|"), expected, "{text}");
        }
    }

    #[test]
    fn endings_fall_off_in_the_words_own_language() {
        for (language, one, other) in [
            ("en", "connections", "connected"),
            ("de", "verbindungen", "verbindung"),
            ("pt-br", "senhas", "senha"),
            ("ru", "пароля", "пароль"),
        ] {
            let tongue = Tongue::of(&Language::new(language));
            assert_eq!(tongue.stem(one), tongue.stem(other), "{language}");
        }
        let english = Tongue::of(&Language::new("en"));
        assert_eq!(english.stem("won't"), english.stem("not"));
        assert_eq!(Tongue::of(&Language::new("xx")).stem("verbindungen"), "verbindungen");
    }

    #[test]
    fn small_words_are_those_of_the_language() {
        assert!(Tongue::of(&Language::new("de-at")).is_small("die"));
        assert!(!Tongue::of(&Language::new("en")).is_small("die"));
        assert!(!Tongue::of(&Language::new("xx")).is_small("the"));
    }
}
