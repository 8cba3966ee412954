//! The way into the API: who asks, what goes wrong on demand, and which method it is.

use std::sync::Arc;

use axum::body::{Body, Bytes};
use axum::http::header::{CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{Response, StatusCode};
use serde_json::{Map, Value, json};

use super::rules::{self, Refusal, wrong};
use super::state::{Call, Id, Place, State};
use super::town::Inner;
use super::{chats, commands, ephemeral, hooks, messages, updates};

/// What goes wrong with one call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// 429, to be tried again after so many seconds.
    Limited(u64),
    /// 5xx, with a page that is no JSON.
    Broken(u16),
    /// The connection breaks, and nothing was done.
    CutBefore,
    /// It was done, and the connection breaks before anybody is told.
    CutAfter,
    /// Refused with this code and description.
    Refused(u16, &'static str),
    /// It is done, and nobody is told before the test lets the answer go.
    Held,
}

/// What came of a call.
pub(super) type Answer = Result<Value, Refusal>;

/// One call, taken apart.
pub(super) struct Asked {
    /// In small letters: Telegram does not mind.
    pub(super) method: String,
    params: Map<String, Value>,
}

impl Asked {
    fn param(&self, name: &str) -> Option<&Value> {
        self.params.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn int(&self, name: &str) -> Result<Option<i64>, Refusal> {
        let number = |value: &Value| value.as_i64().or_else(|| value.as_str()?.parse().ok());
        let Some(value) = self.param(name) else { return Ok(None) };
        number(value).map(Some).ok_or_else(|| wrong(format!("{name} is no whole number: {value}")))
    }

    pub(super) fn needed_int(&self, name: &str) -> Result<i64, Refusal> {
        self.int(name)?.ok_or_else(|| wrong(format!("{name} is not specified")))
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        let Some(value) = self.param(name) else { return Ok(None) };
        value.as_str().map(Some).ok_or_else(|| wrong(format!("{name} is no text: {value}")))
    }

    pub(super) fn flag(&self, name: &str) -> Result<bool, Refusal> {
        match self.param(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(Value::String(text)) if text == "true" || text == "false" => Ok(text == "true"),
            Some(value) => Err(wrong(format!("{name} is neither true nor false: {value}"))),
        }
    }

    /// An object or a list, in JSON or written down as a text of a form.
    pub(super) fn object(&self, name: &str) -> Result<Value, Refusal> {
        let Some(value) = self.param(name) else { return Ok(Value::Null) };
        let Value::String(text) = value else { return Ok(value.clone()) };
        serde_json::from_str(text).map_err(|_| wrong(format!("can't parse {name} JSON object")))
    }

    pub(super) fn list(&self, name: &str) -> Result<Vec<Value>, Refusal> {
        let list = self.object(name)?;
        if list.is_null() {
            return Ok(Vec::new());
        }
        list.as_array().cloned().ok_or_else(|| wrong(format!("{name} is no array: {list}")))
    }

    /// The chat of `chat_id`, by number or by `@name`.
    pub(super) fn chat(&self, state: &State) -> Result<Id, Refusal> {
        let Some(given) = self.param("chat_id") else { return Err(wrong("chat_id is empty")) };
        let number = given.as_i64().or_else(|| given.as_str()?.parse().ok());
        let name = given.as_str().and_then(|name| name.strip_prefix('@'));
        let named = |name: &str| {
            let mut chats = state.chats.iter();
            chats.find(|(_, it)| it.username.as_deref() == Some(name)).map(|(id, _)| *id)
        };
        let chat = match (number, name) {
            (Some(id), _) => Some(id),
            (None, Some(name)) => named(name),
            (None, None) => return Err(wrong(format!("chat_id is no chat: {given}"))),
        };
        chat.ok_or(rules::NO_CHAT)
    }

    pub(super) fn place(&self, state: &State) -> Result<Place, Refusal> {
        Ok(Place { chat: self.chat(state)?, topic: self.int("message_thread_id")? })
    }
}

/// What is to be said to whoever asked.
enum Outcome {
    Came(Answer),
    /// What a proxy says, which knows no JSON.
    Page(u16),
}

/// Answers a request; `None` breaks its connection.
pub(super) async fn serve(
    inner: &Arc<Inner>,
    parts: &Parts,
    body: &Bytes,
) -> Option<Response<Body>> {
    let path = parts.uri.path().trim_start_matches('/');
    let (token, method) = path.split_once('/').unwrap_or((path, ""));
    let params = params(parts, body);
    let call = Call {
        method: method.to_owned(),
        params: params.as_ref().cloned().unwrap_or_default(),
        status: 0,
        description: String::new(),
    };
    let (number, fault, is_bot) = inner.with(|state| {
        let fault = fault_for(state, &told(&call));
        let is_bot = token.strip_prefix("bot") == Some(state.token.as_str());
        state.calls.push(call);
        (state.calls.len() - 1, fault, is_bot)
    });
    let outcome = match (&fault, params) {
        (Some(Fault::CutBefore), _) => return None,
        (Some(Fault::Limited(seconds)), _) => Outcome::Came(Err(rules::limited(*seconds))),
        (Some(Fault::Broken(status)), _) => Outcome::Page(*status),
        (Some(Fault::Refused(code, description)), _) => {
            let (code, description) = (*code, (*description).into());
            let (parameters, is_wrong) = (Value::Null, false);
            Outcome::Came(Err(Refusal { code, description, parameters, is_wrong }))
        }
        _ if !is_bot => Outcome::Came(Err(rules::UNAUTHORIZED)),
        (_, Err(refusal)) => Outcome::Came(Err(refusal)),
        (_, Ok(params)) => {
            let asked = Asked { method: method.to_ascii_lowercase(), params };
            Outcome::Came(answer(inner, &asked).await)
        }
    };
    inner.with(|state| note(state, number, method, &outcome));
    inner.touch();
    if fault == Some(Fault::CutAfter) {
        return None;
    }
    if fault == Some(Fault::Held) {
        inner.held().await;
    }
    Some(worded(outcome))
}

/// What a fault and a test know a call by: its method and its chat.
pub(super) fn told(call: &Call) -> String {
    let chat = call.params.get("chat_id");
    let chat = chat.map(|chat| chat.as_str().map_or_else(|| chat.to_string(), str::to_owned));
    format!("{} {}", call.method, chat.unwrap_or_default())
}

fn fault_for(state: &mut State, call: &str) -> Option<Fault> {
    let at = state.faults.iter().position(|(part, _)| call.contains(part.as_str()))?;
    state.faults.remove(at).map(|(_, fault)| fault)
}

fn note(state: &mut State, number: usize, method: &str, outcome: &Outcome) {
    let (status, description) = match outcome {
        Outcome::Page(status) => (*status, String::new()),
        Outcome::Came(Ok(_)) => (200, String::new()),
        Outcome::Came(Err(refusal)) => {
            if refusal.is_wrong {
                state.strange.push(format!("{method}: {}", refusal.description));
            }
            (refusal.code, refusal.description.to_string())
        }
    };
    let call = &mut state.calls[number];
    (call.status, call.description) = (status, description);
}

fn worded(outcome: Outcome) -> Response<Body> {
    let mut response = Response::builder();
    let (status, body) = match outcome {
        Outcome::Page(status) => {
            let page = Body::from("<html>upstream connect error</html>");
            let status = StatusCode::from_u16(status).expect("a status");
            return response.status(status).body(page).expect("a response");
        }
        Outcome::Came(Ok(result)) => (200, json!({"ok": true, "result": result})),
        Outcome::Came(Err(refusal)) => {
            let mut body = json!({
                "ok": false, "error_code": refusal.code, "description": refusal.description,
            });
            if let Some(seconds) = refusal.parameters["retry_after"].as_u64() {
                response = response.header(RETRY_AFTER, seconds);
            }
            if !refusal.parameters.is_null() {
                body["parameters"] = refusal.parameters;
            }
            (refusal.code, body)
        }
    };
    let status = StatusCode::from_u16(status).expect("a status");
    let response = response.status(status).header(CONTENT_TYPE, "application/json");
    response.body(Body::from(body.to_string())).expect("a response")
}

// ---- parameters ----------------------------------------------------------------------------

fn params(parts: &Parts, body: &Bytes) -> Result<Map<String, Value>, Refusal> {
    if !["GET", "POST"].contains(&parts.method.as_str()) {
        return Err(wrong("HTTP method is neither GET nor POST"));
    }
    let mut params = form(parts.uri.query().unwrap_or_default());
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default();
    if kind.starts_with("application/json") && !body.is_empty() {
        let more: Value = serde_json::from_slice(body)
            .map_err(|_| wrong("can't parse request: expected a JSON object"))?;
        let more = more.as_object().ok_or_else(|| wrong("can't parse request: no object"))?;
        params.extend(more.clone());
    } else if kind.starts_with("application/x-www-form-urlencoded") {
        params.extend(form(&String::from_utf8_lossy(body)));
    } else if let Some((_, boundary)) = kind.split_once("boundary=") {
        params.extend(multipart(&String::from_utf8_lossy(body), boundary.trim_matches('"')));
    } else if !body.is_empty() {
        return Err(wrong(format!("a body of kind {kind:?}")));
    }
    Ok(params)
}

fn form(text: &str) -> Map<String, Value> {
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), Value::from(decoded(value)))).collect()
}

fn decoded(text: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let [first, others @ ..] = rest {
        let hex = others.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &others[2..];
            }
            _ => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The fields of a form of many parts; a file has no place in what is understood here.
fn multipart(body: &str, boundary: &str) -> Map<String, Value> {
    let line = format!("--{boundary}");
    let fields = body.split(&line).filter_map(|part| {
        let (head, value) = part.split_once("\r\n\r\n")?;
        let (_, name) = head.split_once("name=\"")?;
        let (name, _) = name.split_once('"')?;
        Some((name.to_owned(), Value::from(value.trim_end_matches("\r\n"))))
    });
    fields.collect()
}

// ---- methods -------------------------------------------------------------------------------

const EPHEMERAL: &[&str] = &["chat_id", "receiver_user_id", "ephemeral_message_id"];

/// The methods that are known here, with their parameters.
const METHODS: &[(&str, &[&str])] = &[
    ("getme", &[]),
    ("getupdates", &["offset", "limit", "timeout", "allowed_updates"]),
    (
        "setwebhook",
        &["url", "max_connections", "allowed_updates", "drop_pending_updates", "secret_token"],
    ),
    ("deletewebhook", &["drop_pending_updates"]),
    ("getwebhookinfo", &[]),
    (
        "sendmessage",
        &[
            "chat_id",
            "message_thread_id",
            "text",
            "parse_mode",
            "entities",
            "link_preview_options",
            "disable_notification",
            "protect_content",
            "reply_parameters",
            "reply_markup",
            "ephemeral_message_parameters",
        ],
    ),
    (
        "editmessagetext",
        &[
            "chat_id",
            "message_id",
            "text",
            "parse_mode",
            "entities",
            "link_preview_options",
            "reply_markup",
        ],
    ),
    ("editmessagereplymarkup", &["chat_id", "message_id", "reply_markup"]),
    (
        "editephemeralmessagetext",
        &[
            "chat_id",
            "receiver_user_id",
            "ephemeral_message_id",
            "text",
            "parse_mode",
            "entities",
            "link_preview_options",
            "reply_markup",
        ],
    ),
    (
        "editephemeralmessagereplymarkup",
        &["chat_id", "receiver_user_id", "ephemeral_message_id", "reply_markup"],
    ),
    ("deleteephemeralmessage", EPHEMERAL),
    ("deletemessage", &["chat_id", "message_id"]),
    ("answercallbackquery", &["callback_query_id", "text", "show_alert", "url", "cache_time"]),
    ("setmessagereaction", &["chat_id", "message_id", "reaction", "is_big"]),
    ("sendchataction", &["chat_id", "message_thread_id", "action"]),
    ("getchat", &["chat_id"]),
    ("getchatadministrators", &["chat_id", "return_bots"]),
    ("getchatmember", &["chat_id", "user_id"]),
    ("getchatmembercount", &["chat_id"]),
    ("setchatmembertag", &["chat_id", "user_id", "tag"]),
    ("createforumtopic", &["chat_id", "name", "icon_color", "icon_custom_emoji_id"]),
    ("setmycommands", &["commands", "scope", "language_code"]),
    ("getmycommands", &["scope", "language_code"]),
    ("deletemycommands", &["scope", "language_code"]),
];

async fn answer(inner: &Arc<Inner>, asked: &Asked) -> Answer {
    let known = METHODS.iter().find(|(method, _)| *method == asked.method);
    let (_, known) = known.ok_or_else(rules::no_method)?;
    if let Some(strange) = asked.params.keys().find(|name| !known.contains(&name.as_str())) {
        // The real server does not look at it, and whoever sent it thinks that it does.
        return Err(wrong(format!("{strange} is no parameter")));
    }
    if asked.method == "getupdates" {
        return updates::poll(inner, asked).await;
    }
    inner.with(|state| route(state, asked))
}

fn route(state: &mut State, asked: &Asked) -> Answer {
    match asked.method.as_str() {
        "getme" => Ok(chats::me(state)),
        "setwebhook" => hooks::set(state, asked),
        "deletewebhook" => hooks::delete(state, asked),
        "getwebhookinfo" => Ok(hooks::info(state)),
        "sendmessage" => messages::send(state, asked),
        "editmessagetext" => messages::edit(state, asked),
        "editmessagereplymarkup" => messages::edit_keyboard(state, asked),
        "editephemeralmessagetext" => ephemeral::edit(state, asked),
        "editephemeralmessagereplymarkup" => ephemeral::edit_keyboard(state, asked),
        "deleteephemeralmessage" => ephemeral::delete(state, asked),
        "deletemessage" => messages::delete(state, asked),
        "answercallbackquery" => messages::answer_query(state, asked),
        "setmessagereaction" => messages::react(state, asked),
        "sendchataction" => messages::show_action(state, asked),
        "getchat" => chats::chat(state, asked),
        "getchatadministrators" => chats::administrators(state, asked),
        "getchatmember" => chats::member(state, asked),
        "getchatmembercount" => chats::member_count(state, asked),
        "setchatmembertag" => chats::set_tag(state, asked),
        "createforumtopic" => chats::create_topic(state, asked),
        "setmycommands" => commands::set(state, asked),
        "getmycommands" => commands::get(state, asked),
        "deletemycommands" => commands::delete(state, asked),
        _ => Err(rules::no_method()),
    }
}
