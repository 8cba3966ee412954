//! A PostgreSQL server for tests: looked for at `ASKAROUND_TEST_POSTGRES`, else at 127.0.0.1:5432;
//! without one the PostgreSQL half says that it did not run, or fails where it is required to.

#[path = "../browser/required.rs"]
mod required;

use sqlx::Connection as _;

/// The address of a fresh schema on the server, if one answers.
#[expect(clippy::disallowed_methods, reason = "a test says where its server is by environment")]
#[expect(clippy::expect_used, reason = "a server that answers makes schemas")]
pub(crate) async fn fresh_schema(name: &str) -> Option<String> {
    let base = std::env::var("ASKAROUND_TEST_POSTGRES")
        .unwrap_or_else(|_| "postgres://postgres@127.0.0.1:5432/test".to_owned());
    let Ok(mut server) = sqlx::PgConnection::connect(&base).await else {
        required::missing("postgres", &format!("{name} on a PostgreSQL server"));
        return None;
    };
    let schema = format!("askaround_{name}_{}", std::process::id());
    let script = format!("DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}");
    sqlx::raw_sql(sqlx::AssertSqlSafe(script)).execute(&mut server).await.expect("a schema");
    server.close().await.expect("it was open");
    let joint = if base.contains('?') { '&' } else { '?' };
    Some(format!("{base}{joint}options=-c%20search_path%3D{schema}"))
}
