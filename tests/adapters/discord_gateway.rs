//! The gateway of the double of Discord, as serenity takes it: if the real library understands each
//! event, resumes and gives up as it would, so does the adapter that is built on it.
#![expect(clippy::expect_used, reason = "a double that does not answer is no double")]
#![expect(clippy::wildcard_enum_match_arm, reason = "of all events these are told")]

use serde_json::json;
use serenity::all::{
    ChannelId, ClientBuilder, CommandInteraction, Context, Event, GatewayError, GatewayIntents,
    Guild, GuildChannel, GuildId, Interaction, Message, RawEventHandler, TargetId,
};
use serenity::http::HttpBuilder;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::JoinSet;

use crate::discord_double::Bench;
use crate::double::gateway::Cut;
use crate::double::state::kind;
use crate::trial::within;

/// Hands on what serenity understood of each event.
struct Ear(UnboundedSender<Heard>);

#[derive(Debug)]
enum Heard {
    Ready,
    Server(Box<Guild>),
    Said(Box<Message>),
    Edited(String),
    Deleted(u64),
    Reacted(String),
    Thread(Box<GuildChannel>),
    Ran(Box<CommandInteraction>),
    Pressed(String),
    Resumed,
    /// By its name.
    Other(String),
}

#[serenity::async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        let name = event.name().unwrap_or_default();
        let heard = match event {
            Event::Ready(_) => Heard::Ready,
            Event::GuildCreate(event) => Heard::Server(Box::new(event.guild)),
            Event::MessageCreate(event) => Heard::Said(Box::new(event.message)),
            Event::MessageUpdate(event) => Heard::Edited(event.content.unwrap_or_default()),
            Event::MessageDelete(event) => Heard::Deleted(event.message_id.get()),
            Event::ReactionAdd(event) => Heard::Reacted(event.reaction.emoji.to_string()),
            Event::ThreadCreate(event) => Heard::Thread(Box::new(event.thread)),
            Event::Resumed(_) => Heard::Resumed,
            Event::InteractionCreate(event) => match event.interaction {
                Interaction::Command(command) => Heard::Ran(Box::new(command)),
                Interaction::Component(press) => Heard::Pressed(press.data.custom_id),
                _ => Heard::Other(name),
            },
            _ => Heard::Other(name),
        };
        // Nobody listens any more when the test is over.
        let _over = self.0.send(heard);
    }
}

/// A bench with serenity on the line.
struct Line {
    bench: Bench,
    heard: UnboundedReceiver<Heard>,
    running: JoinSet<Result<(), serenity::Error>>,
}

impl Line {
    async fn open(intents: u64, prepare: impl FnOnce(&Bench)) -> Line {
        let bench = Bench::new().await;
        prepare(&bench);
        let http =
            HttpBuilder::new("token").proxy(bench.town.url()).ratelimiter_disabled(true).build();
        let (said, heard) = unbounded_channel();
        let intents = GatewayIntents::from_bits_truncate(intents);
        let client = ClientBuilder::new_with_http(http, intents);
        let mut client = client.raw_event_handler(Ear(said)).await.expect("a client");
        let mut running = JoinSet::new();
        running.spawn(async move { client.start().await });
        Line { bench, heard, running }
    }

    async fn hears(&mut self) -> Heard {
        let heard = within("an event", self.heard.recv()).await.expect("serenity runs");
        if let Heard::Other(name) = &heard {
            panic!("{name} was not expected");
        }
        heard
    }

    async fn says_hello(&mut self) {
        assert!(matches!(self.hears().await, Heard::Ready));
        assert!(matches!(self.hears().await, Heard::Server(_)));
    }
}

/// What the adapter asks for.
const INTENTS: u64 = 38_401;

#[tokio::test]
async fn serenity_takes_every_event_for_the_real_thing() {
    let mut line = Line::open(INTENTS, |_| {}).await;
    let (mia, kai) = (line.bench.mia, line.bench.kai);
    assert!(matches!(line.hears().await, Heard::Ready));
    let Heard::Server(server) = line.hears().await else { panic!("no server") };
    assert_eq!((server.name.as_str(), server.owner_id.get()), ("Lumen", line.bench.robin));
    assert!(server.channels.values().any(|channel| channel.name == "help"));
    let help = line.bench.help;
    let town = &line.bench.town;
    let asked = town.says(mia, help, "why?");
    let reply = town.replies(kai, help, asked, "so");
    town.edits(mia, asked, "why not?");
    town.reacts(kai, asked, "👍");
    let thread = town.opens_thread(kai, asked, "about it");
    town.deletes(kai, reply);
    let Heard::Said(said) = line.hears().await else { panic!("not said") };
    assert_eq!((said.id.get(), said.content.as_str()), (asked, "why?"));
    assert_eq!(said.guild_id.map(GuildId::get), Some(line.bench.guild));
    assert!(said.member.is_some_and(|member| member.roles.is_empty()));
    let Heard::Said(said) = line.hears().await else { panic!("not said") };
    assert_eq!(said.referenced_message.map(|there| there.id.get()), Some(asked));
    assert!(matches!(line.hears().await, Heard::Edited(text) if text == "why not?"));
    assert!(matches!(line.hears().await, Heard::Reacted(emoji) if emoji == "👍"));
    let Heard::Thread(opened) = line.hears().await else { panic!("no thread") };
    assert_eq!((opened.id.get(), opened.parent_id.map(ChannelId::get)), (thread, Some(help)));
    assert!(matches!(line.hears().await, Heard::Edited(_)), "its message has a thread now");
    assert!(matches!(line.hears().await, Heard::Said(note) if note.content.is_empty()));
    assert!(matches!(line.hears().await, Heard::Deleted(id) if id == reply));

    let watch = json!({
        "name": "askaround", "description": "Settings", "options": [{
            "type": 1, "name": "watch", "description": "A channel", "options": [
                {"type": 7, "name": "channel", "description": "Which"},
                {"type": 3, "name": "mode", "description": "How", "choices": [
                    {"name": "off", "value": "off"},
                ]},
                {"type": 6, "name": "who", "description": "Whose"},
            ],
        }],
    });
    line.bench.registers(watch).await;
    line.bench.town.runs(mia, help, "/askaround watch #help off who:Kai");
    let Heard::Ran(command) = line.hears().await else { panic!("not run") };
    assert_eq!((command.locale.as_str(), command.user.id.get()), ("en-US", mia));
    assert!(command.data.resolved.users.keys().any(|id| id.get() == kai));
    assert!(command.data.resolved.channels.keys().any(|id| id.get() == help));
    let row = json!([{"type": 1, "components": [
        {"type": 2, "style": 1, "label": "Yes", "custom_id": "a:b"},
    ]}]);
    line.bench.sends(json!({"content": "Solved?", "components": row})).await;
    assert!(matches!(line.hears().await, Heard::Said(asked) if asked.author.bot));
    line.bench.town.presses(mia, help, "Yes");
    assert!(matches!(line.hears().await, Heard::Pressed(data) if data == "a:b"));
    line.running.shutdown().await;
}

#[tokio::test]
async fn a_dropped_session_is_resumed_with_what_it_missed_and_a_lost_one_begins_anew() {
    let mut line = Line::open(INTENTS, |_| {}).await;
    line.says_hello().await;
    let (mia, help) = (line.bench.mia, line.bench.help);
    line.bench.town.connected().await;
    line.bench.town.cuts(Cut::Drop);
    for text in ["one", "two"] {
        line.bench.town.says(mia, help, text);
    }
    for text in ["one", "two"] {
        let heard = line.hears().await;
        assert!(matches!(&heard, Heard::Said(said) if said.content == text), "{heard:?}");
    }
    assert!(matches!(line.hears().await, Heard::Resumed));
    assert_eq!(line.bench.town.sessions(), (1, 1));
    line.bench.town.tells_twice(true);
    line.bench.town.says(mia, help, "twice");
    for _ in 0..2 {
        let heard = line.hears().await;
        assert!(matches!(&heard, Heard::Said(said) if said.content == "twice"), "{heard:?}");
    }
    line.bench.town.tells_twice(false);
    line.bench.town.forgets_sessions();
    line.bench.town.cuts(Cut::Drop);
    line.bench.town.says(mia, help, "never told");
    line.says_hello().await;
    line.bench.town.says(mia, help, "told");
    assert!(matches!(line.hears().await, Heard::Said(said) if said.content == "told"));
    assert_eq!(line.bench.town.sessions(), (2, 1));
    line.running.shutdown().await;
}

#[tokio::test]
async fn without_the_intent_for_content_words_are_missing() {
    let mut line = Line::open(INTENTS & !(1 << 15), |_| {}).await;
    line.says_hello().await;
    let (town, mia, help) = (&line.bench.town, line.bench.mia, line.bench.help);
    town.says(mia, help, "a secret");
    let named = format!("<@{}> a word", town.me());
    town.says(mia, help, &named);
    town.whispers(mia, "between us");
    for text in ["", named.as_str(), "between us"] {
        let heard = line.hears().await;
        assert!(matches!(&heard, Heard::Said(said) if said.content == text), "{heard:?}");
    }
    line.running.shutdown().await;
}

#[tokio::test]
async fn a_bot_that_may_not_identify_is_told_so_for_good() {
    for (intents, code) in [(INTENTS | 1 << 1, 4014), (INTENTS, 4013), (INTENTS, 4004)] {
        let refused = (code != 4014).then_some(code);
        let mut line = Line::open(intents, |bench| bench.town.refuses_identify(refused)).await;
        let ended = within("the end", line.running.join_next()).await;
        let Some(Ok(Err(serenity::Error::Gateway(error)))) = ended else { panic!("{ended:?}") };
        let is_right = match code {
            4014 => matches!(error, GatewayError::DisallowedGatewayIntents),
            4013 => matches!(error, GatewayError::InvalidGatewayIntents),
            _ => matches!(error, GatewayError::InvalidAuthentication),
        };
        assert!(is_right, "{code}: {error:?}");
    }
}

#[tokio::test]
async fn serenity_takes_what_changes_about_servers_too() {
    let mut line = Line::open(INTENTS, |_| {}).await;
    line.says_hello().await;
    let (guild, help, mia, robin) =
        (line.bench.guild, line.bench.help, line.bench.mia, line.bench.robin);
    line.bench.registers(json!({"type": 3, "name": "Ask around"})).await;
    let town = &line.bench.town;
    let role = town.role(guild, "Team", 0);
    town.allows(guild, role, 1 << 13);
    let forum = town.channel(guild, kind::FORUM, "questions");
    town.takes_from_bot(help, 0);
    let post = town.posts(mia, forum, "Slow", "Why is it slow?");
    let ids = [town.says(mia, help, "one"), town.shows_picture(mia, help)];
    town.bulk_deletes(robin, help, &ids);
    town.archives(post, true, false);
    town.removes_channel(post);
    let asked = town.says(mia, help, "menu");
    town.chooses(robin, asked, "Ask around");
    town.removes_channel(help);
    town.removes_bot(guild);
    let mut heard = Vec::new();
    while !heard.contains(&"GUILD_DELETE".to_owned()) {
        heard.push(match within("an event", line.heard.recv()).await.expect("serenity runs") {
            Heard::Other(name) => name,
            Heard::Said(said) if said.id.get() == post => {
                assert_eq!(said.channel_id.get(), post, "a post opens its own thread");
                "the post".to_owned()
            }
            Heard::Said(said) if said.attachments.len() == 1 => "a picture".to_owned(),
            Heard::Said(said) => said.content,
            Heard::Thread(thread) => thread.name,
            Heard::Ran(command) => {
                let target = command.data.target_id.map(TargetId::get);
                assert_eq!(target, Some(asked));
                command.data.name
            }
            other => panic!("{other:?}"),
        });
    }
    assert_eq!(
        heard,
        [
            "GUILD_ROLE_CREATE",
            // The new one stands lowest, so that the other one moves.
            "GUILD_ROLE_UPDATE",
            "GUILD_ROLE_UPDATE",
            "CHANNEL_CREATE",
            "CHANNEL_UPDATE",
            "Slow",
            "the post",
            "one",
            "a picture",
            "MESSAGE_DELETE_BULK",
            "THREAD_UPDATE",
            "THREAD_DELETE",
            "menu",
            "Ask around",
            "CHANNEL_DELETE",
            "GUILD_DELETE",
        ]
    );
    line.running.shutdown().await;
}
