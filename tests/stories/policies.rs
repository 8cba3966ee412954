//! Policies from outside the crate: what they decide, and what they cannot.

use std::sync::Arc;
use std::time::Duration;

use askaround::domain::ambassador::{Ambassador, Eligibility, Need, Suited};
use askaround::domain::case::{Case, Ladder};
use askaround::domain::policies::Policies;
use askaround::domain::recognition::{Deed, Recognition};
use askaround::domain::rules::{LadderRules, RecognitionRules, Wave};
use askaround::domain::time::Moment;

use super::people::{JONAS, KAI, MIA, PRIYA};
use super::world::{World, minutes};

/// No article answers this, so people are called at once; its topic is unknown.
const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

/// Calls specialists only, whatever they wish.
struct Specialists;

impl Eligibility for Specialists {
    fn weigh(&self, who: &Ambassador, _: &Suited, _: &Need<'_>, _: Moment) -> Option<f64> {
        (!who.preferences.topics.is_empty()).then_some(f64::INFINITY)
    }
}

/// One wave of everybody, and staff after five minutes.
struct AllAtOnce;

impl Ladder for AllAtOnce {
    fn wave(&self, _: &LadderRules, _: &Case, number: usize, _: Moment) -> Option<Wave> {
        (number == 0).then_some(Wave { after: Duration::ZERO, call: usize::MAX })
    }

    fn staff_after(&self, _: &LadderRules, _: &Case, _: Moment) -> Duration {
        minutes(5)
    }
}

/// A fortune for everything.
struct Fortune;

impl Recognition for Fortune {
    fn points(&self, _: &RecognitionRules, _: &Deed<'_>) -> i64 {
        1_000_000
    }
}

#[tokio::test]
async fn an_eligibility_from_outside_keeps_out_and_calls_nobody_who_paused() {
    let eligibility = Arc::new(Specialists);
    let mut world = World::lumen_by(Policies { eligibility, ..Policies::default() }).await;
    world.says(MIA, "help", ODD).await;
    world.types(PRIYA, "ambassadors", "/why").await;
    assert_eq!((world.pings_of(KAI), world.pings_of(PRIYA)), (1, 0));
    world.types(KAI, "ambassadors", "/ambassador pause 2h").await;
    world.says(JONAS, "help", "Does anybody know what paint sticks to my Lumen?").await;
    assert_eq!((world.pings_of(KAI), world.pings_of(PRIYA)), (1, 0));
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #ambassadors Priya types /why
    #ambassadors Lumen (only priya sees this): There was a question a moment ago that I did not call you for, because:
        • By this community’s own rules, it was not one for you. That can change with the next.
    #ambassadors Kai types /ambassador pause 2h
    #ambassadors Lumen (only kai sees this): Enjoy the break. I won’t call you for 2 hours. Back sooner? /ambassador join
    #help Jonas: Does anybody know what paint sticks to my Lumen?
    #help Lumen: @Jonas, no volunteer is free just now, so I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Jonas asks in #help:
        > Does anybody know what paint sticks to my Lumen?
        
        Why it’s here: no volunteer was free.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}

#[tokio::test]
async fn a_ladder_and_a_recognition_from_outside_keep_to_the_deadline_and_the_daily_cap() {
    let (ladder, recognition) = (Arc::new(AllAtOnce), Arc::new(Fortune));
    let policies = Policies { ladder, recognition, ..Policies::default() };
    let mut world = World::lumen_by(policies).await;
    let asked = world.says(MIA, "help", ODD).await;
    assert_eq!((world.pings_of(KAI), world.pings_of(PRIYA)), (1, 1));
    world.presses(PRIYA, "I’ll take it").await;
    world.replies(PRIYA, "help", &asked, "With the wall mount and two hose clamps.").await;
    world.presses(MIA, "That solved it").await;
    world.says(MIA, "help", "Does anybody know what paint sticks to my Lumen?").await;
    world.advance(minutes(5)).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Does anybody know how I can mount my Lumen on a boat mast?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #help:
        > Does anybody know how I can mount my Lumen on a boat mast?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #ambassadors Priya presses [I’ll take it]
    #ambassadors Lumen (only priya sees this): It’s yours. Please reply to @Mia in #help within 10 minutes. If you can’t after all, press “Give back” and I’ll ask someone else. [Give back]
    #help Lumen: @Mia, @Priya has taken your question and will answer here.
    #help Priya ↪: With the wall mount and two hose clamps.
    #help Lumen: @Mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    #help Mia presses [That solved it]
    #help Lumen: Solved 🎉 @Priya helped @Mia: +80 points, 80 in all. [👍] [👎]
    #help Lumen: 🎉 @Priya has reached the rank Guide. Thank you for all the help so far.
    #help Mia: Does anybody know what paint sticks to my Lumen?
    #help Lumen: @Mia, I’ve asked 2 volunteers who know about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔 @Kai🔔
        @Mia has a question in #help:
        > Does anybody know what paint sticks to my Lumen?
        
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    … 5 min later
    #help Lumen: @Mia, I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > Does anybody know what paint sticks to my Lumen?
        
        Why it’s here: volunteers were asked for 5 minutes, without a solution.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Volunteers called: 2.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}
