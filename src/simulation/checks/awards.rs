//! Rules about recognition.

use std::collections::{BTreeMap, BTreeSet};

use super::{Found, Rule, when};
use crate::domain::case::{Case, Credit, Stage};
use crate::domain::ids::PersonId;
use crate::domain::recognition::Act;
use crate::store::LedgerLine;

/// The entries of one case: one award that stands, to somebody else, as the case says.
pub(in crate::simulation) fn awards(case: &Case, entries: &[LedgerLine]) -> Found {
    let name = case.id.short();
    let taken_back =
        |entry: &&LedgerLine| !entries.iter().any(|later| later.reverses == Some(entry.id));
    let standing: Vec<&LedgerLine> =
        entries.iter().filter(|entry| entry.act == Act::Solved).filter(taken_back).collect();
    let mut found = when(standing.len() > 1, Rule::OneAward, || {
        format!("case {name} has {} awards that stand", standing.len())
    });
    for entry in entries {
        let by_rule = entry.act != Act::Granted && entry.act != Act::Reversed;
        let own = entry.account == case.asker || entry.person == case.asker_person;
        found.extend(when(by_rule && own, Rule::OneAward, || {
            format!("case {name} gave its own asker {} points", entry.points)
        }));
        found.extend(when(by_rule && entry.points < 0, Rule::OneAward, || {
            format!("case {name} took {} points by an award", -entry.points)
        }));
    }
    let credited = case.credited.map(|credit: Credit| credit.to);
    for entry in standing {
        found.extend(when(credited != Some(entry.account), Rule::OneAward, || {
            format!("case {name} credits {credited:?}, its award is of {}", entry.account)
        }));
    }
    found
}

/// Silence awards nobody but whoever held the claim.
pub(in crate::simulation) fn silence(before: &Case, after: &Case, by_deadline: bool) -> Found {
    let is_new = before.credited.is_none();
    let Some(credit) = after.credited.filter(|_| by_deadline && is_new) else {
        return Found::new();
    };
    let resolved = matches!(after.stage, Stage::Resolved { .. });
    when(resolved && before.claimant() != Some(credit.to), Rule::OneAward, || {
        format!("silence awarded {} for case {}, who held no claim", credit.to, after.id.short())
    })
}

/// No more points by the rules in one day than the cap.
pub(in crate::simulation) fn capped(person: PersonId, today: i64, cap: i64) -> Found {
    when(today > cap, Rule::OneAward, || {
        format!("person {person} was given {today} points in a day, {cap} are the cap")
    })
}

/// What is kept of everybody is the sum of what they were given and what was taken, by person.
pub(in crate::simulation) fn balances(
    sums: &BTreeMap<i64, i64>,
    kept: &BTreeMap<i64, i64>,
) -> Found {
    let people: BTreeSet<i64> = sums.keys().chain(kept.keys()).copied().collect();
    people
        .into_iter()
        .flat_map(|person| {
            let of = |points: &BTreeMap<i64, i64>| points.get(&person).copied().unwrap_or(0);
            let (sum, kept) = (of(sums), of(kept));
            when(sum != kept, Rule::Sums, || {
                format!("person {person} has {kept}, the entries add up to {sum}")
            })
        })
        .collect()
}
