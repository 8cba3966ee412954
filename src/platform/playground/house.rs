//! The house that a community lives in: one at a time, and another one when a moderator brings
//! another bot. The house knows who is here; how a bot is read, checked and started is its
//! keeper's.

use std::sync::{Arc, PoisonError, RwLock};

use serde::Serialize;

use super::{Playground, Visit};
use crate::platform::Doing;

/// The longest path of a folder, in bytes: the longest that Linux takes.
const FOLDER_LIMIT_BYTES: usize = 4_096;

/// Whoever can put another bot into the house.
pub trait Keeper: Send + Sync {
    /// The bots at hand, and which is here.
    fn shelf(&self) -> Doing<'_, Shelf>;

    /// Moves the bot of `folder` in, or reads the one that is here anew: with the community as it
    /// was left, or with an empty one when it is to be `fresh`. The community before stays kept.
    /// Once begun it must be driven to its end.
    fn open<'a>(
        &'a self,
        folder: Option<&'a str>,
        fresh: bool,
    ) -> Doing<'a, Result<(), Box<Refusal>>>;
}

/// The bots that a moderator can choose from without typing.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Shelf {
    /// The folder of the bot that is here.
    pub here: String,
    /// Folders, in order.
    pub folders: Vec<String>,
}

/// Why a bot did not move in, for the person who brought it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub words: String,
    pub problems: Vec<Flaw>,
}

/// One thing to mend in its folder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Flaw {
    /// As `bots/lumen/bot.toml:12:9`.
    pub place: String,
    pub what: String,
    pub mend: String,
    /// The bot would move in in spite of it.
    pub mild: bool,
}

impl Refusal {
    pub fn because(words: impl Into<String>) -> Box<Refusal> {
        Box::new(Refusal { words: words.into(), problems: Vec::new() })
    }
}

/// The house.
pub struct House {
    live: RwLock<Arc<Playground>>,
    keeper: Arc<dyn Keeper>,
}

impl House {
    pub fn new(playground: Arc<Playground>, keeper: Arc<dyn Keeper>) -> House {
        House { live: RwLock::new(playground), keeper }
    }

    /// The community that lives here now.
    pub fn live(&self) -> Arc<Playground> {
        Arc::clone(&self.live.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Another community moves in; the tabs of the one before are told to follow.
    pub fn move_in(&self, playground: Arc<Playground>) {
        let mut live = self.live.write().unwrap_or_else(PoisonError::into_inner);
        let before = std::mem::replace(&mut *live, playground);
        drop(live);
        before.gone.cancel();
    }

    /// Opens a tab; `None` when nobody goes by that key.
    pub fn enter(&self, person: &str) -> Option<Visit> {
        let visit = self.live().enter(person)?;
        Some(visit.kept_by(Arc::clone(&self.keeper)))
    }
}

/// The folder as it was typed, if it can be one at all.
pub(super) fn checked(folder: Option<String>) -> Result<Option<String>, Box<Refusal>> {
    let Some(folder) = folder else { return Ok(None) };
    let folder = folder.trim();
    let odd = folder.is_empty() || folder.len() > FOLDER_LIMIT_BYTES;
    if odd || folder.contains(char::is_control) {
        let words = "Give the path of a bot's folder, such as bots/lumen.";
        return Err(Refusal::because(words));
    }
    Ok(Some(folder.to_owned()))
}
