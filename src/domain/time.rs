//! Time as an argument: a moment comes in, a deadline goes out; nobody here looks at a clock.

use std::fmt;
use std::ops::{Add, Sub};
use std::time::Duration;

use serde::{Deserialize, Serialize};

pub(crate) const fn minutes(number: u64) -> Duration {
    Duration::from_mins(number)
}

pub(crate) const fn hours(number: u64) -> Duration {
    Duration::from_hours(number)
}

pub(crate) const fn days(number: u64) -> Duration {
    Duration::from_hours(24 * number)
}

/// A point in time, in milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Moment(i64);

impl Moment {
    pub const fn from_millis(ms: i64) -> Self {
        Self(ms)
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    /// How long ago `earlier` was; zero when it lies ahead.
    pub fn since(self, earlier: Moment) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// The calendar day in `zone`, as days since 1970-01-01: what "today" means for daily caps.
    pub fn day_in(self, zone: &jiff::tz::TimeZone) -> i64 {
        let local = self.in_zone(zone);
        let offset_ms = i64::from(local.offset().seconds()) * 1000;
        (self.0 + offset_ms).div_euclid(86_400_000)
    }

    /// The calendar day in UTC, which is the same for everybody.
    pub fn date(self) -> jiff::civil::Date {
        self.in_zone(&jiff::tz::TimeZone::UTC).date()
    }

    /// The wall clock in `zone`; moments outside years -9999..9999 are clamped by jiff's range.
    pub fn in_zone(self, zone: &jiff::tz::TimeZone) -> jiff::Zoned {
        jiff::Timestamp::from_millisecond(self.0)
            .unwrap_or(jiff::Timestamp::UNIX_EPOCH)
            .to_zoned(zone.clone())
    }
}

impl Add<Duration> for Moment {
    type Output = Moment;
    fn add(self, span: Duration) -> Moment {
        Moment(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Moment {
    type Output = Moment;
    fn sub(self, span: Duration) -> Moment {
        Moment(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(time) => write!(f, "{time:.0}"),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

/// Reads `90s`, `3m`, `2h`, `7d`, `250ms`: one number and one unit, as people write it in
/// `bot.toml` and in commands. `None` for anything else, and for more than 3,650 days.
pub fn parse_span(text: &str) -> Option<Duration> {
    let text = text.trim();
    let split = text.find(|c: char| !c.is_ascii_digit())?;
    let (digits, unit) = text.split_at(split);
    let number: u64 = digits.parse().ok()?;
    let unit_ms = match unit.trim() {
        "ms" => 1,
        "s" => 1_000,
        "m" | "min" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return None,
    };
    let ms = number.checked_mul(unit_ms)?;
    (ms <= 3_650 * 86_400_000).then(|| Duration::from_millis(ms))
}

/// The span as people write it, in the largest unit that says it whole: what [`parse_span`] reads.
pub fn say_span(span: Duration) -> String {
    let ms = span.as_millis();
    let units = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "m"), (1_000, "s"), (1, "ms")];
    let whole = units.into_iter().find(|(unit, _)| ms > 0 && ms.is_multiple_of(*unit));
    whole.map_or_else(|| "0s".to_owned(), |(unit, name)| format!("{}{name}", ms / unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_people_write_them() {
        for (text, ms) in [("0s", 0), ("90s", 90_000), ("3m", 180_000), ("2h", 7_200_000)] {
            assert_eq!(parse_span(text), Some(Duration::from_millis(ms)), "{text}");
        }
        for text in ["", "m", "3", "3 weeks", "-3m", "1h30m", "99999999999999999999d", "9999d"] {
            assert_eq!(parse_span(text), None, "{text}");
        }
    }

    #[test]
    fn a_span_is_said_as_it_would_be_written() {
        for text in ["0s", "250ms", "90s", "3m", "90m", "2h", "36h", "7d"] {
            assert_eq!(parse_span(text).map(say_span).as_deref(), Some(text));
        }
    }

    #[test]
    fn a_day_ends_at_midnight_of_its_own_zone() {
        let zone = jiff::tz::TimeZone::get("Europe/Berlin").expect("bundled");
        let before = Moment::from_millis(1_767_221_999_000); // 2025-12-31 23:59:59 in Berlin
        let after = Moment::from_millis(1_767_222_001_000);
        assert_eq!(before.day_in(&zone) + 1, after.day_in(&zone));
        assert_eq!(before.day_in(&jiff::tz::TimeZone::UTC), after.day_in(&jiff::tz::TimeZone::UTC));
    }
}
