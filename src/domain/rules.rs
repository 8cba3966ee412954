//! The rules of one bot: what `bot.toml` says, parsed and checked at the door.
//!
//! A community's settings override some of them ([`super::overrides`]); [`crate::bot`] reads them,
//! and nothing in the domain knows a default. Every number here is within [`super::limits`].

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ids::{Language, Topic};
use super::question::{ListenMode, Sensitivity};

#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    /// The first is the default.
    pub languages: Vec<Language>,
    /// What questions and ambassadors of this bot can be about: the tags of its articles.
    pub topics: Vec<Topic>,
    pub listen: ListenRules,
    pub suggest: SuggestRules,
    pub knowledge: KnowledgeRules,
    pub ladder: LadderRules,
    pub ambassadors: AmbassadorRules,
    pub recognition: RecognitionRules,
    pub escalation: EscalationRules,
    pub desk: DeskRules,
}

impl Rules {
    /// The bot's first language; English for a bot that names none.
    pub fn default_language(&self) -> Language {
        self.languages.first().cloned().unwrap_or_else(|| Language::from("en"))
    }

    /// The best of the bot's languages for a person who speaks `wanted`.
    pub fn language_for(&self, wanted: &Language) -> Option<Language> {
        self.languages
            .iter()
            .find(|known| *known == wanted)
            .or_else(|| self.languages.iter().find(|known| known.base() == wanted.base()))
            .cloned()
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct ListenRules {
    pub mode: ListenMode,
    pub sensitivity: Sensitivity,
    pub answers: AnswersIn,
    /// How often one person may be told how to ask, at most; zero for never.
    pub coach_every: Duration,
}

/// Where the bot answers a question that was asked in an ordinary text channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswersIn {
    /// There, as replies.
    Channel,
    /// In a thread that it opens on the question.
    Thread,
}

impl AnswersIn {
    pub const ALL: [AnswersIn; 2] = [AnswersIn::Channel, AnswersIn::Thread];

    pub fn word(self) -> &'static str {
        match self {
            AnswersIn::Channel => "channel",
            AnswersIn::Thread => "thread",
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct SuggestRules {
    /// How many articles one suggestion shows, at most; 1 to 5.
    pub articles: usize,
    /// The share of shown suggestions that should be right, 0.5 to 0.99.
    pub precision: f64,
    /// How long a suggestion may stand without a word from the asker.
    pub patience: Duration,
}

/// What the bot may learn from conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnowledgeRules {
    /// Whoever solved a question is asked whether their answer may become an article.
    pub harvest: bool,
    /// A question that was solved here before is pointed to when it is asked again.
    pub earlier: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub struct LadderRules {
    /// In order of `after`; at least one.
    pub waves: Vec<Wave>,
    /// How long a claim lasts without an answer.
    pub claim_lease: Duration,
    /// After an answer, this much silence counts as solved.
    pub answer_wait: Duration,
    /// Counted from the first call: the crowd's time, then staff.
    pub staff_after: Duration,
    /// How long after the end a customer may say that it was none.
    pub reopen_within: Duration,
    /// Whatever happens, no case is older than this and open.
    pub expire_after: Duration,
}

/// One rung of the calling ladder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wave {
    /// Counted from the first call.
    pub after: Duration,
    /// How many ambassadors to call, at most.
    pub call: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmbassadorRules {
    /// Calls one ambassador gets a day, at most; each may choose fewer.
    pub calls_per_day: u32,
    /// Open claims one ambassador holds, at most.
    pub open_cases: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecognitionRules {
    pub points: PointRules,
    /// Points one person can earn a day, at most.
    pub daily_cap: i64,
    /// In order of `at`; the first is at 0.
    pub ranks: Vec<Rank>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PointRules {
    pub solved: i64,
    pub thanked: i64,
    pub endorsed: i64,
    pub article_reused: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rank {
    /// The balance at which the rank begins.
    pub at: i64,
    /// The locale files say `rank-<key>`.
    pub key: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EscalationRules {
    pub command: String,
    pub aliases: Vec<String>,
    pub who: Vec<MayEscalate>,
    /// Words that skip the ladder, by language.
    pub urgent: BTreeMap<Language, Vec<String>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MayEscalate {
    Asker,
    Ambassador,
    Moderator,
    Anyone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeskRules {
    /// How long a handed-off case waits for its first word from staff before a reminder.
    pub first_reply: Duration,
    /// The first pause between reminders; each next one is twice as long, up to a day.
    pub remind: Duration,
}
