//! Discord, by its REST interface and gateway, version 10.
//!
//! serenity is the driver: it speaks the gateway and knows the shapes. It does not own our loop,
//! and its rate limiter is off (it retries for ever and hides `retry_after`): every REST call goes
//! through [`rest`], which paces by what Discord's headers say.
//!
//! - `gateway` stays connected and hands events on in order; `guilds` remembers the names, threads
//!   and rights that events only name by id; `inbound` translates, purely; `backfill` reads what
//!   was missed.
//! - `outbound` translates deliveries, purely, with `markup` for the words, `threads` for those
//!   about threads and `badges` for roles; `rest` sends.
//! - `judge` says what is well and what is not, to moderators from what was heard; `examine` asks
//!   Discord instead, for `askaround doctor`.
//! - `commands` is the menu: the table of commands in Discord's form; `registry` registers it where
//!   it differs; `interactions` reads what people did with it, `forms` asks for what they left out,
//!   and `acknowledge` keeps Discord's three seconds.

mod acknowledge;
mod autocomplete;
mod backfill;
mod badges;
mod commands;
mod cursors;
mod deferred;
mod examine;
mod forms;
mod gateway;
mod guilds;
mod inbound;
mod interactions;
mod judge;
mod markup;
mod menu;
mod outbound;
mod pacing;
mod registry;
mod rest;
mod threads;

#[cfg(test)]
mod markup_tests;
#[cfg(test)]
mod outbound_tests;
#[cfg(test)]
mod payloads;
#[cfg(test)]
mod rest_tests;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{
    BadgeKind, Capabilities, Delivery, DeliveryError, Doing, Down, Finding, InboundSink, Platform,
    Receipt, Setup,
};
use crate::domain::ids::{Language, PlatformId, Topic};
use crate::domain::time::Moment;
use backfill::{Reading, Unread};
use deferred::Deferred;
use gateway::Gateway;
use guilds::Guilds;
use menu::Menus;
use outbound::Means;
use rest::{Call, Rest, RestError};

/// Discord's own address.
const API: &str = "https://discord.com";

/// Answers on their way when the bot stops.
const FINISH_LIMIT: Duration = Duration::from_secs(3);

/// Words a key of the locale files, such as `about-ask`, in a language.
pub type Wording = Arc<dyn Fn(&Language, &str) -> String + Send + Sync>;

/// Tells the time of the runtime.
pub type Now = Arc<dyn Fn() -> Moment + Send + Sync>;

/// One bot's way to Discord.
#[derive(Clone)]
pub struct Config {
    pub token: String,
    /// The variable that the token came from, for whoever must mend it.
    pub token_env: String,
    /// Another REST address than Discord's own, without `/api/v10`: its `/gateway/bot` says where
    /// the gateway is.
    pub api_url: Option<String>,
    /// The first is for people whose language is not known.
    pub languages: Vec<Language>,
    /// What ambassadors can be called for, in order.
    pub topics: Vec<Topic>,
    /// What articles answer, as somebody would ask it.
    pub questions: Vec<String>,
    pub wording: Wording,
    pub now: Now,
}

/// Discord, for one bot.
pub struct Discord {
    core: Arc<Core>,
    gateway: Gateway,
}

/// What the parts of the adapter share.
struct Core {
    config: Config,
    rest: Arc<Rest>,
    guilds: Arc<Guilds>,
    deferred: Deferred,
    menus: Menus,
    /// Acknowledgements and completions under way.
    tasks: TaskTracker,
}

impl Discord {
    /// To be called within a runtime, which carries the pacing of calls.
    pub fn new(config: Config) -> Result<Discord, Down> {
        let api = config.api_url.as_deref().unwrap_or(API);
        let rest = Arc::new(Rest::new(&config.token, api)?);
        let guilds = Arc::new(Guilds::default());
        let menus = Menus::new(&config);
        let (token, now) = (config.token.clone(), Arc::clone(&config.now));
        let core = Arc::new(Core {
            config,
            rest: Arc::clone(&rest),
            guilds: Arc::clone(&guilds),
            deferred: Deferred::default(),
            menus,
            tasks: TaskTracker::new(),
        });
        let hearing = Arc::clone(&core);
        let on_interaction: gateway::OnInteraction =
            Arc::new(move |sink, interaction| menu::heard(&hearing, sink, interaction));
        let gateway = Gateway::new(&token, rest, guilds, on_interaction, now);
        Ok(Discord { core, gateway })
    }

    async fn stay(&self, sink: InboundSink, stop: CancellationToken) -> Result<(), Down> {
        let variable = &self.core.config.token_env;
        let ended = tokio::select! {
            ended = self.gateway.run(sink.clone(), stop) => ended,
            never = menu::keep_registered(&self.core, &sink) => match never {},
        };
        self.core.tasks.close();
        if tokio::time::timeout(FINISH_LIMIT, self.core.tasks.wait()).await.is_err() {
            tracing::warn!("some answers to commands were not acknowledged in time");
        }
        self.core.tasks.reopen();
        ended.map_err(|Down(why)| Down(format!("{why} (its token is read from {variable})")))
    }
}

impl Platform for Discord {
    fn id(&self) -> PlatformId {
        PlatformId::from("discord")
    }

    fn capabilities(&self) -> Capabilities {
        // Posts carry a nonce, edits are themselves again, and answers to interactions are looked
        // up before they are repeated.
        Capabilities {
            sends_once: true,
            private_posts: false,
            badges: BadgeKind::Keyed,
            opens_threads: true,
            text_limit: outbound::TEXT_LIMIT,
        }
    }

    fn run(&self, sink: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(self.stay(sink, stop))
    }

    fn connected(&self) -> Doing<'_, ()> {
        Box::pin(self.core.guilds.introduced())
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        Box::pin(async move {
            let guilds = &self.core.guilds;
            let (Some(application), Some(me)) = (guilds.application(), guilds.me()) else {
                let why = "not connected to Discord yet".to_owned();
                return Err(DeliveryError::Retry { after: None, why });
            };
            let means = Means {
                rest: &self.core.rest,
                deferred: &self.core.deferred,
                guilds: &self.core.guilds,
                application: &application,
                me: &me.to_string(),
                now: (self.core.config.now)(),
            };
            outbound::deliver(means, delivery).await
        })
    }

    fn findings(&self, setup: &Setup) -> Vec<Finding> {
        let mut findings = judge::places(&self.core.guilds, setup);
        if self.gateway.degraded().is_some() {
            findings.push(judge::content(false));
        }
        findings
    }

    fn examine<'a>(&'a self, setups: &'a [Setup]) -> Doing<'a, Vec<Finding>> {
        let Core { rest, config, .. } = self.core.as_ref();
        Box::pin(examine::examine(rest, &config.token_env, setups))
    }
}

impl Reading for Rest {
    fn get(
        &self,
        path: String,
        query: Vec<(&'static str, String)>,
    ) -> Doing<'_, Result<Value, Unread>> {
        Box::pin(async move {
            let call = Call { query, ..Call::get(path) };
            self.call(call).await.map_err(|error| match error {
                RestError::Unauthorized => Unread::Unauthorized,
                RestError::Refused { status, message, .. } => {
                    Unread::Refused { status, why: message }
                }
                RestError::Limited { after } => {
                    Unread::Later { after: Some(after), why: "limited".to_owned() }
                }
                RestError::Unanswered(why) | RestError::Unreachable(why) | RestError::Busy(why) => {
                    Unread::Later { after: None, why }
                }
            })
        })
    }
}
