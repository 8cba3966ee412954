//! Who has the most points. Of all time it is read off the balances, by index; of a week or a
//! month it is summed over that stretch of the ledger. Whoever a moderator has blocked is left out
//! of the list and of the count of places.

use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::{AccountId, BotId, PersonId, Topic};
use crate::domain::time::Moment;

statements! {
    BEST = both(
        "SELECT person, account, points FROM balances \
         WHERE bot = $1 AND scope = $2 AND points > 0 AND NOT EXISTS \
         (SELECT 1 FROM accounts WHERE accounts.person = balances.person AND accounts.blocked = 1) \
         ORDER BY points DESC, person LIMIT $3");
    BALANCE_IN = both(
        "SELECT points FROM balances WHERE person = $1 AND scope = $2");
    ABOVE = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count, MIN(points) AS next FROM balances \
         WHERE bot = $1 AND scope = $2 AND points > $3 AND NOT EXISTS \
         (SELECT 1 FROM accounts WHERE accounts.person = balances.person AND accounts.blocked = 1)");
    BEST_SINCE = both(
        "SELECT person, MAX(account) AS account, CAST(SUM(points) AS BIGINT) AS points \
         FROM ledger WHERE bot = $1 AND at >= $2 AND (CAST($3 AS TEXT) = '' OR topic = $3) \
         AND NOT EXISTS (SELECT 1 FROM accounts \
         WHERE accounts.person = ledger.person AND accounts.blocked = 1) \
         GROUP BY person HAVING SUM(points) > 0 \
         ORDER BY CAST(SUM(points) AS BIGINT) DESC, person LIMIT $4");
    EARNED_SINCE = both(
        "SELECT CAST(COALESCE(SUM(points), 0) AS BIGINT) AS points FROM ledger \
         WHERE person = $1 AND at >= $2 AND (CAST($3 AS TEXT) = '' OR topic = $3)");
    ABOVE_SINCE = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count, MIN(points) AS next FROM \
         (SELECT CAST(SUM(points) AS BIGINT) AS points FROM ledger \
         WHERE bot = $1 AND at >= $2 AND (CAST($3 AS TEXT) = '' OR topic = $3) \
         AND NOT EXISTS (SELECT 1 FROM accounts \
         WHERE accounts.person = ledger.person AND accounts.blocked = 1) \
         GROUP BY person) AS sums WHERE points > $4");
}

rows! {
    struct Record { person: i64, account: i64, points: i64 }
    /// How many have more points than somebody, and how many the nearest of them has.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct Above { count: i64, next: Option<i64> }
}

/// One line of a leaderboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leader {
    pub person: PersonId,
    /// The account whose name to say.
    pub account: AccountId,
    pub points: i64,
}

/// Which points count: a bot's, of all time or since then, of all topics or of one.
#[derive(Debug, Clone, Copy)]
pub struct Board<'a> {
    pub bot: &'a BotId,
    pub since: Option<Moment>,
    pub topic: Option<&'a Topic>,
}

impl Board<'_> {
    fn scope(&self) -> String {
        self.topic.map_or_else(|| super::ledger::ALL_OF_IT.to_owned(), super::ledger::scope_of)
    }

    fn topic(&self) -> &str {
        self.topic.map_or("", Topic::as_str)
    }
}

impl Tx {
    /// Those with the most points, the most first.
    pub async fn leaders(
        &mut self,
        board: Board<'_>,
        limit: i64,
    ) -> Result<Vec<Leader>, StoreError> {
        let rows: Vec<Record> = if let Some(since) = board.since {
            let text = self.sql(&BEST_SINCE);
            on!(self, c => sqlx::query_as(text)
                .bind(board.bot.as_str()).bind(since.as_millis()).bind(board.topic()).bind(limit)
                .fetch_all(c).await?)
        } else {
            let text = self.sql(&BEST);
            on!(self, c => sqlx::query_as(text)
                .bind(board.bot.as_str()).bind(board.scope()).bind(limit)
                .fetch_all(c).await?)
        };
        Ok(rows
            .into_iter()
            .map(|row| Leader {
                person: row.person.into(),
                account: row.account.into(),
                points: row.points,
            })
            .collect())
    }

    /// What one person has on a board.
    pub async fn points_on(
        &mut self,
        board: Board<'_>,
        person: PersonId,
    ) -> Result<i64, StoreError> {
        if let Some(since) = board.since {
            let text = self.sql(&EARNED_SINCE);
            return Ok(on!(self, c => sqlx::query_scalar(text)
                .bind(person.get()).bind(since.as_millis()).bind(board.topic())
                .fetch_one(c).await?));
        }
        let text = self.sql(&BALANCE_IN);
        let points: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(person.get()).bind(board.scope()).fetch_optional(c).await?);
        Ok(points.unwrap_or(0))
    }

    /// Everybody with more than `points`.
    pub async fn above(&mut self, board: Board<'_>, points: i64) -> Result<Above, StoreError> {
        if let Some(since) = board.since {
            let text = self.sql(&ABOVE_SINCE);
            return Ok(on!(self, c => sqlx::query_as(text)
                .bind(board.bot.as_str()).bind(since.as_millis()).bind(board.topic())
                .bind(points).fetch_one(c).await?));
        }
        let text = self.sql(&ABOVE);
        Ok(on!(self, c => sqlx::query_as(text)
            .bind(board.bot.as_str()).bind(board.scope()).bind(points).fetch_one(c).await?))
    }
}
