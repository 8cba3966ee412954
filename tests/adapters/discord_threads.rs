//! Stories on Discord in a server where each question gets a thread of its own.

use std::time::Duration;

use crate::discord_live::{ODD, Story};
use crate::double::people::Told;
use crate::double::rest::Fault;
use crate::double::rights::bit;
use crate::double::state::Id;

/// What the thread on [`ODD`] is called.
const TITLE: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

impl Story {
    async fn with_threads() -> Story {
        let story = Story::begins().await;
        story.commands(story.robin, story.staff, "/askaround watch #help answers:thread").await;
        story
    }

    /// Name, owner, and whether it was put away, of the thread on a message.
    fn thread(&self, on: Id) -> Option<(String, Id, bool)> {
        self.town.look(|state| {
            let thread = state.channels.get(&on)?;
            Some((thread.name.clone(), thread.owner, thread.archived))
        })
    }

    /// Everything that the bot has ever tried to do about opening threads, by how it ended.
    fn openings(&self) -> Vec<u16> {
        let calls = self.town.calls("/threads");
        calls.iter().filter(|call| call.method == "POST").map(|call| call.status).collect()
    }

    async fn is_put_away(&self, thread: Id) {
        let away = self.town.until("a thread that is put away", |state| {
            state.channels.get(&thread).filter(|thread| thread.archived).map(drop)
        });
        away.await;
    }

    /// How much of what the bot said stands in a channel.
    fn words_in(&self, channel: Id) -> usize {
        self.count(self.mia, channel, "")
    }
}

#[tokio::test]
async fn a_question_is_called_claimed_answered_and_thanked_in_its_thread() {
    let story = Story::with_threads().await;
    let thread = story.town.says(story.mia, story.help, ODD);
    let first = story.reads(story.mia, thread, "I’ve asked").await;
    assert_eq!(first.pings.into_iter().collect::<Vec<_>>(), [story.mia], "so she is in it");
    assert_eq!(story.thread(thread), Some((TITLE.to_owned(), story.town.me(), false)));
    let call = story.reads(story.priya, story.ambassadors, "has a question in").await;
    assert!(call.text.contains(&format!("#{TITLE}")), "{call:?}");
    let claimed = story.town.presses(story.priya, story.ambassadors, "I’ll take it");
    assert!(story.is_told(claimed).await.contains(&format!("reply to @Mia in #{TITLE}")));
    story.reads(story.mia, thread, "has taken your question").await;
    story.town.says(story.priya, thread, "The mast bracket from the shop holds it.");
    story.reads(story.mia, thread, "did the answer from").await;
    story.town.presses(story.mia, thread, "That solved it");
    story.reads(story.mia, thread, "+10 points, 10 in all").await;
    assert_eq!(story.words_in(story.help), 0, "the channel stays readable");
    assert_eq!(story.openings(), [200]);
}

#[tokio::test]
async fn a_question_by_command_has_its_thread_on_the_bots_own_post() {
    let story = Story::with_threads().await;
    story.town.runs(story.mia, story.help, &format!("/ask {ODD}"));
    let asked = story.reads(story.kai, story.help, "@Mia asks").await.id;
    story.reads(story.mia, asked, "I’ve asked").await;
    story.town.says(story.kai, asked, "The mast bracket from the shop holds it.");
    story.reads(story.mia, asked, "did the answer from").await;
    assert_eq!(story.words_in(story.help), 1);
}

#[tokio::test]
async fn without_the_right_it_answers_in_the_channel_and_status_says_why() {
    let story = Story::with_threads().await;
    story.town.takes_from_bot(story.help, bit::CREATE_PUBLIC_THREADS);
    let asked = story.town.says(story.mia, story.help, ODD);
    let first = story.reads(story.mia, story.help, "I’ve asked").await;
    assert_eq!((first.reply_to, first.pings.len()), (Some(asked), 0), "{first:?}");
    let call = story.reads(story.priya, story.ambassadors, "has a question in #help").await;
    assert!(call.pings.contains(&story.priya));
    let status = story.commands(story.robin, story.staff, "/askaround status").await;
    assert!(status.contains("the bot needs the right Create Public Threads there"), "{status}");
    story.town.takes_from_bot(story.help, 0);
    let next = story.town.says(story.kai, story.help, "Can anybody paint a Lumen in pink?");
    story.reads(story.kai, next, "I’ve asked").await;
    let status = story.commands(story.robin, story.staff, "/askaround status").await;
    assert!(!status.contains("Create Public Threads"), "{status}");
}

#[tokio::test]
async fn a_server_that_has_no_room_for_a_thread_has_room_for_an_answer() {
    let story = Story::with_threads().await;
    story.town.change(|state| state.most_threads = 0);
    story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, story.help, "I’ve asked").await;
    assert_eq!(story.openings(), [400]);
}

#[tokio::test]
async fn a_thread_that_somebody_talks_in_already_is_the_questions() {
    let story = Story::with_threads().await;
    let said = story.town.says(story.mia, story.help, "My Lumen and my boat mast.");
    story.town.opens_thread(story.kai, said, "boat mast");
    story.town.says(story.kai, said, "A fine pair.");
    let asked = story.town.chooses(story.kai, said, "menu-ask-around");
    assert_ne!(story.town.answered(asked).await, Told::Failed);
    story.reads(story.mia, said, "I’ve asked").await;
    assert_eq!(story.openings(), [400], "there is one thread a message");
    let call = story.reads(story.priya, story.ambassadors, "has a question in").await;
    assert!(call.text.contains("#boat mast"), "{call:?}");
    story.town.says(story.priya, said, "The mast bracket from the shop holds it.");
    story.reads(story.mia, said, "did the answer from").await;
    assert_eq!(story.words_in(story.help), 0);
}

#[tokio::test]
async fn whatever_goes_wrong_while_it_is_opened_there_is_one_thread_and_one_answer() {
    let story = Story::with_threads().await;
    let limited = Fault::Limited { scope: "user", after: 0.2 };
    for fault in [Fault::CutAfter, Fault::CutBefore, Fault::Broken(502), limited] {
        story.town.fails("/threads", fault);
    }
    let asked = story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, asked, "I’ve asked").await;
    assert!(story.town.has_failed());
    story.town.says(story.kai, asked, "The mast bracket from the shop holds it.");
    story.reads(story.mia, asked, "did the answer from").await;
    assert_eq!(story.count(story.mia, asked, "I’ve asked"), 1);
    assert_eq!(story.words_in(story.help), 0);
}

#[tokio::test]
async fn stopped_while_it_is_opened_it_goes_on_after_the_next_start() {
    let mut story = Story::with_threads().await;
    // It was opened, and nobody was told.
    for _ in 0..2 {
        story.town.fails("/threads", Fault::CutAfter);
    }
    let asked = story.town.says(story.mia, story.help, ODD);
    story.town.until("a thread", |state| state.channels.contains_key(&asked).then_some(())).await;
    story.stops().await;
    story.starts().await;
    story.clock.forward(Duration::from_secs(10));
    story.reads(story.mia, asked, "I’ve asked").await;
    story.reads(story.priya, story.ambassadors, "has a question in").await;
    assert_eq!(story.count(story.mia, asked, "I’ve asked"), 1);
    assert_eq!(story.words_in(story.help), 0);
}

#[tokio::test]
async fn a_thread_is_put_away_a_day_after_the_end_and_fetched_back_by_a_word() {
    let story = Story::with_threads().await;
    let asked = story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, asked, "I’ve asked").await;
    story.town.says(story.kai, asked, "The mast bracket from the shop holds it.");
    story.reads(story.mia, asked, "did the answer from").await;
    story.town.presses(story.mia, asked, "That solved it");
    story.reads(story.mia, asked, "+10 points").await;
    assert_eq!(story.thread(asked).map(|(.., away)| away), Some(false));
    story.clock.forward(Duration::from_hours(25));
    story.is_put_away(asked).await;
    assert!(!story.town.look(|state| state.channels.get(&asked).expect("is there").locked));
    story.town.says(story.mia, asked, "Can the mast bracket be painted, does anybody know?");
    story.reads(story.mia, asked, "@Mia, I’ve asked").await;
    assert_eq!(story.thread(asked).map(|(.., away)| away), Some(false));
}

#[tokio::test]
async fn a_deleted_question_leaves_a_thread_without_its_words() {
    let story = Story::with_threads().await;
    let asked = story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, asked, "I’ve asked").await;
    story.town.deletes(story.mia, asked);
    story.is_put_away(asked).await;
    let (name, ..) = story.thread(asked).expect("is there");
    assert_eq!(name, "Question withdrawn");
    let call = story.town.sees(story.priya, story.ambassadors);
    assert!(call.iter().all(|shown| !shown.text.contains("boat mast")), "{call:?}");
}
