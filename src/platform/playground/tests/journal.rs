//! What survives: the set-up, what the runtime has not heard, the clock.

use super::super::{UNHEARD_LIMIT, world::POSTS_LIMIT};
use super::*;
use crate::domain::command::{Caps, Command, Watch, parse_line, read};
use crate::platform::{Commanded, What};

fn commands(heard: &[Inbound]) -> Vec<(&str, &str, &str)> {
    let lines = heard.iter().map(|inbound| {
        let What::Commanded { command: Commanded::Line { text, .. }, .. } = &inbound.what else {
            panic!("{inbound:?} is no command")
        };
        (inbound.by.key.as_str(), inbound.place.channel.as_str(), text.as_str())
    });
    lines.collect()
}

#[tokio::test]
async fn a_new_community_sets_the_bot_up_once() {
    let house = House::open(Arc::default()).await;
    let before = house.paper.unheard();
    let house = house.restarted().await;
    assert_eq!(house.paper.unheard(), before, "the same keys, nothing doubled");
    let heard = house.hears_all().await;
    assert_eq!(
        commands(&heard),
        [
            ("robin", "help", "/askaround watch #help"),
            ("robin", "staff", "/askaround staff #staff"),
            ("robin", "ambassadors", "/askaround ambassadors #ambassadors"),
            ("kai", "ambassadors", "/ambassador join topics:mesh,wifi languages:en,de"),
            ("priya", "ambassadors", "/ambassador join languages:en"),
            ("lena", "ambassadors", "/ambassador join topics:app,mesh languages:de,en"),
        ]
    );
    assert!(house.restarted().await.paper.unheard().is_empty());
}

#[tokio::test]
async fn the_first_commands_are_ones_that_the_bot_understands() {
    let house = House::open(Arc::default()).await;
    let heard = house.hears_all().await;
    let read = |line| parse_line(line, &[]).and_then(|typed| read(&typed, &[])).unwrap();
    let understood: Vec<_> = commands(&heard).into_iter().map(|(_, _, line)| read(line)).collect();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    let join = |topics: &[&str], languages: &[&str]| Command::Join {
        topics: words(topics),
        languages: words(languages),
    };
    assert_eq!(
        understood,
        [
            Command::Watch {
                channel: Some(key("help")),
                watch: Watch::On { mode: None, sensitivity: None, answers: None },
            },
            Command::Staff { channel: Some(key("staff")), off: false },
            Command::Ambassadors {
                channel: Some(key("ambassadors")),
                off: false,
                caps: Caps::default(),
            },
            join(&["mesh", "wifi"], &["en", "de"]),
            join(&[], &["en"]),
            join(&["app", "mesh"], &["de", "en"]),
        ]
    );
}

#[tokio::test]
async fn a_bot_without_topics_or_german_has_ambassadors_nevertheless() {
    let config = Config {
        languages: vec![Language::from("fr")],
        topics: vec![Topic::from("two words")],
        ..config()
    };
    let (paper, dial) = (Arc::new(Paper::default()), Arc::new(Dial::default()));
    Playground::open(config, Arc::clone(&paper) as Arc<dyn Journal>, dial).await.unwrap();
    assert_eq!(paper.all().matches(r#"/ambassador join\""#).count(), 3);
}

#[tokio::test]
async fn a_set_up_that_was_cut_short_begins_again() {
    let house = House::open(Arc::default()).await;
    let whole = house.paper.unheard();
    {
        let mut kept = house.paper.kept.lock().unwrap();
        kept.1.pop_last();
        kept.0.insert(0, r#"{"offset_ms":0,"set_up":false,"last":5}"#.to_owned());
    }
    let house = house.restarted().await;
    assert_eq!(house.paper.unheard(), whole);
    assert_eq!(house.hears_all().await.len(), whole.len());
}

#[tokio::test]
async fn what_the_runtime_has_not_committed_is_told_again_after_a_restart() {
    let house = House::settled().await;
    house.say("mia", "help", "first").await.unwrap();
    house.say("mia", "help", "/human").await.unwrap();

    let (queue, mut heard) = mpsc::channel(8);
    let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
    let closing = async {
        let first = heard.recv().await.unwrap();
        drop(heard);
        *first.inbound // and `done` is never answered
    };
    let (ran, first) = tokio::join!(house.playground.run(sink, CancellationToken::new()), closing);
    ran.unwrap();

    let house = house.restarted().await;
    let again = house.hears_all().await;
    assert_eq!(again.len(), 2);
    assert_eq!(again[0], first);
    assert_eq!(house.seen_by("kai").await.len(), 1, "the post is there as well");
    assert!(house.restarted().await.hears_all().await.is_empty());
}

#[tokio::test]
async fn no_two_acts_ever_have_the_same_key() {
    let mut house = House::settled().await;
    let mut keys = std::collections::BTreeSet::new();
    for round in 0..3 {
        house.say("mia", "help", "/points").await.unwrap();
        house.say("mia", "help", "hello").await.unwrap();
        let post = house.seen_by("mia").await.pop().unwrap().key;
        let frame = format!(r#"{{"do":"edit","post":"{post}","text":"round {round}"}}"#);
        house.act("mia", &frame).await.unwrap();
        for inbound in house.hears_all().await {
            assert!(keys.insert(inbound.key.clone()), "{} again", inbound.key);
        }
        house = house.restarted().await;
    }
    assert_eq!(keys.len(), 9);
}

#[tokio::test]
async fn an_act_that_cannot_be_kept_is_neither_shown_nor_heard() {
    let house = House::settled().await;
    house.paper.torn.store(true, Ordering::SeqCst);
    assert!(house.say("mia", "help", "hello").await.unwrap_err().contains("could not be kept"));
    house.act("mia", r#"{"do":"clock","forward_ms":60000}"#).await.unwrap_err();
    house.paper.torn.store(false, Ordering::SeqCst);
    assert!(house.seen_by("mia").await.is_empty() && house.hears_all().await.is_empty());
    house.say("mia", "help", "/points").await.unwrap();
    assert_eq!(house.dial.offset(), Duration::ZERO);
    assert_eq!(house.restarted().await.dial.offset(), Duration::ZERO);
}

#[tokio::test]
async fn the_clock_moves_forward_and_stays_there() {
    let house = House::settled().await;
    let mut tab = house.playground.enter("sam").unwrap();
    waiting(&mut tab).await;
    house.act("mia", r#"{"do":"clock","forward_ms":60000}"#).await.unwrap();
    let due = NOON + Duration::from_mins(10);
    *house.dial.next.lock().unwrap() = Some(due);
    house.act("mia", r#"{"do":"clock","to_next":true}"#).await.unwrap();
    assert_eq!(house.dial.now(), due);
    house.act("mia", r#"{"do":"clock","to_next":true}"#).await.unwrap();
    assert_eq!(house.dial.now(), due, "what is due already waits for no clock");
    let offset = |frame: &ServerFrame| {
        let ServerFrame::Clock(hour) = frame else { panic!("{frame:?} is no clock") };
        hour.offset_ms
    };
    let offsets: Vec<_> = waiting(&mut tab).await.iter().map(|frame| offset(frame)).collect();
    assert_eq!(offsets, [60_000, 600_000, 600_000]);
    assert_eq!(house.restarted().await.dial.now(), due);
}

#[tokio::test]
async fn the_oldest_posts_fall_off_what_is_shown() {
    let mut house = House::settled().await;
    for number in 0..=POSTS_LIMIT {
        house.say("mia", "general", &format!("number {number}")).await.unwrap();
        if number % (UNHEARD_LIMIT / 2) == 0 {
            house.hears_all().await;
        }
    }
    for _ in 0..2 {
        let seen = house.seen_by("mia").await;
        assert_eq!(seen.len(), POSTS_LIMIT);
        assert_eq!(seen[0].pieces, Words::plain("number 1"));
        house = house.restarted().await;
    }
}
