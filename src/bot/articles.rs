//! A bot's `knowledge/` folder: each article by itself, then all of them beside each other.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use jiff::civil::Date;
use toml::de::DeTable;

use super::files::{files, read_text};
use super::problem::{Page, Problem, Severity, error};
use crate::domain::ids::{ArticleId, Language};
use crate::domain::rules::Rules;
use crate::knowledge::Article;

/// Where a bot keeps its articles.
pub const FOLDER: &str = "knowledge";

/// What tells whether files have changed: their paths, lengths and times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prints(Vec<(PathBuf, u64, Option<SystemTime>)>);

/// The prints of the articles of a bot's folder.
pub fn prints(bot: &Path) -> Prints {
    let print = |file: PathBuf| {
        let known = fs::metadata(&file).ok();
        let length = known.as_ref().map_or(0, fs::Metadata::len);
        (file, length, known.and_then(|known| known.modified().ok()))
    };
    Prints(files(&bot.join(FOLDER), "md", &mut Vec::new()).into_iter().map(print).collect())
}

/// The articles of a bot's folder as they are on `today`, or what must be mended first.
pub fn read_again(bot: &Path, rules: &Rules, today: Date) -> Result<Vec<Article>, Vec<Problem>> {
    let mut problems = Vec::new();
    let articles = read(&bot.join(FOLDER), Some(rules), today, &mut problems);
    problems.retain(|problem| problem.severity == Severity::Error);
    if problems.is_empty() { Ok(articles) } else { Err(problems) }
}

/// All articles of a bot are in memory; the index was measured with half as many.
const ARTICLES_LIMIT: usize = 20_000;

/// The articles under `folder` that may be suggested on `today`, in the order of their paths.
/// Without `rules` nothing is known about the bot's languages, and nothing is said about them.
pub(super) fn read(
    folder: &Path,
    rules: Option<&Rules>,
    today: Date,
    problems: &mut Vec<Problem>,
) -> Vec<Article> {
    let mut files = files(folder, "md", problems);
    if files.len() > ARTICLES_LIMIT {
        let what = format!("there are {} articles here", files.len());
        let mend = format!("keep at most {ARTICLES_LIMIT}");
        problems.push(error(folder, (1, 1), what, mend));
        files.truncate(ARTICLES_LIMIT);
    }
    let mut articles = Vec::new();
    let mut places: BTreeMap<ArticleId, String> = BTreeMap::new();
    for file in &files {
        let text = match read_text(file) {
            Ok(text) => text,
            Err(problem) => {
                problems.push(problem);
                continue;
            }
        };
        let article = match Article::parse(&text) {
            Ok(article) => article,
            Err(flaws) => {
                let flaws = flaws.into_iter();
                problems.extend(
                    flaws.map(|flaw| error(file, (flaw.line, flaw.column), flaw.what, flaw.mend)),
                );
                continue;
            }
        };
        let page = Page { file, text: &text };
        problems.extend(foreign(page, &article, rules));
        problems.extend(double(page, &article, &mut places));
        match expired(page, &article, today) {
            Some(problem) => problems.push(problem),
            None => articles.push(article),
        }
    }
    articles
}

fn foreign(page: Page<'_>, article: &Article, rules: Option<&Rules>) -> Option<Problem> {
    let rules = rules.filter(|rules| rules.language_for(&article.language).is_none())?;
    let known: Vec<&str> = rules.languages.iter().map(Language::as_str).collect();
    let what = format!("the article is in \"{}\", which this bot does not speak", article.language);
    let known = known.join(", ");
    let mend = format!("add it to `languages` in bot.toml ({known}), or take the file away");
    Some(page.error(front_matter(page, "language"), what, mend))
}

fn double(
    page: Page<'_>,
    article: &Article,
    places: &mut BTreeMap<ArticleId, String>,
) -> Option<Problem> {
    let at = front_matter(page, "id");
    let (line, column) = page.place(at);
    let Some(first) = places.get(&article.id) else {
        let place = format!("{}:{line}:{column}", page.file.display());
        places.insert(article.id.clone(), place);
        return None;
    };
    let what = format!("the article id \"{}\" is taken at {first}", article.id);
    Some(page.error(at, what, "give one of the two another id"))
}

fn expired(page: Page<'_>, article: &Article, today: Date) -> Option<Problem> {
    let last = article.expires.filter(|_| article.is_expired(today))?;
    let what = format!("the article expired on {last} and is left out");
    let mend = "check it and give a later day, or take the file away";
    let problem = page.error(front_matter(page, "expires"), what, mend);
    Some(Problem { severity: Severity::Warning, ..problem })
}

/// The byte where the value of `key` stands in an article that has been parsed.
fn front_matter(page: Page<'_>, key: &str) -> usize {
    let start = page.text.find('\n').map_or(0, |newline| newline + 1);
    let rest = page.text.get(start..).unwrap_or_default();
    let front = rest.find("\n+++").and_then(|end| rest.get(..end)).unwrap_or_default();
    let table = DeTable::parse(front).ok();
    let value = table.and_then(|table| table.get_ref().get(key).map(|value| value.span().start));
    start + value.unwrap_or(0)
}
