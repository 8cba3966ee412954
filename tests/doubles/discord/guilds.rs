//! Servers as people set them up: members, roles, channels and who sees them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::gateway::intent;
use super::rights::bit;
use super::state::{Channel, Guild, Id, Member, Overwrite, Role, User, kind};
use super::town::Town;

pub(super) fn new_channel(kind: u8, guild: Option<Id>, name: &str) -> Channel {
    Channel {
        kind,
        guild,
        name: name.to_owned(),
        parent: None,
        owner: 0,
        archived: false,
        locked: false,
        with: None,
        overwrites: BTreeMap::new(),
        invited: BTreeSet::new(),
    }
}

/// The server and its people.
impl Town {
    pub(crate) fn me(&self) -> Id {
        self.look(|state| state.me)
    }

    pub(crate) fn person(&self, name: &str, locale: &str) -> Id {
        self.change(|state| {
            let id = state.new_id();
            let (name, locale) = (name.to_owned(), locale.to_owned());
            state.users.insert(id, User { name, locale, is_bot: false, open: true });
            id
        })
    }

    /// A server that the bot has been invited to.
    pub(crate) fn guild(&self, name: &str, owner: Id) -> Id {
        self.change(|state| {
            let (id, own) = (state.new_id(), state.new_id());
            let (everybody, app) = (Role::named("@everyone"), Role::named("Lumen"));
            let roles = BTreeMap::from([
                (id, Role { permissions: bit::EVERYBODY, ..everybody }),
                (own, Role { permissions: bit::BOT, position: 1, managed: true, ..app }),
            ]);
            let me = Member { roles: BTreeSet::from([own]), nick: None };
            let members = BTreeMap::from([(owner, Member::default()), (state.me, me)]);
            let (name, locale) = (name.to_owned(), "en-US".to_owned());
            state.guilds.insert(id, Guild { name, owner, locale, roles, members });
            if let Some(event) = state.guild(id) {
                state.emit(intent::GUILDS, "GUILD_CREATE", &event);
            }
            id
        })
    }

    /// Becomes a member with these roles, or has these from now on. Bots are not told.
    pub(crate) fn joins(&self, guild: Id, who: Id, roles: &[Id]) {
        self.change(|state| {
            let here = state.guilds.get_mut(&guild).expect("a server");
            here.members.entry(who).or_default().roles = roles.iter().copied().collect();
        });
    }

    pub(crate) fn channel(&self, guild: Id, kind: u8, name: &str) -> Id {
        self.channel_for(guild, kind, name, None)
    }

    /// A channel that only these roles see, and the bot.
    pub(crate) fn closed_channel(&self, guild: Id, name: &str, roles: &[Id]) -> Id {
        self.channel_for(guild, kind::TEXT, name, Some(roles))
    }

    fn channel_for(&self, guild: Id, kind: u8, name: &str, only: Option<&[Id]>) -> Id {
        self.change(|state| {
            let (id, view) = (state.new_id(), bit::VIEW_CHANNEL);
            let mut channel = new_channel(kind, Some(guild), name);
            if let Some(roles) = only {
                let rule = |is_member, allow, deny| Overwrite { is_member, allow, deny };
                channel.overwrites.insert(guild, rule(false, 0, view));
                channel.overwrites.insert(state.me, rule(true, view, 0));
                channel.overwrites.extend(roles.iter().map(|role| (*role, rule(false, view, 0))));
            }
            state.channels.insert(id, channel);
            state.tell_channel("CHANNEL_CREATE", id);
            id
        })
    }

    /// Takes rights from the bot in one channel.
    pub(crate) fn takes_from_bot(&self, channel: Id, deny: u64) {
        self.change(|state| {
            let rule = Overwrite { is_member: true, allow: 0, deny };
            let me = state.me;
            state.channels.get_mut(&channel).expect("a channel").overwrites.insert(me, rule);
            state.tell_channel("CHANNEL_UPDATE", channel);
        });
    }

    pub(crate) fn removes_channel(&self, channel: Id) {
        self.change(|state| {
            let (name, is_thread) = {
                let here = state.channels.get(&channel).expect("a channel");
                let is_thread = here.is_thread();
                (if is_thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" }, is_thread)
            };
            if is_thread || state.is_heard(channel) {
                let event = state.channel(channel).unwrap_or_default();
                state.emit(intent::GUILDS, name, &event);
            }
            state.channels.remove(&channel);
            state.messages.retain(|_, message| message.channel != channel);
        });
    }

    /// The bot is thrown out.
    pub(crate) fn removes_bot(&self, guild: Id) {
        self.change(|state| {
            let me = state.me;
            state.guilds.get_mut(&guild).expect("a server").members.remove(&me);
            let event = json!({"id": guild.to_string()});
            state.emit(intent::GUILDS, "GUILD_DELETE", &event);
        });
    }

    /// And invited again, with the role that Discord made for it.
    pub(crate) fn lets_bot_in(&self, guild: Id) {
        self.change(|state| {
            let me = state.me;
            let here = state.guilds.get_mut(&guild).expect("a server");
            let own = here.roles.iter().find(|(_, role)| role.permissions == bit::BOT);
            let roles = own.map(|(id, _)| *id).into_iter().collect();
            here.members.insert(me, Member { roles, nick: None });
            let event = state.guild(guild).expect("a server");
            state.emit(intent::GUILDS, "GUILD_CREATE", &event);
        });
    }

    /// Whether messages of the bot's are let in.
    pub(crate) fn opens_to_messages(&self, who: Id, open: bool) {
        self.change(|state| state.users.get_mut(&who).expect("a person").open = open);
    }

    pub(crate) fn archives(&self, thread: Id, archived: bool, locked: bool) {
        self.change(|state| {
            let here = state.channels.get_mut(&thread).expect("a thread");
            (here.archived, here.locked) = (archived, locked);
            state.tell_channel("THREAD_UPDATE", thread);
        });
    }
}
