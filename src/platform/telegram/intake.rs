//! From an update as it came to its commit: the one way in, polled or brought.
//!
//! Updates of one chat are taken in order, those of different chats side by side. An update has
//! been taken when all it means is committed, or when it was counted as nothing for us; only then
//! may Telegram forget it. What nobody waits for is handed over together, so that a batch of talk
//! is a transaction or two of the engine's and not a hundred.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;
use tokio::time::timeout;

use super::Core;
use super::calls::AnswerCallbackQuery;
use super::inbound::{self, Around, Dropped, Line, Me, line_of};
use super::people::Administrators;
use super::presence;
use super::wire::{Message, Told, Update};
use crate::domain::ids::PlatformKey;
use crate::platform::{Closing, Inbound, InboundSink};

/// A pressed button is answered by what comes of it; if nothing comes so soon, by nothing.
const ANSWERED_AFTER: Duration = Duration::from_millis(1_500);
/// Albums whose parts may still come.
const ALBUMS_KEPT: usize = 500;

/// What we ask to be told. What is not in the list is not sent, and some of it only if it is.
pub(super) const ALLOWED_UPDATES: [&str; 6] = [
    "message",
    "edited_message",
    "callback_query",
    "message_reaction",
    "chat_member",
    "my_chat_member",
];

pub(super) struct Intake {
    core: Arc<Core>,
    me: Me,
    sink: InboundSink,
    albums: Mutex<Albums>,
    lanes: Mutex<BTreeMap<i64, Arc<tokio::sync::Mutex<()>>>>,
}

/// Albums of which a part was handed over; whether it was one with words.
#[derive(Default)]
struct Albums {
    known: BTreeMap<String, bool>,
    order: VecDeque<String>,
}

fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

type Read = (Option<i64>, Result<Update, Dropped>);

impl Intake {
    pub(super) fn new(core: Arc<Core>, me: Me, sink: InboundSink) -> Intake {
        let (albums, lanes) = Default::default();
        Intake { core, me, sink, albums, lanes }
    }

    /// Takes a batch, and gives back the number up to which all is taken; `None` if nothing in it
    /// has a number.
    pub(super) async fn take_all(
        self: &Arc<Self>,
        updates: Vec<Value>,
    ) -> Result<Option<i64>, Closing> {
        let mut read: Vec<Read> = updates.into_iter().map(Update::read).collect();
        // Numbers rise; they begin anew only after a week in which nothing waited.
        read.sort_by_key(|(id, _)| *id);
        let last = read.iter().filter_map(|(id, _)| *id).max();
        let spoken: Arc<BTreeSet<String>> = Arc::new(spoken(&read));
        let mut lanes: BTreeMap<i64, Vec<Update>> = BTreeMap::new();
        for (_, update) in read {
            match update {
                Ok(update) => {
                    let lane = update.chat().map_or(0, |chat| chat.id);
                    lanes.entry(lane).or_default().push(update);
                }
                Err(Dropped(reason)) => self.sink.memory().dropped(reason),
            }
        }
        let mut running = JoinSet::new();
        for lane in lanes.into_values() {
            let (intake, spoken) = (Arc::clone(self), Arc::clone(&spoken));
            running.spawn(async move { intake.take_lane(lane, &spoken).await });
        }
        while let Some(ended) = running.join_next().await {
            // A lane that panicked has not taken what was in it.
            ended.map_err(|_| Closing)??;
        }
        Ok(last)
    }

    /// Takes one that was brought, after those of its chat that were brought before.
    pub(super) async fn take_one(&self, update: Value) -> Result<(), Closing> {
        let update = match Update::read(update).1 {
            Ok(update) => update,
            Err(Dropped(reason)) => {
                self.sink.memory().dropped(reason);
                return Ok(());
            }
        };
        let chat = update.chat().map_or(0, |chat| chat.id);
        let lane = {
            let mut lanes = held(&self.lanes);
            lanes.retain(|_, lane| Arc::strong_count(lane) > 1);
            Arc::clone(lanes.entry(chat).or_default())
        };
        let _in_order = lane.lock().await;
        self.take(update, &BTreeSet::new()).await
    }

    /// Takes what came of one chat.
    async fn take_lane(&self, lane: Vec<Update>, spoken: &BTreeSet<String>) -> Result<(), Closing> {
        let mut talk = Vec::new();
        for update in lane {
            if is_talk(&update) {
                talk.extend(self.heard(&update, spoken).await);
                continue;
            }
            self.take_talk(&mut talk).await?;
            self.take(update, spoken).await?;
        }
        self.take_talk(&mut talk).await
    }

    async fn take_talk(&self, talk: &mut Vec<Inbound>) -> Result<(), Closing> {
        for fate in self.sink.accept_all(std::mem::take(talk)).await {
            fate?;
        }
        Ok(())
    }

    /// Takes one update after all that came before it in its chat.
    async fn take(&self, update: Update, spoken: &BTreeSet<String>) -> Result<(), Closing> {
        let heard = self.heard(&update, spoken).await;
        if let Told::Pressed(query) = &update.told
            && !heard.is_empty()
        {
            self.core.sent.pressed(&query.id);
        }
        let is_ours = !heard.is_empty();
        for inbound in heard {
            self.sink.accept(inbound).await?;
        }
        if let Told::Message(message) = &update.told
            && is_ours
        {
            held(&self.albums).note(message);
        }
        self.always(&update);
        Ok(())
    }

    /// What an update means; what means nothing to us is counted with its reason.
    async fn heard(&self, update: &Update, spoken: &BTreeSet<String>) -> Vec<Inbound> {
        let people = &self.core.people;
        people.learn(update);
        self.core.presence.learn(update);
        let message =
            if let Told::Message(message) = &update.told { Some(&**message) } else { None };
        let administrators = self.administrators(update).await;
        let line = match message {
            Some(message) => self.line(message).await,
            None => None,
        };
        let is_rest_of_album =
            message.is_some_and(|message| held(&self.albums).has(message, spoken));
        let moved_to = presence::moved_to(&self.core.calls, &self.me, update).await;
        let around = Around {
            me: &self.me,
            now: (self.core.config.now)(),
            rights: &|who| administrators.rights(who),
            topic: &|chat, topic| people.topic(chat, topic),
            named: &|name| people.named(update.chat().map_or(0, |chat| chat.id), name),
            line: line.as_ref(),
            moved_to,
            is_rest_of_album,
        };
        inbound::translate(update, &around).unwrap_or_else(|Dropped(reason)| {
            self.sink.memory().dropped(reason);
            Vec::new()
        })
    }

    /// Whoever presses is answered, whatever it was.
    fn always(&self, update: &Update) {
        let Told::Pressed(query) = &update.told else { return };
        let (core, query) = (Arc::clone(&self.core), query.id.clone());
        let is_ours = core.sent.waits(&query);
        self.core.tasks.spawn(async move {
            if is_ours {
                let _over = timeout(ANSWERED_AFTER, std::future::pending::<()>()).await;
                if !core.sent.answers(&query) {
                    return;
                }
            }
            let answer = AnswerCallbackQuery(json!({ "callback_query_id": query }));
            if let Err(error) = core.calls.call(answer).await {
                tracing::debug!(%error, "a pressed button was not answered");
            }
        });
    }

    /// Who has rights where somebody speaks or presses.
    async fn administrators(&self, update: &Update) -> Arc<Administrators> {
        let acts = match &update.told {
            Told::Message(_) | Told::Edited(_) | Told::Pressed(_) => true,
            Told::Reacted(_) | Told::Member(_) | Told::Own(_) => false,
        };
        match update.chat().filter(|chat| acts && chat.is_group()) {
            Some(chat) => self.core.people.administrators(&self.core.calls, chat.id).await,
            None => Arc::default(),
        }
    }

    /// What must be found out about a command before it can be read.
    async fn line(&self, message: &Message) -> Option<Line> {
        let (words, _) = message.words()?;
        let mut line = line_of(&words, &self.me.username)?;
        if !line.is_in_table() {
            let community = PlatformKey::new(message.chat.id.to_string());
            let words = self.sink.memory().escalation(&community).await;
            line.escalation = words.unwrap_or_default();
        }
        let Core { people, calls, .. } = &*self.core;
        let author = message.from.as_ref().map_or(0, |from| from.id);
        if let Some(home) = line.home
            && people.is_in(calls, home, author).await != Some(true)
        {
            line.home = None;
        }
        let mut linked = Vec::new();
        for chat in line.linked {
            // Whoever names a room must have the rights in it.
            if people.administrators(calls, chat).await.rights(author).moderator {
                linked.push(chat);
            }
        }
        line.linked = linked;
        Some(line)
    }
}

/// Whether what comes next need not wait for what comes of this: nobody is answered, and no other
/// update is read otherwise for it.
fn is_talk(update: &Update) -> bool {
    match &update.told {
        Told::Message(message) => {
            let is_command = message.words().is_some_and(|(words, _)| words.starts_with('/'));
            message.media_group_id.is_none() && !is_command
        }
        Told::Edited(_) | Told::Reacted(_) | Told::Member(_) => true,
        Told::Pressed(_) | Told::Own(_) => false,
    }
}

/// Albums of a batch of which a part has words.
fn spoken(read: &[Read]) -> BTreeSet<String> {
    let messages = read.iter().filter_map(|(_, update)| match update.as_ref().map(|it| &it.told) {
        Ok(Told::Message(message)) => Some(message),
        Ok(
            Told::Edited(_) | Told::Pressed(_) | Told::Reacted(_) | Told::Member(_) | Told::Own(_),
        )
        | Err(_) => None,
    });
    messages.filter(|one| has_words(one)).filter_map(|one| one.media_group_id.clone()).collect()
}

fn has_words(message: &Message) -> bool {
    message.words().is_some_and(|(words, _)| !words.trim().is_empty())
}

impl Albums {
    /// Whether this is a part of an album that another part speaks for: pictures come one by one,
    /// and are one question.
    fn has(&self, message: &Message, spoken: &BTreeSet<String>) -> bool {
        let Some(album) = &message.media_group_id else { return false };
        match (self.known.get(album), has_words(message)) {
            (Some(true), _) | (Some(false), false) => true,
            (Some(false) | None, true) => false,
            (None, false) => spoken.contains(album),
        }
    }

    /// A part was handed over and committed.
    fn note(&mut self, message: &Message) {
        let Some(album) = &message.media_group_id else { return };
        let speaks = has_words(message);
        let known = self.known.entry(album.clone()).or_insert_with(|| {
            self.order.push_back(album.clone());
            speaks
        });
        *known |= speaks;
        while self.known.len() > ALBUMS_KEPT {
            let Some(oldest) = self.order.pop_front() else { return };
            self.known.remove(&oldest);
        }
    }
}
