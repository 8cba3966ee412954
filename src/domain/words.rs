//! What a sentence is once it has been worded: pieces that every platform can show in its own way.
//!
//! No markup language crosses the port. Our own words, what people wrote, links and names are
//! different pieces, so that an adapter escapes and formats each kind without guessing, and so
//! that nobody is pinged whom the engine did not choose.

use serde::{Deserialize, Serialize};

use super::ids::PlatformKey;

/// One run of a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Piece {
    /// Our own words, line breaks included; shown as they are, never as markup.
    Plain { text: String },
    /// Our own words, weighty.
    Strong { text: String },
    /// A name of a setting, a command, a menu entry.
    Code { text: String },
    /// A link we chose (an article, a case); `url` is http or https.
    Link { label: String, url: String },
    /// What a person wrote, set apart as a quotation; hostile until an adapter has escaped it.
    Quote { text: String },
    /// A person, by the platform's own key; lit up only when `ping` says so.
    Person { key: PlatformKey, name: String, ping: bool },
    /// A channel or thread, by the platform's own key; leads there where the platform can.
    Place { key: PlatformKey, name: String },
    /// A message that somebody else may go to, by the platform's own keys; leads there where the
    /// platform can, and is its label elsewhere.
    Message { label: String, community: PlatformKey, channel: PlatformKey, message: PlatformKey },
}

/// A worded message: pieces in reading order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Words(pub Vec<Piece>);

impl Words {
    pub fn plain(text: impl Into<String>) -> Self {
        Self(vec![Piece::Plain { text: text.into() }])
    }

    /// Appends, joining neighbouring plain runs.
    pub fn push(&mut self, piece: Piece) {
        if let (Some(Piece::Plain { text: last }), Piece::Plain { text }) =
            (self.0.last_mut(), &piece)
        {
            last.push_str(text);
            return;
        }
        self.0.push(piece);
    }

    pub fn extend(&mut self, other: Words) {
        for piece in other.0 {
            self.push(piece);
        }
    }

    /// The words without any form, as a transcript or a screen reader gives them.
    pub fn to_plain(&self) -> String {
        let mut plain = String::new();
        for piece in &self.0 {
            match piece {
                Piece::Plain { text } | Piece::Strong { text } | Piece::Code { text } => {
                    plain.push_str(text);
                }
                Piece::Message { label, .. } => plain.push_str(label),
                Piece::Link { label, url } => {
                    plain.push_str(label);
                    plain.push_str(" (");
                    plain.push_str(url);
                    plain.push(')');
                }
                Piece::Quote { text } => {
                    for line in text.lines() {
                        if !plain.is_empty() && !plain.ends_with('\n') {
                            plain.push('\n');
                        }
                        plain.push_str("> ");
                        plain.push_str(line);
                    }
                    plain.push('\n');
                }
                Piece::Person { name, .. } => {
                    plain.push('@');
                    plain.push_str(name);
                }
                Piece::Place { name, .. } => {
                    plain.push('#');
                    plain.push_str(name);
                }
            }
        }
        plain.trim_end().to_owned()
    }
}
