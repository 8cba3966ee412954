//! What is known of the servers: the names, threads, roles and rights that events name only by id.
//!
//! Learned from the gateway, which tells all of it at each Ready and every change after; so nothing
//! here is kept over a restart, and nothing is asked for. Only `examine`, which does not connect,
//! asks and fills one of its own. One mutex guards it all: every use is a look-up of microseconds,
//! and none is held over a wait.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Deserialize;
use serenity::model::Permissions;
use serenity::model::channel::{
    ChannelType, GuildChannel, PermissionOverwrite, PermissionOverwriteType,
};
use serenity::model::event::Event;
use serenity::model::guild::{Guild, Role};
use serenity::model::id::{ChannelId, GuildId, RoleId, UserId};
use tokio::sync::SetOnce;

use crate::domain::badge::Obstacle;
use crate::domain::ids::PlatformKey;
use crate::platform::{Place, Thread};

/// What a person may do in a server, by their roles.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Rights {
    /// The owner, an administrator, or somebody who manages the server.
    pub(super) moderator: bool,
    /// Somebody who may remove other people's messages, or a moderator.
    pub(super) staff: bool,
}

/// What a channel is to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// People write in it.
    Text,
    /// Only posts, each a thread.
    Forum,
    Thread,
    /// A category, a voice channel, a stage.
    Other,
}

/// A channel as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Channel {
    pub(super) id: ChannelId,
    pub(super) guild: GuildId,
    pub(super) name: String,
    pub(super) kind: Kind,
    /// What a thread hangs in; of another channel, its category.
    pub(super) parent: Option<ChannelId>,
    private: bool,
    overwrites: Vec<PermissionOverwrite>,
}

#[derive(Debug, Default)]
struct Server {
    name: String,
    owner: Option<UserId>,
    roles: BTreeMap<RoleId, Role>,
    /// The bot's own roles.
    own: Vec<RoleId>,
}

#[derive(Debug, Default)]
struct Known {
    me: Option<UserId>,
    application: Option<String>,
    servers: BTreeMap<GuildId, Server>,
    channels: BTreeMap<ChannelId, Channel>,
}

/// What REST answers about a server.
#[derive(Debug)]
pub(super) struct Asked {
    pub(super) server: AskedServer,
    pub(super) channels: Vec<GuildChannel>,
    pub(super) own: AskedMember,
}

#[derive(Debug, Deserialize)]
pub(super) struct AskedServer {
    id: GuildId,
    name: String,
    owner_id: UserId,
    roles: Vec<Role>,
}

#[derive(Debug, Deserialize)]
pub(super) struct AskedMember {
    roles: Vec<RoleId>,
}

/// Everything known of the servers that the bot is in.
#[derive(Debug, Default)]
pub(super) struct Guilds {
    known: Mutex<Known>,
    introduced: SetOnce<()>,
}

impl Guilds {
    /// Takes in what an event says; most say nothing.
    pub(super) fn learn(&self, event: &Event) {
        let known = &mut *self.known();
        known.learn_servers(event);
        known.learn_channels(event);
        known.learn_roles(event);
        if known.me.is_some() {
            // The first time is the one that somebody waits for.
            let _again = self.introduced.set(());
        }
    }

    /// Resolves once Discord has said who we are.
    pub(super) async fn introduced(&self) {
        self.introduced.wait().await;
    }

    /// The same as the gateway's Ready and a server's Create tell, from what was asked for.
    pub(super) fn learn_asked(&self, me: UserId, asked: Asked) {
        let known = &mut *self.known();
        known.me = Some(me);
        let guild = asked.server.id;
        let server = Server {
            name: asked.server.name,
            owner: Some(asked.server.owner_id),
            roles: asked.server.roles.into_iter().map(|role| (role.id, role)).collect(),
            own: asked.own.roles,
        };
        known.servers.insert(guild, server);
        for channel in &asked.channels {
            known.channel(channel, guild);
        }
    }

    /// Who the bot is, once it was told.
    pub(super) fn me(&self) -> Option<UserId> {
        self.known().me
    }

    /// The application's id, once it was told: by it commands are registered and interactions
    /// answered.
    pub(super) fn application(&self) -> Option<String> {
        self.known().application.clone()
    }

    /// The channel as a place; `None` for one that was never named to us.
    pub(super) fn place(&self, channel: ChannelId) -> Option<Place> {
        let known = self.known();
        let here = known.channels.get(&channel)?;
        let server = known.servers.get(&here.guild)?;
        let thread = here.parent.filter(|_| here.kind == Kind::Thread).map(|parent| Thread {
            parent: key(parent.get()),
            parent_name: known.channels.get(&parent).map_or_else(String::new, |c| c.name.clone()),
            // Discord gives a thread the id of the message that opened it, and does not say of a
            // thread that was opened by none: its id then is no message's, and matches nothing.
            root: (!here.private).then(|| key(channel.get())),
            private: here.private,
        });
        Some(Place {
            community: key(here.guild.get()),
            community_name: server.name.clone(),
            channel: key(channel.get()),
            channel_name: here.name.clone(),
            thread,
        })
    }

    pub(super) fn channel(&self, channel: ChannelId) -> Option<Channel> {
        self.known().channels.get(&channel).cloned()
    }

    /// Whether the bot is in this server, as far as it was told.
    pub(super) fn knows(&self, guild: GuildId) -> bool {
        self.known().servers.contains_key(&guild)
    }

    /// All servers, by id.
    pub(super) fn servers(&self) -> Vec<GuildId> {
        self.known().servers.keys().copied().collect()
    }

    /// What somebody with these roles may do.
    pub(super) fn rights(&self, guild: GuildId, roles: &[RoleId], user: UserId) -> Rights {
        let known = self.known();
        let Some(server) = known.servers.get(&guild) else { return Rights::default() };
        let held = server.held(guild, roles, user);
        let manages = held.intersects(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD);
        Rights { moderator: manages, staff: manages || held.contains(Permissions::MANAGE_MESSAGES) }
    }

    /// Whether the bot may do all of this in a channel.
    pub(super) fn bot_can(&self, channel: ChannelId, wanted: Permissions) -> bool {
        self.bot_rights(channel).is_some_and(|held| held.contains(wanted))
    }

    /// What the bot may do in a channel; a thread has the rights of its parent.
    pub(super) fn bot_rights(&self, channel: ChannelId) -> Option<Permissions> {
        let known = self.known();
        let (me, mut here) = (known.me?, known.channels.get(&channel)?);
        if here.kind == Kind::Thread {
            here = known.channels.get(&here.parent?)?;
        }
        let server = known.servers.get(&here.guild)?;
        let held = server.held(here.guild, &server.own, me);
        Some(here.overwritten(held, &server.own, me))
    }

    /// What keeps the bot from giving or taking a role; `None` too in a server that is not known.
    pub(super) fn obstacle(&self, guild: GuildId, role: RoleId) -> Option<Obstacle> {
        let known = self.known();
        let (me, server) = (known.me?, known.servers.get(&guild)?);
        let Some(wanted) = server.roles.get(&role) else { return Some(Obstacle::Deleted) };
        if role.get() == guild.get() {
            return Some(Obstacle::Everyones);
        }
        if wanted.managed {
            return Some(Obstacle::Managed);
        }
        if !server.held(guild, &server.own, me).contains(Permissions::MANAGE_ROLES) {
            return Some(Obstacle::NoRight);
        }
        let own = server.own.iter().filter_map(|role| server.roles.get(role));
        let top = own.map(height).max();
        (top <= Some(height(wanted))).then_some(Obstacle::Above)
    }

    pub(super) fn role_name(&self, guild: GuildId, role: RoleId) -> Option<String> {
        Some(self.known().servers.get(&guild)?.roles.get(&role)?.name.clone())
    }

    /// Whether this is the role that Discord made for the bot: people mention either.
    pub(super) fn is_own_role(&self, guild: GuildId, role: RoleId) -> bool {
        let known = self.known();
        let role = known.servers.get(&guild).and_then(|server| server.roles.get(&role));
        role.is_some_and(|role| role.tags.bot_id.is_some() && role.tags.bot_id == known.me)
    }

    /// A poisoned lock is taken all the same: each change is whole by itself.
    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn learn_servers(&mut self, event: &Event) {
        if let Event::Ready(told) = event {
            self.me = Some(told.ready.user.id);
            self.application = Some(told.ready.application.id.to_string());
        } else if let Event::GuildCreate(told) = event {
            self.server(&told.guild);
        } else if let Event::GuildUpdate(told) = event {
            let server = self.servers.entry(told.guild.id).or_default();
            server.name.clone_from(&told.guild.name);
            server.owner = Some(told.guild.owner_id);
            server.roles = told.guild.roles.iter().map(|(id, role)| (*id, role.clone())).collect();
        } else if let Event::GuildDelete(told) = event
            && !told.guild.unavailable
        {
            // An outage keeps what is known; being removed does not.
            self.servers.remove(&told.guild.id);
            self.channels.retain(|_, channel| channel.guild != told.guild.id);
        }
    }

    fn server(&mut self, guild: &Guild) {
        let own = self.me.and_then(|me| guild.members.get(&me));
        let server = Server {
            name: guild.name.clone(),
            owner: Some(guild.owner_id),
            roles: guild.roles.iter().map(|(id, role)| (*id, role.clone())).collect(),
            own: own.map_or_else(Vec::new, |member| member.roles.clone()),
        };
        self.servers.insert(guild.id, server);
        self.channels.retain(|_, channel| channel.guild != guild.id);
        for channel in guild.channels.values().chain(&guild.threads) {
            self.channel(channel, guild.id);
        }
    }

    fn learn_channels(&mut self, event: &Event) {
        if let Event::ChannelCreate(told) = event {
            self.channel(&told.channel, told.channel.guild_id);
        } else if let Event::ChannelUpdate(told) = event {
            self.channel(&told.channel, told.channel.guild_id);
        } else if let Event::ChannelDelete(told) = event {
            let gone = told.channel.id;
            self.channels.retain(|id, channel| *id != gone && channel.thread_of() != Some(gone));
        } else if let Event::ThreadCreate(told) = event {
            self.channel(&told.thread, told.thread.guild_id);
        } else if let Event::ThreadUpdate(told) = event {
            self.channel(&told.thread, told.thread.guild_id);
        } else if let Event::ThreadDelete(told) = event {
            self.channels.remove(&told.thread.id);
        } else if let Event::ThreadListSync(told) = event {
            for thread in &told.threads {
                self.channel(thread, told.guild_id);
            }
        }
    }

    fn channel(&mut self, told: &GuildChannel, guild: GuildId) {
        let channel = Channel {
            id: told.id,
            guild,
            name: told.name.clone(),
            kind: kind(told.kind),
            parent: told.parent_id,
            private: told.kind == ChannelType::PrivateThread,
            overwrites: told.permission_overwrites.clone(),
        };
        self.channels.insert(told.id, channel);
    }

    fn learn_roles(&mut self, event: &Event) {
        if let Event::GuildRoleCreate(told) = event {
            self.role(&told.role);
        } else if let Event::GuildRoleUpdate(told) = event {
            self.role(&told.role);
        } else if let Event::GuildRoleDelete(told) = event
            && let Some(server) = self.servers.get_mut(&told.guild_id)
        {
            server.roles.remove(&told.role_id);
        } else if let Event::GuildMemberUpdate(told) = event
            && self.me == Some(told.user.id)
            && let Some(server) = self.servers.get_mut(&told.guild_id)
        {
            server.own.clone_from(&told.roles);
        }
    }

    fn role(&mut self, role: &Role) {
        if let Some(server) = self.servers.get_mut(&role.guild_id) {
            server.roles.insert(role.id, role.clone());
        }
    }
}

impl Server {
    /// What these roles and the one of everybody add up to.
    fn held(&self, guild: GuildId, roles: &[RoleId], user: UserId) -> Permissions {
        if self.owner == Some(user) {
            return Permissions::all();
        }
        let everybody = RoleId::new(guild.get());
        let all = roles.iter().chain(std::iter::once(&everybody));
        let held = all.filter_map(|role| self.roles.get(role));
        let held = held.fold(Permissions::empty(), |sum, role| sum | role.permissions);
        let all = held.contains(Permissions::ADMINISTRATOR);
        if all { Permissions::all() } else { held }
    }
}

impl Channel {
    fn thread_of(&self) -> Option<ChannelId> {
        self.parent.filter(|_| self.kind == Kind::Thread)
    }

    /// Overwrites in Discord's order: everybody's, then the roles' denials and allowances taken
    /// together, then the person's own.
    fn overwritten(&self, held: Permissions, roles: &[RoleId], user: UserId) -> Permissions {
        if held.contains(Permissions::ADMINISTRATOR) {
            return held;
        }
        let everybody = RoleId::new(self.guild.get());
        let turns: [&dyn Fn(PermissionOverwriteType) -> bool; 3] = [
            &|kind| kind == PermissionOverwriteType::Role(everybody),
            &|kind| {
                let held = |role: &&RoleId| kind == PermissionOverwriteType::Role(**role);
                roles.iter().find(held).is_some_and(|role| *role != everybody)
            },
            &|kind| kind == PermissionOverwriteType::Member(user),
        ];
        turns.iter().fold(held, |held, turn| {
            let of_turn = || self.overwrites.iter().filter(|overwrite| turn(overwrite.kind));
            let deny = of_turn().fold(Permissions::empty(), |sum, o| sum | o.deny);
            let allow = of_turn().fold(Permissions::empty(), |sum, o| sum | o.allow);
            (held - deny) | allow
        })
    }
}

/// Where a role stands among the others; of two in the same place the older one is higher.
fn height(role: &Role) -> (u16, Reverse<RoleId>) {
    (role.position, Reverse(role.id))
}

fn kind(told: ChannelType) -> Kind {
    // By number: serenity does not know the media channel (16), which is a forum of pictures.
    match u8::from(told) {
        0 | 5 => Kind::Text,
        10..=12 => Kind::Thread,
        15 | 16 => Kind::Forum,
        _ => Kind::Other,
    }
}

/// A snowflake as the platform's key.
pub(super) fn key(id: u64) -> PlatformKey {
    PlatformKey::new(id.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::payloads::{GUILD, event, guild, lumen, thread};
    use super::*;

    #[test]
    fn a_thread_says_what_it_hangs_in_and_what_opened_it() {
        let guilds = lumen();
        let help = guilds.place(ChannelId::new(200)).unwrap();
        assert_eq!(help, Place::new(("100", "Lumen"), ("200", "help")));
        let thread = guilds.place(ChannelId::new(210)).unwrap().thread.unwrap();
        assert_eq!((thread.parent.as_str(), thread.parent_name.as_str()), ("200", "help"));
        assert_eq!(thread.root, Some(key(210)), "a thread on a message has that message's id");
        let post = guilds.place(ChannelId::new(301)).unwrap().thread.unwrap();
        assert_eq!((post.parent, post.root), (key(300), Some(key(301))));
        let private = guilds.place(ChannelId::new(220)).unwrap().thread.unwrap();
        assert_eq!(private.root, None, "a private thread is opened by no message");
        assert_eq!(guilds.place(ChannelId::new(7)), None);
    }

    #[test]
    fn rights_come_from_roles_and_change_with_them() {
        let guilds = lumen();
        let rights = |roles: &[u64], user| {
            let roles: Vec<RoleId> = roles.iter().map(|role| RoleId::new(*role)).collect();
            let rights = guilds.rights(GuildId::new(GUILD), &roles, UserId::new(user));
            (rights.moderator, rights.staff)
        };
        assert_eq!(rights(&[], 5), (false, false));
        assert_eq!(rights(&[11], 5), (false, true));
        assert_eq!(rights(&[10], 5), (true, true));
        assert_eq!(rights(&[13], 5), (true, true));
        assert_eq!(rights(&[], 1), (true, true), "the owner needs no role");
        let gone = json!({ "guild_id": "100", "role_id": "10" });
        guilds.learn(&event("GUILD_ROLE_DELETE", &gone));
        assert_eq!(rights(&[10], 5), (false, false));
        let other = guilds.rights(GuildId::new(7), &[RoleId::new(11)], UserId::new(1));
        assert_eq!(other, Rights::default(), "a server that is not known gives nothing");
    }

    #[test]
    fn the_bot_knows_what_it_may_do_where() {
        let guilds = lumen();
        let can = |channel, wanted| guilds.bot_can(ChannelId::new(channel), wanted);
        let read = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        assert!(can(200, read) && can(210, read) && can(301, read));
        assert!(!can(400, Permissions::VIEW_CHANNEL), "everybody is shut out");
        assert!(!can(200, Permissions::MANAGE_ROLES) && !can(7, read));
        let mut staff = guild()["channels"][2].clone();
        staff["guild_id"] = json!("100");
        let allowed = json!({ "id": "12", "type": 0, "allow": "1024", "deny": "0" });
        staff["permission_overwrites"].as_array_mut().unwrap().push(allowed);
        guilds.learn(&event("CHANNEL_UPDATE", &staff));
        assert!(guilds.bot_can(ChannelId::new(400), read), "its role was let in");
    }

    #[test]
    fn what_is_in_the_way_of_a_role_is_known_and_changes() {
        let guilds = lumen();
        let obstacle = |role| guilds.obstacle(GuildId::new(GUILD), RoleId::new(role));
        let put = |id: u64, position: u16, managed: bool, permissions: Permissions| {
            let mut role = guild()["roles"][1].clone();
            (role["id"], role["position"]) = (json!(id.to_string()), json!(position));
            (role["managed"], role["permissions"]) =
                (json!(managed), json!(permissions.bits().to_string()));
            guilds.learn(&event("GUILD_ROLE_UPDATE", &json!({ "guild_id": "100", "role": role })));
        };
        put(20, 3, false, Permissions::empty());
        assert_eq!(obstacle(20), Some(Obstacle::NoRight));
        put(12, 4, true, Permissions::MANAGE_ROLES);
        assert_eq!(obstacle(20), None, "the bot's own role stands above it, and may");
        put(20, 4, false, Permissions::empty());
        assert_eq!(obstacle(20), None, "in the same place the older one stands higher");
        put(11, 4, false, Permissions::empty());
        assert_eq!(obstacle(11), Some(Obstacle::Above));
        put(20, 5, false, Permissions::empty());
        assert_eq!(obstacle(20), Some(Obstacle::Above));
        put(20, 1, true, Permissions::empty());
        assert_eq!(obstacle(20), Some(Obstacle::Managed));
        assert_eq!(obstacle(GUILD), Some(Obstacle::Everyones));
        assert_eq!(obstacle(21), Some(Obstacle::Deleted));
        let elsewhere = guilds.obstacle(GuildId::new(7), RoleId::new(20));
        assert_eq!(elsewhere, None, "Discord itself will say");
    }

    #[test]
    fn an_outage_forgets_nothing_and_a_removal_everything() {
        let guilds = lumen();
        guilds.learn(&event("GUILD_DELETE", &json!({ "id": "100", "unavailable": true })));
        assert!(guilds.place(ChannelId::new(200)).is_some());
        guilds.learn(&event("GUILD_DELETE", &json!({ "id": "100" })));
        assert!(guilds.servers().is_empty());
    }

    #[test]
    fn threads_come_and_go_with_their_channel() {
        let guilds = lumen();
        guilds.learn(&event("THREAD_CREATE", &thread(230, 200, 11)));
        assert_eq!(guilds.channel(ChannelId::new(230)).unwrap().kind, Kind::Thread);
        let gone = json!({ "id": "230", "guild_id": "100", "parent_id": "200", "type": 11 });
        guilds.learn(&event("THREAD_DELETE", &gone));
        assert_eq!(guilds.channel(ChannelId::new(230)), None);
        let mut help = guild()["channels"][0].clone();
        help["guild_id"] = json!("100");
        guilds.learn(&event("CHANNEL_DELETE", &help));
        assert_eq!(guilds.place(ChannelId::new(210)), None);
        assert!(guilds.place(ChannelId::new(301)).is_some());
    }
}
