//! Is this message a question, and one for us? What makes the bot speak up or keep still.
//!
//! A question mark decides little: in help channels more than half of the marks stand behind small
//! talk and questions back to somebody ("which version do you have?"), and many calls for help have
//! none ("WLAN geht nicht mehr"). So a message is *read* once into words and marks, with what was
//! pasted left out; closed *word lists* say what its phrases are for, in every language that the
//! message may be in; the *shape* (what opens a sentence, what ends it, who is addressed) becomes
//! named signs; one table *weighs* them; and a small *model*, trained on chat ([`training`]), leans
//! on the outcome by pieces of words and makes two chances of it. That takes some microseconds, and
//! grows with the text no faster than the text. Everything behind [`Detector`] may change: it takes
//! one message and gives a [`Verdict`].
//!
//! Two mistakes cost differently. Speaking up at small talk annoys a channel, keeping still at a
//! question loses it; a community moves that balance by its [`Sensitivity`], and may switch
//! guessing off by its [`ListenMode`].

mod grams;
mod language;
mod letters;
mod model;
mod reading;
mod shape;
mod thanks;
mod trained;
pub mod training;
mod weights;
mod words;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_without_marks;

use serde::{Deserialize, Serialize};

pub use language::detect_language;
pub use reading::{has_help_tag, is_empty_of_words, is_thin, leans_on_context};
pub use shape::ShapeDetector;
pub use thanks::thanks;
pub use trained::TrainedDetector;
pub use weights::Sign;

use super::ids::Language;

/// Judges one message by itself. What came before and who wrote it is the intake's to know.
pub trait Detector: Send + Sync {
    fn judge(&self, message: &Heard<'_>) -> Verdict;
}

/// A message, and what the platform says about its place.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heard<'a> {
    pub text: &'a str,
    /// The community's language: settles what a short text leaves open.
    pub language: Option<&'a Language>,
    /// Answers somebody who is not the bot.
    pub is_reply_to_person: bool,
    /// Opens a forum post or a topic.
    pub opens_post: bool,
    /// Names the bot or replies to it.
    pub mentions_bot: bool,
}

/// What the detector makes of a message.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// The chance, 0 to 1, that the writer wants help with a problem of their own.
    pub score: f64,
    /// The chance, 0 to 1, that it is a question at all, to whomever.
    pub asks: f64,
    /// The message's own language, when it is plain.
    pub language: Option<Language>,
    /// What was seen, for the operator's eyes.
    pub reasons: Vec<Reason>,
}

/// Something that spoke for or against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    HelpPhrase,
    ProblemReport,
    Wish,
    QuestionMark,
    AskingWord,
    WordOrder,
    OpensPost,
    MentionsBot,
    HelpTag,
    SmallTalk,
    BackQuestion,
    TagQuestion,
    ReplyToPerson,
    Advice,
    Thanks,
    Greeting,
    TooShort,
    MostlyCode,
    QuotedText,
    Link,
}

/// From this chance on a message is taken for a question, to whomever.
pub const ASKS_CUT: f64 = 0.5;

/// How sure the bot must be before it speaks up.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sensitivity {
    Strict,
    #[default]
    Balanced,
    Eager,
}

impl Sensitivity {
    /// The score from which a message is caught. On chat logs that training had not seen, of what
    /// was caught 86 % (strict), 74 % (balanced), 64 % (eager) wanted help, and of those who wanted
    /// help 68 %, 86 %, 92 % were caught. They lie below one half because a missed question costs
    /// the asker more than a needless suggestion costs the channel.
    pub fn cut(self) -> f64 {
        match self {
            Self::Strict => 0.6,
            Self::Balanced => 0.33,
            Self::Eager => 0.18,
        }
    }

    /// The word of configuration, commands and locale keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Strict => "strict",
            Self::Balanced => "balanced",
            Self::Eager => "eager",
        }
    }
}

/// What a watched channel is listened to for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListenMode {
    /// Any message that asks for help.
    #[default]
    Detect,
    /// Only what is addressed to the bot, or tagged.
    Tagged,
    /// Every opener of a post: a help forum.
    EveryPost,
}

impl ListenMode {
    /// The word of configuration, commands and locale keys.
    pub fn word(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Tagged => "tagged",
            Self::EveryPost => "every_post",
        }
    }
}

/// Whether a message opens a case. A tag is a person's own word and counts without any guessing,
/// even bare: the question may be in a picture.
pub fn is_caught(
    mode: ListenMode,
    sensitivity: Sensitivity,
    heard: &Heard<'_>,
    verdict: &Verdict,
) -> bool {
    match mode {
        ListenMode::Detect => verdict.score >= sensitivity.cut() || has_help_tag(heard.text),
        ListenMode::Tagged => {
            // Under the bot's own answers people also say thanks, or only react.
            let called = heard.mentions_bot
                && !is_empty_of_words(heard.text)
                && !thanks(heard.text, heard.language);
            called || has_help_tag(heard.text)
        }
        ListenMode::EveryPost => heard.opens_post && !is_empty_of_words(heard.text),
    }
}
