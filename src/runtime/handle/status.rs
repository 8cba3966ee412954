//! `/askaround status`, and who could be called at this moment.

use std::cmp::Reverse;

use super::super::setup::setup_of;
use super::Turn;
use super::commands::Asked;
use crate::domain::ambassador::{Ambassador, Duty};
use crate::domain::harvest::State;
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::platform::{Finding, Setup, Severity};
use crate::store::StoreError;

/// Findings in one answer: more than a screenful is the doctor's to tell.
const FINDINGS_SHOWN: usize = 10;

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
        let community = asked.here.community;
        let knowledge = self.bot.knowledge.now();
        let articles = knowledge.articles().filter(|article| article.is_for(Some(community)));
        texts.push(Text::StatusArticles { count: count(articles.count()) });
        let drafts = self.tx.count_harvests(community, State::Draft).await?;
        if drafts > 0 {
            texts.push(Text::StatusDrafts { count: drafts });
        }
        let words = self.escalation_words(settings);
        let command = format!("/{}", words.first().cloned().unwrap_or_default());
        texts.push(Text::StatusEscalation { command });
        let open = self.tx.open_counts(asked.here.community).await?;
        texts.push(Text::StatusCases { open: open.open, waiting: open.waiting });
        texts.extend(self.badge_troubles(asked).await?);
        let given_up = self.tx.given_up_count(&self.bot.id).await?;
        if given_up > 0 {
            texts.push(Text::StatusGivenUp { count: given_up });
        }
        let parked = self.tx.parked_count(&self.bot.id).await?;
        if parked > 0 {
            texts.push(Text::StatusParked { count: parked });
        }
        for lacking in self.what_is_lacking(asked).await? {
            // What stood in the way of a role may have been told already.
            if !texts.contains(&lacking) {
                texts.push(lacking);
            }
        }
        self.answer(asked, texts).await
    }

    /// What the platform finds lacking here, the worst first, each mend once and below all that it
    /// mends.
    async fn what_is_lacking(&mut self, asked: &Asked<'_>) -> Result<Vec<Text>, StoreError> {
        let (_, mut findings) = self.findings(asked).await?;
        findings.retain(|finding| finding.severity != Severity::Fine);
        findings.sort_by_key(|finding| Reverse(finding.severity));
        let more = findings.len().saturating_sub(FINDINGS_SHOWN);
        findings.truncate(FINDINGS_SHOWN);
        let mut texts = Vec::new();
        for (at, finding) in findings.iter().enumerate() {
            texts.push(finding.what.clone());
            let next = findings.get(at + 1);
            if next.is_none_or(|next| next.mend != finding.mend) {
                texts.extend(finding.mend.clone());
            }
        }
        if more > 0 {
            texts.push(Text::AndMore { count: i64::try_from(more).unwrap_or(i64::MAX) });
        }
        Ok(texts)
    }

    /// What the platform finds about this community, with what it was asked about.
    pub(super) async fn findings(
        &mut self,
        asked: &Asked<'_>,
    ) -> Result<(Setup, Vec<Finding>), StoreError> {
        let community = self.tx.community(asked.here.community).await?;
        let setup = setup_of(self.tx, &community, &self.bot.rules.listen).await?;
        let platform = self.engine.platform(&self.bot.id, &self.platform);
        let findings = platform.map(|platform| platform.findings(&setup)).unwrap_or_default();
        Ok((setup, findings))
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
