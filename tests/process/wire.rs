//! HTTP and WebSocket as a browser speaks them, as much as these stories need. By hand, so that a
//! story can send what no client library would, and no library stands between it and the socket.
#![expect(clippy::expect_used, reason = "a listener that does not answer ends the story")]

use std::net::SocketAddr;

use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::program::within;

/// A browser's handshake, but for Host and Origin.
pub(crate) const UPGRADE: &str = "Connection: upgrade\r\nUpgrade: websocket\r\n\
                                  Sec-WebSocket-Version: 13\r\n\
                                  Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// Proves that the other end has read our key (RFC 6455, 1.3).
const ACCEPTED: &str = "sec-websocket-accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

pub(crate) struct Answer {
    pub(crate) code: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

/// One GET, with these headers beside the Host that the address gives.
pub(crate) async fn get(address: SocketAddr, path: &str) -> Answer {
    get_with(address, path, &format!("Host: {address}\r\n")).await
}

pub(crate) async fn get_with(address: SocketAddr, path: &str, headers: &str) -> Answer {
    within(path, async {
        let mut stream = request(address, path, &format!("{headers}Connection: close\r\n")).await;
        let mut text = String::new();
        stream.read_to_string(&mut text).await.expect("the answer is text and ends");
        answer(&text)
    })
    .await
}

async fn request(address: SocketAddr, path: &str, headers: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\n{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    stream
}

fn answer(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").expect("a head and a body");
    let code = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("a status");
    Answer { code, head: head.to_lowercase(), body: body.to_owned() }
}

const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
/// What a browser's frame says beside its length: that it is masked.
const MASKED: u8 = 0x80;

pub(crate) struct Socket {
    stream: TcpStream,
}

/// What came through a socket.
#[derive(Debug, PartialEq)]
pub(crate) enum Frame {
    Json(Value),
    /// The other end says goodbye, with this code.
    Goodbye(u16),
    /// The connection ended, without a word.
    Gone,
}

impl Socket {
    /// Opens the playground's socket as this person, from the playground's own page.
    pub(crate) async fn open(address: SocketAddr, person: &str) -> Socket {
        let path = format!("/socket?as={person}");
        let headers = format!("Host: {address}\r\nOrigin: http://{address}\r\n{UPGRADE}");
        let mut stream = request(address, &path, &headers).await;
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(stream.read_u8().await.expect("an answer with an end"));
        }
        let answer = answer(&String::from_utf8(head).expect("an answer in letters"));
        assert_eq!(answer.code, 101, "{}", answer.body);
        assert!(answer.head.contains(&ACCEPTED.to_lowercase()), "{}", answer.head);
        Socket { stream }
    }

    pub(crate) async fn send(&mut self, value: &Value) {
        let text = value.to_string();
        let mut frame = vec![TEXT];
        match u8::try_from(text.len()) {
            Ok(length) if length < 126 => frame.push(MASKED + length),
            Ok(_) | Err(_) => {
                let length = u16::try_from(text.len()).expect("a short text");
                frame.push(MASKED + 126);
                frame.extend(length.to_be_bytes());
            }
        }
        frame.extend([0; 4]); // a mask that leaves the text as it is
        frame.extend(text.as_bytes());
        self.stream.write_all(&frame).await.expect("it reads");
    }

    pub(crate) async fn receive(&mut self) -> Frame {
        let (Ok(kind), Ok(short)) = (self.stream.read_u8().await, self.stream.read_u8().await)
        else {
            return Frame::Gone;
        };
        let length = match short {
            126 => u64::from(self.stream.read_u16().await.expect("a length")),
            127 => self.stream.read_u64().await.expect("a length"),
            short => u64::from(short),
        };
        let mut payload = vec![0; usize::try_from(length).expect("fits")];
        if self.stream.read_exact(&mut payload).await.is_err() {
            return Frame::Gone;
        }
        match kind {
            TEXT => Frame::Json(serde_json::from_slice(&payload).expect("JSON")),
            CLOSE => {
                let code = payload.first_chunk::<2>().expect("a code");
                Frame::Goodbye(u16::from_be_bytes(*code))
            }
            other => panic!("a frame of the kind {other:#x}"),
        }
    }
}
