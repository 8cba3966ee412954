//! Payloads after Discord's documentation, as small as it allows, and what they mean to us.

use serde_json::{Value, json};

use super::super::payloads::{ME, event, guild, lumen};
use super::*;
use crate::domain::ids::PlatformKey;

/// A message's id, made at 2026-08-01T12:00:00Z.
const ID: u64 = ((1_785_585_600_000 - EPOCH_MS) << 22) | 5;

fn now() -> Moment {
    Moment::from_millis(1_785_600_000_000)
}

/// A message of Mia's in #help, with these fields of its own.
fn payload(own: &Value) -> Value {
    let mut told = json!({
        "id": ID.to_string(), "channel_id": "200", "guild_id": "100", "type": 0,
        "content": "My lamp is dark", "timestamp": "2026-08-01T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": false, "flags": 0,
        "components": [], "author": user(5, "mia"),
        "member": { "roles": ["11"], "nick": "Mia M", "deaf": false, "mute": false, "flags": 0,
            "joined_at": "2026-01-01T00:00:00.000000+00:00", "avatar": null },
    });
    for (name, value) in own.as_object().into_iter().flatten() {
        told[name] = value.clone();
    }
    told
}

fn user(id: u64, name: &str) -> Value {
    json!({ "id": id.to_string(), "username": name, "discriminator": "0", "avatar": null,
        "global_name": null })
}

fn hear(name: &str, data: &Value) -> Result<Vec<Inbound>, Dropped> {
    translate(&event(name, data), &lumen(), UserId::new(ME), now())
}

fn said(own: &Value) -> Result<(Inbound, Message), Dropped> {
    let mut all = hear("MESSAGE_CREATE", &payload(own))?;
    let one = all.pop().expect("one message");
    assert!(all.is_empty());
    let What::Said(message) = one.what.clone() else { panic!("said: {one:?}") };
    Ok((one, message))
}

fn text(content: &str) -> (String, bool) {
    let lea = user(6, "lea");
    let (_, message) = said(&json!({ "content": content, "mentions": [lea, user(ME, "lumen")] }))
        .expect("something said");
    (message.text, message.mentions_bot)
}

#[test]
fn a_message_keeps_who_where_when_and_what() {
    let (inbound, message) = said(&json!({})).unwrap();
    assert_eq!(inbound.key, PlatformKey::new(format!("m:{ID}")));
    assert_eq!(inbound.at.to_string(), "2026-08-01T12:00:00Z");
    assert_eq!(inbound.place, Place::new(("100", "Lumen"), ("200", "help")));
    let mia = Author { staff: true, ..Author::named(PlatformKey::from("5"), "Mia M") };
    assert_eq!(inbound.by, mia);
    let plain = Message {
        key: PlatformKey::new(ID.to_string()),
        text: "My lamp is dark".into(),
        reply_to: None,
        mentions_bot: false,
        opens_post: false,
        wordless: false,
    };
    assert_eq!(message, plain);
}

#[test]
fn a_name_is_the_one_used_here_then_everywhere_then_the_accounts() {
    let named = |nick: Value, global: Value| {
        let mut author = user(5, "mia");
        author["global_name"] = global;
        let mut told = payload(&json!({ "author": author }));
        told["member"]["nick"] = nick;
        hear("MESSAGE_CREATE", &told).unwrap().remove(0).by.name
    };
    assert_eq!(named(json!("Nick"), json!("Global")), "Nick");
    assert_eq!(named(Value::Null, json!("Global")), "Global");
    assert_eq!(named(json!("  "), Value::Null), "mia");
}

#[test]
fn who_is_no_person_is_dropped_with_the_reason() {
    let mut bot = user(7, "other");
    bot["bot"] = json!(true);
    let own = [
        (json!({ "author": bot }), "from a bot"),
        (json!({ "webhook_id": "77" }), "from a webhook"),
        (json!({ "type": 7 }), "system message"),
        (json!({ "type": 18 }), "system message"),
        (json!({ "type": 21 }), "system message"),
        (json!({ "type": 99 }), "system message"),
        (json!({ "channel_id": "4711" }), "unknown channel"),
        (json!({ "content": "" }), "no content"),
        (
            json!({ "content": "", "message_reference":
                { "type": 1, "message_id": "9", "channel_id": "200" } }),
            "forwarded message",
        ),
    ];
    for (own, reason) in own {
        assert_eq!(said(&own).unwrap_err(), Dropped(reason), "{own}");
    }
    let mut direct = payload(&json!({ "channel_id": "4711" }));
    direct.as_object_mut().unwrap().remove("guild_id");
    assert_eq!(hear("MESSAGE_CREATE", &direct).unwrap_err(), Dropped("direct message"));
}

#[test]
fn a_reply_names_the_message_it_answers() {
    let quoted = payload(&json!({ "id": "9" }));
    let reference = json!({ "message_id": "9", "channel_id": "200", "guild_id": "100" });
    let own = json!({ "type": 19, "message_reference": reference, "referenced_message": quoted });
    let (_, message) = said(&own).unwrap();
    assert_eq!(message.reply_to, Some(PlatformKey::from("9")));
    let gone = json!({ "type": 19, "message_reference": reference, "referenced_message": null });
    assert_eq!(said(&gone).unwrap().1.reply_to, Some(PlatformKey::from("9")));
}

#[test]
fn a_mention_of_the_bot_counts_and_does_not_stand_before_the_words() {
    assert_eq!(text("<@900> my lamp is dark"), ("my lamp is dark".into(), true));
    assert_eq!(text("<@!900>, <@900>: hello"), ("hello".into(), true));
    assert_eq!(text("<@&12> help"), ("help".into(), true), "its own role is the bot too");
    assert_eq!(text("ask <@900> maybe"), ("ask @lumen maybe".into(), true));
    assert_eq!(text("<@900>"), (String::new(), true));
    assert!(!text("<@&10> help").1, "another role is not");
    let (_, message) = said(&json!({ "mentions": [user(ME, "lumen")] })).unwrap();
    assert!(!message.mentions_bot, "a reply pings the bot without a word about it");
}

#[test]
fn markup_reads_as_what_it_shows() {
    for (content, read) in [
        ("ask <@6> or <@!6>", "ask @lea or @lea"),
        ("see <#200> and <#1>", "see #help and <#1>"),
        ("<@&10>", "@Mods"),
        ("<@77> <@&78>", "<@77> <@&78>"),
        ("so <:sad_1:123> <a:party:9>", "so :sad_1: :party:"),
        ("type </ask question:55> now", "type /ask question now"),
        ("a < b and b > c", "a < b and b > c"),
        ("<<@6>>", "<@lea>"),
        ("<t:1785585600:R>", "<t:1785585600:R>"),
        ("<https://example.org/x:1>", "<https://example.org/x:1>"),
        ("<@0> <@99999999999999999999999> <@", "<@0> <@99999999999999999999999> <@"),
        ("<:: :1> <:\u{202e}evil:1>", "<:: :1> <:\u{202e}evil:1>"),
    ] {
        assert_eq!(text(content).0, read, "{content}");
    }
}

#[test]
fn what_has_no_words_says_so() {
    let picture = json!([{ "id": "1", "filename": "lamp.png", "size": 3, "url": "https://x/l.png",
        "proxy_url": "https://x/l.png" }]);
    let (_, message) = said(&json!({ "content": "", "attachments": picture })).unwrap();
    assert!(message.wordless && message.text.is_empty());
    let sticker = json!([{ "id": "1", "name": "wave", "format_type": 1 }]);
    assert!(said(&json!({ "content": " ", "sticker_items": sticker })).unwrap().1.wordless);
    let (_, message) = said(&json!({ "content": "dark", "attachments": picture })).unwrap();
    assert!(!message.wordless, "a picture with words has words");
    let (_, message) = said(&json!({ "content": "<@900>", "attachments": picture })).unwrap();
    assert!(!message.wordless && message.mentions_bot);
}

#[test]
fn a_forum_post_is_opened_by_the_message_with_its_id() {
    let (inbound, message) = said(&json!({ "id": "301", "channel_id": "301" })).unwrap();
    assert!(message.opens_post);
    assert_eq!(inbound.place.thread.unwrap().parent, PlatformKey::from("300"));
    assert!(!said(&json!({ "channel_id": "301" })).unwrap().1.opens_post);
    assert!(!said(&json!({ "channel_id": "210" })).unwrap().1.opens_post);
}

#[test]
fn only_an_edit_of_the_words_is_an_edit() {
    let edited = json!({ "edited_timestamp": "2026-08-01T12:05:00.250000+00:00",
        "content": "<@6> My lamp is off", "mentions": [user(6, "lea")] });
    let inbound = hear("MESSAGE_UPDATE", &payload(&edited)).unwrap().remove(0);
    assert_eq!(inbound.key, PlatformKey::new(format!("e:{ID}:1785585900250")));
    let message = PlatformKey::new(ID.to_string());
    assert_eq!(inbound.what, What::Edited { message, text: "@lea My lamp is off".into() });
    assert!(inbound.by.staff);
    let preview = hear("MESSAGE_UPDATE", &payload(&json!({})));
    assert_eq!(preview.unwrap_err(), Dropped("update without an edit"));
    let least = json!({ "id": "9", "channel_id": "200", "guild_id": "100" });
    assert_eq!(hear("MESSAGE_UPDATE", &least).unwrap_err(), Dropped("update without an edit"));
}

#[test]
fn deletions_single_and_bulk_name_every_message() {
    let one = json!({ "id": "9", "channel_id": "200", "guild_id": "100" });
    let heard = hear("MESSAGE_DELETE", &one).unwrap();
    assert_eq!(heard[0].what, What::Deleted { message: PlatformKey::from("9") });
    assert_eq!((heard[0].key.as_str(), heard[0].at), ("d:9", now()));
    let many = json!({ "ids": ["9", "18446744073709551615"], "channel_id": "210",
        "guild_id": "100" });
    let heard = hear("MESSAGE_DELETE_BULK", &many).unwrap();
    let keys: Vec<&str> = heard.iter().map(|one| one.key.as_str()).collect();
    assert_eq!(keys, ["d:9", "d:18446744073709551615"], "twenty digits are no problem");
}

#[test]
fn a_reaction_is_told_with_its_sign() {
    let reaction = |emoji: Value, own: Value| {
        let mut told = json!({ "user_id": "5", "channel_id": "200", "message_id": "9",
            "guild_id": "100", "emoji": emoji, "burst": false, "type": 0,
            "member": { "user": user(5, "mia"), "roles": ["10"], "nick": null,
                "joined_at": "2026-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false,
                "flags": 0 } });
        for (name, value) in own.as_object().into_iter().flatten() {
            told[name] = value.clone();
        }
        hear("MESSAGE_REACTION_ADD", &told)
    };
    let heart = reaction(json!({ "id": null, "name": "❤️" }), json!({})).unwrap().remove(0);
    assert_eq!(heart.key, PlatformKey::from("r:9:5:❤️"));
    assert!(heart.by.moderator && heart.by.name == "mia");
    let own = json!({ "id": "55", "name": "lamp", "animated": true });
    let own = reaction(own, json!({})).unwrap().remove(0);
    let message = PlatformKey::from("9");
    assert_eq!(own.what, What::Reacted { message, emoji: ":lamp:".into() });
    let gone = reaction(json!({ "id": "55", "name": null }), json!({})).unwrap().remove(0);
    assert_eq!(gone.key, PlatformKey::from("r:9:5::unknown:"));
    let heart = || json!({ "id": null, "name": "❤" });
    let me = reaction(heart(), json!({ "user_id": "900" }));
    assert_eq!(me.unwrap_err(), Dropped("from the bot itself"));
}

#[test]
fn servers_that_go_away_are_told_apart() {
    let outage = hear("GUILD_DELETE", &json!({ "id": "100", "unavailable": true }));
    assert_eq!(outage.unwrap_err(), Dropped("server unavailable"));
    let removed = hear("GUILD_DELETE", &json!({ "id": "100" }));
    let [left] = &removed.unwrap()[..] else { panic!("one thing is told") };
    assert_eq!((&left.what, left.place.community.as_str()), (&What::Left, "100"));
    let nothing = [("GUILD_CREATE", guild()), ("SOMETHING_NEW_OF_2027", json!({ "a": [1] }))];
    for (name, data) in nothing {
        assert_eq!(hear(name, &data).unwrap_err(), Dropped("nothing said"), "{name}");
    }
}

#[test]
fn hostile_content_is_bounded_and_harmless() {
    let huge = "<@".repeat(500_000);
    assert_eq!(text(&huge).0.chars().count(), readable::TEXT_LIMIT);
    let huge = format!("{}{}", "<@900> ".repeat(10), "🦀".repeat(1_000_000));
    assert_eq!(text(&huge).0.chars().count(), readable::TEXT_LIMIT - 70);
    let odd = "\u{202e}lamp\0 \u{200b}<@6\u{0}>";
    assert_eq!(text(odd).0, odd, "nothing is parsed where nothing is meant");
    let name = format!("\u{202e}{}", "x".repeat(10_000));
    let mut told = payload(&json!({ "author": user(u64::MAX, &name) }));
    told["member"]["nick"] = Value::Null;
    let inbound = hear("MESSAGE_CREATE", &told).unwrap().remove(0);
    assert_eq!(inbound.by.name.chars().count(), NAME_LIMIT);
    assert_eq!(inbound.by.key.as_str(), "18446744073709551615");
}

#[test]
fn fields_that_nobody_knows_or_that_are_missing_change_nothing() {
    let news = json!({ "hologram": { "of": ["a", "lamp"] }, "flags": 1_u64 << 15,
        "components": [{ "type": 17, "components": [{ "type": 10, "content": "x" }] }] });
    assert_eq!(said(&news).unwrap().1.text, "My lamp is dark");
    let mut least = payload(&json!({}));
    for name in ["member", "components", "flags"] {
        least.as_object_mut().unwrap().remove(name);
    }
    let inbound = hear("MESSAGE_CREATE", &least).unwrap().remove(0);
    assert_eq!((inbound.by.name.as_str(), inbound.by.staff), ("mia", false));
}
