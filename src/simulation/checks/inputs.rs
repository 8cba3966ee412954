//! Rules about what comes in: nothing acknowledged is lost, nothing is taken twice, and what is
//! dropped is counted.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Found, Rule, when};
use crate::domain::case::{Case, Stage};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::platform::Fate;

/// Inputs by fate and reason.
pub(in crate::simulation) type Tally = BTreeMap<(String, String), u64>;

/// What was counted is what happened.
pub(in crate::simulation) fn counted(happened: &Tally, counted: &Tally) -> Found {
    let every: std::collections::BTreeSet<_> = happened.keys().chain(counted.keys()).collect();
    every
        .into_iter()
        .flat_map(|key| {
            let count = |tally: &Tally| tally.get(key).copied().unwrap_or(0);
            let (was, said) = (count(happened), count(counted));
            let (fate, reason) = key;
            when(was != said, Rule::Counted, || {
                format!("{was} inputs were {fate} ({reason}), {said} were counted")
            })
        })
        .chain(happened.iter().flat_map(|((fate, reason), _)| {
            when(fate == "dropped" && reason.is_empty(), Rule::Counted, || {
                "an input was dropped without a reason".to_owned()
            })
        }))
        .collect()
}

/// One input that was told, with what was heard of it before.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct Told<'a> {
    pub(in crate::simulation) key: &'a PlatformKey,
    /// It was handled at an earlier telling.
    pub(in crate::simulation) handled_before: bool,
    pub(in crate::simulation) fate: Fate,
}

/// What was handled is never handled again, and nothing has to be put aside.
pub(in crate::simulation) fn told(told: &Told<'_>) -> Found {
    let (key, again) = (told.key, told.handled_before && told.fate == Fate::Handled);
    let mut found = when(again, Rule::NothingDoubled, || format!("input {key} was handled twice"));
    found.extend(when(told.fate == Fate::Parked, Rule::NothingLost, || {
        format!("input {key} could not be handled and was put aside")
    }));
    found
}

/// A question that was taken left a case behind, or a word to whoever asked.
pub(in crate::simulation) fn kept(key: &PlatformKey, has_case: bool, was_answered: bool) -> Found {
    when(!has_case && !was_answered, Rule::NothingLost, || {
        format!("message {key} was acknowledged and is nowhere")
    })
}

/// After the last day and some quiet ones, every case has ended or is with staff. One that was
/// heard of too late to call anybody waits for its asker's word, and closes by itself.
pub(in crate::simulation) fn ended(case: &Case, now: Moment, patience: Duration) -> Found {
    let lies = now.since(case.opened_at);
    let closes_by_itself = case.deadline() == Some(case.expires_at);
    let waits = match case.stage {
        Stage::HandedOff(_) | Stage::Resolved { .. } | Stage::Closed { .. } => false,
        Stage::Suggested { .. }
        | Stage::Calling { .. }
        | Stage::Claimed { .. }
        | Stage::Answered { .. } => lies > patience && !closes_by_itself,
    };
    when(waits, Rule::NothingLost, || {
        format!("case {} is {} after {lies:?}", case.id.short(), case.stage.word())
    })
}
