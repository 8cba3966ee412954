//! One article of a bot's knowledge: a Markdown file with TOML front matter.
//!
//! ```text
//! +++
//! id = "pair-a-lamp"
//! title = "Pair a lamp"
//! questions = ["My lamp won't pair", "How do I connect a lamp?"]
//! tags = ["lamps"]
//! language = "en"
//! link = "https://help.example/pair"      # optional, as are video, expires, questions and tags
//! checked = 2026-03-01
//! +++
//! Hold the button for **ten seconds** until …
//! ```
//!
//! Whoever writes articles is rarely a programmer, so a bad file tells everything that is wrong
//! with it at once, and for each thing where it stands and what to write instead.

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use rapidfuzz::distance::osa;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::markdown;
use crate::domain::ids::{
    AccountId, ArticleId, CaseId, ChannelId, CommunityId, Language, PlatformKey, Topic,
};

/// A chat answer is a screen or two; more is a book in the wrong folder, and would be read into
/// memory at every start.
const FILE_LIMIT_BYTES: usize = 512 * 1024;
const ID_LIMIT_CHARS: usize = 64;

const KEYS: [&str; 9] =
    ["id", "title", "questions", "tags", "language", "link", "video", "checked", "expires"];
const FENCE: &str = "+++";

/// Knowledge, as its author wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    pub id: ArticleId,
    pub title: String,
    /// How customers ask for it, in their own words.
    pub questions: Vec<String>,
    pub tags: Vec<Topic>,
    pub language: Language,
    pub link: Option<String>,
    pub video: Option<String>,
    /// The day somebody last made sure that it is true.
    pub checked: Date,
    /// The last day on which it may be suggested.
    pub expires: Option<Date>,
    /// Markdown; of a harvested article, as it was said.
    pub body: String,
    /// Where it was harvested; `None` for one that the brand wrote.
    pub origin: Option<Origin>,
}

/// The conversation that an article comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Only here it is found: for this community its author gave it, and its moderators read it.
    pub community: CommunityId,
    pub case: CaseId,
    pub author: AccountId,
    /// The day of the answer.
    pub on: Date,
    /// Where the answer stands, if others can go there.
    pub at: Option<(ChannelId, PlatformKey)>,
}

/// What is wrong with an article file: the place (from 1, columns in characters), and the cure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Flaw {
    pub line: usize,
    pub column: usize,
    pub what: String,
    pub mend: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}: {}; {}", self.line, self.column, self.what, self.mend)
    }
}

impl Article {
    /// Reads a file, or says everything that is wrong with it, in the order of the lines.
    pub fn parse(source: &str) -> Result<Article, Vec<Flaw>> {
        let (front, body) = split(source).map_err(|flaw| vec![flaw])?;
        let mut reader = Reader::new(source, front.clone());
        let article = reader.article(front, body);
        match article {
            Some(article) if reader.flaws.is_empty() => Ok(article),
            _ => {
                reader.flaws.sort();
                reader.flaws.dedup();
                Err(reader.flaws)
            }
        }
    }

    /// What is read of it for the index, without marks.
    pub(super) fn text(&self) -> Cow<'_, str> {
        match self.origin {
            Some(_) => Cow::Borrowed(&self.body),
            None => Cow::Owned(markdown::plain(&self.body)),
        }
    }

    /// Whether it is for people of this community; one that the brand wrote is for all.
    pub fn is_for(&self, community: Option<CommunityId>) -> bool {
        self.origin.as_ref().is_none_or(|origin| Some(origin.community) == community)
    }

    /// Whether `today` lies after its last day.
    pub fn is_expired(&self, today: Date) -> bool {
        self.expires.is_some_and(|last| last < today)
    }
}

/// The byte ranges of front matter and body.
fn split(source: &str) -> Result<(Range<usize>, Range<usize>), Flaw> {
    if source.len() > FILE_LIMIT_BYTES {
        let what = format!("the file is larger than {} KiB", FILE_LIMIT_BYTES / 1024);
        return Err(Flaw { line: 1, column: 1, what, mend: "split it into articles".to_owned() });
    }
    let mut lines = Vec::new();
    // Editors on Windows put a byte order mark before the first line.
    let mut start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    for line in source.get(start..).unwrap_or_default().split_inclusive('\n') {
        lines.push((start, line));
        start += line.len();
    }
    let fence = |line: &str| line.trim_end() == FENCE;
    let Some((first, rest)) = lines.split_first().filter(|(first, _)| fence(first.1)) else {
        let what = "the file does not begin with its front matter".to_owned();
        let mend = "put `id`, `title` and the rest between two lines of +++ at the top".to_owned();
        return Err(Flaw { line: 1, column: 1, what, mend });
    };
    let front_start = first.0 + first.1.len();
    let Some((fence_start, line)) = rest.iter().find(|(_, line)| fence(line)) else {
        let what = "the front matter is not closed".to_owned();
        let mend = "put a line of +++ between the front matter and the text".to_owned();
        return Err(Flaw { line: 1, column: 1, what, mend });
    };
    Ok((front_start..*fence_start, fence_start + line.len()..source.len()))
}

/// The front matter being read, key by key, and what was wrong so far.
struct Reader<'a> {
    source: &'a str,
    start: usize,
    table: Spanned<DeTable<'a>>,
    flaws: Vec<Flaw>,
}

impl<'a> Reader<'a> {
    fn new(source: &'a str, front: Range<usize>) -> Self {
        let start = front.start;
        let (table, errors) = DeTable::parse_recoverable(source.get(front).unwrap_or_default());
        let mut reader = Self { source, start, table, flaws: Vec::new() };
        for error in errors {
            let what = error.message().lines().next().unwrap_or_default().to_lowercase();
            let mend = "write a key, an equals sign and a value, with texts in quotes";
            reader.flaw(error.span().map_or(0, |span| span.start), what, mend);
        }
        reader
    }

    fn article(&mut self, front: Range<usize>, body: Range<usize>) -> Option<Article> {
        self.refuse_unknown_keys();
        let end = front.end - front.start;
        let id = self.required("id", end, id);
        let title = self.required("title", end, text);
        let language = self.required("language", end, language);
        let checked = self.required("checked", end, date);
        let questions = self.optional("questions", texts);
        let tags = self.optional("tags", texts);
        let link = self.optional("link", address);
        let video = self.optional("video", address);
        let expires = self.optional("expires", date);
        if let (Some(checked), Some(expires)) = (checked, expires)
            && expires < checked
            && let Some((at, _)) = self.find("expires")
        {
            let what = format!("the article expires on {expires}, before it was checked");
            self.flaw(at, what, "check it again, or give a later day");
        }
        let text = self.source.get(body.clone()).unwrap_or_default().trim();
        if text.is_empty() {
            let what = "the article has no text".to_owned();
            self.flaw(body.start - self.start, what, "write the answer below the second +++");
        }
        let mut tags: Vec<Topic> =
            tags.unwrap_or_default().iter().map(|tag| Topic::new(tag.to_lowercase())).collect();
        tags.sort();
        tags.dedup();
        Some(Article {
            id: id?,
            title: title?,
            questions: questions.unwrap_or_default(),
            tags,
            language: language?,
            link,
            video,
            checked: checked?,
            expires,
            body: text.to_owned(),
            origin: None,
        })
    }

    fn refuse_unknown_keys(&mut self) {
        let unknown: Vec<(usize, String)> = self
            .table
            .get_ref()
            .iter()
            .map(|(key, _)| (key.span().start, key.get_ref().to_string()))
            .filter(|(_, key)| !KEYS.contains(&key.as_str()))
            .collect();
        for (at, key) in unknown {
            let near = |known: &&str| osa::distance(known.chars(), key.chars());
            let mend = match KEYS.iter().copied().min_by_key(near) {
                Some(known) if near(&known) <= 2 => format!("did you mean `{known}`?"),
                _ => format!("the keys are {}", KEYS.join(", ")),
            };
            self.flaw(at, format!("unknown key `{key}`"), &mend);
        }
    }

    /// The value of `key` and its place.
    fn find(&self, key: &str) -> Option<(usize, DeValue<'a>)> {
        let value = self.table.get_ref().get(key)?;
        Some((value.span().start, value.get_ref().clone()))
    }

    fn required<T>(&mut self, key: &str, end: usize, read: Read<T>) -> Option<T> {
        let front = self.source.get(self.start..self.start + end).unwrap_or_default();
        // A line that begins with the key but could not be read has been reported already.
        let written = front
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix(key))
            .any(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-'));
        if self.table.get_ref().get(key).is_none() && !written {
            let mend = match key {
                "id" => "add a short name, like id = \"reset-a-router\"",
                "title" => "add a title, like title = \"Reset a router\"",
                "language" => "add the language of the text, like language = \"en\"",
                _ => "add the day somebody last made sure, like checked = 2026-03-01",
            };
            self.flaw(end, format!("`{key}` is missing"), mend);
        }
        self.optional(key, read)
    }

    fn optional<T>(&mut self, key: &str, read: Read<T>) -> Option<T> {
        let (at, value) = self.find(key)?;
        match read(at, &value) {
            Ok(value) => Some(value),
            Err((at, what, mend)) => {
                // What the parser could not read it has reported, with the exact letter.
                let line = self.place(at).0;
                if !self.flaws.iter().any(|flaw| flaw.line == line) {
                    self.flaw(at, format!("`{key}` {what}"), mend);
                }
                None
            }
        }
    }

    /// Line and column of a byte of the front matter.
    fn place(&self, at: usize) -> (usize, usize) {
        let before = self.source.get(..self.start + at).unwrap_or(self.source);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }

    fn flaw(&mut self, at: usize, what: String, mend: &str) {
        let (line, column) = self.place(at);
        self.flaws.push(Flaw { line, column, what, mend: mend.to_owned() });
    }
}

/// Where a value is wrong, what is wrong with it, and how to mend it.
type Wrong = (usize, String, &'static str);
type Read<T> = fn(usize, &DeValue<'_>) -> Result<T, Wrong>;

fn text(at: usize, value: &DeValue<'_>) -> Result<String, Wrong> {
    let Some(text) = value.as_str() else {
        let what = format!("is not a text but of type {}", value.type_str());
        return Err((at, what, "put it in quotes"));
    };
    match text.trim() {
        "" => Err((at, "is empty".to_owned(), "write something, or take the line out")),
        text => Ok(text.to_owned()),
    }
}

fn texts(at: usize, value: &DeValue<'_>) -> Result<Vec<String>, Wrong> {
    let Some(list) = value.as_array() else {
        let what = format!("is not a list but of type {}", value.type_str());
        return Err((at, what, "put texts in quotes between square brackets"));
    };
    list.iter().map(|item| text(item.span().start, item.get_ref())).collect()
}

fn id(at: usize, value: &DeValue<'_>) -> Result<ArticleId, Wrong> {
    let id = text(at, value)?;
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if id.len() > ID_LIMIT_CHARS || !id.chars().all(fits) {
        let what = format!("cannot be {id:?}");
        return Err((at, what, "use at most 64 of a-z, 0-9 and -"));
    }
    Ok(ArticleId::new(id))
}

fn language(at: usize, value: &DeValue<'_>) -> Result<Language, Wrong> {
    let tag = text(at, value)?.to_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let base = parts.next().is_some_and(|base| {
        (2..=3).contains(&base.len()) && base.chars().all(|c| c.is_ascii_lowercase())
    });
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if !base || !rest {
        let what = format!("cannot be {tag:?}");
        return Err((at, what, "write a language tag, like \"en\" or \"pt-br\""));
    }
    Ok(Language::new(tag))
}

fn address(at: usize, value: &DeValue<'_>) -> Result<String, Wrong> {
    let url = text(at, value)?;
    let lower = url.to_ascii_lowercase();
    let rest = lower.strip_prefix("https://").or_else(|| lower.strip_prefix("http://"));
    let host = rest.is_some_and(|rest| rest.starts_with(char::is_alphanumeric));
    if !host || url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return Err((at, "is not a web address".to_owned(), "begin it with https://"));
    }
    Ok(url)
}

fn date(at: usize, value: &DeValue<'_>) -> Result<Date, Wrong> {
    const MEND: &str = "write year-month-day without quotes, like 2026-03-01";
    let wrong = |what: String| Err((at, what, MEND));
    let Some(written) = value.as_datetime() else {
        return wrong(format!("is not a date but of type {}", value.type_str()));
    };
    let (Some(date), None, None) = (written.date, written.time, written.offset) else {
        return wrong(format!("is not a day alone: {written}"));
    };
    let day = || {
        let year = i16::try_from(date.year).ok()?;
        let (month, day) = (i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?);
        Date::new(year, month, day).ok()
    };
    day().map_or_else(|| wrong(format!("names no day: {written}")), Ok)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = "+++\nid = \"pair-a-lamp\"\ntitle = \"Pair a lamp\"\n\
        questions = [\"My lamp won't pair\"]\ntags = [\"Lamps\", \"lamps\", \"hub\"]\n\
        language = \"pt-BR\"\nlink = \"https://help.example/pair\"\nchecked = 2026-03-01\n\
        expires = 2027-03-01\n+++\n\nHold the **button**.\n";

    fn flaws(source: &str) -> Vec<String> {
        let flaws = Article::parse(source).expect_err(source);
        flaws.iter().map(|flaw| format!("{}:{} {}", flaw.line, flaw.column, flaw.what)).collect()
    }

    #[test]
    fn a_file_is_read_as_its_author_meant_it() {
        for source in [GOOD.to_owned(), GOOD.replace('\n', "\r\n"), format!("\u{feff}{GOOD}")] {
            let article = Article::parse(&source).expect("well formed");
            assert_eq!(article.id.as_str(), "pair-a-lamp");
            assert_eq!(article.questions, ["My lamp won't pair"]);
            assert_eq!(article.tags, [Topic::new("hub"), Topic::new("lamps")]);
            assert_eq!(article.language.as_str(), "pt-br");
            assert_eq!(article.expires, Some(date(2027, 3, 1)));
            assert_eq!(article.video, None);
            assert_eq!(article.body, "Hold the **button**.");
        }
    }

    #[test]
    fn an_article_expires_after_its_last_day() {
        let article = Article::parse(GOOD).expect("well formed");
        assert!(!article.is_expired(date(2027, 3, 1)));
        assert!(article.is_expired(date(2027, 3, 2)));
    }

    #[test]
    fn every_flaw_names_its_place() {
        for (from, to, expected) in [
            ("pair-a-lamp", "Pair a lamp", "2:6 `id` cannot be \"Pair a lamp\""),
            ("\"pair-a-lamp\"", "7", "2:6 `id` is not a text but of type integer"),
            ("title = \"Pair a lamp\"\n", "", "9:1 `title` is missing"),
            ("\"Pair a lamp\"", "\"  \"", "3:9 `title` is empty"),
            (
                "[\"My lamp won't pair\"]",
                "\"x\"",
                "4:13 `questions` is not a list but of type string",
            ),
            ("\"Lamps\", ", "\"ü\", 3, ", "5:14 `tags` is not a text but of type integer"),
            ("pt-BR", "Portuguese", "6:12 `language` cannot be \"portuguese\""),
            ("https://help.example", "ftp://help.example", "7:8 `link` is not a web address"),
            ("https://help.example/pair", "https://", "7:8 `link` is not a web address"),
            ("2026-03-01", "\"2026-03-01\"", "8:11 `checked` is not a date but of type string"),
            (
                "2026-03-01",
                "2026-03-01T10:00:00",
                "8:11 `checked` is not a day alone: 2026-03-01T10:00:00",
            ),
            (
                "2027-03-01",
                "2025-03-01",
                "9:11 the article expires on 2025-03-01, before it was checked",
            ),
            ("tags =", "tag =", "5:1 unknown key `tag`"),
            ("Hold the **button**.", "", "11:1 the article has no text"),
        ] {
            assert_eq!(flaws(&GOOD.replace(from, to)), [expected], "{from} -> {to}");
        }
    }

    #[test]
    fn what_toml_itself_refuses_is_told_once_and_at_its_place() {
        for (from, to, line) in [
            ("2026-03-01", "2026-13-45", 8),
            ("2026-03-01", "yesterday", 8),
            ("\"Pair a lamp\"", "Pair a lamp", 3),
            ("title =", "title", 3),
            ("tags =", "id =", 5),
        ] {
            let found = Article::parse(&GOOD.replace(from, to)).expect_err(to);
            assert!(found.iter().all(|flaw| flaw.line == line), "{to}: {found:?}");
        }
    }

    #[test]
    fn all_flaws_are_told_at_once_with_what_to_do() {
        let source = "+++\nid = \"A b\"\nquestion = []\nchecked = 1\nlink = \"x\"\n+++\n";
        let found = Article::parse(source).expect_err("bad");
        let told: Vec<String> = found.iter().map(Flaw::to_string).collect();
        assert_eq!(
            told,
            [
                "line 2, column 6: `id` cannot be \"A b\"; use at most 64 of a-z, 0-9 and -",
                "line 3, column 1: unknown key `question`; did you mean `questions`?",
                "line 4, column 11: `checked` is not a date but of type integer; \
                 write year-month-day without quotes, like 2026-03-01",
                "line 5, column 8: `link` is not a web address; begin it with https://",
                "line 6, column 1: `language` is missing; \
                 add the language of the text, like language = \"en\"",
                "line 6, column 1: `title` is missing; \
                 add a title, like title = \"Reset a router\"",
                "line 7, column 1: the article has no text; write the answer below the second +++",
            ]
        );
    }

    #[test]
    fn a_file_without_its_fences_says_so() {
        for (source, expected) in [
            ("", "1:1 the file does not begin with its front matter"),
            ("---\nid: x\n---\n", "1:1 the file does not begin with its front matter"),
            ("+++\nid = \"x\"\n", "1:1 the front matter is not closed"),
        ] {
            assert_eq!(flaws(source), [expected]);
        }
        let huge = GOOD.to_owned() + &"x".repeat(FILE_LIMIT_BYTES);
        assert_eq!(flaws(&huge), ["1:1 the file is larger than 512 KiB"]);
    }

    proptest! {
        #[test]
        fn any_file_is_an_article_or_a_list_of_flaws(
            front in "((id|title|tags|checked|expires|link|x) ?=? ?[\\[\"0-9a-zé,\\]-]{0,8}\\r?\\n?){0,8}",
            body in "\\PC{0,9}",
        ) {
            let source = format!("+++\n{front}\n+++\n{body}");
            let lines = source.lines().count();
            if let Err(flaws) = Article::parse(&source) {
                prop_assert!(!flaws.is_empty());
                prop_assert!(flaws.iter().all(|flaw| (1..=lines + 1).contains(&flaw.line)));
            }
        }
    }
}
