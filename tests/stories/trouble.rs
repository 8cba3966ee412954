//! What goes wrong: platforms that refuse, inputs that make no sense, words that are no question.

use std::time::Duration;

use askaround::domain::ids::PlatformKey;
use askaround::platform::{DeliveryError, Fate, Message, What};

use super::people::{JONAS, KAI, MIA, PRIYA};
use super::world::{World, minutes};

const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

fn message(key: &str, text: &str) -> What {
    What::Said(Message {
        key: PlatformKey::from(key),
        text: text.to_owned(),
        reply_to: None,
        mentions_bot: false,
        opens_post: false,
        wordless: false,
    })
}

#[tokio::test]
async fn to_chatter_the_bot_says_nothing() {
    let mut world = World::lumen().await;
    for line in [
        "hi all",
        "good morning everyone!",
        "lol",
        "anyone here?",
        "how are you doing?",
        "thanks!",
        "nice weather today, isn't it?",
        "I love my new router, works like a charm",
        "brb coffee",
        "https://example.org/cat.gif",
        "ok",
        "👍👍👍",
    ] {
        let fate = world.hands_over(JONAS, "help", message(line, line)).await;
        assert_eq!(fate, Fate::Dropped("not a question for us"), "{line}");
    }
    let fate = world.hands_over(MIA, "general", message("g", QUESTION)).await;
    assert_eq!(fate, Fate::Dropped("not watched"), "nothing is said outside watched channels");
    assert_eq!(world.transcript(), "");
    let dropped = world.engine().meters().dropped("lumen", "square", "not a question for us");
    assert_eq!(dropped, 12, "every discarded input is counted with its reason");
}

#[tokio::test]
async fn a_message_of_a_megabyte_is_survived_and_answered() {
    let mut world = World::lumen().await;
    let long = format!("{QUESTION} {}", "very ".repeat(200_000));
    assert!(long.len() > 1_000_000);
    world.says(MIA, "help", &long).await;
    world.presses(MIA, "Ask a person").await;
    let call = world.bot_post("ambassadors", "keeps dropping the connection");
    assert!(!call.as_str().is_empty());
}

#[tokio::test]
async fn the_same_update_again_changes_nothing() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", QUESTION).await;
    world.presses(MIA, "Ask a person").await;
    let pinged = world.pings_of(KAI);
    let before = world.commits();
    world.restart().await;
    world.rest().await;
    assert_eq!((world.pings_of(KAI), world.commits()), (pinged, before), "nothing was left open");
}

#[tokio::test]
async fn a_button_that_means_nothing_and_one_of_long_ago_are_answered_kindly() {
    let mut world = World::lumen().await;
    for data in ["", "a:take:zzz", "a:take:0", "b:take:1", "<script>"] {
        world.presses_data(MIA, "help", data).await;
    }
    world.says(MIA, "help", QUESTION).await;
    world.hush();
    let data = world.data_of(MIA, "That solved it");
    world.presses_data(PRIYA, "help", &data).await;
    world.presses_data(MIA, "help", &data).await;
    world.presses_data(MIA, "help", &data).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Priya presses an old button
    #help Lumen (only priya sees this): Only the person who asked can decide that.
    #help Mia presses an old button
    #help Lumen: Back in the light, @Mia ✨ I’ve marked your question as solved. [👍] [👎]
    #help Mia presses an old button
    #help Lumen (only mia sees this): This question is closed. If something is still open, please ask anew.
    ");
}

#[tokio::test]
async fn a_platform_that_is_away_is_asked_again_in_order_and_nothing_is_lost() {
    let mut world = World::lumen().await;
    let away = || DeliveryError::Retry { after: Some(Duration::from_mins(1)), why: "429".into() };
    world.platform_fails(vec![away(), away()]);
    world.says(MIA, "help", QUESTION).await;
    assert!(!world.transcript().contains("Lumen:"), "not yet");
    world.advance(Duration::from_secs(130)).await;
    assert!(world.transcript().contains("#help Lumen: @Mia"), "but after two pauses");
}

#[tokio::test]
async fn a_ping_of_unknown_fate_is_not_repeated_but_a_hand_off_is() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", QUESTION).await;
    let lost = || DeliveryError::Unknown { why: "connection reset".into() };
    // The call and what is said with it: the customer's line may repeat, the ping may not.
    world.platform_fails(vec![lost(), lost(), lost()]);
    world.presses(MIA, "Ask a person").await;
    world.advance(minutes(1)).await;
    assert_eq!(world.pings_of(KAI), 0, "a ping may be missed, never doubled");
    world.platform_fails(vec![lost(), lost(), lost()]);
    world.types(MIA, "help", "/human").await;
    world.advance(minutes(1)).await;
    assert!(world.transcript().contains("#staff Lumen"), "the desk got its dossier");
}

#[tokio::test]
async fn what_a_platform_will_never_take_is_given_up_counted_and_shown() {
    let mut world = World::lumen().await;
    world.platform_fails(vec![DeliveryError::Refused { why: "missing rights".into() }]);
    world.says(MIA, "help", QUESTION).await;
    world.hush();
    world.types(super::people::ROBIN, "help", "/askaround status").await;
    assert!(
        world.transcript().contains("One message could not be delivered"),
        "status tells the moderator"
    );
}

#[tokio::test]
async fn an_input_that_cannot_be_handled_is_parked_and_stops_nothing() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", QUESTION).await;
    world.break_case_documents().await;
    let data = world.data_of(MIA, "That solved it");
    let fate = world.hands_over_press(MIA, "help", &data).await;
    assert_eq!(fate, Fate::Parked);
    let fate = world.hands_over(JONAS, "help", message("j1", "how do I change the wifi password?"));
    assert_eq!(fate.await, Fate::Handled, "the next one is served");
}

#[tokio::test]
async fn a_deleted_question_is_withdrawn_and_an_edit_reaches_the_dossier() {
    let mut world = World::lumen().await;
    let first = world.says(MIA, "help", QUESTION).await;
    world.deletes(MIA, "help", &first).await;
    let second = world.says(MIA, "help", "Can I use my Lumen Go on a ferry?").await;
    world.edits(MIA, "help", &second, "Can I use my Lumen Go on a ferry to Sweden?").await;
    world.types(MIA, "help", "/human").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: My Lumen Air keeps dropping the connection at night, what can I do?
    #help Lumen: @Mia, this may already be your answer:
        
        Wi-Fi keeps dropping or disconnects at night (https://help.lumen.example/wifi-drops)
        First find out what drops. If the light turns orange, the line is failing, not the Wi-Fi. If it stays white and only Wi-Fi devices lose contact, the cause is usually a crowded channel, a schedule or the nightly update.
        Picked automatically from our help pages. If it doesn’t help, press “Ask a person”. If I hear nothing from you, I’ll ask people in 3 minutes. [That solved it] [Ask a person] [Me too]
    #help Mia deletes a message
    #help Mia: Can I use my Lumen Go on a ferry?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔 @Priya🔔
        @Mia has a question in #help:
        > Can I use my Lumen Go on a ferry?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Mia edits: Can I use my Lumen Go on a ferry to Sweden?
    #help Mia types /human
    #help Lumen: @Mia, I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Can I use my Lumen Go on a ferry to Sweden?
        
        Why it’s here: @Mia asked for our team.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Volunteers called: 2.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}

#[tokio::test]
async fn a_call_that_comes_late_lets_whoever_has_gone_to_rest_sleep() {
    let mut world = World::lumen().await;
    world.types(KAI, "ambassadors", "/ambassador hours 13:01-20:00 Europe/Berlin").await;
    let busy = |_| DeliveryError::Retry {
        after: Some(Duration::from_mins(2)),
        why: "too many requests".to_owned(),
    };
    world.platform_fails((0..2).map(busy).collect());
    world.says(MIA, "help", "Is there a way to make the lights on the front purple?").await;
    assert_eq!((world.pings_of(KAI), world.pings_of(PRIYA)), (0, 0), "nothing has been sent");
    world.advance(minutes(3)).await;
    assert_eq!(world.pings_of(PRIYA), 1);
    assert_eq!(world.pings_of(KAI), 0, "their quiet hours began while the platform was busy");
}
