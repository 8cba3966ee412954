//! Lines that begin with `/`: which are for us, and what people and places they name.
//!
//! Telegram's menu only types: anybody can send any line. In a group with several bots a command
//! is for all of them unless it is written `/command@bot`, so of those that say no name only ours
//! are taken: the table's, and the escalation command under whatever name it has there.
//!
//! A place is named by the words for it here (`#help` for a topic of that name, `#private` for
//! private chats), or by a link to a message in it, which is the only name that a private group
//! has: `https://t.me/c/1234567890/7`.

use super::{Around, Dropped, PRIVATE, Wire, author, channel_name};
use crate::domain::command::{START, TABLE};
use crate::domain::ids::PlatformKey;
use crate::platform::telegram::wire::{Entity, User, bytes_of};
use crate::platform::{Commanded, Named, ReplyHandle, What};

/// Commands that name people and places; in all others every word is the person's own.
const NAMING: [&str; 2] = ["ambassador", "askaround"];

/// Supergroups are numbered downwards from here.
const SUPERGROUPS: i64 = -1_000_000_000_000;

/// Says of a deep link that its owner wants to be an ambassador.
const JOIN: &str = "join";

/// A line as it came, and what has to be found out before it can be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::platform::telegram) struct Line {
    /// The command without its slash, in lower case.
    pub(in crate::platform::telegram) name: String,
    /// The group that a deep link leads from: whether its owner belongs there is asked.
    pub(in crate::platform::telegram) home: Option<i64>,
    /// Chats that it links to: whether its author may speak for them is asked.
    pub(in crate::platform::telegram) linked: Vec<i64>,
    /// Names of the escalation command here.
    pub(in crate::platform::telegram) escalation: Vec<String>,
}

impl Line {
    /// Whether it is one of those that every community has.
    pub(in crate::platform::telegram) fn is_in_table(&self) -> bool {
        self.name == START.name || TABLE.iter().any(|spec| spec.name == self.name)
    }
}

/// The command that a text begins with, and the bot that it is for if it says so; `None` for a path
/// or a note.
fn command_of(words: &str) -> Option<(&str, Option<&str>)> {
    let (head, _) = split(words.strip_prefix('/')?);
    let (name, bot) = head.split_once('@').map_or((head, None), |(name, bot)| (name, Some(bot)));
    let is_word = |word: &str| {
        !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
    };
    (is_word(name) && bot.is_none_or(is_word)).then_some((name, bot))
}

/// Whether a text is a command, whoever it is for.
pub(super) fn is_command(words: &str) -> bool {
    command_of(words).is_some()
}

/// The line of a command; `None` for one that is for another bot.
pub(in crate::platform::telegram) fn line_of(words: &str, username: &str) -> Option<Line> {
    let (name, bot) = command_of(words)?;
    if bot.is_some_and(|bot| !bot.eq_ignore_ascii_case(username)) {
        return None;
    }
    let (_, rest) = split(words);
    let name = name.to_lowercase();
    let (mut home, mut linked) = (None, Vec::new());
    if name == START.name {
        home = rest.trim().strip_prefix("join_").and_then(group);
    } else if NAMING.contains(&name.as_str()) {
        linked.extend(rest.split_whitespace().filter_map(link).map(|(chat, _)| chat));
    }
    Some(Line { name, home, linked, escalation: Vec::new() })
}

/// A group by the number that its links have, which is without what marks a supergroup.
fn group(number: &str) -> Option<i64> {
    let id: i64 = number.parse().ok()?;
    if id > 0 { SUPERGROUPS.checked_sub(id) } else { Some(id) }
}

/// The chat and topic of a link to a message, or of a chat's own number.
fn link(word: &str) -> Option<(i64, Option<i64>)> {
    let word = word.rsplit_once("channel:").map_or(word, |(_, word)| word);
    let word = word.trim_start_matches('#');
    if word.starts_with('-') {
        let (chat, topic) = word.split_once(':').map_or((word, None), |(c, t)| (c, Some(t)));
        return Some((chat.parse().ok()?, topic.and_then(|topic| topic.parse().ok())));
    }
    let path = word.trim_start_matches("https://").trim_start_matches("http://");
    let mut parts = path.strip_prefix("t.me/c/")?.trim_end_matches('/').split('/');
    let chat = group(parts.next()?)?;
    let numbers: Vec<i64> = parts.map_while(|part| part.parse().ok()).collect();
    // `…/<topic>/<message>`; with one number it is a message of a group without topics, or of
    // General.
    let topic = numbers.first().filter(|_| numbers.len() > 1).filter(|topic| **topic > 1);
    Some((chat, topic.copied()))
}

/// What a command asks for. The line was looked into already.
pub(super) fn commanded(
    told: &Wire,
    words: &str,
    entities: &[Entity],
    around: &Around<'_>,
) -> Result<What, Dropped> {
    let Some(line) = around.line else { return Err(Dropped("command of another bot")) };
    let is_addressed = split(words).0.contains('@') || told.chat.is_private();
    if !is_addressed && !line.is_in_table() && !line.escalation.contains(&line.name) {
        return Err(Dropped("command of another bot"));
    }
    let is_naming = NAMING.contains(&line.name.as_str());
    let (mut text, people) = if is_naming {
        named(told, words, entities, around)
    } else {
        (words.to_owned(), Vec::new())
    };
    let mut channels = Vec::new();
    if is_naming {
        (text, channels) = places(told, &text, line, around);
    }
    if line.name == START.name && split(words).1.trim_start().starts_with(JOIN) {
        "/ambassador join".clone_into(&mut text);
    }
    let expires_at = around.now + super::ANSWERED_WITHIN;
    let handle = match (&told.receiver_user, told.ephemeral_message_id) {
        (Some(_), Some(id)) => format!("e:{id}"),
        _ => format!("m:{}", super::key(told)),
    };
    Ok(What::Commanded {
        command: Commanded::Line { text, channels },
        reply: ReplyHandle { key: handle, expires_at },
        people,
        badges: Vec::new(),
        about: None,
    })
}

/// Everybody whom the line names: by the unique name, by a mention without one, or as whoever wrote
/// the message that it answers.
fn named(
    told: &Wire,
    words: &str,
    entities: &[Entity],
    around: &Around<'_>,
) -> (String, Vec<Named>) {
    let known = |user: &User| author(user, (around.rights)(user.id));
    let mut people: Vec<Named> = Vec::new();
    let mut text = words.to_owned();
    // From the end, so that what comes before keeps its place.
    let mut mentions: Vec<&Entity> = entities.iter().filter(|one| one.user.is_some()).collect();
    mentions.sort_by_key(|entity| std::cmp::Reverse(entity.offset));
    for entity in mentions {
        let (Some(user), Some(bytes)) =
            (&entity.user, bytes_of(words, entity.offset, entity.length))
        else {
            continue;
        };
        people.push(Named { word: user.id.to_string(), who: known(user) });
        text.replace_range(bytes, &format!("@{}", user.id));
    }
    people.extend(Named::all_in(&text, |word| (around.named)(word).as_ref().map(known)));
    let answered = told.answers().and_then(|answered| answered.from.as_ref());
    if let Some(user) = answered.filter(|user| user.is_bot != Some(true)) {
        let words = user.username.iter().chain(&user.first_name);
        people.extend(words.map(|word| Named { word: word.clone(), who: known(user) }));
    }
    (text, people)
}

/// The places that the line names, with the line that names them by their keys.
fn places(told: &Wire, text: &str, line: &Line, around: &Around<'_>) -> (String, Vec<PlatformKey>) {
    let here = super::place_of(told, around);
    let mut channels = vec![PlatformKey::from(PRIVATE), here.channel.clone()];
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let (option, name) = word
            .split_once(':')
            .filter(|(option, _)| *option == "channel")
            .map_or(("", word), |(_, name)| ("channel:", name));
        let title = told.chat.title.as_deref().map(channel_name);
        let found = match (link(name), name.strip_prefix('#')) {
            (Some((chat, topic)), _) => line.linked.contains(&chat).then(|| {
                let chat = chat.to_string();
                topic.map_or(chat.clone(), |topic| format!("{chat}:{topic}"))
            }),
            (None, Some(name)) if name == here.channel_name => Some(here.channel.to_string()),
            (None, Some(name)) => {
                title.filter(|title| title == name).map(|_| told.chat.id.to_string())
            }
            (None, None) => None,
        };
        if let Some(key) = found {
            words.push(format!("{option}#{key}"));
            channels.push(PlatformKey::new(key));
        } else {
            words.push(word.to_owned());
        }
    }
    // What people wrote behind the names keeps its lines only where nothing was named.
    let text = if channels.len() > 2 { words.join(" ") } else { text.to_owned() };
    (text, channels)
}

fn split(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    text.split_at(end)
}
