//! Made-up communities on fixed seeds: people, troubles and deaths that nobody wrote a story about,
//! and every rule held after every step.
#![expect(clippy::expect_used, reason = "without a folder nobody lives anywhere")]

use askaround::bot::{self, Bot};
use askaround::simulation::{self, Halt, Options, Outcome};

use super::world::lumen_folder;

fn lumen() -> Bot {
    let loaded = bot::load(&lumen_folder(), simulation::first_day());
    loaded.bot.unwrap_or_else(|| panic!("{:?}", loaded.problems))
}

async fn lives(seed: u64, days: u32, people: usize, database: &str) -> Outcome {
    let database = database.to_owned();
    let options = Options { seed, days, people, database, until: None };
    let ended = Box::pin(simulation::simulate(options, &lumen())).await;
    ended.unwrap_or_else(|halt| panic!("seed {seed}, {days} days, {people} people: {halt}"))
}

async fn lives_on_sqlite(seed: u64, days: u32, people: usize) -> Outcome {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = format!("sqlite:{}", folder.path().join("simulated.db").display());
    lives(seed, days, people, &database).await
}

#[tokio::test]
async fn communities_live_through_trouble_and_every_rule_holds() {
    let (mut questions, mut deaths, mut twice, mut staff) = (0, 0, 0, 0);
    for seed in 20..26 {
        let outcome = lives_on_sqlite(seed, 2, 200).await;
        assert_eq!(outcome.still_open, 0, "seed {seed}");
        questions += outcome.questions;
        deaths += outcome.deaths;
        twice += outcome.told_twice;
        staff += outcome.ever_with_staff;
    }
    // Else nothing was shown.
    assert!(
        questions > 20 && deaths > 3 && twice > 3 && staff > 3,
        "{questions} {deaths} {twice} {staff}"
    );
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn a_community_lives_alike_on_either_database() {
    if let Some(server) = super::postgres::fresh_schema("simulated").await {
        let (here, there) = (lives_on_sqlite(21, 1, 120).await, lives(21, 1, 120, &server).await);
        assert_eq!(here, there);
    }
}

#[tokio::test]
async fn nobody_is_simulated_in_a_database_of_somebody_else() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let database = format!("sqlite:{}", folder.path().join("theirs.db").display());
    lives(1, 1, 30, &database).await;
    let options = Options { seed: 1, days: 1, people: 30, database, until: None };
    let ended = Box::pin(simulation::simulate(options, &lumen())).await;
    assert!(matches!(ended, Err(Halt::InUse)));
}
