//! What a message costs: the pure step, detection, search, and a question made durable.
//!
//! `cargo bench` prints medians; compare within one run, each against the baseline beside it:
//! a step against copying the case, a search against reading every article, a durable question
//! against a bare commit of one row.
#![expect(clippy::expect_used, reason = "a bench that cannot be set up has nothing to measure")]

use std::sync::Arc;

use askaround::bot::{self, Bot};
use askaround::domain::ambassador::{Ambassador, Duty, Preferences};
use askaround::domain::case::{Actor, Case, Context, Event, Opening};
use askaround::domain::ids::{
    AccountId, ArticleId, BotId, CaseId, ChannelId, CommunityId, Language, PersonId, PlatformId,
    PlatformKey,
};
use askaround::domain::policies::Policies;
use askaround::domain::question::{Detector, Heard, ShapeDetector, TrainedDetector};
use askaround::domain::rules::Rules;
use askaround::domain::time::Moment;
use askaround::knowledge::{Article, Knowledge, Query, Solved};
use askaround::platform::{Author, Commanded, Inbound, Message, Place, ReplyHandle, What};
use askaround::runtime::{BATCH, BotParts, Engine, Input, ManualClock, Meters};
use askaround::store::{Durability, Store};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

const NOON: Moment = Moment::from_millis(1_793_620_800_000);
const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

fn lumen() -> Bot {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen");
    bot::load(&folder, jiff::civil::date(2026, 11, 2)).bot.expect("the example brand is sound")
}

// ---- the pure step -----------------------------------------------------------------------------

fn ambassador(number: i64) -> Ambassador {
    Ambassador {
        account: AccountId::new(number),
        person: PersonId::new(number),
        preferences: Preferences { languages: vec!["en".into()], ..Preferences::default() },
        duty: Duty::On,
        blocked: false,
        calls_today: 0,
        open_cases: 0,
        last_called_at: None,
        solved: Vec::new(),
    }
}

fn suggested(rules: &Rules) -> Case {
    let (policies, desk) = (Policies::default(), Some(ChannelId::new(9)));
    let context = Context { rules, policies: &policies, roster: &[], desk, now: NOON };
    let opening = Opening {
        id: CaseId::new(1),
        community: CommunityId::new(2),
        channel: ChannelId::new(3),
        asker: AccountId::new(1),
        asker_person: PersonId::new(1),
        language: Language::from("en"),
        topics: vec!["wifi".into()],
        articles: vec![ArticleId::from("wifi-drops")],
        earlier: None,
        straight_to_staff: None,
        stale: false,
    };
    Case::open(opening, &context).case
}

#[divan::bench]
fn step_baseline_copying_the_case(bencher: Bencher<'_, '_>) {
    let rules = lumen().manifest.rules;
    let case = suggested(&rules);
    bencher.bench(|| black_box(&case).clone());
}

/// The dearest step: nobody has been called, and a roster of 50 is judged.
#[divan::bench]
fn step_calling_from_a_roster_of_50(bencher: Bencher<'_, '_>) {
    let rules = lumen().manifest.rules;
    let case = suggested(&rules);
    let roster: Vec<Ambassador> = (10..60).map(ambassador).collect();
    let (policies, desk) = (Policies::default(), Some(ChannelId::new(9)));
    let context = Context { rules: &rules, policies: &policies, roster: &roster, desk, now: NOON };
    let by = Actor::member(AccountId::new(1));
    let event = Event::SuggestionDidNotHelp { by };
    bencher.bench(|| black_box(&case).clone().transition(&event, &context));
}

#[divan::bench]
fn step_resolving(bencher: Bencher<'_, '_>) {
    let rules = lumen().manifest.rules;
    let case = suggested(&rules);
    let policies = Policies::default();
    let context =
        Context { rules: &rules, policies: &policies, roster: &[], desk: None, now: NOON };
    let event = Event::SuggestionHelped { by: Actor::member(AccountId::new(1)) };
    bencher.bench(|| black_box(&case).clone().transition(&event, &context));
}

// ---- detection ---------------------------------------------------------------------------------

const CHAT: [&str; 6] = [
    "hi all",
    QUESTION,
    "lol yes, same here",
    "wie ändere ich das WLAN-Passwort",
    "you have to hold the button for ten seconds, then wait until the light blinks",
    "good morning everyone, hope you had a nice weekend",
];

#[divan::bench]
fn detect_per_message(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(CHAT.len())).bench(|| {
        for text in CHAT {
            let heard = Heard { text, ..Heard::default() };
            black_box(TrainedDetector.judge(black_box(&heard)));
        }
    });
}

/// What the trained model costs is the rest.
#[divan::bench]
fn detect_baseline_the_shape_alone(bencher: Bencher<'_, '_>) {
    bencher.counter(ItemsCount::new(CHAT.len())).bench(|| {
        for text in CHAT {
            let heard = Heard { text, ..Heard::default() };
            black_box(ShapeDetector.judge(black_box(&heard)));
        }
    });
}

// ---- search ------------------------------------------------------------------------------------

/// Many articles of many different words, grown from the example brand's.
fn articles(count: usize) -> Vec<Article> {
    let seeds = lumen().articles;
    let mut grown = Vec::with_capacity(count);
    for number in 0..count {
        let Some(mut article) = seeds.get(number % seeds.len()).cloned() else { break };
        if number >= seeds.len() {
            let model = format!("model{} series{}", number, number % 977);
            article.id = ArticleId::new(format!("{}-{number}", article.id));
            article.title = format!("{} ({model})", article.title);
            article.body = format!("{}\n\nThis is about {model}.", article.body);
        }
        grown.push(article);
    }
    grown
}

/// What people ask: plain, long, misspelt, in two languages, and nothing for the articles.
const ASKED: [&str; 6] = [
    QUESTION,
    "reset",
    "forgot my pasword for the app and cannot log in anymore, what now?",
    "wie ändere ich das WLAN-Passwort",
    "i bought two lumen one mesh nodes last week and the second one in the kitchen does not pair \
     with the first, the light blinks blue for a minute and then goes orange, any ideas?",
    "did anyone watch the game last night",
];

/// All six; the rate by the items is that of one question.
#[divan::bench(args = [1_000, 10_000])]
fn search_per_query_of_six(bencher: Bencher<'_, '_>, count: usize) {
    let knowledge = Knowledge::new(articles(count), jiff::civil::date(2026, 11, 2));
    let language = Language::from("en");
    let asked = |text| Query { text, language: Some(&language), community: None };
    bencher.counter(ItemsCount::new(ASKED.len())).bench(|| {
        for text in ASKED {
            black_box(knowledge.search(&asked(black_box(text)), 3));
        }
    });
}

/// Solved questions of one community, as many as are held in memory.
fn solved(count: usize) -> Solved {
    let questions: Vec<String> = articles(count)
        .into_iter()
        .map(|article| {
            let asked = article.questions.first().cloned().unwrap_or_default();
            format!("{asked} ({})", article.title)
        })
        .collect();
    let english = || Language::from("en");
    let cases = questions.into_iter().zip(1..);
    Solved::build(cases.map(|(text, id)| (CaseId::new(id), english(), text)), english())
}

#[divan::bench(args = [2_000])]
fn recall_per_query(bencher: Bencher<'_, '_>, count: usize) {
    let solved = solved(count);
    let language = Language::from("en");
    let asked = |text| Query { text, language: Some(&language), community: None };
    bencher.bench(|| solved.search(&asked(black_box(QUESTION)), 0.9));
}

#[divan::bench(args = [2_000], max_time = 3)]
fn recall_building(bencher: Bencher<'_, '_>, count: usize) {
    bencher.bench_local(|| black_box(solved(count)).len());
}

#[divan::bench(args = [1_000, 10_000])]
fn search_per_query(bencher: Bencher<'_, '_>, count: usize) {
    let knowledge = Knowledge::new(articles(count), jiff::civil::date(2026, 11, 2));
    let language = Language::from("en");
    let asked = |text| Query { text, language: Some(&language), community: None };
    bencher.bench(|| knowledge.search(&asked(black_box(QUESTION)), 3));
}

#[divan::bench(args = [1_000, 10_000], max_time = 2)]
fn search_baseline_reading_every_article(bencher: Bencher<'_, '_>, count: usize) {
    let articles = articles(count);
    let words: Vec<String> = QUESTION.split(' ').map(str::to_lowercase).collect();
    bencher.bench(|| {
        let score = |article: &Article| {
            let text = article.body.to_lowercase();
            words.iter().filter(|word| text.contains(word.as_str())).count()
        };
        black_box(&articles).iter().max_by_key(|article| score(article)).map(|best| &best.id)
    });
}

// ---- durable questions -------------------------------------------------------------------------

struct Town {
    _folder: tempfile::TempDir,
    tokio: tokio::runtime::Runtime,
    engine: Engine,
    asked: i64,
}

fn inbound(number: i64, what: What) -> Input {
    let key = PlatformKey::new(format!("u{number}"));
    let inbound = Inbound {
        key: key.clone(),
        at: NOON,
        place: Place {
            community: "town".into(),
            community_name: "Town".to_owned(),
            channel: "help".into(),
            channel_name: "help".to_owned(),
            thread: None,
        },
        by: Author {
            key,
            name: format!("Customer {number}"),
            is_bot: false,
            anonymous: false,
            language: None,
            moderator: true,
            staff: false,
        },
        what,
    };
    let (bot, platform) = (BotId::from("lumen"), PlatformId::from("bench"));
    Input::Heard { bot, platform, inbound: Box::new(inbound) }
}

impl Town {
    fn new() -> Town {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let tokio = tokio::runtime::Runtime::new().expect("threads");
        let url = format!("sqlite:{}", folder.path().join("bench.db").display());
        let today = jiff::civil::date(2026, 11, 2);
        let parts = BotParts::of(&lumen(), today).expect("the brand's wording is sound");
        let engine = tokio.block_on(async {
            let store = Store::open(&url, Durability::Full).await.expect("opens");
            let clock = Arc::new(ManualClock::at(NOON));
            let engine = Engine::new(store, vec![parts], clock, Arc::new(Meters::default()), 1);
            let reply = ReplyHandle { key: "r".to_owned(), expires_at: NOON };
            let command =
                Commanded::Line { text: "/askaround watch".to_owned(), channels: Vec::new() };
            let watch = inbound(
                0,
                What::Commanded {
                    command,
                    reply,
                    people: Vec::new(),
                    badges: Vec::new(),
                    about: None,
                },
            );
            engine.handle(&[watch]).await.expect("commits");
            engine
        });
        Town { _folder: folder, tokio, engine, asked: 0 }
    }

    fn questions(&mut self, count: usize) -> Vec<Input> {
        (0..count)
            .map(|_| {
                self.asked += 1;
                let message = Message {
                    key: PlatformKey::new(format!("m{}", self.asked)),
                    text: QUESTION.to_owned(),
                    reply_to: None,
                    mentions_bot: false,
                    opens_post: false,
                    wordless: false,
                };
                inbound(self.asked, What::Said(message))
            })
            .collect()
    }
}

/// From asked to the suggestion committed with its outbox row; full batches, `synchronous=FULL`.
#[divan::bench(sample_size = 1, sample_count = 60)]
fn durable_questions(bencher: Bencher<'_, '_>) {
    let mut town = Town::new();
    bencher.counter(ItemsCount::new(BATCH)).bench_local(|| {
        let questions = town.questions(BATCH);
        town.tokio.block_on(town.engine.handle(&questions)).expect("commits")
    });
}

/// The same, each question alone: what one customer on an idle machine waits for.
#[divan::bench(sample_size = 1, sample_count = 60)]
fn durable_question_alone(bencher: Bencher<'_, '_>) {
    let mut town = Town::new();
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        let question = town.questions(1);
        town.tokio.block_on(town.engine.handle(&question)).expect("commits")
    });
}

#[divan::bench(sample_size = 1, sample_count = 60)]
fn durable_baseline_committing_one_row(bencher: Bencher<'_, '_>) {
    let mut town = Town::new();
    bencher.counter(ItemsCount::new(1_usize)).bench_local(|| {
        town.asked += 1;
        let key = format!("bare{}", town.asked);
        town.tokio.block_on(async {
            let mut tx = town.engine.store().begin().await.expect("begins");
            let (bot, platform) = (BotId::from("lumen"), PlatformId::from("bench"));
            tx.first_sight(&bot, &platform, &key, NOON).await.expect("writes");
            tx.commit().await.expect("commits");
        });
    });
}

/// Chatter in a watched channel: looked at, recorded nowhere.
#[divan::bench(sample_size = 1, sample_count = 60)]
fn chatter(bencher: Bencher<'_, '_>) {
    let mut town = Town::new();
    bencher.counter(ItemsCount::new(BATCH)).bench_local(|| {
        let mut lines = town.questions(BATCH);
        for line in &mut lines {
            let Input::Heard { inbound, .. } = line else { continue };
            if let What::Said(message) = &mut inbound.what {
                "good morning everyone".clone_into(&mut message.text);
            }
        }
        town.tokio.block_on(town.engine.handle(&lines)).expect("commits")
    });
}
