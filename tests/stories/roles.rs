//! Every command, by everybody: who may, who is told kindly that they may not, and that each change
//! is undone by the very line that its answer names.

#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use std::collections::BTreeSet;

use askaround::domain::case::Stage;
use askaround::domain::command::{self, Spec};
use askaround::domain::ids::CaseId;

use super::people::{JONAS, KAI, LENA, MIA, PRIYA, Person, ROBIN, SAM};
use super::world::World;

/// One of each kind of person.
const EVERYBODY: [Person; 4] = [MIA, KAI, ROBIN, SAM];
/// Those whom moderators' commands are refused to.
const NO_MODERATORS: [Person; 3] = [MIA, KAI, SAM];

const MODERATORS_ONLY: &str = "Only moderators can use this command. Nothing has changed.";
const NO_AMBASSADOR: &str = "You’re not an ambassador.";

/// A question that no article answers; of Jonas, so that everybody of the table can stand by.
const QUESTION: &str = "Is there a way to make the lights on the front purple?";

/// Commands that moderators give; `CASE` is the number of an open question, and `ANSWER` that of an
/// answer which may become an article. One line each has no undo because it changes nothing.
const MODERATORS: &[(&str, bool)] = &[
    ("/askaround watch #general", true),
    ("/askaround watch #help mode:tagged sensitivity:eager", true),
    ("/askaround watch #help mode:off", true),
    ("/askaround staff #lobby", true),
    ("/askaround staff mode:off", true),
    ("/askaround ambassadors #general", true),
    ("/askaround ambassadors mode:off", true),
    ("/askaround ambassadors calls:1 cases:2", true),
    ("/askaround escalation concierge", true),
    ("/askaround escalation", false),
    ("/askaround ladder", false),
    ("/askaround ladder waves:3@0s,6@5m patience:1m claim:20m wait:1h staff:40m", true),
    ("/askaround recognition", false),
    ("/askaround recognition solved:20 thanked:1 endorsed:7 cap:60", true),
    ("/askaround recognition ranks:newcomer@0,guide@10,expert@100,legend@500", true),
    ("/askaround recognition rank:guide role:@Guide", true),
    ("/askaround recognition solved:20 rank:expert role:@Expert", true),
    ("/askaround language", false),
    ("/askaround language de", true),
    ("/askaround case", false),
    ("/askaround case CASE", false),
    ("/askaround case CASE do:close", true),
    ("/askaround case CASE do:escalate", true),
    ("/askaround case CASE do:solved", true),
    ("/askaround case CASE do:retract", true),
    ("/askaround case CASE do:endorse who:@priya", true),
    ("/askaround case CASE do:grant who:@priya points:7 reason:a patient answer", true),
    ("/askaround case CASE do:take who:@priya points:3 reason:a slip", true),
    ("/askaround block", false),
    ("/askaround block @priya mode:on too many links", true),
    ("/askaround knowledge", false),
    ("/askaround knowledge ANSWER", false),
    ("/askaround knowledge ANSWER do:title On a boat", true),
    ("/askaround knowledge ANSWER do:question can it hang on a boat?", true),
    ("/askaround knowledge ANSWER do:body Yes, with the bracket for poles.", true),
    ("/askaround knowledge ANSWER do:revert", true),
    ("/askaround knowledge ANSWER do:publish", true),
    ("/askaround knowledge ANSWER do:discard", true),
    ("/askaround status", false),
    ("/askaround report", false),
];

/// Commands that ambassadors give about themselves.
const AMBASSADORS: &[&str] = &[
    "/ambassador leave",
    "/ambassador pause 2h",
    "/ambassador pause",
    "/ambassador hours 22:00-08:00 Europe/Berlin calls:1",
    "/ambassador topics security mute:wifi",
];

/// Commands for everybody: nobody is refused.
const EVERYONES: &[&str] = &[
    "/ask where is the reset button?",
    "/points",
    "/why",
    "/leaders",
    "/leaders month wifi",
    "/feedback the app is lovely",
    "/link",
    "/link ABCD-EFGH",
    "/unlink",
    "/help",
    "/privacy",
    "/ambassador card @kai",
    "/ambassador join languages:en",
];

/// The cases that the lines are about.
#[derive(Clone, Copy)]
struct About {
    open: CaseId,
    answer: CaseId,
}

impl About {
    fn line(self, line: &str) -> String {
        line.replace("CASE", &self.open.short()).replace("ANSWER", &self.answer.short())
    }
}

/// A town with an open question that Priya has answered, and an answer of hers that may become an
/// article.
async fn town() -> (World, About) {
    let mut world = World::lumen().await;
    world.types(ROBIN, "general", "/help").await;
    world.types(ROBIN, "lobby", "/help").await;
    // Whoever is left to call when the case comes back.
    world.types(LENA, "ambassadors", "/ambassador join topics:any languages:en,de").await;
    let question = world.says(JONAS, "help", "Does anybody hang theirs on a boat mast?").await;
    let answer = "Yes, with the bracket for poles from the shop. Mind to put rubber tape under it.";
    world.replies(PRIYA, "help", &question, answer).await;
    world.presses(JONAS, "That solved it").await;
    world.presses(PRIYA, "Yes, use it").await;
    let answer = world.cases().await.pop().expect("a case");
    let review = format!("/askaround knowledge {}", answer.short());
    world.types(ROBIN, "help", &format!("{review} do:question Boat?")).await;
    world.types(ROBIN, "help", &format!("{review} do:title Boats")).await;
    let question = world.says(JONAS, "help", QUESTION).await;
    world.replies(PRIYA, "help", &question, "Not yet, but it is planned.").await;
    let case = world.cases().await.pop().expect("a case");
    // Something to take.
    let grant = format!("/askaround case {} do:grant who:@priya points:9 a start", case.short());
    world.types(ROBIN, "help", &grant).await;
    world.hush();
    (world, About { open: case, answer })
}

/// The line behind “To undo it:” in the newest answer to somebody.
fn undo_of(world: &World, who: Person) -> Option<String> {
    let answer = world.private_word(who);
    let line = answer.lines().rev().find_map(|line| line.strip_prefix("To undo it: "))?;
    Some(line.to_owned())
}

/// What a moderator's command could have changed: settings, the case, Priya's points, her block.
async fn standing(world: &World, about: About) -> String {
    let mut settings = world.settings().await;
    // A former name goes on leading to the team for a day: that is no change to undo.
    settings.escalation = settings.escalation.filter(|setting| setting.command.is_some());
    if let Some(setting) = &mut settings.escalation {
        setting.old.clear();
    }
    let mut tx = world.store().read().await.expect("reads");
    let row = tx.case(about.open).await.expect("reads").expect("there");
    let harvest = tx.harvest(about.answer).await.expect("reads").expect("there");
    let answer = format!("{:?} {:?}", harvest.state, harvest.wording);
    // A case that was sent on and back is being called for, whatever it was before.
    let is_with_crowd = matches!(row.case.stage, Stage::Calling { .. } | Stage::Answered { .. });
    let stage = if is_with_crowd { "with the crowd" } else { row.case.stage.word() };
    drop(tx);
    let points = world.balance(PRIYA).await;
    let blocked = world.is_blocked(PRIYA).await;
    format!("{settings:?} {stage} {points} {blocked} {answer}")
}

#[tokio::test]
async fn every_command_of_the_table_is_tried_here() {
    let lines = MODERATORS.iter().map(|(line, _)| *line);
    let lines = lines.chain(AMBASSADORS.iter().copied()).chain(EVERYONES.iter().copied());
    let tried: BTreeSet<String> = lines
        .filter_map(|line| {
            let mut words = line.trim_start_matches('/').split(' ');
            let name = words.next()?;
            let spec = command::TABLE.iter().find(|spec| spec.name == name)?;
            let sub = if spec.subs.is_empty() { None } else { words.next() };
            Some(path(spec.name, sub))
        })
        .collect();
    let known: BTreeSet<String> = command::TABLE.iter().flat_map(paths).collect();
    assert_eq!(tried, known);
}

fn path(name: &str, sub: Option<&str>) -> String {
    sub.map_or_else(|| name.to_owned(), |sub| format!("{name} {sub}"))
}

fn paths(spec: &Spec) -> Vec<String> {
    if spec.subs.is_empty() {
        return vec![path(spec.name, None)];
    }
    spec.subs.iter().map(|sub| path(spec.name, Some(sub.name))).collect()
}

#[tokio::test]
async fn moderators_commands_are_refused_to_everybody_else_and_change_nothing() {
    let (mut world, case) = town().await;
    let before = standing(&world, case).await;
    for (line, _) in MODERATORS {
        let line = case.line(line);
        for who in NO_MODERATORS {
            world.types(who, "help", &line).await;
            assert_eq!(world.private_word(who), MODERATORS_ONLY, "{line} by {}", who.name);
        }
    }
    assert_eq!(standing(&world, case).await, before);
}

#[tokio::test]
async fn what_a_moderator_changes_is_undone_by_the_line_that_the_answer_names() {
    for (line, changes) in MODERATORS {
        let (mut world, case) = town().await;
        let line = case.line(line);
        let before = standing(&world, case).await;
        world.types(ROBIN, "help", &line).await;
        let answer = world.private_word(ROBIN);
        assert_ne!(answer, MODERATORS_ONLY, "{line}");
        let undo = undo_of(&world, ROBIN);
        assert_eq!(undo.is_some(), *changes, "{line}: {answer}");
        let Some(undo) = undo else {
            assert_eq!(standing(&world, case).await, before, "{line} changes nothing");
            continue;
        };
        // Taking words back changes what is read, not what stands.
        if !line.contains("retract") {
            assert_ne!(standing(&world, case).await, before, "{line} changes something");
        }
        world.types(ROBIN, "help", &undo).await;
        assert_eq!(standing(&world, case).await, before, "{line} undone by {undo}");
    }
}

#[tokio::test]
async fn what_an_ambassador_changes_is_undone_by_the_line_that_the_answer_names() {
    for line in AMBASSADORS {
        let (mut world, _) = town().await;
        world.types(MIA, "help", line).await;
        assert!(world.private_word(MIA).starts_with(NO_AMBASSADOR), "{line}");
        let before = world.wishes(KAI).await;
        world.types(KAI, "help", line).await;
        assert_ne!(world.wishes(KAI).await, before, "{line} changes something");
        let answer = world.private_word(KAI);
        // A break ends by joining again, and its own sentence says so.
        let undo = undo_of(&world, KAI).unwrap_or_else(|| "/ambassador join".to_owned());
        assert!(answer.contains(&undo), "{line}: {answer}");
        world.types(KAI, "help", &undo).await;
        assert_eq!(world.wishes(KAI).await, before, "{line} undone by {undo}");
    }
}

#[tokio::test]
async fn what_is_for_everybody_is_refused_to_nobody() {
    for line in EVERYONES {
        let (mut world, _) = town().await;
        for who in EVERYBODY {
            world.types(who, "help", line).await;
            let answer = world.private_word(who);
            assert!(!answer.starts_with(MODERATORS_ONLY), "{line} by {}", who.name);
            assert!(!answer.starts_with(NO_AMBASSADOR) || *line == "/why", "{line}: {answer}");
        }
    }
}
