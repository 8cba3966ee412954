//! What words look like on Telegram, and that nothing of them is more than words.

use proptest::prelude::*;

use super::markup::{Entity, Form, Part, parts};
use super::outbound::TEXT_LIMIT;
use super::wire::bytes_of;
use crate::domain::ids::PlatformKey;
use crate::domain::words::{Piece, Words};
use crate::platform::letters::units;

fn plain(text: &str) -> Piece {
    Piece::Plain { text: text.to_owned() }
}

fn quote(text: &str) -> Piece {
    Piece::Quote { text: text.to_owned() }
}

fn person(key: &str, name: &str, ping: bool) -> Piece {
    Piece::Person { key: key.into(), name: name.to_owned(), ping }
}

/// The parts as a text with its marks written around what they cover.
fn shown(pieces: Vec<Piece>, ping: &[&str]) -> String {
    let ping: Vec<PlatformKey> = ping.iter().map(|key| PlatformKey::from(*key)).collect();
    let all = parts(&Words(pieces), TEXT_LIMIT, &ping);
    all.iter().map(written).collect::<Vec<_>>().join("|")
}

fn written(part: &Part) -> String {
    let mut marks: Vec<(usize, String)> = Vec::new();
    for Entity { form, offset, length } in &part.entities {
        let name = match form {
            Form::Bold => "b".to_owned(),
            Form::Quote => "q".to_owned(),
            Form::Code => "c".to_owned(),
            Form::Link(url) => format!("a:{url}"),
            Form::Person { id, .. } => format!("u:{id}"),
        };
        marks.push((*offset, format!("<{name}>")));
        marks.push((offset + length, "</>".to_owned()));
    }
    marks.sort_by_key(|(at, mark)| (std::cmp::Reverse(*at), mark.starts_with("</")));
    let mut text = part.text.clone();
    for (at, mark) in marks {
        text.insert_str(bytes_of(&part.text, at, 0).unwrap().start, &mark);
    }
    text.replace('\u{2060}', "^")
}

#[test]
fn every_piece_has_its_form() {
    let strong = Piece::Strong { text: "Mia asks".to_owned() };
    let link =
        Piece::Link { label: "Pair it".to_owned(), url: "https://lamp.example/a_(b)".to_owned() };
    let code = Piece::Code { text: "/human".to_owned() };
    let pieces = vec![
        strong,
        plain(":\n"),
        quote("It is\n\ndark"),
        plain("See "),
        link,
        plain(" or "),
        code,
    ];
    assert_eq!(
        shown(pieces, &[]),
        "<b>Mia asks</>:\n<q>It is\n\ndark</>\nSee <a:https://lamp.example/a_(b)>Pair it</> or <c>/human</>"
    );
}

#[test]
fn only_whoever_is_on_the_list_is_lit_up() {
    let pieces = || {
        vec![
            person("6", "Kai", true),
            plain(" "),
            person("5", "Mia", true),
            plain(" "),
            person("7", "Robin", false),
            plain(" "),
            person("everyone", "all", true),
        ]
    };
    assert_eq!(shown(pieces(), &["6", "everyone"]), "<u:6>Kai</> Mia Robin all");
    assert_eq!(shown(pieces(), &[]), "Kai Mia Robin all");
    assert_eq!(shown(vec![person("-5", "Group", true)], &["-5"]), "Group", "no group is a person");
}

#[test]
fn names_and_commands_that_people_write_are_words() {
    assert_eq!(
        shown(vec![quote("@kai /points a@b.example (@x) 5/7 @")], &[]),
        "<q>@^kai /^points a@b.example (@^x) 5/7 @</>"
    );
    assert_eq!(shown(vec![plain("Type /human, @kai")], &[]), "Type /human, @^kai");
    assert_eq!(shown(vec![person("5", "@everyone /x", false)], &[]), "@^everyone /^x");
    let link = Piece::Link { label: "@kai".to_owned(), url: "https://x.example".to_owned() };
    assert_eq!(shown(vec![link], &[]), "<a:https://x.example>@^kai</>");
}

#[test]
fn what_leads_nowhere_is_no_link() {
    for url in ["javascript:alert(1)", "tg://user?id=5", "https://a b", "", "//x"] {
        let link = Piece::Link { label: "here".to_owned(), url: url.to_owned() };
        assert_eq!(shown(vec![link], &["5"]), "here", "{url}");
    }
}

#[test]
fn no_mark_begins_or_ends_in_space() {
    let strong = Piece::Strong { text: " so \n".to_owned() };
    assert_eq!(
        shown(vec![plain("\n "), strong, quote("\n x \n"), plain("\n\n")], &[]),
        "<b>so</> \n <q>x</>"
    );
    assert_eq!(shown(vec![quote("a"), quote("b")], &[]), "<q>a</>\n<q>b</>");
    assert_eq!(shown(vec![plain(" \n"), quote(" "), person("5", "\u{202e}", false)], &[]), "5");
    assert_eq!(parts(&Words::plain(" \u{200b}\n"), TEXT_LIMIT, &[]), []);
}

#[test]
fn a_long_text_is_parted_where_it_makes_sense_and_marks_go_on() {
    let sentence = "The lamp is dark again. ";
    let all = parts(&Words(vec![quote(&sentence.repeat(400))]), TEXT_LIMIT, &[]);
    assert_eq!(all.len(), 3);
    for part in &all {
        assert!(part.text.ends_with('.') && units(&part.text) <= TEXT_LIMIT);
        let whole = Entity { form: Form::Quote, offset: 0, length: units(&part.text) };
        assert_eq!(part.entities, [whole], "each is a quotation of its own");
    }
    let link = Piece::Link { label: "label ".repeat(100), url: "https://x.example".to_owned() };
    let all = parts(&Words(vec![plain(&"x".repeat(4_000)), link]), TEXT_LIMIT, &[]);
    assert_eq!(all.len(), 2, "a link is not parted");
    assert!(all[0].entities.is_empty() && all[1].entities.len() == 1);
}

#[test]
fn a_heap_of_marks_and_what_turns_a_line_round_are_left_out() {
    let zalgo = format!("a{}b", "\u{301}".repeat(10_000));
    let all = parts(&Words::plain(&zalgo), TEXT_LIMIT, &[]);
    assert!(all.len() == 1 && all[0].text.chars().count() < 20);
    assert_eq!(shown(vec![plain("\u{202e}a\u{2066}b\u{7}\r\nc")], &[]), "ab\nc");
}

fn piece() -> impl Strategy<Value = Piece> {
    let text = "[a-c@/ \\n👩‍👧🇩🇪é\\.]{0,40}";
    prop_oneof![
        text.prop_map(|text| Piece::Plain { text }),
        text.prop_map(|text| Piece::Strong { text }),
        text.prop_map(|text| Piece::Code { text }),
        text.prop_map(|text| Piece::Quote { text }),
        text.prop_map(|label| Piece::Link { label, url: "https://x.example".to_owned() }),
        (text, any::<bool>()).prop_map(|(name, ping)| Piece::Person {
            key: "5".into(),
            name,
            ping
        }),
    ]
}

proptest! {
    #[test]
    fn every_part_fits_and_every_mark_fits_its_text(
        pieces in proptest::collection::vec(piece(), 0..12),
        limit in 40_usize..160,
    ) {
        let ping = [PlatformKey::from("5")];
        for part in parts(&Words(pieces), limit, &ping) {
            prop_assert!(!part.text.trim().is_empty() && part.text.trim() == part.text);
            prop_assert!(units(&part.text) <= limit, "{part:?}");
            for Entity { offset, length, .. } in &part.entities {
                let bytes = bytes_of(&part.text, *offset, *length);
                let covered = bytes.and_then(|bytes| part.text.get(bytes)).unwrap();
                prop_assert!(!covered.is_empty() && covered.trim() == covered, "{covered:?}");
            }
        }
    }
}

#[test]
fn a_message_of_a_supergroup_is_led_to_and_another_is_only_named() {
    let message = |channel: &str, message: &str| Piece::Message {
        label: "see the answer".to_owned(),
        community: "-100123".into(),
        channel: channel.into(),
        message: message.into(),
    };
    for (piece, written) in [
        (message("-100123", "-100123:7"), "<a:https://t.me/c/123/7>see the answer</>"),
        (message("-100123:45", "-100123:7"), "<a:https://t.me/c/123/45/7>see the answer</>"),
        (message("-55", "-55:7"), "see the answer"),
        (message("77", "77:7"), "see the answer"),
        (message("-100123", "asked:7"), "see the answer"),
        (message("-100123", "-100123:e:5:7"), "see the answer"),
    ] {
        assert_eq!(shown(vec![piece.clone()], &[]), written, "{piece:?}");
    }
}
