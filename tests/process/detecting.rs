//! Judging messages, and training what judges them, from the command line.

use super::program::{Ended, Home};

/// A table as people keep them: the bot reads the column `text` and no other.
const MESSAGES: &str = "label\ttext\tlang\n\
    -\thow do I reset my router\t-\n\
    -\tdid you press the button for ten seconds?\t-\n\
    -\tgood morning\t-\n\
    -\tMein WLAN geht seit gestern nicht mehr\t-\n\
    -\t\t-\n";

async fn detect(home: &Home, arguments: &[&str]) -> Ended {
    home.run(&[&["detect"], arguments].concat()).ended().await
}

#[tokio::test]
async fn every_message_of_a_table_is_judged_on_a_line() {
    let home = Home::new();
    home.write("messages.tsv", MESSAGES);
    for (task, expected) in [
        ("question", [true, true, false, true, false]),
        ("help", [true, false, false, true, false]),
    ] {
        let ended = detect(&home, &["eval", "--file", "messages.tsv", "--task", task]).await;
        assert_eq!((ended.code, ended.stdout.len()), (Some(0), 5), "{ended:?}");
        for (id, (line, hit)) in ended.stdout.iter().zip(expected).enumerate() {
            let judged: serde_json::Value = serde_json::from_str(line).expect("it is JSON");
            let score = judged["score"].as_f64().expect("a number");
            assert!((0.0..=1.0).contains(&score), "{line}");
            let lang = &judged["lang"];
            let exactly = format!(r#"{{"id":{id},"score":{score:?},"hit":{hit},"lang":{lang}}}"#);
            assert_eq!(line, &exactly, "{task}");
        }
        let german: serde_json::Value = serde_json::from_str(&ended.stdout[3]).expect("it is JSON");
        assert_eq!(german["lang"], "de");
    }
    let asked = detect(&home, &["eval", "--file", "messages.tsv"]).await;
    assert!(
        asked.stdout[1].contains(r#""hit":true"#),
        "a question is what is looked for: {asked:?}"
    );
}

/// Lessons on a few subjects: enough to learn something, too little to be good at it.
fn write_lessons(home: &Home) {
    let mut labelled = String::from("label\ttext\tlang\tsource\tkind\n");
    let mut marked = String::from("label\ttext\tlang\tsource\n");
    for at in 0..12 {
        for thing in ["router", "lamp", "invoice"] {
            labelled.extend([
                format!("question\thow do I fix my {thing} {at}?\ten\ttown\thelp\n"),
                format!("question\tdid you buy {thing} {at}?\ten\ttown\tclarify\n"),
                format!("other\tthe {thing} came on day {at}\tde\ttown\tnone\n"),
            ]);
            marked.extend([
                format!("question\tcan you explain the {thing} {at}?\ten\tt\n"),
                format!("other\tI like the {thing} of {at}\ten\tt\n"),
            ]);
        }
    }
    home.write("lessons/dev.tsv", &labelled);
    home.write("lessons/silver_train.tsv", &marked);
}

#[tokio::test]
async fn training_writes_the_same_model_each_time_and_says_where() {
    let home = Home::new();
    write_lessons(&home);
    let train = ["train", "--data", "lessons", "--folds", "3", "--write"];
    let first = detect(&home, &[&train[..], &["one.bin"]].concat()).await;
    assert_eq!(first.code, Some(0), "{first:?}");
    let said = first.stdout.join("\n");
    for part in ["cross-validated in 3 folds:", "question F1", "help     F1", "to one.bin"] {
        assert!(said.contains(part), "{part} is missing in\n{said}");
    }
    let second = detect(&home, &[&train[..], &["two.bin"]].concat()).await;
    assert_eq!(second.code, Some(0), "{second:?}");
    let read = |name| std::fs::read(home.path(name)).expect("it was written");
    assert_eq!(read("one.bin"), read("two.bin"));
}

#[tokio::test]
async fn what_cannot_be_judged_or_learned_from_is_said() {
    let home = Home::new();
    home.write("bare.tsv", "message\nhello\n");
    write_lessons(&home);
    home.write("few/dev.tsv", "text\tkind\tlang\tsource\nhi\tnone\ten\tx\n");
    home.write("few/silver_train.tsv", "label\ttext\nother\thi\n");
    home.write("odd/dev.tsv", "text\tkind\tlang\tsource\nhi\tmaybe\ten\tx\n");
    home.write("odd/silver_train.tsv", "label\ttext\nother\thi\n");
    for (arguments, said) in [
        (&["eval", "--file", "none.tsv"][..], "none.tsv cannot be read"),
        (&["eval", "--file", "bare.tsv"], "bare.tsv: line 1: there is no column \"text\""),
        (&["train", "--data", "none"], "dev.tsv cannot be read"),
        (&["train", "--data", "few"], "too few to learn from in 5 folds"),
        (&["train", "--data", "odd"], "odd: labelled table: line 2: \"maybe\" is none of"),
        (&["train", "--data", "lessons"], "say where with --write"),
    ] {
        let ended = detect(&home, arguments).await;
        assert_eq!(ended.code, Some(1), "{arguments:?}: {ended:?}");
        assert!(ended.stderr.join("\n").contains(said), "{arguments:?} and not {said}: {ended:?}");
    }
}
