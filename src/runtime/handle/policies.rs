//! What moderators change of the bot's rules for their community: the ladder, recognition, the
//! language. Without an option each says what holds; with one, what holds from now on.

use super::Turn;
use super::badges::shown;
use super::commands::Asked;
use super::effects::{lang, words};
use super::moderation::RESET;
use crate::domain::badge::Badge;
use crate::domain::case::Rejection;
use crate::domain::ids::Language;
use crate::domain::overrides::{
    LadderChange, RecognitionChange, badges_undo, ladder_undo, recognition_undo, say_ranks,
    say_waves,
};
use crate::domain::rules::Rules;
use crate::domain::text::{Quoted, Text};
use crate::store::{Settings, StoreError};

impl Turn<'_> {
    pub(super) async fn set_ladder(
        &mut self,
        asked: &Asked<'_>,
        change: &LadderChange,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let before = self.rules_of(&asked.here.settings);
        if *change == LadderChange::default() {
            return self.answer(asked, ladder_lines(Text::RulesHere, &before)).await;
        }
        let mut settings = asked.here.settings.clone();
        match settings.overrides.with_ladder(&self.bot.rules, change) {
            Ok(overrides) => settings.overrides = overrides,
            Err(Rejection(text)) => return self.answer(asked, vec![text]).await,
        }
        let after = self.rules_of(&settings);
        let undo = format!("/askaround ladder {}", ladder_undo(&before, &after));
        let lines = ladder_lines(Text::RulesFromNow, &after);
        self.change(asked, settings, lines, undo).await
    }

    pub(super) async fn set_recognition(
        &mut self,
        asked: &Asked<'_>,
        change: &RecognitionChange,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let before = self.rules_of(&asked.here.settings);
        if *change == RecognitionChange::default() {
            let here = &asked.here.settings;
            return self.answer(asked, recognition_lines(Text::RulesHere, &before, here)).await;
        }
        let mut settings = asked.here.settings.clone();
        match settings.overrides.with_recognition(&self.bot.rules, change) {
            Ok(overrides) => settings.overrides = overrides,
            Err(Rejection(text)) => return self.answer(asked, vec![text]).await,
        }
        if change.reset {
            settings.badges.clear();
            settings.tags = false;
        }
        let mut meaning = None;
        if let Some(badge) = &change.badge {
            match self.change_badges(asked, &mut settings, badge) {
                Ok(text) => meaning = text,
                Err(text) => return self.answer(asked, vec![text]).await,
            }
        }
        let here = asked.here.community;
        let again = match &meaning {
            Some(Text::BadgeSet { badge, .. }) => Some(Text::BadgeAgain { badge: badge.clone() }),
            Some(Text::TagsOn) => Some(Text::TagsAgain),
            _ => None,
        };
        if settings == asked.here.settings
            && let Some(again) = again
        {
            self.begin_round_anew(here).await?;
            return self.answer(asked, vec![again]).await;
        }
        let after = self.rules_of(&settings);
        let undo = recognition_undo_lines(&asked.here.settings, &before, &settings, &after);
        let mut lines = recognition_lines(Text::RulesFromNow, &after, &settings);
        lines.extend(meaning);
        let worn = |settings: &Settings| (settings.badges.clone(), settings.tags);
        let moves_ranks = before.recognition.ranks != after.recognition.ranks;
        if worn(&settings) != worn(&asked.here.settings)
            || moves_ranks && worn(&settings) != worn(&Settings::default())
        {
            self.begin_round(here).await?;
        }
        self.change_undone_by(asked, settings, lines, undo).await
    }

    pub(super) async fn set_language(
        &mut self,
        asked: &Asked<'_>,
        language: Option<String>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let mut settings = asked.here.settings.clone();
        let known = words(&self.bot.rules.languages);
        let Some(wanted) = language.map(|language| language.to_lowercase()) else {
            let language = lang(&self.community_language(&settings));
            return self.answer(asked, vec![Text::LanguageIs { language, known }]).await;
        };
        let before = settings.language.as_ref().map_or(RESET.to_owned(), Language::to_string);
        let undo = format!("/askaround language {before}");
        settings.language = if wanted == RESET {
            None
        } else {
            let Some(language) = self.bot.rules.language_for(&Language::new(wanted.clone())) else {
                let language = Quoted(wanted.chars().take(40).collect());
                return self.answer(asked, vec![Text::UnknownLanguage { language, known }]).await;
            };
            Some(language).filter(|language| *language != self.bot.rules.default_language())
        };
        let language = lang(&self.community_language(&settings));
        self.change(asked, settings, vec![Text::LanguageSet { language }], undo).await
    }
}

fn ladder_lines(intro: Text, rules: &Rules) -> Vec<Text> {
    let ladder = &rules.ladder;
    vec![
        intro,
        Text::LadderPatience { patience: rules.suggest.patience.into() },
        Text::LadderWaves { waves: say_waves(&ladder.waves) },
        Text::LadderClaim { claim: ladder.claim_lease.into(), wait: ladder.answer_wait.into() },
        Text::LadderStaff { staff: ladder.staff_after.into() },
    ]
}

/// What gives back the rules and badges as they were: a line, and one more for each further badge.
fn recognition_undo_lines(
    settings_before: &Settings,
    before: &Rules,
    settings: &Settings,
    after: &Rules,
) -> Vec<String> {
    let numbers = Some(recognition_undo(before, after)).filter(|options| !options.is_empty());
    let tags = match (settings_before.tags, settings.tags) {
        (true, false) => Some("mode:on".to_owned()),
        (false, true) => Some("mode:off".to_owned()),
        (true, true) | (false, false) => None,
    };
    let badges = badges_undo(&settings_before.badges, &settings.badges);
    let mut badges = badges.into_iter().chain(tags);
    let first: Vec<String> = numbers.into_iter().chain(badges.next()).collect();
    let lines = std::iter::once(first.join(" ")).chain(badges);
    lines.map(|options| format!("/askaround recognition {options}")).collect()
}

fn recognition_lines(intro: Text, rules: &Rules, settings: &Settings) -> Vec<Text> {
    let badges = &settings.badges;
    let recognition = &rules.recognition;
    let points = recognition.points;
    let mut lines = vec![
        intro,
        Text::RecognitionPoints {
            solved: points.solved,
            thanked: points.thanked,
            endorsed: points.endorsed,
            cap: recognition.daily_cap,
        },
        Text::RecognitionRanks { ranks: say_ranks(&recognition.ranks) },
    ];
    if !badges.is_empty() {
        let badge = |(rank, badge): (&String, &Badge)| format!("{rank} {}", shown(badge));
        let badges: Vec<String> = badges.iter().map(badge).collect();
        lines.push(Text::BadgesHere { badges: words(&badges) });
    }
    if settings.tags {
        lines.push(Text::TagsHere);
    }
    lines
}
