//! What Discord sends, after its documentation, for the tests of this folder.

use serde_json::{Value, json};
use serenity::model::Permissions;
use serenity::model::event::Event;

use super::guilds::Guilds;

pub(super) const ME: u64 = 900;
pub(super) const GUILD: u64 = 100;

/// An event as the gateway sends it.
pub(super) fn event(name: &str, data: &Value) -> Event {
    serde_json::from_value(json!({ "t": name, "d": data })).expect(name)
}

fn role(id: u64, name: &str, permissions: Permissions, tags: &Value) -> Value {
    json!({
        "id": id.to_string(), "name": name, "color": 0, "hoist": false, "icon": null,
        "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "unicode_emoji": null, "position": 1, "managed": false, "mentionable": false,
        "permissions": permissions.bits().to_string(), "flags": 0, "tags": tags,
    })
}

/// A server: #help (200), the forum (300) with a post (301), a thread (210) on a message in
/// #help, a private one (220), #staff (400) that the bot does not see.
pub(super) fn guild() -> Value {
    let view = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES;
    let none = json!({});
    let roles = [
        role(GUILD, "@everyone", view, &none),
        role(10, "Mods", Permissions::MANAGE_GUILD, &none),
        role(11, "Staff", Permissions::MANAGE_MESSAGES, &none),
        role(12, "Lumen", Permissions::READ_MESSAGE_HISTORY, &json!({ "bot_id": "900" })),
        role(13, "Admins", Permissions::ADMINISTRATOR, &none),
    ];
    let channels = json!([
        { "id": "200", "type": 0, "name": "help", "position": 1,
          "permission_overwrites": [] },
        { "id": "300", "type": 15, "name": "questions", "position": 2,
          "permission_overwrites": [], "available_tags": [] },
        { "id": "400", "type": 0, "name": "staff", "position": 3,
          "permission_overwrites": [
            { "id": "100", "type": 0, "allow": "0", "deny": "1024" } ] },
        { "id": "500", "type": 4, "name": "A category", "position": 4 },
    ]);
    let text = include_str!("../../../tests/adapters/discord/payloads/guild.json");
    let mut guild: Value = serde_json::from_str(text).expect("JSON");
    let threads = [thread(210, 200, 11), thread(301, 300, 11), thread(220, 200, 12)];
    guild["roles"] = json!(roles);
    guild["channels"] = channels;
    guild["threads"] = json!(threads);
    guild
}

pub(super) fn thread(id: u64, parent: u64, kind: u8) -> Value {
    json!({
        "id": id.to_string(), "type": kind, "guild_id": GUILD.to_string(),
        "parent_id": parent.to_string(), "name": format!("thread {id}"), "owner_id": "5",
        "last_message_id": null, "message_count": 1, "member_count": 1,
        "rate_limit_per_user": 0,
        "thread_metadata": { "archived": false, "auto_archive_duration": 1440,
            "archive_timestamp": "2026-01-01T00:00:00.000000+00:00", "locked": false },
    })
}

pub(super) fn ready(session: &str, resume: &str) -> Value {
    json!({
        "v": 10, "session_id": session, "resume_gateway_url": resume, "shard": [0, 1],
        "guilds": [{ "id": GUILD.to_string(), "unavailable": true }],
        "application": { "id": "900", "flags": 0 },
        "user": { "id": "900", "username": "lumen", "discriminator": "0000", "avatar": null,
            "bot": true, "email": null, "mfa_enabled": false, "verified": true },
    })
}

/// What is known after Ready and the server's Create.
pub(super) fn lumen() -> Guilds {
    let guilds = Guilds::default();
    guilds.learn(&event("READY", &ready("s", "ws://127.0.0.1")));
    guilds.learn(&event("GUILD_CREATE", &guild()));
    guilds
}
