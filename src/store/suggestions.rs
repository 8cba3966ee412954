//! What was found for questions and whether it helped: numbers only, which stay when words go.

use super::keys::MESSAGE_BODY;
use super::messages::row_of;
use super::statements::{Sql, both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::{BotId, CaseId, CommunityId};
use crate::domain::time::Moment;

statements! {
    NEW_SUGGESTION = both(
        "INSERT INTO suggestions (case_id, bot, community, confidence, shown, helped, at, earlier) \
         VALUES ($1, $2, $3, $4, $5, NULL, $6, $7)");
    TELL = both("UPDATE suggestions SET helped = $2 \
         WHERE case_id = $1 AND (shown > 0 OR earlier IS NOT NULL)");
    TOLD = both(
        "SELECT confidence, helped FROM suggestions \
         WHERE community = $1 AND helped IS NOT NULL AND shown > 0 \
         ORDER BY at DESC, case_id DESC LIMIT $2");
    TOLD_OF_EARLIER = both(
        "SELECT earlier AS confidence, helped FROM suggestions \
         WHERE community = $1 AND helped IS NOT NULL AND shown = 0 AND earlier IS NOT NULL \
         ORDER BY at DESC, case_id DESC LIMIT $2");
    HELPED = both("SELECT helped FROM suggestions WHERE case_id = $1");
    MISSED = both(
        "SELECT suggestions.case_id AS case_id, suggestions.shown AS shown, \
         messages.channel AS channel, messages.platform_key AS platform_key, \
         messages.body AS body, messages.at AS at FROM suggestions \
         JOIN messages ON messages.case_id = suggestions.case_id AND messages.part = 'question' \
         WHERE suggestions.bot = $1 AND suggestions.at >= $2 AND messages.at >= $2 \
         AND messages.body <> '' AND (suggestions.shown = 0 OR suggestions.helped = 0) \
         ORDER BY suggestions.at DESC, suggestions.case_id DESC LIMIT $3");
}

rows! {
    struct ToldRecord { confidence: i64, helped: i64 }
    struct MissedRecord {
        case_id: i64,
        shown: i64,
        channel: i64,
        platform_key: String,
        body: String,
        at: i64,
    }
}

/// A confidence of 1, as it is kept.
const WHOLE: f64 = 1e6;

/// A probability as it is kept.
#[expect(clippy::cast_possible_truncation, reason = "a probability in millionths")]
fn millionths(probability: f64) -> i64 {
    (probability.clamp(0.0, 1.0) * WHOLE).round() as i64
}

/// What was found for a question.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NewSuggestion {
    pub case: CaseId,
    pub community: CommunityId,
    /// Of the best hit; 0 when there was none.
    pub confidence: f64,
    /// Articles shown.
    pub shown: usize,
    /// Of the earlier case that was pointed to, where there was one.
    pub earlier: Option<f64>,
    pub at: Moment,
}

/// A question for which no article was shown, or one that did not help.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missed {
    pub case: CaseId,
    /// Whether something was shown, in vain.
    pub in_vain: bool,
    pub question: String,
    pub at: Moment,
}

impl Tx {
    pub async fn new_suggestion(
        &mut self,
        bot: &BotId,
        new: &NewSuggestion,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NEW_SUGGESTION);
        let (confidence, earlier) = (millionths(new.confidence), new.earlier.map(millionths));
        let shown = i64::try_from(new.shown).unwrap_or(i64::MAX);
        on!(self, c => sqlx::query(text)
            .bind(new.case.get()).bind(bot.as_str()).bind(new.community.get()).bind(confidence)
            .bind(shown).bind(new.at.as_millis()).bind(earlier)
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Whether what was shown for a case has helped; the latest word stands. Of a case for which
    /// nothing was shown nothing is said.
    pub async fn tell_of_suggestion(
        &mut self,
        case: CaseId,
        helped: bool,
    ) -> Result<(), StoreError> {
        let text = self.sql(&TELL);
        on!(self, c => sqlx::query(text)
            .bind(case.get()).bind(i64::from(helped)).execute(c).await?.rows_affected());
        Ok(())
    }

    /// The latest words of a community on what was shown to it: the confidence of each, and
    /// whether it helped.
    pub async fn told_of_suggestions(
        &mut self,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<(f64, bool)>, StoreError> {
        self.told(&TOLD, community, limit).await
    }

    /// The same of earlier cases that were pointed to with no article beside them.
    pub async fn told_of_earlier(
        &mut self,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<(f64, bool)>, StoreError> {
        self.told(&TOLD_OF_EARLIER, community, limit).await
    }

    /// What the asker said of what was shown for a case; `None` while they have not.
    pub async fn suggestion_helped(&mut self, case: CaseId) -> Result<Option<bool>, StoreError> {
        let text = self.sql(&HELPED);
        let helped: Option<Option<i64>> = on!(self, c => sqlx::query_scalar(text)
            .bind(case.get()).fetch_optional(c).await?);
        Ok(helped.flatten().map(|helped| helped == 1))
    }

    async fn told(
        &mut self,
        sql: &Sql,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<(f64, bool)>, StoreError> {
        let text = self.sql(sql);
        let rows: Vec<ToldRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(limit).fetch_all(c).await?);
        let told = rows.into_iter().map(|row| {
            let millionths = i32::try_from(row.confidence).unwrap_or_default();
            (f64::from(millionths) / WHOLE, row.helped == 1)
        });
        Ok(told.collect())
    }

    /// The questions of a bot since then that no article answered, the newest first, as far as
    /// their words are still kept.
    pub async fn missed_questions(
        &mut self,
        bot: &BotId,
        since: Moment,
        limit: i64,
    ) -> Result<Vec<Missed>, StoreError> {
        let text = self.sql(&MISSED);
        let rows: Vec<MissedRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(since.as_millis()).bind(limit).fetch_all(c).await?);
        let missed = rows.into_iter().map(|row| {
            let place = row_of(row.channel, &row.platform_key);
            Ok(Missed {
                case: row.case_id.into(),
                in_vain: row.shown > 0,
                question: self.keys().open(MESSAGE_BODY, &place, row.body)?,
                at: Moment::from_millis(row.at),
            })
        });
        missed.collect()
    }
}
