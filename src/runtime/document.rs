//! What an outbox row holds: sentences and cards, not yet worded. Versioned JSON, because a row
//! may be written by one release and sent by the next.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::case::Press;
use crate::domain::ids::{AccountId, ChannelId, CommunityId, Language, OutboxId, PlatformKey};
use crate::domain::text::{Key, Text, Value};
use crate::domain::time::Moment;
use crate::domain::words::Words;
use crate::platform::ReplyHandle;

pub(super) const VERSION: u8 = 1;

/// A message to be worded when it is sent.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Document {
    pub(super) v: u8,
    pub(super) language: Language,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) private: Option<Private>,
    pub(super) lines: Vec<Line>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) buttons: Vec<Press>,
    /// The only people it may light up.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ping: Vec<AccountId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reply: Option<ReplyTo>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) keeps: Option<Keeps>,
    /// Set on the edit by which a moderator took a post of ours back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) hides: Option<Hidden>,
    /// It is no message, but something to be done about a thread; its sentence is a title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) thread: Option<ThreadWork>,
    /// Lit up to be brought into the thread; said elsewhere, it lights up nobody for that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) brings: Option<AccountId>,
    /// Nothing is said: somebody is given something to wear. The lines are the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) wear: Option<Wear>,
}

/// What somebody is to wear for their rank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Wear {
    pub(super) community: CommunityId,
    pub(super) who: AccountId,
    pub(super) rank: Key,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) give: Option<PlatformKey>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) take: Vec<PlatformKey>,
}

/// What is to be done about the thread of a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub(super) enum ThreadWork {
    Open {
        /// The question.
        on: ReplyTo,
        /// How the question begins; empty where nothing can be read of it, and once it is taken
        /// back.
        title: String,
    },
    PutAway {
        /// The end of the case that this belongs to: another end since has its own. `None`, and
        /// under another title, for a question that was taken back.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        end: Option<Moment>,
    },
}

/// What must be known to let a post stand again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Hidden {
    /// Whether its buttons still asked for something.
    pub(super) was_live: bool,
}

/// For one person's eyes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Private {
    pub(super) to: AccountId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) handle: Option<ReplyHandle>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "line", rename_all = "snake_case")]
pub(super) enum Line {
    Say {
        text: Text,
    },
    /// An article as it was when it was suggested.
    Article {
        title: String,
        summary: Words,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        link: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        video: Option<String>,
    },
    /// What a person wrote.
    Quote {
        text: String,
    },
    /// A sentence, and behind it the way to a message.
    Lead {
        text: Text,
        label: Text,
        channel: ChannelId,
        message: PlatformKey,
    },
}

impl Line {
    /// The sentence of the line, where it is one of ours.
    pub(super) fn text(&self) -> Option<&Text> {
        match self {
            Line::Say { text } | Line::Lead { text, .. } => Some(text),
            Line::Article { .. } | Line::Quote { .. } => None,
        }
    }
}

impl From<Text> for Line {
    fn from(text: Text) -> Self {
        Line::Say { text }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "to", rename_all = "snake_case")]
pub(super) enum ReplyTo {
    Message {
        key: PlatformKey,
    },
    /// Something we sent: its key is known when it has a receipt.
    Row {
        id: OutboxId,
    },
}

/// How the message is remembered once it has a receipt, so that replies to it find their case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Keeps {
    Bot,
    Call,
    Dossier,
    /// About this answer: thanks in reply to it mean that one.
    Answer(usize),
}

/// Whom a row of the outbox is for: what may be told of it without its words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Readers {
    /// The one person who reads it.
    pub only: Option<AccountId>,
    /// Whom it lights up.
    pub pinged: Vec<AccountId>,
}

impl Readers {
    /// `None` for a document of another release.
    pub fn of(document: &str) -> Option<Readers> {
        let document: Document = serde_json::from_str(document).ok()?;
        Some(Readers { only: document.private.map(|private| private.to), pinged: document.ping })
    }
}

impl Document {
    pub(super) fn new(language: Language, lines: Vec<Line>) -> Self {
        Self {
            v: VERSION,
            language,
            private: None,
            lines,
            buttons: Vec::new(),
            ping: Vec::new(),
            reply: None,
            keeps: None,
            hides: None,
            thread: None,
            brings: None,
            wear: None,
        }
    }

    /// Everybody whose name or key is needed to word it.
    pub(super) fn people(&self) -> BTreeSet<AccountId> {
        let mut people = self.people_in_text();
        people.extend(&self.ping);
        people.extend(self.private.as_ref().map(|private| private.to));
        people.extend(self.wear.as_ref().map(|wear| wear.who));
        people
    }

    /// Everybody whom the sentences name.
    pub(super) fn people_in_text(&self) -> BTreeSet<AccountId> {
        let mut people = BTreeSet::new();
        for line in &self.lines {
            people.extend(line.text().map(people_of).unwrap_or_default());
        }
        people
    }
}

/// Everybody whom a sentence names.
pub(super) fn people_of(text: &Text) -> Vec<AccountId> {
    let named = text.arguments().into_iter().filter_map(|(_, value)| match value {
        Value::Person(id) => Some(id),
        Value::Channel(_)
        | Value::Count(_)
        | Value::Word(_)
        | Value::Key(_)
        | Value::Keys(_)
        | Value::Quote(_)
        | Value::Span(_) => None,
    });
    named.collect()
}
