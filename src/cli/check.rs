//! `askaround check`: what is wrong in the bots' folders, all of it at once.

use std::process::ExitCode;

use super::{RunOptions, say, say_error};
use crate::bot;
use crate::runtime::{Clock as _, SystemClock};

pub(super) fn check(options: &RunOptions) -> ExitCode {
    let loaded = bot::load_all(&options.bots, &options.bot_ids(), SystemClock.today());
    for problem in &loaded.problems {
        say(&problem.to_string());
    }
    for bot in &loaded.bots {
        let rules = &bot.manifest.rules;
        say(&format!(
            "{}: {} articles, {} languages, {} topics, {} waves",
            bot.id,
            bot.articles.len(),
            rules.languages.len(),
            rules.topics.len(),
            rules.ladder.waves.len()
        ));
    }
    let count = loaded.problems.len();
    if count == 0 {
        return ExitCode::SUCCESS;
    }
    say_error(&format!("{count} {}", if count == 1 { "problem" } else { "problems" }));
    ExitCode::FAILURE
}
