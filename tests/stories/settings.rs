//! What moderators set by command, and what is refused to everybody else.

use super::people::{JONAS, MIA, ROBIN, SAM};
use super::world::{Kill, World, lumen_folder, minutes};

#[tokio::test]
async fn a_moderator_sets_a_community_up_in_four_commands() {
    let mut world = World::empty(&lumen_folder(), Kill::Never).await;
    world.says(MIA, "support", "how do I reset my router to factory settings?").await;
    world.types(ROBIN, "support", "/askaround status").await;
    world.types(ROBIN, "support", "/askaround watch").await;
    world.types(ROBIN, "desk", "/askaround staff").await;
    world.types(ROBIN, "support", "/askaround escalation mensch").await;
    world.types(ROBIN, "support", "/askaround status").await;
    world.says(MIA, "support", "how do I reset my router to factory settings?").await;
    insta::assert_snapshot!(world.transcript(), @"
    #support Mia: how do I reset my router to factory settings?
    #support Robin types /askaround status
    #support Lumen (only robin sees this): Questions: I take none yet. /askaround watch in a channel changes that.
        Our team: no channel yet. Until /askaround staff names one, nothing can be passed on.
        Ambassadors: 0, of whom 0 could be called now.
        Help pages: 42
        To our team: /human
        Open questions: 0, of which 0 wait for our team.
    #support Robin types /askaround watch
    #support Lumen (only robin sees this): From now on I take questions in #support. Mode: whatever looks like a question. Sensitivity: balanced. /askaround watch mode:off ends it.
        To undo it: /askaround watch #support mode:off
    #desk Robin types /askaround staff
    #desk Lumen (only robin sees this): From now on, whatever needs our team goes to #desk.
        To undo it: /askaround staff mode:off
    #support Robin types /askaround escalation mensch
    #support Lumen (only robin sees this): From now on, /mensch leads to our team. /human still works for 24 hours.
        To undo it: /askaround escalation reset
    #support Robin types /askaround status
    #support Lumen (only robin sees this): Questions: I take them in #support.
        Our team: #desk
        Ambassadors: 0, of whom 0 could be called now.
        Help pages: 42
        To our team: /mensch
        Open questions: 0, of which 0 wait for our team.
    #support Mia: how do I reset my router to factory settings?
    #support Lumen: @Mia, this may already be your answer:
        
        Reset the router to factory settings (https://help.lumen.example/factory-reset)
        With the router switched on, hold the recessed reset button with a paper clip for ten seconds until the light blinks blue. This erases all settings, including the Wi-Fi name, passwords and provider login. ▶ (https://video.lumen.example/factory-reset)
        Picked automatically from our help pages. If it doesn’t help, press “Ask a person”. If I hear nothing from you, I’ll ask people in 3 minutes. [That solved it] [Ask a person] [Me too]
    ");
}

#[tokio::test]
async fn the_renamed_escalation_command_works_at_once_and_the_old_one_for_a_day() {
    let mut world = World::lumen().await;
    world.types(ROBIN, "help", "/askaround escalation concierge").await;
    world.types(ROBIN, "help", "/askaround escalation Get Help!").await;
    world.types(ROBIN, "help", "/askaround escalation help").await;
    world.types(MIA, "help", "/concierge my parcel was stolen").await;
    world.types(JONAS, "help", "/human das paket wurde gestohlen").await;
    world.advance(minutes(25 * 60)).await;
    world.hush();
    world.types(JONAS, "help", "/human hallo").await;
    world.types(ROBIN, "help", "/askaround escalation reset").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Jonas types /human hallo
    #help Lumen (only jonas sees this): /human kenne ich nicht. /help zeigt dir, was ich kann.
    #help Robin types /askaround escalation reset
    #help Lumen (only robin sees this): /human leads to our team again, as this bot has it from the start.
        To undo it: /askaround escalation concierge
    ");
}

#[tokio::test]
async fn settings_are_refused_to_members_and_nonsense_gets_a_kind_sentence() {
    let mut world = World::lumen().await;
    for line in [
        "/askaround watch #general",
        "/askaround staff",
        "/askaround ambassadors",
        "/askaround escalation x",
        "/askaround status",
    ] {
        world.types(MIA, "help", line).await;
    }
    for line in [
        "/askaround watch #hlep",
        "/askaround watch #help loud",
        "/askaround watch #help detect eager channel please",
        "/askaround",
        "/dance",
        "/ambassador pause forever",
    ] {
        world.types(ROBIN, "help", line).await;
    }
    world.types(MIA, "help", "/ambassador join topics:cooking").await;
    world.types(MIA, "help", "/ambassador hours 22:00-08:00 Mars/Olympus").await;
    world.types(MIA, "help", "/points").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia types /askaround watch #general
    #help Lumen (only mia sees this): Only moderators can use this command. Nothing has changed.
    #help Mia types /askaround staff
    #help Lumen (only mia sees this): Only moderators can use this command. Nothing has changed.
    #help Mia types /askaround ambassadors
    #help Lumen (only mia sees this): Only moderators can use this command. Nothing has changed.
    #help Mia types /askaround escalation x
    #help Lumen (only mia sees this): Only moderators can use this command. Nothing has changed.
    #help Mia types /askaround status
    #help Lumen (only mia sees this): Only moderators can use this command. Nothing has changed.
    #help Robin types /askaround watch #hlep
    #help Lumen (only robin sees this): > hlep
        I don’t know this channel. Please type the command in that channel itself.
    #help Robin types /askaround watch #help loud
    #help Lumen (only robin sees this): mode can’t be
        > loud
        It can be: detect · tagged · every_post · off.
    #help Robin types /askaround watch #help detect eager channel please
    #help Lumen (only robin sees this): /askaround watch has no please. It has: channel · mode · sensitivity · answers.
    #help Robin types /askaround
    #help Lumen (only robin sees this): Something is missing after /askaround: watch · staff · ambassadors · escalation · ladder · recognition · language · knowledge · case · block · status · report. Please type it again with that.
    #help Robin types /dance
    #help Lumen (only robin sees this): I don’t know /dance. /help shows what I can do.
    #help Robin types /ambassador pause forever
    #help Lumen (only robin sees this): > forever
        for needs a time such as 30m or 2h. Please type it again with that.
    #help Mia types /ambassador join topics:cooking
    #help Lumen (only mia sees this): > cooking
        I don’t know this topic. The topics here are: account, apps, gaming, hardware, mesh, mobile, orders, security, setup, smart-home, wifi.
    #help Mia types /ambassador hours 22:00-08:00 Mars/Olympus
    #help Lumen (only mia sees this): You’re not an ambassador. /ambassador join makes you one, and /ambassador leave ends it whenever you like.
    #help Mia types /points
    #help Lumen (only mia sees this): No points yet. They come with answers that solve somebody’s question.
    ");
}

#[tokio::test]
async fn without_a_desk_the_case_says_so_and_reaches_the_desk_once_there_is_one() {
    let mut world = World::empty(&lumen_folder(), Kill::Never).await;
    world.types(ROBIN, "help", "/askaround watch").await;
    world.hush();
    world.types(MIA, "help", "/human I want to cancel my order").await;
    world.types(ROBIN, "desk", "/askaround staff").await;
    world.advance(minutes(31)).await;
    world.presses(SAM, "I’ll take it").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia types /human I want to cancel my order
    #help Lumen: @Mia asks:
        > I want to cancel my order
    #help Lumen: @Mia, this is one for our team, but I haven’t been told yet where to reach them. I’ve let the moderators know and will keep reminding them.
    #help Lumen: @Mia needs our team (case CASE), but I don’t know where to reach it. Once a moderator names a channel with /askaround staff, I’ll send it there.
    #desk Robin types /askaround staff
    #desk Lumen (only robin sees this): From now on, whatever needs our team goes to #desk.
        One case was waiting for this and is on its way there.
        To undo it: /askaround staff mode:off
    #desk Lumen: Case CASE · @Mia asks in #help:
        > I want to cancel my order
        
        Why it’s here: @Mia asked for our team.
        Language: English · Topics: orders
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    … 31 min later
    #help Lumen: @Mia, you’re not forgotten: our team has your question and will answer here.
    #desk Lumen: Case CASE · @Mia is waiting for a word from you, and asked 30 minutes ago.
    #desk Sam presses [I’ll take it]
    #help Lumen: @Mia, @Sam from our team is looking into this now.
    #desk Lumen: @Sam has this one.
    ");
}

#[tokio::test]
async fn an_urgent_word_skips_the_ladder() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "I think my account was hacked, what should I do?").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: I think my account was hacked, what should I do?
    #help Lumen: @Mia, this can’t wait, so I’ve passed it straight to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > I think my account was hacked, what should I do?
        
        Why it’s here: it says “hacked”, which goes straight to you.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}
