//! Rules about what is said, as the platform sees it.

use std::collections::BTreeSet;
use std::time::Duration;

use super::{Found, Rule, when};
use crate::domain::ids::{OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::store::Unsent;

/// How long the outbox itself tries to say anything, and a little more.
const LONGEST_PATIENCE: Duration = Duration::from_hours(25);

/// One thing that the platform was given to say.
#[derive(Debug, Clone)]
pub(in crate::simulation) struct Delivered {
    pub(in crate::simulation) row: OutboxId,
    pub(in crate::simulation) class: String,
    pub(in crate::simulation) channel: PlatformKey,
    /// The one person who sees it.
    pub(in crate::simulation) private_to: Option<PlatformKey>,
    /// Whom the words would light up.
    pub(in crate::simulation) named: Vec<PlatformKey>,
    /// Whom the delivery allows to be lit up.
    pub(in crate::simulation) ping: Vec<PlatformKey>,
}

/// Where the bot may speak.
#[derive(Debug, Clone, Default)]
pub(in crate::simulation) struct Allowed {
    /// Watched channels, desks, places of calls: whatever moderators named so far.
    pub(in crate::simulation) channels: BTreeSet<PlatformKey>,
}

/// The bot speaks where it was asked to.
pub(in crate::simulation) fn place(
    said: &Delivered,
    hangs_in: Option<&PlatformKey>,
    allowed: &Allowed,
) -> Found {
    let home = hangs_in.unwrap_or(&said.channel);
    let fits = said.private_to.is_some()
        || allowed.channels.contains(&said.channel)
        || allowed.channels.contains(home);
    when(!fits, Rule::InPlace, || format!("row {} was said in {}", said.row, said.channel))
}

/// Only those are lit up whom the row chose, and the row chose only those whom its case knows:
/// called, asking or with the same question.
pub(in crate::simulation) fn lights(
    said: &Delivered,
    chosen: &[PlatformKey],
    known: &BTreeSet<PlatformKey>,
) -> Found {
    let stray = said
        .ping
        .iter()
        .chain(&said.named)
        .find(|who| !chosen.contains(who) || !said.ping.contains(who));
    let mut found = when(stray.is_some(), Rule::OnlyChosen, || {
        format!("row {} lights up {stray:?}, chosen were {chosen:?}", said.row)
    });
    let strange = chosen.iter().find(|who| !known.contains(who));
    found.extend(when(strange.is_some(), Rule::OnlyChosen, || {
        format!("row {} was to light up {strange:?}, whom its case does not concern", said.row)
    }));
    found
}

/// A row is one message; beyond that, only what may have got lost, and only of a class that is
/// rather said twice. `marked` are those of its messages that say that they may be repeats.
pub(in crate::simulation) fn once(
    said: &Delivered,
    shown: usize,
    marked: usize,
    doubts: usize,
) -> Found {
    let may_repeat = matches!(said.class.as_str(), "answer" | "hand_off");
    let allowed = if may_repeat { 1 + doubts } else { 1 };
    let mut found = when(shown > allowed, Rule::NothingDoubled, || {
        format!("row {} ({}) was shown {shown} times, {allowed} at most", said.row, said.class)
    });
    let is_marked = said.class != "hand_off" || shown <= 1 + marked;
    found.extend(when(!is_marked, Rule::NothingDoubled, || {
        format!("row {} was shown {shown} times on the desk, {marked} with a mark", said.row)
    }));
    found
}

/// A dossier that was sent can be read on the desk; one that was not is kept as given up.
pub(in crate::simulation) fn reached_desk(row: OutboxId, state: &str, shown: usize) -> Found {
    when(state == "sent" && shown == 0, Rule::OneHandOff, || {
        format!("dossier {row} counts as sent, and nobody can read it")
    })
}

/// Nothing waits longer than the outbox is willing to try; at the end nothing waits at all.
pub(in crate::simulation) fn drained(unsent: &[Unsent], now: Moment, at_the_end: bool) -> Found {
    let patience = if at_the_end { Duration::ZERO } else { LONGEST_PATIENCE };
    let late = |row: &&Unsent| row.since + patience < now;
    let late = unsent.iter().filter(late);
    late.flat_map(|row| {
        when(true, Rule::AllSaid, || format!("row {} is {} since {}", row.id, row.state, row.since))
    })
    .collect()
}
