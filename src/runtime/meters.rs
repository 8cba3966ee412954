//! What is counted and measured, for `/metrics`: every input by its fate, every delivery by its
//! outcome, how long things take, and how much stands and waits. Ids and reasons only, never a name
//! or a text.

use std::time::{Duration, Instant};

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::domain::ids::BotId;
use crate::domain::time::Moment;
use crate::platform::ConnectionState;
use crate::store::Standings;

/// Bounds of short spans, in seconds: around the few milliseconds that a commit takes.
const SHORT: [f64; 12] = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];
/// Bounds of long spans, in seconds: what an outage makes of them.
const LONG: [f64; 12] =
    [0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 15.0, 60.0, 300.0, 1_800.0, 7_200.0, 86_400.0];

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct InputLabels {
    bot: String,
    platform: String,
    fate: &'static str,
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct DeliveryLabels {
    bot: String,
    platform: String,
    outcome: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connected {
    bot: String,
    platform: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct StageLabels {
    bot: String,
    stage: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct BotLabels {
    bot: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ConnectionLabels {
    bot: String,
    platform: String,
    connection: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ConnectionStateLabels {
    bot: String,
    platform: String,
    connection: String,
    state: &'static str,
}

type Spans<L> = Family<L, Histogram, fn() -> Histogram>;

fn short() -> Histogram {
    Histogram::new(SHORT)
}

fn long() -> Histogram {
    Histogram::new(LONG)
}

/// The counters of one runtime.
#[derive(Debug)]
pub struct Meters {
    registry: Registry,
    inputs: Family<InputLabels, Counter>,
    deliveries: Family<DeliveryLabels, Counter>,
    lag: Spans<Connected>,
    transactions: Histogram,
    late: Spans<BotLabels>,
    overdue: Family<BotLabels, Gauge>,
    cases: Family<StageLabels, Gauge>,
    waiting: Family<Connected, Gauge>,
    waited: Family<Connected, Gauge>,
    parked: Family<BotLabels, Gauge>,
    given_up: Family<BotLabels, Gauge>,
    connections: Family<ConnectionStateLabels, Gauge>,
    connected_since: Family<ConnectionLabels, Gauge>,
    reconnects: Family<ConnectionLabels, Counter>,
    database_away: Gauge,
}

impl Default for Meters {
    fn default() -> Self {
        let meters = Self {
            registry: Registry::default(),
            inputs: Family::default(),
            deliveries: Family::default(),
            lag: Spans::new_with_constructor(long),
            transactions: short(),
            late: Spans::new_with_constructor(long),
            overdue: Family::default(),
            cases: Family::default(),
            waiting: Family::default(),
            waited: Family::default(),
            parked: Family::default(),
            given_up: Family::default(),
            connections: Family::default(),
            connected_since: Family::default(),
            reconnects: Family::default(),
            database_away: Gauge::default(),
        };
        let registry = meters.registered();
        Self { registry, ..meters }
    }
}

impl Meters {
    fn registered(&self) -> Registry {
        let mut all = Registry::with_prefix("askaround");
        all.register(
            "inputs",
            "Inputs by what became of them, with the reason of what was dropped",
            self.inputs.clone(),
        );
        all.register("deliveries", "Deliveries by outcome", self.deliveries.clone());
        all.register_with_unit(
            "intake_lag",
            "From the moment something was said to the commit that handled it",
            Unit::Seconds,
            self.lag.clone(),
        );
        all.register_with_unit(
            "transaction",
            "How long a batch of inputs takes to be decided and committed",
            Unit::Seconds,
            self.transactions.clone(),
        );
        all.register_with_unit(
            "deadline_late",
            "How long after its deadline a case was taken up again",
            Unit::Seconds,
            self.late.clone(),
        );
        all.register_with_unit(
            "deadline_overdue",
            "For how long the oldest passed deadline has been waiting",
            Unit::Seconds,
            self.overdue.clone(),
        );
        all.register("cases", "Open cases by stage", self.cases.clone());
        all.register("outbox_rows", "What waits to be said", self.waiting.clone());
        all.register_with_unit(
            "outbox_oldest",
            "For how long the oldest of it has been waiting",
            Unit::Seconds,
            self.waited.clone(),
        );
        all.register("parked", "Inputs that were set aside", self.parked.clone());
        all.register("given_up", "Deliveries that were given up", self.given_up.clone());
        self.register_reach(&mut all);
        all
    }

    /// What there must be for anything to be heard and kept.
    fn register_reach(&self, all: &mut Registry) {
        all.register(
            "connection",
            "Connections to platforms: 1 for the state that each is in",
            self.connections.clone(),
        );
        all.register_with_unit(
            "connection_since_timestamp",
            "Since when it is in that state, in seconds since 1970",
            Unit::Seconds,
            self.connected_since.clone(),
        );
        all.register(
            "connection_reconnects",
            "How often a connection came back",
            self.reconnects.clone(),
        );
        all.register(
            "database_away",
            "Whether commits wait for the database, 1 or 0",
            self.database_away.clone(),
        );
    }

    pub(super) fn input(
        &self,
        bot: &str,
        platform: &str,
        fate: &'static str,
        reason: &'static str,
    ) {
        let labels =
            InputLabels { bot: bot.to_owned(), platform: platform.to_owned(), fate, reason };
        self.inputs.get_or_create(&labels).inc();
    }

    pub(super) fn delivery(&self, bot: &str, platform: &str, outcome: &'static str) {
        let labels = DeliveryLabels { bot: bot.to_owned(), platform: platform.to_owned(), outcome };
        self.deliveries.get_or_create(&labels).inc();
    }

    /// A connection, by its bot, platform and name, is in another state from now on.
    pub(super) fn connection(
        &self,
        (bot, platform, connection): (&str, &str, &str),
        state: ConnectionState,
        now: Moment,
    ) {
        let [bot, platform, connection] = [bot, platform, connection].map(str::to_owned);
        for one in ConnectionState::ALL {
            let labels = ConnectionStateLabels {
                bot: bot.clone(),
                platform: platform.clone(),
                connection: connection.clone(),
                state: one.word(),
            };
            self.connections.get_or_create(&labels).set(i64::from(one == state));
        }
        let of = ConnectionLabels { bot, platform, connection };
        self.connected_since.get_or_create(&of).set(now.as_millis().div_euclid(1_000));
    }

    pub(super) fn reconnected(&self, bot: &str, platform: &str, connection: &str) {
        let [bot, platform, connection] = [bot, platform, connection].map(str::to_owned);
        self.reconnects.get_or_create(&ConnectionLabels { bot, platform, connection }).inc();
    }

    pub(super) fn database(&self, is_away: bool) {
        self.database_away.set(i64::from(is_away));
    }

    /// Something was handled so long after it was said.
    pub(super) fn lag(&self, bot: &str, platform: &str, lag: Duration) {
        let labels = Connected { bot: bot.to_owned(), platform: platform.to_owned() };
        self.lag.get_or_create(&labels).observe(lag.as_secs_f64());
    }

    /// A case was taken up so long after its deadline.
    pub(super) fn late(&self, bot: &str, late: Duration) {
        self.late.get_or_create(&BotLabels { bot: bot.to_owned() }).observe(late.as_secs_f64());
    }

    /// Measures a transaction, until what it gives back is dropped.
    pub(super) fn transaction(&self) -> Measured<'_> {
        Measured { into: &self.transactions, began: began() }
    }

    /// Takes over how things stand in the database; what is no more goes.
    pub(super) fn stand(&self, all: &[(BotId, Standings)], now: Moment) {
        let seconds = |since: Moment| i64::try_from(now.since(since).as_secs()).unwrap_or(i64::MAX);
        self.cases.clear();
        self.overdue.clear();
        self.waiting.clear();
        self.waited.clear();
        for (bot, standings) in all {
            let of = BotLabels { bot: bot.to_string() };
            for (stage, count) in &standings.open {
                let labels = StageLabels { bot: bot.to_string(), stage: stage.clone() };
                self.cases.get_or_create(&labels).set(*count);
            }
            for (platform, count, since) in &standings.waiting {
                let labels = Connected { bot: bot.to_string(), platform: platform.to_string() };
                self.waiting.get_or_create(&labels).set(*count);
                self.waited.get_or_create(&labels).set(seconds(*since));
            }
            self.overdue.get_or_create(&of).set(standings.overdue.map_or(0, seconds));
            self.parked.get_or_create(&of).set(standings.parked);
            self.given_up.get_or_create(&of).set(standings.given_up);
        }
    }

    /// How many inputs met this fate for this reason, over all bots and platforms.
    pub fn dropped(&self, bot: &str, platform: &str, reason: &'static str) -> u64 {
        let labels = InputLabels {
            bot: bot.to_owned(),
            platform: platform.to_owned(),
            fate: "dropped",
            reason,
        };
        self.inputs.get_or_create(&labels).get()
    }

    /// The counters in Prometheus' text format.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if encode(&mut text, &self.registry).is_err() {
            text.clear(); // a String does not fail to be written to
        }
        text
    }
}

#[expect(clippy::disallowed_methods, reason = "what a disk takes is real time, on any clock")]
fn began() -> Instant {
    Instant::now()
}

/// A span being measured; it ends where this is dropped.
#[must_use = "it measures as long as it lives"]
pub(super) struct Measured<'a> {
    into: &'a Histogram,
    began: Instant,
}

impl Drop for Measured<'_> {
    fn drop(&mut self) {
        self.into.observe(self.began.elapsed().as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::PlatformId;

    #[test]
    fn what_stands_is_shown_and_what_is_no_more_is_not() {
        let (bot, meters) = (BotId::from("lumen"), Meters::default());
        let at = Moment::from_millis;
        let busy = Standings {
            open: vec![("calling".to_owned(), 3)],
            overdue: Some(at(1_000)),
            waiting: vec![(PlatformId::from("discord"), 2, at(4_000))],
            parked: 1,
            given_up: 5,
        };
        meters.stand(&[(bot.clone(), busy)], at(9_000));
        let text = meters.text();
        for line in [
            r#"askaround_cases{bot="lumen",stage="calling"} 3"#,
            r#"askaround_deadline_overdue_seconds{bot="lumen"} 8"#,
            r#"askaround_outbox_rows{bot="lumen",platform="discord"} 2"#,
            r#"askaround_outbox_oldest_seconds{bot="lumen",platform="discord"} 5"#,
            r#"askaround_parked{bot="lumen"} 1"#,
            r#"askaround_given_up{bot="lumen"} 5"#,
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in {text}");
        }
        meters.stand(&[(bot, Standings::default())], at(9_000));
        let text = meters.text();
        assert!(!text.contains("calling") && !text.contains("discord"), "{text}");
        assert!(text.contains(r#"askaround_deadline_overdue_seconds{bot="lumen"} 0"#), "{text}");
    }

    #[test]
    fn spans_are_counted_with_their_unit() {
        let meters = Meters::default();
        meters.lag("lumen", "discord", Duration::from_millis(30));
        meters.late("lumen", Duration::from_secs(2));
        drop(meters.transaction());
        let text = meters.text();
        for line in [
            r#"askaround_intake_lag_seconds_count{bot="lumen",platform="discord"} 1"#,
            r#"askaround_deadline_late_seconds_sum{bot="lumen"} 2.0"#,
            "askaround_transaction_seconds_count 1",
        ] {
            assert!(text.lines().any(|one| one == line), "{line} in {text}");
        }
    }
}
