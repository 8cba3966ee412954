//! From Fluent's string back to pieces.
//!
//! Fluent knows only strings. So nothing that a person wrote, and nothing that must stay a piece
//! of its own, goes through it: such an argument goes in as a seal (`U+E000`, its number,
//! `U+E001`), and the formatted string is cut at the seals afterwards. What the seals stand for is
//! never read again, so a quotation may hold braces, `**`, even these very code points, and stays
//! the quotation that it is.
//!
//! What the locale files themselves say may carry two marks, and no others: `**…**` is
//! [`Piece::Strong`], `` `…` `` is [`Piece::Code`]. A mark without its second half is shown.

use crate::domain::words::{Piece, Words};

const OPEN: char = '\u{E000}';
const CLOSE: char = '\u{E001}';

/// What an argument becomes once the sentence around it is worded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Slot {
    /// Takes the weight of the words around it.
    Inline(String),
    /// A command.
    Code(String),
    /// A person, a channel, a quotation: a piece whatever stands around it.
    Apart(Piece),
}

/// What stands in Fluent's string for the slot at `index`.
pub(super) fn seal(index: usize) -> String {
    format!("{OPEN}{index}{CLOSE}")
}

/// True for the characters that no locale file may hold.
pub(super) fn is_seal(letter: char) -> bool {
    letter == OPEN || letter == CLOSE
}

pub(super) fn shape(formatted: &str, slots: &[Slot]) -> Words {
    let mut words = Words::default();
    let mut rest = formatted;
    while let Some(run) = next_marked(rest) {
        lay(&mut words, run.before, Weight::Plain, slots);
        lay(&mut words, run.inside, run.weight, slots);
        rest = run.after;
    }
    lay(&mut words, rest, Weight::Plain, slots);
    words
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Weight {
    Plain,
    Strong,
    Code,
}

impl Weight {
    fn piece(self, text: String) -> Piece {
        match self {
            Weight::Plain => Piece::Plain { text },
            Weight::Strong => Piece::Strong { text },
            Weight::Code => Piece::Code { text },
        }
    }
}

struct Run<'a> {
    before: &'a str,
    inside: &'a str,
    after: &'a str,
    weight: Weight,
}

/// The marked run that begins first.
fn next_marked(text: &str) -> Option<Run<'_>> {
    let marked = |mark: &str, weight| {
        let (before, rest) = text.split_once(mark)?;
        let (inside, after) = rest.split_once(mark)?;
        Some(Run { before, inside, after, weight })
    };
    let runs = [marked("`", Weight::Code), marked("**", Weight::Strong)];
    runs.into_iter().flatten().min_by_key(|run| run.before.len())
}

/// Puts `text` behind `words`, with the slots that its seals name.
fn lay(words: &mut Words, text: &str, weight: Weight, slots: &[Slot]) {
    let mut run = String::new();
    let mut rest = text;
    while let Some((before, sealed)) = rest.split_once(OPEN) {
        let (index, after) = sealed.split_once(CLOSE).unwrap_or(("", sealed));
        run.push_str(before);
        rest = after;
        match index.parse().ok().and_then(|index: usize| slots.get(index)) {
            Some(Slot::Inline(text)) => run.push_str(text),
            Some(Slot::Code(text)) if weight == Weight::Code => run.push_str(text),
            Some(Slot::Code(text)) => {
                add(words, weight.piece(std::mem::take(&mut run)));
                add(words, Piece::Code { text: text.clone() });
            }
            Some(Slot::Apart(piece)) => {
                add(words, weight.piece(std::mem::take(&mut run)));
                add(words, piece.clone());
            }
            None => {}
        }
    }
    run.push_str(rest);
    add(words, weight.piece(run));
}

/// Appends, leaves out what is empty, and lets a quotation stand on lines of its own: adapters set
/// it apart, so the spaces that a locale file has around it, for its own looks, go. They go at the
/// beginning too, where a quotation may have been empty.
fn add(words: &mut Words, mut piece: Piece) {
    if matches!(piece, Piece::Quote { .. })
        && let Some(Piece::Plain { text }) = words.0.last_mut()
    {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            words.0.pop();
        }
    }
    if matches!(words.0.last(), None | Some(Piece::Quote { .. }))
        && let Piece::Plain { text } = &mut piece
    {
        *text = text.trim_start().to_owned();
    }
    let empty = match &piece {
        Piece::Plain { text }
        | Piece::Strong { text }
        | Piece::Code { text }
        | Piece::Quote { text } => text.is_empty(),
        Piece::Link { .. } | Piece::Person { .. } | Piece::Place { .. } | Piece::Message { .. } => {
            false
        }
    };
    if !empty {
        words.push(piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Piece {
        Piece::Plain { text: text.into() }
    }
    fn strong(text: &str) -> Piece {
        Piece::Strong { text: text.into() }
    }
    fn code(text: &str) -> Piece {
        Piece::Code { text: text.into() }
    }
    fn quote(text: &str) -> Piece {
        Piece::Quote { text: text.into() }
    }

    #[test]
    fn marks_give_weight_and_half_marks_are_shown() {
        for (text, pieces) in [
            ("press it", vec![plain("press it")]),
            ("**now** or never", vec![strong("now"), plain(" or never")]),
            ("type `/help`.", vec![plain("type "), code("/help"), plain(".")]),
            ("`**` is a mark", vec![code("**"), plain(" is a mark")]),
            ("**a `b` c**", vec![strong("a `b` c")]),
            ("2 ** 3", vec![plain("2 ** 3")]),
            ("one ` tick", vec![plain("one ` tick")]),
            ("", vec![]),
        ] {
            assert_eq!(shape(text, &[]).0, pieces, "{text:?}");
        }
    }

    #[test]
    fn a_slot_takes_the_weight_around_it_unless_it_is_a_piece_of_its_own() {
        let slots =
            [Slot::Inline("3".into()), Slot::Code("/human".into()), Slot::Apart(quote("q"))];
        let [number, command, words] = [seal(0), seal(1), seal(2)];
        for (text, pieces) in [
            (format!("{number} left"), vec![plain("3 left")]),
            (format!("**{number} points**"), vec![strong("3 points")]),
            (format!("`for {number}`"), vec![code("for 3")]),
            (format!("Type {command}."), vec![plain("Type "), code("/human"), plain(".")]),
            (format!("`{command} now`"), vec![code("/human now")]),
            (format!("**or {command}**"), vec![strong("or "), code("/human")]),
            (
                format!("They say: {words}\n Well."),
                vec![plain("They say:"), quote("q"), plain("Well.")],
            ),
            (format!(" {words}\n"), vec![quote("q")]),
            (" well.".to_owned(), vec![plain("well.")]),
        ] {
            assert_eq!(shape(&text, &slots).0, pieces, "{text:?}");
        }
    }

    #[test]
    fn what_a_slot_holds_is_never_read_again() {
        let hostile = format!("**`{}{{$who}} {OPEN}0{CLOSE} {OPEN}", seal(1));
        let slots = [
            Slot::Apart(quote(&hostile)),
            Slot::Inline(hostile.clone()),
            Slot::Code(hostile.clone()),
        ];
        assert_eq!(shape(&seal(0), &slots).0, [quote(&hostile)]);
        assert_eq!(shape(&seal(1), &slots).0, [plain(&hostile)]);
        assert_eq!(shape(&seal(2), &slots).0, [code(&hostile)]);
    }

    #[test]
    fn a_broken_seal_says_nothing() {
        for text in [format!("a{OPEN}9{CLOSE}b"), format!("a{OPEN}b"), format!("a{OPEN}x{CLOSE}b")]
        {
            assert_eq!(shape(&text, &[]).0, [plain("ab")], "{text:?}");
        }
    }
}
