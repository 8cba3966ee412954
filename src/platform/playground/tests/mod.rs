//! The world around a playground: a journal on paper, a clock that stands, and an ear that hears
//! what the runtime would hear.

mod acts;
mod deliveries;
mod house;
mod inside;
mod journal;
mod threads;
mod visits;

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::{Notify, mpsc};
use tokio_util::sync::CancellationToken;

use super::{
    ClientFrame, Config, Hands, Insight, Journal, Kept, Person, Playground, PostFrame, Questions,
    ServerFrame, Visit,
};
use crate::domain::case::Due;
use crate::domain::ids::{BotId, Language, OutboxId, PlatformId, PlatformKey, Topic};
use crate::domain::time::Moment;
use crate::domain::words::Words;
use crate::platform::{Act, Delivery, Doing, Down, Face, Fate, Inbound, InboundSink, Platform};

const NOON: Moment = Moment::from_millis(1_800_000_000_000);

fn config() -> Config {
    Config {
        bot: BotId::from("lumen"),
        brand: "Lumen".to_owned(),
        languages: vec![Language::from("en"), Language::from("de")],
        topics: ["app", "mesh", "wifi"].map(Topic::from).to_vec(),
        escalation: "human".to_owned(),
        questions: vec![Questions {
            language: Language::from("de"),
            known: Some(("Wie heißt mein WLAN?".to_owned(), "Der Name des WLANs".to_owned())),
            odd: "Und mein Goldfisch?".to_owned(),
        }],
        wording: Arc::new(|language, key| format!("{key} in {language}")),
    }
}

#[derive(Default)]
struct Paper {
    kept: Mutex<(BTreeMap<i64, String>, BTreeMap<String, String>)>,
    torn: AtomicBool,
}

impl Paper {
    fn unheard(&self) -> Vec<String> {
        self.kept.lock().unwrap().1.keys().cloned().collect()
    }

    fn all(&self) -> String {
        format!("{:?}", self.kept.lock().unwrap())
    }
}

impl Journal for Paper {
    fn load(&self) -> Doing<'_, Result<Kept, Down>> {
        let (documents, unheard) = self.kept.lock().unwrap().clone();
        let (documents, unheard) = (documents.into_iter().collect(), unheard.into_iter().collect());
        Box::pin(async move { Ok(Kept { documents, unheard }) })
    }

    fn keep<'a>(
        &'a self,
        (number, document): (i64, &'a str),
        unheard: Option<(&'a str, &'a str)>,
    ) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            if self.torn.load(Ordering::SeqCst) {
                return Err(Down("the paper is torn".to_owned()));
            }
            let mut kept = self.kept.lock().unwrap();
            kept.0.insert(number, document.to_owned());
            if let Some((key, inbound)) = unheard {
                kept.1.entry(key.to_owned()).or_insert_with(|| inbound.to_owned());
            }
            Ok(())
        })
    }

    fn heard<'a>(&'a self, key: &'a str) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            self.kept.lock().unwrap().1.remove(key);
            Ok(())
        })
    }
}

#[derive(Default)]
struct Dial {
    offset: Mutex<Duration>,
    next: Mutex<Option<Moment>>,
    turned: Notify,
    escalation: Mutex<Option<String>>,
    inside: Mutex<Insight>,
    looks: AtomicUsize,
}

impl Hands for Dial {
    fn now(&self) -> Moment {
        NOON + self.offset()
    }

    fn offset(&self) -> Duration {
        *self.offset.lock().unwrap()
    }

    fn forward(&self, span: Duration) {
        *self.offset.lock().unwrap() += span;
    }

    fn next(&self) -> Doing<'_, Option<(Moment, Option<Due>)>> {
        let next = self.next.lock().unwrap().map(|at| (at, Some(Due::StaffCalled)));
        Box::pin(async move { next })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(self.turned.notified())
    }

    fn escalation(&self) -> Doing<'_, Option<String>> {
        let name = self.escalation.lock().unwrap().clone();
        Box::pin(async move { name })
    }

    fn inside<'a>(&'a self, _: &'a Language, _: &'static [Person]) -> Doing<'a, Option<Insight>> {
        self.looks.fetch_add(1, Ordering::SeqCst);
        let inside = self.inside.lock().unwrap().clone();
        Box::pin(async move { Some(inside) })
    }
}

/// A playground with what it is kept on; the people have set the bot up and the runtime knows.
struct House {
    playground: Arc<Playground>,
    paper: Arc<Paper>,
    dial: Arc<Dial>,
}

impl House {
    async fn settled() -> House {
        let house = House::open(Arc::default()).await;
        house.hears_all().await;
        house
    }

    async fn open(paper: Arc<Paper>) -> House {
        let dial = Arc::new(Dial::default());
        let (journal, hands) = (Arc::clone(&paper), Arc::clone(&dial));
        let playground = Playground::open(config(), journal, hands).await.unwrap();
        House { playground: Arc::new(playground), paper, dial }
    }

    /// The process dies and starts again.
    async fn restarted(self) -> House {
        House::open(self.paper).await
    }

    async fn act(&self, person: &str, frame: &str) -> Result<(), String> {
        self.playground.act(person, ClientFrame::read(frame)?).await
    }

    async fn say(&self, person: &str, channel: &str, text: &str) -> Result<(), String> {
        let frame = serde_json::json!({ "do": "say", "channel": channel, "text": text });
        self.act(person, &frame.to_string()).await
    }

    /// What the runtime hears, all of it committed.
    async fn hears_all(&self) -> Vec<Inbound> {
        let (queue, mut heard) = mpsc::channel(8);
        let stop = CancellationToken::new();
        let sink = InboundSink::new(BotId::from("lumen"), PlatformId::from("playground"), queue);
        let mut inbounds = Vec::new();
        let runtime = async {
            while !self.paper.unheard().is_empty() {
                match heard.try_recv() {
                    Ok(handover) => {
                        inbounds.push(*handover.inbound);
                        handover.done.send(Fate::Handled).unwrap();
                    }
                    Err(_) => tokio::task::yield_now().await,
                }
            }
            stop.cancel();
        };
        let (ran, ()) = tokio::join!(self.playground.run(sink, stop.clone()), runtime);
        ran.unwrap();
        inbounds
    }

    /// What this person sees on opening a tab.
    async fn seen_by(&self, person: &str) -> Vec<PostFrame> {
        let mut visit = self.playground.enter(person).unwrap();
        let frame = visit.next().await;
        let ServerFrame::Hello(hello) = &*frame else { panic!("{frame:?} is no hello") };
        hello.posts.clone()
    }
}

/// Every frame that waits in this tab.
async fn waiting(visit: &mut Visit) -> Vec<Arc<ServerFrame>> {
    let mut frames = Vec::new();
    loop {
        tokio::select! {
            biased;
            frame = visit.next() => frames.push(frame),
            () = std::future::ready(()) => return frames,
        }
    }
}

fn key(text: &str) -> PlatformKey {
    PlatformKey::from(text)
}

fn delivery(id: i64, channel: &str, act: Act) -> Delivery {
    let (id, quiet) = (OutboxId::new(id), false);
    Delivery { id, community: key("playground"), channel: key(channel), quiet, act }
}

fn post(words: &str) -> Act {
    Act::Post { words: Words::plain(words), reply_to: None, buttons: vec![], ping: vec![] }
}

fn private(to: &str, words: &str) -> Act {
    let buttons = vec![face("solved")];
    Act::Private { to: key(to), handle: None, words: Words::plain(words), buttons }
}

fn edit(message: &str, words: &str) -> Act {
    Act::Edit { message: key(message), words: Words::plain(words), buttons: vec![] }
}

fn face(data: &str) -> Face {
    Face { label: data.to_owned(), data: data.to_owned(), primary: true }
}
