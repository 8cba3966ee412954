//! Calling ambassadors: who is called and who is not, one claim for one case, and what happens
//! when people go quiet.

use super::people::{JONAS, KAI, LENA, MIA, PRIYA, ROBIN, SAM};
use super::world::{World, minutes};

/// No article answers this, so people are called at once; its topic is unknown.
const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

#[tokio::test]
async fn a_claim_clicked_by_two_at_once_has_one_winner_and_one_kind_loser() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", ODD).await;
    world.press_at_once(&[PRIYA, KAI], "I’ll take it").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Kai presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #help within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #ambassadors Lumen (only kai sees this): @Priya was a moment faster. Thank you for stepping up; the next one may be yours.
    #help Lumen: @Mia, @Priya has taken your question and will answer here.
    ");
}

#[tokio::test]
async fn nobody_is_called_who_paused_is_in_quiet_hours_or_asked_and_why_says_so() {
    let mut world = World::lumen().await;
    world.types(KAI, "ambassadors", "/ambassador pause 2h").await;
    world.types(LENA, "ambassadors", "/ambassador join languages:de,en").await;
    world.types(LENA, "ambassadors", "/ambassador hours 11:00-14:00 Europe/Berlin").await;
    world.says(PRIYA, "help", ODD).await;
    world.types(KAI, "ambassadors", "/why").await;
    world.types(LENA, "ambassadors", "/why").await;
    world.types(PRIYA, "help", "/why").await;
    assert_eq!((world.pings_of(KAI), world.pings_of(LENA), world.pings_of(PRIYA)), (0, 0, 0));
    insta::assert_snapshot!(world.transcript(), @"
    #ambassadors Kai types /ambassador pause 2h
    #ambassadors Lumen (only kai sees this): Enjoy the break. I won’t call you for 2 hours. Back sooner? /ambassador join
    #ambassadors Lena types /ambassador join languages:de,en
    #ambassadors Lumen (only lena sees this): Danke, du bist jetzt Botschafter:in. Ich frage dich zu allen Themen in diesen Sprachen: Deutsch, Englisch; höchstens 3-mal am Tag. /ambassador hours legt Ruhezeiten fest, /ambassador pause gibt dir eine Pause, und /ambassador leave beendet es.
        So machst du es rückgängig: /ambassador join topics:any languages:de
    #ambassadors Lena types /ambassador hours 11:00-14:00 Europe/Berlin
    #ambassadors Lumen (only lena sees this): Vermerkt: Ruhezeit 11:00-14:00 (Europe/Berlin). /ambassador hours ändert sie wieder.
        So machst du es rückgängig: /ambassador hours hours:off calls:3
    #help Priya: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Priya, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Priya asks in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Why it’s here: no volunteer was free.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #ambassadors Kai types /why
    #ambassadors Lumen (only kai sees this): There was a question a moment ago that I did not call you for, because:
        • You were having a break from calls.
    #ambassadors Lena types /why
    #ambassadors Lumen (only lena sees this): Es gab eine Frage, zu der ich dich nicht gefragt habe; sie liegt einen Moment zurück. Der Grund:
        • Du hattest Ruhezeit (11:00-14:00 Europe/Berlin).
    #help Priya types /why
    #help Lumen (only priya sees this): There was a question a moment ago that I did not call you for, because:
        • The question was your own.
    ");
}

#[tokio::test]
async fn the_fourth_call_of_a_day_is_not_made_and_staff_are_called_sooner() {
    let mut world = World::lumen().await;
    world.types(PRIYA, "ambassadors", "/ambassador leave").await;
    world.types(LENA, "ambassadors", "/ambassador leave").await;
    for customer in [MIA, JONAS, SAM] {
        world.says(customer, "help", ODD).await;
    }
    assert_eq!(world.pings_of(KAI), 3);
    world.hush();
    world.says(ROBIN, "help", ODD).await;
    world.types(KAI, "ambassadors", "/why").await;
    assert_eq!(world.pings_of(KAI), 3, "three calls a day are the rule of bot.toml");
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Robin, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Robin asks in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Why it’s here: no volunteer was free.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #ambassadors Kai types /why
    #ambassadors Lumen (only kai sees this): There was a question a moment ago that I did not call you for, because:
        • You had had your 3 calls for the day.
    ");
}

#[tokio::test]
async fn why_explains_a_call_in_terms_a_person_understands() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "My Lumen Air keeps dropping the connection at night, any idea?").await;
    world.presses(MIA, "Ask a person").await;
    world.advance(minutes(2)).await;
    world.hush();
    world.types(KAI, "general", "/why").await;
    insta::assert_snapshot!(world.transcript(), @"
    #general Kai types /why
    #general Lumen (only kai sees this): I called you 2 minutes ago for the question from @Mia in #help, because:
        • You chose its topic: wifi.
        • You speak its language (English).
        • I had never called you before.
        • In round 1 of asking, I called 2 people.
        A break: /ambassador pause. No calls at all: /ambassador leave.
    ");
}

#[tokio::test]
async fn an_ambassador_who_goes_quiet_loses_the_claim_and_others_are_called() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", ODD).await;
    world.presses(KAI, "I’ll take it").await;
    world.hush();
    world.advance(minutes(11)).await;
    insta::assert_snapshot!(world.transcript(), @"
    … 11 min later
    #ambassadors Lumen (only kai sees this): @Kai, the time for this one is over, so I’m looking for someone else. A reply from you still counts.
    #help Lumen: @Mia, the volunteer couldn’t answer after all. I’m looking for someone else.
    #ambassadors Lumen: @Mia’s question in #help is free to take again:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    ");
}

#[tokio::test]
async fn with_nobody_eligible_the_customer_is_told_and_staff_are_called_at_once() {
    let mut world = World::lumen().await;
    for ambassador in [KAI, PRIYA, LENA] {
        world.types(ambassador, "ambassadors", "/ambassador pause").await;
    }
    world.hush();
    world.says(MIA, "help", ODD).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Why it’s here: no volunteer was free.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}

#[tokio::test]
async fn a_german_question_is_answered_in_german_by_those_who_speak_it() {
    let mut world = World::lumen().await;
    world.says(JONAS, "help", "Wie kann ich meinen Lumen an einem Bootsmast befestigen?").await;
    world.types(JONAS, "help", "/help").await;
    assert_eq!((world.pings_of(LENA), world.pings_of(KAI)), (1, 0));
    insta::assert_snapshot!(world.transcript(), @"
    #help Jonas: Wie kann ich meinen Lumen an einem Bootsmast befestigen?
    #help Lumen: @Jonas, ich habe jemanden gefragt, der sich damit auskennt. Lieber gleich mit unserem Team sprechen? Tippe /human.
    #ambassadors Lumen: @Lena🔔
        @Jonas has a question in #help:
        > Wie kann ich meinen Lumen an einem Bootsmast befestigen?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Jonas types /help
    #help Lumen (only jonas sees this): Hast du eine Frage? Stell sie in #help oder mit /ask.
        1. Ich sehe sofort in unseren Hilfeseiten nach.
        2. Reicht das nicht, frage ich Freiwillige, die sich damit auskennen.
        3. Wissen auch sie nicht weiter, hilft unser Team. /human führt dich direkt dorthin.
        Zuletzt gab es zu wenige Antworten, um zu sagen, wie lange es dauert.
        Gerade sind 3 Freiwillige ansprechbar.
        Kennst du dich aus? Mit /ambassador join hilfst du anderen. Themen und Ruhezeiten wählst du selbst, und aufhören kannst du jederzeit.
    ");
}

#[tokio::test]
async fn somebody_who_is_no_ambassador_is_invited_and_an_asker_cannot_take_their_own() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", ODD).await;
    world.hush();
    world.presses(JONAS, "I’ll take it").await;
    world.presses(MIA, "I’ll take it").await;
    world.presses(KAI, "Pass").await;
    world.presses(PRIYA, "I’ll take it").await;
    world.presses(PRIYA, "Give back").await;
    insta::assert_snapshot!(world.transcript(), @"
    #ambassadors Jonas presses [I’ll take it]
    #ambassadors Lumen (only jonas sees this): Übernehmen können nur Botschafter:innen, antworten dürfen alle. Mit /ambassador join wirst du Botschafter:in.
    #ambassadors Mia presses [I’ll take it]
    #ambassadors Lumen (only mia sees this): This is your own question. I’m looking for someone else to answer it.
    #ambassadors Kai presses [Pass]
    #ambassadors Lumen (only kai sees this): All right, I won’t call you for this one again.
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #help within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #help Lumen: @Mia, @Priya has taken your question and will answer here.
    #ambassadors Priya presses [Give back]
    #ambassadors Lumen (only priya sees this): Thank you for saying so. I’m looking for someone else.
    #help Lumen: @Mia, the volunteer couldn’t answer after all. I’m looking for someone else.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Why it’s here: no volunteer was free.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Volunteers called: 2.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #help Lumen: @Mia, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    ");
}

#[tokio::test]
async fn an_answer_not_accepted_goes_back_to_calling_and_silence_solves() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.replies(JONAS, "help", &asked, "Use a U-bolt and a plastic box.").await;
    world.presses(MIA, "Not solved").await;
    world.presses(PRIYA, "I’ll take it").await;
    world.replies(PRIYA, "help", &asked, "There is a mast bracket in the shop.").await;
    world.hush();
    world.advance(minutes(31)).await;
    assert_eq!(world.balance(PRIYA).await, 10, "a live claimant is awarded by silence");
    assert_eq!(world.balance(JONAS).await, 0);
    world.presses(MIA, "Not solved").await;
    assert_eq!(world.balance(PRIYA).await, 0, "and loses it when silence was wrong");
    insta::assert_snapshot!(world.transcript(), @"
    … 31 min later
    #help Lumen: @Mia, I’ve heard nothing more, so I take it that @Priya solved this. If not, press “Not solved” within 1 day. [Not solved] [👍] [👎]
    #help Mia presses [Not solved]
    #help Lumen: @Mia, your question is open again. I’m asking volunteers.
    #ambassadors Lumen: @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    ");
}

#[tokio::test]
async fn a_question_back_is_no_answer_and_keeps_the_claim_alive() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    world.presses(PRIYA, "I’ll take it").await;
    world.hush();
    world.advance(minutes(9)).await;
    let back = world.replies(PRIYA, "help", &asked, "Which model do you have?").await;
    world.advance(minutes(9)).await;
    world.replies(MIA, "help", &back, "the Lumen Go").await;
    world.advance(minutes(9)).await;
    world.replies(PRIYA, "help", &asked, "Then the suction mount holds it.").await;
    insta::assert_snapshot!(world.transcript(), @"
    … 9 min later
    #help Priya ↪: Which model do you have?
    … 9 min later
    #help Mia ↪: the Lumen Go
    … 9 min later
    #help Priya ↪: Then the suction mount holds it.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn the_askers_heart_on_an_answer_is_thanks_and_others_hearts_are_not() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", ODD).await;
    let answer = world.replies(KAI, "help", &asked, "With the bracket from the shop.").await;
    world.hush();
    world.reacts(JONAS, "help", &answer, "❤️").await;
    assert_eq!(world.balance(KAI).await, 0);
    world.reacts(MIA, "help", &answer, "❤️").await;
    assert_eq!(world.balance(KAI).await, 10);
    insta::assert_snapshot!(world.transcript(), @"
    #help Jonas reacts ❤️
    #help Mia reacts ❤️
    #help Lumen: Solved 🎉 @Kai helped @Mia: +10 points, 10 in all. [👍] [👎]
    ");
}
