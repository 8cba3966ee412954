//! Who somebody is at this moment: looked up live, never taken from a button or a name.

use super::{Here, Turn};
use crate::domain::case::Actor;
use crate::platform::Inbound;
use crate::store::{Account, StoreError};

impl Turn<'_> {
    pub(super) async fn actor(
        &mut self,
        inbound: &Inbound,
        account: &Account,
        here: &Here,
    ) -> Result<Actor, StoreError> {
        let ambassador = self.tx.ambassador(account.id).await?;
        if ambassador.is_some() {
            self.tx.seen_in(account.id, here.community).await?;
        }
        Ok(Actor {
            account: account.id,
            person: Some(account.person),
            ambassador: ambassador.is_some_and(|ambassador| !ambassador.blocked),
            // The desk is staff's room: whoever the platform lets in there works there.
            staff: inbound.by.staff || here.is_on_the_desk(),
            moderator: inbound.by.moderator,
        })
    }
}
