//! An archive as a file: written so that it is whole or not there, and read with suspicion.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{BufRead as _, BufReader, BufWriter, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::blueprint::{Blueprint, Table, newest};
use super::lines::{AnyHeader, Begin, FORMAT, Footer, Header, Last, NAME, Row, Sealer, row, write};
use super::{Contents, Seal, Sink};
use crate::store::StoreError;

/// No line is longer. A row holds one message, or one input as it came, which platforms keep within
/// a megabyte or two.
const LINE_LIMIT_BYTES: u64 = 64 << 20;

// ---- writing -------------------------------------------------------------------------------

/// An archive that is being written, beside the place where it will be.
pub(super) struct NewArchive {
    path: PathBuf,
    part: PathBuf,
    out: BufWriter<File>,
    /// Of all lines so far.
    whole: Sealer,
    is_done: bool,
}

impl NewArchive {
    pub(super) fn begin(
        path: &Path,
        overwrite: bool,
        header: &Header,
    ) -> Result<NewArchive, StoreError> {
        let shown = path.display();
        if path.is_dir() {
            let problem = format!("{shown} is a folder; name a file in it");
            return Err(StoreError::Unusable(problem));
        }
        if path.exists() && !overwrite {
            return Err(StoreError::Unusable(format!(
                "{shown} is there already; name another file, or say --force to replace it"
            )));
        }
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = path.with_file_name(name);
        let mut options = OpenOptions::new();
        options.create(true).write(true).truncate(false);
        // It holds what people wrote.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&part).map_err(|error| {
            StoreError::Unusable(format!(
                "{} cannot be written ({error}); make its folder first and let this user write in \
                 it, or name another file",
                part.display()
            ))
        })?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let problem = format!("another backup is being written to {shown}; wait for it");
                return Err(StoreError::Unusable(problem));
            }
            Err(TryLockError::Error(error)) => return Err(unwritten(&part, &error)),
        }
        // What a backup that was killed has left.
        file.set_len(0).map_err(|error| unwritten(&part, &error))?;
        let out = BufWriter::new(file);
        let path = path.to_owned();
        let mut archive = NewArchive { path, part, out, whole: Sealer::new(), is_done: false };
        archive.line(&write(header)?)?;
        Ok(archive)
    }

    fn line(&mut self, line: &str) -> Result<(), StoreError> {
        self.whole.add(line);
        let written = self.out.write_all(line.as_bytes()).and_then(|()| self.out.write_all(b"\n"));
        written.map_err(|error| unwritten(&self.part, &error))
    }

    /// Puts it on the disk, and then in its place.
    pub(super) fn finish(mut self, seals: &[Seal]) -> Result<(), StoreError> {
        let whole = std::mem::replace(&mut self.whole, Sealer::new());
        self.line(&write(&Last::of(seals, whole.sha256()))?)?;
        let kept = self.out.flush().and_then(|()| self.out.get_ref().sync_all());
        let kept = kept.and_then(|()| std::fs::rename(&self.part, &self.path));
        kept.map_err(|error| unwritten(&self.part, &error))?;
        self.is_done = true;
        // The new name survives a power cut only with its folder. Not every system can do that,
        // and the backup is whole without it.
        let folder = self.path.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = File::open(folder.unwrap_or(Path::new(".")));
        let _unsynced = folder.and_then(|folder| folder.sync_all());
        Ok(())
    }
}

impl Drop for NewArchive {
    fn drop(&mut self) {
        if !self.is_done {
            let _left_behind = std::fs::remove_file(&self.part);
        }
    }
}

fn unwritten(path: &Path, error: &std::io::Error) -> StoreError {
    StoreError::Unusable(format!(
        "{} cannot be written ({error}); make room, or name a file elsewhere",
        path.display()
    ))
}

impl Sink for NewArchive {
    async fn begin(&mut self, table: &Table) -> Result<(), StoreError> {
        self.line(&write(&Begin::of(table))?)
    }

    async fn row(&mut self, _: &Table, _: Row, line: &str) -> Result<(), StoreError> {
        self.line(line)
    }

    async fn end(&mut self, _: &Table, seal: &Seal) -> Result<(), StoreError> {
        self.line(&write(&Footer::of(seal))?)
    }
}

// ---- reading -------------------------------------------------------------------------------

/// An archive whose first line has been read.
pub(super) struct Archive {
    lines: Lines,
    header: Header,
    blueprint: Blueprint,
}

impl Archive {
    pub(super) async fn open(path: &Path) -> Result<Archive, StoreError> {
        let mut lines = Lines::of(path)?;
        let first = lines.next()?;
        let any: AnyHeader = serde_json::from_str(&first)
            .map_err(|_| lines.broken("this is no archive of askaround; name one that is"))?;
        if any.archive != NAME {
            return Err(lines.broken("this is no archive of askaround; name one that is"));
        }
        if any.format > FORMAT {
            return Err(lines.broken(
                "it was written by a newer askaround, in a format that this one does not know; \
                 restore it with that one",
            ));
        }
        let header: Header = serde_json::from_str(&first).map_err(|error| {
            lines.broken(&format!("the first line is broken ({error}); take another backup"))
        })?;
        let newest = newest();
        if !(1..=newest).contains(&header.schema) {
            return Err(lines.broken(&format!(
                "it is of a database of version {}, and this askaround knows those up to {newest}; \
                 restore it with a newer one",
                header.schema
            )));
        }
        let blueprint = Blueprint::of(header.schema).await?;
        Ok(Archive { lines, header, blueprint })
    }

    /// Reads all of it, whether or not somebody takes it, and believes nothing.
    pub(super) async fn read(self, sink: &mut impl Sink) -> Result<Contents, StoreError> {
        let Archive { mut lines, header, blueprint } = self;
        let mut seals = Vec::new();
        for table in &blueprint.tables {
            let line = lines.next()?;
            if line != write(&Begin::of(table))? {
                return Err(lines.broken(&format!(
                    "the table {} of a database of version {} should begin here; take another \
                     backup",
                    table.name, header.schema
                )));
            }
            sink.begin(table).await?;
            let begin = lines.number;
            let mut sealer = Sealer::new();
            let end = loop {
                let line = lines.next()?;
                if !line.starts_with('[') {
                    break line;
                }
                let row = row(table, &line).map_err(|problem| {
                    lines.broken(&format!("{problem}; it was changed, take another backup"))
                })?;
                sealer.add(&line);
                sink.row(table, row, &line).await?;
            };
            let seal = sealer.seal(table);
            if serde_json::from_str::<Footer>(&end).ok() != Some(Footer::of(&seal)) {
                return Err(lines.broken(&format!(
                    "the rows of {} (lines {begin} to {}) are not those that were written; take \
                     another backup",
                    table.name, lines.number
                )));
            }
            sink.end(table, &seal).await?;
            seals.push(seal);
        }
        let whole = std::mem::replace(&mut lines.whole, Sealer::new());
        let last = Last::of(&seals, whole.sha256());
        if serde_json::from_str::<Last>(&lines.next()?).ok() != Some(last) {
            return Err(lines
                .broken("the whole is not what was written; it was changed, take another backup"));
        }
        lines.end()?;
        Ok(header.contents(seals))
    }
}

/// The lines of a file, with their numbers.
struct Lines {
    path: PathBuf,
    from: BufReader<File>,
    /// Of the line read last, from 1.
    number: u64,
    whole: Sealer,
}

impl Lines {
    fn of(path: &Path) -> Result<Lines, StoreError> {
        let file = File::open(path).map_err(|error| {
            let path = path.display();
            StoreError::Unusable(format!("{path} cannot be read ({error}); name another file"))
        })?;
        let (path, from) = (path.to_owned(), BufReader::new(file));
        Ok(Lines { path, from, number: 0, whole: Sealer::new() })
    }

    fn broken(&self, problem: &str) -> StoreError {
        StoreError::Unusable(format!("{}:{}: {problem}", self.path.display(), self.number))
    }

    fn next(&mut self) -> Result<String, StoreError> {
        self.number += 1;
        let mut line = Vec::new();
        let read = (&mut self.from).take(LINE_LIMIT_BYTES).read_until(b'\n', &mut line);
        read.map_err(|error| self.broken(&format!("it cannot be read ({error})")))?;
        if line.pop() != Some(b'\n') {
            return Err(self.broken("it breaks off here; take another backup"));
        }
        let line = String::from_utf8(line)
            .map_err(|_| self.broken("this is no text; it was changed, take another backup"))?;
        self.whole.add(&line);
        Ok(line)
    }

    fn end(&mut self) -> Result<(), StoreError> {
        let rest = self.from.fill_buf().map(<[u8]>::is_empty);
        if rest.unwrap_or(false) {
            return Ok(());
        }
        self.number += 1;
        Err(self.broken("something follows the end; it was changed, take another backup"))
    }
}
