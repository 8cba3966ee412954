//! How a span of time went, in numbers: what was asked, who answered it and how fast, what went to
//! staff and why, what no article answered. Numbers only; no question's text is in it.
//!
//! It is read off the cases that were opened in the span, the newest first and never more than a
//! stated number: a year of a large community must not keep its database busy. Where that number
//! was reached, the report says so, and speaks of those it has read.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;

use super::super::engine::Engine;
use crate::domain::case::{Case, Closing, Reply, Resolution, Stage, Why};
use crate::domain::feedback::About;
use crate::domain::ids::{BotId, CommunityId, Topic};
use crate::domain::time::Moment;
use crate::store::{Mark, StoreError, Tx};

/// Cases that a report reads at most.
pub const CASES_READ: usize = 10_000;

/// Cases read in one go: a few megabytes of documents.
const PAGE: i64 = 500;

/// The latest words of each kind that are shown.
const WORDS_SHOWN: i64 = 3;

/// What a report is about.
#[derive(Debug, Clone)]
pub struct ReportOn {
    pub bot: BotId,
    /// `None`: all of the bot's.
    pub community: Option<CommunityId>,
    pub days: u32,
    /// Cases to read at most.
    pub limit: usize,
}

/// How a span of time went. Serialised for machines; times are seconds.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Report {
    pub bot: String,
    pub from: String,
    pub until: String,
    pub days: u32,
    /// True when there were more questions than were read; everything is about those then.
    pub cut: bool,
    pub questions: u64,
    pub solved: Solved,
    /// In hundredths of the questions.
    pub solved_percent: u64,
    pub still_open: u64,
    pub expired: u64,
    pub withdrawn: u64,
    pub removed: u64,
    /// Rows that could not be read; an operator should look at them.
    pub unreadable: u64,
    pub first_answer_seconds: Option<Times>,
    pub resolution_seconds: Option<Times>,
    pub to_staff: ToStaff,
    pub calls: Calls,
    pub missed: Missed,
    pub points_given: i64,
    pub ratings: Ratings,
    pub notes_on_answers: u64,
    pub notes_on_product: u64,
    pub praise: u64,
    /// The latest words themselves, for the eyes of moderators: customers' text, so that it is
    /// shown and goes into no file that somebody keeps.
    #[serde(skip)]
    pub said_of_product: Vec<String>,
    #[serde(skip)]
    pub said_in_praise: Vec<String>,
}

/// Solved questions by who solved them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Solved {
    pub in_all: u64,
    pub by_self_service: u64,
    pub by_ambassadors: u64,
    pub by_members: u64,
    pub by_staff: u64,
}

/// Half took no longer than the median, nine in ten no longer than `p90`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Times {
    pub median: u64,
    pub p90: u64,
}

/// What went to staff, by its last reason.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct ToStaff {
    pub in_all: u64,
    pub asked_for: u64,
    pub urgent_word: u64,
    pub nobody_free: u64,
    pub ladder_ran_out: u64,
}

/// Calls to ambassadors and what came of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Calls {
    pub made: u64,
    pub taken: u64,
    pub passed: u64,
    pub lapsed: u64,
}

/// Questions that no article answered with confidence, by what they were about. One with two
/// topics counts for both.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Missed {
    pub in_all: u64,
    pub by_topic: BTreeMap<Topic, u64>,
    pub without_topic: u64,
}

impl Missed {
    /// The topics that were missed most, each with its number, on one line.
    pub fn most(&self, topics: usize) -> String {
        let mut most: Vec<(&Topic, u64)> =
            self.by_topic.iter().map(|(topic, count)| (topic, *count)).collect();
        most.sort_by_key(|(topic, count)| (std::cmp::Reverse(*count), *topic));
        let named = most.iter().take(topics).map(|(topic, count)| format!("{topic} {count}"));
        named.collect::<Vec<_>>().join(" · ")
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Ratings {
    pub up: u64,
    pub down: u64,
}

impl Engine {
    /// A report up to now.
    pub async fn report(&self, on: &ReportOn) -> Result<Report, StoreError> {
        let mut tx = self.store.read().await?;
        report(&mut tx, on, self.clock.now()).await
    }
}

/// Makes a report within a transaction.
pub(in crate::runtime) async fn report(
    tx: &mut Tx,
    on: &ReportOn,
    now: Moment,
) -> Result<Report, StoreError> {
    let since = now - Duration::from_hours(24) * on.days;
    // What happened in this very millisecond is part of it.
    let until = now + Duration::from_millis(1);
    let communities = match on.community {
        Some(community) => vec![community],
        None => tx.communities_of(&on.bot).await?,
    };
    let mut count = Counting::default();
    for (at, community) in communities.iter().enumerate() {
        // An even share of what is left for each: a large community leaves room for the others.
        let share = on.limit.saturating_sub(count.read).div_ceil(communities.len() - at);
        let from = count.read_cases(tx, *community, since, until, share).await?;
        count.report.calls.made += whole(tx.calls_made(*community, from, until).await?);
        let points = tx.points_given(&on.bot, *community, since, until).await?;
        count.report.points_given += points;
        count.read_feedback(tx, *community, since, until).await?;
    }
    let mut report = count.finish();
    report.bot = on.bot.to_string();
    (report.from, report.until) = (since.to_string(), now.to_string());
    report.days = on.days;
    Ok(report)
}

/// A report in the making, with the times that are still to be sorted.
#[derive(Debug, Default)]
struct Counting {
    report: Report,
    read: usize,
    first_answers: Vec<u64>,
    resolutions: Vec<u64>,
}

impl Counting {
    /// Reads a community's cases; gives back when the oldest that was read was opened.
    async fn read_cases(
        &mut self,
        tx: &mut Tx,
        community: CommunityId,
        since: Moment,
        until: Moment,
        limit: usize,
    ) -> Result<Moment, StoreError> {
        let (mut before, end) = (Mark::until(until), self.read + limit);
        loop {
            let room = end.saturating_sub(self.read);
            // One more than fits, to know whether there is more.
            let page = PAGE.min(i64::try_from(room + 1).unwrap_or(PAGE));
            let cases = tx.cases_opened(community, since, before, page).await?;
            let is_last = cases.len() < usize::try_from(page).unwrap_or(0);
            for (mark, row) in cases {
                if self.read >= end {
                    self.report.cut = true;
                    return Ok(before.opened_at);
                }
                before = mark;
                self.read += 1;
                match row {
                    Ok(row) => self.count(&row.case),
                    Err(_) => self.report.unreadable += 1,
                }
            }
            if is_last {
                return Ok(since);
            }
        }
    }

    fn count(&mut self, case: &Case) {
        let report = &mut self.report;
        report.questions += 1;
        match &case.stage {
            Stage::Resolved { by, at } => {
                self.resolutions.push(at.since(case.opened_at).as_secs());
                report.solved.in_all += 1;
                *match by {
                    Resolution::SelfService => &mut report.solved.by_self_service,
                    Resolution::Ambassador => &mut report.solved.by_ambassadors,
                    Resolution::CommunityMember => &mut report.solved.by_members,
                    Resolution::Staff => &mut report.solved.by_staff,
                } += 1;
            }
            Stage::Closed { why, .. } => {
                *match why {
                    Closing::Withdrawn => &mut report.withdrawn,
                    Closing::Removed => &mut report.removed,
                    Closing::Expired => &mut report.expired,
                } += 1;
            }
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::HandedOff(_) => report.still_open += 1,
        }
        if let Some(first) = case.answers.iter().map(|answer| answer.at).min() {
            self.first_answers.push(first.since(case.opened_at).as_secs());
        }
        if let Some(why) = &case.why_staff {
            report.to_staff.in_all += 1;
            *match why {
                Why::Asked { .. } => &mut report.to_staff.asked_for,
                Why::Urgent { .. } => &mut report.to_staff.urgent_word,
                Why::NobodyFree => &mut report.to_staff.nobody_free,
                Why::LadderRanOut => &mut report.to_staff.ladder_ran_out,
            } += 1;
        }
        for called in &case.called {
            match called.reply {
                Reply::Passed => report.calls.passed += 1,
                Reply::Lapsed => report.calls.lapsed += 1,
                Reply::Took | Reply::Released | Reply::Answered => report.calls.taken += 1,
                Reply::Open => {}
            }
        }
        self.count_missed(case);
    }

    /// A question that went to staff at once was never held against the articles.
    fn count_missed(&mut self, case: &Case) {
        let was_looked_up = case.ladder.is_some() || case.why_staff.is_none();
        if !case.tried.is_empty() || !was_looked_up {
            return;
        }
        let missed = &mut self.report.missed;
        missed.in_all += 1;
        if case.topics.is_empty() {
            missed.without_topic += 1;
        }
        for topic in &case.topics {
            *missed.by_topic.entry(topic.clone()).or_default() += 1;
        }
    }

    async fn read_feedback(
        &mut self,
        tx: &mut Tx,
        community: CommunityId,
        since: Moment,
        until: Moment,
    ) -> Result<(), StoreError> {
        let report = &mut self.report;
        for row in tx.feedback_counts(community, since, until).await? {
            let count = whole(row.count);
            match About::from_word(&row.kind) {
                Some(About::Answer) if row.score > 0 => report.ratings.up += count,
                Some(About::Answer) if row.score < 0 => report.ratings.down += count,
                Some(About::Answer) | None => {}
                Some(About::Product) => report.notes_on_product += count,
                Some(About::Praise) => report.praise += count,
            }
        }
        report.notes_on_answers += whole(tx.answer_notes(community, since, until).await?);
        for (about, said) in [
            (About::Product, &mut report.said_of_product),
            (About::Praise, &mut report.said_in_praise),
        ] {
            let words = tx.last_feedback_words(community, since, until, about, WORDS_SHOWN).await?;
            said.extend(words);
            said.truncate(usize::try_from(WORDS_SHOWN).unwrap_or(0));
        }
        Ok(())
    }

    fn finish(mut self) -> Report {
        self.report.first_answer_seconds = times(self.first_answers);
        self.report.resolution_seconds = times(self.resolutions);
        let (solved, asked) = (self.report.solved.in_all, self.report.questions);
        self.report.solved_percent = (solved * 100 + asked / 2).checked_div(asked).unwrap_or(0);
        self.report
    }
}

/// A count as the database gives it.
fn whole(count: i64) -> u64 {
    u64::try_from(count).unwrap_or(0)
}

/// The nearest-rank median and ninth decile: both are times that somebody really waited.
fn times(mut spans: Vec<u64>) -> Option<Times> {
    spans.sort_unstable();
    let at = |tenths: usize| {
        let rank = (spans.len() * tenths).div_ceil(10);
        spans.get(rank.saturating_sub(1)).copied()
    };
    Some(Times { median: at(5)?, p90: at(9)? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_were_faster_than_the_median_and_nine_in_ten_than_the_p90() {
        for (spans, median, p90) in [
            (vec![7], 7, 7),
            (vec![2, 1], 1, 2),
            ((1..=10).collect(), 5, 9),
            ((1..=100).rev().collect(), 50, 90),
        ] {
            assert_eq!(times(spans), Some(Times { median, p90 }));
        }
        assert_eq!(times(Vec::new()), None);
    }
}
