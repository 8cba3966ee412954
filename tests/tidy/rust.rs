//! Enough of Rust's grammar to tell code from comments and strings, and to read paths.

use std::iter::Peekable;

/// A Rust file, its kinds of text apart; every line keeps its number.
pub(super) struct Rust {
    /// Comments are blank, strings and letters are quotation marks.
    pub(super) code: String,
    /// All else is blank.
    pub(super) comments: String,
    /// The code without test modules.
    pub(super) product: String,
    /// Names of `#[cfg(test)]` modules that are files of their own.
    pub(super) test_modules: Vec<String>,
    /// Lines of other things that are there for tests only.
    pub(super) test_branches: Vec<usize>,
}

impl Rust {
    pub(super) fn read(text: &str) -> Rust {
        let letters: Vec<char> = text.chars().collect();
        let (mut code, mut comments) = (String::new(), String::new());
        let mut rest = letters.as_slice();
        while let [first, ..] = rest {
            let (is_code, is_comment, length) = match rest {
                ['/', '/', ..] => (false, true, until(rest, 2, |at| at.starts_with(&['\n']))),
                ['/', '*', ..] => (false, true, block_comment(rest)),
                ['"', ..] | ['\'', '\\', ..] => (false, false, quoted(rest, *first)),
                ['\'', _, '\'', ..] => (false, false, 3),
                ['r', '"' | '#', ..] => raw(rest).map_or((true, false, 1), |n| (false, false, n)),
                _ => (true, false, 1),
            };
            let (these, others) = rest.split_at(length.min(rest.len()));
            for letter in these {
                let blank = if letter.is_whitespace() { *letter } else { ' ' };
                let mark = if blank == ' ' && *letter != ' ' { '"' } else { blank };
                comments.push(if is_comment { *letter } else { blank });
                code.push(match (is_code, is_comment) {
                    (true, _) => *letter,
                    (false, true) => blank,
                    (false, false) => mark,
                });
            }
            rest = others;
        }
        let mut file = Rust {
            product: code.clone(),
            code,
            comments,
            test_modules: Vec::new(),
            test_branches: Vec::new(),
        };
        file.take_tests_out();
        file
    }

    fn take_tests_out(&mut self) {
        const TEST: &str = "#[cfg(test)]";
        let mut from = 0;
        while let Some(at) = self.product.get(from..).and_then(|rest| rest.find(TEST)) {
            from += at + TEST.len();
            let rest = self.product.get(from..).unwrap_or_default();
            let item = without_attributes(rest);
            let name: String = item
                .strip_prefix("mod ")
                .map(|rest| rest.chars().take_while(|c| is_of_word(*c)).collect())
                .unwrap_or_default();
            let after = item.get("mod ".len() + name.len()..).unwrap_or_default().trim_start();
            if !name.is_empty() && after.starts_with('{') {
                let start = from + rest.len() - after.len();
                let body = after.get(..balanced(after, ['{', '}'])).unwrap_or_default();
                let blank: String =
                    body.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
                let end = start + body.len();
                self.product.replace_range(start..end, &blank);
            } else if !name.is_empty() {
                self.test_modules.push(name);
            } else if !item.starts_with("use ") {
                self.test_branches.push(line_of(&self.product, from));
            }
        }
        let branches = self.product.match_indices("cfg!(test)");
        self.test_branches.extend(branches.map(|(at, _)| line_of(&self.product, at)));
    }
}

/// The line of a byte, from 1.
pub(super) fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

/// The length up to where `ends` holds, beginning at `from`.
fn until(text: &[char], from: usize, ends: impl Fn(&[char]) -> bool) -> usize {
    let mut places = from..text.len();
    places.find(|at| text.get(*at..).is_some_and(&ends)).unwrap_or(text.len())
}

fn block_comment(text: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    loop {
        match text.get(at..) {
            Some(['/', '*', ..]) => (depth, at) = (depth + 1, at + 2),
            Some(['*', '/', ..]) => (depth, at) = (depth - 1, at + 2),
            Some([_, ..]) => at += 1,
            Some([]) | None => return text.len(),
        }
        if depth == 0 {
            return at;
        }
    }
}

/// A string or a letter with its escapes.
fn quoted(text: &[char], mark: char) -> usize {
    let mut at = 1;
    while let Some(letter) = text.get(at) {
        match letter {
            '\\' => at += 2,
            letter if *letter == mark => return at + 1,
            _ => at += 1,
        }
    }
    text.len()
}

/// `r"…"` and `r#"…"#`; `None` for `r#type`.
fn raw(text: &[char]) -> Option<usize> {
    let hashes = text.iter().skip(1).take_while(|c| **c == '#').count();
    let begin = 1 + hashes;
    let is_end = |at: &[char]| {
        at.first() == Some(&'"') && at.iter().skip(1).take_while(|c| **c == '#').count() >= hashes
    };
    (text.get(begin) == Some(&'"')).then(|| until(text, begin + 1, is_end) + begin)
}

fn without_attributes(code: &str) -> &str {
    let mut code = code.trim_start();
    while code.starts_with("#[") {
        code = code.get(balanced(code, ['[', ']'])..).unwrap_or_default().trim_start();
    }
    code
}

/// The length up to where the first bracket is closed again.
fn balanced(code: &str, [open, close]: [char; 2]) -> usize {
    let mut depth = 0;
    for (at, letter) in code.char_indices() {
        depth += i32::from(letter == open) - i32::from(letter == close);
        if depth == 0 && letter == close {
            return at + close.len_utf8();
        }
    }
    code.len()
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Every path in the code with its line, `use` groups written out: `a::{b, c::d}` is `a::b` and
/// `a::c::d`. A bare word is a path, too.
pub(super) fn paths(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut tokens = tokens(code).into_iter().peekable();
    while let Some((_, token)) = tokens.peek() {
        if token.starts_with(is_of_word) {
            path(&mut tokens, String::new(), &mut found);
        } else {
            tokens.next();
        }
    }
    found
}

fn path<'a>(
    tokens: &mut Peekable<impl Iterator<Item = (usize, &'a str)>>,
    prefix: String,
    found: &mut Vec<(usize, String)>,
) {
    let (mut path, mut begin) = (prefix, None);
    while let Some((line, token)) = tokens.next_if(|(_, token)| token.starts_with(is_of_word)) {
        begin = begin.or(Some(line));
        path = if path.is_empty() { token.to_owned() } else { format!("{path}::{token}") };
        if tokens.next_if(|(_, token)| *token == "::").is_none() {
            break;
        }
        if tokens.next_if(|(_, token)| *token == "{").is_some() {
            return group(tokens, &path, found);
        }
    }
    found.extend(begin.map(|line| (line, path)));
}

fn group<'a>(
    tokens: &mut Peekable<impl Iterator<Item = (usize, &'a str)>>,
    prefix: &str,
    found: &mut Vec<(usize, String)>,
) {
    while let Some((_, token)) = tokens.peek() {
        if token.starts_with(is_of_word) {
            path(tokens, prefix.to_owned(), found);
        } else if tokens.next().is_some_and(|(_, token)| token == "}") {
            return;
        }
    }
}

/// Words, `::`, and every other letter by itself, with their lines.
fn tokens(code: &str) -> Vec<(usize, &str)> {
    let (mut tokens, mut line, mut rest) = (Vec::new(), 1, code);
    while let Some(first) = rest.chars().next() {
        let length = match first {
            ':' if rest.starts_with("::") => 2,
            first if is_of_word(first) => rest.find(|c| !is_of_word(c)).unwrap_or(rest.len()),
            first => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        if !first.is_whitespace() {
            tokens.push((line, token));
        }
        line += usize::from(first == '\n');
        rest = after;
    }
    tokens
}
