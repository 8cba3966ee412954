//! The sender over a server of this machine that says what it is told to say.

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

use super::rest::{Call, Patience, Rest, RestError};

/// What the server does with the next request that it reads.
#[derive(Clone)]
pub(super) enum Turn {
    Answer(u16, Vec<(&'static str, String)>, Value),
    /// Closes without a word.
    Drop,
    /// Says nothing, and stays.
    Hang,
}

pub(super) fn answer(status: u16, headers: &[(&'static str, &str)], body: Value) -> Turn {
    let headers = headers.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    Turn::Answer(status, headers, body)
}

/// A server of one answer after the other, on a port of its own.
pub(super) struct Server {
    api: String,
    heard: Arc<Mutex<Vec<String>>>,
    _tasks: JoinSet<()>,
}

impl Server {
    pub(super) async fn of(turns: Vec<Turn>) -> Server {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let api = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::<Mutex<Vec<String>>>::default();
        let turns = Arc::new(Mutex::new(turns.into_iter()));
        let mut tasks = JoinSet::new();
        let ears = Arc::clone(&heard);
        tasks.spawn(async move {
            let mut lines = JoinSet::new();
            while let Ok((line, _)) = listener.accept().await {
                lines.spawn(serve(line, Arc::clone(&turns), Arc::clone(&ears)));
            }
        });
        Server { api, heard, _tasks: tasks }
    }

    pub(super) fn rest(&self) -> Rest {
        let patience =
            Patience { connect: Duration::from_secs(5), whole: Duration::from_millis(300) };
        Rest::patient("sEcReT", &self.api, patience).unwrap()
    }

    pub(super) fn heard(&self) -> Vec<String> {
        self.heard.lock().unwrap().clone()
    }

    /// The first lines only.
    pub(super) fn calls(&self) -> Vec<String> {
        let first = |request: String| request.lines().next().unwrap().to_owned();
        self.heard().into_iter().map(first).collect()
    }
}

async fn serve(
    mut line: TcpStream,
    turns: Arc<Mutex<std::vec::IntoIter<Turn>>>,
    ears: Arc<Mutex<Vec<String>>>,
) {
    let mut read = Vec::new();
    let mut buffer = [0; 4096];
    loop {
        let Ok(count @ 1..) = line.read(&mut buffer).await else { return };
        read.extend_from_slice(&buffer[..count]);
        let text = String::from_utf8_lossy(&read).into_owned();
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let length = head.lines().find_map(|line| {
            line.to_ascii_lowercase().strip_prefix("content-length: ")?.parse().ok()
        });
        if body.len() < length.unwrap_or(0) {
            continue;
        }
        ears.lock().unwrap().push(text);
        read.clear();
        let turn = turns.lock().unwrap().next().unwrap_or(answer(200, &[], json!({})));
        match turn {
            Turn::Drop => return,
            Turn::Hang => std::future::pending().await,
            Turn::Answer(status, headers, body) => {
                let body = if body.is_null() { String::new() } else { body.to_string() };
                let mut text = format!("HTTP/1.1 {status} x\r\ncontent-length: {}\r\n", body.len());
                for (name, value) in headers {
                    let _ = write!(text, "{name}: {value}\r\n");
                }
                line.write_all(format!("{text}\r\n{body}").as_bytes()).await.unwrap();
            }
        }
    }
}

fn post(channel: u64) -> Call {
    Call::post(format!("/channels/{channel}/messages"), json!({ "content": "hi" }))
}

const BUCKET: (&str, &str) = ("x-ratelimit-bucket", "abc");

#[tokio::test]
async fn a_call_says_who_it_is_and_why() {
    let server = Server::of(vec![answer(204, &[], Value::Null)]).await;
    let mut call = Call::patch("/guilds/1/members/2", json!({}));
    call.reason = Some("für Mia\r\nX: y".to_owned());
    call.query = vec![("limit", "a&b".to_owned())];
    assert_eq!(server.rest().call(call).await, Ok(Value::Null));
    let heard = server.heard().pop().unwrap();
    assert!(heard.starts_with("PATCH /api/v10/guilds/1/members/2?limit=a%26b "), "{heard}");
    for header in [
        "authorization: Bot sEcReT",
        "x-audit-log-reason: f%C3%BCr%20Mia%0D%0AX%3A%20y",
        "user-agent: DiscordBot (",
    ] {
        assert!(heard.contains(header), "{heard}");
    }
}

#[tokio::test]
async fn an_interaction_is_answered_without_the_token() {
    let server = Server::of(vec![]).await;
    let call = Call::post("/interactions/1/tok/callback", json!({ "type": 5 }));
    assert!(server.rest().call(call).await.is_ok());
    assert!(!server.heard()[0].contains("sEcReT"));
}

#[tokio::test]
async fn a_429_is_waited_for_if_it_is_short() {
    let limited = json!({ "message": "slow", "retry_after": 0.05, "global": false });
    let ok = answer(200, &[], json!({ "id": "7" }));
    let server = Server::of(vec![answer(429, &[BUCKET, ("retry-after", "1")], limited), ok]).await;
    assert_eq!(server.rest().call(post(1)).await, Ok(json!({ "id": "7" })));
    assert_eq!(server.calls().len(), 2);
}

#[tokio::test]
async fn a_429_without_end_is_handed_back_though_it_is_short() {
    let limited = json!({ "message": "slow", "retry_after": 0.01, "global": false });
    let server = Server::of(vec![answer(429, &[BUCKET], limited); 4]).await;
    let after = Duration::from_millis(10);
    assert_eq!(server.rest().call(post(1)).await, Err(RestError::Limited { after }));
    assert_eq!(server.calls().len(), 3);
}

#[tokio::test]
async fn a_long_429_is_handed_back_and_delays_no_other_channel() {
    let limited = json!({ "message": "slow", "retry_after": 42.5, "global": false });
    for scope in ["user", "shared"] {
        let headers = [BUCKET, ("x-ratelimit-scope", scope)];
        let server = Server::of(vec![answer(429, &headers, limited.clone())]).await;
        let rest = server.rest();
        let after = Duration::from_millis(42_500);
        assert_eq!(rest.call(post(1)).await, Err(RestError::Limited { after }));
        assert!(matches!(rest.call(post(1)).await, Err(RestError::Limited { .. })));
        assert!(rest.call(post(2)).await.is_ok());
        let channels = ["POST /api/v10/channels/1/messages", "POST /api/v10/channels/2/messages"];
        let calls = server.calls();
        assert!(
            calls.iter().zip(channels).all(|(call, path)| call.starts_with(path)),
            "{scope}: {calls:?}"
        );
        assert_eq!(calls.len(), 2, "the second to channel 1 never left");
    }
}

#[tokio::test]
async fn a_full_bucket_is_not_sent_to() {
    let headers = [
        BUCKET,
        ("x-ratelimit-limit", "5"),
        ("x-ratelimit-remaining", "0"),
        ("x-ratelimit-reset-after", "30.0"),
    ];
    let server = Server::of(vec![answer(200, &headers, json!({}))]).await;
    let rest = server.rest();
    assert!(rest.call(post(1)).await.is_ok());
    assert!(rest.call(post(2)).await.is_ok());
    assert!(matches!(rest.call(post(1)).await, Err(RestError::Limited { .. })));
    assert_eq!(server.calls().len(), 2);
}

#[tokio::test]
async fn a_channel_that_hangs_delays_no_other() {
    let server = Server::of(vec![Turn::Hang]).await;
    let rest = Arc::new(server.rest());
    let mut calls = JoinSet::new();
    let slow = Arc::clone(&rest);
    calls.spawn(async move { (1, slow.call(post(1)).await) });
    while server.heard().is_empty() {
        tokio::task::yield_now().await;
    }
    calls.spawn(async move { (2, rest.call(post(2)).await) });
    let (first, result) = calls.join_next().await.unwrap().unwrap();
    assert_eq!((first, result), (2, Ok(json!({}))));
    let (_, result) = calls.join_next().await.unwrap().unwrap();
    assert!(matches!(result, Err(RestError::Unanswered(_))), "{result:?}");
}

#[tokio::test]
async fn what_nobody_listens_to_was_not_sent() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let api = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for api in [api.as_str(), "http://nowhere.invalid"] {
        let result = Rest::new("sEcReT", api).unwrap().call(post(1)).await;
        assert!(matches!(result, Err(RestError::Unreachable(_))), "{result:?}");
    }
}

#[tokio::test]
async fn what_is_dropped_after_it_was_sent_is_unanswered_and_tells_no_secret() {
    let server = Server::of(vec![Turn::Drop, Turn::Hang]).await;
    let rest = server.rest();
    for _ in 0..2 {
        let call = Call::post("/interactions/1/tOkEn/callback", json!({}));
        let Err(RestError::Unanswered(why)) = rest.call(call).await else { panic!("sent") };
        assert!(!why.contains("tOkEn") && !why.contains("127.0.0.1"), "{why}");
    }
    assert_eq!(server.calls().len(), 2, "nothing is sent twice by itself");
}

#[tokio::test]
async fn after_a_401_nothing_more_is_sent() {
    let unknown = json!({ "message": "401: Unauthorized", "code": 0 });
    let server = Server::of(vec![answer(401, &[], unknown)]).await;
    let rest = server.rest();
    for _ in 0..2 {
        assert_eq!(rest.call(post(1)).await, Err(RestError::Unauthorized));
    }
    assert_eq!(server.calls().len(), 1);
}

#[tokio::test]
async fn the_token_of_an_interaction_is_not_the_bots() {
    let dead = json!({ "message": "Invalid Webhook Token", "code": 50027 });
    let server = Server::of(vec![answer(401, &[], dead)]).await;
    let rest = server.rest();
    let result = rest.call(Call::get("/webhooks/1/t/messages/@original")).await;
    assert!(matches!(result, Err(RestError::Refused { code: 50027, .. })), "{result:?}");
    assert!(rest.call(post(1)).await.is_ok());
}

#[tokio::test]
async fn a_refusal_says_what_was_wrong_without_quoting_it() {
    let body = json!({ "code": 50035, "message": "Invalid Form Body", "errors": { "content": {
        "_errors": [{ "code": "BASE_TYPE_MAX_LENGTH", "message": "not \"my secret\"" }] } } });
    let server = Server::of(vec![
        answer(400, &[], body),
        answer(502, &[], Value::Null),
        answer(302, &[("location", "http://127.0.0.1:1/")], Value::Null),
        answer(429, &[("retry-after", "7")], Value::Null),
    ])
    .await;
    let rest = server.rest();
    let message = "Invalid Form Body (content: BASE_TYPE_MAX_LENGTH)".to_owned();
    let refused = RestError::Refused { status: 400, code: 50035, message };
    assert_eq!(rest.call(post(1)).await, Err(refused));
    assert!(matches!(rest.call(post(1)).await, Err(RestError::Busy(_))));
    let moved = rest.call(post(1)).await;
    assert!(matches!(moved, Err(RestError::Refused { status: 302, .. })), "{moved:?}");
    let after = Duration::from_secs(7);
    assert_eq!(rest.call(post(1)).await, Err(RestError::Limited { after }));
    let held = rest.call(post(2)).await;
    assert!(matches!(held, Err(RestError::Limited { .. })), "all of the address: {held:?}");
}
