//! `bot.toml`, read and checked: whatever it leaves out has a default, whatever it gets wrong is
//! reported with its place, and all of it at once.

use std::time::Duration;

use toml::de::DeTable;

use super::problem::{Page, Problem};
use super::section::Section;
use super::wording::Wording;
use super::{escalation, policies, recognition};
use crate::domain::ids::Language;
use crate::domain::limits::Limits;
use crate::domain::rules::Rules;

/// What a bot's `bot.toml` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The brand, as people read it.
    pub name: String,
    pub discord: Option<Discord>,
    pub telegram: Option<Telegram>,
    /// Whether the playground offers this bot.
    pub playground: bool,
    /// How long the words of a case are kept after its end.
    pub keep_text: Duration,
    pub rules: Rules,
}

/// How to reach Discord.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discord {
    /// The environment variable that holds the token.
    pub token_env: String,
    /// Another REST address than Discord's own, without `/api/v10` and without a final slash.
    pub api_url: Option<String>,
}

/// How to reach Telegram.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Telegram {
    /// The environment variable that holds the token.
    pub token_env: String,
    /// Another Bot API server than Telegram's own, without a final slash.
    pub api_url: Option<String>,
    /// Long polling without it.
    pub webhook: Option<Webhook>,
}

/// Where Telegram brings its updates, instead of our fetching them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    pub url: String,
    /// The environment variable that holds the secret that Telegram repeats in each call.
    pub secret_env: String,
}

/// A name stands in buttons and in the first line of a dossier.
const NAME_LIMIT_CHARS: usize = 64;
/// Each language is an index and a bundle in memory; Telegram itself is worded in fewer.
const LANGUAGES_LIMIT: usize = 40;
const KEEP_TEXT: Limits<Duration> = Limits {
    least: Duration::from_hours(24),
    most: Duration::from_hours(24 * 3_650),
    why: "staff need the words for a day, and nobody needs them for longer than ten years",
};

/// Reads `bot.toml`; `None` when its grammar is broken, because a tree with holes in it would
/// give problems that are none. `rules.topics` stays empty: the articles fill it.
pub(super) fn read(
    page: Page<'_>,
    wording: &Wording,
    problems: &mut Vec<Problem>,
) -> Option<Manifest> {
    let (document, errors) = DeTable::parse_recoverable(page.text);
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        let what = format!("this is no TOML: {}", error.message().replace('\n', ", "));
        problems.push(page.error(at, what, grammar_mend(error.message())));
    }
    if !errors.is_empty() {
        return None;
    }
    Some(Section::whole(page, document.get_ref(), problems, |root| {
        let name = name(root);
        let languages = languages(root, wording);
        Manifest {
            name,
            discord: discord(root),
            telegram: telegram(root),
            playground: root.table("playground", |playground| playground.flag("enabled", true)),
            keep_text: root.table("privacy", |privacy| {
                privacy.span("keep_text", &KEEP_TEXT, Duration::from_hours(24 * 90))
            }),
            rules: Rules {
                topics: Vec::new(),
                listen: policies::listen(root),
                suggest: policies::suggest(root),
                knowledge: policies::knowledge(root),
                ladder: policies::ladder(root),
                ambassadors: policies::ambassadors(root),
                recognition: recognition::read(root, &languages, wording),
                escalation: escalation::read(root, &languages),
                desk: policies::desk(root),
                languages,
            },
        }
    }))
}

fn grammar_mend(message: &str) -> &'static str {
    if message.contains("duplicate") {
        "keep one of the two"
    } else {
        "write a [table], or a key, an equals sign and a value, with texts in quotes"
    }
}

fn name(root: &mut Section<'_, '_>) -> String {
    let mend = "write the brand's name, like name = \"Lumen\"";
    if !root.has("name") {
        root.problem(0, "`name` is missing", mend);
    }
    let Some((at, name)) = root.text("name") else { return String::new() };
    let name = name.trim();
    if name.is_empty() {
        root.problem(at, "`name` is empty", mend);
    } else if name.chars().count() > NAME_LIMIT_CHARS || name.contains(char::is_control) {
        let mend = format!("write one line of at most {NAME_LIMIT_CHARS} letters");
        root.problem(at, "`name` does not fit into a button", mend);
    }
    name.to_owned()
}

// ---- languages -----------------------------------------------------------------------------

fn languages(root: &mut Section<'_, '_>, wording: &Wording) -> Vec<Language> {
    let Some(written) = root.texts("languages") else { return vec![Language::from("en")] };
    if written.is_empty() {
        let mend = "name one at least, like languages = [\"en\"]";
        root.problem(root.at("languages"), "`languages` is empty", mend);
    }
    if written.len() > LANGUAGES_LIMIT {
        let what = format!("`languages` has {} of them", written.len());
        root.problem(root.at("languages"), what, format!("keep at most {LANGUAGES_LIMIT}"));
    }
    let mut languages: Vec<Language> = Vec::new();
    for (at, text) in written {
        let Some(language) = language_tag(text) else {
            let what = format!("`languages` cannot have {text:?}, which is no language tag");
            root.problem(at, what, "write one like \"en\", \"de\" or \"pt-br\"");
            continue;
        };
        if languages.contains(&language) {
            root.problem(at, format!("`languages` has \"{language}\" twice"), "keep the first");
            continue;
        }
        if !wording.speaks(&language) {
            let what = format!("nothing is worded in \"{language}\"");
            let mend = format!(
                "add {}, or take a language that Askaround brings: {}",
                wording.own_file(&language).display(),
                Wording::shipped_languages(),
            );
            root.problem(at, what, mend);
        }
        languages.push(language);
    }
    if languages.is_empty() {
        languages.push(Language::from("en"));
    }
    languages
}

/// A BCP 47 tag in lower case, by its shape: `en`, `pt-br`, `zh-hant`.
pub(super) fn language_tag(text: &str) -> Option<Language> {
    let tag = text.to_lowercase();
    let mut parts = tag.split('-');
    let base = parts.next()?;
    let is_base = (2..=3).contains(&base.len()) && base.chars().all(|c| c.is_ascii_lowercase());
    let is_part = |part: &str| match part.len() {
        2 => part.chars().all(|c| c.is_ascii_lowercase()),
        3 => part.chars().all(|c| c.is_ascii_digit()),
        4..=8 => part.chars().all(|c| c.is_ascii_alphanumeric()),
        _ => false,
    };
    (is_base && parts.all(is_part)).then(|| Language::new(tag.clone()))
}

// ---- platforms -----------------------------------------------------------------------------

fn discord(root: &mut Section<'_, '_>) -> Option<Discord> {
    root.table("discord", |discord| {
        discord.is_written().then(|| Discord {
            token_env: variable(discord, "token_env", "LUMEN_DISCORD_TOKEN"),
            api_url: api_url(discord),
        })
    })
}

fn telegram(root: &mut Section<'_, '_>) -> Option<Telegram> {
    root.table("telegram", |telegram| {
        telegram.is_written().then(|| Telegram {
            token_env: variable(telegram, "token_env", "LUMEN_TELEGRAM_TOKEN"),
            api_url: api_url(telegram),
            webhook: telegram.table("webhook", webhook),
        })
    })
}

fn webhook(webhook: &mut Section<'_, '_>) -> Option<Webhook> {
    webhook.is_written().then(|| Webhook {
        url: webhook_url(webhook),
        secret_env: variable(webhook, "secret_env", "LUMEN_TELEGRAM_SECRET"),
    })
}

/// The name of an environment variable. What stands there may be the secret itself, so it is
/// never repeated.
fn variable<'s>(section: &mut Section<'s, '_>, key: &'s str, example: &str) -> String {
    let mend = format!("name the environment variable that holds it, like {key} = \"{example}\"");
    let path = section.path(key);
    if !section.has(key) {
        section.problem(section.at(key), format!("`{path}` is missing"), mend.clone());
    }
    let Some((at, name)) = section.text(key) else { return String::new() };
    if looks_like_a_secret(name) {
        let what = format!("`{path}` holds what looks like the secret itself");
        let mend = format!(
            "take it out of this file and have a new one made, for this one may have been read; \
             then {mend}"
        );
        section.problem(at, what, mend);
    } else if !is_variable(name) {
        let what = format!("`{path}` is an unusable token variable name");
        section.problem(at, what, format!("use only A-Z, 0-9 and _, and no digit first: {mend}"));
    }
    name.to_owned()
}

fn is_variable(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_';
    name.chars().all(fits) && name.chars().next().is_some_and(|first| !first.is_ascii_digit())
}

/// Discord's tokens are three runs of letters with dots between them, Telegram's a number, a
/// colon and a run of letters; a secret of any make is long and mixes its letters.
fn looks_like_a_secret(text: &str) -> bool {
    let text = text.trim();
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "-_.:+/=".contains(c);
    let mixed = text.contains(|c: char| c.is_ascii_lowercase())
        && text.contains(|c: char| c.is_ascii_digit());
    let joined = text.contains(['.', ':']);
    text.chars().all(is_letter) && mixed && (text.len() >= 32 || (joined && text.len() >= 24))
}

fn api_url(section: &mut Section<'_, '_>) -> Option<String> {
    let (at, url) = section.text("api_url")?;
    let path = section.path("api_url");
    let url = url.trim_end_matches('/');
    if !has_host(url, &["https://", "http://"]) {
        let mend = "begin it with https:// or http:// and a host, like \"http://127.0.0.1:3000\"";
        section.problem(at, format!("`{path}` is no web address"), mend);
    } else if let Some((_, ending)) = url.rsplit_once("/api")
        && is_version(ending)
    {
        let mend = format!("take /api{ending} off the end: it is added to every call");
        section.problem(at, format!("`{path}` ends in /api{ending}"), mend);
    }
    Some(url.to_owned())
}

/// What may follow `/api`: nothing, or `/v10`.
fn is_version(ending: &str) -> bool {
    let digits = ending.strip_prefix("/v");
    ending.is_empty() || digits.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit()))
}

fn webhook_url(section: &mut Section<'_, '_>) -> String {
    let mend = "write the address that reaches this server, like \
                \"https://bots.example.com/telegram/lumen\"";
    let path = section.path("url");
    if !section.has("url") {
        section.problem(section.at("url"), format!("`{path}` is missing"), mend);
    }
    let Some((at, url)) = section.text("url") else { return String::new() };
    if !has_host(url, &["https://"]) {
        let what = format!("`{path}` is no https address, and Telegram calls no other");
        section.problem(at, what, mend);
    }
    url.to_owned()
}

fn has_host(url: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| url.strip_prefix(scheme));
    let starts = |c: char| c.is_alphanumeric() || c == '[';
    rest.is_some_and(|rest| rest.starts_with(starts))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}
