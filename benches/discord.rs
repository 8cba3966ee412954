//! What a message on Discord costs: how long its asker waits, what it takes of the processor, and
//! what the program holds while nothing happens.
//!
//! `cargo bench --bench discord` starts the built program on a durable database beside a double of
//! Discord on this machine, and prints one table. Waiting is taken from the moment the double tells
//! the gateway of a message to the moment it has the reply; the baseline beside it is a bare
//! durable commit of one row on the same disk, of which a suggestion needs one before it may be
//! said. Processor time and memory are the program's own, as Linux counts them in `/proc`.
#![expect(clippy::expect_used, reason = "a bench that cannot be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and stops the program's")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use askaround::domain::ids::{BotId, PlatformId};
use askaround::domain::time::Moment;
use askaround::runtime::SystemClock;
use askaround::store::{Durability, Store};
use tempfile::TempDir;

#[path = "../tests/doubles/discord/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod double;

use double::people::Told;
use double::rights::bit;
use double::state::{Id, State, kind};
use double::town::Town;

const TOKEN: &str = "bench.token";
const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";
const QUESTIONS: usize = 500;
const AT_ONCE: usize = 16;
const CHATTER: usize = 20_000;
/// What people say when they want nothing.
const LINES: [&str; 12] = [
    "good morning everyone",
    "haha same here, it took me a whole evening",
    "I moved mine to the hallway and never looked back.",
    "nice one 👍",
    "der Sommer war dieses Jahr viel zu kurz",
    "brb, the kids are home",
    "Mine came yesterday, the box is tiny.",
    "that is what my neighbour said as well, word for word",
    "ok ok, I give up, you win :)",
    "On Saturday we are at the lake, so do not wait for me.",
    "no worries, thanks for the heads-up",
    "gestern lief hier alles rund, heute auch",
];

#[tokio::main]
async fn main() {
    // Cargo's own test runs come by here as well, and want no figures.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let bench = Bench::begins().await;
    let rest = bench.memory_mb();
    let commits = bare_commits(bench.home.path()).await;
    bench.asks(QUESTIONS / 10, 1).await;
    let before = bench.processor();
    let alone = bench.asks(QUESTIONS, 1).await;
    let suggestion =
        bench.processor().saturating_sub(before) / u32::try_from(QUESTIONS).unwrap_or(1);
    let crowd = bench.asks(QUESTIONS, AT_ONCE).await;
    let chatter = bench.hears_chatter().await;
    println!("on Discord, one program, SQLite with synchronous=FULL");
    println!("  a bare durable commit              {}", spread(&commits));
    println!("  event to reply, one at a time      {}", spread(&alone));
    println!("  event to reply, {AT_ONCE} at a time       {}", spread(&crowd));
    println!(
        "  one at a time, in bare commits     p50 {:.1}  p99 {:.1}",
        ratio(&alone, &commits, 50),
        ratio(&alone, &commits, 99)
    );
    println!("  processor, a suggestion            {:.3} ms", millis(suggestion));
    println!("  processor, a message of chatter    {:.4} ms", millis(chatter));
    println!("  memory, connected and at rest      {rest:.1} MB");
    println!("  memory, after all of this          {:.1} MB", bench.memory_mb());
}

fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

/// The value below which `percent` of these lie; they are sorted.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get((sorted.len() * percent / 100).min(sorted.len() - 1)).copied().unwrap_or_default()
}

fn spread(sorted: &[Duration]) -> String {
    let at = |percent| millis(percentile(sorted, percent));
    format!("p50 {:.2} ms  p99 {:.2} ms  n {}", at(50), at(99), sorted.len())
}

fn ratio(sorted: &[Duration], baseline: &[Duration], percent: usize) -> f64 {
    percentile(sorted, percent).as_secs_f64() / percentile(baseline, percent).as_secs_f64()
}

async fn bare_commits(folder: &Path) -> Vec<Duration> {
    let url = format!("sqlite:{}", folder.join("baseline.db").display());
    let store = Store::open(&url, Durability::Full).await.expect("a database");
    let (bot, platform) = (BotId::from("lumen"), PlatformId::from("bench"));
    let mut took = Vec::new();
    for number in 0..QUESTIONS {
        let began = Instant::now();
        let mut tx = store.begin().await.expect("begins");
        let at = Moment::from_millis(1_793_620_800_000);
        tx.first_sight(&bot, &platform, &number.to_string(), at).await.expect("writes");
        tx.commit().await.expect("commits");
        took.push(began.elapsed());
    }
    took.sort_unstable();
    took
}

/// The brand's server, set up, with the program at work in it.
struct Bench {
    town: Town,
    home: TempDir,
    program: Child,
    guild: Id,
    help: Id,
}

impl Drop for Bench {
    fn drop(&mut self) {
        self.program.kill().expect("it still runs");
        self.program.wait().expect("it ends");
    }
}

impl Bench {
    async fn begins() -> Bench {
        let town = Town::open(Arc::new(SystemClock), TOKEN).await;
        let robin = town.person("Robin", "en-US");
        let guild = town.guild("Lumen", robin);
        let help = town.channel(guild, kind::TEXT, "help");
        town.channel(guild, kind::TEXT, "ambassadors");
        let moderators = town.role(guild, "Moderators", bit::MANAGE_GUILD);
        let staff = town.closed_channel(guild, "staff", &[moderators]);
        let home = tempfile::tempdir().expect("a temporary folder");
        let program = start(home.path(), &town.url());
        town.connected().await;
        town.offers(robin, staff, "askaround").await;
        for line in [
            "/askaround watch #help",
            "/askaround staff #staff",
            "/askaround ambassadors #ambassadors",
        ] {
            let command = town.runs(robin, staff, line);
            assert!(matches!(town.answered(command).await, Told::Privately(_)), "{line}");
        }
        Bench { town, home, program, guild, help }
    }

    /// So many people ask, each once; how long each waits for the suggestion, in order of length.
    async fn asks(&self, count: usize, at_once: usize) -> Vec<Duration> {
        let mut took = Vec::new();
        while took.len() < count {
            let asked: Vec<(Id, Instant)> = (0..at_once.min(count - took.len()))
                .map(|_| {
                    let who = self.town.person("Mia", "en-US");
                    self.town.joins(self.guild, who, &[]);
                    let began = Instant::now();
                    (self.town.says(who, self.help, QUESTION), began)
                })
                .collect();
            for (question, began) in asked {
                self.town.until("a suggestion", |state| answered(state, question)).await;
                took.push(began.elapsed());
            }
        }
        took.sort_unstable();
        took
    }

    /// What a line costs of the processor that nobody wants anything with.
    async fn hears_chatter(&self) -> Duration {
        let who = self.town.person("Jonas", "de");
        self.town.joins(self.guild, who, &[]);
        let before = self.processor();
        for number in 0..CHATTER {
            self.town.says(who, self.help, LINES.get(number % LINES.len()).expect("a line"));
        }
        // The order of a channel is kept: when this is answered, all before it was heard.
        self.asks(1, 1).await;
        self.processor().saturating_sub(before) / u32::try_from(CHATTER).unwrap_or(1)
    }

    /// The processor's time that all threads of the program have had.
    fn processor(&self) -> Duration {
        let tasks = format!("/proc/{}/task", self.program.id());
        let threads = std::fs::read_dir(tasks).expect("Linux, where this is measured");
        let of_thread = |thread: std::fs::DirEntry| -> u64 {
            let text = std::fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
            text.split_whitespace().next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0)
        };
        Duration::from_nanos(threads.filter_map(Result::ok).map(of_thread).sum())
    }

    /// What it holds of the machine's memory.
    fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.program.id()));
        let status = status.expect("Linux, where this is measured");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
        let kb: f64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
        kb / 1_024.0
    }
}

/// Whether the bot has replied to a question.
fn answered(state: &State, question: Id) -> Option<()> {
    let mut later = state.messages.range(question..);
    let is_reply = |message: &double::state::Message| {
        message.by == state.me && message.reply_to.is_some_and(|(_, to)| to == question)
    };
    later.any(|(_, message)| is_reply(message)).then_some(())
}

/// The program on a database of its own, with the example bot led to the double.
fn start(home: &Path, url: &str) -> Child {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen");
    copy(&example, &home.join("bots/lumen"));
    let manifest = home.join("bots/lumen/bot.toml");
    let text = std::fs::read_to_string(&manifest).expect("a manifest");
    let token_env = "token_env = \"LUMEN_DISCORD_TOKEN\"\n";
    assert!(text.contains(token_env), "the example names its variable");
    let led = text.replace(token_env, &format!("{token_env}api_url = \"{url}\"\n"));
    std::fs::write(manifest, led).expect("a manifest");
    let mut command = Command::new(env!("CARGO_BIN_EXE_askaround"));
    command.args(["run", "--listen", "127.0.0.1:0", "--playground", "127.0.0.1:0"]);
    command.current_dir(home).env("LUMEN_DISCORD_TOKEN", TOKEN);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
    let mut program = command.spawn().expect("the program starts");
    let said = BufReader::new(program.stdout.take().expect("piped"));
    let mut lines = said.lines().map_while(Result::ok);
    assert!(lines.any(|line| line.contains("Ctrl-C")), "it is ready");
    program
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder").map_while(Result::ok) {
        let (path, target) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("a file");
        }
    }
}
