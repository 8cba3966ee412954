//! `askaround keys`, and the keys of people's words as the environment gives them.

use std::process::ExitCode;

use anyhow::bail;

use super::{KeysCommand, say, say_error};
use crate::store::{KEY_VARIABLE, OLD_KEYS_VARIABLE, TextKey, TextKeys};

pub(super) fn keys(command: &KeysCommand) -> anyhow::Result<ExitCode> {
    match command {
        KeysCommand::New => {
            let key = TextKey::new()?;
            say(&key.secret());
            say_error(&format!(
                "its fingerprint is {}; put it into {KEY_VARIABLE}, and keep a copy away from the \
                 database: without it nobody reads the words that are kept under it",
                key.id()
            ));
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// The keys that this process is given; never on the command line, where others would see them.
pub(super) fn given() -> anyhow::Result<TextKeys> {
    let current = variable(KEY_VARIABLE);
    let current = current.map(|text| read(KEY_VARIABLE, &text)).transpose()?;
    let old = variable(OLD_KEYS_VARIABLE).unwrap_or_default();
    let old = old.split(',').map(str::trim).filter(|text| !text.is_empty());
    let old = old.map(|text| read(OLD_KEYS_VARIABLE, text));
    Ok(TextKeys::new(current.as_ref(), &old.collect::<Result<Vec<_>, _>>()?)?)
}

fn read(variable: &str, text: &str) -> anyhow::Result<TextKey> {
    let Some(key) = TextKey::read(text) else {
        bail!(
            "{variable} holds something that is no key; a key is 32 bytes in base64, and \
             `askaround keys new` makes one"
        );
    };
    Ok(key)
}

/// What an environment variable says; an empty one is not set.
fn variable(name: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where it is read")]
    let value = std::env::var(name).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
