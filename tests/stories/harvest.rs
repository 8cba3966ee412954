//! From an answer to an article: whoever gave it is asked, moderators word and publish it, the next
//! customer is helped by it, and all of it can be taken back.
#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use askaround::domain::ids::PlatformKey;
use askaround::domain::words::Piece;
use askaround::runtime::sweep;

use super::people::{JONAS, KAI, MIA, PRIYA, ROBIN};
use super::world::{Kill, World, minutes};

const QUESTION: &str = "Is there a way to hang my Lumen on the mast of a sailing boat?";
const ANSWER: &str = "Yes: take the bracket for poles from the shop, put rubber tape under it, and \
    let the antennas point up.";
const ASKED_AS: &str = "how do I hang the router on the mast of a boat?";
/// The same in the words of the next customer.
const AGAIN: &str = "can I hang the router on the mast of my boat?";

/// Mia asks, Priya answers, Mia says that it helped; gives back question and answer.
async fn solved(world: &mut World, answer: &str) -> (PlatformKey, PlatformKey) {
    let asked = world.says(MIA, "help", QUESTION).await;
    world.presses(PRIYA, "I’ll take it").await;
    let said = world.replies(PRIYA, "help", &asked, answer).await;
    world.presses(MIA, "That solved it").await;
    (asked, said)
}

/// The number of the answer that Priya is asked about.
fn offered(world: &World) -> String {
    let data = world.data_of(PRIYA, "Yes, use it");
    data.split(':').nth(2).expect("a case").to_owned()
}

/// And Priya's answer is an article; gives back its number and where the answer stands.
async fn published(world: &mut World) -> (String, PlatformKey) {
    let (_, said) = solved(world, ANSWER).await;
    let number = offered(world);
    world.presses(PRIYA, "Yes, use it").await;
    world
        .types(ROBIN, "lobby", &format!("/askaround knowledge {number} do:question {ASKED_AS}"))
        .await;
    world.types(ROBIN, "lobby", &format!("/askaround knowledge {number} do:publish")).await;
    (number, said)
}

/// Asks as the next customer, and whether the answer was shown as an article; then the question is
/// out of the way again.
async fn is_shown(world: &mut World) -> bool {
    world.hush();
    let message = world.says(JONAS, "help", AGAIN).await;
    let shown = world.transcript().contains("Answered by @Priya on 2026-11-02");
    world.deletes(JONAS, "help", &message).await;
    shown
}

async fn the_story(world: &mut World) -> String {
    solved(world, ANSWER).await;
    let number = offered(world);
    world.presses(PRIYA, "Yes, use it").await;
    world.types(ROBIN, "lobby", "/askaround knowledge").await;
    let review = format!("/askaround knowledge {number}");
    world.types(ROBIN, "lobby", &review).await;
    world.types(ROBIN, "lobby", &format!("{review} do:publish")).await;
    world.types(ROBIN, "lobby", &format!("{review} do:question {ASKED_AS}")).await;
    world.types(ROBIN, "lobby", &format!("{review} do:publish")).await;
    world.says(JONAS, "help", AGAIN).await;
    world.presses(JONAS, "That solved it").await;
    world.types(PRIYA, "ambassadors", "/points").await;
    world.transcript()
}

#[tokio::test]
async fn an_answer_becomes_an_article_that_helps_the_next_customer() {
    let mut world = World::lumen().await;
    insta::assert_snapshot!(the_story(&mut world).await, @"
    #help Mia: Is there a way to hang my Lumen on the mast of a sailing boat?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #help:
        > Is there a way to hang my Lumen on the mast of a sailing boat?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #help within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #help Lumen: @Mia, @Priya has taken your question and will answer here.
    #help Priya ↪: Yes: take the bracket for poles from the shop, put rubber tape under it, and let the antennas point up.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #ambassadors Lumen: @Priya, this answer could help others too. May moderators make a help page of it? It would name you and lead here, and you can take it back at any time. [Yes, use it] [No, thanks]
    #help Lumen: Solved 🎉 @Priya helped @Mia: +10 points, 10 in all. [👍] [👎]
    #ambassadors Priya presses [Yes, use it]
    #lobby Robin types /askaround knowledge
    #lobby Lumen (only robin sees this): CASE · a draft · still without a title · a moment ago
        /askaround knowledge number shows one.
    #lobby Robin types /askaround knowledge CASE
    #lobby Lumen (only robin sees this): CASE · a draft · answered by @Priya on 2026-11-02: see the answer
        It was asked in these words. They are the asker’s: say it in your own.
        > Is there a way to hang my Lumen on the mast of a sailing boat?
        
        The answer:
        > Yes: take the bracket for poles from the shop, put rubber tape under it, and let the antennas point up.
        
        /askaround knowledge CASE do:question how people ask for it, or do:title, do:body; then do:publish, do:withdraw or do:discard.
    #lobby Robin types /askaround knowledge CASE do:publish
    #lobby Lumen (only robin sees this): Nobody would find it yet. Say first how people ask for it: /askaround knowledge CASE do:question why does it go dark at night?
    #lobby Robin types /askaround knowledge CASE do:question how do I hang the router on the mast of a boat?
    #lobby Lumen (only robin sees this): CASE · a draft
        Title: how do I hang the router on the mast of a boat?
        To undo it: /askaround knowledge CASE do:revert
    #lobby Robin types /askaround knowledge CASE do:publish
    #lobby Lumen (only robin sees this): CASE · a help page
        To undo it: /askaround knowledge CASE do:withdraw
    #help Jonas: can I hang the router on the mast of my boat?
    #help Lumen: @Jonas, this may already be your answer:
        
        how do I hang the router on the mast of a boat?
        > Yes: take the bracket for poles from the shop, put rubber tape under it, and let the antennas point up.
        
        Answered by @Priya on 2026-11-02: see the answer
        Picked automatically from our help pages. If it doesn’t help, press “Ask a person”. If I hear nothing from you, I’ll ask people in 3 minutes. [That solved it] [Ask a person] [Me too]
    #help Jonas presses [That solved it]
    #help Lumen: Back in the light, @Jonas ✨ I’ve marked your question as solved. [👍] [👎]
    #help Lumen: That was @Priya’s answer: +4 points, 14 in all.
    #ambassadors Priya types /points
    #ambassadors Lumen (only priya sees this): You have 14 points and the rank Newcomer. Today: 14 of at most 80.
        36 more points to the rank Guide.
        • 4 points: an article of yours solved a question, a moment ago
        • 10 points: your answer solved a question, a moment ago
    ");
}

#[tokio::test]
async fn killed_at_any_commit_the_harvest_comes_to_the_same() {
    let mut undisturbed = World::lumen().await;
    the_story(&mut undisturbed).await;
    let (commits, balance) = (undisturbed.commits(), undisturbed.balance(PRIYA).await);
    for commit in (1..=commits).step_by(3) {
        for kill in [Kill::BeforeCommit(commit), Kill::AfterCommit(commit)] {
            let mut world = World::lumen_killed(kill).await;
            let told = the_story(&mut world).await;
            assert!(told.contains("Answered by @Priya"), "{kill:?}: {told}");
            assert_eq!(world.balance(PRIYA).await, balance, "{kill:?}");
        }
    }
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn on_postgresql_the_harvest_comes_to_the_same() {
    let Some(server) = super::postgres::fresh_schema("harvest").await else { return };
    let mut undisturbed = World::lumen().await;
    let read = the_story(&mut undisturbed).await;
    let mut world = World::lumen_on(Some(server), Kill::Never).await;
    assert_eq!(the_story(&mut world).await, read);
    world.restart().await;
    assert!(is_shown(&mut world).await, "and it outlives the program");
}

#[tokio::test]
async fn an_article_leads_to_the_answer_it_was_made_of() {
    let mut world = World::lumen().await;
    let (_, said) = published(&mut world).await;
    world.says(JONAS, "help", AGAIN).await;
    let post = world.bot_post("help", "Answered by @Priya");
    let square = world.square.look();
    let post = square.posts.iter().find(|posted| posted.key == post).expect("it is there");
    let leads = |piece: &Piece| {
        let Piece::Message { channel, message, .. } = piece else { return false };
        (channel.as_str(), message) == ("help", &said)
    };
    assert!(post.words.0.iter().any(leads), "{:?}", post.words);
    let quoted = |piece: &Piece| matches!(piece, Piece::Quote { text } if text == ANSWER);
    assert!(post.words.0.iter().any(quoted), "somebody's words are quoted as theirs");
}

#[tokio::test]
async fn a_published_answer_outlives_the_program() {
    let mut world = World::lumen().await;
    published(&mut world).await;
    assert!(is_shown(&mut world).await);
    world.restart().await;
    assert!(is_shown(&mut world).await);
}

#[tokio::test]
async fn an_article_goes_with_the_answer_it_was_made_of() {
    let mut world = World::lumen().await;
    let (number, said) = published(&mut world).await;
    assert!(is_shown(&mut world).await);
    world.deletes(PRIYA, "help", &said).await;
    assert!(!is_shown(&mut world).await);
    world.restart().await;
    assert!(!is_shown(&mut world).await, "for good");
    world.types(ROBIN, "lobby", &format!("/askaround knowledge {number} do:publish")).await;
    assert!(world.private_word(ROBIN).contains("I know no answer by this number"));
    assert!(world.shown_anywhere("no help page any more, and I keep no copy"));
}

#[tokio::test]
async fn an_author_takes_back_what_they_gave_and_nobody_else_can() {
    let mut world = World::lumen().await;
    published(&mut world).await;
    world.presses(KAI, "Take it back").await;
    assert!(world.private_word(KAI).contains("Only whoever gave this answer"));
    assert!(is_shown(&mut world).await);
    world.presses(PRIYA, "Take it back").await;
    assert!(!is_shown(&mut world).await);
}

#[tokio::test]
async fn moderators_are_shown_nothing_that_its_author_did_not_allow() {
    let mut world = World::lumen().await;
    solved(&mut world, ANSWER).await;
    let review = format!("/askaround knowledge {}", offered(&world));
    world.types(ROBIN, "lobby", &review).await;
    assert!(world.private_word(ROBIN).contains("I know no answer by this number"));
    world.presses(PRIYA, "No, thanks").await;
    world.types(ROBIN, "lobby", &format!("{review} do:publish")).await;
    assert!(world.private_word(ROBIN).contains("I know no answer by this number"));
    world.types(ROBIN, "lobby", "/askaround knowledge").await;
    assert!(world.private_word(ROBIN).starts_with("No answer waits"));
    assert!(!is_shown(&mut world).await);
}

#[tokio::test]
async fn an_answer_that_is_edited_is_a_draft_again_until_moderators_have_read_it() {
    let mut world = World::lumen().await;
    let (number, said) = published(&mut world).await;
    world
        .edits(
            PRIYA,
            "help",
            &said,
            "No, never hang it anywhere, and mind what the manual says about water.",
        )
        .await;
    assert!(!is_shown(&mut world).await);
    world.types(ROBIN, "lobby", &format!("/askaround knowledge {number}")).await;
    assert!(world.private_word(ROBIN).contains("never hang it anywhere"));
    world.types(ROBIN, "lobby", &format!("/askaround knowledge {number} do:revert")).await;
    world.types(ROBIN, "lobby", &format!("/askaround knowledge {number} do:publish")).await;
    assert!(is_shown(&mut world).await);
}

#[tokio::test]
async fn what_turns_out_to_be_no_solution_is_a_draft_again() {
    let mut world = World::lumen().await;
    let (number, _) = published(&mut world).await;
    assert!(is_shown(&mut world).await);
    world.types(ROBIN, "lobby", &format!("/askaround case {number} do:return")).await;
    assert!(!is_shown(&mut world).await);
}

#[tokio::test]
async fn points_for_an_article_go_when_it_has_not_helped_after_all() {
    let mut world = World::lumen().await;
    published(&mut world).await;
    let before = world.balance(PRIYA).await;
    let asked = world.says(JONAS, "help", AGAIN).await;
    world.presses(JONAS, "That solved it").await;
    assert_eq!(world.balance(PRIYA).await, before + 4);
    world.replies(JONAS, "help", &asked, "It does not work, it still falls off the mast!").await;
    assert_eq!(world.balance(PRIYA).await, before);
}

#[tokio::test]
async fn nobody_earns_by_a_question_of_their_own() {
    let mut world = World::lumen().await;
    published(&mut world).await;
    let before = world.balance(PRIYA).await;
    world.says(PRIYA, "help", AGAIN).await;
    world.presses(PRIYA, "That solved it").await;
    assert_eq!(world.balance(PRIYA).await, before);
}

#[tokio::test]
async fn nobody_is_asked_for_a_word_or_two_nor_by_silence_nor_twice() {
    let mut world = World::lumen().await;
    solved(&mut world, "Take the pole bracket.").await;
    let asked = world.says(MIA, "help", "And is there one that I can hang on a camper van?").await;
    world.presses(PRIYA, "I’ll take it").await;
    world.replies(PRIYA, "help", &asked, ANSWER).await;
    world.advance(minutes(40)).await;
    assert!(!world.transcript().contains("this answer could help others"));
    solved(&mut world, ANSWER).await;
    world.says(MIA, "help", "thanks a lot!").await;
    let told = world.transcript();
    assert_eq!(told.matches("this answer could help others").count(), 1, "{told}");
}

#[tokio::test]
async fn a_draft_that_nobody_wants_is_forgotten_with_the_words_of_its_case() {
    let mut world = World::lumen().await;
    solved(&mut world, ANSWER).await;
    world.presses(PRIYA, "Yes, use it").await;
    world.advance(minutes(60 * 24 * 91)).await;
    sweep(world.engine()).await.expect("sweeps");
    world.types(ROBIN, "lobby", "/askaround knowledge").await;
    assert!(world.private_word(ROBIN).starts_with("No answer waits"));
    assert!(!world.kept_in_harvests("rubber tape").await);
}
