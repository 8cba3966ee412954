//! `/askaround report`: how the last days went, on one screen, for moderators' eyes.

use std::time::Duration;

use super::super::document::Line;
use super::super::insight::report::{Report, ReportOn, report};
use super::Turn;
use super::commands::Asked;
use crate::domain::text::{SpanMs, Text};
use crate::store::StoreError;

const DAYS: u32 = 30;

/// Cases that a report in chat reads at most. It is made where questions are taken, so it must
/// not hold them up: a tenth of what the command line reads beside them.
const CASES_IN_CHAT: usize = 1_000;

/// Topics named among what was missed: the ones worth an article.
const TOPICS_SHOWN: usize = 6;

/// Shown of one word of feedback.
const WORDS_SHOWN_CHARS: usize = 200;

impl Turn<'_> {
    pub(super) async fn report(
        &mut self,
        asked: &Asked<'_>,
        days: Option<u32>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let on = ReportOn {
            bot: self.bot.id.clone(),
            community: Some(asked.here.community),
            days: days.unwrap_or(DAYS),
            limit: CASES_IN_CHAT,
        };
        let made = report(self.tx, &on, self.now).await?;
        let (to, here) = (asked.account.id, &asked.here);
        self.say_privately(None, to, here.channel, &here.settings, lines(&made), vec![]).await
    }
}

fn lines(report: &Report) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let days = i64::from(report.days);
    if report.questions == 0 {
        lines.push(Text::ReportNothing { days }.into());
    } else {
        lines.extend(about_questions(report, days).into_iter().map(Line::from));
    }
    let (up, down) = (number(report.ratings.up), number(report.ratings.down));
    if up + down > 0 {
        lines.push(Text::ReportRatings { up, down }.into());
    }
    let (product, praise) = (number(report.notes_on_product), number(report.praise));
    if product > 0 {
        lines.push(Text::ReportProduct { count: product }.into());
        lines.extend(quotes(&report.said_of_product));
    }
    if praise > 0 {
        lines.push(Text::ReportPraise { count: praise }.into());
        lines.extend(quotes(&report.said_in_praise));
    }
    lines
}

fn about_questions(report: &Report, days: i64) -> Vec<Text> {
    let count = number(report.questions);
    let mut texts = vec![Text::ReportIntro { days, count }];
    if report.cut {
        texts.push(Text::ReportCut { count });
    }
    let solved = &report.solved;
    texts.push(Text::ReportSolved {
        solved: number(solved.in_all),
        share: number(report.solved_percent),
    });
    if solved.in_all > 0 {
        texts.push(Text::ReportSolvedBy {
            pages: number(solved.by_self_service),
            ambassadors: number(solved.by_ambassadors),
            members: number(solved.by_members),
            staff: number(solved.by_staff),
        });
    }
    texts.push(Text::ReportUnsolved {
        open: number(report.still_open),
        expired: number(report.expired),
        withdrawn: number(report.withdrawn + report.removed),
    });
    texts.extend(report.first_answer_seconds.map(|times| Text::ReportFirstAnswer {
        median: seconds(times.median),
        slow: seconds(times.p90),
    }));
    texts.extend(report.resolution_seconds.map(|times| Text::ReportResolution {
        median: seconds(times.median),
        slow: seconds(times.p90),
    }));
    let (staff, calls) = (&report.to_staff, &report.calls);
    if staff.in_all > 0 {
        texts.push(Text::ReportToStaff {
            count: number(staff.in_all),
            asked: number(staff.asked_for),
            urgent: number(staff.urgent_word),
            nobody: number(staff.nobody_free),
            ladder: number(staff.ladder_ran_out),
        });
    }
    if calls.made > 0 {
        texts.push(Text::ReportCalls {
            made: number(calls.made),
            taken: number(calls.taken),
            passed: number(calls.passed),
            lapsed: number(calls.lapsed),
        });
    }
    let missed = &report.missed;
    if missed.in_all > 0 {
        texts.push(Text::ReportMissed {
            count: number(missed.in_all),
            topics: missed.most(TOPICS_SHOWN),
            none: number(missed.without_topic),
        });
    }
    texts.push(Text::ReportPoints { points: report.points_given });
    texts
}

fn quotes(said: &[String]) -> impl Iterator<Item = Line> + '_ {
    said.iter().map(|words| {
        let mut text: String = words.chars().take(WORDS_SHOWN_CHARS).collect();
        if text.len() < words.len() {
            text.push('…');
        }
        Line::Quote { text }
    })
}

fn number(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn seconds(seconds: u64) -> SpanMs {
    Duration::from_secs(seconds).into()
}
