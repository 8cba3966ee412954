//! What a real platform would keep for itself, kept for the playground: its posts, and the
//! inputs that the runtime has not acknowledged.

use super::statements::{both, statements};
use super::{Store, StoreError, on, rows};
use crate::domain::ids::BotId;

statements! {
    FRAMES = both("SELECT number, frame FROM playground_frames WHERE bot = $1 ORDER BY number");
    NEW_FRAME = both(
        "INSERT INTO playground_frames (number, bot, frame) VALUES ($1, $2, $3) \
         ON CONFLICT (bot, number) DO UPDATE SET frame = excluded.frame");
    UNHEARD = both(
        "SELECT input_key, inbound FROM playground_unheard WHERE bot = $1 ORDER BY input_key");
    NEW_UNHEARD = both(
        "INSERT INTO playground_unheard (bot, input_key, inbound) VALUES ($1, $2, $3) \
         ON CONFLICT (bot, input_key) DO NOTHING");
    HEARD = both("DELETE FROM playground_unheard WHERE bot = $1 AND input_key = $2");
}

rows! {
    struct FrameRecord { number: i64, frame: String }
    struct UnheardRecord { input_key: String, inbound: String }
}

/// What the playground finds when it starts again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct KeptPlayground {
    /// Its frames by number, in order.
    pub frames: Vec<(i64, String)>,
    /// Inputs handed over but not acknowledged, by key.
    pub unheard: Vec<(String, String)>,
}

impl Store {
    pub async fn kept_playground(&self, bot: &BotId) -> Result<KeptPlayground, StoreError> {
        let mut tx = self.read().await?;
        let text = tx.sql(&FRAMES);
        let frames: Vec<FrameRecord> = on!(&mut tx, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        let text = tx.sql(&UNHEARD);
        let unheard: Vec<UnheardRecord> = on!(&mut tx, c => sqlx::query_as(text)
            .bind(bot.as_str()).fetch_all(c).await?);
        Ok(KeptPlayground {
            frames: frames.into_iter().map(|row| (row.number, row.frame)).collect(),
            unheard: unheard.into_iter().map(|row| (row.input_key, row.inbound)).collect(),
        })
    }

    /// Keeps a frame and, with it, the input that it stands for until that is acknowledged.
    pub async fn keep_playground(
        &self,
        bot: &BotId,
        frame: Option<(i64, &str)>,
        unheard: Option<(&str, &str)>,
    ) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        if let Some((number, frame)) = frame {
            let text = tx.sql(&NEW_FRAME);
            on!(&mut tx, c => sqlx::query(text)
                .bind(number).bind(bot.as_str()).bind(frame).execute(c).await?.rows_affected());
        }
        if let Some((key, inbound)) = unheard {
            let text = tx.sql(&NEW_UNHEARD);
            on!(&mut tx, c => sqlx::query(text)
                .bind(bot.as_str()).bind(key).bind(inbound).execute(c).await?.rows_affected());
        }
        tx.commit().await
    }

    pub async fn playground_heard(&self, bot: &BotId, key: &str) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let text = tx.sql(&HEARD);
        on!(&mut tx, c => sqlx::query(text)
            .bind(bot.as_str()).bind(key).execute(c).await?.rows_affected());
        tx.commit().await
    }
}
