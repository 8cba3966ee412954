//! Updates of kinds and with fields that are new, strange or broken: no text is lost, and whatever
//! is dropped has its reason.

use serde_json::{Value, json};

use super::tests::{GROUP, group, hear, message, mia, one, reason, said};
use super::*;

#[test]
fn a_text_keeps_every_letter_whatever_is_marked_in_it() {
    for entity in [
        json!({ "type": "date_time", "offset": 3, "length": 4, "unix_time": 1, "format": "R" }),
        json!({ "type": "hologram_of_2027", "offset": 0, "length": 2, "depth": [1, 2] }),
        json!({ "type": "bold", "offset": -3, "length": 4 }),
        json!({ "type": "mention", "offset": 5_000, "length": 4_000_000_000_u64 }),
        json!({ "offset": 0 }),
        json!("no entity"),
        json!(null),
    ] {
        let told = said(&json!({ "text": "My 🦀 lamp is dark", "entities": [entity] }));
        assert_eq!(told.text, "My 🦀 lamp is dark", "{entity}");
    }
    assert_eq!(said(&json!({ "entities": "none" })).text, "My lamp is dark");
}

#[test]
fn fields_of_later_versions_change_nothing() {
    let news = json!({
        "sender_tag": "Lumen expert", "is_ephemeral": false, "direct_messages_topic": { "id": 3 },
        "suggested_post_info": { "state": "pending" }, "paid_star_count": 5, "effect_id": "51",
        "guest_query_id": "7", "reply_to_checklist_task_id": 4, "is_paid_post": true,
        "reply_markup": { "inline_keyboard": [[{ "text": "x", "style": "danger",
            "disabled": true, "callback_data": "y" }]] },
        "link_preview_options": { "is_disabled": true }, "quote": { "text": "lamp", "position": 3 },
    });
    assert_eq!(said(&news).text, "My lamp is dark");
}

#[test]
fn a_rich_message_is_read_for_its_words() {
    let rich = json!({ "blocks": [
        { "type": "heading", "level": 1, "text": "My lamp" },
        { "type": "paragraph", "text": ["is ", { "type": "bold", "text": "dark" }, "."] },
        { "type": "list", "items": [{ "blocks": [{ "type": "paragraph", "text": "at night" }] }] },
        { "type": "hologram_of_2027", "depth": 3 },
    ] });
    let told = said(&json!({ "text": null, "rich_message": rich }));
    assert_eq!(told.text, "My lamp\nis dark.\nat night");
    let empty = json!({ "text": null, "rich_message": { "blocks": [] } });
    assert_eq!(reason(&empty), "content of a kind not known");
}

#[test]
fn what_happens_to_a_group_is_no_message() {
    for (name, value) in [
        ("new_chat_members", json!([mia()])),
        ("left_chat_member", mia()),
        ("pinned_message", json!({ "message_id": 1, "date": 0, "chat": group() })),
        ("forum_topic_created", json!({ "name": "Help", "icon_color": 1 })),
        ("forum_topic_edited", json!({})),
        ("forum_topic_closed", json!({})),
        ("boost_added", json!({ "boost_count": 1 })),
    ] {
        assert_eq!(reason(&json!({ "text": null, name: value })), "service message", "{name}");
    }
    for name in ["poll", "checklist", "gift", "community_created", "stopped_generation"] {
        let why = reason(&json!({ "text": null, name: {} }));
        assert_eq!(why, "content of a kind not known", "{name}");
    }
}

#[test]
fn a_message_for_one_person_has_the_three_numbers_of_its_own() {
    let own = json!({ "message_id": 0, "ephemeral_message_id": 12, "receiver_user": { "id": 5 } });
    let inbound = one(message(&own));
    let What::Said(told) = &inbound.what else { panic!("{inbound:?}") };
    assert_eq!(told.key.as_str(), "-1000000001234:e:5:12");
    assert_eq!(inbound.key.as_str(), "m:-1000000001234:e:5:12");
}

#[test]
fn every_other_kind_of_update_is_dropped_with_its_reason() {
    for (kind, why) in [
        ("channel_post", "kind of update not asked for"),
        ("edited_channel_post", "kind of update not asked for"),
        ("business_message", "kind of update not asked for"),
        ("inline_query", "kind of update not asked for"),
        ("poll_answer", "kind of update not asked for"),
        ("message_reaction_count", "kind of update not asked for"),
        ("guest_message", "kind of update not known"),
        ("managed_bot", "kind of update not known"),
        ("stopped_generation", "kind of update not known"),
        ("hologram_of_2027", "kind of update not known"),
    ] {
        let why_not = hear(json!({ "update_id": 9, kind: { "id": 1 } })).unwrap_err();
        assert_eq!(why_not, Dropped(why), "{kind}");
    }
    assert_eq!(hear(json!({ "update_id": 9 })).unwrap_err().0, "kind of update not known");
}

/// Somebody's standing changes in a chat.
fn changes(kind: &str, chat: &Value, before: &str, after: &str) -> Value {
    let told = json!({ "chat": chat, "from": mia(), "date": 1,
        "old_chat_member": { "status": before, "user": mia() },
        "new_chat_member": { "status": after, "user": mia(), "tag": "x" } });
    json!({ "update_id": 9, kind: told })
}

#[test]
fn the_bot_is_told_where_it_was_removed_and_let_in_and_by_whom_it_was_blocked() {
    let private = json!({ "id": 5, "type": "private", "first_name": "Mia" });
    for (chat, before, after, what) in [
        (group(), "administrator", "kicked", What::Left),
        (group(), "member", "left", What::Left),
        (group(), "member", "restricted", What::Left),
        (group(), "kicked", "member", What::Joined),
        (group(), "left", "administrator", What::Joined),
        (private.clone(), "member", "kicked", What::Left),
        (private.clone(), "kicked", "member", What::Joined),
    ] {
        let inbound = one(changes("my_chat_member", &chat, before, after));
        assert_eq!(inbound.what, what, "{before} {after}");
        let place = &inbound.place;
        assert_eq!(
            (place.community.to_string(), &place.channel),
            (chat["id"].to_string(), &place.community)
        );
        assert_eq!((inbound.key.as_str(), inbound.by.key.as_str()), ("o:9", "0"));
    }
    let inbound = one(changes("my_chat_member", &private, "member", "kicked"));
    assert_eq!(inbound.place.community_name, "private", "the names of people are none of places");
}

#[test]
fn what_changes_only_rights_is_counted() {
    for (kind, before, after, why) in [
        ("chat_member", "member", "administrator", "rights of somebody changed"),
        ("my_chat_member", "member", "administrator", "rights of the bot changed"),
        ("my_chat_member", "left", "kicked", "rights of the bot changed"),
    ] {
        assert_eq!(hear(changes(kind, &group(), before, after)).unwrap_err().0, why, "{kind}");
    }
}

#[test]
fn what_cannot_be_read_has_a_number_at_least() {
    let read = |update: Value| {
        let (id, read) = Update::read(update);
        (id, read.err().map(|why| why.0))
    };
    for (update, expected) in [
        (json!("x"), (None, Some("update that is none"))),
        (json!({ "message": {} }), (None, Some("update without a number"))),
        (json!({ "update_id": "9", "message": {} }), (None, Some("update without a number"))),
        (json!({ "update_id": 9, "message": {} }), (Some(9), Some("update not readable"))),
        (json!({ "update_id": 9, "message": 3 }), (Some(9), Some("update not readable"))),
        (
            json!({ "update_id": 9, "message": { "message_id": 1, "chat": { "id": "no" } } }),
            (Some(9), Some("update not readable")),
        ),
    ] {
        assert_eq!(read(update.clone()), expected, "{update}");
    }
    let least = json!({ "update_id": 9, "message": { "message_id": 1, "chat": { "id": GROUP } } });
    assert_eq!(hear(least).unwrap_err().0, "no author");
}

#[test]
fn a_name_that_shows_nothing_is_no_name() {
    let named = |user: Value| one(message(&json!({ "from": user }))).by.name;
    assert_eq!(
        named(json!({ "id": 5, "first_name": "\u{3164}\u{2800} ", "username": "mia" })),
        "mia"
    );
    assert_eq!(named(json!({ "id": 5, "first_name": "\u{202e}" })), "5");
    assert_eq!(named(json!({ "id": 5 })), "5");
    let long = named(json!({ "id": 5, "first_name": "x".repeat(10_000) }));
    assert_eq!(long.chars().count(), NAME_LIMIT);
}

#[test]
fn hostile_texts_are_bounded_and_left_as_they_are() {
    let huge = "🦀".repeat(1_000_000);
    assert_eq!(said(&json!({ "text": huge })).text.chars().count(), TEXT_LIMIT);
    let odd = "\u{202e}lamp \u{200b}<b>@everyone</b>";
    assert_eq!(said(&json!({ "text": odd })).text, odd);
    assert_eq!(reason(&json!({ "text": " \n " })), "no content");
}

#[test]
fn units_are_counted_as_telegram_counts() {
    let text = "a🦀é👩‍👩‍👧x";
    let part = |offset, length| bytes_of(text, offset, length).and_then(|bytes| text.get(bytes));
    assert_eq!(part(0, 1), Some("a"));
    assert_eq!(part(1, 2), Some("🦀"));
    assert_eq!(part(3, 1), Some("é"));
    assert_eq!(part(12, 1), Some("x"));
    assert_eq!(part(0, 13), Some(text));
    assert_eq!(part(13, 0), Some(""));
    assert_eq!((part(2, 1), part(0, 14), part(14, 0)), (None, None, None));
    assert_eq!(part(usize::MAX, 2), None);
}
