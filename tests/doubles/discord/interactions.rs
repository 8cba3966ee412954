//! Answers to interactions: the first within three seconds, further ones for fifteen minutes. They
//! need no bot token, but the interaction's own.

use serde_json::{Value, json};

use super::board::Draft;
use super::rest::{Answer, Asked, form};
use super::rules::{self, Refusal, Unsaid, check_message, snowflake};
use super::state::{Id, Message, State, flag};

const FIRST_ANSWER_MS: u128 = 3_000;
const TOKEN_SECS: u64 = 15 * 60;

pub(super) fn route(state: &mut State, asked: &Asked<'_>) -> Answer {
    match (asked.method, &asked.path[..]) {
        ("POST", ["interactions", id, token, "callback"]) => {
            let id = snowflake("interaction_id", id)?;
            callback(state, asked, id, token)
        }
        ("POST", ["webhooks", app, token]) => {
            let id = by_token(state, app, token)?;
            follow_up(state, asked, id)
        }
        (method, ["webhooks", app, token, "messages", message]) => {
            let id = by_token(state, app, token)?;
            let message = own_message(state, id, message)?;
            match method {
                "GET" => {}
                "PATCH" => {
                    check_message(&asked.body)?;
                    state.alter(message, &asked.body, Unsaid::People)?;
                }
                "DELETE" => {
                    state.remove(message)?;
                    return Ok(Value::Null);
                }
                _ => return Err(rules::NO_ROUTE),
            }
            Ok(state.message(message).unwrap_or_default())
        }
        _ => Err(rules::NO_ROUTE),
    }
}

fn callback(state: &mut State, asked: &Asked<'_>, id: Id, token: &str) -> Answer {
    let now = state.now();
    let interaction = state.interactions.get(&id).filter(|known| known.token == token);
    let interaction = interaction.ok_or(rules::UNKNOWN_INTERACTION)?;
    if interaction.answered {
        return Err(rules::ANSWERED);
    }
    if interaction.dead || now.since(interaction.at).as_millis() > FIRST_ANSWER_MS {
        return Err(rules::UNKNOWN_INTERACTION);
    }
    let source = interaction.source;
    let (is_typing, is_form) = (interaction.kind == 4, interaction.kind == 5);
    let data = &asked.body["data"];
    let kind = asked.body["type"].as_u64().unwrap_or(0);
    let original = match (kind, source) {
        (8, None) if is_typing => {
            offer(state, id, &data["choices"])?;
            None
        }
        _ if is_typing => return Err(form("type", "BASE_TYPE_CHOICES", "Value must be 8.")),
        (4, _) => {
            check_message(data)?;
            Some(say(state, id, data)?)
        }
        (5, _) => Some(think(state, id, data)),
        (6, Some(source)) => Some(source),
        // A form answers what is no form itself, and stays open until it is sent in.
        (9, _) if !is_form => {
            check_form(data)?;
            open_form(state, id, data);
            None
        }
        (7, Some(source)) => {
            check_message(data)?;
            state.alter(source, data, Unsaid::People)?;
            Some(source)
        }
        _ => {
            let message = "Value must be one of {4, 5, 6, 7, 9}.";
            return Err(form("type", "BASE_TYPE_CHOICES", message));
        }
    };
    if let Some(interaction) = state.interactions.get_mut(&id) {
        (interaction.answered, interaction.original) = (true, original);
    }
    if asked.param("with_response") != Some("true") {
        return Ok(Value::Null);
    }
    let message = original.and_then(|id| state.message(id));
    Ok(json!({
        "interaction": {
            "id": id.to_string(), "type": if source.is_some() { 3 } else { 2 },
            "response_message_id": original.map(|id| id.to_string()),
            "response_message_loading": kind == 5,
            "response_message_ephemeral":
                original.and_then(|id| state.messages.get(&id)).is_some_and(|it| it.only.is_some()),
        },
        "resource": {"type": kind, "message": message},
    }))
}

/// A message of the bot's about this interaction; private where its flags say so.
fn say(state: &mut State, id: Id, body: &Value) -> Result<Id, Refusal> {
    let Some(interaction) = state.interactions.get(&id) else {
        return Err(rules::UNKNOWN_WEBHOOK);
    };
    let (channel, by) = (interaction.channel, interaction.by);
    let is_private = body["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
    let reply_to = interaction.source.map(|source| (channel, source));
    state.put(&Draft {
        channel,
        by: state.me,
        body,
        unsaid: Unsaid::People,
        reply_to,
        only: is_private.then_some(by),
        interaction: Some(id),
        id: None,
    })
}

/// What can be chosen for what somebody is typing.
fn offer(state: &mut State, id: Id, choices: &Value) -> Result<(), Refusal> {
    let all = choices.as_array().cloned().unwrap_or_default();
    let fits = |text: &Value| {
        let length = text.as_str().map(|text| text.encode_utf16().count());
        length.map_or(text.is_number(), |length| (1..=100).contains(&length))
    };
    if all.len() > 25 || !all.iter().all(|one| fits(&one["name"]) && fits(&one["value"])) {
        let message = "Must be 25 or fewer in length.";
        return Err(form("data.choices", "BASE_TYPE_MAX_LENGTH", message));
    }
    if let Some(interaction) = state.interactions.get_mut(&id) {
        interaction.offers = all;
    }
    Ok(())
}

/// A form of text fields, each in a row of its own.
fn check_form(data: &Value) -> Result<(), Refusal> {
    let length = |text: &Value| text.as_str().map_or(0, |text| text.encode_utf16().count());
    let rows = data["components"].as_array().cloned().unwrap_or_default();
    if !(1..=100).contains(&length(&data["custom_id"])) {
        let message = "Must be between 1 and 100 in length.";
        return Err(form("data.custom_id", "BASE_TYPE_BAD_LENGTH", message));
    }
    if !(1..=45).contains(&length(&data["title"])) {
        let message = "Must be between 1 and 45 in length.";
        return Err(form("data.title", "BASE_TYPE_BAD_LENGTH", message));
    }
    if !(1..=5).contains(&rows.len()) {
        let message = "Must be between 1 and 5 in length.";
        return Err(form("data.components", "BASE_TYPE_BAD_LENGTH", message));
    }
    for row in &rows {
        let field = &row["components"][0];
        let is_field = row["type"] == 1
            && field["type"] == 4
            && matches!(field["style"].as_u64(), Some(1 | 2))
            && (1..=100).contains(&length(&field["custom_id"]))
            && (1..=45).contains(&length(&field["label"]))
            && length(&field["placeholder"]) <= 100
            && field["max_length"].as_u64().is_none_or(|most| (1..=4_000).contains(&most));
        if !is_field {
            let message = "The field of a form is not well-formed.";
            return Err(form("data.components", "BASE_TYPE_CHOICES", message));
        }
    }
    Ok(())
}

fn open_form(state: &mut State, id: Id, data: &Value) {
    if let Some(interaction) = state.interactions.get_mut(&id) {
        interaction.form = Some(data.clone());
    }
}

/// “Lumen is thinking…”
fn think(state: &mut State, id: Id, data: &Value) -> Id {
    let message = state.new_id();
    let is_private = data["flags"].as_u64().unwrap_or(0) & flag::EPHEMERAL != 0;
    if let Some(interaction) = state.interactions.get(&id) {
        let mut loading = Message::new(message, interaction.channel, state.me, "");
        loading.kind = 20;
        loading.interaction = Some(id);
        loading.only = is_private.then_some(interaction.by);
        loading.flags = flag::LOADING | if is_private { flag::EPHEMERAL } else { 0 };
        state.messages.insert(message, loading);
        state.tell_message("MESSAGE_CREATE", message);
    }
    message
}

/// The interaction of a token, as long as it lives.
fn by_token(state: &State, app: &str, token: &str) -> Result<Id, Refusal> {
    if snowflake("webhook_id", app)? != state.me {
        return Err(rules::UNKNOWN_WEBHOOK);
    }
    let found = state.interactions.iter().find(|(_, interaction)| interaction.token == token);
    let (id, interaction) = found.ok_or(rules::UNKNOWN_WEBHOOK)?;
    if state.now().since(interaction.at).as_secs() >= TOKEN_SECS {
        return Err(rules::DEAD_TOKEN);
    }
    if interaction.answered { Ok(*id) } else { Err(rules::UNKNOWN_WEBHOOK) }
}

fn own_message(state: &State, id: Id, name: &str) -> Result<Id, Refusal> {
    let original = state.interactions.get(&id).and_then(|interaction| interaction.original);
    let message = match name {
        "@original" => original.ok_or(rules::UNKNOWN_MESSAGE)?,
        name => snowflake("message_id", name)?,
    };
    let there = state.messages.get(&message);
    let is_own =
        original == Some(message) || there.is_some_and(|message| message.interaction == Some(id));
    if there.is_some() && is_own { Ok(message) } else { Err(rules::UNKNOWN_MESSAGE) }
}

fn follow_up(state: &mut State, asked: &Asked<'_>, id: Id) -> Answer {
    check_message(&asked.body)?;
    let original = state.interactions.get(&id).and_then(|interaction| interaction.original);
    let original = original.and_then(|original| state.messages.get(&original));
    let loading = original.filter(|original| original.flags & flag::LOADING != 0);
    let message = match loading.map(|loading| loading.id) {
        // The first one takes the place of the thinking, private or not as that was.
        Some(message) => {
            state.alter(message, &asked.body, Unsaid::People)?;
            if let Some(message) = state.messages.get_mut(&message) {
                message.edited = None;
            }
            message
        }
        None => say(state, id, &asked.body)?,
    };
    Ok(state.message(message).unwrap_or_default())
}
