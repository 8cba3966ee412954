//! The page with the keyboard alone: no mouse, no finger, not even once.

use serde_json::json;

use super::chromium::{Chromium, DESK};
use super::hands::Key;
use super::program::Home;
use super::story::QUESTION;
use super::tab::Tab;

#[tokio::test]
async fn with_the_keyboard_alone_mia_asks_for_a_person_and_completes_a_command() {
    let Some(chromium) = Chromium::open("the page by keyboard").await else { return };
    let home = Home::new();
    let running = home.start().await;
    let tab = chromium.window(DESK, &format!("http://{}/", running.page)).await;
    tab.reads("Welcome to the Lumen playground").await;
    tab.walks(Key::Tab, "link", "Mia").await;
    tab.hits(Key::Enter).await;
    let there = async || tab.find(None, "heading", "help").await;
    tab.until("#help", there).await;
    tab.until("the commands", async || tab.element("#channels a").await).await;

    tab.walks(Key::Tab, "link", "Skip to the message box").await;
    tab.hits(Key::Enter).await;
    tab.holds("the keyboard in the box", "document.activeElement.id === 'text'").await;
    tab.types(QUESTION).await;
    tab.hits(Key::Enter).await;
    sees(&tab, "this may already be your answer").await;

    tab.walks(Key::TabBack, "button", "Ask a person").await;
    tab.hits(Key::Enter).await;
    sees(&tab, "I’ve asked 2 volunteers").await;

    walks_between_messages(&tab).await;
    tab.walks(Key::Tab, "textbox", "Message #help").await;
    completes_points(&tab).await;
    let troubles = tab.troubles();
    assert!(troubles.is_empty(), "{troubles:#?}");
}

async fn sees(tab: &Tab, words: &str) {
    tab.until(words, async || tab.post(words).await).await;
}

/// Tab stops at one message; the arrows go on from there.
async fn walks_between_messages(tab: &Tab) {
    let at = "document.activeElement.innerText";
    tab.walks(Key::TabBack, "listitem", "").await;
    let last = tab.run(at).await;
    tab.hits(Key::Up).await;
    tab.holds(
        "another message",
        &format!("document.activeElement.matches('li') && {at} !== {last}"),
    )
    .await;
    tab.hits(Key::Down).await;
    tab.holds("the same message", &format!("{at} === {last}")).await;
}

/// `/points`, chosen from the list; Escape and the arrow up do what they do in every such list.
async fn completes_points(tab: &Tab) {
    let chosen = |name: &str| {
        let at = "document.querySelector('#options [aria-selected=\"true\"]')?.innerText";
        format!("{at}?.startsWith({}) ?? false", json!(name))
    };
    let value = |text: &str| format!("document.querySelector('#text').value === {}", json!(text));
    tab.types("/").await;
    tab.until("the commands", async || tab.find(None, "option", "/ask").await).await;
    tab.hits(Key::Escape).await;
    let gone = async || tab.find(None, "option", "/ask").await.is_none().then_some(());
    tab.until("the list to be put away", gone).await;
    tab.types("po").await;
    tab.holds("/points to be chosen", &chosen("/points")).await;
    tab.hits(Key::Enter).await;
    tab.holds("the whole command in the box", &value("/points ")).await;
    tab.hits(Key::Enter).await;
    sees(tab, "No points yet").await;

    tab.types("/ambassador ").await;
    tab.holds("join to be chosen", &chosen("join")).await;
    tab.hits(Key::Down).await;
    tab.holds("leave to be chosen", &chosen("leave")).await;
    tab.hits(Key::Up).await;
    tab.hits(Key::Tab).await;
    tab.holds("join in the box", &value("/ambassador join ")).await;
}
