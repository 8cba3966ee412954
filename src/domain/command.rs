//! The commands: one table for every platform, one reader for what people typed.
//!
//! Adapters register the table where a platform has menus and hand over what came back as a
//! [`Typed`]; platforms with plain text let [`parse_line`] make the same. [`read`] then turns it
//! into a [`Command`], or into a kind sentence that says what was expected.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::case::Rejection;
use super::ids::PlatformKey;
use super::question::{ListenMode, Sensitivity};
use super::text::{Key, Quoted, Text};
use super::time::parse_span;

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
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The rest of the line.
    Text,
    Word,
    /// Words with commas between.
    List,
    Channel,
    Span,
    Choice(&'static [&'static str]),
}

const fn option(name: &'static str, about: &'static str, kind: Kind, required: bool) -> OptionSpec {
    OptionSpec { name, about, kind, required }
}

const fn leaf(name: &'static str, about: &'static str, options: &'static [OptionSpec]) -> Spec {
    Spec { name, about, options, subs: &[], who: Who::Everyone }
}

/// Longer than any platform's own limit for one option (Discord: 6,000).
const OPTION_LIMIT_CHARS: usize = 6_000;

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
                    option("hours", "about-option-hours", Kind::Word, true),
                    option("zone", "about-option-zone", Kind::Word, false),
                ],
            ),
        ],
        who: Who::Everyone,
    },
    leaf("points", "about-points", &[]),
    leaf("why", "about-why", &[]),
    leaf("help", "about-help", &[]),
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
                ],
            ),
            leaf(
                "staff",
                "about-askaround-staff",
                &[option("channel", "about-option-channel", Kind::Channel, false)],
            ),
            leaf(
                "ambassadors",
                "about-askaround-ambassadors",
                &[option("channel", "about-option-channel", Kind::Channel, false)],
            ),
            leaf(
                "escalation",
                "about-askaround-escalation",
                &[option("name", "about-option-name", Kind::Word, false)],
            ),
            leaf("status", "about-askaround-status", &[]),
        ],
        who: Who::Moderators,
    },
];

/// The escalation command, under whatever name it has.
pub const ESCALATION: Spec =
    leaf("", "about-escalation", &[option("reason", "about-option-reason", Kind::Text, false)]);

const MODES: &[&str] = &["detect", "tagged", "every_post", "off"];
const SENSITIVITIES: &[&str] = &["strict", "balanced", "eager"];

/// A command as a platform hands it over: names and texts, nothing checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    pub name: String,
    #[serde(default)]
    pub sub: Option<String>,
    #[serde(default)]
    pub options: BTreeMap<String, String>,
}

/// A command that makes sense in itself; whether this person may use it here is another question.
#[derive(Debug, Clone, PartialEq)]
pub enum Command {
    Ask { question: String },
    Escalate { reason: Option<String> },
    Join { topics: Vec<String>, languages: Vec<String> },
    Leave,
    Pause { span: Option<Duration> },
    Hours { hours: String, zone: Option<String> },
    Points,
    Why,
    Help,
    Watch { channel: Option<PlatformKey>, watch: Watch },
    Staff { channel: Option<PlatformKey> },
    Ambassadors { channel: Option<PlatformKey> },
    Escalation { name: Option<String> },
    Status,
}

/// What `/askaround watch` sets; what is not said stays as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Watch {
    On { mode: Option<ListenMode>, sensitivity: Option<Sensitivity> },
    Off,
}

/// Finds a command by name; `escalation` are the names that mean the escalation command here.
pub fn spec_of<'a>(name: &str, escalation: &[String]) -> Option<&'a Spec> {
    if escalation.iter().any(|word| word == name) {
        return Some(&ESCALATION);
    }
    TABLE.iter().find(|spec| spec.name == name)
}

/// Reads a line that begins with `/`. `@bot` behind the command is dropped: the adapter has
/// checked that it is us. Options come by place or as `name:value`; a text option takes the rest.
pub fn parse_line(line: &str, escalation: &[String]) -> Result<Typed, Rejection> {
    let line = line.trim().trim_start_matches('/');
    let (head, mut rest) = split_word(line);
    let name = head.split('@').next().unwrap_or_default().to_lowercase();
    let Some(mut spec) = spec_of(&name, escalation) else {
        return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(&name)) }));
    };
    let mut typed = Typed { name, sub: None, options: BTreeMap::new() };
    if !spec.subs.is_empty() {
        let (word, after) = split_word(rest);
        let word = word.to_lowercase();
        let Some(sub) = spec.subs.iter().find(|sub| sub.name == word) else {
            return Err(missing_sub(spec));
        };
        typed.sub = Some(word);
        (spec, rest) = (sub, after);
    }
    let mut by_place = spec.options.iter();
    while !rest.is_empty() {
        let (word, after) = split_word(rest);
        let named = word
            .split_once(':')
            .and_then(|(key, value)| Some((spec.options.iter().find(|o| o.name == key)?, value)));
        let (spec_here, value, next) = match named {
            Some((option, _)) if option.kind == Kind::Text => {
                let from = option.name.len() + 1;
                (option, rest.get(from..).unwrap_or_default().trim(), "")
            }
            Some((option, value)) => (option, value, after),
            None => match by_place.find(|option| !typed.options.contains_key(option.name)) {
                Some(option) if option.kind == Kind::Text => (option, rest, ""),
                Some(option) => (option, word, after),
                None => return Err(unknown_option(&typed, spec, word)),
            },
        };
        typed.options.insert(spec_here.name.to_owned(), value.to_owned());
        rest = next;
    }
    Ok(typed)
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    match text.find(char::is_whitespace) {
        Some(end) => {
            let (word, rest) = text.split_at(end);
            (word, rest.trim_start())
        }
        None => (text, ""),
    }
}

/// Keeps a sentence short, whatever was typed.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

fn missing_sub(spec: &Spec) -> Rejection {
    let known: Vec<&str> = spec.subs.iter().map(|sub| sub.name).collect();
    Rejection(Text::MissingOption {
        command: format!("/{}", spec.name), option: known.join(" · ")
    })
}

fn unknown_option(typed: &Typed, spec: &Spec, word: &str) -> Rejection {
    let known: Vec<&str> = spec.options.iter().map(|option| option.name).collect();
    Rejection(Text::UnknownOption {
        command: command_line(typed),
        option: clip(word),
        known: known.join(" · "),
    })
}

/// `/ambassador join`, as people know it.
fn command_line(typed: &Typed) -> String {
    match &typed.sub {
        Some(sub) => format!("/{} {sub}", typed.name),
        None => format!("/{}", typed.name),
    }
}

/// Reads what was typed into a command, or says what was expected.
pub fn read(typed: &Typed, escalation: &[String]) -> Result<Command, Rejection> {
    let Some(spec) = spec_of(&typed.name, escalation) else {
        return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(&typed.name)) }));
    };
    let spec = match (&typed.sub, spec.subs) {
        (None, []) => spec,
        (Some(sub), subs) => {
            subs.iter().find(|known| known.name == sub).ok_or_else(|| missing_sub(spec))?
        }
        (None, _) => return Err(missing_sub(spec)),
    };
    let given = Given { typed, spec };
    given.check()?;
    let is_escalation = escalation.contains(&typed.name);
    Ok(match (typed.name.as_str(), spec.name) {
        _ if is_escalation => Command::Escalate { reason: given.text("reason") },
        (_, "ask") => Command::Ask { question: given.text("question").unwrap_or_default() },
        (_, "join") => {
            Command::Join { topics: given.list("topics"), languages: given.list("languages") }
        }
        (_, "leave") => Command::Leave,
        (_, "pause") => Command::Pause { span: given.span("for")? },
        (_, "hours") => Command::Hours {
            hours: given.text("hours").unwrap_or_default(),
            zone: given.text("zone"),
        },
        (_, "points") => Command::Points,
        (_, "why") => Command::Why,
        (_, "help") => Command::Help,
        (_, "watch") => Command::Watch { channel: given.channel("channel"), watch: given.watch() },
        (_, "staff") => Command::Staff { channel: given.channel("channel") },
        (_, "ambassadors") => Command::Ambassadors { channel: given.channel("channel") },
        (_, "escalation") => Command::Escalation { name: given.text("name") },
        (_, "status") => Command::Status,
        (name, _) => {
            return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(name)) }));
        }
    })
}

/// The options as given, beside what was expected.
struct Given<'a> {
    typed: &'a Typed,
    spec: &'a Spec,
}

impl Given<'_> {
    fn text(&self, name: &str) -> Option<String> {
        let value = self.typed.options.get(name)?.trim();
        (!value.is_empty()).then(|| value.chars().take(OPTION_LIMIT_CHARS).collect())
    }

    fn list(&self, name: &str) -> Vec<String> {
        let text = self.text(name).unwrap_or_default().to_lowercase();
        let mut items: Vec<String> = text
            .split([',', ';'])
            .map(str::trim)
            .filter(|w| !w.is_empty())
            .map(Into::into)
            .collect();
        items.dedup();
        items
    }

    fn channel(&self, name: &str) -> Option<PlatformKey> {
        self.text(name).map(|text| PlatformKey::new(text.trim_start_matches('#')))
    }

    fn span(&self, name: &str) -> Result<Option<Duration>, Rejection> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match parse_span(&text).filter(|span| !span.is_zero()) {
            Some(span) => Ok(Some(span)),
            None => Err(bad(name, &text, "expected-span")),
        }
    }

    fn watch(&self) -> Watch {
        let (mode, sensitivity) = (self.text("mode"), self.text("sensitivity"));
        if mode.as_deref() == Some("off") {
            return Watch::Off;
        }
        let mode = [ListenMode::Detect, ListenMode::Tagged, ListenMode::EveryPost]
            .into_iter()
            .find(|known| Some(known.word()) == mode.as_deref());
        let sensitivity = [Sensitivity::Strict, Sensitivity::Balanced, Sensitivity::Eager]
            .into_iter()
            .find(|known| Some(known.word()) == sensitivity.as_deref());
        Watch::On { mode, sensitivity }
    }

    fn check(&self) -> Result<(), Rejection> {
        if let Some(unknown) =
            self.typed.options.keys().find(|key| !self.spec.options.iter().any(|o| o.name == *key))
        {
            return Err(unknown_option(self.typed, self.spec, unknown));
        }
        for option in self.spec.options {
            match (self.text(option.name), option.kind) {
                (None, _) if option.required => {
                    return Err(Rejection(Text::MissingOption {
                        command: command_line(self.typed),
                        option: option.name.to_owned(),
                    }));
                }
                (Some(value), Kind::Choice(choices)) if !choices.contains(&value.as_str()) => {
                    return Err(bad(option.name, &value, "expected-choice"));
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn bad(name: &str, value: &str, expected: &str) -> Rejection {
    Rejection(Text::BadOption {
        option: name.to_owned(),
        value: Quoted(clip(value)),
        expected: Key(expected.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words() -> Vec<String> {
        vec!["human".into(), "agent".into()]
    }

    fn line(text: &str) -> Result<Command, Rejection> {
        parse_line(text, &words()).and_then(|typed| read(&typed, &words()))
    }

    #[test]
    fn a_typed_line_means_what_a_menu_would_have_sent() {
        let watch = |channel: Option<&str>, mode, sensitivity| {
            Ok(Command::Watch {
                channel: channel.map(PlatformKey::from),
                watch: Watch::On { mode, sensitivity },
            })
        };
        for (text, command) in [
            ("/ask why is it: slow?", Ok(Command::Ask { question: "why is it: slow?".into() })),
            ("/human", Ok(Command::Escalate { reason: None })),
            (
                "/AGENT@lumenbot  now please",
                Ok(Command::Escalate { reason: Some("now please".into()) }),
            ),
            (
                "/ambassador join topics:wifi,mesh languages:en",
                Ok(Command::Join {
                    topics: vec!["wifi".into(), "mesh".into()],
                    languages: vec!["en".into()],
                }),
            ),
            ("/ambassador pause", Ok(Command::Pause { span: None })),
            ("/ambassador pause 2h", Ok(Command::Pause { span: Some(Duration::from_hours(2)) })),
            (
                "/ambassador hours 22:00-08:00 Europe/Berlin",
                Ok(Command::Hours {
                    hours: "22:00-08:00".into(),
                    zone: Some("Europe/Berlin".into()),
                }),
            ),
            (
                "/askaround watch #help mode:tagged",
                watch(Some("help"), Some(ListenMode::Tagged), None),
            ),
            ("/askaround watch sensitivity:eager", watch(None, None, Some(Sensitivity::Eager))),
            (
                "/askaround watch #help off",
                Ok(Command::Watch { channel: Some("help".into()), watch: Watch::Off }),
            ),
        ] {
            assert_eq!(line(text), command, "{text}");
        }
    }

    #[test]
    fn nonsense_gets_a_sentence_that_names_what_was_expected() {
        for (text, key) in [
            ("/dance", "unknown-command"),
            ("/", "unknown-command"),
            ("/ask", "missing-option"),
            ("/ambassador", "missing-option"),
            ("/ambassador dance", "missing-option"),
            ("/ambassador pause forever", "bad-option"),
            ("/ambassador pause 0s", "bad-option"),
            ("/askaround watch #help loud", "bad-option"),
            ("/askaround watch #help detect eager please", "unknown-option"),
            ("/points now", "unknown-option"),
        ] {
            let Err(Rejection(text_given)) = line(text) else { panic!("{text} was accepted") };
            assert_eq!(text_given.key(), key, "{text}");
        }
    }

    #[test]
    fn menus_that_send_unknown_options_or_a_megabyte_are_survived() {
        let mut typed = Typed { name: "ask".into(), sub: None, options: BTreeMap::new() };
        typed.options.insert("question".into(), "x".repeat(1_000_000));
        let Ok(Command::Ask { question }) = read(&typed, &[]) else { panic!("refused") };
        assert_eq!(question.chars().count(), OPTION_LIMIT_CHARS);
        typed.options.insert("volume".into(), "11".into());
        assert!(read(&typed, &[]).is_err());
    }

    #[test]
    fn every_command_fits_discords_and_telegrams_limits() {
        fn check(spec: &Spec) {
            assert!(spec.name.len() <= 32 && spec.options.len() <= 25 && spec.subs.len() <= 25);
            let optional_first = spec.options.windows(2).any(|w| !w[0].required && w[1].required);
            assert!(!optional_first, "{}: required options come first", spec.name);
            spec.subs.iter().for_each(check);
        }
        TABLE.iter().for_each(check);
    }
}
