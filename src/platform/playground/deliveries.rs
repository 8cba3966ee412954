//! What the bot says, decided: the post that a delivery becomes, or why it becomes none. Pure.

use super::people::{self, COMMUNITY, HELP, Spot};
use super::world::{Post, World, Writer};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::domain::words::{Piece, Words};
use crate::platform::{Act, Delivery, DeliveryError, Face, Receipt};

/// The port's own promise about button data.
const BUTTON_DATA_LIMIT_BYTES: usize = 64;

/// What a delivery comes to; without a post there is nothing to do any more.
#[derive(Debug)]
pub(super) struct Posting {
    pub(super) post: Option<Post>,
    pub(super) receipt: Receipt,
}

/// Decides one delivery. Its post is named after the outbox row, so the same row twice is one post.
pub(super) fn posting(
    world: &World,
    delivery: &Delivery,
    number: i64,
    now: Moment,
) -> Result<Posting, DeliveryError> {
    if delivery.community.as_str() != COMMUNITY {
        return Err(gone("community", &delivery.community));
    }
    let (to, reply_to, ping, words, buttons) = match &delivery.act {
        Act::Post { words, reply_to, buttons, ping } => {
            (None, reply_to.as_ref(), ping.as_slice(), words, buttons)
        }
        Act::Private { to, words, buttons, .. } => (Some(to), None, [].as_slice(), words, buttons),
        Act::Edit { message, words, buttons } => {
            return edited(world, message, words, buttons, number);
        }
        Act::Wear { .. } => {
            return Err(DeliveryError::Refused { why: "nobody wears a badge here".to_owned() });
        }
        Act::OpenThread { message, .. } => return opened(world, &delivery.channel, message),
        // Nobody's list of threads is ever too long here.
        Act::PutAway { .. } => return Ok(Posting { post: None, receipt: Receipt::default() }),
    };
    let key = PlatformKey::new(format!("o{}", delivery.id));
    let receipt = Receipt::of_message(key.clone());
    if world.find(&key).is_some() {
        return Ok(Posting { post: None, receipt });
    }
    fits(buttons)?;
    let spot = shown_in(world, &delivery.channel, to)?;
    let channel = spot.key();
    let there = |key: &&PlatformKey| {
        let old = world.find(key);
        old.is_some_and(|old| !old.deleted && old.to.is_none() && old.channel == channel)
    };
    let reached = |key: &&PlatformKey| {
        people::person(key.as_str()).is_some_and(|person| spot.channel.shown_to(person))
    };
    let pings: Vec<PlatformKey> = ping.iter().filter(reached).cloned().collect();
    let post = Post {
        number,
        act: number,
        key,
        channel: channel.clone(),
        at: now,
        by: Writer::Bot,
        to: to.cloned(),
        reply_to: reply_to.filter(there).cloned(),
        words: lighting_up(words, &pings),
        buttons: buttons.clone(),
        pings,
        reactions: Vec::new(),
        edited: false,
        deleted: false,
    };
    Ok(Posting { post: Some(post), receipt })
}

/// The channel or thread meant; for a person who cannot see it, the channel where everybody is.
fn shown_in(
    world: &World,
    channel: &PlatformKey,
    to: Option<&PlatformKey>,
) -> Result<Spot, DeliveryError> {
    let meant = world.spot(channel).ok_or_else(|| gone("channel", channel))?;
    let Some(to) = to else { return Ok(meant) };
    let reader = people::person(to.as_str()).ok_or_else(|| gone("person", to))?;
    if meant.channel.shown_to(reader) {
        return Ok(meant);
    }
    people::channel(HELP).map(Spot::of).ok_or_else(|| gone("channel", channel))
}

/// A thread is there as soon as it is meant, and called by the message that it hangs on.
fn opened(
    world: &World,
    channel: &PlatformKey,
    message: &PlatformKey,
) -> Result<Posting, DeliveryError> {
    let here = world.spot(channel).ok_or_else(|| gone("channel", channel))?;
    if here.root.is_some() {
        return Err(DeliveryError::Refused { why: format!("{channel} is a thread itself") });
    }
    let thread = Spot { channel: here.channel, root: Some(message.clone()) }.key();
    world.spot(&thread).ok_or_else(|| gone("message", message))?;
    Ok(Posting { post: None, receipt: Receipt::of_thread(thread) })
}

fn edited(
    world: &World,
    key: &PlatformKey,
    words: &Words,
    buttons: &[Face],
    number: i64,
) -> Result<Posting, DeliveryError> {
    let old = world.find(key).filter(|post| !post.deleted).ok_or_else(|| gone("message", key))?;
    if old.by != Writer::Bot {
        return Err(DeliveryError::Refused { why: format!("message {key} is not ours") });
    }
    fits(buttons)?;
    let words = lighting_up(words, &old.pings);
    let reworded = old.words != words;
    let receipt = Receipt::of_message(key.clone());
    if !reworded && old.buttons == buttons {
        return Ok(Posting { post: None, receipt });
    }
    let post = Post {
        act: number,
        words,
        buttons: buttons.to_vec(),
        edited: old.edited || reworded,
        ..old.clone()
    };
    Ok(Posting { post: Some(post), receipt })
}

/// The words are shown whole, however long: a browser has room, and a hand-off that is refused for
/// a long quotation would be lost.
fn fits(buttons: &[Face]) -> Result<(), DeliveryError> {
    if buttons.iter().any(|face| face.data.len() > BUTTON_DATA_LIMIT_BYTES) {
        let why = format!("a button with more than {BUTTON_DATA_LIMIT_BYTES} bytes of data");
        return Err(DeliveryError::Refused { why });
    }
    Ok(())
}

/// The words, lighting up nobody but those who are pinged.
fn lighting_up(words: &Words, pings: &[PlatformKey]) -> Words {
    let mut words = words.clone();
    for piece in &mut words.0 {
        if let Piece::Person { key, ping, .. } = piece {
            *ping = *ping && pings.contains(key);
        }
    }
    words
}

fn gone(what: &str, key: &PlatformKey) -> DeliveryError {
    DeliveryError::Gone { why: format!("no {what} {key}") }
}
