//! The desk: the one way to staff, their claim, their silence, and the way back.

use std::time::Duration;

use super::event::{Actor, Audience, Effect, Post, Press, Rejection, Why};
use super::step::Walk;
use super::{Desked, Resolution, Stage};
use crate::domain::text::{self, Text};

/// Reminders come at most once a day in the end: a desk that has not looked for a day will not
/// look sooner for being rung every quarter of an hour.
const LONGEST_REMINDER_PAUSE: Duration = Duration::from_hours(24);

impl Walk<'_> {
    /// The only way to the desk. Without a desk the case waits there all the same, says so, and
    /// reaches the desk as soon as there is one.
    pub(super) fn hand_off(&mut self, why: Why) {
        let (who, desk) = (self.case.asker, self.context.desk);
        let first_reply = self.context.rules.desk.first_reply;
        let wait = first_reply.into();
        if self.case.ladder.is_some() {
            self.retire(Post::Call, Some(Text::CallOver));
        }
        self.retire(Post::ClaimNote, None);
        let text = match (&why, desk) {
            (_, None) => Text::HandedOffNoDesk { who },
            (Why::Urgent { .. }, _) => Text::HandedOffUrgent { who, wait },
            (Why::NobodyFree, _) => Text::HandedOffNobodyFree { who, wait },
            (Why::Asked { .. } | Why::LadderRanOut, _) => Text::HandedOff { who, wait },
        };
        self.case.why_staff = Some(why.clone());
        self.case.stage = Stage::HandedOff(Desked {
            desk,
            staff: None,
            answered: false,
            due_at: self.now() + first_reply,
            reminders: 0,
            nudged: false,
        });
        self.effects.push(Effect::HandOff { why, desk });
        self.say(Audience::Conversation, text);
        if desk.is_none() {
            self.alert_no_desk();
        }
    }

    /// The community has a desk at last, or another one: the case goes there now, not at its next
    /// reminder, and the dossier that stays behind stops asking.
    pub(super) fn desk_set(&mut self) {
        let Stage::HandedOff(desked) = self.case.stage else { return };
        let desk = self.context.desk;
        if desk.is_none() || desked.desk == desk {
            return;
        }
        self.retire(Post::Dossier, Some(Text::DeskMoved { case: self.case.id.short() }));
        let due_at = self.now() + self.context.rules.desk.first_reply;
        self.case.stage = Stage::HandedOff(Desked { desk, due_at, ..desked });
        let why = self.case.why_staff.clone().unwrap_or(Why::LadderRanOut);
        self.effects.push(Effect::HandOff { why, desk });
    }

    fn alert_no_desk(&mut self) {
        let (who, case) = (self.case.asker, self.case.id.short());
        self.say(Audience::Helpers, Text::DeskMissing { who, case });
    }

    pub(super) fn taken_by_staff(&mut self, by: Actor, desked: Desked) -> Result<(), Rejection> {
        if !by.staff {
            return Err(Rejection(Text::ClaimWithStaff));
        }
        if let Some(holder) = desked.staff {
            return Err(Rejection(if holder == by.account {
                Text::ClaimAlreadyYours { left: text::left(desked.due_at, self.now()) }
            } else {
                Text::ClaimLost { helper: holder }
            }));
        }
        self.case.stage = Stage::HandedOff(Desked {
            staff: Some(by.account),
            due_at: self.now() + self.context.rules.desk.first_reply,
            ..desked
        });
        self.say(Audience::Desk, Text::DeskTakenBy { staff: by.account });
        self.say(
            Audience::Conversation,
            Text::StaffTookIt { staff: by.account, who: self.case.asker },
        );
        Ok(())
    }

    /// The desk's clock: staff's silence is a reminder, the customer's silence after staff's
    /// answer is an end.
    pub(super) fn desk_due(&mut self, desked: Desked) {
        if desked.answered {
            self.end_by_staff();
            return;
        }
        let (who, case) = (self.case.asker, self.case.id.short());
        let reminders = desked.reminders + 1;
        let pause = self
            .context
            .rules
            .desk
            .remind
            .saturating_mul(2_u32.saturating_pow(reminders - 1))
            .min(LONGEST_REMINDER_PAUSE);
        let desk = self.context.desk.or(desked.desk);
        self.case.stage = Stage::HandedOff(Desked {
            desk,
            staff: None,
            answered: false,
            due_at: self.now() + pause,
            reminders,
            nudged: false,
        });
        match (desked.desk, desk) {
            (was, Some(_)) if was != desk => {
                let why = self.case.why_staff.clone().unwrap_or(Why::LadderRanOut);
                self.effects.push(Effect::HandOff { why, desk });
            }
            (None, None) => self.alert_no_desk(),
            (_, Some(_)) | (Some(_), None) => {
                if let Some(staff) = desked.staff {
                    self.say(Audience::Private(staff), Text::DeskBack { case: case.clone() });
                }
                let waited = self.now().since(self.case.opened_at).into();
                self.say(Audience::Desk, Text::DeskReminder { case, who, waited });
            }
        }
        if reminders == 1 {
            self.say(Audience::Conversation, Text::StaffStillWorking { who });
        }
    }

    fn end_by_staff(&mut self) {
        self.resolve(Resolution::Staff);
        self.say_solved_by_staff();
    }

    /// The customer can still say that it is not solved.
    pub(super) fn say_solved_by_staff(&mut self) {
        let text = Text::SolvedByStaff { who: self.case.asker };
        self.say_last_word(text, &[Press::NotSolved]);
    }

    pub(super) fn solved_by_staff(&mut self, by: Actor) -> Result<(), Rejection> {
        if !(by.staff || by.moderator) {
            return Err(Rejection(Text::StaffOnly));
        }
        self.open_only()?;
        self.end_by_staff();
        Ok(())
    }

    pub(super) fn not_solved_on_desk(&mut self, desked: Desked) {
        let (who, case) = (self.case.asker, self.case.id.short());
        self.retire(Post::AnswerCheck, None);
        self.case.stage = Stage::HandedOff(Desked {
            answered: false,
            due_at: self.now() + self.context.rules.desk.first_reply,
            ..desked
        });
        self.say(Audience::Desk, Text::DeskNotSolved { who, case });
        self.say(Audience::Conversation, Text::StaffStillWorking { who });
    }

    pub(super) fn already_with_staff(&self, desked: Desked) -> Rejection {
        Rejection(Text::AlreadyWithStaff { wait: text::left(desked.due_at, self.now()) })
    }

    /// A second escalation is noted, not doubled: the desk hears of it once between two reminders.
    pub(super) fn nudge_desk(&mut self, by: Actor, desked: Desked) -> Result<(), Rejection> {
        if desked.nudged || desked.desk.is_none() {
            return Err(self.already_with_staff(desked));
        }
        let case = self.case.id.short();
        let Rejection(told) = self.already_with_staff(desked);
        self.case.stage = Stage::HandedOff(Desked { nudged: true, ..desked });
        self.say(Audience::Desk, Text::DeskEscalatedAgain { by: by.account, case });
        self.say(Audience::Private(by.account), told);
        Ok(())
    }
}
