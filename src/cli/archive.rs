//! `askaround backup`, `restore` and `move`: all that is kept, out of a database and into one.

use std::process::ExitCode;

use anyhow::bail;

use super::{BackupOptions, MoveOptions, RestoreOptions, RunOptions, look, say};
use crate::runtime::{Clock as _, SystemClock};
use crate::store::archive::{self, Contents, Seal};

pub(super) fn backup(options: &RunOptions, wanted: &BackupOptions) -> anyhow::Result<ExitCode> {
    look::block_on(async {
        let (url, file) = (&options.database, wanted.file.as_path());
        let now = SystemClock.now();
        let contents = archive::backup(url, file, wanted.force, now, tell).await?;
        say(&format!("{} holds {}", file.display(), in_all(&contents.seals)));
        Ok(ExitCode::SUCCESS)
    })
}

pub(super) fn restore(options: &RunOptions, wanted: &RestoreOptions) -> anyhow::Result<ExitCode> {
    let file = wanted.file.as_path();
    look::block_on(async {
        if wanted.check {
            let contents = archive::check(file).await?;
            contents.seals.iter().for_each(tell);
            say(&format!("{} is whole: {}", file.display(), told(&contents)));
        } else {
            let contents = archive::restore(file, &options.database, tell).await?;
            say(&format!("restored and read back: {}", told(&contents)));
        }
        Ok(ExitCode::SUCCESS)
    })
}

pub(super) fn copy(options: &RunOptions, wanted: &MoveOptions) -> anyhow::Result<ExitCode> {
    let from = wanted.from.as_deref().unwrap_or(&options.database);
    if from == wanted.to {
        bail!("--from and --to are the same database; name two");
    }
    look::block_on(async {
        let mut there = Vec::new();
        let here = archive::copy(from, &wanted.to, |seal| there.push(seal.clone())).await?;
        for (here, there) in here.iter().zip(&there) {
            let (left, right) = (short(here), short(there));
            say(&format!(
                "  {:<20} {:>9} {left}  {:>9} {right}",
                here.table, here.rows, there.rows
            ));
        }
        say(&format!("moved: {}, equal on both sides", in_all(&here)));
        say("start `askaround run` with the new --database, and never again with the old one, \
             which stays as it was");
        Ok(ExitCode::SUCCESS)
    })
}

/// A table once it is done.
fn tell(seal: &Seal) {
    say(&format!("  {:<20} {:>9} {}", seal.table, seal.rows, short(seal)));
}

/// As much of a checksum as an eye compares.
fn short(seal: &Seal) -> &str {
    seal.sha256.get(..16).unwrap_or(&seal.sha256)
}

fn in_all(seals: &[Seal]) -> String {
    let rows: u64 = seals.iter().map(|seal| seal.rows).sum();
    format!("{} tables with {rows} rows", seals.len())
}

fn told(contents: &Contents) -> String {
    format!(
        "{}, as it was at {}, version {}, written by askaround {}",
        in_all(&contents.seals),
        contents.made_at,
        contents.schema,
        contents.by
    )
}
