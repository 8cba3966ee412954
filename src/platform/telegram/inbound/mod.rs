//! From Telegram's updates to [`Inbound`]: pure, so that every payload is a test.
//!
//! What is not for us is [`Dropped`] with its reason, which the intake counts.
//!
//! **Places.** A chat is a community of one channel, or of a channel for each topic: `<chat>` or
//! `<chat>:<topic>`; General has no topic. A private chat is a thread of a channel named
//! [`PRIVATE`], so that moderators can let it be taken for one: `/askaround watch #private`.
//!
//! **Messages.** A number is only good in its chat, and a group that becomes a supergroup gives
//! other numbers to what was said; so a key says both: `<chat>:<number>`. A message that one person
//! sees has no number of its own: `<chat>:e:<person>:<number>`.

mod commands;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod unusual_tests;

use super::wire::bytes_of;
use super::wire::{
    Chat, Entity, Member, Message as Wire, Query, Reaction, Standing, Told, Update, User,
};
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::letters::line;
use crate::platform::{Author, Inbound, Message, Place, ReplyHandle, Thread, What};
use std::time::Duration;

pub(super) use commands::{Line, line_of};

/// Not for us, for this reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dropped(pub(super) &'static str);

/// What private chats hang in.
pub(super) const PRIVATE: &str = "private";

/// Accounts of Telegram's own that stand for others.
const ANONYMOUS_ADMIN: i64 = 1_087_968_824;
const CHANNEL_SENDER: i64 = 136_817_688;
const LINKED_CHANNEL: i64 = 777_000;

/// Letters of one message: Telegram's own limit is 4,096 units of text, 1,024 of a caption.
const TEXT_LIMIT: usize = 4_096;
/// Telegram's own limit is 64 for each of two names.
const NAME_LIMIT: usize = 130;

/// How long something can be answered: a private message may come at any time, but somebody who
/// waited for longer waits no more.
pub(super) const ANSWERED_WITHIN: Duration = Duration::from_mins(15);

/// What a message can hold that says nothing in words.
const WORDLESS: [&str; 15] = [
    "animation",
    "audio",
    "document",
    "live_photo",
    "paid_media",
    "photo",
    "sticker",
    "story",
    "video",
    "video_note",
    "voice",
    "contact",
    "location",
    "venue",
    "dice",
];

/// What somebody may do in a chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Rights {
    pub(super) moderator: bool,
    pub(super) staff: bool,
}

/// Us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Me {
    pub(super) id: i64,
    pub(super) username: String,
    /// What is said in groups, though it is no administrator there.
    pub(super) hears_all: bool,
}

/// What an update does not say itself.
pub(super) struct Around<'a> {
    pub(super) me: &'a Me,
    pub(super) now: Moment,
    /// The rights in the chat that the update is about.
    pub(super) rights: &'a (dyn Fn(i64) -> Rights + Sync),
    pub(super) topic: &'a (dyn Fn(i64, i64) -> Option<String> + Sync),
    /// Somebody whom we have met in that chat, by the name that is unique.
    pub(super) named: &'a (dyn Fn(&str) -> Option<User> + Sync),
    /// What is asked of a command's words before it can be read.
    pub(super) line: Option<&'a Line>,
    /// The supergroup that the group has become which the bot seems to have left.
    pub(super) moved_to: Option<i64>,
    /// Another part of the same album says it in words, or was handed over already.
    pub(super) is_rest_of_album: bool,
}

/// What an update means, in the order in which it is to be handled.
pub(super) fn translate(update: &Update, around: &Around<'_>) -> Result<Vec<Inbound>, Dropped> {
    match &update.told {
        Told::Message(told) => message(told, around).map(|inbound| vec![inbound]),
        Told::Edited(told) => edited(update.id, told, around).map(|inbound| vec![inbound]),
        Told::Pressed(told) => pressed(told, around).map(|inbound| vec![inbound]),
        Told::Reacted(told) => reacted(update.id, told, around),
        Told::Member(_) => Err(Dropped("rights of somebody changed")),
        Told::Own(told) => own(update.id, told, around).map(|inbound| vec![inbound]),
    }
}

/// The bot was removed from a group, or somebody has blocked it; or it was let in, there or there.
fn own(update: i64, told: &Member, around: &Around<'_>) -> Result<Inbound, Dropped> {
    let Some(now) = &told.new_chat_member else { return Err(Dropped("update not readable")) };
    let what = match (told.old_chat_member.as_ref().map(Standing::is_here), now.is_here()) {
        (Some(true), true) | (Some(false), false) => {
            return Err(Dropped("rights of the bot changed"));
        }
        (_, true) => What::Joined,
        (_, false) => match around.moved_to {
            None => What::Left,
            Some(to) => What::Moved { to: PlatformKey::new(to.to_string()) },
        },
    };
    let key = PlatformKey::new(format!("o:{update}"));
    Ok(membership(key, moment(told.date), &told.chat, what))
}

/// Nobody acts, and a chat as a whole is meant.
pub(super) fn membership(key: PlatformKey, at: Moment, chat: &Chat, what: What) -> Inbound {
    let name = match &chat.title {
        _ if chat.is_private() => PRIVATE.to_owned(),
        title => line(&bounded(title.as_deref().unwrap_or_default(), NAME_LIMIT)),
    };
    let place = Place::whole(PlatformKey::new(chat.id.to_string()), name);
    Inbound { key, at, place, by: Author::named(PlatformKey::from("0"), ""), what }
}

fn message(told: &Wire, around: &Around<'_>) -> Result<Inbound, Dropped> {
    if let Some(moved) = moved(told) {
        return Ok(moved);
    }
    let by = by(told, around)?;
    if told.rest.contains_key("forward_origin") {
        return Err(Dropped("forwarded message"));
    }
    let place = place_of(told, around);
    let key = key(told);
    let at = moment(told.date);
    let wordless = WORDLESS.iter().any(|kind| told.rest.contains_key(*kind));
    let (words, entities) = match told.words() {
        Some((words, entities)) => (bounded(&words, TEXT_LIMIT), entities),
        None if wordless => (String::new(), &[][..]),
        None => return Err(Dropped(without_words(told))),
    };
    if around.is_rest_of_album {
        return Err(Dropped("part of an album"));
    }
    let input = PlatformKey::new(format!("m:{key}"));
    if commands::is_command(&words) {
        let what = commands::commanded(told, &words, entities, around)?;
        let place = around.line.and_then(|line| line.home).map_or(place.clone(), |home| Place {
            community: PlatformKey::new(home.to_string()),
            community_name: String::new(),
            ..place
        });
        return Ok(Inbound { key: input, at, place, by, what });
    }
    let (text, is_named) = read(&words, entities, around.me);
    let answered = told.answers();
    let from = answered.and_then(|answered| answered.from.as_ref());
    let mentions_bot = is_named || from.is_some_and(|from| from.id == around.me.id);
    let nothing_said = text.trim().is_empty() && !mentions_bot;
    if nothing_said && !wordless {
        return Err(Dropped("no content"));
    }
    let what = What::Said(Message {
        key,
        text,
        reply_to: answered.map(self::key),
        mentions_bot,
        opens_post: false,
        wordless: nothing_said && wordless,
    });
    Ok(Inbound { key: input, at, place, by, what })
}

/// A message without words is about the group, or of a kind that is newer than this program.
fn without_words(told: &Wire) -> &'static str {
    const ABOUT_THE_GROUP: [&str; 14] = [
        "new_chat_members",
        "left_chat_member",
        "new_chat_title",
        "new_chat_photo",
        "delete_chat_photo",
        "pinned_message",
        "group_chat_created",
        "supergroup_chat_created",
        "message_auto_delete_timer_changed",
        "forum_topic_closed",
        "forum_topic_reopened",
        "video_chat_started",
        "video_chat_ended",
        "boost_added",
    ];
    let is_about_the_group = told.forum_topic_created.is_some()
        || told.forum_topic_edited.is_some()
        || ABOUT_THE_GROUP.iter().any(|name| told.rest.contains_key(*name));
    if is_about_the_group { "service message" } else { "content of a kind not known" }
}

/// A group became a supergroup: both chats say so.
fn moved(told: &Wire) -> Option<Inbound> {
    let (from, to) = match (told.migrate_to_chat_id, told.migrate_from_chat_id) {
        (Some(to), _) => (told.chat.id, to),
        (None, Some(from)) => (from, told.chat.id),
        (None, None) => return None,
    };
    let title = told.chat.title.as_deref().unwrap_or_default();
    let from = from.to_string();
    Some(Inbound {
        key: PlatformKey::new(format!("m:{}", key(told))),
        at: moment(told.date),
        place: Place::new((&from, title), (&from, &channel_name(title))),
        by: Author::named(PlatformKey::from("0"), ""),
        what: What::Moved { to: PlatformKey::new(to.to_string()) },
    })
}

fn edited(update: i64, told: &Wire, around: &Around<'_>) -> Result<Inbound, Dropped> {
    let by = by(told, around)?;
    let Some(at) = told.edit_date else { return Err(Dropped("update without an edit")) };
    let Some((words, entities)) = told.words() else { return Err(Dropped("no content")) };
    let (text, _) = read(&bounded(&words, TEXT_LIMIT), entities, around.me);
    let message = key(told);
    Ok(Inbound {
        // Of two edits in one second the number of the update tells which is which.
        key: PlatformKey::new(format!("e:{message}:{update}")),
        at: moment(at),
        place: place_of(told, around),
        by,
        what: What::Edited { message, text },
    })
}

fn pressed(told: &Query, around: &Around<'_>) -> Result<Inbound, Dropped> {
    let Some(data) = told.data.clone() else { return Err(Dropped("a button without data")) };
    let Some(message) = &told.message else { return Err(Dropped("a button of no chat")) };
    let expires_at = around.now + ANSWERED_WITHIN;
    Ok(Inbound {
        key: PlatformKey::new(format!("q:{}", told.id)),
        at: around.now,
        place: place_of(message, around),
        by: author(&told.from, (around.rights)(told.from.id)),
        what: What::Pressed {
            data,
            reply: ReplyHandle { key: format!("q:{}", told.id), expires_at },
        },
    })
}

/// Telegram tells all the signs that somebody has on a message, before and after.
fn reacted(update: i64, told: &Reaction, around: &Around<'_>) -> Result<Vec<Inbound>, Dropped> {
    let Some(user) = &told.user else { return Err(Dropped("reaction of nobody in particular")) };
    if user.is_bot == Some(true) {
        return Err(Dropped("from a bot"));
    }
    let news = told.new_reaction.iter().filter(|sign| !told.old_reaction.contains(sign));
    let news: Vec<&String> = news.filter_map(|sign| sign.emoji.as_ref()).collect();
    if news.is_empty() {
        return Err(Dropped("reaction taken back or of no known sign"));
    }
    let message = PlatformKey::new(format!("{}:{}", told.chat.id, told.message_id));
    let one = |(at, emoji): (usize, &&String)| Inbound {
        key: PlatformKey::new(format!("r:{update}:{at}")),
        at: moment(told.date),
        place: place(&told.chat, None, None),
        by: author(user, (around.rights)(user.id)),
        what: What::Reacted { message: message.clone(), emoji: bounded(emoji, NAME_LIMIT) },
    };
    Ok(news.iter().enumerate().map(one).collect())
}

// ---- who -----------------------------------------------------------------------------------

/// Whoever wrote a message, if that is somebody, or the group itself.
fn by(told: &Wire, around: &Around<'_>) -> Result<Author, Dropped> {
    let Some(from) = &told.from else { return Err(Dropped("no author")) };
    if told.is_automatic_forward == Some(true) || from.id == LINKED_CHANNEL {
        return Err(Dropped("post of a linked channel"));
    }
    let is_the_group = told.sender_chat.as_ref().map(|sender| sender.id == told.chat.id);
    if is_the_group == Some(true) || (from.id == ANONYMOUS_ADMIN && is_the_group.is_none()) {
        return Ok(the_group(&told.chat));
    }
    if is_the_group == Some(false) || from.id == CHANNEL_SENDER {
        return Err(Dropped("posted as a channel"));
    }
    if from.is_bot == Some(true) {
        return Err(Dropped("from a bot"));
    }
    if told.via_bot.is_some() {
        return Err(Dropped("sent through a bot"));
    }
    Ok(author(from, (around.rights)(from.id)))
}

/// An administrator who hides behind the group: only administrators can.
fn the_group(chat: &Chat) -> Author {
    let name = line(&bounded(chat.title.as_deref().unwrap_or_default(), NAME_LIMIT));
    Author {
        moderator: true,
        staff: true,
        anonymous: true,
        ..Author::named(PlatformKey::new(chat.id.to_string()), name)
    }
}

pub(super) fn author(user: &User, rights: Rights) -> Author {
    let language = user.language_code.as_ref();
    let language = language.filter(|code| !code.is_empty() && code.len() <= 16);
    Author {
        is_bot: user.is_bot == Some(true),
        language: language.map(|code| Language::new(code.to_lowercase())),
        moderator: rights.moderator,
        staff: rights.staff,
        ..Author::named(PlatformKey::new(user.id.to_string()), name(user))
    }
}

/// As Telegram shows them; a name that shows nothing is no name.
fn name(user: &User) -> String {
    let names = [&user.first_name, &user.last_name];
    let names: Vec<&str> = names.into_iter().filter_map(|name| name.as_deref()).collect();
    let shown = |name: &str| {
        let is_seen = |letter: char| {
            !letter.is_whitespace() && !"\u{ad}\u{115f}\u{1160}\u{3164}\u{2800}".contains(letter)
        };
        line(name).contains(is_seen)
    };
    let full = bounded(&names.join(" "), NAME_LIMIT);
    if shown(&full) {
        return full.trim().to_owned();
    }
    user.username.clone().unwrap_or_else(|| user.id.to_string())
}

// ---- where ---------------------------------------------------------------------------------

/// The key of a message.
pub(super) fn key(told: &Wire) -> PlatformKey {
    let chat = told.chat.id;
    match (&told.receiver_user, told.ephemeral_message_id) {
        (Some(receiver), Some(id)) => PlatformKey::new(format!("{chat}:e:{}:{id}", receiver.id)),
        _ => PlatformKey::new(format!("{chat}:{}", told.message_id)),
    }
}

fn place_of(told: &Wire, around: &Around<'_>) -> Place {
    let topic = told.topic();
    let name = told.topic_name().map(str::to_owned);
    let name = name.or_else(|| (around.topic)(told.chat.id, topic?));
    place(&told.chat, topic, name)
}

fn place(chat: &Chat, topic: Option<i64>, topic_name: Option<String>) -> Place {
    let community = chat.id.to_string();
    let channel = topic.map_or(community.clone(), |topic| format!("{community}:{topic}"));
    if chat.is_private() {
        // The names of people are no names of places.
        let parent = (PlatformKey::from(PRIVATE), PRIVATE.to_owned());
        let thread = Thread { parent: parent.0, parent_name: parent.1, root: None, private: true };
        let place = Place::new((&community, PRIVATE), (&channel, PRIVATE));
        return Place { thread: Some(thread), ..place };
    }
    let title = bounded(chat.title.as_deref().unwrap_or_default(), NAME_LIMIT);
    let name = match (topic, topic_name) {
        (None, _) => channel_name(&title),
        (Some(_), Some(name)) => channel_name(&name),
        (Some(_), None) => channel.clone(),
    };
    Place::new((&community, &line(&title)), (&channel, &name))
}

/// A title as one word, as commands name it.
pub(super) fn channel_name(title: &str) -> String {
    line(&bounded(title, NAME_LIMIT)).replace(' ', "-")
}

/// Telegram counts seconds.
fn moment(seconds: i64) -> Moment {
    Moment::from_millis(seconds.saturating_mul(1_000))
}

// ---- words ---------------------------------------------------------------------------------

/// The text as it was said, and whether it names the bot. A mention that opens a message is left
/// out, so that what follows reads as what was said.
fn read(words: &str, entities: &[Entity], me: &Me) -> (String, bool) {
    let mine = |entity: &&Entity| is_me(words, entity, me);
    let mentions: Vec<&Entity> = entities.iter().filter(mine).collect();
    let mut rest = words.trim_start();
    for entity in &mentions {
        let Some(bytes) = bytes_of(words, entity.offset, entity.length) else { continue };
        let opens = words.len() - rest.len() == bytes.start;
        if let Some(after) = words.get(bytes.end..).filter(|_| opens) {
            rest = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':'));
        }
    }
    (rest.trim().to_owned(), !mentions.is_empty())
}

fn is_me(words: &str, entity: &Entity, me: &Me) -> bool {
    match entity.kind.as_str() {
        "mention" => {
            let name = bytes_of(words, entity.offset, entity.length);
            let name = name.and_then(|bytes| words.get(bytes)).unwrap_or_default();
            let name = name.strip_prefix('@').unwrap_or_default();
            name.eq_ignore_ascii_case(&me.username)
        }
        "text_mention" => entity.user.as_ref().is_some_and(|user| user.id == me.id),
        _ => false,
    }
}

/// At most so many letters.
fn bounded(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}
