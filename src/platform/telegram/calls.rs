//! The one sender: every call to the Bot API leaves through [`Calls`], as plain JSON.
//!
//! teloxide says where to and in which terms: its [`Bot`] knows the address and the token, its
//! payloads the methods, its [`ApiError`] what a refusal means. The exchange itself is ours, since
//! the client's own waits ten seconds wherever the server has a problem, and hides the code of a
//! refusal behind its words. So are the payloads, over plain JSON: the Bot API is newer than the
//! client, and a receipt must not be lost because the message in it has a field or a kind that the
//! client cannot read.
//!
//! Its errors tell apart what was not sent, what was refused, and what nobody knows about: there is
//! no key by which a second try would be known as one.

use std::error::Error as _;
use std::time::Duration;

use reqwest::{Client, StatusCode, Url, redirect};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use teloxide::requests::Payload;
use teloxide::{ApiError, Bot};

use crate::platform::Down;

/// How long an answer is waited for. Connecting gets less, so that what never left is known not to
/// have left.
const CONNECTING: Duration = Duration::from_secs(5);
const WHOLE: Duration = Duration::from_secs(10);
/// Beyond the server's own patience with a poll.
const POLLING: Duration = Duration::from_secs(POLL_SECONDS + 15);
/// The server's own limit.
pub(super) const POLL_SECONDS: u64 = 50;
/// Where it says "too many" without saying how long.
const SHORT_REST: Duration = Duration::from_secs(30);

macro_rules! methods {
    ($($name:ident = $method:literal;)*) => { $(
        #[derive(Clone, Serialize)]
        #[serde(transparent)]
        pub(super) struct $name(pub(super) Value);

        impl Payload for $name {
            type Output = Value;
            const NAME: &'static str = $method;
        }
    )* };
}

methods! {
    GetMe = "getMe";
    GetUpdates = "getUpdates";
    GetWebhookInfo = "getWebhookInfo";
    SetWebhook = "setWebhook";
    DeleteWebhook = "deleteWebhook";
    GetChatAdministrators = "getChatAdministrators";
    GetChatMember = "getChatMember";
    GetMyCommands = "getMyCommands";
    SetMyCommands = "setMyCommands";
    DeleteMyCommands = "deleteMyCommands";
    SetChatMemberTag = "setChatMemberTag";
    SendMessage = "sendMessage";
    EditMessageText = "editMessageText";
    EditEphemeralMessageText = "editEphemeralMessageText";
    DeleteMessage = "deleteMessage";
    DeleteEphemeralMessage = "deleteEphemeralMessage";
    AnswerCallbackQuery = "answerCallbackQuery";
}

/// The same with one field more.
pub(super) fn with(mut body: Value, name: &str, field: impl Into<Value>) -> Value {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), field.into());
    }
    body
}

/// What a failed call means for a second try.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum CallError {
    /// Not carried out; after this long it may be.
    #[error("limited for {} s", after.as_secs())]
    Limited { after: Duration },
    /// Not carried out, and never will be; in Telegram's words.
    #[error("{why}")]
    Refused { why: String },
    /// The group is a supergroup now, under this number.
    #[error("moved to {to}")]
    Moved { to: i64 },
    /// Neither carried out: the two are told in the same words.
    #[error("Telegram does not know the token, or not this method")]
    Unknown,
    /// Sent, but nobody knows what came of it: a server in trouble may have done it too.
    #[error("no answer: {0}")]
    Unanswered(String),
    /// Not sent.
    #[error("not reached: {0}")]
    Unreachable(String),
}

pub(super) struct Calls {
    bot: Bot,
}

/// What every answer is.
#[derive(Deserialize)]
struct Answer {
    ok: bool,
    #[serde(default)]
    result: Value,
    #[serde(default)]
    error_code: Option<u16>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    parameters: Option<Parameters>,
}

#[derive(Deserialize)]
struct Parameters {
    migrate_to_chat_id: Option<i64>,
    retry_after: Option<u64>,
}

impl Calls {
    pub(super) fn new(token: &str, api_url: Option<&str>) -> Result<Calls, Down> {
        let token = token.trim();
        if !token.bytes().all(|letter| letter.is_ascii_graphic()) {
            return Err(Down("the Telegram token holds characters that no token has".to_owned()));
        }
        let client = Client::builder()
            .connect_timeout(CONNECTING)
            .tcp_nodelay(true)
            // The token goes where it was meant to go, and nowhere else.
            .redirect(redirect::Policy::none())
            .build();
        let client = client.map_err(|error| Down(format!("cannot speak HTTP: {error}")))?;
        let bot = Bot::with_client(token, client);
        let Some(api) = api_url else { return Ok(Calls { bot }) };
        let api = Url::parse(api).ok().filter(|url| !url.cannot_be_a_base());
        let api = api.ok_or_else(|| Down("telegram.api_url is no web address".to_owned()))?;
        Ok(Calls { bot: bot.set_api_url(api) })
    }

    pub(super) async fn call<M: Payload + Serialize>(&self, method: M) -> Result<Value, CallError> {
        let called = self.send(&method, WHOLE).await;
        match &called {
            Ok(_) => tracing::debug!(method = M::NAME, "Telegram answered"),
            Err(error) => tracing::debug!(method = M::NAME, %error, "Telegram did not do it"),
        }
        called
    }

    /// A call that is meant to take its time.
    pub(super) async fn poll(&self, method: GetUpdates) -> Result<Value, CallError> {
        self.send(&method, POLLING).await
    }

    /// Where a method is called; it holds the token, and is never to be logged.
    fn address(&self, method: &str) -> Url {
        let mut url = self.bot.api_url();
        if let Ok(mut path) = url.path_segments_mut() {
            path.pop_if_empty().push(&format!("bot{}", self.bot.token())).push(method);
        }
        url
    }

    async fn send<M: Payload + Serialize>(
        &self,
        method: &M,
        patience: Duration,
    ) -> Result<Value, CallError> {
        let request = self.bot.client().post(self.address(M::NAME)).timeout(patience).json(method);
        let response = request.send().await.map_err(|error| unsent(&error))?;
        let status = response.status();
        let body = response.bytes().await.map_err(|error| unsent(&error))?;
        match serde_json::from_slice::<Answer>(&body) {
            Ok(answer) if answer.ok => Ok(answer.result),
            Ok(answer) => Err(refused(status, answer)),
            // What it was instead may be anything, the words of people too.
            Err(_) => Err(unread(status)),
        }
    }
}

fn unsent(error: &reqwest::Error) -> CallError {
    let why = told(error);
    let never_left = error.is_connect() || error.is_builder();
    if never_left { CallError::Unreachable(why) } else { CallError::Unanswered(why) }
}

/// Something between us and Telegram has answered, or Telegram in trouble.
fn unread(status: StatusCode) -> CallError {
    if status == StatusCode::TOO_MANY_REQUESTS {
        return CallError::Limited { after: SHORT_REST };
    }
    CallError::Unanswered(format!("{status}, and an answer that is not Telegram's"))
}

fn refused(status: StatusCode, answer: Answer) -> CallError {
    let Answer { error_code, description: why, parameters, .. } = answer;
    let (to, after) =
        parameters.map_or((None, None), |told| (told.migrate_to_chat_id, told.retry_after));
    if let Some(to) = to {
        return CallError::Moved { to };
    }
    match error_code.unwrap_or(status.as_u16()) {
        429 => CallError::Limited { after: after.map_or(SHORT_REST, Duration::from_secs) },
        // Elsewhere these codes say what is refused.
        401 | 404 if why.is_empty() || meaning(&why) == Some(ApiError::InvalidToken) => {
            CallError::Unknown
        }
        500.. => CallError::Unanswered(why),
        _ => CallError::Refused { why },
    }
}

/// What a refusal means, where the client knows its words.
fn meaning(why: &str) -> Option<ApiError> {
    serde_json::from_value(Value::from(why)).ok()
}

/// Without the address, for it holds the token.
fn told(error: &reqwest::Error) -> String {
    let mut text = match (error.is_timeout(), error.is_connect()) {
        (true, _) => "not in time".to_owned(),
        (false, true) => "no connection".to_owned(),
        (false, false) => "the connection broke".to_owned(),
    };
    let mut cause = error.source();
    while let Some(next) = cause {
        text = format!("{text}: {next}");
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// What this answer means, with this status.
    fn answered(status: u16, answer: Value) -> CallError {
        let status = StatusCode::from_u16(status).expect("a status");
        refused(status, serde_json::from_value(answer).expect("an answer"))
    }

    #[test]
    fn what_was_not_done_is_told_from_what_nobody_knows() {
        let said =
            |code: u16, why: &str| json!({ "ok": false, "error_code": code, "description": why });
        let refused = |why: &str| CallError::Refused { why: why.to_owned() };
        let unanswered = |why: &str| CallError::Unanswered(why.to_owned());
        for (code, why, means) in [
            (400, "Bad Request: chat not found", refused("Bad Request: chat not found")),
            (403, "Forbidden: bot was kicked", refused("Forbidden: bot was kicked")),
            (409, "Conflict: terminated", refused("Conflict: terminated")),
            (401, "Unauthorized", CallError::Unknown),
            (404, "Not Found", CallError::Unknown),
            (404, "Not Found: of one thing", refused("Not Found: of one thing")),
            (429, "Too Many Requests: later", CallError::Limited { after: SHORT_REST }),
            (500, "Internal Server Error", unanswered("Internal Server Error")),
            (502, "Bad Gateway", unanswered("Bad Gateway")),
        ] {
            assert_eq!(answered(code, said(code, why)), means, "{code}");
        }
        let bare = json!({ "ok": false, "description": "Bad Gateway" });
        assert_eq!(answered(502, bare), unanswered("Bad Gateway"), "by its status");
    }

    #[test]
    fn how_long_to_wait_and_where_a_group_went_is_said_in_fields() {
        let wait = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests",
            "parameters": { "retry_after": 17 } });
        assert_eq!(answered(429, wait), CallError::Limited { after: Duration::from_secs(17) });
        let moved = json!({ "ok": false, "error_code": 400, "description": "Bad Request",
            "parameters": { "migrate_to_chat_id": -1007 } });
        assert_eq!(answered(400, moved), CallError::Moved { to: -1007 });
    }

    #[test]
    fn a_page_of_something_in_between_is_no_refusal() {
        assert!(matches!(unread(StatusCode::BAD_GATEWAY), CallError::Unanswered(_)));
        assert!(matches!(unread(StatusCode::NOT_FOUND), CallError::Unanswered(_)));
        assert!(matches!(unread(StatusCode::TOO_MANY_REQUESTS), CallError::Limited { .. }));
    }

    #[test]
    fn a_token_that_is_none_is_said_before_anything_is_sent() {
        assert!(Calls::new("12:ab\ncd", None).is_err());
        assert!(Calls::new("12:ab", Some("mailto:somebody")).is_err());
        let calls = Calls::new(" 12:ab ", Some("http://127.0.0.1:1/api/")).expect("is sound");
        let address = calls.address("getMe");
        assert_eq!(address.as_str(), "http://127.0.0.1:1/api/bot12:ab/getMe");
        let calls = Calls::new("12:ab", None).expect("is sound");
        let address = calls.address("getMe");
        assert_eq!(address.as_str(), "https://api.telegram.org/bot12:ab/getMe");
    }
}
