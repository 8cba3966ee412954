//! What ambassadors decide for themselves: to be asked or not, when, and about what.

use std::time::Duration;

use super::Turn;
use super::commands::Asked;
use super::effects::words;
use crate::domain::ambassador::{Ambassador, Duty, Preferences, QuietHours, Zone};
use crate::domain::ids::{Language, Topic};
use crate::domain::text::{Key, Quoted, Text};
use crate::store::StoreError;

/// The word that clears a setting.
const OFF: &str = "off";

/// The topic that stands for all.
const ANY: &str = "any";

impl Turn<'_> {
    /// Joining is the consent to be called; joining again ends a pause and changes what is said.
    pub(super) async fn join(
        &mut self,
        asked: &Asked<'_>,
        topics: Vec<String>,
        languages: Vec<String>,
    ) -> Result<(), StoreError> {
        let rules = std::sync::Arc::clone(&self.bot.rules);
        let any = topics.iter().any(|topic| topic == ANY);
        let named = topics.into_iter().filter(|topic| topic != ANY);
        let topics: Vec<Topic> = named.map(Topic::new).collect();
        if let Some(unknown) = topics.iter().find(|topic| !rules.topics.contains(topic)) {
            let (topic, known) = (Quoted(unknown.to_string()), words(&rules.topics));
            return self.answer(asked, vec![Text::UnknownTopic { topic, known }]).await;
        }
        let mut spoken = Vec::new();
        for language in &languages {
            let Some(known) = rules.language_for(&Language::new(language.clone())) else {
                let (language, known) = (Quoted(language.clone()), words(&rules.languages));
                return self.answer(asked, vec![Text::UnknownLanguage { language, known }]).await;
            };
            spoken.push(known);
        }
        let before = self.tx.ambassador(asked.account.id).await?;
        if before.as_ref().is_some_and(|ambassador| ambassador.blocked) {
            return self.answer(asked, vec![Text::WhyNotBlocked]).await;
        }
        let mut preferences = before.map(|before| before.preferences).unwrap_or_default();
        if any || !topics.is_empty() {
            preferences.topics = topics;
        }
        if !spoken.is_empty() {
            preferences.languages = spoken;
        } else if preferences.languages.is_empty() {
            preferences.languages = vec![self.language_of(&asked.account, &asked.here.settings)];
        }
        let text = Text::AmbassadorJoined {
            topics: words(&preferences.topics),
            languages: words(&preferences.languages),
            calls: i64::from(rules.ambassadors.calls_per_day),
        };
        self.save(asked, preferences, Duty::On).await?;
        self.tx.seen_in(asked.account.id, asked.here.community).await?;
        self.answer(asked, vec![text]).await
    }

    async fn save(
        &mut self,
        asked: &Asked<'_>,
        preferences: Preferences,
        duty: Duty,
    ) -> Result<(), StoreError> {
        let ambassador = Ambassador {
            account: asked.account.id,
            person: asked.account.person,
            preferences,
            duty,
            blocked: false,
            calls_today: 0,
            open_cases: 0,
            last_called_at: None,
            solved: Vec::new(),
        };
        self.tx.save_ambassador(&self.bot.id, &ambassador, self.now).await
    }

    pub(super) async fn leave(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let left = self.tx.leave_roster(asked.account.id).await?;
        let text = if left { Text::AmbassadorLeft } else { Text::AmbassadorNotOne };
        self.answer(asked, vec![text]).await
    }

    pub(super) async fn pause(
        &mut self,
        asked: &Asked<'_>,
        span: Option<Duration>,
    ) -> Result<(), StoreError> {
        let Some(ambassador) = self.willing(asked).await? else {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        };
        let until = span.map(|span| self.now + span);
        self.save(asked, ambassador.preferences, Duty::Paused { until }).await?;
        let text = match span {
            Some(span) => Text::AmbassadorPausedFor { span: span.into() },
            None => Text::AmbassadorPaused,
        };
        self.answer(asked, vec![text]).await
    }

    /// Somebody on the roster whom no moderator has blocked.
    async fn willing(&mut self, asked: &Asked<'_>) -> Result<Option<Ambassador>, StoreError> {
        let ambassador = self.tx.ambassador(asked.account.id).await?;
        Ok(ambassador.filter(|ambassador| !ambassador.blocked))
    }

    pub(super) async fn hours(
        &mut self,
        asked: &Asked<'_>,
        hours: &str,
        zone: Option<&str>,
    ) -> Result<(), StoreError> {
        let Some(mut ambassador) = self.willing(asked).await? else {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        };
        let duty = ambassador.duty;
        if hours.eq_ignore_ascii_case(OFF) {
            ambassador.preferences.quiet = None;
            self.save(asked, ambassador.preferences, duty).await?;
            return self.answer(asked, vec![Text::AmbassadorHoursOff]).await;
        }
        let known = ambassador.preferences.quiet.as_ref().map(|quiet| quiet.zone().clone());
        let zone = match zone {
            Some(name) => {
                if let Some(zone) = Zone::named(name) {
                    zone
                } else {
                    let zone = Quoted(name.chars().take(64).collect());
                    return self.answer(asked, vec![Text::UnknownZone { zone }]).await;
                }
            }
            None => known.unwrap_or_else(Zone::utc),
        };
        let zone_name = zone.name().to_owned();
        let Some(quiet) = QuietHours::parse(hours, zone) else {
            let text = Text::BadOption {
                option: "hours".to_owned(),
                value: Quoted(hours.chars().take(40).collect()),
                expected: Key("expected-hours".to_owned()),
            };
            return self.answer(asked, vec![text]).await;
        };
        let text = Text::AmbassadorHours { hours: quiet.hours(), zone: zone_name };
        ambassador.preferences.quiet = Some(quiet);
        self.save(asked, ambassador.preferences, duty).await?;
        self.answer(asked, vec![text]).await
    }
}
