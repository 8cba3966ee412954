//! A case's own thread: opened on its question, so that the channel around it stays readable.
//!
//! # Wanted
//!
//! What would have been said in the channel is said in the thread, in the same order and as surely.
//! A thread is a comfort and an answer is not: where none can be opened, the channel gets the
//! answer at once, and moderators are told where they look, not once a question.
//!
//! # Chosen
//!
//! The thread is one of our channels from the moment it is meant, under a key of our own until the
//! platform gives it one. Opening it is the first row of its lane, so whatever is said in it waits
//! for the receipt without a rule of its own, over restarts too; and so does what leads others to
//! it (the call, the dossier) if it is written in the same turn. Opening is naturally idempotent,
//! so a second try finds the thread that is there, as it finds one that a person opened first. If
//! that one is known to us already, what waits moves to it; if there is none, it moves to the
//! channel and replies to the question again.
//!
//! A thread is put away when the time to say "not solved" is over and not at the end of its case:
//! until then its last message asks something, and platforms let nobody press a button in a thread
//! that is put away. It is never locked. A question that is taken back takes its words along: its
//! thread is put away at once and called otherwise.

use std::time::Duration;

use super::super::document::{Document, Keeps, ReplyTo, ThreadWork};
use super::super::engine::Handled;
use super::post::{Draft, from_json};
use super::settle::FIRST_BACK_OFF;
use super::{Here, Opens, Turn};
use crate::domain::case::Case;
use crate::domain::ids::{CaseId, ChannelId, PlatformKey};
use crate::domain::rules::{AnswersIn, Rules};
use crate::domain::text::Text;
use crate::domain::time::Moment;
use crate::platform::{DeliveryError, Receipt};
use crate::store::{
    CaseThread, ChannelRow, Class, DueRow, Settings, Settled, StoreError, ThreadState, encode,
};

/// Tries at opening a thread, with pauses that double from two seconds: after a minute somebody who
/// waits for an answer has waited long enough for a place to read it in.
const TRIES: i64 = 5;

/// What a platform may ask us to wait for before we do without a thread.
const LONGEST_WAIT: Duration = Duration::from_mins(1);

/// Letters of a title: what a list of threads shows of one.
const TITLE_CHARS: usize = 60;

/// What a row is to do about a thread, if it is such a row.
pub(super) fn work_of(row: &DueRow) -> Option<ThreadWork> {
    serde_json::from_str::<Document>(&row.document).ok()?.thread
}

/// How a question begins, on one line and to a whole word: what a list shows of its thread. Empty
/// where it has nothing to read.
pub(super) fn title_of(question: &str) -> String {
    let seen = |letter: &char| letter.is_whitespace() || !letter.is_control();
    let line: String = question.chars().filter(seen).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    if !line.contains(char::is_alphanumeric) {
        return String::new();
    }
    if line.chars().count() <= TITLE_CHARS {
        return line;
    }
    let cut: String = line.chars().take(TITLE_CHARS).collect();
    // A script without spaces is cut where it is.
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

impl Turn<'_> {
    /// Where this community's bot answers what is asked in a channel.
    pub(super) fn answers_in(&self, settings: &Settings, channel: ChannelId) -> AnswersIn {
        let own = settings.watched.get(&channel).and_then(|setting| setting.answers);
        own.unwrap_or(self.bot.rules.listen.answers)
    }

    /// Makes the place for a case's own thread, where this channel has one for each question. What
    /// was asked in a thread has one.
    pub(super) async fn mean_to_open(
        &mut self,
        case: &Case,
        here: &Here,
        question: &str,
    ) -> Result<(), StoreError> {
        let is_plain = here.parent.is_none() && here.watch().is_some();
        if !is_plain || self.answers_in(&here.settings, here.channel) != AnswersIn::Thread {
            return Ok(());
        }
        let title = title_of(question);
        let name = if title.is_empty() { &here.channel_name } else { &title };
        let key = ChannelRow::key_to_be_opened(case.id);
        let home = Some(here.channel);
        let thread = self.new_channel(here.community, (&key, name), home, false).await?;
        self.tx.new_case_thread(case.id, here.channel, thread).await?;
        self.opens = Some(Opens { case: case.id, thread, greets: false });
        Ok(())
    }

    /// Opens the thread that was meant, on the question.
    pub(super) async fn open_thread(
        &mut self,
        case: &Case,
        on: ReplyTo,
        question: &str,
    ) -> Result<(), StoreError> {
        let Some(opens) = self.opens.filter(|opens| opens.case == case.id) else { return Ok(()) };
        let lines = vec![Text::ThreadTitle { case: case.id.short() }.into()];
        let mut document = Document::new(case.language.clone(), lines);
        document.thread = Some(ThreadWork::Open { on, title: title_of(question) });
        let mut draft = Draft::new(opens.thread, Class::Answer, document);
        draft.case = Some(case.id);
        self.post(draft).await?;
        Ok(())
    }

    /// The first word in a new thread lights its asker up: so they come to be in it.
    pub(super) fn bring_asker(&mut self, case: &Case, channel: ChannelId, document: &mut Document) {
        let Some(opens) = &mut self.opens else { return };
        if opens.thread != channel || opens.greets || document.ping.contains(&case.asker) {
            return;
        }
        opens.greets = true;
        document.ping.push(case.asker);
        document.brings = Some(case.asker);
    }

    /// Settles what was to be done about a thread.
    pub(super) async fn settle_thread(
        &mut self,
        row: &DueRow,
        work: &ThreadWork,
        result: &Result<Receipt, DeliveryError>,
    ) -> Result<Handled, StoreError> {
        let opens = matches!(work, ThreadWork::Open { .. });
        let is_soon = |after: &Option<Duration>| after.is_none_or(|after| after <= LONGEST_WAIT);
        let settled = match result {
            Ok(receipt) => Settled::Sent { key: receipt.thread.clone() },
            Err(DeliveryError::Retry { after, why })
                if row.attempts < TRIES && (!opens || is_soon(after)) =>
            {
                self.once_more(row, *after, why, false)
            }
            Err(DeliveryError::Unknown { why }) if row.attempts < TRIES => {
                self.once_more(row, None, why, true)
            }
            Err(DeliveryError::Moved { to }) if opens => {
                let home = self.tx.channel(row.channel).await?.parent.unwrap_or(row.channel);
                self.moved(&DueRow { channel: home, ..row.clone() }, to).await?
            }
            // No word is lost by it, so nobody needs to see it beside what was given up.
            Err(error) => Settled::Dropped { problem: reason(error) },
        };
        self.count(row, &settled);
        if !self.tx.settle(row.id, &settled, self.now).await? {
            return Ok(Handled::Nothing("stale"));
        }
        let (true, Some(case)) = (opens, row.case) else { return Ok(Handled::Recorded) };
        match settled {
            Settled::Sent { key: Some(key) } => self.thread_opened(case, &key).await?,
            Settled::Sent { key: None } => {
                self.thread_refused(case, "the platform named no thread").await?;
            }
            Settled::GivenUp { problem } | Settled::Dropped { problem } => {
                self.thread_refused(case, &problem).await?;
            }
            Settled::Again { .. } => {}
        }
        Ok(Handled::Recorded)
    }

    fn once_more(
        &self,
        row: &DueRow,
        after: Option<Duration>,
        why: &str,
        doubtful: bool,
    ) -> Settled {
        let doubled = u32::try_from(row.attempts).unwrap_or(u32::MAX);
        let pause = FIRST_BACK_OFF.saturating_mul(2_u32.saturating_pow(doubled));
        let at: Moment = self.now + after.unwrap_or(pause);
        Settled::Again { at, attempts: row.attempts + 1, problem: why.to_owned(), doubtful }
    }

    /// The thread is there, ours or somebody's: what waits for it can be said.
    async fn thread_opened(&mut self, case: CaseId, key: &PlatformKey) -> Result<(), StoreError> {
        let Some(thread) = self.tx.case_thread(case).await? else { return Ok(()) };
        let meant = self.tx.channel(thread.channel).await?;
        let known = self.tx.channel_by_key(meant.community, key).await?;
        let channel = known.unwrap_or(meant.id);
        if known.is_none() {
            self.tx.move_channel(meant.id, key).await?;
        } else if channel != meant.id {
            self.tx.hang_channel(channel, thread.home).await?;
            self.engine.bells.settings();
            self.tx.move_rows(case, meant.id, channel).await?;
        }
        self.tx.change_case_thread(case, channel, ThreadState::Open, "").await?;
        if self.tx.case(case).await?.is_some_and(|row| row.case.is_withdrawn()) {
            // It was opened while the question went: nothing is said in it.
            for waiting in [meant.id, channel] {
                self.tx.drop_rows(case, waiting, "the question was taken back", self.now).await?;
            }
            self.put_thread_away(case).await?;
        }
        Ok(())
    }

    /// There is no thread: what waits for it is said in the channel, as replies to the question.
    async fn thread_refused(&mut self, case: CaseId, problem: &str) -> Result<(), StoreError> {
        let Some(CaseThread { home, channel, .. }) = self.tx.case_thread(case).await? else {
            return Ok(());
        };
        let Some(row) = self.tx.case(case).await? else { return Ok(()) };
        if row.case.is_withdrawn() {
            self.tx.change_case_thread(case, channel, ThreadState::Gone, "").await?;
            return self.tx.drop_rows(case, channel, "the question was taken back", self.now).await;
        }
        self.tx.change_case_thread(case, channel, ThreadState::Refused, problem).await?;
        let reply = self.reply_to_question(&row.case, home).await?;
        for post in self.tx.posts_of(case).await? {
            let mut document = from_json(post.id, &post.document)?;
            if post.channel != channel || post.edits.is_some() || document.thread.is_some() {
                continue;
            }
            if matches!(document.keeps, Some(Keeps::Bot | Keeps::Answer(_))) {
                document.reply.clone_from(&reply);
            }
            let brought = document.brings.take();
            document.ping.retain(|who| Some(*who) != brought);
            self.tx.rewrite_row(post.id, &encode(&document)?).await?;
        }
        self.tx.move_rows(case, channel, home).await
    }

    /// A thread was deleted, or takes nothing of ours: if it was the case's own, it has none.
    pub(super) async fn thread_is_lost(
        &mut self,
        row: &DueRow,
        state: ThreadState,
        why: &str,
    ) -> Result<(), StoreError> {
        let Some(case) = row.case else { return Ok(()) };
        match self.tx.case_thread(case).await? {
            Some(thread) if thread.channel == row.channel && thread.is_in_use() => {
                self.tx.change_case_thread(case, row.channel, state, why).await
            }
            Some(_) | None => Ok(()),
        }
    }

    /// The case has ended: when nobody can say any more that it was no end, its thread goes.
    pub(super) async fn put_thread_away_later(
        &mut self,
        case: &Case,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let Some(end) = case.ended_at() else { return Ok(()) };
        let Some(thread) = self.tx.case_thread(case.id).await? else { return Ok(()) };
        if !thread.is_in_use() || case.is_withdrawn() {
            return Ok(());
        }
        let mut document = Document::new(case.language.clone(), Vec::new());
        document.thread = Some(ThreadWork::PutAway { end: Some(end) });
        let mut draft = Draft::new(thread.channel, Class::Notice, document);
        draft.case = Some(case.id);
        draft.due_at = Some(end + rules.ladder.reopen_within);
        self.post(draft).await?;
        Ok(())
    }

    /// The question was taken back: its thread goes at once, behind what is said in it, and no
    /// longer tells by its name what was asked.
    pub(super) async fn put_thread_away(&mut self, case: CaseId) -> Result<(), StoreError> {
        let Some(thread) = self.tx.case_thread(case).await? else { return Ok(()) };
        let Some(row) = self.tx.case(case).await? else { return Ok(()) };
        // One that is not open yet never will be.
        if thread.state != ThreadState::Open {
            return Ok(());
        }
        let lines = vec![Text::ThreadTitleWithdrawn.into()];
        let mut document = Document::new(row.case.language, lines);
        document.thread = Some(ThreadWork::PutAway { end: None });
        let mut draft = Draft::new(thread.channel, Class::Notice, document);
        draft.case = Some(case);
        self.post(draft).await?;
        Ok(())
    }

    /// The question is forgotten, and so is what its thread was called after it.
    pub(super) async fn forget_title(&mut self, case: &Case) -> Result<(), StoreError> {
        let Some(thread) = self.tx.case_thread(case.id).await? else { return Ok(()) };
        let home = self.tx.channel(thread.home).await?.name;
        self.tx.rename_channel(thread.channel, &home).await?;
        for row in self.tx.posts_of(case.id).await? {
            let mut document = from_json(row.id, &row.document)?;
            if let Some(ThreadWork::Open { title, .. }) = &mut document.thread {
                title.clear();
                self.tx.rewrite_row(row.id, &encode(&document)?).await?;
            }
        }
        Ok(())
    }

    /// Where each question gets a thread, and where the last one got none.
    pub(super) async fn thread_lines(
        &mut self,
        settings: &Settings,
    ) -> Result<Vec<Text>, StoreError> {
        let mut threaded = settings.clone();
        threaded.watched.retain(|place, _| self.answers_in(settings, *place) == AnswersIn::Thread);
        if threaded.watched.is_empty() {
            return Ok(Vec::new());
        }
        let mut texts = vec![Text::StatusThreads { places: self.places(&threaded).await? }];
        for place in threaded.watched.into_keys() {
            if let Some(problem) = self.tx.last_thread_problem(place).await? {
                texts.push(Text::StatusThreadRefused { place, problem });
            }
        }
        Ok(texts)
    }
}

/// What went wrong, for a moderator.
fn reason(error: &DeliveryError) -> String {
    match error {
        DeliveryError::Retry { why, .. }
        | DeliveryError::Unknown { why }
        | DeliveryError::Refused { why }
        | DeliveryError::Gone { why } => why.clone(),
        DeliveryError::Moved { to } => format!("the place is called {to} now"),
        DeliveryError::Unfit { .. } => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_how_the_question_begins() {
        let long = "Does anybody know how I can mount my Lumen on a boat mast, in the salt air?";
        for (question, title) in [
            ("My lamp blinks", "My lamp blinks"),
            ("  My\n\n lamp\tblinks ", "My lamp blinks"),
            (long, "Does anybody know how I can mount my Lumen on a boat mast,…"),
            ("ランプが点滅します", "ランプが点滅します"),
            ("a\u{0}b\u{7}", "ab"),
            ("??? !!!", ""),
            ("", ""),
        ] {
            assert_eq!(title_of(question), title);
        }
        let unspaced = "灯".repeat(200);
        assert_eq!(title_of(&unspaced).chars().count(), TITLE_CHARS + 1);
    }
}
