//! Deliveries as bodies, and keys as places. What Telegram makes of them is shown over its double.

use std::time::Duration;

use serde_json::json;

use super::calls::CallError;
use super::outbound::{Ours, Spot, failed, texts};
use super::sent::Sent;
use crate::domain::ids::PlatformKey;
use crate::domain::words::{Piece, Words};
use crate::platform::{DeliveryError, Face};

fn face(label: &str, data: &str, primary: bool) -> Face {
    Face { label: label.to_owned(), data: data.to_owned(), primary }
}

#[test]
fn buttons_stand_side_by_side_as_far_as_a_phone_is_wide() {
    let faces = [
        face("That solved it", "solved:k7", true),
        face("Ask a person", "person:k7", false),
        face("Me too", "too:k7", false),
        face("Ich übernehme das jetzt gleich selbst", "take:k7", false),
        face("", "none:k7", false),
    ];
    let texts = texts(&Words::plain("Solved?"), &faces, &[]).unwrap();
    insta::assert_snapshot!(texts[0].keyboard.to_string(), @r#"[[{"callback_data":"solved:k7","style":"primary","text":"That solved it"},{"callback_data":"person:k7","text":"Ask a person"},{"callback_data":"too:k7","text":"Me too"}],[{"callback_data":"take:k7","text":"Ich übernehme das jetzt gleich selbst"}],[{"callback_data":"none:k7","text":"…"}]]"#);
}

#[test]
fn data_that_telegram_would_not_take_is_no_button() {
    let faces = [
        face("too long", &"x".repeat(65), false),
        face("none", "", false),
        face("as long as can be", &"é".repeat(32), false),
    ];
    let texts = texts(&Words::plain("Solved?"), &faces, &[]).unwrap();
    assert_eq!(texts[0].keyboard.as_array().map(Vec::len), Some(1));
    let many: Vec<Face> = (0..150).map(|n| face("x", &n.to_string(), false)).collect();
    let texts = super::outbound::texts(&Words::plain("Solved?"), &many, &[]).unwrap();
    let rows = texts[0].keyboard.as_array().unwrap();
    assert_eq!(rows.iter().map(|row| row.as_array().unwrap().len()).sum::<usize>(), 100);
}

#[test]
fn the_buttons_are_on_the_first_of_several_messages() {
    let long = Words(vec![Piece::Quote { text: "It is dark again. ".repeat(500) }]);
    let texts = texts(&long, &[face("Take it", "take:k7", true)], &[]).unwrap();
    assert_eq!(texts.len(), 3);
    assert_eq!(texts[0].keyboard.as_array().map(Vec::len), Some(1));
    assert!(texts[1..].iter().all(|text| text.keyboard == json!([])));
}

#[test]
fn what_says_nothing_is_refused() {
    let said = texts(&Words::plain("\u{200b} \n"), &[], &[]);
    assert!(matches!(said, Err(DeliveryError::Refused { .. })));
}

#[test]
fn a_place_is_a_chat_or_a_topic_and_general_is_the_chat() {
    let spot = |key: &str| Spot::read(&key.into()).map(|spot| (spot.chat, spot.topic)).ok();
    assert_eq!(spot("-1001234"), Some((-1_001_234, None)));
    assert_eq!(spot("-1001234:40"), Some((-1_001_234, Some(40))));
    assert_eq!(spot("-1001234:1"), Some((-1_001_234, None)));
    for key in ["", "private", "no key", "0", "+5", "5:", "5:x", "99999999999999999999999999"] {
        assert_eq!(spot(key), None, "{key}");
    }
}

#[test]
fn a_message_is_named_by_its_chat_and_number() {
    let read = |key: &str| Ours::read(&key.into()).ok();
    assert_eq!(read("-5:77"), Some(Ours::Posted { chat: -5, id: 77 }));
    assert_eq!(read("-5:e:6:12"), Some(Ours::Whispered { chat: -5, to: 6, id: 12 }));
    for key in ["", "77", "-5:", "-5:77:8", "-5:e:6", "-5:x:6:12", "asked:77", "🦀/../x?y=z"] {
        assert_eq!(read(key), None, "{key}");
    }
}

#[test]
fn what_a_failed_call_means_for_the_delivery() {
    let why = |text: &str| CallError::Refused { why: text.to_owned() };
    let after = Duration::from_secs(17);
    let moved = failed(&CallError::Moved { to: -1_007 });
    assert_eq!(moved, DeliveryError::Moved { to: PlatformKey::from("-1007") });
    let later = failed(&CallError::Limited { after });
    assert!(matches!(later, DeliveryError::Retry { after: Some(span), .. } if span == after));
    let unsent = failed(&CallError::Unreachable("x".to_owned()));
    assert!(matches!(unsent, DeliveryError::Retry { after: None, .. }));
    let unknown = failed(&CallError::Unanswered("x".to_owned()));
    assert!(matches!(unknown, DeliveryError::Unknown { .. }));
    let gone = failed(&why("Bad Request: chat not found"));
    assert!(matches!(gone, DeliveryError::Gone { .. }));
    let closed = failed(&why("Bad Request: TOPIC_CLOSED"));
    assert!(matches!(closed, DeliveryError::Refused { why } if why.contains("manage topics")));
}

#[test]
fn a_pressed_button_is_answered_once() {
    let sent = Sent::default();
    assert!(!sent.answers("1"), "nobody waits for what was not pressed");
    sent.pressed("1");
    assert!(sent.waits("1") && sent.answers("1") && !sent.answers("1"));
}
