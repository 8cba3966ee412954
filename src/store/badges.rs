//! Badges: what people were last given to wear for their rank, what was in the way, and how far a
//! round through everybody has come.

use super::statements::{Sql, both, statements};
use super::{StoreError, Tx, on, rows};
use crate::domain::badge::{Obstacle, Worn};
use crate::domain::ids::{AccountId, BotId, CommunityId, OutboxId, PersonId, PlatformKey};
use crate::domain::time::Moment;

statements! {
    WORN = both("SELECT badge, doubtful FROM badges WHERE community = $1 AND account = $2");
    WEARS = both(
        "INSERT INTO badges (community, account, badge, outbox_row, doubtful) \
         VALUES ($1, $2, $3, $4, 0) ON CONFLICT (community, account) DO UPDATE SET \
         badge = excluded.badge, outbox_row = excluded.outbox_row, doubtful = 0");
    TAKES_OFF = both(
        "UPDATE badges SET outbox_row = $3 WHERE community = $1 AND account = $2");
    BARE = both(
        "DELETE FROM badges WHERE community = $1 AND account = $2 AND outbox_row = $3");
    DOUBT = both(
        "UPDATE badges SET doubtful = 1 \
         WHERE community = $1 AND account = $2 AND outbox_row = $3");
    DOUBT_ALL = both("UPDATE badges SET doubtful = 1 WHERE community = $1");
    NEW_TROUBLE = both(
        "INSERT INTO badge_troubles (community, badge, obstacle, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (community, badge) DO UPDATE SET obstacle = excluded.obstacle, \
         at = excluded.at WHERE badge_troubles.obstacle <> excluded.obstacle");
    TROUBLES = both(
        "SELECT badge, obstacle FROM badge_troubles WHERE community = $1 ORDER BY badge LIMIT 20");
    NO_TROUBLE = both("DELETE FROM badge_troubles WHERE community = $1 AND badge = $2");
    NO_TROUBLES = both("DELETE FROM badge_troubles WHERE community = $1");
    BEGIN_ROUND = both(
        "INSERT INTO badge_rounds (community, bot, after_person, due_at) VALUES ($1, $2, 0, $3) \
         ON CONFLICT (community) DO UPDATE SET after_person = 0, due_at = excluded.due_at");
    // Another process may be on its way: then it goes on without us.
    ROUND = Sql {
        sqlite: "SELECT after_person, due_at FROM badge_rounds WHERE community = $1",
        postgres: "SELECT after_person, due_at FROM badge_rounds WHERE community = $1 \
            FOR UPDATE SKIP LOCKED",
    };
    MOVE_ROUND = both(
        "UPDATE badge_rounds SET after_person = $2, due_at = $3 WHERE community = $1");
    POSTPONE_ROUND = both("UPDATE badge_rounds SET due_at = $2 WHERE community = $1");
    END_ROUND = both("DELETE FROM badge_rounds WHERE community = $1");
    DUE_ROUNDS = both(
        "SELECT community, due_at FROM badge_rounds WHERE bot = $1 AND due_at <= $2 \
         ORDER BY due_at LIMIT $3");
    NEXT_ROUND = both(
        "SELECT MIN(due_at) AS at FROM badge_rounds WHERE bot = $1 AND due_at > $2");
    // Known is whoever earned something in a community or is on its roster.
    KNOWN_IN = both(
        "SELECT person, points FROM balances WHERE bot = $1 AND scope = 'all' AND person > $3 \
         AND (EXISTS (SELECT 1 FROM ledger \
         WHERE ledger.community = $2 AND ledger.person = balances.person) \
         OR EXISTS (SELECT 1 FROM accounts JOIN roster_places \
         ON roster_places.account = accounts.id AND roster_places.community = $2 \
         WHERE accounts.person = balances.person)) ORDER BY person LIMIT $4");
    // Or who wears something there still: an account that parted from the one that earned it.
    KNOWN_TO = both(
        "SELECT id FROM communities WHERE bot = $1 \
         AND (EXISTS (SELECT 1 FROM ledger \
         WHERE ledger.community = communities.id AND ledger.person = $2) \
         OR EXISTS (SELECT 1 FROM accounts JOIN badges \
         ON badges.account = accounts.id AND badges.community = communities.id \
         WHERE accounts.person = $2) \
         OR EXISTS (SELECT 1 FROM accounts JOIN roster_places \
         ON roster_places.account = accounts.id AND roster_places.community = communities.id \
         WHERE accounts.person = $2)) ORDER BY id LIMIT $3");
}

/// Communities in which one person's rank is shown, at most: each costs a row of the outbox.
const COMMUNITIES: i64 = 100;

rows! {
    struct WornRecord { badge: String, doubtful: i64 }
    struct TroubleRecord { badge: String, obstacle: String }
    struct RoundRecord { after_person: i64, due_at: i64 }
    struct DueRecord { community: i64, due_at: i64 }
    struct KnownRecord { person: i64, points: i64 }
}

/// How far a round through everybody has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Round {
    pub after: PersonId,
    pub due_at: Moment,
}

/// What is in the way of one badge, or of all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    pub badge: Option<PlatformKey>,
    pub obstacle: Obstacle,
}

/// How the table says which badge a trouble is about.
fn about(badge: Option<&PlatformKey>) -> &str {
    badge.map_or("", PlatformKey::as_str)
}

impl Tx {
    /// What somebody was last given for their rank.
    pub async fn worn(
        &mut self,
        community: CommunityId,
        account: AccountId,
    ) -> Result<Option<Worn>, StoreError> {
        let text = self.sql(&WORN);
        let row: Option<WornRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).bind(account.get()).fetch_optional(c).await?);
        Ok(row.map(|row| Worn { badge: PlatformKey::new(row.badge), doubtful: row.doubtful != 0 }))
    }

    /// Somebody is given a badge, by this row of the outbox.
    pub async fn wears(
        &mut self,
        (community, account): (CommunityId, AccountId),
        badge: &PlatformKey,
        row: OutboxId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&WEARS);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(account.get()).bind(badge.as_str()).bind(row.get())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// What somebody wears is taken off, by this row of the outbox.
    pub async fn takes_off(
        &mut self,
        (community, account): (CommunityId, AccountId),
        row: OutboxId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&TAKES_OFF);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(account.get()).bind(row.get())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// They wear nothing of ours, unless a later row has changed that.
    pub async fn is_bare(
        &mut self,
        (community, account): (CommunityId, AccountId),
        row: OutboxId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&BARE);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(account.get()).bind(row.get())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// Nobody knows what they wear, unless a later row is to change that.
    pub async fn doubt_badge(
        &mut self,
        (community, account): (CommunityId, AccountId),
        row: OutboxId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&DOUBT);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(account.get()).bind(row.get())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// What everybody wears is to be looked at again.
    pub async fn doubt_badges(&mut self, community: CommunityId) -> Result<(), StoreError> {
        let text = self.sql(&DOUBT_ALL);
        on!(self, c => sqlx::query(text).bind(community.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    // ---- what was in the way

    /// Notes what is in the way; false when it was known.
    pub async fn new_badge_trouble(
        &mut self,
        community: CommunityId,
        trouble: &Trouble,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&NEW_TROUBLE);
        let rows = on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(about(trouble.badge.as_ref()))
            .bind(trouble.obstacle.word()).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(rows == 1)
    }

    pub async fn badge_troubles(
        &mut self,
        community: CommunityId,
    ) -> Result<Vec<Trouble>, StoreError> {
        let text = self.sql(&TROUBLES);
        let rows: Vec<TroubleRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).fetch_all(c).await?);
        let trouble = |row: TroubleRecord| {
            let obstacle =
                Obstacle::from_word(&row.obstacle).ok_or_else(|| StoreError::Corrupt {
                    table: "badge_troubles",
                    id: community.to_string(),
                    column: "obstacle",
                    problem: format!("{} is not known", row.obstacle),
                })?;
            let badge = (!row.badge.is_empty()).then(|| PlatformKey::new(row.badge));
            Ok(Trouble { badge, obstacle })
        };
        rows.into_iter().map(trouble).collect()
    }

    /// Nothing is in the way of this badge any more; `None` is what was in the way of all.
    pub async fn forget_badge_trouble(
        &mut self,
        community: CommunityId,
        badge: Option<&PlatformKey>,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NO_TROUBLE);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(about(badge)).execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn forget_badge_troubles(
        &mut self,
        community: CommunityId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NO_TROUBLES);
        on!(self, c => sqlx::query(text).bind(community.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    // ---- rounds

    /// Begins a round through everybody, anew if one is under way.
    pub async fn begin_badge_round(
        &mut self,
        bot: &BotId,
        community: CommunityId,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&BEGIN_ROUND);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(bot.as_str()).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn badge_round(
        &mut self,
        community: CommunityId,
    ) -> Result<Option<Round>, StoreError> {
        let text = self.sql(&ROUND);
        let row: Option<RoundRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).fetch_optional(c).await?);
        Ok(row.map(|row| Round {
            after: row.after_person.into(),
            due_at: Moment::from_millis(row.due_at),
        }))
    }

    pub async fn move_badge_round(
        &mut self,
        community: CommunityId,
        after: PersonId,
        due_at: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&MOVE_ROUND);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(after.get()).bind(due_at.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn postpone_badge_round(
        &mut self,
        community: CommunityId,
        due_at: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&POSTPONE_ROUND);
        on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(due_at.as_millis()).execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn end_badge_round(&mut self, community: CommunityId) -> Result<(), StoreError> {
        let text = self.sql(&END_ROUND);
        on!(self, c => sqlx::query(text).bind(community.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Communities whose round goes on at `now`, the longest overdue first.
    pub async fn due_badge_rounds(
        &mut self,
        bot: &BotId,
        now: Moment,
        limit: i64,
    ) -> Result<Vec<(CommunityId, Moment)>, StoreError> {
        let text = self.sql(&DUE_ROUNDS);
        let rows: Vec<DueRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(now.as_millis()).bind(limit).fetch_all(c).await?);
        let due = rows.into_iter();
        Ok(due.map(|row| (row.community.into(), Moment::from_millis(row.due_at))).collect())
    }

    /// When the next round goes on that does not at `now`.
    pub async fn next_badge_round(
        &mut self,
        bot: &BotId,
        now: Moment,
    ) -> Result<Option<Moment>, StoreError> {
        let text = self.sql(&NEXT_ROUND);
        let at: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(now.as_millis()).fetch_one(c).await?);
        Ok(at.map(Moment::from_millis))
    }

    /// Everybody known in a community who ever earned anything, with what they have in all.
    pub async fn known_in(
        &mut self,
        bot: &BotId,
        community: CommunityId,
        after: PersonId,
        limit: i64,
    ) -> Result<Vec<(PersonId, i64)>, StoreError> {
        let text = self.sql(&KNOWN_IN);
        let rows: Vec<KnownRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(community.get()).bind(after.get()).bind(limit)
            .fetch_all(c).await?);
        Ok(rows.into_iter().map(|row| (row.person.into(), row.points)).collect())
    }

    /// The communities in which somebody is known.
    pub async fn known_to(
        &mut self,
        bot: &BotId,
        person: PersonId,
    ) -> Result<Vec<CommunityId>, StoreError> {
        let text = self.sql(&KNOWN_TO);
        let ids: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(bot.as_str()).bind(person.get()).bind(COMMUNITIES).fetch_all(c).await?);
        Ok(ids.into_iter().map(CommunityId::from).collect())
    }
}
