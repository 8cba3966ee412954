//! The whole ledger, page by page, for whoever checks it.

use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::EntryId;

statements! {
    LEDGER_PAGE = both(
        "SELECT id, person, act, topic, points, case_id, reverses, once_key FROM ledger \
         WHERE id > $1 ORDER BY id LIMIT $2");
    ENTRY = both(
        "SELECT id, person, act, topic, points, case_id, reverses, once_key FROM ledger \
         WHERE id = $1");
    TAKEN_BACK_BY = both("SELECT id FROM ledger WHERE reverses = $1");
    NEWEST_ENTRY = both("SELECT MAX(id) AS id FROM ledger");
    OLDEST_ENTRY = both("SELECT MIN(id) AS id FROM ledger");
    BALANCES_PAGE = both(
        "SELECT person, scope, points FROM balances \
         WHERE person >= $1 AND (person > $1 OR scope > $2) ORDER BY person, scope LIMIT $3");
    TALLIES_PAGE = both(
        "SELECT person, topic AS scope, solved AS points FROM solved_topics \
         WHERE person >= $1 AND (person > $1 OR topic > $2) ORDER BY person, topic LIMIT $3");
}

rows! {
    /// An entry as it stands in its row, nothing taken for granted.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct RawEntry {
        id: i64,
        person: i64,
        act: String,
        topic: Option<String>,
        points: i64,
        case_id: Option<i64>,
        reverses: Option<i64>,
        once_key: String,
    }
    /// What was kept beside the ledger for a person and a scope, or a topic.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Kept { person: i64, scope: String, points: i64 }
}

/// Which of the sums beside the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sums {
    Balances,
    /// How many questions of a topic somebody has solved.
    Tallies,
}

impl Tx {
    /// Entries behind `after`, in order.
    pub async fn ledger_page(
        &mut self,
        after: i64,
        limit: i64,
    ) -> Result<Vec<RawEntry>, StoreError> {
        let text = self.sql(&LEDGER_PAGE);
        Ok(on!(self, c => sqlx::query_as(text).bind(after).bind(limit).fetch_all(c).await?))
    }

    pub async fn raw_entry(&mut self, id: i64) -> Result<Option<RawEntry>, StoreError> {
        let text = self.sql(&ENTRY);
        Ok(on!(self, c => sqlx::query_as(text).bind(id).fetch_optional(c).await?))
    }

    /// The entry that takes this one back.
    pub async fn taken_back_by(&mut self, id: EntryId) -> Result<Option<EntryId>, StoreError> {
        let text = self.sql(&TAKEN_BACK_BY);
        let by: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(id.get()).fetch_optional(c).await?);
        Ok(by.map(EntryId::from))
    }

    /// The oldest and the newest entry.
    pub async fn ledger_ends(&mut self) -> Result<Option<(i64, i64)>, StoreError> {
        let text = self.sql(&OLDEST_ENTRY);
        let oldest: Option<i64> = on!(self, c => sqlx::query_scalar(text).fetch_one(c).await?);
        let text = self.sql(&NEWEST_ENTRY);
        let newest: Option<i64> = on!(self, c => sqlx::query_scalar(text).fetch_one(c).await?);
        Ok(oldest.zip(newest))
    }

    /// What is kept behind this place, in order of person and scope.
    pub async fn sums_page(
        &mut self,
        sums: Sums,
        after: (i64, &str),
        limit: i64,
    ) -> Result<Vec<Kept>, StoreError> {
        let text = match sums {
            Sums::Balances => self.sql(&BALANCES_PAGE),
            Sums::Tallies => self.sql(&TALLIES_PAGE),
        };
        Ok(on!(self, c => sqlx::query_as(text)
            .bind(after.0).bind(after.1).bind(limit).fetch_all(c).await?))
    }
}
