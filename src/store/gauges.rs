//! What stands in the database at this moment, for an operator's dashboard: counts over what is
//! open and what waits, each from an index, none over history.

use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::{BotId, PlatformId};
use crate::domain::time::Moment;

statements! {
    OPEN = both(
        "SELECT stage, CAST(COUNT(*) AS BIGINT) AS count FROM cases \
         WHERE bot = $1 AND deadline_at IS NOT NULL GROUP BY stage");
    OVERDUE = both(
        "SELECT MIN(deadline_at) AS since FROM cases \
         WHERE bot = $1 AND deadline_at IS NOT NULL AND deadline_at <= $2");
    WAITING = both(
        "SELECT platform, CAST(COUNT(*) AS BIGINT) AS count, MIN(made_at) AS since \
         FROM outbox WHERE bot = $1 AND made_at <= $2 AND state IN ('due', 'sending') \
         GROUP BY platform");
}

rows! {
    struct OpenRecord { stage: String, count: i64 }
    struct WaitingRecord { platform: String, count: i64, since: i64 }
}

/// How things stand for one bot.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standings {
    /// Open cases by stage.
    pub open: Vec<(String, i64)>,
    /// The deadline that has been over for longest.
    pub overdue: Option<Moment>,
    /// What is to be said, and since when the oldest of it waits, by platform.
    pub waiting: Vec<(PlatformId, i64, Moment)>,
    /// Inputs that were set aside.
    pub parked: i64,
    /// Deliveries that were given up.
    pub given_up: i64,
}

impl Tx {
    /// How things stand for a bot at `now`.
    pub async fn standings(&mut self, bot: &BotId, now: Moment) -> Result<Standings, StoreError> {
        let text = self.sql(&OPEN);
        let open: Vec<OpenRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        let text = self.sql(&OVERDUE);
        let overdue: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(now.as_millis()).fetch_one(c).await?);
        let text = self.sql(&WAITING);
        let waiting: Vec<WaitingRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(now.as_millis()).fetch_all(c).await?);
        let waiting = waiting
            .into_iter()
            .map(|row| (PlatformId::new(row.platform), row.count, Moment::from_millis(row.since)));
        Ok(Standings {
            open: open.into_iter().map(|row| (row.stage, row.count)).collect(),
            overdue: overdue.map(Moment::from_millis),
            waiting: waiting.collect(),
            parked: self.parked_count(bot).await?,
            given_up: self.given_up_count(bot).await?,
        })
    }
}
