//! What the double knows: everything that Discord would.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use askaround::domain::time::Moment;
use askaround::runtime::Clock;
use serde_json::Value;

use super::gateway::Sessions;
use super::rest::Fault;

pub(crate) type Id = u64;

/// Snowflakes count from here.
const EPOCH_MS: i64 = 1_420_070_400_000;

/// Kinds of channels.
pub(crate) mod kind {
    pub(crate) const TEXT: u8 = 0;
    pub(crate) const DM: u8 = 1;
    pub(crate) const ANNOUNCEMENT: u8 = 5;
    pub(crate) const THREAD: u8 = 11;
    pub(crate) const PRIVATE_THREAD: u8 = 12;
    pub(crate) const FORUM: u8 = 15;
}

/// Flags of messages.
pub(crate) mod flag {
    pub(crate) const HAS_THREAD: u64 = 1 << 5;
    pub(crate) const EPHEMERAL: u64 = 1 << 6;
    pub(crate) const LOADING: u64 = 1 << 7;
    pub(crate) const COMPONENTS_V2: u64 = 1 << 15;
}

pub(crate) struct State {
    pub(crate) clock: Arc<dyn Clock>,
    last_id: Id,
    /// The bot, which is its own application too.
    pub(crate) me: Id,
    pub(crate) token: String,
    /// Whether the operator has enabled the privileged intent.
    pub(crate) content_intent: bool,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) guilds: BTreeMap<Id, Guild>,
    pub(crate) channels: BTreeMap<Id, Channel>,
    pub(crate) messages: BTreeMap<Id, Message>,
    pub(crate) interactions: BTreeMap<Id, Interaction>,
    /// Of every place: one server, or everywhere (0).
    pub(crate) commands: BTreeMap<Id, BTreeMap<Id, Value>>,
    /// What administrators let everybody run, by server and name.
    pub(crate) open_commands: BTreeSet<(Id, String)>,
    pub(crate) created_commands: BTreeMap<Id, usize>,
    /// What each nonce of a channel became.
    pub(crate) nonces: BTreeMap<(Id, String), Id>,
    pub(crate) sessions: Sessions,
    pub(crate) faults: VecDeque<(String, Fault)>,
    /// At most so many calls of a bucket in so many seconds; `None` refuses none.
    pub(crate) pace: Option<(u32, u32)>,
    /// Open threads of a server.
    pub(crate) most_threads: usize,
    pub(crate) windows: BTreeMap<String, (Moment, u32)>,
    pub(crate) calls: Vec<Call>,
    /// What no test expects: it ends the test by name.
    pub(crate) strange: Vec<String>,
    /// Where it listens: `127.0.0.1:port`.
    pub(crate) address: String,
}

pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) locale: String,
    pub(crate) is_bot: bool,
    /// Whether messages from members of a common server are let in.
    pub(crate) open: bool,
}

pub(crate) struct Guild {
    pub(crate) name: String,
    pub(crate) owner: Id,
    pub(crate) locale: String,
    /// The one with the server's own id is everybody's.
    pub(crate) roles: BTreeMap<Id, Role>,
    pub(crate) members: BTreeMap<Id, Member>,
}

pub(crate) struct Role {
    pub(crate) name: String,
    pub(crate) permissions: u64,
    pub(crate) mentionable: bool,
    /// From below; everybody's is at 0.
    pub(crate) position: i64,
    /// It is an app's, or comes with something else.
    pub(crate) managed: bool,
}

impl Role {
    pub(crate) fn named(name: &str) -> Role {
        let (name, permissions, mentionable) = (name.to_owned(), 0, false);
        Role { name, permissions, mentionable, position: 0, managed: false }
    }
}

#[derive(Default)]
pub(crate) struct Member {
    pub(crate) roles: BTreeSet<Id>,
    pub(crate) nick: Option<String>,
}

pub(crate) struct Channel {
    pub(crate) kind: u8,
    pub(crate) guild: Option<Id>,
    pub(crate) name: String,
    /// What a thread hangs in.
    pub(crate) parent: Option<Id>,
    pub(crate) owner: Id,
    pub(crate) archived: bool,
    pub(crate) locked: bool,
    /// The other one, of a conversation of two.
    pub(crate) with: Option<Id>,
    pub(crate) overwrites: BTreeMap<Id, Overwrite>,
    /// Who was let into a private thread.
    pub(crate) invited: BTreeSet<Id>,
}

impl Channel {
    pub(crate) fn is_thread(&self) -> bool {
        matches!(self.kind, kind::THREAD | kind::PRIVATE_THREAD)
    }
}

#[derive(Clone, Copy)]
pub(crate) struct Overwrite {
    pub(crate) is_member: bool,
    pub(crate) allow: u64,
    pub(crate) deny: u64,
}

#[derive(Clone)]
pub(crate) struct Message {
    pub(crate) id: Id,
    pub(crate) channel: Id,
    pub(crate) by: Id,
    /// 0 said, 19 a reply, 20 the answer to a command, 18 and 21 about threads.
    pub(crate) kind: u8,
    pub(crate) content: String,
    pub(crate) embeds: Vec<Value>,
    pub(crate) components: Vec<Value>,
    pub(crate) attachments: Vec<Value>,
    pub(crate) flags: u64,
    pub(crate) reply_to: Option<(Id, Id)>,
    pub(crate) edited: Option<Moment>,
    pub(crate) reactions: Vec<(String, Id)>,
    /// The only one who sees it.
    pub(crate) only: Option<Id>,
    /// The interaction that it answers.
    pub(crate) interaction: Option<Id>,
    /// Whom it names with effect.
    pub(crate) mentions: BTreeSet<Id>,
    pub(crate) mention_roles: BTreeSet<Id>,
    pub(crate) mention_everyone: bool,
    /// Everybody whom it ever lit up.
    pub(crate) pings: BTreeSet<Id>,
    pub(crate) nonce: Option<Value>,
}

impl Message {
    pub(crate) fn new(id: Id, channel: Id, by: Id, content: &str) -> Message {
        Message {
            id,
            channel,
            by,
            kind: 0,
            content: content.to_owned(),
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: Vec::new(),
            flags: 0,
            reply_to: None,
            edited: None,
            reactions: Vec::new(),
            only: None,
            interaction: None,
            mentions: BTreeSet::new(),
            mention_roles: BTreeSet::new(),
            mention_everyone: false,
            pings: BTreeSet::new(),
            nonce: None,
        }
    }
}

pub(crate) struct Interaction {
    pub(crate) token: String,
    pub(crate) by: Id,
    pub(crate) channel: Id,
    pub(crate) at: Moment,
    /// What was pressed, for a component.
    pub(crate) source: Option<Id>,
    pub(crate) answered: bool,
    /// 2 a command, 3 a component, 4 somebody still types, 5 a form that was sent in.
    pub(crate) kind: u8,
    /// What can be chosen.
    pub(crate) offers: Vec<Value>,
    /// The form that it opened, until that is sent in.
    pub(crate) form: Option<Value>,
    /// What `@original` is.
    pub(crate) original: Option<Id>,
    /// Died before it was answered, by a word of the test.
    pub(crate) dead: bool,
}

/// What the bot asked for, and what it was told.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) body: Value,
    pub(crate) reason: Option<String>,
    /// 0 for none: the connection broke.
    pub(crate) status: u16,
}

impl State {
    pub(crate) fn new(clock: Arc<dyn Clock>, token: &str, address: String) -> State {
        let mut state = State {
            clock,
            last_id: 0,
            me: 0,
            token: token.to_owned(),
            content_intent: true,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            interactions: BTreeMap::new(),
            commands: BTreeMap::new(),
            open_commands: BTreeSet::new(),
            created_commands: BTreeMap::new(),
            nonces: BTreeMap::new(),
            sessions: Sessions::default(),
            faults: VecDeque::new(),
            pace: None,
            most_threads: 1_000,
            windows: BTreeMap::new(),
            calls: Vec::new(),
            strange: Vec::new(),
            address,
        };
        state.me = state.new_id();
        let (name, locale) = ("Lumen".to_owned(), "en-US".to_owned());
        state.users.insert(state.me, User { name, locale, is_bot: true, open: true });
        state
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// What the application may do: of an unreviewed one, within limits.
    pub(crate) fn flags(&self) -> u64 {
        const PRESENCES_AND_MEMBERS: u64 = 1 << 13 | 1 << 15;
        const CONTENT: u64 = 1 << 19;
        if self.content_intent { PRESENCES_AND_MEMBERS | CONTENT } else { PRESENCES_AND_MEMBERS }
    }

    /// A snowflake of this moment, greater than all before.
    pub(crate) fn new_id(&mut self) -> Id {
        let since = u64::try_from(self.now().as_millis() - EPOCH_MS).unwrap_or(0);
        self.last_id = (since << 22).max(self.last_id + 1);
        self.last_id
    }

    pub(crate) fn guild_of(&self, channel: Id) -> Option<Id> {
        self.channels.get(&channel).and_then(|channel| channel.guild)
    }

    /// The newest message of a channel that everybody sees.
    pub(crate) fn last_message(&self, channel: Id) -> Option<Id> {
        let here = |message: &&Message| message.channel == channel && message.only.is_none();
        self.messages.values().rev().find(here).map(|message| message.id)
    }
}

/// The moment that a snowflake was made.
pub(crate) fn moment_of(id: Id) -> Moment {
    Moment::from_millis(i64::try_from(id >> 22).unwrap_or(0) + EPOCH_MS)
}
