//! Letters: one form of each, and the scripts they belong to.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Lower case, one form of each letter: full-width signs, ligatures and mathematical alphabets
/// become plain ones, ё is е, apostrophes are straight, vowel signs of Arabic are dropped.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    for sign in text.nfkc().flat_map(char::to_lowercase) {
        match sign {
            'ё' => folded.push('е'),
            '’' | '‘' | 'ʼ' => folded.push('\''),
            '\u{200b}'..='\u{200f}'
            | '\u{2060}'
            | '\u{fe0f}'
            | '\u{307}'
            | 'ـ'
            | '\u{64b}'..='\u{652}' => {}
            _ => folded.push(sign),
        }
    }
    folded
}

/// Folds letters that were held down: "helllp" and "soooo". Two of a kind stay, they are spelling.
pub(super) fn squeeze(word: &str) -> String {
    let mut squeezed = String::with_capacity(word.len());
    let mut rest = word.chars().peekable();
    while let Some(letter) = rest.next() {
        let mut times = 1;
        while rest.next_if_eq(&letter).is_some() {
            times += 1;
        }
        let whole = squeezed.is_empty() && rest.peek().is_none();
        let keep = match times {
            1 | 2 => times,
            _ if letter.is_numeric() => times,
            _ if whole => 2,
            _ => 1,
        };
        squeezed.extend(std::iter::repeat_n(letter, keep));
    }
    squeezed
}

/// Letters by script; Latin is what the others leave.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Scripts {
    pub(super) latin: u32,
    pub(super) cyrillic: u32,
    pub(super) greek: u32,
    pub(super) arabic: u32,
    pub(super) devanagari: u32,
    pub(super) han: u32,
    pub(super) kana: u32,
    pub(super) hangul: u32,
    pub(super) thai: u32,
    pub(super) other: u32,
    /// Letters that point to one language: its tag and how many of them stood there.
    pub(super) telling: Telling,
}

/// Counts of telling letters, in the order of [`TELLING`].
pub(super) type Telling = [u8; TELLING.len()];

/// Letters that, among the languages with word lists, one alone uses much.
pub(super) const TELLING: [(&str, &str); 11] = [
    ("de", "ß"),
    ("es", "ñ¿"),
    ("pt", "ãõ"),
    ("fr", "œêùû"),
    ("pl", "łąęśżźń"),
    ("tr", "ğı"),
    ("ro", "ățș"),
    ("sv", "å"),
    ("ru", "ыэъ"),
    ("uk", "іїєґ"),
    ("sr", "ђћџљњјđ"),
];

impl Scripts {
    /// Counts a letter; whether its script is written without spaces between words.
    pub(super) fn count(&mut self, letter: char) -> bool {
        let (counter, unspaced) = match letter {
            'a'..='z' | '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => (&mut self.latin, false),
            '0'..='9' | '_' => return false,
            '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}' => (&mut self.greek, false),
            '\u{400}'..='\u{52f}' => (&mut self.cyrillic, false),
            '\u{600}'..='\u{77f}' => (&mut self.arabic, false),
            '\u{900}'..='\u{97f}' => (&mut self.devanagari, false),
            '\u{e00}'..='\u{e7f}' => (&mut self.thai, true),
            '\u{3040}'..='\u{30ff}' => (&mut self.kana, true),
            '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}' => (&mut self.han, true),
            '\u{1100}'..='\u{11ff}' | '\u{ac00}'..='\u{d7af}' => (&mut self.hangul, true),
            _ => (&mut self.other, false),
        };
        *counter += 1;
        if !unspaced && !letter.is_ascii() {
            self.tell(letter);
        }
        unspaced
    }

    pub(super) fn tell(&mut self, letter: char) {
        for ((_, letters), seen) in TELLING.iter().zip(&mut self.telling) {
            if letters.contains(letter) {
                *seen = seen.saturating_add(1);
            }
        }
    }
}

pub(super) fn is_word_sign(sign: char) -> bool {
    if sign.is_ascii() {
        return sign.is_ascii_alphanumeric();
    }
    sign.is_alphanumeric() || is_combining_mark(sign)
}

pub(super) fn is_greek(sign: char) -> bool {
    matches!(sign, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_held_down_fold_and_spelling_stays() {
        for (typed, folded) in [
            ("soooo", "so"),
            ("pleeease", "please"),
            ("hilfeeee", "hilfe"),
            ("letter", "letter"),
            ("kkkkk", "kk"),
            ("1000", "1000"),
        ] {
            assert_eq!(squeeze(typed), folded);
        }
    }

    #[test]
    fn every_way_to_write_a_letter_folds_to_one() {
        for (typed, folded) in [
            ("WLAN", "wlan"),
            ("ｗｉ－ｆｉ？", "wi-fi?"),
            ("can’t", "can't"),
            ("Её", "ее"),
            ("شكراً", "شكرا"),
            ("İnternet", "internet"),
        ] {
            assert_eq!(fold(typed), folded);
        }
    }
}
