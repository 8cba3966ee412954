//! What is offered while somebody types an option. Read from a snapshot and gone again: nothing
//! is committed, and whoever types something else is not held to it.

use std::sync::LazyLock;

use serde_json::{Value, json};
use serenity::all::CommandData;

/// Discord shows no more.
const OFFERED: usize = 25;
/// The name and the value of an offer, in characters.
const OFFER_LIMIT: usize = 100;

/// What one bot has to offer.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot {
    /// By the word that is typed, and what it is called: topics, languages.
    pub(super) topics: Vec<Offer>,
    pub(super) languages: Vec<Offer>,
    /// What articles answer, as somebody would ask it.
    pub(super) questions: Vec<String>,
}

/// One line of what is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Offer {
    pub(super) word: String,
    pub(super) shown: String,
}

impl Offer {
    pub(super) fn new(word: impl Into<String>, shown: impl Into<String>) -> Offer {
        Offer { word: word.into(), shown: shown.into() }
    }

    fn plain(word: &str) -> Offer {
        Offer::new(word, word)
    }
}

/// What can be offered for an option.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Topics,
    Languages,
    Zones,
    Questions,
    Cases,
}

/// Of an option of the command table; by its name, which means the same in every command.
fn source_of(option: &str) -> Option<Source> {
    match option {
        "topics" | "topic" | "mute" => Some(Source::Topics),
        "languages" | "language" => Some(Source::Languages),
        "zone" => Some(Source::Zones),
        "question" => Some(Source::Questions),
        "case" => Some(Source::Cases),
        _ => None,
    }
}

/// Whether something is offered for this option.
pub(super) fn completes(option: &str) -> bool {
    source_of(option).is_some()
}

/// Whether somebody is about to name a case.
pub(super) fn wants_cases(data: &CommandData) -> bool {
    data.autocomplete().is_some_and(|focused| source_of(focused.name) == Some(Source::Cases))
}

/// Whether this is a list, of which only the last word is still being typed.
fn is_list(option: &str) -> bool {
    matches!(option, "topics" | "mute" | "languages")
}

/// The response to an autocomplete interaction. `cases` are the open ones that this person may
/// name, asked for only when they are wanted.
pub(super) fn respond(
    data: &CommandData,
    snapshot: &Snapshot,
    cases: impl FnOnce() -> Vec<Offer>,
) -> Value {
    let offers =
        data.autocomplete().map(|focused| offers(focused.name, focused.value, snapshot, cases));
    let choices: Vec<Value> = offers
        .unwrap_or_default()
        .into_iter()
        .map(|offer| json!({ "name": clipped(&offer.shown), "value": offer.word }))
        .collect();
    json!({ "type": 8, "data": { "choices": choices } })
}

fn offers(
    option: &str,
    typed: &str,
    snapshot: &Snapshot,
    cases: impl FnOnce() -> Vec<Offer>,
) -> Vec<Offer> {
    let plain = |words: &[String]| words.iter().map(|word| Offer::plain(word)).collect();
    let all: Vec<Offer> = match source_of(option) {
        Some(Source::Topics) => snapshot.topics.clone(),
        Some(Source::Languages) => snapshot.languages.clone(),
        Some(Source::Zones) => plain(&ZONES),
        Some(Source::Questions) => plain(&snapshot.questions),
        Some(Source::Cases) => cases(),
        None => Vec::new(),
    };
    let (before, last) = if is_list(option) { split_list(typed) } else { (String::new(), typed) };
    let said: Vec<&str> = before.split(", ").collect();
    let left = all.into_iter().filter(|offer| !said.contains(&offer.word.as_str()));
    let whole = left.map(|offer| Offer {
        word: format!("{before}{}", offer.word),
        shown: format!("{before}{}", offer.shown),
    });
    let skip = before.chars().count();
    let mut ranked: Vec<(u8, Offer)> = whole
        .filter(|offer| offer.word.chars().count() <= OFFER_LIMIT)
        .filter_map(|offer| Some((rank(&offer, skip, last.trim())?, offer)))
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, offer)| offer).take(OFFERED).collect()
}

/// What begins with the letters typed goes before what has a word that does, and that before what
/// only has them somewhere.
fn rank(offer: &Offer, skip: usize, typed: &str) -> Option<u8> {
    let typed = typed.to_lowercase();
    let of = |text: &str| {
        let text: String = text.to_lowercase().chars().skip(skip).collect();
        let starts_word = |(at, _): (usize, &str)| {
            text.get(..at)
                .and_then(|before| before.chars().next_back())
                .is_none_or(|c| !c.is_alphanumeric())
        };
        if text.starts_with(&typed) {
            Some(0)
        } else if text.match_indices(&typed).any(starts_word) {
            Some(1)
        } else {
            text.contains(&typed).then_some(2)
        }
    };
    of(&offer.word).into_iter().chain(of(&offer.shown)).min()
}

/// A list so far, as it is kept, and the word that is still being typed.
fn split_list(typed: &str) -> (String, &str) {
    let Some((before, last)) = typed.rsplit_once([',', ';']) else {
        return (String::new(), typed);
    };
    let before = before.split([',', ';']).map(str::trim).filter(|word| !word.is_empty());
    let mut kept = String::new();
    for word in before {
        kept.push_str(&word.to_lowercase());
        kept.push_str(", ");
    }
    (kept, last)
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= OFFER_LIMIT {
        return text.to_owned();
    }
    let kept: String = text.chars().take(OFFER_LIMIT - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Every zone that a person lives in: `Europe/Berlin`, not `Etc/GMT+2` or `posix/…`.
static ZONES: LazyLock<Vec<String>> = LazyLock::new(|| {
    const PARTS: [&str; 10] = [
        "Europe/",
        "America/",
        "Asia/",
        "Africa/",
        "Australia/",
        "Pacific/",
        "Atlantic/",
        "Indian/",
        "Antarctica/",
        "Arctic/",
    ];
    let all = jiff::tz::db().available().map(|zone| zone.as_str().to_owned());
    let mut zones: Vec<String> = all
        .filter(|zone| zone == "UTC" || PARTS.iter().any(|part| zone.starts_with(part)))
        .collect();
    zones.sort_unstable();
    zones.dedup();
    zones
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::{ESCALATION, Kind, Spec, TABLE};

    fn snapshot() -> Snapshot {
        Snapshot {
            topics: ["wifi", "wired", "router", "billing"].map(Offer::plain).to_vec(),
            languages: vec![Offer::new("en", "English"), Offer::new("de", "Deutsch")],
            questions: vec!["The light blinks red".into(), "How do I reset my router?".into()],
        }
    }

    fn words(option: &str, typed: &str) -> Vec<String> {
        let offers =
            offers(option, typed, &snapshot(), || vec![Offer::new("k7", "k7 · The light")]);
        offers.into_iter().map(|offer| offer.word).collect()
    }

    #[test]
    fn what_begins_so_goes_before_what_only_has_it() {
        assert_eq!(words("topic", ""), ["wifi", "wired", "router", "billing"]);
        assert_eq!(words("topic", "WI"), ["wifi", "wired"]);
        assert_eq!(words("topic", "i"), ["wifi", "wired", "billing"]);
        assert_eq!(words("topic", "x"), [""; 0]);
        assert_eq!(words("question", "r"), ["The light blinks red", "How do I reset my router?"]);
        assert_eq!(words("language", "deu"), ["de"], "by its name too");
        assert_eq!(words("case", "light"), ["k7"]);
        assert_eq!(words("reason", "light"), [""; 0]);
    }

    #[test]
    fn of_a_list_only_the_last_word_is_completed_and_none_offered_twice() {
        assert_eq!(words("topics", "Router,w"), ["router, wifi", "router, wired"]);
        assert_eq!(
            words("mute", "wifi; router , "),
            ["wifi, router, wired", "wifi, router, billing"]
        );
        assert_eq!(words("languages", "en,"), ["en, de"]);
    }

    #[test]
    fn zones_are_found_by_their_city() {
        assert_eq!(words("zone", "berl"), ["Europe/Berlin"]);
        assert_eq!(words("zone", "europe/")[0], "Europe/Amsterdam");
        assert_eq!(words("zone", "europe/").len(), OFFERED);
        assert!(words("zone", "gmt+2").is_empty());
    }

    #[test]
    fn an_offer_never_exceeds_what_discord_takes() {
        let long = "ö".repeat(101);
        let snapshot = Snapshot { questions: vec![long, "short".into()], ..Snapshot::default() };
        let words: Vec<Offer> = offers("question", "", &snapshot, Vec::new);
        assert_eq!(words, [Offer::plain("short")]);
        assert_eq!(clipped(&"ö".repeat(200)).chars().count(), OFFER_LIMIT);
    }

    #[test]
    fn an_option_of_this_name_means_the_same_everywhere() {
        fn walk(spec: &Spec) {
            for option in spec.options.iter().filter(|option| completes(option.name)) {
                let is_list = is_list(option.name);
                let fits = match option.kind {
                    Kind::List => is_list,
                    Kind::Word | Kind::Text => !is_list,
                    Kind::Channel
                    | Kind::Person
                    | Kind::Badge
                    | Kind::Number
                    | Kind::Span
                    | Kind::Choice(_) => false,
                };
                assert!(fits, "{}", option.name);
            }
            spec.subs.iter().for_each(walk);
        }
        TABLE.iter().chain([&ESCALATION]).for_each(walk);
    }

    #[test]
    fn the_focused_option_is_answered_wherever_it_stands() {
        let data: CommandData = serde_json::from_value(json!({
            "id": "900", "name": "ambassador", "type": 1, "options": [{
                "name": "hours", "type": 1, "options": [
                    { "name": "hours", "type": 3, "value": "22:00-08:00" },
                    { "name": "zone", "type": 3, "value": "lisb", "focused": true },
                ],
            }],
        }))
        .unwrap();
        let response = respond(&data, &snapshot(), Vec::new);
        let lisbon = json!({ "name": "Europe/Lisbon", "value": "Europe/Lisbon" });
        assert_eq!(response, json!({ "type": 8, "data": { "choices": [lisbon] } }));
    }
}
