//! One person on Discord and on Telegram: one process with both real adapters, a server and groups
//! of the doubles', and Kai in both.
#![expect(clippy::expect_used, reason = "a story that cannot be told is none")]

use askaround::runtime::audit;
use askaround::store::Store;

use crate::discord_live::{ODD, Story};
use crate::telegram::{BRISK, TOKEN, adapter};
use crate::telegram_live::link;
use crate::telegram_town::state::{Id, State};
use crate::telegram_town::town::Town;

/// The brand on both platforms, each set up by Robin, who is one person there and there.
struct Both {
    /// Discord.
    here: Story,
    /// Telegram: customers and helpers in groups of their own, with these people.
    there: Town,
    square: Id,
    helpers: Id,
    jonas: Id,
    kai: Id,
    priya: Id,
    robin: Id,
}

impl Both {
    async fn begins() -> Both {
        let mut here = Story::begins().await;
        here.stops().await;
        let there = Town::open(here.clock.clone(), TOKEN).await;
        let [owner, jonas, kai, priya, robin] =
            ["Olga", "Jonas", "Kai", "Priya", "Robin"].map(|name| there.person(name, "en"));
        let opens = |title: &str| {
            let group = there.supergroup(title, owner);
            for who in [jonas, kai, priya, robin] {
                there.joins(group, who);
            }
            there.promotes(owner, group, there.me(), &["can_delete_messages"]);
            there.promotes(owner, group, robin, &["can_change_info"]);
            group
        };
        let (square, helpers) = (opens("Lumen"), opens("Ambassadors"));
        let telegram = adapter(&there, here.clock.clone(), BRISK, None);
        here.starts_beside(vec![telegram]).await;
        there.connected().await;
        let both = Both { here, there, square, helpers, jonas, kai, priya, robin };
        both.types(robin, square, "/askaround watch", "take questions in").await;
        let line = format!("/askaround ambassadors {}", link(helpers));
        both.types(robin, square, &line, "/askaround ambassadors").await;
        for who in [kai, priya] {
            both.types(who, helpers, "/ambassador join languages:en", "ambassador").await;
        }
        both
    }

    /// Gives a command on Telegram, and reads a private answer that was not there before, with this
    /// in it.
    async fn types(&self, who: Id, group: Id, line: &str, answer: &str) -> String {
        let told = |state: &State| -> Vec<String> {
            let seen = state.seen_by(who, group.into()).into_iter();
            let told = seen.filter(|shown| shown.is_private && shown.text.contains(answer));
            told.map(|shown| shown.text).collect()
        };
        let before = self.there.look(told).len();
        self.there.says(who, group, line);
        let what = format!("{answer:?} once more");
        self.there.until(&what, |state| told(state).into_iter().nth(before)).await
    }

    /// What Kai is told on Discord.
    async fn kai_types_here(&self, line: &str) -> String {
        self.here.commands(self.here.kai, self.here.ambassadors, line).await
    }

    /// And on Telegram.
    async fn kai_types_there(&self, line: &str, answer: &str) -> String {
        self.types(self.kai, self.helpers, line, answer).await
    }

    /// Kai asks for a code on Discord and gives it on Telegram.
    async fn kai_is_one(&self) {
        let told = self.kai_types_here("/link").await;
        let at = told.find("/link ").expect("the line to type");
        let line = told.get(at..at + "/link ABCD-EFGH".len()).expect("with its code");
        self.kai_types_there(line, "Done. Both accounts are you").await;
    }

    /// Kai solves Mia's question on Discord.
    async fn kai_solves_here(&self, credit: &str) {
        let Story { town, mia, kai, help, .. } = &self.here;
        let asked = town.says(*mia, *help, ODD);
        self.here.reads(*mia, *help, "I’ve asked").await;
        town.replies(*kai, *help, asked, "The mast bracket from the shop holds it.");
        self.here.reads(*mia, *help, "did the answer from").await;
        town.presses(*mia, *help, "That solved it");
        self.here.reads(*mia, *help, credit).await;
    }

    /// And somebody's on Telegram; a question that was solved before would need nobody.
    async fn kai_solves_there(&self, (asker, name): (Id, &str), odd: &str, credit: &str) {
        let question = self.there.says(asker, self.square, odd);
        self.there.reads(asker, self.square, &format!("{name}, I’ve asked")).await;
        let answer = "The mast bracket from the shop holds it.";
        self.there.replies(self.kai, self.square, question, answer);
        self.there.reads(asker, self.square, &format!("{name}, did the answer from")).await;
        self.there.presses(asker, self.square, "That solved it");
        self.there.reads(asker, self.square, credit).await;
    }

    /// Every balance is the sum of what is in the ledger.
    async fn adds_up(&self) {
        let file = self.here.home.path().join("story.db");
        let url = format!("sqlite:{}", file.display());
        let store = Store::open_to_read(&url).await.expect("the store opens");
        let audit = audit(&store, |_| ()).await.expect("the ledger is read");
        assert_eq!(audit.wrong, [""; 0]);
    }
}

/// How many entries `/points` lists.
fn entries(told: &str) -> usize {
    told.matches('•').count()
}

#[tokio::test]
async fn who_is_busy_with_a_case_on_discord_is_over_the_cap_on_telegram() {
    let both = Both::begins().await;
    let Story { town, kai, robin, staff, ambassadors, .. } = &both.here;
    let one_at_a_time = "/askaround ambassadors cases:1";
    both.here.commands(*robin, *staff, one_at_a_time).await;
    both.types(both.robin, both.square, one_at_a_time, "more than one question at a time").await;
    both.kai_is_one().await;
    both.here.asks_for_people().await;
    let taken = town.presses(*kai, *ambassadors, "I’ll take it");
    assert!(both.here.is_told(taken).await.contains("It’s yours"));

    both.there.says(both.jonas, both.square, ODD);
    let call = both.there.reads(both.priya, both.helpers, "has a question in #Lumen").await;
    let called: Vec<Id> = call.pings.into_iter().collect();
    assert_eq!(called, [both.priya], "Kai has a question to answer, if not here");
    both.there.presses(both.kai, both.helpers, "I’ll take it");
    let refused = "You already have a question to answer";
    both.there.is_told(both.kai, both.helpers, refused).await;

    both.kai_types_there("/unlink", "This account stands by itself again").await;
    both.there.presses(both.kai, both.helpers, "I’ll take it");
    both.there.is_told(both.kai, both.helpers, "It’s yours").await;
    both.there.reads(both.jonas, both.square, "has taken your question").await;
}

#[tokio::test]
async fn points_of_both_platforms_are_one_balance_and_part_exactly() {
    let both = Both::begins().await;
    both.kai_solves_here("+10 points, 10 in all").await;
    both.kai_types_there("/points", "No points yet").await;
    both.kai_is_one().await;
    both.kai_types_there("/points", "10 points").await;
    both.kai_solves_there((both.jonas, "Jonas"), ODD, "+10 points, 20 in all").await;
    let told = both.kai_types_here("/points").await;
    assert!(told.contains("20 points") && entries(&told) == 2, "{told}");
    let told = both.kai_types_there("/points", "20 points").await;
    assert_eq!(entries(&told), 2, "{told}");
    both.adds_up().await;

    let parted = both.kai_types_here("/unlink").await;
    assert!(parted.contains("10 points"), "{parted}");
    both.adds_up().await;
    both.kai_types_there("/unlink", "joined with no other").await;
    // What is earned from now on is each account's own.
    let odd = "Can I paint the case without losing anything?";
    let credit = "helped Priya: +10 points, 20 in all";
    both.kai_solves_there((both.priya, "Priya"), odd, credit).await;
    let told = both.kai_types_here("/points").await;
    assert!(told.contains("10 points") && entries(&told) == 1, "{told}");
    let told = both.kai_types_there("/points", "20 points").await;
    assert_eq!(entries(&told), 2, "{told}");

    both.kai_is_one().await;
    let told = both.kai_types_here("/points").await;
    assert!(told.contains("30 points") && entries(&told) == 3, "and together again: {told}");
    both.adds_up().await;
}
