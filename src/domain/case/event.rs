//! What can happen to a case, and what should then be done. Both enums are closed: whoever adds a
//! variant is led by the compiler to every place that must consider it.

use serde::{Deserialize, Serialize};

use crate::domain::ambassador::Selection;
use crate::domain::ids::{AccountId, ArticleId, CaseId, ChannelId, PersonId};
use crate::domain::text::Text;

/// Who did it, and what they are at this moment; checked live, never remembered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    pub account: AccountId,
    /// The person behind the account, where it was looked up; people with several accounts are
    /// one. Not part of the history: accounts can be parted again.
    #[serde(skip)]
    pub person: Option<PersonId>,
    #[serde(default)]
    pub ambassador: bool,
    #[serde(default)]
    pub staff: bool,
    #[serde(default)]
    pub moderator: bool,
}

impl Actor {
    /// Somebody without any role.
    pub fn member(account: AccountId) -> Self {
        Self { account, person: None, ambassador: false, staff: false, moderator: false }
    }
}

/// Why a case goes to staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Why {
    /// Somebody used the escalation command.
    Asked { by: AccountId },
    /// The question has a word that skips the ladder.
    Urgent { word: String },
    /// No ambassador could be called.
    NobodyFree,
    /// The ladder ran out without an answer.
    LadderRanOut,
}

/// What happened to a case, in the past tense. Message texts are not part of it: the history
/// keeps events for good, texts only as long as the bot's `keep_text` says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Event {
    /// The asker says that a suggested article solved it.
    SuggestionHelped { by: Actor },
    /// The asker wants a person.
    SuggestionDidNotHelp { by: Actor },
    /// The case's deadline passed; the step decides which one was due.
    DeadlinePassed,
    /// Somebody wants to answer this.
    Claimed { by: Actor },
    /// Somebody called does not want to.
    Passed { by: Actor },
    /// The claimant gives it back, or staff put it back on the desk.
    Released { by: Actor },
    /// Somebody answered.
    Answered { by: Actor },
    /// The asker says that an answer solved it; the answer by its number, else the last one.
    Accepted { by: Actor, answer: Option<usize> },
    /// The asker thanked in words, a reaction or a reply.
    Thanked { by: Actor, answer: Option<usize> },
    /// The asker says that it is not solved.
    Rejected { by: Actor },
    /// Somebody asked for staff.
    Escalated { by: Actor },
    /// Staff say that it is solved.
    SolvedByStaff { by: Actor },
    /// Staff send the case to the ambassadors after all.
    ReturnedToCalling { by: Actor },
    /// The asker deleted the question or took it back.
    Withdrawn { by: Actor },
    /// The community has a desk, and this case was waiting for one.
    DeskSet,
    /// The bot was removed from the community.
    CommunityLeft,
    /// Nobody can be reached any more where it was asked, and everywhere else they can.
    PlaceLeft,
    /// A moderator ended the case.
    Removed { by: Actor },
    /// A moderator took back what the bot said about the case.
    WordsRetracted { by: Actor },
    /// And let it stand again.
    WordsRestored { by: Actor },
    /// Somebody else has the same question.
    MeToo { by: Actor },
    /// Somebody added to the conversation without answering.
    FollowedUp { by: Actor },
}

/// Who is to read something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// The case's conversation, as a reply to the question.
    Conversation,
    /// One person, where nobody else sees it.
    Private(AccountId),
    /// Where ambassadors are called.
    Helpers,
    /// The desk.
    Desk,
}

/// What a button does when pressed; `press.rs` makes it short enough for every platform.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Press {
    Solved,
    AskPerson,
    MeToo,
    Take,
    Pass,
    GiveBack,
    /// Accepts the answer of this number.
    Accept(usize),
    NotSolved,
    StaffTake,
    StaffReturn,
    StaffSolved,
    /// Says how the help was: up or down.
    Rate(bool),
    /// Lets moderators make an article of the answer.
    ShareAnswer,
    /// Does not.
    KeepAnswer,
    /// Does not any more.
    TakeBackAnswer,
}

/// Posts of ours that stop making sense when the case moves on: their buttons go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Post {
    Suggestion,
    Call,
    AnswerCheck,
    Dossier,
    /// Anything else of the case; never retired.
    Notice,
    /// The private "this one is yours" with its Give back.
    ClaimNote,
    /// Asks an answer's author whether it may become an article, and says what became of it.
    Harvest,
}

/// What should now be done, as an imperative. The engine turns each into rows of one transaction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Show these articles to the asker, and point to a case that was solved before.
    Suggest { articles: Vec<ArticleId>, earlier: Option<CaseId> },
    /// Call the picked ambassadors.
    Call { wave: usize, selection: SelectionBox },
    /// Nobody of the roster could be called; kept, so that `/why` can say it.
    PassOver { selection: SelectionBox },
    /// Show the call again, without lighting anybody up: the case is free to take once more.
    CallAgain,
    /// Say one sentence.
    Say { to: Audience, text: Text, post: Post, buttons: Vec<Press>, ping: Vec<AccountId> },
    /// Take the buttons off these posts, and add a closing line.
    Retire { post: Post, line: Option<Text> },
    /// Put the whole case on the desk.
    HandOff { why: Why, desk: Option<ChannelId> },
    /// Recognise the answerer whose answer resolved the case.
    AwardSolved { to: AccountId, generation: u32, silent: bool },
    /// Recognise a thank-you after the end.
    AwardThanked { to: AccountId, generation: u32 },
    /// Take the resolution award back, and the thanks that followed it.
    ReverseSolved { generation: u32 },
    /// Tell the desk what the asker wrote; the engine has the message.
    ConveyToDesk,
    /// Take the bot's words out of the conversation, leaving a line in their place.
    RetractWords,
    /// Put them back as they were.
    RestoreWords,
}

/// A selection compares by whom it calls: the scores behind it are floats.
#[derive(Debug, Clone)]
pub struct SelectionBox(pub Selection);

impl PartialEq for SelectionBox {
    fn eq(&self, other: &Self) -> bool {
        let who = |selection: &Selection| {
            selection.called.iter().map(|pick| pick.who).collect::<Vec<_>>()
        };
        who(&self.0) == who(&other.0)
    }
}
impl Eq for SelectionBox {}

/// A refusal, with the sentence for the person. Not an error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection(pub Text);
