//! A question becomes a case.

use std::sync::Arc;
use std::time::Duration;

use super::super::document::ReplyTo;
use super::super::engine::Handled;
use super::{Here, Spoken, Turn, rules_here};
use crate::domain::case::{Case, Context, Opening, Why};
use crate::domain::escalation;
use crate::domain::harvest::article_of;
use crate::domain::ids::{ArticleId, CaseId, Language, OutboxId, PlatformKey};
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::knowledge::{Hit, Query};
use crate::platform::Inbound;
use crate::store::{Account, NewSuggestion, Part, Said, StoreError};

/// A question that is told so much later, after an outage, calls nobody without a person's word.
const CALLS_NOBODY_AFTER: Duration = Duration::from_hours(6);

/// Open cases of one customer at most: more would let one person empty the ambassadors' day.
pub(super) const OPEN_CASES_OF_A_CUSTOMER: usize = 3;

impl Turn<'_> {
    /// Opens a case for `text`. `key` is the message that asked; without one (a command) the bot
    /// posts the question itself, so that there is something to reply to.
    pub(super) async fn ask(
        &mut self,
        inbound: &Inbound,
        here: &Here,
        account: Account,
        text: &str,
        key: Option<&PlatformKey>,
        language: Option<Language>,
    ) -> Result<Handled, StoreError> {
        self.open(inbound, here, account, text, key, language, None).await
    }

    #[expect(clippy::too_many_arguments, reason = "a question is all of these")]
    pub(super) async fn open(
        &mut self,
        inbound: &Inbound,
        here: &Here,
        mut account: Account,
        text: &str,
        key: Option<&PlatformKey>,
        spoken: Option<Language>,
        straight_to_staff: Option<Why>,
    ) -> Result<Handled, StoreError> {
        if let Some(handled) = self.turned_away(here, &account).await? {
            return Ok(handled);
        }
        let bot = Arc::clone(&self.bot);
        let rules = rules_here(&bot.rules, &here.settings);
        let spoken = spoken.as_ref().and_then(|language| rules.language_for(language));
        if let Some(language) = &spoken
            && account.language.as_ref() != Some(language)
        {
            account.language = Some(language.clone());
            self.tx.change_account(&account).await?;
        }
        let language = spoken.unwrap_or_else(|| self.language_of(&account, &here.settings));
        let urgent = escalation::urgent_word(&rules.escalation, text, None)
            .map(|word| Why::Urgent { word: word.to_owned() });
        let straight_to_staff = straight_to_staff.or(urgent);
        let knowledge = bot.knowledge.now();
        let query = Query { text, language: Some(&language), community: Some(here.community) };
        let hits = knowledge.search(&query, rules.suggest.articles);
        let is_searched = straight_to_staff.is_none();
        let (articles, earlier) = if is_searched {
            self.worth_pointing_to(&query, &hits, here, &account, &rules).await?
        } else {
            (Vec::new(), None)
        };
        let best = hits.first().map_or(0.0, |hit| hit.confidence);
        let found = is_searched.then_some((best, articles.len()));
        let roster = if articles.is_empty() && earlier.is_none() && is_searched {
            self.tx.roster(&self.bot.id, here.community, self.now).await?
        } else {
            Vec::new()
        };
        let context = Context {
            rules: &rules,
            policies: &bot.policies,
            roster: &roster,
            desk: here.settings.desk,
            now: self.now,
        };
        let step = Case::open(
            Opening {
                id: self.engine.next_id(self.now),
                community: here.community,
                channel: here.channel,
                asker: account.id,
                asker_person: account.person,
                language,
                topics: knowledge.topics_of(&hits),
                articles,
                earlier: earlier.map(|(case, _)| case),
                straight_to_staff,
                stale: self.now.since(inbound.at) > CALLS_NOBODY_AFTER,
            },
            &context,
        );
        self.tx.new_case(&bot.id, &step.case).await?;
        self.engine.bells.opened(&step.case);
        if let Some((confidence, shown)) = found {
            let (case, community, at) = (step.case.id, here.community, self.now);
            let earlier = earlier.map(|(_, confidence)| confidence);
            let found = NewSuggestion { case, community, confidence, shown, earlier, at };
            self.tx.new_suggestion(&bot.id, &found).await?;
        }
        self.keep_question(inbound, here, &account, step.case.id, text, key).await?;
        self.spoken = Some(Spoken { by: account.id, text: text.to_owned() });
        self.show_question(&step.case, here, text, key).await?;
        self.fulfil(None, step, r#"{"event":"asked"}"#, 1, &here.settings, &rules).await?;
        Ok(Handled::Recorded)
    }

    /// What is sure enough to be shown: articles, and a case that was solved here before.
    async fn worth_pointing_to(
        &mut self,
        query: &Query<'_>,
        hits: &[Hit],
        here: &Here,
        account: &Account,
        rules: &Rules,
    ) -> Result<(Vec<ArticleId>, Option<(CaseId, f64)>), StoreError> {
        let articles = self.worth_showing(hits, here.community, rules).await?;
        if !rules.knowledge.earlier {
            return Ok((articles, None));
        }
        let earlier = self.solved_before(query, here, account, rules).await?;
        // An article that was made of that answer leads there itself.
        let earlier = earlier.filter(|(case, _)| !articles.contains(&article_of(*case)));
        Ok((articles, earlier))
    }

    /// Whoever is blocked, or has enough open questions, is told so: the former where they wait
    /// for an answer, passed over in silence where they only talk.
    async fn turned_away(
        &mut self,
        here: &Here,
        account: &Account,
    ) -> Result<Option<Handled>, StoreError> {
        if account.blocked && self.reply.is_none() {
            return Ok(Some(Handled::Nothing("blocked")));
        }
        if account.blocked {
            self.refuse(&here.settings, Text::AskerBlocked).await?;
            return Ok(Some(Handled::Recorded));
        }
        let open = self.tx.open_cases_of(account.id).await?;
        if open.len() < OPEN_CASES_OF_A_CUSTOMER {
            return Ok(None);
        }
        let count = i64::try_from(open.len()).unwrap_or(i64::MAX);
        let line = Text::TooManyOpen { count }.into();
        self.say_privately(None, account.id, here.channel, &here.settings, vec![line], vec![])
            .await?;
        Ok(Some(Handled::Recorded))
    }

    /// Keeps the question under its message, or under the post that will show it.
    async fn keep_question(
        &mut self,
        inbound: &Inbound,
        here: &Here,
        account: &Account,
        case: CaseId,
        text: &str,
        key: Option<&PlatformKey>,
    ) -> Result<(), StoreError> {
        let key = key.cloned().unwrap_or_else(|| Said::key_by_command(case));
        let question = Said {
            case,
            channel: here.channel,
            key,
            author: Some(account.id),
            part: Part::Question,
            body: text.to_owned(),
            answer: None,
            at: inbound.at,
        };
        self.tx.new_message(&question).await?;
        self.asked = Some(question);
        Ok(())
    }

    /// Lets everybody see a question that came by command, and opens a thread on the question where
    /// this channel has one for each.
    async fn show_question(
        &mut self,
        case: &Case,
        here: &Here,
        text: &str,
        key: Option<&PlatformKey>,
    ) -> Result<(), StoreError> {
        self.mean_to_open(case, here, text).await?;
        let on = match key {
            Some(key) => ReplyTo::Message { key: key.clone() },
            None => ReplyTo::Row { id: self.post_question(case, &here.settings, text).await? },
        };
        self.open_thread(case, on, text).await
    }

    /// The question of a case as it is kept; of one opened in this turn, without asking for it.
    pub(super) async fn question_of(&mut self, case: &Case) -> Result<Option<Said>, StoreError> {
        match &self.asked {
            Some(asked) if asked.case == case.id => Ok(Some(asked.clone())),
            _ => self.tx.question(case.id).await,
        }
    }

    /// What a reply to the question points at: the message, or our post that shows it.
    pub(super) async fn question_post(
        &mut self,
        case: &Case,
    ) -> Result<Option<(Said, Option<OutboxId>)>, StoreError> {
        let Some(question) = self.question_of(case).await? else { return Ok(None) };
        if question.is_a_message() {
            return Ok(Some((question, None)));
        }
        let row = self.tx.first_post(case.id, case.channel).await?;
        Ok(Some((question, row)))
    }
}
