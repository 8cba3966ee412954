//! The queue of updates, and the way to it by `getUpdates`.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use askaround::domain::time::Moment;
use serde_json::{Value, json};

use super::rest::{Answer, Asked};
use super::rules::{self, wrong};
use super::state::{Id, State};
use super::town::Inner;

/// Every kind of update that Telegram knows.
pub(super) const KINDS: [&str; 26] = [
    "message",
    "edited_message",
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "edited_business_message",
    "deleted_business_messages",
    "message_reaction",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "callback_query",
    "shipping_query",
    "pre_checkout_query",
    "purchased_paid_media",
    "poll",
    "poll_answer",
    "my_chat_member",
    "chat_member",
    "chat_join_request",
    "chat_boost",
    "removed_chat_boost",
    "guest_message",
    "managed_bot",
    "subscription",
];

/// What nobody is told who does not ask for it.
const UNASKED: [&str; 3] = ["chat_member", "message_reaction", "message_reaction_count"];

const DAY: Duration = Duration::from_hours(24);

/// How long a pressed button waits to be told, and then to be answered.
pub(super) const QUERY_LIFE: Duration = Duration::from_secs(150);

/// The longest that the server keeps a poll waiting.
const LONGEST_POLL: u64 = 50;

pub(crate) struct Update {
    pub(crate) id: i64,
    pub(crate) kind: &'static str,
    pub(crate) body: Value,
    at: Moment,
    /// Whether it has been told once and forgotten to have been.
    is_again: bool,
}

impl Update {
    pub(super) fn wire(&self) -> Value {
        json!({"update_id": self.id, self.kind: self.body})
    }

    /// The chat whose updates keep their order.
    pub(super) fn chat(&self) -> Id {
        let own = &self.body["chat"]["id"];
        let other = &self.body["message"]["chat"]["id"];
        own.as_i64().or(other.as_i64()).unwrap_or(0)
    }
}

pub(crate) struct Queue {
    pub(super) waiting: VecDeque<Update>,
    pub(super) next: i64,
    /// `None` is the default set.
    pub(super) allowed: Option<Vec<String>>,
    /// Counts the polls: a new one ends the one before.
    poll: u64,
    /// The poll that waits with nothing to tell.
    idle: Option<u64>,
    /// Why the poll before was ended.
    pub(super) is_ended_by_webhook: bool,
    /// Every update comes twice.
    pub(crate) twice: bool,
    /// Every batch comes with its last update first.
    pub(crate) backwards: bool,
    /// Everything that was ever told or waited to be, by kind: for tests.
    pub(crate) history: Vec<(i64, &'static str)>,
}

impl Default for Queue {
    fn default() -> Queue {
        Queue {
            waiting: VecDeque::new(),
            next: 870_000_001,
            allowed: None,
            poll: 0,
            idle: None,
            is_ended_by_webhook: false,
            twice: false,
            backwards: false,
            history: Vec::new(),
        }
    }
}

impl State {
    /// Puts an update into the queue, if it is one of those that the bot wants.
    pub(super) fn emit(&mut self, kind: &'static str, body: &Value) {
        let is_wanted = match &self.queue.allowed {
            None => !UNASKED.contains(&kind),
            Some(allowed) => allowed.iter().any(|one| one == kind),
        };
        if !is_wanted {
            return;
        }
        let (id, at) = (self.queue.next, self.now());
        self.queue.next += 1;
        self.queue.history.push((id, kind));
        self.queue.waiting.push_back(Update { id, kind, body: body.clone(), at, is_again: false });
    }

    /// Forgets what nobody fetched in time.
    pub(super) fn forget_old_updates(&mut self) {
        let now = self.now();
        self.queue.waiting.retain(|update| {
            let life = if update.kind == "callback_query" { QUERY_LIFE } else { DAY };
            now.since(update.at) <= life
        });
    }

    /// Sets the kinds of updates that are wanted from now on.
    pub(super) fn allow(&mut self, allowed: &Value) -> Result<(), rules::Refusal> {
        if allowed.is_null() {
            return Ok(());
        }
        let list = allowed.as_array().ok_or_else(|| wrong("allowed_updates must be an array"))?;
        let mut kinds = Vec::new();
        for kind in list {
            let kind = kind.as_str().unwrap_or_default();
            if !KINDS.contains(&kind) {
                return Err(wrong(format!("allowed_updates lists {kind:?}, which is no update")));
            }
            kinds.push(kind.to_owned());
        }
        self.queue.allowed = (!kinds.is_empty()).then_some(kinds);
        Ok(())
    }

    /// An update was taken and is not to come again.
    pub(super) fn confirm(&mut self, id: i64) {
        let twice = self.queue.twice;
        self.queue.waiting.retain_mut(|update| {
            if update.id != id || update.is_again || !twice {
                return update.id != id;
            }
            update.is_again = true;
            true
        });
    }

    fn confirm_before(&mut self, offset: i64) {
        let twice = self.queue.twice;
        self.queue.waiting.retain_mut(|update| {
            let is_done = update.id < offset;
            let comes_again = is_done && twice && !std::mem::replace(&mut update.is_again, true);
            !is_done || comes_again
        });
    }

    /// Whether the bot listens and has been told everything.
    pub(crate) fn is_connected(&self) -> bool {
        let is_polling = self.queue.idle == Some(self.queue.poll);
        self.queue.waiting.is_empty() && (is_polling || self.hook.is_set())
    }

    /// Its connection is gone, and with it the poll that waited there.
    pub(super) fn end_poll(&mut self) {
        self.queue.poll += 1;
        self.queue.idle = None;
    }

    fn begin(&mut self, asked: &Asked) -> Result<Poll, rules::Refusal> {
        if self.hook.is_set() {
            return Err(rules::HAS_WEBHOOK);
        }
        let (limit, timeout) = (asked.int("limit")?, asked.int("timeout")?);
        let limit = limit.unwrap_or(100);
        if !(1..=100).contains(&limit) {
            return Err(wrong(format!("limit is {limit}, and not between 1 and 100")));
        }
        let timeout = u64::try_from(timeout.unwrap_or(0));
        let timeout = timeout.map_err(|_| wrong("timeout is negative"))?.min(LONGEST_POLL);
        self.allow(&asked.object("allowed_updates")?)?;
        self.end_poll();
        self.queue.is_ended_by_webhook = false;
        self.forget_old_updates();
        let offset = asked.int("offset")?.unwrap_or(0);
        if offset < 0 {
            let kept = usize::try_from(-offset).unwrap_or(usize::MAX);
            let gone = self.queue.waiting.len().saturating_sub(kept);
            self.queue.waiting.drain(..gone);
        } else {
            self.confirm_before(offset);
        }
        Ok(Poll {
            number: self.queue.poll,
            limit: usize::try_from(limit).unwrap_or(100),
            until: self.now() + Duration::from_secs(timeout),
        })
    }

    /// What there is to tell by now, or `None` to wait on.
    fn batch(&mut self, poll: &Poll) -> Option<Answer> {
        if self.queue.poll != poll.number {
            let by_webhook = self.queue.is_ended_by_webhook;
            let why = if by_webhook { rules::TERMINATED_BY_WEBHOOK } else { rules::TERMINATED };
            return Some(Err(why));
        }
        let now = self.now();
        if self.queue.waiting.is_empty() && now < poll.until {
            self.queue.idle = Some(poll.number);
            return None;
        }
        self.queue.idle = None;
        let updates = self.queue.waiting.iter().take(poll.limit);
        let mut batch: Vec<Value> = updates.map(Update::wire).collect();
        if self.queue.backwards {
            batch.reverse();
        }
        Some(Ok(Value::Array(batch)))
    }
}

struct Poll {
    number: u64,
    limit: usize,
    until: Moment,
}

/// A poll that ends by its connection does not look as if it still waited.
struct Waiting<'a> {
    inner: &'a Arc<Inner>,
    number: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let number = self.number;
        self.inner.with(|state| {
            if state.queue.idle == Some(number) {
                state.queue.idle = None;
            }
        });
    }
}

/// Answers as soon as there is something to tell, or when the time is over.
pub(super) async fn poll(inner: &Arc<Inner>, asked: &Asked) -> Answer {
    let poll = inner.with(|state| state.begin(asked))?;
    inner.touch();
    let _waiting = Waiting { inner, number: poll.number };
    let clock = inner.with(|state| Arc::clone(&state.clock));
    let mut changed = inner.changed();
    loop {
        if let Some(answer) = inner.with(|state| state.batch(&poll)) {
            return answer;
        }
        inner.tell_idle();
        tokio::select! {
            _ = changed.changed() => {}
            () = clock.until(poll.until) => {}
        }
    }
}
