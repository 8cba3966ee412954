//! One person with two accounts: joined by their own act, counted as one, parted exactly.
#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use askaround::domain::ambassador::Duty;
use askaround::runtime::audit;

use super::people::{KAI, LENA, MIA, PRIYA, Person, ROBIN};
use super::world::{World, minutes};

const QUESTIONS: [&str; 2] = [
    "Is there a way to make the lights on the front purple?",
    "Can I run my Lumen One from a car battery on a camping trip?",
];

/// The line that joins another account with this one.
async fn code_of(world: &mut World, who: Person) -> String {
    world.types(who, "help", "/link").await;
    let answer = world.private_word(who);
    let at = answer.find("/link ").expect("the line to type");
    answer.get(at..at + "/link ABCD-EFGH".len()).expect("with its code").to_owned()
}

pub(super) async fn joined(world: &mut World, one: Person, other: Person) {
    let line = code_of(world, one).await;
    world.types(other, "help", &line).await;
    assert!(world.private_word(other).starts_with("Done. Both accounts are you"), "{line}");
}

/// Mia's question, solved by somebody.
async fn solves(world: &mut World, who: Person, question: &str) {
    let question = world.says(MIA, "help", question).await;
    world.replies(who, "help", &question, "Hold the button for two seconds.").await;
    world.presses(MIA, "That solved it").await;
}

async fn adds_up(world: &World) {
    let audit = audit(world.store(), |_| ()).await.expect("the ledger is read");
    assert_eq!(audit.wrong, [""; 0]);
}

#[tokio::test]
async fn points_of_two_accounts_are_one_balance_and_part_exactly() {
    for leaves_first in [KAI, PRIYA] {
        let mut world = World::lumen().await;
        solves(&mut world, KAI, QUESTIONS[0]).await;
        joined(&mut world, PRIYA, KAI).await;
        assert!(world.private_word(PRIYA).starts_with("Your account was just joined"));
        solves(&mut world, PRIYA, QUESTIONS[1]).await;
        for who in [KAI, PRIYA] {
            assert_eq!(world.balance(who).await, 20);
            world.types(who, "help", "/points").await;
            assert!(world.private_word(who).contains("20 points"), "{}", world.private_word(who));
        }
        adds_up(&world).await;
        world.types(leaves_first, "help", "/unlink").await;
        assert!(world.private_word(leaves_first).contains("10 points"));
        for who in [KAI, PRIYA] {
            assert_eq!(world.balance(who).await, 10, "{}", who.name);
            world.types(who, "help", "/unlink").await;
            assert!(world.private_word(who).starts_with("This account is joined with no other"));
        }
        adds_up(&world).await;
        joined(&mut world, KAI, PRIYA).await;
        assert_eq!(world.balance(PRIYA).await, 20, "and together again");
        adds_up(&world).await;
    }
}

#[tokio::test]
async fn who_is_busy_by_one_account_is_busy_by_the_other() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "help", "/askaround ambassadors cases:1").await;
    joined(&mut world, PRIYA, KAI).await;
    for (who, question) in [(MIA, QUESTIONS[0]), (LENA, QUESTIONS[1])] {
        world.says(who, "help", question).await;
    }
    world.presses(PRIYA, "I’ll take it").await;
    assert!(world.private_word(PRIYA).contains("It’s yours"), "{}", world.private_word(PRIYA));
    world.presses(KAI, "I’ll take it").await;
    let refused = world.private_word(KAI);
    assert!(!refused.contains("It’s yours"), "{refused}");
    world.types(KAI, "help", "/unlink").await;
    world.presses(KAI, "I’ll take it").await;
    assert!(world.private_word(KAI).contains("It’s yours"), "{}", world.private_word(KAI));
}

#[tokio::test]
async fn a_pause_is_a_pause_by_whichever_account() {
    let mut world = World::lumen().await;
    joined(&mut world, PRIYA, KAI).await;
    world.types(KAI, "help", "/ambassador pause").await;
    for who in [KAI, PRIYA] {
        let (_, duty) = world.wishes(who).await.expect("an ambassador");
        assert_eq!(duty, Duty::Paused { until: None }, "{}", who.name);
    }
    world.types(PRIYA, "help", "/ambassador leave").await;
    assert_eq!(world.wishes(KAI).await, None, "who leaves is not called by the other name");
}

#[tokio::test]
async fn nobody_is_called_for_a_question_of_their_own_or_earns_by_it() {
    let mut world = World::lumen().await;
    joined(&mut world, MIA, PRIYA).await;
    let question = world.says(MIA, "help", QUESTIONS[0]).await;
    assert_eq!(world.pings_of(PRIYA), 0, "it is her own");
    world.replies(PRIYA, "help", &question, "Hold the button for two seconds.").await;
    assert!(!world.shown_anywhere("did the answer from"), "nobody answers themselves");
    world.types(PRIYA, "help", "/unlink").await;
    world.replies(PRIYA, "help", &question, "Hold it for five seconds, then.").await;
    joined(&mut world, MIA, PRIYA).await;
    world.presses(MIA, "That solved it").await;
    assert_eq!(world.balance(PRIYA).await, 0, "joined before the thanks");
    adds_up(&world).await;
}

#[tokio::test]
async fn a_code_is_for_one_other_account_and_not_for_long() {
    let mut world = World::lumen().await;
    let line = code_of(&mut world, KAI).await;
    world.types(KAI, "help", &line).await;
    assert!(world.private_word(KAI).starts_with("This code is of this very account"));
    for wrong in ["/link 0000-0000", "/link x", "/link ?!"] {
        world.types(PRIYA, "help", wrong).await;
        assert!(world.private_word(PRIYA).starts_with("I don’t know this code"), "{wrong}");
    }
    world.types(PRIYA, "help", &line.to_lowercase().replace('-', " ")).await;
    assert!(world.private_word(PRIYA).starts_with("Done"), "{}", world.private_word(PRIYA));
    world.types(MIA, "help", &line).await;
    assert!(world.private_word(MIA).starts_with("I don’t know this code"), "it is used up");
    let line = code_of(&mut world, KAI).await;
    world.types(PRIYA, "help", &line).await;
    assert!(world.private_word(PRIYA).starts_with("These accounts belong together already"));
    world.advance(minutes(10)).await;
    world.types(MIA, "help", &line).await;
    assert!(world.private_word(MIA).starts_with("I don’t know this code"), "its time is over");
}

#[tokio::test]
async fn a_block_is_a_persons_and_no_account_gets_round_it() {
    let mut world = World::lumen().await;
    joined(&mut world, PRIYA, KAI).await;
    world.types(ROBIN, "help", "/askaround block @priya").await;
    assert!(world.is_blocked(KAI).await && world.is_blocked(PRIYA).await);
    world.types(ROBIN, "help", "/askaround block @kai mode:off").await;
    assert!(!world.is_blocked(PRIYA).await);
    world.types(ROBIN, "help", "/askaround block @priya").await;
    let line = code_of(&mut world, KAI).await;
    world.types(MIA, "help", &line).await;
    assert!(world.private_word(MIA).starts_with("These accounts cannot be joined"));
}
