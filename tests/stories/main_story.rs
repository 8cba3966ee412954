//! The main job: asked, suggested, called, claimed, answered, thanked; and the question that
//! nobody answers, which reaches staff and comes back.

use std::collections::BTreeMap;

use super::people::{KAI, MIA, SAM};
use super::world::{Kill, World, minutes};

const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

pub(super) async fn the_story(world: &mut World) -> String {
    let asked = world.says(MIA, "help", QUESTION).await;
    world.presses(MIA, "Ask a person").await;
    world.presses(KAI, "I’ll take it").await;
    world.replies(KAI, "help", &asked, "Turn off the night schedule in the app.").await;
    world.presses(MIA, "That solved it").await;
    world.says(MIA, "help", "thanks a lot!").await;
    world.types(KAI, "ambassadors", "/points").await;

    world.says(MIA, "help", "Is there a way to make the lights on the front purple?").await;
    world.advance(minutes(30)).await;
    world.presses(SAM, "I’ll take it").await;
    let dossier = world.bot_post("staff", "lights on the front purple");
    world.replies(SAM, "staff", &dossier, "// ask the product team first").await;
    world.replies(SAM, "staff", &dossier, "Not yet, but it is planned for spring.").await;
    world.says(MIA, "help", "thank you, that is good to know").await;
    world.transcript()
}

#[tokio::test]
async fn a_question_is_answered_by_an_ambassador_and_the_next_one_by_staff() {
    let mut world = World::lumen().await;
    insta::assert_snapshot!(the_story(&mut world).await, @"
    #help Mia: My Lumen Air keeps dropping the connection at night, what can I do?
    #help Lumen: @Mia, this may already be your answer:
        
        Wi-Fi keeps dropping or disconnects at night (https://help.lumen.example/wifi-drops)
        First find out what drops. If the light turns orange, the line is failing, not the Wi-Fi. If it stays white and only Wi-Fi devices lose contact, the cause is usually a crowded channel, a schedule or the nightly update.
        Picked automatically from our help pages. If it doesn’t help, press “Ask a person”. If I hear nothing from you, I’ll ask people in 3 minutes. [That solved it] [Ask a person] [Me too]
    #help Mia presses [Ask a person]
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔 @Priya🔔
        @Mia has a question in #help:
        > My Lumen Air keeps dropping the connection at night, what can I do?
        
        Topics: wifi
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #ambassadors Kai presses [I’ll take it]
    #ambassadors Lumen (only kai sees this): It’s yours. Please reply to @Mia in #help within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #help Lumen: @Mia, @Kai has taken your question and will answer here.
    #help Kai ↪: Turn off the night schedule in the app.
    #help Lumen: @Mia🔔, did the answer from @Kai solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #help Lumen: Solved 🎉 @Kai helped @Mia: +10 points, 10 in all. [👍] [👎]
    #help Mia: thanks a lot!
    #help Lumen: A thank-you for @Kai: +3 points, 13 in all.
    #ambassadors Kai types /points
    #ambassadors Lumen (only kai sees this): You have 13 points and the rank Newcomer. Today: 13 of at most 80.
        37 more points to the rank Guide.
        • 3 points: somebody thanked you, a moment ago
        • 10 points: your answer solved a question, a moment ago
    #help Mia: Is there a way to make the lights on the front purple?
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔
        @Mia has a question in #help:
        > Is there a way to make the lights on the front purple?
        
        Topics: hardware, setup
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    … 30 min later
    #help Lumen: @Mia, I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Is there a way to make the lights on the front purple?
        
        Why it’s here: volunteers were asked for 25 minutes, without a solution.
        Language: English · Topics: hardware, setup
        Suggested so far: nothing, no help page fitted.
        Volunteers called: one.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #staff Sam presses [I’ll take it]
    #help Lumen: @Mia, @Sam from our team is looking into this now.
    #staff Lumen: @Sam has this one.
    #staff Sam ↪: // ask the product team first
    #staff Sam ↪: Not yet, but it is planned for spring.
    #help Lumen: @Mia🔔, @Sam from our team answers:
        > Not yet, but it is planned for spring.
    #staff Lumen: I’ve passed this on to @Mia.
    #help Lumen: @Mia🔔, did the answer from @Sam solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia: thank you, that is good to know
    #help Lumen: @Mia, I’ve marked this as solved by our team. [Not solved] [👍] [👎]
    ");
}

/// What was to be read in each channel, in order: what two channels show at the same time has no
/// order that anybody could see.
pub(super) fn by_channel(transcript: &str) -> BTreeMap<String, Vec<String>> {
    let mut channels: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut here = String::new();
    for line in transcript.lines() {
        if let Some(channel) = line.strip_prefix('#') {
            channel.split(' ').next().unwrap_or_default().clone_into(&mut here);
        }
        channels.entry(here.clone()).or_default().push(line.to_owned());
    }
    channels
}

async fn read_the_same_when(killed: fn(usize) -> Kill) {
    let mut undisturbed = World::lumen().await;
    let read = the_story(&mut undisturbed).await;
    let (commits, balance) = (undisturbed.commits(), undisturbed.balance(KAI).await);
    assert!(commits > 30, "the story is long enough to be killed often: {commits}");
    for commit in 1..=commits {
        let kill = killed(commit);
        let mut world = World::lumen_killed(kill).await;
        let disturbed = the_story(&mut world).await;
        assert_eq!(by_channel(&disturbed), by_channel(&read), "killed at {kill:?}");
        assert_eq!(world.balance(KAI).await, balance, "killed at {kill:?}");
    }
}

#[tokio::test]
async fn killed_before_any_commit_people_read_the_same() {
    read_the_same_when(Kill::BeforeCommit).await;
}

#[tokio::test]
async fn killed_after_any_commit_and_before_anybody_heard_people_read_the_same() {
    read_the_same_when(Kill::AfterCommit).await;
}

/// The same story on PostgreSQL, with a death in its middle.
#[cfg(feature = "postgres")]
#[tokio::test]
async fn on_postgresql_people_read_the_same() {
    let Some(server) = super::postgres::fresh_schema("main_story").await else { return };
    let mut undisturbed = World::lumen().await;
    let read = the_story(&mut undisturbed).await;
    let mut world = World::lumen_on(Some(server), Kill::AfterCommit(20)).await;
    let told = the_story(&mut world).await;
    assert_eq!(by_channel(&told), by_channel(&read));
    assert_eq!(world.balance(KAI).await, undisturbed.balance(KAI).await);
}
