//! One table of `bot.toml` while it is being read: every key that is asked for is a legal key,
//! and what nobody asked for is reported at the end.
//!
//! Why not `#[derive(Deserialize)]`: it stops at the first mistake, and a default, a limit and
//! its reason would stand in three places. Here a getter takes all of them, always gives a value
//! to go on with, and notes each problem at the very letter it is about.

use std::ops::RangeInclusive;
use std::time::Duration;

use rapidfuzz::distance::osa;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::problem::{Page, Problem};
use crate::domain::limits::Limits;
use crate::domain::time::{parse_span, say_span};

/// A table, or the absence of one, with what has been asked of it so far.
pub(super) struct Section<'s, 'p> {
    page: Page<'s>,
    problems: &'p mut Vec<Problem>,
    /// `ladder.` inside `[ladder]`; empty at the top.
    prefix: String,
    /// Where it begins; for a section that the file leaves out, where its parent does.
    start: usize,
    table: Option<&'s DeTable<'s>>,
    asked: Vec<&'s str>,
}

/// A text, and the byte where it stands.
pub(super) type At<'s> = (usize, &'s str);

impl<'s, 'p> Section<'s, 'p> {
    /// Reads a whole file with `read`.
    pub(super) fn whole<T>(
        page: Page<'s>,
        table: &'s DeTable<'s>,
        problems: &'p mut Vec<Problem>,
        read: impl FnOnce(&mut Section<'s, '_>) -> T,
    ) -> T {
        let mut section = Section {
            page,
            problems,
            prefix: String::new(),
            start: 0,
            table: Some(table),
            asked: Vec::new(),
        };
        let value = read(&mut section);
        section.refuse_what_nobody_asked_for();
        value
    }

    /// Reads the table `key` with `read`; one that is left out gives every default.
    pub(super) fn table<T>(
        &mut self,
        key: &'s str,
        read: impl FnOnce(&mut Section<'s, '_>) -> T,
    ) -> T {
        let value = self.find(key);
        let table = value.and_then(|value| self.as_table(key, value));
        let start = value.map_or(self.start, |value| value.span().start);
        self.inner(key, start, table, read)
    }

    /// Reads each table of the list `key`; `None` when it is left out or holds mistakes only.
    pub(super) fn tables<T>(
        &mut self,
        key: &'s str,
        mut read: impl FnMut(&mut Section<'s, '_>, usize) -> T,
    ) -> Option<Vec<T>> {
        let values = self.list(key)?;
        let mut items = Vec::with_capacity(values.len());
        for value in values {
            let Some(table) = self.as_table(key, value) else { continue };
            let start = value.span().start;
            items.push(self.inner(key, start, Some(table), |section| read(section, start)));
        }
        legible(values.len(), items)
    }

    fn inner<T>(
        &mut self,
        key: &str,
        start: usize,
        table: Option<&'s DeTable<'s>>,
        read: impl FnOnce(&mut Section<'s, '_>) -> T,
    ) -> T {
        let prefix = format!("{}{key}.", self.prefix);
        let mut section = Section {
            page: self.page,
            problems: self.problems,
            prefix,
            start,
            table,
            asked: Vec::new(),
        };
        let value = read(&mut section);
        section.refuse_what_nobody_asked_for();
        value
    }

    /// Whether the file has this section, as a table.
    pub(super) fn is_written(&self) -> bool {
        self.table.is_some()
    }

    /// Whether the file has `key` at all.
    pub(super) fn has(&self, key: &str) -> bool {
        self.table.is_some_and(|table| table.contains_key(key))
    }

    /// The keys of a table whose keys are the writer's to choose.
    pub(super) fn keys(&self) -> Vec<At<'s>> {
        let pairs = self.table.into_iter().flat_map(DeTable::iter);
        pairs.map(|(key, _)| (key.span().start, key.get_ref().as_ref())).collect()
    }

    /// Where the value of `key` stands, or else the section.
    pub(super) fn at(&self, key: &str) -> usize {
        let value = self.table.and_then(|table| table.get(key));
        value.map_or(self.start, |value| value.span().start)
    }

    /// `ladder.waves`, as people would look for it.
    pub(super) fn path(&self, key: &str) -> String {
        format!("{}{key}", self.prefix)
    }

    pub(super) fn problem(&mut self, at: usize, what: impl Into<String>, mend: impl Into<String>) {
        self.problems.push(self.page.error(at, what, mend));
    }

    // ---- values ----------------------------------------------------------------------------

    pub(super) fn text(&mut self, key: &'s str) -> Option<At<'s>> {
        let value = self.find(key)?;
        self.as_text(key, value)
    }

    /// `None` when the list is left out or holds no text but mistakes.
    pub(super) fn texts(&mut self, key: &'s str) -> Option<Vec<At<'s>>> {
        let values = self.list(key)?;
        legible(values.len(), values.iter().filter_map(|value| self.as_text(key, value)).collect())
    }

    pub(super) fn flag(&mut self, key: &'s str, default: bool) -> bool {
        let Some(value) = self.find(key) else { return default };
        value.get_ref().as_bool().unwrap_or_else(|| {
            self.wrong_type(key, value, "true or false", "write true or false, without quotes");
            default
        })
    }

    pub(super) fn span(
        &mut self,
        key: &'s str,
        limits: &Limits<Duration>,
        default: Duration,
    ) -> Duration {
        const MEND: &str = "write a number and a unit, such as \"90s\", \"3m\", \"2h\" or \"7d\"";
        let Some(value) = self.find(key) else { return default };
        let at = value.span().start;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "a length of time in quotes", MEND);
            return default;
        };
        let Some(span) = parse_span(text) else {
            let what =
                format!("`{}` cannot be {text:?}, which is no length of time", self.path(key));
            self.problem(at, what, MEND);
            return default;
        };
        let Limits { least, most, why } = limits;
        if span < *least || span > *most {
            let what = format!("`{}` is {text:?}", self.path(key));
            let (least, most) = (say_span(*least), say_span(*most));
            self.problem(at, what, format!("write a time from {least} to {most}: {why}"));
        }
        span
    }

    pub(super) fn number(&mut self, key: &'s str, limits: &Limits<i64>, default: i64) -> i64 {
        let Limits { least, most, why } = limits;
        let mend = format!("write a whole number from {least} to {most}: {why}");
        let Some(value) = self.find(key) else { return default };
        let Some(integer) = value.get_ref().as_integer() else {
            self.wrong_type(key, value, "a whole number", &mend);
            return default;
        };
        let number = i64::from_str_radix(integer.as_str(), integer.radix());
        match number {
            Ok(number) if (*least..=*most).contains(&number) => number,
            Ok(_) | Err(_) => {
                let what = format!("`{}` is {}", self.path(key), integer.as_str());
                self.problem(value.span().start, what, mend);
                default
            }
        }
    }

    pub(super) fn share(&mut self, key: &'s str, legal: &RangeInclusive<f64>, default: f64) -> f64 {
        let mend = format!("write a share from {} to {}", legal.start(), legal.end());
        let Some(value) = self.find(key) else { return default };
        let digits = match value.get_ref() {
            DeValue::Float(float) => float.as_str(),
            DeValue::Integer(integer) => integer.as_str(),
            DeValue::String(_)
            | DeValue::Boolean(_)
            | DeValue::Datetime(_)
            | DeValue::Array(_)
            | DeValue::Table(_) => {
                self.wrong_type(key, value, "a number", &mend);
                return default;
            }
        };
        match digits.parse::<f64>() {
            Ok(share) if legal.contains(&share) => share,
            Ok(_) | Err(_) => {
                let what = format!("`{}` is {digits}", self.path(key));
                self.problem(value.span().start, what, mend);
                default
            }
        }
    }

    /// One of a few words, each of which means a value.
    pub(super) fn choice<T: Copy>(&mut self, key: &'s str, words: &[(&str, T)], default: T) -> T {
        let text = self.text(key);
        text.and_then(|text| self.choose(key, text, words)).unwrap_or(default)
    }

    /// Several of a few words; `None` when the list is left out or holds none of them.
    pub(super) fn choices<T: Copy>(&mut self, key: &'s str, words: &[(&str, T)]) -> Option<Vec<T>> {
        let texts = self.texts(key)?;
        let written = texts.len();
        let choose = |text| self.choose(key, text, words);
        legible(written, texts.into_iter().filter_map(choose).collect())
    }

    fn choose<T: Copy>(&mut self, key: &str, text: At<'s>, words: &[(&str, T)]) -> Option<T> {
        let (at, word) = text;
        if let Some((_, meaning)) = words.iter().find(|(known, _)| *known == word) {
            return Some(*meaning);
        }
        let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let what = format!("`{}` cannot be {word:?}", self.path(key));
        self.problem(at, what, mend_word(word, &known, "words"));
        None
    }

    // ---- types -----------------------------------------------------------------------------

    fn find(&mut self, key: &'s str) -> Option<&'s Spanned<DeValue<'s>>> {
        if !self.asked.contains(&key) {
            self.asked.push(key);
        }
        self.table?.get(key)
    }

    fn list(&mut self, key: &'s str) -> Option<&'s [Spanned<DeValue<'s>>]> {
        let value = self.find(key)?;
        if let Some(list) = value.get_ref().as_array() {
            return Some(list);
        }
        self.wrong_type(key, value, "a list", "put what it holds between [ and ]");
        None
    }

    fn as_text(&mut self, key: &str, value: &'s Spanned<DeValue<'s>>) -> Option<At<'s>> {
        if let Some(text) = value.get_ref().as_str() {
            return Some((value.span().start, text));
        }
        self.wrong_type(key, value, "a text", "put it in quotes");
        None
    }

    fn as_table(&mut self, key: &str, value: &'s Spanned<DeValue<'s>>) -> Option<&'s DeTable<'s>> {
        if let Some(table) = value.get_ref().as_table() {
            return Some(table);
        }
        let mend = format!("write [{}] on a line of its own, or {{ … }}", self.path(key));
        self.wrong_type(key, value, "a table", mend);
        None
    }

    fn wrong_type(
        &mut self,
        key: &str,
        value: &Spanned<DeValue<'_>>,
        wanted: &str,
        mend: impl Into<String>,
    ) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a text",
            DeValue::Integer(_) | DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        };
        let what = format!("`{}` is {found}, not {wanted}", self.path(key));
        self.problem(value.span().start, what, mend);
    }

    fn refuse_what_nobody_asked_for(self) {
        let unknown = self.keys().into_iter().filter(|(_, key)| !self.asked.contains(key));
        for (at, key) in unknown {
            let what = format!("unknown key `{}`", self.path(key));
            self.problems.push(self.page.error(at, what, mend_word(key, &self.asked, "keys")));
        }
    }
}

/// What could be read of a list with `written` items. A list of nothing but mistakes, each of them
/// reported, is not an empty list.
fn legible<T>(written: usize, items: Vec<T>) -> Option<Vec<T>> {
    (written == 0 || !items.is_empty()).then_some(items)
}

/// Names the nearest of the `known` words, when one is near, and all of them.
pub(super) fn mend_word(word: &str, known: &[&str], kind: &str) -> String {
    /// Slips in a word that is still meant.
    const NEAR: usize = 3;
    let distance = |other: &&str| osa::distance(other.chars(), word.chars());
    let is_near = |other: &&str| {
        distance(other) <= NEAR.min(word.chars().count() / 2) || other.starts_with(word)
    };
    let nearest = known.iter().copied().filter(is_near).min_by_key(distance);
    let all = format!("the {kind} here are {}", known.join(", "));
    match nearest {
        Some(near) => format!("did you mean `{near}`? {all}"),
        None => all,
    }
}
