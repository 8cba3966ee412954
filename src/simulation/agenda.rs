//! What will happen when: one list in order of time, and of coming where times are equal.

use std::collections::BTreeMap;

use super::talk::Question;
use crate::domain::ids::{CaseId, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::Inbound;
use crate::runtime::Input;

/// What somebody does.
#[derive(Debug, Clone)]
pub(super) enum Deed {
    Asks {
        question: Question,
        channel: PlatformKey,
        by_command: bool,
    },
    Chats {
        channel: PlatformKey,
    },
    /// Presses a button of a post that they saw.
    Presses {
        post: usize,
        data: String,
    },
    /// Replies to a question.
    Answers {
        case: CaseId,
    },
    Thanks {
        case: CaseId,
    },
    Loves {
        case: CaseId,
    },
    AddsMore {
        case: CaseId,
    },
    Edits {
        case: CaseId,
    },
    Deletes {
        case: CaseId,
    },
    /// Replies to a dossier.
    AnswersOnDesk {
        post: usize,
        case: CaseId,
    },
    Types {
        channel: PlatformKey,
        line: String,
        named: Option<usize>,
    },
    /// A moderator has a look at the newest case, and does this about it.
    Moderates {
        what: &'static str,
    },
    Leaves,
}

/// What happens.
#[derive(Debug)]
pub(super) enum Plan {
    /// Somebody of the population does something.
    Does(usize, Deed),
    /// What somebody did reaches the program.
    Reaches(Box<Inbound>),
    /// The result of a delivery reaches the process of this life.
    Settles {
        life: u64,
        input: Input,
    },
    DayBegins,
    DayEnds,
    OutageBegins,
    OutageEnds,
    /// The channel is deleted.
    ChannelGoes(PlatformKey),
    /// The process goes down and stays down.
    GoesDown,
    ComesUp,
    Sweeps,
}

/// Everything that will happen.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    plans: BTreeMap<(Moment, u64), Plan>,
    count: u64,
}

impl Agenda {
    pub(super) fn add(&mut self, at: Moment, plan: Plan) {
        self.count += 1;
        self.plans.insert((at, self.count), plan);
    }

    /// When the next thing happens.
    pub(super) fn next(&self) -> Option<Moment> {
        self.plans.keys().next().map(|(at, _)| *at)
    }

    /// The next thing that happens until `now`.
    pub(super) fn take(&mut self, now: Moment) -> Option<Plan> {
        let (at, _) = *self.plans.keys().next()?;
        (at <= now).then(|| self.plans.pop_first().map(|(_, plan)| plan)).flatten()
    }

    /// Results on their way to a process that has died meanwhile.
    pub(super) fn on_their_way(&self, life: u64) -> impl Iterator<Item = &Input> {
        self.plans.values().filter_map(move |plan| match plan {
            Plan::Settles { life: of, input } if *of == life => Some(input),
            Plan::Settles { .. }
            | Plan::Does(..)
            | Plan::Reaches(_)
            | Plan::DayBegins
            | Plan::DayEnds
            | Plan::OutageBegins
            | Plan::OutageEnds
            | Plan::ChannelGoes(_)
            | Plan::GoesDown
            | Plan::ComesUp
            | Plan::Sweeps => None,
        })
    }
}
