//! Communities that are a single room, as on platforms without servers around their chats: a team
//! that works apart from its customers has a room of its own, which is a community to the platform
//! and a channel to us.
//!
//! A room that nobody set up by itself belongs to the community whose moderators named it, and so
//! does a person's private chat with the bot where a community takes questions in private. Whoever
//! named a room had the rights in both, so the rights that people have in it count.

use super::Turn;
use crate::domain::ids::PlatformKey;
use crate::platform::Place;
use crate::runtime::engine::Handled;
use crate::store::{KnownPlace, Settings, StoreError};

impl Turn<'_> {
    /// What is kept of a place.
    pub(super) async fn look_up(
        &mut self,
        place: &Place,
    ) -> Result<Option<KnownPlace>, StoreError> {
        let parent = place.thread.as_ref().map(|thread| &thread.parent);
        let (community, channel) = (&place.community, &place.channel);
        let own = self.tx.place(&self.bot.id, &self.platform, community, channel, parent).await?;
        if own.as_ref().is_some_and(|own| own.settings != Settings::default()) {
            return Ok(own);
        }
        let lent =
            self.tx.place_elsewhere(&self.bot.id, &self.platform, community, channel, parent);
        Ok(lent.await?.or(own))
    }

    /// The platform calls a room something else. What is open in it goes on under the new key; a
    /// room of that key that we met in between, and that nobody set up, makes way.
    pub(super) async fn room_moved(
        &mut self,
        from: &PlatformKey,
        to: &PlatformKey,
    ) -> Result<Handled, StoreError> {
        let (bot, platform) = (self.bot.id.clone(), self.platform.clone());
        if from == to {
            return Ok(Handled::Nothing("moved to where it is"));
        }
        let known = self.tx.settings_of(&bot, &platform, from).await?.is_some();
        if let Some(settings) = self.tx.settings_of(&bot, &platform, to).await?
            && known
        {
            if settings != Settings::default() {
                tracing::error!(
                    bot.id = %bot, platform = %platform,
                    "community {from} moved to {to}, which is set up already; the two stay apart"
                );
                return Ok(Handled::Nothing("moved to what is another community"));
            }
            self.tx.set_community_aside(&bot, &platform, to, self.now).await?;
        }
        let communities = self.tx.move_community(&bot, &platform, from, to).await?;
        let channels = self.tx.move_channels(&bot, &platform, from, to).await?;
        if communities + channels == 0 {
            return Ok(Handled::Nothing("moved, and not watched"));
        }
        tracing::info!(
            bot.id = %bot, platform = %platform,
            "community {from} is called {to} from now on; all of it goes on there"
        );
        Ok(Handled::Recorded)
    }
}
