//! Leases: what only one process at a time may do, and proof of who that is.
//!
//! On SQLite the lock on the file has settled it already: whoever opened it takes every lease, at
//! once and for good. On PostgreSQL a lease is kept by renewing it, and lost by not.

use std::time::Duration;

use super::statements::{Sql, both, statements};
use super::{Store, StoreError, on};
use crate::domain::ids::{BotId, PlatformId};

/// The clock is the database's: one for all who share it.
const TAKE_SQLITE: &str = "INSERT INTO leases (bot, platform, fence, holder, held_until) \
     VALUES ($1, $2, 1, $3, CAST(unixepoch('subsec') * 1000 AS BIGINT) + $4) \
     ON CONFLICT (bot, platform) DO UPDATE SET fence = leases.fence + 1, \
     holder = excluded.holder, held_until = excluded.held_until RETURNING fence";
const TAKE_POSTGRES: &str = "INSERT INTO leases (bot, platform, fence, holder, held_until) \
     VALUES ($1, $2, 1, $3, CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + $4) \
     ON CONFLICT (bot, platform) DO UPDATE SET fence = leases.fence + 1, \
     holder = excluded.holder, held_until = excluded.held_until \
     WHERE leases.held_until < CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) \
     RETURNING fence";

statements! {
    TAKE = Sql { sqlite: TAKE_SQLITE, postgres: TAKE_POSTGRES };
    // Nobody has taken it meanwhile, so it may be late.
    RENEW = Sql {
        sqlite: "UPDATE leases SET held_until = CAST(unixepoch('subsec') * 1000 AS BIGINT) + $4 \
            WHERE bot = $1 AND platform = $2 AND fence = $3",
        postgres: "UPDATE leases \
            SET held_until = CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) + $4 \
            WHERE bot = $1 AND platform = $2 AND fence = $3",
    };
    RELEASE = both(
        "UPDATE leases SET held_until = 0 WHERE bot = $1 AND platform = $2 AND fence = $3");
}

/// Proof of holding a lease: of two, the one with the higher fence holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence(pub(super) i64);

fn millis(span: Duration) -> i64 {
    i64::try_from(span.as_millis()).unwrap_or(i64::MAX / 2)
}

impl Store {
    /// Takes the lease of a bot's connection to a platform for so long, as the process of this
    /// number; `None` while somebody else holds it.
    pub async fn take_lease(
        &self,
        bot: &BotId,
        platform: &PlatformId,
        process: u16,
        lasts: Duration,
    ) -> Result<Option<Fence>, StoreError> {
        let mut tx = self.begin().await?;
        let text = tx.sql(&TAKE);
        let fence: Option<i64> = on!(&mut tx, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(i64::from(process))
            .bind(millis(lasts)).fetch_optional(c).await?);
        tx.commit().await?;
        Ok(fence.map(Fence))
    }

    /// Keeps a lease for so long from now; false when it has been lost.
    pub async fn renew_lease(
        &self,
        bot: &BotId,
        platform: &PlatformId,
        fence: Fence,
        lasts: Duration,
    ) -> Result<bool, StoreError> {
        let mut tx = self.begin().await?;
        let text = tx.sql(&RENEW);
        let rows = on!(&mut tx, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(fence.0).bind(millis(lasts))
            .execute(c).await?.rows_affected());
        tx.commit().await?;
        Ok(rows == 1)
    }

    /// Lets whoever waits for a lease have it at once.
    pub async fn release_lease(
        &self,
        bot: &BotId,
        platform: &PlatformId,
        fence: Fence,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let text = tx.sql(&RELEASE);
        on!(&mut tx, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(fence.0)
            .execute(c).await?.rows_affected());
        tx.commit().await
    }
}
