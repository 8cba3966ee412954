//! Buttons. The data only names a verb and a case; who presses and what they may is looked up.

use super::super::engine::Handled;
use super::harvest::Word;
use super::{Reply, Turn};
use crate::domain::case::{Actor, Case, Event, Press};
use crate::domain::text::Text;
use crate::platform::{Inbound, ReplyHandle};
use crate::store::{Account, Settings, StoreError};

impl Turn<'_> {
    pub(super) async fn pressed(
        &mut self,
        inbound: &Inbound,
        data: &str,
        handle: &ReplyHandle,
    ) -> Result<Handled, StoreError> {
        let here = self.place(&inbound.place).await?;
        let account = self.account(inbound).await?;
        self.reply = Some(Reply { to: account.id, channel: here.channel, handle: handle.clone() });
        let found = match Press::decode(data) {
            Some((press, case)) => self.case_in(case).await?.map(|row| (press, row)),
            None => None,
        };
        let Some((press, row)) = found.filter(|(_, row)| row.case.community == here.community)
        else {
            self.refuse(&here.settings, Text::CaseUnknown).await?;
            return Ok(Handled::Recorded);
        };
        let by = self.actor(inbound, &account, &here).await?;
        if press == Press::Take && self.holds_too_many(&row.case, &account, &here.settings).await? {
            let count = i64::from(self.rules_of(&here.settings).ambassadors.open_cases);
            self.refuse(&here.settings, Text::ClaimTooMany { count }).await?;
            return Ok(Handled::Recorded);
        }
        self.acts_in_thread(&row.case, &here);
        match event_of(press, by) {
            Pressed::Event(event) => self.happened(row, &here.settings, event).await?,
            Pressed::Rating(up) => self.rated(row.case, &here, &account, up).await?,
            Pressed::OfAnswer(word) => {
                self.harvest_pressed(&row.case, &here, &account, word).await?;
            }
        }
        Ok(Handled::Recorded)
    }

    async fn holds_too_many(
        &mut self,
        case: &Case,
        account: &Account,
        settings: &Settings,
    ) -> Result<bool, StoreError> {
        if case.working() == Some(account.id) || !case.stage.is_open() {
            return Ok(false);
        }
        let held = self.tx.claim_count(account.person).await?;
        Ok(held >= i64::from(self.rules_of(settings).ambassadors.open_cases))
    }
}

/// What a press means: something that happens to the case, what its asker thinks of the help, or
/// what whoever answered says of the answer.
enum Pressed {
    Event(Event),
    Rating(bool),
    OfAnswer(Word),
}

fn event_of(press: Press, by: Actor) -> Pressed {
    Pressed::Event(match press {
        Press::Rate(up) => return Pressed::Rating(up),
        Press::ShareAnswer => return Pressed::OfAnswer(Word::Share),
        Press::KeepAnswer => return Pressed::OfAnswer(Word::Keep),
        Press::TakeBackAnswer => return Pressed::OfAnswer(Word::TakeBack),
        Press::Solved => Event::SuggestionHelped { by },
        Press::AskPerson => Event::SuggestionDidNotHelp { by },
        Press::MeToo => Event::MeToo { by },
        Press::Take | Press::StaffTake => Event::Claimed { by },
        Press::Pass => Event::Passed { by },
        Press::GiveBack => Event::Released { by },
        Press::Accept(answer) => Event::Accepted { by, answer: Some(answer) },
        Press::NotSolved => Event::Rejected { by },
        Press::StaffReturn => Event::ReturnedToCalling { by },
        Press::StaffSolved => Event::SolvedByStaff { by },
    })
}
