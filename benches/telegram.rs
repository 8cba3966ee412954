//! What a message on Telegram costs: how long its asker waits, what it takes of the processor, and
//! what the program holds while nothing happens; once with updates that it fetches, and once with
//! updates that are brought.
//!
//! `cargo bench --bench telegram` starts the built program on a durable database beside a double of
//! Telegram on this machine, and prints one table. Waiting is taken from the moment a message is
//! there for the program to the moment the double has the reply; the baseline beside it is a bare
//! durable commit of one row on the same disk, of which a suggestion needs one before it may be
//! said. Processor time and memory are the program's own, as Linux counts them in `/proc`.
//!
//! Telegram lets a bot say twenty messages a minute in one group and thirty a second in all, and
//! the program keeps to that; so there are many groups, and people ask no faster than they may be
//! answered: what is measured is the program and not its patience.
#![expect(clippy::expect_used, reason = "a bench that cannot be set up has nothing to measure")]
#![expect(clippy::print_stdout, reason = "the table is what it is for")]
#![expect(clippy::disallowed_methods, reason = "it measures time, and not a story's")]

use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

use askaround::runtime::SystemClock;
use tokio::time::{MissedTickBehavior, interval};

#[path = "../tests/doubles/telegram/mod.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod double;
mod program;

use double::state::{Id, Key, State};
use double::town::Town;
use program::{LINES, Program, QUESTION, millis, ratio, share, spread};

const TOKEN: &str = "123456:bench";
const SECRET: &str = "s3cret";
const QUESTIONS: usize = 500;
const AT_ONCE: usize = 16;
/// So that none has more than twenty messages a minute to say.
const GROUPS: usize = 80;
/// From one question to the next, where each has one message as its answer.
const EACH: Duration = Duration::from_millis(40);
/// Lines that wait together, as after a pause, or come each by itself.
const CHATTER: usize = 20_000;
const CHATTER_APART: usize = 2_000;

#[tokio::main]
async fn main() {
    // Cargo's own test runs come by here as well, and want no figures.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    fetched().await;
    brought().await;
}

async fn fetched() {
    let bench = Bench::begins("").await;
    let program = &bench.program;
    let rest = program.memory_mb();
    let commits = program.bare_commits(QUESTIONS).await;
    let asked = bench.is_asked().await;
    let crowd = bench.asks(QUESTIONS, AT_ONCE).await;
    let (chatter, apart) = (bench.hears_chatter(CHATTER).await, bench.hears_each().await);
    println!("on Telegram, one program, SQLite with synchronous=FULL, updates fetched");
    println!("  a bare durable commit              {}", spread(&commits));
    println!("  update to reply, one at a time     {}", spread(&asked.waits));
    println!("  update to reply, {AT_ONCE} at a time      {}", spread(&crowd));
    println!("  one at a time, in bare commits     {}", ratio(&asked.waits, &commits));
    println!("  processor, a suggestion            {:.3} ms", millis(asked.processor));
    println!("  processor, a message of chatter    {:.4} ms", millis(chatter));
    println!("  the same where each comes alone    {:.4} ms", millis(apart));
    println!("  memory, connected and at rest      {rest:.1} MB");
    println!("  memory, after all of this          {:.1} MB", program.memory_mb());
}

/// The double has a connection for each update, which Telegram spares; what that takes is part of
/// these figures.
async fn brought() {
    let webhook = "webhook = { url = \"https://bots.lumen.example/telegram\", \
                   secret_env = \"LUMEN_TELEGRAM_SECRET\" }\n";
    let bench = Bench::begins(webhook).await;
    let asked = bench.is_asked().await;
    let chatter = bench.hears_chatter(CHATTER_APART).await;
    println!("the same with updates brought, on a connection each");
    println!("  update to reply, one at a time     {}", spread(&asked.waits));
    println!("  processor, a suggestion            {:.3} ms", millis(asked.processor));
    println!("  processor, a message of chatter    {:.4} ms", millis(chatter));
}

/// The brand's groups, set up, with the program at work in them.
struct Bench {
    program: Program,
    town: Town,
    groups: Vec<Id>,
    people: Vec<Id>,
    /// Somebody in the first group who wants nothing.
    talker: Id,
    /// How many have asked.
    asked: Cell<usize>,
}

/// What came of people who asked one after the other.
struct Asked {
    /// In order of length.
    waits: Vec<Duration>,
    /// Of each question.
    processor: Duration,
}

impl Bench {
    /// With these lines more under `[telegram]`.
    async fn begins(lines: &str) -> Bench {
        let town = Town::open(Arc::new(SystemClock), TOKEN).await;
        let [owner, robin] = ["Olga", "Robin"].map(|name| town.person(name, "en"));
        let opens = |title: &str| {
            let group = town.supergroup(title, owner);
            town.joins(group, robin);
            town.promotes(owner, group, town.me(), &["can_delete_messages"]);
            town.promotes(owner, group, robin, &["can_change_info"]);
            group
        };
        let groups: Vec<Id> = (0..GROUPS).map(|number| opens(&format!("Lumen {number}"))).collect();
        let (team, helpers) = (opens("Team"), opens("Ambassadors"));
        let people = QUESTIONS / 10 + 2 * QUESTIONS;
        let joins = |number: usize| {
            let who = town.person("Mia", "en");
            town.joins(*groups.get(number % GROUPS).expect("a group"), who);
            who
        };
        let people = (0..people).map(joins).collect();
        let first = *groups.first().expect("groups");
        let talker = town.person("Jonas", "de");
        town.joins(first, talker);
        let led = format!("api_url = \"{}\"\n{lines}", town.url());
        let secrets = [("LUMEN_TELEGRAM_TOKEN", TOKEN), ("LUMEN_TELEGRAM_SECRET", SECRET)];
        let program = Program::starts(&secrets, &led);
        town.fronts(&program.public);
        town.connected().await;
        let bench = Bench { program, town, groups, people, talker, asked: Cell::new(0) };
        for group in &bench.groups {
            bench.commands(robin, *group, "/askaround watch").await;
        }
        for (what, group) in [("staff", team), ("ambassadors", helpers)] {
            // A link to a message of it, as its members copy it.
            let link = format!("https://t.me/c/{}/1", -1_000_000_000_000 - group);
            bench.commands(robin, first, &format!("/askaround {what} {link}")).await;
        }
        bench
    }

    /// Gives a command, and waits for its answer.
    async fn commands(&self, who: Id, group: Id, line: &str) {
        let count = |state: &State| {
            let seen = state.seen_by(who, group.into());
            seen.iter().filter(|shown| shown.is_private && shown.by == state.me).count()
        };
        let before = self.town.look(count);
        self.town.says(who, group, line);
        self.town.until(line, |state| (count(state) > before).then_some(())).await;
    }

    async fn is_asked(&self) -> Asked {
        self.asks(QUESTIONS / 10, 1).await;
        let before = self.program.processor();
        let waits = self.asks(QUESTIONS, 1).await;
        let processor = share(self.program.processor().saturating_sub(before), QUESTIONS);
        Asked { waits, processor }
    }

    /// So many people ask, each once; how long each waits for the suggestion, in order of length.
    async fn asks(&self, count: usize, at_once: usize) -> Vec<Duration> {
        let mut turns = interval(EACH * u32::try_from(at_once).unwrap_or(1));
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut took = Vec::new();
        while took.len() < count {
            turns.tick().await;
            let round = at_once.min(count - took.len());
            let asked: Vec<(Id, Key, Instant)> = (0..round).map(|_| self.one_asks()).collect();
            for (group, question, began) in asked {
                self.town.until("a suggestion", |state| answered(state, group, question)).await;
                took.push(began.elapsed());
            }
        }
        took.sort_unstable();
        took
    }

    fn one_asks(&self) -> (Id, Key, Instant) {
        let number = self.asked.get();
        self.asked.set(number + 1);
        let group = *self.groups.get(number % GROUPS).expect("a group");
        let who = *self.people.get(number).expect("enough people");
        let began = Instant::now();
        (group, self.town.says(who, group, QUESTION), began)
    }

    /// What a line costs of the processor that nobody wants anything with.
    async fn hears_chatter(&self, count: usize) -> Duration {
        let before = self.program.processor();
        for number in 0..count {
            self.chats(number);
        }
        self.town.connected().await;
        share(self.program.processor().saturating_sub(before), count)
    }

    /// The same where each line has been heard before the next is there.
    async fn hears_each(&self) -> Duration {
        let before = self.program.processor();
        for number in 0..CHATTER_APART {
            self.chats(number);
            self.town.connected().await;
        }
        share(self.program.processor().saturating_sub(before), CHATTER_APART)
    }

    fn chats(&self, number: usize) {
        let line = LINES.get(number % LINES.len()).expect("a line");
        self.town.says(self.talker, *self.groups.first().expect("groups"), line);
    }
}

/// Whether the bot has replied to a question.
fn answered(state: &State, group: Id, question: Key) -> Option<()> {
    let later = state.messages.range((group, question)..);
    let mut here = later.take_while(|((chat, _), _)| *chat == group);
    let is_reply = |message: &double::state::Message| {
        message.by == state.me && message.reply_to == Some(question)
    };
    here.any(|(_, message)| is_reply(message)).then_some(())
}
