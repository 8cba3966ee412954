//! The harvest: whoever solved a question is asked once whether their answer may become an
//! article, and what they allowed follows what they wrote: changed, it is a draft again; deleted,
//! it is gone.
//!
//! They are asked where everybody can read it and without lighting anybody up, never in a private
//! chat that they did not begin: where ambassadors are called if they are one, else where they
//! answered. That one post is edited by whatever becomes of the answer, and its button takes it
//! back for as long as there is something to take back.

use super::super::document::{Document, Line, ReplyTo};
use super::super::harvested::answer_stands;
use super::post::{Draft, from_json};
use super::{Here, Turn};
use crate::domain::case::{Case, Event, Post, Press, Rejection, Resolution, Stage};
use crate::domain::harvest::{self, Deed, Harvest, State, Wording};
use crate::domain::ids::{AccountId, CaseId};
use crate::domain::question;
use crate::domain::rules::Rules;
use crate::domain::text::{Quoted, Text};
use crate::store::{Account, Class, Part, Said, Settings, StoreError};

/// What its author says of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Word {
    Share,
    Keep,
    TakeBack,
}

/// What a case was and has become by a step.
#[derive(Clone, Copy)]
pub(super) struct Change<'a> {
    pub(super) before: &'a Case,
    pub(super) event: &'a Event,
    pub(super) after: &'a Case,
}

impl Change<'_> {
    /// Somebody's word, and not silence, made an answer of the community the solution.
    fn is_solved_by_word(&self) -> bool {
        let is_said = matches!(self.event, Event::Accepted { .. } | Event::Thanked { .. });
        let by = |by| matches!(by, Resolution::Ambassador | Resolution::CommunityMember);
        let is_now =
            matches!(self.after.stage, Stage::Resolved { by: resolution, .. } if by(resolution));
        is_said && is_now && self.before.stage.is_open()
    }

    /// It was no solution after all.
    fn is_doubted(&self) -> bool {
        let was = matches!(self.before.stage, Stage::Resolved { .. });
        was && !matches!(self.after.stage, Stage::Resolved { .. })
    }
}

impl Turn<'_> {
    /// What follows from a step for the harvest of its case.
    pub(super) async fn reap(
        &mut self,
        change: Change<'_>,
        settings: &Settings,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let was_solved = change.before.is_solved_by_people();
        if was_solved != change.after.is_solved_by_people() {
            let community = change.after.community;
            self.after.solved.insert(community, self.bot.id.clone());
        }
        if change.is_doubted() {
            return self.doubt(change.after).await;
        }
        if rules.knowledge.harvest && change.is_solved_by_word() {
            return self.offer(change.after, settings).await;
        }
        Ok(())
    }

    async fn doubt(&mut self, case: &Case) -> Result<(), StoreError> {
        let Some(harvest) = self.tx.harvest(case.id).await? else { return Ok(()) };
        if harvest.state == State::Offered {
            // Nobody has said anything yet: whoever solves it may be asked in their turn.
            self.tx.drop_harvest(case.id).await?;
            return self.retire_posts(case, Post::Harvest, None).await;
        }
        // A deed that the case does is refused nowhere.
        let _done = self.do_to_harvest(harvest, &Deed::Doubt).await?;
        Ok(())
    }

    /// Asks whoever solved it, if the answer is of use to others and can be led to.
    async fn offer(&mut self, case: &Case, settings: &Settings) -> Result<(), StoreError> {
        let Some(to) = case.credited.map(|credit| credit.to) else { return Ok(()) };
        let Some(number) = case.answers.iter().rposition(|answer| answer.by == to) else {
            return Ok(());
        };
        let (said, words) = self.answer_words(case.id, to, number).await?;
        let answered_at = said.first().map_or(self.now, |said| said.at);
        let was_in_vain = self.tx.suggestion_helped(case.id).await? == Some(false);
        let is_news = case.tried.is_empty() || was_in_vain;
        let is_of_use = is_news && harvest::is_worth_asking(&words);
        if !is_of_use || self.tx.channel(case.channel).await?.private {
            return Ok(());
        }
        let Some(author) = self.tx.account(to).await?.filter(|author| !author.blocked) else {
            return Ok(());
        };
        let harvest = Harvest {
            case: case.id,
            community: case.community,
            author: to,
            answer: number,
            answered_at,
            state: State::Offered,
            wording: Wording::default(),
            former: None,
            changed_at: self.now,
        };
        if !self.tx.new_harvest(&self.bot.id, &harvest).await? {
            return Ok(());
        }
        self.post_offer(case, &harvest, &author, settings, &said).await
    }

    async fn post_offer(
        &mut self,
        case: &Case,
        harvest: &Harvest,
        author: &Account,
        settings: &Settings,
        said: &[Said],
    ) -> Result<(), StoreError> {
        let is_ambassador = self.tx.ambassador(author.id).await?.is_some();
        let (channel, language) = match settings.helpers.filter(|_| is_ambassador) {
            Some(helpers) => (helpers, self.community_language(settings)),
            None => (self.talked_in(case, case.channel).await?, case.language.clone()),
        };
        let (lines, buttons) = told(harvest);
        let mut document = Document::new(language, lines);
        document.buttons = buttons;
        let there = said.iter().rev().find(|said| said.channel == channel);
        document.reply = there.map(|said| ReplyTo::Message { key: said.key.clone() });
        let mut draft = Draft::new(channel, Class::Notice, document);
        draft.case = Some(case.id);
        draft.post = Post::Harvest;
        self.post(draft).await?;
        Ok(())
    }

    /// The messages of an answer by its author, and what they say together.
    async fn answer_words(
        &mut self,
        case: CaseId,
        author: AccountId,
        number: usize,
    ) -> Result<(Vec<Said>, String), StoreError> {
        let mut said = self.tx.answer(case, number).await?;
        said.retain(|said| said.part == Part::Answer && said.author == Some(author));
        let words: Vec<&str> = said.iter().map(|said| said.body.trim()).collect();
        let words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
        let words = words.join("\n");
        Ok((said, words))
    }

    // ---- what its author says --------------------------------------------------------------

    /// One of the buttons under the offer.
    pub(super) async fn harvest_pressed(
        &mut self,
        case: &Case,
        here: &Here,
        account: &Account,
        word: Word,
    ) -> Result<(), StoreError> {
        let Some(harvest) = self.tx.harvest(case.id).await? else {
            return self.refuse(&here.settings, Text::HarvestOver).await;
        };
        let author = self.tx.account(harvest.author).await?;
        if author.is_none_or(|author| author.person != account.person) {
            return self.refuse(&here.settings, Text::HarvestNotYours).await;
        }
        let deed = match word {
            Word::Keep => Deed::Decline,
            Word::TakeBack => Deed::TakeBack,
            Word::Share => {
                let words = self.answer_words(case.id, harvest.author, harvest.answer).await?.1;
                if words.is_empty() {
                    return self.refuse(&here.settings, Text::HarvestWordless).await;
                }
                Deed::Allow { language: question::detect_language(&words), body: words }
            }
        };
        match self.do_to_harvest(harvest, &deed).await? {
            Ok(_) => Ok(()),
            Err(Rejection(text)) => self.refuse(&here.settings, text).await,
        }
    }

    /// Lets a harvest follow a deed: keeps it, tells it where its author was asked, and has the
    /// articles read again where that is their matter.
    pub(super) async fn do_to_harvest(
        &mut self,
        harvest: Harvest,
        deed: &Deed,
    ) -> Result<Result<Harvest, Rejection>, StoreError> {
        let before = harvest.clone();
        let after = match harvest.after(deed, self.now) {
            Ok(after) if after == before => return Ok(Ok(after)),
            Ok(after) => after,
            Err(rejection) => return Ok(Err(rejection)),
        };
        self.tx.save_harvest(&after).await?;
        if [before.state, after.state].contains(&State::Published) {
            self.after.articles.insert(self.bot.id.clone());
        }
        tracing::info!(
            case.id = %after.case, bot.id = %self.bot.id,
            state = after.state.word(), was = before.state.word(),
            "the answer of case {} is {}", after.case.short(), after.state.word()
        );
        if told(&before) != told(&after) {
            self.retell(&after).await?;
        }
        Ok(Ok(after))
    }

    /// Says in the offer what has become of it.
    async fn retell(&mut self, harvest: &Harvest) -> Result<(), StoreError> {
        let (lines, buttons) = told(harvest);
        let live = self.tx.live_posts(harvest.case).await?;
        for post in live.into_iter().filter(|post| post.post == Post::Harvest) {
            let mut document = Document {
                lines: lines.clone(),
                buttons: buttons.clone(),
                ..from_json(post.id, &post.document)?
            };
            document.reply = None;
            let mut draft = Draft::new(post.channel, Class::Notice, document);
            draft.case = Some(harvest.case);
            draft.edits = Some(post.id);
            self.post(draft).await?;
            if buttons.is_empty() {
                self.tx.set_live(post.id, false).await?;
            }
        }
        Ok(())
    }

    // ---- what becomes of what they wrote ---------------------------------------------------

    /// A message of a case was changed where it stands, or deleted.
    pub(super) async fn source_changed(
        &mut self,
        said: &Said,
        is_gone: bool,
    ) -> Result<(), StoreError> {
        let Some(row) = self.case_in(said.case).await? else { return Ok(()) };
        if row.case.is_solved_by_people() {
            self.after.solved.insert(row.case.community, self.bot.id.clone());
        }
        let Some(harvest) = self.tx.harvest(said.case).await? else { return Ok(()) };
        let is_source = if let Some(author) = said.author {
            author == harvest.author && said.part == Part::Answer
        } else {
            // Perhaps the post by which we brought the answer.
            let at = answer_stands(self.tx, &row.case, harvest.answer).await?;
            at == Some((said.channel, said.key.clone()))
        };
        if !is_source || said.answer != Some(harvest.answer) {
            return Ok(());
        }
        let words = self.answer_words(said.case, harvest.author, harvest.answer).await?.1;
        let deed = if is_gone || words.is_empty() {
            Deed::TakeBack
        } else {
            Deed::Reread { language: question::detect_language(&words), body: words }
        };
        if harvest.state == State::Declined {
            return Ok(());
        }
        let _done = self.do_to_harvest(harvest, &deed).await?;
        Ok(())
    }

    // ---- when it has helped ----------------------------------------------------------------

    /// The surest of the articles shown has solved a question: whoever it was harvested from is
    /// recognised, and said so.
    pub(super) async fn award_reuse(
        &mut self,
        case: &Case,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let Some(from) = case.tried.first().and_then(harvest::case_of) else { return Ok(()) };
        let harvest = self.tx.harvest(from).await?;
        let Some(harvest) = harvest.filter(|harvest| harvest.state == State::Published) else {
            return Ok(());
        };
        self.award_article(case, harvest.author, rules).await
    }
}

/// What the offer says of a harvest, and what can be pressed there.
fn told(harvest: &Harvest) -> (Vec<Line>, Vec<Press>) {
    let helper = harvest.author;
    let (text, buttons) = match harvest.state {
        State::Offered => {
            (Text::HarvestOffer { helper }, vec![Press::ShareAnswer, Press::KeepAnswer])
        }
        // What moderators do not want is not held against anybody.
        State::Draft | State::Discarded => {
            (Text::HarvestAllowed { helper }, vec![Press::TakeBackAnswer])
        }
        State::Published => {
            let title = Quoted(harvest.title().to_owned());
            (Text::HarvestShown { helper, title }, vec![Press::TakeBackAnswer])
        }
        State::Declined => (Text::HarvestKept, Vec::new()),
        State::Withdrawn => (Text::HarvestGone, Vec::new()),
    };
    (vec![text.into()], buttons)
}
