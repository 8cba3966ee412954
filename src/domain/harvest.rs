//! A harvest: the answer of a solved case on its way into what the bot knows.
//!
//! Its words are its author's, and theirs to give: nothing is kept before they said yes by button,
//! and whatever is kept goes when they take it back or delete what they wrote. The asker gave no
//! such word, so nothing of the question is kept here: moderators say in their own words what
//! people ask. They decide what is shown, too, and can take back each of their steps.
//!
//! ```text
//! Offered ─ no ─→ Declined          Draft ←── draft ─── Discarded
//!    └───── yes ──→ Draft ─ publish → Published ── discard ──┘
//!                     └──── withdraw ──┘
//! any of them ─ its author takes it back, or the answer is deleted ─→ Withdrawn, without words
//! ```

use serde::{Deserialize, Serialize};

use super::case::Rejection;
use super::ids::{AccountId, ArticleId, CaseId, CommunityId, Language};
use super::text::Text;
use super::time::Moment;

/// An answer shorter than this is "restart it": no article. In bytes, since a Chinese sentence says
/// as much as an English one with a third of the letters.
const LEAST_BYTES: usize = 80;

const TITLE_LIMIT_CHARS: usize = 120;
const QUESTION_LIMIT_CHARS: usize = 300;
/// The longest message of any platform.
const BODY_LIMIT_CHARS: usize = 4_096;

/// How the ids of harvested articles begin.
const ARTICLE: &str = "answer-";

/// One answer on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Harvest {
    pub case: CaseId,
    pub community: CommunityId,
    /// Whoever answered: whom to ask, to name and to thank.
    pub author: AccountId,
    /// The number of their answer in the case.
    pub answer: usize,
    pub answered_at: Moment,
    pub state: State,
    /// Empty where nothing may be kept.
    pub wording: Wording,
    /// As it was before the last change of words.
    pub former: Option<Wording>,
    /// When the state or the words changed last.
    pub changed_at: Moment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Its author was asked, and has not said anything.
    Offered,
    Declined,
    /// Its author allowed it; moderators have not decided.
    Draft,
    /// An article of its community.
    Published,
    /// Moderators do not want it.
    Discarded,
    /// Its author took it back, or the answer is no more.
    Withdrawn,
}

impl State {
    const ALL: [State; 6] = [
        State::Offered,
        State::Declined,
        State::Draft,
        State::Published,
        State::Discarded,
        State::Withdrawn,
    ];

    /// The word for the database and the locale files (`review-<word>`).
    pub fn word(self) -> &'static str {
        match self {
            State::Offered => "offered",
            State::Declined => "declined",
            State::Draft => "draft",
            State::Published => "published",
            State::Discarded => "discarded",
            State::Withdrawn => "withdrawn",
        }
    }

    pub fn from_word(word: &str) -> Option<State> {
        State::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether its author can still take it back.
    fn is_allowed(self) -> bool {
        match self {
            State::Draft | State::Published | State::Discarded => true,
            State::Offered | State::Declined | State::Withdrawn => false,
        }
    }
}

/// The words of an article to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Wording {
    pub title: String,
    /// How people ask for it.
    pub question: String,
    pub body: String,
    /// What the body is written in; `None` where nobody can tell.
    pub language: Option<Language>,
}

/// A part of the words, as commands name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Title,
    Question,
    Body,
}

impl Field {
    pub const ALL: [Field; 3] = [Field::Title, Field::Question, Field::Body];

    pub fn word(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Question => "question",
            Field::Body => "body",
        }
    }

    fn limit_chars(self) -> usize {
        match self {
            Field::Title => TITLE_LIMIT_CHARS,
            Field::Question => QUESTION_LIMIT_CHARS,
            Field::Body => BODY_LIMIT_CHARS,
        }
    }
}

/// What somebody does about a harvest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// Its author lets these words be used.
    Allow {
        body: String,
        language: Option<Language>,
    },
    /// Its author does not.
    Decline,
    /// Its author does not any more, or the answer was deleted.
    TakeBack,
    /// The answer was changed where it stands: what moderators have read is not what it says.
    Reread {
        body: String,
        language: Option<Language>,
    },
    /// The case is open again: it was no solution.
    Doubt,
    Publish,
    /// Not shown any more, but still a draft.
    Withdraw,
    Discard,
    /// A draft again.
    Redraft,
    Word {
        field: Field,
        text: String,
    },
    /// The words as they were before the last change of them.
    Revert,
}

/// Whether an answer of these words is long enough to be of use to anybody else.
pub fn is_worth_asking(words: &str) -> bool {
    words.len() >= LEAST_BYTES
}

/// How the article of a case's answer is called.
pub fn article_of(case: CaseId) -> ArticleId {
    ArticleId::new(format!("{ARTICLE}{}", case.short()))
}

/// The case that an article was harvested from; `None` for one that somebody wrote.
pub fn case_of(article: &ArticleId) -> Option<CaseId> {
    CaseId::from_short(article.as_str().strip_prefix(ARTICLE)?)
}

impl Harvest {
    /// What the article is called: the title, else the question that it answers.
    pub fn title(&self) -> &str {
        if self.wording.title.is_empty() { &self.wording.question } else { &self.wording.title }
    }

    /// The harvest after a deed, or the sentence for whoever tried. What changes nothing comes back
    /// as it was.
    pub fn after(mut self, deed: &Deed, now: Moment) -> Result<Harvest, Rejection> {
        let over = Err(Rejection(Text::HarvestOver));
        let before = (self.state, self.wording.clone());
        match (deed, self.state) {
            (Deed::Allow { body, language }, State::Offered) => {
                self.state = State::Draft;
                self.wording.body = clipped(body, Field::Body);
                self.wording.language.clone_from(language);
            }
            (Deed::Decline, State::Offered) => self.state = State::Declined,
            (Deed::Reread { body, language }, state) if state.is_allowed() => {
                if state == State::Published {
                    self.state = State::Draft;
                }
                let body = clipped(body, Field::Body);
                self.reword(|words| (words.body, words.language) = (body, language.clone()));
            }
            (Deed::TakeBack, State::Offered) => self.state = State::Withdrawn,
            (Deed::TakeBack, state) if state.is_allowed() => self.state = State::Withdrawn,
            (Deed::Doubt | Deed::Withdraw, State::Published)
            | (Deed::Redraft, State::Discarded) => self.state = State::Draft,
            (Deed::Publish, State::Draft | State::Discarded) => {
                self.state = State::Published;
                self.refuse_untitled()?;
            }
            (Deed::Discard, State::Draft | State::Published) => self.state = State::Discarded,
            (Deed::Word { field, text }, State::Draft | State::Published) => {
                let text = checked(text, *field)?;
                self.reword(|words| match field {
                    Field::Title => words.title = text,
                    Field::Question => words.question = text,
                    Field::Body => words.body = text,
                });
            }
            (Deed::Revert, State::Draft | State::Published) => {
                if let Some(former) = self.former.take() {
                    self.former = Some(std::mem::replace(&mut self.wording, former));
                }
                self.refuse_untitled()?;
            }
            // Said twice, it is so already.
            (Deed::Publish, State::Published)
            | (Deed::Withdraw | Deed::Redraft, State::Draft)
            | (Deed::Discard, State::Discarded)
            | (Deed::TakeBack, State::Withdrawn | State::Declined)
            | (Deed::Decline, State::Declined)
            | (Deed::Doubt | Deed::Reread { .. }, _) => {}
            (
                Deed::Allow { .. }
                | Deed::Decline
                | Deed::TakeBack
                | Deed::Publish
                | Deed::Withdraw
                | Deed::Discard
                | Deed::Redraft
                | Deed::Word { .. }
                | Deed::Revert,
                _,
            ) => return over,
        }
        if self.state == State::Withdrawn {
            (self.wording, self.former) = (Wording::default(), None);
        }
        if before != (self.state, self.wording.clone()) {
            self.changed_at = now;
        }
        Ok(self)
    }

    /// What nobody has said the use of is published by no deed.
    fn refuse_untitled(&self) -> Result<(), Rejection> {
        let is_whole = !self.title().is_empty() && !self.wording.body.is_empty();
        if self.state != State::Published || is_whole {
            return Ok(());
        }
        Err(Rejection(Text::HarvestUntitled { case: self.case.short() }))
    }

    fn reword(&mut self, change: impl FnOnce(&mut Wording)) {
        let before = self.wording.clone();
        change(&mut self.wording);
        if self.wording != before {
            self.former = Some(before);
        }
    }

    /// The word of the deed by which a moderator takes the last one back, done in this state.
    pub fn undo_of(state: State, deed: &Deed) -> Option<&'static str> {
        match (deed, state) {
            (Deed::Publish, State::Discarded) | (Deed::Redraft, _) => Some("discard"),
            (Deed::Publish, _) => Some("withdraw"),
            (Deed::Withdraw, _) | (Deed::Discard, State::Published) => Some("publish"),
            (Deed::Discard, _) => Some("draft"),
            (Deed::Word { .. } | Deed::Revert, _) => Some("revert"),
            (
                Deed::Allow { .. }
                | Deed::Decline
                | Deed::TakeBack
                | Deed::Reread { .. }
                | Deed::Doubt,
                _,
            ) => None,
        }
    }
}

fn clipped(text: &str, field: Field) -> String {
    text.trim().chars().take(field.limit_chars()).collect()
}

/// Words that a moderator typed: some, and not too many. A title and a question are one line.
fn checked(text: &str, field: Field) -> Result<String, Rejection> {
    let text = match field {
        Field::Title | Field::Question => text.split_whitespace().collect::<Vec<_>>().join(" "),
        Field::Body => text.trim().to_owned(),
    };
    let length = text.chars().count();
    if (1..=field.limit_chars()).contains(&length) {
        return Ok(text);
    }
    let (least, most) = ("1".to_owned(), field.limit_chars().to_string());
    Err(Rejection(Text::HarvestWordsUnfit { least, most }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Moment = Moment::from_millis(1_800_000_000_000);

    fn offered() -> Harvest {
        Harvest {
            case: CaseId::from(77),
            community: CommunityId::from(5),
            author: AccountId::from(10),
            answer: 0,
            answered_at: NOW,
            state: State::Offered,
            wording: Wording::default(),
            former: None,
            changed_at: NOW,
        }
    }

    fn agreed() -> Deed {
        Deed::Allow { body: "Turn off the night schedule.".to_owned(), language: None }
    }

    fn word(field: Field, text: &str) -> Deed {
        Deed::Word { field, text: text.to_owned() }
    }

    fn walk(deeds: &[Deed]) -> Result<Harvest, Rejection> {
        deeds.iter().try_fold(offered(), |harvest, deed| harvest.after(deed, NOW))
    }

    #[test]
    fn an_answer_is_published_once_its_author_agreed_and_somebody_said_what_it_answers() {
        let question = word(Field::Question, "why does it drop at night?");
        assert!(walk(&[Deed::Publish]).is_err(), "nobody agreed");
        let untitled = walk(&[agreed(), Deed::Publish]).unwrap_err();
        assert_eq!(untitled.0.key(), "harvest-untitled");
        let published = walk(&[agreed(), question, Deed::Publish]).unwrap();
        assert_eq!(published.state, State::Published);
        assert_eq!(published.title(), "why does it drop at night?");
        assert_eq!(published.wording.body, "Turn off the night schedule.");
    }

    #[test]
    fn whoever_says_no_is_not_asked_again_and_nothing_is_kept() {
        let declined = walk(&[Deed::Decline]).unwrap();
        assert_eq!(declined.wording, Wording::default());
        assert!(declined.clone().after(&agreed(), NOW).is_err());
        assert_eq!(declined.clone().after(&Deed::Decline, NOW).unwrap(), declined);
    }

    #[test]
    fn what_its_author_takes_back_is_gone_with_its_words_for_good() {
        let title = word(Field::Title, "Drops at night");
        for deeds in
            [&[agreed()][..], &[agreed(), title.clone(), Deed::Publish], &[agreed(), Deed::Discard]]
        {
            let gone = walk(&[deeds, &[Deed::TakeBack]].concat()).unwrap();
            assert_eq!((gone.state, &gone.wording), (State::Withdrawn, &Wording::default()));
            assert_eq!(gone.former, None);
            for deed in [Deed::Publish, Deed::Redraft, Deed::Revert, title.clone(), agreed()] {
                assert!(gone.clone().after(&deed, NOW).is_err(), "{deed:?}");
            }
        }
    }

    #[test]
    fn an_answer_that_is_changed_where_it_stands_is_a_draft_of_the_new_words() {
        let title = word(Field::Title, "Drops at night");
        let reread = Deed::Reread { body: "Buy a new one.".to_owned(), language: None };
        let changed = walk(&[agreed(), title, Deed::Publish, reread.clone()]).unwrap();
        assert_eq!(
            (changed.state, changed.wording.body.as_str()),
            (State::Draft, "Buy a new one.")
        );
        let back = changed.after(&Deed::Revert, NOW).unwrap();
        assert_eq!(back.wording.body, "Turn off the night schedule.");
        assert_eq!(walk(&[reread]).unwrap(), offered(), "of what nobody allowed nothing is kept");
    }

    #[test]
    fn words_that_are_none_or_too_many_are_refused() {
        for (field, text) in [
            (Field::Title, " \n ".to_owned()),
            (Field::Title, "x".repeat(121)),
            (Field::Question, "x".repeat(301)),
            (Field::Body, "x".repeat(4_097)),
        ] {
            assert!(walk(&[agreed(), word(field, &text)]).is_err(), "{field:?}");
        }
        let folded = walk(&[agreed(), word(Field::Title, " Drops\nat  night ")]).unwrap();
        assert_eq!(folded.wording.title, "Drops at night");
    }

    #[test]
    fn an_article_tells_the_case_that_it_was_harvested_from() {
        let case = CaseId::from(987_654_321_012);
        assert_eq!(case_of(&article_of(case)), Some(case));
        assert_eq!(case_of(&ArticleId::from("wifi-drops")), None);
    }

    #[test]
    fn every_state_reads_back_from_its_word() {
        for state in State::ALL {
            assert_eq!(State::from_word(state.word()), Some(state));
        }
    }

    fn moderators_deed() -> impl Strategy<Value = Deed> {
        prop_oneof![
            Just(Deed::Publish),
            Just(Deed::Withdraw),
            Just(Deed::Discard),
            Just(Deed::Redraft),
            Just(Deed::Revert),
            "[a-z]{1,4}".prop_map(|text| Deed::Word { field: Field::Title, text }),
            "[a-z]{1,4}".prop_map(|text| Deed::Word { field: Field::Body, text }),
        ]
    }

    fn undo(word: &str) -> Deed {
        match word {
            "discard" => Deed::Discard,
            "withdraw" => Deed::Withdraw,
            "publish" => Deed::Publish,
            "draft" => Deed::Redraft,
            "revert" => Deed::Revert,
            word => panic!("{word} undoes nothing"),
        }
    }

    proptest! {
        #[test]
        fn whatever_a_moderator_does_the_named_deed_takes_back(
            deeds in prop::collection::vec(moderators_deed(), 1..12),
        ) {
            let mut harvest = walk(&[agreed(), word(Field::Title, "title")]).unwrap();
            for deed in deeds {
                let before = harvest.clone();
                let Ok(after) = before.clone().after(&deed, NOW) else { continue };
                if (after.state, &after.wording) == (before.state, &before.wording) {
                    continue;
                }
                let back = undo(Harvest::undo_of(before.state, &deed).unwrap());
                let back = after.clone().after(&back, NOW).unwrap();
                prop_assert_eq!((back.state, back.wording), (before.state, before.wording));
                harvest = after;
            }
        }
    }
}
