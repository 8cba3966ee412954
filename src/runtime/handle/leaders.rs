//! `/leaders`: who has helped most, where the asker stands, and how far it is to the next place.

use super::Turn;
use super::commands::Asked;
use super::effects::words;
use crate::domain::ids::Topic;
use crate::domain::recognition::Season;
use crate::domain::text::{Quoted, Text};
use crate::store::{Board, StoreError};

/// Places shown: what fits on a screen, and what people look at.
const PLACES: i64 = 10;

impl Turn<'_> {
    pub(super) async fn leaders(
        &mut self,
        asked: &Asked<'_>,
        season: Season,
        topic: Option<String>,
    ) -> Result<(), StoreError> {
        let bot = std::sync::Arc::clone(&self.bot);
        let topic = topic.map(|name| Topic::new(name.to_lowercase()));
        let known = self.known_topics();
        if let Some(unknown) = topic.as_ref().filter(|topic| !known.contains(topic)) {
            let topic = Quoted(unknown.as_str().chars().take(40).collect());
            let known = words(&known);
            return self.answer(asked, vec![Text::UnknownTopic { topic, known }]).await;
        }
        let since = season.since(self.now);
        let board = Board { bot: &bot.id, since, topic: topic.as_ref() };
        let leaders = self.tx.leaders(board, PLACES).await?;
        let title = topic.as_ref().map(Topic::to_string).unwrap_or_default();
        let mut texts = vec![match season {
            Season::Week => Text::LeadersWeek { topic: title },
            Season::Month => Text::LeadersMonth { topic: title },
            Season::All => Text::LeadersAll { topic: title },
        }];
        if leaders.is_empty() {
            texts.push(Text::LeadersNobody);
        }
        for leader in &leaders {
            // Whoever has as many shares the place of the first who has.
            let better = leaders.iter().filter(|other| other.points > leader.points).count();
            let place = i64::try_from(better + 1).unwrap_or(i64::MAX);
            texts.push(Text::LeadersLine { place, who: leader.account, points: leader.points });
        }
        let person = asked.account.person;
        let is_shown = leaders.iter().any(|leader| leader.person == person);
        texts.extend(self.own_place(asked, board, is_shown, leaders.is_empty()).await?);
        self.answer(asked, texts).await
    }

    /// Where the asker stands, unless the list has just said so, and how far it is up from there.
    async fn own_place(
        &mut self,
        asked: &Asked<'_>,
        board: Board<'_>,
        is_shown: bool,
        is_empty: bool,
    ) -> Result<Vec<Text>, StoreError> {
        if asked.account.blocked {
            return Ok(Vec::new());
        }
        let points = self.tx.points_on(board, asked.account.person).await?;
        if points <= 0 {
            return Ok(if is_empty { Vec::new() } else { vec![Text::LeadersYouNone] });
        }
        let above = self.tx.above(board, points).await?;
        let mut texts = Vec::new();
        if !is_shown {
            texts.push(Text::LeadersYou { place: above.count + 1, points });
        }
        texts.extend(above.next.map(|next| Text::LeadersNext { missing: next - points }));
        Ok(texts)
    }
}
