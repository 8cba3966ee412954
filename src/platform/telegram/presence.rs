//! Where the bot is, and what it may do there: asked of every group that matters when it starts,
//! and told from then on. So a group that removed it while nobody listened, for longer than
//! Telegram keeps its news, is left all the same, and one that has moved is followed.

use std::collections::{BTreeMap, BTreeSet};
use std::convert::Infallible;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::json;

use super::Core;
use super::calls::{CallError, Calls, GetChatMember};
use super::inbound::{self, Me};
use super::outbound::Spot;
use super::refusals::{self, Meaning};
use super::wire::{Chat, Standing, Told, Update};
use crate::domain::ids::PlatformKey;
use crate::platform::{Down, InboundSink, What};

/// Chats whose standing is remembered.
const KEPT: usize = 20_000;

#[derive(Default)]
pub(super) struct Presence {
    known: Mutex<BTreeMap<i64, Standing>>,
}

impl Presence {
    fn held(&self) -> MutexGuard<'_, BTreeMap<i64, Standing>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What the bot is in a chat, as far as Telegram has said.
    pub(super) fn own(&self, chat: i64) -> Option<Standing> {
        self.held().get(&chat).cloned()
    }

    pub(super) fn learn(&self, update: &Update) {
        if let Told::Own(member) = &update.told
            && let Some(standing) = &member.new_chat_member
        {
            self.note(member.chat.id, standing.clone());
        }
    }

    pub(super) fn note(&self, chat: i64, standing: Standing) {
        let mut known = self.held();
        while known.len() >= KEPT {
            known.pop_first();
        }
        known.insert(chat, standing);
    }
}

/// What there is to say about the bot in a chat.
pub(super) enum Stands {
    So(Standing),
    /// In Telegram's words.
    Nowhere(String),
    /// It is another chat now.
    Moved(i64),
    Unknown(CallError),
}

pub(super) async fn asked(calls: &Calls, me: &Me, chat: i64) -> Stands {
    let asked = GetChatMember(json!({ "chat_id": chat, "user_id": me.id }));
    match calls.call(asked).await {
        Ok(told) => match serde_json::from_value::<Standing>(told) {
            Ok(standing) if standing.is_here() => Stands::So(standing),
            Ok(standing) => Stands::Nowhere(standing.status),
            Err(_) => Stands::Unknown(CallError::Unanswered("an answer of no known shape".into())),
        },
        Err(CallError::Moved { to }) => Stands::Moved(to),
        Err(CallError::Refused { why }) if refusals::meaning(&why) == Meaning::Gone => {
            Stands::Nowhere(why)
        }
        Err(error) => Stands::Unknown(error),
    }
}

/// Where a group has gone that the bot seems to have left: becoming a supergroup looks like that to
/// whoever is told of members first.
pub(super) async fn moved_to(calls: &Calls, me: &Me, update: &Update) -> Option<i64> {
    let Told::Own(member) = &update.told else { return None };
    let is_here = member.new_chat_member.as_ref().is_none_or(Standing::is_here);
    if is_here || member.chat.kind.as_deref() != Some("group") {
        return None;
    }
    match asked(calls, me, member.chat.id).await {
        Stands::Moved(to) => Some(to),
        Stands::So(_) | Stands::Nowhere(_) | Stands::Unknown(_) => None,
    }
}

/// Takes stock once; what changes after that is told.
pub(super) async fn keep(core: &Core, me: &Me, sink: &InboundSink) -> Infallible {
    if let Err(why) = take_stock(core, me, sink).await {
        tracing::warn!("the groups that were known cannot be read: {why}");
    }
    std::future::pending().await
}

async fn take_stock(core: &Core, me: &Me, sink: &InboundSink) -> Result<(), Down> {
    let mut left: BTreeSet<i64> = BTreeSet::new();
    let mut all: BTreeSet<i64> = BTreeSet::new();
    for membership in sink.memory().memberships().await? {
        let Some(chat) = group(&membership.community) else { continue };
        all.insert(chat);
        if membership.left {
            left.insert(chat);
        }
    }
    // A room of its own of a community's, such as the team's group.
    let places = sink.memory().places().await?;
    all.extend(places.iter().filter_map(|place| group(&place.channel)));
    for chat in all {
        let now = (core.config.now)();
        let tell = |word: &str, what: What| {
            let key = PlatformKey::new(format!("{word}:{chat}:{}", now.as_millis()));
            let chat = Chat { id: chat, kind: Some("supergroup".to_owned()), title: None };
            sink.accept(inbound::membership(key, now, &chat, what))
        };
        let told = match asked(&core.calls, me, chat).await {
            Stands::So(standing) => {
                core.presence.note(chat, standing);
                if !left.contains(&chat) {
                    continue;
                }
                tell("joined", What::Joined).await
            }
            Stands::Nowhere(_) if left.contains(&chat) => continue,
            Stands::Nowhere(why) => {
                tracing::info!(chat.id = chat, why, "the bot is in {chat} no longer");
                core.presence.note(chat, Standing::away(me.id));
                tell("left", What::Left).await
            }
            Stands::Moved(to) => {
                tell("moved", What::Moved { to: PlatformKey::new(to.to_string()) }).await
            }
            Stands::Unknown(error) => {
                tracing::debug!(chat.id = chat, %error, "how the bot stands in {chat} is not told");
                continue;
            }
        };
        if told.is_err() {
            // The runtime is shutting down: the next start takes stock again.
            return Ok(());
        }
    }
    Ok(())
}

/// The group that a key is of, or in.
fn group(key: &PlatformKey) -> Option<i64> {
    Spot::read(key).ok().map(|spot| spot.chat).filter(|chat| *chat < 0)
}
