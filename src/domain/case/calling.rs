//! The calling ladder: waves of ambassadors, claims with a lease, and the point at which the
//! crowd's time is over.

use super::event::{Actor, Audience, Effect, Post, Press, Rejection, SelectionBox, Why};
use super::step::Walk;
use super::{Called, Desked, Ladder, Reply, Stage};
use crate::domain::ambassador::{self, Need};
use crate::domain::ids::AccountId;
use crate::domain::text::{self, Text};

impl Walk<'_> {
    /// Begins the ladder, or begins it anew for a case that was reopened.
    pub(super) fn start_calling(&mut self) {
        let now = self.now();
        let staff_at = now + self.context.rules.ladder.staff_after;
        // Whoever was called before and did nothing yet may be called again for a new beginning;
        // whoever passed, lapsed or answered may not.
        self.case.called.retain(|called| called.reply != Reply::Open);
        self.case.ladder = Some(Ladder { since: now, staff_at, waves_made: 0 });
        self.call_wave();
    }

    /// Goes on where the ladder was: after a lapsed or returned claim, a rejected answer, or the
    /// time between two waves.
    pub(super) fn resume_calling(&mut self) {
        match self.case.ladder {
            None => self.start_calling(),
            Some(ladder) if self.now() >= ladder.staff_at => self.hand_off(Why::LadderRanOut),
            Some(_) => self.call_wave(),
        }
    }

    /// Calls the next wave. With nobody left to call, waits for those who were called and have not
    /// said no; with nobody to wait for either, staff are called now and the customer is told.
    fn call_wave(&mut self) {
        let Some(mut ladder) = self.case.ladder else { return };
        let (rules, now) = (&self.context.rules.ladder, self.now());
        let wave = rules.waves.get(ladder.waves_made).copied();
        let selection = wave.map(|wave| {
            let already: Vec<AccountId> = self.case.called.iter().map(|c| c.who).collect();
            let need = Need {
                case: self.case.id,
                asker: self.case.asker,
                asker_person: self.case.asker_person,
                language: &self.case.language,
                topics: &self.case.topics,
                already: &already,
                calls_per_day: self.context.rules.ambassadors.calls_per_day,
                open_cases: self.context.rules.ambassadors.open_cases,
            };
            ambassador::choose(self.context.roster, &need, wave.call, now)
        });
        let Some(selection) = selection else {
            self.wait_or_hand_off(ladder);
            return;
        };
        if selection.called.is_empty() {
            self.effects.push(Effect::PassOver { selection: SelectionBox(selection) });
            self.wait_or_hand_off(ladder);
            return;
        }
        let made = ladder.waves_made;
        ladder.waves_made += 1;
        self.case.ladder = Some(ladder);
        self.case.called.extend(selection.called.iter().map(|pick| Called {
            who: pick.who,
            at: now,
            reply: Reply::Open,
        }));
        // A wave that comes late (after a claim that lapsed) still leaves its people their time.
        let next_at = match (rules.waves.get(made), rules.waves.get(made + 1)) {
            (Some(this), Some(next)) => {
                (ladder.since + next.after).max(now + next.after.saturating_sub(this.after))
            }
            _ => ladder.staff_at,
        };
        self.case.stage = Stage::Calling { next_at };
        let count = i64::try_from(selection.called.len()).unwrap_or(i64::MAX);
        let command = format!("/{}", self.context.rules.escalation.command);
        let text = if made == 0 {
            Text::HelpersCalled { who: self.case.asker, count, command }
        } else {
            Text::MoreHelpersCalled { count, command }
        };
        self.effects.push(Effect::Call { wave: made, selection: SelectionBox(selection) });
        self.say(Audience::Conversation, text);
    }

    /// With nobody left to call: time for those who were called, or staff.
    fn wait_or_hand_off(&mut self, ladder: Ladder) {
        if self.somebody_may_still_come() {
            self.case.stage = Stage::Calling { next_at: ladder.staff_at };
        } else {
            self.hand_off(Why::NobodyFree);
        }
    }

    /// After a claim ended without a new wave: those who were called can take it once more.
    pub(super) fn offer_again(&mut self) {
        let was_taken = self.case.called.iter().any(|called| {
            matches!(called.reply, Reply::Took | Reply::Released | Reply::Lapsed | Reply::Answered)
        });
        let is_waiting = matches!(self.case.stage, Stage::Calling { .. });
        let is_called = self.effects.iter().any(|effect| matches!(effect, Effect::Call { .. }));
        if was_taken && is_waiting && !is_called {
            self.effects.push(Effect::CallAgain);
        }
    }

    fn somebody_may_still_come(&self) -> bool {
        self.case.called.iter().any(|called| called.reply == Reply::Open)
    }

    pub(super) fn mark_called(&mut self, who: AccountId, reply: Reply) {
        if let Some(called) = self.case.called.iter_mut().find(|called| called.who == who) {
            called.reply = reply;
        } else {
            // They came uncalled; remembered, so that no later wave calls them for this case.
            self.case.called.push(Called { who, at: self.context.now, reply });
        }
    }

    pub(super) fn claimed(&mut self, by: Actor) -> Result<(), Rejection> {
        self.open_only()?;
        if by.account == self.case.asker {
            return Err(Rejection(Text::ClaimOwnQuestion));
        }
        if !(by.ambassador || by.staff) {
            return Err(Rejection(Text::ClaimNotAmbassador));
        }
        match self.case.stage.clone() {
            Stage::HandedOff(desked) => self.taken_by_staff(by, desked),
            Stage::Claimed { by: holder, until } if holder == by.account => {
                Err(Rejection(Text::ClaimAlreadyYours { left: text::left(until, self.now()) }))
            }
            Stage::Claimed { by: holder, .. } => Err(Rejection(Text::ClaimLost { helper: holder })),
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Answered { .. }
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => {
                self.grant_claim(by.account);
                Ok(())
            }
        }
    }

    fn grant_claim(&mut self, helper: AccountId) {
        let lease = self.context.rules.ladder.claim_lease;
        let (who, place) = (self.case.asker, self.case.channel);
        self.case.stage = Stage::Claimed { by: helper, until: self.now() + lease };
        self.mark_called(helper, Reply::Took);
        self.retire(Post::Call, Some(Text::CallTakenBy { helper }));
        self.say(Audience::Conversation, Text::HelperTookIt { helper, who });
        self.effects.push(Effect::Say {
            to: Audience::Private(helper),
            text: Text::ClaimYours { who, place, lease: lease.into() },
            post: Post::ClaimNote,
            buttons: vec![Press::GiveBack],
            ping: Vec::new(),
        });
    }

    /// The lease is over without an answer: the case goes on by itself, and this person is not
    /// called for it again.
    pub(super) fn lapse(&mut self, holder: AccountId) {
        self.mark_called(holder, Reply::Lapsed);
        self.retire(Post::ClaimNote, None);
        self.say(Audience::Private(holder), Text::ClaimLapsed { helper: holder });
        self.say(Audience::Conversation, Text::HelperGaveBack { who: self.case.asker });
        self.resume_calling();
        self.offer_again();
    }

    pub(super) fn passed(&mut self, by: Actor) -> Result<(), Rejection> {
        self.open_only()?;
        if self.case.claimant() == Some(by.account) {
            return self.released(by);
        }
        self.mark_called(by.account, Reply::Passed);
        self.say(Audience::Private(by.account), Text::PassNoted);
        let is_calling = matches!(self.case.stage, Stage::Calling { .. });
        if is_calling && !self.somebody_may_still_come() {
            self.resume_calling();
        }
        Ok(())
    }

    pub(super) fn released(&mut self, by: Actor) -> Result<(), Rejection> {
        self.open_only()?;
        match self.case.stage.clone() {
            Stage::Claimed { by: holder, .. } if holder == by.account || by.moderator => {
                self.mark_called(holder, Reply::Released);
                self.retire(Post::ClaimNote, None);
                self.say(Audience::Private(by.account), Text::GiveBackNoted);
                self.say(Audience::Conversation, Text::HelperGaveBack { who: self.case.asker });
                self.resume_calling();
                self.offer_again();
                Ok(())
            }
            Stage::HandedOff(desked) if desked.staff == Some(by.account) || by.moderator => {
                self.case.stage = Stage::HandedOff(Desked { staff: None, ..desked });
                self.say(Audience::Desk, Text::DeskBack { case: self.case.id.short() });
                Ok(())
            }
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. }
            | Stage::HandedOff(_)
            | Stage::Resolved { .. }
            | Stage::Closed { .. } => Err(Rejection(Text::GiveBackNotYours)),
        }
    }
}
