//! When a call may leave: Discord's limits, kept without sleeping on one and without blocking
//! others.
//!
//! Most of it is `twilight-http-ratelimiting`: a queue for each bucket that the headers name, times
//! the channel, guild or webhook it is for, one request in flight for each, and 50 requests in a
//! second over all. It knows endpoints by their whole path, so that every message would be an
//! endpoint of its own: here a path goes in with its lesser ids left out. What it does not know is
//! added: a 429 for the whole bot, and the guard against the ban that follows ten thousand invalid
//! requests.
//!
//! The routes of interactions are outside the global limit and each has a token of its own, that
//! is, a queue that would be used once and kept for ever. They are not queued: their 429 is told to
//! whoever called.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use reqwest::Method;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};
use twilight_http_ratelimiting::{
    Bucket, Endpoint, Method as Verb, Permit, RateLimitHeaders, RateLimiter,
};

/// A call waits this long for its turn at most: a longer wait is the outbox's, which can do
/// something else meanwhile.
pub(super) const LONGEST_WAIT: Duration = Duration::from_secs(2);
/// Where nothing says how long: soon, but not at once.
const SHORT_REST: Duration = Duration::from_secs(1);
/// Nothing that Discord says about a wait is believed beyond this.
const LONGEST_REST: Duration = Duration::from_hours(1);

/// Discord bans an address after 10,000 of these in [`INVALID_WINDOW`]; several bots may share it.
const INVALID_LIMIT: usize = 2_000;
const INVALID_WINDOW: Duration = Duration::from_mins(10);

/// A call as the limits see it; it names no token and can be logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Route {
    verb: Verb,
    path: String,
}

impl Route {
    pub(super) fn of(method: &Method, path: &str) -> Route {
        let verb = match *method {
            Method::POST => Verb::Post,
            Method::PATCH => Verb::Patch,
            Method::PUT => Verb::Put,
            Method::DELETE => Verb::Delete,
            _ => Verb::Get,
        };
        let mut parts = path.trim_matches('/').split('/');
        let first = parts.next().unwrap_or_default();
        let mut route = first.to_owned();
        for (at, part) in parts.enumerate() {
            let major = at == 0 && matches!(first, "channels" | "guilds");
            let secret = at < 2 && is_interaction(first);
            let is_id = !part.is_empty() && part.bytes().all(|letter| letter.is_ascii_digit());
            // An emoji of a reaction is somebody's choice too; all share one bucket.
            let is_emoji = route.ends_with("/reactions");
            route.push('/');
            route.push_str(if secret || is_emoji || (is_id && !major) { ":" } else { part });
        }
        Route { verb, path: route }
    }

    pub(super) fn is_interaction(&self) -> bool {
        is_interaction(self.path.split('/').next().unwrap_or_default())
    }

    fn endpoint(&self) -> Endpoint {
        Endpoint { method: self.verb, path: self.path.clone() }
    }
}

impl std::fmt::Display for Route {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} /{}", self.verb.name(), self.path)
    }
}

fn is_interaction(first: &str) -> bool {
    matches!(first, "interactions" | "webhooks")
}

/// What an answer says about limits.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Said {
    pub(super) status: u16,
    pub(super) bucket: Option<String>,
    pub(super) limit: Option<u16>,
    pub(super) remaining: Option<u16>,
    pub(super) reset_after: Option<f64>,
    pub(super) retry_after: Option<f64>,
    /// For the whole bot, and not for one bucket.
    pub(super) global: bool,
    /// For everybody who uses this channel or guild: no fault of ours.
    pub(super) shared: bool,
}

/// Not now, but after this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wait(pub(super) Duration);

pub(super) struct Pacing {
    limiter: RateLimiter,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// After a 429 for the whole bot: nothing leaves before.
    held_until: Option<Instant>,
    /// When the invalid requests of the last [`INVALID_WINDOW`] were answered.
    invalid: VecDeque<Instant>,
    /// The guard has told the operator that it holds everything back.
    told: bool,
}

impl Pacing {
    /// The limiter is a task of the runtime that this is called in; it ends with the last of its
    /// users.
    pub(super) fn new() -> Pacing {
        Pacing { limiter: RateLimiter::default(), state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for the turn of this route, but not long. `None`: it needs none.
    pub(super) async fn turn(&self, route: &Route) -> Result<Option<Permit>, Wait> {
        let free = self.free(route);
        if let Some(wait) = free {
            return Err(wait);
        }
        if route.is_interaction() {
            return Ok(None);
        }
        let (tell, told) = oneshot::channel();
        let turn = self.limiter.acquire_if(route.endpoint(), move |bucket| {
            let wait = bucket.map(until_free);
            let is_soon = wait.is_none_or(|wait| wait <= LONGEST_WAIT);
            // Whoever asked may have gone; then nobody needs to know.
            let _ = tell.send(wait);
            is_soon
        });
        match timeout(LONGEST_WAIT, turn).await {
            // While it waited, a 429 may have come for all.
            Ok(Some(permit)) => match self.free(route) {
                Some(wait) => Err(wait),
                None => Ok(Some(permit)),
            },
            Ok(None) => {
                let wait = told.await.ok().flatten().unwrap_or(SHORT_REST);
                Err(Wait(wait.max(SHORT_REST)))
            }
            // Others are before it: by then the bucket has been full and empty again.
            Err(_) => Err(Wait(SHORT_REST)),
        }
    }

    /// Why nothing of this kind leaves now.
    fn free(&self, route: &Route) -> Option<Wait> {
        let now = Instant::now();
        let mut state = self.state();
        state.forget(now);
        if let Some(oldest) = state.invalid.front()
            && state.invalid.len() >= INVALID_LIMIT
        {
            return Some(Wait(rest(INVALID_WINDOW.saturating_sub(now - *oldest))));
        }
        if route.is_interaction() {
            return None;
        }
        let until = state.held_until.filter(|until| *until > now)?;
        Some(Wait(until - now))
    }

    /// Takes in what an answer says. `Some` for a 429: when to try again.
    pub(super) fn heard(&self, route: &Route, permit: Option<Permit>, said: &Said) -> Option<Wait> {
        let now = Instant::now();
        let limited = said.status == 429;
        if matches!(said.status, 401 | 403) || (limited && !said.shared) {
            self.state().invalid(now);
        }
        let wait = rest(seconds(said.retry_after).unwrap_or(SHORT_REST));
        // A 429 without a bucket that is not Discord's own comes from what stands before it, and
        // is for the address as a whole.
        if limited && (said.global || (said.bucket.is_none() && !route.is_interaction())) {
            let mut state = self.state();
            state.held_until = state.held_until.max(Some(now + wait));
        }
        if let Some(permit) = permit {
            permit.complete(headers(said, now, wait));
        }
        limited.then_some(Wait(wait))
    }
}

impl State {
    fn forget(&mut self, now: Instant) {
        while self.invalid.front().is_some_and(|at| now - *at >= INVALID_WINDOW) {
            self.invalid.pop_front();
        }
        // Once for each time it holds, and not for each call that it holds back.
        self.told &= self.invalid.len() >= INVALID_LIMIT / 2;
    }

    fn invalid(&mut self, now: Instant) {
        self.forget(now);
        self.invalid.push_back(now);
        if self.invalid.len() >= INVALID_LIMIT && !self.told {
            self.told = true;
            tracing::error!(
                "Discord refused {INVALID_LIMIT} calls in ten minutes; nothing more is sent until \
                 fewer are, because it bans the address of whoever goes on. The log says which \
                 calls: look for missing rights."
            );
        }
    }
}

/// How long until this bucket takes one more.
fn until_free(bucket: Bucket) -> Duration {
    let reset = Instant::from_std(bucket.reset_at);
    if bucket.remaining == 0 {
        reset.saturating_duration_since(Instant::now())
    } else {
        Duration::ZERO
    }
}

fn headers(said: &Said, now: Instant, wait: Duration) -> Option<RateLimitHeaders> {
    let bucket = said.bucket.clone()?.into_bytes();
    if said.status == 429 {
        let reset_at = (now + wait).into_std();
        return Some(RateLimitHeaders { bucket, limit: 0, remaining: 0, reset_at });
    }
    let reset_at = (now + rest(seconds(said.reset_after)?)).into_std();
    Some(RateLimitHeaders { bucket, limit: said.limit?, remaining: said.remaining?, reset_at })
}

fn seconds(said: Option<f64>) -> Option<Duration> {
    Duration::try_from_secs_f64(said?).ok()
}

/// Within reason.
fn rest(wait: Duration) -> Duration {
    wait.min(LONGEST_REST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn post(channel: u64) -> Route {
        Route::of(&Method::POST, &format!("/channels/{channel}/messages"))
    }

    fn said(remaining: u16, reset_after: f64) -> Said {
        Said {
            status: 200,
            bucket: Some("abc".to_owned()),
            limit: Some(5),
            remaining: Some(remaining),
            reset_after: Some(reset_after),
            ..Said::default()
        }
    }

    fn refused(status: u16, retry_after: f64) -> Said {
        let retry_after = Some(retry_after);
        Said { status, bucket: Some("abc".to_owned()), retry_after, ..Said::default() }
    }

    async fn sends(pacing: &Pacing, route: &Route, said: &Said) {
        let permit = pacing.turn(route).await.unwrap();
        let _ = pacing.heard(route, permit, said);
        // The limiter hears of it in its own task.
        tokio::task::yield_now().await;
        tokio::task::yield_now().await;
    }

    #[test]
    fn a_route_keeps_the_major_id_and_no_secret() {
        for (path, route) in [
            ("/channels/12/messages", "GET /channels/12/messages"),
            ("/channels/12/messages/34", "GET /channels/12/messages/:"),
            (
                "/channels/12/messages/34/reactions/%F0/@me",
                "GET /channels/12/messages/:/reactions/:/@me",
            ),
            ("/guilds/12/members/34", "GET /guilds/12/members/:"),
            ("/users/@me/channels", "GET /users/@me/channels"),
            ("/interactions/12/tok-en/callback", "GET /interactions/:/:/callback"),
            ("/webhooks/12/tok-en/messages/@original", "GET /webhooks/:/:/messages/@original"),
        ] {
            assert_eq!(Route::of(&Method::GET, path).to_string(), route);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_bucket_is_waited_for_if_it_is_soon_free() {
        let pacing = Pacing::new();
        sends(&pacing, &post(1), &said(0, 1.5)).await;
        let before = Instant::now();
        assert!(pacing.turn(&post(1)).await.is_ok());
        assert!(before.elapsed() >= Duration::from_millis(1500), "{:?}", before.elapsed());
    }

    #[tokio::test(start_paused = true)]
    async fn a_long_wait_is_handed_back_at_once() {
        let pacing = Pacing::new();
        sends(&pacing, &post(1), &said(0, 5.0)).await;
        let before = Instant::now();
        let Err(Wait(wait)) = pacing.turn(&post(1)).await else { panic!("it left") };
        assert!(wait > Duration::from_secs(4) && wait <= Duration::from_secs(5), "{wait:?}");
        assert_eq!(before.elapsed(), Duration::ZERO, "nobody waited");
        assert!(pacing.turn(&post(2)).await.is_ok(), "another channel is not delayed");
    }

    #[tokio::test(start_paused = true)]
    async fn a_queue_is_not_waited_in_for_long() {
        let pacing = Pacing::new();
        let slow = pacing.turn(&post(1)).await.unwrap();
        assert!(matches!(pacing.turn(&post(1)).await, Err(Wait(_))), "one in flight");
        drop(slow);
        assert!(pacing.turn(&post(1)).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn two_messages_of_a_channel_share_a_bucket() {
        let pacing = Pacing::new();
        let edit = |id| Route::of(&Method::PATCH, &format!("/channels/1/messages/{id}"));
        sends(&pacing, &edit(7), &said(0, 5.0)).await;
        assert!(matches!(pacing.turn(&edit(8)).await, Err(Wait(_))));
    }

    #[tokio::test(start_paused = true)]
    async fn a_429_for_the_bot_holds_all_but_interactions() {
        let pacing = Pacing::new();
        let global = Said { global: true, ..refused(429, 3.0) };
        sends(&pacing, &post(1), &global).await;
        let wait = pacing.turn(&post(2)).await.err();
        assert_eq!(wait, Some(Wait(Duration::from_secs(3))));
        let callback = Route::of(&Method::POST, "/interactions/1/t/callback");
        assert!(pacing.turn(&callback).await.is_ok_and(|permit| permit.is_none()));
        tokio::time::advance(Duration::from_secs(3)).await;
        assert!(pacing.turn(&post(2)).await.is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn fifty_leave_in_a_second() {
        let pacing = Pacing::new();
        let before = Instant::now();
        for channel in 0..50 {
            sends(&pacing, &post(channel), &said(4, 5.0)).await;
        }
        assert_eq!(before.elapsed(), Duration::ZERO);
        assert!(pacing.turn(&post(50)).await.is_ok());
        assert!(before.elapsed() >= Duration::from_secs(1));
    }

    #[tokio::test(start_paused = true)]
    async fn too_many_refusals_hold_everything_and_shared_ones_are_none() {
        let pacing = Pacing::new();
        let callback = Route::of(&Method::POST, "/interactions/1/t/callback");
        let shared = Said { shared: true, ..refused(429, 0.0) };
        for _ in 0..INVALID_LIMIT {
            let _ = pacing.heard(&callback, None, &shared);
        }
        assert!(pacing.turn(&callback).await.is_ok());
        for _ in 1..INVALID_LIMIT {
            let _ = pacing.heard(&callback, None, &refused(403, 0.0));
        }
        assert!(pacing.turn(&callback).await.is_ok(), "one less than the limit");
        let _ = pacing.heard(&callback, None, &refused(429, 0.0));
        assert_eq!(pacing.turn(&callback).await.err(), Some(Wait(INVALID_WINDOW)));
        assert!(pacing.state().told);
        tokio::time::advance(INVALID_WINDOW).await;
        assert!(pacing.turn(&callback).await.is_ok(), "and it goes on by itself");
        assert!(!pacing.state().told);
    }

    #[test]
    fn no_answer_makes_anybody_wait_for_ever() {
        assert_eq!(seconds(Some(f64::NAN)), None);
        assert_eq!(seconds(Some(-1.0)), None);
        assert_eq!(rest(Duration::from_secs(u64::MAX)), LONGEST_REST);
    }
}
