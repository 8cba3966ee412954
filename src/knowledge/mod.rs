//! What a bot knows: articles written by its brand, found by a customer's question.
//!
//! A question goes one way: words (`tokens`) and their `meaning` → a reading of them by every
//! language's shelf (`reading`, which mends slips with `typos`) → candidates with signals (`look`
//! on a `shelf`) → ranked hits with a probability (`index`, `confidence`) → what is shown in this
//! community (`trust`). Nothing here waits, fails or looks at a clock: the same articles and the
//! same question give the same hits on every machine.
//!
//! **What it must do.** Answer within a millisecond, since every chat message may be a question.
//! Know when it does not know: a wrong suggestion in public costs more than none. Work for a
//! brand with five articles on the first day, without training or tuning. Say why.
//!
//! **How.** Three ways to be near: by words (BM25F over title, example questions, tags and body,
//! and every title and example question alone, because one that matches well says more than five
//! that match a little), by `letters`, and, where the table knows the language, by `meaning`.
//! Their signals rank the articles and become a confidence, by weights that `training` fits on
//! real questions; the manifest's `precision` becomes a cut of it, which a community's own button
//! presses move.
//!
//! **What lost.** A full-text engine: 106 more crates and a writer thread, to save half a
//! millisecond. SQLite's own: a question mark in the question is a syntax error, and no Chinese.
//! Lists of synonyms: two points on the questions they were written with, none elsewhere.

mod article;
mod confidence;
mod draft;
mod fitted;
mod groups;
mod index;
mod letters;
mod look;
mod markdown;
mod meaning;
mod reading;
mod shelf;
mod small_words;
mod solved;
#[cfg(test)]
mod test_shelf;
mod tokens;
pub mod training;
mod trust;
mod typos;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::civil::Date;

pub use article::{Article, Flaw, Origin};
pub use confidence::cut;
pub use groups::groups;
pub use index::{Hit, Index, Nearest, Query, Ranker, Why};
pub use markdown::{plain, summary, words};
pub use meaning::MODEL;
pub use solved::{Recalled, Solved};
pub use trust::{OUTCOMES, Trust, Verdict};

use crate::domain::ids::{ArticleId, Topic};

/// From this confidence of the best hit on, the hits say what a question is about.
const TOPIC_EVIDENCE: f64 = 0.35;

/// More topics than this and every ambassador would be called for every question.
const TOPIC_LIMIT: usize = 3;
/// A topic with less than this share of the strongest one's weight is noise.
const TOPIC_SHARE: f64 = 0.3;

/// The knowledge of a bot as it is at the moment: replaced whole when its files change, so that
/// whoever has begun to read goes on with what they began with.
pub struct Library(RwLock<Arc<Knowledge>>);

impl Library {
    pub fn of(knowledge: Knowledge) -> Self {
        Self(RwLock::new(Arc::new(knowledge)))
    }

    pub fn now(&self) -> Arc<Knowledge> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    pub fn replace(&self, knowledge: Knowledge) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(knowledge);
    }
}

/// The articles of a bot, and the way to find them.
pub struct Knowledge {
    articles: BTreeMap<ArticleId, Article>,
    today: Date,
    ranker: Arc<dyn Ranker>,
    /// Whether the ranker came from outside, and finds by its own means.
    is_ranked_otherwise: bool,
}

impl Knowledge {
    /// Articles expired on `today` stay readable, for cases that still show them, but are not
    /// found any more. Of two articles with one id the first counts.
    pub fn new(articles: Vec<Article>, today: Date) -> Self {
        let mut kept = BTreeMap::new();
        for article in articles {
            kept.entry(article.id.clone()).or_insert(article);
        }
        let index = Index::build(kept.values().filter(|article| !article.is_expired(today)));
        Self { articles: kept, today, ranker: Arc::new(index), is_ranked_otherwise: false }
    }

    /// The same articles, found another way.
    #[must_use]
    pub fn ranked_by(self, ranker: Arc<dyn Ranker>) -> Self {
        Self { ranker, is_ranked_otherwise: true, ..self }
    }

    /// These articles instead, found the way that the former ones were.
    #[must_use]
    pub fn with_articles(&self, articles: Vec<Article>, today: Date) -> Self {
        let fresh = Self::new(articles, today);
        if self.is_ranked_otherwise { fresh.ranked_by(Arc::clone(&self.ranker)) } else { fresh }
    }

    pub fn get(&self, id: &ArticleId) -> Option<&Article> {
        self.articles.get(id)
    }

    /// All articles by id, expired ones too.
    pub fn articles(&self) -> impl Iterator<Item = &Article> {
        self.articles.values()
    }

    /// The number of articles, expired ones too.
    pub fn len(&self) -> usize {
        self.articles.len()
    }

    pub fn is_empty(&self) -> bool {
        self.articles.is_empty()
    }

    /// The best `top` articles for a question, best first, however unlikely they are: the caller
    /// compares their confidence with a [`cut`]. Whatever ranks them, only these articles are
    /// found, and no expired one.
    pub fn search(&self, query: &Query<'_>, top: usize) -> Vec<Hit> {
        let mut hits = self.ranker.search(query, top);
        let is_for =
            |article: &Article| !article.is_expired(self.today) && article.is_for(query.community);
        hits.retain(|hit| self.get(&hit.article).is_some_and(is_for));
        hits.truncate(top);
        hits
    }

    /// Everything the articles are about: what an ambassador may be interested in.
    pub fn topics(&self) -> BTreeSet<&Topic> {
        self.articles.values().flat_map(|article| &article.tags).collect()
    }

    /// What a question is about, to judge by its hits, the surest topic first. Hits too unsure to
    /// be shown still tell: three poor hits about billing make it a question about billing. Hits
    /// that are hardly more than chance tell nothing: a wrong topic keeps out whoever could help.
    pub fn topics_of(&self, hits: &[Hit]) -> Vec<Topic> {
        if hits.first().is_none_or(|best| best.confidence < TOPIC_EVIDENCE) {
            return Vec::new();
        }
        let mut weights: BTreeMap<&Topic, f64> = BTreeMap::new();
        for (hit, place) in hits.iter().zip(1_u32..) {
            let tags = self.get(&hit.article).map_or(&[][..], |article| &article.tags);
            for topic in tags {
                *weights.entry(topic).or_default() += hit.score / f64::from(place);
            }
        }
        let mut topics: Vec<(&Topic, f64)> = weights.into_iter().collect();
        topics.sort_by(|(_, a), (_, b)| b.total_cmp(a));
        let strongest = topics.first().map_or(0.0, |(_, weight)| *weight);
        topics.retain(|(_, weight)| *weight > 0.0 && *weight >= strongest * TOPIC_SHARE);
        topics.into_iter().take(TOPIC_LIMIT).map(|(topic, _)| topic.clone()).collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::ids::CommunityId;

    fn ask(knowledge: &Knowledge, text: &str) -> Vec<Hit> {
        knowledge.search(&Query { text, language: None, community: None }, 3)
    }

    #[test]
    fn an_expired_article_can_be_read_but_not_found() {
        let mut articles = test_shelf::articles();
        for article in &mut articles {
            if article.id.as_str() == "returns" {
                article.expires = Some(date(2026, 1, 31));
            }
        }
        let found = |today| {
            let knowledge = Knowledge::new(articles.clone(), today);
            assert!(knowledge.get(&ArticleId::new("returns")).is_some());
            let hits = ask(&knowledge, "refund for a return");
            hits.iter().any(|hit| hit.article.as_str() == "returns")
        };
        assert!(found(date(2026, 1, 31)), "its last day is a day");
        assert!(!found(date(2026, 2, 1)));
    }

    #[test]
    fn the_first_of_two_articles_with_one_id_counts() {
        let mut articles = test_shelf::articles();
        let mut twin = articles[0].clone();
        twin.title = "Twin".to_owned();
        articles.push(twin);
        let knowledge = Knowledge::new(articles.clone(), date(2026, 1, 1));
        assert_eq!(knowledge.len(), articles.len() - 1);
        assert_ne!(knowledge.get(&articles[0].id).unwrap().title, "Twin");
    }

    #[test]
    fn another_ranker_finds_these_articles_and_no_others() {
        /// Finds what it was told to find, whatever is asked.
        struct Told(Vec<ArticleId>);
        impl Ranker for Told {
            fn search(&self, _: &Query<'_>, _: usize) -> Vec<Hit> {
                let knowledge = Knowledge::new(test_shelf::articles(), date(2026, 1, 1));
                let like = ask(&knowledge, "refund for a return").remove(0);
                self.0.iter().map(|id| Hit { article: id.clone(), ..like.clone() }).collect()
            }
        }
        let mut articles = test_shelf::articles();
        articles[0].expires = Some(date(2025, 12, 31));
        let [expired, second, third] = [0, 1, 2].map(|place| articles[place].id.clone());
        let told = vec![ArticleId::new("nowhere"), expired, second.clone(), third.clone()];
        let knowledge = Knowledge::new(articles, date(2026, 1, 1)).ranked_by(Arc::new(Told(told)));
        let found: Vec<_> = ask(&knowledge, "x").into_iter().map(|hit| hit.article).collect();
        assert_eq!(found, [second, third]);
    }

    #[test]
    fn topics_follow_the_hits() {
        let knowledge = Knowledge::new(test_shelf::articles(), date(2026, 1, 1));
        for (question, expected) in [
            ("my lamp is broken", "lamps"),
            ("router", "network"),
            ("refund", "billing"),
            ("completely elsewhere", ""),
        ] {
            let topics = knowledge.topics_of(&ask(&knowledge, question));
            let first = topics.first().map_or("", Topic::as_str);
            assert_eq!(first, expected, "{question}");
            assert!(topics.len() <= TOPIC_LIMIT);
        }
        let all: Vec<&str> = knowledge.topics().into_iter().map(Topic::as_str).collect();
        assert_eq!(all, ["accounts", "billing", "lamps", "network"]);
    }

    #[test]
    fn what_was_harvested_is_found_in_its_own_community_and_moves_nothing_elsewhere() {
        let mut articles = test_shelf::articles();
        let question = "may I hang the hub on the mast of a boat?";
        let mut boat = test_shelf::article("answer-1", "en", question, &[], "With the bracket.");
        boat.origin = Some(Origin {
            community: 7.into(),
            case: 1.into(),
            author: 2.into(),
            on: date(2026, 1, 1),
            at: None,
        });
        let without = Knowledge::new(articles.clone(), date(2026, 1, 1));
        articles.push(boat);
        let with = Knowledge::new(articles, date(2026, 1, 1));
        let found = |knowledge: &Knowledge, community: Option<i64>, text| {
            let community = community.map(CommunityId::from);
            let hits = knowledge.search(&Query { text, language: None, community }, 9);
            hits.into_iter().map(|hit| hit.article).collect::<Vec<_>>()
        };
        let here = found(&with, Some(7), question);
        assert_eq!(here.first().map(ArticleId::as_str), Some("answer-1"));
        for elsewhere in [None, Some(8)] {
            assert_eq!(found(&with, elsewhere, question), found(&without, elsewhere, question));
        }
        let sure = ask(&with, "my lamp won't pair").remove(0);
        assert_eq!(sure.article.as_str(), "pair-a-lamp");
        assert!(sure.confidence > cut(0.9), "{sure:?}");
    }
}
