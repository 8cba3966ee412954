//! What can stand in a sentence: people, places, numbers, words of ours and of theirs.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::domain::ids::{AccountId, ChannelId};
use crate::domain::time::Moment;

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
