//! Ranks that are worn: what moderators say is worn for which, who gets it when, who gives it back,
//! and what happens when it cannot be.

use std::time::Duration;

use askaround::domain::badge::Obstacle;
use askaround::platform::DeliveryError;

use super::links::joined;
use super::people::{KAI, MIA, PRIYA, Person, ROBIN};
use super::world::{Kill, World, minutes};

/// A question that no article answers.
const QUESTION: &str = "Is there a purple mode for the front lights?";

impl World {
    /// What somebody wears beside their name.
    pub(crate) fn wears(&self, who: Person) -> String {
        let worn = self.square.look().worn.get(who.key).cloned().unwrap_or_default();
        worn.into_iter().collect::<Vec<_>>().join(" ")
    }

    /// Who was given or taken what since the last time: `priya +guide-key -expert-key`.
    pub(crate) fn dressed(&self) -> Vec<String> {
        std::mem::take(&mut self.square.look().dressed)
    }

    /// From now on a badge cannot be given; `None`: now it can.
    pub(crate) fn bars(&self, badge: &str, obstacle: Option<Obstacle>) {
        let obstacles = &mut self.square.look().obstacles;
        obstacles.remove(badge);
        obstacles.extend(obstacle.map(|obstacle| (badge.to_owned(), obstacle)));
    }

    /// Makes the next badges fail.
    pub(crate) fn fails_dressing(&self, failures: Vec<DeliveryError>) {
        self.square.look().slips = failures;
    }

    async fn tells(&mut self, options: &str) {
        self.types(ROBIN, "help", &format!("/askaround recognition {options}")).await;
    }

    /// Priya solves a question; gives back how a moderator's line about it begins.
    async fn priya_solves(&mut self) -> String {
        let question = self.says(MIA, "help", QUESTION).await;
        self.replies(PRIYA, "help", &question, "Hold the button for two seconds.").await;
        self.presses(MIA, "That solved it").await;
        format!("/askaround case {}", self.newest_case().await)
    }

    async fn gives(&mut self, case: &str, who: Person, points: i64) {
        let line = format!("{case} do:grant who:@{} points:{points} patience", who.key);
        self.types(ROBIN, "help", &line).await;
    }
}

/// A town in which roles stand for two ranks; nobody has told anybody anything.
async fn town() -> World {
    town_killed(Kill::Never).await
}

async fn town_killed(kill: Kill) -> World {
    let mut world = World::lumen_killed(kill).await;
    world.tells("rank:guide role:@Guide").await;
    world.tells("rank:expert role:@Expert").await;
    world.hush();
    world
}

/// A town in which forty-five people have been guides for long.
async fn old_town() -> World {
    let mut world = World::lumen().await;
    for statement in [
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45) \
         INSERT INTO accounts (id, bot, platform, platform_key, person, name, made_at) \
         SELECT i, 'lumen', 'square', 'old' || i, i, 'Old ' || i, 0 FROM n",
        "INSERT INTO ledger (id, bot, community, account, person, act, points, at, once_key) \
         SELECT accounts.id, 'lumen', communities.id, accounts.id, person, 'granted', 60, 0, \
         'old:' || person FROM accounts, communities WHERE person <= 45",
        "INSERT INTO balances (person, scope, bot, account, points) \
         SELECT person, 'all', 'lumen', id, 60 FROM accounts WHERE person <= 45",
    ] {
        world.tampers(statement).await;
    }
    world.hush();
    world
}

/// The lines behind “To undo it:” in the newest answer to Robin.
fn undo_lines(world: &World) -> Vec<String> {
    let answer = world.private_word(ROBIN);
    let lines = answer.lines().filter_map(|line| line.strip_prefix("To undo it: "));
    lines.map(ToOwned::to_owned).collect()
}

#[tokio::test]
async fn whoever_reaches_a_rank_wears_it_and_gives_it_back_with_the_points() {
    let mut world = town().await;
    let case = world.priya_solves().await;
    assert_eq!(world.dressed(), [""; 0], "ten points are no rank yet");
    world.gives(&case, PRIYA, 45).await;
    assert_eq!(world.dressed(), ["priya +guide-key -expert-key"]);
    world.gives(&case, PRIYA, 300).await;
    assert_eq!(world.dressed(), ["priya +expert-key -guide-key"]);
    world.gives(&case, PRIYA, 1).await;
    assert_eq!(world.dressed(), [""; 0], "the same rank is not given again");
    assert_eq!(world.wears(PRIYA), "expert-key");
    world.types(ROBIN, "help", &format!("{case} do:take who:@priya copied")).await;
    assert_eq!(world.dressed(), ["priya -expert-key -guide-key"], "once, though by many entries");
    assert_eq!(world.wears(PRIYA), "");
}

#[tokio::test]
async fn a_case_that_is_opened_again_takes_the_rank_that_it_gave() {
    let mut world = town().await;
    world.tells("ranks:newcomer@0,guide@10,expert@100,legend@500").await;
    world.priya_solves().await;
    assert_eq!(world.wears(PRIYA), "guide-key");
    world.presses(MIA, "👎").await;
    world.presses(MIA, "Not solved").await;
    assert_eq!(world.wears(PRIYA), "");
}

#[tokio::test]
async fn what_moderators_move_is_worn_anew_and_undone_by_their_own_line() {
    let mut world = World::lumen().await;
    world.priya_solves().await;
    world.tells("rank:guide role:@Guide ranks:newcomer@0,guide@10,expert@100,legend@500").await;
    assert_eq!(world.wears(PRIYA), "guide-key");
    let undo = undo_lines(&world);
    world.tells("rank:guide role:@Helper").await;
    assert_eq!(world.dressed(), ["priya +guide-key", "priya +helper-key -guide-key"]);
    let back = undo_lines(&world);
    assert_eq!(back, ["/askaround recognition rank:guide role:@Guide"]);
    world.types(ROBIN, "help", &back[0]).await;
    assert_eq!(world.wears(PRIYA), "guide-key");
    world.types(ROBIN, "help", &undo[0]).await;
    assert_eq!(world.wears(PRIYA), "", "a role that stands for nothing is taken back");
    assert!(world.settings().await.badges.is_empty());
}

#[tokio::test]
async fn a_reset_gives_every_role_back_to_the_line_that_undoes_it() {
    let mut world = town().await;
    let case = world.priya_solves().await;
    world.gives(&case, PRIYA, 60).await;
    world.tells("solved:20").await;
    let before = world.settings().await;
    world.tells("all:reset").await;
    assert_eq!(world.wears(PRIYA), "");
    let undo = undo_lines(&world);
    assert_eq!(
        undo,
        [
            "/askaround recognition solved:20 rank:expert role:@Expert",
            "/askaround recognition rank:guide role:@Guide",
        ]
    );
    for line in undo {
        world.types(ROBIN, "help", &line).await;
    }
    assert_eq!(world.settings().await, before);
    assert_eq!(world.wears(PRIYA), "guide-key");
}

#[tokio::test]
async fn a_role_that_cannot_be_given_is_refused_with_what_mends_it() {
    let mut world = World::lumen().await;
    for options in [
        "rank:guide role:@Guide",
        "",
        "rank:guide role:@Boss",
        "rank:guide role:@Booster",
        "rank:guide role:@everyone",
        "rank:guide role:@Nobody",
        "rank:wizard role:@Guide",
        "rank:guide",
        "role:@Guide",
        "mode:off",
        "rank:expert mode:off",
        "rank:guide role:@guide",
        "rank:guide mode:off",
    ] {
        world.tells(options).await;
    }
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround recognition rank:guide role:@Guide
    #help Lumen (only robin sees this): What holds in this community from now on:
        Points: 10 for solving it, 3 for thanks, 5 for an approved answer; 80 a day at most.
        Ranks, and where they begin: newcomer@0,guide@50,expert@250,legend@1000
        Roles for ranks: guide @Guide
        From now on the role @Guide stands for the rank Guide. I give it to everybody of that rank, a few at a time, and take it when their rank changes.
        To undo it: /askaround recognition rank:guide mode:off
    #help Robin types /askaround recognition 
    #help Lumen (only robin sees this): What holds in this community:
        Points: 10 for solving it, 3 for thanks, 5 for an approved answer; 80 a day at most.
        Ranks, and where they begin: newcomer@0,guide@50,expert@250,legend@1000
        Roles for ranks: guide @Guide
    #help Robin types /askaround recognition rank:guide role:@Boss
    #help Lumen (only robin sees this): @Boss can’t stand for a rank: it stands above my own role. Please drag my role above it in the server settings, under Roles. Nothing has changed.
    #help Robin types /askaround recognition rank:guide role:@Booster
    #help Lumen (only robin sees this): @Booster can’t stand for a rank: it belongs to an app, to boosts or to linked accounts, so nobody can give it by hand. Please take a role made for this rank. Nothing has changed.
    #help Robin types /askaround recognition rank:guide role:@everyone
    #help Lumen (only robin sees this): @everyone can’t stand for a rank: everybody has it. Please take a role made for this rank. Nothing has changed.
    #help Robin types /askaround recognition rank:guide role:@Nobody
    #help Lumen (only robin sees this): > Nobody
        I don’t know a role of this name here. Name one with @.
    #help Robin types /askaround recognition rank:wizard role:@Guide
    #help Lumen (only robin sees this): > wizard
        I don’t know this rank. The ranks here are: newcomer, guide, expert, legend.
    #help Robin types /askaround recognition rank:guide
    #help Lumen (only robin sees this): Something is missing after /askaround recognition: role. Please type it again with that.
    #help Robin types /askaround recognition role:@Guide
    #help Lumen (only robin sees this): Something is missing after /askaround recognition: rank. Please type it again with that.
    #help Robin types /askaround recognition mode:off
    #help Lumen (only robin sees this): Something is missing after /askaround recognition: rank. Please type it again with that.
    #help Robin types /askaround recognition rank:expert mode:off
    #help Lumen (only robin sees this): What holds in this community from now on:
        Points: 10 for solving it, 3 for thanks, 5 for an approved answer; 80 a day at most.
        Ranks, and where they begin: newcomer@0,guide@50,expert@250,legend@1000
        Roles for ranks: guide @Guide
        That is how it was already, so nothing has changed.
    #help Robin types /askaround recognition rank:guide role:@guide
    #help Lumen (only robin sees this): That is how it was already. I go through everybody once more, a few at a time, so that whoever should have @Guide gets it.
    #help Robin types /askaround recognition rank:guide mode:off
    #help Lumen (only robin sees this): What holds in this community from now on:
        Points: 10 for solving it, 3 for thanks, 5 for an approved answer; 80 a day at most.
        Ranks, and where they begin: newcomer@0,guide@50,expert@250,legend@1000
        From now on the role @Guide stands for the rank Guide no more. I take it back from those I gave it to, a few at a time.
        To undo it: /askaround recognition rank:guide role:@Guide
    ");
}

#[tokio::test]
async fn nobody_gets_a_role_who_never_earned_anything() {
    let mut world = World::lumen().await;
    world.priya_solves().await;
    world.tells("rank:newcomer role:@Helper").await;
    assert_eq!(world.dressed(), ["priya +helper-key"], "Kai and Lena have done nothing yet");
}

#[tokio::test]
async fn a_whole_community_is_dressed_some_at_a_time_whatever_happens() {
    let mut world = old_town().await;
    world.tells("rank:guide role:@Guide").await;
    assert_eq!(world.dressed().len(), 20);
    world.restart().await;
    world.rest().await;
    assert_eq!(world.dressed().len(), 0, "the next ones a minute later");
    world.advance(minutes(1)).await;
    assert_eq!(world.dressed().len(), 20);
    world.advance(minutes(1)).await;
    assert_eq!(world.dressed().len(), 5);
    world.advance(minutes(60)).await;
    assert_eq!(world.dressed().len(), 0, "once everybody has it, that is that");
}

#[tokio::test]
async fn where_nothing_can_be_given_nobody_else_is_tried_until_the_command_comes_again() {
    let mut world = old_town().await;
    world.bars("guide-key", Some(Obstacle::NoRight));
    world.tells("rank:guide role:@Guide").await;
    assert_eq!(world.transcript().matches("Manage Roles").count(), 1);
    world.bars("guide-key", None);
    world.advance(minutes(10)).await;
    assert_eq!(world.dressed(), [""; 0]);
    world.tells("rank:guide role:@Guide").await;
    assert_eq!(world.dressed().len(), 20);
}

#[tokio::test]
async fn accounts_that_join_wear_the_same_rank_and_part_with_their_own() {
    let mut world = town().await;
    let case = world.priya_solves().await;
    world.gives(&case, PRIYA, 60).await;
    joined(&mut world, PRIYA, KAI).await;
    assert_eq!((world.wears(PRIYA), world.wears(KAI)), ("guide-key".into(), "guide-key".into()));
    world.types(PRIYA, "help", "/unlink").await;
    assert_eq!((world.wears(PRIYA), world.wears(KAI)), ("guide-key".into(), String::new()));
}

#[tokio::test]
async fn what_is_in_the_way_is_told_once_and_not_tried_for_ever() {
    let mut world = town().await;
    world.bars("guide-key", Some(Obstacle::Above));
    let case = world.priya_solves().await;
    world.hush();
    world.gives(&case, PRIYA, 60).await;
    world.gives(&case, KAI, 60).await;
    world.types(ROBIN, "help", "/askaround status").await;
    world.advance(minutes(3 * 24 * 60)).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround case CASE do:grant who:@priya points:60 patience
    #help Lumen (only robin sees this): @Priya gets 60 points and has 70 now.
        To undo it: /askaround case CASE do:take who:@priya points:60 reason:undone
    #staff Lumen: I can’t give or take the role @Guide for a rank: it stands above my own role. Please drag my role above it in the server settings, under Roles. Until then, /points shows everybody’s rank.
        Once that is done, /askaround recognition rank:guide role:@Guide makes me go through everybody again.
    #help Robin types /askaround case CASE do:grant who:@kai points:60 patience
    #help Lumen (only robin sees this): @Kai gets 60 points and has 60 now.
        To undo it: /askaround case CASE do:take who:@kai points:60 reason:undone
    #help Robin types /askaround status
    #help Lumen (only robin sees this): Questions: I take them in #help.
        Our team: #staff
        Ambassadors are called in #ambassadors.
        Ambassadors: 3, of whom 3 could be called now.
        Help pages: 42
        To our team: /human
        Open questions: 0, of which 0 wait for our team.
        I can’t give or take the role @Guide for a rank: it stands above my own role. Please drag my role above it in the server settings, under Roles. Until then, /points shows everybody’s rank.
        Once that is done, /askaround recognition rank:guide role:@Guide makes me go through everybody again.
    … 4320 min later
    ");
    assert_eq!((world.wears(PRIYA), world.wears(KAI)), (String::new(), String::new()));

    world.bars("guide-key", None);
    world.tells("rank:guide role:@Guide").await;
    assert_eq!(world.dressed(), ["kai +guide-key -expert-key", "priya +guide-key -expert-key"]);
    world.types(ROBIN, "help", "/askaround status").await;
    assert!(!world.private_word(ROBIN).contains("Guide"));
}

#[tokio::test]
async fn a_missing_right_is_told_once_for_all_roles_and_again_when_it_goes_again() {
    let mut world = town().await;
    let case = world.priya_solves().await;
    let bars = |world: &World, obstacle| {
        for badge in ["guide-key", "expert-key"] {
            world.bars(badge, obstacle);
        }
    };
    let told = |text: &str| text.matches("Manage Roles").count();
    bars(&world, Some(Obstacle::NoRight));
    world.hush();
    world.gives(&case, PRIYA, 60).await;
    world.gives(&case, KAI, 600).await;
    assert_eq!(told(&world.transcript()), 1);
    bars(&world, None);
    world.gives(&case, PRIYA, 600).await;
    assert_eq!(world.wears(PRIYA), "expert-key", "the next change of rank finds it mended");
    bars(&world, Some(Obstacle::NoRight));
    world.gives(&case, KAI, 1).await;
    assert_eq!(told(&world.transcript()), 1);
    assert_eq!(world.wears(KAI), "");
}

#[tokio::test]
async fn a_platform_that_is_away_gives_it_later_and_whoever_left_is_not_waited_for() {
    let mut world = town().await;
    let case = world.priya_solves().await;
    let retry = |seconds| DeliveryError::Retry {
        after: Some(Duration::from_secs(seconds)),
        why: "too fast".to_owned(),
    };
    let unknown = || DeliveryError::Unknown { why: "cut".to_owned() };
    let line = format!("{case} do:grant who:@priya points:60 patience");
    world.hush();
    // The answer to Robin goes through, then the role meets trouble.
    world.fails_dressing(vec![retry(90), unknown()]);
    world.types(ROBIN, "help", &line).await;
    assert_eq!(world.wears(PRIYA), "");
    world.advance(minutes(5)).await;
    assert_eq!(world.wears(PRIYA), "guide-key");

    world.fails_dressing(vec![DeliveryError::Gone { why: "left".to_owned() }]);
    world.gives(&case, KAI, 60).await;
    world.advance(minutes(60)).await;
    assert_eq!(world.wears(KAI), "");
    assert!(!world.transcript().contains("role"), "nobody is told of it");
}

#[tokio::test]
async fn wherever_it_is_killed_everybody_wears_their_rank_in_the_end() {
    async fn tale(kill: Kill) -> (World, String) {
        let mut world = town_killed(kill).await;
        let case = world.priya_solves().await;
        world.gives(&case, PRIYA, 60).await;
        world.advance(minutes(10)).await;
        let worn = world.wears(PRIYA);
        (world, worn)
    }
    let (world, undisturbed) = tale(Kill::Never).await;
    assert_eq!(undisturbed, "guide-key");
    for n in 1..=world.commits() {
        for kill in [Kill::BeforeCommit(n), Kill::AfterCommit(n)] {
            let (_, worn) = tale(kill).await;
            assert_eq!(worn, undisturbed, "{kill:?}");
        }
    }
}
