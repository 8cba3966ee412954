//! What moderators set, live and stored; each answer says what changed.

use std::time::Duration;

use super::Turn;
use super::commands::Asked;
use super::effects::words;
use crate::domain::case::Event;
use crate::domain::command::Watch;
use crate::domain::escalation;
use crate::domain::ids::{ChannelId, PlatformKey};
use crate::domain::text::{Key, Quoted, Text};
use crate::platform::Place;
use crate::store::{EscalationSetting, Settings, StoreError};

/// How long the old escalation command is honoured after a rename.
const OLD_NAME_FOR: Duration = Duration::from_hours(24);

/// The word that gives a setting back to `bot.toml`.
const RESET: &str = "reset";

impl Turn<'_> {
    /// True for a moderator; says so to anybody else.
    async fn moderators_only(&mut self, asked: &Asked<'_>) -> Result<bool, StoreError> {
        if asked.actor.moderator {
            return Ok(true);
        }
        self.answer(asked, vec![Text::ModeratorsOnly]).await?;
        Ok(false)
    }

    /// The channel that was named, else the one where the command was given; `None`, after saying
    /// so, for one that nobody knows: a slip of the pen must not send staff's work to nowhere.
    async fn channel_meant(
        &mut self,
        asked: &Asked<'_>,
        named: Option<PlatformKey>,
    ) -> Result<Option<ChannelId>, StoreError> {
        let Some(key) = named else { return Ok(Some(asked.here.channel)) };
        let place = Place {
            channel_name: key.to_string(),
            channel: key.clone(),
            ..asked.inbound.place.clone()
        };
        if let Some(known) = self.known_place(&place).await? {
            return Ok(Some(known.channel));
        }
        if asked.channels.as_ref().is_none_or(|channels| channels.contains(&key)) {
            return Ok(Some(self.place(&place).await?.channel));
        }
        let place = Quoted(key.as_str().chars().take(40).collect());
        self.answer(asked, vec![Text::UnknownChannel { place }]).await?;
        Ok(None)
    }

    async fn change(
        &mut self,
        asked: &Asked<'_>,
        settings: Settings,
        texts: Vec<Text>,
    ) -> Result<(), StoreError> {
        self.tx.save_settings(asked.here.community, &settings).await?;
        tracing::info!(
            bot.id = %self.bot.id, community.id = %asked.here.community,
            account.id = %asked.account.id,
            "settings of community {} were changed", asked.here.community
        );
        self.answer(asked, texts).await
    }

    pub(super) async fn watch(
        &mut self,
        asked: &Asked<'_>,
        channel: Option<PlatformKey>,
        watch: Watch,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let Some(place) = self.channel_meant(asked, channel).await? else { return Ok(()) };
        let mut settings = asked.here.settings.clone();
        if settings.desk == Some(place) && watch != Watch::Off {
            return self.answer(asked, vec![Text::DeskApart { place }]).await;
        }
        let text = match watch {
            Watch::Off => {
                settings.watched.remove(&place);
                Text::WatchOff { place }
            }
            Watch::On { mode, sensitivity } => {
                let setting = settings.watched.entry(place).or_default();
                setting.mode = mode.or(setting.mode);
                setting.sensitivity = sensitivity.or(setting.sensitivity);
                let listen = &self.bot.rules.listen;
                let mode = setting.mode.unwrap_or(listen.mode).word();
                let sensitivity = setting.sensitivity.unwrap_or(listen.sensitivity).word();
                Text::WatchOn {
                    place,
                    mode: Key(format!("mode-{mode}")),
                    sensitivity: Key(format!("sensitivity-{sensitivity}")),
                }
            }
        };
        self.change(asked, settings, vec![text]).await
    }

    /// Sets the desk. Cases that are with staff go there at once; beyond the first hundred, at
    /// their next reminder.
    pub(super) async fn set_desk(
        &mut self,
        asked: &Asked<'_>,
        channel: Option<PlatformKey>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let Some(place) = self.channel_meant(asked, channel).await? else { return Ok(()) };
        let mut settings = asked.here.settings.clone();
        if settings.watched.contains_key(&place) || settings.helpers == Some(place) {
            return self.answer(asked, vec![Text::DeskApart { place }]).await;
        }
        let has_changed = settings.desk != Some(place);
        settings.desk = Some(place);
        let mut texts = vec![Text::StaffSet { place }];
        let waiting = self.tx.open_counts(asked.here.community).await?.waiting;
        if has_changed && waiting > 0 {
            texts.push(Text::StaffWaiting { count: waiting });
        }
        self.change(asked, settings.clone(), texts).await?;
        if has_changed {
            for row in self.tx.waiting_for_staff(asked.here.community).await? {
                self.happened(row, &settings, Event::DeskSet).await?;
            }
        }
        Ok(())
    }

    pub(super) async fn set_helpers(
        &mut self,
        asked: &Asked<'_>,
        channel: Option<PlatformKey>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let Some(place) = self.channel_meant(asked, channel).await? else { return Ok(()) };
        let mut settings = asked.here.settings.clone();
        if settings.desk == Some(place) {
            return self.answer(asked, vec![Text::DeskApart { place }]).await;
        }
        settings.helpers = Some(place);
        self.change(asked, settings, vec![Text::AmbassadorsSet { place }]).await
    }

    /// Renames the escalation command of this community, or says what it is called.
    pub(super) async fn set_escalation(
        &mut self,
        asked: &Asked<'_>,
        name: Option<String>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let words_now = self.escalation_words(&asked.here.settings);
        let current = words_now.first().cloned().unwrap_or_default();
        let Some(name) = name else {
            let aliases: Vec<String> =
                words_now.iter().skip(1).map(|word| format!("/{word}")).collect();
            let (command, aliases) = (format!("/{current}"), words(&aliases));
            return self.answer(asked, vec![Text::EscalationIs { command, aliases }]).await;
        };
        let mut settings = asked.here.settings.clone();
        let mut old = settings.escalation.take().map(|setting| setting.old).unwrap_or_default();
        old.retain(|(_, until)| self.now < *until);
        let is_reset = name.trim().eq_ignore_ascii_case(RESET);
        let word = if is_reset {
            self.bot.rules.escalation.command.clone()
        } else {
            match escalation::command_word(&name) {
                Ok(word) => word,
                Err(problem) => {
                    let word = Quoted(name.chars().take(40).collect());
                    let problem = Key(problem.key().to_owned());
                    return self.answer(asked, vec![Text::BadCommandWord { word, problem }]).await;
                }
            }
        };
        if current != word {
            old.push((current.clone(), self.now + OLD_NAME_FOR));
        }
        old.retain(|(name, _)| *name != word);
        let command = (!is_reset).then(|| word.clone());
        settings.escalation = Some(EscalationSetting { command, old });
        let (command, old) = (format!("/{word}"), format!("/{current}"));
        let text = if is_reset {
            Text::EscalationReset { command }
        } else if command == old {
            Text::EscalationIs { command, aliases: String::new() }
        } else {
            Text::EscalationSet { command, old }
        };
        self.change(asked, settings, vec![text]).await
    }

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
        texts.push(match settings.desk {
            Some(place) => Text::StatusDesk { place },
            None => Text::StatusDeskNone,
        });
        texts.extend(settings.helpers.map(|place| Text::StatusHelpers { place }));
        let roster = self.tx.roster(&self.bot.id, asked.here.community, self.now).await?;
        let free = roster.iter().filter(|ambassador| self.is_free(ambassador)).count();
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
    fn is_free(&self, ambassador: &crate::domain::ambassador::Ambassador) -> bool {
        use crate::domain::ambassador::Duty;
        let rules = &self.bot.rules.ambassadors;
        let on_duty = match ambassador.duty {
            Duty::On => true,
            Duty::Paused { until } => until.is_some_and(|until| until <= self.now),
        };
        let quiet = ambassador.preferences.quiet.as_ref();
        on_duty
            && !ambassador.blocked
            && !quiet.is_some_and(|quiet| quiet.cover(self.now))
            && ambassador.calls_today < ambassador.calls_per_day(rules.calls_per_day)
            && ambassador.open_cases < rules.open_cases
    }
}
