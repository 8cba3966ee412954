//! A person's tab: what it shows, kept as the page keeps it, and what the person does in it.
#![expect(clippy::expect_used, reason = "a frame that is not the protocol's ends the story")]

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
    /// When something is due next, as the page shows it beside its button.
    next: Option<i64>,
}

/// What the page was told last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    Hello,
    Post,
    Hour,
}

impl Tab {
    /// Opens a tab and waits for what it shows first.
    pub(crate) async fn open(running: &Running, person: &'static str) -> Tab {
        let opened = within("a tab", Socket::open(running.page, person)).await;
        let mut tab = Tab { person, socket: opened, posts: Vec::new(), next: None };
        assert_eq!(tab.hears().await, News::Hello);
        tab
    }

    /// Takes the next frame in.
    pub(crate) async fn hears(&mut self) -> News {
        let what = format!("{} to be told something", self.person);
        let Frame::Json(frame) = within(&what, self.socket.receive()).await else {
            panic!("the socket of {} ended", self.person);
        };
        match frame["type"].as_str() {
            Some("hello") => {
                let posts = frame["posts"].as_array().expect("posts");
                self.posts = posts.iter().map(Post::read).collect();
                self.next = frame["next"].as_i64();
                News::Hello
            }
            Some("post" | "changed") => {
                let post = Post::read(&frame["post"]);
                match self.posts.iter_mut().find(|old| old.key == post.key) {
                    Some(old) => *old = post,
                    None => self.posts.push(post),
                }
                News::Post
            }
            Some("clock") => {
                self.next = frame["next"].as_i64();
                News::Hour
            }
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

    pub(crate) async fn replies(&mut self, to: &Post, text: &str) -> Post {
        let (channel, key) = (&to.channel, &to.key);
        self.does(json!({ "do": "say", "channel": channel, "text": text, "reply_to": key })).await;
        self.sees(text).await
    }

    /// Presses the newest button of this name, as soon as there is one.
    pub(crate) async fn presses(&mut self, label: &str) {
        let what = format!("{} to be shown [{label}]", self.person);
        let (post, data) = within(&what, async {
            loop {
                let shown = self.posts.iter().rev().find_map(|post| {
                    let button = post.buttons.iter().find(|(shown, _)| shown == label)?;
                    Some((post.key.clone(), button.1.clone()))
                });
                match shown {
                    Some(shown) => return shown,
                    None => self.hears().await,
                };
            }
        })
        .await;
        self.does(json!({ "do": "press", "post": post, "data": data })).await;
    }

    /// Waits until the page can move the clock on to what is due next, and does.
    pub(crate) async fn moves_on(&mut self) {
        within("something to be due", async {
            while self.next.is_none() {
                self.hears().await;
            }
        })
        .await;
        self.does(json!({ "do": "clock", "forward_ms": null, "to_next": true })).await;
        while self.hears().await != News::Hour {}
    }

    async fn does(&mut self, act: Value) {
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
