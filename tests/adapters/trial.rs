//! One claim's trial: a fresh platform, connected to an ear in the runtime's place.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use askaround::domain::ids::{BotId, OutboxId, PlatformKey};
use askaround::domain::words::{Piece, Words};
use askaround::platform::{
    Act, Delivery, DeliveryError, Doing, Down, Face, Fate, Handover, Inbound, InboundSink, Memory,
    Message, OpenCase, Place, Platform, Receipt, Remembered, ReplyHandle, What,
};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::contract::{Deed, Harness, Seen, Spot, Who};

/// A safety net, so that what never comes fails by name; what works is never this slow.
const PATIENCE: Duration = Duration::from_secs(10);

/// Ids are as wide as they get: a platform that rounds them or finds them too long shows it.
const FIRST_ID: i64 = 9_007_199_254_740_993_000;

pub(crate) struct Trial<H> {
    pub(crate) harness: H,
    platform: Arc<dyn Platform>,
    ear: Ear,
    memory: Arc<Recollection>,
    /// What the runtime would know again.
    committed: BTreeSet<PlatformKey>,
    known_again: Vec<PlatformKey>,
    last_id: i64,
}

struct Ear {
    heard: mpsc::Receiver<Handover>,
    stop: CancellationToken,
    running: JoinSet<Result<(), Down>>,
}

/// What the runtime would remember of the square and the desk; it outlives the adapter's process.
struct Recollection {
    places: [Place; 2],
    heard: Mutex<BTreeMap<PlatformKey, PlatformKey>>,
}

impl Recollection {
    fn of(harness: &impl Harness) -> Arc<Recollection> {
        let places = [Spot::Square, Spot::Desk].map(|spot| harness.place(spot));
        Arc::new(Recollection { places, heard: Mutex::default() })
    }
}

impl Memory for Recollection {
    fn places(&self) -> Doing<'_, Result<Vec<Remembered>, Down>> {
        let heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        // Both have mattered since before the first word in them.
        let from_the_start = || PlatformKey::from("1");
        let remembered = self.places.iter().map(|place| Remembered {
            community: place.community.clone(),
            channel: place.channel.clone(),
            heard: Some(heard.get(&place.channel).cloned().unwrap_or_else(from_the_start)),
            since: None,
        });
        let remembered = remembered.collect();
        Box::pin(async move { Ok(remembered) })
    }

    fn remember<'a>(
        &'a self,
        told: &'a [(PlatformKey, PlatformKey)],
    ) -> Doing<'a, Result<(), Down>> {
        let mut heard = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        heard.extend(told.iter().cloned());
        Box::pin(async { Ok(()) })
    }

    fn escalation<'a>(&'a self, _: &'a PlatformKey) -> Doing<'a, Result<Vec<String>, Down>> {
        Box::pin(async { Ok(vec!["human".to_owned()]) })
    }

    fn open_cases<'a>(&'a self, _: &'a PlatformKey) -> Doing<'a, Result<Vec<OpenCase>, Down>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(std::future::pending())
    }

    fn dropped(&self, _: &'static str) {}
}

impl Ear {
    fn connected_to(platform: &Arc<dyn Platform>, memory: &Arc<Recollection>) -> Ear {
        let (queue, heard) = mpsc::channel(1);
        let sink = InboundSink::new(BotId::from("lumen"), platform.id(), queue);
        let memory: Arc<dyn Memory> = memory.clone();
        let sink = sink.with_memory(memory);
        let (stop, mut running) = (CancellationToken::new(), JoinSet::new());
        let (platform, token) = (Arc::clone(platform), stop.clone());
        running.spawn(async move { platform.run(sink, token).await });
        Ear { heard, stop, running }
    }
}

/// What is done within reason, or the test says what it was that never came.
pub(crate) async fn within<T>(what: &str, doing: impl Future<Output = T>) -> T {
    let Ok(done) = tokio::time::timeout(PATIENCE, doing).await else {
        panic!("{what} did not come within {PATIENCE:?}")
    };
    done
}

impl<H: Harness> Trial<H> {
    pub(crate) async fn fresh() -> Self {
        let harness = within("a fresh platform", H::fresh()).await;
        let platform = harness.platform();
        let memory = Recollection::of(&harness);
        let ear = Ear::connected_to(&platform, &memory);
        let (committed, known_again) = Default::default();
        Trial { harness, platform, ear, memory, committed, known_again, last_id: FIRST_ID }
    }

    /// The process dies, at whatever it is doing, and starts again.
    pub(crate) async fn restarted(mut self) -> Self {
        self.ear.running.shutdown().await;
        let Trial { harness, platform, ear, .. } = self;
        drop((ear, platform));
        let harness = within("the restart", harness.restarted()).await;
        let platform = harness.platform();
        let ear = Ear::connected_to(&platform, &self.memory);
        Trial { harness, platform, ear, ..self }
    }

    /// Tells it to stop; gives back what it says in the end.
    pub(crate) async fn stopped(&mut self) -> Result<(), Down> {
        self.ear.stop.cancel();
        match within("the end of run()", self.ear.running.join_next()).await {
            Some(Ok(ended)) => ended,
            other => panic!("run() ended as {other:?}"),
        }
    }

    /// The runtime takes nothing more: whatever waits is not committed.
    pub(crate) fn closes(&mut self) {
        self.ear.heard.close();
        while self.ear.heard.try_recv().is_ok() {}
    }

    pub(crate) fn platform(&self) -> &dyn Platform {
        self.platform.as_ref()
    }

    // ---- people

    pub(crate) async fn says(&self, who: Who, text: &str) {
        self.does(who, Deed::Say { text, reply_to: None }).await;
    }

    pub(crate) async fn replies(&self, who: Who, text: &str, to: &PlatformKey) {
        self.does(who, Deed::Say { text, reply_to: Some(to) }).await;
    }

    /// What somebody does in the square.
    pub(crate) async fn does(&self, who: Who, deed: Deed<'_>) {
        self.does_at(Spot::Square, who, deed).await;
    }

    pub(crate) async fn does_at(&self, spot: Spot, who: Who, deed: Deed<'_>) {
        within("what a person does", self.harness.does(who, spot, deed)).await;
    }

    /// What somebody sees in the square.
    pub(crate) async fn seen_by(&self, who: Who) -> Vec<Seen> {
        within("what a person sees", self.harness.sees(who, Spot::Square)).await
    }

    pub(crate) async fn find(&self, who: Who, key: &PlatformKey) -> Option<Seen> {
        self.seen_by(who).await.into_iter().find(|seen| seen.key == *key)
    }

    pub(crate) fn key_of(&self, who: Who) -> PlatformKey {
        self.harness.author(who).key
    }

    /// Somebody writes in the thread on a message of the square.
    pub(crate) async fn says_in_thread(&self, who: Who, root: &PlatformKey, text: &str) {
        within("what a person says", self.harness.says_in_thread(who, root, text)).await;
    }

    pub(crate) async fn seen_in_thread(&self, who: Who, root: &PlatformKey) -> Vec<Seen> {
        within("what a person sees", self.harness.sees_in_thread(who, root)).await
    }

    // ---- the runtime's ear

    /// The next thing it is told, not committed yet, whether it is news or not.
    pub(crate) async fn is_told(&mut self) -> Handover {
        let what = format!("news (and known again were {:?})", self.known_again);
        let Some(handover) = within(&what, self.ear.heard.recv()).await else {
            let ended = within("the end of run()", self.ear.running.join_next()).await;
            panic!("run() ended by itself: {ended:?}")
        };
        handover
    }

    /// The same, past what comes again: a history and a live connection may both tell it.
    pub(crate) async fn is_told_news(&mut self) -> Handover {
        loop {
            let told = self.is_told().await;
            if !self.committed.contains(&told.inbound.key) {
                return told;
            }
            let _gone = told.done.send(Fate::Repeated);
        }
    }

    /// The next news, committed. What was committed before is known again by its key, as in the
    /// runtime; so what comes under a key that something else had never gets here.
    pub(crate) async fn hears(&mut self) -> Inbound {
        loop {
            let Handover { inbound, done, .. } = self.is_told().await;
            let is_news = self.committed.insert(inbound.key.clone());
            let fate = if is_news { Fate::Handled } else { Fate::Repeated };
            // Whoever told it may have gone: then it is told again.
            let _gone = done.send(fate);
            if is_news {
                return *inbound;
            }
            self.known_again.push(inbound.key);
        }
    }

    /// The next news, which is a message.
    pub(crate) async fn hears_message(&mut self) -> Message {
        let heard = self.hears().await;
        let What::Said(message) = heard.what else { panic!("no message: {heard:?}") };
        message
    }

    /// Says something and hears it; gives back its key.
    pub(crate) async fn talks(&mut self, who: Who, text: &str) -> PlatformKey {
        self.says(who, text).await;
        let message = self.hears_message().await;
        assert_eq!(message.text, text, "something else was heard first");
        message.key
    }

    /// Gives a command and hears it; gives back the way to answer it.
    pub(crate) async fn commands(&mut self, who: Who, line: &str) -> ReplyHandle {
        self.does(who, Deed::Command { line }).await;
        let heard = self.hears().await;
        let What::Commanded { reply, .. } = heard.what else { panic!("no command: {heard:?}") };
        reply
    }

    // ---- the runtime's voice

    /// An act in the square, under an id of its own.
    pub(crate) fn delivery(&mut self, act: Act) -> Delivery {
        self.last_id += 1;
        let place = self.harness.place(Spot::Square);
        let (community, channel) = (place.community, place.channel);
        let (id, quiet) = (OutboxId::new(self.last_id), false);
        Delivery { id, community, channel, quiet, act }
    }

    pub(crate) async fn carries_out(&self, delivery: &Delivery) -> Result<Receipt, DeliveryError> {
        // Like the outbox: what is not possible yet, before a connection stands, is tried again.
        let trying = async {
            loop {
                match self.platform.deliver(delivery).await {
                    Err(DeliveryError::Retry { .. }) => tokio::task::yield_now().await,
                    settled => return settled,
                }
            }
        };
        within("a receipt", trying).await
    }

    pub(crate) async fn delivers(&mut self, act: Act) -> Result<Receipt, DeliveryError> {
        let delivery = self.delivery(act);
        self.carries_out(&delivery).await
    }

    /// Delivers what cannot fail; gives back the message that the receipt names.
    pub(crate) async fn sends(&mut self, act: Act) -> PlatformKey {
        match self.delivers(act).await {
            Ok(Receipt { message: Some(key), .. }) => key,
            other => panic!("no receipt that names a message: {other:?}"),
        }
    }

    /// Posts; gives back what everybody sees of it.
    pub(crate) async fn posts(&mut self, act: Act) -> Seen {
        let key = self.sends(act).await;
        let Some(seen) = self.find(Who::Customer, &key).await else {
            panic!("nobody sees {key}, which the receipt names")
        };
        seen
    }
}

// ---- words

/// What the eye reads of words that are shown piece by piece, and where their links lead.
pub(crate) fn read(words: &Words) -> (String, Vec<String>) {
    let (mut text, mut links) = (String::new(), Vec::new());
    for piece in &words.0 {
        text.push_str(match piece {
            Piece::Plain { text }
            | Piece::Strong { text }
            | Piece::Code { text }
            | Piece::Quote { text } => text,
            Piece::Link { label, url } => {
                links.push(url.clone());
                label
            }
            Piece::Person { name, .. } | Piece::Place { name, .. } => name,
            Piece::Message { label, .. } => label,
        });
    }
    (text, links)
}

// ---- acts

pub(crate) fn post(text: &str) -> Act {
    post_words(Words::plain(text))
}

pub(crate) fn post_words(words: Words) -> Act {
    Act::Post { words, reply_to: None, buttons: Vec::new(), ping: Vec::new() }
}

pub(crate) fn post_buttons(text: &str, buttons: &[Face]) -> Act {
    let (words, buttons) = (Words::plain(text), buttons.to_vec());
    Act::Post { words, reply_to: None, buttons, ping: Vec::new() }
}

pub(crate) fn reply(text: &str, to: &PlatformKey) -> Act {
    let (words, reply_to) = (Words::plain(text), Some(to.clone()));
    Act::Post { words, reply_to, buttons: Vec::new(), ping: Vec::new() }
}

pub(crate) fn private(to: &PlatformKey, handle: Option<&ReplyHandle>, text: &str) -> Act {
    let (to, handle, words) = (to.clone(), handle.cloned(), Words::plain(text));
    Act::Private { to, handle, words, buttons: Vec::new() }
}

pub(crate) fn edit(message: &PlatformKey, text: &str) -> Act {
    let (message, words) = (message.clone(), Words::plain(text));
    Act::Edit { message, words, buttons: Vec::new() }
}

pub(crate) fn face(label: &str, data: &str) -> Face {
    Face { label: label.to_owned(), data: data.to_owned(), primary: false }
}
