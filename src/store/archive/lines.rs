//! The lines of an archive, each with its one way to be written.

use ring::digest::{Context, SHA256};
use serde::{Deserialize, Serialize};

use super::blueprint::{Kind, Table};
use super::{Contents, Seal};
use crate::domain::time::Moment;
use crate::store::keys::hex;
use crate::store::{StoreError, encode};

/// How lines look; a program reads only what it knows.
pub(super) const FORMAT: u32 = 1;
/// What the first line calls the whole.
pub(super) const NAME: &str = "askaround";
/// What the last line calls the whole.
pub(super) const WHOLE: &str = "archive";

/// The first line.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Header {
    pub(super) archive: String,
    pub(super) format: u32,
    pub(super) schema: i64,
    by: String,
    made_at: Moment,
}

impl Header {
    pub(super) fn of(schema: i64, now: Moment) -> Header {
        let by = env!("CARGO_PKG_VERSION").to_owned();
        Header { archive: NAME.to_owned(), format: FORMAT, schema, by, made_at: now }
    }

    pub(super) fn contents(self, seals: Vec<Seal>) -> Contents {
        Contents { made_at: self.made_at, by: self.by, schema: self.schema, seals }
    }
}

/// What any format has in its first line.
#[derive(Debug, Deserialize)]
pub(super) struct AnyHeader {
    pub(super) archive: String,
    pub(super) format: u32,
}

/// Begins a table.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begin {
    pub(super) table: String,
    pub(super) columns: Vec<String>,
}

impl Begin {
    pub(super) fn of(table: &Table) -> Begin {
        let columns = table.column_names().into_iter().map(str::to_owned).collect();
        Begin { table: table.name.clone(), columns }
    }
}

/// Ends a table.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Footer {
    pub(super) end: String,
    pub(super) rows: u64,
    pub(super) sha256: String,
}

impl Footer {
    pub(super) fn of(seal: &Seal) -> Footer {
        Footer { end: seal.table.clone(), rows: seal.rows, sha256: seal.sha256.clone() }
    }
}

/// The last line; its checksum is that of every byte above it.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Last {
    pub(super) end: String,
    pub(super) tables: usize,
    pub(super) rows: u64,
    pub(super) sha256: String,
}

impl Last {
    pub(super) fn of(seals: &[Seal], sha256: String) -> Last {
        let rows = seals.iter().map(|seal| seal.rows).sum();
        Last { end: WHOLE.to_owned(), tables: seals.len(), rows, sha256 }
    }
}

/// One row: a value for each column of its table.
pub(super) type Row = Vec<Value>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Value {
    Nothing,
    Number(i64),
    Text(String),
}

impl Value {
    pub(super) fn has_nul(&self) -> bool {
        matches!(self, Value::Text(text) if text.contains('\0'))
    }

    /// What an operator finds the row by, when it is the first of a key.
    pub(super) fn shown(&self) -> String {
        match self {
            Value::Nothing => String::new(),
            Value::Number(number) => number.to_string(),
            Value::Text(text) => text.chars().take(80).collect(),
        }
    }
}

/// Reads a row of a table, or says what is wrong with it.
pub(super) fn row(table: &Table, line: &str) -> Result<Row, String> {
    let row: Row = serde_json::from_str(line).map_err(|_| "this is no row".to_owned())?;
    if row.len() != table.columns.len() {
        let (has, wants) = (row.len(), table.columns.len());
        return Err(format!("a row of {} has {has} values and needs {wants}", table.name));
    }
    for (value, column) in row.iter().zip(&table.columns) {
        match (value, column.kind) {
            (Value::Nothing, _)
            | (Value::Number(_), Kind::Number)
            | (Value::Text(_), Kind::Text) => {}
            (Value::Number(_), Kind::Text) | (Value::Text(_), Kind::Number) => {
                return Err(format!("{}.{} is of another kind", table.name, column.name));
            }
        }
    }
    Ok(row)
}

pub(super) fn write(line: &impl Serialize) -> Result<String, StoreError> {
    encode(line)
}

/// Adds lines up.
pub(super) struct Sealer {
    hash: Context,
    rows: u64,
}

impl Sealer {
    pub(super) fn new() -> Sealer {
        Sealer { hash: Context::new(&SHA256), rows: 0 }
    }

    pub(super) fn add(&mut self, line: &str) {
        self.hash.update(line.as_bytes());
        self.hash.update(b"\n");
        self.rows += 1;
    }

    pub(super) fn rows(&self) -> u64 {
        self.rows
    }

    pub(super) fn sha256(self) -> String {
        hex(self.hash.finish().as_ref())
    }

    pub(super) fn seal(self, table: &Table) -> Seal {
        Seal { table: table.name.clone(), rows: self.rows, sha256: self.sha256() }
    }
}
