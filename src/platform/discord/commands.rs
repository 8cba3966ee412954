//! The menu: the one table of commands as Discord's application commands, purely.
//!
//! Names stay as they are in every language, because our own sentences and pages name them;
//! descriptions, choices and message menus are said in every language there are words for. The
//! commands are registered per server: there, they can carry the moderators' own escalation word,
//! and they never appear in private chats.

use serde_json::{Map, Value, json};

use super::{autocomplete, forms};
use crate::domain::command::{ESCALATION, Kind, OptionSpec, Spec, TABLE, Who};
use crate::domain::ids::Language;

/// The words of an auxiliary key in a language.
pub(super) type Wording = dyn Fn(&Language, &str) -> String + Send + Sync;

/// Discord's own numbers for kinds of commands.
pub(super) const SLASH: u64 = 1;
pub(super) const ON_MESSAGE: u64 = 3;
/// The message menus, by the keys of their names.
pub(super) const ASK_AROUND: &str = "menu-ask-around";
pub(super) const GET_STAFF: &str = "menu-get-staff";

/// Descriptions and the names of choices, in characters.
const ABOUT_LIMIT: usize = 100;
/// The name of a message menu, in characters.
const MENU_LIMIT: usize = 32;
/// The right to manage the server: whoever has it sees the moderators' commands.
const MANAGE_GUILD: &str = "32";
/// Where people can write, or under which they can: every kind of channel but the category.
const WRITTEN_IN: [u64; 9] = [0, 2, 5, 10, 11, 12, 13, 15, 16];

/// What the menu of one bot is made from.
#[derive(Clone, Copy)]
pub(super) struct Menu<'a> {
    pub(super) wording: &'a Wording,
    /// What clients in any other language are shown.
    pub(super) default: &'a Language,
    pub(super) languages: &'a [Language],
}

impl Menu<'_> {
    /// Every command of a server where `escalation` are the names of the way to staff; the first
    /// is the one that our sentences name.
    pub(super) fn commands(&self, escalation: &[String]) -> Vec<Value> {
        // A name that was given back is still among the old ones.
        let is_new =
            |at: usize, word: &String| escalation.iter().take(at).all(|known| known != word);
        let words = escalation.iter().enumerate().filter(|(at, word)| is_new(*at, word));
        let staff = words.map(|(_, word)| self.slash(&ESCALATION, word));
        let table = TABLE.iter().map(|spec| self.slash(spec, spec.name));
        let menus = [ASK_AROUND, GET_STAFF].into_iter().map(|key| self.on_message(key));
        staff.chain(table).chain(menus).collect()
    }

    fn slash(&self, spec: &Spec, name: &str) -> Value {
        let mut command = self.described(SLASH, name, spec.about);
        self.add_options(&mut command, spec);
        if spec.who == Who::Moderators {
            command.insert("default_member_permissions".into(), MANAGE_GUILD.into());
        }
        Value::Object(command)
    }

    fn on_message(&self, key: &str) -> Value {
        let (name, everywhere) = self.words(key, MENU_LIMIT);
        json!({ "type": ON_MESSAGE, "name": name, "name_localizations": everywhere })
    }

    fn add_options(&self, command: &mut Map<String, Value>, spec: &Spec) {
        let mut options: Vec<&OptionSpec> = spec.options.iter().collect();
        options.sort_by_key(|option| !option.required);
        // What a form asks for is left to whoever types.
        let asked_for = forms::asks_for(spec).map(|option| option.name);
        let options = options.into_iter().map(|option| {
            let required = option.required && asked_for != Some(option.name);
            self.option(option, required)
        });
        let subs = spec.subs.iter().map(|sub| {
            let mut entry = self.described(1, sub.name, sub.about);
            self.add_options(&mut entry, sub);
            Value::Object(entry)
        });
        let all: Vec<Value> = subs.chain(options).collect();
        if !all.is_empty() {
            command.insert("options".into(), all.into());
        }
    }

    fn option(&self, spec: &OptionSpec, required: bool) -> Value {
        let kind = match spec.kind {
            Kind::Text | Kind::Word | Kind::List | Kind::Span | Kind::Choice(_) => 3,
            Kind::Number => 4,
            Kind::Person => 6,
            Kind::Channel => 7,
            Kind::Badge => 8,
        };
        let mut option = self.described(kind, spec.name, spec.about);
        if required {
            option.insert("required".into(), true.into());
        }
        match spec.kind {
            Kind::Choice(choices) => {
                let choices = choices.iter().map(|choice| self.choice(spec.name, choice));
                option.insert("choices".into(), choices.collect());
            }
            Kind::Number => {
                option.insert("min_value".into(), 0.into());
            }
            Kind::Channel => {
                option.insert("channel_types".into(), WRITTEN_IN.to_vec().into());
            }
            Kind::Text | Kind::Word | Kind::List | Kind::Span => {
                if autocomplete::completes(spec.name) {
                    option.insert("autocomplete".into(), true.into());
                }
            }
            Kind::Person | Kind::Badge => {}
        }
        Value::Object(option)
    }

    fn choice(&self, option: &str, choice: &str) -> Value {
        let (name, everywhere) = self.words(&format!("{option}-{choice}"), ABOUT_LIMIT);
        json!({ "name": name, "name_localizations": everywhere, "value": choice })
    }

    fn described(&self, kind: u64, name: &str, about: &str) -> Map<String, Value> {
        let (about, everywhere) = self.words(about, ABOUT_LIMIT);
        Map::from_iter([
            ("type".into(), kind.into()),
            ("name".into(), name.into()),
            ("description".into(), about.into()),
            ("description_localizations".into(), everywhere),
        ])
    }

    /// The words of a key by default, and for each of Discord's languages that we have words in.
    fn words(&self, key: &str, limit: usize) -> (String, Value) {
        let words = |language: &Language| fitting(&(self.wording)(language, key), key, limit);
        // A variety that a bot has words for comes after its language, and takes its own place.
        let mut languages: Vec<&Language> = self.languages.iter().collect();
        languages.sort_by_key(|language| language.as_str().len());
        let everywhere: Map<String, Value> = languages
            .into_iter()
            .flat_map(|language| locales(language).iter().map(move |locale| (language, locale)))
            .map(|(language, locale)| ((*locale).to_owned(), words(language).into()))
            .collect();
        (words(self.default), Value::Object(everywhere))
    }
}

/// A bot's own wording may say more than Discord shows, or nothing at all.
pub(super) fn fitting(words: &str, key: &str, limit: usize) -> String {
    let words = if words.trim().is_empty() { key } else { words.trim() };
    if words.chars().count() <= limit {
        return words.to_owned();
    }
    let kept: String = words.chars().take(limit - 1).collect();
    format!("{}…", kept.trim_end())
}

/// Discord's languages that read this one of ours. Those of which Discord has several varieties
/// stand under each, unless a bot has words for the variety itself.
pub(super) fn locales(language: &Language) -> &'static [&'static str] {
    const PLAIN: [&str; 25] = [
        "id", "da", "de", "fr", "hr", "it", "lt", "hu", "nl", "no", "pl", "ro", "fi", "vi", "tr",
        "cs", "el", "bg", "ru", "uk", "hi", "th", "ja", "ko", "es-419",
    ];
    let tag = language.as_str();
    match tag {
        "en-us" => return &["en-US"],
        "en-gb" => return &["en-GB"],
        "es-es" => return &["es-ES"],
        "es-419" => return &["es-419"],
        "zh-tw" | "zh-hant" => return &["zh-TW"],
        _ => {}
    }
    match language.base().as_str() {
        "en" => &["en-US", "en-GB"],
        "es" => &["es-ES", "es-419"],
        "pt" => &["pt-BR"],
        "sv" => &["sv-SE"],
        "zh" => &["zh-CN"],
        "nb" | "nn" => &["no"],
        base => {
            let at = PLAIN.iter().position(|plain| *plain == base);
            at.and_then(|at| PLAIN.get(at..=at)).unwrap_or_default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::escalation::command_word;
    use crate::locale::{Locales, SHIPPED};

    fn commands(default: &str, escalation: &[&str]) -> Vec<Value> {
        let locales = Locales::shipped().unwrap();
        let wording = move |language: &Language, key: &str| locales.word(language, key);
        let languages = SHIPPED.map(|(tag, _)| Language::from(tag));
        let default = Language::from(default);
        let menu = Menu { wording: &wording, default: &default, languages: &languages };
        let escalation: Vec<String> = escalation.iter().map(|word| (*word).to_owned()).collect();
        menu.commands(&escalation)
    }

    fn named<'v>(values: &'v [Value], name: &str) -> &'v Value {
        values.iter().find(|value| value["name"] == name).unwrap()
    }

    fn options(value: &Value) -> &[Value] {
        value["options"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Characters of a text in the longest of its languages.
    fn longest(value: &Value, field: &str) -> usize {
        let chars = |text: &Value| text.as_str().unwrap_or_default().chars().count();
        let everywhere = value[format!("{field}_localizations")].as_object();
        let everywhere = everywhere.into_iter().flat_map(Map::values).map(chars);
        everywhere.chain([chars(&value[field])]).max().unwrap_or(0)
    }

    /// What Discord counts towards the 8,000 characters of a command.
    fn weight(value: &Value) -> usize {
        let own = longest(value, "name") + longest(value, "description") + longest(value, "value");
        let choices = value["choices"].as_array().into_iter().flatten();
        own + options(value).iter().chain(choices).map(weight).sum::<usize>()
    }

    fn check(value: &Value, depth: usize) {
        let texts = |field: &str| {
            let everywhere = value[format!("{field}_localizations")].as_object();
            let mut all: Vec<Value> =
                everywhere.into_iter().flat_map(Map::values).cloned().collect();
            all.push(value[field].clone());
            all.into_iter().map(|text| text.as_str().unwrap().chars().count())
        };
        let name = value["name"].as_str().unwrap();
        let fits = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_');
        assert!(fits && (1..=32).contains(&name.len()), "{name}");
        assert!(texts("description").all(|count| (1..=100).contains(&count)), "{name}");
        assert!(options(value).len() <= 25, "{name}");
        let required: Vec<bool> = options(value).iter().map(|o| o["required"] == true).collect();
        assert!(required.is_sorted_by(|a, b| a >= b), "{name}: required first");
        let choices: Vec<&Value> = value["choices"].as_array().into_iter().flatten().collect();
        assert!(choices.len() <= 25, "{name}");
        assert!(choices.is_empty() || value["autocomplete"] != true, "{name}");
        for choice in choices {
            assert!((1..=100).contains(&longest(choice, "name")), "{name}: {choice}");
            assert!((1..=100).contains(&longest(choice, "value")), "{name}: {choice}");
        }
        assert!(depth < 3, "{name}: no groups of subcommands");
        for option in options(value) {
            check(option, depth + 1);
        }
    }

    #[test]
    fn every_command_fits_what_discord_takes_in_every_language() {
        for (default, _) in SHIPPED {
            let all = commands(default, &["human", "team"]);
            let (slash, menus): (Vec<Value>, Vec<Value>) =
                all.into_iter().partition(|command| command["type"] == SLASH);
            assert!(slash.len() <= 100 && menus.len() == 2);
            for command in &slash {
                check(command, 0);
                assert!(weight(command) <= 8_000, "{}: {}", command["name"], weight(command));
            }
            for menu in &menus {
                assert!((1..=32).contains(&longest(menu, "name")), "{menu}");
            }
        }
        assert!(command_word(&"x".repeat(32)).is_ok(), "and Discord takes every word of ours");
    }

    #[test]
    fn the_escalation_command_has_every_name_it_has_here() {
        let all = commands("en", &["human", "team", "human"]);
        insta::assert_snapshot!(format!("{:#}", all[0]), @r#"
        {
          "description": "Talk to our team about your question",
          "description_localizations": {
            "de": "Sprich mit unserem Team über deine Frage",
            "en-GB": "Talk to our team about your question",
            "en-US": "Talk to our team about your question"
          },
          "name": "human",
          "options": [
            {
              "description": "What it is about, in a sentence or two",
              "description_localizations": {
                "de": "Worum es geht, in ein, zwei Sätzen",
                "en-GB": "What it is about, in a sentence or two",
                "en-US": "What it is about, in a sentence or two"
              },
              "name": "reason",
              "type": 3
            }
          ],
          "type": 1
        }
        "#);
        assert_eq!(all[1]["name"], "team");
        assert_eq!(all[0]["options"], all[1]["options"]);
        assert_eq!(all.iter().filter(|command| command["name"] == "human").count(), 1);
    }

    #[test]
    fn moderators_commands_are_shown_to_moderators() {
        let all = commands("de", &["human"]);
        let askaround = named(&all, "askaround");
        assert_eq!(askaround["default_member_permissions"], "32");
        assert_eq!(named(&all, "ask")["default_member_permissions"], Value::Null);
    }

    #[test]
    fn people_channels_and_numbers_are_chosen_as_such() {
        let all = commands("de", &["human"]);
        let askaround = named(&all, "askaround");
        let watch = named(options(askaround), "watch");
        let case = named(options(askaround), "case");
        insta::assert_snapshot!(format!("{:#}", named(options(watch), "channel")), @r#"
        {
          "channel_types": [
            0,
            2,
            5,
            10,
            11,
            12,
            13,
            15,
            16
          ],
          "description": "Der Kanal; ohne Angabe dieser hier",
          "description_localizations": {
            "de": "Der Kanal; ohne Angabe dieser hier",
            "en-GB": "The channel; leave it out for this one",
            "en-US": "The channel; leave it out for this one"
          },
          "name": "channel",
          "type": 7
        }
        "#);
        insta::assert_snapshot!(format!("{:#}", named(options(case), "who")), @r#"
        {
          "description": "Wer, mit @ genannt",
          "description_localizations": {
            "de": "Wer, mit @ genannt",
            "en-GB": "Who, named with @",
            "en-US": "Who, named with @"
          },
          "name": "who",
          "type": 6
        }
        "#);
        let recognition = named(options(askaround), "recognition");
        assert_eq!(named(options(recognition), "role")["type"], 8);
        insta::assert_snapshot!(format!("{:#}", named(options(case), "points")), @r#"
        {
          "description": "Wie viele Punkte",
          "description_localizations": {
            "de": "Wie viele Punkte",
            "en-GB": "How many points",
            "en-US": "How many points"
          },
          "min_value": 0,
          "name": "points",
          "type": 4
        }
        "#);
    }

    #[test]
    fn choices_are_said_in_every_language_and_texts_completed() {
        let all = commands("de", &["human"]);
        let case = named(options(named(&all, "askaround")), "case");
        insta::assert_snapshot!(format!("{:#}", named(options(case), "do")["choices"][1]), @r#"
        {
          "name": "zurück zu den Freiwilligen",
          "name_localizations": {
            "de": "zurück zu den Freiwilligen",
            "en-GB": "back to the ambassadors",
            "en-US": "back to the ambassadors"
          },
          "value": "return"
        }
        "#);
        let hours = named(options(named(&all, "ambassador")), "hours");
        insta::assert_snapshot!(format!("{:#}", named(options(hours), "zone")), @r#"
        {
          "autocomplete": true,
          "description": "Deine Zeitzone, etwa Europe/Berlin",
          "description_localizations": {
            "de": "Deine Zeitzone, etwa Europe/Berlin",
            "en-GB": "Your time zone, such as Europe/Berlin",
            "en-US": "Your time zone, such as Europe/Berlin"
          },
          "name": "zone",
          "type": 3
        }
        "#);
    }

    #[test]
    fn message_menus_have_names_of_their_own_in_every_language() {
        let all = commands("en", &["human"]);
        insta::assert_snapshot!(format!("{:#}", all[all.len() - 2]), @r#"
        {
          "name": "Ask around",
          "name_localizations": {
            "de": "Herumfragen",
            "en-GB": "Ask around",
            "en-US": "Ask around"
          },
          "type": 3
        }
        "#);
        insta::assert_snapshot!(format!("{:#}", all[all.len() - 1]), @r#"
        {
          "name": "Get staff",
          "name_localizations": {
            "de": "Team holen",
            "en-GB": "Get staff",
            "en-US": "Get staff"
          },
          "type": 3
        }
        "#);
    }

    #[test]
    fn our_languages_are_found_among_discords() {
        for (ours, discords) in [
            ("en", &["en-US", "en-GB"][..]),
            ("en-gb", &["en-GB"]),
            ("de", &["de"]),
            ("de-at", &["de"]),
            ("pt", &["pt-BR"]),
            ("pt-br", &["pt-BR"]),
            ("es", &["es-ES", "es-419"]),
            ("zh-tw", &["zh-TW"]),
            ("sr", &[]),
        ] {
            assert_eq!(locales(&Language::from(ours)), discords, "{ours}");
        }
    }

    #[test]
    fn wording_of_a_bots_own_is_cut_to_what_discord_takes() {
        assert_eq!(fitting(" Short. ", "about-x", 100), "Short.");
        assert_eq!(fitting("", "about-x", 100), "about-x");
        let cut = fitting(&"ä ".repeat(90), "about-x", 100);
        assert!(cut.chars().count() <= 100 && cut.ends_with("ä…"), "{cut}");
    }
}
