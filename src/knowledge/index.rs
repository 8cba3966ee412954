//! The search itself: a question in, ranked articles out, each with a confidence and its reasons.
//!
//! One shelf a language, because the same letters are different words in different languages and
//! a word's rarity is only known among its own. A question is read once for each shelf; the hits
//! of different shelves are compared by the probability that they answer.

use std::collections::BTreeMap;
use std::fmt;

use super::article::Article;
use super::look::{Candidate, Ranked};
use super::reading::Reading;
use super::shelf::Shelf;
use crate::domain::ids::{ArticleId, CommunityId, Language};

/// What a hit in a language that the asker does not read is worth. At one half even a perfect
/// one stays below the cut for a precision of 0.8, yet an operator sees it when asking why.
const FOREIGN: f64 = 0.5;
/// Portuguese for a Brazilian: read without trouble, but their own comes first.
const OTHER_REGION: f64 = 0.95;

/// Finds articles. What implements it may be asked from any number of tasks at once.
pub trait Ranker: Send + Sync {
    /// The best `top` articles, best first; equal ones in the order of their ids.
    fn search(&self, query: &Query<'_>, top: usize) -> Vec<Hit>;
}

/// What a person asks, and the language they read; `None` when nobody knows.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    pub text: &'a str,
    pub language: Option<&'a Language>,
    /// Where it is asked: articles that were harvested are found in their own community only.
    pub community: Option<CommunityId>,
}

/// An article that may answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    pub article: ArticleId,
    /// Orders the hits of one question; says nothing across questions.
    pub score: f64,
    /// The probability that the article answers; compare it with [`cut`](super::cut).
    pub confidence: f64,
    pub why: Why,
}

/// Why an article was found, in words that an operator understands.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Words of the question that the article has, as typed.
    pub matched: Vec<String>,
    /// Words taken for others: as typed, as understood.
    pub mended: Vec<(String, String)>,
    /// The share of the question, by weight, that the article's words cover.
    pub coverage: f64,
    /// The share that the words of any article cover; low when nobody wrote about this.
    pub known: f64,
    /// The title or example question most like the question, and how like it is.
    pub nearest: Nearest,
    pub likeness: f64,
    /// How alike they are by runs of letters.
    pub letters: f64,
    /// How alike in meaning, and the share of the question that it comes near piece by piece;
    /// `None` where meaning is not known for the language.
    pub meaning: Option<(f64, f64)>,
    /// What the signals amount to: among the articles of one language, one more is nearly three
    /// times as likely.
    pub rank: f64,
    /// How far its rank lies ahead of the next article's (behind the first one's: negative).
    pub lead: f64,
    /// The article is in a language that the asker does not read.
    pub foreign: bool,
}

/// A short text of an article that a question was compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearest {
    Title,
    /// By its place in the article, from 0.
    Question(usize),
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "words found: {}", self.matched.join(", "))?;
        for (typed, meant) in &self.mended {
            write!(f, ", {typed} (read as {meant})")?;
        }
        write!(f, "; covers {:.0} % of the question", self.coverage * 100.0)?;
        write!(f, " (all articles together {:.0} %)", self.known * 100.0)?;
        match self.nearest {
            Nearest::Title => write!(f, "; nearest is the title")?,
            Nearest::Question(place) => write!(f, "; nearest is example question {}", place + 1)?,
        }
        write!(f, " at {:.0} %; letters {:.0} %", self.likeness * 100.0, self.letters * 100.0)?;
        if let Some((whole, parts)) = self.meaning {
            write!(f, "; meaning {:.0} %, in parts {:.0} %", whole * 100.0, parts * 100.0)?;
        }
        write!(f, "; rank {:.1}, lead {:+.1}", self.rank, self.lead)?;
        if self.foreign { f.write_str("; in another language") } else { Ok(()) }
    }
}

/// The index of a set of articles, by words, letters and meaning.
pub struct Index {
    shelves: Vec<Shelf>,
}

impl Index {
    /// The same index whatever the order of `articles`.
    pub fn build<'a>(articles: impl IntoIterator<Item = &'a Article>) -> Self {
        let mut languages: BTreeMap<Language, BTreeMap<&ArticleId, &Article>> = BTreeMap::new();
        for article in articles {
            let shelf = languages.entry(article.language.base()).or_default();
            shelf.entry(&article.id).or_insert(article);
        }
        let build = |(language, articles): (Language, BTreeMap<_, &Article>)| {
            Shelf::build(language, &articles.into_values().collect::<Vec<_>>())
        };
        Self { shelves: languages.into_iter().map(build).collect() }
    }

    /// The number of articles that can be found.
    pub fn len(&self) -> usize {
        self.shelves.iter().map(Shelf::len).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A hit of one shelf among those of the others.
struct Entrant<'a> {
    shelf: &'a Shelf,
    reading: &'a Reading,
    ranked: Ranked<'a>,
    worth: f64,
}

impl Ranker for Index {
    fn search(&self, query: &Query<'_>, top: usize) -> Vec<Hit> {
        let readings: Vec<(&Shelf, Reading)> =
            self.shelves.iter().map(|shelf| (shelf, Reading::new(shelf, query.text))).collect();
        let mut entrants: Vec<Entrant<'_>> = Vec::new();
        for (shelf, reading) in &readings {
            entrants.extend(shelf.search(reading, top, query.community).into_iter().map(
                |ranked| {
                    let worth = worth(shelf, &ranked.candidate, query.language);
                    Entrant { shelf, reading, ranked, worth }
                },
            ));
        }
        // Ranks of two shelves are of two scales; the confidence is a probability on both.
        entrants.sort_by(|a, b| {
            let by_id = || a.ranked.candidate.article.cmp(b.ranked.candidate.article);
            b.confidence().total_cmp(&a.confidence()).then_with(by_id)
        });
        entrants.truncate(top);
        entrants.iter().map(Entrant::hit).collect()
    }
}

impl Entrant<'_> {
    fn confidence(&self) -> f64 {
        self.ranked.confidence * self.worth
    }

    fn hit(&self) -> Hit {
        let candidate = &self.ranked.candidate;
        let signals = candidate.signals;
        let (matched, mended) = self.shelf.found_by(candidate.place, self.reading);
        Hit {
            article: candidate.article.clone(),
            score: self.confidence(),
            confidence: self.confidence(),
            why: Why {
                matched,
                mended,
                coverage: signals.coverage,
                known: self.reading.known,
                nearest: match candidate.nearest.checked_sub(1) {
                    None => Nearest::Title,
                    Some(place) => Nearest::Question(place),
                },
                likeness: signals.likeness.max(signals.nearest_meaning),
                letters: signals.letters,
                meaning: self.shelf.knows_meaning().then_some((signals.meaning, signals.parts)),
                rank: self.ranked.rank,
                lead: self.ranked.lead,
                foreign: self.worth <= FOREIGN,
            },
        }
    }
}

/// What a hit is worth to somebody who reads `reads`.
fn worth(shelf: &Shelf, candidate: &Candidate<'_>, reads: Option<&Language>) -> f64 {
    match reads {
        None => 1.0,
        Some(language) if language == candidate.language => 1.0,
        Some(language) if language.base() == *shelf.language() => OTHER_REGION,
        Some(_) => FOREIGN,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::knowledge::cut;
    use crate::knowledge::test_shelf::{article, articles};

    fn search(index: &Index, text: &str, language: Option<&str>) -> Vec<Hit> {
        let language = language.map(Language::new);
        index.search(&Query { text, language: language.as_ref(), community: None }, 3)
    }

    #[test]
    fn a_question_finds_its_article_however_it_is_worded() {
        let articles = articles();
        let index = Index::build(&articles);
        for (question, expected) in [
            ("my lamp wont pair with the hub", "pair-a-lamp"),
            ("How do I RESET the router???", "reset-the-router"),
            ("forgot my passwrod", "forgotten-password"),
            ("wie setze ich den Router zurück", "router-zuruecksetzen"),
            ("路由器怎么重置", "router-zh"),
            ("I want to send it back for a refund", "returns"),
        ] {
            let hits = search(&index, question, None);
            let found = hits.first().map(|hit| hit.article.as_str());
            assert_eq!(found, Some(expected), "{question}");
        }
    }

    #[test]
    fn a_hit_says_why() {
        let articles = articles();
        let hits = search(&Index::build(&articles), "forgot my passwrod", Some("en"));
        let why = &hits[0].why;
        assert_eq!(why.matched, ["forgot"]);
        assert_eq!(why.mended, [("passwrod".to_owned(), "password".to_owned())]);
        assert_eq!(why.nearest, Nearest::Question(0));
        let said = why.to_string();
        assert!(said.contains("passwrod (read as password)"), "{said}");
        assert!(said.contains("example question 1"), "{said}");
    }

    #[test]
    fn confidence_tells_an_answer_from_small_talk_even_among_eight_articles() {
        let articles = articles();
        let index = Index::build(&articles);
        let sure = |text| search(&index, text, Some("en")).first().map_or(0.0, |h| h.confidence);
        for answered in ["My lamp won't pair", "how do i reset the router", "I forgot my password"]
        {
            assert!(sure(answered) > cut(0.9), "{answered}: {}", sure(answered));
        }
        for idle in [
            "did anyone watch the game last night",
            "how do I get there",
            "can someone help me please",
            "what is the best pizza in town",
            "lol",
            "",
            "?!",
            "👋🏽",
        ] {
            assert!(sure(idle) < cut(0.7), "{idle}: {}", sure(idle));
        }
    }

    #[test]
    fn lower_hits_are_never_surer_and_confidence_is_a_probability() {
        let articles = articles();
        let index = Index::build(&articles);
        for text in
            ["router", "lamp router password refund", "reset", "is it the router or the lamp"]
        {
            let hits = search(&index, text, None);
            assert!(hits.is_sorted_by(|a, b| a.score >= b.score), "{text}");
            assert!(hits.is_sorted_by(|a, b| a.confidence >= b.confidence), "{text}");
            assert!(hits.iter().all(|hit| (0.0..1.0).contains(&hit.confidence)), "{text}");
        }
    }

    #[test]
    fn ones_own_language_comes_first_and_a_foreign_hit_is_never_confident() {
        let articles = articles();
        let index = Index::build(&articles);
        let router = "Router";
        assert_eq!(search(&index, router, Some("de"))[0].article.as_str(), "router-zuruecksetzen");
        assert_eq!(search(&index, router, Some("en"))[0].article.as_str(), "reset-the-router");
        let hits = search(&index, "My lamp won't pair", Some("fr"));
        assert!(hits[0].why.foreign);
        assert!(hits[0].confidence < cut(0.8));
        let austrian = search(&index, "router zurücksetzen", Some("de-at"));
        assert!(!austrian[0].why.foreign, "another region is not another language");
    }

    #[test]
    fn the_order_of_the_articles_does_not_matter() {
        let mut articles = articles();
        let one = Index::build(&articles);
        articles.reverse();
        let other = Index::build(&articles);
        for text in ["router", "reset the lamp password", "路由器", "pasword"] {
            assert_eq!(search(&one, text, None), search(&other, text, None), "{text}");
        }
    }

    #[test]
    fn a_question_of_a_megabyte_costs_no_more_than_its_beginning() {
        let articles = articles();
        let index = Index::build(&articles);
        let long = "my lamp won't pair ".repeat(60_000);
        let hits = search(&index, &long, Some("en"));
        assert_eq!(hits[0].article.as_str(), "pair-a-lamp");
        let late = "zzz ".repeat(2_000) + "lamp";
        let early = "zzz ".repeat(2_000);
        let found = search(&index, &late, Some("en"));
        assert_eq!(found, search(&index, &early, Some("en")), "what comes so late is not read");
    }

    #[test]
    fn an_index_may_be_empty_or_hold_articles_without_words() {
        assert!(search(&Index::build([]), "lamp", None).is_empty());
        let bare = [article("bare", "en", "!", &[], "?")];
        assert!(search(&Index::build(&bare), "lamp", None).is_empty());
        let alone = [article("alone", "en", "Pair a lamp", &[], "Hold the button.")];
        assert_eq!(search(&Index::build(&alone), "pair lamp", None).len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_answered_with_probabilities(
            text in "(\\PC|lamp |router |passw|resett|ü|路由| ){0,60}",
        ) {
            let articles = articles();
            for hit in search(&Index::build(&articles), &text, Some("en")) {
                prop_assert!((0.0..1.0).contains(&hit.confidence), "{hit:?}");
                prop_assert!((0.0..=1.0 + 1e-9).contains(&hit.why.coverage), "{hit:?}");
            }
        }
    }
}
