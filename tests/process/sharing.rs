//! Several programs on one PostgreSQL database, beside Telegram's double: one is connected, and
//! whatever becomes of it another one takes its place. Nothing is lost, and nothing said twice but
//! what was on its way.

use super::on_telegram::{Groups, QUESTION};
use super::postgres::fresh_schema;
use super::telegram_town::state::{Id, Key, State};

/// How often the bot has replied to a message.
fn replies(state: &State, group: Id, to: Key) -> usize {
    let own = state.messages.values().filter(|message| message.by == state.me);
    own.filter(|message| message.chat == group && message.reply_to == Some(to)).count()
}

impl Groups {
    /// Somebody new asks, and nobody waits for the answer yet.
    fn somebody_asks(&self, name: &str) -> Key {
        let who = self.town.person(name, "en");
        self.town.joins(self.help, who);
        self.town.says(who, self.help, QUESTION)
    }

    async fn is_answered(&self, question: Key) {
        let group = self.help;
        let found = |state: &State| (replies(state, group, question) > 0).then_some(());
        self.town.until("an answer", found).await;
    }
}

#[tokio::test]
async fn whoever_is_killed_or_suspended_is_replaced_and_says_nothing_more() {
    let Some(database) = fresh_schema("processes").await else { return };
    let groups = Groups::open().await;
    // Its database is a file of its own, for one process.
    groups.home.has_no_playground();
    let first = groups.home.start_on(&database).await;
    groups.is_told_what_to_do().await;
    let mut second = groups.home.start_on(&database).await;
    second.logs("standing by").await;
    let before = groups.somebody_asks("Before");
    groups.is_answered(before).await;

    // Killed with a question on its way.
    let killed = groups.somebody_asks("Killed");
    first.kill().await;
    groups.town.bot_dies();
    groups.is_answered(killed).await;

    // Suspended with a question on its way, and woken when it has been replaced.
    let mut third = groups.home.start_on(&database).await;
    third.logs("standing by").await;
    second.suspend();
    groups.town.bot_dies();
    let suspended = groups.somebody_asks("Suspended");
    groups.is_answered(suspended).await;
    second.resume();
    second.logs("is given up").await;
    let after = groups.somebody_asks("After");
    groups.is_answered(after).await;

    // The one that was suspended takes over when the other stops in order.
    assert_eq!(third.terminate().await.code, Some(0));
    let last = groups.somebody_asks("Last");
    groups.is_answered(last).await;
    assert_eq!(second.terminate().await.code, Some(0));
    let all = [before, killed, suspended, after, last];
    let replies =
        groups.town.look(|state| all.map(|question| replies(state, groups.help, question)));
    // What was on its way when a process vanished may have arrived, and an answer is rather said
    // twice than not at all: once for each of the two.
    assert!(replies.iter().all(|count| *count >= 1), "{replies:?}");
    assert!(replies.iter().sum::<usize>() <= replies.len() + 2, "{replies:?}");
    assert_eq!(replies[3..], [1, 1], "nothing of it after that");
}
