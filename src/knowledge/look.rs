//! Finding articles on a shelf.
//!
//! Three looks, so that a question costs about the same whatever the size of the shelf. The quick
//! one goes over everything, by inverted lists of words and of letters and by one product a
//! meaning, and keeps the most promising by each. Those are looked at closely, saying by saying;
//! and the best of them once more, piece by piece. The last look is what ranks: it may use signals
//! too dear to compute for ten thousand articles.

use super::confidence::{AskedOf, Model, Signals, evidence};
use super::draft::{Term, rarity, ratio};
use super::meaning::Bearing;
use super::reading::Reading;
use super::shelf::{Entry, Saying, Shelf};
use crate::domain::ids::{ArticleId, CommunityId, Language};

/// Entries of inverted lists walked for one question, so that its cost has a bound. What is left
/// unwalked are the lists of the commonest words, which hardly tell articles apart.
const WALK_LIMIT: usize = 25_000;
/// Articles that get the close look by their words, their letters and their meaning each.
/// Measured, twice as many find one more right article in 400 questions.
const CANDIDATES: usize = 24;
/// Of those, so many are compared piece by piece.
const FINALISTS: usize = 16;

/// How far a search goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// As a customer's question is searched, with room for this many hits, among the articles that
    /// are for all or for their community.
    Quick { top: usize, here: Option<CommunityId> },
    /// Every article, looked at with all care: what the numbers are fitted on.
    Whole,
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

/// An article with its rank and what it amounts to.
pub(super) struct Ranked<'a> {
    pub(super) candidate: Candidate<'a>,
    pub(super) rank: f64,
    /// The probability that it answers.
    pub(super) confidence: f64,
    /// How far its rank lies ahead of the best other one's.
    pub(super) lead: f64,
}

impl Shelf {
    /// The articles that may answer, the best first, with the probability that each does.
    pub(super) fn search(
        &self,
        reading: &Reading,
        top: usize,
        here: Option<CommunityId>,
    ) -> Vec<Ranked<'_>> {
        let model = self.model;
        let mut candidates = self.candidates(reading, Depth::Quick { top, here }, model);
        order(&mut candidates, model);
        let ranks: Vec<f64> = candidates.iter().map(|c| model.rank(&c.signals)).collect();
        let signals: Vec<Signals> = candidates.iter().map(|c| c.signals).collect();
        let evidence = evidence(&signals, &ranks, &self.asked(reading));
        let first = model.confidence(&evidence);
        let best = ranks.first().copied().unwrap_or_default();
        let next = ranks.get(1).copied().unwrap_or_default();
        let ranked =
            candidates.into_iter().zip(ranks).enumerate().map(|(place, (candidate, rank))| {
                let lead = rank - if place == 0 { next } else { best };
                // Given that the first is wrong or right, the others share as their ranks say.
                let confidence = first * (rank - best).exp();
                Ranked { candidate, rank, confidence, lead }
            });
        ranked.collect()
    }

    pub(super) fn asked(&self, reading: &Reading) -> AskedOf {
        let (words, known) = (reading.words.len(), reading.known);
        AskedOf { words, known, articles: self.len() }
    }

    /// The articles that may answer, in the order of their places.
    pub(super) fn candidates(
        &self,
        reading: &Reading,
        depth: Depth,
        model: &Model,
    ) -> Vec<Candidate<'_>> {
        let mut letters = self.letters.likeness(&reading.words);
        let mut meanings = self.meanings(reading);
        let places = match depth {
            Depth::Whole => (0..self.entries.len()).filter_map(|p| u32::try_from(p).ok()).collect(),
            Depth::Quick { top, here } => {
                let room = CANDIDATES.max(top);
                for values in [&mut letters, &mut meanings] {
                    self.keep_apart(values, here);
                }
                let mut places = self.walk(reading, room, here);
                places.extend(highest(&letters, room));
                places.extend(highest(&meanings, room));
                places.sort_unstable();
                places.dedup();
                places
            }
        };
        let at =
            |values: &[f64], place: u32| values.get(place as usize).copied().unwrap_or_default();
        let mut candidates: Vec<Candidate<'_>> = places
            .into_iter()
            .filter_map(|place| {
                let (letters, meaning) = (at(&letters, place), at(&meanings, place));
                self.look(place, reading, letters, meaning)
            })
            .collect();
        if let Depth::Quick { top, .. } = depth {
            order(&mut candidates, model);
            candidates.truncate(FINALISTS.max(top));
        }
        self.look_at_parts(&mut candidates, reading);
        candidates
    }

    /// Nothing speaks for the articles of another community: they take no room, and lead nobody.
    fn keep_apart(&self, values: &mut [f64], here: Option<CommunityId>) {
        if !self.is_shared {
            return;
        }
        for (value, entry) in values.iter_mut().zip(&self.entries) {
            if entry.only.is_some() && entry.only != here {
                *value = 0.0;
            }
        }
    }

    /// How near each article comes in meaning.
    fn meanings(&self, reading: &Reading) -> Vec<f64> {
        let Some(asked) = &reading.meaning else { return Vec::new() };
        let near = |entry: &Entry| near(entry.meaning.as_ref(), asked);
        self.entries.iter().map(near).collect()
    }

    /// The places of the most promising articles, by their words alone.
    fn walk(&self, reading: &Reading, room: usize, here: Option<CommunityId>) -> Vec<u32> {
        let mut lists: Vec<(&[(u32, f64)], f64)> = reading
            .asked
            .iter()
            .filter_map(|word| Some((self.lists.get(word.term? as usize)?.as_slice(), word.trust)))
            .collect();
        lists.sort_by_key(|(list, _)| list.len());
        let mut scores = vec![0.0_f64; self.entries.len()];
        let mut walked = 0;
        for (list, trust) in lists {
            // The shortest list is walked whatever its length: something must be found.
            if walked > 0 && walked + list.len() > WALK_LIMIT {
                break;
            }
            walked += list.len();
            for &(place, impact) in list {
                if let Some(score) = scores.get_mut(place as usize) {
                    *score += impact * trust;
                }
            }
        }
        self.keep_apart(&mut scores, here);
        highest(&scores, room)
    }

    /// Everything that speaks for one article but its parts.
    fn look(
        &self,
        place: u32,
        reading: &Reading,
        letters: f64,
        meaning: f64,
    ) -> Option<Candidate<'_>> {
        let entry = self.entries.get(place as usize)?;
        let (mut score, mut covered) = (0.0, 0.0);
        for word in &reading.asked {
            if let Some(impact) = entry.impact(word.term) {
                score += impact * word.trust;
                covered += word.weight * word.trust;
            }
        }
        let mut likeness = [0.0_f64; 2];
        let (mut order, mut nearest, mut nearest_meaning) = (0.0_f64, (0, f64::MIN), 0.0_f64);
        for (number, saying) in entry.sayings.iter().enumerate() {
            let like = Self::likeness(saying, reading);
            order = order.max(self.order(saying, reading));
            likeness = if like > likeness[0] {
                [like, likeness[0]]
            } else {
                [likeness[0], likeness[1].max(like)]
            };
            let means = reading.meaning.as_ref().map(|asked| near(saying.meaning.as_ref(), asked));
            nearest_meaning = nearest_meaning.max(means.unwrap_or_default());
            let both = like + means.unwrap_or_default();
            if both > nearest.1 {
                nearest = (number, both);
            }
        }
        let signals = Signals {
            score: ratio(score, reading.mass),
            evidence: score / rarity(self.entries.len(), 1),
            coverage: ratio(covered, reading.mass),
            likeness: likeness[0],
            second_likeness: likeness[1],
            order,
            letters,
            meaning,
            nearest_meaning,
            parts: 0.0,
        };
        let (article, language) = (&entry.article, &entry.language);
        Some(Candidate { article, language, place, signals, nearest: nearest.0 })
    }

    fn look_at_parts(&self, candidates: &mut [Candidate<'_>], reading: &Reading) {
        let Some(parts) = &reading.parts else { return };
        let pieces: Vec<&[u32]> = candidates
            .iter()
            .filter_map(|candidate| self.entries.get(candidate.place as usize))
            .map(|entry| entry.pieces.as_slice())
            .collect();
        for (candidate, covered) in candidates.iter_mut().zip(parts.covered_by(&pieces)) {
            candidate.signals.parts = covered;
        }
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

fn near(bearing: Option<&Bearing>, asked: &Bearing) -> f64 {
    bearing.map_or(0.0, |bearing| bearing.likeness(asked).max(0.0))
}

/// Best first; equal ones in the order of their ids.
fn order(candidates: &mut [Candidate<'_>], model: &Model) {
    candidates.sort_by(|a, b| {
        let rank = |candidate: &Candidate<'_>| model.rank(&candidate.signals);
        rank(b).total_cmp(&rank(a)).then_with(|| a.article.cmp(b.article))
    });
}

/// The places of the highest values above nothing, at most `room`, in no order.
fn highest(values: &[f64], room: usize) -> Vec<u32> {
    let mut places: Vec<(f64, u32)> = values
        .iter()
        .zip(0_u32..)
        .filter(|(value, _)| **value > 0.0)
        .map(|(value, place)| (*value, place))
        .collect();
    if places.len() > room && room > 0 {
        places.select_nth_unstable_by(room - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        places.truncate(room);
    }
    places.into_iter().map(|(_, place)| place).collect()
}
