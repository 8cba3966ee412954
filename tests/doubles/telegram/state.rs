//! What the double knows: everything that Telegram would.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use askaround::domain::time::Moment;
use askaround::runtime::Clock;
use serde_json::{Map, Value};

use super::hooks::Hook;
use super::pace::Pace;
use super::people::Told;
use super::rest::Fault;
use super::updates::Queue;

/// A user, a chat, a bot: numbers of one kind, and groups below zero.
pub(crate) type Id = i64;

/// Senders who are nobody.
pub(crate) mod nobody {
    use super::Id;

    /// Forwards posts of a channel into its discussion group.
    pub(crate) const TELEGRAM: Id = 777_000;
    /// An administrator who does not show who they are.
    pub(crate) const ANONYMOUS: Id = 1_087_968_824;
    /// Somebody who speaks as a channel of theirs.
    pub(crate) const CHANNEL: Id = 136_817_688;
}

/// What names a message within its chat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Key {
    Message(i64),
    /// What one person and the bot see; each receiver's are counted apart.
    Ephemeral {
        receiver: Id,
        id: i64,
    },
}

impl Key {
    /// Its `message_id`: of an ephemeral one there is none.
    pub(crate) fn message_id(self) -> i64 {
        match self {
            Key::Message(id) => id,
            Key::Ephemeral { .. } => 0,
        }
    }
}

impl From<i64> for Key {
    fn from(id: i64) -> Key {
        Key::Message(id)
    }
}

/// A chat, or one topic of it; a private chat has the id of its person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) chat: Id,
    /// `None` in a forum is its General topic.
    pub(crate) topic: Option<i64>,
}

impl From<Id> for Place {
    fn from(chat: Id) -> Place {
        Place { chat, topic: None }
    }
}

impl From<(Id, i64)> for Place {
    fn from((chat, topic): (Id, i64)) -> Place {
        Place { chat, topic: Some(topic) }
    }
}

pub(crate) struct State {
    pub(crate) clock: Arc<dyn Clock>,
    next_id: Id,
    /// Private chats and plain groups count their messages together.
    next_message: i64,
    next_turn: u64,
    /// The bot.
    pub(crate) me: Id,
    pub(crate) token: String,
    /// Whether the operator has left privacy mode on; a chat goes by what held when the bot came.
    pub(crate) privacy: bool,
    /// Whether the operator has let bots hear each other.
    pub(crate) hears_bots: bool,
    /// Whether the bot's private chats can have topics.
    pub(crate) private_topics: bool,
    /// Whether what was pressed is told without its message.
    pub(crate) forgets_pressed: bool,
    /// Whether a `parse_mode` ends the test.
    pub(crate) plain_only: bool,
    pub(crate) users: BTreeMap<Id, User>,
    pub(crate) chats: BTreeMap<Id, Chat>,
    pub(crate) messages: BTreeMap<(Id, Key), Message>,
    pub(crate) queries: BTreeMap<String, Query>,
    /// The menus, by scope and language.
    pub(crate) commands: BTreeMap<(String, String), Vec<Value>>,
    /// Where the bot shows that it is typing, since when.
    pub(crate) actions: Vec<(Place, String)>,
    pub(crate) queue: Queue,
    pub(crate) hook: Hook,
    pub(crate) pace: Pace,
    pub(crate) faults: VecDeque<(String, Fault)>,
    /// How many held answers the test has let go, and how many were held.
    pub(crate) released: u64,
    pub(crate) held: u64,
    pub(crate) calls: Vec<Call>,
    /// What breaks a rule: it ends the test by name.
    pub(crate) strange: Vec<String>,
    /// Where it listens: `127.0.0.1:port`.
    pub(crate) address: String,
}

pub(crate) struct User {
    pub(crate) name: String,
    pub(crate) username: Option<String>,
    pub(crate) locale: String,
    pub(crate) is_bot: bool,
    pub(crate) is_deactivated: bool,
    /// Away from every device: what is ephemeral never arrives.
    pub(crate) is_offline: bool,
    /// Whether the bot may name them anywhere: they talked to it, or pressed something.
    pub(crate) is_known: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Private,
    Group,
    Supergroup,
    Channel,
}

pub(crate) struct Chat {
    pub(crate) kind: Kind,
    pub(crate) title: String,
    pub(crate) username: Option<String>,
    pub(crate) is_forum: bool,
    pub(crate) members: BTreeMap<Id, Member>,
    pub(crate) topics: BTreeMap<i64, Topic>,
    /// A channel's discussion group, and a group's channel.
    pub(crate) linked: Option<Id>,
    /// The supergroup that this group has become.
    pub(crate) moved_to: Option<Id>,
    /// Whether the bot came without privacy mode.
    pub(crate) hears_all: bool,
    /// Whether members may write.
    pub(crate) is_open: bool,
    /// The last bot that spoke here.
    pub(crate) last_bot: Option<Id>,
    /// The emoji that can be reacted with; `None` is every one.
    pub(crate) reactions: Option<Vec<String>>,
    next_message: i64,
    /// The next ephemeral message of each receiver.
    pub(crate) next_ephemeral: BTreeMap<Id, i64>,
}

impl Chat {
    pub(crate) fn new(kind: Kind, title: &str) -> Chat {
        Chat {
            kind,
            title: title.to_owned(),
            username: None,
            is_forum: false,
            members: BTreeMap::new(),
            topics: BTreeMap::new(),
            linked: None,
            moved_to: None,
            hears_all: false,
            is_open: true,
            last_bot: None,
            reactions: None,
            next_message: 1,
            next_ephemeral: BTreeMap::new(),
        }
    }

    pub(crate) fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Group | Kind::Supergroup)
    }
}

pub(crate) struct Topic {
    pub(crate) name: String,
    pub(crate) is_closed: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Creator,
    Administrator,
    Member,
    /// A member who may not write.
    Restricted,
    Left,
    Kicked,
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub(crate) status: Status,
    pub(crate) rights: BTreeSet<String>,
    pub(crate) is_anonymous: bool,
    pub(crate) tag: Option<String>,
}

impl Member {
    pub(crate) fn new(status: Status) -> Member {
        Member { status, rights: BTreeSet::new(), is_anonymous: false, tag: None }
    }

    pub(crate) fn is_admin(&self) -> bool {
        matches!(self.status, Status::Creator | Status::Administrator)
    }

    pub(crate) fn is_here(&self) -> bool {
        !matches!(self.status, Status::Left | Status::Kicked)
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) key: Key,
    pub(crate) chat: Id,
    pub(crate) topic: Option<i64>,
    /// When it came among all messages.
    pub(crate) turn: u64,
    /// Who it is from, as everybody sees it.
    pub(crate) by: Id,
    /// Who it is from in truth.
    pub(crate) author: Id,
    pub(crate) sender_chat: Option<Id>,
    pub(crate) at: Moment,
    pub(crate) edited: Option<Moment>,
    /// Its text or its caption.
    pub(crate) text: String,
    /// The same as it was when it came.
    pub(crate) first_text: String,
    pub(crate) entities: Vec<Value>,
    /// A picture, a voice, a service note: the fields that say so.
    pub(crate) content: Map<String, Value>,
    pub(crate) is_service: bool,
    pub(crate) reply_to: Option<Key>,
    pub(crate) keyboard: Vec<Vec<Value>>,
    /// The person who alone sees it, besides the bot.
    pub(crate) only: Option<Id>,
    /// The message in whose place that person sees it.
    pub(crate) replaces: Option<Key>,
    /// Never arrived.
    pub(crate) is_lost: bool,
    pub(crate) is_silent: bool,
    pub(crate) has_preview: bool,
    /// Whom each reacted with what.
    pub(crate) reactions: Vec<(String, Id)>,
    /// Everybody whom it ever named with effect.
    pub(crate) pings: BTreeSet<Id>,
    /// Who is told that this answers a message of theirs, as every reply does.
    pub(crate) answers: Option<Id>,
}

impl Message {
    pub(crate) fn new(place: Place, by: Id) -> Message {
        Message {
            key: Key::Message(0),
            chat: place.chat,
            topic: place.topic,
            turn: 0,
            by,
            author: by,
            sender_chat: None,
            at: Moment::from_millis(0),
            edited: None,
            text: String::new(),
            first_text: String::new(),
            entities: Vec::new(),
            content: Map::new(),
            is_service: false,
            reply_to: None,
            keyboard: Vec::new(),
            only: None,
            replaces: None,
            is_lost: false,
            is_silent: false,
            has_preview: true,
            reactions: Vec::new(),
            pings: BTreeSet::new(),
            answers: None,
        }
    }
}

/// A pressed button.
pub(crate) struct Query {
    pub(crate) by: Id,
    pub(crate) chat: Id,
    pub(crate) message: Key,
    pub(crate) at: Moment,
    pub(crate) told: Told,
    pub(crate) is_dead: bool,
}

/// A call as it came.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: String,
    pub(crate) params: Map<String, Value>,
    /// 0 for none: not answered yet, or the connection broke.
    pub(crate) status: u16,
    /// What a refusal said.
    pub(crate) description: String,
}

impl State {
    pub(crate) fn new(clock: Arc<dyn Clock>, token: &str, address: String) -> State {
        let mut state = State {
            clock,
            next_id: 5_000_000_000,
            next_message: 1,
            next_turn: 0,
            me: 0,
            token: token.to_owned(),
            privacy: true,
            hears_bots: false,
            private_topics: false,
            forgets_pressed: false,
            plain_only: true,
            users: BTreeMap::new(),
            chats: BTreeMap::new(),
            messages: BTreeMap::new(),
            queries: BTreeMap::new(),
            commands: BTreeMap::new(),
            actions: Vec::new(),
            queue: Queue::default(),
            hook: Hook::default(),
            pace: Pace::default(),
            faults: VecDeque::new(),
            released: 0,
            held: 0,
            calls: Vec::new(),
            strange: Vec::new(),
            address,
        };
        state.me = state.new_user("Lumen", Some("lumen_bot"), "", true);
        for (id, name, username) in [
            (nobody::TELEGRAM, "Telegram", None),
            (nobody::ANONYMOUS, "Group", Some("GroupAnonymousBot")),
            (nobody::CHANNEL, "Channel", Some("Channel_Bot")),
        ] {
            state.users.insert(id, user(name, username, "", id != nobody::TELEGRAM));
        }
        state
    }

    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// A number that nothing has yet.
    pub(crate) fn new_id(&mut self) -> Id {
        self.next_id += 1;
        self.next_id
    }

    pub(crate) fn new_user(
        &mut self,
        name: &str,
        username: Option<&str>,
        locale: &str,
        is_bot: bool,
    ) -> Id {
        let id = self.new_id();
        self.users.insert(id, user(name, username, locale, is_bot));
        id
    }

    /// The next place in the order in which everything happens.
    pub(super) fn new_turn(&mut self) -> u64 {
        self.next_turn += 1;
        self.next_turn
    }

    /// The key of the next message of a chat.
    pub(super) fn new_message(&mut self, chat: Id) -> Key {
        let shared = &mut self.next_message;
        let here = self.chats.get_mut(&chat).expect("a chat");
        let own = matches!(here.kind, Kind::Supergroup | Kind::Channel);
        let next = if own { &mut here.next_message } else { shared };
        *next += 1;
        Key::Message(*next - 1)
    }

    pub(crate) fn member(&self, chat: Id, who: Id) -> Option<&Member> {
        self.chats.get(&chat).and_then(|chat| chat.members.get(&who))
    }

    pub(crate) fn is_member(&self, chat: Id, who: Id) -> bool {
        self.member(chat, who).is_some_and(Member::is_here)
    }

    pub(crate) fn is_admin(&self, chat: Id, who: Id) -> bool {
        self.member(chat, who).is_some_and(Member::is_admin)
    }

    /// Whether somebody has a right in a chat; whoever made it has every one.
    pub(crate) fn has_right(&self, chat: Id, who: Id, right: &str) -> bool {
        self.member(chat, who).is_some_and(|member| {
            member.status == Status::Creator || member.is_admin() && member.rights.contains(right)
        })
    }

    pub(crate) fn kind(&self, chat: Id) -> Option<Kind> {
        self.chats.get(&chat).map(|chat| chat.kind)
    }

    pub(crate) fn at(&self, chat: Id, key: Key) -> Option<&Message> {
        self.messages.get(&(chat, key))
    }

    /// Whoever is called so.
    pub(crate) fn called(&self, username: &str) -> Option<Id> {
        let is_it = |user: &User| {
            user.username.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(username))
        };
        self.users.iter().find(|(_, user)| is_it(user)).map(|(id, _)| *id)
    }
}

fn user(name: &str, username: Option<&str>, locale: &str, is_bot: bool) -> User {
    User {
        name: name.to_owned(),
        username: username.map(str::to_owned),
        locale: locale.to_owned(),
        is_bot,
        is_deactivated: false,
        is_offline: false,
        is_known: false,
    }
}
