//! The built program with a token, in groups of Telegram's double; and the doctor's look at both.

use std::sync::Arc;

use askaround::runtime::SystemClock;

use super::program::{Ended, Home, Running, TOKEN};
use super::telegram_town::state::Id;
use super::telegram_town::town::Town;

pub(crate) const QUESTION: &str =
    "My Lumen Air keeps dropping the connection at night, what can I do?";

/// The brand's groups, and a folder with the bot that is in them.
pub(crate) struct Groups {
    pub(crate) home: Home,
    pub(crate) town: Town,
    owner: Id,
    pub(crate) help: Id,
    team: Id,
    pub(crate) mia: Id,
    robin: Id,
}

impl Groups {
    pub(crate) async fn open() -> Groups {
        Groups::open_for(TOKEN).await
    }

    async fn open_for(token: &str) -> Groups {
        let town = Town::open(Arc::new(SystemClock), token).await;
        let [owner, mia, robin] = ["Olga", "Mia", "Robin"].map(|name| town.person(name, "en"));
        let (help, team) = (town.supergroup("Lumen", owner), town.supergroup("Team", owner));
        town.joins(help, mia);
        for group in [help, team] {
            town.promotes(owner, group, town.me(), &["can_delete_messages"]);
            town.promotes(owner, group, robin, &["can_change_info"]);
        }
        let home = Home::of("LUMEN_TELEGRAM_TOKEN");
        home.has_lumen_on(&town.url(), "http://127.0.0.1:8081");
        Groups { home, town, owner, help, team, mia, robin }
    }

    /// The program runs, and Robin has set it up.
    async fn are_set_up(&self) -> Running {
        let running = self.home.start().await;
        self.is_told_what_to_do().await;
        running
    }

    /// Robin says where to listen and where the team is.
    pub(crate) async fn is_told_what_to_do(&self) {
        self.town.connected().await;
        self.commands("/askaround watch", "take questions in").await;
        let link = format!("https://t.me/c/{}/1", -1_000_000_000_000 - self.team);
        self.commands(&format!("/askaround staff {link}"), "/askaround staff").await;
    }

    async fn commands(&self, line: &str, answer: &str) {
        self.town.says(self.robin, self.help, line);
        self.town.is_told(self.robin, self.help, answer).await;
    }

    async fn doctor(&self) -> Ended {
        self.home.run(&["doctor", "--bot", "lumen"]).ended().await
    }
}

#[tokio::test]
async fn the_program_answers_on_telegram_and_all_is_well_until_it_is_stopped() {
    let groups = Groups::open().await;
    let running = groups.are_set_up().await;
    groups.town.says(groups.mia, groups.help, QUESTION);
    groups.town.reads(groups.mia, groups.help, "this may already be your answer").await;
    let well = groups.doctor().await;
    assert_eq!(well.code, Some(0), "{well:#?}");
    for words in [
        "The token is accepted: this is @lumen_bot.",
        "I am in the group Lumen.",
        "Privacy mode is on",
        "I fetch my updates myself, and none waits.",
        "Lumen: #Lumen (questions): I may do everything I need there.",
        "(our team): I may do everything I need there.",
        "https://t.me/lumen_bot",
        "Off: LUMEN_DISCORD_TOKEN is not set.",
    ] {
        assert!(well.line(words).trim_start().starts_with("ok"), "{well:#?}");
    }
    assert!(well.line("All is well.").starts_with("All"), "{well:#?}");
    well.shows_no_token();
    groups.town.stays_known();
    #[cfg(unix)]
    {
        let ended = running.terminate().await;
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        ended.shows_no_token();
    }
    #[cfg(not(unix))]
    running.kill().await;
}

#[tokio::test]
async fn what_is_wrong_on_telegram_is_told_with_botfathers_mend() {
    let groups = Groups::open_for("99:another").await;
    let mut running = groups.home.start().await;
    let down = running.logs("is down").await;
    for words in ["telegram of bot lumen", "BotFather", "LUMEN_TELEGRAM_TOKEN"] {
        assert!(down.contains(words), "{down}");
    }
    let wrong = groups.doctor().await;
    assert_eq!(wrong.code, Some(1), "{wrong:#?}");
    let told = wrong.line("The token in LUMEN_TELEGRAM_TOKEN is not accepted.");
    assert!(told.contains("broken") && told.contains("@BotFather"), "{told}");
    wrong.shows_no_token();
    running.kill().await;

    let groups = Groups::open().await;
    let running = groups.are_set_up().await;
    groups.town.demotes(groups.owner, groups.help, groups.town.me());
    groups.town.removes_bot(groups.owner, groups.team);
    let looked = groups.doctor().await;
    assert_eq!(looked.code, Some(1), "{looked:#?}");
    let told =
        looked.line("#Lumen (questions): I’m no administrator there, and privacy mode is on");
    assert!(told.contains("limited") && told.contains("any right will do"), "{told}");
    let told = looked.line("(our team): I am not in that group.");
    assert!(told.contains("broken") && told.contains("/askaround staff"), "{told}");
    running.kill().await;
}

#[tokio::test]
async fn a_group_left_while_nobody_listened_is_noticed_and_comes_back_as_it_was() {
    let groups = Groups::open().await;
    let running = groups.are_set_up().await;
    groups.town.says(groups.mia, groups.help, QUESTION);
    groups.town.reads(groups.mia, groups.help, "this may already be your answer").await;
    running.kill().await;
    groups.town.bot_dies();
    groups.town.removes_bot(groups.owner, groups.help);
    groups.town.forgets_news();
    let looked = groups.doctor().await;
    let told = looked.line("The group Lumen is set up, but I am not in it.");
    assert!(told.contains("broken") && told.contains("30 days"), "{told}");
    let mut running = groups.home.start().await;
    let left = running.logs("was removed from community").await;
    assert!(left.contains("1 open cases are closed"), "{left}");
    let me = groups.town.me();
    groups.town.adds_bot(groups.owner, groups.help);
    groups.town.promotes(groups.owner, groups.help, me, &["can_delete_messages"]);
    running.logs("is back in community").await;
    groups.commands("/askaround status", "Questions: I take them in #Lumen.").await;
    running.kill().await;
}
