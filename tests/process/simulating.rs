//! A made-up community from the command line: what is printed, and how it ends.

use super::program::{BOTS, Ended, Home};

async fn simulates(home: &Home, more: &[&str]) -> Ended {
    let options = ["simulate", "--bots", BOTS, "--bot", "lumen"];
    home.run(&[&options, more].concat()).ended().await
}

#[tokio::test]
async fn one_seed_tells_one_story_and_every_rule_holds() {
    let home = Home::new();
    let small = ["--seed", "5", "--days", "2", "--people", "200"];
    let first = simulates(&home, &small).await;
    assert_eq!(first.code, Some(0), "{first:?}");
    assert_eq!(first.stdout[0], "seed 5: 200 people, 2 days, bot lumen");
    let says = |name: &str| first.stdout.iter().any(|line| line.trim().starts_with(name));
    for name in [
        "questions ",
        "answered or with staff ",
        "answered without staff ",
        "first answer ",
        "a volunteer and day ",
        "gave of the answers ",
        "Gini ",
        "deliveries given up ",
        "deaths survived ",
    ] {
        assert!(says(name), "{name} is missing: {first:?}");
    }
    assert!(first.stderr.iter().any(|line| line.starts_with("took ")), "{first:?}");
    assert_eq!(simulates(&home, &small).await.stdout, first.stdout);
    let other = simulates(&home, &["--seed", "6", "--days", "2", "--people", "200"]).await;
    assert_ne!(other.stdout[1..], first.stdout[1..]);
}

#[tokio::test]
async fn a_story_stops_at_a_step_and_leaves_its_database_to_look_into() {
    let home = Home::new();
    let database = ["--database", "sqlite:seen.db"];
    let small = ["--seed", "5", "--days", "2", "--people", "200", "--until", "150"];
    let stopped = simulates(&home, &[&small[..], &database].concat()).await;
    assert_eq!(stopped.code, Some(0), "{stopped:?}");
    assert!(stopped.stdout[0].starts_with("every rule held until step 150, "), "{stopped:?}");
    let arguments = ["case", "list", "--all", "--bots", BOTS, "--bot", "lumen"];
    let list = home.run(&[&arguments[..], &database].concat()).ended().await;
    assert!(list.stdout.iter().any(|line| line.contains("Person")), "{list:?}");

    let again = simulates(&home, &[&small[..], &database].concat()).await;
    assert_eq!(again.code, Some(1), "{again:?}");
    let why = "askaround: the database has been used already; a simulation wants one of its own";
    assert!(again.stderr.iter().any(|line| line == why), "{again:?}");
}

#[tokio::test]
async fn what_the_environment_names_is_left_alone_and_json_is_for_programs() {
    let home = Home::new();
    let small = ["--seed", "5", "--days", "1", "--people", "60", "--json"];
    let ended = simulates(&home, &small).await;
    let told: serde_json::Value =
        serde_json::from_str(&ended.stdout.join("\n")).expect("it is JSON");
    assert_eq!((&told["seed"], &told["people"]), (&5.into(), &60.into()));
    assert!(!home.path("askaround.db").exists(), "its default is where people's questions are");
}
