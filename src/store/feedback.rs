//! Ratings and words of feedback. The words are customers' text: they stand in a column of their
//! own, so that they can go when their time is over and the numbers stay.

use super::keys::FEEDBACK_BODY;
use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::feedback::About;
use crate::domain::ids::{AccountId, BotId, CaseId, CommunityId, FeedbackId};
use crate::domain::time::Moment;

statements! {
    RATE = both(
        "INSERT INTO feedback (id, bot, community, account, case_id, kind, score, body, at) \
         VALUES ($1, $2, $3, $4, $5, 'answer', $6, '', $7) \
         ON CONFLICT (case_id) WHERE kind = 'answer' \
         DO UPDATE SET score = excluded.score, at = excluded.at");
    SAY_OF_ANSWER = both(
        "INSERT INTO feedback (id, bot, community, account, case_id, kind, score, body, at) \
         VALUES ($1, $2, $3, $4, $5, 'answer', NULL, '', $6) \
         ON CONFLICT (case_id) WHERE kind = 'answer' \
         DO UPDATE SET at = excluded.at RETURNING id");
    SET_WORDS = both("UPDATE feedback SET body = $2 WHERE id = $1");
    SAY = both(
        "INSERT INTO feedback (id, bot, community, account, case_id, kind, score, body, at) \
         VALUES ($1, $2, $3, $4, NULL, $5, NULL, $6, $7)");
    WORDS_SINCE = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM feedback \
         WHERE account = $1 AND at >= $2 AND body <> ''");
    RATED_SINCE = both(
        "SELECT case_id FROM feedback WHERE account = $1 AND at >= $2 AND community = $3 \
         AND kind = 'answer' ORDER BY at DESC LIMIT 1");
    OF_CASE = both(
        "SELECT id, score, body, at FROM feedback WHERE case_id = $1 AND kind = 'answer'");
    COUNTS = both(
        "SELECT kind, COALESCE(score, 0) AS score, CAST(COUNT(*) AS BIGINT) AS count \
         FROM feedback WHERE community = $1 AND at >= $2 AND at < $3 \
         GROUP BY kind, COALESCE(score, 0)");
    ANSWER_NOTES = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM feedback \
         WHERE community = $1 AND at >= $2 AND at < $3 AND kind = 'answer' AND body <> ''");
    LAST_WORDS = both(
        "SELECT id, body FROM feedback WHERE community = $1 AND at >= $2 AND at < $3 AND kind = $4 \
         AND body <> '' ORDER BY at DESC, id DESC LIMIT $5");
}

rows! {
    struct WordsRecord { id: i64, body: String }
    struct OfCaseRecord { id: i64, score: Option<i64>, body: String, at: i64 }
    /// How often something of a kind was said, and how it was rated: 1, -1, or 0 for not at all.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct FeedbackCount { kind: String, score: i64, count: i64 }
}

/// Where a word of feedback comes from.
#[derive(Debug, Clone)]
pub struct FeedbackFrom {
    pub id: FeedbackId,
    pub bot: BotId,
    pub community: CommunityId,
    pub account: AccountId,
    pub at: Moment,
}

/// What the asker of a case said of the help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feedback {
    /// Up or down, if they rated it.
    pub up: Option<bool>,
    /// Empty when they added none, or when its time to be kept is over.
    pub words: String,
    pub at: Moment,
}

impl Tx {
    /// Rates the help in a case; again, and the later one counts.
    pub async fn rate(
        &mut self,
        from: &FeedbackFrom,
        case: CaseId,
        up: bool,
    ) -> Result<(), StoreError> {
        let text = self.sql(&RATE);
        on!(self, c => sqlx::query(text)
            .bind(from.id.get()).bind(from.bot.as_str()).bind(from.community.get())
            .bind(from.account.get()).bind(case.get()).bind(if up { 1_i64 } else { -1 })
            .bind(from.at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Adds the asker's words to the rating of a case; the latest stand.
    pub async fn say_of_answer(
        &mut self,
        from: &FeedbackFrom,
        case: CaseId,
        words: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SAY_OF_ANSWER);
        let id: i64 = on!(self, c => sqlx::query_scalar(text)
            .bind(from.id.get()).bind(from.bot.as_str()).bind(from.community.get())
            .bind(from.account.get()).bind(case.get()).bind(from.at.as_millis())
            .fetch_one(c).await?);
        // The row may be that of an earlier word, and words are bound to their row.
        let words = self.keys().seal(FEEDBACK_BODY, &id, words)?;
        let text = self.sql(&SET_WORDS);
        on!(self, c => sqlx::query(text).bind(id).bind(words).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Keeps words about the product, or praise.
    pub async fn say_feedback(
        &mut self,
        from: &FeedbackFrom,
        about: About,
        words: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SAY);
        let words = self.keys().seal(FEEDBACK_BODY, &from.id, words)?;
        on!(self, c => sqlx::query(text)
            .bind(from.id.get()).bind(from.bot.as_str()).bind(from.community.get())
            .bind(from.account.get()).bind(about.word()).bind(words).bind(from.at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// How often somebody has said something since then.
    pub async fn feedback_words_since(
        &mut self,
        account: AccountId,
        since: Moment,
    ) -> Result<i64, StoreError> {
        let text = self.sql(&WORDS_SINCE);
        Ok(on!(self, c => sqlx::query_scalar(text)
            .bind(account.get()).bind(since.as_millis()).fetch_one(c).await?))
    }

    /// The case that somebody has rated last in a community, since then.
    pub async fn case_rated_since(
        &mut self,
        account: AccountId,
        community: CommunityId,
        since: Moment,
    ) -> Result<Option<CaseId>, StoreError> {
        let text = self.sql(&RATED_SINCE);
        let case: Option<Option<i64>> = on!(self, c => sqlx::query_scalar(text)
            .bind(account.get()).bind(since.as_millis()).bind(community.get())
            .fetch_optional(c).await?);
        Ok(case.flatten().map(CaseId::from))
    }

    pub async fn feedback_of(&mut self, case: CaseId) -> Result<Option<Feedback>, StoreError> {
        let text = self.sql(&OF_CASE);
        let row: Option<OfCaseRecord> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_optional(c).await?);
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Feedback {
            up: row.score.map(|score| score > 0),
            words: self.keys().open(FEEDBACK_BODY, &row.id, row.body)?,
            at: Moment::from_millis(row.at),
        }))
    }

    /// What was said in a community from `since` to before `until`, in numbers.
    pub async fn feedback_counts(
        &mut self,
        community: CommunityId,
        since: Moment,
        until: Moment,
    ) -> Result<Vec<FeedbackCount>, StoreError> {
        let text = self.sql(&COUNTS);
        Ok(on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(since.as_millis()).bind(until.as_millis())
            .fetch_all(c).await?))
    }

    /// How many answers somebody has said a word about.
    pub async fn answer_notes(
        &mut self,
        community: CommunityId,
        since: Moment,
        until: Moment,
    ) -> Result<i64, StoreError> {
        let text = self.sql(&ANSWER_NOTES);
        Ok(on!(self, c => sqlx::query_scalar(text)
            .bind(community.get()).bind(since.as_millis()).bind(until.as_millis())
            .fetch_one(c).await?))
    }

    /// The latest words of a kind, the newest first.
    pub async fn last_feedback_words(
        &mut self,
        community: CommunityId,
        since: Moment,
        until: Moment,
        about: About,
        limit: i64,
    ) -> Result<Vec<String>, StoreError> {
        let text = self.sql(&LAST_WORDS);
        let rows: Vec<WordsRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(since.as_millis()).bind(until.as_millis())
            .bind(about.word()).bind(limit).fetch_all(c).await?);
        rows.into_iter().map(|row| self.keys().open(FEEDBACK_BODY, &row.id, row.body)).collect()
    }
}
