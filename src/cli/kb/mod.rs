//! `askaround kb`: a bot's knowledge from the command line.

mod collection;
mod eval;
mod gaps;
mod import;
mod search;
mod stale;
mod table;
mod train;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::RunOptions;

#[derive(Debug, Subcommand)]
pub(super) enum KbCommand {
    /// Shows which articles a question finds, how sure they are, and whether they are suggested
    #[command(after_help = "Examples:\n  \
        askaround kb search \"my router blinks red\" --explain\n  \
        askaround kb search \"WLAN bricht ab\" --bot lumen --language de --limit 5")]
    Search(Search),
    /// Makes articles of a list of questions and answers, a CSV or JSON file; all of it or nothing
    #[command(after_help = "Examples:\n  askaround kb import faq.csv --bot lumen\n  \
        askaround kb import faq.json --bot lumen --language de --dry-run\n\n\
        CSV begins with a line of names: question or title, and answer or body; may have id, \
        questions (several with | between), tags, link, language, checked. JSON is a list of \
        objects with the same names.")]
    Import(Import),
    /// Groups the questions that no article answered, the most asked first
    Gaps(Gaps),
    /// Names the articles that nobody has checked for long, or that have expired
    ///
    /// Exits with 1 when there are any.
    Stale {
        /// Checked longer ago than so many days
        #[arg(long, default_value_t = 180, value_parser = clap::value_parser!(u16).range(1..))]
        days: u16,
    },
    /// Answers a file of questions as a bot with these articles would, a line of JSON each
    ///
    /// The last line says how large and how fast it was.
    #[command(after_help = "Example:\n  askaround kb eval --articles A.jsonl --queries Q.tsv \
        --oos O.tsv --examples 3\n\n\
        An article is an object with id, title, body and questions, one a line. A table has a line \
        of names first; its first column is the question.")]
    Eval(Eval),
    /// Fits the numbers behind ranks and confidences on real questions, and says how good they are
    #[command(after_help = "Example:\n  askaround kb train --data DIR --write \
        src/knowledge/fitted.rs\n\n\
        Each folder in DIR with an articles.jsonl is a collection; its dev_queries.tsv has the \
        columns query and article_id, its oos_dev.tsv questions that no article answers.")]
    Train {
        /// The folder of collections
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// Where the numbers are written; without it they are printed
        #[arg(long, value_name = "FILE")]
        write: Option<PathBuf>,
    },
}

#[derive(Debug, Args)]
pub(super) struct Search {
    /// What a customer would write
    question: String,
    /// The asker's language, such as de; without it every language counts alike
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Articles to show at most
    #[arg(long, default_value_t = 3, value_parser = clap::value_parser!(u16).range(1..=50))]
    limit: u16,
    /// Says why each was found, and how far each community's own word has moved the cut
    #[arg(long)]
    explain: bool,
}

#[derive(Debug, Args)]
pub(super) struct Import {
    /// The file; its ending says which kind it is
    file: PathBuf,
    /// The language of articles that do not name one; the bot's first when left out
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
    /// Says what would be written, and writes nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Args)]
pub(super) struct Gaps {
    /// How many days back, at most as long as words are kept
    #[arg(long, default_value_t = 90, value_parser = clap::value_parser!(u32).range(1..=3660))]
    days: u32,
    /// Groups to show at most
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
    limit: u16,
}

#[derive(Debug, Args)]
pub(super) struct Eval {
    #[arg(long, value_name = "JSONL")]
    articles: PathBuf,
    #[arg(long, value_name = "TSV")]
    queries: PathBuf,
    /// Questions that no article answers
    #[arg(long, value_name = "TSV")]
    oos: Option<PathBuf>,
    /// Example questions taken of each article; all when left out
    #[arg(long, value_name = "COUNT")]
    examples: Option<usize>,
    /// Hits of each question
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=50))]
    top: u16,
    /// The share of right ones among those shown, as in bot.toml
    #[arg(long, default_value_t = 0.9)]
    precision: f64,
}

pub(super) fn kb(options: &RunOptions, command: &KbCommand) -> anyhow::Result<ExitCode> {
    match command {
        KbCommand::Search(wanted) => search::search(options, wanted),
        KbCommand::Import(wanted) => import::import(options, wanted),
        KbCommand::Gaps(wanted) => gaps::gaps(options, wanted),
        KbCommand::Stale { days } => stale::stale(options, *days),
        KbCommand::Eval(wanted) => eval::eval(wanted),
        KbCommand::Train { data, write } => train::train(data, write.as_deref()),
    }
}
