//! Threads on messages: opened, and put away when the talk in them is over.
//!
//! A thread has the id of the message that it was opened on, and a message has one at most. So a
//! second try is told that there is one, and a thread that a person opened first is used like our
//! own. Nothing here takes a right that the bot
//! was not invited with: what it opened itself it may put away, and nobody's else.

use serde_json::{Value, json};

use super::super::letters::label;
use super::outbound::{Again, Means, code, id_of, meaning, snowflake};
use super::rest::{Call, RestError};
use crate::domain::ids::PlatformKey;
use crate::platform::{DeliveryError, Receipt};

/// Discord's own limit.
const NAME_LIMIT: usize = 100;

/// After so long without a word Discord puts it away by itself: of its four lengths the shortest
/// that outlives a night. Whatever is said in it later fetches it back.
const ARCHIVE_AFTER_MINUTES: u64 = 24 * 60;

impl Means<'_> {
    pub(super) async fn open_thread(
        self,
        channel: &PlatformKey,
        message: &PlatformKey,
        title: &str,
    ) -> Result<Receipt, DeliveryError> {
        let (channel, message) = (snowflake(channel)?, snowflake(message)?);
        let body = json!({
            "name": label(title, NAME_LIMIT),
            "auto_archive_duration": ARCHIVE_AFTER_MINUTES,
        });
        let path = format!("/channels/{channel}/messages/{message}/threads");
        let id = match self.repeat(Call::post(path, body), None).await {
            Ok(opened) => id_of(&opened).unwrap_or_else(|_| message.to_owned()),
            Err(error) if code(&error) == 160_004 => self.opened_before(message).await?,
            Err(error) => return Err(unopened(&error)),
        };
        Ok(Receipt::of_thread(PlatformKey::new(id)))
    }

    /// The thread that is there already. One that moderators have locked takes no word of ours.
    async fn opened_before(self, message: &str) -> Result<String, DeliveryError> {
        let there = self.repeat(Call::get(format!("/channels/{message}")), None).await;
        let there = there.map_err(|error| unopened(&error))?;
        if there.pointer("/thread_metadata/locked") == Some(&Value::Bool(true)) {
            let why = "the thread on the question is locked".to_owned();
            return Err(DeliveryError::Refused { why });
        }
        Ok(message.to_owned())
    }

    pub(super) async fn put_away(
        self,
        thread: &PlatformKey,
        title: Option<&str>,
    ) -> Result<Receipt, DeliveryError> {
        let id = snowflake(thread)?;
        let failed = |error: RestError| meaning(&error, Again::Same);
        let path = format!("/channels/{id}");
        let there = self.repeat(Call::get(&path), None).await.map_err(failed)?;
        let is_own = there.get("owner_id").and_then(Value::as_str) == Some(self.me);
        let is_away = there.pointer("/thread_metadata/archived") == Some(&Value::Bool(true));
        if !is_own || (is_away && title.is_none()) {
            return Ok(Receipt::default());
        }
        let mut body = json!({ "archived": true });
        if let (Some(title), Some(fields)) = (title, body.as_object_mut()) {
            fields.insert("name".to_owned(), json!(label(title, NAME_LIMIT)));
        }
        self.repeat(Call::patch(path, body), Some(id)).await.map_err(failed)?;
        Ok(Receipt::default())
    }
}

/// What moderators read of it, when they look why there are no threads.
fn unopened(error: &RestError) -> DeliveryError {
    let refused = |what: &str| DeliveryError::Refused { why: format!("{what} ({error})") };
    match code(error) {
        50_013 => refused("the bot needs the right Create Public Threads there"),
        50_024 => refused("a channel of this kind has no threads"),
        160_006 => refused("the server has as many open threads as Discord allows"),
        _ => meaning(error, Again::Same),
    }
}
