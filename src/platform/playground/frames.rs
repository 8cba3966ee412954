//! The protocol between the playground and its page: one JSON document a frame.

use serde::{Deserialize, Serialize};

use super::people::{Channel, Person, Role};
use super::{Insight, Refusal, Shelf, Wording};
use crate::domain::case::Due;
use crate::domain::command::{ESCALATION, Kind, OptionSpec, Spec, TABLE, Who};
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::Words;

// ---- what the page is told

/// What anybody may know before being somebody.
#[derive(Debug, Serialize)]
pub struct Roster {
    pub brand: String,
    pub people: &'static [Person],
    pub channels: Vec<&'static Channel>,
    /// What a tour through this community can ask, by language.
    pub tours: Vec<Tour>,
}

/// Questions that show what the bot can and what it cannot: chosen from its own articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tour {
    pub language: Language,
    /// The customer who asks.
    pub by: &'static str,
    /// What an article answers, and that article's title; `None` without one that is sure enough.
    pub question: Option<(String, String)>,
    /// What no article answers.
    pub odd: String,
}

#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ServerFrame {
    /// Everything as it stands; the first frame, and again after a tab could not keep up.
    Hello(Box<Hello>),
    /// A new post.
    Post {
        post: PostFrame,
    },
    /// A post as it is now.
    Changed {
        post: PostFrame,
    },
    Clock(Hour),
    /// The commands as they are called now.
    Commands {
        commands: Vec<Menu>,
    },
    /// The inside, for a tab that looks.
    Insight(Box<Insight>),
    /// The bots at hand.
    Shelf(Shelf),
    /// Why another bot did not move in.
    Refused(Box<Refusal>),
    /// Another community lives here now: the page begins anew.
    Moved,
    /// What this person wanted was refused.
    Error {
        words: String,
    },
}

#[derive(Debug, Clone, Serialize)]
pub struct Hello {
    pub channels: Vec<&'static Channel>,
    pub commands: Vec<Menu>,
    pub posts: Vec<PostFrame>,
    #[serde(flatten)]
    pub hour: Hour,
}

/// The community's time, and when something is due next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Hour {
    pub now: Moment,
    pub offset_ms: u64,
    pub next: Option<Moment>,
    /// What happens then; `None` when it is no case's deadline.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due: Option<Due>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PostFrame {
    pub key: PlatformKey,
    pub channel: PlatformKey,
    /// For a post in a thread, what that hangs on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thread: Option<ThreadFrame>,
    pub at: Moment,
    pub author: AuthorFrame,
    /// Only this tab's person sees it.
    pub private: bool,
    pub reply_to: Option<ReplyFrame>,
    pub pieces: Words,
    pub buttons: Vec<ButtonFrame>,
    pub reactions: Vec<ReactionFrame>,
    pub pings: Vec<PlatformKey>,
    pub edited: bool,
    pub deleted: bool,
}

/// A thread: the channel it hangs in and the message it hangs on. The page knows that message, and
/// calls the thread after it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ThreadFrame {
    pub parent: PlatformKey,
    pub root: PlatformKey,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuthorFrame {
    pub key: PlatformKey,
    pub name: String,
    pub bot: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReplyFrame {
    pub key: PlatformKey,
    pub author: AuthorFrame,
    pub excerpt: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ButtonFrame {
    pub label: String,
    pub data: String,
    pub style: &'static str,
}

/// `people` are names, for showing.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReactionFrame {
    pub emoji: String,
    pub people: Vec<String>,
}

/// A command as the page's completion offers it.
#[derive(Debug, Clone, Serialize)]
pub struct Menu {
    pub name: String,
    pub about: String,
    pub options: Vec<MenuOption>,
    pub subs: Vec<Menu>,
}

#[derive(Debug, Clone, Serialize)]
pub struct MenuOption {
    pub name: &'static str,
    pub about: String,
    pub kind: &'static str,
    pub required: bool,
    #[serde(skip_serializing_if = "<[&str]>::is_empty")]
    pub choices: &'static [&'static str],
}

/// The commands that `person` sees, in the words of their client's language.
pub(super) fn menus(person: &Person, escalation: &str, wording: &Wording) -> Vec<Menu> {
    let language = person.language().unwrap_or_else(|| Language::from("en"));
    let about = |key: &str| wording(&language, key);
    let shown = |spec: &&Spec| spec.who == Who::Everyone || person.role == Role::Moderator;
    let mut menus = vec![menu(&ESCALATION, escalation, &about)];
    menus.extend(TABLE.iter().filter(shown).map(|spec| menu(spec, spec.name, &about)));
    menus.sort_by(|a, b| a.name.cmp(&b.name));
    menus
}

fn menu(spec: &Spec, name: &str, about: &dyn Fn(&str) -> String) -> Menu {
    let option = |option: &OptionSpec| {
        let (kind, choices): (_, &[&str]) = match option.kind {
            Kind::Text => ("text", &[]),
            Kind::Word => ("word", &[]),
            Kind::List => ("list", &[]),
            Kind::Channel => ("channel", &[]),
            Kind::Person => ("person", &[]),
            Kind::Badge => ("badge", &[]),
            Kind::Number => ("number", &[]),
            Kind::Span => ("span", &[]),
            Kind::Choice(choices) => ("choice", choices),
        };
        let (name, required) = (option.name, option.required);
        MenuOption { name, about: about(option.about), kind, required, choices }
    };
    Menu {
        name: name.to_owned(),
        about: about(spec.about),
        options: spec.options.iter().map(option).collect(),
        subs: spec.subs.iter().map(|sub| menu(sub, sub.name, about)).collect(),
    }
}

// ---- what the page wants

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum ClientFrame {
    Say {
        channel: PlatformKey,
        text: String,
        reply_to: Option<PlatformKey>,
    },
    Press {
        post: PlatformKey,
        data: String,
    },
    Edit {
        post: PlatformKey,
        text: String,
    },
    Delete {
        post: PlatformKey,
    },
    React {
        post: PlatformKey,
        emoji: String,
    },
    /// By a span, or to the next moment at which something is due.
    Clock {
        forward_ms: Option<u64>,
        #[serde(default)]
        to_next: bool,
    },
    /// Looks at the inside, worded in this language, or away.
    Look {
        language: Option<Language>,
    },
    /// Asks which bots are at hand.
    Shelf,
    /// Brings the bot of a folder, or this one as its files are now.
    Open {
        folder: Option<String>,
        #[serde(default)]
        fresh: bool,
    },
}

impl ClientFrame {
    /// Reads what a tab sent; the error is for the person who looks at the tab.
    pub fn read(text: &str) -> Result<ClientFrame, String> {
        serde_json::from_str(text)
            .map_err(|error| format!("The page sent what I cannot read: {error}"))
    }
}
