//! From folders to bots. A mistake anywhere never hides another: each part is read on its own,
//! and everything that is wrong comes out at once, in the order of the files.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::Date;
use toml::de::DeTable;

use super::files::{entries, read_text, unreadable};
use super::problem::{Page, Problem, Severity, error};
use super::wording::Wording;
use super::{Bot, Loaded, LoadedAll, articles, manifest};
use crate::domain::ids::{BotId, Topic};

/// Ids stand in logs, in addresses and in the database.
const ID_LIMIT_CHARS: usize = 32;

/// Reads the bots in `dir`, or `only` those named, as they are on `today`.
pub fn load_all(dir: &Path, only: &[BotId], today: Date) -> LoadedAll {
    let mut all = LoadedAll { bots: Vec::new(), problems: Vec::new() };
    let folders = match entries(dir) {
        Ok(entries) => entries.into_iter().filter(|path| path.is_dir()).collect::<Vec<_>>(),
        Err(cause) => {
            let mend = "a bot is a folder in it with a bot.toml; name another place with --bots";
            all.problems.push(Problem { mend: mend.to_owned(), ..unreadable(dir, &cause) });
            return all;
        }
    };
    let names: Vec<String> = folders.iter().map(|folder| folder_name(folder)).collect();
    if names.is_empty() {
        let mend = "make a folder with a bot.toml in it, or name another place with --bots";
        all.problems.push(error(dir, (1, 1), "there is no bot here", mend));
    }
    for id in only.iter().filter(|id| !names.iter().any(|name| name == id.as_str())) {
        let mend = format!("the bots here are {}", names.join(", "));
        all.problems.push(error(dir, (1, 1), format!("there is no bot \"{id}\""), mend));
    }
    for (folder, name) in folders.iter().zip(&names) {
        if only.is_empty() || only.iter().any(|id| id.as_str() == name) {
            let loaded = load(folder, today);
            all.bots.extend(loaded.bot);
            all.problems.extend(loaded.problems);
        }
    }
    refuse_shared_tokens(dir, &mut all);
    all.problems.sort_by(Problem::order);
    all
}

/// Whoever begins a bot by copying another's folder forgets the token first, and then two brands
/// answer with one voice. Which of them is meant nobody can know here, so neither starts.
fn refuse_shared_tokens(dir: &Path, all: &mut LoadedAll) {
    let mut users: BTreeMap<(&str, String), Vec<BotId>> = BTreeMap::new();
    for bot in &all.bots {
        let discord = bot.manifest.discord.iter().map(|discord| ("discord", &discord.token_env));
        let telegram = bot.manifest.telegram.iter().map(|there| ("telegram", &there.token_env));
        for (platform, variable) in discord.chain(telegram) {
            users.entry((platform, variable.clone())).or_default().push(bot.id.clone());
        }
    }
    for ((platform, variable), sharing) in users.iter().filter(|(_, bots)| bots.len() > 1) {
        for bot in sharing {
            let file = dir.join(bot.as_str()).join("bot.toml");
            let text = read_text(&file).unwrap_or_default();
            let page = Page { file: &file, text: &text };
            let others = sharing.iter().filter(|other| *other != bot).map(BotId::as_str);
            let others = others.collect::<Vec<_>>().join(", ");
            let what = format!("{variable} is the token of {others} as well");
            let mend = "give each bot an account and a variable of its own";
            all.problems.push(page.error(token_variable(&text, platform), what, mend));
        }
        all.bots.retain(|bot| !sharing.contains(&bot.id));
    }
}

/// The byte where a `bot.toml` that has been read names its token variable.
fn token_variable(text: &str, platform: &str) -> usize {
    let table = DeTable::parse(text).ok();
    let value = table.as_ref().and_then(|table| {
        let platform = table.get_ref().get(platform)?;
        platform.get_ref().get("token_env")
    });
    value.map_or(0, |value| value.span().start)
}

/// Reads one bot as it is on `today`; a bot comes out when nothing worse than a warning did.
pub fn load(folder: &Path, today: Date) -> Loaded {
    let mut problems = Vec::new();
    let id = bot_id(folder, &mut problems);
    let wording = Wording::read(folder.join("locales"), &mut problems);
    let file = folder.join("bot.toml");
    let manifest = match read_text(&file) {
        Ok(text) => manifest::read(Page { file: &file, text: &text }, &wording, &mut problems),
        Err(problem) if !file.exists() => {
            let what = "there is no bot.toml".to_owned();
            let mend = "write one with a line like name = \"Lumen\"".to_owned();
            problems.push(Problem { what, mend, ..problem });
            None
        }
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    let rules = manifest.as_ref().map(|manifest| &manifest.rules);
    if let Some(rules) = rules {
        wording.refuse_foreign(&rules.languages, &mut problems);
    }
    let articles = articles::read(&folder.join(articles::FOLDER), rules, today, &mut problems);
    problems.sort_by(Problem::order);
    let sound = problems.iter().all(|problem| problem.severity == Severity::Warning);
    let bot = manifest.filter(|_| sound).map(|mut manifest| {
        let mut topics: Vec<Topic> = articles.iter().flat_map(|a| a.tags.clone()).collect();
        topics.sort();
        topics.dedup();
        manifest.rules.topics = topics;
        let folder = Some(folder.to_owned());
        Bot { id, folder, manifest, articles, wording: wording.into_texts() }
    });
    Loaded { bot, problems }
}

fn bot_id(folder: &Path, problems: &mut Vec<Problem>) -> BotId {
    let name = folder_name(folder);
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if name.is_empty() || name.len() > ID_LIMIT_CHARS || !name.chars().all(fits) {
        let what = format!("{name:?} cannot be a bot's id");
        let mend = format!("name the folder with at most {ID_LIMIT_CHARS} of a-z, 0-9 and -");
        problems.push(error(folder, (1, 1), what, mend));
    }
    BotId::new(name)
}

/// The last part of the path, also of `.` and of `bots/lumen/..`.
fn folder_name(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = folder.file_name().or_else(|| whole.file_name());
    name.unwrap_or_default().to_string_lossy().into_owned()
}
