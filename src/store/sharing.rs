//! Several processes on one database: in whose turn something is decided, and telling each other
//! that something was. On SQLite there is one process, one writer, and nobody to tell.

#[cfg(feature = "postgres")]
use sqlx::postgres::PgListener;

use super::{Pools, Store, StoreError, Tx};
use crate::domain::ids::PersonId;

/// The channel of `NOTIFY`: one a server's database, so what is told there names the schema.
#[cfg(feature = "postgres")]
const CHANNEL: &str = "askaround";
#[cfg(feature = "postgres")]
const TELL: &str = "SELECT pg_notify($1, current_schema() || ':' || $2)";
#[cfg(feature = "postgres")]
const SCHEMA: &str = "SELECT CAST(current_schema() AS TEXT)";
/// In order, so that no two processes wait for each other.
#[cfg(feature = "postgres")]
const ENTER: &str = "SELECT pg_advisory_xact_lock(lane) \
     FROM (SELECT lane FROM unnest(CAST($1 AS BIGINT[])) AS lane ORDER BY lane) AS lanes";
#[cfg(feature = "postgres")]
const QUEUE: &str = "SELECT pg_advisory_xact_lock($1)";

/// What other processes tell.
#[derive(Debug)]
pub enum News {
    /// There are none.
    Never,
    #[cfg(feature = "postgres")]
    Postgres { listener: Box<PgListener>, schema: String, process: u16 },
}

impl News {
    /// Resolves when another process has committed something, or may have while nobody listened.
    pub async fn next(&mut self) -> Result<(), StoreError> {
        match self {
            News::Never => std::future::pending().await,
            #[cfg(feature = "postgres")]
            News::Postgres { listener, schema, process } => {
                let own = format!("{schema}:{process}");
                loop {
                    // `None`: the connection was lost, and what was told meanwhile with it.
                    let Some(told) = listener.try_recv().await? else { return Ok(()) };
                    let of = told.payload().rsplit_once(':').map(|(schema, _)| schema);
                    if of == Some(schema) && told.payload() != own {
                        return Ok(());
                    }
                }
            }
        }
    }
}

impl Store {
    /// Whether other processes may work on the same database.
    pub fn is_shared(&self) -> bool {
        match &self.pools {
            Pools::Sqlite { .. } => false,
            #[cfg(feature = "postgres")]
            Pools::Postgres(_) => true,
        }
    }

    /// What other processes tell from now on; `process` is the number of this one's start.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(unused_variables, reason = "nobody else is there")
    )]
    pub async fn news(&self, process: u16) -> Result<News, StoreError> {
        match &self.pools {
            Pools::Sqlite { .. } => Ok(News::Never),
            #[cfg(feature = "postgres")]
            Pools::Postgres(pool) => {
                let schema: String = sqlx::query_scalar(SCHEMA).fetch_one(pool).await?;
                let mut listener = Box::new(PgListener::connect_with(pool).await?);
                listener.listen(CHANNEL).await?;
                Ok(News::Postgres { listener, schema, process })
            }
        }
    }
}

impl Tx {
    /// Waits until no other process decides anything in these lanes; until the commit they are
    /// ours. Once a transaction, before anything else.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(unused_variables, reason = "nobody else is there")
    )]
    pub async fn enter(&mut self, lanes: &[i64]) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(..) => {}
            #[cfg(feature = "postgres")]
            Tx::Postgres(transaction, _) => {
                if !lanes.is_empty() {
                    sqlx::query(ENTER).bind(lanes).execute(&mut **transaction).await?;
                }
            }
        }
        Ok(())
    }

    /// Waits until no other process changes what a person holds in several cases at once.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(unused_variables, reason = "nobody else is there")
    )]
    pub(super) async fn queue_for(&mut self, person: PersonId) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(..) => {}
            #[cfg(feature = "postgres")]
            Tx::Postgres(transaction, _) => {
                sqlx::query(QUEUE).bind(person.get()).execute(&mut **transaction).await?;
            }
        }
        Ok(())
    }

    /// Lets the other processes know of this commit, once it is one.
    #[cfg_attr(
        not(feature = "postgres"),
        expect(unused_variables, reason = "nobody else is there")
    )]
    pub async fn tell_others(&mut self, process: u16) -> Result<(), StoreError> {
        match self {
            Tx::Sqlite(..) => {}
            #[cfg(feature = "postgres")]
            Tx::Postgres(transaction, _) => {
                let own = process.to_string();
                sqlx::query(TELL).bind(CHANNEL).bind(own).execute(&mut **transaction).await?;
            }
        }
        Ok(())
    }
}
