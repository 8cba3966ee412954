//! Every sentence the bot can say, with its typed arguments. The wording is in `locales/*.ftl`,
//! under the key given here; a tidy test holds the two together in every language.
//!
//! One macro makes the enum, the keys and the argument lists, so that a sentence cannot be added
//! without its place in the locale files being asked for.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, ChannelId};
use super::time::Moment;

/// What an argument is, so that the locale can word it and the adapter can show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A person: shown by name, mentioned where the platform can.
    Person(AccountId),
    /// A channel: shown by name.
    Channel(ChannelId),
    /// A number that plurals look at.
    Count(i64),
    /// A word of ours: a command, a topic, an address, a case number.
    Word(String),
    /// A key of the locale files, worded in the same language.
    Key(String),
    /// What a person wrote.
    Quote(String),
    /// Several of them, with commas between.
    Keys(Vec<String>),
    /// A length of time, in the largest unit that says it whole.
    Span(Duration),
}

/// A Rust type that can stand in a sentence.
pub trait Argument {
    fn value(&self) -> Value;
}

/// A word of the locale files used inside another sentence (`rank-guide`, `topic-…`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(pub String);

/// Several words of the locale files, as a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Keys(pub Vec<String>);

/// Somebody's own words inside ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quoted(pub String);

/// A length of time as JSON milliseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SpanMs(pub u64);

impl From<Duration> for SpanMs {
    fn from(span: Duration) -> Self {
        Self(u64::try_from(span.as_millis()).unwrap_or(u64::MAX))
    }
}

/// The time left from `now` to `then`.
pub fn left(then: Moment, now: Moment) -> SpanMs {
    then.since(now).into()
}

impl Argument for AccountId {
    fn value(&self) -> Value {
        Value::Person(*self)
    }
}
impl Argument for ChannelId {
    fn value(&self) -> Value {
        Value::Channel(*self)
    }
}
impl Argument for i64 {
    fn value(&self) -> Value {
        Value::Count(*self)
    }
}
impl Argument for String {
    fn value(&self) -> Value {
        Value::Word(self.clone())
    }
}
impl Argument for Key {
    fn value(&self) -> Value {
        Value::Key(self.0.clone())
    }
}
impl Argument for Keys {
    fn value(&self) -> Value {
        Value::Keys(self.0.clone())
    }
}
impl Argument for Quoted {
    fn value(&self) -> Value {
        Value::Quote(self.0.clone())
    }
}
impl Argument for SpanMs {
    fn value(&self) -> Value {
        Value::Span(Duration::from_millis(self.0))
    }
}

macro_rules! texts {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $kind:ty),+ $(,)? })? = $key:literal;
    )*) => {
        /// One sentence the bot can say.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "say", rename_all = "snake_case")]
        pub enum Text {
            $( $(#[$doc])* $name $({ $($field: $kind),+ })?, )*
        }

        impl Text {
            /// Every key with the names of its arguments: what a locale file must have.
            pub const KEYS: &'static [(&'static str, &'static [&'static str])] = &[
                $( ($key, &[$($(stringify!($field)),+)?]), )*
            ];

            /// The message's name in `locales/*.ftl`.
            pub fn key(&self) -> &'static str {
                match self { $( Text::$name { .. } => $key, )* }
            }

            /// The arguments, in the order written here.
            pub fn arguments(&self) -> Vec<(&'static str, Value)> {
                match self {
                    $( Text::$name $({ $($field),+ })? => {
                        vec![$($((stringify!($field), $field.value())),+)?]
                    } )*
                }
            }
        }
    };
}

texts! {
    // ---- to the customer -------------------------------------------------------------------
    /// Above the suggested articles.
    SuggestionIntro { who: AccountId, count: i64 } = "suggestion-intro";
    /// Below them: where they come from and what happens next.
    SuggestionFooter { patience: SpanMs } = "suggestion-footer";
    SuggestionAsked { who: AccountId, question: Quoted } = "suggestion-asked";
    HelpersCalled { who: AccountId, count: i64, command: String } = "helpers-called";
    MoreHelpersCalled { count: i64, command: String } = "more-helpers-called";
    HelperTookIt { helper: AccountId, who: AccountId } = "helper-took-it";
    HelperGaveBack { who: AccountId } = "helper-gave-back";
    AnswerCheck { who: AccountId, helper: AccountId } = "answer-check";
    AnswerConveyed { helper: AccountId, who: AccountId, answer: Quoted } = "answer-conveyed";
    StaffAnswered { staff: AccountId, who: AccountId, answer: Quoted } = "staff-answered";
    HandedOff { who: AccountId, wait: SpanMs } = "handed-off";
    HandedOffNobodyFree { who: AccountId, wait: SpanMs } = "handed-off-nobody-free";
    HandedOffUrgent { who: AccountId, wait: SpanMs } = "handed-off-urgent";
    HandedOffNoDesk { who: AccountId } = "handed-off-no-desk";
    StaffTookIt { staff: AccountId, who: AccountId } = "staff-took-it";
    StaffStillWorking { who: AccountId } = "staff-still-working";
    SolvedBySelf { who: AccountId } = "solved-by-self";
    SolvedByHelper { who: AccountId, helper: AccountId, points: i64, balance: i64 } = "solved-by-helper";
    SolvedByHelperCapped { who: AccountId, helper: AccountId } = "solved-by-helper-capped";
    SolvedByStaff { who: AccountId } = "solved-by-staff";
    SolvedBySilence { who: AccountId, helper: AccountId, window: SpanMs } = "solved-by-silence";
    SolvedForYouToo { count: i64 } = "solved-for-you-too";
    RankReached { helper: AccountId, rank: Key } = "rank-reached";
    ThanksPassedOn { helper: AccountId, points: i64, balance: i64 } = "thanks-passed-on";
    ReopenedCalling { who: AccountId } = "reopened-calling";
    NotSolvedYet { who: AccountId } = "not-solved-yet";
    ExpiredUnsolved { who: AccountId } = "expired-unsolved";
    MeTooNoted = "me-too-noted";
    MeTooFull = "me-too-full";
    AlreadyThatFar = "already-that-far";

    // ---- to ambassadors --------------------------------------------------------------------
    CallIntro { who: AccountId, place: ChannelId } = "call-intro";
    CallFreeAgain { who: AccountId, place: ChannelId } = "call-free-again";
    CallTopics { topics: String } = "call-topics";
    CallHowTo { lease: SpanMs } = "call-how-to";
    CallTakenBy { helper: AccountId } = "call-taken-by";
    CallOver = "call-over";
    ClaimYours { who: AccountId, place: ChannelId, lease: SpanMs } = "claim-yours";
    ClaimLost { helper: AccountId } = "claim-lost";
    ClaimAlreadyYours { left: SpanMs } = "claim-already-yours";
    ClaimOwnQuestion = "claim-own-question";
    ClaimNotAmbassador = "claim-not-ambassador";
    ClaimTooMany { count: i64 } = "claim-too-many";
    ClaimWithStaff = "claim-with-staff";
    ClaimLapsed { helper: AccountId } = "claim-lapsed";
    PassNoted = "pass-noted";
    GiveBackNotYours = "give-back-not-yours";
    GiveBackNoted = "give-back-noted";

    // ---- to staff and moderators -----------------------------------------------------------
    DossierIntro { who: AccountId, place: ChannelId, case: String } = "dossier-intro";
    DossierWhyAsked { by: AccountId } = "dossier-why-asked";
    DossierWhyUrgent { word: String } = "dossier-why-urgent";
    DossierWhyNobody = "dossier-why-nobody";
    DossierWhyLadder { waited: SpanMs } = "dossier-why-ladder";
    DossierFacts { language: Key, topics: String } = "dossier-facts";
    DossierTried { articles: String } = "dossier-tried";
    DossierNothingTried = "dossier-nothing-tried";
    DossierCalled { count: i64 } = "dossier-called";
    DossierAnswer { helper: AccountId, answer: Quoted } = "dossier-answer";
    DossierHowTo = "dossier-how-to";
    DeskReminder { case: String, who: AccountId, waited: SpanMs } = "desk-reminder";
    DeskFollowUp { who: AccountId, message: Quoted } = "desk-follow-up";
    DeskEscalatedAgain { by: AccountId, case: String } = "desk-escalated-again";
    DeskNotSolved { who: AccountId, case: String } = "desk-not-solved";
    DeskTakenBy { staff: AccountId } = "desk-taken-by";
    DeskBack { case: String } = "desk-back";
    DeskSolved { case: String } = "desk-solved";
    DeskWithdrawn { case: String } = "desk-withdrawn";
    DeskMoved { case: String } = "desk-moved";
    DeskMissing { who: AccountId, case: String } = "desk-missing";
    DeskConveyed { who: AccountId } = "desk-conveyed";
    StaffOnly = "staff-only";
    ReturnedToCalling = "returned-to-calling";

    // ---- refusals --------------------------------------------------------------------------
    NotYourQuestion = "not-your-question";
    CaseOver = "case-over";
    CaseUnknown = "case-unknown";
    EscalationNotAllowed = "escalation-not-allowed";
    AlreadyWithStaff { wait: SpanMs } = "already-with-staff";
    NothingToEscalate { command: String } = "nothing-to-escalate";
    TooManyOpen { count: i64 } = "too-many-open";
    NotWatched { places: String } = "not-watched";
    NotWatchedAnywhere = "not-watched-anywhere";
    ModeratorsOnly = "moderators-only";
    UnknownCommand { command: String } = "unknown-command";
    MissingOption { command: String, option: String } = "missing-option";
    UnknownOption { command: String, option: String, known: String } = "unknown-option";
    BadOption { option: String, value: Quoted, expected: Key } = "bad-option";
    UnknownTopic { topic: Quoted, known: String } = "unknown-topic";
    UnknownLanguage { language: Quoted, known: String } = "unknown-language";
    DeskApart { place: ChannelId } = "desk-apart";
    UnknownChannel { place: Quoted } = "unknown-channel";
    UnknownZone { zone: Quoted } = "unknown-zone";
    BadCommandWord { word: Quoted, problem: Key } = "bad-command-word";

    // ---- answers to commands ---------------------------------------------------------------
    AmbassadorJoined { topics: String, languages: String, calls: i64 } = "ambassador-joined";
    AmbassadorLeft = "ambassador-left";
    AmbassadorNotOne = "ambassador-not-one";
    AmbassadorPaused = "ambassador-paused";
    AmbassadorPausedFor { span: SpanMs } = "ambassador-paused-for";
    AmbassadorHours { hours: String, zone: String } = "ambassador-hours";
    AmbassadorHoursOff = "ambassador-hours-off";
    PointsNone = "points-none";
    PointsAre { balance: i64, rank: Key, today: i64, cap: i64 } = "points-are";
    PointsNext { missing: i64, rank: Key } = "points-next";
    PointsLine { points: i64, act: Key, ago: SpanMs } = "points-line";
    WhyNothing = "why-nothing";
    WhyCalled { who: AccountId, place: ChannelId, ago: SpanMs } = "why-called";
    WhyTopic { topics: String } = "why-topic";
    WhyAnyTopic = "why-any-topic";
    WhyLanguage { language: Key } = "why-language";
    WhyRested { rested: SpanMs } = "why-rested";
    WhyNeverCalled = "why-never-called";
    WhyHelpedBefore { count: i64 } = "why-helped-before";
    WhyBusy { count: i64 } = "why-busy";
    WhyWave { wave: i64, count: i64 } = "why-wave";
    WhyHowToStop = "why-how-to-stop";
    WhyNotCalled { ago: SpanMs } = "why-not-called";
    WhyNotPaused = "why-not-paused";
    WhyNotQuiet { hours: String } = "why-not-quiet";
    WhyNotDailyCap { count: i64 } = "why-not-daily-cap";
    WhyNotOpenCases { count: i64 } = "why-not-open-cases";
    WhyNotMuted { topics: String } = "why-not-muted";
    WhyNotOtherTopics { topics: String } = "why-not-other-topics";
    WhyNotLanguage { language: Key } = "why-not-language";
    WhyNotBlocked = "why-not-blocked";
    WhyNotAsker = "why-not-asker";
    WhyNotCalledBefore = "why-not-called-before";
    WhyNotOutranked = "why-not-outranked";
    HelpCustomer { places: String } = "help-customer";
    HelpTiers { command: String } = "help-tiers";
    HelpAmbassador = "help-ambassador";
    HelpBecome = "help-become";
    HelpModerator = "help-moderator";
    Hello { bot: String } = "hello";
    PrivacyKept { bot: String } = "privacy-kept";
    PrivacySpan { span: SpanMs } = "privacy-span";
    PrivacyUse = "privacy-use";
    PrivacyForget { command: String } = "privacy-forget";
    WhoIsThis = "who-is-this";
    WatchOn { place: ChannelId, mode: Key, sensitivity: Key } = "watch-on";
    WatchOff { place: ChannelId } = "watch-off";
    WatchAnswers { answers: Key } = "watch-answers";
    StaffSet { place: ChannelId } = "staff-set";
    StaffWaiting { count: i64 } = "staff-waiting";
    AmbassadorsSet { place: ChannelId } = "ambassadors-set";
    EscalationIs { command: String, aliases: String } = "escalation-is";
    EscalationSet { command: String, old: String } = "escalation-set";
    EscalationReset { command: String } = "escalation-reset";
    StatusWatching { places: String } = "status-watching";
    StatusWatchingNone = "status-watching-none";
    StatusThreads { places: String } = "status-threads";
    StatusThreadRefused { place: ChannelId, problem: String } = "status-thread-refused";
    StatusDesk { place: ChannelId } = "status-desk";
    StatusDeskNone = "status-desk-none";
    StatusHelpers { place: ChannelId } = "status-helpers";
    StatusRoster { count: i64, free: i64 } = "status-roster";
    StatusArticles { count: i64 } = "status-articles";
    StatusEscalation { command: String } = "status-escalation";
    StatusCases { open: i64, waiting: i64 } = "status-cases";
    StatusGivenUp { count: i64 } = "status-given-up";
    StatusParked { count: i64 } = "status-parked";

    // ---- what is well and what is not, to moderators and operators ---------------------------
    FindingTokenTaken { name: String } = "finding-token-taken";
    FindingTokenUnset { variable: String } = "finding-token-unset";
    FindingTokenUnsetMend { variable: String } = "finding-token-unset-mend";
    FindingTokenWrong { variable: String } = "finding-token-wrong";
    FindingTokenWrongMend { variable: String } = "finding-token-wrong-mend";
    FindingUnread { what: String, why: String } = "finding-unread";
    FindingUnreadMend = "finding-unread-mend";
    FindingContentRead = "finding-content-read";
    FindingContentUnread = "finding-content-unread";
    FindingContentUnreadMend = "finding-content-unread-mend";
    FindingSessions { count: i64 } = "finding-sessions";
    FindingSessionsNone = "finding-sessions-none";
    FindingSessionsNoneMend { wait: SpanMs } = "finding-sessions-none-mend";
    FindingServerIn { server: String } = "finding-server-in";
    FindingServerNew { server: String } = "finding-server-new";
    FindingServerNewMend = "finding-server-new-mend";
    FindingServerOut { server: String } = "finding-server-out";
    FindingServerOutMend = "finding-server-out-mend";
    FindingServerNone = "finding-server-none";
    FindingServerNoneMend = "finding-server-none-mend";
    FindingRightsAll { place: ChannelId, uses: Keys } = "finding-rights-all";
    FindingRightsMissing { place: ChannelId, uses: Keys, rights: Keys } = "finding-rights-missing";
    FindingRightsWished { place: ChannelId, uses: Keys, rights: Keys } = "finding-rights-wished";
    FindingRightsMend = "finding-rights-mend";
    FindingPlaceGone { place: String, uses: Keys } = "finding-place-gone";
    FindingQuestionsGoneMend = "finding-questions-gone-mend";
    FindingDeskGoneMend = "finding-desk-gone-mend";
    FindingCallsGoneMend = "finding-calls-gone-mend";
    FindingInvite { link: String } = "finding-invite";

    // ---- what moderators change, take back and let stand ----------------------------------
    BadChoice { option: String, value: Quoted, known: String } = "bad-choice";
    OutOfLimits { option: String, least: String, most: String } = "out-of-limits";
    StaffBeforeWaves { last: SpanMs, staff: SpanMs } = "staff-before-waves";
    BadRanks { known: String } = "bad-ranks";
    UnknownPerson { person: Quoted } = "unknown-person";
    UnknownCase { case: Quoted } = "unknown-case";
    UndoBy { command: String } = "undo-by";
    AlreadySo = "already-so";
    AndMore { count: i64 } = "and-more";
    RulesHere = "rules-here";
    RulesFromNow = "rules-from-now";
    LadderPatience { patience: SpanMs } = "ladder-patience";
    LadderWaves { waves: String } = "ladder-waves";
    LadderClaim { claim: SpanMs, wait: SpanMs } = "ladder-claim";
    LadderStaff { staff: SpanMs } = "ladder-staff";
    RecognitionPoints { solved: i64, thanked: i64, endorsed: i64, cap: i64 } = "recognition-points";
    RecognitionRanks { ranks: String } = "recognition-ranks";
    BadgesHere { badges: String } = "badges-here";
    BadgesNowhere = "badges-nowhere";
    BadgeSet { rank: Key, badge: String } = "badge-set";
    BadgeOff { rank: Key, badge: String } = "badge-off";
    BadgeAgain { badge: String } = "badge-again";
    BadgeRefused { badge: String, obstacle: Key } = "badge-refused";
    BadgeTrouble { badge: String, obstacle: Key } = "badge-trouble";
    BadgeTroubleOver { command: String } = "badge-trouble-over";
    BadgeReason { rank: Key } = "badge-reason";
    UnknownBadge { badge: Quoted } = "unknown-badge";
    UnknownRank { rank: Quoted, known: String } = "unknown-rank";
    LanguageIs { language: Key, known: String } = "language-is";
    LanguageSet { language: Key } = "language-set";
    StaffOff = "staff-off";
    AmbassadorsOff = "ambassadors-off";
    AmbassadorCaps { calls: i64, cases: i64 } = "ambassador-caps";
    RosterLine { helper: AccountId, state: Key, calls: i64, cap: i64 } = "roster-line";
    BlockOn { who: AccountId } = "block-on";
    BlockOff { who: AccountId } = "block-off";
    BlockLine { who: AccountId } = "block-line";
    BlockLineWhy { who: AccountId, note: Quoted } = "block-line-why";
    BlockNobody = "block-nobody";
    BlockNotModerators = "block-not-moderators";
    AskerBlocked = "asker-blocked";
    CaseLine { case: String, who: AccountId, place: ChannelId, stage: Key, ago: SpanMs } = "case-line";
    CaseQuestion = "case-question";
    CaseStepsBefore { count: i64 } = "case-steps-before";
    CaseStepAgo { ago: SpanMs } = "case-step-ago";
    CaseDue { left: SpanMs } = "case-due";
    CaseHowTo { case: String } = "case-how-to";
    CaseNow { case: String, stage: Key } = "case-now";
    CaseWordsRetracted { case: String } = "case-words-retracted";
    CaseWordsRestored { case: String } = "case-words-restored";
    CasesNone = "cases-none";
    CasesHowTo = "cases-how-to";
    ClosedByModerator { who: AccountId } = "closed-by-moderator";
    ModeratorAdds { note: Quoted } = "moderator-adds";
    WordsRetracted = "words-retracted";
    NoAnswerBy { helper: AccountId } = "no-answer-by";
    NotForYourself = "not-for-yourself";
    NothingToTake { helper: AccountId } = "nothing-to-take";
    NoPointsToTake { helper: AccountId } = "no-points-to-take";
    PointsGiven { helper: AccountId, points: i64, balance: i64 } = "points-given";
    PointsTaken { helper: AccountId, points: i64, balance: i64 } = "points-taken";

    // ---- questions that came while the bot was away, or without a word -------------------
    AskedWhileAway { who: AccountId } = "asked-while-away";
    SuggestionFooterLate = "suggestion-footer-late";
    SayInWords { who: AccountId } = "say-in-words";

    // ---- an ambassador's card --------------------------------------------------------------
    AmbassadorCalls { calls: i64 } = "ambassador-calls";
    AmbassadorTopics { topics: String, muted: String } = "ambassador-topics";
    CardIs { helper: AccountId, rank: Key, balance: i64 } = "card-is";
    CardSolved { count: i64, topics: String } = "card-solved";
    CardTopics { topics: String, languages: String } = "card-topics";
    CardMuted { topics: String } = "card-muted";
    CardCalls { calls: i64, cap: i64 } = "card-calls";
    CardQuiet { hours: String, zone: String } = "card-quiet";
    CardNow { state: Key } = "card-now";
    CardNoAmbassador { helper: AccountId } = "card-no-ambassador";
    HelpWaitCrowd { wait: SpanMs } = "help-wait-crowd";
    HelpWaitStaff { wait: SpanMs } = "help-wait-staff";
    HelpWaitUnknown = "help-wait-unknown";
    HelpFreeNow { count: i64 } = "help-free-now";

    // ---- buttons ---------------------------------------------------------------------------
    ButtonSolved = "button-solved";
    ButtonAskPerson = "button-ask-person";
    ButtonMeToo = "button-me-too";
    ButtonTake = "button-take";
    ButtonPass = "button-pass";
    ButtonGiveBack = "button-give-back";
    ButtonNotSolved = "button-not-solved";
    ButtonStaffTake = "button-staff-take";
    ButtonStaffReturn = "button-staff-return";
    ButtonStaffSolved = "button-staff-solved";
    MayRepeat { id: String } = "may-repeat";

    // ---- policies from outside -------------------------------------------------------------
    WhyNotUnsuited = "why-not-unsuited";
    // ---- threads ---------------------------------------------------------------------------
    DeskThread { who: AccountId } = "desk-thread";
    ThreadTitle { case: String } = "thread-title";
    ThreadTitleWithdrawn = "thread-title-withdrawn";
    CallThread { who: AccountId } = "call-thread";
    // ---- message menus ---------------------------------------------------------------------
    /// To whoever pointed at somebody's question.
    PointedTaken = "pointed-taken";
    PointedKnown = "pointed-known";
    PointedWordless = "pointed-wordless";
    PointedNotNow = "pointed-not-now";
    PointedNoCase { command: String } = "pointed-no-case";
    // ---- the story of a case ---------------------------------------------------------------
    StoryAsked { who: AccountId, place: ChannelId } = "story-asked";
    StorySuggested { articles: String } = "story-suggested";
    StoryCalled { who: AccountId, topics: String, count: i64, rested: SpanMs } = "story-called";
    StoryCalledFirst { who: AccountId, topics: String, count: i64 } = "story-called-first";
    StoryOverAsker { names: String } = "story-over-asker";
    StoryOverBlocked { names: String } = "story-over-blocked";
    StoryOverPaused { names: String } = "story-over-paused";
    StoryOverCalledBefore { names: String } = "story-over-called-before";
    StoryOverLanguage { names: String } = "story-over-language";
    StoryOverMuted { names: String } = "story-over-muted";
    StoryOverOtherTopics { names: String } = "story-over-other-topics";
    StoryOverQuiet { names: String } = "story-over-quiet";
    StoryOverDailyCap { names: String } = "story-over-daily-cap";
    StoryOverOpenCases { names: String } = "story-over-open-cases";
    StoryRetracted { by: AccountId } = "story-retracted";
    StoryRestored { by: AccountId } = "story-restored";
    StoryOverUnsuited { names: String } = "story-over-unsuited";
    StoryOverOutranked { names: String } = "story-over-outranked";
    StoryNobodyElse = "story-nobody-else";
    StoryArticleHelped { by: AccountId } = "story-article-helped";
    StoryWantedPerson { by: AccountId } = "story-wanted-person";
    StoryNoWord { who: AccountId } = "story-no-word";
    StoryStillUnanswered = "story-still-unanswered";
    StoryTook { helper: AccountId } = "story-took";
    StoryLapsed { helper: AccountId } = "story-lapsed";
    StoryPassed { helper: AccountId } = "story-passed";
    StoryGaveBack { helper: AccountId } = "story-gave-back";
    StoryAnswered { helper: AccountId } = "story-answered";
    StoryAnsweredAsStaff { staff: AccountId } = "story-answered-as-staff";
    StoryWroteMore { by: AccountId } = "story-wrote-more";
    StoryAccepted { by: AccountId, helper: AccountId } = "story-accepted";
    StoryThanked { by: AccountId, helper: AccountId } = "story-thanked";
    StoryNotSolved { by: AccountId } = "story-not-solved";
    StoryReopened { by: AccountId } = "story-reopened";
    StorySolvedBySilence { helper: AccountId } = "story-solved-by-silence";
    StoryStaffAsked { by: AccountId } = "story-staff-asked";
    StoryStaffAskedAgain { by: AccountId } = "story-staff-asked-again";
    StoryStaffUrgent { word: String } = "story-staff-urgent";
    StoryStaffNobody = "story-staff-nobody";
    StoryStaffLadder = "story-staff-ladder";
    StoryStaff = "story-staff";
    StoryStaffTook { staff: AccountId } = "story-staff-took";
    StoryStaffGaveBack { staff: AccountId } = "story-staff-gave-back";
    StoryReminded = "story-reminded";
    StoryDeskSet = "story-desk-set";
    StoryReturned { by: AccountId } = "story-returned";
    StoryStaffSolved { by: AccountId } = "story-staff-solved";
    StoryMeToo { by: AccountId } = "story-me-too";
    StoryFollowedUp { by: AccountId } = "story-followed-up";
    StoryWithdrawn { by: AccountId } = "story-withdrawn";
    StoryRemoved { by: AccountId } = "story-removed";
    StoryCommunityLeft = "story-community-left";
    StoryExpired = "story-expired";
    StoryEarned { helper: AccountId, points: i64 } = "story-earned";
    StoryEarnedThanks { helper: AccountId, points: i64 } = "story-earned-thanks";
    StoryEarnedEndorsed { helper: AccountId, points: i64 } = "story-earned-endorsed";
    StoryEarnedArticle { helper: AccountId, points: i64 } = "story-earned-article";
    StoryGivenByHand { by: AccountId, helper: AccountId, points: i64, note: Quoted } = "story-given-by-hand";
    StoryTakenByHand { by: AccountId, helper: AccountId, points: i64, note: Quoted } = "story-taken-by-hand";
    StoryGranted { helper: AccountId, points: i64 } = "story-granted";
    StoryTakenBack { helper: AccountId, points: i64 } = "story-taken-back";
    StoryUnknown { word: String } = "story-unknown";

    // ---- one person, several accounts ------------------------------------------------------
    LinkCode { command: String, span: SpanMs } = "link-code";
    LinkDone = "link-done";
    LinkedFromElsewhere = "linked-from-elsewhere";
    LinkUnknown = "link-unknown";
    LinkSame = "link-same";
    LinkAlready = "link-already";
    LinkTooMany = "link-too-many";
    LinkBlocked = "link-blocked";
    Unlinked { points: i64 } = "unlinked";
    UnlinkNothing = "unlink-nothing";

    // ---- ratings, feedback, leaders, report ------------------------------------------------
    ButtonRateUp = "button-rate-up";
    ButtonRateDown = "button-rate-down";
    RatedUp = "rated-up";
    RatedDown = "rated-down";
    RateNotYours = "rate-not-yours";
    RateLater = "rate-later";
    FeedbackOnAnswer = "feedback-on-answer";
    FeedbackOnProduct = "feedback-on-product";
    FeedbackPraise = "feedback-praise";
    FeedbackNoAnswer = "feedback-no-answer";
    FeedbackEnough { count: i64 } = "feedback-enough";
    StoryRatedUp { by: AccountId } = "story-rated-up";
    StoryRatedDown { by: AccountId } = "story-rated-down";
    StorySaidOfAnswer { by: AccountId, said: Quoted } = "story-said-of-answer";
    LeadersWeek { topic: String } = "leaders-week";
    LeadersMonth { topic: String } = "leaders-month";
    LeadersAll { topic: String } = "leaders-all";
    LeadersLine { place: i64, who: AccountId, points: i64 } = "leaders-line";
    LeadersNobody = "leaders-nobody";
    LeadersYou { place: i64, points: i64 } = "leaders-you";
    LeadersYouNone = "leaders-you-none";
    LeadersNext { missing: i64 } = "leaders-next";
    ReportIntro { days: i64, count: i64 } = "report-intro";
    ReportNothing { days: i64 } = "report-nothing";
    ReportCut { count: i64 } = "report-cut";
    ReportSolved { solved: i64, share: i64 } = "report-solved";
    ReportSolvedBy { pages: i64, ambassadors: i64, members: i64, staff: i64 } = "report-solved-by";
    ReportUnsolved { open: i64, expired: i64, withdrawn: i64 } = "report-unsolved";
    ReportFirstAnswer { median: SpanMs, slow: SpanMs } = "report-first-answer";
    ReportResolution { median: SpanMs, slow: SpanMs } = "report-resolution";
    ReportToStaff { count: i64, asked: i64, urgent: i64, nobody: i64, ladder: i64 } = "report-to-staff";
    ReportCalls { made: i64, taken: i64, passed: i64, lapsed: i64 } = "report-calls";
    ReportMissed { count: i64, topics: String, none: i64 } = "report-missed";
    ReportPoints { points: i64 } = "report-points";
    ReportRatings { up: i64, down: i64 } = "report-ratings";
    ReportProduct { count: i64 } = "report-product";
    ReportPraise { count: i64 } = "report-praise";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_survives_the_outbox() {
        let text =
            Text::HandedOff { who: AccountId::from(7), wait: Duration::from_mins(30).into() };
        let json = serde_json::to_string(&text).expect("serialises");
        assert_eq!(json, r#"{"say":"handed_off","who":"7","wait":1800000}"#);
        assert_eq!(serde_json::from_str::<Text>(&json).expect("reads back"), text);
    }

    #[test]
    fn no_two_sentences_share_a_key() {
        let mut keys: Vec<_> = Text::KEYS.iter().map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Text::KEYS.len());
    }
}
