//! What people think of an answer, of the product, or of somebody's help: for the report, never
//! against a helper. A thumb down takes no points; whoever volunteers must not be afraid to answer.

/// What a word of feedback is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The answer to one's own question; together with its rating.
    Answer,
    Product,
    /// Somebody's help.
    Praise,
}

impl About {
    pub const ALL: [About; 3] = [About::Answer, About::Product, About::Praise];
    /// The choices of the command.
    pub const WORDS: &'static [&'static str] = &["answer", "product", "praise"];

    /// The word the database and the command use.
    pub fn word(self) -> &'static str {
        match self {
            About::Answer => "answer",
            About::Product => "product",
            About::Praise => "praise",
        }
    }

    pub fn from_word(word: &str) -> Option<About> {
        About::ALL.into_iter().find(|about| about.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_reads_back() {
        assert_eq!(About::ALL.map(About::word), About::WORDS);
        assert!(About::WORDS.iter().all(|word| About::from_word(word).is_some()));
    }
}
