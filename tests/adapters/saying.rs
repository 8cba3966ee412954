//! Claims on what the runtime says: it is carried out once, whole, and told truthfully.

use askaround::domain::ids::PlatformKey;
use askaround::domain::words::{Piece, Words};
use askaround::platform::{Act, BadgeKind, Delivery, DeliveryError};
use unicode_segmentation::UnicodeSegmentation;

use crate::contract::{Deed, Harness, Seen, Who};
use crate::trial::{Trial, edit, face, post, post_buttons, private, reply};

/// Whether the outbox will not try again.
pub(crate) fn is_final(error: &DeliveryError) -> bool {
    matches!(error, DeliveryError::Gone { .. } | DeliveryError::Refused { .. })
}

fn faces(seen: &Seen) -> Vec<(&str, &str)> {
    let faces = seen.buttons.iter();
    faces.map(|button| (button.label.as_str(), button.data.as_str())).collect()
}

pub(crate) async fn a_post_is_seen_by_everybody_under_the_key_of_its_receipt<H: Harness>(
    mut trial: Trial<H>,
) {
    let key = trial.sends(post("Hello, all!")).await;
    for who in [Who::Customer, Who::Ambassador, Who::Moderator] {
        let seen = trial.find(who, &key).await;
        let Some(seen) = seen else { panic!("{who:?} does not see {key}") };
        assert_eq!((seen.by, seen.text.as_str()), (None, "Hello, all!"));
        assert!(!seen.private && seen.reply_to.is_none());
        assert!(seen.buttons.is_empty() && seen.links.is_empty() && seen.pings.is_empty());
    }
}

pub(crate) async fn the_same_delivery_twice_shows_one_message<H: Harness>(mut trial: Trial<H>) {
    if !trial.platform().capabilities().sends_once {
        return; // The runtime marks what it sends, instead.
    }
    let delivery = trial.delivery(post_buttons("Solved?", &[face("Yes", "yes")]));
    let first = trial.carries_out(&delivery).await;
    assert!(first.is_ok(), "{first:?}");
    assert_eq!(trial.carries_out(&delivery).await, first);
    let trial = trial.restarted().await;
    assert_eq!(trial.carries_out(&delivery).await, first);
    assert_eq!(trial.seen_by(Who::Customer).await.len(), 1);
}

pub(crate) async fn the_same_edit_twice_is_as_good_as_once<H: Harness>(mut trial: Trial<H>) {
    let key = trial.sends(post("Solved?")).await;
    let delivery = trial.delivery(edit(&key, "Solved!"));
    for _ in 0..2 {
        let receipt = trial.carries_out(&delivery).await;
        assert!(receipt.is_ok(), "{receipt:?}");
    }
    let seen = trial.seen_by(Who::Customer).await;
    assert!(matches!(&seen[..], [one] if one.text == "Solved!"), "{seen:?}");
}

pub(crate) async fn a_reply_shows_what_it_replies_to<H: Harness>(mut trial: Trial<H>) {
    let question = trial.talks(Who::Customer, "why?").await;
    let answer = trial.posts(reply("Perhaps so.", &question)).await;
    assert_eq!(answer.reply_to, Some(question));
    let more = trial.posts(reply("And so.", &answer.key)).await;
    assert_eq!(more.reply_to, Some(answer.key));
}

pub(crate) async fn a_reply_to_what_is_gone_is_posted_all_the_same<H: Harness>(
    mut trial: Trial<H>,
) {
    let deleted = trial.talks(Who::Customer, "why?").await;
    trial.does(Who::Customer, Deed::Delete { message: &deleted }).await;
    let never = trial.harness.unknown_message();
    for gone in [deleted, never, PlatformKey::new("no key"), PlatformKey::new("")] {
        let seen = trial.posts(reply("Perhaps so.", &gone)).await;
        assert_eq!((seen.text.as_str(), seen.reply_to), ("Perhaps so.", None), "{gone:?}");
    }
}

pub(crate) async fn buttons_are_shown_in_order<H: Harness>(mut trial: Trial<H>) {
    let faces_given: Vec<_> =
        (1..=7).map(|n| face(&format!("Take it *{n}* <{n}>"), &format!("claim:{n}"))).collect();
    let seen = trial.posts(post_buttons("Who takes it?", &faces_given)).await;
    let given: Vec<_> = faces_given.iter().map(|f| (f.label.as_str(), f.data.as_str())).collect();
    assert_eq!(faces(&seen), given);
}

pub(crate) async fn a_long_label_is_no_reason_to_say_nothing<H: Harness>(mut trial: Trial<H>) {
    let label = "Ich nehme die Frage 👩‍👩‍👧‍👦 ".repeat(12);
    let seen = trial.posts(post_buttons("Who takes it?", &[face(&label, "claim")])).await;
    let [(shown, "claim")] = faces(&seen)[..] else { panic!("{seen:?}") };
    let kept = shown.trim_end_matches(['…', '.', ' ']);
    assert!(!kept.is_empty() && label.starts_with(kept), "{shown}");
    assert!(label.graphemes(true).zip(kept.graphemes(true)).all(|(a, b)| a == b), "{shown}");
}

pub(crate) async fn an_edit_replaces_the_words_and_takes_the_buttons_off<H: Harness>(
    mut trial: Trial<H>,
) {
    let key = trial.sends(post_buttons("Solved?", &[face("Yes", "yes")])).await;
    let receipt = trial.delivers(edit(&key, "Solved!")).await;
    let message = receipt.map(|receipt| receipt.message);
    assert!(message == Ok(Some(key.clone())) || message == Ok(None), "{message:?}");
    let seen = trial.seen_by(Who::Ambassador).await;
    let [one] = &seen[..] else { panic!("{seen:?}") };
    assert_eq!((one.key == key, one.text.as_str(), &faces(one)[..]), (true, "Solved!", &[][..]));
}

pub(crate) async fn an_edit_can_give_new_buttons<H: Harness>(mut trial: Trial<H>) {
    let message = trial.sends(post_buttons("Who takes it?", &[face("I do", "claim")])).await;
    trial.sends(post("This came in between.")).await;
    let (back, why) = (face("Give back", "back"), face("Why?", "why"));
    // New words and buttons, then the same words with other buttons.
    for buttons in [vec![back.clone(), why], vec![back]] {
        let given: Vec<_> = buttons.iter().map(|face| face.data.clone()).collect();
        let words = Words::plain("Kai has it.");
        let receipt = trial.delivers(Act::Edit { message: message.clone(), words, buttons }).await;
        assert!(receipt.is_ok(), "{receipt:?}");
        let Some(seen) = trial.find(Who::Customer, &message).await else { panic!("not seen") };
        let shown: Vec<_> = seen.buttons.into_iter().map(|button| button.data).collect();
        assert_eq!((seen.text.as_str(), shown), ("Kai has it.", given));
    }
}

pub(crate) async fn what_does_not_exist_is_gone<H: Harness>(mut trial: Trial<H>) {
    let never = trial.harness.unknown_message();
    let message = trial.delivery(edit(&never, "Solved!"));
    let nowhere = trial.harness.unknown_channel();
    let channel = Delivery { channel: nowhere, ..trial.delivery(post("Hello!")) };
    for delivery in [message, channel] {
        let sent = trial.carries_out(&delivery).await;
        assert!(matches!(sent, Err(DeliveryError::Gone { .. })), "{delivery:?} → {sent:?}");
    }
    assert_eq!(trial.seen_by(Who::Customer).await, []);
}

pub(crate) async fn a_badge_that_is_not_there_is_refused_for_good_and_nothing_is_said<
    H: Harness,
>(
    mut trial: Trial<H>,
) {
    let who = trial.harness.author(Who::Customer).key;
    let (give, rank, why) = (Some(trial.harness.unknown_channel()), "Guide", "Rank now: Guide");
    let (rank, why) = (rank.to_owned(), why.to_owned());
    let sent = trial.delivers(Act::Wear { who, give, take: Vec::new(), rank, why }).await;
    let is_refused = match trial.harness.platform().capabilities().badges {
        BadgeKind::None => matches!(sent, Err(DeliveryError::Refused { .. })),
        BadgeKind::Keyed | BadgeKind::Worded => matches!(sent, Err(DeliveryError::Unfit { .. })),
    };
    assert!(is_refused, "{sent:?}");
    assert_eq!(trial.seen_by(Who::Customer).await, []);
}

pub(crate) async fn what_is_no_key_at_all_fails_for_good<H: Harness>(mut trial: Trial<H>) {
    for text in ["", "no key", "-1", "99999999999999999999999999", "🦀/../x?y=z"] {
        let strange = PlatformKey::new(text);
        let channel = Delivery { channel: strange.clone(), ..trial.delivery(post("Hello!")) };
        let message = trial.delivery(edit(&strange, "Solved!"));
        let person = trial.delivery(private(&strange, None, "only you"));
        for delivery in [channel, message, person] {
            let sent = trial.carries_out(&delivery).await;
            assert!(sent.as_ref().is_err_and(is_final), "{delivery:?} → {sent:?}");
        }
    }
    assert_eq!(trial.seen_by(Who::Customer).await, []);
}

pub(crate) async fn the_words_of_people_are_not_the_bots_to_edit<H: Harness>(mut trial: Trial<H>) {
    let key = trial.talks(Who::Customer, "why?").await;
    let sent = trial.delivers(edit(&key, "why not")).await;
    assert!(sent.as_ref().is_err_and(is_final), "{sent:?}");
    let seen = trial.find(Who::Ambassador, &key).await;
    assert!(seen.is_some_and(|seen| seen.text == "why?"));
}

/// Longer than two messages, without a space at which it would be easy to part.
fn long<H: Harness>(trial: &Trial<H>, unit: &str) -> String {
    let units = unit.encode_utf16().count();
    unit.repeat(trial.platform().capabilities().text_limit * 5 / 2 / units + 1)
}

/// What is read, one letter after the other; where a text is parted, a space may get lost.
fn letters<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    texts.flat_map(|text| text.graphemes(true)).filter(|one| !one.trim().is_empty()).collect()
}

async fn arrives_whole<H: Harness>(mut trial: Trial<H>, words: Words, text: &str) {
    let helper = trial.key_of(Who::Ambassador);
    let act = Act::Post {
        words,
        reply_to: None,
        buttons: vec![face("Take it", "claim")],
        ping: vec![helper.clone()],
    };
    let delivery = trial.delivery(act);
    let receipt = trial.carries_out(&delivery).await;
    if trial.platform().capabilities().sends_once {
        assert_eq!(trial.carries_out(&delivery).await, receipt);
    }
    let seen = trial.seen_by(Who::Customer).await;
    // The real platform refuses what is too long for one message, and so does its double.
    let read = letters(seen.iter().map(|seen| seen.text.as_str()));
    assert!(read == letters([text].into_iter()), "{} messages: {seen:.300?}", seen.len());
    let buttons: Vec<_> = seen.iter().flat_map(faces).collect();
    assert_eq!(buttons, [("Take it", "claim")], "once, wherever");
    assert!(seen.iter().all(|seen| seen.pings.iter().all(|key| *key == helper)));
    let named = receipt.map(|receipt| receipt.message);
    let is_named = |seen: &Seen| named == Ok(Some(seen.key.clone()));
    assert!(seen.iter().any(is_named), "{named:?} is none of those seen");
}

pub(crate) async fn a_long_text_arrives_whole<H: Harness>(trial: Trial<H>) {
    let text = long(&trial, "a👩‍👩‍👧‍👦e\u{301}🇩🇪क्षि");
    arrives_whole(trial, Words::plain(&text), &text).await;
}

pub(crate) async fn a_long_quotation_arrives_whole<H: Harness>(trial: Trial<H>) {
    let text = long(&trial, "my **lamp** is <b>off</b> & \\_on\\_ `again`,\nगर्मी 👩‍👩‍👧‍👦 e\u{301}\n\n");
    let words = Words(vec![
        Piece::Strong { text: "Mia asks".to_owned() },
        Piece::Quote { text: text.clone() },
        Piece::Plain { text: "Who takes it?".to_owned() },
    ]);
    arrives_whole(trial, words, &format!("Mia asks{text}Who takes it?")).await;
}

pub(crate) async fn a_receipt_and_a_button_outlive_the_process<H: Harness>(mut trial: Trial<H>) {
    let key = trial.sends(post_buttons("Solved?", &[face("Yes", "yes")])).await;
    let mut trial = trial.restarted().await;
    trial.does(Who::Customer, Deed::Press { message: &key, data: "yes" }).await;
    trial.hears().await;
    trial.replies(Who::Customer, "it is", &key).await;
    let message = trial.hears_message().await;
    assert!(message.reply_to == Some(key.clone()) && message.mentions_bot, "{message:?}");
    let receipt = trial.delivers(edit(&key, "Solved!")).await;
    assert!(receipt.is_ok(), "{receipt:?}");
    let seen = trial.find(Who::Customer, &key).await;
    assert!(seen.is_some_and(|seen| seen.text == "Solved!"));
    assert_ne!(trial.sends(post("Good.")).await, key);
}
