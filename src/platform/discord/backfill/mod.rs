//! What was missed: the history of every place that matters, read from where it was last heard.
//!
//! Discord tells nobody twice what was said while they were away. So whenever a server is told
//! anew (at the start, after a session that could not be resumed, after its outage), its places
//! are read up, oldest first, through the same translation as live messages and under the same
//! keys. Deletions and reactions of the gap are not to be had.
//!
//! A thread that is no place yet is read if it hangs in one: wholly if it was opened in the gap,
//! else from the newest that was heard anywhere in that server, which is when the bot was last
//! there. Of a server, one place is read after the other, since they share Discord's patience.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use serenity::model::Permissions;
use serenity::model::channel::Message as Told;
use serenity::model::id::{ChannelId, GuildId, UserId};
use tokio::sync::mpsc;
use tracing::{info, warn};

use super::cursors::Missed;
use super::guilds::{Guilds, Kind, key};
use super::inbound::{self, Dropped};
use crate::domain::ids::PlatformKey;
use crate::platform::{Doing, Inbound};

/// Discord's own limit of one page.
const PAGE: usize = 100;

/// Messages of one channel. A thousand are a busy channel's day; what is older has been answered
/// by others, and reading on would keep everybody waiting.
const CHANNEL_LIMIT: usize = 1_000;

/// People whose rights are asked for, of one server; the others count as plain members.
const PEOPLE_LIMIT: usize = 200;

/// Between attempts at a channel that cannot be read just now.
const AGAIN: Duration = Duration::from_secs(5);
const AGAIN_LIMIT: Duration = Duration::from_mins(5);

/// Reading from Discord: what [`super`]'s sender does, as far as it is needed here.
pub(super) trait Reading: Send + Sync {
    /// A GET of a path such as `/gateway/bot`.
    fn get(
        &self,
        path: String,
        query: Vec<(&'static str, String)>,
    ) -> Doing<'_, Result<Value, Unread>>;
}

/// Why nothing was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unread {
    /// The token is wrong.
    Unauthorized,
    /// It will not be told: no permission, no such channel.
    Refused { status: u16, why: String },
    /// Not now.
    Later { after: Option<Duration>, why: String },
}

/// What a back-fill tells the gateway's loop.
#[derive(Debug)]
pub(super) enum Filling {
    /// Hold this channel: it is being read.
    Reading(PlatformKey),
    /// It cannot be read just now; let it go on, its gap stays open.
    Later(PlatformKey),
    /// All that was missed, oldest first, up to a message.
    Read {
        channel: PlatformKey,
        missed: Vec<Inbound>,
        up_to: Option<u64>,
        /// The back-fill: its server and its turn.
        of: (GuildId, u64),
    },
    /// Read, but not for us.
    Dropped(Dropped),
}

/// One server's back-fill.
pub(super) struct Backfill {
    pub(super) reading: Arc<dyn Reading>,
    pub(super) guilds: Arc<Guilds>,
    pub(super) me: UserId,
    pub(super) guild: GuildId,
    pub(super) missed: Vec<Missed>,
    /// When the bot was last there.
    pub(super) newest: Option<u64>,
    /// Of the back-fills of this server, the how manieth.
    pub(super) turn: u64,
    pub(super) tell: mpsc::Sender<Filling>,
}

impl Backfill {
    /// Reads until all is read, however long Discord makes it wait. Ends with its receiver.
    pub(super) async fn run(self) {
        let mut people = BTreeMap::new();
        let threads = self.threads().await;
        let posts = |forum: u64| {
            let of_forum = threads.iter().filter(|thread| thread.parent == forum);
            of_forum.map(|thread| thread.id).max()
        };
        for place in &self.missed {
            let kind = self.guilds.channel(ChannelId::new(place.channel)).map(|known| known.kind);
            let up_to = match (kind, place.after) {
                // Nobody writes in a forum: its cursor is its newest post.
                (Some(Kind::Forum), after) => {
                    Some(posts(place.channel).max(after).unwrap_or(place.channel))
                }
                (_, Some(after)) => {
                    self.channel(place.channel, after, &mut people).await;
                    continue;
                }
                (_, None) => self.start(place.channel).await,
            };
            self.read(place.channel, Vec::new(), up_to).await;
        }
        for (thread, after) in unknown(&threads, &self.missed, self.newest) {
            self.channel(thread, after, &mut people).await;
        }
    }

    /// Where a place begins that has just begun to matter.
    async fn start(&self, channel: u64) -> Option<u64> {
        let path = format!("/channels/{channel}/messages");
        let query = || vec![("limit", "1".to_owned())];
        let page = self.insist(channel, || self.reading.get(path.clone(), query())).await?;
        // Without any message, its own id stands before all that will be written there.
        Some(ids(&page).max().unwrap_or(channel.saturating_sub(1)))
    }

    async fn channel(&self, channel: u64, after: u64, people: &mut BTreeMap<u64, Value>) {
        let wanted = Permissions::VIEW_CHANNEL | Permissions::READ_MESSAGE_HISTORY;
        if !self.guilds.bot_can(ChannelId::new(channel), wanted) {
            // Discord then answers with an empty history and no error.
            warn!(discord.channel = channel, "no right to read the history of channel {channel}");
        }
        self.tell(Filling::Reading(key(channel))).await;
        let path = format!("/channels/{channel}/messages");
        let (mut missed, mut up_to, mut read) = (Vec::new(), after, 0);
        loop {
            let from = up_to;
            let query = || vec![("after", from.to_string()), ("limit", PAGE.to_string())];
            let get = || self.reading.get(path.clone(), query());
            let Some(page) = self.insist(channel, get).await else { break };
            let step = turn(&page, up_to);
            read += step.messages.len();
            for message in step.messages {
                match self.translate(message, people).await {
                    Ok(inbound) => missed.push(inbound),
                    Err(dropped) => self.tell(Filling::Dropped(dropped)).await,
                }
            }
            up_to = step.up_to;
            if step.last {
                break;
            }
            if read >= CHANNEL_LIMIT {
                warn!(
                    discord.channel = channel,
                    "more than {CHANNEL_LIMIT} messages were missed in channel {channel}: the \
                     newer ones are not read"
                );
                break;
            }
        }
        if read > 0 {
            info!(discord.channel = channel, "read {read} missed messages of channel {channel}");
        }
        self.read(channel, missed, Some(up_to)).await;
    }

    async fn read(&self, channel: u64, missed: Vec<Inbound>, up_to: Option<u64>) {
        let (channel, of) = (key(channel), (self.guild, self.turn));
        self.tell(Filling::Read { channel, missed, up_to, of }).await;
    }

    /// A message of the history has neither its server nor its author's roles.
    async fn translate(
        &self,
        mut message: Value,
        people: &mut BTreeMap<u64, Value>,
    ) -> Result<Inbound, Dropped> {
        let author = message.pointer("/author/id").and_then(id);
        let bot = message.pointer("/author/bot").and_then(Value::as_bool).unwrap_or(false);
        if let Some(author) = author.filter(|_| !bot) {
            if !people.contains_key(&author) && people.len() < PEOPLE_LIMIT {
                let path = format!("/guilds/{}/members/{author}", self.guild);
                // Somebody who left, or who cannot be asked for, is a plain member.
                let member = self.reading.get(path, Vec::new()).await.unwrap_or(Value::Null);
                people.insert(author, member);
            }
            if let (Some(fields), Some(member)) = (message.as_object_mut(), people.get(&author))
                && member.get("roles").is_some()
            {
                fields.insert("member".to_owned(), member.clone());
            }
        }
        if let Some(fields) = message.as_object_mut() {
            fields.insert("guild_id".to_owned(), json!(self.guild.to_string()));
        }
        forget_what_may_be_newer(&mut message);
        if let Some(answered) = message.get_mut("referenced_message") {
            forget_what_may_be_newer(answered);
        }
        let told: Told = serde_json::from_value(message).map_err(|_| Dropped("not readable"))?;
        inbound::message(&told, &self.guilds, self.me)
    }

    async fn threads(&self) -> Vec<ActiveThread> {
        let path = format!("/guilds/{}/threads/active", self.guild);
        let get = || self.reading.get(path.clone(), Vec::new());
        let told = self.insist(0, get).await.unwrap_or(Value::Null);
        let threads = told.get("threads").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        threads.iter().filter_map(ActiveThread::of).collect()
    }

    /// Asks until there is an answer; `None` where there will be none. While a channel waits, it
    /// is let go on.
    async fn insist<'a>(
        &self,
        channel: u64,
        ask: impl Fn() -> Doing<'a, Result<Value, Unread>>,
    ) -> Option<Value> {
        let mut pause = AGAIN;
        loop {
            let (after, why) = match ask().await {
                Ok(answer) => return Some(answer),
                Err(Unread::Later { after, why }) => (after, why),
                Err(Unread::Unauthorized) => return None,
                Err(Unread::Refused { status, why }) => {
                    warn!(
                        discord.channel = channel,
                        "the history of channel {channel} is not to be had ({status}): {why}"
                    );
                    return None;
                }
            };
            warn!(discord.channel = channel, "the history must wait: {why}");
            self.tell(Filling::Later(key(channel))).await;
            let span = after.unwrap_or(pause).min(AGAIN_LIMIT);
            if tokio::time::timeout(span, self.tell.closed()).await.is_ok() {
                return None;
            }
            pause = (pause * 2).min(AGAIN_LIMIT);
        }
    }

    /// When nobody listens any more, the bot is stopping.
    async fn tell(&self, filling: Filling) {
        drop(self.tell.send(filling).await);
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct ActiveThread {
    id: u64,
    parent: u64,
    last: Option<u64>,
}

impl ActiveThread {
    fn of(told: &Value) -> Option<ActiveThread> {
        let (thread, parent) = (told.get("id").and_then(id)?, told.get("parent_id").and_then(id)?);
        let last = told.get("last_message_id").and_then(id);
        Some(ActiveThread { id: thread, parent, last })
    }
}

/// Threads that are no places themselves but hang in one, with what to read them from.
fn unknown(threads: &[ActiveThread], missed: &[Missed], newest: Option<u64>) -> Vec<(u64, u64)> {
    let is_place = |id: u64| missed.iter().any(|place| place.channel == id);
    let hanging = threads.iter().filter(|thread| !is_place(thread.id));
    let from = |thread: &ActiveThread| {
        let parent = missed.iter().find(|place| place.channel == thread.parent)?;
        // In a place that starts at now, what was before does not matter.
        let since = newest.max(parent.after).filter(|_| parent.after.is_some())?;
        let opened_since = thread.id > since;
        let after = if opened_since { thread.id - 1 } else { since };
        let news = thread.last.is_none_or(|last| last > after);
        news.then_some((thread.id, after))
    };
    hanging.filter_map(from).collect()
}

/// What a page of history means.
struct Turn {
    /// Oldest first, each once, and none that was read before.
    messages: Vec<Value>,
    up_to: u64,
    /// Nothing newer is there.
    last: bool,
}

/// Discord sends the page that follows `after`, newest first.
fn turn(page: &Value, after: u64) -> Turn {
    let all = page.as_array().map_or(&[][..], Vec::as_slice);
    let with_id = |message: &Value| Some((message.get("id").and_then(id)?, message.clone()));
    let new: BTreeMap<u64, Value> =
        all.iter().filter_map(with_id).filter(|(id, _)| *id > after).collect();
    let up_to = new.keys().next_back().copied().unwrap_or(after);
    // A full page without news would be asked for again for ever.
    let last = all.len() < PAGE || new.is_empty();
    Turn { messages: new.into_values().collect(), up_to, last }
}

fn ids(page: &Value) -> impl Iterator<Item = u64> {
    let all = page.as_array().map_or(&[][..], Vec::as_slice);
    all.iter().filter_map(|message| message.get("id").and_then(id))
}

fn id(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok().filter(|id| *id != 0)
}

#[cfg(test)]
mod tests;

/// Takes out what we do not read and what may be newer than the driver, which would not read the
/// rest then.
fn forget_what_may_be_newer(message: &mut Value) {
    let Some(fields) = message.as_object_mut() else { return };
    for other in ["components", "thread", "interaction_metadata"] {
        fields.remove(other);
    }
    fields.insert("embeds".to_owned(), json!([]));
}
