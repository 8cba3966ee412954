//! The way to staff: the command's name, who may use it, and the words that skip the ladder.

use super::command;
use super::ids::Language;
use super::rules::{EscalationRules, MayEscalate};

/// Why a word cannot be the escalation command; the locale files say it under `word-<name>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadWord {
    Empty,
    /// Only `a-z`, `0-9` and `_`: the letters that both platforms allow.
    Letters,
    /// 32 letters at most on both platforms.
    TooLong,
    /// It is a command already, ours or the platforms'.
    Reserved,
}

impl BadWord {
    pub fn key(self) -> &'static str {
        match self {
            BadWord::Empty => "word-empty",
            BadWord::Letters => "word-letters",
            BadWord::TooLong => "word-too-long",
            BadWord::Reserved => "word-reserved",
        }
    }
}

/// Commands that clients of a platform treat as their own.
const PLATFORM_WORDS: [&str; 4] = ["start", "settings", "stop", "cancel"];

/// Checks a word that moderators chose; gives it back without a leading slash.
pub fn command_word(text: &str) -> Result<String, BadWord> {
    let word = text.trim().trim_start_matches('/');
    if word.is_empty() {
        return Err(BadWord::Empty);
    }
    if word.chars().count() > 32 {
        return Err(BadWord::TooLong);
    }
    if !word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_') {
        return Err(BadWord::Letters);
    }
    if PLATFORM_WORDS.contains(&word) || command::TABLE.iter().any(|spec| spec.name == word) {
        return Err(BadWord::Reserved);
    }
    Ok(word.to_owned())
}

/// The urgent word that `text` contains as a whole word or phrase, in `language` or in any
/// language when the text's is not known. Case is folded; `Hacked!` counts, `hackathon` does not.
pub fn urgent_word<'a>(
    rules: &'a EscalationRules,
    text: &str,
    language: Option<&Language>,
) -> Option<&'a str> {
    let folded = text.to_lowercase();
    let lists = rules
        .urgent
        .iter()
        .filter(|(known, _)| language.is_none_or(|spoken| spoken.base() == known.base()));
    lists.flat_map(|(_, words)| words).find(|word| contains_word(&folded, word)).map(String::as_str)
}

fn contains_word(folded: &str, word: &str) -> bool {
    let word = word.to_lowercase();
    folded.match_indices(&word).any(|(start, found)| {
        let before = folded.get(..start).and_then(|text| text.chars().next_back());
        let after = folded.get(start + found.len()..).and_then(|text| text.chars().next());
        let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_edge(before) && is_edge(after)
    })
}

/// What somebody is to a case at the moment of escalating.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    pub asker: bool,
    pub ambassador: bool,
    pub moderator: bool,
}

/// Staff and moderators always may when the rule names moderators.
pub fn may_escalate(rules: &EscalationRules, standing: Standing) -> bool {
    rules.who.iter().any(|who| match who {
        MayEscalate::Asker => standing.asker,
        MayEscalate::Ambassador => standing.ambassador,
        MayEscalate::Moderator => standing.moderator,
        MayEscalate::Anyone => true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_word_works_on_both_platforms_and_takes_no_other_commands_name() {
        assert_eq!(command_word(" /human "), Ok("human".to_owned()));
        for (word, problem) in [
            ("", BadWord::Empty),
            ("/", BadWord::Empty),
            ("Human", BadWord::Letters),
            ("get help", BadWord::Letters),
            ("größe", BadWord::Letters),
            ("help", BadWord::Reserved),
            ("askaround", BadWord::Reserved),
            ("start", BadWord::Reserved),
        ] {
            assert_eq!(command_word(word), Err(problem), "{word:?}");
        }
        assert_eq!(command_word(&"x".repeat(33)), Err(BadWord::TooLong));
    }

    #[test]
    fn urgent_words_are_whole_words_of_the_language_that_is_spoken() {
        let rules = EscalationRules {
            command: "human".into(),
            aliases: vec![],
            who: vec![],
            urgent: [
                ("en".into(), vec!["refund".into(), "hacked".into()]),
                ("de".into(), vec!["rückerstattung".into(), "anwalt".into()]),
            ]
            .into(),
        };
        let (en, de): (Language, Language) = ("en".into(), "de".into());
        for (text, language, word) in [
            ("I want a REFUND!", Some(&en), Some("refund")),
            ("we met at a hackathon", Some(&en), None),
            ("nonrefundable", Some(&en), None),
            ("Ich rufe meinen Anwalt an", Some(&de), Some("anwalt")),
            ("Rückerstattung bitte", None, Some("rückerstattung")),
            ("my anwalt", Some(&en), None),
        ] {
            assert_eq!(urgent_word(&rules, text, language), word, "{text}");
        }
    }
}
