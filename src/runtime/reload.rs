//! Knowledge that changes while it is used: the folders are looked at again and again, and what
//! has changed is read whole. A file with something wrong in it changes nothing: what was known
//! stays known, and the log says where to mend.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use tokio_util::sync::CancellationToken;

use super::engine::{BotParts, Engine};
use crate::bot::{self, Prints};
use crate::domain::ids::BotId;

/// An author who saves a file and asks at once should find it; a look at the folder costs as many
/// stats as it has files.
const LOOK_EVERY: Duration = Duration::from_secs(2);

/// What of a bot's articles was read last: their files, on which day (articles expire by date).
type Seen = (Prints, Date);

/// Looks at the folders of all bots; each look is a step that can be called without the loop.
pub struct Reload {
    engine: Arc<Engine>,
    seen: BTreeMap<BotId, Seen>,
}

impl Reload {
    /// What lies there now counts as read: the bots were read a moment ago.
    pub async fn new(engine: Arc<Engine>) -> Self {
        let mut reload = Self { engine, seen: BTreeMap::new() };
        for bot in reload.bots() {
            if let Some(seen) = reload.look_at(&bot).await {
                reload.seen.insert(bot.id.clone(), seen);
            }
        }
        reload
    }

    fn bots(&self) -> Vec<Arc<BotParts>> {
        self.engine.bots.values().map(Arc::clone).collect()
    }

    async fn look_at(&self, bot: &BotParts) -> Option<Seen> {
        let (folder, today) = (bot.folder.clone()?, self.engine.clock.today());
        let prints = aside(move || bot::prints(&folder)).await?;
        Some((prints, today))
    }

    /// Reads again what has changed since the last look.
    pub async fn look(&mut self) {
        for bot in self.bots() {
            let Some(seen) = self.look_at(&bot).await else { continue };
            if self.seen.get(&bot.id) == Some(&seen) {
                continue;
            }
            let today = seen.1;
            self.seen.insert(bot.id.clone(), seen);
            let Some(folder) = bot.folder.clone() else { continue };
            let reader = Arc::clone(&bot);
            aside(move || read(&reader, &folder, today)).await;
        }
    }

    pub(super) async fn run(mut self, stop: CancellationToken) {
        loop {
            let next = self.engine.clock.now() + LOOK_EVERY;
            tokio::select! {
                () = self.engine.clock.until(next) => self.look().await,
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

fn read(bot: &BotParts, folder: &Path, today: Date) {
    match bot::read_again(folder, &bot.rules, today) {
        Ok(articles) => {
            let count = articles.len();
            bot.knowledge.replace(bot.knowledge.now().with_articles(articles, today));
            tracing::info!(bot.id = %bot.id, count, "bot {} has read its articles again", bot.id);
        }
        Err(problems) => {
            for problem in problems {
                tracing::warn!(
                    bot.id = %bot.id, %problem,
                    "bot {} keeps the articles it had: {problem}", bot.id
                );
            }
        }
    }
}
