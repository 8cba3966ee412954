//! Payloads after the Bot API's documentation, as small as it allows, and what they mean to us.

use serde_json::{Value, json};

use super::super::wire::Update;
use super::*;
use crate::platform::Commanded;

pub(super) const GROUP: i64 = -1_000_000_001_234;

pub(super) fn now() -> Moment {
    Moment::from_millis(1_785_600_000_000)
}

pub(super) fn group() -> Value {
    json!({ "id": GROUP, "type": "supergroup", "title": "Lumen Friends" })
}

pub(super) fn mia() -> Value {
    json!({ "id": 5, "is_bot": false, "first_name": "Mia", "last_name": "M", "language_code": "de" })
}

/// An update about a message of Mia's, with these fields of its own.
pub(super) fn message(own: &Value) -> Value {
    let mut told = json!({ "message_id": 77, "date": 1_785_585_600, "chat": group(), "from": mia(),
        "text": "My lamp is dark" });
    for (name, value) in own.as_object().into_iter().flatten() {
        told[name] = value.clone();
        if value.is_null() {
            told.as_object_mut().unwrap().remove(name);
        }
    }
    json!({ "update_id": 9, "message": told })
}

pub(super) fn hear(update: Value) -> Result<Vec<Inbound>, Dropped> {
    hear_in(update, false)
}

pub(super) fn hear_in(update: Value, is_rest_of_album: bool) -> Result<Vec<Inbound>, Dropped> {
    let update = Update::read(update).1?;
    let me = Me { id: 900, username: "lumen_bot".to_owned(), hears_all: false };
    let words = if let Told::Message(told) = &update.told { told.words() } else { None };
    let line = words.and_then(|(words, _)| line_of(&words, "lumen_bot"));
    let line = line.map(|line| Line { escalation: vec!["hilfe".to_owned()], ..line });
    let kai = |name: &str| {
        let user = json!({ "id": 6, "username": "kai_k", "first_name": "Kai" });
        (name == "kai_k").then(|| serde_json::from_value(user).unwrap())
    };
    let around = Around {
        me: &me,
        now: now(),
        rights: &|who| Rights { moderator: who == 7, staff: who >= 7 },
        topic: &|chat, topic| (chat == GROUP && topic == 30).then(|| "Other Things".to_owned()),
        named: &kai,
        line: line.as_ref(),
        moved_to: None,
        is_rest_of_album,
    };
    translate(&update, &around)
}

pub(super) fn one(update: Value) -> Inbound {
    let mut all = hear(update).unwrap();
    assert_eq!(all.len(), 1);
    all.remove(0)
}

pub(super) fn said(own: &Value) -> Message {
    let inbound = one(message(own));
    let What::Said(message) = inbound.what else { panic!("{inbound:?}") };
    message
}

pub(super) fn reason(own: &Value) -> &'static str {
    hear(message(own)).unwrap_err().0
}

#[test]
fn a_message_keeps_who_where_when_and_what() {
    let inbound = one(message(&json!({})));
    assert_eq!(inbound.key.as_str(), "m:-1000000001234:77");
    assert_eq!(inbound.at.to_string(), "2026-08-01T12:00:00Z");
    assert_eq!(
        inbound.place,
        Place::new(("-1000000001234", "Lumen Friends"), ("-1000000001234", "Lumen-Friends"))
    );
    let mia = Author { language: Some("de".into()), ..Author::named("5".into(), "Mia M") };
    assert_eq!(inbound.by, mia);
    let plain = Message {
        key: "-1000000001234:77".into(),
        text: "My lamp is dark".into(),
        reply_to: None,
        mentions_bot: false,
        opens_post: false,
        wordless: false,
    };
    assert_eq!(inbound.what, What::Said(plain));
}

#[test]
fn a_topic_is_a_channel_and_general_is_the_group() {
    let root = json!({ "message_id": 40, "date": 1, "chat": group(),
        "forum_topic_created": { "name": "Wi-Fi help", "icon_color": 1 } });
    let inbound = one(message(&json!({ "message_thread_id": 40, "is_topic_message": true,
        "reply_to_message": root })));
    assert_eq!(inbound.place.channel.as_str(), "-1000000001234:40");
    assert_eq!(inbound.place.channel_name, "Wi-Fi-help");
    let What::Said(told) = &inbound.what else { panic!("{inbound:?}") };
    assert_eq!(told.reply_to, None, "what made the topic is not what it answers");
    let known = one(message(&json!({ "message_thread_id": 30, "is_topic_message": true })));
    assert_eq!(known.place.channel_name, "Other-Things");
    let strange = one(message(&json!({ "message_thread_id": 31, "is_topic_message": true })));
    assert_eq!(strange.place.channel_name, "-1000000001234:31", "its key, until its name is told");
    let replies = one(message(&json!({ "message_thread_id": 40 })));
    assert_eq!(replies.place.channel.as_str(), "-1000000001234", "a thread of replies is no topic");
}

#[test]
fn a_private_chat_is_one_of_all_private_chats() {
    let chat = json!({ "id": 5, "type": "private", "first_name": "Mia" });
    let inbound = one(message(&json!({ "chat": chat })));
    assert_eq!((inbound.place.community.as_str(), inbound.place.channel.as_str()), ("5", "5"));
    let parent = Thread {
        parent: "private".into(),
        parent_name: "private".into(),
        root: None,
        private: true,
    };
    assert_eq!(inbound.place.thread, Some(parent));
    assert!(!format!("{:?}", inbound.place).contains("Mia"), "people's names are no places'");
}

#[test]
fn a_reply_names_the_message_it_answers_and_to_the_bot_it_means_the_bot() {
    let of = |from: i64| {
        json!({ "message_id": 70, "date": 1, "chat": group(),
        "from": { "id": from, "is_bot": from == 900, "first_name": "x" }, "text": "why?" })
    };
    let told = said(&json!({ "reply_to_message": of(6) }));
    assert_eq!((told.reply_to, told.mentions_bot), (Some("-1000000001234:70".into()), false));
    let told = said(&json!({ "reply_to_message": of(900) }));
    assert_eq!((told.reply_to, told.mentions_bot), (Some("-1000000001234:70".into()), true));
}

#[test]
fn a_mention_of_the_bot_counts_and_does_not_stand_before_the_words() {
    for (text, offset, read, means) in [
        ("@lumen_bot my lamp is dark", 0, "my lamp is dark", true),
        ("@Lumen_Bot, hello", 0, "hello", true),
        ("🦀 ask @lumen_bot maybe", 7, "🦀 ask @lumen_bot maybe", true),
        ("@lumen_bot", 0, "", true),
        ("@lumen_bat my lamp", 0, "@lumen_bat my lamp", false),
    ] {
        let entity = json!([{ "type": "mention", "offset": offset, "length": 10 }]);
        let told = said(&json!({ "text": text, "entities": entity }));
        assert_eq!((told.text.as_str(), told.mentions_bot), (read, means), "{text}");
    }
    let named =
        json!([{ "type": "text_mention", "offset": 4, "length": 5, "user": { "id": 900 } }]);
    assert!(said(&json!({ "text": "ask Lumen", "entities": named })).mentions_bot);
    assert!(!said(&json!({ "text": "@lumen_bot is no entity" })).mentions_bot);
}

#[test]
fn what_has_no_words_says_so() {
    for kind in ["photo", "voice", "video_note", "sticker", "live_photo", "paid_media"] {
        let told = said(&json!({ "text": null, kind: [{ "file_id": "x" }] }));
        assert!(told.wordless && told.text.is_empty(), "{kind}");
        let told = said(&json!({ "text": null, kind: [], "caption": "It is dark" }));
        assert_eq!((told.wordless, told.text.as_str()), (false, "It is dark"), "{kind}");
    }
}

#[test]
fn of_an_album_one_part_is_the_question() {
    let part = |own: Value| {
        let mut fields = json!({ "text": null, "photo": [], "media_group_id": "135" });
        fields.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        message(&fields)
    };
    assert!(hear_in(part(json!({ "caption": "dark" })), false).is_ok());
    let rest = hear_in(part(json!({})), true).unwrap_err();
    assert_eq!(rest, Dropped("part of an album"));
}

#[test]
fn only_somebody_is_an_author() {
    let channel = json!({ "id": -1_009, "type": "channel", "title": "News" });
    let bot = json!({ "id": 8, "is_bot": true, "first_name": "Other" });
    let anonymous = json!({ "id": 1_087_968_824, "is_bot": true, "first_name": "Group" });
    for (own, why) in [
        (json!({ "from": bot }), "from a bot"),
        (json!({ "from": null }), "no author"),
        (json!({ "via_bot": bot }), "sent through a bot"),
        (
            json!({ "sender_chat": channel, "from": { "id": 777_000, "first_name": "Telegram" },
            "is_automatic_forward": true }),
            "post of a linked channel",
        ),
        (
            json!({ "sender_chat": channel, "from": { "id": 136_817_688, "is_bot": true } }),
            "posted as a channel",
        ),
        (json!({ "from": { "id": 136_817_688 } }), "posted as a channel"),
        (json!({ "forward_origin": { "type": "user" } }), "forwarded message"),
    ] {
        assert_eq!(reason(&own), why, "{own}");
    }
    let hidden = one(message(&json!({ "from": anonymous, "sender_chat": group() })));
    assert_eq!(
        (hidden.by.key.as_str(), hidden.by.name.as_str()),
        ("-1000000001234", "Lumen Friends")
    );
    assert!(hidden.by.anonymous && hidden.by.moderator && !hidden.by.is_bot);
}

#[test]
fn rights_are_those_that_were_looked_up() {
    let by = |id: i64| {
        let by = one(message(&json!({ "from": { "id": id, "first_name": "x" } }))).by;
        (by.moderator, by.staff)
    };
    assert_eq!([by(5), by(7), by(8)], [(false, false), (true, true), (false, true)]);
}

#[test]
fn only_an_edit_is_an_edit_and_two_in_a_second_are_two() {
    let edited = |update: i64, own: Value| {
        let mut told = message(&own)["message"].clone();
        told["message_id"] = json!(77);
        json!({ "update_id": update, "edited_message": told })
    };
    let first = one(edited(20, json!({ "edit_date": 1_785_585_900, "text": "It is off" })));
    assert_eq!(first.key.as_str(), "e:-1000000001234:77:20");
    let message = "-1000000001234:77".into();
    assert_eq!(first.what, What::Edited { message, text: "It is off".into() });
    assert_ne!(first.key, one(edited(21, json!({ "edit_date": 1_785_585_900 }))).key);
    assert_eq!(hear(edited(22, json!({}))).unwrap_err().0, "update without an edit");
}

#[test]
fn a_button_is_pressed_by_whoever_presses_it() {
    let pressed = |own: Value| {
        let mut query = json!({ "id": "4382", "from": { "id": 7, "first_name": "Robin" },
            "chat_instance": "1", "data": "take:k7", "message": { "message_id": 80, "date": 1,
            "chat": group(), "from": { "id": 900, "is_bot": true }, "text": "Who?",
            "message_thread_id": 40, "is_topic_message": true } });
        query.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        json!({ "update_id": 9, "callback_query": query })
    };
    let inbound = one(pressed(json!({})));
    assert_eq!((inbound.key.as_str(), inbound.by.name.as_str()), ("q:4382", "Robin"));
    assert!(inbound.by.moderator);
    assert_eq!(inbound.place.channel.as_str(), "-1000000001234:40");
    let What::Pressed { data, reply } = inbound.what else { panic!() };
    assert_eq!((data.as_str(), reply.key.as_str()), ("take:k7", "q:4382"));
    assert!(reply.expires_at > now());
    let old = json!({ "message": { "message_id": 80, "date": 0, "chat": group() } });
    assert_eq!(one(pressed(old)).place.channel.as_str(), "-1000000001234");
    let inline = hear(pressed(json!({ "message": null, "inline_message_id": "x" })));
    assert_eq!(inline.unwrap_err().0, "a button of no chat");
}

#[test]
fn only_new_signs_are_reactions() {
    let sign = |emoji: &str| json!({ "type": "emoji", "emoji": emoji });
    let reacted = |old: Value, new: Value, own: Value| {
        let mut told = json!({ "chat": group(), "message_id": 80, "date": 1_785_585_600,
            "user": mia(), "old_reaction": old, "new_reaction": new });
        told.as_object_mut().unwrap().extend(own.as_object().unwrap().clone());
        hear(json!({ "update_id": 9, "message_reaction": told }))
    };
    let heard = reacted(json!([sign("👀")]), json!([sign("👀"), sign("❤"), sign("🔥")]), json!({}));
    let heard = heard.unwrap();
    let keys: Vec<&str> = heard.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["r:9:0", "r:9:1"]);
    let message = "-1000000001234:80".into();
    assert_eq!(heard[0].what, What::Reacted { message, emoji: "❤".into() });
    let paid = json!([{ "type": "paid" }, { "type": "custom_emoji", "custom_emoji_id": "1" }]);
    for (old, new) in [(json!([sign("❤")]), json!([])), (json!([]), paid)] {
        let why = reacted(old, new, json!({})).unwrap_err().0;
        assert_eq!(why, "reaction taken back or of no known sign");
    }
    let hidden =
        reacted(json!([]), json!([sign("❤")]), json!({ "user": null, "actor_chat": group() }));
    assert_eq!(hidden.unwrap_err().0, "reaction of nobody in particular");
}

#[test]
fn a_group_that_becomes_a_supergroup_is_the_same_group() {
    let old = json!({ "id": -44, "type": "group", "title": "Lumen" });
    let moved = one(message(&json!({ "chat": old, "text": null, "migrate_to_chat_id": GROUP })));
    assert_eq!(moved.place.community.as_str(), "-44");
    assert_eq!(moved.what, What::Moved { to: "-1000000001234".into() });
    let moved = one(message(&json!({ "text": null, "migrate_from_chat_id": -44 })));
    assert_eq!((moved.place.community.as_str(), moved.place.channel.as_str()), ("-44", "-44"));
    assert_eq!(moved.what, What::Moved { to: "-1000000001234".into() });
}

// ---- commands ------------------------------------------------------------------------------

fn command(own: &Value) -> (String, Vec<String>, Vec<(String, String)>) {
    let inbound = one(message(own));
    let What::Commanded { command, people, .. } = inbound.what else {
        panic!("{:?}", inbound.what)
    };
    let Commanded::Line { text, channels } = command else { panic!() };
    let people = people.iter().map(|one| (one.word.clone(), one.who.name.clone())).collect();
    (text, channels.iter().map(ToString::to_string).collect(), people)
}

#[test]
fn a_command_is_for_whom_it_is_addressed_to() {
    for text in ["/points", "/ask my lamp won't pair: 2 & 3?\nAt all", "/POINTS", "/hilfe sofort"] {
        assert_eq!(command(&json!({ "text": text })).0, text);
    }
    for text in ["/points@Lumen_Bot", "/roll@lumen_bot 3"] {
        assert_eq!(command(&json!({ "text": text })).0, text, "ours, and answered if unknown");
    }
    for text in ["/ path", "//note", "/usr/bin is full", "/größe-x", "/a@b@c"] {
        assert_eq!(said(&json!({ "text": text })).text, text, "no command at all");
    }
    for text in ["/roll", "/points@other_bot", "/points@lumen_bot2"] {
        let why = reason(&json!({ "text": text }));
        assert_eq!(why, "command of another bot", "{text}");
    }
    let chat = json!({ "id": 5, "type": "private" });
    assert_eq!(
        command(&json!({ "text": "/roll", "chat": chat })).0,
        "/roll",
        "nobody else is there"
    );
}

#[test]
fn a_command_names_people_it_knows() {
    let entity = json!([{ "type": "text_mention", "offset": 40, "length": 10,
        "user": { "id": 8, "first_name": "Zoë", "last_name": "Müller" } }]);
    let text = "/askaround case k7 do:grant points:5 🦀 Zoë Müller thanks";
    let (line, _, people) = command(&json!({ "text": text, "entities": entity }));
    assert_eq!(line, "/askaround case k7 do:grant points:5 🦀 @8 thanks");
    assert_eq!(people[0], ("8".into(), "Zoë Müller".into()));
    let (_, _, people) = command(&json!({ "text": "/ambassador card @kai_k" }));
    assert_eq!(people, [("kai_k".into(), "Kai".into())]);
    let (_, _, people) = command(&json!({ "text": "/ambassador card @nobody_here" }));
    assert_eq!(people, []);
    let answered = json!({ "message_id": 70, "date": 1, "chat": group(), "text": "spam",
        "from": { "id": 66, "is_bot": false, "first_name": "Spam", "username": "spam_er" } });
    let own = json!({ "text": "/askaround block @spam_er", "reply_to_message": answered });
    assert!(command(&own).2.contains(&("spam_er".into(), "Spam".into())));
}

#[test]
fn a_place_is_named_by_its_name_here_or_by_a_link_into_it() {
    let (line, channels, _) = command(&json!({ "text": "/askaround watch #private" }));
    assert_eq!(line, "/askaround watch #private");
    assert!(channels.contains(&"private".to_owned()));
    let (line, channels, _) = command(&json!({ "text": "/askaround watch #Lumen-Friends detect" }));
    assert_eq!(line, "/askaround watch #-1000000001234 detect");
    assert!(channels.contains(&"-1000000001234".to_owned()));
    for (link, key) in [
        ("https://t.me/c/777/5/9", "#-1000000000777:5"),
        ("https://t.me/c/777/9", "#-1000000000777"),
        ("t.me/c/777", "#-1000000000777"),
        ("channel:https://t.me/c/777/1/9", "channel:#-1000000000777"),
        ("-1000000000777", "#-1000000000777"),
    ] {
        let (line, _, _) = command(&json!({ "text": format!("/askaround staff {link}") }));
        assert_eq!(line, format!("/askaround staff {key}"));
    }
    let (line, _, _) = command(&json!({ "text": "/ask what is https://t.me/c/777/9" }));
    assert_eq!(line, "/ask what is https://t.me/c/777/9", "a question's words are left alone");
}

#[test]
fn a_link_into_a_group_is_only_a_name_for_whoever_speaks_there() {
    let line = line_of("/askaround staff https://t.me/c/777/9", "lumen_bot").unwrap();
    assert_eq!(line.linked, [-1_000_000_000_777]);
    let line = line_of("/start join_1234", "lumen_bot").unwrap();
    assert_eq!(line.home, Some(-1_000_000_001_234));
    assert_eq!(line_of("/start join_-44", "lumen_bot").unwrap().home, Some(-44));
    assert_eq!(line_of("/start join", "lumen_bot").unwrap().home, None);
    assert_eq!(line_of("/start join_x", "lumen_bot").unwrap().home, None);
}

#[test]
fn a_start_with_a_wish_to_join_joins_and_any_other_says_hello() {
    let chat = json!({ "id": 5, "type": "private" });
    let start = |text: &str| one(message(&json!({ "text": text, "chat": chat })));
    let line = |inbound: &Inbound| {
        let What::Commanded { command: Commanded::Line { text, .. }, .. } = &inbound.what else {
            panic!("{inbound:?}")
        };
        text.clone()
    };
    let joined = start("/start join_1234");
    assert_eq!(line(&joined), "/ambassador join");
    assert_eq!(joined.place.community.as_str(), "-1000000001234");
    assert_eq!(joined.place.channel.as_str(), "5");
    assert_eq!(line(&start("/start join")), "/ambassador join");
    assert_eq!(line(&start("/start")), "/start");
    assert_eq!(line(&start("/start answer")), "/start answer");
}
