//! A simulated community: the real engine, store, outbox and deadlines under a virtual clock, among
//! people who ask, help, drift off and change their mind, on a platform that fails, in a process
//! that dies.
//!
//! # Wanted
//!
//! The promise is that a question once taken ends answered, withdrawn, closed or in staff's hands,
//! whatever crashes on the way, and that nobody is called against their will meanwhile. Stories
//! show that for what somebody thought of; this is for what nobody thought of. Whatever it finds
//! must be found again by one line, and what it prints must be the same for a seed on any machine.
//!
//! # Chosen
//!
//! Nothing of the engine is replaced. What a platform is to it ([`town`]) stands behind the port;
//! what time is to it is a clock that jumps from one thing to the next ([`world`]). People
//! ([`population`], [`life`], [`deeds`], [`days`]) see what the platform shows and act on that,
//! each in their own time. After each step a watcher ([`watcher`]) reads what the step has changed
//! and holds it to the rules of `src/lib.rs`, each a function on data of its own ([`checks`]); at
//! the end of a day everything is read anew.
//!
//! A step is a commit or a delivery. The process may die before a commit, in the middle of it
//! (`tripwire`), after it but before anybody is told, or with a message that has just been shown:
//! everything but the database goes, and the platform tells again what was not acknowledged.
//!
//! Chance is split by purpose ([`chance`]), everything that is walked through is in order, and one
//! thread does it all: so a seed is a story that can be told again, up to the step that broke.
//!
//! # Not taken
//!
//! A model of the whole product beside it, that says what each step must come to, would have to be
//! right twice. The rules say what must hold whatever a step comes to, and they are the ones that
//! people were promised.

mod agenda;
mod chance;
mod checks;
mod counts;
mod days;
mod deeds;
mod life;
mod population;
mod report;
mod sending;
mod talk;
mod town;
mod tripwire;
mod trouble;
mod watcher;
mod world;

use std::time::Duration;

use crate::bot::Bot;
use crate::domain::time::Moment;
use crate::store::StoreError;

pub use checks::{Rule, Violation};
pub use report::{Outcome, Spans};

use world::World;

/// One day of a community's life.
const DAY: Duration = Duration::from_hours(24);

/// When every simulation begins: Monday, 2026-11-02, at midnight in Greenwich.
const START: Moment = Moment::from_millis(1_793_577_600_000);

/// What is simulated.
#[derive(Debug, Clone)]
pub struct Options {
    pub seed: u64,
    pub days: u32,
    pub people: usize,
    /// A database that nobody has used: a file that is thrown away, or one to look into later.
    pub database: String,
    /// The step after which to stop.
    pub until: Option<u64>,
}

/// Why a simulation ended before its time.
#[derive(Debug, thiserror::Error)]
pub enum Halt {
    /// A rule did not hold.
    #[error("at step {step}, {at}: {violation}")]
    Violated { step: u64, at: Moment, violation: Violation },
    /// The step that was asked for.
    #[error("every rule held until step {step}, {at}")]
    Reached { step: u64, at: Moment },
    #[error("the database has been used already; a simulation wants one of its own")]
    InUse,
    #[error("{0}")]
    Unfit(String),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Lives the days of a community, and tells how it went.
pub async fn simulate(options: Options, bot: &Bot) -> Result<Outcome, Halt> {
    let mut world = World::new(options, bot.clone(), START).await?;
    let lived = Box::pin(world.live()).await;
    let given_up = match lived {
        Ok(()) => world.end().await,
        Err(halt) => Err(halt),
    };
    world.close().await;
    Ok(world.outcome(given_up?))
}

/// The day on which every simulation begins.
pub fn first_day() -> jiff::civil::Date {
    START.in_zone(&jiff::tz::TimeZone::UTC).date()
}
