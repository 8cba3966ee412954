//! Where two true things meet: thanks to the wrong person, an answer after the end, a desk that
//! moves, a question that is deleted while people are being asked.

use super::people::{JONAS, KAI, MIA, PRIYA, ROBIN, SAM};
use super::world::{Kill, World, lumen_folder, minutes};

const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

#[tokio::test]
async fn thanks_for_being_passed_on_neither_closes_the_case_nor_pays_the_wrong_person() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.replies(KAI, "help", &asked, "Try some tape.").await;
    world.types(MIA, "help", "/human").await;
    world.says(MIA, "help", "thanks").await;
    assert_eq!(world.balance(KAI).await, 0);
    world.hush();
    world.advance(minutes(31)).await;
    assert!(world.transcript().contains("#staff Lumen"), "staff still have it");
}

#[tokio::test]
async fn staff_ask_back_and_answer_twice_and_nothing_of_it_is_lost() {
    let mut world = World::lumen().await;
    world.types(MIA, "help", "/human my router makes a strange noise").await;
    let dossier = world.bot_post("staff", "strange noise");
    world.hush();
    world.replies(SAM, "staff", &dossier, "Which firmware do you have?").await;
    let asked = world.bot_post("help", "Which firmware");
    world.replies(MIA, "help", &asked, "the one from last week").await;
    world.replies(SAM, "staff", &dossier, "https://help.lumen.example/noise").await;
    world.presses(MIA, "Not solved").await;
    world.replies(SAM, "staff", &dossier, "Then we exchange it.").await;
    world.presses(MIA, "That solved it").await;
    world.replies(SAM, "staff", &dossier, "The parcel is on its way.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #staff Sam ↪: Which firmware do you have?
    #help Lumen: @Mia🔔, @Sam from our team answers:
        > Which firmware do you have?
    #staff Lumen: I’ve passed this on to @Mia.
    #help Mia ↪: the one from last week
    #staff Lumen: @Mia adds:
        > the one from last week
    #staff Sam ↪: https://help.lumen.example/noise
    #help Lumen: @Mia🔔, @Sam from our team answers:
        > https://help.lumen.example/noise
    #staff Lumen: I’ve passed this on to @Mia.
    #help Lumen: @Mia🔔, did the answer from @Sam solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [Not solved]
    #staff Lumen: Case CASE · @Mia says it isn’t solved yet. It stays with you.
    #help Lumen: @Mia, you’re not forgotten: our team has your question and will answer here.
    #staff Sam ↪: Then we exchange it.
    #help Lumen: @Mia🔔, @Sam from our team answers:
        > Then we exchange it.
    #staff Lumen: I’ve passed this on to @Mia.
    #help Lumen: @Mia🔔, did the answer from @Sam solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #help Lumen: @Mia, I’ve marked this as solved by our team. [Not solved] [👍] [👎]
    #staff Sam ↪: The parcel is on its way.
    #help Lumen: @Mia🔔, @Sam from our team answers:
        > The parcel is on its way.
    #staff Lumen: I’ve passed this on to @Mia.
    ");
}

#[tokio::test]
async fn a_customer_who_replies_that_it_still_fails_is_heard_after_the_end() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.presses(PRIYA, "I’ll take it").await;
    world.replies(PRIYA, "help", &asked, "There is a mast bracket in the shop.").await;
    world.advance(minutes(31)).await;
    let end = world.bot_post("help", "heard nothing more");
    world.hush();
    world.replies(MIA, "help", &end, "no, it still doesn't work").await;
    assert_eq!(world.balance(PRIYA).await, 0);
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia ↪: no, it still doesn't work
    #help Lumen: @Mia, your question is open again. I’m asking volunteers.
    #ambassadors Lumen: @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    ");
}

#[tokio::test]
async fn a_desk_that_moves_takes_its_cases_along_and_is_nobody_elses_room() {
    let mut world = World::empty(&lumen_folder(), Kill::Never).await;
    world.types(ROBIN, "help", "/askaround watch").await;
    world.types(ROBIN, "help", "/askaround staff").await;
    world.types(ROBIN, "desk", "/askaround staff").await;
    world.types(ROBIN, "desk", "/askaround watch").await;
    world.types(MIA, "help", "/human I want to cancel my order").await;
    world.hush();
    world.types(ROBIN, "office", "/askaround staff").await;
    world.presses(SAM, "I’ll take it").await;
    insta::assert_snapshot!(world.transcript(), @"
    #office Robin types /askaround staff
    #office Lumen (only robin sees this): From now on, whatever needs our team goes to #office.
        One case was waiting for this and is on its way there.
        To undo it: /askaround staff #desk
    #office Lumen: Case CASE · @Mia asks in #help:
        > I want to cancel my order
        
        Why it’s here: @Mia asked for our team.
        Language: English · Topics: orders
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #office Sam presses [I’ll take it]
    #help Lumen: @Mia, @Sam from our team is looking into this now.
    #office Lumen: @Sam has this one.
    ");
}

#[tokio::test]
async fn every_name_of_the_escalation_command_is_honoured_for_its_day() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "help", "/askaround escalation mensch").await;
    world.types(ROBIN, "help", "/askaround escalation hilfe").await;
    world.types(ROBIN, "help", "/askaround escalation hilfe").await;
    world.hush();
    world.types(MIA, "help", "/human where is my parcel?").await;
    world.types(JONAS, "help", "/mensch wo ist mein paket?").await;
    let told = world.transcript();
    assert_eq!(told.matches("#staff Lumen: Case").count(), 2, "{told}");
}

#[tokio::test]
async fn a_deleted_question_is_not_shown_again_anywhere() {
    let mut world = World::lumen().await;
    let question = "my admin password is tulip42 and how do I mount my Lumen on a mast?";
    let asked = world.says(MIA, "help", question).await;
    world.types(MIA, "help", "/human").await;
    assert!(world.shown_anywhere("tulip42"));
    world.deletes(MIA, "help", &asked).await;
    assert!(!world.shown_anywhere("tulip42"), "neither on the call nor in the dossier");
    assert!(!world.kept_anywhere("tulip42").await, "nor in the database");
}

#[tokio::test]
async fn two_helpers_talking_under_a_question_ping_its_asker_once_each() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    for _ in 0..5 {
        world.replies(KAI, "help", &asked, "Tape will hold it.").await;
        world.replies(JONAS, "help", &asked, "Tape will not hold it.").await;
    }
    assert_eq!(world.pings_of(MIA), 2);
}

#[tokio::test]
async fn on_a_platform_without_a_nonce_a_restart_repeats_no_ping_and_marks_a_repeated_dossier() {
    let mut world = World::lumen().await;
    world.platform_forgets_nonces();
    world.says(MIA, "help", ODD).await;
    let pinged = world.pings_of(KAI);
    world.dies_while_sending_to("staff");
    world.types(MIA, "help", "/human").await;
    world.advance(minutes(1)).await;
    assert_eq!(world.pings_of(KAI), pinged, "a ping is not repeated");
    let told = world.transcript();
    assert!(told.contains("#staff Lumen: Case"), "{told}");
    assert!(told.contains("second time"), "a repeated dossier says that it may be one: {told}");
}
