//! One community moves out and another one in.

use super::*;
use crate::platform::playground::{House as Home, Keeper, Refusal, Shelf};

struct Nobody;

impl Keeper for Nobody {
    fn shelf(&self) -> Doing<'_, Shelf> {
        Box::pin(async { Shelf::default() })
    }

    fn open<'a>(&'a self, _: Option<&'a str>, _: bool) -> Doing<'a, Result<(), Box<Refusal>>> {
        Box::pin(async { Ok(()) })
    }
}

#[tokio::test]
async fn the_tabs_of_the_community_before_are_told_to_follow_once_and_hear_nothing_more() {
    let (old, new) = (House::settled().await, House::settled().await);
    let home = Home::new(Arc::clone(&old.playground), Arc::new(Nobody));
    let mut greeted = home.enter("mia").unwrap();
    assert!(matches!(&*greeted.next().await, ServerFrame::Hello(_)));
    let mut not_yet_greeted = home.enter("kai").unwrap();
    old.playground.close();
    let refused = old.say("mia", "help", "hello").await.unwrap_err();
    assert!(refused.starts_with("The community is being opened anew."), "{refused}");
    home.move_in(Arc::clone(&new.playground));
    for tab in [&mut greeted, &mut not_yet_greeted] {
        let frames = waiting(tab).await;
        assert!(matches!(&*frames[0], ServerFrame::Moved), "{frames:?}");
        assert!(!frames.iter().skip(1).any(|frame| matches!(&**frame, ServerFrame::Moved)));
    }
    new.say("mia", "help", "hello").await.unwrap();
    let mut there = home.enter("mia").unwrap();
    let hello = there.next().await;
    let ServerFrame::Hello(hello) = &*hello else { panic!("{hello:?}") };
    assert_eq!(hello.posts.len(), 1, "whoever comes now is in the new one");
    assert!(Arc::ptr_eq(&home.live(), &new.playground));
}

#[tokio::test]
async fn a_tour_asks_as_somebody_who_writes_that_language() {
    let house = House::settled().await;
    let roster = serde_json::to_value(house.playground.describe()).unwrap();
    assert_eq!(
        roster["tours"],
        serde_json::json!([{ "language": "de", "by": "jonas", "odd": "Und mein Goldfisch?",
            "question": ["Wie heißt mein WLAN?", "Der Name des WLANs"] }])
    );
}
