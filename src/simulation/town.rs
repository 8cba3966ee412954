//! The simulated platform: a state of channels, messages, buttons and private posts behind the same
//! port as every real one, with the troubles that real ones have. What is in it is what people see.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio_util::sync::CancellationToken;

use super::chance::Chance;
use super::trouble::Trouble;
use crate::domain::ids::{OutboxId, PlatformId, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::{Piece, Words};
use crate::platform::{
    Act, BadgeKind, Capabilities, Delivery, DeliveryError, Doing, Down, Face, InboundSink,
    Platform, Receipt,
};
use crate::runtime::Clock;

/// Something of ours that people see.
#[derive(Debug, Clone)]
pub(super) struct Post {
    pub(super) key: PlatformKey,
    pub(super) channel: PlatformKey,
    pub(super) private_to: Option<PlatformKey>,
    pub(super) buttons: Vec<Face>,
    pub(super) lit: Vec<PlatformKey>,
    pub(super) at: Moment,
    /// Says of itself that it may be a repeat.
    marked: bool,
}

/// One delivery as the platform was given it, for the checkers.
#[derive(Debug, Clone)]
pub(super) struct Given {
    pub(super) row: OutboxId,
    pub(super) channel: PlatformKey,
    pub(super) private_to: Option<PlatformKey>,
    /// Whom the words would light up.
    pub(super) named: Vec<PlatformKey>,
    pub(super) ping: Vec<PlatformKey>,
    /// The post that it became or changed; `None` when nobody sees anything of it.
    pub(super) shown: Option<usize>,
    pub(super) is_edit: bool,
    /// Of what is shown beside a name, no channel is meant.
    pub(super) is_in_a_place: bool,
}

/// The platform's own state.
#[derive(Debug)]
pub(super) struct State {
    pub(super) posts: Vec<Post>,
    /// The posts of a row: several where the platform does not recognise a repeat.
    pub(super) by_row: BTreeMap<OutboxId, Vec<usize>>,
    by_key: BTreeMap<PlatformKey, usize>,
    /// Since the last look.
    pub(super) given: Vec<Given>,
    /// Channels that were deleted.
    pub(super) deleted: BTreeSet<PlatformKey>,
    /// What each thread hangs in.
    pub(super) threads: BTreeMap<PlatformKey, PlatformKey>,
    /// Who may be written to in private without having asked.
    pub(super) reachable: BTreeSet<PlatformKey>,
    pub(super) is_out: bool,
    pub(super) trouble: Trouble,
    chance: Chance,
}

/// The platform of simulations.
pub(super) struct Town {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

impl Town {
    pub(super) fn new(seed: u64, trouble: Trouble, clock: Arc<dyn Clock>) -> Town {
        let state = State {
            posts: Vec::new(),
            by_row: BTreeMap::new(),
            by_key: BTreeMap::new(),
            given: Vec::new(),
            deleted: BTreeSet::new(),
            threads: BTreeMap::new(),
            reachable: BTreeSet::new(),
            is_out: false,
            trouble,
            chance: Chance::of(seed, 2),
        };
        Town { clock, state: Mutex::new(state) }
    }

    pub(super) fn look(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn name() -> PlatformId {
        PlatformId::from("town")
    }
}

impl Platform for Town {
    fn id(&self) -> PlatformId {
        Town::name()
    }

    fn capabilities(&self) -> Capabilities {
        let trouble = self.look().trouble;
        Capabilities {
            sends_once: trouble.sends_once,
            private_posts: trouble.private_posts,
            badges: BadgeKind::Keyed,
            opens_threads: trouble.opens_threads,
            text_limit: 4_096,
        }
    }

    /// People are heard by the simulation itself, in its own time.
    fn run(&self, _: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(async move {
            stop.cancelled().await;
            Ok(())
        })
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        let now = self.clock.now();
        Box::pin(async move { self.look().take(delivery, now) })
    }
}

impl State {
    /// What people do not see arrives as trouble; what they see, once or twice, as a post.
    fn take(&mut self, delivery: &Delivery, now: Moment) -> Result<Receipt, DeliveryError> {
        let trouble = self.trouble;
        self.note(delivery, None);
        if self.is_out {
            return Err(DeliveryError::Retry { after: None, why: "an outage".to_owned() });
        }
        if self.chance.happens(trouble.rate_limited) {
            let after = Some(Duration::from_secs(1 + self.chance.below(40)));
            return Err(DeliveryError::Retry { after, why: "too many requests".to_owned() });
        }
        if self.deleted.contains(&delivery.channel) {
            return Err(DeliveryError::Gone { why: "no such channel".to_owned() });
        }
        if self.chance.happens(trouble.refused) || self.is_out_of_reach(delivery, now) {
            return Err(DeliveryError::Refused { why: "not allowed".to_owned() });
        }
        let unknown = self.chance.happens(trouble.unknown);
        if unknown && self.chance.percent(50) {
            return Err(DeliveryError::Unknown { why: "no answer".to_owned() });
        }
        let receipt = self.show(delivery, now)?;
        if unknown {
            return Err(DeliveryError::Unknown { why: "no answer".to_owned() });
        }
        Ok(receipt)
    }

    /// Where nobody can be written to unasked, only an answer to what they just did arrives.
    fn is_out_of_reach(&self, delivery: &Delivery, now: Moment) -> bool {
        match &delivery.act {
            Act::Private { to, handle, .. } => {
                let answers = handle.as_ref().is_some_and(|handle| handle.expires_at > now);
                !answers && !self.trouble.private_posts && !self.reachable.contains(to)
            }
            Act::Post { .. }
            | Act::Edit { .. }
            | Act::Wear { .. }
            | Act::OpenThread { .. }
            | Act::PutAway { .. } => false,
        }
    }

    fn note(&mut self, delivery: &Delivery, shown: Option<usize>) {
        let silent = Words::default();
        let (private_to, words, ping) = match &delivery.act {
            Act::Post { words, ping, .. } => (None, words, ping.clone()),
            Act::Private { to, words, .. } => (Some(to.clone()), words, Vec::new()),
            Act::Edit { words, .. } => (None, words, Vec::new()),
            Act::Wear { .. } | Act::OpenThread { .. } | Act::PutAway { .. } => {
                (None, &silent, Vec::new())
            }
        };
        self.given.push(Given {
            row: delivery.id,
            channel: delivery.channel.clone(),
            private_to,
            named: lit_by(words),
            ping,
            shown,
            is_edit: matches!(delivery.act, Act::Edit { .. }),
            is_in_a_place: !matches!(delivery.act, Act::Wear { .. }),
        });
    }

    fn show(&mut self, delivery: &Delivery, now: Moment) -> Result<Receipt, DeliveryError> {
        let known = self.by_row.get(&delivery.id).and_then(|posts| posts.first()).copied();
        if let Some(post) = known.filter(|_| self.trouble.sends_once) {
            let message = self.posts.get(post).map(|post| post.key.clone());
            return Ok(Receipt { message, thread: None });
        }
        let (private_to, words, buttons, lit) = match &delivery.act {
            Act::Post { words, buttons, ping, .. } => (None, words, buttons, ping.clone()),
            Act::Private { to, words, buttons, .. } => {
                (Some(to.clone()), words, buttons, Vec::new())
            }
            Act::Edit { message, buttons, .. } => return self.edit(message, buttons),
            Act::OpenThread { message, .. } => return Ok(self.open(message, &delivery.channel)),
            Act::Wear { .. } | Act::PutAway { .. } => return Ok(Receipt::default()),
        };
        let place = self.posts.len();
        let key = PlatformKey::new(format!("b{place}"));
        let mark = delivery.id.to_string();
        self.posts.push(Post {
            key: key.clone(),
            channel: delivery.channel.clone(),
            private_to,
            buttons: buttons.clone(),
            lit,
            at: now,
            marked: words.to_plain().contains(&mark),
        });
        self.by_row.entry(delivery.id).or_default().push(place);
        self.by_key.insert(key.clone(), place);
        if let Some(given) = self.given.last_mut() {
            given.shown = Some(place);
        }
        Ok(Receipt::of_message(key))
    }

    fn edit(&mut self, key: &PlatformKey, buttons: &[Face]) -> Result<Receipt, DeliveryError> {
        let lost = self.chance.happens(self.trouble.lost_posts);
        let place = self.by_key.get(key).copied().filter(|_| !lost);
        let Some((place, post)) = place.and_then(|place| Some((place, self.posts.get_mut(place)?)))
        else {
            self.by_key.remove(key);
            return Err(DeliveryError::Gone { why: "no such message".to_owned() });
        };
        post.buttons = buttons.to_vec();
        if let Some(given) = self.given.last_mut() {
            given.shown = Some(place);
        }
        Ok(Receipt::of_message(key.clone()))
    }

    /// The thread of a message, as whoever came first has opened it.
    fn open(&mut self, message: &PlatformKey, parent: &PlatformKey) -> Receipt {
        let thread = thread_on(message);
        self.threads.insert(thread.clone(), parent.clone());
        Receipt::of_thread(thread)
    }

    /// How often a row can be read, and how many of those say that they may be repeats.
    pub(super) fn shown(&self, row: OutboxId) -> (usize, usize) {
        let places = self.by_row.get(&row).map_or(&[][..], Vec::as_slice);
        let marked = places.iter().filter_map(|place| self.posts.get(*place));
        (places.len(), marked.filter(|post| post.marked).count())
    }
}

/// What the thread on a message is called.
pub(super) fn thread_on(message: &PlatformKey) -> PlatformKey {
    PlatformKey::new(format!("t{message}"))
}

/// Whom words light up by naming them.
fn lit_by(words: &Words) -> Vec<PlatformKey> {
    let lit = words.0.iter().filter_map(|piece| match piece {
        Piece::Person { key, ping: true, .. } => Some(key.clone()),
        Piece::Person { ping: false, .. }
        | Piece::Plain { .. }
        | Piece::Strong { .. }
        | Piece::Code { .. }
        | Piece::Link { .. }
        | Piece::Quote { .. }
        | Piece::Place { .. }
        | Piece::Message { .. } => None,
    });
    lit.collect()
}
