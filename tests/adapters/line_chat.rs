//! The line chat of `tests/examples`, held to the contract: an adapter from outside the crate. It
//! is its own platform; people type what they would type, and what they see is what is news to a
//! terminal that has seen nothing. At the end the example as it is run, over real sockets.
#![expect(clippy::expect_used, reason = "a chat that cannot be reached is no story")]

use std::sync::Arc;

use askaround::domain::ids::PlatformKey;
use askaround::domain::time::Moment;
use askaround::platform::{Author, Board, Place, Platform, Post};
use askaround::runtime::ManualClock;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::contract::{Deed, Harness, Seen, SeenButton, Spot, Who, held_to_the_contract};
use crate::trial::{read, within};

#[path = "../examples/line_chat.rs"]
#[expect(dead_code, reason = "its main is the example's")]
mod example;

use example::{LineChat, assemble, author, is_shown, place};

held_to_the_contract!(Line);

/// Saturday, 2026-11-07, 12:00 UTC.
const SATURDAY: Moment = Moment::from_millis(1_794_052_800_000);

/// A chat, and the folder that outlives it.
struct Line {
    chat: Arc<LineChat>,
    home: TempDir,
}

impl Line {
    fn open(home: TempDir) -> Line {
        let board = Board::open(&home.path().join("board")).expect("opens");
        let clock = Arc::new(ManualClock::at(SATURDAY));
        Line { chat: Arc::new(LineChat { board, clock }), home }
    }

    fn post(&self, key: &PlatformKey) -> Post {
        self.chat.board.post(key).expect("on the screen")
    }
}

fn name(who: Who) -> PlatformKey {
    PlatformKey::from(match who {
        Who::Customer => "mia",
        Who::Ambassador => "kai",
        Who::Moderator => "robin",
        Who::Staff => "sam",
    })
}

fn room(spot: Spot) -> PlatformKey {
    PlatformKey::from(match spot {
        Spot::Square => "help",
        Spot::Desk => "staff",
    })
}

impl Harness for Line {
    /// What is typed is sent by the return key.
    const SAYS_MANY_LINES: bool = false;

    async fn fresh() -> Self {
        Line::open(tempfile::tempdir().expect("a temporary folder"))
    }

    async fn restarted(self) -> Self {
        let Line { chat, home } = self;
        drop(chat);
        Line::open(home)
    }

    fn platform(&self) -> Arc<dyn Platform> {
        Arc::clone(&self.chat) as Arc<dyn Platform>
    }

    fn now(&self) -> Moment {
        SATURDAY
    }

    fn author(&self, who: Who) -> Author {
        author(&name(who))
    }

    fn place(&self, spot: Spot) -> Place {
        place(&room(spot))
    }

    fn bot_name(&self) -> String {
        "@bot".to_owned()
    }

    fn unknown_message(&self) -> PlatformKey {
        PlatformKey::from("404")
    }

    fn unknown_channel(&self) -> PlatformKey {
        PlatformKey::from("cellar")
    }

    async fn does(&self, who: Who, spot: Spot, deed: Deed<'_>) {
        let room = room(spot);
        let line = match deed {
            Deed::Say { text, reply_to: None } => format!("#{room} {text}"),
            Deed::Say { text, reply_to: Some(key) } => format!(">{key} {text}"),
            Deed::Command { line } => format!("#{room} {line}"),
            Deed::Edit { message, text } => format!("={message} {text}"),
            Deed::Delete { message } => format!("-{message}"),
            Deed::React { message, emoji } => format!("+{message} {emoji}"),
            Deed::Press { message, data } => {
                let faces = self.post(message).buttons;
                let place = faces.iter().position(|face| face.data == data).expect("a button");
                format!("!{message} {}", place + 1)
            }
        };
        let done = self.chat.typed(&name(who), &line);
        assert!(matches!(done, Some(Ok(()))), "{who:?} cannot type {line:?}: {done:?}");
    }

    async fn sees(&self, who: Who, spot: Spot) -> Vec<Seen> {
        let posts = self.chat.board.news(&mut 0);
        let (reader, room) = (name(who), room(spot));
        let here = |post: &&Post| post.channel == room && !post.gone && is_shown(post, &reader);
        posts.iter().filter(here).map(seen).collect()
    }
}

/// Lines are words only; the bell rings for those who are listed, at their terminals.
fn seen(post: &Post) -> Seen {
    let (text, links) = read(&post.words);
    let people = [Who::Customer, Who::Ambassador, Who::Moderator, Who::Staff].map(name);
    let rings = |person: &PlatformKey| post.ping.contains(person) && is_shown(post, person);
    let buttons = post.buttons.iter();
    let button = |face: &askaround::platform::Face| SeenButton {
        label: face.label.clone(),
        data: face.data.clone(),
    };
    Seen {
        key: post.key(),
        by: post.by.clone(),
        text,
        links,
        buttons: buttons.map(button).collect(),
        private: post.to.is_some(),
        pings: people.into_iter().filter(rings).collect(),
        reply_to: post.reply_to.clone(),
    }
}

// ---- over sockets --------------------------------------------------------------------------

/// Somebody with `nc`.
struct Terminal {
    lines: Lines<BufReader<OwnedReadHalf>>,
    typing: OwnedWriteHalf,
}

impl Terminal {
    async fn of(name: &str, door: std::net::SocketAddr) -> Terminal {
        let stream = TcpStream::connect(door).await.expect("the door is open");
        let (read, typing) = stream.into_split();
        let mut terminal = Terminal { lines: BufReader::new(read).lines(), typing };
        terminal.shows("Your name").await;
        terminal.types(name).await;
        terminal
    }

    async fn types(&mut self, line: &str) {
        self.typing.write_all(format!("{line}\n").as_bytes()).await.expect("connected");
    }

    /// Reads on to a line with this in it.
    async fn shows(&mut self, wanted: &str) -> String {
        within(wanted, async {
            loop {
                let line = self.lines.next_line().await.expect("reads");
                let line = line.unwrap_or_else(|| panic!("closed before {wanted:?}"));
                if line.contains(wanted) {
                    return line;
                }
            }
        })
        .await
    }
}

/// The number at the left edge.
fn number(line: &str) -> &str {
    line.trim_start_matches('\u{7}').split(' ').next().expect("a line")
}

#[tokio::test]
async fn a_question_is_called_out_answered_and_recognised_twice_at_a_weekend() {
    let home = tempfile::tempdir().expect("a temporary folder");
    let clock = Arc::new(ManualClock::at(SATURDAY));
    let (runtime, chat) = assemble(home.path(), clock).await.expect("assembled");
    let door = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let (address, stop) = (door.local_addr().expect("bound"), CancellationToken::new());
    let mut running = JoinSet::new();
    let token = stop.clone();
    running.spawn(async move { runtime.run(token).await.expect("runs") });
    running.spawn(chat.serve(door, stop.clone()));

    let mut robin = Terminal::of("robin", address).await;
    for command in ["watch #help", "staff #staff", "ambassadors #ambassadors"] {
        robin.types(&format!("/askaround {command}")).await;
        robin.shows("THE BOT to you only").await;
    }
    let mut kai = Terminal::of("kai", address).await;
    kai.types("/ambassador join languages:en").await;
    kai.shows("THE BOT to you only").await;

    let mut mia = Terminal::of("mia", address).await;
    mia.types("#help My Lumen Air keeps dropping the connection at night, what can I do?").await;
    let question = mia.shows("#help mia").await;
    let suggestion = mia.shows("THE BOT").await;
    let buttons = mia.shows("[2 Ask a person]").await;
    assert!(buttons.contains("[1 "), "{buttons}");
    mia.types(&format!("!{} 2", number(&suggestion))).await;

    let call = kai.shows("#ambassadors THE BOT").await;
    assert!(call.starts_with('\u{7}'), "the bell rings: {call:?}");
    kai.types(&format!("!{} 1", number(&call))).await;
    kai.shows("It’s yours").await;
    // Whoever would speak as the bot, or move the cursor, stays within their own line.
    kai.types(&format!(">{} Turn off the \u{1b}[2Jnight schedule.", number(&question))).await;
    let answer = mia.shows("night schedule").await;
    assert!(
        answer.contains("#help kai about") && answer.ends_with("Turn off the [2Jnight schedule.")
    );
    let check = mia.shows("did the answer from @kai solve it?").await;
    mia.types(&format!("!{} 1", number(&check))).await;
    mia.shows("+20 points, 20 in all").await;

    stop.cancel();
    within("the end", running.join_all()).await;
}
