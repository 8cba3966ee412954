//! What the community remembers: its posts, and what the runtime has not heard yet.

use std::collections::{BTreeMap, VecDeque};

use serde::{Deserialize, Serialize};

use super::Kept;
use super::frames::{AuthorFrame, ButtonFrame, PostFrame, ReactionFrame, ReplyFrame, ThreadFrame};
use super::people::{self, Person, Spot};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::domain::words::Words;
use crate::platform::{Down, Face, Inbound};

/// Posts in memory and in a hello. Older ones stay in the journal but are not shown, answered or
/// edited any more: a rehearsal does not scroll back that far, and a page draws fewer still.
pub(super) const POSTS_LIMIT: usize = 2_000;

/// A thread's name fits in a line of the side.
const THREAD_NAME_CHARS: usize = 40;

const EXCERPT_CHARS: usize = 120; // one line of a wide screen

/// The key by which the page knows the bot as an author; nobody in the table is called so.
const BOT_KEY: &str = "bot";

/// One message, as it is shown and as the journal keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Post {
    /// Its place among all posts, and its number in the journal.
    pub(super) number: i64,
    /// The number of the last act that changed it, so that no number is given twice.
    pub(super) act: i64,
    pub(super) key: PlatformKey,
    pub(super) channel: PlatformKey,
    pub(super) at: Moment,
    pub(super) by: Writer,
    /// The one person who sees it.
    pub(super) to: Option<PlatformKey>,
    pub(super) reply_to: Option<PlatformKey>,
    pub(super) words: Words,
    pub(super) buttons: Vec<Face>,
    pub(super) pings: Vec<PlatformKey>,
    pub(super) reactions: Vec<Reaction>,
    pub(super) edited: bool,
    pub(super) deleted: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Writer {
    Bot,
    Person(PlatformKey),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Reaction {
    pub(super) emoji: String,
    pub(super) people: Vec<PlatformKey>,
}

impl Post {
    pub(super) fn may_be_seen_by(&self, person: &Person) -> bool {
        match &self.to {
            Some(to) => to.as_str() == person.key,
            None => self.spot().is_some_and(|spot| spot.channel.shown_to(person)),
        }
    }

    /// `None` for a post of a channel that an older table had.
    pub(super) fn spot(&self) -> Option<Spot> {
        Spot::read(&self.channel)
    }

    pub(super) fn is_by(&self, person: &Person) -> bool {
        matches!(&self.by, Writer::Person(key) if key.as_str() == person.key)
    }
}

/// What is true of the community as a whole: the journal's document number 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Standing {
    /// How far the clock was moved.
    pub(super) offset_ms: u64,
    /// The people have set the bot up.
    pub(super) set_up: bool,
    /// The number of the last act that no post remembers: a press, a command.
    pub(super) last: i64,
}

#[derive(Debug, Default)]
pub(super) struct World {
    /// `last` is the greatest number given so far.
    pub(super) standing: Standing,
    /// Handed over in this order; the first is on its way.
    pub(super) unheard: VecDeque<Inbound>,
    posts: BTreeMap<i64, Post>,
    numbers: BTreeMap<PlatformKey, i64>,
}

impl World {
    pub(super) fn read(kept: Kept) -> Result<World, Down> {
        let mut world = World::default();
        for (number, text) in kept.documents {
            let unreadable =
                |error| Down(format!("playground_frames {number}, column frame: {error}"));
            if number == 0 {
                let standing: Standing = serde_json::from_str(&text).map_err(unreadable)?;
                let last = standing.last.max(world.standing.last);
                world.standing = Standing { last, ..standing };
            } else {
                world.put(serde_json::from_str(&text).map_err(unreadable)?);
            }
        }
        let mut unheard = kept.unheard;
        unheard.sort();
        for (key, text) in unheard {
            let inbound = serde_json::from_str(&text).map_err(|error| {
                Down(format!("playground_unheard {key}, column inbound: {error}"))
            })?;
            world.unheard.push_back(inbound);
        }
        Ok(world)
    }

    /// Never the same again, whatever becomes of the act that it is for.
    pub(super) fn next_number(&mut self) -> i64 {
        self.standing.last += 1;
        self.standing.last
    }

    pub(super) fn find(&self, key: &PlatformKey) -> Option<&Post> {
        self.posts.get(self.numbers.get(key)?)
    }

    /// Adds a post, or replaces it; the oldest one falls off.
    pub(super) fn put(&mut self, post: Post) {
        self.standing.last = self.standing.last.max(post.act);
        self.numbers.insert(post.key.clone(), post.number);
        self.posts.insert(post.number, post);
        if self.posts.len() > POSTS_LIMIT
            && let Some((_, oldest)) = self.posts.pop_first()
        {
            self.numbers.remove(&oldest.key);
        }
    }

    /// What `person` may see, oldest first.
    pub(super) fn seen_by(&self, person: &Person) -> impl Iterator<Item = &Post> {
        self.posts.values().filter(|post| post.may_be_seen_by(person))
    }

    /// The channel or thread of this key. A thread can be begun on any message that everybody
    /// there sees; once something was said in it, it outlives that message.
    pub(super) fn spot(&self, key: &PlatformKey) -> Option<Spot> {
        let spot = Spot::read(key)?;
        let Some(root) = &spot.root else { return Some(spot) };
        let hangs = self.find(root).is_some_and(|root| {
            !root.deleted && root.to.is_none() && root.channel.as_str() == spot.channel.key
        });
        let begun = || self.posts.values().any(|post| post.channel == *key);
        (hangs || begun()).then_some(spot)
    }

    /// What a place is called: a thread by how its first message begins, and by nobody's words
    /// once that was deleted.
    pub(super) fn name_of(&self, spot: &Spot) -> String {
        let Some(root) = &spot.root else { return spot.channel.name.to_owned() };
        let words = self.find(root).map(|post| post.words.to_plain()).unwrap_or_default();
        let words: Vec<&str> = words.split_whitespace().collect();
        let words = words.join(" ");
        if words.is_empty() {
            return format!("thread {root}");
        }
        if words.chars().count() <= THREAD_NAME_CHARS {
            return words;
        }
        let cut: String = words.chars().take(THREAD_NAME_CHARS).collect();
        format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole))
    }

    pub(super) fn frame(&self, post: &Post, brand: &str) -> PostFrame {
        let button = |face: &Face| ButtonFrame {
            label: face.label.clone(),
            data: face.data.clone(),
            style: if face.primary { "primary" } else { "plain" },
        };
        let reaction = |reaction: &Reaction| ReactionFrame {
            emoji: reaction.emoji.clone(),
            people: reaction.people.iter().map(name_of).collect(),
        };
        let reply = |key: &PlatformKey| {
            let post = self.find(key)?;
            let words = post.words.to_plain().replace('\n', " ");
            Some(ReplyFrame {
                key: key.clone(),
                author: author_frame(&post.by, brand),
                excerpt: words.chars().take(EXCERPT_CHARS).collect(),
            })
        };
        PostFrame {
            key: post.key.clone(),
            channel: post.channel.clone(),
            thread: thread_frame(post),
            at: post.at,
            author: author_frame(&post.by, brand),
            private: post.to.is_some(),
            reply_to: post.reply_to.as_ref().and_then(reply),
            pieces: post.words.clone(),
            buttons: post.buttons.iter().map(button).collect(),
            reactions: post.reactions.iter().map(reaction).collect(),
            pings: post.pings.clone(),
            edited: post.edited,
            deleted: post.deleted,
        }
    }
}

fn thread_frame(post: &Post) -> Option<ThreadFrame> {
    let Spot { channel, root } = post.spot()?;
    Some(ThreadFrame { parent: PlatformKey::from(channel.key), root: root? })
}

fn name_of(key: &PlatformKey) -> String {
    people::person(key.as_str()).map_or(key.as_str(), |person| person.name).to_owned()
}

fn author_frame(by: &Writer, brand: &str) -> AuthorFrame {
    match by {
        Writer::Bot => {
            AuthorFrame { key: PlatformKey::from(BOT_KEY), name: brand.to_owned(), bot: true }
        }
        Writer::Person(key) => AuthorFrame { key: key.clone(), name: name_of(key), bot: false },
    }
}
