//! How fast a bot may talk: one message a second in a chat with short bursts, twenty a minute in a
//! group, thirty a second in all. Nobody has promised more precise numbers.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use askaround::domain::time::Moment;

use super::rules::{self, Refusal};
use super::state::{Id, State};

/// So many at once pass where one a second is the rule.
const BURST: usize = 3;
const A_MINUTE: usize = 20;
const ALL_A_SECOND: usize = 30;

const MINUTE: Duration = Duration::from_mins(1);

#[derive(Default)]
pub(crate) struct Pace {
    /// Whether it is minded at all.
    pub(crate) is_on: bool,
    sent: BTreeMap<Id, VecDeque<Moment>>,
    /// Until when a chat is closed to a bot that was too fast.
    closed: BTreeMap<Id, Moment>,
    /// How often the bot sent into a chat that it had been told to leave alone.
    pub(crate) impatient: u32,
}

impl State {
    /// Counts a message into a chat, or says how long to wait.
    pub(super) fn paced(&mut self, chat: Id) -> Result<(), Refusal> {
        if !self.pace.is_on {
            return Ok(());
        }
        let now = self.now();
        let is_group = chat < 0;
        if let Some(until) = self.pace.closed.get(&chat).filter(|until| now < **until) {
            self.pace.impatient += 1;
            return Err(rules::limited(seconds(until.since(now))));
        }
        for sent in self.pace.sent.values_mut() {
            sent.retain(|at| now.since(*at) < MINUTE);
        }
        let within = |sent: &VecDeque<Moment>, span: Duration, most: usize| {
            let recent: Vec<Moment> =
                sent.iter().copied().filter(|at| now.since(*at) < span).collect();
            let first = recent.len().checked_sub(most).and_then(|first| recent.get(first));
            first.map(|at| (*at + span).since(now))
        };
        let all: VecDeque<Moment> = self.pace.sent.values().flatten().copied().collect();
        let own = self.pace.sent.entry(chat).or_default();
        let waits = [
            within(own, Duration::from_secs(BURST as u64), BURST),
            within(own, MINUTE, A_MINUTE).filter(|_| is_group),
            within(&all, Duration::from_secs(1), ALL_A_SECOND),
        ];
        let Some(wait) = waits.into_iter().flatten().max() else {
            own.push_back(now);
            return Ok(());
        };
        let wait = seconds(wait);
        self.pace.closed.insert(chat, now + Duration::from_secs(wait));
        Err(rules::limited(wait))
    }
}

/// Whole seconds, and at least one.
fn seconds(span: Duration) -> u64 {
    u64::try_from(span.as_millis().div_ceil(1_000)).unwrap_or(1).max(1)
}
