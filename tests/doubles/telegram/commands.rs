//! The menus of commands: by whom and where, in which language.

use serde_json::{Value, json};

use super::entities::units;
use super::messages::only;
use super::rest::{Answer, Asked};
use super::rules::{self, Refusal, wrong};
use super::state::{Id, Kind, State};

/// The scope, as what it is kept by.
fn scope(state: &State, asked: &Asked) -> Result<(String, String), Refusal> {
    let scope = asked.object("scope")?;
    let kind = if scope.is_null() { "default" } else { scope["type"].as_str().unwrap_or_default() };
    let chat = || {
        let chat = scope["chat_id"].as_i64().ok_or_else(|| wrong("chat_id is empty"))?;
        state.reached(chat)?;
        let is_group = state.chats.get(&chat).is_some_and(super::state::Chat::is_group);
        if is_group || kind == "chat" { Ok(chat) } else { Err(wrong("scope for groups only")) }
    };
    let key = match kind {
        "default" | "all_private_chats" | "all_group_chats" | "all_chat_administrators" => {
            only(&scope, &["type"])?;
            kind.to_owned()
        }
        "chat" | "chat_administrators" => {
            only(&scope, &["type", "chat_id"])?;
            format!("{kind} {}", chat()?)
        }
        "chat_member" => {
            only(&scope, &["type", "chat_id", "user_id"])?;
            let who = scope["user_id"].as_i64().ok_or_else(|| wrong("user_id is empty"))?;
            if !state.users.contains_key(&who) {
                return Err(rules::NO_USER);
            }
            format!("{kind} {} {who}", chat()?)
        }
        _ => return Err(wrong("unsupported command scope type specified")),
    };
    let language = asked.text("language_code")?.unwrap_or_default();
    let is_code = language.len() == 2 && language.bytes().all(|it| it.is_ascii_lowercase());
    if !language.is_empty() && !is_code {
        return Err(wrong("invalid language code specified"));
    }
    Ok((key, language.to_owned()))
}

pub(super) fn set(state: &mut State, asked: &Asked) -> Answer {
    let commands = asked.list("commands")?;
    if commands.len() > 100 {
        return Err(wrong("BOT_COMMANDS_TOO_MUCH"));
    }
    let mut names = Vec::new();
    for command in &commands {
        only(command, &["command", "description", "is_ephemeral"])?;
        let name = command["command"].as_str().unwrap_or_default();
        let is_name = |it: u8| it.is_ascii_lowercase() || it.is_ascii_digit() || it == b'_';
        if !(1..=32).contains(&name.len()) || !name.bytes().all(is_name) {
            return Err(wrong(format!("BOT_COMMAND_INVALID: {name:?}")));
        }
        let description = command["description"].as_str().unwrap_or_default();
        if !(1..=256).contains(&units(description.trim())) || units(description) > 256 {
            return Err(wrong(format!("BOT_COMMAND_DESCRIPTION_INVALID: of {name}")));
        }
        if !command["is_ephemeral"].is_null() && !command["is_ephemeral"].is_boolean() {
            return Err(wrong("field \"is_ephemeral\" must be of type Boolean"));
        }
        if names.contains(&name) {
            return Err(wrong(format!("BOT_COMMAND_INVALID: {name} twice")));
        }
        names.push(name);
    }
    let key = scope(state, asked)?;
    if commands.is_empty() {
        state.commands.remove(&key);
    } else {
        state.commands.insert(key, commands);
    }
    Ok(json!(true))
}

pub(super) fn get(state: &State, asked: &Asked) -> Answer {
    let key = scope(state, asked)?;
    Ok(json!(state.commands.get(&key).cloned().unwrap_or_default()))
}

pub(super) fn delete(state: &mut State, asked: &Asked) -> Answer {
    let key = scope(state, asked)?;
    state.commands.remove(&key);
    Ok(json!(true))
}

impl State {
    /// The menu that somebody is shown in a chat: the narrowest that there is.
    pub(crate) fn menu(&self, who: Id, chat: Id) -> Vec<Value> {
        let is_private = self.kind(chat) == Some(Kind::Private);
        let is_admin = self.is_admin(chat, who);
        let scopes = if is_private {
            vec![format!("chat {chat}"), "all_private_chats".to_owned()]
        } else {
            let admins = |scope: &str| is_admin.then(|| scope.to_owned());
            [
                Some(format!("chat_member {chat} {who}")),
                admins(&format!("chat_administrators {chat}")),
                Some(format!("chat {chat}")),
                admins("all_chat_administrators"),
                Some("all_group_chats".to_owned()),
            ]
            .into_iter()
            .flatten()
            .collect()
        };
        let locale = self.users.get(&who).map(|user| user.locale.clone()).unwrap_or_default();
        let language = locale.get(..2).unwrap_or_default().to_owned();
        for scope in scopes.into_iter().chain(["default".to_owned()]) {
            for language in [language.clone(), String::new()] {
                if let Some(menu) = self.commands.get(&(scope.clone(), language)) {
                    return menu.clone();
                }
            }
        }
        Vec::new()
    }

    /// The command of this name in somebody's menu.
    pub(crate) fn offered(&self, who: Id, chat: Id, name: &str) -> Option<Value> {
        self.menu(who, chat).into_iter().find(|command| command["command"] == name)
    }
}
