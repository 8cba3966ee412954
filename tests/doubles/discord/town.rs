//! The double as a test holds it: one server on a port of its own, and the state behind it.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use askaround::runtime::Clock;
use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{Request, State as Shared};
use axum::routing::any;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::gateway::{self, Cut};
use super::rest::{self, Fault};
use super::state::{Call, State};

/// A safety net, so that what never comes fails by name.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a request may weigh.
const BODY_LIMIT: usize = 1 << 20;

/// Discord with people in it. Dropped, it is gone.
pub(crate) struct Town {
    inner: Arc<Inner>,
    serving: JoinSet<()>,
}

pub(super) struct Inner {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Inner {
    /// Looks at the state or changes it; whoever changes what others wait for says so.
    pub(super) fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn changed(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    pub(super) fn touch(&self) {
        self.changed.send_modify(|count| *count += 1);
    }
}

impl Town {
    /// Opens on a free port of the loopback.
    pub(crate) async fn open(clock: Arc<dyn Clock>, token: &str) -> Town {
        let door = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = door.local_addr().expect("bound").to_string();
        let state = Mutex::new(State::new(clock, token, address));
        let inner = Arc::new(Inner { state, changed: watch::Sender::new(0) });
        let router = Router::new()
            .route("/ws", any(socket))
            .fallback(request)
            .with_state(Arc::clone(&inner));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(door, router).await.expect("serves") });
        Town { inner, serving }
    }

    /// What the adapter is told instead of `https://discord.com`.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.look(|state| state.address.clone()))
    }

    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.inner.with(|state| look(state))
    }

    /// Changes something, and wakes whoever waits for it.
    pub(crate) fn change<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        let done = self.inner.with(act);
        self.inner.touch();
        done
    }

    /// Returns when this holds, with what it found.
    pub(crate) async fn until<T>(&self, what: &str, found: impl Fn(&State) -> Option<T>) -> T {
        let mut changed = self.inner.changed();
        let looking = async {
            loop {
                if let Some(found) = self.look(&found) {
                    return found;
                }
                changed.changed().await.expect("the town stands");
            }
        };
        let Ok(found) = tokio::time::timeout(PATIENCE, looking).await else {
            let calls = self.look(|state| state.calls.iter().map(told).collect::<Vec<_>>());
            panic!("{what} did not come within {PATIENCE:?}; asked for was {calls:#?}")
        };
        self.stays_known();
        found
    }

    /// Returns when the bot is connected and has been told everything.
    pub(crate) async fn connected(&self) {
        self.until("a connected bot", |state| state.is_connected().then_some(())).await;
    }

    /// No call went where no test expects one.
    pub(crate) fn stays_known(&self) {
        let strange = self.look(|state| state.strange.clone());
        assert!(strange.is_empty(), "the double knows nothing of {strange:?}");
    }

    // ---- trouble

    /// The next call whose `METHOD /path` contains this goes wrong.
    pub(crate) fn fails(&self, call: &str, fault: Fault) {
        self.change(|state| state.faults.push_back((call.to_owned(), fault)));
    }

    /// Whether all that was to go wrong did.
    pub(crate) fn has_failed(&self) -> bool {
        self.look(|state| state.faults.is_empty())
    }

    /// Refuses with 429 what is more than `calls` of a bucket in `seconds` of the town's time.
    pub(crate) fn paces(&self, calls: u32, seconds: u32) {
        self.change(|state| state.pace = Some((calls, seconds)));
    }

    pub(crate) fn cuts(&self, cut: Cut) {
        self.change(|state| state.cut(cut));
    }

    /// The bot's process is gone, and its sessions with it.
    pub(crate) fn bot_dies(&self) {
        self.change(|state| state.cut(Cut::Drop));
    }

    /// From now on every IDENTIFY is refused with this code; `None` takes that back.
    pub(crate) fn refuses_identify(&self, code: Option<u16>) {
        self.change(|state| state.sessions.refuses = code);
    }

    /// The next RESUME comes too late.
    pub(crate) fn forgets_sessions(&self) {
        self.change(|state| state.sessions.forgetful = true);
    }

    /// Every event comes twice.
    pub(crate) fn tells_twice(&self, twice: bool) {
        self.change(|state| state.sessions.twice = twice);
    }

    /// New connections are to give a sign of life this often.
    pub(crate) fn heartbeats_every(&self, ms: u64) {
        self.change(|state| state.sessions.heartbeat_ms = ms);
    }

    /// How often a bot identified itself, and how often it resumed.
    pub(crate) fn sessions(&self) -> (usize, usize) {
        self.look(|state| (state.sessions.identified, state.sessions.resumed))
    }

    /// What the bot asked for so far whose `METHOD /path` contains this.
    pub(crate) fn calls(&self, part: &str) -> Vec<Call> {
        let is_one = |call: &&Call| told(call).contains(part);
        self.look(|state| state.calls.iter().filter(is_one).cloned().collect())
    }
}

impl Drop for Town {
    fn drop(&mut self) {
        self.serving.abort_all();
        if !std::thread::panicking() {
            self.stays_known();
        }
    }
}

fn told(call: &Call) -> String {
    format!("{} {} {}", call.method, call.path, call.status)
}

async fn socket(
    Shared(inner): Shared<Arc<Inner>>,
    upgrade: WebSocketUpgrade,
) -> axum::response::Response {
    upgrade.on_upgrade(move |socket| gateway::serve(inner, socket))
}

async fn request(Shared(inner): Shared<Arc<Inner>>, request: Request) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_LIMIT).await.unwrap_or_default();
    let answer = inner.with(|state| rest::answer(state, &parts, &body));
    inner.touch();
    match answer {
        Some(answer) => answer,
        // The connection's own task ends, and the socket with it: no hook, no noise.
        None => std::panic::resume_unwind(Box::new("the connection breaks")),
    }
}
