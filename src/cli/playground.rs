//! The playground's own small world: its runtime, its database, its clock, its page.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::RunOptions;
use super::run::listen;
use crate::bot::Bot;
use crate::domain::ids::{BotId, Language, PlatformId};
use crate::domain::time::Moment;
use crate::platform::playground::{Config, Hands, Journal, Kept, Playground, Wording};
use crate::platform::{Doing, Down};
use crate::runtime::{BotParts, Clock as _, Engine, MovableClock, Runtime, SystemClock};
use crate::store::{Durability, Store, StoreError};
use crate::web;

/// Where the playground keeps its things, when the rest is not kept in a file.
const DEFAULT_FILE: &str = "askaround-playground.db";

/// Starts the playground for `bot`; gives back where its page is.
pub(super) async fn start(
    options: &RunOptions,
    bot: &Bot,
    parts: &mut JoinSet<anyhow::Result<()>>,
    stop: &CancellationToken,
) -> anyhow::Result<SocketAddr> {
    let listener = listen(options.playground, "--playground").await?;
    let address = listener.local_addr()?;
    let store = Store::open(&database(&options.database), Durability::Full).await?;
    let clock = Arc::new(MovableClock::default());
    let hosted = BotParts::of(bot, SystemClock.today())?;
    let config = config(&hosted);
    let builder = Runtime::builder(store.clone()).bot(hosted).clock(clock.clone());
    let mut runtime = builder.build().await?;
    let engine = Arc::clone(runtime.engine());
    let journal = Arc::new(StoreJournal { store: store.clone(), bot: bot.id.clone() });
    let hands = Arc::new(StoreHands { engine, bot: bot.id.clone(), clock });
    let playground = Arc::new(Playground::open(config, journal, hands).await?);
    runtime.connect(&bot.id, playground.clone())?;
    let router = web::playground_router(playground, address);
    let token = stop.clone();
    parts.spawn(async move { Ok(web::serve(listener, router, token).await?) });
    let token = stop.clone();
    parts.spawn(async move {
        let ended = runtime.run(token).await;
        store.close().await;
        Ok(ended?)
    });
    Ok(address)
}

/// A file beside the database's own: `askaround.db` → `askaround-playground.db`.
fn database(url: &str) -> String {
    let path = url.strip_prefix("sqlite:").map(|path| Path::new(path.trim_start_matches("//")));
    let Some((path, stem)) = path.and_then(|path| Some((path, path.file_stem()?))) else {
        return format!("sqlite:{DEFAULT_FILE}");
    };
    let mut name = stem.to_os_string();
    name.push("-playground.db");
    format!("sqlite:{}", path.with_file_name(name).display())
}

fn config(bot: &BotParts) -> Config {
    let locales = bot.locales.clone();
    let wording: Wording =
        Arc::new(move |language: &Language, key: &str| locales.word(language, key));
    let rules = &bot.rules;
    Config {
        bot: bot.id.clone(),
        brand: bot.name.clone(),
        languages: rules.languages.clone(),
        topics: rules.topics.clone(),
        escalation: rules.escalation.command.clone(),
        wording,
    }
}

/// The playground's journal, in its own database.
struct StoreJournal {
    store: Store,
    bot: BotId,
}

fn down(error: &StoreError) -> Down {
    Down(error.to_string())
}

impl Journal for StoreJournal {
    fn load(&self) -> Doing<'_, Result<Kept, Down>> {
        Box::pin(async move {
            let kept = self.store.kept_playground(&self.bot).await.map_err(|e| down(&e))?;
            Ok(Kept { documents: kept.frames, unheard: kept.unheard })
        })
    }

    fn keep<'a>(
        &'a self,
        document: (i64, &'a str),
        unheard: Option<(&'a str, &'a str)>,
    ) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            let kept = self.store.keep_playground(&self.bot, Some(document), unheard).await;
            kept.map_err(|error| down(&error))
        })
    }

    fn heard<'a>(&'a self, key: &'a str) -> Doing<'a, Result<(), Down>> {
        Box::pin(async move {
            self.store.playground_heard(&self.bot, key).await.map_err(|error| down(&error))
        })
    }
}

/// The hands of the playground's clock.
struct StoreHands {
    engine: Arc<Engine>,
    bot: BotId,
    clock: Arc<MovableClock>,
}

impl Hands for StoreHands {
    fn now(&self) -> Moment {
        self.clock.now()
    }

    fn offset(&self) -> Duration {
        self.clock.offset()
    }

    fn forward(&self, span: Duration) {
        self.clock.forward(span);
    }

    fn next(&self) -> Doing<'_, Option<Moment>> {
        Box::pin(async move {
            let now = self.clock.now();
            // With the database away there is nothing to announce; the runtime says why.
            let deadline = self.engine.next_deadline(now).await.ok()?;
            let mut tx = self.engine.store().read().await.ok()?;
            let platform = PlatformId::from("playground");
            let waiting = tx.next_outbox_due(&self.bot, &platform, now).await.ok().flatten();
            [deadline, waiting].into_iter().flatten().min()
        })
    }

    fn changed(&self) -> Doing<'_, ()> {
        Box::pin(self.engine.changed())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_playground_keeps_its_things_beside_the_database() {
        for (url, file) in [
            ("sqlite:askaround.db", "sqlite:askaround-playground.db"),
            ("sqlite:/var/lib/a/live.db", "sqlite:/var/lib/a/live-playground.db"),
            ("postgres://ada@db/askaround", "sqlite:askaround-playground.db"),
        ] {
            assert_eq!(database(url), file);
        }
    }
}
