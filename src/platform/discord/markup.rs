//! Words in Discord's markdown, in parts that each fit into one message.
//!
//! Whatever is not ours to format is text: every character that could begin markup where it stands
//! has a backslash before it, and no mention, emoji, time or channel token survives, because more
//! than its first character is escaped: Discord's own search for mentions knows no backslashes. Who
//! is lit up is decided by `allowed_mentions` all the same.
//!
//! Only somebody who is pinged is a mention. A mention that pings nobody comes without the user it
//! names, and whoever has not met that user in their client reads a number or `@unknown-user`:
//! a leaderboard would be a list of numbers. A name is read by everyone, and by screen readers.
//!
//! Whether a character is markup depends on where its line begins, and a new part begins a line.
//! So words become [`Atom`]s that are never parted, parts are chosen over atoms, and a part is
//! written from its atoms with its own line starts, quotation marks and bold marks. An address that
//! a person wrote is read, but is no link: what the bot repeats should not carry anybody anywhere.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use crate::domain::ids::PlatformKey;
use crate::domain::words::{Piece, Words};
pub(super) use crate::platform::letters::{clean, line, units};

/// What is never parted is at most this long, so that a part always has room for one.
const SOLID_LIMIT: usize = 1_200;
/// What stands for a link whose label cannot be one.
const ARROW: &str = "↗";

#[derive(Debug, Clone, PartialEq, Eq)]
enum Atom {
    /// One grapheme with the backslashes that it needs wherever it stands.
    Letter { text: String, strong: bool },
    /// Spaces and tabs: one of them.
    Space(char),
    /// Markup that is ours: a link, a mention, a code span.
    Solid(String),
    /// The next line begins.
    Break,
}

/// An atom, and whether it stands in a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Placed {
    atom: Atom,
    quoted: bool,
}

/// The words as messages of at most `limit` UTF-16 units, in order. None is empty; there is none
/// if there is nothing to read.
pub(super) fn parts(words: &Words, limit: usize) -> Vec<String> {
    let atoms = atoms(words);
    let mut rest = atoms.as_slice();
    let mut parts = Vec::new();
    while !rest.is_empty() {
        let (part, after) = rest.split_at(end_of_part(rest, limit).clamp(1, rest.len()));
        let mut writer = Writer::default();
        for placed in part {
            writer.write(placed);
        }
        let text = writer.end();
        if !text.is_empty() {
            parts.push(text);
        }
        rest = after;
    }
    parts
}

/// A key of Discord's, which is a number.
pub(super) fn is_snowflake(key: &str) -> bool {
    let digits = !key.is_empty() && key.bytes().all(|letter| letter.is_ascii_digit());
    digits && key.parse::<u64>().is_ok_and(|id| id > 0)
}

/// Where a message is shown, by the keys of its server, channel and itself.
fn address_of(keys: &[PlatformKey; 3]) -> Option<String> {
    let [server, channel, message] = keys.each_ref().map(PlatformKey::as_str);
    let are_known = [server, channel, message].into_iter().all(is_snowflake);
    are_known.then(|| format!("https://discord.com/channels/{server}/{channel}/{message}"))
}

// ---- words to atoms ------------------------------------------------------------------------

#[derive(Default)]
struct Atoms {
    all: Vec<Placed>,
    quoted: bool,
}

fn atoms(words: &Words) -> Vec<Placed> {
    let mut atoms = Atoms::default();
    for piece in joined(words) {
        match piece {
            Piece::Plain { text } => atoms.text(&clean(&text), false),
            Piece::Strong { text } => atoms.text(&clean(&text), true),
            Piece::Code { text } => atoms.code(&clean(&text)),
            Piece::Link { label, url } => atoms.link(&line(&label), &url),
            Piece::Quote { text } => atoms.quote(&clean(&text)),
            Piece::Person { key, name, ping } => atoms.person(key.as_str(), &line(&name), ping),
            Piece::Place { key, name } => atoms.place(key.as_str(), &line(&name)),
            Piece::Message { label, community, channel, message } => {
                let keys = [community, channel, message];
                atoms.link(&line(&label), &address_of(&keys).unwrap_or_default());
            }
        }
    }
    atoms.all
}

/// The same with neighbours of one kind as one piece: two code spans side by side are none.
fn joined(words: &Words) -> Vec<Piece> {
    let mut all: Vec<Piece> = Vec::new();
    for piece in &words.0 {
        match (all.last_mut(), piece) {
            (Some(Piece::Plain { text: last }), Piece::Plain { text })
            | (Some(Piece::Strong { text: last }), Piece::Strong { text })
            | (Some(Piece::Code { text: last }), Piece::Code { text }) => last.push_str(text),
            // Nothing to read would still keep its neighbours apart.
            (_, Piece::Plain { text } | Piece::Strong { text } | Piece::Code { text })
                if clean(text).is_empty() => {}
            _ => all.push(piece.clone()),
        }
    }
    all
}

impl Atoms {
    fn push(&mut self, atom: Atom) {
        self.all.push(Placed { atom, quoted: self.quoted });
    }

    /// Text that was cleaned.
    fn text(&mut self, text: &str, strong: bool) {
        for (at, grapheme) in text.grapheme_indices(true) {
            match grapheme {
                "\n" => self.push(Atom::Break),
                " " => self.push(Atom::Space(' ')),
                "\t" => self.push(Atom::Space('\t')),
                _ => {
                    // Some scripts have letters that hold on to the next character, whatever it is.
                    let text = escaped(text, at, grapheme);
                    self.push(Atom::Letter { text, strong });
                }
            }
        }
    }

    /// A code span knows no escapes: what it cannot hold is plain text.
    fn code(&mut self, text: &str) {
        let fits = units(text) <= SOLID_LIMIT && !text.contains(['`', '\n']);
        // Two side by side, with nothing that is shown between them, would be none.
        let after_code = self.all.last().is_some_and(|last| match &last.atom {
            Atom::Solid(markdown) => markdown.starts_with('`'),
            Atom::Letter { .. } | Atom::Space(_) | Atom::Break => false,
        });
        if fits && !after_code && !text.trim().is_empty() {
            self.push(Atom::Solid(format!("`{text}`")));
        } else {
            self.text(text, false);
        }
    }

    fn link(&mut self, label: &str, url: &str) {
        let url = address(url);
        let label = if label.is_empty() { url.as_deref().unwrap_or_default() } else { label };
        let Some(url) = &url else { return self.text(label, false) };
        let written = escaped(label, 0, label);
        // Discord counts brackets in a label and does not see that they are escaped.
        let holds = !label.contains(['[', ']']) && units(&written) + units(url) <= SOLID_LIMIT;
        if holds {
            self.push(Atom::Solid(format!("[{written}](<{url}>)")));
        } else {
            self.text(label, false);
            if units(url) <= SOLID_LIMIT {
                self.push(Atom::Space(' '));
                self.push(Atom::Solid(format!("[{ARROW}](<{url}>)")));
            }
        }
    }

    fn quote(&mut self, text: &str) {
        let mut first = true;
        for line in text.trim_matches('\n').lines() {
            self.quoted = true;
            if !first || self.all.last().is_some_and(|last| last.atom != Atom::Break) {
                self.push(Atom::Break);
            } else if let Some(last) = self.all.last_mut() {
                // The line that begins there is the quotation's.
                last.quoted = true;
            }
            first = false;
            self.text(line, false);
        }
        if self.quoted {
            self.quoted = false;
            self.push(Atom::Break);
        }
    }

    fn person(&mut self, key: &str, name: &str, ping: bool) {
        let is_known = is_snowflake(key);
        // A name that shows nothing is no name; then the client finds one.
        let is_shown = name.chars().any(|letter| !letter.is_whitespace() && letter != '\u{ad}');
        if is_known && (ping || !is_shown) {
            self.push(Atom::Solid(format!("<@{key}>")));
        } else {
            let name = if is_shown { name.to_owned() } else { line(key) };
            self.text(&format!("@{name}"), false);
        }
    }

    /// The client writes the name, as it is by then, and leads there.
    fn place(&mut self, key: &str, name: &str) {
        if is_snowflake(key) {
            self.push(Atom::Solid(format!("<#{key}>")));
        } else {
            self.text(&format!("#{name}"), false);
        }
    }
}

/// Whether the character at this place could be markup, or part of a token, wherever its line
/// begins.
fn is_markup(text: &str, at: usize) -> bool {
    let (before, here) = text.split_at(at);
    let mut letters = here.chars();
    let (letter, next) = (letters.next().unwrap_or_default(), letters.next().unwrap_or_default());
    match letter {
        '\\' | '*' | '_' | '~' | '`' | '|' | '[' | ']' | '<' | '@' => true,
        // The second character of a token, where what searches for it knows no backslash.
        '#' | '/' | ':' if before.ends_with('<') => true,
        // An emoji by its name, a time, an address.
        ':' => next.is_alphanumeric() || matches!(next, '_' | '+' | '-' | '/'),
        // An invitation shows as a card with a button to join.
        '.' => {
            let gg = here.get(1..4).is_some_and(|tail| tail.eq_ignore_ascii_case("gg/"));
            invites(before) || gg
        }
        _ => false,
    }
}

/// Whether a dot after this would make the name of a host that invites.
fn invites(before: &str) -> bool {
    ["discord", "discordapp"].iter().any(|end| {
        let from = before.len().checked_sub(end.len());
        let tail = from.and_then(|from| before.get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
}

/// What stands at this place of a text, with its backslashes.
fn escaped(text: &str, at: usize, part: &str) -> String {
    let mut written = String::with_capacity(part.len() + 1);
    for (offset, letter) in part.char_indices() {
        if is_markup(text, at + offset) {
            written.push('\\');
        }
        written.push(letter);
    }
    written
}

/// The address as it can stand between `(<` and `>)`; `None` if it is none that we link to.
fn address(url: &str) -> Option<String> {
    let url = url.trim();
    let scheme = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    if !scheme("https://") && !scheme("http://") {
        return None;
    }
    let flat = are_pairs(url);
    let mut address = String::with_capacity(url.len());
    for letter in url.chars() {
        let is_hidden = clean(letter.encode_utf8(&mut [0; 4])).is_empty();
        let breaks = letter.is_whitespace() || letter.is_control() || is_hidden;
        if breaks || "<>\\\"`".contains(letter) || (!flat && "()".contains(letter)) {
            for byte in letter.encode_utf8(&mut [0; 4]).bytes() {
                let _ = write!(address, "%{byte:02X}");
            }
        } else {
            address.push(letter);
        }
    }
    Some(address)
}

/// Whether every parenthesis is closed before another is opened: Discord reads no others.
fn are_pairs(url: &str) -> bool {
    let depth = url.chars().try_fold(false, |open, letter| match letter {
        '(' if open => None,
        ')' if !open => None,
        '(' => Some(true),
        ')' => Some(false),
        _ => Some(open),
    });
    depth == Some(false)
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

fn border(atoms: &[Placed], at: usize) -> Border {
    let back = |by: usize| at.checked_sub(by).and_then(|at| atoms.get(at)).map(|one| &one.atom);
    let is_end = |atom: &Atom| match atom {
        Atom::Letter { text, .. } => text.ends_with(['.', '!', '?', '…', '。', '！', '？']),
        Atom::Space(_) | Atom::Solid(_) | Atom::Break => false,
    };
    match back(1) {
        Some(Atom::Break) if back(2) == Some(&Atom::Break) => Border::Paragraph,
        Some(Atom::Break) => Border::Line,
        Some(Atom::Space(_)) if back(2).is_some_and(is_end) => Border::Sentence,
        Some(Atom::Space(_)) => Border::Word,
        _ => Border::Grapheme,
    }
}

/// Before which atom the first part ends: the last of the best borders that do not leave it short.
fn end_of_part(atoms: &[Placed], limit: usize) -> usize {
    let mut writer = Writer::default();
    let mut last = std::collections::BTreeMap::new();
    for (at, placed) in atoms.iter().enumerate() {
        let here = border(atoms, at);
        let enough = match here {
            Border::Grapheme => 0,
            Border::Word => limit / 4,
            Border::Sentence | Border::Line | Border::Paragraph => limit / 2,
        };
        if writer.units() >= enough {
            last.insert(here, at);
        }
        writer.write(placed);
        if writer.units() > limit {
            return last.last_key_value().map_or(at, |(_, at)| *at);
        }
    }
    atoms.len()
}

/// What stands on the line so far: whether the next character could begin a heading, a list or a
/// quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Line {
    #[default]
    Start,
    /// `#`, `-`, `>` and the like, all of them escaped.
    Marks,
    Digits,
    Middle,
}

/// Writes atoms as markdown. Space is kept back until something follows it, so that a part ends
/// with what can be read.
#[derive(Default)]
struct Writer {
    out: String,
    units: usize,
    kept_back: String,
    breaks: bool,
    strong: bool,
    line: Line,
}

impl Writer {
    /// How long the part would be if it ended here.
    fn units(&self) -> usize {
        self.units + if self.strong { 2 } else { 0 }
    }

    fn push(&mut self, text: &str) {
        self.out.push_str(text);
        self.units += units(text);
    }

    fn write(&mut self, placed: &Placed) {
        match &placed.atom {
            Atom::Break => {
                self.kept_back.push_str(if placed.quoted { "\n> " } else { "\n" });
                self.breaks = true;
            }
            Atom::Space(space) => self.kept_back.push(*space),
            Atom::Solid(markdown) => {
                self.begin(placed.quoted, false);
                self.push(markdown);
                self.line = Line::Middle;
            }
            Atom::Letter { text, strong } => {
                self.begin(placed.quoted, *strong);
                let (at_start, line) = self.mark(text);
                if at_start {
                    self.push("\\");
                }
                self.push(text);
                self.line = line;
            }
        }
    }

    /// Whether this begins markup because of where it stands on its line, and what stands there
    /// then.
    fn mark(&self, text: &str) -> (bool, Line) {
        let first = text.chars().next().unwrap_or_default();
        match (self.line, first) {
            // What one piece begins, the next may not finish.
            (_, '#' | '/' | ':') if self.out.ends_with('<') => (true, Line::Middle),
            (_, '.') if invites(&self.out) => (true, Line::Middle),
            (Line::Start | Line::Marks, '#' | '-' | '+' | '>') => (true, Line::Marks),
            (Line::Start | Line::Digits, '0'..='9') => (false, Line::Digits),
            (Line::Digits, '.' | ')') => (true, Line::Middle),
            (Line::Start | Line::Marks | Line::Digits | Line::Middle, _) => (false, Line::Middle),
        }
    }

    /// Before something that can be read.
    fn begin(&mut self, quoted: bool, strong: bool) {
        if self.out.is_empty() {
            self.kept_back.clear();
            self.breaks = false;
            if quoted {
                self.push("> ");
            }
        }
        if self.strong && (self.breaks || !strong) {
            self.push("**");
            self.strong = false;
        }
        if self.breaks {
            self.line = Line::Start;
        }
        let kept_back = std::mem::take(&mut self.kept_back);
        self.push(&kept_back);
        self.breaks = false;
        if strong && !self.strong {
            self.push("**");
            self.strong = true;
        }
    }

    fn end(mut self) -> String {
        if self.strong {
            self.push("**");
        }
        self.out
    }
}
