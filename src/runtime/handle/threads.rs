//! Threads: a conversation beside the conversation. What is said in the thread of a case belongs to
//! the case as a reply does, and the bot answers where people last talked.
//!
//! A case stays with the channel it was asked in: what volunteers and staff read of it, and what
//! its history says, names that place. Where its talk has moved to is not kept a second time but
//! read from the messages themselves.

use super::{ActedIn, Here, Turn};
use crate::domain::case::Case;
use crate::domain::ids::{ChannelId, CommunityId};
use crate::platform::Place;
use crate::store::{Account, CaseRow, Said, Settings, StoreError};

impl Turn<'_> {
    /// A thread that was not heard of before, made known if what is said in it can matter: its
    /// channel is watched, or it was opened on a message of a case. Of all other threads of the
    /// world nothing is kept.
    pub(super) async fn thread_that_matters(
        &mut self,
        place: &Place,
        community: CommunityId,
        settings: Settings,
        parent: Option<ChannelId>,
    ) -> Result<Option<Here>, StoreError> {
        let (Some(thread), Some(parent)) = (&place.thread, parent) else { return Ok(None) };
        let is_watched = settings.watched.contains_key(&parent);
        let is_of_a_case = match &thread.root {
            Some(root) if !is_watched => self.tx.message(parent, root).await?.is_some(),
            Some(_) | None => false,
        };
        if !is_watched && !is_of_a_case {
            return Ok(None);
        }
        let (key, channel_name) = (&place.channel, place.channel_name.clone());
        let named = (key, channel_name.as_str());
        let channel = self.new_channel(community, named, Some(parent), thread.private).await?;
        Ok(Some(Here { community, settings, channel, channel_name, parent: Some(parent) }))
    }

    /// The message that opened this thread, if it belongs to a case: it stands in the channel that
    /// the thread hangs in, or is a forum post's own first one.
    pub(super) async fn root_of(
        &mut self,
        place: &Place,
        here: &Here,
    ) -> Result<Option<Said>, StoreError> {
        let Some(root) = place.thread.as_ref().and_then(|thread| thread.root.as_ref()) else {
            return Ok(None);
        };
        match self.tx.message(here.home(), root).await? {
            Some(said) => Ok(Some(said)),
            None => self.tx.message(here.channel, root).await,
        }
    }

    /// The case whose thread this is, with the message that opened it.
    pub(super) async fn case_of_thread(
        &mut self,
        place: &Place,
        here: &Here,
    ) -> Result<Option<(Said, CaseRow)>, StoreError> {
        let Some(root) = self.root_of(place, here).await? else { return Ok(None) };
        Ok(self.case_in(root.case).await?.map(|row| (root, row)))
    }

    /// Whether somebody goes on about the case whose thread this is, reply or not: the asker
    /// always, everybody else while it is open. Later in an old thread others talk for themselves.
    pub(super) fn goes_on_about(row: &CaseRow, account: Option<&Account>) -> bool {
        row.case.stage.is_open()
            || account.is_some_and(|account| row.case.is_asked_by(account.member()))
    }

    /// Whether a channel is the one a case was asked in, or a thread of it.
    pub(super) async fn is_in_conversation(
        &mut self,
        case: &Case,
        channel: ChannelId,
    ) -> Result<bool, StoreError> {
        Ok(channel == case.channel || self.tx.channel(channel).await?.parent == Some(case.channel))
    }

    /// Notes that somebody acts on a case in a thread of it: a button there, a command.
    pub(super) fn acts_in_thread(&mut self, case: &Case, here: &Here) {
        let acted = |home| ActedIn { case: case.id, home, thread: here.channel };
        self.acted_in = here.parent.map(acted);
    }

    /// Where the conversation of a case is held: its own thread, else where it was asked.
    pub(super) async fn home_of(&mut self, case: &Case) -> Result<ChannelId, StoreError> {
        let thread = self.tx.case_thread(case.id).await?;
        let own = thread.filter(|own| own.home == case.channel && own.is_in_use());
        Ok(own.map_or(case.channel, |own| own.channel))
    }

    /// Where in a channel of a case, its threads included, people talk about it now. Somebody who
    /// went into a thread looks for the answer there, and the channel around it stays quiet: all of
    /// it, where the case has a thread of its own.
    pub(super) async fn talked_in(
        &mut self,
        case: &Case,
        channel: ChannelId,
    ) -> Result<ChannelId, StoreError> {
        let is_asked = channel == case.channel;
        let home = if is_asked { self.home_of(case).await? } else { channel };
        if self.asked.as_ref().is_some_and(|asked| asked.case == case.id) {
            return Ok(home);
        }
        let here = |acted: &ActedIn| acted.case == case.id && acted.home == channel;
        if let Some(acted) = self.acted_in.filter(here) {
            return Ok(acted.thread);
        }
        let spoken = self.tx.last_spoken_in(case.id, channel).await?;
        Ok(spoken.filter(|spoken| *spoken != channel).unwrap_or(home))
    }
}
