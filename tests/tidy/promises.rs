//! Rules about what one file says of another: words and keys, code and migrations, README and tree.

use std::collections::BTreeSet;

use askaround::domain::command::{Spec, TABLE};
use askaround::locale::{Extent, SHIPPED, check};

use super::files::is_word;
use super::rust::{line_of, paths};
use super::tree::{File, Flaw, Tree};

// ---- words ---------------------------------------------------------------------------------

pub(super) fn wording(tree: &Tree) -> Vec<Flaw> {
    let checked = |file: &File, extent| -> Vec<Flaw> {
        let flaws = check(&file.path, &file.text, extent).into_iter();
        flaws.map(|flaw| file.flaw(flaw.line, format!("{}; {}", flaw.what, flaw.mend))).collect()
    };
    let mut flaws = Vec::new();
    for file in tree.under("locales/", ".ftl") {
        flaws.extend(checked(file, Extent::Whole));
        let tag = file.path.trim_start_matches("locales/").trim_end_matches(".ftl");
        if !SHIPPED.iter().any(|(shipped, _)| *shipped == tag) {
            flaws.push(file.flaw(1, "locale does not ship it; add it to SHIPPED"));
        }
    }
    flaws.extend(tree.under("bots/", ".ftl").flat_map(|file| checked(file, Extent::Part)));
    flaws
}

pub(super) fn sentences(tree: &Tree) -> Vec<Flaw> {
    const HOME: &str = "src/domain/text/";
    let mut said = BTreeSet::new();
    for (_, rust) in tree.rust("src/").filter(|(file, _)| !file.path.starts_with(HOME)) {
        for (_, path) in paths(&rust.product) {
            let mut parts = path.split("::").skip_while(|part| *part != "Text").skip(1);
            said.extend(parts.next().map(str::to_owned));
        }
    }
    let mut flaws = Vec::new();
    for (file, rust) in tree.rust(HOME) {
        let sentences = rust.code.lines().enumerate().filter(|(_, line)| line.ends_with("\";"));
        for (before, line) in sentences {
            let name = line.trim().split([' ', '{', '=']).next().unwrap_or_default();
            if name.starts_with(char::is_uppercase) && !said.contains(name) {
                flaws.push(file.flaw(before + 1, format!("nobody says Text::{name}")));
            }
        }
    }
    flaws
}

// ---- migrations ----------------------------------------------------------------------------

const FORBIDDEN: [&str; 4] = ["DROP", "AUTOINCREMENT", "SERIAL", "RENAME"];
/// What begins a line of a table that is no column.
const CONSTRAINTS: [&str; 5] = ["PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "CONSTRAINT"];

pub(super) fn migrations(tree: &Tree) -> Vec<Flaw> {
    let listed = tree.rust("src/store/mod.rs").map(|(file, _)| &*file.text).collect::<String>();
    let mut flaws = Vec::new();
    for (before, file) in tree.under("migrations/", ".sql").enumerate() {
        let name = file.path.trim_start_matches("migrations/");
        let number = format!("{:04}", before + 1);
        if name.split('_').next() != Some(&number) {
            flaws.push(file.flaw(1, format!("{number} comes next, and is missing")));
        }
        if !listed.contains(&format!("migrations/{name}\"")) {
            flaws.push(file.flaw(1, "the store does not list it in MIGRATIONS"));
        }
        let sql = without_comments(&file.text).to_uppercase();
        for word in FORBIDDEN {
            let places = sql.match_indices(word).filter(|(at, _)| is_word(&sql, *at, word));
            flaws.extend(places.map(|(at, _)| file.flaw(line_of(&sql, at), word)));
        }
        for (at, column) in columns(&sql) {
            let mut words = column.split_whitespace();
            let (name, kind) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let what = format!("{} is {kind}; a column is TEXT or BIGINT", name.to_lowercase());
            if !CONSTRAINTS.contains(&name) && !["TEXT", "BIGINT"].contains(&kind) {
                flaws.push(file.flaw(line_of(&sql, at), what));
            }
        }
        for (at, added) in after(&sql, "ADD COLUMN") {
            if added.contains("NOT NULL") && !added.contains("DEFAULT") {
                let what = "a NOT NULL column of a table with rows needs a DEFAULT";
                flaws.push(file.flaw(line_of(&sql, at), what));
            }
        }
    }
    flaws
}

/// The columns of new tables and new columns of old ones, each with its byte.
fn columns(sql: &str) -> Vec<(usize, &str)> {
    let mut columns: Vec<_> = after(sql, "ADD COLUMN");
    for (at, statement) in after(sql, "CREATE TABLE") {
        let Some(open) = statement.find('(') else { continue };
        let (mut depth, mut begin) = (0, open + 1);
        for (place, letter) in statement.char_indices().skip(open) {
            depth += i32::from(letter == '(') - i32::from(letter == ')');
            if (depth == 1 && letter == ',') || depth == 0 {
                let column = statement.get(begin..place).unwrap_or_default();
                let blank = column.len() - column.trim_start().len();
                columns.push((at + begin + blank, column.trim()));
                begin = place + 1;
            }
            if depth == 0 {
                break;
            }
        }
    }
    columns
}

/// What follows these words, up to the end of the statement, with its byte.
fn after<'a>(sql: &'a str, words: &str) -> Vec<(usize, &'a str)> {
    let begins = sql.match_indices(words).map(|(at, _)| at + words.len());
    let rest = begins.filter_map(|at| Some((at, sql.get(at..)?.split(';').next()?)));
    rest.collect()
}

fn without_comments(sql: &str) -> String {
    let lines = sql.lines().map(|line| line.split("--").next().unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

// ---- README --------------------------------------------------------------------------------

/// Words behind a slash that are no command of ours: the example bot's way to staff, and addresses.
const NO_COMMANDS: [&str; 6] = ["human", "agent", "staff", "healthz", "readyz", "metrics"];

pub(super) const UNTOLD: &str = "is a command that the README does not tell of";

pub(super) fn readme(tree: &Tree) -> Vec<Flaw> {
    let Some(file) = tree.file("README.md") else { return Vec::new() };
    let mut flaws = missing_paths(tree, file);
    flaws.extend(strange_settings(tree, file));
    flaws.extend(strange_commands(file));
    flaws.extend(untold_commands(file));
    flaws
}

/// Every word that begins with one of our folders leads somewhere, up to a placeholder.
fn missing_paths(tree: &Tree, file: &File) -> Vec<Flaw> {
    const FOLDERS: [&str; 7] =
        ["src/", "bots/", "locales/", "migrations/", "tests/", "benches/", ".ci/"];
    let mut flaws = Vec::new();
    for (number, line) in file.lines() {
        for word in line.split(|c: char| c.is_whitespace() || "`()[]\"',;:".contains(c)) {
            let word = word.trim_end_matches('.');
            let known = word.split(['<', '*', '…', '{']).next().unwrap_or_default();
            let whole =
                if known == word { known } else { known.rsplit_once('/').unwrap_or_default().0 };
            if FOLDERS.iter().any(|folder| word.starts_with(folder)) && !tree.has(whole) {
                flaws.push(file.flaw(number, format!("{whole} is not there")));
            }
        }
    }
    flaws
}

/// Every line of TOML stands in a bot's folder, too, where `askaround check` reads it.
fn strange_settings(tree: &Tree, file: &File) -> Vec<Flaw> {
    let bare = |line: &str| line.split('#').next().unwrap_or_default().trim().to_owned();
    let known: BTreeSet<String> =
        tree.under("bots/", "").flat_map(|file| file.text.lines().map(bare)).collect();
    let mut is_toml = false;
    let mut flaws = Vec::new();
    for (number, line) in file.lines() {
        if line.starts_with("```") {
            is_toml = line == "```toml";
        } else if is_toml && !bare(line).is_empty() && !known.contains(&bare(line)) {
            flaws.push(file.flaw(number, format!("no bot here says {}", bare(line))));
        }
    }
    flaws
}

/// Every command between backticks is in the table of commands.
fn strange_commands(file: &File) -> Vec<Flaw> {
    let find = |specs: &'static [Spec], name: &str| specs.iter().find(|spec| spec.name == name);
    let mut flaws = Vec::new();
    for (number, line) in file.lines() {
        for span in line.split('`').skip(1).step_by(2).filter_map(|span| span.strip_prefix('/')) {
            let mut words = span.split(|c: char| c != '_' && !c.is_alphanumeric());
            let (name, sub) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let is_known = match find(TABLE, name) {
                _ if name.is_empty() => true,
                Some(spec) if spec.subs.is_empty() || sub.is_empty() => true,
                Some(spec) => find(spec.subs, sub).is_some(),
                None => NO_COMMANDS.contains(&name),
            };
            if !is_known {
                let command = format!("{name} {sub}");
                flaws.push(file.flaw(number, format!("there is no /{}", command.trim())));
            }
        }
    }
    flaws
}

/// Every command of the table is here between backticks.
fn untold_commands(file: &File) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for spec in TABLE {
        let subs = spec.subs.iter().map(|sub| format!("{} {}", spec.name, sub.name));
        let alone = spec.subs.is_empty().then(|| spec.name.to_owned());
        for command in subs.chain(alone) {
            let is_told =
                [' ', '`'].iter().any(|end| file.text.contains(&format!("`/{command}{end}")));
            if !is_told {
                flaws.push(file.flaw(1, format!("/{command} {UNTOLD}")));
            }
        }
    }
    flaws
}
