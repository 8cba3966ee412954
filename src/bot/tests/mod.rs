//! Whole folders, and one `bot.toml` at a time.

use std::path::{Path, PathBuf};

use super::manifest::{self, Manifest};
use super::problem::{Page, Problem};
use super::wording::Wording;

mod folders;
mod manifests;
mod platforms;

fn read(text: &str) -> (Option<Manifest>, Vec<String>) {
    let mut problems = Vec::new();
    let wording = Wording::read(PathBuf::from("nowhere/locales"), &mut problems);
    let page = Page { file: Path::new("bot.toml"), text };
    let manifest = manifest::read(page, &wording, &mut problems);
    problems.sort_by(Problem::order);
    let said = problems.iter().map(|problem| {
        let said = problem.to_string();
        said.strip_prefix("bot.toml:").expect("its file").to_owned()
    });
    (manifest, said.collect())
}

/// Each text, below the line of a name, has exactly one problem: its place from line 2, and a part
/// of its sentence.
fn each_is_told(table: &[(&str, &str, &str)]) {
    for (text, place, part) in table {
        let (_, problems) = read(&format!("name = \"Lumen\"\n{text}"));
        let [problem] = problems.as_slice() else { panic!("{text}\n{problems:#?}") };
        assert!(problem.starts_with(&format!("{place}: ")), "{text}\n{problem}");
        assert!(problem.contains(part), "{text}\n{problem}");
    }
}
