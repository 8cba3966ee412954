//! What people may do, and what the runtime hears of it.

use super::super::acts::TEXT_LIMIT;
use super::*;
use crate::platform::{Commanded, What};

#[tokio::test]
async fn what_people_do_is_heard_in_order_and_says_who_did_it_where() {
    let house = House::settled().await;
    house.say("jonas", "help", "Mein WLAN ist langsam").await.unwrap();
    let post = house.seen_by("jonas").await.pop().unwrap().key;
    house.act("jonas", &format!(r#"{{"do":"edit","post":"{post}","text":"egal"}}"#)).await.unwrap();
    house.act("mia", &format!(r#"{{"do":"react","post":"{post}","emoji":"❤"}}"#)).await.unwrap();
    house.act("jonas", &format!(r#"{{"do":"delete","post":"{post}"}}"#)).await.unwrap();
    house.say("robin", "staff", "/askaround status").await.unwrap();
    let heard = house.hears_all().await;

    let who: Vec<_> = heard.iter().map(|i| (i.by.key.as_str(), i.place.channel.as_str())).collect();
    let expected = [
        ("jonas", "help"),
        ("jonas", "help"),
        ("mia", "help"),
        ("jonas", "help"),
        ("robin", "staff"),
    ];
    assert_eq!(who, expected);
    let what: Vec<_> = heard.iter().map(|inbound| &inbound.what).collect();
    assert!(matches!(what[0], What::Said(said) if said.key == post && !said.mentions_bot));
    assert!(
        matches!(what[1], What::Edited { message, text } if *message == post && text == "egal")
    );
    assert!(
        matches!(what[2], What::Reacted { message, emoji } if *message == post && emoji == "❤")
    );
    assert!(matches!(what[3], What::Deleted { message } if *message == post));
    assert!(matches!(what[4], What::Commanded { command: Commanded::Line { text, .. }, reply, .. }
        if text == "/askaround status" && reply.expires_at == NOON + Duration::from_mins(15)));
    assert_eq!(heard[0].by.language, Some(Language::from("de")));
    assert_eq!(heard[0].place.community_name, "Lumen");
    let rights: Vec<_> = heard.iter().map(|i| (i.by.moderator, i.by.staff)).collect();
    assert_eq!(rights[3..], [(false, false), (true, false)]);
}

#[tokio::test]
async fn a_command_is_shown_to_nobody() {
    let house = House::settled().await;
    house.say("mia", "help", "/human now").await.unwrap();
    assert!(house.seen_by("mia").await.is_empty() && house.seen_by("sam").await.is_empty());
}

#[tokio::test]
async fn a_refused_act_is_neither_kept_nor_shown() {
    let house = House::settled().await;
    house.say("mia", "help", "hello").await.unwrap();
    let act = Act::Private {
        to: key("mia"),
        handle: None,
        words: Words::plain("only you"),
        buttons: vec![face("solved")],
    };
    house.playground.deliver(&delivery(5, "help", act)).await.unwrap();
    house.playground.deliver(&delivery(6, "staff", post("a case"))).await.unwrap();
    house.hears_all().await;
    let mias = house.seen_by("mia").await[0].key.clone();
    let (long, fits) = ("x".repeat(TEXT_LIMIT + 1), "🦀".repeat(TEXT_LIMIT / 2));
    let before = house.paper.all();
    for (person, frame, expected) in [
        ("mia", r#"{"do":"say","channel":"staff","text":"hi"}"#.to_owned(), "no such channel"),
        ("sam", r#"{"do":"say","channel":"nowhere","text":"hi"}"#.to_owned(), "no such channel"),
        ("mia", r#"{"do":"say","channel":"help","text":" \n\u0000"}"#.to_owned(), "nothing in it"),
        ("mia", format!(r#"{{"do":"say","channel":"help","text":"{long}"}}"#), "too long: 4097"),
        ("kai", format!(r#"{{"do":"edit","post":"{mias}","text":"no"}}"#), "your own"),
        ("robin", format!(r#"{{"do":"delete","post":"{mias}"}}"#), "your own"),
        ("mia", format!(r#"{{"do":"edit","post":"{mias}","text":"{long}"}}"#), "too long"),
        ("mia", r#"{"do":"edit","post":"p999","text":"no"}"#.to_owned(), "no longer there"),
        ("mia", r#"{"do":"press","post":"o5","data":"forged"}"#.to_owned(), "button is no longer"),
        ("kai", r#"{"do":"press","post":"o5","data":"solved"}"#.to_owned(), "message is no longer"),
        ("mia", r#"{"do":"react","post":"o6","emoji":"❤"}"#.to_owned(), "message is no longer"),
        ("mia", r#"{"do":"react","post":"o5","emoji":"❤"}"#.to_owned(), "Only you"),
        ("mia", format!(r#"{{"do":"react","post":"{mias}","emoji":"so nice"}}"#), "not an emoji"),
        ("nobody", r#"{"do":"say","channel":"help","text":"hi"}"#.to_owned(), "Nobody here"),
        ("mia", r#"{"do":"clock","forward_ms":0}"#.to_owned(), "forward only"),
        ("mia", r#"{"do":"clock","forward_ms":2592000001}"#.to_owned(), "30 days"),
        ("mia", r#"{"do":"clock","to_next":true}"#.to_owned(), "Nothing is due"),
        ("mia", r#"{"do":"clock"}"#.to_owned(), "by a span or"),
        ("mia", r#"{"do":"clock","forward_ms":-1}"#.to_owned(), "cannot read"),
        ("mia", r#"{"do":"dance"}"#.to_owned(), "cannot read"),
        ("mia", r#"{"do":"say","channel":"help"}"#.to_owned(), "cannot read"),
        ("mia", "[]".to_owned(), "cannot read"),
        ("mia", "not JSON".to_owned(), "cannot read"),
    ] {
        let words = house.act(person, &frame).await.unwrap_err();
        assert!(words.contains(expected), "{person}: {frame:.60} → {words}");
    }
    assert_eq!(house.paper.all(), before);
    house.say("mia", "help", &fits).await.unwrap();
}

#[tokio::test]
async fn the_owner_of_a_private_post_presses_its_button() {
    let house = House::settled().await;
    house.playground.deliver(&delivery(5, "help", private("mia", "solved?"))).await.unwrap();
    house.act("mia", r#"{"do":"press","post":"o5","data":"solved"}"#).await.unwrap();
    let heard = house.hears_all().await;
    assert!(
        matches!(&heard[..], [Inbound { what: What::Pressed { data, .. }, .. }] if data == "solved")
    );
}

#[tokio::test]
async fn the_bot_is_meant_when_it_is_named_or_answered() {
    let house = House::settled().await;
    house.playground.deliver(&delivery(7, "help", post("hello"))).await.unwrap();
    house.say("mia", "help", "hello all").await.unwrap();
    let mias = house.seen_by("mia").await[1].key.clone();
    house.hears_all().await;
    for (text, reply_to, meant) in [
        ("why is it slow?", None, false),
        ("Lumen is slow", None, false),
        ("hey @LUMEN, why?", None, true),
        ("@askaround why?", None, true),
        ("why (@lumen's slow)?", None, true),
        ("I wrote to help@lumen.example", None, false),
        ("hey @lumenaria", None, false),
        ("请问@Lumen为什么？", None, true),
        ("and why?", Some("o7"), true),
        ("and why?", Some(mias.as_str()), false),
    ] {
        let say = ClientFrame::Say {
            channel: key("help"),
            text: text.to_owned(),
            reply_to: reply_to.map(PlatformKey::from),
        };
        house.playground.act("mia", say).await.unwrap();
        let heard = house.hears_all().await;
        let What::Said(said) = &heard[0].what else { panic!("{heard:?}") };
        assert_eq!(said.mentions_bot, meant, "{text}");
        assert_eq!(said.reply_to.as_ref().map(PlatformKey::as_str), reply_to, "{text}");
    }
}

#[tokio::test]
async fn a_reply_to_what_one_cannot_see_is_just_a_message() {
    let house = House::settled().await;
    house.playground.deliver(&delivery(5, "help", private("kai", "psst"))).await.unwrap();
    house.playground.deliver(&delivery(6, "staff", post("a case"))).await.unwrap();
    for hidden in ["o5", "o6", "p404"] {
        let frame = format!(r#"{{"do":"say","channel":"help","text":"?","reply_to":"{hidden}"}}"#);
        house.act("mia", &frame).await.unwrap();
        assert_eq!(house.seen_by("mia").await.pop().unwrap().reply_to, None, "{hidden}");
    }
}

#[tokio::test]
async fn a_reaction_is_heard_when_it_comes_and_not_when_it_goes() {
    let house = House::settled().await;
    house.playground.deliver(&delivery(7, "help", post("hello"))).await.unwrap();
    for (person, names, heard) in [
        ("mia", vec!["Mia"], 1),
        ("kai", vec!["Mia", "Kai"], 1),
        ("mia", vec!["Kai"], 0),
        ("kai", vec![], 0),
    ] {
        house.act(person, r#"{"do":"react","post":"o7","emoji":"🎉"}"#).await.unwrap();
        let post = house.seen_by("sam").await.pop().unwrap();
        let shown: Vec<_> = post.reactions.iter().flat_map(|r| r.people.clone()).collect();
        assert_eq!(shown, names);
        assert_eq!(house.hears_all().await.len(), heard, "{person}");
    }
}

#[tokio::test]
async fn words_that_are_deleted_are_nowhere_any_more() {
    let house = House::settled().await;
    house.say("mia", "help", "my secret").await.unwrap();
    let post = house.seen_by("mia").await[0].key.clone();
    let reply = format!(r#"{{"do":"say","channel":"help","text":"oh","reply_to":"{post}"}}"#);
    house.act("kai", &reply).await.unwrap();
    assert_eq!(house.seen_by("kai").await[1].reply_to.as_ref().unwrap().excerpt, "my secret");
    house.act("mia", &format!(r#"{{"do":"delete","post":"{post}"}}"#)).await.unwrap();
    house.hears_all().await;
    let seen = house.seen_by("kai").await;
    assert!(seen[0].deleted && seen[0].pieces.0.is_empty());
    assert_eq!(seen[1].reply_to.as_ref().unwrap().excerpt, "");
    assert!(!house.paper.all().contains("secret"));
}

#[tokio::test]
async fn when_the_runtime_stands_still_people_are_asked_to_wait() {
    let house = House::settled().await;
    for _ in 0..super::super::UNHEARD_LIMIT {
        house.say("mia", "general", "hm").await.unwrap();
    }
    assert!(house.say("mia", "general", "hm").await.unwrap_err().contains("catching up"));
    house.hears_all().await;
    house.say("mia", "general", "hm").await.unwrap();
}
