//! When a message may leave: Telegram's limits, kept without sleeping on one chat and holding up
//! the others.
//!
//! About a message a second in one chat, a few of them at once; twenty a minute in one group; and
//! thirty a second over all. The real limits are unpublished and differ from bot to bot, so a 429
//! has the last word: it stops its chat, and nothing else, for as long as it says.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, timeout};

/// A message waits this long for its turn at most: a longer wait is the outbox's, which can do
/// something else meanwhile.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// Nothing that is said about a wait is believed beyond this.
const LONGEST_REST: Duration = Duration::from_hours(1);
const MINUTE: Duration = Duration::from_mins(1);
const SECOND: Duration = Duration::from_secs(1);
/// Chats whose pace is remembered; of those that have been quiet for long nothing need be known.
const KEPT: usize = 10_000;

/// How fast messages may follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Between two messages of one chat, in the long run.
    pub chat_interval: Duration,
    /// So many of one chat at once.
    pub chat_burst: u32,
    /// In one group.
    pub group_each_minute: usize,
    /// Over all.
    pub all_each_second: usize,
}

impl Default for Pace {
    /// What Telegram asks for.
    fn default() -> Pace {
        Pace { chat_interval: SECOND, chat_burst: 3, group_each_minute: 20, all_each_second: 30 }
    }
}

pub(super) struct Pacing {
    pace: Pace,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    chats: BTreeMap<i64, Chat>,
    latest: VecDeque<Instant>,
}

#[derive(Default)]
struct Chat {
    /// When the next message would come if all had kept their distance.
    next: Option<Instant>,
    latest: VecDeque<Instant>,
    rests_until: Option<Instant>,
}

impl Pacing {
    pub(super) fn new(pace: Pace) -> Pacing {
        Pacing { pace, state: Mutex::default() }
    }

    /// Returns when a message may go to this chat, or at once how long that would take.
    pub(super) async fn turn(&self, chat: i64) -> Result<(), Duration> {
        let now = Instant::now();
        let at = self.book(chat, now)?;
        if at > now {
            // Nobody but the clock ends it.
            let _over = timeout(at - now, std::future::pending::<()>()).await;
        }
        Ok(())
    }

    /// Takes the next place in the order of a chat.
    fn book(&self, chat: i64, now: Instant) -> Result<Instant, Duration> {
        let Pace { chat_interval, chat_burst, group_each_minute, all_each_second } = self.pace;
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let State { chats, latest } = &mut *state;
        if chats.len() >= KEPT {
            let quiet = |chat: &Chat| chat.next.is_none_or(|next| next + MINUTE < now);
            chats.retain(|_, chat| !quiet(chat) || chat.rests_until.is_some_and(|end| end > now));
        }
        let known = chats.entry(chat).or_default();
        let ahead = chat_interval * chat_burst.saturating_sub(1);
        let spread = known.next.and_then(|next| next.checked_sub(ahead));
        let in_group = window(&known.latest, group_each_minute, MINUTE).filter(|_| chat < 0);
        let over_all = window(latest, all_each_second, SECOND);
        let waits = [spread, in_group, over_all, known.rests_until];
        let at = waits.into_iter().flatten().fold(now, Instant::max);
        if at - now > LONGEST_WAIT {
            return Err(at - now);
        }
        known.next = Some(known.next.map_or(at, |next| next.max(at)) + chat_interval);
        note(&mut known.latest, at, group_each_minute);
        note(latest, at, all_each_second);
        Ok(at)
    }

    /// Telegram said how long to leave a chat alone.
    pub(super) fn rest(&self, chat: i64, after: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let until = Instant::now() + after.min(LONGEST_REST);
        let known = state.chats.entry(chat).or_default();
        known.rests_until = known.rests_until.max(Some(until));
    }
}

/// When the next may come, of so many within a time.
fn window(latest: &VecDeque<Instant>, most: usize, within: Duration) -> Option<Instant> {
    (latest.len() >= most).then(|| latest.front().map(|first| *first + within))?
}

fn note(latest: &mut VecDeque<Instant>, at: Instant, most: usize) {
    latest.push_back(at);
    while latest.len() > most {
        latest.pop_front();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GROUP: i64 = -100_123;

    /// Books as many as go within the wait, and says how long after now each leaves.
    fn booked(pacing: &Pacing, chat: i64, now: Instant, count: usize) -> Vec<Result<u64, u64>> {
        let milliseconds = |span: Duration| u64::try_from(span.as_millis()).unwrap();
        let one = |_| match pacing.book(chat, now) {
            Ok(at) => Ok(milliseconds(at - now)),
            Err(wait) => Err(milliseconds(wait)),
        };
        (0..count).map(one).collect()
    }

    #[tokio::test]
    async fn a_few_go_at_once_and_then_one_a_second() {
        let (pacing, now) = (Pacing::new(Pace::default()), Instant::now());
        let expected = [Ok(0), Ok(0), Ok(0), Ok(1_000), Ok(2_000), Err(3_000), Err(3_000)];
        assert_eq!(booked(&pacing, 5, now, 7), expected);
        assert_eq!(booked(&pacing, 6, now, 1), [Ok(0)], "another chat waits for nobody");
    }

    #[tokio::test]
    async fn a_group_takes_twenty_a_minute() {
        let (pacing, mut now) = (Pacing::new(Pace::default()), Instant::now());
        let begin = now;
        for _ in 0..20 {
            assert_eq!(booked(&pacing, GROUP, now, 1), [Ok(0)]);
            assert_eq!(booked(&pacing, 5, now, 1), [Ok(0)]);
            now += SECOND;
        }
        assert_eq!(booked(&pacing, GROUP, now, 1), [Err(40_000)]);
        assert_eq!(booked(&pacing, 5, now, 1), [Ok(0)], "one person alone is no group");
        assert_eq!(booked(&pacing, GROUP, begin + MINUTE, 1), [Ok(0)]);
    }

    #[tokio::test]
    async fn thirty_a_second_go_over_all() {
        let (pacing, now) = (Pacing::new(Pace::default()), Instant::now());
        for chat in 1..=30 {
            assert_eq!(booked(&pacing, chat, now, 1), [Ok(0)]);
        }
        assert_eq!(booked(&pacing, 31, now, 1), [Ok(1_000)]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_refusal_stops_its_own_chat_for_as_long_as_it_says() {
        let pacing = Pacing::new(Pace::default());
        pacing.rest(GROUP, Duration::from_secs(17));
        assert_eq!(pacing.turn(GROUP).await, Err(Duration::from_secs(17)));
        assert_eq!(pacing.turn(5).await, Ok(()));
        tokio::time::advance(Duration::from_secs(16)).await;
        let before = Instant::now();
        assert_eq!(pacing.turn(GROUP).await, Ok(()), "a second is waited out");
        assert_eq!(Instant::now() - before, SECOND);
    }
}
