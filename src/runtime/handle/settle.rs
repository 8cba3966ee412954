//! Settling a delivery: what its result means for the row, and for what waits behind it.

use std::time::Duration;

use super::super::document::{Keeps, Wear};
use super::super::engine::Handled;
use super::post::from_json;
use super::{Turn, opening};
use crate::domain::ids::{OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::{DeliveryError, Receipt};
use crate::store::{Class, DueRow, Part, Said, Settled, StoreError, ThreadState};

pub(super) const FIRST_BACK_OFF: Duration = Duration::from_secs(2);
const LONGEST_BACK_OFF: Duration = Duration::from_mins(20);

/// How long it is tried to say something. What a customer or the desk waits for outlives a
/// platform's outage of a day; a call or a notice is worth nothing an hour later.
fn patience(class: Class) -> Duration {
    match class {
        Class::Answer | Class::HandOff | Class::Badge => Duration::from_hours(24),
        Class::Ping | Class::Private | Class::Notice => Duration::from_hours(1),
    }
}

impl Turn<'_> {
    pub(super) async fn settle(
        &mut self,
        id: OutboxId,
        result: &Result<Receipt, DeliveryError>,
    ) -> Result<Handled, StoreError> {
        let Some(row) = self.tx.outbox_row(id).await? else { return Ok(Handled::Nothing("stale")) };
        if let Some(case) = row.case {
            tracing::Span::current().record("case.id", tracing::field::display(case));
        }
        if let Some(wear) = worn_by(&row) {
            let settled = self.settle_badge(&row, &wear, result).await?;
            return self.finish(&row, &settled).await;
        }
        if let Some(work) = opening::work_of(&row) {
            return self.settle_thread(&row, &work, result).await;
        }
        let settled = match result {
            Ok(receipt) => {
                self.remember(&row, receipt.message.as_ref()).await?;
                Settled::Sent { key: receipt.message.clone() }
            }
            Err(DeliveryError::Retry { after, why }) => self.again(&row, *after, why),
            // An edit said twice is an edit.
            Err(DeliveryError::Unknown { why })
                if row.edits.is_some() || row.class.may_repeat() =>
            {
                doubtful(self.again(&row, None, why))
            }
            Err(DeliveryError::Unknown { why }) => Settled::Dropped {
                problem: format!("unknown whether it arrived, and not to be said twice: {why}"),
            },
            Err(DeliveryError::Refused { why }) => self.refused(&row, why).await?,
            Err(error @ DeliveryError::Unfit { .. }) => {
                Settled::GivenUp { problem: error.to_string() }
            }
            Err(DeliveryError::Gone { why }) => self.gone(&row, why).await?,
            Err(DeliveryError::Moved { to }) => self.moved(&row, to).await?,
        };
        self.finish(&row, &settled).await
    }

    async fn finish(&mut self, row: &DueRow, settled: &Settled) -> Result<Handled, StoreError> {
        self.count(row, settled);
        if self.tx.settle(row.id, settled, self.now).await? {
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
        let document = from_json(row.id, &row.document)?;
        let Some(keeps) = document.keeps else { return Ok(()) };
        let (part, answer) = match keeps {
            Keeps::Bot => (Part::Bot, None),
            Keeps::Call => (Part::Call, None),
            Keeps::Dossier => (Part::Dossier, None),
            Keeps::Answer(number) => (Part::Bot, Some(number)),
        };
        self.engine.bells.talked_in(row.channel);
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

    /// It may not be said there. What a thread does not take, closed or not for bots, its channel
    /// may; if that neither does, an operator must see it.
    async fn refused(&mut self, row: &DueRow, why: &str) -> Result<Settled, StoreError> {
        let is_told_apart = row.edits.is_some() || row.class == Class::Private;
        if !is_told_apart && self.leaves_thread(row, ThreadState::Refused, why).await? {
            return Ok(self.again(row, Some(Duration::ZERO), why));
        }
        Ok(Settled::GivenUp { problem: why.to_owned() })
    }

    /// Moves what was to be said in a thread to the channel that it hangs in. False for a channel.
    async fn leaves_thread(
        &mut self,
        row: &DueRow,
        state: ThreadState,
        why: &str,
    ) -> Result<bool, StoreError> {
        let Some(parent) = self.tx.channel(row.channel).await?.parent else { return Ok(false) };
        self.tx.move_row(row.id, parent).await?;
        self.thread_is_lost(row, state, why).await?;
        Ok(true)
    }

    /// The place is no more, or the message to edit. What was to be said in a thread is said in the
    /// channel that it hung in: whoever deletes a thread does not mean the customer in it.
    async fn gone(&mut self, row: &DueRow, why: &str) -> Result<Settled, StoreError> {
        let problem = why.to_owned();
        if row.edits.is_some() || row.class == Class::Private {
            return Ok(Settled::Dropped { problem });
        }
        if self.leaves_thread(row, ThreadState::Gone, "").await? {
            return Ok(self.again(row, Some(Duration::ZERO), "the thread is no more"));
        }
        Ok(match row.class {
            // People were told that staff or volunteers have been asked: an operator must see it.
            Class::HandOff | Class::Ping => Settled::GivenUp { problem },
            Class::Answer | Class::Notice | Class::Private | Class::Badge => {
                Settled::Dropped { problem }
            }
        })
    }

    /// The channel is called something else now. If we know that one as a channel of its own, the
    /// two cannot be made one here.
    pub(super) async fn moved(
        &mut self,
        row: &DueRow,
        to: &PlatformKey,
    ) -> Result<Settled, StoreError> {
        let channel = self.tx.channel(row.channel).await?;
        let community = self.tx.community(channel.community).await?;
        if channel.key == community.key {
            // The channel is all of its community, and takes it along.
            self.room_moved(&channel.key, to).await?;
            if self.tx.channel(row.channel).await?.key == *to {
                return Ok(self.again(row, None, "the channel has another key now"));
            }
        }
        if self.tx.knows_channel(channel.community, to).await? {
            let problem = format!("{} moved to {to}, which is another channel to us", channel.key);
            return Ok(Settled::GivenUp { problem });
        }
        self.tx.move_channel(row.channel, to).await?;
        Ok(self.again(row, None, "the channel has another key now"))
    }

    /// Once more, later: after what the platform asked for, or after a pause that doubles. A pause
    /// that the platform named does not count as a failure.
    pub(super) fn again(&self, row: &DueRow, after: Option<Duration>, why: &str) -> Settled {
        let doubled = u32::try_from(row.attempts).unwrap_or(u32::MAX);
        let pause =
            FIRST_BACK_OFF.saturating_mul(2_u32.saturating_pow(doubled)).min(LONGEST_BACK_OFF);
        let at: Moment = self.now + after.unwrap_or(pause);
        if row.expires_at.is_some_and(|end| end <= at) {
            return Settled::Dropped { problem: format!("nobody waits for it any more: {why}") };
        }
        if at.since(row.made_at) > patience(row.class) {
            return Settled::GivenUp { problem: format!("tried for long enough: {why}") };
        }
        let attempts = if after.is_some() { row.attempts } else { row.attempts + 1 };
        Settled::Again { at, attempts, problem: why.to_owned(), doubtful: false }
    }

    pub(super) fn count(&self, row: &DueRow, settled: &Settled) {
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

/// What somebody is given to wear by a row, if that is what it is for. Another release's row that
/// does not read is settled by its class.
fn worn_by(row: &DueRow) -> Option<Wear> {
    let document = (row.class == Class::Badge).then(|| from_json(row.id, &row.document))?;
    document.ok()?.wear
}

/// The same, remembering that it may have arrived already.
fn doubtful(settled: Settled) -> Settled {
    match settled {
        Settled::Again { at, attempts, problem, .. } => {
            Settled::Again { at, attempts, problem, doubtful: true }
        }
        Settled::Sent { .. } | Settled::GivenUp { .. } | Settled::Dropped { .. } => settled,
    }
}
