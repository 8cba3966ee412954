//! Earlier solved cases, ready to be searched: what [`Solved`] holds of each community, read from
//! the store and built aside, never while a question waits.
//!
//! A shelf is only ever a guess at what is in the store, which every question holds it against
//! before anything is shown. So it may be late: it is built anew when something it holds was
//! solved, changed or deleted, when words are swept, and otherwise now and then, for what another
//! process did. What nobody asks for gives way to what is asked for.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

use super::engine::Engine;
use crate::domain::ids::{BotId, CommunityId};
use crate::domain::time::Moment;
use crate::knowledge::Solved;
use crate::store::StoreError;

/// Questions of one community, the newest: what is older is rarely asked the same way.
const QUESTIONS: i64 = 2_000;
/// Of all communities together. Measured, one takes 7 KB, so this is 70 MB at most.
const QUESTIONS_IN_ALL: usize = 10_000;
/// Communities that are read when the program starts: those that asked last.
const AT_START: i64 = 16;
/// A shelf this old is built anew when it is asked.
const STALE_AFTER: Duration = Duration::from_mins(10);
/// After a failure the store is left alone for a while.
const AGAIN_AFTER: Duration = Duration::from_secs(10);

/// The shelves of all communities.
#[derive(Default)]
pub(super) struct Recall {
    shelves: Mutex<Shelves>,
    rung: Notify,
}

#[derive(Default)]
struct Shelves {
    ready: BTreeMap<CommunityId, Shelf>,
    /// To be built, with the bot that each is of.
    wanted: BTreeMap<CommunityId, BotId>,
    /// Counts questions, to know which shelf was asked last.
    asked: u64,
}

struct Shelf {
    bot: BotId,
    solved: Arc<Solved>,
    built_at: Moment,
    asked: u64,
}

impl Shelves {
    fn in_all(&self) -> usize {
        self.ready.values().map(|one| one.solved.len()).sum()
    }
}

impl Recall {
    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.shelves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of a community by now; nothing while it is still to be read.
    pub(super) fn of(
        &self,
        bot: &BotId,
        community: CommunityId,
        now: Moment,
    ) -> Option<Arc<Solved>> {
        let mut shelves = self.shelves();
        shelves.asked += 1;
        let asked = shelves.asked;
        let found = shelves.ready.get_mut(&community).map(|shelf| {
            shelf.asked = asked;
            (Arc::clone(&shelf.solved), now.since(shelf.built_at) > STALE_AFTER)
        });
        if found.as_ref().is_none_or(|(_, is_stale)| *is_stale) {
            shelves.wanted.insert(community, bot.clone());
            self.rung.notify_one();
        }
        found.map(|(solved, _)| solved)
    }

    /// What is solved in a community is not what it was.
    pub(super) fn changed(&self, bot: &BotId, community: CommunityId) {
        self.shelves().wanted.insert(community, bot.clone());
        self.rung.notify_one();
    }

    /// Words of a bot were deleted: none of them stays here.
    pub(super) fn forget(&self, bot: &BotId) {
        let mut shelves = self.shelves();
        let of_bot: Vec<CommunityId> = shelves
            .ready
            .iter()
            .filter(|(_, shelf)| shelf.bot == *bot)
            .map(|(community, _)| *community)
            .collect();
        for community in of_bot {
            shelves.ready.remove(&community);
            shelves.wanted.insert(community, bot.clone());
        }
        self.rung.notify_one();
    }

    fn next(&self) -> Option<(CommunityId, BotId)> {
        self.shelves().wanted.pop_first()
    }

    fn keep(&self, community: CommunityId, bot: BotId, solved: Solved, now: Moment) {
        let mut shelves = self.shelves();
        let asked = shelves.ready.get(&community).map_or(shelves.asked, |before| before.asked);
        let fresh = Shelf { bot, solved: Arc::new(solved), built_at: now, asked };
        shelves.ready.insert(community, fresh);
        while shelves.in_all() > QUESTIONS_IN_ALL {
            let oldest = shelves.ready.iter().min_by_key(|(_, one)| one.asked);
            let Some(oldest) = oldest.map(|(community, _)| *community) else { break };
            shelves.ready.remove(&oldest);
        }
    }
}

impl Engine {
    /// Has the communities read that asked last: those of the first questions.
    pub async fn recall_at_start(&self) -> Result<(), StoreError> {
        for bot in self.bots.values().filter(|bot| bot.rules.knowledge.earlier) {
            let mut tx = self.store.read().await?;
            for community in tx.communities_with_solved(&bot.id, AT_START).await? {
                self.recall.changed(&bot.id, community);
            }
        }
        Ok(())
    }

    /// How many solved questions of a community are held in memory.
    pub fn recalled(&self, community: CommunityId) -> usize {
        self.recall.shelves().ready.get(&community).map_or(0, |shelf| shelf.solved.len())
    }

    /// Builds one shelf that is wanted; false when none is.
    pub async fn recall_step(&self) -> Result<bool, StoreError> {
        let Some((community, id)) = self.recall.next() else { return Ok(false) };
        let Some(bot) = self.bots.get(&id).filter(|bot| bot.rules.knowledge.earlier) else {
            return Ok(true);
        };
        let now = self.clock.now();
        let read = async {
            let mut tx = self.store.read().await?;
            tx.solved_questions(&id, community, QUESTIONS).await
        };
        let questions = match read.await {
            Ok(questions) => questions,
            Err(error) => {
                self.recall.changed(&id, community);
                return Err(error);
            }
        };
        let usual = bot.rules.default_language();
        let cases = questions.into_iter().map(|one| (one.case, one.language, one.question));
        let cases: Vec<_> = cases.collect();
        let built = tokio::task::spawn_blocking(move || Solved::build(cases, usual)).await;
        match built {
            Ok(solved) => self.recall.keep(community, id, solved, now),
            Err(error) => tracing::error!("building a shelf of solved cases ended: {error}"),
        }
        Ok(true)
    }
}

/// Builds shelves as they are wanted, until `stop`.
pub(super) async fn run(engine: Arc<Engine>, stop: CancellationToken) {
    if let Err(error) = engine.recall_at_start().await {
        tracing::warn!(problem = %error, "solved cases could not be listed");
    }
    loop {
        let rung = engine.recall.rung.notified();
        match engine.recall_step().await {
            Ok(true) => {}
            Ok(false) => tokio::select! {
                () = rung => {}
                () = stop.cancelled() => return,
            },
            Err(error) => {
                tracing::warn!(problem = %error, "solved cases could not be read");
                let again = engine.clock.now() + AGAIN_AFTER;
                tokio::select! {
                    () = engine.clock.until(again) => {}
                    () = stop.cancelled() => return,
                }
            }
        }
        if stop.is_cancelled() {
            return;
        }
    }
}
