//! `/link` and `/unlink`: one person with several accounts, by their own act on both of them.
//!
//! A code is made by one account and typed by the other, so both are in the same hands. From then
//! on points, calls a day, open questions, pauses and what an ambassador chose are the person's.
//! Parting gives each account exactly what came by it: entries are kept by account, and the sums
//! beside them are made anew. What they chose stays chosen on both.

use std::time::Duration;

use super::super::document::{Document, Line, Private};
use super::Turn;
use super::commands::Asked;
use super::post::Draft;
use crate::domain::ids::{AccountId, EntryId, PersonId};
use crate::domain::linking::{code_of, code_read, code_shown};
use crate::domain::text::Text;
use crate::store::{Account, Class, LinkAct, LinkCode, StoreError};

/// Long enough to open the other app, too short to be found and used by somebody else.
const CODE_LASTS: Duration = Duration::from_mins(10);

/// Accounts of one person: a few platforms, and a second account on each.
const ACCOUNTS_LIMIT: usize = 6;

impl Turn<'_> {
    pub(super) async fn link(
        &mut self,
        asked: &Asked<'_>,
        typed: Option<String>,
    ) -> Result<(), StoreError> {
        let Some(typed) = typed else { return self.make_code(asked).await };
        let code = code_read(&typed);
        let found = self.tx.link_code(&self.bot.id, &code).await?;
        let Some(made) = found.filter(|made| self.now < made.expires_at) else {
            return self.answer(asked, vec![Text::LinkUnknown]).await;
        };
        if made.account == asked.account.id {
            return self.answer(asked, vec![Text::LinkSame]).await;
        }
        let Some(other) = self.tx.account(made.account).await? else {
            return self.answer(asked, vec![Text::LinkUnknown]).await;
        };
        if other.person == asked.account.person {
            return self.answer(asked, vec![Text::LinkAlready]).await;
        }
        let theirs = self.tx.accounts_of(other.person).await?;
        let ours = self.tx.accounts_of(asked.account.person).await?;
        if theirs.len() + ours.len() > ACCOUNTS_LIMIT {
            return self.answer(asked, vec![Text::LinkTooMany]).await;
        }
        // A block holds for a person; whoever is blocked as one must not become another.
        for account in theirs.iter().chain(&ours) {
            if self.tx.account(*account).await?.is_some_and(|account| account.blocked) {
                return self.answer(asked, vec![Text::LinkBlocked]).await;
            }
        }
        self.tx.drop_link_code(made.account).await?;
        self.join_people(asked.account.person, other.person).await?;
        let both = (asked.account.id, Some(other.id));
        self.note_link(both, LinkAct::Joined).await?;
        self.tell_other(made, &other).await?;
        let command = "/unlink".to_owned();
        self.answer(asked, vec![Text::LinkDone, Text::UndoBy { command }]).await
    }

    async fn make_code(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let code = code_of(self.engine.chance.draw()?);
        let (account, channel) = (asked.account.id, asked.here.channel);
        let made = LinkCode { account, channel, expires_at: self.now + CODE_LASTS };
        self.tx.new_link_code(&self.bot.id, &code, made).await?;
        let command = format!("/link {}", code_shown(&code));
        self.answer(asked, vec![Text::LinkCode { command, span: CODE_LASTS.into() }]).await
    }

    /// All accounts of two people become one person's, who has the number of the first.
    async fn join_people(&mut self, one: PersonId, other: PersonId) -> Result<(), StoreError> {
        let roster = [self.tx.on_the_roster(one).await?, self.tx.on_the_roster(other).await?];
        for account in self.tx.accounts_of(other).await? {
            self.tx.move_account(account, one).await?;
        }
        self.tx.sum_up(one, self.now).await?;
        self.earners.insert(one);
        self.tx.sum_up(other, self.now).await?;
        let choices = roster.into_iter().flatten();
        let both = choices
            .reduce(|(chosen, duty), (also, pause)| (chosen.and(also), duty.or_longer(pause)));
        if let Some((preferences, duty)) = both {
            self.tx.share_choices(one, &preferences, &duty).await?;
        }
        Ok(())
    }

    pub(super) async fn unlink(&mut self, asked: &Asked<'_>) -> Result<(), StoreError> {
        let (account, person) = (asked.account.id, asked.account.person);
        let all = self.tx.accounts_of(person).await?;
        let rest: Vec<AccountId> = all.into_iter().filter(|other| *other != account).collect();
        let Some(first) = rest.first() else {
            return self.answer(asked, vec![Text::UnlinkNothing]).await;
        };
        // A person has the number of one of their accounts: whoever leaves takes their own along.
        let (own, others) = (PersonId::from(account.get()), PersonId::from(first.get()));
        if person == own {
            for other in &rest {
                self.tx.move_account(*other, others).await?;
            }
            self.tx.sum_up(others, self.now).await?;
            self.earners.insert(others);
        } else {
            self.tx.move_account(account, own).await?;
            self.tx.sum_up(person, self.now).await?;
            self.earners.insert(person);
        }
        self.tx.sum_up(own, self.now).await?;
        self.earners.insert(own);
        self.note_link((account, None), LinkAct::Parted).await?;
        let points = self.tx.standing(own, self.now).await?.balance;
        self.answer(asked, vec![Text::Unlinked { points }]).await
    }

    async fn note_link(
        &mut self,
        (account, other): (AccountId, Option<AccountId>),
        act: LinkAct,
    ) -> Result<(), StoreError> {
        let id = self.engine.next_id::<EntryId>(self.now).get();
        self.tx.note_link(id, &self.bot.id, (account, other), act, self.now).await?;
        tracing::info!(
            bot.id = %self.bot.id, account.id = %account, act = ?act,
            "account {account} was {} with others of its person",
            if act == LinkAct::Joined { "joined" } else { "no longer kept" }
        );
        Ok(())
    }

    /// Whoever made the code is told where they made it: if it was not they who used it, they know
    /// how to part again.
    async fn tell_other(&mut self, made: LinkCode, other: &Account) -> Result<(), StoreError> {
        let channel = self.tx.channel(made.channel).await?;
        let community = self.tx.community(channel.community).await?;
        let language = self.language_of(other, &community.settings);
        let mut document = Document::new(language, vec![Line::from(Text::LinkedFromElsewhere)]);
        document.private = Some(Private { to: other.id, handle: None });
        let draft = Draft::new(made.channel, Class::Private, document);
        self.post_on(&community.platform, draft).await?;
        Ok(())
    }
}
