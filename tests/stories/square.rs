//! The platform of the stories: a state, not a script. It keeps posts and who sees them, recognises
//! a delivery that comes twice, and fails when a story says so.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

use askaround::domain::badge::Obstacle;
use askaround::domain::ids::{OutboxId, PlatformId, PlatformKey};
use askaround::domain::words::{Piece, Words};
use askaround::platform::{
    Act, BadgeKind, Capabilities, Delivery, DeliveryError, Doing, Down, Face, Finding, InboundSink,
    Platform, Receipt, Setup, Thread,
};
use tokio_util::sync::CancellationToken;

/// The platform's own state.
#[derive(Debug, Default)]
pub(crate) struct Square {
    pub(crate) posts: Vec<Posted>,
    by_outbox: BTreeMap<OutboxId, PlatformKey>,
    pub(crate) pings: BTreeMap<String, usize>,
    /// The next deliveries fail with these, in order.
    pub(crate) failures: Vec<DeliveryError>,
    /// What is well and what is not.
    pub(crate) findings: Vec<Finding>,
    /// A delivery that comes twice is shown twice.
    pub(crate) forgets_nonces: bool,
    /// What everybody wears beside their name.
    pub(crate) worn: BTreeMap<String, BTreeSet<String>>,
    /// Who was given or taken what, in order: `priya +guide -expert`.
    pub(crate) dressed: Vec<String>,
    /// The next badges fail with these, in order.
    pub(crate) slips: Vec<DeliveryError>,
    /// What cannot be given, and why.
    pub(crate) obstacles: BTreeMap<String, Obstacle>,
    /// It has no threads that a bot could open.
    pub(crate) opens_none: bool,
    /// Threads on messages, by what they are called.
    pub(crate) threads: BTreeMap<String, Hanging>,
    /// Channels that somebody deleted.
    pub(crate) gone: BTreeSet<String>,
    /// Threads that moderators have locked.
    pub(crate) locked: BTreeSet<String>,
    /// What some are called by now.
    pub(crate) renamed: BTreeMap<String, String>,
}

/// A thread, the channel and message that it hangs on, and what has become of it.
#[derive(Debug, Clone)]
pub(crate) struct Hanging {
    pub(crate) parent: String,
    pub(crate) root: PlatformKey,
    pub(crate) by_bot: bool,
    pub(crate) away: bool,
    told: bool,
}

impl Hanging {
    pub(crate) fn on(parent: &str, root: &PlatformKey, by_bot: bool) -> Hanging {
        let (parent, root) = (parent.to_owned(), root.clone());
        // What people do is told by themselves.
        Hanging { parent, root, by_bot, away: false, told: !by_bot }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Posted {
    pub(crate) key: PlatformKey,
    pub(crate) channel: String,
    pub(crate) private_to: Option<String>,
    pub(crate) words: Words,
    pub(crate) buttons: Vec<Face>,
    /// Written into the transcript already.
    told: bool,
}

/// The platform of the stories.
#[derive(Debug, Default)]
pub(crate) struct Townsquare {
    square: Mutex<Square>,
}

impl Townsquare {
    pub(crate) fn look(&self) -> MutexGuard<'_, Square> {
        self.square.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A thread on a message, as an inbound of it says what it hangs on.
    pub(crate) fn thread(&self, name: &str) -> Option<Thread> {
        let square = self.look();
        let thread = square.threads.get(name)?;
        let (parent, root) = (thread.parent.as_str(), Some(thread.root.clone()));
        let (parent, parent_name) = (PlatformKey::from(parent), parent.to_owned());
        Some(Thread { parent, parent_name, root, private: false })
    }

    /// What the bot has said since the last time, in order.
    pub(crate) fn overhear(&self) -> String {
        let mut lines = String::new();
        for (name, thread) in self.look().threads.iter_mut().filter(|(_, thread)| !thread.told) {
            thread.told = true;
            lines.extend(["#", &thread.parent, " Lumen opens the thread #", name, "\n"]);
        }
        for post in self.look().posts.iter_mut().filter(|post| !post.told) {
            post.told = true;
            let to = match &post.private_to {
                Some(who) => format!(" (only {who} sees this)"),
                None => String::new(),
            };
            let said = shown(&post.words);
            lines.extend(["#", &post.channel, " Lumen", &to, ": ", &said]);
            for face in &post.buttons {
                lines.extend([" [", &face.label, "]"]);
            }
            lines.push('\n');
        }
        lines
    }
}

impl Platform for Townsquare {
    fn id(&self) -> PlatformId {
        PlatformId::from("square")
    }

    fn capabilities(&self) -> Capabilities {
        let (sends_once, opens_threads) = {
            let square = self.look();
            (!square.forgets_nonces, !square.opens_none)
        };
        let (private_posts, badges) = (true, BadgeKind::Keyed);
        Capabilities { sends_once, private_posts, badges, opens_threads, text_limit: 4_096 }
    }

    fn findings(&self, _: &Setup) -> Vec<Finding> {
        self.look().findings.clone()
    }

    fn run(&self, _: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(async move {
            stop.cancelled().await;
            Ok(())
        })
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        Box::pin(async move { self.look().take(delivery) })
    }
}

impl Square {
    fn take(&mut self, delivery: &Delivery) -> Result<Receipt, DeliveryError> {
        if !self.failures.is_empty() {
            return Err(self.failures.remove(0));
        }
        if let Some(key) = self.by_outbox.get(&delivery.id).filter(|_| !self.forgets_nonces) {
            return Ok(Receipt::of_message(key.clone()));
        }
        let key = PlatformKey::new(format!("b{}", self.posts.len()));
        let channel = delivery.channel.to_string();
        if self.gone.contains(&channel) {
            return Err(DeliveryError::Gone { why: "no such channel".to_owned() });
        }
        if self.locked.contains(&channel) && matches!(delivery.act, Act::Post { .. }) {
            return Err(DeliveryError::Refused { why: "the thread is locked".to_owned() });
        }
        match &delivery.act {
            Act::Post { words, buttons, ping, .. } => {
                for who in ping {
                    *self.pings.entry(who.to_string()).or_default() += 1;
                }
                self.add(key.clone(), channel, None, words, buttons);
            }
            Act::Private { to, words, buttons, .. } => {
                self.add(key.clone(), channel, Some(to.to_string()), words, buttons);
            }
            Act::Edit { message, words, buttons } => {
                let Some(post) = self.posts.iter_mut().find(|post| post.key == *message) else {
                    return Err(DeliveryError::Gone { why: "no such message".into() });
                };
                (post.words, post.buttons) = (words.clone(), buttons.clone());
                self.by_outbox.insert(delivery.id, message.clone());
                return Ok(Receipt::of_message(message.clone()));
            }
            Act::Wear { who, give, take, .. } => return self.dress(who, give.as_ref(), take),
            Act::OpenThread { message, title } => return Ok(self.open(&channel, message, title)),
            Act::PutAway { title } => return Ok(self.put_away(&channel, title.as_deref())),
        }
        self.by_outbox.insert(delivery.id, key.clone());
        Ok(Receipt::of_message(key))
    }

    /// One thread a message, whoever opened it; it is called by its title.
    fn open(&mut self, channel: &str, message: &PlatformKey, title: &str) -> Receipt {
        let there = self.threads.iter().find(|(_, thread)| thread.root == *message);
        let name = there.map_or_else(|| title.to_owned(), |(name, _)| name.clone());
        self.threads.entry(name.clone()).or_insert_with(|| Hanging::on(channel, message, true));
        Receipt::of_thread(PlatformKey::new(name))
    }

    fn put_away(&mut self, name: &str, title: Option<&str>) -> Receipt {
        if let Some(thread) = self.threads.get_mut(name).filter(|thread| thread.by_bot) {
            thread.away = true;
            // It keeps its key, which here is its first name.
            self.renamed.extend(title.map(|title| (name.to_owned(), title.to_owned())));
        }
        Receipt::default()
    }

    fn dress(
        &mut self,
        who: &PlatformKey,
        give: Option<&PlatformKey>,
        take: &[PlatformKey],
    ) -> Result<Receipt, DeliveryError> {
        if !self.slips.is_empty() {
            return Err(self.slips.remove(0));
        }
        let mut line = who.to_string();
        let worn = self.worn.entry(who.to_string()).or_default();
        for (sign, badge) in
            give.map(|key| ('+', key)).into_iter().chain(take.iter().map(|key| ('-', key)))
        {
            if let Some(obstacle) = self.obstacles.get(badge.as_str()) {
                return Err(DeliveryError::Unfit { badge: badge.clone(), obstacle: *obstacle });
            }
            if sign == '+' {
                worn.insert(badge.to_string())
            } else {
                worn.remove(badge.as_str())
            };
            line.extend([" ", &sign.to_string(), badge.as_str()]);
        }
        self.dressed.push(line);
        Ok(Receipt::default())
    }

    fn add(
        &mut self,
        key: PlatformKey,
        channel: String,
        private_to: Option<String>,
        words: &Words,
        buttons: &[Face],
    ) {
        let (words, buttons) = (words.clone(), buttons.to_vec());
        self.posts.push(Posted { key, channel, private_to, words, buttons, told: false });
    }
}

fn shown(words: &Words) -> String {
    let mut words = words.clone();
    for piece in &mut words.0 {
        if let Piece::Person { name, ping: true, .. } = piece {
            name.push('🔔');
        }
    }
    words.to_plain().replace('\n', "\n    ")
}
