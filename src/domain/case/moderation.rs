//! A moderator's hand on a case: whatever the bot or the crowd did can be taken back, and the way
//! back is open too.

use super::event::{Actor, Audience, Effect, Post, Rejection};
use super::step::Walk;
use super::{Closing, Stage};
use crate::domain::text::Text;

impl Walk<'_> {
    /// What changes nothing about where the case stands, at any stage.
    pub(super) fn moderated(&mut self, by: Actor, effect: Effect) -> Result<(), Rejection> {
        if !by.moderator {
            return Err(Rejection(Text::ModeratorsOnly));
        }
        self.effects.push(effect);
        Ok(())
    }

    /// There is no place left to say anything in, and no post to take a button off. What somebody
    /// has earned by it stays.
    pub(super) fn community_left(&mut self) {
        if self.case.stage.is_open() {
            self.case.stage = Stage::Closed { why: Closing::Removed, at: self.now() };
        }
    }

    /// Nobody works for somebody who cannot be told.
    pub(super) fn place_left(&mut self) {
        if self.case.stage.is_open() {
            self.close(Closing::Removed);
        }
    }

    pub(super) fn removed(&mut self, by: Actor) -> Result<(), Rejection> {
        if !by.moderator {
            return Err(Rejection(Text::ModeratorsOnly));
        }
        if let Stage::Closed { .. } = self.case.stage {
            return Err(Rejection(Text::CaseOver));
        }
        self.reverse_award();
        self.close(Closing::Removed);
        self.say(Audience::Conversation, Text::ClosedByModerator { who: self.case.asker });
        Ok(())
    }

    /// Staff send back what they have; a moderator, whatever is taken, answered or over. What the
    /// asker took back or what expired stays over: they can ask again.
    pub(super) fn returned_to_calling(&mut self, by: Actor) -> Result<(), Rejection> {
        if !(by.staff || by.moderator) {
            return Err(Rejection(Text::StaffOnly));
        }
        match self.case.stage {
            Stage::HandedOff(_) => {
                self.retire(Post::AnswerCheck, None);
                self.retire(Post::Dossier, Some(Text::ReturnedToCalling));
                self.start_calling();
                Ok(())
            }
            Stage::Claimed { .. } if by.moderator => self.released(by),
            Stage::Answered { .. } if by.moderator => {
                self.answers_did_not_solve();
                Ok(())
            }
            Stage::Resolved { .. } | Stage::Closed { why: Closing::Removed, .. }
                if by.moderator =>
            {
                self.reverse_award();
                self.reject_answers();
                self.open_again();
                self.say(Audience::Conversation, Text::ReopenedCalling { who: self.case.asker });
                self.start_calling();
                Ok(())
            }
            Stage::Resolved { .. } | Stage::Closed { .. } => Err(Rejection(Text::CaseOver)),
            Stage::Suggested { .. }
            | Stage::Calling { .. }
            | Stage::Claimed { .. }
            | Stage::Answered { .. } => Err(Rejection(Text::AlreadyThatFar)),
        }
    }
}
