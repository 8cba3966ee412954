//! The rules of the house that no compiler checks, read off the tree and told all at once.
//!
//! A rule is a sentence that says why, and a function from the [`Tree`] to the places that break
//! it. If one complains it is right, or it is changed in the same commit with the reason. Every
//! rule is itself tested below, by planting what it is there to find.

mod code;
mod files;
mod promises;
mod rust;
mod tree;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use tree::{Flaw, Tree};

/// Why a rule is there, and what in a tree breaks it.
type Rule = (&'static str, fn(&Tree) -> Vec<Flaw>);

const RULES: &[Rule] = &[
    ("What a layer cannot name, it can be read, tested and replaced without.", code::layers),
    ("Only cli puts platforms together, so that one can be added from outside.", code::adapters),
    ("An SDK is a guest in one folder: to replace it is to change that folder.", code::guests),
    ("Time, chance and I/O are arguments, so that a community can be replayed.", code::pure),
    ("Only the clock waits: whatever sleeps elsewhere is slow or flaky.", code::waiting),
    ("What a test needs to change is an argument: the tested code is the shipped.", code::tests),
    ("A file is read in one sitting, and the page over a slow line.", files::size),
    ("A file that nothing leads to is never built, and its tests never run.", files::reached),
    ("The first line of a file says what it is for.", files::docs),
    ("Two files fit side by side on a screen.", files::width),
    ("What is merged is finished, and every test runs.", files::leftovers),
    ("The top of the repository is its table of contents.", files::top_level),
    ("A clone builds on any machine and tells of none.", files::machines),
    ("Nobody is ever shown a bare key, or words that lost their argument.", promises::wording),
    ("A sentence nobody says is still translated and kept: delete it.", promises::sentences),
    ("Migrations go forward, in one dialect that both databases read alike.", promises::migrations),
    ("The README is believed: what it names is there.", promises::readme),
];

#[test]
fn the_tree_is_tidy() {
    let tree = Tree::read(Path::new(env!("CARGO_MANIFEST_DIR")));
    let mut report = String::new();
    for (why, broken_by) in RULES {
        let flaws: BTreeSet<Flaw> = broken_by(&tree).into_iter().collect();
        if !flaws.is_empty() {
            let lines: Vec<String> = flaws.iter().map(Flaw::to_string).collect();
            let _ = writeln!(report, "\n{why}\n  {}", lines.join("\n  "));
        }
    }
    assert!(report.is_empty(), "the tree is not tidy\n{report}");
}

/// Everything that all rules say about a tree of these files.
fn all_said_about(files: &[(&str, &str)]) -> Vec<String> {
    let tree = Tree::of(files);
    let flaws = RULES.iter().flat_map(|(_, broken_by)| broken_by(&tree));
    flaws.map(|flaw| flaw.to_string()).collect()
}

/// The same, but for what a planted line cannot have: a module doc, a README that tells it all.
fn said_about(files: &[(&str, &str)]) -> Vec<String> {
    let mut said = all_said_about(files);
    said.retain(|said| !said.ends_with(files::NO_DOC) && !said.ends_with(promises::UNTOLD));
    said
}

#[test]
fn planted_code_is_found() {
    for (path, text, said) in [
        ("src/domain/case/step.rs", "use crate::store::Store;", ":1: domain names store"),
        ("src/domain/time.rs", "\n\nuse super::super::web;", ":3: domain names web"),
        ("src/knowledge/mod.rs", "fn f(x: crate::bot::Bot) {}", ":1: knowledge names bot"),
        ("src/locale/mod.rs", "use crate::{\n  bot, domain::ids,\n};", ":2: locale names bot"),
        ("src/runtime/mod.rs", "use crate::web::serve;", ":1: runtime names web"),
        ("src/web/mod.rs", "use super::{runtime};", ":1: web names runtime"),
        ("src/web/mod.rs", "use crate::cli;", ":1: web names cli"),
        ("src/store/mod.rs", "$crate::locale::say!()", ":1: store names locale"),
        ("src/cellar/mod.rs", "", ":1: cellar is no layer"),
        ("src/runtime/mod.rs", "use crate::platform::discord;", "names the adapter discord"),
        ("src/runtime/mod.rs", "platform::{discord::X, Y}", ":1: names the adapter discord"),
        ("src/platform/mod.rs", "pub use playground::X;", ":1: names the adapter playground"),
        ("src/platform/discord/mod.rs", "use super::telegram::X;", "adapter telegram"),
        ("src/web/public.rs", "use crate::platform::playground::Visit;", "adapter playground"),
        ("src/runtime/mod.rs", "use sqlx::Row;", ":1: sqlx belongs to src/store/"),
        ("src/web/hooks.rs", "#[derive(clap::Parser)]", ":1: clap belongs to src/cli"),
        ("src/bot/load.rs", "use fluent_syntax::ast;", "fluent_syntax belongs to src/locale/"),
        (
            "src/runtime/engine.rs",
            "-> anyhow::Result<()>",
            "anyhow belongs to src/cli, src/main.rs",
        ),
        ("src/domain/ids.rs", "async fn f() {}", ":1: async"),
        ("src/knowledge/mod.rs", "use std::{fmt, fs::File};", ":1: std::fs::File"),
        ("src/domain/time.rs", "std::time::Instant::now()", ":1: std::time::Instant::now"),
        ("src/bot/load.rs", "tokio::fs::read(x)", ":1: tokio::fs::read"),
        ("tests/stories/world.rs", "std::thread::sleep(x)", ":1: std::thread::sleep"),
        ("src/web/mod.rs", "use tokio::time::sleep;", ":1: tokio::time::sleep"),
        ("src/web/mod.rs", "\n#[cfg(test)]\nfn f() {}", ":2: a branch for tests"),
        ("src/web/mod.rs", "if cfg!(test) {}", ":1: a branch for tests"),
        ("src/web/mod.rs", &format!("f({})", "a".repeat(98)), ":1: 101 characters; 100"),
        ("src/web/mod.rs", &"// long\n".repeat(601), ":601: 601 lines; 600"),
        ("src/web/page/page.js", &"\n".repeat(601), ":601: 601 lines; 600"),
        ("src/web/page/page.css", &"a".repeat(100_000), "page files are 100000 bytes"),
        ("src/web/mod.rs", "\ntodo!()", ":2: todo!"),
        ("tests/stories/world.rs", "#[ignore = \"slow\"]", ":1: [ignore"),
        ("src/web/mod.rs", "#![allow(dead_code)]", ":1: [allow("),
        ("src/web/mod.rs", "f(); // TODO later", ":1: TODO"),
        ("migrations/README.md", "one\nFIXME", ":2: FIXME"),
    ] {
        let said_here = said_about(&[(path, text)]);
        assert!(
            matches!(&said_here[..], [one] if one.starts_with(path) && one.contains(said)),
            "{path}: {text:.60}\nwanted {said}\ngot {said_here:#?}"
        );
    }
    assert_eq!(
        all_said_about(&[("benches/a.rs", "")]),
        [format!("benches/a.rs:1: {}", files::NO_DOC)]
    );
}

#[test]
fn planted_files_are_found() {
    let home = concat!("see /ho", "me/mia/notes");
    let mirror = concat!("source = \"spar", "se+https://mirror.example/index/\"");
    for (path, text, said) in [
        ("docs/notes.md", "", ":1: docs does not belong at the top"),
        ("README.md", home, ":1: a path of one machine"),
        ("Cargo.lock", mirror, ":1: a registry of one machine"),
        ("README.md", "see\n`src/cellar.rs`", ":2: src/cellar.rs is not there"),
        ("README.md", "```toml\n[moon]\n```", ":2: no bot here says [moon]"),
        ("README.md", "type `/ambassador dance`", ":1: there is no /ambassador dance"),
        ("README.md", "type `/dance`", ":1: there is no /dance"),
        ("locales/xx.ftl", "claim-lsot = x", ":1: nothing is said under the key claim-lsot"),
        ("locales/xx.ftl", "", ":1: locale does not ship it"),
        ("bots/a/locales/en.ftl", "\nclaim-lost = { $x }", ":2: claim-lost has no argument $x"),
        ("migrations/0002_b.sql", "", ":1: 0001 comes next"),
        ("migrations/0001_b.sql", "", ":1: the store does not list it"),
        ("migrations/0001_b.sql", "\n drop table a;", ":2: DROP"),
        ("migrations/0001_b.sql", "CREATE TABLE a (\n id BIGINT,\n b BLOB);", ":3: b is BLOB"),
        ("migrations/0001_b.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY)", ":1: id is INTEGER"),
        ("migrations/0001_b.sql", "ALTER TABLE a ADD COLUMN c BOOLEAN;", ":1: c is BOOLEAN"),
        ("migrations/0001_b.sql", "ALTER TABLE a ADD COLUMN c TEXT NOT NULL;", "needs a DEFAULT"),
    ] {
        let said_here = said_about(&[(path, text)]);
        let found = said_here.iter().any(|one| one.starts_with(path) && one.contains(said));
        assert!(found, "{path}: {text}\nwanted {said}\ngot {said_here:#?}");
    }
    let texts = "gather! { $gathered\n /// A doc.\n Used { a: i64 } = \"a\";\n Silent = \"b\";\n}";
    let use_of_one = "fn f() -> Text { Text::Used { a: 1 } }\n// Text::Silent\n";
    assert_eq!(
        said_about(&[("src/domain/text/staff.rs", texts), ("src/web/mod.rs", use_of_one)]),
        ["src/domain/text/staff.rs:4: nobody says Text::Silent"]
    );
    let manifest = ("Cargo.toml", "path = \"tests/a/main.rs\"");
    let (root, module) = (("tests/a/main.rs", "mod b;"), ("tests/a/b/mod.rs", "mod c;\n// mod d;"));
    let leaves = [("tests/a/b/c.rs", ""), ("tests/a/b/d.rs", ""), ("tests/a.rs", "")];
    assert_eq!(
        said_about(&[&[manifest, root, module][..], &leaves].concat()),
        ["tests/a/b/d.rs", "tests/a.rs"]
            .map(|path| format!("{path}:1: no module and no target of Cargo.toml leads here"))
    );
    let untold = all_said_about(&[("README.md", "`/ask`, `/points now`, `/askaround`")]);
    let says = |command: &str| untold.iter().any(|said| said.contains(command));
    assert!(says("/why") && says("/askaround status") && !says("/ask ") && !says("/points"));
}

#[test]
fn strings_comments_and_tests_are_not_code() {
    for (path, text) in [
        ("src/domain/a.rs", "//! crate::store, sqlx::Row, async\n/* /* todo!() */ tokio::x */"),
        ("src/domain/a.rs", "f(\"crate::store \\\" sqlx::Row\", 'x', '\\'', \"tokio::x TODO\")"),
        ("src/domain/a.rs", "f(r#\"crate::store \" tokio::x\"#); fn g<'a>(x: &'a str) {}"),
        ("src/domain/a.rs", "use super::{ids, text::Text}; use self::b; crate::domain::c()"),
        ("src/domain/a.rs", "#[cfg(test)]\nmod tests { use tokio::x; fn f() { if a { b } } }"),
        ("src/domain/a.rs", "#[cfg(test)]\n#[expect(x)]\nmod tests;\n#[cfg(test)]\nuse a::b;"),
        (
            "src/platform/discord/mod.rs",
            "use serenity::X; use super::inbound; use crate::platform;",
        ),
        ("src/web/playground.rs", "use crate::platform::playground::Visit;"),
        ("src/cli/run.rs", "use crate::{runtime, platform::discord, web}; use anyhow::Result;"),
        ("src/main.rs", "fn main() -> anyhow::Result<()> { askaround::cli::main() }"),
        ("src/web/mod.rs", &format!("f(\"{}\")\n// https://{}", "a".repeat(99), "b".repeat(99))),
        ("README.md", "`bots/<id>/bot.toml`, https://a.example/home/b, `/human`, `/healthz`"),
        (".ci/run", "cargo test"),
    ] {
        let files = [(path, text), ("bots/a/b.toml", ""), ("README.md", "")];
        assert_eq!(said_about(&files[..2]), [""; 0], "{text}");
    }
    let tests = [
        ("src/domain/a/mod.rs", "#[cfg(test)]\nmod deep;"),
        ("src/domain/a/deep/x.rs", "tokio::x"),
    ];
    assert_eq!(said_about(&tests), [""; 0], "a test module in files of its own");
}
