//! Two ambassadors in two browsers press *I'll take it* at once.
#![expect(clippy::expect_used, reason = "a press that nothing answers ends the story")]

use std::io::Write as _;

use serde_json::json;

use super::chromium::{Chromium, DESK};
use super::person::Person;
use super::program::Home;
use super::story::QUESTION;

/// Each gives two figures. Their median is the page's; a single one may be a busy machine's.
const ROUNDS: usize = 3;
const PROMISED_MS: f64 = 1_000.0;

const CALL: &str = "has a question in #help";
const TAKE: &str = "I’ll take it";
const YOURS: &str = "It’s yours";
const FASTER: &str = "was a moment faster";

/// What somebody was told after their press, and how many ms after it.
struct Told {
    words: String,
    ms: f64,
}

#[tokio::test]
async fn of_two_who_press_at_once_one_has_it_and_both_know_within_a_second() {
    const TEST: &str = "two ambassadors at once";
    let Some(left) = Chromium::open(TEST).await else { return };
    let Some(right) = Chromium::open(TEST).await else { return };
    let mut waits = Vec::new();
    for _ in 0..ROUNDS {
        waits.extend(one_round(&left, &right).await);
    }
    waits.sort_by(f64::total_cmp);
    let said: Vec<_> = waits.iter().map(|ms| format!("{ms:.0}")).collect();
    let said = format!("from a press to knowing who has the question: {} ms", said.join(", "));
    writeln!(std::io::stderr(), "\n{said}").expect("there is somebody to tell");
    let median = waits.get(waits.len() / 2).expect("there were rounds");
    assert!(*median < PROMISED_MS, "{said}");
}

async fn one_round(left: &Chromium, right: &Chromium) -> [f64; 2] {
    let home = Home::new();
    let running = home.start().await;
    let mia = Person::arrives(left, &running, DESK, "Mia").await;
    let kai = Person::arrives(left, &running, DESK, "Kai").await;
    let priya = Person::arrives(right, &running, DESK, "Priya").await;
    mia.says(QUESTION).await;
    mia.tab.press_in("this may already be your answer", "Ask a person").await;
    for called in [&kai, &priya] {
        called.goes_to("ambassadors").await;
        called.is_pinged(CALL).await;
        gets_ready(called).await;
    }
    tokio::join!(kai.tab.lets_go(), priya.tab.lets_go());
    let (by_kai, by_priya) = tokio::join!(is_told(&kai), is_told(&priya));
    let (winner, loser) = match (by_kai.words.as_str(), by_priya.words.as_str()) {
        (YOURS, FASTER) => ("Kai", &priya),
        (FASTER, YOURS) => ("Priya", &kai),
        both => panic!("Kai and Priya were told {both:?}"),
    };
    mia.sees(&format!("@{winner} has taken your question")).await;
    loser.sees(&format!("@{winner} {FASTER}")).await;
    loser.sees(&format!("@{winner} has taken this one")).await;
    for person in [&mia, &kai, &priya] {
        person.had_no_trouble();
    }
    [by_kai.ms, by_priya.ms]
}

/// Holds the button down, and has the page's clock started by letting go.
async fn gets_ready(person: &Person) {
    let words = json!([YOURS, FASTER]);
    let held = async || {
        let button = person.tab.button_of(CALL, TAKE).await?;
        let watch = format!("function () {{ eye.timed(this, {words}) }}");
        person.tab.of(&button, &watch).await?;
        person.tab.holds_down(&button).await
    };
    person.tab.until("to hold the button down", held).await;
}

async fn is_told(person: &Person) -> Told {
    let told = person.tab.run("answered").await;
    let words = told.get("words").and_then(serde_json::Value::as_str).expect("words").to_owned();
    Told { words, ms: told.get("ms").and_then(serde_json::Value::as_f64).expect("a time") }
}
