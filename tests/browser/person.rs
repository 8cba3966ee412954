//! What a person does with the page, however wide it is.

use std::path::PathBuf;

use serde_json::json;

use super::chromium::{Chromium, Size};
use super::program::Running;
use super::tab::Tab;

/// A person at a window of their own.
pub(crate) struct Person {
    pub(crate) tab: Tab,
}

impl Person {
    /// Comes to the front page and chooses who to be.
    pub(crate) async fn arrives(
        chromium: &Chromium,
        running: &Running,
        size: Size,
        name: &str,
    ) -> Person {
        let tab = chromium.window(size, &format!("http://{}/", running.page)).await;
        tab.reads("Welcome to the Lumen playground").await;
        tab.press(None, "link", name).await;
        let channel = async || tab.find(None, "textbox", "Message #").await;
        tab.until("the box of a channel", channel).await;
        Person { tab }
    }

    async fn is_in(&self, channel: &str) {
        let heading = format!("# {channel}");
        let there = async || self.tab.find(None, "heading", &heading).await;
        self.tab.until(&heading, there).await;
    }

    /// Goes to a channel: by the list beside the messages, or by the menu where there is no room.
    pub(crate) async fn goes_to(&self, channel: &str) {
        if self.tab.size.phone {
            self.tab.press(None, "button", "People and channels").await;
        }
        self.tab.press(Some("#channels"), "link", channel).await;
        self.is_in(channel).await;
    }

    /// Writes into the box and sends: by Enter at a desk, by the button on a phone.
    pub(crate) async fn says(&self, text: &str) {
        self.writes(text).await;
        if self.tab.size.phone {
            self.tab.press(None, "button", "Send").await;
        } else {
            self.tab.hits(super::hands::Key::Enter).await;
        }
        let empty = "document.querySelector('#text').value === ''";
        self.tab.holds("the box to be empty again", empty).await;
    }

    pub(crate) async fn writes(&self, text: &str) {
        let pressed = async || {
            let text_box = self.tab.element("#text").await?;
            self.tab.press_node(&text_box).await
        };
        self.tab.until("to press the box", pressed).await;
        self.tab.types(text).await;
        let value = format!("document.querySelector('#text').value === {}", json!(text));
        self.tab.holds(&format!("{text:?} in the box"), &value).await;
    }

    /// Replies to the newest message with these words.
    pub(crate) async fn replies(&self, to: &str, text: &str) {
        self.tab.press_in(to, "Reply").await;
        self.tab.reads("Replying to").await;
        self.says(text).await;
    }

    /// Waits until a message with these words is there.
    pub(crate) async fn sees(&self, words: &str) {
        self.tab.until(words, async || self.tab.post(words).await).await;
    }

    /// Waits until a message with these words lights up for this person.
    pub(crate) async fn is_pinged(&self, words: &str) {
        let there = async || {
            let post = self.tab.post(words).await?;
            let said = self.tab.of(&post, "function () { return this.textContent }").await?;
            said.as_str()?.contains("you were mentioned").then_some(())
        };
        self.tab.until(&format!("{words}, for me"), there).await;
    }

    /// Keeps a picture of this moment where `ASKAROUND_SCREENSHOTS` says, if it says so.
    #[expect(clippy::disallowed_methods, reason = "whoever wants pictures says so by environment")]
    pub(crate) async fn pictures(&self, moment: &str) {
        let Ok(folder) = std::env::var("ASKAROUND_SCREENSHOTS") else { return };
        let width = self.tab.size.width;
        self.tab.picture(&PathBuf::from(folder).join(format!("{moment}-{width}.png"))).await;
    }

    /// Nothing went wrong that this person could not see.
    pub(crate) fn had_no_trouble(&self) {
        let troubles = self.tab.troubles();
        assert!(troubles.is_empty(), "{troubles:#?}");
    }
}
