//! All articles of one language, ready to be searched.
//!
//! Here they are put there; `look` finds them again.

use std::collections::HashMap;
use std::iter;

use super::article::Article;
use super::confidence::Model;
use super::draft::{Draft, Term, rarity, sorted};
use super::fitted::{WITH_MEANING, WORDS_ALONE};
use super::letters::Letters;
use super::meaning::parts::Spread;
use super::meaning::{self, Bearing, Sum};
use super::tokens::{self, Tongue};
use super::typos::Spelling;
use crate::domain::ids::{ArticleId, CommunityId, Language};

/// Of an article's text, so much says what it is about; the rest tells how.
const GIST_LIMIT_CHARS: usize = 600;

/// The searchable form of one language's articles.
pub(super) struct Shelf {
    language: Language,
    tongue: Tongue,
    /// Every word as it was written, and every stem, lead to the same terms.
    words: HashMap<String, Term>,
    stems: HashMap<String, Term>,
    spelling: Spelling,
    /// By term: how much its presence tells.
    weights: Vec<f64>,
    /// By term: the places of the articles that have it, with what it adds to their score.
    pub(super) lists: Vec<Vec<(u32, f64)>>,
    pub(super) letters: Letters,
    pub(super) spread: Spread,
    pub(super) entries: Vec<Entry>,
    /// Some articles are for one community only.
    pub(super) is_shared: bool,
    /// How its signals become a rank and a confidence.
    pub(super) model: &'static Model,
}

/// One article on the shelf, as the close look wants it.
pub(super) struct Entry {
    pub(super) article: ArticleId,
    /// The only community that it is for; `None` for all.
    pub(super) only: Option<CommunityId>,
    pub(super) language: Language,
    /// The title, then the example questions.
    pub(super) sayings: Vec<Saying>,
    /// Every term of the article with what it adds to the score, by term.
    pub(super) terms: Vec<(Term, f64)>,
    /// The direction of all that it says, where the table knows its language.
    pub(super) meaning: Option<Bearing>,
    /// The word pieces that it says it with, each once.
    pub(super) pieces: Vec<u32>,
}

/// One short text that a question may resemble: a title or an example question.
pub(super) struct Saying {
    pub(super) terms: Vec<Term>,
    pub(super) pairs: Vec<(Term, Term)>,
    pub(super) norm: f64,
    pub(super) pairs_weight: f64,
    pub(super) meaning: Option<Bearing>,
}

/// Building.
impl Shelf {
    /// `articles` are all of `language`, in an order that does not depend on chance.
    pub(super) fn build(language: Language, articles: &[&Article]) -> Self {
        let mut shelf = Self {
            tongue: Tongue::of(&language),
            language,
            words: HashMap::new(),
            stems: HashMap::new(),
            spelling: Spelling::default(),
            weights: Vec::new(),
            lists: Vec::new(),
            letters: Letters::default(),
            spread: Spread::default(),
            entries: Vec::with_capacity(articles.len()),
            is_shared: articles.iter().any(|article| article.origin.is_some()),
            model: &WORDS_ALONE,
        };
        if meaning::speaks(&shelf.language) {
            shelf.model = &WITH_MEANING;
        }
        let mut vocabulary = Vec::new();
        let drafts: Vec<Draft> =
            articles.iter().map(|article| shelf.draft(article, &mut vocabulary)).collect();
        shelf.weigh(&drafts, &vocabulary);
        shelf.fill(articles, &drafts);
        if shelf.knows_meaning() {
            shelf.understand(articles);
        }
        shelf.letters =
            Letters::build(&articles.iter().map(|article| said(article)).collect::<Vec<_>>());
        shelf.spelling = Spelling::new(vocabulary);
        shelf
    }

    fn draft(&mut self, article: &Article, vocabulary: &mut Vec<(String, Term)>) -> Draft {
        let mut read = |text: &str| -> Vec<Term> {
            let words = tokens::words(text);
            words.into_iter().map(|word| self.learn(word, vocabulary)).collect()
        };
        Draft {
            title: read(&article.title),
            sayings: article.questions.iter().map(|question| read(question)).collect(),
            tags: article.tags.iter().flat_map(|tag| read(tag.as_str())).collect(),
            body: read(&article.text()),
        }
    }

    /// The term of `word`, made if need be.
    fn learn(&mut self, word: String, vocabulary: &mut Vec<(String, Term)>) -> Term {
        if let Some(&term) = self.words.get(&word) {
            return term;
        }
        let fresh = Term::try_from(self.stems.len()).unwrap_or(Term::MAX);
        let term = *self.stems.entry(self.tongue.stem(&word)).or_insert(fresh);
        vocabulary.push((word.clone(), term));
        self.words.insert(word, term);
        term
    }

    /// How much each term tells: rarer tells more, small words tell little.
    fn weigh(&mut self, drafts: &[Draft], vocabulary: &[(String, Term)]) {
        let mut spread = vec![0_usize; self.stems.len()];
        for term in drafts.iter().flat_map(Draft::distinct) {
            if let Some(count) = spread.get_mut(term as usize) {
                *count += 1;
            }
        }
        let mut shares = vec![1.0_f64; self.stems.len()];
        for (word, term) in vocabulary {
            if let Some(share) = shares.get_mut(*term as usize) {
                *share = share.min(self.tongue.weight(word));
            }
        }
        let weight = |(count, share): (usize, f64)| rarity(drafts.len(), count) * share;
        self.weights = spread.into_iter().zip(shares).map(weight).collect();
    }

    fn fill(&mut self, articles: &[&Article], drafts: &[Draft]) {
        let means = Draft::mean_lengths(drafts);
        self.lists = vec![Vec::new(); self.weights.len()];
        for ((article, draft), place) in articles.iter().zip(drafts).zip(0_u32..) {
            let mut terms = draft.impacts(&means);
            for (term, impact) in &mut terms {
                *impact *= self.weight(*term);
                if let Some(list) = self.lists.get_mut(*term as usize) {
                    list.push((place, *impact));
                }
            }
            let sayings = iter::once(&draft.title).chain(&draft.sayings);
            self.entries.push(Entry {
                article: article.id.clone(),
                only: article.origin.as_ref().map(|origin| origin.community),
                language: article.language.clone(),
                sayings: sayings.map(|terms| self.saying(terms)).collect(),
                terms,
                meaning: None,
                pieces: Vec::new(),
            });
        }
    }

    fn saying(&self, sequence: &[Term]) -> Saying {
        let terms = sorted(sequence.iter().copied());
        let pairs = sorted(sequence.iter().copied().zip(sequence.iter().copied().skip(1)));
        let norm = terms.iter().map(|&term| self.weight(term).powi(2)).sum::<f64>().sqrt();
        Saying { terms, norm, pairs_weight: self.pairs_weight(&pairs), pairs, meaning: None }
    }

    /// What each article means: the mean of its title, its example questions and its gist, each
    /// weighing alike, and each title and question by itself.
    fn understand(&mut self, articles: &[&Article]) {
        for (entry, article) in self.entries.iter_mut().zip(articles) {
            let mut whole = Sum::nothing();
            let mut met = meaning::pieces(&gist(article));
            whole.add(&Sum::of(&met));
            let sayings = iter::once(&article.title).chain(&article.questions);
            for (saying, text) in entry.sayings.iter_mut().zip(sayings) {
                let pieces = meaning::pieces(text);
                let sum = Sum::of(&pieces);
                whole.add(&sum);
                saying.meaning = sum.bearing();
                met.extend(pieces);
            }
            entry.meaning = whole.bearing();
            entry.pieces = meaning::telling(&met);
            self.spread.meet(&entry.pieces);
        }
    }
}

/// The beginning of an article's text, as it is read.
fn gist(article: &Article) -> String {
    article.text().chars().take(GIST_LIMIT_CHARS).collect()
}

/// The words of an article that its letters are taken from.
fn said(article: &Article) -> Vec<String> {
    let mut words = tokens::words(&article.title);
    words.extend(article.questions.iter().flat_map(|question| tokens::words(question)));
    words.extend(tokens::words(&gist(article)));
    words
}

/// What a question is read with.
impl Shelf {
    pub(super) fn language(&self) -> &Language {
        &self.language
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether the table of meanings knows the language of this shelf.
    pub(super) fn knows_meaning(&self) -> bool {
        meaning::speaks(&self.language)
    }

    pub(super) fn tongue(&self) -> &Tongue {
        &self.tongue
    }

    pub(super) fn spelling(&self) -> &Spelling {
        &self.spelling
    }

    pub(super) fn term(&self, word: &str) -> Option<Term> {
        self.words.get(word).or_else(|| self.stems.get(&self.tongue.stem(word))).copied()
    }

    pub(super) fn weight(&self, term: Term) -> f64 {
        self.weights.get(term as usize).copied().unwrap_or_default()
    }

    pub(super) fn pairs_weight(&self, pairs: &[(Term, Term)]) -> f64 {
        pairs.iter().map(|&pair| self.pair_weight(pair)).sum()
    }

    pub(super) fn pair_weight(&self, (one, next): (Term, Term)) -> f64 {
        self.weight(one) + self.weight(next)
    }
}
