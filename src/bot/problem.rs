//! What is wrong with a bot's folder: where it stands, what it is and what to write instead.

use std::cmp::Ordering;
use std::fmt;
use std::path::{Path, PathBuf};

/// One thing to mend, shown as `bots/lumen/bot.toml:12:9: what; mend`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The path as the operator gave the folder, so that a terminal can open it.
    pub file: PathBuf,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub what: String,
    pub mend: String,
    pub severity: Severity,
}

/// What `run` makes of a problem; `check` accepts neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The bot does not start.
    Error,
    /// The bot starts without the thing, which the sentence names.
    Warning,
}

impl Problem {
    /// By place, in the order in which somebody mends a folder.
    pub(super) fn order(&self, other: &Problem) -> Ordering {
        let place = |problem: &Problem| (problem.line, problem.column);
        self.file.cmp(&other.file).then_with(|| place(self).cmp(&place(other)))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Problem { file, line, column, what, mend, severity: _ } = self;
        write!(f, "{}:{line}:{column}: {what}; {mend}", file.display())
    }
}

/// A file that has been read: its name and its text, which turn a byte into a place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    pub(super) file: &'a Path,
    pub(super) text: &'a str,
}

impl Page<'_> {
    pub(super) fn error(
        &self,
        at: usize,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Problem {
        let (line, column) = self.place(at);
        error(self.file, (line, column), what, mend)
    }

    /// Line and column of the byte `at`; the end of the text when it lies beyond.
    pub(super) fn place(&self, at: usize) -> (usize, usize) {
        let before = self.text.get(..at).unwrap_or(self.text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let column = before.get(line_start..).unwrap_or_default().chars().count() + 1;
        (before.matches('\n').count() + 1, column)
    }
}

/// An error at a place that is known already, or in a file that could not be read.
pub(super) fn error(
    file: &Path,
    (line, column): (usize, usize),
    what: impl Into<String>,
    mend: impl Into<String>,
) -> Problem {
    let (what, mend) = (what.into(), mend.into());
    Problem { file: file.to_owned(), line, column, what, mend, severity: Severity::Error }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_reads_as_a_place_and_two_half_sentences() {
        let page = Page { file: Path::new("bots/lumen/bot.toml"), text: "name = \"Ü\"\nfoo = 1" };
        let problem = page.error(12, "this is wrong", "write that");
        assert_eq!(problem.to_string(), "bots/lumen/bot.toml:2:1: this is wrong; write that");
    }

    #[test]
    fn columns_count_characters_and_a_place_beyond_the_end_is_the_end() {
        let page = Page { file: Path::new("x"), text: "ü = 1\nb" };
        for (at, place) in [(0, (1, 1)), (2, (1, 2)), (7, (2, 1)), (8, (2, 2)), (99, (2, 2))] {
            assert_eq!(page.place(at), place, "{at}");
        }
    }
}
