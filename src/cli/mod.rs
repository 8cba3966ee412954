//! The command line: reads arguments and environment, assembles the parts, prints for people.
//!
//! Exit codes: 0 all is well, 1 something is wrong with what was given (a bot folder, a database,
//! a port), 2 the command line itself cannot be read.

mod check;
mod logs;
mod playground;
mod run;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::domain::ids::BotId;

/// Catches customer questions in chat, suggests an answer, calls ambassadors, recognises them and
/// hands off to staff.
///
/// Without a command it runs: every bot of the folder, on every platform whose token is set, and
/// the playground in the browser, which needs no token at all.
#[derive(Debug, Parser)]
#[command(name = "askaround", version, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    run: RunOptions,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs the bots until Ctrl-C (this is the default)
    Run,
    /// Checks bots, articles and wording: names every problem with its place and its mend
    ///
    /// Exits with 1 when there is any problem, an expired article included.
    Check,
}

#[derive(Debug, Args)]
struct RunOptions {
    /// The folder of bots: one folder each, with a bot.toml
    #[arg(long, global = true, env = "ASKAROUND_BOTS", value_name = "DIR", default_value = "bots")]
    bots: PathBuf,
    /// Only this bot; may be given several times
    #[arg(long, global = true, env = "ASKAROUND_BOT", value_name = "ID", value_delimiter = ',')]
    bot: Vec<String>,
    /// Where everything is kept: sqlite:PATH or postgres://…
    #[arg(
        long,
        global = true,
        env = "ASKAROUND_DATABASE",
        value_name = "URL",
        default_value = "sqlite:askaround.db",
        hide_env_values = true
    )]
    database: String,
    /// The public side: health and metrics
    #[arg(
        long,
        global = true,
        env = "ASKAROUND_LISTEN",
        value_name = "ADDR",
        default_value = "127.0.0.1:8088"
    )]
    listen: SocketAddr,
    /// Where the playground's page is served; loopback addresses only
    #[arg(
        long,
        global = true,
        env = "ASKAROUND_PLAYGROUND",
        value_name = "ADDR",
        default_value = "127.0.0.1:8080"
    )]
    playground: SocketAddr,
    /// How log lines look
    #[arg(
        long,
        global = true,
        env = "ASKAROUND_LOG",
        value_name = "FORMAT",
        default_value = "auto"
    )]
    log: LogFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum LogFormat {
    /// Pretty on a terminal, JSON otherwise
    Auto,
    Pretty,
    Json,
}

impl RunOptions {
    fn bot_ids(&self) -> Vec<BotId> {
        self.bot.iter().map(|id| BotId::new(id.trim())).collect()
    }
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    let result = match cli.command {
        None | Some(Command::Run) => run::run(&cli.run),
        Some(Command::Check) => Ok(check::check(&cli.run)),
    };
    match result {
        Ok(code) => code,
        Err(error) => {
            // One plain sentence; a backtrace would only hide it.
            say_error(&format!("askaround: {error:#}"));
            ExitCode::FAILURE
        }
    }
}

/// Prints a line for people. A closed pipe is not an error worth a word.
fn say(line: &str) {
    let _closed = writeln!(std::io::stdout(), "{line}");
}

fn say_error(line: &str) {
    let _closed = writeln!(std::io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
