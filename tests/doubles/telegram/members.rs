//! Who is in a chat and with which rights, and how the bot is told of changes.

use serde_json::json;

use super::rules::{self, Refusal, wrong};
use super::state::{Id, Kind, Member, Place, State, Status};
use super::wire::unix;

/// What an administrator may be let do.
pub(super) const RIGHTS: [&str; 17] = [
    "can_manage_chat",
    "can_delete_messages",
    "can_manage_video_chats",
    "can_restrict_members",
    "can_promote_members",
    "can_change_info",
    "can_invite_users",
    "can_post_stories",
    "can_edit_stories",
    "can_delete_stories",
    "can_post_messages",
    "can_edit_messages",
    "can_pin_messages",
    "can_manage_topics",
    "can_manage_direct_messages",
    "can_manage_tags",
    "can_send_welcome_messages",
];

/// What a member may be let do.
pub(super) const PERMISSIONS: [&str; 15] = [
    "can_send_messages",
    "can_send_audios",
    "can_send_documents",
    "can_send_photos",
    "can_send_videos",
    "can_send_video_notes",
    "can_send_voice_notes",
    "can_send_polls",
    "can_send_other_messages",
    "can_add_web_page_previews",
    "can_change_info",
    "can_invite_users",
    "can_pin_messages",
    "can_manage_topics",
    "can_edit_tag",
];

/// The General topic, which has a number that nobody may use.
const GENERAL: i64 = 1;

impl State {
    /// Makes somebody this in a chat, by the act of somebody.
    pub(super) fn make(&mut self, chat: Id, who: Id, by: Id, member: Member) {
        let before = self.chat_member(chat, who);
        let hears_all = !self.privacy;
        let (was_here, is_here) = (self.is_member(chat, who), member.is_here());
        let here = self.chats.get_mut(&chat).expect("a chat");
        here.members.insert(who, member);
        if who == self.me && !was_here && is_here {
            here.hears_all = hears_all;
        }
        let after = self.chat_member(chat, who);
        if before == after {
            return;
        }
        let event = json!({
            "chat": self.chat(chat), "from": self.user(by), "date": unix(self.now()),
            "old_chat_member": before, "new_chat_member": after,
        });
        if who == self.me {
            self.emit("my_chat_member", &event);
        } else if self.is_admin(chat, self.me) {
            self.emit("chat_member", &event);
        }
    }

    /// Changes the part of a member that `change` changes.
    pub(super) fn remake(&mut self, chat: Id, who: Id, by: Id, change: impl FnOnce(&mut Member)) {
        let mut member = self.member(chat, who).expect("a member").clone();
        change(&mut member);
        self.make(chat, who, by, member);
    }

    /// Whether the bot can reach a chat at all.
    pub(super) fn reached(&self, chat: Id) -> Result<(), Refusal> {
        let Some(here) = self.chats.get(&chat) else {
            let user = self.users.get(&chat).ok_or(rules::NO_CHAT)?;
            return Err(if user.is_bot { rules::BOTS } else { rules::NOT_STARTED });
        };
        if let Some(to) = here.moved_to {
            return Err(rules::moved(to));
        }
        if self.users.get(&chat).is_some_and(|user| user.is_deactivated) {
            return Err(rules::DEACTIVATED);
        }
        let status = here.members.get(&self.me).map(|member| member.status);
        Err(match (status.ok_or(rules::NO_CHAT)?, here.kind) {
            (Status::Kicked, Kind::Private) => rules::BLOCKED,
            (Status::Kicked, Kind::Group) => rules::KICKED_FROM_GROUP,
            (Status::Kicked, Kind::Supergroup) => rules::KICKED_FROM_SUPERGROUP,
            (Status::Kicked, Kind::Channel) => rules::KICKED_FROM_CHANNEL,
            (Status::Left, Kind::Private | Kind::Group) => rules::NOT_IN_GROUP,
            (Status::Left, Kind::Supergroup) => rules::NOT_IN_SUPERGROUP,
            (Status::Left, Kind::Channel) => rules::NOT_IN_CHANNEL,
            (Status::Creator | Status::Administrator | Status::Member | Status::Restricted, _) => {
                return Ok(());
            }
        })
    }

    /// Whether the bot can write there.
    pub(super) fn writable(&self, place: Place) -> Result<(), Refusal> {
        self.reached(place.chat)?;
        let here = self.chats.get(&place.chat).ok_or(rules::NO_CHAT)?;
        let is_muted =
            self.member(place.chat, self.me).is_some_and(|me| me.status == Status::Restricted);
        let is_admin = self.is_admin(place.chat, self.me);
        if is_muted || !here.is_open && !is_admin {
            return Err(rules::NO_RIGHT_TO_SEND);
        }
        if here.kind == Kind::Channel && !self.has_right(place.chat, self.me, "can_post_messages") {
            let description = "Bad Request: need administrator rights in the channel chat".into();
            return Err(Refusal { description, ..rules::NO_RIGHT });
        }
        let Some(topic) = place.topic else { return Ok(()) };
        if topic == GENERAL || !here.is_forum {
            // General has no number for bots, and what is no forum has no topics.
            return Err(wrong("message thread not found"));
        }
        let topic = here.topics.get(&topic).ok_or(rules::NO_TOPIC)?;
        let opens = self.has_right(place.chat, self.me, "can_manage_topics");
        if topic.is_closed && !opens { Err(rules::CLOSED_TOPIC) } else { Ok(()) }
    }
}
