//! The one sender: every call to Discord's REST interface leaves through [`Rest::call`].
//!
//! serenity's own sender retries a 429 for ever and hides `retry_after`, so that whoever waits for
//! it cannot do anything else; this one waits for two seconds at most and then says how long it
//! would have been. And since a second try must not say anything twice, its errors tell apart what
//! was not sent, what was refused, and what nobody knows about.

use std::fmt::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Client, Method, Response, redirect};
use serde_json::Value;

use super::pacing::{LONGEST_WAIT, Pacing, Route, Said, Wait};
use crate::platform::Down;

/// A call that is told to wait a moment is sent again, this often in all.
const TRIES: usize = 3;
/// Discord's limit for what the audit log shows.
const REASON_LIMIT: usize = 512;
const USER_AGENT: &str =
    concat!("DiscordBot (", env!("CARGO_PKG_NAME"), ", ", env!("CARGO_PKG_VERSION"), ")");

/// How long an answer is waited for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Patience {
    pub(super) connect: Duration,
    pub(super) whole: Duration,
}

/// Connecting gets less, so that what never left is known not to have left.
const PATIENCE: Patience =
    Patience { connect: Duration::from_secs(5), whole: Duration::from_secs(10) };

pub(super) struct Rest {
    client: Client,
    base: String,
    token: HeaderValue,
    pacing: Pacing,
    /// Discord did not know the token: nothing more is sent with it.
    unauthorized: AtomicBool,
}

/// One call. Not `Debug`: its path may hold a token and its body what people wrote.
#[derive(Clone)]
pub(super) struct Call {
    pub(super) method: Method,
    /// Begins with `/`; after `/api/v10`.
    pub(super) path: String,
    pub(super) query: Vec<(&'static str, String)>,
    pub(super) body: Option<Value>,
    /// For the guild's audit log.
    pub(super) reason: Option<String>,
}

impl Call {
    fn new(method: Method, path: impl Into<String>, body: Option<Value>) -> Call {
        Call { method, path: path.into(), query: Vec::new(), body, reason: None }
    }

    /// Without a body.
    pub(super) fn bare(method: Method, path: impl Into<String>) -> Call {
        Call::new(method, path, None)
    }

    pub(super) fn get(path: impl Into<String>) -> Call {
        Call::new(Method::GET, path, None)
    }

    pub(super) fn post(path: impl Into<String>, body: Value) -> Call {
        Call::new(Method::POST, path, Some(body))
    }

    pub(super) fn patch(path: impl Into<String>, body: Value) -> Call {
        Call::new(Method::PATCH, path, Some(body))
    }

    pub(super) fn delete(path: impl Into<String>) -> Call {
        Call::new(Method::DELETE, path, None)
    }
}

/// What a failed call means for a second try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum RestError {
    /// Not carried out; after this long it may be.
    #[error("limited for {} s", after.as_secs())]
    Limited { after: Duration },
    /// Not carried out, and never will be. `code` is Discord's own, 0 if it gave none.
    #[error("{status}, code {code}: {message}")]
    Refused { status: u16, code: u64, message: String },
    /// The token is not valid; nothing was or will be sent with it.
    #[error("Discord does not know the token")]
    Unauthorized,
    /// Sent, but nobody knows what came of it.
    #[error("no answer: {0}")]
    Unanswered(String),
    /// Not sent.
    #[error("not reached: {0}")]
    Unreachable(String),
    /// Discord has a problem of its own.
    #[error("out of order: {0}")]
    Busy(String),
}

impl Rest {
    /// `api` is like `https://discord.com`. To be called within the runtime, for the limits are
    /// kept by a task.
    pub(super) fn new(token: &str, api: &str) -> Result<Rest, Down> {
        Rest::patient(token, api, PATIENCE)
    }

    pub(super) fn patient(token: &str, api: &str, patience: Patience) -> Result<Rest, Down> {
        let mut token = HeaderValue::from_str(&format!("Bot {}", token.trim()))
            .map_err(|_| Down("the Discord token holds characters that no token has".to_owned()))?;
        token.set_sensitive(true);
        let client = Client::builder()
            .user_agent(USER_AGENT)
            .connect_timeout(patience.connect)
            .timeout(patience.whole)
            // The token goes where it was meant to go, and nowhere else.
            .redirect(redirect::Policy::none())
            .build()
            .map_err(|error| Down(format!("cannot speak HTTP: {}", told(error))))?;
        let base = format!("{}/api/v10", api.trim_end_matches('/'));
        let (pacing, unauthorized) = (Pacing::new(), AtomicBool::new(false));
        Ok(Rest { client, base, token, pacing, unauthorized })
    }

    /// Sends one call when its turn comes, if that is soon.
    pub(super) async fn call(&self, call: Call) -> Result<Value, RestError> {
        let route = Route::of(&call.method, &call.path);
        let mut tries = 1;
        loop {
            match self.once(&call, &route).await? {
                Ok(value) => return Ok(value),
                // It was not carried out, so that sending it again is no second try, and the
                // bucket knows by now when its turn is.
                Err(Wait(after))
                    if tries < TRIES && after <= LONGEST_WAIT && !route.is_interaction() => {}
                Err(Wait(after)) => return Err(RestError::Limited { after }),
            }
            tries += 1;
        }
    }

    /// Sends it, and returns what came of it or how long a 429 says to wait.
    async fn once(&self, call: &Call, route: &Route) -> Result<Result<Value, Wait>, RestError> {
        if self.unauthorized.load(Ordering::Relaxed) && !route.is_interaction() {
            return Err(RestError::Unauthorized);
        }
        let permit =
            self.pacing.turn(route).await.map_err(|Wait(after)| RestError::Limited { after })?;
        let response = self.request(call, route).send().await.map_err(unsent)?;
        let mut said = said(&response);
        let body = response.bytes().await;
        let json: Option<Value> = match &body {
            Ok(body) if body.is_empty() => Some(Value::Null),
            Ok(body) => serde_json::from_slice(body).ok(),
            Err(_) => None,
        };
        if let Some(json) = &json {
            said.retry_after = json.get("retry_after").and_then(Value::as_f64).or(said.retry_after);
            said.global |= json.get("global").and_then(Value::as_bool).unwrap_or(false);
        }
        tracing::debug!(%route, status = said.status, "Discord answered");
        if let Some(wait) = self.pacing.heard(route, permit, &said) {
            return Ok(Err(wait));
        }
        match said.status {
            200..300 => match (json, body) {
                (Some(json), _) => Ok(Ok(json)),
                (None, Err(error)) => Err(RestError::Unanswered(told(error))),
                (None, Ok(_)) => Err(RestError::Unanswered("an answer that is no JSON".to_owned())),
            },
            // Of an interaction it means that the interaction's own token is no more.
            401 if !route.is_interaction() => {
                if !self.unauthorized.swap(true, Ordering::Relaxed) {
                    tracing::error!("Discord does not know the token; nothing more is sent");
                }
                Err(RestError::Unauthorized)
            }
            status @ 500.. => Err(RestError::Busy(format!("{route}: {status}"))),
            status => Err(refusal(route, status, &json.unwrap_or_default())),
        }
    }

    fn request(&self, call: &Call, route: &Route) -> reqwest::RequestBuilder {
        let mut request =
            self.client.request(call.method.clone(), format!("{}{}", self.base, call.path));
        if !call.query.is_empty() {
            request = request.query(&call.query);
        }
        if !route.is_interaction() {
            request = request.header(AUTHORIZATION, self.token.clone());
        }
        if let Some(body) = &call.body {
            request = request.json(body);
        }
        if let Some(reason) = &call.reason {
            let header = HeaderName::from_static("x-audit-log-reason");
            request = request.header(header, encoded(reason));
        }
        request
    }
}

/// What is known when no answer began: only a connection that was never made has sent nothing.
fn unsent(error: reqwest::Error) -> RestError {
    if error.is_connect() || error.is_builder() {
        RestError::Unreachable(told(error))
    } else {
        RestError::Unanswered(told(error))
    }
}

/// Without the address, for it may hold a token.
fn told(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(&error);
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

fn said(response: &Response) -> Said {
    fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
        headers.get(name)?.to_str().ok()
    }
    fn number<T: std::str::FromStr>(headers: &HeaderMap, name: &str) -> Option<T> {
        text(headers, name)?.trim().parse().ok()
    }
    let headers = response.headers();
    let scope = text(headers, "x-ratelimit-scope");
    Said {
        status: response.status().as_u16(),
        bucket: text(headers, "x-ratelimit-bucket").map(str::to_owned),
        limit: number(headers, "x-ratelimit-limit"),
        remaining: number(headers, "x-ratelimit-remaining"),
        reset_after: number(headers, "x-ratelimit-reset-after"),
        retry_after: number(headers, "retry-after"),
        global: scope == Some("global") || headers.contains_key("x-ratelimit-global"),
        shared: scope == Some("shared"),
    }
}

fn refusal(route: &Route, status: u16, json: &Value) -> RestError {
    let code = json.get("code").and_then(Value::as_u64).unwrap_or(0);
    let mut message = json.get("message").and_then(Value::as_str).unwrap_or("").to_owned();
    if let Some(errors) = json.get("errors") {
        let mut at = Vec::new();
        wrong(errors, &mut Vec::new(), &mut at);
        message = format!("{message} ({})", at.join(", "));
    }
    tracing::debug!(%route, status, code, message, "Discord refused");
    RestError::Refused { status, code, message }
}

/// Where a body is wrong, by path and kind. The sentences beside them may quote the body.
fn wrong<'a>(errors: &'a Value, path: &mut Vec<&'a str>, at: &mut Vec<String>) {
    let Some(fields) = errors.as_object() else { return };
    for (name, inner) in fields {
        if name == "_errors" {
            let kinds = inner.as_array().into_iter().flatten();
            for kind in kinds.filter_map(|kind| kind.get("code")?.as_str()) {
                at.push(format!("{}: {kind}", path.join(".")));
            }
        } else {
            path.push(name);
            wrong(inner, path, at);
            path.pop();
        }
    }
}

/// A header is ASCII: what is not goes in per cent.
fn encoded(reason: &str) -> String {
    let mut header = String::new();
    for letter in reason.chars().take(REASON_LIMIT) {
        if letter.is_ascii_alphanumeric() || "-_.~".contains(letter) {
            header.push(letter);
            continue;
        }
        for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
            let _ = write!(header, "%{byte:02X}");
        }
    }
    header
}
