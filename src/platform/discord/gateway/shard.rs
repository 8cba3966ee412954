//! One shard's session with the gateway, from connecting to its end.
//!
//! serenity's `Client` spawns a task for every event, so that their order is the scheduler's, and
//! restarts sessions by itself, without a limit of time on connecting. Its parts are public,
//! though, and put together otherwise: a `ShardRunner` of our own, with no event handler at all,
//! and a collector, which the runner calls with each event before it reads the next. That is in
//! order by construction. Around it:
//!
//! - The manager that a runner asks for its own restart has lost its queue: it does nothing, the
//!   runner ends, and whoever keeps the shard decides (`super`).
//! - The runner has a thread of its own. On a connection that ends without a close code it reads
//!   in a circle, without ever waiting, until its next heartbeat; that must not stop anybody else.
//! - serenity resumes on the address it first connected to; Ready names another, which is put in
//!   its place.
//!
//! What serenity cannot read is lost with a line in its log (with the text: its logs stay off),
//! and of the close codes it tells only 4004, 4013 and 4014. The others that are for good (4010 to
//! 4012) stand in its log alone, which `ear` hears.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use serde_json::json;
use serenity::all::{
    ConnectionStage, Event, GatewayError, GatewayIntents, Http, Shard, ShardId, ShardInfo,
    ShardManager, ShardManagerOptions, ShardMessenger, ShardRunner, ShardRunnerInfo,
    ShardRunnerMessage, ShardRunnerOptions,
};
use serenity::gateway::CollectorCallback;
use tokio::sync::mpsc::error::TrySendError;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tracing::Dispatch;

use super::ear::Ear;
use crate::platform::{ConnectionState, Memory};

/// Connecting, TLS and all; serenity itself would wait for ever.
const CONNECT_LIMIT: Duration = Duration::from_secs(20);

/// From connected to ready, and for a resume.
const READY_LIMIT: Duration = Duration::from_mins(1);

/// Without an event and without an answered heartbeat, which are 41 seconds apart: three are lost.
const SILENCE_LIMIT: Duration = Duration::from_secs(150);

/// How often both are looked at.
const LOOK: Duration = Duration::from_secs(5);

/// For Discord to answer our goodbye. serenity reads its orders every half a second.
const GOODBYE_LIMIT: Duration = Duration::from_secs(2);

/// What a session needs to know.
#[derive(Clone)]
pub(super) struct Session {
    pub(super) token: String,
    pub(super) url: String,
    pub(super) shard: u32,
    pub(super) total: u32,
    pub(super) intents: GatewayIntents,
    pub(super) events: mpsc::Sender<Box<Event>>,
    /// Not the sink: this thread may outlive what a stopping runtime waits for.
    pub(super) memory: Arc<dyn Memory>,
    pub(super) stop: CancellationToken,
}

/// How a session ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ended {
    Stopped,
    /// Again, by a new session.
    Lost {
        /// Whether it was ready once.
        ready: bool,
        why: String,
    },
    /// 4004.
    WrongToken,
    /// 4013.
    InvalidIntents,
    /// 4010 to 4012: this way it will never be let in.
    Refused(u16),
    /// 4014: an intent that is not switched on for this bot.
    DisallowedIntents,
}

/// What the runner's thread notes for the watch.
struct Life {
    sign: Instant,
    /// How often it became ready, or was resumed.
    begun: u32,
    overrun: bool,
}

impl Session {
    /// Stays in session until it ends.
    pub(super) async fn run(self) -> Ended {
        let (done, ended) = oneshot::channel();
        let (refused, mut refusals) = mpsc::unbounded_channel();
        let stop = self.stop.clone();
        let thread = std::thread::Builder::new().name(format!("discord-{}", self.shard));
        let ear = Dispatch::new(Ear(refused));
        let spawned = thread.spawn(move || {
            let ended = tracing::dispatcher::with_default(&ear, || self.on_this_thread());
            drop(done.send(ended));
        });
        if let Err(why) = spawned {
            return Ended::Lost { ready: false, why: why.to_string() };
        }
        let panicked = |_| Ended::Lost { ready: false, why: "the driver panicked".to_owned() };
        let mut ended = ended;
        tokio::select! {
            // Before its end, which comes with it or much later.
            biased;
            Some(code) = refusals.recv() => Ended::Refused(code),
            ended = &mut ended => ended.unwrap_or_else(panicked),
            () = stop.cancelled() => {
                // A runner that reads in a circle hears no order; its thread ends by itself.
                let goodbye = tokio::time::timeout(GOODBYE_LIMIT * 2, ended).await;
                goodbye.map_or(Ended::Stopped, |ended| ended.unwrap_or_else(panicked))
            }
        }
    }

    fn on_this_thread(self) -> Ended {
        let lost = |why: std::io::Error| Ended::Lost { ready: false, why: why.to_string() };
        let http = Arc::new(Http::new(&self.token));
        let manager = match self.manager(&http) {
            Ok(manager) => manager,
            Err(why) => return lost(why),
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        match runtime {
            Ok(runtime) => runtime.block_on(self.connect_and_run(manager, http)),
            Err(why) => lost(why),
        }
    }

    /// A manager whose queue died with the runtime it was made on: it can start no shard.
    fn manager(&self, http: &Arc<Http>) -> std::io::Result<Arc<ShardManager>> {
        let grave = tokio::runtime::Builder::new_current_thread().enable_time().build()?;
        let entered = grave.enter();
        let (manager, _) = ShardManager::new(ShardManagerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            shard_index: self.shard,
            shard_init: 1,
            shard_total: self.total,
            ws_url: Arc::new(tokio::sync::Mutex::new(self.url.clone())),
            http: Arc::clone(http),
            intents: self.intents,
            presence: None,
        });
        drop(entered);
        Ok(manager)
    }

    async fn connect_and_run(self, manager: Arc<ShardManager>, http: Arc<Http>) -> Ended {
        let lost = |why: String| Ended::Lost { ready: false, why };
        let url = Arc::new(tokio::sync::Mutex::new(self.url.clone()));
        let Ok(info) = serde_json::from_value::<ShardInfo>(json!([self.shard, self.total])) else {
            return lost("no such shard".to_owned());
        };
        let connect = Shard::new(Arc::clone(&url), &self.token, info, self.intents, None);
        let connected = tokio::select! {
            () = self.stop.cancelled() => return Ended::Stopped,
            connected = tokio::time::timeout(CONNECT_LIMIT, connect) => connected,
        };
        let shard = match connected {
            Ok(Ok(shard)) => shard,
            Ok(Err(why)) => return lost(format!("connecting failed: {why}")),
            Err(_) => return lost("connecting took too long".to_owned()),
        };
        let mut runner = ShardRunner::new(ShardRunnerOptions {
            data: Arc::default(),
            event_handlers: Vec::new(),
            raw_event_handlers: Vec::new(),
            manager: Arc::clone(&manager),
            shard,
            http,
        });
        let messenger = ShardMessenger::new(&runner);
        let life = Arc::new(Mutex::new(Life { sign: Instant::now(), begun: 0, overrun: false }));
        messenger.add_collector(self.collector(url, Arc::clone(&life)));
        let known = ShardRunnerInfo {
            latency: None,
            runner_tx: messenger.clone(),
            stage: ConnectionStage::Handshake,
        };
        manager.runners.lock().await.insert(info.id, known);
        // The answer to the restart that the runner will ask for: else it waits five seconds.
        manager.shutdown_finished(info.id);

        let mut running = std::pin::pin!(runner.run());
        let lost = |why: &str| {
            let ready = life.lock().unwrap_or_else(PoisonError::into_inner).begun > 0;
            Ended::Lost { ready, why: why.to_owned() }
        };
        tokio::select! {
            ended = &mut running => match ended {
                Err(serenity::Error::Gateway(GatewayError::InvalidAuthentication)) => {
                    Ended::WrongToken
                }
                Err(serenity::Error::Gateway(GatewayError::InvalidGatewayIntents)) => {
                    Ended::InvalidIntents
                }
                Err(serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents)) => {
                    Ended::DisallowedIntents
                }
                Ok(()) | Err(_) => lost("the session ended"),
            },
            why = self.watch(&manager, info.id, &life) => lost(why),
            () = self.stop.cancelled() => {
                messenger.send_to_shard(ShardRunnerMessage::Shutdown(info.id, 1000));
                drop(tokio::time::timeout(GOODBYE_LIMIT, running).await);
                Ended::Stopped
            }
        }
    }

    /// Hands every event on, in order, and never waits.
    fn collector(
        &self,
        url: Arc<tokio::sync::Mutex<String>>,
        life: Arc<Mutex<Life>>,
    ) -> CollectorCallback {
        let (events, memory, shard) = (self.events.clone(), Arc::clone(&self.memory), self.shard);
        let full = OnceLock::new();
        CollectorCallback(Box::new(move |event| {
            let mut life = life.lock().unwrap_or_else(PoisonError::into_inner);
            life.sign = Instant::now();
            if let Event::Ready(told) = event {
                // Free: the runner only looks at it when it connects.
                if let Ok(mut url) = url.try_lock() {
                    url.clone_from(&told.ready.resume_gateway_url);
                }
            }
            if matches!(event, Event::Ready(_) | Event::Resumed(_)) {
                life.begun += 1;
                memory.connection(&shard.to_string(), ConnectionState::Connected);
            }
            // Nothing after the first that found no room: an event left out in the middle might
            // be the one that names a thread.
            if full.get().is_none()
                && let Err(TrySendError::Full(_)) = events.try_send(Box::new(event.clone()))
            {
                full.get_or_init(|| ());
                life.overrun = true;
            }
            true
        }))
    }

    /// Resolves with what is wrong once something is.
    async fn watch(
        &self,
        manager: &ShardManager,
        shard: ShardId,
        life: &Mutex<Life>,
    ) -> &'static str {
        let mut look = tokio::time::interval(LOOK);
        let (mut latency, mut away) = (None, Instant::now());
        let held = || life.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            look.tick().await;
            let begun = held().begun;
            let seen = {
                let runners = manager.runners.lock().await;
                runners.get(&shard).map(|runner| (runner.latency, runner.stage))
            };
            let mut life = held();
            if let Some((now, stage)) = seen {
                // Every answered heartbeat has a latency of its own, to the nanosecond.
                if now != latency {
                    (latency, life.sign) = (now, Instant::now());
                }
                if stage == ConnectionStage::Connected {
                    away = Instant::now();
                } else if begun > 0 && begun == life.begun {
                    // It has not come back since that was so.
                    let name = self.shard.to_string();
                    self.memory.connection(&name, ConnectionState::Resuming);
                }
            }
            if life.overrun {
                return "more events than could be taken in";
            }
            if life.sign.elapsed() > SILENCE_LIMIT {
                return "the gateway is silent";
            }
            if away.elapsed() > READY_LIMIT {
                return "the gateway does not become ready";
            }
        }
    }
}
