//! Leaving a community and coming back. Nobody acts: the platform says so.
//!
//! When the bot is removed, what is open ends in the same transaction and nothing more is said
//! there; what people earned stays theirs. All else is kept for a while, for whoever removed it by
//! mistake, and then deleted by the sweeper.

use super::super::engine::Handled;
use super::Turn;
use crate::domain::case::Event;
use crate::domain::ids::{ChannelId, CommunityId};
use crate::platform::Inbound;
use crate::store::{KnownPlace, Settings, StoreError};

/// Cases closed between two looks for more.
const PAGE: i64 = 100;

impl Turn<'_> {
    /// A room that is a community to the platform may be a channel of another one to us, or both.
    pub(super) async fn left(&mut self, inbound: &Inbound) -> Result<Handled, StoreError> {
        let (bot, platform) = (self.bot.id.clone(), self.platform.clone());
        let key = &inbound.place.community;
        let own = self.tx.place(&bot, &platform, key, key, None).await?;
        let handled = match own {
            None => Handled::Nothing("unknown community"),
            Some(own) if own.left => Handled::Nothing("left already"),
            Some(own) => self.left_community(own.community, &own.settings).await?,
        };
        let lent = self.tx.place_elsewhere(&bot, &platform, key, key, None).await?;
        if let Some(KnownPlace { community, settings, channel: Some(room), .. }) = lent
            && self.left_room(community, &settings, room.id).await?
        {
            return Ok(Handled::Recorded);
        }
        Ok(handled)
    }

    async fn left_community(
        &mut self,
        community: CommunityId,
        settings: &Settings,
    ) -> Result<Handled, StoreError> {
        self.tx.leave(community, self.now).await?;
        self.engine.bells.settings();
        let mut closed = 0;
        loop {
            let open = self.tx.open_cases_in(community, PAGE).await?;
            if open.is_empty() {
                break;
            }
            for row in open {
                let case = row.case.id;
                self.happened(row, settings, Event::CommunityLeft).await?;
                self.tx.drop_buttons_of(case).await?;
                closed += 1;
            }
        }
        let (bot, platform) = (self.bot.id.clone(), self.platform.clone());
        let dropped = self.tx.drop_rows_in(&bot, &platform, community, self.now).await?;
        self.count_dropped(dropped);
        tracing::warn!(
            bot.id = %bot, platform = %platform, community.id = %community,
            "bot {bot} was removed from community {community}: {closed} open cases are closed, \
             {dropped} deliveries dropped"
        );
        Ok(Handled::Recorded)
    }

    /// What was asked in that room ends, and everybody elsewhere who has to do with it is told.
    /// What the room was to its community is the moderators' to mend. True when there was
    /// anything.
    async fn left_room(
        &mut self,
        community: CommunityId,
        settings: &Settings,
        room: ChannelId,
    ) -> Result<bool, StoreError> {
        let mut closed = 0;
        loop {
            let open = self.tx.open_cases_asked_in((community, room), PAGE).await?;
            if open.is_empty() {
                break;
            }
            for row in open {
                self.happened(row, settings, Event::PlaceLeft).await?;
                closed += 1;
            }
        }
        let (bot, platform) = (self.bot.id.clone(), self.platform.clone());
        let dropped = self.tx.drop_rows_at(&bot, &platform, room, self.now).await?;
        self.count_dropped(dropped);
        if closed + dropped == 0 {
            return Ok(false);
        }
        tracing::info!(
            bot.id = %bot, platform = %platform, community.id = %community, channel.id = %room,
            "bot {bot} was removed from channel {room}: {closed} open cases are closed, \
             {dropped} deliveries dropped"
        );
        Ok(true)
    }

    fn count_dropped(&self, dropped: u64) {
        for _ in 0..dropped {
            self.engine.meters.delivery(self.bot.id.as_str(), self.platform.as_str(), "dropped");
        }
    }

    /// Told of every community that it joins; only one that it had left is news.
    pub(super) async fn joined(&mut self, inbound: &Inbound) -> Result<Handled, StoreError> {
        let Some(known) = self.look_up(&inbound.place).await? else {
            return Ok(Handled::Nothing("unknown community"));
        };
        if !known.left {
            return Ok(Handled::Nothing("never left"));
        }
        self.tx.come_back(known.community, &inbound.place.community_name).await?;
        self.engine.bells.settings();
        tracing::info!(
            bot.id = %self.bot.id, platform = %self.platform, community.id = %known.community,
            "bot {} is back in community {}", self.bot.id, known.community
        );
        Ok(Handled::Recorded)
    }
}
