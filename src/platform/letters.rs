//! Text as it may be shown anywhere: without what is not seen and changes what is, measured as
//! platforms measure it.

use unicode_segmentation::UnicodeSegmentation;

/// More than any letter of any script, and any emoji, is made of; the rest of a heap of marks that
/// someone piles up to cover the lines around it is left out.
const MARKS_LIMIT: usize = 16;

/// What of a person's or our own text is shown: no character that is not seen but changes what is,
/// and no heap of marks.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let text = text.replace("\r\n", "\n");
    let seen = text.chars().filter_map(|letter| match letter {
        '\r' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\n' | '\t' => Some(letter),
        letter => is_seen(letter).then_some(letter),
    });
    let seen: String = seen.collect();
    for grapheme in seen.graphemes(true) {
        clean.extend(grapheme.chars().take(MARKS_LIMIT));
    }
    clean
}

/// Joiners are, for emoji and some scripts are made with them.
fn is_seen(letter: char) -> bool {
    let turns = matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let hides = matches!(letter, '\u{200b}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    !turns && !hides && !letter.is_control()
}

/// A text on one line: a name, a label.
pub(super) fn line(text: &str) -> String {
    let clean = clean(text);
    clean.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub(super) fn units(text: &str) -> usize {
    text.chars().map(char::len_utf16).sum()
}

/// A text on one line of at most `limit` UTF-16 units, cut between letters.
pub(super) fn label(text: &str, limit: usize) -> String {
    let label = line(text);
    if label.is_empty() {
        return "…".to_owned();
    }
    if units(&label) <= limit {
        return label;
    }
    let mut cut = String::new();
    for letter in label.graphemes(true) {
        if units(&cut) + units(letter) >= limit {
            break;
        }
        cut.push_str(letter);
    }
    format!("{}…", cut.trim_end())
}
