//! `askaround kb eval`: what the bot would make of a file of questions, for whoever scores it.

use std::fs;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use serde::Serialize;
use tokio::time::Instant;

use super::{Eval, collection};
use crate::knowledge::{Hit, Knowledge, MODEL, Query, Trust};
use crate::runtime::{Clock as _, SystemClock};

#[derive(Serialize)]
struct Answered<'a> {
    id: String,
    hits: Vec<Found<'a>>,
    confidence: f64,
    /// Whether it would be shown in a community that has said nothing yet.
    answer: bool,
    ms: f64,
}

#[derive(Serialize)]
struct Found<'a> {
    article: &'a str,
    score: f64,
}

#[derive(Serialize)]
struct Summary {
    summary: Totals,
}

#[derive(Serialize)]
struct Totals {
    articles: usize,
    index_ms: f64,
    model: &'static str,
    model_mb: f64,
    rss_mb: Option<f64>,
}

pub(super) fn eval(wanted: &Eval) -> anyhow::Result<ExitCode> {
    let articles = collection::articles(&wanted.articles, wanted.examples)?;
    let watch = Instant::now();
    let knowledge = Knowledge::new(articles, SystemClock.today());
    // The table of meanings is unfolded by the first question that is asked of it.
    let _unfolded = knowledge.search(&Query { text: "hello", language: None, community: None }, 1);
    let index = watch.elapsed();
    let out = std::io::stdout();
    let mut out = BufWriter::new(out.lock());
    let oos = wanted.oos.as_deref();
    for (letter, file) in [("q", Some(wanted.queries.as_path())), ("o", oos)] {
        for (number, text) in questions(file)?.iter().enumerate() {
            let watch = Instant::now();
            let query = Query { text, language: None, community: None };
            let hits = knowledge.search(&query, usize::from(wanted.top));
            let answer = !Trust::default().shown(&hits, wanted.precision).is_empty();
            let took = watch.elapsed();
            let line = answered(format!("{letter}{number}"), &hits, answer, took);
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
    }
    let (model, bytes) = MODEL;
    let summary = Totals {
        articles: knowledge.len(),
        index_ms: rounded(index.as_secs_f64() * 1_000.0),
        model,
        model_mb: rounded(megabytes(bytes)),
        rss_mb: resident().map(rounded),
    };
    writeln!(out, "{}", serde_json::to_string(&Summary { summary })?)?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn questions(file: Option<&Path>) -> anyhow::Result<Vec<String>> {
    let Some(file) = file else { return Ok(Vec::new()) };
    let rows = collection::rows(file)?;
    Ok(rows.into_iter().map(|row| row.into_iter().next().unwrap_or_default()).collect())
}

fn answered(id: String, hits: &[Hit], answer: bool, took: Duration) -> Answered<'_> {
    Answered {
        id,
        hits: hits.iter().map(found).collect::<Vec<_>>(),
        confidence: hits.first().map_or(0.0, |hit| (hit.confidence * 1e6).round() / 1e6),
        answer,
        ms: rounded(took.as_secs_f64() * 1_000.0),
    }
}

fn found(hit: &Hit) -> Found<'_> {
    Found { article: hit.article.as_str(), score: (hit.score * 1e6).round() / 1e6 }
}

fn rounded(number: f64) -> f64 {
    (number * 1_000.0).round() / 1_000.0
}

fn megabytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes / 1_024).unwrap_or(u32::MAX)) / 1_024.0
}

/// The memory of this process, where the system tells.
fn resident() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: f64 = line.trim().trim_end_matches("kB").trim().parse().ok()?;
    Some(kilobytes / 1_024.0)
}
