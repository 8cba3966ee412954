//! Knowledge that changes while it is used: the folders are looked at again and again, and so is
//! what moderators have published of answers; whichever has changed is read whole. A file with
//! something wrong in it changes nothing: what was known of the files stays known, and the log says
//! where to mend.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use tokio_util::sync::CancellationToken;

use super::engine::{BotParts, Engine};
use super::harvested::harvested;
use crate::bot::{self, Prints};
use crate::domain::ids::BotId;
use crate::knowledge::Article;
use crate::store::{HarvestMark, StoreError};

/// An author who saves a file and asks at once should find it; a look at the folder costs as many
/// stats as it has files.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What of a bot's articles was read last: their files, on which day (articles expire by date), and
/// what was harvested.
#[derive(Debug, Clone, Default, PartialEq)]
struct Seen {
    files: Option<(Prints, Date)>,
    harvest: HarvestMark,
}

/// Looks at the articles of all bots; each look is a step that can be called without the loop.
pub struct Reload {
    engine: Arc<Engine>,
    seen: BTreeMap<BotId, Seen>,
}

impl Reload {
    /// What lies in the folders counts as read: the bots were read a moment ago. What was harvested
    /// is read now.
    pub async fn new(engine: Arc<Engine>) -> Self {
        let mut reload = Self { engine, seen: BTreeMap::new() };
        for bot in reload.bots() {
            let files = reload.files(&bot).await;
            reload.seen.insert(bot.id.clone(), Seen { files, ..Seen::default() });
        }
        reload.look().await;
        reload
    }

    fn bots(&self) -> Vec<Arc<BotParts>> {
        self.engine.bots.values().map(Arc::clone).collect()
    }

    async fn files(&self, bot: &BotParts) -> Option<(Prints, Date)> {
        let (folder, today) = (bot.folder.clone()?, self.engine.clock.today());
        let prints = aside(move || bot::prints(&folder)).await?;
        Some((prints, today))
    }

    /// Reads again what has changed since the last look.
    pub async fn look(&mut self) {
        self.look_at_all(true).await;
    }

    /// The same of what was harvested alone: no file is looked at.
    pub async fn look_at_harvest(&mut self) {
        self.look_at_all(false).await;
    }

    async fn look_at_all(&mut self, with_files: bool) {
        for bot in self.bots() {
            if let Err(error) = self.look_at(&bot, with_files).await {
                tracing::warn!(
                    bot.id = %bot.id, problem = %error,
                    "what was harvested for bot {} could not be read", bot.id
                );
            }
        }
    }

    async fn look_at(&mut self, bot: &Arc<BotParts>, with_files: bool) -> Result<(), StoreError> {
        let before = self.seen.get(&bot.id).cloned().unwrap_or_default();
        let mut tx = self.engine.store.read().await?;
        let harvest = tx.harvest_mark(&bot.id).await?;
        let files = if with_files { self.files(bot).await } else { before.files.clone() };
        let (are_files_new, is_harvest_new) = (files != before.files, harvest != before.harvest);
        if !are_files_new && !is_harvest_new {
            return Ok(());
        }
        let harvested = if is_harvest_new { Some(harvested(&mut tx, bot).await?) } else { None };
        drop(tx);
        let today = self.engine.clock.today();
        let folder = bot.folder.clone().filter(|_| are_files_new);
        let reader = Arc::clone(bot);
        aside(move || read(&reader, folder.as_deref(), harvested, today)).await;
        self.seen.insert(bot.id.clone(), Seen { files, harvest });
        Ok(())
    }

    pub(super) async fn run(mut self, stop: CancellationToken) {
        let engine = Arc::clone(&self.engine);
        loop {
            let next = engine.clock.now() + LOOK_EVERY;
            tokio::select! {
                () = engine.clock.until(next) => self.look().await,
                () = engine.harvested() => self.look_at_harvest().await,
                () = stop.cancelled() => return,
            }
        }
    }
}

/// Reading and indexing thousands of files would hold up everybody else on this thread.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.inspect_err(|error| tracing::error!("reading the articles again ended: {error}")).ok()
}

/// Puts together what is known: the files of `folder` and what was harvested, each as it was where
/// it is not given anew.
fn read(bot: &BotParts, folder: Option<&Path>, harvested: Option<Vec<Article>>, today: Date) {
    let known = bot.knowledge.now();
    let kept = |is_harvested: bool| {
        let kept = known.articles().filter(|article| article.origin.is_some() == is_harvested);
        kept.cloned().collect::<Vec<Article>>()
    };
    let mut articles = match folder.map(|folder| bot::read_again(folder, &bot.rules, today)) {
        Some(Ok(articles)) => {
            let count = articles.len();
            tracing::info!(bot.id = %bot.id, count, "bot {} has read its articles again", bot.id);
            articles
        }
        Some(Err(problems)) => {
            for problem in problems {
                tracing::warn!(
                    bot.id = %bot.id, %problem,
                    "bot {} keeps the articles it had: {problem}", bot.id
                );
            }
            kept(false)
        }
        None => kept(false),
    };
    articles.extend(harvested.unwrap_or_else(|| kept(true)));
    bot.knowledge.replace(known.with_articles(articles, today));
}
