//! The playground's hands and memory: its clock, its journal and its look at the inside, over the
//! engine and the store.

use std::sync::Arc;
use std::time::Duration;

use super::panel;
use crate::domain::case::Due;
use crate::domain::ids::{BotId, Language, PlatformId, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::playground::{COMMUNITY, Hands, Insight, Journal, Kept, Person};
use crate::platform::{Doing, Down};
use crate::runtime::{Clock as _, Engine, MovableClock};
use crate::store::{Store, StoreError};

/// The playground's journal, in its own database.
pub(super) struct StoreJournal {
    pub(super) store: Store,
    pub(super) bot: BotId,
}

fn down(error: &StoreError) -> Down {
    Down(error.to_string())
}

impl Journal for StoreJournal {
    fn load(&self) -> Doing<'_, Result<Kept, Down>> {
        Box::pin(async move {
            let kept = self.store.kept_playground(&self.bot).await.map_err(|e| down(&e))?;
            Ok(Kept { documents: kept.frames, unheard: kept.unheard })
        })
    }

    fn keep<'a>(
        &'a self,
        document: (i64, &'a str),
        unheard: Option<(&'a str, &'a str)>,
    ) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            let kept = self.store.keep_playground(&self.bot, Some(document), unheard).await;
            kept.map_err(|error| down(&error))
        })
    }

    fn heard<'a>(&'a self, key: &'a str) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            self.store.playground_heard(&self.bot, key).await.map_err(|error| down(&error))
        })
    }
}

/// The hands of the playground's clock, and its eyes.
pub(super) struct StoreHands {
    pub(super) engine: Arc<Engine>,
    pub(super) bot: BotId,
    pub(super) clock: Arc<MovableClock>,
}

impl StoreHands {
    async fn due_next(&self) -> Result<Option<(Moment, Option<Due>)>, StoreError> {
        let now = self.clock.now();
        let mut tx = self.engine.store().read().await?;
        let case = tx.next_case_due(&self.bot, now).await?.map(|row| row.case);
        let deadline = case.and_then(|case| Some((case.deadline()?, case.due())));
        let waiting = tx.next_outbox_due(&self.bot, &PlatformId::from("playground"), now).await?;
        let waiting = waiting.map(|at| (at, None));
        Ok([deadline, waiting].into_iter().flatten().min_by_key(|(at, _)| *at))
    }

    async fn escalation_now(&self) -> Result<Option<String>, StoreError> {
        let mut tx = self.engine.store().read().await?;
        let (platform, community) = (PlatformId::from("playground"), PlatformKey::from(COMMUNITY));
        let place = tx.place(&self.bot, &platform, &community, &PlatformKey::new(""), None).await?;
        let set = place.and_then(|place| place.settings.escalation?.command);
        let own = || {
            let bot = self.engine.bots().find(|bot| bot.id == self.bot)?;
            Some(bot.rules.escalation.command.clone())
        };
        Ok(set.or_else(own))
    }
}

impl Hands for StoreHands {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn offset(&self) -> Duration {
        self.clock.offset()
    }

    fn forward(&self, span: Duration) {
        self.clock.forward(span);
    }

    fn next(&self) -> Doing<'_, Option<(Moment, Option<Due>)>> {
        // With the database away there is nothing to announce; the runtime says why.
        Box::pin(async move { self.due_next().await.ok().flatten() })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(self.engine.changed())
    }

    fn escalation(&self) -> Doing<'_, Option<String>> {
        Box::pin(async move { self.escalation_now().await.ok().flatten() })
    }

    fn inside<'a>(
        &'a self,
        language: &'a Language,
        people: &'static [Person],
    ) -> Doing<'a, Option<Insight>> {
        Box::pin(async move {
            match panel::inside(&self.engine, &self.bot, language, people).await {
                Ok(insight) => Some(insight),
                Err(error) => {
                    tracing::warn!(problem = %error, "the panel could not be read");
                    None
                }
            }
        })
    }
}
