//! Updates that Telegram brings: its calls on the public listener, and where it is told to call.
//!
//! A call is answered with 200 when its update is committed. Anything else is brought again, soon
//! and for a day, so that a restart loses nothing. Whoever does not know the secret is nobody.

use std::sync::{Arc, Mutex, PoisonError};

use reqwest::Url;
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;
use tokio_util::sync::CancellationToken;

use super::Core;
use super::calls::{CallError, DeleteWebhook, GetWebhookInfo, SetWebhook};
use super::intake::{ALLOWED_UPDATES, Intake};
use super::polling::{Trouble, pause};
use crate::platform::{Doing, Down, Hook, HookCall};

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";
/// Telegram's own: letters, digits, `_` and `-`.
const SECRET_LIMIT: usize = 256;
/// An update is a few kilobytes; a message with a hundred entities and a quoted one is tens.
const BODY_LIMIT: usize = 1024 * 1024;
/// Calls at once; the engine puts many into one commit.
const CONNECTIONS: u64 = 40;

const OK: u16 = 200;
const UNAUTHORIZED: u16 = 401;
const NOT_NOW: u16 = 503;

/// Where Telegram is to bring updates, and what it says to be known.
#[derive(Clone)]
pub struct Webhook {
    pub url: String,
    pub secret: String,
}

pub(super) struct Receiver {
    path: String,
    secret: String,
    intake: Mutex<Option<Arc<Intake>>>,
}

impl Receiver {
    pub(super) fn new(webhook: &Webhook) -> Result<Receiver, Down> {
        let url = Url::parse(&webhook.url);
        let url = url.map_err(|_| Down("telegram.webhook.url is no web address".to_owned()))?;
        let secret = &webhook.secret;
        let is_letter = |letter: u8| letter.is_ascii_alphanumeric() || b"_-".contains(&letter);
        if !(1..=SECRET_LIMIT).contains(&secret.len()) || !secret.bytes().all(is_letter) {
            let why = "the secret of telegram.webhook must be 1 to 256 letters of A-Z, a-z, 0-9, _ \
                       and -";
            return Err(Down(why.to_owned()));
        }
        let intake = Mutex::default();
        Ok(Receiver { path: url.path().to_owned(), secret: secret.clone(), intake })
    }

    fn set(&self, intake: Option<Arc<Intake>>) {
        *self.intake.lock().unwrap_or_else(PoisonError::into_inner) = intake;
    }

    /// Takes what is brought, until the bot stops.
    pub(super) async fn serve(&self, intake: &Arc<Intake>, stop: &CancellationToken) {
        self.set(Some(Arc::clone(intake)));
        stop.cancelled().await;
        self.set(None);
    }
}

impl Hook for Receiver {
    fn path(&self) -> &str {
        &self.path
    }

    fn body_limit(&self) -> usize {
        BODY_LIMIT
    }

    fn call(&self, call: HookCall) -> Doing<'_, u16> {
        Box::pin(async move {
            let told = call.headers.iter().find(|(name, _)| name == SECRET_HEADER);
            let told = told.map_or(&b""[..], |(_, value)| value.as_bytes());
            if !bool::from(told.ct_eq(self.secret.as_bytes())) {
                return UNAUTHORIZED;
            }
            let intake = self.intake.lock().unwrap_or_else(PoisonError::into_inner).clone();
            let Some(intake) = intake else { return NOT_NOW };
            // What is no JSON would be none the next time either: it is counted like any update
            // that cannot be read.
            let update: Value = serde_json::from_slice(&call.body).unwrap_or_default();
            if intake.take_one(update).await.is_ok() { OK } else { NOT_NOW }
        })
    }
}

/// Makes Telegram bring updates or keep them to be fetched, as the configuration says; writes only
/// what differs.
pub(super) async fn arrange(core: &Core, stop: &CancellationToken) -> Result<(), Down> {
    let mut trouble = Trouble::default();
    loop {
        match arranged(core).await {
            Ok(()) => return Ok(()),
            Err(CallError::Unknown) => return Err(core.unknown_token()),
            Err(CallError::Refused { why }) => {
                return Err(Down(format!("Telegram does not take the webhook: {why}")));
            }
            Err(error) => {
                if trouble.is_news(&error.to_string()) {
                    tracing::warn!("how updates come is not settled yet: {error}");
                }
                if !pause(trouble.pause(), stop).await {
                    return Ok(());
                }
            }
        }
    }
}

async fn arranged(core: &Core) -> Result<(), CallError> {
    let set = core.calls.call(GetWebhookInfo(json!({}))).await?;
    match &core.config.webhook {
        None if url_of(&set).is_empty() => Ok(()),
        None => {
            let keep = json!({ "drop_pending_updates": false });
            core.calls.call(DeleteWebhook(keep)).await?;
            tracing::info!("the webhook that was set is removed; what it had not brought is kept");
            Ok(())
        }
        Some(webhook) if !differs(&set, webhook) => Ok(()),
        Some(webhook) => {
            let wanted = json!({
                "url": webhook.url,
                "secret_token": webhook.secret,
                "allowed_updates": ALLOWED_UPDATES,
                "max_connections": CONNECTIONS,
                "drop_pending_updates": false,
            });
            core.calls.call(SetWebhook(wanted)).await?;
            tracing::info!("Telegram brings updates to {} from now on", webhook.url);
            Ok(())
        }
    }
}

fn url_of(set: &Value) -> &str {
    set.get("url").and_then(Value::as_str).unwrap_or_default()
}

/// Telegram does not tell the secret; that it is another one shows by our having refused it.
fn differs(set: &Value, webhook: &Webhook) -> bool {
    let allowed = set.get("allowed_updates").and_then(Value::as_array);
    let allowed = allowed.into_iter().flatten().filter_map(Value::as_str);
    let mut allowed: Vec<&str> = allowed.collect();
    let mut wanted = ALLOWED_UPDATES.to_vec();
    allowed.sort_unstable();
    wanted.sort_unstable();
    let said = set.get("last_error_message").and_then(Value::as_str).unwrap_or_default();
    url_of(set) != webhook.url || allowed != wanted || said.contains("401")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn webhook() -> Webhook {
        let url = "https://bots.example.com/telegram/lumen".to_owned();
        Webhook { url, secret: "s3cret_-".to_owned() }
    }

    #[test]
    fn only_what_differs_is_written() {
        let set = json!({ "url": webhook().url, "pending_update_count": 3,
            "allowed_updates": ["my_chat_member", "chat_member", "message_reaction",
                "callback_query", "edited_message", "message"] });
        assert!(!differs(&set, &webhook()));
        for (name, value) in [
            ("url", json!("https://elsewhere.example.com/")),
            ("allowed_updates", json!(["message"])),
            ("last_error_message", json!("Wrong response from the webhook: 401 Unauthorized")),
        ] {
            let mut other = set.clone();
            other[name] = value;
            assert!(differs(&other, &webhook()), "{name}");
        }
        assert!(differs(&json!({ "url": "" }), &webhook()));
    }

    #[test]
    fn a_secret_that_telegram_would_not_take_is_said_before() {
        assert_eq!(
            Receiver::new(&webhook()).map(|one| one.path).ok().as_deref(),
            Some("/telegram/lumen")
        );
        for secret in ["", "with space", "größe", &"x".repeat(257)] {
            let webhook = Webhook { secret: secret.to_owned(), ..webhook() };
            assert!(Receiver::new(&webhook).is_err(), "{secret}");
        }
    }

    #[tokio::test]
    async fn whoever_does_not_know_the_secret_is_nobody() {
        let receiver = Receiver::new(&webhook()).expect("a receiver");
        let call = |secret: Option<&str>| HookCall {
            headers: secret
                .map(|it| (SECRET_HEADER.to_owned(), it.to_owned()))
                .into_iter()
                .collect(),
            body: b"{}".to_vec(),
        };
        for secret in [None, Some(""), Some("s3cret_"), Some("s3cret_-x"), Some("S3CRET_-")] {
            assert_eq!(receiver.call(call(secret)).await, UNAUTHORIZED, "{secret:?}");
        }
        assert_eq!(receiver.call(call(Some("s3cret_-"))).await, NOT_NOW, "before it listens");
    }
}
