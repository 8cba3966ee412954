//! The listeners, as a browser and as a stranger's page would speak to them: over the wire.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::{Health, playground_router, public_router, serve, with_hooks};
use crate::domain::case::Due;
use crate::domain::ids::{BotId, Language};
use crate::domain::time::Moment;
use crate::platform::playground::{
    Config, Hands, House, Insight, Journal, Keeper, Kept, Person, Playground, Refusal, Shelf,
};
use crate::platform::{Doing, Down, Hook, HookCall};

/// A journal that forgets and a clock that stands: these stories are about the door.
struct Nothing;

impl Journal for Nothing {
    fn load(&self) -> Doing<'_, Result<Kept, Down>> {
        Box::pin(async { Ok(Kept::default()) })
    }
    fn keep<'a>(
        &'a self,
        _: (i64, &'a str),
        _: Option<(&'a str, &'a str)>,
    ) -> Doing<'a, Result<(), Down>> {
        Box::pin(async { Ok(()) })
    }
    fn heard<'a>(&'a self, _: &'a str) -> Doing<'a, Result<(), Down>> {
        Box::pin(async { Ok(()) })
    }
}

impl Hands for Nothing {
    fn now(&self) -> Moment {
        Moment::from_millis(1_800_000_000_000)
    }
    fn offset(&self) -> Duration {
        Duration::ZERO
    }
    fn forward(&self, _: Duration) {}
    fn next(&self) -> Doing<'_, Option<(Moment, Option<Due>)>> {
        Box::pin(async { None })
    }
    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(std::future::pending())
    }
    fn escalation(&self) -> Doing<'_, Option<String>> {
        Box::pin(async { None })
    }
    fn inside<'a>(&'a self, _: &'a Language, _: &'static [Person]) -> Doing<'a, Option<Insight>> {
        Box::pin(async { None })
    }
}

impl Keeper for Nothing {
    fn shelf(&self) -> Doing<'_, Shelf> {
        let folders = vec!["bots/acme".to_owned(), "bots/lumen".to_owned()];
        Box::pin(async { Shelf { here: "bots/lumen".to_owned(), folders } })
    }
    fn open<'a>(&'a self, folder: Option<&'a str>, _: bool) -> Doing<'a, Result<(), Box<Refusal>>> {
        Box::pin(async move { Err(Refusal::because(format!("{folder:?} cannot move in."))) })
    }
}

struct Feeling(Result<Vec<String>, String>);

impl Health for Feeling {
    fn ready(&self) -> Result<Vec<String>, String> {
        self.0.clone()
    }
    fn metrics(&self) -> String {
        "# EOF\n".to_owned()
    }
}

struct Listening {
    address: SocketAddr,
    stop: CancellationToken,
    ended: JoinSet<std::io::Result<()>>,
}

impl Listening {
    async fn on(router: impl AsyncFnOnce(SocketAddr) -> Router) -> Listening {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let mut ended = JoinSet::new();
        ended.spawn(serve(listener, router(address).await, stop.clone()));
        Listening { address, stop, ended }
    }

    async fn playground() -> Listening {
        let config = Config {
            bot: BotId::from("lumen"),
            brand: "Lumen".to_owned(),
            languages: vec![Language::from("en")],
            topics: vec![],
            escalation: "human".to_owned(),
            questions: vec![],
            wording: Arc::new(|_, key| key.to_owned()),
        };
        let opened = Playground::open(config, Arc::new(Nothing), Arc::new(Nothing)).await.unwrap();
        let house = Arc::new(House::new(Arc::new(opened), Arc::new(Nothing)));
        Listening::on(async |address| playground_router(house, address)).await
    }

    /// The whole answer to one GET; `PORT` in the headers is the listener's.
    async fn get(&self, path: &str, headers: &str) -> String {
        self.ask("GET", path, headers, "").await
    }

    async fn ask(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        let headers = headers.replace("PORT", &self.address.port().to_string());
        let request = format!(
            "{method} {path} HTTP/1.1\r\nConnection: close, upgrade\r\n{headers}\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer
    }
}

const HOST: &str = "Host: 127.0.0.1:PORT\r\n";

/// A browser's handshake, but for Host and Origin.
const UPGRADE: &str = "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n\
                       Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap()
}

#[tokio::test]
async fn the_page_is_served_with_headers_that_let_it_reach_nothing_else() {
    let listening = Listening::playground().await;
    let port = listening.address.port();
    for (path, code, kind) in [
        ("/", 200, "text/html"),
        ("/?as=mia", 200, "text/html"),
        ("/page.css", 200, "text/css"),
        ("/page.js", 200, "text/javascript"),
        ("/folders.js", 200, "text/javascript"),
        ("/people.js", 200, "text/javascript"),
        ("/guide.js", 200, "text/javascript"),
        ("/tour.js", 200, "text/javascript"),
        ("/tour-en.js", 200, "text/javascript"),
        ("/words-de.js", 200, "text/javascript"),
        ("/panel.css", 200, "text/css"),
        ("/panel.js", 200, "text/javascript"),
        ("/posts.js", 200, "text/javascript"),
        ("/images.js", 200, "text/javascript"),
        ("/threads.js", 200, "text/javascript"),
        ("/clock.js", 200, "text/javascript"),
        ("/unsent.js", 200, "text/javascript"),
        ("/composer.js", 200, "text/javascript"),
        ("/words.js", 200, "text/javascript"),
        ("/playground.json", 200, "application/json"),
        ("/../Cargo.toml", 404, ""),
        ("/socket?as=mia", 403, "text/plain"),
    ] {
        let answer = listening.get(path, HOST).await;
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        assert_eq!(status(head), code, "{path}");
        assert!(head.contains(&format!("content-type: {kind}")) || kind.is_empty(), "{head}");
        assert_eq!(body.is_empty(), code == 404, "{path}");
        for header in [
            "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; ",
            &format!("connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; "),
            "img-src 'self' data: https:; ",
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
            "x-dns-prefetch-control: off",
            "cache-control: no-store",
        ] {
            assert!(answer.contains(header), "{path} lacks {header}: {head}");
        }
    }
}

/// What a file of words has words for.
fn keys(path: &str) -> Vec<String> {
    let page = super::playground::PAGE.iter().find(|(known, ..)| *known == path).unwrap();
    let words = page.2.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
    words.map(|(key, _)| key.to_owned()).collect()
}

#[test]
fn the_page_says_in_german_what_it_says_in_english() {
    for part in ["words", "tour"] {
        let english = keys(&format!("/{part}-en.js"));
        assert!(!english.is_empty());
        assert_eq!(english, keys(&format!("/{part}-de.js")));
    }
}

#[tokio::test]
async fn a_name_that_is_not_loopback_is_refused() {
    let listening = Listening::playground().await;
    for (host, code) in [
        ("Host: 127.0.0.1:PORT\r\n", 200),
        ("Host: localhost:PORT\r\n", 200),
        ("Host: LOCALHOST:PORT\r\n", 200),
        ("Host: [::1]:PORT\r\n", 200),
        ("Host: evil.example:PORT\r\n", 403),
        ("Host: localhost.evil.example:PORT\r\n", 403),
        ("Host: 127.0.0.1:1\r\n", 403),
        ("Host: 127.0.0.1\r\n", 403),
        ("Host: 127.0.0.1:PORT@evil.example\r\n", 403),
        ("Host:\r\n", 403),
        ("", 403),
        ("Host: 127.0.0.1:PORT\r\nHost: evil.example\r\n", 403),
    ] {
        for path in ["/", "/playground.json", "/nowhere"] {
            let answer = listening.get(path, host).await;
            let code = if code == 200 && path == "/nowhere" { 404 } else { code };
            assert_eq!(status(&answer), code, "{path} {host}");
            assert!(code != 403 || answer.ends_with("127.0.0.1, localhost and [::1].\n"));
        }
    }
}

#[tokio::test]
async fn a_socket_is_for_our_own_page_and_for_people_who_live_here() {
    let listening = Listening::playground().await;
    for (person, origin, code) in [
        ("mia", "", 403),
        ("mia", "Origin: null\r\n", 403),
        ("mia", "Origin: http://evil.example\r\n", 403),
        ("mia", "Origin: http://127.0.0.1:1\r\n", 403),
        ("mia", "Origin: https://127.0.0.1:PORT\r\n", 403),
        ("mia", "Origin: http://127.0.0.1:PORT.evil.example\r\n", 403),
        ("nobody", "Origin: http://127.0.0.1:PORT\r\n", 404),
        ("", "Origin: http://127.0.0.1:PORT\r\n", 404),
    ] {
        let headers = format!("{HOST}{origin}{UPGRADE}");
        let answer = listening.get(&format!("/socket?as={person}"), &headers).await;
        assert_eq!(status(&answer), code, "{person} {origin} {answer}");
    }
    for host in ["127.0.0.1", "localhost", "[::1]"] {
        assert_eq!(Tab::open(&listening, "mia", host).await.hello["type"], "hello", "{host}");
    }
}

#[tokio::test]
async fn what_one_tab_says_another_shows_and_nonsense_is_answered_kindly() {
    let listening = Listening::playground().await;
    let mut mia = Tab::open(&listening, "mia", "127.0.0.1").await;
    let mut sam = Tab::open(&listening, "sam", "127.0.0.1").await;
    mia.send(r#"{"do":"say","channel":"help","text":"hello","reply_to":null}"#).await;
    for tab in [&mut mia, &mut sam] {
        let frame = tab.receive().await.unwrap();
        assert_eq!(frame["post"]["pieces"][0]["text"], "hello");
    }
    for nonsense in
        ["", "{}", "[1", r#"{"do":"fly"}"#, r#"{"do":"say","channel":"staff","text":"x"}"#]
    {
        mia.send(nonsense).await;
        let frame = mia.receive().await.unwrap();
        assert_eq!(frame["type"], "error", "{nonsense}");
        assert!(frame["words"].is_string());
    }
    let megabyte = "very ".repeat(200_000);
    let frame = serde_json::json!({ "do": "say", "channel": "help", "text": megabyte });
    mia.send(&frame.to_string()).await;
    assert_eq!(mia.receive().await.unwrap()["type"], "error", "a megabyte is told to be too long");
    mia.send(&"x".repeat(4 * 1024 * 1024 + 1)).await;
    assert_eq!(mia.receive().await, None, "a frame that is too long ends the socket");
    sam.send(r#"{"do":"clock","forward_ms":1000}"#).await;
    assert_eq!(sam.receive().await.unwrap()["type"], "clock", "and no other one");
}

#[tokio::test]
async fn a_moderator_chooses_among_bots_and_nobody_else_does() {
    let listening = Listening::playground().await;
    let mut robin = Tab::open(&listening, "robin", "127.0.0.1").await;
    robin.send(r#"{"do":"shelf"}"#).await;
    let shelf = robin.receive().await.unwrap();
    assert_eq!(shelf["type"], "shelf");
    assert_eq!(shelf["folders"], serde_json::json!(["bots/acme", "bots/lumen"]));
    for (folder, words) in [
        (r#""bots/acme""#, "Some(\"bots/acme\") cannot move in."),
        ("null", "None cannot move in."),
        (r#""  ""#, "Give the path of a bot's folder, such as bots/lumen."),
        (r#""a\nb""#, "Give the path of a bot's folder, such as bots/lumen."),
    ] {
        robin.send(&format!(r#"{{"do":"open","folder":{folder}}}"#)).await;
        let refused = robin.receive().await.unwrap();
        assert_eq!(refused["type"], "refused");
        assert_eq!(refused["words"], words);
    }
    let mut mia = Tab::open(&listening, "mia", "127.0.0.1").await;
    for asked in [r#"{"do":"shelf"}"#, r#"{"do":"open","folder":"bots/acme"}"#] {
        mia.send(asked).await;
        let error = mia.receive().await.unwrap();
        assert_eq!(error["type"], "error", "{error}");
    }
}

#[tokio::test]
async fn sixty_four_tabs_are_enough() {
    let listening = Listening::playground().await;
    let mut tabs = Vec::new();
    for _ in 0..64 {
        tabs.push(Tab::open(&listening, "mia", "127.0.0.1").await);
    }
    let headers = format!("{HOST}Origin: http://127.0.0.1:PORT\r\n{UPGRADE}");
    let answer = listening.get("/socket?as=mia", &headers).await;
    assert_eq!(status(&answer), 503, "{answer}");
}

#[tokio::test]
async fn a_stop_ends_open_sockets_and_the_listener() {
    let mut listening = Listening::playground().await;
    let mut tab = Tab::open(&listening, "mia", "localhost").await;
    listening.stop.cancel();
    assert_eq!(tab.receive().await, None);
    listening.ended.join_next().await.unwrap().unwrap().unwrap();
    assert!(TcpStream::connect(listening.address).await.is_err());
}

#[tokio::test]
async fn the_public_side_says_how_it_is_and_nothing_else() {
    for (feeling, code, body) in [
        (Ok(vec![]), 200, r#"{"ready":true}"#),
        (Ok(vec!["one of two".to_owned()]), 200, r#"{"down":["one of two"],"ready":true}"#),
        (
            Err("the database does not answer".to_owned()),
            503,
            r#"{"missing":"the database does not answer","ready":false}"#,
        ),
    ] {
        let health = Arc::new(Feeling(feeling));
        let listening = Listening::on(async |_| public_router(health)).await;
        let answer = listening.get("/readyz", "Host: bots.example\r\n").await;
        assert_eq!(status(&answer), code);
        assert!(answer.ends_with(body), "{answer}");
        assert!(listening.get("/healthz", "Host: a\r\n").await.ends_with("\r\n\r\nok"));
        let metrics = listening.get("/metrics", "Host: a\r\n").await;
        assert!(metrics.contains("openmetrics-text") && metrics.ends_with("# EOF\n"), "{metrics}");
        for path in ["/", "/socket?as=sam", "/playground.json", "/page.js"] {
            assert_eq!(status(&listening.get(path, "Host: a\r\n").await), 404, "{path}");
        }
    }
}

/// A platform's hook that takes what begins with its secret.
struct Knock;

impl Hook for Knock {
    fn path(&self) -> &'static str {
        "/knock/here"
    }

    fn body_limit(&self) -> usize {
        16
    }

    fn call(&self, call: HookCall) -> Doing<'_, u16> {
        let is_known = call.headers.contains(&("x-word".to_owned(), "sesame".to_owned()));
        let code = if is_known && call.body == b"let me in" { 200 } else { 401 };
        Box::pin(async move { code })
    }
}

#[tokio::test]
async fn a_platform_is_heard_at_its_own_path_and_nowhere_else() {
    let health = Arc::new(Feeling(Ok(vec![])));
    let router = with_hooks(public_router(health), vec![Arc::new(Knock)]);
    let listening = Listening::on(async |_| router).await;
    for (method, path, word, body, code) in [
        ("POST", "/knock/here", "sesame", "let me in", 200),
        ("POST", "/knock/here?x=1", "sesame", "let me in", 200),
        ("POST", "/knock/here", "other", "let me in", 401),
        ("POST", "/knock/here", "sesame", "", 401),
        ("POST", "/knock/here", "sesame", "longer than it may be", 413),
        ("GET", "/knock/here", "sesame", "let me in", 405),
        ("POST", "/knock", "sesame", "let me in", 404),
        ("POST", "/knock/here/", "sesame", "let me in", 404),
        ("GET", "/healthz", "sesame", "", 200),
    ] {
        let headers = format!("Host: a\r\nX-Word: {word}\r\nContent-Length: {}\r\n", body.len());
        let answer = listening.ask(method, path, &headers, body).await;
        assert_eq!(status(&answer), code, "{method} {path} {word} {body}");
    }
}

/// A browser's end of a socket: as much of RFC 6455 as these stories need.
struct Tab {
    stream: TcpStream,
    hello: serde_json::Value,
}

impl Tab {
    async fn open(listening: &Listening, person: &str, host: &str) -> Tab {
        let mut stream = TcpStream::connect(listening.address).await.unwrap();
        let host = format!("{host}:{}", listening.address.port());
        let request = format!(
            "GET /socket?as={person} HTTP/1.1\r\nHost: {host}\r\nOrigin: http://{host}\r\n\
             Connection: upgrade\r\n{UPGRADE}\r\n"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.unwrap());
        }
        assert_eq!(status(&String::from_utf8(head).unwrap()), 101);
        let mut tab = Tab { stream, hello: serde_json::Value::Null };
        tab.hello = tab.receive().await.unwrap();
        tab
    }

    async fn send(&mut self, text: &str) {
        let mut frame = vec![0x81];
        match u16::try_from(text.len()) {
            Ok(length) if length < 126 => frame.push(0x80 + u8::try_from(length).unwrap()),
            Ok(length) => {
                frame.push(0x80 + 126);
                frame.extend(length.to_be_bytes());
            }
            Err(_) => {
                frame.push(0x80 + 127);
                frame.extend((text.len() as u64).to_be_bytes());
            }
        }
        frame.extend([0; 4]); // a mask that leaves the text as it is
        frame.extend(text.as_bytes());
        // The other end may have seen enough of an overlong frame.
        let _ = self.stream.write_all(&frame).await;
    }

    /// The next frame; `None` at the end.
    async fn receive(&mut self) -> Option<serde_json::Value> {
        let kind = self.stream.read_u8().await.ok()?;
        let length = match self.stream.read_u8().await.ok()? {
            126 => u64::from(self.stream.read_u16().await.ok()?),
            127 => self.stream.read_u64().await.ok()?,
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).unwrap()];
        self.stream.read_exact(&mut payload).await.ok()?;
        (kind == 0x81).then(|| serde_json::from_slice(&payload).unwrap())
    }
}
