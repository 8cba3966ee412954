//! Keys of words in the database: which are needed, and taking words over from one to the next.

use super::keys::{
    BLOCK_NOTE, CHANNEL_NAME, FEEDBACK_BODY, HARVEST_FORMER, HARVEST_WORDING, KEY_VARIABLE,
    LEDGER_NOTE, MESSAGE_BODY, OLD_KEYS_VARIABLE, OUTBOX_DOCUMENT, PARKED_DOCUMENT, TextKeys,
    Words,
};
use super::messages::row_of;
use super::statements::{Sql, both, statements};
use super::{Store, StoreError, Tx, on, rows, sqlite_path, unusable};

statements! {
    KEYS = both("SELECT id, whole FROM text_keys ORDER BY id");
    NEW_KEY = both(
        "INSERT INTO text_keys (id, whole) VALUES ($1, 0) ON CONFLICT (id) DO NOTHING");
    OTHERS_ARE_NOT_WHOLE = both("UPDATE text_keys SET whole = 0 WHERE id <> $1 AND whole = 1");
    IS_WHOLE = both("UPDATE text_keys SET whole = 1 WHERE id = $1");
    NOT_NEEDED = both("DELETE FROM text_keys WHERE id <> $1");

    // A text is replaced only if it is the one that was read: whoever changed it meanwhile wrote it
    // under the current key.
    MESSAGES = both(
        "SELECT channel AS id, platform_key AS key, body AS text FROM messages \
         WHERE channel >= $1 AND (channel > $1 OR platform_key > $2) \
         ORDER BY channel, platform_key LIMIT $3");
    MESSAGE = both(
        "UPDATE messages SET body = $4 WHERE channel = $1 AND platform_key = $2 AND body = $3");
    FEEDBACKS = both(
        "SELECT id, '' AS key, body AS text FROM feedback WHERE id > $1 ORDER BY id LIMIT $2");
    FEEDBACK = both("UPDATE feedback SET body = $3 WHERE id = $1 AND body = $2");
    OUTBOX = both(
        "SELECT id, '' AS key, document AS text FROM outbox WHERE id > $1 ORDER BY id LIMIT $2");
    OUTBOX_ROW = both("UPDATE outbox SET document = $3 WHERE id = $1 AND document = $2");
    PARKED = both(
        "SELECT id, '' AS key, document AS text FROM parked WHERE id > $1 ORDER BY id LIMIT $2");
    PARKED_INPUT = both("UPDATE parked SET document = $3 WHERE id = $1 AND document = $2");
    CHANNELS = both(
        "SELECT id, '' AS key, name AS text FROM channels WHERE id > $1 ORDER BY id LIMIT $2");
    CHANNEL = both("UPDATE channels SET name = $3 WHERE id = $1 AND name = $2");
    ENTRIES = both(
        "SELECT id, '' AS key, note AS text FROM ledger WHERE id > $1 ORDER BY id LIMIT $2");
    ENTRY = both("UPDATE ledger SET note = $3 WHERE id = $1 AND note = $2");
    ACCOUNTS = both(
        "SELECT id, '' AS key, block_note AS text FROM accounts WHERE id > $1 ORDER BY id LIMIT $2");
    ACCOUNT = both("UPDATE accounts SET block_note = $3 WHERE id = $1 AND block_note = $2");
    WORDINGS = both(
        "SELECT case_id AS id, '' AS key, wording AS text FROM harvests WHERE case_id > $1 \
         ORDER BY case_id LIMIT $2");
    WORDING = both("UPDATE harvests SET wording = $3 WHERE case_id = $1 AND wording = $2");
    FORMERS = both(
        "SELECT case_id AS id, '' AS key, former AS text FROM harvests WHERE case_id > $1 \
         ORDER BY case_id LIMIT $2");
    FORMER = both("UPDATE harvests SET former = $3 WHERE case_id = $1 AND former = $2");
}

rows! {
    struct KeyRecord { id: String, whole: i64 }
    struct TextRecord { id: i64, key: String, text: String }
}

/// Every column of words: how its rows are read on, and how one is replaced.
const TEXTS: [(Words, &Sql, &Sql); 9] = [
    (MESSAGE_BODY, &MESSAGES, &MESSAGE),
    (FEEDBACK_BODY, &FEEDBACKS, &FEEDBACK),
    (OUTBOX_DOCUMENT, &OUTBOX, &OUTBOX_ROW),
    (PARKED_DOCUMENT, &PARKED, &PARKED_INPUT),
    (CHANNEL_NAME, &CHANNELS, &CHANNEL),
    (LEDGER_NOTE, &ENTRIES, &ENTRY),
    (BLOCK_NOTE, &ACCOUNTS, &ACCOUNT),
    (HARVEST_WORDING, &WORDINGS, &WORDING),
    (HARVEST_FORMER, &FORMERS, &FORMER),
];

/// Rows looked at in one transaction: the writer is everybody's.
const AT_ONCE: i64 = 200;

/// How far the words have been taken over; the beginning by default.
#[derive(Debug, Clone, Default)]
pub struct TextMark {
    column: usize,
    id: i64,
    key: String,
    /// A text that no key opens; it stays as it is.
    unread: Option<String>,
}

impl Store {
    /// Refuses keys without which words of this database cannot be read.
    pub(super) async fn check_keys(&self, keys: &TextKeys) -> Result<(), StoreError> {
        let mut tx = self.read().await?;
        // A database of before keys has no such table, and no word under any.
        let Ok(needed) = tx.text_keys().await else { return Ok(()) };
        let missing = needed.iter().find(|key| !keys.ids().any(|id| id == key.id));
        let Some(missing) = missing else { return Ok(()) };
        let given = keys.ids().collect::<Vec<_>>().join(", ");
        let given = if given.is_empty() {
            "none is given".to_owned()
        } else {
            format!("what is given is {given}")
        };
        Err(StoreError::Unusable(format!(
            "people's words in this database are under the key with the fingerprint {}, and \
             {given}; put the key that was there before into {KEY_VARIABLE}, or into \
             {OLD_KEYS_VARIABLE} beside a new one",
            missing.id
        )))
    }

    /// The same before a database is opened, so that nothing of it is touched.
    pub(super) async fn check_keys_of(url: &str, keys: &TextKeys) -> Result<(), StoreError> {
        let is_postgres = url.starts_with("postgres:") || url.starts_with("postgresql:");
        if !is_postgres && !std::path::Path::new(sqlite_path(url)?).is_file() {
            return Ok(());
        }
        // What cannot even be looked at is told by opening it.
        let Ok((store, shown)) = Self::look(url).await else { return Ok(()) };
        let fit = store.check_keys(keys).await;
        store.close().await;
        fit.map_err(|error| unusable(&shown, &error))
    }

    /// Notes which key is needed from now on.
    pub(super) async fn note_keys(&self) -> Result<(), StoreError> {
        let mut tx = self.begin().await?;
        let current = self.keys.current();
        if let Some(current) = current {
            let text = tx.sql(&NEW_KEY);
            on!(&mut tx, c => sqlx::query(text)
                .bind(current).execute(c).await?.rows_affected());
        }
        let text = tx.sql(&OTHERS_ARE_NOT_WHOLE);
        on!(&mut tx, c => sqlx::query(text)
            .bind(current.unwrap_or_default()).execute(c).await?.rows_affected());
        tx.commit().await
    }

    /// Whether every word is under the current key, or under none if there is none.
    pub async fn texts_are_whole(&self) -> Result<bool, StoreError> {
        let keys = self.read().await?.text_keys().await?;
        Ok(match (self.keys.current(), keys.as_slice()) {
            (None, []) => true,
            (Some(current), [only]) => only.id == current && only.whole == 1,
            _ => false,
        })
    }

    /// Takes some words over to the current key, in one transaction; gives back where to go on, or
    /// `None` when no other key is needed any more.
    pub async fn rewrite_texts(&self, mut mark: TextMark) -> Result<Option<TextMark>, StoreError> {
        let mut tx = self.begin().await?;
        let Some((words, page, update)) = TEXTS.get(mark.column) else {
            if let Some(unread) = mark.unread {
                return Err(StoreError::Unusable(unread));
            }
            let current = self.keys.current().unwrap_or_default();
            for sql in [&IS_WHOLE, &NOT_NEEDED] {
                let text = tx.sql(sql);
                on!(&mut tx, c => sqlx::query(text)
                    .bind(current).execute(c).await?.rows_affected());
            }
            tx.commit().await?;
            return Ok(None);
        };
        let rows = tx.texts_after(*words, page, &mark).await?;
        let Some(last) = rows.last() else {
            return Ok(Some(TextMark {
                column: mark.column + 1,
                unread: mark.unread,
                ..TextMark::default()
            }));
        };
        (mark.id, mark.key) = (last.id, last.key.clone());
        for row in rows.into_iter().filter(|row| !self.keys.is_current(&row.text)) {
            match self.keys.taken_over(*words, &row) {
                Ok(text) => tx.replace_text(*words, update, &row, &text).await?,
                Err(error) => mark.unread = Some(error.to_string()),
            }
        }
        tx.commit().await?;
        Ok(Some(mark))
    }
}

impl TextKeys {
    fn taken_over(&self, words: Words, row: &TextRecord) -> Result<String, StoreError> {
        let place =
            if words == MESSAGE_BODY { row_of(row.id, &row.key) } else { row.id.to_string() };
        let text = self.open(words, &place, row.text.clone())?;
        self.seal(words, &place, &text)
    }
}

impl Tx {
    async fn text_keys(&mut self) -> Result<Vec<KeyRecord>, StoreError> {
        let text = self.sql(&KEYS);
        Ok(on!(self, c => sqlx::query_as(text).fetch_all(c).await?))
    }

    async fn texts_after(
        &mut self,
        words: Words,
        page: &Sql,
        mark: &TextMark,
    ) -> Result<Vec<TextRecord>, StoreError> {
        let text = self.sql(page);
        Ok(on!(self, c => {
            let page = sqlx::query_as(text).bind(mark.id);
            let page = if words == MESSAGE_BODY { page.bind(&mark.key) } else { page };
            page.bind(AT_ONCE).fetch_all(c).await?
        }))
    }

    async fn replace_text(
        &mut self,
        words: Words,
        update: &Sql,
        row: &TextRecord,
        new: &str,
    ) -> Result<(), StoreError> {
        let text = self.sql(update);
        on!(self, c => {
            let update = sqlx::query(text).bind(row.id);
            let update = if words == MESSAGE_BODY { update.bind(&row.key) } else { update };
            update.bind(&row.text).bind(new).execute(c).await?.rows_affected()
        });
        Ok(())
    }
}
