//! The menu: the one table of commands as Telegram's lists, written only where they differ.
//!
//! It is no more than a list to choose from: anybody can type any line, and what is typed is heard
//! under every name. So where moderators gave the escalation command a name that a list cannot
//! show, only the list is without it. There is a list for private chats, one for groups and one for
//! their administrators, each in every language; and two more for a group with names of its own.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::timeout;

use super::Core;
use super::calls::{CallError, DeleteMyCommands, GetMyCommands, SetMyCommands, with};
use crate::domain::command::{ESCALATION, Spec, TABLE, Who};
use crate::domain::ids::{Language, PlatformKey};
use crate::platform::{Down, InboundSink};

/// Changes of settings come in bursts; the lists are looked at once for all of them.
const SETTLED: Duration = Duration::from_secs(2);
/// What could not be written is tried again after this.
const AGAIN_AFTER: Duration = Duration::from_mins(5);
/// Old escalation words end without anybody telling.
const ALL_AGAIN: Duration = Duration::from_hours(1);

const NAME_LIMIT: usize = 32;
const ABOUT_LIMIT: usize = 256;

/// Which list: the commands of moderators are on theirs only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Readers {
    Everybody,
    Moderators,
}

/// Keeps every list as it should be.
pub(super) async fn keep(core: &Core, sink: &InboundSink) -> Infallible {
    let mut kept: BTreeMap<PlatformKey, Vec<String>> = BTreeMap::new();
    loop {
        let changed = sink.memory().changed();
        let pause = match keep_all(core, sink, &mut kept).await {
            Ok(()) => ALL_AGAIN,
            Err(error) => {
                tracing::warn!("the lists of commands wait: {error}");
                AGAIN_AFTER
            }
        };
        if timeout(pause, changed).await.is_ok() {
            let _over = timeout(SETTLED, std::future::pending::<()>()).await;
        }
    }
}

#[derive(Debug, thiserror::Error)]
enum Unkept {
    #[error("{0}")]
    Memory(#[from] Down),
    #[error("{0}")]
    Call(#[from] CallError),
}

async fn keep_all(
    core: &Core,
    sink: &InboundSink,
    kept: &mut BTreeMap<PlatformKey, Vec<String>>,
) -> Result<(), Unkept> {
    // No community has this key: its names are the bot's own.
    let everywhere = PlatformKey::from("");
    let usual = sink.memory().escalation(&everywhere).await?;
    if kept.get(&everywhere) != Some(&usual) {
        for (scope, readers) in [
            (json!({ "type": "all_private_chats" }), Readers::Everybody),
            (json!({ "type": "all_group_chats" }), Readers::Everybody),
            (json!({ "type": "all_chat_administrators" }), Readers::Moderators),
        ] {
            write(core, &scope, readers, &usual).await?;
        }
        kept.insert(everywhere, usual.clone());
    }
    let places = sink.memory().places().await?;
    let groups: BTreeSet<PlatformKey> = places.into_iter().map(|place| place.community).collect();
    for group in groups {
        let Some(chat) = group.as_str().parse::<i64>().ok().filter(|chat| *chat < 0) else {
            continue;
        };
        let words = sink.memory().escalation(&group).await?;
        if kept.get(&group) == Some(&words) {
            continue;
        }
        for (kind, readers) in
            [("chat", Readers::Everybody), ("chat_administrators", Readers::Moderators)]
        {
            let scope = json!({ "type": kind, "chat_id": chat });
            let done = if words == usual {
                clear(core, &scope).await
            } else {
                write(core, &scope, readers, &words).await
            };
            match done {
                // We are not there any more, or may not.
                Err(CallError::Refused { why }) => {
                    tracing::debug!(chat.id = chat, why, "the list of {chat} stays as it is");
                }
                done => done?,
            }
        }
        kept.insert(group, words);
    }
    Ok(())
}

/// Every language that has a list of its own, with its code; the first has none, for it is for
/// everybody else too.
fn languages(core: &Core) -> Vec<(Language, Option<String>)> {
    let first = core.config.languages.first().cloned().unwrap_or_else(|| Language::from("en"));
    let mut all = vec![(first, None)];
    for language in core.config.languages.iter().skip(1) {
        let base = language.base().as_str().to_owned();
        let is_new = all.iter().all(|(_, known)| known.as_ref() != Some(&base));
        if base.len() == 2 && is_new {
            all.push((language.clone(), Some(base)));
        }
    }
    all
}

async fn write(
    core: &Core,
    scope: &Value,
    readers: Readers,
    words: &[String],
) -> Result<(), CallError> {
    for (language, code) in languages(core) {
        let wanted = commands(&|key| (core.config.wording)(&language, key), readers, words);
        let there = core.calls.call(GetMyCommands(of(scope, code.as_deref()))).await?;
        if listed(&there) == listed(&wanted) {
            continue;
        }
        let body = with(of(scope, code.as_deref()), "commands", wanted);
        core.calls.call(SetMyCommands(body)).await?;
        tracing::debug!(%scope, ?code, "a list of commands is as it should be");
    }
    Ok(())
}

async fn clear(core: &Core, scope: &Value) -> Result<(), CallError> {
    for (_, code) in languages(core) {
        let there = core.calls.call(GetMyCommands(of(scope, code.as_deref()))).await?;
        if !listed(&there).is_empty() {
            core.calls.call(DeleteMyCommands(of(scope, code.as_deref()))).await?;
        }
    }
    Ok(())
}

fn of(scope: &Value, code: Option<&str>) -> Value {
    let body = json!({ "scope": scope });
    match code {
        Some(code) => with(body, "language_code", code),
        None => body,
    }
}

/// What a list says, whatever else is in it.
fn listed(commands: &Value) -> Vec<(&str, &str)> {
    let all = commands.as_array().into_iter().flatten();
    all.filter_map(|one| Some((one.get("command")?.as_str()?, one.get("description")?.as_str()?)))
        .collect()
}

fn commands(wording: &dyn Fn(&str) -> String, readers: Readers, words: &[String]) -> Value {
    let shown = |spec: &&Spec| spec.who == Who::Everyone || readers == Readers::Moderators;
    let staff = words.first().map(|word| (word.as_str(), &ESCALATION));
    let table = TABLE.iter().filter(shown).map(|spec| (spec.name, spec));
    let all = staff.into_iter().chain(table).filter(|(name, _)| is_listable(name));
    all.map(|(name, spec)| {
        let about = wording(spec.about);
        let about = if about.trim().is_empty() { spec.about } else { about.trim() };
        let about: String = about.chars().take(ABOUT_LIMIT).collect();
        json!({ "command": name, "description": about })
    })
    .collect()
}

/// What Telegram takes as the name of a command.
fn is_listable(name: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    (1..=NAME_LIMIT).contains(&name.len()) && name.bytes().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{Locales, SHIPPED};

    fn names(readers: Readers, words: &[&str]) -> Vec<String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        let list = commands(&|key| key.to_owned(), readers, &words);
        listed(&list).into_iter().map(|(name, _)| name.to_owned()).collect()
    }

    #[test]
    fn the_way_to_staff_comes_first_under_the_name_it_has_there() {
        let all = names(Readers::Everybody, &["agent", "human"]);
        assert_eq!((all[0].as_str(), all[1].as_str()), ("agent", "ask"));
        assert!(all.contains(&"privacy".to_owned()) && !all.contains(&"askaround".to_owned()));
        assert!(names(Readers::Moderators, &["agent"]).contains(&"askaround".to_owned()));
    }

    #[test]
    fn a_name_that_no_list_can_show_is_left_out_of_the_list_only() {
        assert_eq!(names(Readers::Everybody, &["menschen-hilfe"])[0], "ask");
        assert_eq!(names(Readers::Everybody, &["größe"])[0], "ask");
        assert_eq!(names(Readers::Everybody, &[])[0], "ask");
    }

    #[test]
    fn every_description_fits_in_every_language() {
        let locales = Locales::shipped().expect("shipped");
        for (tag, _) in SHIPPED {
            let language = Language::from(tag);
            let list = commands(&|key| locales.word(&language, key), Readers::Moderators, &[]);
            for (name, about) in listed(&list) {
                assert!((1..=ABOUT_LIMIT).contains(&about.chars().count()), "{tag} {name}");
                assert!(!about.starts_with("about-"), "{tag} {name} is not worded");
            }
        }
    }
}
