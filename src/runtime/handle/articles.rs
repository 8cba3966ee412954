//! Articles as a suggestion shows them: which, by what this community said of former ones, and
//! how; and what it says of this one.

use super::super::document::Line;
use super::super::engine::Engine;
use super::Turn;
use crate::domain::case::{Case, Event, Resolution, Stage};
use crate::domain::ids::{ArticleId, CommunityId};
use crate::domain::rules::Rules;
use crate::knowledge::{self, Article, Hit, OUTCOMES, Trust, Verdict};
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
        let shown = trust.shown(hits, rules.suggest.precision);
        Ok(shown.iter().map(|hit| hit.article.clone()).collect())
    }

    /// Keeps whether what was suggested has helped, where a step tells: no words, one number.
    pub(super) async fn learn(
        &mut self,
        before: &Case,
        event: &Event,
        after: &Case,
    ) -> Result<(), StoreError> {
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
            return Ok(());
        };
        self.tx.tell_of_suggestion(before.id, helped).await
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

pub(super) fn card(article: &Article) -> Line {
    Line::Article {
        title: article.title.clone(),
        summary: knowledge::summary(&article.body, SUMMARY_LIMIT_CHARS),
        link: article.link.clone(),
        video: article.video.clone(),
    }
}
