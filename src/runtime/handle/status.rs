//! `/askaround status`, and who could be called at this moment.

use super::Turn;
use super::commands::Asked;
use crate::domain::ambassador::{Ambassador, Duty};
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::store::StoreError;

impl Turn<'_> {
    /// What is set, who is there, what is open, and what an operator should look at.
    pub(super) async fn status(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let settings = &asked.here.settings;
        let places = self.places(settings).await?;
        let mut texts = vec![if places.is_empty() {
            Text::StatusWatchingNone
        } else {
            Text::StatusWatching { places }
        }];
        texts.extend(self.thread_lines(settings).await?);
        texts.push(match settings.desk {
            Some(place) => Text::StatusDesk { place },
            None => Text::StatusDeskNone,
        });
        texts.extend(settings.helpers.map(|place| Text::StatusHelpers { place }));
        let roster = self.tx.roster(&self.bot.id, asked.here.community, self.now).await?;
        let rules = self.rules_of(settings);
        let free = roster.iter().filter(|ambassador| self.is_free(ambassador, &rules)).count();
        let count = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        texts.push(Text::StatusRoster { count: count(roster.len()), free: count(free) });
        texts.push(Text::StatusArticles { count: count(self.bot.knowledge.len()) });
        let words = self.escalation_words(settings);
        let command = format!("/{}", words.first().cloned().unwrap_or_default());
        texts.push(Text::StatusEscalation { command });
        let open = self.tx.open_counts(asked.here.community).await?;
        texts.push(Text::StatusCases { open: open.open, waiting: open.waiting });
        let given_up = self.tx.given_up_count(&self.bot.id).await?;
        if given_up > 0 {
            texts.push(Text::StatusGivenUp { count: given_up });
        }
        let parked = self.tx.parked_count(&self.bot.id).await?;
        if parked > 0 {
            texts.push(Text::StatusParked { count: parked });
        }
        self.answer(asked, texts).await
    }

    /// Whether an ambassador could be called for something right now.
    pub(super) fn is_free(&self, ambassador: &Ambassador, rules: &Rules) -> bool {
        self.duty_word(ambassador, rules) == "free"
    }

    /// Why an ambassador could not be called for anything right now, or that they could.
    pub(super) fn duty_word(&self, ambassador: &Ambassador, rules: &Rules) -> &'static str {
        let paused = match ambassador.duty {
            Duty::On => false,
            Duty::Paused { until } => until.is_none_or(|until| self.now < until),
        };
        let quiet = ambassador.preferences.quiet.as_ref();
        let rules = &rules.ambassadors;
        if ambassador.blocked {
            "blocked"
        } else if paused {
            "paused"
        } else if quiet.is_some_and(|quiet| quiet.cover(self.now)) {
            "quiet"
        } else if ambassador.calls_today >= ambassador.calls_per_day(rules.calls_per_day) {
            "called-enough"
        } else if ambassador.open_cases >= rules.open_cases {
            "busy"
        } else {
            "free"
        }
    }
}
