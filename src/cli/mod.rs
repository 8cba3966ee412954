//! The command line: reads arguments and environment, assembles the parts, prints for people.
//!
//! Exit codes: 0 all is well, 1 something is wrong with what was given (a bot folder, a database,
//! a port, an id) or with what was checked, 2 the command line itself cannot be read.

mod bench;
mod cases;
mod check;
mod doctor;
mod kb;
mod ledger;
mod logs;
mod look;
mod platforms;
mod playground;
mod report;
mod run;
mod scratch;
mod simulate;

use std::io::Write as _;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::parser::ValueSource;
use clap::{
    ArgMatches, Args, CommandFactory as _, FromArgMatches as _, Parser, Subcommand, ValueEnum,
};

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
    /// Looks whether everything is ready: tokens, intents, rights in every channel that is used
    ///
    /// Says the mend for each finding, and the link that invites the bot with exactly the rights it
    /// needs. Only asks: it may run beside `askaround run`. Exits with 1 when something is broken.
    #[command(after_help = "Example:\n  LUMEN_DISCORD_TOKEN=… askaround doctor --bot lumen")]
    Doctor,
    /// Searches the knowledge, brings in more of it, and says what it lacks
    #[command(subcommand)]
    Kb(kb::KbCommand),
    /// Shows questions and all that happened to them
    #[command(subcommand)]
    Case(CaseCommand),
    /// Says how the last days went: what was asked, who solved it how fast, what was missed
    #[command(after_help = "Examples:\n  askaround report --days 7\n  \
        askaround report --bot lumen --json > report.json")]
    Report(ReportOptions),
    /// Measures what this machine can carry; nothing of it is kept
    ///
    /// On a database of its own, and with --database postgres://… on that one too, which must be
    /// empty.
    #[command(after_help = "Examples:\n  askaround bench\n  \
        askaround bench --questions 2000 --communities 1,100 --cases 0")]
    Bench(BenchOptions),
    /// Checks and explains the points that people have
    #[command(subcommand)]
    Ledger(LedgerCommand),
    /// Lets a made-up community live through days in seconds, and holds every rule to it
    ///
    /// The real engine and database under a virtual clock, with people who drift off, a platform
    /// that fails and a process that dies. Prints how it went: who answered how soon, who was
    /// called how often. Ends with 1, and with the line that shows it again, when a rule is broken.
    #[command(after_help = "Examples:\n  askaround simulate --seed 1 --days 30 --people 2000\n  \
        askaround simulate --seed 7 --database sqlite:seven.db\n\n\
        Without --database it works on a file that is thrown away, whatever the environment says.")]
    Simulate(SimulateOptions),
}

#[derive(Debug, Subcommand)]
enum CaseCommand {
    /// Lists cases, the newest first: id, when it was asked, stage, place, who asked what
    #[command(after_help = "Examples:\n  askaround case list\n  \
        askaround case list --stage handed_off\n  askaround case list --all --limit 100")]
    List {
        /// Only open ones (this is the default)
        #[arg(long, conflicts_with = "all")]
        open: bool,
        /// Those that have ended, too
        #[arg(long)]
        all: bool,
        /// Only at this stage; resolved and closed ones are among --all
        #[arg(long, value_parser = ["suggested", "calling", "claimed", "answered", "handed_off",
            "resolved", "closed"])]
        stage: Option<String>,
        /// Cases to show at most
        #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=1000))]
        limit: u16,
    },
    /// Tells the whole story of one case, with its times
    #[command(after_help = "Example:\n  askaround case show m4e8k2v9s0qa\n\n\
        The id is the one that the desk and `askaround case list` show.")]
    Show {
        /// The case, as people see it
        id: String,
    },
}

#[derive(Debug, Args)]
struct ReportOptions {
    /// How many days back
    #[arg(long, default_value_t = 30, value_parser = clap::value_parser!(u32).range(1..=3660))]
    days: u32,
    /// For programs: a list with one object a bot; times in seconds
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct BenchOptions {
    /// Questions asked for each figure
    #[arg(long, default_value_t = 10_000, value_parser = at_least_one)]
    questions: usize,
    /// In how many communities the cost of a message is measured
    #[arg(long, value_delimiter = ',', value_parser = at_least_one, default_value = "1,100,10000")]
    communities: Vec<usize>,
    /// Articles that the program is started with
    #[arg(long, default_value_t = 10_000, value_parser = at_least_one)]
    articles: usize,
    /// Open cases that the program is started with; 0 leaves that out
    #[arg(long, default_value_t = 100_000)]
    cases: usize,
}

/// A number that something can be done so often.
fn at_least_one(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) | Err(_) => Err("a whole number from 1 on is needed".to_owned()),
        Ok(number) => Ok(number),
    }
}

#[derive(Debug, Args)]
struct SimulateOptions {
    /// What is drawn: the same seed tells the same story
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many days they live
    #[arg(long, default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=366))]
    days: u32,
    /// How many people the community has, staff and moderators aside
    #[arg(long, default_value_t = 500, value_parser = people)]
    people: usize,
    /// Stops after this step: a commit or a delivery
    #[arg(long, value_name = "STEP")]
    until: Option<u64>,
    /// For programs; times in seconds, shares in thousandths
    #[arg(long)]
    json: bool,
}

/// People of a simulation: enough that somebody can be called, few enough for one machine.
fn people(text: &str) -> Result<usize, String> {
    let count: usize = text.parse().map_err(|_| "a whole number, please".to_owned())?;
    if (20..=100_000).contains(&count) { Ok(count) } else { Err("20 to 100000, please".to_owned()) }
}

#[derive(Debug, Subcommand)]
enum LedgerCommand {
    /// Adds everything up: ends with 1 and names each line that is wrong
    Verify,
    /// Says line by line where points come from
    #[command(after_help = "Examples:\n  askaround ledger explain m4e8k2v9s0qa\n  \
        askaround ledger explain 741000000000000000\n\n\
        A case is named as the desk shows it; the lines of a case name its entries and people.")]
    Explain {
        /// A person, a case or an entry
        id: String,
    },
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
    let matches = Cli::command().get_matches();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let result = match cli.command {
        None | Some(Command::Run) => run::run(&cli.run),
        Some(Command::Check) => Ok(check::check(&cli.run)),
        Some(Command::Doctor) => doctor::doctor(&cli.run),
        Some(Command::Kb(command)) => kb::kb(&cli.run, &command),
        Some(Command::Case(command)) => cases::cases(&cli.run, &command),
        Some(Command::Report(options)) => report::report(&cli.run, &options),
        Some(Command::Bench(options)) => bench::bench(&cli.run, &options),
        Some(Command::Ledger(command)) => ledger::ledger(&cli.run, &command),
        Some(Command::Simulate(options)) => {
            let named = is_named(&matches, "database").then_some(cli.run.database.as_str());
            simulate::simulate(&cli.run, &options, named)
        }
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

/// Whether an option was given on the command line itself, before or behind the command.
fn is_named(matches: &ArgMatches, option: &str) -> bool {
    let named =
        |matches: &ArgMatches| matches.value_source(option) == Some(ValueSource::CommandLine);
    named(matches) || matches.subcommand().is_some_and(|(_, matches)| named(matches))
}

/// Prints a line for people. A closed pipe is not an error worth a word.
fn say(line: &str) {
    let _closed = writeln!(std::io::stdout(), "{}", tame(line));
}

fn say_error(line: &str) {
    let _closed = writeln!(std::io::stderr(), "{}", tame(line));
}

/// What customers wrote may be in a line: none of it speaks to the operator's terminal.
fn tame(line: &str) -> String {
    line.replace(|letter: char| letter.is_control() && letter != '\n', "\u{fffd}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_customer_wrote_moves_the_cursor() {
        let line = "Mia: \u{1b}[2J\u{9b}31m\rroot#\n  > hello";
        assert_eq!(tame(line), "Mia: \u{fffd}[2J\u{fffd}31m\u{fffd}root#\n  > hello");
    }

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }
}
