//! The table that turns what was seen into two chances. It is a logistic regression, fitted on chat
//! logs of help channels for programmers and Ubuntu users and held, by its ridge, near what was
//! expected beforehand, so that what those logs show rarely (problem reports without a question,
//! small talk, quotations) is still judged by sense. The signs are grammatical and the same in
//! every language, so that what English chat teaches holds for the others.

macro_rules! signs { ($($(#[$doc:meta])* $sign:ident $help:literal $asks:literal),* $(,)?) => {
    /// Something that can be seen in a message.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Sign { $($(#[$doc])* $sign),* }

    /// Each sign, its weight for "wants help" and its weight for "is a question".
    pub(super) const WEIGHTS: &[(Sign, f64, f64)] = &[$((Sign::$sign, $help, $asks)),*];
} }

/// A message without any sign: no call for help, …
pub(super) const HELP_BIAS: f64 = -3.00;
/// … and no question.
pub(super) const QUESTION_BIAS: f64 = -1.93;

signs! {
    /// A question mark stands somewhere.
    Mark 1.02 2.42,
    /// The last sentence ends with one.
    LastMark 0.54 0.69,
    /// More than one.
    ManyMarks -0.20 -0.38,
    /// Every sentence ends with one.
    AllMarks -0.30 0.59,
    /// A mark among three sentences or more.
    OneOfMany -0.27 -0.41,
    /// A sentence is a question by its mark alone.
    MarkAlone 0.38 1.00,
    /// A mark, and neither "you" nor small talk.
    PlainMark 0.46 0.87,
    /// A mark behind four words or fewer.
    ShortMarked -0.28 -0.03,
    /// A mark and twelve words or more.
    LongMarked 0.81 -0.01,
    /// `¿`.
    Opening 0.43 1.50,
    /// A sentence opens with an asking word.
    AskOpen 0.53 2.07,
    /// The first one does.
    AskOpenFirst 0.41 0.41,
    /// It ends with a mark as well.
    AskOpenMarked -0.43 -0.13,
    /// A sentence opens with its verb: "is there", "gibt es".
    TurnedOpen 1.54 2.98,
    /// It ends with a mark as well.
    TurnedMarked -0.20 -0.29,
    /// An asking word opens a clause after a comma.
    AskClause 0.24 0.91,
    /// … and the main one, since what stood before began with "if" or "besides".
    AskMain 0.30 1.40,
    /// An asking word in the middle.
    AskMid 0.36 0.41,
    /// An asking word at the end.
    AskEnd -0.34 0.62,
    /// A question particle.
    Particle 0.70 1.60,
    /// "How do I" anywhere.
    HowTo 1.04 1.02,
    /// "How do I" opens a sentence.
    HowToOpen 1.49 0.70,
    /// A phrase that asks for help.
    Help 2.09 1.16,
    /// Such a phrase and a mark.
    HelpMarked 0.21 -0.19,
    /// Hardly more than such a phrase, to nobody and without a mark: "please help".
    BareHelp 0.80 1.00,
    /// "I want to".
    Wish 0.62 0.42,
    /// … of the writer's own.
    MineWish 0.59 0.46,
    /// Something does not do what it should.
    Problem 0.70 0.76,
    /// A noun for trouble.
    Fault 0.49 0.50,
    /// A problem told to nobody, as no answer and no advice.
    PlainProblem 1.74 0.42,
    /// … in so few words that they are about nothing else: "WLAN geht nicht mehr".
    BareProblem 0.70 1.00,
    /// "I want to …, but …".
    WishBut 0.75 -0.45,
    /// Trouble with something of the writer's.
    MineProblem 1.00 0.46,
    /// "I", "my".
    Mine 0.38 -0.34,
    /// … in a sentence with a mark.
    MineMarked 0.53 0.11,
    /// "You", outside of a phrase that asks for help.
    You -0.27 0.45,
    /// … in a sentence with a mark.
    YouMarked -0.30 -0.20,
    /// "Anyone".
    Someone 0.31 0.54,
    /// … in a sentence with a mark.
    SomeoneMarked -0.39 0.20,
    /// A question back to somebody.
    Back -0.65 0.94,
    /// … that opens a sentence.
    BackOpen -0.91 0.45,
    /// "How are you", "anyone here".
    SmallTalk -1.36 0.22,
    /// "…, right?".
    TagEnd -0.71 0.16,
    /// A greeting.
    Greeting 0.18 0.28,
    /// … and hardly more.
    GreetingOnly -1.18 -0.42,
    /// A thank-you.
    Thanks -1.11 -1.06,
    /// Thanks in advance.
    Advance 0.29 0.24,
    /// What helpers write: "you can".
    Advice 0.26 -0.12,
    /// … at the opening.
    AdviceOpen -1.03 -0.92,
    /// Help held out to others.
    Offer -2.20 -1.20,
    /// What opens like a question and tells: "how nice", "what a pity".
    Told -0.20 -0.30,
    /// "Yes", "no", "ok" at the opening.
    AnswerOpen -0.37 -0.50,
    /// Laughter in letters.
    Laugh -1.04 -1.48,
    /// An emoticon.
    Smile 0.06 -0.15,
    /// An exclamation mark.
    Exclaim 0.28 0.01,
    /// Begins with a mention of somebody, or replies to them.
    ToPerson -0.64 0.23,
    /// … and asks "you".
    ToPersonYou -0.98 -0.49,
    /// … and speaks of itself.
    ToPersonMine 0.08 -0.07,
    /// … and holds a mark.
    ToPersonMark -0.31 0.12,
    /// A link.
    Link 0.36 0.19,
    /// Code or a pasted log.
    Code -0.20 0.45,
    /// … for the greater part.
    MostlyCode -0.51 -0.60,
    /// A quoted line.
    Quoted -0.40 0.06,
    /// One word or none.
    Words1 -1.08 -0.75,
    /// Two to four words that name no trouble.
    Words2 -0.69 0.26,
    /// Five to eight words.
    Words5 0.41 0.39,
    /// Nine to fifteen.
    Words9 0.20 -0.05,
    /// Sixteen to thirty.
    Words16 -0.17 -0.14,
    /// More.
    Words31 0.08 -0.22,
}
