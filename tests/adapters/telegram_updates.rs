//! The double's ways to tell a bot what happened, tried by hand: the poll with its offset, and the
//! webhook with its tries.
#![expect(clippy::expect_used, reason = "a double that does not answer is no double")]
#![expect(clippy::indexing_slicing, reason = "an index of JSON reads null")]

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

use crate::telegram_double::Bench;
use crate::telegram_town::rest::Fault;
use crate::trial::within;

impl Bench {
    /// One poll, as the list of what it tells.
    pub(crate) async fn polls(&self, params: Value) -> Vec<Value> {
        let batch = within("a batch of updates", self.gets("getUpdates", params)).await;
        batch.as_array().cloned().expect("a list")
    }

    /// Fetches and confirms everything, and says of what kind it was.
    pub(crate) async fn drains(&self) -> Vec<String> {
        self.hears().await.iter().map(kind).collect()
    }

    /// Fetches and confirms everything that waits.
    pub(crate) async fn hears(&self) -> Vec<Value> {
        let all = self.polls(json!({})).await;
        if let Some(last) = all.last() {
            self.polls(json!({"offset": number(last) + 1})).await;
        }
        all
    }
}

fn number(update: &Value) -> i64 {
    update["update_id"].as_i64().expect("a number")
}

fn kind(update: &Value) -> String {
    let fields = update.as_object().expect("an update");
    fields.keys().find(|field| *field != "update_id").expect("of a kind").clone()
}

fn texts(updates: &[Value]) -> Vec<&str> {
    updates.iter().map(|it| it["message"]["text"].as_str().unwrap_or_default()).collect()
}

/// A bench whose bot is in a private chat with Mia, and has heard everything.
async fn conversation() -> Bench {
    let bench = Bench::new().await;
    bench.town.starts(bench.mia, None);
    bench.hears().await;
    bench
}

#[tokio::test]
async fn an_update_waits_until_a_higher_offset_confirms_it() {
    let bench = conversation().await;
    for text in ["one", "two", "three"] {
        bench.town.whispers(bench.mia, text);
    }
    let all = bench.polls(json!({})).await;
    assert_eq!(texts(&all), ["one", "two", "three"]);
    let first = number(&all[0]);
    assert_eq!(all.iter().map(number).collect::<Vec<_>>(), [first, first + 1, first + 2]);
    assert_eq!(texts(&bench.polls(json!({"limit": 1})).await), ["one"], "nothing is confirmed yet");
    assert_eq!(texts(&bench.polls(json!({"offset": first + 1, "limit": 1})).await), ["two"]);
    assert_eq!(texts(&bench.polls(json!({"offset": -1})).await), ["three"], "all before is gone");
    assert_eq!(bench.polls(json!({"offset": first + 3})).await, [] as [Value; 0]);
    bench.wrongly_polls(json!({"limit": 101})).await;
    bench.wrongly_polls(json!({"allowed_updates": ["reaction"]})).await;
}

impl Bench {
    async fn wrongly_polls(&self, params: Value) {
        assert_eq!(self.refused("getUpdates", params).await.0, 400);
        assert_eq!(self.town.forgives().len(), 1);
    }
}

#[tokio::test]
async fn a_poll_waits_until_something_comes_or_its_time_is_over() {
    let bench = conversation().await;
    let poll = || bench.polls(json!({"timeout": 30}));
    let talk = async {
        bench.town.connected().await;
        bench.town.whispers(bench.mia, "hello");
    };
    let (came, ()) = tokio::join!(poll(), talk);
    assert_eq!(texts(&came), ["hello"]);
    assert!(!bench.town.look(crate::telegram_town::state::State::is_connected), "not confirmed");
    let last = number(&came[0]);
    let silence = async {
        bench.town.connected().await;
        bench.clock.advance(Duration::from_secs(29));
        bench.clock.advance(Duration::from_secs(1));
    };
    let (came, ()) = tokio::join!(bench.polls(json!({"timeout": 30, "offset": last + 1})), silence);
    assert_eq!(came, [] as [Value; 0]);
}

#[tokio::test]
async fn of_two_polls_the_first_is_ended() {
    let bench = conversation().await;
    let second = async {
        bench.town.connected().await;
        bench.polls(json!({"timeout": 0})).await
    };
    let first = bench.refused("getUpdates", json!({"timeout": 50}));
    let ((code, description), _) =
        within("both polls", async { tokio::join!(first, second) }).await;
    let words = "Conflict: terminated by other getUpdates request; make sure that only one bot \
                 instance is running";
    assert_eq!((code, description.as_str()), (409, words));
    let hook = async {
        bench.town.connected().await;
        bench.gets("setWebhook", json!({"url": "https://lumen.example/hook"})).await
    };
    let first = bench.refused("getUpdates", json!({"timeout": 50}));
    let ((code, description), _) =
        within("poll and hook", async { tokio::join!(first, hook) }).await;
    assert_eq!((code, description.as_str()), (409, "Conflict: terminated by setWebhook request"));
    let (code, description) = bench.refused("getUpdates", json!({})).await;
    assert!(code == 409 && description.contains("while webhook is active"), "{description}");
    bench.gets("deleteWebhook", json!({})).await;
    bench.polls(json!({})).await;
}

#[tokio::test]
async fn what_nobody_fetches_in_time_is_lost() {
    let bench = conversation().await;
    let markup = json!({"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]});
    bench
        .gets("sendMessage", json!({"chat_id": bench.mia, "text": "?", "reply_markup": markup}))
        .await;
    bench.town.whispers(bench.mia, "old");
    bench.town.presses(bench.mia, bench.mia, "Yes");
    bench.clock.advance(Duration::from_secs(150));
    assert_eq!(bench.polls(json!({})).await.len(), 2);
    bench.clock.advance(Duration::from_secs(1));
    assert_eq!(texts(&bench.polls(json!({})).await), ["old"], "a pressed button waits less");
    bench.clock.advance(Duration::from_hours(24));
    assert_eq!(bench.polls(json!({})).await, [] as [Value; 0]);
}

#[tokio::test]
async fn kinds_that_nobody_asked_for_are_not_told_and_the_wish_is_kept() {
    let bench = Bench::new().await;
    bench.town.promotes(bench.robin, bench.help, bench.town.me(), &[]);
    let asked = bench.town.says(bench.mia, bench.help, "why?");
    bench.hears().await;
    bench.town.reacts(bench.kai, bench.help, asked, "👍");
    bench.town.leaves(bench.help, bench.kai);
    assert_eq!(bench.drains().await, ["message"], "by default neither reactions nor members");
    let wish = json!(["message", "message_reaction", "chat_member"]);
    bench.polls(json!({"allowed_updates": wish})).await;
    bench.town.reacts(bench.mia, bench.help, asked, "🔥");
    bench.town.joins(bench.help, bench.kai);
    bench.town.edits(bench.mia, bench.help, asked, "why not?");
    assert_eq!(bench.drains().await, ["message_reaction", "chat_member", "message"]);
    bench.polls(json!({"allowed_updates": []})).await;
    bench.town.edits(bench.mia, bench.help, asked, "why?");
    bench.town.unreacts(bench.mia, bench.help, asked);
    assert_eq!(bench.drains().await, ["edited_message"], "an empty list is the default again");
}

#[tokio::test]
async fn updates_come_twice_and_backwards_on_demand() {
    let bench = conversation().await;
    let town = &bench.town;
    town.tells_twice(true);
    town.tells_backwards(true);
    town.counts_from(7);
    town.whispers(bench.mia, "one");
    town.whispers(bench.mia, "two");
    let once = bench.polls(json!({})).await;
    assert_eq!(texts(&once), ["two", "one"]);
    assert_eq!(once.iter().map(number).collect::<Vec<_>>(), [8, 7]);
    let again = bench.polls(json!({"offset": 9})).await;
    assert_eq!(texts(&again), ["two", "one"]);
    assert_eq!(bench.polls(json!({"offset": 9})).await, [] as [Value; 0], "twice, and no more");
    town.whispers(bench.mia, "three");
    town.fails("getUpdates", Fault::CutAfter);
    assert!(bench.tries("getUpdates", json!({})).await.is_err());
    assert_eq!(texts(&bench.polls(json!({})).await), ["three"], "what was not told still waits");
}

/// How deliveries are to be answered: with which status, and with a wish for which pause.
type Answers = Arc<Mutex<Vec<(u16, Option<u64>)>>>;

/// Where a webhook leads: what came there, with its secret, and how it is answered.
struct Door {
    url: String,
    came: mpsc::Receiver<(String, Value)>,
    answers: Answers,
    _serving: JoinSet<()>,
}

type Behind = (mpsc::Sender<(String, Value)>, Answers);

impl Door {
    async fn open() -> Door {
        let (tell, came) = mpsc::channel(64);
        let answers = Arc::new(Mutex::new(Vec::new()));
        let door = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let url = format!("http://{}/hook", door.local_addr().expect("bound"));
        let router = axum::Router::new().fallback(knock).with_state((tell, Arc::clone(&answers)));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(door, router).await.expect("serves") });
        Door { url, came, answers, _serving: serving }
    }

    /// What comes next, by secret and text.
    async fn hears(&mut self) -> (String, String) {
        let (secret, update) = within("a delivery", self.came.recv()).await.expect("the door");
        (secret, update["message"]["text"].as_str().unwrap_or_default().to_owned())
    }

    /// How the next deliveries are answered, and whether with a wish for a pause.
    async fn answers(&self, with: &[(u16, Option<u64>)]) {
        self.answers.lock().await.extend(with);
    }
}

async fn knock(
    State((tell, answers)): State<Behind>,
    request: Request,
) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let secret = parts.headers.get("X-Telegram-Bot-Api-Secret-Token");
    let secret = secret.and_then(|it| it.to_str().ok()).unwrap_or_default().to_owned();
    let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
    tell.send((secret, serde_json::from_slice(&body).expect("JSON"))).await.expect("heard");
    let mut answers = answers.lock().await;
    let (status, pause) = if answers.is_empty() { (200, None) } else { answers.remove(0) };
    let mut response =
        axum::response::Response::builder().status(StatusCode::from_u16(status).expect("a status"));
    if let Some(pause) = pause {
        response = response.header("Retry-After", pause);
    }
    response.body(axum::body::Body::empty()).expect("a response")
}

#[tokio::test]
async fn a_webhook_is_told_in_order_with_the_secret() {
    let (bench, mut door) = (conversation().await, Door::open().await);
    bench.town.whispers(bench.mia, "waiting");
    let hook = json!({"url": door.url, "secret_token": "s3cret", "allowed_updates": ["message"]});
    bench.gets("setWebhook", hook).await;
    bench.town.whispers(bench.mia, "one");
    bench.town.whispers(bench.mia, "two");
    for text in ["waiting", "one", "two"] {
        assert_eq!(door.hears().await, ("s3cret".to_owned(), text.to_owned()));
    }
    bench.town.connected().await;
    let info = bench.gets("getWebhookInfo", json!({})).await;
    assert_eq!(info["pending_update_count"], 0);
    assert_eq!((&info["url"], &info["allowed_updates"]), (&json!(door.url), &json!(["message"])));
    assert!(info.get("last_error_message").is_none());
    bench.gets("deleteWebhook", json!({"drop_pending_updates": true})).await;
    for (hook, words) in [
        (json!({"url": "http://lumen.example"}), "An HTTPS URL must be provided"),
        (json!({"url": "https://lumen.example:8080"}), "only on ports"),
        (json!({"url": door.url, "secret_token": "no way"}), "unallowed characters"),
        (json!({"url": door.url, "max_connections": 101}), "max_connections"),
    ] {
        let (code, description) = bench.refused("setWebhook", hook).await;
        assert!(code == 400 && description.contains(words), "{description}");
        bench.town.forgives();
    }
}

#[tokio::test]
async fn what_a_webhook_does_not_take_is_tried_again_and_nothing_overtakes_it() {
    let (bench, mut door) = (conversation().await, Door::open().await);
    door.answers(&[(500, None), (500, None), (503, Some(900)), (200, None)]).await;
    bench.gets("setWebhook", json!({"url": door.url})).await;
    bench.town.whispers(bench.mia, "one");
    bench.town.whispers(bench.mia, "two");
    assert_eq!(door.hears().await.1, "one");
    assert_eq!(door.hears().await.1, "one", "again at once");
    let failed = |times: usize| {
        move |state: &crate::telegram_town::state::State| {
            (state.hook.failures() == times).then_some(())
        }
    };
    bench.town.until("two failures", failed(2)).await;
    let info = bench.gets("getWebhookInfo", json!({})).await;
    let why = "Wrong response from the webhook: 500 Internal Server Error";
    assert_eq!(info["last_error_message"], why);
    assert_eq!(info["pending_update_count"], 2);
    bench.clock.advance(Duration::from_secs(2));
    assert_eq!(door.hears().await.1, "one", "again after a pause");
    bench.town.until("three failures", failed(3)).await;
    bench.town.retries_now();
    assert_eq!(door.hears().await.1, "one", "again when the test says so");
    assert_eq!(door.hears().await.1, "two");
    bench.town.connected().await;
}

#[tokio::test]
async fn a_webhook_that_says_for_a_day_that_it_is_gone_is_taken_away() {
    let (bench, mut door) = (conversation().await, Door::open().await);
    door.answers(&[(410, None), (410, Some(10)), (410, None)]).await;
    bench.gets("setWebhook", json!({"url": door.url})).await;
    bench.town.whispers(bench.mia, "one");
    door.hears().await;
    door.hears().await;
    bench.town.until("two failures", |state| (state.hook.failures() == 2).then_some(())).await;
    bench.clock.advance(Duration::from_hours(23));
    door.hears().await;
    bench.town.until("no webhook", |state| (!state.hook.is_set()).then_some(())).await;
    assert_eq!(texts(&bench.polls(json!({})).await), ["one"], "what it did not take still waits");
}
