//! The imperative shell: where time passes, things wait and rows are written.
//!
//! [`Engine`] is the one door in, [`Outbox`] the one door out; both are steps that can be called
//! by hand. [`Runtime`] is the loop around them: it takes what platforms hear, fires what is due,
//! sends what is to be said, and stops in order. Stories and simulations leave the loop out and
//! call the steps on a clock of their own.
//!
//! [`Runtime::builder`] puts it together from parts, for the command line and for any other
//! program.

mod bells;
mod builder;
mod chance;
mod clock;
mod connections;
mod document;
mod engine;
mod handle;
mod harvested;
mod insight;
mod lately;
mod lease;
mod memory;
mod meters;
mod outbox;
mod recall;
mod reload;
mod setup;
mod sweep;
mod timers;
mod wording;

use std::collections::{BTreeMap, VecDeque};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

pub use builder::{Builder, Unfit};
pub use chance::{Chance, SeededChance, SystemChance};
pub use clock::{Clock, ManualClock, MovableClock, SystemClock};
pub use connections::Connections;
pub use document::Readers;
pub use engine::{BATCH, BotParts, Engine, Input};
pub use insight::{Audit, CASES_READ, CaseStory, Report, ReportOn, StoryLine, Times, audit};
pub use meters::Meters;
pub use outbox::{Job, Outbox};
pub use reload::Reload;
pub use setup::setups;
pub use sweep::{LEFT_KEPT, sweep, take_over_texts};
pub use timers::due_inputs;

use lease::{Lease, Tenure};
use memory::EngineMemory;

use crate::domain::ids::{BotId, OutboxId};
use crate::platform::{Fate, Handover, InboundSink, Platform};
use crate::store::{News, Standings, StoreError};

/// Inputs waiting for the engine, at most: beyond it platforms wait, which is what an
/// acknowledgement is for.
const QUEUE: usize = 1_024;

/// Deliveries under way at once on one platform.
const SENDING: usize = 16;

/// How long a stopping runtime waits for deliveries under way; what is not settled by then is
/// sent again by the next start.
const DRAIN: Duration = Duration::from_secs(10);

/// Pauses between tries while the database is away.
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// How old the gauges of `/metrics` are at most; as often as they are usually asked for.
const LOOK_EVERY: Duration = Duration::from_secs(15);

/// One bot's connection to one platform.
#[derive(Clone)]
struct Connection {
    bot: BotId,
    platform: Arc<dyn Platform>,
}

/// An engine with its connections, ready to run.
pub struct Runtime {
    engine: Arc<Engine>,
    connections: Vec<Connection>,
}

/// An input on its way, with the way back.
enum Work {
    Heard(Handover),
    Inner(Input, Option<Arc<Outbox>>),
}

impl Runtime {
    /// Runs until `stop`, then drains in order: platforms stop listening, what was heard is
    /// committed, what is being sent is settled, and what was held is let go.
    pub async fn run(self, stop: CancellationToken) -> Result<(), StoreError> {
        let news = self.engine.store.news(self.engine.process()).await?;
        let (heard, mut heard_queue) = mpsc::channel::<Handover>(QUEUE);
        let (inner, inner_queue) = mpsc::channel::<Work>(QUEUE);
        let circles = Circles::around(&stop);
        let Circles { sending, holding, .. } = circles.clone();
        let (mut listeners, mut senders) = (JoinSet::new(), JoinSet::new());
        let mut leases = JoinSet::new();
        for connection in &self.connections {
            let part = self.part(connection, &circles, &heard, &inner);
            let Some((lease, listener, sender)) = part else { continue };
            let (held, tenures) = watch::channel(None);
            leases.spawn(lease.keep(held));
            listeners.spawn(listener.run(tenures.clone(), stop.clone()));
            senders.spawn(sender.run(tenures, sending.clone()));
        }
        drop(heard);
        senders.spawn(timers::run(Arc::clone(&self.engine), inner.clone(), sending.clone()));
        senders.spawn(sweep::run(Arc::clone(&self.engine), sending.clone()));
        senders.spawn(look_over(Arc::clone(&self.engine), sending.clone()));
        senders.spawn(hear_others(Arc::clone(&self.engine), news, sending.clone()));
        let reload = Reload::new(Arc::clone(&self.engine)).await;
        senders.spawn(reload.run(sending.clone()));
        senders.spawn(recall::run(Arc::clone(&self.engine), sending.clone()));
        let forwarding = inner.clone();
        let mut forward = JoinSet::new();
        forward.spawn(async move {
            while let Some(handover) = heard_queue.recv().await {
                if forwarding.send(Work::Heard(handover)).await.is_err() {
                    return;
                }
            }
        });
        drop(inner);
        let mut committer = JoinSet::new();
        committer.spawn(commit(Arc::clone(&self.engine), inner_queue, stop.clone()));

        // A loop that ends by itself has panicked: better to stop, and be started again, than to
        // look alive and handle nothing.
        let broken = tokio::select! {
            () = stop.cancelled() => None,
            Some(Err(error)) = committer.join_next() => Some(error),
            Some(Err(error)) = senders.join_next() => Some(error),
            Some(Err(error)) = leases.join_next() => Some(error),
        };
        stop.cancel();
        while listeners.join_next().await.is_some() {}
        while forward.join_next().await.is_some() {}
        sending.cancel();
        while senders.join_next().await.is_some() {}
        while committer.join_next().await.is_some() {}
        holding.cancel();
        while leases.join_next().await.is_some() {}
        match broken {
            None => Ok(()),
            Some(error) => {
                Err(StoreError::Unusable(format!("a part of the runtime ended: {error}")))
            }
        }
    }

    /// What works for one connection; `None` when its bot is not known.
    fn part(
        &self,
        connection: &Connection,
        circles: &Circles,
        heard: &mpsc::Sender<Handover>,
        inner: &mpsc::Sender<Work>,
    ) -> Option<(Lease, Listener, Sender)> {
        let (engine, bot) = (&self.engine, &connection.bot);
        let (platform, id) = (&connection.platform, connection.platform.id());
        let outbox = Outbox::new(Arc::clone(engine), bot, Arc::clone(platform))?;
        let lease = Lease {
            engine: Arc::clone(engine),
            bot: bot.clone(),
            platform: id.clone(),
            circles: circles.clone(),
        };
        let memory =
            EngineMemory { engine: Arc::clone(engine), bot: bot.clone(), platform: id.clone() };
        let sink = InboundSink::new(bot.clone(), id, heard.clone());
        let sink = sink.with_memory(Arc::new(memory));
        let (engine, connection) = (Arc::clone(engine), connection.clone());
        let listener = Listener { engine: Arc::clone(&engine), connection, sink };
        Some((lease, listener, Sender::new(outbox, engine, inner.clone())))
    }
}

/// Four circles, stopped from the outside in: listening, sending, committing, holding. Committing
/// ends by itself when nothing more can come.
#[derive(Debug, Clone)]
struct Circles {
    listening: CancellationToken,
    sending: CancellationToken,
    holding: CancellationToken,
}

impl Circles {
    fn around(stop: &CancellationToken) -> Circles {
        let (sending, holding) = (CancellationToken::new(), CancellationToken::new());
        Circles { listening: stop.clone(), sending, holding }
    }
}

/// The next stretch in which a connection is held; `None` when the runtime stops before.
async fn next_tenure(
    tenures: &mut watch::Receiver<Option<Tenure>>,
    stop: &CancellationToken,
) -> Option<Tenure> {
    tokio::select! {
        biased;
        () = stop.cancelled() => None,
        tenure = tenures.wait_for(Option::is_some) => tenure.ok()?.clone(),
    }
}

/// Keeps one platform connected while its lease is held, and stands by while it is not; when it
/// goes down for good the others go on.
struct Listener {
    engine: Arc<Engine>,
    connection: Connection,
    sink: InboundSink,
}

impl Listener {
    async fn run(self, mut tenures: watch::Receiver<Option<Tenure>>, stop: CancellationToken) {
        let Connection { bot, platform } = &self.connection;
        let id = platform.id();
        loop {
            let standing_by = stop.child_token();
            let mut by = platform.stand_by(self.sink.clone(), standing_by.clone());
            let tenure = tokio::select! {
                tenure = next_tenure(&mut tenures, &stop) => {
                    standing_by.cancel();
                    by.await;
                    tenure
                }
                // It has nothing to do meanwhile.
                () = by.as_mut() => next_tenure(&mut tenures, &stop).await,
            };
            let Some(tenure) = tenure else { return };
            if let Err(down) = platform.run(self.sink.clone(), tenure.listening.clone()).await {
                tracing::error!(
                    bot.id = %bot, platform = %id, problem = %down,
                    "{id} of bot {bot} is down: {down}"
                );
                let now = self.engine.clock().now();
                self.engine.connections().went_down(self.engine.meters(), bot, &id, now);
            }
            tenure.listening.cancelled().await;
        }
    }
}

/// Takes what waits, as much as fits a batch, commits it, and only then says so.
async fn commit(engine: Arc<Engine>, mut queue: mpsc::Receiver<Work>, stop: CancellationToken) {
    while let Some(first) = queue.recv().await {
        let mut jobs = vec![first];
        while jobs.len() < BATCH
            && let Ok(next) = queue.try_recv()
        {
            jobs.push(next);
        }
        let (mut inputs, mut waiting) = (Vec::new(), Vec::new());
        for job in jobs {
            match job {
                Work::Heard(Handover { bot, platform, inbound, done }) => {
                    inputs.push(Input::Heard { bot, platform, inbound });
                    waiting.push((Some(done), None));
                }
                Work::Inner(input, outbox) => {
                    let row = settled_row(&input);
                    inputs.push(input);
                    waiting.push((None, outbox.zip(row)));
                }
            }
        }
        let Some(fates) = commit_when_possible(&engine, &inputs, &stop).await else {
            // Stopping, and the database is away: nothing is acknowledged, so nothing is lost.
            continue;
        };
        let mut is_news = false;
        for ((done, settled), fate) in waiting.into_iter().zip(fates) {
            is_news |= matches!(fate, Fate::Handled | Fate::Parked) || settled.is_some();
            if let Some(done) = done {
                // Whoever waited may have gone: then the platform tells us again, harmlessly.
                let _gone = done.send(fate);
            }
            if let Some((outbox, row)) = settled {
                outbox.settled(row);
            }
        }
        if is_news {
            engine.bells.ring();
        }
    }
}

fn settled_row(input: &Input) -> Option<OutboxId> {
    match input {
        Input::Delivered { row, .. } => Some(*row),
        Input::Heard { .. } | Input::Due { .. } | Input::BadgesDue { .. } => None,
    }
}

/// Tries until the database answers; `None` when the runtime is stopping and it does not.
async fn commit_when_possible(
    engine: &Engine,
    inputs: &[Input],
    stop: &CancellationToken,
) -> Option<Vec<Fate>> {
    let mut pause = FIRST_PAUSE;
    loop {
        let handled = engine.handle(inputs).await;
        engine.note_database(&handled);
        if let Ok(fates) = handled {
            return Some(fates);
        }
        if stop.is_cancelled() {
            return None;
        }
        clock::pause(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Sends what is due on one platform, a bounded number at once. Which row each delivery under way
/// is for is known, since a panic of an adapter must not lose it.
struct Sender {
    outbox: Arc<Outbox>,
    engine: Arc<Engine>,
    queue: mpsc::Sender<Work>,
    under_way: JoinSet<Option<Input>>,
    rows: BTreeMap<tokio::task::Id, OutboxId>,
}

type Ended = Result<(tokio::task::Id, Option<Input>), tokio::task::JoinError>;

/// Nobody takes results any more: the runtime has ended.
struct Over;

impl Sender {
    fn new(outbox: Outbox, engine: Arc<Engine>, queue: mpsc::Sender<Work>) -> Sender {
        let (under_way, rows) = (JoinSet::new(), BTreeMap::new());
        Sender { outbox: Arc::new(outbox), engine, queue, under_way, rows }
    }

    /// Sends while the lease is held, until `stop`.
    async fn run(mut self, mut tenures: watch::Receiver<Option<Tenure>>, stop: CancellationToken) {
        while let Some(tenure) = next_tenure(&mut tenures, &stop).await {
            self.outbox.holds(tenure.fence);
            tokio::select! {
                () = self.outbox.connected() => {}
                () = tenure.sending.cancelled() => continue,
            }
            if self.settle_left_over(&tenure.sending).await.is_err()
                || self.send(&tenure.sending).await.is_err()
            {
                return;
            }
            tenure.sending.cancelled().await;
        }
    }

    /// What whoever held the connection before was sending when it ended.
    async fn settle_left_over(&mut self, stop: &CancellationToken) -> Result<(), Over> {
        loop {
            match self.outbox.left_over().await {
                Ok(left) => {
                    for input in left {
                        self.queue.send(Work::Inner(input, None)).await.map_err(|_| Over)?;
                    }
                    return Ok(());
                }
                Err(error) => {
                    tracing::warn!(problem = %error, "what was left unsettled could not be read");
                }
            }
            tokio::select! {
                () = clock::pause(LONGEST_PAUSE) => {}
                () = stop.cancelled() => return Ok(()),
            }
        }
    }

    async fn send(&mut self, stop: &CancellationToken) -> Result<(), Over> {
        let engine = Arc::clone(&self.engine);
        let mut waiting: VecDeque<Job> = VecDeque::new();
        let (mut looks, mut next, mut failed) = (true, None, false);
        let mut changed = pin!(engine.changed());
        loop {
            if looks && waiting.is_empty() {
                changed.set(engine.changed());
                match self.outbox.look(engine.clock().now()).await {
                    Ok((jobs, at)) => {
                        waiting.extend(jobs);
                        (next, failed) = (at, false);
                    }
                    Err(error) => {
                        tracing::warn!(problem = %error, "the outbox could not be read");
                        (next, failed) = (None, true);
                    }
                }
                looks = false;
            }
            while self.under_way.len() < SENDING
                && let Some(job) = waiting.pop_front()
            {
                self.begin(job);
            }
            tokio::select! {
                // Its end frees its lane once it is committed, which rings.
                Some(done) = self.under_way.join_next_with_id() => self.end(done).await?,
                () = changed.as_mut(), if !looks => looks = true,
                () = wait(&engine, next), if !looks => looks = true,
                // A database that was away is asked again, whether or not anything is committed.
                () = clock::pause(LONGEST_PAUSE), if failed => looks = true,
                () = stop.cancelled() => break,
            }
        }
        // What waits was not marked: whoever sends next sends it.
        for job in waiting {
            self.outbox.settled(job.row());
        }
        self.drain().await
    }

    /// Whatever is under way gets a while to end, and its results are still committed.
    async fn drain(&mut self) -> Result<(), Over> {
        let over = clock::pause(DRAIN);
        let mut over = pin!(over);
        loop {
            tokio::select! {
                done = self.under_way.join_next_with_id() => match done {
                    Some(done) => self.end(done).await?,
                    None => return Ok(()),
                },
                () = over.as_mut() => {
                    tracing::warn!("some deliveries were not settled in time");
                    self.under_way.shutdown().await;
                    for row in std::mem::take(&mut self.rows).into_values() {
                        self.outbox.settled(row);
                    }
                    return Ok(());
                }
            }
        }
    }

    fn begin(&mut self, job: Job) {
        let (outbox, row) = (Arc::clone(&self.outbox), job.row());
        let task = self.under_way.spawn(async move { outbox.carry_out(job).await });
        self.rows.insert(task.id(), row);
    }

    async fn end(&mut self, done: Ended) -> Result<(), Over> {
        let input = match done {
            Ok((task, input)) => {
                let row = self.rows.remove(&task);
                if input.is_none()
                    && let Some(row) = row
                {
                    // Somebody else's to send.
                    self.outbox.settled(row);
                }
                input
            }
            Err(error) => {
                let Some(row) = self.rows.remove(&error.id()) else { return Ok(()) };
                tracing::error!(outbox.id = %row, "delivery {row} panicked: {error}");
                Some(self.outbox.panicked(row))
            }
        };
        let Some(input) = input else { return Ok(()) };
        let work = Work::Inner(input, Some(Arc::clone(&self.outbox)));
        self.queue.send(work).await.map_err(|_| Over)
    }
}

/// What other processes commit may be due here.
async fn hear_others(engine: Arc<Engine>, mut news: News, stop: CancellationToken) {
    loop {
        let heard = tokio::select! {
            heard = news.next() => heard,
            () = stop.cancelled() => return,
        };
        if let Err(error) = heard {
            tracing::warn!(problem = %error, "other processes are not heard; looking by itself");
            tokio::select! {
                () = clock::pause(LONGEST_PAUSE) => {}
                () = stop.cancelled() => return,
            }
        }
        engine.bells.ring_all();
    }
}

/// Waits for a moment of the community's clock, or for ever.
async fn wait(engine: &Engine, until: Option<crate::domain::time::Moment>) {
    match until {
        Some(until) => engine.clock().until(until).await,
        None => std::future::pending().await,
    }
}

/// Takes the measure of what stands in the database, for whoever looks at `/metrics`.
async fn look_over(engine: Arc<Engine>, stop: CancellationToken) {
    loop {
        let now = engine.clock().now();
        match standings(&engine, now).await {
            Ok(standings) => engine.meters().stand(&standings, now),
            Err(error) => tracing::warn!(problem = %error, "the metrics are not of this moment"),
        }
        tokio::select! {
            () = clock::pause(LOOK_EVERY) => {}
            () = stop.cancelled() => return,
        }
    }
}

async fn standings(
    engine: &Engine,
    now: crate::domain::time::Moment,
) -> Result<Vec<(BotId, Standings)>, StoreError> {
    let mut tx = engine.store().read().await?;
    let mut standings = Vec::new();
    for bot in engine.bots() {
        standings.push((bot.id.clone(), tx.standings(&bot.id, now).await?));
    }
    Ok(standings)
}
