//! Text to word pieces, as the table's maker cut them.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The row of what the vocabulary does not have.
const UNKNOWN: u32 = 100;
/// No word that a person types is longer; the table's maker drew the same line.
const WORD_LIMIT_CHARS: usize = 100;
/// A word piece inside a word is written so in the vocabulary.
const INSIDE: &str = "##";

/// Word pieces by their text.
pub(super) struct Vocabulary {
    begins: HashMap<&'static str, u32>,
    goes_on: HashMap<&'static str, u32>,
    /// By row: whether the piece has a letter or a digit.
    telling: Vec<bool>,
}

impl Vocabulary {
    pub(super) fn read(lines: &'static str) -> Self {
        let (mut begins, mut goes_on) = (HashMap::with_capacity(32_768), HashMap::new());
        for (line, row) in lines.lines().zip(0_u32..) {
            match line.strip_prefix(INSIDE) {
                Some(rest) => goes_on.insert(rest, row),
                None => begins.insert(line, row),
            };
        }
        // What stands in brackets is a sign of the table's maker and no word.
        let tells =
            |line: &str| !line.starts_with('[') && line.contains(|c: char| c.is_alphanumeric());
        Self { begins, goes_on, telling: lines.lines().map(tells).collect() }
    }

    /// Whether a piece says something: marks do not.
    pub(super) fn tells(&self, piece: u32) -> bool {
        self.telling.get(piece as usize).copied().unwrap_or_default()
    }

    /// The pieces of `text` in reading order, at most `limit`.
    pub(super) fn pieces(&self, text: &str, limit: usize) -> Vec<u32> {
        let mut pieces = Vec::new();
        let mut word = String::new();
        let lower = text.chars().flat_map(char::to_lowercase);
        for letter in lower.nfd().filter(|letter| !is_combining_mark(*letter)) {
            if pieces.len() >= limit {
                break;
            }
            let alone = stands_alone(letter);
            if letter.is_whitespace() || alone {
                self.cut(&word, &mut pieces);
                word.clear();
            } else {
                word.push(letter);
            }
            if alone {
                word.push(letter);
                self.cut(&word, &mut pieces);
                word.clear();
            }
        }
        self.cut(&word, &mut pieces);
        pieces.truncate(limit);
        pieces
    }

    /// The longest known piece first, then the longest of the rest; all of it or nothing.
    fn cut(&self, word: &str, pieces: &mut Vec<u32>) {
        if word.is_empty() {
            return;
        }
        let before = pieces.len();
        let mut rest = word;
        let mut known = &self.begins;
        while !rest.is_empty() {
            let ends = rest.char_indices().map(|(at, letter)| at + letter.len_utf8()).rev();
            let longest = ends.filter_map(|end| {
                let (piece, after) = rest.split_at_checked(end)?;
                Some((*known.get(piece)?, after))
            });
            let found = if word.len() > WORD_LIMIT_CHARS { None } else { longest.take(1).next() };
            let Some((row, after)) = found else {
                pieces.truncate(before);
                pieces.push(UNKNOWN);
                return;
            };
            pieces.push(row);
            rest = after;
            known = &self.goes_on;
        }
    }
}

/// Marks and Chinese characters are words of their own.
fn stands_alone(letter: char) -> bool {
    letter.is_ascii_punctuation()
        || matches!(u32::from(letter),
            0xA1 | 0xA7 | 0xAB | 0xB6 | 0xB7 | 0xBB | 0xBF | 0x060C | 0x061B | 0x061F | 0x0964
            | 0x0965 | 0x2010..=0x2027 | 0x2030..=0x205E | 0x3001..=0x3003 | 0x3008..=0x3011
            | 0x3014..=0x301F | 0x30FB | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF
            | 0xFF01..=0xFF03 | 0xFF05..=0xFF0A | 0xFF0C..=0xFF0F | 0xFF1A | 0xFF1B | 0xFF1F
            | 0xFF20 | 0x2_0000..=0x2_FA1F)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vocabulary of its own: the line's number is the row.
    const LINES: &str = "the\nwifi\nlamp\n##s\n##p\nwon\n'\nt\n?\nla\n重\nuber";

    #[test]
    fn words_are_cut_into_the_longest_pieces_and_marks_stand_alone() {
        let vocabulary = Vocabulary::read(LINES);
        for (text, expected) in [
            ("The LAMPS", vec![0, 2, 3]),
            ("won't?", vec![5, 6, 7, 8]),
            ("lap", vec![9, 4]),
            ("über", vec![11]),
            ("重重", vec![10, 10]),
            ("lampshade the", vec![100, 0]),
            ("", vec![]),
            (" \n ", vec![]),
        ] {
            assert_eq!(vocabulary.pieces(text, 64), expected, "{text}");
        }
        assert_eq!(vocabulary.pieces(&"the ".repeat(500), 64).len(), 64);
        assert_eq!(vocabulary.pieces(&"s".repeat(5_000), 64), [100]);
    }
}
