//! What is wrong, where, and how to mend it.

use std::fmt;

/// One thing wrong with a locale file, for whoever wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flaw {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    pub what: String,
    pub mend: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Flaw { file, line, column, what, mend } = self;
        write!(f, "{file}:{line}:{column}: {what}; {mend}")
    }
}

impl Flaw {
    /// At the byte `offset` of the source, or at its end.
    pub(super) fn at(file: &str, source: &str, offset: usize, what: String, mend: &str) -> Flaw {
        let before = source.get(..source.floor_char_boundary(offset)).unwrap_or_default();
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Flaw {
            file: file.to_owned(),
            line: before.matches('\n').count() + 1,
            column: before.get(line_start..).unwrap_or_default().chars().count() + 1,
            what,
            mend: mend.to_owned(),
        }
    }
}
