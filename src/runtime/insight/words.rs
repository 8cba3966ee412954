//! Sentences as plain text, for whoever reads them outside a chat.

use super::super::engine::Engine;
use super::super::wording::NameBook;
use crate::domain::ids::{BotId, Language};
use crate::domain::text::Text;
use crate::store::StoreError;

impl Engine {
    /// Words sentences in a bot's own voice, people and channels by their names as they are now.
    /// Nothing for a bot that the engine does not know.
    pub async fn worded(
        &self,
        bot: &BotId,
        language: &Language,
        texts: &[Text],
    ) -> Result<Vec<String>, StoreError> {
        let Some(bot) = self.bots.get(bot) else { return Ok(Vec::new()) };
        let mut tx = self.store.read().await?;
        let names = NameBook::of_texts(&mut tx, texts).await?;
        let word = |text| bot.locales.say(language, text, &names).to_plain();
        Ok(texts.iter().map(word).collect())
    }
}
