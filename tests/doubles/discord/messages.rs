//! The routes under `/channels/{channel}/messages`.

use serde_json::{Value, json};

use super::board::Draft;
use super::rest::{Answer, Asked, form};
use super::rights::bit;
use super::rules::{self, Unsaid, check_message, snowflake};
use super::state::{Id, State, flag, kind, moment_of};

const DAY: u64 = 24 * 60 * 60;

pub(super) fn route(state: &mut State, asked: &Asked<'_>) -> Answer {
    let ["channels", channel, "messages", ref rest @ ..] = asked.path[..] else {
        return Err(rules::NO_ROUTE);
    };
    let channel = snowflake("channel_id", channel)?;
    match (asked.method, rest) {
        ("GET", []) => history(state, asked, channel),
        ("POST", []) => create(state, asked, channel),
        ("POST", ["bulk-delete"]) => bulk_delete(state, asked, channel),
        (method, [message]) => {
            let message = snowflake("message_id", message)?;
            match method {
                "GET" => {
                    state.open_to(channel, bit::READ_MESSAGE_HISTORY)?;
                    there(state, channel, message)?;
                    Ok(shown(state, message))
                }
                "PATCH" => edit(state, asked, channel, message),
                "DELETE" => delete(state, channel, message),
                _ => Err(rules::NO_ROUTE),
            }
        }
        ("POST", [message, "threads"]) => {
            let message = snowflake("message_id", message)?;
            start_thread(state, asked, channel, message)
        }
        (method @ ("PUT" | "DELETE"), [message, "reactions", emoji, "@me"]) => {
            let message = snowflake("message_id", message)?;
            reaction(state, method == "PUT", (channel, message), emoji)
        }
        _ => Err(rules::NO_ROUTE),
    }
}

/// As REST shows it, which is less without the intent for content.
fn shown(state: &State, id: Id) -> Value {
    let wire = state.message(id).unwrap_or_default();
    if state.content_intent { wire } else { state.blanked(wire) }
}

fn there(state: &State, channel: Id, message: Id) -> Result<(), rules::Refusal> {
    let is_there = state.messages.get(&message);
    let is_there = is_there.is_some_and(|it| it.channel == channel && it.only.is_none());
    if is_there { Ok(()) } else { Err(rules::UNKNOWN_MESSAGE) }
}

fn history(state: &State, asked: &Asked<'_>, channel: Id) -> Answer {
    state.open_to(channel, 0)?;
    if !state.may(channel, state.me, bit::READ_MESSAGE_HISTORY) {
        // No error: nothing to see.
        return Ok(json!([]));
    }
    let limit: usize = asked.param("limit").map_or(Ok(50), str::parse).unwrap_or(0);
    if !(1..=100).contains(&limit) {
        return Err(form("limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100."));
    }
    let edge = |name: &str| asked.param(name).map(|id| snowflake(name, id)).transpose();
    let (after, before, around) = (edge("after")?, edge("before")?, edge("around")?);
    let here = state.messages.values();
    let here = here.filter(|message| message.channel == channel && message.only.is_none());
    let mut ids: Vec<Id> = here.map(|message| message.id).collect();
    if let Some(after) = after {
        // The oldest of what is newer, and yet newest first.
        ids.retain(|id| *id > after);
        ids.truncate(limit);
    } else {
        let half = around.map(|around| around.saturating_add(1));
        ids.retain(|id| before.or(half).is_none_or(|before| *id < before));
        let skipped = ids.len().saturating_sub(limit);
        ids.drain(..skipped);
    }
    ids.reverse();
    Ok(ids.into_iter().map(|id| shown(state, id)).collect())
}

fn create(state: &mut State, asked: &Asked<'_>, channel: Id) -> Answer {
    let here = state.open_to(channel, 0)?;
    if here.kind == kind::FORUM {
        return Err(rules::FORUM);
    }
    let right = if here.is_thread() { bit::SEND_MESSAGES_IN_THREADS } else { bit::SEND_MESSAGES };
    if !state.may(channel, state.me, right) {
        return Err(rules::NO_RIGHT);
    }
    if here.locked && !state.may(channel, state.me, bit::MANAGE_THREADS) {
        return Err(rules::LOCKED);
    }
    if here.with.and_then(|who| state.users.get(&who)).is_some_and(|who| !who.open) {
        return Err(rules::CLOSED);
    }
    check_message(&asked.body)?;
    let nonce = asked.body.get("nonce").filter(|nonce| !nonce.is_null());
    let nonce = nonce.map(|nonce| nonce.as_str().map_or_else(|| nonce.to_string(), str::to_owned));
    let key = nonce.map(|nonce| (channel, nonce));
    if let Some(key) = key.as_ref().filter(|_| asked.body["enforce_nonce"] == true)
        && let Some(id) = state.nonces.get(key).copied()
        && state.messages.contains_key(&id)
        && state.now().since(moment_of(id)).as_secs() < 5 * 60
    {
        return Ok(shown(state, id));
    }
    let reply_to = replied(state, asked, channel)?;
    let body = &asked.body;
    if body["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0 {
        return Err(form("flags", "MESSAGE_FLAGS_INVALID", "Only for answers to interactions"));
    }
    let id = state.put(&Draft {
        channel,
        by: state.me,
        body,
        unsaid: Unsaid::Everything,
        reply_to,
        only: None,
        interaction: None,
        id: None,
    })?;
    let mut wire = shown(state, id);
    if let Some(key) = key {
        wire["nonce"] = body["nonce"].clone();
        state.nonces.insert(key, id);
    }
    Ok(wire)
}

fn replied(
    state: &State,
    asked: &Asked<'_>,
    channel: Id,
) -> Result<Option<(Id, Id)>, rules::Refusal> {
    let reference = &asked.body["message_reference"];
    if reference.is_null() {
        return Ok(None);
    }
    let text = reference["message_id"].as_str().map(str::to_owned);
    let text = text.unwrap_or_else(|| reference["message_id"].to_string());
    let id = snowflake("message_reference.message_id", &text)?;
    if !state.may(channel, state.me, bit::READ_MESSAGE_HISTORY) {
        return Err(rules::NO_HISTORY);
    }
    if there(state, channel, id).is_ok() {
        return Ok(Some((channel, id)));
    }
    if reference["fail_if_not_exists"] == false {
        return Ok(None);
    }
    Err(form("message_reference", "REPLIES_UNKNOWN_MESSAGE", "Unknown message"))
}

fn edit(state: &mut State, asked: &Asked<'_>, channel: Id, message: Id) -> Answer {
    let here = state.open_to(channel, 0)?;
    let is_archived = here.archived;
    there(state, channel, message)?;
    if is_archived {
        return Err(rules::ARCHIVED);
    }
    if state.messages.get(&message).is_some_and(|there| there.by != state.me) {
        return Err(rules::NOT_YOURS);
    }
    check_message(&asked.body)?;
    state.alter(message, &asked.body, Unsaid::Everything)?;
    Ok(shown(state, message))
}

fn delete(state: &mut State, channel: Id, message: Id) -> Answer {
    let is_archived = state.open_to(channel, 0)?.archived;
    there(state, channel, message)?;
    let is_own = state.messages.get(&message).is_some_and(|there| there.by == state.me);
    if !is_own && !state.may(channel, state.me, bit::MANAGE_MESSAGES) {
        return Err(rules::NO_RIGHT);
    }
    if is_archived {
        return Err(rules::ARCHIVED);
    }
    state.remove(message)?;
    Ok(Value::Null)
}

fn bulk_delete(state: &mut State, asked: &Asked<'_>, channel: Id) -> Answer {
    state.open_to(channel, bit::MANAGE_MESSAGES)?;
    let ids = asked.body["messages"].as_array().cloned().unwrap_or_default();
    let ids = ids.iter().map(|id| snowflake("messages", id.as_str().unwrap_or_default()));
    let ids = ids.collect::<Result<Vec<Id>, _>>()?;
    if !(2..=100).contains(&ids.len()) {
        return Err(rules::WRONG_COUNT);
    }
    let now = state.now();
    if ids.iter().any(|id| now.since(moment_of(*id)).as_secs() > 14 * DAY) {
        return Err(rules::Refusal {
            code: 50_034,
            message: "You can only bulk delete messages that are under 14 days old.",
            ..rules::WRONG_COUNT
        });
    }
    state.remove_many(channel, &ids);
    Ok(Value::Null)
}

fn start_thread(state: &mut State, asked: &Asked<'_>, channel: Id, message: Id) -> Answer {
    let here = state.open_to(channel, bit::CREATE_PUBLIC_THREADS)?;
    if !matches!(here.kind, kind::TEXT | kind::ANNOUNCEMENT) {
        return Err(rules::OTHER_CHANNEL);
    }
    there(state, channel, message)?;
    let lasts = &asked.body["auto_archive_duration"];
    if !(lasts.is_null() || [60, 1_440, 4_320, 10_080].iter().any(|minutes| lasts == minutes)) {
        let message = "Value must be one of (60, 1440, 4320, 10080).";
        return Err(form("auto_archive_duration", "BASE_TYPE_CHOICES", message));
    }
    let guild = state.guild_of(channel);
    let all = state.channels.values().filter(|thread| thread.guild == guild && thread.is_thread());
    if all.filter(|thread| !thread.archived).count() >= state.most_threads {
        return Err(rules::TOO_MANY_THREADS);
    }
    if state.channels.contains_key(&message) {
        return Err(rules::HAS_THREAD);
    }
    let name = super::places::thread_name(&asked.body)?;
    let id = state.open_thread((channel, Some(message)), state.me, (&name, kind::THREAD));
    Ok(state.channel(id).unwrap_or_default())
}

fn reaction(state: &mut State, on: bool, place: (Id, Id), emoji: &str) -> Answer {
    let (channel, message) = place;
    let right = if on { bit::READ_MESSAGE_HISTORY | bit::ADD_REACTIONS } else { 0 };
    let is_archived = state.open_to(channel, right)?.archived;
    there(state, channel, message)?;
    if is_archived {
        return Err(rules::ARCHIVED);
    }
    if emoji.is_ascii() {
        return Err(rules::UNKNOWN_EMOJI);
    }
    if on {
        state.react(message, state.me, emoji)?;
    } else if let Some(there) = state.messages.get_mut(&message) {
        let me = state.me;
        there.reactions.retain(|(known, by)| !(known == emoji && *by == me));
    }
    Ok(Value::Null)
}
