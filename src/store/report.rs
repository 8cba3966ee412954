//! What a report reads: the cases of a span, page by page and newest first, and a few sums.

use super::statements::{both, by_index, statements};
use super::{CaseRow, StoreError, Tx, decode, on, rows};
use crate::domain::ids::{AccountId, BotId, CaseId, CommunityId};
use crate::domain::time::Moment;

statements! {
    COMMUNITIES_OF = both("SELECT id FROM communities WHERE bot = $1 ORDER BY id");
    OPENED = both(
        "SELECT id, bot, document, version, opened_at FROM cases \
         WHERE community = $1 AND opened_at >= $2 AND opened_at <= $3 \
         AND (opened_at < $3 OR id < $4) ORDER BY opened_at DESC, id DESC LIMIT $5");
    NEWEST_AT = both(
        "SELECT id, bot, document, version, opened_at FROM cases \
         WHERE community = $1 AND deadline_at IS NOT NULL AND stage = $2 \
         ORDER BY id DESC LIMIT $3");
    CALLS_MADE = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM cases \
         JOIN calls ON calls.case_id = cases.id \
         WHERE cases.community = $1 AND cases.opened_at >= $2 AND cases.opened_at < $3");
    POINTS_GIVEN = both(
        "SELECT CAST(COALESCE(SUM(points), 0) AS BIGINT) AS points FROM ledger \
         WHERE bot = $1 AND at >= $2 AND at < $3 AND community = $4");
    LATELY_OF_ASKER = by_index!(
        "SELECT id, bot, document, version, opened_at FROM cases",
        "cases_by_asker",
        "WHERE asker = $1 AND community = $2 ORDER BY opened_at DESC, id DESC LIMIT 5");
}

rows! {
    struct Record { id: i64, bot: String, document: String, version: i64, opened_at: i64 }
}

/// A place in the list of a community's cases: everything before it is older.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub opened_at: Moment,
    pub id: CaseId,
}

impl Mark {
    /// The moment before which nothing was opened.
    pub fn beginning() -> Moment {
        Moment::from_millis(0)
    }

    /// Before everything that was opened before `until`.
    pub fn until(until: Moment) -> Mark {
        Mark { opened_at: until, id: CaseId::from(0) }
    }
}

/// A case of a list; a row that cannot be read stops no list.
pub type Listed = (Mark, Result<CaseRow, StoreError>);

fn listed(row: Record) -> Listed {
    let mark = Mark { opened_at: Moment::from_millis(row.opened_at), id: row.id.into() };
    let case = decode("cases", row.id, "document", &row.document);
    (mark, case.map(|case| CaseRow { bot: BotId::new(row.bot), case, version: row.version }))
}

impl Tx {
    pub async fn communities_of(&mut self, bot: &BotId) -> Result<Vec<CommunityId>, StoreError> {
        let text = self.sql(&COMMUNITIES_OF);
        let ids: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        Ok(ids.into_iter().map(CommunityId::from).collect())
    }

    /// Cases of a community opened at `since` or later and before the mark, the newest first.
    pub async fn cases_opened(
        &mut self,
        community: CommunityId,
        since: Moment,
        before: Mark,
        limit: i64,
    ) -> Result<Vec<Listed>, StoreError> {
        let text = self.sql(&OPENED);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(since.as_millis()).bind(before.opened_at.as_millis())
            .bind(before.id.get()).bind(limit).fetch_all(c).await?);
        Ok(rows.into_iter().map(listed).collect())
    }

    /// Open cases of a community at one stage, the newest first.
    pub async fn open_cases_at(
        &mut self,
        community: CommunityId,
        stage: &str,
        limit: i64,
    ) -> Result<Vec<Listed>, StoreError> {
        let text = self.sql(&NEWEST_AT);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(stage).bind(limit).fetch_all(c).await?);
        Ok(rows.into_iter().map(listed).collect())
    }

    /// A customer's five latest cases in a community, open or not.
    pub async fn latest_cases_of(
        &mut self,
        asker: AccountId,
        community: CommunityId,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let text = self.sql(&LATELY_OF_ASKER);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(asker.get()).bind(community.get()).fetch_all(c).await?);
        rows.into_iter().map(|row| listed(row).1).collect()
    }

    /// Calls made for the cases opened from `since` to before `until`.
    pub async fn calls_made(
        &mut self,
        community: CommunityId,
        since: Moment,
        until: Moment,
    ) -> Result<i64, StoreError> {
        let text = self.sql(&CALLS_MADE);
        Ok(on!(self, c => sqlx::query_scalar(text)
            .bind(community.get()).bind(since.as_millis()).bind(until.as_millis())
            .fetch_one(c).await?))
    }

    /// Points given in a community from `since` to before `until`, what was taken back deducted.
    pub async fn points_given(
        &mut self,
        bot: &BotId,
        community: CommunityId,
        since: Moment,
        until: Moment,
    ) -> Result<i64, StoreError> {
        let text = self.sql(&POINTS_GIVEN);
        Ok(on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(since.as_millis()).bind(until.as_millis())
            .bind(community.get()).fetch_one(c).await?))
    }
}
