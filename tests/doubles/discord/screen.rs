//! What a person has on the screen: who sees which message, and what Discord's markup makes of it.

use std::collections::BTreeSet;

use serde_json::Value;

use super::board::texts;
use super::rights::bit;
use super::state::{Id, Message, State, flag};
use super::town::Town;

/// A message as one person sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shown {
    pub(crate) id: Id,
    pub(crate) by: Id,
    /// What the eye reads: markup has had its effect and is not there.
    pub(crate) text: String,
    /// Where the links lead that it was given.
    pub(crate) links: Vec<String>,
    pub(crate) buttons: Vec<ShownButton>,
    /// Only this person sees it.
    pub(crate) is_private: bool,
    /// “Lumen is thinking…”
    pub(crate) is_thinking: bool,
    /// Everybody whom it ever lit up.
    pub(crate) pings: BTreeSet<Id>,
    /// What it replies to, gone or not.
    pub(crate) reply_to: Option<Id>,
    /// The interaction that it answers.
    pub(crate) interaction: Option<Id>,
    pub(crate) reactions: Vec<(String, Id)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownButton {
    pub(crate) label: String,
    /// Its `custom_id`; of a link its address.
    pub(crate) data: String,
    pub(crate) is_primary: bool,
    pub(crate) is_link: bool,
    pub(crate) is_disabled: bool,
}

impl Town {
    /// What somebody sees who has opened this channel, oldest first.
    pub(crate) fn sees(&self, who: Id, channel: Id) -> Vec<Shown> {
        self.stays_known();
        self.look(|state| state.seen_by(who, channel))
    }
}

impl State {
    pub(crate) fn seen_by(&self, who: Id, channel: Id) -> Vec<Shown> {
        if !self.may(channel, who, bit::VIEW_CHANNEL) {
            return Vec::new();
        }
        let here = self.messages.values().filter(|message| message.channel == channel);
        let own = here.filter(|message| message.only.is_none_or(|only| only == who));
        // What Discord itself says about threads is no message of anybody's.
        let said = own.filter(|message| ![18, 21].contains(&message.kind));
        said.map(|message| self.shown(message)).collect()
    }

    pub(crate) fn shown(&self, message: &Message) -> Shown {
        let (mut text, mut links) = self.read(&texts(message), message.channel);
        for embed in &message.embeds {
            links.extend(embed["url"].as_str().map(str::to_owned));
            for part in [&embed["title"], &embed["description"], &embed["footer"]["text"]] {
                let (more, leads) = self.read(part.as_str().unwrap_or_default(), message.channel);
                if !more.is_empty() && !text.is_empty() {
                    text.push('\n');
                }
                text.push_str(&more);
                links.extend(leads);
            }
        }
        let rows = message.components.iter().filter(|row| row["type"] == 1);
        let buttons = rows.filter_map(|row| row["components"].as_array()).flatten();
        Shown {
            id: message.id,
            by: message.by,
            text,
            links,
            buttons: buttons.map(button).collect(),
            is_private: message.only.is_some(),
            is_thinking: message.flags & flag::LOADING != 0,
            pings: message.pings.clone(),
            reply_to: message.reply_to.map(|(_, id)| id),
            interaction: message.interaction,
            reactions: message.reactions.clone(),
        }
    }

    fn read(&self, text: &str, channel: Id) -> (String, Vec<String>) {
        let guild = self.guild_of(channel).and_then(|guild| self.guilds.get(&guild));
        read(text, &|sign, id| {
            let name = match sign {
                "@&" => guild.and_then(|guild| Some(guild.roles.get(&id)?.name.clone())),
                "#" => self.channels.get(&id).map(|channel| channel.name.clone()),
                _ => self.users.get(&id).map(|user| user.name.clone()),
            };
            let sign = if sign == "#" { '#' } else { '@' };
            format!("{sign}{}", name.unwrap_or_else(|| "unknown".to_owned()))
        })
    }
}

fn button(button: &Value) -> ShownButton {
    let text = |field: &str| button[field].as_str().map(str::to_owned);
    ShownButton {
        label: text("label").unwrap_or_default(),
        data: text("custom_id").or_else(|| text("url")).unwrap_or_default(),
        is_primary: button["style"] == 1,
        is_link: button["style"] == 5,
        is_disabled: button["disabled"] == true,
    }
}

// ---- markup --------------------------------------------------------------------------------

/// Says who or what a sign and an id mean: `@` a person, `@&` a role, `#` a channel.
type Names<'a> = &'a dyn Fn(&str, Id) -> String;

/// What the eye reads of a text in Discord's markup, and where its masked links lead.
pub(crate) fn read(text: &str, names: Names<'_>) -> (String, Vec<String>) {
    let mut reader = Reader { names, out: String::new(), links: Vec::new() };
    reader.blocks(text, false);
    (reader.out.trim_end_matches('\n').to_owned(), reader.links)
}

struct Reader<'a> {
    names: Names<'a>,
    out: String,
    links: Vec<String>,
}

impl Reader<'_> {
    fn blocks(&mut self, text: &str, in_quote: bool) {
        let (mut rest, mut at_line_start, mut before) = (text, true, None);
        while let Some(first) = rest.chars().next() {
            if at_line_start {
                at_line_start = false;
                if let Some(after) = self.line_start(rest, in_quote) {
                    (rest, at_line_start, before) = (after, after.len() != rest.len(), None);
                    // After a list mark the line goes on.
                    at_line_start &= self.out.is_empty() || self.out.ends_with('\n');
                    continue;
                }
            }
            if let Some(after) = self.inline(rest, before, in_quote) {
                let taken = rest.get(..rest.len() - after.len()).unwrap_or_default();
                (before, rest) = (taken.chars().next_back(), after);
                continue;
            }
            self.out.push(first);
            at_line_start = first == '\n';
            (before, rest) = (Some(first), rest.get(first.len_utf8()..).unwrap_or_default());
        }
    }

    /// What has an effect at the start of a line; gives back what comes after.
    fn line_start<'t>(&mut self, rest: &'t str, in_quote: bool) -> Option<&'t str> {
        let line = rest.trim_start_matches(' ');
        let indent = rest.len() - line.len();
        if !in_quote {
            if let Some(all) = line.strip_prefix(">>> ") {
                self.blocks(all, true);
                return Some("");
            }
            if line.starts_with("> ") {
                let (mut quoted, mut after) = (String::new(), rest);
                while let Some(line) = after.trim_start_matches(' ').strip_prefix("> ") {
                    let (line, next) = line.split_once('\n').unwrap_or((line, ""));
                    quoted.push_str(line);
                    quoted.push('\n');
                    after = next;
                }
                self.blocks(&quoted, true);
                return Some(after);
            }
        }
        let hashes = line.bytes().take_while(|byte| *byte == b'#').count();
        let head = ["# ", "## ", "### ", "-# "].into_iter().find(|head| line.starts_with(head));
        if let Some(head) = head.filter(|_| hashes <= 3) {
            let body = line.get(head.len()..).unwrap_or_default();
            let (body, after) = body.split_once('\n').unwrap_or((body, ""));
            if !body.trim().is_empty() {
                self.blocks(body.trim(), true);
                self.out.push('\n');
                return Some(after);
            }
        }
        let digits = line.bytes().take_while(u8::is_ascii_digit).count();
        let (mark, length) = match line.as_bytes() {
            [b'-' | b'*', b' ', ..] => ("• ".to_owned(), 2),
            _ if digits > 0 && line.get(digits..).is_some_and(|rest| rest.starts_with(". ")) => {
                (line.get(..digits + 2).unwrap_or_default().to_owned(), digits + 2)
            }
            _ => return None,
        };
        self.out.push_str(&mark);
        rest.get(indent + length..)
    }

    /// What has an effect anywhere; gives back what comes after.
    fn inline<'t>(&mut self, rest: &'t str, before: Option<char>, quote: bool) -> Option<&'t str> {
        match rest.as_bytes().first()? {
            b'\\' => {
                let escaped = rest.chars().nth(1)?;
                if escaped.is_ascii_alphanumeric() || escaped.is_whitespace() {
                    return None;
                }
                self.out.push(escaped);
                rest.get(1 + escaped.len_utf8()..)
            }
            b'`' => self.code(rest),
            b'<' => self.angle(rest),
            b'[' => self.link(rest, quote),
            b'h' => {
                let is_link = rest.starts_with("https://") || rest.starts_with("http://");
                let end = rest.find(|c: char| c.is_whitespace() || c == '<').unwrap_or(rest.len());
                let end = rest
                    .get(..end)?
                    .trim_end_matches(['.', ',', ':', ';', '"', '\'', ')', ']'])
                    .len();
                self.out.push_str(rest.get(..end).filter(|_| is_link && end > 8)?);
                rest.get(end..)
            }
            _ => {
                let (inner, after) = emphasis(rest, before)?;
                self.blocks_within(inner, quote);
                Some(after)
            }
        }
    }

    /// Within emphasis no line begins anew.
    fn blocks_within(&mut self, inner: &str, quote: bool) {
        let (mut rest, mut before) = (inner, None);
        while let Some(first) = rest.chars().next() {
            let after = self.inline(rest, before, quote);
            let after = after.unwrap_or_else(|| {
                self.out.push(first);
                rest.get(first.len_utf8()..).unwrap_or_default()
            });
            let taken = rest.get(..rest.len() - after.len()).unwrap_or_default();
            (before, rest) = (taken.chars().next_back(), after);
        }
    }

    fn code<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        if let Some(block) = rest.strip_prefix("```") {
            let end = block.match_indices("```").find(|(at, _)| {
                block.get(..*at).is_some_and(|inner| !inner.trim_matches('\n').is_empty())
            });
            if let Some((end, _)) = end {
                let inner = block.get(..end)?;
                let is_name = |c: char| c.is_ascii_alphanumeric() || "_+-.#".contains(c);
                let named = inner.split_once('\n').filter(|(name, code)| {
                    !name.is_empty() && name.chars().all(is_name) && !code.trim().is_empty()
                });
                let code = named.map_or(inner, |(_, code)| code).trim_matches('\n');
                self.out.push_str(code);
                return block.get(end + 3..);
            }
        }
        let ticks = rest.bytes().take_while(|byte| *byte == b'`').count();
        let (fence, body) = (rest.get(..ticks)?, rest.get(ticks..)?);
        let mut from = 0;
        loop {
            let at = from + body.get(from..)?.find(fence)?;
            let run = body.get(at..)?.bytes().take_while(|byte| *byte == b'`').count();
            if run == ticks && at > 0 {
                let code = body.get(..at)?;
                let code = code.strip_prefix(' ').filter(|c| c.starts_with('`')).unwrap_or(code);
                let code = code.strip_suffix(' ').filter(|c| c.ends_with('`')).unwrap_or(code);
                self.out.push_str(code);
                return body.get(at + ticks..);
            }
            from = at + run;
        }
    }

    /// Mentions, moments, emoji, addresses without a preview.
    fn angle<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let (inner, after) = rest.get(1..)?.split_once('>')?;
        if inner.contains(['<', '\n']) {
            return None;
        }
        let number = |text: &str| {
            let is_id = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse::<Id>().ok().filter(|_| is_id)
        };
        let parts: Vec<&str> = inner.split(':').collect();
        let shown = match parts[..] {
            ["https" | "http", leads, ..] if leads.starts_with("//") && !inner.contains(' ') => {
                inner.to_owned()
            }
            ["t", at] | ["t", at, _] if at.parse::<i64>().is_ok() => "a moment".to_owned(),
            ["" | "a", name, id] if number(id).is_some() => format!(":{name}:"),
            ["id", "customize" | "browse" | "guide"] => "Channels & Roles".to_owned(),
            [command, id] if command.starts_with('/') && number(id).is_some() => command.to_owned(),
            [mention] => {
                let signs = ["@&", "@!", "@", "#"];
                let sign = signs.into_iter().find(|sign| mention.starts_with(sign))?;
                let id = number(mention.strip_prefix(sign)?)?;
                (self.names)(sign, id)
            }
            _ => return None,
        };
        self.out.push_str(&shown);
        Some(after)
    }

    /// `[label](https://…)`, with or without `<>` around the address.
    fn link<'t>(&mut self, rest: &'t str, quote: bool) -> Option<&'t str> {
        let label_end = closing(rest, ('[', ']'))?;
        let label = rest.get(1..label_end)?;
        let target = rest.get(label_end + 1..)?;
        if !target.starts_with('(') {
            return None;
        }
        let (address, after) = if let Some(inner) = target.strip_prefix("(<") {
            let (address, after) = inner.split_once('>')?;
            (address, after.strip_prefix(')')?)
        } else {
            let end = closing(target, ('(', ')'))?;
            (target.get(1..end)?, target.get(end + 1..)?)
        };
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        // A label that is an address itself would lie: Discord shows it all as text.
        let lies = label.contains("https://") || label.contains("http://");
        if !is_web || lies || label.trim().is_empty() || address.contains(char::is_whitespace) {
            return None;
        }
        self.links.push(unescaped(address));
        self.blocks_within(label, quote);
        Some(after)
    }
}

fn unescaped(address: &str) -> String {
    let (mut plain, mut letters) = (String::new(), address.chars());
    while let Some(letter) = letters.next() {
        let next = letters.clone().next().filter(char::is_ascii_punctuation);
        if let (true, Some(next)) = (letter == '\\', next) {
            plain.push(next);
            letters.next();
        } else {
            plain.push(letter);
        }
    }
    plain
}

/// The byte of the bracket that closes the first one, without those that are escaped.
fn closing(text: &str, (open, close): (char, char)) -> Option<usize> {
    let (mut depth, mut escaped) = (0, false);
    for (at, letter) in text.char_indices() {
        if escaped {
            escaped = false;
        } else if letter == '\\' {
            escaped = true;
        } else if letter == open {
            depth += 1;
        } else if letter == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// Bold, underlined, italic, struck out, hidden: what is within, and what comes after.
fn emphasis(rest: &str, before: Option<char>) -> Option<(&str, &str)> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    for mark in ["**", "__", "~~", "||"] {
        let Some(body) = rest.strip_prefix(mark) else { continue };
        let last = mark.chars().next()?;
        let mut at = 0;
        while let Some(letter) = body.get(at..).and_then(|rest| rest.chars().next()) {
            let after = body.get(at..).and_then(|rest| rest.strip_prefix(mark));
            match after {
                Some(after) if at > 0 && !("*_".contains(last) && after.starts_with(last)) => {
                    return Some((body.get(..at)?, after));
                }
                _ if letter == '\\' && "*_".contains(last) => {
                    let skipped = body.get(at + 1..).and_then(|rest| rest.chars().next());
                    at += 1 + skipped.map_or(0, char::len_utf8);
                }
                _ => at += letter.len_utf8(),
            }
        }
    }
    let mark = rest.chars().next().filter(|mark| "*_".contains(*mark))?;
    let body = rest.get(1..)?;
    let is_bound = mark == '_' && before.is_some_and(is_word);
    if is_bound || mark == '*' && body.starts_with(char::is_whitespace) {
        return None;
    }
    let (mut at, mut last) = (0, None);
    while let Some(letter) = body.get(at..)?.chars().next() {
        let after = body.get(at + letter.len_utf8()..)?;
        if letter == mark && after.starts_with(mark) {
            at += 2;
        } else if letter == mark {
            let next = after.chars().next();
            let ends = match mark {
                '_' => !next.is_some_and(is_word),
                _ => !last.is_some_and(char::is_whitespace),
            };
            return if at > 0 && ends { Some((body.get(..at)?, after)) } else { None };
        } else if letter == '\\' {
            at += 1 + after.chars().next().map_or(0, char::len_utf8);
        } else {
            at += letter.len_utf8();
        }
        last = Some(letter);
    }
    None
}
