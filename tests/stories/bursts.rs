//! People ask in bursts and talk in crowds: what is one question, and what is none.
#![expect(clippy::expect_used, reason = "a question that is not kept is no story")]

use std::time::Duration;

use super::people::{JONAS, KAI, MIA, PRIYA, Person, ROBIN, SAM};
use super::world::{World, minutes};

const SECONDS: Duration = Duration::from_secs(8);

/// How often the ambassadors have been told of a new question.
fn calls(transcript: &str) -> usize {
    transcript.matches("has a question in #help").count()
}

/// What the newest question says.
async fn question(world: &World) -> String {
    let case = world.cases().await.pop().expect("there is a case");
    let mut tx = world.store().read().await.expect("reads");
    tx.question(case).await.expect("reads").expect("it is kept").body
}

/// What is kept of the lines that led up to it.
async fn lead(world: &World) -> Vec<String> {
    let case = world.cases().await.pop().expect("there is a case");
    let mut tx = world.store().read().await.expect("reads");
    tx.lead(case).await.expect("reads").into_iter().map(|said| said.body).collect()
}

/// Mia's three lines, the last of which makes a question of the others; gives back the second.
async fn mia_asks_in_three_lines(world: &mut World) -> askaround::domain::ids::PlatformKey {
    world.says(MIA, "help", "hi").await;
    world.advance(SECONDS).await;
    let second = world.says(MIA, "help", "so my Lumen sits on a boat mast").await;
    world.advance(SECONDS).await;
    world.says(MIA, "help", "any ideas how to mount it").await;
    second
}

#[tokio::test]
async fn three_lines_in_one_breath_are_one_question() {
    let mut world = World::lumen().await;
    let second = mia_asks_in_three_lines(&mut world).await;
    assert_eq!(world.cases().await.len(), 1);
    let transcript = world.transcript();
    assert_eq!(calls(&transcript), 1, "{transcript}");
    let whole = "> hi\n    > so my Lumen sits on a boat mast\n    > any ideas how to mount it";
    assert!(transcript.contains(whole), "helpers read all of it\n{transcript}");
    // A fourth line adds to the case and opens none.
    world.advance(SECONDS).await;
    world.says(MIA, "help", "it wobbles in the wind").await;
    assert_eq!(world.cases().await.len(), 1);
    // A reply to any of the lines is an answer to the question.
    world.replies(KAI, "help", &second, "There is a mast bracket in the shop.").await;
    world.says(MIA, "help", "thanks, that helped!").await;
    assert!(world.balance(KAI).await > 0, "{}", world.transcript());
}

#[tokio::test]
async fn a_line_of_a_burst_that_is_edited_or_deleted_is_not_asked_any_more() {
    let mut world = World::lumen().await;
    let second = mia_asks_in_three_lines(&mut world).await;
    world.edits(MIA, "help", &second, "so my Lumen sits on a tall chimney").await;
    let chimney = "so my Lumen sits on a tall chimney";
    assert_eq!(question(&world).await, format!("hi\n{chimney}\nany ideas how to mount it"));
    assert_eq!(lead(&world).await, ["hi", chimney]);
    world.deletes(MIA, "help", &second).await;
    assert_eq!(question(&world).await, "hi\nany ideas how to mount it");
    assert_eq!(lead(&world).await, ["hi", ""]);
    assert_eq!(world.cases().await.len(), 1);
}

#[tokio::test]
async fn lines_of_others_or_of_another_hour_lead_up_to_nothing() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "so my boat is finally in the water").await;
    world.advance(minutes(60)).await;
    world.says(JONAS, "help", "lovely weather for it").await;
    world.says(MIA, "help", "any ideas how to mount a Lumen there?").await;
    let transcript = world.transcript();
    assert_eq!(calls(&transcript), 1, "{transcript}");
    assert!(transcript.contains("> any ideas how to mount a Lumen there?"), "{transcript}");
    assert!(!transcript.contains("> so my boat"), "{transcript}");
    assert!(!transcript.contains("> lovely weather"), "{transcript}");
}

#[tokio::test]
async fn after_a_crash_a_burst_has_lost_its_beginning_and_not_its_question() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "so my Lumen sits on a boat mast").await;
    world.restart().await;
    world.says(MIA, "help", "any ideas how to mount it").await;
    assert_eq!(world.cases().await.len(), 1);
    assert!(world.transcript().contains("> any ideas how to mount it"));
}

#[tokio::test]
async fn to_two_hundred_lines_of_chatter_the_bot_keeps_still() {
    let mut world = World::lumen().await;
    let people: [Person; 6] = [MIA, JONAS, KAI, PRIYA, SAM, ROBIN];
    let chatter: Vec<&str> = include_str!("chatter.txt").lines().collect();
    assert!(chatter.len() >= 200, "{}", chatter.len());
    for (at, line) in chatter.iter().enumerate() {
        let who = people.get(at % people.len()).copied().unwrap_or(MIA);
        world.says(who, "help", line).await;
        world.advance(SECONDS).await;
    }
    let transcript = world.transcript();
    assert!(!transcript.contains("Lumen:"), "{transcript}");
    assert!(world.cases().await.is_empty());
    // And it still hears the one line that asks.
    world.says(MIA, "help", "does anybody know how I can mount my Lumen on a boat mast?").await;
    assert_eq!(world.cases().await.len(), 1);
}

#[tokio::test]
async fn whoever_asks_too_little_is_told_once_a_month_how_to_ask() {
    let mut world = World::lumen().await;
    let coached = |transcript: &str| transcript.matches("Which product is it").count();
    world.says(MIA, "help", "can someone help me please?").await;
    let transcript = world.transcript();
    assert_eq!((calls(&transcript), coached(&transcript)), (1, 1), "{transcript}");
    world.advance(minutes(60 * 24 * 8)).await;
    world.restart().await;
    world.hush();
    world.says(MIA, "help", "can anyone help me please?").await;
    let transcript = world.transcript();
    assert_eq!((calls(&transcript), coached(&transcript)), (1, 0), "{transcript}");
    world.advance(minutes(60 * 24 * 25)).await;
    world.hush();
    world.says(MIA, "help", "could someone help me please?").await;
    assert_eq!(coached(&world.transcript()), 1, "a month has gone by");
    // Whoever says what it is about never hears it.
    world.hush();
    world.says(JONAS, "help", "kann mir jemand sagen, wie ich den Lumen am Mast befestige?").await;
    let transcript = world.transcript();
    assert!(!transcript.contains("Um welches Gerät"), "{transcript}");
}
