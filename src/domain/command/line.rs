//! A line that begins with `/`, read as a menu would have sent it.

use std::collections::BTreeMap;

use super::given::{missing_sub, unknown_option};
use super::table::{Kind, spec_of};
use super::{Typed, clip};
use crate::domain::case::Rejection;
use crate::domain::text::Text;

/// Reads a line that begins with `/`. `@bot` behind the command is dropped: the adapter has
/// checked that it is us. Options come by place or as `name:value`; a text option takes the rest.
pub fn parse_line(line: &str, escalation: &[String]) -> Result<Typed, Rejection> {
    let line = line.trim().trim_start_matches('/');
    let (head, mut rest) = split_word(line);
    let name = head.split('@').next().unwrap_or_default().to_lowercase();
    let Some(mut spec) = spec_of(&name, escalation) else {
        return Err(Rejection(Text::UnknownCommand { command: format!("/{}", clip(&name)) }));
    };
    let mut typed = Typed { name, sub: None, options: BTreeMap::new() };
    if !spec.subs.is_empty() {
        let (word, after) = split_word(rest);
        let word = word.to_lowercase();
        let Some(sub) = spec.subs.iter().find(|sub| sub.name == word) else {
            return Err(missing_sub(spec));
        };
        typed.sub = Some(word);
        (spec, rest) = (sub, after);
    }
    let mut by_place = spec.options.iter();
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
            None => match by_place.find(|option| !typed.options.contains_key(option.name)) {
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
