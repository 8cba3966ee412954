//! Opening a database only to look: beside the process that works on it, which keeps its lock.
//!
//! Nothing is migrated and nothing can be written: `SQLite` is told to refuse it, and `PostgreSQL`
//! as well. So one writer stays one writer, and looking disturbs nobody.

use std::path::Path;
use std::str::FromStr as _;
use std::sync::Arc;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};

use super::keys::TextKeys;
use super::{
    BUSY_TIMEOUT, MIGRATIONS, Pools, Store, StoreError, on, sqlite_path, unusable, without_password,
};

impl Store {
    /// Opens the database of `url` to read it, whether or not another process works on it.
    pub async fn open_to_read(url: &str) -> Result<Store, StoreError> {
        let (store, shown) = Self::look(url).await?;
        store.check_version(&shown).await?;
        Ok(store)
    }

    /// The same where words are under a key.
    pub async fn open_to_read_with(url: &str, keys: TextKeys) -> Result<Store, StoreError> {
        let mut store = Self::open_to_read(url).await?;
        store.check_keys(&keys).await?;
        store.keys = keys;
        Ok(store)
    }

    /// The same of whatever version; and how to call it, without its password.
    pub(super) async fn look(url: &str) -> Result<(Store, String), StoreError> {
        Ok(if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            (Self::read_postgres(url).await?, without_password(url))
        } else {
            let path = sqlite_path(url)?;
            if !Path::new(path).is_file() {
                return Err(StoreError::Unusable(format!(
                    "there is no database at {path}; give --database the one that `askaround run` \
                     works on (the playground's is askaround-playground.db)"
                )));
            }
            let store = Self::read_sqlite(Path::new(path)).await;
            (store.map_err(|error| unusable(path, &error))?, path.to_owned())
        })
    }

    async fn read_sqlite(path: &Path) -> Result<Store, StoreError> {
        // Not opened read-only: a reader of a write-ahead log keeps its place in the log's index.
        let options = SqliteConnectOptions::from_str("sqlite:")?
            .filename(path)
            .create_if_missing(false)
            .busy_timeout(BUSY_TIMEOUT)
            .pragma("query_only", "ON");
        let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
        Ok(Store {
            pools: Pools::Sqlite { writer: pool.clone(), readers: pool },
            lock: Arc::default(),
            keys: TextKeys::default(),
        })
    }

    #[cfg(feature = "postgres")]
    async fn read_postgres(url: &str) -> Result<Store, StoreError> {
        use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
        let options = PgConnectOptions::from_str(url)
            .map_err(|error| unusable(&without_password(url), &error.into()))?
            .options([("default_transaction_read_only", "on")]);
        let pool = PgPoolOptions::new()
            .max_connections(1)
            .acquire_timeout(BUSY_TIMEOUT)
            .connect_with(options)
            .await
            .map_err(|error| unusable(&without_password(url), &error.into()))?;
        Ok(Store { pools: Pools::Postgres(pool), lock: Arc::default(), keys: TextKeys::default() })
    }

    #[cfg(not(feature = "postgres"))]
    async fn read_postgres(url: &str) -> Result<Store, StoreError> {
        Self::open_postgres(url).await
    }

    /// The newest migration that has run; `None` when this is no database of ours.
    pub(super) async fn schema(&self) -> Option<i64> {
        let mut tx = self.read().await.ok()?;
        let text = "SELECT MAX(version) FROM _sqlx_migrations";
        let found: Result<Option<i64>, sqlx::Error> =
            async { Ok(on!(&mut tx, c => sqlx::query_scalar(text).fetch_one(c).await?)) }.await;
        found.ok().flatten()
    }

    /// A database of another version would answer wrongly, or not at all.
    async fn check_version(&self, shown: &str) -> Result<(), StoreError> {
        let newest = MIGRATIONS.last().map_or(0, |(version, ..)| *version);
        let problem = match self.schema().await {
            Some(version) if version == newest => return Ok(()),
            Some(version) if version > newest => {
                "it was written by a newer askaround; look at it with that one"
            }
            Some(_) => "it is of an older version; `askaround migrate` brings it up to date",
            None => "it is no database of askaround; give another --database",
        };
        Err(StoreError::Unusable(format!("{shown}: {problem}")))
    }
}
