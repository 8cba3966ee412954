//! What people live through in the playground, over real sockets and through real deaths.

use super::program::Home;
use super::tab::Tab;

const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

#[tokio::test]
async fn probe() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut kai = Tab::open(&running, "kai").await;
    let q = mia.says("help", QUESTION).await;
    mia.presses("Ask a person").await;
    let c = kai.sees("has a question in #help").await;
    eprintln!("{c:?}");
    kai.presses("I’ll take it").await;
    kai.replies(&q, "Turn off the night schedule in the app.").await;
    mia.presses("That solved it").await;
    mia.presses("That solved it").await;
    mia.sees("+10").await;
    eprintln!("{:#?}", mia.read());
    running.kill().await;
}

#[tokio::test]
async fn probe_clock() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut sam = Tab::open(&running, "sam").await;
    mia.says("help", "Is there a way to make the lights on the front purple?").await;
    mia.sees("I’ve asked").await;
    for _ in 0..10 {
        sam.moves_on().await;
        eprintln!("{:#?}", sam.read());
    }
    running.kill().await;
}
