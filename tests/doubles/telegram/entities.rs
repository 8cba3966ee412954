//! Entities: what a text has besides its letters. Counted in UTF-16 units, all of it.

use serde_json::{Value, json};

use super::rules::{Refusal, is_link, wrong};

/// What a bot may mark; the first seven Telegram finds by itself and takes no word for.
const KINDS: [&str; 20] = [
    "mention",
    "hashtag",
    "cashtag",
    "bot_command",
    "url",
    "email",
    "phone_number",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "blockquote",
    "expandable_blockquote",
    "code",
    "pre",
    "text_link",
    "text_mention",
    "custom_emoji",
    "date_time",
];

/// More than this in one message have no effect.
const MOST_ENTITIES: usize = 100;

/// What a name after `@` is found by.
const SHORTEST_NAME: usize = 4;
const LONGEST_NAME: usize = 32;

pub(super) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// From where to where an entity reaches.
pub(super) fn span(entity: &Value) -> (usize, usize) {
    let number = |field: &str| {
        entity[field].as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or(0)
    };
    (number("offset"), number("offset") + number("length"))
}

/// What of a text an entity is about.
pub(super) fn covered(text: &str, entity: &Value) -> String {
    let (start, end) = span(entity);
    let units: Vec<u16> = text.encode_utf16().skip(start).take(end - start).collect();
    String::from_utf16_lossy(&units)
}

/// Whether the entities of a bot fit its text. The real server cuts and drops some of what does
/// not; whoever relies on that has lost count.
pub(super) fn check(text: &str, entities: &[Value]) -> Result<(), Refusal> {
    if entities.len() > MOST_ENTITIES {
        return Err(wrong(format!("{} entities are too many", entities.len())));
    }
    let starts = starts(text);
    for entity in entities {
        let kind = entity["type"].as_str().unwrap_or_default();
        if !KINDS.contains(&kind) {
            return Err(wrong("can't parse MessageEntity: Unsupported type specified"));
        }
        let is_counted = entity["offset"].is_u64() && entity["length"].is_u64();
        let (start, end) = span(entity);
        if !is_counted || start == end {
            return Err(wrong(format!("can't parse MessageEntity: {entity} covers nothing")));
        }
        if end > units(text) {
            return Err(wrong(format!("ENTITY_BOUNDS_INVALID: {entity} ends after the text")));
        }
        for edge in [start, end] {
            if !starts.contains(&edge) {
                return Err(wrong(format!(
                    "can't parse entities: entity beginning at UTF-16 offset {start} ends in a \
                     middle of a UTF-16 symbol at {edge}"
                )));
            }
        }
        let is_whole = match kind {
            "text_link" => is_link(entity["url"].as_str().unwrap_or_default()),
            "text_mention" => entity["user"]["id"].is_i64(),
            "custom_emoji" => entity["custom_emoji_id"].is_string(),
            "date_time" => entity["unix_time"].is_i64(),
            _ => true,
        };
        if !is_whole {
            return Err(wrong(format!("can't parse MessageEntity: {entity} lacks something")));
        }
    }
    nested(entities)
}

fn starts(text: &str) -> Vec<usize> {
    let mut at = 0;
    let mut starts = vec![0];
    for letter in text.chars() {
        at += letter.len_utf16();
        starts.push(at);
    }
    starts
}

fn is_code(entity: &Value) -> bool {
    ["code", "pre"].map(Value::from).contains(&entity["type"])
}

fn is_quote(entity: &Value) -> bool {
    ["blockquote", "expandable_blockquote"].map(Value::from).contains(&entity["type"])
}

/// What leads somewhere; two of them cannot share a letter.
fn leads(entity: &Value) -> bool {
    let kinds = ["text_link", "text_mention", "custom_emoji", "date_time"];
    kinds.map(Value::from).contains(&entity["type"])
}

fn nested(entities: &[Value]) -> Result<(), Refusal> {
    for (place, one) in entities.iter().enumerate() {
        for other in entities.iter().skip(place + 1) {
            let ((a, b), (c, d)) = (span(one), span(other));
            if b <= c || d <= a {
                continue;
            }
            let (is_outer, is_inner) = (a <= c && d <= b, c <= a && b <= d);
            // A quotation may hold code; code holds nothing.
            let is_apart = match (is_code(one), is_code(other)) {
                (false, false) => true,
                (true, false) => is_quote(other) && is_inner,
                (false, true) => is_quote(one) && is_outer,
                (true, true) => false,
            };
            let is_double = is_quote(one) && is_quote(other)
                || leads(one) && leads(other)
                || one["type"] == other["type"];
            if !(is_outer || is_inner) || !is_apart || is_double {
                return Err(wrong(format!("can't parse entities: {one} and {other} overlap")));
            }
        }
    }
    Ok(())
}

/// A text as Telegram keeps it: without what no screen shows and without space around it, and its
/// entities moved along.
pub(super) fn cleaned(text: &str, entities: &[Value]) -> (String, Vec<Value>) {
    let mut kept: Vec<(char, usize)> = Vec::new();
    let mut at = 0;
    for letter in text.chars() {
        let shown = match letter {
            '\n' => Some('\n'),
            '\r' | '\u{2028}'..='\u{202e}' => None,
            letter if letter < ' ' => Some(' '),
            letter => Some(letter),
        };
        kept.extend(shown.map(|shown| (shown, at)));
        at += letter.len_utf16();
    }
    let is_space = |(letter, _): &(char, usize)| letter.is_whitespace();
    let start = kept.iter().position(|it| !is_space(it)).unwrap_or(kept.len());
    let end = kept.iter().rposition(|it| !is_space(it)).map_or(start, |last| last + 1);
    let kept = &kept[start..end];
    let moved = |old: usize| {
        let before = kept.iter().take_while(|(_, from)| *from < old);
        before.map(|(letter, _)| letter.len_utf16()).sum::<usize>()
    };
    let entities = entities.iter().filter_map(|entity| {
        let (start, end) = span(entity);
        let (start, end) = (moved(start), moved(end));
        let mut entity = entity.clone();
        (entity["offset"], entity["length"]) = (json!(start), json!(end - start));
        (start < end).then_some(entity)
    });
    (kept.iter().map(|(letter, _)| *letter).collect(), entities.collect())
}

/// The entities of a text: those it was given, and those that Telegram finds where none of them
/// keeps it from looking.
pub(super) fn complete(text: &str, given: &[Value]) -> Vec<Value> {
    let found_by_itself = &KINDS[..7];
    let is_own = |entity: &&Value| !found_by_itself.iter().any(|kind| entity["type"] == *kind);
    let mut entities: Vec<Value> = given.iter().filter(is_own).cloned().collect();
    let hides = |entity: &&Value| is_code(entity) || leads(entity);
    let hidden: Vec<(usize, usize)> = entities.iter().filter(hides).map(span).collect();
    for (kind, start, end) in found(text) {
        let (offset, length) = (units(&text[..start]), units(&text[start..end]));
        if hidden.iter().any(|(from, to)| offset < *to && *from < offset + length) {
            continue;
        }
        entities.push(json!({"type": kind, "offset": offset, "length": length}));
    }
    entities.sort_by_key(|entity| {
        let (start, end) = span(entity);
        (start, std::cmp::Reverse(end))
    });
    entities
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// What Telegram makes of a text by itself: kind, first byte, last byte.
fn found(text: &str) -> Vec<(&'static str, usize, usize)> {
    let (mut all, mut at) = (Vec::new(), 0);
    while let Some(letter) = text[at..].chars().next() {
        let before = text[..at].chars().next_back();
        let rest = &text[at..];
        let is_apart = !before.is_some_and(|it| is_word(it) || "@#/.-".contains(it));
        let found = match letter {
            '@' if !before.is_some_and(is_word) => mention(rest).map(|length| ("mention", length)),
            '#' if !before.is_some_and(is_word) => hashtag(rest).map(|length| ("hashtag", length)),
            '/' if !before.is_some_and(|it| is_word(it) || "/<>".contains(it)) => {
                command(rest).map(|length| ("bot_command", length))
            }
            _ if is_apart => address(rest),
            _ => None,
        };
        if let Some((kind, length)) = found {
            all.push((kind, at, at + length));
            at += length;
        } else {
            at += letter.len_utf8();
        }
    }
    all
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|letter: char| !belongs(letter)).unwrap_or(text.len())
}

fn mention(rest: &str) -> Option<usize> {
    let length = run(&rest[1..], |letter| letter.is_ascii_alphanumeric() || letter == '_');
    let ends = !rest[1 + length..].chars().next().is_some_and(is_word);
    ((SHORTEST_NAME..=LONGEST_NAME).contains(&length) && ends).then_some(1 + length)
}

fn hashtag(rest: &str) -> Option<usize> {
    let length = run(&rest[1..], is_word);
    let has_letter = rest[1..=length].chars().any(char::is_alphabetic);
    (has_letter && length <= 256).then_some(1 + length)
}

fn command(rest: &str) -> Option<usize> {
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let mut length = 1 + run(&rest[1..], is_name);
    if !(2..=65).contains(&length) {
        return None;
    }
    if let Some(name) = rest[length..].strip_prefix('@') {
        let name = run(name, is_name);
        if (3..=LONGEST_NAME).contains(&name) {
            length += 1 + name;
        }
    }
    let after = rest[length..].chars().next();
    (!after.is_some_and(|it| is_word(it) || "/<>".contains(it))).then_some(length)
}

/// An address of the web or of mail.
fn address(rest: &str) -> Option<(&'static str, usize)> {
    let token = &rest[..run(rest, |it| !it.is_whitespace() && !"<>\"'«»„“”".contains(it))];
    let token = token.trim_end_matches(['.', ',', ':', ';', '!', '?', ')', ']', '}', '*']);
    let schemes = ["https://", "http://", "tg://"];
    if schemes.iter().any(|scheme| token.len() > scheme.len() && token.starts_with(scheme)) {
        return Some(("url", token.len()));
    }
    let host = &token[..run(token, |it| !"/?:".contains(it))];
    let (user, host) = host.split_once('@').unwrap_or(("", host));
    let is_host = host.split('.').all(|part| {
        !part.is_empty() && part.chars().all(|it| it.is_ascii_alphanumeric() || it == '-')
    });
    let ends = [".com", ".org", ".net", ".de", ".me", ".io", ".eu"];
    if !is_host || !ends.iter().any(|end| host.ends_with(end)) {
        return None;
    }
    if user.is_empty() {
        return (!token.starts_with('@')).then_some(("url", token.len()));
    }
    let length = user.len() + 1 + host.len();
    Some(("email", length))
}
