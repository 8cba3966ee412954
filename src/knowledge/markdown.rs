//! Markdown of an article, as pieces that every platform can show, and as bare text.
//!
//! What a chat cannot show is simplified, never passed through: headings become strong lines,
//! lists keep their numbers, table cells stand side by side, raw HTML (comments too) is left
//! out. Only http and https links stay links.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use unicode_segmentation::UnicodeSegmentation;

use crate::domain::words::{Piece, Words};

/// The whole body.
pub fn words(body: &str) -> Words {
    let mut writer = Writer::default();
    for event in Parser::new_ext(body, options()) {
        writer.write(event);
    }
    writer.finish()
}

/// What the article says first: its first paragraph, with the list it announces if it ends in a
/// colon, cut to `limit_chars` visible characters at a sentence, a word or, failing both, a
/// letter. The address of a link does not count, since platforms hide it behind the label.
pub fn summary(body: &str, limit_chars: usize) -> Words {
    let mut writer = Writer::default();
    let (mut depth, mut heading) = (0_usize, false);
    for event in Parser::new_ext(body, options()) {
        if let Event::Start(tag) = &event {
            heading |= matches!(tag, Tag::Heading { .. });
            depth += usize::from(is_block(tag.to_end()));
        }
        if let Event::End(tag) = &event
            && is_block(*tag)
        {
            depth = depth.saturating_sub(1);
        }
        let block_ended = depth == 0 && matches!(&event, Event::End(tag) if is_block(*tag));
        let heading_ended = matches!(event, Event::End(TagEnd::Heading(_)));
        if !heading {
            writer.write(event);
        }
        heading &= !heading_ended;
        if block_ended && writer.has_said_something() {
            break;
        }
    }
    cut(writer.finish(), limit_chars)
}

/// The text alone, for the index: no marks, no addresses of links.
pub fn plain(body: &str) -> String {
    let mut plain = String::with_capacity(body.len());
    for piece in words(body).0 {
        plain.push_str(visible(&piece));
    }
    plain
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
    )
}

/// Pieces being written: what is open, and what gap is owed before the next words.
#[derive(Default)]
struct Writer {
    words: Words,
    gap: &'static str,
    strong: usize,
    code_block: bool,
    html_block: bool,
    /// The number of the next item of every open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// The innermost link or image being read: its label so far and its address. Whatever is
    /// nested in it only adds to the label.
    link: Option<(String, String)>,
    nested_links: usize,
}

impl Writer {
    fn write(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.open(tag),
            Event::End(tag) => self.close(tag),
            Event::Text(text) if self.code_block => self.code_lines(&text),
            Event::Text(text) if !self.html_block => self.say(&text),
            Event::Code(text) => self.code(&text),
            Event::SoftBreak => self.say(" "),
            Event::HardBreak => self.say("\n"),
            Event::InlineHtml(tag) if tag.to_lowercase().starts_with("<br") => self.say("\n"),
            Event::Rule => self.owe("\n\n"),
            Event::TaskListMarker(_)
            | Event::Text(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_) => {}
        }
    }

    fn open(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { .. } => {
                self.owe("\n\n");
                self.strong += 1;
            }
            Tag::Strong | Tag::TableHead => self.strong += 1,
            Tag::CodeBlock(_) => {
                self.owe("\n\n");
                self.code_block = true;
            }
            Tag::HtmlBlock => self.html_block = true,
            Tag::List(first) => {
                self.owe(if self.lists.is_empty() { "\n\n" } else { "\n" });
                self.lists.push(first);
            }
            Tag::Item => self.item(),
            Tag::Table(_) => self.owe("\n\n"),
            Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. } => {
                if self.link.is_some() {
                    self.nested_links += 1;
                } else {
                    self.link = Some((String::new(), dest_url.into_string()));
                }
            }
            Tag::Paragraph
            | Tag::BlockQuote(_)
            | Tag::FootnoteDefinition(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition
            | Tag::TableRow
            | Tag::TableCell
            | Tag::Emphasis
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::MetadataBlock(_) => {}
        }
    }

    fn close(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.owe("\n\n"),
            TagEnd::Heading(_) => {
                self.strong = self.strong.saturating_sub(1);
                self.owe("\n\n");
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::CodeBlock => {
                self.code_block = false;
                self.owe("\n\n");
            }
            TagEnd::HtmlBlock => self.html_block = false,
            TagEnd::List(_) => {
                self.lists.pop();
                self.gap = if self.lists.is_empty() { "\n\n" } else { "\n" };
            }
            TagEnd::Item | TagEnd::TableRow => self.gap = "\n",
            TagEnd::TableHead => {
                self.strong = self.strong.saturating_sub(1);
                self.gap = "\n";
            }
            TagEnd::TableCell => self.owe(" · "),
            TagEnd::Table => self.gap = "\n\n",
            TagEnd::Link | TagEnd::Image if self.nested_links > 0 => self.nested_links -= 1,
            TagEnd::Link | TagEnd::Image => self.close_link(),
            TagEnd::BlockQuote(_)
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn item(&mut self) {
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        let marker = match self.lists.last_mut() {
            Some(Some(number)) => {
                let marker = format!("{number}. ");
                *number += 1;
                marker
            }
            Some(None) | None => "• ".to_owned(),
        };
        self.push(Piece::Plain { text: indent + &marker });
        // The item's own first paragraph follows its marker on the same line.
        self.gap = "";
    }

    fn close_link(&mut self) {
        let Some((label, url)) = self.link.take() else { return };
        if !is_web(&url) {
            return self.say(&label);
        }
        let label = if label.trim().is_empty() { url.clone() } else { label };
        self.push(Piece::Link { label, url });
    }

    fn code(&mut self, text: &str) {
        match &mut self.link {
            Some((label, _)) => label.push_str(text),
            None => self.push(Piece::Code { text: text.to_owned() }),
        }
    }

    /// One piece a line: platforms show code inside a line, and a reader copies a line at a time.
    fn code_lines(&mut self, text: &str) {
        for line in text.lines() {
            if !line.trim().is_empty() {
                self.push(Piece::Code { text: line.to_owned() });
                self.gap = "\n";
            }
        }
    }

    fn say(&mut self, text: &str) {
        if let Some((label, _)) = &mut self.link {
            label.push_str(text);
        } else if self.strong > 0 {
            self.push(Piece::Strong { text: text.to_owned() });
        } else {
            self.push(Piece::Plain { text: text.to_owned() });
        }
    }

    fn owe(&mut self, gap: &'static str) {
        // A longer gap swallows a shorter one.
        if gap.len() > self.gap.len() || self.gap == " · " {
            self.gap = gap;
        }
    }

    fn push(&mut self, piece: Piece) {
        let gap = std::mem::take(&mut self.gap);
        if !gap.is_empty() && !self.words.0.is_empty() {
            self.words.push(Piece::Plain { text: gap.to_owned() });
        }
        if let (Some(Piece::Strong { text: last }), Piece::Strong { text }) =
            (self.words.0.last_mut(), &piece)
        {
            last.push_str(text);
        } else {
            self.words.push(piece);
        }
    }

    /// Whether there are words that do not merely announce the next block.
    fn has_said_something(&self) -> bool {
        let text: String = self.words.0.iter().map(visible).collect();
        !text.trim().is_empty() && !text.trim_end().ends_with([':', '：'])
    }

    fn finish(self) -> Words {
        self.words
    }
}

fn is_web(url: &str) -> bool {
    let start = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    start.starts_with("https://") || start.starts_with("http://")
}

fn visible(piece: &Piece) -> &str {
    match piece {
        Piece::Plain { text }
        | Piece::Strong { text }
        | Piece::Code { text }
        | Piece::Quote { text } => text,
        Piece::Link { label, .. } | Piece::Message { label, .. } => label,
        Piece::Person { name, .. } | Piece::Place { name, .. } => name,
    }
}

/// Keeps the first `limit_chars` visible characters, and says with "…" that there is more.
fn cut(words: Words, limit_chars: usize) -> Words {
    let text: String = words.0.iter().map(visible).collect();
    if text.chars().count() <= limit_chars {
        return words;
    }
    let mut room = cut_place(&text, limit_chars);
    let mut kept = Words::default();
    for piece in words.0 {
        let length = visible(&piece).len();
        if length <= room {
            kept.push(piece);
            room -= length;
            continue;
        }
        let part = visible(&piece).get(..room).unwrap_or_default().trim_end().to_owned();
        match piece {
            _ if part.is_empty() => {}
            Piece::Plain { .. } => kept.push(Piece::Plain { text: part }),
            Piece::Strong { .. } => kept.push(Piece::Strong { text: part }),
            Piece::Link { url, .. } => kept.push(Piece::Link { label: part, url }),
            // Half a command is worse than none.
            Piece::Code { .. }
            | Piece::Quote { .. }
            | Piece::Person { .. }
            | Piece::Place { .. }
            | Piece::Message { .. } => {}
        }
        break;
    }
    kept.push(Piece::Plain { text: "…".to_owned() });
    kept
}

/// Where to cut, in bytes: after the last whole sentence if that keeps half of what is allowed,
/// else after the last whole word, else after the last whole letter.
fn cut_place(text: &str, limit_chars: usize) -> usize {
    let limit = limit_chars.saturating_sub(1);
    let end = text.char_indices().nth(limit).map_or(text.len(), |(end, _)| end);
    let last = |ends: &mut dyn Iterator<Item = usize>| {
        ends.take_while(|&place| place <= end).last().unwrap_or(0)
    };
    let trimmed = |place: usize| text.get(..place).map_or(0, |kept| kept.trim_end().len());
    let sentence = last(
        &mut text
            .split_sentence_bound_indices()
            .map(|(start, sentence)| start + sentence.trim_end().len()),
    );
    if sentence * 2 >= end {
        return sentence;
    }
    let word =
        trimmed(last(&mut text.split_word_bound_indices().map(|(start, word)| start + word.len())));
    if word > 0 {
        return word;
    }
    last(&mut text.grapheme_indices(true).map(|(start, letter)| start + letter.len()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces in a short notation: *strong*, `code`, [label](url).
    fn show(words: &Words) -> String {
        let shown = words.0.iter().map(|piece| match piece {
            Piece::Plain { text } => text.clone(),
            Piece::Strong { text } => format!("*{text}*"),
            Piece::Code { text } => format!("`{text}`"),
            Piece::Link { label, url } => format!("[{label}]({url})"),
            Piece::Quote { text } => format!("<{text}>"),
            Piece::Person { name, .. } => format!("@{name}"),
            Piece::Place { name, .. } => format!("#{name}"),
            Piece::Message { label, .. } => format!("[{label}]"),
        });
        shown.collect()
    }

    #[test]
    fn markdown_becomes_pieces() {
        for (markdown, expected) in [
            ("Press **Reset** for *ten* seconds.", "Press *Reset* for ten seconds."),
            ("One\nline.\n\nTwo.", "One line.\n\nTwo."),
            ("# Title\nBody", "*Title*\n\nBody"),
            (
                "Do:\n\n1. one\n2. two\n   - a\n   - b\n3. three\n\nEnd",
                "Do:\n\n1. one\n2. two\n  • a\n  • b\n3. three\n\nEnd",
            ),
            ("- loose\n\n- list", "• loose\n• list"),
            (
                "Run `ping` in [the shell](https://a.example/x).",
                "Run `ping` in [the shell](https://a.example/x).",
            ),
            ("[bad](javascript:alert(1)) [mail](mailto:a@b.example)", "bad mail"),
            ("<https://a.example>", "[https://a.example](https://a.example)"),
            ("[![logo](https://a.example/i.png)](https://a.example)", "[logo](https://a.example)"),
            ("a<b>b</b>c<br>d <!-- secret -->", "abc\nd "),
            ("<div>\nsecret\n</div>\n\nshown", "shown"),
            ("```sh\none\n\ntwo\n```\nafter", "`one`\n`two`\n\nafter"),
            ("| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |", "*a* · *b*\n1 · 2\n3 · 4"),
            ("**a** **b**", "*a* *b*"),
            ("~~old~~ new", "old new"),
            ("> quoted", "quoted"),
            ("", ""),
        ] {
            assert_eq!(show(&words(markdown)), expected, "{markdown}");
        }
    }

    #[test]
    fn a_summary_is_the_first_paragraph_cut_where_it_hurts_least() {
        for (markdown, limit, expected) in [
            ("# Head\n\nFirst **one**.\n\nSecond.", 99, "First *one*."),
            ("Do this:\n\n1. one\n2. two\n\nLater.", 99, "Do this:\n\n1. one\n2. two"),
            ("- only\n- a list\n\nLater.", 99, "• only\n• a list"),
            ("One sentence here. Another one there.", 25, "One sentence here.…"),
            ("One. A much longer second sentence.", 20, "One. A much longer…"),
            ("Donaudampfschifffahrt", 6, "Donau…"),
            ("Press `hold-the-key` now", 12, "Press …"),
            (
                "See [the long manual](https://a.example) now",
                13,
                "See [the long](https://a.example)…",
            ),
            ("👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧", 8, "👩‍👩‍👧…"),
            ("Short.", 6, "Short."),
            ("", 10, ""),
            ("words", 0, "…"),
        ] {
            assert_eq!(show(&summary(markdown, limit)), expected, "{markdown}");
        }
    }

    #[test]
    fn the_index_reads_words_and_not_addresses() {
        assert_eq!(plain("Go to **[Menu](https://a.example/b)** `now`"), "Go to Menu now");
    }

    proptest! {
        #[test]
        fn no_summary_exceeds_its_limit_whatever_the_markdown(
            body in "([-*#>`|+~_ \\n\\[\\]()<!]|[a-zé漢👩🏽\u{200d}.:]|https://|1\\. ){0,80}",
            limit in 1_usize..60,
        ) {
            let summary = summary(&body, limit);
            let shown: usize = summary.0.iter().map(|piece| visible(piece).chars().count()).sum();
            prop_assert!(shown <= limit, "{summary:?}");
            prop_assert!(plain(&body).len() <= body.len() * 4);
        }
    }
}
