//! Telegram, by its Bot API (10.3, and whatever comes after it that says the same).
//!
//! teloxide is the driver of what is sent: it knows the address and the errors. It does not fetch:
//! it would confirm updates before they are handled, and silently empty messages that are newer
//! than it is. Intake is our own, over JSON as it comes.
//!
//! - `polling` fetches and `hook` is brought; both hand to `intake`, which looks up what an update
//!   does not say (`people`: rights, names) and commits; `wire` reads tolerantly, `inbound`
//!   translates, purely.
//! - `outbound` carries deliveries out, with `markup` for the words, `pacing` for the limits,
//!   `tags` for ranks and `refusals` for what Telegram says no to; `calls` sends.
//! - `presence` is where the bot is and what it may do there; `judge` says what is well and what is
//!   not, from what was told or what `examine` asks.
//! - `menu` is the table of commands in Telegram's lists.

mod calls;
mod examine;
mod hook;
mod inbound;
mod intake;
mod judge;
mod markup;
mod menu;
mod outbound;
mod pacing;
mod people;
mod polling;
mod presence;
mod refusals;
mod sent;
mod tags;
mod wire;

#[cfg(test)]
mod markup_tests;
#[cfg(test)]
mod outbound_tests;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::SetOnce;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::{
    BadgeKind, Capabilities, ConnectionState, Delivery, DeliveryError, Doing, Down, Finding, Hook,
    InboundSink, Platform, Receipt, Setup,
};
use crate::domain::ids::{Language, PlatformId};
use crate::domain::time::Moment;
use calls::{CallError, Calls, GetMe};
use hook::Receiver;
use inbound::Me;
use intake::Intake;
use outbound::Means;
use pacing::Pacing;
use people::People;
use polling::Trouble;
use presence::Presence;
use sent::Sent;

pub use hook::Webhook;
pub use pacing::Pace;

/// Answers on their way when the bot stops.
const FINISH_LIMIT: Duration = Duration::from_secs(3);

/// Two who fetch by turns end each other's polls every few seconds, and both hear a part.
const ROBBED_LATELY: Duration = Duration::from_mins(10);

/// Words a key of the locale files, such as `about-ask`, in a language.
pub type Wording = Arc<dyn Fn(&Language, &str) -> String + Send + Sync>;

/// Tells the time of the runtime.
pub type Now = Arc<dyn Fn() -> Moment + Send + Sync>;

/// One bot's way to Telegram.
#[derive(Clone)]
pub struct Config {
    pub token: String,
    /// The variable that the token came from, for whoever must mend it.
    pub token_env: String,
    /// Another Bot API server than Telegram's own.
    pub api_url: Option<String>,
    /// Updates are fetched without it.
    pub webhook: Option<Webhook>,
    /// The first is for people whose language is not known.
    pub languages: Vec<Language>,
    pub wording: Wording,
    pub now: Now,
    pub pace: Pace,
}

/// Telegram, for one bot.
pub struct Telegram {
    core: Arc<Core>,
    receiver: Option<Arc<Receiver>>,
}

/// What the parts of the adapter share.
struct Core {
    config: Config,
    calls: Calls,
    pacing: Pacing,
    people: People,
    presence: Presence,
    sent: Sent,
    /// Known once Telegram has answered.
    me: SetOnce<Me>,
    /// When somebody else was last seen to fetch our updates, in milliseconds; 0 for never.
    robbed_at: AtomicI64,
    /// Answers to pressed buttons under way.
    tasks: TaskTracker,
}

impl Telegram {
    pub fn new(config: Config) -> Result<Telegram, Down> {
        let calls = Calls::new(&config.token, config.api_url.as_deref())?;
        let receiver = match &config.webhook {
            Some(webhook) => Some(Arc::new(Receiver::new(webhook)?)),
            None => None,
        };
        let core = Core {
            calls,
            pacing: Pacing::new(config.pace),
            people: People::default(),
            presence: Presence::default(),
            sent: Sent::default(),
            me: SetOnce::new(),
            robbed_at: AtomicI64::new(0),
            tasks: TaskTracker::new(),
            config,
        };
        Ok(Telegram { core: Arc::new(core), receiver })
    }

    /// What the one connection is called.
    fn connection(&self) -> &'static str {
        if self.receiver.is_some() { "webhook" } else { "polling" }
    }

    async fn stay(&self, sink: InboundSink, stop: CancellationToken) -> Result<(), Down> {
        let (core, name) = (&self.core, self.connection());
        sink.memory().connection(name, ConnectionState::Down);
        let Some(me) = core.introduced(&stop).await? else { return Ok(()) };
        hook::arrange(core, &stop).await?;
        // What was said until now it keeps for us.
        sink.memory().connection(name, ConnectionState::Connected);
        let intake = Arc::new(Intake::new(Arc::clone(core), me.clone(), sink.clone()));
        let listening = async {
            match &self.receiver {
                Some(receiver) => {
                    receiver.serve(&intake, &stop).await;
                    Ok(())
                }
                None => polling::poll((core, sink.memory(), name), &intake, &stop).await,
            }
        };
        let ended = tokio::select! {
            ended = listening => ended,
            never = menu::keep(core, &sink) => match never {},
            never = presence::keep(core, &me, &sink) => match never {},
        };
        core.tasks.close();
        if tokio::time::timeout(FINISH_LIMIT, core.tasks.wait()).await.is_err() {
            tracing::warn!("some pressed buttons were not answered in time");
        }
        core.tasks.reopen();
        ended
    }
}

impl Core {
    /// Who we are, as soon as Telegram says; `None` if the bot stops before.
    async fn introduced(&self, stop: &CancellationToken) -> Result<Option<Me>, Down> {
        let mut trouble = Trouble::default();
        loop {
            let told = tokio::select! {
                told = self.calls.call(GetMe(json!({}))) => told,
                () = stop.cancelled() => return Ok(None),
            };
            let error = match told {
                Ok(told) => {
                    trouble.is_over();
                    let me = me(&told).ok_or_else(|| self.unknown_token())?;
                    if !me.hears_all {
                        tracing::info!(
                            "privacy mode is on: in groups where this bot is no administrator it \
                             hears only commands, replies and buttons"
                        );
                    }
                    // A bot is the same one when it is connected again.
                    let _known = self.me.set(me.clone());
                    return Ok(Some(me));
                }
                Err(CallError::Unknown) => return Err(self.unknown_token()),
                Err(error) => error,
            };
            if trouble.is_news(&error.to_string()) {
                tracing::warn!("Telegram does not answer, which is tried again: {error}");
            }
            if !polling::pause(trouble.pause(), stop).await {
                return Ok(None);
            }
        }
    }

    /// Somebody else fetches our updates.
    fn note_robbery(&self) {
        self.robbed_at.store((self.config.now)().as_millis(), Ordering::Relaxed);
    }

    fn was_robbed_lately(&self) -> bool {
        let at = self.robbed_at.load(Ordering::Relaxed);
        at > 0 && (self.config.now)().since(Moment::from_millis(at)) < ROBBED_LATELY
    }

    fn unknown_token(&self) -> Down {
        Down(format!(
            "Telegram does not know the token; put the one that BotFather shows for this bot into \
             {}, or have BotFather make a new one",
            self.config.token_env
        ))
    }
}

fn me(told: &Value) -> Option<Me> {
    let id = told.get("id")?.as_i64()?;
    let username = told.get("username").and_then(Value::as_str).unwrap_or_default().to_owned();
    let hears_all = told.get("can_read_all_group_messages").and_then(Value::as_bool) == Some(true);
    Some(Me { id, username, hears_all })
}

impl Platform for Telegram {
    fn id(&self) -> PlatformId {
        PlatformId::from("telegram")
    }

    fn capabilities(&self) -> Capabilities {
        // There is no key by which a second send would be known; and only where the bot is an
        // administrator can it whisper at any time.
        let (text_limit, badges) = (outbound::TEXT_LIMIT, BadgeKind::Worded);
        let (sends_once, private_posts, opens_threads) = (false, false, false);
        Capabilities { sends_once, private_posts, badges, opens_threads, text_limit }
    }

    fn run(&self, sink: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(self.stay(sink, stop))
    }

    fn stand_by(&self, sink: InboundSink, stop: CancellationToken) -> Doing<'_, ()> {
        Box::pin(async move {
            let Some(receiver) = &self.receiver else { return };
            // A wrong token is for whoever connects to say.
            let Ok(Some(me)) = self.core.introduced(&stop).await else { return };
            let intake = Arc::new(Intake::new(Arc::clone(&self.core), me, sink));
            receiver.serve(&intake, &stop).await;
        })
    }

    fn connected(&self) -> Doing<'_, ()> {
        Box::pin(async {
            self.core.me.wait().await;
        })
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        Box::pin(async move {
            let Some(me) = self.core.me.get() else {
                let why = "not connected to Telegram yet".to_owned();
                return Err(DeliveryError::Retry { after: None, why });
            };
            let means = Means {
                calls: &self.core.calls,
                pacing: &self.core.pacing,
                people: &self.core.people,
                presence: &self.core.presence,
                sent: &self.core.sent,
                me,
                now: (self.core.config.now)(),
            };
            outbound::deliver(means, delivery).await
        })
    }

    fn findings(&self, setup: &Setup) -> Vec<Finding> {
        let core = &self.core;
        let hears_all = core.me.get().is_none_or(|me| me.hears_all);
        let mut findings = judge::places(hears_all, &|chat| core.presence.own(chat), setup);
        if core.was_robbed_lately() {
            findings.push(judge::fetched_elsewhere());
        }
        findings
    }

    fn examine<'a>(&'a self, setups: &'a [Setup]) -> Doing<'a, Vec<Finding>> {
        Box::pin(examine::examine(&self.core.calls, &self.core.config, setups))
    }

    fn hook(&self) -> Option<Arc<dyn Hook>> {
        let receiver = self.receiver.clone()?;
        Some(receiver)
    }
}
