//! `[escalation]`: the command that leads to staff, who may use it, and what skips the ladder.

use std::collections::BTreeMap;

use super::manifest::language_tag;
use super::section::{At, Section};
use crate::domain::escalation::{BadWord, command_word};
use crate::domain::ids::Language;
use crate::domain::rules::{EscalationRules, MayEscalate};

/// Each alias is a command of its own in the menu of every community, and Discord allows 100.
const ALIASES_LIMIT: usize = 5;
/// Every message is searched for every one of them.
const URGENT_LIMIT: usize = 200;

const WHO: [(&str, MayEscalate); 4] = [
    ("asker", MayEscalate::Asker),
    ("ambassador", MayEscalate::Ambassador),
    ("moderator", MayEscalate::Moderator),
    ("anyone", MayEscalate::Anyone),
];

pub(super) fn read(root: &mut Section<'_, '_>, languages: &[Language]) -> EscalationRules {
    root.table("escalation", |escalation| {
        let mut words = Vec::new();
        let written = escalation.text("command").unwrap_or((0, "human"));
        let command = command_name(escalation, "command", written, &mut words);
        EscalationRules {
            command: command.unwrap_or_default(),
            aliases: aliases(escalation, &mut words),
            who: who(escalation),
            urgent: urgent(escalation, languages),
        }
    })
}

fn aliases(escalation: &mut Section<'_, '_>, words: &mut Vec<String>) -> Vec<String> {
    let Some(written) = escalation.texts("aliases") else {
        let free = |word: &&str| !words.iter().any(|taken| taken == word);
        return ["agent", "staff"].into_iter().filter(free).map(str::to_owned).collect();
    };
    if written.len() > ALIASES_LIMIT {
        let what = format!("`escalation.aliases` has {} of them", written.len());
        let mend = format!("keep at most {ALIASES_LIMIT}");
        escalation.problem(escalation.at("aliases"), what, mend);
    }
    let mut read = |text| command_name(escalation, "aliases", text, words);
    written.into_iter().filter_map(&mut read).collect()
}

/// One word that leads to staff; `taken` are those before it.
fn command_name(
    escalation: &mut Section<'_, '_>,
    key: &str,
    (at, text): At<'_>,
    taken: &mut Vec<String>,
) -> Option<String> {
    let path = escalation.path(key);
    let (what, mend) = match command_word(text) {
        Ok(word) if taken.contains(&word) => ("is taken by another one here", "take it out"),
        Ok(word) => {
            taken.push(word.clone());
            return Some(word);
        }
        Err(BadWord::Empty) => ("is empty", "write one word, like \"human\""),
        Err(BadWord::Letters) => (
            "has letters that not every platform allows in a command",
            "use only a-z, 0-9 and _, and no spaces",
        ),
        Err(BadWord::TooLong) => ("is too long for a command", "use at most 32 letters"),
        Err(BadWord::Reserved) => {
            ("is a command already, ours or a platform's", "take another word, like \"human\"")
        }
    };
    escalation.problem(at, format!("`{path}`: {text:?} {what}"), mend);
    None
}

fn who(escalation: &mut Section<'_, '_>) -> Vec<MayEscalate> {
    let Some(who) = escalation.choices("who", &WHO) else {
        return vec![MayEscalate::Asker, MayEscalate::Ambassador, MayEscalate::Moderator];
    };
    if who.is_empty() {
        let mend = "name one at least, like who = [\"asker\"]";
        escalation.problem(escalation.at("who"), "`escalation.who` lets nobody escalate", mend);
    }
    who
}

fn urgent(
    escalation: &mut Section<'_, '_>,
    languages: &[Language],
) -> BTreeMap<Language, Vec<String>> {
    let spoken = |wanted: &Language| languages.iter().any(|known| known.base() == wanted.base());
    if !escalation.has("urgent") {
        let defaults = [
            ("en", ["refund", "lawyer", "hacked"]),
            ("de", ["rückerstattung", "anwalt", "gehackt"]),
        ];
        return defaults
            .into_iter()
            .map(|(tag, words)| (Language::from(tag), words.map(str::to_owned).to_vec()))
            .filter(|(language, _)| spoken(language))
            .collect();
    }
    escalation.table("urgent", |urgent| {
        let mut lists = BTreeMap::new();
        for (at, key) in urgent.keys() {
            let words = urgent_words(urgent, key);
            if let Some(language) = language_tag(key).filter(spoken) {
                lists.insert(language, words);
                continue;
            }
            let what = format!("`{}` is for no language of this bot", urgent.path(key));
            let known: Vec<&str> = languages.iter().map(Language::as_str).collect();
            urgent.problem(at, what, format!("its `languages` are {}", known.join(", ")));
        }
        lists
    })
}

fn urgent_words<'s>(urgent: &mut Section<'s, '_>, key: &'s str) -> Vec<String> {
    let written = urgent.texts(key).unwrap_or_default();
    if written.len() > URGENT_LIMIT {
        let what = format!("`{}` has {} words", urgent.path(key), written.len());
        urgent.problem(urgent.at(key), what, format!("keep at most {URGENT_LIMIT}"));
    }
    let mut words = Vec::new();
    for (at, word) in written {
        let word = word.trim();
        if word.is_empty() {
            let what = format!("`{}` has an empty word", urgent.path(key));
            urgent.problem(at, what, "write a word or a phrase, or take it out");
        } else {
            words.push(word.to_lowercase());
        }
    }
    words
}
