//! The gateway: sessions that outlive their connections, and the socket of each connection.
//!
//! Every session has its own numbered record of what it was told or would have been; a connection
//! sends what it has not sent yet. So a resumed session gets what it missed, in order, and nothing
//! else has to be done for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::extract::ws::{CloseFrame, Message as Frame, WebSocket};
use serde_json::{Value, json};

use super::state::{Id, State};
use super::town::Inner;

/// Which events an intent brings.
pub(super) mod intent {
    pub(crate) const GUILDS: u64 = 1;
    pub(crate) const MEMBERS: u64 = 1 << 1;
    pub(crate) const PRESENCES: u64 = 1 << 8;
    pub(crate) const MESSAGES: u64 = 1 << 9;
    pub(crate) const REACTIONS: u64 = 1 << 10;
    pub(crate) const DIRECT_MESSAGES: u64 = 1 << 12;
    pub(crate) const DIRECT_REACTIONS: u64 = 1 << 13;
    pub(crate) const CONTENT: u64 = 1 << 15;
    /// Whatever is asked for.
    pub(crate) const ANY: u64 = 0;
}

const DISPATCH: u8 = 0;
const RECONNECT: u8 = 7;
const INVALID_SESSION: u8 = 9;
const HELLO: u8 = 10;
const ACK: u8 = 11;

/// What a test does to every connection there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The socket is gone without a word.
    Drop,
    /// Closed with this code; below 4000 it ends the session.
    Close(u16),
    /// Asked to come back and resume (op 7).
    Reconnect,
    /// The session is no more (op 9); the connection stays for a new one.
    Invalidate,
    /// Nothing comes any more, no event and no ACK, on a socket that stays open.
    Silence,
}

pub(crate) struct Sessions {
    all: BTreeMap<String, Session>,
    cuts: Vec<Cut>,
    /// IDENTIFY is refused with this code.
    pub(super) refuses: Option<u16>,
    pub(super) twice: bool,
    pub(super) heartbeat_ms: u64,
    pub(super) identified: usize,
    pub(super) resumed: usize,
    /// The next RESUME finds no session.
    pub(super) forgetful: bool,
    connections: u64,
}

impl Default for Sessions {
    fn default() -> Self {
        Sessions {
            all: BTreeMap::new(),
            cuts: Vec::new(),
            refuses: None,
            twice: false,
            heartbeat_ms: 41_250,
            identified: 0,
            resumed: 0,
            forgetful: false,
            connections: 0,
        }
    }
}

struct Session {
    intents: u64,
    /// The connection that has it now.
    held_by: Option<u64>,
    /// What it was told, by sequence number from 1.
    told: Vec<(&'static str, Value)>,
    sent: usize,
}

impl State {
    /// Tells every session whose intents want it.
    pub(super) fn emit(&mut self, wants: u64, name: &'static str, event: &Value) {
        let times = if self.sessions.twice { 2 } else { 1 };
        let mut sessions = std::mem::take(&mut self.sessions.all);
        for session in sessions.values_mut() {
            if session.intents & wants != wants {
                continue;
            }
            let is_message = name.starts_with("MESSAGE_") && event["author"].is_object();
            let blank = is_message && session.intents & intent::CONTENT == 0;
            for _ in 0..times {
                let event = if blank { self.blanked(event.clone()) } else { event.clone() };
                session.told.push((name, event));
            }
        }
        self.sessions.all = sessions;
    }

    /// How often a session was taken up again.
    pub(crate) fn resumed(&self) -> usize {
        self.sessions.resumed
    }

    /// Whether the bot is connected and has been told all there is.
    pub(crate) fn is_connected(&self) -> bool {
        let is_live = |session: &Session| session.held_by.is_some();
        let has_all = |session: &Session| session.sent >= session.told.len();
        let mut live = self.sessions.all.values().filter(|session| is_live(session)).peekable();
        live.peek().is_some() && live.all(has_all)
    }

    /// Does this to every connection. What sessions there are stay, to be resumed, where Discord
    /// would keep them.
    pub(super) fn cut(&mut self, cut: Cut) {
        self.sessions.cuts.push(cut);
        for session in self.sessions.all.values_mut() {
            session.held_by = None;
        }
        if matches!(cut, Cut::Invalidate | Cut::Close(..=3_999)) {
            self.sessions.all.clear();
        }
    }

    fn ready(&mut self, connection: u64, identify: &Value) -> Result<String, u16> {
        let intents = identify["intents"].as_u64().unwrap_or(0);
        if let Some(code) = self.sessions.refuses {
            return Err(code);
        }
        if identify["token"].as_str().map(bare) != Some(self.token.as_str()) {
            return Err(4004);
        }
        if intents >= 1 << 26 {
            return Err(4013);
        }
        let privileged = intent::MEMBERS | intent::PRESENCES;
        let has_content = intents & intent::CONTENT != 0;
        if intents & privileged != 0 || has_content && !self.content_intent {
            return Err(4014);
        }
        self.sessions.identified += 1;
        let id = format!("session-{}", self.sessions.identified);
        let guilds: Vec<Id> =
            self.guilds.keys().copied().filter(|guild| self.is_in(*guild)).collect();
        let unavailable =
            guilds.iter().map(|id| json!({"id": id.to_string(), "unavailable": true}));
        let ready = json!({
            "v": 10, "user": self.user(self.me), "guilds": unavailable.collect::<Vec<_>>(),
            "session_id": id, "resume_gateway_url": format!("ws://{}/ws", self.address),
            "session_type": "normal", "private_channels": [], "shard": [0, 1],
            "application": {"id": self.me.to_string(), "flags": self.flags()},
        });
        let mut told = vec![("READY", ready)];
        if intents & intent::GUILDS != 0 {
            told.extend(guilds.iter().filter_map(|id| Some(("GUILD_CREATE", self.guild(*id)?))));
        }
        let session = Session { intents, held_by: Some(connection), told, sent: 0 };
        self.sessions.all.insert(id.clone(), session);
        Ok(id)
    }

    pub(super) fn is_in(&self, guild: Id) -> bool {
        self.guilds.get(&guild).is_some_and(|guild| guild.members.contains_key(&self.me))
    }

    fn resume(&mut self, connection: u64, resume: &Value) -> Option<String> {
        let id = resume["session_id"].as_str()?.to_owned();
        if std::mem::take(&mut self.sessions.forgetful) {
            self.sessions.all.remove(&id);
        }
        let is_ours = resume["token"].as_str().map(bare) == Some(self.token.as_str());
        let session = self.sessions.all.get_mut(&id).filter(|_| is_ours)?;
        let seq = usize::try_from(resume["seq"].as_u64()?).ok()?;
        if seq > session.told.len() {
            return None;
        }
        (session.held_by, session.sent) = (Some(connection), seq);
        session.told.push(("RESUMED", json!({"_trace": []})));
        self.sessions.resumed += 1;
        Some(id)
    }

    /// The next frames for a connection that has this session.
    fn unsent(&mut self, connection: u64, id: &str) -> Vec<Value> {
        let Some(session) = self.sessions.all.get_mut(id) else { return Vec::new() };
        if session.held_by != Some(connection) {
            return Vec::new();
        }
        let from = std::mem::replace(&mut session.sent, session.told.len());
        let news = session.told.iter().enumerate().skip(from);
        let frame = |(at, (name, event)): (usize, &(&'static str, Value))| json!({"op": DISPATCH, "t": name, "s": at + 1, "d": event});
        news.map(frame).collect()
    }

    fn lost(&mut self, connection: u64) {
        for session in self.sessions.all.values_mut() {
            session.held_by = session.held_by.filter(|holder| *holder != connection);
        }
    }
}

fn bare(token: &str) -> &str {
    token.strip_prefix("Bot ").unwrap_or(token)
}

/// One connection, from HELLO to its end.
pub(super) async fn serve(inner: Arc<Inner>, mut socket: WebSocket) {
    let mut changed = inner.changed();
    let (number, mut cuts_seen, heartbeat_ms) = inner.with(|state| {
        state.sessions.connections += 1;
        let sessions = &state.sessions;
        (sessions.connections, sessions.cuts.len(), sessions.heartbeat_ms)
    });
    let hello = json!({"op": HELLO, "d": {"heartbeat_interval": heartbeat_ms, "_trace": []}});
    let (mut is_up, mut is_silent) = (send(&mut socket, &hello).await, false);
    let mut session: Option<String> = None;
    while is_up {
        let cut = inner.with(|state| {
            let cut = state.sessions.cuts.get(cuts_seen).copied();
            cuts_seen += usize::from(cut.is_some());
            cut
        });
        match cut {
            Some(Cut::Drop) => break,
            Some(Cut::Close(code)) => {
                close(&mut socket, code).await;
                break;
            }
            Some(Cut::Reconnect) => {
                is_up = send(&mut socket, &json!({"op": RECONNECT, "d": null})).await;
                session = None;
            }
            Some(Cut::Invalidate) => {
                is_up = send(&mut socket, &json!({"op": INVALID_SESSION, "d": false})).await;
                session = None;
            }
            Some(Cut::Silence) => is_silent = true,
            None => {}
        }
        if cut.is_some() {
            continue;
        }
        if let (Some(id), false) = (&session, is_silent) {
            let news = inner.with(|state| state.unsent(number, id));
            for frame in &news {
                is_up = is_up && send(&mut socket, frame).await;
            }
            if !news.is_empty() {
                // Somebody may wait for the bot to have been told.
                inner.touch();
            }
        }
        tokio::select! {
            _ = changed.changed() => {}
            frame = socket.recv() => match frame {
                Some(Ok(Frame::Text(text))) if !is_silent => {
                    let heard = heard(&inner, number, &mut session, &mut socket, &text).await;
                    is_up = heard;
                }
                Some(Ok(Frame::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => {}
            }
        }
    }
    inner.with(|state| state.lost(number));
    inner.touch();
}

/// What a bot says; gives back whether the connection goes on.
async fn heard(
    inner: &Inner,
    number: u64,
    session: &mut Option<String>,
    socket: &mut WebSocket,
    text: &str,
) -> bool {
    let said: Value = serde_json::from_str(text).unwrap_or_default();
    let code = match said["op"].as_u64() {
        Some(1) => return send(socket, &json!({"op": ACK, "d": null})).await,
        Some(2) if session.is_some() => Some(4005),
        Some(2) => match inner.with(|state| state.ready(number, &said["d"])) {
            Ok(id) => {
                *session = Some(id);
                None
            }
            Err(code) => Some(code),
        },
        Some(6) => {
            *session = inner.with(|state| state.resume(number, &said["d"]));
            if session.is_none() {
                return send(socket, &json!({"op": INVALID_SESSION, "d": false})).await;
            }
            None
        }
        // Presence, voice, members: taken and of no effect here.
        Some(3 | 4 | 8) => None,
        _ => Some(4001),
    };
    inner.touch();
    let Some(code) = code else { return true };
    close(socket, code).await;
    false
}

async fn send(socket: &mut WebSocket, frame: &Value) -> bool {
    socket.send(Frame::Text(frame.to_string().into())).await.is_ok()
}

async fn close(socket: &mut WebSocket, code: u16) {
    let frame = CloseFrame { code, reason: "".into() };
    // Whoever has gone needs no goodbye.
    let _gone = socket.send(Frame::Close(Some(frame))).await;
}
