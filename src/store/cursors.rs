//! How far each channel has been heard, and which channels matter enough to be read up.

use std::collections::BTreeMap;

use super::statements::{both, statements};
use super::{Settings, StoreError, Tx, decode, on, rows};
use crate::domain::ids::{BotId, CaseId, ChannelId, CommunityId, PlatformId, PlatformKey};
use crate::domain::time::Moment;

statements! {
    COMMUNITIES = both(
        "SELECT id, platform_key, settings FROM communities \
         WHERE bot = $1 AND platform = $2 AND left_at IS NULL");
    SETTINGS = both(
        "SELECT id, platform_key, settings FROM communities \
         WHERE bot = $1 AND platform = $2 AND platform_key = $3");
    CHANNELS = both(
        "SELECT channels.id AS id, channels.platform_key AS platform_key, cursors.heard AS heard \
         FROM channels LEFT JOIN cursors ON cursors.channel = channels.id \
         WHERE channels.community = $1");
    // Where an open case was asked, and where it is talked about: its threads.
    ASKED_IN = both(
        "SELECT DISTINCT channel FROM cases WHERE community = $1 AND deadline_at IS NOT NULL");
    TALKED_IN = both(
        "SELECT DISTINCT messages.channel AS channel FROM cases \
         JOIN messages ON messages.case_id = cases.id \
         WHERE cases.community = $1 AND cases.deadline_at IS NOT NULL");
    // The newest hundred: nobody reads on in a list that is shown while they type.
    OPEN_QUESTIONS = both(
        "SELECT cases.id AS id, messages.body AS body FROM cases \
         JOIN communities ON communities.id = cases.community \
         JOIN messages ON messages.case_id = cases.id AND messages.part = 'question' \
         WHERE communities.bot = $1 AND communities.platform = $2 \
         AND communities.platform_key = $3 AND cases.deadline_at IS NOT NULL \
         ORDER BY cases.opened_at DESC, cases.id DESC LIMIT 100");
    HEARD = both(
        "INSERT INTO cursors (channel, heard, at) \
         SELECT channels.id, CAST($4 AS TEXT), CAST($5 AS BIGINT) FROM channels \
         JOIN communities ON communities.id = channels.community \
         WHERE channels.platform_key = $3 AND communities.bot = $1 AND communities.platform = $2 \
         ON CONFLICT (channel) DO UPDATE SET heard = excluded.heard, at = excluded.at");
}

rows! {
    struct CommunityRecord { id: i64, platform_key: String, settings: String }
    struct ChannelRecord { id: i64, platform_key: String, heard: Option<String> }
    struct QuestionRecord { id: i64, body: String }
}

/// A channel that matters, and the newest message that was heard in it for certain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cursor {
    pub id: ChannelId,
    pub community: PlatformKey,
    pub channel: PlatformKey,
    pub heard: Option<PlatformKey>,
}

/// An open case as a list names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenQuestion {
    pub case: CaseId,
    pub question: String,
}

impl Tx {
    /// Every channel of a bot on a platform that is watched, is a desk or where ambassadors are
    /// called, or in which an open case was asked or is talked about, in communities not left.
    pub async fn cursors(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
    ) -> Result<Vec<Cursor>, StoreError> {
        let text = self.sql(&COMMUNITIES);
        let communities: Vec<CommunityRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).fetch_all(c).await?);
        let mut cursors = Vec::new();
        for community in communities {
            let settings: Settings =
                decode("communities", community.id, "settings", &community.settings)?;
            let known = self.channels_heard(community.id.into()).await?;
            for channel in self.mattering(community.id.into(), &settings).await? {
                let Some((key, heard)) = known.get(&channel) else { continue };
                cursors.push(Cursor {
                    id: channel,
                    community: PlatformKey::new(&*community.platform_key),
                    channel: key.clone(),
                    heard: heard.clone(),
                });
            }
        }
        Ok(cursors)
    }

    async fn channels_heard(
        &mut self,
        community: CommunityId,
    ) -> Result<BTreeMap<ChannelId, (PlatformKey, Option<PlatformKey>)>, StoreError> {
        let text = self.sql(&CHANNELS);
        let rows: Vec<ChannelRecord> = on!(self, c => sqlx::query_as(text)
            .bind(community.get()).fetch_all(c).await?);
        let entry = |row: ChannelRecord| {
            let heard = row.heard.map(PlatformKey::new);
            (ChannelId::from(row.id), (PlatformKey::new(row.platform_key), heard))
        };
        Ok(rows.into_iter().map(entry).collect())
    }

    async fn mattering(
        &mut self,
        community: CommunityId,
        settings: &Settings,
    ) -> Result<std::collections::BTreeSet<ChannelId>, StoreError> {
        let mut channels: std::collections::BTreeSet<ChannelId> =
            settings.watched.keys().copied().collect();
        channels.extend(settings.desk);
        channels.extend(settings.helpers);
        for sql in [&ASKED_IN, &TALKED_IN] {
            let text = self.sql(sql);
            let more: Vec<i64> = on!(self, c => sqlx::query_scalar(text)
                .bind(community.get()).fetch_all(c).await?);
            channels.extend(more.into_iter().map(ChannelId::from));
        }
        Ok(channels)
    }

    /// Notes that a channel has been heard up to a message; a channel that is not known is none
    /// that matters.
    pub async fn heard_up_to(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        channel: &PlatformKey,
        message: &PlatformKey,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&HEARD);
        on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(channel.as_str())
            .bind(message.as_str()).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// The open cases of a community, by its key, the newest first; at most a hundred.
    pub async fn open_questions(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        community: &PlatformKey,
    ) -> Result<Vec<OpenQuestion>, StoreError> {
        let text = self.sql(&OPEN_QUESTIONS);
        let rows: Vec<QuestionRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(community.as_str())
            .fetch_all(c).await?);
        let open = |row: QuestionRecord| OpenQuestion { case: row.id.into(), question: row.body };
        Ok(rows.into_iter().map(open).collect())
    }

    /// What moderators of a community have set, by its key; `None` for one that is not known.
    pub async fn settings_of(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        community: &PlatformKey,
    ) -> Result<Option<Settings>, StoreError> {
        let text = self.sql(&SETTINGS);
        let row: Option<CommunityRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(community.as_str())
            .fetch_optional(c).await?);
        row.map(|row| decode("communities", row.id, "settings", &row.settings)).transpose()
    }
}
