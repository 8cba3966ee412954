//! The words a bot can say its things in: those Askaround ships and those of its own `locales/`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::files::{files, read_text};
use super::manifest::language_tag;
use super::problem::{Problem, error};
use crate::domain::ids::Language;
use crate::locale::{self, Extent, SHIPPED};

pub(super) struct Wording {
    folder: PathBuf,
    /// The bot's own files, sound or not: a file with a flaw is there all the same.
    texts: BTreeMap<Language, String>,
}

impl Wording {
    pub(super) fn read(folder: PathBuf, problems: &mut Vec<Problem>) -> Wording {
        let mut texts = BTreeMap::new();
        for file in files(&folder, "ftl", problems) {
            let text = match read_text(&file) {
                Ok(text) => text,
                Err(problem) => {
                    problems.push(problem);
                    continue;
                }
            };
            let flaws = locale::check(&file.display().to_string(), &text, Extent::Part);
            problems.extend(
                flaws
                    .into_iter()
                    .map(|flaw| error(&file, (flaw.line, flaw.column), flaw.what, flaw.mend)),
            );
            let stem = file.file_stem().unwrap_or_default().to_string_lossy();
            let language = language_tag(&stem).filter(|_| file.parent() == Some(&folder));
            if let Some(language) = language {
                texts.insert(language, text);
            } else {
                let what = "the file is not named after a language";
                let mend = format!("name it like {}", folder.join("de.ftl").display());
                problems.push(error(&file, (1, 1), what, mend));
            }
        }
        Wording { folder, texts }
    }

    pub(super) fn into_texts(self) -> BTreeMap<Language, String> {
        self.texts
    }

    /// Whether anything is worded in `language`, or in it without its region.
    pub(super) fn speaks(&self, language: &Language) -> bool {
        self.sources(language).next().is_some()
    }

    /// The first of `languages` in which nothing says the message `key`. A language that nothing
    /// at all is worded in has been reported by itself.
    pub(super) fn first_without<'a>(
        &self,
        key: &str,
        languages: &'a [Language],
    ) -> Option<&'a Language> {
        // Fluent indents what belongs to a message, so only its name begins a line.
        let says = |source: &str| {
            let names = source.lines().filter_map(|line| line.strip_prefix(key));
            names.map(str::trim_start).any(|rest| rest.starts_with('='))
        };
        languages.iter().find(|language| self.speaks(language) && !self.sources(language).any(says))
    }

    /// The bot's own file for `language`, whether it is there or not.
    pub(super) fn own_file(&self, language: &Language) -> PathBuf {
        self.folder.join(format!("{language}.ftl"))
    }

    /// Where a message is to be added: the file, and the line after its last.
    pub(super) fn next_line(&self, language: &Language) -> (PathBuf, usize) {
        let lines = self.texts.get(language).map_or(0, |text| text.lines().count());
        (self.own_file(language), lines + 1)
    }

    pub(super) fn shipped_languages() -> String {
        SHIPPED.map(|(tag, _)| tag).join(", ")
    }

    /// Reports own files in a language that none of the bot's `languages` looks into. Every
    /// language looks into English in the end.
    pub(super) fn refuse_foreign(&self, languages: &[Language], problems: &mut Vec<Problem>) {
        let looked_into = |tag: &Language| {
            tag.as_str() == "en" || languages.iter().any(|l| l == tag || l.base() == *tag)
        };
        for tag in self.texts.keys().filter(|tag| !looked_into(tag)) {
            let what = format!("the bot does not speak \"{tag}\"");
            let mend = "add it to `languages` in bot.toml, or take the file away";
            problems.push(error(&self.own_file(tag), (1, 1), what, mend));
        }
    }

    /// What a sentence in `language` is looked for in, short of English.
    fn sources<'a>(&'a self, language: &Language) -> impl Iterator<Item = &'a str> {
        let tiers = [language.clone(), language.base()];
        let own = tiers.clone().into_iter().filter_map(|tag| self.texts.get(&tag));
        let shipped =
            SHIPPED.into_iter().filter(move |(tag, _)| tiers.iter().any(|t| t.as_str() == *tag));
        own.map(String::as_str).chain(shipped.map(|(_, source)| source))
    }
}
