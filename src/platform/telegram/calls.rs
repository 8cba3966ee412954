//! The one sender: every call to the Bot API leaves through [`Calls`].
//!
//! teloxide carries it: its [`Bot`] knows the address and the token, and what an error means where
//! Telegram says so in a field. The methods are our own payloads over plain JSON, for two reasons:
//! the Bot API is newer than the client, and a receipt must not be lost because the message in it
//! has a field or a kind that the client cannot read.
//!
//! Its errors tell apart what was not sent, what was refused, and what nobody knows about: there is
//! no key by which a second try would be known as one.

use std::error::Error as _;
use std::time::Duration;

use reqwest::{Client, Url, redirect};
use serde::Serialize;
use serde_json::Value;
use teloxide::requests::{JsonRequest, Payload};
use teloxide::{ApiError, Bot, RequestError};

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
    /// Sent, but nobody knows what came of it.
    #[error("no answer: {0}")]
    Unanswered(String),
    /// Not sent.
    #[error("not reached: {0}")]
    Unreachable(String),
}

pub(super) struct Calls {
    bot: Bot,
    poller: Bot,
}

impl Calls {
    pub(super) fn new(token: &str, api_url: Option<&str>) -> Result<Calls, Down> {
        let token = token.trim();
        if !token.bytes().all(|letter| letter.is_ascii_graphic()) {
            return Err(Down("the Telegram token holds characters that no token has".to_owned()));
        }
        let bot = |whole: Duration| {
            let client = Client::builder()
                .connect_timeout(CONNECTING)
                .timeout(whole)
                .tcp_nodelay(true)
                // The token goes where it was meant to go, and nowhere else.
                .redirect(redirect::Policy::none())
                .build();
            let client = client.map_err(|error| Down(format!("cannot speak HTTP: {error}")))?;
            let bot = Bot::with_client(token, client);
            let Some(api) = api_url else { return Ok(bot) };
            let api = Url::parse(api).ok().filter(|url| !url.cannot_be_a_base());
            let api = api.ok_or_else(|| Down("telegram.api_url is no web address".to_owned()))?;
            Ok(bot.set_api_url(api))
        };
        Ok(Calls { bot: bot(WHOLE)?, poller: bot(POLLING)? })
    }

    pub(super) async fn call<P>(&self, payload: P) -> Result<Value, CallError>
    where
        P: Payload<Output = Value> + Serialize + Send + 'static,
    {
        let method = P::NAME;
        let called = JsonRequest::new(self.bot.clone(), payload).await.map_err(|e| meaning(&e));
        match &called {
            Ok(_) => tracing::debug!(method, "Telegram answered"),
            Err(error) => tracing::debug!(method, %error, "Telegram did not do it"),
        }
        called
    }

    /// A call that is meant to take its time.
    pub(super) async fn poll(&self, payload: GetUpdates) -> Result<Value, CallError> {
        JsonRequest::new(self.poller.clone(), payload).await.map_err(|error| meaning(&error))
    }
}

fn meaning(error: &RequestError) -> CallError {
    match error {
        RequestError::RetryAfter(after) => CallError::Limited { after: after.duration() },
        RequestError::MigrateToChatId(to) => CallError::Moved { to: to.0 },
        RequestError::Api(ApiError::InvalidToken) => CallError::Unknown,
        RequestError::Api(error) => refused(error.to_string()),
        RequestError::Network(error) if error.is_connect() || error.is_builder() => {
            CallError::Unreachable(told(error))
        }
        RequestError::Network(error) => CallError::Unanswered(told(error)),
        // What it was instead may be anything, the words of people too.
        RequestError::InvalidJson { .. } => {
            CallError::Unanswered("an answer that is not Telegram's".to_owned())
        }
        RequestError::Io(_) => CallError::Unanswered("reading and writing failed".to_owned()),
    }
}

/// Telegram's own words begin with the kind of their status.
fn refused(why: String) -> CallError {
    let begins = |start: &str| why.starts_with(start);
    if begins("Too Many Requests") {
        return CallError::Limited { after: SHORT_REST };
    }
    // Its own trouble: the message may be out already.
    if begins("Internal Server Error") || begins("Bad Gateway") || begins("Gateway Timeout") {
        return CallError::Unanswered(why);
    }
    CallError::Refused { why }
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
    use super::*;

    #[test]
    fn what_was_not_done_is_told_from_what_nobody_knows() {
        for (why, means) in [
            (
                "Bad Request: chat not found",
                CallError::Refused { why: "Bad Request: chat not found".into() },
            ),
            ("Too Many Requests: later", CallError::Limited { after: SHORT_REST }),
            ("Bad Gateway", CallError::Unanswered("Bad Gateway".into())),
            ("Internal Server Error", CallError::Unanswered("Internal Server Error".into())),
        ] {
            assert_eq!(refused(why.to_owned()), means);
        }
        assert_eq!(meaning(&RequestError::Api(ApiError::InvalidToken)), CallError::Unknown);
    }

    #[test]
    fn a_token_that_is_none_is_said_before_anything_is_sent() {
        assert!(Calls::new("12:ab\ncd", None).is_err());
        assert!(Calls::new(" 12:ab ", Some("http://127.0.0.1:1")).is_ok());
        assert!(Calls::new("12:ab", Some("mailto:somebody")).is_err());
    }
}
