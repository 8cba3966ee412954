//! What a simulation looks at beside the engine to hold it to its rules, and the trouble that it
//! makes in a database of its own. Looking is by key or by index: it happens after every step.

use super::statements::{both, statements};
use super::{Pools, Store, StoreError, Tx, decode, on, rows};
use crate::domain::case::Case;
use crate::domain::ids::{AccountId, BotId, CaseId, ChannelId, OutboxId, PersonId};
use crate::domain::time::Moment;

statements! {
    STARTS = both("SELECT CAST(COUNT(*) AS BIGINT) AS count FROM starts");
    NEW_CASES = both("SELECT id FROM cases WHERE bot = $1 AND id > $2 ORDER BY id");
    OPEN_VERSIONS = both(
        "SELECT id, version, deadline_at FROM cases \
         WHERE bot = $1 AND deadline_at IS NOT NULL ORDER BY id");
    WHOLE_CASE = both(
        "SELECT id, document, version, stage, deadline_at FROM cases WHERE id = $1");
    CASES_PAGE = both(
        "SELECT id, document, version, stage, deadline_at FROM cases \
         WHERE bot = $1 AND id > $2 ORDER BY id LIMIT $3");
    CLAIM = both(
        "SELECT case_id, account, person, answered, claimed_at FROM claims WHERE case_id = $1");
    CLAIMS = both(
        "SELECT case_id, account, person, answered, claimed_at FROM claims ORDER BY case_id");
    STEPS_COUNT = both(
        "SELECT case_id, CAST(COUNT(*) AS BIGINT) AS steps, MAX(number) AS last FROM history \
         GROUP BY case_id ORDER BY case_id");
    NEW_ROWS = both(
        "SELECT id, channel, case_id, class, post, edits, document, made_at, expires_at \
         FROM outbox WHERE id > $1 ORDER BY id");
    ROW_STATE = both("SELECT state FROM outbox WHERE id = $1");
    UNSENT = both(
        "SELECT id, state, made_at, due_at, attempts FROM outbox \
         WHERE bot = $1 AND state IN ('due', 'sending') ORDER BY id");
    GIVEN_UP_BY_CLASS = both(
        "SELECT class, CAST(COUNT(*) AS BIGINT) AS count FROM outbox \
         WHERE bot = $1 AND state = 'given_up' GROUP BY class ORDER BY class");
}

/// One write in 97 fails, told by a count that no rollback takes back: so a second try succeeds.
/// It is asked at the last write of a step, when others have been counted before it.
const REFUSE_ON_SQLITE: &str = "CREATE TRIGGER now_and_then BEFORE INSERT ON history \
     WHEN total_changes() % 97 = 0 BEGIN SELECT RAISE(ABORT, 'changed meanwhile'); END";
#[cfg(feature = "postgres")]
const REFUSE_ON_POSTGRES: [&str; 3] = [
    "CREATE SEQUENCE now_and_then_count",
    "CREATE FUNCTION now_and_then() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
     IF nextval('now_and_then_count') % 97 = 0 THEN \
     RAISE EXCEPTION 'changed meanwhile' USING ERRCODE = '40001'; END IF; \
     RETURN NEW; END $$",
    "CREATE TRIGGER now_and_then BEFORE INSERT ON history \
     FOR EACH ROW EXECUTE FUNCTION now_and_then()",
];

rows! {
    struct VersionRecord { id: i64, version: i64, deadline_at: i64 }
    struct CaseRecord {
        id: i64,
        document: String,
        version: i64,
        stage: String,
        deadline_at: Option<i64>,
    }
    struct ClaimRecord {
        case_id: i64,
        account: i64,
        person: i64,
        answered: i64,
        claimed_at: i64,
    }
    struct StepsRecord { case_id: i64, steps: i64, last: i64 }
    struct RowRecord {
        id: i64,
        channel: i64,
        case_id: Option<i64>,
        class: String,
        post: String,
        edits: Option<i64>,
        document: String,
        made_at: i64,
        expires_at: Option<i64>,
    }
    struct UnsentRecord { id: i64, state: String, made_at: i64, due_at: i64, attempts: i64 }
    struct CountRecord { class: String, count: i64 }
}

/// An open case by what changes with every step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OpenVersion {
    pub id: CaseId,
    pub version: i64,
    pub deadline_at: Moment,
}

/// A case with the columns that stand beside its document.
#[derive(Debug, Clone, PartialEq)]
pub struct WholeCase {
    pub case: Case,
    pub version: i64,
    pub stage: String,
    pub deadline_at: Option<Moment>,
}

/// A live claim as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimRow {
    pub case: CaseId,
    pub account: AccountId,
    pub person: PersonId,
    pub answered: bool,
    pub claimed_at: Moment,
}

/// How many steps of a case are recorded, and the number of the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Steps {
    pub case: CaseId,
    pub steps: i64,
    pub last: i64,
}

/// A row of the outbox as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenRow {
    pub id: OutboxId,
    pub channel: ChannelId,
    pub case: Option<CaseId>,
    pub class: String,
    pub post: String,
    pub edits: Option<OutboxId>,
    pub document: String,
    pub made_at: Moment,
    pub expires_at: Option<Moment>,
}

/// A row that is still to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unsent {
    pub id: OutboxId,
    pub state: String,
    /// Since when it could have been said: some things are not to be said at once.
    pub since: Moment,
}

fn whole(row: &CaseRecord) -> Result<WholeCase, StoreError> {
    Ok(WholeCase {
        case: decode("cases", row.id, "document", &row.document)?,
        version: row.version,
        stage: row.stage.clone(),
        deadline_at: row.deadline_at.map(Moment::from_millis),
    })
}

impl ClaimRow {
    fn of(row: &ClaimRecord) -> ClaimRow {
        ClaimRow {
            case: row.case_id.into(),
            account: row.account.into(),
            person: row.person.into(),
            answered: row.answered != 0,
            claimed_at: Moment::from_millis(row.claimed_at),
        }
    }
}

impl Store {
    /// Makes the database refuse a write now and then, as if somebody else had changed what was
    /// read. For a throw-away database: nothing takes it back.
    pub async fn refuse_now_and_then(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        match &self.pools {
            Pools::Sqlite { .. } => tx.run(REFUSE_ON_SQLITE).await?,
            #[cfg(feature = "postgres")]
            Pools::Postgres(_) => {
                for statement in REFUSE_ON_POSTGRES {
                    tx.run(statement).await?;
                }
            }
        }
        tx.commit().await
    }
}

impl Tx {
    /// Whether no process has worked on this database yet.
    pub async fn is_unused(&mut self) -> Result<bool, StoreError> {
        let text = self.sql(&STARTS);
        let starts: i64 = on!(self, c => sqlx::query_scalar(text).fetch_one(c).await?);
        Ok(starts == 0)
    }

    /// Cases of a bot that were opened behind `after`.
    pub async fn cases_behind(
        &mut self,
        bot: &BotId,
        after: CaseId,
    ) -> Result<Vec<CaseId>, StoreError> {
        let text = self.sql(&NEW_CASES);
        let ids: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(after.get()).fetch_all(c).await?);
        Ok(ids.into_iter().map(CaseId::from).collect())
    }

    pub async fn open_versions(&mut self, bot: &BotId) -> Result<Vec<OpenVersion>, StoreError> {
        let text = self.sql(&OPEN_VERSIONS);
        let rows: Vec<VersionRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| OpenVersion {
                id: row.id.into(),
                version: row.version,
                deadline_at: Moment::from_millis(row.deadline_at),
            })
            .collect())
    }

    pub async fn whole_case(&mut self, id: CaseId) -> Result<Option<WholeCase>, StoreError> {
        let text = self.sql(&WHOLE_CASE);
        let row: Option<CaseRecord> = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_optional(c).await?);
        row.as_ref().map(whole).transpose()
    }

    /// Whole cases of a bot behind `after`, in order.
    pub async fn whole_cases(
        &mut self,
        bot: &BotId,
        after: CaseId,
        limit: i64,
    ) -> Result<Vec<WholeCase>, StoreError> {
        let text = self.sql(&CASES_PAGE);
        let rows: Vec<CaseRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(after.get()).bind(limit).fetch_all(c).await?);
        rows.iter().map(whole).collect()
    }

    pub async fn claim_on(&mut self, case: CaseId) -> Result<Option<ClaimRow>, StoreError> {
        let text = self.sql(&CLAIM);
        let row: Option<ClaimRecord> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_optional(c).await?);
        Ok(row.as_ref().map(ClaimRow::of))
    }

    /// Every live claim.
    pub async fn claims(&mut self) -> Result<Vec<ClaimRow>, StoreError> {
        let text = self.sql(&CLAIMS);
        let rows: Vec<ClaimRecord> = on!(self, c => sqlx::query_as(text).fetch_all(c).await?);
        Ok(rows.iter().map(ClaimRow::of).collect())
    }

    /// The recorded steps of every case, counted.
    pub async fn steps(&mut self) -> Result<Vec<Steps>, StoreError> {
        let text = self.sql(&STEPS_COUNT);
        let rows: Vec<StepsRecord> = on!(self, c => sqlx::query_as(text).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| Steps { case: row.case_id.into(), steps: row.steps, last: row.last })
            .collect())
    }

    /// Rows of the outbox that were written behind `after`, in order.
    pub async fn rows_behind(&mut self, after: OutboxId) -> Result<Vec<WrittenRow>, StoreError> {
        let text = self.sql(&NEW_ROWS);
        let rows: Vec<RowRecord> = on!(self, c => sqlx::query_as(text)
            .bind(after.get()).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| WrittenRow {
                id: row.id.into(),
                channel: row.channel.into(),
                case: row.case_id.map(CaseId::from),
                class: row.class,
                post: row.post,
                edits: row.edits.map(OutboxId::from),
                document: row.document,
                made_at: Moment::from_millis(row.made_at),
                expires_at: row.expires_at.map(Moment::from_millis),
            })
            .collect())
    }

    /// What has become of a row; `None` once it is forgotten.
    pub async fn row_state(&mut self, id: OutboxId) -> Result<Option<String>, StoreError> {
        let text = self.sql(&ROW_STATE);
        Ok(on!(self, c => sqlx::query_scalar(text).bind(id.get()).fetch_optional(c).await?))
    }

    /// Everything that is still to be said.
    pub async fn unsent(&mut self, bot: &BotId) -> Result<Vec<Unsent>, StoreError> {
        let text = self.sql(&UNSENT);
        let rows: Vec<UnsentRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| Unsent {
                id: row.id.into(),
                state: row.state,
                since: Moment::from_millis(if row.attempts == 0 {
                    row.due_at.max(row.made_at)
                } else {
                    row.made_at
                }),
            })
            .collect())
    }

    /// How many rows of each class were given up.
    pub async fn given_up_by_class(
        &mut self,
        bot: &BotId,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let text = self.sql(&GIVEN_UP_BY_CLASS);
        let rows: Vec<CountRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        Ok(rows.into_iter().map(|row| (row.class, row.count)).collect())
    }
}
