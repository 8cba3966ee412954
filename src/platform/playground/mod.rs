//! A chat community in the browser: try a bot, rehearse a flow, without any token.
//!
//! The playground is a platform like the others, behind the same port, and nothing in the runtime
//! knows that it is one. It wants to be as strict as a real platform where that protects a
//! rehearsal from lying (who sees a channel, whose message may be edited, how long a text may be),
//! as reliable (what a person did is kept before it is shown, and told again until the runtime has
//! committed it), and kinder in one thing: its clock can be moved forward.
//!
//! - [`Playground`] carries out. What to carry out is decided in values: `acts` for people,
//!   `deliveries` for the bot, over the posts in `world`.
//! - `people` is the table of who lives here; they set the bot up by the commands that everybody
//!   uses, so that there is no second way to do it.
//! - `insight` is what a moderator sees of the inside, read through [`Hands`] by whoever has the
//!   database; [`House`] is where one community lives at a time and another may move in.
//! - `frames` is the protocol with the page. Sockets are `web`'s: here are values only.
//!
//! One lock is held over *decide, keep, show*, so that the journal, the memory and every tab agree
//! on one order. It is held over a write of the journal, a few milliseconds, which for a handful
//! of people in one browser costs less than it would to be clever.

mod acts;
mod deliveries;
mod frames;
mod house;
mod insight;
mod people;
mod visit;
mod world;

#[cfg(test)]
mod tests;

use std::sync::{Arc, PoisonError};
use std::time::Duration;

use serde::Serialize;
use tokio::sync::{Mutex, Notify, broadcast};
use tokio_util::sync::CancellationToken;

use acts::{Scene, Step};
use insight::Lookers;
use people::Spot;
use world::{Standing, World};

use super::{
    BadgeKind, Capabilities, Delivery, DeliveryError, Doing, Down, InboundSink, Platform, Receipt,
    What,
};
use crate::domain::case::Due;
use crate::domain::ids::{BotId, Language, PlatformId, Topic};
use crate::domain::time::Moment;

pub use frames::{
    AuthorFrame, ButtonFrame, ClientFrame, Hello, Hour, Menu, MenuOption, PostFrame, ReactionFrame,
    ReplyFrame, Roster, ServerFrame, ThreadFrame, Tour,
};
pub use house::{Flaw, House, Keeper, Refusal, Shelf};
pub use insight::{CaseFrame, Insight, LineFrame, PointsFrame, RowFrame};
pub use people::{COMMUNITY, Channel, Person, Role};
pub use visit::Visit;

use visit::News;

/// Acts that the runtime has not committed. It commits hundreds a second, so this many waiting
/// means that it stands still, and people are told so.
const UNHEARD_LIMIT: usize = 256;

/// Frames that a tab may be behind; then it is told everything anew.
const NEWS_LIMIT: usize = 256;

/// The longest way forward at once, and in all: ids and calendars end some decades from now.
const FORWARD_LIMIT: Duration = Duration::from_hours(24 * 30);
const OFFSET_LIMIT: Duration = Duration::from_hours(24 * 3_650);

const BUSY: &str = "The bot is catching up. Please try again in a moment.";
const MOVING: &str = "The community is being opened anew. The page follows in a moment.";
const NOT_KEPT: &str = "That could not be kept just now. Please try again in a moment.";

/// Words a key of the locale files, such as `about-ask`, in a language.
pub type Wording = Arc<dyn Fn(&Language, &str) -> String + Send + Sync>;

/// What the playground must know of its bot.
#[derive(Clone)]
pub struct Config {
    pub bot: BotId,
    pub brand: String,
    pub languages: Vec<Language>,
    /// What ambassadors can be called for, in order.
    pub topics: Vec<Topic>,
    /// The name of the escalation command, for the page's completion, until a moderator gives it
    /// another.
    pub escalation: String,
    /// What a tour can ask, by language.
    pub questions: Vec<Questions>,
    pub wording: Wording,
}

/// What a tour can ask in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Questions {
    pub language: Language,
    /// What an article answers, and its title.
    pub known: Option<(String, String)>,
    /// What no article answers.
    pub odd: String,
}

/// What a real platform would keep for itself.
pub trait Journal: Send + Sync {
    /// Everything kept.
    fn load(&self) -> Doing<'_, Result<Kept, Down>>;

    /// Keeps a document (JSON text) under its number, replacing the one before, and with it the
    /// unheard input (key, JSON text) that it stands for; both or neither. A key that is kept
    /// already stays as it is.
    fn keep<'a>(
        &'a self,
        document: (i64, &'a str),
        unheard: Option<(&'a str, &'a str)>,
    ) -> Doing<'a, Result<(), Down>>;

    /// The runtime has committed this input: it is unheard no more.
    fn heard<'a>(&'a self, key: &'a str) -> Doing<'a, Result<(), Down>>;
}

/// What the playground finds when it starts again, in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    pub documents: Vec<(i64, String)>,
    pub unheard: Vec<(String, String)>,
}

/// The hands of the community's clock.
pub trait Hands: Send + Sync {
    fn now(&self) -> Moment;

    /// How far the clock was moved in all.
    fn offset(&self) -> Duration;

    fn forward(&self, span: Duration);

    /// When something is due next: a deadline of a case, and what happens then; or a delivery that
    /// waits.
    fn next(&self) -> Doing<'_, Option<(Moment, Option<Due>)>>;

    /// Resolves when what is due next may have changed, such as by a deadline that passed and
    /// left another one behind without a word.
    fn changed(&self) -> Doing<'_, ()>;

    /// What the escalation command is called now; `None` when nobody can say.
    fn escalation(&self) -> Doing<'_, Option<String>>;

    /// The inside, worded in `language`; `None` when nobody can say.
    fn inside<'a>(
        &'a self,
        language: &'a Language,
        people: &'static [Person],
    ) -> Doing<'a, Option<Insight>>;
}

/// One bot's community.
pub struct Playground {
    config: Config,
    journal: Arc<dyn Journal>,
    hands: Arc<dyn Hands>,
    world: Mutex<World>,
    news: broadcast::Sender<Arc<News>>,
    /// There is something unheard.
    unheard: Notify,
    /// What is due next may have changed.
    hour: Notify,
    /// Held from reading the clock to telling it.
    telling: Mutex<()>,
    escalation: std::sync::Mutex<String>,
    lookers: Lookers,
    /// Somebody began to look.
    look: Notify,
    /// Nobody acts here any more.
    closed: CancellationToken,
    /// Another community lives here now.
    gone: CancellationToken,
}

impl Playground {
    /// Opens the community as it was left: with its posts, what the runtime has not heard, and its
    /// clock moved as far. A new one sets itself up.
    pub async fn open(
        config: Config,
        journal: Arc<dyn Journal>,
        hands: Arc<dyn Hands>,
    ) -> Result<Playground, Down> {
        let mut world = World::read(journal.load().await?)?;
        let kept = Duration::from_millis(world.standing.offset_ms);
        hands.forward(kept.saturating_sub(hands.offset()));
        if !world.standing.set_up {
            set_up(&config, journal.as_ref(), hands.now(), &mut world).await?;
        }
        let (news, _) = broadcast::channel(NEWS_LIMIT);
        let escalation = std::sync::Mutex::new(config.escalation.clone());
        Ok(Playground {
            config,
            journal,
            hands,
            world: Mutex::new(world),
            news,
            unheard: Notify::new(),
            hour: Notify::new(),
            telling: Mutex::new(()),
            escalation,
            lookers: Lookers::default(),
            look: Notify::new(),
            closed: CancellationToken::new(),
            gone: CancellationToken::new(),
        })
    }

    pub fn people(&self) -> &'static [Person] {
        people::PEOPLE
    }

    /// What `/playground.json` says.
    pub fn describe(&self) -> Roster {
        let channels = people::CHANNELS.iter().filter(|channel| channel.is_public()).collect();
        let tour = |asked: &Questions| Tour {
            language: asked.language.clone(),
            by: people::customer_of(&asked.language).key,
            question: asked.known.clone(),
            odd: asked.odd.clone(),
        };
        let tours = self.config.questions.iter().map(tour).collect();
        Roster { brand: self.config.brand.clone(), people: people::PEOPLE, channels, tours }
    }

    /// From now on nobody acts: the community is about to move out.
    pub fn close(&self) {
        self.closed.cancel();
    }

    /// Carries out what a person wants, or says kindly why not. Once begun it must be driven to
    /// its end: what is kept but not shown appears only at the next start.
    pub async fn act(&self, person: &str, frame: ClientFrame) -> Result<(), String> {
        let person = people::person(person).ok_or("Nobody here goes by that name.")?;
        if self.closed.is_cancelled() {
            return Err(MOVING.into());
        }
        match frame {
            ClientFrame::Say { channel, text, reply_to } => {
                self.perform(person, |scene| scene.say(&channel, &text, reply_to.as_ref())).await
            }
            ClientFrame::Press { post, data } => {
                self.perform(person, |scene| scene.press(&post, &data)).await
            }
            ClientFrame::Edit { post, text } => {
                self.perform(person, |scene| scene.edit(&post, &text)).await
            }
            ClientFrame::Delete { post } => self.perform(person, |scene| scene.delete(&post)).await,
            ClientFrame::React { post, emoji } => {
                self.perform(person, |scene| scene.react(&post, &emoji)).await
            }
            ClientFrame::Clock { forward_ms, to_next } => self.turn(forward_ms, to_next).await,
            ClientFrame::Look { .. } | ClientFrame::Shelf | ClientFrame::Open { .. } => {
                Err("That is for a tab to ask.".into())
            }
        }
    }

    async fn perform(
        &self,
        person: &'static Person,
        deed: impl FnOnce(&Scene<'_>) -> Result<Step, String>,
    ) -> Result<(), String> {
        let mut world = self.world.lock().await;
        if world.unheard.len() >= UNHEARD_LIMIT {
            return Err(BUSY.into());
        }
        let number = world.next_number();
        let now = self.hands.now();
        let step = deed(&Scene { config: &self.config, world: &world, person, number, now })?;
        self.carry_out(&mut world, step).await.map_err(|down| not_kept(&down))
    }

    /// Moves the clock. The offset is kept first: time that has passed has passed.
    async fn turn(&self, forward_ms: Option<u64>, to_next: bool) -> Result<(), String> {
        let span = match (forward_ms.map(Duration::from_millis), to_next) {
            (Some(span), false) => span,
            (None, true) => match self.hands.next().await {
                Some((next, _)) => next.since(self.hands.now()),
                None => return Err("Nothing is due, so there is nothing to move on to.".into()),
            },
            (Some(_), true) | (None, false) => {
                return Err("The clock moves by a span or to the next moment.".into());
            }
        };
        if (span.is_zero() && !to_next) || span > FORWARD_LIMIT {
            return Err("The clock moves forward only, and by 30 days at most.".into());
        }
        let mut world = self.world.lock().await;
        let offset = self.hands.offset() + span;
        if offset > OFFSET_LIMIT {
            return Err("The clock is ten years ahead; further it does not go.".into());
        }
        let offset_ms = u64::try_from(offset.as_millis()).unwrap_or(u64::MAX);
        let standing = Standing { offset_ms, ..world.standing };
        let kept = match json(&standing) {
            Ok(text) => self.journal.keep((0, &text), None).await,
            Err(error) => Err(error),
        };
        kept.map_err(|down| not_kept(&down))?;
        world.standing = standing;
        self.hands.forward(span);
        drop(world);
        self.tell_the_hour().await;
        Ok(())
    }

    /// Keeps, shows and hands over.
    async fn carry_out(&self, world: &mut World, step: Step) -> Result<(), Down> {
        let document = match &step.post {
            Some(post) => (post.number, json(post)?),
            None if step.inbound.is_none() => return Ok(()),
            None => (0, json(&world.standing)?),
        };
        let unheard = match &step.inbound {
            Some(inbound) => Some((inbound.key.as_str(), json(inbound)?)),
            None => None,
        };
        let unheard = unheard.as_ref().map(|(key, text)| (*key, text.as_str()));
        self.journal.keep((document.0, &document.1), unheard).await?;
        if let Some(post) = step.post {
            let is_new = world.find(&post.key).is_none();
            world.put(post.clone());
            self.spread(News::post(&post, world.frame(&post, &self.config.brand), is_new));
        }
        if let Some(inbound) = step.inbound {
            world.unheard.push_back(inbound);
            self.unheard.notify_one();
        }
        Ok(())
    }

    /// Hands over what people did, in order; what is not acknowledged is handed over again by the
    /// next call.
    async fn hand_over(&self, sink: &InboundSink) -> Result<(), Down> {
        loop {
            let Some(inbound) = self.world.lock().await.unheard.front().cloned() else {
                self.unheard.notified().await;
                continue;
            };
            let key = inbound.key.clone();
            if sink.accept(inbound).await.is_err() {
                return Ok(());
            }
            if let Err(down) = self.journal.heard(key.as_str()).await {
                // It is told once more at the next start, and changes nothing then.
                tracing::warn!(platform = "playground", "an act stays unheard on paper: {down}");
            }
            self.world.lock().await.unheard.pop_front();
            self.hour.notify_one();
        }
    }

    async fn tell_the_hours(&self) {
        loop {
            // Asked for before looking, so that no change falls between.
            let changed = self.hands.changed();
            self.tell_the_hour().await;
            tokio::select! {
                () = self.hour.notified() => {}
                () = changed => {}
            }
        }
    }

    /// One at a time: whoever read the clock first must not be heard last.
    async fn tell_the_hour(&self) {
        let _turn = self.telling.lock().await;
        if self.news.receiver_count() > 0 {
            let hour = self.read_the_clock().await;
            self.spread(News::hour(hour));
        }
    }

    async fn read_the_clock(&self) -> Hour {
        let (next, due) = self.hands.next().await.unzip();
        let offset_ms = u64::try_from(self.hands.offset().as_millis()).unwrap_or(u64::MAX);
        Hour { now: self.hands.now(), offset_ms, next, due: due.flatten() }
    }

    fn escalation(&self) -> String {
        self.escalation.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A moderator has given the escalation command another name: every open tab offers it.
    async fn tell_the_commands(&self) {
        let Some(name) = self.hands.escalation().await else { return };
        let mut known = self.escalation.lock().unwrap_or_else(PoisonError::into_inner);
        if *known != name {
            *known = name;
            drop(known);
            self.spread(News::Commands);
        }
    }

    /// To every tab that is open; with none open it is nobody's news.
    fn spread(&self, news: News) {
        let _ = self.news.send(Arc::new(news));
    }
}

impl Platform for Playground {
    fn id(&self) -> PlatformId {
        PlatformId::from("playground")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            sends_once: true,
            private_posts: true,
            badges: BadgeKind::None,
            opens_threads: true,
            text_limit: acts::TEXT_LIMIT,
        }
    }

    fn run(&self, sink: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(async move {
            tokio::select! {
                () = stop.cancelled() => Ok(()),
                ended = self.hand_over(&sink) => ended,
                () = self.tell_the_hours() => Ok(()),
                () = self.tell_the_inside() => Ok(()),
            }
        })
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        Box::pin(async move {
            let mut world = self.world.lock().await;
            let number = world.next_number();
            let posting = deliveries::posting(&world, delivery, number, self.hands.now())?;
            let step = Step { post: posting.post, inbound: None };
            let kept = self.carry_out(&mut world, step).await;
            kept.map_err(|Down(why)| DeliveryError::Retry { after: None, why })?;
            self.hour.notify_one();
            Ok(posting.receipt)
        })
    }
}

/// The community's first commands. Their keys are the first numbers of its journal, and nobody can
/// act before all are kept; so a start that was cut short begins them again without harm.
async fn set_up(
    config: &Config,
    journal: &dyn Journal,
    now: Moment,
    world: &mut World,
) -> Result<(), Down> {
    world.unheard.clear();
    world.standing.last = 0;
    let errands = people::errands(config);
    let last = errands.len();
    for (place, errand) in errands.into_iter().enumerate() {
        let number = world.next_number();
        world.standing.set_up = place + 1 == last;
        let scene = Scene { config, world, person: errand.by, number, now };
        let (people, reply) = (people::named(&errand.line), scene.reply_handle());
        let what = What::Commanded {
            command: people::line(errand.line),
            reply,
            people,
            badges: Vec::new(),
            about: None,
        };
        let inbound = scene.inbound(&Spot::of(errand.channel), what);
        let (standing, text) = (json(&world.standing)?, json(&inbound)?);
        journal.keep((0, &standing), Some((inbound.key.as_str(), &text))).await?;
        world.unheard.push_back(inbound);
    }
    Ok(())
}

fn json<T: Serialize>(value: &T) -> Result<String, Down> {
    serde_json::to_string(value).map_err(|error| Down(format!("cannot be kept: {error}")))
}

/// The person hears it kindly, the operator exactly.
fn not_kept(down: &Down) -> String {
    tracing::warn!(platform = "playground", "an act was not kept: {down}");
    NOT_KEPT.to_owned()
}
