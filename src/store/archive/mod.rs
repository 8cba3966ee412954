//! Backups, and the move from one database to another: everything that is kept, as lines of JSON.
//!
//! Wanted: a backup that is one moment's truth while the program goes on working; that either
//! database can read back, this year's program or a later one; that says for itself whether it is
//! whole; and that cannot forget a table which somebody adds next month. Every column is text or a
//! whole number, so one plain form serves all of it: backup, restore, and the way from SQLite to
//! PostgreSQL and back.
//!
//! ```text
//! {"archive":"askaround","format":1,"schema":12,"by":"0.1.0","made_at":1793620800000}
//! {"table":"accounts","columns":["id","bot","platform", …]}
//! [741000000000000000,"lumen","discord", …]
//! {"end":"accounts","rows":1,"sha256":"…"}            of the rows of this table, as they stand
//! {"end":"archive","tables":25,"rows":1,"sha256":"…"} of every byte above
//! ```
//!
//! What tables and columns there are is asked of the migrations themselves, run on an empty
//! database in memory ([`Blueprint`]): a list by hand would be forgotten. Rows come in the order of
//! their keys, byte by byte, so that the same state makes the same lines on either database, and a
//! [`Seal`] (count and SHA-256) of a table tells whether two of them hold the same.
//!
//! Reading is one transaction: a snapshot of the write-ahead log, or `REPEATABLE READ`. Writing is
//! one transaction as well, into a database with nothing in it, and what was written is read back
//! and compared before it is committed. An older archive is read back at its own version and
//! brought up to date then, by the migrations that would have done so in place.
//!
//! The files of a database were not taken for this (`VACUUM INTO`, `pg_dump`): each is quick, and
//! neither reads the other's. Numbers of starts come along like everything else, and ids begin with
//! the time, so that what is made after a move or a restore meets nothing made before.

mod blueprint;
mod file;
mod lines;
mod rows;
mod sides;

use std::path::Path;

use super::StoreError;
use crate::domain::time::Moment;
use blueprint::Table;
use file::{Archive, NewArchive};
use lines::{Header, Row};
use sides::{Source, Target};

/// What is known of a table's rows without looking at them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    pub table: String,
    pub rows: u64,
    /// SHA-256 of the rows as lines in the order of their keys, in hexadecimal.
    pub sha256: String,
}

/// What an archive holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    pub made_at: Moment,
    /// The version of the program that wrote it.
    pub by: String,
    /// The newest migration of the database that it was read from.
    pub schema: i64,
    /// Of every table, in the order of their names.
    pub seals: Vec<Seal>,
}

/// Where rows go: a file, a database, or nowhere.
trait Sink {
    async fn begin(&mut self, table: &Table) -> Result<(), StoreError>;
    /// A row, and the line that it is in an archive.
    async fn row(&mut self, table: &Table, row: Row, line: &str) -> Result<(), StoreError>;
    async fn end(&mut self, table: &Table, seal: &Seal) -> Result<(), StoreError>;
}

/// Rows that are only counted.
impl Sink for () {
    async fn begin(&mut self, _: &Table) -> Result<(), StoreError> {
        Ok(())
    }

    async fn row(&mut self, _: &Table, _: Row, _: &str) -> Result<(), StoreError> {
        Ok(())
    }

    async fn end(&mut self, _: &Table, _: &Seal) -> Result<(), StoreError> {
        Ok(())
    }
}

/// Writes everything that the database of `url` holds at this moment into a file, while the
/// program that works on it goes on. The file appears when it is whole and not before; one that is
/// there already is kept unless `overwrite`. `told` hears of each table once it is written.
pub async fn backup(
    url: &str,
    path: &Path,
    overwrite: bool,
    now: Moment,
    told: impl FnMut(&Seal),
) -> Result<Contents, StoreError> {
    let mut source = Source::beside_others(url).await?;
    let header = Header::of(source.schema(), now);
    let mut archive = NewArchive::begin(path, overwrite, &header)?;
    let seals = source.read(&mut archive, told).await?;
    archive.finish(&seals)?;
    source.close().await;
    Ok(header.contents(seals))
}

/// Reads a whole archive and says what is in it, or where it is broken; touches nothing.
pub async fn check(path: &Path) -> Result<Contents, StoreError> {
    Archive::open(path).await?.read(&mut ()).await
}

/// Reads an archive into the database of `url`, which must be empty: all of it or nothing. The
/// file is read twice, so that a broken one is known before anything is touched. `told` hears of
/// each table once it has been read back.
pub async fn restore(
    path: &Path,
    url: &str,
    told: impl FnMut(&Seal),
) -> Result<Contents, StoreError> {
    let schema = check(path).await?.schema;
    let archive = Archive::open(path).await?;
    let mut target = Target::empty(url, schema).await?;
    let contents = archive.read(&mut target.rows()).await?;
    target.settle(&contents.seals, told).await?;
    Ok(contents)
}

/// Copies everything from one database into another, which must be empty: all of it or nothing.
/// Meanwhile nobody else works on either. `told` hears of each table as it was read on the one side
/// and read back on the other; what differs is an error.
pub async fn copy(from: &str, to: &str, told: impl FnMut(&Seal)) -> Result<Vec<Seal>, StoreError> {
    let mut source = Source::held(from).await?;
    let mut target = Target::empty(to, source.schema()).await?;
    let seals = source.read(&mut target.rows(), |_| ()).await?;
    target.settle(&seals, told).await?;
    source.close().await;
    Ok(seals)
}
