//! `askaround case`: which questions there are, and all that happened to one.

use std::process::ExitCode;

use anyhow::{anyhow, bail};

use super::look::{Look, on_one_line};
use super::{CaseCommand, RunOptions, look, say};
use crate::domain::ids::{CaseId, CommunityId};
use crate::runtime::{Clock as _, SystemClock};
use crate::store::{CaseRow, Listed, Mark, Tx};

/// Open stages, in the order of a case's life.
pub(super) const OPEN_STAGES: [&str; 5] =
    ["suggested", "calling", "claimed", "answered", "handed_off"];

/// Cases looked through for one stage before the search ends: a stage that hardly any case is in
/// must not read a whole database.
const LOOKED_THROUGH: usize = 5_000;

/// Shown of a question in a list.
const QUESTION_CHARS: usize = 60;

pub(super) fn cases(options: &RunOptions, command: &CaseCommand) -> anyhow::Result<ExitCode> {
    look::block_on(async {
        let look = look::open(options).await?;
        match command {
            CaseCommand::List { all, stage, limit, .. } => {
                list(&look, *all, stage.as_deref(), usize::from(*limit)).await
            }
            CaseCommand::Show { id } => show(&look, id).await,
        }
    })
}

async fn list(
    look: &Look,
    all: bool,
    stage: Option<&str>,
    limit: usize,
) -> anyhow::Result<ExitCode> {
    let mut tx = look.store.read().await?;
    let mut found: Vec<Listed> = Vec::new();
    for bot in &look.bots {
        for community in tx.communities_of(&bot.id).await? {
            found.extend(of_community(&mut tx, community, all, stage, limit).await?);
        }
    }
    found.sort_by_key(|(mark, _)| std::cmp::Reverse((mark.opened_at, mark.id)));
    found.truncate(limit);
    if found.is_empty() {
        say("no such case; --all shows those that have ended, too");
    }
    for (mark, row) in found {
        let head = format!("{}  {}", mark.id.short(), mark.opened_at);
        match row {
            Ok(row) => say(&format!("{head}  {}", line(&mut tx, &row).await?)),
            Err(error) => say(&format!("{head}  unreadable: {error}")),
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn of_community(
    tx: &mut Tx,
    community: CommunityId,
    all: bool,
    stage: Option<&str>,
    limit: usize,
) -> anyhow::Result<Vec<Listed>> {
    let page = i64::try_from(limit)?;
    let mut found = Vec::new();
    let open: Vec<&str> = OPEN_STAGES
        .into_iter()
        .filter(|open| !all && stage.is_none_or(|stage| stage == *open))
        .chain(stage.filter(|stage| all && OPEN_STAGES.contains(stage)))
        .collect();
    for stage in &open {
        found.extend(tx.open_cases_at(community, stage, page).await?);
    }
    if !open.is_empty() {
        return Ok(found);
    }
    // With those that have ended: newest first, until there are enough.
    let mut before = Mark::until(SystemClock.now() + std::time::Duration::from_hours(24 * 3_650));
    let mut seen = 0;
    loop {
        let cases = tx.cases_opened(community, Mark::beginning(), before, page.max(100)).await?;
        let Some((last, _)) = cases.last() else { return Ok(found) };
        before = *last;
        seen += cases.len();
        found.extend(cases.into_iter().filter(|(_, row)| {
            let is = row.as_ref().map_or("", |row| row.case.stage.word());
            stage.is_none_or(|wanted| wanted == is)
        }));
        if found.len() >= limit || seen >= LOOKED_THROUGH {
            return Ok(found);
        }
    }
}

/// Stage, place, asker and question of a case.
async fn line(tx: &mut Tx, row: &CaseRow) -> anyhow::Result<String> {
    let case = &row.case;
    let asker = tx.account(case.asker).await?.map_or_else(|| "?".to_owned(), |who| who.name);
    let channel = tx.channel(case.channel).await?.name;
    let question = tx.question(case.id).await?.map(|said| said.body).unwrap_or_default();
    let question = on_one_line(&question, QUESTION_CHARS);
    Ok(format!("{:<10}  #{channel}  {asker}: {question}", case.stage.word()))
}

async fn show(look: &Look, id: &str) -> anyhow::Result<ExitCode> {
    let Some(case) = case_id(id) else { bail!(no_case_id(id)) };
    let story = look.engine.case_story(case).await?;
    let story = story.ok_or_else(|| {
        anyhow!("there is no case {id} of these bots; `askaround case list --all` shows them")
    })?;
    let row = &story.row;
    let mut tx = look.store.read().await?;
    say(&format!("case {}  {}", case.short(), line(&mut tx, row).await?));
    drop(tx);
    for line in story.question.as_deref().unwrap_or("(the question is not kept)").lines() {
        say(&format!("  > {line}"));
    }
    let texts: Vec<_> = story.lines.iter().map(|line| line.text.clone()).collect();
    let worded = look.worded(&row.bot, &texts).await?;
    for (line, text) in story.lines.iter().zip(worded) {
        say(&format!("{}  {}", line.at, text.replace('\n', "\n                      ")));
    }
    if let Some(next) = row.case.deadline() {
        say(&format!("{next}  … the next thing happens by itself, if nobody does anything"));
    }
    Ok(ExitCode::SUCCESS)
}

/// A case as people see it, or as logs write it.
pub(super) fn case_id(text: &str) -> Option<CaseId> {
    let text = text.trim().trim_start_matches('#');
    // Logs have the number itself: longer than any short form.
    if text.len() > 13 { text.parse().ok() } else { CaseId::from_short(text) }
}

/// What is said of something that cannot be the id of a case.
pub(super) fn no_case_id(text: &str) -> String {
    format!(
        "{text} is no id of a case; one is twelve or thirteen digits and small letters, such as \
         {}, as the desk shows it and as `askaround case list` does",
        CaseId::from(741_000_000_000_000_000).short()
    )
}
