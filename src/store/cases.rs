//! Cases, their live claims and their history. The case is one document with a version; what
//! queries look at (stage, deadline, asker) stands beside it in columns.

use super::statements::{Sql, both, by_index, statements};
use super::{StoreError, Tx, decode, encode, on, rows};
use crate::domain::case::Case;
use crate::domain::ids::{AccountId, BotId, CaseId, ChannelId, CommunityId, PersonId};
use crate::domain::time::Moment;

statements! {
    NEW_CASE = both(
        "INSERT INTO cases (id, bot, community, channel, asker, stage, deadline_at, document, \
         version, opened_at, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)");
    SAVE_CASE = both(
        "UPDATE cases SET stage = $3, deadline_at = $4, document = $5, version = version + 1, \
         changed_at = $6 WHERE id = $1 AND version = $2");
    CASE = both(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases WHERE id = $1");
    // Whoever works on it moves its deadline: another process need not wait to see that.
    CASE_IF_FREE = Sql {
        sqlite: "SELECT id, bot, document, version, \
            (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
            FROM cases WHERE id = $1",
        postgres: "SELECT id, bot, document, version, \
            (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
            FROM cases WHERE id = $1 FOR UPDATE SKIP LOCKED",
    };
    DUE = both(
        "SELECT id, deadline_at FROM cases \
         WHERE bot = $1 AND deadline_at IS NOT NULL AND deadline_at <= $2 \
         ORDER BY deadline_at LIMIT $3");
    NEXT_DEADLINE = both(
        "SELECT MIN(deadline_at) AS at FROM cases \
         WHERE bot = $1 AND deadline_at IS NOT NULL AND deadline_at > $2");
    NEXT_CASE = both(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases \
         WHERE bot = $1 AND deadline_at IS NOT NULL AND deadline_at > $2 \
         ORDER BY deadline_at LIMIT 1");
    POSTPONE = both(
        "UPDATE cases SET deadline_at = $2 WHERE id = $1 AND deadline_at IS NOT NULL");
    OPEN_OF_ASKER = both(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases \
         WHERE asker = $1 AND deadline_at IS NOT NULL ORDER BY opened_at DESC, id DESC LIMIT 10");
    WAITING_FOR_STAFF = both(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases \
         WHERE community = $1 AND stage = 'handed_off' AND deadline_at IS NOT NULL \
         ORDER BY id LIMIT 100");
    OPEN_IN = by_index!(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases",
        "cases_open_by_community",
        "WHERE community = $1 AND deadline_at IS NOT NULL \
         ORDER BY opened_at DESC, id DESC LIMIT $2");
    OPEN_AT = by_index!(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases",
        "cases_open_by_community",
        "WHERE community = $1 AND deadline_at IS NOT NULL AND channel = $3 \
         ORDER BY opened_at DESC, id DESC LIMIT $2");
    LATEST = both(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases WHERE community = $1 \
         ORDER BY opened_at DESC, id DESC LIMIT $2");
    LAST_IN_CHANNEL = both(
        "SELECT id, bot, document, version, \
         (SELECT person FROM accounts WHERE accounts.id = cases.asker) AS asker_person \
         FROM cases \
         WHERE asker = $1 AND channel = $2 ORDER BY opened_at DESC, id DESC LIMIT 1");
    LATEST_NOTES = both(
        "SELECT history.case_id AS case_id, history.at AS at, history.notes AS notes FROM history \
         JOIN (SELECT id FROM cases WHERE community = $1 ORDER BY opened_at DESC, id DESC LIMIT 10) \
         AS latest ON latest.id = history.case_id \
         WHERE history.notes <> '' ORDER BY history.at DESC LIMIT 30");
    OPEN_COUNT = by_index!(
        "SELECT CAST(COUNT(*) AS BIGINT) AS open, \
         CAST(COALESCE(SUM(CASE WHEN stage = 'handed_off' THEN 1 ELSE 0 END), 0) AS BIGINT) \
         AS waiting FROM cases",
        "cases_open_by_community",
        "WHERE community = $1 AND deadline_at IS NOT NULL");
    HOLD_CLAIM = both(
        "INSERT INTO claims (case_id, account, person, channel, answered, claimed_at) \
         SELECT CAST($1 AS BIGINT), CAST($2 AS BIGINT), CAST($3 AS BIGINT), CAST($4 AS BIGINT), \
         0, CAST($5 AS BIGINT) \
         WHERE (SELECT COUNT(*) FROM claims WHERE person = $3 AND answered = 0) < $6 \
         ON CONFLICT (case_id) DO NOTHING");
    DROP_CLAIM = both("DELETE FROM claims WHERE case_id = $1");
    CLAIM_COUNT = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM claims \
         WHERE person = $1 AND answered = 0");
    CLAIM_ANSWERED = both("UPDATE claims SET answered = 1 WHERE case_id = $1");
    CLAIMS_HERE = both(
        "SELECT case_id FROM claims WHERE account = $1 AND channel = $2 LIMIT 2");
    CLAIMS_OF = both("SELECT case_id FROM claims WHERE account = $1 LIMIT 100");
    NEW_HISTORY = both(
        "INSERT INTO history (case_id, number, at, event, stage, notes) \
         VALUES ($1, $2, $3, $4, $5, $6)");
    HISTORY = both(
        "SELECT number, at, event, stage, notes FROM history WHERE case_id = $1 ORDER BY number");
}

rows! {
    struct Record { id: i64, bot: String, document: String, version: i64, asker_person: i64 }
    struct NotesRecord { case_id: i64, at: i64, notes: String }
    struct DueRecord { id: i64, deadline_at: i64 }
    /// One step of a case as it was recorded.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct HistoryRow { number: i64, at: i64, event: String, stage: String, notes: String }
    /// How many cases of a community are open, and how many of those wait for staff.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub struct OpenCounts { open: i64, waiting: i64 }
}

/// A case with the version that a save must find.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    pub bot: BotId,
    pub case: Case,
    pub version: i64,
}

fn from_record(row: Record) -> Result<CaseRow, StoreError> {
    let mut case: Case = decode("cases", row.id, "document", &row.document)?;
    // Accounts may have been joined or parted since it was saved.
    case.asker_person = row.asker_person.into();
    Ok(CaseRow { bot: BotId::new(row.bot), case, version: row.version })
}

impl Tx {
    pub async fn new_case(&mut self, bot: &BotId, case: &Case) -> Result<(), StoreError> {
        let text = self.sql(&NEW_CASE);
        let document = encode(case)?;
        on!(self, c => sqlx::query(text)
            .bind(case.id.get()).bind(bot.as_str()).bind(case.community.get())
            .bind(case.channel.get()).bind(case.asker.get()).bind(case.stage.word())
            .bind(case.deadline().map(Moment::as_millis)).bind(document)
            .bind(case.opened_at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Saves the next state of a case that was read at `version`.
    pub async fn save_case(
        &mut self,
        case: &Case,
        version: i64,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SAVE_CASE);
        let document = encode(case)?;
        let rows = on!(self, c => sqlx::query(text)
            .bind(case.id.get()).bind(version).bind(case.stage.word())
            .bind(case.deadline().map(Moment::as_millis)).bind(document).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        if rows == 1 { Ok(()) } else { Err(StoreError::Conflict("case")) }
    }

    pub async fn case(&mut self, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
        let text = self.sql(&CASE);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_optional(c).await?);
        row.map(from_record).transpose()
    }

    /// The same for its deadline; `None` too while another process works on it.
    pub async fn case_if_free(&mut self, id: CaseId) -> Result<Option<CaseRow>, StoreError> {
        let text = self.sql(&CASE_IF_FREE);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_optional(c).await?);
        row.map(from_record).transpose()
    }

    /// Cases whose deadline has passed, the longest overdue first.
    pub async fn due_cases(
        &mut self,
        bot: &BotId,
        now: Moment,
        limit: i64,
    ) -> Result<Vec<(CaseId, Moment)>, StoreError> {
        let text = self.sql(&DUE);
        let rows: Vec<DueRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(now.as_millis()).bind(limit).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| (row.id.into(), Moment::from_millis(row.deadline_at)))
            .collect())
    }

    /// Lets a deadline that cannot be handled rest for a while.
    pub async fn postpone(&mut self, case: CaseId, until: Moment) -> Result<(), StoreError> {
        let text = self.sql(&POSTPONE);
        on!(self, c => sqlx::query(text)
            .bind(case.get()).bind(until.as_millis()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// The earliest deadline of a bot's cases that has not passed.
    pub async fn next_deadline_after(
        &mut self,
        bot: &BotId,
        now: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        let text = self.sql(&NEXT_DEADLINE);
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(now.as_millis()).fetch_one(c).await?);
        Ok(at.map(Moment::from_millis))
    }

    /// The case whose deadline comes next after `now`.
    pub async fn next_case_due(
        &mut self,
        bot: &BotId,
        now: Moment,
    ) -> Result<Option<CaseRow>, StoreError> {
        let text = self.sql(&NEXT_CASE);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(now.as_millis()).fetch_optional(c).await?);
        row.map(from_record).transpose()
    }

    /// A customer's open cases, the newest first.
    pub async fn open_cases_of(&mut self, asker: AccountId) -> Result<Vec<CaseRow>, StoreError> {
        let text = self.sql(&OPEN_OF_ASKER);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(asker.get()).fetch_all(c).await?);
        rows.into_iter().map(from_record).collect()
    }

    /// The first hundred cases of a community that are with staff, the oldest first.
    pub async fn waiting_for_staff(
        &mut self,
        community: CommunityId,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let text = self.sql(&WAITING_FOR_STAFF);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).fetch_all(c).await?);
        rows.into_iter().map(from_record).collect()
    }

    /// The open cases of a community, the newest first; at most `limit`.
    pub async fn open_cases_in(
        &mut self,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<CaseRow>, StoreError> {
        self.cases_by(&OPEN_IN, community, limit).await
    }

    /// The same of those that were asked in one of its channels.
    pub async fn open_cases_asked_in(
        &mut self,
        (community, channel): (CommunityId, ChannelId),
        limit: i64,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let text = self.sql(&OPEN_AT);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(limit).bind(channel.get()).fetch_all(c).await?);
        rows.into_iter().map(from_record).collect()
    }

    /// The newest cases of a community, open or not; at most `limit`.
    pub async fn latest_cases(
        &mut self,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<CaseRow>, StoreError> {
        self.cases_by(&LATEST, community, limit).await
    }

    async fn cases_by(
        &mut self,
        sql: &Sql,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<CaseRow>, StoreError> {
        let text = self.sql(sql);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(limit).fetch_all(c).await?);
        rows.into_iter().map(from_record).collect()
    }

    /// A customer's last case in a channel, open or not.
    pub async fn last_case_in(
        &mut self,
        asker: AccountId,
        channel: ChannelId,
    ) -> Result<Option<CaseRow>, StoreError> {
        let text = self.sql(&LAST_IN_CHANNEL);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(asker.get()).bind(channel.get()).fetch_optional(c).await?);
        row.map(from_record).transpose()
    }

    /// What was noted in the steps of a community's ten newest cases, the latest first: here, who
    /// was called and who was passed over.
    pub async fn latest_notes(
        &mut self,
        community: CommunityId,
    ) -> Result<Vec<(CaseId, Moment, String)>, StoreError> {
        let text = self.sql(&LATEST_NOTES);
        let rows: Vec<NotesRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| (row.case_id.into(), Moment::from_millis(row.at), row.notes))
            .collect())
    }

    pub async fn open_counts(&mut self, community: CommunityId) -> Result<OpenCounts, StoreError> {
        let text = self.sql(&OPEN_COUNT);
        Ok(on!(self, c => sqlx::query_as(text).bind(community.get()).fetch_one(c).await?))
    }

    /// Makes a claim live, unless the person holds `cap` already; false then.
    pub async fn hold_claim(
        &mut self,
        case: &Case,
        account: AccountId,
        person: PersonId,
        cap: u32,
        now: Moment,
    ) -> Result<bool, StoreError> {
        self.queue_for(person).await?;
        let text = self.sql(&HOLD_CLAIM);
        let rows = on!(self, c => sqlx::query(text)
            .bind(case.id.get()).bind(account.get()).bind(person.get())
            .bind(case.channel.get()).bind(now.as_millis()).bind(i64::from(cap))
            .execute(c).await?.rows_affected());
        Ok(rows == 1)
    }

    pub async fn drop_claim(&mut self, case: CaseId) -> Result<(), StoreError> {
        let text = self.sql(&DROP_CLAIM);
        on!(self, c => sqlx::query(text).bind(case.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// The claimant has answered: the claim stays live, but it keeps nobody from the next one.
    pub async fn claim_answered(&mut self, case: CaseId) -> Result<(), StoreError> {
        let text = self.sql(&CLAIM_ANSWERED);
        on!(self, c => sqlx::query(text).bind(case.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn claim_count(&mut self, person: PersonId) -> Result<i64, StoreError> {
        let text = self.sql(&CLAIM_COUNT);
        Ok(on!(self, c => sqlx::query_scalar(text).bind(person.get()).fetch_one(c).await?))
    }

    /// The one case that this account is working on in this channel; `None` for none or several.
    pub async fn only_claim_here(
        &mut self,
        account: AccountId,
        channel: ChannelId,
    ) -> Result<Option<CaseId>, StoreError> {
        let text = self.sql(&CLAIMS_HERE);
        let cases: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(account.get()).bind(channel.get()).fetch_all(c).await?);
        Ok(match cases.as_slice() {
            [only] => Some(CaseId::from(*only)),
            _ => None,
        })
    }

    /// The one case that this account is working on anywhere; `None` for none or several.
    pub async fn only_claim_of(
        &mut self,
        account: AccountId,
    ) -> Result<Option<CaseId>, StoreError> {
        Ok(match self.claims_of(account).await?.as_slice() {
            [only] => Some(*only),
            _ => None,
        })
    }

    /// The cases that this account has taken; the first hundred.
    pub async fn claims_of(&mut self, account: AccountId) -> Result<Vec<CaseId>, StoreError> {
        let text = self.sql(&CLAIMS_OF);
        let cases: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(account.get()).fetch_all(c).await?);
        Ok(cases.into_iter().map(CaseId::from).collect())
    }

    /// Records step `number` of a case: 1 for its opening, then its version.
    pub async fn new_history(
        &mut self,
        case: &Case,
        number: i64,
        event: &str,
        notes: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NEW_HISTORY);
        on!(self, c => sqlx::query(text)
            .bind(case.id.get()).bind(number).bind(now.as_millis()).bind(event)
            .bind(case.stage.word()).bind(notes)
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn history(&mut self, case: CaseId) -> Result<Vec<HistoryRow>, StoreError> {
        let text = self.sql(&HISTORY);
        Ok(on!(self, c => sqlx::query_as(text).bind(case.get()).fetch_all(c).await?))
    }
}
