//! Questions of a community that people have solved before: the second asker of anything is led to
//! the first one's answer.
//!
//! Of an earlier case only the question is compared, by the very search that finds articles: each
//! is an article of one title and nothing else. What it amounts to is the same probability, for the
//! model knows articles with one example and no text, and it holds: among questions of a bank, each
//! asked once to twenty times before, nine in ten of those at 0.9 ask the same, and more.
//!
//! Where much the same was asked often, each of those questions takes from the others' lead, as it
//! should among articles. Here they are one: what is sure is that one of them answers, so their
//! probabilities add up, and the surest stands for all.
//!
//! The words stay in memory for as long as the case may keep them, and no longer: whoever holds a
//! [`Solved`] builds it anew when words go, and looks at the case itself before showing anything.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::article::Article;
use super::groups::groups;
use super::index::{Hit, Index, Query, Ranker};
use crate::domain::ids::{ArticleId, CaseId, Language};

/// Hits looked at: more than this often asked, and the surest of them are sure by themselves.
const TOP: usize = 12;
/// Nothing is certain.
const SUREST: f64 = 0.99;

/// The solved questions of one community, ready to be searched.
pub struct Solved {
    index: Index,
    asked: BTreeMap<ArticleId, (CaseId, String)>,
    /// Of questions whose language is not plain.
    usual: Language,
}

/// Earlier cases that asked the same, and the probability that they did.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalled {
    /// The most alike first.
    pub cases: Vec<CaseId>,
    pub confidence: f64,
}

impl Solved {
    /// Of cases with their language and question.
    pub fn build(
        cases: impl IntoIterator<Item = (CaseId, Language, String)>,
        usual: Language,
    ) -> Self {
        let mut asked = BTreeMap::new();
        let mut articles = Vec::new();
        for (case, language, question) in cases {
            let article = Article {
                id: ArticleId::new(case.short()),
                title: question.clone(),
                questions: Vec::new(),
                tags: Vec::new(),
                language,
                link: None,
                video: None,
                checked: Date::default(),
                expires: None,
                body: String::new(),
                origin: None,
            };
            asked.insert(article.id.clone(), (case, question));
            articles.push(article);
        }
        Self { index: Index::build(&articles), asked, usual }
    }

    /// The number of questions.
    pub fn len(&self) -> usize {
        self.asked.len()
    }

    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    /// The cases that most probably asked the same, if it can be at least this probable.
    pub fn search(&self, query: &Query<'_>, least: f64) -> Option<Recalled> {
        let hits = self.index.search(query, TOP);
        let all: f64 = hits.iter().map(|hit| hit.confidence).sum();
        if all < least {
            // Even if all of them asked the same.
            return None;
        }
        let known = |hit: &Hit| Some((hit.confidence, self.asked.get(&hit.article)?));
        let found: Vec<(f64, &(CaseId, String))> = hits.iter().filter_map(known).collect();
        let questions: Vec<&str> = found.iter().map(|(_, (_, text))| text.as_str()).collect();
        // The surest one is in the group that counts.
        let same = groups(&questions, &self.usual).into_iter().find(|group| group.contains(&0))?;
        let same: Vec<_> = same.into_iter().filter_map(|place| found.get(place)).collect();
        let confidence = same.iter().map(|(confidence, _)| confidence).sum::<f64>().min(SUREST);
        let cases = same.into_iter().map(|(_, (case, _))| *case).collect();
        (confidence >= least).then_some(Recalled { cases, confidence })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn solved(questions: &[&str]) -> Solved {
        let english = Language::from("en");
        let cases = questions.iter().zip(1..);
        let case = |(text, number): (&&str, i64)| {
            (CaseId::from(number), english.clone(), (*text).to_owned())
        };
        Solved::build(cases.map(case), english.clone())
    }

    fn recalled(solved: &Solved, text: &str, least: f64) -> Option<Vec<i64>> {
        let english = Language::from("en");
        let query = Query { text, language: Some(&english), community: None };
        let found = solved.search(&query, least)?;
        assert!((least..1.0).contains(&found.confidence), "{found:?}");
        Some(found.cases.into_iter().map(CaseId::get).collect())
    }

    /// What a community asks for that has said nothing yet, where nine in ten should be right.
    const SURE: f64 = 0.92;

    const TALK: [&str; 6] = [
        "can I hang the router on the mast of a boat?",
        "where do I find the serial number of my mesh node",
        "the app says my password is too short, what is allowed?",
        "does the warranty cover lightning",
        "is there a night mode for the status light",
        "which cable goes into the yellow port",
    ];

    #[test]
    fn a_question_that_was_solved_before_is_recalled_and_another_is_not() {
        let solved = solved(&TALK);
        for text in ["Can I hang the router on the mast of a boat?", TALK[0]] {
            assert_eq!(recalled(&solved, text, SURE), Some(vec![1]), "{text}");
        }
        for text in [
            "can I paint the router purple",
            "my boat leaks, what can I do?",
            "did anyone watch the game last night",
            "",
        ] {
            assert_eq!(recalled(&solved, text, SURE), None, "{text}");
        }
    }

    #[test]
    fn what_was_asked_often_is_no_less_sure_for_that() {
        let often = [
            TALK[0],
            TALK[1],
            TALK[2],
            TALK[3],
            "may I hang my router on the mast of a boat",
            "hang the router on the mast of a boat, is that possible?",
        ];
        let found = recalled(&solved(&often), "can i hang a router on the mast of a boat", 0.8);
        let mut found = found.expect("it was asked three times");
        found.sort_unstable();
        assert_eq!(found, [1, 5, 6]);
    }

    #[test]
    fn nothing_is_recalled_where_nothing_was_solved() {
        assert_eq!(recalled(&solved(&[]), TALK[0], 0.5), None);
    }
}
