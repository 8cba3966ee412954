//! One door out. What was committed to be said is worded, handed to its platform, and its result
//! goes back through the engine's door as an input.
//!
//! # Wanted
//!
//! What is said was decided and committed first; nothing is said out of order within one channel
//! and case; one channel that is slow delays no other; a platform that is away is asked again with
//! patience, not in a hot loop; and after a crash every row is accounted for.
//!
//! # Chosen
//!
//! Rows are taken as *heads of lanes*: the oldest unsettled row of a (channel, case). So order is
//! a property of the query and survives restarts. Where a platform recognises a repeated delivery
//! by its id, a row needs no mark before it is sent. Elsewhere it is marked *sending* first, and a
//! row found so marked at the start is settled by its class: a ping may not be repeated, a hand-off
//! may, with a visible mark.
//!
//! Wording happens here, as late as possible: a name changed or a language file mended between
//! decision and delivery is right when it is read. So is whom a call lights up: whoever has gone to
//! rest, left or been blocked while it waited for its platform is let sleep, and the call still
//! stands for the others.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tracing::Instrument as _;

use super::document::{Document, ReplyTo, ThreadWork, Wear};
use super::engine::{BotParts, Engine, Input};
use super::wording::{self, NameBook};
use crate::domain::case::Press;
use crate::domain::ids::{AccountId, BotId, CaseId, OutboxId, PlatformId, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::Piece;
use crate::platform::{Act, Delivery, DeliveryError, Face, Platform};
use crate::store::{Class, DueRow, Fence, StoreError, Tx};

/// Rows looked at in one go, beside those being sent: enough to keep a platform busy, few enough
/// to start soon.
const TAKE: usize = 64;

/// One bot's way out on one platform.
pub struct Outbox {
    engine: Arc<Engine>,
    bot: Arc<BotParts>,
    platform: Arc<dyn Platform>,
    id: PlatformId,
    in_flight: Mutex<BTreeSet<OutboxId>>,
    /// Under which it sends; without one nobody else is known to.
    fence: Mutex<Option<Fence>>,
}

/// What to do about a due row.
#[derive(Debug)]
pub enum Job {
    Deliver(Box<Delivery>),
    /// Settled without asking the platform: too late, or nothing to edit.
    Settle(OutboxId, DeliveryError),
}

impl Job {
    /// The row that the job is about.
    pub fn row(&self) -> OutboxId {
        match self {
            Job::Deliver(delivery) => delivery.id,
            Job::Settle(id, _) => *id,
        }
    }
}

impl Outbox {
    /// `None` when the engine does not know the bot.
    pub fn new(engine: Arc<Engine>, bot: &BotId, platform: Arc<dyn Platform>) -> Option<Outbox> {
        let bot = Arc::clone(engine.bots.get(bot)?);
        let id = platform.id();
        let (in_flight, fence) = (Mutex::default(), Mutex::default());
        Some(Outbox { engine, bot, platform, id, in_flight, fence })
    }

    fn in_flight(&self) -> std::sync::MutexGuard<'_, BTreeSet<OutboxId>> {
        self.in_flight.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From now on it sends under this fence, and nothing once there is a higher one.
    pub(super) fn holds(&self, fence: Fence) {
        *self.fence.lock().unwrap_or_else(PoisonError::into_inner) = Some(fence);
    }

    /// Resolves once something can be sent.
    pub async fn connected(&self) {
        self.platform.connected().await;
    }

    /// Rows that an earlier process was sending when it ended: nobody knows whether they arrived.
    pub async fn left_over(&self) -> Result<Vec<Input>, StoreError> {
        let mut tx = self.engine.store.read().await?;
        let rows = tx.left_sending(&self.bot.id, &self.id).await?;
        let why = "the process ended while it was being sent".to_owned();
        let unknown = DeliveryError::Unknown { why };
        Ok(rows.into_iter().map(|row| self.delivered(row.id, Err(unknown.clone()))).collect())
    }

    fn delivered(
        &self,
        row: OutboxId,
        result: Result<crate::platform::Receipt, DeliveryError>,
    ) -> Input {
        Input::Delivered { bot: self.bot.id.clone(), platform: self.id.clone(), row, result }
    }

    /// Takes what is due: worded, and no longer offered until [`Outbox::carry_out`] has been told.
    pub async fn due(&self, now: Moment) -> Result<Vec<Job>, StoreError> {
        let mut tx = self.engine.store.read().await?;
        self.take(&mut tx, now).await
    }

    async fn take(&self, tx: &mut Tx, now: Moment) -> Result<Vec<Job>, StoreError> {
        let busy = self.in_flight().clone();
        let limit = i64::try_from(TAKE + busy.len()).unwrap_or(i64::MAX);
        let rows = tx.due_rows(&self.bot.id, &self.id, now, limit).await?;
        let mut jobs = Vec::new();
        for row in rows {
            let (id, job) = match row {
                Ok(row) if busy.contains(&row.id) => continue,
                Ok(row) => (row.id, self.job(tx, row, now).await),
                Err((id, error)) => (id, Err(error)),
            };
            match job {
                Ok(job) => jobs.push((id, job)),
                Err(StoreError::Unavailable(text)) => return Err(StoreError::Unavailable(text)),
                // One row that cannot be read stops no other.
                Err(error) => {
                    let why = error.to_string();
                    jobs.push((id, Job::Settle(id, DeliveryError::Refused { why })));
                }
            }
        }
        // Only what is really handed out is kept from being offered again.
        self.in_flight().extend(jobs.iter().map(|(id, _)| *id));
        Ok(jobs.into_iter().map(|(_, job)| job).collect())
    }

    /// When the next row that must wait becomes due, after `now`: the same `now` that
    /// [`Outbox::due`] was given, so that no row falls between.
    pub async fn next_due(&self, now: Moment) -> Result<Option<Moment>, StoreError> {
        let mut tx = self.engine.store.read().await?;
        tx.next_outbox_due(&self.bot.id, &self.id, now).await
    }

    /// Both in one: what is due, and when the next row will be.
    pub(super) async fn look(&self, now: Moment) -> Result<(Vec<Job>, Option<Moment>), StoreError> {
        let mut tx = self.engine.store.read().await?;
        let next = tx.next_outbox_due(&self.bot.id, &self.id, now).await?;
        Ok((self.take(&mut tx, now).await?, next))
    }

    /// Does one job and says what came of it, as the engine's next input; `None` when it is
    /// somebody else's to do by now.
    pub async fn carry_out(&self, job: Job) -> Option<Input> {
        Some(match job {
            Job::Settle(id, error) => self.delivered(id, Err(error)),
            Job::Deliver(delivery) => match self.mark(delivery.id).await {
                Ok(false) => return None,
                Ok(true) => {
                    let span = tracing::info_span!(
                        "deliver", bot.id = %self.bot.id, platform = %self.id,
                        outbox.id = %delivery.id,
                    );
                    let result = self.platform.deliver(&delivery).instrument(span).await;
                    self.delivered(delivery.id, result)
                }
                Err(error) => {
                    let retry = DeliveryError::Retry { after: None, why: error.to_string() };
                    self.delivered(delivery.id, Err(retry))
                }
            },
        })
    }

    /// Marks a row at the moment of sending, where a second delivery would be a second message: not
    /// before, so that what an orderly stop leaves unsent is known not to have arrived.
    async fn mark(&self, id: OutboxId) -> Result<bool, StoreError> {
        if self.platform.capabilities().sends_once {
            return Ok(true);
        }
        let fence = *self.fence.lock().unwrap_or_else(PoisonError::into_inner);
        let mut tx = self.engine.store.begin().await?;
        let is_ours = tx.mark_sending(id, fence).await?;
        tx.commit().await?;
        Ok(is_ours)
    }

    /// What to note for a row whose sending ended in a panic of its adapter.
    pub fn panicked(&self, id: OutboxId) -> Input {
        let why = "the adapter panicked".to_owned();
        self.delivered(id, Err(DeliveryError::Unknown { why }))
    }

    /// The result of a row is committed: it may be offered again, if it is still due.
    pub fn settled(&self, id: OutboxId) {
        self.in_flight().remove(&id);
    }

    async fn job(&self, tx: &mut Tx, row: DueRow, now: Moment) -> Result<Job, StoreError> {
        if row.expires_at.is_some_and(|end| end <= now) {
            let why = "the time to answer is over".to_owned();
            return Ok(Job::Settle(row.id, DeliveryError::Gone { why }));
        }
        if row.edits.is_some() && row.edits_key.is_none() {
            let why = "there is no message to edit".to_owned();
            return Ok(Job::Settle(row.id, DeliveryError::Gone { why }));
        }
        let mut document: Document = match serde_json::from_str(&row.document) {
            Ok(document) => document,
            Err(error) => {
                let why = format!("outbox row {}, column document: {error}", row.id);
                return Ok(Job::Settle(row.id, DeliveryError::Refused { why }));
            }
        };
        if row.class == Class::Ping {
            document.ping = still_to_light(tx, &document.ping, now).await?;
        }
        let channel = tx.channel(row.channel).await?;
        let community = tx.community(channel.community).await?;
        let names = NameBook::of_document(tx, &document, row.case).await?;
        let (id, community) = (row.id, community.key);
        let quiet = row.class == Class::Notice;
        let (channel, act) = match document.thread.clone() {
            Some(work) => match self.thread_act(tx, &row, &work, (&document, &names)).await? {
                Ok(found) => found,
                Err(useless) => return Ok(Job::Settle(id, useless)),
            },
            None if channel.is_to_be_opened() => {
                let why = "its thread was never opened".to_owned();
                return Ok(Job::Settle(id, DeliveryError::Gone { why }));
            }
            None => (channel.key, self.act(tx, &row, document, &names).await?),
        };
        Ok(Job::Deliver(Box::new(Delivery { id, community, channel, quiet, act })))
    }

    /// Something to be done about a thread, and the channel to do it in; or why not any more.
    async fn thread_act(
        &self,
        tx: &mut Tx,
        row: &DueRow,
        work: &ThreadWork,
        (document, names): (&Document, &NameBook),
    ) -> Result<Result<(PlatformKey, Act), DeliveryError>, StoreError> {
        let useless = |why: &str| Ok(Err(DeliveryError::Gone { why: why.to_owned() }));
        if !self.platform.capabilities().opens_threads {
            let why = "this platform opens no threads".to_owned();
            return Ok(Err(DeliveryError::Refused { why }));
        }
        let case = match row.case {
            Some(case) => tx.case(case).await?.map(|row| row.case),
            None => None,
        };
        let Some(case) = case else { return useless("its case is no more") };
        let words = wording::word(&self.bot.locales, document, names).to_plain();
        match work {
            ThreadWork::Open { .. } if case.is_withdrawn() => {
                useless("the question was taken back")
            }
            ThreadWork::Open { on, title } => {
                let message = match on {
                    ReplyTo::Message { key } => Some(key.clone()),
                    ReplyTo::Row { id } => tx.sent_key(*id).await?,
                };
                let Some(message) = message else { return useless("the question is not shown") };
                let home = tx.channel(case.channel).await?.key;
                let title = if title.is_empty() { words } else { title.clone() };
                Ok(Ok((home, Act::OpenThread { message, title })))
            }
            ThreadWork::PutAway { end } => {
                let thread = tx.channel(row.channel).await?;
                if thread.is_to_be_opened() {
                    return useless("its thread was never opened");
                }
                if end.is_some() && *end != case.ended_at() {
                    return useless("the question was opened again");
                }
                let title = Some(words).filter(|title| !title.is_empty());
                Ok(Ok((thread.key, Act::PutAway { title })))
            }
        }
    }

    async fn act(
        &self,
        tx: &mut Tx,
        row: &DueRow,
        document: Document,
        names: &NameBook,
    ) -> Result<Act, StoreError> {
        let mut words = wording::word(&self.bot.locales, &document, names);
        if row.class == Class::HandOff
            && row.attempts > 0
            && !self.platform.capabilities().sends_once
        {
            let mark = crate::domain::text::Text::MayRepeat { id: row.id.to_string() };
            words.push(Piece::Plain { text: "\n".to_owned() });
            words.extend(self.bot.locales.say(&document.language, &mark, names));
        }
        if let Some(Wear { who, rank, give, take, .. }) = document.wear {
            return Ok(Act::Wear {
                who: names.key(who),
                give,
                take,
                rank: self.bot.locales.word(&document.language, &rank.0),
                why: words.to_plain(),
            });
        }
        let buttons = self.faces(&document, row.case);
        if let Some(message) = row.edits_key.clone() {
            return Ok(Act::Edit { message, words, buttons });
        }
        if let Some(private) = document.private {
            let to = names.key(private.to);
            return Ok(Act::Private { to, handle: private.handle, words, buttons });
        }
        let reply_to = match document.reply {
            Some(ReplyTo::Message { key }) => Some(key),
            Some(ReplyTo::Row { id }) => tx.sent_key(id).await?,
            None => None,
        };
        let ping = document.ping.iter().map(|who| names.key(*who)).collect();
        Ok(Act::Post { words, reply_to, buttons, ping })
    }

    fn faces(&self, document: &Document, case: Option<CaseId>) -> Vec<Face> {
        let Some(case) = case else { return Vec::new() };
        let face = |press: &Press| Face {
            label: self
                .bot
                .locales
                .say(&document.language, &press.label(), &NameBook::default())
                .to_plain(),
            data: press.encode(case),
            primary: press.is_primary(),
        };
        document.buttons.iter().map(face).collect()
    }
}

/// Those of the called whom a call may light up by now.
async fn still_to_light(
    tx: &mut Tx,
    called: &[AccountId],
    now: Moment,
) -> Result<Vec<AccountId>, StoreError> {
    let mut lit = Vec::with_capacity(called.len());
    for who in called {
        if tx.ambassador(*who).await?.is_some_and(|ambassador| ambassador.may_be_lit(now)) {
            lit.push(*who);
        }
    }
    Ok(lit)
}
