//! Fetching updates: our own loop over what the server keeps.
//!
//! A batch is taken whole before the next is asked for, and asking for the next is what tells the
//! server to forget the last: so a crash in between is told again, and loses nothing. Once a batch
//! has been forgotten, the number it ended with is too: the server starts anew somewhere else after
//! a quiet week.

use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use super::Core;
use super::calls::{CallError, Calls, GetUpdates, POLL_SECONDS, with};
use super::intake::{ALLOWED_UPDATES, Intake};
use crate::platform::{Closing, ConnectionState, Down, Memory};

/// The server's own limit.
const BATCH: u64 = 100;
const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// Whoever has to end another poller or a webhook takes a while.
const CONFLICT_PAUSE: Duration = Duration::from_secs(5);
/// What is being taken when the bot stops gets this long; what is not taken is told again.
const FINISH_LIMIT: Duration = Duration::from_secs(3);
const CONFIRM_LIMIT: Duration = Duration::from_secs(1);

/// Waits, unless the bot stops; whether it goes on.
pub(super) async fn pause(span: Duration, stop: &CancellationToken) -> bool {
    timeout(span, stop.cancelled()).await.is_err()
}

/// What was last said about it: once, until it is over or something else.
#[derive(Default)]
pub(super) struct Trouble {
    said: String,
    times: u32,
    /// Whether it is over shows as soon as there is an answer.
    shows_at_once: bool,
}

impl Trouble {
    pub(super) fn is_over(&mut self) {
        if self.times > 0 {
            tracing::info!("Telegram answers again; nothing was lost");
        }
        *self = Trouble::default();
    }

    /// How long to wait before the next try.
    pub(super) fn pause(&mut self) -> Duration {
        let doubled = FIRST_PAUSE.saturating_mul(2_u32.saturating_pow(self.times));
        self.times = self.times.saturating_add(1);
        doubled.min(LONGEST_PAUSE)
    }

    pub(super) fn is_news(&mut self, what: &str) -> bool {
        let is_news = self.said != what;
        what.clone_into(&mut self.said);
        is_news
    }
}

pub(super) async fn poll(
    (core, memory, name): (&Core, &dyn Memory, &str),
    intake: &Arc<Intake>,
    stop: &CancellationToken,
) -> Result<(), Down> {
    let (mut offset, mut trouble) = (None, Trouble::default());
    loop {
        // After trouble nobody wants to wait for the next message to know that it is over.
        let seconds = if trouble.shows_at_once { 0 } else { POLL_SECONDS };
        let told = tokio::select! {
            told = core.calls.poll(updates(offset, BATCH, seconds)) => told,
            () = stop.cancelled() => break,
        };
        let batch = match told {
            Ok(Value::Array(batch)) => batch,
            Ok(_) => Vec::new(),
            Err(error) => {
                memory.connection(name, ConnectionState::Down);
                let span = troubled(core, &error, &mut trouble)?;
                if pause(span, stop).await {
                    continue;
                }
                break;
            }
        };
        if trouble.times > 0 {
            memory.connection(name, ConnectionState::Connected);
        }
        trouble.is_over();
        if batch.is_empty() {
            offset = None;
            continue;
        }
        let late = async {
            stop.cancelled().await;
            let _over = timeout(FINISH_LIMIT, std::future::pending::<()>()).await;
        };
        let taken = tokio::select! {
            taken = intake.take_all(batch) => taken,
            () = late => return Ok(()),
        };
        match taken {
            Ok(Some(last)) => offset = Some(last + 1),
            // Nothing that could be told to be forgotten: not at once again.
            Ok(None) => {
                if !pause(LONGEST_PAUSE, stop).await {
                    break;
                }
            }
            Err(Closing) => {
                stop.cancelled().await;
                return Ok(());
            }
        }
    }
    confirm(&core.calls, offset).await;
    Ok(())
}

fn updates(offset: Option<i64>, limit: u64, seconds: u64) -> GetUpdates {
    let asked = json!({ "limit": limit, "timeout": seconds, "allowed_updates": ALLOWED_UPDATES });
    GetUpdates(match offset {
        Some(offset) => with(asked, "offset", offset),
        None => asked,
    })
}

/// Lets the server forget what was taken last, so that a start begins with news. If it does not
/// come to that, the same is told again.
async fn confirm(calls: &Calls, offset: Option<i64>) {
    if offset.is_some() {
        let _told = timeout(CONFIRM_LIMIT, calls.poll(updates(offset, 1, 0))).await;
    }
}

/// Says what is wrong, where it is news, and how long to wait.
fn troubled(core: &Core, error: &CallError, trouble: &mut Trouble) -> Result<Duration, Down> {
    match error {
        CallError::Unknown => Err(core.unknown_token()),
        CallError::Limited { after } => {
            trouble.times = trouble.times.max(1);
            Ok((*after).min(LONGEST_PAUSE))
        }
        CallError::Refused { why } if why.starts_with("Conflict") => {
            let has_webhook = why.contains("webhook") || why.contains("setWebhook");
            if !has_webhook {
                core.note_robbery();
            }
            let (what, mend) = if has_webhook {
                (
                    "a webhook was set for this bot, and takes all its updates",
                    "start the bot anew to have it removed, or give bot.toml a webhook",
                )
            } else {
                (
                    "another program fetches this bot's updates with the same token",
                    "stop the other one, or give each its own token from BotFather",
                )
            };
            if trouble.is_news(what) {
                let variable = &core.config.token_env;
                tracing::error!("{what}: nothing is heard here; {mend} (token of {variable})");
            }
            trouble.times = trouble.times.max(1);
            // The other one is gone when a whole poll was not taken from us.
            trouble.shows_at_once = false;
            Ok(CONFLICT_PAUSE)
        }
        CallError::Refused { .. }
        | CallError::Moved { .. }
        | CallError::Unanswered(_)
        | CallError::Unreachable(_) => {
            let what = error.to_string();
            trouble.shows_at_once = true;
            if trouble.is_news(&what) {
                tracing::warn!("updates cannot be fetched, which is tried again: {what}");
            }
            Ok(trouble.pause())
        }
    }
}
