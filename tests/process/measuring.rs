//! `askaround bench`: every figure is there, and nothing is left behind.

use super::program::{BOTS, Home};

#[tokio::test]
async fn the_bench_measures_everything_and_keeps_nothing() {
    let home = Home::new();
    let small = ["--questions", "32", "--communities", "1,3", "--articles", "50", "--cases", "64"];
    let arguments = [&["bench", "--bots", BOTS, "--bot", "lumen"][..], &small].concat();
    let ended = home.run(&arguments).ended().await;
    assert_eq!(ended.code, Some(0), "{ended:?}");
    for figure in ["a bare commit", "a question alone", "cases/s", "1 communities", "3 communities"]
    {
        assert!(ended.stdout.iter().any(|line| line.contains(figure)), "{figure} in {ended:?}");
    }
    let start = ended.stdout.last().expect("a line");
    assert!(start.contains("with 50 articles and 64 open cases"), "{start}");
    assert!(!home.path("askaround.db").exists(), "the operator's own database is not touched");
}

#[tokio::test]
async fn a_bench_of_nothing_is_refused() {
    let home = Home::new();
    let ended = home.run(&["bench", "--bots", BOTS, "--questions", "0"]).ended().await;
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.iter().any(|line| line.contains("from 1 on")), "{ended:?}");
}
