//! Communities, their channels and their settings. A community's settings are one document: they
//! are read with every message, together, and changed a few times a year.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::keys::CHANNEL_NAME;
use super::statements::{both, statements};
use super::{StoreError, Tx, decode, encode, on, rows};
use crate::domain::badge::Badges;
use crate::domain::ids::{
    BotId, CaseId, ChannelId, CommunityId, Language, PlatformId, PlatformKey,
};
use crate::domain::overrides::Overrides;
use crate::domain::question::{ListenMode, Sensitivity};
use crate::domain::rules::{AnswersIn, EscalationRules};
use crate::domain::time::Moment;

statements! {
    PLACE = both(
        "SELECT communities.id AS community, communities.settings AS settings, \
         CAST(CASE WHEN communities.left_at IS NULL THEN 0 ELSE 1 END AS BIGINT) AS has_left, \
         channels.id AS channel, channels.name AS channel_name, channels.parent AS hangs_in, \
         parents.id AS parent FROM communities \
         LEFT JOIN channels ON channels.community = communities.id AND channels.platform_key = $4 \
         LEFT JOIN channels AS parents ON parents.community = communities.id \
         AND parents.platform_key = $5 \
         WHERE communities.bot = $1 AND communities.platform = $2 \
         AND communities.platform_key = $3");
    // The same of a room that another community named: a channel of its, or its private chats.
    PLACE_ELSEWHERE = both(
        "SELECT communities.id AS community, communities.settings AS settings, \
         channels.id AS channel, channels.name AS channel_name, channels.parent AS hangs_in, \
         channels.platform_key AS found FROM channels \
         JOIN communities ON communities.id = channels.community \
         WHERE channels.platform_key IN ($4, $5) AND communities.bot = $1 \
         AND communities.left_at IS NULL \
         AND communities.platform = $2 AND communities.platform_key <> $3 \
         ORDER BY CASE WHEN channels.platform_key = $4 THEN 0 ELSE 1 END, communities.id LIMIT 20");
    SET_ASIDE = both(
        "UPDATE communities SET platform_key = platform_key || CAST($4 AS TEXT) \
         WHERE bot = $1 AND platform = $2 AND platform_key = $3");
    MOVE_COMMUNITY = both(
        "UPDATE communities SET platform_key = $4 \
         WHERE bot = $1 AND platform = $2 AND platform_key = $3");
    MOVE_CHANNELS = both(
        "UPDATE channels SET platform_key = $4 WHERE platform_key = $3 AND community IN \
         (SELECT id FROM communities WHERE bot = $1 AND platform = $2) \
         AND NOT EXISTS (SELECT 1 FROM channels AS other \
         WHERE other.community = channels.community AND other.platform_key = $4)");
    NEW_COMMUNITY = both(
        "INSERT INTO communities (id, bot, platform, platform_key, name, settings, made_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7) \
         ON CONFLICT (bot, platform, platform_key) DO NOTHING");
    NEW_CHANNEL = both(
        "INSERT INTO channels (id, community, platform_key, name, parent, private) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (community, platform_key) DO NOTHING");
    HANG_CHANNEL = both("UPDATE channels SET parent = $2 WHERE id = $1");
    RENAME_CHANNEL = both("UPDATE channels SET name = $2 WHERE id = $1");
    MOVE_CHANNEL = both("UPDATE channels SET platform_key = $2 WHERE id = $1");
    KNOWS_CHANNEL = both(
        "SELECT 1 AS known FROM channels WHERE community = $1 AND platform_key = $2");
    COMMUNITY = both(
        "SELECT id, bot, platform, platform_key, name, settings FROM communities WHERE id = $1");
    COMMUNITIES_ON = both(
        "SELECT id, bot, platform, platform_key, name, settings FROM communities \
         WHERE bot = $1 AND platform = $2 AND left_at IS NULL ORDER BY id");
    SAVE_SETTINGS = both("UPDATE communities SET settings = $2 WHERE id = $1");
    SOME_CHANNEL = both("SELECT MIN(id) AS id FROM channels WHERE community = $1");
    CHANNEL = both(
        "SELECT id, community, platform_key, name, parent, private FROM channels WHERE id = $1");
}

/// What moderators set; what is absent follows `bot.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Settings {
    #[serde(default)]
    pub watched: BTreeMap<ChannelId, WatchSetting>,
    /// Where staff work.
    #[serde(default)]
    pub desk: Option<ChannelId>,
    /// Where ambassadors are called; in the conversation itself when not set.
    #[serde(default)]
    pub helpers: Option<ChannelId>,
    #[serde(default)]
    pub escalation: Option<EscalationSetting>,
    #[serde(default)]
    pub language: Option<Language>,
    /// What differs from the bot's own rules.
    #[serde(default, skip_serializing_if = "Overrides::is_empty")]
    pub overrides: Overrides,
    /// What is worn for which rank.
    #[serde(default, skip_serializing_if = "Badges::is_empty")]
    pub badges: Badges,
    /// Every rank is worn in words.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub tags: bool,
}

impl Settings {
    /// Every channel that moderators have set up for something.
    pub fn places(&self) -> BTreeSet<ChannelId> {
        let watched = self.watched.keys().copied();
        watched.chain(self.desk).chain(self.helpers).collect()
    }

    /// Names that mean the escalation command at `now`: the name, its aliases, and for a day the
    /// name before.
    pub fn escalation_words(&self, rules: &EscalationRules, now: Moment) -> Vec<String> {
        let setting = self.escalation.as_ref();
        let command = setting.and_then(|s| s.command.clone()).unwrap_or(rules.command.clone());
        let mut words = vec![command];
        words.extend(rules.aliases.iter().cloned());
        let old = setting.map(|s| s.old.as_slice()).unwrap_or_default();
        words.extend(old.iter().filter(|(_, until)| now < *until).map(|(old, _)| old.clone()));
        words
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct WatchSetting {
    #[serde(default)]
    pub mode: Option<ListenMode>,
    #[serde(default)]
    pub sensitivity: Option<Sensitivity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<AnswersIn>,
}

/// The escalation command as moderators named it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationSetting {
    /// `None`: bot.toml's name.
    pub command: Option<String>,
    /// The names before, each honoured until then.
    #[serde(default)]
    pub old: Vec<(String, Moment)>,
}

rows! {
    struct PlaceRow {
        community: i64,
        settings: String,
        has_left: i64,
        channel: Option<i64>,
        channel_name: Option<String>,
        hangs_in: Option<i64>,
        parent: Option<i64>,
    }
    struct LentRow {
        community: i64,
        settings: String,
        channel: i64,
        channel_name: String,
        hangs_in: Option<i64>,
        found: String,
    }
    struct CommunityRecord {
        id: i64,
        bot: String,
        platform: String,
        platform_key: String,
        name: String,
        settings: String,
    }
    struct ChannelRecord {
        id: i64,
        community: i64,
        platform_key: String,
        name: String,
        parent: Option<i64>,
        private: i64,
    }
}

/// A community with what its moderators set.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunityRow {
    pub id: CommunityId,
    pub bot: BotId,
    pub platform: PlatformId,
    pub key: PlatformKey,
    pub name: String,
    pub settings: Settings,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    pub id: ChannelId,
    pub community: CommunityId,
    pub key: PlatformKey,
    pub name: String,
    /// The channel that it hangs in, where it is a thread.
    pub parent: Option<ChannelId>,
    /// Not everybody of the channel around it can read it.
    pub private: bool,
}

/// How the key of a thread begins that is still to be opened.
const TO_BE_OPENED: &str = "opening:";

impl ChannelRow {
    /// The key of a case's thread, until the platform has given it one.
    pub fn key_to_be_opened(case: CaseId) -> PlatformKey {
        PlatformKey::new(format!("{TO_BE_OPENED}{case}"))
    }

    /// Whether it is a thread that is still to be opened: nothing can be said in it.
    pub fn is_to_be_opened(&self) -> bool {
        self.key.as_str().starts_with(TO_BE_OPENED)
    }
}

/// A place that we know: the community, and the channel if it has mattered before.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownPlace {
    pub community: CommunityId,
    pub settings: Settings,
    /// The bot was removed from it.
    pub left: bool,
    pub channel: Option<KnownChannel>,
    /// The channel that the thread hangs in, if that has mattered before.
    pub parent: Option<ChannelId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownChannel {
    pub id: ChannelId,
    pub name: String,
    /// What it hangs in as far as we have kept it.
    pub hangs_in: Option<ChannelId>,
}

fn community(row: CommunityRecord) -> Result<CommunityRow, StoreError> {
    Ok(CommunityRow {
        id: row.id.into(),
        bot: BotId::new(row.bot),
        platform: PlatformId::new(row.platform),
        key: PlatformKey::new(row.platform_key),
        name: row.name,
        settings: decode("communities", row.id, "settings", &row.settings)?,
    })
}

impl Tx {
    /// The community and channel of these platform keys, as far as we know them; `parent` is what
    /// the platform says that the channel hangs in.
    pub async fn place(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        community: &PlatformKey,
        channel: &PlatformKey,
        parent: Option<&PlatformKey>,
    ) -> Result<Option<KnownPlace>, StoreError> {
        let text = self.sql(&PLACE);
        let row: Option<PlaceRow> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str())
            .bind(community.as_str()).bind(channel.as_str())
            .bind(parent.map(PlatformKey::as_str))
            .fetch_optional(c).await?);
        let Some(row) = row else { return Ok(None) };
        let hangs_in = row.hangs_in.map(ChannelId::from);
        let channel = match row.channel.zip(row.channel_name) {
            Some((id, name)) => {
                let name = self.keys().open(CHANNEL_NAME, &id, name)?;
                Some(KnownChannel { id: id.into(), name, hangs_in })
            }
            None => None,
        };
        Ok(Some(KnownPlace {
            community: row.community.into(),
            settings: decode("communities", row.community, "settings", &row.settings)?,
            left: row.has_left != 0,
            channel,
            parent: row.parent.map(ChannelId::from),
        }))
    }

    /// The community that a room belongs to which is none of its own to us: the one that has this
    /// channel, or that watches what the channel hangs in.
    pub async fn place_elsewhere(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        community: &PlatformKey,
        channel: &PlatformKey,
        parent: Option<&PlatformKey>,
    ) -> Result<Option<KnownPlace>, StoreError> {
        let text = self.sql(&PLACE_ELSEWHERE);
        let rows: Vec<LentRow> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(community.as_str())
            .bind(channel.as_str()).bind(parent.map(PlatformKey::as_str))
            .fetch_all(c).await?);
        for row in rows {
            let settings: Settings =
                decode("communities", row.community, "settings", &row.settings)?;
            let (id, hangs_in) = (row.channel.into(), row.hangs_in.map(ChannelId::from));
            let found = if row.found == channel.as_str() {
                let name = self.keys().open(CHANNEL_NAME, &row.channel, row.channel_name)?;
                let known = KnownChannel { id, name, hangs_in };
                (Some(known), hangs_in)
            } else if settings.watched.contains_key(&id) {
                (None, Some(id))
            } else {
                continue;
            };
            let (channel, parent) = found;
            let community = row.community.into();
            return Ok(Some(KnownPlace { community, settings, left: false, channel, parent }));
        }
        Ok(None)
    }

    /// Takes the key from a community that makes way for another of the same key.
    pub async fn set_community_aside(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        key: &PlatformKey,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SET_ASIDE);
        on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(key.as_str())
            .bind(format!("#aside-{}", now.as_millis()))
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// The platform calls the community something else now; to us it is the same.
    pub async fn move_community(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        from: &PlatformKey,
        to: &PlatformKey,
    ) -> Result<u64, StoreError> {
        let text = self.sql(&MOVE_COMMUNITY);
        Ok(on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(from.as_str()).bind(to.as_str())
            .execute(c).await?.rows_affected()))
    }

    /// The same for the channels of this key, whichever community named them.
    pub async fn move_channels(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
        from: &PlatformKey,
        to: &PlatformKey,
    ) -> Result<u64, StoreError> {
        let text = self.sql(&MOVE_CHANNELS);
        Ok(on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(platform.as_str()).bind(from.as_str()).bind(to.as_str())
            .execute(c).await?.rows_affected()))
    }

    pub async fn new_community(
        &mut self,
        row: &CommunityRow,
        now: Moment,
    ) -> Result<(), StoreError> {
        let text = self.sql(&NEW_COMMUNITY);
        let settings = encode(&row.settings)?;
        on!(self, c => sqlx::query(text)
            .bind(row.id.get()).bind(row.bot.as_str()).bind(row.platform.as_str())
            .bind(row.key.as_str()).bind(&row.name).bind(settings).bind(now.as_millis())
            .execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn new_channel(&mut self, row: &ChannelRow) -> Result<(), StoreError> {
        let text = self.sql(&NEW_CHANNEL);
        let name = self.keys().seal(CHANNEL_NAME, &row.id, &row.name)?;
        on!(self, c => sqlx::query(text)
            .bind(row.id.get()).bind(row.community.get()).bind(row.key.as_str()).bind(name)
            .bind(row.parent.map(ChannelId::get)).bind(i64::from(row.private))
            .execute(c).await?.rows_affected());
        Ok(())
    }

    /// The channel turned out to be a thread of another.
    pub async fn hang_channel(
        &mut self,
        id: ChannelId,
        parent: ChannelId,
    ) -> Result<(), StoreError> {
        let text = self.sql(&HANG_CHANNEL);
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(parent.get()).execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn rename_channel(&mut self, id: ChannelId, name: &str) -> Result<(), StoreError> {
        let text = self.sql(&RENAME_CHANNEL);
        let name = self.keys().seal(CHANNEL_NAME, &id, name)?;
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(name).execute(c).await?.rows_affected());
        Ok(())
    }

    /// Whether a channel of this key is known in a community.
    pub async fn knows_channel(
        &mut self,
        community: CommunityId,
        key: &PlatformKey,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&KNOWS_CHANNEL);
        Ok(on!(self, c => sqlx::query(text)
            .bind(community.get()).bind(key.as_str()).fetch_optional(c).await?.is_some()))
    }

    /// The platform calls the channel something else now; to us it is the same.
    pub async fn move_channel(
        &mut self,
        id: ChannelId,
        key: &PlatformKey,
    ) -> Result<(), StoreError> {
        let text = self.sql(&MOVE_CHANNEL);
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(key.as_str()).execute(c).await?.rows_affected());
        Ok(())
    }

    pub async fn community(&mut self, id: CommunityId) -> Result<CommunityRow, StoreError> {
        let text = self.sql(&COMMUNITY);
        let row: CommunityRecord = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_one(c).await?);
        community(row)
    }

    /// Every community of a bot on a platform that it has not left.
    pub async fn communities_on(
        &mut self,
        bot: &BotId,
        platform: &PlatformId,
    ) -> Result<Vec<CommunityRow>, StoreError> {
        let text = self.sql(&COMMUNITIES_ON);
        let rows: Vec<CommunityRecord> = on!(self, c => sqlx::query_as(text)
            .bind(bot.as_str()).bind(platform.as_str()).fetch_all(c).await?);
        rows.into_iter().map(community).collect()
    }

    pub async fn save_settings(
        &mut self,
        id: CommunityId,
        settings: &Settings,
    ) -> Result<(), StoreError> {
        let text = self.sql(&SAVE_SETTINGS);
        let document = encode(settings)?;
        on!(self, c => sqlx::query(text)
            .bind(id.get()).bind(document).execute(c).await?.rows_affected());
        Ok(())
    }

    /// A channel of a community, for what is done in none of them: the one known longest.
    pub async fn some_channel(
        &mut self,
        community: CommunityId,
    ) -> Result<Option<ChannelId>, StoreError> {
        let text = self.sql(&SOME_CHANNEL);
        let id: Option<i64> = on!(self, c => sqlx::query_scalar(text)
            .bind(community.get()).fetch_one(c).await?);
        Ok(id.map(ChannelId::from))
    }

    pub async fn channel(&mut self, id: ChannelId) -> Result<ChannelRow, StoreError> {
        let text = self.sql(&CHANNEL);
        let row: ChannelRecord = on!(self, c => sqlx::query_as(text)
            .bind(id.get()).fetch_one(c).await?);
        Ok(ChannelRow {
            id: row.id.into(),
            community: row.community.into(),
            key: PlatformKey::new(row.platform_key),
            name: self.keys().open(CHANNEL_NAME, &row.id, row.name)?,
            parent: row.parent.map(ChannelId::from),
            private: row.private != 0,
        })
    }
}
