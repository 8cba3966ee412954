//! The double as a test holds it: one server on a port of its own, and the state behind it.

use std::net::Ipv4Addr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use askaround::runtime::Clock;
use axum::Router;
use axum::extract::{Request, State as Shared};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use super::hooks;
use super::rest::{self, Fault, told};
use super::state::{Call, Id, State};

/// A safety net, so that what never comes fails by name.
const PATIENCE: Duration = Duration::from_secs(20);

/// What a request may weigh.
const BODY_LIMIT: usize = 1 << 20;

/// Telegram with people in it. Dropped, it is gone.
pub(crate) struct Town {
    inner: Arc<Inner>,
    serving: JoinSet<()>,
}

pub(super) struct Inner {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
    /// Changes when a poll begins to wait: who waits for that is no news to the poll.
    idle: watch::Sender<u64>,
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

    pub(super) fn tell_idle(&self) {
        self.idle.send_modify(|count| *count += 1);
    }

    /// Returns when the test lets this answer go.
    pub(super) async fn held(&self) {
        let mut changed = self.changed();
        let number = self.with(|state| {
            state.held += 1;
            state.held
        });
        self.touch();
        while self.with(|state| state.released < number) {
            if changed.changed().await.is_err() {
                return;
            }
        }
    }
}

impl Town {
    /// Opens on a free port of the loopback.
    pub(crate) async fn open(clock: Arc<dyn Clock>, token: &str) -> Town {
        let door = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.expect("a free port");
        let address = door.local_addr().expect("bound").to_string();
        let state = Mutex::new(State::new(clock, token, address));
        let (changed, idle) = (watch::Sender::new(0), watch::Sender::new(0));
        let inner = Arc::new(Inner { state, changed, idle });
        let router = Router::new().fallback(request).with_state(Arc::clone(&inner));
        let mut serving = JoinSet::new();
        serving.spawn(async move { axum::serve(door, router).await.expect("serves") });
        serving.spawn(hooks::deliver(Arc::clone(&inner)));
        Town { inner, serving }
    }

    /// What the adapter is told instead of `https://api.telegram.org`.
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
        let (mut changed, mut idle) = (self.inner.changed(), self.inner.idle.subscribe());
        let looking = async {
            loop {
                if let Some(found) = self.look(&found) {
                    return found;
                }
                tokio::select! {
                    done = changed.changed() => done.expect("the town stands"),
                    done = idle.changed() => done.expect("the town stands"),
                }
            }
        };
        let Ok(found) = tokio::time::timeout(PATIENCE, looking).await else {
            let calls = self.look(|state| {
                let line =
                    |call: &Call| format!("{} {} {}", told(call), call.status, call.description);
                state.calls.iter().map(line).collect::<Vec<_>>()
            });
            panic!("{what} did not come within {PATIENCE:?}; asked for was {calls:#?}")
        };
        self.stays_known();
        found
    }

    /// Returns when the bot listens and has been told everything.
    pub(crate) async fn connected(&self) {
        self.until("a connected bot", |state| state.is_connected().then_some(())).await;
    }

    /// No call broke a rule.
    pub(crate) fn stays_known(&self) {
        let strange = self.look(|state| state.strange.clone());
        assert!(strange.is_empty(), "no bot should ask for {strange:#?}");
    }

    /// What broke a rule so far, which is forgiven: for whoever does it on purpose.
    pub(crate) fn forgives(&self) -> Vec<String> {
        self.change(|state| std::mem::take(&mut state.strange))
    }

    pub(crate) fn me(&self) -> Id {
        self.look(|state| state.me)
    }

    // ---- trouble

    /// The next call whose `method chat_id` contains this goes wrong.
    pub(crate) fn fails(&self, call: &str, fault: Fault) {
        self.change(|state| state.faults.push_back((call.to_owned(), fault)));
    }

    /// Whether all that was to go wrong did.
    pub(crate) fn has_failed(&self) -> bool {
        self.look(|state| state.faults.is_empty())
    }

    /// Returns when an answer is being held; [`Town::lets_go`] sends it.
    pub(crate) async fn holds(&self) {
        self.until("a held answer", |state| (state.released < state.held).then_some(())).await;
    }

    /// Sends the answers that are being held.
    pub(crate) fn lets_go(&self) {
        self.change(|state| state.released = state.held);
    }

    /// Minds from now on how fast the bot talks, by the town's time.
    pub(crate) fn paces(&self) {
        self.change(|state| state.pace.is_on = true);
    }

    /// How often the bot talked into a chat that it had been told to leave alone.
    pub(crate) fn impatient(&self) -> u32 {
        self.look(|state| state.pace.impatient)
    }

    /// The bot's process is gone, and its poll with it.
    pub(crate) fn bot_dies(&self) {
        self.change(State::end_poll);
    }

    /// Every update comes twice, the second time after it was confirmed.
    pub(crate) fn tells_twice(&self, twice: bool) {
        self.change(|state| state.queue.twice = twice);
    }

    /// Every batch comes with its last update first; by webhook, chats change places.
    pub(crate) fn tells_backwards(&self, backwards: bool) {
        self.change(|state| state.queue.backwards = backwards);
    }

    /// After a week of silence updates are counted from anywhere.
    pub(crate) fn counts_from(&self, id: i64) {
        self.change(|state| state.queue.next = id);
    }

    /// Nobody fetches for so long that what has happened so far is never told.
    pub(crate) fn forgets_news(&self) {
        self.change(|state| state.queue.waiting.clear());
    }

    /// The webhook is tried again now, whatever pause it was in.
    pub(crate) fn retries_now(&self) {
        self.change(|state| {
            let now = state.now();
            state.hook.retry(now);
        });
    }

    /// What stands before the bot and speaks TLS for it passes calls on to this `host:port`.
    pub(crate) fn fronts(&self, address: &str) {
        self.change(|state| state.hook.fronts(address));
    }

    /// What the bot asked for so far whose `method chat_id` contains this.
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

async fn request(Shared(inner): Shared<Arc<Inner>>, request: Request) -> axum::response::Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, BODY_LIMIT).await.unwrap_or_default();
    match rest::serve(&inner, &parts, &body).await {
        Some(answer) => answer,
        // The connection's own task ends, and the socket with it: no hook, no noise.
        None => std::panic::resume_unwind(Box::new("the connection breaks")),
    }
}
