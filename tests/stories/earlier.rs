//! The second asker of anything is led to the first one's answer: only to what was solved, still
//! stands, and everybody here can read; and nobody's words are repeated.

use askaround::domain::ids::{BotId, PlatformKey};
use askaround::domain::words::Piece;
use askaround::platform::Thread;
use askaround::runtime::sweep;

use super::people::{JONAS, KAI, MIA, PRIYA, ROBIN, SAM};
use super::world::{World, minutes};

const QUESTION: &str = "Is there a way to hang my Lumen on the mast of a sailing boat?";
const AGAIN: &str = "Can I hang my Lumen on the mast of a sailing boat?";
const POINTED: &str = "much the same was asked here before";

/// Mia asks in a channel, Priya answers, and it helped; gives back question and answer.
async fn solved_in(world: &mut World, channel: &str) -> (PlatformKey, PlatformKey) {
    let asked = world.says(MIA, channel, QUESTION).await;
    let said = world.replies(PRIYA, channel, &asked, "Take the pole bracket.").await;
    world.presses(MIA, "That solved it").await;
    (asked, said)
}

/// Asks again, and whether an earlier case was pointed to; then the question is out of the way.
async fn is_pointed(world: &mut World, question: &str) -> bool {
    world.hush();
    let message = world.says(JONAS, "help", question).await;
    let pointed = world.transcript().contains(POINTED);
    world.deletes(JONAS, "help", &message).await;
    pointed
}

#[tokio::test]
async fn the_second_asker_is_led_to_the_first_ones_answer() {
    let mut world = World::lumen().await;
    let (_, said) = solved_in(&mut world, "help").await;
    world.hush();
    world.says(JONAS, "help", AGAIN).await;
    let post = world.bot_post("help", POINTED);
    let words = {
        let square = world.square.look();
        let post = square.posts.iter().find(|posted| posted.key == post).expect("it is there");
        post.words.clone()
    };
    let leads = |piece: &Piece| {
        let Piece::Message { channel, message, .. } = piece else { return false };
        (channel.as_str(), message) == ("help", &said)
    };
    assert!(words.0.iter().any(leads), "{words:?}");
    world.presses(JONAS, "That solved it").await;
    world.types(ROBIN, "lobby", &format!("/askaround case {}", world.newest_case().await)).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Jonas: Can I hang my Lumen on the mast of a sailing boat?
    #help Lumen: @Jonas, much the same was asked here before:
        Solved on 2026-11-02: see the answer
        Found automatically among earlier questions of this community. If it doesn’t help, press “Ask a person”. If I hear nothing from you, I’ll ask people in 3 minutes. [That solved it] [Ask a person] [Me too]
    #help Jonas presses [That solved it]
    #help Lumen: Back in the light, @Jonas ✨ I’ve marked your question as solved. [👍] [👎]
    #lobby Robin types /askaround case CASE
    #lobby Lumen (only robin sees this): CASE: @Jonas in #help, a moment ago. It is solved.
        The question:
        > Can I hang my Lumen on the mast of a sailing boat?
        
        — a moment ago
        @Jonas asked in #help.
        An earlier question was pointed to, which had been solved: CASE
        @Jonas said that the earlier question solved it.
        /askaround case CASE do: close, return, escalate, solved, retract or restore; endorse, grant or take with who:, points and a reason.
    ");
}

#[tokio::test]
async fn whoever_is_not_helped_by_it_is_brought_to_people() {
    let mut world = World::lumen().await;
    solved_in(&mut world, "help").await;
    world.hush();
    world.says(JONAS, "help", AGAIN).await;
    assert!(world.transcript().contains(POINTED));
    world.presses(JONAS, "Ask a person").await;
    assert!(world.transcript().contains("has a question in #help"));
    world.says(KAI, "help", AGAIN).await;
    world.hush();
    world.advance(minutes(4)).await;
    assert!(world.transcript().contains("I’ve asked"), "and so is whoever says nothing");
}

#[tokio::test]
async fn another_question_is_pointed_nowhere() {
    let mut world = World::lumen().await;
    solved_in(&mut world, "help").await;
    for question in [
        "Is there a way to make the lights on the front purple?",
        "Does anybody know whether the app runs on a boat computer with Linux?",
        "How much is the postage for a router to Norway?",
    ] {
        assert!(!is_pointed(&mut world, question).await, "{question}");
    }
    assert!(is_pointed(&mut world, AGAIN).await);
}

#[tokio::test]
async fn it_outlives_the_program() {
    let mut world = World::lumen().await;
    solved_in(&mut world, "help").await;
    world.restart().await;
    assert!(is_pointed(&mut world, AGAIN).await);
}

#[tokio::test]
async fn what_was_deleted_is_pointed_to_no_more() {
    for delete_answer in [false, true] {
        let mut world = World::lumen().await;
        let (asked, said) = solved_in(&mut world, "help").await;
        assert!(is_pointed(&mut world, AGAIN).await);
        if delete_answer {
            world.deletes(PRIYA, "help", &said).await;
        } else {
            world.deletes(MIA, "help", &asked).await;
        }
        assert!(!is_pointed(&mut world, AGAIN).await, "answer deleted: {delete_answer}");
    }
}

#[tokio::test]
async fn what_is_open_again_or_was_never_solved_is_pointed_to_by_nobody() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", QUESTION).await;
    assert!(!is_pointed(&mut world, AGAIN).await, "nobody has answered");
    world.replies(PRIYA, "help", &asked, "Take the pole bracket.").await;
    world.presses(MIA, "That solved it").await;
    assert!(is_pointed(&mut world, AGAIN).await);
    world.replies(MIA, "help", &asked, "It does not work, it still falls off!").await;
    assert!(!is_pointed(&mut world, AGAIN).await, "it was no solution");
}

#[tokio::test]
async fn nobody_is_led_where_they_cannot_read() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "vip", "/askaround watch").await;
    solved_in(&mut world, "vip").await;
    assert!(is_pointed(&mut world, AGAIN).await, "a watched channel is the community's");
    world.types(ROBIN, "vip", "/askaround watch mode:off").await;
    assert!(!is_pointed(&mut world, AGAIN).await, "and one that is not is none of it");

    let mut world = World::lumen().await;
    let thread =
        Thread { parent: "help".into(), parent_name: "help".to_owned(), root: None, private: true };
    world.threads.insert("between-us".to_owned(), thread);
    solved_in(&mut world, "between-us").await;
    assert!(!is_pointed(&mut world, AGAIN).await, "a private thread is of those in it");
}

#[tokio::test]
async fn what_staff_solved_leads_to_what_was_said_in_the_open() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", QUESTION).await;
    world.advance(minutes(30)).await;
    world.presses(SAM, "I’ll take it").await;
    let dossier = world.bot_post("staff", "mast of a sailing boat");
    world.replies(SAM, "staff", &dossier, "Take the pole bracket.").await;
    let told = world.bot_post("help", "Take the pole bracket.");
    world.presses(MIA, "That solved it").await;
    world.says(JONAS, "help", AGAIN).await;
    let post = world.bot_post("help", POINTED);
    let square = world.square.look();
    let post = square.posts.iter().find(|posted| posted.key == post).expect("it is there");
    let leads = |piece: &Piece| matches!(piece, Piece::Message { message, .. } if *message == told);
    assert!(post.words.0.iter().any(leads), "not to the desk: {:?}", post.words);
}

#[tokio::test]
async fn whoever_asks_again_has_read_the_first_answer() {
    let mut world = World::lumen().await;
    solved_in(&mut world, "help").await;
    world.hush();
    world.says(MIA, "help", AGAIN).await;
    assert!(!world.transcript().contains(POINTED));
}

#[tokio::test]
async fn words_whose_time_is_over_are_compared_with_nothing() {
    let mut world = World::lumen().await;
    solved_in(&mut world, "help").await;
    let community = {
        let mut tx = world.store().read().await.expect("reads");
        let communities = tx.communities_of(&BotId::from("lumen")).await.expect("reads");
        *communities.first().expect("the town")
    };
    assert_eq!(world.engine().recalled(community), 1);
    world.advance(minutes(60 * 24 * 91)).await;
    sweep(world.engine()).await.expect("sweeps");
    assert_eq!(world.engine().recalled(community), 0, "not in memory either");
    assert!(!is_pointed(&mut world, AGAIN).await);
}

#[tokio::test]
async fn people_whom_it_did_not_help_make_the_bot_more_careful_with_it() {
    let mut world = World::lumen().await;
    solved_in(&mut world, "help").await;
    let mut rounds = 0;
    loop {
        world.hush();
        let message = world.says(JONAS, "help", AGAIN).await;
        if !world.transcript().contains(POINTED) {
            break;
        }
        world.presses(JONAS, "Ask a person").await;
        world.deletes(JONAS, "help", &message).await;
        rounds += 1;
        assert!(rounds < 60, "sixty people in vain, and it is still pointed to");
    }
    assert!(rounds > 1, "one bad pointer silences nobody, {rounds} did");
}
