//! Who waits for what a commit may bring. Each bell wakes only those whom the commit concerns: a
//! look at the database costs more than many a commit, and most commits concern nobody but the
//! outbox.
//!
//! Whoever waits asks for the bell first and looks then, so that nothing falls in between; what a
//! bell is held against ([`Bells::looks_next`], [`Bells::tells_places`]) is forgotten before each
//! look for the same reason.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::Notify;

use crate::domain::case::Case;
use crate::domain::ids::{BotId, ChannelId, PlatformId};
use crate::domain::time::Moment;

/// The bells of one engine.
#[derive(Debug)]
pub(super) struct Bells {
    anything: Notify,
    deadlines: Notify,
    places: Notify,
    /// The earliest deadline that is being committed, in milliseconds.
    earliest: AtomicI64,
    /// When deadlines are looked at again by themselves.
    next_look: AtomicI64,
    touched: Mutex<Touched>,
    /// The places that adapters were told of.
    told: Mutex<BTreeMap<(BotId, PlatformId), BTreeSet<ChannelId>>>,
}

/// What is being committed about places.
#[derive(Debug, Default)]
struct Touched {
    settings: bool,
    channels: BTreeSet<ChannelId>,
}

impl Default for Bells {
    fn default() -> Self {
        Self {
            anything: Notify::new(),
            deadlines: Notify::new(),
            places: Notify::new(),
            earliest: AtomicI64::new(i64::MAX),
            next_look: AtomicI64::new(i64::MAX),
            touched: Mutex::default(),
            told: Mutex::default(),
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What is being committed. Nothing rings before it is: rolled back, it rings in vain.
impl Bells {
    pub(super) fn deadline(&self, at: Option<Moment>) {
        if let Some(at) = at {
            self.earliest.fetch_min(at.as_millis(), Ordering::SeqCst);
        }
    }

    /// A case begins, where it was asked.
    pub(super) fn opened(&self, case: &Case) {
        self.deadline(case.deadline());
        self.talked_in(case.channel);
    }

    /// What moderators set, or which places there are.
    pub(super) fn settings(&self) {
        lock(&self.touched).settings = true;
    }

    /// A case has a message here.
    pub(super) fn talked_in(&self, channel: ChannelId) {
        lock(&self.touched).channels.insert(channel);
    }

    /// All that was told above is committed.
    pub(super) fn committed(&self) {
        let earliest = self.earliest.swap(i64::MAX, Ordering::SeqCst);
        if earliest < self.next_look.load(Ordering::SeqCst) {
            self.deadlines.notify_waiters();
        }
        let touched = std::mem::take(&mut *lock(&self.touched));
        let is_new =
            |channel: &ChannelId| !lock(&self.told).values().any(|of| of.contains(channel));
        if touched.settings || touched.channels.iter().any(is_new) {
            self.places.notify_waiters();
        }
    }

    /// Tells whoever waits for anything: something was committed, and has been answered.
    pub(super) fn ring(&self) {
        self.anything.notify_waiters();
    }
}

/// Somebody else.
impl Bells {
    /// Another process has committed something, and does not say what.
    pub(super) fn ring_all(&self) {
        self.anything.notify_waiters();
        self.deadlines.notify_waiters();
        self.places.notify_waiters();
    }
}

/// Waiting.
impl Bells {
    pub(super) fn anything(&self) -> impl Future<Output = ()> + '_ {
        self.anything.notified()
    }

    /// A deadline comes before the next look.
    pub(super) fn deadlines(&self) -> impl Future<Output = ()> + '_ {
        self.next_look.store(i64::MAX, Ordering::SeqCst);
        self.deadlines.notified()
    }

    /// Deadlines were looked at, and will be at this moment, whatever rings.
    pub(super) fn looks_next(&self, at: Option<Moment>) {
        self.next_look.store(at.map_or(i64::MAX, Moment::as_millis), Ordering::SeqCst);
    }

    /// Places matter that an adapter was not told of, or are set another way.
    pub(super) fn places(&self) -> impl Future<Output = ()> + '_ {
        self.places.notified()
    }

    /// Until an adapter is told anew it knows of no place.
    pub(super) fn asks_for_places(&self, bot: &BotId, platform: &PlatformId) {
        lock(&self.told).remove(&(bot.clone(), platform.clone()));
    }

    pub(super) fn tells_places(
        &self,
        bot: &BotId,
        platform: &PlatformId,
        places: BTreeSet<ChannelId>,
    ) {
        lock(&self.told).insert((bot.clone(), platform.clone()), places);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    fn rings(bell: impl Future<Output = ()>, after: impl FnOnce()) -> bool {
        let mut bell = pin!(bell);
        after();
        bell.as_mut().poll(&mut Context::from_waker(Waker::noop())) == Poll::Ready(())
    }

    #[test]
    fn only_a_deadline_before_the_next_look_rings() {
        let bells = Bells::default();
        let at = |millis| Some(Moment::from_millis(millis));
        let commits = |deadline| {
            bells.deadline(deadline);
            bells.committed();
        };
        assert!(rings(bells.deadlines(), || commits(at(5))), "while nobody knows when to look");
        let waiting = bells.deadlines();
        bells.looks_next(at(10));
        assert!(!rings(waiting, || commits(at(10))));
        let waiting = bells.deadlines();
        bells.looks_next(at(10));
        assert!(rings(waiting, || commits(at(9))));
        let waiting = bells.deadlines();
        bells.looks_next(at(10));
        assert!(!rings(waiting, || commits(None)));
    }

    #[test]
    fn only_a_place_that_was_not_told_rings() {
        let bells = Bells::default();
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("town"));
        let [help, thread] = [ChannelId::from(1), ChannelId::from(2)];
        let talks_in = |channel| {
            bells.talked_in(channel);
            bells.committed();
        };
        assert!(rings(bells.places(), || talks_in(help)), "nothing was told yet");
        bells.tells_places(&bot, &platform, [help].into());
        assert!(!rings(bells.places(), || talks_in(help)));
        assert!(rings(bells.places(), || talks_in(thread)));
        bells.asks_for_places(&bot, &platform);
        assert!(rings(bells.places(), || talks_in(help)), "between the question and the answer");
        bells.tells_places(&bot, &platform, [help, thread].into());
        assert!(rings(bells.places(), || {
            bells.settings();
            bells.committed();
        }));
        assert!(!rings(bells.places(), || bells.committed()));
    }
}
