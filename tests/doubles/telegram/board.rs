//! Messages as they come and change, whoever is behind them; each change is told to the bot that
//! may hear it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::entities::{complete, covered};
use super::state::{Id, Key, Kind, Message, State, nobody};
use super::wire::unix;

impl State {
    /// Puts a message there. The bot is not told yet.
    pub(super) fn put(&mut self, mut message: Message) -> Key {
        let chat = message.chat;
        message.key = match message.only {
            None => self.new_message(chat),
            Some(only) => {
                let receiver = if message.by == self.me { only } else { self.me };
                let here = self.chats.get_mut(&chat).expect("a chat");
                let next = here.next_ephemeral.entry(receiver).or_insert(1);
                *next += 1;
                Key::Ephemeral { receiver, id: *next - 1 }
            }
        };
        (message.turn, message.at) = (self.new_turn(), self.now());
        message.first_text.clone_from(&message.text);
        let replied = message.reply_to.and_then(|key| self.at(chat, key));
        message.answers =
            replied.map(|replied| replied.author).filter(|who| self.lights(&message, *who));
        // A reply goes where what it replies to is; in a group without topics that is its thread.
        if let Some(replied) = replied.filter(|_| self.kind(chat) == Some(Kind::Supergroup)) {
            let own = Some(replied.key.message_id()).filter(|_| !self.is_forum(chat));
            message.topic = message.topic.or(replied.topic).or(own.filter(|id| *id > 0));
        }
        message.entities = complete(&message.text, &message.entities);
        self.light(&mut message);
        if self.users.get(&message.by).is_some_and(|user| user.is_bot)
            && let Some(here) = self.chats.get_mut(&chat).filter(|_| message.only.is_none())
        {
            here.last_bot = Some(message.by);
        }
        let key = message.key;
        self.messages.insert((chat, key), message);
        key
    }

    /// Puts a message there and tells the bot.
    pub(super) fn say(&mut self, message: Message) -> Key {
        let chat = message.chat;
        let key = self.put(message);
        let kind = self.kind(chat);
        self.tell(if kind == Some(Kind::Channel) { "channel_post" } else { "message" }, chat, key);
        key
    }

    /// What Telegram itself puts into a chat about itself.
    pub(super) fn note(&mut self, chat: Id, by: Id, content: &Value) -> Key {
        let mut note = Message::new(chat.into(), by);
        note.content.clone_from(content.as_object().expect("fields"));
        note.is_service = true;
        self.say(note)
    }

    /// Gives a message other words and buttons.
    pub(super) fn alter(
        &mut self,
        (chat, key): (Id, Key),
        (text, entities): (&str, &[Value]),
        keyboard: Vec<Vec<Value>>,
    ) {
        let mut message = self.at(chat, key).expect("a message").clone();
        text.clone_into(&mut message.text);
        message.entities = complete(text, entities);
        message.keyboard = keyboard;
        message.edited = Some(self.now());
        self.light(&mut message);
        self.messages.insert((chat, key), message);
    }

    /// Whether a message of this kind can light somebody up at all.
    fn lights(&self, message: &Message, who: Id) -> bool {
        let is_person = self.users.get(&who).is_some_and(|user| !user.is_bot);
        is_person
            && who != message.author
            && self.is_member(message.chat, who)
            && message.only.is_none_or(|only| only == who)
    }

    /// Finds out whom the words of a message name with effect, and takes the effect from those that
    /// name somebody out of reach.
    fn light(&self, message: &mut Message) {
        let chat = message.chat;
        let by_bot = message.by == self.me;
        message.entities.retain(|entity| {
            let is_named = entity["type"] == "text_mention";
            let who = entity["user"]["id"].as_i64().and_then(|id| Some((id, self.users.get(&id)?)));
            let is_within_reach = |(id, user): (Id, &super::state::User)| {
                !by_bot || user.is_known || self.is_member(chat, id)
            };
            !is_named || who.is_some_and(is_within_reach)
        });
        for entity in &mut message.entities {
            if let Some(id) = entity["user"]["id"].as_i64() {
                entity["user"] = self.user(id);
            }
        }
        let named = message.entities.iter().filter_map(|entity| match entity["type"].as_str()? {
            "text_mention" => entity["user"]["id"].as_i64(),
            "mention" => self.called(covered(&message.text, entity).trim_start_matches('@')),
            _ => None,
        });
        let lit: BTreeSet<Id> = named.filter(|who| self.lights(message, *who)).collect();
        message.pings.extend(lit);
    }

    pub(super) fn tell(&mut self, kind: &'static str, chat: Id, key: Key) {
        if self.is_heard(chat, key) {
            let message = self.message(chat, key);
            self.emit(kind, &message);
        }
    }

    /// Whether the bot is told of a message.
    fn is_heard(&self, chat: Id, key: Key) -> bool {
        let (Some(here), Some(message)) = (self.chats.get(&chat), self.at(chat, key)) else {
            return false;
        };
        if message.by == self.me || !self.is_member(chat, self.me) {
            return false;
        }
        if here.kind == Kind::Private || message.only.is_some() || message.is_service {
            return true;
        }
        if here.kind == Kind::Channel {
            return self.is_admin(chat, self.me);
        }
        let is_nobody = [nobody::ANONYMOUS, nobody::CHANNEL].contains(&message.by);
        let is_bot = self.users.get(&message.by).is_some_and(|user| user.is_bot) && !is_nobody;
        if is_bot {
            return self.hears_bots;
        }
        self.is_admin(chat, self.me) || here.hears_all || self.is_meant(message)
    }

    /// Whether a message is for the bot, so that not even privacy mode keeps it away.
    fn is_meant(&self, message: &Message) -> bool {
        let replied = message.reply_to.and_then(|key| self.at(message.chat, key));
        if replied.is_some_and(|replied| replied.by == self.me) {
            return true;
        }
        let commands = message.entities.iter().filter(|entity| entity["type"] == "bot_command");
        commands.map(|entity| covered(&message.text, entity)).any(|command| {
            match command.split_once('@') {
                Some((_, bot)) => self.called(bot) == Some(self.me),
                None => self.speaks_last(message.chat),
            }
        })
    }

    /// Whether a command without a name goes to the bot: it spoke last, or there is no other one.
    fn speaks_last(&self, chat: Id) -> bool {
        let Some(here) = self.chats.get(&chat) else { return false };
        let is_bot = |who: &Id| self.users.get(who).is_some_and(|user| user.is_bot);
        let others = here.members.iter().filter(|(_, member)| member.is_here());
        let is_alone = !others.map(|(who, _)| who).any(|who| *who != self.me && is_bot(who));
        here.last_bot.map_or(is_alone, |bot| bot == self.me)
    }

    /// Somebody reacts with this instead of what they reacted with before.
    pub(super) fn react(&mut self, (chat, key): (Id, Key), who: Id, emoji: Option<&str>) {
        let message = self.messages.get_mut(&(chat, key)).expect("a message");
        let list = |emoji: &[String]| -> Value {
            emoji.iter().map(|emoji| json!({"type": "emoji", "emoji": emoji})).collect()
        };
        let own = message.reactions.iter().filter(|(_, by)| *by == who);
        let before: Vec<String> = own.map(|(emoji, _)| emoji.clone()).collect();
        let after: Vec<String> = emoji.into_iter().map(str::to_owned).collect();
        message.reactions.retain(|(_, by)| *by != who);
        message.reactions.extend(after.iter().map(|emoji| (emoji.clone(), who)));
        let all = message.reactions.clone();
        if who == self.me || before == after || !self.is_admin(chat, self.me) {
            return;
        }
        let mut event = json!({
            "chat": self.chat(chat), "message_id": key.message_id(), "date": unix(self.now()),
        });
        if self.kind(chat) == Some(Kind::Channel) {
            let kinds: BTreeSet<&str> = all.iter().map(|(emoji, _)| emoji.as_str()).collect();
            let counted = kinds.into_iter().map(|kind| {
                let count = all.iter().filter(|(emoji, _)| emoji == kind).count();
                json!({"type": {"type": "emoji", "emoji": kind}, "total_count": count})
            });
            event["reactions"] = counted.collect();
            return self.emit("message_reaction_count", &event);
        }
        if self.member(chat, who).is_some_and(|member| member.is_anonymous) {
            event["actor_chat"] = self.chat(chat);
        } else {
            event["user"] = self.user(who);
        }
        (event["old_reaction"], event["new_reaction"]) = (list(&before), list(&after));
        self.emit("message_reaction", &event);
    }
}
