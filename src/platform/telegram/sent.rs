//! What was sent, as far as this process knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;

use crate::domain::ids::{OutboxId, PlatformKey};
use crate::platform::Receipt;

/// Pressed buttons, texts of several messages.
const KEPT: usize = 1_000;

/// What was sent, as far as this process knows: which buttons wait for an answer, and which
/// messages belong to one text. None of it is needed.
#[derive(Default)]
pub(super) struct Sent {
    open: Mutex<BTreeSet<String>>,
    rows: Mutex<BTreeMap<OutboxId, Vec<PlatformKey>>>,
    rests: Mutex<BTreeMap<PlatformKey, Vec<PlatformKey>>>,
    /// Whether the server knows messages for one person.
    pub(super) can_whisper: OnceCell<bool>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Sent {
    /// Somebody pressed a button, and waits.
    pub(super) fn pressed(&self, query: &str) {
        let mut open = held(&self.open);
        while open.len() >= KEPT {
            open.pop_first();
        }
        open.insert(query.to_owned());
    }

    /// Whether it is still to be answered; then it is now whoever asks who answers.
    pub(super) fn answers(&self, query: &str) -> bool {
        held(&self.open).remove(query)
    }

    pub(super) fn waits(&self, query: &str) -> bool {
        held(&self.open).contains(query)
    }

    /// Those of a row that are out already.
    pub(super) fn out(&self, row: OutboxId) -> Vec<PlatformKey> {
        held(&self.rows).get(&row).cloned().unwrap_or_default()
    }

    pub(super) fn sent(&self, row: OutboxId, key: PlatformKey) {
        let mut rows = held(&self.rows);
        while rows.len() >= KEPT {
            rows.pop_first();
        }
        rows.entry(row).or_default().push(key);
    }

    /// All of a row are out: the first is its name.
    pub(super) fn finished(&self, row: OutboxId) -> Receipt {
        let mut keys = held(&self.rows).remove(&row).unwrap_or_default();
        if keys.is_empty() {
            return Receipt::default();
        }
        let first = keys.remove(0);
        self.keep_rest(&first, keys);
        Receipt::of_message(first)
    }

    pub(super) fn rest_of(&self, first: &PlatformKey) -> Vec<PlatformKey> {
        held(&self.rests).get(first).cloned().unwrap_or_default()
    }

    pub(super) fn keep_rest(&self, first: &PlatformKey, rest: Vec<PlatformKey>) {
        let mut rests = held(&self.rests);
        rests.remove(first);
        if !rest.is_empty() {
            while rests.len() >= KEPT {
                rests.pop_first();
            }
            rests.insert(first.clone(), rest);
        }
    }
}
