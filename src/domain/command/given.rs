//! The options as given, held against what the table expects.

use std::time::Duration;

use super::table::{Kind, Spec};
use super::{Deed, Typed, Watch, clip};
use crate::domain::case::Rejection;
use crate::domain::harvest;
use crate::domain::ids::PlatformKey;
use crate::domain::overrides::{
    BadgeChange, LadderChange, RecognitionChange, parse_rank, parse_wave,
};
use crate::domain::question::{ListenMode, Sensitivity};
use crate::domain::rules::AnswersIn;
use crate::domain::text::{Key, Quoted, Text};
use crate::domain::time::parse_span;

/// Longer than any platform's own limit for one option (Discord: 6,000).
pub(super) const OPTION_LIMIT_CHARS: usize = 6_000;

/// The options as given, beside what was expected.
pub(super) struct Given<'a> {
    pub(super) typed: &'a Typed,
    pub(super) spec: &'a Spec,
}

impl Given<'_> {
    pub(super) fn text(&self, name: &str) -> Option<String> {
        let value = self.typed.options.get(name)?.trim();
        (!value.is_empty()).then(|| value.chars().take(OPTION_LIMIT_CHARS).collect())
    }

    pub(super) fn list(&self, name: &str) -> Vec<String> {
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

    /// The list, if the option was given at all.
    pub(super) fn list_if_any(&self, name: &str) -> Option<Vec<String>> {
        self.text(name).map(|_| self.list(name))
    }

    /// Somebody, by the word without its `@`.
    pub(super) fn person(&self, name: &str) -> Option<String> {
        self.text(name).map(|word| word.trim_start_matches('@').to_owned())
    }

    pub(super) fn number(&self, name: &str) -> Result<Option<i64>, Rejection> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.parse::<i64>() {
            Ok(number) if number >= 0 => Ok(Some(number)),
            Ok(_) | Err(_) => Err(bad(name, &text, "expected-number")),
        }
    }

    /// A number of days, a year's at most.
    pub(super) fn days(&self, name: &str) -> Result<Option<u32>, Rejection> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match text.parse().ok().filter(|days| (1..=366).contains(days)) {
            Some(days) => Ok(Some(days)),
            None => Err(bad(name, &text, "expected-days")),
        }
    }

    pub(super) fn is_off(&self, name: &str) -> bool {
        self.text(name).as_deref() == Some("off")
    }

    pub(super) fn ladder(&self) -> Result<LadderChange, Rejection> {
        let waves = self.each("waves", "expected-waves", parse_wave)?;
        Ok(LadderChange {
            waves,
            patience: self.span("patience")?,
            claim: self.span("claim")?,
            wait: self.span("wait")?,
            staff: self.span("staff")?,
            reset: self.text("all").is_some(),
        })
    }

    pub(super) fn recognition(&self) -> Result<RecognitionChange, Rejection> {
        Ok(RecognitionChange {
            solved: self.number("solved")?,
            thanked: self.number("thanked")?,
            endorsed: self.number("endorsed")?,
            cap: self.number("cap")?,
            ranks: self.each("ranks", "expected-ranks", parse_rank)?,
            badge: self.badge()?,
            reset: self.text("all").is_some(),
        })
    }

    /// Which rank a badge is to stand for, each makes sense with the other only; or whether ranks
    /// are shown at all, where nothing has to be made for it.
    fn badge(&self) -> Result<Option<BadgeChange>, Rejection> {
        let rank = self.text("rank").map(|rank| rank.to_lowercase());
        let missing = |option: &str| {
            let (command, option) = (command_line(self.typed), option.to_owned());
            Err(Rejection(Text::MissingOption { command, option }))
        };
        match (rank, self.person("role")) {
            (Some(rank), _) if self.is_off("mode") => Ok(Some(BadgeChange::Off { rank })),
            (Some(rank), Some(badge)) => Ok(Some(BadgeChange::Set { rank, badge })),
            (Some(_), None) => missing("role"),
            (None, Some(_)) => missing("rank"),
            (None, None) if self.is_off("mode") => Ok(Some(BadgeChange::TagsOff)),
            (None, None) if self.text("mode").is_some() => Ok(Some(BadgeChange::TagsOn)),
            (None, None) => Ok(None),
        }
    }

    /// Every item of a list, read by `parse`.
    fn each<T>(
        &self,
        name: &str,
        expected: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<Vec<T>>, Rejection> {
        let Some(items) = self.list_if_any(name) else { return Ok(None) };
        let item = |item: &String| parse(item).ok_or_else(|| bad(name, item, expected));
        items.iter().map(item).collect::<Result<Vec<T>, _>>().map(Some)
    }

    pub(super) fn deed(&self) -> Result<Option<Deed>, Rejection> {
        let (who, points) = (self.person("who"), self.number("points")?);
        Ok(match self.text("do").as_deref() {
            Some("close") => Some(Deed::Close),
            Some("return") => Some(Deed::Return),
            Some("escalate") => Some(Deed::Escalate),
            Some("solved") => Some(Deed::Solved { who }),
            Some("endorse") => Some(Deed::Endorse { who }),
            Some("grant") => Some(Deed::Grant { who, points }),
            Some("take") => Some(Deed::Take { who, points }),
            Some("retract") => Some(Deed::Retract),
            Some("restore") => Some(Deed::Restore),
            Some(_) | None => None,
        })
    }

    /// What is to be done about a draft or an article that was harvested.
    pub(super) fn review(&self) -> Option<harvest::Deed> {
        let word = self.text("do")?;
        Some(match word.as_str() {
            "publish" => harvest::Deed::Publish,
            "withdraw" => harvest::Deed::Withdraw,
            "discard" => harvest::Deed::Discard,
            "draft" => harvest::Deed::Redraft,
            "revert" => harvest::Deed::Revert,
            word => {
                let field = harvest::Field::ALL.into_iter().find(|field| field.word() == word)?;
                harvest::Deed::Word { field, text: self.text("text").unwrap_or_default() }
            }
        })
    }

    pub(super) fn channel(&self, name: &str) -> Option<PlatformKey> {
        self.text(name).map(|text| PlatformKey::new(text.trim_start_matches('#')))
    }

    pub(super) fn span(&self, name: &str) -> Result<Option<Duration>, Rejection> {
        let Some(text) = self.text(name) else { return Ok(None) };
        match parse_span(&text).filter(|span| !span.is_zero()) {
            Some(span) => Ok(Some(span)),
            None => Err(bad(name, &text, "expected-span")),
        }
    }

    pub(super) fn watch(&self) -> Watch {
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
        let answers = self.text("answers");
        let answers =
            AnswersIn::ALL.into_iter().find(|known| Some(known.word()) == answers.as_deref());
        Watch::On { mode, sensitivity, answers }
    }

    pub(super) fn check(&self) -> Result<(), Rejection> {
        if let Some(unknown) =
            self.typed.options.keys().find(|key| !self.spec.options.iter().any(|o| o.name == *key))
        {
            return Err(unknown_option(self.typed, self.spec, unknown));
        }
        for option in self.spec.options {
            match (self.text(option.name), option.kind) {
                (None, _) if option.is_needed(&self.typed.options) => {
                    return Err(Rejection(Text::MissingOption {
                        command: command_line(self.typed),
                        option: option.name.to_owned(),
                    }));
                }
                (Some(value), Kind::Choice(choices)) if !choices.contains(&value.as_str()) => {
                    return Err(Rejection(Text::BadChoice {
                        option: option.name.to_owned(),
                        value: Quoted(clip(&value)),
                        known: choices.join(" · "),
                    }));
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

pub(super) fn missing_sub(spec: &Spec) -> Rejection {
    let known: Vec<&str> = spec.subs.iter().map(|sub| sub.name).collect();
    Rejection(Text::MissingOption {
        command: format!("/{}", spec.name), option: known.join(" · ")
    })
}

pub(super) fn unknown_option(typed: &Typed, spec: &Spec, word: &str) -> Rejection {
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
