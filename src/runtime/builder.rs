//! Putting a runtime together from parts: this is how `askaround run` does it, and how a program
//! of your own does.
//!
//! A part is a bot ([`BotParts`]: its rules, articles, wording and policies), a store, a clock or a
//! platform. Nothing here names an adapter, and nothing is global, so a process can hold as many
//! runtimes as it has databases.

use std::path::Path;
use std::sync::Arc;

use jiff::civil::Date;

use super::{BotParts, Clock, Connection, Engine, Meters, Runtime, SystemClock};
use crate::bot::{self, Bot};
use crate::domain::ids::BotId;
use crate::domain::policies::Policies;
use crate::knowledge::{Knowledge, Library};
use crate::locale::{Flaw, Locales};
use crate::platform::Platform;
use crate::store::{Store, StoreError};

/// Why parts do not fit together, as a sentence for whoever puts them together.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unfit(String);

impl BotParts {
    /// A bot as its folder declares it, with the policies that are shipped. All parts are public:
    /// what should be another way is replaced before the bot is given to a [`Builder`].
    ///
    /// `today` decides which articles have expired; a [`Clock`] knows it.
    pub fn of(bot: &Bot, today: Date) -> Result<BotParts, Unfit> {
        let unfit = |flaws: Vec<Flaw>| {
            let lines: Vec<String> = flaws.iter().map(ToString::to_string).collect();
            Unfit(format!("the wording of {} cannot be used: {}", bot.id, lines.join("; ")))
        };
        let shipped = Locales::shipped().map_err(unfit)?;
        Ok(BotParts {
            id: bot.id.clone(),
            name: bot.manifest.name.clone(),
            rules: Arc::new(bot.manifest.rules.clone()),
            knowledge: Library::of(Knowledge::new(bot.articles.clone(), today)),
            folder: bot.folder.clone(),
            locales: shipped.with_wording(&bot.wording).map_err(unfit)?,
            keep_text: bot.manifest.keep_text,
            policies: Policies::default(),
        })
    }

    /// Reads one bot's folder. With something to mend in it there is no bot, and the error tells
    /// every problem, a line each; warnings are for `askaround check`.
    pub fn read(folder: &Path, today: Date) -> Result<BotParts, Unfit> {
        let loaded = bot::load(folder, today);
        let Some(bot) = &loaded.bot else {
            let lines: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
            return Err(Unfit(lines.join("\n")));
        };
        BotParts::of(bot, today)
    }
}

/// A runtime being put together.
#[must_use = "nothing runs before it is built"]
pub struct Builder {
    store: Store,
    bots: Vec<BotParts>,
    clock: Arc<dyn Clock>,
}

impl Builder {
    /// Hosts this bot as well.
    pub fn bot(mut self, bot: BotParts) -> Builder {
        self.bots.push(bot);
        self
    }

    /// Goes by this clock; without it, by the wall clock.
    pub fn clock(self, clock: Arc<dyn Clock>) -> Builder {
        Builder { clock, ..self }
    }

    /// A runtime without platforms yet: [`Runtime::connect`] gives it some.
    pub async fn build(self) -> Result<Runtime, StoreError> {
        // Counted, so that no two starts on one database make the same id.
        let process = self.store.next_start().await?;
        let meters = Arc::new(Meters::default());
        let engine = Engine::new(self.store, self.bots, self.clock, meters, process);
        Ok(Runtime { engine: Arc::new(engine), connections: Vec::new() })
    }
}

impl Runtime {
    /// Begins a runtime on an open store.
    pub fn builder(store: Store) -> Builder {
        Builder { store, bots: Vec::new(), clock: Arc::new(SystemClock) }
    }

    /// What the runtime drives: for platforms that show what is due, and for health pages.
    pub fn engine(&self) -> &Arc<Engine> {
        &self.engine
    }

    /// Connects a bot to a platform. Once [`run`](Runtime::run) is called, its people are heard.
    pub fn connect(&mut self, bot: &BotId, platform: Arc<dyn Platform>) -> Result<(), Unfit> {
        if !self.engine.bots().any(|known| known.id == *bot) {
            return Err(Unfit(format!("there is no bot {bot} in this runtime")));
        }
        let id = platform.id();
        let is_there = |there: &Connection| there.bot == *bot && there.platform.id() == id;
        if self.connections.iter().any(is_there) {
            // Both would take the same rows, and everything would be said twice.
            return Err(Unfit(format!("bot {bot} is connected to {id} already")));
        }
        self.engine.attach(bot, &platform);
        self.connections.push(Connection { bot: bot.clone(), platform });
        Ok(())
    }
}
