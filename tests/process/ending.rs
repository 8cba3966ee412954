//! The end of a run, and what is left of it: the exit code, the last frame, the log.

use serde_json::Value;

use super::conversation::{ANSWER, QUESTION, kai_helps};
use super::program::{Home, TOKEN};
use super::tab::Tab;
use super::wire::Frame;

/// RFC 6455, 7.4.1: the other end is going away.
const AWAY: u16 = 1001;

#[cfg(unix)]
#[tokio::test]
async fn a_stop_ends_in_order_with_tabs_open_and_a_question_under_way() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let sam = Tab::open(&running, "sam").await;
    mia.says("help", QUESTION).await;
    let ended = running.terminate().await;
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    for tab in [mia, sam] {
        assert_eq!(tab.goodbye().await, Frame::Goodbye(AWAY));
    }
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    assert!(mia.find(QUESTION).is_some(), "and the next start goes on");
    mia.sees("wifi-drops").await;
}

#[cfg(unix)]
#[tokio::test]
async fn what_says_that_it_is_ready_can_be_stopped_in_order() {
    let home = Home::new();
    let mut program = home.run_lumen(&[]);
    program.says("Lumen is ready.").await;
    let ended = program.terminate().await;
    assert_eq!(ended.code, Some(0), "{ended:#?}");
}

#[tokio::test]
async fn every_log_line_is_json_and_none_tells_who_said_what() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut kai = Tab::open(&running, "kai").await;
    kai_helps(&mut mia, &mut kai).await;
    let lines = running.kill().await;
    let mut stages = Vec::new();
    for line in &lines {
        let line: Value = serde_json::from_str(line).expect(line);
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
        stages.extend(line["stage"].as_str().map(str::to_owned));
    }
    assert_eq!(stages, ["suggested", "calling", "claimed", "answered", "resolved"], "{lines:#?}");
    for word in [QUESTION, ANSWER, "dropping", "night schedule", "Mia", "Kai", TOKEN] {
        assert!(!lines.iter().any(|line| line.contains(word)), "{word}: {lines:#?}");
    }
}
