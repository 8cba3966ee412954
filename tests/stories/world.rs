//! The world around a story: people on a platform of our own making, the real engine, outbox and
//! store, and a clock that moves when the story says so. An input is told again until it is
//! acknowledged; so a story can kill the runtime at any commit and look whether people notice.
#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use super::people::{self, KAI, LENA, PRIYA, Person, ROBIN};
use super::square::{Posted, Townsquare};
use askaround::bot::{self, Bot};
use askaround::domain::ambassador::{Duty, Preferences};
use askaround::domain::ids::{BotId, PlatformId, PlatformKey};
use askaround::domain::policies::Policies;
use askaround::domain::time::Moment;
use askaround::knowledge::Trust;
use askaround::platform::{
    Commanded, DeliveryError, Fate, Finding, Inbound, Message, Place, Platform, ReplyHandle,
    Thread, What,
};
use askaround::runtime::{
    BotParts, Clock, Engine, Input, Job, ManualClock, Meters, Outbox, Reload, due_inputs,
};
use askaround::store::{Durability, Settings, Store, TextKeys};

/// Monday, 2026-11-02, 12:00 UTC: in nobody's quiet hours unless a story says so.
pub(super) const NOON: Moment = Moment::from_millis(1_793_620_800_000);

/// Steps after which a story that does not come to rest is broken.
const RESTLESS: usize = 2_000;

pub(crate) fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

/// When the runtime is killed: at the n-th commit, before it or after it but before anybody hears.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kill {
    Never,
    BeforeCommit(usize),
    AfterCommit(usize),
}

/// A story's world.
pub(crate) struct World {
    pub(super) folder: tempfile::TempDir,
    /// A PostgreSQL schema, for a story that is told on one.
    pub(super) server: Option<String>,
    bot_folder: PathBuf,
    policies: Policies,
    keys: TextKeys,
    pub(super) square: Arc<Townsquare>,
    pub(super) clock: Arc<ManualClock>,
    alive: Option<Alive>,
    pub(super) kill: Kill,
    dies_at: Option<&'static str>,
    pub(super) commits: usize,
    pub(super) said: usize,
    /// How late the platform tells what people do.
    pub(crate) late: Duration,
    transcript: String,
    /// What hangs where; every other channel hangs nowhere.
    pub(super) threads: BTreeMap<String, Thread>,
}

struct Alive {
    engine: Arc<Engine>,
    reload: Reload,
    outbox: Outbox,
    store: Store,
}

impl World {
    /// A community of the example brand, set up by its moderator, with three ambassadors.
    pub(crate) async fn lumen() -> World {
        World::lumen_killed(Kill::Never).await
    }

    pub(crate) async fn lumen_killed(kill: Kill) -> World {
        World::lumen_on(None, kill).await
    }

    /// The same with policies from outside.
    pub(crate) async fn lumen_by(policies: Policies) -> World {
        let mut world = World::lumen().await;
        world.policies = policies;
        world.restart().await;
        world
    }

    /// The same on a PostgreSQL server.
    pub(crate) async fn lumen_on(server: Option<String>, kill: Kill) -> World {
        let mut world = World::on(server, &lumen_folder(), Kill::Never).await;
        world.types(ROBIN, "help", "/askaround watch").await;
        world.types(ROBIN, "staff", "/askaround staff").await;
        world.types(ROBIN, "ambassadors", "/askaround ambassadors").await;
        world.types(KAI, "ambassadors", "/ambassador join topics:wifi,mesh languages:en").await;
        world.types(PRIYA, "ambassadors", "/ambassador join languages:en").await;
        world.types(LENA, "ambassadors", "/ambassador join languages:de").await;
        world.hush();
        (world.kill, world.commits) = (kill, 0);
        world
    }

    pub(crate) async fn empty(bot_folder: &Path, kill: Kill) -> World {
        World::on(None, bot_folder, kill).await
    }

    async fn on(server: Option<String>, bot_folder: &Path, kill: Kill) -> World {
        let mut world = World {
            folder: tempfile::tempdir().expect("a temporary folder"),
            server,
            bot_folder: bot_folder.to_owned(),
            policies: Policies::default(),
            keys: TextKeys::default(),
            square: Arc::new(Townsquare::default()),
            clock: Arc::new(ManualClock::at(NOON)),
            alive: None,
            kill,
            dies_at: None,
            commits: 0,
            said: 0,
            late: Duration::ZERO,
            transcript: String::new(),
            threads: BTreeMap::new(),
        };
        world.start().await;
        world
    }

    async fn start(&mut self) {
        let file = format!("sqlite:{}", self.folder.path().join("story.db").display());
        let url = self.server.clone().unwrap_or(file);
        let store = Store::open_with(&url, Durability::None, self.keys.clone());
        let store = store.await.expect("the store opens");
        let process = store.next_start().await.expect("a start is counted");
        let parts = BotParts { policies: self.policies.clone(), ..parts(&self.bot_folder) };
        let bot = parts.id.clone();
        let clock: Arc<dyn Clock> = self.clock.clone();
        let meters = Arc::new(Meters::default());
        let engine = Arc::new(Engine::new(store.clone(), vec![parts], clock, meters, process));
        let reload = Reload::new(Arc::clone(&engine)).await;
        engine.recall_at_start().await.expect("reads");
        let platform: Arc<dyn Platform> = self.square.clone();
        engine.attach(&bot, &platform);
        let outbox = Outbox::new(Arc::clone(&engine), &bot, platform).expect("known");
        for input in outbox.left_over().await.expect("reads") {
            engine.handle(&[input]).await.expect("commits");
        }
        self.alive = Some(Alive { engine, reload, outbox, store });
        self.learn().await;
    }

    /// The process ends, and starts again with these keys for what people write.
    pub(crate) async fn restart_with(&mut self, keys: TextKeys) {
        self.keys = keys;
        self.restart().await;
    }

    /// The process dies and another one starts on the same database.
    pub(crate) async fn restart(&mut self) {
        if let Some(alive) = self.alive.take() {
            drop((alive.outbox, alive.reload, alive.engine));
            alive.store.close().await;
        }
        self.start().await;
    }

    fn alive(&self) -> &Alive {
        self.alive.as_ref().expect("the runtime lives")
    }

    pub(crate) fn store(&self) -> &Store {
        &self.alive().store
    }

    pub(crate) fn engine(&self) -> &Arc<Engine> {
        &self.alive().engine
    }

    /// How many commits the story has made so far.
    pub(crate) fn commits(&self) -> usize {
        self.commits
    }

    /// Makes the next deliveries fail.
    pub(crate) fn platform_fails(&self, failures: Vec<DeliveryError>) {
        self.square.look().failures = failures;
    }

    /// What the platform finds from now on.
    pub(crate) fn platform_finds(&self, findings: Vec<Finding>) {
        self.square.look().findings = findings;
    }

    // ---- what people do --------------------------------------------------------------------

    /// Somebody writes in a channel; gives back the message, to reply to.
    pub(crate) async fn says(&mut self, who: Person, channel: &str, text: &str) -> PlatformKey {
        self.writes(who, channel, text, None).await
    }

    pub(crate) async fn replies(
        &mut self,
        who: Person,
        channel: &str,
        to: &PlatformKey,
        text: &str,
    ) -> PlatformKey {
        self.writes(who, channel, text, Some(to)).await
    }

    async fn writes(
        &mut self,
        who: Person,
        channel: &str,
        text: &str,
        reply_to: Option<&PlatformKey>,
    ) -> PlatformKey {
        self.said += 1;
        let key = PlatformKey::new(format!("m{}", self.said));
        let arrow = if reply_to.is_some() { " ↪" } else { "" };
        let shown: String = text.chars().take(200).collect();
        let shown = if text.is_empty() { "(a picture)" } else { &shown };
        self.line(&format!("#{channel} {}{arrow}: {shown}", who.name));
        let hangs = self.threads.get(channel);
        let message = Message {
            key: key.clone(),
            text: text.to_owned(),
            reply_to: reply_to.cloned(),
            mentions_bot: false,
            opens_post: hangs.is_some_and(|thread| thread.root.as_ref() == Some(&key)),
            wordless: text.is_empty(),
        };
        self.hears(who, channel, What::Said(message)).await;
        key
    }

    pub(crate) async fn types(&mut self, who: Person, channel: &str, line: &str) {
        self.line(&format!("#{channel} {} types {line}", who.name));
        let command = Commanded::Line { text: line.to_owned(), channels: Vec::new() };
        let reply = self.handle_of(who);
        let people = people::everybody();
        let badges = people::wardrobe();
        let what = What::Commanded { command, reply, people, badges, about: None };
        self.hears(who, channel, what).await;
    }

    /// What the loop around the engine does every few seconds.
    pub(crate) async fn looks_at_the_folder(&mut self) {
        self.alive.as_mut().expect("it runs").reload.look().await;
    }

    /// What the community has said of the articles that it was shown.
    pub(crate) async fn trust(&self) -> Trust {
        let mut tx = self.store().read().await.expect("reads");
        let communities = tx.communities_of(&BotId::from("lumen")).await.expect("reads");
        let community = *communities.first().expect("the town");
        drop(tx);
        self.engine().trust(community).await.expect("reads")
    }

    /// Presses the newest button of this name that the person can see.
    pub(crate) async fn presses(&mut self, who: Person, label: &str) {
        let (channel, data) = self.button(who, label);
        self.line(&format!("#{channel} {} presses [{label}]", who.name));
        let reply = self.handle_of(who);
        self.hears(who, &channel, What::Pressed { data, reply }).await;
    }

    /// Several people press the same button in the same instant: one batch, one commit.
    pub(crate) async fn press_at_once(&mut self, people: &[Person], label: &str) {
        let mut inputs = Vec::new();
        for who in people {
            let (channel, data) = self.button(*who, label);
            self.line(&format!("#{channel} {} presses [{label}]", who.name));
            let reply = self.handle_of(*who);
            inputs.push(self.input(*who, &channel, What::Pressed { data, reply }));
        }
        self.alive().engine.handle(&inputs).await.expect("the batch commits");
        self.rest().await;
    }

    pub(super) fn button(&self, who: Person, label: &str) -> (String, String) {
        let square = self.square.look();
        let visible = square
            .posts
            .iter()
            .rev()
            .filter(|post| post.private_to.as_deref().is_none_or(|owner| owner == who.key));
        for post in visible {
            if let Some(face) = post.buttons.iter().find(|face| face.label == label) {
                return (post.channel.clone(), face.data.clone());
            }
        }
        panic!("{} sees no button [{label}]", who.name);
    }

    pub(crate) async fn edits(
        &mut self,
        who: Person,
        channel: &str,
        message: &PlatformKey,
        text: &str,
    ) {
        self.line(&format!("#{channel} {} edits: {text}", who.name));
        let what = What::Edited { message: message.clone(), text: text.to_owned() };
        self.hears(who, channel, what).await;
    }

    pub(crate) async fn deletes(&mut self, who: Person, channel: &str, message: &PlatformKey) {
        self.line(&format!("#{channel} {} deletes a message", who.name));
        self.hears(who, channel, What::Deleted { message: message.clone() }).await;
    }

    pub(crate) async fn reacts(
        &mut self,
        who: Person,
        channel: &str,
        message: &PlatformKey,
        emoji: &str,
    ) {
        self.line(&format!("#{channel} {} reacts {emoji}", who.name));
        let what = What::Reacted { message: message.clone(), emoji: emoji.to_owned() };
        self.hears(who, channel, what).await;
    }

    /// The newest message of the bot in a channel whose words contain `text`.
    pub(crate) fn bot_post(&self, channel: &str, text: &str) -> PlatformKey {
        let square = self.square.look();
        let found = square.posts.iter().rev().find(|post| {
            post.channel == channel
                && post.private_to.is_none()
                && post.words.to_plain().contains(text)
        });
        found.unwrap_or_else(|| panic!("the bot said nothing like {text:?}")).key.clone()
    }

    /// How often somebody has been lit up.
    pub(crate) fn pings_of(&self, who: Person) -> usize {
        self.square.look().pings.get(who.key).copied().unwrap_or(0)
    }

    pub(super) fn handle_of(&mut self, who: Person) -> ReplyHandle {
        let expires_at = self.clock.now() + minutes(15);
        ReplyHandle { key: format!("reply-{}", who.key), expires_at }
    }

    fn input(&mut self, who: Person, channel: &str, what: What) -> Input {
        self.said += 1;
        let inbound = Inbound {
            key: PlatformKey::new(format!("u{}", self.said)),
            at: self.clock.now() - self.late,
            place: Place {
                community: PlatformKey::from("town"),
                community_name: "Town".to_owned(),
                channel: PlatformKey::from(channel),
                channel_name: channel.to_owned(),
                thread: self.threads.get(channel).cloned().or_else(|| self.square.thread(channel)),
            },
            by: who.author(),
            what,
        };
        let bot = BotId::from("lumen");
        Input::Heard { bot, platform: PlatformId::from("square"), inbound: Box::new(inbound) }
    }

    async fn hears(&mut self, who: Person, channel: &str, what: What) {
        let input = self.input(who, channel, what);
        // Told until acknowledged, as real platforms do.
        while self.commit(std::slice::from_ref(&input)).await.is_none() {}
        self.rest().await;
    }

    /// Hands one input over and gives back what became of it.
    pub(crate) async fn hands_over(&mut self, who: Person, channel: &str, what: What) -> Fate {
        let input = self.input(who, channel, what);
        let fates = self.commit(&[input]).await.expect("no kill here");
        self.rest().await;
        fates.first().copied().expect("one input, one fate")
    }

    pub(crate) async fn presses_data(&mut self, who: Person, channel: &str, data: &str) {
        self.line(&format!("#{channel} {} presses an old button", who.name));
        self.hands_over_press(who, channel, data).await;
    }

    pub(crate) async fn hands_over_press(
        &mut self,
        who: Person,
        channel: &str,
        data: &str,
    ) -> Fate {
        let reply = self.handle_of(who);
        self.hands_over(who, channel, What::Pressed { data: data.to_owned(), reply }).await
    }

    /// What travels with the newest button of this name.
    pub(crate) fn data_of(&self, who: Person, label: &str) -> String {
        self.button(who, label).1
    }

    /// What somebody has earned.
    pub(crate) async fn balance(&self, who: Person) -> i64 {
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
        let mut tx = self.store().read().await.expect("reads");
        let key = PlatformKey::from(who.key);
        let account = tx.account_by_key(&bot, &platform, &key).await.expect("reads");
        let Some(account) = account else { return 0 };
        tx.standing(account.person, NOON).await.expect("reads").balance
    }

    /// The newest thing that only this person sees.
    pub(crate) fn private_word(&self, who: Person) -> String {
        let square = self.square.look();
        let mine = |post: &&Posted| post.private_to.as_deref() == Some(who.key);
        square.posts.iter().rev().find(mine).map(|post| post.words.to_plain()).unwrap_or_default()
    }

    /// What moderators have set, as it is stored.
    pub(crate) async fn settings(&self) -> Settings {
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
        let (town, help) = (PlatformKey::from("town"), PlatformKey::from("help"));
        let mut tx = self.store().read().await.expect("reads");
        let place = tx.place(&bot, &platform, &town, &help, None).await.expect("reads");
        place.expect("the community is known").settings
    }

    /// What an ambassador wants; `None` for somebody who is none.
    pub(crate) async fn wishes(&self, who: Person) -> Option<(Preferences, Duty)> {
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
        let mut tx = self.store().read().await.expect("reads");
        let key = PlatformKey::from(who.key);
        let account = tx.account_by_key(&bot, &platform, &key).await.expect("reads")?;
        let ambassador = tx.ambassador(account.id).await.expect("reads")?;
        Some((ambassador.preferences, ambassador.duty))
    }

    pub(crate) async fn is_blocked(&self, who: Person) -> bool {
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
        let mut tx = self.store().read().await.expect("reads");
        let key = PlatformKey::from(who.key);
        let account = tx.account_by_key(&bot, &platform, &key).await.expect("reads");
        account.is_some_and(|account| account.blocked)
    }

    /// Whether any post that can be seen has these words.
    pub(crate) fn shown_anywhere(&self, words: &str) -> bool {
        self.square.look().posts.iter().any(|post| post.words.to_plain().contains(words))
    }

    /// From now on the platform does not recognise a delivery that comes twice.
    pub(crate) fn platform_forgets_nonces(&self) {
        self.square.look().forgets_nonces = true;
    }

    /// The process dies when the next message to a channel is there, before that is noted.
    pub(crate) fn dies_while_sending_to(&mut self, channel: &'static str) {
        self.dies_at = Some(channel);
    }

    // ---- time and death --------------------------------------------------------------------

    pub(crate) async fn advance(&mut self, span: Duration) {
        let minutes = span.as_secs() / 60;
        self.line(&format!("… {minutes} min later"));
        let until = self.clock.now() + span;
        // Deadline by deadline, as time passes: each fires at its own moment.
        loop {
            self.rest().await;
            let now = self.clock.now();
            let next = self.next_moment().await.filter(|next| *next <= until);
            let Some(next) = next else { break };
            self.clock.advance(next.since(now).max(Duration::from_millis(1)));
        }
        self.clock.advance(until.since(self.clock.now()));
        self.rest().await;
    }

    async fn next_moment(&self) -> Option<Moment> {
        let now = self.clock.now();
        let deadline = self.engine().next_deadline(now).await.expect("reads");
        let waiting = self.alive().outbox.next_due(now).await.expect("reads");
        [deadline, waiting].into_iter().flatten().min()
    }

    /// One commit, or a death in its place: `None` when nobody was told what became of the inputs.
    pub(super) async fn commit(&mut self, inputs: &[Input]) -> Option<Vec<Fate>> {
        self.commits += 1;
        if self.kill == Kill::BeforeCommit(self.commits) {
            self.restart().await;
            return None;
        }
        let fates = self.alive().engine.handle(inputs).await.expect("the batch commits");
        if self.kill == Kill::AfterCommit(self.commits) {
            self.restart().await;
            return None;
        }
        Some(fates)
    }

    /// Lets everything that is due happen, until nothing is.
    pub(crate) async fn rest(&mut self) {
        for _ in 0..RESTLESS {
            let due = due_inputs(&self.alive().engine).await.expect("reads");
            if !due.is_empty() {
                self.commit(&due).await;
                continue;
            }
            let jobs = self.alive().outbox.due(self.clock.now()).await.expect("reads");
            if jobs.is_empty() {
                self.learn().await;
                self.overhear();
                return;
            }
            for job in jobs {
                if !self.deliver(job).await {
                    break; // killed: the rest is offered again
                }
            }
        }
        panic!("the story does not come to rest");
    }

    /// What the loops beside the engine do as soon as a commit has rung for them.
    async fn learn(&mut self) {
        self.alive.as_mut().expect("it runs").reload.look_at_harvest().await;
        while self.engine().recall_step().await.expect("reads") {}
    }

    async fn deliver(&mut self, job: Job) -> bool {
        let channel = match &job {
            Job::Deliver(delivery) => Some(delivery.channel.to_string()),
            Job::Settle(..) => None,
        };
        let row = job.row();
        let Some(result) = self.alive().outbox.carry_out(job).await else {
            self.alive().outbox.settled(row);
            return true;
        };
        if self.dies_at.is_some() && channel.as_deref() == self.dies_at {
            self.dies_at = None;
            self.restart().await;
            return false;
        }
        let told = self.commit(std::slice::from_ref(&result)).await.is_some();
        self.alive().outbox.settled(row);
        told
    }

    // ---- what was to be read ---------------------------------------------------------------

    pub(super) fn line(&mut self, line: &str) {
        self.transcript.push_str(line);
        self.transcript.push('\n');
    }

    fn overhear(&mut self) {
        let said = self.square.overhear();
        self.transcript.push_str(&said);
    }

    /// Forgets what was said so far: the story begins here.
    pub(crate) fn hush(&mut self) {
        self.transcript.clear();
    }

    /// What people have read since the last time, case numbers left out.
    pub(crate) fn transcript(&mut self) -> String {
        let ids = regex::Regex::new(r"\b[0-9a-hj-km-np-tv-z]{12,13}\b").expect("a pattern");
        ids.replace_all(&std::mem::take(&mut self.transcript), "CASE").into_owned()
    }
}

pub(crate) fn lumen_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen")
}

/// The bot of a folder as the engine works with it.
pub(super) fn parts(folder: &Path) -> BotParts {
    // Read once: a hundred restarts read the same folder.
    static LUMEN: OnceLock<Bot> = OnceLock::new();
    let today = jiff::civil::date(2026, 11, 2);
    let load = || {
        let loaded = bot::load(folder, today);
        loaded.bot.unwrap_or_else(|| panic!("{:?}", loaded.problems))
    };
    let bot = if folder == lumen_folder() { LUMEN.get_or_init(load).clone() } else { load() };
    BotParts::of(&bot, today).expect("the brand's wording is sound")
}
