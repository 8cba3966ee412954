//! The roster of ambassadors, their day's counters, and the record of every call.

use std::collections::BTreeMap;

use super::statements::{both, statements};
use super::{StoreError, Tx, decode, encode, on, rows};
use crate::domain::ambassador::{Ambassador, Duty, Preferences, Suited, day_zone};
use crate::domain::ids::{AccountId, BotId, CaseId, CommunityId, Topic};
use crate::domain::time::Moment;

statements! {
    // Counters of three days around now: whichever of them is today depends on the person's zone.
    ROSTER = both(
        "SELECT roster.account AS account, roster.person AS person, \
         roster.preferences AS preferences, roster.duty AS duty, accounts.blocked AS blocked, \
         roster.last_called_at AS last_called_at, \
         (SELECT CAST(COUNT(*) AS BIGINT) FROM claims WHERE claims.person = roster.person \
         AND claims.answered = 0) \
         AS open_cases FROM roster \
         JOIN roster_places ON roster_places.account = roster.account \
         JOIN accounts ON accounts.id = roster.account \
         WHERE roster.bot = $1 AND roster_places.community = $2 ORDER BY roster.account");
    ONE = both(
        "SELECT roster.account AS account, roster.person AS person, \
         roster.preferences AS preferences, roster.duty AS duty, accounts.blocked AS blocked, \
         roster.last_called_at AS last_called_at, \
         (SELECT CAST(COUNT(*) AS BIGINT) FROM claims WHERE claims.person = roster.person \
         AND claims.answered = 0) \
         AS open_cases FROM roster JOIN accounts ON accounts.id = roster.account \
         WHERE roster.account = $1");
    DAYS = both(
        "SELECT duty_days.person AS person, day, calls FROM roster \
         JOIN duty_days ON duty_days.person = roster.person AND day BETWEEN $2 AND $3 \
         WHERE roster.bot = $1");
    CALLS_OF = both("SELECT calls FROM duty_days WHERE person = $1 AND day = $2");
    SOLVED = both(
        "SELECT solved_topics.person AS person, topic, solved FROM solved_topics \
         JOIN roster ON roster.person = solved_topics.person AND roster.bot = $1");
    SAVE = both(
        "INSERT INTO roster (account, bot, person, preferences, duty, blocked, joined_at) \
         VALUES ($1, $2, $3, $4, $5, 0, $6) ON CONFLICT (account) DO UPDATE \
         SET preferences = excluded.preferences, duty = excluded.duty");
    SEEN_IN = both(
        "INSERT INTO roster_places (account, community) VALUES ($1, $2) \
         ON CONFLICT (account, community) DO NOTHING");
    FORGET_DAYS = both("DELETE FROM duty_days WHERE day < $1");
    COUNT_CALL = both(
        "INSERT INTO duty_days (person, day, calls) VALUES ($1, $2, 1) \
         ON CONFLICT (person, day) DO UPDATE SET calls = duty_days.calls + 1 \
         WHERE duty_days.calls < $3");
    CALLED_AT = both("UPDATE roster SET last_called_at = $2 WHERE account = $1");
    NEW_CALL = both(
        "INSERT INTO calls (case_id, account, wave, why, at) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (case_id, account, wave) DO NOTHING");
    LAST_CALL = both(
        "SELECT case_id, wave, why, at FROM calls WHERE account = $1 \
         ORDER BY at DESC, wave DESC LIMIT 1");
}

rows! {
    struct Record {
        account: i64,
        person: i64,
        preferences: String,
        duty: String,
        blocked: i64,
        last_called_at: Option<i64>,
        open_cases: i64,
    }
    struct DayRecord { person: i64, day: i64, calls: i64 }
    struct SolvedRecord { person: i64, topic: String, solved: i64 }
    struct CallRecord { case_id: i64, wave: i64, why: String, at: i64 }
}

/// One person called in one wave.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCall {
    pub case: CaseId,
    pub account: AccountId,
    pub wave: usize,
    pub why: Suited,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CallRow {
    pub case: CaseId,
    pub wave: i64,
    pub why: Suited,
    pub at: Moment,
}

fn from_record(row: &Record) -> Result<Ambassador, StoreError> {
    Ok(Ambassador {
        account: row.account.into(),
        person: row.person.into(),
        preferences: decode::<Preferences>("roster", row.account, "preferences", &row.preferences)?,
        duty: decode::<Duty>("roster", row.account, "duty", &row.duty)?,
        blocked: row.blocked != 0,
        calls_today: 0,
        open_cases: u32::try_from(row.open_cases).unwrap_or(u32::MAX),
        last_called_at: row.last_called_at.map(Moment::from_millis),
        solved: Vec::new(),
    })
}

impl Tx {
    /// Everybody on a bot's roster who has been seen in this community, with today's counters.
    pub async fn roster(
        &mut self,
        bot: &BotId,
        community: CommunityId,
        now: Moment,
    ) -> Result<Vec<Ambassador>, StoreError> {
        let text = self.sql(&ROSTER);
        let rows: Vec<Record> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(community.get()).fetch_all(c).await?);
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut roster = rows.iter().map(from_record).collect::<Result<Vec<_>, _>>()?;
        let calls = self.calls_by_day(bot, now).await?;
        let text = self.sql(&SOLVED);
        let solved: Vec<SolvedRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        let mut solved_by: BTreeMap<i64, Vec<(Topic, u32)>> = BTreeMap::new();
        for row in solved {
            let count = u32::try_from(row.solved.max(0)).unwrap_or(u32::MAX);
            solved_by.entry(row.person).or_default().push((Topic::new(row.topic), count));
        }
        for ambassador in &mut roster {
            let day = now.day_in(&ambassador.zone());
            let key = (ambassador.person.get(), day);
            ambassador.calls_today = calls.get(&key).copied().unwrap_or(0);
            // Somebody with two accounts here knows the same by both.
            ambassador.solved =
                solved_by.get(&ambassador.person.get()).cloned().unwrap_or_default();
        }
        Ok(roster)
    }

    async fn calls_by_day(
        &mut self,
        bot: &BotId,
        now: Moment,
    ) -> Result<BTreeMap<(i64, i64), u32>, StoreError> {
        let today = now.day_in(&jiff::tz::TimeZone::UTC);
        let text = self.sql(&DAYS);
        let rows: Vec<DayRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(today - 1).bind(today + 1).fetch_all(c).await?);
        Ok(rows
            .into_iter()
            .map(|row| ((row.person, row.day), u32::try_from(row.calls).unwrap_or(u32::MAX)))
            .collect())
    }

    /// One ambassador, without the counters that only calling looks at.
    pub async fn ambassador(
        &mut self,
        account: AccountId,
    ) -> Result<Option<Ambassador>, StoreError> {
        let text = self.sql(&ONE);
        let row: Option<Record> = on!(self, c => sqlx::query_as(text)
            .bind(account.get()).fetch_optional(c).await?);
        row.as_ref().map(from_record).transpose()
    }

    /// How often an ambassador was called today, by their own clock.
    pub async fn calls_today(
        &mut self,
        ambassador: &Ambassador,
        now: Moment,
    ) -> Result<u32, StoreError> {
        let day = now.day_in(&day_zone(&ambassador.preferences));
        let text = self.sql(&CALLS_OF);
        let calls: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(ambassador.person.get()).bind(day).fetch_optional(c).await?);
        Ok(calls.map_or(0, |calls| u32::try_from(calls).unwrap_or(u32::MAX)))
    }

    /// Puts somebody on the roster, or changes what they chose.
    pub async fn save_ambassador(
        &mut self,
        bot: &BotId,
        ambassador: &Ambassador,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SAVE);
        let (preferences, duty) = (encode(&ambassador.preferences)?, encode(&ambassador.duty)?);
        on!(self, c => sqlx::query(text)
            .bind(ambassador.account.get()).bind(bot.as_str()).bind(ambassador.person.get())
            .bind(preferences).bind(duty).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// An ambassador acts in this community, so they can be called in it.
    pub async fn seen_in(
        &mut self,
        account: AccountId,
        community: CommunityId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SEEN_IN);
        on!(self, c => sqlx::query(text)
            .bind(account.get()).bind(community.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Forgets counters of days that are over in every zone.
    pub async fn forget_duty_days(&mut self, now: Moment) -> Result<(), StoreError> {
        let today = now.day_in(&jiff::tz::TimeZone::UTC);
        let text = self.sql(&FORGET_DAYS);
        on!(self, c => sqlx::query(text).bind(today - 2).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Counts one call of today, unless the cap is reached: then the roster has changed since it
    /// was read, and the caller decides again.
    pub async fn count_call(
        &mut self,
        ambassador: &Ambassador,
        cap: u32,
        now: Moment,
    ) -> Result<(), StoreError> {
        let day = now.day_in(&day_zone(&ambassador.preferences));
        let text = self.sql(&COUNT_CALL);
        let rows = on!(self, c => sqlx::query(text)
            .bind(ambassador.person.get()).bind(day).bind(i64::from(cap))
            .execute(c).await?.rows_affected());
        if rows != 1 || cap == 0 {
            return Err(StoreError::Conflict("calls of the day"));
        }
        let text = self.sql(&CALLED_AT);
        on!(self, c => sqlx::query(text)
            .bind(ambassador.account.get()).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn new_call(&mut self, call: &NewCall, now: Moment) -> Result<(), StoreError> {
        let text = self.sql(&NEW_CALL);
        let wave = i64::try_from(call.wave).unwrap_or(i64::MAX);
        let why = encode(&call.why)?;
        on!(self, c => sqlx::query(text)
            .bind(call.case.get()).bind(call.account.get()).bind(wave)
            .bind(why).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// The last time this account was called.
    pub async fn last_call(&mut self, account: AccountId) -> Result<Option<CallRow>, StoreError> {
        let text = self.sql(&LAST_CALL);
        let row: Option<CallRecord> = on!(self, c => sqlx::query_as(text)
            .bind(account.get()).fetch_optional(c).await?);
        row.map(|row| {
            Ok(CallRow {
                case: row.case_id.into(),
                wave: row.wave,
                why: decode("calls", row.case_id, "why", &row.why)?,
                at: Moment::from_millis(row.at),
            })
        })
        .transpose()
    }
}
