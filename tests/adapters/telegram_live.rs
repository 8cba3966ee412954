//! Stories on Telegram: the real engine, store and runtime with the real adapter, in groups of the
//! double's. What is waited for is what somebody sees; that something does not happen shows by what
//! is there when the next thing has happened.
#![expect(clippy::expect_used, reason = "a story that cannot be told is none")]

use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use askaround::platform::telegram::{Pace, Webhook};
use askaround::runtime::{BotParts, Clock, MovableClock, Runtime};
use askaround::store::{Durability, Store};
use askaround::web::{Health, public_router, serve, with_hooks};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::telegram::{BRISK, TOKEN, adapter};
use crate::telegram_town::people::Told;
use crate::telegram_town::screen::Shown;
use crate::telegram_town::state::{Id, Key, Place};
use crate::telegram_town::town::Town;

pub(crate) const QUESTION: &str =
    "My Lumen Air keeps dropping the connection at night, what can I do?";
pub(crate) const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";
const ODD_DE: &str = "Weiß jemand, wie ich meinen Lumen an einen Bootsmast schrauben kann?";
const SUGGESTED: &str = "this may already be your answer";
pub(crate) const SECRET: &str = "s3cret_of-lumen";

/// The brand's groups, set up by its moderator, with two ambassadors and the bot at work.
pub(crate) struct Story {
    pub(crate) town: Town,
    pub(crate) clock: Arc<MovableClock>,
    home: TempDir,
    running: JoinSet<()>,
    stop: CancellationToken,
    pub(crate) owner: Id,
    /// Where customers are.
    pub(crate) help: Id,
    /// Where staff work, and where ambassadors are: groups of their own.
    pub(crate) team: Id,
    pub(crate) helpers: Id,
    pub(crate) mia: Id,
    pub(crate) jonas: Id,
    pub(crate) kai: Id,
    pub(crate) priya: Id,
    pub(crate) robin: Id,
    pub(crate) sam: Id,
}

/// What the public listener says of itself.
struct Well;

impl Health for Well {
    fn ready(&self) -> Result<Vec<String>, String> {
        Ok(Vec::new())
    }

    fn metrics(&self) -> String {
        String::new()
    }
}

/// A link to a message of a group, as its members copy it.
pub(crate) fn link(group: Id) -> String {
    format!("https://t.me/c/{}/1", -1_000_000_000_000 - group)
}

impl Story {
    pub(crate) async fn begins() -> Story {
        Story::begins_in(Town::supergroup).await
    }

    /// With customers in a group of another kind.
    pub(crate) async fn begins_in(opens: impl FnOnce(&Town, &str, Id) -> Id) -> Story {
        let clock = Arc::new(MovableClock::default());
        let town = Town::open(clock.clone(), TOKEN).await;
        let [owner, mia, kai, priya, robin, sam] =
            ["Olga", "Mia", "Kai", "Priya", "Robin", "Sam"].map(|name| town.person(name, "en"));
        let jonas = town.person("Jonas", "de");
        let help = opens(&town, "Lumen", owner);
        let team = town.supergroup("Team", owner);
        let helpers = town.supergroup("Ambassadors", owner);
        for who in [mia, jonas, kai, priya, robin] {
            town.joins(help, who);
        }
        for who in [kai, priya] {
            town.joins(helpers, who);
        }
        for group in [help, team, helpers] {
            town.promotes(owner, group, town.me(), &["can_delete_messages"]);
            town.promotes(owner, group, robin, &["can_change_info"]);
        }
        town.joins(team, sam);
        let mut story = Story {
            town,
            clock,
            home: tempfile::tempdir().expect("a temporary folder"),
            running: JoinSet::new(),
            stop: CancellationToken::new(),
            owner,
            help,
            team,
            helpers,
            mia,
            jonas,
            kai,
            priya,
            robin,
            sam,
        };
        story.starts().await;
        story.sets_up(help).await;
        story
    }

    /// The moderator's commands, and the ambassadors' own.
    async fn sets_up(&self, watched: impl Into<Place>) {
        let watched = watched.into();
        self.commands(self.robin, watched, "/askaround watch", "take questions in").await;
        for (what, group) in [("staff", self.team), ("ambassadors", self.helpers)] {
            let line = format!("/askaround {what} {}", link(group));
            let undone_by = format!("/askaround {what}");
            self.commands(self.robin, self.help, &line, &undone_by).await;
        }
        let join = "/ambassador join topics:wifi,mesh languages:en";
        self.commands(self.kai, self.helpers, join, "ambassador").await;
        self.commands(self.priya, self.helpers, "/ambassador join languages:en,de", "ambassador")
            .await;
    }

    /// The bot's process starts on the database that is there.
    pub(crate) async fn starts(&mut self) {
        self.starts_with(BRISK, None).await;
    }

    pub(crate) async fn starts_with(&mut self, pace: Pace, webhook: Option<Webhook>) {
        let runtime = self.runtime(pace, webhook, |_| {}).await;
        self.runs(runtime).await;
    }

    async fn runtime(
        &self,
        pace: Pace,
        webhook: Option<Webhook>,
        look: impl FnOnce(&Arc<dyn askaround::platform::Platform>),
    ) -> Runtime {
        let file = self.home.path().join("story.db");
        let store = Store::open(&format!("sqlite:{}", file.display()), Durability::None).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen");
        let lumen = BotParts::read(&folder, self.clock.today()).expect("the example is sound");
        let (bot, store) = (lumen.id.clone(), store.expect("the store opens"));
        let clock: Arc<dyn Clock> = self.clock.clone();
        let builder = Runtime::builder(store).bot(lumen).clock(Arc::clone(&clock));
        let mut runtime = builder.build().await.expect("a runtime");
        let telegram = adapter(&self.town, clock, pace, webhook);
        look(&telegram);
        runtime.connect(&bot, telegram).expect("is connected");
        runtime
    }

    async fn runs(&mut self, runtime: Runtime) {
        self.stop = CancellationToken::new();
        let stop = self.stop.clone();
        self.running.spawn(async move { runtime.run(stop).await.expect("runs") });
        self.town.connected().await;
    }

    /// The same where Telegram brings updates, to a public listener of this machine.
    pub(crate) async fn starts_called(&mut self) {
        let door = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = door.local_addr().expect("bound");
        let url = format!("http://{address}/telegram/lumen");
        let webhook = Webhook { url, secret: SECRET.to_owned() };
        let mut hooks = Vec::new();
        let runtime =
            self.runtime(BRISK, Some(webhook), |telegram| hooks.extend(telegram.hook())).await;
        let router = with_hooks(public_router(Arc::new(Well)), hooks);
        self.runs(runtime).await;
        let stop = self.stop.clone();
        self.running.spawn(async move { serve(door, router, stop).await.expect("serves") });
        self.town.connected().await;
    }

    /// It stops, in order; messages come on.
    pub(crate) async fn stops(&mut self) {
        self.stop.cancel();
        while let Some(ended) = self.running.join_next().await {
            ended.expect("ends by itself");
        }
        self.town.bot_dies();
    }

    /// It is killed, whatever it is doing.
    pub(crate) async fn dies(&mut self) {
        self.running.shutdown().await;
        self.town.bot_dies();
    }

    /// Gives a command, and reads a private answer with this in it.
    pub(crate) async fn commands(
        &self,
        who: Id,
        place: impl Into<Place>,
        line: &str,
        answer: &str,
    ) -> String {
        let place = place.into();
        self.town.says(who, place, line);
        self.is_told(who, place, answer).await
    }

    /// What somebody is told so that nobody else sees it.
    pub(crate) async fn is_told(&self, who: Id, place: impl Into<Place>, text: &str) -> String {
        self.town.is_told(who, place, text).await
    }

    /// Waits until somebody reads this, and gives back the newest message with it.
    pub(crate) async fn reads(&self, who: Id, place: impl Into<Place>, text: &str) -> Shown {
        self.town.reads(who, place, text).await
    }

    /// How many messages of the bot's with this somebody sees now.
    pub(crate) fn count(&self, who: Id, place: impl Into<Place>, text: &str) -> usize {
        let (me, seen) = (self.town.me(), self.town.sees(who, place));
        seen.iter().filter(|shown| shown.by == me && shown.text.contains(text)).count()
    }

    /// Mia asks for people, and somebody is called.
    pub(crate) async fn asks_for_people(&self) -> Key {
        let asked = self.town.says(self.mia, self.help, QUESTION);
        self.reads(self.mia, self.help, SUGGESTED).await;
        self.town.presses(self.mia, self.help, "Ask a person");
        self.reads(self.kai, self.helpers, "has a question in #Lumen").await;
        asked
    }

    /// The next question is suggested an answer: whatever came before it has been dealt with.
    pub(crate) async fn goes_on(&self) {
        self.town.says(self.priya, self.help, "Why is the light on my Lumen Air orange?");
        self.reads(self.priya, self.help, "Priya").await;
    }

    /// Somebody presses, and reads what only they are told.
    pub(crate) async fn takes(&self, who: Id) {
        self.town.presses(who, self.helpers, "I’ll take it");
        self.is_told(who, self.helpers, "It’s yours").await;
    }
}

#[tokio::test]
async fn a_question_is_suggested_called_claimed_answered_and_thanked() {
    let story = Story::begins().await;
    let asked = story.asks_for_people().await;
    let suggested = story.reads(story.mia, story.help, SUGGESTED).await;
    assert_eq!(suggested.reply_to, Some(asked));
    assert!(!suggested.has_preview, "nobody asked to see where a link leads");
    let call = story.reads(story.kai, story.helpers, "has a question in #Lumen").await;
    assert!(call.pings.contains(&story.kai) && !call.pings.contains(&story.mia), "{call:?}");
    assert!(!call.is_silent, "a call rings");
    story.takes(story.kai).await;
    story.reads(story.mia, story.help, "has taken your question").await;
    story.town.replies(story.kai, story.help, asked, "Turn off the night schedule in the app.");
    let check = story.reads(story.mia, story.help, "did the answer from").await;
    assert_eq!(check.pings.into_iter().collect::<Vec<_>>(), [story.mia]);
    story.town.presses(story.mia, story.help, "That solved it");
    story.reads(story.mia, story.help, "+10 points, 10 in all").await;
    story.commands(story.kai, story.helpers, "/points", "10 points").await;
    let thanked = story.town.sees(story.kai, story.help);
    let check = thanked.iter().find(|shown| shown.text.contains("did the answer from"));
    story.town.reacts(story.mia, story.help, check.expect("still there").key, "❤");
    story.reads(story.mia, story.help, "+3 points, 13 in all").await;
}

#[tokio::test]
async fn a_topic_is_a_place_of_its_own() {
    let story = Story::begins_in(Town::forum).await;
    story.town.promotes(
        story.owner,
        story.help,
        story.robin,
        &["can_change_info", "can_manage_topics"],
    );
    let topic = (story.help, story.town.opens_topic(story.robin, story.help, "Wi-Fi help"));
    story.commands(story.robin, story.help, "/askaround watch mode:off", "no new questions").await;
    story.commands(story.robin, topic, "/askaround watch", "take questions in #Wi-Fi-help").await;
    let asked = story.town.says(story.mia, topic, ODD);
    story.reads(story.mia, topic, "I’ve asked").await;
    story.reads(story.priya, story.helpers, "in #Wi-Fi-help").await;
    story.takes(story.priya).await;
    story.reads(story.mia, topic, "has taken your question").await;
    story.town.replies(story.priya, topic, asked, "The mast bracket from the shop holds it.");
    let check = story.reads(story.mia, topic, "did the answer from").await;
    story.town.presses(story.mia, topic, "That solved it");
    story.reads(story.mia, topic, "+10 points").await;
    // Telegram does not say in which topic a reaction is.
    story.town.reacts(story.mia, story.help, check.key, "👍");
    story.reads(story.mia, topic, "+3 points").await;
    for text in ["I’ve asked", "did the answer", "+10 points"] {
        assert_eq!(story.count(story.mia, story.help, text), 0, "nothing of it is in General");
    }
}

#[tokio::test]
async fn a_question_in_the_private_chat_is_everybodys_to_answer_and_nobodys_to_read() {
    let story = Story::begins().await;
    story.commands(story.robin, story.help, "/askaround watch #private", "#private").await;
    story.town.starts(story.mia, None);
    story.reads(story.mia, story.mia, "Hello, I’m the helper of Lumen").await;
    story.town.whispers(story.mia, QUESTION);
    story.reads(story.mia, story.mia, SUGGESTED).await;
    story.town.presses(story.mia, story.mia, "Ask a person");
    story.reads(story.kai, story.helpers, "has a question in #private").await;
    story.takes(story.kai).await;
    story.reads(story.mia, story.mia, "has taken your question").await;
    let call = story.reads(story.kai, story.helpers, "has a question in #private").await;
    story.town.replies(story.kai, story.helpers, call.key, "Turn off the night schedule.");
    story.reads(story.mia, story.mia, "Turn off the night schedule.").await;
    story.reads(story.mia, story.mia, "did the answer from").await;
    story.town.presses(story.mia, story.mia, "That solved it");
    story.reads(story.mia, story.mia, "+10 points").await;
    assert_eq!(story.count(story.priya, story.help, "night schedule"), 0);
}

#[tokio::test]
async fn the_way_to_staff_has_the_name_that_moderators_gave_it() {
    let story = Story::begins().await;
    story.town.offers(story.jonas, story.help, "human").await;
    story.commands(story.robin, story.help, "/askaround escalation mensch", "/mensch").await;
    story.town.offers(story.jonas, story.help, "mensch").await;
    assert!(story.town.offered(story.jonas, story.help, "askaround").is_none());
    story.town.offers(story.robin, story.help, "askaround").await;
    story.town.says(story.jonas, story.help, ODD_DE);
    story.reads(story.jonas, story.help, "gefragt").await;
    story.town.says(story.jonas, story.help, "/mensch@lumen_bot es eilt");
    story.reads(story.sam, story.team, "Bootsmast").await;
    story.town.presses(story.sam, story.team, "I’ll take it");
    story.reads(story.jonas, story.help, "aus unserem Team").await;
    let dossier = story.reads(story.sam, story.team, "Bootsmast").await;
    story.town.replies(story.sam, story.team, dossier.key, "Nimm die Masthalterung.");
    story.reads(story.jonas, story.help, "Nimm die Masthalterung.").await;
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_in_the_middle_of_a_case_goes_on_there() {
    let mut story = Story::begins_in(Town::group).await;
    story.asks_for_people().await;
    let moved = story.town.upgrades(story.owner, story.help);
    story.takes(story.kai).await;
    story.reads(story.mia, moved, "has taken your question").await;
    story.town.says(story.kai, moved, "Turn off the night schedule in the app.");
    story.reads(story.mia, moved, "did the answer from").await;
    story.town.presses(story.mia, moved, "That solved it");
    story.reads(story.mia, moved, "+10 points, 10 in all").await;
    story.stops().await;
    story.starts().await;
    // Watched as before, under the new number; the points are there too.
    story.town.says(story.mia, moved, ODD);
    story.reads(story.mia, moved, "I’ve asked").await;
    story.commands(story.kai, moved, "/points", "10 points").await;
}

#[tokio::test]
async fn where_the_bot_may_not_whisper_it_answers_the_press_or_in_the_private_chat() {
    let story = Story::begins().await;
    for group in [story.help, story.helpers] {
        story.town.demotes(story.owner, group, story.town.me());
        story.town.turns_privacy(false);
        story.town.removes_bot(story.owner, group);
        story.town.adds_bot(story.owner, group);
    }
    story.town.starts(story.kai, None);
    story.town.says(story.kai, story.helpers, "/points");
    story.reads(story.kai, story.kai, "points").await;
    // Whoever has not opened a chat with the bot is not written to, and nobody reads it instead.
    story.town.says(story.priya, story.helpers, "/points");
    story.town.says(story.mia, story.help, ODD);
    story.reads(story.priya, story.helpers, "has a question in #Lumen").await;
    let pass = story.town.presses(story.kai, story.helpers, "Pass");
    assert_ne!(story.town.answered(&pass).await, Told::Waiting, "every press is answered");
    let press = story.town.presses(story.priya, story.helpers, "I’ll take it");
    assert_ne!(story.town.answered(&press).await, Told::Waiting);
    story.reads(story.mia, story.help, "has taken your question").await;
    assert_eq!(story.count(story.mia, story.help, "points"), 0);
}

#[tokio::test]
async fn an_administrator_without_a_name_sets_things_up_and_owns_nothing() {
    let story = Story::begins().await;
    story.town.goes_anonymous(story.help, story.robin);
    story.town.says_anonymously(story.robin, story.help, "/askaround status");
    story.reads(story.mia, story.help, "/human").await;
    story.town.says_anonymously(story.robin, story.help, "/points");
    story.reads(story.mia, story.help, "You write as the whole group").await;
    let asked = story.asks_for_people().await;
    let answer = |text: &str| {
        story.town.writes(story.robin, story.help, text, |message| {
            message.reply_to = Some(asked);
            message.by = crate::telegram_town::state::nobody::ANONYMOUS;
            message.sender_chat = Some(story.help);
        })
    };
    answer("Turn off the night schedule.");
    story.goes_on().await;
    assert_eq!(story.count(story.mia, story.help, "did the answer from"), 0, "nobody answered");
}

#[tokio::test]
async fn several_pictures_are_one_question_and_a_voice_is_asked_for_words() {
    let story = Story::begins().await;
    story.town.shows_album(story.mia, story.help, &["", ODD, ""]);
    story.reads(story.mia, story.help, "I’ve asked").await;
    story.town.speaks(story.jonas, story.help);
    story.reads(story.jonas, story.help, "Jonas").await;
    story.goes_on().await;
    assert_eq!(story.count(story.mia, story.help, "I’ve asked"), 1);
    assert_eq!(story.count(story.mia, story.help, "Mia, I can’t look"), 0);
}

#[tokio::test]
async fn a_link_from_the_group_makes_an_ambassador_of_the_group() {
    let story = Story::begins().await;
    story.town.joins(story.help, story.sam);
    let payload = format!("join_{}", -1_000_000_000_000 - story.help);
    story.town.starts(story.sam, Some(&payload));
    story.reads(story.sam, story.sam, "ambassador").await;
    for who in [story.kai, story.priya] {
        story.commands(who, story.helpers, "/ambassador leave", "").await;
    }
    story.town.says(story.mia, story.help, ODD);
    story.reads(story.kai, story.helpers, "Sam").await;
    story.town.starts(story.sam, Some("answer"));
    story.reads(story.sam, story.sam, "Hello, I’m").await;
    story.commands(story.sam, story.help, "/privacy", "What I keep").await;
}

#[tokio::test]
async fn updates_that_are_brought_are_taken_once_and_only_from_whom_they_should_come() {
    let mut story = Story::begins().await;
    story.stops().await;
    story.starts_called().await;
    story.town.tells_twice(true);
    story.asks_for_people().await;
    story.stops().await;
    story.town.tells_twice(false);
    story.town.says(story.priya, story.help, ODD);
    // Without a webhook in bot.toml the one that is set goes, and nothing that it had not brought.
    story.starts().await;
    story.reads(story.priya, story.help, "I’ve asked").await;
    assert_eq!(story.town.calls("deleteWebhook").len(), 1);
    assert_eq!(story.count(story.mia, story.help, "Mia, this may already be your answer"), 1);
    story.clock.forward(Duration::from_secs(1));
}
