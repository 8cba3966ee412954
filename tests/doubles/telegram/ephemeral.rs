//! Messages in a group that one person sees and nobody else.

use std::time::Duration;

use serde_json::{Value, json};

use super::messages::{change, change_keyboard, only, words};
use super::rest::{Answer, Asked};
use super::rules::{self, Refusal, keyboard, wrong};
use super::state::{Id, Key, State};

/// How long after somebody's act any bot may answer them so.
const WINDOW: Duration = Duration::from_secs(15);

/// For whom, and in which message's place.
pub(super) struct Ephemeral {
    pub(super) receiver: Id,
    pub(super) replaces: Option<Key>,
}

/// Whether the bot may say something so, if it wants to.
pub(super) fn permitted(
    state: &State,
    chat: Id,
    wish: &Value,
    reply_to: Option<Key>,
) -> Result<Option<Ephemeral>, Refusal> {
    let to_ephemeral =
        reply_to.filter(|key| matches!(key, Key::Ephemeral { .. })).and_then(|k| state.at(chat, k));
    if wish.is_null() {
        // What was said in confidence is not answered aloud.
        let is_aloud = to_ephemeral.is_some();
        return if is_aloud {
            Err(wrong("an open reply to an ephemeral message"))
        } else {
            Ok(None)
        };
    }
    only(wish, &["receiver_user_id", "callback_query_id", "replace_callback_query_message"])?;
    let receiver = wish["receiver_user_id"].as_i64();
    let receiver = receiver.ok_or_else(|| wrong("receiver_user_id is not specified"))?;
    if !state.chats.get(&chat).is_some_and(super::state::Chat::is_group) {
        return Err(wrong("ephemeral messages can be sent only in groups and supergroups"));
    }
    let is_person = state.users.get(&receiver).is_some_and(|user| !user.is_bot);
    if !is_person || !state.is_member(chat, receiver) {
        return Err(rules::NO_PARTICIPANT);
    }
    let now = state.now();
    if let Some(said) = to_ephemeral {
        if said.by != receiver {
            return Err(wrong("the ephemeral message that is replied to is somebody else's"));
        }
        if now.since(said.at) > WINDOW {
            return Err(rules::LATE_EPHEMERAL);
        }
    }
    let mut replaces = None;
    let query = wish["callback_query_id"].as_str();
    if let Some(id) = query {
        let query = state.queries.get(id).ok_or(rules::OLD_QUERY)?;
        if query.by != receiver || query.chat != chat {
            return Err(wrong("the callback query is somebody else's"));
        }
        if query.is_dead || now.since(query.at) > WINDOW {
            return Err(rules::OLD_QUERY);
        }
        replaces = Some(query.message).filter(|_| wish["replace_callback_query_message"] == true);
    }
    if matches!(replaces, Some(Key::Ephemeral { .. })) {
        return Err(wrong("an ephemeral message is edited and not replaced"));
    }
    if query.is_none() && wish["replace_callback_query_message"] == true {
        return Err(wrong("there is no callback query whose message could be replaced"));
    }
    let has_cause = query.is_some() || to_ephemeral.is_some();
    if !has_cause && !state.is_admin(chat, state.me) {
        return Err(rules::NO_ADMINISTRATOR);
    }
    Ok(Some(Ephemeral { receiver, replaces }))
}

/// An ephemeral message of the bot's, by the three numbers that name it.
fn own(state: &State, asked: &Asked, missing: Refusal) -> Result<(Id, Key), Refusal> {
    let chat = asked.chat(state)?;
    let receiver = asked.needed_int("receiver_user_id")?;
    let id = asked.needed_int("ephemeral_message_id")?;
    state.reached(chat)?;
    let key = Key::Ephemeral { receiver, id };
    let is_own = state.at(chat, key).is_some_and(|message| message.by == state.me);
    if is_own { Ok((chat, key)) } else { Err(missing) }
}

pub(super) fn edit(state: &mut State, asked: &Asked) -> Answer {
    let (text, entities, has_preview) = words(state, asked)?;
    let keyboard = keyboard(&asked.object("reply_markup")?)?;
    let place = own(state, asked, rules::NOTHING_TO_EDIT)?;
    change(state, place, (&text, &entities, has_preview), keyboard)?;
    Ok(json!(true))
}

pub(super) fn edit_keyboard(state: &mut State, asked: &Asked) -> Answer {
    let keyboard = keyboard(&asked.object("reply_markup")?)?;
    let place = own(state, asked, rules::NOTHING_TO_EDIT)?;
    change_keyboard(state, place, keyboard)?;
    Ok(json!(true))
}

pub(super) fn delete(state: &mut State, asked: &Asked) -> Answer {
    let place = own(state, asked, rules::NOTHING_TO_DELETE)?;
    state.messages.remove(&place);
    Ok(json!(true))
}
