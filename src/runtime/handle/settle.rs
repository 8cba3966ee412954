//! Settling a delivery: what its result means for the row, and for what waits behind it.

use std::time::Duration;

use super::super::document::{Document, Keeps};
use super::super::engine::Handled;
use super::Turn;
use crate::domain::ids::{OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::{DeliveryError, Receipt};
use crate::store::{DueRow, Part, Said, Settled, StoreError};

/// Sends of one row at most. With the back-off below the last comes an hour and a half after the
/// first: a platform that is away longer is an outage somebody looks at.
pub(crate) const ATTEMPTS: i64 = 10;

const FIRST_BACK_OFF: Duration = Duration::from_secs(2);
const LONGEST_BACK_OFF: Duration = Duration::from_mins(20);

impl Turn<'_> {
    pub(super) async fn settle(
        &mut self,
        id: OutboxId,
        result: &Result<Receipt, DeliveryError>,
    ) -> Result<Handled, StoreError> {
        let Some(row) = self.tx.outbox_row(id).await? else { return Ok(Handled::Nothing("stale")) };
        let settled = match result {
            Ok(receipt) => {
                self.remember(&row, receipt.message.as_ref()).await?;
                Settled::Sent { key: receipt.message.clone() }
            }
            Err(DeliveryError::Retry { after, why }) => self.again(&row, *after, why),
            Err(DeliveryError::Unknown { why }) if row.class.may_repeat() => {
                self.again(&row, None, why)
            }
            Err(DeliveryError::Unknown { why }) => Settled::Dropped {
                problem: format!("unknown whether it arrived, and not to be said twice: {why}"),
            },
            Err(DeliveryError::Refused { why }) => Settled::GivenUp { problem: why.clone() },
            Err(DeliveryError::Gone { why }) => Settled::Dropped { problem: why.clone() },
            Err(DeliveryError::Moved { to }) => {
                self.tx.move_channel(row.channel, to).await?;
                Settled::Again {
                    at: self.now,
                    attempts: row.attempts,
                    problem: "the channel has another key now".to_owned(),
                }
            }
        };
        self.count(&row, &settled);
        if self.tx.settle(id, &settled).await? {
            Ok(Handled::Recorded)
        } else {
            Ok(Handled::Nothing("stale"))
        }
    }

    /// Keeps the posted message with its case, so that replies to it find the way.
    async fn remember(
        &mut self,
        row: &DueRow,
        key: Option<&PlatformKey>,
    ) -> Result<(), StoreError> {
        let (Some(case), Some(key)) = (row.case, key) else { return Ok(()) };
        let document: Document =
            serde_json::from_str(&row.document).map_err(|error| StoreError::Corrupt {
                table: "outbox",
                id: row.id.to_string(),
                column: "document",
                problem: error.to_string(),
            })?;
        let Some(keeps) = document.keeps else { return Ok(()) };
        let (part, answer) = match keeps {
            Keeps::Bot => (Part::Bot, None),
            Keeps::Call => (Part::Call, None),
            Keeps::Dossier => (Part::Dossier, None),
            Keeps::Answer(number) => (Part::Bot, Some(number)),
        };
        self.tx
            .new_message(&Said {
                case,
                channel: row.channel,
                key: key.clone(),
                author: None,
                part,
                body: String::new(),
                answer,
                at: self.now,
            })
            .await
    }

    /// Once more, later: after what the platform asked for, or after a pause that doubles.
    fn again(&self, row: &DueRow, after: Option<Duration>, why: &str) -> Settled {
        let attempts = row.attempts + 1;
        if attempts >= ATTEMPTS {
            return Settled::GivenUp { problem: format!("{ATTEMPTS} attempts: {why}") };
        }
        let doubled = u32::try_from(row.attempts).unwrap_or(u32::MAX);
        let pause =
            FIRST_BACK_OFF.saturating_mul(2_u32.saturating_pow(doubled)).min(LONGEST_BACK_OFF);
        let at: Moment = self.now + after.unwrap_or(pause);
        if row.expires_at.is_some_and(|end| end <= at) {
            return Settled::Dropped { problem: format!("nobody waits for it any more: {why}") };
        }
        Settled::Again { at, attempts, problem: why.to_owned() }
    }

    fn count(&self, row: &DueRow, settled: &Settled) {
        let (outcome, problem) = match settled {
            Settled::Sent { .. } => ("sent", None),
            Settled::Again { problem, .. } => ("again", Some(problem)),
            Settled::GivenUp { problem } => ("given_up", Some(problem)),
            Settled::Dropped { problem } => ("dropped", Some(problem)),
        };
        self.engine.meters.delivery(self.bot.id.as_str(), self.platform.as_str(), outcome);
        if let Some(problem) = problem {
            tracing::warn!(
                outbox.id = %row.id, bot.id = %self.bot.id, platform = %self.platform,
                class = row.class.word(), outcome, problem,
                "delivery {} was not made: {outcome}", row.id
            );
        }
    }
}
