//! The one place that looks at a clock and the only one that waits.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::time::Moment;
use crate::platform::Doing;

/// Where `now` comes from.
pub trait Clock: Send + Sync {
    fn now(&self) -> Moment;

    /// The calendar's day, for what expires by date.
    fn today(&self) -> jiff::civil::Date {
        self.now().in_zone(&jiff::tz::TimeZone::UTC).date()
    }

    /// Returns at `then`, or soon after somebody moved the clock past it.
    fn until(&self, then: Moment) -> Doing<'_, ()>;
}

/// The longest wait at once: a wall clock that is set back or forward is noticed within this.
const LONGEST_NAP: Duration = Duration::from_mins(1);

#[expect(clippy::disallowed_methods, reason = "this is the clock that the others ask")]
fn wall_clock() -> Moment {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    let ms = since.map_or(0, |since| i64::try_from(since.as_millis()).unwrap_or(i64::MAX));
    Moment::from_millis(ms)
}

#[expect(clippy::disallowed_methods, reason = "this is where the runtime waits")]
async fn nap(span: Duration) {
    tokio::time::sleep(span.min(LONGEST_NAP)).await;
}

/// A pause that is not the community's time: between two tries of something that failed.
pub(super) async fn pause(span: Duration) {
    nap(span).await;
}

/// The wall clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Moment {
        wall_clock()
    }

    fn until(&self, then: Moment) -> Doing<'_, ()> {
        Box::pin(async move {
            while wall_clock() < then {
                nap(then.since(wall_clock())).await;
            }
        })
    }
}

/// The wall clock with an offset that can be moved forward: the playground's time.
#[derive(Debug, Default)]
pub struct MovableClock {
    offset_ms: AtomicI64,
    moved: Notify,
}

impl MovableClock {
    /// Starts with an offset kept from before.
    pub fn with_offset(offset: Duration) -> Self {
        let clock = Self::default();
        clock.forward(offset);
        clock
    }

    pub fn offset(&self) -> Duration {
        let ms = self.offset_ms.load(Ordering::SeqCst);
        Duration::from_millis(u64::try_from(ms).unwrap_or(0))
    }

    /// Moves the time forward; it never goes back, because what has happened has happened.
    pub fn forward(&self, span: Duration) {
        let ms = i64::try_from(span.as_millis()).unwrap_or(i64::MAX);
        self.offset_ms.fetch_add(ms, Ordering::SeqCst);
        self.moved.notify_waiters();
    }
}

impl Clock for MovableClock {
    fn now(&self) -> Moment {
        wall_clock() + self.offset()
    }

    fn until(&self, then: Moment) -> Doing<'_, ()> {
        Box::pin(async move {
            loop {
                let moved = self.moved.notified();
                if self.now() >= then {
                    return;
                }
                tokio::select! {
                    () = moved => {}
                    () = nap(then.since(self.now())) => {}
                }
            }
        })
    }
}

/// A clock that stands until it is moved: for stories and simulations.
#[derive(Debug)]
pub struct ManualClock {
    now: Mutex<Moment>,
    moved: Notify,
}

impl ManualClock {
    pub fn at(now: Moment) -> Self {
        Self { now: Mutex::new(now), moved: Notify::new() }
    }

    pub fn advance(&self, span: Duration) {
        let mut now = self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        *now = *now + span;
        drop(now);
        self.moved.notify_waiters();
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Moment {
        *self.now.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn until(&self, then: Moment) -> Doing<'_, ()> {
        Box::pin(async move {
            loop {
                let moved = self.moved.notified();
                if self.now() >= then {
                    return;
                }
                moved.await;
            }
        })
    }
}
