//! The sweeper: forgets what nobody will ask for again, and what nobody may keep any longer.
//!
//! One [`sweep`] is a step that can be called by hand. Whatever may be much goes batch by batch,
//! each a transaction of its own, because the writer is everybody's; a sweep that is stopped in the
//! middle goes on with the next.

use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::engine::{BotParts, Engine};
use crate::domain::ids::CommunityId;
use crate::domain::time::Moment;
use crate::store::{StoreError, TextMark};

/// Keys of handled inputs are kept as long as any platform keeps updates (a day), twice over.
const INBOX_KEPT: Duration = Duration::from_hours(48);
const SENT_KEPT: Duration = Duration::from_hours(168);

/// How long a community is kept after the bot was removed from it: a month is enough to notice a
/// mistake and to invite it again, and nobody needs the rest for longer.
pub const LEFT_KEPT: Duration = Duration::from_hours(24 * 30);

const SWEEP_EVERY: Duration = Duration::from_hours(1);

/// Sweeps now and then, until `stop`.
pub(super) async fn run(engine: Arc<Engine>, stop: CancellationToken) {
    loop {
        let now = engine.clock().now();
        if let Err(error) = sweep(&engine).await {
            tracing::warn!(problem = %error, "old rows could not be swept");
        }
        if let Err(error) = take_over_texts(&engine, &stop).await {
            tracing::warn!(
                problem = %error,
                "words could not all be taken over to the current key; the old one is still needed"
            );
        }
        tokio::select! {
            () = engine.clock().until(now + SWEEP_EVERY) => {}
            () = stop.cancelled() => return,
        }
    }
}

/// Forgets everything whose time is over at this moment.
pub async fn sweep(engine: &Engine) -> Result<(), StoreError> {
    let now = engine.clock().now();
    let mut tx = engine.store().begin().await?;
    tx.forget_inputs_before(now - INBOX_KEPT).await?;
    tx.forget_duty_days(now).await?;
    tx.forget_link_codes(now).await?;
    tx.commit().await?;
    loop {
        let mut tx = engine.store().begin().await?;
        let forgotten = tx.forget_sent_before(now - SENT_KEPT).await?;
        tx.commit().await?;
        if forgotten == 0 {
            break;
        }
    }
    for bot in engine.bots() {
        forget_words(engine, bot, now).await?;
        forget_communities(engine, bot, now).await?;
    }
    Ok(())
}

/// Takes people's words over to the key that is current, batch by batch, if another one is still
/// needed; what is done when `stop` comes is done.
pub async fn take_over_texts(engine: &Engine, stop: &CancellationToken) -> Result<(), StoreError> {
    let store = engine.store();
    if store.texts_are_whole().await? {
        return Ok(());
    }
    let mut mark = TextMark::default();
    while let Some(next) = store.rewrite_texts(mark).await? {
        if stop.is_cancelled() {
            return Ok(());
        }
        mark = next;
    }
    tracing::info!("all words are under the current key; no other is needed any more");
    Ok(())
}

/// Words are kept for as long as the bot's `keep_text` says after the end of their case.
async fn forget_words(engine: &Engine, bot: &BotParts, now: Moment) -> Result<(), StoreError> {
    loop {
        let mut tx = engine.store().begin().await?;
        let forgotten = tx.forget_words_before(&bot.id, now - bot.keep_text).await?;
        tx.commit().await?;
        if forgotten == 0 {
            return Ok(());
        }
        engine.recall.forget(&bot.id);
    }
}

async fn forget_communities(
    engine: &Engine,
    bot: &BotParts,
    now: Moment,
) -> Result<(), StoreError> {
    loop {
        let mut tx = engine.store().read().await?;
        let left = tx.left_before(&bot.id, now - LEFT_KEPT).await?;
        drop(tx);
        if left.is_empty() {
            return Ok(());
        }
        for community in left {
            erase(engine, bot, community, now).await?;
            tracing::info!(
                bot.id = %bot.id, community.id = %community,
                "what was kept of community {community}, left {} days ago, is deleted",
                LEFT_KEPT.as_secs() / 86_400
            );
        }
    }
}

async fn erase(
    engine: &Engine,
    bot: &BotParts,
    community: CommunityId,
    now: Moment,
) -> Result<(), StoreError> {
    loop {
        let mut tx = engine.store().begin().await?;
        if !tx.left_before(&bot.id, now - LEFT_KEPT).await?.contains(&community) {
            // Invited again in the meantime.
            return Ok(());
        }
        let erased = tx.erase_words_of(community).await?;
        if erased == 0 {
            // In one with the last look: nothing can have come in between.
            tx.erase_settings_of(community).await?;
        }
        tx.commit().await?;
        engine.recall.forget(&bot.id);
        if erased == 0 {
            return Ok(());
        }
    }
}
