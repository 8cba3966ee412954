//! Findings: what is well and what is not about a bot on a platform, each with its mend.
//!
//! One judgement for two readers: `/askaround status` says what a platform has heard, to the people
//! of one community in their language; `askaround doctor` asks the platform itself, and tells the
//! operator. So a finding is sentences and not a string, and names its place by the platform's key.

use std::collections::BTreeSet;

use crate::domain::badge::Badge;
use crate::domain::ids::{ChannelId, PlatformKey};
use crate::domain::text::Text;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Fine,
    /// The bot works, with something less.
    Limited,
    /// Something that it is set up for cannot work.
    Broken,
}

/// One thing that is well or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub severity: Severity,
    /// `None` for what is the same everywhere: a token, an intent.
    pub community: Option<PlatformKey>,
    /// `None` for what is no single channel's.
    pub channel: Option<PlatformKey>,
    pub what: Text,
    /// What to do about it, by whoever reads it.
    pub mend: Option<Text>,
}

impl Finding {
    pub fn fine(what: Text) -> Finding {
        Finding { severity: Severity::Fine, community: None, channel: None, what, mend: None }
    }

    pub fn limited(what: Text, mend: Text) -> Finding {
        Finding { severity: Severity::Limited, mend: Some(mend), ..Finding::fine(what) }
    }

    pub fn broken(what: Text, mend: Text) -> Finding {
        Finding { severity: Severity::Broken, ..Finding::limited(what, mend) }
    }

    /// The same, of a community.
    #[must_use]
    pub fn of(self, community: &PlatformKey) -> Finding {
        Finding { community: Some(community.clone()), ..self }
    }

    /// The same, of a channel.
    #[must_use]
    pub fn at(self, channel: &PlatformKey) -> Finding {
        Finding { channel: Some(channel.clone()), ..self }
    }
}

/// What a channel is used for. Which rights that takes is the adapter's to know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// Questions are taken and answered in it.
    Questions,
    /// Staff work in it.
    Desk,
    /// Ambassadors are called in it.
    Calls,
    /// Each question in it is given a thread.
    Threads,
}

impl Use {
    /// The locale files word it.
    pub fn key(self) -> &'static str {
        match self {
            Use::Questions => "use-questions",
            Use::Desk => "use-desk",
            Use::Calls => "use-calls",
            Use::Threads => "use-threads",
        }
    }
}

/// A channel that moderators have given a use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Used {
    /// Ours, for sentences.
    pub id: ChannelId,
    pub key: PlatformKey,
    /// As it was called when it was last heard of.
    pub name: String,
    /// What it hangs in, where it is a thread.
    pub thread_of: Option<PlatformKey>,
    pub uses: BTreeSet<Use>,
}

/// A community as its moderators have set it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setup {
    pub community: PlatformKey,
    pub name: String,
    pub places: Vec<Used>,
    /// What stands for a rank, and is to be given and taken.
    pub badges: Vec<Badge>,
    /// Ranks are to be shown in words.
    pub tags: bool,
}
