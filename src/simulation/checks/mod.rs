//! The rules that always hold (`src/lib.rs`), as code that looks at data and finds fault with it.
//!
//! Each checker is a function from what was read to what is wrong. None of them calls what it
//! checks: quiet hours are reckoned anew from the wall clock of their zone, sums are added up from
//! the entries, a day's calls are counted from the calls. So a mistake in the engine is not made
//! twice.

mod awards;
mod calls;
mod cases;
mod inputs;
mod posts;
#[cfg(test)]
mod tests;

use std::fmt;

pub(super) use awards::{awards, balances, capped, silence};
pub(super) use calls::{Called, Limits, call, woken};
pub(super) use cases::{Before, claim, claims, deadline, hand_off, overdue, recorded, waits};
pub(super) use inputs::{Tally, Told, counted, ended, kept, told};
pub(super) use posts::{Allowed, Delivered, drained, lights, once, place, reached_desk};

/// A rule that always holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    OneDeadline,
    NeverStuck,
    OneClaim,
    Consent,
    SomebodyMayCome,
    OneAward,
    Sums,
    OneHandOff,
    InPlace,
    OnlyChosen,
    Counted,
    NothingLost,
    NothingDoubled,
    AllSaid,
    Recorded,
}

impl Rule {
    /// The rule in words.
    pub fn sentence(self) -> &'static str {
        match self {
            Rule::OneDeadline => "every open case has exactly one live deadline, an ended one none",
            Rule::NeverStuck => "no deadline is overdue once what is due was handled",
            Rule::OneClaim => "a case has at most one live claim, kept as the case says",
            Rule::Consent => {
                "nobody is called against consent, pause, quiet hours, caps, topics or a block, \
                 and never the asker"
            }
            Rule::SomebodyMayCome => "a case waits for volunteers only while one may still come",
            Rule::OneAward => {
                "one resolution award a case, never for one's own question, by silence only to a \
                 live claimant, within the day's cap"
            }
            Rule::Sums => "balances equal the sums of the ledger, every entry explained",
            Rule::OneHandOff => "an escalation reaches the desk exactly once",
            Rule::InPlace => {
                "nothing is said outside watched channels, desks, threads and private answers"
            }
            Rule::OnlyChosen => "nothing that is said lights up anybody whom it did not choose",
            Rule::Counted => "every input that is discarded is counted with its reason",
            Rule::NothingLost => {
                "a question once taken ends answered, withdrawn, closed or in staff's hands"
            }
            Rule::NothingDoubled => {
                "nothing is asked, handled or said twice beyond what its class admits"
            }
            Rule::AllSaid => "what is to be said is said, or kept as given up",
            Rule::Recorded => "every step of a case is in its history",
        }
    }
}

/// A rule that did not hold, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    pub rule: Rule,
    pub what: String,
}

impl Violation {
    pub(super) fn new(rule: Rule, what: impl Into<String>) -> Violation {
        Violation { rule, what: what.into() }
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.rule.sentence(), self.what)
    }
}

/// What one look found; empty when all is well.
pub(super) type Found = Vec<Violation>;

/// A finding where `wrong` says so.
fn when(wrong: bool, rule: Rule, what: impl FnOnce() -> String) -> Found {
    if wrong { vec![Violation::new(rule, what())] } else { Vec::new() }
}
