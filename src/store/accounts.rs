//! Accounts: one platform identity within one bot, belonging to a person.

use super::keys::BLOCK_NOTE;
use super::statements::{both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::case::Actor;
use crate::domain::ids::{AccountId, BotId, Language, PersonId, PlatformId, PlatformKey};
use crate::domain::time::Moment;

statements! {
    BY_KEY = both(
        "SELECT id, person, platform_key, name, language, blocked FROM accounts \
         WHERE bot = $1 AND platform = $2 AND platform_key = $3");
    BY_ID = both(
        "SELECT id, person, platform_key, name, language, blocked FROM accounts WHERE id = $1");
    ON_PLATFORM = both(
        "SELECT id, person, platform_key, name, language, blocked FROM accounts \
         WHERE person = $1 AND bot = $2 AND platform = $3 ORDER BY id LIMIT 10");
    NEW = both(
        "INSERT INTO accounts (id, bot, platform, platform_key, person, name, language, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    CHANGE = both("UPDATE accounts SET name = $2, language = $3 WHERE id = $1");
    OF_PERSON = both("SELECT id FROM accounts WHERE person = $1");
    BLOCK = both("UPDATE accounts SET blocked = $2, block_note = $3 WHERE id = $1");
    BLOCKED = both(
        "SELECT id, block_note FROM accounts \
         WHERE bot = $1 AND platform = $2 AND blocked = 1 ORDER BY id LIMIT $3");
}

rows! {
    struct Record {
        id: i64,
        person: i64,
        platform_key: String,
        name: String,
        language: Option<String>,
        blocked: i64,
    }
    struct BlockRecord { id: i64, block_note: String }
}

/// A platform identity within one bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub person: PersonId,
    pub key: PlatformKey,
    pub name: String,
    /// What they last spoke, or what their client says.
    pub language: Option<Language>,
    /// A moderator's word: never called, never credited, no questions taken.
    pub blocked: bool,
}

impl Account {
    /// Whoever this is, without any role.
    pub fn member(&self) -> Actor {
        Actor { person: Some(self.person), ..Actor::member(self.id) }
    }
}

impl From<Record> for Account {
    fn from(row: Record) -> Account {
        Account {
            id: row.id.into(),
            person: row.person.into(),
            key: PlatformKey::new(row.platform_key),
            name: row.name,
            language: row.language.map(Language::new),
            blocked: row.blocked != 0,
        }
    }
}

impl Tx {
    pub async fn account_by_key(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        key: &PlatformKey,
    ) -> Result<Option<Account>, StoreError> {
        let text = self.sql(&BY_KEY);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(key.as_str())
            .fetch_optional(c).await?);
        Ok(row.map(Account::from))
    }

    pub async fn account(&mut self, id: AccountId) -> Result<Option<Account>, StoreError> {
        let text = self.sql(&BY_ID);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_optional(c).await?);
        Ok(row.map(Account::from))
    }

    /// The accounts of a person on one platform; ten, of which most people have one.
    pub async fn accounts_on(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        person: PersonId,
    ) -> Result<Vec<Account>, StoreError> {
        let text = self.sql(&ON_PLATFORM);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(person.get()).bind(bot.as_str()).bind(platform.as_str())
            .fetch_all(c).await?);
        Ok(rows.into_iter().map(Account::from).collect())
    }

    pub async fn new_account(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        account: &Account,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NEW);
        on!(self, c => sqlx::query(text)
            .bind(account.id.get()).bind(bot.as_str()).bind(platform.as_str())
            .bind(account.key.as_str()).bind(account.person.get()).bind(&account.name)
            .bind(account.language.as_ref().map(Language::as_str)).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Keeps the name and language as they are now.
    pub async fn change_account(&mut self, account: &Account) -> Result<(), StoreError> {
        let text = self.sql(&CHANGE);
        on!(self, c => sqlx::query(text)
            .bind(account.id.get()).bind(&account.name)
            .bind(account.language.as_ref().map(Language::as_str))
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Sets or lifts a block, with the moderator's note, for all of a person's accounts.
    pub async fn block(
        &mut self,
        person: PersonId,
        blocked: bool,
        note: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(&OF_PERSON);
        let accounts: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(person.get()).fetch_all(c).await?);
        let text = self.sql(&BLOCK);
        for id in accounts {
            let note = self.keys().seal(BLOCK_NOTE, &id, note)?;
            on!(self, c => sqlx::query(text)
                .bind(id).bind(i64::from(blocked)).bind(note).execute(c).await?.rows_affected());
        }
        Ok(())
    }

    /// Whoever is blocked, each with the moderator's note; at most `limit`.
    pub async fn blocked(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        limit: i64,
    ) -> Result<Vec<(AccountId, String)>, StoreError> {
        let text = self.sql(&BLOCKED);
        let rows: Vec<BlockRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(limit).fetch_all(c).await?);
        let opened = rows
            .into_iter()
            .map(|row| Ok((row.id.into(), self.keys().open(BLOCK_NOTE, &row.id, row.block_note)?)));
        opened.collect()
    }
}
