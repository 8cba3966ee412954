//! The methods about messages, reactions and pressed buttons.

use std::time::Duration;

use serde_json::{Value, json};

use super::entities::{check, cleaned, complete, units};
use super::ephemeral::{self, Ephemeral};
use super::people::Told;
use super::rest::{Answer, Asked};
use super::rules::{self, Refusal, keyboard, wrong};
use super::state::{Id, Key, Kind, Message, State};
use super::updates::QUERY_LIFE;

/// The longest text, in UTF-16 units: nobody promises more.
const TEXT_LIMIT: usize = 4_096;
const ANSWER_LIMIT: usize = 200;

/// What a bot may react with, where the chat has no list of its own.
const EMOJI: &str = "❤ 👍 👎 🔥 🥰 👏 😁 🤔 🤯 😱 🤬 😢 🎉 🤩 🤮 💩 🙏 👌 🕊 🤡 🥱 🥴 😍 🐳 ❤‍🔥 🌚 🌭 💯 🤣 ⚡ \
    🍌 🏆 💔 🤨 😐 🍓 🍾 💋 🖕 😈 😴 😭 🤓 👻 👨‍💻 👀 🎃 🙈 😇 😨 🤝 ✍ 🤗 🫡 🎅 🎄 ☃ 💅 🤪 🗿 🆒 💘 🙉 🦄 😘 💊 \
    🙊 😎 👾 🤷‍♂ 🤷 🤷‍♀ 😡";

/// What a bot may pretend to be doing.
const ACTIONS: [&str; 11] = [
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

const TWO_DAYS: Duration = Duration::from_hours(48);

/// What a message says, as it is kept, and whether it shows where its first link leads.
pub(super) fn words(state: &State, asked: &Asked) -> Result<(String, Vec<Value>, bool), Refusal> {
    if state.plain_only && asked.text("parse_mode")?.is_some() {
        return Err(wrong("parse_mode: a word of people's would be markup; entities are not"));
    }
    let text = asked.text("text")?.unwrap_or_default();
    let given = asked.list("entities")?;
    check(text, &given)?;
    let (text, entities) = cleaned(text, &given);
    if text.is_empty() {
        return Err(wrong("message text is empty"));
    }
    if units(&text) > TEXT_LIMIT {
        return Err(wrong("message is too long"));
    }
    let preview = asked.object("link_preview_options")?;
    let known =
        ["is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"];
    only(&preview, &known)?;
    Ok((text, entities, preview["is_disabled"] != true))
}

/// Refuses an object with fields that nobody knows.
pub(super) fn only(object: &Value, known: &[&str]) -> Result<(), Refusal> {
    let Some(fields) = object.as_object() else {
        return if object.is_null() {
            Ok(())
        } else {
            Err(wrong(format!("{object} is no object")))
        };
    };
    let strange = fields.keys().find(|field| !known.contains(&field.as_str()));
    strange.map_or(Ok(()), |field| Err(wrong(format!("nobody knows the field {field}"))))
}

pub(super) fn send(state: &mut State, asked: &Asked) -> Answer {
    let place = asked.place(state)?;
    let (text, entities, has_preview) = words(state, asked)?;
    let keyboard = keyboard(&asked.object("reply_markup")?)?;
    let (is_silent, wish) =
        (asked.flag("disable_notification")?, asked.object("reply_parameters")?);
    state.writable(place)?;
    let reply_to = replied(state, place.chat, &wish)?;
    let ephemeral = asked.object("ephemeral_message_parameters")?;
    let ephemeral = ephemeral::permitted(state, place.chat, &ephemeral, reply_to)?;
    state.paced(place.chat)?;
    let mut message = Message::new(place, state.me);
    (message.text, message.entities, message.keyboard) = (text, entities, keyboard);
    (message.reply_to, message.is_silent, message.has_preview) = (reply_to, is_silent, has_preview);
    if let Some(Ephemeral { receiver, replaces }) = ephemeral {
        (message.only, message.replaces) = (Some(receiver), replaces);
        message.is_lost = state.users.get(&receiver).is_some_and(|user| user.is_offline);
    }
    let key = state.put(message);
    Ok(state.message(place.chat, key))
}

/// What is replied to, if it is still there.
fn replied(state: &State, chat: Id, wish: &Value) -> Result<Option<Key>, Refusal> {
    let known = ["message_id", "chat_id", "allow_sending_without_reply", "ephemeral_message_id"];
    only(wish, &known)?;
    if wish.is_null() {
        return Ok(None);
    }
    if !wish["chat_id"].is_null() && wish["chat_id"] != chat {
        return Err(wrong("a reply into another chat"));
    }
    let key = match (wish["message_id"].as_i64(), wish["ephemeral_message_id"].as_i64()) {
        (Some(id), None) if id > 0 => Key::Message(id),
        (None | Some(0), Some(id)) => Key::Ephemeral { receiver: state.me, id },
        _ => return Err(wrong("reply_parameters name no message")),
    };
    let is_there = state.at(chat, key).is_some_and(|message| !message.is_service);
    match (is_there, wish["allow_sending_without_reply"].as_bool()) {
        (true, _) => Ok(Some(key)),
        (false, Some(true)) => Ok(None),
        (false, _) => Err(rules::NO_REPLIED),
    }
}

/// A message of the bot's that it may change.
fn own(state: &State, asked: &Asked) -> Result<(Id, Key), Refusal> {
    let chat = asked.chat(state)?;
    let id = asked.needed_int("message_id")?;
    if id <= 0 {
        return Err(wrong("message identifier is not specified"));
    }
    state.reached(chat)?;
    let message = state.at(chat, Key::Message(id)).ok_or(rules::NOTHING_TO_EDIT)?;
    if message.by != state.me || message.is_service {
        return Err(rules::NOT_EDITABLE);
    }
    Ok((chat, Key::Message(id)))
}

pub(super) fn edit(state: &mut State, asked: &Asked) -> Answer {
    let (text, entities, has_preview) = words(state, asked)?;
    let keyboard = keyboard(&asked.object("reply_markup")?)?;
    let (chat, key) = own(state, asked)?;
    change(state, (chat, key), (&text, &entities, has_preview), keyboard)?;
    Ok(state.message(chat, key))
}

/// Gives a message of the bot's other words and buttons, if they are others.
pub(super) fn change(
    state: &mut State,
    (chat, key): (Id, Key),
    (text, entities, has_preview): (&str, &[Value], bool),
    keyboard: Vec<Vec<Value>>,
) -> Result<(), Refusal> {
    let before = state.at(chat, key).ok_or(rules::NOTHING_TO_EDIT)?;
    let is_same = before.text == text
        && spans(&before.entities) == spans(&complete(text, entities))
        && before.keyboard == keyboard
        && before.has_preview == has_preview;
    if is_same {
        return Err(rules::NOT_MODIFIED);
    }
    state.paced(chat)?;
    state.alter((chat, key), (text, entities), keyboard);
    state.messages.get_mut(&(chat, key)).expect("altered").has_preview = has_preview;
    Ok(())
}

/// What two lists of entities are compared by: a user comes with more than was sent.
fn spans(entities: &[Value]) -> Vec<Value> {
    let plain = |entity: &Value| {
        let mut plain = entity.clone();
        if let Some(id) = entity["user"]["id"].as_i64() {
            plain["user"] = json!(id);
        }
        plain
    };
    entities.iter().map(plain).collect()
}

pub(super) fn edit_keyboard(state: &mut State, asked: &Asked) -> Answer {
    let keyboard = keyboard(&asked.object("reply_markup")?)?;
    let (chat, key) = own(state, asked)?;
    change_keyboard(state, (chat, key), keyboard)?;
    Ok(state.message(chat, key))
}

pub(super) fn change_keyboard(
    state: &mut State,
    (chat, key): (Id, Key),
    keyboard: Vec<Vec<Value>>,
) -> Result<(), Refusal> {
    let now = state.now();
    if state.at(chat, key).is_some_and(|message| message.keyboard == keyboard) {
        return Err(rules::NOT_MODIFIED);
    }
    state.paced(chat)?;
    let message = state.messages.get_mut(&(chat, key)).ok_or(rules::NOTHING_TO_EDIT)?;
    (message.keyboard, message.edited) = (keyboard, Some(now));
    Ok(())
}

pub(super) fn delete(state: &mut State, asked: &Asked) -> Answer {
    let (chat, id) = (asked.chat(state)?, asked.needed_int("message_id")?);
    state.reached(chat)?;
    let key = Key::Message(id);
    let message = state.at(chat, key).ok_or(rules::NOTHING_TO_DELETE)?;
    let is_private = state.kind(chat) == Some(Kind::Private);
    let may = message.by == state.me
        || is_private
        || state.has_right(chat, state.me, "can_delete_messages");
    if !may || state.now().since(message.at) > TWO_DAYS {
        return Err(rules::NOT_DELETABLE);
    }
    state.messages.remove(&(chat, key));
    Ok(json!(true))
}

pub(super) fn answer_query(state: &mut State, asked: &Asked) -> Answer {
    let id = asked.text("callback_query_id")?.unwrap_or_default().to_owned();
    let text = asked.text("text")?.unwrap_or_default().to_owned();
    if units(&text) > ANSWER_LIMIT {
        return Err(wrong("MESSAGE_TOO_LONG"));
    }
    let (url, is_alert) = (asked.text("url")?.map(str::to_owned), asked.flag("show_alert")?);
    let own = state.users.get(&state.me).and_then(|me| me.username.clone()).unwrap_or_default();
    let leads_home = |url: &String| {
        ["https://t.me/", "tg://resolve?domain="]
            .iter()
            .any(|start| url.strip_prefix(start).is_some_and(|rest| rest.starts_with(&own)))
    };
    if url.as_ref().is_some_and(|url| !leads_home(url)) {
        return Err(wrong("URL_INVALID"));
    }
    let now = state.now();
    let query = state.queries.get_mut(&id).ok_or(rules::OLD_QUERY)?;
    let is_old = query.is_dead || now.since(query.at) > QUERY_LIFE || query.told != Told::Waiting;
    if is_old {
        return Err(rules::OLD_QUERY);
    }
    query.told = match (url, text.is_empty(), is_alert) {
        (Some(url), _, _) => Told::Led(url),
        (None, true, _) => Told::Taken,
        (None, false, true) => Told::Alert(text),
        (None, false, false) => Told::Toast(text),
    };
    Ok(json!(true))
}

pub(super) fn react(state: &mut State, asked: &Asked) -> Answer {
    let (chat, id) = (asked.chat(state)?, asked.needed_int("message_id")?);
    let wish = asked.list("reaction")?;
    if wish.len() > 1 {
        return Err(wrong("REACTIONS_TOO_MANY"));
    }
    let emoji = wish.first().map(|one| {
        let emoji = one["emoji"].as_str().filter(|_| one["type"] == "emoji");
        emoji.map(str::to_owned).ok_or_else(|| wrong("REACTION_INVALID"))
    });
    let emoji = emoji.transpose()?;
    state.reached(chat)?;
    let is_there = state.at(chat, Key::Message(id)).is_some_and(|message| !message.is_service);
    if !is_there {
        return Err(rules::NOTHING_TO_REACT);
    }
    let list = state.chats.get(&chat).and_then(|here| here.reactions.clone());
    if let Some(emoji) = &emoji {
        let is_known = EMOJI.split_whitespace().any(|known| known == emoji);
        if !is_known || list.is_some_and(|list| !list.contains(emoji)) {
            return Err(rules::NO_REACTION);
        }
    }
    let me = state.me;
    state.react((chat, Key::Message(id)), me, emoji.as_deref());
    Ok(json!(true))
}

pub(super) fn show_action(state: &mut State, asked: &Asked) -> Answer {
    let place = asked.place(state)?;
    let action = asked.text("action")?.unwrap_or_default().to_owned();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(wrong("wrong parameter action in request"));
    }
    state.writable(place)?;
    state.actions.push((place, action));
    Ok(json!(true))
}
