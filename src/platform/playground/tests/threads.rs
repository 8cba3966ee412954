//! Threads on messages: who sees them, what the runtime hears of them, what the bot can say there.

use super::*;
use crate::platform::{DeliveryError, Thread, What};

/// Mia's question in #help and the key of the thread on it.
async fn asked(house: &House) -> (PlatformKey, String) {
    let words = "Why does the light of my Lumen blink so very slowly?";
    house.say("mia", "help", words).await.unwrap();
    let root = house.seen_by("mia").await.pop().unwrap().key;
    house.hears_all().await;
    let thread = format!("help/{root}");
    (root, thread)
}

#[tokio::test]
async fn what_is_said_in_a_thread_is_heard_with_what_it_hangs_on() {
    let house = House::settled().await;
    let (root, thread) = asked(&house).await;
    house.say("kai", &thread, "It waits for the update.").await.unwrap();
    house.say("kai", &thread, "/human please").await.unwrap();
    let heard = house.hears_all().await;
    assert!(matches!(&heard[0].what, What::Said(said) if said.reply_to.is_none()));
    assert!(matches!(&heard[1].what, What::Commanded { .. }));
    for inbound in &heard {
        assert_eq!(inbound.place.channel.as_str(), thread);
        assert_eq!(inbound.place.channel_name, "Why does the light of my Lumen blink so…");
        let hangs = Thread {
            parent: key("help"),
            parent_name: "help".to_owned(),
            root: Some(root.clone()),
            private: false,
        };
        assert_eq!(inbound.place.thread, Some(hangs));
    }
    let post = house.seen_by("jonas").await.pop().unwrap();
    let shown = post.thread.unwrap();
    assert_eq!((shown.parent, shown.root), (key("help"), root));
}

#[tokio::test]
async fn who_sees_the_channel_sees_its_threads_and_nobody_else_does() {
    let house = House::settled().await;
    house.playground.deliver(&delivery(6, "staff", post("a case"))).await.unwrap();
    let mut tab = house.playground.enter("mia").unwrap();
    waiting(&mut tab).await;
    house.say("sam", "staff/o6", "I look into it").await.unwrap();
    let act = Act::Post {
        words: Words::plain("a note"),
        reply_to: None,
        buttons: vec![],
        ping: vec![key("mia"), key("robin")],
    };
    house.playground.deliver(&delivery(7, "staff/o6", act)).await.unwrap();
    assert!(waiting(&mut tab).await.is_empty());
    assert!(house.say("mia", "staff/o6", "hello?").await.unwrap_err().contains("no such channel"));
    let robins = house.seen_by("robin").await;
    assert_eq!(robins.len(), 3);
    assert_eq!(robins[2].pings, [key("robin")], "a thread pings nobody who cannot see it");
}

#[tokio::test]
async fn the_bot_speaks_in_a_thread_as_in_any_channel() {
    let house = House::settled().await;
    let (_, thread) = asked(&house).await;
    house.playground.deliver(&delivery(5, &thread, post("Did that help?"))).await.unwrap();
    house.playground.deliver(&delivery(6, &thread, private("kai", "psst"))).await.unwrap();
    house.act("kai", r#"{"do":"press","post":"o6","data":"solved"}"#).await.unwrap();
    let heard = house.hears_all().await;
    assert_eq!(heard[0].place.channel.as_str(), thread);
    let channels = |posts: Vec<PostFrame>| posts.into_iter().map(|post| post.channel);
    assert_eq!(
        channels(house.seen_by("kai").await).collect::<Vec<_>>(),
        [key("help"), key(&thread), key(&thread)]
    );
    assert_eq!(house.seen_by("jonas").await.len(), 2);
}

#[tokio::test]
async fn a_thread_is_the_same_after_a_restart() {
    let house = House::settled().await;
    let (_, thread) = asked(&house).await;
    house.say("kai", &thread, "It waits for the update.").await.unwrap();
    let before = house.seen_by("jonas").await;
    let house = house.restarted().await;
    assert_eq!(house.seen_by("jonas").await, before);
    house.say("mia", &thread, "Thank you").await.unwrap();
    assert_eq!(house.seen_by("jonas").await.len(), 3);
}

#[tokio::test]
async fn a_thread_outlives_its_first_message_but_not_by_its_words() {
    let house = House::settled().await;
    let (root, thread) = asked(&house).await;
    house.say("kai", &thread, "It waits for the update.").await.unwrap();
    house.act("mia", &format!(r#"{{"do":"delete","post":"{root}"}}"#)).await.unwrap();
    house.hears_all().await;
    house.say("kai", &thread, "Oh, well.").await.unwrap();
    house.playground.deliver(&delivery(9, &thread, post("All right."))).await.unwrap();
    let heard = house.hears_all().await;
    assert_eq!(heard[0].place.channel_name, format!("thread {root}"));
    assert!(!house.paper.all().contains("blink"));
}

#[tokio::test]
async fn a_thread_hangs_on_a_message_that_everybody_there_sees() {
    let house = House::settled().await;
    let (root, thread) = asked(&house).await;
    house.playground.deliver(&delivery(5, "help", private("kai", "psst"))).await.unwrap();
    house.say("kai", &thread, "first").await.unwrap();
    let inner = house.seen_by("kai").await.pop().unwrap().key;
    house.say("jonas", "help", "gone soon").await.unwrap();
    let gone = house.seen_by("jonas").await.pop().unwrap().key;
    house.act("jonas", &format!(r#"{{"do":"delete","post":"{gone}"}}"#)).await.unwrap();
    for wrong in [
        "help/o5".to_owned(),
        "help/p404".to_owned(),
        "help/".to_owned(),
        format!("general/{root}"),
        format!("cellar/{root}"),
        format!("help/{gone}"),
        format!("help/{inner}"),
        format!("{thread}/{inner}"),
    ] {
        let words = house.say("kai", &wrong, "hello").await.unwrap_err();
        assert!(words.contains("no such channel"), "{wrong}: {words}");
        let delivered = house.playground.deliver(&delivery(8, &wrong, post("hello"))).await;
        assert!(matches!(delivered, Err(DeliveryError::Gone { .. })), "{wrong}");
    }
}

#[tokio::test]
async fn the_bot_opens_a_thread_where_there_is_a_message_for_one() {
    let house = House::settled().await;
    let (root, thread) = asked(&house).await;
    let open = |on: &str| Act::OpenThread { message: key(on), title: "My lamp".to_owned() };
    let opened = house.playground.deliver(&delivery(5, "help", open(root.as_str()))).await.unwrap();
    assert_eq!(opened.thread, Some(key(&thread)));
    house.playground.deliver(&delivery(6, &thread, post("I look into it"))).await.unwrap();
    let shown = house.seen_by("mia").await.pop().unwrap();
    assert_eq!(shown.thread.map(|thread| thread.root), Some(root.clone()));
    let twice = house.playground.deliver(&delivery(7, &thread, open(root.as_str()))).await;
    assert!(matches!(twice, Err(DeliveryError::Refused { .. })), "a thread has no threads");
    for (channel, on) in [("help", "p404"), ("staff", root.as_str()), ("cellar", root.as_str())] {
        let none = house.playground.deliver(&delivery(8, channel, open(on))).await;
        assert!(matches!(none, Err(DeliveryError::Gone { .. })), "{channel} {on}");
    }
    house.act("mia", &format!(r#"{{"do":"delete","post":"{root}"}}"#)).await.unwrap();
    let gone = Act::OpenThread { message: root, title: String::new() };
    let again = house.playground.deliver(&delivery(9, "help", gone)).await.unwrap();
    assert_eq!(again.thread, Some(key(&thread)), "what was said in it keeps it");
}
