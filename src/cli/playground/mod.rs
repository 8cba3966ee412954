//! The playground's own small world: its runtime, its database, its clock, its page. One bot lives
//! in it at a time; a moderator at the page can bring another one, and then the runtime before is
//! stopped in order, as at the program's own end, before the next begins.

mod hands;
mod keeper;
mod panel;
mod questions;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::Context as _;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::RunOptions;
use super::run::listen;
use crate::bot::Bot;
use crate::domain::ids::Language;
use crate::platform::playground::{Config, House, Playground, Wording};
use crate::runtime::{BotParts, Clock as _, MovableClock, Runtime, SystemClock};
use crate::store::{Durability, Store};
use crate::web;

use hands::{StoreHands, StoreJournal};
use keeper::{Desk, Lodger, Order};

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
    let first = Lodger { folder: options.bots.join(bot.id.as_str()), bot: bot.clone() };
    let files = Files::of(options, &first);
    let community = Community::open(&first, &files.of_lodger(&first, false)).await?;
    let (orders, waiting) = mpsc::channel(1);
    let desk = Arc::new(Desk::new(options.bots.clone(), first.folder.clone(), orders));
    let house = Arc::new(House::new(Arc::clone(&community.playground), desk));
    let router = web::playground_router(Arc::clone(&house), address);
    let token = stop.clone();
    parts.spawn(async move { Ok(web::serve(listener, router, token).await?) });
    let (tenancy, token) = (Tenancy { house, files, lodger: first }, stop.clone());
    parts.spawn(tenancy.keep(community, waiting, token));
    Ok(address)
}

/// One bot's community, ready to run.
struct Community {
    playground: Arc<Playground>,
    runtime: Runtime,
    store: Store,
}

impl Community {
    async fn open(lodger: &Lodger, file: &Path) -> anyhow::Result<Community> {
        let url = format!("sqlite:{}", file.display());
        let store = Store::open(&url, Durability::Full).await?;
        let opened = Community::over(lodger, store.clone()).await;
        if opened.is_err() {
            store.close().await;
        }
        opened
    }

    async fn over(lodger: &Lodger, store: Store) -> anyhow::Result<Community> {
        let bot = &lodger.bot;
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
        Ok(Community { playground, runtime, store })
    }
}

/// Who lives in the house, and who comes next.
struct Tenancy {
    house: Arc<House>,
    files: Files,
    lodger: Lodger,
}

impl Tenancy {
    /// Runs one community after the other until `stop`.
    async fn keep(
        mut self,
        mut community: Community,
        mut orders: mpsc::Receiver<Order>,
        stop: CancellationToken,
    ) -> anyhow::Result<()> {
        loop {
            let Community { playground, runtime, store } = community;
            let token = stop.child_token();
            let mut running = Box::pin(runtime.run(token.clone()));
            let order = tokio::select! {
                ended = &mut running => {
                    store.close().await;
                    return Ok(ended?);
                }
                Some(order) = orders.recv() => order,
            };
            // Nobody acts any more; what was heard is committed, what is being sent is settled.
            playground.close();
            token.cancel();
            let ended = running.await;
            store.close().await;
            ended?;
            community = self.follow(order).await?;
            self.house.move_in(Arc::clone(&community.playground));
        }
    }

    /// The next community; when it cannot be opened, the one before once more.
    async fn follow(&mut self, order: Order) -> anyhow::Result<Community> {
        let Order { lodger, fresh, done } = order;
        let file = self.files.of_lodger(&lodger, fresh);
        match Community::open(&lodger, &file).await {
            Ok(community) => {
                tracing::info!(
                    bot.id = %lodger.bot.id,
                    "{} has moved into the playground", lodger.bot.manifest.name
                );
                self.lodger = lodger;
                let _gone = done.send(Ok(()));
                Ok(community)
            }
            Err(error) => {
                let _gone = done.send(Err(format!("It could not be opened: {error:#}.")));
                let file = self.files.of_lodger(&self.lodger, false);
                Community::open(&self.lodger, &file)
                    .await
                    .context("the playground's former community cannot be opened again")
            }
        }
    }
}

/// Where each bot's community is kept: beside the database, a file each, and one more for every
/// time that somebody began with an empty one. No file is ever taken away.
struct Files {
    /// `askaround-playground.db`: of the bot that the program starts with.
    first: PathBuf,
    first_folder: PathBuf,
    bots: PathBuf,
}

impl Files {
    fn of(options: &RunOptions, first: &Lodger) -> Files {
        Files {
            first: first_file(&options.database),
            first_folder: whole(&first.folder),
            bots: whole(&options.bots),
        }
    }

    /// The file to open: the latest of this bot, or the next after it.
    fn of_lodger(&self, lodger: &Lodger, fresh: bool) -> PathBuf {
        let folder = whole(&lodger.folder);
        let stem = self.first.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let stem = if folder == self.first_folder {
            stem
        } else if folder.parent() == Some(&self.bots) {
            format!("{stem}-{}", lodger.bot.id)
        } else {
            // Folders of one name in several places are several bots.
            format!("{stem}-{}-{:08x}", lodger.bot.id, mark(&folder))
        };
        let numbered = |number: u32| match number {
            1 => self.first.with_file_name(format!("{stem}.db")),
            _ => self.first.with_file_name(format!("{stem}.{number}.db")),
        };
        let mut number = 1;
        while numbered(number + 1).exists() {
            number += 1;
        }
        let next = if fresh && numbered(number).exists() { number + 1 } else { number };
        numbered(next)
    }
}

/// The path as it is known everywhere, as far as it is there.
fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// A number for a path, the same at every start (FNV-1a).
fn mark(path: &Path) -> u32 {
    path.as_os_str()
        .as_encoded_bytes()
        .iter()
        .fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
}

/// A file beside the database's own: `askaround.db` → `askaround-playground.db`.
fn first_file(url: &str) -> PathBuf {
    let path = url.strip_prefix("sqlite:").map(|path| Path::new(path.trim_start_matches("//")));
    let Some((path, stem)) = path.and_then(|path| Some((path, path.file_stem()?))) else {
        return PathBuf::from(DEFAULT_FILE);
    };
    let mut name = stem.to_os_string();
    name.push("-playground.db");
    path.with_file_name(name)
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
        questions: questions::questions(bot),
        wording,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_playground_keeps_its_things_beside_the_database() {
        for (url, file) in [
            ("sqlite:askaround.db", "askaround-playground.db"),
            ("sqlite:/var/lib/a/live.db", "/var/lib/a/live-playground.db"),
            ("postgres://ada@db/askaround", "askaround-playground.db"),
        ] {
            assert_eq!(first_file(url), Path::new(file));
        }
    }

    #[test]
    fn every_folder_has_a_file_of_its_own_and_an_empty_community_the_next_one() {
        let home = tempfile::tempdir().expect("a folder");
        let at = |name: &str| home.path().join(name);
        let lodger = |folder: &str| {
            let folder = at(folder);
            std::fs::create_dir_all(&folder).expect("made");
            std::fs::write(folder.join("bot.toml"), "name = \"Acme\"\n").expect("written");
            let bot = crate::bot::load(&folder, SystemClock.today()).bot.expect("it is sound");
            Lodger { folder, bot }
        };
        let (lumen, acme) = (lodger("bots/lumen"), lodger("bots/acme"));
        let (far, farther) = (lodger("far/acme"), lodger("farther/acme"));
        let files = Files {
            first: at("a-playground.db"),
            first_folder: whole(&lumen.folder),
            bots: whole(&at("bots")),
        };
        assert_eq!(files.of_lodger(&lumen, false), at("a-playground.db"));
        assert_eq!(files.of_lodger(&acme, false), at("a-playground-acme.db"));
        let names = [&far, &farther].map(|lodger| files.of_lodger(lodger, false));
        assert_ne!(names[0], names[1], "folders of one name are not one bot");

        assert_eq!(files.of_lodger(&lumen, true), at("a-playground.db"), "it is empty already");
        std::fs::write(at("a-playground.db"), "").expect("written");
        assert_eq!(files.of_lodger(&lumen, true), at("a-playground.2.db"));
        std::fs::write(at("a-playground.2.db"), "").expect("written");
        assert_eq!(files.of_lodger(&lumen, false), at("a-playground.2.db"), "the latest goes on");
        assert_eq!(files.of_lodger(&lumen, true), at("a-playground.3.db"));
    }
}
