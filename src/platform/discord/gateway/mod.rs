//! Connected: every shard in session, what they hear in order to the runtime, nothing acknowledged
//! that was not committed.
//!
//! - `shard` is one session, driven by serenity; here it is kept: paced as Discord wants
//!   identifies paced, begun again when it is lost, given up when the token is wrong.
//! - `hearing` is one loop that takes the events of all shards: [`Guilds`] learns, `inbound`
//!   translates, `lanes` commit in order within each channel and side by side between them.
//! - Discord has no acknowledgement; what was committed is what the cursors say, and what was
//!   not is read up by `backfill` when a server is told anew.
//!
//! The gateway's address always comes from `/gateway/bot` of the configured server: with a double
//! or a proxy configured, nothing goes anywhere else.

mod ear;
mod hearing;
mod lanes;
mod shard;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use serde::Deserialize;
use serenity::model::application::Interaction;
use serenity::model::event::Event;
use serenity::model::gateway::GatewayIntents;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::{info, warn};

use super::backfill::{Reading, Unread};
use super::guilds::Guilds;
use super::inbound::Dropped;
use crate::domain::time::Moment;
use crate::platform::{ConnectionState, Down, Inbound, InboundSink, Memory};

use hearing::Hearing;
use shard::{Ended, Session};

/// Events that may wait between the shards and the loop: minutes of a large community. At the
/// bound the session is given up and what it said is read up from the history.
const EVENTS_LIMIT: usize = 16_384;

/// Between identifies in one of Discord's `max_concurrency` buckets.
const IDENTIFY_EVERY: Duration = Duration::from_secs(5);

/// Between attempts; at the longest, a night of outage costs a hundred of the thousand identifies
/// that a day has.
const BACK_OFF: Duration = Duration::from_secs(1);
const BACK_OFF_LIMIT: Duration = Duration::from_mins(5);

/// A session that lasted so long was a good one; what was tried before it does not count.
const STEADY: Duration = Duration::from_mins(1);

/// Sessions in a row that never became ready, until the number of shards is asked for anew.
const DOUBTS: u32 = 3;

const WRONG_TOKEN: &str = "Discord does not accept the bot's token: copy it anew from the \
    developer portal (Bot, Reset Token)";
const INVALID_INTENTS: &str = "Discord does not know the intents asked for (close code 4013): \
    this version of the bot is too old or too new for it";
const INVALID_SHARDING: &str = "Discord refuses how this bot divides its servers among connections";
const INVALID_VERSION: &str = "Discord no longer speaks the version of its gateway that this version \
    of the bot speaks; a newer one is needed";
const NO_CONTENT: &str = "Discord does not let the bot read messages: switch on the Message \
    Content Intent in the developer portal (Bot, Privileged Gateway Intents) and start the bot \
    again. Until then it hears only mentions, replies to it, commands and buttons";

/// Acknowledges an interaction in time and says what it means. Called in order, before anything
/// waits; it must not wait itself, so what it sends, it spawns.
pub(super) type OnInteraction =
    Arc<dyn Fn(&InboundSink, &Interaction) -> Result<Inbound, Dropped> + Send + Sync>;

/// Tells the time: deletions and reactions have none of their own.
pub(super) type Now = Arc<dyn Fn() -> Moment + Send + Sync>;

/// Where a session tells what it hears, and how it stands.
type Ears = (mpsc::Sender<Box<Event>>, Arc<dyn Memory>);

pub(super) struct Gateway {
    token: String,
    reading: Arc<dyn Reading>,
    guilds: Arc<Guilds>,
    on_interaction: OnInteraction,
    now: Now,
    degraded: AtomicBool,
}

/// What `/gateway/bot` says.
#[derive(Debug, Clone, Deserialize)]
struct Plan {
    url: String,
    shards: u32,
    session_start_limit: StartLimit,
}

#[derive(Debug, Clone, Deserialize)]
struct StartLimit {
    remaining: u64,
    reset_after: u64,
    max_concurrency: u32,
}

/// Why a plan is over without an error.
enum Over {
    Stopped,
    /// The sessions do not come about; ask again how it is done.
    Doubted,
    /// What was asked for is wrong, by this close code: so ask again, but once.
    Refused(u16),
}

impl Gateway {
    pub(super) fn new(
        token: &str,
        reading: Arc<dyn Reading>,
        guilds: Arc<Guilds>,
        on_interaction: OnInteraction,
        now: Now,
    ) -> Gateway {
        let (token, degraded) = (token.to_owned(), AtomicBool::new(false));
        Gateway { token, reading, guilds, on_interaction, now, degraded }
    }

    /// What is lost, and how to mend it; `None` when all is well.
    pub(super) fn degraded(&self) -> Option<&'static str> {
        self.degraded.load(Ordering::Relaxed).then_some(NO_CONTENT)
    }

    /// Stays connected until `stop`.
    pub(super) async fn run(&self, sink: InboundSink, stop: CancellationToken) -> Result<(), Down> {
        let (tell, events) = mpsc::channel(EVENTS_LIMIT);
        // However the loop ends, the sessions end with it.
        let sessions = stop.child_token();
        let _ended = sessions.clone().drop_guard();
        let memory = sink.shared_memory();
        // Until Discord says how many there are, there is one.
        memory.connection("0", ConnectionState::Down);
        let mut hearing = Hearing::new(self, sink);
        let sessions = self.sessions((tell, memory), sessions);
        let ended = tokio::select! {
            ended = sessions => ended,
            () = hearing.run(events) => Ok(()),
        };
        hearing.finish().await;
        ended
    }

    /// Plan after plan of shards.
    async fn sessions(&self, ears: Ears, stop: CancellationToken) -> Result<(), Down> {
        let (mut pause, mut refused) = (BACK_OFF, false);
        loop {
            let Some(plan) = self.plan(&stop).await? else { return Ok(()) };
            let all = stop.child_token();
            let _ended = all.clone().drop_guard();
            let pace = Pace::new(plan.session_start_limit.max_concurrency);
            let shards = plan.shards.max(1);
            info!("connecting to Discord with {shards} shard(s)");
            let keep = |shard| self.keep(shard, &plan, &pace, ears.clone(), all.clone());
            let mut keeping: Vec<_> = (0..shards).map(|shard| Box::pin(keep(shard))).collect();
            let began = Instant::now();
            // A wrong token is wrong for every shard: the first that gives up ends all.
            let over = std::future::poll_fn(|context| {
                let mut over = None;
                keeping.retain_mut(|one| match one.as_mut().poll(context) {
                    Poll::Pending => true,
                    Poll::Ready(Ok(Over::Stopped)) => false,
                    Poll::Ready(other) => {
                        over = Some(other);
                        false
                    }
                });
                match over {
                    Some(over) => Poll::Ready(over),
                    None if keeping.is_empty() => Poll::Ready(Ok(Over::Stopped)),
                    None => Poll::Pending,
                }
            });
            let was_steady = |began: Instant| began.elapsed() > STEADY;
            refused = match over.await? {
                Over::Stopped => return Ok(()),
                Over::Doubted => false,
                Over::Refused(code) if refused && !was_steady(began) => return Err(fatal(code)),
                Over::Refused(code) => {
                    warn!("Discord refuses to connect (close code {code}): asking anew how");
                    true
                }
            };
            pause = if began.elapsed() > STEADY * 10 { BACK_OFF } else { pause * 2 };
            if !wait(pause.min(BACK_OFF_LIMIT), &stop).await {
                return Ok(());
            }
        }
    }

    /// Asks how to connect, for as long as it takes.
    async fn plan(&self, stop: &CancellationToken) -> Result<Option<Plan>, Down> {
        let mut pause = BACK_OFF;
        loop {
            let asked = tokio::select! {
                () = stop.cancelled() => return Ok(None),
                asked = self.reading.get("/gateway/bot".to_owned(), Vec::new()) => asked,
            };
            let (after, why) = match asked {
                Ok(answer) => match serde_json::from_value::<Plan>(answer) {
                    Ok(plan) if plan.session_start_limit.remaining == 0 => {
                        let limit = plan.session_start_limit.reset_after;
                        (Some(Duration::from_millis(limit)), "no session is left today".to_owned())
                    }
                    Ok(plan) => return Ok(Some(plan)),
                    Err(why) => (None, format!("an answer that is none: {why}")),
                },
                Err(Unread::Unauthorized) => return Err(Down(WRONG_TOKEN.to_owned())),
                Err(Unread::Refused { status, why }) => (None, format!("{status}: {why}")),
                Err(Unread::Later { after, why }) => (after, why),
            };
            warn!("Discord does not say how to connect: {why}");
            if !wait(after.unwrap_or(pause), stop).await {
                return Ok(None);
            }
            pause = (pause * 2).min(BACK_OFF_LIMIT);
        }
    }

    /// One shard, session after session.
    async fn keep(
        &self,
        shard: u32,
        plan: &Plan,
        pace: &Pace,
        (events, memory): Ears,
        stop: CancellationToken,
    ) -> Result<Over, Down> {
        let (mut pause, mut doubts) = (BACK_OFF, 0);
        loop {
            memory.connection(&shard.to_string(), ConnectionState::Down);
            if !wait(pace.turn(shard), &stop).await {
                return Ok(Over::Stopped);
            }
            let session = Session {
                token: self.token.clone(),
                url: plan.url.clone(),
                shard,
                total: plan.shards.max(1),
                intents: self.intents(),
                events: events.clone(),
                memory: Arc::clone(&memory),
                stop: stop.clone(),
            };
            let began = Instant::now();
            match session.run().await {
                Ended::Stopped => return Ok(Over::Stopped),
                Ended::WrongToken => return Err(Down(WRONG_TOKEN.to_owned())),
                Ended::InvalidIntents => return Err(Down(INVALID_INTENTS.to_owned())),
                Ended::DisallowedIntents => {
                    if self.degraded.swap(true, Ordering::Relaxed) {
                        return Err(Down(INVALID_INTENTS.to_owned()));
                    }
                    warn!("{NO_CONTENT}");
                    continue;
                }
                Ended::Refused(code) => return Ok(Over::Refused(code)),
                Ended::Lost { ready, why } => {
                    memory.connection(&shard.to_string(), ConnectionState::Down);
                    warn!(discord.shard = shard, "shard {shard} lost its session: {why}");
                    doubts = if ready { 0 } else { doubts + 1 };
                    if ready && began.elapsed() > STEADY {
                        pause = BACK_OFF;
                    }
                }
            }
            if !wait(pause, &stop).await {
                return Ok(Over::Stopped);
            }
            if doubts >= DOUBTS {
                return Ok(Over::Doubted);
            }
            pause = (pause * 2).min(BACK_OFF_LIMIT);
        }
    }

    fn intents(&self) -> GatewayIntents {
        let all = GatewayIntents::GUILDS
            | GatewayIntents::GUILD_MESSAGES
            | GatewayIntents::GUILD_MESSAGE_REACTIONS
            | GatewayIntents::DIRECT_MESSAGES;
        if self.degraded().is_some() { all } else { all | GatewayIntents::MESSAGE_CONTENT }
    }
}

/// What was refused again after it was asked for anew.
fn fatal(code: u16) -> Down {
    let what = if code == 4012 { INVALID_VERSION } else { INVALID_SHARDING };
    Down(format!("{what} (close code {code})"))
}

/// Whether it waited to the end.
async fn wait(span: Duration, stop: &CancellationToken) -> bool {
    tokio::time::timeout(span, stop.cancelled()).await.is_err()
}

/// Whose turn it is to identify: in each bucket one every five seconds, in order.
struct Pace {
    buckets: u32,
    next: Mutex<BTreeMap<u32, Instant>>,
}

impl Pace {
    fn new(max_concurrency: u32) -> Pace {
        Pace { buckets: max_concurrency.max(1), next: Mutex::default() }
    }

    /// How long this shard must wait; its turn is taken.
    fn turn(&self, shard: u32) -> Duration {
        let now = Instant::now();
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        let free = next.entry(shard % self.buckets).or_insert(now);
        let turn = (*free).max(now);
        *free = turn + IDENTIFY_EVERY;
        turn - now
    }
}
