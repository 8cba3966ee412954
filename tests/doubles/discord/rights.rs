//! Who may do what where, computed as Discord computes it.

use super::state::{Id, State, kind};

/// The permissions by name.
pub(crate) mod bit {
    pub(crate) const ADMINISTRATOR: u64 = 1 << 3;
    pub(crate) const MANAGE_GUILD: u64 = 1 << 5;
    pub(crate) const ADD_REACTIONS: u64 = 1 << 6;
    pub(crate) const VIEW_CHANNEL: u64 = 1 << 10;
    pub(crate) const SEND_MESSAGES: u64 = 1 << 11;
    pub(crate) const MANAGE_MESSAGES: u64 = 1 << 13;
    pub(crate) const EMBED_LINKS: u64 = 1 << 14;
    pub(crate) const ATTACH_FILES: u64 = 1 << 15;
    pub(crate) const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    pub(crate) const MENTION_EVERYONE: u64 = 1 << 17;
    pub(crate) const MANAGE_ROLES: u64 = 1 << 28;
    pub(crate) const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
    pub(crate) const MANAGE_THREADS: u64 = 1 << 34;
    pub(crate) const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
    pub(crate) const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
    pub(crate) const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

    /// What everybody has in a new server.
    pub(crate) const EVERYBODY: u64 = VIEW_CHANNEL
        | SEND_MESSAGES
        | SEND_MESSAGES_IN_THREADS
        | READ_MESSAGE_HISTORY
        | ADD_REACTIONS
        | EMBED_LINKS
        | ATTACH_FILES
        | CREATE_PUBLIC_THREADS
        | USE_APPLICATION_COMMANDS
        | MENTION_EVERYONE;

    /// What a bot is invited with (`permissions=309237763136`).
    pub(crate) const BOT: u64 = 309_237_763_136;

    pub(crate) const ALL: u64 = (1 << 53) - 1;
}

impl State {
    /// What somebody may do in a server, whatever the channel.
    pub(crate) fn rights_in(&self, guild: Id, who: Id) -> u64 {
        let Some(here) = self.guilds.get(&guild) else { return 0 };
        let Some(member) = here.members.get(&who) else { return 0 };
        let own = here.roles.iter().filter(|(id, _)| **id == guild || member.roles.contains(id));
        let rights = own.fold(0, |rights, (_, role)| rights | role.permissions);
        if here.owner == who || rights & bit::ADMINISTRATOR != 0 { bit::ALL } else { rights }
    }

    /// What somebody may do in a channel; a thread has the rules of what it hangs in.
    pub(crate) fn rights(&self, channel: Id, who: Id) -> u64 {
        let Some(here) = self.channels.get(&channel) else { return 0 };
        let Some(guild) = here.guild else {
            let is_theirs = here.with == Some(who) || who == self.me;
            return if is_theirs { bit::EVERYBODY & !bit::MENTION_EVERYONE } else { 0 };
        };
        let base = self.rights_in(guild, who);
        if base == bit::ALL || base == 0 {
            return base;
        }
        let ruled_by = here.parent.filter(|_| here.is_thread()).unwrap_or(channel);
        let Some(rules) = self.channels.get(&ruled_by) else { return 0 };
        let member = self.guilds.get(&guild).and_then(|guild| guild.members.get(&who));
        let worn = member.map(|member| member.roles.clone()).unwrap_or_default();
        let mut rights = base;
        if let Some(everybody) = rules.overwrites.get(&guild) {
            rights = rights & !everybody.deny | everybody.allow;
        }
        let (mut allow, mut deny) = (0, 0);
        for overwrite in worn.iter().filter_map(|role| rules.overwrites.get(role)) {
            (allow, deny) = (allow | overwrite.allow, deny | overwrite.deny);
        }
        rights = rights & !deny | allow;
        if let Some(own) = rules.overwrites.get(&who).filter(|overwrite| overwrite.is_member) {
            rights = rights & !own.deny | own.allow;
        }
        let is_uninvited = here.kind == kind::PRIVATE_THREAD
            && !here.invited.contains(&who)
            && rights & bit::MANAGE_THREADS == 0;
        if is_uninvited || rights & bit::VIEW_CHANNEL == 0 { 0 } else { rights }
    }

    pub(crate) fn may(&self, channel: Id, who: Id, right: u64) -> bool {
        self.rights(channel, who) & right == right
    }

    /// Everybody who can look into a channel.
    pub(crate) fn audience(&self, channel: Id) -> Vec<Id> {
        let everybody = self.users.keys().copied();
        everybody.filter(|who| self.may(channel, *who, bit::VIEW_CHANNEL)).collect()
    }
}
