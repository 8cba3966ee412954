//! The parts of a decision that can be replaced, each behind a small trait, with what is shipped as
//! the default.
//!
//! A bot's numbers are in [`rules`](super::rules); a policy is for what no number can say. It is
//! asked with values and answers with one, and the core acts on the answer: so a policy cannot
//! write, say or wait for anything, and what it must not touch is out of its reach:
//!
//! - [`Eligibility`] weighs those who may be called. Consent, pause, quiet hours, caps, topics,
//!   languages, blocks and the asker are looked at before it is asked
//!   ([`ambassador::judge`](super::ambassador::judge)), so it can keep out and reorder, and never
//!   overrule.
//! - [`Recognition`] says how many points a deed is worth. One award a case, none for one's own
//!   question, and the day's cap hold whatever it says.
//! - [`Ladder`] says how many to call after how long, and when staff get the case. Every open case
//!   has one deadline ahead of it whatever it says; with nobody left to call, staff come at once.
//! - [`Detector`] says how likely a message is a question; the channel's settings decide.
//!
//! How articles are found is the knowledge's own part: see `knowledge::Ranker`.
//!
//! Whoever wants to keep replays and redelivery exact decides from the arguments alone. A policy
//! that panics takes its runtime down with it, as any bug in the core would.

use std::fmt;
use std::sync::Arc;

use super::ambassador::{BestSuited, Eligibility};
use super::case::{Ladder, WavesByRule};
use super::question::{Detector, TrainedDetector};
use super::recognition::{PointsByRule, Recognition};

/// The policies of one bot; what is not replaced is as shipped.
#[derive(Clone)]
pub struct Policies {
    pub detector: Arc<dyn Detector>,
    pub eligibility: Arc<dyn Eligibility>,
    pub recognition: Arc<dyn Recognition>,
    pub ladder: Arc<dyn Ladder>,
}

impl Default for Policies {
    fn default() -> Self {
        Policies {
            detector: Arc::new(TrainedDetector),
            eligibility: Arc::new(BestSuited),
            recognition: Arc::new(PointsByRule),
            ladder: Arc::new(WavesByRule),
        }
    }
}

impl fmt::Debug for Policies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Policies")
    }
}
