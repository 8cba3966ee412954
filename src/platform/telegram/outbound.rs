//! Deliveries as calls: what is posted, whispered and edited, and what Telegram's refusals mean.
//!
//! Nothing makes a second send the first once more: the outbox marks what it sends, and what nobody
//! knows about is `Unknown`. Of a text of several messages those that are out are remembered until
//! the last one is, so that a second try goes on where the first one ended.
//!
//! Something for one person only is, in this order: a message in the group that nobody else sees,
//! where the bot may send one; the answer to the button that was pressed, if it is short; a message
//! in the private chat, if there is one. What cannot be private is never said aloud: it is refused,
//! and a press then leads into the private chat, so that the next one can be answered.

use std::time::Duration;

use serde_json::{Map, Value, json};

use super::calls::{
    AnswerCallbackQuery, CallError, Calls, DeleteEphemeralMessage, DeleteMessage,
    EditEphemeralMessageText, EditMessageText, SendMessage, with,
};
use super::inbound::{ANSWERED_WITHIN, Me};
use super::markup::{self, Part};
use super::pacing::Pacing;
use super::people::People;
use super::presence::Presence;
use super::refusals::{self, Meaning};
use super::sent::Sent;
use super::tags;
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::domain::words::Words;
use crate::platform::letters::{label, units};
use crate::platform::{Act, Delivery, DeliveryError, Face, Receipt, ReplyHandle};

/// The longest message.
pub(super) const TEXT_LIMIT: usize = 4096;
/// The longest answer to a pressed button.
const ANSWER_LIMIT: usize = 200;
/// More marks than this have no effect.
const ENTITIES_LIMIT: usize = 100;
const LABEL_LIMIT: usize = 64;
const DATA_LIMIT_BYTES: usize = 64;
/// What fits a phone side by side.
const ROW_LETTERS: usize = 34;
const ROW_LIMIT: usize = 3;
const BUTTONS_LIMIT: usize = 100;

/// How long after a press any bot may answer so that nobody else sees it.
const SEEN_BY_ONE_WITHIN: Duration = Duration::from_secs(15);

/// What a delivery needs besides itself.
#[derive(Clone, Copy)]
pub(super) struct Means<'a> {
    pub(super) calls: &'a Calls,
    pub(super) pacing: &'a Pacing,
    pub(super) people: &'a People,
    pub(super) presence: &'a Presence,
    pub(super) sent: &'a Sent,
    pub(super) me: &'a Me,
    pub(super) now: Moment,
}

/// Carries out one delivery.
pub(super) async fn deliver(
    means: Means<'_>,
    delivery: &Delivery,
) -> Result<Receipt, DeliveryError> {
    match &delivery.act {
        Act::Post { words, reply_to, buttons, ping } => {
            let spot = Spot::read(&delivery.channel)?;
            let texts = texts(words, buttons, ping)?;
            let reply_to = reply_to.as_ref().and_then(|key| reply_in(key, spot.chat));
            means.post(delivery, &spot, &texts, reply_to).await
        }
        Act::Private { to, handle, words, buttons } => {
            let texts = texts(words, buttons, &[])?;
            means.whisper(delivery, to, handle.as_ref(), &texts).await
        }
        Act::Edit { message, words, buttons } => {
            let ours = Ours::read(message)?;
            means.edit(message, &ours, &texts(words, buttons, &[])?).await?;
            Ok(Receipt::of_message(message.clone()))
        }
        Act::OpenThread { .. } | Act::PutAway { .. } => {
            let why = "a message has no thread there".to_owned();
            Err(DeliveryError::Refused { why })
        }
        Act::Wear { who, give, take: _, rank, why: _ } => {
            let rank = give.as_ref().map(|_| rank.as_str());
            tags::wear(means, &delivery.community, who, rank).await
        }
    }
}

// ---- bodies --------------------------------------------------------------------------------

/// One message's text and buttons.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) part: Part,
    pub(super) keyboard: Value,
}

impl Text {
    /// The fields that a new message and an edit have in common.
    fn body(&self) -> Map<String, Value> {
        let mut entities = self.part.entities.clone();
        entities.truncate(ENTITIES_LIMIT);
        let part = Part { text: self.part.text.clone(), entities };
        let mut body = Map::from_iter([
            ("entities".to_owned(), part.entities()),
            ("text".to_owned(), part.text.into()),
            ("link_preview_options".to_owned(), json!({ "is_disabled": true })),
        ]);
        // An edit without any takes off those that were there.
        if self.keyboard != json!([]) {
            let markup = json!({ "inline_keyboard": self.keyboard });
            body.insert("reply_markup".to_owned(), markup);
        }
        body
    }
}

/// The messages that these words become: the buttons are on the first, where an edit finds them.
pub(super) fn texts(
    words: &Words,
    buttons: &[Face],
    ping: &[PlatformKey],
) -> Result<Vec<Text>, DeliveryError> {
    let parts = markup::parts(words, TEXT_LIMIT, ping);
    if parts.is_empty() {
        return Err(DeliveryError::Refused { why: "there is nothing to read in it".to_owned() });
    }
    let text = |(at, part): (usize, Part)| {
        let keyboard = if at == 0 { keyboard(buttons) } else { json!([]) };
        Text { part, keyboard }
    };
    Ok(parts.into_iter().enumerate().map(text).collect())
}

/// As many in a row as a phone shows without cutting their words.
fn keyboard(buttons: &[Face]) -> Value {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut letters = 0;
    let fits = |face: &&Face| (1..=DATA_LIMIT_BYTES).contains(&face.data.len());
    for face in buttons.iter().filter(fits).take(BUTTONS_LIMIT) {
        let text = label(&face.label, LABEL_LIMIT);
        let width = units(&text);
        let button = json!({ "text": text, "callback_data": face.data });
        let button = if face.primary { with(button, "style", "primary") } else { button };
        match rows.last_mut() {
            Some(row) if row.len() < ROW_LIMIT && letters + width <= ROW_LETTERS => {
                row.push(button);
                letters += width;
            }
            _ => {
                rows.push(vec![button]);
                letters = width;
            }
        }
    }
    json!(rows)
}

// ---- keys ----------------------------------------------------------------------------------

fn gone(what: &str) -> DeliveryError {
    DeliveryError::Gone { why: format!("no {what} of Telegram's has this key") }
}

/// A chat, or a topic of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) chat: i64,
    pub(super) topic: Option<i64>,
}

impl Spot {
    pub(super) fn read(key: &PlatformKey) -> Result<Spot, DeliveryError> {
        let (chat, topic) = match key.as_str().split_once(':') {
            Some((chat, topic)) => (chat, Some(topic)),
            None => (key.as_str(), None),
        };
        let chat = number(chat).ok_or_else(|| gone("place"))?;
        // General is the topic that is none.
        let topic = match topic.map(number) {
            None => None,
            Some(Some(topic)) => Some(topic).filter(|topic| *topic > 1),
            Some(None) => return Err(gone("place")),
        };
        Ok(Spot { chat, topic })
    }

    fn fields(self) -> Map<String, Value> {
        let mut fields = Map::from_iter([("chat_id".to_owned(), self.chat.into())]);
        if let Some(topic) = self.topic {
            fields.insert("message_thread_id".to_owned(), topic.into());
        }
        fields
    }
}

/// As a key of ours says it: nothing in front of it, and never zero.
pub(super) fn number(text: &str) -> Option<i64> {
    text.parse().ok().filter(|number| *number != 0 && !text.starts_with('+'))
}

/// A message, by its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ours {
    Posted { chat: i64, id: i64 },
    Whispered { chat: i64, to: i64, id: i64 },
}

impl Ours {
    pub(super) fn read(key: &PlatformKey) -> Result<Ours, DeliveryError> {
        let parts: Vec<&str> = key.as_str().split(':').collect();
        let read = match parts[..] {
            [chat, id] => number(chat).zip(number(id)).map(|(chat, id)| Ours::Posted { chat, id }),
            [chat, "e", to, id] => {
                let whispered = |((chat, to), id)| Ours::Whispered { chat, to, id };
                number(chat).zip(number(to)).zip(number(id)).map(whispered)
            }
            _ => None,
        };
        read.ok_or_else(|| gone("message"))
    }

    fn chat(self) -> i64 {
        let (Ours::Posted { chat, .. } | Ours::Whispered { chat, .. }) = self;
        chat
    }
}

/// The number to reply to in a chat: of a message of another chat, such as the group that this one
/// was, there is none, and nobody replies aloud to what one person was told.
fn reply_in(key: &PlatformKey, chat: i64) -> Option<i64> {
    match Ours::read(key) {
        Ok(Ours::Posted { chat: there, id }) => (there == chat).then_some(id),
        Ok(Ours::Whispered { .. }) | Err(_) => None,
    }
}

/// What a private answer is an answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Query<'a> {
    id: &'a str,
    /// Telegram lets any bot answer so that nobody else sees it.
    is_fresh: bool,
}

impl Query<'_> {
    fn live(handle: Option<&ReplyHandle>, now: Moment) -> Option<Query<'_>> {
        let handle = handle.filter(|handle| handle.expires_at > now)?;
        let left = handle.expires_at.since(now);
        let is_fresh = left + SEEN_BY_ONE_WITHIN > ANSWERED_WITHIN;
        Some(Query { id: handle.key.strip_prefix("q:")?, is_fresh })
    }
}

// ---- sending -------------------------------------------------------------------------------

fn key_of(chat: i64, told: &Value) -> Option<PlatformKey> {
    let id = told.get("message_id").and_then(Value::as_i64).filter(|id| *id != 0)?;
    Some(PlatformKey::new(format!("{chat}:{id}")))
}

/// Why something was not said so that only one person sees it.
enum Unsaid {
    /// Not in this way.
    Otherwise(String),
    Failed(DeliveryError),
}

impl Means<'_> {
    /// One new message, in its turn; without the marks in it if Telegram cannot read those.
    async fn send(self, chat: i64, mut body: Map<String, Value>) -> Result<Value, CallError> {
        self.pacing.turn(chat).await.map_err(|after| CallError::Limited { after })?;
        let sent = self.calls.call(SendMessage(body.clone().into())).await;
        let sent = match sent {
            Err(CallError::Refused { why }) if refusals::is_about_entities(&why) => {
                tracing::warn!(chat.id = chat, why, "a message for {chat} goes without its marks");
                body.remove("entities");
                self.calls.call(SendMessage(body.into())).await
            }
            sent => sent,
        };
        if let Err(CallError::Limited { after }) = &sent {
            self.pacing.rest(chat, *after);
        }
        sent
    }

    async fn post(
        self,
        delivery: &Delivery,
        spot: &Spot,
        texts: &[Text],
        mut reply_to: Option<i64>,
    ) -> Result<Receipt, DeliveryError> {
        let out = self.sent.out(delivery.id).len();
        if out > 0 {
            reply_to = None;
        }
        for text in texts.iter().skip(out) {
            let mut body = text.body();
            body.extend(spot.fields());
            if delivery.quiet {
                body.insert("disable_notification".to_owned(), true.into());
            }
            if let Some(id) = reply_to.take() {
                let reply = json!({ "message_id": id, "allow_sending_without_reply": true });
                body.insert("reply_parameters".to_owned(), reply);
            }
            let told = self.send(spot.chat, body).await.map_err(|error| failed(&error))?;
            if let Some(key) = key_of(spot.chat, &told) {
                self.sent.sent(delivery.id, key);
            }
        }
        Ok(self.sent.finished(delivery.id))
    }

    /// For one person's eyes.
    async fn whisper(
        self,
        delivery: &Delivery,
        to: &PlatformKey,
        handle: Option<&ReplyHandle>,
        texts: &[Text],
    ) -> Result<Receipt, DeliveryError> {
        let spot = Spot::read(&delivery.channel)?;
        let Some(person) = number(to.as_str()) else { return Err(gone("person")) };
        if person == spot.chat {
            // They are alone with the bot there; or it is the group itself that asked.
            return self.post(delivery, &spot, texts, None).await;
        }
        if person < 0 {
            return Err(DeliveryError::Refused { why: "nobody has this key".to_owned() });
        }
        let query = Query::live(handle, self.now);
        let mut whys = Vec::new();
        match self.in_front_of_all(delivery, &spot, person, query, texts).await {
            Err(Unsaid::Otherwise(why)) => whys.push(why),
            Err(Unsaid::Failed(error)) => return Err(error),
            Ok(receipt) => {
                self.acknowledge(query, None).await;
                return Ok(receipt);
            }
        }
        if let (Some(query), [text]) = (query, texts)
            && text.keyboard == json!([])
            && units(&text.part.text) <= ANSWER_LIMIT
            && self.sent.waits(query.id)
            && self.acknowledge(Some(query), Some(&text.part.text)).await
        {
            return Ok(Receipt::default());
        }
        let direct = Spot { chat: person, topic: None };
        match self.post(delivery, &direct, texts, None).await {
            Err(DeliveryError::Refused { why } | DeliveryError::Gone { why }) => {
                whys.push(why);
                self.lead_in(query).await;
                Err(DeliveryError::Refused { why: whys.join("; ") })
            }
            Err(DeliveryError::Moved { .. }) => Err(gone("person")),
            sent => {
                self.acknowledge(query, None).await;
                sent
            }
        }
    }

    /// In the group, so that nobody else sees it.
    async fn in_front_of_all(
        self,
        delivery: &Delivery,
        spot: &Spot,
        person: i64,
        query: Option<Query<'_>>,
        texts: &[Text],
    ) -> Result<Receipt, Unsaid> {
        let otherwise = |why: &str| Err(Unsaid::Otherwise(why.to_owned()));
        if spot.chat > 0 {
            return otherwise("it is no group");
        }
        let me = self.me.id;
        let is_administrator = self.people.administrators(self.calls, spot.chat).await.has(me);
        let cause = query.filter(|query| query.is_fresh && !is_administrator);
        if !is_administrator && cause.is_none() {
            return otherwise("only an administrator may whisper in a group");
        }
        if !self.can_whisper(spot.chat, person).await {
            return otherwise("this Bot API server cannot whisper");
        }
        for text in texts.iter().skip(self.sent.out(delivery.id).len()) {
            let receiver = json!({ "receiver_user_id": person });
            let receiver = match cause {
                Some(query) => with(receiver, "callback_query_id", query.id),
                None => receiver,
            };
            let mut body = text.body();
            body.extend(spot.fields());
            body.insert("ephemeral_message_parameters".to_owned(), receiver);
            let told = match self.send(spot.chat, body).await {
                Ok(told) => told,
                Err(CallError::Refused { why }) => return Err(Unsaid::Otherwise(why)),
                Err(error) => return Err(Unsaid::Failed(failed(&error))),
            };
            if let Some(id) = told.get("ephemeral_message_id").and_then(Value::as_i64) {
                let key = PlatformKey::new(format!("{}:e:{person}:{id}", spot.chat));
                self.sent.sent(delivery.id, key);
            }
        }
        Ok(self.sent.finished(delivery.id))
    }

    /// Whether the server knows messages for one person: an older one would say them to all. Asked
    /// once, about a message that never was.
    async fn can_whisper(self, chat: i64, person: i64) -> bool {
        let asking = || async {
            let never = json!({ "chat_id": chat, "receiver_user_id": person,
                "ephemeral_message_id": i32::MAX });
            match self.calls.call(DeleteEphemeralMessage(never)).await {
                Ok(_) | Err(CallError::Refused { .. }) => Ok(true),
                Err(CallError::Unknown) => {
                    tracing::warn!("this Bot API server is older than messages for one person");
                    Ok(false)
                }
                Err(
                    CallError::Limited { .. }
                    | CallError::Moved { .. }
                    | CallError::Unanswered(_)
                    | CallError::Unreachable(_),
                ) => Err(()),
            }
        };
        self.sent.can_whisper.get_or_try_init(asking).await.is_ok_and(|can| *can)
    }

    /// Answers a pressed button if nobody has; whether that was done.
    async fn acknowledge(self, query: Option<Query<'_>>, text: Option<&str>) -> bool {
        let Some(query) = query.filter(|query| self.sent.answers(query.id)) else { return false };
        let body = json!({ "callback_query_id": query.id });
        let body = match text {
            Some(text) => with(with(body, "text", text), "show_alert", true),
            None => body,
        };
        let answered = self.calls.call(AnswerCallbackQuery(body)).await;
        if let Err(error) = &answered {
            // Too late, most of all: nobody looks at it any more.
            tracing::debug!(%error, "a pressed button was not answered");
        }
        answered.is_ok()
    }

    /// Leads whoever pressed into the private chat, which only they can open.
    async fn lead_in(self, query: Option<Query<'_>>) {
        let Some(query) = query else { return };
        if self.sent.answers(query.id) {
            let url = format!("https://t.me/{}?start=answer", self.me.username);
            let body = json!({ "callback_query_id": query.id, "url": url });
            if let Err(error) = self.calls.call(AnswerCallbackQuery(body)).await {
                tracing::debug!(%error, "a pressed button led nowhere");
            }
        }
    }

    // ---- changing

    async fn change(self, ours: Ours, text: &Text) -> Result<(), DeliveryError> {
        self.pacing
            .turn(ours.chat())
            .await
            .map_err(|after| failed(&CallError::Limited { after }))?;
        let mut body = text.body();
        let changed = match ours {
            Ours::Posted { chat, id } => {
                body.insert("chat_id".to_owned(), chat.into());
                body.insert("message_id".to_owned(), id.into());
                self.calls.call(EditMessageText(body.into())).await
            }
            Ours::Whispered { chat, to, id } => {
                body.insert("chat_id".to_owned(), chat.into());
                body.insert("receiver_user_id".to_owned(), to.into());
                body.insert("ephemeral_message_id".to_owned(), id.into());
                self.calls.call(EditEphemeralMessageText(body.into())).await
            }
        };
        match changed {
            Ok(_) => Ok(()),
            Err(CallError::Refused { why }) if refusals::is_not_modified(&why) => Ok(()),
            // What was said before a group moved stays behind, as it was.
            Err(CallError::Moved { .. }) => Err(gone("message")),
            Err(CallError::Limited { after }) => {
                self.pacing.rest(ours.chat(), after);
                Err(failed(&CallError::Limited { after }))
            }
            Err(error) => Err(failed(&error)),
        }
    }

    /// Changes a text of one message or several. What there is no message for goes without words:
    /// a second one could not be told from a repetition.
    async fn edit(
        self,
        first: &PlatformKey,
        ours: &Ours,
        texts: &[Text],
    ) -> Result<(), DeliveryError> {
        let mut rest = self.sent.rest_of(first).into_iter();
        let mut kept = Vec::new();
        for (at, text) in texts.iter().enumerate() {
            if at == 0 {
                self.change(*ours, text).await?;
                continue;
            }
            let Some(key) = rest.next() else { break };
            self.change(Ours::read(&key)?, text).await?;
            kept.push(key);
        }
        for key in rest {
            if let Ok(Ours::Posted { chat, id }) = Ours::read(&key) {
                let delete = DeleteMessage(json!({ "chat_id": chat, "message_id": id }));
                // Older than two days it stays.
                if let Err(error) = self.calls.call(delete).await {
                    tracing::debug!(chat.id = chat, %error, "a part of a text stays");
                }
            }
        }
        self.sent.keep_rest(first, kept);
        Ok(())
    }
}

/// What a failed call means for the delivery.
pub(super) fn failed(error: &CallError) -> DeliveryError {
    let why = error.to_string();
    match error {
        CallError::Limited { after } => DeliveryError::Retry { after: Some(*after), why },
        CallError::Unknown => DeliveryError::Retry { after: Some(refusals::LONG_REST), why },
        CallError::Unreachable(_) => DeliveryError::Retry { after: None, why },
        CallError::Unanswered(_) => DeliveryError::Unknown { why },
        CallError::Moved { to } => DeliveryError::Moved { to: PlatformKey::new(to.to_string()) },
        CallError::Refused { why } => match refusals::meaning(why) {
            Meaning::Gone => DeliveryError::Gone { why: why.clone() },
            Meaning::Refused(Some(mend)) => {
                DeliveryError::Refused { why: format!("{mend} ({why})") }
            }
            Meaning::Refused(None) => DeliveryError::Refused { why: why.clone() },
        },
    }
}
