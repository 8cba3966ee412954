//! The runtime's memory for an adapter, over the store.

use std::sync::Arc;

use super::Engine;
use crate::domain::ids::{BotId, PlatformId, PlatformKey};
use crate::platform::{Doing, Down, Membership, Memory, OpenCase, Remembered};
use crate::store::{OpenQuestion, StoreError};

/// What is remembered for one bot on one platform.
pub(super) struct EngineMemory {
    pub(super) engine: Arc<Engine>,
    pub(super) bot: BotId,
    pub(super) platform: PlatformId,
}

fn down(error: &StoreError) -> Down {
    Down(error.to_string())
}

impl Memory for EngineMemory {
    fn places(&self) -> Doing<'_, Result<Vec<Remembered>, Down>> {
        Box::pin(async {
            let bells = &self.engine.bells;
            bells.asks_for_places(&self.bot, &self.platform);
            let mut tx = self.engine.store().read().await.map_err(|e| down(&e))?;
            let cursors = tx.cursors(&self.bot, &self.platform).await.map_err(|e| down(&e))?;
            let told = cursors.iter().map(|cursor| cursor.id).collect();
            bells.tells_places(&self.bot, &self.platform, told);
            let remembered = cursors.into_iter().map(|cursor| Remembered {
                community: cursor.community,
                channel: cursor.channel,
                heard: cursor.heard,
            });
            Ok(remembered.collect())
        })
    }

    fn memberships(&self) -> Doing<'_, Result<Vec<Membership>, Down>> {
        Box::pin(async {
            let mut tx = self.engine.store().read().await.map_err(|e| down(&e))?;
            let known = tx.memberships(&self.bot, &self.platform).await.map_err(|e| down(&e))?;
            let one = |(community, left)| Membership { community, left };
            Ok(known.into_iter().map(one).collect())
        })
    }

    fn remember<'a>(
        &'a self,
        heard: &'a [(PlatformKey, PlatformKey)],
    ) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            let now = self.engine.clock().now();
            let mut tx = self.engine.store().begin().await.map_err(|e| down(&e))?;
            for (channel, message) in heard {
                tx.heard_up_to(&self.bot, &self.platform, channel, message, now)
                    .await
                    .map_err(|e| down(&e))?;
            }
            tx.commit().await.map_err(|e| down(&e))
        })
    }

    fn escalation<'a>(
        &'a self,
        community: &'a PlatformKey,
    ) -> Doing<'a, Result<Vec<String>, Down>> {
        Box::pin(async move {
            let Some(bot) = self.engine.bots.get(&self.bot) else { return Ok(Vec::new()) };
            let mut tx = self.engine.store().read().await.map_err(|e| down(&e))?;
            let settings = tx.settings_of(&self.bot, &self.platform, community).await;
            let settings = settings.map_err(|e| down(&e))?.unwrap_or_default();
            Ok(settings.escalation_words(&bot.rules.escalation, self.engine.clock().now()))
        })
    }

    fn open_cases<'a>(
        &'a self,
        community: &'a PlatformKey,
    ) -> Doing<'a, Result<Vec<OpenCase>, Down>> {
        Box::pin(async move {
            let mut tx = self.engine.store().read().await.map_err(|e| down(&e))?;
            let open = tx.open_questions(&self.bot, &self.platform, community).await;
            let open = open.map_err(|e| down(&e))?.into_iter();
            let named = |open: OpenQuestion| {
                let (number, question) = (open.case.short(), open.question);
                OpenCase { number, question }
            };
            Ok(open.map(named).collect())
        })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(self.engine.bells.places())
    }

    fn dropped(&self, reason: &'static str) {
        let (bot, platform) = (self.bot.as_str(), self.platform.as_str());
        self.engine.meters().input(bot, platform, "dropped", reason);
    }
}
