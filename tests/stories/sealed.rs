//! Words under a key: people read the same, and the database tells nobody.
#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use askaround::runtime::take_over_texts;
use askaround::store::{TextKey, TextKeys};
use tokio_util::sync::CancellationToken;

use super::main_story::{by_channel, the_story};
use super::people::MIA;
use super::world::World;

/// What people wrote in it, and what the bot said of it.
const WORDS: [&str; 4] =
    ["dropping the connection", "night schedule", "lights on the front", "planned for spring"];

fn keys(current: Option<&TextKey>, old: &[TextKey]) -> TextKeys {
    TextKeys::new(current, old).expect("they are keys")
}

async fn kept(world: &World) -> Vec<&'static str> {
    let mut kept = Vec::new();
    for words in WORDS {
        if world.keeps(words).await {
            kept.push(words);
        }
    }
    kept
}

#[tokio::test]
async fn under_a_key_people_read_the_same_and_the_database_says_nothing() {
    let mut open = World::lumen().await;
    let read = the_story(&mut open).await;
    assert_eq!(kept(&open).await, WORDS, "without a key they are there to be read");

    let (first, second) = (TextKey::new().unwrap(), TextKey::new().unwrap());
    let mut world = World::lumen().await;
    world.restart_with(keys(Some(&first), &[])).await;
    let told = the_story(&mut world).await;
    assert_eq!(by_channel(&told), by_channel(&read));
    assert_eq!(kept(&world).await, [""; 0], "with one they are not");

    // Another key, while people go on; then the first one is needed no more.
    let stop = CancellationToken::new();
    world.restart_with(keys(Some(&second), std::slice::from_ref(&first))).await;
    assert!(!world.store().texts_are_whole().await.unwrap());
    world.says(MIA, "help", "Why does my router blink in the night schedule?").await;
    take_over_texts(world.engine(), &stop).await.unwrap();
    assert!(world.store().texts_are_whole().await.unwrap());
    world.restart_with(keys(Some(&second), &[])).await;
    assert_eq!(kept(&world).await, [""; 0]);
    let case = world.cases().await[0];
    let mut tx = world.store().read().await.unwrap();
    let question = tx.question(case).await.unwrap().unwrap();
    assert!(question.body.contains("dropping the connection"), "it is read as ever");
    drop(tx);

    // And none at all.
    world.restart_with(keys(None, std::slice::from_ref(&second))).await;
    take_over_texts(world.engine(), &stop).await.unwrap();
    world.restart_with(TextKeys::default()).await;
    assert_eq!(kept(&world).await, WORDS);
}
