//! The database is away under load: the disk is full, or somebody else has it locked. The program
//! says so, keeps what it heard, and goes on by itself; nothing is acknowledged that was not kept.
//!
//! A full disk is made with a limit on the size of files (`setrlimit(2)`, by util-linux' `prlimit`)
//! that is put on the running program and lifted again: it needs no rights and no mount, works in
//! any container and touches nobody else's disk. No file takes a byte more then: the system call
//! fails as it does on a full disk or on one that was remounted to be read only, with EFBIG for
//! ENOSPC or EROFS; SQLite rolls back by itself, as it does there. A lock is another connection's,
//! as a backup's or a curious operator's would be. Modes of files would not do: nobody may withhold
//! a file from root.
#![expect(clippy::expect_used, reason = "an outage that cannot be made is no story")]

use std::os::unix::fs::FileExt as _;

use sqlx::Connection as _;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};

use super::killing::books::Books;
use super::killing::discord::Guild;
use super::killing::telegram::Groups;
use super::killing::{ANSWERED, Crowd};
use super::program::{Ended, Home, Running};
use super::telegram_town::rest::Fault;
use super::wire::get;

const AWAY: &str = "the database does not answer; waiting";
const BACK: &str = "the database answers again; nothing was lost";

/// What an outage is made of, and its end.
trait Outage {
    async fn begins(&mut self, home: &Home, running: &Running);
    async fn ends(&mut self, running: &Running);
}

struct FullDisk;

impl Outage for FullDisk {
    async fn begins(&mut self, _: &Home, running: &Running) {
        running.limits_files("0");
    }

    async fn ends(&mut self, running: &Running) {
        running.limits_files("unlimited");
    }
}

/// Somebody else's open transaction.
#[derive(Default)]
struct Locked(Option<SqliteConnection>);

impl Outage for Locked {
    async fn begins(&mut self, home: &Home, _: &Running) {
        let options = SqliteConnectOptions::new().filename(home.path("askaround.db"));
        let mut connection = SqliteConnection::connect_with(&options).await.expect("it opens");
        sqlx::query("BEGIN IMMEDIATE").execute(&mut connection).await.expect("the lock");
        self.0 = Some(connection);
    }

    async fn ends(&mut self, _: &Running) {
        let mut connection = self.0.take().expect("it is locked");
        sqlx::query("ROLLBACK").execute(&mut connection).await.expect("the lock is let go");
        connection.close().await.expect("it closes");
    }
}

/// What becomes of the program while the database is away.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Goes,
    Killed,
}

/// Asks so many times, and says what.
fn asks<C: Crowd>(crowd: &C, numbers: std::ops::Range<usize>) -> Vec<C::Question> {
    let ask = |number| {
        crowd.chats(number, "good morning everyone");
        crowd.asks(&format!("Mia {number}"), number, ANSWERED)
    };
    numbers.map(ask).collect()
}

async fn all_answered<C: Crowd>(crowd: &C, asked: &[C::Question]) {
    let all = |state: &C::State| asked.iter().all(|one| C::is_answered(state, one)).then_some(());
    crowd.until("an answer to every question", all).await;
}

/// The database goes away while people ask, and comes back.
async fn lasts<C: Crowd>((crowd, mut home): (C, Home), mut outage: impl Outage, ending: Ending) {
    home.survives_file_limits = true;
    let mut running = home.start().await;
    let before = asks(&crowd, 0..6);
    all_answered(&crowd, &before).await;
    outage.begins(&home, &running).await;
    let during = asks(&crowd, 6..14);
    running.logs(AWAY).await;
    let ready = get(running.public, "/readyz").await;
    assert_eq!((ready.code, ready.body.contains("the database")), (503, true), "{}", ready.body);
    assert!(is_measured(&running, 1).await);
    let answered = |state: &C::State| during.iter().any(|one| C::is_answered(state, one));
    assert!(!crowd.look(answered), "nothing is said that was not kept");
    if ending == Ending::Killed {
        running.kill().await;
        crowd.loses_bot();
        running = home.start().await;
    }
    outage.ends(&running).await;
    let after = asks(&crowd, 14..18);
    for questions in [&during, &after] {
        all_answered(&crowd, questions).await;
    }
    if ending == Ending::Goes {
        running.logs(BACK).await;
    }
    assert_eq!(get(running.public, "/readyz").await.code, 200);
    assert!(is_measured(&running, 0).await);
    let ended = running.terminate().await;
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    if ending == Ending::Goes {
        is_said_once(&ended);
    }
    let books = Books::read(&home.path("askaround.db")).await;
    for question in before.iter().chain(&during).chain(&after) {
        let cases = books.cases.get(&C::key(question)).map_or(0, Vec::len);
        assert_eq!(cases, 1, "{}", C::key(question));
    }
    assert_eq!(books.aside, Vec::<String>::new());
}

async fn is_measured(running: &Running, away: u8) -> bool {
    let metrics = get(running.public, "/metrics").await.body;
    metrics.lines().any(|line| line == format!("askaround_database_away {away}"))
}

/// However long it lasts and whatever notices it.
fn is_said_once(ended: &Ended) {
    let is_trouble = |line: &&String| line.contains("\"WARN\"") || line.contains("\"ERROR\"");
    let said: Vec<&String> = ended.stderr.iter().filter(is_trouble).collect();
    assert!(matches!(said[..], [line] if line.contains(AWAY)), "{said:#?}");
}

#[tokio::test]
async fn on_a_full_disk_it_waits_for_room_and_then_answers_everybody() {
    lasts(Guild::opens().await, FullDisk, Ending::Goes).await;
}

#[tokio::test]
async fn while_somebody_else_has_the_database_updates_stay_with_telegram() {
    lasts(Groups::opens().await, Locked::default(), Ending::Goes).await;
}

#[tokio::test]
async fn killed_on_a_full_disk_it_has_lost_nothing() {
    lasts(Groups::opens().await, FullDisk, Ending::Killed).await;
}

/// What becomes of Telegram's polls is told likewise.
#[tokio::test]
async fn while_telegram_cannot_be_asked_nobody_is_ready() {
    let (groups, home) = Groups::opens().await;
    let mut running = home.start().await;
    groups.town().connected().await;
    assert_eq!(get(running.public, "/readyz").await.code, 200);
    for _ in 0..2 {
        groups.town().fails("getUpdates", Fault::Broken(502));
    }
    // Whatever comes ends the poll that waits; the next one fails, and so does the one after it.
    let asked = asks(&groups, 0..1);
    running.logs("updates cannot be fetched").await;
    running.logs("Telegram answers again").await;
    all_answered(&groups, &asked).await;
    let metrics = get(running.public, "/metrics").await.body;
    let of = r#"bot="lumen",platform="telegram",connection="polling""#;
    for line in [
        format!("askaround_connection{{{of},state=\"connected\"}} 1"),
        format!("askaround_connection_reconnects_total{{{of}}} 1"),
    ] {
        assert!(metrics.lines().any(|one| one == line), "{line} in {metrics}");
    }
    running.kill().await;
}

/// A database that says of itself that it is only to be read (its write version is one that nobody
/// knows yet), which binds root as well.
#[tokio::test]
async fn a_database_that_cannot_be_written_is_named_at_the_start_with_its_mend() {
    let home = Home::new();
    let ended = home.start().await.terminate().await;
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let file = std::fs::OpenOptions::new().write(true).open(home.path("askaround.db"));
    file.expect("it is there").write_all_at(&[3], 18).expect("its header is written");
    let ended = home.run_lumen(&["run"]).ended().await;
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    let told = ended.stderr.iter().find(|line| line.contains("askaround.db"));
    let told = told.unwrap_or_else(|| panic!("the file is not named: {ended:#?}"));
    assert!(told.contains("only be read") && told.contains("--database"), "{told}");
}
