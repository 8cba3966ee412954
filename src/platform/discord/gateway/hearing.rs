//! The loop: what the shards hear, to the runtime, with what was missed before it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use serenity::model::event::Event;
use serenity::model::gateway::Ready;
use serenity::model::id::GuildId;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::MissedTickBehavior;
use tracing::warn;

use super::super::backfill::{Backfill, Filling};
use super::super::cursors::{Cursors, snowflake};
use super::super::guilds::key;
use super::super::inbound::{self, Dropped};
use super::Gateway;
use super::lanes::{Done, Item, Lanes};
use crate::domain::ids::PlatformKey;
use crate::platform::{InboundSink, What};

/// Servers read up at once.
const BACKFILLS: usize = 4;

/// How often cursors are told to the runtime, when they moved.
const FLUSH: Duration = Duration::from_secs(3);

/// For commits under way when the bot stops.
const FINISH_LIMIT: Duration = Duration::from_secs(5);

/// The loop's own state.
pub(super) struct Hearing<'a> {
    gateway: &'a Gateway,
    sink: InboundSink,
    lanes: Lanes,
    cursors: Cursors,
    /// How often each server was lost: what was read before that closes no gap.
    losses: BTreeMap<PlatformKey, u64>,
    /// Servers that a session has listed and not yet told: those it is in already.
    listed: BTreeSet<GuildId>,
    /// Servers that wait to be read up.
    behind: Vec<PlatformKey>,
    filling: JoinSet<()>,
    fillings: (mpsc::Sender<Filling>, mpsc::Receiver<Filling>),
}

impl<'a> Hearing<'a> {
    pub(super) fn new(gateway: &'a Gateway, sink: InboundSink) -> Hearing<'a> {
        let lanes = Lanes::new(sink.clone());
        let (cursors, filling) = (Cursors::default(), JoinSet::new());
        let (behind, fillings) = (Vec::new(), mpsc::channel(BACKFILLS));
        let (losses, listed) = (BTreeMap::new(), BTreeSet::new());
        Hearing { gateway, sink, lanes, cursors, losses, listed, behind, filling, fillings }
    }

    /// Until the runtime takes nothing more.
    pub(super) async fn run(&mut self, mut events: mpsc::Receiver<Box<Event>>) {
        let sink = self.sink.clone();
        let mut flush = tokio::time::interval(FLUSH);
        flush.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut changed = sink.memory().changed();
        self.matter().await;
        loop {
            tokio::select! {
                // What is done first: it makes room.
                biased;
                done = self.lanes.next() => if !self.done(done) { return },
                Some(filling) = self.fillings.1.recv() => self.fill(filling),
                Some(ended) = self.filling.join_next() => {
                    if ended.is_err() {
                        // Its gaps stay open, but nobody may wait for it for ever.
                        self.lanes.release_all();
                    }
                    self.read_up();
                }
                () = &mut changed => {
                    // Begun before the places are read, so that no change falls in between.
                    changed = sink.memory().changed();
                    self.matter().await;
                }
                _ = flush.tick() => self.flush().await,
                Some(event) = events.recv(), if !self.lanes.full() => {
                    self.hear(&event);
                    if let Event::Ready(told) = &*event {
                        self.take_stock(&told.ready).await;
                    }
                }
            }
        }
    }

    fn hear(&mut self, event: &Event) {
        let guilds = &self.gateway.guilds;
        guilds.learn(event);
        if let Event::Ready(told) = event {
            // A new session: what was said since the last is told by nobody.
            for guild in &told.ready.guilds {
                self.lose(&key(guild.id.get()));
            }
            return;
        }
        if let Event::GuildCreate(told) = event {
            let community = key(told.guild.id.get());
            self.lose(&community);
            self.queue(community);
            if !self.listed.remove(&told.guild.id) {
                // Invited just now, or since it was left.
                let (name, now) = (told.guild.name.as_str(), (self.gateway.now)());
                self.lanes.put(inbound::membership(told.guild.id, name, What::Joined, now));
            }
            return;
        }
        let heard = match (event, guilds.me()) {
            (Event::InteractionCreate(told), _) => {
                let heard = (self.gateway.on_interaction)(&self.sink, &told.interaction);
                heard.map(|inbound| vec![inbound])
            }
            (_, Some(me)) => inbound::translate(event, guilds, me, (self.gateway.now)()),
            (_, None) => Err(Dropped("before ready")),
        };
        match heard {
            Ok(heard) => heard.into_iter().for_each(|inbound| self.lanes.put(inbound)),
            Err(dropped) => self.drop_for(dropped),
        }
    }

    /// A new session lists every server of its shard, those in an outage too: one that is not among
    /// them was left while nobody listened.
    async fn take_stock(&mut self, ready: &Ready) {
        let known = match self.sink.memory().memberships().await {
            Ok(known) => known,
            Err(why) => return warn!("the servers that were known cannot be read: {why}"),
        };
        let here: BTreeSet<GuildId> = ready.guilds.iter().map(|guild| guild.id).collect();
        self.listed.extend(&here);
        let (shard, total) = ready.shard.map_or((0, 1), |info| (info.id.0, info.total));
        for membership in known {
            let Some(id) = snowflake(&membership.community) else { continue };
            let guild = GuildId::new(id);
            if membership.left {
                // What is known of its return is told with its name.
                self.listed.remove(&guild);
                continue;
            }
            let is_ours = (id >> 22) % u64::from(total.max(1)) == u64::from(shard);
            if is_ours && !here.contains(&guild) {
                let now = (self.gateway.now)();
                self.lanes.put(inbound::membership(guild, "", What::Left, now));
            }
        }
    }

    fn drop_for(&self, Dropped(reason): Dropped) {
        self.sink.memory().dropped(reason);
    }

    fn lose(&mut self, community: &PlatformKey) {
        self.cursors.lose(community);
        *self.losses.entry(community.clone()).or_default() += 1;
    }

    /// Whether the runtime still takes something.
    fn done(&mut self, run: Vec<Done>) -> bool {
        for done in run {
            match done {
                Done::Heard { channel, message, opened_in } => {
                    self.cursors.heard(&channel, message);
                    if let Some(forum) = opened_in {
                        self.cursors.heard(&forum, message);
                    }
                }
                Done::Closed { channel, up_to } => self.cursors.close(&channel, up_to),
                Done::Other => {}
                Done::Closing => return false,
            }
        }
        true
    }

    /// What matters may have changed; what newly does is read up.
    async fn matter(&mut self) {
        match self.sink.memory().places().await {
            Ok(places) => {
                for community in self.cursors.matter(&places) {
                    // Those not told yet are read up when they are.
                    let known = snowflake(&community).map(GuildId::new);
                    if known.is_some_and(|guild| self.gateway.guilds.servers().contains(&guild)) {
                        self.queue(community);
                    }
                }
            }
            Err(why) => warn!("the places that matter cannot be read: {why}"),
        }
    }

    fn queue(&mut self, community: PlatformKey) {
        for missed in self.cursors.missed(&community) {
            self.lanes.hold(&key(missed.channel));
        }
        if !self.behind.contains(&community) {
            self.behind.push(community);
        }
        self.read_up();
    }

    fn read_up(&mut self) {
        while self.filling.len() < BACKFILLS && !self.behind.is_empty() {
            let community = self.behind.remove(0);
            let (Some(guild), Some(me)) = (snowflake(&community), self.gateway.guilds.me()) else {
                continue;
            };
            let missed = self.cursors.missed(&community);
            if missed.is_empty() {
                continue;
            }
            let backfill = Backfill {
                reading: Arc::clone(&self.gateway.reading),
                guilds: Arc::clone(&self.gateway.guilds),
                me,
                guild: GuildId::new(guild),
                missed,
                newest: self.cursors.newest(&community),
                turn: self.losses.get(&community).copied().unwrap_or_default(),
                tell: self.fillings.0.clone(),
            };
            self.filling.spawn(backfill.run());
        }
    }

    fn fill(&mut self, filling: Filling) {
        match filling {
            Filling::Reading(channel) => self.lanes.hold(&channel),
            Filling::Later(channel) => self.lanes.release(&channel),
            Filling::Dropped(dropped) => self.drop_for(dropped),
            Filling::Read { channel, missed, up_to, of } => {
                let (guild, turn) = of;
                let newer = self.losses.get(&key(guild.get())).is_some_and(|lost| *lost > turn);
                let close = (!newer).then_some(Item::Close { up_to });
                self.lanes.fill(&channel, missed, close);
            }
        }
    }

    async fn flush(&mut self) {
        let news = self.cursors.untold();
        if news.is_empty() {
            return;
        }
        match self.sink.memory().remember(&news).await {
            Ok(()) => self.cursors.told(&news),
            Err(why) => warn!("how far was heard cannot be kept just now: {why}"),
        }
    }

    /// What is under way is finished, nothing more begun; what waited is read up next time.
    pub(super) async fn finish(&mut self) {
        self.filling.abort_all();
        self.lanes.stop();
        let rest = async {
            while !self.lanes.idle() {
                let done = self.lanes.next().await;
                self.done(done);
            }
        };
        if tokio::time::timeout(FINISH_LIMIT, rest).await.is_err() {
            warn!("some commits were not finished in time; they are read up at the next start");
        }
        self.flush().await;
    }
}
