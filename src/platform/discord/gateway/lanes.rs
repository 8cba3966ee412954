//! Lanes: in order within a channel, side by side between channels.
//!
//! A lane hands over what waits in it, a run at a time, and waits for its commits; so what is done
//! in a lane is done with all before it, which is what lets a cursor move. A lane is held while its
//! channel is being read up, so that an answer heard live does not overtake the question that was
//! missed.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use tokio::task::JoinSet;

use super::super::cursors::snowflake;
use crate::domain::ids::PlatformKey;
use crate::platform::{Inbound, InboundSink, What};

/// Commits under way at once. The engine puts many into one transaction, so that fewer would cost
/// time; more would only wait inside.
const RUNNING_LIMIT: usize = 64;

/// Things of one lane handed over at once: a busy channel is committed many messages at a time.
const RUN_LIMIT: usize = 32;

/// What may wait in all lanes before the gateway's queue is read no further.
const WAITING_LIMIT: usize = 4_096;

/// One thing in a lane.
#[derive(Debug)]
pub(super) enum Item {
    Hear(Box<Inbound>),
    /// All that was missed, up to this message, stands before this.
    Close {
        up_to: Option<u64>,
    },
}

/// What a lane has done.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Done {
    /// A message was committed: channel, message, and the forum whose post it opened.
    Heard {
        channel: PlatformKey,
        message: u64,
        opened_in: Option<PlatformKey>,
    },
    Closed {
        channel: PlatformKey,
        up_to: Option<u64>,
    },
    /// Nothing that moves a cursor.
    Other,
    /// The runtime is shutting down: nothing more is committed.
    Closing,
}

/// By channel; interactions apart, since nobody who pressed a button waits for history.
type Lane = (PlatformKey, bool);

pub(super) struct Lanes {
    sink: InboundSink,
    waiting: BTreeMap<Lane, VecDeque<Item>>,
    /// Lanes that may have something to do, first come first served; one may stand here twice.
    ready: VecDeque<Lane>,
    running: JoinSet<(Lane, Vec<Done>)>,
    /// The lanes of what is running.
    busy: BTreeSet<Lane>,
    held: BTreeSet<PlatformKey>,
    count: usize,
}

impl Lanes {
    pub(super) fn new(sink: InboundSink) -> Lanes {
        let (waiting, ready, running) = (BTreeMap::new(), VecDeque::new(), JoinSet::new());
        let (busy, held) = (BTreeSet::new(), BTreeSet::new());
        Lanes { sink, waiting, ready, running, busy, held, count: 0 }
    }

    /// Whether no more should be put in for now.
    pub(super) fn full(&self) -> bool {
        self.count >= WAITING_LIMIT
    }

    pub(super) fn put(&mut self, inbound: Inbound) {
        let asks = matches!(inbound.what, What::Pressed { .. } | What::Commanded { .. });
        let lane = (inbound.place.channel.clone(), asks);
        self.push(lane, Item::Hear(Box::new(inbound)), false);
    }

    /// What is heard in this channel waits.
    pub(super) fn hold(&mut self, channel: &PlatformKey) {
        self.held.insert(channel.clone());
    }

    /// Goes on.
    pub(super) fn release(&mut self, channel: &PlatformKey) {
        if self.held.remove(channel) {
            self.ready.push_back((channel.clone(), false));
            self.start();
        }
    }

    pub(super) fn release_all(&mut self) {
        let held = std::mem::take(&mut self.held);
        self.ready.extend(held.into_iter().map(|channel| (channel, false)));
        self.start();
    }

    /// What was missed in a channel, oldest first, before all that waits there; then it goes on.
    pub(super) fn fill(
        &mut self,
        channel: &PlatformKey,
        missed: Vec<Inbound>,
        close: Option<Item>,
    ) {
        let lane = (channel.clone(), false);
        // Held, so that nothing of it begins before all of it stands in order.
        self.hold(channel);
        if let Some(close) = close {
            self.push(lane.clone(), close, true);
        }
        for inbound in missed.into_iter().rev() {
            self.push(lane.clone(), Item::Hear(Box::new(inbound)), true);
        }
        self.release(channel);
    }

    /// The next things done, in their order; waits for ever while nothing is under way.
    pub(super) async fn next(&mut self) -> Vec<Done> {
        let Some(joined) = self.running.join_next().await else {
            return std::future::pending().await;
        };
        // A commit is only cancelled or lost with the runtime itself.
        let Ok((lane, done)) = joined else { return vec![Done::Closing] };
        self.busy.remove(&lane);
        if self.waiting.get(&lane).is_some_and(VecDeque::is_empty) {
            self.waiting.remove(&lane);
        }
        self.ready.push_back(lane);
        if !done.contains(&Done::Closing) {
            self.start();
        }
        done
    }

    pub(super) fn idle(&self) -> bool {
        self.running.is_empty()
    }

    /// Starts nothing more; what is under way is still awaited.
    pub(super) fn stop(&mut self) {
        self.ready.clear();
        self.waiting.clear();
        self.count = 0;
    }

    fn push(&mut self, lane: Lane, item: Item, first: bool) {
        self.count += 1;
        self.ready.push_back(lane.clone());
        let queue = self.waiting.entry(lane).or_default();
        if first {
            queue.push_front(item);
        } else {
            queue.push_back(item);
        }
        self.start();
    }

    fn start(&mut self) {
        while self.running.len() < RUNNING_LIMIT
            && let Some(lane) = self.ready.pop_front()
        {
            // Either comes back to `ready`: when it is done, when it is released.
            if self.busy.contains(&lane) || (!lane.1 && self.held.contains(&lane.0)) {
                continue;
            }
            let Some(waiting) = self.waiting.get_mut(&lane) else { continue };
            let run: Vec<Item> = waiting.drain(..waiting.len().min(RUN_LIMIT)).collect();
            if run.is_empty() {
                continue;
            }
            self.count = self.count.saturating_sub(run.len());
            let sink = self.sink.clone();
            self.busy.insert(lane.clone());
            self.running.spawn(async move {
                let done = hand_over(&sink, &lane.0, run).await;
                (lane, done)
            });
        }
    }
}

async fn hand_over(sink: &InboundSink, channel: &PlatformKey, run: Vec<Item>) -> Vec<Done> {
    let (mut heard, mut wanted) = (Vec::new(), Vec::with_capacity(run.len()));
    for item in run {
        match item {
            Item::Hear(inbound) => {
                wanted.push((true, done_with(channel, &inbound)));
                heard.push(*inbound);
            }
            Item::Close { up_to } => {
                wanted.push((false, Done::Closed { channel: channel.clone(), up_to }));
            }
        }
    }
    let mut fates = sink.accept_all(heard).await.into_iter();
    let mut done = Vec::with_capacity(wanted.len());
    for (was_heard, what) in wanted {
        // The engine counts what it drops.
        if was_heard && !matches!(fates.next(), Some(Ok(_))) {
            // No cursor moves past what was not committed.
            done.push(Done::Closing);
            break;
        }
        done.push(what);
    }
    done
}

/// What it amounts to once it is committed.
fn done_with(channel: &PlatformKey, inbound: &Inbound) -> Done {
    let What::Said(message) = &inbound.what else { return Done::Other };
    let Some(id) = snowflake(&message.key) else { return Done::Other };
    let parent = inbound.place.thread.as_ref().map(|thread| thread.parent.clone());
    let opened_in = parent.filter(|_| message.opens_post);
    Done::Heard { channel: channel.clone(), message: id, opened_in }
}
