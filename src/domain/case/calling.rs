//! The calling ladder: waves of ambassadors, claims with a lease, and the point at which the
//! crowd's time is over. How many are called after how long is [`Ladder`]'s to say; who they are,
//! that the next thing to happen lies ahead, and that staff come when nobody is left, is not.

use std::time::Duration;

use super::event::{Actor, Audience, Effect, Post, Press, Rejection, SelectionBox, Why};
use super::step::Walk;
use super::{Called, Case, Desked, LadderClock, Reply, Stage};
use crate::domain::ambassador::{self, Need};
use crate::domain::ids::AccountId;
use crate::domain::rules::{LadderRules, Wave};
use crate::domain::text::{self, Text};
use crate::domain::time::Moment;

/// No next thing is sooner: a ladder without pauses would be one wave, said often.
const LEAST_PAUSE: Duration = Duration::from_secs(1);

/// How the crowd's time is spent: a policy. It speaks of numbers and spans only: whom a wave calls
/// is the roster's and [`Eligibility`](ambassador::Eligibility)'s to say, within each person's
/// limits, and a case has its deadline whatever is said here.
pub trait Ladder: Send + Sync {
    /// The wave of this number, from 0 on: how many to call, and how long after the first call.
    /// `None` when no more are to be called. Asked for the wave that is due, and for the one after
    /// it, to know when. A wave calls one at least.
    fn wave(&self, rules: &LadderRules, case: &Case, number: usize, now: Moment) -> Option<Wave>;

    /// How long after the first call staff get the case. Asked when the ladder begins.
    fn staff_after(&self, rules: &LadderRules, case: &Case, now: Moment) -> Duration;
}

/// The ladder that is shipped: the waves of `bot.toml`.
#[derive(Debug, Clone, Copy, Default)]
pub struct WavesByRule;

impl Ladder for WavesByRule {
    fn wave(&self, rules: &LadderRules, _: &Case, number: usize, _: Moment) -> Option<Wave> {
        rules.waves.get(number).copied()
    }

    fn staff_after(&self, rules: &LadderRules, _: &Case, _: Moment) -> Duration {
        rules.staff_after
    }
}

impl Walk<'_> {
    /// Begins the ladder, or begins it anew for a case that was reopened.
    pub(super) fn start_calling(&mut self) {
        let now = self.now();
        let rules = &self.context.rules.ladder;
        let staff_after = self.context.policies.ladder.staff_after(rules, &self.case, now);
        let staff_at = now + staff_after.max(LEAST_PAUSE);
        // Whoever was called before and did nothing yet may be called again for a new beginning;
        // whoever passed, lapsed or answered may not.
        self.case.called.retain(|called| called.reply != Reply::Open);
        self.case.ladder = Some(LadderClock { since: now, staff_at, waves_made: 0 });
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
        let policies = self.context.policies;
        let wave_of = |number| policies.ladder.wave(rules, &self.case, number, now);
        let (this, next) = (wave_of(ladder.waves_made), wave_of(ladder.waves_made + 1));
        let selection = this.map(|wave| {
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
            let eligibility = policies.eligibility.as_ref();
            ambassador::choose(eligibility, self.context.roster, &need, wave.call.max(1), now)
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
        let next_at = match (this, next) {
            (Some(this), Some(next)) => (ladder.since + next.after)
                .max(now + next.after.saturating_sub(this.after).max(LEAST_PAUSE)),
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
    fn wait_or_hand_off(&mut self, ladder: LadderClock) {
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
        if self.case.is_asked_by(by) {
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
                if holder == by.account {
                    self.say(Audience::Private(by.account), Text::GiveBackNoted);
                }
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
