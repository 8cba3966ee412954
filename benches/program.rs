//! What the benches of platforms have in common: the built program at work beside a double of the
//! platform, what it takes of the machine, and the words of the table.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use askaround::domain::ids::{BotId, PlatformId};
use askaround::domain::time::Moment;
use askaround::store::{Durability, Store};
use tempfile::TempDir;

pub(crate) const QUESTION: &str =
    "My Lumen Air keeps dropping the connection at night, what can I do?";
/// What people say when they want nothing.
pub(crate) const LINES: [&str; 12] = [
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

/// The built program at work, on a durable database of its own. Dropped, it is killed.
pub(crate) struct Program {
    home: TempDir,
    child: Child,
    /// `host:port` of its public listener.
    pub(crate) public: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().expect("it still runs");
        self.child.wait().expect("it ends");
    }
}

impl Program {
    /// With these variables, of which the first holds the token, and with the example bot, in whose
    /// `bot.toml` the line that names it is followed by `lines`.
    pub(crate) fn starts(variables: &[(&str, &str)], lines: &str) -> Program {
        let home = tempfile::tempdir().expect("a temporary folder");
        let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen");
        copy(&example, &home.path().join("bots/lumen"));
        let manifest = home.path().join("bots/lumen/bot.toml");
        let text = std::fs::read_to_string(&manifest).expect("a manifest");
        let (token, _) = variables.first().expect("a token");
        let token_env = format!("token_env = \"{token}\"\n");
        assert!(text.contains(&token_env), "the example names its variable");
        let led = text.replace(&token_env, &format!("{token_env}{lines}"));
        std::fs::write(manifest, led).expect("a manifest");
        let mut command = Command::new(env!("CARGO_BIN_EXE_askaround"));
        command.args(["run", "--listen", "127.0.0.1:0", "--playground", "127.0.0.1:0"]);
        command.current_dir(home.path()).envs(variables.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().expect("the program starts");
        let said = BufReader::new(child.stdout.take().expect("piped"));
        let mut program = Program { home, child, public: String::new() };
        for line in said.lines().map_while(Result::ok) {
            if let Some((_, health)) = line.split_once("http://")
                && let Some((address, _)) = health.split_once("/healthz")
            {
                address.clone_into(&mut program.public);
            }
            if line.contains("Ctrl-C") {
                return program;
            }
        }
        panic!("the program did not get ready")
    }

    /// The processor's time that all its threads have had.
    pub(crate) fn processor(&self) -> Duration {
        let tasks = format!("/proc/{}/task", self.child.id());
        let threads = std::fs::read_dir(tasks).expect("Linux, where this is measured");
        let of_thread = |thread: std::fs::DirEntry| -> u64 {
            let text = std::fs::read_to_string(thread.path().join("schedstat")).unwrap_or_default();
            text.split_whitespace().next().and_then(|nanos| nanos.parse().ok()).unwrap_or(0)
        };
        Duration::from_nanos(threads.filter_map(Result::ok).map(of_thread).sum())
    }

    /// What it holds of the machine's memory.
    pub(crate) fn memory_mb(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()));
        let status = status.expect("Linux, where this is measured");
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).expect("a line");
        let kb: f64 = line.trim().trim_end_matches("kB").trim().parse().expect("a number");
        kb / 1_024.0
    }

    /// How long the disk beside it takes for one row and nothing else, in order of length.
    pub(crate) async fn bare_commits(&self, count: usize) -> Vec<Duration> {
        let url = format!("sqlite:{}", self.home.path().join("baseline.db").display());
        let store = Store::open(&url, Durability::Full).await.expect("a database");
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("bench"));
        let mut took = Vec::new();
        for number in 0..count {
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

// ---- the table -----------------------------------------------------------------------------

/// The share of one, of so many.
pub(crate) fn share(all: Duration, count: usize) -> Duration {
    all / u32::try_from(count).unwrap_or(1)
}

pub(crate) fn millis(span: Duration) -> f64 {
    span.as_secs_f64() * 1_000.0
}

/// The value below which `percent` of these lie; they are sorted.
fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get((sorted.len() * percent / 100).min(sorted.len() - 1)).copied().unwrap_or_default()
}

pub(crate) fn spread(sorted: &[Duration]) -> String {
    let at = |percent| millis(percentile(sorted, percent));
    format!("p50 {:.2} ms  p99 {:.2} ms  n {}", at(50), at(99), sorted.len())
}

/// The same in multiples of a baseline.
pub(crate) fn ratio(sorted: &[Duration], baseline: &[Duration]) -> String {
    let at = |percent| {
        let one = percentile(baseline, percent).as_secs_f64();
        percentile(sorted, percent).as_secs_f64() / one
    };
    format!("p50 {:.1}  p99 {:.1}", at(50), at(99))
}
