//! One step of a case: the dispatch over events, and what customers and answerers do. The first
//! step is in `opening`, the ladder in `calling`, the desk in `staff`.

use super::event::{Actor, Audience, Effect, Event, Post, Press, Rejection, Why};
use super::{Answer, Case, Closing, Credit, Desked, Helper, Reply, Resolution, Stage};
use crate::domain::ambassador::Ambassador;
use crate::domain::escalation::{self, Standing};
use crate::domain::ids::{AccountId, ChannelId};
use crate::domain::policies::Policies;
use crate::domain::rules::Rules;
use crate::domain::text::Text;
use crate::domain::time::Moment;

/// How many people can say *me too* and be told of the end; more would make the last message of a
/// case a wall of names.
const ME_TOO_LIMIT: usize = 25;

/// What a step may look at besides the case and the event.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    pub rules: &'a Rules,
    pub policies: &'a Policies,
    /// Prefetched by the engine; empty for events that call nobody.
    pub roster: &'a [Ambassador],
    /// The community's desk as it is set now.
    pub desk: Option<ChannelId>,
    pub now: Moment,
}

/// The next case and what to do about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub case: Case,
    pub effects: Vec<Effect>,
}

/// A step being made.
pub(super) struct Walk<'a> {
    pub(super) case: Case,
    pub(super) context: &'a Context<'a>,
    pub(super) effects: Vec<Effect>,
}

impl Case {
    /// What becomes of this case by `event`, or the sentence for the person who tried.
    pub fn transition(self, event: &Event, context: &Context<'_>) -> Result<Step, Rejection> {
        let mut walk = Walk { case: self, context, effects: Vec::new() };
        match *event {
            Event::SuggestionHelped { by } => walk.suggestion_helped(by)?,
            Event::SuggestionDidNotHelp { by } => walk.suggestion_did_not_help(by)?,
            Event::DeadlinePassed => walk.deadline_passed(),
            Event::Claimed { by } => walk.claimed(by)?,
            Event::Passed { by } => walk.passed(by)?,
            Event::Released { by } => walk.released(by)?,
            Event::Answered { by } => walk.answered(by),
            Event::Accepted { by, answer } => walk.accepted(by, answer)?,
            Event::Thanked { by, answer } => walk.thanked(by, answer),
            Event::Rejected { by } => walk.rejected(by)?,
            Event::Escalated { by } => walk.escalated(by)?,
            Event::SolvedByStaff { by } => walk.solved_by_staff(by)?,
            Event::ReturnedToCalling { by } => walk.returned_to_calling(by)?,
            Event::DeskSet => walk.desk_set(),
            Event::CommunityLeft => walk.community_left(),
            Event::PlaceLeft => walk.place_left(),
            Event::Withdrawn { by } => walk.withdrawn(by)?,
            Event::Removed { by } => walk.removed(by)?,
            Event::WordsRetracted { by } => walk.moderated(by, Effect::RetractWords)?,
            Event::WordsRestored { by } => walk.moderated(by, Effect::RestoreWords)?,
            Event::MeToo { by } => walk.me_too(by)?,
            Event::FollowedUp { by } => walk.followed_up(by),
        }
        Ok(walk.finish())
    }
}

impl Walk<'_> {
    pub(super) fn finish(self) -> Step {
        Step { case: self.case, effects: self.effects }
    }

    pub(super) fn now(&self) -> Moment {
        self.context.now
    }

    pub(super) fn say(&mut self, to: Audience, text: Text) {
        self.effects.push(Effect::Say {
            to,
            text,
            post: Post::Notice,
            buttons: Vec::new(),
            ping: Vec::new(),
        });
    }

    /// Ends the conversation, with the two small buttons that ask how the help was.
    pub(super) fn say_last_word(&mut self, text: Text, buttons: &[Press]) {
        self.effects.push(Effect::Say {
            to: Audience::Conversation,
            text,
            post: Post::Notice,
            buttons: [buttons, &Press::RATING].concat(),
            ping: Vec::new(),
        });
    }

    pub(super) fn retire(&mut self, post: Post, line: Option<Text>) {
        self.effects.push(Effect::Retire { post, line });
    }

    /// Only the asker speaks for the question, or a moderator in their place.
    fn asker_only(&self, by: Actor) -> Result<(), Rejection> {
        if self.case.is_asked_by(by) || by.moderator {
            Ok(())
        } else {
            Err(Rejection(Text::NotYourQuestion))
        }
    }

    pub(super) fn open_only(&self) -> Result<(), Rejection> {
        if self.case.stage.is_open() { Ok(()) } else { Err(Rejection(Text::CaseOver)) }
    }

    fn suggestion_helped(&mut self, by: Actor) -> Result<(), Rejection> {
        self.asker_only(by)?;
        self.open_only()?;
        self.resolve(Resolution::SelfService);
        self.say_last_word(Text::SolvedBySelf { who: self.case.asker }, &[]);
        Ok(())
    }

    fn suggestion_did_not_help(&mut self, by: Actor) -> Result<(), Rejection> {
        self.asker_only(by)?;
        self.open_only()?;
        match &self.case.stage {
            Stage::Suggested { .. } => {
                self.start_calling();
                Ok(())
            }
            Stage::HandedOff(desked) => Err(self.already_with_staff(*desked)),
            Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => Err(Rejection(Text::AlreadyThatFar)),
        }
    }

    /// Which of the case's clocks was due is decided here, by the clock and not by the timer, so
    /// that a late or repeated firing is harmless.
    fn deadline_passed(&mut self) {
        let now = self.now();
        if self.case.deadline().is_none_or(|due| now < due) {
            return;
        }
        if now >= self.case.expires_at {
            self.say(Audience::Conversation, Text::ExpiredUnsolved { who: self.case.asker });
            self.close(Closing::Expired);
            return;
        }
        match self.case.stage.clone() {
            // The suggestion keeps its buttons: it may still turn out to help.
            Stage::Suggested { .. } => self.start_calling(),
            Stage::Calling { .. } => self.resume_calling(),
            Stage::Claimed { by, .. } => self.lapse(by),
            Stage::Answered { by, claimant, .. } => self.resolve_by_silence(by, claimant),
            Stage::HandedOff(desked) => self.desk_due(desked),
            Stage::Resolved { .. } | Stage::Closed { .. } => {}
        }
    }

    fn answered(&mut self, by: Actor) {
        if self.case.is_asked_by(by) || !self.case.stage.is_open() {
            return;
        }
        let now = self.now();
        let kind = match (by.staff, by.ambassador) {
            (true, _) => Helper::Staff,
            (false, true) => Helper::Ambassador,
            (false, false) => Helper::Member,
        };
        // The asker is asked about an answer once, however many messages it takes.
        let goes_on = self.case.answer_of(by.account).is_some();
        if !goes_on {
            self.case.answers.push(Answer { by: by.account, kind, at: now, rejected: false });
        }
        self.mark_called(by.account, Reply::Answered);
        let until = now + self.context.rules.ladder.answer_wait;
        if let Stage::HandedOff(desked) = self.case.stage {
            if by.staff {
                self.case.stage = Stage::HandedOff(Desked {
                    staff: Some(by.account),
                    answered: true,
                    due_at: until,
                    ..desked
                });
            }
        } else {
            let claimant = self.case.claimant();
            if claimant == Some(by.account) {
                self.retire(Post::ClaimNote, None);
            }
            self.case.stage = Stage::Answered { by: by.account, claimant, until };
        }
        if !goes_on {
            self.retire(Post::Suggestion, None);
            self.retire(Post::AnswerCheck, None);
            self.effects.push(Effect::Say {
                to: Audience::Conversation,
                text: Text::AnswerCheck { who: self.case.asker, helper: by.account },
                post: Post::AnswerCheck,
                buttons: vec![
                    Press::Accept(self.case.answers.len().saturating_sub(1)),
                    Press::NotSolved,
                ],
                ping: vec![self.case.asker],
            });
        }
    }

    /// The answer meant: by its number, else the last one that was not rejected.
    fn answer_meant(&self, number: Option<usize>) -> Option<Answer> {
        let last = || self.case.answers.iter().rev().find(|answer| !answer.rejected);
        number.and_then(|number| self.case.answers.get(number)).or_else(last).copied()
    }

    pub(super) fn reject_answers(&mut self) {
        for answer in &mut self.case.answers {
            answer.rejected = true;
        }
    }

    fn accepted(&mut self, by: Actor, number: Option<usize>) -> Result<(), Rejection> {
        self.asker_only(by)?;
        let Some(answer) = self.answer_meant(number) else {
            return self.suggestion_helped(by);
        };
        if by.account == answer.by {
            // A moderator speaks for the asker, but not for their own answer.
            return Err(Rejection(Text::NotYourQuestion));
        }
        if let Stage::Resolved { .. } = self.case.stage {
            // Silence or the asker's own finding ended it; the credit may still follow.
            if self.case.credited.is_some() || answer.kind == Helper::Staff {
                return Err(Rejection(Text::AlreadyThatFar));
            }
            self.award(answer.by, false);
            return Ok(());
        }
        self.open_only()?;
        self.resolve_by_answer(answer);
        Ok(())
    }

    /// Thanks to an answer accept it; thanks after the end are passed on. Only the asker's count:
    /// thanks among friends are how points are farmed.
    fn thanked(&mut self, by: Actor, number: Option<usize>) {
        let Some(answer) = self.answer_meant(number) else { return };
        if !self.case.is_asked_by(by) {
            return;
        }
        if let (Stage::Resolved { .. }, Some(Credit { to, generation })) =
            (&self.case.stage, self.credit_of(answer.by))
        {
            // It belongs to the award, however often the case has come back since.
            self.effects.push(Effect::AwardThanked { to, generation });
            return;
        }
        match &self.case.stage {
            Stage::Resolved { .. } if answer.kind != Helper::Staff => {
                if self.case.credited.is_none() {
                    self.award(answer.by, false);
                }
            }
            Stage::Resolved { .. } | Stage::Closed { .. } => {}
            Stage::Answered { .. } => self.resolve_by_answer(answer),
            Stage::HandedOff(desked) if desked.answered => self.resolve_by_answer(answer),
            // Somebody else is at work on it: a polite word to them accepts no earlier answer,
            // unless it is said in reply to that very one.
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::HandedOff(_) => {
                if number.is_some() && !answer.rejected {
                    self.resolve_by_answer(answer);
                }
            }
        }
    }

    fn rejected(&mut self, by: Actor) -> Result<(), Rejection> {
        self.asker_only(by)?;
        match self.case.stage.clone() {
            Stage::Suggested { .. } => self.start_calling(),
            Stage::Calling { .. } | Stage::Claimed { .. } => {
                return Err(Rejection(Text::AlreadyThatFar));
            }
            Stage::Answered { .. } => self.answers_did_not_solve(),
            Stage::HandedOff(desked) => {
                self.reject_answers();
                self.not_solved_on_desk(desked);
            }
            Stage::Resolved { by: resolution, at } => {
                if self.now().since(at) > self.context.rules.ladder.reopen_within {
                    return Err(Rejection(Text::CaseOver));
                }
                self.reopen(resolution);
            }
            Stage::Closed { .. } => return Err(Rejection(Text::CaseOver)),
        }
        Ok(())
    }

    pub(super) fn answers_did_not_solve(&mut self) {
        self.reject_answers();
        self.retire(Post::AnswerCheck, None);
        self.say(Audience::Conversation, Text::NotSolvedYet { who: self.case.asker });
        self.resume_calling();
        self.offer_again();
    }

    /// What was over begins a new life, with awards of its own.
    pub(super) fn open_again(&mut self) {
        self.case.reopened += 1;
        self.case.expires_at = self.now() + self.context.rules.ladder.expire_after;
    }

    fn reopen(&mut self, resolution: Resolution) {
        self.reverse_award();
        self.reject_answers();
        self.open_again();
        if resolution == Resolution::Staff {
            self.hand_off(Why::Asked { by: self.case.asker });
        } else {
            self.say(Audience::Conversation, Text::ReopenedCalling { who: self.case.asker });
            self.start_calling();
        }
    }

    fn escalated(&mut self, by: Actor) -> Result<(), Rejection> {
        let standing = Standing {
            asker: self.case.is_asked_by(by),
            ambassador: by.ambassador,
            moderator: by.moderator || by.staff,
        };
        if !escalation::may_escalate(&self.context.rules.escalation, standing) {
            return Err(Rejection(Text::EscalationNotAllowed));
        }
        match self.case.stage.clone() {
            Stage::HandedOff(desked) => self.nudge_desk(by, desked),
            Stage::Closed { .. } => Err(Rejection(Text::CaseOver)),
            Stage::Resolved { .. } => {
                self.open_again();
                self.hand_off(Why::Asked { by: by.account });
                Ok(())
            }
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. } => {
                self.hand_off(Why::Asked { by: by.account });
                Ok(())
            }
        }
    }

    fn withdrawn(&mut self, by: Actor) -> Result<(), Rejection> {
        self.asker_only(by)?;
        if self.case.stage.is_open() {
            self.close(Closing::Withdrawn);
        }
        Ok(())
    }

    fn me_too(&mut self, by: Actor) -> Result<(), Rejection> {
        self.open_only()?;
        let is_new = !self.case.is_asked_by(by) && !self.case.me_too.contains(&by.account);
        if is_new && self.case.me_too.len() >= ME_TOO_LIMIT {
            return Err(Rejection(Text::MeTooFull));
        }
        if is_new {
            self.case.me_too.push(by.account);
        }
        self.say(Audience::Private(by.account), Text::MeTooNoted);
        Ok(())
    }

    fn followed_up(&mut self, by: Actor) {
        let now = self.now();
        match self.case.stage.clone() {
            Stage::Answered { by: answerer, claimant, .. } => {
                // They are still talking: silence begins anew.
                let until = now + self.context.rules.ladder.answer_wait;
                self.case.stage = Stage::Answered { by: answerer, claimant, until };
            }
            Stage::HandedOff(desked) if by.staff => {
                // Staff ask back: the customer has the word, and their reply brings it back.
                let due_at = now + self.context.rules.ladder.answer_wait;
                let staff = Some(by.account);
                self.case.stage = Stage::HandedOff(Desked { staff, due_at, ..desked });
            }
            Stage::HandedOff(desked) => {
                self.effects.push(Effect::ConveyToDesk);
                if desked.answered && self.case.is_asked_by(by) {
                    self.case.stage = Stage::HandedOff(Desked {
                        answered: false,
                        due_at: now + self.context.rules.desk.first_reply,
                        ..desked
                    });
                }
            }
            Stage::Claimed { by: holder, until } => {
                // A claimant who asks back is working on it; so is one who waits for the reply.
                if by.account == holder || self.case.is_asked_by(by) {
                    let until = until.max(now + self.context.rules.ladder.claim_lease);
                    self.case.stage = Stage::Claimed { by: holder, until };
                }
            }
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => {}
        }
    }

    fn resolve_by_answer(&mut self, answer: Answer) {
        let resolution = match answer.kind {
            Helper::Ambassador => Resolution::Ambassador,
            Helper::Member => Resolution::CommunityMember,
            Helper::Staff => Resolution::Staff,
        };
        self.resolve(resolution);
        if answer.kind == Helper::Staff {
            self.say_solved_by_staff();
        } else {
            self.award(answer.by, false);
        }
    }

    /// Silence resolves, but it awards only somebody who had taken the case and answered it.
    fn resolve_by_silence(&mut self, answerer: AccountId, claimant: Option<AccountId>) {
        let Some(answer) = self.case.answers.iter().rev().find(|a| a.by == answerer).copied()
        else {
            return;
        };
        self.resolve(match answer.kind {
            Helper::Ambassador => Resolution::Ambassador,
            Helper::Member => Resolution::CommunityMember,
            Helper::Staff => Resolution::Staff,
        });
        let claimant_answered = claimant.filter(|who| {
            self.case.answers.iter().any(|a| a.by == *who && a.kind != Helper::Staff)
        });
        if let Some(claimant) = claimant_answered {
            self.award(claimant, true);
        }
        let window = self.context.rules.ladder.reopen_within.into();
        let text = Text::SolvedBySilence { who: self.case.asker, helper: answerer, window };
        self.say_last_word(text, &[Press::NotSolved]);
    }

    fn award(&mut self, to: AccountId, silent: bool) {
        if to == self.case.asker {
            return;
        }
        if self.case.credited.is_some() {
            // Escalated after its end and solved once more: the thanks is said, the award stands.
            let who = self.case.asker;
            self.say_last_word(Text::SolvedByHelperCapped { who, helper: to }, &[]);
            return;
        }
        let generation = self.case.reopened;
        self.case.credited = Some(Credit { to, generation });
        self.effects.push(Effect::AwardSolved { to, generation, silent });
    }

    fn credit_of(&self, who: AccountId) -> Option<Credit> {
        self.case.credited.filter(|credit| credit.to == who)
    }

    pub(super) fn reverse_award(&mut self) {
        if let Some(Credit { generation, .. }) = self.case.credited.take() {
            self.effects.push(Effect::ReverseSolved { generation });
        }
    }

    /// Ends the case well: every post of ours that asks for something stops asking.
    pub(super) fn resolve(&mut self, by: Resolution) {
        self.retire_all(Text::DeskSolved { case: self.case.id.short() });
        self.case.stage = Stage::Resolved { by, at: self.now() };
        let waiting = std::mem::take(&mut self.case.me_too);
        if !waiting.is_empty() {
            self.effects.push(Effect::Say {
                to: Audience::Conversation,
                text: Text::SolvedForYouToo { count: i64::try_from(waiting.len()).unwrap_or(0) },
                post: Post::Notice,
                buttons: Vec::new(),
                ping: waiting,
            });
        }
    }

    pub(super) fn close(&mut self, why: Closing) {
        self.retire_all(Text::DeskWithdrawn { case: self.case.id.short() });
        self.case.stage = Stage::Closed { why, at: self.now() };
    }

    fn retire_all(&mut self, desk_line: Text) {
        self.retire(Post::Suggestion, None);
        self.retire(Post::AnswerCheck, None);
        self.retire(Post::ClaimNote, None);
        if self.case.ladder.is_some() {
            self.retire(Post::Call, Some(Text::CallOver));
        }
        if let Stage::HandedOff(_) = self.case.stage {
            self.retire(Post::Dossier, Some(desk_line));
        }
    }
}
