//! `askaround kb import`: a list of questions and answers becomes articles, all of them or none.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::Import;
use super::table::{self, AND, Record};
use crate::bot::{Bot, KNOWLEDGE_FOLDER};
use crate::cli::{RunOptions, look, say, say_error};
use crate::domain::ids::Language;
use crate::knowledge::Article;
use crate::runtime::{Clock as _, SystemClock};

/// Names under which other programs keep the same thing, the article's own first.
const NAMES: [(&str, &[&str]); 8] = [
    ("title", &["title", "question", "name", "subject"]),
    ("body", &["body", "answer", "text", "content"]),
    ("questions", &["questions", "examples", "variants"]),
    ("tags", &["tags", "topics", "category", "categories"]),
    ("id", &["id", "key", "slug"]),
    ("language", &["language", "lang", "locale"]),
    ("link", &["link", "url"]),
    ("checked", &["checked", "updated", "date"]),
];
/// As long as an id may be, with room for a number behind it.
const SLUG_LIMIT_CHARS: usize = 48;

/// An article to be written.
struct Draft {
    file: PathBuf,
    text: String,
}

pub(super) fn import(options: &RunOptions, wanted: &Import) -> anyhow::Result<ExitCode> {
    let bots = look::bots(options)?;
    let [bot] = bots.as_slice() else {
        let ids: Vec<&str> = bots.iter().map(|bot| bot.id.as_str()).collect();
        bail!("say into which bot with --bot; there are {}", ids.join(", "));
    };
    let folder = options.bots.join(bot.id.as_str()).join(KNOWLEDGE_FOLDER);
    let file = wanted.file.display();
    let text =
        fs::read_to_string(&wanted.file).with_context(|| format!("{file}: cannot be read"))?;
    let ending = wanted.file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let records = match ending.as_str() {
        "csv" | "tsv" => table::csv(&text),
        "json" => table::json(&text),
        _ => bail!("{file}: its name should end in .csv or .json"),
    };
    let records = records.with_context(|| format!("{file}, nothing was imported"))?;
    let (drafts, problems) = drafts(&records, bot, &folder, wanted.language.as_deref());
    if !problems.is_empty() {
        for problem in &problems {
            say_error(&format!("{file}: {problem}"));
        }
        bail!("{file}: nothing was imported; mend what is named above");
    }
    if wanted.dry_run {
        for draft in &drafts {
            say(&format!("would write {}", draft.file.display()));
        }
        return Ok(ExitCode::SUCCESS);
    }
    write_all(&folder, &drafts)?;
    for draft in &drafts {
        say(&draft.file.display().to_string());
    }
    say(&format!("{} articles for {}; `run` reads them within seconds", drafts.len(), bot.id));
    Ok(ExitCode::SUCCESS)
}

/// Every record as an article's file, or everything that is wrong with them.
fn drafts(
    records: &[Record],
    bot: &Bot,
    folder: &Path,
    language: Option<&str>,
) -> (Vec<Draft>, Vec<String>) {
    let (mut drafts, mut problems) = (Vec::new(), Vec::new());
    let known: BTreeSet<String> = bot.articles.iter().map(|a| a.id.to_string()).collect();
    let mut ids = BTreeSet::new();
    if records.is_empty() {
        problems.push("line 1: no question in it".to_owned());
    }
    for record in records {
        let mut said = |what: String| problems.push(format!("line {}: {what}", record.line));
        let language = value(record, "language")
            .or(language)
            .map_or_else(|| bot.manifest.rules.default_language(), Language::new);
        let text = article(record, &ids, &language);
        match Article::parse(&text) {
            Err(flaws) => {
                for flaw in flaws {
                    said(format!("{}; {}", flaw.what, flaw.mend));
                }
            }
            Ok(article) => {
                if bot.manifest.rules.language_for(&article.language).is_none() {
                    said(format!("{} does not speak \"{}\"", bot.id, article.language));
                }
                let id = article.id.to_string();
                let file = folder.join(language.base().as_str()).join(format!("{id}.md"));
                if !ids.insert(id.clone()) || known.contains(&id) || file.exists() {
                    said(format!("there is an article \"{id}\" already; give it another id"));
                }
                drafts.push(Draft { file, text });
            }
        }
    }
    (drafts, problems)
}

/// A value by any of its names; an empty cell is none.
fn value<'a>(record: &'a Record, name: &str) -> Option<&'a str> {
    let (_, names) = NAMES.iter().find(|(own, _)| *own == name)?;
    let found = names.iter().find_map(|name| record.values.get(*name))?;
    let found = found.trim();
    (!found.is_empty()).then_some(found)
}

/// The article as its file will be. What is missing in it, its reader will say.
fn article(record: &Record, ids: &BTreeSet<String>, language: &Language) -> String {
    let list = |name| -> Vec<String> {
        let cells = value(record, name).unwrap_or_default().split(AND);
        cells.map(|cell| cell.trim().to_owned()).filter(|cell| !cell.is_empty()).collect()
    };
    let title = value(record, "title").unwrap_or_default();
    let mut questions = list("questions");
    // A title that is a question is how somebody asks it.
    if title.ends_with(['?', '？', '؟']) && !questions.iter().any(|known| known == title) {
        questions.insert(0, title.to_owned());
    }
    let tags: Vec<String> = list("tags").iter().map(|tag| slug(tag)).collect();
    let id = value(record, "id").map_or_else(|| new_id(title, record.line, ids), str::to_owned);
    let checked =
        value(record, "checked").map_or_else(|| SystemClock.today().to_string(), str::to_owned);
    let mut front = vec![("id", quoted(&id)), ("title", quoted(title))];
    if !questions.is_empty() {
        front.push(("questions", quoted_list(&questions)));
    }
    if !tags.is_empty() {
        front.push(("tags", quoted_list(&tags)));
    }
    front.push(("language", quoted(language.as_str())));
    front.extend(value(record, "link").map(|link| ("link", quoted(link))));
    front.push(("checked", checked));
    let mut text = "+++\n".to_owned();
    for (key, value) in front {
        let _infallible = writeln!(text, "{key} = {value}");
    }
    text.push_str("+++\n");
    text.push_str(value(record, "body").unwrap_or_default());
    text.push('\n');
    text
}

/// A TOML string: JSON's escapes are among TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

fn quoted_list(texts: &[String]) -> String {
    let texts: Vec<String> = texts.iter().map(|text| format!("  {},\n", quoted(text))).collect();
    format!("[\n{}]", texts.concat())
}

/// Small letters, digits and hyphens: what ids and topics are written in.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    for letter in text.to_lowercase().chars() {
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= SLUG_LIMIT_CHARS {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// An id made of the title, and of the line where that is nothing, or that of another in the file.
fn new_id(title: &str, line: usize, ids: &BTreeSet<String>) -> String {
    let slug = slug(title);
    match slug.as_str() {
        "" => format!("faq-{line}"),
        taken if ids.contains(taken) => format!("{taken}-{line}"),
        _ => slug,
    }
}

/// First all beside the knowledge, where nobody reads them, then each in its place; when one
/// cannot be put there, none stays.
fn write_all(folder: &Path, drafts: &[Draft]) -> anyhow::Result<()> {
    let aside = folder.join(".import");
    let cannot =
        |file: &Path| format!("{} cannot be written; nothing was imported", file.display());
    fs::create_dir_all(&aside).with_context(|| cannot(&aside))?;
    let outcome = (|| {
        for (number, draft) in drafts.iter().enumerate() {
            let file = aside.join(number.to_string());
            fs::write(&file, &draft.text).with_context(|| cannot(&file))?;
        }
        for (number, draft) in drafts.iter().enumerate() {
            let parent = draft.file.parent().unwrap_or(folder);
            let put = fs::create_dir_all(parent)
                .and_then(|()| fs::rename(aside.join(number.to_string()), &draft.file));
            if let Err(cause) = put {
                for done in drafts.iter().take(number) {
                    let _gone = fs::remove_file(&done.file);
                }
                return Err(cause).with_context(|| cannot(&draft.file));
            }
        }
        Ok(())
    })();
    let _left = fs::remove_dir_all(&aside);
    outcome
}
