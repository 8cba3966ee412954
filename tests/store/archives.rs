//! Backups and moves on real databases: the same on both sides, of one moment, whole or not at all.
#![expect(clippy::expect_used, reason = "a database that does not work ends the test")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use askaround::domain::time::Moment;
use askaround::store::archive::{self, Contents, Seal};
use askaround::store::{Durability, Store, StoreError};
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::{AssertSqlSafe, Connection as _};

const NOON: Moment = Moment::from_millis(1_800_000_000_000);

/// Something in many tables: a thread that is older than its channel, letters of all kinds, the
/// largest numbers, nothing at all, and keys that alphabets put in another order than bytes do.
const ROWS: &str = r#"
    INSERT INTO communities (id, bot, platform, platform_key, name, settings, made_at)
    VALUES (1, 'lumen', 'discord', 'town', 'The "Town" \ n', '{"a": [1, null]}', 0);
    INSERT INTO channels (id, community, platform_key, name, parent)
    VALUES (3, 1, 'thread', 'a thread', 9), (9, 1, 'home', '', NULL);
    INSERT INTO accounts (id, bot, platform, platform_key, person, name, made_at)
    VALUES (1, 'lumen', 'discord', 'k1', 1, 'Mia', 5), (2, 'lumen', 'discord', 'k2', 1, 'Mía 🛜', 6);
    INSERT INTO cases (id, bot, community, channel, asker, stage, document, version, opened_at,
    changed_at) VALUES (7, 'lumen', 1, 9, 1, 'closed', '{}', 3, 10, 20);
    INSERT INTO messages (channel, platform_key, case_id, author, part, body, answer, at)
    VALUES (9, 'm1', 7, 1, 'question', 'It blinks
        "red", and then? 🤷🏽 ' || 'Ünd', NULL, 11), (3, 'm2', 7, NULL, 'bot', '', 0, 12);
    INSERT INTO ledger (id, bot, community, account, person, act, points, at, once_key)
    VALUES (9223372036854775807, 'lumen', 1, 2, 1, 'granted', -9223372036854775807, 1, 'o');
    INSERT INTO inbox (bot, platform, input_key, handled_at)
    VALUES ('b', 'p', 'Zebra', 1), ('b', 'p', 'apple', 2), ('b', 'p', 'äpfel', 3),
    ('b', 'p', '_under', 4), ('b', 'p', '', 5), ('B', 'p', 'apple', 6);
    INSERT INTO starts (one, number) VALUES (1, 41);
"#;

fn sqlite(folder: &tempfile::TempDir, name: &str) -> String {
    format!("sqlite:{}", folder.path().join(name).display())
}

pub(super) async fn says(url: &str, script: &str) {
    #[cfg(feature = "postgres")]
    if url.starts_with("postgres") {
        let mut server = sqlx::PgConnection::connect(url).await.expect("answers");
        let script = sqlx::raw_sql(AssertSqlSafe(script.to_owned()));
        script.execute(&mut server).await.expect("writes");
        return server.close().await.expect("it was open");
    }
    let mut file = sqlx::SqliteConnection::connect(url).await.expect("opens");
    let script = sqlx::raw_sql(AssertSqlSafe(script.to_owned()));
    script.execute(&mut file).await.expect("writes");
    file.close().await.expect("it was open");
}

/// A database with these rows.
async fn filled(url: &str) {
    Store::open(url, Durability::None).await.expect("opens").close().await;
    says(url, ROWS).await;
}

async fn backs_up(url: &str, path: &Path) -> Contents {
    archive::backup(url, path, false, NOON, |_| ()).await.expect("is written")
}

/// What is said to whoever tries it.
fn refused<T: std::fmt::Debug>(tried: Result<T, StoreError>) -> String {
    match tried {
        Err(StoreError::Unusable(problem)) => problem,
        other => panic!("refused with a reason: {other:?}"),
    }
}

fn rows_of(seals: &[Seal]) -> BTreeMap<&str, u64> {
    let some = seals.iter().filter(|seal| seal.rows > 0);
    some.map(|seal| (seal.table.as_str(), seal.rows)).collect()
}

/// Every database that there is for this test.
pub(super) async fn databases(folder: &tempfile::TempDir, name: &str) -> Vec<String> {
    let mut urls = vec![sqlite(folder, &format!("{name}.db"))];
    #[cfg(feature = "postgres")]
    urls.extend(super::postgres::fresh_schema(name).await);
    urls
}

#[tokio::test]
async fn what_is_backed_up_is_read_back_the_same_on_either_database() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (number, from) in databases(&folder, "archived_from").await.iter().enumerate() {
        filled(from).await;
        let path = folder.path().join(format!("{number}.jsonl"));
        let written = backs_up(from, &path).await;
        assert_eq!(rows_of(&written.seals)["inbox"], 6);
        assert_eq!(archive::check(&path).await.expect("is whole"), written);
        for to in databases(&folder, &format!("archived_to_{number}")).await {
            let mut told = Vec::new();
            let restored = archive::restore(&path, &to, |seal| told.push(seal.clone())).await;
            assert_eq!(restored.expect("is restored"), written);
            assert_eq!(told, written.seals, "as it was read back");
            let again = folder.path().join("again.jsonl");
            archive::backup(&to, &again, true, NOON, |_| ()).await.expect("is written");
            let (first, second) = (std::fs::read(&path), std::fs::read(&again));
            assert!(first.expect("is read") == second.expect("is read"), "{from} and {to}");
            let store = Store::open(&to, Durability::Full).await.expect("it is at work at once");
            assert_eq!(store.next_start().await.expect("counts"), 42, "no number comes twice");
            store.close().await;
        }
    }
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_move_to_postgresql_and_back_loses_nothing() {
    let Some(server) = super::postgres::fresh_schema("moved").await else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (first, last) = (sqlite(&folder, "first.db"), sqlite(&folder, "last.db"));
    filled(&first).await;
    let mut there = Vec::new();
    let here = archive::copy(&first, &server, |seal| there.push(seal.clone())).await;
    let here = here.expect("is moved");
    assert_eq!(here, there);
    assert_eq!(archive::copy(&server, &last, |_| ()).await.expect("is moved back"), here);
    let problem = refused(archive::copy(&first, &server, |_| ()).await);
    assert!(problem.contains("it is not empty, there are rows in accounts"), "{problem}");
    // Its foreign keys are there again.
    let astray = "DO $$ BEGIN INSERT INTO cursors (channel, heard, at) VALUES (1000, '', 0); \
        RAISE EXCEPTION 'taken'; EXCEPTION WHEN foreign_key_violation THEN NULL; END $$";
    says(&server, astray).await;
}

#[tokio::test]
async fn who_works_on_it_keeps_a_move_off() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for from in databases(&folder, "held").await {
        filled(&from).await;
        let to = sqlite(&folder, "to.db");
        let working = Store::open(&from, Durability::Full).await.expect("opens");
        let problem = refused(archive::copy(&from, &to, |_| ()).await);
        assert!(problem.contains("another askaround is working on"), "{problem}");
        assert!(!folder.path().join("to.db").exists(), "nothing was begun");
        working.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_of_one_moment_while_somebody_writes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for url in databases(&folder, "written").await {
        filled(&url).await;
        let working = Store::open(&url, Durability::Full).await.expect("opens");
        // In the middle of it, when the tables before are done and those behind are not: rows for
        // both, committed by whoever works on it.
        let write = |seal: &Seal| {
            if seal.table != "cases" {
                return;
            }
            let script = "INSERT INTO accounts (id, bot, platform, platform_key, person, name, \
                made_at) VALUES (3, 'lumen', 'discord', 'k3', 3, 'Kai', 7); \
                INSERT INTO messages (channel, platform_key, case_id, author, part, body, answer, \
                at) VALUES (9, 'm3', 7, 3, 'answer', 'Pull the plug', NULL, 13); \
                UPDATE starts SET number = 42";
            tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(says(&url, script));
            });
        };
        let path = folder.path().join("one.jsonl");
        let written = archive::backup(&url, &path, true, NOON, write).await.expect("is written");
        let rows = rows_of(&written.seals);
        assert_eq!((rows["accounts"], rows["messages"]), (2, 2), "{url}");
        let text = std::fs::read_to_string(&path).expect("is read");
        assert!(text.contains("\n[1,41]\n") && !text.contains("Kai"), "{url}");
        let later = archive::backup(&url, &path, true, NOON, |_| ()).await.expect("is written");
        let rows = rows_of(&later.seals);
        assert_eq!((rows["accounts"], rows["messages"]), (3, 3), "they were written: {url}");
        working.close().await;
    }
}

/// The tables and columns of a database, asked of itself.
async fn tables_of(url: &str) -> Vec<(String, Vec<String>)> {
    let columns: Vec<(String, String)> = if url.starts_with("postgres") {
        #[cfg(not(feature = "postgres"))]
        panic!("no such database here");
        #[cfg(feature = "postgres")]
        {
            let mut server = sqlx::PgConnection::connect(url).await.expect("answers");
            let text = "SELECT CAST(table_name AS TEXT), CAST(column_name AS TEXT) \
                FROM information_schema.columns WHERE table_schema = current_schema() \
                ORDER BY table_name COLLATE \"C\", ordinal_position";
            sqlx::query_as(text).fetch_all(&mut server).await.expect("reads")
        }
    } else {
        let mut file = sqlx::SqliteConnection::connect(url).await.expect("opens");
        let text = "SELECT t.name, c.name FROM sqlite_master AS t \
            JOIN pragma_table_info(t.name) AS c WHERE t.type = 'table' ORDER BY t.name, c.cid";
        sqlx::query_as(text).fetch_all(&mut file).await.expect("reads")
    };
    let mut tables = BTreeMap::<String, Vec<String>>::new();
    for (table, column) in columns {
        tables.entry(table).or_default().push(column);
    }
    tables.remove("_sqlx_migrations");
    tables.into_iter().collect()
}

#[tokio::test]
async fn no_table_and_no_column_is_forgotten() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for url in databases(&folder, "complete").await {
        filled(&url).await;
        let path = folder.path().join("all.jsonl");
        archive::backup(&url, &path, true, NOON, |_| ()).await.expect("is written");
        let text = std::fs::read_to_string(&path).expect("is read");
        let begins = text.lines().filter(|line| line.starts_with("{\"table\""));
        let begins = begins.map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
            let columns = line["columns"].as_array().expect("a list").iter();
            let columns = columns.map(|name| name.as_str().expect("a name").to_owned()).collect();
            (line["table"].as_str().expect("a name").to_owned(), columns)
        });
        assert_eq!(begins.collect::<Vec<(String, Vec<String>)>>(), tables_of(&url).await);
    }
}

/// A whole archive, and a place for broken ones.
async fn whole(folder: &tempfile::TempDir) -> (String, PathBuf) {
    let (url, path) = (sqlite(folder, "source.db"), folder.path().join("whole.jsonl"));
    filled(&url).await;
    backs_up(&url, &path).await;
    (std::fs::read_to_string(&path).expect("is read"), folder.path().join("broken.jsonl"))
}

#[tokio::test]
async fn a_broken_archive_is_refused_with_its_line_and_writes_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (text, path) = whole(&folder).await;
    let lines: Vec<&str> = text.lines().collect();
    let without = |number: usize| {
        let kept = lines.iter().enumerate().filter(|(place, _)| *place != number);
        kept.flat_map(|(_, line)| [*line, "\n"]).collect::<String>()
    };
    let mia = lines.iter().position(|line| line.contains("\"Mia\"")).expect("it is there");
    let (last, first) = (lines.len(), lines[0]);
    let header = |from: &str, to: &str| text.replacen(first, &first.replace(from, to), 1);
    for (broken, said) in [
        (String::new(), ":1: it breaks off here".to_owned()),
        ("Dear archive,\n".to_owned(), ":1: this is no archive of askaround".to_owned()),
        (text.trim_end().to_owned(), format!(":{last}: it breaks off here")),
        (without(last - 1), format!(":{last}: it breaks off here")),
        (without(mia), ": the rows of accounts (lines 2 to 4) are not".to_owned()),
        (text.replace("Mia", "Max"), ": the rows of accounts (lines 2 to 5) are not".to_owned()),
        (without(1), ":2: the table accounts of a database of version".to_owned()),
        (text.replacen("[2,\"lumen\"", "[2,7", 1), ": accounts.bot is of another kind".to_owned()),
        (text.replacen("[1,\"lumen\",", "[1,", 1), ": a row of accounts has 9 values".to_owned()),
        (text.replacen("[1,\"lumen\",", "[1,{},", 1), ":3: this is no row".to_owned()),
        (header("\"format\":1", "\"format\":2"), ":1: it was written by a newer".to_owned()),
        (header("\"schema\":", "\"schema\":9"), ":1: it is of a database of version 9".to_owned()),
        (header("\"made_at\":1", "\"made_at\":2"), ": the whole is not what was".to_owned()),
        (format!("{text}[]\n"), format!(":{}: something follows the end", last + 1)),
    ] {
        std::fs::write(&path, &broken).expect("is written");
        let to = sqlite(&folder, "to.db");
        for problem in [
            refused(archive::check(&path).await),
            refused(archive::restore(&path, &to, |_| ()).await),
        ] {
            assert!(problem.contains(&said), "{said} and not {problem}");
            assert!(problem.contains("broken.jsonl:"), "{problem}");
        }
        assert!(!folder.path().join("to.db").exists(), "nothing was begun: {said}");
    }
}

#[tokio::test]
async fn no_byte_of_an_archive_changes_unseen() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (text, path) = whole(&folder).await;
    // Some of every line: a step that has no part in common with their lengths.
    for place in (0..text.len()).step_by(61) {
        let mut bytes = text.clone().into_bytes();
        bytes[place] ^= 0x11;
        std::fs::write(&path, &bytes).expect("is written");
        let tried = archive::check(&path).await;
        assert!(tried.is_err(), "byte {place} of {text}");
    }
}

#[tokio::test]
async fn what_holds_something_is_left_as_it_is() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (_, _) = whole(&folder).await;
    let path = folder.path().join("whole.jsonl");
    for url in databases(&folder, "taken").await {
        filled(&url).await;
        let before = folder.path().join("before.jsonl");
        let before = archive::backup(&url, &before, true, NOON, |_| ()).await.expect("is written");
        let problem = refused(archive::restore(&path, &url, |_| ()).await);
        assert!(problem.contains("not empty, there are rows in accounts"), "{problem}");
        assert!(problem.contains("give one that is not there yet"), "{problem}");
        let after = folder.path().join("after.jsonl");
        let after = archive::backup(&url, &after, true, NOON, |_| ()).await.expect("is written");
        assert_eq!(before, after);
    }
    for (number, url) in databases(&folder, "strange").await.iter().enumerate() {
        if number == 0 {
            let options = sqlx::sqlite::SqliteConnectOptions::new();
            let file = options.filename(folder.path().join("strange.db")).create_if_missing(true);
            sqlx::SqliteConnection::connect_with(&file).await.expect("is made");
        }
        says(url, "CREATE TABLE recipes (id BIGINT PRIMARY KEY)").await;
        let problem = refused(archive::restore(&path, url, |_| ()).await);
        assert!(problem.contains("a table recipes that is none of askaround's"), "{problem}");
    }
}

#[tokio::test]
async fn a_file_that_is_there_is_kept_unless_told_otherwise() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (text, _) = whole(&folder).await;
    let (url, path) = (sqlite(&folder, "source.db"), folder.path().join("whole.jsonl"));
    let problem = refused(archive::backup(&url, &path, false, NOON, |_| ()).await);
    assert!(problem.contains("is there already") && problem.contains("--force"), "{problem}");
    let missing = sqlite(&folder, "nothing.db");
    let problem = refused(archive::backup(&missing, &path, true, NOON, |_| ()).await);
    assert!(problem.contains("there is no database at"), "{problem}");
    assert!(std::fs::read_to_string(&path).expect("is read") == text, "it is as it was");
    let inside = folder.path().join("no/such/folder.jsonl");
    let problem = refused(archive::backup(&url, &inside, false, NOON, |_| ()).await);
    assert!(problem.contains("cannot be written"), "{problem}");
    let here = refused(archive::backup(&url, folder.path(), true, NOON, |_| ()).await);
    assert!(here.contains("is a folder"), "{here}");
    let left = std::fs::read_dir(folder.path()).expect("a folder").flatten();
    let left: Vec<_> = left.map(|entry| entry.file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().ends_with(".part")), "{left:?}");
}

#[tokio::test]
async fn a_row_that_names_one_that_is_not_there_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (url, path) = (sqlite(&folder, "source.db"), folder.path().join("astray.jsonl"));
    filled(&url).await;
    let astray = "PRAGMA foreign_keys = OFF; INSERT INTO cursors (channel, heard, at) \
        VALUES (1000, 'm', 1)";
    says(&url, astray).await;
    backs_up(&url, &path).await;
    for to in databases(&folder, "astray").await {
        let problem = refused(archive::restore(&path, &to, |_| ()).await);
        assert!(problem.contains("cursors"), "{problem}");
        let empty = folder.path().join("empty.jsonl");
        let left = archive::backup(&to, &empty, true, NOON, |_| ()).await.expect("is written");
        assert_eq!(rows_of(&left.seals), BTreeMap::new(), "nothing by half");
    }
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_letter_that_postgresql_cannot_keep_is_said_with_its_row() {
    let Some(server) = super::postgres::fresh_schema("letters").await else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = sqlite(&folder, "source.db");
    filled(&url).await;
    says(&url, "UPDATE accounts SET name = 'M' || char(0) || 'a' WHERE id = 2").await;
    let problem = refused(archive::copy(&url, &server, |_| ()).await);
    assert!(problem.contains("accounts, row 2: a text in it holds the letter NUL"), "{problem}");
    archive::copy(&url, &sqlite(&folder, "to.db"), |_| ()).await.expect("a file can");
}

#[tokio::test]
async fn an_older_archive_is_brought_up_to_date() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("old.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("opens");
    let text = sqlx::SqlStr::from_static(include_str!("../../migrations/0001_cases.sql"));
    let first = Migration::new(1, "cases".into(), MigrationType::Simple, text, false);
    Migrator::with_migrations(vec![first]).run(&pool).await.expect("migrates");
    let rows = "INSERT INTO communities VALUES (1, 'b', 'p', 'town', 'Town', '{}', 0);
        INSERT INTO accounts VALUES (1, 'b', 'p', 'k1', 1, 'N1', NULL, 0);
        INSERT INTO ledger VALUES (1, 'b', 1, 1, 1, NULL, 'solved', 'wifi', 10, 5, NULL, 'a')";
    sqlx::raw_sql(rows).execute(&pool).await.expect("writes");
    pool.close().await;
    let path = folder.path().join("old.jsonl");
    let written = backs_up(&sqlite(&folder, "old.db"), &path).await;
    assert_eq!(written.schema, 1);
    for to in databases(&folder, "renewed").await {
        archive::restore(&path, &to, |_| ()).await.expect("is restored");
        let now = folder.path().join("now.jsonl");
        let now = archive::backup(&to, &now, true, NOON, |_| ()).await.expect("is written");
        assert!(now.schema > 1);
        assert_eq!(rows_of(&now.seals)["balances"], 2, "as if it had been there all the time");
    }
}

#[tokio::test]
async fn what_migrating_would_do_is_said_and_not_done() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let missing = sqlite(&folder, "none.db");
    let all = Store::pending_migrations(&missing).await.expect("looks");
    assert_eq!((all.done, all.pending[0]), (0, (1, "cases")));
    assert!(!folder.path().join("none.db").exists(), "looking makes nothing");
    for url in databases(&folder, "migrated").await {
        if url.starts_with("postgres") {
            assert_eq!(Store::pending_migrations(&url).await.expect("looks"), all);
        }
        filled(&url).await;
        let none = Store::pending_migrations(&url).await.expect("looks");
        assert_eq!((none.done, none.pending.len()), (all.pending.len(), 0));
        says(&url, "DELETE FROM _sqlx_migrations WHERE version > 10").await;
        let some = Store::pending_migrations(&url).await.expect("looks");
        assert_eq!((some.done, some.pending[0]), (10, (11, "case_threads")));
        let problem = refused(Store::open_to_read(&url).await);
        assert!(problem.contains("`askaround migrate` brings it up to date"), "{problem}");
        says(&url, "UPDATE _sqlx_migrations SET version = 5000 WHERE version = 10").await;
        let problem = refused(Store::pending_migrations(&url).await);
        assert!(problem.contains("migration 5000 ran on it, which this"), "{problem}");
        let path = folder.path().join("new.jsonl");
        let problem = refused(archive::backup(&url, &path, true, NOON, |_| ()).await);
        assert!(problem.contains("written by a newer askaround"), "{problem}");
        let change = "UPDATE _sqlx_migrations SET version = 10 WHERE version = 5000; \
            UPDATE _sqlx_migrations SET checksum = (SELECT checksum FROM _sqlx_migrations \
            WHERE version = 1) WHERE version = 3";
        says(&url, change).await;
        let problem = refused(Store::pending_migrations(&url).await);
        assert!(problem.contains("migration 3 (feedback) ran on it in other words"), "{problem}");
    }
}
