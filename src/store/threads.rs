//! The threads that the bot opens for cases: where each is to be, and whether it is there.

use super::outbox::lane;
use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::{CaseId, ChannelId, CommunityId, PlatformKey};
use crate::domain::time::Moment;

statements! {
    NEW_THREAD = both(
        "INSERT INTO case_threads (case_id, home, channel, state, problem) \
         VALUES ($1, $2, $3, 'opening', '')");
    THREAD = both("SELECT home, channel, state FROM case_threads WHERE case_id = $1");
    CHANGE_THREAD = both(
        "UPDATE case_threads SET channel = $2, state = $3, problem = $4 WHERE case_id = $1");
    LAST_THREAD = both(
        "SELECT state, problem FROM case_threads WHERE home = $1 AND state <> 'opening' \
         ORDER BY case_id DESC LIMIT 1");
    CHANNEL_BY_KEY = both("SELECT id FROM channels WHERE community = $1 AND platform_key = $2");
    MOVE_ROWS = both(
        "UPDATE outbox SET channel = $3, lane = $4 \
         WHERE lane = $1 AND channel = $2 AND state IN ('due', 'sending') AND state = 'due'");
    DROP_ROWS = both(
        "UPDATE outbox SET state = 'dropped', live = 0, problem = $2, settled_at = $3 \
         WHERE lane = $1 AND state IN ('due', 'sending') AND state = 'due'");
}

/// Whether a thread of a case is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThreadState {
    Opening,
    Open,
    /// It could not be opened.
    Refused,
    /// Somebody deleted it.
    Gone,
}

impl ThreadState {
    fn word(self) -> &'static str {
        match self {
            ThreadState::Opening => "opening",
            ThreadState::Open => "open",
            ThreadState::Refused => "refused",
            ThreadState::Gone => "gone",
        }
    }

    fn from_word(word: &str) -> Option<ThreadState> {
        [ThreadState::Opening, ThreadState::Open, ThreadState::Refused, ThreadState::Gone]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

rows! {
    struct ThreadRecord { home: i64, channel: i64, state: String }
    struct LastRecord { state: String, problem: String }
}

/// The thread that the bot opens for a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseThread {
    /// The channel of the question, in which it hangs.
    pub home: ChannelId,
    pub channel: ChannelId,
    pub state: ThreadState,
}

impl CaseThread {
    /// Whether what is said of the case is said in it.
    pub fn is_in_use(&self) -> bool {
        matches!(self.state, ThreadState::Opening | ThreadState::Open)
    }
}

impl Tx {
    /// Notes that a thread is to be opened for a case.
    pub async fn new_case_thread(
        &mut self,
        case: CaseId,
        home: ChannelId,
        channel: ChannelId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NEW_THREAD);
        on!(self, c => sqlx::query(text)
            .bind(case.get()).bind(home.get()).bind(channel.get())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn case_thread(&mut self, case: CaseId) -> Result<Option<CaseThread>, StoreError> {
        let text = self.sql(&THREAD);
        let row: Option<ThreadRecord> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_optional(c).await?);
        let Some(row) = row else { return Ok(None) };
        let state = ThreadState::from_word(&row.state).ok_or_else(|| StoreError::Corrupt {
            table: "case_threads",
            id: case.to_string(),
            column: "state",
            problem: format!("{} is no state", row.state),
        })?;
        Ok(Some(CaseThread { home: row.home.into(), channel: row.channel.into(), state }))
    }

    /// What became of a case's thread; `problem` says why it could not be opened.
    pub async fn change_case_thread(
        &mut self,
        case: CaseId,
        channel: ChannelId,
        state: ThreadState,
        problem: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(&CHANGE_THREAD);
        on!(self, c => sqlx::query(text)
            .bind(case.get()).bind(channel.get()).bind(state.word()).bind(problem)
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Why the last thread in a channel could not be opened, if it could not.
    pub async fn last_thread_problem(
        &mut self,
        home: ChannelId,
    ) -> Result<Option<String>, StoreError> {
        let text = self.sql(&LAST_THREAD);
        let row: Option<LastRecord> = on!(self, c => sqlx::query_as(text)
            .bind(home.get()).fetch_optional(c).await?);
        let refused = |row: &LastRecord| row.state == ThreadState::Refused.word();
        Ok(row.filter(refused).map(|row| row.problem))
    }

    pub async fn channel_by_key(
        &mut self,
        community: CommunityId,
        key: &PlatformKey,
    ) -> Result<Option<ChannelId>, StoreError> {
        let text = self.sql(&CHANNEL_BY_KEY);
        let id: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(community.get()).bind(key.as_str()).fetch_optional(c).await?);
        Ok(id.map(ChannelId::from))
    }

    /// Everything of a case that waits to be said in one channel is to be said in another.
    pub async fn move_rows(
        &mut self,
        case: CaseId,
        from: ChannelId,
        to: ChannelId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&MOVE_ROWS);
        on!(self, c => sqlx::query(text)
            .bind(lane(from, case)).bind(from.get()).bind(to.get()).bind(lane(to, case))
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Nothing of a case that waits behind this channel is said any more.
    pub async fn drop_rows(
        &mut self,
        case: CaseId,
        channel: ChannelId,
        problem: &str,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&DROP_ROWS);
        on!(self, c => sqlx::query(text)
            .bind(lane(channel, case)).bind(problem).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }
}
