//! `askaround kb train`: the numbers behind ranks and confidences, fitted anew.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, bail};

use super::collection;
use crate::cli::say;
use crate::domain::ids::{ArticleId, Language};
use crate::knowledge::training::{Collection, ReportLine, fit};

const ARTICLES: &str = "articles.jsonl";

pub(super) fn train(data: &Path, write: Option<&Path>) -> anyhow::Result<ExitCode> {
    let entries = fs::read_dir(data).with_context(|| format!("{}", data.display()))?;
    let mut folders = Vec::new();
    for entry in entries {
        folders.push(entry?.path());
    }
    folders.retain(|folder| folder.join(ARTICLES).exists());
    folders.sort();
    if folders.is_empty() {
        bail!("no folder in {} has an {ARTICLES}", data.display());
    }
    let collections = folders.iter().map(|folder| read(folder));
    let collections = collections.collect::<anyhow::Result<Vec<_>>>()?;
    let report = fit(&collections);
    say("tested on       meaning examples  R@1   R@3   AUROC  at 90 % (cut)  promised/kept apart");
    for line in &report.lines {
        say(&told(line));
    }
    match write {
        Some(file) => fs::write(file, &report.weights)
            .with_context(|| format!("{} cannot be written", file.display()))?,
        None => say(&report.weights),
    }
    Ok(ExitCode::SUCCESS)
}

fn read(folder: &Path) -> anyhow::Result<Collection> {
    let articles = collection::articles(&folder.join(ARTICLES), None)?;
    let mut questions = Vec::new();
    for row in collection::rows(&folder.join("dev_queries.tsv"))? {
        if let [question, answer, ..] = row.as_slice() {
            questions.push((question.clone(), Some(ArticleId::new(answer))));
        }
    }
    let oos = folder.join("oos_dev.tsv");
    let others = if oos.exists() { collection::rows(&oos)? } else { Vec::new() };
    questions.extend(others.into_iter().filter_map(|row| Some((row.into_iter().next()?, None))));
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let language = articles.first().map_or_else(|| Language::from("en"), |a| a.language.clone());
    Ok(Collection { name, language, articles, questions })
}

fn told(line: &ReportLine) -> String {
    let figures = &line.figures;
    let ninety = figures
        .at_ninety
        .map_or_else(|| "none".to_owned(), |(share, cut)| format!("{share:.3} ({cut:.2})"));
    let meaning = if line.meaning { "yes" } else { "no" };
    format!(
        "{:<15} {meaning:<7} {:<9} {:.3} {:.3} {:.3}  {ninety:<14} {:.3}  {}",
        line.tested_on,
        line.examples,
        figures.recall1,
        figures.recall3,
        figures.auroc,
        figures.calibration_error,
        line.collection
    )
}
