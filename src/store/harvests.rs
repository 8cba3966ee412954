//! Harvests: answers on their way into the knowledge; and the solved cases that questions are
//! compared with.

use super::keys::{HARVEST_FORMER, HARVEST_WORDING, MESSAGE_BODY, TextKeys, Words};
use super::messages::row_of;
use super::statements::{both, statements};
use super::{StoreError, Tx, decode, encode, on, rows};
use crate::domain::case::Case;
use crate::domain::harvest::{Harvest, State, Wording};
use crate::domain::ids::{BotId, CaseId, CommunityId, Language};
use crate::domain::time::Moment;

statements! {
    NEW_HARVEST = both(
        "INSERT INTO harvests (case_id, bot, community, author, answer, answered_at, state, \
         wording, former, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (case_id) DO NOTHING");
    HARVEST = both(
        "SELECT case_id, community, author, answer, answered_at, state, wording, former, \
         changed_at FROM harvests WHERE case_id = $1");
    SAVE_HARVEST = both(
        "UPDATE harvests SET state = $2, wording = $3, former = $4, changed_at = $5 \
         WHERE case_id = $1");
    DROP_HARVEST = both("DELETE FROM harvests WHERE case_id = $1");
    IN_STATE = both(
        "SELECT case_id, community, author, answer, answered_at, state, wording, former, \
         changed_at FROM harvests WHERE community = $1 AND state = $2 \
         ORDER BY changed_at DESC, case_id DESC LIMIT $3");
    COUNT_IN_STATE = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count FROM harvests \
         WHERE community = $1 AND state = $2");
    PUBLISHED = both(
        "SELECT harvests.case_id AS case_id, harvests.community AS community, \
         harvests.author AS author, harvests.answer AS answer, \
         harvests.answered_at AS answered_at, harvests.state AS state, \
         harvests.wording AS wording, harvests.former AS former, \
         harvests.changed_at AS changed_at FROM harvests \
         WHERE harvests.bot = $1 AND harvests.state = 'published' \
         ORDER BY harvests.changed_at DESC, harvests.case_id DESC LIMIT $2");
    MARK = both(
        "SELECT CAST(COUNT(*) AS BIGINT) AS count, MAX(changed_at) AS latest FROM harvests \
         WHERE bot = $1 AND state = 'published'");
    SOLVED = both(
        "SELECT cases.id AS id, cases.document AS document, messages.channel AS channel, \
         messages.platform_key AS platform_key, messages.body AS body FROM cases \
         JOIN messages ON messages.case_id = cases.id AND messages.part = 'question' \
         JOIN channels ON channels.id = cases.channel AND channels.private = 0 \
         WHERE cases.bot = $1 AND cases.community = $2 AND cases.stage = 'resolved' \
         AND messages.body <> '' ORDER BY cases.opened_at DESC, cases.id DESC LIMIT $3");
    WITH_SOLVED = both(
        "SELECT community FROM cases WHERE bot = $1 AND stage = 'resolved' \
         GROUP BY community ORDER BY MAX(opened_at) DESC, community LIMIT $2");
}

rows! {
    struct Record {
        case_id: i64,
        community: i64,
        author: i64,
        answer: i64,
        answered_at: i64,
        state: String,
        wording: String,
        former: String,
        changed_at: i64,
    }
    struct SolvedRecord {
        id: i64,
        document: String,
        channel: i64,
        platform_key: String,
        body: String,
    }
    /// What a bot's published answers are by now: the same as long as none of them changes.
    #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
    pub struct HarvestMark { count: i64, latest: Option<i64> }
}

/// A question that people have solved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SolvedQuestion {
    pub case: CaseId,
    pub language: Language,
    pub question: String,
}

fn from_record(keys: &TextKeys, row: Record) -> Result<Harvest, StoreError> {
    let id = row.case_id;
    let state = State::from_word(&row.state).ok_or_else(|| StoreError::Corrupt {
        table: "harvests",
        id: id.to_string(),
        column: "state",
        problem: format!("{} is no state", row.state),
    })?;
    let words = |place: Words, column, kept: String| -> Result<Option<Wording>, StoreError> {
        let document = keys.open(place, &id, kept)?;
        if document.is_empty() {
            return Ok(None);
        }
        decode("harvests", id, column, &document).map(Some)
    };
    Ok(Harvest {
        case: id.into(),
        community: row.community.into(),
        author: row.author.into(),
        answer: usize::try_from(row.answer).unwrap_or_default(),
        answered_at: Moment::from_millis(row.answered_at),
        state,
        wording: words(HARVEST_WORDING, "wording", row.wording)?.unwrap_or_default(),
        former: words(HARVEST_FORMER, "former", row.former)?,
        changed_at: Moment::from_millis(row.changed_at),
    })
}

/// Words as they are kept, first and former: nothing of none.
fn kept(keys: &TextKeys, harvest: &Harvest) -> Result<(String, String), StoreError> {
    let is_empty = harvest.wording == Wording::default();
    let wording = if is_empty { String::new() } else { encode(&harvest.wording)? };
    let former = harvest.former.as_ref().map_or_else(|| Ok(String::new()), encode)?;
    Ok((
        keys.seal(HARVEST_WORDING, &harvest.case, &wording)?,
        keys.seal(HARVEST_FORMER, &harvest.case, &former)?,
    ))
}

impl Tx {
    /// Keeps a harvest that begins; false when its case has one.
    pub async fn new_harvest(
        &mut self,
        bot: &BotId,
        harvest: &Harvest,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&NEW_HARVEST);
        let answer = i64::try_from(harvest.answer).unwrap_or(i64::MAX);
        let (wording, former) = kept(self.keys(), harvest)?;
        let rows = on!(self, c => sqlx::query(text)
            .bind(harvest.case.get()).bind(bot.as_str()).bind(harvest.community.get())
            .bind(harvest.author.get()).bind(answer).bind(harvest.answered_at.as_millis())
            .bind(harvest.state.word()).bind(wording).bind(former)
            .bind(harvest.changed_at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(rows == 1)
    }

    pub async fn harvest(&mut self, case: CaseId) -> Result<Option<Harvest>, StoreError> {
        let text = self.sql(&HARVEST);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    pub async fn save_harvest(&mut self, harvest: &Harvest) -> Result<(), StoreError> {
        let text = self.sql(&SAVE_HARVEST);
        let (wording, former) = kept(self.keys(), harvest)?;
        on!(self, c => sqlx::query(text)
            .bind(harvest.case.get()).bind(harvest.state.word()).bind(wording).bind(former)
            .bind(harvest.changed_at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Forgets that anybody was asked.
    pub async fn drop_harvest(&mut self, case: CaseId) -> Result<(), StoreError> {
        let text = self.sql(&DROP_HARVEST);
        on!(self, c => sqlx::query(text).bind(case.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// The harvests of a community in this state, those changed last first; at most `limit`.
    pub async fn harvests_in(
        &mut self,
        community: CommunityId,
        state: State,
        limit: i64,
    ) -> Result<Vec<Harvest>, StoreError> {
        let text = self.sql(&IN_STATE);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(state.word()).bind(limit).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }

    pub async fn count_harvests(
        &mut self,
        community: CommunityId,
        state: State,
    ) -> Result<i64, StoreError> {
        let text = self.sql(&COUNT_IN_STATE);
        Ok(on!(self, c => sqlx::query_scalar(text)
            .bind(community.get()).bind(state.word()).fetch_one(c).await?))
    }

    /// The published harvests of a bot, of all its communities, those changed last first.
    pub async fn published_harvests(
        &mut self,
        bot: &BotId,
        limit: i64,
    ) -> Result<Vec<Harvest>, StoreError> {
        let text = self.sql(&PUBLISHED);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(limit).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }

    pub async fn harvest_mark(&mut self, bot: &BotId) -> Result<HarvestMark, StoreError> {
        let text = self.sql(&MARK);
        Ok(on!(self, c => sqlx::query_as(text).bind(bot.as_str()).fetch_one(c).await?))
    }

    /// The newest cases of a community that people solved where others can read it, as far as the
    /// words of the question are still kept.
    pub async fn solved_questions(
        &mut self,
        bot: &BotId,
        community: CommunityId,
        limit: i64,
    ) -> Result<Vec<SolvedQuestion>, StoreError> {
        let text = self.sql(&SOLVED);
        let rows: Vec<SolvedRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(community.get()).bind(limit).fetch_all(c).await?);
        let mut questions = Vec::with_capacity(rows.len());
        for row in rows {
            let case: Case = decode("cases", row.id, "document", &row.document)?;
            if case.is_solved_by_people() {
                let (case, language) = (case.id, case.language);
                let place = row_of(row.channel, &row.platform_key);
                let question = self.keys().open(MESSAGE_BODY, &place, row.body)?;
                questions.push(SolvedQuestion { case, language, question });
            }
        }
        Ok(questions)
    }

    /// The communities of a bot in which anything was solved, those that asked last first.
    pub async fn communities_with_solved(
        &mut self,
        bot: &BotId,
        limit: i64,
    ) -> Result<Vec<CommunityId>, StoreError> {
        let text = self.sql(&WITH_SOLVED);
        let ids: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(limit).fetch_all(c).await?);
        Ok(ids.into_iter().map(CommunityId::from).collect())
    }
}
