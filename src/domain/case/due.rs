//! What a deadline is for: the same look at the stage as [`Case::deadline`], in a word.

use serde::{Deserialize, Serialize};

use super::{Case, Stage};

/// What happens at a case's deadline if nobody does anything before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// The suggestion has stood long enough.
    VolunteersCalled,
    /// The next wave.
    MoreCalled,
    /// The crowd's time is over.
    StaffCalled,
    /// Whoever took it has gone quiet.
    ClaimLapses,
    /// Silence after an answer.
    CountsAsSolved,
    DeskReminded,
    /// No case stays open longer.
    Expires,
}

impl Case {
    /// `None` exactly when there is no deadline.
    pub fn due(&self) -> Option<Due> {
        let at = self.deadline()?;
        if at == self.expires_at {
            return Some(Due::Expires);
        }
        Some(match &self.stage {
            Stage::Suggested { .. } => Due::VolunteersCalled,
            Stage::Calling { .. } if self.ladder.is_some_and(|ladder| at == ladder.staff_at) => {
                Due::StaffCalled
            }
            Stage::Calling { .. } => Due::MoreCalled,
            Stage::Claimed { .. } => Due::ClaimLapses,
            Stage::Answered { .. } => Due::CountsAsSolved,
            Stage::HandedOff(desked) if desked.answered => Due::CountsAsSolved,
            Stage::HandedOff(_) => Due::DeskReminded,
            Stage::Resolved { .. } | Stage::Closed { .. } => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{ASKER, HELPER, STAFF, START, actor, ambassador, opening, rules};
    use super::super::{Case, Context, Event};
    use super::*;
    use crate::domain::ids::ChannelId;
    use crate::domain::policies::Policies;

    /// What is due after these events, one after the other, and after the deadlines that follow.
    fn dues(articles: &[&str], events: &[Event]) -> Vec<Due> {
        let (rules, policies, roster) = (rules(), Policies::default(), [HELPER].map(ambassador));
        let desk = Some(ChannelId::from(9));
        let mut context =
            Context { rules: &rules, policies: &policies, roster: &roster, desk, now: START };
        let mut case = Case::open(opening(articles, None), &context).case;
        for event in events {
            case = case.transition(event, &context).expect("it fits").case;
        }
        let mut dues = Vec::new();
        while let (Some(due), Some(at)) = (case.due(), case.deadline()) {
            context.now = at;
            dues.push(due);
            case = case.transition(&Event::DeadlinePassed, &context).expect("a timer").case;
        }
        assert_eq!(case.deadline(), None, "there is a word as long as there is a deadline");
        dues.dedup();
        dues
    }

    #[test]
    fn a_deadline_is_announced_as_what_then_happens() {
        let (by, staff) = (actor(HELPER), actor(STAFF));
        let to_staff = [Due::StaffCalled, Due::DeskReminded, Due::Expires];
        let whole = [&[Due::VolunteersCalled, Due::MoreCalled][..], &to_staff].concat();
        assert_eq!(dues(&["wifi-slow"], &[]), whole);
        let took = dues(&[], &[Event::Claimed { by }]);
        assert_eq!(took.first(), Some(&Due::ClaimLapses));
        let answered = [Event::Claimed { by }, Event::Answered { by }];
        assert_eq!(dues(&[], &answered), [Due::CountsAsSolved]);
        let with_staff = [Event::Escalated { by: actor(ASKER) }, Event::Answered { by: staff }];
        assert_eq!(dues(&[], &with_staff[..1]), [Due::DeskReminded, Due::Expires]);
        assert_eq!(dues(&[], &with_staff), [Due::CountsAsSolved]);
    }
}
