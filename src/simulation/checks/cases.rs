//! Rules about one case: its deadline, its claim, its history, its way to the desk.

use std::collections::BTreeMap;
use std::time::Duration;

use super::{Found, Rule, when};
use crate::domain::case::{Case, Reply, Stage};
use crate::domain::ids::{CaseId, ChannelId};
use crate::domain::time::Moment;
use crate::store::{ClaimRow, HistoryRow, OpenVersion, Steps, WholeCase};

/// How late a deadline may be handled while the process lives: ticks of the virtual clock are far
/// shorter.
const PUNCTUAL: Duration = Duration::from_mins(1);

/// One deadline while it is open, none after, and the one that its stage asks for.
pub(in crate::simulation) fn deadline(kept: &WholeCase) -> Found {
    let (case, open) = (&kept.case, kept.case.stage.is_open());
    let at = kept.deadline_at;
    let mut found = when(open != at.is_some(), Rule::OneDeadline, || {
        format!("case {} is {}, its deadline {at:?}", case.id.short(), kept.stage)
    });
    found.extend(when(at != case.deadline(), Rule::OneDeadline, || {
        let wanted = case.deadline();
        format!("case {} asks for {wanted:?}, {at:?} is kept", case.id.short())
    }));
    found.extend(when(kept.stage != case.stage.word(), Rule::OneDeadline, || {
        format!("case {} is {}, {} is kept", case.id.short(), case.stage.word(), kept.stage)
    }));
    found
}

/// Nothing is due that was due a while ago; asked when all that is due has been handled.
pub(in crate::simulation) fn overdue(open: &[OpenVersion], now: Moment) -> Found {
    let late = open.iter().filter(|case| case.deadline_at + PUNCTUAL < now);
    late.flat_map(|case| {
        when(true, Rule::NeverStuck, || {
            let late = now.since(case.deadline_at);
            format!("case {} is {late:?} overdue", case.id.short())
        })
    })
    .collect()
}

/// The claim that is kept is the one that the case says, counted for the cap until it is answered.
pub(in crate::simulation) fn claim(case: &Case, kept: Option<&ClaimRow>) -> Found {
    let said = case.claimant();
    let mut found = when(kept.map(|claim| claim.account) != said, Rule::OneClaim, || {
        format!("case {} is claimed by {said:?}, {kept:?} is kept", case.id.short())
    });
    if let Some(kept) = kept {
        let works = case.working().is_some();
        found.extend(when(works == kept.answered, Rule::OneClaim, || {
            format!("the claim on case {} is kept as answered: {}", case.id.short(), kept.answered)
        }));
    }
    found
}

/// No claim is left over from a case that has none, and nobody works on more than `cap` at once.
pub(in crate::simulation) fn claims(
    kept: &[ClaimRow],
    said: &BTreeMap<CaseId, Case>,
    cap: i64,
) -> Found {
    let mut found = Found::new();
    let mut held: BTreeMap<i64, i64> = BTreeMap::new();
    for row in kept {
        let claimant = said.get(&row.case).and_then(Case::claimant);
        found.extend(when(claimant != Some(row.account), Rule::OneClaim, || {
            format!("a claim on case {} is left over", row.case.short())
        }));
        *held.entry(row.person.get()).or_default() += i64::from(!row.answered);
    }
    for (person, count) in held.into_iter().filter(|(_, count)| *count > cap) {
        found.extend(when(true, Rule::OneClaim, || {
            format!("person {person} works on {count} cases at once, {cap} are allowed")
        }));
    }
    found
}

/// Whoever waits for volunteers waits for somebody: one who was called and has not said no.
pub(in crate::simulation) fn waits(case: &Case) -> Found {
    let calling = matches!(case.stage, Stage::Calling { .. });
    let may_come = case.called.iter().any(|called| called.reply == Reply::Open);
    when(calling && !may_come, Rule::SomebodyMayCome, || {
        format!("case {} waits, and nobody who was called may still come", case.id.short())
    })
}

/// As many steps as versions, numbered without a gap.
pub(in crate::simulation) fn recorded(case: CaseId, version: i64, steps: Option<Steps>) -> Found {
    let (count, last) = steps.map_or((0, 0), |steps| (steps.steps, steps.last));
    when(count != version || last != version, Rule::Recorded, || {
        format!("case {} has version {version}, {count} steps, the last {last}", case.short())
    })
}

/// A case before a step, as far as its way to the desk is concerned.
#[derive(Debug, Clone, Default)]
pub(in crate::simulation) struct Before {
    /// The word of its stage; empty for one that was not there.
    pub(in crate::simulation) stage: String,
    pub(in crate::simulation) desk: Option<ChannelId>,
}

/// Each turn to staff put one dossier on the desk, and nothing else did. `steps` is what happened
/// since `before`.
pub(in crate::simulation) fn hand_off(
    before: &Before,
    steps: &[HistoryRow],
    after: &Case,
    dossiers: usize,
) -> Found {
    const STAFF: &str = "handed_off";
    let mut was = before.stage.as_str();
    let mut turns = 0;
    for step in steps {
        // Sent back to volunteers of whom none is free, it comes to staff anew at once.
        let was_sent_back = step.event.contains("\"returned_to_calling\"");
        turns += usize::from(step.stage == STAFF && (was != STAFF || was_sent_back));
        was = &step.stage;
    }
    let desk = match &after.stage {
        Stage::HandedOff(desked) => desked.desk,
        Stage::Suggested { .. }
        | Stage::Calling { .. }
        | Stage::Claimed { .. }
        | Stage::Answered { .. }
        | Stage::Resolved { .. }
        | Stage::Closed { .. } => None,
    };
    let wanted = if was == STAFF && desk.is_none() {
        0 // staff have no desk yet: it says so, and goes there once there is one
    } else if turns == 0 && before.stage == STAFF && desk.is_some() && desk != before.desk {
        1 // the desk is another one, or there is one at last
    } else {
        turns
    };
    when(dossiers != wanted, Rule::OneHandOff, || {
        let way: Vec<&str> = steps.iter().map(|step| step.stage.as_str()).collect();
        let way = way.join(", ");
        format!(
            "case {} went from {} to {way}: {dossiers} dossiers, {wanted} expected",
            after.id.short(),
            before.stage
        )
    })
}
