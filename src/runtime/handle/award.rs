//! Recognition: entries in the ledger, written with the step that earns them, and the words.

use super::Turn;
use super::post::Saying;
use crate::domain::ambassador::day_zone;
use crate::domain::case::{Case, Press, Stage};
use crate::domain::ids::{AccountId, EntryId};
use crate::domain::recognition::{self, Act, Deed, Entry, Worth};
use crate::domain::rules::Rules;
use crate::domain::text::{Key, Text};
use crate::domain::time::Moment;
use crate::store::{Account, LedgerLine, StoreError};

/// What an award came to.
struct Given {
    worth: Worth,
    balance: i64,
}

impl Turn<'_> {
    pub(super) async fn award_solved(
        &mut self,
        case: &Case,
        to: AccountId,
        generation: u32,
        silent: bool,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let once = recognition::solved_once(case.id, generation);
        let given = self.give(case, to, Act::Solved, once, rules).await?;
        if !silent {
            let who = case.asker;
            let text = match &given {
                Some(Given { worth, balance }) if worth.points > 0 => Text::SolvedByHelper {
                    who,
                    helper: to,
                    points: worth.points,
                    balance: *balance,
                },
                _ => Text::SolvedByHelperCapped { who, helper: to },
            };
            // Credit that follows the end adds nothing to rate: those buttons stand already.
            let is_last_word = matches!(case.stage, Stage::Resolved { at, .. } if at == self.now);
            let buttons = if is_last_word { Press::RATING.to_vec() } else { Vec::new() };
            let saying = Saying { buttons, ..Saying::notice(text) };
            self.post_in_conversation(case, saying).await?;
        }
        self.announce_rank(case, to, given.as_ref(), rules).await
    }

    /// An article that was harvested from somebody has solved a question.
    pub(super) async fn award_article(
        &mut self,
        case: &Case,
        to: AccountId,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let once = recognition::reused_once(case.id, case.reopened);
        let Some(given) = self.give(case, to, Act::ArticleReused, once, rules).await? else {
            return Ok(());
        };
        if given.worth.points > 0 {
            let (points, balance) = (given.worth.points, given.balance);
            let text = Text::ArticleHelped { helper: to, points, balance };
            self.say_in_conversation(case, text).await?;
        }
        self.announce_rank(case, to, Some(&given), rules).await
    }

    /// It has not, after all.
    pub(super) async fn reverse_reuse(&mut self, before: &Case) -> Result<(), StoreError> {
        let once = recognition::reused_once(before.id, before.reopened);
        if let Some(line) = self.tx.entry_once(&once).await? {
            self.reverse(&line, None).await?;
        }
        Ok(())
    }

    pub(super) async fn award_thanked(
        &mut self,
        case: &Case,
        to: AccountId,
        generation: u32,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let once = recognition::thanked_once(case.id, generation);
        let Some(given) = self.give(case, to, Act::Thanked, once, rules).await? else {
            return Ok(());
        };
        if given.worth.points > 0 {
            let (points, balance) = (given.worth.points, given.balance);
            let text = Text::ThanksPassedOn { helper: to, points, balance };
            self.say_in_conversation(case, text).await?;
        }
        self.announce_rank(case, to, Some(&given), rules).await
    }

    /// Appends an entry of what `act` is worth today; `None` when it was given before, or to
    /// somebody whom a moderator has blocked.
    async fn give(
        &mut self,
        case: &Case,
        to: AccountId,
        act: Act,
        once: String,
        rules: &Rules,
    ) -> Result<Option<Given>, StoreError> {
        let Some(account) = self.tx.account(to).await? else { return Ok(None) };
        // Joined with the asker since the answer: nobody earns by their own question.
        if account.blocked || account.person == case.asker_person {
            return Ok(None);
        }
        let day_start = self.day_start(&account).await?;
        let standing = self.tx.standing(account.person, day_start).await?;
        let deed = Deed { act, case, by: to, at: self.now };
        let policy = self.bot.policies.recognition.as_ref();
        let worth = recognition::worth(policy, &rules.recognition, &deed, standing.today);
        let entry = Entry {
            id: self.engine.next_id::<EntryId>(self.now),
            community: case.community,
            account: to,
            case: Some(case.id),
            act,
            points: worth.points,
            at: self.now,
            reverses: None,
            once,
            by: None,
            note: String::new(),
        };
        let topic = case.topics.first();
        if !self.tx.append_entry(&self.bot.id, account.person, topic, &entry).await? {
            return Ok(None);
        }
        self.earners.insert(account.person);
        if act == Act::Solved {
            self.tx.tally_solved(account.person, topic, 1).await?;
        }
        // The cap spans cases: if another award of today came between, decide again.
        let after = self.tx.standing(account.person, day_start).await?;
        if after.today > standing.today + worth.points {
            return Err(StoreError::Conflict("points of the day"));
        }
        Ok(Some(Given { worth, balance: after.balance }))
    }

    /// When the day began for somebody: in the zone of their quiet hours, else in UTC.
    pub(super) async fn day_start(&mut self, account: &Account) -> Result<Moment, StoreError> {
        let zone = match self.tx.ambassador(account.id).await? {
            Some(ambassador) => day_zone(&ambassador.preferences),
            None => jiff::tz::TimeZone::UTC,
        };
        let local = self.now.in_zone(&zone);
        let start = local.start_of_day().unwrap_or(local);
        Ok(Moment::from_millis(start.timestamp().as_millisecond()))
    }

    async fn announce_rank(
        &mut self,
        case: &Case,
        helper: AccountId,
        given: Option<&Given>,
        rules: &Rules,
    ) -> Result<(), StoreError> {
        let reached = given.and_then(|given| {
            let ranks = &rules.recognition.ranks;
            recognition::rank_reached(ranks, given.balance, given.worth.points)
        });
        let Some(rank) = reached else { return Ok(()) };
        let rank = Key(format!("rank-{}", rank.key));
        self.say_in_conversation(case, Text::RankReached { helper, rank }).await
    }

    async fn say_in_conversation(&mut self, case: &Case, text: Text) -> Result<(), StoreError> {
        self.post_in_conversation(case, Saying::notice(text)).await
    }

    /// Takes the awards of a generation back, each by a second entry that names it.
    pub(super) async fn reverse_solved(
        &mut self,
        case: &Case,
        generation: u32,
    ) -> Result<(), StoreError> {
        let keys = [
            recognition::solved_once(case.id, generation),
            recognition::thanked_once(case.id, generation),
        ];
        for once in keys {
            let Some(line) = self.tx.entry_once(&once).await? else { continue };
            self.reverse(&line, None).await?;
        }
        Ok(())
    }

    /// Takes one entry back by a second one that names it; false when that was done before.
    /// `hand` is the moderator who does it by hand, and why.
    pub(super) async fn reverse(
        &mut self,
        line: &LedgerLine,
        hand: Option<(AccountId, &str)>,
    ) -> Result<bool, StoreError> {
        let entry = Entry {
            id: self.engine.next_id::<EntryId>(self.now),
            community: line.community,
            account: line.account,
            case: line.case,
            act: Act::Reversed,
            points: -line.points,
            at: self.now,
            reverses: Some(line.id),
            once: recognition::reversed_once(line.id),
            by: hand.map(|(by, _)| by),
            note: hand.map(|(_, note)| note.to_owned()).unwrap_or_default(),
        };
        let topic = line.topic.as_ref();
        let is_new = self.tx.append_entry(&self.bot.id, line.person, topic, &entry).await?;
        self.earners.insert(line.person);
        if is_new && line.act == Act::Solved {
            self.tx.tally_solved(line.person, topic, -1).await?;
        }
        Ok(is_new)
    }

    /// A moderator gives or takes points, with a reason; no cap, and nothing but their word.
    /// Gives back the new balance.
    pub(super) async fn grant(
        &mut self,
        case: &Case,
        to: &Account,
        points: i64,
        (by, note): (AccountId, &str),
    ) -> Result<i64, StoreError> {
        let id = self.engine.next_id::<EntryId>(self.now);
        let entry = Entry {
            id,
            community: case.community,
            account: to.id,
            case: Some(case.id),
            act: Act::Granted,
            points,
            at: self.now,
            reverses: None,
            once: recognition::granted_once(id),
            by: Some(by),
            note: note.to_owned(),
        };
        self.tx.append_entry(&self.bot.id, to.person, case.topics.first(), &entry).await?;
        self.earners.insert(to.person);
        Ok(self.tx.standing(to.person, self.now).await?.balance)
    }

    /// An answer was a good one, whoever's word settled the case; once a case and person.
    pub(super) async fn endorse(
        &mut self,
        case: &Case,
        to: AccountId,
        rules: &Rules,
    ) -> Result<Option<(i64, i64)>, StoreError> {
        let once = recognition::endorsed_once(case.id, to);
        let given = self.give(case, to, Act::Endorsed, once, rules).await?;
        self.announce_rank(case, to, given.as_ref(), rules).await?;
        Ok(given.map(|given| (given.worth.points, given.balance)))
    }
}
