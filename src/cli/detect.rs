//! `askaround detect`: what the bot would take for a question, and where that judgement comes from.

use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, anyhow, bail};
use serde::Serialize;

use super::{DetectCommand, Task, say, say_error};
use crate::domain::policies::Policies;
use crate::domain::question::training::{Lessons, column, train};
use crate::domain::question::{self, ASKS_CUT, Heard, ListenMode, Sensitivity};

/// Messages labelled by hand, and messages of which only the question mark is known.
const LABELLED: &str = "dev.tsv";
const MARKED: &str = "silver_train.tsv";

pub(super) fn detect(command: &DetectCommand) -> anyhow::Result<ExitCode> {
    match command {
        DetectCommand::Eval { file, task } => eval(file, *task)?,
        DetectCommand::Train { data, folds, write } => teach(data, usize::from(*folds), write)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// What the shipped judgement makes of one line.
#[derive(Debug, Serialize)]
struct Judged {
    id: usize,
    score: f64,
    hit: bool,
    lang: Option<String>,
}

fn eval(file: &Path, task: Task) -> anyhow::Result<()> {
    let table = read(file)?;
    let texts =
        column(&table, "text").map_err(|problem| anyhow!("{}: {problem}", file.display()))?;
    let detector = Policies::default().detector;
    for (id, text) in texts.into_iter().enumerate() {
        let heard = Heard { text, ..Heard::default() };
        let verdict = detector.judge(&heard);
        let (score, hit) = match task {
            Task::Question => (verdict.asks, verdict.asks >= ASKS_CUT),
            Task::Help => {
                let (mode, sensitivity) = (ListenMode::Detect, Sensitivity::Balanced);
                (verdict.score, question::is_caught(mode, sensitivity, &heard, &verdict))
            }
        };
        let score = (score * 10_000.0).round() / 10_000.0;
        let lang = verdict.language.map(|language| language.to_string());
        say(&serde_json::to_string(&Judged { id, score, hit, lang })?);
    }
    Ok(())
}

fn teach(data: &Path, folds: usize, write: &Path) -> anyhow::Result<()> {
    let lessons = Lessons::read(&read(&data.join(LABELLED))?, &read(&data.join(MARKED))?)
        .map_err(|problem| anyhow!("{}: {problem}", data.display()))?;
    let Lessons { labelled, marked } = &lessons;
    if labelled.len() < folds * 2 || marked.is_empty() {
        bail!(
            "{}: {} labelled and {} marked messages are too few to learn from in {folds} folds",
            data.display(),
            labelled.len(),
            marked.len()
        );
    }
    say_error(&format!(
        "learning from {} labelled messages ({LABELLED}) and {} marked ones ({MARKED}) …",
        labelled.len(),
        marked.len()
    ));
    let trained = train(&lessons, folds);
    std::fs::write(write, &trained.model).with_context(|| {
        format!("{} cannot be written; say where with --write", write.display())
    })?;
    say(&trained.figures.to_string());
    let bytes = trained.model.len();
    say(&format!("wrote {bytes} bytes to {}; the next build has them", write.display()));
    Ok(())
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))
}
