//! A person in one tab: what happens, as far as that person may see it.

use std::collections::VecDeque;
use std::sync::Arc;

use tokio::sync::broadcast::{self, error::RecvError};
use tokio::sync::watch;

use super::frames::{Hello, Hour, Menu, PostFrame, ServerFrame, menus};
use super::house::{self, Keeper};
use super::people::{self, CHANNELS, Person, Role};
use super::world::Post;
use super::{ClientFrame, Playground};

const NOT_A_MODERATOR: &str = "Only the moderator brings another bot. Be that person first.";
const NO_KEEPER: &str = "There is no other bot here.";

/// News on its way to all whom it may concern.
#[derive(Debug)]
pub(super) enum News {
    Hour(Arc<ServerFrame>),
    Post(Box<Post>, Arc<ServerFrame>),
    /// The commands are called otherwise now; each person has their own.
    Commands,
}

impl News {
    pub(super) fn hour(hour: Hour) -> News {
        News::Hour(Arc::new(ServerFrame::Clock(hour)))
    }

    pub(super) fn post(post: &Post, frame: PostFrame, is_new: bool) -> News {
        let frame = if is_new {
            ServerFrame::Post { post: frame }
        } else {
            ServerFrame::Changed { post: frame }
        };
        News::Post(Box::new(post.clone()), Arc::new(frame))
    }
}

/// One person's tab.
pub struct Visit {
    playground: Arc<Playground>,
    keeper: Option<Arc<dyn Keeper>>,
    person: &'static Person,
    /// `None` until it was greeted, and again when it could not keep up.
    news: Option<broadcast::Receiver<Arc<News>>>,
    /// Pictures of the inside, while this tab looks.
    seen: Option<watch::Receiver<Option<Arc<ServerFrame>>>>,
    /// Answers to this tab alone.
    answers: VecDeque<Arc<ServerFrame>>,
    told_to_follow: bool,
}

/// What wakes a tab.
enum Woken {
    Gone,
    Heard(Result<Arc<News>, RecvError>),
    Seen(Option<Arc<ServerFrame>>),
}

impl Playground {
    /// Opens a tab; `None` when nobody goes by that key.
    pub fn enter(self: &Arc<Self>, person: &str) -> Option<Visit> {
        Some(Visit {
            playground: Arc::clone(self),
            keeper: None,
            person: people::person(person)?,
            news: None,
            seen: None,
            answers: VecDeque::new(),
            told_to_follow: false,
        })
    }
}

impl Visit {
    /// With somebody who can bring another bot.
    pub(super) fn kept_by(mut self, keeper: Arc<dyn Keeper>) -> Visit {
        self.keeper = Some(keeper);
        self
    }

    /// The next frame for this person, the first being a hello. A call that is given up loses
    /// nothing.
    pub async fn next(&mut self) -> Arc<ServerFrame> {
        loop {
            if let Some(answer) = self.answers.pop_front() {
                return answer;
            }
            let is_gone = self.playground.gone.is_cancelled();
            if self.news.is_none() && (self.told_to_follow || !is_gone) {
                return self.hello().await;
            }
            match self.woken().await {
                Woken::Gone => {
                    self.told_to_follow = true;
                    return Arc::new(ServerFrame::Moved);
                }
                Woken::Seen(Some(picture)) => return picture,
                Woken::Seen(None) => {}
                Woken::Heard(Ok(news)) => {
                    if let Some(frame) = self.frame_of(&news) {
                        return frame;
                    }
                }
                Woken::Heard(Err(RecvError::Lagged(_) | RecvError::Closed)) => self.news = None,
            }
        }
    }

    async fn woken(&mut self) -> Woken {
        let heard = async {
            match &mut self.news {
                Some(news) => news.recv().await,
                None => std::future::pending().await,
            }
        };
        let seen = async {
            let Some(seen) = &mut self.seen else { return std::future::pending().await };
            match seen.changed().await {
                Ok(()) => seen.borrow_and_update().clone(),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            () = self.playground.gone.cancelled(), if !self.told_to_follow => Woken::Gone,
            heard = heard => Woken::Heard(heard),
            picture = seen => Woken::Seen(picture),
        }
    }

    fn frame_of(&self, news: &News) -> Option<Arc<ServerFrame>> {
        match news {
            News::Hour(frame) => Some(Arc::clone(frame)),
            News::Post(post, frame) => post.may_be_seen_by(self.person).then(|| Arc::clone(frame)),
            News::Commands => Some(Arc::new(ServerFrame::Commands { commands: self.menus() })),
        }
    }

    fn menus(&self) -> Vec<Menu> {
        let house = &self.playground;
        menus(self.person, &house.escalation(), &house.config.wording)
    }

    /// Carries out what this person wants.
    pub async fn act(&mut self, frame: ClientFrame) -> Result<(), String> {
        match frame {
            ClientFrame::Look { language } => {
                self.seen = language.and_then(|language| self.playground.look(&language));
                Ok(())
            }
            ClientFrame::Shelf => {
                let at_hand = self.keeper()?.shelf().await;
                self.answers.push_back(Arc::new(ServerFrame::Shelf(at_hand)));
                Ok(())
            }
            ClientFrame::Open { folder, fresh } => {
                let keeper = self.keeper()?;
                let opened = match house::checked(folder) {
                    Ok(folder) => keeper.open(folder.as_deref(), fresh).await,
                    Err(refusal) => Err(refusal),
                };
                if let Err(refusal) = opened {
                    self.answers.push_back(Arc::new(ServerFrame::Refused(refusal)));
                }
                Ok(())
            }
            ClientFrame::Say { .. }
            | ClientFrame::Press { .. }
            | ClientFrame::Edit { .. }
            | ClientFrame::Delete { .. }
            | ClientFrame::React { .. }
            | ClientFrame::Clock { .. } => self.playground.act(self.person.key, frame).await,
        }
    }

    fn keeper(&self) -> Result<Arc<dyn Keeper>, String> {
        if self.person.role != Role::Moderator {
            return Err(NOT_A_MODERATOR.into());
        }
        self.keeper.clone().ok_or_else(|| NO_KEEPER.into())
    }

    async fn hello(&mut self) -> Arc<ServerFrame> {
        let house = &self.playground;
        let hour = house.read_the_clock().await;
        let world = house.world.lock().await;
        // Under the lock, so that nothing falls between the hello and the news.
        self.news = Some(house.news.subscribe());
        let posts = world.seen_by(self.person);
        Arc::new(ServerFrame::Hello(Box::new(Hello {
            channels: CHANNELS.iter().filter(|channel| channel.shown_to(self.person)).collect(),
            commands: self.menus(),
            posts: posts.map(|post| world.frame(post, &house.config.brand)).collect(),
            hour,
        })))
    }
}
