//! Words as Telegram's text with entities, in parts that each fit into one message.
//!
//! Entities, and no parse mode: what people wrote needs no escaping then, and nothing of it can be
//! markup. What is left is what clients and the server find by themselves: a name behind `@` links
//! and may ring, a command behind `/` can be tapped. In what people wrote both are kept apart from
//! their sign by a character of no width; in our own words only the name is, for a command that we
//! name is there to be tapped.
//!
//! Only somebody who is lit up is a mention, of the kind that needs no unique name.

use serde_json::{Value, json};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::ids::PlatformKey;
use crate::domain::words::{Piece, Words};
use crate::platform::letters::{clean, line, units};

/// What is never parted is at most this long, so that a part always has room for one.
const SOLID_LIMIT: usize = 1_200;
/// Keeps a sign and a name apart, and is not seen.
const APART: char = '\u{2060}';

/// One message's text.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Part {
    pub(super) text: String,
    pub(super) entities: Vec<Entity>,
}

/// A run of a text, in UTF-16 units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entity {
    pub(super) form: Form,
    pub(super) offset: usize,
    pub(super) length: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    Bold,
    Quote,
    Code,
    Link(String),
    Person { id: i64, name: String },
}

impl Part {
    pub(super) fn entities(&self) -> Value {
        self.entities.iter().map(Entity::json).collect()
    }
}

impl Entity {
    fn json(&self) -> Value {
        let Entity { form, offset, length } = self;
        match form {
            Form::Bold => json!({ "type": "bold", "offset": offset, "length": length }),
            Form::Quote => json!({ "type": "blockquote", "offset": offset, "length": length }),
            Form::Code => json!({ "type": "code", "offset": offset, "length": length }),
            Form::Link(url) => {
                json!({ "type": "text_link", "offset": offset, "length": length, "url": url })
            }
            Form::Person { id, name } => {
                let user = json!({ "id": id, "is_bot": false, "first_name": name });
                json!({ "type": "text_mention", "offset": offset, "length": length, "user": user })
            }
        }
    }
}

/// The words as messages of at most `limit` UTF-16 units, in order; `ping` are the only people whom
/// they light up. None is empty; there is none if there is nothing to read.
pub(super) fn parts(words: &Words, limit: usize, ping: &[PlatformKey]) -> Vec<Part> {
    let atoms = atoms(words, ping, limit.min(SOLID_LIMIT));
    let mut rest = atoms.as_slice();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(end_of_part(rest, limit).clamp(1, rest.len()));
        let part = written(part);
        if !part.text.is_empty() {
            parts.push(part);
        }
        rest = after;
    }
    parts
}

// ---- words to atoms ------------------------------------------------------------------------

/// What is never parted: a grapheme, a space, a line's end, or a run of ours that is short enough.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Atom {
    text: String,
    strong: bool,
    quoted: bool,
    /// The run that it belongs to, by its number.
    run: Option<usize>,
    form: Option<Form>,
}

impl Atom {
    fn is_blank(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    fn is_break(&self) -> bool {
        self.text == "\n"
    }
}

#[derive(Default)]
struct Atoms {
    all: Vec<Atom>,
    strong: bool,
    quoted: bool,
    run: Option<usize>,
    form: Option<Form>,
    runs: usize,
    /// A longer run is parted where it must be.
    solid: usize,
}

fn atoms(words: &Words, ping: &[PlatformKey], solid: usize) -> Vec<Atom> {
    let mut atoms = Atoms { solid, ..Atoms::default() };
    for piece in &words.0 {
        match piece {
            Piece::Plain { text } => atoms.text(&unnamed(&clean(text))),
            Piece::Strong { text } => {
                atoms.strong = true;
                atoms.text(&unnamed(&clean(text)));
                atoms.strong = false;
            }
            // Nothing in it is looked at by anybody.
            Piece::Code { text } => atoms.run(&clean(text), Form::Code),
            Piece::Link { label, url } => {
                let label = line(label);
                let label = if label.is_empty() { url.clone() } else { label };
                match address(url) {
                    Some(url) => atoms.run(&harmless(&label), Form::Link(url)),
                    None => atoms.text(&harmless(&label)),
                }
            }
            Piece::Quote { text } => atoms.quote(&harmless(&clean(text))),
            Piece::Person { key, name, ping: lit } => {
                let name = shown(name, key.as_str());
                let id = key.as_str().parse::<i64>().ok().filter(|id| *id > 0);
                match id.filter(|_| *lit && ping.contains(key)) {
                    Some(id) => atoms.run(&name, Form::Person { id, name: name.clone() }),
                    None => atoms.text(&harmless(&name)),
                }
            }
            Piece::Place { name, .. } => atoms.text(&harmless(&format!("#{}", line(name)))),
            Piece::Message { label, channel, message, .. } => {
                match address_of(channel.as_str(), message.as_str()) {
                    Some(url) => atoms.run(&harmless(&line(label)), Form::Link(url)),
                    None => atoms.text(&harmless(&line(label))),
                }
            }
        }
    }
    atoms.all
}

/// A name that shows nothing is no name.
fn shown(name: &str, key: &str) -> String {
    let name = line(name);
    let is_shown = name.chars().any(|letter| !letter.is_whitespace() && letter != '\u{ad}');
    if is_shown { name } else { line(key) }
}

/// Where a message is shown to those who are in its group; only supergroups have such addresses.
fn address_of(channel: &str, message: &str) -> Option<String> {
    let (chat, topic) = match channel.split_once(':') {
        Some((chat, topic)) => (chat, Some(topic)),
        None => (channel, None),
    };
    let number = |text: &str| text.parse::<u64>().ok();
    let group = number(chat.strip_prefix("-100")?)?;
    let message = number(message.strip_prefix(chat)?.strip_prefix(':')?)?;
    Some(match topic {
        Some(topic) => format!("https://t.me/c/{group}/{}/{message}", number(topic)?),
        None => format!("https://t.me/c/{group}/{message}"),
    })
}

/// Only web addresses are linked to.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let is_web = ["https://", "http://"].iter().any(|scheme| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    let is_plain = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    (is_web && is_plain).then(|| url.to_owned())
}

/// Text in which no name rings.
fn unnamed(text: &str) -> String {
    apart(text, |sign| sign == '@')
}

/// Text in which no name rings and no command can be tapped.
fn harmless(text: &str) -> String {
    apart(text, |sign| matches!(sign, '@' | '/'))
}

fn apart(text: &str, is_sign: impl Fn(char) -> bool) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        kept.push(letter);
        let begins = match letter {
            '@' => !before.is_alphanumeric(),
            _ => before.is_whitespace() || before == '(' || before == '"',
        };
        let names = letters.peek().is_some_and(|next| next.is_ascii_alphanumeric() || *next == '_');
        if is_sign(letter) && begins && names {
            kept.push(APART);
        }
        before = letter;
    }
    kept
}

impl Atoms {
    fn push(&mut self, text: &str) {
        self.all.push(Atom {
            text: text.to_owned(),
            strong: self.strong,
            quoted: self.quoted,
            run: self.run,
            form: self.form.clone(),
        });
    }

    fn text(&mut self, text: &str) {
        for grapheme in text.graphemes(true) {
            // A joiner that follows a space is no part of it.
            let space = grapheme.chars().next().filter(|first| first.is_whitespace());
            let (space, rest) = grapheme.split_at(space.map_or(0, char::len_utf8));
            for part in [space, rest].into_iter().filter(|part| !part.is_empty()) {
                self.push(part);
            }
        }
    }

    /// A run of ours, whole if it can be.
    fn run(&mut self, text: &str, form: Form) {
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.runs += 1;
        (self.run, self.form) = (Some(self.runs), Some(form));
        if units(text) <= self.solid {
            self.push(text);
        } else {
            self.text(text);
        }
        (self.run, self.form) = (None, None);
    }

    /// A quotation stands on lines of its own.
    fn quote(&mut self, text: &str) {
        let text = text.trim_matches('\n');
        if text.trim().is_empty() {
            return;
        }
        if self.all.last().is_some_and(|last| !last.is_break()) {
            self.push("\n");
        }
        self.runs += 1;
        (self.quoted, self.run) = (true, Some(self.runs));
        self.text(text);
        (self.quoted, self.run) = (false, None);
        self.push("\n");
    }
}

// ---- atoms to parts ------------------------------------------------------------------------

/// How good a place is to end a part before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Border {
    Grapheme,
    Word,
    Sentence,
    Line,
    Paragraph,
}

fn border(atoms: &[Atom], at: usize) -> Border {
    let back = |by: usize| at.checked_sub(by).and_then(|at| atoms.get(at));
    let is_break = |by| back(by).is_some_and(Atom::is_break);
    let is_end = |atom: &Atom| atom.text.ends_with(['.', '!', '?', '…', '。', '！', '？']);
    match back(1) {
        Some(last) if last.is_break() && is_break(2) => Border::Paragraph,
        Some(last) if last.is_break() => Border::Line,
        Some(last) if last.is_blank() && back(2).is_some_and(is_end) => Border::Sentence,
        Some(last) if last.is_blank() => Border::Word,
        _ => Border::Grapheme,
    }
}

/// Before which atom the first part ends: the last of the best borders that do not leave it short.
fn end_of_part(atoms: &[Atom], limit: usize) -> usize {
    let (mut length, mut seen) = (0, 0);
    let mut last = std::collections::BTreeMap::new();
    for (at, atom) in atoms.iter().enumerate() {
        let here = border(atoms, at);
        let enough = match here {
            Border::Grapheme => 0,
            Border::Word => limit / 4,
            Border::Sentence | Border::Line | Border::Paragraph => limit / 2,
        };
        if seen >= enough {
            last.insert(here, at);
        }
        // Space before all that can be read is left out, and so is space behind it.
        if seen > 0 || !atom.is_blank() {
            length += units(&atom.text);
        }
        if !atom.is_blank() {
            seen = length;
        }
        if seen > limit {
            return last.last_key_value().map_or(at, |(_, at)| *at);
        }
    }
    atoms.len()
}

/// A run that has begun.
#[derive(Debug)]
struct Open {
    form: Form,
    run: Option<usize>,
    from: usize,
    /// The end of the last of it that can be read: no entity ends in space.
    to: usize,
}

/// Text and entities of a part.
fn written(atoms: &[Atom]) -> Part {
    let mut part = Part::default();
    let (mut length, mut kept_back) = (0, String::new());
    let mut open: Vec<Open> = Vec::new();
    for atom in atoms {
        let wanted = [
            atom.quoted.then_some((Form::Quote, atom.run)),
            atom.strong.then_some((Form::Bold, None)),
            atom.form.clone().map(|form| (form, atom.run)),
        ];
        if atom.is_blank() {
            kept_back.push_str(&atom.text);
        }
        let goes_on = |one: &Open| {
            wanted.iter().flatten().any(|(form, run)| *form == one.form && *run == one.run)
        };
        let (going, ended): (Vec<Open>, Vec<Open>) = open.into_iter().partition(goes_on);
        open = going;
        part.entities.extend(ended.into_iter().map(Open::end));
        if atom.is_blank() {
            continue;
        }
        if part.text.is_empty() {
            kept_back.clear();
        }
        length += units(&kept_back);
        part.text.push_str(&kept_back);
        kept_back.clear();
        let from = length;
        length += units(&atom.text);
        part.text.push_str(&atom.text);
        for (form, run) in wanted.into_iter().flatten() {
            match open.iter_mut().find(|one| one.form == form && one.run == run) {
                Some(one) => one.to = length,
                None => open.push(Open { form, run, from, to: length }),
            }
        }
    }
    part.entities.extend(open.into_iter().map(Open::end));
    // The longer of two that begin together is around the other.
    part.entities.sort_by_key(|entity| (entity.offset, std::cmp::Reverse(entity.length)));
    part
}

impl Open {
    fn end(self) -> Entity {
        Entity { form: self.form, offset: self.from, length: self.to - self.from }
    }
}
