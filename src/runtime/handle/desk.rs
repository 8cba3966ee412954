//! The desk: the dossier that staff get, and the words that go to and fro.

use super::super::document::{Document, Keeps, Line};
use super::effects::{lang, words};
use super::post::Draft;
use super::{Here, Turn};
use crate::domain::case::{Actor, Case, Post, Press, Why};
use crate::domain::ids::ChannelId;
use crate::domain::text::{Quoted, Text};
use crate::store::{Class, Part, Settings, StoreError};

/// Messages quoted in a dossier, at most: the latest ones.
const MESSAGES_SHOWN: usize = 8;

impl Turn<'_> {
    /// Puts the case on the desk with everything known, so that nobody asks the customer again.
    pub(super) async fn open_dossier(
        &mut self,
        case: &Case,
        why: &Why,
        desk: ChannelId,
        settings: &Settings,
    ) -> Result<(), StoreError> {
        let intro =
            Text::DossierIntro { who: case.asker, place: case.channel, case: case.id.short() };
        let conversation = self.tx.conversation(case.id).await?;
        let mut lines = vec![Line::from(intro)];
        lines.push(Line::Quote { text: self.question_text(case).await? });
        lines.push(Self::why_line(why, self.now.since(case.opened_at)).into());
        let (language, topics) = (lang(&case.language), words(&case.topics));
        lines.push(Text::DossierFacts { language, topics }.into());
        lines.push(self.tried_line(case));
        if !case.called.is_empty() {
            let count = i64::try_from(case.called.len()).unwrap_or(i64::MAX);
            lines.push(Text::DossierCalled { count }.into());
        }
        let asked = [Part::Question, Part::Lead];
        let said: Vec<_> =
            conversation.into_iter().filter(|said| !asked.contains(&said.part)).collect();
        let from = said.len().saturating_sub(MESSAGES_SHOWN);
        for said in said.into_iter().skip(from) {
            let Some(author) = said.author else { continue };
            let quoted = Quoted(said.body);
            lines.push(Line::from(if said.part == Part::Answer {
                Text::DossierAnswer { helper: author, answer: quoted }
            } else {
                Text::DeskFollowUp { who: author, message: quoted }
            }));
        }
        lines.push(Text::DossierHowTo.into());
        let mut document = Document::new(self.community_language(settings), lines);
        document.buttons = vec![Press::StaffTake, Press::StaffReturn, Press::StaffSolved];
        document.keeps = Some(Keeps::Dossier);
        let mut draft = Draft::new(desk, Class::HandOff, document);
        draft.case = Some(case.id);
        draft.post = Post::Dossier;
        self.post(draft).await?;
        Ok(())
    }

    fn tried_line(&self, case: &Case) -> Line {
        let knowledge = self.bot.knowledge.now();
        let titles: Vec<String> = case
            .tried
            .iter()
            .map(|id| {
                let article = knowledge.get(id);
                article.map_or_else(|| id.to_string(), |article| article.title.clone())
            })
            .collect();
        if titles.is_empty() {
            Text::DossierNothingTried.into()
        } else {
            Text::DossierTried { articles: titles.join(" · ") }.into()
        }
    }

    /// Brings an answer given on the desk or under the call to the customer, by name.
    pub(super) async fn convey_answer(
        &mut self,
        case: &Case,
        by: Actor,
        answer: &str,
        here: &Here,
    ) -> Result<(), StoreError> {
        let (who, answer_text) = (case.asker, Quoted(answer.to_owned()));
        let text = if by.staff {
            Text::StaffAnswered { staff: by.account, who, answer: answer_text }
        } else {
            Text::AnswerConveyed { helper: by.account, who, answer: answer_text }
        };
        let mut document = Document::new(case.language.clone(), vec![text.into()]);
        document.ping = vec![who];
        let number = case.answer_of(by.account).unwrap_or(case.answers.len());
        document.keeps = Some(Keeps::Answer(number));
        let channel = self.talked_in(case, case.channel).await?;
        document.reply = self.reply_to_question(case, channel).await?;
        let mut draft = Draft::new(channel, Class::Answer, document);
        draft.case = Some(case.id);
        self.post(draft).await?;
        // Threads invite to think aloud: who begins one learns at once who reads along.
        let begins_a_thread = here.parent.is_some()
            && self.tx.last_spoken_in(case.id, here.home()).await? != Some(here.channel);
        if here.is_on_the_desk() {
            let mut lines = vec![Text::DeskConveyed { who }.into()];
            lines.extend(begins_a_thread.then(|| Text::DeskThread { who }.into()));
            self.post_to_desk_in(here.channel, case, &here.settings, lines).await?;
        } else if begins_a_thread {
            let lines = vec![Text::CallThread { who }.into()];
            let mut document = Document::new(self.community_language(&here.settings), lines);
            document.keeps = Some(Keeps::Call);
            let mut draft = Draft::new(here.channel, Class::Notice, document);
            draft.case = Some(case.id);
            self.post(draft).await?;
        }
        Ok(())
    }

    /// Brings what was said in the conversation to the desk.
    pub(super) async fn convey_to_desk(
        &mut self,
        case: &Case,
        settings: &Settings,
    ) -> Result<(), StoreError> {
        let Some(spoken) = self.spoken.clone() else { return Ok(()) };
        let text = Text::DeskFollowUp { who: spoken.by, message: Quoted(spoken.text) };
        self.post_to_desk(case, settings, vec![text.into()]).await
    }
}
