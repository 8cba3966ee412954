//! Looking at a database beside the process that works on it: what every looking command shares.

use std::sync::Arc;

use anyhow::{Context as _, bail};

use super::{RunOptions, keys, say_error};
use crate::bot::{self, Bot, Severity};
use crate::domain::ids::{BotId, Language};
use crate::domain::text::Text;
use crate::runtime::{BotParts, Clock as _, Engine, Meters, SystemClock};
use crate::store::Store;

/// An engine that is only asked, never told anything.
pub(super) struct Look {
    pub(super) store: Store,
    pub(super) engine: Engine,
    pub(super) bots: Vec<Bot>,
}

impl Look {
    /// Sentences in a bot's own language and words.
    pub(super) async fn worded(&self, bot: &BotId, texts: &[Text]) -> anyhow::Result<Vec<String>> {
        let language = self.language(bot);
        Ok(self.engine.worded(bot, &language, texts).await?)
    }

    /// The language that everybody of a bot reads.
    fn language(&self, bot: &BotId) -> Language {
        let known = self.bots.iter().find(|known| known.id == *bot);
        known.map_or_else(|| "en".into(), |bot| bot.manifest.rules.default_language())
    }
}

/// Reads the bots and opens their database to look at it.
pub(super) async fn open(options: &RunOptions) -> anyhow::Result<Look> {
    let bots = bots(options)?;
    let store = Store::open_to_read_with(&options.database, keys::given()?).await?;
    let parts = bots.iter().map(|bot| BotParts::of(bot, SystemClock.today()));
    let parts = parts.collect::<Result<Vec<_>, _>>()?;
    // It makes no ids: the number that tells processes apart is never used.
    let (clock, meters) = (Arc::new(SystemClock), Arc::new(Meters::default()));
    let engine = Engine::new(store.clone(), parts, clock, meters, 0);
    Ok(Look { store, engine, bots })
}

/// The bots, unless something in them must be mended first.
pub(super) fn bots(options: &RunOptions) -> anyhow::Result<Vec<Bot>> {
    let loaded = bot::load_all(&options.bots, &options.bot_ids(), SystemClock.today());
    let broken = loaded.problems.iter().filter(|problem| problem.severity == Severity::Error);
    let broken: Vec<String> = broken.map(ToString::to_string).collect();
    for problem in &broken {
        say_error(problem);
    }
    if !broken.is_empty() {
        bail!("mend what is named above; `askaround check` names the rest");
    }
    Ok(loaded.bots)
}

/// Runs one look to its end.
pub(super) fn block_on<T>(look: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .context("threads cannot be started")?
        .block_on(look)
}

/// A text on one line, at most so long.
pub(super) fn on_one_line(text: &str, limit: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= limit {
        return line;
    }
    line.chars().take(limit.saturating_sub(1)).chain(['…']).collect()
}
