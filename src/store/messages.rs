//! Messages that belong to a case: so that a reply finds its case, and staff get the conversation.

use super::keys::{MESSAGE_BODY, TextKeys};
use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::ids::{AccountId, CaseId, ChannelId, CommunityId, PlatformKey};
use crate::domain::time::Moment;

statements! {
    NEW_MESSAGE = both(
        "INSERT INTO messages (channel, platform_key, case_id, author, part, body, answer, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (channel, platform_key) DO NOTHING");
    MESSAGE = both(
        "SELECT case_id, author, part, body, answer, platform_key, channel, at FROM messages \
         WHERE channel = $1 AND platform_key = $2");
    MESSAGE_IN = both(
        "SELECT messages.case_id AS case_id, messages.author AS author, messages.part AS part, \
         messages.body AS body, messages.answer AS answer, \
         messages.platform_key AS platform_key, messages.channel AS channel, messages.at AS at \
         FROM channels JOIN messages ON messages.channel = channels.id \
         AND messages.platform_key = $2 WHERE channels.community = $1 LIMIT 1");
    QUESTION = both(
        "SELECT case_id, author, part, body, answer, platform_key, channel, at FROM messages \
         WHERE case_id = $1 AND part = 'question' ORDER BY at LIMIT 1");
    LEAD = both(
        "SELECT case_id, author, part, body, answer, platform_key, channel, at FROM messages \
         WHERE case_id = $1 AND part = 'lead' ORDER BY at, platform_key");
    CONVERSATION = both(
        "SELECT case_id, author, part, body, answer, platform_key, channel, at FROM messages \
         WHERE case_id = $1 AND author IS NOT NULL ORDER BY at DESC, platform_key DESC LIMIT 50");
    // Of two in the same instant the one in a thread counts.
    LAST_SPOKEN_IN = both(
        "SELECT messages.channel AS channel FROM messages \
         JOIN channels ON channels.id = messages.channel \
         WHERE messages.case_id = $1 AND messages.author IS NOT NULL \
         AND (channels.id = $2 OR channels.parent = $2) \
         ORDER BY messages.at DESC, CASE WHEN channels.id = $2 THEN 1 ELSE 0 END, \
         messages.platform_key DESC LIMIT 1");
    ANSWER = both(
        "SELECT case_id, author, part, body, answer, platform_key, channel, at FROM messages \
         WHERE case_id = $1 AND answer = $2 AND part IN ('answer', 'bot') \
         ORDER BY at, platform_key LIMIT 50");
    CHANGE_BODY = both("UPDATE messages SET body = $3 WHERE channel = $1 AND platform_key = $2");
}

/// What a message is to its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Question,
    /// What the asker said right before, which stands in the question as well.
    Lead,
    Answer,
    /// The asker or somebody else went on talking.
    FollowUp,
    /// Something the bot posted in the conversation.
    Bot,
    /// The bot's call to ambassadors.
    Call,
    /// The bot's dossier and notes on the desk.
    Dossier,
}

impl Part {
    fn word(self) -> &'static str {
        match self {
            Part::Question => "question",
            Part::Lead => "lead",
            Part::Answer => "answer",
            Part::FollowUp => "follow_up",
            Part::Bot => "bot",
            Part::Call => "call",
            Part::Dossier => "dossier",
        }
    }

    fn from_word(word: &str) -> Option<Part> {
        let all = [
            Part::Question,
            Part::Lead,
            Part::Answer,
            Part::FollowUp,
            Part::Bot,
            Part::Call,
            Part::Dossier,
        ];
        all.into_iter().find(|part| part.word() == word)
    }
}

rows! {
    struct Record {
        case_id: i64,
        author: Option<i64>,
        part: String,
        body: String,
        answer: Option<i64>,
        platform_key: String,
        channel: i64,
        at: i64,
    }
}

/// A message of a case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub case: CaseId,
    pub channel: ChannelId,
    pub key: PlatformKey,
    /// `None`: the bot.
    pub author: Option<AccountId>,
    pub part: Part,
    pub body: String,
    /// Which answer of the case this is, or asks about.
    pub answer: Option<usize>,
    pub at: Moment,
}

/// How the key of a question begins that no message asked.
const BY_COMMAND: &str = "asked:";

impl Said {
    /// The key of a question that came by command: of no message, but of its case.
    pub fn key_by_command(case: CaseId) -> PlatformKey {
        PlatformKey::new(format!("{BY_COMMAND}{case}"))
    }

    /// Whether it stands somewhere to be replied to; a question that came by command does not.
    pub fn is_a_message(&self) -> bool {
        !self.key.as_str().starts_with(BY_COMMAND)
    }
}

/// The row of a message, as its words are bound to it.
pub(super) fn row_of(channel: i64, key: &str) -> String {
    format!("{channel}/{key}")
}

fn from_record(keys: &TextKeys, row: Record) -> Result<Said, StoreError> {
    let part = Part::from_word(&row.part).ok_or_else(|| StoreError::Corrupt {
        table: "messages",
        id: row.platform_key.clone(),
        column: "part",
        problem: format!("{} is no part", row.part),
    })?;
    let body = keys.open(MESSAGE_BODY, &row_of(row.channel, &row.platform_key), row.body)?;
    Ok(Said {
        case: row.case_id.into(),
        channel: row.channel.into(),
        key: PlatformKey::new(row.platform_key),
        author: row.author.map(AccountId::from),
        part,
        body,
        answer: row.answer.and_then(|number| usize::try_from(number).ok()),
        at: Moment::from_millis(row.at),
    })
}

impl Tx {
    pub async fn new_message(&mut self, said: &Said) -> Result<(), StoreError> {
        let text = self.sql(&NEW_MESSAGE);
        let row = row_of(said.channel.get(), said.key.as_str());
        let body = self.keys().seal(MESSAGE_BODY, &row, &said.body)?;
        let answer = said.answer.and_then(|number| i64::try_from(number).ok());
        on!(self, c => sqlx::query(text)
            .bind(said.channel.get()).bind(said.key.as_str()).bind(said.case.get())
            .bind(said.author.map(AccountId::get)).bind(said.part.word()).bind(body)
            .bind(answer).bind(said.at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn message(
        &mut self,
        channel: ChannelId,
        key: &PlatformKey,
    ) -> Result<Option<Said>, StoreError> {
        let text = self.sql(&MESSAGE);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(channel.get()).bind(key.as_str()).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    /// The message of this key in a channel, else anywhere in its community: some platforms give
    /// it without saying in which of its places it stands.
    pub async fn message_near(
        &mut self,
        community: CommunityId,
        channel: Option<ChannelId>,
        key: &PlatformKey,
    ) -> Result<Option<Said>, StoreError> {
        if let Some(channel) = channel
            && let Some(said) = self.message(channel, key).await?
        {
            return Ok(Some(said));
        }
        let text = self.sql(&MESSAGE_IN);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(key.as_str()).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    pub async fn question(&mut self, case: CaseId) -> Result<Option<Said>, StoreError> {
        let text = self.sql(&QUESTION);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_optional(c).await?);
        row.map(|row| from_record(self.keys(), row)).transpose()
    }

    /// The lines that led up to a question, in order.
    pub async fn lead(&mut self, case: CaseId) -> Result<Vec<Said>, StoreError> {
        let text = self.sql(&LEAD);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }

    /// What people said in a case, in order; the latest 50 messages.
    pub async fn conversation(&mut self, case: CaseId) -> Result<Vec<Said>, StoreError> {
        let text = self.sql(&CONVERSATION);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).fetch_all(c).await?);
        rows.into_iter().rev().map(|row| from_record(self.keys(), row)).collect()
    }

    /// An answer of a case, message by message, with what the bot said of it.
    pub async fn answer(&mut self, case: CaseId, number: usize) -> Result<Vec<Said>, StoreError> {
        let text = self.sql(&ANSWER);
        let number = i64::try_from(number).unwrap_or(i64::MAX);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).bind(number).fetch_all(c).await?);
        rows.into_iter().map(|row| from_record(self.keys(), row)).collect()
    }

    /// Where in a channel and its threads people last spoke about a case.
    pub async fn last_spoken_in(
        &mut self,
        case: CaseId,
        channel: ChannelId,
    ) -> Result<Option<ChannelId>, StoreError> {
        let text = self.sql(&LAST_SPOKEN_IN);
        let row: Option<(i64,)> = on!(self, c => sqlx::query_as(text)
            .bind(case.get()).bind(channel.get()).fetch_optional(c).await?);
        Ok(row.map(|(channel,)| channel.into()))
    }

    /// Follows an edit; the empty text for a deletion.
    pub async fn change_body(
        &mut self,
        channel: ChannelId,
        key: &PlatformKey,
        body: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(&CHANGE_BODY);
        let row = row_of(channel.get(), key.as_str());
        let body = self.keys().seal(MESSAGE_BODY, &row, body)?;
        on!(self, c => sqlx::query(text)
            .bind(channel.get()).bind(key.as_str()).bind(body).execute(c).await?.rows_affected());
        Ok(())
    }
}
