//! One door in. Whatever happens (a message, a button, a passed deadline, a delivery's result)
//! is an [`Input`]; the engine turns each into rows of one transaction and only then says so.
//!
//! # Wanted
//!
//! An acknowledged question survives a power cut; a redelivered one changes nothing; one input
//! that cannot be handled stops no other; and a hundred questions in a second cost one wait for
//! the disk, not a hundred.
//!
//! # Chosen
//!
//! Inputs are taken in order, as many as wait (up to [`BATCH`]), into one transaction. If one of
//! them fails, the batch is begun anew with a savepoint for each. One that meets a conflict (a cap
//! another input just used up) is rolled back and decided again from a fresh look, at most
//! [`TRIES`] times; one that fails for its own reasons is then parked whole, in the same
//! transaction, and acknowledged. If the database itself is away, nothing is acknowledged and the
//! whole batch waits for it. An input that only looked and wrote nothing costs no commit: the
//! transaction has nothing to sync.
//!
//! [`Engine::handle`] is one step and can be called without any loop: stories do.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::Duration;

use tokio::sync::Notify;
use tracing::Instrument as _;

use super::bells::Bells;
use super::chance::{Chance, SystemChance};
use super::clock::Clock;
use super::connections::Connections;
use super::handle;
use super::lately::Lately;
use super::meters::Meters;
use super::recall::Recall;
use crate::domain::ids::{BotId, CaseId, CommunityId, IdSource, OutboxId, PlatformId};
use crate::domain::policies::Policies;
use crate::domain::rules::Rules;
use crate::domain::time::Moment;
use crate::knowledge::Library;
use crate::locale::Locales;
use crate::platform::{Capabilities, DeliveryError, Fate, Inbound, Platform, Receipt};
use crate::store::{Settled, Store, StoreError, Tx, encode};

/// Inputs in one transaction at most: more would make the first wait noticeably for the last.
pub const BATCH: usize = 64;

/// How often one input is decided before it is parked.
const TRIES: u32 = 3;

/// When what failed for its own reasons is looked at again: late enough not to fill a log, soon
/// enough for whoever mends it.
const AGAIN_AFTER: Duration = Duration::from_mins(5);

/// One thing that happened, of any kind.
#[derive(Debug, Clone)]
pub enum Input {
    Heard {
        bot: BotId,
        platform: PlatformId,
        inbound: Box<Inbound>,
    },
    /// A case's deadline has passed.
    Due {
        case: CaseId,
    },
    /// A round through what people wear for their rank goes on.
    BadgesDue {
        community: CommunityId,
    },
    /// A delivery ended, one way or another.
    Delivered {
        bot: BotId,
        platform: PlatformId,
        row: OutboxId,
        result: Result<Receipt, DeliveryError>,
    },
}

/// What a passed moment is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Due {
    Case(CaseId),
    Badges(CommunityId),
}

impl From<Due> for Input {
    fn from(due: Due) -> Input {
        match due {
            Due::Case(case) => Input::Due { case },
            Due::Badges(community) => Input::BadgesDue { community },
        }
    }
}

/// What is to be looked at anew once the commit has happened.
#[derive(Debug, Default)]
pub(super) struct Afterwards {
    /// Communities in which something was solved that was not, or the other way round, each with
    /// its bot.
    pub(super) solved: BTreeMap<CommunityId, BotId>,
    /// Bots of whose harvested articles one changed.
    pub(super) articles: BTreeSet<BotId>,
}

/// What handling one input came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Handled {
    /// Rows were written.
    Recorded,
    Repeated,
    /// Nothing was written, for this reason.
    Nothing(&'static str),
}

/// One bot as the engine works with it: read once, shared by all.
pub struct BotParts {
    pub id: BotId,
    pub name: String,
    pub rules: Arc<Rules>,
    pub knowledge: Library,
    /// Where its articles are read again when they change; `None` of a bot that is no folder.
    pub folder: Option<PathBuf>,
    pub locales: Locales,
    /// How long the words of a case are kept after its end.
    pub keep_text: Duration,
    pub policies: Policies,
}

/// The engine. Cheap to share; all state is in the store, but for hints that may be lost.
pub struct Engine {
    pub(super) store: Store,
    pub(super) bots: BTreeMap<BotId, Arc<BotParts>>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) meters: Arc<Meters>,
    pub(super) chance: Arc<dyn Chance>,
    pub(super) lately: Lately,
    ids: Mutex<IdSource>,
    process: u16,
    /// Those that are connected, to be asked how they stand. Not held: a platform may hold us.
    platforms: Mutex<BTreeMap<(BotId, PlatformId), Weak<dyn Platform>>>,
    connections: Connections,
    is_away: AtomicBool,
    pub(super) bells: Bells,
    /// Rung after every commit that changed a harvested article.
    harvested: Notify,
    pub(super) recall: Recall,
}

impl Engine {
    /// `process` tells the ids of processes on one database apart.
    pub fn new(
        store: Store,
        bots: Vec<BotParts>,
        clock: Arc<dyn Clock>,
        meters: Arc<Meters>,
        process: u16,
    ) -> Engine {
        Engine {
            store,
            bots: bots.into_iter().map(|bot| (bot.id.clone(), Arc::new(bot))).collect(),
            clock,
            meters,
            chance: Arc::new(SystemChance),
            lately: Lately::default(),
            ids: Mutex::new(IdSource::new(process)),
            process,
            platforms: Mutex::default(),
            connections: Connections::default(),
            is_away: AtomicBool::new(false),
            bells: Bells::default(),
            harvested: Notify::new(),
            recall: Recall::default(),
        }
    }

    /// The same with another source of what nobody may guess.
    #[must_use]
    pub fn with_chance(self, chance: Arc<dyn Chance>) -> Engine {
        Engine { chance, ..self }
    }

    /// From now on this platform can be asked what it can do, and how it stands.
    pub fn attach(&self, bot: &BotId, platform: &Arc<dyn Platform>) {
        let mut platforms = self.platforms.lock().unwrap_or_else(PoisonError::into_inner);
        platforms.insert((bot.clone(), platform.id()), Arc::downgrade(platform));
    }

    /// The platform by which a bot is connected, while it is.
    pub(super) fn platform(&self, bot: &BotId, id: &PlatformId) -> Option<Arc<dyn Platform>> {
        let platforms = self.platforms.lock().unwrap_or_else(PoisonError::into_inner);
        platforms.get(&(bot.clone(), id.clone())).and_then(Weak::upgrade)
    }

    pub fn store(&self) -> &Store {
        &self.store
    }

    pub fn clock(&self) -> &dyn Clock {
        self.clock.as_ref()
    }

    pub fn bots(&self) -> impl Iterator<Item = &BotParts> {
        self.bots.values().map(Arc::as_ref)
    }

    pub fn meters(&self) -> &Meters {
        &self.meters
    }

    /// What a platform can do for a bot; `None` where the bot is not connected.
    pub(super) fn capabilities(&self, bot: &BotId, platform: &PlatformId) -> Option<Capabilities> {
        Some(self.platform(bot, platform)?.capabilities())
    }

    /// The earliest deadline of these bots, of a case or of a round, after `now`. Whoever also asks
    /// what is due gives both the same `now`: a deadline that falls between two looks at the clock
    /// would be neither due nor ahead.
    pub async fn next_deadline(&self, now: Moment) -> Result<Option<Moment>, StoreError> {
        let mut tx = self.store.read().await?;
        let mut next: Option<Moment> = None;
        for bot in self.bots.keys() {
            let deadline = tx.next_deadline_after(bot, now).await?;
            let round = tx.next_badge_round(bot, now).await?;
            next = [next, deadline, round].into_iter().flatten().min();
        }
        Ok(next)
    }

    /// What is due of these bots at `now`, each with the moment since when: cases whose deadline
    /// has passed and rounds that go on, at most `limit` of each and each bot.
    pub(super) async fn due(
        &self,
        now: Moment,
        limit: i64,
    ) -> Result<Vec<(Due, Moment)>, StoreError> {
        let mut tx = self.store.read().await?;
        let mut due = Vec::new();
        for bot in self.bots.keys() {
            let cases = tx.due_cases(bot, now, limit).await?;
            due.extend(cases.into_iter().map(|(case, at)| (Due::Case(case), at)));
            let rounds = tx.due_badge_rounds(bot, now, limit).await?;
            due.extend(rounds.into_iter().map(|(community, at)| (Due::Badges(community), at)));
        }
        Ok(due)
    }

    /// How platforms are connected.
    pub fn connections(&self) -> &Connections {
        &self.connections
    }

    /// False while commits wait for the database.
    pub fn database_answers(&self) -> bool {
        !self.is_away.load(Ordering::Relaxed)
    }

    /// Notes whether the database let something be written, and says it when that changes: once,
    /// whoever notices it.
    pub(super) fn note_database<T>(&self, written: &Result<T, StoreError>) {
        let was_away = self.is_away.swap(written.is_err(), Ordering::Relaxed);
        self.meters.database(written.is_err());
        match written {
            Err(error) if !was_away => {
                tracing::error!(problem = %error, "the database does not answer; waiting");
            }
            Ok(_) if was_away => tracing::info!("the database answers again; nothing was lost"),
            Ok(_) | Err(_) => {}
        }
    }

    /// Resolves when a runtime has next committed something. Ask for it before looking.
    pub fn changed(&self) -> impl Future<Output = ()> + '_ {
        self.bells.anything()
    }

    /// What tells this process from others on the same database.
    pub(super) fn process(&self) -> u16 {
        self.process
    }

    pub(super) fn next_id<T: From<i64>>(&self, now: Moment) -> T {
        self.ids.lock().unwrap_or_else(PoisonError::into_inner).next(now)
    }

    /// Handles a batch in one transaction and gives back what became of each input, in order. On
    /// an error nothing was committed and nothing may be acknowledged.
    pub async fn handle(&self, inputs: &[Input]) -> Result<Vec<Fate>, StoreError> {
        let measured = self.meters.transaction();
        let mut after = Afterwards::default();
        let outcomes = match self.all_at_once(inputs, &mut after).await? {
            Some(outcomes) => outcomes,
            None => self.one_by_one(inputs, &mut after).await?,
        };
        drop(measured);
        self.look_anew(after);
        self.bells.committed();
        Ok(inputs.iter().zip(outcomes).map(|(input, outcome)| self.tell(input, outcome)).collect())
    }

    /// The common case: nothing fails, so nothing needs a savepoint, which would cost a sixth of
    /// the whole. `None`, with everything rolled back, when some input failed after all.
    async fn all_at_once(
        &self,
        inputs: &[Input],
        after: &mut Afterwards,
    ) -> Result<Option<Vec<Outcome>>, StoreError> {
        let mut tx = self.begin(inputs).await?;
        let mut outcomes = Vec::with_capacity(inputs.len());
        for input in inputs {
            let handling = Box::pin(handle::input(self, &mut tx, input, after));
            match handling.instrument(span_of(input)).await {
                Ok(handled) => outcomes.push(Outcome::of(handled)),
                Err(StoreError::Unavailable(text)) => return Err(StoreError::Unavailable(text)),
                Err(_) => return Ok(None), // said by the careful way, if it fails there too
            }
        }
        self.commit(tx, &outcomes).await?;
        Ok(Some(outcomes))
    }

    /// Begins a batch, when no other process works in its lanes.
    async fn begin(&self, inputs: &[Input]) -> Result<Tx, StoreError> {
        let mut tx = self.store.begin().await?;
        if self.store.is_shared() {
            let mut lanes: Vec<i64> = inputs.iter().filter_map(lane).collect();
            lanes.sort_unstable();
            lanes.dedup();
            tx.enter(&lanes).await?;
        }
        Ok(tx)
    }

    async fn commit(&self, mut tx: Tx, outcomes: &[Outcome]) -> Result<(), StoreError> {
        let is_news = |outcome: &Outcome| matches!(outcome, Outcome::Recorded | Outcome::Parked);
        if self.store.is_shared() && outcomes.iter().any(is_news) {
            tx.tell_others(self.process).await?;
        }
        tx.commit().await
    }

    /// The careful way: each input in a savepoint of its own.
    async fn one_by_one(
        &self,
        inputs: &[Input],
        after: &mut Afterwards,
    ) -> Result<Vec<Outcome>, StoreError> {
        let mut tx = self.begin(inputs).await?;
        let mut outcomes = Vec::with_capacity(inputs.len());
        for input in inputs {
            outcomes.push(self.one(&mut tx, input, after).await?);
        }
        self.commit(tx, &outcomes).await?;
        Ok(outcomes)
    }

    async fn one(
        &self,
        tx: &mut Tx,
        input: &Input,
        after: &mut Afterwards,
    ) -> Result<Outcome, StoreError> {
        let (mut problem, mut is_contended) = (String::new(), false);
        for _ in 0..TRIES {
            tx.savepoint().await?;
            let handling = Box::pin(handle::input(self, tx, input, after));
            match handling.instrument(span_of(input)).await {
                Ok(handled) => {
                    tx.release().await?;
                    return Ok(Outcome::of(handled));
                }
                Err(StoreError::Unavailable(text)) => return Err(StoreError::Unavailable(text)),
                Err(error) => {
                    tx.roll_back_to_savepoint().await?;
                    problem = error.to_string();
                    is_contended =
                        self.store.is_shared() && matches!(error, StoreError::Conflict(_));
                }
            }
        }
        if is_contended {
            // Other processes were quicker each time. Nothing is wrong with it: all again, later.
            return Err(StoreError::Unavailable(problem));
        }
        self.park(tx, input, &problem).await?;
        Ok(Outcome::Parked)
    }

    /// Tells those who hold something in memory what the commit has changed. What was taken back in
    /// between is looked at once too often.
    fn look_anew(&self, after: Afterwards) {
        for (community, bot) in after.solved {
            self.recall.changed(&bot, community);
        }
        if !after.articles.is_empty() {
            self.harvested.notify_one();
        }
    }

    /// Resolves when a harvested article has changed since the last time.
    pub(super) fn harvested(&self) -> impl Future<Output = ()> + '_ {
        self.harvested.notified()
    }

    /// Keeps what cannot be handled, whole, and lets everything behind it go on.
    async fn park(&self, tx: &mut Tx, input: &Input, problem: &str) -> Result<(), StoreError> {
        let now = self.clock.now();
        match input {
            Input::Heard { bot, platform, inbound } => {
                let document = encode(inbound)?;
                let key = inbound.key.as_str();
                tx.park(self.next_id(now), bot, platform, key, &document, problem, now).await?;
                tx.first_sight(bot, platform, key, now).await?;
                tracing::error!(
                    bot.id = %bot, platform = %platform, input.key = key, problem,
                    "parked input {key}: it failed {TRIES} times"
                );
            }
            Input::Due { case } => {
                tracing::error!(
                    case.id = %case, problem,
                    "the deadline of case {case} could not be handled; it is tried again later"
                );
                tx.postpone(*case, now + AGAIN_AFTER).await?;
            }
            Input::BadgesDue { community } => {
                tracing::error!(
                    community.id = %community, problem,
                    "what is worn in community {community} could not be looked at; later again"
                );
                tx.postpone_badge_round(*community, now + AGAIN_AFTER).await?;
            }
            Input::Delivered { bot, platform, row, .. } => {
                tracing::error!(
                    bot.id = %bot, platform = %platform, outbox.id = %row, problem,
                    "the result of delivery {row} could not be noted; it is sent again later"
                );
                let again = Settled::Again {
                    at: now + AGAIN_AFTER,
                    attempts: 0,
                    problem: problem.to_owned(),
                    doubtful: true,
                };
                tx.settle(*row, &again, now).await?;
            }
        }
        Ok(())
    }

    /// Counts an input by its fate and says it in the platform's terms.
    fn tell(&self, input: &Input, outcome: Outcome) -> Fate {
        let (word, reason, fate) = match outcome {
            Outcome::Recorded => ("handled", "", Fate::Handled),
            Outcome::Repeated => ("repeated", "", Fate::Repeated),
            Outcome::Dropped(reason) => ("dropped", reason, Fate::Dropped(reason)),
            Outcome::Quiet => ("dropped", "stale", Fate::Dropped("stale")),
            Outcome::Parked => ("parked", "", Fate::Parked),
        };
        if let Input::Heard { bot, platform, inbound } = input {
            let (bot, platform) = (bot.as_str(), platform.as_str());
            self.meters.input(bot, platform, word, reason);
            self.meters.lag(bot, platform, self.clock.now().since(inbound.at));
        }
        fate
    }
}

/// The lane of what people do, as a number: of one community everything is decided in turn, because
/// its settings are read and written whole. What else happens to a case goes by the case's version.
fn lane(input: &Input) -> Option<i64> {
    let Input::Heard { bot, platform, inbound } = input else { return None };
    let parts = [bot.as_str(), platform.as_str(), inbound.place.community.as_str()];
    // FNV-1a: two communities of one number wait for each other, and nothing else comes of it.
    let bytes = parts.into_iter().flat_map(|part| part.bytes().chain([0]));
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    Some(hash.cast_signed())
}

/// What is logged while an input is handled says which it was, and of which case: so all that
/// happened to a case can be followed by its id.
fn span_of(input: &Input) -> tracing::Span {
    match input {
        Input::Heard { bot, platform, inbound } => tracing::info_span!(
            "heard", bot.id = %bot, platform = %platform, input.key = %inbound.key,
            case.id = tracing::field::Empty,
        ),
        Input::Due { case } => tracing::info_span!("due", case.id = %case),
        Input::BadgesDue { community } => {
            tracing::info_span!("round", community.id = %community)
        }
        Input::Delivered { bot, platform, row, .. } => tracing::info_span!(
            "delivered", bot.id = %bot, platform = %platform, outbox.id = %row,
            case.id = tracing::field::Empty,
        ),
    }
}

/// The outcome of one input after retries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Recorded,
    Repeated,
    Dropped(&'static str),
    /// A timer or receipt that had nothing left to do.
    Quiet,
    Parked,
}

impl Outcome {
    fn of(handled: Handled) -> Outcome {
        match handled {
            Handled::Recorded => Outcome::Recorded,
            Handled::Repeated => Outcome::Repeated,
            Handled::Nothing("stale") => Outcome::Quiet,
            Handled::Nothing(reason) => Outcome::Dropped(reason),
        }
    }
}
