//! One pass over a message: what people typed becomes words and marks; what they pasted (code,
//! quoted lines, logs, links) is counted and left out.

use super::grams;
use super::letters::{Scripts, fold, is_greek, is_word_sign, squeeze};
use super::words::{LEXICON, Lexicon, UNKNOWN};

/// What is read of a long message. People ask where they begin or where they end; what lies
/// between is the log they pasted. Two thousand bytes are a full Discord message in Latin letters.
const HEAD_BYTES: usize = 2_000;
/// The other end of a long message; half as much, because a closing question is one paragraph.
const TAIL_BYTES: usize = 1_000;
/// Past this many bytes `<…` is not a mention, an emoji or a timestamp of a platform.
const ANGLE_BYTES: usize = 100;
/// A line shorter than this is too short to be told from a pasted one by its signs.
const PASTED_LINE_BYTES: usize = 24;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token {
    /// A word by its number in the lexicon.
    Word(u32),
    Mention,
    Link,
    Code,
    /// An emoticon or an emoji in words (`:smile:`).
    Smile,
    /// Anything that parts clauses.
    Comma,
    Question,
    /// `¿`: a question follows.
    Opening,
    Exclaim,
    Stop,
}

impl Token {
    pub(super) fn ends_sentence(self) -> bool {
        matches!(self, Token::Question | Token::Exclaim | Token::Stop)
    }
}

/// A message as the detector sees it.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub(super) tokens: Vec<Token>,
    /// Words outside of what was pasted; two signs of an unspaced script count as one.
    pub(super) words: u32,
    /// How many question marks stand there, repeated ones included.
    pub(super) question_marks: u32,
    /// Bytes of code and of lines that look like a log.
    pub(super) code_bytes: usize,
    /// Bytes of quoted lines.
    pub(super) quoted_bytes: usize,
    /// Runs of Chinese, Japanese, Korean and Thai.
    pub(super) running: String,
    pub(super) scripts: Scripts,
    /// Holds `#help`, `#ask` or their sisters.
    pub(super) help_tag: bool,
    /// Pieces of the words of scripts with spaces, each as often as it stands there.
    pub(super) pieces: Vec<u32>,
}

/// Words that people put behind `#` to call for help.
const HELP_TAGS: &str = "help ask question support hilfe frage aide question ayuda pregunta duda \
    ajuda dúvida duvida pergunta aiuto domanda hulp vraag hjälp fråga помощь вопрос допомога \
    питання pomoc pytanie bantuan tanya tolong pomoć pitanje помоћ питање yardım yardim soru \
    ajutor întrebare βοήθεια ερώτηση giúp hỏi مساعدة سؤال मदद सवाल 質問 求助 提问 提問 질문 도움";

impl Reading {
    pub(super) fn of(text: &str, lexicon: &Lexicon) -> Self {
        let mut scanner = Scanner { lexicon, reading: Self::default(), word: String::new() };
        if text.len() <= HEAD_BYTES + TAIL_BYTES {
            scanner.lines(&fold(text), false);
        } else {
            let head = text.get(..text.floor_char_boundary(HEAD_BYTES)).unwrap_or_default();
            let from = text.ceil_char_boundary(text.len() - TAIL_BYTES);
            let tail = text.get(from..).unwrap_or_default();
            scanner.lines(&fold(head), false);
            // A fence that the tail closes was opened before it.
            scanner.lines(&fold(tail), tail.matches("```").count() % 2 == 1);
        }
        scanner.reading
    }
}

struct Scanner<'l> {
    lexicon: &'l Lexicon,
    reading: Reading,
    /// Scratch space for the word being read.
    word: String,
}

impl Scanner<'_> {
    fn lines(&mut self, folded: &str, mut fenced: bool) {
        for line in folded.lines() {
            let trimmed = line.trim();
            let ticks = trimmed.matches("```").count();
            if ticks == 1 {
                // What stands before an opening fence or behind a closing one was typed.
                let (before, after) = trimmed.split_once("```").unwrap_or_default();
                let typed = if fenced { after } else { before };
                fenced = !fenced;
                self.code(trimmed.len() - typed.len());
                self.line(typed);
            } else if fenced {
                self.code(trimmed.len());
            } else if trimmed.starts_with("> ") || trimmed.starts_with(">>> ") {
                self.reading.quoted_bytes += trimmed.len();
            } else if looks_pasted(trimmed) {
                self.code(trimmed.len());
            } else {
                self.line(trimmed);
            }
            self.close(Token::Stop);
        }
    }

    fn code(&mut self, bytes: usize) {
        self.reading.code_bytes += bytes;
        if self.reading.tokens.last() != Some(&Token::Code) {
            self.reading.tokens.push(Token::Code);
        }
    }

    /// Ends a sentence, once.
    fn close(&mut self, mark: Token) {
        match self.reading.tokens.last_mut() {
            Some(last) if last.ends_sentence() && mark == Token::Question => *last = mark,
            Some(last) if last.ends_sentence() => {}
            Some(_) => self.reading.tokens.push(mark),
            None if mark == Token::Question => self.reading.tokens.push(mark),
            None => {}
        }
    }

    fn line(&mut self, line: &str) {
        let mut rest = line;
        let mut before = ' ';
        while let Some(sign) = rest.chars().next() {
            let used = self.step(rest, sign, before).max(sign.len_utf8());
            let (done, left) = rest.split_at_checked(used).unwrap_or((rest, ""));
            before = done.chars().next_back().unwrap_or(' ');
            rest = left;
        }
    }

    /// Reads what `rest` begins with and says how many bytes that took.
    fn step(&mut self, rest: &str, sign: char, before: char) -> usize {
        let fresh = !is_word_sign(before);
        if is_word_sign(sign) {
            if fresh && let Some(bytes) = link(rest) {
                return self.link(rest, bytes);
            }
            return self.word(rest);
        }
        let next = rest.chars().nth(1).unwrap_or(' ');
        match sign {
            ' ' | '\t' => 1,
            '`' => self.inline_code(rest),
            '<' => self.angle(rest),
            '@' if fresh && is_word_sign(next) => {
                self.reading.tokens.push(Token::Mention);
                1 + run(rest.get(1..), |c| is_word_sign(c) || matches!(c, '_' | '-'))
            }
            '#' | '＃' if fresh && next.is_alphabetic() => self.hashtag(rest, sign.len_utf8()),
            ':' | ';' | '=' if let Some(bytes) = smile(rest, before) => {
                self.reading.tokens.push(Token::Smile);
                bytes
            }
            // `page.php?id=3` is not a question.
            '?' if before.is_ascii_alphanumeric() && next.is_ascii_alphanumeric() => 1,
            '?' | '؟' | '❓' | '❔' | '‽' => self.question(sign),
            ';' if is_greek(before) && !is_word_sign(next) => self.question(sign),
            '¿' => {
                self.reading.scripts.tell(sign);
                self.reading.tokens.push(Token::Opening);
                sign.len_utf8()
            }
            '!' | '¡' | '！' => {
                self.close(Token::Exclaim);
                sign.len_utf8()
            }
            '.' | '。' | '।' | '…' if !is_word_sign(next) || !sign.is_ascii() => {
                self.close(Token::Stop);
                sign.len_utf8()
            }
            ',' | ';' | ':' | '(' | ')' | '、' | '،' | '—' | '–' | '-' => {
                if sign != '-' || (before == ' ' && next == ' ') {
                    self.reading.tokens.push(Token::Comma);
                }
                sign.len_utf8()
            }
            _ => sign.len_utf8(),
        }
    }

    fn question(&mut self, sign: char) -> usize {
        self.reading.question_marks += 1;
        self.close(Token::Question);
        sign.len_utf8()
    }

    fn link(&mut self, rest: &str, bytes: usize) -> usize {
        self.reading.tokens.push(Token::Link);
        let typed = rest.get(..bytes).unwrap_or_default();
        bytes - (typed.len() - typed.trim_end_matches(['?', '!', ')', ',', '.', '>']).len())
    }

    fn inline_code(&mut self, rest: &str) -> usize {
        let ticks = run(Some(rest), |c| c == '`');
        let fence = rest.get(..ticks).unwrap_or("`");
        let inside = rest.get(ticks..).unwrap_or_default();
        match inside.find(fence) {
            Some(bytes) => {
                self.code(bytes);
                ticks + bytes + ticks
            }
            None => ticks,
        }
    }

    /// `<@id>`, `<#id>`, `<:emoji:id>`, `<t:…>`, `<https://…>`; anything else is a sign.
    fn angle(&mut self, rest: &str) -> usize {
        let near = rest.get(..rest.floor_char_boundary(ANGLE_BYTES)).unwrap_or(rest);
        let Some(end) = near.find('>') else { return 1 };
        let inside = near.get(1..end).unwrap_or_default();
        if inside.contains(' ') {
            return 1;
        }
        let token = match inside.chars().next() {
            Some('@') => Token::Mention,
            Some('h') if link(inside).is_some() => Token::Link,
            Some(':' | 'a') if inside.matches(':').count() == 2 => Token::Smile,
            Some('#' | '/' | 't') if inside.chars().any(|c| c.is_ascii_digit()) => {
                Token::Word(UNKNOWN)
            }
            _ => return 1,
        };
        self.reading.tokens.push(token);
        end + 1
    }

    fn hashtag(&mut self, rest: &str, sharp: usize) -> usize {
        let bytes = run(rest.get(sharp..), |c| is_word_sign(c) || matches!(c, '_' | '-'));
        let tag = rest.get(sharp..sharp + bytes).unwrap_or_default();
        if HELP_TAGS.split_whitespace().any(|known| known == tag) {
            self.reading.help_tag = true;
            self.reading.tokens.push(Token::Comma);
        } else {
            self.reading.tokens.push(Token::Word(UNKNOWN));
        }
        sharp + bytes
    }

    fn word(&mut self, rest: &str) -> usize {
        let mut bytes = 0;
        let mut letters = 0_u32;
        let mut unspaced = false;
        let mut held = false;
        let mut last = ' ';
        self.word.clear();
        let mut signs = rest.chars().peekable();
        while let Some(sign) = signs.next() {
            let next = signs.peek().copied().unwrap_or(' ');
            if is_word_sign(sign) || sign == '_' {
                held |= self.word.ends_with(sign) && last == sign;
                self.word.push(sign);
                letters += 1;
                unspaced |= self.reading.scripts.count(sign);
            } else if !(sign == '\'' && next.is_alphabetic()
                || sign == '.' && last.is_ascii_alphanumeric() && next.is_ascii_alphanumeric())
            {
                break;
            }
            last = sign;
            bytes += sign.len_utf8();
        }
        if unspaced {
            self.reading.running.push_str(&self.word);
            self.reading.running.push(' ');
            self.reading.words += letters.div_ceil(2);
        } else {
            self.reading.words += 1;
        }
        if held {
            self.word = squeeze(&self.word);
        }
        if !unspaced {
            grams::cut(&self.word, &mut self.reading.pieces);
        }
        self.reading.tokens.push(Token::Word(self.lexicon.id(&self.word)));
        bytes
    }
}

/// How many bytes of `text` hold, from its beginning, only signs that `fits`.
fn run(text: Option<&str>, fits: impl Fn(char) -> bool) -> usize {
    let text = text.unwrap_or_default();
    text.find(|sign| !fits(sign)).unwrap_or(text.len())
}

fn link(rest: &str) -> Option<usize> {
    let known = ["http://", "https://", "www."].iter().any(|start| rest.starts_with(start));
    known.then(|| run(Some(rest), |sign| !sign.is_whitespace()))
}

/// `:)`, `;-P`, `=D`, `:tada:`.
fn smile(rest: &str, before: char) -> Option<usize> {
    let after = rest.get(1..)?;
    if rest.starts_with(':') {
        let name = run(Some(after), |c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-'));
        if name > 1 && after.get(name..)?.starts_with(':') {
            return Some(name + 2);
        }
    }
    let (nose, mouth) = match after.strip_prefix('-') {
        Some(mouth) => (1, mouth),
        None => (0, after),
    };
    let sign = mouth.chars().next()?;
    let alone = !mouth.chars().nth(1).is_some_and(is_word_sign);
    let drawn = matches!(sign, ')' | '(' | '|' | '/' | '*')
        || (matches!(sign, 'd' | 'p' | 'o') && alone && before == ' ');
    drawn.then_some(2 + nose)
}

/// Whether a line is a log, a stack trace, a dump or code rather than a sentence: it opens with a
/// time, or signs make up more than a quarter of it. A line that ends by asking was typed.
fn looks_pasted(line: &str) -> bool {
    if line.len() < PASTED_LINE_BYTES || line.ends_with(['?', '؟']) {
        return false;
    }
    let opening = line.trim_start_matches(['[', '(']);
    let time =
        run(Some(opening), |c| c.is_ascii_digit() || matches!(c, ':' | '-' | '/' | '.' | 't'));
    let stamp = opening.get(..time).unwrap_or_default();
    if time >= 8 && stamp.matches([':', '-', '/']).count() >= 2 {
        return true;
    }
    let mut signs = 0_usize;
    let mut all = 0_usize;
    for word in line.split_whitespace().filter(|word| link(word).is_none()) {
        for sign in word.chars() {
            all += 1;
            signs +=
                usize::from(sign.is_ascii_punctuation() && !matches!(sign, '.' | ',' | '!' | '@'));
        }
    }
    signs * 4 > all && all >= PASTED_LINE_BYTES
}

/// Whether nothing was said: emoji, links, mentions or an attachment alone.
pub fn is_empty_of_words(text: &str) -> bool {
    let reading = Reading::of(text, &LEXICON);
    reading.words == 0 && reading.code_bytes == 0 && !reading.help_tag
}

/// So few words at most lean on what was said before them: "any ideas", "how do I fix that".
const LEANING_WORDS: u32 = 6;
/// A question in a script without spaces is seldom longer than this and about nothing.
const THIN_RUNNING_SIGNS: usize = 6;

/// Whether a question names nothing that could be looked up or answered: "can somebody help me",
/// all of whose words are grammar and courtesy.
pub fn is_thin(text: &str) -> bool {
    let reading = Reading::of(text, &LEXICON);
    let is_about = |token: &Token| match token {
        Token::Word(UNKNOWN) | Token::Code | Token::Link => true,
        Token::Word(_)
        | Token::Mention
        | Token::Smile
        | Token::Comma
        | Token::Question
        | Token::Opening
        | Token::Exclaim
        | Token::Stop => false,
    };
    if !reading.running.is_empty() {
        return reading.running.trim().chars().count() <= THIN_RUNNING_SIGNS;
    }
    !reading.help_tag && !reading.tokens.iter().any(is_about)
}

/// Whether a message is so short that what was said before it may be half of it.
pub fn leans_on_context(text: &str) -> bool {
    let reading = Reading::of(text, &LEXICON);
    reading.code_bytes == 0 && reading.words <= LEANING_WORDS
}

/// Whether it is tagged as a question: `#help`, `#ask` and their sisters in every language.
pub fn has_help_tag(text: &str) -> bool {
    text.contains(['#', '＃']) && Reading::of(text, &LEXICON).help_tag
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading {
        Reading::of(text, &LEXICON)
    }

    #[test]
    fn what_was_pasted_is_no_words() {
        for text in [
            "`sudo reboot`",
            "```\nhow do I\nwhat is this?\n```",
            "> how do I reset it?",
            "[12:03:11] ERROR eth0: link down",
            "2026-03-01T10:00:00 wifi restart why now",
            r#"{"ssid": "home", "key": null, "on": [1, 2, 3]}"#,
            "https://example.org/how?to=ask",
            "<@1234567890> <:wave:99>",
            "@mia",
            ":tada: :-) ;)",
            "😀🎉",
            "",
        ] {
            assert_eq!(read(text).words, 0, "{text}");
        }
    }

    #[test]
    fn a_question_mark_counts_where_it_asks() {
        for (text, marks) in [
            ("what now?", 1),
            ("what now??", 2),
            ("wo？", 1),
            ("أين؟", 1),
            ("πού είναι;", 1),
            ("wait; what", 0),
            ("open page.php?id=3", 0),
            ("is it http://localhost:3000?", 1),
            ("`a?b`", 0),
        ] {
            assert_eq!(read(text).question_marks, marks, "{text}");
        }
    }

    #[test]
    fn a_typed_word_beside_a_fence_is_kept() {
        let reading = read("why this ```\npanic!\n``` please");
        assert_eq!((reading.words, reading.code_bytes > 0), (3, true));
    }

    #[test]
    fn a_long_paste_is_read_at_both_ends() {
        let log = "eth0 link down\n".repeat(70_000);
        let reading = read(&format!("why is that? {log} how do I fix it?"));
        assert_eq!(reading.question_marks, 2);
        assert!(reading.words < 1_000, "{}", reading.words);
        let fenced = format!("look\n```\n{log}\n```\nhow do I fix it?");
        assert_eq!(read(&fenced).words, 6, "the fence opens in the head and closes in the tail");
    }

    #[test]
    fn only_the_listed_tags_call_for_help() {
        for (text, called) in [
            ("#help my router", true),
            ("router down #HILFE", true),
            ("#质问", false),
            ("#求助", true),
            ("#helpful hints", false),
            ("issue#help", false),
            ("#1", false),
        ] {
            assert_eq!(read(text).help_tag, called, "{text}");
        }
    }
}
