//! What people said a moment ago in watched channels and was no question: a hint, and no more.
//!
//! "hi", "my router is red", "any ideas": people ask in bursts, and none of the three may be a
//! question by itself. Chatter opens no case and so costs no transaction, and it is not kept; this
//! is the one place where a few lines of it wait, in memory, for the line that makes a question of
//! them. A crash loses them, which costs a question its beginning and never the question: what asks
//! by itself is in the database before it is acknowledged.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::domain::ids::{BotId, PlatformId, PlatformKey};
use crate::domain::time::Moment;

/// From one line of a burst to the next. People type a line in half a minute; after a minute they
/// wait for somebody, or talk of something else.
const PAUSE: Duration = Duration::from_secs(45);

/// Lines that can go before a question: more are a conversation.
const LINES: usize = 4;

/// Lines of all channels together: what a busy server says in a minute, many times over.
const REMARKS: usize = 512;

/// An older line leads up to nothing: it goes when the next one comes, whoever's that is.
const KEPT: Duration = Duration::from_mins(5);

/// Whoever says something, where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Whose {
    pub(super) bot: BotId,
    pub(super) platform: PlatformId,
    pub(super) channel: PlatformKey,
    pub(super) author: PlatformKey,
}

/// A line that was no question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Remark {
    pub(super) whose: Whose,
    pub(super) key: PlatformKey,
    pub(super) text: String,
    pub(super) at: Moment,
}

/// The lines of the last minute.
#[derive(Debug, Default)]
pub(super) struct Lately(Mutex<VecDeque<Remark>>);

impl Lately {
    /// Remembers a line; told again, it is remembered once.
    pub(super) fn note(&self, remark: Remark) {
        let mut remarks = self.remarks();
        let is_old = |known: &Remark| remark.at.since(known.at) > KEPT;
        remarks.retain(|known| !known.is(&remark.whose.channel, &remark.key) && !is_old(known));
        remarks.push_back(remark);
        if remarks.len() > REMARKS {
            remarks.pop_front();
        }
    }

    /// What somebody said right before a message of `at`, in order; its own line is none of it.
    pub(super) fn before(&self, whose: &Whose, key: &PlatformKey, at: Moment) -> Vec<Remark> {
        let mut found: Vec<Remark> = Vec::new();
        let mut next = at;
        for remark in self.remarks().iter().rev() {
            let is_theirs = remark.whose == *whose && remark.key != *key && remark.at <= next;
            if !is_theirs {
                continue;
            }
            if next.since(remark.at) > PAUSE || found.len() == LINES {
                break;
            }
            next = remark.at;
            found.push(remark.clone());
        }
        found.reverse();
        found
    }

    /// A line was deleted.
    pub(super) fn forget(&self, channel: &PlatformKey, key: &PlatformKey) {
        self.remarks().retain(|remark| !remark.is(channel, key));
    }

    /// A line was edited.
    pub(super) fn change(&self, channel: &PlatformKey, key: &PlatformKey, text: &str) {
        if let Some(remark) = self.remarks().iter_mut().find(|remark| remark.is(channel, key)) {
            text.clone_into(&mut remark.text);
        }
    }

    fn remarks(&self) -> std::sync::MutexGuard<'_, VecDeque<Remark>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Remark {
    fn is(&self, channel: &PlatformKey, key: &PlatformKey) -> bool {
        self.key == *key && self.whose.channel == *channel
    }
}

/// A burst as one text.
pub(super) fn as_one(before: &[Remark], text: &str) -> String {
    let lines = before.iter().map(|remark| remark.text.as_str());
    lines.chain([text]).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whose(author: &str) -> Whose {
        Whose {
            bot: "lumen".into(),
            platform: "square".into(),
            channel: "help".into(),
            author: author.into(),
        }
    }

    fn said(lately: &Lately, author: &str, key: &str, text: &str, second: i64) {
        let (whose, at) = (whose(author), Moment::from_millis(second * 1_000));
        lately.note(Remark { whose, key: key.into(), text: text.to_owned(), at });
    }

    fn before(lately: &Lately, author: &str, second: i64) -> Vec<String> {
        let at = Moment::from_millis(second * 1_000);
        let remarks = lately.before(&whose(author), &"new".into(), at);
        remarks.into_iter().map(|remark| remark.text).collect()
    }

    #[test]
    fn only_ones_own_lines_of_the_last_moment_go_before() {
        let lately = Lately::default();
        said(&lately, "mia", "m0", "good morning", 0);
        said(&lately, "mia", "m1", "hi", 60);
        said(&lately, "tom", "t1", "hello mia", 62);
        said(&lately, "mia", "m2", "my router is red", 80);
        assert_eq!(before(&lately, "mia", 100), ["hi", "my router is red"]);
        assert_eq!(before(&lately, "tom", 100), ["hello mia"]);
        assert_eq!(before(&lately, "mia", 200), [""; 0], "a minute later it is another matter");
    }

    #[test]
    fn a_line_told_again_edited_or_deleted_is_what_it_is() {
        let lately = Lately::default();
        said(&lately, "mia", "m1", "hi", 1);
        said(&lately, "mia", "m1", "hi", 1);
        lately.change(&"help".into(), &"m1".into(), "hello");
        assert_eq!(before(&lately, "mia", 2), ["hello"]);
        lately.forget(&"help".into(), &"m1".into());
        assert_eq!(before(&lately, "mia", 2), [""; 0]);
    }

    #[test]
    fn a_flood_is_forgotten_from_its_beginning() {
        let lately = Lately::default();
        for line in 0..10_000 {
            said(&lately, "mia", &format!("m{line}"), &format!("line {line}"), 1);
        }
        assert_eq!(lately.remarks().len(), REMARKS);
        let last: Vec<String> = (9_996..10_000).map(|line| format!("line {line}")).collect();
        assert_eq!(before(&lately, "mia", 2), last);
    }
}
