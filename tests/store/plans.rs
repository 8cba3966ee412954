//! No statement costs more the longer a bot has been at work: what SQLite says of how it will carry
//! out each.
//!
//! A statement may read a whole table only if that table is as large as the brand, and not as long
//! as its history; and where it goes by an index that only says whose a row is, it would read all
//! that somebody ever did. Whoever must do so stands below with the reason, and nothing else may.
#![expect(clippy::expect_used, reason = "a pattern that is none is a mistake of this file")]

use std::collections::{BTreeMap, BTreeSet};

use askaround::store::{Durability, Store};
use regex::Regex;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

/// Tables that are as large as the brand is now; every other one grows with each question.
const BOUNDED: [(&str, &str); 17] = [
    ("starts", "one row"),
    ("_sqlx_migrations", "one row for each version of the program"),
    ("communities", "as many as the bot is in"),
    ("channels", "places, and threads while they are kept"),
    ("cursors", "one a channel at most"),
    ("parked", "what lies aside for somebody to look at"),
    ("roster", "ambassadors"),
    ("roster_places", "ambassadors, by where they are"),
    ("badges", "what ambassadors wear"),
    ("badge_troubles", "what moderators have to mend"),
    ("badge_rounds", "one a community at most"),
    ("claims", "open cases that somebody has taken"),
    ("link_codes", "an hour's"),
    ("playground_frames", "one developer's screen"),
    ("playground_unheard", "what waits in it"),
    ("text_keys", "as many as were in use at once"),
    ("leases", "one a bot and platform"),
];

/// Columns that say of which brand or place a row is: by them alone a search finds a whole history.
const WIDE: [&str; 4] = ["bot", "platform", "community", "channel"];

/// Statements that go so wide in a table all the same, and why that does no harm.
const EXCUSED: [(&str, &str, &str); 11] = [
    ("LATEST", "cases", "stops at its limit: the index has them in order"),
    ("LATEST", "outbox", "stops at its limit: the index has them in order"),
    ("LATEST_NOTES", "cases", "stops at its limit: the index has them in order"),
    ("MESSAGES", "messages", "stops at its limit: the index has them in order"),
    ("STEPS_COUNT", "history", "an audit of what `askaround simulate` made up itself"),
    ("ERASE_WORDS", "cases", "once, of a community that was left"),
    ("ERASE_FEEDBACK", "feedback", "once, of a community that was left"),
    ("ERASE_HARVESTS", "harvests", "once, of a community that was left"),
    ("ERASE_ROWS", "outbox", "once, of a community that was left"),
    ("ERASE_NAMES", "cases", "once, of a community that was left"),
    ("ERASE_NAMES", "feedback", "once, of a community that was left"),
];

/// What each table is called in a statement: by its own name, and by those it is given.
fn called(sql: &str) -> BTreeMap<String, String> {
    let named = Regex::new(r"(?i)\b(?:FROM|JOIN|INTO|UPDATE)\s+(\w+)(?:\s+AS\s+(\w+))?");
    let named = named.expect("a pattern");
    let mut called = BTreeMap::new();
    for found in named.captures_iter(sql) {
        let table = found[1].to_owned();
        let alias = found.get(2).map_or(table.clone(), |alias| alias.as_str().to_owned());
        called.insert(alias, table.clone());
        called.insert(table.clone(), table);
    }
    called
}

#[tokio::test]
async fn no_statement_reads_more_the_longer_a_bot_has_been_at_work() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&super::sqlite_in(&folder), Durability::None).await.expect("opens");
    store.close().await;
    let options = SqliteConnectOptions::new().filename(folder.path().join("test.db"));
    let pool = SqlitePool::connect_with(options).await.expect("opens");
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    )
    .fetch_all(&pool)
    .await
    .expect("tables");
    let partial: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'",
    )
    .fetch_all(&pool)
    .await
    .expect("indexes");
    for (table, _) in BOUNDED {
        assert!(tables.iter().any(|known| known == table), "there is no table {table}");
    }
    let grows = |table: &str| {
        tables.iter().any(|known| known == table) && !BOUNDED.iter().any(|(name, _)| *name == table)
    };
    let mut flaws: BTreeSet<(&str, String, String)> = BTreeSet::new();
    for (name, sql) in askaround::store::statements::all() {
        let explain = sqlx::AssertSqlSafe(format!("EXPLAIN QUERY PLAN {}", sql.sqlite));
        let plan: Vec<(i64, i64, i64, String)> =
            sqlx::query_as(explain).fetch_all(&pool).await.expect("a plan");
        let called = called(sql.sqlite);
        for (.., step) in plan {
            let words: Vec<&str> = step.split(' ').collect();
            let [how, table, ..] = words[..] else { continue };
            let table = called.get(table).map_or(table, String::as_str);
            if grows(table) && (how == "SCAN" || how == "SEARCH" && is_wide(&step, &partial)) {
                flaws.insert((name, table.to_owned(), step.clone()));
            }
        }
    }
    let is_excused = |name: &str, table: &str| {
        EXCUSED.iter().any(|(excused, of, _)| *excused == name && *of == table)
    };
    for (name, table, _) in EXCUSED {
        let is_needed = flaws.iter().any(|(flaw, of, _)| *flaw == name && of == table);
        assert!(is_needed, "{name} needs no excuse in {table}");
    }
    flaws.retain(|(name, table, _)| !is_excused(name, table));
    assert!(flaws.is_empty(), "{flaws:#?}");
}

/// Whether a search goes by nothing but whose a row is, over all there is of it: what is open, or
/// waits, has an index of its own.
fn is_wide(step: &str, partial: &[String]) -> bool {
    let index = step.split_once(" INDEX ").and_then(|(_, rest)| rest.split(' ').next());
    if index.is_some_and(|index| partial.iter().any(|known| known == index)) {
        return false;
    }
    let Some((_, by)) = step.split_once('(') else { return false };
    let column = Regex::new(r"(\w+)(=|>|<)\?").expect("a pattern");
    column.captures_iter(by).all(|found| WIDE.contains(&&found[1]))
}
