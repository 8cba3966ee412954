//! Reading a bot's folder: bounded, in the order of names, and never a panic over what lies there.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use super::problem::{Page, Problem, error};

/// A longer text is a book or a mistake, and all of them are in memory while the bot runs.
const FILE_LIMIT_BYTES: u64 = 256 * 1024;
/// Enough to sort articles by language and subject; a link that leads back up ends here.
const DEPTH_LIMIT: usize = 8;

/// The text of `file`, without the byte order mark that editors on Windows put first.
pub(super) fn read_text(file: &Path) -> Result<String, Problem> {
    let mut bytes = Vec::new();
    let read = File::open(file)
        .and_then(|open| open.take(FILE_LIMIT_BYTES + 1).read_to_end(&mut bytes))
        .map_err(|cause| unreadable(file, &cause))?;
    if u64::try_from(read).unwrap_or(u64::MAX) > FILE_LIMIT_BYTES {
        let what = format!("the file is larger than {} KiB", FILE_LIMIT_BYTES / 1024);
        return Err(error(file, (1, 1), what, "split it"));
    }
    let text = String::from_utf8(bytes).map_err(|broken| {
        let good = broken.utf8_error().valid_up_to();
        let bytes = broken.into_bytes();
        let before = bytes.get(..good).map(String::from_utf8_lossy).unwrap_or_default();
        Page { file, text: &before }.error(good, "this letter is not UTF-8", "save it as UTF-8")
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// The files under `folder` whose names end in `.extension`, in the order of their paths. A
/// folder that is not there has none.
pub(super) fn files(folder: &Path, extension: &str, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    if folder.exists() {
        walk(folder, extension, DEPTH_LIMIT, &mut found, problems);
    }
    found.sort();
    found
}

fn walk(
    folder: &Path,
    extension: &str,
    depth: usize,
    found: &mut Vec<PathBuf>,
    problems: &mut Vec<Problem>,
) {
    let entries = match entries(folder) {
        Ok(entries) => entries,
        Err(cause) => return problems.push(unreadable(folder, &cause)),
    };
    for path in entries {
        if !path.is_dir() {
            found
                .extend(path.extension().is_some_and(|ending| ending == extension).then_some(path));
        } else if depth > 1 {
            walk(&path, extension, depth - 1, found, problems);
        } else {
            let mend = format!("keep at most {DEPTH_LIMIT} folders within each other, and no loop");
            problems.push(error(&path, (1, 1), "this folder lies too deep", mend));
        }
    }
}

/// What lies in `folder`, sorted, without what a leading dot hides.
pub(super) fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if !hidden {
            paths.push(path);
        }
    }
    paths.sort();
    Ok(paths)
}

pub(super) fn unreadable(path: &Path, cause: &io::Error) -> Problem {
    let mend = "see that it is there and that this account may read it";
    error(path, (1, 1), format!("cannot be read: {cause}"), mend)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_text_of_a_bounded_size_or_a_problem_with_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("a.md");
        let large = vec![b'x'; 256 * 1024 + 1];
        for (bytes, place, what) in [
            (large.as_slice(), (1, 1), "the file is larger than 256 KiB"),
            (b"one\n\xc3\xbc\xff", (2, 2), "this letter is not UTF-8"),
        ] {
            fs::write(&file, bytes).expect("written");
            let problem = read_text(&file).expect_err(what);
            assert_eq!((problem.line, problem.column), place);
            assert_eq!(problem.what, what);
        }
        fs::write(&file, "\u{feff}x").expect("written");
        assert_eq!(read_text(&file), Ok("x".to_owned()), "the mark of the byte order is no text");
        assert!(read_text(&folder.path().join("b.md")).is_err(), "a file that is not there");
    }

    #[test]
    fn files_come_in_the_order_of_their_paths_without_hidden_ones() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["de/b.md", "a.md", ".draft.md", ".git/c.md", "notes.txt", "de/a.md"] {
            let file = folder.path().join(name);
            fs::create_dir_all(file.parent().expect("a parent")).expect("made");
            fs::write(file, "").expect("written");
        }
        let mut problems = Vec::new();
        let found = files(folder.path(), "md", &mut problems);
        let names: Vec<_> = found.iter().map(|f| f.strip_prefix(folder.path()).unwrap()).collect();
        assert_eq!(names, [Path::new("a.md"), Path::new("de/a.md"), Path::new("de/b.md")]);
        assert_eq!(
            files(&folder.path().join("nowhere"), "md", &mut problems),
            [""; 0].map(PathBuf::from)
        );
        assert_eq!(problems, []);
    }
}
