//! A length of time in words.

use std::time::Duration;

use fluent::{FluentArgs, FluentValue};

use super::Locales;
use crate::domain::ids::Language;

const SECOND_MS: u128 = 1_000;
const MINUTE_MS: u128 = 60 * SECOND_MS;
const HOUR_MS: u128 = 60 * MINUTE_MS;
const DAY_MS: u128 = 24 * HOUR_MS;

impl Locales {
    /// `3 minutes`, by the messages `span-…` with their `$count`.
    pub(super) fn span(&self, language: &Language, span: Duration) -> String {
        let (key, count) = measure(span);
        let mut arguments = FluentArgs::new();
        arguments.set("count", FluentValue::from(count));
        self.plain(language, key, &arguments).unwrap_or_else(|| key.to_owned())
    }
}

/// The unit in which people would say it, and how many of them. Seconds and minutes are rounded
/// up, since most short spans are promises of when to hear from us at the latest; hours and days
/// to the nearest, because two hours and a bit are not three. One minute, one hour and one day are
/// called that.
fn measure(span: Duration) -> (&'static str, i64) {
    let ms = span.as_millis();
    let (key, count) = match ms {
        0 => ("span-moment", 0),
        MINUTE_MS => ("span-minutes", 1),
        HOUR_MS => ("span-hours", 1),
        DAY_MS => ("span-days", 1),
        _ if ms < 90 * SECOND_MS => ("span-seconds", ms.div_ceil(SECOND_MS)),
        _ if ms < 90 * MINUTE_MS => ("span-minutes", ms.div_ceil(MINUTE_MS)),
        _ if ms < 36 * HOUR_MS => ("span-hours", (ms + HOUR_MS / 2) / HOUR_MS),
        _ => ("span-days", (ms + DAY_MS / 2) / DAY_MS),
    };
    (key, i64::try_from(count).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_said_in_the_unit_people_would_use() {
        for (ms, key, count) in [
            (0, "span-moment", 0),
            (1, "span-seconds", 1),
            (30_000, "span-seconds", 30),
            (89_500, "span-seconds", 90),
            (90_000, "span-minutes", 2),
            (180_000, "span-minutes", 3),
            (180_001, "span-minutes", 4),
            (60_000, "span-minutes", 1),
            (59 * 60_000, "span-minutes", 59),
            (60 * 60_000, "span-hours", 1),
            (61 * 60_000, "span-minutes", 61),
            (90 * 60_000, "span-hours", 2),
            (23 * 3_600_000, "span-hours", 23),
            (24 * 3_600_000, "span-days", 1),
            (36 * 3_600_000, "span-days", 2),
            (49 * 3_600_000, "span-days", 2),
            (7 * 86_400_000, "span-days", 7),
        ] {
            assert_eq!(measure(Duration::from_millis(ms)), (key, count), "{ms} ms");
        }
        assert_eq!(measure(Duration::MAX).0, "span-days", "no span is too long to say");
    }
}
