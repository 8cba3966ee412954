//! What a bot knows, and what it learns: articles that change while it runs, and a community whose
//! button presses move the confidence from which on it is shown anything.
#![expect(clippy::expect_used, reason = "a folder that cannot be copied is no story")]

use std::fs;
use std::path::Path;

use askaround::domain::ids::Topic;

use super::people::{KAI, MIA, ROBIN};
use super::world::{Kill, World, lumen_folder};

const SUGGESTED: &str = "this may already be your answer";

/// Asks, and whether an article was shown; then the question is out of the way again.
async fn is_shown(world: &mut World, question: &str, then: &str) -> bool {
    world.hush();
    let message = world.says(MIA, "help", question).await;
    let shown = world.transcript().contains(SUGGESTED);
    if shown {
        world.presses(MIA, then).await;
    }
    world.deletes(MIA, "help", &message).await;
    shown
}

#[tokio::test]
async fn people_whom_articles_did_not_help_make_the_bot_more_careful() {
    let question = "My Lumen Air keeps dropping the connection at night, what can I do?";
    let mut world = World::lumen().await;
    let mut rounds = 0;
    while is_shown(&mut world, question, "Ask a person").await {
        rounds += 1;
        assert!(rounds < 12, "a dozen people in vain, and it is still shown");
    }
    assert!(rounds > 1, "one bad answer silences nobody, {rounds} did");
    let sure = "what does the red light on my router mean";
    assert!(is_shown(&mut world, sure, "That solved it").await, "what is sure is still shown");
}

#[tokio::test]
async fn people_whom_articles_helped_make_the_bot_bolder() {
    let unsure = "purple blinking, is it broken?";
    let mut world = World::lumen().await;
    assert!(!is_shown(&mut world, unsure, "Ask a person").await, "a stranger's bot is cautious");
    let mut rounds = 0;
    let often = "My Lumen Air keeps dropping the connection at night, what can I do?";
    while !is_shown(&mut world, unsure, "That solved it").await {
        rounds += 1;
        assert!(rounds < 60, "sixty were helped, and it is still not shown");
        assert!(is_shown(&mut world, often, "That solved it").await);
    }
    assert!(rounds > 3, "three good answers loosen nothing, {rounds} did");
}

#[tokio::test]
async fn a_community_learns_for_itself_and_keeps_no_words() {
    let question = "what does the red light on my router mean";
    let mut world = World::lumen().await;
    let before = world.trust().await;
    assert_eq!((before.helped, before.did_not_help), (0, 0));
    is_shown(&mut world, question, "That solved it").await;
    is_shown(&mut world, question, "Ask a person").await;
    world.says(MIA, "help", "Is there a way to make the lights on the front purple?").await;
    let after = world.trust().await;
    assert_eq!((after.helped, after.did_not_help), (1, 1), "what nobody was shown counts not");
    world.restart().await;
    assert_eq!(world.trust().await, after, "it outlives the program");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("reads").map(|entry| entry.expect("an entry")) {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).map(|_| ()).expect("a file is copied");
        }
    }
}

fn boat(answer: &str) -> String {
    format!(
        "+++\nid = \"boat\"\ntitle = \"On a boat\"\nquestions = [\n  \
         \"can I hang it on the mast of a boat?\",\n]\nlanguage = \"en\"\n\
         checked = 2026-11-01\n+++\n{answer}\n"
    )
}

#[tokio::test]
async fn an_article_that_is_written_is_shown_at_once_and_a_broken_one_takes_nothing_away() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bot = folder.path().join("lumen");
    copy(&lumen_folder(), &bot);
    let mut world = World::empty(&bot, Kill::Never).await;
    world.types(ROBIN, "help", "/askaround watch").await;
    let question = "can I hang it on the mast of a boat?";
    assert!(!is_shown(&mut world, question, "That solved it").await, "nobody has written of it");

    let article = bot.join("knowledge/en/boat.md");
    fs::write(&article, boat("Yes, with the bracket for poles.")).expect("written");
    world.looks_at_the_folder().await;
    world.hush();
    let message = world.says(MIA, "help", question).await;
    assert!(world.transcript().contains("Yes, with the bracket for poles."));
    world.deletes(MIA, "help", &message).await;

    // Saved half-way: the id is gone, and so is the end of the front matter.
    fs::write(&article, "+++\ntitle = \"On a bo").expect("written");
    world.looks_at_the_folder().await;
    world.hush();
    let message = world.says(MIA, "help", question).await;
    assert!(
        world.transcript().contains("Yes, with the bracket for poles."),
        "what was known stays known"
    );
    world.deletes(MIA, "help", &message).await;
    assert!(is_shown(&mut world, "what does the red light on my router mean", "Me too").await);

    fs::write(&article, boat("Yes, but keep it dry.")).expect("written");
    world.looks_at_the_folder().await;
    world.hush();
    world.says(MIA, "help", question).await;
    assert!(world.transcript().contains("keep it dry"), "mended, it is read again");
}

#[tokio::test]
async fn what_a_new_article_is_about_can_be_chosen_at_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let bot = folder.path().join("lumen");
    copy(&lumen_folder(), &bot);
    let mut world = World::empty(&bot, Kill::Never).await;
    world.types(ROBIN, "help", "/askaround watch").await;
    world.types(KAI, "help", "/ambassador join topics:boats languages:en").await;
    assert!(world.private_word(KAI).contains("boats"), "it is named as unknown");
    assert_eq!(world.wishes(KAI).await, None);
    let article = boat("Yes, with the bracket for poles.");
    let article = article.replace("language =", "tags = [\"boats\"]\nlanguage =");
    fs::write(bot.join("knowledge/en/boat.md"), article).expect("written");
    world.looks_at_the_folder().await;
    world.types(KAI, "help", "/ambassador join topics:boats languages:en").await;
    let (wishes, _) = world.wishes(KAI).await.expect("an ambassador");
    assert_eq!(wishes.topics, [Topic::from("boats")]);
    world.types(KAI, "help", "/leaders topic:boats").await;
    assert!(!world.private_word(KAI).contains("I don’t know"), "{}", world.private_word(KAI));
    let question = "can I hang it on the mast of a boat?";
    assert!(is_shown(&mut world, question, "Ask a person").await);
    let case = *world.cases().await.last().expect("a case");
    let mut tx = world.store().read().await.expect("reads");
    let topics = tx.case(case).await.expect("reads").expect("there").case.topics;
    assert_eq!(topics, [Topic::from("boats")]);
}
