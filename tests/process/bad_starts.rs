//! What cannot start says why in one line, and what to do about it.

use std::net::TcpListener;

use super::program::{Home, Program};
use super::wire::get;

/// The program ends with 1; of all that it says one line has these words, and it is the only one
/// but for the closing one that sends to `check`.
async fn is_refused(program: Program, words: &[&str]) {
    let ended = program.ended().await;
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let lines = ended.stderr.iter().filter(|line| !line.starts_with("nothing was started; mend"));
    let [line] = lines.collect::<Vec<_>>()[..] else { panic!("one line: {ended:#?}") };
    for word in words {
        assert!(line.contains(word), "{word}: {line}");
    }
    for scar in ["panicked", "backtrace", "RUST_BACKTRACE", "unwrap", "Error {"] {
        assert!(!line.contains(scar), "{line}");
    }
}

#[tokio::test]
async fn a_bot_that_is_not_there_is_told_with_those_that_are() {
    let home = Home::new();
    home.write("bots/acme/bot.toml", "name = \"Acme\"");
    home.write("bots/bolt/bot.toml", "name = \"Bolt\"");
    let words = ["bots:1:1: there is no bot \"nope\"", "the bots here are acme, bolt"];
    is_refused(home.run(&["--bot", "nope"]), &words).await;
}

#[tokio::test]
async fn a_place_without_bots_is_told_with_the_option_that_names_another() {
    let home = Home::new();
    let words = ["bots:1:1: cannot be read", "a folder in it with a bot.toml", "--bots"];
    is_refused(home.run(&[]), &words).await;
    home.write("empty/notes.txt", "");
    let words = ["empty:1:1: there is no bot here", "make a folder with a bot.toml", "--bots"];
    is_refused(home.run(&["--bots", "empty"]), &words).await;
}

#[tokio::test]
async fn a_broken_bot_toml_is_told_with_its_place() {
    let home = Home::new();
    home.write("bots/acme/bot.toml", "name = \"Acme\"\n[listen\nmode = \"detect\"\n");
    let words = ["bots/acme/bot.toml:2:8: this is no TOML", "write a [table], or a key"];
    is_refused(home.run(&[]), &words).await;
}

#[tokio::test]
async fn a_port_that_is_taken_is_told_with_the_option_that_names_another() {
    let home = Home::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for option in ["--listen", "--playground"] {
        let mend = format!("choose another with {option}");
        is_refused(home.run_lumen(&[option, &address]), &[&address, &mend]).await;
    }
}

#[tokio::test]
async fn what_is_no_database_is_told_with_its_path() {
    let letter = "Dear database, ".repeat(1_000);
    for name in ["askaround.db", "askaround-playground.db"] {
        let home = Home::new();
        home.write(name, &letter);
        let words = [name, "cannot be opened as a database", "another --database", "backup"];
        is_refused(home.run_lumen(&[]), &words).await;
        let kept = std::fs::read_to_string(home.path(name)).unwrap();
        assert!(kept == letter, "what is not ours stays as it was");
    }
}

#[tokio::test]
async fn a_database_that_another_askaround_holds_is_left_to_it() {
    let home = Home::new();
    let running = home.start().await;
    let words = ["askaround.db", "another askaround is working on this file", "another --database"];
    is_refused(home.run_lumen(&[]), &words).await;
    assert_eq!(get(running.public, "/healthz").await.code, 200, "the first one goes on");
    assert_eq!(get(running.page, "/").await.code, 200);
}

#[tokio::test]
async fn a_database_address_is_told_without_its_password() {
    let home = Home::new();
    for address in
        ["mysql://ada:sesame@db/x", "mysql://ada:ses@me@db/x", "mysql://db/x?password=sesame"]
    {
        let ended = home.run_lumen(&["--database", address]).ended().await;
        assert_eq!(ended.code, Some(1), "{ended:#?}");
        let said = ended.stderr.join("\n");
        assert!(said.contains("neither sqlite:PATH nor postgres://"), "{said}");
        assert!(!said.contains("sesame") && !said.contains("ses@me"), "{said}");
    }
}

#[tokio::test]
async fn what_would_keep_nothing_is_refused() {
    let home = Home::new();
    for address in ["sqlite:", "sqlite::memory:"] {
        is_refused(home.run_lumen(&["--database", address]), &["--database"]).await;
    }
}

#[tokio::test]
async fn a_playground_that_others_could_reach_is_refused_with_an_address_to_use() {
    let home = Home::new();
    for address in ["0.0.0.0:0", "[::]:0", "192.0.2.1:8080"] {
        let words = ["--playground", "loopback address such as 127.0.0.1:8080", address];
        is_refused(home.run_lumen(&["--playground", address]), &words).await;
        assert!(!home.path("askaround.db").exists(), "nothing was begun");
    }
}

#[tokio::test]
async fn what_cannot_start_never_says_that_it_is_ready() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    for option in ["--listen", "--playground"] {
        let ended = Home::new().run_lumen(&[option, &address]).ended().await;
        assert_eq!(ended.code, Some(1), "{ended:#?}");
        assert_eq!(ended.stdout, [""; 0], "{option}");
    }
}

#[tokio::test]
async fn a_command_line_that_cannot_be_read_ends_with_2_and_says_where_help_is() {
    let home = Home::new();
    for (argument, word) in [
        (&["--frobnicate"][..], "'--frobnicate'"),
        (&["--databse", "sqlite:a.db"], "'--database'"),
        (&["--listen", "here"], "'here'"),
        (&["--log", "loud"], "auto, pretty, json"),
        (&["dance"], "'dance'"),
    ] {
        let ended = home.run(argument).ended().await;
        assert_eq!(ended.code, Some(2), "{ended:#?}");
        let said = ended.stderr.join("\n");
        assert!(said.contains(word) && said.contains("--help"), "{said}");
        assert_eq!(ended.stdout, [""; 0]);
    }
}
