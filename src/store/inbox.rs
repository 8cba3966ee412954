//! The inbox: what has been handled, and what could not be; and the count of starts.

use super::keys::PARKED_DOCUMENT;
use super::statements::{both, statements};
use super::{Store, StoreError, Tx, on};
use crate::domain::ids::{BotId, PlatformId};
use crate::domain::time::Moment;

statements! {
    NEXT_START = both(
        "INSERT INTO starts (one, number) VALUES (1, 1) \
         ON CONFLICT (one) DO UPDATE SET number = starts.number + 1 RETURNING number");
    FIRST_SIGHT = both(
        "INSERT INTO inbox (bot, platform, input_key, handled_at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (bot, platform, input_key) DO NOTHING");
    SEEN = both(
        "SELECT 1 AS seen FROM inbox WHERE bot = $1 AND platform = $2 AND input_key = $3");
    FORGET_BEFORE = both("DELETE FROM inbox WHERE handled_at < $1");
    PARK = both(
        "INSERT INTO parked (id, bot, platform, input_key, document, problem, parked_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)");
    PARKED = both("SELECT CAST(COUNT(*) AS BIGINT) AS count FROM parked WHERE bot = $1");
}

impl Store {
    /// The number of this start, modulo 1,024: what tells the ids of one process from those of
    /// the next, even when both work in the same millisecond.
    pub async fn next_start(&self) -> Result<u16, StoreError> {
        let mut tx = self.begin().await?;
        let text = tx.sql(&NEXT_START);
        let number: i64 = on!(&mut tx, c => sqlx::query_scalar(text).fetch_one(c).await?);
        tx.commit().await?;
        Ok(u16::try_from(number.rem_euclid(1_024)).unwrap_or(0))
    }
}

impl Tx {
    /// Marks an input as handled; false when it was already.
    pub async fn first_sight(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        key: &str,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&FIRST_SIGHT);
        let rows = on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(key).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(rows == 1)
    }

    pub async fn seen(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        key: &str,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&SEEN);
        Ok(on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(key)
            .fetch_optional(c).await?.is_some()))
    }

    /// Forgets keys that no platform will send again.
    pub async fn forget_inputs_before(&mut self, then: Moment) -> Result<u64, StoreError> {
        let text = self.sql(&FORGET_BEFORE);
        Ok(on!(self, c => sqlx::query(text)
            .bind(then.as_millis()).execute(c).await?.rows_affected()))
    }

    /// Keeps an input that failed again and again, whole, for the operator.
    #[expect(clippy::too_many_arguments, reason = "the columns of one row")]
    pub async fn park(
        &mut self,
        id: i64,
        bot: &BotId,
        platform: &PlatformId,
        key: &str,
        document: &str,
        problem: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&PARK);
        let document = self.keys().seal(PARKED_DOCUMENT, &id, document)?;
        on!(self, c => sqlx::query(text)
            .bind(id).bind(bot.as_str()).bind(platform.as_str()).bind(key)
            .bind(document).bind(problem).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn parked_count(&mut self, bot: &BotId) -> Result<i64, StoreError> {
        let text = self.sql(&PARKED);
        Ok(on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).fetch_one(c).await?))
    }
}
