//! How long the program takes to be ready, and what it then holds, with many articles and many open
//! cases: the program itself, started beside us on a database that was filled before.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, bail};

use super::super::BenchOptions;
use super::super::scratch::Scratch;
use super::town::Town;
use super::{millis, note, now, say};
use crate::bot::{self, Bot};
use crate::domain::ids::BotId;
use crate::runtime::{Clock as _, SystemClock};
use crate::store::{Durability, Store};

/// A bot that has been at work for long: so many articles, and so many open cases.
pub(super) struct Grown {
    folder: PathBuf,
    bots: PathBuf,
    bot: Bot,
    articles: usize,
    cases: usize,
}

impl Grown {
    pub(super) fn new(
        scratch: &Scratch,
        example: &Bot,
        bench: &BenchOptions,
    ) -> anyhow::Result<Grown> {
        let (articles, cases) = (bench.articles, bench.cases);
        note(&format!("writing {articles} articles"));
        let folder = scratch.path().to_owned();
        let bots = folder.join("bots");
        write_bot(&bots.join("grown"), example, articles)?;
        let mut loaded = bot::load_all(&bots, &[BotId::from("grown")], SystemClock.today());
        let Some(bot) = loaded.bots.pop() else {
            bail!("the grown bot cannot be read: {:?}", loaded.problems.first());
        };
        Ok(Grown { folder, bots, bot, articles, cases })
    }

    /// Fills a database with its cases, and starts the program on it.
    pub(super) async fn starts(&self, url: &str) -> anyhow::Result<()> {
        note(&format!("opening {} cases", self.cases));
        // What is measured is reading it; writing it may be quick.
        let store = Store::open(url, Durability::None).await?;
        let mut town = Town::open(store, &self.bot, 100).await?;
        town.asks_in_batches(self.cases).await?;
        town.close().await;
        let began = now();
        let mut program = Running::start(&self.folder, &self.bots, url)?;
        program.is_ready()?;
        let ready = began.elapsed();
        say(&format!(
            "  started in {:.0} ms and holds {:.0} MB, with {} articles and {} open cases",
            millis(ready),
            program.memory_mb()?,
            self.articles,
            self.cases,
        ));
        Ok(())
    }
}

/// A bot with so many articles, grown from those of the example. Its customers have time, so that
/// no deadline passes while it is measured.
fn write_bot(folder: &Path, example: &Bot, articles: usize) -> anyhow::Result<()> {
    let knowledge = folder.join("knowledge");
    std::fs::create_dir_all(&knowledge)?;
    let today = SystemClock.today();
    let manifest = "name = \"Grown\"\nlanguages = [\"en\", \"de\"]\n[playground]\nenabled = false\n\
        [suggest]\npatience = \"24h\"\n[ladder]\nstaff_after = \"48h\"\n";
    std::fs::write(folder.join("bot.toml"), manifest)?;
    for number in 0..articles {
        let Some(seed) = example.articles.get(number % example.articles.len().max(1)) else {
            bail!("the example bot has no article to grow others from");
        };
        let quoted = |text: &str| format!("{text:?}");
        let questions: Vec<String> =
            seed.questions.iter().map(|question| quoted(question)).collect();
        let text = format!(
            "+++\nid = \"{}-{number}\"\ntitle = {}\nquestions = [{}]\nlanguage = \"{}\"\n\
             checked = {today}\n+++\n{}\n\n\
             This is about model {number} of series {}.\n",
            seed.id,
            quoted(&format!("{} (model {number})", seed.title)),
            questions.join(", "),
            seed.language,
            seed.body,
            number % 977,
        );
        std::fs::write(knowledge.join(format!("{number}.md")), text)?;
    }
    Ok(())
}

/// The program; dropping it ends it.
struct Running(Child);

impl Running {
    fn start(folder: &Path, bots: &Path, url: &str) -> anyhow::Result<Running> {
        let program = std::env::current_exe().context("this program cannot be found again")?;
        let mut command = Command::new(program);
        command.arg("run").args(["--listen", "127.0.0.1:0", "--playground", "127.0.0.1:0"]);
        command.arg("--bots").arg(bots).args(["--database", url]).current_dir(folder);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        Ok(Running(command.spawn().context("the program does not start")?))
    }

    fn is_ready(&mut self) -> anyhow::Result<()> {
        let said = self.0.stdout.take().context("its output is piped")?;
        let mut lines = BufReader::new(said).lines().map_while(Result::ok);
        if lines.any(|line| line.contains("Ctrl-C stops")) {
            return Ok(());
        }
        bail!("the program ended before it was ready");
    }

    /// What it holds of the machine's memory, where the system says so.
    fn memory_mb(&self) -> anyhow::Result<f64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))
            .context("only Linux says how much memory a process holds")?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let kb = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse().ok());
        let kb: f64 = kb.context("the system does not say how much memory it holds")?;
        Ok(kb / 1_024.0)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ended = self.0.kill();
        let _ended = self.0.wait();
    }
}
