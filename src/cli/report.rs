//! `askaround report`: how the last days went, for people or for programs.

use std::process::ExitCode;

use super::{ReportOptions, RunOptions, look, say};
use crate::runtime::{CASES_READ, Report, ReportOn, Times};

/// Topics named among what was missed.
const TOPICS_SHOWN: usize = 10;

pub(super) fn report(options: &RunOptions, wanted: &ReportOptions) -> anyhow::Result<ExitCode> {
    look::block_on(async {
        let look = look::open(options).await?;
        let mut reports = Vec::new();
        for bot in &look.bots {
            let on = ReportOn {
                bot: bot.id.clone(),
                community: None,
                days: wanted.days,
                limit: CASES_READ,
            };
            reports.push(look.engine.report(&on).await?);
        }
        if wanted.json {
            say(&serde_json::to_string_pretty(&reports)?);
        } else {
            reports.iter().for_each(print);
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn print(report: &Report) {
    let row = |name: &str, value: String| say(&format!("  {name:<26} {value}"));
    say(&format!("{}, {} to {}", report.bot, report.from, report.until));
    let cut = if report.cut { ", the newest of more" } else { "" };
    row("questions", format!("{}{cut}", report.questions));
    let solved = &report.solved;
    row("solved", format!("{} ({} %)", solved.in_all, report.solved_percent));
    row("  by help pages", solved.by_self_service.to_string());
    row("  by ambassadors", solved.by_ambassadors.to_string());
    row("  by other members", solved.by_members.to_string());
    row("  by staff", solved.by_staff.to_string());
    row("still open", report.still_open.to_string());
    row("expired", report.expired.to_string());
    row("taken back", report.withdrawn.to_string());
    row("removed", report.removed.to_string());
    row("first answer by a person", times(report.first_answer_seconds));
    row("until solved", times(report.resolution_seconds));
    let staff = &report.to_staff;
    row("to staff", staff.in_all.to_string());
    row("  asked for", staff.asked_for.to_string());
    row("  urgent word", staff.urgent_word.to_string());
    row("  nobody free", staff.nobody_free.to_string());
    row("  volunteers’ time was up", staff.ladder_ran_out.to_string());
    let calls = &report.calls;
    row("calls to ambassadors", calls.made.to_string());
    row("  taken", calls.taken.to_string());
    row("  passed", calls.passed.to_string());
    row("  lapsed", calls.lapsed.to_string());
    let missed = &report.missed;
    row("no help page fitted", missed.in_all.to_string());
    if !missed.by_topic.is_empty() {
        row("  by topic", missed.most(TOPICS_SHOWN));
    }
    row("  without a topic", missed.without_topic.to_string());
    row("points given", report.points_given.to_string());
    row("ratings", format!("{} up, {} down", report.ratings.up, report.ratings.down));
    row(
        "words of feedback",
        format!(
            "{} on answers, {} on the product, {} of praise",
            report.notes_on_answers, report.notes_on_product, report.praise
        ),
    );
    if report.unreadable > 0 {
        row("unreadable rows", report.unreadable.to_string());
    }
}

fn times(times: Option<Times>) -> String {
    times.map_or_else(
        || "-".to_owned(),
        |times| {
            format!("half within {}, nine in ten within {}", span(times.median), span(times.p90))
        },
    )
}

/// The two largest units of a length of time.
fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m {}s", seconds / 60, seconds % 60),
        3_600..86_400 => format!("{}h {}m", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{}d {}h", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}
