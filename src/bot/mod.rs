//! What `bots/` says: a bot is a folder, read at the start and checked as a whole.
//!
//! Whoever writes a bot.toml is a moderator, not a programmer. So nothing here stops at the first
//! mistake: `askaround check` tells every problem of every bot, each with its file, line and
//! column, and with what to write instead; `run` starts the bots that have none.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::domain::ids::{BotId, Language};
use crate::knowledge::Article;

mod articles;
mod escalation;
mod files;
mod load;
mod manifest;
mod policies;
mod problem;
mod recognition;
mod section;
mod wording;

pub use articles::{FOLDER as KNOWLEDGE_FOLDER, Prints, prints, read_again};
pub use load::{load, load_all};
pub use manifest::{Discord, Manifest, Telegram, Webhook};
pub use problem::{Problem, Severity};

/// A brand's presence, as its folder declares it.
#[derive(Debug, Clone, PartialEq)]
pub struct Bot {
    pub id: BotId,
    /// Where it was read, and its articles are read again when they change.
    pub folder: Option<PathBuf>,
    pub manifest: Manifest,
    /// In the order of their paths, without expired ones.
    pub articles: Vec<Article>,
    /// The bot's own sentences: the source of its locale file, by language.
    pub wording: BTreeMap<Language, String>,
}

/// What came of one folder.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// `None` when a problem is an error.
    pub bot: Option<Bot>,
    /// In the order of files and lines.
    pub problems: Vec<Problem>,
}

/// What came of a folder of bots.
#[derive(Debug, Clone, PartialEq)]
pub struct LoadedAll {
    pub bots: Vec<Bot>,
    pub problems: Vec<Problem>,
}

#[cfg(test)]
mod tests;
