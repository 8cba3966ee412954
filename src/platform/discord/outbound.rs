//! Deliveries as calls: what is posted, whispered and edited, and what Discord's refusals mean.
//!
//! A post carries its row's id as a nonce, which Discord enforces for some minutes: within them a
//! second try is the first message once more. An edit is itself again. An answer to an interaction
//! has no such thing; what was said is noted in [`Deferred`], and after a restart the first answer
//! is looked at before anything is added to it.
//!
//! A text of several messages goes by the first one's id, for that is what people reply to; the
//! buttons are there too, so that whoever edits it can take them off. The ids of the others are
//! known as long as the process lives. After that an edit reaches the first only.
//!
//! What cannot be private is never said aloud: without a live interaction it is a direct message,
//! and where people take none it is refused.

use std::time::Duration;

use serde_json::{Value, json};

use super::badges::{self, Wearing};
use super::deferred::{Deferred, First, Talk};
use super::guilds::Guilds;
use super::markup;
use super::rest::{Call, Rest, RestError};
use crate::domain::ids::{OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::Words;
use crate::platform::letters::label;
use crate::platform::{Act, Delivery, DeliveryError, Face, Receipt, ReplyHandle};

/// The longest message.
pub(super) const TEXT_LIMIT: usize = 2000;
const LABEL_LIMIT: usize = 80;
const ROW_LIMIT: usize = 5;
const ROWS_LIMIT: usize = 5;
const PING_LIMIT: usize = 100;

/// Message flags.
pub(super) const SUPPRESS_EMBEDS: u64 = 1 << 2;
pub(super) const EPHEMERAL: u64 = 1 << 6;
pub(super) const LOADING: u64 = 1 << 7;

/// Where nothing says how long to wait and a try soon would be refused again.
const LONG_REST: Duration = Duration::from_mins(5);

/// What a delivery needs besides itself.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) rest: &'a Rest,
    pub(super) deferred: &'a Deferred,
    pub(super) guilds: &'a Guilds,
    /// The application's id, by which Discord addresses follow-ups.
    pub(super) application: &'a str,
    /// The bot's own user id, by which Discord says whose a thread is.
    pub(super) me: &'a str,
    pub(super) now: Moment,
}

/// Carries out one delivery.
pub(super) async fn deliver(
    means: Means<'_>,
    delivery: &Delivery,
) -> Result<Receipt, DeliveryError> {
    match &delivery.act {
        Act::Post { words, reply_to, buttons, ping } => {
            let channel = snowflake(&delivery.channel)?;
            let bodies = bodies(words, buttons, ping)?;
            let ids = means.post(delivery.id, channel, bodies, reply_to.as_ref()).await?;
            Ok(means.receipt(ids, |id| PlatformKey::from(id)))
        }
        Act::Private { to, handle, words, buttons } => {
            let bodies = bodies(words, buttons, &[])?;
            if let Some(talk) = Interaction::live(handle.as_ref(), means.now) {
                match means.answer(delivery.id, &talk, &bodies).await {
                    Err(Unsaid::Dead) => {}
                    Err(Unsaid::Failed(error)) => return Err(error),
                    Ok(ids) => return Ok(means.receipt(ids, |id| talk.key(id))),
                }
            }
            means.direct(delivery.id, to, bodies).await
        }
        Act::Edit { message, words, buttons } => {
            let place = Ours::read(message, &delivery.channel)?;
            let bodies = bodies(words, buttons, &[])?;
            means.edit(delivery.id, message, &place, bodies).await?;
            Ok(Receipt::of_message(message.clone()))
        }
        Act::Wear { who, give, take, why, rank: _ } => {
            let (guild, give) = (&delivery.community, give.as_ref());
            let wearing = Wearing { guild, who, give, take, why };
            badges::wear(means.rest, means.guilds, &wearing).await
        }
        Act::OpenThread { message, title } => {
            means.open_thread(&delivery.channel, message, title).await
        }
        Act::PutAway { title } => means.put_away(&delivery.channel, title.as_deref()).await,
    }
}

// ---- bodies --------------------------------------------------------------------------------

/// The messages that these words become: the buttons are on the first, where an edit finds them.
pub(super) fn bodies(
    words: &Words,
    buttons: &[Face],
    ping: &[PlatformKey],
) -> Result<Vec<Value>, DeliveryError> {
    let parts = markup::parts(words, TEXT_LIMIT);
    if parts.is_empty() {
        return Err(DeliveryError::Refused { why: "there is nothing to read in it".to_owned() });
    }
    let mut users: Vec<&str> = Vec::new();
    for key in ping.iter().map(PlatformKey::as_str) {
        if markup::is_snowflake(key) && !users.contains(&key) && users.len() < PING_LIMIT {
            users.push(key);
        }
    }
    let body = |(at, content): (usize, String)| {
        let components = if at == 0 { rows(buttons) } else { json!([]) };
        json!({
            "content": content,
            // Always said: what is left out means everybody, in an edit too.
            "allowed_mentions": { "parse": [], "users": users, "replied_user": false },
            "components": components,
            "flags": SUPPRESS_EMBEDS,
        })
    };
    Ok(parts.into_iter().enumerate().map(body).collect())
}

fn rows(buttons: &[Face]) -> Value {
    let mut seen: Vec<&Face> = Vec::new();
    for face in buttons {
        // Two of one id are refused, and would do the same.
        if seen.iter().all(|one| one.data != face.data) && seen.len() < ROW_LIMIT * ROWS_LIMIT {
            seen.push(face);
        }
    }
    let rows = seen.chunks(ROW_LIMIT).map(|row| {
        let row: Vec<Value> = row.iter().map(|face| button(face)).collect();
        json!({ "type": 1, "components": row })
    });
    rows.collect()
}

fn button(face: &Face) -> Value {
    let style = if face.primary { 1 } else { 2 };
    json!({
        "type": 2, "style": style, "label": label(&face.label, LABEL_LIMIT),
        "custom_id": face.data,
    })
}

/// A body as a new message of a channel. The nonce is the same at every try.
pub(super) fn new_message(mut body: Value, row: OutboxId, part: usize) -> Value {
    if let Some(fields) = body.as_object_mut() {
        fields.insert("nonce".to_owned(), json!(format!("{row}.{part}")));
        fields.insert("enforce_nonce".to_owned(), json!(true));
    }
    body
}

fn with(mut body: Value, name: &str, value: Value) -> Value {
    if let Some(fields) = body.as_object_mut() {
        fields.insert(name.to_owned(), value);
    }
    body
}

pub(super) fn whisper(body: Value) -> Value {
    with(body, "flags", json!(SUPPRESS_EMBEDS | EPHEMERAL))
}

// ---- keys ----------------------------------------------------------------------------------

pub(super) fn snowflake(key: &PlatformKey) -> Result<&str, DeliveryError> {
    let is_one = markup::is_snowflake(key.as_str());
    let gone = || DeliveryError::Gone { why: "no place of Discord's has this key".to_owned() };
    is_one.then_some(key.as_str()).ok_or_else(gone)
}

/// A token goes into a path: nothing in it may lead elsewhere.
fn is_token(token: &str) -> bool {
    let plain = |letter: u8| letter.is_ascii_alphanumeric() || b"-_=.".contains(&letter);
    token.bytes().all(plain) && !token.bytes().all(|letter| letter == b'.')
}

/// An interaction that can be answered: `<id>:<token>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Interaction {
    pub(super) id: String,
    pub(super) token: String,
}

impl Interaction {
    pub(super) fn read(key: &str) -> Option<Interaction> {
        let (id, token) = key.split_once(':')?;
        let (id, token) = (id.to_owned(), token.to_owned());
        (markup::is_snowflake(&id) && is_token(&token)).then_some(Interaction { id, token })
    }

    fn live(handle: Option<&ReplyHandle>, now: Moment) -> Option<Interaction> {
        let handle = handle.filter(|handle| handle.expires_at > now)?;
        Interaction::read(&handle.key)
    }

    fn key(&self, message: &str) -> PlatformKey {
        PlatformKey::new(format!("x:{}:{}:{message}", self.id, self.token))
    }

    pub(super) fn callback(&self, body: Value) -> Call {
        Call::post(format!("/interactions/{}/{}/callback", self.id, self.token), body)
    }

    /// The path of the first answer.
    pub(super) fn original(&self, application: &str) -> String {
        format!("{}/@original", self.messages(application))
    }

    fn messages(&self, application: &str) -> String {
        format!("/webhooks/{application}/{}/messages", self.token)
    }
}

/// A message of ours, by the key that its receipt gave it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ours {
    Posted { channel: String, id: String },
    Whispered { talk: Interaction, id: String },
}

impl Ours {
    pub(super) fn read(key: &PlatformKey, channel: &PlatformKey) -> Result<Ours, DeliveryError> {
        let gone = || DeliveryError::Gone { why: "no message of ours has this key".to_owned() };
        let parts: Vec<&str> = key.as_str().split(':').collect();
        let is_id = markup::is_snowflake;
        match parts[..] {
            ["x", id, token, message] if is_id(message) || message == "@original" => {
                let talk = Interaction::read(&format!("{id}:{token}")).ok_or_else(gone)?;
                Ok(Ours::Whispered { talk, id: message.to_owned() })
            }
            ["d", channel, id] if is_id(channel) && is_id(id) => {
                Ok(Ours::Posted { channel: channel.to_owned(), id: id.to_owned() })
            }
            [id] if is_id(id) => {
                Ok(Ours::Posted { channel: snowflake(channel)?.to_owned(), id: id.to_owned() })
            }
            _ => Err(gone()),
        }
    }

    /// The path of the messages beside it.
    fn messages(&self, application: &str) -> String {
        match self {
            Ours::Posted { channel, .. } => format!("/channels/{channel}/messages"),
            Ours::Whispered { talk, .. } => talk.messages(application),
        }
    }

    fn id(&self) -> &str {
        let (Ours::Posted { id, .. } | Ours::Whispered { id, .. }) = self;
        id
    }
}

// ---- refusals ------------------------------------------------------------------------------

/// Whether a second try is the first one once more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Again {
    Same,
    Another,
}

/// What a failed call means for the delivery.
pub(super) fn meaning(error: &RestError, again: Again) -> DeliveryError {
    let why = error.to_string();
    match error {
        RestError::Limited { after } => DeliveryError::Retry { after: Some(*after), why },
        RestError::Unauthorized => DeliveryError::Retry { after: Some(LONG_REST), why },
        RestError::Unreachable(_) => DeliveryError::Retry { after: None, why },
        RestError::Busy(_) if again == Again::Same => DeliveryError::Retry { after: None, why },
        RestError::Busy(_) | RestError::Unanswered(_) => DeliveryError::Unknown { why },
        RestError::Refused { status, code, .. } => refused(*status, *code, why),
    }
}

fn refused(status: u16, code: u64, why: String) -> DeliveryError {
    let missing = |right: &str| DeliveryError::Refused { why: format!("{right} ({why})") };
    match code {
        10_003 | 10_004 | 10_008 | 10_015 | 10_062 | 50_027 => DeliveryError::Gone { why },
        50_001 => missing("the bot needs the right View Channel there"),
        50_013 => missing("the bot needs the right Send Messages (in a thread: in Threads) there"),
        50_083 | 160_005 => missing("the thread is closed; the bot needs the right Manage Threads"),
        50_007 | 50_278 => missing("this person takes no direct messages from the bot"),
        // Too many at once of something that Discord has no headers for.
        20_016 | 20_028 | 30_046 | 40_003 | 130_000 => {
            DeliveryError::Retry { after: Some(LONG_REST), why }
        }
        _ if status == 404 => DeliveryError::Gone { why },
        _ => DeliveryError::Refused { why },
    }
}

/// Why an interaction was not answered.
enum Unsaid {
    /// It can be answered no more, and nothing was said by it.
    Dead,
    Failed(DeliveryError),
}

pub(super) fn code(error: &RestError) -> u64 {
    if let RestError::Refused { code, .. } = error { *code } else { 0 }
}

/// By which id a sent message goes; one without may be there or not.
pub(super) fn id_of(message: &Value) -> Result<String, RestError> {
    let id = message.get("id").and_then(Value::as_str).map(ToOwned::to_owned);
    id.ok_or_else(|| RestError::Unanswered("an answer that names no message".to_owned()))
}

// ---- sending -------------------------------------------------------------------------------

impl Means<'_> {
    /// Names the first of the messages and keeps in mind which belong to it.
    fn receipt(self, mut ids: Vec<String>, key: impl Fn(&str) -> PlatformKey) -> Receipt {
        if ids.is_empty() {
            return Receipt::default();
        }
        let first = key(&ids.remove(0));
        self.deferred.keep_rest(&first, ids);
        Receipt::of_message(first)
    }

    /// A call whose second try is the first once more; an archived thread is opened for it.
    pub(super) async fn repeat(
        self,
        call: Call,
        channel: Option<&str>,
    ) -> Result<Value, RestError> {
        match (self.rest.call(call.clone()).await, channel) {
            (Err(error), Some(channel)) if code(&error) == 50_083 => {
                let open = json!({ "archived": false });
                // If it may not be opened, the thread's own refusal says what is missing.
                if self.rest.call(Call::patch(format!("/channels/{channel}"), open)).await.is_err()
                {
                    return Err(error);
                }
                self.rest.call(call).await
            }
            // At once, for a nonce is remembered for some minutes only.
            (Err(RestError::Unanswered(_)), _) => self.rest.call(call).await,
            (result, _) => result,
        }
    }

    async fn post(
        self,
        row: OutboxId,
        channel: &str,
        bodies: Vec<Value>,
        reply_to: Option<&PlatformKey>,
    ) -> Result<Vec<String>, DeliveryError> {
        let mut ids = Vec::new();
        let mut reply_to =
            reply_to.map(PlatformKey::as_str).filter(|key| markup::is_snowflake(key));
        for (part, body) in bodies.into_iter().enumerate() {
            let body = new_message(body, row, part);
            let sent = self.post_one(channel, body, reply_to.take()).await?;
            ids.push(id_of(&sent).map_err(|error| meaning(&error, Again::Same))?);
        }
        Ok(ids)
    }

    async fn post_one(
        self,
        channel: &str,
        body: Value,
        reply_to: Option<&str>,
    ) -> Result<Value, DeliveryError> {
        let path = format!("/channels/{channel}/messages");
        let whole = match reply_to {
            Some(message) => {
                let to = json!({ "message_id": message, "fail_if_not_exists": false });
                with(body.clone(), "message_reference", to)
            }
            None => body.clone(),
        };
        let sent = match self.repeat(Call::post(&path, whole), Some(channel)).await {
            // Without the right to read what was said before, a reply is still a message.
            Err(error) if reply_to.is_some() && code(&error) == 160_002 => {
                self.repeat(Call::post(&path, body), Some(channel)).await
            }
            result => result,
        };
        sent.map_err(|error| meaning(&error, Again::Same))
    }

    async fn direct(
        self,
        row: OutboxId,
        to: &PlatformKey,
        bodies: Vec<Value>,
    ) -> Result<Receipt, DeliveryError> {
        let to = snowflake(to)?;
        let channel = self.direct_channel(to).await?;
        let ids = self.post(row, &channel, bodies, None).await?;
        Ok(self.receipt(ids, |id| PlatformKey::new(format!("d:{channel}:{id}"))))
    }

    async fn direct_channel(self, to: &str) -> Result<String, DeliveryError> {
        if let Some(channel) = self.deferred.direct(to) {
            return Ok(channel);
        }
        let call = Call::post("/users/@me/channels", json!({ "recipient_id": to }));
        let opened = self.repeat(call, None).await;
        let opened = opened.map_err(|error| meaning(&error, Again::Same))?;
        let channel = id_of(&opened).map_err(|error| meaning(&error, Again::Same))?;
        self.deferred.keep_direct(to, &channel);
        Ok(channel)
    }

    async fn edit(
        self,
        row: OutboxId,
        key: &PlatformKey,
        place: &Ours,
        bodies: Vec<Value>,
    ) -> Result<(), DeliveryError> {
        let messages = place.messages(self.application);
        let channel = match place {
            Ours::Posted { channel, .. } => Some(channel.as_str()),
            Ours::Whispered { .. } => None,
        };
        let mut there = vec![place.id().to_owned()];
        there.extend(self.deferred.rest_of(key));
        let mut there = there.into_iter();
        let mut rest = Vec::new();
        for (part, body) in bodies.into_iter().enumerate() {
            if let Some(id) = there.next() {
                let call = Call::patch(format!("{messages}/{id}"), body.clone());
                match self.repeat(call, channel).await {
                    Ok(_) if part == 0 => continue,
                    Ok(_) => {
                        rest.push(id);
                        continue;
                    }
                    // A later part that somebody deleted is said again.
                    Err(error) if part > 0 && code(&error) == 10_008 => {}
                    Err(error) => return Err(meaning(&error, Again::Same)),
                }
            }
            let added = match place {
                Ours::Posted { channel, .. } => {
                    self.post_one(channel, new_message(body, row, part), None).await?
                }
                Ours::Whispered { talk, .. } => self.follow_up(talk, body).await?,
            };
            rest.push(id_of(&added).map_err(|error| meaning(&error, Again::Another))?);
        }
        for id in there {
            match self.repeat(Call::delete(format!("{messages}/{id}")), channel).await {
                Err(error) if code(&error) != 10_008 => return Err(meaning(&error, Again::Same)),
                _ => {}
            }
        }
        self.deferred.keep_rest(key, rest);
        Ok(())
    }

    // ---- answers to interactions -----------------------------------------------------------

    /// Says what is not said yet, part by part, and returns all its ids.
    async fn answer(
        self,
        row: OutboxId,
        talk: &Interaction,
        bodies: &[Value],
    ) -> Result<Vec<String>, Unsaid> {
        let said = self.deferred.talk(&talk.id);
        let mut said = said.lock().await;
        while let Some(body) = bodies.get(said.parts(row)) {
            let id = self.answer_one(&mut said, talk, body).await;
            // Only a follow-up cannot be looked for.
            let again = if said.first == First::Taken { Again::Another } else { Again::Same };
            let id = id.map_err(|error| match code(&error) {
                10_015 | 10_062 | 50_027 if said.parts(row) == 0 => Unsaid::Dead,
                _ => Unsaid::Failed(meaning(&error, again)),
            })?;
            said.said(row, id);
        }
        Ok(said.ids(row))
    }

    async fn answer_one(
        self,
        said: &mut Talk,
        talk: &Interaction,
        body: &Value,
    ) -> Result<String, RestError> {
        if said.first == First::Open {
            // A second try is told that there is an answer, and looks whether it is this one.
            let answer = json!({ "type": 4, "data": whisper(body.clone()) });
            match self.repeat(talk.callback(answer), None).await {
                Ok(_) => {
                    said.first = First::Taken;
                    return Ok("@original".to_owned());
                }
                // By an earlier process, or by a try that was not heard of.
                Err(error) if code(&error) == 40_060 => {
                    said.first = self.look(talk, body).await?;
                }
                Err(error) => return Err(error),
            }
        }
        let original = talk.original(self.application);
        match said.first {
            First::Ours => said.first = First::Taken,
            First::Waiting => {
                self.repeat(Call::patch(original, body.clone()), None).await?;
                said.first = First::Taken;
            }
            First::Open | First::Taken => {
                let path = format!("/webhooks/{}/{}", self.application, talk.token);
                let sent = self.rest.call(Call::post(path, whisper(body.clone()))).await?;
                return id_of(&sent);
            }
        }
        Ok("@original".to_owned())
    }

    /// What became of an interaction that somebody has answered.
    async fn look(self, talk: &Interaction, body: &Value) -> Result<First, RestError> {
        let original = talk.original(self.application);
        let message = match self.rest.call(Call::get(original)).await {
            Err(error) if code(&error) == 10_008 => return Ok(First::Taken),
            result => result?,
        };
        Ok(first(&message, body))
    }

    async fn follow_up(self, talk: &Interaction, body: Value) -> Result<Value, DeliveryError> {
        let path = format!("/webhooks/{}/{}", self.application, talk.token);
        let sent = self.rest.call(Call::post(path, whisper(body))).await;
        sent.map_err(|error| meaning(&error, Again::Another))
    }
}

/// What the first answer is, seen from these words: for a press that was taken note of silently
/// it is the public message with the button, which is nobody's to overwrite.
pub(super) fn first(message: &Value, body: &Value) -> First {
    let flags = message.get("flags").and_then(Value::as_u64).unwrap_or(0);
    let text = |of: &Value| -> String {
        let content = of.get("content").and_then(Value::as_str).unwrap_or_default();
        content.split_whitespace().collect()
    };
    if flags & EPHEMERAL == 0 {
        First::Taken
    } else if flags & LOADING != 0 {
        First::Waiting
    } else if text(message) == text(body) {
        First::Ours
    } else {
        First::Taken
    }
}
