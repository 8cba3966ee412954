//! Stories on Discord: the real engine, store and runtime with the real adapter, in a server of the
//! double's. What is waited for is what somebody sees; that something does not happen shows by what
//! is there when the next thing has happened.
#![expect(clippy::expect_used, reason = "a story that cannot be told is none")]

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use askaround::platform::Platform;
use askaround::runtime::{BotParts, Clock, MovableClock, Runtime};
use askaround::store::{Durability, Store};
use tempfile::TempDir;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::discord::{TOKEN, adapter};
use crate::double::gateway::Cut;
use crate::double::people::Told;
use crate::double::rest::Fault;
use crate::double::rights::bit;
use crate::double::screen::Shown;
use crate::double::state::{Id, kind};
use crate::double::town::Town;

const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";
pub(crate) const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

/// The brand's server, set up by its moderator, with two ambassadors and the bot at work.
pub(crate) struct Story {
    pub(crate) town: Town,
    pub(crate) clock: Arc<MovableClock>,
    pub(crate) home: TempDir,
    pub(crate) running: JoinSet<()>,
    pub(crate) stop: CancellationToken,
    pub(crate) help: Id,
    pub(crate) staff: Id,
    pub(crate) ambassadors: Id,
    pub(crate) forum: Id,
    pub(crate) mia: Id,
    pub(crate) kai: Id,
    pub(crate) priya: Id,
    pub(crate) robin: Id,
    pub(crate) sam: Id,
    pub(crate) guild: Id,
}

impl Story {
    pub(crate) async fn begins() -> Story {
        let clock = Arc::new(MovableClock::default());
        let town = Town::open(clock.clone(), TOKEN).await;
        Story::begins_in(town, clock).await
    }

    pub(crate) async fn begins_in(town: Town, clock: Arc<MovableClock>) -> Story {
        let [owner, mia, kai, priya, robin, sam] =
            ["Olga", "Mia", "Kai", "Priya", "Robin", "Sam"].map(|name| town.person(name, "en-US"));
        let guild = town.guild("Lumen", owner);
        let moderators = town.role(guild, "Moderators", bit::MANAGE_GUILD);
        let team = town.role(guild, "Team", bit::MANAGE_MESSAGES);
        for (who, roles) in [
            (mia, vec![]),
            (kai, vec![]),
            (priya, vec![]),
            (robin, vec![moderators]),
            (sam, vec![team]),
        ] {
            town.joins(guild, who, &roles);
        }
        let help = town.channel(guild, kind::TEXT, "help");
        let ambassadors = town.channel(guild, kind::TEXT, "ambassadors");
        let forum = town.channel(guild, kind::FORUM, "questions");
        let staff = town.closed_channel(guild, "staff", &[moderators, team]);
        let mut story = Story {
            town,
            clock,
            home: tempfile::tempdir().expect("a temporary folder"),
            running: JoinSet::new(),
            stop: CancellationToken::new(),
            help,
            staff,
            ambassadors,
            forum,
            mia,
            kai,
            priya,
            robin,
            sam,
            guild,
        };
        story.starts().await;
        for line in [
            "/askaround watch #help",
            "/askaround staff #staff",
            "/askaround ambassadors #ambassadors",
        ] {
            story.commands(robin, staff, line).await;
        }
        let join = "/ambassador join topics:wifi,mesh languages:en";
        story.commands(kai, ambassadors, join).await;
        story.commands(priya, ambassadors, "/ambassador join languages:en").await;
        story
    }

    /// The bot's process starts on the database that is there.
    pub(crate) async fn starts(&mut self) {
        self.starts_beside(Vec::new()).await;
    }

    /// The same with other platforms in one process.
    pub(crate) async fn starts_beside(&mut self, others: Vec<Arc<dyn Platform>>) {
        let file = self.home.path().join("story.db");
        let store = Store::open(&format!("sqlite:{}", file.display()), Durability::None).await;
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen");
        let lumen = BotParts::read(&folder, self.clock.today()).expect("the example is sound");
        let (bot, store) = (lumen.id.clone(), store.expect("the store opens"));
        let clock: Arc<dyn Clock> = self.clock.clone();
        let builder = Runtime::builder(store).bot(lumen).clock(Arc::clone(&clock));
        let mut runtime = builder.build().await.expect("a runtime");
        for platform in std::iter::once(adapter(&self.town, clock)).chain(others) {
            runtime.connect(&bot, platform).expect("is connected");
        }
        self.stop = CancellationToken::new();
        let stop = self.stop.clone();
        self.running.spawn(async move { runtime.run(stop).await.expect("runs") });
        self.town.connected().await;
        self.town.offers(self.robin, self.staff, "askaround").await;
    }

    /// It stops, in order; messages come on.
    pub(crate) async fn stops(&mut self) {
        self.stop.cancel();
        while let Some(ended) = self.running.join_next().await {
            ended.expect("ends by itself");
        }
        self.town.bot_dies();
    }

    pub(crate) async fn commands(&self, who: Id, channel: Id, line: &str) -> String {
        let interaction = self.town.runs(who, channel, line);
        self.is_told(interaction).await
    }

    /// What somebody is told privately.
    pub(crate) async fn is_told(&self, interaction: Id) -> String {
        let told = self.town.answered(interaction).await;
        let Told::Privately(text) = told else { panic!("not told privately, but {told:?}") };
        text
    }

    /// Waits until somebody reads this, and gives back the newest message with it.
    pub(crate) async fn reads(&self, who: Id, channel: Id, text: &str) -> Shown {
        let what = format!("{text:?} for {who}");
        let found = self.town.until(&what, |state| {
            let mut seen = state.seen_by(who, channel).into_iter().rev();
            seen.find(|shown| shown.text.contains(text) && shown.by == state.me)
        });
        found.await
    }

    /// How many messages of the bot's with this somebody sees now.
    pub(crate) fn count(&self, who: Id, channel: Id, text: &str) -> usize {
        let (me, seen) = (self.town.me(), self.town.sees(who, channel));
        seen.iter().filter(|shown| shown.by == me && shown.text.contains(text)).count()
    }

    /// Mia asks for people, and somebody is called.
    pub(crate) async fn asks_for_people(&self) -> Id {
        let asked = self.town.says(self.mia, self.help, QUESTION);
        self.reads(self.mia, self.help, "this may already be your answer").await;
        self.town.presses(self.mia, self.help, "Ask a person");
        self.reads(self.kai, self.ambassadors, "has a question in #help").await;
        asked
    }

    /// The next question is suggested an answer: whatever came before it has been dealt with.
    pub(crate) async fn goes_on(&self) {
        self.town.says(self.priya, self.help, "Why is the light on my Lumen Air orange?");
        self.reads(self.priya, self.help, "@Priya").await;
    }
}

#[tokio::test]
async fn a_question_is_suggested_called_claimed_answered_and_thanked() {
    let story = Story::begins().await;
    let asked = story.asks_for_people().await;
    let call = story.reads(story.kai, story.ambassadors, "has a question in #help").await;
    assert!(call.pings.contains(&story.kai) && !call.pings.contains(&story.mia), "{call:?}");
    let claimed = story.town.presses(story.kai, story.ambassadors, "I’ll take it");
    assert!(story.is_told(claimed).await.contains("It’s yours"));
    story.reads(story.mia, story.help, "has taken your question").await;
    story.town.replies(story.kai, story.help, asked, "Turn off the night schedule in the app.");
    let check = story.reads(story.mia, story.help, "did the answer from").await;
    assert_eq!(check.pings.into_iter().collect::<Vec<_>>(), [story.mia]);
    story.town.presses(story.mia, story.help, "That solved it");
    story.reads(story.mia, story.help, "+10 points, 10 in all").await;
    assert!(story.commands(story.kai, story.ambassadors, "/points").await.contains("10 points"));
}

#[tokio::test]
async fn a_forum_post_is_answered_in_its_thread() {
    let story = Story::begins().await;
    story.commands(story.robin, story.staff, "/askaround watch #questions every_post").await;
    let post = story.town.posts(story.mia, story.forum, "Boat mast", ODD);
    story.reads(story.mia, post, "I’ve asked").await;
    story.reads(story.priya, story.ambassadors, "boat mast").await;
    story.town.presses(story.priya, story.ambassadors, "I’ll take it");
    story.reads(story.mia, post, "has taken your question").await;
    story.town.says(story.priya, post, "The mast bracket from the shop holds it.");
    story.reads(story.mia, post, "did the answer from").await;
    assert_eq!(story.count(story.mia, story.help, "Boat mast"), 0);
}

#[tokio::test]
async fn an_answer_in_the_thread_of_a_question_needs_no_reply() {
    let story = Story::begins().await;
    let asked = story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, story.help, "I’ve asked").await;
    let thread = story.town.opens_thread(story.kai, asked, "boat mast");
    story.town.says(story.kai, thread, "The mast bracket from the shop holds it.");
    story.reads(story.mia, thread, "did the answer from").await;
    story.town.presses(story.mia, thread, "That solved it");
    story.reads(story.kai, thread, "+10 points").await;
}

#[tokio::test]
async fn an_edited_question_is_shown_as_edited_and_a_deleted_one_nowhere() {
    let story = Story::begins().await;
    let asked = story.town.says(story.mia, story.help, ODD);
    story.reads(story.priya, story.ambassadors, "on a boat mast").await;
    story.town.edits(story.mia, asked, "Does anybody know how I mount my Lumen on a flagpole?");
    story.town.unfurls(asked);
    let escalated = story.town.runs(story.mia, story.help, "/human");
    assert_ne!(story.town.answered(escalated).await, Told::Failed);
    story.reads(story.sam, story.staff, "on a flagpole").await;
    story.town.deletes(story.mia, asked);
    story.reads(story.sam, story.staff, "was closed without a solution").await;
    story.goes_on().await;
    for (who, channel) in [(story.sam, story.staff), (story.kai, story.ambassadors)] {
        for word in ["flagpole", "boat mast"] {
            assert_eq!(story.count(who, channel, word), 0, "{word}");
        }
    }
}

#[tokio::test]
async fn of_fifty_who_press_at_once_one_has_it_and_everybody_is_told() {
    let story = Story::begins().await;
    story.asks_for_people().await;
    let crowd: Vec<Id> =
        (0..50).map(|number| story.town.person(&format!("Helper {number}"), "en-US")).collect();
    for who in &crowd {
        story.town.joins(story.guild, *who, &[]);
        story.commands(*who, story.ambassadors, "/ambassador join languages:en").await;
    }
    let presses: Vec<Id> = crowd
        .iter()
        .map(|who| story.town.presses(*who, story.ambassadors, "I’ll take it"))
        .collect();
    let mut winners = 0;
    for press in presses {
        winners += usize::from(story.is_told(press).await.contains("It’s yours"));
    }
    assert_eq!(winners, 1);
    story.reads(story.mia, story.help, "has taken your question").await;
    assert_eq!(story.count(story.mia, story.help, "has taken your question"), 1);
}

#[tokio::test]
async fn a_renamed_escalation_command_leads_to_staff() {
    let story = Story::begins().await;
    story.town.offers(story.mia, story.help, "human").await;
    story.commands(story.robin, story.staff, "/askaround escalation agent").await;
    story.town.offers(story.mia, story.help, "agent").await;
    story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, story.help, "I’ve asked").await;
    let escalated = story.town.runs(story.mia, story.help, "/agent it is urgent");
    assert_ne!(story.town.answered(escalated).await, Told::Failed);
    story.reads(story.sam, story.staff, "on a boat mast").await;
    let press = story.town.presses(story.sam, story.staff, "I’ll take it");
    story.reads(story.mia, story.help, "from our team is looking into this").await;
    assert_ne!(story.town.answered(press).await, Told::Failed);
}

#[tokio::test]
async fn a_watched_channel_that_is_deleted_is_named_and_forgotten_with_the_next() {
    let story = Story::begins().await;
    story.town.removes_channel(story.help);
    let status = story.commands(story.robin, story.staff, "/askaround status").await;
    assert!(status.contains("help (questions) is no more"), "{status}");
    story.commands(story.robin, story.staff, "/askaround watch #questions every_post").await;
    let status = story.commands(story.robin, story.staff, "/askaround status").await;
    assert!(status.contains("questions") && !status.contains("help (questions)"), "{status}");
}

#[tokio::test]
async fn the_moderators_command_is_theirs_whoever_is_offered_it() {
    let story = Story::begins().await;
    assert!(story.town.offered(story.mia, story.help, 1, "askaround").is_none());
    // An administrator lets everybody run it: the right is the bot's to check.
    story.town.offers_to_everybody(story.guild, "askaround");
    let refused = story.commands(story.mia, story.help, "/askaround watch off").await;
    assert!(refused.contains("Only moderators can use this command"), "{refused}");
    story.commands(story.robin, story.staff, "/askaround status").await;
    story.goes_on().await;
}

#[tokio::test]
async fn what_one_person_is_told_nobody_else_sees() {
    let story = Story::begins().await;
    let told = story.commands(story.kai, story.help, "/points").await;
    assert!(told.contains("points"), "{told}");
    assert_eq!(story.count(story.kai, story.help, &told), 1);
    for who in [story.mia, story.robin, story.sam] {
        assert_eq!(story.count(who, story.help, &told), 0);
    }
    story.asks_for_people().await;
    let claim = story.town.presses(story.kai, story.ambassadors, "I’ll take it");
    assert!(story.is_told(claim).await.contains("It’s yours"));
    assert_eq!(story.count(story.priya, story.ambassadors, "It’s yours"), 0);
}

/// A suggestion arrives once, whatever is in its way.
async fn arrives_once(faults: &[Fault]) {
    let story = Story::begins().await;
    let path = format!("POST /api/v10/channels/{}/messages", story.help);
    for fault in faults {
        story.town.fails(&path, *fault);
    }
    story.town.says(story.mia, story.help, QUESTION);
    story.reads(story.mia, story.help, "this may already be your answer").await;
    assert!(story.town.has_failed());
    story.goes_on().await;
    assert_eq!(story.count(story.mia, story.help, "@Mia, this may already be your answer"), 1);
}

#[tokio::test]
async fn a_limit_of_our_own_of_everything_or_of_others_only_delays() {
    let limited = |scope| Fault::Limited { scope, after: 0.2 };
    arrives_once(&["user", "shared", "global"].map(limited)).await;
}

#[tokio::test]
async fn a_broken_server_or_connection_only_delays() {
    arrives_once(&[Fault::Broken(502), Fault::CutBefore, Fault::CutAfter]).await;
}

#[tokio::test]
async fn what_is_said_while_the_gateway_is_away_is_heard_on_resuming() {
    let story = Story::begins().await;
    for cut in [Cut::Drop, Cut::Reconnect, Cut::Close(4_000)] {
        story.town.cuts(cut);
        let asked = story.town.says(story.mia, story.help, QUESTION);
        story.reads(story.mia, story.help, "this may already be your answer").await;
        story.town.connected().await;
        story.town.deletes(story.mia, asked);
    }
    assert_eq!(story.town.sessions(), (1, 3), "resumed, not begun anew");
}

#[tokio::test]
async fn a_socket_that_has_died_silently_is_noticed() {
    let clock = Arc::new(MovableClock::default());
    let town = Town::open(clock.clone(), TOKEN).await;
    // A socket is dead when a heartbeat is not answered before the next one.
    town.heartbeats_every(500);
    let story = Story::begins_in(town, clock).await;
    story.town.cuts(Cut::Silence);
    story.town.says(story.mia, story.help, QUESTION);
    story.reads(story.mia, story.help, "this may already be your answer").await;
}

#[tokio::test]
async fn what_was_missed_is_read_up_when_a_session_is_lost() {
    let story = Story::begins().await;
    story.town.forgets_sessions();
    story.town.cuts(Cut::Drop);
    story.town.says(story.mia, story.help, QUESTION);
    story.reads(story.mia, story.help, "this may already be your answer").await;
    assert_eq!(story.town.sessions(), (2, 0));
    story.town.cuts(Cut::Invalidate);
    story.town.says(story.priya, story.help, "Why is the light on my Lumen Air orange?");
    story.reads(story.priya, story.help, "@Priya").await;
    assert_eq!(story.count(story.mia, story.help, "@Mia, this may already be your answer"), 1);
}

#[tokio::test]
async fn what_comes_twice_is_done_once() {
    let story = Story::begins().await;
    story.town.tells_twice(true);
    let asked = story.asks_for_people().await;
    story.town.presses(story.kai, story.ambassadors, "I’ll take it");
    story.reads(story.mia, story.help, "has taken your question").await;
    story.town.replies(story.kai, story.help, asked, "Turn off the night schedule in the app.");
    story.reads(story.mia, story.help, "did the answer from").await;
    story.town.presses(story.mia, story.help, "That solved it");
    story.reads(story.mia, story.help, "+10 points, 10 in all").await;
    story.goes_on().await;
    for text in
        ["@Mia, this may already", "has taken your question", "+10 points", "did the answer"]
    {
        assert_eq!(story.count(story.mia, story.help, text), 1, "{text}");
    }
    assert_eq!(story.count(story.kai, story.ambassadors, "has a question in #help"), 1);
}

#[tokio::test]
async fn what_is_said_while_the_bot_is_down_is_read_up_once() {
    let mut story = Story::begins().await;
    story.stops().await;
    story.town.says(story.mia, story.help, QUESTION);
    story.starts().await;
    story.reads(story.mia, story.help, "this may already be your answer").await;
    story.stops().await;
    story.starts().await;
    story.goes_on().await;
    assert_eq!(story.count(story.mia, story.help, "@Mia, this may already be your answer"), 1);
    story.clock.forward(Duration::from_mins(4));
    story.reads(story.kai, story.ambassadors, "has a question in #help").await;
}

#[tokio::test]
async fn a_command_without_its_text_asks_for_it_in_a_form() {
    let story = Story::begins().await;
    let command = story.town.runs(story.mia, story.help, "/ask");
    assert_eq!(story.town.answered(command).await, Told::Form("form-ask".to_owned()));
    let question = "My Lumen Air keeps dropping the connection at night.\nWhat can I do?";
    story.town.fills_in(command, question).await;
    story.reads(story.mia, story.help, "this may already be your answer").await;
    let praise = story.town.runs(story.mia, story.help, "/feedback about:praise");
    let sent_in = story.town.fills_in(praise, "Kai was so patient").await;
    assert!(story.is_told(sent_in).await.contains("how kind"), "what was chosen is not forgotten");
}

#[tokio::test]
async fn open_cases_are_offered_to_moderators_only() {
    let story = Story::begins().await;
    story.town.says(story.mia, story.help, ODD);
    story.reads(story.mia, story.help, "I’ve asked").await;
    let offered = story.town.types(story.robin, story.staff, "/askaround case case:mast").await;
    assert!(matches!(&offered[..], [one] if one.ends_with(ODD)), "{offered:?}");
    story.town.offers_to_everybody(story.guild, "askaround");
    let offered = story.town.types(story.mia, story.help, "/askaround case case:mast").await;
    assert_eq!(offered, [""; 0]);
}
