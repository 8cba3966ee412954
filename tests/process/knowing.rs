//! A bot's knowledge from the command line: brought in, searched, scored, and what it lacks.

use super::program::{Ended, Home};

const BOT: &str = "name = \"Acme\"\nlanguages = [\"en\"]\n[playground]\nenabled = true\n";

async fn kb(home: &Home, arguments: &[&str]) -> Ended {
    let options = ["--bots", "bots", "--database", "sqlite:none.db"];
    home.run(&[&["kb"], arguments, &options].concat()).ended().await
}

fn acme() -> Home {
    let home = Home::new();
    home.write("bots/acme/bot.toml", BOT);
    home
}

#[tokio::test]
async fn a_list_of_questions_and_answers_becomes_articles_that_are_found() {
    let home = acme();
    home.write(
        "faq.csv",
        "Question,Answer,Tags\n\"How do I reset the lamp, please?\",\"Hold the button for \
         \"\"ten\"\" seconds.\nThen let go.\",lamps\nWhere is my parcel?,See the tracking page.,\n",
    );
    let imported = kb(&home, &["import", "faq.csv"]).await;
    assert_eq!(imported.code, Some(0), "{imported:?}");
    let text = std::fs::read_to_string(
        home.path("bots/acme/knowledge/en/how-do-i-reset-the-lamp-please.md"),
    )
    .expect("it is written");
    assert!(text.contains("tags = [\n  \"lamps\",\n]"), "{text}");
    assert!(text.ends_with("+++\nHold the button for \"ten\" seconds.\nThen let go.\n"), "{text}");
    let checked = home.run(&["check", "--bots", "bots"]).ended().await;
    assert_eq!(checked.code, Some(0), "what was imported is sound: {checked:?}");

    let found = kb(&home, &["search", "how to reset my lamp", "--explain"]).await;
    let said = found.stdout.join("\n");
    assert!(said.contains("how-do-i-reset-the-lamp-please"), "{said}");
    assert!(said.contains("meaning"), "{said}");
    let again = kb(&home, &["import", "faq.csv"]).await;
    assert_eq!(again.code, Some(1), "a second time would double everything: {again:?}");
    assert!(again.stderr.join("\n").contains("faq.csv: line 2: there is an article"), "{again:?}");

    home.write("faq.json", "[{\"question\": \"Can I pay by card?\", \"answer\": \"Yes.\"}]");
    let imported = kb(&home, &["import", "faq.json"]).await;
    assert_eq!(imported.code, Some(0), "{imported:?}");
    assert!(home.path("bots/acme/knowledge/en/can-i-pay-by-card.md").exists());
}

#[tokio::test]
async fn a_malformed_list_is_told_with_its_line_and_nothing_of_it_is_imported() {
    for (name, text, problem) in [
        ("a.csv", "question,answer\nA?,a\nB?,b,c\n", "line 3: 3 cells, but line 1 names 2"),
        ("b.csv", "question,answer\nA?,a\nB?,\"b\n", "line 3: the quote is not closed"),
        ("c.csv", "question,answer\nA?,a\n,b\n", "line 3: "),
        ("d.csv", "question,answer\nA?,a\nB?,\n", "line 3: the article has no text"),
        ("e.csv", "question,answer,language\nA?,a,en\nB?,b,fr\n", "line 3: acme does not speak"),
        ("f.json", "[{\"question\": \"A?\", \"answer\": \"a\"},\n{\"question\" \"B?\"}]", "line 2"),
        ("g.json", "[{\"question\": \"A?\", \"answer\": \"a\"},\n7]", "line 2: no object"),
        ("h.txt", "A?", "should end in .csv or .json"),
    ] {
        let home = acme();
        home.write(name, text);
        let ended = kb(&home, &["import", name]).await;
        assert_eq!(ended.code, Some(1), "{name}: {ended:?}");
        assert!(ended.stderr.join("\n").contains(problem), "{name}: {ended:?}");
        let left = home.path("bots/acme/knowledge");
        assert!(!left.exists(), "{name}: nothing is imported by half");
    }
}

#[tokio::test]
async fn a_file_of_questions_is_answered_line_by_line_for_whoever_scores_it() {
    let home = Home::new();
    home.write(
        "a.jsonl",
        "{\"id\":\"lamp\",\"title\":\"Pair a lamp\",\"body\":\"Hold the button.\",\"questions\":\
         [\"my lamp won't pair\"]}\n{\"id\":\"refund\",\"title\":\"Refunds\",\"body\":\"Within 30 \
         days.\",\"questions\":[\"I want my money back\"]}\n",
    );
    home.write("q.tsv", "query\tarticle_id\nmy lamp does not pair\t-\nwhere is my refund\t-\n");
    home.write("o.tsv", "query\tkind\ndid you see the game\t-\n");
    let files = ["--articles", "a.jsonl", "--queries", "q.tsv", "--oos", "o.tsv"];
    let ended =
        home.run(&[&["kb", "eval"][..], &files, &["--examples", "1"]].concat()).ended().await;
    assert_eq!((ended.code, ended.stdout.len()), (Some(0), 4), "{ended:?}");
    let lines: Vec<serde_json::Value> =
        ended.stdout.iter().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    for (line, (id, article)) in lines.iter().zip([("q0", "lamp"), ("q1", "refund")]) {
        assert_eq!(line["id"], id);
        assert_eq!(line["hits"][0]["article"], article, "{line}");
        assert!(line["ms"].as_f64().is_some() && line["answer"].is_boolean(), "{line}");
    }
    assert_eq!(lines[2]["id"], "o0");
    let sure = |line: &serde_json::Value| line["confidence"].as_f64().expect("a number");
    assert!(sure(&lines[2]) < sure(&lines[0]), "{lines:?}");
    assert_eq!((&lines[2]["answer"], &lines[3]["summary"]["articles"]), (&false.into(), &2.into()));
}

#[tokio::test]
async fn what_nobody_has_checked_for_long_is_named() {
    let home = acme();
    let article = |id: &str, more: &str| {
        format!("+++\nid = \"{id}\"\ntitle = \"{id}\"\nlanguage = \"en\"\n{more}\n+++\nText.\n")
    };
    home.write("bots/acme/knowledge/old.md", &article("old", "checked = 2020-02-03"));
    home.write(
        "bots/acme/knowledge/over.md",
        &article("over", "checked = 2020-02-03\nexpires = 2021-01-01"),
    );
    let stale = kb(&home, &["stale"]).await;
    assert_eq!(stale.code, Some(1), "{stale:?}");
    let said = stale.stdout.join("\n");
    assert!(said.contains("acme: old: checked on 2020-02-03"), "{said}");
    assert!(said.contains("over.md") && said.contains("expired on 2021-01-01"), "{said}");
    let fresh = kb(&home, &["stale", "--days", "60000"]).await;
    assert!(!fresh.stdout.join("\n").contains("old: checked"), "{fresh:?}");
}

/// A collection of questions, of which each article has a few.
fn collection(home: &Home, name: &str, topics: &[(&str, &str)]) {
    let (mut articles, mut queries) = (String::new(), String::from("query\tarticle_id\n"));
    for (id, thing) in topics {
        let article = serde_json::json!({
            "id": id, "title": format!("Reset the {thing}"), "body": format!("Press the {thing}."),
            "questions": [format!("how do I reset my {thing}"), format!("{thing} does not work")],
        });
        articles.extend([format!("{article}\n")]);
        for words in ["is broken", "must be reset, how?", "stopped working", "is dead, help"] {
            queries.extend([format!("my {thing} {words}\t{id}\n")]);
        }
    }
    home.write(&format!("data/{name}/articles.jsonl"), &articles);
    home.write(&format!("data/{name}/dev_queries.tsv"), &queries);
    let idle = "query\tkind\nwho won the match last night\tfar\nwhat a lovely day\tfar\n";
    home.write(&format!("data/{name}/oos_dev.tsv"), idle);
}

#[tokio::test]
async fn the_numbers_behind_the_confidence_are_fitted_anew_and_said_how_good_they_are() {
    let home = Home::new();
    let empty = home.run(&["kb", "train", "--data", "."]).ended().await;
    assert_eq!(empty.code, Some(1), "{empty:?}");
    assert!(empty.stderr.join("\n").contains("has an articles.jsonl"), "{empty:?}");

    collection(&home, "lamps", &[("lamp", "lamp"), ("hub", "hub"), ("plug", "plug")]);
    collection(&home, "kitchen", &[("oven", "oven"), ("fridge", "fridge"), ("kettle", "kettle")]);
    let told = home.run(&["kb", "train", "--data", "data"]).ended().await;
    assert_eq!(told.code, Some(0), "{told:?}");
    let said = told.stdout.join("\n");
    for column in ["tested on", "R@1", "AUROC", "a fifth", "the others", "kitchen", "lamps"] {
        assert!(said.contains(column), "{column} is missing in\n{said}");
    }
    let written = ["kb", "train", "--data", "data", "--write", "fitted.rs"];
    let written = home.run(&written).ended().await;
    assert_eq!(written.code, Some(0), "{written:?}");
    let weights = std::fs::read_to_string(home.path("fitted.rs")).expect("it is written");
    for name in ["WITH_MEANING", "WORDS_ALONE"] {
        assert!(weights.contains(name), "{weights}");
    }
    assert!(said.contains(weights.trim()), "the same data give the same numbers");
}
