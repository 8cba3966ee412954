//! What Telegram sends, read tolerantly: of an update only what identifies it must be as
//! documented. A field of another shape than we know is a field that is not there, an entity of a
//! kind that we do not know is one that formats nothing, and neither takes the text with it. The
//! client's own types would: to them a message with an unknown entity is an empty one.

use std::borrow::Cow;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};

use super::inbound::Dropped;

/// A field that is as we know it, or is not there.
fn lenient<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Ok(serde_json::from_value(Value::deserialize(from)?).ok())
}

/// Those of a list that are as we know them.
fn each<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    let Value::Array(all) = Value::deserialize(from)? else { return Ok(Vec::new()) };
    Ok(all.into_iter().filter_map(|one| serde_json::from_value(one).ok()).collect())
}

/// One update, with its number.
#[derive(Debug, Clone)]
pub(super) struct Update {
    pub(super) id: i64,
    pub(super) told: Told,
}

/// What an update is about; one thing only.
#[derive(Debug, Clone)]
pub(super) enum Told {
    Message(Box<Message>),
    Edited(Box<Message>),
    Pressed(Box<Query>),
    Reacted(Box<Reaction>),
    /// Somebody's rights changed, or their being there.
    Member(Box<Member>),
    /// Our own.
    Own(Box<Member>),
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct User {
    pub(super) id: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) is_bot: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) first_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) last_name: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) username: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) language_code: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Chat {
    pub(super) id: i64,
    #[serde(default, rename = "type", deserialize_with = "lenient")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) title: Option<String>,
}

impl Chat {
    /// Of one person with the bot: those chats have the person's own number.
    pub(super) fn is_private(&self) -> bool {
        self.kind.as_deref().map_or(self.id > 0, |kind| kind == "private")
    }

    pub(super) fn is_group(&self) -> bool {
        self.kind.as_deref().is_none_or(|kind| matches!(kind, "group" | "supergroup"))
            && !self.is_private()
    }
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct Entity {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) offset: usize,
    pub(super) length: usize,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) user: Option<User>,
}

#[derive(Debug, Clone, Deserialize)]
pub(super) struct TopicName {
    #[serde(default, deserialize_with = "lenient")]
    pub(super) name: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as Telegram names them")]
pub(super) struct Message {
    pub(super) message_id: i64,
    pub(super) chat: Chat,
    /// Zero for one that we may know of, and not look into.
    #[serde(default)]
    pub(super) date: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) from: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) sender_chat: Option<Chat>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) message_thread_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) is_topic_message: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) is_automatic_forward: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) reply_to_message: Option<Box<Message>>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) text: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) caption: Option<String>,
    #[serde(default, deserialize_with = "each")]
    pub(super) entities: Vec<Entity>,
    #[serde(default, deserialize_with = "each")]
    pub(super) caption_entities: Vec<Entity>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) media_group_id: Option<String>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) via_bot: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) edit_date: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) migrate_to_chat_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) migrate_from_chat_id: Option<i64>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) forum_topic_created: Option<TopicName>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) forum_topic_edited: Option<TopicName>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) receiver_user: Option<User>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) ephemeral_message_id: Option<i64>,
    /// Everything else, by its name.
    #[serde(flatten)]
    pub(super) rest: Map<String, Value>,
}

impl Message {
    /// What it says in words, with what is marked in it.
    pub(super) fn words(&self) -> Option<(Cow<'_, str>, &[Entity])> {
        if let Some(text) = &self.text {
            return Some((Cow::Borrowed(text), &self.entities));
        }
        if let Some(caption) = &self.caption {
            return Some((Cow::Borrowed(caption), &self.caption_entities));
        }
        let rich = self.rest.get("rich_message")?;
        let mut lines = Vec::new();
        gather(rich, &mut lines);
        let text = lines.join("\n");
        (!text.trim().is_empty()).then_some((Cow::Owned(text), &[]))
    }

    /// The topic in which it stands, where it stands in one.
    pub(super) fn topic(&self) -> Option<i64> {
        self.message_thread_id.filter(|_| self.is_topic_message == Some(true))
    }

    /// What it answers. In a topic every message names the one that made the topic, which says
    /// nothing.
    pub(super) fn answers(&self) -> Option<&Message> {
        let answered = self.reply_to_message.as_deref()?;
        let is_root = answered.forum_topic_created.is_some()
            || self.topic().is_some_and(|topic| topic == answered.message_id);
        (!is_root).then_some(answered)
    }

    /// The name of its topic, where the message tells it.
    pub(super) fn topic_name(&self) -> Option<&str> {
        let root = self.reply_to_message.as_deref();
        let made = root.and_then(|root| root.forum_topic_created.as_ref());
        let told = [&self.forum_topic_edited, &self.forum_topic_created];
        let mut told = told.into_iter().filter_map(Option::as_ref).chain(made);
        told.find_map(|topic| topic.name.as_deref())
    }
}

/// The words of a message in blocks, whatever the blocks are: everything under a `text`, in order.
fn gather(value: &Value, lines: &mut Vec<String>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| gather(one, lines)),
        Value::Object(fields) => {
            for (name, field) in fields {
                match (field.as_str(), field.as_array()) {
                    (Some(text), _) if name == "text" => lines.push(text.to_owned()),
                    (_, Some(runs)) if name == "text" => lines.push(run(runs)),
                    _ => gather(field, lines),
                }
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A line made of runs: strings, and marked strings.
fn run(runs: &[Value]) -> String {
    let mut line = String::new();
    for one in runs {
        match one {
            Value::String(text) => line.push_str(text),
            Value::Object(_) | Value::Array(_) => {
                let mut inner = Vec::new();
                gather(one, &mut inner);
                line.push_str(&inner.concat());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    line
}

/// A pressed button.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Query {
    pub(super) id: String,
    pub(super) from: User,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) message: Option<Message>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) data: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as Telegram names them")]
pub(super) struct Reaction {
    pub(super) chat: Chat,
    pub(super) message_id: i64,
    #[serde(default)]
    pub(super) date: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) user: Option<User>,
    #[serde(default, deserialize_with = "each")]
    pub(super) old_reaction: Vec<Sign>,
    #[serde(default, deserialize_with = "each")]
    pub(super) new_reaction: Vec<Sign>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub(super) struct Sign {
    /// A plain sign; Telegram's own have none.
    #[serde(default, deserialize_with = "lenient")]
    pub(super) emoji: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[expect(clippy::struct_field_names, reason = "as Telegram names them")]
pub(super) struct Member {
    pub(super) chat: Chat,
    #[serde(default)]
    pub(super) date: i64,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) old_chat_member: Option<Standing>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) new_chat_member: Option<Standing>,
}

impl Member {
    /// Whether somebody with rights has others now, or none any more. Most who come and go had
    /// none.
    pub(super) fn moves_rights(&self) -> bool {
        let both = [&self.old_chat_member, &self.new_chat_member];
        let had_none = |one: &Option<Standing>| {
            one.as_ref().is_some_and(|standing| !standing.is_administrator())
        };
        !both.into_iter().all(had_none)
    }
}

#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Standing {
    pub(super) user: User,
    #[serde(default)]
    pub(super) status: String,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) is_member: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) can_change_info: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) can_promote_members: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) can_delete_messages: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) can_restrict_members: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) can_manage_tags: Option<bool>,
    #[serde(default, deserialize_with = "lenient")]
    pub(super) can_send_messages: Option<bool>,
}

impl Standing {
    pub(super) fn is_here(&self) -> bool {
        match self.status.as_str() {
            "creator" | "administrator" | "member" => true,
            "restricted" => self.is_member == Some(true),
            _ => false,
        }
    }

    /// Of somebody who is not there.
    pub(super) fn away(who: i64) -> Standing {
        let user = User { id: who, ..User::default() };
        Standing { user, status: "left".to_owned(), ..Standing::default() }
    }

    pub(super) fn is_administrator(&self) -> bool {
        matches!(self.status.as_str(), "creator" | "administrator")
    }

    pub(super) fn may_tag(&self) -> bool {
        self.status == "creator" || self.is_administrator() && self.can_manage_tags == Some(true)
    }
}

/// Kinds that are told only to those who ask for them, which we do not.
const NOT_ASKED_FOR: [&str; 12] = [
    "channel_post",
    "edited_channel_post",
    "business_connection",
    "business_message",
    "message_reaction_count",
    "inline_query",
    "chosen_inline_result",
    "poll",
    "poll_answer",
    "chat_join_request",
    "chat_boost",
    "pre_checkout_query",
];

impl Update {
    /// The number of an update, and what it tells, or why it tells us nothing.
    pub(super) fn read(update: Value) -> (Option<i64>, Result<Update, Dropped>) {
        let Value::Object(mut fields) = update else {
            return (None, Err(Dropped("update that is none")));
        };
        let Some(id) = fields.remove("update_id").as_ref().and_then(Value::as_i64) else {
            return (None, Err(Dropped("update without a number")));
        };
        let told = told(fields).map(|told| Update { id, told });
        (Some(id), told)
    }

    /// The chat it is about, which is its lane.
    pub(super) fn chat(&self) -> Option<&Chat> {
        match &self.told {
            Told::Message(message) | Told::Edited(message) => Some(&message.chat),
            Told::Pressed(query) => query.message.as_ref().map(|message| &message.chat),
            Told::Reacted(reaction) => Some(&reaction.chat),
            Told::Member(member) | Told::Own(member) => Some(&member.chat),
        }
    }
}

fn told(fields: Map<String, Value>) -> Result<Told, Dropped> {
    fn read<T: DeserializeOwned>(value: Value) -> Result<Box<T>, Dropped> {
        serde_json::from_value(value).map(Box::new).map_err(|_| Dropped("update not readable"))
    }
    for (kind, value) in fields {
        return Ok(match kind.as_str() {
            "message" => Told::Message(read(value)?),
            "edited_message" => Told::Edited(read(value)?),
            "callback_query" => Told::Pressed(read(value)?),
            "message_reaction" => Told::Reacted(read(value)?),
            "chat_member" => Told::Member(read(value)?),
            "my_chat_member" => Told::Own(read(value)?),
            kind if NOT_ASKED_FOR.contains(&kind) => {
                return Err(Dropped("kind of update not asked for"));
            }
            _ => continue,
        });
    }
    Err(Dropped("kind of update not known"))
}

/// The bytes of a text that a range of UTF-16 units is.
pub(super) fn bytes_of(text: &str, offset: usize, length: usize) -> Option<std::ops::Range<usize>> {
    let (mut at, mut begin) = (0, None);
    for (byte, letter) in text.char_indices() {
        if at == offset {
            begin = Some(byte);
        }
        if at == offset.checked_add(length)? {
            return Some(begin?..byte);
        }
        at += letter.len_utf16();
    }
    if at == offset {
        begin = Some(text.len());
    }
    (at == offset.checked_add(length)?).then_some(begin?..text.len())
}
