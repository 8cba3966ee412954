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
#![expect(clippy::disallowed_methods, reason = "it measures time, and not a story's")]

use std::sync::Arc;
use std::time::{Duration, Instant};

use askaround::runtime::SystemClock;
use tokio::time::{MissedTickBehavior, interval};

#[path = "../tests/doubles/discord/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod double;
mod program;

use double::people::Told;
use double::rights::bit;
use double::state::{Id, State, kind};
use double::town::Town;
use program::{LINES, Program, QUESTION, millis, ratio, share, spread};

const TOKEN: &str = "bench.token";
const QUESTIONS: usize = 500;
const AT_ONCE: usize = 16;
/// From one question to the next: Discord takes no more than fifty messages a second.
const EACH: Duration = Duration::from_millis(25);
const CHATTER: usize = 20_000;

#[tokio::main]
async fn main() {
    // Cargo's own test runs come by here as well, and want no figures.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let bench = Bench::begins().await;
    let program = &bench.program;
    let rest = program.memory_mb();
    let commits = program.bare_commits(QUESTIONS).await;
    bench.asks(QUESTIONS / 10, 1).await;
    let before = program.processor();
    let alone = bench.asks(QUESTIONS, 1).await;
    let suggestion = share(program.processor().saturating_sub(before), QUESTIONS);
    let crowd = bench.asks(QUESTIONS, AT_ONCE).await;
    let chatter = bench.hears_chatter().await;
    println!("on Discord, one program, SQLite with synchronous=FULL");
    println!("  a bare durable commit              {}", spread(&commits));
    println!("  event to reply, one at a time      {}", spread(&alone));
    println!("  event to reply, {AT_ONCE} at a time       {}", spread(&crowd));
    println!("  one at a time, in bare commits     {}", ratio(&alone, &commits));
    println!("  processor, a suggestion            {:.3} ms", millis(suggestion));
    println!("  processor, a message of chatter    {:.4} ms", millis(chatter));
    println!("  memory, connected and at rest      {rest:.1} MB");
    println!("  memory, after all of this          {:.1} MB", program.memory_mb());
}

/// The brand's server, set up, with the program at work in it.
struct Bench {
    program: Program,
    town: Town,
    guild: Id,
    help: Id,
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
        let led = format!("api_url = \"{}\"\n", town.url());
        let program = Program::starts(&[("LUMEN_DISCORD_TOKEN", TOKEN)], &led);
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
        Bench { program, town, guild, help }
    }

    /// So many people ask, each once; how long each waits for the suggestion, in order of length.
    async fn asks(&self, count: usize, at_once: usize) -> Vec<Duration> {
        let mut took = Vec::new();
        let mut turns = interval(EACH * u32::try_from(at_once).unwrap_or(1));
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        while took.len() < count {
            turns.tick().await;
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
        let before = self.program.processor();
        for number in 0..CHATTER {
            self.town.says(who, self.help, LINES.get(number % LINES.len()).expect("a line"));
        }
        // The order of a channel is kept: when this is answered, all before it was heard.
        self.asks(1, 1).await;
        share(self.program.processor().saturating_sub(before), CHATTER)
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
