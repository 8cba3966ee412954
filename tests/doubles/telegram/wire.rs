//! The state as the Bot API puts it on the wire.

use askaround::domain::time::Moment;
use serde_json::{Map, Value, json};

use super::members::{PERMISSIONS, RIGHTS};
use super::state::{Id, Key, Kind, Message, State, Status};

/// Whole seconds, as Telegram counts.
pub(super) fn unix(at: Moment) -> i64 {
    at.as_millis().div_euclid(1_000)
}

impl State {
    pub(super) fn user(&self, id: Id) -> Value {
        let user = self.users.get(&id).expect("a user");
        let mut wire = json!({"id": id, "is_bot": user.is_bot, "first_name": user.name});
        if let Some(username) = &user.username {
            wire["username"] = json!(username);
        }
        if !user.locale.is_empty() {
            wire["language_code"] = json!(user.locale);
        }
        wire
    }

    pub(super) fn chat(&self, id: Id) -> Value {
        let chat = self.chats.get(&id).expect("a chat");
        let mut wire = json!({"id": id, "type": type_of(chat.kind)});
        if chat.kind == Kind::Private {
            let user = self.users.get(&id).expect("a user");
            wire["first_name"] = json!(user.name);
            if let Some(username) = &user.username {
                wire["username"] = json!(username);
            }
            return wire;
        }
        wire["title"] = json!(chat.title);
        if let Some(username) = &chat.username {
            wire["username"] = json!(username);
        }
        if chat.is_forum {
            wire["is_forum"] = json!(true);
        }
        wire
    }

    /// A `ChatMember`; who never was there has left.
    pub(super) fn chat_member(&self, chat: Id, who: Id) -> Value {
        let mut wire = json!({"user": self.user(who)});
        let Some(member) = self.member(chat, who) else {
            wire["status"] = json!("left");
            return wire;
        };
        wire["status"] = json!(status(member.status));
        match member.status {
            Status::Creator => wire["is_anonymous"] = json!(member.is_anonymous),
            Status::Administrator => {
                wire["is_anonymous"] = json!(member.is_anonymous);
                wire["can_be_edited"] = json!(false);
                for right in RIGHTS {
                    wire[right] = json!(member.rights.contains(right));
                }
            }
            Status::Member | Status::Restricted => {
                if let Some(tag) = &member.tag {
                    wire["tag"] = json!(tag);
                }
                if member.status == Status::Restricted {
                    wire["is_member"] = json!(true);
                    wire["until_date"] = json!(0);
                    for permission in PERMISSIONS {
                        wire[permission] = json!(false);
                    }
                }
            }
            Status::Left => {}
            Status::Kicked => wire["until_date"] = json!(0),
        }
        wire
    }

    /// A message with what it replies to.
    pub(super) fn message(&self, chat: Id, key: Key) -> Value {
        let message = self.at(chat, key).expect("a message");
        let mut wire = self.bare(message);
        let topic = message.topic.filter(|_| !message.content.contains_key("forum_topic_created"));
        // In a topic, what replies to nothing replies to the topic's beginning.
        let replied = message.reply_to.or(topic.map(Key::Message).filter(|_| self.is_forum(chat)));
        if let Some(replied) = replied.and_then(|key| self.at(chat, key)) {
            wire["reply_to_message"] = self.bare(replied);
        }
        wire
    }

    pub(super) fn is_forum(&self, chat: Id) -> bool {
        self.chats.get(&chat).is_some_and(|chat| chat.is_forum)
    }

    fn bare(&self, message: &Message) -> Value {
        let mut wire = Map::new();
        wire.insert("message_id".to_owned(), json!(message.key.message_id()));
        let mut put = |field: &str, value: Value| wire.insert(field.to_owned(), value);
        let is_channel = self.kind(message.chat) == Some(Kind::Channel);
        if !is_channel {
            put("from", self.user(message.by));
        }
        if let Key::Ephemeral { receiver, id } = message.key {
            put("ephemeral_message_id", json!(id));
            put("receiver_user", self.user(receiver));
        }
        if let Some(sender) = message.sender_chat {
            put("sender_chat", self.chat(sender));
        }
        put("chat", self.chat(message.chat));
        put("date", json!(unix(message.at)));
        if let Some(edited) = message.edited {
            put("edit_date", json!(unix(edited)));
        }
        if let Some(topic) = message.topic {
            put("message_thread_id", json!(topic));
            if self.is_forum(message.chat) {
                put("is_topic_message", json!(true));
            }
        }
        if let Some(tag) = self.member(message.chat, message.by).and_then(|it| it.tag.clone()) {
            put("sender_tag", json!(tag));
        }
        if !message.text.is_empty() {
            let has_media = ["photo", "voice"].iter().any(|it| message.content.contains_key(*it));
            let (text, entities) =
                if has_media { ("caption", "caption_entities") } else { ("text", "entities") };
            put(text, json!(message.text));
            if !message.entities.is_empty() {
                put(entities, json!(message.entities));
            }
        }
        if !message.keyboard.is_empty() {
            put("reply_markup", json!({"inline_keyboard": message.keyboard}));
        }
        wire.extend(message.content.clone());
        Value::Object(wire)
    }
}

pub(super) fn type_of(kind: Kind) -> &'static str {
    match kind {
        Kind::Private => "private",
        Kind::Group => "group",
        Kind::Supergroup => "supergroup",
        Kind::Channel => "channel",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Creator => "creator",
        Status::Administrator => "administrator",
        Status::Member => "member",
        Status::Restricted => "restricted",
        Status::Left => "left",
        Status::Kicked => "kicked",
    }
}
