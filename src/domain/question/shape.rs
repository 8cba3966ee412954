//! The shape of a message: it and closed lists of words, in every language at once, become signs,
//! and one table weighs what was seen. Fast, explained, and the same for every brand: the greater
//! part of the judgement, and all of it in languages that no chat log was there for.

use super::language::{Votes, decide};
use super::model::Pair;
use super::reading::{Reading, Token};
use super::weights::{HELP_BIAS, QUESTION_BIAS, Sign, WEIGHTS};
use super::words::{Cue, CueSet, LEXICON, Languages, Lexicon};
use super::{Detector, Heard, Reason, Verdict};

/// Judges by shape, word lists and a table of weights; holds nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct ShapeDetector;

/// Opening a post in a help forum is asking; the chat logs that the table was fitted on have no
/// posts, so this weight is set by hand: it lifts an undecided message over every cut.
const OPENS_POST: f64 = 2.0;
/// Calling the bot by name: as much as that, for the same reason.
const MENTIONS_BOT: f64 = 2.0;

impl Detector for ShapeDetector {
    fn judge(&self, heard: &Heard<'_>) -> Verdict {
        let look = Look::of(heard);
        let odds = look.odds();
        look.verdict(heard, odds)
    }
}

/// A message, looked at once.
pub(super) struct Look {
    pub(super) reading: Reading,
    votes: Votes,
    signs: Signs,
}

impl Look {
    /// What the table makes of the signs, as log odds.
    pub(super) fn odds(&self) -> Pair {
        let mut odds = Pair { asks: QUESTION_BIAS, helps: HELP_BIAS };
        for &(sign, helps, asks) in WEIGHTS {
            if self.signs.has(sign) {
                odds.helps += helps;
                odds.asks += asks;
            }
        }
        odds
    }

    /// The verdict on these log odds, where the message stands.
    pub(super) fn verdict(&self, heard: &Heard<'_>, odds: Pair) -> Verdict {
        let reading = &self.reading;
        if reading.words == 0 && reading.question_marks == 0 {
            let reason = if reading.help_tag { Reason::HelpTag } else { Reason::TooShort };
            return Verdict { score: 0.0, asks: 0.0, language: None, reasons: vec![reason] };
        }
        let mut helps = odds.helps;
        let mut reasons = reasons(self.signs);
        if heard.opens_post {
            helps += OPENS_POST;
            reasons.push(Reason::OpensPost);
        }
        if heard.mentions_bot {
            helps += MENTIONS_BOT;
            reasons.push(Reason::MentionsBot);
        }
        if reading.help_tag {
            reasons.push(Reason::HelpTag);
        }
        Verdict {
            score: logistic(helps),
            asks: logistic(odds.asks),
            language: decide(heard.text, reading, &self.votes),
            reasons,
        }
    }
}

impl ShapeDetector {
    /// What is seen in a message, before it is weighed: what the table of weights is fitted on.
    pub fn signs(heard: &Heard<'_>) -> Vec<Sign> {
        let look = Look::of(heard);
        WEIGHTS.iter().map(|&(sign, ..)| sign).filter(|&sign| look.signs.has(sign)).collect()
    }
}

pub(super) fn logistic(sum: f64) -> f64 {
    1.0 / (1.0 + (-sum).exp())
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Signs(u128);

impl Signs {
    pub(super) fn has(self, sign: Sign) -> bool {
        self.0 & (1 << sign as u32) != 0
    }

    fn set(&mut self, sign: Sign, seen: bool) {
        if seen {
            self.0 |= 1 << sign as u32;
        }
    }
}

impl Look {
    pub(super) fn of(heard: &Heard<'_>) -> Self {
        let reading = Reading::of(heard.text, &LEXICON);
        let mut votes = Votes::of(&reading, &LEXICON);
        if let Some(language) = heard.language {
            votes.lean(language);
        }
        let phrases = Phrases::of(&reading.tokens, &LEXICON, votes.plausible());
        let mut signs = Signs::default();
        let sentences = sentences(&reading.tokens);
        let mut seen = CueSet::default();
        for note in &phrases.notes {
            seen.join(note.begins);
        }
        for sentence in &sentences {
            look_at_sentence(*sentence, &reading.tokens, &phrases, &mut signs);
        }
        if !reading.running.is_empty() {
            let within = LEXICON.within(&reading.running);
            seen.join(within);
            signs.set(Sign::AskOpen, within.has(Cue::Ask));
            signs.set(Sign::AskOpenFirst, within.has(Cue::Ask));
            signs.set(Sign::HowToOpen, within.has(Cue::HowTo));
            let trailing_ka = reading.running.trim_end().ends_with('か');
            signs.set(Sign::Particle, within.has(Cue::Particle) || trailing_ka);
        }
        look_at_words(seen, &mut signs);
        look_at_form(heard, &reading, &sentences, &mut signs);
        join(&mut signs);
        Self { reading, votes, signs }
    }
}

/// What the lexicon knows about one place of the message.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Note {
    pub(super) begins: CueSet,
    ends: CueSet,
    /// Where the longest phrase that may stand before a sentence's real opening leads to.
    skip_to: usize,
    /// Inside a phrase that asks for help: its "you" is no address.
    covered: bool,
}

pub(super) struct Phrases {
    pub(super) notes: Vec<Note>,
}

impl Phrases {
    pub(super) fn of(tokens: &[Token], lexicon: &Lexicon, languages: Languages) -> Self {
        let skipped = CueSet::of(&[Cue::Filler, Cue::Greeting, Cue::Answer, Cue::Thanks]);
        let covering = CueSet::of(&[Cue::Help, Cue::HowTo]);
        let mut notes = vec![Note::default(); tokens.len()];
        for (at, token) in tokens.iter().enumerate() {
            let Token::Word(id) = *token else { continue };
            let following = tokens.get(at + 1..).unwrap_or_default().iter().copied().map(word_of);
            for (cue, used) in lexicon.phrases_at(id, following, languages) {
                let set = CueSet::of(&[cue]);
                if let Some(note) = notes.get_mut(at + used) {
                    note.ends.add(cue);
                }
                if set.meets(covering)
                    && let Some(inside) = notes.get_mut(at..=at + used)
                {
                    for note in inside {
                        note.covered = true;
                    }
                }
                if let Some(note) = notes.get_mut(at) {
                    note.begins.add(cue);
                    if set.meets(skipped) {
                        note.skip_to = note.skip_to.max(at + used + 1);
                    }
                }
            }
        }
        for note in notes.iter_mut().filter(|note| note.covered) {
            note.begins.remove(Cue::You);
        }
        Self { notes }
    }

    fn at(&self, place: usize) -> Note {
        self.notes.get(place).copied().unwrap_or_default()
    }
}

fn word_of(token: Token) -> Option<u32> {
    if let Token::Word(id) = token { Some(id) } else { None }
}

/// Places from `from` up to, not including, `to`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    from: usize,
    to: usize,
    asked: bool,
    first: bool,
}

/// The sentences that hold a word.
pub(super) fn sentences(tokens: &[Token]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut worded = false;
    for (at, token) in tokens.iter().chain([&Token::Stop]).enumerate() {
        worded |= matches!(token, Token::Word(_));
        if token.ends_sentence() {
            if worded {
                let asked = *token == Token::Question;
                found.push(Sentence { from, to: at, asked, first: found.is_empty() });
            }
            from = at + 1;
            worded = false;
        }
    }
    found
}

/// Little words, greetings and mentions may stand before the real opening; more than this many and
/// it is not an opening any more.
const OPENING_STEPS: usize = 8;

fn opening(sentence: Sentence, tokens: &[Token], phrases: &Phrases) -> usize {
    let openers = CueSet::of(&[Cue::Ask, Cue::AskFirst, Cue::Turned, Cue::Particle, Cue::HowTo]);
    let mut at = sentence.from;
    for _ in 0..OPENING_STEPS {
        match tokens.get(at) {
            Some(Token::Word(_)) => {
                let note = phrases.at(at);
                if note.begins.meets(openers) || note.skip_to <= at || note.skip_to >= sentence.to {
                    break;
                }
                at = note.skip_to;
            }
            Some(Token::Mention | Token::Comma | Token::Smile | Token::Opening | Token::Link) => {
                at += 1;
            }
            Some(Token::Code | Token::Question | Token::Exclaim | Token::Stop) | None => break,
        }
    }
    at
}

pub(super) fn look_at_sentence(
    sentence: Sentence,
    tokens: &[Token],
    phrases: &Phrases,
    signs: &mut Signs,
) {
    let ask = CueSet::of(&[Cue::Ask, Cue::AskFirst]);
    let asked = sentence.asked;
    let place = opening(sentence, tokens, phrases);
    let opens = phrases.at(place).begins;
    let by_word =
        opens.meets(ask) && !opens.has(Cue::Told) && !tells_when(sentence, place, opens, tokens);
    let by_order = opens.has(Cue::Turned);
    signs.set(Sign::AskOpen, by_word);
    signs.set(Sign::AskOpenFirst, by_word && sentence.first);
    signs.set(Sign::AskOpenMarked, by_word && asked);
    signs.set(Sign::TurnedOpen, by_order);
    signs.set(Sign::TurnedMarked, by_order && asked);
    signs.set(Sign::HowToOpen, opens.has(Cue::HowTo));
    signs.set(Sign::BackOpen, opens.has(Cue::Back));
    signs.set(Sign::AdviceOpen, opens.has(Cue::Advice));
    let head = phrases.at(sentence.from).begins;
    // "No" answers; "no me funciona" does not.
    let goes_on = CueSet::of(&[Cue::Problem, Cue::Help, Cue::HowTo, Cue::Wish]);
    signs.set(Sign::AnswerOpen, sentence.first && head.has(Cue::Answer) && !head.meets(goes_on));

    let led_up = head.has(Cue::If);
    let mut last_word = sentence.from;
    let mut after_comma = false;
    let mut asked_by_word = by_word || by_order;
    for at in sentence.from..sentence.to {
        match tokens.get(at) {
            Some(Token::Word(_)) => {
                let note = phrases.at(at);
                let in_place = note.begins.has(Cue::AskInPlace) && !note.begins.has(Cue::Told);
                // It is no relative pronoun as well, so it stands for the opening.
                signs.set(Sign::AskOpen, in_place);
                signs.set(Sign::AskOpenFirst, in_place && sentence.first);
                signs.set(Sign::HowToOpen, in_place && note.begins.has(Cue::HowTo));
                signs.set(Sign::Particle, note.begins.has(Cue::Particle));
                signs.set(Sign::YouMarked, asked && note.begins.has(Cue::You));
                signs.set(Sign::MineMarked, asked && note.begins.has(Cue::Mine));
                signs.set(Sign::SomeoneMarked, asked && note.begins.has(Cue::Someone));
                if at != place {
                    let clause =
                        after_comma && (note.begins.meets(ask) || note.begins.has(Cue::Turned));
                    signs.set(Sign::AskClause, clause);
                    signs.set(Sign::AskMain, clause && led_up);
                    signs.set(Sign::AskMid, !after_comma && note.begins.has(Cue::Ask));
                    asked_by_word |= clause || note.begins.has(Cue::Ask);
                }
                asked_by_word |= in_place || note.begins.has(Cue::Particle);
                last_word = at;
                after_comma = false;
            }
            Some(Token::Comma | Token::Opening) => after_comma = true,
            _ => {}
        }
    }
    let before_last = last_word.saturating_sub(1).max(sentence.from);
    let at_end =
        [last_word, before_last].into_iter().any(|at| at > place && phrases.at(at).ends.meets(ask));
    signs.set(Sign::AskEnd, at_end);
    signs.set(Sign::TagEnd, asked && !asked_by_word && phrases.at(last_word).ends.has(Cue::TagEnd));
    signs.set(Sign::MarkAlone, asked && !asked_by_word && !at_end);
}

/// "Kiedy przybyli, miasto było puste": an asking word for time opens a clause that tells when.
fn tells_when(sentence: Sentence, place: usize, opens: CueSet, tokens: &[Token]) -> bool {
    let rest = tokens.get(place..sentence.to).unwrap_or_default();
    opens.has(Cue::When) && !sentence.asked && rest.contains(&Token::Comma)
}

fn look_at_words(seen: CueSet, signs: &mut Signs) {
    for (cue, sign) in [
        (Cue::HowTo, Sign::HowTo),
        (Cue::Help, Sign::Help),
        (Cue::Wish, Sign::Wish),
        (Cue::Problem, Sign::Problem),
        (Cue::Fault, Sign::Fault),
        (Cue::Mine, Sign::Mine),
        (Cue::You, Sign::You),
        (Cue::Someone, Sign::Someone),
        (Cue::Back, Sign::Back),
        (Cue::SmallTalk, Sign::SmallTalk),
        (Cue::Greeting, Sign::Greeting),
        (Cue::Advice, Sign::Advice),
        (Cue::Offer, Sign::Offer),
        (Cue::Told, Sign::Told),
        (Cue::Laugh, Sign::Laugh),
    ] {
        signs.set(sign, seen.has(cue));
    }
    signs.set(Sign::WishBut, seen.has(Cue::Wish) && seen.has(Cue::But));
    signs.set(
        Sign::Thanks,
        seen.has(Cue::Thanks) && !seen.meets(CueSet::of(&[Cue::Advance, Cue::Problem])),
    );
    signs.set(Sign::Advance, seen.has(Cue::Thanks) && seen.has(Cue::Advance));
}

fn look_at_form(heard: &Heard<'_>, reading: &Reading, all: &[Sentence], signs: &mut Signs) {
    let tokens = &reading.tokens;
    let marked = reading.question_marks > 0;
    signs.set(Sign::Mark, marked);
    signs.set(Sign::LastMark, all.last().map_or(marked, |last| last.asked));
    signs.set(Sign::ManyMarks, reading.question_marks > 1);
    signs.set(Sign::AllMarks, marked && all.iter().all(|sentence| sentence.asked));
    signs.set(Sign::OneOfMany, marked && all.len() > 2);
    signs.set(Sign::Opening, tokens.contains(&Token::Opening));
    signs.set(Sign::Exclaim, tokens.contains(&Token::Exclaim));
    signs.set(Sign::Smile, tokens.contains(&Token::Smile));
    signs.set(Sign::Link, tokens.contains(&Token::Link));
    signs.set(Sign::Code, tokens.contains(&Token::Code));
    let pasted = reading.code_bytes * 2 > heard.text.len();
    signs.set(Sign::MostlyCode, pasted);
    signs.set(Sign::Quoted, reading.quoted_bytes > 0);
    // A message to the bot begins with its name, which is nobody's in the sense meant here.
    let named = !heard.mentions_bot && tokens.first() == Some(&Token::Mention);
    signs.set(Sign::ToPerson, named || heard.is_reply_to_person);
    signs.set(Sign::ShortMarked, marked && reading.words <= 4);
    signs.set(Sign::LongMarked, marked && reading.words >= 12);
    let size = match reading.words {
        0..=1 => Sign::Words1,
        2..=4 => Sign::Words2,
        5..=8 => Sign::Words5,
        9..=15 => Sign::Words9,
        16..=30 => Sign::Words16,
        _ => Sign::Words31,
    };
    // Few words are enough to name a trouble, and one to call for help.
    let calls = signs.has(Sign::Help);
    let says_it = match reading.words {
        0..=1 => calls,
        2..=4 => calls || signs.has(Sign::Problem) || signs.has(Sign::HowToOpen),
        _ => false,
    };
    signs.set(size, !says_it);
}

/// Signs that mean another thing together.
fn join(signs: &mut Signs) {
    let person = signs.has(Sign::ToPerson);
    let to_others = [Sign::You, Sign::Advice, Sign::Back, Sign::Thanks, Sign::AnswerOpen];
    let told = person || to_others.into_iter().any(|sign| signs.has(sign));
    let trouble = signs.has(Sign::Problem) || signs.has(Sign::Fault);
    let long = [Sign::Words9, Sign::Words16, Sign::Words31];
    let aside = [Sign::Mark, Sign::SmallTalk, Sign::Laugh, Sign::Told];
    let bare = !told && !long.into_iter().chain(aside).any(|sign| signs.has(sign));
    for (sign, seen) in [
        (Sign::MineProblem, trouble && signs.has(Sign::Mine)),
        (Sign::PlainProblem, signs.has(Sign::Problem) && !told),
        (Sign::BareProblem, signs.has(Sign::Problem) && bare),
        (Sign::BareHelp, signs.has(Sign::Help) && bare && !signs.has(Sign::Words5)),
        (Sign::MineWish, signs.has(Sign::Wish) && signs.has(Sign::Mine)),
        (Sign::HelpMarked, signs.has(Sign::Help) && signs.has(Sign::Mark)),
        (Sign::ToPersonYou, person && signs.has(Sign::YouMarked)),
        (Sign::ToPersonMine, person && signs.has(Sign::Mine)),
        (Sign::ToPersonMark, person && signs.has(Sign::Mark)),
        (
            Sign::GreetingOnly,
            signs.has(Sign::Greeting) && (signs.has(Sign::Words1) || signs.has(Sign::Words2)),
        ),
        (
            Sign::PlainMark,
            signs.has(Sign::Mark) && !signs.has(Sign::You) && !signs.has(Sign::SmallTalk),
        ),
    ] {
        signs.set(sign, seen);
    }
}

fn reasons(signs: Signs) -> Vec<Reason> {
    [
        (Reason::HelpPhrase, &[Sign::Help, Sign::HowTo][..]),
        (Reason::ProblemReport, &[Sign::MineProblem, Sign::Problem, Sign::Fault]),
        (Reason::Wish, &[Sign::MineWish]),
        (Reason::QuestionMark, &[Sign::Mark, Sign::Opening]),
        (Reason::AskingWord, &[Sign::AskOpen, Sign::AskClause, Sign::AskEnd, Sign::Particle]),
        (Reason::WordOrder, &[Sign::TurnedOpen]),
        (Reason::SmallTalk, &[Sign::SmallTalk, Sign::Laugh]),
        (Reason::BackQuestion, &[Sign::BackOpen, Sign::ToPersonYou]),
        (Reason::TagQuestion, &[Sign::TagEnd]),
        (Reason::ReplyToPerson, &[Sign::ToPerson]),
        (Reason::Advice, &[Sign::AdviceOpen]),
        (Reason::Thanks, &[Sign::Thanks]),
        (Reason::Greeting, &[Sign::Greeting]),
        (Reason::TooShort, &[Sign::Words1]),
        (Reason::MostlyCode, &[Sign::MostlyCode]),
        (Reason::QuotedText, &[Sign::Quoted]),
        (Reason::Link, &[Sign::Link]),
    ]
    .into_iter()
    .filter(|(_, seen)| seen.iter().any(|&sign| signs.has(sign)))
    .map(|(reason, _)| reason)
    .collect()
}
