//! `askaround kb search`: what a question would find, and why.

use std::process::ExitCode;

use super::Search;
use crate::bot::Bot;
use crate::cli::{RunOptions, look, say};
use crate::domain::ids::{Language, Topic};
use crate::knowledge::{Knowledge, Query, Trust};
use crate::runtime::{Clock as _, SystemClock};

/// Below this confidence a hit is there only because something must be nearest.
const HARDLY: f64 = 0.05;

pub(super) fn search(options: &RunOptions, wanted: &Search) -> anyhow::Result<ExitCode> {
    for bot in look::bots(options)? {
        one(&bot, wanted);
        if wanted.explain {
            look::block_on(communities(options, &bot))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn one(bot: &Bot, wanted: &Search) {
    let Search { question, language, limit, explain } = wanted;
    let language = language.as_deref().map(Language::from);
    let precision = bot.manifest.rules.suggest.precision;
    let cut = Trust::default().cut(precision);
    let knowledge = Knowledge::new(bot.articles.clone(), SystemClock.today());
    let query = Query { text: question, language: language.as_ref(), community: None };
    let mut hits = knowledge.search(&query, usize::from(*limit));
    // Something always lies nearest; without a word in common that is worth no line.
    hits.retain(|hit| hit.confidence >= HARDLY || !hit.why.matched.is_empty());
    say(&format!("{}: suggested from a confidence of {cut:.2} on (precision {precision})", bot.id));
    if hits.is_empty() {
        say("  nothing found: no article has anything to do with these words");
    }
    for hit in &hits {
        let verdict = if hit.confidence >= cut { "clears the cut" } else { "below the cut" };
        let title = knowledge.get(&hit.article).map_or("", |article| article.title.as_str());
        say(&format!("  {:.2}  {verdict:<14}  {}  {title}", hit.confidence, hit.article));
        if *explain {
            say(&format!("        {}", hit.why));
        }
    }
    let topics = knowledge.topics_of(&hits);
    let topics: Vec<&str> = topics.iter().map(Topic::as_str).collect();
    let about = if topics.is_empty() { "nothing known".to_owned() } else { topics.join(", ") };
    say(&format!("  about: {about}"));
}

/// How far each community has moved the cut by what it said of former suggestions. Without a
/// database, or with one of another version, there is nothing to tell.
async fn communities(options: &RunOptions, bot: &Bot) -> anyhow::Result<()> {
    let Ok(look) = look::open(options).await else {
        say("  where nobody has pressed a button yet the cut is cautious; it moves as they do");
        return Ok(());
    };
    let precision = bot.manifest.rules.suggest.precision;
    let communities = look.store.read().await?.communities_of(&bot.id).await?;
    for id in communities {
        let trust = look.engine.trust(id).await?;
        let community = look.store.read().await?.community(id).await?;
        let (helped, not) = (trust.helped, trust.did_not_help);
        say(&format!(
            "  in {} ({}): from {:.2} on; {helped} helped and {not} did not, of the latest; a \
             confidence of 0.80 is read as {:.2} there",
            community.name,
            community.platform,
            trust.cut(precision),
            trust.read(0.8)
        ));
    }
    Ok(())
}
