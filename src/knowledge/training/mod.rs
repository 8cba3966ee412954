//! Fitting the numbers of `fitted` on collections of real questions, and saying how good they are
//! on questions that they were not fitted on.
//!
//! Nothing is assumed about the size of a brand's knowledge or the diligence of its authors: every
//! collection is taken with 0, 1, 3 and 5 example questions an article, whole and cut to random
//! knowledge bases of 1 to 100 articles, whose other questions then have no answer. Ranks are
//! fitted by a listwise loss (the right article among all), confidences by a logistic one; both
//! with Newton's method and a ridge, and no signal that can only speak for an article may speak
//! against it.

mod figures;
mod newton;

use newton::{Slope, least};

pub use figures::Figures;
use figures::{Outcome, cut_for};

use super::article::Article;
use super::confidence::{
    AskedOf, Evidence, JUDGED, Model, RANKED, SPEAKS_FOR, Signals, dot, evidence, logistic,
};
use super::draft::real;
use super::fitted::{WITH_MEANING, WORDS_ALONE};
use super::look::Depth;
use super::reading::Reading;
use super::shelf::Shelf;
use crate::domain::ids::{ArticleId, Language};

/// How many example questions an article has.
const EXAMPLES: [usize; 4] = [0, 1, 3, 5];
/// Sizes of the random knowledge bases.
const SIZES: [usize; 7] = [1, 2, 5, 10, 20, 40, 100];
/// Articles of one size's random knowledge bases together, at least: small ones are drawn often.
const ENOUGH_ARTICLES: usize = 20;
/// How many of each size at least.
const DRAWS: usize = 2;
/// Of the questions asked in a random knowledge base, so many are beyond it, as in a chat.
const BEYOND: f64 = 0.3;
/// A whole collection counts as much as random parts of so many sizes.
const WHOLE_WEIGHT: f64 = 10.0;
/// A cut that fewer of the answerable questions pass is an accident.
const TELLING_COVERAGE: f64 = 0.1;
const FOLDS: usize = 5;
const RANK_RIDGE: f64 = 2e-3;
const CONFIDENCE_RIDGE: f64 = 1e-3;
/// What a customer's question is shown at most: ranks beyond are no help.
const TOP: usize = 10;
/// The points of the curve from precision to cut.
const PRECISIONS: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 0.95];

/// Articles, and questions of which it is known what answers them.
#[derive(Debug, Clone)]
pub struct Collection {
    pub name: String,
    pub language: Language,
    pub articles: Vec<Article>,
    /// Each with its article; `None` for those that no article answers.
    pub questions: Vec<(String, Option<ArticleId>)>,
}

/// What fitting came to.
#[derive(Debug, Clone)]
pub struct Report {
    /// The text of `fitted.rs`.
    pub weights: String,
    /// One line for each whole collection and number of examples, for each way of testing.
    pub lines: Vec<ReportLine>,
}

/// The figures of one collection, tested in one way.
#[derive(Debug, Clone)]
pub struct ReportLine {
    pub collection: String,
    pub examples: usize,
    /// Whether the table of meanings was used.
    pub meaning: bool,
    /// Fitted on everything but a fifth of the questions, or on the other collections alone.
    pub tested_on: &'static str,
    pub figures: Figures,
}

/// A knowledge base with its questions, as signals.
struct Sheet {
    collection: usize,
    examples: usize,
    whole: bool,
    weight: f64,
    questions: Vec<Question>,
}

struct Question {
    signals: Vec<Signals>,
    /// The place of the right article among the signals.
    right: Option<usize>,
    answerable: bool,
    asked: AskedOf,
    fold: usize,
}

/// Fits everything anew. Takes minutes; prints nothing.
pub fn fit(collections: &[Collection]) -> Report {
    let sheets: Vec<Sheet> = collections
        .iter()
        .enumerate()
        .flat_map(|(number, collection)| sheets_of(number, collection))
        .collect();
    let blind: Vec<Sheet> = sheets.iter().map(Sheet::without_meaning).collect();
    let mut lines = Vec::new();
    let mut cuts = Vec::new();
    for (sheets, meaning, start) in [(&sheets, true, &WITH_MEANING), (&blind, false, &WORDS_ALONE)]
    {
        let folds: Vec<Model> = (0..FOLDS)
            .map(|fold| model(sheets, start, |_, question| question.fold != fold))
            .collect();
        let others: Vec<Model> = (0..collections.len())
            .map(|number| model(sheets, start, |sheet, _| sheet.collection != number))
            .collect();
        for sheet in sheets.iter().filter(|sheet| sheet.whole) {
            let by_fold = sheet.outcomes(|question| folds.get(question.fold));
            let by_others = sheet.outcomes(|_| others.get(sheet.collection));
            if meaning {
                cuts.push(PRECISIONS.map(|precision| cut_for(&by_fold, precision)));
            }
            for (tested_on, outcomes) in [("a fifth", by_fold), ("the others", by_others)] {
                lines.push(ReportLine {
                    collection: collections
                        .get(sheet.collection)
                        .map(|collection| collection.name.clone())
                        .unwrap_or_default(),
                    examples: sheet.examples,
                    meaning,
                    tested_on,
                    figures: Figures::of(&outcomes),
                });
            }
        }
    }
    let with_meaning = model(&sheets, &WITH_MEANING, |_, _| true);
    let words_alone = model(&blind, &WORDS_ALONE, |_, _| true);
    Report { weights: written(&with_meaning, &words_alone, &curve(&cuts)), lines }
}

// ---- from texts to signals -----------------------------------------------------------------

fn sheets_of(number: usize, collection: &Collection) -> Vec<Sheet> {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15 ^ u64::try_from(number).unwrap_or_default());
    let mut sheets = Vec::new();
    for examples in EXAMPLES {
        let mut articles = collection.articles.clone();
        for article in &mut articles {
            article.questions.truncate(examples);
        }
        let all: Vec<&Article> = articles.iter().collect();
        sheets.push(sheet(number, examples, collection, &all, None));
        for size in SIZES.into_iter().filter(|size| size * 3 < articles.len() * 2) {
            for _ in 0..draws(size) {
                let mut some = all.clone();
                chance.shuffle(&mut some);
                some.truncate(size);
                some.sort_by(|a, b| a.id.cmp(&b.id));
                sheets.push(sheet(number, examples, collection, &some, Some(&mut chance)));
            }
        }
    }
    sheets
}

fn draws(size: usize) -> usize {
    DRAWS.max(ENOUGH_ARTICLES / size.max(1))
}

/// `articles` with the collection's questions: all of them, or by chance so many unanswerable ones
/// that they are the usual share.
fn sheet(
    collection: usize,
    examples: usize,
    from: &Collection,
    articles: &[&Article],
    chance: Option<&mut Chance>,
) -> Sheet {
    let shelf = Shelf::build(from.language.clone(), articles);
    let has = |id: &ArticleId| articles.iter().any(|article| article.id == *id);
    let mut asked: Vec<(usize, &(String, Option<ArticleId>))> =
        from.questions.iter().enumerate().collect();
    let whole = chance.is_none();
    if let Some(chance) = chance {
        let (mut within, beyond): (Vec<_>, Vec<_>) =
            asked.into_iter().partition(|(_, (_, answer))| answer.as_ref().is_some_and(has));
        // Half of the others are of the same trade, half are what people talk about besides.
        let (mut near, mut far): (Vec<_>, Vec<_>) =
            beyond.into_iter().partition(|(_, (_, answer))| answer.is_some());
        chance.shuffle(&mut near);
        chance.shuffle(&mut far);
        let mut others = near.into_iter().zip(far).flat_map(|(near, far)| [near, far]);
        let mut room = real(within.len()) * BEYOND / (1.0 - BEYOND);
        while room >= 1.0
            && let Some(other) = others.next()
        {
            within.push(other);
            room -= 1.0;
        }
        asked = within;
    }
    let questions = asked.into_iter().map(|(number, (text, answer))| {
        let reading = Reading::new(&shelf, text);
        let candidates = shelf.candidates(&reading, Depth::Whole, shelf.model);
        let right = answer.as_ref().and_then(|id| candidates.iter().position(|c| c.article == id));
        Question {
            signals: candidates.iter().map(|candidate| candidate.signals).collect(),
            right,
            answerable: right.is_some(),
            asked: shelf.asked(&reading),
            fold: number % FOLDS,
        }
    });
    let weight = if whole { WHOLE_WEIGHT } else { 1.0 / real(draws(articles.len())) };
    Sheet { collection, examples, whole, weight, questions: questions.collect() }
}

impl Sheet {
    fn without_meaning(&self) -> Sheet {
        let blind = |signals: &Signals| Signals {
            meaning: 0.0,
            nearest_meaning: 0.0,
            parts: 0.0,
            ..*signals
        };
        let questions = self.questions.iter().map(|question| Question {
            signals: question.signals.iter().map(blind).collect(),
            ..*question
        });
        Sheet { questions: questions.collect(), ..*self }
    }

    /// What these models make of the questions.
    fn outcomes<'a>(&self, model: impl Fn(&Question) -> Option<&'a Model>) -> Vec<Outcome> {
        let outcome = |question: &Question| {
            let model = model(question)?;
            let (evidence, place) = question.race(model);
            Some(Outcome {
                confidence: evidence.map(|evidence| model.confidence(&evidence)),
                place,
                answerable: question.answerable,
            })
        };
        self.questions.iter().filter_map(outcome).collect()
    }
}

impl Question {
    /// What the first hit is judged by, and the place of the right article.
    fn race(&self, model: &Model) -> (Option<Evidence>, Option<usize>) {
        let mut order: Vec<(f64, usize)> =
            self.signals.iter().enumerate().map(|(at, s)| (model.rank(s), at)).collect();
        order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let place = order.iter().position(|(_, at)| Some(*at) == self.right);
        order.truncate(TOP + 6);
        let signals: Vec<Signals> =
            order.iter().filter_map(|(_, at)| self.signals.get(*at).copied()).collect();
        let ranks: Vec<f64> = order.iter().map(|(rank, _)| *rank).collect();
        let found = ranks.first().is_some_and(|rank| *rank > 0.0);
        let evidence = found.then(|| evidence(&signals, &ranks, &self.asked));
        (evidence, place.filter(|place| *place < TOP))
    }
}

// ---- from signals to weights ---------------------------------------------------------------

/// Both parts of a model, on the questions that `counts` admits.
fn model(sheets: &[Sheet], start: &Model, counts: impl Fn(&Sheet, &Question) -> bool) -> Model {
    let admitted: Vec<(f64, Vec<&Question>)> = sheets
        .iter()
        .map(|sheet| {
            let questions = sheet.questions.iter().filter(|question| counts(sheet, question));
            (sheet.weight, questions.collect())
        })
        .collect();
    let rank = least(start.rank, &[true; RANKED], |rank| rank_slope(&admitted, rank));
    let ranked = Model { rank, confidence: start.confidence };
    let judged: Vec<(f64, Vec<(Evidence, f64)>)> = admitted
        .iter()
        .map(|(weight, questions)| {
            let judge = |question: &&Question| {
                let (evidence, place) = question.race(&ranked);
                Some((evidence?, if place == Some(0) { 1.0 } else { 0.0 }))
            };
            (*weight, questions.iter().filter_map(judge).collect())
        })
        .collect();
    let confidence =
        least(start.confidence, &SPEAKS_FOR, |weights| confidence_slope(&judged, weights));
    Model { rank, confidence }
}

/// How unlikely the right articles are among all.
fn rank_slope(sheets: &[(f64, Vec<&Question>)], rank: &[f64; RANKED]) -> Slope<RANKED> {
    let mut slope = Slope::flat();
    for (weight, questions) in sheets {
        let share = weight / real(questions.iter().filter(|q| q.right.is_some()).count().max(1));
        for question in questions {
            let Some(right) = question.right.and_then(|at| question.signals.get(at)) else {
                continue;
            };
            let rows: Vec<[f64; RANKED]> = question.signals.iter().map(Signals::ranked).collect();
            let ranks: Vec<f64> = rows.iter().map(|row| dot(rank, row)).collect();
            let best = ranks.iter().copied().fold(f64::MIN, f64::max);
            let all: f64 = ranks.iter().map(|rank| (rank - best).exp()).sum();
            slope.loss += share * (all.ln() + best - dot(rank, &right.ranked()));
            let mut mean = [0.0; RANKED];
            for (row, rank) in rows.iter().zip(&ranks) {
                let chance = (rank - best).exp() / all;
                mean.iter_mut().zip(row).for_each(|(mean, part)| *mean += chance * part);
                if chance > 1e-6 {
                    slope.add_outer(share * chance, row);
                }
            }
            slope.add_outer(-share, &mean);
            slope.add_gradient(share, &mean);
            slope.add_gradient(-share, &right.ranked());
        }
    }
    slope.add_ridge(RANK_RIDGE * sheets.iter().map(|(weight, _)| weight).sum::<f64>(), rank);
    slope
}

fn confidence_slope(sheets: &[(f64, Vec<(Evidence, f64)>)], weights: &Evidence) -> Slope<JUDGED> {
    let mut slope = Slope::flat();
    for (weight, judged) in sheets {
        let share = weight / real(judged.len().max(1));
        for (evidence, right) in judged {
            let promised = logistic(dot(weights, evidence)).clamp(1e-9, 1.0 - 1e-9);
            slope.loss -= share * if *right > 0.5 { promised.ln() } else { (1.0 - promised).ln() };
            slope.add_gradient(share * (promised - right), evidence);
            slope.add_outer(share * promised * (1.0 - promised), evidence);
        }
    }
    let all: f64 = sheets.iter().map(|(weight, _)| weight).sum();
    slope.add_ridge(CONFIDENCE_RIDGE * all, weights);
    slope
}

/// The cut for each precision: the strictest but for the strictest quarter, among the collections
/// that reach it with more than a few suggestions; where none does, the precision itself.
fn curve(cuts: &[[Option<(f64, f64)>; PRECISIONS.len()]]) -> Vec<(f64, f64)> {
    let mut points: Vec<(f64, f64)> = Vec::new();
    for (at, precision) in PRECISIONS.into_iter().enumerate() {
        let reached = cuts.iter().filter_map(|cuts| cuts.get(at).copied().flatten());
        let telling = reached.filter(|(coverage, _)| *coverage >= TELLING_COVERAGE);
        let mut reached: Vec<f64> = telling.map(|(_, cut)| cut).collect();
        reached.sort_by(f64::total_cmp);
        let cut = reached.get(reached.len() * 3 / 4).copied().unwrap_or(precision);
        let before = points.last().map_or(0.0, |(_, cut)| *cut);
        points.push((precision, cut.min(precision).max(before)));
    }
    points
}

fn written(with_meaning: &Model, words_alone: &Model, cuts: &[(f64, f64)]) -> String {
    use std::fmt::Write as _;
    let numbers = |numbers: &[f64]| -> String {
        numbers.iter().map(|number| format!("{number:.3}")).collect::<Vec<_>>().join(", ")
    };
    let mut text = String::from(
        "//! The numbers behind ranks and confidences, written by `askaround kb train`: in the order \
         of\n//! `Signals::ranked` and of `evidence`, and the cut for each precision.\n\n\
         use super::confidence::Model;\n",
    );
    for (name, model) in [("WITH_MEANING", with_meaning), ("WORDS_ALONE", words_alone)] {
        let (rank, confidence) = (numbers(&model.rank), numbers(&model.confidence));
        let _infallible = write!(
            text,
            "\npub(super) const {name}: Model = Model {{\n    rank: [{rank}],\n    \
             confidence: [{confidence}],\n}};\n"
        );
    }
    let points: Vec<String> = cuts.iter().map(|(p, cut)| format!("({p}, {cut:.3})")).collect();
    let (count, points) = (points.len(), points.join(", "));
    let _infallible =
        write!(text, "\npub(super) const CUTS: [(f64, f64); {count}] =\n    [{points}];\n");
    text
}

/// The same chance on every machine (xorshift).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap_or_default() % limit.max(1)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            let other = self.below(at + 1);
            items.swap(at, other);
        }
    }
}
