//! The statements: each stands in the file that runs it; here they are gathered, so that a test
//! can prepare every one on both databases.

/// One statement in the words of each database.
#[derive(Debug, Clone, Copy)]
pub struct Sql {
    pub sqlite: &'static str,
    pub postgres: &'static str,
}

/// The same text serves both: `$1` and `ON CONFLICT` are common ground.
pub const fn both(text: &'static str) -> Sql {
    Sql { sqlite: text, postgres: text }
}

/// The same, with the index that SQLite is to take where it knows of two and would choose by
/// chance: it keeps no statistics here, and takes what is open from the index of all that ever was.
/// PostgreSQL, which does, is told nothing.
macro_rules! by_index {
    ($table:literal, $index:literal, $rest:literal) => {
        $crate::store::statements::Sql {
            sqlite: concat!($table, " INDEXED BY ", $index, " ", $rest),
            postgres: concat!($table, " ", $rest),
        }
    };
}
pub(crate) use by_index;

/// Names statements and lists them.
macro_rules! statements {
    ($($name:ident = $sql:expr;)*) => {
        $(const $name: $crate::store::statements::Sql = $sql;)*
        pub(super) const ALL: &[(&str, $crate::store::statements::Sql)] =
            &[$((stringify!($name), $name)),*];
    };
}
pub(crate) use statements;

/// Every statement of the store, by name.
pub fn all() -> impl Iterator<Item = (&'static str, &'static Sql)> {
    [
        super::accounts::ALL,
        super::audit::ALL,
        super::badges::ALL,
        super::cases::ALL,
        super::census::ALL,
        super::coaching::ALL,
        super::cursors::ALL,
        super::departures::ALL,
        super::feedback::ALL,
        super::gauges::ALL,
        super::harvests::ALL,
        super::inbox::ALL,
        super::leaders::ALL,
        super::leases::ALL,
        super::links::ALL,
        super::ledger::ALL,
        super::messages::ALL,
        super::outbox::ALL,
        super::places::ALL,
        super::playground::ALL,
        super::report::ALL,
        super::rewriting::ALL,
        super::roster::ALL,
        super::suggestions::ALL,
        super::threads::ALL,
    ]
    .into_iter()
    .flatten()
    .map(|(name, sql)| (*name, sql))
}
