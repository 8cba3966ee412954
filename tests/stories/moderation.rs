//! A moderator's hand: on the rules, on a case, on what was said, on who takes part.

use super::people::{JONAS, KAI, MIA, PRIYA, ROBIN};
use super::world::World;

#[tokio::test]
async fn a_moderator_moves_the_ladder_and_reads_what_holds_from_now_on() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "help", "/askaround ladder waves:1@0s,2@2m staff:5m").await;
    world.types(ROBIN, "help", "/askaround ladder staff:1m").await;
    world.types(ROBIN, "help", "/askaround ladder waves:2@0s,two@4m").await;
    world.types(ROBIN, "help", "/askaround ladder all:reset").await;
    world.types(ROBIN, "help", "/askaround ladder all:reset").await;
    world.types(ROBIN, "help", "/askaround recognition solved:25 ranks:newcomer@0,guide@20").await;
    world.types(ROBIN, "help", "/askaround recognition solved:25").await;
    world.types(ROBIN, "help", "/askaround ambassadors calls:1").await;
    world.types(ROBIN, "help", "/askaround language fr").await;
    world.types(ROBIN, "help", "/askaround language de").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround ladder waves:1@0s,2@2m staff:5m
    #help Lumen (only robin sees this): What holds in this community from now on:
        Articles first. Without a word from the customer for 3 minutes, I call ambassadors.
        Waves of ambassadors, how many and after how long: 1@0s,2@2m
        Whoever takes a question answers within 10 minutes. After an answer, 30 minutes of silence counts as solved.
        Our team gets it after 5 minutes.
        To undo it: /askaround ladder waves:2@0s,4@4m,8@10m staff:25m
    #help Robin types /askaround ladder staff:1m
    #help Lumen (only robin sees this): Our team would get a question after 1 minute, but the last wave of ambassadors is called after 2 minutes. Let the team come after the last wave.
    #help Robin types /askaround ladder waves:2@0s,two@4m
    #help Lumen (only robin sees this): > two@4m
        waves needs waves such as 2@0s,4@4m: how many, after how long, in rising order. Please type it again with that.
    #help Robin types /askaround ladder all:reset
    #help Lumen (only robin sees this): What holds in this community from now on:
        Articles first. Without a word from the customer for 3 minutes, I call ambassadors.
        Waves of ambassadors, how many and after how long: 2@0s,4@4m,8@10m
        Whoever takes a question answers within 10 minutes. After an answer, 30 minutes of silence counts as solved.
        Our team gets it after 25 minutes.
        To undo it: /askaround ladder waves:1@0s,2@2m staff:5m
    #help Robin types /askaround ladder all:reset
    #help Lumen (only robin sees this): What holds in this community from now on:
        Articles first. Without a word from the customer for 3 minutes, I call ambassadors.
        Waves of ambassadors, how many and after how long: 2@0s,4@4m,8@10m
        Whoever takes a question answers within 10 minutes. After an answer, 30 minutes of silence counts as solved.
        Our team gets it after 25 minutes.
        That is how it was already, so nothing has changed.
    #help Robin types /askaround recognition solved:25 ranks:newcomer@0,guide@20
    #help Lumen (only robin sees this): Name every rank once, in rising order, the first at 0. For example: ranks:newcomer@0,guide@50,expert@250,legend@1000
    #help Robin types /askaround recognition solved:25
    #help Lumen (only robin sees this): What holds in this community from now on:
        Points: 25 for solving it, 3 for thanks, 5 for an approved answer; 80 a day at most.
        Ranks, and where they begin: newcomer@0,guide@50,expert@250,legend@1000
        To undo it: /askaround recognition solved:10
    #help Robin types /askaround ambassadors calls:1
    #help Lumen (only robin sees this): From now on I call each ambassador once a day at most, and nobody works on more than 3 questions at a time.
        @Kai: can be called; called 0 of 1 times today
        @Priya: can be called; called 0 of 1 times today
        @Lena: can be called; called 0 of 1 times today
        To undo it: /askaround ambassadors calls:3
    #help Robin types /askaround language fr
    #help Lumen (only robin sees this): > fr
        I don’t speak this language yet. I speak: en, de.
    #help Robin types /askaround language de
    #help Lumen (only robin sees this): From now on I speak German to everyone here. One by one, I still answer people in their own language.
        To undo it: /askaround language reset
    ");
}

#[tokio::test]
async fn what_a_moderator_set_holds_for_the_next_question() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "help", "/askaround ladder waves:1@0s staff:5m").await;
    world.types(ROBIN, "help", "/askaround recognition solved:25").await;
    world.hush();
    let question = world.says(MIA, "help", "Is there a purple mode for the front lights?").await;
    world.replies(PRIYA, "help", &question, "Hold the button for two seconds.").await;
    world.presses(MIA, "That solved it").await;
    world.types(PRIYA, "help", "/ambassador card").await;
    world.types(MIA, "help", "/ambassador card @priya").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Is there a purple mode for the front lights?
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔
        @Mia has a question in #help:
        > Is there a purple mode for the front lights?
        
        Topics: hardware, setup
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Priya ↪: Hold the button for two seconds.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #help Lumen: Solved 🎉 @Priya helped @Mia: +25 points, 25 in all. [👍] [👎]
    #help Priya types /ambassador card
    #help Lumen (only priya sees this): @Priya: Newcomer, 25 points
        One question solved · best at hardware
        Helps with any topic, in English.
        Called 1 of 3 times today. /ambassador hours calls:1 makes it fewer.
        Right now: can be called.
    #help Mia types /ambassador card @priya
    #help Lumen (only mia sees this): @Priya: Newcomer, 25 points
        One question solved · best at hardware
        Helps with any topic, in English.
    ");
}

/// A town in which Priya has solved a question of Mia, and its number.
async fn solved() -> (World, String) {
    let mut world = World::lumen().await;
    let question = world.says(MIA, "help", "Is there a purple mode for the front lights?").await;
    world.replies(PRIYA, "help", &question, "Hold the button for two seconds.").await;
    world.presses(MIA, "That solved it").await;
    let case = world.newest_case().await;
    world.hush();
    (world, case)
}

#[tokio::test]
async fn points_are_given_and_taken_with_a_reason() {
    let (mut world, case) = solved().await;
    let line = |rest: &str| format!("/askaround case {case} {rest}");
    world.types(ROBIN, "help", &line("do:grant who:@priya points:5")).await;
    world.types(ROBIN, "help", &line("do:grant who:@priya points:5 a patient answer")).await;
    world.types(ROBIN, "help", &line("do:grant who:@robin points:5 me too")).await;
    world.types(ROBIN, "help", &line("do:grant who:@nobody points:5 hello")).await;
    world.types(ROBIN, "help", &line("do:take who:@priya copied from elsewhere")).await;
    world.types(ROBIN, "help", &line("do:take who:@kai a slip")).await;
    world.types(PRIYA, "help", "/points").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround case CASE do:grant who:@priya points:5
    #help Lumen (only robin sees this): Something is missing after /askaround case: reason. Please type it again with that.
    #help Robin types /askaround case CASE do:grant who:@priya points:5 a patient answer
    #help Lumen (only robin sees this): @Priya gets 5 points and has 15 now.
        To undo it: /askaround case CASE do:take who:@priya points:5 reason:undone
    #help Robin types /askaround case CASE do:grant who:@robin points:5 me too
    #help Lumen (only robin sees this): Points for yourself are for another moderator to give or take.
    #help Robin types /askaround case CASE do:grant who:@nobody points:5 hello
    #help Lumen (only robin sees this): I don’t know anybody here called
        > nobody
        Name them with @.
    #help Robin types /askaround case CASE do:take who:@priya copied from elsewhere
    #help Lumen (only robin sees this): 15 points are taken from @Priya, who has 0 now.
        To undo it: /askaround case CASE do:grant who:@priya points:15 reason:undone
    #help Robin types /askaround case CASE do:take who:@kai a slip
    #help Lumen (only robin sees this): This question gave @Kai nothing that could be taken back.
    #help Priya types /points
    #help Lumen (only priya sees this): You have 0 points and the rank Newcomer. Today: 10 of at most 80.
        50 more points to the rank Guide.
        • -5 points: an earlier entry taken back, a moment ago
        • -10 points: an earlier entry taken back, a moment ago
        • 5 points: by a moderator’s hand, a moment ago
        • 10 points: your answer solved a question, a moment ago
    ");
}

#[tokio::test]
async fn a_case_is_told_whole_after_a_moderator_stepped_in() {
    let (mut world, case) = solved().await;
    let line = |rest: &str| format!("/askaround case {case} {rest}");
    world.types(ROBIN, "help", &line("do:grant who:@priya points:5 a patient answer")).await;
    world.types(ROBIN, "help", &line("do:return please have another look")).await;
    world.hush();
    world.types(ROBIN, "help", &line("")).await;
    world.types(ROBIN, "help", "/askaround case 7").await;
    world.types(ROBIN, "help", "/askaround case").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround case CASE 
    #help Lumen (only robin sees this): CASE: @Mia in #help, a moment ago. It is with our team.
        The question:
        > Is there a purple mode for the front lights?
        
        — a moment ago
        @Mia asked in #help.
        I called @Priya: takes any topic, has solved none like it yet, called for the first time.
        Not called, because they take other languages: @Lena
        Not called, because they chose other topics: @Kai
        @Priya answered.
        @Mia said that the answer from @Priya solved it.
        @Robin gave it back to the volunteers.
        It went to our team: no volunteer was free.
        @Priya: +10 points for solving it
        @Robin gave @Priya 5 points:
        > a patient answer
        
        @Priya: -10 points, an earlier entry taken back
        If nobody does anything, I go on in 30 minutes.
        /askaround case CASE do: close, return, escalate, solved, retract or restore; endorse, grant or take with who:, points and a reason.
    #help Robin types /askaround case 7
    #help Lumen (only robin sees this): I don’t know a question with the number
        > 7
        /askaround case shows the open ones.
    #help Robin types /askaround case
    #help Lumen (only robin sees this): CASE: @Mia in #help, a moment ago. It is with our team.
        /askaround case and a number tells all that happened.
    ");
}

#[tokio::test]
async fn the_bots_words_are_taken_back_and_stand_again_with_their_buttons() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "how do I reset my router to factory settings?").await;
    let case = world.newest_case().await;
    world.hush();
    world.types(ROBIN, "help", &format!("/askaround case {case} do:retract")).await;
    world.types(ROBIN, "help", &format!("/askaround case {case} do:restore")).await;
    world.presses(MIA, "That solved it").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround case CASE do:retract
    #help Lumen (only robin sees this): My words about CASE are taken back; a line says so where they stood.
        To undo it: /askaround case CASE do:restore
    #help Robin types /askaround case CASE do:restore
    #help Lumen (only robin sees this): My words about CASE stand again as they were.
        To undo it: /askaround case CASE do:retract
    #help Mia presses [That solved it]
    #help Lumen: Back in the light, @Mia ✨ I’ve marked your question as solved. [👍] [👎]
    ");
}

#[tokio::test]
async fn whoever_is_blocked_is_left_out_and_let_in_again() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "Is there a purple mode for the front lights?").await;
    world.presses(PRIYA, "I’ll take it").await;
    world.hush();
    world.types(ROBIN, "help", "/askaround block @priya she asked me to").await;
    world.types(ROBIN, "help", "/askaround block @robin").await;
    world.types(ROBIN, "help", "/askaround block @jonas advertising").await;
    world.types(PRIYA, "help", "/ambassador join").await;
    world.says(JONAS, "help", "Warum geht mein WLAN nicht mehr?").await;
    world.types(JONAS, "help", "/ask Warum geht mein WLAN nicht mehr?").await;
    world.types(ROBIN, "help", "/askaround block").await;
    world.types(ROBIN, "help", "/askaround block @jonas mode:off").await;
    world.types(KAI, "help", "/leaders").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround block @priya she asked me to
    #help Lumen (only robin sees this): I leave @Priya out from now on: no calls, no points, and I take no questions from them. This holds wherever I work on this platform.
        To undo it: /askaround block @priya mode:off
    #help Lumen: @Mia, the volunteer couldn’t answer after all. I’m looking for someone else.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Is there a purple mode for the front lights?
        
        Why it’s here: no volunteer was free.
        Language: English · Topics: hardware, setup
        Suggested so far: nothing, no help page fitted.
        Volunteers called: one.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #help Lumen: @Mia, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #help Robin types /askaround block @robin
    #help Lumen (only robin sees this): Moderators can’t be blocked, and nobody can block themselves.
    #help Robin types /askaround block @jonas advertising
    #help Lumen (only robin sees this): I leave @Jonas out from now on: no calls, no points, and I take no questions from them. This holds wherever I work on this platform.
        To undo it: /askaround block @jonas mode:off
    #help Priya types /ambassador join
    #help Lumen (only priya sees this): • A moderator has asked me not to call you.
    #help Jonas: Warum geht mein WLAN nicht mehr?
    #help Jonas types /ask Warum geht mein WLAN nicht mehr?
    #help Lumen (only jonas sees this): Ich kann deine Frage nicht annehmen: Darum hat mich die Moderation gebeten. Bitte sprich mit ihr darüber.
    #help Robin types /askaround block
    #help Lumen (only robin sees this): @Priya is blocked:
        > she asked me to
        
        @Jonas is blocked:
        > advertising
    #help Robin types /askaround block @jonas mode:off
    #help Lumen (only robin sees this): @Jonas is welcome again: calls if they want them, points, and questions.
        To undo it: /askaround block @jonas mode:on
    #help Kai types /leaders
    #help Lumen (only kai sees this): Who has helped most in the last 7 days
        Nobody has points in this time yet. The first ones could be yours: /ambassador join
    ");
}
