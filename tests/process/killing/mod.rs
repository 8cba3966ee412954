//! Killed at any moment, again and again, while people talk on: no question is lost, and nothing is
//! said twice that the README does not admit.
//!
//! A series is the built program beside the double of a platform. Chance, from a seed, says how far
//! each life of the program comes, in calls that the double receives, and how long after that
//! SIGKILL ends it; so some lives end while it starts, some in a commit, some between a message and
//! its receipt. People ask, chat, reply and press as fast as they are answered, and go on while
//! nobody listens. In the end the double tells what people have read, and the database what is
//! known: both must tell the same.
//!
//! `ASKAROUND_KILLS` says how often (10), `ASKAROUND_SEED` which series (1). With `--nocapture` a
//! series prints one line of figures.

pub(super) mod books;
mod chance;
#[cfg(feature = "discord")]
pub(super) mod discord;
#[cfg(feature = "telegram")]
pub(super) mod telegram;

use std::collections::BTreeMap;
use std::fmt;
use std::time::{Duration, Instant};

use super::program::Home;
use books::{Books, UNSETTLED};
use chance::Chance;

/// An article answers it.
pub(super) const ANSWERED: &str =
    "My Lumen Air keeps dropping the connection at night, what can I do?";
/// People must.
const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";
const CHATTER: [&str; 4] = [
    "good morning everyone",
    "haha same here, it took me a whole evening",
    "nice one 👍",
    "der Sommer war dieses Jahr viel zu kurz",
];
const SOLVED: &str = "That solved it";
const PERSON: &str = "Ask a person";

/// Questions that wait for their answer at the same time, at most: people are patient with a bot
/// that is slow, and a burst of more than this is no load but a queue.
const OPEN: usize = 6;
/// Calls that the longest life of the program lasts; beyond its start, which takes some twenty.
const LONGEST: u64 = 100;
/// A life in so many ends in its first calls, so before it is connected.
const EARLY: u64 = 4;
/// Between the last call and the end: a commit, or a message on its way, takes as long in debug.
const LATER_MICROSECONDS: u64 = 8_000;

/// Until every question is answered that the last life of the program finds open: less than the
/// doubles' own patience, so that what is missing is named.
const PATIENCE: Duration = Duration::from_secs(18);

/// A platform's double with people in it, as a series acts in it and looks at it.
pub(super) trait Crowd {
    /// What the double knows.
    type State;
    type Question: Clone;
    type Press: Clone;

    async fn until<T>(&self, what: &str, found: impl Fn(&Self::State) -> Option<T>) -> T;
    fn look<T>(&self, look: impl FnOnce(&Self::State) -> T) -> T;
    /// The process is gone, and its connections with it.
    fn loses_bot(&self);

    /// Somebody new asks, in one of the places that are watched.
    fn asks(&self, name: &str, place: usize, text: &str) -> Self::Question;
    fn chats(&self, place: usize, line: &str);
    /// Somebody else answers.
    fn replies(&self, to: &Self::Question);
    /// The asker presses a button of what the bot said to a question, if there is such a button.
    fn presses(&self, question: &Self::Question, label: &str) -> Option<Self::Press>;

    /// What the database calls a question's message.
    fn key(question: &Self::Question) -> String;
    /// What the bot asked for so far.
    fn calls(state: &Self::State) -> usize;
    /// Whether the bot has replied to a question.
    fn is_answered(state: &Self::State, question: &Self::Question) -> bool;
    /// Whether whoever pressed was told that it was heard.
    fn is_taken(state: &Self::State, press: &Self::Press) -> bool;
    /// Everything that the bot said and people could read: what was said twice has the same place
    /// and words, with the keys of all its messages.
    fn said(state: &Self::State) -> BTreeMap<(String, String), Vec<String>>;
}

struct Asked<C: Crowd> {
    question: C::Question,
    is_answered: bool,
    is_replied_to: bool,
    pressed: Option<(&'static str, C::Press)>,
}

/// Somebody's crowd, through so many lives of the program.
struct Series<C: Crowd> {
    crowd: C,
    home: Home,
    chance: Chance,
    asked: Vec<Asked<C>>,
    while_away: usize,
    back_after: Vec<Duration>,
}

impl<C: Crowd> Series<C> {
    fn new(crowd: C, home: Home) -> Series<C> {
        let chance = Chance::new(number("ASKAROUND_SEED", 1));
        let (asked, back_after) = (Vec::new(), Vec::new());
        Series { crowd, home, chance, asked, while_away: 0, back_after }
    }

    #[expect(clippy::print_stdout, reason = "the figures are what it is run for")]
    async fn runs(mut self, platform: &str) {
        let kills = number("ASKAROUND_KILLS", 10);
        for _ in 0..kills {
            self.lives_and_is_killed().await;
        }
        let books = self.ends_in_order().await;
        let figures = self.figures(&books);
        println!("{platform}: {kills} kills, {figures}");
        figures.are_well();
    }

    /// One life of the program, from before its start to after its end.
    async fn lives_and_is_killed(&mut self) {
        // Asked before anybody listens: how long it waits is how long the program was away.
        let gap = self.asks_in_vain();
        let is_early = self.chance.below(EARLY) == 0;
        let life = if is_early { self.chance.below(12) } else { 12 + self.chance.below(LONGEST) };
        let began = now();
        let program = self.home.run_lumen(&["run"]);
        let mut calls = self.crowd.look(C::calls);
        let end = calls + usize::try_from(life).unwrap_or_default();
        let mut is_back = false;
        while calls < end {
            // Something is always on its way to be answered, so that there always is a next call.
            self.acts();
            calls = self.next_call(calls).await;
            self.notes_answers();
            if !is_back && self.asked.get(gap).is_some_and(|asked| asked.is_answered) {
                is_back = true;
                self.back_after.push(began.elapsed());
            }
        }
        self.chance.passes(LATER_MICROSECONDS);
        program.kill().await;
        self.crowd.loses_bot();
        for _ in 0..self.chance.below(3) {
            self.acts();
        }
    }

    /// Returns when the bot has asked for something more, or something is answered; with what it
    /// has asked for by then.
    async fn next_call(&self, calls: usize) -> usize {
        let open = || self.asked.iter().filter(|one| !one.is_answered);
        let next = self.crowd.until("the next call", |state| {
            let is_news = open().any(|one| C::is_answered(state, &one.question));
            Some(C::calls(state)).filter(|now| *now > calls || is_news)
        });
        next.await
    }

    fn open(&self) -> usize {
        self.asked.iter().filter(|asked| !asked.is_answered).count()
    }

    /// Asks while nobody listens.
    fn asks_in_vain(&mut self) -> usize {
        self.while_away += 1;
        self.asks()
    }

    fn notes_answers(&mut self) {
        let asked = &mut self.asked;
        self.crowd.look(|state| {
            for one in asked.iter_mut().filter(|one| !one.is_answered) {
                one.is_answered = C::is_answered(state, &one.question);
            }
        });
    }

    fn asks(&mut self) -> usize {
        let number = self.asked.len();
        let text = if self.chance.below(5) == 0 { ODD } else { ANSWERED };
        let question = self.crowd.asks(&format!("Mia {number}"), number, text);
        let (is_answered, is_replied_to, pressed) = (false, false, None);
        self.asked.push(Asked { question, is_answered, is_replied_to, pressed });
        number
    }

    /// Somebody does something.
    fn acts(&mut self) {
        let open = self.open();
        let one = self.chance.below(10);
        if open == 0 || one < 4 && open < OPEN {
            self.asks();
        } else if one < 7 {
            let place = usize::try_from(self.chance.below(8)).unwrap_or_default();
            let line = self.chance.one_of(&CHATTER);
            self.crowd.chats(place, line);
        } else if one < 8 {
            self.replies();
        } else {
            self.presses();
        }
    }

    /// Somebody answers a question, other than whoever asked it.
    fn replies(&mut self) {
        let untouched = self.asked.iter_mut().filter(|one| one.is_answered && one.is_untouched());
        if let Some(one) = untouched.last() {
            one.is_replied_to = true;
            self.crowd.replies(&one.question);
        }
    }

    fn presses(&mut self) {
        let label = if self.chance.below(2) == 0 { SOLVED } else { PERSON };
        let untouched = self.asked.iter_mut().filter(|one| one.is_answered && one.is_untouched());
        if let Some(one) = untouched.last() {
            one.pressed = self.crowd.presses(&one.question, label).map(|press| (label, press));
        }
    }

    /// The last life: everything is answered, then it is stopped as operators do.
    async fn ends_in_order(&mut self) -> Books {
        let running = self.home.start().await;
        // In order within each place: what is answered now stands behind all that was said there.
        for _ in 0..8 {
            self.asks();
        }
        self.sees_all_answered().await;
        // Discord tells nobody twice that a button was pressed: whoever got no answer presses
        // again, if the button is still there. Only what was answered is a promise.
        for one in &mut self.asked {
            let Some((label, press)) = &one.pressed else { continue };
            if !self.crowd.look(|state| C::is_taken(state, press)) {
                let again = self.crowd.presses(&one.question, label);
                one.pressed = again.map(|press| (*label, press));
            }
        }
        for (_, press) in self.asked.iter().filter_map(|one| one.pressed.as_ref()) {
            let taken = |state: &C::State| C::is_taken(state, press).then_some(());
            self.crowd.until("an answer to a pressed button", taken).await;
        }
        let ended = running.terminate().await;
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        Books::read(&self.home.path("askaround.db")).await
    }

    async fn sees_all_answered(&mut self) {
        let (crowd, asked) = (&self.crowd, &self.asked);
        let unanswered = |state: &C::State| -> Vec<String> {
            let open = asked.iter().filter(|one| !C::is_answered(state, &one.question));
            open.map(|one| C::key(&one.question)).collect()
        };
        let all = crowd.until("an answer", |state| unanswered(state).is_empty().then_some(()));
        let came = tokio::time::timeout(PATIENCE, all).await;
        assert!(came.is_ok(), "no answer to {:?}", crowd.look(unanswered));
        self.notes_answers();
    }

    fn figures(&self, books: &Books) -> Figures {
        let mut lost = Vec::new();
        let mut strays = Vec::new();
        for one in &self.asked {
            let key = C::key(&one.question);
            let cases = books.cases.get(&key).map_or(&[][..], Vec::as_slice);
            match cases {
                [stage] if one.is_answered => {
                    let pressed = one.pressed.as_ref().map(|(label, _)| *label);
                    if !is_heard(one.is_replied_to, pressed, stage) {
                        strays.push(format!("{key} is {stage}, after {pressed:?}"));
                    }
                }
                cases => lost.push(format!("{key}: {cases:?}, answered {}", one.is_answered)),
            }
        }
        let mut doubled: BTreeMap<String, usize> = BTreeMap::new();
        for keys in self.crowd.look(C::said).into_values() {
            if keys.len() > 1 {
                *doubled.entry(books.class_of(&keys)).or_default() += keys.len() - 1;
            }
        }
        let cases = books.cases.values().map(Vec::len).sum();
        let mut back_after = self.back_after.clone();
        back_after.sort_unstable();
        Figures {
            questions: self.asked.len(),
            while_away: self.while_away,
            cases,
            lost,
            strays,
            doubled,
            doubtful: books.doubtful.clone(),
            aside: books.aside.clone(),
            back_after,
        }
    }
}

impl<C: Crowd> Asked<C> {
    fn is_untouched(&self) -> bool {
        !self.is_replied_to && self.pressed.is_none()
    }
}

/// Whether what people did to a question shows in its case.
fn is_heard(is_replied_to: bool, pressed: Option<&str>, stage: &str) -> bool {
    match pressed {
        Some(SOLVED) => stage == "resolved",
        Some(_) => stage != "suggested",
        // With staff already, it is noted.
        None if is_replied_to => ["answered", "resolved", "handed_off"].contains(&stage),
        None => true,
    }
}

/// What a series came to.
struct Figures {
    questions: usize,
    while_away: usize,
    cases: usize,
    /// Questions without an answer, or without one case and no other.
    lost: Vec<String>,
    /// Replies and presses that the case knows nothing of.
    strays: Vec<String>,
    /// Messages too many, by the class of their row.
    doubled: BTreeMap<String, usize>,
    /// Tries at rows of which the program knew that they may have been said before, by class.
    doubtful: BTreeMap<String, usize>,
    /// Inputs set aside, deliveries given up.
    aside: Vec<String>,
    back_after: Vec<Duration>,
}

impl Figures {
    fn are_well(&self) {
        assert_eq!(self.lost, Vec::<String>::new(), "questions are lost");
        assert_eq!(self.strays, Vec::<String>::new(), "what people did is lost");
        assert_eq!(self.cases, self.questions, "a case for each question, and no other");
        assert_eq!(self.aside, Vec::<String>::new(), "nothing is set aside or given up");
        for (class, count) in &self.doubled {
            let admitted = self.doubtful.get(class).copied().unwrap_or_default();
            let may_repeat = ["answer", "hand_off", UNSETTLED].contains(&class.as_str());
            assert!(may_repeat && *count <= admitted, "{count} of {class}, {admitted} admitted");
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (questions, away) = (self.questions, self.while_away);
        let doubled: usize = self.doubled.values().sum();
        let at = |percent: usize| {
            let place = (self.back_after.len() * percent / 100)
                .min(self.back_after.len().saturating_sub(1));
            self.back_after.get(place).map_or(0.0, Duration::as_secs_f64)
        };
        write!(f, "{questions} questions ({away} asked while it was dead), ")?;
        write!(f, "{} lost, {doubled} doubled", self.lost.len())?;
        if doubled > 0 {
            write!(f, " {:?} of {:?} in doubt", self.doubled, self.doubtful)?;
        }
        write!(f, ", answers again after p50 {:.2} s, at most {:.2} s", at(50), at(100))
    }
}

#[expect(clippy::disallowed_methods, reason = "recovery is measured in real time")]
fn now() -> Instant {
    Instant::now()
}

/// A number that whoever runs the series gives by environment.
#[expect(clippy::disallowed_methods, reason = "a test says by environment how long it may take")]
fn number(variable: &str, usually: u64) -> u64 {
    let Ok(given) = std::env::var(variable) else { return usually };
    given.parse().unwrap_or_else(|_| panic!("{variable} is {given:?}, and no number"))
}
