//! Articles as a suggestion shows them: which, by what this community said of former ones, and
//! how; and what it says of this one.

use std::iter;

use super::super::document::Line;
use super::super::engine::Engine;
use super::Turn;
use crate::domain::case::{Case, Event, Resolution, Stage};
use crate::domain::harvest::{self, State};
use crate::domain::ids::{ArticleId, CommunityId};
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::domain::words::{Piece, Words};
use crate::knowledge::{self, Article, Hit, OUTCOMES, Origin, Trust, Verdict};
use crate::store::{StoreError, Tx};

/// The summary of a card, at most: three cards and two sentences fit in one message of the
/// smallest platform (2,000 characters).
const SUMMARY_LIMIT_CHARS: usize = 400;

impl Turn<'_> {
    /// The articles to show for these hits here, best first; none where none is sure enough.
    pub(super) async fn worth_showing(
        &mut self,
        hits: &[Hit],
        community: CommunityId,
        rules: &Rules,
    ) -> Result<Vec<ArticleId>, StoreError> {
        let trust = trust(self.tx, community).await?;
        let mut articles = Vec::new();
        for hit in trust.shown(hits, rules.suggest.precision) {
            // What was taken back a moment ago may still be found, and is shown no more.
            if let Some(case) = harvest::case_of(&hit.article) {
                let harvest = self.tx.harvest(case).await?;
                if harvest.is_none_or(|harvest| harvest.state != State::Published) {
                    continue;
                }
            }
            articles.push(hit.article.clone());
        }
        Ok(articles)
    }

    /// Keeps whether what was suggested has helped, where a step tells: no words, one number. Gives
    /// back what it told.
    pub(super) async fn learn(
        &mut self,
        before: &Case,
        event: &Event,
        after: &Case,
    ) -> Result<Option<bool>, StoreError> {
        let by_itself = |case: &Case| {
            matches!(case.stage, Stage::Resolved { by: Resolution::SelfService, .. })
                && case.answers.is_empty()
        };
        let helped = if by_itself(after) && !by_itself(before) {
            true
        } else if by_itself(before) && after.stage.is_open()
            || matches!(event, Event::SuggestionDidNotHelp { .. })
        {
            false
        } else {
            return Ok(None);
        };
        self.tx.tell_of_suggestion(before.id, helped).await?;
        Ok(Some(helped))
    }
}

impl Engine {
    /// How far confidences are to be trusted in a community.
    pub async fn trust(&self, community: CommunityId) -> Result<Trust, StoreError> {
        trust(&mut self.store.read().await?, community).await
    }
}

async fn trust(tx: &mut Tx, community: CommunityId) -> Result<Trust, StoreError> {
    let told = tx.told_of_suggestions(community, OUTCOMES).await?;
    let verdict = |(confidence, helped)| Verdict { confidence, helped };
    Ok(Trust::from(&told.into_iter().map(verdict).collect::<Vec<_>>()))
}

/// An article as a suggestion shows it. One that was harvested is somebody's word: it is quoted,
/// with whose it is, from when, and the way to where it stands.
pub(super) fn card(article: &Article) -> Vec<Line> {
    let summary = match &article.origin {
        None => knowledge::summary(&article.body, SUMMARY_LIMIT_CHARS),
        Some(_) => Words(vec![Piece::Quote { text: beginning(&article.body) }]),
    };
    let card = Line::Article {
        title: article.title.clone(),
        summary,
        link: article.link.clone(),
        video: article.video.clone(),
    };
    let credit = article.origin.clone().map(|Origin { author: helper, on, at, .. }| {
        let text = Text::ArticleCredit { helper, on: on.to_string() };
        match at {
            Some((channel, message)) => {
                Line::Lead { text, label: Text::SeeAnswer, channel, message }
            }
            None => Line::from(text),
        }
    });
    iter::once(card).chain(credit).collect()
}

/// The first of somebody's words, to the end of one.
fn beginning(text: &str) -> String {
    if text.chars().count() <= SUMMARY_LIMIT_CHARS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(SUMMARY_LIMIT_CHARS).collect();
    let whole = cut.rsplit_once(char::is_whitespace).map_or(cut.as_str(), |(before, _)| before);
    format!("{} …", whole.trim_end())
}
