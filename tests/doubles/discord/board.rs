//! Messages as they come, change and go, whoever is behind it; each change is told to the bot.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::{Value, json};

use super::gateway::intent;
use super::rights::bit;
use super::rules::{self, Named, Refusal, Unsaid, is_empty, named};
use super::state::{Channel, Id, Message, State, flag, kind};

/// Whose words these are, and how far they reach.
pub(super) struct Draft<'a> {
    pub(super) channel: Id,
    pub(super) by: Id,
    pub(super) body: &'a Value,
    pub(super) unsaid: Unsaid,
    pub(super) reply_to: Option<(Id, Id)>,
    pub(super) only: Option<Id>,
    pub(super) interaction: Option<Id>,
    /// The first message of a post has the id of its thread.
    pub(super) id: Option<Id>,
}

fn array(value: &Value) -> Vec<Value> {
    value.as_array().cloned().unwrap_or_default()
}

impl State {
    fn wants(&self, channel: Id) -> u64 {
        let is_private = self.guild_of(channel).is_none();
        if is_private { intent::DIRECT_MESSAGES } else { intent::MESSAGES }
    }

    /// Whether the bot is told what happens there.
    pub(super) fn is_heard(&self, channel: Id) -> bool {
        self.may(channel, self.me, bit::VIEW_CHANNEL)
    }

    /// A channel that the bot may look at, with these rights in it.
    pub(super) fn open_to(&self, channel: Id, rights: u64) -> Result<&Channel, Refusal> {
        let here = self.channels.get(&channel).ok_or(rules::UNKNOWN_CHANNEL)?;
        if !self.is_heard(channel) {
            return Err(rules::NO_ACCESS);
        }
        if self.may(channel, self.me, rights) { Ok(here) } else { Err(rules::NO_RIGHT) }
    }

    /// Puts a message there and tells of it.
    pub(super) fn put(&mut self, draft: &Draft<'_>) -> Result<Id, Refusal> {
        // Discord keeps no space around a message.
        let content = draft.body["content"].as_str().unwrap_or_default().trim();
        let (embeds, components) = (array(&draft.body["embeds"]), array(&draft.body["components"]));
        let kept = flag::EPHEMERAL | flag::COMPONENTS_V2 | 1 << 2 | 1 << 12;
        let flags = draft.body["flags"].as_u64().unwrap_or(0) & kept;
        let attachments = array(&draft.body["attachments"]);
        if is_empty(content, &embeds, &components, flags) && attachments.is_empty() {
            return Err(rules::EMPTY);
        }
        let id = draft.id.unwrap_or_else(|| self.new_id());
        let mut message = Message::new(id, draft.channel, draft.by, content);
        (message.embeds, message.components) = (embeds, components);
        (message.attachments, message.reply_to) = (attachments, draft.reply_to);
        (message.only, message.interaction) = (draft.only, draft.interaction);
        message.flags = flags;
        message.kind = match (draft.interaction, draft.reply_to) {
            (Some(_), _) => 20,
            (None, Some(_)) => 19,
            (None, None) => 0,
        };
        message.nonce = draft.body.get("nonce").filter(|nonce| !nonce.is_null()).cloned();
        let named = named(&texts(&message), &draft.body["allowed_mentions"], draft.unsaid);
        self.light(&mut message, &named);
        self.revive(draft.channel);
        self.messages.insert(id, message);
        self.tell_message("MESSAGE_CREATE", id);
        if let Some(message) = self.messages.get_mut(&id) {
            // Told once, with the creation.
            message.nonce = None;
        }
        Ok(id)
    }

    fn light(&self, message: &mut Message, named: &Named) {
        let replied = message.reply_to.and_then(|(_, id)| self.messages.get(&id));
        let replied = replied.map(|message| message.by);
        let place = (message.channel, message.by);
        message.pings.extend(self.lit_up(named, place, (replied, message.only)));
        let users = named.users.iter().copied().filter(|id| self.users.contains_key(id));
        let also = replied.filter(|_| named.replied);
        message.mentions = users.chain(also).collect::<BTreeSet<Id>>();
        message.mention_roles.clone_from(&named.roles);
        message.mention_everyone =
            named.everyone && self.may(message.channel, message.by, bit::MENTION_EVERYONE);
    }

    /// Whoever writes in a thread that was put away fetches it back.
    fn revive(&mut self, channel: Id) {
        let Some(here) = self.channels.get_mut(&channel) else { return };
        if here.archived {
            here.archived = false;
            self.tell_channel("THREAD_UPDATE", channel);
        }
    }

    /// Changes what is named in the body; the rest stays.
    pub(super) fn alter(&mut self, id: Id, body: &Value, unsaid: Unsaid) -> Result<(), Refusal> {
        let Some(mut message) = self.messages.get(&id).cloned() else {
            return Err(rules::UNKNOWN_MESSAGE);
        };
        if let Some(content) = body.get("content") {
            content.as_str().unwrap_or_default().clone_into(&mut message.content);
        }
        if body.get("embeds").is_some() {
            message.embeds = array(&body["embeds"]);
        }
        if body.get("components").is_some() {
            message.components = array(&body["components"]);
        }
        message.flags |= body["flags"].as_u64().unwrap_or(0) & flag::COMPONENTS_V2;
        message.flags &= !flag::LOADING;
        if is_empty(&message.content, &message.embeds, &message.components, message.flags) {
            return Err(rules::EMPTY);
        }
        if body.get("content").is_some() || body.get("components").is_some() {
            // Read anew, and by the defaults where nothing is said about it.
            let named = named(&texts(&message), &body["allowed_mentions"], unsaid);
            self.light(&mut message, &named);
        }
        // Discord counts in microseconds, and no two edits of a message are made in one.
        let next = message.edited.map(|last| last + Duration::from_millis(1));
        message.edited = next.max(Some(self.now()));
        self.messages.insert(id, message);
        self.tell_message("MESSAGE_UPDATE", id);
        Ok(())
    }

    pub(super) fn remove(&mut self, id: Id) -> Result<(), Refusal> {
        let message = self.messages.remove(&id).ok_or(rules::UNKNOWN_MESSAGE)?;
        if message.only.is_none() && self.is_heard(message.channel) {
            let gone = self.gone(message.channel, &json!({"id": id.to_string()}));
            self.emit(self.wants(message.channel), "MESSAGE_DELETE", &gone);
        }
        Ok(())
    }

    pub(super) fn remove_many(&mut self, channel: Id, ids: &[Id]) {
        self.messages.retain(|id, _| !ids.contains(id));
        if self.is_heard(channel) {
            let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
            let gone = self.gone(channel, &json!({"ids": ids}));
            self.emit(self.wants(channel), "MESSAGE_DELETE_BULK", &gone);
        }
    }

    fn gone(&self, channel: Id, what: &Value) -> Value {
        let mut gone = what.clone();
        gone["channel_id"] = json!(channel.to_string());
        if let Some(guild) = self.guild_of(channel) {
            gone["guild_id"] = json!(guild.to_string());
        }
        gone
    }

    pub(super) fn tell_message(&mut self, name: &'static str, id: Id) {
        let Some(message) = self.messages.get(&id) else { return };
        if message.only.is_some() || !self.is_heard(message.channel) {
            return;
        }
        let wants = self.wants(message.channel);
        if let Some(event) = self.message_event(id) {
            self.emit(wants, name, &event);
        }
    }

    pub(super) fn tell_channel(&mut self, name: &'static str, id: Id) {
        if !self.is_heard(id) && name != "CHANNEL_DELETE" {
            return;
        }
        if let Some(event) = self.channel(id) {
            self.emit(intent::GUILDS, name, &event);
        }
    }

    pub(super) fn react(&mut self, id: Id, who: Id, emoji: &str) -> Result<(), Refusal> {
        let message = self.messages.get_mut(&id).ok_or(rules::UNKNOWN_MESSAGE)?;
        if message.reactions.iter().any(|(known, by)| known == emoji && *by == who) {
            return Ok(());
        }
        message.reactions.push((emoji.to_owned(), who));
        let (channel, author) = (message.channel, message.by);
        if !self.is_heard(channel) {
            return Ok(());
        }
        let mut event = json!({
            "user_id": who.to_string(), "channel_id": channel.to_string(),
            "message_id": id.to_string(), "message_author_id": author.to_string(),
            "emoji": {"id": null, "name": emoji}, "burst": false, "type": 0,
        });
        let guild = self.guild_of(channel);
        if let Some(guild) = guild {
            event["guild_id"] = json!(guild.to_string());
            event["member"] = self.member(guild, who).into();
        }
        let wants = if guild.is_some() { intent::REACTIONS } else { intent::DIRECT_REACTIONS };
        self.emit(wants, "MESSAGE_REACTION_ADD", &event);
        Ok(())
    }

    /// Opens a thread: on a message of `parent`, or on nothing, which a note in it then tells.
    pub(super) fn open_thread(
        &mut self,
        (parent, on): (Id, Option<Id>),
        by: Id,
        (name, kind): (&str, u8),
    ) -> Id {
        let id = on.unwrap_or_else(|| self.new_id());
        let thread = Channel {
            kind,
            guild: self.guild_of(parent),
            name: name.to_owned(),
            parent: Some(parent),
            owner: by,
            archived: false,
            locked: false,
            with: None,
            overwrites: std::collections::BTreeMap::new(),
            invited: BTreeSet::from([by]),
        };
        self.channels.insert(id, thread);
        if self.is_heard(id)
            && let Some(mut event) = self.channel(id)
        {
            event["newly_created"] = json!(true);
            self.emit(intent::GUILDS, "THREAD_CREATE", &event);
        }
        let is_post = self.channels.get(&parent).is_some_and(|one| one.kind == kind::FORUM);
        match on {
            Some(root) => {
                if let Some(message) = self.messages.get_mut(&root) {
                    message.flags |= flag::HAS_THREAD;
                }
                self.tell_message("MESSAGE_UPDATE", root);
                self.note((id, by), 21, "", (parent, root));
            }
            None if !is_post && kind == kind::THREAD => self.note((parent, by), 18, name, (id, id)),
            None => {}
        }
        id
    }

    /// What Discord itself puts into a channel about threads.
    fn note(&mut self, (channel, by): (Id, Id), kind: u8, text: &str, about: (Id, Id)) {
        let id = self.new_id();
        let mut note = Message::new(id, channel, by, text);
        (note.kind, note.reply_to) = (kind, Some(about));
        self.messages.insert(id, note);
        self.tell_message("MESSAGE_CREATE", id);
    }
}

/// All that can name somebody: the content, and the text displays of components. Embeds cannot.
pub(super) fn texts(message: &Message) -> String {
    let mut text = message.content.clone();
    let displays = message.components.iter().filter(|part| part["type"] == 10);
    for display in displays.filter_map(|part| part["content"].as_str()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(display);
    }
    text
}
