//! Bringing another bot while the program runs: which folders there are, whether one can move in,
//! and what must be mended first. A folder is only ever read: its text, never anything to run.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tokio::sync::{mpsc, oneshot};

use crate::bot::{self, Bot, Problem, Severity};
use crate::platform::Doing;
use crate::platform::playground::{Flaw, Keeper, Refusal, Shelf};
use crate::runtime::{Clock as _, SystemClock};

/// Folders offered without typing, at most.
const SHELF_LIMIT: usize = 100;

/// Problems shown at once; whoever has mended these sees the rest.
const PROBLEMS_LIMIT: usize = 50;

const STOPPING: &str = "The program is about to stop, so nobody moves in any more.";

/// A bot that is sound, and where it was read from.
#[derive(Debug, Clone)]
pub(super) struct Lodger {
    pub(super) folder: PathBuf,
    pub(super) bot: Bot,
}

/// A lodger for the house, and the way to say what came of it.
pub(super) struct Order {
    pub(super) lodger: Lodger,
    pub(super) fresh: bool,
    pub(super) done: oneshot::Sender<Result<(), String>>,
}

/// Reads and checks; who lives in the house changes where the orders arrive.
pub(super) struct Desk {
    bots: PathBuf,
    here: Mutex<PathBuf>,
    orders: mpsc::Sender<Order>,
}

impl Desk {
    pub(super) fn new(bots: PathBuf, here: PathBuf, orders: mpsc::Sender<Order>) -> Desk {
        Desk { bots, here: Mutex::new(here), orders }
    }

    fn here(&self) -> PathBuf {
        self.here.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn bring(&self, folder: PathBuf, fresh: bool) -> Result<(), Box<Refusal>> {
        let read = tokio::task::spawn_blocking(move || check(&folder)).await;
        let lodger = read.map_err(|error| Refusal::because(error.to_string()))??;
        let folder = lodger.folder.clone();
        let (done, outcome) = oneshot::channel();
        let order = Order { lodger, fresh, done };
        self.orders.send(order).await.map_err(|_| Refusal::because(STOPPING))?;
        match outcome.await {
            Ok(Ok(())) => {
                *self.here.lock().unwrap_or_else(PoisonError::into_inner) = folder;
                Ok(())
            }
            Ok(Err(words)) => Err(Refusal::because(words)),
            Err(_) => Err(Refusal::because(STOPPING)),
        }
    }
}

impl Keeper for Desk {
    fn shelf(&self) -> Doing<'_, Shelf> {
        Box::pin(async move {
            let (bots, here) = (self.bots.clone(), self.here());
            let folders = tokio::task::spawn_blocking(move || folders(&bots)).await;
            Shelf { here: here.display().to_string(), folders: folders.unwrap_or_default() }
        })
    }

    fn open<'a>(
        &'a self,
        folder: Option<&'a str>,
        fresh: bool,
    ) -> Doing<'a, Result<(), Box<Refusal>>> {
        let folder = folder.map_or_else(|| self.here(), PathBuf::from);
        Box::pin(self.bring(folder, fresh))
    }
}

/// The folders in `bots` that have a bot.toml.
fn folders(bots: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(bots) else { return Vec::new() };
    let mut folders: Vec<String> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|folder| folder.join("bot.toml").is_file())
        .map(|folder| folder.display().to_string())
        .collect();
    folders.sort();
    folders.truncate(SHELF_LIMIT);
    folders
}

/// The bot of a folder, or all that must be mended first.
fn check(folder: &Path) -> Result<Lodger, Box<Refusal>> {
    let shown = folder.display();
    let refuse = |words: String| Err(Refusal::because(words));
    if !folder.is_dir() {
        let begins = std::env::current_dir().unwrap_or_default();
        return refuse(if folder.exists() {
            format!("{shown} is a file. Give the folder that has the bot.toml in it.")
        } else {
            format!(
                "There is no folder {shown}. A path without a leading slash begins at {}.",
                begins.display()
            )
        });
    }
    if !folder.join("bot.toml").is_file() {
        return refuse(format!(
            "{shown} has no bot.toml. A bot is a folder with one; bots/lumen is there to copy."
        ));
    }
    let loaded = bot::load(folder, SystemClock.today());
    let Some(bot) = loaded.bot else {
        let problems: Vec<Flaw> = loaded.problems.iter().take(PROBLEMS_LIMIT).map(flaw).collect();
        let words = "This bot cannot move in yet. What to mend, and where:".to_owned();
        return Err(Box::new(Refusal { words, problems }));
    };
    if !bot.manifest.playground {
        return refuse(format!(
            "{} keeps away from playgrounds: its bot.toml has [playground] enabled = false.",
            bot.manifest.name
        ));
    }
    Ok(Lodger { folder: folder.to_owned(), bot })
}

fn flaw(problem: &Problem) -> Flaw {
    Flaw {
        place: format!("{}:{}:{}", problem.file.display(), problem.line, problem.column),
        what: problem.what.clone(),
        mend: problem.mend.clone(),
        mild: problem.severity == Severity::Warning,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(folder: &Path) -> Refusal {
        *check(folder).expect_err("it is no bot")
    }

    #[test]
    fn a_folder_that_is_no_bot_is_refused_kindly() {
        let folder = tempfile::tempdir().expect("a folder");
        let (empty, file) = (folder.path().join("empty"), folder.path().join("file"));
        std::fs::create_dir(&empty).expect("made");
        std::fs::write(&file, "").expect("written");
        for (path, words) in [
            (folder.path().join("nowhere"), "There is no folder"),
            (file, "is a file. Give the folder"),
            (empty, "has no bot.toml"),
        ] {
            assert!(refused(&path).words.contains(words), "{:?}", refused(&path));
        }
    }

    #[test]
    fn every_problem_of_a_bot_comes_with_its_place_and_its_mend() {
        let folder = tempfile::tempdir().expect("a folder");
        let acme = folder.path().join("acme");
        std::fs::create_dir(&acme).expect("made");
        std::fs::write(acme.join("bot.toml"), "name = \"\"\nlanguages = []\n").expect("written");
        let refusal = refused(&acme);
        let places: Vec<_> = refusal.problems.iter().map(|flaw| flaw.place.clone()).collect();
        assert_eq!(places.len(), 2, "{refusal:?}");
        assert!(places[0].ends_with("acme/bot.toml:1:8"), "{places:?}");
        assert!(refusal.problems.iter().all(|flaw| !flaw.mend.is_empty() && !flaw.mild));
    }

    #[test]
    fn a_bot_that_keeps_away_stays_away() {
        let folder = tempfile::tempdir().expect("a folder");
        let acme = folder.path().join("acme");
        std::fs::create_dir(&acme).expect("made");
        let toml = "name = \"Acme\"\n[playground]\nenabled = false\n";
        std::fs::write(acme.join("bot.toml"), toml).expect("written");
        assert!(refused(&acme).words.starts_with("Acme keeps away from playgrounds"));
        assert_eq!(folders(folder.path()), [acme.display().to_string()], "but it is on the shelf");
    }
}
