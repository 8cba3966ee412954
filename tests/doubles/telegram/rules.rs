//! What Telegram refuses, in its own words, and what no call should even try.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::entities::units;

/// A refusal as it goes over the wire.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) code: u16,
    pub(super) description: Cow<'static, str>,
    pub(super) parameters: Value,
    /// Whatever the state is, this call is wrong: it ends the test.
    pub(super) is_wrong: bool,
}

macro_rules! refusals {
    ($($name:ident = $code:literal, $description:literal;)*) => { $(
        pub(super) const $name: Refusal = Refusal {
            code: $code,
            description: Cow::Borrowed($description),
            parameters: Value::Null,
            is_wrong: false,
        };
    )* };
}

refusals! {
    UNAUTHORIZED = 401, "Unauthorized";
    TERMINATED = 409, "Conflict: terminated by other getUpdates request; make sure that only one \
        bot instance is running";
    TERMINATED_BY_WEBHOOK = 409, "Conflict: terminated by setWebhook request";
    HAS_WEBHOOK = 409, "Conflict: can't use getUpdates method while webhook is active; use \
        deleteWebhook to delete the webhook first";
    NO_CHAT = 400, "Bad Request: chat not found";
    NO_USER = 400, "Bad Request: user not found";
    NO_PARTICIPANT = 400, "Bad Request: PARTICIPANT_ID_INVALID";
    NO_MEMBER_LIST = 400, "Bad Request: member list is inaccessible";
    NO_ADMINISTRATORS = 400, "Bad Request: there are no administrators in the private chat";
    NO_RIGHT_TO_SEND = 400, "Bad Request: not enough rights to send text messages to the chat";
    NO_RIGHT = 400, "Bad Request: not enough rights";
    NO_ADMINISTRATOR = 400, "Bad Request: CHAT_ADMIN_REQUIRED";
    NOT_A_FORUM = 400, "Bad Request: the chat is not a forum";
    NO_TOPIC = 400, "Bad Request: message thread not found";
    CLOSED_TOPIC = 400, "Bad Request: TOPIC_CLOSED";
    NO_REPLIED = 400, "Bad Request: message to be replied not found";
    NOTHING_TO_EDIT = 400, "Bad Request: message to edit not found";
    NOT_EDITABLE = 400, "Bad Request: message can't be edited";
    NOT_MODIFIED = 400, "Bad Request: message is not modified: specified new message content and \
        reply markup are exactly the same as a current content and reply markup of the message";
    NOTHING_TO_DELETE = 400, "Bad Request: message to delete not found";
    NOT_DELETABLE = 400, "Bad Request: message can't be deleted";
    NOTHING_TO_REACT = 400, "Bad Request: message to react not found";
    NO_REACTION = 400, "Bad Request: REACTION_INVALID";
    OLD_QUERY = 400, "Bad Request: query is too old and response timeout expired or query ID is \
        invalid";
    LATE_EPHEMERAL = 400, "Bad Request: EPHEMERAL_TIMEOUT_EXPIRED";
    EMPTY = 400, "Bad Request: message text is empty";
    BLOCKED = 403, "Forbidden: bot was blocked by the user";
    NOT_STARTED = 403, "Forbidden: bot can't initiate conversation with a user";
    DEACTIVATED = 403, "Forbidden: user is deactivated";
    BOTS = 403, "Forbidden: bot can't send messages to bots";
    KICKED_FROM_GROUP = 403, "Forbidden: bot was kicked from the group chat";
    KICKED_FROM_SUPERGROUP = 403, "Forbidden: bot was kicked from the supergroup chat";
    KICKED_FROM_CHANNEL = 403, "Forbidden: bot was kicked from the channel chat";
    NOT_IN_GROUP = 403, "Forbidden: bot is not a member of the group chat";
    NOT_IN_SUPERGROUP = 403, "Forbidden: bot is not a member of the supergroup chat";
    NOT_IN_CHANNEL = 403, "Forbidden: bot is not a member of the channel chat";
}

/// What is wrong with a call as it stands.
pub(super) fn wrong(what: impl Into<String>) -> Refusal {
    let description = Cow::Owned(format!("Bad Request: {}", what.into()));
    Refusal { code: 400, description, parameters: Value::Null, is_wrong: true }
}

pub(super) fn no_method() -> Refusal {
    let description = Cow::Borrowed("Not Found");
    Refusal { code: 404, description, parameters: Value::Null, is_wrong: true }
}

pub(super) fn moved(to: i64) -> Refusal {
    let description = Cow::Borrowed("Bad Request: group chat was upgraded to a supergroup chat");
    let parameters = json!({"migrate_to_chat_id": to});
    Refusal { code: 400, description, parameters, is_wrong: false }
}

pub(super) fn limited(seconds: u64) -> Refusal {
    let description = Cow::Owned(format!("Too Many Requests: retry after {seconds}"));
    Refusal { code: 429, description, parameters: json!({"retry_after": seconds}), is_wrong: false }
}

/// The most buttons that are known to work.
const MOST_BUTTONS: usize = 100;
const MOST_IN_A_ROW: usize = 8;

/// The rows of an inline keyboard.
pub(super) fn keyboard(markup: &Value) -> Result<Vec<Vec<Value>>, Refusal> {
    if markup.is_null() {
        return Ok(Vec::new());
    }
    let fields = markup.as_object().ok_or_else(|| wrong("object expected as reply markup"))?;
    if let Some(field) = fields.keys().find(|field| *field != "inline_keyboard") {
        return Err(wrong(format!("reply markup with {field}, which nobody here can use")));
    }
    let rows = markup["inline_keyboard"].as_array();
    let rows = rows.ok_or_else(|| wrong("field \"inline_keyboard\" must be of type Array"))?;
    let mut keyboard = Vec::new();
    for row in rows {
        let buttons = row.as_array();
        let buttons = buttons.ok_or_else(|| wrong("object expected as inline keyboard row"))?;
        if buttons.len() > MOST_IN_A_ROW {
            return Err(wrong("REPLY_MARKUP_TOO_LONG"));
        }
        for one in buttons {
            button(one)?;
        }
        if !buttons.is_empty() {
            keyboard.push(buttons.clone());
        }
    }
    if keyboard.iter().flatten().count() > MOST_BUTTONS {
        return Err(wrong("REPLY_MARKUP_TOO_LONG"));
    }
    Ok(keyboard)
}

fn button(button: &Value) -> Result<(), Refusal> {
    let fields = button.as_object().ok_or_else(|| wrong("object expected as keyboard button"))?;
    let text = button["text"].as_str();
    let text = text.ok_or_else(|| wrong("field \"text\" must be of type String"))?;
    if text.trim().is_empty() {
        return Err(wrong("inline keyboard button text is empty"));
    }
    let actions = ["callback_data", "url", "copy_text"];
    let known = ["text", "style", "disabled"];
    if let Some(field) = fields.keys().find(|field| {
        let field = field.as_str();
        !actions.contains(&field) && !known.contains(&field)
    }) {
        return Err(wrong(format!("inline keyboard button has {field}")));
    }
    if actions.iter().filter(|action| fields.contains_key(**action)).count() != 1 {
        return Err(wrong("text buttons are unallowed in the inline keyboard"));
    }
    if let Some(data) = fields.get("callback_data") {
        let length = data.as_str().map_or(0, str::len);
        if !(1..=64).contains(&length) {
            return Err(wrong("BUTTON_DATA_INVALID"));
        }
    }
    if let Some(url) = fields.get("url")
        && !is_link(url.as_str().unwrap_or_default())
    {
        return Err(wrong(format!("inline keyboard button URL {url} is invalid")));
    }
    if let Some(copied) = fields.get("copy_text")
        && !(1..=256).contains(&units(copied["text"].as_str().unwrap_or_default()))
    {
        return Err(wrong("BUTTON_COPY_TEXT_INVALID"));
    }
    let styles = ["danger", "success", "primary"];
    if let Some(style) = fields.get("style")
        && !styles.map(Value::from).contains(style)
    {
        return Err(wrong("invalid button style specified"));
    }
    if fields.get("disabled").is_some_and(|disabled| !disabled.is_boolean()) {
        return Err(wrong("field \"disabled\" must be of type Boolean"));
    }
    Ok(())
}

/// Whether a button or a link can lead there.
pub(super) fn is_link(url: &str) -> bool {
    let schemes = ["https://", "http://", "tg://", "mailto:"];
    let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
    rest.is_some_and(|rest| !rest.is_empty() && !url.contains(char::is_whitespace))
}
