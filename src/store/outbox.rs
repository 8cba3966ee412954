//! The outbox: what is to be said, committed with the state that says it.

use super::keys::{OUTBOX_DOCUMENT, TextKeys};
use super::statements::{Sql, both, by_index, statements};
use super::{Fence, StoreError, Tx, on, rows};
use crate::domain::case::Post;
use crate::domain::ids::{BotId, CaseId, ChannelId, OutboxId, PlatformId, PlatformKey};
use crate::domain::time::Moment;

/// Heads of lanes that are due, the most urgent first: nothing overtakes within a lane, and an
/// edit waits for the message that it edits.
const HEADS: &str = "SELECT id, bot, channel, case_id, class, post, edits, document, attempts, \
     doubtful, made_at, expires_at, (SELECT original.sent_key FROM outbox AS original \
     WHERE original.id = outbox.edits) AS edits_key FROM outbox \
     WHERE bot = $1 AND platform = $2 AND state IN ('due', 'sending') AND state = 'due' \
     AND due_at <= $3 \
     AND NOT EXISTS (SELECT 1 FROM outbox AS earlier WHERE earlier.lane = outbox.lane \
     AND earlier.id < outbox.id AND earlier.state IN ('due', 'sending')) \
     ORDER BY priority, id LIMIT $4";

statements! {
    NEW_ROW = both(
        "INSERT INTO outbox (id, bot, platform, channel, case_id, lane, priority, class, post, \
         edits, live, document, state, attempts, doubtful, due_at, expires_at, made_at) \
         VALUES ($1, $2, $3, $4, $5, \
         COALESCE((SELECT original.lane FROM outbox AS original WHERE original.id = $10), $6), \
         $7, $8, $9, $10, $11, $12, 'due', 0, 0, $13, $14, $13)");
    DUE_HEADS = both(HEADS);
    NEXT_DUE = both(
        "SELECT MIN(due_at) AS at FROM outbox WHERE bot = $1 AND platform = $2 \
         AND state IN ('due', 'sending') AND state = 'due' AND due_at > $3");
    MARK_SENDING = both(
        "UPDATE outbox SET state = 'sending' WHERE id = $1 AND state = 'due' \
         AND ($2 = 0 OR EXISTS (SELECT 1 FROM leases WHERE leases.bot = outbox.bot \
         AND leases.platform = outbox.platform AND leases.fence = $2))");
    SETTLE_SENT = both(
        "UPDATE outbox SET state = 'sent', sent_key = $2, problem = NULL, settled_at = $3 \
         WHERE id = $1 AND state IN ('due', 'sending')");
    SETTLE_AGAIN = both(
        "UPDATE outbox SET state = 'due', due_at = $2, attempts = $3, problem = $4, \
         doubtful = CASE WHEN $5 = 1 THEN 1 ELSE doubtful END \
         WHERE id = $1 AND state IN ('due', 'sending')");
    SETTLE_END = both(
        "UPDATE outbox SET state = $2, problem = $3, live = 0, settled_at = $4 \
         WHERE id = $1 AND state IN ('due', 'sending')");
    DROP_EDITS_OF = both(
        "UPDATE outbox SET state = 'dropped', problem = 'what it edits was never sent' \
         WHERE edits = $1 AND state = 'due'");
    ROW = both(
        "SELECT id, bot, channel, case_id, class, post, edits, document, attempts, doubtful, \
         made_at, expires_at, sent_key AS edits_key FROM outbox WHERE id = $1");
    LEFT_SENDING = by_index!(
        "SELECT id, bot, channel, case_id, class, post, edits, document, attempts, doubtful, \
         made_at, expires_at, sent_key AS edits_key FROM outbox",
        "outbox_due",
        "WHERE bot = $1 AND platform = $2 AND state IN ('due', 'sending') \
         AND state = 'sending' ORDER BY id LIMIT 1000");
    POSTS_OF = both(
        "SELECT id, channel, post, edits, live, document FROM outbox WHERE case_id = $1 \
         ORDER BY id LIMIT 500");
    LIVE_POSTS = both(
        "SELECT id, channel, post, edits, live, document FROM outbox WHERE case_id = $1 AND live = 1 \
         ORDER BY id");
    LAST_POST = both(
        "SELECT id FROM outbox WHERE case_id = $1 AND channel = $2 AND post = $3 \
         AND edits IS NULL ORDER BY id DESC LIMIT 1");
    FIRST_POST = both(
        "SELECT id FROM outbox WHERE case_id = $1 AND channel = $2 AND edits IS NULL \
         ORDER BY id LIMIT 1");
    SENT_KEY = both("SELECT sent_key FROM outbox WHERE id = $1");
    REWRITE = both("UPDATE outbox SET document = $2 WHERE id = $1");
    SET_LIVE = both("UPDATE outbox SET live = $2 WHERE id = $1");
    MOVE_ROW = both("UPDATE outbox SET channel = $2 WHERE id = $1");
    GIVEN_UP = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM outbox \
         WHERE bot = $1 AND state = 'given_up'");
    LATEST = both(
        "SELECT id, channel, class, post, edits, document, state, attempts, problem, made_at, \
         settled_at FROM outbox WHERE bot = $1 AND platform = $2 ORDER BY id DESC LIMIT $3");
    FORGET_SENT = Sql {
        sqlite: "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox \
            WHERE state IN ('sent', 'dropped') AND live = 0 AND made_at < $1 LIMIT 500)",
        postgres: "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox \
            WHERE state IN ('sent', 'dropped') AND live = 0 AND made_at < $1 LIMIT 500 \
            FOR UPDATE SKIP LOCKED)",
    };
}

/// What kind of message it is: how urgent, and what an unknown result means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// An answer or a suggestion to a customer.
    Answer,
    /// Lights somebody up: rather missed than twice.
    Ping,
    /// To the desk: rather twice, with a mark, than missed.
    HandOff,
    /// A private answer to an interaction; dies with its handle.
    Private,
    Notice,
    /// A badge given or taken: nothing is said by it.
    Badge,
}

impl Class {
    const ALL: [Class; 6] =
        [Class::Answer, Class::Ping, Class::HandOff, Class::Private, Class::Notice, Class::Badge];

    pub fn word(self) -> &'static str {
        match self {
            Class::Answer => "answer",
            Class::Ping => "ping",
            Class::HandOff => "hand_off",
            Class::Private => "private",
            Class::Notice => "notice",
            Class::Badge => "badge",
        }
    }

    /// Among heads of lanes: interactions are being waited for, then answers, hand-offs, pings.
    fn priority(self) -> i64 {
        match self {
            Class::Private => 0,
            Class::Answer => 1,
            Class::HandOff => 2,
            Class::Ping => 3,
            Class::Notice => 4,
            Class::Badge => 5,
        }
    }

    /// Whether to send again when nobody knows if it arrived.
    pub fn may_repeat(self) -> bool {
        match self {
            Class::Answer | Class::HandOff | Class::Badge => true,
            Class::Ping | Class::Private | Class::Notice => false,
        }
    }
}

/// The word under which a post is kept.
fn post_word(post: Post) -> &'static str {
    match post {
        Post::Suggestion => "suggestion",
        Post::Call => "call",
        Post::AnswerCheck => "answer_check",
        Post::Dossier => "dossier",
        Post::Notice => "notice",
        Post::ClaimNote => "claim_note",
        Post::Harvest => "harvest",
    }
}

fn post_from_word(word: &str) -> Option<Post> {
    [
        Post::Suggestion,
        Post::Call,
        Post::AnswerCheck,
        Post::Dossier,
        Post::Notice,
        Post::ClaimNote,
        Post::Harvest,
    ]
    .into_iter()
    .find(|post| post_word(*post) == word)
}

/// A row to write.
#[derive(Debug, Clone)]
pub struct NewRow<'a> {
    pub id: OutboxId,
    pub bot: &'a BotId,
    pub platform: &'a PlatformId,
    pub channel: ChannelId,
    /// Where it waits for its turn, if that is not its own channel.
    pub behind: Option<ChannelId>,
    pub case: Option<CaseId>,
    pub class: Class,
    pub post: Post,
    pub edits: Option<OutboxId>,
    /// Has buttons that a later step takes off.
    pub live: bool,
    pub document: String,
    pub now: Moment,
    /// Not before this: until then it waits for nobody, and nothing for it.
    pub due_at: Option<Moment>,
    pub expires_at: Option<Moment>,
    /// In which it waits for those before it; `None` for what its case and class say.
    pub lane: Option<String>,
}

rows! {
    struct Record {
        id: i64,
        bot: String,
        channel: i64,
        case_id: Option<i64>,
        class: String,
        post: String,
        edits: Option<i64>,
        document: String,
        attempts: i64,
        doubtful: i64,
        made_at: i64,
        expires_at: Option<i64>,
        edits_key: Option<String>,
    }
    struct PostRecord {
        id: i64,
        channel: i64,
        post: String,
        edits: Option<i64>,
        live: i64,
        document: String,
    }
    /// A row as an observer sees it.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct LatestRow {
        id: i64,
        channel: i64,
        class: String,
        post: String,
        edits: Option<i64>,
        document: String,
        state: String,
        attempts: i64,
        problem: Option<String>,
        made_at: i64,
        settled_at: Option<i64>,
    }
}

/// A row to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    pub id: OutboxId,
    pub bot: BotId,
    pub channel: ChannelId,
    pub case: Option<CaseId>,
    pub class: Class,
    pub post: Post,
    pub edits: Option<OutboxId>,
    /// The platform's key of the message to edit.
    pub edits_key: Option<PlatformKey>,
    pub document: String,
    pub attempts: i64,
    /// An earlier attempt may have arrived.
    pub doubtful: bool,
    pub made_at: Moment,
    pub expires_at: Option<Moment>,
}

/// A post of ours, as it was to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostRow {
    pub id: OutboxId,
    pub channel: ChannelId,
    pub post: Post,
    /// The post that this one changes.
    pub edits: Option<OutboxId>,
    /// Its buttons still ask for something.
    pub live: bool,
    pub document: String,
}

/// How a delivery ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Settled {
    Sent {
        key: Option<PlatformKey>,
    },
    Again {
        at: Moment,
        attempts: i64,
        problem: String,
        doubtful: bool,
    },
    GivenUp {
        problem: String,
    },
    /// Nobody waits for it any more.
    Dropped {
        problem: String,
    },
}

/// What is said of a case in one channel, in order.
pub(super) fn lane(channel: ChannelId, case: CaseId) -> String {
    format!("{channel}:{case}")
}

fn corrupt(id: i64, column: &'static str, value: &str) -> StoreError {
    let problem = format!("{value} is not known");
    StoreError::Corrupt { table: "outbox", id: id.to_string(), column, problem }
}

fn from_record(keys: &TextKeys, row: Record) -> Result<DueRow, StoreError> {
    let class = Class::ALL.into_iter().find(|class| class.word() == row.class);
    Ok(DueRow {
        id: row.id.into(),
        bot: BotId::new(row.bot),
        channel: row.channel.into(),
        case: row.case_id.map(CaseId::from),
        class: class.ok_or_else(|| corrupt(row.id, "class", &row.class))?,
        post: post_from_word(&row.post).ok_or_else(|| corrupt(row.id, "post", &row.post))?,
        edits: row.edits.map(OutboxId::from),
        edits_key: row.edits_key.map(PlatformKey::new),
        document: keys.open(OUTBOX_DOCUMENT, &row.id, row.document)?,
        attempts: row.attempts,
        doubtful: row.doubtful != 0,
        made_at: Moment::from_millis(row.made_at),
        expires_at: row.expires_at.map(Moment::from_millis),
    })
}

impl Tx {
    pub async fn new_outbox_row(&mut self, row: NewRow<'_>) -> Result<(), StoreError> {
        let text = self.sql(&NEW_ROW);
        // Answers to interactions wait for nobody: each is a lane of its own. So is what nobody
        // must wait for. An edit goes behind what it edits, wherever that is.
        let lane = match (row.lane, row.class, row.due_at, row.case) {
            (Some(lane), ..) => lane,
            (None, Class::Private, ..) | (None, _, Some(_), _) | (None, .., None) => {
                format!("alone:{}", row.id)
            }
            (None, _, None, Some(case)) => lane(row.behind.unwrap_or(row.channel), case),
        };
        let document = self.keys().seal(OUTBOX_DOCUMENT, &row.id, &row.document)?;
        on!(self, c => sqlx::query(text)
            .bind(row.id.get()).bind(row.bot.as_str()).bind(row.platform.as_str())
            .bind(row.channel.get()).bind(row.case.map(CaseId::get)).bind(lane)
            .bind(row.class.priority()).bind(row.class.word()).bind(post_word(row.post))
            .bind(row.edits.map(OutboxId::get)).bind(i64::from(row.live)).bind(document)
            .bind(row.due_at.unwrap_or(row.now).as_millis())
            .bind(row.expires_at.map(Moment::as_millis))
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// What can be sent on a platform now, at most one row a lane. A row that does not decode comes
    /// as its id and problem, and stops no other.
    pub async fn due_rows(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        now: Moment,
        limit: i64,
    ) -> Result<Vec<Result<DueRow, (OutboxId, StoreError)>>, StoreError> {
        let text = self.sql(&DUE_HEADS);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(now.as_millis()).bind(limit)
            .fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| {
                let id = OutboxId::from(row.id);
                from_record(self.keys(), row).map_err(|error| (id, error))
            })
            .collect())
    }

    /// When the next row that is not due yet becomes due.
    pub async fn next_outbox_due(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        now: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        let text = self.sql(&NEXT_DUE);
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(now.as_millis())
            .fetch_one(c).await?);
        Ok(at.map(Moment::from_millis))
    }

    /// Marks a row before a send that cannot be repeated harmlessly; false when somebody has, or
    /// when whoever asks holds the lease no longer. `None` is for whoever sends without one.
    pub async fn mark_sending(
        &mut self,
        id: OutboxId,
        fence: Option<Fence>,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&MARK_SENDING);
        let rows = on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(fence.map_or(0, |fence| fence.0))
            .execute(c).await?.rows_affected());
        Ok(rows == 1)
    }

    pub async fn settle(
        &mut self,
        id: OutboxId,
        settled: &Settled,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let rows = match settled {
            Settled::Sent { key } => {
                let text = self.sql(&SETTLE_SENT);
                on!(self, c => sqlx::query(text)
                    .bind(id.get()).bind(key.as_ref().map(PlatformKey::as_str))
                    .bind(now.as_millis())
                    .execute(c).await?.rows_affected())
            }
            Settled::Again { at, attempts, problem, doubtful } => {
                let text = self.sql(&SETTLE_AGAIN);
                on!(self, c => sqlx::query(text)
                    .bind(id.get()).bind(at.as_millis()).bind(*attempts).bind(problem)
                    .bind(i64::from(*doubtful))
                    .execute(c).await?.rows_affected())
            }
            Settled::GivenUp { problem } => self.end_row(id, "given_up", problem, now).await?,
            Settled::Dropped { problem } => self.end_row(id, "dropped", problem, now).await?,
        };
        Ok(rows == 1)
    }

    async fn end_row(
        &mut self,
        id: OutboxId,
        state: &'static str,
        problem: &str,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let text = self.sql(&SETTLE_END);
        let rows = on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(state).bind(problem).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        let text = self.sql(&DROP_EDITS_OF);
        on!(self, c => sqlx::query(text).bind(id.get()).execute(c).await?.rows_affected());
        Ok(rows)
    }

    pub async fn outbox_row(&mut self, id: OutboxId) -> Result<Option<DueRow>, StoreError> {
        let text = self.sql(&ROW);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    /// Rows that were being sent when the process ended: nobody knows whether they arrived.
    pub async fn left_sending(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
    ) -> Result<Vec<DueRow>, StoreError> {
        let text = self.sql(&LEFT_SENDING);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }

    /// The posts of a case whose buttons still work.
    pub async fn live_posts(&mut self, case: CaseId) -> Result<Vec<PostRow>, StoreError> {
        self.posts_by(&LIVE_POSTS, case).await
    }

    /// Everything that was to be said about a case and is still kept, in order.
    pub async fn posts_of(&mut self, case: CaseId) -> Result<Vec<PostRow>, StoreError> {
        self.posts_by(&POSTS_OF, case).await
    }

    async fn posts_by(&mut self, sql: &Sql, case: CaseId) -> Result<Vec<PostRow>, StoreError> {
        let text = self.sql(sql);
        let rows: Vec<PostRecord> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_all(c).await?);
        rows.into_iter()
            .map(|row| {
                Ok(PostRow {
                    id: row.id.into(),
                    channel: row.channel.into(),
                    post: post_from_word(&row.post)
                        .ok_or_else(|| corrupt(row.id, "post", &row.post))?,
                    edits: row.edits.map(OutboxId::from),
                    live: row.live != 0,
                    document: self.keys().open(OUTBOX_DOCUMENT, &row.id, row.document)?,
                })
            })
            .collect()
    }

    /// The row is to be said somewhere else. It keeps its lane: what waits behind it still waits.
    pub async fn move_row(&mut self, id: OutboxId, channel: ChannelId) -> Result<(), StoreError> {
        let text = self.sql(&MOVE_ROW);
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(channel.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// The last post of a kind in a channel of a case, sent or not.
    pub async fn last_post(
        &mut self,
        case: CaseId,
        channel: ChannelId,
        post: Post,
    ) -> Result<Option<OutboxId>, StoreError> {
        let text = self.sql(&LAST_POST);
        let id: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(case.get()).bind(channel.get()).bind(post_word(post))
            .fetch_optional(c).await?);
        Ok(id.map(OutboxId::from))
    }

    /// The first post of a case in a channel: for a case that came by command, its question.
    pub async fn first_post(
        &mut self,
        case: CaseId,
        channel: ChannelId,
    ) -> Result<Option<OutboxId>, StoreError> {
        let text = self.sql(&FIRST_POST);
        let id: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(case.get()).bind(channel.get()).fetch_optional(c).await?);
        Ok(id.map(OutboxId::from))
    }

    /// What the platform calls a row that was sent.
    pub async fn sent_key(&mut self, id: OutboxId) -> Result<Option<PlatformKey>, StoreError> {
        let text = self.sql(&SENT_KEY);
        let key: Option<Option<String>> = on!(self, c => sqlx::query_scalar(text)
            .bind(id.get()).fetch_optional(c).await?);
        Ok(key.flatten().map(PlatformKey::new))
    }

    /// Replaces what a row says: a deleted question is forgotten here too.
    pub async fn rewrite_row(&mut self, id: OutboxId, document: &str) -> Result<(), StoreError> {
        let text = self.sql(&REWRITE);
        let document = self.keys().seal(OUTBOX_DOCUMENT, &id, document)?;
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(document).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Notes whether a post's buttons still ask for something.
    pub async fn set_live(&mut self, id: OutboxId, live: bool) -> Result<(), StoreError> {
        let text = self.sql(&SET_LIVE);
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(i64::from(live)).execute(c).await?.rows_affected());
        Ok(())
    }

    /// The latest rows of a bot on a platform, settled or not, the newest first.
    pub async fn latest_rows(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        limit: i64,
    ) -> Result<Vec<LatestRow>, StoreError> {
        let text = self.sql(&LATEST);
        let mut rows: Vec<LatestRow> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(limit).fetch_all(c).await?);
        for row in &mut rows {
            let document = std::mem::take(&mut row.document);
            row.document = self.keys().open(OUTBOX_DOCUMENT, &row.id, document)?;
        }
        Ok(rows)
    }

    pub async fn given_up_count(&mut self, bot: &BotId) -> Result<i64, StoreError> {
        let text = self.sql(&GIVEN_UP);
        Ok(on!(self, c => sqlx::query_scalar(text).bind(bot.as_str()).fetch_one(c).await?))
    }

    /// Forgets settled rows made before then, at most 500 at once.
    pub async fn forget_sent_before(&mut self, then: Moment) -> Result<u64, StoreError> {
        let text = self.sql(&FORGET_SENT);
        Ok(on!(self, c => sqlx::query(text)
            .bind(then.as_millis()).execute(c).await?.rows_affected()))
    }
}
