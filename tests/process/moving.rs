//! Another bot moves into the playground while it runs, and the moderator watches from inside.

use serde_json::{Value, json};

use super::conversation::QUESTION;
use super::program::{Home, bots};
use super::tab::Tab;
use super::wire::get;

const PEDALS: &str = "How do I change the pedals of my bike?";

/// A brand with one article.
fn write_acme(home: &Home, name: &str) {
    home.write("brands/acme/bot.toml", &format!("name = \"{name}\"\n"));
    home.write(
        "brands/acme/knowledge/pedals.md",
        "+++\nid = \"pedals\"\ntitle = \"Change the pedals\"\nquestions = [\"how do i change the \
         pedals of my bike\"]\ntags = [\"parts\"]\nlanguage = \"en\"\nlink = \
         \"https://acme.example/pedals\"\nchecked = 2026-10-01\n+++\nTurn both pedals towards the \
         back wheel with a 15 mm wrench.\n",
    );
}

async fn opens(tab: &mut Tab, folder: &str) {
    tab.does(json!({ "do": "open", "folder": folder })).await;
}

#[tokio::test]
async fn another_brand_moves_in_is_read_anew_and_leaves_the_former_one_as_it_was() {
    let home = Home::new();
    write_acme(&home, "Acme Bikes");
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    mia.says("help", QUESTION).await;
    mia.sees("this may already be your answer").await;

    let mut robin = Tab::open(&running, "robin").await;
    opens(&mut robin, "brands/acme").await;
    for tab in [&mut robin, &mut mia] {
        tab.is_told("moved").await;
    }
    let mut mia = Tab::open(&running, "mia").await;
    assert_eq!(mia.read(), [], "a community of its own");
    let page = get(running.page, "/playground.json").await;
    assert!(page.body.contains("\"brand\":\"Acme Bikes\""), "{}", page.body);
    assert!(page.body.contains("how do i change the pedals of my bike"), "{}", page.body);
    mia.says("help", PEDALS).await;
    let answer = mia.sees("Change the pedals").await;
    assert_eq!(answer.author, "Acme Bikes");

    write_acme(&home, "Acme Cycles");
    let mut robin = Tab::open(&running, "robin").await;
    robin.does(json!({ "do": "open", "folder": null })).await;
    robin.is_told("moved").await;
    let mia = Tab::open(&running, "mia").await;
    assert!(mia.find(PEDALS).is_some(), "its community goes on: {:#?}", mia.read());
    assert_eq!(mia.read().last().map(|(_, author, _)| author.as_str()), Some("Acme Cycles"));

    let mut robin = Tab::open(&running, "robin").await;
    robin.does(json!({ "do": "open", "folder": null, "fresh": true })).await;
    robin.is_told("moved").await;
    let mia = Tab::open(&running, "mia").await;
    assert_eq!(mia.read(), [], "and begins anew when that is wanted");

    let mut robin = Tab::open(&running, "robin").await;
    opens(&mut robin, bots().join("lumen").to_str().expect("a path in UTF-8")).await;
    robin.is_told("moved").await;
    let mut mia = Tab::open(&running, "mia").await;
    assert!(mia.find(QUESTION).is_some(), "{:#?}", mia.read());
    mia.presses("this may already be your answer", "Ask a person").await;
    mia.sees("I’ve asked 2 volunteers").await;
}

#[tokio::test]
async fn what_cannot_move_in_is_told_with_its_mend_and_nothing_changes() {
    let home = Home::new();
    home.write("brands/acme/bot.toml", "name = \"\"\n[ladder]\nstaff_after = \"soon\"\n");
    home.write("brands/empty/readme.txt", "nothing");
    let running = home.start().await;
    let mut robin = Tab::open(&running, "robin").await;
    let words = |frame: &Value| frame["words"].as_str().expect("words").to_owned();
    for (folder, told) in [
        ("brands/nowhere", "There is no folder brands/nowhere."),
        ("brands/empty", "brands/empty has no bot.toml."),
        ("brands/acme/bot.toml", "brands/acme/bot.toml is a file."),
        ("", "Give the path of a bot's folder"),
    ] {
        opens(&mut robin, folder).await;
        let refused = robin.is_told("refused").await;
        assert!(words(&refused).starts_with(told), "{refused}");
    }
    opens(&mut robin, "brands/acme").await;
    let refused = robin.is_told("refused").await;
    let places: Vec<_> = (0..2).map(|at| refused["problems"][at]["place"].clone()).collect();
    assert_eq!(places, ["brands/acme/bot.toml:1:8", "brands/acme/bot.toml:3:15"], "{refused}");
    assert!(refused["problems"][1]["mend"].as_str().expect("a mend").contains("90s"), "{refused}");

    robin.does(json!({ "do": "shelf" })).await;
    let shelf = robin.is_told("shelf").await;
    let lumen = bots().join("lumen");
    assert_eq!(shelf["here"], lumen.to_str().expect("a path in UTF-8"));
    assert!(shelf["folders"].as_array().expect("folders").contains(&shelf["here"]), "{shelf}");
    let mut mia = Tab::open(&running, "mia").await;
    mia.says("help", QUESTION).await;
    mia.sees("wifi-drops").await;
}

#[tokio::test]
async fn a_moderator_sees_the_inside_as_it_happens_in_their_language() {
    let home = Home::new();
    let running = home.start().await;
    let mut robin = Tab::open(&running, "robin").await;
    robin.does(json!({ "do": "look", "language": "de" })).await;
    let mut mia = Tab::open(&running, "mia").await;
    mia.says("help", QUESTION).await;
    mia.presses("this may already be your answer", "Ask a person").await;
    let (case, row) = loop {
        let seen = robin.is_told("insight").await;
        let rows = seen["outbox"].as_array().expect("rows");
        let is_call = |row: &&Value| row["kind"] == "call" && row["state"] == "sent";
        if let Some(row) = rows.iter().find(is_call) {
            break (seen["cases"][0].clone(), row.clone());
        }
    };
    assert_eq!(case["stage"], "calling");
    assert_eq!((&case["question"], &case["asker"]), (&json!(QUESTION), &json!("Mia")));
    assert_eq!((&case["channel"], &case["due"]), (&json!("help"), &json!("more_called")));
    let question = mia.find(QUESTION).expect("it is there");
    assert_eq!(case["post"], question.key);
    let lines = case["lines"].to_string();
    for part in ["@Mia", "@Kai", "@Lena"] {
        assert!(lines.contains(part), "{part}: {lines}");
    }
    assert!(lines.contains("gefragt"), "{lines}");
    assert_eq!((&row["channel"], &row["to"]), (&json!("ambassadors"), &Value::Null));
    assert_eq!(row["pings"].as_array().map(Vec::len), Some(2), "{row}");
    assert!(row["took_ms"].is_u64() && !row.to_string().contains("Lumen Air"), "{row}");

    let mut kai = Tab::open(&running, "kai").await;
    robin.types("help", "/askaround escalation mensch").await;
    let commands = kai.is_told("commands").await["commands"].to_string();
    assert!(commands.contains("\"mensch\"") && !commands.contains("\"human\""), "{commands}");
}

#[tokio::test]
async fn the_inside_leads_to_what_a_command_asked_and_knows_the_ranks_of_this_community() {
    let home = Home::new();
    let running = home.start().await;
    let mut robin = Tab::open(&running, "robin").await;
    let ranks = "newcomer@0,guide@5,expert@250,legend@1000";
    robin.types("help", &format!("/askaround recognition ranks:{ranks}")).await;
    let mut mia = Tab::open(&running, "mia").await;
    mia.types("help", "/ask Is there a way to make the lights on the front purple?").await;
    let asked = mia.sees("asks:").await;
    robin.does(json!({ "do": "look", "language": "en" })).await;
    let seen = loop {
        let seen = robin.is_told("insight").await;
        // The post is shown a moment before its row is settled.
        if seen["cases"][0]["post"].is_string() {
            break seen;
        }
    };
    assert_eq!(seen["cases"][0]["post"], asked.key);
    assert_eq!(seen["points"][0]["next"], json!([5, "Guide"]));
}
