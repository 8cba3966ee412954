//! The names of things: every id is a newtype, so that a case can never be mistaken for a channel.
//!
//! Ids that we make are 63-bit numbers in time order: 41 bits of milliseconds since 2024, 10 bits
//! of process, 12 bits of sequence. In JSON and in Fluent they are strings, because both read
//! numbers as `f64` and would round them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::time::Moment;

/// Milliseconds of 2024-01-01T00:00:00Z: 41 bits from here last until 2093.
const EPOCH_MS: i64 = 1_704_067_200_000;
const PROCESS_BITS: u32 = 10;
const SEQUENCE_BITS: u32 = 12;

/// Makes ids. One for each process; what it makes depends only on `process` and the moments given.
#[derive(Debug)]
pub struct IdSource {
    process: i64,
    last_ms: i64,
    sequence: i64,
}

impl IdSource {
    /// `process` is taken modulo 1024.
    pub fn new(process: u16) -> Self {
        Self { process: i64::from(process) % (1 << PROCESS_BITS), last_ms: 0, sequence: 0 }
    }

    /// The next id: greater than every id this source made before, even when the clock steps back
    /// or more than 4,096 are wanted in one millisecond (then it borrows from the next one).
    pub fn next<T: From<i64>>(&mut self, now: Moment) -> T {
        let ms = (now.as_millis() - EPOCH_MS).max(self.last_ms).max(0);
        if ms > self.last_ms {
            self.sequence = 0;
        } else {
            self.sequence += 1;
        }
        self.last_ms = ms;
        if self.sequence >= 1 << SEQUENCE_BITS {
            self.last_ms += 1;
            self.sequence = 0;
        }
        T::from(
            (self.last_ms << (PROCESS_BITS + SEQUENCE_BITS))
                | (self.process << SEQUENCE_BITS)
                | self.sequence,
        )
    }
}

macro_rules! number_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(i64);

        impl $name {
            /// An id that is known already.
            pub const fn new(number: i64) -> Self { Self(number) }
            /// The number as the database keeps it.
            pub const fn get(self) -> i64 { self.0 }
        }
        impl From<i64> for $name {
            fn from(id: i64) -> Self { Self(id) }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { self.0.fmt(f) }
        }
        impl FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }
        impl Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(&self.0)
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                String::deserialize(d)?.parse().map_err(serde::de::Error::custom)
            }
        }
    )* };
}

number_ids! {
    /// One customer question from asking to its end.
    CaseId,
    /// One Discord server, one Telegram group, or the playground's community.
    CommunityId,
    /// A place people talk; ours, because Telegram's chat ids change.
    ChannelId,
    /// One platform account, within one bot.
    AccountId,
    /// A human: one account, or several that the human linked.
    PersonId,
    /// One row of what is to be said.
    OutboxId,
    /// One recognition entry.
    EntryId,
    /// One rating or word of feedback.
    FeedbackId,
}

macro_rules! word_ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            pub fn new(text: impl Into<String>) -> Self { Self(text.into()) }
            pub fn as_str(&self) -> &str { &self.0 }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&self.0) }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self { Self(text.to_owned()) }
        }
    )* };
}

word_ids! {
    /// A bot is a folder; this is its name under `bots/`.
    BotId,
    /// `discord`, `telegram`, `playground`, or whatever an adapter outside the crate calls itself.
    PlatformId,
    /// An article of the bot's knowledge, from its front matter.
    ArticleId,
    /// What a question is about: a tag of articles, an interest of ambassadors.
    Topic,
    /// A BCP 47 tag in lower case: `en`, `de`, `pt-br`.
    Language,
    /// What a platform itself calls a thing (a message, a user, a chat); opaque to us.
    PlatformKey,
}

impl Language {
    /// The language without region: `pt` of `pt-br`.
    #[must_use]
    pub fn base(&self) -> Language {
        Language(self.0.split(['-', '_']).next().unwrap_or_default().to_lowercase())
    }
}

impl CaseId {
    /// A short form for people and buttons (base 32, without letters that look alike).
    pub fn short(self) -> String {
        const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
        let mut rest = self.0.unsigned_abs();
        let mut letters = Vec::with_capacity(13);
        loop {
            let letter = ALPHABET.get((rest % 32) as usize).copied().unwrap_or(b'0');
            letters.push(char::from(letter));
            rest /= 32;
            if rest == 0 {
                return letters.into_iter().rev().collect();
            }
        }
    }

    /// Reads [`CaseId::short`] back.
    pub fn from_short(text: &str) -> Option<CaseId> {
        const ALPHABET: &str = "0123456789abcdefghjkmnpqrstvwxyz";
        if text.is_empty() || text.len() > 13 {
            return None;
        }
        let number = text.chars().try_fold(0_i64, |sum, letter| {
            let digit = ALPHABET.find(letter.to_ascii_lowercase())?;
            sum.checked_mul(32)?.checked_add(i64::try_from(digit).ok()?)
        })?;
        Some(CaseId(number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_rise_even_when_the_clock_steps_back_or_one_millisecond_is_crowded() {
        let mut source = IdSource::new(7);
        let noon = Moment::from_millis(1_800_000_000_000);
        let mut last = 0;
        for step in 0..10_000 {
            let now = if step % 3 == 0 { Moment::from_millis(1_799_999_999_000) } else { noon };
            let id: CaseId = source.next(now);
            assert!(id.get() > last);
            last = id.get();
        }
    }

    #[test]
    fn a_short_case_id_reads_back() {
        for id in [0, 1, 31, 32, 987_654_321_012_345_678] {
            let case = CaseId::from(id);
            assert_eq!(CaseId::from_short(&case.short()), Some(case));
        }
        assert_eq!(CaseId::from_short("ilo"), None, "letters that look like digits are not used");
    }
}
