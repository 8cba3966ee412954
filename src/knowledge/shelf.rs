//! All articles of one language, ready to be searched.
//!
//! Two steps, so that a question costs about the same whatever the size of the shelf. First the
//! inverted lists are walked, shortest first, within a budget, which gives a few dozen
//! candidates; then each candidate is looked at closely, saying by saying. The close look is
//! what ranks: it may use signals too dear to compute for ten thousand articles.

use std::collections::HashMap;
use std::iter;

use super::article::Article;
use super::confidence::Signals;
use super::draft::{Draft, Term, rarity, ratio, sorted};
use super::markdown;
use super::reading::Reading;
use super::tokens::{self, Tongue};
use super::typos::Spelling;
use crate::domain::ids::{ArticleId, Language};

/// Entries of inverted lists walked for one question, so that its cost has a bound. What is left
/// unwalked are the lists of the commonest words, which hardly tell articles apart.
const WALK_LIMIT: usize = 25_000;
/// Articles that get the close look. Measured, 64 find one more right article in 400 questions.
const CANDIDATES: usize = 40;

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
    lists: Vec<Vec<(u32, f64)>>,
    entries: Vec<Entry>,
}

/// One article on the shelf, as the close look wants it.
struct Entry {
    article: ArticleId,
    language: Language,
    /// The title, then the example questions.
    sayings: Vec<Saying>,
    /// Every term of the article with what it adds to the score, by term.
    terms: Vec<(Term, f64)>,
}

/// One short text that a question may resemble: a title or an example question.
struct Saying {
    terms: Vec<Term>,
    pairs: Vec<(Term, Term)>,
    norm: f64,
    pairs_weight: f64,
}

/// An article that may answer.
pub(super) struct Candidate<'a> {
    pub(super) article: &'a ArticleId,
    pub(super) language: &'a Language,
    pub(super) place: u32,
    pub(super) signals: Signals,
    /// The saying most like the question: 0 is the title, 1 the first example question.
    pub(super) nearest: usize,
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
            entries: Vec::with_capacity(articles.len()),
        };
        let mut vocabulary = Vec::new();
        let drafts: Vec<Draft> =
            articles.iter().map(|article| shelf.draft(article, &mut vocabulary)).collect();
        shelf.weigh(&drafts, &vocabulary);
        shelf.fill(articles, &drafts);
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
            body: read(&markdown::plain(&article.body)),
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
                language: article.language.clone(),
                sayings: sayings.map(|terms| self.saying(terms)).collect(),
                terms,
            });
        }
    }

    fn saying(&self, sequence: &[Term]) -> Saying {
        let terms = sorted(sequence.iter().copied());
        let pairs = sorted(sequence.iter().copied().zip(sequence.iter().copied().skip(1)));
        let norm = terms.iter().map(|&term| self.weight(term).powi(2)).sum::<f64>().sqrt();
        Saying { terms, norm, pairs_weight: self.pairs_weight(&pairs), pairs }
    }
}

/// What a question is read with.
impl Shelf {
    pub(super) fn language(&self) -> &Language {
        &self.language
    }

    pub(super) fn len(&self) -> usize {
        self.entries.len()
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

    fn pair_weight(&self, (one, next): (Term, Term)) -> f64 {
        self.weight(one) + self.weight(next)
    }
}

/// Searching.
impl Shelf {
    /// The articles that may answer, in no order.
    pub(super) fn candidates(&self, reading: &Reading) -> Vec<Candidate<'_>> {
        let places = self.walk(reading);
        places.into_iter().filter_map(|place| self.look(place, reading)).collect()
    }

    /// The places of the most promising articles, by the inverted lists alone.
    fn walk(&self, reading: &Reading) -> Vec<u32> {
        let mut lists: Vec<(&[(u32, f64)], f64)> = reading
            .asked
            .iter()
            .filter_map(|word| Some((self.lists.get(word.term? as usize)?.as_slice(), word.trust)))
            .collect();
        lists.sort_by_key(|(list, _)| list.len());
        let mut scores = vec![0.0_f64; self.entries.len()];
        let mut met = Vec::new();
        let mut walked = 0;
        for (list, trust) in lists {
            // The shortest list is walked whatever its length: something must be found.
            if walked > 0 && walked + list.len() > WALK_LIMIT {
                break;
            }
            walked += list.len();
            for &(place, impact) in list {
                if let Some(score) = scores.get_mut(place as usize) {
                    if *score <= 0.0 {
                        met.push(place);
                    }
                    *score += impact * trust;
                }
            }
        }
        let score = |place: &u32| scores.get(*place as usize).copied().unwrap_or_default();
        if met.len() > CANDIDATES {
            met.select_nth_unstable_by(CANDIDATES - 1, |a, b| {
                score(b).total_cmp(&score(a)).then(a.cmp(b))
            });
            met.truncate(CANDIDATES);
        }
        met
    }

    /// Everything that speaks for one article.
    fn look(&self, place: u32, reading: &Reading) -> Option<Candidate<'_>> {
        let entry = self.entries.get(place as usize)?;
        let (mut score, mut covered) = (0.0, 0.0);
        for word in &reading.asked {
            if let Some(impact) = entry.impact(word.term) {
                score += impact * word.trust;
                covered += word.weight * word.trust;
            }
        }
        let mut likeness = [0.0_f64; 2];
        let (mut order, mut nearest) = (0.0_f64, 0);
        for (number, saying) in entry.sayings.iter().enumerate() {
            let like = Self::likeness(saying, reading);
            order = order.max(self.order(saying, reading));
            if like > likeness[0] {
                likeness = [like, likeness[0]];
                nearest = number;
            } else {
                likeness[1] = likeness[1].max(like);
            }
        }
        let signals = Signals {
            score: ratio(score, reading.mass),
            evidence: score / rarity(self.entries.len(), 1),
            coverage: ratio(covered, reading.mass),
            likeness: likeness[0],
            second_likeness: likeness[1],
            order,
            known: reading.known,
        };
        Some(Candidate {
            article: &entry.article,
            language: &entry.language,
            place,
            signals,
            nearest,
        })
    }

    /// How many of their telling words a saying and the question share: a cosine.
    fn likeness(saying: &Saying, reading: &Reading) -> f64 {
        let shared = reading
            .asked
            .iter()
            .filter(|word| word.term.is_some_and(|term| saying.terms.binary_search(&term).is_ok()));
        let shared: f64 = shared.map(|word| word.weight.powi(2) * word.trust).sum();
        ratio(shared, saying.norm * reading.norm)
    }

    /// How many neighbouring words they share.
    fn order(&self, saying: &Saying, reading: &Reading) -> f64 {
        let shared = reading.pairs.iter().filter(|pair| saying.pairs.binary_search(pair).is_ok());
        let shared: f64 = shared.map(|&pair| self.pair_weight(pair)).sum();
        ratio(shared, (saying.pairs_weight * reading.pairs_weight).sqrt())
    }

    /// The words of substance by which the article at `place` was found, as typed, and those
    /// that were mended, as typed and as understood.
    pub(super) fn found_by(
        &self,
        place: u32,
        reading: &Reading,
    ) -> (Vec<String>, Vec<(String, String)>) {
        let (mut matched, mut mended) = (Vec::new(), Vec::new());
        let Some(entry) = self.entries.get(place as usize) else { return (matched, mended) };
        for word in reading.asked.iter().filter(|word| entry.impact(word.term).is_some()) {
            match &word.mended {
                Some(meant) => mended.push((word.word.clone(), meant.clone())),
                None if !word.small => matched.push(word.word.clone()),
                None => {}
            }
        }
        matched.sort();
        (matched, mended)
    }
}

impl Entry {
    fn impact(&self, term: Option<Term>) -> Option<f64> {
        let at = self.terms.binary_search_by_key(&term?, |(term, _)| *term).ok()?;
        self.terms.get(at).map(|(_, impact)| *impact)
    }
}
