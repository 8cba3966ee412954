//! The built program with a token, in a server of Discord's double; and the doctor's look at both.

use std::sync::Arc;

use askaround::runtime::SystemClock;

use super::double::gateway::Cut;
use super::double::people::Told;
use super::double::rights::bit;
use super::double::state::{Id, kind};
use super::double::town::Town;
use super::program::{Ended, Home, Running, TOKEN};
use super::wire::get;

const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

/// A server of the brand's, and a folder with the bot that is in it.
struct Server {
    home: Home,
    town: Town,
    guild: Id,
    help: Id,
    staff: Id,
    mia: Id,
    robin: Id,
}

impl Server {
    async fn opens() -> Server {
        Server::opens_for(TOKEN).await
    }

    async fn opens_for(token: &str) -> Server {
        let town = Town::open(Arc::new(SystemClock), token).await;
        let [owner, mia, robin] = ["Olga", "Mia", "Robin"].map(|name| town.person(name, "en-US"));
        let guild = town.guild("Lumen", owner);
        let moderators = town.role(guild, "Moderators", bit::MANAGE_GUILD);
        town.joins(guild, mia, &[]);
        town.joins(guild, robin, &[moderators]);
        let help = town.channel(guild, kind::TEXT, "help");
        let staff = town.closed_channel(guild, "staff", &[moderators]);
        let home = Home::new();
        home.has_lumen_on(&town.url(), "http://127.0.0.1:3000");
        Server { home, town, guild, help, staff, mia, robin }
    }

    /// The program runs, and its commands are there.
    async fn starts(&self) -> Running {
        let running = self.home.start().await;
        self.town.connected().await;
        self.town.offers(self.robin, self.staff, "askaround").await;
        running
    }

    /// And Robin has set it up.
    async fn is_set_up(&self) -> Running {
        let running = self.starts().await;
        self.commands("/askaround watch #help").await;
        self.commands("/askaround staff #staff").await;
        running
    }

    async fn commands(&self, line: &str) -> String {
        let interaction = self.town.runs(self.robin, self.staff, line);
        let told = self.town.answered(interaction).await;
        let Told::Privately(text) = told else { panic!("{line}: {told:?}") };
        text
    }

    /// Waits until Mia reads this of the bot's.
    async fn reads(&self, words: &str) {
        let found = self.town.until(words, |state| {
            let seen = state.seen_by(self.mia, self.help);
            let is_said =
                seen.iter().any(|shown| shown.by == state.me && shown.text.contains(words));
            is_said.then_some(())
        });
        found.await;
    }

    async fn doctor(&self) -> Ended {
        self.home.run(&["doctor", "--bot", "lumen"]).ended().await
    }
}

#[tokio::test]
async fn the_program_answers_on_discord_and_all_is_well_until_it_is_stopped() {
    let server = Server::opens().await;
    let running = server.is_set_up().await;
    server.town.says(server.mia, server.help, QUESTION);
    server.reads("this may already be your answer").await;
    let well = server.doctor().await;
    assert_eq!(well.code, Some(0), "{well:#?}");
    for (words, mark) in [
        ("The token is accepted: this is lumen.", "ok"),
        ("The message content intent is on.", "ok"),
        ("999 more starts are possible today.", "ok"),
        ("I am in the server Lumen.", "ok"),
        ("Lumen: #help (questions): I may do everything I need there.", "ok"),
        ("Lumen: #staff (our team): I may do everything I need there.", "ok"),
        ("permissions=274878024768", "ok"),
    ] {
        assert!(well.line(words).trim_start().starts_with(mark), "{well:#?}");
    }
    assert!(well.line("All is well.").starts_with("All"), "{well:#?}");
    well.shows_no_token();
    server.town.stays_known();
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
async fn with_a_wrong_token_the_rest_goes_on_and_the_mend_is_said() {
    let server = Server::opens_for("another").await;
    let mut running = server.home.start().await;
    let down = running.logs("is down").await;
    for words in ["discord of bot lumen", "developer portal", "LUMEN_DISCORD_TOKEN"] {
        assert!(down.contains(words), "{down}");
    }
    assert_eq!(get(running.page, "/").await.code, 200, "the playground is there");
    let ready = get(running.public, "/readyz").await;
    assert_eq!(ready.code, 503, "nobody is heard");
    assert!(ready.body.contains("discord of bot lumen, connection 0: down"), "{}", ready.body);
    let wrong = server.doctor().await;
    assert_eq!(wrong.code, Some(1), "{wrong:#?}");
    let told = wrong.line("The token in LUMEN_DISCORD_TOKEN is not accepted.");
    assert!(told.contains("broken") && told.contains("Reset Token"), "{told}");
    wrong.shows_no_token();
    running.kill().await;
}

/// A line of the metrics about the one connection.
async fn measures(running: &Running, line: &str) -> bool {
    let line = line.replace('%', r#"bot="lumen",platform="discord",connection="0""#);
    let metrics = get(running.public, "/metrics").await.body;
    metrics.lines().any(|one| one == line)
}

#[tokio::test]
async fn how_the_gateway_stands_is_told_and_nobody_is_ready_without_it() {
    let server = Server::opens().await;
    let mut running = server.is_set_up().await;
    assert!(measures(&running, r#"askaround_connection{%,state="connected"} 1"#).await);
    server.town.cuts(Cut::Reconnect);
    server.town.until("a resume", |state| (state.resumed() == 1).then_some(())).await;
    server.town.says(server.mia, server.help, QUESTION);
    server.reads("this may already be your answer").await;
    assert!(measures(&running, "askaround_connection_reconnects_total{%} 1").await);
    assert_eq!(get(running.public, "/readyz").await.code, 200);

    server.town.refuses_identify(Some(4_008));
    server.town.cuts(Cut::Close(1_000));
    running.logs("lost its session").await;
    assert!(measures(&running, r#"askaround_connection{%,state="down"} 1"#).await);
    assert_eq!(get(running.public, "/readyz").await.code, 503);
    server.town.refuses_identify(None);
    server.town.connected().await;
    server.town.says(server.mia, server.help, "Why is the light on my Lumen Air orange?");
    server.reads("orange").await;
    assert!(measures(&running, "askaround_connection_reconnects_total{%} 2").await);
    assert_eq!(get(running.public, "/readyz").await.code, 200);
    running.kill().await;
}

#[tokio::test]
async fn without_a_token_the_playground_runs_and_the_doctor_names_the_variable() {
    let home = Home::new();
    let running = home.start_with(None).await;
    assert_eq!(get(running.page, "/").await.code, 200);
    let bots = super::program::BOTS;
    let doctor = ["doctor", "--bots", bots, "--bot", "lumen", "--database", "sqlite:none.db"];
    let unset = home.run_with(None, &doctor).ended().await;
    assert_eq!(unset.code, Some(0), "{unset:#?}");
    let off = unset.line("Off: LUMEN_DISCORD_TOKEN is not set.");
    assert!(off.contains("limited") && off.contains("into the environment variable"), "{off}");
    assert!(unset.line("there is no database at none.db").contains("limited"), "{unset:#?}");
    running.kill().await;
}

#[tokio::test]
async fn a_missing_intent_is_told_by_the_doctor_and_by_status() {
    let server = Server::opens().await;
    server.town.change(|state| state.content_intent = false);
    let looked = server.doctor().await;
    assert_eq!(looked.code, Some(0), "it limits, and breaks nothing: {looked:#?}");
    let told = looked.line("The message content intent is off");
    assert!(told.contains("limited") && told.contains("Privileged Gateway Intents"), "{told}");
    assert!(looked.line("I am in the server Lumen, but nothing is set up").contains("limited"));
    let running = server.starts().await;
    let status = server.commands("/askaround status").await;
    assert!(status.contains("The message content intent is off: I read only"), "{status}");
    running.kill().await;
}

#[tokio::test]
async fn a_right_that_is_missing_where_questions_are_taken_is_named_with_its_mend() {
    let server = Server::opens().await;
    let running = server.is_set_up().await;
    assert!(!server.commands("/askaround status").await.contains("#help (questions)"));
    server.town.takes_from_bot(server.help, bit::SEND_MESSAGES | bit::ADD_REACTIONS);
    let looked = server.doctor().await;
    assert_eq!(looked.code, Some(1), "{looked:#?}");
    let missing = "#help (questions): I can’t work there without these rights: Send Messages.";
    let told = looked.line(missing);
    assert!(told.contains("broken") && told.contains("under Permissions"), "{told}");
    let wished = looked.line("without these rights: Add Reactions.");
    assert!(wished.contains("limited"), "{wished}");
    assert!(looked.line("#staff (our team)").contains("ok"), "{looked:#?}");
    // Told of the change before the command.
    let status = server.commands("/askaround status").await;
    assert!(status.contains(missing), "{status}");
    assert!(status.contains("under Permissions"), "{status}");
    running.kill().await;
}

#[tokio::test]
async fn a_server_that_throws_the_bot_out_ends_its_questions() {
    let server = Server::opens().await;
    let mut running = server.is_set_up().await;
    server.town.says(server.mia, server.help, QUESTION);
    server.reads("this may already be your answer").await;
    server.town.removes_bot(server.guild);
    let left = running.logs("was removed from community").await;
    assert!(left.contains("1 open cases are closed"), "{left}");
    let list = server.home.run(&["case", "list", "--all"]).ended().await;
    assert!(list.line("Mia").contains("closed"), "{list:#?}");
    running.kill().await;
}

#[tokio::test]
async fn a_server_left_while_nobody_listened_is_noticed_and_comes_back_as_it_was() {
    let server = Server::opens().await;
    let running = server.is_set_up().await;
    running.kill().await;
    server.town.bot_dies();
    server.town.removes_bot(server.guild);
    let looked = server.doctor().await;
    assert_eq!(looked.code, Some(1), "{looked:#?}");
    let told = looked.line("The server Lumen is set up, but I am not in it.");
    assert!(told.contains("broken") && told.contains("30 days"), "{told}");
    let mut running = server.home.start().await;
    running.logs("was removed from community").await;
    let looked = server.doctor().await;
    assert_eq!(looked.code, Some(0), "{looked:#?}");
    assert!(looked.line("I am in no server yet.").contains("limited"), "{looked:#?}");
    server.town.lets_bot_in(server.guild);
    running.logs("is back in community").await;
    let status = server.commands("/askaround status").await;
    assert!(status.contains("Questions: I take them in #help."), "as it was: {status}");
    running.kill().await;
}
