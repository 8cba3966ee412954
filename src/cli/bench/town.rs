//! A town without a platform: what people say goes straight to the engine's door, as an adapter
//! would hand it over.

use std::sync::Arc;
use std::time::Duration;

use super::now;
use crate::bot::Bot;
use crate::domain::ids::{BotId, PlatformId, PlatformKey};
use crate::platform::{Author, Commanded, Inbound, Message, Place, ReplyHandle, What};
use crate::runtime::{BATCH, BotParts, Clock as _, Engine, Input, Meters, SystemClock};
use crate::store::Store;

const PLATFORM: &str = "bench";

/// What people say who want nothing.
const CHATTER: [&str; 6] = [
    "good morning everyone",
    "haha same here, it took me a whole evening",
    "nice one 👍",
    "der Sommer war dieses Jahr viel zu kurz",
    "that is what my neighbour said as well, word for word",
    "no worries, thanks for the heads-up",
];

/// The engine on one database, with as many communities as were opened.
pub(super) struct Town {
    engine: Engine,
    bot: BotId,
    /// As customers would ask, of the bot's own articles.
    questions: Vec<String>,
    communities: usize,
    said: usize,
    /// Whether there was somebody before.
    pub(super) is_inhabited: bool,
}

impl Town {
    pub(super) async fn open(store: Store, bot: &Bot, communities: usize) -> anyhow::Result<Town> {
        let parts = BotParts::of(bot, SystemClock.today())?;
        let process = store.next_start().await?;
        let is_inhabited = {
            let mut tx = store.read().await?;
            !tx.communities_of(&bot.id).await?.is_empty()
        };
        let (clock, meters) = (Arc::new(SystemClock), Arc::new(Meters::default()));
        let engine = Engine::new(store, vec![parts], clock, meters, process);
        let mut questions: Vec<String> =
            bot.articles.iter().flat_map(|article| article.questions.clone()).collect();
        if questions.is_empty() {
            questions.push("How can I get help with this?".to_owned());
        }
        let id = bot.id.clone();
        let mut town = Town { engine, bot: id, questions, communities: 0, said: 0, is_inhabited };
        if !is_inhabited {
            town.grows_to(communities).await?;
        }
        Ok(town)
    }

    pub(super) async fn close(self) {
        self.engine.store().close().await;
    }

    /// Opens communities until there are so many, each with a watched channel.
    pub(super) async fn grows_to(&mut self, communities: usize) -> anyhow::Result<()> {
        while self.communities < communities {
            let next = (self.communities + BATCH).min(communities);
            let opening: Vec<Input> = (self.communities..next)
                .map(|community| {
                    let line = Commanded::Line {
                        text: "/askaround watch mode:detect".to_owned(),
                        channels: Vec::new(),
                    };
                    let expires_at = SystemClock.now();
                    let reply = ReplyHandle { key: format!("r{community}"), expires_at };
                    let (people, badges, about) = (Vec::new(), Vec::new(), None);
                    let what = What::Commanded { command: line, reply, people, badges, about };
                    self.input(community, &format!("watch{community}"), true, what)
                })
                .collect();
            self.engine.handle(&opening).await?;
            self.communities = next;
        }
        Ok(())
    }

    /// How long a row takes that nothing is decided for.
    pub(super) async fn bare_commits(&self, count: usize) -> anyhow::Result<Vec<Duration>> {
        let platform = PlatformId::from(PLATFORM);
        let mut took = Vec::new();
        for number in 0..count {
            let began = now();
            let mut tx = self.engine.store().begin().await?;
            let key = format!("bare{number}");
            tx.first_sight(&self.bot, &platform, &key, SystemClock.now()).await?;
            tx.commit().await?;
            took.push(began.elapsed());
        }
        Ok(took)
    }

    /// How long each waits who asks on an idle machine: to the suggestion, committed.
    pub(super) async fn asks_alone(&mut self, count: usize) -> anyhow::Result<Vec<Duration>> {
        self.asks(count, 1).await
    }

    /// How long a batch takes where many ask at once.
    pub(super) async fn asks_in_batches(&mut self, count: usize) -> anyhow::Result<Vec<Duration>> {
        self.asks(count, BATCH).await
    }

    async fn asks(&mut self, count: usize, at_once: usize) -> anyhow::Result<Vec<Duration>> {
        let (mut took, mut left) = (Vec::new(), count);
        while left > 0 {
            let size = at_once.min(left);
            left -= size;
            let asked: Vec<Input> = (0..size).map(|_| self.question()).collect();
            let began = now();
            self.engine.handle(&asked).await?;
            took.push(began.elapsed());
        }
        Ok(took)
    }

    /// What a line of chatter and a question cost on average, each in another community.
    pub(super) async fn a_message_anywhere(
        &mut self,
        count: usize,
    ) -> anyhow::Result<(Duration, Duration)> {
        let (mut chatter, mut batches) = (Duration::ZERO, count.div_ceil(BATCH));
        let messages = u32::try_from(batches * BATCH)?;
        let asked: Duration = self.asks_in_batches(batches * BATCH).await?.iter().sum();
        while batches > 0 {
            batches -= 1;
            let said: Vec<Input> = (0..BATCH).map(|_| self.chatter()).collect();
            let began = now();
            self.engine.handle(&said).await?;
            chatter += began.elapsed();
        }
        Ok((chatter / messages, asked / messages))
    }

    fn question(&mut self) -> Input {
        let text = self.questions.get(self.said % self.questions.len()).cloned();
        // To the bot by name: whatever is asked opens a case.
        self.message(text.unwrap_or_default(), true)
    }

    fn chatter(&mut self) -> Input {
        let text = CHATTER.get(self.said % CHATTER.len()).copied().unwrap_or_default();
        self.message(text.to_owned(), false)
    }

    /// Somebody new says something, in one community after the other.
    fn message(&mut self, text: String, mentions_bot: bool) -> Input {
        self.said += 1;
        let key = format!("m{}", self.said);
        let message = Message {
            key: PlatformKey::new(key.as_str()),
            text,
            reply_to: None,
            mentions_bot,
            opens_post: false,
            wordless: false,
        };
        self.input(self.said % self.communities.max(1), &key, false, What::Said(message))
    }

    fn input(&self, community: usize, key: &str, moderator: bool, what: What) -> Input {
        let (channel, name) = (format!("help{community}"), format!("Town {community}"));
        let place = Place::new((&format!("town{community}"), &name), (&channel, "help"));
        let author = Author::named(PlatformKey::new(format!("of:{key}")), format!("Person {key}"));
        let by = Author { moderator, ..author };
        let (key, at) = (PlatformKey::new(key), SystemClock.now());
        let inbound = Box::new(Inbound { key, at, place, by, what });
        Input::Heard { bot: self.bot.clone(), platform: PlatformId::from(PLATFORM), inbound }
    }
}
