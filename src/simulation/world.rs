//! The world around the engine: time that jumps from one thing to the next, a platform, a process
//! that dies and comes back, and a watcher who looks after every step.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use tokio::task::JoinSet;

use super::agenda::{Agenda, Plan};
use super::chance::Chance;
use super::checks::{self, Allowed, Found, Rule, Tally, Told, Violation};
use super::counts::Counts;
use super::population::Population;
use super::sending::row_of;
use super::talk::{Question, Talk};
use super::town::Town;
use super::tripwire::Tripwire;
use super::trouble::Trouble;
use super::watcher::{Looked, Watcher};
use super::{Halt, Options};
use crate::bot::Bot;
use crate::domain::ids::{CaseId, OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::{Fate, Inbound, Platform, What};
use crate::runtime::{
    BotParts, Clock, Engine, Input, ManualClock, Meters, Outbox, SeededChance, due_inputs, sweep,
};
use crate::store::{Durability, Store};

/// Inputs in one commit of the simulation, at most: enough that people come together in one.
const TOGETHER: usize = 16;

/// Rounds after which a moment that does not come to rest is broken.
const RESTLESS: usize = 5_000;

/// A process of which every thing but the store goes when it dies.
pub(super) struct Alive {
    pub(super) engine: Arc<Engine>,
    pub(super) outbox: Outbox,
    pub(super) store: Store,
}

/// A simulated community with everything around it.
pub(super) struct World {
    pub(super) options: Options,
    pub(super) bot: Bot,
    pub(super) today: Date,
    pub(super) clock: Arc<ManualClock>,
    pub(super) town: Arc<Town>,
    pub(super) trouble: Trouble,
    pub(super) people: Population,
    pub(super) talk: Talk,
    /// What people do, by chance.
    pub(super) chance: Chance,
    /// What wires do.
    pub(super) wire: Chance,
    /// When the process dies.
    pub(super) death: Chance,
    pub(super) agenda: Agenda,
    pub(super) watcher: Watcher,
    pub(super) counts: Counts,
    pub(super) alive: Option<Alive>,
    pub(super) life: u64,
    pub(super) step: u64,
    pub(super) dies_at: Option<u64>,
    pub(super) tripwire: Arc<Tripwire>,
    /// Told and not acknowledged: the platform tells it until it is.
    pub(super) waiting: VecDeque<Inbound>,
    pub(super) handled: BTreeSet<PlatformKey>,
    /// What this life's meters should say.
    pub(super) tally: Tally,
    /// Questions by the message that asked them, and by who typed them last.
    pub(super) asked: BTreeMap<PlatformKey, Question>,
    pub(super) typed: BTreeMap<PlatformKey, Question>,
    /// Questions that were not taken for one.
    pub(super) missed: BTreeSet<PlatformKey>,
    /// The last answer that somebody gave to a case.
    pub(super) answers: BTreeMap<CaseId, PlatformKey>,
    /// Rows of which nobody could know whether they arrived, and how often.
    pub(super) doubts: BTreeMap<OutboxId, usize>,
    pub(super) allowed: Allowed,
    pub(super) numbers: u64,
    /// When the last thing of a channel is heard: nothing overtakes within one.
    pub(super) heard_at: BTreeMap<PlatformKey, Moment>,
    /// Something may be due that was not looked for.
    pub(super) unsure: bool,
    pub(super) next_deadline: Option<Moment>,
    pub(super) next_row: Option<Moment>,
    /// People have stopped asking, and troubles their troubles.
    pub(super) is_over: bool,
}

impl World {
    pub(super) async fn new(options: Options, bot: Bot, start: Moment) -> Result<World, Halt> {
        let today = start.in_zone(&jiff::tz::TimeZone::UTC).date();
        let clock = Arc::new(ManualClock::at(start));
        let trouble = Trouble::of(options.seed);
        let shared: Arc<dyn Clock> = clock.clone();
        let town = Arc::new(Town::new(options.seed, trouble, shared));
        let rules = Arc::new(bot.manifest.rules.clone());
        let people = Population::of(options.seed, options.people, &rules.languages);
        let parts = BotParts::of(&bot, today).map_err(|unfit| Halt::Unfit(unfit.to_string()))?;
        let talk = Talk::of(&parts.knowledge.now(), &rules.languages);
        let reachable = people.members.iter().filter(|member| member.opened_private);
        town.look().reachable = reachable.map(|member| member.key.clone()).collect();
        let mut world = World {
            watcher: Watcher::new(bot.id.clone(), rules),
            chance: Chance::of(options.seed, 4),
            wire: Chance::of(options.seed, 5),
            death: Chance::of(options.seed, 6),
            options,
            bot,
            today,
            clock,
            town,
            trouble,
            people,
            talk,
            agenda: Agenda::default(),
            counts: Counts::default(),
            alive: None,
            life: 0,
            step: 0,
            dies_at: None,
            tripwire: Arc::new(Tripwire::default()),
            waiting: VecDeque::new(),
            handled: BTreeSet::new(),
            tally: Tally::new(),
            asked: BTreeMap::new(),
            typed: BTreeMap::new(),
            missed: BTreeSet::new(),
            answers: BTreeMap::new(),
            doubts: BTreeMap::new(),
            allowed: Allowed::default(),
            numbers: 0,
            heard_at: BTreeMap::new(),
            unsure: true,
            next_deadline: None,
            next_row: None,
            is_over: false,
        };
        world.come_up().await?;
        if world.trouble.conflicts
            && let Some(alive) = &world.alive
        {
            alive.store.refuse_now_and_then().await?;
        }
        Ok(world)
    }

    pub(super) fn now(&self) -> Moment {
        self.clock.now()
    }

    // ---- life and death --------------------------------------------------------------------

    async fn come_up(&mut self) -> Result<(), Halt> {
        let store = Store::open(&self.options.database, Durability::None).await?;
        if self.life == 0 {
            store.read().await?.is_unused().await?.then_some(()).ok_or(Halt::InUse)?;
        }
        self.life += 1;
        let process = store.next_start().await?;
        let parts = BotParts::of(&self.bot, self.today);
        let parts = parts.map_err(|unfit| Halt::Unfit(unfit.to_string()))?;
        let policies = self.tripwire.before(parts.policies.clone());
        let parts = BotParts { policies, ..parts };
        let (clock, meters): (Arc<dyn Clock>, _) = (self.clock.clone(), Arc::default());
        let meters: Arc<Meters> = meters;
        let engine = Engine::new(store.clone(), vec![parts], clock, meters, process);
        let codes = SeededChance::new(self.options.seed ^ self.life);
        let engine = Arc::new(engine.with_chance(Arc::new(codes)));
        let platform: Arc<dyn Platform> = self.town.clone();
        engine.attach(&self.bot.id, &platform);
        let outbox = Outbox::new(Arc::clone(&engine), &self.bot.id, platform)
            .ok_or_else(|| Halt::Unfit("the engine does not know its bot".to_owned()))?;
        for input in outbox.left_over().await? {
            engine.handle(&[input]).await?;
        }
        self.alive = Some(Alive { engine, outbox, store });
        self.tally = Tally::new();
        self.unsure = true;
        let steps = self.trouble.steps_a_life.filter(|_| !self.is_over);
        self.dies_at = steps.map(|steps| self.step + 1 + self.death.below(2 * steps));
        Ok(())
    }

    /// The process ends, wherever it is; nothing is put in order.
    pub(super) async fn die(&mut self, down_for: Duration) {
        let Some(Alive { engine, outbox, store }) = self.alive.take() else { return };
        drop((outbox, engine));
        store.close().await;
        self.counts.deaths += 1;
        let lost: Vec<OutboxId> = self.agenda.on_their_way(self.life).filter_map(row_of).collect();
        for row in lost {
            self.doubt(row);
        }
        self.agenda.add(self.now() + down_for, Plan::ComesUp);
    }

    pub(super) async fn dies(&mut self) {
        let seconds = 1 + self.death.below(90);
        self.die(Duration::from_secs(seconds)).await;
    }

    pub(super) fn doubt(&mut self, row: OutboxId) {
        *self.doubts.entry(row).or_default() += 1;
    }

    // ---- time ------------------------------------------------------------------------------

    /// Lets everything happen until `end`, each thing at its own moment.
    pub(super) async fn live_until(&mut self, end: Moment) -> Result<(), Halt> {
        loop {
            self.rest().await?;
            let now = self.now();
            let waits = self.alive.as_ref().map(|_| [self.next_deadline, self.next_row]);
            let waits = waits.into_iter().flatten().flatten();
            let next = waits.chain(self.agenda.next()).min().filter(|next| *next <= end);
            let Some(next) = next else { break };
            self.clock.advance(next.since(now).max(Duration::from_millis(1)));
        }
        self.clock.advance(end.since(self.now()));
        Ok(())
    }

    /// Lets everything that is due happen, until nothing is.
    async fn rest(&mut self) -> Result<(), Halt> {
        for _ in 0..RESTLESS {
            while let Some(plan) = self.agenda.take(self.now()) {
                self.happens(plan).await?;
            }
            if self.alive.is_none() {
                return Ok(());
            }
            if self.hears().await? || self.fires().await? || self.sends().await? {
                continue;
            }
            if self.unsure {
                self.look_ahead().await?;
            }
            let late = self.watcher.punctual(self.now());
            return self.hold(late);
        }
        let what = "a moment that does not come to rest";
        self.hold(vec![Violation::new(Rule::NeverStuck, what)])
    }

    async fn look_ahead(&mut self) -> Result<(), Halt> {
        let (Some(alive), now) = (&self.alive, self.now()) else { return Ok(()) };
        self.next_deadline = alive.engine.next_deadline(now).await?;
        self.next_row = alive.outbox.next_due(now).await?;
        self.unsure = false;
        Ok(())
    }

    async fn happens(&mut self, plan: Plan) -> Result<(), Halt> {
        match plan {
            Plan::Does(who, deed) => self.does(who, deed),
            Plan::Reaches(inbound) => self.waiting.push_back(*inbound),
            Plan::Settles { life, input } => {
                if life == self.life && self.alive.is_some() {
                    self.settle(vec![input]).await?;
                }
            }
            Plan::DayBegins => self.plan_day(),
            Plan::DayEnds => self.end_day().await?,
            Plan::OutageBegins => self.town.look().is_out = true,
            Plan::OutageEnds => self.town.look().is_out = false,
            Plan::ChannelGoes(key) => {
                self.town.look().deleted.insert(key);
            }
            Plan::GoesDown => self.die(Duration::from_hours(7)).await,
            Plan::ComesUp => {
                if self.alive.is_none() {
                    self.come_up().await?;
                }
            }
            Plan::Sweeps => {
                if let Some(alive) = &self.alive {
                    sweep(&alive.engine).await?;
                }
                self.agenda.add(self.now() + Duration::from_hours(1), Plan::Sweeps);
            }
        }
        Ok(())
    }

    /// Everything anew at the end of a day, and who was there to be called.
    async fn end_day(&mut self) -> Result<(), Halt> {
        let Some(alive) = &self.alive else {
            self.agenda.add(self.now() + Duration::from_mins(10), Plan::DayEnds);
            return Ok(());
        };
        let now = self.clock.now();
        let mut found = self.watcher.audit(&alive.store, now).await?;
        found.extend(checks::counted(&self.tally, &tally_of(&alive.engine.meters().text())));
        for row in &self.watcher.dossiers {
            let mut tx = alive.store.read().await?;
            let state = tx.row_state(*row).await?.unwrap_or_default();
            found.extend(checks::reached_desk(*row, &state, self.town.look().shown(*row).0));
        }
        self.counts.volunteer_days += self.watcher.volunteers(&alive.store, now).await?;
        self.hold(found)
    }

    /// The very end: what is left must be as promised.
    pub(super) async fn end(&mut self) -> Result<Vec<(String, i64)>, Halt> {
        let Some(alive) = &self.alive else { return Ok(Vec::new()) };
        let found = self.watcher.end(&alive.store, self.clock.now()).await?;
        let given_up = alive.store.read().await?.given_up_by_class(&self.bot.id).await?;
        self.hold(found)?;
        Ok(given_up)
    }

    /// Lets go of the database.
    pub(super) async fn close(&mut self) {
        if let Some(Alive { engine, outbox, store }) = self.alive.take() {
            drop((outbox, engine));
            store.close().await;
        }
    }

    /// Stops at the first thing that is wrong.
    pub(super) fn hold(&self, found: Found) -> Result<(), Halt> {
        match found.into_iter().next() {
            None => Ok(()),
            Some(violation) => Err(Halt::Violated { step: self.step, at: self.now(), violation }),
        }
    }

    // ---- one door in -----------------------------------------------------------------------

    /// Hands over what was told, in order; commands by themselves.
    async fn hears(&mut self) -> Result<bool, Halt> {
        let is_command = |inbound: &Inbound| matches!(inbound.what, What::Commanded { .. });
        let Some(first) = self.waiting.pop_front() else { return Ok(false) };
        let mut told = vec![first];
        while told.len() < TOGETHER
            && !told.last().is_some_and(is_command)
            && self.waiting.front().is_some_and(|next| !is_command(next))
            && let Some(next) = self.waiting.pop_front()
        {
            told.push(next);
        }
        let inputs = told.iter().map(|inbound| Input::Heard {
            bot: self.bot.id.clone(),
            platform: Town::name(),
            inbound: Box::new(inbound.clone()),
        });
        let inputs = inputs.collect();
        let Some((fates, looked)) = self.commit(inputs).await? else {
            // Nothing was acknowledged, so all of it is told again, in order.
            told.into_iter().rev().for_each(|inbound| self.waiting.push_front(inbound));
            return Ok(true);
        };
        for (inbound, fate) in told.iter().zip(fates) {
            self.acknowledged(inbound, fate, &looked).await?;
        }
        Ok(true)
    }

    async fn acknowledged(
        &mut self,
        inbound: &Inbound,
        fate: Fate,
        looked: &Looked,
    ) -> Result<(), Halt> {
        let key = &inbound.key;
        let handled_before = self.handled.contains(key);
        self.hold(checks::told(&Told { key, handled_before, fate }))?;
        if fate == Fate::Handled {
            self.handled.insert(key.clone());
        }
        let What::Said(message) = &inbound.what else { return Ok(()) };
        if !self.asked.contains_key(&message.key) {
            return Ok(());
        }
        match fate {
            Fate::Handled => {
                let kept = self.is_kept(inbound, &message.key).await?;
                self.hold(checks::kept(&message.key, kept, looked.words > 0))
            }
            Fate::Dropped("not watched") | Fate::Repeated | Fate::Parked => Ok(()),
            Fate::Dropped(_) => {
                // Once, however often it is told.
                self.counts.not_caught += u64::from(self.missed.insert(message.key.clone()));
                Ok(())
            }
        }
    }

    /// Whether a message is kept with some case.
    pub(super) async fn is_kept(
        &self,
        inbound: &Inbound,
        message: &PlatformKey,
    ) -> Result<bool, Halt> {
        let Some(alive) = &self.alive else { return Ok(true) };
        let mut tx = alive.store.read().await?;
        let (community, channel) = (&inbound.place.community, &inbound.place.channel);
        let parent = inbound.place.thread.as_ref().map(|thread| &thread.parent);
        let place = tx.place(&self.bot.id, &Town::name(), community, channel, parent).await?;
        let Some(channel) = place.and_then(|place| place.channel) else { return Ok(false) };
        Ok(tx.message(channel.id, message).await?.is_some())
    }

    /// Fires the deadlines that have passed.
    async fn fires(&mut self) -> Result<bool, Halt> {
        let is_time = self.next_deadline.is_some_and(|next| next <= self.now());
        let Some(alive) = self.alive.as_ref().filter(|_| self.unsure || is_time) else {
            return Ok(false);
        };
        let due = due_inputs(&alive.engine).await?;
        self.unsure |= is_time;
        if due.is_empty() {
            return Ok(false);
        }
        self.commit(due).await?;
        Ok(true)
    }

    /// One step: a batch in one transaction, or a death before, in or after it. `None` when nobody
    /// was told what became of it.
    pub(super) async fn commit(
        &mut self,
        inputs: Vec<Input>,
    ) -> Result<Option<(Vec<Fate>, Looked)>, Halt> {
        self.begin_step()?;
        let Some(alive) = &self.alive else { return Ok(None) };
        let way = self.dies_at.filter(|at| *at <= self.step).map(|_| self.death.below(3));
        if way == Some(0) {
            self.dies().await;
            return Ok(None);
        }
        self.tripwire.set(way == Some(1));
        let mut acting = JoinSet::new();
        let (engine, batch) = (Arc::clone(&alive.engine), inputs.clone());
        acting.spawn(async move { engine.handle(&batch).await });
        let ended = acting.join_next().await;
        self.tripwire.set(false);
        let Some(Ok(fates)) = ended else {
            self.dies().await;
            return Ok(None);
        };
        let fates = fates?;
        let looked = self.after_step(&inputs, &fates).await?;
        if way.is_some() {
            self.dies().await;
            return Ok(None);
        }
        Ok(Some((fates, looked)))
    }

    /// The process dies no more.
    pub(super) fn spare(&mut self) {
        self.dies_at = None;
    }

    pub(super) fn begin_step(&mut self) -> Result<(), Halt> {
        if self.options.until.is_some_and(|until| self.step >= until) {
            return Err(Halt::Reached { step: self.step, at: self.now() });
        }
        self.step += 1;
        Ok(())
    }

    pub(super) async fn after_step(
        &mut self,
        inputs: &[Input],
        fates: &[Fate],
    ) -> Result<Looked, Halt> {
        let mut may_have_changed = false;
        for (input, fate) in inputs.iter().zip(fates) {
            match input {
                Input::Heard { .. } => {
                    let (fate, reason) = words_of(*fate);
                    *self.tally.entry((fate.to_owned(), reason.to_owned())).or_default() += 1;
                    may_have_changed |= fate == "handled" || fate == "parked";
                }
                Input::Due { .. } | Input::BadgesDue { .. } => may_have_changed = true,
                Input::Delivered { .. } => self.unsure = true,
            }
        }
        let Some(alive) = self.alive.as_ref().filter(|_| may_have_changed) else {
            return Ok(Looked::default());
        };
        self.unsure = true;
        let now = self.clock.now();
        let mut looked = self.watcher.look(&alive.store, now).await?;
        self.hold(std::mem::take(&mut looked.found))?;
        for case in &looked.opened {
            self.sees_question(*case);
        }
        Ok(looked)
    }

    // ---- one door out ----------------------------------------------------------------------
}

/// A fate as the meters call it.
fn words_of(fate: Fate) -> (&'static str, &'static str) {
    match fate {
        Fate::Handled => ("handled", ""),
        Fate::Repeated => ("repeated", ""),
        Fate::Dropped(reason) => ("dropped", reason),
        Fate::Parked => ("parked", ""),
    }
}

/// The inputs that meters count, as they print them.
fn tally_of(meters: &str) -> Tally {
    let lines = meters.lines().filter(|line| line.starts_with("askaround_inputs_total{"));
    let value = |line: &str, label: &str| {
        let rest = line.split_once(&format!("{label}=\""))?.1;
        Some(rest.split_once('"')?.0.to_owned())
    };
    lines
        .filter_map(|line| {
            let count: u64 = line.rsplit(' ').next()?.parse().ok()?;
            Some(((value(line, "fate")?, value(line, "reason")?), count))
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}
