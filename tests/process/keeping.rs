//! Backups, restores, moves and migrations from the command line, as an operator types them.

use super::looking::{lived_in, looks_at};
#[cfg(feature = "postgres")]
use super::postgres;
use super::program::{Ended, Home};

const LIVED_IN: &str = "sqlite:askaround-playground.db";

/// What the commands that only look say of a database.
async fn said_of(home: &Home, url: &str) -> Vec<Vec<String>> {
    let mut said = Vec::new();
    for command in
        [&["case", "list", "--all"][..], &["report", "--days", "3660"], &["ledger", "verify"]]
    {
        let ended = looks_at(home, url, command).await;
        assert_eq!(ended.code, Some(0), "{ended:?}");
        // The moment of the report is not the database's.
        let lines = ended.stdout.into_iter().filter(|line| !line.starts_with("lumen, "));
        said.push(lines.collect());
    }
    said
}

async fn succeeds(home: &Home, arguments: &[&str]) -> Vec<String> {
    let Ended { code, stdout, stderr } = home.run(arguments).ended().await;
    assert_eq!((code, &stderr), (Some(0), &Vec::new()), "{arguments:?} {stdout:?}");
    stdout
}

#[tokio::test]
async fn a_backup_of_a_running_bot_is_checked_and_restored_and_tells_the_same() {
    let home = Home::new();
    let running = lived_in(&home).await;
    let backup = ["backup", "monday.jsonl", "--database", LIVED_IN];
    let said = succeeds(&home, &backup).await;
    assert!(said.iter().any(|line| line.trim().starts_with("cases ")), "{said:?}");
    let again = home.run(&backup).ended().await;
    assert!(again.stderr.join("").contains("is there already"), "{again:?}");
    let before = said_of(&home, LIVED_IN).await;
    running.kill().await;

    let text = std::fs::read_to_string(home.path("monday.jsonl")).expect("is read");
    let elsewhere = Home::new();
    elsewhere.write("monday.jsonl", &text);
    let checked = succeeds(&elsewhere, &["restore", "--check", "monday.jsonl"]).await;
    assert!(checked.last().expect("a line").starts_with("monday.jsonl is whole: "), "{checked:?}");
    let left = std::fs::read_dir(elsewhere.path("")).expect("a folder").count();
    assert_eq!(left, 1, "nothing is opened or made");
    let restored = "sqlite:restored.db";
    succeeds(&home, &["restore", "monday.jsonl", "--database", restored]).await;
    assert_eq!(said_of(&home, restored).await, before);

    let refused = home.run(&["restore", "monday.jsonl", "--database", restored]).ended().await;
    assert_eq!(refused.code, Some(1));
    assert!(refused.stderr.join("").contains("it is not empty"), "{refused:?}");
    home.write("tuesday.jsonl", text.get(..text.len() / 2).expect("plain letters there"));
    let broken = home.run(&["restore", "--check", "tuesday.jsonl"]).ended().await;
    assert_eq!(broken.code, Some(1));
    let line = text.get(..text.len() / 2).expect("the same").lines().count();
    let said = broken.stderr.join("");
    assert!(said.contains(&format!("tuesday.jsonl:{line}: it breaks off here")), "{said}");
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_brand_moves_to_postgresql_in_one_command_and_back() {
    let Some(server) = postgres::fresh_schema("operated").await else { return };
    let home = Home::new();
    let running = lived_in(&home).await;
    let held = home.run(&["move", "--from", LIVED_IN, "--to", &server]).ended().await;
    assert_eq!(held.code, Some(1));
    assert!(held.stderr.join("").contains("another askaround is working"), "{held:?}");
    running.kill().await;
    let before = said_of(&home, LIVED_IN).await;

    let said = succeeds(&home, &["move", "--from", LIVED_IN, "--to", &server]).await;
    assert!(said.iter().any(|line| line.contains("equal on both sides")), "{said:?}");
    assert_eq!(said_of(&home, &server).await, before);
    succeeds(&home, &["move", "--from", &server, "--to", "sqlite:back.db"]).await;
    assert_eq!(said_of(&home, "sqlite:back.db").await, before);
    for url in [LIVED_IN, "sqlite:back.db"] {
        let file = if url == LIVED_IN { "first.jsonl" } else { "last.jsonl" };
        succeeds(&home, &["backup", file, "--database", url]).await;
    }
    let rows = |file: &str| {
        let text = std::fs::read_to_string(home.path(file)).expect("is read");
        text.lines().skip(1).map(str::to_owned).collect::<Vec<_>>()
    };
    let (first, last) = (rows("first.jsonl"), rows("last.jsonl"));
    let (tables, of_whole) = (first.len() - 1, last.len() - 1);
    assert!(first[..tables] == last[..of_whole], "every row came through");
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_simulated_month_is_told_the_same_after_a_move_and_after_a_restore() {
    let Some(server) = postgres::fresh_schema("month").await else { return };
    let home = Home::new();
    let bots = ["--bots", super::program::BOTS, "--bot", "lumen"];
    let month = ["simulate", "--days", "30", "--people", "40", "--database", "sqlite:month.db"];
    let lived = home.run(&[&month[..], &bots].concat()).ended().await;
    assert_eq!(lived.code, Some(0), "{lived:?}");
    let before = said_of(&home, "sqlite:month.db").await;
    assert!(before.concat().len() > 20, "something happened in it: {before:?}");
    succeeds(&home, &["backup", "month.jsonl", "--database", "sqlite:month.db"]).await;
    succeeds(&home, &["restore", "month.jsonl", "--database", "sqlite:again.db"]).await;
    succeeds(&home, &["move", "--from", "sqlite:month.db", "--to", &server]).await;
    succeeds(&home, &["move", "--from", &server, "--to", "sqlite:back.db"]).await;
    for url in ["sqlite:again.db", &server, "sqlite:back.db"] {
        assert_eq!(said_of(&home, url).await, before, "{url}");
    }
}

#[tokio::test]
async fn migrating_is_rehearsed_and_then_done() {
    let home = Home::new();
    let url = ["--database", "sqlite:new.db"];
    let said = succeeds(&home, &[&["migrate", "--dry-run"][..], &url].concat()).await;
    assert_eq!(said.first().expect("a line"), "would run  0001_cases");
    assert_eq!(said.last().expect("a line"), "0 have run; nothing was changed");
    assert!(!home.path("new.db").exists());
    let done = succeeds(&home, &[&["migrate"][..], &url].concat()).await;
    assert_eq!(done.first().expect("a line"), "ran  0001_cases");
    assert_eq!(done.len() + 1, said.len());
    let nothing = succeeds(&home, &[&["migrate", "--dry-run"][..], &url].concat()).await;
    assert!(nothing.join("").starts_with("nothing to do: all "), "{nothing:?}");
}

#[tokio::test]
async fn a_key_is_made_and_from_then_on_missed_by_whoever_has_another() {
    let home = Home::new();
    let made = home.run(&["keys", "new"]).ended().await;
    let [key] = made.stdout.as_slice() else { panic!("one line: {made:?}") };
    let said = made.stderr.join("");
    assert!(said.contains("ASKAROUND_TEXT_KEY") && !said.contains(key.as_str()), "{said}");
    let other = home.run(&["keys", "new"]).ended().await.stdout.join("");
    assert_ne!(key, &other);

    let given = [("ASKAROUND_TEXT_KEY", key.as_str())];
    let begun = home.run_given(&given, &["migrate"]).ended().await;
    assert_eq!(begun.code, Some(0), "{begun:?}");
    let verify = ["ledger", "verify"];
    let verified = home.run_given(&given, &verify).ended().await;
    assert_eq!(verified.code, Some(0), "{verified:?}");
    let changing = [("ASKAROUND_TEXT_KEY", &*other), ("ASKAROUND_OLD_TEXT_KEYS", key.as_str())];
    let verified = home.run_given(&changing, &verify).ended().await;
    assert_eq!(verified.code, Some(0), "{verified:?}");
    let refusals: [(&[(&str, &str)], &str); 4] = [
        (&[], "none is given; put the key that was there before into ASKAROUND_TEXT_KEY"),
        (&[("ASKAROUND_TEXT_KEY", &*other)], "put the key that was there before into"),
        (&[("ASKAROUND_TEXT_KEY", "open sesame")], "ASKAROUND_TEXT_KEY holds something that is no"),
        (&[("ASKAROUND_OLD_TEXT_KEYS", "open sesame")], "ASKAROUND_OLD_TEXT_KEYS holds something"),
    ];
    for (variables, says) in refusals {
        let bots = ["--bots", super::program::BOTS, "--playground", "127.0.0.1:0", "--listen"];
        for arguments in [&verify[..], &[&bots[..], &["127.0.0.1:0"]].concat()] {
            let refused = home.run_given(variables, arguments).ended().await;
            assert_eq!(refused.code, Some(1), "{refused:?}");
            let said = refused.stderr.join("\n");
            assert!(said.contains(says), "{says} and not {said}");
            assert!(!said.contains("sesame") && !said.contains(&other), "{said}");
        }
    }
}
