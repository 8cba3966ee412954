//! How communities are set up, as platforms are asked about them: which channels are used for what.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::ids::{BotId, ChannelId, PlatformId};
use crate::domain::rules::{AnswersIn, ListenRules};
use crate::platform::{Setup, Use, Used};
use crate::store::{CommunityRow, Settings, StoreError, Tx};

/// Every community of a bot on a platform that it has not left.
pub async fn setups(
    tx: &mut Tx,
    bot: &BotId,
    platform: &PlatformId,
    rules: &ListenRules,
) -> Result<Vec<Setup>, StoreError> {
    let mut setups = Vec::new();
    for community in tx.communities_on(bot, platform).await? {
        setups.push(setup_of(tx, &community, rules).await?);
    }
    Ok(setups)
}

/// One community with every channel that its moderators have given a use.
pub(super) async fn setup_of(
    tx: &mut Tx,
    community: &CommunityRow,
    rules: &ListenRules,
) -> Result<Setup, StoreError> {
    let mut places = Vec::new();
    for (id, uses) in uses(&community.settings, rules) {
        let channel = tx.channel(id).await?;
        let thread_of = match channel.parent {
            Some(parent) => Some(tx.channel(parent).await?.key),
            None => None,
        };
        let (key, name) = (channel.key, channel.name);
        places.push(Used { id, key, name, thread_of, uses });
    }
    let (community_key, name) = (community.key.clone(), community.name.clone());
    let Settings { badges, tags, .. } = &community.settings;
    let (badges, tags) = (badges.values().cloned().collect(), *tags);
    Ok(Setup { community: community_key, name, places, badges, tags })
}

fn uses(settings: &Settings, rules: &ListenRules) -> BTreeMap<ChannelId, BTreeSet<Use>> {
    let watched = settings.watched.keys().map(|channel| (*channel, Use::Questions));
    let threaded = settings.watched.iter().filter_map(|(channel, setting)| {
        let answers = setting.answers.unwrap_or(rules.answers);
        (answers == AnswersIn::Thread).then_some((*channel, Use::Threads))
    });
    let desk = settings.desk.map(|channel| (channel, Use::Desk));
    let helpers = settings.helpers.map(|channel| (channel, Use::Calls));
    let mut uses: BTreeMap<ChannelId, BTreeSet<Use>> = BTreeMap::new();
    for (channel, used) in watched.chain(threaded).chain(desk).chain(helpers) {
        uses.entry(channel).or_default().insert(used);
    }
    uses
}
