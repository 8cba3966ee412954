//! Who works on a database: a lock says so, and dies with the process. On SQLite it is a file
//! beside the database, for one; on PostgreSQL a session's advisory lock, shared by all who run and
//! taken whole by whoever fills or copies it.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::StoreError;

#[derive(Debug)]
pub(super) struct FileLock(
    #[expect(dead_code, reason = "held, not read: closing it unlocks")] File,
);

impl FileLock {
    pub(super) fn take(database: &Path) -> Result<FileLock, StoreError> {
        if database.is_dir() {
            return Err(StoreError::Unusable(
                "it is a folder; name a file in it, such as askaround.db".to_owned(),
            ));
        }
        let mut name = database.file_name().unwrap_or_default().to_os_string();
        name.push(".lock");
        let path = database.with_file_name(name);
        let file = OpenOptions::new().create(true).write(true).truncate(false).open(&path);
        let file = file.map_err(|error| {
            StoreError::Unusable(format!(
                "{} cannot be made ({error}); make its folder first and let this user write in \
                 it, or give another --database",
                path.display()
            ))
        })?;
        match file.try_lock() {
            Ok(()) => Ok(FileLock(file)),
            Err(TryLockError::WouldBlock) => Err(StoreError::Unusable(
                "another askaround is working on this file; stop it first, or give another \
                 --database"
                    .to_owned(),
            )),
            Err(TryLockError::Error(error)) => {
                Err(StoreError::Unusable(format!("{} cannot be locked: {error}", path.display())))
            }
        }
    }
}

/// A connection that holds the lock as long as it lives.
#[cfg(feature = "postgres")]
#[derive(Debug)]
pub(super) struct AdvisoryLock(
    #[expect(dead_code, reason = "held, not read: closing it unlocks")] sqlx::PgConnection,
);

#[cfg(feature = "postgres")]
impl AdvisoryLock {
    /// Beside others that share it. One lock a schema, so that several brands can share a server.
    pub(super) async fn share(pool: &sqlx::PgPool, shown: &str) -> Result<Self, StoreError> {
        Self::hold(
            pool,
            "SELECT pg_try_advisory_lock_shared(hashtext('askaround'), hashtext(current_schema()))",
            || {
                format!(
                    "{shown}: it is being filled or copied; start again when that is done, or give \
                     another --database"
                )
            },
        )
        .await
    }

    /// Beside nobody.
    pub(super) async fn take(pool: &sqlx::PgPool, shown: &str) -> Result<Self, StoreError> {
        Self::hold(
            pool,
            "SELECT pg_try_advisory_lock(hashtext('askaround'), hashtext(current_schema()))",
            || {
                format!(
                    "{shown}: another askaround is working on this database; stop it first, or \
                     give another --database"
                )
            },
        )
        .await
    }

    async fn hold(
        pool: &sqlx::PgPool,
        ask: &'static str,
        why: impl FnOnce() -> String,
    ) -> Result<Self, StoreError> {
        let mut connection = pool.acquire().await?.detach();
        let is_ours: bool = sqlx::query_scalar(ask).fetch_one(&mut connection).await?;
        if is_ours { Ok(Self(connection)) } else { Err(StoreError::Unusable(why())) }
    }
}
