//! A line that begins with `/`, read as a menu would have sent it.

use std::collections::BTreeMap;

use super::given::{missing_sub, unknown_option};
use super::table::{Kind, OptionSpec, Spec, spec_of};
use super::{Typed, clip};
use crate::domain::case::Rejection;
use crate::domain::text::Text;

/// Reads a line that begins with `/`. `@bot` behind the command is dropped: the adapter has
/// checked that it is us. Options come as `name:value` or by place, each word to the first option
/// that is still free and could mean it; a text option takes the rest.
pub fn parse_line(line: &str, escalation: &[String]) -> Result<Typed, Rejection> {
    let line = line.trim().trim_start_matches('/');
    let (head, mut rest) = split_word(line);
    let name = head.split('@').next().unwrap_or_default().to_lowercase();
    let Some(mut spec) = spec_of(&name, escalation) else {
        return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(&name)) }));
    };
    let mut typed = Typed { name, sub: None, options: BTreeMap::new(), names: BTreeMap::new() };
    if !spec.subs.is_empty() {
        let (word, after) = split_word(rest);
        let word = word.to_lowercase();
        let Some(sub) = spec.subs.iter().find(|sub| sub.name == word) else {
            return Err(missing_sub(spec));
        };
        typed.sub = Some(word);
        (spec, rest) = (sub, after);
    }
    while !rest.is_empty() {
        let (word, after) = split_word(rest);
        let named = word
            .split_once(':')
            .and_then(|(key, value)| Some((spec.options.iter().find(|o| o.name == key)?, value)));
        let (spec_here, value, next) = match named {
            Some((option, _)) if option.kind == Kind::Text => {
                let from = option.name.len() + 1;
                (option, rest.get(from..).unwrap_or_default().trim(), "")
            }
            Some((option, value)) => (option, value, after),
            None => match meant_by(word, spec, &typed) {
                Some(option) if option.kind == Kind::Text => (option, rest, ""),
                Some(option) => (option, word, after),
                None => return Err(unknown_option(&typed, spec, word)),
            },
        };
        typed.options.insert(spec_here.name.to_owned(), value.to_owned());
        rest = next;
    }
    Ok(typed)
}

/// The free option that a word without a name is for: the first that could mean it, else the first,
/// so that what is said about the word says what was expected there.
fn meant_by<'s>(word: &str, spec: &'s Spec, typed: &Typed) -> Option<&'s OptionSpec> {
    let mut free = spec.options.iter().filter(|option| !typed.options.contains_key(option.name));
    free.clone().find(|option| could_mean(option.kind, word)).or_else(|| free.next())
}

fn could_mean(kind: Kind, word: &str) -> bool {
    match kind {
        Kind::Text | Kind::Word | Kind::List | Kind::Channel => true,
        Kind::Person | Kind::Badge => word.starts_with('@'),
        Kind::Number => word.bytes().all(|byte| byte.is_ascii_digit()),
        Kind::Span => word.starts_with(|first: char| first.is_ascii_digit()),
        Kind::Choice(choices) => choices.contains(&word),
    }
}

fn split_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    match text.find(char::is_whitespace) {
        Some(end) => {
            let (word, rest) = text.split_at(end);
            (word, rest.trim_start())
        }
        None => (text, ""),
    }
}
