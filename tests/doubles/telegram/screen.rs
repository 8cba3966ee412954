//! What a person has on the screen: who sees which message, and what its entities make of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::entities::covered;
use super::state::{Id, Key, Kind, Message, Place, State};
use super::town::Town;

/// A message as one person sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) key: Key,
    pub(crate) by: Id,
    /// The chat that it shows as its sender: a channel, or the group of an anonymous administrator.
    pub(crate) sender_chat: Option<Id>,
    /// What the eye reads.
    pub(crate) text: String,
    /// Where the links lead that it was given; not what a screen makes of an address.
    pub(crate) links: Vec<String>,
    /// Everything in it that looks or acts otherwise than plain text.
    pub(crate) marks: Vec<Mark>,
    pub(crate) buttons: Vec<ShownButton>,
    /// How many of the buttons are in each row.
    pub(crate) rows: Vec<usize>,
    /// Only this person sees it.
    pub(crate) is_private: bool,
    /// Everybody whom it ever named with effect.
    pub(crate) pings: BTreeSet<Id>,
    /// Who is told that somebody replied to them. Every reply does that; no call can say otherwise.
    pub(crate) answers: Option<Id>,
    /// Came without a sound.
    pub(crate) is_silent: bool,
    pub(crate) is_edited: bool,
    /// Shows what is behind its first link.
    pub(crate) has_preview: bool,
    /// What it replies to, gone or not.
    pub(crate) reply_to: Option<Key>,
    pub(crate) reactions: Vec<(String, Id)>,
}

/// A part of a text with an effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    /// As Telegram calls it: `bold`, `code`, `mention`, `bot_command`…
    pub(crate) kind: String,
    pub(crate) text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownButton {
    pub(crate) label: String,
    /// Its `callback_data`; of a link its address.
    pub(crate) data: String,
    pub(crate) is_primary: bool,
    pub(crate) is_link: bool,
    pub(crate) is_disabled: bool,
}

impl Town {
    /// What somebody sees who has opened this chat or topic, oldest first.
    pub(crate) fn sees(&self, who: Id, place: impl Into<Place>) -> Vec<Shown> {
        self.stays_known();
        let place = place.into();
        self.look(|state| state.seen_by(who, place))
    }

    /// Waits until somebody reads this of the bot, and gives back the newest message with it.
    pub(crate) async fn reads(&self, who: Id, place: impl Into<Place>, text: &str) -> Shown {
        let place = place.into();
        let what = format!("{text:?} for {who}");
        let found = self.until(&what, |state| {
            let mut seen = state.seen_by(who, place).into_iter().rev();
            seen.find(|shown| shown.text.contains(text) && shown.by == state.me)
        });
        found.await
    }

    /// The same of what nobody else sees.
    pub(crate) async fn is_told(&self, who: Id, place: impl Into<Place>, text: &str) -> String {
        let place = place.into();
        let what = format!("{text:?} privately for {who}");
        let found = self.until(&what, |state| {
            let mut seen = state.seen_by(who, place).into_iter().rev();
            seen.find(|shown| shown.is_private && shown.text.contains(text))
        });
        found.await.text
    }
}

impl State {
    pub(crate) fn seen_by(&self, who: Id, place: Place) -> Vec<Shown> {
        let is_theirs = match self.kind(place.chat) {
            Some(Kind::Private) => place.chat == who,
            Some(Kind::Group | Kind::Supergroup | Kind::Channel) => self.is_member(place.chat, who),
            None => false,
        };
        if !is_theirs {
            return Vec::new();
        }
        let has_topics = self.is_forum(place.chat);
        let here = self.messages.values().filter(|message| {
            message.chat == place.chat && (!has_topics || message.topic == place.topic)
        });
        let own = here.filter(|message| message.only.is_none_or(|only| only == who));
        let mut own: Vec<&Message> = own.filter(|it| !it.is_lost && !it.is_service).collect();
        own.sort_by_key(|message| message.turn);
        let hidden: Vec<Key> = own.iter().filter_map(|message| message.replaces).collect();
        own.retain(|message| !hidden.contains(&message.key));
        own.into_iter().map(shown).collect()
    }
}

fn shown(message: &Message) -> Shown {
    let links = message.entities.iter().filter(|entity| entity["type"] == "text_link");
    let links = links.filter_map(|entity| entity["url"].as_str().map(str::to_owned)).collect();
    let mark = |entity: &Value| Mark {
        kind: entity["type"].as_str().unwrap_or_default().to_owned(),
        text: covered(&message.text, entity),
    };
    Shown {
        key: message.key,
        by: message.by,
        sender_chat: message.sender_chat,
        text: message.text.clone(),
        links,
        marks: message.entities.iter().map(mark).collect(),
        buttons: message.keyboard.iter().flatten().map(button).collect(),
        rows: message.keyboard.iter().map(Vec::len).collect(),
        is_private: message.only.is_some(),
        pings: message.pings.clone(),
        answers: message.answers,
        is_silent: message.is_silent,
        is_edited: message.edited.is_some(),
        has_preview: message.has_preview,
        reply_to: message.reply_to,
        reactions: message.reactions.clone(),
    }
}

fn button(button: &Value) -> ShownButton {
    let text = |field: &str| button[field].as_str().map(str::to_owned);
    let copied = || button["copy_text"]["text"].as_str().map(str::to_owned);
    ShownButton {
        label: text("text").unwrap_or_default(),
        data: text("callback_data").or_else(|| text("url")).or_else(copied).unwrap_or_default(),
        is_primary: button["style"] == "primary",
        is_link: !button["url"].is_null(),
        is_disabled: button["disabled"] == true,
    }
}
