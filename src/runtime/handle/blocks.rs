//! `/askaround block`: people whom the bot leaves out, as a moderator wants it.

use super::Turn;
use super::commands::Asked;
use crate::domain::case::{Actor, Event};
use crate::domain::text::{Quoted, Text};
use crate::store::StoreError;

/// People named in one answer.
const SHOWN: i64 = 20;

/// A note's length, in characters: a reason and not a report.
pub(super) const NOTE_LIMIT_CHARS: usize = 200;

impl Turn<'_> {
    /// Without a name, who is blocked. A block holds for the whole bot on this platform.
    pub(super) async fn block(
        &mut self,
        asked: &Asked<'_>,
        who: Option<String>,
        off: bool,
        reason: Option<String>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let Some(word) = who else { return self.tell_blocked(asked).await };
        let Some((author, account)) = self.person_meant(asked, &word).await? else {
            return Ok(());
        };
        let who = account.id;
        if who == asked.account.id || author.moderator {
            return self.answer(asked, vec![Text::BlockNotModerators]).await;
        }
        if account.blocked != off {
            let text = if off { Text::BlockOff { who } } else { Text::BlockOn { who } };
            return self.answer(asked, vec![text, Text::AlreadySo]).await;
        }
        let note: String = reason.unwrap_or_default().chars().take(NOTE_LIMIT_CHARS).collect();
        self.tx.block(account.person, !off, &note).await?;
        tracing::info!(
            bot.id = %self.bot.id, account.id = %who, by = %asked.account.id, blocked = !off,
            "account {who} was {}", if off { "let in again" } else { "blocked" }
        );
        let (text, mode) = if off {
            (Text::BlockOff { who }, "on")
        } else {
            for one in self.tx.accounts_of(account.person).await? {
                self.give_back_claims(asked, one).await?;
            }
            (Text::BlockOn { who }, "off")
        };
        let command = format!("/askaround block @{word} mode:{mode}");
        self.answer(asked, vec![text, Text::UndoBy { command }]).await
    }

    async fn tell_blocked(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let blocked = self.tx.blocked(&self.bot.id, &self.platform, SHOWN).await?;
        let texts = if blocked.is_empty() {
            vec![Text::BlockNobody]
        } else {
            blocked.into_iter().map(|(who, note)| block_line(who, note)).collect()
        };
        self.answer(asked, texts).await
    }

    /// What they had taken goes back to the others at once.
    async fn give_back_claims(
        &mut self,
        asked: &Asked<'_>,
        who: crate::domain::ids::AccountId,
    ) -> Result<(), StoreError> {
        let by = Actor { moderator: true, ..Actor::member(asked.account.id) };
        for case in self.tx.claims_of(who).await? {
            let Some(row) = self.case_in(case).await? else { continue };
            if row.case.working() != Some(who) {
                continue;
            }
            let settings = self.tx.community(row.case.community).await?.settings;
            // A claim that has just ended by itself needs no giving back.
            let _given_back = self.decided(row, &settings, Event::Released { by }).await?;
        }
        Ok(())
    }
}

fn block_line(who: crate::domain::ids::AccountId, note: String) -> Text {
    if note.is_empty() {
        Text::BlockLine { who }
    } else {
        Text::BlockLineWhy { who, note: Quoted(note) }
    }
}
