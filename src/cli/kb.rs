//! `askaround kb search`: what a question would find, and why.

use std::process::ExitCode;

use super::{KbCommand, RunOptions, look, say};
use crate::bot::Bot;
use crate::domain::ids::{Language, Topic};
use crate::knowledge::{self, Knowledge, Query};
use crate::runtime::{Clock as _, SystemClock};

pub(super) fn kb(options: &RunOptions, command: &KbCommand) -> anyhow::Result<ExitCode> {
    let KbCommand::Search { question, language, limit, explain } = command;
    let language = language.as_deref().map(Language::from);
    for bot in look::bots(options)? {
        search(&bot, question, language.as_ref(), *limit, *explain);
    }
    Ok(ExitCode::SUCCESS)
}

fn search(bot: &Bot, text: &str, language: Option<&Language>, limit: u16, explain: bool) {
    let precision = bot.manifest.rules.suggest.precision;
    let cut = knowledge::cut(precision);
    let knowledge = Knowledge::new(bot.articles.clone(), SystemClock.today());
    let hits = knowledge.search(&Query { text, language }, usize::from(limit));
    say(&format!("{}: suggested from a confidence of {cut:.2} on (precision {precision})", bot.id));
    if hits.is_empty() {
        say("  nothing found: no article has any of these words");
    }
    for hit in &hits {
        let verdict = if hit.confidence >= cut { "clears the cut" } else { "below the cut" };
        let title = knowledge.get(&hit.article).map_or("", |article| article.title.as_str());
        say(&format!("  {:.2}  {verdict:<14}  {}  {title}", hit.confidence, hit.article));
        if explain {
            say(&format!("        {}", hit.why));
        }
    }
    let topics = knowledge.topics_of(&hits);
    let topics: Vec<&str> = topics.iter().map(Topic::as_str).collect();
    let about = if topics.is_empty() { "nothing known".to_owned() } else { topics.join(", ") };
    say(&format!("  about: {about}"));
}
