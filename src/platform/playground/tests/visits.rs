//! What a tab shows.

use serde_json::{Value, json};

use super::super::NEWS_LIMIT;
use super::*;

async fn next(visit: &mut Visit) -> Value {
    serde_json::to_value(&*visit.next().await).unwrap()
}

#[tokio::test]
async fn people_see_the_channels_of_their_role_and_no_post_of_another() {
    let house = House::settled().await;
    let channels = ["help", "general", "ambassadors", "staff"];
    let mut tabs = Vec::new();
    for (person, shown) in [
        ("mia", &channels[..2]),
        ("jonas", &channels[..2]),
        ("kai", &channels[..3]),
        ("priya", &channels[..3]),
        ("lena", &channels[..3]),
        ("robin", &channels),
        ("sam", &channels),
    ] {
        let mut visit = house.playground.enter(person).unwrap();
        let hello = next(&mut visit).await;
        let told: Vec<_> = hello["channels"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["key"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(told, shown, "{person}");
        tabs.push((person, shown, visit));
    }
    for (id, channel) in (1..).zip(channels) {
        house.playground.deliver(&delivery(id, channel, post("hello"))).await.unwrap();
    }
    for (person, shown, mut visit) in tabs {
        let frames = waiting(&mut visit).await;
        assert_eq!(frames.len(), shown.len(), "{person}");
        assert_eq!(house.seen_by(person).await.len(), shown.len(), "{person}");
    }
    assert!(house.playground.enter("nobody").is_none());
}

#[tokio::test]
async fn the_frames_are_the_pages_protocol() {
    let house = House::settled().await;
    let mut tab = house.playground.enter("robin").unwrap();
    let hello = next(&mut tab).await;
    assert_eq!(hello["type"], "hello");
    assert_eq!(hello["now"], NOON.as_millis());
    assert_eq!((&hello["offset_ms"], &hello["next"]), (&json!(0), &Value::Null));
    assert_eq!(
        hello["channels"][1],
        json!({ "key": "general", "name": "general",
                "about": "Talk about anything; the bot leaves this channel alone" })
    );
    let watch = &hello["commands"][2]["subs"][0];
    assert_eq!(
        (&watch["name"], &watch["about"]),
        (&json!("watch"), &json!("about-askaround-watch in en"))
    );
    assert_eq!(watch["options"][0]["kind"], "channel");
    assert_eq!(watch["options"][2]["choices"], json!(["strict", "balanced", "eager"]));

    house.say("mia", "help", "hello").await.unwrap();
    let said = next(&mut tab).await;
    let mias = said["post"]["key"].clone();
    assert_eq!(
        said,
        json!({ "type": "post", "post": {
            "key": mias, "channel": "help", "at": NOON.as_millis(), "private": false,
            "author": { "key": "mia", "name": "Mia", "bot": false },
            "reply_to": null, "pieces": [{ "is": "plain", "text": "hello" }],
            "buttons": [], "reactions": [], "pings": [], "edited": false, "deleted": false } })
    );
    let act = Act::Post {
        words: Words::plain("Hello!"),
        reply_to: Some(key(mias.as_str().unwrap())),
        buttons: vec![face("yes")],
        ping: vec![key("mia")],
    };
    house.playground.deliver(&delivery(1, "help", act)).await.unwrap();
    let answer = next(&mut tab).await["post"].clone();
    assert_eq!(answer["author"], json!({ "key": "bot", "name": "Lumen", "bot": true }));
    assert_eq!(
        answer["reply_to"],
        json!({ "key": mias, "excerpt": "hello",
                "author": { "key": "mia", "name": "Mia", "bot": false } })
    );
    assert_eq!(answer["buttons"], json!([{ "label": "yes", "data": "yes", "style": "primary" }]));
    assert_eq!(answer["pings"], json!(["mia"]));
    house.act("kai", r#"{"do":"react","post":"o1","emoji":"❤"}"#).await.unwrap();
    let changed = next(&mut tab).await;
    assert_eq!(changed["type"], "changed");
    assert_eq!(changed["post"]["reactions"], json!([{ "emoji": "❤", "people": ["Kai"] }]));
    house.act("kai", r#"{"do":"clock","forward_ms":1000}"#).await.unwrap();
    assert_eq!(
        next(&mut tab).await,
        json!({ "type": "clock", "now": NOON.as_millis() + 1000, "offset_ms": 1000, "next": null })
    );
}

#[tokio::test]
async fn only_moderators_are_offered_the_moderators_commands() {
    let house = House::settled().await;
    for (person, language, moderates) in
        [("mia", "en", false), ("jonas", "de", false), ("sam", "en", false), ("robin", "en", true)]
    {
        let hello = next(&mut house.playground.enter(person).unwrap()).await;
        let names: Vec<_> = hello["commands"]
            .as_array()
            .unwrap()
            .iter()
            .map(|c| c["name"].as_str().unwrap())
            .collect();
        assert_eq!(names.contains(&"askaround"), moderates, "{person}");
        assert!(names.contains(&"human") && names.is_sorted(), "{names:?}");
        assert_eq!(hello["commands"][0]["about"], format!("about-ambassador in {language}"));
    }
}

#[tokio::test]
async fn a_visitor_without_a_name_is_told_what_anybody_may_know() {
    let house = House::settled().await;
    let roster = serde_json::to_value(house.playground.describe()).unwrap();
    assert_eq!(roster["brand"], "Lumen");
    assert_eq!(
        roster["people"][1],
        json!({ "key": "jonas", "name": "Jonas", "role": "customer", "about": "writes German" })
    );
    let order: Vec<_> = house.playground.people().iter().map(|person| person.name).collect();
    assert_eq!(order, ["Mia", "Jonas", "Kai", "Priya", "Lena", "Robin", "Sam"]);
    assert_eq!(roster["channels"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn a_tab_that_cannot_keep_up_is_greeted_again() {
    let house = House::settled().await;
    let mut tab = house.playground.enter("kai").unwrap();
    assert_eq!(next(&mut tab).await["type"], "hello");
    for id in 1..=i64::try_from(NEWS_LIMIT).unwrap() + 1 {
        house.playground.deliver(&delivery(id, "help", post("hello"))).await.unwrap();
    }
    let hello = next(&mut tab).await;
    assert_eq!(hello["posts"].as_array().unwrap().len(), NEWS_LIMIT + 1);
    assert!(waiting(&mut tab).await.is_empty(), "and nothing is told twice");
}

#[tokio::test]
async fn what_is_due_next_is_told_after_an_act_is_committed_and_after_a_delivery() {
    let house = House::settled().await;
    let mut tab = house.playground.enter("kai").unwrap();
    waiting(&mut tab).await;
    let due = NOON + Duration::from_mins(3);
    *house.dial.next.lock().unwrap() = Some(due);
    house.say("mia", "help", "/points").await.unwrap();
    let acted = async {
        house.hears_all().await;
        // The bell rings once more in the next run, which carries what this one did not.
        house.playground.deliver(&delivery(1, "general", post("hello"))).await.unwrap();
        let stop = CancellationToken::new();
        let (queue, _heard) = mpsc::channel(1);
        let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
        let run = house.playground.run(sink, stop.clone());
        let told = async {
            loop {
                let frame = next(&mut tab).await;
                if frame["type"] == "clock" {
                    stop.cancel();
                    return frame;
                }
            }
        };
        tokio::join!(run, told).1
    };
    assert_eq!(acted.await["next"], due.as_millis());
}

#[tokio::test]
async fn a_deadline_that_passes_without_a_word_still_tells_when_the_next_one_is() {
    let house = House::settled().await;
    let mut tab = house.playground.enter("kai").unwrap();
    waiting(&mut tab).await;
    let due = NOON + Duration::from_mins(15);
    let stop = CancellationToken::new();
    let (queue, _heard) = mpsc::channel(1);
    let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
    let run = house.playground.run(sink, stop.clone());
    let told = async {
        loop {
            *house.dial.next.lock().unwrap() = Some(due);
            house.dial.turned.notify_waiters();
            tokio::select! {
                frame = next(&mut tab) => {
                    if frame["next"] == due.as_millis() {
                        stop.cancel();
                        return;
                    }
                }
                () = tokio::task::yield_now() => {}
            }
        }
    };
    tokio::join!(run, told).0.unwrap();
}
