//! The whole story from the page's own buttons: Kai helps Mia, and what nobody knows reaches Sam.

use super::chromium::{Chromium, DESK, PHONE, Size};
use super::person::Person;
use super::program::Home;

pub(crate) const QUESTION: &str =
    "My Lumen Air keeps dropping the connection at night, what can I do?";
const ANSWER: &str = "Turn off the night schedule in the app.";
const UNKNOWN: &str = "Is there a way to make the lights on the front purple?";
const PLANNED: &str = "Not yet, but it is planned for spring.";

#[tokio::test]
async fn at_a_desk_kai_helps_mia_and_sam_answers_what_nobody_takes() {
    live_the_story(DESK, "the story at a desk").await;
}

#[tokio::test]
async fn on_a_phone_kai_helps_mia_and_sam_answers_what_nobody_takes() {
    live_the_story(PHONE, "the story on a phone").await;
}

async fn live_the_story(size: Size, test: &str) {
    let Some(chromium) = Chromium::open(test).await else { return };
    let home = Home::new();
    let running = home.start().await;
    let mia = Person::arrives(&chromium, &running, size, "Mia").await;
    let kai = Person::arrives(&chromium, &running, size, "Kai").await;
    let sam = Person::arrives(&chromium, &running, size, "Sam").await;

    mia.says(QUESTION).await;
    mia.sees("this may already be your answer").await;
    mia.pictures("1-suggestion").await;
    mia.tab.press_in("this may already be your answer", "Ask a person").await;
    mia.sees("I’ve asked 2 volunteers").await;

    kai.goes_to("ambassadors").await;
    kai.is_pinged("has a question in #help").await;
    kai.pictures("2-call").await;
    kai.tab.press_in("has a question in #help", "I’ll take it").await;
    kai.sees("It’s yours").await;
    mia.sees("Kai has taken your question").await;
    kai.goes_to("help").await;
    kai.replies(QUESTION, ANSWER).await;
    mia.sees(ANSWER).await;
    mia.tab.press_in("did the answer from @Kai solve it?", "That solved it").await;
    mia.sees("Solved 🎉 @Kai helped @Mia: +10 points, 10 in all.").await;
    mia.pictures("3-solved").await;
    kai.says("/points").await;
    kai.sees("You have 10 points").await;

    mia.says(UNKNOWN).await;
    moves_on(&mia).await;
    mia.sees("Still looking: I’ve asked one more volunteer").await;
    moves_on(&mia).await; // the third round finds nobody to ask, and says nothing
    moves_on(&mia).await;
    mia.sees("I’ve passed this to our team").await;
    sam.goes_to("staff").await;
    sam.sees("Why it’s here").await;
    sam.pictures("4-dossier").await;
    sam.tab.press_in("Why it’s here", "I’ll take it").await;
    mia.sees("Sam from our team is looking into this").await;
    sam.replies("Why it’s here", PLANNED).await;
    mia.sees(PLANNED).await;

    for person in [&mia, &kai, &sam] {
        person.had_no_trouble();
    }
}

/// Moves the clock to the next deadline, as soon as there is one ahead, and waits until it moved.
async fn moves_on(person: &Person) {
    const MOVED: &str = "document.querySelector('#moved').textContent";
    const AHEAD: &str = r"/\d:\d\d/.test(document.querySelector('#next').textContent)";
    person.tab.holds("a deadline that is still ahead", AHEAD).await;
    let before = person.tab.run(MOVED).await;
    person.tab.press(None, "button", "To the next deadline").await;
    person.tab.holds("the clock to have moved", &format!("{MOVED} !== {before}")).await;
}
