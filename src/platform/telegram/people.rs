//! Who may do what, looked up live and believed for a minute; and who was met where, for as long as
//! the process lives.
//!
//! Telegram names nobody's rights in an update. The administrators of a group are one call, and a
//! change of them is told: then nothing of that group is believed any more.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::Instant;

use super::calls::{CallError, Calls, GetChatAdministrators, GetChatMember};
use super::inbound::Rights;
use super::wire::{Message, Standing, Told, Update, User};

/// How long the administrators of a group are believed.
const BELIEVED: Duration = Duration::from_mins(1);
/// Groups, names and topics that are remembered.
const KEPT: usize = 20_000;

/// The administrators of one group, and whether we are one.
#[derive(Debug, Clone, Default)]
pub(super) struct Administrators {
    rights: BTreeMap<i64, Rights>,
}

impl Administrators {
    pub(super) fn rights(&self, who: i64) -> Rights {
        self.rights.get(&who).copied().unwrap_or_default()
    }

    pub(super) fn has(&self, who: i64) -> bool {
        self.rights.contains_key(&who)
    }

    fn read(told: Value) -> Administrators {
        let Value::Array(told) = told else { return Administrators::default() };
        let all = told.into_iter().filter_map(|one| serde_json::from_value(one).ok());
        Administrators { rights: all.map(|one: Standing| (one.user.id, rights(&one))).collect() }
    }
}

/// Whoever may change what the group is, or who runs it, moderates it; whoever may take messages or
/// people out of it works in it.
fn rights(standing: &Standing) -> Rights {
    let is = |flag: Option<bool>| flag == Some(true);
    let moderator = standing.status == "creator"
        || is(standing.can_change_info)
        || is(standing.can_promote_members);
    let works = is(standing.can_delete_messages) || is(standing.can_restrict_members);
    Rights { moderator, staff: moderator || works }
}

struct Known {
    administrators: Arc<Administrators>,
    until: Instant,
}

#[derive(Default)]
struct Met {
    by_name: BTreeMap<(i64, String), User>,
    topics: BTreeMap<(i64, i64), String>,
    order: VecDeque<(i64, String)>,
}

#[derive(Default)]
pub(super) struct People {
    groups: Mutex<BTreeMap<i64, Known>>,
    met: Mutex<Met>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

impl People {
    /// The administrators of a group. While Telegram does not say, those that it said last; before
    /// it has said anything, nobody has a right.
    pub(super) async fn administrators(&self, calls: &Calls, chat: i64) -> Arc<Administrators> {
        let now = Instant::now();
        let before = {
            let groups = held(&self.groups);
            let known = groups.get(&chat);
            if let Some(known) = known.filter(|known| known.until > now) {
                return Arc::clone(&known.administrators);
            }
            known.map(|known| Arc::clone(&known.administrators))
        };
        let told = calls.call(GetChatAdministrators(json!({ "chat_id": chat }))).await;
        let administrators = match told {
            Ok(told) => Arc::new(Administrators::read(told)),
            Err(error) => {
                tracing::debug!(chat.id = chat, %error, "the administrators of {chat} are not told");
                before.unwrap_or_default()
            }
        };
        let mut groups = held(&self.groups);
        while groups.len() >= KEPT {
            groups.pop_first();
        }
        let until = now + BELIEVED;
        groups.insert(chat, Known { administrators: Arc::clone(&administrators), until });
        administrators
    }

    /// Whether somebody is in a group; `None` while Telegram does not say.
    pub(super) async fn is_in(&self, calls: &Calls, chat: i64, who: i64) -> Option<bool> {
        let asked = GetChatMember(json!({ "chat_id": chat, "user_id": who }));
        match calls.call(asked).await {
            Ok(told) => {
                let standing: Standing = serde_json::from_value(told).ok()?;
                Some(standing.is_here())
            }
            Err(CallError::Refused { .. } | CallError::Moved { .. }) => Some(false),
            Err(
                CallError::Limited { .. }
                | CallError::Unknown
                | CallError::Unanswered(_)
                | CallError::Unreachable(_),
            ) => None,
        }
    }

    /// Remembers what an update tells of names, and what it takes back.
    pub(super) fn learn(&self, update: &Update) {
        match &update.told {
            Told::Message(message) | Told::Edited(message) => self.meet(message),
            Told::Pressed(query) => {
                if let Some(message) = &query.message {
                    self.name(message.chat.id, &query.from);
                }
            }
            Told::Reacted(reaction) => {
                if let Some(user) = &reaction.user {
                    self.name(reaction.chat.id, user);
                }
            }
            Told::Member(member) | Told::Own(member) => {
                if member.moves_rights() {
                    held(&self.groups).remove(&member.chat.id);
                }
            }
        }
    }

    fn meet(&self, message: &Message) {
        let chat = message.chat.id;
        if let Some(from) = &message.from {
            self.name(chat, from);
        }
        let topic = message
            .topic()
            .or_else(|| message.forum_topic_created.is_some().then_some(message.message_id));
        if let (Some(topic), Some(name)) = (topic, message.topic_name()) {
            let mut met = held(&self.met);
            while met.topics.len() >= KEPT {
                met.topics.pop_first();
            }
            met.topics.insert((chat, topic), name.to_owned());
        }
    }

    fn name(&self, chat: i64, user: &User) {
        let Some(name) = user.username.as_ref().map(|name| name.to_lowercase()) else { return };
        let mut met = held(&self.met);
        let key = (chat, name);
        if met.by_name.insert(key.clone(), user.clone()).is_none() {
            met.order.push_back(key);
        }
        while met.by_name.len() > KEPT {
            let Some(oldest) = met.order.pop_front() else { return };
            met.by_name.remove(&oldest);
        }
    }

    /// Somebody who was met in a chat, by the unique name.
    pub(super) fn named(&self, chat: i64, name: &str) -> Option<User> {
        held(&self.met).by_name.get(&(chat, name.to_lowercase())).cloned()
    }

    pub(super) fn topic(&self, chat: i64, topic: i64) -> Option<String> {
        held(&self.met).topics.get(&(chat, topic)).cloned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rights_are_those_that_run_a_group_or_clear_it_up() {
        let told = json!([
            { "status": "creator", "user": { "id": 1 }, "is_anonymous": false },
            { "status": "administrator", "user": { "id": 2 }, "can_change_info": true },
            { "status": "administrator", "user": { "id": 3 }, "can_promote_members": true },
            { "status": "administrator", "user": { "id": 4 }, "can_delete_messages": true,
                "can_manage_chat": true, "can_levitate": "soon" },
            { "status": "administrator", "user": { "id": 5 }, "can_pin_messages": true },
            { "status": "administrator", "user": "no user" },
        ]);
        let all = Administrators::read(told);
        let of = |who| (all.rights(who).moderator, all.rights(who).staff);
        assert_eq!(
            [1, 2, 3, 4, 5, 6].map(of),
            [
                (true, true),
                (true, true),
                (true, true),
                (false, true),
                (false, false),
                (false, false),
            ]
        );
        assert!(all.has(5) && !all.has(6), "one without those rights is an administrator still");
    }

    #[test]
    fn whoever_comes_and_goes_without_rights_changes_none() {
        let moves = |before: &str, after: &str| {
            let standing = |status| json!({ "user": { "id": 3 }, "status": status });
            let (_, update) = Update::read(json!({ "update_id": 1, "chat_member": {
                "chat": { "id": -5, "type": "supergroup" },
                "old_chat_member": standing(before), "new_chat_member": standing(after) } }));
            let Told::Member(member) = update.expect("is readable").told else { panic!("another") };
            member.moves_rights()
        };
        assert!(!moves("left", "member") && !moves("restricted", "kicked"));
        assert!(moves("member", "administrator") && moves("administrator", "administrator"));
        assert!(moves("creator", "member") && moves("administrator", "left"));
    }

    #[test]
    fn a_name_is_good_where_it_was_met() {
        let people = People::default();
        let (_, update) = Update::read(json!({ "update_id": 1, "message": {
            "message_id": 7, "date": 0, "chat": { "id": -5, "type": "supergroup" },
            "from": { "id": 3, "username": "KaiTheThird" }, "text": "hello",
            "message_thread_id": 2, "is_topic_message": true,
            "reply_to_message": { "message_id": 2, "chat": { "id": -5 },
                "forum_topic_created": { "name": "Help", "icon_color": 1 } } } }));
        people.learn(&update.expect("is readable"));
        assert_eq!(people.named(-5, "kaithethird").map(|user| user.id), Some(3));
        assert!(people.named(-6, "kaithethird").is_none());
        assert_eq!(people.topic(-5, 2).as_deref(), Some("Help"));
    }
}
