//! A message's text as people read it: Discord's markup names people, roles and channels by id.

use serenity::model::id::{ChannelId, GuildId, RoleId, UserId};
use serenity::model::user::User;

use super::named;
use crate::platform::discord::guilds::Guilds;

/// Letters of one message. Discord's own limit is 4,000; what is longer did not come from there,
/// and is cut before anything looks at it.
pub(super) const TEXT_LIMIT: usize = 4_000;

/// The longest markup that names something: an emoji of 32 letters and its id, with room.
const MARKUP_LIMIT: usize = 80;

/// Reads text written in one server.
pub(super) struct Reader<'a> {
    pub(super) guilds: &'a Guilds,
    pub(super) guild: GuildId,
    pub(super) me: UserId,
    /// Whom the payload names.
    pub(super) people: &'a [User],
}

impl Reader<'_> {
    /// The text with names for ids, and whether it mentions the bot. The mention that opens a
    /// message is left out, so that what follows reads as what was said.
    pub(super) fn read(&self, content: &str) -> (String, bool) {
        let content = bounded(content, TEXT_LIMIT);
        let (mut rest, mut mentioned) = (content.trim_start(), false);
        while let Some((markup, after)) = markup_at(rest)
            && self.is_me(markup)
        {
            mentioned = true;
            rest = after.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ':'));
        }
        let mut text = String::with_capacity(rest.len());
        while let Some(open) = rest.find('<') {
            let (before, at) = rest.split_at(open);
            text.push_str(before);
            if let Some((markup, after)) = markup_at(at) {
                mentioned |= self.is_me(markup);
                self.name(markup, &mut text);
                rest = after;
            } else {
                text.push('<');
                rest = at.strip_prefix('<').unwrap_or_default();
            }
        }
        text.push_str(rest);
        (text.trim().to_owned(), mentioned)
    }

    fn is_me(&self, markup: &str) -> bool {
        if let Some(role) = markup.strip_prefix("@&") {
            return id(role).is_some_and(|id| self.guilds.is_own_role(self.guild, RoleId::new(id)));
        }
        person(markup) == Some(self.me)
    }

    /// Writes what the markup names; what nobody can name stays as it is.
    fn name(&self, markup: &str, text: &mut String) {
        let name = self.role(markup).or_else(|| self.person(markup));
        match name.or_else(|| self.channel(markup)).or_else(|| sign(markup)) {
            Some(name) => text.push_str(&name),
            None => text.extend(["<", markup, ">"]),
        }
    }

    fn role(&self, markup: &str) -> Option<String> {
        let role = id(markup.strip_prefix("@&")?)?;
        Some(format!("@{}", self.guilds.role_name(self.guild, RoleId::new(role))?))
    }

    fn person(&self, markup: &str) -> Option<String> {
        let who = person(markup)?;
        let user = self.people.iter().find(|user| user.id == who)?;
        let nick = user.member.as_ref().and_then(|member| member.nick.as_deref());
        Some(format!("@{}", named(user, nick)))
    }

    fn channel(&self, markup: &str) -> Option<String> {
        let channel = ChannelId::new(id(markup.strip_prefix('#')?)?);
        Some(format!("#{}", self.guilds.channel(channel)?.name))
    }
}

fn person(markup: &str) -> Option<UserId> {
    let rest = markup.strip_prefix('@')?;
    id(rest.strip_prefix('!').unwrap_or(rest)).map(UserId::new)
}

/// `:e:1` and `a:e:1` are emoji, `/ask:1` is a command.
fn sign(markup: &str) -> Option<String> {
    let (name, number) = markup.rsplit_once(':')?;
    id(number)?;
    if name.starts_with('/') {
        return Some(name.to_owned());
    }
    let name = name.strip_prefix('a').unwrap_or(name).strip_prefix(':')?;
    let named = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    named.then(|| format!(":{name}:"))
}

/// The inside of `<…>` at the start, and what follows; `None` where it is only a sign.
fn markup_at(text: &str) -> Option<(&str, &str)> {
    let inside = text.strip_prefix('<')?;
    let end = inside.bytes().take(MARKUP_LIMIT).position(|byte| byte == b'>')?;
    let (markup, after) = inside.split_at(end);
    let plain = !markup.contains(|c: char| c == '<' || c.is_whitespace() && c != ' ');
    plain.then_some((markup, after.strip_prefix('>')?))
}

/// A snowflake; never zero, which no id of Discord's is.
fn id(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|id| digits && *id != 0)
}

/// At most so many letters.
pub(super) fn bounded(text: &str, limit: usize) -> String {
    text.chars().take(limit).collect()
}
