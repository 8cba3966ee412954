//! Text → words: every sentence in the language of whoever reads it.
//!
//! The wording is Fluent, in `locales/*.ftl` and in a bot's own `locales/*.ftl`. A sentence is
//! looked for in the bot's own wording of the language, then in ours, then the same for the
//! language without its region (`pt` of `pt-br`), then for English. A wording that does not
//! format (an argument it does not have, a reference to nothing) counts as not there, so nobody is
//! ever shown `{$who}`; what nobody worded is said by its key. All of a sentence, its lengths of
//! time and its ranks too, comes from the language in which the sentence was found.
//!
//! A bot's own wording lies over ours message by message: what it changes is changed wherever
//! another message refers to it, as ours refer to the names of the buttons.
//!
//! What a locale file may do:
//! - `**…**` weighs, `` `…` `` is to be typed; there are no other marks (`shape.rs`).
//! - An argument that is a number chooses the plural. Every other argument is text, and cannot be
//!   chosen by, but for an empty list: that reaches Fluent as the word `none`.
//! - `{ NUMBER($count) }` is there, as Fluent has it; other functions are not.
//!
//! Ids never go through Fluent, which would read them as `f64` and round them.

mod check;
mod flaw;
mod found;
mod shape;
mod span;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use fluent::concurrent::FluentBundle;
use fluent::{FluentArgs, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use crate::domain::ids::{AccountId, ChannelId, Language};
use crate::domain::text::{Text, Value};
use crate::domain::words::{Piece, Words};

pub use check::{Extent, check};
pub use flaw::Flaw;
use shape::{Slot, seal, shape};

/// The languages we ship, with their files. The first words whatever no other one does.
pub const SHIPPED: [(&str, &str); 2] =
    [("en", include_str!("../../locales/en.ftl")), ("de", include_str!("../../locales/de.ftl"))];

/// Who and what a sentence is about, as the platform it is said on calls them.
pub trait Names {
    fn person(&self, id: AccountId) -> Piece;
    fn channel(&self, id: ChannelId) -> Piece;
}

/// Every wording there is, by language. Cheap to clone.
#[derive(Clone)]
pub struct Locales {
    /// Of one language, the uppermost first: the bot's own wording, then ours.
    layers: BTreeMap<Language, Vec<Layer>>,
}

/// One file, together with those it lies over.
#[derive(Clone)]
struct Layer {
    file: Arc<FluentResource>,
    bundle: Arc<FluentBundle<Arc<FluentResource>>>,
}

impl Locales {
    /// The languages in [`SHIPPED`].
    pub fn shipped() -> Result<Locales, Vec<Flaw>> {
        let mut locales = Locales { layers: BTreeMap::new() };
        let mut flaws = Vec::new();
        for (language, source) in SHIPPED {
            flaws.extend(locales.add(&Language::from(language), source, Extent::Whole));
        }
        if flaws.is_empty() { Ok(locales) } else { Err(flaws) }
    }

    /// These, and above them a bot's own `locales/<language>.ftl`. A file may hold any part of the
    /// keys, in a language that we ship or in another.
    pub fn with_wording(&self, wording: &BTreeMap<Language, String>) -> Result<Locales, Vec<Flaw>> {
        let mut locales = self.clone();
        let mut flaws = Vec::new();
        for (language, source) in wording {
            flaws.extend(locales.add(language, source, Extent::Part));
        }
        if flaws.is_empty() { Ok(locales) } else { Err(flaws) }
    }

    /// Every language that anything is worded in, in order of their tags.
    pub fn languages(&self) -> Vec<Language> {
        self.layers.keys().cloned().collect()
    }

    /// True when somebody who speaks `language` is not answered in English for want of a file.
    pub fn has(&self, language: &Language) -> bool {
        self.layers.contains_key(language) || self.layers.contains_key(&language.base())
    }

    /// One sentence in `language`, or as near to it as we have.
    pub fn say(&self, language: &Language, text: &Text, names: &dyn Names) -> Words {
        let worded = tiers(language).iter().find_map(|tier| self.say_in(tier, text, names));
        worded.unwrap_or_else(|| Words::plain(text.key()))
    }

    /// A message that takes no argument, such as `about-ask`, without any form. A key that nobody
    /// worded gives the part behind its first dash: the topic itself of `topic-wifi`.
    pub fn word(&self, language: &Language, key: &str) -> String {
        self.plain(language, key, &FluentArgs::new())
            .unwrap_or_else(|| key.split_once('-').map_or(key, |(_, name)| name).to_owned())
    }

    fn add(&mut self, language: &Language, source: &str, extent: Extent) -> Vec<Flaw> {
        let name = format!("locales/{language}.ftl");
        let flaws = check(&name, source, extent);
        let Ok(tag) = language.as_str().parse::<LanguageIdentifier>() else {
            return vec![Flaw {
                file: name,
                line: 1,
                column: 1,
                what: format!("{language} is not a language"),
                mend: "name the file after a language: de.ftl, pt-br.ftl".into(),
            }];
        };
        if !flaws.is_empty() {
            return flaws;
        }
        // The check has just parsed it without an error, so this is the whole file.
        let file = FluentResource::try_new(check::unmarked(source).to_owned())
            .unwrap_or_else(|(file, _)| file);
        let file = Arc::new(file);
        let layers = self.layers.entry(language.clone()).or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        bundle.set_use_isolating(false);
        // Fails only when the name is taken, and the bundle is empty.
        let _ = bundle.add_builtins();
        for below in layers.iter().rev() {
            bundle.add_resource_overriding(Arc::clone(&below.file));
        }
        bundle.add_resource_overriding(Arc::clone(&file));
        layers.insert(0, Layer { file, bundle: Arc::new(bundle) });
        Vec::new()
    }

    fn say_in(&self, tier: &Language, text: &Text, names: &dyn Names) -> Option<Words> {
        let layers = self.layers.get(tier)?;
        let mut slots = Vec::new();
        let mut arguments = FluentArgs::new();
        for (name, value) in text.arguments() {
            let slot = match value {
                Value::Count(count) => {
                    arguments.set(name, FluentValue::from(count));
                    continue;
                }
                Value::Word(word) if word.is_empty() => {
                    arguments.set(name, "none");
                    continue;
                }
                Value::Word(word) if word.starts_with('/') => Slot::Code(word),
                Value::Word(word) => Slot::Inline(word),
                Value::Key(key) => Slot::Inline(self.word(tier, &key)),
                Value::Keys(keys) => {
                    let words: Vec<_> = keys.iter().map(|key| self.word(tier, key)).collect();
                    Slot::Inline(words.join(", "))
                }
                Value::Span(span) => Slot::Inline(self.span(tier, span)),
                Value::Channel(id) => Slot::Apart(names.channel(id)),
                Value::Person(id) => Slot::Apart(names.person(id)),
                Value::Quote(text) => Slot::Apart(Piece::Quote { text }),
            };
            arguments.set(name, seal(slots.len()));
            slots.push(slot);
        }
        let formatted = layers.iter().find_map(|layer| layer.format(text.key(), &arguments))?;
        Some(shape(&formatted, &slots))
    }

    /// A message without persons or quotations, without any form.
    fn plain(&self, language: &Language, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let formatted = tiers(language).iter().find_map(|tier| {
            self.layers.get(tier)?.iter().find_map(|layer| layer.format(key, arguments))
        })?;
        Some(shape(&formatted, &[]).to_plain())
    }
}

/// The languages to look in, in order; the last one has every key.
fn tiers(language: &Language) -> Vec<Language> {
    let mut tiers = vec![language.clone(), language.base(), Language::from(SHIPPED[0].0)];
    tiers.dedup();
    tiers
}

impl Layer {
    /// `None` when the message is not there, or does not come out whole. Fluent leaves braces (or
    /// the bare name of its function) where something failed, and does not always report it.
    fn format(&self, key: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let formatted = self.bundle.format_pattern(pattern, Some(arguments), &mut errors);
        let whole =
            errors.is_empty() && !formatted.contains('{') && !formatted.contains("NUMBER()");
        whole.then(|| formatted.into_owned())
    }
}

impl fmt::Debug for Locales {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Locales").field(&self.layers.keys()).finish()
    }
}

#[cfg(test)]
mod tests;
