//! What tables there are, and their columns: asked of the migrations, not kept by hand.

use std::str::FromStr as _;

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions as _, Connection as _};

use super::super::{MIGRATIONS, StoreError, migrator};

/// What a column holds; there is nothing else in our migrations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Its place in the table's key, from 1; 0 for none.
    in_key: i64,
}

#[derive(Debug)]
pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
}

/// Every table of a database on which the migrations up to `schema` have run, by name.
#[derive(Debug)]
pub(super) struct Blueprint {
    pub(super) schema: i64,
    pub(super) tables: Vec<Table>,
}

const COLUMNS: &str = "SELECT tables.name, columns.name, columns.type, columns.pk \
    FROM sqlite_master AS tables JOIN pragma_table_info(tables.name) AS columns \
    WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' \
    AND tables.name <> '_sqlx_migrations' ORDER BY tables.name, columns.cid";

impl Blueprint {
    pub(super) async fn of(schema: i64) -> Result<Blueprint, StoreError> {
        let mut drawn = SqliteConnectOptions::from_str("sqlite::memory:")?.connect().await?;
        let blueprint = Self::drawn_on(&mut drawn, schema).await;
        drawn.close().await?;
        blueprint
    }

    async fn drawn_on(drawn: &mut SqliteConnection, schema: i64) -> Result<Blueprint, StoreError> {
        let run = migrator().run_to(schema, &mut *drawn).await;
        run.map_err(|error| StoreError::Unusable(error.to_string()))?;
        let columns: Vec<(String, String, String, i64)> =
            sqlx::query_as(COLUMNS).fetch_all(drawn).await?;
        let mut tables: Vec<Table> = Vec::new();
        for (table, name, kind, in_key) in columns {
            let kind = match kind.as_str() {
                "TEXT" => Kind::Text,
                "BIGINT" => Kind::Number,
                _ => {
                    let problem = format!("{table}.{name} is {kind}, which no archive can hold");
                    return Err(StoreError::Unusable(problem));
                }
            };
            let column = Column { name, kind, in_key };
            match tables.last_mut() {
                Some(last) if last.name == table => last.columns.push(column),
                _ => tables.push(Table { name: table, columns: vec![column] }),
            }
        }
        Ok(Blueprint { schema, tables })
    }
}

/// The newest migration that this program knows.
pub(super) fn newest() -> i64 {
    MIGRATIONS.last().map_or(0, |(version, ..)| *version)
}

impl Table {
    pub(super) fn column_names(&self) -> Vec<&str> {
        self.columns.iter().map(|column| column.name.as_str()).collect()
    }

    /// Every row in the order of its key. PostgreSQL is told to compare texts by their bytes, as
    /// SQLite does by itself.
    pub(super) fn select(&self, text_order: &str) -> String {
        let mut key: Vec<&Column> = self.columns.iter().filter(|c| c.in_key > 0).collect();
        key.sort_by_key(|column| column.in_key);
        let key = key.iter().map(|column| match column.kind {
            Kind::Text => format!("\"{}\"{text_order}", column.name),
            Kind::Number => format!("\"{}\"", column.name),
        });
        let key = key.collect::<Vec<_>>().join(", ");
        format!("SELECT {} FROM \"{}\" ORDER BY {key}", self.quoted_columns(), self.name)
    }

    /// Takes so many rows at once.
    pub(super) fn insert(&self, rows: usize) -> String {
        let width = self.columns.len();
        let row = |number: usize| {
            let places = (1..=width).map(|column| format!("${}", number * width + column));
            format!("({})", places.collect::<Vec<_>>().join(","))
        };
        let rows = (0..rows).map(row).collect::<Vec<_>>().join(",");
        format!("INSERT INTO \"{}\" ({}) VALUES {rows}", self.name, self.quoted_columns())
    }

    fn quoted_columns(&self) -> String {
        let names = self.columns.iter().map(|column| format!("\"{}\"", column.name));
        names.collect::<Vec<_>>().join(", ")
    }
}
