//! The state as Discord puts it on the wire.

use askaround::domain::time::Moment;
use serde_json::{Value, json};

use super::state::{Channel, Id, Message, State, flag, kind, moment_of};

/// A server about which nothing is said yet.
const NEW_GUILD: &str = r#"{
    "icon": null, "icon_hash": null, "splash": null, "discovery_splash": null,
    "afk_channel_id": null, "afk_timeout": 300, "widget_enabled": false,
    "verification_level": 1, "default_message_notifications": 1,
    "explicit_content_filter": 0, "emojis": [], "features": [],
    "mfa_level": 0, "application_id": null, "system_channel_id": null,
    "system_channel_flags": 0, "rules_channel_id": null, "max_members": 500000,
    "vanity_url_code": null, "description": null, "banner": null, "premium_tier": 0,
    "premium_subscription_count": 0, "public_updates_channel_id": null, "nsfw_level": 0,
    "stickers": [], "premium_progress_bar_enabled": false, "safety_alerts_channel_id": null,
    "joined_at": "2024-01-01T00:00:00.000000+00:00", "large": false, "unavailable": false,
    "voice_states": [], "presences": [], "stage_instances": [], "guild_scheduled_events": [],
    "soundboard_sounds": []
}"#;

/// As Discord writes a moment.
pub(super) fn iso(at: Moment) -> String {
    at.in_zone(&jiff::tz::TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%S.%6f+00:00").to_string()
}

fn ids<'a>(ids: impl IntoIterator<Item = &'a Id>) -> Vec<String> {
    ids.into_iter().map(ToString::to_string).collect()
}

impl State {
    pub(super) fn user(&self, id: Id) -> Value {
        let user = self.users.get(&id);
        let name = user.map(|user| user.name.as_str()).unwrap_or_default();
        json!({
            "id": id.to_string(), "username": name.to_lowercase().replace(' ', "_"),
            "discriminator": "0", "global_name": name, "avatar": null,
            "bot": user.is_some_and(|user| user.is_bot), "public_flags": 0,
        })
    }

    /// A member without who it is, as in messages.
    pub(super) fn partial_member(&self, guild: Id, id: Id) -> Option<Value> {
        let member = self.guilds.get(&guild)?.members.get(&id)?;
        Some(json!({
            "roles": ids(&member.roles), "nick": member.nick, "avatar": null,
            "joined_at": "2024-01-01T00:00:00.000000+00:00", "premium_since": null,
            "deaf": false, "mute": false, "pending": false, "flags": 0,
            "communication_disabled_until": null,
        }))
    }

    pub(super) fn member(&self, guild: Id, id: Id) -> Option<Value> {
        let mut member = self.partial_member(guild, id)?;
        member["user"] = self.user(id);
        Some(member)
    }

    pub(super) fn role(&self, guild: Id, id: Id) -> Option<Value> {
        let role = self.guilds.get(&guild)?.roles.get(&id)?;
        Some(json!({
            "id": id.to_string(), "name": role.name, "color": 0, "hoist": false,
            "colors": {"primary_color": 0, "secondary_color": null, "tertiary_color": null},
            "icon": null, "unicode_emoji": null, "position": role.position,
            "permissions": role.permissions.to_string(), "managed": role.managed,
            "mentionable": role.mentionable, "flags": 0,
        }))
    }

    pub(super) fn channel(&self, id: Id) -> Option<Value> {
        let channel = self.channels.get(&id)?;
        let mut wire = json!({
            "id": id.to_string(), "type": channel.kind, "flags": 0,
            "last_message_id": self.last_message(id).map(|id| id.to_string()),
        });
        let Some(guild) = channel.guild else {
            wire["recipients"] = channel.with.map(|who| self.user(who)).into_iter().collect();
            return Some(wire);
        };
        wire["guild_id"] = json!(guild.to_string());
        wire["name"] = json!(channel.name);
        wire["parent_id"] = json!(channel.parent.map(|id| id.to_string()));
        wire["rate_limit_per_user"] = json!(0);
        if channel.is_thread() {
            self.thread_parts(id, channel, &mut wire);
            return Some(wire);
        }
        let overwrites = channel.overwrites.iter().map(|(id, overwrite)| {
            json!({
                "id": id.to_string(), "type": u8::from(overwrite.is_member),
                "allow": overwrite.allow.to_string(), "deny": overwrite.deny.to_string(),
            })
        });
        wire["permission_overwrites"] = overwrites.collect();
        wire["position"] = json!(0);
        wire["topic"] = Value::Null;
        wire["nsfw"] = json!(false);
        if channel.kind == kind::FORUM {
            wire["available_tags"] = json!([]);
            wire["default_reaction_emoji"] = Value::Null;
            wire["default_sort_order"] = Value::Null;
            wire["default_forum_layout"] = json!(0);
        }
        Some(wire)
    }

    fn thread_parts(&self, id: Id, channel: &Channel, wire: &mut Value) {
        let said = self.messages.values().filter(|message| message.channel == id).count();
        wire["owner_id"] = json!(channel.owner.to_string());
        wire["message_count"] = json!(said);
        wire["total_message_sent"] = json!(said);
        wire["member_count"] = json!(1);
        wire["thread_metadata"] = json!({
            "archived": channel.archived, "locked": channel.locked,
            "auto_archive_duration": 1440, "archive_timestamp": iso(moment_of(id)),
            "create_timestamp": iso(moment_of(id)), "invitable": false,
        });
    }

    /// A server as `GUILD_CREATE` tells it.
    pub(super) fn guild(&self, id: Id) -> Option<Value> {
        let guild = self.guilds.get(&id)?;
        let seen = |channel: &Id| self.rights(*channel, self.me) != 0;
        let here = self.channels.iter().filter(|(_, channel)| channel.guild == Some(id));
        let (threads, channels): (Vec<_>, Vec<_>) =
            here.partition(|(_, channel)| channel.is_thread());
        let threads = threads.iter().filter(|(id, channel)| !channel.archived && seen(id));
        let threads: Vec<Value> = threads.filter_map(|(id, _)| self.channel(**id)).collect();
        let channels: Vec<Value> =
            channels.iter().filter_map(|(id, _)| self.channel(**id)).collect();
        // Without the intents for members and presences only the bot is listed.
        let members: Vec<Value> = self.member(id, self.me).into_iter().collect();
        let roles: Vec<Value> =
            guild.roles.keys().filter_map(|role| self.role(id, *role)).collect();
        let mut wire: Value = serde_json::from_str(NEW_GUILD).expect("a server");
        wire["id"] = json!(id.to_string());
        wire["name"] = json!(guild.name);
        wire["owner_id"] = json!(guild.owner.to_string());
        wire["preferred_locale"] = json!(guild.locale);
        wire["member_count"] = json!(guild.members.len());
        for (field, all) in
            [("roles", roles), ("members", members), ("channels", channels), ("threads", threads)]
        {
            wire[field] = Value::Array(all);
        }
        Some(wire)
    }

    /// A message as REST gives it.
    pub(super) fn message(&self, id: Id) -> Option<Value> {
        let message = self.messages.get(&id)?;
        let mut wire = self.bare_message(message);
        if let Some((channel, replied)) = message.reply_to {
            wire["message_reference"] = json!({
                "type": 0, "message_id": replied.to_string(), "channel_id": channel.to_string(),
                "guild_id": self.guild_of(channel).map(|id| id.to_string()),
            });
            let referenced = self.messages.get(&replied).map(|there| self.bare_message(there));
            wire["referenced_message"] = referenced.into();
        }
        Some(wire)
    }

    fn bare_message(&self, message: &Message) -> Value {
        let mut wire = json!({
            "id": message.id.to_string(), "channel_id": message.channel.to_string(),
            "author": self.user(message.by), "content": message.content,
            "timestamp": iso(moment_of(message.id)), "edited_timestamp": message.edited.map(iso),
            "tts": false, "mention_everyone": message.mention_everyone,
            "mentions": message.mentions.iter().map(|id| self.user(*id)).collect::<Vec<_>>(),
            "mention_roles": ids(&message.mention_roles), "attachments": message.attachments,
            "embeds": message.embeds, "pinned": false, "type": message.kind,
            "flags": message.flags, "components": message.components,
        });
        let mut counts: Vec<(&str, u32, bool)> = Vec::new();
        for (emoji, who) in &message.reactions {
            match counts.iter_mut().find(|(known, ..)| known == emoji) {
                Some((_, count, me)) => (*count, *me) = (*count + 1, *me || *who == self.me),
                None => counts.push((emoji, 1, *who == self.me)),
            }
        }
        if !counts.is_empty() {
            let counted = counts.iter().map(|(emoji, count, me)| {
                json!({
                    "count": count, "count_details": {"burst": 0, "normal": count}, "me": me,
                    "me_burst": false, "emoji": {"id": null, "name": emoji}, "burst_colors": [],
                })
            });
            wire["reactions"] = counted.collect();
        }
        if let Some(nonce) = &message.nonce {
            wire["nonce"] = nonce.clone();
        }
        if message.flags & flag::HAS_THREAD != 0 {
            wire["thread"] = self.channel(message.id).into();
        }
        if let Some(about) = message.interaction {
            wire["webhook_id"] = json!(self.me.to_string());
            wire["application_id"] = json!(self.me.to_string());
            if let Some(interaction) = self.interactions.get(&about) {
                let is_press = interaction.source.is_some();
                wire["interaction_metadata"] = json!({
                    "id": about.to_string(), "type": if is_press { 3 } else { 2 },
                    "user": self.user(interaction.by), "authorizing_integration_owners": {},
                });
            }
        }
        wire
    }

    /// The same as the gateway tells it: with the server, and the author's roles.
    pub(super) fn message_event(&self, id: Id) -> Option<Value> {
        let message = self.messages.get(&id)?;
        let mut wire = self.message(id)?;
        if let Some(guild) = self.guild_of(message.channel) {
            wire["guild_id"] = json!(guild.to_string());
            if message.interaction.is_none() {
                wire["member"] = self.partial_member(guild, message.by).into();
            }
        }
        Some(wire)
    }

    /// What a bot is not shown without the intent for content: neither by REST nor by gateway.
    pub(super) fn blanked(&self, mut message: Value) -> Value {
        let me = self.me.to_string();
        let is_own = message["author"]["id"] == me.as_str();
        let names_me = |message: &Value| {
            let mentions = message["mentions"].as_array();
            mentions.is_some_and(|all| all.iter().any(|one| one["id"] == me.as_str()))
        };
        let channel = message["channel_id"].as_str().and_then(|id| id.parse().ok()).unwrap_or(0);
        let is_private = self.channels.get(&channel).is_some_and(|channel| channel.guild.is_none());
        if !is_own && !is_private && !names_me(&message) {
            message["content"] = json!("");
            for field in ["embeds", "attachments", "components"] {
                message[field] = json!([]);
            }
        }
        if message["referenced_message"].is_object() {
            let inner = message["referenced_message"].take();
            message["referenced_message"] = self.blanked(inner);
        }
        message
    }
}
