//! The commands: one table for every platform, one reader for what people typed.
//!
//! Adapters register the table where a platform has menus and hand over what came back as a
//! [`Typed`]; platforms with plain text let [`parse_line`] make the same. [`read`] then turns it
//! into a [`Command`], or into a kind sentence that says what was expected.

mod given;
mod line;
mod table;

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub use line::parse_line;
pub use table::{ESCALATION, Kind, OptionSpec, START, Spec, TABLE, Who, spec_of};

use super::case::Rejection;
use super::feedback::About;
use super::harvest;
use super::ids::PlatformKey;
use super::overrides::{LadderChange, RecognitionChange};
use super::question::{ListenMode, Sensitivity};
use super::recognition::Season;
use super::rules::AnswersIn;
use super::text::Text;
use given::Given;

/// A command as a platform hands it over: names and texts, nothing checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    pub name: String,
    #[serde(default)]
    pub sub: Option<String>,
    #[serde(default)]
    pub options: BTreeMap<String, String>,
    /// How the platform calls the channels that options name by their keys, where it says.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub names: BTreeMap<String, String>,
}

/// A command that makes sense in itself; whether this person may use it here is another question.
/// People are named by the word that the platform explains (`platform::Named`).
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Ask { question: String },
    Escalate { reason: Option<String> },
    Join { topics: Vec<String>, languages: Vec<String> },
    Leave,
    Pause { span: Option<Duration> },
    Hours { hours: Option<String>, zone: Option<String>, calls: Option<i64> },
    Topics { topics: Option<Vec<String>>, muted: Option<Vec<String>> },
    Card { who: Option<String> },
    Points,
    Why,
    Leaders { season: Season, topic: Option<String> },
    Feedback { words: String, about: Option<About> },
    Link { code: Option<String> },
    Unlink,
    Help,
    Privacy,
    Start,
    Watch { channel: Option<PlatformKey>, watch: Watch },
    Staff { channel: Option<PlatformKey>, off: bool },
    Ambassadors { channel: Option<PlatformKey>, off: bool, caps: Caps },
    Escalation { name: Option<String> },
    Ladder(LadderChange),
    Recognition(RecognitionChange),
    Language { language: Option<String> },
    Knowledge { number: Option<String>, deed: Option<harvest::Deed> },
    Case { case: Option<String>, deed: Option<Deed>, reason: Option<String> },
    Block { who: Option<String>, off: bool, reason: Option<String> },
    Status,
    Report { days: Option<u32> },
}

impl Command {
    /// Whether it is about the community or about nothing of whoever gives it, so that it can be
    /// given without a name.
    pub fn is_for_anybody(&self) -> bool {
        match self {
            Command::Leaders { .. }
            | Command::Help
            | Command::Privacy
            | Command::Start
            | Command::Watch { .. }
            | Command::Staff { .. }
            | Command::Ambassadors { .. }
            | Command::Escalation { .. }
            | Command::Ladder(_)
            | Command::Recognition(_)
            | Command::Language { .. }
            | Command::Knowledge { .. }
            | Command::Case { .. }
            | Command::Block { .. }
            | Command::Status
            | Command::Report { .. } => true,
            Command::Ask { .. }
            | Command::Escalate { .. }
            | Command::Join { .. }
            | Command::Leave
            | Command::Pause { .. }
            | Command::Hours { .. }
            | Command::Topics { .. }
            | Command::Card { .. }
            | Command::Points
            | Command::Why
            | Command::Link { .. }
            | Command::Unlink
            | Command::Feedback { .. } => false,
        }
    }
}

/// What `/askaround watch` sets; what is not said stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    On { mode: Option<ListenMode>, sensitivity: Option<Sensitivity>, answers: Option<AnswersIn> },
    Off,
}

/// What everybody on the roster may be asked for at most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Caps {
    pub calls: Option<i64>,
    pub cases: Option<i64>,
}

/// What a moderator does to a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    Close,
    /// Back to the ambassadors.
    Return,
    Escalate,
    /// It is solved, by the answer of this person or by the last one.
    Solved {
        who: Option<String>,
    },
    /// The answer of this person was a good one.
    Endorse {
        who: Option<String>,
    },
    Grant {
        who: Option<String>,
        points: Option<i64>,
    },
    /// Without a number: all that this case gave them.
    Take {
        who: Option<String>,
        points: Option<i64>,
    },
    /// The bot's words go from the conversation.
    Retract,
    /// They come back.
    Restore,
}

/// Keeps a sentence short, whatever was typed.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Reads what was typed into a command, or says what was expected.
pub fn read(typed: &Typed, escalation: &[String]) -> Result<Command, Rejection> {
    let Some(spec) = spec_of(&typed.name, escalation) else {
        return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(&typed.name)) }));
    };
    let spec = match (&typed.sub, spec.subs) {
        (None, []) => spec,
        (Some(sub), subs) => {
            subs.iter().find(|known| known.name == sub).ok_or_else(|| given::missing_sub(spec))?
        }
        (None, _) => return Err(given::missing_sub(spec)),
    };
    let given = Given { typed, spec };
    given.check()?;
    let is_escalation = escalation.contains(&typed.name);
    Ok(match (typed.name.as_str(), spec.name) {
        _ if is_escalation => Command::Escalate { reason: given.text("reason") },
        (_, "ask") => Command::Ask { question: given.text("question").unwrap_or_default() },
        (_, "join") => {
            Command::Join { topics: given.list("topics"), languages: given.list("languages") }
        }
        (_, "leave") => Command::Leave,
        (_, "pause") => Command::Pause { span: given.span("for")? },
        (_, "hours") => Command::Hours {
            hours: given.text("hours"),
            zone: given.text("zone"),
            calls: given.number("calls")?,
        },
        (_, "topics") => Command::Topics {
            topics: given.list_if_any("topics"),
            muted: given.list_if_any("mute"),
        },
        (_, "card") => Command::Card { who: given.person("who") },
        (_, "points") => Command::Points,
        (_, "why") => Command::Why,
        (_, "leaders") => {
            let season = given.text("period").and_then(|word| Season::from_word(&word));
            Command::Leaders { season: season.unwrap_or(Season::Week), topic: given.text("topic") }
        }
        (_, "feedback") => Command::Feedback {
            words: given.text("words").unwrap_or_default(),
            about: given.text("about").and_then(|word| About::from_word(&word)),
        },
        (_, "link") => Command::Link { code: given.text("code") },
        (_, "unlink") => Command::Unlink,
        (_, "help") => Command::Help,
        (_, "privacy") => Command::Privacy,
        (_, "start") => Command::Start,
        ("askaround", _) => return moderators(&given),
        (name, _) => {
            return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(name)) }));
        }
    })
}

/// What `/askaround` means.
fn moderators(given: &Given<'_>) -> Result<Command, Rejection> {
    Ok(match given.spec.name {
        "watch" => Command::Watch { channel: given.channel("channel"), watch: given.watch() },
        "staff" => Command::Staff { channel: given.channel("channel"), off: given.is_off("mode") },
        "ambassadors" => Command::Ambassadors {
            channel: given.channel("channel"),
            off: given.is_off("mode"),
            caps: Caps { calls: given.number("calls")?, cases: given.number("cases")? },
        },
        "escalation" => Command::Escalation { name: given.text("name") },
        "ladder" => Command::Ladder(given.ladder()?),
        "recognition" => Command::Recognition(given.recognition()?),
        "language" => Command::Language { language: given.text("language") },
        "knowledge" => Command::Knowledge { number: given.text("number"), deed: given.review() },
        "case" => Command::Case {
            case: given.text("case"),
            deed: given.deed()?,
            reason: given.text("reason"),
        },
        "block" => Command::Block {
            who: given.person("who"),
            off: given.is_off("mode"),
            reason: given.text("reason"),
        },
        "status" => Command::Status,
        "report" => Command::Report { days: given.days("days")? },
        name => {
            return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(name)) }));
        }
    })
}
