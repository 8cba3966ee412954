//! What a tab that looks behind the scenes is shown, and what looking costs.

use serde_json::{Value, json};

use super::super::{LineFrame, PointsFrame};
use super::*;
use crate::platform::playground::CaseFrame;

async fn looking(house: &House, person: &str, language: &str) -> Visit {
    let mut tab = house.playground.enter(person).unwrap();
    waiting(&mut tab).await;
    look(&mut tab, language).await;
    tab
}

async fn look(tab: &mut Visit, language: &str) {
    let frame = format!(r#"{{"do":"look","language":{language}}}"#);
    tab.act(ClientFrame::read(&frame).unwrap()).await.unwrap();
}

/// Until the tab is told something that `wanted` accepts, while the playground runs.
async fn told(house: &House, tab: &mut Visit, wanted: impl Fn(&Value) -> bool) -> Value {
    let (queue, _heard) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
    let told = async {
        loop {
            let frame = serde_json::to_value(&*tab.next().await).unwrap();
            if wanted(&frame) {
                stop.cancel();
                return frame;
            }
        }
    };
    tokio::join!(house.playground.run(sink, stop.clone()), told).1
}

/// The playground runs until it has looked up from all that changed.
async fn settles(house: &House) {
    let (queue, _heard) = mpsc::channel(1);
    let stop = CancellationToken::new();
    let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
    let mut robin = looking(house, "robin", "\"xx\"").await;
    let seen = async {
        while !matches!(&*robin.next().await, ServerFrame::Insight(_)) {}
        stop.cancel();
    };
    tokio::join!(house.playground.run(sink, stop.clone()), seen).0.unwrap();
}

fn inside(stage: &'static str) -> Insight {
    let case = CaseFrame {
        id: "a1".to_owned(),
        question: "Why is my Wi-Fi slow?".to_owned(),
        asker: "Mia".to_owned(),
        channel: key("help"),
        post: Some(key("p7")),
        stage,
        how: None,
        holder: None,
        deadline: Some(NOON + Duration::from_mins(3)),
        due: Some(Due::VolunteersCalled),
        lines: vec![LineFrame { at: NOON, words: "@Mia asked in #help.".to_owned() }],
    };
    let points = PointsFrame {
        name: "Kai".to_owned(),
        points: 10,
        rank: "Newcomer".to_owned(),
        next: Some((40, "Guide".to_owned())),
    };
    Insight { cases: vec![case], points: vec![points], outbox: vec![] }
}

#[tokio::test]
async fn whoever_looks_sees_the_inside_in_the_pages_protocol() {
    let house = House::settled().await;
    *house.dial.inside.lock().unwrap() = inside("suggested");
    let mut tab = looking(&house, "mia", "\"de\"").await;
    let seen = told(&house, &mut tab, |frame| frame["type"] == "insight").await;
    assert_eq!(
        seen,
        json!({ "type": "insight",
            "cases": [{ "id": "a1", "question": "Why is my Wi-Fi slow?", "asker": "Mia",
                "channel": "help", "post": "p7", "stage": "suggested", "how": null,
                "holder": null, "deadline": NOON.as_millis() + 180_000,
                "due": "volunteers_called",
                "lines": [{ "at": NOON.as_millis(), "words": "@Mia asked in #help." }] }],
            "points": [{ "name": "Kai", "points": 10, "rank": "Newcomer", "next": [40, "Guide"] }],
            "outbox": [] })
    );
    *house.dial.inside.lock().unwrap() = inside("calling");
    house.dial.turned.notify_one();
    let seen = told(&house, &mut tab, |frame| frame["type"] == "insight").await;
    assert_eq!(seen["cases"][0]["stage"], "calling", "and sees it change");
}

#[tokio::test]
async fn nothing_is_read_for_nobody_and_nothing_is_shown_to_who_does_not_look() {
    let house = House::settled().await;
    assert_eq!(house.dial.looks.load(Ordering::SeqCst), 0, "nobody has looked");
    let mut mia = house.playground.enter("mia").unwrap();
    waiting(&mut mia).await;
    settles(&house).await;
    let frames = waiting(&mut mia).await;
    assert!(!frames.iter().any(|frame| matches!(&**frame, ServerFrame::Insight(_))));
}

#[tokio::test]
async fn the_same_picture_is_not_shown_twice_and_who_comes_later_sees_it_at_once() {
    let house = House::settled().await;
    *house.dial.inside.lock().unwrap() = inside("suggested");
    let mut first = looking(&house, "mia", "\"en\"").await;
    told(&house, &mut first, |frame| frame["type"] == "insight").await;
    settles(&house).await; // it was read once more, and nothing had changed
    let again = waiting(&mut first).await;
    assert!(!again.iter().any(|frame| matches!(&**frame, ServerFrame::Insight(_))), "{again:?}");
    let mut second = looking(&house, "kai", "\"en\"").await;
    let seen = waiting(&mut second).await;
    assert!(matches!(&*seen[0], ServerFrame::Insight(_)), "without anything happening");
    look(&mut first, "null").await;
    *house.dial.inside.lock().unwrap() = inside("calling");
    told(&house, &mut second, |frame| frame["cases"][0]["stage"] == "calling").await;
    let after = waiting(&mut first).await;
    assert!(
        !after.iter().any(|frame| matches!(&**frame, ServerFrame::Insight(_))),
        "it looks away"
    );
}

#[tokio::test]
async fn a_renamed_escalation_command_is_offered_in_every_open_tab() {
    let house = House::settled().await;
    let mut mia = house.playground.enter("mia").unwrap();
    let mut robin = house.playground.enter("robin").unwrap();
    waiting(&mut mia).await;
    waiting(&mut robin).await;
    *house.dial.escalation.lock().unwrap() = Some("mensch".to_owned());
    for (tab, moderates) in [(&mut mia, false), (&mut robin, true)] {
        let frame = told(&house, tab, |frame| frame["type"] == "commands").await;
        let names: Vec<_> =
            frame["commands"].as_array().unwrap().iter().map(|c| c["name"].clone()).collect();
        assert!(names.contains(&json!("mensch")) && !names.contains(&json!("human")), "{names:?}");
        assert_eq!(names.contains(&json!("askaround")), moderates);
    }
    let mut late = house.playground.enter("jonas").unwrap();
    let hello = serde_json::to_value(&*late.next().await).unwrap();
    assert!(hello["commands"].to_string().contains("mensch"), "and in every tab to come");
}
