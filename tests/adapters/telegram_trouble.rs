//! Stories of trouble on Telegram: what is lost, doubled, late, refused or cut off in the middle.

use std::time::Duration;

use askaround::platform::telegram::Pace;

use crate::telegram_live::{ODD, QUESTION, Story};
use crate::telegram_town::people::Told;
use crate::telegram_town::rest::Fault;

const SUGGESTED: &str = "Mia, this may already be your answer";

#[tokio::test]
async fn a_question_that_is_gone_before_it_is_replied_to_is_answered_all_the_same() {
    let story = Story::begins().await;
    story.town.fails(&format!("sendMessage {}", story.help), Fault::Limited(1));
    let asked = story.town.says(story.mia, story.help, QUESTION);
    story.town.until("a refused try", |state| state.faults.is_empty().then_some(())).await;
    story.town.deletes(story.mia, story.help, asked);
    story.clock.forward(Duration::from_secs(2));
    let suggested = story.reads(story.mia, story.help, SUGGESTED).await;
    assert_eq!(suggested.reply_to, None);
}

#[tokio::test]
async fn what_comes_twice_or_the_wrong_way_round_is_done_once() {
    let story = Story::begins().await;
    story.town.tells_twice(true);
    story.town.tells_backwards(true);
    let asked = story.asks_for_people().await;
    story.takes(story.kai).await;
    story.reads(story.mia, story.help, "has taken your question").await;
    story.town.replies(story.kai, story.help, asked, "Turn off the night schedule in the app.");
    story.reads(story.mia, story.help, "did the answer from").await;
    story.town.presses(story.mia, story.help, "That solved it");
    story.reads(story.mia, story.help, "+10 points, 10 in all").await;
    story.goes_on().await;
    for text in [SUGGESTED, "has taken your question", "+10 points", "did the answer"] {
        assert_eq!(story.count(story.mia, story.help, text), 1, "{text}");
    }
    assert_eq!(story.count(story.kai, story.helpers, "has a question in #Lumen"), 1);
}

#[tokio::test]
async fn what_was_received_and_not_committed_when_the_process_died_is_not_lost() {
    let mut story = Story::begins().await;
    // It has the update in hand, and asks who runs the group.
    story.town.promotes(story.owner, story.help, story.kai, &["can_pin_messages"]);
    story.town.connected().await;
    story.town.fails(&format!("getChatAdministrators {}", story.help), Fault::Held);
    story.town.says(story.mia, story.help, QUESTION);
    story.town.holds().await;
    story.dies().await;
    story.town.lets_go();
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 0);
    story.starts().await;
    story.reads(story.mia, story.help, SUGGESTED).await;
    story.goes_on().await;
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 1);
}

#[tokio::test]
async fn what_was_sent_and_not_settled_when_the_process_died_is_repeated_once_at_most() {
    let mut story = Story::begins().await;
    story.town.fails(&format!("sendMessage {}", story.help), Fault::Held);
    story.town.says(story.mia, story.help, QUESTION);
    story.town.holds().await;
    story.dies().await;
    story.town.lets_go();
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 1);
    story.starts().await;
    story.clock.forward(Duration::from_secs(3));
    story
        .town
        .until("the suggestion once more", |state| {
            let seen = state.seen_by(story.mia, story.help.into());
            let again = seen.iter().filter(|shown| shown.text.contains(SUGGESTED)).count();
            (again == 2).then_some(())
        })
        .await;
    // A call that may have been heard is not repeated: rather missed than twice.
    story.town.fails(&format!("sendMessage {}", story.helpers), Fault::Held);
    story.town.presses(story.mia, story.help, "Ask a person");
    story.town.holds().await;
    story.dies().await;
    story.town.lets_go();
    story.starts().await;
    story.clock.forward(Duration::from_secs(3));
    story.goes_on().await;
    assert_eq!(story.count(story.kai, story.helpers, "has a question in #Lumen"), 1);
}

#[tokio::test]
async fn a_limit_stops_its_own_chat_and_nothing_else() {
    let story = Story::begins().await;
    story.town.fails(&format!("sendMessage {}", story.help), Fault::Limited(1));
    story.town.says(story.mia, story.help, QUESTION);
    story.town.until("a refused try", |state| state.faults.is_empty().then_some(())).await;
    // The others are answered while that one rests.
    story.commands(story.kai, story.helpers, "/points", "points").await;
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 0);
    story.clock.forward(Duration::from_secs(2));
    story.reads(story.mia, story.help, SUGGESTED).await;
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 1);
}

#[tokio::test]
async fn a_connection_that_breaks_delays_what_somebody_waits_for() {
    let story = Story::begins().await;
    story.town.fails(&format!("sendMessage {}", story.help), Fault::CutBefore);
    story.town.says(story.mia, story.help, QUESTION);
    story.town.until("a broken try", |state| state.faults.is_empty().then_some(())).await;
    story.town.fails("getUpdates", Fault::CutBefore);
    story.clock.forward(Duration::from_secs(3));
    story.reads(story.mia, story.help, SUGGESTED).await;
    story.town.says(story.jonas, story.help, ODD);
    story.reads(story.jonas, story.help, "I’ve asked").await;
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 1);
}

#[tokio::test]
async fn a_server_in_trouble_is_asked_again_and_holds_up_nobody() {
    let story = Story::begins().await;
    story.town.fails("getUpdates", Fault::Broken(502));
    story.town.fails(&format!("sendMessage {}", story.help), Fault::Broken(502));
    let began = tokio::time::Instant::now();
    story.town.says(story.mia, story.help, QUESTION);
    story.town.until("a broken try", |state| state.faults.is_empty().then_some(())).await;
    story.commands(story.kai, story.helpers, "/points", "points").await;
    story.clock.forward(Duration::from_secs(3));
    story.reads(story.mia, story.help, SUGGESTED).await;
    assert_eq!(story.count(story.mia, story.help, SUGGESTED), 1);
    assert!(began.elapsed() < Duration::from_secs(10), "nobody sleeps over it");
}

#[tokio::test]
async fn a_press_that_nobody_can_answer_any_more_does_no_harm() {
    let story = Story::begins().await;
    story.asks_for_people().await;
    story.town.fails(
        "answerCallbackQuery",
        Fault::Refused(
            400,
            "Bad Request: query is too old \
        and response timeout expired or query ID is invalid",
        ),
    );
    story.town.presses(story.priya, story.helpers, "Pass");
    story.town.until("a refused answer", |state| state.faults.is_empty().then_some(())).await;
    let taken = story.town.presses(story.kai, story.helpers, "I’ll take it");
    story.is_told(story.kai, story.helpers, "It’s yours").await;
    assert_ne!(story.town.answered(&taken).await, Told::Waiting);
    story.reads(story.mia, story.help, "has taken your question").await;
}

#[tokio::test]
async fn the_bot_never_talks_faster_than_telegram_lets_it() {
    let mut story = Story::begins().await;
    story.stops().await;
    story.starts_with(Pace::default(), None).await;
    story.town.paces();
    for who in [story.mia, story.jonas, story.priya] {
        story.town.says(who, story.help, QUESTION);
    }
    for name in ["Mia", "Jonas", "Priya"] {
        story.reads(story.mia, story.help, &format!("{name}, th")).await;
    }
    assert_eq!(story.town.impatient(), 0);
}

#[tokio::test]
async fn a_second_program_with_the_same_token_only_delays() {
    let story = Story::begins().await;
    story.town.fails(
        "getUpdates",
        Fault::Refused(
            409,
            "Conflict: terminated by other getUpdates request; make sure that only one bot \
             instance is running",
        ),
    );
    story.goes_on().await;
    story.town.says(story.mia, story.help, QUESTION);
    story.reads(story.mia, story.help, SUGGESTED).await;
    assert!(story.town.has_failed());
    let told = "Another program fetches my updates with the same token";
    story.commands(story.robin, story.help, "/askaround status", told).await;
    story.clock.forward(Duration::from_mins(10));
    let told = story.commands(story.robin, story.team, "/askaround status", "Open questions").await;
    assert!(!told.contains("Another program"), "{told}");
}

#[tokio::test]
async fn a_quiet_week_and_a_number_from_anywhere_lose_nothing() {
    let story = Story::begins().await;
    story.goes_on().await;
    story.town.connected().await;
    story.clock.forward(Duration::from_hours(8 * 24));
    story.town.connected().await;
    story.town.counts_from(17);
    story.town.says(story.mia, story.help, QUESTION);
    story.reads(story.mia, story.help, SUGGESTED).await;
}
