//! The way into REST: who asks, what goes wrong on demand, how fast, and which route it is.

use axum::body::{Body, Bytes};
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, RETRY_AFTER, USER_AGENT};
use axum::http::request::Parts;
use axum::http::response::Builder;
use axum::http::{HeaderName, Response, StatusCode};
use serde_json::{Value, json};

use super::rules::{self, Form, Refusal};
use super::state::{Call, State};

/// What goes wrong with one call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fault {
    /// 429: `scope` is `user`, `shared` or `global`.
    Limited { scope: &'static str, after: f64 },
    /// 5xx, with a page that is no JSON.
    Broken(u16),
    /// The connection breaks, and nothing was done.
    CutBefore,
    /// It was done, and the connection breaks before anybody is told.
    CutAfter,
    /// Refused with this status and code.
    Refused(u16, u64),
}

/// What came of a call.
pub(super) type Answer = Result<Value, Refusal>;

/// One request, taken apart.
pub(super) struct Asked<'a> {
    pub(super) method: &'a str,
    /// The path after `/api/v10/`, decoded, by its parts.
    pub(super) path: Vec<&'a str>,
    pub(super) query: &'a str,
    pub(super) body: Value,
    /// For the audit log, decoded.
    pub(super) reason: Option<&'a str>,
    pub(super) is_bot: bool,
}

impl Asked<'_> {
    pub(super) fn param(&self, name: &str) -> Option<&str> {
        let mut pairs = self.query.split('&').filter_map(|pair| pair.split_once('='));
        pairs.find(|(key, _)| *key == name).map(|(_, value)| value)
    }
}

/// What is to be said to whoever asked.
enum Outcome {
    Came(Answer),
    Limited(&'static str, f64),
    /// What a proxy says, which knows no JSON.
    Page(u16),
}

/// Answers a request; `None` breaks its connection.
pub(super) fn answer(state: &mut State, parts: &Parts, body: &Bytes) -> Option<Response<Body>> {
    let header = |name: HeaderName| parts.headers.get(name).and_then(|value| value.to_str().ok());
    let method = parts.method.as_str();
    let path = decoded(parts.uri.path());
    let query = parts.uri.query().unwrap_or_default();
    let json: Result<Value, _> =
        if body.is_empty() { Ok(Value::Null) } else { serde_json::from_slice(body) };
    let reason = header(HeaderName::from_static("x-audit-log-reason")).map(decoded);
    state.calls.push(Call {
        method: method.to_owned(),
        path: path.clone(),
        query: query.to_owned(),
        body: json.as_ref().cloned().unwrap_or_default(),
        reason: reason.clone(),
        status: 0,
    });
    let number = state.calls.len() - 1;
    let fault = fault_for(state, &format!("{method} {path}"));
    if fault == Some(Fault::CutBefore) {
        return None;
    }
    let bucket = bucket(method, &path);
    let counted = counted(state, &bucket);
    let has_form = header(CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/json"));
    let is_bot = header(AUTHORIZATION) == Some(format!("Bot {}", state.token).as_str());
    let is_known = header(USER_AGENT).is_some_and(|agent| agent.starts_with("DiscordBot ("));
    let outcome = match (fault, json) {
        (Some(Fault::Limited { scope, after }), _) => Outcome::Limited(scope, after),
        (Some(Fault::Broken(status)), _) => Outcome::Page(status),
        (Some(Fault::Refused(status, code)), _) => {
            let message = "Refused on demand";
            Outcome::Came(Err(Refusal { status, code, message, errors: None }))
        }
        _ if counted.remaining.is_none() => Outcome::Limited("user", f64::from(counted.resets)),
        _ if !is_known => Outcome::Came(Err(rules::NO_AGENT)),
        (_, Err(_)) => Outcome::Came(Err(rules::NO_JSON)),
        (_, Ok(body)) if !body.is_null() && !has_form => {
            let message = "Expected \"Content-Type\" header to be JSON";
            Outcome::Came(Err(form("_", "CONTENT_TYPE", message)))
        }
        (_, Ok(body)) => {
            let path = path.strip_prefix("/api/v10/").unwrap_or_default();
            let path = path.split('/').collect();
            let reason = reason.as_deref();
            Outcome::Came(route(state, &Asked { method, path, query, body, reason, is_bot }))
        }
    };
    if matches!(&outcome, Outcome::Came(Err(refusal)) if *refusal == rules::NO_ROUTE) {
        state.strange.push(format!("{method} {path}"));
    }
    if fault == Some(Fault::CutAfter) {
        return None;
    }
    let response = Response::builder()
        .header("X-RateLimit-Bucket", hash(&bucket))
        .header("X-RateLimit-Limit", counted.limit.to_string())
        .header("X-RateLimit-Remaining", counted.remaining.unwrap_or(0).to_string())
        .header("X-RateLimit-Reset", reset_at(state, counted.resets))
        .header("X-RateLimit-Reset-After", format!("{}.000", counted.resets));
    let (response, status, body) = worded(response, outcome);
    state.calls[number].status = status;
    let status = StatusCode::from_u16(status).expect("a status");
    Some(response.status(status).body(body).expect("a response"))
}

fn worded(response: Builder, outcome: Outcome) -> (Builder, u16, Body) {
    let (mut response, status, body) = match outcome {
        Outcome::Page(status) => {
            return (response, status, Body::from("<html>upstream connect error</html>"));
        }
        Outcome::Limited(scope, after) => {
            let is_global = scope == "global";
            let mut response = response
                .header("X-RateLimit-Scope", scope)
                .header(RETRY_AFTER, format!("{}", after.ceil()));
            if is_global {
                response = response.header("X-RateLimit-Global", "true");
            }
            let message = "You are being rate limited.";
            let body = json!({"message": message, "retry_after": after, "global": is_global});
            (response, 429, body)
        }
        Outcome::Came(Ok(Value::Null)) => return (response, 204, Body::empty()),
        Outcome::Came(Ok(body)) => (response, 200, body),
        Outcome::Came(Err(refusal)) => {
            let mut body = json!({"message": refusal.message, "code": refusal.code});
            if let Some(errors) = refusal.errors {
                body["errors"] = errors;
            }
            (response, refusal.status, body)
        }
    };
    response = response.header(CONTENT_TYPE, "application/json");
    (response, status, Body::from(body.to_string()))
}

pub(super) fn form(path: &str, code: &str, message: &str) -> Refusal {
    let mut form = Form::default();
    form.wrong(path, code, message);
    form.finished().expect_err("one is wrong")
}

fn fault_for(state: &mut State, call: &str) -> Option<Fault> {
    let at = state.faults.iter().position(|(part, _)| call.contains(part.as_str()))?;
    state.faults.remove(at).map(|(_, fault)| fault)
}

struct Counted {
    limit: u32,
    /// `None`: this one is too many.
    remaining: Option<u32>,
    /// In so many seconds it all begins anew.
    resets: u32,
}

fn counted(state: &mut State, bucket: &str) -> Counted {
    let Some((limit, seconds)) = state.pace else {
        return Counted { limit: 50, remaining: Some(49), resets: 1 };
    };
    let now = state.now();
    let window = state.windows.entry(bucket.to_owned()).or_insert((now, 0));
    if now.since(window.0).as_secs() >= u64::from(seconds) {
        *window = (now, 0);
    }
    let rest = limit.checked_sub(window.1 + 1);
    window.1 = (window.1 + 1).min(limit);
    let passed = u32::try_from(now.since(window.0).as_secs()).unwrap_or(seconds);
    Counted { limit, remaining: rest, resets: seconds.saturating_sub(passed).max(1) }
}

fn reset_at(state: &State, resets: u32) -> String {
    let ms = state.now().as_millis() + i64::from(resets) * 1_000;
    format!("{}.{:03}", ms / 1_000, ms % 1_000)
}

/// What shares a limit: the route, and the channel, server or webhook that it is about.
fn bucket(method: &str, path: &str) -> String {
    let mut parts = path.trim_start_matches("/api/v10/").split('/');
    let (first, major) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let is_id = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let rest: Vec<&str> = parts.map(|part| if is_id(part) { ":id" } else { part }).collect();
    if ["interactions", "webhooks"].contains(&first) {
        return format!("{method} {first} {major} {}", rest.len());
    }
    format!("{method} {first} {major} {}", rest.join("/"))
}

fn hash(text: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}{hash:016x}")
}

fn decoded(path: &str) -> String {
    let (mut bytes, mut rest) = (Vec::new(), path.as_bytes());
    while let [first, others @ ..] = rest {
        let hex = others.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = others.get(2..).unwrap_or_default();
            }
            _ => {
                bytes.push(*first);
                rest = others;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn route(state: &mut State, asked: &Asked<'_>) -> Answer {
    let needs_token = !matches!(asked.path[..], ["interactions", ..] | ["webhooks", _, _, ..]);
    if needs_token && !asked.is_bot {
        return Err(rules::UNAUTHORIZED);
    }
    match asked.path[..] {
        ["gateway"] => Ok(json!({"url": format!("ws://{}/ws", state.address)})),
        ["gateway", "bot"] => Ok(json!({
            "url": format!("ws://{}/ws", state.address), "shards": 1,
            "session_start_limit": {
                "total": 1000, "remaining": 999, "reset_after": 14_400_000, "max_concurrency": 1,
            },
        })),
        ["channels", _, "messages", ..] => super::messages::route(state, asked),
        ["guilds", guild, "members", who, "roles", role] => {
            super::roles::route(state, asked, (guild, who, role))
        }
        ["channels" | "guilds" | "users" | "oauth2", ..] | ["applications", "@me"] => {
            super::places::route(state, asked)
        }
        ["applications", ..] => super::commands::route(state, asked),
        ["interactions" | "webhooks", ..] => super::interactions::route(state, asked),
        _ => Err(rules::NO_ROUTE),
    }
}
