//! Published harvests as articles: read from the store whenever one of them changes.

use super::engine::BotParts;
use crate::domain::case::Case;
use crate::domain::harvest::{self, Harvest};
use crate::domain::ids::{ChannelId, PlatformKey};
use crate::knowledge::{Article, Origin};
use crate::store::{StoreError, Tx};

/// More of them than any community of people publishes; what was changed last counts.
const PUBLISHED: i64 = 5_000;

/// The articles that were harvested by a bot, in all its communities.
pub(super) async fn harvested(tx: &mut Tx, bot: &BotParts) -> Result<Vec<Article>, StoreError> {
    let mut articles = Vec::new();
    for harvest in tx.published_harvests(&bot.id, PUBLISHED).await? {
        let Some(row) = tx.case(harvest.case).await? else { continue };
        let at = answer_stands(tx, &row.case, harvest.answer).await?;
        articles.push(article(harvest, &row.case, at, bot));
    }
    Ok(articles)
}

fn article(
    harvest: Harvest,
    case: &Case,
    at: Option<(ChannelId, PlatformKey)>,
    bot: &BotParts,
) -> Article {
    let title = harvest.title().to_owned();
    let wording = harvest.wording;
    let written_in = wording.language.and_then(|language| bot.rules.language_for(&language));
    let origin = Origin {
        community: harvest.community,
        case: harvest.case,
        author: harvest.author,
        on: harvest.answered_at.date(),
        at,
    };
    Article {
        id: harvest::article_of(harvest.case),
        questions: Some(wording.question).into_iter().filter(|asked| !asked.is_empty()).collect(),
        title,
        tags: case.topics.clone(),
        language: written_in.unwrap_or_else(|| case.language.clone()),
        link: None,
        video: None,
        checked: harvest.changed_at.date(),
        expires: None,
        body: wording.body,
        origin: Some(origin),
    }
}

/// Where an answer stands that others can go to: its author's own message in the conversation, else
/// ours that brought it there. `None` once it was deleted, and where only some can read it.
pub(super) async fn answer_stands(
    tx: &mut Tx,
    case: &Case,
    number: usize,
) -> Result<Option<(ChannelId, PlatformKey)>, StoreError> {
    let mut ours = None;
    let mut is_theirs_gone = false;
    for said in tx.answer(case.id, number).await? {
        let is_theirs = said.author.is_some();
        if is_theirs && said.body.is_empty() {
            is_theirs_gone = true;
            continue;
        }
        let there = tx.channel(said.channel).await?;
        let is_here = said.channel == case.channel || there.parent == Some(case.channel);
        if !is_here || there.private {
            continue;
        }
        if is_theirs {
            return Ok(Some((said.channel, said.key)));
        }
        ours = ours.or(Some((said.channel, said.key)));
    }
    Ok(ours.filter(|_| !is_theirs_gone))
}
