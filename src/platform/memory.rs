//! What the runtime remembers on behalf of an adapter: which places matter, and how far they have
//! been heard. An adapter that can read history asks it after every gap, so that an outage loses
//! no question; one that shows menus asks it what moderators have named.

use super::{Doing, Down};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;

/// A place that must be read up after a gap: one that is watched, the desk, where ambassadors are
/// called, or one in which a case lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    pub community: PlatformKey,
    /// A thread is a channel too.
    pub channel: PlatformKey,
    /// The newest message that was heard there for certain; `None` for a place that has just begun
    /// to matter.
    pub heard: Option<PlatformKey>,
    /// When that was; `None` where it is not known: then it starts at now.
    pub since: Option<Moment>,
}

/// An open case, for whoever may choose among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenCase {
    /// The number by which a command names it.
    pub number: String,
    pub question: String,
}

/// A community in which the bot is, or was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Membership {
    pub community: PlatformKey,
    /// The runtime was told that the bot was removed from it.
    pub left: bool,
}

/// How a connection of a platform stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ConnectionState {
    /// What people say is heard.
    Connected,
    /// Lost a moment ago, and about to go on where it was.
    Resuming,
    /// Nothing is heard until it is made anew.
    Down,
}

impl ConnectionState {
    pub const ALL: [ConnectionState; 3] =
        [ConnectionState::Connected, ConnectionState::Resuming, ConnectionState::Down];

    pub fn word(self) -> &'static str {
        match self {
            ConnectionState::Connected => "connected",
            ConnectionState::Resuming => "resuming",
            ConnectionState::Down => "down",
        }
    }
}

/// The runtime's memory, for one bot on one platform.
pub trait Memory: Send + Sync {
    /// Every place that matters.
    fn places(&self) -> Doing<'_, Result<Vec<Remembered>, Down>>;

    /// Every community that was ever heard of: one that is not there any more was left while
    /// nobody listened.
    fn memberships(&self) -> Doing<'_, Result<Vec<Membership>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// Notes that all up to these messages (channel, message) was handed over and committed. In
    /// batches: what is read twice does no harm, so this need not be told at once.
    fn remember<'a>(
        &'a self,
        heard: &'a [(PlatformKey, PlatformKey)],
    ) -> Doing<'a, Result<(), Down>>;

    /// The names that mean the escalation command in a community, the one to show first.
    fn escalation<'a>(&'a self, community: &'a PlatformKey)
    -> Doing<'a, Result<Vec<String>, Down>>;

    /// The open cases of a community, the newest first, as many as anybody chooses among. For
    /// moderators only: they hold what people asked.
    fn open_cases<'a>(
        &'a self,
        community: &'a PlatformKey,
    ) -> Doing<'a, Result<Vec<OpenCase>, Down>>;

    /// Resolves when something of this may have changed.
    fn changed(&self) -> Doing<'_, ()>;

    /// Counts what the platform told and nobody has to handle, by its reason.
    fn dropped(&self, reason: &'static str);

    /// Notes how a connection stands, which has a name where there may be several: a shard's
    /// number. To be told whenever it changes and whenever it is connected again, so that a loss
    /// too short to be noticed is counted; first of all that it is down. Nobody takes a platform
    /// that never tells for one that is not heard.
    fn connection(&self, _name: &str, _state: ConnectionState) {}
}

/// Remembers nothing: for platforms that keep what was not committed themselves, and for trials.
#[derive(Debug, Clone, Copy)]
pub struct Forgetful;

impl Memory for Forgetful {
    fn places(&self) -> Doing<'_, Result<Vec<Remembered>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn remember<'a>(&'a self, _: &'a [(PlatformKey, PlatformKey)]) -> Doing<'a, Result<(), Down>> {
        Box::pin(async { Ok(()) })
    }

    fn escalation<'a>(&'a self, _: &'a PlatformKey) -> Doing<'a, Result<Vec<String>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn open_cases<'a>(&'a self, _: &'a PlatformKey) -> Doing<'a, Result<Vec<OpenCase>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn dropped(&self, _: &'static str) {}
}
