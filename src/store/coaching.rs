//! Who has been told how to ask, and when: so that nobody hears it often, whatever restarts.

use super::statements::{both, statements};
use super::{StoreError, Tx, on};
use crate::domain::ids::{BotId, PersonId};
use crate::domain::time::Moment;

statements! {
    COACHED = both(
        "INSERT INTO coached (bot, person, at) VALUES ($1, $2, $3) \
         ON CONFLICT (bot, person) DO UPDATE SET at = excluded.at WHERE coached.at < $4");
}

impl Tx {
    /// Notes that somebody is told now; false when they were told after `since`.
    pub async fn coached(
        &mut self,
        bot: &BotId,
        person: PersonId,
        since: Moment,
        now: Moment,
    ) -> Result<bool, StoreError> {
        let text = self.sql(&COACHED);
        let rows = on!(self, c => sqlx::query(text)
            .bind(bot.as_str()).bind(person.get()).bind(now.as_millis()).bind(since.as_millis())
            .execute(c).await?.rows_affected());
        Ok(rows == 1)
    }
}
