//! What is taken back is taken back once, and what is undone is as it was.

use super::people::{JONAS, KAI, LENA, MIA, PRIYA, Person, ROBIN};
use super::world::{World, minutes};

/// A question that no article answers.
const QUESTION: &str = "Is there a purple mode for the front lights?";

/// A town where Priya has solved a question of Mia; and how a moderator's line about it begins.
async fn solved() -> (World, String) {
    let mut world = World::lumen().await;
    let question = world.says(MIA, "help", QUESTION).await;
    world.replies(PRIYA, "help", &question, "Hold the button for two seconds.").await;
    world.presses(MIA, "That solved it").await;
    let case = world.newest_case().await;
    (world, format!("/askaround case {case}"))
}

/// The lines behind “To undo it:” in the newest answer to somebody.
fn undo_lines(world: &World, who: Person) -> Vec<String> {
    let answer = world.private_word(who);
    let lines = answer.lines().filter_map(|line| line.strip_prefix("To undo it: "));
    lines.map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn what_was_taken_by_number_is_not_taken_again_with_the_rest() {
    let (mut world, case) = solved().await;
    world.types(ROBIN, "help", &format!("{case} do:grant who:@priya points:5 patience")).await;
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya points:5 reason:undone")).await;
    assert_eq!(world.balance(PRIYA).await, 10);
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya copied")).await;
    assert_eq!(world.balance(PRIYA).await, 0);
    assert!(world.private_word(ROBIN).starts_with("10 points are taken from @Priya"));
    let undo = undo_lines(&world, ROBIN);
    world.types(ROBIN, "help", &undo[0]).await;
    assert_eq!(world.balance(PRIYA).await, 10);
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya points:3 a slip")).await;
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya copied")).await;
    assert_eq!(world.balance(PRIYA).await, 0, "what is left of an entry goes with the rest");
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya copied")).await;
    assert_eq!(world.balance(PRIYA).await, 0);
    assert!(world.private_word(ROBIN).starts_with("This question gave @Priya nothing"));
}

#[tokio::test]
async fn more_than_one_line_may_give_is_undone_by_as_many_lines_as_it_takes() {
    let (mut world, case) = solved().await;
    for _ in 0..2 {
        world.types(ROBIN, "help", &format!("{case} do:grant who:@priya points:1000 hero")).await;
    }
    assert_eq!(world.balance(PRIYA).await, 2_010);
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya a slip")).await;
    assert_eq!(world.balance(PRIYA).await, 0);
    for line in undo_lines(&world, ROBIN) {
        world.types(ROBIN, "help", &line).await;
    }
    assert_eq!(world.balance(PRIYA).await, 2_010);
}

#[tokio::test]
async fn points_by_hand_leave_the_day_of_whoever_gets_them_as_it_is() {
    let (mut world, case) = solved().await;
    world.types(ROBIN, "help", &format!("{case} do:grant who:@priya points:200 hero")).await;
    let question = world.says(JONAS, "help", "Can the app show me who is online?").await;
    world.replies(PRIYA, "help", &question, "Yes, under devices.").await;
    world.presses(JONAS, "That solved it").await;
    assert_eq!(world.balance(PRIYA).await, 220, "the cap is for what the rules give");
}

#[tokio::test]
async fn a_case_that_was_sent_back_is_solved_again_by_whoever_had_solved_it() {
    let (mut world, case) = solved().await;
    world.types(ROBIN, "help", &format!("{case} do:return")).await;
    assert_eq!(world.balance(PRIYA).await, 0);
    let undo = undo_lines(&world, ROBIN);
    world.types(ROBIN, "help", &undo[0]).await;
    assert_eq!(world.balance(PRIYA).await, 10);

    // The asker's own word is another matter: nobody is credited for what did not help.
    world.presses(MIA, "👎").await;
    world.presses(MIA, "Not solved").await;
    world.types(ROBIN, "help", &format!("{case} do:solved")).await;
    assert_eq!(world.balance(PRIYA).await, 0);
}

#[tokio::test]
async fn a_case_that_was_answered_and_sent_back_is_solved_by_that_answer() {
    let mut world = World::lumen().await;
    world.types(LENA, "ambassadors", "/ambassador join topics:any languages:en,de").await;
    let question = world.says(MIA, "help", QUESTION).await;
    world.replies(PRIYA, "help", &question, "Hold the button for two seconds.").await;
    let case = world.newest_case().await;
    world.types(ROBIN, "help", &format!("/askaround case {case} do:return")).await;
    let undo = undo_lines(&world, ROBIN);
    world.types(ROBIN, "help", &undo[0]).await;
    assert_eq!(world.balance(PRIYA).await, 10);
}

#[tokio::test]
async fn whoever_leaves_by_mistake_comes_back_with_their_quiet_hours_and_muted_topics() {
    let mut world = World::lumen().await;
    world.types(KAI, "help", "/ambassador hours 22:00-08:00 Europe/Berlin calls:1").await;
    world.types(KAI, "help", "/ambassador topics wifi mute:mesh").await;
    let before = world.wishes(KAI).await;
    world.types(KAI, "help", "/ambassador leave").await;
    assert_eq!(world.wishes(KAI).await, None);
    for line in undo_lines(&world, KAI) {
        world.types(KAI, "help", &line).await;
    }
    assert_eq!(world.wishes(KAI).await, before);
}

#[tokio::test]
async fn a_card_counts_the_calls_of_today() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", QUESTION).await;
    assert_eq!(world.pings_of(PRIYA), 1);
    world.types(PRIYA, "help", "/ambassador card").await;
    assert!(world.private_word(PRIYA).contains("Called 1 of 3 times today"));
    world.types(ROBIN, "help", "/askaround ambassadors calls:1").await;
    world.types(PRIYA, "help", "/ambassador card").await;
    let card = world.private_word(PRIYA);
    assert!(card.contains("has had enough calls for today"), "{card}");
}

#[tokio::test]
async fn why_speaks_of_the_cap_that_holds_here() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "help", "/askaround ambassadors calls:1").await;
    world.says(MIA, "help", QUESTION).await;
    world.says(JONAS, "help", "Can the lights on the front be made purple at night?").await;
    world.advance(minutes(5)).await;
    world.types(PRIYA, "help", "/why").await;
    let why = world.private_word(PRIYA);
    assert!(why.contains("your one call for the day"), "{why}");
}

#[tokio::test]
async fn words_that_were_taken_back_stay_away_when_the_question_goes_as_well() {
    let mut world = World::lumen().await;
    // Without a place of their own, ambassadors are called in the conversation.
    world.types(ROBIN, "help", "/askaround ambassadors mode:off").await;
    let question = world.says(MIA, "help", QUESTION).await;
    let case = world.newest_case().await;
    assert!(world.shown_anywhere("has a question in #help"));
    world.types(ROBIN, "help", &format!("/askaround case {case} do:retract")).await;
    assert!(!world.shown_anywhere("has a question in #help"));
    world.deletes(MIA, "help", &question).await;
    assert!(!world.shown_anywhere("has a question in #help"));
}

#[tokio::test]
async fn whoever_is_left_out_is_not_said_to_have_been_approved_already() {
    let (mut world, case) = solved().await;
    world.types(ROBIN, "help", "/askaround block @priya").await;
    world.types(ROBIN, "help", &format!("{case} do:endorse who:@priya")).await;
    let answer = world.private_word(ROBIN);
    assert!(answer.starts_with("@Priya is blocked"), "{answer}");
}

#[tokio::test]
async fn nobody_comes_to_owe_points() {
    let (mut world, case) = solved().await;
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya points:1000 why not")).await;
    assert!(world.private_word(ROBIN).starts_with("points can be 1 to 10"));
    world.types(ROBIN, "help", &format!("{case} do:take who:@kai points:1 why not")).await;
    assert_eq!(world.private_word(ROBIN), "@Kai has no points that could be taken.");
    assert_eq!((world.balance(PRIYA).await, world.balance(KAI).await), (10, 0));
}

#[tokio::test]
async fn of_a_deleted_question_no_copy_is_kept_of_what_a_moderator_was_shown() {
    let mut world = World::lumen().await;
    let question = world.says(MIA, "help", QUESTION).await;
    let case = world.newest_case().await;
    world.types(ROBIN, "help", &format!("/askaround case {case}")).await;
    assert!(world.private_word(ROBIN).contains(QUESTION));
    world.deletes(MIA, "help", &question).await;
    assert!(!world.kept_anywhere(QUESTION).await);
}

#[tokio::test]
async fn one_answer_is_thanked_for_once_however_often_the_case_goes_to_staff_and_back() {
    let mut world = World::lumen().await;
    let question = world.says(MIA, "help", QUESTION).await;
    let answer = world.replies(PRIYA, "help", &question, "Hold the button.").await;
    world.presses(MIA, "That solved it").await;
    world.replies(MIA, "help", &answer, "thank you!").await;
    assert_eq!(world.balance(PRIYA).await, 13);
    let case = format!("/askaround case {}", world.newest_case().await);
    world.types(ROBIN, "help", &format!("{case} do:escalate")).await;
    let undo = undo_lines(&world, ROBIN);
    assert_eq!(undo, [format!("{case} do:solved")]);
    world.types(ROBIN, "help", &undo[0]).await;
    world.replies(MIA, "help", &answer, "thanks again!").await;
    assert_eq!(world.balance(PRIYA).await, 13);
    world.types(ROBIN, "help", &format!("{case} do:close")).await;
    assert_eq!(world.balance(PRIYA).await, 0, "nothing is left of an award that was taken back");
}

#[tokio::test]
async fn the_last_word_of_a_case_stands_again_with_its_ratings() {
    let (mut world, case) = solved().await;
    world.types(ROBIN, "help", &format!("{case} do:retract")).await;
    world.types(ROBIN, "help", &format!("{case} do:restore")).await;
    world.presses(MIA, "👍").await;
    assert!(world.private_word(MIA).starts_with("Thank you, that’s good to hear."));
}

#[tokio::test]
async fn whoever_ended_a_break_by_mistake_has_it_back() {
    for pause in ["/ambassador pause", "/ambassador pause 2h"] {
        let mut world = World::lumen().await;
        world.types(KAI, "help", pause).await;
        let before = world.wishes(KAI).await;
        world.types(KAI, "help", "/ambassador join topics:security").await;
        for line in undo_lines(&world, KAI) {
            world.types(KAI, "help", &line).await;
        }
        assert_eq!(world.wishes(KAI).await, before, "{pause}");
    }
}

#[tokio::test]
async fn words_that_stand_are_not_said_to_come_back_nor_taken_back_twice() {
    let (mut world, case) = solved().await;
    let already = "That is how it was already, so nothing has changed.";
    world.types(ROBIN, "help", &format!("{case} do:restore")).await;
    assert_eq!(world.private_word(ROBIN), already);
    world.types(ROBIN, "help", &format!("{case} do:retract")).await;
    assert_ne!(world.private_word(ROBIN), already);
    world.types(ROBIN, "help", &format!("{case} do:retract")).await;
    assert_eq!(world.private_word(ROBIN), already);
}
