//! The playground, held to the contract. It is its own platform: what would be on a real one's
//! servers is in its journal, and what people see is what their tab is told.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use askaround::domain::case::Due;
use askaround::domain::ids::{BotId, Language, PlatformId, PlatformKey};
use askaround::domain::time::Moment;
use askaround::domain::words::Piece;
use askaround::platform::playground::{
    ButtonFrame, ClientFrame, Config, Hands, Insight, Journal, Kept, Person, Playground, PostFrame,
    ServerFrame,
};
use askaround::platform::{Author, Doing, Down, Fate, InboundSink, Place, Platform, Thread};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::contract::{Deed, Harness, Seen, SeenButton, Spot, Who, held_to_the_contract};
use crate::trial::read;

held_to_the_contract!(House);

const NOON: Moment = Moment::from_millis(1_800_000_000_000);

/// A playground with the paper that it is kept on.
struct House {
    playground: Arc<Playground>,
    paper: Arc<Paper>,
}

impl House {
    async fn open(paper: Arc<Paper>) -> House {
        let (journal, hands) = (Arc::clone(&paper), Arc::new(Noon));
        match Playground::open(config(), journal, hands).await {
            Ok(playground) => House { playground: Arc::new(playground), paper },
            Err(down) => panic!("{down}"),
        }
    }

    /// The people have set the bot up, and all of it was committed.
    async fn settled(self) -> House {
        let (queue, mut heard) = mpsc::channel(1);
        let stop = CancellationToken::new();
        let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
        let runtime = async {
            while !self.paper.kept().unheard.is_empty() {
                match heard.try_recv() {
                    Ok(handover) => assert_eq!(handover.done.send(Fate::Handled), Ok(())),
                    Err(_) => tokio::task::yield_now().await,
                }
            }
            stop.cancel();
        };
        let (ended, ()) = tokio::join!(self.playground.run(sink, stop.clone()), runtime);
        assert!(ended.is_ok(), "{ended:?}");
        self.restarted().await
    }
}

impl Harness for House {
    const HAS_THREADS: bool = true;

    async fn fresh() -> Self {
        House::open(Arc::default()).await.settled().await
    }

    async fn restarted(self) -> Self {
        House::open(self.paper).await
    }

    fn platform(&self) -> Arc<dyn Platform> {
        Arc::clone(&self.playground) as Arc<dyn Platform>
    }

    fn now(&self) -> Moment {
        NOON
    }

    fn author(&self, who: Who) -> Author {
        let (key, name, language) = match who {
            Who::Customer => ("jonas", "Jonas", "de"),
            Who::Ambassador => ("kai", "Kai", "en"),
            Who::Moderator => ("robin", "Robin", "en"),
            Who::Staff => ("sam", "Sam", "en"),
        };
        Author {
            key: PlatformKey::from(key),
            name: name.to_owned(),
            is_bot: false,
            language: Some(Language::from(language)),
            moderator: who == Who::Moderator,
            staff: who == Who::Staff,
            anonymous: false,
        }
    }

    fn place(&self, spot: Spot) -> Place {
        let channel = match spot {
            Spot::Square => "help",
            Spot::Desk => "staff",
        };
        Place {
            community: PlatformKey::from("playground"),
            community_name: "Lumen".to_owned(),
            channel: PlatformKey::from(channel),
            channel_name: channel.to_owned(),
            thread: None,
        }
    }

    fn thread_on(&self, root: &PlatformKey) -> Place {
        let square = self.place(Spot::Square);
        let thread = Thread {
            parent: square.channel.clone(),
            parent_name: square.channel_name,
            root: Some(root.clone()),
            private: false,
        };
        Place {
            channel: PlatformKey::new(format!("{}/{root}", square.channel)),
            channel_name: "Why is it slow?".to_owned(),
            thread: Some(thread),
            ..self.place(Spot::Square)
        }
    }

    fn bot_name(&self) -> String {
        "@Lumen".to_owned()
    }

    fn unknown_message(&self) -> PlatformKey {
        PlatformKey::from("o404")
    }

    fn unknown_channel(&self) -> PlatformKey {
        PlatformKey::from("cellar")
    }

    async fn says_in_thread(&self, who: Who, root: &PlatformKey, text: &str) {
        let channel = self.thread_on(root).channel;
        let frame = ClientFrame::Say { channel, text: text.to_owned(), reply_to: None };
        let done = self.playground.act(self.author(who).key.as_str(), frame).await;
        assert_eq!(done, Ok(()), "{who:?} cannot say {text:?} in the thread on {root}");
    }

    async fn sees_in_thread(&self, who: Who, root: &PlatformKey) -> Vec<Seen> {
        self.sees_at(who, &self.thread_on(root).channel).await
    }

    async fn does(&self, who: Who, spot: Spot, deed: Deed<'_>) {
        let channel = self.place(spot).channel;
        let frame = match deed {
            Deed::Say { text, reply_to } => {
                ClientFrame::Say { channel, text: text.to_owned(), reply_to: reply_to.cloned() }
            }
            Deed::Command { line } => {
                ClientFrame::Say { channel, text: line.to_owned(), reply_to: None }
            }
            Deed::Edit { message, text } => {
                ClientFrame::Edit { post: message.clone(), text: text.to_owned() }
            }
            Deed::Delete { message } => ClientFrame::Delete { post: message.clone() },
            Deed::React { message, emoji } => {
                ClientFrame::React { post: message.clone(), emoji: emoji.to_owned() }
            }
            Deed::Press { message, data } => {
                ClientFrame::Press { post: message.clone(), data: data.to_owned() }
            }
        };
        let done = self.playground.act(self.author(who).key.as_str(), frame).await;
        assert_eq!(done, Ok(()), "{who:?} cannot do {deed:?}");
    }

    async fn sees(&self, who: Who, spot: Spot) -> Vec<Seen> {
        self.sees_at(who, &self.place(spot).channel).await
    }
}

impl House {
    async fn sees_at(&self, who: Who, channel: &PlatformKey) -> Vec<Seen> {
        let Some(mut tab) = self.playground.enter(self.author(who).key.as_str()) else {
            panic!("{who:?} does not live here")
        };
        let frame = tab.next().await;
        let ServerFrame::Hello(hello) = &*frame else { panic!("{frame:?} is no hello") };
        let posts = hello.posts.iter().filter(|post| post.channel == *channel && !post.deleted);
        posts.map(seen).collect()
    }
}

/// The page draws every piece as a text of its own, so none can have an effect on another.
fn seen(post: &PostFrame) -> Seen {
    let (text, links) = read(&post.pieces);
    let lit_up = |piece: &Piece| {
        if let Piece::Person { key, ping: true, .. } = piece { Some(key.clone()) } else { None }
    };
    let mut pings: BTreeSet<PlatformKey> = post.pings.iter().cloned().collect();
    pings.extend(post.pieces.0.iter().filter_map(lit_up));
    let button = |button: &ButtonFrame| SeenButton {
        label: button.label.clone(),
        data: button.data.clone(),
    };
    Seen {
        key: post.key.clone(),
        by: (!post.author.bot).then(|| post.author.key.clone()),
        text,
        links,
        buttons: post.buttons.iter().map(button).collect(),
        private: post.private,
        pings,
        reply_to: post.reply_to.as_ref().map(|reply| reply.key.clone()),
    }
}

fn config() -> Config {
    Config {
        bot: BotId::from("lumen"),
        brand: "Lumen".to_owned(),
        languages: vec![Language::from("en"), Language::from("de")],
        topics: Vec::new(),
        escalation: "human".to_owned(),
        questions: Vec::new(),
        wording: Arc::new(|_, key| key.to_owned()),
    }
}

/// A journal that outlives the process, as a database would.
#[derive(Default)]
struct Paper(Mutex<Written>);

#[derive(Default)]
struct Written {
    documents: BTreeMap<i64, String>,
    unheard: BTreeMap<String, String>,
}

impl Paper {
    fn kept(&self) -> MutexGuard<'_, Written> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal for Paper {
    fn load(&self) -> Doing<'_, Result<Kept, Down>> {
        Box::pin(async {
            let kept = self.kept();
            Ok(Kept {
                documents: kept.documents.clone().into_iter().collect(),
                unheard: kept.unheard.clone().into_iter().collect(),
            })
        })
    }

    fn keep<'a>(
        &'a self,
        (number, document): (i64, &'a str),
        unheard: Option<(&'a str, &'a str)>,
    ) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            let mut kept = self.kept();
            kept.documents.insert(number, document.to_owned());
            if let Some((key, inbound)) = unheard {
                kept.unheard.entry(key.to_owned()).or_insert_with(|| inbound.to_owned());
            }
            Ok(())
        })
    }

    fn heard<'a>(&'a self, key: &'a str) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            self.kept().unheard.remove(key);
            Ok(())
        })
    }
}

/// A clock that stands.
struct Noon;

impl Hands for Noon {
    fn now(&self) -> Moment {
        NOON
    }

    fn offset(&self) -> Duration {
        Duration::ZERO
    }

    fn forward(&self, _: Duration) {}

    fn next(&self) -> Doing<'_, Option<(Moment, Option<Due>)>> {
        Box::pin(std::future::ready(None))
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn escalation(&self) -> Doing<'_, Option<String>> {
        Box::pin(std::future::ready(None))
    }

    fn inside<'a>(&'a self, _: &'a Language, _: &'static [Person]) -> Doing<'a, Option<Insight>> {
        Box::pin(std::future::ready(None))
    }
}
