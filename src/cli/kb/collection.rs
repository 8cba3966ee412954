//! Articles and questions from files of lines, as collections of real questions come.

use std::fs;
use std::path::Path;

use anyhow::Context as _;
use serde::Deserialize;

use crate::domain::ids::{ArticleId, Language, Topic};
use crate::domain::question::detect_language;
use crate::knowledge::Article;
use crate::runtime::{Clock as _, SystemClock};

#[derive(Debug, Deserialize)]
struct Line {
    id: String,
    title: String,
    #[serde(default)]
    body: String,
    #[serde(default)]
    questions: Vec<String>,
    #[serde(default)]
    tags: Vec<String>,
    language: Option<String>,
}

/// Articles, one object a line, each with its first `examples` questions. One that does not name
/// its language is in that of all of them together.
pub(super) fn articles(file: &Path, examples: Option<usize>) -> anyhow::Result<Vec<Article>> {
    let text = read(file)?;
    let mut lines = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let line: Line = serde_json::from_str(line)
            .with_context(|| format!("{}:{}: no article", file.display(), number + 1))?;
        lines.push(line);
    }
    let together = together(&lines);
    let today = SystemClock.today();
    let article = |line: Line| Article {
        id: ArticleId::new(line.id),
        title: line.title,
        questions: line.questions.into_iter().take(examples.unwrap_or(usize::MAX)).collect(),
        tags: line.tags.into_iter().map(Topic::new).collect(),
        language: line.language.map_or_else(|| together.clone(), Language::new),
        link: None,
        video: None,
        checked: today,
        expires: None,
        body: line.body,
        origin: None,
    };
    Ok(lines.into_iter().map(article).collect())
}

/// The language that most of the articles are in, as far as each says so by its words.
fn together(lines: &[Line]) -> Language {
    let spoken = lines.iter().filter_map(|line| {
        let questions = line.questions.join("\n");
        detect_language(&format!("{}\n{}\n{questions}", line.title, line.body))
    });
    let mut counts: Vec<(usize, Language)> = Vec::new();
    for language in spoken {
        match counts.iter_mut().find(|(_, known)| *known == language) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, language)),
        }
    }
    let most = counts.into_iter().max_by(|a, b| a.0.cmp(&b.0).then_with(|| b.1.cmp(&a.1)));
    most.map_or_else(|| Language::from("en"), |(_, language)| language)
}

/// The rows of a table behind its line of names.
pub(super) fn rows(file: &Path) -> anyhow::Result<Vec<Vec<String>>> {
    let text = read(file)?;
    let row = |line: &str| line.split('\t').map(str::to_owned).collect();
    Ok(text.lines().skip(1).map(row).collect())
}

fn read(file: &Path) -> anyhow::Result<String> {
    fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
