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

use tokio::sync::mpsc;
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

use memory::EngineMemory;

use crate::domain::ids::{BotId, OutboxId};
use crate::platform::{Fate, Handover, InboundSink, Platform};
use crate::store::{Standings, StoreError};

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
    /// committed, what is being sent is settled.
    pub async fn run(self, stop: CancellationToken) -> Result<(), StoreError> {
        let (heard, mut heard_queue) = mpsc::channel::<Handover>(QUEUE);
        let (inner, inner_queue) = mpsc::channel::<Work>(QUEUE);
        let mut outboxes = Vec::new();
        for connection in &self.connections {
            let platform = Arc::clone(&connection.platform);
            let outbox = Outbox::new(Arc::clone(&self.engine), &connection.bot, platform);
            if let Some(outbox) = outbox {
                for input in outbox.left_over().await? {
                    self.engine.handle(&[input]).await?;
                }
                outboxes.push(Arc::new(outbox));
            }
        }
        // Three circles, stopped from the outside in: listening, sending, committing.
        let (listening, sending) = (stop.clone(), CancellationToken::new());
        let mut listeners = JoinSet::new();
        for connection in &self.connections {
            let memory = EngineMemory {
                engine: Arc::clone(&self.engine),
                bot: connection.bot.clone(),
                platform: connection.platform.id(),
            };
            let engine = Arc::clone(&self.engine);
            let id = memory.platform.clone();
            let sink = InboundSink::new(connection.bot.clone(), id, heard.clone());
            let sink = sink.with_memory(Arc::new(memory));
            listeners.spawn(listen(engine, connection.clone(), sink, listening.clone()));
        }
        drop(heard);
        let mut senders = JoinSet::new();
        for outbox in outboxes {
            senders.spawn(send(outbox, Arc::clone(&self.engine), inner.clone(), sending.clone()));
        }
        senders.spawn(timers::run(Arc::clone(&self.engine), inner.clone(), sending.clone()));
        senders.spawn(sweep::run(Arc::clone(&self.engine), sending.clone()));
        senders.spawn(look_over(Arc::clone(&self.engine), sending.clone()));
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
        };
        stop.cancel();
        while listeners.join_next().await.is_some() {}
        while forward.join_next().await.is_some() {}
        sending.cancel();
        while senders.join_next().await.is_some() {}
        while committer.join_next().await.is_some() {}
        match broken {
            None => Ok(()),
            Some(error) => {
                Err(StoreError::Unusable(format!("a part of the runtime ended: {error}")))
            }
        }
    }
}

/// Keeps one platform connected; when it goes down for good the others go on.
async fn listen(
    engine: Arc<Engine>,
    connection: Connection,
    sink: InboundSink,
    stop: CancellationToken,
) {
    let id = connection.platform.id();
    if let Err(down) = connection.platform.run(sink, stop).await {
        tracing::error!(
            bot.id = %connection.bot, platform = %id, problem = %down,
            "{id} of bot {} is down: {down}", connection.bot
        );
        let now = engine.clock().now();
        engine.connections().went_down(engine.meters(), &connection.bot, &id, now);
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

/// Sends what is due on one platform, a bounded number at once.
async fn send(
    outbox: Arc<Outbox>,
    engine: Arc<Engine>,
    queue: mpsc::Sender<Work>,
    stop: CancellationToken,
) {
    tokio::select! {
        () = outbox.connected() => {}
        () = stop.cancelled() => return,
    }
    let mut sender = Sender { outbox, queue, under_way: JoinSet::new(), rows: BTreeMap::new() };
    let mut waiting: VecDeque<Job> = VecDeque::new();
    let (mut looks, mut next, mut failed) = (true, None, false);
    let mut changed = pin!(engine.changed());
    loop {
        if looks && waiting.is_empty() {
            changed.set(engine.changed());
            match sender.outbox.look(engine.clock().now()).await {
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
        while sender.under_way.len() < SENDING
            && let Some(job) = waiting.pop_front()
        {
            sender.begin(job);
        }
        tokio::select! {
            // Its end frees its lane once it is committed, which rings.
            Some(done) = sender.under_way.join_next_with_id() => {
                if sender.end(done).await.is_err() {
                    return;
                }
            }
            () = changed.as_mut(), if !looks => looks = true,
            () = wait(&engine, next), if !looks => looks = true,
            // A database that was away is asked again, whether or not anything is committed.
            () = clock::pause(LONGEST_PAUSE), if failed => looks = true,
            () = stop.cancelled() => break,
        }
    }
    // Whatever is under way gets a while to end, and its results are still committed. What waits
    // was not marked: the next start sends it.
    let drain = async {
        while let Some(done) = sender.under_way.join_next_with_id().await {
            if sender.end(done).await.is_err() {
                return;
            }
        }
    };
    tokio::select! {
        () = drain => {}
        () = clock::pause(DRAIN) => tracing::warn!("some deliveries were not settled in time"),
    }
}

/// Deliveries under way, and which row each is for: a panic of an adapter must not lose it.
struct Sender {
    outbox: Arc<Outbox>,
    queue: mpsc::Sender<Work>,
    under_way: JoinSet<Input>,
    rows: BTreeMap<tokio::task::Id, OutboxId>,
}

type Ended = Result<(tokio::task::Id, Input), tokio::task::JoinError>;

impl Sender {
    fn begin(&mut self, job: Job) {
        let (outbox, row) = (Arc::clone(&self.outbox), job.row());
        let task = self.under_way.spawn(async move { outbox.carry_out(job).await });
        self.rows.insert(task.id(), row);
    }

    async fn end(&mut self, done: Ended) -> Result<(), mpsc::error::SendError<Work>> {
        let input = match done {
            Ok((task, input)) => {
                self.rows.remove(&task);
                input
            }
            Err(error) => {
                let Some(row) = self.rows.remove(&error.id()) else { return Ok(()) };
                tracing::error!(outbox.id = %row, "delivery {row} panicked: {error}");
                self.outbox.panicked(row)
            }
        };
        self.queue.send(Work::Inner(input, Some(Arc::clone(&self.outbox)))).await
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
