//! The port: what the runtime asks of a chat platform, and what a platform tells the runtime.
//!
//! An adapter translates, it does not decide. Inbound, it turns wire messages into [`Inbound`]
//! and hands each to the [`InboundSink`]; when that returns, the message is committed and may be
//! acknowledged to the platform, not before. Outbound, it carries out one [`Delivery`] at a time
//! and says truthfully what came of it: a [`Receipt`], or a [`DeliveryError`] whose variants differ
//! in what the outbox does next. Every adapter is held to the same contract (`tests/`).

mod board;
#[cfg(feature = "discord")]
pub mod discord;
mod findings;
#[cfg(any(feature = "discord", feature = "telegram"))]
mod letters;
mod memory;
pub mod playground;
#[cfg(feature = "telegram")]
pub mod telegram;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

pub use board::{Board, Post};
pub use findings::{Finding, Setup, Severity, Use, Used};
pub use memory::{ConnectionState, Forgetful, Membership, Memory, OpenCase, Remembered};

use crate::domain::badge::{Badge, Obstacle};
use crate::domain::command::Typed;
use crate::domain::ids::{BotId, Language, OutboxId, PlatformId, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::Words;

/// A boxed future: the port is used as `dyn Platform`, so that adapters can come from outside.
pub type Doing<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A chat platform, connected for one bot.
pub trait Platform: Send + Sync {
    fn id(&self) -> PlatformId;

    /// What it can do; asked before, so that a fallback is chosen and not thrown.
    fn capabilities(&self) -> Capabilities;

    /// Stays connected and hands over what it hears, until `stop`. An error ends this platform
    /// only; the others go on.
    fn run(&self, sink: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>>;

    /// Takes what is brought to this process while another one is connected, until `stop`: calls
    /// of a [`Hook`]. Most have nothing to do meanwhile.
    fn stand_by(&self, _sink: InboundSink, _stop: CancellationToken) -> Doing<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    /// Resolves once it has been connected, so that a delivery has a chance; none is asked for
    /// before, since a try that must fail costs the next one its time.
    fn connected(&self) -> Doing<'_, ()> {
        Box::pin(std::future::ready(()))
    }

    /// Carries out one delivery.
    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>>;

    /// What is well and what is not for a community as it is set up, as far as it has heard. Asked
    /// within a transaction: it looks at what it knows and waits for nothing.
    fn findings(&self, _setup: &Setup) -> Vec<Finding> {
        Vec::new()
    }

    /// The same, asked of the platform itself without staying connected, token and all.
    fn examine<'a>(&'a self, _setups: &'a [Setup]) -> Doing<'a, Vec<Finding>> {
        Box::pin(std::future::ready(Vec::new()))
    }

    /// Where the platform brings what it tells, if it does so by calling us: the public listener
    /// serves it while [`Platform::run`] or [`Platform::stand_by`] runs.
    fn hook(&self) -> Option<Arc<dyn Hook>> {
        None
    }
}

/// A path of the public listener at which a platform calls us. The socket is the listener's; here
/// are the values.
pub trait Hook: Send + Sync {
    /// Begins with `/`.
    fn path(&self) -> &str;

    /// The longest body, in bytes; a longer one is refused unread.
    fn body_limit(&self) -> usize;

    /// Answers one call, which is a POST, with a status.
    fn call(&self, call: HookCall) -> Doing<'_, u16>;
}

/// One call of a [`Hook`]. Not `Debug`: it may hold a secret and what people wrote.
#[derive(Clone)]
pub struct HookCall {
    /// By names in lower case; a value that is no text is left out.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// What a platform can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capabilities {
    /// Delivering the same [`OutboxId`] twice shows one message (a nonce, a natural idempotence).
    pub sends_once: bool,
    /// A message that one person sees in a shared channel, at any time. Said for the contract and
    /// for later adapters: the runtime does not choose another way yet where this is false.
    pub private_posts: bool,
    /// Whether a rank can be shown beside somebody's name, and how.
    pub badges: BadgeKind,
    /// A thread can be opened on a message, whoever said it. Where this is false, and where a
    /// channel takes none, what was to be said in it is said in the channel.
    pub opens_threads: bool,
    /// The longest text of one message, in UTF-16 units; splitting is the adapter's.
    pub text_limit: usize,
}

/// What can be shown beside somebody's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadgeKind {
    /// Nothing: a rank is read off the bot's answers.
    None,
    /// What the community has made for it, each with a key: a role.
    Keyed,
    /// The rank in words: a tag.
    Worded,
}

/// Why a platform stopped for good; told to the operator once.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct Down(pub String);

// ---- inbound -------------------------------------------------------------------------------

/// One thing a platform told us.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    /// What the platform calls this update; the same update again has the same key.
    pub key: PlatformKey,
    pub at: Moment,
    pub place: Place,
    pub by: Author,
    pub what: What,
}

impl Inbound {
    /// The same without NUL characters in what people chose: PostgreSQL keeps none, and no chat
    /// shows one.
    #[must_use]
    pub fn without_nul(mut self) -> Inbound {
        fn clean(text: &mut String) {
            text.retain(|letter| letter != '\0');
        }
        clean(&mut self.by.name);
        clean(&mut self.place.community_name);
        clean(&mut self.place.channel_name);
        if let Some(thread) = &mut self.place.thread {
            clean(&mut thread.parent_name);
        }
        if let What::Commanded { about, badges, .. } = &mut self.what {
            if let Some(pointed) = about {
                clean(&mut pointed.by.name);
            }
            for named in badges {
                clean(&mut named.badge.name);
            }
        }
        match &mut self.what {
            What::Said(message) => clean(&mut message.text),
            What::Edited { text, .. }
            | What::Pressed { data: text, .. }
            | What::Commanded { command: Commanded::Line { text, .. }, .. } => clean(text),
            What::Commanded { command: Commanded::Menu(typed), .. } => {
                typed.options.values_mut().for_each(clean);
            }
            What::Deleted { .. }
            | What::Reacted { .. }
            | What::Left
            | What::Joined
            | What::Moved { .. } => {}
        }
        self
    }
}

/// Where it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub community: PlatformKey,
    pub community_name: String,
    pub channel: PlatformKey,
    pub channel_name: String,
    /// What the channel hangs on, where it is a thread. A place that moderators set up on its own,
    /// as a topic of a Telegram forum is, is no thread but a channel like any other.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thread: Option<Thread>,
}

impl Place {
    /// A community as a whole: what is heard of it is about none of its channels.
    pub fn whole(community: PlatformKey, name: impl Into<String>) -> Place {
        let (channel, channel_name) = (community.clone(), String::new());
        Place { community, community_name: name.into(), channel, channel_name, thread: None }
    }

    /// A channel that is no thread; each by key and name.
    pub fn new(community: (&str, &str), channel: (&str, &str)) -> Place {
        Place {
            community: PlatformKey::from(community.0),
            community_name: community.1.to_owned(),
            channel: PlatformKey::from(channel.0),
            channel_name: channel.1.to_owned(),
            thread: None,
        }
    }
}

/// A thread: a conversation that hangs in a channel and follows that channel's settings. To a
/// [`Delivery`] it is one more channel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    /// The channel it hangs in; for a forum post the forum, in which nobody writes.
    pub parent: PlatformKey,
    pub parent_name: String,
    /// The message that opened it: one in the parent, for a thread started on a message; the
    /// thread's own first one, for a forum post; none, for a thread started on nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub root: Option<PlatformKey>,
    /// Not everybody who reads the parent can read it: one person's own chat with the bot, or a
    /// thread that people are invited to.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub private: bool,
}

/// Who did it, with the rights they have at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "rights that people have in any combination")]
pub struct Author {
    pub key: PlatformKey,
    pub name: String,
    pub is_bot: bool,
    /// The language of their client, where the platform says it.
    pub language: Option<Language>,
    pub moderator: bool,
    pub staff: bool,
    /// They act as the community itself, so that nobody knows who it is: they may do what their
    /// rights say, but nothing is theirs.
    #[serde(default)]
    pub anonymous: bool,
}

impl Author {
    /// Somebody without any right.
    pub fn named(key: PlatformKey, name: impl Into<String>) -> Author {
        let (name, is_bot, language) = (name.into(), false, None);
        Author { key, name, is_bot, language, moderator: false, staff: false, anonymous: false }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum What {
    Said(Message),
    Edited {
        message: PlatformKey,
        text: String,
    },
    Deleted {
        message: PlatformKey,
    },
    Reacted {
        message: PlatformKey,
        emoji: String,
    },
    /// The platform calls this community, and the channel of the same key, something else from
    /// now on; to us they are the same.
    Moved {
        to: PlatformKey,
    },
    /// A button, with the data we gave it.
    Pressed {
        data: String,
        reply: ReplyHandle,
    },
    Commanded {
        command: Commanded,
        reply: ReplyHandle,
        /// Everybody whom the command may name.
        #[serde(default)]
        people: Vec<Named>,
        /// Every badge that the command may name.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        badges: Vec<NamedBadge>,
        /// The message that the command was called on, where it was called on one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        about: Option<Pointed>,
    },
    /// The bot was removed from the community. Nobody acts, and no channel is meant.
    Left,
    /// The bot was let into the community, for the first time or again; likewise.
    Joined,
}

/// A message in the same place that somebody points at, with whoever wrote it. What it says comes
/// with the command: `/ask` about a message has its text as the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointed {
    pub message: PlatformKey,
    pub by: Author,
}

/// Somebody whom a command names, with the rights they have at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// As the command says it, without `@`: the person's key in a menu, their name in a line.
    pub word: String,
    pub who: Author,
}

impl Named {
    /// Everybody whom a line names with `@`, each by a word that `find` knows.
    pub fn all_in(line: &str, find: impl Fn(&str) -> Option<Author>) -> Vec<Named> {
        let words = line.split(|c: char| c.is_whitespace() || c == ':');
        let names = words.filter_map(|word| word.strip_prefix('@'));
        names.filter_map(|word| Some(Named { word: word.to_owned(), who: find(word)? })).collect()
    }
}

/// A badge that a command names, and whether the bot can give it at this moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedBadge {
    /// As the command says it, without `@`.
    pub word: String,
    pub badge: Badge,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub obstacle: Option<Obstacle>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Message {
    pub key: PlatformKey,
    pub text: String,
    pub reply_to: Option<PlatformKey>,
    pub mentions_bot: bool,
    /// The opening message of a thread or forum post.
    pub opens_post: bool,
    /// It says nothing in words: a picture, a voice message.
    #[serde(default)]
    pub wordless: bool,
}

/// A command: from a menu with its options apart, or a line of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Commanded {
    Menu(Typed),
    Line {
        text: String,
        /// Channels that the line may name, by the name it uses for them (`#help` without the `#`).
        #[serde(default)]
        channels: Vec<PlatformKey>,
    },
}

/// Where a private answer to an interaction goes, and until when it can.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyHandle {
    pub key: String,
    pub expires_at: Moment,
}

/// What became of an input, told to its adapter after the commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Something was recorded.
    Handled,
    /// Seen before; nothing was done again.
    Repeated,
    /// Nothing to do, for this counted reason.
    Dropped(&'static str),
    /// It failed three times and is kept aside for the operator.
    Parked,
}

/// An inbound on its way to the engine.
#[derive(Debug)]
pub struct Handover {
    pub bot: BotId,
    pub platform: PlatformId,
    pub inbound: Box<Inbound>,
    pub done: oneshot::Sender<Fate>,
}

/// One bot's and platform's way into the engine.
#[derive(Clone)]
pub struct InboundSink {
    bot: BotId,
    platform: PlatformId,
    queue: mpsc::Sender<Handover>,
    memory: Arc<dyn Memory>,
}

/// The runtime is shutting down: do not acknowledge, the platform will tell us again.
#[derive(Debug, thiserror::Error)]
#[error("the runtime is shutting down")]
pub struct Closing;

impl InboundSink {
    pub fn new(bot: BotId, platform: PlatformId, queue: mpsc::Sender<Handover>) -> Self {
        Self { bot, platform, queue, memory: Arc::new(Forgetful) }
    }

    /// The same with a memory; without one nothing is remembered.
    #[must_use]
    pub fn with_memory(self, memory: Arc<dyn Memory>) -> Self {
        Self { memory, ..self }
    }

    /// What the runtime remembers of this adapter's places.
    pub fn memory(&self) -> &dyn Memory {
        self.memory.as_ref()
    }

    /// The same, for parts of an adapter that outlive the sink: whoever holds a sink keeps the
    /// runtime waiting for what may still come through it.
    pub fn shared_memory(&self) -> Arc<dyn Memory> {
        Arc::clone(&self.memory)
    }

    /// Returns when the input is committed (or dropped, or parked): now it may be acknowledged.
    pub async fn accept(&self, inbound: Inbound) -> Result<Fate, Closing> {
        self.hand_over(inbound).await?.await.map_err(|_| Closing)
    }

    /// The same of several, which are decided in their order; so many may share one commit. What
    /// comes after the first that is not taken may be acknowledged by nobody.
    pub async fn accept_all(&self, inbounds: Vec<Inbound>) -> Vec<Result<Fate, Closing>> {
        let mut handed = Vec::with_capacity(inbounds.len());
        for inbound in inbounds {
            handed.push(self.hand_over(inbound).await);
        }
        let mut fates = Vec::with_capacity(handed.len());
        for fate in handed {
            fates.push(match fate {
                Ok(fate) => fate.await.map_err(|_| Closing),
                Err(closing) => Err(closing),
            });
        }
        fates
    }

    async fn hand_over(&self, inbound: Inbound) -> Result<oneshot::Receiver<Fate>, Closing> {
        let (done, fate) = oneshot::channel();
        let (bot, platform) = (self.bot.clone(), self.platform.clone());
        let inbound = Box::new(inbound.without_nul());
        self.queue.send(Handover { bot, platform, inbound, done }).await.map_err(|_| Closing)?;
        Ok(fate)
    }
}

// ---- outbound ------------------------------------------------------------------------------

/// One outbound act in one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct Delivery {
    pub id: OutboxId,
    pub community: PlatformKey,
    pub channel: PlatformKey,
    /// It can wait to be read: no sound, where the platform makes one.
    pub quiet: bool,
    pub act: Act,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Act {
    Post {
        words: Words,
        /// Gone or not, the message is sent.
        reply_to: Option<PlatformKey>,
        buttons: Vec<Face>,
        /// The only people it may light up.
        ping: Vec<PlatformKey>,
    },
    /// Seen by one person.
    Private { to: PlatformKey, handle: Option<ReplyHandle>, words: Words, buttons: Vec<Face> },
    /// Replaces a message of ours.
    Edit { message: PlatformKey, words: Words, buttons: Vec<Face> },
    /// Shows somebody's rank beside their name. Nothing else that they wear is touched, and done
    /// twice it is done once.
    Wear {
        who: PlatformKey,
        /// The badge of the rank, where it has one.
        give: Option<PlatformKey>,
        /// Those of other ranks, whether they wear them or not.
        take: Vec<PlatformKey>,
        /// The rank in words, for a platform that shows it so.
        rank: String,
        /// A line for a log of the platform's own.
        why: String,
    },
    /// Opens a thread on a message of the channel; the receipt says how it is called. One that is
    /// there already, whoever opened it, is as good.
    OpenThread { message: PlatformKey, title: String },
    /// The talk in this thread is over: it goes from the list of open ones, and whoever writes in
    /// it fetches it back. With a title it is called that from now on. Somebody else's thread is
    /// theirs to put away: it is left as it is.
    PutAway { title: Option<String> },
}

/// A button as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    pub label: String,
    /// At most 64 bytes, opaque to the platform.
    pub data: String,
    pub primary: bool,
}

/// The platform's proof of a delivery.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Receipt {
    /// The message it became; `None` where the platform names none.
    pub message: Option<PlatformKey>,
    /// The thread that was opened: from now on one more channel.
    pub thread: Option<PlatformKey>,
}

impl Receipt {
    pub fn of_message(message: PlatformKey) -> Receipt {
        Receipt { message: Some(message), thread: None }
    }

    pub fn of_thread(thread: PlatformKey) -> Receipt {
        Receipt { message: None, thread: Some(thread) }
    }
}

/// What a failed delivery means for the outbox.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeliveryError {
    /// Not now: again after this long, or after the outbox's own back-off.
    #[error("not now: {why}")]
    Retry { after: Option<Duration>, why: String },
    /// It may or may not have arrived; what to do is the message's class's to say.
    #[error("unknown: {why}")]
    Unknown { why: String },
    /// The platform will never take this one.
    #[error("refused: {why}")]
    Refused { why: String },
    /// The place or the message is no more.
    #[error("gone: {why}")]
    Gone { why: String },
    /// A badge can be neither given nor taken until moderators have mended this.
    #[error("badge {badge}: {obstacle}")]
    Unfit { badge: PlatformKey, obstacle: Obstacle },
    /// The place has another key now.
    #[error("moved")]
    Moved { to: PlatformKey },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_kept_before_there_were_threads_still_reads() {
        let kept = r#"{"community":"c","community_name":"C","channel":"h","channel_name":"help"}"#;
        let place: Place = serde_json::from_str(kept).unwrap();
        assert_eq!(place.thread, None);
        assert_eq!(serde_json::to_string(&place).unwrap(), kept, "and is kept as it was");
    }
}
