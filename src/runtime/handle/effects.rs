//! Carrying out a step: each effect becomes rows of the same transaction, in the order in which
//! people should read them.

use super::super::document::Line;
use super::post::Saying;
use super::{Turn, articles};
use crate::domain::ambassador::{PassedOver, Selection};
use crate::domain::case::{Audience, Case, Effect, Post, Press, Step, Why};
use crate::domain::ids::{AccountId, ArticleId, CaseId, Language};
use crate::domain::rules::Rules;
use crate::domain::text::{Key, Text};
use crate::store::{Class, NewCall, Settings, StoreError, encode};

/// People passed over whom the history names, at most: enough to explain, bounded for large
/// rosters.
const PASSED_OVER_KEPT: usize = 200;

impl Turn<'_> {
    /// Writes what a step asks for, and the step itself into the case's history.
    pub(super) async fn fulfil(
        &mut self,
        before: Option<&Case>,
        step: Step,
        event: &str,
        number: i64,
        settings: &Settings,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let Step { case, effects } = step;
        let mut notes = String::new();
        for effect in &effects {
            if let Effect::Call { selection, .. } | Effect::PassOver { selection } = effect {
                notes = notes_of(&selection.0)?;
            }
            self.carry_out(&case, effect, settings, rules).await?;
        }
        if before.is_some_and(|before| before.stage.is_open()) && !case.stage.is_open() {
            self.put_thread_away_later(&case, rules).await?;
        }
        self.tx.new_history(&case, number, event, &notes, self.now).await?;
        let was = before.map_or("", |before| before.stage.word());
        if was != case.stage.word() {
            tracing::info!(
                case.id = %case.id, bot.id = %self.bot.id, platform = %self.platform,
                stage = case.stage.word(), was,
                "case {} is {}", case.id.short(), case.stage.word()
            );
        }
        Ok(())
    }

    async fn carry_out(
        &mut self,
        case: &Case,
        effect: &Effect,
        settings: &Settings,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        match effect {
            Effect::Suggest { articles, earlier } => {
                self.suggest(case, (articles, *earlier), settings, rules).await
            }
            Effect::Call { wave, selection } => {
                self.call(case, *wave, &selection.0, settings, rules).await
            }
            Effect::PassOver { .. } => Ok(()), // noted above, for /why
            Effect::CallAgain => self.call_again(case, settings, rules).await,
            Effect::Say { to, text, post, buttons, ping } => {
                self.speak(case, settings, *to, text, *post, buttons, ping).await
            }
            Effect::Retire { post, line } => self.retire_posts(case, *post, line.as_ref()).await,
            Effect::HandOff { why, desk } => {
                if let Some(desk) = desk {
                    self.open_dossier(case, why, *desk, settings).await
                } else {
                    tracing::warn!(
                        case.id = %case.id, bot.id = %self.bot.id,
                        "case {} waits for staff, but its community has set no desk",
                        case.id.short()
                    );
                    Ok(())
                }
            }
            Effect::AwardSolved { to, generation, silent } => {
                self.award_solved(case, *to, *generation, *silent, rules).await
            }
            Effect::AwardThanked { to, generation } => {
                self.award_thanked(case, *to, *generation, rules).await
            }
            Effect::ReverseSolved { generation } => self.reverse_solved(case, *generation).await,
            Effect::ConveyToDesk => self.convey_to_desk(case, settings).await,
            Effect::RetractWords => self.retract_words(case).await,
            Effect::RestoreWords => self.restore_words(case).await,
        }
    }

    async fn suggest(
        &mut self,
        case: &Case,
        (ids, earlier): (&[ArticleId], Option<CaseId>),
        settings: &Settings,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let knowledge = self.bot.knowledge.now();
        let cards: Vec<Vec<Line>> =
            ids.iter().filter_map(|id| knowledge.get(id)).map(articles::card).collect();
        let (who, count) = (case.asker, i64::try_from(cards.len()).unwrap_or(i64::MAX));
        let has_articles = !cards.is_empty();
        let mut lines = Vec::new();
        if has_articles {
            lines.push(Line::from(Text::SuggestionIntro { who, count }));
            lines.extend(cards.into_iter().flatten());
        }
        if let Some(earlier) = earlier
            && let Some(line) = self.earlier_line(earlier, settings).await?
        {
            let intro = Text::EarlierIntro { who };
            lines.push(if has_articles { Text::EarlierToo } else { intro }.into());
            lines.push(line);
        }
        // A question that came late calls nobody by itself, so it must not promise to.
        let waits = case.deadline().is_some_and(|due| due < case.expires_at);
        let patience = rules.suggest.patience.into();
        let footer = if has_articles {
            Text::SuggestionFooter { patience }
        } else {
            Text::EarlierFooter { patience }
        };
        lines.push(if waits { footer } else { Text::SuggestionFooterLate }.into());
        let buttons = vec![Press::Solved, Press::AskPerson, Press::MeToo];
        let (class, post) = (Class::Answer, Post::Suggestion);
        let saying = Saying { class, post, lines, buttons, ping: Vec::new() };
        self.post_in_conversation(case, saying).await
    }

    /// Calls a wave: counted against each one's day first, by a conditional write.
    async fn call(
        &mut self,
        case: &Case,
        wave: usize,
        selection: &Selection,
        settings: &Settings,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        for pick in &selection.called {
            let Some(ambassador) = self.tx.ambassador(pick.who).await? else {
                return Err(StoreError::Conflict("an ambassador has left"));
            };
            let cap = ambassador.calls_per_day(rules.ambassadors.calls_per_day);
            self.tx.count_call(&ambassador, cap, self.now).await?;
            let call = NewCall { case: case.id, account: pick.who, wave, why: pick.why.clone() };
            self.tx.new_call(&call, self.now).await?;
        }
        let intro = Text::CallIntro { who: case.asker, place: case.channel };
        let ping: Vec<AccountId> = selection.called.iter().map(|pick| pick.who).collect();
        self.post_call(case, settings, rules, intro, Class::Ping, ping).await
    }

    async fn call_again(
        &mut self,
        case: &Case,
        settings: &Settings,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let intro = Text::CallFreeAgain { who: case.asker, place: case.channel };
        self.post_call(case, settings, rules, intro, Class::Notice, vec![]).await
    }

    async fn post_call(
        &mut self,
        case: &Case,
        settings: &Settings,
        rules: &Rules,
        intro: Text,
        class: Class,
        ping: Vec<AccountId>,
    ) -> Result<(), StoreError> {
        // A second call for the same case lets go of the buttons of the first: one post to press.
        self.retire_posts(case, Post::Call, None).await?;
        let mut lines = vec![Line::from(intro)];
        lines.push(Line::Quote { text: self.question_text(case).await? });
        if !case.topics.is_empty() {
            lines.push(Text::CallTopics { topics: words(&case.topics) }.into());
        }
        lines.push(Text::CallHowTo { lease: rules.ladder.claim_lease.into() }.into());
        let buttons = vec![Press::Take, Press::Pass];
        let saying = Saying { class, post: Post::Call, lines, buttons, ping };
        self.post_to_helpers(case, settings, saying).await
    }

    pub(super) async fn question_text(&mut self, case: &Case) -> Result<String, StoreError> {
        Ok(self.question_of(case).await?.map(|said| said.body).unwrap_or_default())
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of one effect")]
    async fn speak(
        &mut self,
        case: &Case,
        settings: &Settings,
        to: Audience,
        text: &Text,
        post: Post,
        buttons: &[Press],
        ping: &[AccountId],
    ) -> Result<(), StoreError> {
        let lines = vec![Line::from(text.clone())];
        let (buttons, ping) = (buttons.to_vec(), ping.to_vec());
        match to {
            Audience::Conversation => {
                let saying = Saying { class: Class::Answer, post, lines, buttons, ping };
                self.post_in_conversation(case, saying).await
            }
            Audience::Private(account) => {
                let channel = settings.helpers.unwrap_or(case.channel);
                self.say_privately(Some(case), account, channel, settings, lines, buttons).await
            }
            Audience::Helpers => {
                let saying = Saying { class: Class::Notice, post, lines, buttons, ping };
                self.post_to_helpers(case, settings, saying).await
            }
            Audience::Desk => self.post_to_desk(case, settings, lines).await,
        }
    }

    /// Why a case is with staff, as a line of its dossier.
    pub(super) fn why_line(why: &Why, waited: std::time::Duration) -> Text {
        match why {
            Why::Asked { by } => Text::DossierWhyAsked { by: *by },
            Why::Urgent { word } => Text::DossierWhyUrgent { word: word.clone() },
            Why::NobodyFree => Text::DossierWhyNobody,
            Why::LadderRanOut => Text::DossierWhyLadder { waited: waited.into() },
        }
    }
}

/// A language by the name that the locale files give it.
pub(super) fn lang(language: &Language) -> Key {
    Key(format!("lang-{language}"))
}

/// Topics, languages, names of ours, with commas between.
pub(super) fn words<T: ToString>(items: &[T]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
}

fn notes_of(selection: &Selection) -> Result<String, StoreError> {
    let mut kept = selection.clone();
    kept.passed_over.retain(|(_, why)| *why != PassedOver::CalledBefore);
    kept.passed_over.truncate(PASSED_OVER_KEPT);
    encode(&kept)
}
