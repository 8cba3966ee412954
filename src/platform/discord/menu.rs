//! The menu in use: registered in every server, and what people did with it on its way to the
//! runtime, acknowledged in time.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use serenity::model::application::{CommandInteraction, Interaction};

use super::acknowledge::{Deferral, attend};
use super::autocomplete::{self, Offer, Snapshot};
use super::commands::{ASK_AROUND, GET_STAFF, Menu};
use super::deferred::Attended;
use super::guilds::key;
use super::inbound::Dropped;
use super::interactions::{self, Around};
use super::registry::{Caller, Failure, Meaning, Registry, Request};
use super::rest::{Call, Rest, RestError};
use super::{Config, Core};
use crate::domain::ids::{Language, PlatformKey};
use crate::platform::{Inbound, InboundSink, OpenCase};

/// How often we look whether there is a server whose menu has not been looked at: in memory only.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// Changes of settings come in bursts; a menu is looked at once for all of them.
const SETTLED: Duration = Duration::from_secs(2);
/// A server whose menu could not be kept is tried again after this.
const AGAIN_AFTER: Duration = Duration::from_mins(5);
/// Old escalation words end, and creates come back, without anybody telling.
const ALL_AGAIN: Duration = Duration::from_hours(1);

/// What is offered and registered.
pub(super) struct Menus {
    registry: Registry,
    snapshot: Snapshot,
    /// The names of the message menus, in every language.
    names: BTreeMap<String, Meaning>,
}

impl Menus {
    pub(super) fn new(config: &Config) -> Menus {
        let word = |language: &Language, key: &str| (config.wording)(language, key);
        let mut names = BTreeMap::new();
        let languages = config.languages.iter().cloned().chain([Language::from("en")]);
        for language in languages {
            for (key, meaning) in [(ASK_AROUND, Meaning::AskAround), (GET_STAFF, Meaning::GetStaff)]
            {
                names.insert(word(&language, key), meaning);
            }
        }
        let default = default_language(config);
        let language = |language: &Language| {
            Offer::new(language.as_str(), word(&default, &format!("lang-{language}")))
        };
        let topic = |topic: &crate::domain::ids::Topic| {
            Offer::new(topic.as_str(), word(&default, &format!("topic-{topic}")))
        };
        let snapshot = Snapshot {
            topics: config.topics.iter().map(topic).collect(),
            languages: config.languages.iter().map(language).collect(),
            questions: config.questions.clone(),
        };
        Menus { registry: Registry::default(), snapshot, names }
    }
}

fn default_language(config: &Config) -> Language {
    config.languages.first().cloned().unwrap_or_else(|| Language::from("en"))
}

// ---- what people do ------------------------------------------------------------------------

/// What an interaction means; its acknowledgement, or its completion, is on its way when this
/// returns.
pub(super) fn heard(
    core: &Arc<Core>,
    sink: &InboundSink,
    interaction: &Interaction,
) -> Result<Inbound, Dropped> {
    let menus = &core.menus;
    if let Interaction::Autocomplete(asked) = interaction {
        let (core, sink, asked) = (Arc::clone(core), sink.clone(), asked.clone());
        core.tasks.clone().spawn(async move {
            let cases = offered_cases(&sink, &asked).await;
            let body = autocomplete::respond(&asked.data, &core.menus.snapshot, || cases);
            answer(&core, (asked.id.get(), &asked.token), body).await;
        });
        return Err(Dropped("autocomplete is answered, not heard"));
    }
    let meaning = |server: &str, id: &str| menus.registry.meaning(server, id);
    let words =
        |language: &Language, key: &str| (core.config.wording)(&core.read_in(language), key);
    if let Some(form) = interactions::form(interaction, &meaning, &words) {
        let (core, id) = (Arc::clone(core), interaction.id().get());
        let token = interaction.token().to_owned();
        core.tasks.clone().spawn(async move { answer(&core, (id, &token), form).await });
        return Err(Dropped("a form is opened, and heard when it is sent in"));
    }
    if let Some(how) = Deferral::of(interaction) {
        let key = format!("{}:{}", interaction.id(), interaction.token());
        let core = Arc::clone(core);
        core.tasks.clone().spawn(async move {
            let Some(application) = core.guilds.application() else { return };
            let attended = Attended::new(&core.deferred, &core.rest, &application, &key).await;
            // The lanes of the gateway carry it to the commit; here only its answer matters.
            if let Some(attended) = attended {
                attend(how, &attended, std::future::ready(())).await;
            }
        });
    }
    let around = Around {
        place: &|channel| core.guilds.place(channel.parse().ok()?),
        meaning: &meaning,
        menu: &|name| menus.names.get(name).copied(),
        obstacle: &|server, role| core.guilds.obstacle(server.parse().ok()?, role.parse().ok()?),
        escalation: &|server| menus.registry.escalation(server),
    };
    interactions::translate(interaction, &around).map_err(Dropped)
}

/// Answers an interaction that nothing is committed for; one that comes too late is of no use.
async fn answer(core: &Core, (id, token): (u64, &str), body: Value) {
    let path = format!("/interactions/{id}/{token}/callback");
    if let Err(error) = core.rest.call(Call::post(path, body)).await {
        tracing::debug!("an answer while somebody types came too late: {error}");
    }
}

/// The open cases that may be named, for a moderator who is about to name one: they show what
/// people asked, so nobody else is offered any.
async fn offered_cases(sink: &InboundSink, asked: &CommandInteraction) -> Vec<Offer> {
    let is_wanted = autocomplete::wants_cases(&asked.data) && interactions::is_moderator(asked);
    let Some(server) = asked.guild_id.filter(|_| is_wanted) else { return Vec::new() };
    let open = match sink.memory().open_cases(&key(server.get())).await {
        Ok(open) => open,
        Err(down) => {
            tracing::warn!(guild.id = %server, "no cases are offered: {down}");
            return Vec::new();
        }
    };
    let offer = |open: OpenCase| {
        let question = open.question.split_whitespace().collect::<Vec<_>>().join(" ");
        Offer::new(open.number.as_str(), format!("{} · {question}", open.number))
    };
    open.into_iter().map(offer).collect()
}

impl Core {
    /// The language of ours for somebody whose client speaks this one.
    fn read_in(&self, client: &Language) -> Language {
        let ours = &self.config.languages;
        let found = [client.clone(), client.base()].into_iter().find(|known| ours.contains(known));
        found.unwrap_or_else(|| default_language(&self.config))
    }
}

// ---- what is registered --------------------------------------------------------------------

/// Keeps the menu of every server as it should be.
pub(super) async fn keep_registered(core: &Core, sink: &InboundSink) -> Infallible {
    let mut due: BTreeMap<String, tokio::time::Instant> = BTreeMap::new();
    let mut changed = sink.memory().changed();
    let mut look = tokio::time::interval(LOOK_EVERY);
    loop {
        tokio::select! {
            () = &mut changed => {
                changed = sink.memory().changed();
                let soon = tokio::time::Instant::now() + SETTLED;
                for at in due.values_mut() {
                    *at = (*at).min(soon);
                }
            }
            _ = look.tick() => {
                let servers = core.guilds.servers();
                due.retain(|server, _| {
                    let is_there = servers.iter().any(|one| one.to_string() == *server);
                    if !is_there {
                        core.menus.registry.forget(server);
                    }
                    is_there
                });
                for server in servers {
                    let server = server.to_string();
                    let now = tokio::time::Instant::now();
                    if due.get(&server).is_some_and(|at| now < *at) {
                        continue;
                    }
                    let kept = keep(core, sink, &server).await;
                    let pause = if kept { ALL_AGAIN } else { AGAIN_AFTER };
                    due.insert(server, now + pause);
                }
            }
        }
    }
}

/// Whether the menu of a server is as it should be.
async fn keep(core: &Core, sink: &InboundSink, server: &str) -> bool {
    let Some(application) = core.guilds.application() else { return false };
    let community = PlatformKey::from(server);
    let words = match sink.memory().escalation(&community).await {
        Ok(words) => words,
        Err(down) => {
            tracing::warn!(guild.id = server, "the menu of a server waits: {down}");
            return false;
        }
    };
    let now = (core.config.now)();
    let registry = &core.menus.registry;
    if registry.is_current(server, &words, now) {
        return true;
    }
    let default = default_language(&core.config);
    let menu = Menu {
        wording: core.config.wording.as_ref(),
        default: &default,
        languages: &core.config.languages,
    };
    let wanted = menu.commands(&words);
    match registry.keep((&application, server), &words, &wanted, now, core.rest.as_ref()).await {
        Ok(kept) => {
            tracing::info!(
                guild.id = server,
                created = kept.created,
                changed = kept.changed,
                deleted = kept.deleted,
                "the menu of server {server} is as it should be"
            );
            true
        }
        Err(Failure { why, .. }) => {
            tracing::warn!(guild.id = server, "the menu of server {server} is not: {why}");
            false
        }
    }
}

impl Caller for Rest {
    async fn call(&self, request: Request) -> Result<Value, Failure> {
        let call = match request {
            // Without it every description in another language would look changed.
            Request::Get(path) => {
                Call { query: vec![("with_localizations", "true".into())], ..Call::get(path) }
            }
            Request::Post(path, body) => Call::post(path, body),
            Request::Patch(path, body) => Call::patch(path, body),
            Request::Delete(path) => Call::delete(path),
        };
        // A burst of twenty commands runs into the bucket's end: waited out, not given up.
        loop {
            match Rest::call(self, call.clone()).await {
                Err(RestError::Limited { after }) if after <= SETTLED * 15 => {
                    tokio::time::timeout(after, std::future::pending::<()>()).await.ok();
                }
                Err(RestError::Refused { code, message, .. }) => {
                    return Err(Failure { code, why: message });
                }
                Err(error) => return Err(Failure { code: 0, why: error.to_string() }),
                Ok(value) => return Ok(value),
            }
        }
    }
}
