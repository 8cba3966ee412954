//! The repository as values: files with their texts, and places in them.

use std::fmt;
use std::fs;
use std::path::Path;

use super::rust::Rust;

/// Every file that belongs to the repository, in the order of paths.
pub(super) struct Tree {
    pub(super) files: Vec<File>,
}

pub(super) struct File {
    /// From the root, with `/`.
    pub(super) path: String,
    pub(super) text: String,
    /// Of a `.rs` file, its kinds of text told apart.
    pub(super) rust: Option<Rust>,
}

/// Something that breaks a rule, shown as `file:line: what`.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Flaw {
    file: String,
    line: usize,
    what: String,
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.what)
    }
}

impl File {
    pub(super) fn flaw(&self, line: usize, what: impl Into<String>) -> Flaw {
        Flaw { file: self.path.clone(), line, what: what.into() }
    }

    /// The lines with their numbers, from 1.
    pub(super) fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(before, line)| (before + 1, line))
    }
}

/// Hidden folders that are part of the repository; others are an editor's or a tool's.
const HIDDEN: [&str; 4] = [".cargo", ".ci", ".config", ".github"];

impl Tree {
    /// Reads the tree under `root`, without what `.gitignore` names.
    pub(super) fn read(root: &Path) -> Tree {
        let ignored = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
        let mut files = Vec::new();
        walk(root, "", &ignored, &mut files);
        files.sort();
        Tree::from(files)
    }

    /// A tree that is not on any disk.
    pub(super) fn of(files: &[(&str, &str)]) -> Tree {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Tree::from(files.iter().map(owned).collect())
    }

    fn from(files: Vec<(String, String)>) -> Tree {
        let files = files.into_iter().map(|(path, text)| {
            let rust = path.strip_suffix(".rs").map(|_| Rust::read(&text));
            File { path, text, rust }
        });
        let mut files: Vec<File> = files.collect();
        let tests: Vec<String> = files.iter().flat_map(test_modules).collect();
        for file in &mut files {
            let is_test = |module: &String| {
                file.path
                    .strip_prefix(module.as_str())
                    .is_some_and(|rest| rest.starts_with(['.', '/']))
            };
            if tests.iter().any(is_test)
                && let Some(rust) = &mut file.rust
            {
                rust.product.clear();
            }
        }
        Tree { files }
    }

    /// The files whose path begins and ends so.
    pub(super) fn under(&self, folder: &str, ending: &str) -> impl Iterator<Item = &File> {
        let fits = move |file: &&File| file.path.starts_with(folder) && file.path.ends_with(ending);
        self.files.iter().filter(fits)
    }

    /// The Rust files under a folder, with their kinds of text.
    pub(super) fn rust(&self, folder: &str) -> impl Iterator<Item = (&File, &Rust)> {
        self.under(folder, ".rs").filter_map(|file| Some((file, file.rust.as_ref()?)))
    }

    pub(super) fn file(&self, path: &str) -> Option<&File> {
        self.files.iter().find(|file| file.path == path)
    }

    /// Whether there is such a file or folder.
    pub(super) fn has(&self, path: &str) -> bool {
        let path = path.trim_end_matches('/');
        let under = |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
        self.files.iter().any(|file| file.path == path || under(&file.path))
    }
}

fn walk(folder: &Path, path: &str, ignored: &str, files: &mut Vec<(String, String)>) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if path.is_empty() { name.clone() } else { format!("{path}/{name}") };
        let Ok(kind) = entry.file_type() else { continue };
        if name == ".git" || ignored.lines().any(|line| ignores(line, &path)) {
            continue;
        }
        if kind.is_dir() && (!name.starts_with('.') || HIDDEN.contains(&name.as_str())) {
            walk(&entry.path(), &path, ignored, files);
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            // A file of numbers has its place in the tree and no words to judge.
            let is_text = !bytes.contains(&0);
            let text =
                if is_text { String::from_utf8_lossy(&bytes).into_owned() } else { String::new() };
            files.push((path, text));
        }
    }
}

/// The two forms that our `.gitignore` has: `/name` at the top, and `*ending` anywhere.
fn ignores(line: &str, path: &str) -> bool {
    match line.strip_prefix('*') {
        Some(ending) => path.ends_with(ending),
        None => line.strip_prefix('/') == Some(path),
    }
}

/// Where the test modules are that a file declares but does not hold: paths without an ending.
fn test_modules(file: &File) -> Vec<String> {
    let folder = file
        .path
        .strip_suffix("/mod.rs")
        .or_else(|| file.path.strip_suffix("/lib.rs"))
        .unwrap_or(file.path.trim_end_matches(".rs"));
    let names = file.rust.iter().flat_map(|rust| &rust.test_modules);
    names.map(|name| format!("{folder}/{name}")).collect()
}
