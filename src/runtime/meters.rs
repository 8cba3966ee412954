//! What is counted: every input by its fate, every delivery by its outcome. Ids and reasons only,
//! never a name or a text.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::registry::Registry;

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

/// The counters of one runtime.
#[derive(Debug)]
pub struct Meters {
    registry: Registry,
    inputs: Family<InputLabels, Counter>,
    deliveries: Family<DeliveryLabels, Counter>,
}

impl Default for Meters {
    fn default() -> Self {
        let mut registry = Registry::with_prefix("askaround");
        let (inputs, deliveries) = (Family::default(), Family::default());
        registry.register(
            "inputs",
            "Inputs by what became of them, with the reason of what was dropped",
            Family::clone(&inputs),
        );
        registry.register("deliveries", "Deliveries by outcome", Family::clone(&deliveries));
        Self { registry, inputs, deliveries }
    }
}

impl Meters {
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
