//! `askaround kb gaps`: what people asked and no article answered, the most asked first.

use std::process::ExitCode;
use std::time::Duration;

use super::Gaps;
use crate::bot::Bot;
use crate::cli::{RunOptions, look, say};
use crate::knowledge;
use crate::runtime::{Clock as _, SystemClock};
use crate::store::Missed;

/// Questions read at most, the newest: enough for any brand's quarter, and compared in a second.
const QUESTIONS_LIMIT: i64 = 5_000;
/// An example, at most.
const EXAMPLE_LIMIT_CHARS: usize = 160;

pub(super) fn gaps(options: &RunOptions, wanted: &Gaps) -> anyhow::Result<ExitCode> {
    look::block_on(async {
        let look = look::open(options).await?;
        for bot in &look.bots {
            // Words are nobody's to read when their time is over, swept away or not.
            let kept = bot.manifest.keep_text;
            let span = Duration::from_hours(24 * u64::from(wanted.days)).min(kept);
            let since = SystemClock.now() - span;
            let mut tx = look.store.read().await?;
            let missed = tx.missed_questions(&bot.id, since, QUESTIONS_LIMIT).await?;
            print(bot, &missed, usize::from(wanted.limit));
        }
        Ok(ExitCode::SUCCESS)
    })
}

fn print(bot: &Bot, missed: &[Missed], limit: usize) {
    let questions: Vec<&str> = missed.iter().map(|missed| missed.question.as_str()).collect();
    let language = bot.manifest.rules.default_language();
    let groups = knowledge::groups(&questions, &language);
    let (count, kinds) = (missed.len(), groups.len());
    say(&format!("{}: {count} without an answer among the articles, of {kinds} kinds", bot.id));
    for group in groups.iter().take(limit) {
        let of_group = || group.iter().filter_map(|place| missed.get(*place));
        let example = of_group().next().map_or("", |missed| missed.question.as_str());
        let example = look::on_one_line(example, EXAMPLE_LIMIT_CHARS);
        let in_vain = of_group().filter(|missed| missed.in_vain).count();
        let tried = match in_vain {
            0 => String::new(),
            some => format!("  ({some} after an article that did not help)"),
        };
        say(&format!("  {:>4}  {example}{tried}", group.len()));
    }
}
