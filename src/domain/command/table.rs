//! The one table of commands, which menus, help and the readers of typed lines all look at.

use std::collections::BTreeMap;

use crate::domain::feedback::About;
use crate::domain::recognition::Season;

/// A command as menus show it; `about` keys are in the locale files.
#[derive(Debug, Clone, Copy)]
pub struct Spec {
    pub name: &'static str,
    pub about: &'static str,
    pub options: &'static [OptionSpec],
    pub subs: &'static [Spec],
    pub who: Who,
}

/// Who sees a command in menus; the right itself is checked live.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Everyone,
    Moderators,
}

#[derive(Debug, Clone, Copy)]
pub struct OptionSpec {
    pub name: &'static str,
    pub about: &'static str,
    pub kind: Kind,
    pub required: bool,
    /// Another option, and the values of it that say nothing without this one.
    pub needed_for: Option<(&'static str, &'static [&'static str])>,
}

impl OptionSpec {
    /// Whether a command with these options says nothing without this one.
    pub fn is_needed(&self, given: &BTreeMap<String, String>) -> bool {
        let needs = |(name, values): (&str, &[&str])| {
            given.get(name).is_some_and(|value| values.contains(&value.trim()))
        };
        self.required || self.needed_for.is_some_and(needs)
    }

    const fn needed_for(self, name: &'static str, values: &'static [&'static str]) -> OptionSpec {
        OptionSpec { needed_for: Some((name, values)), ..self }
    }
}

impl Spec {
    /// The text without which the command, with what was given so far, says nothing. Where a
    /// platform has forms, it may be left out of the menu: a form asks for it.
    pub fn asked_for(&self, given: &BTreeMap<String, String>) -> Option<&'static OptionSpec> {
        let text = |option: &&OptionSpec| option.kind == Kind::Text;
        self.options.iter().filter(text).find(|option| option.is_needed(given))
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The rest of the line.
    Text,
    Word,
    /// Words with commas between.
    List,
    Channel,
    /// Somebody of the community, named with `@`.
    Person,
    /// Something worn beside a name, named with `@`: a role.
    Badge,
    /// A whole number, zero or more.
    Number,
    Span,
    Choice(&'static [&'static str]),
}

const fn option(name: &'static str, about: &'static str, kind: Kind, required: bool) -> OptionSpec {
    OptionSpec { name, about, kind, required, needed_for: None }
}

const fn leaf(name: &'static str, about: &'static str, options: &'static [OptionSpec]) -> Spec {
    Spec { name, about, options, subs: &[], who: Who::Everyone }
}

/// Every command but the escalation command, whose name is the moderators' to choose.
pub const TABLE: &[Spec] = &[
    leaf("ask", "about-ask", &[option("question", "about-option-question", Kind::Text, true)]),
    Spec {
        name: "ambassador",
        about: "about-ambassador",
        options: &[],
        subs: &[
            leaf(
                "join",
                "about-ambassador-join",
                &[
                    option("topics", "about-option-topics", Kind::List, false),
                    option("languages", "about-option-languages", Kind::List, false),
                ],
            ),
            leaf("leave", "about-ambassador-leave", &[]),
            leaf(
                "pause",
                "about-ambassador-pause",
                &[option("for", "about-option-for", Kind::Span, false)],
            ),
            leaf(
                "hours",
                "about-ambassador-hours",
                &[
                    option("hours", "about-option-hours", Kind::Word, false),
                    option("zone", "about-option-zone", Kind::Word, false),
                    option("calls", "about-option-calls", Kind::Number, false),
                ],
            ),
            leaf(
                "topics",
                "about-ambassador-topics",
                &[
                    option("topics", "about-option-topics", Kind::List, false),
                    option("mute", "about-option-mute", Kind::List, false),
                ],
            ),
            leaf(
                "card",
                "about-ambassador-card",
                &[option("who", "about-option-who", Kind::Person, false)],
            ),
        ],
        who: Who::Everyone,
    },
    leaf("points", "about-points", &[]),
    leaf("why", "about-why", &[]),
    leaf(
        "leaders",
        "about-leaders",
        &[
            option("period", "about-option-period", Kind::Choice(Season::WORDS), false),
            option("topic", "about-option-topic", Kind::Word, false),
        ],
    ),
    leaf(
        "feedback",
        "about-feedback",
        &[
            option("words", "about-option-words", Kind::Text, true),
            option("about", "about-option-about", Kind::Choice(About::WORDS), false),
        ],
    ),
    leaf("link", "about-link", &[option("code", "about-option-code", Kind::Text, false)]),
    leaf("unlink", "about-unlink", &[]),
    leaf("help", "about-help", &[]),
    leaf("privacy", "about-privacy", &[]),
    Spec {
        name: "askaround",
        about: "about-askaround",
        options: &[],
        subs: &[
            leaf(
                "watch",
                "about-askaround-watch",
                &[
                    option("channel", "about-option-channel", Kind::Channel, false),
                    option("mode", "about-option-mode", Kind::Choice(MODES), false),
                    option(
                        "sensitivity",
                        "about-option-sensitivity",
                        Kind::Choice(SENSITIVITIES),
                        false,
                    ),
                    option("answers", "about-option-answers", Kind::Choice(ANSWERS), false),
                ],
            ),
            leaf(
                "staff",
                "about-askaround-staff",
                &[
                    option("channel", "about-option-channel", Kind::Channel, false),
                    option("mode", "about-option-switch", Kind::Choice(SWITCH), false),
                ],
            ),
            leaf(
                "ambassadors",
                "about-askaround-ambassadors",
                &[
                    option("channel", "about-option-channel", Kind::Channel, false),
                    option("mode", "about-option-switch", Kind::Choice(SWITCH), false),
                    option("calls", "about-option-calls-all", Kind::Number, false),
                    option("cases", "about-option-cases", Kind::Number, false),
                ],
            ),
            leaf(
                "escalation",
                "about-askaround-escalation",
                &[option("name", "about-option-name", Kind::Word, false)],
            ),
            leaf(
                "ladder",
                "about-askaround-ladder",
                &[
                    option("waves", "about-option-waves", Kind::List, false),
                    option("patience", "about-option-patience", Kind::Span, false),
                    option("claim", "about-option-claim", Kind::Span, false),
                    option("wait", "about-option-wait", Kind::Span, false),
                    option("staff", "about-option-staff-after", Kind::Span, false),
                    option("all", "about-option-all", Kind::Choice(RESET), false),
                ],
            ),
            leaf(
                "recognition",
                "about-askaround-recognition",
                &[
                    option("solved", "about-option-solved", Kind::Number, false),
                    option("thanked", "about-option-thanked", Kind::Number, false),
                    option("endorsed", "about-option-endorsed", Kind::Number, false),
                    option("cap", "about-option-cap", Kind::Number, false),
                    option("ranks", "about-option-ranks", Kind::List, false),
                    option("rank", "about-option-rank", Kind::Word, false),
                    option("role", "about-option-role", Kind::Badge, false),
                    option("mode", "about-option-rank-mode", Kind::Choice(SWITCH), false),
                    option("all", "about-option-all", Kind::Choice(RESET), false),
                ],
            ),
            leaf(
                "language",
                "about-askaround-language",
                &[option("language", "about-option-language", Kind::Word, false)],
            ),
            leaf(
                "knowledge",
                "about-askaround-knowledge",
                &[
                    option("number", "about-option-draft", Kind::Word, false),
                    option("do", "about-option-review", Kind::Choice(REVIEWS), false),
                    option("text", "about-option-text", Kind::Text, false)
                        .needed_for("do", WORDINGS),
                ],
            ),
            leaf(
                "case",
                "about-askaround-case",
                &[
                    option("case", "about-option-case", Kind::Word, false),
                    option("do", "about-option-do", Kind::Choice(DEEDS), false),
                    option("who", "about-option-person", Kind::Person, false),
                    option("points", "about-option-points", Kind::Number, false),
                    option("reason", "about-option-why", Kind::Text, false),
                ],
            ),
            leaf(
                "block",
                "about-askaround-block",
                &[
                    option("who", "about-option-person", Kind::Person, false),
                    option("mode", "about-option-switch", Kind::Choice(SWITCH), false),
                    option("reason", "about-option-why", Kind::Text, false),
                ],
            ),
            leaf("status", "about-askaround-status", &[]),
            leaf(
                "report",
                "about-askaround-report",
                &[option("days", "about-option-days", Kind::Number, false)],
            ),
        ],
        who: Who::Moderators,
    },
];

/// The escalation command, under whatever name it has.
pub const ESCALATION: Spec =
    leaf("", "about-escalation", &[option("reason", "about-option-reason", Kind::Text, false)]);

/// What a chat begins with where the platform asks for it; in no menu of ours.
pub const START: Spec =
    leaf("start", "about-help", &[option("payload", "about-help", Kind::Text, false)]);

const MODES: &[&str] = &["detect", "tagged", "every_post", "off"];
const SENSITIVITIES: &[&str] = &["strict", "balanced", "eager"];
const ANSWERS: &[&str] = &["channel", "thread"];
const SWITCH: &[&str] = &["on", "off"];
const RESET: &[&str] = &["reset"];
const REVIEWS: &[&str] =
    &["publish", "withdraw", "discard", "draft", "title", "question", "body", "revert"];
/// Those of them that give words.
const WORDINGS: &[&str] = &["title", "question", "body"];
const DEEDS: &[&str] =
    &["close", "return", "escalate", "solved", "endorse", "grant", "take", "retract", "restore"];

/// Finds a command by name; `escalation` are the names that mean the escalation command here.
pub fn spec_of<'a>(name: &str, escalation: &[String]) -> Option<&'a Spec> {
    if escalation.iter().any(|word| word == name) {
        return Some(&ESCALATION);
    }
    if name == START.name {
        return Some(&START);
    }
    TABLE.iter().find(|spec| spec.name == name)
}
