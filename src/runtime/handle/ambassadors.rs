//! What ambassadors decide for themselves: to be asked or not, when, and about what.

use std::time::Duration;

use super::Turn;
use super::commands::Asked;
use super::effects::{lang, words};
use crate::domain::ambassador::{Ambassador, Duty, Preferences, QuietHours, Zone};
use crate::domain::ids::{Language, Topic};
use crate::domain::text::{Key, Quoted, Text};
use crate::domain::time::{Moment, say_span};
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
        let rules = self.rules_of(&asked.here.settings);
        let any = topics.iter().any(|topic| topic == ANY);
        let topics = match self.topics_meant(topics) {
            Ok(topics) => topics,
            Err(text) => return self.answer(asked, vec![text]).await,
        };
        let mut spoken = Vec::new();
        for language in &languages {
            let Some(known) = rules.language_for(&Language::new(language.clone())) else {
                let (language, known) = (Quoted(language.clone()), words(&rules.languages));
                return self.answer(asked, vec![Text::UnknownLanguage { language, known }]).await;
            };
            spoken.push(known);
        }
        if asked.account.blocked {
            return self.answer(asked, vec![Text::WhyNotBlocked]).await;
        }
        let before = self.tx.ambassador(asked.account.id).await?;
        // Whoever is new reads in the welcome itself how to leave again.
        let undo = before.as_ref().map(|before| {
            let pause = pause_line(before.duty, self.now);
            std::iter::once(join_line(&before.preferences)).chain(pause)
        });
        let undo: Vec<String> = undo.into_iter().flatten().collect();
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
            languages: self.languages_in_words(asked, &preferences.languages),
            calls: i64::from(rules.ambassadors.calls_per_day),
        };
        self.save(asked, preferences, Duty::On).await?;
        self.tx.seen_in(asked.account.id, asked.here.community).await?;
        let undo = undo.into_iter().map(|command| Text::UndoBy { command });
        self.answer(asked, std::iter::once(text).chain(undo).collect()).await
    }

    /// Languages by name, as whoever asked reads them.
    pub(super) fn languages_in_words(&self, asked: &Asked<'_>, languages: &[Language]) -> String {
        let reader = self.language_of(&asked.account, &asked.here.settings);
        let name = |language: &Language| self.bot.locales.word(&reader, &lang(language).0);
        words(&languages.iter().map(name).collect::<Vec<_>>())
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
        self.tx.save_ambassador(&self.bot.id, &ambassador, self.now).await?;
        // Whoever has several accounts chooses for all of them.
        let Ambassador { person, preferences, duty, .. } = &ambassador;
        self.tx.share_choices(*person, preferences, duty).await
    }

    pub(super) async fn leave(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let before = self.tx.ambassador(asked.account.id).await?;
        if !self.tx.leave_altogether(asked.account.person).await? {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        }
        let most = self.rules_of(&asked.here.settings).ambassadors.calls_per_day;
        let undo = before.iter().flat_map(|before| wishes_lines(&before.preferences, most));
        let undo = undo.map(|command| Text::UndoBy { command });
        self.answer(asked, std::iter::once(Text::AmbassadorLeft).chain(undo).collect()).await
    }

    pub(super) async fn pause(
        &mut self,
        asked: &Asked<'_>,
        span: Option<Duration>,
    ) -> Result<(), StoreError> {
        let duty = Duty::Paused { until: span.map(|span| self.now + span) };
        let person = asked.account.person;
        if let Some(ambassador) = self.willing(asked).await? {
            self.save(asked, ambassador.preferences, duty).await?;
        } else if let Some((chosen, _)) = self.tx.on_the_roster(person).await?.pop() {
            // By an account that was never called: the break is the person's all the same.
            self.tx.share_choices(person, &chosen, &duty).await?;
        } else {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        }
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

    /// Quiet hours, their zone, and how many calls a day are enough; without any of them, the card
    /// that shows them.
    pub(super) async fn hours(
        &mut self,
        asked: &Asked<'_>,
        hours: Option<&str>,
        zone: Option<&str>,
        calls: Option<i64>,
    ) -> Result<(), StoreError> {
        let Some(mut ambassador) = self.willing(asked).await? else {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        };
        let most = self.rules_of(&asked.here.settings).ambassadors.calls_per_day;
        let undo = hours_line(&ambassador.preferences, most);
        let wishes = &mut ambassador.preferences;
        let mut texts = Vec::new();
        match quiet_hours(wishes.quiet.as_ref(), hours, zone) {
            Ok(Quiet::AsBefore) => {}
            Ok(Quiet::None) => {
                texts.push(Text::AmbassadorHoursOff);
                wishes.quiet = None;
            }
            Ok(Quiet::Hours(quiet)) => {
                let (hours, zone) = (quiet.hours(), quiet.zone().name().to_owned());
                texts.push(Text::AmbassadorHours { hours, zone });
                wishes.quiet = Some(quiet);
            }
            Err(text) => return self.answer(asked, vec![text]).await,
        }
        if let Some(calls) = calls {
            // More than the bot allows means: as many as it allows, whatever that will be.
            let own = u32::try_from(calls).ok().filter(|calls| *calls < most);
            if own == Some(0) {
                let (least, most) = ("1".to_owned(), most.to_string());
                let text = Text::OutOfLimits { option: "calls".to_owned(), least, most };
                return self.answer(asked, vec![text]).await;
            }
            wishes.calls_per_day = own;
            texts.push(Text::AmbassadorCalls { calls: i64::from(own.unwrap_or(most)) });
        }
        if texts.is_empty() {
            return self.card(asked, None).await;
        }
        texts.push(Text::UndoBy { command: undo });
        let duty = ambassador.duty;
        self.save(asked, ambassador.preferences, duty).await?;
        self.answer(asked, texts).await
    }

    /// What to be called for, and what never; without either, the card that shows them.
    pub(super) async fn topics(
        &mut self,
        asked: &Asked<'_>,
        topics: Option<Vec<String>>,
        muted: Option<Vec<String>>,
    ) -> Result<(), StoreError> {
        let Some(mut ambassador) = self.willing(asked).await? else {
            return self.answer(asked, vec![Text::AmbassadorNotOne]).await;
        };
        if topics.is_none() && muted.is_none() {
            return self.card(asked, None).await;
        }
        let undo = topics_line(&ambassador.preferences);
        let wishes = &mut ambassador.preferences;
        for (wanted, place) in [(topics, &mut wishes.topics), (muted, &mut wishes.muted)] {
            let Some(wanted) = wanted else { continue };
            match self.topics_meant(wanted) {
                Ok(topics) => *place = topics,
                Err(text) => return self.answer(asked, vec![text]).await,
            }
        }
        let text =
            Text::AmbassadorTopics { topics: words(&wishes.topics), muted: words(&wishes.muted) };
        let duty = ambassador.duty;
        self.save(asked, ambassador.preferences, duty).await?;
        self.answer(asked, vec![text, Text::UndoBy { command: undo }]).await
    }

    /// What the articles are about, as they are now.
    pub(super) fn known_topics(&self) -> Vec<Topic> {
        self.bot.knowledge.now().topics().into_iter().cloned().collect()
    }

    /// The topics of these words, none for `any` and `off`; or the one that the bot does not have.
    fn topics_meant(&self, words_given: Vec<String>) -> Result<Vec<Topic>, Text> {
        let known = self.known_topics();
        let named = words_given.into_iter().filter(|word| word != ANY && word != OFF);
        let topics: Vec<Topic> = named.map(Topic::new).collect();
        match topics.iter().find(|topic| !known.contains(topic)) {
            None => Ok(topics),
            Some(unknown) => {
                let (topic, known) = (Quoted(unknown.to_string()), words(&known));
                Err(Text::UnknownTopic { topic, known })
            }
        }
    }
}

/// The command that makes somebody an ambassador with these wishes.
fn join_line(wishes: &Preferences) -> String {
    let languages: Vec<&str> = wishes.languages.iter().map(Language::as_str).collect();
    let topics = listed(&wishes.topics, ANY);
    format!("/ambassador join topics:{topics} languages:{}", languages.join(","))
}

/// The commands that make somebody an ambassador with all of these wishes: nobody who comes back is
/// called at night, or about what they had muted.
fn wishes_lines(wishes: &Preferences, most: u32) -> Vec<String> {
    let mut lines = vec![join_line(wishes)];
    if !wishes.muted.is_empty() {
        lines.push(topics_line(wishes));
    }
    if wishes.quiet.is_some() || wishes.calls_per_day.is_some() {
        lines.push(hours_line(wishes, most));
    }
    lines
}

/// The command that begins a break again, if there is one; to the minute.
fn pause_line(duty: Duty, now: Moment) -> Option<String> {
    let Duty::Paused { until } = duty else { return None };
    let Some(until) = until else { return Some("/ambassador pause".to_owned()) };
    let minutes = until.since(now).as_secs().div_ceil(60);
    (minutes > 0).then(|| format!("/ambassador pause {}", say_span(Duration::from_mins(minutes))))
}

fn topics_line(wishes: &Preferences) -> String {
    let (topics, muted) = (listed(&wishes.topics, ANY), listed(&wishes.muted, OFF));
    format!("/ambassador topics topics:{topics} mute:{muted}")
}

fn hours_line(wishes: &Preferences, most: u32) -> String {
    let calls = wishes.calls_per_day.unwrap_or(most);
    match &wishes.quiet {
        Some(quiet) => {
            let (hours, zone) = (quiet.hours(), quiet.zone().name());
            format!("/ambassador hours hours:{hours} zone:{zone} calls:{calls}")
        }
        None => format!("/ambassador hours hours:{OFF} calls:{calls}"),
    }
}

/// Topics as they are typed; `none` for an empty list.
fn listed(topics: &[Topic], none: &str) -> String {
    let topics: Vec<&str> = topics.iter().map(Topic::as_str).collect();
    if topics.is_empty() { none.to_owned() } else { topics.join(",") }
}

/// Quiet hours as they are to be.
enum Quiet {
    AsBefore,
    None,
    Hours(QuietHours),
}

/// What was said about quiet hours, or the sentence about what cannot be read.
fn quiet_hours(
    before: Option<&QuietHours>,
    hours: Option<&str>,
    zone: Option<&str>,
) -> Result<Quiet, Text> {
    let known = before.map(|quiet| quiet.zone().clone());
    let zone_given = match zone {
        Some(name) => match Zone::named(name) {
            Some(zone) => Some(zone),
            None => {
                return Err(Text::UnknownZone { zone: Quoted(name.chars().take(64).collect()) });
            }
        },
        None => None,
    };
    let before_hours = before.map(QuietHours::hours);
    // A zone alone moves the hours that are set.
    let hours = hours.or_else(|| zone_given.as_ref().and(before_hours.as_deref()));
    let Some(hours) = hours else { return Ok(Quiet::AsBefore) };
    if hours.eq_ignore_ascii_case(OFF) {
        return Ok(Quiet::None);
    }
    let zone = zone_given.or(known).unwrap_or_else(Zone::utc);
    QuietHours::parse(hours, zone).map(Quiet::Hours).ok_or_else(|| Text::BadOption {
        option: "hours".to_owned(),
        value: Quoted(hours.chars().take(40).collect()),
        expected: Key("expected-hours".to_owned()),
    })
}
