//! A person's tab: what it shows, kept as the page keeps it, and what the person does in it.
#![expect(clippy::expect_used, reason = "a frame that is not the protocol's ends the story")]
#![expect(clippy::indexing_slicing, reason = "what a JSON value does not have is null")]

use askaround::domain::words::Words;
use serde_json::{Value, json};

use super::program::{Running, within};
use super::wire::{Frame, Socket};

/// A message as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Post {
    pub(crate) key: String,
    pub(crate) channel: String,
    pub(crate) author: String,
    pub(crate) text: String,
    /// Who is lit up.
    pub(crate) pings: Vec<String>,
    /// Label and data.
    buttons: Vec<(String, String)>,
}

impl Post {
    fn read(frame: &Value) -> Post {
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        let list = |value: &Value| value.as_array().expect("a list").clone();
        let words: Words = serde_json::from_value(frame["pieces"].clone()).expect("words");
        let button = |button: &Value| (text(&button["label"]), text(&button["data"]));
        Post {
            key: text(&frame["key"]),
            channel: text(&frame["channel"]),
            author: text(&frame["author"]["name"]),
            text: words.to_plain(),
            pings: list(&frame["pings"]).iter().map(text).collect(),
            buttons: list(&frame["buttons"]).iter().map(button).collect(),
        }
    }
}

pub(crate) struct Tab {
    person: &'static str,
    socket: Socket,
    /// In the order of the page.
    pub(crate) posts: Vec<Post>,
    /// The community's time, as the page shows it above the messages.
    hour: Hour,
    /// What else was told and nobody has asked for yet.
    told: Vec<Value>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Hour {
    now: i64,
    offset: i64,
    next: Option<i64>,
}

impl Hour {
    fn read(frame: &Value) -> Hour {
        let number = |key: &str| frame[key].as_i64().expect("a number");
        Hour { now: number("now"), offset: number("offset_ms"), next: frame["next"].as_i64() }
    }
}

impl Tab {
    /// Opens a tab and waits for what it shows first.
    pub(crate) async fn open(running: &Running, person: &'static str) -> Tab {
        let opened = within("a tab", Socket::open(running.page, person)).await;
        let (posts, told) = (Vec::new(), Vec::new());
        let mut tab = Tab { person, socket: opened, posts, hour: Hour::default(), told };
        tab.hears().await;
        assert!(tab.hour.now > 0, "a hello tells the time");
        tab
    }

    /// Takes the next frame in.
    async fn hears(&mut self) {
        let what = format!("{} to be told something after {:?}", self.person, self.hour);
        let Frame::Json(frame) = within(&what, self.socket.receive()).await else {
            panic!("the socket of {} ended", self.person);
        };
        match frame["type"].as_str() {
            Some("hello") => {
                let posts = frame["posts"].as_array().expect("posts");
                self.posts = posts.iter().map(Post::read).collect();
                self.hour = Hour::read(&frame);
            }
            Some("post" | "changed") => {
                let post = Post::read(&frame["post"]);
                match self.posts.iter_mut().find(|old| old.key == post.key) {
                    Some(old) => *old = post,
                    None => self.posts.push(post),
                }
            }
            Some("clock") => self.hour = Hour::read(&frame),
            Some("commands" | "insight" | "shelf" | "refused" | "moved") => self.told.push(frame),
            _ => panic!("{} is told {frame}", self.person),
        }
    }

    /// Waits until a message is there whose words contain these; the newest one.
    pub(crate) async fn sees(&mut self, words: &str) -> Post {
        within(&format!("{} to see {words:?}", self.person), async {
            loop {
                if let Some(post) = self.find(words) {
                    return post;
                }
                self.hears().await;
            }
        })
        .await
    }

    /// Waits for a frame of this type that is no message; the oldest one not yet asked for.
    pub(crate) async fn is_told(&mut self, kind: &str) -> Value {
        within(&format!("{} to be told {kind:?}", self.person), async {
            loop {
                if let Some(place) = self.told.iter().position(|frame| frame["type"] == kind) {
                    return self.told.remove(place);
                }
                self.hears().await;
            }
        })
        .await
    }

    pub(crate) fn find(&self, words: &str) -> Option<Post> {
        self.posts.iter().rev().find(|post| post.text.contains(words)).cloned()
    }

    /// Author and words of all there is to read, with keys.
    pub(crate) fn read(&self) -> Vec<(String, String, String)> {
        let read = |post: &Post| (post.key.clone(), post.author.clone(), post.text.clone());
        self.posts.iter().map(read).collect()
    }

    // ---- what the person does

    /// Writes, and waits until it is shown: only then it is kept.
    pub(crate) async fn says(&mut self, channel: &str, text: &str) -> Post {
        self.does(json!({ "do": "say", "channel": channel, "text": text })).await;
        self.sees(text).await
    }

    /// Types a command: it is not shown, its answer is.
    pub(crate) async fn types(&mut self, channel: &str, line: &str) {
        self.does(json!({ "do": "say", "channel": channel, "text": line })).await;
    }

    pub(crate) async fn replies(&mut self, to: &Post, text: &str) -> Post {
        let (channel, key) = (&to.channel, &to.key);
        self.does(json!({ "do": "say", "channel": channel, "text": text, "reply_to": key })).await;
        self.sees(text).await
    }

    /// Presses a button of the newest message with these words, as soon as it is there.
    pub(crate) async fn presses(&mut self, words: &str, label: &str) {
        let post = self.sees(words).await;
        let button = post.buttons.iter().find(|(shown, _)| shown == label);
        let (_, data) = button.unwrap_or_else(|| panic!("no [{label}] in {post:?}"));
        self.does(json!({ "do": "press", "post": post.key, "data": data })).await;
    }

    /// Moves the clock on to what is due next, as soon as something is, and waits until it moved.
    pub(crate) async fn moves_on(&mut self) {
        within("something to be due", async {
            while self.hour.next.is_none_or(|next| next <= self.hour.now) {
                self.hears().await;
            }
        })
        .await;
        let before = self.hour.offset;
        self.does(json!({ "do": "clock", "forward_ms": null, "to_next": true })).await;
        while self.hour.offset == before {
            self.hears().await;
        }
    }

    pub(crate) async fn does(&mut self, act: Value) {
        within("the socket to take it", self.socket.send(&act)).await;
    }

    /// What comes at the end: everything before it is taken in.
    pub(crate) async fn goodbye(mut self) -> Frame {
        within("the socket's end", async {
            loop {
                match self.socket.receive().await {
                    Frame::Json(_) => {}
                    end @ (Frame::Goodbye(_) | Frame::Gone) => return end,
                }
            }
        })
        .await
    }
}
