//! `/help`: a signpost of the three tiers, by who is asking, with how long each takes here at the
//! moment: counted, not promised.

use std::time::Duration;

use super::Turn;
use super::commands::Asked;
use crate::domain::case::{Case, Helper};
use crate::domain::text::Text;
use crate::store::StoreError;

/// So many of the latest questions say how long it takes; more would speak of another season.
const LATEST: i64 = 50;

/// Fewer than this are a story and not a number.
const ENOUGH: usize = 3;

impl Turn<'_> {
    pub(super) async fn help(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let settings = &asked.here.settings;
        let places = self.places(settings).await?;
        let words = self.escalation_words(settings);
        let command = format!("/{}", words.first().cloned().unwrap_or_default());
        let mut texts = vec![if places.is_empty() {
            Text::NotWatchedAnywhere
        } else {
            Text::HelpCustomer { places }
        }];
        texts.push(Text::HelpTiers { command });
        texts.extend(self.waiting_times(asked).await?);
        texts.push(if asked.actor.ambassador { Text::HelpAmbassador } else { Text::HelpBecome });
        if asked.actor.moderator {
            texts.push(Text::HelpModerator);
        }
        self.answer(asked, texts).await
    }

    /// The first thing somebody says to the bot, where the platform makes them say one.
    pub(super) async fn start(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        self.answer(asked, vec![Text::Hello { bot: self.bot.name.clone() }]).await?;
        self.help(asked).await
    }

    /// What is kept of people, and how they are forgotten.
    pub(super) async fn privacy(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let words = self.escalation_words(&asked.here.settings);
        let command = format!("/{}", words.first().cloned().unwrap_or_default());
        let texts = vec![
            Text::PrivacyKept { bot: self.bot.name.clone() },
            Text::PrivacySpan { span: self.bot.keep_text.into() },
            Text::PrivacyUse,
            Text::PrivacyForget { command },
        ];
        self.answer(asked, texts).await
    }

    async fn waiting_times(&mut self, asked: &Asked<'_>) -> Result<Vec<Text>, StoreError> {
        let latest = self.tx.latest_cases(asked.here.community, LATEST).await?;
        let waits = |helpers: &[Helper]| {
            median(latest.iter().filter_map(|row| first_answer(&row.case, helpers)).collect())
        };
        let mut texts = Vec::new();
        if let Some(wait) = waits(&[Helper::Ambassador, Helper::Member]) {
            texts.push(Text::HelpWaitCrowd { wait: wait.into() });
        }
        if let Some(wait) = waits(&[Helper::Staff]) {
            texts.push(Text::HelpWaitStaff { wait: wait.into() });
        }
        if texts.is_empty() {
            texts.push(Text::HelpWaitUnknown);
        }
        let roster = self.tx.roster(&self.bot.id, asked.here.community, self.now).await?;
        let rules = self.rules_of(&asked.here.settings);
        let free = roster.iter().filter(|ambassador| self.is_free(ambassador, &rules)).count();
        texts.push(Text::HelpFreeNow { count: i64::try_from(free).unwrap_or(i64::MAX) });
        Ok(texts)
    }
}

/// From asking to the first answer of somebody like this.
fn first_answer(case: &Case, helpers: &[Helper]) -> Option<Duration> {
    let answer = case.answers.iter().find(|answer| helpers.contains(&answer.kind))?;
    Some(answer.at.since(case.opened_at))
}

/// The lower median, in whole minutes and at least one: nobody is promised seconds.
fn median(mut waits: Vec<Duration>) -> Option<Duration> {
    waits.sort_unstable();
    let middle = waits.get(waits.len().saturating_sub(1) / 2)?;
    let minutes = middle.as_secs().div_ceil(60).max(1);
    (waits.len() >= ENOUGH).then(|| Duration::from_mins(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_median_needs_a_few_and_is_rounded_up_to_minutes() {
        let seconds = |all: &[u64]| median(all.iter().copied().map(Duration::from_secs).collect());
        assert_eq!(seconds(&[10, 20]), None);
        assert_eq!(seconds(&[10, 20, 9_000]), Some(Duration::from_mins(1)));
        assert_eq!(seconds(&[400, 61, 200, 5_000]), Some(Duration::from_mins(4)));
    }
}
