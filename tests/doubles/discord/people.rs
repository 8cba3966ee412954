//! What people do: set a server up, talk, react, press what they can see, run what they are shown.
//! Whatever they could not do on their screens ends the test.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::board::Draft;
use super::commands::EVERYWHERE;
use super::gateway::intent;
use super::guilds::new_channel;
use super::rights::bit;
use super::rules::Unsaid;
use super::state::{Id, Interaction, State, flag, kind};
use super::town::Town;

/// What somebody is told about what they pressed or ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// Nothing yet.
    Waiting,
    /// “The application did not respond”.
    Failed,
    Thinking,
    /// Acknowledged, with nothing to read.
    Taken,
    /// A form of this title is open, and not sent in yet.
    Form(String),
    Privately(String),
    Aloud(String),
}

/// What they say.
impl Town {
    pub(crate) fn says(&self, who: Id, channel: Id, text: &str) -> Id {
        self.writes(who, channel, &json!({"content": text}), None)
    }

    /// A reply, as clients send it: with a ping.
    pub(crate) fn replies(&self, who: Id, channel: Id, to: Id, text: &str) -> Id {
        self.writes(who, channel, &json!({"content": text}), Some(to))
    }

    /// A picture and no word.
    pub(crate) fn shows_picture(&self, who: Id, channel: Id) -> Id {
        let url = "https://cdn.discordapp.com/attachments/1/2/lamp.png";
        let picture = json!({
            "id": "77", "filename": "lamp.png", "size": 1024, "url": url, "proxy_url": url,
            "content_type": "image/png", "width": 64, "height": 64,
        });
        self.writes(who, channel, &json!({"content": "", "attachments": [picture]}), None)
    }

    fn writes(&self, who: Id, channel: Id, body: &Value, to: Option<Id>) -> Id {
        self.change(|state| {
            let is_thread = state.channels.get(&channel).expect("a channel").is_thread();
            let right = if is_thread { bit::SEND_MESSAGES_IN_THREADS } else { bit::SEND_MESSAGES };
            let may = state.may(channel, who, right | bit::VIEW_CHANNEL);
            assert!(may, "{who} cannot write in {channel}");
            let reply_to = to.map(|to| (channel, to));
            let draft = Draft {
                channel,
                by: who,
                body,
                unsaid: Unsaid::Everything,
                reply_to,
                only: None,
                interaction: None,
                id: None,
            };
            state.put(&draft).expect("is said")
        })
    }

    /// To the bot alone.
    pub(crate) fn whispers(&self, who: Id, text: &str) -> Id {
        let channel = self.change(|state| {
            let known = state.channels.iter().find(|(_, channel)| channel.with == Some(who));
            if let Some((id, _)) = known {
                return *id;
            }
            let id = state.new_id();
            let mut conversation = new_channel(kind::DM, None, "");
            conversation.with = Some(who);
            state.channels.insert(id, conversation);
            id
        });
        self.says(who, channel, text)
    }

    pub(crate) fn edits(&self, who: Id, message: Id, text: &str) {
        self.change(|state| {
            let by = state.messages.get(&message).expect("a message").by;
            assert_eq!(by, who, "only one's own words can be edited");
            let body = json!({"content": text});
            state.alter(message, &body, Unsaid::Everything).expect("is edited");
        });
    }

    /// A link of it gets its preview: an update in which nobody changed a word.
    pub(crate) fn unfurls(&self, message: Id) {
        self.change(|state| {
            let there = state.messages.get_mut(&message).expect("a message");
            there.embeds.push(json!({"type": "link", "url": "https://lamp.example"}));
            state.tell_message("MESSAGE_UPDATE", message);
        });
    }

    pub(crate) fn deletes(&self, who: Id, message: Id) {
        self.change(|state| {
            let there = state.messages.get(&message).expect("a message");
            let may = there.by == who || state.may(there.channel, who, bit::MANAGE_MESSAGES);
            assert!(may, "{who} cannot delete {message}");
            state.remove(message).expect("is deleted");
        });
    }

    pub(crate) fn bulk_deletes(&self, who: Id, channel: Id, messages: &[Id]) {
        self.change(|state| {
            assert!(state.may(channel, who, bit::MANAGE_MESSAGES), "{who} cannot delete so much");
            state.remove_many(channel, messages);
        });
    }

    pub(crate) fn reacts(&self, who: Id, message: Id, emoji: &str) {
        self.change(|state| {
            let channel = state.messages.get(&message).expect("a message").channel;
            assert!(state.may(channel, who, bit::ADD_REACTIONS), "{who} cannot react");
            state.react(message, who, emoji).expect("reacts");
        });
    }

    /// Opens a thread on a message.
    pub(crate) fn opens_thread(&self, who: Id, message: Id, name: &str) -> Id {
        self.change(|state| {
            let parent = state.messages.get(&message).expect("a message").channel;
            assert!(!state.channels.contains_key(&message), "one thread a message");
            assert!(state.may(parent, who, bit::CREATE_PUBLIC_THREADS), "{who} opens no threads");
            state.open_thread((parent, Some(message)), who, (name, kind::THREAD))
        })
    }

    /// Makes a post in a forum; the post, its thread and its first message have one id.
    pub(crate) fn posts(&self, who: Id, forum: Id, title: &str, text: &str) -> Id {
        self.change(|state| {
            let is_forum = state.channels.get(&forum).is_some_and(|it| it.kind == kind::FORUM);
            assert!(is_forum && state.may(forum, who, bit::SEND_MESSAGES), "no post there");
            let id = state.open_thread((forum, None), who, (title, kind::THREAD));
            let draft = Draft {
                channel: id,
                by: who,
                body: &json!({"content": text}),
                unsaid: Unsaid::Everything,
                reply_to: None,
                only: None,
                interaction: None,
                id: Some(id),
            };
            state.put(&draft).expect("is posted")
        })
    }
}

/// What they press and run.
impl Town {
    /// Presses the newest button of this label that they see in a channel.
    pub(crate) fn presses(&self, who: Id, channel: Id, label: &str) -> Id {
        let seen = self.sees(who, channel);
        let found = seen.iter().rev().find_map(|shown| {
            let button = shown.buttons.iter().find(|button| button.label == label)?;
            Some((shown.id, button.data.clone()))
        });
        let (message, data) = found.unwrap_or_else(|| panic!("no [{label}] is seen in {seen:#?}"));
        self.presses_data(who, message, &data)
    }

    pub(crate) fn presses_data(&self, who: Id, message: Id, data: &str) -> Id {
        self.change(|state| {
            let there = state.messages.get(&message).expect("a message");
            let channel = there.channel;
            let shown = state.shown(there);
            let is_seen = state.seen_by(who, channel).iter().any(|seen| seen.id == message);
            let is_there = |one: &super::screen::ShownButton| {
                one.data == data && !one.is_disabled && !one.is_link
            };
            assert!(is_seen && shown.buttons.iter().any(is_there), "{who} sees no such button");
            let mut message_wire = state.message(message).unwrap_or_default();
            message_wire["flags"] = json!(there.flags | there.only.map_or(0, |_| flag::EPHEMERAL));
            let data = json!({"custom_id": data, "component_type": 2, "id": 2});
            state.interact(who, channel, (3, &data), Some((message, message_wire)))
        })
    }

    /// The command of this name and kind as it is offered to somebody, if it is.
    pub(crate) fn offered(&self, who: Id, channel: Id, kind: u64, name: &str) -> Option<Value> {
        self.look(|state| state.offered(who, channel, kind, name))
    }

    /// Returns when somebody is offered a command.
    pub(crate) async fn offers(&self, who: Id, channel: Id, name: &str) {
        let what = format!("the command /{name}");
        self.until(&what, |state| state.offered(who, channel, 1, name).map(drop)).await;
    }

    /// An administrator lets everybody run a command, whatever the bot wishes.
    pub(crate) fn offers_to_everybody(&self, guild: Id, name: &str) {
        self.change(|state| state.open_commands.insert((guild, name.to_owned())));
    }

    /// Runs a command, typed as a line: `/askaround watch #help mode:off`.
    pub(crate) fn runs(&self, who: Id, channel: Id, line: &str) -> Id {
        self.change(|state| {
            let data = state.filled(who, channel, line);
            state.interact(who, channel, (2, &data), None)
        })
    }

    /// Is typing a command and has come this far in its last option; what is offered then.
    pub(crate) async fn types(&self, who: Id, channel: Id, line: &str) -> Vec<String> {
        let id = self.change(|state| {
            let mut data = state.filled(who, channel, line);
            let mut at = &mut data["options"];
            // The last one of the innermost is the one with the cursor.
            while at[0]["options"].is_array() {
                at = &mut at[0]["options"];
            }
            let last = at.as_array_mut().and_then(|options| options.last_mut());
            last.expect("an option is being typed")["focused"] = json!(true);
            state.interact(who, channel, (4, &data), None)
        });
        let offers = self.until("what can be chosen", |state| {
            let interaction = state.interactions.get(&id)?;
            interaction.answered.then(|| interaction.offers.clone())
        });
        let names = |one: Value| one["name"].as_str().unwrap_or_default().to_owned();
        offers.await.into_iter().map(names).collect()
    }

    /// Chooses an entry of a message's menu.
    pub(crate) fn chooses(&self, who: Id, message: Id, name: &str) -> Id {
        self.change(|state| {
            let channel = state.messages.get(&message).expect("a message").channel;
            let offered = state.offered(who, channel, 3, name);
            let command = offered.unwrap_or_else(|| panic!("{who} is offered no {name:?}"));
            let target = state.message(message).unwrap_or_default();
            let data = json!({
                "id": command["id"], "name": name, "type": 3, "target_id": message.to_string(),
                "resolved": {"messages": {message.to_string(): target}},
                "guild_id": command["guild_id"],
            });
            state.interact(who, channel, (2, &data), None)
        })
    }

    /// Waits for the form that a command opened, writes into its one field and sends it in.
    pub(crate) async fn fills_in(&self, command: Id, text: &str) -> Id {
        let opened = self.until("a form", |state| state.interactions.get(&command)?.form.clone());
        let form = opened.await;
        self.change(|state| {
            let interaction = state.interactions.get_mut(&command).expect("an interaction");
            let (who, channel) = (interaction.by, interaction.channel);
            assert!(interaction.form.take().is_some(), "a form is sent in once");
            let mut rows = form["components"].clone();
            let field = &mut rows[0]["components"][0];
            let most = field["max_length"].as_u64().and_then(|most| usize::try_from(most).ok());
            assert!(most.is_none_or(|most| text.chars().count() <= most), "it does not fit in");
            *field = json!({
                "type": 4, "id": 2, "custom_id": field["custom_id"].clone(), "value": text,
            });
            let data = json!({"custom_id": form["custom_id"], "components": rows});
            state.interact(who, channel, (5, &data), None)
        })
    }

    /// What somebody is told about it by now.
    pub(crate) fn told(&self, interaction: Id) -> Told {
        self.look(|state| state.told(interaction))
    }

    /// Returns when somebody has been told something about it, with what.
    pub(crate) async fn answered(&self, interaction: Id) -> Told {
        self.until("an answer to an interaction", |state| {
            let told = state.told(interaction);
            (!matches!(told, Told::Waiting | Told::Thinking)).then_some(told)
        })
        .await
    }

    /// Discord gives up on it, as it does after three seconds.
    pub(crate) fn gives_up_on(&self, interaction: Id) {
        self.change(|state| {
            state.interactions.get_mut(&interaction).expect("an interaction").dead = true;
        });
    }
}

impl State {
    /// A command as a client sends it, from a line.
    fn filled(&self, who: Id, channel: Id, line: &str) -> Value {
        let line = line.trim_start_matches('/');
        let (name, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let offered = self.offered(who, channel, 1, name);
        let command = offered.unwrap_or_else(|| panic!("{who} is offered no /{name}"));
        let guild = self.guild_of(channel);
        let mut filling = super::slash::Filling::new(self, guild);
        let options = filling.fill(&command["options"], rest.trim());
        let resolved = filling.resolved;
        let mut data = json!({
            "id": command["id"], "name": name, "type": 1, "options": options,
            "resolved": resolved,
        });
        if !command["guild_id"].is_null() {
            data["guild_id"] = command["guild_id"].clone();
        }
        data
    }

    fn offered(&self, who: Id, channel: Id, kind: u64, name: &str) -> Option<Value> {
        let guild = self.guild_of(channel);
        let places = guild.into_iter().chain([EVERYWHERE]);
        let mut all =
            places.filter_map(|place| self.commands.get(&place)).flat_map(BTreeMap::values);
        let is_it = |command: &&Value| command["type"] == kind && command["name"] == name;
        let command = all.find(is_it)?;
        let needed = command["default_member_permissions"].as_str();
        let needed: u64 = needed.and_then(|bits| bits.parse().ok()).unwrap_or(0);
        let is_admins = command["default_member_permissions"] == "0";
        let rights = self.rights(channel, who);
        let is_open =
            guild.is_some_and(|guild| self.open_commands.contains(&(guild, name.to_owned())));
        let has_right = rights & needed == needed && (!is_admins || rights == bit::ALL);
        let may = guild.is_none()
            || rights & bit::USE_APPLICATION_COMMANDS != 0 && (is_open || has_right);
        may.then(|| command.clone())
    }

    fn interact(
        &mut self,
        who: Id,
        channel: Id,
        (kind, data): (u8, &Value),
        source: Option<(Id, Value)>,
    ) -> Id {
        let (id, at) = (self.new_id(), self.now());
        let token = format!("aW50ZXJhY3Rpb246{id}");
        let mut event = json!({
            "id": id.to_string(), "application_id": self.me.to_string(), "type": kind,
            "token": token, "version": 1, "channel_id": channel.to_string(),
            "channel": self.channel(channel), "data": data, "entitlements": [],
            "locale": self.users.get(&who).map(|user| user.locale.clone()),
            "app_permissions": self.rights(channel, self.me).to_string(),
            "attachment_size_limit": 10_485_760,
            "authorizing_integration_owners": {}, "context": 1,
        });
        event["channel"]["permissions"] = json!(self.rights(channel, who).to_string());
        if let Some(guild) = self.guild_of(channel) {
            let mut member = self.member(guild, who).expect("a member");
            member["permissions"] = json!(self.rights(channel, who).to_string());
            event["member"] = member;
            event["context"] = json!(0);
            event["guild_id"] = json!(guild.to_string());
            event["guild_locale"] = json!(self.guilds.get(&guild).map(|it| it.locale.clone()));
            event["authorizing_integration_owners"] = json!({"0": guild.to_string()});
        } else {
            event["user"] = self.user(who);
        }
        if let Some((_, message)) = &source {
            event["message"] = message.clone();
        }
        let interaction = Interaction {
            token,
            by: who,
            channel,
            at,
            source: source.map(|(id, _)| id),
            answered: false,
            kind,
            offers: Vec::new(),
            form: None,
            original: None,
            dead: false,
        };
        self.interactions.insert(id, interaction);
        self.emit(intent::ANY, "INTERACTION_CREATE", &event);
        id
    }

    fn told(&self, id: Id) -> Told {
        let Some(interaction) = self.interactions.get(&id) else { return Told::Waiting };
        if !interaction.answered {
            let is_late = self.now().since(interaction.at).as_secs() > 3;
            return if interaction.dead || is_late { Told::Failed } else { Told::Waiting };
        }
        if let Some(form) = &interaction.form {
            return Told::Form(form["title"].as_str().unwrap_or_default().to_owned());
        }
        let mut answers = self.messages.values().rev();
        let Some(last) = answers.find(|message| message.interaction == Some(id)) else {
            return Told::Taken;
        };
        if last.flags & flag::LOADING != 0 {
            return Told::Thinking;
        }
        let text = self.shown(last).text;
        if last.only.is_some() { Told::Privately(text) } else { Told::Aloud(text) }
    }
}
