//! From the gateway's events to [`Inbound`]: pure, so that every payload is a test.
//!
//! What is not for us is [`Dropped`] with its reason, which the gateway counts. A message has the
//! same key whether it was heard live or read up after a gap, so that the inbox knows it again.

mod readable;
#[cfg(test)]
mod tests;

use serenity::model::channel::{
    Message as Told, MessageReferenceKind, MessageType, Reaction, ReactionType,
};
use serenity::model::event::{Event, MessageUpdateEvent};
use serenity::model::guild::PartialMember;
use serenity::model::id::{ChannelId, GuildId, MessageId, RoleId, UserId};
use serenity::model::user::User;

use super::guilds::{Guilds, key};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::platform::{Author, Inbound, Message, Place, What};

use readable::{Reader, bounded};

/// Not for us, for this reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dropped(pub(super) &'static str);

/// Milliseconds of 2015-01-01T00:00:00Z, from which snowflakes count.
pub(super) const EPOCH_MS: u64 = 1_420_070_400_000;

/// Discord's own limit is 32.
const NAME_LIMIT: usize = 100;

/// When a snowflake was made.
pub(super) fn moment_of(snowflake: u64) -> Moment {
    // 42 bits of milliseconds: the sum fits an i64 by far.
    Moment::from_millis(i64::try_from((snowflake >> 22) + EPOCH_MS).unwrap_or(i64::MAX))
}

/// What an event means, in the order in which it is to be handled. Interactions are not among it:
/// they have a hook of their own, because they want an answer within three seconds.
pub(super) fn translate(
    event: &Event,
    guilds: &Guilds,
    me: UserId,
    now: Moment,
) -> Result<Vec<Inbound>, Dropped> {
    if let Event::MessageCreate(told) = event {
        return Ok(vec![message(&told.message, guilds, me)?]);
    }
    if let Event::MessageUpdate(told) = event {
        return Ok(vec![edited(told, guilds, me)?]);
    }
    if let Event::MessageDelete(told) = event {
        return deleted(told.guild_id, told.channel_id, &[told.message_id], guilds, now);
    }
    if let Event::MessageDeleteBulk(told) = event {
        return deleted(told.guild_id, told.channel_id, &told.ids, guilds, now);
    }
    if let Event::ReactionAdd(told) = event {
        return Ok(vec![reacted(&told.reaction, guilds, me, now)?]);
    }
    if let Event::GuildDelete(told) = event {
        if told.guild.unavailable {
            return Err(Dropped("server unavailable"));
        }
        return Ok(vec![membership(told.guild.id, "", What::Left, now)]);
    }
    Err(Dropped("nothing said"))
}

/// The bot was removed from a server, or let in. Discord gives such an event no id of its own; told
/// twice, it changes nothing the second time.
pub(super) fn membership(guild: GuildId, name: &str, what: What, now: Moment) -> Inbound {
    let word = if what == What::Left { "left" } else { "joined" };
    Inbound {
        key: PlatformKey::new(format!("{word}:{guild}:{}", now.as_millis())),
        at: now,
        place: Place::whole(key(guild.get()), bounded(name, NAME_LIMIT)),
        by: Author::named(PlatformKey::from("0"), ""),
        what,
    }
}

/// One message, live or from the history.
pub(super) fn message(told: &Told, guilds: &Guilds, me: UserId) -> Result<Inbound, Dropped> {
    by_person(&told.author, told.webhook_id.is_some())?;
    if !matches!(told.kind, MessageType::Regular | MessageType::InlineReply) {
        return Err(Dropped("system message"));
    }
    let place = place(told.guild_id, told.channel_id, guilds)?;
    let forwarded = |kind: &MessageReferenceKind| *kind == MessageReferenceKind::Forward;
    let reference = told.message_reference.as_ref();
    if reference.is_some_and(|reference| forwarded(&reference.kind)) {
        return Err(Dropped("forwarded message"));
    }
    let guild = guild_of(&place)?;
    let reader = Reader { guilds, guild, me, people: &told.mentions };
    let (text, is_named) = reader.read(&told.content);
    // A reply to the bot means it, whether or not it was to light it up.
    let answered = told.referenced_message.as_ref();
    let mentions_bot = is_named || answered.is_some_and(|message| message.author.id == me);
    let nothing_said = text.is_empty() && !mentions_bot;
    let wordless = !(told.attachments.is_empty() && told.sticker_items.is_empty());
    if nothing_said && !wordless {
        // A poll, a bare embed; or any message, while the message content intent is off.
        return Err(Dropped("no content"));
    }
    let reply_to = reference
        .filter(|reference| reference.channel_id == told.channel_id)
        .and_then(|reference| reference.message_id);
    Ok(Inbound {
        key: PlatformKey::new(format!("m:{}", told.id)),
        at: moment_of(told.id.get()),
        by: author(&told.author, told.member.as_deref(), guild, guilds),
        what: What::Said(Message {
            key: key(told.id.get()),
            text,
            reply_to: reply_to.map(|id| key(id.get())),
            mentions_bot,
            opens_post: opens_post(told.id, told.channel_id, &place),
            wordless: nothing_said && wordless,
        }),
        place,
    })
}

/// A forum's post has the id of its own first message.
fn opens_post(id: MessageId, channel: ChannelId, place: &Place) -> bool {
    place.thread.is_some() && id.get() == channel.get()
}

/// Discord tells the whole message whenever anything about it changes: a link's preview, a pin.
/// Only words are news, and those have a time of edit.
fn edited(told: &MessageUpdateEvent, guilds: &Guilds, me: UserId) -> Result<Inbound, Dropped> {
    let (Some(at), Some(content)) = (told.edited_timestamp, told.content.as_ref()) else {
        return Err(Dropped("update without an edit"));
    };
    let Some(by) = told.author.as_ref() else { return Err(Dropped("no author")) };
    by_person(by, told.webhook_id.flatten().is_some())?;
    let place = place(told.guild_id, told.channel_id, guilds)?;
    let guild = guild_of(&place)?;
    let people = told.mentions.as_deref().unwrap_or_default();
    let (text, _) = Reader { guilds, guild, me, people }.read(content);
    let at = i64::try_from(at.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX);
    let member = told.member.as_ref().and_then(|member| member.as_deref());
    Ok(Inbound {
        key: PlatformKey::new(format!("e:{}:{at}", told.id)),
        at: Moment::from_millis(at),
        place,
        by: author(by, member, guild, guilds),
        what: What::Edited { message: key(told.id.get()), text },
    })
}

/// Discord does not say who deleted, and of several messages tells only the ids.
fn deleted(
    guild: Option<GuildId>,
    channel: ChannelId,
    messages: &[MessageId],
    guilds: &Guilds,
    now: Moment,
) -> Result<Vec<Inbound>, Dropped> {
    let place = place(guild, channel, guilds)?;
    let one = |id: &MessageId| Inbound {
        key: PlatformKey::new(format!("d:{id}")),
        at: now,
        place: place.clone(),
        by: Author::named(PlatformKey::from("0"), ""),
        what: What::Deleted { message: key(id.get()) },
    };
    Ok(messages.iter().map(one).collect())
}

fn reacted(told: &Reaction, guilds: &Guilds, me: UserId, now: Moment) -> Result<Inbound, Dropped> {
    let Some(user) = told.user_id else { return Err(Dropped("no author")) };
    if user == me {
        return Err(Dropped("from the bot itself"));
    }
    let place = place(told.guild_id, told.channel_id, guilds)?;
    let guild = guild_of(&place)?;
    let by = if let Some(member) = &told.member {
        by_person(&member.user, false)?;
        let name = named(&member.user, member.nick.as_deref());
        with_rights(user, name, &member.roles, guild, guilds)
    } else {
        Author::named(key(user.get()), "")
    };
    let emoji = emoji(&told.emoji);
    Ok(Inbound {
        key: PlatformKey::new(format!("r:{}:{user}:{emoji}", told.message_id)),
        at: now,
        place,
        by,
        what: What::Reacted { message: key(told.message_id.get()), emoji },
    })
}

/// As people would write it: the sign itself, or the name of one of the server's own.
fn emoji(told: &ReactionType) -> String {
    if let ReactionType::Unicode(sign) = told {
        return bounded(sign, NAME_LIMIT);
    }
    if let ReactionType::Custom { name: Some(name), .. } = told {
        return format!(":{}:", bounded(name, NAME_LIMIT));
    }
    ":unknown:".to_owned()
}

fn by_person(author: &User, webhook: bool) -> Result<(), Dropped> {
    if webhook {
        return Err(Dropped("from a webhook"));
    }
    if author.bot {
        return Err(Dropped("from a bot"));
    }
    if author.system { Err(Dropped("system message")) } else { Ok(()) }
}

/// Where it happened. A private chat with the bot belongs to no community, and all that a case
/// needs (rules, ambassadors, a desk) is a community's.
fn place(guild: Option<GuildId>, channel: ChannelId, guilds: &Guilds) -> Result<Place, Dropped> {
    match (guilds.place(channel), guild) {
        (Some(place), _) => Ok(place),
        (None, Some(_)) => Err(Dropped("unknown channel")),
        (None, None) => Err(Dropped("direct message")),
    }
}

fn guild_of(place: &Place) -> Result<GuildId, Dropped> {
    let id = place.community.as_str().parse().ok().filter(|id| *id != 0);
    id.map(GuildId::new).ok_or(Dropped("unknown channel"))
}

/// A person with the rights of this moment: Discord sends their roles along.
pub(super) fn author(
    user: &User,
    member: Option<&PartialMember>,
    guild: GuildId,
    guilds: &Guilds,
) -> Author {
    let roles = member.map_or(&[][..], |member| &member.roles);
    let name = named(user, member.and_then(|member| member.nick.as_deref()));
    with_rights(user.id, name, roles, guild, guilds)
}

fn with_rights(
    user: UserId,
    name: String,
    roles: &[RoleId],
    guild: GuildId,
    guilds: &Guilds,
) -> Author {
    let rights = guilds.rights(guild, roles, user);
    Author {
        moderator: rights.moderator,
        staff: rights.staff,
        ..Author::named(key(user.get()), name)
    }
}

/// What the community calls them: the name they have here, else everywhere, else by account.
pub(super) fn named(user: &User, nick: Option<&str>) -> String {
    let chosen = nick.or(user.global_name.as_deref()).filter(|name| !name.trim().is_empty());
    bounded(chosen.unwrap_or(&user.name), NAME_LIMIT)
}
