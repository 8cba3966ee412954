//! Articles as a suggestion shows them.

use super::super::document::Line;
use crate::domain::ids::ArticleId;
use crate::knowledge::{self, Article, Hit};

/// The summary of a card, at most: three cards and two sentences fit in one message of the
/// smallest platform (2,000 characters).
const SUMMARY_LIMIT_CHARS: usize = 400;

/// A second and third article are shown only when they come close to the first: choice helps
/// somebody who is unsure, and buries somebody who is not.
const CLOSE_ENOUGH: f64 = 0.7;

/// The confident hit and those close to it, best first.
pub(super) fn worth_showing(hits: &[Hit]) -> Vec<ArticleId> {
    let Some(best) = hits.first() else { return Vec::new() };
    hits.iter()
        .filter(|hit| hit.score >= best.score * CLOSE_ENOUGH)
        .map(|hit| hit.article.clone())
        .collect()
}

pub(super) fn card(article: &Article) -> Line {
    Line::Article {
        title: article.title.clone(),
        summary: knowledge::summary(&article.body, SUMMARY_LIMIT_CHARS),
        link: article.link.clone(),
        video: article.video.clone(),
    }
}
