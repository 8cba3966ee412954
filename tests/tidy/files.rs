//! Rules about files as texts: their place, their size, their leftovers.

use super::rust::{Rust, line_of};
use super::tree::{Flaw, Tree};

const LINES: usize = 600;
const WIDTH: usize = 100;
const PAGE_BYTES: usize = 100_000;

/// What a visit does not load at first: the words of the other language, and what is wanted later.
const LATER: [&str; 2] = ["-en.js", "tour.js"];
const LATER_PARTS: &str = "src/web/page/tour-";

pub(super) const NO_DOC: &str = "the file does not begin with a //! that says what it is for";

const TOP: [&str; 11] = [
    "Cargo.toml",
    "Cargo.lock",
    "README.md",
    "LICENSE",
    "src",
    "bots",
    "locales",
    "migrations",
    "tests",
    "benches",
    "fuzz",
];
/// Not ours to write.
const GIVEN: [&str; 2] = ["Cargo.lock", "LICENSE"];

const UNFINISHED: [&str; 5] = ["todo!", "unimplemented!", "dbg!", "[ignore", "[allow("];
const MARKS: [&str; 3] = ["TODO", "FIXME", "XXX"];

/// Where people keep their files. Taken apart, so that this file does not name them itself.
const HOMES: [&str; 4] =
    [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];
const REGISTRIES: [&str; 2] = [concat!("spar", "se+"), concat!("regi", "stry+")];
const PUBLIC: &str = concat!("regi", "stry+https://github.com/rust-lang/crates.io-index");

pub(super) fn size(tree: &Tree) -> Vec<Flaw> {
    let page: Vec<_> = tree.under("src/web/page/", "").collect();
    let files = tree.under("", ".rs").chain(page.iter().copied());
    let long = files.filter_map(|file| {
        let lines = file.lines().count();
        let what = format!("{lines} lines; {LINES} at most, so split it where it has two subjects");
        (lines > LINES).then(|| file.flaw(LINES + 1, what))
    });
    let later = |path: &str| {
        path.starts_with(LATER_PARTS) || LATER.iter().any(|ending| path.ends_with(ending))
    };
    let first = page.iter().filter(|file| !later(&file.path));
    let bytes: usize = first.map(|file| file.text.len()).sum();
    let heavy = page.first().filter(|_| bytes >= PAGE_BYTES).map(|file| {
        let what = format!("the page files are {bytes} bytes; less than {PAGE_BYTES} at first");
        file.flaw(1, what)
    });
    long.chain(heavy).collect()
}

pub(super) fn docs(tree: &Tree) -> Vec<Flaw> {
    let bare = tree.under("", ".rs").filter(|file| !file.text.starts_with("//! "));
    bare.map(|file| file.flaw(1, NO_DOC)).collect()
}

/// Without `autotests` a test that nobody lists is never built, and says so to nobody.
pub(super) fn reached(tree: &Tree) -> Vec<Flaw> {
    let Some(manifest) = tree.file("Cargo.toml") else { return Vec::new() };
    let is_listed = |path: &str| manifest.text.contains(&format!("\"{path}\""));
    // A double that several tests share is named by its place.
    let is_shared = |path: &str| {
        let named = path.strip_prefix("tests/").map(|rest| format!("#[path = \"../{rest}\"]"));
        named.is_some_and(|named| tree.rust("").any(|(file, _)| file.text.contains(&named)))
    };
    let is_root = |path: &str| {
        ["src/lib.rs", "src/main.rs"].contains(&path) || is_listed(path) || is_shared(path)
    };
    let mut flaws = Vec::new();
    for (file, _) in tree.rust("").filter(|(file, _)| !is_root(&file.path)) {
        let module = file.path.trim_end_matches(".rs").trim_end_matches("/mod");
        let Some((folder, name)) = module.rsplit_once('/') else { continue };
        let parents = ["mod.rs", "lib.rs", "main.rs"].map(|root| format!("{folder}/{root}"));
        let parents = parents.into_iter().chain([format!("{folder}.rs")]);
        let names_it = |rust: &Rust| rust.code.contains(&format!("mod {name};"));
        let declares = |parent: String| {
            let rust = tree.file(&parent).and_then(|file| file.rust.as_ref());
            rust.is_some_and(names_it)
        };
        // A target of any name is a root, and its modules lie beside it.
        let is_root_here = |path: &str| {
            path.rsplit_once('/').is_some_and(|(at, _)| at == folder) && is_listed(path)
        };
        let is_beside_root =
            || tree.rust(folder).any(|(file, rust)| is_root_here(&file.path) && names_it(rust));
        if !parents.into_iter().any(declares) && !is_beside_root() {
            flaws.push(file.flaw(1, "no module and no target of Cargo.toml leads here"));
        }
    }
    flaws
}

/// `rustfmt` keeps code within the width and leaves strings and comments to us; an address or a
/// string cannot always be broken.
pub(super) fn width(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (file, rust) in tree.rust("") {
        for ((number, line), code) in file.lines().zip(rust.code.lines()) {
            let width = line.chars().count();
            if width > WIDTH && !code.contains('"') && !line.contains("://") {
                flaws.push(file.flaw(number, format!("{width} characters; {WIDTH} at most")));
            }
        }
    }
    flaws
}

pub(super) fn leftovers(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for file in tree.files.iter().filter(|file| !GIVEN.contains(&&*file.path)) {
        let code = file.rust.as_ref().map_or("", |rust| &rust.code);
        let prose = file.rust.as_ref().map_or(&file.text, |rust| &rust.comments);
        for word in UNFINISHED {
            let places = code.match_indices(word);
            flaws.extend(places.map(|(at, _)| file.flaw(line_of(code, at), word)));
        }
        for mark in MARKS {
            let places = prose.match_indices(mark).filter(|(at, _)| is_word(prose, *at, mark));
            flaws.extend(places.map(|(at, _)| file.flaw(line_of(prose, at), mark)));
        }
    }
    flaws
}

pub(super) fn top_level(tree: &Tree) -> Vec<Flaw> {
    let strange = tree.files.iter().filter_map(|file| {
        let top = file.path.split('/').next().unwrap_or_default();
        let is_known = top.starts_with('.') || TOP.contains(&top);
        (!is_known).then(|| file.flaw(1, format!("{top} does not belong at the top")))
    });
    strange.collect()
}

pub(super) fn machines(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for file in &tree.files {
        for (number, line) in file.lines() {
            let begins = |(at, _): (usize, &str)| {
                !line.get(..at).is_some_and(|before| before.ends_with(char::is_alphanumeric))
            };
            if HOMES.iter().any(|home| line.match_indices(home).any(begins)) {
                flaws.push(file.flaw(number, "a path of one machine"));
            }
            let line = line.replace(PUBLIC, "");
            if REGISTRIES.iter().any(|registry| line.contains(&format!("{registry}http"))) {
                flaws.push(file.flaw(number, "a registry of one machine"));
            }
        }
    }
    flaws
}

/// Whether `word`, found at a byte of `text`, is not a part of a longer one.
pub(super) fn is_word(text: &str, at: usize, word: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..at).and_then(|before| before.chars().next_back());
    let after = text.get(at + word.len()..).and_then(|after| after.chars().next());
    !before.is_some_and(is_inner) && !after.is_some_and(is_inner)
}
