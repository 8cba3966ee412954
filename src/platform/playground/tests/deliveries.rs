//! What the bot says, and to whom.

use super::*;
use crate::domain::words::Piece;
use crate::platform::DeliveryError;

#[tokio::test]
async fn one_outbox_row_is_one_post_however_often_it_is_delivered() {
    let mut house = House::settled().await;
    for (id, act) in [(1, post("hello")), (2, private("mia", "hello"))] {
        let delivery = delivery(id, "help", act);
        let first = house.playground.deliver(&delivery).await.unwrap();
        assert_eq!(house.playground.deliver(&delivery).await.unwrap(), first);
        house = house.restarted().await;
        assert_eq!(house.playground.deliver(&delivery).await.unwrap(), first);
        let seen = house.seen_by("mia").await;
        assert_eq!(seen.iter().filter(|post| Some(&post.key) == first.message.as_ref()).count(), 1);
    }
}

#[tokio::test]
async fn an_edit_replaces_words_and_buttons_of_the_bots_own_post() {
    let house = House::settled().await;
    house.playground.deliver(&delivery(1, "help", private("mia", "solved?"))).await.unwrap();
    let mut tab = house.playground.enter("mia").unwrap();
    waiting(&mut tab).await;
    for _ in 0..2 {
        let receipt = house.playground.deliver(&delivery(2, "help", edit("o1", "fine"))).await;
        assert_eq!(receipt.unwrap().message, Some(key("o1")));
    }
    let [ServerFrame::Changed { post }] =
        &waiting(&mut tab).await.iter().map(|f| (**f).clone()).collect::<Vec<_>>()[..]
    else {
        panic!("not one change")
    };
    assert_eq!(post.pieces, Words::plain("fine"));
    assert!(post.buttons.is_empty() && post.private && post.edited);
    assert!(house.seen_by("kai").await.is_empty());
}

#[tokio::test]
async fn what_cannot_be_delivered_says_why() {
    let house = House::settled().await;
    house.say("mia", "help", "hello").await.unwrap();
    let mias = house.seen_by("mia").await[0].key.clone();
    let mut stranger = delivery(1, "help", post("hello"));
    stranger.community = key("elsewhere");
    let mut buttons = post("hello");
    if let Act::Post { buttons, .. } = &mut buttons {
        buttons.push(face(&"x".repeat(65)));
    }
    for (delivery, gone) in [
        (stranger, true),
        (delivery(2, "nowhere", post("hello")), true),
        (delivery(3, "nowhere", private("mia", "hello")), true),
        (delivery(4, "help", private("nobody", "hello")), true),
        (delivery(5, "help", edit("o404", "hello")), true),
        (delivery(6, "help", edit(mias.as_str(), "hello")), false),
        (delivery(7, "help", buttons), false),
    ] {
        match house.playground.deliver(&delivery).await {
            Err(DeliveryError::Gone { .. }) => assert!(gone, "{delivery:?}"),
            Err(DeliveryError::Refused { .. }) => assert!(!gone, "{delivery:?}"),
            other => panic!("{delivery:?} → {other:?}"),
        }
    }
    house.paper.torn.store(true, Ordering::SeqCst);
    let unkept = house.playground.deliver(&delivery(8, "help", post("hello"))).await;
    assert!(matches!(unkept, Err(DeliveryError::Retry { .. })));
    assert_eq!(house.seen_by("mia").await.len(), 1);
}

#[tokio::test]
async fn a_private_post_is_shown_where_its_reader_is() {
    let house = House::settled().await;
    for (id, channel, to, shown_in) in
        [(1, "help", "mia", "help"), (2, "staff", "sam", "staff"), (3, "staff", "mia", "help")]
    {
        house.playground.deliver(&delivery(id, channel, private(to, "psst"))).await.unwrap();
        for person in house.playground.people() {
            let seen = house.seen_by(person.key).await;
            let place = seen.iter().find(|post| post.key == key(&format!("o{id}")));
            let place = place.map(|post| post.channel.as_str());
            assert_eq!(place, (person.key == to).then_some(shown_in), "{} {id}", person.key);
        }
    }
}

#[tokio::test]
async fn only_those_are_pinged_whom_the_engine_chose_and_who_can_look() {
    let house = House::settled().await;
    let person = |who: &str| Piece::Person { key: key(who), name: who.to_owned(), ping: true };
    let act = Act::Post {
        words: Words(vec![person("kai"), person("mia"), person("lena")]),
        reply_to: Some(key("p404")),
        buttons: vec![],
        ping: vec![key("kai"), key("mia"), key("nobody")],
    };
    house.playground.deliver(&delivery(1, "ambassadors", act)).await.unwrap();
    let post = house.seen_by("kai").await.pop().unwrap();
    assert_eq!(post.pings, [key("kai")]);
    assert_eq!(post.reply_to, None);
    let lit: Vec<_> = post
        .pieces
        .0
        .iter()
        .map(|piece| matches!(piece, Piece::Person { ping: true, .. }))
        .collect();
    assert_eq!(lit, [true, false, false]);
}

#[tokio::test]
async fn a_long_hand_off_is_shown_whole() {
    let house = House::settled().await;
    let words = "x".repeat(10_000);
    house.playground.deliver(&delivery(1, "staff", post(&words))).await.unwrap();
    assert_eq!(house.seen_by("sam").await[0].pieces, Words::plain(words));
}
