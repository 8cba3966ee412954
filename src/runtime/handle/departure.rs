//! Leaving a community and coming back. Nobody acts: the platform says so.
//!
//! When the bot is removed, what is open ends in the same transaction and nothing more is said
//! there; what people earned stays theirs. All else is kept for a while, for whoever removed it by
//! mistake, and then deleted by the sweeper.

use super::super::engine::Handled;
use super::Turn;
use crate::domain::case::Event;
use crate::platform::Inbound;
use crate::store::StoreError;

/// Cases closed between two looks for more.
const PAGE: i64 = 100;

impl Turn<'_> {
    pub(super) async fn left(&mut self, inbound: &Inbound) -> Result<Handled, StoreError> {
        let Some(known) = self.look_up(&inbound.place).await? else {
            return Ok(Handled::Nothing("unknown community"));
        };
        if known.left {
            return Ok(Handled::Nothing("left already"));
        }
        let community = known.community;
        self.tx.leave(community, self.now).await?;
        self.engine.bells.settings();
        let mut closed = 0;
        loop {
            let open = self.tx.open_cases_in(community, PAGE).await?;
            if open.is_empty() {
                break;
            }
            for row in open {
                let case = row.case.id;
                self.happened(row, &known.settings, Event::CommunityLeft).await?;
                self.tx.drop_buttons_of(case).await?;
                closed += 1;
            }
        }
        let (bot, platform) = (self.bot.id.clone(), self.platform.clone());
        let dropped = self.tx.drop_rows_in(&bot, &platform, community, self.now).await?;
        for _ in 0..dropped {
            self.engine.meters.delivery(bot.as_str(), platform.as_str(), "dropped");
        }
        tracing::warn!(
            bot.id = %bot, platform = %platform, community.id = %community,
            "bot {bot} was removed from community {community}: {closed} open cases are closed, \
             {dropped} deliveries dropped"
        );
        Ok(Handled::Recorded)
    }

    /// Told of every community that it joins; only one that it had left is news.
    pub(super) async fn joined(&mut self, inbound: &Inbound) -> Result<Handled, StoreError> {
        let Some(known) = self.look_up(&inbound.place).await? else {
            return Ok(Handled::Nothing("unknown community"));
        };
        if !known.left {
            return Ok(Handled::Nothing("never left"));
        }
        self.tx.come_back(known.community, &inbound.place.community_name).await?;
        self.engine.bells.settings();
        tracing::info!(
            bot.id = %self.bot.id, platform = %self.platform, community.id = %known.community,
            "bot {} is back in community {}", self.bot.id, known.community
        );
        Ok(Handled::Recorded)
    }
}
