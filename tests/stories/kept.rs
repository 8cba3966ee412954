//! What a story's database keeps, looked at from beside the runtime.
#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use askaround::domain::ids::{BotId, CaseId, Language};

use super::world::World;

/// Words in whatever keeps what people wrote.
const KEEPS: &str = "SELECT (SELECT COUNT(*) FROM messages WHERE body LIKE $1) \
    + (SELECT COUNT(*) FROM feedback WHERE body LIKE $1) \
    + (SELECT COUNT(*) FROM parked WHERE document LIKE $1) \
    + (SELECT COUNT(*) FROM outbox WHERE document LIKE $1)";

impl World {
    /// Whether the database file has these words in a message or in what was said.
    pub(crate) async fn kept_anywhere(&self, words: &str) -> bool {
        let pool = self.file().await;
        let count: i64 = sqlx::query_scalar(
            "SELECT (SELECT COUNT(*) FROM messages WHERE instr(body, $1) > 0) \
             + (SELECT COUNT(*) FROM outbox WHERE instr(document, $1) > 0) \
             + (SELECT COUNT(*) FROM channels WHERE instr(name, $1) > 0) \
             + (SELECT COUNT(*) FROM history WHERE instr(event || notes, $1) > 0)",
        )
        .bind(words)
        .fetch_one(&pool)
        .await
        .expect("reads");
        pool.close().await;
        count > 0
    }

    /// Whether the database has these words anywhere, whichever database it is.
    pub(crate) async fn keeps(&self, words: &str) -> bool {
        let words = format!("%{words}%");
        #[cfg(feature = "postgres")]
        if let Some(url) = &self.server {
            use sqlx::Connection as _;
            let mut server = sqlx::PgConnection::connect(url).await.expect("answers");
            let count = sqlx::query_scalar(KEEPS).bind(words).fetch_one(&mut server).await;
            let count: i64 = count.expect("reads");
            server.close().await.expect("it was open");
            return count > 0;
        }
        let pool = self.file().await;
        let count = sqlx::query_scalar(KEEPS).bind(words).fetch_one(&pool).await;
        let count: i64 = count.expect("reads");
        pool.close().await;
        count > 0
    }

    /// Whether a harvest's row has these words.
    pub(crate) async fn kept_in_harvests(&self, words: &str) -> bool {
        let pool = self.file().await;
        let rows = "SELECT COUNT(*) FROM harvests WHERE instr(wording || former, $1) > 0";
        let count: i64 =
            sqlx::query_scalar(rows).bind(words).fetch_one(&pool).await.expect("reads");
        pool.close().await;
        count > 0
    }

    /// How much waits to be said, or has buttons that ask for something.
    pub(crate) async fn open_rows(&self) -> i64 {
        let pool = self.file().await;
        let rows = "SELECT COUNT(*) FROM outbox WHERE state IN ('due', 'sending') OR live = 1";
        let count = sqlx::query_scalar(rows).fetch_one(&pool).await.expect("reads");
        pool.close().await;
        count
    }

    /// The story of a case, as an operator reads it.
    pub(crate) async fn story_of(&self, case: CaseId) -> String {
        let story = self.engine().case_story(case).await.expect("reads").expect("there is one");
        let texts: Vec<_> = story.lines.into_iter().map(|line| line.text).collect();
        let (bot, language) = (BotId::from("lumen"), Language::from("en"));
        self.engine().worded(&bot, &language, &texts).await.expect("reads").join("\n")
    }

    /// The number of the newest case, as people type it.
    pub(crate) async fn newest_case(&self) -> String {
        self.cases().await.pop().expect("there is a case").short()
    }

    /// Every case of the story, the oldest first.
    pub(crate) async fn cases(&self) -> Vec<CaseId> {
        let pool = self.file().await;
        let cases = sqlx::query_scalar("SELECT id FROM cases ORDER BY id");
        let cases: Vec<i64> = cases.fetch_all(&pool).await.expect("reads");
        pool.close().await;
        cases.into_iter().map(CaseId::from).collect()
    }

    /// Somebody changes the database file with one statement.
    pub(crate) async fn tampers(&mut self, statement: &'static str) {
        let pool = self.file().await;
        sqlx::query(statement).execute(&pool).await.expect("tampers");
        pool.close().await;
    }

    /// The story's database file, beside the runtime.
    async fn file(&self) -> sqlx::SqlitePool {
        let path = self.folder.path().join("story.db");
        let options = sqlx::sqlite::SqliteConnectOptions::new().filename(path);
        sqlx::SqlitePool::connect_with(options).await.expect("opens")
    }

    /// Somebody tampers with the database file: every case becomes unreadable.
    pub(crate) async fn break_case_documents(&mut self) {
        let pool = self.file().await;
        sqlx::query("UPDATE cases SET document = 'torn'").execute(&pool).await.expect("tampers");
        pool.close().await;
    }
}
