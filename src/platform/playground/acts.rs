//! What a person does, decided: what is shown of it, and what the runtime hears. Pure.
//!
//! The refusals are for the person at the page, so they are whole sentences.

use std::time::Duration;

use super::Config;
use super::people::{self, Person, Spot};
use super::world::{Post, Reaction, World, Writer};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::domain::words::Words;
use crate::platform::{Inbound, Message, ReplyHandle, What};

/// The longest message, in UTF-16 units: Telegram's, the longer of the platforms rehearsed for.
pub(super) const TEXT_LIMIT: usize = 4_096;

/// A private answer can come this long after a press or command, as on Discord.
const REPLY_WINDOW: Duration = Duration::from_mins(15);

/// Different emojis below one post, as on Discord.
const REACTIONS_LIMIT: usize = 20;

/// The longest emoji, in bytes: a family of four with skin tones has 41.
const EMOJI_LIMIT_BYTES: usize = 64;

const NO_CHANNEL: &str = "There is no such channel for you.";
const NO_POST: &str = "That message is no longer there.";
const NO_BUTTON: &str = "That button is no longer there.";
const NOT_YOURS: &str = "Only your own messages can be changed.";

/// What an act comes to: what to show and keep, and what to hand over.
#[derive(Debug, Default)]
pub(super) struct Step {
    pub(super) post: Option<Post>,
    pub(super) inbound: Option<Inbound>,
}

/// Who acts, when, and in what world.
pub(super) struct Scene<'a> {
    pub(super) config: &'a Config,
    pub(super) world: &'a World,
    pub(super) person: &'static Person,
    /// The number of this act.
    pub(super) number: i64,
    pub(super) now: Moment,
}

impl Scene<'_> {
    /// A line that begins with `/` is a command and not shown: its private answer is the reply.
    pub(super) fn say(
        &self,
        channel: &PlatformKey,
        text: &str,
        reply_to: Option<&PlatformKey>,
    ) -> Result<Step, String> {
        let spot = self
            .world
            .spot(channel)
            .filter(|spot| spot.channel.shown_to(self.person))
            .ok_or(NO_CHANNEL)?;
        let text = checked(text)?;
        // `//` begins a note among those who help, as on every platform.
        if text.starts_with('/') && !text.starts_with("//") {
            let (people, reply) = (people::named(&text), self.reply_handle());
            let what = What::Commanded {
                command: people::line(text),
                reply,
                people,
                badges: Vec::new(),
                about: None,
            };
            return Ok(self.heard(&spot, None, what));
        }
        let reply_to = reply_to.filter(|key| {
            self.post(key).is_ok_and(|post| post.to.is_none() && post.channel == *channel)
        });
        let post = Post {
            number: self.number,
            act: self.number,
            key: PlatformKey::new(format!("p{}", self.number)),
            channel: channel.clone(),
            at: self.now,
            by: Writer::Person(self.person.key()),
            to: None,
            reply_to: reply_to.cloned(),
            words: Words::plain(&text),
            buttons: Vec::new(),
            pings: Vec::new(),
            reactions: Vec::new(),
            edited: false,
            deleted: false,
        };
        let message = Message {
            key: post.key.clone(),
            mentions_bot: self.mentions_bot(&text, reply_to),
            text,
            reply_to: post.reply_to.clone(),
            opens_post: false,
            wordless: false,
        };
        Ok(self.heard(&spot, Some(post), What::Said(message)))
    }

    pub(super) fn press(&self, key: &PlatformKey, data: &str) -> Result<Step, String> {
        let post = self.post(key)?;
        if !post.buttons.iter().any(|face| face.data == data) {
            return Err(NO_BUTTON.into());
        }
        let what = What::Pressed { data: data.to_owned(), reply: self.reply_handle() };
        Ok(self.heard(&post.spot().ok_or(NO_CHANNEL)?, None, what))
    }

    pub(super) fn edit(&self, key: &PlatformKey, text: &str) -> Result<Step, String> {
        let post = self.own_post(key)?;
        let text = checked(text)?;
        let words = Words::plain(&text);
        if post.words == words {
            return Ok(Step::default());
        }
        let changed = Post { act: self.number, words, edited: true, ..post.clone() };
        let what = What::Edited { message: key.clone(), text };
        Ok(self.heard(&post.spot().ok_or(NO_CHANNEL)?, Some(changed), what))
    }

    /// Nothing of the words stays, in the journal neither.
    pub(super) fn delete(&self, key: &PlatformKey) -> Result<Step, String> {
        let post = self.own_post(key)?;
        let changed = Post {
            act: self.number,
            words: Words::default(),
            reactions: Vec::new(),
            deleted: true,
            ..post.clone()
        };
        let what = What::Deleted { message: key.clone() };
        Ok(self.heard(&post.spot().ok_or(NO_CHANNEL)?, Some(changed), what))
    }

    /// The same emoji once more takes it back, which nobody needs to hear.
    pub(super) fn react(&self, key: &PlatformKey, emoji: &str) -> Result<Step, String> {
        let post = self.post(key)?;
        if post.to.is_some() {
            return Err("Only you can see that message, so nobody would see the reaction.".into());
        }
        let odd = |c: char| c.is_control() || c.is_whitespace();
        if emoji.is_empty() || emoji.len() > EMOJI_LIMIT_BYTES || emoji.contains(odd) {
            return Err("That is not an emoji.".into());
        }
        let mut changed = Post { act: self.number, ..post.clone() };
        if !toggle(&mut changed.reactions, emoji, &self.person.key()) {
            return Ok(Step { post: Some(changed), inbound: None });
        }
        if changed.reactions.len() > REACTIONS_LIMIT {
            return Err(format!(
                "A message can have {REACTIONS_LIMIT} different reactions at most."
            ));
        }
        let what = What::Reacted { message: key.clone(), emoji: emoji.to_owned() };
        Ok(self.heard(&post.spot().ok_or(NO_CHANNEL)?, Some(changed), what))
    }

    fn post(&self, key: &PlatformKey) -> Result<&Post, String> {
        self.world
            .find(key)
            .filter(|post| !post.deleted && post.may_be_seen_by(self.person))
            .ok_or_else(|| NO_POST.into())
    }

    fn own_post(&self, key: &PlatformKey) -> Result<&Post, String> {
        let post = self.post(key)?;
        if post.is_by(self.person) { Ok(post) } else { Err(NOT_YOURS.into()) }
    }

    fn heard(&self, spot: &Spot, post: Option<Post>, what: What) -> Step {
        Step { post, inbound: Some(self.inbound(spot, what)) }
    }

    pub(super) fn inbound(&self, spot: &Spot, what: What) -> Inbound {
        Inbound {
            key: PlatformKey::new(act_key(self.number)),
            at: self.now,
            place: spot.place(&self.config.brand, self.world.name_of(spot)),
            by: self.person.author(),
            what,
        }
    }

    pub(super) fn reply_handle(&self) -> ReplyHandle {
        ReplyHandle { key: act_key(self.number), expires_at: self.now + REPLY_WINDOW }
    }

    fn mentions_bot(&self, text: &str, reply_to: Option<&PlatformKey>) -> bool {
        let text = text.to_lowercase();
        let names = [self.config.brand.as_str(), self.config.bot.as_str(), "askaround"];
        let called = names.iter().any(|name| calls(&text, &format!("@{}", name.to_lowercase())));
        let answered = reply_to.and_then(|key| self.world.find(key));
        called || answered.is_some_and(|post| post.by == Writer::Bot)
    }
}

/// Of one width, so that the order of the texts is the order of the acts.
fn act_key(number: i64) -> String {
    format!("act-{number:012}")
}

/// Whether a text has this name, and not within an address or a longer name. Letters of scripts
/// that write without spaces may stand next to it.
fn calls(text: &str, name: &str) -> bool {
    let is_inner = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(name).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let after = rest.strip_prefix(name).and_then(|after| after.chars().next());
        !is_inner(before.chars().next_back()) && !is_inner(after)
    })
}

/// What a chat platform would let through: no control characters, not empty, not too long.
fn checked(text: &str) -> Result<String, String> {
    let text: String = text.chars().filter(|c| !c.is_control() || "\n\t".contains(*c)).collect();
    let text = text.trim();
    let units = text.encode_utf16().count();
    match units {
        0 => Err("There is nothing in it yet. Write something first.".into()),
        1..=TEXT_LIMIT => Ok(text.to_owned()),
        _ => Err(format!("That is too long: {units} characters, and {TEXT_LIMIT} fit in.")),
    }
}

/// Whether the reaction is there afterwards.
fn toggle(reactions: &mut Vec<Reaction>, emoji: &str, person: &PlatformKey) -> bool {
    let Some(reaction) = reactions.iter_mut().find(|reaction| reaction.emoji == emoji) else {
        reactions.push(Reaction { emoji: emoji.to_owned(), people: vec![person.clone()] });
        return true;
    };
    if !reaction.people.contains(person) {
        reaction.people.push(person.clone());
        return true;
    }
    reaction.people.retain(|other| other != person);
    reactions.retain(|reaction| !reaction.people.is_empty());
    false
}
