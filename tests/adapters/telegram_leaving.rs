//! Stories of leaving on Telegram and coming back: a group that removes the bot, one that becomes
//! another, and somebody who blocks it.

use crate::telegram_live::{ODD, Story};
use crate::telegram_town::town::Town;

const NONE_OPEN: &str = "No question is open";

impl Story {
    /// The group of customers takes the bot back, as an administrator.
    fn takes_back(&self) {
        self.town.adds_bot(self.owner, self.help);
        self.town.promotes(self.owner, self.help, self.town.me(), &["can_delete_messages"]);
    }

    /// What was open is closed, and what was set up holds.
    async fn has_closed_what_was_open(&self) {
        self.commands(self.robin, self.help, "/askaround case", NONE_OPEN).await;
        self.goes_on().await;
    }
}

#[tokio::test]
async fn a_group_that_removes_the_bot_and_takes_it_back_goes_on_as_it_was_set_up() {
    let story = Story::begins().await;
    story.asks_for_people().await;
    story.town.removes_bot(story.owner, story.help);
    story.town.connected().await;
    story.takes_back();
    story.has_closed_what_was_open().await;
    // Nobody can take what is over.
    let press = story.town.presses(story.kai, story.helpers, "I’ll take it");
    story.town.answered(&press).await;
    story.town.connected().await;
    assert_eq!(story.count(story.mia, story.help, "has taken your question"), 0);
}

#[tokio::test]
async fn a_group_that_moved_while_nobody_listened_is_followed() {
    let mut story = Story::begins_in(Town::group).await;
    story.asks_for_people().await;
    story.stops().await;
    let moved = story.town.upgrades(story.owner, story.help);
    story.town.forgets_news();
    story.starts().await;
    story.takes(story.kai).await;
    story.reads(story.mia, moved, "has taken your question").await;
    story.town.says(story.jonas, moved, ODD);
    story.reads(story.jonas, moved, "Jonas, I’ve asked").await;
}

#[tokio::test]
async fn a_team_that_removes_the_bot_from_its_group_closes_nobodys_question() {
    let story = Story::begins().await;
    story.asks_for_people().await;
    for group in [story.team, story.helpers] {
        story.town.removes_bot(story.owner, group);
    }
    story.town.connected().await;
    story.town.presses(story.mia, story.help, "That solved it");
    story.reads(story.mia, story.help, "I’ve marked your question as solved").await;
    story.goes_on().await;
}

#[tokio::test]
async fn whoever_blocks_the_bot_keeps_nobody_busy_and_is_welcome_again() {
    let story = Story::begins().await;
    story.commands(story.robin, story.help, "/askaround watch #private", "#private").await;
    story.town.starts(story.mia, None);
    story.town.whispers(story.mia, ODD);
    story.reads(story.mia, story.mia, "I’ve asked").await;
    story.reads(story.priya, story.helpers, "has a question in #private").await;
    story.town.blocks(story.mia);
    story.reads(story.kai, story.helpers, "This question is taken care of").await;
    story.goes_on().await;
    assert_eq!(story.count(story.priya, story.help, "Mia"), 0, "nothing is said aloud");
    story.town.starts(story.mia, None);
    story.town.whispers(story.mia, "Is there a way to make the lights on the front purple?");
    story.reads(story.priya, story.helpers, "purple").await;
}
