//! `askaround migrate`: brings a database up to date, or says what that would do.

use std::process::ExitCode;

use super::{MigrateOptions, RunOptions, keys, look, say};
use crate::store::{Durability, Migrations, Store};

pub(super) fn migrate(options: &RunOptions, wanted: &MigrateOptions) -> anyhow::Result<ExitCode> {
    look::block_on(async {
        let Migrations { done, pending } = Store::pending_migrations(&options.database).await?;
        if pending.is_empty() {
            say(&format!("nothing to do: all {done} migrations have run"));
            return Ok(ExitCode::SUCCESS);
        }
        if !wanted.dry_run {
            let keys = keys::given()?;
            Store::open_with(&options.database, Durability::Full, keys).await?.close().await;
        }
        let word = if wanted.dry_run { "would run" } else { "ran" };
        for (version, name) in pending {
            say(&format!("{word}  {version:04}_{name}"));
        }
        if wanted.dry_run {
            say(&format!("{done} have run; nothing was changed"));
        }
        Ok(ExitCode::SUCCESS)
    })
}
