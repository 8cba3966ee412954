//! What wording must keep to: plurals, fallbacks, pieces, and every key in every language.

use std::time::Duration;

use super::*;
use crate::domain::command::{self, Kind, Spec};
use crate::domain::escalation::BadWord;
use crate::domain::recognition::Act;
use crate::domain::text::{Key, Quoted};
use crate::domain::words::Piece::{Code, Person, Place, Plain, Quote, Strong};

/// `f64` cannot hold it: Fluent would make it …847000.
const LONG: i64 = 1_152_921_504_606_846_977;

struct Here;

impl Names for Here {
    fn person(&self, id: AccountId) -> Piece {
        let name = if id == mia() { "mia".to_owned() } else { format!("no-{id}") };
        Person { key: id.to_string().as_str().into(), name, ping: id == mia() }
    }
    fn channel(&self, id: ChannelId) -> Piece {
        Place { key: id.to_string().as_str().into(), name: format!("help-{id}`**") }
    }
}

fn mia() -> AccountId {
    AccountId::from(LONG)
}

fn shipped() -> Locales {
    Locales::shipped().expect("our own files are whole")
}

fn with(files: &[(&str, &str)]) -> Locales {
    let files = files.iter().map(|(tag, source)| ((*tag).into(), (*source).to_owned()));
    shipped().with_wording(&files.collect()).expect("without flaws")
}

fn said(locales: &Locales, language: &str, text: &Text) -> String {
    locales.say(&language.into(), text, &Here).to_plain()
}

fn plain(text: &str) -> Piece {
    Plain { text: text.into() }
}

#[test]
fn a_sentence_comes_out_as_pieces_and_ids_survive() {
    let text = Text::HelpersCalled { who: mia(), count: 3, command: "/human".into() };
    assert_eq!(
        shipped().say(&"en".into(), &text, &Here).0,
        [
            Here.person(mia()),
            plain(", I’ve asked 3 volunteers who know about this. Rather talk to our team? Type "),
            Code { text: "/human".into() },
            plain("."),
        ]
    );
    assert_eq!(
        Here.person(mia()),
        Person { key: LONG.to_string().as_str().into(), name: "mia".into(), ping: true }
    );
    let text = Text::RankReached { helper: 7.into(), rank: Key("rank-guide".into()) };
    assert_eq!(
        shipped().say(&"de".into(), &text, &Here).0,
        [
            plain("🎉 "),
            Here.person(7.into()),
            plain(" hat den Rang "),
            Strong { text: "Wegweiser".into() },
            plain(" erreicht. Danke für all die Hilfe bisher."),
        ]
    );
}

#[test]
fn numbers_choose_the_plural_and_empty_lists_are_none() {
    let locales = shipped();
    for (language, text, words) in [
        ("en", Text::StaffWaiting { count: 1 }, "One case was"),
        ("en", Text::StaffWaiting { count: 2 }, "2 cases were"),
        ("de", Text::StaffWaiting { count: 1 }, "Ein Fall hat"),
        ("de", Text::StaffWaiting { count: 0 }, "0 Fälle haben"),
        ("de", Text::WhyBusy { count: 0 }, "• Du hattest keine andere"),
        ("en", Text::HelpCustomer { places: String::new() }, "Do you have a question? Ask with"),
        (
            "en",
            Text::HelpCustomer { places: "#a, #b".into() },
            "Do you have a question? Ask it in #a, #b,",
        ),
        (
            "de",
            Text::HelpTiers { command: "/mensch".into() },
            "1. Ich sehe sofort in unseren Hilfeseiten nach.\n2. ",
        ),
    ] {
        let worded = said(&locales, language, &text);
        assert!(worded.starts_with(words), "{language}: {worded}");
    }
}

#[test]
fn spans_and_ranks_are_worded_in_the_language_of_the_sentence() {
    let wait = Duration::from_mins(30).into();
    let text = Text::HandedOff { who: mia(), wait };
    let french = with(&[("fr", "span-minutes = { $count } minutes de France\nrank-guide = Guide")]);
    assert!(said(&french, "de", &text).ends_with("höchstens 30 Minuten."));
    assert!(said(&french, "fr", &text).ends_with("usually within 30 minutes."));
    assert_eq!(french.word(&"fr".into(), "rank-guide"), "Guide");
    for (language, key, word) in [
        ("de", "rank-guide", "Wegweiser"),
        ("de-at", "rank-guide", "Wegweiser"),
        ("fr", "rank-expert", "Expert"),
        ("en", "topic-smart-home", "smart-home"),
        ("en", "nothing", "nothing"),
    ] {
        assert_eq!(french.word(&language.into(), key), word, "{language} {key}");
    }
}

#[test]
fn wording_is_sought_in_the_bots_own_file_then_ours_then_the_base_language_then_english() {
    let locales = with(&[
        ("pt-br", "pass-noted = brasileiro"),
        ("pt", "pass-noted = português\nclaim-own-question = sua"),
        ("en", "case-unknown = own English"),
        ("de", "pass-noted = eigenes"),
    ]);
    for (language, text, words) in [
        ("pt-br", Text::PassNoted, "brasileiro"),
        ("pt-pt", Text::PassNoted, "português"),
        ("pt-br", Text::ClaimOwnQuestion, "sua"),
        ("pt-br", Text::CaseUnknown, "own English"),
        ("pt-br", Text::StaffOnly, "This is for our team only."),
        ("xx", Text::StaffOnly, "This is for our team only."),
        ("de-ch", Text::PassNoted, "eigenes"),
        ("de", Text::StaffOnly, "Das ist unserem Team vorbehalten."),
    ] {
        assert_eq!(said(&locales, language, &text), words, "{language}");
    }
    let tags: Vec<_> = locales.languages().iter().map(ToString::to_string).collect();
    assert_eq!(tags, ["de", "en", "pt", "pt-br"]);
    assert!(locales.has(&"de-at".into()) && locales.has(&"pt-pt".into()));
    assert!(!shipped().has(&"pt".into()), "what a bot adds is that bot's alone");
}

#[test]
fn what_a_bot_renames_is_renamed_in_our_sentences_too() {
    let locales = with(&[("en", "button-ask-person = Get me a human")]);
    let text = Text::SuggestionFooter { patience: Duration::from_mins(3).into() };
    let words = said(&locales, "en", &text);
    assert!(words.contains("press “Get me a human”."), "{words}");
    assert!(words.ends_with("in 3 minutes."), "{words}");
}

#[test]
fn what_people_wrote_stays_what_they_wrote() {
    let hostile = "\u{E000}0\u{E001} **{ $who }** `x` \u{E000} } { \n\u{2068}";
    let text = Text::SuggestionAsked { who: mia(), question: Quoted(hostile.into()) };
    assert_eq!(
        shipped().say(&"en".into(), &text, &Here).0,
        [Here.person(mia()), plain(" asks:"), Quote { text: hostile.into() },]
    );
    let text = Text::CallTopics { topics: hostile.into() };
    assert_eq!(shipped().say(&"en".into(), &text, &Here).0, [plain(&format!("Topics: {hostile}"))]);
    let text = Text::WatchOff { place: 7.into() };
    let words = said(&shipped(), "en", &text);
    assert!(words.contains("in #help-7`** any more"), "{words}");
}

#[test]
fn a_wording_that_does_not_come_out_whole_is_passed_over() {
    for wording in [
        "claim-lost = { -t }\n-t = { $helper }",
        "claim-lost = { NUMBER($helper) } was faster",
        "claim-lost = { claim-own-question }\nclaim-own-question = { claim-lost }",
        "claim-lost = { -t }\n-t = { -t }",
        "claim-lost = { \"{\" }",
        &format!("claim-lost = { } was faster", "{ $helper }".repeat(101)),
    ] {
        let words = said(&with(&[("de", wording)]), "de", &Text::ClaimLost { helper: mia() });
        assert!(words.starts_with("@mia war einen Moment schneller."), "{wording}: {words}");
        let words = said(&with(&[("fr", wording)]), "fr", &Text::ClaimLost { helper: mia() });
        assert!(words.starts_with("@mia was a moment faster."), "{wording}: {words}");
    }
}

#[test]
fn a_file_with_a_flaw_is_refused_and_a_byte_order_mark_is_none() {
    let files = [("de".into(), "pass-noted".into()), ("no language".into(), String::new())].into();
    let flaws = shipped().with_wording(&files).expect_err("two flaws");
    let heard: Vec<_> = flaws.iter().map(ToString::to_string).collect();
    assert_eq!(
        heard,
        [
            "locales/de.ftl:1:11: expected a token starting with \"=\"; begin a line with \
             `key = words`, others with a space",
            "locales/no language.ftl:1:1: no language is not a language; name the file after a \
             language: de.ftl, pt-br.ftl",
        ]
    );
    let marked = with(&[("en", "\u{FEFF}pass-noted = Noted\r\n  on Windows.\r\n")]);
    assert_eq!(said(&marked, "en", &Text::PassNoted), "Noted\non Windows.");
}

#[test]
fn every_message_we_ship_formats_whatever_its_arguments_are() {
    for (language, layers) in shipped().layers {
        for (key, names) in Text::KEYS {
            for number in [0, 1, 2, 11, -1] {
                let mut arguments = FluentArgs::new();
                for name in *names {
                    arguments.set(*name, FluentValue::from(number));
                }
                assert!(layers[0].format(key, &arguments).is_some(), "{language}: {key}");
            }
            let mut arguments = FluentArgs::new();
            for name in *names {
                arguments.set(*name, "none");
            }
            assert!(layers[0].format(key, &arguments).is_some(), "{language}: {key}");
        }
    }
}

#[test]
fn every_auxiliary_key_that_the_code_names_is_worded() {
    fn of_command(spec: &Spec, keys: &mut Vec<String>) {
        keys.push(spec.about.to_owned());
        for option in spec.options {
            keys.push(option.about.to_owned());
            if let Kind::Choice(choices) = option.kind {
                keys.extend(choices.iter().map(|choice| format!("{}-{choice}", option.name)));
            }
        }
        spec.subs.iter().for_each(|sub| of_command(sub, keys));
    }
    let mut keys = Vec::new();
    command::TABLE
        .iter()
        .chain([&command::ESCALATION])
        .for_each(|spec| of_command(spec, &mut keys));
    keys.extend(Act::ALL.map(|act| format!("act-{}", act.word())));
    let bad = [BadWord::Empty, BadWord::Letters, BadWord::TooLong, BadWord::Reserved];
    keys.extend(bad.map(|bad| bad.key().to_owned()));
    for (tag, layers) in shipped().layers {
        for key in &keys {
            assert!(layers[0].format(key, &FluentArgs::new()).is_some(), "{tag}: {key}");
        }
    }
}

#[test]
fn every_file_in_the_folder_is_shipped() {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/locales"));
    let mut files: Vec<_> = folder
        .expect("the folder is there")
        .map(|file| file.expect("readable").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort_unstable();
    let mut shipped: Vec<_> = SHIPPED.iter().map(|(tag, _)| format!("{tag}.ftl")).collect();
    shipped.sort_unstable();
    assert_eq!(files, shipped);
}

/// 90 for descriptions (Discord allows 100), 30 for buttons (a phone shows no more).
#[test]
fn lists_and_buttons_have_room_for_their_words() {
    let locales = shipped();
    for (tag, source) in SHIPPED {
        let keys = source.lines().filter_map(|line| line.split_once(" = "));
        for (key, _) in keys.filter(|(key, _)| !key.starts_with(['#', ' '])) {
            let room = match key.split_once('-') {
                Some(("about", _)) => 90,
                Some(("button", _)) => 30,
                Some(("mode" | "sensitivity" | "answers", _)) => 60,
                _ => continue,
            };
            let words = locales.word(&tag.into(), key);
            assert!(words.chars().count() <= room, "{tag}: {key} is too long: {words}");
        }
    }
}

#[test]
fn our_own_words_keep_their_voice() {
    for (tag, source) in SHIPPED {
        for line in source.lines().filter(|line| !line.starts_with('#')) {
            for shout in ["!", "...", "'", "  - ", " Sie ", " Ihr "] {
                assert!(!line.contains(shout), "{tag}: {shout:?} in {line}");
            }
        }
    }
}
