//! Asking well: one gentle line to somebody whose question names nothing to help with, once in a
//! long while. It never holds a question up: people are called all the same.

use super::super::document::{Document, ReplyTo};
use super::post::Draft;
use super::{Here, Turn};
use crate::domain::case::Stage;
use crate::domain::ids::PlatformKey;
use crate::domain::question;
use crate::domain::text::Text;
use crate::store::{Account, Class, StoreError};

impl Turn<'_> {
    /// Says how to ask so that somebody can answer, if the question of this turn was too thin for
    /// an article and for people, and its asker has not been told within `coach_every`.
    pub(super) async fn perhaps_coach(
        &mut self,
        here: &Here,
        account: &Account,
        text: &str,
        key: &PlatformKey,
    ) -> Result<(), StoreError> {
        let every = self.bot.rules.listen.coach_every;
        if every.is_zero() || !question::is_thin(text) {
            return Ok(());
        }
        let Some(case) = self.asked.as_ref().map(|asked| asked.case) else { return Ok(()) };
        let Some(row) = self.case_in(case).await? else { return Ok(()) };
        // Suggested: an article was found; handed off: staff ask for what they need.
        if !matches!(row.case.stage, Stage::Calling { .. }) {
            return Ok(());
        }
        let since = self.now - every;
        if !self.tx.coached(&self.bot.id, account.person, since, self.now).await? {
            return Ok(());
        }
        let lines = vec![Text::AskWell { who: account.id }.into()];
        let mut document = Document::new(row.case.language.clone(), lines);
        document.reply = Some(ReplyTo::Message { key: key.clone() });
        let mut draft = Draft::new(here.channel, Class::Answer, document);
        draft.case = Some(case);
        self.post(draft).await?;
        Ok(())
    }
}
