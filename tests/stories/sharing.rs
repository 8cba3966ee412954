//! Several processes on one PostgreSQL database, as far as that can be told without killing one:
//! each is an engine or a runtime with a store of its own.
#![cfg(feature = "postgres")]
#![expect(clippy::expect_used, reason = "processes that do not come up share nothing")]

use std::sync::Arc;

use askaround::domain::ids::{BotId, PlatformId, PlatformKey};
use askaround::platform::{
    Author, BadgeKind, Capabilities, Delivery, DeliveryError, Doing, Down, Inbound, InboundSink,
    Message, Place, Platform, Receipt, ReplyHandle, What,
};
use askaround::runtime::{Clock, Engine, Input, Meters, Runtime, SystemClock};
use askaround::store::{Durability, Store};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::people::{KAI, MIA};
use super::postgres::fresh_schema;
use super::world::{Kill, World, lumen_folder, parts};

const CLAIMS: usize = 1_000;
const PROCESSES: usize = 3;
/// Inputs that a process commits at once.
const AT_ONCE: usize = 16;

/// A store of its own, as another process opens it.
async fn opened(server: &str) -> Store {
    Store::open(server, Durability::Full).await.expect("the store opens")
}

fn input(number: usize, place: Place, by: Author, what: What) -> Input {
    let key = PlatformKey::new(format!("shared{number}"));
    let inbound = Inbound { key, at: SystemClock.now(), place, by, what };
    let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
    Input::Heard { bot, platform, inbound: Box::new(inbound) }
}

/// Somebody of the team presses: in the town, or alone with the bot.
fn claim(number: usize, data: &str) -> Input {
    let name = format!("staff{number}");
    let place = match number % 2 {
        0 => Place::new(("town", "Town"), ("ambassadors", "ambassadors")),
        _ => Place::new((&format!("dm{number}"), &name), (&format!("dm{number}"), &name)),
    };
    let by = Author { staff: true, ..Author::named(PlatformKey::new(name.as_str()), name) };
    let reply = ReplyHandle { key: format!("reply{number}"), expires_at: SystemClock.now() };
    input(number, place, by, What::Pressed { data: data.to_owned(), reply })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_claims_in_three_processes_have_one_winner() {
    let Some(server) = fresh_schema("claims").await else { return };
    let mut world = World::lumen_on(Some(server.clone()), Kill::Never).await;
    world.says(MIA, "help", "My mesh drops the light strip every morning, why?").await;
    let (_, data) = world.button(KAI, "I’ll take it");
    let mut processes = JoinSet::new();
    for process in 0..PROCESSES {
        let store = opened(&server).await;
        let number = store.next_start().await.expect("a start is counted");
        let clock: Arc<dyn Clock> = world.clock.clone();
        let bots = vec![parts(&lumen_folder())];
        let engine = Engine::new(store, bots, clock, Arc::new(Meters::default()), number);
        let claims: Vec<Input> =
            (0..CLAIMS).skip(process).step_by(PROCESSES).map(|n| claim(n, &data)).collect();
        processes.spawn(async move {
            for batch in claims.chunks(AT_ONCE) {
                // Too much of a crowd is no loss: it is tried again, as the runtime does.
                while engine.handle(batch).await.is_err() {}
            }
            engine.store().close().await;
        });
    }
    while let Some(ended) = processes.join_next().await {
        ended.expect("every claim is answered");
    }
    let mut tx = world.store().read().await.expect("reads");
    let community =
        *tx.communities_of(&BotId::from("lumen")).await.expect("reads").first().expect("the town");
    let open = tx.open_cases_in(community, 10).await.expect("reads");
    let [case] = open.as_slice() else { panic!("one case, and not {}", open.len()) };
    assert!(case.case.claimant().is_some());
    let history = tx.history(case.case.id).await.expect("reads");
    let claimed = history.iter().filter(|row| row.event.contains("claimed")).count();
    assert_eq!(claimed, 1, "{history:#?}");
    assert_eq!(tx.parked_count(&BotId::from("lumen")).await.expect("reads"), 0);
}

/// A platform that only tells who is connected to it, and what it was given.
struct Probe {
    name: &'static str,
    connected: watch::Sender<Vec<&'static str>>,
    given: watch::Sender<Vec<&'static str>>,
}

impl Platform for Probe {
    fn id(&self) -> PlatformId {
        PlatformId::from("square")
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            sends_once: false,
            private_posts: true,
            badges: BadgeKind::None,
            opens_threads: false,
            text_limit: 2_000,
        }
    }

    fn run(&self, _: InboundSink, stop: CancellationToken) -> Doing<'_, Result<(), Down>> {
        Box::pin(async move {
            self.connected.send_modify(|names| names.push(self.name));
            stop.cancelled().await;
            self.connected.send_modify(|names| names.retain(|name| *name != self.name));
            Ok(())
        })
    }

    fn deliver<'a>(&'a self, delivery: &'a Delivery) -> Doing<'a, Result<Receipt, DeliveryError>> {
        self.given.send_modify(|names| names.push(self.name));
        let key = PlatformKey::new(format!("sent{}", delivery.id));
        Box::pin(async move { Ok(Receipt::of_message(key)) })
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_process_is_connected_whoever_handles_and_the_next_takes_over() {
    let Some(server) = fresh_schema("connected").await else { return };
    // The town is set up by a process that is gone by then.
    let world = World::lumen_on(Some(server.clone()), Kill::Never).await;
    world.store().close().await;
    let (connected, given) = (watch::Sender::new(Vec::new()), watch::Sender::new(Vec::new()));
    let (mut running, mut runs) = (Vec::new(), JoinSet::new());
    for name in ["first", "second"] {
        let store = opened(&server).await;
        let builder = Runtime::builder(store).bot(parts(&lumen_folder()));
        let mut runtime = builder.build().await.expect("a runtime");
        let probe = Probe { name, connected: connected.clone(), given: given.clone() };
        runtime.connect(&BotId::from("lumen"), Arc::new(probe)).expect("a bot of its own");
        let (engine, stop) = (Arc::clone(runtime.engine()), CancellationToken::new());
        runs.spawn(runtime.run(stop.clone()));
        connected.subscribe().wait_for(|names| !names.is_empty()).await.expect("somebody");
        running.push((engine, stop));
    }
    assert_eq!(*connected.borrow(), ["first"], "the lease was taken");
    // Handled by the second, said by the first.
    let (second, _) = running.last().expect("two");
    let town = Place::new(("town", "Town"), ("help", "help"));
    let message = Message {
        key: PlatformKey::from("asked"),
        text: "My Lumen Air keeps dropping the connection at night, what can I do?".to_owned(),
        reply_to: None,
        mentions_bot: true,
        opens_post: false,
        wordless: false,
    };
    let asked = input(0, town, MIA.author(), What::Said(message));
    second.handle(&[asked]).await.expect("commits");
    given.subscribe().wait_for(|names| !names.is_empty()).await.expect("something is said");
    assert!(given.borrow().iter().all(|name| *name == "first"), "{:?}", given.borrow());
    // The first stops in order, and lets the second have it.
    let (_, stop) = running.remove(0);
    stop.cancel();
    runs.join_next().await.expect("one").expect("ends").expect("in order");
    connected.subscribe().wait_for(|names| *names == ["second"]).await.expect("the second");
    let (_, stop) = running.remove(0);
    stop.cancel();
    runs.join_next().await.expect("one").expect("ends").expect("in order");
}
