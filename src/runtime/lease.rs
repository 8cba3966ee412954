//! Holding a connection: of all processes on one database, one is connected for a bot to a
//! platform and sends what is to be said there.
//!
//! # Wanted
//!
//! A process that dies is replaced within ten seconds; one that was stopped and goes on, as a
//! suspended machine does, must not send beside whoever replaced it.
//!
//! # Chosen
//!
//! A lease in the database, renewed every [`RENEWED_EVERY`] and lost [`LASTS`] after the last
//! renewal, by the database's clock. Every change of hands raises its fence, and a row is marked as
//! being sent only under the highest one ([`crate::store::Fence`]). Whoever cannot renew stops by
//! its own clock before the lease is over; whoever was suspended meanwhile finds a higher fence.
//! On SQLite the file's lock has settled it: the lease is taken once, for good.
//!
//! Everything else (cases, deadlines, the sweeper, calls on the public listener) is worked on by
//! all processes.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::engine::Engine;
use super::{Circles, clock};
use crate::domain::ids::{BotId, PlatformId};
use crate::store::{Fence, StoreError};

/// From the last renewal to somebody else's turn.
const LASTS: Duration = Duration::from_secs(6);
const RENEWED_EVERY: Duration = Duration::from_secs(2);
/// How often those who wait try.
const TRIED_EVERY: Duration = Duration::from_secs(1);
/// Not renewed for so long it is given up, with time left to stop before somebody else begins.
const GIVEN_UP_AFTER: Duration = Duration::from_secs(4);

/// One stretch of holding a connection.
#[derive(Debug, Clone)]
pub(super) struct Tenure {
    pub(super) fence: Fence,
    /// Over when the lease is, or when the runtime stops listening.
    pub(super) listening: CancellationToken,
    /// Over when the lease is, or when the runtime stops sending.
    pub(super) sending: CancellationToken,
}

/// What a connection is held for.
pub(super) type Held = watch::Sender<Option<Tenure>>;

/// The lease of one connection.
pub(super) struct Lease {
    pub(super) engine: Arc<Engine>,
    pub(super) bot: BotId,
    pub(super) platform: PlatformId,
    /// Who does not hold it when the runtime stops listening need not any more; when holding is
    /// over, all that was under way is settled.
    pub(super) circles: Circles,
}

impl Lease {
    /// Takes the lease, keeps it, takes it again when it was lost; lets go at the end.
    pub(super) async fn keep(self, held: Held) {
        while let Some((fence, since)) = self.take().await {
            let Circles { listening, sending, .. } = &self.circles;
            let (listening, sending) = (listening.child_token(), sending.child_token());
            let tenure = Tenure { fence, listening, sending };
            held.send_replace(Some(tenure.clone()));
            let is_over = self.renew(fence, since).await;
            held.send_replace(None);
            tenure.listening.cancel();
            tenure.sending.cancel();
            if is_over {
                self.release(fence).await;
                return;
            }
            tracing::warn!(
                bot.id = %self.bot, platform = %self.platform,
                "the connection of bot {} to {} is given up: its lease was not renewed in time",
                self.bot, self.platform
            );
        }
    }

    fn lasts(&self) -> Duration {
        // Where nobody else can have it, it need not last: it is never asked for.
        if self.engine.store.is_shared() { LASTS } else { Duration::ZERO }
    }

    /// The lease as soon as it can be had; `None` when the runtime stops before.
    async fn take(&self) -> Option<(Fence, Instant)> {
        let (store, process) = (&self.engine.store, self.engine.process());
        let mut said = false;
        loop {
            let asked = Instant::now();
            match store.take_lease(&self.bot, &self.platform, process, self.lasts()).await {
                Ok(Some(fence)) => return Some((fence, asked)),
                Ok(None) if said => {}
                Ok(None) => tracing::info!(
                    bot.id = %self.bot, platform = %self.platform,
                    "another process is connected to {} for bot {}; standing by",
                    self.platform, self.bot
                ),
                Err(error) => {
                    tracing::warn!(problem = %error, "a lease could not be asked for");
                }
            }
            said = true;
            tokio::select! {
                () = clock::pause(TRIED_EVERY) => {}
                () = self.circles.listening.cancelled() => return None,
            }
        }
    }

    /// Keeps the lease until the runtime is done with it (true) or it is lost (false).
    async fn renew(&self, fence: Fence, mut since: Instant) -> bool {
        if !self.engine.store.is_shared() {
            self.circles.holding.cancelled().await;
            return true;
        }
        loop {
            tokio::select! {
                () = clock::pause(RENEWED_EVERY) => {}
                () = self.circles.holding.cancelled() => return true,
            }
            let asked = Instant::now();
            let left = GIVEN_UP_AFTER.saturating_sub(asked.duration_since(since));
            let renewed = tokio::time::timeout(left, self.renewed(fence)).await;
            match renewed {
                Ok(Ok(true)) => since = asked,
                Ok(Ok(false)) | Err(_) => return false,
                // It may answer before the time is over.
                Ok(Err(_)) => {}
            }
        }
    }

    async fn renewed(&self, fence: Fence) -> Result<bool, StoreError> {
        self.engine.store.renew_lease(&self.bot, &self.platform, fence, LASTS).await
    }

    async fn release(&self, fence: Fence) {
        let released = self.engine.store.release_lease(&self.bot, &self.platform, fence).await;
        if let Err(error) = released {
            // Whoever waits has it in a few seconds.
            tracing::debug!(problem = %error, "a lease was not released");
        }
    }
}
