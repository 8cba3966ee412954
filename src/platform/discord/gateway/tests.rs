//! The real driver against a gateway on loopback that does what it is told.

use std::collections::VecDeque;
use std::sync::atomic::AtomicU32;

use axum::Router;
use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket, WebSocketUpgrade};
use axum::routing::get;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use super::super::payloads::{GUILD, guild, ready};
use super::*;
use crate::domain::ids::{BotId, PlatformId, PlatformKey};
use crate::platform::{Doing, Fate, Handover, Memory, OpenCase, Remembered, What};

/// What one connection does after it was identified.
#[derive(Clone, Copy)]
enum Play {
    /// Closes with this code.
    Close(u16),
    /// Ready, the server, and then so many messages, by turns in #help and in the post.
    Say(u64),
    /// Says one message, then drops the connection; the resume finds two more.
    Drop,
    /// Says one message and calls the session invalid.
    Invalidate,
}

struct Stage {
    plays: Mutex<VecDeque<Play>>,
    /// What was sent to the gateway: opcodes and intents.
    heard: Mutex<Vec<String>>,
    /// How often it was asked how to connect.
    plans: AtomicU32,
    url: String,
}

async fn serve(socket: &mut WebSocket, stage: &Stage) -> Option<()> {
    send(socket, &json!({ "op": 10, "d": { "heartbeat_interval": 41_250 }, "s": null, "t": null }))
        .await?;
    let mut seq = 0;
    while let Some(Ok(frame)) = socket.recv().await {
        let Frame::Text(text) = frame else { continue };
        let said: Value = serde_json::from_str(&text).ok()?;
        let note = match said["op"].as_u64()? {
            1 => "heartbeat".to_owned(),
            2 => format!("identify {} {}", said["d"]["intents"], said["d"]["shard"]),
            6 => format!("resume {} {}", said["d"]["session_id"], said["d"]["seq"]),
            other => other.to_string(),
        };
        let op = said["op"].clone();
        stage.heard.lock().unwrap().push(note);
        if op == 1 {
            send(socket, &json!({ "op": 11 })).await?;
        }
        if op == 6 {
            seq = said["d"]["seq"].as_u64()?;
            for id in [3, 4] {
                event(socket, &mut seq, "MESSAGE_CREATE", &message(id)).await?;
            }
            event(socket, &mut seq, "RESUMED", &json!({})).await?;
        }
        if op == 2 {
            let play = stage.plays.lock().unwrap().pop_front()?;
            if let Play::Close(code) = play {
                let close = CloseFrame { code, reason: "".into() };
                socket.send(Frame::Close(Some(close))).await.ok()?;
                continue;
            }
            event(socket, &mut seq, "READY", &ready("s1", &stage.url)).await?;
            event(socket, &mut seq, "GUILD_CREATE", &guild()).await?;
            let count = match play {
                Play::Say(count) => count,
                Play::Invalidate => 1,
                Play::Drop | Play::Close(_) => 2,
            };
            for id in 0..count {
                event(socket, &mut seq, "MESSAGE_CREATE", &message(id + 1)).await?;
            }
            if let Play::Invalidate = play {
                send(socket, &json!({ "op": 9, "d": false })).await?;
            }
            if let Play::Drop = play {
                return None;
            }
        }
    }
    Some(())
}

async fn send(socket: &mut WebSocket, value: &Value) -> Option<()> {
    socket.send(Frame::Text(value.to_string().into())).await.ok()
}

async fn event(socket: &mut WebSocket, seq: &mut u64, name: &str, data: &Value) -> Option<()> {
    *seq += 1;
    send(socket, &json!({ "op": 0, "s": *seq, "t": name, "d": data })).await
}

/// Number one is in #help, two in the post, and so on.
fn message(number: u64) -> Value {
    json!({
        "id": (1_000_000 + number).to_string(), "guild_id": GUILD.to_string(), "type": 0,
        "channel_id": if number.is_multiple_of(2) { "301" } else { "200" },
        "content": format!("number {number}"), "timestamp": "2026-08-01T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [], "pinned": false,
        "author": { "id": "5", "username": "mia", "discriminator": "0", "avatar": null },
    })
}

/// Says where the gateway is, and that one message was missed before its last session.
struct Desk {
    stage: Arc<Stage>,
}

impl Reading for Desk {
    fn get(
        &self,
        path: String,
        query: Vec<(&'static str, String)>,
    ) -> Doing<'_, Result<Value, Unread>> {
        let last = self.stage.plays.lock().unwrap().is_empty();
        let answer = match path.as_str() {
            "/gateway/bot" => {
                self.stage.plans.fetch_add(1, Ordering::Relaxed);
                Ok(json!({ "url": self.stage.url, "shards": 1, "session_start_limit":
                { "total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 16 } }))
            }
            "/channels/200/messages" if last && query[0].1 == "1000001" => Ok(json!([message(5)])),
            "/channels/200/messages" => Ok(json!([])),
            _ => Ok(json!({ "threads": [] })),
        };
        Box::pin(std::future::ready(answer))
    }
}

/// Remembers that #help was heard up to here, and what it is told.
struct Diary(mpsc::UnboundedSender<(PlatformKey, PlatformKey)>);

impl Memory for Diary {
    fn dropped(&self, _: &'static str) {}

    fn places(&self) -> Doing<'_, Result<Vec<Remembered>, Down>> {
        let heard = Some(PlatformKey::from("1000"));
        let (community, channel) = (PlatformKey::from("100"), PlatformKey::from("200"));
        Box::pin(async { Ok(vec![Remembered { community, channel, heard }]) })
    }

    fn remember<'a>(
        &'a self,
        heard: &'a [(PlatformKey, PlatformKey)],
    ) -> Doing<'a, Result<(), Down>> {
        for pair in heard {
            drop(self.0.send(pair.clone()));
        }
        Box::pin(async { Ok(()) })
    }

    fn escalation<'a>(&'a self, _: &'a PlatformKey) -> Doing<'a, Result<Vec<String>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn open_cases<'a>(&'a self, _: &'a PlatformKey) -> Doing<'a, Result<Vec<OpenCase>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(std::future::pending())
    }
}

struct World {
    stage: Arc<Stage>,
    gateway: Arc<Gateway>,
    stop: CancellationToken,
    running: JoinSet<Result<(), Down>>,
    _server: JoinSet<()>,
    engine: mpsc::Receiver<Handover>,
    told: mpsc::UnboundedReceiver<(PlatformKey, PlatformKey)>,
}

async fn world(plays: &[Play]) -> World {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let plays = Mutex::new(plays.iter().copied().collect());
    let (heard, asked) = (Mutex::default(), AtomicU32::new(0));
    let stage = Arc::new(Stage { plays, heard, plans: asked, url });
    let shared = Arc::clone(&stage);
    let upgrade = move |upgrade: WebSocketUpgrade| {
        let stage = Arc::clone(&shared);
        async move {
            upgrade.on_upgrade(async move |mut socket| {
                serve(&mut socket, &stage).await;
            })
        }
    };
    let router = Router::new().route("/", get(upgrade));
    let (mut server, mut running) = (JoinSet::new(), JoinSet::new());
    server.spawn(async { axum::serve(listener, router).await.unwrap() });
    let on_interaction: OnInteraction = Arc::new(|_, _| Err(Dropped("no menus here")));
    let now: Now = Arc::new(|| Moment::from_millis(1_785_600_000_000));
    let (reading, guilds) =
        (Arc::new(Desk { stage: Arc::clone(&stage) }), Arc::new(Guilds::default()));
    let gateway = Arc::new(Gateway::new("token", reading, guilds, on_interaction, now));
    let (queue, engine) = mpsc::channel(256);
    let (tell, told) = mpsc::unbounded_channel();
    let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("discord"), queue)
        .with_memory(Arc::new(Diary(tell)));
    let stop = CancellationToken::new();
    let (there, ended) = (Arc::clone(&gateway), stop.clone());
    running.spawn(async move { there.run(sink, ended).await });
    World { stage, gateway, stop, running, _server: server, engine, told }
}

impl World {
    async fn ended(&mut self) -> Result<(), Down> {
        self.running.join_next().await.unwrap().unwrap()
    }

    async fn next(&mut self) -> (String, String, oneshot::Sender<Fate>) {
        let handover = self.engine.recv().await.expect("more to come");
        let What::Said(message) = handover.inbound.what else { panic!("said") };
        (handover.inbound.place.channel.to_string(), message.text, handover.done)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_said_in_a_channel_arrives_in_order_and_cursors_follow() {
    let mut world = world(&[Play::Say(1_000)]).await;
    let mut last = BTreeMap::new();
    for _ in 0..1_000 {
        let (channel, text, done) = world.next().await;
        let number: u64 = text.strip_prefix("number ").unwrap().parse().unwrap();
        let before = last.insert(channel.clone(), number);
        assert_eq!(number, before.map_or(number.min(2), |before| before + 2), "in {channel}");
        done.send(Fate::Handled).unwrap();
    }
    world.stop.cancel();
    world.ended().await.unwrap();
    let mut cursors = Vec::new();
    while let Some(pair) = world.told.recv().await {
        cursors.push(pair);
    }
    let newest = (PlatformKey::from("200"), PlatformKey::from("1000999"));
    assert_eq!(cursors.last(), Some(&newest), "the thread is no place that matters");
    assert_eq!(world.stage.heard.lock().unwrap()[0], "identify 38401 [0,1]");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_slow_commit_in_one_channel_stops_no_other() {
    let mut world = world(&[Play::Say(100)]).await;
    let (mut kept, mut others) = (Vec::new(), 0);
    while others < 50 {
        let (channel, _, done) = world.next().await;
        if channel == "200" {
            kept.push(done);
        } else {
            others += 1;
            done.send(Fate::Handled).unwrap();
        }
    }
    assert!((1..50).contains(&kept.len()), "its lane waits for the commits of a run");
    world.engine.close();
    drop(kept);
    world.ended().await.unwrap();
    assert!(world.told.recv().await.is_none(), "nothing of #help was committed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_connection_is_resumed_where_it_was() {
    let mut world = world(&[Play::Drop]).await;
    let mut heard = Vec::new();
    for _ in 0..4 {
        let (_, text, done) = world.next().await;
        heard.push(text);
        done.send(Fate::Handled).unwrap();
    }
    heard.sort();
    assert_eq!(heard, ["number 1", "number 2", "number 3", "number 4"]);
    let said = world.stage.heard.lock().unwrap().clone();
    assert_eq!(said, ["identify 38401 [0,1]", "resume \"s1\" 4"]);
    world.stop.cancel();
    world.ended().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_a_session_that_is_no_more_the_gap_is_read_up_first() {
    let mut world = world(&[Play::Invalidate, Play::Say(0)]).await;
    for expected in ["number 1", "number 5"] {
        let (_, text, done) = world.next().await;
        assert_eq!(text, expected);
        done.send(Fate::Handled).unwrap();
    }
    world.stop.cancel();
    world.ended().await.unwrap();
    let said = world.stage.heard.lock().unwrap().clone();
    assert_eq!(said, ["identify 38401 [0,1]", "identify 38401 [0,1]"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_the_content_intent_it_connects_and_says_what_is_lost() {
    let mut world = world(&[Play::Close(4014), Play::Say(1)]).await;
    let (_, text, done) = world.next().await;
    assert_eq!(text, "number 1");
    done.send(Fate::Handled).unwrap();
    assert!(world.gateway.degraded().unwrap().contains("Message Content Intent"));
    let said = world.stage.heard.lock().unwrap().clone();
    assert_eq!(said, ["identify 38401 [0,1]", "identify 5633 [0,1]"]);
    world.stop.cancel();
    world.ended().await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_is_final_and_says_what_to_do() {
    let down = world(&[Play::Close(4004)]).await.ended().await.unwrap_err();
    assert!(down.0.contains("developer portal"), "{down}");
    let down = world(&[Play::Close(4013)]).await.ended().await.unwrap_err();
    assert!(down.0.contains("4013"), "{down}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_way_to_connect_that_is_refused_twice_is_not_tried_for_ever() {
    for code in [4010, 4011, 4012] {
        let mut world = world(&[Play::Close(code), Play::Close(code), Play::Say(1)]).await;
        let down = world.ended().await.unwrap_err();
        assert!(down.0.contains(&format!("close code {code}")), "{down}");
        assert_eq!(world.stage.heard.lock().unwrap().len(), 2, "asked anew once, and no more");
        let plans = world.stage.plans.load(Ordering::Relaxed);
        assert_eq!(plans, 2, "each time by what Discord then recommends");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_way_to_connect_that_is_refused_once_is_asked_for_anew() {
    let mut world = world(&[Play::Close(4011), Play::Say(1)]).await;
    let (_, text, done) = world.next().await;
    assert_eq!(text, "number 1");
    done.send(Fate::Handled).unwrap();
    world.stop.cancel();
    world.ended().await.unwrap();
}

#[tokio::test]
async fn identifies_are_paced_by_bucket() {
    tokio::time::pause();
    let pace = Pace::new(2);
    let turns: Vec<u64> = (0..6).map(|shard| pace.turn(shard).as_secs()).collect();
    assert_eq!(turns, [0, 0, 5, 5, 10, 10]);
    tokio::time::advance(Duration::from_mins(1)).await;
    assert_eq!(pace.turn(0), Duration::ZERO);
}
