//! The playground's listener: the page, and one socket a tab.
//!
//! It runs on a developer's machine next to every web site that they visit, so it trusts none of
//! them: a request must name a loopback host (or a site could have its own name resolved to
//! 127.0.0.1 and read along), a socket must come from our own page (or any site could open one),
//! and the page can load and reach nothing but itself, except an image that the person at it asks
//! for by a press (`page/images.js` says why it may).

use std::net::SocketAddr;
use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message, WebSocket, WebSocketUpgrade, close_code};
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Json, Router};
use serde::Deserialize;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Sockets;
use crate::platform::playground::{ClientFrame, House, ServerFrame, Visit};

/// Open tabs: far more than seven people need, far fewer than would hurt.
const SOCKETS_LIMIT: usize = 64;

/// The longest frame of a tab. Far longer than any text that is let through: somebody who pastes a
/// megabyte is to read that it is too long, not to lose the connection.
const FRAME_LIMIT_BYTES: usize = 4 * 1024 * 1024;

/// The page by path; compiled in, so that the binary is all there is to install.
pub(super) const PAGE: &[(&str, &str, &str)] = &[
    ("/", "text/html; charset=utf-8", include_str!("page/index.html")),
    ("/page.css", "text/css; charset=utf-8", include_str!("page/page.css")),
    ("/panel.css", "text/css; charset=utf-8", include_str!("page/panel.css")),
    ("/page.js", "text/javascript; charset=utf-8", include_str!("page/page.js")),
    ("/people.js", "text/javascript; charset=utf-8", include_str!("page/people.js")),
    ("/posts.js", "text/javascript; charset=utf-8", include_str!("page/posts.js")),
    ("/images.js", "text/javascript; charset=utf-8", include_str!("page/images.js")),
    ("/threads.js", "text/javascript; charset=utf-8", include_str!("page/threads.js")),
    ("/clock.js", "text/javascript; charset=utf-8", include_str!("page/clock.js")),
    ("/unsent.js", "text/javascript; charset=utf-8", include_str!("page/unsent.js")),
    ("/composer.js", "text/javascript; charset=utf-8", include_str!("page/composer.js")),
    ("/folders.js", "text/javascript; charset=utf-8", include_str!("page/folders.js")),
    ("/guide.js", "text/javascript; charset=utf-8", include_str!("page/guide.js")),
    ("/panel.js", "text/javascript; charset=utf-8", include_str!("page/panel.js")),
    ("/tour-de.js", "text/javascript; charset=utf-8", include_str!("page/tour-de.js")),
    ("/tour-en.js", "text/javascript; charset=utf-8", include_str!("page/tour-en.js")),
    ("/tour.js", "text/javascript; charset=utf-8", include_str!("page/tour.js")),
    ("/words-de.js", "text/javascript; charset=utf-8", include_str!("page/words-de.js")),
    ("/words-en.js", "text/javascript; charset=utf-8", include_str!("page/words-en.js")),
    ("/words.js", "text/javascript; charset=utf-8", include_str!("page/words.js")),
];

#[derive(Clone)]
struct Served {
    house: Arc<House>,
    seats: Arc<Semaphore>,
}

/// The page of whoever lives in the house, for the listener at `address`.
pub fn playground_router(house: Arc<House>, address: SocketAddr) -> Router {
    let served = Served { house, seats: Arc::new(Semaphore::new(SOCKETS_LIMIT)) };
    let door = Arc::new(Door::of(address.port()));
    let mut router = Router::new()
        .route("/playground.json", get(describe))
        .route("/socket", get(socket))
        .with_state(served);
    for (path, kind, text) in PAGE.iter().copied() {
        router =
            router.route(path, get(move || async move { ([(header::CONTENT_TYPE, kind)], text) }));
    }
    router.layer(from_fn_with_state(door, guard))
}

async fn describe(State(served): State<Served>) -> Response {
    Json(served.house.live().describe()).into_response()
}

// ---- the door

/// Under which names this listener may be asked for, and what its answers forbid.
struct Door {
    hosts: Vec<String>,
    origins: Vec<String>,
    policy: String,
}

impl Door {
    fn of(port: u16) -> Door {
        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
        if port == 80 {
            hosts.extend(names.iter().map(|name| (*name).to_owned()));
        }
        let origins = hosts.iter().map(|host| format!("http://{host}")).collect();
        let policy = format!(
            "default-src 'none'; script-src 'self'; style-src 'self'; \
             connect-src 'self' ws://127.0.0.1:{port} ws://localhost:{port}; \
             img-src 'self' data: https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        );
        Door { hosts, origins, policy }
    }

    /// The one value of a header, if it is one of `known`.
    fn lets_in(headers: &HeaderMap, name: HeaderName, known: &[String]) -> bool {
        let mut values = headers.get_all(name).iter();
        let value = values.next().and_then(|value| value.to_str().ok()).map(str::to_lowercase);
        values.next().is_none() && value.is_some_and(|value| known.contains(&value))
    }

    fn refusal(&self, request: &Request) -> Option<&'static str> {
        let headers = request.headers();
        if !Door::lets_in(headers, header::HOST, &self.hosts) {
            return Some("The playground answers only to 127.0.0.1, localhost and [::1].\n");
        }
        if request.uri().path() == "/socket"
            && !Door::lets_in(headers, header::ORIGIN, &self.origins)
        {
            return Some("The playground's socket is for the playground's own page only.\n");
        }
        None
    }
}

async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let mut response = match door.refusal(&request) {
        Some(why) => (StatusCode::FORBIDDEN, why).into_response(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&door.policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        // Or a browser asks for the address of every host that somebody links to.
        (header::X_DNS_PREFETCH_CONTROL, "off"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

// ---- the socket

#[derive(Deserialize)]
struct Asked {
    #[serde(rename = "as")]
    person: String,
}

async fn socket(
    State(served): State<Served>,
    Extension(sockets): Extension<Sockets>,
    Query(asked): Query<Asked>,
    upgrade: WebSocketUpgrade,
) -> Response {
    let Some(visit) = served.house.enter(&asked.person) else {
        return (StatusCode::NOT_FOUND, "Nobody here goes by that name.\n").into_response();
    };
    let Ok(seat) = served.seats.try_acquire_owned() else {
        let why = "Too many tabs are open. Close some of them.\n";
        return (StatusCode::SERVICE_UNAVAILABLE, why).into_response();
    };
    upgrade.max_message_size(FRAME_LIMIT_BYTES).max_frame_size(FRAME_LIMIT_BYTES).on_upgrade(
        move |socket| {
            let open = sockets.open.clone();
            open.track_future(attend(socket, visit, sockets, seat))
        },
    )
}

/// Carries frames both ways until the tab closes or the listener stops. An act is always carried
/// out to its end, tab or no tab: what is kept must also be shown.
async fn attend(
    mut socket: WebSocket,
    mut visit: Visit,
    sockets: Sockets,
    _seat: OwnedSemaphorePermit,
) {
    loop {
        let frame = tokio::select! {
            () = sockets.stop.cancelled() => break,
            frame = visit.next() => frame,
            message = socket.recv() => match message {
                Some(Ok(Message::Text(text))) => match act(&mut visit, &text).await {
                    Ok(()) => continue,
                    Err(words) => Arc::new(ServerFrame::Error { words }),
                },
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => continue,
                Some(Ok(Message::Binary(_) | Message::Close(_)) | Err(_)) | None => return,
            },
        };
        let Ok(text) = serde_json::to_string(&*frame) else { return };
        tokio::select! {
            () = sockets.stop.cancelled() => break,
            sent = socket.send(Message::text(text)) => if sent.is_err() { return },
        }
    }
    let away = CloseFrame { code: close_code::AWAY, reason: "the playground stops".into() };
    let _ = socket.send(Message::Close(Some(away))).await;
}

async fn act(visit: &mut Visit, text: &str) -> Result<(), String> {
    visit.act(ClientFrame::read(text)?).await
}
