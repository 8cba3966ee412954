//! The program as a child process: started in a folder of its own, read line by line, and killed
//! by its handle whatever becomes of the story.
#![expect(clippy::expect_used, reason = "a program that cannot be run is no story")]

use std::io::{BufRead as _, BufReader, Read};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread::JoinHandle;
use std::time::Duration;

use tempfile::TempDir;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

/// No wait is longer. Each takes a second or two; a machine that builds beside it takes more.
pub(crate) const BOUND: Duration = Duration::from_mins(1);

/// What `wanted` comes to, or the end of the story.
pub(crate) async fn within<T>(what: &str, wanted: impl Future<Output = T>) -> T {
    let came = tokio::time::timeout(BOUND, wanted).await;
    came.unwrap_or_else(|_| panic!("waited for {what}, {BOUND:?} and in vain"))
}

/// A value that looks like a token, in the program's environment: nothing may ever show it.
pub(crate) const TOKEN: &str = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs";

const PROGRAM: &str = env!("CARGO_BIN_EXE_askaround");

/// The folder of the example bots.
pub(crate) const BOTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bots");

/// The same as a path.
pub(crate) fn bots() -> PathBuf {
    PathBuf::from(BOTS)
}

/// Where a program works: an empty folder.
pub(crate) struct Home {
    folder: TempDir,
    /// What the token is given in.
    variable: &'static str,
    /// A file that may not grow is an error to the program, and not its end.
    pub(crate) survives_file_limits: bool,
}

impl Home {
    pub(crate) fn new() -> Home {
        Home::of("LUMEN_DISCORD_TOKEN")
    }

    /// The same with a token for another platform.
    pub(crate) fn of(variable: &'static str) -> Home {
        let folder = tempfile::tempdir().expect("a temporary folder");
        Home { folder, variable, survives_file_limits: false }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let file = self.path(name);
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(file, text).expect("a file is written");
    }

    /// A copy of Lumen here that speaks to another server than the platform's own; `example` is
    /// what the example says of one.
    #[cfg(any(feature = "discord", feature = "telegram"))]
    pub(crate) fn has_lumen_on(&self, api_url: &str, example: &str) {
        copy(&bots().join("lumen"), &self.path("bots/lumen"));
        let manifest = std::fs::read_to_string(self.path("bots/lumen/bot.toml")).expect("is read");
        let (line, url) =
            (format!("# api_url = \"{example}\""), format!("api_url = \"{api_url}\""));
        assert!(manifest.contains(&line), "the example says how");
        self.write("bots/lumen/bot.toml", &manifest.replacen(&line, &url, 1));
    }

    /// Starts quicker, with nothing to try in a browser. For a copy that is here.
    #[cfg(all(unix, any(feature = "discord", feature = "telegram")))]
    pub(crate) fn has_no_playground(&self) {
        let manifest = std::fs::read_to_string(self.path("bots/lumen/bot.toml")).expect("is read");
        assert!(manifest.contains("[playground]\nenabled = true"), "the example has one");
        let without =
            manifest.replace("[playground]\nenabled = true", "[playground]\nenabled = false");
        self.write("bots/lumen/bot.toml", &without);
    }

    /// Runs the program here with these arguments, and with the environment of nobody but for a
    /// token.
    pub(crate) fn run(&self, arguments: &[&str]) -> Program {
        self.run_with(Some(TOKEN), arguments)
    }

    /// The same with another token, or none.
    pub(crate) fn run_with(&self, token: Option<&str>, arguments: &[&str]) -> Program {
        let token = token.map(|token| (self.variable, token));
        self.run_given(token.as_slice(), arguments)
    }

    /// The same with these variables and no others.
    pub(crate) fn run_given(&self, given: &[(&str, &str)], arguments: &[&str]) -> Program {
        let mut command = if self.survives_file_limits {
            // What nobody catches ends a program; what its parent ignored it ignores.
            let mut shell = Command::new("sh");
            shell.args(["-c", "trap '' XFSZ; exec \"$0\" \"$@\"", PROGRAM]);
            shell
        } else {
            Command::new(PROGRAM)
        };
        command.args(arguments).current_dir(self.folder.path()).env_clear();
        // A backtrace would hide the sentence: here it would be seen.
        command.env("RUST_BACKTRACE", "1");
        command.envs(given.iter().copied());
        // What we log ourselves, all of it.
        command.env("ASKAROUND_LOG_FILTER", "warn,askaround=trace");
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let said = Lines::of(child.stdout.take().expect("piped"));
        let logged = Lines::of(child.stderr.take().expect("piped"));
        Program { child, said, logged }
    }

    /// Runs Lumen here on any free ports, with the options before those given.
    pub(crate) fn run_lumen(&self, more: &[&str]) -> Program {
        self.run_lumen_with(Some(TOKEN), more)
    }

    fn run_lumen_with(&self, token: Option<&str>, more: &[&str]) -> Program {
        // Its own copy, where this folder has one.
        let bots = if self.path("bots/lumen").is_dir() { self.path("bots") } else { bots() };
        let bots = bots.to_str().expect("a path in UTF-8");
        let mut arguments = vec!["--bots", bots, "--bot", "lumen", "--log", "json"];
        for (option, value) in [("--listen", "127.0.0.1:0"), ("--playground", "127.0.0.1:0")] {
            if !more.contains(&option) {
                arguments.extend([option, value]);
            }
        }
        arguments.extend(more);
        self.run_with(token, &arguments)
    }

    /// Runs Lumen on this folder's database until it is ready.
    pub(crate) async fn start(&self) -> Running {
        self.start_with(Some(TOKEN)).await
    }

    /// The same with another token, or none.
    pub(crate) async fn start_with(&self, token: Option<&str>) -> Running {
        Self::ready(self.run_lumen_with(token, &["run"])).await
    }

    /// One of several processes on this database.
    #[cfg(all(unix, feature = "postgres", feature = "telegram"))]
    pub(crate) async fn start_on(&self, database: &str) -> Running {
        Self::ready(self.run_lumen(&["--database", database, "run"])).await
    }

    async fn ready(mut program: Program) -> Running {
        program.says("Ctrl-C stops.").await;
        let address = |name: &str| {
            let mut lines = program.said.read.iter().map(|line| line.trim());
            let line = lines.find_map(|line| line.strip_prefix(name))?;
            let address = line.trim().strip_prefix("http://").expect(name);
            let end = address.find(['/', ' ']).expect(name);
            address.get(..end).and_then(|address| address.parse().ok())
        };
        let public = address("health").expect("there always is one");
        let page = address("playground").unwrap_or(NOWHERE);
        Running { program, page, public }
    }
}

/// A child process; dropping it kills it.
pub(crate) struct Program {
    child: Child,
    said: Lines,
    logged: Lines,
}

/// How a program ended, and all that it said.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: Vec<String>,
    pub(crate) stderr: Vec<String>,
}

impl Ended {
    /// The line that has these words.
    #[cfg(any(feature = "discord", feature = "telegram"))]
    pub(crate) fn line(&self, words: &str) -> &str {
        let line = self.stdout.iter().find(|line| line.contains(words));
        line.unwrap_or_else(|| panic!("{words:?} is missing in {self:#?}"))
    }

    /// Nothing of the secret is ever shown.
    #[cfg(any(feature = "discord", feature = "telegram"))]
    pub(crate) fn shows_no_token(&self) {
        let said = [&self.stdout[..], &self.stderr[..]].concat().join("\n");
        assert!(!said.contains(TOKEN), "{said}");
    }
}

impl Program {
    /// Waits for a line for people.
    pub(crate) async fn says(&mut self, wanted: &str) {
        let said = within(wanted, self.said.until(|line| line == wanted)).await;
        assert!(said, "it ended without saying {wanted:?}");
    }

    /// As a power cut would: no goodbye, nothing flushed. Gives back what it had logged.
    pub(crate) async fn kill(mut self) -> Vec<String> {
        self.child.kill().expect("it still runs");
        self.ended().await.stderr
    }

    /// As an operator's machine stops it.
    #[cfg(unix)]
    pub(crate) async fn terminate(self) -> Ended {
        self.signal("TERM");
        self.ended().await
    }

    #[cfg(unix)]
    fn signal(&self, name: &str) {
        // The shell's own: not every machine has a kill(1).
        let kill = format!("kill -{name} {}", self.child.id());
        let sent = Command::new("sh").args(["-c", &kill]).status().expect("a shell");
        assert!(sent.success(), "it still runs");
    }

    /// Waits until the program ends by itself.
    pub(crate) async fn ended(mut self) -> Ended {
        within("the program's end", async {
            self.said.until(|_| false).await;
            self.logged.until(|_| false).await;
        })
        .await;
        let code = self.child.wait().expect("both of its pipes are closed").code();
        let (stdout, stderr) = (&mut self.said.read, &mut self.logged.read);
        Ended { code, stdout: std::mem::take(stdout), stderr: std::mem::take(stderr) }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ended = self.child.kill();
        let _ended = self.child.wait();
        if std::thread::panicking() {
            self.logged.rest();
            eprintln!("the program said: {:#?}", self.logged.read);
        }
    }
}

/// Where a playground is that is switched off.
const NOWHERE: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0);

/// A program that is ready, and where it listens.
pub(crate) struct Running {
    program: Program,
    pub(crate) page: SocketAddr,
    pub(crate) public: SocketAddr,
}

impl Running {
    /// Sets how many bytes its files may have from now on, or that they may have any number.
    #[cfg(all(target_os = "linux", feature = "discord", feature = "telegram"))]
    pub(crate) fn limits_files(&self, bytes: &str) {
        let (id, limit) = (self.program.child.id().to_string(), format!("--fsize={bytes}:"));
        let set = Command::new("prlimit").args(["--pid", &id, &limit]).status();
        assert!(set.expect("util-linux is there").success(), "the limit is set");
    }

    /// As [`Program::kill`].
    pub(crate) async fn kill(self) -> Vec<String> {
        self.program.kill().await
    }

    #[cfg(unix)]
    pub(crate) async fn terminate(self) -> Ended {
        self.program.terminate().await
    }

    /// Stops as a suspended machine does: it knows nothing of the time that passes.
    #[cfg(all(unix, feature = "postgres", feature = "telegram"))]
    pub(crate) fn suspend(&self) {
        self.program.signal("STOP");
    }

    #[cfg(all(unix, feature = "postgres", feature = "telegram"))]
    pub(crate) fn resume(&self) {
        self.program.signal("CONT");
    }

    /// Waits for a line of the log with these words.
    #[cfg(any(feature = "discord", feature = "telegram"))]
    pub(crate) async fn logs(&mut self, words: &str) -> String {
        let logged = &mut self.program.logged;
        let has = |line: &str| line.contains(words);
        if let Some(line) = logged.read.iter().find(|line| has(line)) {
            return line.clone();
        }
        assert!(within(words, logged.until(has)).await, "it ended without logging {words:?}");
        logged.read.last().cloned().expect("it was read")
    }
}

/// A folder with all that is in it.
#[cfg(any(feature = "discord", feature = "telegram"))]
fn copy(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).expect("a folder is made");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let (path, to) = (entry.expect("an entry").path(), to.to_owned());
        let to = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            std::fs::copy(&path, &to).expect("is copied");
        }
    }
}

/// The lines of one pipe, so far and to come. A thread reads it, so that the program never waits
/// for the story.
struct Lines {
    coming: UnboundedReceiver<String>,
    read: Vec<String>,
    reader: Option<JoinHandle<()>>,
}

impl Lines {
    fn of(pipe: impl Read + Send + 'static) -> Lines {
        let (sender, coming) = unbounded_channel();
        let reader = std::thread::spawn(move || {
            for line in BufReader::new(pipe).lines() {
                let Ok(line) = line else { return };
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Lines { coming, read: Vec::new(), reader: Some(reader) }
    }

    /// Reads up to a line, or to the end; says whether the line came.
    async fn until(&mut self, wanted: impl Fn(&str) -> bool) -> bool {
        while let Some(line) = self.coming.recv().await {
            self.read.push(line);
            if self.read.last().is_some_and(|line| wanted(line)) {
                return true;
            }
        }
        false
    }

    /// What is left of a program that has ended.
    fn rest(&mut self) {
        let _read = self.reader.take().map(JoinHandle::join);
        while let Ok(line) = self.coming.try_recv() {
            self.read.push(line);
        }
    }
}
