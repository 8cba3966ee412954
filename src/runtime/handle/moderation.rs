//! What moderators set, live and stored; each answer says what changed.

use std::collections::BTreeSet;
use std::time::Duration;

use super::Turn;
use super::commands::Asked;
use super::effects::words;
use crate::domain::case::{Event, Rejection};
use crate::domain::command::{Caps, Watch};
use crate::domain::escalation;
use crate::domain::ids::{ChannelId, PlatformKey};
use crate::domain::overrides::caps_undo;
use crate::domain::rules::{AnswersIn, Rules};
use crate::domain::text::{Key, Quoted, Text};
use crate::platform::{Finding, Place};
use crate::store::{EscalationSetting, Settings, StoreError};

/// How long the old escalation command is honoured after a rename.
const OLD_NAME_FOR: Duration = Duration::from_hours(24);

/// The word that gives a setting back to `bot.toml`.
pub(super) const RESET: &str = "reset";

/// Ambassadors named in one answer: a screenful.
const ROSTER_SHOWN: usize = 15;

impl Turn<'_> {
    /// True for a moderator; says so to anybody else.
    pub(super) async fn moderators_only(&mut self, asked: &Asked<'_>) -> Result<bool, StoreError> {
        if asked.actor.moderator {
            return Ok(true);
        }
        self.answer(asked, vec![Text::ModeratorsOnly]).await?;
        Ok(false)
    }

    /// The channel that was named, else the one where the command was given (of a thread, the one
    /// it hangs in: that is what moderators set up); `None`, after saying so, for one that nobody
    /// knows: a slip of the pen must not send staff's work to nowhere.
    async fn channel_meant(
        &mut self,
        asked: &Asked<'_>,
        named: Option<PlatformKey>,
    ) -> Result<Option<ChannelId>, StoreError> {
        let Some(key) = named else { return Ok(Some(asked.here.home())) };
        let name = asked.names.get(key.as_str());
        let place = Place {
            channel_name: name.cloned().unwrap_or_else(|| key.to_string()),
            channel: key.clone(),
            thread: None,
            ..asked.inbound.place.clone()
        };
        if name.is_some() {
            return Ok(Some(self.place(&place).await?.channel));
        }
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

    /// Keeps the settings, says what changed, and names the command that undoes it.
    pub(super) async fn change(
        &mut self,
        asked: &Asked<'_>,
        settings: Settings,
        texts: Vec<Text>,
        undo: String,
    ) -> Result<(), StoreError> {
        self.change_undone_by(asked, settings, texts, vec![undo]).await
    }

    /// The same with as many commands as it takes to undo it.
    pub(super) async fn change_undone_by(
        &mut self,
        asked: &Asked<'_>,
        settings: Settings,
        mut texts: Vec<Text>,
        undo: Vec<String>,
    ) -> Result<(), StoreError> {
        if settings == asked.here.settings {
            texts.push(Text::AlreadySo);
            return self.answer(asked, texts).await;
        }
        texts.extend(undo.into_iter().map(|command| Text::UndoBy { command }));
        self.tx.save_settings(asked.here.community, &settings).await?;
        self.engine.bells.settings();
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
        let listen = self.bot.rules.listen.clone();
        let before = settings.watched.get(&place).map(|setting| {
            let mode = setting.mode.unwrap_or(listen.mode).word();
            let sensitivity = setting.sensitivity.unwrap_or(listen.sensitivity).word();
            format!("mode:{mode} sensitivity:{sensitivity}")
        });
        let name = self.tx.channel(place).await?.name;
        let (was_watched, was_in) = (before.is_some(), self.answers_in(&settings, place));
        let before = before.unwrap_or_else(|| "mode:off".to_owned());
        let mut undo = format!("/askaround watch #{name} {before}");
        // A channel that is no more can be named by nobody: it goes with the next change.
        let gone = self.places_gone(asked).await?;
        settings.watched.retain(|channel, _| *channel == place || !gone.contains(channel));
        let texts = match watch {
            Watch::Off => {
                settings.watched.remove(&place);
                vec![Text::WatchOff { place }]
            }
            Watch::On { mode, sensitivity, answers } => {
                let setting = settings.watched.entry(place).or_default();
                // What is the bot's own follows bot.toml.
                setting.mode = mode.or(setting.mode).filter(|mode| *mode != listen.mode);
                setting.sensitivity = sensitivity
                    .or(setting.sensitivity)
                    .filter(|sensitivity| *sensitivity != listen.sensitivity);
                setting.answers =
                    answers.or(setting.answers).filter(|answers| *answers != listen.answers);
                let is_in = setting.answers.unwrap_or(listen.answers);
                let is_said = answers.is_some() || is_in == AnswersIn::Thread;
                let answers = Key(format!("answers-{}", is_in.word()));
                let mode = setting.mode.unwrap_or(listen.mode).word();
                let sensitivity = setting.sensitivity.unwrap_or(listen.sensitivity).word();
                let (mode, sensitivity) =
                    (Key(format!("mode-{mode}")), Key(format!("sensitivity-{sensitivity}")));
                let mut texts = vec![Text::WatchOn { place, mode, sensitivity }];
                texts.extend(is_said.then_some(Text::WatchAnswers { answers }));
                texts
            }
        };
        if was_watched && was_in != self.answers_in(&settings, place) {
            undo.extend([" answers:", was_in.word()]);
        }
        self.change(asked, settings, texts, undo).await
    }

    /// Channels with a use of which the platform says that they are no more.
    async fn places_gone(&mut self, asked: &Asked<'_>) -> Result<BTreeSet<ChannelId>, StoreError> {
        let (setup, findings) = self.findings(asked).await?;
        let is_gone = |key: &PlatformKey| {
            let gone = |finding: &Finding| matches!(finding.what, Text::FindingPlaceGone { .. });
            findings.iter().any(|found| gone(found) && found.channel.as_ref() == Some(key))
        };
        let gone = setup.places.iter().filter(|place| is_gone(&place.key));
        Ok(gone.map(|place| place.id).collect())
    }

    /// `/askaround staff …` or `/askaround ambassadors …` as it was: a channel, or none.
    async fn place_undo(
        &mut self,
        what: &str,
        before: Option<ChannelId>,
    ) -> Result<String, StoreError> {
        Ok(match before {
            Some(channel) => {
                format!("/askaround {what} #{}", self.tx.channel(channel).await?.name)
            }
            None => format!("/askaround {what} mode:off"),
        })
    }

    /// Sets the desk. Cases that are with staff go there at once; beyond the first hundred, at
    /// their next reminder.
    pub(super) async fn set_desk(
        &mut self,
        asked: &Asked<'_>,
        channel: Option<PlatformKey>,
        off: bool,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let mut settings = asked.here.settings.clone();
        let undo = self.place_undo("staff", settings.desk).await?;
        if off {
            settings.desk = None;
            return self.change(asked, settings, vec![Text::StaffOff], undo).await;
        }
        let Some(place) = self.channel_meant(asked, channel).await? else { return Ok(()) };
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
        self.change(asked, settings.clone(), texts, undo).await?;
        if has_changed {
            for row in self.tx.waiting_for_staff(asked.here.community).await? {
                self.happened(row, &settings, Event::DeskSet).await?;
            }
        }
        Ok(())
    }

    /// Where ambassadors are called, and how often at most; who they are comes with the answer.
    pub(super) async fn set_helpers(
        &mut self,
        asked: &Asked<'_>,
        channel: Option<PlatformKey>,
        off: bool,
        caps: Caps,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let mut settings = asked.here.settings.clone();
        let before = self.rules_of(&settings);
        let mut undo = String::from("/askaround ambassadors");
        let mut texts = Vec::new();
        let names_caps = caps.calls.is_some() || caps.cases.is_some();
        if off {
            undo = self.place_undo("ambassadors", settings.helpers).await?;
            settings.helpers = None;
            texts.push(Text::AmbassadorsOff);
        } else if channel.is_some() || !names_caps {
            undo = self.place_undo("ambassadors", settings.helpers).await?;
            let Some(place) = self.channel_meant(asked, channel).await? else { return Ok(()) };
            if settings.desk == Some(place) {
                return self.answer(asked, vec![Text::DeskApart { place }]).await;
            }
            settings.helpers = Some(place);
            texts.push(Text::AmbassadorsSet { place });
        }
        let base = &self.bot.rules;
        match settings.overrides.with_caps(base, caps.calls, caps.cases) {
            Ok(overrides) => settings.overrides = overrides,
            Err(Rejection(text)) => return self.answer(asked, vec![text]).await,
        }
        let after = self.rules_of(&settings);
        if names_caps {
            let (calls, cases) = (after.ambassadors.calls_per_day, after.ambassadors.open_cases);
            texts.push(Text::AmbassadorCaps { calls: calls.into(), cases: cases.into() });
            undo.push(' ');
            undo.push_str(&caps_undo(&before, &after));
        }
        texts.extend(self.roster_lines(asked, &after).await?);
        self.change(asked, settings, texts, undo).await
    }

    /// Everybody who can be called here, a line each.
    async fn roster_lines(
        &mut self,
        asked: &Asked<'_>,
        rules: &Rules,
    ) -> Result<Vec<Text>, StoreError> {
        let roster = self.tx.roster(&self.bot.id, asked.here.community, self.now).await?;
        let mut lines: Vec<Text> = roster
            .iter()
            .take(ROSTER_SHOWN)
            .map(|ambassador| Text::RosterLine {
                helper: ambassador.account,
                state: Key(format!("duty-{}", self.duty_word(ambassador, rules))),
                calls: i64::from(ambassador.calls_today),
                cap: i64::from(ambassador.calls_per_day(rules.ambassadors.calls_per_day)),
            })
            .collect();
        let more = roster.len().saturating_sub(ROSTER_SHOWN);
        if more > 0 {
            lines.push(Text::AndMore { count: i64::try_from(more).unwrap_or(i64::MAX) });
        }
        Ok(lines)
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
        let undo_name = settings.escalation.as_ref().and_then(|setting| setting.command.clone());
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
        let command_is_same = command == old;
        let text = if is_reset {
            Text::EscalationReset { command }
        } else if command_is_same {
            Text::EscalationIs { command, aliases: String::new() }
        } else {
            Text::EscalationSet { command, old }
        };
        let undo = match undo_name {
            Some(name) => format!("/askaround escalation {name}"),
            None => format!("/askaround escalation {RESET}"),
        };
        if command_is_same {
            return self.answer(asked, vec![text, Text::AlreadySo]).await;
        }
        self.change(asked, settings, vec![text], undo).await
    }
}
