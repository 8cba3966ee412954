//! `askaround bench`: what this machine can carry, measured with the parts that run.
//!
//! Each figure stands beside the one it can be compared with in the same run: questions beside bare
//! commits, ten thousand communities beside one. Nothing is kept.

mod start;
mod town;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::bail;

use super::scratch::Scratch;
use super::{BenchOptions, RunOptions, look, say, say_error};
use crate::bot::Bot;
use crate::store::{Durability, Store};
use town::Town;

pub(super) fn bench(options: &RunOptions, bench: &BenchOptions) -> anyhow::Result<ExitCode> {
    let bots = look::bots(options)?;
    let Some(bot) = bots.first() else { bail!("there is no bot in {}", options.bots.display()) };
    let scratch = Scratch::new("bench")?;
    let grown =
        if bench.cases == 0 { None } else { Some(start::Grown::new(&scratch, bot, bench)?) };
    tokio::runtime::Builder::new_multi_thread().enable_all().build()?.block_on(async {
        if options.database.starts_with("postgres") {
            one_database("PostgreSQL", &options.database, bot, bench).await?;
            if let Some(grown) = &grown {
                grown.starts(&options.database).await?;
            }
        }
        one_database("SQLite", &scratch.database("bench.db"), bot, bench).await?;
        if let Some(grown) = &grown {
            grown.starts(&scratch.database("grown.db")).await?;
        }
        Ok(ExitCode::SUCCESS)
    })
}

/// Everything that is measured on one database.
async fn one_database(
    name: &str,
    url: &str,
    bot: &Bot,
    bench: &BenchOptions,
) -> anyhow::Result<()> {
    let store = Store::open(url, Durability::Full).await?;
    let mut town = Town::open(store, bot, 1).await?;
    if town.is_inhabited {
        bail!("{name}: there are communities in this database; give --database an empty one");
    }
    say(&format!("{name}, every commit on the disk before it counts"));
    let commits = town.bare_commits(bench.questions.min(1_000)).await?;
    let alone = town.asks_alone(bench.questions.min(1_000)).await?;
    let batches = town.asks_in_batches(bench.questions).await?;
    say(&format!("  a bare commit of one row           {}", Spread::of(commits)));
    say(&format!("  a question alone                   {}", Spread::of(alone)));
    say(&format!(
        "  questions that come at once        {:.0} cases/s; a batch {}",
        per_second(bench.questions, &batches),
        Spread::of(batches),
    ));
    let mut first = None;
    for communities in &bench.communities {
        town.grows_to(*communities).await?;
        let (chatter, question) = town.a_message_anywhere(bench.questions).await?;
        let ratio = question.as_secs_f64() / first.get_or_insert(question).as_secs_f64();
        say(&format!(
            "  {communities:>6} communities: chatter {:.4} ms, a question {:.3} ms a message, \
             {ratio:.2} of the first",
            millis(chatter),
            millis(question),
        ));
    }
    town.close().await;
    Ok(())
}

/// Measured spans, and what is said of them.
struct Spread {
    sorted: Vec<Duration>,
}

impl Spread {
    fn of(mut spans: Vec<Duration>) -> Spread {
        spans.sort_unstable();
        Spread { sorted: spans }
    }

    fn at(&self, percent: usize) -> Duration {
        let place = (self.sorted.len() * percent / 100).min(self.sorted.len().saturating_sub(1));
        self.sorted.get(place).copied().unwrap_or_default()
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "p50 {:.2} ms, p99 {:.2} ms", millis(self.at(50)), millis(self.at(99)))
    }
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

fn per_second(count: usize, spans: &[Duration]) -> f64 {
    let total: Duration = spans.iter().sum();
    u32::try_from(count).map_or(0.0, f64::from) / total.as_secs_f64().max(f64::EPSILON)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures real time")]
fn now() -> Instant {
    Instant::now()
}

/// Progress, for whoever waits: beside the figures, not among them.
fn note(what: &str) {
    say_error(&format!("… {what}"));
}
