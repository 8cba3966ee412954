//! Death in the middle of a transaction. The only code of ours that a transaction runs through and
//! that anybody may replace are the policies; so one of them is wrapped, and unwinds when it is
//! told to. What the transaction has written by then goes with it, as it does when a process dies.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::domain::ambassador::{Ambassador, Eligibility, Need, Suited};
use crate::domain::case::{Case, Ladder};
use crate::domain::policies::Policies;
use crate::domain::question::{Detector, Heard, Verdict};
use crate::domain::recognition::{Deed, Recognition};
use crate::domain::rules::{LadderRules, RecognitionRules, Wave};
use crate::domain::time::Moment;

/// Set, it ends the next thing that asks a policy.
#[derive(Debug, Default)]
pub(super) struct Tripwire {
    is_set: AtomicBool,
}

impl Tripwire {
    pub(super) fn set(&self, is_set: bool) {
        self.is_set.store(is_set, Ordering::SeqCst);
    }

    fn cross(&self) {
        if self.is_set.swap(false, Ordering::SeqCst) {
            // No hook hears of it: nothing is wrong.
            std::panic::resume_unwind(Box::new("the process dies"));
        }
    }

    /// The same policies, with the wire before each.
    pub(super) fn before(self: &Arc<Self>, policies: Policies) -> Policies {
        Policies {
            detector: Arc::new(Wired { wire: Arc::clone(self), policy: policies.detector }),
            eligibility: Arc::new(Wired { wire: Arc::clone(self), policy: policies.eligibility }),
            recognition: Arc::new(Wired { wire: Arc::clone(self), policy: policies.recognition }),
            ladder: Arc::new(Wired { wire: Arc::clone(self), policy: policies.ladder }),
        }
    }
}

struct Wired<P: ?Sized> {
    wire: Arc<Tripwire>,
    policy: Arc<P>,
}

impl Detector for Wired<dyn Detector> {
    fn judge(&self, heard: &Heard<'_>) -> Verdict {
        self.wire.cross();
        self.policy.judge(heard)
    }
}

impl Eligibility for Wired<dyn Eligibility> {
    fn weigh(
        &self,
        candidate: &Ambassador,
        why: &Suited,
        need: &Need<'_>,
        now: Moment,
    ) -> Option<f64> {
        self.wire.cross();
        self.policy.weigh(candidate, why, need, now)
    }
}

impl Recognition for Wired<dyn Recognition> {
    fn points(&self, rules: &RecognitionRules, deed: &Deed<'_>) -> i64 {
        self.wire.cross();
        self.policy.points(rules, deed)
    }
}

impl Ladder for Wired<dyn Ladder> {
    fn wave(&self, rules: &LadderRules, case: &Case, number: usize, now: Moment) -> Option<Wave> {
        self.wire.cross();
        self.policy.wave(rules, case, number, now)
    }

    fn staff_after(&self, rules: &LadderRules, case: &Case, now: Moment) -> std::time::Duration {
        self.wire.cross();
        self.policy.staff_after(rules, case, now)
    }
}
