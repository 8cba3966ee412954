//! Whatever the words are, a reader of Discord's markdown reads those words and nothing else.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::markup::{clean, is_snowflake, line, parts, units};
use crate::domain::ids::PlatformKey;
use crate::domain::words::{Piece, Words};

/// What a client makes of a message.
#[derive(Debug, Default, PartialEq)]
struct Read {
    text: String,
    links: Vec<String>,
    mentions: Vec<String>,
    strong: String,
    code: String,
    quoted: String,
    /// The text as it was written, without code and addresses.
    source: String,
}

/// Reads what we write, and panics over markup that we never write.
fn read(message: &str) -> Read {
    let mut read = Read::default();
    for (number, whole) in message.lines().enumerate() {
        if number > 0 {
            read.text.push('\n');
            read.source.push('\n');
        }
        let from = read.text.len();
        let (is_quoted, text) = match whole.strip_prefix("> ") {
            Some(text) => (true, text),
            None => (false, whole),
        };
        let begins = text.trim_start().trim_start_matches("**");
        let digits = begins.trim_start_matches(|c: char| c.is_ascii_digit());
        let is_list = digits.len() < begins.len() && digits.starts_with(['.', ')']);
        assert!(!is_list && !begins.starts_with(['#', '-', '+', '>']), "{whole:?} of {message:?}");
        inline(text, &mut read, message);
        if is_quoted {
            let quoted = read.text.get(from..).unwrap_or_default().to_owned();
            read.quoted.push_str(&quoted);
        }
    }
    read
}

fn inline(text: &str, read: &mut Read, message: &str) {
    let mut rest = text;
    let mut strong = false;
    while let Some(letter) = rest.chars().next() {
        let after = &rest[letter.len_utf8()..];
        if letter == '\\' {
            let escaped = after.chars().next().unwrap_or_else(|| panic!("{message:?}"));
            assert!(escaped.is_ascii_punctuation(), "\\{escaped} in {message:?}");
            read.text.push(escaped);
            read.source.extend(['\\', escaped]);
            if strong {
                read.strong.push(escaped);
            }
            rest = &after[1..];
        } else if let Some(after) = rest.strip_prefix("**") {
            strong = !strong;
            read.source.push('*');
            rest = after;
        } else if letter == '`' {
            let (code, after) = after.split_once('`').unwrap_or_else(|| panic!("{message:?}"));
            assert!(!code.is_empty() && !after.starts_with('`'), "{message:?}");
            read.text.push_str(code);
            read.source.push('`');
            read.code.push_str(code);
            rest = after;
        } else if letter == '[' {
            let (label, after) = after.split_once("](<").unwrap_or_else(|| panic!("{message:?}"));
            let (url, after) = after.split_once(">)").unwrap_or_else(|| panic!("{message:?}"));
            assert!(!label.contains(['[', ']']) && !url.contains(['<', '\\', ' ', '\n']), "{url}");
            inline(label, read, message);
            read.links.push(url.to_owned());
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<#") {
            let (id, after) = after.split_once('>').unwrap_or_else(|| panic!("{message:?}"));
            assert!(is_snowflake(id), "{id} in {message:?}");
            read.mentions.push(format!("#{id}"));
            read.source.push(' ');
            rest = after;
        } else if let Some(after) = rest.strip_prefix("<@") {
            let (id, after) = after.split_once('>').unwrap_or_else(|| panic!("{message:?}"));
            assert!(is_snowflake(id), "{id} in {message:?}");
            read.mentions.push(id.to_owned());
            read.source.push(' ');
            rest = after;
        } else {
            assert!(!"*_~`|[]<@".contains(letter), "{letter} in {message:?}");
            read.text.push(letter);
            read.source.push(letter);
            if strong {
                read.strong.push(letter);
            }
            rest = after;
        }
    }
    assert!(!strong, "bold to the end: {message:?}");
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|letter| !letter.is_whitespace()).collect()
}

fn shows_nothing(name: &str) -> bool {
    line(name).chars().all(|letter| letter.is_whitespace() || letter == '\u{ad}')
}

/// What is to be read, mentions left out; and whom the words mention.
fn expected(words: &Words) -> (String, BTreeSet<String>) {
    let (mut text, mut mentions) = (String::new(), BTreeSet::new());
    for piece in &words.0 {
        match piece {
            Piece::Plain { text: own }
            | Piece::Strong { text: own }
            | Piece::Code { text: own } => {
                text.push_str(&clean(own));
            }
            Piece::Quote { text: said } => text.push_str(&clean(said)),
            Piece::Link { label, url } => {
                let label = line(label);
                text.push_str(if label.is_empty() { url } else { &label });
                if label.contains(['[', ']']) {
                    text.push('↗');
                }
            }
            Piece::Message { label, .. } => text.push_str(&line(label)),
            Piece::Place { key, .. } if is_snowflake(key.as_str()) => {
                mentions.insert(format!("#{key}"));
            }
            Piece::Place { name, .. } => {
                text.push('#');
                text.push_str(&line(name));
            }
            Piece::Person { key, name, ping } => {
                if is_snowflake(key.as_str()) && (*ping || shows_nothing(name)) {
                    mentions.insert(key.to_string());
                } else {
                    text.push('@');
                    text.push_str(&line(if shows_nothing(name) { key.as_str() } else { name }));
                }
            }
        }
    }
    (squeezed(&text), mentions)
}

/// Holds the words to everything that is promised of all words.
fn check(words: &Words, limit: usize) -> Vec<Read> {
    let parts = parts(words, limit);
    for part in &parts {
        assert!(units(part) <= limit && !part.trim().is_empty(), "{} units", units(part));
    }
    let all: Vec<Read> = parts.iter().map(|part| read(part)).collect();
    for read in &all {
        let source = read.source.to_lowercase();
        let tokens = ["<@", "<#", "<:", "<a:", "<t:", "<id:", "</", "discord.gg", "discord.com/"];
        for token in tokens.iter().chain(&["discordapp.com", "https:"]) {
            assert!(!source.contains(token), "{token} in {source:?}");
        }
    }
    let text: String = all.iter().map(|read| squeezed(&read.text)).collect();
    let mentions: BTreeSet<String> = all.iter().flat_map(|read| read.mentions.clone()).collect();
    let (wanted, chosen) = expected(words);
    assert_eq!(text, wanted, "{parts:?}");
    assert_eq!(mentions, chosen, "{parts:?}");
    all
}

const HOSTILE: &[&str] = &[
    "# head",
    "## head",
    "-# small",
    "- item",
    "+ item",
    "* item",
    "1. one",
    "12) two",
    ">",
    "> said",
    ">>> all",
    "  # head",
    "\t- item",
    "<t:0:R>",
    "<id:customize>",
    "<:e:1>",
    "<a:e:1>",
    "</cmd:1>",
    "<@1>",
    "<@!1>",
    "<@&1>",
    "<#1>",
    "@everyone",
    "@here",
    "@\u{200b}everyone",
    ":smile:",
    "`code`",
    "``",
    "```rust\nx\n```",
    "**bold",
    "***",
    "__u__",
    "_i_",
    "~~s~~",
    "||spoiler||",
    "\\",
    "\\\\",
    "\\*",
    "[a](https://evil.example)",
    "[a](<b>)",
    "![x](y)",
    "](<",
    ">)",
    "[",
    "]",
    "https://evil.example/x",
    "<https://evil.example>",
    "discord.gg/abc",
    "DISCORD.gg/abc",
    "discord.com/invite/abc",
    "discordapp.com/invite/abc",
    "dsc.GG/x",
    "\u{202e}txt\u{202c}",
    "\u{2066}x\u{2069}",
    "\u{0}\u{7}",
    "\u{85}",
    "\r\n",
    "\n",
    "\n\n",
    " ",
    "¯\\_(ツ)_/¯",
    "👩‍👩‍👧‍👦",
    "🇩🇪",
    "e\u{301}",
    "क्षि",
    "می\u{200c}خواهم",
    "-1",
    "1.5",
    "a - b",
    "x > y",
    "C#",
    "mia_k",
    "steamcommunity.com",
    ".gg/",
    "Hallo. Wie geht’s?",
];

fn everywhere(text: &str) -> [Words; 7] {
    let text = || text.to_owned();
    let key = || PlatformKey::from("77");
    [
        Piece::Plain { text: text() },
        Piece::Strong { text: text() },
        Piece::Code { text: text() },
        Piece::Quote { text: text() },
        Piece::Link { label: format!("x{}", text()), url: "https://lamp.example/a".to_owned() },
        Piece::Person { key: key(), name: format!("x{}", text()), ping: false },
        Piece::Place { key: "no key".into(), name: text() },
    ]
    .map(|piece| {
        let plain = |text: &str| Piece::Plain { text: text.to_owned() };
        Words(vec![plain("Before. "), piece, plain(" After.")])
    })
}

#[test]
fn hostile_words_are_words() {
    for one in HOSTILE {
        for other in HOSTILE {
            for words in everywhere(&format!("{one}{other}")) {
                check(&words, 2000);
            }
        }
    }
}

#[test]
fn each_kind_has_its_form() {
    let text = |text: &str| text.to_owned();
    let person = |ping| Piece::Person { key: "42".into(), name: text("Kai_*"), ping };
    let message = |[community, channel, message]: [&str; 3]| Piece::Message {
        label: text("see the answer"),
        community: community.into(),
        channel: channel.into(),
        message: message.into(),
    };
    for (pieces, written) in [
        (
            vec![Piece::Strong { text: text("Two *new*\n- answers ") }],
            "**Two \\*new\\***\n**\\- answers**",
        ),
        (vec![Piece::Code { text: text("/ask") }], "`/ask`"),
        (vec![Piece::Code { text: text("a`b") }], "a\\`b"),
        (vec![Piece::Code { text: text("a") }, Piece::Code { text: text("b") }], "`ab`"),
        (vec![person(true), person(false)], "<@42>\\@Kai\\_\\*"),
        (vec![Piece::Place { key: "42".into(), name: text("help") }], "<#42>"),
        (
            vec![message(["1", "42", "7"])],
            "[see the answer](<https://discord.com/channels/1/42/7>)",
        ),
        (vec![message(["1", "42", "asked:7"])], "see the answer"),
        (vec![Piece::Place { key: "help".into(), name: text("h_lp") }], "\\#h\\_lp"),
        (vec![Piece::Person { key: "42".into(), name: text("\u{200b}"), ping: false }], "<@42>"),
        (
            vec![Piece::Person { key: "@everyone".into(), name: text(""), ping: true }],
            "\\@\\@everyone",
        ),
        (
            vec![Piece::Quote { text: text("# a\n\nb\n") }, Piece::Plain { text: text("c") }],
            "> \\# a\n> \n> b\nc",
        ),
        (
            vec![Piece::Plain { text: text("a") }, Piece::Quote { text: text(">>> b") }],
            "a\n> \\>\\>\\> b",
        ),
        (vec![Piece::Quote { text: text("see discord.gg/x") }], "> see discord\\.gg/x"),
        (
            vec![Piece::Quote { text: text("https://a.example <@1>") }],
            "> https\\://a.example \\<\\@1>",
        ),
        (
            vec![Piece::Plain { text: text("1. It is 1.5. Fine - so?") }],
            "1\\. It is 1.5. Fine - so?",
        ),
    ] {
        assert_eq!(parts(&Words(pieces), 2000), [written]);
    }
    assert!(parts(&Words::plain(" \n\u{200b}"), 2000).is_empty());
}

#[test]
fn two_codes_with_nothing_between_them_are_still_read() {
    let code = |text: &str| Piece::Code { text: text.to_owned() };
    let nothing = Piece::Quote { text: String::new() };
    let words = Words(vec![code("/ask"), nothing, code("*now*")]);
    assert_eq!(parts(&words, 2000), ["`/ask`\\*now\\*"]);
}

#[test]
fn an_address_stays_inside_its_brackets() {
    for (label, url, written) in [
        ("Pair *it*", "https://a.example/p", "[Pair \\*it\\*](<https://a.example/p>)"),
        ("p", "https://a.example/(b)_c*?q=%20#t", "[p](<https://a.example/(b)_c*?q=%20#t>)"),
        ("p", "https://a.example/b)>)x", "[p](<https://a.example/b%29%3E%29x>)"),
        ("p", "https://a.example/((b))", "[p](<https://a.example/%28%28b%29%29>)"),
        ("p", "https://a.example/a b\\\u{202e}", "[p](<https://a.example/a%20b%5C%E2%80%AE>)"),
        ("", "https://a.example", "[https\\://a.example](<https://a.example>)"),
        ("a [b]", "https://a.example", "a \\[b\\] [↗](<https://a.example>)"),
        ("no", "javascript:alert(1)", "no"),
        ("no", "https", "no"),
    ] {
        let words = Words(vec![Piece::Link { label: label.to_owned(), url: url.to_owned() }]);
        assert_eq!(parts(&words, 2000), [written]);
    }
}

#[test]
fn parts_end_where_a_reader_would_pause() {
    let sentence = "This is a sentence of some words. ";
    let words = Words::plain(format!("{}\n\n{}", sentence.repeat(4), sentence.repeat(4)));
    let all = parts(&words, 200);
    assert_eq!(all, [sentence.repeat(4).trim_end(), sentence.repeat(4).trim_end()]);
    let all = parts(&Words::plain(sentence.repeat(8)), 200);
    assert!(all.iter().all(|part| part.ends_with("words.")), "{all:?}");
    let all = parts(&Words::plain("word ".repeat(100)), 99);
    assert!(all.iter().all(|part| part.ends_with("word")), "{all:?}");
    let list = Words::plain(format!("{} - {}", "a".repeat(199), "b".repeat(20)));
    assert_eq!(parts(&list, 200)[1], format!("\\- {}", "b".repeat(20)), "a part begins a line");
}

#[test]
fn a_form_goes_on_in_the_next_part() {
    let text = "so it **is** said. ".repeat(40);
    for part in parts(&Words(vec![Piece::Quote { text: text.clone() }]), 200) {
        assert!(part.starts_with("> ") && !part.contains('\n'), "{part}");
    }
    for part in parts(&Words(vec![Piece::Strong { text }]), 200) {
        assert!(part.starts_with("**") && part.ends_with("**"), "{part}");
    }
}

#[test]
fn a_heap_of_marks_is_cut() {
    let zalgo = format!("a{}b", "\u{301}".repeat(5000));
    assert!(clean(&zalgo).chars().count() < 20 && clean(&zalgo).ends_with('b'));
    check(&Words::plain(zalgo), 200);
}

fn hostile_text() -> impl Strategy<Value = String> {
    let fragment = prop_oneof![
        3 => prop::sample::select(HOSTILE).prop_map(str::to_owned),
        1 => "[a-z ]{1,12}",
        1 => "\\PC{0,4}",
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(fragment, 0..30).prop_map(|all| all.concat())
}

fn piece() -> impl Strategy<Value = Piece> {
    let key = prop_oneof![Just("42"), Just("18446744073709551615"), Just("no key"), Just("")];
    let urls = ["https://lamp.example/a(b", "http://x.example/>)[](<@1>", "HTTPS://y.example/ä b"];
    prop_oneof![
        hostile_text().prop_map(|text| Piece::Plain { text }),
        hostile_text().prop_map(|text| Piece::Strong { text }),
        hostile_text().prop_map(|text| Piece::Code { text }),
        hostile_text().prop_map(|text| Piece::Quote { text }),
        (hostile_text(), prop::sample::select(urls.to_vec()).prop_map(str::to_owned))
            .prop_map(|(label, url)| Piece::Link { label: format!("x{label}"), url }),
        (key.clone(), hostile_text())
            .prop_map(|(key, name)| Piece::Place { key: key.into(), name }),
        (key, hostile_text(), any::<bool>()).prop_map(|(key, name, ping)| Piece::Person {
            key: key.into(),
            name,
            ping
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn whatever_is_said_is_read(
        pieces in prop::collection::vec(piece(), 0..8),
        limit in prop::sample::select(vec![1400_usize, 2000]),
    ) {
        check(&Words(pieces), limit);
    }
}
