//! What is counted beside the rules, for the report at the end.

use std::collections::BTreeMap;

/// Counted while it happens; the rest is read off the cases at the end.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) deaths: u64,
    pub(super) told_twice: u64,
    /// Questions that were not taken for one.
    pub(super) not_caught: u64,
    /// How many could be called, summed over the days.
    pub(super) volunteer_days: usize,
    /// How often somebody was lit up by a call, by person and day.
    pub(super) pings: BTreeMap<(usize, i64), u64>,
}
