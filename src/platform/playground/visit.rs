//! A person in one tab: what happens, as far as that person may see it.

use std::sync::Arc;

use tokio::sync::broadcast::{self, error::RecvError};

use super::frames::{Hello, Hour, PostFrame, ServerFrame, menus};
use super::people::{self, CHANNELS, Person};
use super::world::Post;
use super::{ClientFrame, Playground};

/// A frame on its way to all whom it may concern.
#[derive(Debug)]
pub(super) struct News {
    /// `None` is about nobody's post: everybody may know.
    post: Option<Post>,
    frame: Arc<ServerFrame>,
}

impl News {
    pub(super) fn hour(hour: Hour) -> News {
        News { post: None, frame: Arc::new(ServerFrame::Clock(hour)) }
    }

    pub(super) fn post(post: &Post, frame: PostFrame, is_new: bool) -> News {
        let frame = if is_new {
            ServerFrame::Post { post: frame }
        } else {
            ServerFrame::Changed { post: frame }
        };
        News { post: Some(post.clone()), frame: Arc::new(frame) }
    }

    fn concerns(&self, person: &Person) -> bool {
        self.post.as_ref().is_none_or(|post| post.may_be_seen_by(person))
    }
}

/// One person's tab.
pub struct Visit {
    playground: Arc<Playground>,
    person: &'static Person,
    /// `None` until it was greeted, and again when it could not keep up.
    news: Option<broadcast::Receiver<Arc<News>>>,
}

impl Playground {
    /// Opens a tab; `None` when nobody goes by that key.
    pub fn enter(self: &Arc<Self>, person: &str) -> Option<Visit> {
        let person = people::person(person)?;
        Some(Visit { playground: Arc::clone(self), person, news: None })
    }
}

impl Visit {
    /// The next frame for this person, the first being a hello. A call that is given up loses
    /// nothing.
    pub async fn next(&mut self) -> Arc<ServerFrame> {
        loop {
            let Some(news) = &mut self.news else { return self.hello().await };
            match news.recv().await {
                Ok(news) if news.concerns(self.person) => return Arc::clone(&news.frame),
                Ok(_) => {}
                Err(RecvError::Lagged(_) | RecvError::Closed) => self.news = None,
            }
        }
    }

    /// Carries out what this person wants.
    pub async fn act(&self, frame: ClientFrame) -> Result<(), String> {
        self.playground.act(self.person.key, frame).await
    }

    async fn hello(&mut self) -> Arc<ServerFrame> {
        let house = &self.playground;
        let hour = house.read_the_clock().await;
        let world = house.world.lock().await;
        // Under the lock, so that no post falls between the hello and the news.
        self.news = Some(house.news.subscribe());
        let posts = world.seen_by(self.person);
        Arc::new(ServerFrame::Hello(Box::new(Hello {
            channels: CHANNELS.iter().filter(|channel| channel.shown_to(self.person)).collect(),
            commands: menus(self.person, &house.config.escalation, &house.config.wording),
            posts: posts.map(|post| world.frame(post, &house.config.brand)).collect(),
            hour,
        })))
    }
}
