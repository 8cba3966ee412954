//! The methods about the bot itself, chats, members and topics.

use serde_json::{Value, json};

use super::entities::units;
use super::members::PERMISSIONS;
use super::rest::{Answer, Asked};
use super::rules::{self, wrong};
use super::state::{Id, Kind, Member, State, Topic};

/// The colours that a new topic can have.
const COLOURS: [i64; 6] = [7_322_096, 16_766_590, 13_338_331, 9_367_192, 16_749_490, 16_478_047];

pub(super) fn me(state: &State) -> Value {
    let mut me = state.user(state.me);
    for (field, value) in [
        ("can_join_groups", true),
        ("can_read_all_group_messages", !state.privacy),
        ("supports_inline_queries", false),
        ("can_connect_to_business", false),
        ("has_main_web_app", false),
        ("has_topics_enabled", state.private_topics),
        ("allows_users_to_create_topics", false),
    ] {
        me[field] = json!(value);
    }
    me
}

pub(super) fn chat(state: &State, asked: &Asked) -> Answer {
    let chat = asked.chat(state)?;
    state.reached(chat)?;
    let here = state.chats.get(&chat).ok_or(rules::NO_CHAT)?;
    let mut wire = state.chat(chat);
    wire["accent_color_id"] = json!(0);
    wire["max_reaction_count"] = json!(11);
    let gifts =
        ["unlimited", "limited", "unique"].map(|kind| (format!("{kind}_gifts"), json!(false)));
    wire["accepted_gift_types"] = Value::Object(gifts.into_iter().collect());
    wire["accepted_gift_types"]["premium_subscription"] = json!(false);
    if let Some(reactions) = &here.reactions {
        let list = reactions.iter().map(|emoji| json!({"type": "emoji", "emoji": emoji}));
        wire["available_reactions"] = list.collect();
    }
    if let Some(linked) = here.linked {
        wire["linked_chat_id"] = json!(linked);
    }
    if here.is_group() {
        // Members may write, if anything, and change nothing.
        let may = |permission: &str| here.is_open && permission.starts_with("can_send_");
        let all = PERMISSIONS.iter().map(|it| ((*it).to_owned(), json!(may(it))));
        wire["permissions"] = Value::Object(all.collect());
    }
    Ok(wire)
}

pub(super) fn administrators(state: &State, asked: &Asked) -> Answer {
    let chat = asked.chat(state)?;
    state.reached(chat)?;
    let here = state.chats.get(&chat).ok_or(rules::NO_CHAT)?;
    if here.kind == Kind::Private {
        return Err(rules::NO_ADMINISTRATORS);
    }
    let with_bots = asked.flag("return_bots")?;
    let is_shown = |who: &Id| {
        let is_bot = state.users.get(who).is_some_and(|user| user.is_bot);
        !is_bot || with_bots || *who == state.me
    };
    let admins = here.members.iter().filter(|(who, member)| member.is_admin() && is_shown(who));
    Ok(admins.map(|(who, _)| state.chat_member(chat, *who)).collect())
}

pub(super) fn member(state: &State, asked: &Asked) -> Answer {
    let (chat, who) = (asked.chat(state)?, asked.needed_int("user_id")?);
    state.reached(chat)?;
    if !state.users.contains_key(&who) {
        return Err(rules::NO_PARTICIPANT);
    }
    // Of others it is only promised to administrators.
    let is_promised = who == state.me
        || state.kind(chat) == Some(Kind::Private)
        || state.is_admin(chat, state.me);
    if !is_promised {
        return Err(rules::NO_MEMBER_LIST);
    }
    Ok(state.chat_member(chat, who))
}

pub(super) fn member_count(state: &State, asked: &Asked) -> Answer {
    let chat = asked.chat(state)?;
    state.reached(chat)?;
    let here = state.chats.get(&chat).ok_or(rules::NO_CHAT)?;
    Ok(json!(here.members.values().filter(|member| member.is_here()).count()))
}

pub(super) fn set_tag(state: &mut State, asked: &Asked) -> Answer {
    let (chat, who) = (asked.chat(state)?, asked.needed_int("user_id")?);
    let tag = asked.text("tag")?.unwrap_or_default().to_owned();
    if units(&tag) > 16 || tag.chars().any(is_emoji) {
        return Err(wrong("MEMBER_TAG_INVALID"));
    }
    state.reached(chat)?;
    if !state.chats.get(&chat).is_some_and(super::state::Chat::is_group) {
        return Err(wrong("method is available for groups and supergroups only"));
    }
    if !state.has_right(chat, state.me, "can_manage_tags") {
        return Err(rules::NO_RIGHT);
    }
    let member = state.member(chat, who).filter(|member| member.is_here());
    if member.ok_or(rules::NO_PARTICIPANT)?.is_admin() {
        // They have titles.
        return Err(rules::NO_RIGHT);
    }
    let me = state.me;
    let change = |member: &mut Member| member.tag = (!tag.is_empty()).then_some(tag);
    state.remake(chat, who, me, change);
    Ok(json!(true))
}

/// Roughly: what has a place among the pictures, or makes one.
fn is_emoji(letter: char) -> bool {
    matches!(letter,
        '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{2b00}'..='\u{2bff}'
        | '\u{2300}'..='\u{23ff}' | '\u{fe0f}' | '\u{20e3}' | '\u{200d}')
}

pub(super) fn create_topic(state: &mut State, asked: &Asked) -> Answer {
    let chat = asked.chat(state)?;
    let name = asked.text("name")?.unwrap_or_default().to_owned();
    if !(1..=128).contains(&units(name.trim())) {
        return Err(wrong("TOPIC_TITLE_EMPTY"));
    }
    let colour = asked.int("icon_color")?;
    if colour.is_some_and(|colour| !COLOURS.contains(&colour)) {
        return Err(wrong("COLOR_INVALID"));
    }
    state.reached(chat)?;
    if !state.is_forum(chat) {
        return Err(rules::NOT_A_FORUM);
    }
    if !state.has_right(chat, state.me, "can_manage_topics") {
        return Err(rules::NO_RIGHT);
    }
    let me = state.me;
    let topic = state.open_topic(chat, me, &name);
    Ok(json!({
        "message_thread_id": topic, "name": name, "icon_color": colour.unwrap_or(COLOURS[0]),
    }))
}

impl State {
    /// A topic, which has the number of the note that opened it.
    pub(super) fn open_topic(&mut self, chat: Id, by: Id, name: &str) -> i64 {
        let created = json!({"name": name, "icon_color": COLOURS[0]});
        let mut note = super::state::Message::new(chat.into(), by);
        note.content.insert("forum_topic_created".to_owned(), created);
        note.is_service = true;
        let key = self.put(note);
        let topic = key.message_id();
        self.messages.get_mut(&(chat, key)).expect("a note").topic = Some(topic);
        let here = self.chats.get_mut(&chat).expect("a chat");
        here.topics.insert(topic, Topic { name: name.to_owned(), is_closed: false });
        self.tell("message", chat, key);
        topic
    }
}
