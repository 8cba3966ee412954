//! Rules about what code may name. Only what ships is held to them, but for the rule on waiting.

use super::rust::paths;
use super::tree::{Flaw, Tree};

/// What each layer may name besides itself.
const LAYERS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("knowledge", &["domain"]),
    ("locale", &["domain"]),
    ("bot", &["locale", "knowledge", "domain"]),
    ("store", &["domain"]),
    ("platform", &["domain"]),
    ("runtime", &["platform", "store", "locale", "bot", "knowledge", "domain"]),
    ("web", &["platform", "store", "locale", "bot", "knowledge", "domain"]),
    ("simulation", &["runtime", "platform", "store", "locale", "bot", "knowledge", "domain"]),
    (
        "cli",
        &[
            "simulation",
            "runtime",
            "web",
            "platform",
            "store",
            "locale",
            "bot",
            "knowledge",
            "domain",
        ],
    ),
];
/// `main.rs` and `lib.rs` are above all layers.
const ROOTS: [&str; 2] = ["src/main.rs", "src/lib.rs"];

const ADAPTERS: [&str; 3] = ["discord", "telegram", "playground"];

/// Crates and the only places that may name them.
const GUESTS: &[(&[&str], &[&str])] = &[
    (&["serenity"], &["src/platform/discord/"]),
    (&["teloxide", "teloxide_core"], &["src/platform/telegram/"]),
    (&["sqlx"], &["src/store/"]),
    (
        &["fluent", "fluent_syntax", "fluent_bundle", "fluent_langneg", "unic_langid"],
        &["src/locale/"],
    ),
    (&["axum"], &["src/web/"]),
    (&["clap"], &["src/cli"]),
    (&["anyhow"], &["src/cli", "src/main.rs"]),
    (&["toml"], &["src/bot/", "src/knowledge/"]),
    (&["prometheus_client"], &["src/runtime/meters.rs"]),
    (&["pulldown_cmark"], &["src/knowledge/"]),
];

const ASYNC: [&str; 3] = ["tokio", "async", "await"];
const WORLD: [&str; 6] =
    ["std::fs", "std::env", "std::net", "std::thread", "SystemTime", "Instant"];
/// Folders and what they do without.
const PURE: &[(&str, &[&[&str]])] = &[
    ("src/domain/", &[&ASYNC, &WORLD]),
    ("src/knowledge/", &[&ASYNC, &WORLD]),
    ("src/bot/", &[&ASYNC]),
    ("src/locale/", &[&ASYNC]),
];

pub(super) fn layers(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (file, rust) in tree.rust("src/").filter(|(file, _)| !ROOTS.contains(&&*file.path)) {
        let module = module(&file.path);
        let own = module.first().copied().unwrap_or_default();
        let Some((_, may)) = LAYERS.iter().find(|(layer, _)| *layer == own) else {
            flaws.push(file.flaw(1, format!("{own} is no layer; give it a place in LAYERS")));
            continue;
        };
        for (line, path) in paths(&rust.product) {
            let Some(named) = from_root(&module, &path) else { continue };
            let layer = named.split("::").next().unwrap_or_default();
            if layer != own && !may.contains(&layer) {
                let what = format!("{own} names {layer} ({path}); it may name {}", list(may));
                flaws.push(file.flaw(line, what));
            }
        }
    }
    flaws
}

/// An adapter is at home in its folder, and in the file of `web` that has its sockets.
pub(super) fn adapters(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (file, rust) in tree.rust("src/") {
        let module = module(&file.path);
        let home = match module[..] {
            ["platform" | "web", name, ..] => name,
            _ => "",
        };
        let is_above = matches!(module[..], [] | ["cli", ..]);
        for (line, path) in paths(&rust.product) {
            // In the port's own file an adapter is a neighbour, and named without a prefix.
            let prefix = if module == ["platform"] { "platform::" } else { "" };
            let full = from_root(&module, &path).unwrap_or_else(|| format!("{prefix}{path}"));
            let named = ADAPTERS.iter().find(|adapter| has(&full, &format!("platform::{adapter}")));
            let Some(adapter) = named else { continue };
            let is_declared = path == *adapter;
            if !is_above && home != *adapter && !is_declared {
                flaws.push(file.flaw(line, format!("names the adapter {adapter} ({path})")));
            }
        }
    }
    flaws
}

pub(super) fn guests(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (file, rust) in tree.rust("src/") {
        for (line, path) in paths(&rust.product) {
            let Some((name, _)) = path.split_once("::") else { continue };
            let guest = GUESTS.iter().find(|(names, _)| names.contains(&name));
            if let Some((_, rooms)) = guest
                && !rooms.iter().any(|room| file.path.starts_with(room))
            {
                flaws.push(file.flaw(line, format!("{name} belongs to {}", list(rooms))));
            }
        }
    }
    flaws
}

pub(super) fn pure(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (folder, without) in PURE {
        for (file, rust) in tree.rust(folder) {
            for (line, path) in paths(&rust.product) {
                if without.iter().copied().flatten().any(|word| has(&path, word)) {
                    flaws.push(file.flaw(line, format!("{path} does not belong in {folder}")));
                }
            }
        }
    }
    flaws
}

pub(super) fn waiting(tree: &Tree) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for (file, rust) in tree.rust("").filter(|(file, _)| file.path != "src/runtime/clock.rs") {
        for (line, path) in paths(&rust.code) {
            let sleeps = ["thread::sleep", "time::sleep", "time::sleep_until"];
            if sleeps.iter().any(|sleep| has(&path, sleep)) {
                flaws.push(file.flaw(line, format!("{path}; let the clock wait, or step by hand")));
            }
        }
    }
    flaws
}

pub(super) fn tests(tree: &Tree) -> Vec<Flaw> {
    let branches = tree.rust("src/").flat_map(|(file, rust)| {
        rust.test_branches.iter().map(|line| file.flaw(*line, "a branch for tests"))
    });
    branches.collect()
}

/// `src/domain/case/mod.rs` is `domain`, `case`.
fn module(path: &str) -> Vec<&str> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    let mut module: Vec<&str> = path.split('/').collect();
    module.pop_if(|last| ["mod", "lib", "main"].contains(last));
    module
}

/// The path from the root of the crate, of one that begins with `crate`, `self` or `super`.
fn from_root(module: &[&str], path: &str) -> Option<String> {
    let mut parts = path.split("::");
    let mut root = match parts.next()? {
        "crate" => Vec::new(),
        "self" => module.to_vec(),
        "super" => module.split_last()?.1.to_vec(),
        _ => return None,
    };
    for part in parts {
        if part == "super" {
            root.pop();
        } else {
            root.push(part);
        }
    }
    // `super::super` of a module within a file can lead to the root itself, which names nothing.
    (!root.is_empty()).then(|| root.join("::"))
}

/// Whether `path` has the parts of `part`, next to each other.
fn has(path: &str, part: &str) -> bool {
    format!("::{path}::").contains(&format!("::{part}::"))
}

fn list(names: &[&str]) -> String {
    if names.is_empty() { "nothing else".to_owned() } else { names.join(", ") }
}
