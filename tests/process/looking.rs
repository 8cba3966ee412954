//! Looking at a database from the command line, beside the program that works on it.

use super::conversation::{ANSWER, QUESTION, kai_helps};
use super::program::{Ended, Home};
use super::tab::Tab;

/// Runs one command on the playground's database to its end.
async fn looks(home: &Home, arguments: &[&str]) -> Ended {
    looks_at(home, "sqlite:askaround-playground.db", arguments).await
}

/// The same on any database.
pub(crate) async fn looks_at(home: &Home, url: &str, arguments: &[&str]) -> Ended {
    let options = ["--bots", super::program::BOTS, "--database", url];
    home.run(&[arguments, &options].concat()).ended().await
}

/// A community in which Kai has helped Mia, who rated it, and one question is open.
pub(crate) async fn lived_in(home: &Home) -> super::program::Running {
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut kai = Tab::open(&running, "kai").await;
    kai_helps(&mut mia, &mut kai).await;
    mia.presses("+10 points", "👍").await;
    mia.sees("that’s good to hear").await;
    mia.says("help", "Is there a way to make the lights on the front purple?").await;
    kai.sees("has a question in #help:\n> Is there a way").await;
    running
}

#[tokio::test]
async fn what_no_article_answered_is_grouped_the_most_asked_first() {
    let home = Home::new();
    let running = lived_in(&home).await;
    let mut jonas = Tab::open(&running, "jonas").await;
    jonas.says("help", "Can I make the lights on the front purple?").await;
    jonas.sees("@Jonas, I’ve asked").await;
    let gaps = looks(&home, &["kb", "gaps"]).await;
    assert_eq!(gaps.code, Some(0), "{gaps:?}");
    assert_eq!(gaps.stdout[0], "lumen: 3 without an answer among the articles, of 2 kinds");
    assert_eq!(gaps.stdout[1], "     2  Can I make the lights on the front purple?");
    let in_vain = format!("     1  {QUESTION}  (1 after an article that did not help)");
    assert_eq!(gaps.stdout[2], in_vain);
    let first = looks(&home, &["kb", "gaps", "--limit", "1"]).await;
    assert_eq!(first.stdout, gaps.stdout[..2]);
}

#[tokio::test]
async fn cases_points_and_a_report_are_shown_while_the_program_runs_on() {
    let home = Home::new();
    let running = lived_in(&home).await;

    let list = looks(&home, &["case", "list"]).await;
    assert_eq!((list.code, list.stdout.len()), (Some(0), 1), "{list:?}");
    assert!(list.stdout[0].contains("calling     #help  Mia: Is there a way"), "{list:?}");
    let all = looks(&home, &["case", "list", "--all"]).await;
    let solved = all.stdout.iter().find(|line| line.contains("resolved")).expect("it is listed");
    let id = solved.split(' ').next().expect("an id");
    let none = looks(&home, &["case", "list", "--stage", "handed_off"]).await;
    assert!(none.stdout[0].starts_with("no such case"), "{none:?}");

    let story = looks(&home, &["case", "show", id]).await;
    let told = story.stdout.join("\n");
    for said in [QUESTION, "@Mia asked in #help.", "@Kai took the question.", "+10 points", "👍"]
    {
        assert!(told.contains(said), "{said} is missing in\n{told}");
    }
    assert!(!told.contains(ANSWER), "a story is told without what was said\n{told}");

    let report = looks(&home, &["report", "--days", "1"]).await;
    let has = |line: &str| report.stdout.iter().any(|said| said.trim() == line);
    assert!(has("questions                  2"), "{report:?}");
    assert!(has("by ambassadors           1"), "{report:?}");
    let json = looks(&home, &["report", "--json"]).await;
    let json: serde_json::Value =
        serde_json::from_str(&json.stdout.join("\n")).expect("it is JSON");
    assert_eq!(json[0]["bot"], "lumen");
    assert_eq!((&json[0]["questions"], &json[0]["ratings"]["up"]), (&2.into(), &1.into()));

    let verified = looks(&home, &["ledger", "verify"]).await;
    assert_eq!(verified.stdout, ["the points of 1 person add up: 1 entry"]);
    assert_eq!(verified.code, Some(0));
    let explained = looks(&home, &["ledger", "explain", id]).await;
    let line = explained.stdout.last().expect("a line");
    assert!(line.contains("+10  Kai: the answer solved the question"), "{explained:?}");
    for number in [" entry ", " person "].map(|name| line.split(name).nth(1).expect(name)) {
        let number = number.split(',').next().expect("a number");
        let explained = looks(&home, &["ledger", "explain", number]).await;
        assert_eq!(explained.code, Some(0), "{explained:?}");
        assert!(explained.stdout.join("").contains("+10  Kai"), "{explained:?}");
    }

    // The one who works on it was not disturbed.
    let mut mia = Tab::open(&running, "mia").await;
    mia.says("help", "thanks a lot!").await;
    running.kill().await;
}

#[tokio::test]
async fn a_ledger_that_does_not_add_up_is_named_line_by_line() {
    let home = Home::new();
    lived_in(&home).await.kill().await;
    let options =
        sqlx::sqlite::SqliteConnectOptions::new().filename(home.path("askaround-playground.db"));
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("opens");
    sqlx::raw_sql("UPDATE ledger SET points = 11; UPDATE solved_topics SET solved = 5;")
        .execute(&pool)
        .await
        .expect("tampers");
    pool.close().await;
    let verified = looks(&home, &["ledger", "verify"]).await;
    assert_eq!(verified.code, Some(1));
    let wrong = verified.stdout.join("\n");
    for said in [
        "all: 10 is kept, but the entries add up to 11",
        "topic:wifi: 10 is kept, but the entries add up to 11",
        "wifi: 5 is kept, but the entries say 1",
    ] {
        assert!(wrong.contains(said), "{said} is missing in\n{wrong}");
    }
    let said = verified.stderr.join("\n");
    assert!(said.contains("3 wrong lines among 1 entry"), "{said}");
}

#[tokio::test]
async fn what_is_not_there_is_said_with_where_to_find_it() {
    let home = Home::new();
    let missing = looks(&home, &["case", "list"]).await;
    assert_eq!(missing.code, Some(1));
    assert!(missing.stderr.join("").contains("there is no database at"), "{missing:?}");
    assert!(!home.path("askaround-playground.db").exists(), "looking makes nothing");
    lived_in(&home).await.kill().await;
    for (arguments, said) in [
        (["case", "show", "kettle"], "such as"),
        (["case", "show", "0123456789ab"], "askaround case list --all"),
        (["ledger", "explain", "kai"], "a person and an entry are long numbers"),
        (["ledger", "explain", "123456789012345678"], "no person, case or entry here"),
    ] {
        let ended = looks(&home, &arguments).await;
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.stderr.join("").contains(said), "{arguments:?} and not {said}: {ended:?}");
    }
    home.write("notes.db", "not a database");
    let bots = super::program::BOTS;
    let arguments = ["case", "list", "--bots", bots, "--database", "sqlite:notes.db"];
    let ended = home.run(&arguments).ended().await;
    assert_eq!(ended.code, Some(1));
    assert!(ended.stderr.join("").contains("no database of askaround"), "{ended:?}");
}

#[tokio::test]
async fn a_question_is_tried_on_the_knowledge_with_its_reasons() {
    let home = Home::new();
    let search = ["kb", "search", "my wifi drops at night", "--explain", "--limit", "2"];
    let found = looks(&home, &search).await;
    assert_eq!(found.code, Some(0), "{found:?}");
    let said = found.stdout.join("\n");
    for part in ["suggested from a confidence of", "wifi-drops", "words found: ", "about: wifi"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    let nothing = looks(&home, &["kb", "search", "xyzzy"]).await;
    assert!(nothing.stdout[1].contains("nothing found"), "{nothing:?}");
    let unread = home.run(&["kb", "search"]).ended().await;
    assert_eq!(unread.code, Some(2));
    for (command, example) in [
        (["kb", "search", "--help"], "askaround kb search \"my router blinks red\" --explain"),
        (["case", "show", "--help"], "The id is the one that the desk"),
        (["ledger", "explain", "--help"], "askaround ledger explain"),
    ] {
        let help = home.run(&command).ended().await;
        assert!(help.stdout.join("\n").contains(example), "{help:?}");
    }
}
