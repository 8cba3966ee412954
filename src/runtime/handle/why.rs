//! `/why`: the very terms that decided whether somebody was called, as sentences.

use super::Turn;
use super::commands::Asked;
use super::effects::{lang, words};
use crate::domain::ambassador::{Ambassador, PassedOver, Selection, Suited};
use crate::domain::ids::{AccountId, CaseId};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::store::{CallRow, StoreError};

impl Turn<'_> {
    pub(super) async fn why(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let Some(ambassador) = self.tx.ambassador(asked.account.id).await? else {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        };
        let called = self.tx.last_call(ambassador.account).await?;
        let passed_over = self.last_passed_over(asked, ambassador.account).await?;
        let texts = match (called, passed_over) {
            (Some(call), over) if over.is_none_or(|(_, at, _)| at < call.at) => {
                self.why_called(&call).await?
            }
            (_, Some((case, at, why))) => self.why_not(asked, &ambassador, case, at, why).await?,
            (_, None) => vec![Text::WhyNothing],
        };
        self.answer(asked, texts).await
    }

    /// The last time this person was looked at and not called, in this community.
    async fn last_passed_over(
        &mut self,
        asked: &Asked<'_>,
        who: AccountId,
    ) -> Result<Option<(CaseId, Moment, PassedOver)>, StoreError> {
        for (case, at, notes) in self.tx.latest_notes(asked.here.community).await? {
            let Ok(selection) = serde_json::from_str::<Selection>(&notes) else { continue };
            let over = selection.passed_over.iter().find(|(account, _)| *account == who);
            if let Some((_, why)) = over {
                return Ok(Some((case, at, *why)));
            }
        }
        Ok(None)
    }

    async fn why_called(&mut self, call: &CallRow) -> Result<Vec<Text>, StoreError> {
        let Some(row) = self.case_in(call.case).await? else {
            return Ok(vec![Text::WhyNothing]);
        };
        let case = row.case;
        let ago = self.now.since(call.at).into();
        let mut texts = vec![Text::WhyCalled { who: case.asker, place: case.channel, ago }];
        let suited = &call.why;
        texts.push(if suited.topics.is_empty() {
            Text::WhyAnyTopic
        } else {
            Text::WhyTopic { topics: words(&suited.topics) }
        });
        texts.push(Text::WhyLanguage { language: lang(&case.language) });
        texts.push(match suited.rested {
            Some(rested) => Text::WhyRested { rested: rested.into() },
            None => Text::WhyNeverCalled,
        });
        texts.extend(counted(suited));
        let count = case.called.iter().filter(|called| called.at == call.at).count();
        texts.push(Text::WhyWave {
            wave: call.wave + 1,
            count: i64::try_from(count).unwrap_or(i64::MAX),
        });
        texts.push(Text::WhyHowToStop);
        Ok(texts)
    }

    async fn why_not(
        &mut self,
        asked: &Asked<'_>,
        ambassador: &Ambassador,
        case: CaseId,
        at: Moment,
        why: PassedOver,
    ) -> Result<Vec<Text>, StoreError> {
        let wishes = &ambassador.preferences;
        let rules = self.rules_of(&asked.here.settings).ambassadors.clone();
        let reason = match why {
            PassedOver::Asker => Text::WhyNotAsker,
            PassedOver::Blocked => Text::WhyNotBlocked,
            PassedOver::Paused => Text::WhyNotPaused,
            PassedOver::CalledBefore => Text::WhyNotCalledBefore,
            PassedOver::MutedTopic => Text::WhyNotMuted { topics: words(&wishes.muted) },
            PassedOver::OtherTopics => {
                let row = self.case_in(case).await?;
                let topics = row.map(|row| words(&row.case.topics)).unwrap_or_default();
                Text::WhyNotOtherTopics { topics }
            }
            PassedOver::QuietHours => {
                let hours = wishes
                    .quiet
                    .as_ref()
                    .map(|quiet| format!("{} {}", quiet.hours(), quiet.zone().name()));
                Text::WhyNotQuiet { hours: hours.unwrap_or_default() }
            }
            PassedOver::DailyCap => {
                let cap = ambassador.calls_per_day(rules.calls_per_day);
                Text::WhyNotDailyCap { count: i64::from(cap) }
            }
            PassedOver::OpenCases => Text::WhyNotOpenCases { count: i64::from(rules.open_cases) },
            PassedOver::OtherLanguage => {
                let row = self.case_in(case).await?;
                let asked_in = row.map(|row| row.case.language);
                let language = lang(&asked_in.unwrap_or_else(|| self.bot.rules.default_language()));
                Text::WhyNotLanguage { language }
            }
            PassedOver::Unsuited => Text::WhyNotUnsuited,
            PassedOver::Outranked => Text::WhyNotOutranked,
        };
        Ok(vec![Text::WhyNotCalled { ago: self.now.since(at).into() }, reason])
    }
}

/// The terms that only count when they are there.
fn counted(suited: &Suited) -> Vec<Text> {
    let mut texts = Vec::new();
    if suited.solved_before > 0 {
        texts.push(Text::WhyHelpedBefore { count: i64::from(suited.solved_before) });
    }
    if suited.open_cases > 0 {
        texts.push(Text::WhyBusy { count: i64::from(suited.open_cases) });
    }
    texts
}
