//! The routes about servers, channels, threads and people.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::board::Draft;
use super::guilds::new_channel;
use super::rest::{Answer, Asked, form};
use super::rights::bit;
use super::rules::{self, Refusal, Unsaid, check_message, snowflake};
use super::state::{Id, State, kind};

pub(super) fn route(state: &mut State, asked: &Asked<'_>) -> Answer {
    match (asked.method, &asked.path[..]) {
        ("GET", ["users", "@me"]) => Ok(state.user(state.me)),
        ("GET", ["users", "@me", "guilds"]) => {
            let guilds = state.guilds.iter().filter(|(id, _)| state.is_in(**id));
            let (after, limit) = (asked.param("after"), asked.param("limit"));
            let after = after.and_then(|after| after.parse::<Id>().ok()).unwrap_or(0);
            let limit = limit.and_then(|limit| limit.parse::<usize>().ok()).unwrap_or(200);
            if !(1..=200).contains(&limit) {
                let message = "int value should be between 1 and 200.";
                return Err(form("limit", "NUMBER_TYPE_MAX", message));
            }
            let page = guilds.filter(|(id, _)| **id > after).take(limit);
            Ok(page
                .map(|(id, guild)| {
                    json!({
                        "id": id.to_string(), "name": guild.name, "icon": null, "banner": null,
                        "owner": guild.owner == state.me, "features": [],
                        "permissions": state.rights_in(*id, state.me).to_string(),
                    })
                })
                .collect())
        }
        ("POST", ["users", "@me", "channels"]) => open_conversation(state, asked),
        ("GET", ["users", who]) => {
            let who = snowflake("user_id", who)?;
            if !state.users.contains_key(&who) {
                return Err(rules::UNKNOWN_USER);
            }
            Ok(state.user(who))
        }
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => Ok(json!({
            "id": state.me.to_string(), "name": "Lumen", "icon": null, "description": "",
            "bot_public": true, "bot_require_code_grant": false, "verify_key": "0",
            "team": null, "flags": state.flags(), "owner": state.user(state.me),
        })),
        (_, ["guilds", guild, rest @ ..]) => {
            let guild = snowflake("guild_id", guild)?;
            if !state.guilds.contains_key(&guild) {
                return Err(rules::UNKNOWN_GUILD);
            }
            if !state.is_in(guild) {
                return Err(rules::NO_ACCESS);
            }
            in_guild(state, asked.method, guild, rest)
        }
        (_, ["channels", channel, rest @ ..]) => {
            let channel = snowflake("channel_id", channel)?;
            in_channel(state, asked, channel, rest)
        }
        _ => Err(rules::NO_ROUTE),
    }
}

/// What only the gateway says of a server.
const TOLD_LIVE: [&str; 12] = [
    "joined_at",
    "large",
    "unavailable",
    "member_count",
    "voice_states",
    "members",
    "channels",
    "threads",
    "presences",
    "stage_instances",
    "guild_scheduled_events",
    "soundboard_sounds",
];

fn in_guild(state: &State, method: &str, guild: Id, rest: &[&str]) -> Answer {
    let channels = |wanted: &dyn Fn(Id) -> bool| -> Vec<Value> {
        let here = state
            .channels
            .iter()
            .filter(|(id, channel)| channel.guild == Some(guild) && wanted(**id));
        here.filter_map(|(id, _)| state.channel(*id)).collect()
    };
    let is_thread = |id: Id| state.channels.get(&id).is_some_and(super::state::Channel::is_thread);
    match (method, rest) {
        ("GET", []) => {
            let mut wire = state.guild(guild).unwrap_or_default();
            let fields = wire.as_object_mut().into_iter();
            fields.for_each(|fields| fields.retain(|name, _| !TOLD_LIVE.contains(&name.as_str())));
            Ok(wire)
        }
        ("GET", ["channels"]) => Ok(json!(channels(&|id| !is_thread(id)))),
        ("GET", ["roles"]) => {
            let roles = state.guilds.get(&guild).into_iter().flat_map(|here| here.roles.keys());
            Ok(roles.filter_map(|role| state.role(guild, *role)).collect())
        }
        ("GET", ["threads", "active"]) => {
            let is_open = |id: Id| {
                let is_archived = state.channels.get(&id).is_some_and(|thread| thread.archived);
                is_thread(id) && !is_archived && state.is_heard(id)
            };
            Ok(json!({"threads": channels(&is_open), "members": []}))
        }
        ("GET", ["members", who]) => {
            let who = snowflake("user_id", who)?;
            state.member(guild, who).ok_or(rules::UNKNOWN_MEMBER)
        }
        _ => Err(rules::NO_ROUTE),
    }
}

fn in_channel(state: &mut State, asked: &Asked<'_>, channel: Id, rest: &[&str]) -> Answer {
    match (asked.method, rest) {
        ("GET", []) => {
            state.open_to(channel, 0)?;
            Ok(state.channel(channel).unwrap_or_default())
        }
        ("PATCH", []) => {
            let is_thread = state.open_to(channel, 0)?.is_thread();
            let is_own = state.channels.get(&channel).is_some_and(|here| here.owner == state.me);
            if !(is_thread && (is_own || state.may(channel, state.me, bit::MANAGE_THREADS))) {
                return Err(rules::NO_RIGHT);
            }
            let is_away = state.channels.get(&channel).is_some_and(|here| here.archived);
            if is_away && asked.body["archived"] != false {
                return Err(rules::ARCHIVED);
            }
            if let Some(here) = state.channels.get_mut(&channel) {
                here.archived = asked.body["archived"].as_bool().unwrap_or(here.archived);
                here.locked = asked.body["locked"].as_bool().unwrap_or(here.locked);
                if let Some(name) = asked.body["name"].as_str() {
                    name.clone_into(&mut here.name);
                }
            }
            state.tell_channel("THREAD_UPDATE", channel);
            Ok(state.channel(channel).unwrap_or_default())
        }
        ("POST", ["typing"]) => {
            state.open_to(channel, bit::SEND_MESSAGES)?;
            Ok(Value::Null)
        }
        ("PUT", ["thread-members", "@me"]) => {
            if state.open_to(channel, 0)?.archived {
                return Err(rules::ARCHIVED);
            }
            Ok(Value::Null)
        }
        ("POST", ["threads"]) => start_thread(state, asked, channel),
        ("GET", ["threads", "archived", which @ ("public" | "private")]) => {
            state.open_to(channel, bit::READ_MESSAGE_HISTORY)?;
            let wanted = if *which == "public" { kind::THREAD } else { kind::PRIVATE_THREAD };
            let threads = state.channels.iter().filter(|(_, thread)| {
                thread.parent == Some(channel) && thread.archived && thread.kind == wanted
            });
            let threads: Vec<Value> = threads.filter_map(|(id, _)| state.channel(*id)).collect();
            Ok(json!({"threads": threads, "members": [], "has_more": false}))
        }
        _ => Err(rules::NO_ROUTE),
    }
}

pub(super) fn thread_name(body: &Value) -> Result<String, Refusal> {
    let name = body["name"].as_str().unwrap_or_default();
    if !(1..=100).contains(&name.encode_utf16().count()) {
        let message = "Must be between 1 and 100 in length.";
        return Err(form("name", "BASE_TYPE_BAD_LENGTH", message));
    }
    Ok(name.to_owned())
}

/// A thread without a message, or a post in a forum with its first one.
fn start_thread(state: &mut State, asked: &Asked<'_>, parent: Id) -> Answer {
    let is_forum = state.open_to(parent, 0)?.kind == kind::FORUM;
    let is_private = asked.body["type"] == kind::PRIVATE_THREAD;
    let right = match (is_forum, is_private) {
        (true, _) => bit::SEND_MESSAGES,
        (false, true) => bit::CREATE_PRIVATE_THREADS,
        (false, false) => bit::CREATE_PUBLIC_THREADS,
    };
    state.open_to(parent, right)?;
    let name = thread_name(&asked.body)?;
    let me = state.me;
    if !is_forum {
        let kind =
            if asked.body["type"] == kind::THREAD { kind::THREAD } else { kind::PRIVATE_THREAD };
        let id = state.open_thread((parent, None), me, (&name, kind));
        return Ok(state.channel(id).unwrap_or_default());
    }
    let body = &asked.body["message"];
    if body.is_null() {
        return Err(form("message", "BASE_TYPE_REQUIRED", "This field is required"));
    }
    check_message(body)?;
    let id = state.open_thread((parent, None), me, (&name, kind::THREAD));
    state.put(&Draft {
        channel: id,
        by: me,
        body,
        unsaid: Unsaid::Everything,
        reply_to: None,
        only: None,
        interaction: None,
        id: Some(id),
    })?;
    let mut wire = state.channel(id).unwrap_or_default();
    wire["message"] = state.message(id).unwrap_or_default();
    Ok(wire)
}

/// The conversation of two; the same one as long as there are both.
fn open_conversation(state: &mut State, asked: &Asked<'_>) -> Answer {
    let who = snowflake("recipient_id", asked.body["recipient_id"].as_str().unwrap_or_default())?;
    let known = state.users.get(&who).filter(|user| !user.is_bot);
    if known.is_none() {
        return Err(rules::UNKNOWN_USER);
    }
    let is_shared =
        state.guilds.iter().any(|(id, guild)| state.is_in(*id) && guild.members.contains_key(&who));
    if !is_shared {
        let message = "Cannot send messages to this user due to having no mutual guilds";
        return Err(Refusal { status: 403, code: 50_278, message, errors: None });
    }
    let known = state.channels.iter().find(|(_, channel)| channel.with == Some(who));
    let known = known.map(|(id, _)| *id);
    let id = known.unwrap_or_else(|| state.new_id());
    if known.is_none() {
        let mut conversation = new_channel(kind::DM, None, "");
        (conversation.with, conversation.invited) = (Some(who), BTreeSet::from([who]));
        state.channels.insert(id, conversation);
    }
    Ok(state.channel(id).unwrap_or_default())
}
