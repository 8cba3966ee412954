//! Threads: what is said in the thread of a case belongs to it, the bot answers where people talk,
//! and a thread is listened to as its channel is.

use askaround::domain::case::Press;
use askaround::domain::ids::PlatformKey;
use askaround::platform::{DeliveryError, Fate, Message, Thread, What};

use super::people::{JONAS, KAI, MIA, PRIYA, Person, ROBIN, SAM};
use super::world::{World, minutes};

const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

impl World {
    /// Somebody opens a thread, on a message or on nothing; from then on it is written in like any
    /// channel.
    pub(super) fn opens_thread(
        &mut self,
        who: Person,
        parent: &str,
        root: Option<&PlatformKey>,
        thread: &str,
    ) {
        self.line(&format!("#{parent} {} opens the thread #{thread}", who.name));
        let hangs = Thread {
            parent: PlatformKey::from(parent),
            parent_name: parent.to_owned(),
            root: root.cloned(),
            private: false,
        };
        self.threads.insert(thread.to_owned(), hangs);
    }

    /// Somebody opens a forum post: a thread whose first message is what it is about.
    pub(super) async fn posts_in_forum(
        &mut self,
        who: Person,
        forum: &str,
        thread: &str,
        text: &str,
    ) -> PlatformKey {
        let root = PlatformKey::new(format!("m{}", self.said + 1));
        self.opens_thread(who, forum, Some(&root), thread);
        self.says(who, thread, text).await
    }
}

#[tokio::test]
async fn an_answer_in_the_thread_of_a_question_needs_no_reply() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.hush();
    world.opens_thread(KAI, "help", Some(&asked), "boat mast");
    world.says(KAI, "boat mast", "Which model do you have?").await;
    world.says(MIA, "boat mast", "the Lumen Go").await;
    world.says(KAI, "boat mast", "Then the mast bracket from the shop holds it.").await;
    world.says(KAI, "boat mast", "Put some tape under it.").await;
    world.says(MIA, "boat mast", "thank you!").await;
    assert_eq!(world.balance(KAI).await, 10);
    insta::assert_snapshot!(world.transcript(), @"
    #help Kai opens the thread #boat mast
    #boat mast Kai: Which model do you have?
    #boat mast Mia: the Lumen Go
    #boat mast Kai: Then the mast bracket from the shop holds it.
    #boat mast Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Kai: Put some tape under it.
    #boat mast Mia: thank you!
    #boat mast Lumen: Solved 🎉 @Kai helped @Mia: +10 points, 10 in all. [👍] [👎]
    ");
}

#[tokio::test]
async fn two_helpers_talk_in_a_thread_and_the_asker_says_which_one_it_was() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.hush();
    world.opens_thread(JONAS, "help", Some(&asked), "boat mast");
    world.says(JONAS, "boat mast", "Use a U-bolt and a plastic box.").await;
    let kais = world.says(KAI, "boat mast", "A box blocks the signal, take the bracket.").await;
    world.replies(JONAS, "boat mast", &kais, "Right, I forgot about the signal.").await;
    world.presses(MIA, "That solved it").await;
    assert_eq!((world.balance(KAI).await, world.balance(JONAS).await), (10, 0));
    world.says(PRIYA, "boat mast", "I have the same boat, by the way.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Jonas opens the thread #boat mast
    #boat mast Jonas: Use a U-bolt and a plastic box.
    #boat mast Lumen: @Mia🔔, did the answer from @Jonas solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Kai: A box blocks the signal, take the bracket.
    #boat mast Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Jonas ↪: Right, I forgot about the signal.
    #boat mast Mia presses [That solved it]
    #boat mast Lumen: Solved 🎉 @Kai helped @Mia: +10 points, 10 in all. [👍] [👎]
    #boat mast Priya: I have the same boat, by the way.
    ");
}

#[tokio::test]
async fn silence_is_told_where_the_talk_was_and_a_word_there_opens_it_again() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.presses(PRIYA, "I’ll take it").await;
    world.opens_thread(PRIYA, "help", Some(&asked), "boat mast");
    world.says(PRIYA, "boat mast", "The mast bracket from the shop fits.").await;
    world.hush();
    world.advance(minutes(31)).await;
    world.says(MIA, "boat mast", "It still does not work, the bracket is too small.").await;
    insta::assert_snapshot!(world.transcript(), @"
    … 31 min later
    #boat mast Lumen: @Mia, I’ve heard nothing more, so I take it that @Priya solved this. If not, press “Not solved” within 1 day. [Not solved] [👍] [👎]
    #boat mast Mia: It still does not work, the bracket is too small.
    #boat mast Lumen: @Mia, your question is open again. I’m asking volunteers.
    #ambassadors Lumen: @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #boat mast Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    ");
}

#[tokio::test]
async fn a_question_in_a_thread_of_a_watched_channel_is_answered_in_that_thread() {
    let mut world = World::lumen().await;
    world.opens_thread(ROBIN, "help", None, "boats");
    world.says(JONAS, "boats", "Nice weather today.").await;
    world.says(MIA, "boats", ODD).await;
    world.types(MIA, "boats", "/help").await;
    world.presses(PRIYA, "I’ll take it").await;
    world.says(PRIYA, "boats", "There is a mast bracket in the shop.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin opens the thread #boats
    #boats Jonas: Nice weather today.
    #boats Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #boats Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #boats:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #boats Mia types /help
    #boats Lumen (only mia sees this): Do you have a question? Ask it in #help, or with /ask.
        1. I look in our help pages, at once.
        2. If that’s not enough, I ask volunteers who know about it.
        3. If they can’t help, our team does. /human takes you there directly.
        There have been too few answers lately to say how long it takes.
        3 volunteers can be called right now.
        Do you know your way around? /ambassador join makes you a volunteer. You choose your topics and quiet hours, and can stop whenever you like.
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #boats within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #boats Lumen: @Mia, @Priya has taken your question and will answer here.
    #boats Priya: There is a mast bracket in the shop.
    #boats Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn a_thread_outside_watched_channels_is_not_listened_to() {
    let mut world = World::lumen().await;
    let hello = world.says(JONAS, "general", "I have a boat.").await;
    world.opens_thread(JONAS, "general", Some(&hello), "my boat");
    let message = Message {
        key: "elsewhere".into(),
        text: ODD.to_owned(),
        reply_to: None,
        mentions_bot: false,
        opens_post: false,
        wordless: false,
    };
    let fate = world.hands_over(MIA, "my boat", What::Said(message)).await;
    assert_eq!(fate, Fate::Dropped("not watched"));
}

#[tokio::test]
async fn a_forum_post_is_its_own_thread() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "forum", "/askaround watch mode:every_post").await;
    world.hush();
    let asked = world.posts_in_forum(MIA, "forum", "boat mast", "A mast and a Lumen.").await;
    world.says(JONAS, "boat mast", "A U-bolt holds it.").await;
    world.replies(MIA, "boat mast", &asked, "On a wooden mast?").await;
    world.says(JONAS, "boat mast", "With tape under it, on any mast.").await;
    world.says(MIA, "boat mast", "thanks a lot").await;
    assert_eq!(world.balance(JONAS).await, 10);
    insta::assert_snapshot!(world.transcript(), @"
    #forum Mia opens the thread #boat mast
    #boat mast Mia: A mast and a Lumen.
    #boat mast Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔 @Priya🔔
        @Mia has a question in #boat mast:
        > A mast and a Lumen.
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #boat mast Jonas: A U-bolt holds it.
    #boat mast Lumen: @Mia🔔, did the answer from @Jonas solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Mia ↪: On a wooden mast?
    #boat mast Jonas: With tape under it, on any mast.
    #boat mast Mia: thanks a lot
    #boat mast Lumen: Solved 🎉 @Jonas helped @Mia: +10 points, 10 in all. [👍] [👎]
    ");
}

#[tokio::test]
async fn what_moderators_set_in_a_thread_is_set_for_its_channel() {
    let mut world = World::lumen().await;
    world.opens_thread(ROBIN, "garden", None, "roses");
    world.types(ROBIN, "roses", "/askaround watch").await;
    world.says(MIA, "garden", ODD).await;
    insta::assert_snapshot!(world.transcript(), @"
    #garden Robin opens the thread #roses
    #roses Robin types /askaround watch
    #roses Lumen (only robin sees this): From now on I take questions in #garden. Mode: whatever looks like a question. Sensitivity: balanced. /askaround watch mode:off ends it.
        To undo it: /askaround watch #garden mode:off
    #garden Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #garden Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔 @Priya🔔
        @Mia has a question in #garden:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    ");
}

#[tokio::test]
async fn staff_work_in_a_thread_under_the_dossier() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.opens_thread(KAI, "help", Some(&asked), "boat mast");
    world.types(KAI, "boat mast", "/human").await;
    world.hush();
    let dossier = world.bot_post("staff", "boat mast");
    world.opens_thread(SAM, "staff", Some(&dossier), "case mast");
    world.says(SAM, "case mast", "// does the shop have brackets?").await;
    world.says(SAM, "case mast", "We have a bracket for masts in the shop.").await;
    world.says(MIA, "boat mast", "Does it fit a wooden one?").await;
    world.says(SAM, "case mast", "It fits any mast up to 8 cm.").await;
    world.says(MIA, "boat mast", "great, thanks").await;
    insta::assert_snapshot!(world.transcript(), @"
    #staff Sam opens the thread #case mast
    #case mast Sam: // does the shop have brackets?
    #case mast Sam: We have a bracket for masts in the shop.
    #help Lumen: @Mia🔔, @Sam from our team answers:
        > We have a bracket for masts in the shop.
    #case mast Lumen: I’ve passed this on to @Mia.
        Everything you write in this thread goes to @Mia. Begin a note for your team only with //.
    #help Lumen: @Mia🔔, did the answer from @Sam solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Mia: Does it fit a wooden one?
    #case mast Lumen: @Mia adds:
        > Does it fit a wooden one?
    #case mast Sam: It fits any mast up to 8 cm.
    #boat mast Lumen: @Mia🔔, @Sam from our team answers:
        > It fits any mast up to 8 cm.
    #case mast Lumen: I’ve passed this on to @Mia.
    #boat mast Lumen: @Mia🔔, did the answer from @Sam solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #boat mast Mia: great, thanks
    #boat mast Lumen: @Mia, I’ve marked this as solved by our team. [Not solved] [👍] [👎]
    ");
}

#[tokio::test]
async fn volunteers_who_answer_in_a_thread_under_the_call_are_heard_in_the_question() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", ODD).await;
    world.hush();
    let call = world.bot_post("ambassadors", "boat mast");
    world.opens_thread(PRIYA, "ambassadors", Some(&call), "mast call");
    world.says(PRIYA, "mast call", "// is it steel or wood, I wonder").await;
    world.says(PRIYA, "mast call", "The bracket from the shop holds it.").await;
    world.says(KAI, "mast call", "With tape under it.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #ambassadors Priya opens the thread #mast call
    #mast call Priya: // is it steel or wood, I wonder
    #mast call Priya: The bracket from the shop holds it.
    #help Lumen: @Mia🔔, @Priya answers:
        > The bracket from the shop holds it.
    #mast call Lumen: Everything you write in this thread goes to @Mia. Begin a note among yourselves with //.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #mast call Kai: With tape under it.
    #help Lumen: @Mia🔔, @Kai answers:
        > With tape under it.
    #help Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn after_the_end_others_ask_their_own_questions_in_the_old_thread() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.opens_thread(KAI, "help", Some(&asked), "boat mast");
    world.says(KAI, "boat mast", "Take the bracket from the shop.").await;
    world.says(MIA, "boat mast", "thanks!").await;
    world.hush();
    world.says(JONAS, "boat mast", "Schönes Boot.").await;
    world.says(JONAS, "boat mast", "Wie befestige ich meinen Lumen an einer Holzwand?").await;
    insta::assert_snapshot!(world.transcript(), @"
    #boat mast Jonas: Schönes Boot.
    #boat mast Jonas: Wie befestige ich meinen Lumen an einer Holzwand?
    #boat mast Lumen: @Jonas, ich habe jemanden gefragt, der sich damit auskennt. Lieber gleich mit unserem Team sprechen? Tippe /human.
    #ambassadors Lumen: @Lena🔔
        @Jonas has a question in #boat mast:
        > Wie befestige ich meinen Lumen an einer Holzwand?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    ");
}

#[tokio::test]
async fn a_deleted_question_takes_its_thread_along() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.opens_thread(KAI, "help", Some(&asked), "boat mast");
    world.says(KAI, "boat mast", "Take the bracket from the shop.").await;
    world.hush();
    world.deletes(MIA, "help", &asked).await;
    world.says(KAI, "boat mast", "Oh, never mind then.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia deletes a message
    #boat mast Kai: Oh, never mind then.
    ");
}

#[tokio::test]
async fn a_thread_is_remembered_over_a_restart() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.opens_thread(KAI, "help", Some(&asked), "boat mast");
    world.says(KAI, "boat mast", "Which model is it?").await;
    world.restart().await;
    world.hush();
    world.says(KAI, "boat mast", "The bracket from the shop fits them all.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #boat mast Kai: The bracket from the shop fits them all.
    #boat mast Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn whoever_calls_staff_in_a_thread_reads_there_that_they_were_called() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.hush();
    world.opens_thread(KAI, "help", Some(&asked), "boat mast");
    world.types(KAI, "boat mast", "/human I have never seen a mast").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Kai opens the thread #boat mast
    #boat mast Kai types /human I have never seen a mast
    #boat mast Lumen: @Mia, I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Why it’s here: @Kai asked for our team.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Volunteers called: 2.
        @Kai adds:
        > I have never seen a mast
        
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}

#[tokio::test]
async fn what_cannot_be_said_in_a_deleted_thread_is_said_in_its_channel() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.hush();
    world.opens_thread(JONAS, "help", Some(&asked), "boat mast");
    world.platform_fails(vec![DeliveryError::Gone { why: "no such channel".to_owned() }]);
    world.says(JONAS, "boat mast", "A U-bolt holds it.").await;
    world.presses(MIA, "That solved it").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Jonas opens the thread #boat mast
    #boat mast Jonas: A U-bolt holds it.
    #help Lumen: @Mia🔔, did the answer from @Jonas solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #boat mast Lumen: Solved 🎉 @Jonas helped @Mia: +10 points, 10 in all. [👍] [👎]
    ");
}

#[tokio::test]
async fn a_moderator_takes_back_what_the_bot_said_in_a_thread_too() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.opens_thread(JONAS, "help", Some(&asked), "boat mast");
    world.says(JONAS, "boat mast", "A U-bolt holds it.").await;
    world.hush();
    let (_, case) = Press::decode(&world.data_of(MIA, "That solved it")).expect("a button of ours");
    world.types(ROBIN, "boat mast", &format!("/askaround case {} do:retract", case.short())).await;
    assert!(!world.shown_anywhere("did the answer from"), "it was said in the thread");
    world.types(ROBIN, "boat mast", &format!("/askaround case {} do:restore", case.short())).await;
    assert!(world.shown_anywhere("did the answer from"), "and stands there again");
    insta::assert_snapshot!(world.transcript(), @"
    #boat mast Robin types /askaround case CASE do:retract
    #boat mast Lumen (only robin sees this): My words about CASE are taken back; a line says so where they stood.
        To undo it: /askaround case CASE do:restore
    #boat mast Robin types /askaround case CASE do:restore
    #boat mast Lumen (only robin sees this): My words about CASE stand again as they were.
        To undo it: /askaround case CASE do:retract
    ");
}
