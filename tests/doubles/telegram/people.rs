//! What people do: talk, react, press what they can see, give the commands they know. Whatever they
//! could not do on their screens ends the test.

use serde_json::{Value, json};

use super::state::{Id, Key, Kind, Member, Message, Place, Query, State, Status, nobody};
use super::town::Town;

/// What somebody is told about a button that they pressed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing yet: the button shows that it works.
    Waiting,
    /// Acknowledged, with nothing to read.
    Taken,
    /// A line that goes away by itself.
    Toast(String),
    /// A window to be closed.
    Alert(String),
    /// Into a chat of the bot's.
    Led(String),
}

/// What they say.
impl Town {
    pub(crate) fn says(&self, who: Id, place: impl Into<Place>, text: &str) -> Key {
        self.writes(who, place, text, |_| {})
    }

    pub(crate) fn replies(
        &self,
        who: Id,
        place: impl Into<Place>,
        to: impl Into<Key>,
        text: &str,
    ) -> Key {
        let to = to.into();
        self.writes(who, place, text, |message| {
            message.reply_to = Some(to);
            if matches!(to, Key::Ephemeral { .. }) {
                message.only = Some(who);
            }
        })
    }

    /// With entities that a client gives a text: names without `@`, whatever there will be next.
    pub(crate) fn marks(
        &self,
        who: Id,
        place: impl Into<Place>,
        text: &str,
        entities: &[Value],
    ) -> Key {
        self.writes(who, place, text, |message| message.entities = entities.to_vec())
    }

    /// A picture, with a caption or with no word.
    pub(crate) fn shows_picture(&self, who: Id, place: impl Into<Place>, caption: &str) -> Key {
        self.writes(who, place, caption, |message| show(message, None))
    }

    /// A voice message: no word of it can be read.
    pub(crate) fn speaks(&self, who: Id, place: impl Into<Place>) -> Key {
        self.writes(who, place, "", |message| {
            let voice = json!({
                "file_id": "AwACAgIAAxk", "file_unique_id": "AgADBQAD", "duration": 3,
                "mime_type": "audio/ogg", "file_size": 12_000,
            });
            message.content.insert("voice".to_owned(), voice);
        })
    }

    /// Several pictures at once, each with its caption: as many messages, as many updates.
    pub(crate) fn shows_album(
        &self,
        who: Id,
        place: impl Into<Place>,
        captions: &[&str],
    ) -> Vec<Key> {
        let place = place.into();
        let album = self.change(State::new_id).to_string();
        let picture = |caption: &&str| {
            self.writes(who, place, caption, |message| show(message, Some(&album)))
        };
        captions.iter().map(picture).collect()
    }

    /// To the bot alone.
    pub(crate) fn whispers(&self, who: Id, text: &str) -> Key {
        self.says(who, who, text)
    }

    /// Opens the conversation with the bot, by a link with a payload or without one. Whoever had
    /// blocked it lets it in again.
    pub(crate) fn starts(&self, who: Id, payload: Option<&str>) -> Key {
        let is_letter = |it: u8| it.is_ascii_alphanumeric() || it == b'_' || it == b'-';
        let fits = |it: &str| (1..=64).contains(&it.len()) && it.bytes().all(is_letter);
        assert!(payload.is_none_or(fits), "no link can carry {payload:?}");
        self.change(|state| {
            if !state.chats.contains_key(&who) {
                let mut chat = super::state::Chat::new(Kind::Private, "");
                chat.members.insert(who, Member::new(Status::Member));
                chat.members.insert(state.me, Member::new(Status::Member));
                state.chats.insert(who, chat);
            }
            let me = state.me;
            state.make(who, me, who, Member::new(Status::Member));
        });
        let text = payload.map_or_else(|| "/start".to_owned(), |it| format!("/start {it}"));
        self.whispers(who, &text)
    }

    /// An administrator who does not show who they are.
    pub(crate) fn says_anonymously(&self, who: Id, place: impl Into<Place>, text: &str) -> Key {
        let place = place.into();
        assert!(self.look(|state| state.is_admin(place.chat, who)), "{who} has to show a name");
        self.writes(who, place, text, |message| {
            (message.by, message.sender_chat) = (nobody::ANONYMOUS, Some(place.chat));
        })
    }

    /// Somebody who speaks as a channel of theirs.
    pub(crate) fn says_as(&self, who: Id, place: impl Into<Place>, channel: Id, text: &str) -> Key {
        assert!(self.look(|state| state.is_admin(channel, who)), "{who} has no such channel");
        self.writes(who, place, text, |message| {
            (message.by, message.sender_chat) = (nobody::CHANNEL, Some(channel));
        })
    }

    /// Posts in a channel. Where a group discusses it the post is forwarded there; the key is that
    /// of the forward then, and that of the post otherwise.
    pub(crate) fn posts(&self, who: Id, channel: Id, text: &str) -> Key {
        self.change(|state| {
            assert!(state.is_admin(channel, who), "{who} cannot post in {channel}");
            let mut post = Message::new(channel.into(), who);
            (post.text, post.sender_chat) = (text.to_owned(), Some(channel));
            let key = state.say(post);
            let linked = state.chats.get(&channel).and_then(|chat| chat.linked);
            let Some(group) = linked else { return key };
            let mut copy = Message::new(group.into(), nobody::TELEGRAM);
            (copy.text, copy.sender_chat) = (text.to_owned(), Some(channel));
            copy.content.insert("is_automatic_forward".to_owned(), json!(true));
            let origin = json!({
                "type": "channel", "chat": state.chat(channel), "message_id": key.message_id(),
                "date": super::wire::unix(state.now()),
            });
            copy.content.insert("forward_origin".to_owned(), origin);
            state.say(copy)
        })
    }

    /// A message that differs from a plain one by what `change` does to it. A command that the menu
    /// calls ephemeral goes to the bot alone.
    pub(crate) fn writes(
        &self,
        who: Id,
        place: impl Into<Place>,
        text: &str,
        change: impl FnOnce(&mut Message),
    ) -> Key {
        let place = place.into();
        self.change(|state| {
            state.lets_write(who, place);
            let mut message = Message::new(place, who);
            text.clone_into(&mut message.text);
            if state.is_ephemeral(who, place.chat, text) {
                message.only = Some(who);
            }
            change(&mut message);
            if place.chat == who {
                state.users.get_mut(&who).expect("a person").is_known = true;
            }
            state.say(message)
        })
    }

    pub(crate) fn edits(&self, who: Id, chat: Id, message: impl Into<Key>, text: &str) {
        let key = message.into();
        self.change(|state| {
            let there = state.at(chat, key).expect("a message");
            assert_eq!(there.author, who, "only one's own words can be edited");
            let keyboard = there.keyboard.clone();
            state.alter((chat, key), (text, &[]), keyboard);
            let is_channel = state.kind(chat) == Some(Kind::Channel);
            state.tell(
                if is_channel { "edited_channel_post" } else { "edited_message" },
                chat,
                key,
            );
        });
    }

    /// Something about it changes that nobody sees, and the bot is told of an edit all the same.
    pub(crate) fn unfurls(&self, chat: Id, message: impl Into<Key>) {
        let key = message.into();
        self.change(|state| {
            let now = state.now();
            state.messages.get_mut(&(chat, key)).expect("a message").edited = Some(now);
            state.tell("edited_message", chat, key);
        });
    }

    /// No bot is told.
    pub(crate) fn deletes(&self, who: Id, chat: Id, message: impl Into<Key>) {
        let key = message.into();
        self.change(|state| {
            let there = state.at(chat, key).expect("a message");
            let may = there.author == who
                || chat == who
                || state.has_right(chat, who, "can_delete_messages");
            assert!(may, "{who} cannot delete {key:?}");
            state.messages.remove(&(chat, key));
        });
    }

    pub(crate) fn reacts(&self, who: Id, chat: Id, message: impl Into<Key>, emoji: &str) {
        self.changes_reaction(who, chat, message.into(), Some(emoji));
    }

    pub(crate) fn unreacts(&self, who: Id, chat: Id, message: impl Into<Key>) {
        self.changes_reaction(who, chat, message.into(), None);
    }

    fn changes_reaction(&self, who: Id, chat: Id, key: Key, emoji: Option<&str>) {
        self.change(|state| {
            let there = state.at(chat, key).expect("a message");
            assert!(there.only.is_none(), "nobody can react to what is ephemeral");
            assert!(chat == who || state.is_member(chat, who), "{who} cannot react");
            state.react((chat, key), who, emoji);
        });
    }
}

fn show(message: &mut Message, album: Option<&str>) {
    let size = |side: u32, id: &str| {
        json!({"file_id": format!("AgACAgIAAxk{id}"), "file_unique_id": format!("AQAD{id}"),
            "width": side, "height": side, "file_size": side * 10})
    };
    message.content.insert("photo".to_owned(), json!([size(90, "s"), size(800, "x")]));
    if let Some(album) = album {
        message.content.insert("media_group_id".to_owned(), json!(album));
    }
}

/// What they press, and what comes of it.
impl Town {
    /// Presses the newest button of this label that they see in a chat or topic; the key is that of
    /// the callback query.
    pub(crate) fn presses(&self, who: Id, place: impl Into<Place>, label: &str) -> String {
        let place = place.into();
        let seen = self.sees(who, place);
        let found = seen.iter().rev().find_map(|shown| {
            let button = shown.buttons.iter().find(|button| button.label == label)?;
            Some((shown.key, button.data.clone()))
        });
        let (key, data) = found.unwrap_or_else(|| panic!("no [{label}] is seen in {seen:#?}"));
        self.presses_data(who, place.chat, key, &data)
    }

    pub(crate) fn presses_data(
        &self,
        who: Id,
        chat: Id,
        message: impl Into<Key>,
        data: &str,
    ) -> String {
        let key = message.into();
        self.change(|state| {
            let there = state.at(chat, key).expect("a message");
            let mut buttons = there.keyboard.iter().flatten();
            let has_it =
                buttons.any(|it| it["callback_data"] == data && it["disabled"] != json!(true));
            assert!(has_it, "{key:?} has no button that says {data}");
            let place = Place { chat, topic: there.topic.filter(|_| state.is_forum(chat)) };
            let is_seen = state.seen_by(who, place).iter().any(|shown| shown.key == key);
            assert!(is_seen, "{who} does not see {key:?}");
            let id = format!("43{:016}", state.new_id());
            let mut message = state.message(chat, key);
            if state.forgets_pressed {
                message = json!({
                    "chat": state.chat(chat), "message_id": key.message_id(), "date": 0,
                });
            }
            let event = json!({
                "id": id, "from": state.user(who), "message": message,
                "chat_instance": format!("{}", chat.wrapping_mul(7_919)), "data": data,
            });
            let (at, told, is_dead) = (state.now(), Told::Waiting, false);
            let query = Query { by: who, chat, message: key, at, told, is_dead };
            state.queries.insert(id.clone(), query);
            state.users.get_mut(&who).expect("a person").is_known = true;
            state.emit("callback_query", &event);
            id
        })
    }

    /// What somebody is told about it by now.
    pub(crate) fn told(&self, query: &str) -> Told {
        self.look(|state| state.queries.get(query).expect("a query").told.clone())
    }

    /// Returns when somebody has been told something about it, with what.
    pub(crate) async fn answered(&self, query: &str) -> Told {
        self.until("an answer to a pressed button", |state| {
            let told = &state.queries.get(query)?.told;
            (*told != Told::Waiting).then(|| told.clone())
        })
        .await
    }

    /// Telegram gives up on it.
    pub(crate) fn gives_up_on(&self, query: &str) {
        self.change(|state| {
            state.queries.get_mut(query).expect("a query").is_dead = true;
        });
    }

    /// The command of this name as somebody's menu offers it there, if it does.
    pub(crate) fn offered(&self, who: Id, chat: Id, name: &str) -> Option<Value> {
        self.look(|state| state.offered(who, chat, name))
    }

    /// Returns when somebody's menu offers a command.
    pub(crate) async fn offers(&self, who: Id, chat: Id, name: &str) {
        let what = format!("the command /{name}");
        self.until(&what, |state| state.offered(who, chat, name).map(drop)).await;
    }
}

impl State {
    /// Ends the test where somebody writes who cannot.
    fn lets_write(&self, who: Id, place: Place) {
        let Place { chat, topic } = place;
        let here = self.chats.get(&chat);
        let here = here.unwrap_or_else(|| panic!("{who} has not started the bot in {chat}"));
        assert_eq!(here.moved_to, None, "nobody writes where everybody has moved away");
        if here.kind == Kind::Private {
            assert_eq!(chat, who, "{who} cannot write in somebody else's private chat");
            assert!(self.is_member(chat, self.me), "{who} has blocked the bot");
            return;
        }
        assert_ne!(here.kind, Kind::Channel, "people post in channels");
        let member = here.members.get(&who).filter(|member| member.is_here());
        let member = member.unwrap_or_else(|| panic!("{who} is no member of {chat}"));
        let may = member.is_admin() || here.is_open && member.status != Status::Restricted;
        assert!(may, "{who} may not write in {chat}");
        if let Some(topic) = topic {
            let topic = here.topics.get(&topic).expect("a topic");
            assert!(!topic.is_closed || member.is_admin(), "the topic is closed");
        }
    }

    /// Whether the menu calls a command ephemeral that somebody gives in a group.
    fn is_ephemeral(&self, who: Id, chat: Id, text: &str) -> bool {
        let is_group = self.chats.get(&chat).is_some_and(super::state::Chat::is_group);
        let word = text.split_whitespace().next().unwrap_or_default();
        let Some(command) = word.strip_prefix('/').filter(|_| is_group) else { return false };
        let (name, bot) = command.split_once('@').unwrap_or((command, ""));
        let is_ours = bot.is_empty() || self.called(bot) == Some(self.me);
        let offered = self.offered(who, chat, name).filter(|_| is_ours);
        offered.is_some_and(|command| command["is_ephemeral"] == true)
    }
}
