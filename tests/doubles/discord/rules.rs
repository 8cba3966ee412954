//! What Discord refuses, in its own words, and whom a message lights up.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::rights::bit;
use super::state::{Id, State, flag};

/// A refusal as it goes over the wire.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: u64,
    pub(super) message: &'static str,
    pub(super) errors: Option<Value>,
}

macro_rules! refusals {
    ($($name:ident = $status:literal, $code:literal, $message:literal;)*) => { $(
        pub(super) const $name: Refusal =
            Refusal { status: $status, code: $code, message: $message, errors: None };
    )* };
}

refusals! {
    NO_ROUTE = 404, 0, "404: Not Found";
    UNAUTHORIZED = 401, 0, "401: Unauthorized";
    NO_AGENT = 403, 40_333, "internal network error";
    NO_JSON = 400, 50_109, "The request body contains invalid JSON.";
    UNKNOWN_CHANNEL = 404, 10_003, "Unknown Channel";
    UNKNOWN_GUILD = 404, 10_004, "Unknown Guild";
    UNKNOWN_MEMBER = 404, 10_007, "Unknown Member";
    UNKNOWN_MESSAGE = 404, 10_008, "Unknown Message";
    UNKNOWN_ROLE = 404, 10_011, "Unknown Role";
    UNKNOWN_USER = 404, 10_013, "Unknown User";
    UNKNOWN_EMOJI = 400, 10_014, "Unknown Emoji";
    UNKNOWN_WEBHOOK = 404, 10_015, "Unknown Webhook";
    UNKNOWN_INTERACTION = 404, 10_062, "Unknown interaction";
    UNKNOWN_COMMAND = 404, 10_063, "Unknown application command";
    TOO_MANY_COMMANDS = 400, 30_032, "Maximum number of application commands reached (100)";
    TOO_MANY_NEW_COMMANDS = 400, 30_034, "Max number of daily application command creates has \
        been reached (200)";
    FORUM = 400, 40_058, "Cannot message this channel until after post is created";
    ANSWERED = 400, 40_060, "Interaction has already been acknowledged.";
    NO_ACCESS = 403, 50_001, "Missing Access";
    NOT_YOURS = 403, 50_005, "Cannot edit a message authored by another user";
    EMPTY = 400, 50_006, "Cannot send an empty message";
    CLOSED = 403, 50_007, "Cannot send messages to this user";
    NOT_A_TEXT_CHANNEL = 400, 50_008, "Cannot send messages in a non-text channel";
    NO_RIGHT = 403, 50_013, "Missing Permissions";
    WRONG_COUNT = 400, 50_016, "Provided too few or too many messages to delete. Must provide at \
        least 2 and at most 100 messages to delete.";
    DEAD_TOKEN = 401, 50_027, "Invalid Webhook Token";
    OTHER_CHANNEL = 400, 50_024, "Cannot execute action on this channel type";
    ARCHIVED = 400, 50_083, "Thread is archived";
    HAS_THREAD = 400, 160_004, "A thread has already been created for this message";
    TOO_MANY_THREADS = 400, 160_006, "Maximum number of active threads reached";
    LOCKED = 403, 160_005, "This thread is locked";
    NO_HISTORY = 403, 160_002, "You cannot reply without permission to read message history";
}

/// What is wrong with a body, by the path of each field.
#[derive(Default)]
pub(super) struct Form(Option<Value>);

impl Form {
    pub(super) fn wrong(&mut self, path: &str, code: &str, message: &str) {
        let mut at = self.0.get_or_insert_with(|| json!({}));
        for part in path.split('.').filter(|part| !part.is_empty()) {
            at = &mut at[part];
        }
        at["_errors"] = json!([{"code": code, "message": message}]);
    }

    pub(super) fn too_long(&mut self, path: &str, text: &Value, most: usize) {
        // Counted in UTF-16 units: nobody promises more.
        if text.as_str().is_some_and(|text| text.encode_utf16().count() > most) {
            let message = format!("Must be {most} or fewer in length.");
            self.wrong(path, "BASE_TYPE_MAX_LENGTH", &message);
        }
    }

    pub(super) fn required(&mut self, path: &str) {
        self.wrong(path, "BASE_TYPE_REQUIRED", "This field is required");
    }

    pub(super) fn finished(self) -> Result<(), Refusal> {
        let Some(errors) = self.0 else { return Ok(()) };
        let message = "Invalid Form Body";
        Err(Refusal { status: 400, code: 50_035, message, errors: Some(errors) })
    }
}

/// A snowflake of a path or a body.
pub(super) fn snowflake(field: &str, text: &str) -> Result<Id, Refusal> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let id = text.parse().ok().filter(|id| is_plain && *id < 1 << 63);
    id.ok_or_else(|| {
        let mut form = Form::default();
        form.wrong(field, "NUMBER_TYPE_COERCE", &format!("Value \"{text}\" is not snowflake."));
        form.finished().expect_err("one is wrong")
    })
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// Whether the body of a message has its proper shape.
pub(super) fn check_message(body: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    for (field, is_right) in [
        ("content", body["content"].is_null() || body["content"].is_string()),
        ("embeds", body["embeds"].is_null() || body["embeds"].is_array()),
        ("components", body["components"].is_null() || body["components"].is_array()),
        ("flags", body["flags"].is_null() || body["flags"].is_u64()),
        (
            "allowed_mentions",
            body["allowed_mentions"].is_null() || body["allowed_mentions"].is_object(),
        ),
        ("nonce", body["nonce"].is_null() || body["nonce"].is_string() || body["nonce"].is_i64()),
    ] {
        if !is_right {
            form.wrong(field, "BASE_TYPE_CHOICES", "Could not interpret the value.");
        }
    }
    form.too_long("content", &body["content"], 2_000);
    form.too_long("nonce", &body["nonce"], 25);
    check_embeds(&mut form, list(&body["embeds"]));
    let is_v2 = body["flags"].as_u64().unwrap_or(0) & flag::COMPONENTS_V2 != 0;
    if is_v2 {
        let has_text = body["content"].as_str().is_some_and(|text| !text.is_empty());
        if has_text || !list(&body["embeds"]).is_empty() {
            let message = "The 'content' field cannot be used when using \
                           MessageFlags.IS_COMPONENTS_V2";
            form.wrong("content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", message);
        }
    }
    check_components(&mut form, list(&body["components"]), is_v2);
    check_mentions(&mut form, &body["allowed_mentions"]);
    if let Some(reference) = body.get("message_reference").filter(|value| !value.is_null()) {
        let id = reference["message_id"].as_str().map(str::to_owned);
        let id = id.or_else(|| reference["message_id"].as_u64().map(|id| id.to_string()));
        match id {
            None => form.required("message_reference.message_id"),
            Some(id) => {
                snowflake("message_reference.message_id", &id)?;
            }
        }
    }
    form.finished()
}

fn check_embeds(form: &mut Form, embeds: &[Value]) {
    if embeds.len() > 10 {
        form.wrong("embeds", "BASE_TYPE_MAX_LENGTH", "Must be 10 or fewer in length.");
    }
    let mut total = 0;
    for (place, embed) in embeds.iter().enumerate() {
        form.too_long(&format!("embeds.{place}.title"), &embed["title"], 256);
        form.too_long(&format!("embeds.{place}.description"), &embed["description"], 4_096);
        form.too_long(&format!("embeds.{place}.footer.text"), &embed["footer"]["text"], 2_048);
        let texts = [&embed["title"], &embed["description"], &embed["footer"]["text"]];
        let texts = texts.into_iter().filter_map(Value::as_str);
        total += texts.map(|text| text.encode_utf16().count()).sum::<usize>();
    }
    if total > 6_000 {
        let message = "Embed size exceeds maximum size of 6000";
        form.wrong("embeds", "MAX_EMBED_SIZE_EXCEEDED", message);
    }
}

fn check_components(form: &mut Form, rows: &[Value], is_v2: bool) {
    if rows.len() > if is_v2 { 40 } else { 5 } {
        form.wrong("components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    let mut known = BTreeSet::new();
    for (place, row) in rows.iter().enumerate() {
        let path = format!("components.{place}");
        let kind = row["type"].as_u64().unwrap_or(0);
        if is_v2 && kind == 10 {
            form.too_long(&format!("{path}.content"), &row["content"], 4_000);
            continue;
        }
        if kind != 1 {
            let message = "Value of field \"type\" must be one of (1,).";
            form.wrong(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
            continue;
        }
        let children = list(&row["components"]);
        if !(1..=5).contains(&children.len()) {
            let message = "Must be between 1 and 5 in length.";
            form.wrong(&format!("{path}.components"), "BASE_TYPE_BAD_LENGTH", message);
        }
        for (place, child) in children.iter().enumerate() {
            check_button(form, &format!("{path}.components.{place}"), child, &mut known);
        }
    }
}

fn check_button(form: &mut Form, path: &str, button: &Value, known: &mut BTreeSet<String>) {
    if button["type"] != 2 {
        // Nothing else has been wanted yet; what is wanted next is to be checked first.
        let message = "Value of field \"type\" must be one of (2,).";
        return form.wrong(&format!("{path}.type"), "UNION_TYPE_CHOICES", message);
    }
    let style = button["style"].as_u64().unwrap_or(0);
    if !(1..=5).contains(&style) {
        let message = "Value must be one of {1, 2, 3, 4, 5}.";
        form.wrong(&format!("{path}.style"), "BASE_TYPE_CHOICES", message);
    }
    let label = button["label"].as_str().unwrap_or_default();
    if label.trim().is_empty() && button["emoji"].is_null() {
        let message = "A button must have a label or an emoji.";
        form.wrong(&format!("{path}.label"), "BUTTON_COMPONENT_LABEL_REQUIRED", message);
    }
    form.too_long(&format!("{path}.label"), &button["label"], 80);
    let (custom_id, url) = (button["custom_id"].as_str(), button["url"].as_str());
    if style == 5 {
        form.too_long(&format!("{path}.url"), &button["url"], 512);
        if url.is_none() || custom_id.is_some() {
            let message = "A link button must have a url and no custom_id.";
            form.wrong(path, "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", message);
        }
        return;
    }
    let Some(custom_id) = custom_id.filter(|id| !id.is_empty()) else {
        let message = "A custom id is required";
        return form.wrong(path, "BUTTON_COMPONENT_CUSTOM_ID_REQUIRED", message);
    };
    form.too_long(&format!("{path}.custom_id"), &button["custom_id"], 100);
    if !known.insert(custom_id.to_owned()) {
        let message = "Component custom id cannot be duplicated";
        form.wrong(&format!("{path}.custom_id"), "COMPONENT_CUSTOM_ID_DUPLICATED", message);
    }
}

fn check_mentions(form: &mut Form, allowed: &Value) {
    let parse = list(&allowed["parse"]);
    for (place, one) in parse.iter().enumerate() {
        if !["users", "roles", "everyone"].map(Value::from).contains(one) {
            let message = "Value must be one of {'users', 'everyone', 'roles'}.";
            let path = format!("allowed_mentions.parse.{place}");
            form.wrong(&path, "BASE_TYPE_CHOICES", message);
        }
    }
    for kind in ["users", "roles"] {
        let named = list(&allowed[kind]);
        let path = format!("allowed_mentions.{kind}");
        if named.len() > 100 {
            form.wrong(&path, "BASE_TYPE_MAX_LENGTH", "Must be 100 or fewer in length.");
        }
        for (place, id) in named.iter().enumerate() {
            let text = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
            if snowflake("", &text).is_err() {
                let message = format!("Value \"{text}\" is not snowflake.");
                form.wrong(&format!("{path}.{place}"), "NUMBER_TYPE_COERCE", &message);
            }
        }
        if !named.is_empty() && parse.contains(&Value::from(kind)) {
            let message =
                format!("parse:[\"{kind}\"] and {kind}: [ids...] are mutually exclusive.");
            form.wrong("allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", &message);
        }
    }
}

/// Whether there would be anything to see.
pub(super) fn is_empty(content: &str, embeds: &[Value], components: &[Value], flags: u64) -> bool {
    let has_parts = flags & flag::COMPONENTS_V2 != 0 && !components.is_empty();
    content.trim().is_empty() && embeds.is_empty() && !has_parts
}

/// What is lit up without a word about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unsaid {
    /// A message: everything, everybody, and who is replied to.
    Everything,
    /// The answer to an interaction: people.
    People,
}

/// Whom a text names with effect.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) users: BTreeSet<Id>,
    pub(super) roles: BTreeSet<Id>,
    pub(super) everyone: bool,
    pub(super) replied: bool,
}

/// Whom this content names that this `allowed_mentions` lets it name. No escape and no code block
/// protects anybody here: Discord promises that of nothing but the list.
pub(super) fn named(content: &str, allowed: &Value, unsaid: Unsaid) -> Named {
    let between = |start: &'static str| {
        let parts = content.split(start).skip(1);
        let texts = parts.filter_map(|part| part.split_once('>').map(|(text, _)| text));
        texts.filter_map(|text| snowflake("", text).ok()).collect::<BTreeSet<Id>>()
    };
    let mut users = between("<@");
    users.extend(between("<@!"));
    let roles = between("<@&");
    let everyone = content.contains("@everyone") || content.contains("@here");
    if allowed.is_null() {
        let all = unsaid == Unsaid::Everything;
        let roles = if all { roles } else { BTreeSet::new() };
        return Named { users, roles, everyone: all && everyone, replied: all };
    }
    let parses = |kind: &str| list(&allowed["parse"]).contains(&Value::from(kind));
    let listed = |kind: &str, found: BTreeSet<Id>| -> BTreeSet<Id> {
        let id = |id: &Value| id.as_str().map_or_else(|| id.as_u64(), |id| id.parse().ok());
        let ids: BTreeSet<Id> = list(&allowed[kind]).iter().filter_map(id).collect();
        if parses(kind) { found } else { found.intersection(&ids).copied().collect() }
    };
    Named {
        everyone: everyone && parses("everyone"),
        replied: allowed["replied_user"] == true,
        users: listed("users", users),
        roles: listed("roles", roles),
    }
}

impl State {
    /// Who is lit up: those named who can see it, where the author may name so many.
    pub(super) fn lit_up(
        &self,
        named: &Named,
        (channel, by): (Id, Id),
        (replied, only): (Option<Id>, Option<Id>),
    ) -> BTreeSet<Id> {
        let names_all = self.may(channel, by, bit::MENTION_EVERYONE);
        let guild = self.guild_of(channel).and_then(|guild| self.guilds.get(&guild));
        let is_named = |who: &Id| {
            let member = guild.and_then(|guild| guild.members.get(who));
            let has_role = |role: &Id| member.is_some_and(|member| member.roles.contains(role));
            let can_light = |role: &Id| {
                let role = guild.and_then(|guild| guild.roles.get(role));
                names_all || role.is_some_and(|role| role.mentionable)
            };
            named.users.contains(who)
                || named.everyone && names_all
                || named.replied && replied == Some(*who)
                || named.roles.iter().any(|role| has_role(role) && can_light(role))
        };
        let audience = self.audience(channel).into_iter();
        let sees = |who: &Id| only.is_none_or(|only| only == *who) && *who != by;
        audience.filter(|who| sees(who) && is_named(who)).collect()
    }
}
