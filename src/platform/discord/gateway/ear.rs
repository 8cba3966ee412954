//! What serenity says only in its log: the close codes that are for good and that it keeps to
//! itself.
//!
//! A runner gives back 4004, 4013 and 4014 as errors. Of 4010 to 4012, which say that the sharding
//! or the version asked for is wrong, it logs a line and reads on, in a circle, for the better part
//! of a minute; nothing that can be asked tells them apart from a connection that broke. So the
//! thread of a session listens to the log of its runner, to these lines alone: whatever else is in
//! it, people's words included, goes nowhere. A version that words them otherwise costs no more
//! than what was known before: the session is tried again, ever more slowly.

use std::fmt;

use tokio::sync::mpsc::UnboundedSender;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::Interest;
use tracing::{Event, Level, Metadata, Subscriber};

/// Hears a session's refusals and tells their codes.
pub(super) struct Ear(pub(super) UnboundedSender<u16>);

impl Subscriber for Ear {
    fn register_callsite(&self, metadata: &'static Metadata<'static>) -> Interest {
        // Not for good: the same line of another thread is somebody else's.
        if self.enabled(metadata) { Interest::sometimes() } else { Interest::never() }
    }

    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.is_event()
            && *metadata.level() <= Level::WARN
            && metadata.target().starts_with("serenity::gateway")
    }

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::default();
        event.record(&mut line);
        if let Some(code) = line.0 {
            // Nobody listens any more once the session is over.
            let _over = self.0.send(code);
        }
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[derive(Default)]
struct Line(Option<u16>);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        if field.name() == "message" {
            self.0 = refusal(&format!("{value:?}"));
        }
    }
}

fn refusal(line: &str) -> Option<u16> {
    match line {
        "Shard handler received err: Gateway(InvalidShardData)" => Some(4010),
        "Shard handler received err: Gateway(OverloadedShard)" => Some(4011),
        _ if line.contains("Unknown unclean close 4012:") => Some(4012),
        _ => None,
    }
}
