//! Leaving a community and coming back; and letting go of words whose time is over. What is deleted
//! is deleted in batches: the writer is everybody's.

use super::statements::{Sql, both, statements};
use super::{StoreError, Tx, on};
use crate::domain::ids::{BotId, CaseId, ChannelId, CommunityId, PlatformId, PlatformKey};
use crate::domain::time::Moment;

/// Takes the words from those messages of a choice. SQLite would look for a pair of columns by the
/// first of them, which is a whole channel; it has a number for each row instead.
macro_rules! empties {
    ($choice:literal) => {
        Sql {
            sqlite: concat!(
                "UPDATE messages SET body = '' WHERE rowid IN (SELECT messages.rowid ",
                $choice,
                ")"
            ),
            postgres: concat!(
                "UPDATE messages SET body = '' WHERE (channel, platform_key) IN \
                 (SELECT messages.channel, messages.platform_key ",
                $choice,
                ")"
            ),
        }
    };
}

statements! {
    LEAVE = both("UPDATE communities SET left_at = $2, erased = 0 WHERE id = $1");
    COME_BACK = both(
        "UPDATE communities SET left_at = NULL, erased = 0, \
         name = CASE WHEN $2 <> '' THEN $2 ELSE name END WHERE id = $1");
    MEMBERSHIPS = both(
        "SELECT platform_key, CAST(CASE WHEN left_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_left \
         FROM communities WHERE bot = $1 AND platform = $2 ORDER BY id");
    DROP_ROWS_IN = both(
        "UPDATE outbox SET state = 'dropped', problem = 'the bot has left', live = 0, \
         settled_at = $4 WHERE bot = $1 AND platform = $2 AND state IN ('due', 'sending') \
         AND channel IN (SELECT id FROM channels WHERE community = $3)");
    DROP_ROWS_AT = both(
        "UPDATE outbox SET state = 'dropped', problem = 'the bot has left', live = 0, \
         settled_at = $4 WHERE bot = $1 AND platform = $2 AND state IN ('due', 'sending') \
         AND channel = $3");
    DROP_BUTTONS_OF = both("UPDATE outbox SET live = 0 WHERE case_id = $1 AND live = 1");

    // ---- words that are kept for a while
    FORGET_WORDS = empties!(
        "FROM messages JOIN cases ON cases.id = messages.case_id \
         WHERE messages.body <> '' AND messages.at < $2 AND cases.bot = $1 \
         AND cases.deadline_at IS NULL AND cases.changed_at < $2 \
         ORDER BY messages.at LIMIT 500");
    FORGET_FEEDBACK = both(
        "UPDATE feedback SET body = '' WHERE id IN (SELECT id FROM feedback \
         WHERE bot = $1 AND at < $2 AND body <> '' AND NOT EXISTS (SELECT 1 FROM cases \
         WHERE cases.id = feedback.case_id AND cases.deadline_at IS NOT NULL) LIMIT 500)");
    FORGET_GIVEN_UP = both(
        "DELETE FROM outbox WHERE id IN (SELECT id FROM outbox \
         WHERE bot = $1 AND state = 'given_up' AND made_at < $2 LIMIT 500)");
    FORGET_PARKED = both(
        "DELETE FROM parked WHERE id IN (SELECT id FROM parked \
         WHERE bot = $1 AND parked_at < $2 LIMIT 500)");

    // What was published stays by its author's word; the rest waits for nobody any longer.
    FORGET_OFFERS = both(
        "UPDATE outbox SET live = 0 WHERE live = 1 AND post = 'harvest' AND case_id IN \
         (SELECT case_id FROM harvests WHERE bot = $1 AND changed_at < $2 \
         AND state IN ('offered', 'declined', 'draft', 'discarded', 'withdrawn'))");
    FORGET_HARVESTS = both(
        "DELETE FROM harvests WHERE case_id IN (SELECT case_id FROM harvests \
         WHERE bot = $1 AND changed_at < $2 \
         AND state IN ('offered', 'declined', 'draft', 'discarded', 'withdrawn') LIMIT 500)");

    // ---- a community that was left long ago
    LEFT_BEFORE = both(
        "SELECT id FROM communities WHERE bot = $1 AND left_at IS NOT NULL AND left_at < $2 \
         AND erased = 0 ORDER BY id LIMIT 10");
    ERASE_WORDS = empties!(
        "FROM cases JOIN messages ON messages.case_id = cases.id \
         WHERE cases.community = $1 AND messages.body <> '' LIMIT 500");
    ERASE_FEEDBACK = both(
        "UPDATE feedback SET body = '' WHERE id IN (SELECT id FROM feedback \
         WHERE community = $1 AND body <> '' LIMIT 500)");
    ERASE_HARVESTS = both(
        "DELETE FROM harvests WHERE case_id IN (SELECT case_id FROM harvests \
         WHERE community = $1 LIMIT 500)");
    ERASE_ROWS = both(
        "DELETE FROM outbox WHERE id IN (SELECT outbox.id FROM communities \
         JOIN outbox ON outbox.bot = communities.bot AND outbox.platform = communities.platform \
         WHERE communities.id = $1 AND outbox.channel IN \
         (SELECT channels.id FROM channels WHERE channels.community = $1) LIMIT 500)");
    // Whoever asked, answered or said something there, and is known from nowhere else: neither from
    // another community, nor as an ambassador, nor by points.
    ERASE_NAMES = both(
        "UPDATE accounts SET name = '', block_note = '' WHERE id IN \
         (SELECT accounts.id FROM (SELECT asker AS account FROM cases WHERE community = $1 \
         UNION SELECT messages.author AS account FROM cases \
         JOIN messages ON messages.case_id = cases.id \
         WHERE cases.community = $1 AND messages.author IS NOT NULL \
         UNION SELECT account FROM feedback WHERE community = $1) AS seen \
         JOIN accounts ON accounts.id = seen.account \
         WHERE (accounts.name <> '' OR accounts.block_note <> '') \
         AND NOT EXISTS (SELECT 1 FROM roster WHERE roster.account = accounts.id) \
         AND NOT EXISTS (SELECT 1 FROM balances WHERE balances.person = accounts.person) \
         AND NOT EXISTS (SELECT 1 FROM cases AS other \
         JOIN communities ON communities.id = other.community \
         WHERE other.asker = accounts.id AND other.community <> $1 AND communities.erased = 0) \
         AND NOT EXISTS (SELECT 1 FROM messages JOIN cases AS other ON other.id = messages.case_id \
         JOIN communities ON communities.id = other.community \
         WHERE messages.author = accounts.id AND other.community <> $1 \
         AND communities.erased = 0) \
         AND NOT EXISTS (SELECT 1 FROM feedback AS other \
         JOIN communities ON communities.id = other.community \
         WHERE other.account = accounts.id AND other.community <> $1 \
         AND communities.erased = 0) LIMIT 500)");
    // A thread is called by what somebody wrote.
    ERASE_THREAD_NAMES = both(
        "UPDATE channels SET name = '' WHERE community = $1 AND parent IS NOT NULL");
    ERASE_CURSORS = both(
        "DELETE FROM cursors WHERE channel IN (SELECT id FROM channels WHERE community = $1)");
    ERASE_ROSTER = both("DELETE FROM roster_places WHERE community = $1");
    ERASE_SETTINGS = both(
        "UPDATE communities SET settings = '{}', name = '', erased = 1 WHERE id = $1");
}

/// What has to be let go of, batch after batch.
const OF_A_BOT: [&Sql; 6] = [
    &FORGET_WORDS,
    &FORGET_FEEDBACK,
    &FORGET_GIVEN_UP,
    &FORGET_PARKED,
    &FORGET_OFFERS,
    &FORGET_HARVESTS,
];
const OF_A_COMMUNITY: [&Sql; 5] =
    [&ERASE_WORDS, &ERASE_FEEDBACK, &ERASE_HARVESTS, &ERASE_ROWS, &ERASE_NAMES];

impl Tx {
    /// The bot was removed from a community: from now on it is none of its places.
    pub async fn leave(&mut self, community: CommunityId, now: Moment) -> Result<(), StoreError> {
        let text = self.sql(&LEAVE);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(now.as_millis()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// It is there again; the name is empty where nobody said it.
    pub async fn come_back(
        &mut self,
        community: CommunityId,
        name: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(&COME_BACK);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(name).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Every community that a bot has ever been in, and whether it has left it.
    pub async fn memberships(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
    ) -> Result<Vec<(PlatformKey, bool)>, StoreError> {
        let text = self.sql(&MEMBERSHIPS);
        let rows: Vec<(String, i64)> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).fetch_all(c).await?);
        Ok(rows.into_iter().map(|(key, left)| (PlatformKey::new(key), left != 0)).collect())
    }

    /// Nothing more is said in a community; gives back how much was still to be said.
    pub async fn drop_rows_in(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        community: CommunityId,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let text = self.sql(&DROP_ROWS_IN);
        Ok(on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(community.get())
            .bind(now.as_millis()).execute(c).await?.rows_affected()))
    }

    /// The same of one channel.
    pub async fn drop_rows_at(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        channel: ChannelId,
        now: Moment,
    ) -> Result<u64, StoreError> {
        let text = self.sql(&DROP_ROWS_AT);
        Ok(on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(channel.get())
            .bind(now.as_millis()).execute(c).await?.rows_affected()))
    }

    /// No button of a case asks for anything any more, and nobody will take it off.
    pub async fn drop_buttons_of(&mut self, case: CaseId) -> Result<(), StoreError> {
        let text = self.sql(&DROP_BUTTONS_OF);
        on!(self, c => sqlx::query(text).bind(case.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Lets go of a batch of a bot's words from before then: of cases that ended before then, of
    /// feedback, and of what could neither be delivered nor handled. 0 when nothing is left.
    pub async fn forget_words_before(
        &mut self,
        bot: &BotId,
        then: Moment,
    ) -> Result<u64, StoreError> {
        let mut forgotten = 0;
        for sql in OF_A_BOT {
            let text = self.sql(sql);
            forgotten += on!(self, c => sqlx::query(text)
                .bind(bot.as_str()).bind(then.as_millis()).execute(c).await?.rows_affected());
        }
        Ok(forgotten)
    }

    /// Communities that a bot left before then and of which something is still kept, a few.
    pub async fn left_before(
        &mut self,
        bot: &BotId,
        then: Moment,
    ) -> Result<Vec<CommunityId>, StoreError> {
        let text = self.sql(&LEFT_BEFORE);
        let ids: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(then.as_millis()).fetch_all(c).await?);
        Ok(ids.into_iter().map(CommunityId::from).collect())
    }

    /// Deletes a batch of what people wrote in a community, and of the names of those who are known
    /// from nowhere else. 0 when nothing is left.
    pub async fn erase_words_of(&mut self, community: CommunityId) -> Result<u64, StoreError> {
        let mut erased = 0;
        for sql in OF_A_COMMUNITY {
            erased += self.erase(sql, community).await?;
        }
        Ok(erased)
    }

    /// The end of it: what was set there, and where its threads and ambassadors were.
    pub async fn erase_settings_of(&mut self, community: CommunityId) -> Result<(), StoreError> {
        for sql in [&ERASE_THREAD_NAMES, &ERASE_CURSORS, &ERASE_ROSTER, &ERASE_SETTINGS] {
            self.erase(sql, community).await?;
        }
        Ok(())
    }

    async fn erase(&mut self, sql: &Sql, community: CommunityId) -> Result<u64, StoreError> {
        let text = self.sql(sql);
        Ok(on!(self, c => sqlx::query(text)
            .bind(community.get()).execute(c).await?.rows_affected()))
    }
}
