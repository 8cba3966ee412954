//! People with several accounts: the codes by which they join them, and what moves with an account
//! from one person to another.
//!
//! Everything that counts for a person is written with the account that it came by, so that an
//! account can take along exactly what is its own. The sums beside it are made anew from that.

use std::collections::BTreeMap;

use super::statements::{Sql, both, statements};
use super::{StoreError, Tx, decode, on, rows};
use crate::domain::ambassador::{Duty, Preferences, day_zone};
use crate::domain::ids::{AccountId, BotId, ChannelId, PersonId};
use crate::domain::time::Moment;

statements! {
    NEW_CODE = both(
        "INSERT INTO link_codes (account, bot, code, channel, expires_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account) DO UPDATE \
         SET code = excluded.code, channel = excluded.channel, expires_at = excluded.expires_at");
    CODE = both(
        "SELECT account, channel, expires_at FROM link_codes WHERE bot = $1 AND code = $2");
    DROP_CODE = both("DELETE FROM link_codes WHERE account = $1");
    FORGET_CODES = both("DELETE FROM link_codes WHERE expires_at < $1");
    NOTE = both(
        "INSERT INTO links (id, bot, account, other, act, at) VALUES ($1, $2, $3, $4, $5, $6)");
    ACCOUNTS_OF = both("SELECT id FROM accounts WHERE person = $1 ORDER BY id");
    MOVE_ACCOUNT = both("UPDATE accounts SET person = $2 WHERE id = $1");
    MOVE_ENTRIES = both("UPDATE ledger SET person = $2 WHERE account = $1");
    MOVE_CLAIMS = both("UPDATE claims SET person = $2 WHERE account = $1");
    MOVE_ROSTER = both("UPDATE roster SET person = $2 WHERE account = $1");
    CLEAR_BALANCES = both("DELETE FROM balances WHERE person = $1");
    SUM_ALL = both(
        "INSERT INTO balances (person, scope, bot, account, points) \
         SELECT person, 'all', bot, MAX(account), CAST(SUM(points) AS BIGINT) \
         FROM ledger WHERE person = $1 GROUP BY person, bot");
    SUM_TOPICS = both(
        "INSERT INTO balances (person, scope, bot, account, points) \
         SELECT person, 'topic:' || topic, bot, MAX(account), CAST(SUM(points) AS BIGINT) \
         FROM ledger WHERE person = $1 AND topic IS NOT NULL GROUP BY person, topic, bot");
    CLEAR_SOLVED = both("DELETE FROM solved_topics WHERE person = $1");
    // What was taken back again counts for nothing.
    SUM_SOLVED = both(
        "INSERT INTO solved_topics (person, topic, solved) \
         SELECT person, COALESCE(topic, ''), CAST(COUNT(*) AS BIGINT) FROM ledger \
         WHERE person = $1 AND act = 'solved' \
         AND NOT EXISTS (SELECT 1 FROM ledger AS later WHERE later.reverses = ledger.id) \
         GROUP BY person, COALESCE(topic, '')");
    CLEAR_DAYS = both("DELETE FROM duty_days WHERE person = $1");
    NEW_DAY = both("INSERT INTO duty_days (person, day, calls) VALUES ($1, $2, $3)");
    CALLS_SINCE = both(
        "SELECT calls.at AS at, roster.preferences AS preferences FROM calls \
         JOIN roster ON roster.account = calls.account \
         WHERE calls.account = $1 AND calls.at >= $2");
    CHOICES = both(
        "SELECT account, preferences, duty FROM roster WHERE person = $1 ORDER BY account");
    SHARE_CHOICES = both("UPDATE roster SET preferences = $2, duty = $3 WHERE person = $1");
    LEAVE_ALTOGETHER = both("DELETE FROM roster WHERE person = $1");
}

/// Days whose calls still count somewhere on earth.
const DAYS_THAT_COUNT: std::time::Duration = std::time::Duration::from_hours(3 * 24);

rows! {
    struct CodeRecord { account: i64, channel: i64, expires_at: i64 }
    struct CallRecord { at: i64, preferences: String }
    struct DutyRecord { account: i64, preferences: String, duty: String }
}

/// A code that may be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LinkCode {
    /// Whoever made it, and where.
    pub account: AccountId,
    pub channel: ChannelId,
    pub expires_at: Moment,
}

/// What became of two accounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LinkAct {
    Joined,
    Parted,
}

impl LinkAct {
    fn word(self) -> &'static str {
        match self {
            LinkAct::Joined => "joined",
            LinkAct::Parted => "parted",
        }
    }
}

impl Tx {
    /// Keeps a code; one that the account made before counts no more.
    pub async fn new_link_code(
        &mut self,
        bot: &BotId,
        code: &str,
        made: LinkCode,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NEW_CODE);
        on!(self, c => sqlx::query(text)
            .bind(made.account.get()).bind(bot.as_str()).bind(code)
            .bind(made.channel.get()).bind(made.expires_at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn link_code(
        &mut self,
        bot: &BotId,
        code: &str,
    ) -> Result<Option<LinkCode>, StoreError> {
        let text = self.sql(&CODE);
        let row: Option<CodeRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(code).fetch_optional(c).await?);
        Ok(row.map(|row| LinkCode {
            account: row.account.into(),
            channel: row.channel.into(),
            expires_at: Moment::from_millis(row.expires_at),
        }))
    }

    pub async fn drop_link_code(&mut self, account: AccountId) -> Result<(), StoreError> {
        let text = self.sql(&DROP_CODE);
        on!(self, c => sqlx::query(text).bind(account.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn forget_link_codes(&mut self, now: Moment) -> Result<(), StoreError> {
        let text = self.sql(&FORGET_CODES);
        on!(self, c => sqlx::query(text).bind(now.as_millis()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Records that somebody joined an account with another, or parted it.
    pub async fn note_link(
        &mut self,
        id: i64,
        bot: &BotId,
        (account, other): (AccountId, Option<AccountId>),
        act: LinkAct,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NOTE);
        on!(self, c => sqlx::query(text)
            .bind(id).bind(bot.as_str()).bind(account.get()).bind(other.map(AccountId::get))
            .bind(act.word()).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// The accounts of a person, the oldest first.
    pub async fn accounts_of(&mut self, person: PersonId) -> Result<Vec<AccountId>, StoreError> {
        let text = self.sql(&ACCOUNTS_OF);
        let ids: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(person.get()).fetch_all(c).await?);
        Ok(ids.into_iter().map(AccountId::from).collect())
    }

    /// Gives an account to a person, with its entries, claims and place on the roster. Afterwards
    /// [`Tx::sum_up`] is due for both persons.
    pub async fn move_account(
        &mut self,
        account: AccountId,
        to: PersonId,
    ) -> Result<(), StoreError> {
        for sql in [&MOVE_ACCOUNT, &MOVE_ENTRIES, &MOVE_CLAIMS, &MOVE_ROSTER] {
            self.about_person(sql, account.get(), Some(to.get())).await?;
        }
        Ok(())
    }

    /// Makes the sums of a person anew from what their accounts have earned and were called for.
    pub async fn sum_up(&mut self, person: PersonId, now: Moment) -> Result<(), StoreError> {
        let of = person.get();
        for sql in [&CLEAR_BALANCES, &SUM_ALL, &SUM_TOPICS, &CLEAR_SOLVED, &SUM_SOLVED, &CLEAR_DAYS]
        {
            self.about_person(sql, of, None).await?;
        }
        let mut days: BTreeMap<i64, i64> = BTreeMap::new();
        for account in self.accounts_of(person).await? {
            let text = self.sql(&CALLS_SINCE);
            let since = now - DAYS_THAT_COUNT;
            let calls: Vec<CallRecord> = on!(self, c => sqlx::query_as(text)
                .bind(account.get()).bind(since.as_millis()).fetch_all(c).await?);
            for call in calls {
                let chosen: Preferences =
                    decode("roster", account.get(), "preferences", &call.preferences)?;
                let day = Moment::from_millis(call.at).day_in(&day_zone(&chosen));
                *days.entry(day).or_default() += 1;
            }
        }
        for (day, calls) in days {
            let text = self.sql(&NEW_DAY);
            on!(self, c => sqlx::query(text)
                .bind(of).bind(day).bind(calls).execute(c).await?.rows_affected());
        }
        Ok(())
    }

    async fn about_person(
        &mut self,
        sql: &Sql,
        first: i64,
        second: Option<i64>,
    ) -> Result<(), StoreError> {
        let text = self.sql(sql);
        on!(self, c => {
            let query = sqlx::query(text).bind(first);
            let query = match second {
                Some(second) => query.bind(second),
                None => query,
            };
            query.execute(c).await?.rows_affected()
        });
        Ok(())
    }

    /// What a person chose as an ambassador, by each of their accounts that is one.
    pub async fn on_the_roster(
        &mut self,
        person: PersonId,
    ) -> Result<Vec<(Preferences, Duty)>, StoreError> {
        let text = self.sql(&CHOICES);
        let rows: Vec<DutyRecord> = on!(self, c => sqlx::query_as(text)
            .bind(person.get()).fetch_all(c).await?);
        let read = |row: DutyRecord| {
            let preferences = decode("roster", row.account, "preferences", &row.preferences)?;
            Ok((preferences, decode("roster", row.account, "duty", &row.duty)?))
        };
        rows.into_iter().map(read).collect()
    }

    /// What an ambassador chose holds for all of their accounts.
    pub async fn share_choices(
        &mut self,
        person: PersonId,
        preferences: &Preferences,
        duty: &Duty,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SHARE_CHOICES);
        let (preferences, duty) = (super::encode(preferences)?, super::encode(duty)?);
        on!(self, c => sqlx::query(text)
            .bind(person.get()).bind(preferences).bind(duty).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Takes a person off the roster with all of their accounts; false if none was on it.
    pub async fn leave_altogether(&mut self, person: PersonId) -> Result<bool, StoreError> {
        let text = self.sql(&LEAVE_ALTOGETHER);
        let rows = on!(self, c => sqlx::query(text)
            .bind(person.get()).execute(c).await?.rows_affected());
        Ok(rows > 0)
    }
}
