//! What numbers and spans of the policies may be, and why not more or less: the same for `bot.toml`
//! and for the commands that change a community's own.

use std::time::Duration;

use crate::domain::time::{days, hours, minutes};

/// What a number or a span may be, and why not more or less.
pub struct Limits<T> {
    pub least: T,
    pub most: T,
    pub why: &'static str,
}

impl<T: PartialOrd> Limits<T> {
    pub fn allow(&self, value: &T) -> bool {
        (&self.least..=&self.most).contains(&value)
    }
}

/// More rungs than this and people are pinged about one question all day.
pub const WAVES_LIMIT: usize = 10;
pub const PATIENCE: Limits<Duration> = Limits {
    least: Duration::from_secs(10),
    most: hours(24),
    why: "reading takes seconds, and nobody waits a day for the first person",
};
pub const WAVE_AFTER: Limits<Duration> = Limits {
    least: Duration::ZERO,
    most: days(7),
    why: "whoever is called about a question a week old cannot help",
};
pub const CALL: Limits<i64> = Limits {
    least: 1,
    most: 50,
    why: "a wave calls somebody, and more than fifty people at once is an alarm, not a call",
};
pub const CLAIM_LEASE: Limits<Duration> = Limits {
    least: minutes(1),
    most: hours(24),
    why: "typing an answer takes a minute, and a customer does not wait a day for one person",
};
pub const ANSWER_WAIT: Limits<Duration> = Limits {
    least: minutes(1),
    most: days(7),
    why: "trying an answer takes a minute, and after a week silence is an answer",
};
pub const STAFF_AFTER: Limits<Duration> = Limits {
    least: minutes(1),
    most: days(7),
    why: "the crowd needs a minute, and a customer does not wait a week for staff",
};
pub const CALLS_PER_DAY: Limits<i64> =
    Limits { least: 1, most: 50, why: "they are volunteers, and without a call they are none" };
pub const OPEN_CASES: Limits<i64> =
    Limits { least: 1, most: 20, why: "whoever holds more answers none of them" };
pub const POINTS: Limits<i64> = Limits {
    least: 0,
    most: 1_000,
    why: "helping costs nobody points, and people compare numbers that they can read",
};
pub const DAILY_CAP: Limits<i64> =
    Limits { least: 1, most: 100_000, why: "a cap of nothing would recognise nobody" };
pub const RANK_AT: Limits<i64> =
    Limits { least: 0, most: 10_000_000, why: "a rank is reached by helping, within a lifetime" };
