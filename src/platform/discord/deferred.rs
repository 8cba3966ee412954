//! What has been said to whom: how far each interaction is answered, which messages belong to one
//! text, and where people are written to directly.
//!
//! Discord wants a first answer within three seconds; the commit of what is to be said may take
//! longer. So whoever took an interaction in defers it when it is late, and whoever carries out
//! the answer finds here what there is to fill. One lock for each interaction is held from the
//! decision until Discord has heard of it: an answer never fills what is not there yet. All of it
//! is a memory of this process and none of it is needed: what is forgotten is looked up, or found
//! out by a refusal.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Mutex as Turn, OwnedMutexGuard, watch};

use super::acknowledge::{Answers, Deferral, Sending};
use super::outbound::Interaction;
use super::rest::{Call, Rest};
use crate::domain::ids::{OutboxId, PlatformKey};

/// How long an interaction can be answered, in the time that is written in its id.
const TOKEN_LIFE_MS: u64 = 15 * 60 * 1000;
/// A snowflake's time stands above these bits.
const TIME_BITS: u32 = 22;
/// Remembered texts of several messages, and direct channels.
const KEPT: usize = 1_000;

/// What there is of an interaction's first answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum First {
    /// Nothing that we know of.
    #[default]
    Open,
    /// It shows that an answer is being thought about, to the one who asked.
    Waiting,
    /// These very words.
    Ours,
    /// Something else; more can be said beside it.
    Taken,
}

/// What was said by one interaction.
#[derive(Debug, Default)]
pub(super) struct Talk {
    pub(super) first: First,
    said: BTreeMap<OutboxId, Vec<String>>,
    answered: watch::Sender<bool>,
}

impl Talk {
    /// How many messages of a row were sent.
    pub(super) fn parts(&self, row: OutboxId) -> usize {
        self.said.get(&row).map_or(0, Vec::len)
    }

    pub(super) fn said(&mut self, row: OutboxId, message: String) {
        self.said.entry(row).or_default().push(message);
        self.answered.send_replace(true);
    }

    pub(super) fn ids(&self, row: OutboxId) -> Vec<String> {
        self.said.get(&row).cloned().unwrap_or_default()
    }
}

#[derive(Default)]
pub(super) struct Deferred {
    talks: Mutex<BTreeMap<u64, Arc<Turn<Talk>>>>,
    rests: Mutex<BTreeMap<PlatformKey, Vec<String>>>,
    directs: Mutex<BTreeMap<String, String>>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes room for one more; ids rise with time, so that an old one goes.
fn make_room<K: Ord + Clone, V>(map: &mut BTreeMap<K, V>) {
    while map.len() >= KEPT {
        map.pop_first();
    }
}

impl Deferred {
    /// What was said by an interaction, from now on if nothing was.
    pub(super) fn talk(&self, id: &str) -> Arc<Turn<Talk>> {
        let id = id.parse::<u64>().unwrap_or_default();
        let mut talks = held(&self.talks);
        let talk = Arc::clone(talks.entry(id).or_default());
        // The newest is about now, so that no clock is needed to know which are over.
        let newest = talks.last_key_value().map_or(id, |(newest, _)| *newest);
        let dead = (newest >> TIME_BITS).saturating_sub(TOKEN_LIFE_MS) << TIME_BITS;
        *talks = talks.split_off(&dead);
        talk
    }

    /// The messages beside the first one of a text.
    pub(super) fn rest_of(&self, first: &PlatformKey) -> Vec<String> {
        held(&self.rests).get(first).cloned().unwrap_or_default()
    }

    pub(super) fn keep_rest(&self, first: &PlatformKey, rest: Vec<String>) {
        let mut rests = held(&self.rests);
        rests.remove(first);
        if !rest.is_empty() {
            make_room(&mut rests);
            rests.insert(first.clone(), rest);
        }
    }

    /// The channel in which somebody is written to directly.
    pub(super) fn direct(&self, user: &str) -> Option<String> {
        held(&self.directs).get(user).cloned()
    }

    pub(super) fn keep_direct(&self, user: &str, channel: &str) {
        let mut directs = held(&self.directs);
        make_room(&mut directs);
        directs.insert(user.to_owned(), channel.to_owned());
    }
}

// ---- the acknowledgement -------------------------------------------------------------------

/// One interaction, as whoever took it in sees it: the same that an answer to it sees.
pub(super) struct Attended<'a> {
    rest: &'a Rest,
    application: &'a str,
    talk: Interaction,
    state: Arc<Turn<Talk>>,
    answered: watch::Receiver<bool>,
    /// The turn, from the decision to defer or to clear until that is sent.
    turn: Mutex<Option<OwnedMutexGuard<Talk>>>,
}

impl<'a> Attended<'a> {
    /// `None` for what is no key of an interaction, `<id>:<token>`.
    pub(super) async fn new(
        deferred: &Deferred,
        rest: &'a Rest,
        application: &'a str,
        key: &str,
    ) -> Option<Attended<'a>> {
        let talk = Interaction::read(key)?;
        let state = deferred.talk(&talk.id);
        let answered = state.lock().await.answered.subscribe();
        Some(Attended { rest, application, talk, state, answered, turn: Mutex::default() })
    }

    /// Takes the turn if nobody has it and the first answer is as it was, and changes that.
    fn turn(&self, from: First, to: First) -> bool {
        let Ok(mut turn) = Arc::clone(&self.state).try_lock_owned() else { return false };
        if turn.first != from {
            return false;
        }
        turn.first = to;
        *held(&self.turn) = Some(turn);
        true
    }
}

impl Answers for Attended<'_> {
    async fn answered(&self) {
        let mut answered = self.answered.clone();
        if answered.wait_for(|answered| *answered).await.is_err() {
            // Forgotten, so that nobody will answer any more.
            std::future::pending::<()>().await;
        }
    }

    fn defer(&self, how: Deferral) -> bool {
        let to = match how {
            Deferral::Thinking => First::Waiting,
            Deferral::Silent => First::Taken,
        };
        self.turn(First::Open, to)
    }

    fn clear(&self) -> bool {
        self.turn(First::Waiting, First::Taken)
    }

    async fn send(&self, what: Sending) {
        let turn = held(&self.turn).take();
        let call = match what {
            Sending::Defer(how) => self.talk.callback(how.body()),
            Sending::Clear => Call::delete(self.talk.original(self.application)),
        };
        let Err(error) = self.rest.call(call).await else { return };
        tracing::warn!(%error, "an interaction was not acknowledged");
        // Whether it is there is found out by the answer, if there is one.
        if let (Some(mut turn), Sending::Defer(_)) = (turn, what) {
            turn.first = First::Open;
        }
    }
}
