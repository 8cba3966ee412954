//! Chats as people set them up: who is there with which rights, topics, channels, privacy.

use std::collections::BTreeSet;

use serde_json::json;

use super::members::RIGHTS;
use super::state::{Chat, Id, Key, Kind, Member, Message, State, Status};
use super::town::Town;
use super::wire::unix;

/// Supergroups and channels are numbered below this.
const FAR_BELOW: Id = -1_000_000_000_000;

/// People.
impl Town {
    /// Somebody who can be called by a name after `@`: Mia is `@mia_tg`.
    pub(crate) fn person(&self, name: &str, locale: &str) -> Id {
        let letter = |it: char| if it.is_ascii_alphanumeric() { it } else { '_' };
        let username: String = name.to_lowercase().chars().map(letter).collect();
        let username = format!("{username}_tg");
        self.change(|state| state.new_user(name, Some(&username), locale, false))
    }

    /// Somebody whom nothing but an entity can name.
    pub(crate) fn nameless(&self, name: &str, locale: &str) -> Id {
        self.change(|state| state.new_user(name, None, locale, false))
    }

    /// A bot of somebody else's.
    pub(crate) fn other_bot(&self, name: &str, username: &str) -> Id {
        self.change(|state| state.new_user(name, Some(username), "", true))
    }

    /// Shuts the bot out of the private chat; [`Town::starts`] lets it in again.
    pub(crate) fn blocks(&self, who: Id) {
        self.change(|state| {
            let me = state.me;
            state.make(who, me, who, Member::new(Status::Kicked));
        });
    }

    /// The account is no more.
    pub(crate) fn deactivates(&self, who: Id) {
        self.change(|state| {
            state.users.get_mut(&who).expect("a person").is_deactivated = true;
        });
    }

    /// Away from every device, or back: what is ephemeral does not wait.
    pub(crate) fn goes_offline(&self, who: Id, is_offline: bool) {
        self.change(|state| {
            state.users.get_mut(&who).expect("a person").is_offline = is_offline;
        });
    }

    /// Starts their client again: what was ephemeral is gone, and its numbers are used again.
    pub(crate) fn restarts_client(&self, who: Id) {
        self.change(|state| {
            state.messages.retain(|_, message| message.only != Some(who));
            for chat in state.chats.values_mut() {
                chat.next_ephemeral.remove(&who);
            }
        });
    }
}

/// Chats.
impl Town {
    /// A plain group that the bot has been added to.
    pub(crate) fn group(&self, title: &str, owner: Id) -> Id {
        self.opens_chat(Kind::Group, title, owner)
    }

    /// A supergroup that the bot has been added to.
    pub(crate) fn supergroup(&self, title: &str, owner: Id) -> Id {
        self.opens_chat(Kind::Supergroup, title, owner)
    }

    /// A supergroup with topics that the bot has been added to.
    pub(crate) fn forum(&self, title: &str, owner: Id) -> Id {
        self.opens_chat_with(Kind::Supergroup, title, owner, |state, id| {
            // Number 1 is General's.
            state.new_message(id);
            state.chats.get_mut(&id).expect("new").is_forum = true;
        })
    }

    /// A channel that the bot has been made an administrator of.
    pub(crate) fn channel(&self, title: &str, owner: Id) -> Id {
        let id = self.opens_chat_with(Kind::Channel, title, owner, |_, _| {});
        self.promotes(owner, id, self.me(), &["can_post_messages", "can_edit_messages"]);
        id
    }

    fn opens_chat(&self, kind: Kind, title: &str, owner: Id) -> Id {
        self.opens_chat_with(kind, title, owner, |_, _| {})
    }

    fn opens_chat_with(
        &self,
        kind: Kind,
        title: &str,
        owner: Id,
        change: impl FnOnce(&mut State, Id),
    ) -> Id {
        let id = self.change(|state| {
            let number = state.new_id();
            let id = if kind == Kind::Group { -number } else { FAR_BELOW - number };
            let mut chat = Chat::new(kind, title);
            chat.members.insert(owner, Member::new(Status::Creator));
            state.chats.insert(id, chat);
            change(state, id);
            id
        });
        if kind != Kind::Channel {
            self.adds_bot(owner, id);
        }
        id
    }

    /// What a chat can be found by.
    pub(crate) fn names_chat(&self, chat: Id, username: &str) {
        self.change(|state| {
            state.chats.get_mut(&chat).expect("a chat").username = Some(username.to_owned());
        });
    }

    /// Gives a chat another title.
    pub(crate) fn retitles(&self, by: Id, chat: Id, title: &str) {
        self.change(|state| {
            title.clone_into(&mut state.chats.get_mut(&chat).expect("a chat").title);
            state.note(chat, by, &json!({"new_chat_title": title}));
        });
    }

    /// From now on a group discusses what a channel posts.
    pub(crate) fn links(&self, channel: Id, group: Id) {
        self.change(|state| {
            state.chats.get_mut(&channel).expect("a channel").linked = Some(group);
            state.chats.get_mut(&group).expect("a group").linked = Some(channel);
        });
    }

    /// Whether members who are no administrators may write.
    pub(crate) fn lets_members_write(&self, chat: Id, is_open: bool) {
        self.change(|state| state.chats.get_mut(&chat).expect("a chat").is_open = is_open);
    }

    /// The only emoji that can be reacted with.
    pub(crate) fn limits_reactions(&self, chat: Id, emoji: &[&str]) {
        let list = emoji.iter().map(|emoji| (*emoji).to_owned()).collect();
        self.change(|state| state.chats.get_mut(&chat).expect("a chat").reactions = Some(list));
    }

    /// The operator turns privacy mode on or off; a chat minds it when the bot comes there again.
    pub(crate) fn turns_privacy(&self, on: bool) {
        self.change(|state| state.privacy = on);
    }

    /// A plain group becomes a supergroup: another chat, in which every message is another one.
    pub(crate) fn upgrades(&self, by: Id, group: Id) -> Id {
        self.change(|state| {
            let number = state.new_id();
            let id = FAR_BELOW - number;
            let old = state.chats.get_mut(&group).expect("a group");
            assert_eq!(old.kind, Kind::Group, "only a plain group can become more");
            let mut chat = Chat::new(Kind::Supergroup, &old.title);
            chat.members.clone_from(&old.members);
            (chat.hears_all, chat.is_open) = (old.hears_all, old.is_open);
            state.chats.insert(id, chat);
            // Whether Telegram tells this is not documented, so it does, and before all else.
            let (me, before) = (state.me, state.chat_member(group, state.me));
            let gone = json!({"user": state.user(me), "status": "left"});
            let event = json!({
                "chat": state.chat(group), "from": state.user(by), "date": unix(state.now()),
                "old_chat_member": before, "new_chat_member": gone,
            });
            state.emit("my_chat_member", &event);
            state.note(group, by, &json!({"migrate_to_chat_id": id}));
            state.note(id, by, &json!({"migrate_from_chat_id": group}));
            state.chats.get_mut(&group).expect("a group").moved_to = Some(id);
            id
        })
    }

    pub(crate) fn opens_topic(&self, who: Id, forum: Id, name: &str) -> i64 {
        self.change(|state| {
            let may = state.is_forum(forum) && state.has_right(forum, who, "can_manage_topics");
            assert!(may, "{who} opens no topics in {forum}");
            state.open_topic(forum, who, name)
        })
    }

    /// Closes a topic, or opens it again.
    pub(crate) fn closes_topic(&self, who: Id, forum: Id, topic: i64, is_closed: bool) {
        self.change(|state| {
            let here = state.chats.get_mut(&forum).expect("a forum");
            here.topics.get_mut(&topic).expect("a topic").is_closed = is_closed;
            let what = if is_closed { "forum_topic_closed" } else { "forum_topic_reopened" };
            topic_note(state, (forum, topic), who, (what, json!({})));
        });
    }

    pub(crate) fn renames_topic(&self, who: Id, forum: Id, topic: i64, name: &str) {
        self.change(|state| {
            let here = state.chats.get_mut(&forum).expect("a forum");
            name.clone_into(&mut here.topics.get_mut(&topic).expect("a topic").name);
            topic_note(state, (forum, topic), who, ("forum_topic_edited", json!({"name": name})));
        });
    }
}

fn topic_note(
    state: &mut State,
    (forum, topic): (Id, i64),
    who: Id,
    (what, value): (&str, serde_json::Value),
) -> Key {
    let mut note = Message::new((forum, topic).into(), who);
    note.content.insert(what.to_owned(), value);
    note.is_service = true;
    state.say(note)
}

/// Members.
impl Town {
    pub(crate) fn joins(&self, chat: Id, who: Id) {
        self.change(|state| {
            state.make(chat, who, who, Member::new(Status::Member));
            if state.kind(chat) != Some(Kind::Channel) {
                let people = json!([state.user(who)]);
                state.note(chat, who, &json!({"new_chat_members": people}));
            }
        });
    }

    pub(crate) fn leaves(&self, chat: Id, who: Id) {
        self.removes(who, chat, who, Status::Left);
    }

    /// Removes somebody, who cannot come back by themselves.
    pub(crate) fn kicks(&self, by: Id, chat: Id, who: Id) {
        self.removes(by, chat, who, Status::Kicked);
    }

    fn removes(&self, by: Id, chat: Id, who: Id, status: Status) {
        self.change(|state| {
            if state.kind(chat) != Some(Kind::Channel) && who != state.me {
                let user = state.user(who);
                state.note(chat, by, &json!({"left_chat_member": user}));
            }
            state.make(chat, who, by, Member::new(status));
        });
    }

    pub(crate) fn adds_bot(&self, by: Id, chat: Id) {
        self.change(|state| {
            let me = state.me;
            state.make(chat, me, by, Member::new(Status::Member));
            let people = json!([state.user(me)]);
            state.note(chat, by, &json!({"new_chat_members": people}));
        });
    }

    /// Throws the bot out.
    pub(crate) fn removes_bot(&self, by: Id, chat: Id) {
        self.removes(by, chat, self.me(), Status::Kicked);
    }

    /// Makes somebody an administrator with these rights, be it the bot.
    pub(crate) fn promotes(&self, by: Id, chat: Id, who: Id, rights: &[&str]) {
        assert!(rights.iter().all(|right| RIGHTS.contains(right)), "no such right: {rights:?}");
        let mut rights: BTreeSet<String> = rights.iter().map(|it| (*it).to_owned()).collect();
        rights.insert("can_manage_chat".to_owned());
        self.change(|state| {
            let member = Member { rights, ..Member::new(Status::Administrator) };
            state.make(chat, who, by, member);
        });
    }

    /// Makes somebody a member like any other.
    pub(crate) fn demotes(&self, by: Id, chat: Id, who: Id) {
        self.change(|state| state.make(chat, who, by, Member::new(Status::Member)));
    }

    /// Lets somebody, be it the bot, read and not write.
    pub(crate) fn restricts(&self, by: Id, chat: Id, who: Id) {
        self.change(|state| state.make(chat, who, by, Member::new(Status::Restricted)));
    }

    /// An administrator does not show from now on who they are.
    pub(crate) fn goes_anonymous(&self, chat: Id, who: Id) {
        self.change(|state| {
            assert!(state.is_admin(chat, who), "only administrators can");
            state.remake(chat, who, who, |member| member.is_anonymous = true);
        });
    }

    /// The tag that somebody wears in a chat.
    pub(crate) fn tag(&self, chat: Id, who: Id) -> Option<String> {
        self.look(|state| state.member(chat, who).and_then(|member| member.tag.clone()))
    }
}
