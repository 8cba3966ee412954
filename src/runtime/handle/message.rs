//! What people write: a new question, an answer, thanks, a follow-up, or none of our business.
//!
//! Most messages are none of our business, so the cheap looks come first: a message in a place
//! that is not watched, that replies to nothing of ours and whose writer has no case here, leaves
//! after one or two reads and writes nothing.

use std::time::Duration;

use super::super::document::{Document, ReplyTo};
use super::super::engine::Handled;
use super::burst::Found;
use super::post::Draft;
use super::{Here, Spoken, Turn};
use crate::domain::case::{Actor, Case, Event, Stage};
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::question::{self, Heard, ListenMode, Reason, Sensitivity};
use crate::domain::text::Text;
use crate::platform::{Inbound, Message};
use crate::store::{Account, CaseRow, Class, Part, Said, StoreError};

/// How long after the last word of a case its asker is still taken to be talking about it, when
/// they do not use *reply*. Longer and chatter would reach the desk, shorter and a second thought
/// would open a second case.
const STILL_TALKING: Duration = Duration::from_mins(10);

/// A second question so soon after the first is the same one, said better.
const SAME_BREATH: Duration = Duration::from_mins(2);

/// What somebody replied to in the way of text counts as a question back from this chance on.
const ASKS_BACK: f64 = 0.5;

/// Kept of one message at most; platforms allow 4,096, a hostile double may send a megabyte.
pub(super) const BODY_LIMIT_CHARS: usize = 4_096;

/// Notes to each other, on the desk or under a call, begin like this and are not conveyed.
const INTERNAL_NOTE: &str = "//";

/// Reactions that say thank you.
const THANKS_EMOJI: [&str; 6] = ["❤", "👍", "🙏", "🎉", "💯", "⭐"];

impl Turn<'_> {
    pub(super) async fn said(
        &mut self,
        inbound: &Inbound,
        message: &Message,
    ) -> Result<Handled, StoreError> {
        let Some(here) = self.known_place(&inbound.place).await? else {
            return Ok(Handled::Nothing("not watched"));
        };
        let replied = match &message.reply_to {
            Some(key) => self.tx.message(here.channel, key).await?,
            None => None,
        };
        if let Some(replied) = replied {
            return self.said_in_reply(inbound, message, &here, replied).await;
        }
        let known = self.tx.account_by_key(&self.bot.id, &self.platform, &inbound.by.key).await?;
        if let Some((root, row)) = self.case_of_thread(&inbound.place, &here).await?
            && Self::goes_on_about(&row, known.as_ref())
        {
            return self.said_in_reply(inbound, message, &here, root).await;
        }
        if let Some(account) = &known
            && message.reply_to.is_none()
            && let Some(handled) =
                self.said_by_somebody_known(inbound, message, &here, account).await?
        {
            return Ok(handled);
        }
        self.perhaps_a_question(inbound, message, &here, known).await
    }

    /// Somebody with a claim or a case here goes on talking without using *reply*.
    async fn said_by_somebody_known(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        account: &Account,
    ) -> Result<Option<Handled>, StoreError> {
        if let Some(case) = self.tx.only_claim_here(account.id, here.channel).await?
            && let Some(row) = self.case_in(case).await?
        {
            let handled = self.answer_or_ask_back(inbound, message, here, account, row).await?;
            return Ok(Some(handled));
        }
        let Some(row) = self.tx.last_case_in(account.id, here.channel).await? else {
            return Ok(None);
        };
        let last_word = row.case.answers.last().map_or(row.case.opened_at, |last| last.at);
        let quiet_for = self.now.since(last_word);
        if question::thanks(&message.text, Some(&row.case.language))
            && quiet_for < STILL_TALKING
            && !row.case.answers.is_empty()
        {
            let event = Event::Thanked { by: account.member(), answer: None };
            return self.note(inbound, message, here, account, row, event).await.map(Some);
        }
        if !row.case.stage.is_open() || quiet_for > STILL_TALKING {
            return Ok(None);
        }
        let fresh = quiet_for > SAME_BREATH && self.is_caught(message, here);
        if fresh {
            return Ok(None);
        }
        let event = Event::FollowedUp { by: account.member() };
        self.note(inbound, message, here, account, row, event).await.map(Some)
    }

    /// A reply to something that belongs to a case.
    async fn said_in_reply(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        replied: Said,
    ) -> Result<Handled, StoreError> {
        let Some(row) = self.case_in(replied.case).await? else {
            return Ok(Handled::Nothing("case of another bot"));
        };
        let account = self.account(inbound).await?;
        if row.case.is_asked_by(account.member()) {
            let thanks = question::thanks(&message.text, Some(&row.case.language));
            let by = account.member();
            if !thanks && !row.case.stage.is_open() {
                return self.asker_after_the_end(inbound, message, here, &account, row).await;
            }
            let event = if thanks && !row.case.answers.is_empty() {
                Event::Thanked { by, answer: replied.answer }
            } else {
                Event::FollowedUp { by }
            };
            return self.note(inbound, message, here, &account, row, event).await;
        }
        match replied.part {
            Part::Dossier => self.answered_elsewhere(inbound, message, here, &account, row).await,
            Part::Call => self.answered_where_called(inbound, message, here, &account, row).await,
            Part::Question | Part::Lead | Part::Answer | Part::FollowUp | Part::Bot => {
                self.answer_or_ask_back(inbound, message, here, &account, row).await
            }
        }
    }

    /// A reply in the conversation is an answer, unless it is a question itself.
    async fn answer_or_ask_back(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        account: &Account,
        row: CaseRow,
    ) -> Result<Handled, StoreError> {
        if self.asks_back(message, &row.case) || question::is_empty_of_words(&message.text) {
            let event = Event::FollowedUp { by: account.member() };
            return self.note(inbound, message, here, account, row, event).await;
        }
        let by = self.actor(inbound, account, here).await?;
        self.note(inbound, message, here, account, row, Event::Answered { by }).await
    }

    /// An ambassador replies to the call instead of to the question: the customer gets it too.
    async fn answered_where_called(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        account: &Account,
        row: CaseRow,
    ) -> Result<Handled, StoreError> {
        if here.channel == row.case.channel || here.home() == row.case.channel {
            return self.answer_or_ask_back(inbound, message, here, account, row).await;
        }
        self.answered_elsewhere(inbound, message, here, account, row).await
    }

    /// Something said on the desk or under the call: brought to the customer by name, unless it is
    /// a note among those there. An ended case is no reason to swallow it, a withdrawn question is.
    async fn answered_elsewhere(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        account: &Account,
        row: CaseRow,
    ) -> Result<Handled, StoreError> {
        if message.text.trim().is_empty() {
            return Ok(Handled::Nothing("nothing to convey"));
        }
        if message.text.trim_start().starts_with(INTERNAL_NOTE) {
            return Ok(Handled::Nothing("note among helpers"));
        }
        let by = self.actor(inbound, account, here).await?;
        if let Stage::Closed { .. } = row.case.stage {
            let text = Text::DeskWithdrawn { case: row.case.id.short() };
            let lines = vec![text.into()];
            self.say_privately(None, account.id, here.channel, &here.settings, lines, vec![])
                .await?;
            return Ok(Handled::Recorded);
        }
        self.convey_answer(&row.case, by, &clip(&message.text), here).await?;
        let event = if self.asks_back(message, &row.case) {
            Event::FollowedUp { by }
        } else {
            Event::Answered { by }
        };
        self.note(inbound, message, here, account, row, event).await
    }

    /// Whether a reply is a question itself, told by what is plain to see: "There is one in the
    /// shop" has the word order of a question in half the languages of Europe.
    fn asks_back(&self, message: &Message, case: &Case) -> bool {
        let heard = Heard {
            text: &message.text,
            language: Some(&case.language),
            is_reply_to_person: true,
            opens_post: false,
            mentions_bot: false,
        };
        let verdict = self.bot.policies.detector.judge(&heard);
        let is_marked = verdict
            .reasons
            .iter()
            .any(|reason| matches!(reason, Reason::QuestionMark | Reason::AskingWord));
        is_marked && verdict.asks >= ASKS_BACK
    }

    /// The asker replies to something of a case that has ended: thanks, or word that it has not.
    async fn asker_after_the_end(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        account: &Account,
        row: CaseRow,
    ) -> Result<Handled, StoreError> {
        let heard = heard_of(message, Some(&row.case.language));
        let verdict =
            self.bot.policies.detector.judge(&Heard { is_reply_to_person: false, ..heard });
        let is_open_again = verdict.reasons.contains(&Reason::ProblemReport)
            || verdict.score >= Sensitivity::Eager.cut();
        let is_resolved = matches!(row.case.stage, Stage::Resolved { .. });
        if !(is_open_again && is_resolved) {
            let known = Some(account.clone());
            return self.perhaps_a_question(inbound, message, here, known).await;
        }
        let event = Event::Rejected { by: account.member() };
        self.note(inbound, message, here, account, row, event).await
    }

    /// Keeps the message with its case, then lets the case decide.
    async fn note(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        account: &Account,
        row: CaseRow,
        event: Event,
    ) -> Result<Handled, StoreError> {
        let is_answer = matches!(event, Event::Answered { .. });
        let answer =
            is_answer.then(|| row.case.answer_of(account.id).unwrap_or(row.case.answers.len()));
        let part = if is_answer { Part::Answer } else { Part::FollowUp };
        let body = clip(&message.text);
        self.spoken = Some(Spoken { by: account.id, text: body.clone() });
        self.engine.bells.talked_in(here.channel);
        self.tx
            .new_message(&Said {
                case: row.case.id,
                channel: here.channel,
                key: message.key.clone(),
                author: Some(account.id),
                part,
                body,
                answer,
                at: inbound.at,
            })
            .await?;
        self.happened(row, &here.settings, event).await?;
        Ok(Handled::Recorded)
    }

    fn is_caught(&self, message: &Message, here: &Here) -> bool {
        let Some(watch) = here.watch() else { return false };
        let listen = &self.bot.rules.listen;
        let mode = watch.mode.unwrap_or(listen.mode);
        let sensitivity = watch.sensitivity.unwrap_or(listen.sensitivity);
        let heard = heard_of(message, None);
        let verdict = self.bot.policies.detector.judge(&heard);
        question::is_caught(mode, sensitivity, &heard, &verdict)
    }

    async fn perhaps_a_question(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        known: Option<Account>,
    ) -> Result<Handled, StoreError> {
        let Some(watch) = here.watch() else {
            return Ok(Handled::Nothing("not watched"));
        };
        let listen = &self.bot.rules.listen;
        let mode: ListenMode = watch.mode.unwrap_or(listen.mode);
        let sensitivity = watch.sensitivity.unwrap_or(listen.sensitivity);
        if message.wordless {
            return self.ask_for_words(inbound, message, here, known, mode).await;
        }
        let default = self.community_language(&here.settings);
        let heard = heard_of(message, Some(&default));
        let found = self.find_question(inbound, message, &heard, (mode, sensitivity));
        let Some(Found { text, lead, verdict }) = found else {
            return Ok(Handled::Nothing("not a question for us"));
        };
        let spoken = verdict.language.as_ref();
        let spoken = spoken.and_then(|language| self.bot.rules.language_for(language));
        let account = self.account_from(&inbound.by, known, spoken.as_ref()).await?;
        let (key, language) = (&message.key, verdict.language);
        let asker = account.clone();
        let handled = self.ask(inbound, here, account, &text, Some(key), language).await?;
        self.keep_lead(here, asker.id, lead).await?;
        self.perhaps_coach(here, &asker, &text, key).await?;
        Ok(handled)
    }

    /// A picture or a voice message may be a question, and nobody can know: its sender is asked,
    /// once in a while and no more, to say it in words.
    async fn ask_for_words(
        &mut self,
        inbound: &Inbound,
        message: &Message,
        here: &Here,
        known: Option<Account>,
        mode: ListenMode,
    ) -> Result<Handled, StoreError> {
        let is_meant = match mode {
            ListenMode::Detect => true,
            ListenMode::Tagged => message.mentions_bot,
            ListenMode::EveryPost => message.opens_post,
        };
        if !is_meant {
            return Ok(Handled::Nothing("without a word"));
        }
        let account = self.account_from(&inbound.by, known, None).await?;
        // The inbox forgets after two days: that is how often somebody is asked.
        let once = format!("wordless:{}:{}", account.id, here.channel);
        if !self.tx.first_sight(&self.bot.id, &self.platform, &once, self.now).await? {
            return Ok(Handled::Nothing("without a word"));
        }
        let language = self.language_of(&account, &here.settings);
        let lines = vec![Text::SayInWords { who: account.id }.into()];
        let mut document = Document::new(language, lines);
        document.reply = Some(ReplyTo::Message { key: message.key.clone() });
        self.post(Draft::new(here.channel, Class::Answer, document)).await?;
        Ok(Handled::Recorded)
    }

    /// An edit follows into what staff see; it neither opens nor closes anything.
    pub(super) async fn edited(
        &mut self,
        inbound: &Inbound,
        key: &PlatformKey,
        text: &str,
    ) -> Result<Handled, StoreError> {
        let Some(here) = self.known_place(&inbound.place).await? else {
            return Ok(Handled::Nothing("not watched"));
        };
        let Some(said) = self.tx.message(here.channel, key).await? else {
            self.correct_lately(inbound, key, Some(text));
            return Ok(Handled::Nothing("edit of something that is no case"));
        };
        if said.author.is_none() {
            return Ok(Handled::Nothing("edit of our own"));
        }
        if !self.change_words(&said, &clip(text)).await? {
            return Ok(Handled::Nothing("edit that changes no word"));
        }
        self.source_changed(&said, false).await?;
        Ok(Handled::Recorded)
    }

    /// A deleted question is withdrawn; of any other message the text is forgotten.
    pub(super) async fn deleted(
        &mut self,
        inbound: &Inbound,
        key: &PlatformKey,
    ) -> Result<Handled, StoreError> {
        let Some(here) = self.known_place(&inbound.place).await? else {
            return Ok(Handled::Nothing("not watched"));
        };
        let Some(said) = self.tx.message(here.channel, key).await? else {
            self.correct_lately(inbound, key, None);
            return Ok(Handled::Nothing("deletion of something that is no case"));
        };
        self.change_words(&said, "").await?;
        self.source_changed(&said, true).await?;
        if said.part == Part::Question
            && let Some(row) = self.case_in(said.case).await?
        {
            // Whoever deleted it, the question is gone: for the case its asker took it back.
            let by = Actor::member(row.case.asker);
            let case = row.case.clone();
            self.happened(row, &here.settings, Event::Withdrawn { by }).await?;
            self.forget_question(&case).await?;
            self.put_thread_away(case.id).await?;
        }
        Ok(Handled::Recorded)
    }

    /// The asker's heart on an answer is thanks.
    pub(super) async fn reacted(
        &mut self,
        inbound: &Inbound,
        key: &PlatformKey,
        emoji: &str,
    ) -> Result<Handled, StoreError> {
        let plain = emoji.trim_end_matches('\u{fe0f}');
        if !THANKS_EMOJI.contains(&plain) {
            return Ok(Handled::Nothing("a reaction that says nothing to us"));
        }
        let Some(known) = self.look_up(&inbound.place).await? else {
            return Ok(Handled::Nothing("not watched"));
        };
        let here = known.channel.as_ref().map(|channel| channel.id);
        // Not every platform says in which of its places the message stands.
        let Some(said) = self.tx.message_near(known.community, here, key).await? else {
            return Ok(Handled::Nothing("a reaction to something that is no case"));
        };
        let (Some(answer), Some(row)) = (said.answer, self.case_in(said.case).await?) else {
            return Ok(Handled::Nothing("a reaction to something that is no answer"));
        };
        let account = self.account(inbound).await?;
        if !row.case.is_asked_by(account.member()) {
            return Ok(Handled::Nothing("a reaction of somebody who did not ask"));
        }
        let by = account.member();
        self.happened(row, &known.settings, Event::Thanked { by, answer: Some(answer) }).await?;
        Ok(Handled::Recorded)
    }
}

/// A message as the detector hears it.
fn heard_of<'m>(message: &'m Message, language: Option<&'m Language>) -> Heard<'m> {
    Heard {
        text: &message.text,
        language,
        is_reply_to_person: message.reply_to.is_some() && !message.mentions_bot,
        opens_post: message.opens_post,
        mentions_bot: message.mentions_bot,
    }
}

/// The part of a message that is kept, cut between characters.
pub(super) fn clip(text: &str) -> String {
    text.chars().take(BODY_LIMIT_CHARS).collect()
}
