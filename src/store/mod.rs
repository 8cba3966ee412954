//! The store: SQLite by default, PostgreSQL for those who outgrow it, one code base for both.
//!
//! Two concrete pools behind one enum, and one table of statements ([`statements`]) whose texts
//! serve both databases but for the few that stand side by side. `sqlx::Any` was not taken: it
//! stumbles over flags and sums, and hides what each database does well.
//!
//! SQLite has one writer connection (WAL, `synchronous=FULL`: an acknowledged question survives a
//! power cut) and a few readers. Writing happens in a [`Tx`], which the engine shares among many
//! inputs, one savepoint each, because the commit is the expensive part.

mod accounts;
pub mod archive;
mod audit;
mod badges;
mod cases;
mod census;
mod coaching;
mod cursors;
mod departures;
mod feedback;
mod gauges;
mod harvests;
mod inbox;
mod keys;
mod leaders;
mod leases;
mod ledger;
mod links;
mod lock;
mod messages;
mod migrating;
mod outbox;
mod places;
mod playground;
mod reading;
mod report;
mod rewriting;
mod roster;
mod sharing;
pub mod statements;
mod suggestions;
mod threads;

use std::path::Path;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use sqlx::error::DatabaseError;
use sqlx::migrate::{Migration, MigrationType, Migrator};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteError, SqliteJournalMode, SqlitePool, SqlitePoolOptions,
    SqliteSynchronous,
};
use sqlx::{Connection as _, Executor as _, SqlSafeStr as _, SqlStr, Sqlite, Transaction};
#[cfg(feature = "postgres")]
use sqlx::{PgPool, Postgres, postgres::PgPoolOptions};

pub use accounts::Account;
pub use audit::{Kept, RawEntry, Sums};
pub use badges::{Round, Trouble};
pub use cases::{CaseRow, HistoryRow, OpenCounts};
pub use census::{ClaimRow, OpenVersion, Steps, Unsent, WholeCase, WrittenRow};
pub use cursors::{Cursor, OpenQuestion};
pub use feedback::{Feedback, FeedbackCount, FeedbackFrom};
pub use gauges::Standings;
pub use harvests::{HarvestMark, SolvedQuestion};
pub use keys::{KEY_VARIABLE, OLD_KEYS_VARIABLE, TextKey, TextKeys};
pub use leaders::{Above, Board, Leader};
pub use leases::Fence;
pub use ledger::{LedgerLine, Standing};
pub use links::{LinkAct, LinkCode};
pub use messages::{Part, Said};
pub use migrating::Migrations;
pub use outbox::{Class, DueRow, LatestRow, NewRow, PostRow, Settled};
pub use places::{
    ChannelRow, CommunityRow, EscalationSetting, KnownChannel, KnownPlace, Settings, WatchSetting,
};
pub use playground::KeptPlayground;
pub use report::{Listed, Mark};
pub use rewriting::TextMark;
pub use roster::{CallRow, NewCall};
pub use sharing::News;
pub use suggestions::{Missed, NewSuggestion};
pub use threads::{CaseThread, ThreadState};

use lock::FileLock;
use statements::Sql;

/// What went wrong, by what the caller does next.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Somebody else changed what we had read: prefetch and decide again.
    #[error("changed meanwhile: {0}")]
    Conflict(&'static str),
    /// The database cannot be reached or written now: wait and try again.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// A row does not decode: an operator must look at it.
    #[error("{table} row {id}, column {column}: {problem}")]
    Corrupt { table: &'static str, id: String, column: &'static str, problem: String },
    /// The database cannot be opened as it is: an operator must mend it.
    #[error("{0}")]
    Unusable(String),
    /// A statement failed for its own reasons.
    #[error("statement failed: {0}")]
    Statement(String),
}

impl From<sqlx::Error> for StoreError {
    #[expect(clippy::wildcard_enum_match_arm, reason = "the driver's enum is open")]
    fn from(error: sqlx::Error) -> Self {
        let text = error.to_string();
        match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::Tls(_)
            | sqlx::Error::Protocol(_) => StoreError::Unavailable(text),
            sqlx::Error::Database(database) => match database.code().as_deref() {
                // PostgreSQL: serialisation failure, deadlock.
                Some("40001" | "40P01") => StoreError::Conflict("transaction"),
                // PostgreSQL: connection and shutdown classes. SQLite: busy, locked, read-only,
                // I/O, full and cannot open, their extended codes in the upper bytes.
                Some(code) if is_outage(database.as_ref(), code) => StoreError::Unavailable(text),
                _ => StoreError::Statement(text),
            },
            _ => StoreError::Statement(text),
        }
    }
}

/// Whether a driver's code says that the database is away, and not that a statement is wrong. Codes
/// are the driver's own: PostgreSQL's 22021 (a text with a NUL) is not SQLite's 5 (busy).
fn is_outage(error: &dyn DatabaseError, code: &str) -> bool {
    if error.try_downcast_ref::<SqliteError>().is_some() {
        let code = code.parse::<u32>().unwrap_or(0);
        return matches!(code & 0xff, 5 | 6 | 8 | 10 | 13 | 14);
    }
    ["08", "57P", "53"].iter().any(|class| code.starts_with(class))
}

/// A pool that gives no connection away on which nothing can be begun any more: when a disk is full
/// or broken SQLite rolls back by itself, which the driver, whose own rollback then fails, never
/// learns. A new connection takes its place.
fn sqlite_pool() -> SqlitePoolOptions {
    SqlitePoolOptions::new().before_acquire(|connection, _| {
        let is_free = !connection.is_in_transaction();
        Box::pin(std::future::ready(Ok(is_free)))
    })
}

/// Said of a SQLite database that is there and cannot be written; other errors are what they are.
fn only_read(error: sqlx::Error) -> StoreError {
    let code = error.as_database_error().and_then(DatabaseError::code);
    let code = code.and_then(|code| code.parse::<u32>().ok());
    if code.is_some_and(|code| code & 0xff == 8) {
        return StoreError::Unusable(
            "it can only be read; let this user write the file and the folder that it is in, or \
             give another --database"
                .to_owned(),
        );
    }
    error.into()
}

/// Readers beside the one SQLite writer; more than a few only share the same disk.
const SQLITE_READERS: u32 = 4;
/// Connections to PostgreSQL: enough for the lanes of one process, and one that listens to others.
#[cfg(feature = "postgres")]
const POSTGRES_CONNECTIONS: u32 = 9;
/// How long to wait for a busy database before saying so.
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Whether a commit waits for the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `synchronous=FULL`: the product.
    Full,
    /// Off, for throw-away databases of simulations and tests of logic.
    None,
}

/// An open database.
#[derive(Debug, Clone)]
pub struct Store {
    pools: Pools,
    /// Held until the store is closed or its last clone goes. One process works on one SQLite file;
    /// a PostgreSQL database is shared by as many as like, unless one must have it alone.
    lock: Arc<Mutex<Option<Hold>>>,
    /// Under which people's words are kept.
    keys: TextKeys,
}

/// What keeps other processes off.
#[derive(Debug)]
#[expect(dead_code, reason = "held, not read: dropping it lets go")]
enum Hold {
    Sqlite(FileLock),
    #[cfg(feature = "postgres")]
    Postgres(lock::AdvisoryLock),
}

#[derive(Debug, Clone)]
enum Pools {
    Sqlite {
        writer: SqlitePool,
        readers: SqlitePool,
    },
    #[cfg(feature = "postgres")]
    Postgres(PgPool),
}

/// A transaction on either database.
#[derive(Debug)]
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>, TextKeys),
    #[cfg(feature = "postgres")]
    Postgres(Transaction<'static, Postgres>, TextKeys),
}

/// One expression, type-checked for both drivers.
macro_rules! on {
    ($tx:expr, $connection:ident => $doing:expr) => {
        match $tx {
            $crate::store::Tx::Sqlite(transaction, _) => {
                let $connection = &mut **transaction;
                $doing
            }
            #[cfg(feature = "postgres")]
            $crate::store::Tx::Postgres(transaction, _) => {
                let $connection = &mut **transaction;
                $doing
            }
        }
    };
}
pub(crate) use on;

/// A record that both drivers decode.
macro_rules! rows {
    ($(
        $(#[$meta:meta])*
        $visibility:vis struct $name:ident { $($field:ident: $kind:ty),* $(,)? }
    )*) => { $(
        $(#[$meta])*
        $visibility struct $name { $(pub $field: $kind),* }
        impl sqlx::FromRow<'_, sqlx::sqlite::SqliteRow> for $name {
            fn from_row(row: &sqlx::sqlite::SqliteRow) -> Result<Self, sqlx::Error> {
                use sqlx::Row as _;
                Ok(Self { $($field: row.try_get(stringify!($field))?),* })
            }
        }
        #[cfg(feature = "postgres")]
        impl sqlx::FromRow<'_, sqlx::postgres::PgRow> for $name {
            fn from_row(row: &sqlx::postgres::PgRow) -> Result<Self, sqlx::Error> {
                use sqlx::Row as _;
                Ok(Self { $($field: row.try_get(stringify!($field))?),* })
            }
        }
    )* };
}
pub(crate) use rows;

/// Every migration, oldest first; a merged one is never edited.
const MIGRATIONS: &[(i64, &str, &str)] = &[
    (1, "cases", include_str!("../../migrations/0001_cases.sql")),
    (2, "moderation", include_str!("../../migrations/0002_moderation.sql")),
    (3, "feedback", include_str!("../../migrations/0003_feedback.sql")),
    (4, "threads", include_str!("../../migrations/0004_threads.sql")),
    (5, "panel", include_str!("../../migrations/0005_panel.sql")),
    (6, "cursors", include_str!("../../migrations/0006_cursors.sql")),
    (7, "links", include_str!("../../migrations/0007_links.sql")),
    (8, "gauges", include_str!("../../migrations/0008_gauges.sql")),
    (9, "badges", include_str!("../../migrations/0009_badges.sql")),
    (10, "departures", include_str!("../../migrations/0010_departures.sql")),
    (11, "case_threads", include_str!("../../migrations/0011_case_threads.sql")),
    (12, "suggestions", include_str!("../../migrations/0012_suggestions.sql")),
    (13, "text_keys", include_str!("../../migrations/0013_text_keys.sql")),
    (14, "coaching", include_str!("../../migrations/0014_coaching.sql")),
    (15, "harvests", include_str!("../../migrations/0015_harvests.sql")),
    (16, "leases", include_str!("../../migrations/0016_leases.sql")),
];

fn migrator() -> Migrator {
    Migrator::with_migrations(
        MIGRATIONS
            .iter()
            .map(|(version, name, sql)| {
                Migration::new(
                    *version,
                    (*name).into(),
                    MigrationType::Simple,
                    SqlStr::from_static(sql),
                    false,
                )
            })
            .collect(),
    )
}

impl Store {
    /// Opens and migrates the database of `url`: `sqlite:PATH` or `postgres://…`, whose words are
    /// under no key.
    pub async fn open(url: &str, durability: Durability) -> Result<Store, StoreError> {
        Self::open_with(url, durability, TextKeys::default()).await
    }

    /// The same with keys for people's words. One that does not fit is refused before anything is
    /// changed.
    pub async fn open_with(
        url: &str,
        durability: Durability,
        keys: TextKeys,
    ) -> Result<Store, StoreError> {
        Self::check_keys_of(url, &keys).await?;
        let mut store = Self::open_any(url, durability).await?;
        store.keys = keys;
        store.note_keys().await?;
        Ok(store)
    }

    async fn open_any(url: &str, durability: Durability) -> Result<Store, StoreError> {
        if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            return Self::open_postgres(url).await;
        }
        let path = sqlite_path(url)?;
        Self::open_sqlite(Path::new(path), durability).await.map_err(|error| unusable(path, &error))
    }

    async fn open_sqlite(path: &Path, durability: Durability) -> Result<Store, StoreError> {
        let lock = FileLock::take(path)?;
        let synchronous = match durability {
            Durability::Full => SqliteSynchronous::Full,
            Durability::None => SqliteSynchronous::Off,
        };
        let options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(synchronous)
            .busy_timeout(BUSY_TIMEOUT)
            .statement_cache_capacity(256);
        let writer = sqlite_pool()
            .max_connections(1)
            .max_lifetime(None)
            .idle_timeout(None)
            .connect_with(options.clone())
            .await
            .map_err(only_read)?;
        migrator().run(&writer).await.map_err(|e| StoreError::Unusable(e.to_string()))?;
        // Before anything is heard that could not be kept.
        let mut trial = writer.begin_with("BEGIN IMMEDIATE").await.map_err(only_read)?;
        let written = sqlx::query("UPDATE starts SET number = number").execute(&mut *trial);
        written.await.map_err(only_read)?;
        trial.rollback().await?;
        let readers = sqlite_pool()
            .max_connections(SQLITE_READERS)
            .connect_with(options.read_only(true))
            .await?;
        let lock = Arc::new(Mutex::new(Some(Hold::Sqlite(lock))));
        Ok(Store { pools: Pools::Sqlite { writer, readers }, lock, keys: TextKeys::default() })
    }

    #[cfg(feature = "postgres")]
    async fn open_postgres(url: &str) -> Result<Store, StoreError> {
        let shown = without_password(url);
        let pool = PgPoolOptions::new()
            .max_connections(POSTGRES_CONNECTIONS)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect(url)
            .await
            .map_err(|error| unusable(&shown, &error.into()))?;
        let lock = lock::AdvisoryLock::share(&pool, &shown).await?;
        // A process of an older version may start beside newer ones: migrations only add.
        migrator()
            .set_ignore_missing(true)
            .run(&pool)
            .await
            .map_err(|e| StoreError::Unusable(format!("{shown}: {e}")))?;
        let lock = Arc::new(Mutex::new(Some(Hold::Postgres(lock))));
        Ok(Store { pools: Pools::Postgres(pool), lock, keys: TextKeys::default() })
    }

    #[cfg(not(feature = "postgres"))]
    #[expect(clippy::unused_async, reason = "the same shape as with the feature")]
    async fn open_postgres(url: &str) -> Result<Store, StoreError> {
        Err(StoreError::Unusable(format!(
            "{}: this build has no PostgreSQL; build with --features postgres",
            without_password(url)
        )))
    }

    /// Begins a writing transaction. On SQLite there is one at a time.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { writer, .. } => {
                Tx::Sqlite(writer.begin_with("BEGIN IMMEDIATE").await?, self.keys.clone())
            }
            #[cfg(feature = "postgres")]
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?, self.keys.clone()),
        })
    }

    /// Begins a reading transaction, beside the writer. On SQLite it is one consistent view.
    pub async fn read(&self) -> Result<Tx, StoreError> {
        Ok(match &self.pools {
            Pools::Sqlite { readers, .. } => Tx::Sqlite(readers.begin().await?, self.keys.clone()),
            #[cfg(feature = "postgres")]
            Pools::Postgres(pool) => Tx::Postgres(pool.begin().await?, self.keys.clone()),
        })
    }

    /// Prepares every statement: the stand-in for compile-time checking, which cannot serve two
    /// databases. Gives back the name and problem of each that fails.
    pub async fn prepare_all(&self) -> Result<Vec<(&'static str, String)>, StoreError> {
        let mut failed = Vec::new();
        for (name, sql) in statements::all() {
            let mut tx = self.begin().await?;
            let text = tx.sql(sql).into_sql_str();
            if let Err(error) = on!(&mut tx, c => c.prepare(text).await.map(|_| ())) {
                failed.push((name, error.to_string()));
            }
        }
        Ok(failed)
    }

    /// Lets go of every connection, then of the database: another store may open it at once,
    /// whoever still holds a clone of this one. On SQLite this also folds the write-ahead log back.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
            #[cfg(feature = "postgres")]
            Pools::Postgres(pool) => pool.close().await,
        }
        let held = self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
        drop(held);
    }
}

impl Tx {
    /// Under which people's words are kept.
    fn keys(&self) -> &TextKeys {
        match self {
            Tx::Sqlite(_, keys) => keys,
            #[cfg(feature = "postgres")]
            Tx::Postgres(_, keys) => keys,
        }
    }

    /// This database's text of a statement.
    fn sql(&self, sql: &Sql) -> &'static str {
        match self {
            Tx::Sqlite(..) => sql.sqlite,
            #[cfg(feature = "postgres")]
            Tx::Postgres(..) => sql.postgres,
        }
    }

    async fn run(&mut self, text: &'static str) -> Result<(), StoreError> {
        on!(self, c => { c.execute(text).await?; });
        Ok(())
    }

    /// Begins one input's part of a batch.
    pub async fn savepoint(&mut self) -> Result<(), StoreError> {
        self.run("SAVEPOINT input").await
    }

    pub async fn release(&mut self) -> Result<(), StoreError> {
        self.run("RELEASE SAVEPOINT input").await
    }

    /// Takes one input's part of a batch back and goes on.
    pub async fn roll_back_to_savepoint(&mut self) -> Result<(), StoreError> {
        self.run("ROLLBACK TO SAVEPOINT input").await?;
        self.release().await
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(transaction, _) => transaction.commit().await?,
            #[cfg(feature = "postgres")]
            Tx::Postgres(transaction, _) => transaction.commit().await?,
        }
        Ok(())
    }
}

/// Reads a JSON document of a row, naming the place when it does not decode.
fn decode<T: serde::de::DeserializeOwned>(
    table: &'static str,
    id: impl std::fmt::Display,
    column: &'static str,
    document: &str,
) -> Result<T, StoreError> {
    serde_json::from_str(document).map_err(|error| StoreError::Corrupt {
        table,
        id: id.to_string(),
        column,
        problem: error.to_string(),
    })
}

/// What is kept as JSON text, as such.
pub fn encode<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Statement(error.to_string()))
}

/// The file of a `sqlite:PATH` address.
fn sqlite_path(url: &str) -> Result<&str, StoreError> {
    let Some(path) = url.strip_prefix("sqlite:") else {
        return Err(StoreError::Unusable(format!(
            "the database address {} is neither sqlite:PATH nor postgres://…",
            without_password(url)
        )));
    };
    let path = path.trim_start_matches("//");
    if path.is_empty() || path.starts_with(':') {
        return Err(StoreError::Unusable(format!(
            "sqlite:{path} names no file, so nothing would be kept; give --database a path, such \
             as sqlite:askaround.db"
        )));
    }
    Ok(path)
}

fn unusable(place: &str, error: &StoreError) -> StoreError {
    match error {
        StoreError::Unusable(text) => StoreError::Unusable(format!("{place}: {text}")),
        StoreError::Unavailable(text) => StoreError::Unusable(format!(
            "{place} does not answer ({text}); see that it is there and running, or give another \
             --database"
        )),
        StoreError::Conflict(_) | StoreError::Corrupt { .. } | StoreError::Statement(_) => {
            StoreError::Unusable(format!(
                "{place} cannot be opened as a database ({error}); give another --database, or move \
             the file away and restore a backup"
            ))
        }
    }
}

/// An address without what could be a password, fit for a log: neither the part behind the user's
/// name nor anything behind a question mark.
fn without_password(url: &str) -> String {
    let url = url.split('?').next().unwrap_or_default();
    match (url.find("://"), url.rfind('@')) {
        (Some(scheme), Some(at)) if scheme + 3 <= at => {
            let user = url.get(scheme + 3..at).unwrap_or_default();
            let user = user.split(':').next().unwrap_or_default();
            let head = url.get(..scheme + 3).unwrap_or_default();
            format!("{head}{user}{}", url.get(at..).unwrap_or_default())
        }
        _ => url.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            ("postgres://ada:secret@db/askaround", "postgres://ada@db/askaround"),
            ("postgres://ada@db/askaround", "postgres://ada@db/askaround"),
            ("postgres://ada:se@ret@db/askaround", "postgres://ada@db/askaround"),
            ("postgres://db/askaround?password=secret", "postgres://db/askaround"),
            ("sqlite:askaround.db", "sqlite:askaround.db"),
        ] {
            assert_eq!(without_password(url), shown);
        }
    }
}
