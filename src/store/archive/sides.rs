//! The two sides of a copy: a database that is read at one moment, and one that is filled at once.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::{Arc, Mutex};

use sqlx::AssertSqlSafe;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::blueprint::{Blueprint, newest};
use super::rows::{self, Loader};
use super::{Seal, Sink};
use crate::store::keys::TextKeys;
use crate::store::lock::FileLock;
use crate::store::{
    BUSY_TIMEOUT, Hold, Pools, Store, StoreError, Tx, migrator, on, sqlite_path, unusable,
    without_password,
};

/// A database as it is at one moment.
pub(super) struct Source {
    store: Store,
    tx: Tx,
    blueprint: Blueprint,
}

impl Source {
    /// Reads beside whoever works on it.
    pub(super) async fn beside_others(url: &str) -> Result<Source, StoreError> {
        let (store, shown) = Store::look(url).await?;
        let blueprint = known(&store, &shown).await?;
        let mut tx = store.read().await?;
        one_moment(&mut tx).await?;
        Ok(Source { store, tx, blueprint })
    }

    /// Reads while nobody else works on it, and lets nobody write until it is closed.
    pub(super) async fn held(url: &str) -> Result<Source, StoreError> {
        // Says kindly what is not there, and makes nothing, not even a lock.
        let (looked_at, shown) = Store::look(url).await?;
        looked_at.close().await;
        let store = alone(url, Making::Nothing).await?;
        let blueprint = known(&store, &shown).await?;
        let mut tx = store.begin().await?;
        one_moment(&mut tx).await?;
        #[cfg(feature = "postgres")]
        if let Tx::Postgres(..) = &tx {
            for table in &blueprint.tables {
                say(&mut tx, format!("LOCK TABLE \"{}\" IN SHARE MODE", table.name)).await?;
            }
        }
        Ok(Source { store, tx, blueprint })
    }

    pub(super) fn schema(&self) -> i64 {
        self.blueprint.schema
    }

    pub(super) async fn read(
        &mut self,
        sink: &mut impl Sink,
        told: impl FnMut(&Seal),
    ) -> Result<Vec<Seal>, StoreError> {
        rows::read(&mut self.tx, &self.blueprint, sink, told).await
    }

    pub(super) async fn close(self) {
        drop(self.tx);
        self.store.close().await;
    }
}

/// The tables of a database that this program knows, of whichever age.
async fn known(store: &Store, shown: &str) -> Result<Blueprint, StoreError> {
    let problem = match store.schema().await {
        Some(version) if version > newest() => {
            "it was written by a newer askaround; do this with that one"
        }
        Some(version) => return Blueprint::of(version).await,
        None => "it is no database of askaround; give another one",
    };
    Err(StoreError::Unusable(format!("{shown}: {problem}")))
}

/// Everything read from now on is of one moment. SQLite does so by itself.
async fn one_moment(tx: &mut Tx) -> Result<(), StoreError> {
    match tx {
        Tx::Sqlite(..) => Ok(()),
        #[cfg(feature = "postgres")]
        Tx::Postgres(..) => tx.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ").await,
    }
}

/// Whether a file may be made where there is none.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Making {
    Nothing,
    AFile,
}

/// Opens a database with nobody else on it, and as it is: nothing is migrated.
async fn alone(url: &str, making: Making) -> Result<Store, StoreError> {
    if url.starts_with("postgres:") || url.starts_with("postgresql:") {
        return alone_on_postgres(url).await;
    }
    let path = sqlite_path(url)?;
    let opened = async {
        let lock = FileLock::take(Path::new(path))?;
        let mut options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(path)
            .create_if_missing(making == Making::AFile)
            .foreign_keys(true)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT);
        if making == Making::AFile {
            options = options.journal_mode(SqliteJournalMode::Wal);
        }
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        let lock = Arc::new(Mutex::new(Some(Hold::Sqlite(lock))));
        Ok(Store {
            pools: Pools::Sqlite { writer: pool.clone(), readers: pool },
            lock,
            keys: TextKeys::default(),
        })
    };
    opened.await.map_err(|error| unusable(path, &error))
}

#[cfg(feature = "postgres")]
async fn alone_on_postgres(url: &str) -> Result<Store, StoreError> {
    let shown = without_password(url);
    let pool = sqlx::postgres::PgPoolOptions::new()
        .max_connections(1)
        .acquire_timeout(BUSY_TIMEOUT)
        .connect(url)
        .await
        .map_err(|error| unusable(&shown, &error.into()))?;
    let lock = crate::store::lock::AdvisoryLock::take(&pool, &shown).await?;
    let lock = Arc::new(Mutex::new(Some(Hold::Postgres(lock))));
    Ok(Store { pools: Pools::Postgres(pool), lock, keys: TextKeys::default() })
}

#[cfg(not(feature = "postgres"))]
async fn alone_on_postgres(url: &str) -> Result<Store, StoreError> {
    Store::open_postgres(url).await
}

/// An empty database that is being filled, in one transaction.
pub(super) struct Target {
    store: Store,
    shown: String,
    tx: Tx,
    /// Statements that put its foreign keys back.
    ties: Vec<String>,
    blueprint: Blueprint,
}

impl Target {
    /// Opens a database that has nothing in it, or makes it, with the tables of that version.
    pub(super) async fn empty(url: &str, schema: i64) -> Result<Target, StoreError> {
        let shown = without_password(url);
        let store = alone(url, Making::AFile).await?;
        is_empty(&store, schema).await.map_err(|error| unusable(&shown, &error))?;
        migrate(&store, schema).await.map_err(|error| unusable(&shown, &error))?;
        let mut tx = store.begin().await?;
        let ties = untie(&mut tx).await?;
        Ok(Target { store, shown, tx, ties, blueprint: Blueprint::of(schema).await? })
    }

    pub(super) fn rows(&mut self) -> Loader<'_> {
        Loader::new(&mut self.tx)
    }

    /// Reads back what was written, commits it if it is what it should be, and brings the database
    /// up to date.
    pub(super) async fn settle(
        self,
        expected: &[Seal],
        told: impl FnMut(&Seal),
    ) -> Result<(), StoreError> {
        let Target { store, shown, mut tx, ties, blueprint } = self;
        tie(&mut tx, &ties).await.map_err(|error| unusable(&shown, &error))?;
        let written = rows::read(&mut tx, &blueprint, &mut (), told).await?;
        if let Some((wrong, _)) = written.iter().zip(expected).find(|(is, should)| is != should) {
            return Err(StoreError::Unusable(format!(
                "{shown}: {} reads back otherwise than it was written, so nothing is kept of it; \
                 look after its disk, or give another database",
                wrong.table
            )));
        }
        tx.commit().await?;
        migrate(&store, newest()).await.map_err(|error| unusable(&shown, &error))?;
        #[cfg(feature = "postgres")]
        if let Pools::Postgres(pool) = &store.pools {
            // Until it is told how much there is, it would plan as if there were nothing.
            sqlx::query("ANALYZE").execute(pool).await?;
        }
        store.close().await;
        Ok(())
    }
}

async fn migrate(store: &Store, schema: i64) -> Result<(), StoreError> {
    let done = match &store.pools {
        Pools::Sqlite { writer, .. } => migrator().run_to(schema, writer).await,
        #[cfg(feature = "postgres")]
        Pools::Postgres(pool) => migrator().run_to(schema, pool).await,
    };
    done.map_err(|error| StoreError::Unusable(error.to_string()))
}

const ANY_TABLE_ON_SQLITE: &str = "SELECT name FROM sqlite_master WHERE type = 'table' \
    AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> '_sqlx_migrations' LIMIT 1";
#[cfg(feature = "postgres")]
const ANY_TABLE_ON_POSTGRES: &str = "SELECT CAST(table_name AS TEXT) \
    FROM information_schema.tables WHERE table_schema = current_schema() \
    AND table_name <> '_sqlx_migrations' LIMIT 1";

/// Refuses a database that holds anything, or that the tables of `schema` cannot be made in.
async fn is_empty(store: &Store, schema: i64) -> Result<(), StoreError> {
    const MEND: &str = "this goes into an empty database only; give one that is not there yet";
    let found = store.schema().await;
    if found.is_some_and(|found| found > schema) {
        return Err(StoreError::Unusable(format!(
            "it is of a newer version than what is to be put in; {MEND}"
        )));
    }
    let mut tx = store.read().await?;
    let Some(found) = found else {
        let text = match &tx {
            Tx::Sqlite(..) => ANY_TABLE_ON_SQLITE,
            #[cfg(feature = "postgres")]
            Tx::Postgres(..) => ANY_TABLE_ON_POSTGRES,
        };
        let table: Option<String> =
            on!(&mut tx, c => sqlx::query_scalar(text).fetch_optional(c).await?);
        return match table {
            Some(table) => Err(StoreError::Unusable(format!(
                "it has a table {table} that is none of askaround's; {MEND}"
            ))),
            None => Ok(()),
        };
    };
    for table in Blueprint::of(found).await?.tables {
        let text = AssertSqlSafe(format!("SELECT 1 FROM \"{}\" LIMIT 1", table.name));
        if on!(&mut tx, c => sqlx::query(text).fetch_optional(c).await?.is_some()) {
            let table = table.name;
            return Err(StoreError::Unusable(format!(
                "it is not empty, there are rows in {table}; {MEND}"
            )));
        }
    }
    Ok(())
}

// ---- rows that name each other -------------------------------------------------------------

/// Lets rows come in any order. SQLite looks when it commits; PostgreSQL would look at every row,
/// so the keys are taken off and put back, within the transaction.
async fn untie(tx: &mut Tx) -> Result<Vec<String>, StoreError> {
    match tx {
        Tx::Sqlite(..) => {
            tx.run("PRAGMA defer_foreign_keys = ON").await?;
            Ok(Vec::new())
        }
        #[cfg(feature = "postgres")]
        Tx::Postgres(connection, _) => {
            let text = "SELECT quote_ident(t.relname), quote_ident(k.conname), \
                pg_get_constraintdef(k.oid) FROM pg_constraint AS k \
                JOIN pg_class AS t ON t.oid = k.conrelid WHERE k.contype = 'f' \
                AND t.relnamespace = current_schema()::regnamespace ORDER BY 1, 2";
            let keys: Vec<(String, String, String)> =
                sqlx::query_as(text).fetch_all(&mut **connection).await?;
            let mut ties = Vec::new();
            for (table, name, definition) in keys {
                say(tx, format!("ALTER TABLE {table} DROP CONSTRAINT {name}")).await?;
                ties.push(format!("ALTER TABLE {table} ADD CONSTRAINT {name} {definition}"));
            }
            Ok(ties)
        }
    }
}

/// Sees that every row that names another one has it.
async fn tie(tx: &mut Tx, ties: &[String]) -> Result<(), StoreError> {
    for statement in ties {
        let put_back = say(tx, statement.clone()).await;
        put_back.map_err(|error| StoreError::Unusable(error.to_string()))?;
    }
    match tx {
        Tx::Sqlite(connection, _) => {
            let text = "SELECT \"table\", parent FROM pragma_foreign_key_check LIMIT 1";
            let astray: Option<(String, String)> =
                sqlx::query_as(text).fetch_optional(&mut **connection).await?;
            match astray {
                Some((table, parent)) => Err(StoreError::Unusable(format!(
                    "a row of {table} names one of {parent} that is not there"
                ))),
                None => Ok(()),
            }
        }
        #[cfg(feature = "postgres")]
        Tx::Postgres(..) => Ok(()),
    }
}

/// Runs a statement made of names that the database gave us.
async fn say(tx: &mut Tx, statement: String) -> Result<(), StoreError> {
    on!(tx, c => { sqlx::raw_sql(AssertSqlSafe(statement)).execute(c).await?; });
    Ok(())
}
