//! Rows out of a database and into one, in a transaction of the caller's.

use futures_util::TryStreamExt as _;
use sqlx::{AssertSqlSafe, ColumnIndex, Decode, Type};

use super::blueprint::{Blueprint, Kind, Table};
use super::lines::{Row, Sealer, Value, write};
use super::{Seal, Sink};
use crate::store::{StoreError, Tx, on};

/// Values that one statement takes at most; SQLite takes 32,766 and PostgreSQL 65,535.
const VALUES_AT_ONCE: usize = 8_000;
/// Letters that wait for a statement at most: what one person wrote is small, what many wrote is
/// not.
const BYTES_AT_ONCE: usize = 1 << 20;

/// Hands every row to `sink`, table by table, never more than a few of them in memory.
pub(super) async fn read(
    tx: &mut Tx,
    blueprint: &Blueprint,
    sink: &mut impl Sink,
    mut told: impl FnMut(&Seal),
) -> Result<Vec<Seal>, StoreError> {
    let text_order = match tx {
        Tx::Sqlite(..) => "",
        #[cfg(feature = "postgres")]
        Tx::Postgres(..) => " COLLATE \"C\"",
    };
    let mut seals = Vec::new();
    for table in &blueprint.tables {
        sink.begin(table).await?;
        let mut sealer = Sealer::new();
        // Its names are those of our own migrations.
        let select = AssertSqlSafe(table.select(text_order));
        on!(&mut *tx, c => {
            let mut rows = sqlx::query(select).fetch(c);
            while let Some(row) = rows.try_next().await? {
                let row = values(&row, table).map_err(|problem| {
                    let number = sealer.rows() + 1;
                    StoreError::Unusable(format!("{}, row {number}: {problem}", table.name))
                })?;
                let line = write(&row)?;
                sealer.add(&line);
                sink.row(table, row, &line).await?;
            }
        });
        let seal = sealer.seal(table);
        sink.end(table, &seal).await?;
        told(&seal);
        seals.push(seal);
    }
    Ok(seals)
}

fn values<'r, R>(row: &'r R, table: &Table) -> Result<Row, sqlx::Error>
where
    R: sqlx::Row,
    usize: ColumnIndex<R>,
    i64: Decode<'r, R::Database> + Type<R::Database>,
    String: Decode<'r, R::Database> + Type<R::Database>,
{
    let value = |(place, column): (usize, &super::blueprint::Column)| {
        Ok(match column.kind {
            Kind::Text => row.try_get::<Option<String>, _>(place)?.map(Value::Text),
            Kind::Number => row.try_get::<Option<i64>, _>(place)?.map(Value::Number),
        }
        .unwrap_or(Value::Nothing))
    };
    table.columns.iter().enumerate().map(value).collect()
}

/// Writes rows into a database, many in one statement.
pub(super) struct Loader<'a> {
    tx: &'a mut Tx,
    waiting: Vec<Row>,
    bytes: usize,
    written: u64,
}

impl<'a> Loader<'a> {
    pub(super) fn new(tx: &'a mut Tx) -> Loader<'a> {
        Loader { tx, waiting: Vec::new(), bytes: 0, written: 0 }
    }

    async fn write(&mut self, table: &Table) -> Result<(), StoreError> {
        let rows = std::mem::take(&mut self.waiting);
        if rows.is_empty() {
            return Ok(());
        }
        let first = self.written + 1;
        self.written += rows.len() as u64;
        self.bytes = 0;
        let is_usual = rows.len() == at_once(table);
        let insert = AssertSqlSafe(table.insert(rows.len()));
        let done: Result<_, sqlx::Error> = on!(&mut *self.tx, c => {
            let mut query = sqlx::query(insert).persistent(is_usual);
            let values = rows.into_iter().flat_map(|row| row.into_iter().zip(&table.columns));
            for (value, column) in values {
                query = match (value, column.kind) {
                    (Value::Number(number), _) => query.bind(number),
                    (Value::Text(text), _) => query.bind(text),
                    (Value::Nothing, Kind::Number) => query.bind(None::<i64>),
                    (Value::Nothing, Kind::Text) => query.bind(None::<String>),
                };
            }
            query.execute(c).await.map(|_| ())
        });
        done.map_err(|error| {
            let (table, last) = (&table.name, self.written);
            StoreError::Unusable(format!("{table}, rows {first} to {last}: {error}"))
        })
    }
}

/// Whether a text may hold any letter; PostgreSQL ends one at a NUL.
fn takes_any_letter(tx: &Tx) -> bool {
    match tx {
        Tx::Sqlite(..) => true,
        #[cfg(feature = "postgres")]
        Tx::Postgres(..) => false,
    }
}

fn at_once(table: &Table) -> usize {
    (VALUES_AT_ONCE / table.columns.len().max(1)).max(1)
}

impl Sink for Loader<'_> {
    async fn begin(&mut self, _: &Table) -> Result<(), StoreError> {
        self.written = 0;
        Ok(())
    }

    async fn row(&mut self, table: &Table, row: Row, line: &str) -> Result<(), StoreError> {
        if !takes_any_letter(self.tx) && row.iter().any(Value::has_nul) {
            let (table, number) = (&table.name, self.written + self.waiting.len() as u64 + 1);
            return Err(StoreError::Unusable(format!(
                "{table}, row {number}: a text in it holds the letter NUL, which PostgreSQL cannot \
                 keep; take it out of the row ({})",
                row.first().map(Value::shown).unwrap_or_default()
            )));
        }
        self.bytes += line.len();
        self.waiting.push(row);
        if self.waiting.len() >= at_once(table) || self.bytes >= BYTES_AT_ONCE {
            self.write(table).await?;
        }
        Ok(())
    }

    async fn end(&mut self, table: &Table, _: &Seal) -> Result<(), StoreError> {
        self.write(table).await
    }
}
