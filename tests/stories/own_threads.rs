//! A thread for each question: what the bot would have said in the channel it says there, whatever
//! happens in between; and where there can be none, in the channel after all.

use std::time::Duration;

use askaround::domain::ids::{BotId, PlatformKey};
use askaround::platform::DeliveryError;

use super::people::{JONAS, KAI, MIA, PRIYA, ROBIN, SAM};
use super::square::Hanging;
use super::world::{Kill, NOON, World, minutes};

const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";
const KNOWN: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

/// What the thread on [`ODD`] is called.
const THREAD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

impl World {
    /// The example brand, answering in threads in #help.
    async fn threaded(kill: Kill) -> World {
        let mut world = World::lumen().await;
        world.types(ROBIN, "help", "/askaround watch answers:thread").await;
        world.hush();
        (world.kill, world.commits) = (kill, 0);
        world
    }

    fn is_put_away(&self, thread: &str) -> bool {
        self.square.look().threads.get(thread).is_some_and(|thread| thread.away)
    }

    /// How many messages of the bot's everybody can read in a channel.
    fn count_in(&self, channel: &str) -> usize {
        let square = self.square.look();
        let here = square.posts.iter();
        here.filter(|post| post.channel == channel && post.private_to.is_none()).count()
    }
}

#[tokio::test]
async fn everything_about_a_question_is_said_in_its_thread() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", ODD).await;
    world.presses(PRIYA, "I’ll take it").await;
    world.says(PRIYA, THREAD, "The mast bracket from the shop holds it.").await;
    world.presses(MIA, "That solved it").await;
    assert_eq!(world.balance(PRIYA).await, 10);
    assert_eq!(world.count_in("help"), 0, "the channel stays readable");
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen opens the thread #Does anybody know how I can mount my Lumen on a boat mast?
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #Does anybody know how I can mount my Lumen on a boat mast?:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia🔔, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #Does anybody know how I can mount my Lumen on a boat mast? within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia, @Priya has taken your question and will answer here.
    #Does anybody know how I can mount my Lumen on a boat mast? Priya: The mast bracket from the shop holds it.
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #Does anybody know how I can mount my Lumen on a boat mast? Mia presses [That solved it]
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: Solved 🎉 @Priya helped @Mia: +10 points, 10 in all. [👍] [👎]
    ");
}

#[tokio::test]
async fn a_suggestion_stands_in_the_thread_with_its_buttons() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", KNOWN).await;
    assert_eq!(world.pings_of(MIA), 1, "so she comes into the thread");
    world.hush();
    world.presses(MIA, "Ask a person").await;
    world
        .says(MIA, "My Lumen Air keeps dropping the connection at night, what…", "thank you")
        .await;
    insta::assert_snapshot!(world.transcript(), @"
    #My Lumen Air keeps dropping the connection at night, what… Mia presses [Ask a person]
    #My Lumen Air keeps dropping the connection at night, what… Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔 @Priya🔔
        @Mia has a question in #My Lumen Air keeps dropping the connection at night, what…:
        > My Lumen Air keeps dropping the connection at night, what can I do?
        
        Topics: wifi
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #My Lumen Air keeps dropping the connection at night, what… Mia: thank you
    ");
}

#[tokio::test]
async fn a_question_by_command_is_shown_in_the_channel_and_talked_about_in_its_thread() {
    let mut world = World::threaded(Kill::Never).await;
    world.types(MIA, "help", &format!("/ask {ODD}")).await;
    world.says(JONAS, THREAD, "A U-bolt holds it.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia types /ask Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen opens the thread #Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia asks:
        > Does anybody know how I can mount my Lumen on a boat mast?
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #Does anybody know how I can mount my Lumen on a boat mast?:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia🔔, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #Does anybody know how I can mount my Lumen on a boat mast? Jonas: A U-bolt holds it.
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia🔔, did the answer from @Jonas solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn staff_work_on_it_and_are_heard_in_the_thread() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", ODD).await;
    world.types(MIA, THREAD, "/human").await;
    world.hush();
    let dossier = world.bot_post("staff", "boat mast");
    world.replies(SAM, "staff", &dossier, "We have a bracket for masts in the shop.").await;
    world.says(MIA, THREAD, "great, thanks").await;
    insta::assert_snapshot!(world.transcript(), @"
    #staff Sam ↪: We have a bracket for masts in the shop.
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia🔔, @Sam from our team answers:
        > We have a bracket for masts in the shop.
    #staff Lumen: I’ve passed this on to @Mia.
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia🔔, did the answer from @Sam solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #Does anybody know how I can mount my Lumen on a boat mast? Mia: great, thanks
    #Does anybody know how I can mount my Lumen on a boat mast? Lumen: @Mia, I’ve marked this as solved by our team. [Not solved] [👍] [👎]
    ");
}

#[tokio::test]
async fn an_urgent_question_and_its_dossier_lead_to_the_thread() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", "I want a refund for my Lumen, who can help me?").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: I want a refund for my Lumen, who can help me?
    #help Lumen opens the thread #I want a refund for my Lumen, who can help me?
    #staff Lumen: Case CASE · @Mia asks in #I want a refund for my Lumen, who can help me?:
        > I want a refund for my Lumen, who can help me?
        
        Why it’s here: it says “refund”, which goes straight to you.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #I want a refund for my Lumen, who can help me? Lumen: @Mia🔔, this can’t wait, so I’ve passed it straight to our team. You’ll hear from them here, usually within 30 minutes.
    ");
}

#[tokio::test]
async fn silence_is_told_in_the_thread_and_a_word_there_opens_it_again() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", ODD).await;
    world.says(PRIYA, THREAD, "The mast bracket from the shop fits.").await;
    world.advance(minutes(31)).await;
    world.hush();
    world.says(MIA, THREAD, "It still does not work, the bracket is too small.").await;
    world.advance(minutes(23 * 60)).await;
    assert!(!world.is_put_away(THREAD), "the question is open");
    assert_eq!(world.count_in("help"), 0);
}

#[tokio::test]
async fn a_thread_is_put_away_when_nobody_can_say_any_more_that_it_was_not_solved() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", ODD).await;
    world.says(PRIYA, THREAD, "The mast bracket from the shop fits.").await;
    world.says(MIA, THREAD, "thanks!").await;
    world.advance(minutes(23 * 60)).await;
    assert!(!world.is_put_away(THREAD));
    let mut tx = world.store().read().await.expect("reads");
    let later = NOON + minutes(23 * 60);
    let standings = tx.standings(&BotId::from("lumen"), later).await.expect("reads");
    assert_eq!(standings.waiting, [], "what is not to be done yet keeps nobody waiting");
    drop(tx);
    world.restart().await;
    world.advance(minutes(61)).await;
    assert!(world.is_put_away(THREAD));
    assert!(world.square.look().renamed.is_empty());
}

#[tokio::test]
async fn a_thread_that_somebody_opened_first_is_used() {
    let mut world = World::threaded(Kill::Never).await;
    let asked = PlatformKey::from("m1000");
    world.said = 999;
    let theirs = Hanging::on("help", &asked, false);
    world.square.look().threads.insert("boat mast".to_owned(), theirs);
    world.says(MIA, "help", ODD).await;
    world.says(KAI, "boat mast", "Take the bracket from the shop.").await;
    world.says(MIA, "boat mast", "thanks").await;
    world.advance(minutes(25 * 60)).await;
    assert!(!world.is_put_away("boat mast"), "it is not ours to put away");
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #Does anybody know how I can mount my Lumen on a boat mast?:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #boat mast Lumen: @Mia🔔, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #boat mast Kai: Take the bracket from the shop.
    #boat mast Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Mia: thanks
    #boat mast Lumen: Solved 🎉 @Kai helped @Mia: +10 points, 10 in all. [👍] [👎]
    … 1500 min later
    ");
}

#[tokio::test]
async fn a_thread_in_which_somebody_spoke_before_it_was_the_cases_is_used() {
    let mut world = World::threaded(Kill::Never).await;
    world.platform_fails(vec![DeliveryError::Retry { after: None, why: "busy".to_owned() }]);
    world.says(MIA, "help", ODD).await;
    let asked = PlatformKey::new(format!("m{}", world.said - 1));
    let theirs = Hanging::on("help", &asked, false);
    world.square.look().threads.insert("boat mast".to_owned(), theirs);
    world.says(KAI, "boat mast", "Which model do you have?").await;
    world.advance(minutes(1)).await;
    world.says(KAI, "boat mast", "The bracket from the shop holds it.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #boat mast Kai: Which model do you have?
    … 1 min later
    #boat mast Lumen: @Mia🔔, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #boat mast:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #boat mast Kai: The bracket from the shop holds it.
    #boat mast Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn where_none_can_be_opened_the_channel_gets_the_answer_at_once() {
    for failure in [
        DeliveryError::Refused { why: "the right Create Public Threads is missing".to_owned() },
        DeliveryError::Gone { why: "no such message".to_owned() },
        DeliveryError::Retry { after: Some(Duration::from_mins(5)), why: "slow down".to_owned() },
    ] {
        let mut world = World::threaded(Kill::Never).await;
        world.platform_fails(vec![failure]);
        world.says(MIA, "help", ODD).await;
        assert_eq!(world.pings_of(MIA), 0, "there is nothing to bring her to");
        world.presses(PRIYA, "I’ll take it").await;
        world.says(PRIYA, "help", "The mast bracket from the shop holds it.").await;
        world.presses(MIA, "That solved it").await;
        assert_eq!(world.balance(PRIYA).await, 10);
        insta::allow_duplicates! { insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #help within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #help Lumen: @Mia, @Priya has taken your question and will answer here.
    #help Priya: The mast bracket from the shop holds it.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #help Lumen: Solved 🎉 @Priya helped @Mia: +10 points, 10 in all. [👍] [👎]
    "); }
    }
}

#[tokio::test]
async fn a_platform_without_threads_answers_in_the_channel() {
    let mut world = World::threaded(Kill::Never).await;
    world.square.look().opens_none = true;
    world.says(MIA, "help", ODD).await;
    world.says(MIA, "help", "It is a wooden one.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Mia: It is a wooden one.
    ");
}

#[tokio::test]
async fn moderators_read_why_there_are_no_threads_until_there_are_again() {
    let mut world = World::threaded(Kill::Never).await;
    let why = "the bot needs the right Create Public Threads there".to_owned();
    world.platform_fails(vec![DeliveryError::Refused { why }]);
    world.says(MIA, "help", ODD).await;
    world.types(ROBIN, "help", "/askaround status").await;
    assert!(world.private_word(ROBIN).contains("Create Public Threads"));
    world.says(JONAS, "help", "Wie befestige ich meinen Lumen an einer Holzwand?").await;
    world.types(ROBIN, "help", "/askaround status").await;
    let status = world.private_word(ROBIN);
    assert!(!status.contains("Create Public Threads"), "{status}");
    insta::assert_snapshot!(status, @"
    Questions: I take them in #help.
    Each question gets a thread of its own in #help.
    Our team: #staff
    Ambassadors are called in #ambassadors.
    Ambassadors: 3, of whom 3 could be called now.
    Help pages: 42
    To our team: /human
    Open questions: 2, of which 0 wait for our team.
    ");
}

#[tokio::test]
async fn a_busy_platform_opens_the_thread_a_little_later_and_nothing_is_said_before() {
    let mut world = World::threaded(Kill::Never).await;
    let busy = || DeliveryError::Retry { after: None, why: "busy".to_owned() };
    world.platform_fails(vec![busy(), busy()]);
    world.says(MIA, "help", ODD).await;
    assert_eq!((world.count_in("help"), world.count_in("ambassadors")), (0, 0));
    world.advance(minutes(1)).await;
    assert_eq!(world.count_in(THREAD), 1);
    assert_eq!(world.count_in("ambassadors"), 1);
    // A platform that goes on like that is not waited for.
    world.platform_fails((0..6).map(|_| busy()).collect());
    world.says(JONAS, "help", "Wie befestige ich meinen Lumen an einer Holzwand?").await;
    world.advance(minutes(3)).await;
    assert_eq!(world.count_in("help"), 1);
}

#[tokio::test]
async fn of_a_question_deleted_before_its_thread_is_there_nothing_is_said() {
    let mut world = World::threaded(Kill::Never).await;
    world.platform_fails(vec![DeliveryError::Retry { after: None, why: "busy".to_owned() }]);
    let asked = world.says(MIA, "help", ODD).await;
    world.deletes(MIA, "help", &asked).await;
    world.advance(minutes(5)).await;
    assert!(!world.shown_anywhere("boat mast"));
    assert!(!world.kept_anywhere("boat mast").await, "its words are kept nowhere");
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Mia deletes a message
    … 5 min later
    ");
}

#[tokio::test]
async fn a_deleted_question_takes_its_threads_name_along() {
    let mut world = World::threaded(Kill::Never).await;
    let asked = world.says(MIA, "help", ODD).await;
    world.deletes(MIA, "help", &asked).await;
    assert!(world.is_put_away(THREAD));
    let renamed = world.square.look().renamed.get(THREAD).cloned();
    assert_eq!(renamed.as_deref(), Some("Question withdrawn"));
    assert!(!world.kept_anywhere("boat mast").await, "its words are kept nowhere");
}

#[tokio::test]
async fn a_deleted_thread_leads_back_to_the_channel() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", ODD).await;
    world.hush();
    world.square.look().gone.insert(THREAD.to_owned());
    world.presses(PRIYA, "I’ll take it").await;
    world.says(PRIYA, "help", "The mast bracket from the shop holds it.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #Does anybody know how I can mount my Lumen on a boat mast? within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #help Lumen: @Mia, @Priya has taken your question and will answer here.
    #help Priya: The mast bracket from the shop holds it.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn a_thread_that_takes_no_word_of_the_bots_leads_back_to_the_channel() {
    let mut world = World::threaded(Kill::Never).await;
    world.says(MIA, "help", ODD).await;
    world.square.look().locked.insert(THREAD.to_owned());
    world.says(PRIYA, THREAD, "The mast bracket from the shop holds it.").await;
    assert_eq!(world.count_in("help"), 1);
    world.presses(MIA, "That solved it").await;
    assert_eq!((world.count_in("help"), world.balance(PRIYA).await), (2, 10));
    world.types(ROBIN, "help", "/askaround status").await;
    assert!(world.private_word(ROBIN).contains("The reason: the thread is locked"));
}

#[tokio::test]
async fn without_a_place_for_ambassadors_they_are_called_in_the_thread() {
    let mut world = World::threaded(Kill::Never).await;
    world.types(ROBIN, "help", "/askaround ambassadors mode:off").await;
    world.says(MIA, "help", ODD).await;
    world.presses(PRIYA, "I’ll take it").await;
    world.says(PRIYA, THREAD, "The mast bracket from the shop holds it.").await;
    assert_eq!((world.count_in("help"), world.count_in(THREAD)), (0, 4));
}

#[tokio::test]
async fn what_is_asked_in_a_thread_or_a_forum_post_has_its_thread() {
    let mut world = World::threaded(Kill::Never).await;
    world.types(ROBIN, "forum", "/askaround watch mode:every_post answers:thread").await;
    world.hush();
    world.posts_in_forum(MIA, "forum", "boat mast", "A mast and a Lumen.").await;
    world.opens_thread(ROBIN, "help", None, "boats");
    world.says(JONAS, "boats", "Wie befestige ich meinen Lumen an einer Holzwand?").await;
    insta::assert_snapshot!(world.transcript(), @"
    #forum Mia opens the thread #boat mast
    #boat mast Mia: A mast and a Lumen.
    #boat mast Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔 @Priya🔔
        @Mia has a question in #boat mast:
        > A mast and a Lumen.
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Robin opens the thread #boats
    #boats Jonas: Wie befestige ich meinen Lumen an einer Holzwand?
    #boats Lumen: @Jonas, ich habe jemanden gefragt, der sich damit auskennt. Lieber gleich mit unserem Team sprechen? Tippe /human.
    #ambassadors Lumen: @Lena🔔
        @Jonas has a question in #boats:
        > Wie befestige ich meinen Lumen an einer Holzwand?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    ");
}

#[tokio::test]
async fn moderators_choose_where_the_bot_answers_and_undo_it() {
    let mut world = World::lumen().await;
    let before = world.settings().await;
    for line in [
        "/askaround watch #help thread",
        "/askaround watch #help mode:off",
        "/askaround watch #help mode:detect sensitivity:balanced answers:thread",
        "/askaround watch #help mode:detect sensitivity:balanced answers:channel",
    ] {
        world.types(ROBIN, "help", line).await;
    }
    assert_eq!(world.settings().await, before);
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround watch #help thread
    #help Lumen (only robin sees this): From now on I take questions in #help. Mode: whatever looks like a question. Sensitivity: balanced. /askaround watch mode:off ends it.
        I answer in a thread that I open on each question.
        To undo it: /askaround watch #help mode:detect sensitivity:balanced answers:channel
    #help Robin types /askaround watch #help mode:off
    #help Lumen (only robin sees this): I take no new questions in #help any more. Those still open I’ll see to the end.
        To undo it: /askaround watch #help mode:detect sensitivity:balanced answers:thread
    #help Robin types /askaround watch #help mode:detect sensitivity:balanced answers:thread
    #help Lumen (only robin sees this): From now on I take questions in #help. Mode: whatever looks like a question. Sensitivity: balanced. /askaround watch mode:off ends it.
        I answer in a thread that I open on each question.
        To undo it: /askaround watch #help mode:off
    #help Robin types /askaround watch #help mode:detect sensitivity:balanced answers:channel
    #help Lumen (only robin sees this): From now on I take questions in #help. Mode: whatever looks like a question. Sensitivity: balanced. /askaround watch mode:off ends it.
        I answer in the channel, as replies.
        To undo it: /askaround watch #help mode:detect sensitivity:balanced answers:thread
    ");
}

/// Whatever the runtime is killed at, people read the same, once.
#[tokio::test]
async fn killed_anywhere_between_opening_and_saying_the_story_is_the_same() {
    async fn story(kill: Kill) -> (String, usize) {
        let mut world = World::threaded(kill).await;
        world.says(MIA, "help", ODD).await;
        world.presses(PRIYA, "I’ll take it").await;
        world.says(PRIYA, THREAD, "The mast bracket from the shop holds it.").await;
        world.says(MIA, THREAD, "thanks!").await;
        world.advance(minutes(25 * 60)).await;
        assert!(world.is_put_away(THREAD), "{kill:?}");
        assert_eq!((world.balance(PRIYA).await, world.cases().await.len()), (10, 1), "{kill:?}");
        (world.transcript(), world.commits())
    }
    let (undisturbed, commits) = story(Kill::Never).await;
    for commit in 1..=commits {
        for kill in [Kill::BeforeCommit(commit), Kill::AfterCommit(commit)] {
            assert_eq!(story(kill).await.0, undisturbed, "{kill:?}");
        }
    }
}

/// Where a delivery that comes twice is not recognised, the thread is found all the same.
#[tokio::test]
async fn killed_while_it_is_opened_the_thread_is_found() {
    let mut world = World::threaded(Kill::Never).await;
    world.platform_forgets_nonces();
    world.dies_while_sending_to("help");
    world.says(MIA, "help", ODD).await;
    world.advance(minutes(1)).await;
    assert_eq!((world.count_in("help"), world.count_in(THREAD)), (0, 1));
    assert_eq!(world.square.look().threads.len(), 1);
}
