//! The webhook: where it leads, and the deliveries to it, in order per chat and until they succeed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use askaround::domain::time::Moment;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use super::plain;
use super::rest::{Answer, Asked};
use super::rules::wrong;
use super::state::{Id, State};
use super::town::Inner;
use super::wire::unix;

/// The longest pause between two tries; the real one draws it between 60 and 120 seconds.
const LONGEST_PAUSE: u64 = 60;
/// The longest pause that the bot itself can ask for.
const LONGEST_WISH: u64 = 3_600;

/// A webhook that says for so long that it is gone is believed.
const GONE_FOR: Duration = Duration::from_hours(23);

const PORTS: [&str; 4] = ["443", "80", "88", "8443"];

#[derive(Default)]
pub(crate) struct Hook {
    url: String,
    secret: Option<String>,
    max_connections: usize,
    /// What stands before the bot and speaks TLS for it passes calls on to this `host:port`.
    front: Option<String>,
    /// Chats whose first update is on its way.
    busy: Vec<Id>,
    /// Chats whose first update failed: how often, and when it is tried again.
    failed: BTreeMap<Id, (u32, Moment)>,
    last_error: Option<(Moment, String)>,
    /// Since when it has said that it is gone.
    gone_since: Option<Moment>,
    /// Changes with every `setWebhook`: what was on its way before counts no more.
    number: u64,
}

impl Hook {
    pub(crate) fn is_set(&self) -> bool {
        !self.url.is_empty()
    }

    pub(super) fn fronts(&mut self, address: &str) {
        self.front = Some(address.to_owned());
    }

    /// The same place with nothing in it but where it is reached.
    fn anew(&self) -> Hook {
        Hook { number: self.number + 1, front: self.front.clone(), ..Hook::default() }
    }

    /// Where a delivery knocks.
    fn door(&self) -> String {
        let path = self.url.strip_prefix("https://").map(|rest| rest.split_once('/'));
        match (&self.front, path) {
            (Some(front), Some(path)) => {
                format!("http://{front}/{}", path.map_or("", |(_, path)| path))
            }
            _ => self.url.clone(),
        }
    }

    /// How often in a row a delivery has failed.
    pub(crate) fn failures(&self) -> usize {
        let times = self.failed.values().map(|(times, _)| *times).max().unwrap_or(0);
        usize::try_from(times).unwrap_or(usize::MAX)
    }

    /// Whoever waits to try again does so now.
    pub(crate) fn retry(&mut self, now: Moment) {
        for (_, next) in self.failed.values_mut() {
            *next = now;
        }
    }
}

/// One update on its way.
struct Delivery {
    number: u64,
    update: i64,
    chat: Id,
    url: String,
    secret: Option<String>,
    body: String,
}

pub(super) fn set(state: &mut State, asked: &Asked) -> Answer {
    let url = asked.text("url")?.unwrap_or_default().to_owned();
    if url.is_empty() {
        return Ok(drop_hook(state, asked.flag("drop_pending_updates")?));
    }
    check_url(&url)?;
    let secret = asked.text("secret_token")?.map(str::to_owned).filter(|it| !it.is_empty());
    if let Some(secret) = &secret {
        if secret.len() > 256 {
            return Err(wrong("secret token is too long"));
        }
        if !secret.bytes().all(|it| it.is_ascii_alphanumeric() || it == b'_' || it == b'-') {
            return Err(wrong("secret token contains unallowed characters"));
        }
    }
    let most = asked.int("max_connections")?.unwrap_or(40);
    if !(1..=100).contains(&most) {
        return Err(wrong("max_connections is not between 1 and 100"));
    }
    state.allow(&asked.object("allowed_updates")?)?;
    if asked.flag("drop_pending_updates")? {
        state.queue.waiting.clear();
    }
    state.end_poll();
    state.queue.is_ended_by_webhook = true;
    let max_connections = usize::try_from(most).unwrap_or(1);
    state.hook = Hook { url, secret, max_connections, ..state.hook.anew() };
    Ok(json!(true))
}

fn check_url(url: &str) -> Result<(), super::rules::Refusal> {
    if let Some((host, _)) = plain::target(url) {
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        let is_near = ["127.0.0.1", "localhost", "[::1]"].contains(&name);
        let what = "bad webhook: An HTTPS URL must be provided for webhook";
        return if is_near { Ok(()) } else { Err(wrong(what)) };
    }
    let Some(rest) = url.strip_prefix("https://") else {
        return Err(wrong("bad webhook: Unsupported URL protocol"));
    };
    let host = rest.split('/').next().unwrap_or_default();
    let port = host.rsplit_once(':').map_or("443", |(_, port)| port);
    let what = "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443";
    if PORTS.contains(&port) { Ok(()) } else { Err(wrong(what)) }
}

pub(super) fn delete(state: &mut State, asked: &Asked) -> Answer {
    Ok(drop_hook(state, asked.flag("drop_pending_updates")?))
}

fn drop_hook(state: &mut State, drops_updates: bool) -> Value {
    state.hook = state.hook.anew();
    if drops_updates {
        state.queue.waiting.clear();
    }
    json!(true)
}

pub(super) fn info(state: &mut State) -> Value {
    state.forget_old_updates();
    let hook = &state.hook;
    let mut info = json!({
        "url": hook.url, "has_custom_certificate": false,
        "pending_update_count": state.queue.waiting.len(),
    });
    if hook.is_set() {
        info["max_connections"] = json!(hook.max_connections);
    }
    if let Some(allowed) = &state.queue.allowed {
        info["allowed_updates"] = json!(allowed);
    }
    if let Some((at, what)) = &hook.last_error {
        info["last_error_date"] = json!(unix(*at));
        info["last_error_message"] = json!(what);
    }
    info
}

impl State {
    /// What can set out now: the first update of every chat that is not busy.
    fn deliverable(&mut self) -> Vec<Delivery> {
        if !self.hook.is_set() {
            return Vec::new();
        }
        self.forget_old_updates();
        let now = self.now();
        let (mut seen, mut ready) = (Vec::new(), Vec::new());
        let mut order: Vec<_> = self.queue.waiting.iter().collect();
        if self.queue.backwards {
            // Chats go side by side, so nothing says which comes first.
            order.sort_by_key(|update| std::cmp::Reverse(update.chat()));
        }
        for update in order {
            let chat = update.chat();
            let is_first = !seen.contains(&chat);
            seen.push(chat);
            let rests = self.hook.failed.get(&chat).is_some_and(|(_, next)| now < *next);
            if !is_first || rests || self.hook.busy.contains(&chat) {
                continue;
            }
            if self.hook.busy.len() + ready.len() >= self.hook.max_connections {
                break;
            }
            ready.push(Delivery {
                number: self.hook.number,
                update: update.id,
                chat,
                url: self.hook.door(),
                secret: self.hook.secret.clone(),
                body: update.wire().to_string(),
            });
        }
        self.hook.busy.extend(ready.iter().map(|delivery| delivery.chat));
        ready
    }

    fn delivered(&mut self, delivery: &Delivery, came: &Result<plain::Came, std::io::Error>) {
        if delivery.number != self.hook.number {
            return;
        }
        self.hook.busy.retain(|chat| *chat != delivery.chat);
        let now = self.now();
        let (why, wish) = match came {
            Ok(came) if (200..300).contains(&came.status) => {
                self.hook.failed.remove(&delivery.chat);
                self.hook.gone_since = None;
                return self.confirm(delivery.update);
            }
            Ok(came) => (
                format!("Wrong response from the webhook: {}", named(came.status)),
                came.retry_after.map(|wish| wish.min(LONGEST_WISH)),
            ),
            Err(_) => ("Connection refused".to_owned(), None),
        };
        self.hook.last_error = Some((now, why));
        let is_gone = came.as_ref().is_ok_and(|came| came.status == 410);
        self.hook.gone_since = self.hook.gone_since.or(Some(now)).filter(|_| is_gone);
        if self.hook.gone_since.is_some_and(|since| now.since(since) >= GONE_FOR) {
            drop_hook(self, false);
            return;
        }
        let times = self.hook.failed.get(&delivery.chat).map_or(0, |(times, _)| *times);
        let pause = (1_u64 << times.min(6)).min(LONGEST_PAUSE);
        // The first time it is tried again at once.
        let pause = wish.unwrap_or(if times == 0 { 0 } else { pause });
        let next = now + Duration::from_secs(pause);
        self.hook.failed.insert(delivery.chat, (times + 1, next));
    }

    fn next_try(&self) -> Option<Moment> {
        let rests = self.hook.failed.iter().filter(|(chat, _)| !self.hook.busy.contains(*chat));
        rests.map(|(_, (_, next))| *next).filter(|next| self.now() < *next).min()
    }
}

fn named(status: u16) -> String {
    let status = axum::http::StatusCode::from_u16(status);
    status.map_or_else(|_| "no status".to_owned(), |status| status.to_string())
}

/// Delivers for as long as the town stands.
pub(super) async fn deliver(inner: Arc<Inner>) {
    let clock = inner.with(|state| Arc::clone(&state.clock));
    let mut changed = inner.changed();
    let mut going = JoinSet::new();
    loop {
        for delivery in inner.with(State::deliverable) {
            going.spawn(async move {
                let mut headers = vec![("Content-Type", "application/json")];
                if let Some(secret) = &delivery.secret {
                    headers.push(("X-Telegram-Bot-Api-Secret-Token", secret));
                }
                let came = plain::post(&delivery.url, &headers, delivery.body.as_bytes()).await;
                (delivery, came)
            });
        }
        let next = inner.with(|state| state.next_try());
        let rest = async {
            match next {
                Some(next) => clock.until(next).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            Some(done) = going.join_next(), if !going.is_empty() => {
                let (delivery, came) = done.expect("a delivery ends");
                inner.with(|state| state.delivered(&delivery, &came));
                inner.touch();
            }
            done = changed.changed() => {
                if done.is_err() {
                    return;
                }
            }
            () = rest => {}
        }
    }
}
