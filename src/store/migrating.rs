//! What the migrations of this program would do to a database.

use super::{MIGRATIONS, Store, StoreError, migrator, on, sqlite_path};

/// Where a database stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Migrations {
    /// Migrations that have run; 0 where there is no database yet.
    pub done: usize,
    /// Those that have not, in order: number and name.
    pub pending: Vec<(i64, &'static str)>,
}

impl Store {
    /// Looks which migrations would run on the database of `url`, and changes nothing. One that is
    /// not there, or that has nothing of ours in it, would get them all.
    pub async fn pending_migrations(url: &str) -> Result<Migrations, StoreError> {
        let is_postgres = url.starts_with("postgres:") || url.starts_with("postgresql:");
        let names = MIGRATIONS.iter().map(|(version, name, _)| (*version, *name));
        if !is_postgres && !std::path::Path::new(sqlite_path(url)?).exists() {
            return Ok(Migrations { done: 0, pending: names.collect() });
        }
        let (store, shown) = Self::look(url).await?;
        let done = store.migrations_done().await;
        store.close().await;
        let unusable = |problem| Err(StoreError::Unusable(format!("{shown}: {problem}")));
        let known = migrator();
        for (version, checksum) in &done {
            let Some(migration) = known.iter().find(|known| known.version == *version) else {
                return unusable(format!(
                    "migration {version} ran on it, which this askaround does not know; work on it \
                     with the newer one that ran it"
                ));
            };
            if *migration.checksum != **checksum {
                return unusable(format!(
                    "migration {version} ({}) ran on it in other words than this askaround has; \
                     work on it with the one that ran it",
                    migration.description
                ));
            }
        }
        let ran = |version| done.iter().any(|(done, _)| *done == version);
        Ok(Migrations { done: done.len(), pending: names.filter(|(v, _)| !ran(*v)).collect() })
    }

    /// Number and checksum of every migration that has run; none where none could have.
    async fn migrations_done(&self) -> Vec<(i64, Vec<u8>)> {
        let text = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";
        let found: Result<Vec<(i64, Vec<u8>)>, StoreError> = async {
            let mut tx = self.read().await?;
            Ok(on!(&mut tx, c => sqlx::query_as(text).fetch_all(c).await?))
        }
        .await;
        found.unwrap_or_default()
    }
}
