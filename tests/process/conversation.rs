//! What people live through in the playground, over real sockets and through real deaths.

use super::program::Home;
use super::tab::{Post, Tab};

pub(crate) const QUESTION: &str =
    "My Lumen Air keeps dropping the connection at night, what can I do?";
pub(crate) const ANSWER: &str = "Turn off the night schedule in the app.";
const OTHER: &str = "How do I set up a guest network for visitors?";
const UNKNOWN: &str = "Is there a way to make the lights on the front purple?";

/// Deadlines between a question and the desk, at most: three waves and the last one's end.
const DEADLINES: usize = 8;

/// What is in view: as many messages as these, each by this author and with these words.
fn is_told(tab: &Tab, story: &[(&str, &str)]) {
    let read = tab.read();
    let fits = |((_, author, text), (by, words)): (&(String, String, String), &(&str, &str))| {
        author == by && text.contains(words)
    };
    let same = read.len() == story.len() && read.iter().zip(story).all(fits);
    assert!(same, "{read:#?}\nand not\n{story:#?}");
}

/// How Mia was helped: everything that is hers to read, in order.
const HELPED: [(&str, &str); 7] = [
    ("Mia", QUESTION),
    ("Lumen", "this may already be your answer"),
    ("Lumen", "I’ve asked 2 volunteers"),
    ("Lumen", "@Kai has taken your question"),
    ("Kai", ANSWER),
    ("Lumen", "did the answer from @Kai solve it?"),
    ("Lumen", "Solved 🎉 @Kai helped @Mia: +10 points, 10 in all."),
];

/// Mia asks, and Kai helps her.
pub(crate) async fn kai_helps(mia: &mut Tab, kai: &mut Tab) {
    let question = mia.says("help", QUESTION).await;
    mia.presses("this may already be your answer", "Ask a person").await;
    let call = kai.sees("has a question in #help").await;
    assert_eq!(call.channel, "ambassadors");
    assert!(call.pings.iter().any(|key| key == "kai"), "{call:?}");
    kai.presses("has a question in #help", "I’ll take it").await;
    mia.sees("@Kai has taken your question").await;
    kai.replies(&question, ANSWER).await;
    mia.presses("did the answer from @Kai solve it?", "That solved it").await;
    mia.sees("+10 points").await;
}

#[tokio::test]
async fn kai_helps_mia_and_a_kill_takes_nothing_back_and_doubles_nothing() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut kai = Tab::open(&running, "kai").await;
    kai_helps(&mut mia, &mut kai).await;
    is_told(&mia, &HELPED);
    let before = mia.read();
    running.kill().await;

    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    assert_eq!(mia.read(), before);
    mia.says("help", OTHER).await;
    mia.sees("guest-network").await;
    let story = [&HELPED[..], &[("Mia", OTHER), ("Lumen", "guest-network")]].concat();
    is_told(&mia, &story);
    let kai = Tab::open(&running, "kai").await;
    let calls =
        kai.posts.iter().filter(|post| post.channel == "ambassadors" && !post.pings.is_empty());
    assert_eq!(calls.count(), 1, "nobody is called twice: {:#?}", kai.read());
}

#[tokio::test]
async fn a_question_that_is_shown_is_answered_once_however_soon_the_kill() {
    let home = Home::new();
    let mut story = Vec::new();
    for (person, name, question, answer) in [
        ("mia", "Mia", QUESTION, "wifi-drops"),
        (
            "jonas",
            "Jonas",
            "Wie setze ich den Router auf Werkseinstellungen zurück?",
            "factory-reset",
        ),
        ("priya", "Priya", OTHER, "guest-network"),
    ] {
        let running = home.start().await;
        let mut asker = Tab::open(&running, person).await;
        asker.says("help", question).await;
        running.kill().await;

        let running = home.start().await;
        let mut asker = Tab::open(&running, person).await;
        asker.sees(answer).await;
        running.kill().await;
        story.extend([(name, question), ("Lumen", answer)]);
    }
    // What any of it left undone would be done now, before the bot answers this.
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    mia.types("help", "/points").await;
    mia.sees("No points yet").await;
    story.push(("Lumen", "No points yet"));
    is_told(&mia, &story);
}

/// Mia asks what nobody takes, until it is at the desk.
async fn nobody_takes(mia: &mut Tab, sam: &mut Tab) -> Post {
    mia.says("help", UNKNOWN).await;
    mia.sees("I’ve asked 2 volunteers").await;
    for _ in 0..DEADLINES {
        sam.moves_on().await;
        if let Some(dossier) = sam.find("Why it’s here: volunteers were asked for") {
            return dossier;
        }
    }
    panic!("{DEADLINES} deadlines have passed, and staff know nothing: {:#?}", sam.read());
}

#[tokio::test]
async fn what_nobody_takes_reaches_staff_and_their_answer_reaches_mia() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut sam = Tab::open(&running, "sam").await;
    let dossier = nobody_takes(&mut mia, &mut sam).await;
    assert_eq!(dossier.channel, "staff");
    assert!(dossier.text.contains(UNKNOWN), "{dossier:?}");
    mia.sees("I’ve passed this to our team").await;
    sam.presses("Why it’s here", "I’ll take it").await;
    mia.sees("@Sam from our team is looking into this").await;
    sam.replies(&dossier, "Not yet, but it is planned for spring.").await;
    let answer = mia.sees("planned for spring").await;
    assert_eq!((answer.channel.as_str(), answer.author.as_str()), ("help", "Lumen"));
    assert_eq!(answer.pings, ["mia"]);
}

#[tokio::test]
async fn a_note_among_staff_is_shown_to_staff_and_never_to_mia() {
    let home = Home::new();
    let running = home.start().await;
    let mut mia = Tab::open(&running, "mia").await;
    let mut sam = Tab::open(&running, "sam").await;
    let mut robin = Tab::open(&running, "robin").await;
    let dossier = nobody_takes(&mut mia, &mut sam).await;
    sam.replies(&dossier, "// ask the product team first").await;
    robin.sees("// ask the product team first").await;
    sam.replies(&dossier, "Not yet, but it is planned for spring.").await;
    mia.sees("planned for spring").await;
    assert!(mia.find("product team").is_none(), "{:#?}", mia.read());
}
