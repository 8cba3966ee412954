//! Askaround as a library: a platform of our own, where people type lines over TCP, and a policy of
//! our own, by which helping at weekends counts twice.
//!
//! `cargo run --example line_chat`, then `nc 127.0.0.1 7000` for each person. Say a name first: kai
//! and mia are anybody, robin moderates, sam is staff. Nobody asks for a password, so this is for
//! one machine only. Robin begins with `/askaround watch #help`, `/askaround staff #staff` and
//! `/askaround ambassadors #ambassadors`, and kai with `/ambassador join languages:en`.

use std::{error::Error, io, path::Path, sync::Arc, time::Duration};

use askaround::domain::ids::{PlatformId, PlatformKey};
use askaround::domain::recognition::{Deed, Recognition};
use askaround::domain::rules::RecognitionRules;
use askaround::platform::{
    Act, Author, BadgeKind, Board, Capabilities, Commanded, Delivery, DeliveryError, Doing, Down,
    InboundSink, Message, Named, Place, Platform, Post, Receipt, ReplyHandle, What,
};
use askaround::runtime::{BotParts, Clock, Runtime, SystemClock};
use askaround::store::{Durability, Store};
use jiff::{civil::Weekday, tz::TimeZone};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::{net::TcpListener, net::TcpStream, task::JoinSet};
use tokio_util::sync::CancellationToken;

/// The policy. It has the last word on the points of `bot.toml`, but for the day's cap.
struct WeekendsTwice;

impl Recognition for WeekendsTwice {
    fn points(&self, rules: &RecognitionRules, deed: &Deed<'_>) -> i64 {
        let day = deed.at.in_zone(&TimeZone::UTC).weekday();
        let times = if matches!(day, Weekday::Saturday | Weekday::Sunday) { 2 } else { 1 };
        deed.act.points(&rules.points) * times
    }
}

const ROOMS: [&str; 3] = ["help", "ambassadors", "staff"];
const HOW: &str = "#help <text> says it, /help is a command; by a message's number, >7 <text> \
                   replies, =7 <text> edits, -7 deletes, +7 👍 reacts, !7 1 presses a button\n";

/// A chat, and the bot's account in it.
pub(crate) struct LineChat {
    pub(crate) board: Board,
    pub(crate) clock: Arc<dyn Clock>,
}

impl Platform for LineChat {
    fn id(&self) -> PlatformId {
        PlatformId::from("line")
    }

    fn capabilities(&self) -> Capabilities {
        let (sends_once, private_posts) = (true, true);
        let (badges, opens_threads) = (BadgeKind::None, false);
        Capabilities { sends_once, private_posts, badges, opens_threads, text_limit: 4_000 }
    }

    fn run(&self, sink: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(self.board.tell(sink, stop))
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        let is_stranger = matches!(&delivery.act, Act::Private { to, .. } if !is_name(to));
        let is_there = ROOMS.contains(&delivery.channel.as_str()) && !is_stranger;
        let gone = || DeliveryError::Gone { why: format!("no such place: {}", delivery.channel) };
        Box::pin(async move { if is_there { self.board.deliver(delivery) } else { Err(gone()) } })
    }
}

impl LineChat {
    /// Does what somebody typed; `None` when that makes no sense here.
    pub(crate) fn typed(&self, name: &PlatformKey, line: &str) -> Option<io::Result<()>> {
        let line = if line.starts_with('/') { &format!("#help {line}") } else { line };
        let (word, text) = line.split_once(' ').unwrap_or((line, ""));
        let (sign, word) = word.split_at_checked(1)?;
        let (message, text, at) = (PlatformKey::from(word), text.to_owned(), self.clock.now());
        let about = self.board.post(&message).filter(|post| is_shown(post, name));
        let room = about.as_ref().map_or(&message, |post| &post.channel).clone();
        let reply = ReplyHandle { key: line.to_owned(), expires_at: at + Duration::from_hours(24) };
        let mut mentions_bot = text.contains("@bot");
        let what = match (sign, about) {
            ("#", _) if text.starts_with('/') && !text.starts_with("//") => {
                let known = |word: &str| Some(author(&word.into())).filter(|who| is_name(&who.key));
                let people = Named::all_in(&text, known);
                let channels = ROOMS.map(PlatformKey::from).into();
                What::Commanded {
                    command: Commanded::Line { text, channels },
                    reply,
                    people,
                    badges: vec![],
                    about: None,
                }
            }
            ("#" | ">", about) if about.is_some() == (sign == ">") => {
                mentions_bot |= about.is_some_and(|post| post.by.is_none());
                let (key, reply_to) = (PlatformKey::from(""), (sign == ">").then_some(message));
                What::Said(Message {
                    key,
                    text,
                    reply_to,
                    mentions_bot,
                    opens_post: false,
                    wordless: false,
                })
            }
            ("=", Some(_)) => What::Edited { message, text },
            ("-", Some(_)) => What::Deleted { message },
            ("+", Some(_)) => What::Reacted { message, emoji: text },
            ("!", Some(post)) => {
                let face = post.buttons.get(text.parse::<usize>().ok()?.checked_sub(1)?)?;
                What::Pressed { data: face.data.clone(), reply }
            }
            _ => return None,
        };
        may_enter(name, &room).then(|| self.board.hear(at, place(&room), author(name), what))
    }

    /// Lets people in until `stop`.
    pub(crate) async fn serve(self: Arc<Self>, door: TcpListener, stop: CancellationToken) {
        let mut sessions = JoinSet::new();
        while let Some(Ok((stream, _))) = stop.run_until_cancelled(door.accept()).await {
            let chat = Arc::clone(&self);
            sessions.spawn(async move { chat.session(stream).await });
        }
    }

    /// Somebody's terminal: shows what is news to them, and does what they type.
    async fn session(&self, mut stream: TcpStream) -> io::Result<()> {
        let (read, mut write) = stream.split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"Your name, in small letters?\n").await?;
        let name = PlatformKey::new(lines.next_line().await?.unwrap_or_default());
        let (mut grown, mut seen) = (self.board.grown(), 0);
        while is_name(&name) {
            let posts = self.board.news(&mut seen);
            let own = posts.iter().filter(|post| is_shown(post, &name));
            let news: String = own.map(|post| shown(post, &name)).collect();
            write.write_all(news.as_bytes()).await?;
            tokio::select! {
                line = lines.next_line() => {
                    let Some(line) = line? else { break };
                    if self.typed(&name, &line).is_none_or(|kept| kept.is_err()) {
                        write.write_all(HOW.as_bytes()).await?;
                    }
                }
                _ = grown.changed() => {}
            }
        }
        Ok(())
    }
}

/// A message as a terminal shows it: no letter of it moves the cursor, and what stands at the left
/// edge is ours, so that nobody can write what looks like somebody else's message.
fn shown(post: &Post, reader: &PlatformKey) -> String {
    let bell = if post.ping.contains(reader) { "\u{7}" } else { "" };
    let by = post.by.as_ref().map_or("THE BOT", PlatformKey::as_str);
    let to = post.to.as_ref().map_or("", |_| " to you only");
    let about = post.reply_to.as_ref().map(|key| format!(" about {key}")).unwrap_or_default();
    let buttons = post.buttons.iter().zip(1..).map(|(face, n)| format!(" [{n} {}]", face.label));
    let text = if post.gone { "(deleted)".to_owned() } else { post.words.to_plain() };
    let text = (text + &buttons.collect::<String>()).replace('\n', "\n    ");
    let text = text.replace(|letter: char| letter.is_control() && letter != '\n', "");
    format!("{bell}{} #{} {by}{to}{about}: {text}\n", post.number, post.channel)
}

pub(crate) fn is_shown(post: &Post, reader: &PlatformKey) -> bool {
    post.to.as_ref().map_or_else(|| may_enter(reader, &post.channel), |to| to == reader)
}

fn may_enter(name: &PlatformKey, room: &PlatformKey) -> bool {
    let is_closed = room.as_str() == "staff" && !["robin", "sam"].contains(&name.as_str());
    ROOMS.contains(&room.as_str()) && !is_closed
}

fn is_name(name: &PlatformKey) -> bool {
    (1..=20).contains(&name.as_str().len()) && name.as_str().bytes().all(|b| b.is_ascii_lowercase())
}

pub(crate) fn author(name: &PlatformKey) -> Author {
    let (moderator, staff) = (name.as_str() == "robin", name.as_str() == "sam");
    Author { moderator, staff, ..Author::named(name.clone(), name.as_str()) }
}

pub(crate) fn place(room: &PlatformKey) -> Place {
    Place::new(("line", "The line"), (room.as_str(), room.as_str()))
}

/// The example brand with our policy on our platform; what is kept is kept in `home`.
pub(crate) async fn assemble(
    home: &Path,
    clock: Arc<dyn Clock>,
) -> Result<(Runtime, Arc<LineChat>), Box<dyn Error>> {
    let mut lumen = BotParts::read(Path::new("bots/lumen"), clock.today())?;
    lumen.policies.recognition = Arc::new(WeekendsTwice);
    let (bot, file) = (lumen.id.clone(), home.join("line_chat.db"));
    let store = Store::open(&format!("sqlite:{}", file.display()), Durability::Full).await?;
    let mut runtime = Runtime::builder(store).bot(lumen).clock(Arc::clone(&clock)).build().await?;
    let chat = Arc::new(LineChat { board: Board::open(&home.join("line_chat.board"))?, clock });
    runtime.connect(&bot, chat.clone())?;
    Ok((runtime, chat))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let (runtime, chat) = assemble(Path::new("."), Arc::new(SystemClock)).await?;
    let (door, stop) = (TcpListener::bind("127.0.0.1:7000").await?, CancellationToken::new());
    let ctrl_c = async {
        stop.run_until_cancelled(tokio::signal::ctrl_c()).await;
        stop.cancel();
    };
    let ends = tokio::join!(runtime.run(stop.clone()), chat.serve(door, stop.clone()), ctrl_c);
    Ok(ends.0?)
}
