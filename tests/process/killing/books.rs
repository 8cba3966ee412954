//! What the database knows after the end, read by SQL as an operator would.
#![expect(clippy::expect_used, reason = "a database that cannot be read is the end of the story")]

use std::collections::BTreeMap;
use std::path::Path;

use sqlx::sqlite::{SqliteConnectOptions, SqlitePool};

/// The class of what was said and is not settled yet: it may be said once more.
pub(crate) const UNSETTLED: &str = "unsettled";

pub(crate) struct Books {
    /// The stages of every case that a question has, by the question's key.
    pub(crate) cases: BTreeMap<String, Vec<String>>,
    /// Tries at rows that may have been said twice, by class.
    pub(crate) doubtful: BTreeMap<String, usize>,
    /// What was parked or given up, with why.
    pub(crate) aside: Vec<String>,
    /// The class of what was said, by the key of its message.
    classes: BTreeMap<String, String>,
}

impl Books {
    pub(crate) async fn read(file: &Path) -> Books {
        let options = SqliteConnectOptions::new().filename(file).read_only(true);
        let pool = SqlitePool::connect_with(options).await.expect("the database opens");
        let mut cases: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let asked: Vec<(String, String)> = sqlx::query_as(
            "SELECT messages.platform_key, cases.stage FROM cases \
             JOIN messages ON messages.case_id = cases.id AND messages.part = 'question'",
        )
        .fetch_all(&pool)
        .await
        .expect("cases");
        for (key, stage) in asked {
            cases.entry(key).or_default().push(stage);
        }
        let doubtful: Vec<(String, i64)> = sqlx::query_as(
            "SELECT CASE WHEN sent_key IS NULL AND class IN ('answer', 'hand_off') \
             THEN 'unsettled' ELSE class END, SUM(attempts) FROM outbox \
             WHERE doubtful = 1 GROUP BY 1",
        )
        .fetch_all(&pool)
        .await
        .expect("the outbox");
        let count = |count: i64| usize::try_from(count).unwrap_or_default();
        let doubtful = doubtful.into_iter().map(|(class, rows)| (class, count(rows))).collect();
        let aside: Vec<String> = sqlx::query_scalar(
            "SELECT 'parked: ' || problem FROM parked UNION ALL \
             SELECT 'given up: ' || problem FROM outbox WHERE state = 'given_up'",
        )
        .fetch_all(&pool)
        .await
        .expect("what lies aside");
        let classes: Vec<(String, String)> = sqlx::query_as(
            "SELECT sent_key, class FROM outbox WHERE sent_key IS NOT NULL AND edits IS NULL",
        )
        .fetch_all(&pool)
        .await
        .expect("the outbox");
        pool.close().await;
        Books { cases, doubtful, aside, classes: classes.into_iter().collect() }
    }

    /// The class of the row that became one of these messages.
    pub(crate) fn class_of(&self, keys: &[String]) -> String {
        let class = keys.iter().find_map(|key| self.classes.get(key).cloned());
        class.unwrap_or_else(|| UNSETTLED.to_owned())
    }
}
