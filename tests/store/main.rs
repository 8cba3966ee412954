//! The store on real databases: every statement prepares, migrations apply, one process holds a
//! file, and what is not a database is said plainly.
//!
//! SQLite is always there; PostgreSQL when a server answers.

mod archives;
mod balances;
mod keyed;
mod plans;
#[cfg(feature = "postgres")]
#[path = "../stories/postgres.rs"]
mod postgres;
mod rooms;

use std::time::Duration;

use askaround::store::{Durability, Store, StoreError};

fn sqlite_in(folder: &tempfile::TempDir) -> String {
    format!("sqlite:{}", folder.path().join("test.db").display())
}

#[tokio::test]
async fn every_statement_prepares_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&sqlite_in(&folder), Durability::Full).await.expect("opens");
    assert_eq!(store.prepare_all().await.expect("the database answers"), vec![]);
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn every_statement_prepares_on_postgresql() {
    let Some(url) = postgres::fresh_schema("statements").await else { return };
    let store = Store::open(&url, Durability::Full).await.expect("opens");
    assert_eq!(store.prepare_all().await.expect("the database answers"), vec![]);
    let beside = Store::open(&url, Durability::Full).await.expect("shared by many");
    beside.close().await;
}

#[tokio::test]
async fn an_opened_database_opens_again_and_counts_its_starts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for start in 1..4 {
        let store = Store::open(&sqlite_in(&folder), Durability::Full).await.expect("opens");
        assert_eq!(store.next_start().await.expect("counts"), start);
        store.close().await;
    }
}

#[tokio::test]
async fn a_closed_database_can_be_opened_at_once_whoever_still_holds_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&sqlite_in(&folder), Durability::Full).await.expect("opens");
    let held = store.clone();
    store.close().await;
    let again = Store::open(&sqlite_in(&folder), Durability::Full).await.expect("opens again");
    assert!(held.begin().await.is_err(), "and through the old one nothing is written");
    again.next_start().await.expect("counts");
}

#[tokio::test]
async fn what_cannot_be_a_database_is_said_plainly() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = folder.path().join("letter.db");
    std::fs::write(&text, "Dear database, ".repeat(1_000)).expect("writes");
    let held = sqlite_in(&folder);
    let _store = Store::open(&held, Durability::Full).await.expect("opens");
    for (url, says) in [
        (format!("sqlite:{}", text.display()), "cannot be opened as a database"),
        (format!("sqlite:{}", folder.path().display()), "it is a folder"),
        (format!("sqlite:{}/no/such/folder/a.db", folder.path().display()), "cannot be made"),
        (held, "another askaround is working on this file"),
        ("mysql://ada:secret@db/x".to_owned(), "neither sqlite:PATH nor postgres://"),
    ] {
        let Err(StoreError::Unusable(problem)) = Store::open(&url, Durability::Full).await else {
            panic!("{url} was opened");
        };
        assert!(problem.contains(says), "{problem}");
        assert!(!problem.contains("secret"), "{problem}");
    }
}

#[tokio::test]
async fn an_old_input_is_forgotten_and_a_young_one_is_not() {
    use askaround::domain::ids::{BotId, PlatformId};
    use askaround::domain::time::Moment;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&sqlite_in(&folder), Durability::None).await.expect("opens");
    let (bot, platform) = (BotId::from("b"), PlatformId::from("p"));
    let now = Moment::from_millis(1_800_000_000_000);
    let day = Duration::from_hours(24);
    let mut tx = store.begin().await.expect("begins");
    assert!(tx.first_sight(&bot, &platform, "old", now - day * 3).await.expect("writes"));
    assert!(tx.first_sight(&bot, &platform, "young", now).await.expect("writes"));
    assert!(!tx.first_sight(&bot, &platform, "young", now).await.expect("writes"));
    assert_eq!(tx.forget_inputs_before(now - day * 2).await.expect("deletes"), 1);
    assert!(tx.seen(&bot, &platform, "young").await.expect("reads"));
    tx.commit().await.expect("commits");
}
