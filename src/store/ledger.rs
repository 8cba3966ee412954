//! The recognition ledger: append-only, every balance equal to a sum of it.

use super::keys::{LEDGER_NOTE, TextKeys};
use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::{AccountId, BotId, CaseId, CommunityId, EntryId, PersonId, Topic};
use crate::domain::recognition::{Act, Entry};
use crate::domain::time::Moment;

statements! {
    APPEND = both(
        "INSERT INTO ledger (id, bot, community, account, person, case_id, act, topic, points, \
         at, reverses, once_key, by_account, note) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) \
         ON CONFLICT DO NOTHING");
    COUNT_TOPIC = both(
        "INSERT INTO solved_topics (person, topic, solved) VALUES ($1, $2, $3) \
         ON CONFLICT (person, topic) DO UPDATE SET solved = solved_topics.solved + $3");
    SOLVED_TOPICS = both("SELECT topic, solved FROM solved_topics WHERE person = $1");
    ADD_TO_BALANCE = both(
        "INSERT INTO balances (person, scope, bot, account, points) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (person, scope) DO UPDATE SET points = balances.points + excluded.points, \
         account = excluded.account");
    BALANCE = both("SELECT points FROM balances WHERE person = $1 AND scope = 'all'");
    // What the rules gave, which is what the cap of a day is about: not a moderator's own word.
    TODAY = both(
        "SELECT CAST(COALESCE(SUM(points), 0) AS BIGINT) AS today FROM ledger \
         WHERE person = $1 AND at >= $2 AND points > 0 AND act <> 'granted'");
    BY_ID = both(
        "SELECT id, act, topic, points, at, case_id, account, person, community, \
         reverses, by_account, note FROM ledger \
         WHERE id = $1");
    BY_ONCE = both(
        "SELECT id, act, topic, points, at, case_id, account, person, community, \
         reverses, by_account, note FROM ledger \
         WHERE once_key = $1");
    LATEST = both(
        "SELECT id, act, topic, points, at, case_id, account, person, community, \
         reverses, by_account, note FROM ledger \
         WHERE person = $1 ORDER BY at DESC, id DESC LIMIT $2");
    OF_CASE = both(
        "SELECT id, act, topic, points, at, case_id, account, person, community, \
         reverses, by_account, note FROM ledger \
         WHERE case_id = $1 ORDER BY at, id LIMIT 100");
}

/// The scope of a balance over everything.
pub(super) const ALL_OF_IT: &str = "all";

/// The scope of a balance over one topic.
pub(super) fn scope_of(topic: &Topic) -> String {
    format!("topic:{topic}")
}

/// What a person has: in all, and by the rules since the beginning of their day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub balance: i64,
    pub today: i64,
}

rows! {
    struct SolvedRecord { topic: String, solved: i64 }
    struct Record {
        id: i64,
        act: String,
        topic: Option<String>,
        points: i64,
        at: i64,
        case_id: Option<i64>,
        account: i64,
        person: i64,
        community: i64,
        reverses: Option<i64>,
        by_account: Option<i64>,
        note: String,
    }
}

/// One line of the ledger, read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerLine {
    pub id: EntryId,
    pub act: Act,
    pub topic: Option<Topic>,
    pub points: i64,
    pub at: Moment,
    pub case: Option<CaseId>,
    pub account: AccountId,
    pub person: PersonId,
    pub community: CommunityId,
    /// The entry that this one takes back.
    pub reverses: Option<EntryId>,
    /// The moderator who made it by hand, and why.
    pub by: Option<AccountId>,
    pub note: String,
}

fn from_record(keys: &TextKeys, row: Record) -> Result<LedgerLine, StoreError> {
    let act = Act::from_word(&row.act).ok_or_else(|| StoreError::Corrupt {
        table: "ledger",
        id: row.id.to_string(),
        column: "act",
        problem: format!("{} is no act", row.act),
    })?;
    Ok(LedgerLine {
        id: row.id.into(),
        act,
        topic: row.topic.map(Topic::new),
        points: row.points,
        at: Moment::from_millis(row.at),
        case: row.case_id.map(CaseId::from),
        account: row.account.into(),
        person: row.person.into(),
        community: row.community.into(),
        reverses: row.reverses.map(EntryId::from),
        by: row.by_account.map(AccountId::from),
        note: keys.open(LEDGER_NOTE, &row.id, row.note)?,
    })
}

impl Tx {
    /// Appends an entry and moves the balances with it; false when its `once` key is there already.
    ///
    /// The balances are kept beside the ledger, in the same transaction, because the best of all
    /// time cannot be read off it without adding all of it up; what a week was worth can, so it is
    /// kept nowhere. `askaround ledger verify` holds the one against the other.
    pub async fn append_entry(
        &mut self,
        bot: &BotId,
        person: PersonId,
        topic: Option<&Topic>,
        entry: &Entry,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&APPEND);
        let note = self.keys().seal(LEDGER_NOTE, &entry.id, &entry.note)?;
        let rows = on!(self, c => sqlx::query(text)
            .bind(entry.id.get()).bind(bot.as_str()).bind(entry.community.get())
            .bind(entry.account.get()).bind(person.get()).bind(entry.case.map(CaseId::get))
            .bind(entry.act.word()).bind(topic.map(Topic::as_str)).bind(entry.points)
            .bind(entry.at.as_millis()).bind(entry.reverses.map(EntryId::get)).bind(&entry.once)
            .bind(entry.by.map(AccountId::get)).bind(note)
            .execute(c).await?.rows_affected());
        if rows == 1 {
            let topic = topic.map(scope_of);
            for scope in std::iter::once(ALL_OF_IT).chain(topic.as_deref()) {
                self.add_to_balance(bot, person, scope, entry).await?;
            }
        }
        Ok(rows == 1)
    }

    async fn add_to_balance(
        &mut self,
        bot: &BotId,
        person: PersonId,
        scope: &str,
        entry: &Entry,
    ) -> Result<(), StoreError> {
        let text = self.sql(&ADD_TO_BALANCE);
        on!(self, c => sqlx::query(text)
            .bind(person.get()).bind(scope).bind(bot.as_str()).bind(entry.account.get())
            .bind(entry.points)
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Moves a person's tally of resolutions, by topic.
    pub async fn tally_solved(
        &mut self,
        person: PersonId,
        topic: Option<&Topic>,
        step: i64,
    ) -> Result<(), StoreError> {
        let text = self.sql(&COUNT_TOPIC);
        on!(self, c => sqlx::query(text)
            .bind(person.get()).bind(topic.map_or("", Topic::as_str)).bind(step)
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// How many resolutions a person has, by topic; the empty topic is none.
    pub async fn solved_topics(
        &mut self,
        person: PersonId,
    ) -> Result<Vec<(Topic, i64)>, StoreError> {
        let text = self.sql(&SOLVED_TOPICS);
        let rows: Vec<SolvedRecord> = on!(self, c => sqlx::query_as(text)
            .bind(person.get()).fetch_all(c).await?);
        Ok(rows.into_iter().map(|row| (Topic::new(row.topic), row.solved)).collect())
    }

    /// What a person has in all, and what the rules have given them since `day_start`.
    pub async fn standing(
        &mut self,
        person: PersonId,
        day_start: Moment,
    ) -> Result<Standing, StoreError> {
        let text = self.sql(&BALANCE);
        let balance: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(person.get()).fetch_optional(c).await?);
        let text = self.sql(&TODAY);
        let today = on!(self, c => sqlx::query_scalar(text)
            .bind(person.get()).bind(day_start.as_millis()).fetch_one(c).await?);
        Ok(Standing { balance: balance.unwrap_or(0), today })
    }

    pub async fn entry(&mut self, id: EntryId) -> Result<Option<LedgerLine>, StoreError> {
        let text = self.sql(&BY_ID);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    pub async fn entry_once(&mut self, once: &str) -> Result<Option<LedgerLine>, StoreError> {
        let text = self.sql(&BY_ONCE);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(once).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    pub async fn latest_entries(
        &mut self,
        person: PersonId,
        limit: i64,
    ) -> Result<Vec<LedgerLine>, StoreError> {
        let text = self.sql(&LATEST);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(person.get()).bind(limit).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }

    /// What a case gave and took, in order; the first hundred entries, of which there are three in
    /// a long story.
    pub async fn entries_of_case(&mut self, case: CaseId) -> Result<Vec<LedgerLine>, StoreError> {
        let text = self.sql(&OF_CASE);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }
}
