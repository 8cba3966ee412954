//! `/askaround knowledge`: moderators read what authors allowed, word it, publish it, and take back
//! any of it.

use super::super::document::Line;
use super::super::harvested::answer_stands;
use super::Turn;
use super::commands::Asked;
use crate::domain::case::Rejection;
use crate::domain::harvest::{Deed, Harvest, State};
use crate::domain::ids::CaseId;
use crate::domain::text::{Key, Quoted, Text};
use crate::store::StoreError;

/// Of each kind in one answer: a screenful in all.
const SHOWN: i64 = 8;

/// What is listed, in this order: what waits, then what people are shown.
const LISTED: [State; 2] = [State::Draft, State::Published];

impl Turn<'_> {
    /// Without a number, what there is; without a deed, one of them.
    pub(super) async fn knowledge(
        &mut self,
        asked: &Asked<'_>,
        number: Option<String>,
        deed: Option<Deed>,
    ) -> Result<(), StoreError> {
        if !self.moderators_only(asked).await? {
            return Ok(());
        }
        let Some(word) = number else {
            if deed.is_some() {
                let (command, option) = ("/askaround knowledge".to_owned(), "number".to_owned());
                return self.answer(asked, vec![Text::MissingOption { command, option }]).await;
            }
            return self.list_harvests(asked).await;
        };
        let harvest = match CaseId::from_short(word.trim_start_matches('#')) {
            Some(case) => self.tx.harvest(case).await?,
            None => None,
        };
        // What nobody allowed, or took back, is no moderator's to see.
        let is_theirs = |harvest: &Harvest| match harvest.state {
            State::Draft | State::Published | State::Discarded => {
                harvest.community == asked.here.community
            }
            State::Offered | State::Declined | State::Withdrawn => false,
        };
        let Some(harvest) = harvest.filter(is_theirs) else {
            let case = Quoted(word.chars().take(40).collect());
            return self.answer(asked, vec![Text::UnknownHarvest { case }]).await;
        };
        match deed {
            None => self.tell_harvest(asked, &harvest).await,
            Some(deed) => self.review(asked, harvest, &deed).await,
        }
    }

    async fn list_harvests(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let mut texts = Vec::new();
        for state in LISTED {
            let listed = self.tx.harvests_in(asked.here.community, state, SHOWN).await?;
            let shown = i64::try_from(listed.len()).unwrap_or(SHOWN);
            texts.extend(listed.iter().map(|harvest| Text::KnowledgeLine {
                case: harvest.case.short(),
                state: state_key(state),
                title: harvest.title().to_owned(),
                ago: self.now.since(harvest.changed_at).into(),
            }));
            let more = self.tx.count_harvests(asked.here.community, state).await? - shown;
            if more > 0 {
                texts.push(Text::AndMore { count: more });
            }
        }
        texts.push(if texts.is_empty() { Text::KnowledgeNone } else { Text::KnowledgeHowTo });
        self.answer(asked, texts).await
    }

    async fn tell_harvest(
        &mut self,
        asked: &Asked<'_>,
        harvest: &Harvest,
    ) -> Result<(), StoreError> {
        let Some(row) = self.case_in(harvest.case).await? else { return Ok(()) };
        let (case, state, helper) = (row.case, state_key(harvest.state), harvest.author);
        let (number, on) = (case.id.short(), harvest.answered_at.date().to_string());
        let is = Text::KnowledgeIs { case: number.clone(), state, helper, on };
        let mut lines = vec![match answer_stands(self.tx, &case, harvest.answer).await? {
            Some((channel, message)) => {
                Line::Lead { text: is, label: Text::SeeAnswer, channel, message }
            }
            None => is.into(),
        }];
        let wording = &harvest.wording;
        if !wording.title.is_empty() {
            lines.push(Text::KnowledgeTitle { title: wording.title.clone() }.into());
        }
        if wording.question.is_empty() {
            let question = self.question_text(&case).await?;
            if !question.is_empty() {
                lines.extend([Text::KnowledgeAsked.into(), Line::Quote { text: question }]);
            }
        } else {
            lines.push(Text::KnowledgeQuestion { question: wording.question.clone() }.into());
        }
        lines.push(Text::KnowledgeBody.into());
        lines.push(Line::Quote { text: wording.body.clone() });
        lines.push(Text::KnowledgeDeeds { case: number }.into());
        // The case's own row: when its asker deletes the question, it goes from here as well.
        let (to, here) = (asked.account.id, &asked.here);
        self.say_privately(Some(&case), to, here.channel, &here.settings, lines, vec![]).await
    }

    async fn review(
        &mut self,
        asked: &Asked<'_>,
        harvest: Harvest,
        deed: &Deed,
    ) -> Result<(), StoreError> {
        let before = harvest.clone();
        let after = match self.do_to_harvest(harvest, deed).await? {
            Ok(after) => after,
            Err(Rejection(text)) => return self.answer(asked, vec![text]).await,
        };
        let (case, state) = (after.case.short(), state_key(after.state));
        let mut texts = vec![Text::KnowledgeNow { case: case.clone(), state }];
        if matches!(deed, Deed::Word { .. } | Deed::Revert) {
            let (title, question) = (after.title(), &after.wording.question);
            if !title.is_empty() {
                texts.push(Text::KnowledgeTitle { title: title.to_owned() });
            }
            if !question.is_empty() && question != title {
                texts.push(Text::KnowledgeQuestion { question: question.clone() });
            }
        }
        if after == before {
            texts.push(Text::AlreadySo);
        } else if let Some(word) = Harvest::undo_of(before.state, deed) {
            texts.push(Text::UndoBy { command: format!("/askaround knowledge {case} do:{word}") });
        }
        self.answer(asked, texts).await
    }
}

fn state_key(state: State) -> Key {
    Key(format!("review-{}", state.word()))
}
