//! Badges: everybody wears what their rank is worth, where a community has said what that is.
//!
//! When points move, whoever's they are is looked at once, at the end of the turn that moved them.
//! When moderators change what is worn for which rank, everybody known is: in a round, some people
//! at a time, whose place is kept in the database. Each deed is a row of the outbox, written with
//! what it follows from; those of one community wait for one another, so that the last word about
//! somebody is the last one carried out, and answers to people never wait for roles. What changes
//! in `bot.toml` reaches people with their next points.
//!
//! What cannot be done is not tried for ever: it is told once, and noted with whoever has not what
//! they should; their next points, or the command once more, try again. Where nothing can be done
//! at all a round ends, for everybody else would be refused as well.

use std::time::Duration;

use super::super::document::{Document, Wear};
use super::super::engine::Handled;
use super::Turn;
use super::commands::Asked;
use super::post::Draft;
use crate::domain::badge::{self, Badge, Obstacle};
use crate::domain::case::Post;
use crate::domain::ids::{AccountId, CommunityId, OutboxId, PersonId, PlatformId, PlatformKey};
use crate::domain::overrides::{BadgeChange, say_badge};
use crate::domain::recognition;
use crate::domain::rules::{Rank, Rules};
use crate::domain::text::{Key, Quoted, Text};
use crate::platform::{BadgeKind, DeliveryError, Receipt};
use crate::store::{
    Class, CommunityRow, DueRow, NewRow, Settings, Settled, StoreError, Trouble, encode,
};

/// People of a round in one go: a platform lets few roles be changed in a row, and a round is in
/// nobody's way.
const PEOPLE_AT_ONCE: usize = 20;

/// From one go to the next, where there was something to do: a thousand people in an hour.
const ROUND_PAUSE: Duration = Duration::from_mins(1);

impl Turn<'_> {
    // ---- who wears what

    /// Everybody whose points this turn has moved wears what their rank is worth by now.
    pub(super) async fn fit_earners(&mut self) -> Result<(), StoreError> {
        for person in std::mem::take(&mut self.earners) {
            for community in self.tx.known_to(&self.bot.id, person).await? {
                let here = self.tx.community(community).await?;
                if here.settings.badges.is_empty() {
                    continue;
                }
                let balance = self.tx.standing(person, self.now).await?.balance;
                let rules = self.rules_of(&here.settings);
                self.fit(&here, &rules, person, balance).await?;
            }
        }
        Ok(())
    }

    /// True when there was something to do.
    async fn fit(
        &mut self,
        here: &CommunityRow,
        rules: &Rules,
        person: PersonId,
        balance: i64,
    ) -> Result<bool, StoreError> {
        if !self.has_badges(&here.platform) {
            return Ok(false);
        }
        let (rank, _) = recognition::rank(&rules.recognition.ranks, balance);
        let mut has_acted = false;
        for account in self.tx.accounts_on(&self.bot.id, &here.platform, person).await? {
            let worn = self.tx.worn(here.id, account.id).await?;
            let badges = &here.settings.badges;
            let rank_key = rank.map(|rank| rank.key.as_str());
            let Some(fitting) = badge::fitting(badges, rank_key, worn.as_ref()) else { continue };
            let row = self.dress(here, account.id, rank, &fitting).await?;
            let wearer = (here.id, account.id);
            match &fitting.give {
                Some(badge) => self.tx.wears(wearer, badge, row).await?,
                None => self.tx.takes_off(wearer, row).await?,
            }
            has_acted = true;
        }
        Ok(has_acted)
    }

    async fn dress(
        &mut self,
        here: &CommunityRow,
        who: AccountId,
        rank: Option<&Rank>,
        fitting: &badge::Fitting,
    ) -> Result<OutboxId, StoreError> {
        let rank = Key(format!("rank-{}", rank.map_or("newcomer", |rank| rank.key.as_str())));
        let language = self.community_language(&here.settings);
        let mut document =
            Document::new(language, vec![Text::BadgeReason { rank: rank.clone() }.into()]);
        let badge::Fitting { give, take } = fitting.clone();
        document.wear = Some(Wear { community: here.id, who, rank, give, take });
        let id = self.engine.next_id(self.now);
        // Done in no channel, but a row has one.
        let channel = self.tx.some_channel(here.id).await?;
        let channel = channel.ok_or(StoreError::Conflict("a community without a channel"))?;
        self.tx
            .new_outbox_row(NewRow {
                id,
                bot: &self.bot.id,
                platform: &here.platform,
                channel,
                behind: None,
                case: None,
                class: Class::Badge,
                post: Post::Notice,
                edits: None,
                live: false,
                document: encode(&document)?,
                now: self.now,
                due_at: None,
                expires_at: None,
                lane: Some(format!("badges:{}", here.id)),
            })
            .await?;
        Ok(id)
    }

    fn has_badges(&self, platform: &PlatformId) -> bool {
        let capabilities = self.engine.capabilities(&self.bot.id, platform);
        capabilities.is_some_and(|can| can.badges == BadgeKind::Keyed)
    }

    // ---- rounds

    /// The next people of a round through everybody known in a community.
    pub(super) async fn go_round(&mut self, community: CommunityId) -> Result<Handled, StoreError> {
        let round = self.tx.badge_round(community).await?;
        let Some(round) = round.filter(|round| round.due_at <= self.now) else {
            return Ok(Handled::Nothing("stale"));
        };
        let here = self.tx.community(community).await?;
        let rules = self.rules_of(&here.settings);
        let limit = i64::try_from(PEOPLE_AT_ONCE).unwrap_or(i64::MAX);
        let people = self.tx.known_in(&self.bot.id, community, round.after, limit).await?;
        let mut pause = Duration::ZERO;
        for (person, balance) in &people {
            if self.fit(&here, &rules, *person, *balance).await? {
                pause = ROUND_PAUSE;
            }
        }
        match people.last() {
            Some((last, _)) if people.len() == PEOPLE_AT_ONCE => {
                self.tx.move_badge_round(community, *last, self.now + pause).await?;
                self.engine.bells.deadline(Some(self.now + pause));
            }
            Some(_) | None => self.tx.end_badge_round(community).await?,
        }
        Ok(Handled::Recorded)
    }

    /// Everybody known in a community is looked at again. What was in the way may be so no more.
    pub(super) async fn begin_round(&mut self, community: CommunityId) -> Result<(), StoreError> {
        self.tx.forget_badge_troubles(community).await?;
        self.engine.bells.deadline(Some(self.now));
        self.tx.begin_badge_round(&self.bot.id, community, self.now).await
    }

    /// The same, whatever they were given before.
    pub(super) async fn begin_round_anew(
        &mut self,
        community: CommunityId,
    ) -> Result<(), StoreError> {
        self.tx.doubt_badges(community).await?;
        self.begin_round(community).await
    }

    // ---- what moderators say

    /// Puts a change of badges into the settings, and says what that means, if anything; or why it
    /// cannot be.
    pub(super) fn change_badges(
        &self,
        asked: &Asked<'_>,
        settings: &mut Settings,
        change: &BadgeChange,
    ) -> Result<Option<Text>, Text> {
        if !self.has_badges(&self.platform) {
            return Err(Text::BadgesNowhere);
        }
        let (BadgeChange::Set { rank, .. } | BadgeChange::Off { rank }) = change;
        let ranks = &self.bot.rules.recognition.ranks;
        if !ranks.iter().any(|known| known.key == *rank) {
            let known: Vec<&str> = ranks.iter().map(|rank| rank.key.as_str()).collect();
            let rank = Quoted(rank.chars().take(40).collect());
            return Err(Text::UnknownRank { rank, known: known.join(", ") });
        }
        let rank_key = Key(format!("rank-{rank}"));
        let BadgeChange::Set { badge: word, .. } = change else {
            let former = settings.badges.remove(rank);
            let off = |badge: Badge| Text::BadgeOff { rank: rank_key, badge: shown(&badge) };
            return Ok(former.map(off));
        };
        let wanted = word.to_lowercase();
        let is_meant = |text: &str| text.to_lowercase() == wanted;
        let named = asked.badges.iter().find(|named| is_meant(&named.word));
        let named = named.or_else(|| asked.badges.iter().find(|named| is_meant(&named.badge.name)));
        let Some(named) = named else {
            return Err(Text::UnknownBadge { badge: Quoted(word.chars().take(40).collect()) });
        };
        let badge = shown(&named.badge);
        if let Some(obstacle) = named.obstacle {
            return Err(Text::BadgeRefused { badge, obstacle: key_of(obstacle) });
        }
        settings.badges.insert(rank.clone(), named.badge.clone());
        Ok(Some(Text::BadgeSet { rank: rank_key, badge }))
    }

    /// What is in the way of badges, for moderators.
    pub(super) async fn badge_troubles(
        &mut self,
        asked: &Asked<'_>,
    ) -> Result<Vec<Text>, StoreError> {
        let troubles = self.tx.badge_troubles(asked.here.community).await?;
        let settings = &asked.here.settings;
        Ok(troubles.iter().flat_map(|trouble| trouble_lines(settings, trouble)).collect())
    }

    // ---- what came of it

    pub(super) async fn settle_badge(
        &mut self,
        row: &DueRow,
        wear: &Wear,
        result: &Result<Receipt, DeliveryError>,
    ) -> Result<Settled, StoreError> {
        let wearer = (wear.community, wear.who);
        let settled = match result {
            Ok(_) => {
                if wear.give.is_none() {
                    self.tx.is_bare(wearer, row.id).await?;
                }
                self.tx.forget_badge_trouble(wear.community, None).await?;
                for badge in wear.give.iter().chain(&wear.take) {
                    self.tx.forget_badge_trouble(wear.community, Some(badge)).await?;
                }
                return Ok(Settled::Sent { key: None });
            }
            Err(DeliveryError::Gone { why }) => {
                // Whoever leaves a community leaves what they wore there.
                self.tx.is_bare(wearer, row.id).await?;
                return Ok(Settled::Dropped { problem: why.clone() });
            }
            Err(DeliveryError::Retry { after, why }) => self.again(row, *after, why),
            Err(DeliveryError::Unknown { why }) => self.again(row, None, why),
            Err(DeliveryError::Unfit { badge, obstacle }) => {
                self.note_trouble(wear.community, badge, *obstacle).await?;
                Settled::Dropped { problem: format!("badge {badge}: {obstacle}") }
            }
            Err(error @ (DeliveryError::Refused { .. } | DeliveryError::Moved { .. })) => {
                Settled::Dropped { problem: error.to_string() }
            }
        };
        if !matches!(settled, Settled::Again { .. }) {
            self.tx.doubt_badge(wearer, row.id).await?;
        }
        Ok(settled)
    }

    /// Tells the moderators where the team works, once: not for everybody whom it concerns.
    async fn note_trouble(
        &mut self,
        community: CommunityId,
        badge: &PlatformKey,
        obstacle: Obstacle,
    ) -> Result<(), StoreError> {
        let here = self.tx.community(community).await?;
        let is_of_all = obstacle.is_of_all();
        if is_of_all {
            self.tx.end_badge_round(community).await?;
        }
        let badge = (!is_of_all).then(|| badge.clone());
        let trouble = Trouble { badge, obstacle };
        let lines = trouble_lines(&here.settings, &trouble);
        if lines.is_empty() || !self.tx.new_badge_trouble(community, &trouble, self.now).await? {
            return Ok(());
        }
        let Some(desk) = here.settings.desk else { return Ok(()) };
        let language = self.community_language(&here.settings);
        let lines = lines.into_iter().map(Into::into).collect();
        self.post(Draft::new(desk, Class::Notice, Document::new(language, lines))).await?;
        Ok(())
    }
}

/// As people read it.
pub(super) fn shown(badge: &Badge) -> String {
    format!("@{}", badge.name)
}

fn key_of(obstacle: Obstacle) -> Key {
    Key(format!("obstacle-{}", obstacle.word()))
}

/// What is in the way and how it is mended; nothing of a badge that stands for no rank any more.
fn trouble_lines(settings: &Settings, trouble: &Trouble) -> Vec<Text> {
    let is_it = |badge: &Badge| trouble.badge.as_ref().is_none_or(|key| *key == badge.key);
    let found = settings.badges.iter().find(|(_, badge)| is_it(badge));
    let Some((rank, badge)) = found else { return Vec::new() };
    let command = format!("/askaround recognition {}", say_badge(rank, Some(badge)));
    let (badge, obstacle) = (shown(badge), key_of(trouble.obstacle));
    vec![Text::BadgeTrouble { badge, obstacle }, Text::BadgeTroubleOver { command }]
}
