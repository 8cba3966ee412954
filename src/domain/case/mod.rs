//! The case: one customer question from asking to its end, as a pure state machine.
//!
//! # Wanted
//!
//! 1. **Nothing is ever stuck.** An open case has exactly one deadline, computed from its stage
//!    and its own clock by [`Case::deadline`]. There is no second place where timers are kept, so
//!    there is none that could be forgotten or left over.
//! 2. **At most one claim**, whoever clicks first: the claim is the stage itself.
//! 3. **Every refusal is a sentence.** What does not fit a stage comes back as a [`Rejection`] for
//!    the person who tried, never as silence.
//! 4. **Staff exactly once.** The only way to the desk is `hand_off`; a case that is there
//!    already notes a second escalation instead of opening a second dossier.
//!
//! # Chosen
//!
//! [`Case::transition`] consumes the case and gives back the next one with the effects to carry
//! out. Time comes in, deadlines go out; whom to call is decided here too, from a roster that the
//! engine has prefetched, because "nobody is left to call" is itself a turn of the story. Limits
//! that span cases are checked again by the store in the same transaction.
//!
//! Three cells differ from the first sketch of this table. *Rejected* while *Claimed* leaves the
//! claim alone: somebody is working on exactly that. *Rejected* after staff resolved it goes back
//! to the desk and not to the crowd. A *withdrawn* question that is resolved stays resolved: people
//! tidy up their channel, and the helper's award is not theirs to undo; only a moderator's removal
//! takes it back.
//!
//! # What becomes of a case
//!
//! Printed from this code by a test; `=` means that the stage stays and something is noted or
//! said, `–` that nothing happens, `✗` a kind refusal.
#![doc = include_str!("table.md")]

mod calling;
mod due;
mod event;
mod moderation;
mod opening;
mod press;
#[cfg(test)]
mod properties;
mod staff;
mod step;
#[cfg(test)]
mod table;

use serde::{Deserialize, Serialize};

pub use calling::{Ladder, WavesByRule};
pub use due::Due;
pub use event::{Actor, Audience, Effect, Event, Post, Press, Rejection, SelectionBox, Why};
pub use opening::Opening;
pub use step::{Context, Step};

use super::ids::{AccountId, ArticleId, CaseId, ChannelId, CommunityId, Language, PersonId, Topic};
use super::time::Moment;

/// One customer question. What is known at a stage only is in [`Stage`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub id: CaseId,
    pub community: CommunityId,
    /// Where the conversation is: the channel or thread of the question.
    pub channel: ChannelId,
    pub asker: AccountId,
    pub asker_person: PersonId,
    pub language: Language,
    /// Empty when nobody knows what it is about.
    pub topics: Vec<Topic>,
    pub opened_at: Moment,
    /// Open or not, after this it is over.
    pub expires_at: Moment,
    /// When the ladder began, and when the crowd's time is over; set by the first call.
    pub ladder: Option<LadderClock>,
    pub stage: Stage,
    /// Everyone called, in order, and what came of it.
    pub called: Vec<Called>,
    pub answers: Vec<Answer>,
    /// Articles shown to the asker.
    pub tried: Vec<ArticleId>,
    /// The case, solved before, that the asker was pointed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub earlier: Option<CaseId>,
    /// Who holds the resolution award, until it is taken back.
    pub credited: Option<Credit>,
    /// How often the asker said that the end was none.
    pub reopened: u32,
    /// Others with the same question; they are told when it is solved.
    pub me_too: Vec<AccountId>,
    /// Why it went to staff, once it did.
    pub why_staff: Option<Why>,
}

/// The resolution award as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credit {
    pub to: AccountId,
    /// [`Case::reopened`] when it was given: part of the ledger's key.
    pub generation: u32,
}

/// The calling ladder's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct LadderClock {
    pub since: Moment,
    pub staff_at: Moment,
    pub waves_made: usize,
}

/// Somebody called, and what they did about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Called {
    pub who: AccountId,
    pub at: Moment,
    pub reply: Reply,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reply {
    /// May still take it.
    Open,
    Passed,
    Took,
    /// Took it and gave it back.
    Released,
    /// Took it and went quiet.
    Lapsed,
    Answered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub by: AccountId,
    pub kind: Helper,
    pub at: Moment,
    /// The asker said that it was not solved after this.
    #[serde(default)]
    pub rejected: bool,
}

/// What an answerer was at the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Helper {
    Ambassador,
    /// Anybody else in the community.
    Member,
    Staff,
}

/// Where a case stands, with what is known then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "stage", rename_all = "snake_case")]
pub enum Stage {
    /// Articles stand before the asker.
    Suggested {
        until: Moment,
    },
    /// Ambassadors have been called; the next wave, or staff, at `next_at`.
    Calling {
        next_at: Moment,
    },
    /// One person is working on an answer.
    Claimed {
        by: AccountId,
        until: Moment,
    },
    /// There is an answer; silence until then counts as solved.
    Answered {
        by: AccountId,
        claimant: Option<AccountId>,
        until: Moment,
    },
    /// Staff have it.
    HandedOff(Desked),
    Resolved {
        by: Resolution,
        at: Moment,
    },
    Closed {
        why: Closing,
        at: Moment,
    },
}

/// What is known of a case on the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desked {
    /// `None` while the community has not set a desk.
    pub desk: Option<ChannelId>,
    pub staff: Option<AccountId>,
    /// True after staff's word; then silence until `due_at` counts as solved, before it
    /// `due_at` is the next reminder.
    pub answered: bool,
    pub due_at: Moment,
    pub reminders: u32,
    /// Whether the desk has been told since the last reminder that the asker presses.
    pub nudged: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resolution {
    SelfService,
    Ambassador,
    CommunityMember,
    Staff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    Withdrawn,
    Removed,
    Expired,
}

impl Stage {
    pub fn is_open(&self) -> bool {
        match self {
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::HandedOff(_) => true,
            Stage::Resolved { .. } | Stage::Closed { .. } => false,
        }
    }

    /// The word for database, metrics and logs.
    pub fn word(&self) -> &'static str {
        match self {
            Stage::Suggested { .. } => "suggested",
            Stage::Calling { .. } => "calling",
            Stage::Claimed { .. } => "claimed",
            Stage::Answered { .. } => "answered",
            Stage::HandedOff(_) => "handed_off",
            Stage::Resolved { .. } => "resolved",
            Stage::Closed { .. } => "closed",
        }
    }
}

impl Case {
    /// Whether this is the asker, by whichever of their accounts.
    pub fn is_asked_by(&self, by: Actor) -> bool {
        by.account == self.asker || by.person == Some(self.asker_person)
    }

    /// The one moment at which something must happen if nobody does anything: the earliest of what
    /// the stage and the case's own clock require. `None` exactly when the case has ended.
    pub fn deadline(&self) -> Option<Moment> {
        let stage = match &self.stage {
            Stage::Suggested { until }
            | Stage::Claimed { until, .. }
            | Stage::Answered { until, .. } => *until,
            Stage::Calling { next_at } => {
                self.ladder.map_or(*next_at, |ladder| (*next_at).min(ladder.staff_at))
            }
            Stage::HandedOff(desked) => desked.due_at,
            Stage::Resolved { .. } | Stage::Closed { .. } => return None,
        };
        Some(stage.min(self.expires_at))
    }

    /// When it ended; `None` while it is open.
    pub fn ended_at(&self) -> Option<Moment> {
        match &self.stage {
            Stage::Resolved { at, .. } | Stage::Closed { at, .. } => Some(*at),
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::HandedOff(_) => None,
        }
    }

    /// Whether somebody's answer was the end of it.
    pub fn is_solved_by_people(&self) -> bool {
        match &self.stage {
            Stage::Resolved { by, .. } => *by != Resolution::SelfService,
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::HandedOff(_)
            | Stage::Closed { .. } => false,
        }
    }

    /// Whether the asker took the question back.
    pub fn is_withdrawn(&self) -> bool {
        matches!(self.stage, Stage::Closed { why: Closing::Withdrawn, .. })
    }

    /// Whoever is working on an answer right now: what the cap on open cases counts.
    pub fn working(&self) -> Option<AccountId> {
        if let Stage::Claimed { by, .. } = &self.stage { Some(*by) } else { None }
    }

    /// The number of the answer that another message of `who` belongs to: an answer in three
    /// messages is one answer, until the asker has rejected it.
    pub fn answer_of(&self, who: AccountId) -> Option<usize> {
        let is_waiting = match &self.stage {
            Stage::Answered { .. } => true,
            Stage::HandedOff(desked) => desked.answered,
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => false,
        };
        self.answers.iter().position(|answer| is_waiting && answer.by == who && !answer.rejected)
    }

    /// The live claim: a claimant keeps it while their answer waits for the asker's word.
    pub fn claimant(&self) -> Option<AccountId> {
        match &self.stage {
            Stage::Claimed { by, .. } => Some(*by),
            Stage::Answered { claimant, .. } => *claimant,
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::HandedOff(_)
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => None,
        }
    }
}
