//! `askaround kb stale`: what somebody should read again before customers rely on it.

use std::process::ExitCode;

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::bot::{self, Problem};
use crate::cli::{RunOptions, look, say};
use crate::knowledge::Article;
use crate::runtime::{Clock as _, SystemClock};

pub(super) fn stale(options: &RunOptions, days: u16) -> anyhow::Result<ExitCode> {
    let today = SystemClock.today();
    let since = today.saturating_sub(i64::from(days).days());
    let mut found = 0;
    for bot in look::bots(options)? {
        let expired = expired(options, &bot.id, today);
        found += expired.len();
        for problem in expired {
            say(&problem.to_string());
        }
        let mut old: Vec<&Article> =
            bot.articles.iter().filter(|article| article.checked < since).collect();
        old.sort_by(|a, b| a.checked.cmp(&b.checked).then_with(|| a.id.cmp(&b.id)));
        found += old.len();
        for article in old {
            let Article { id, title, checked, .. } = article;
            say(&format!("{}: {id}: checked on {checked}: {title}", bot.id));
        }
    }
    if found == 0 {
        say(&format!("every article was checked within {days} days, and none has expired"));
        return Ok(ExitCode::SUCCESS);
    }
    Ok(ExitCode::FAILURE)
}

/// What the folder itself says of articles past their last day, which the bot leaves out.
fn expired(options: &RunOptions, id: &crate::domain::ids::BotId, today: Date) -> Vec<Problem> {
    let loaded = bot::load_all(&options.bots, std::slice::from_ref(id), today);
    let expired = |problem: &Problem| problem.what.contains("expired on");
    loaded.problems.into_iter().filter(expired).collect()
}
