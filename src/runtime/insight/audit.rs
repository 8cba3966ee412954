//! Checking the ledger: every sum that is kept beside it against the entries themselves, every
//! entry that takes another back against that one, every key against what it is the key of.
//!
//! One reading transaction, so that what is compared is of one moment even while people earn.

use std::collections::BTreeMap;

use crate::domain::ids::{CaseId, EntryId};
use crate::domain::recognition::{self, Act};
use crate::store::{RawEntry, Store, StoreError, Sums};

/// Entries read in one go.
const PAGE: i64 = 1_000;

/// What the check came to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audit {
    pub entries: u64,
    pub people: usize,
    /// A line for everything that is wrong, with the row it is about.
    pub wrong: Vec<String>,
}

/// Sums by person and scope, or by person and topic.
type ByPerson = BTreeMap<(i64, String), i64>;

/// Checks the whole ledger of a database. `progress` hears now and then, from 0 to 100.
pub async fn audit(store: &Store, mut progress: impl FnMut(i64)) -> Result<Audit, StoreError> {
    let mut tx = store.read().await?;
    let mut audit = Audit::default();
    let (mut balances, mut tallies) = (ByPerson::new(), ByPerson::new());
    let (oldest, newest) = tx.ledger_ends().await?.unwrap_or_default();
    let mut after = oldest.saturating_sub(1);
    loop {
        let page = tx.ledger_page(after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = last.id;
        // Ids are made in order of time: how far along is how much of the time is read.
        progress((after - oldest) / ((newest - oldest) / 100).max(1));
        for entry in &page {
            audit.entries += 1;
            *balances.entry((entry.person, "all".to_owned())).or_default() += entry.points;
            if let Some(topic) = &entry.topic {
                *balances.entry((entry.person, format!("topic:{topic}"))).or_default() +=
                    entry.points;
            }
            let target = match entry.reverses {
                Some(target) => tx.raw_entry(target).await?,
                None => None,
            };
            audit.wrong.extend(wrong_with(entry, target.as_ref()));
            let (of, step) = match &target {
                Some(target) => (target, -1),
                None => (entry, 1),
            };
            if of.act == Act::Solved.word() {
                let topic = of.topic.clone().unwrap_or_default();
                *tallies.entry((of.person, topic)).or_default() += step;
            }
        }
    }
    audit.people = balances.keys().filter(|(_, scope)| scope == "all").count();
    for (sums, mut expected) in [(Sums::Balances, balances), (Sums::Tallies, tallies)] {
        let mut at = (i64::MIN, String::new());
        loop {
            let page = tx.sums_page(sums, (at.0, &at.1), PAGE).await?;
            let Some(last) = page.last() else { break };
            at = (last.person, last.scope.clone());
            for kept in page {
                let sum = expected.remove(&(kept.person, kept.scope.clone())).unwrap_or(0);
                if sum != kept.points {
                    audit.wrong.push(uneven(sums, kept.person, &kept.scope, kept.points, sum));
                }
            }
        }
        let missing = expected.into_iter().filter(|(_, sum)| *sum != 0);
        audit
            .wrong
            .extend(missing.map(|((person, scope), sum)| uneven(sums, person, &scope, 0, sum)));
    }
    progress(100);
    Ok(audit)
}

fn uneven(sums: Sums, person: i64, scope: &str, kept: i64, sum: i64) -> String {
    match sums {
        Sums::Balances => format!(
            "balances: person {person}, {scope}: {kept} is kept, but the entries add up to {sum}"
        ),
        Sums::Tallies => {
            let topic = if scope.is_empty() { "no topic" } else { scope };
            format!(
                "solved_topics: person {person}, {topic}: {kept} is kept, but the entries say {sum}"
            )
        }
    }
}

/// What is wrong with one entry, given the one it takes back.
fn wrong_with(entry: &RawEntry, target: Option<&RawEntry>) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut say = |what: String| wrong.push(format!("ledger: entry {}: {what}", entry.id));
    let act = Act::from_word(&entry.act);
    if act.is_none() {
        say(format!("{} is no act", entry.act));
    }
    match (entry.reverses, target) {
        (Some(named), None) => say(format!("takes back entry {named}, which is not there")),
        (Some(named), Some(target)) => {
            if target.points != -entry.points {
                say(format!(
                    "takes back {} points with entry {named}, which gave {}",
                    -entry.points, target.points
                ));
            }
            if target.person != entry.person {
                say(format!("takes back entry {named}, which is somebody else’s"));
            }
        }
        (None, _) if act == Some(Act::Reversed) => say("takes nothing back".to_owned()),
        (None, _) => {}
    }
    let fits = match (act, entry.case_id.map(CaseId::from), entry.reverses.map(EntryId::from)) {
        (Some(Act::Reversed), _, Some(target)) => {
            entry.once_key == recognition::reversed_once(target)
        }
        (Some(Act::Solved), Some(case), _) => {
            is_of_generation(&entry.once_key, |n| recognition::solved_once(case, n))
        }
        (Some(Act::Thanked), Some(case), _) => {
            is_of_generation(&entry.once_key, |n| recognition::thanked_once(case, n))
        }
        (Some(Act::Solved | Act::Thanked), None, _) => false,
        (Some(Act::Endorsed | Act::ArticleReused | Act::Granted | Act::Reversed) | None, ..) => {
            !entry.once_key.is_empty()
        }
    };
    if !fits {
        say(format!("its key {} is not the key of what it is for", entry.once_key));
    }
    wrong
}

/// Whether a key is `made` for some reopening of its case: the number it ends with.
fn is_of_generation(key: &str, made: impl Fn(u32) -> String) -> bool {
    let number = key.rsplit(':').next().and_then(|number| number.parse().ok());
    number.is_some_and(|number| made(number) == key)
}
