//! Asking Telegram itself how a bot stands, without fetching anything: who it is, what it hears,
//! how updates come, and what it may do in the groups that it is set up in.
//!
//! A second one who fetches would end the first, so that is not tried: a running bot says in its
//! status when somebody does it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::calls::{CallError, Calls, GetMe, GetWebhookInfo};
use super::inbound::Me;
use super::judge::{self, Brought};
use super::outbound::Spot;
use super::presence::{self, Stands};
use super::wire::Standing;
use super::{Config, me};
use crate::domain::text::{Key, Text};
use crate::domain::time::Moment;
use crate::platform::{Finding, Setup, Use};

/// Where the locale files say how to come by a token.
const TOKEN_SOURCE: &str = "token-source-telegram";

/// What could not be looked at, and why.
type Looked<T> = Result<T, (&'static str, CallError)>;

pub(super) async fn examine(calls: &Calls, config: &Config, setups: &[Setup]) -> Vec<Finding> {
    let mut findings = Vec::new();
    match looked_at(calls, config, setups, &mut findings).await {
        Ok(()) => {}
        Err((_, CallError::Unknown)) => {
            let variable = config.token_env.clone();
            let what = Text::FindingTokenWrong { variable: variable.clone() };
            let source = Key(TOKEN_SOURCE.to_owned());
            findings.push(Finding::broken(what, Text::FindingTokenWrongMend { variable, source }));
        }
        Err((what, error)) => findings.push(unread(what, &error)),
    }
    findings
}

fn unread(what: &str, error: &CallError) -> Finding {
    let (what, why) = (format!("Telegram: {what}"), error.to_string());
    Finding::broken(Text::FindingUnread { what, why }, Text::FindingUnreadMend)
}

async fn looked_at(
    calls: &Calls,
    config: &Config,
    setups: &[Setup],
    findings: &mut Vec<Finding>,
) -> Looked<()> {
    let told = calls.call(GetMe(json!({}))).await.map_err(|error| ("getMe", error))?;
    let me = me(&told).ok_or(("getMe", CallError::Unknown))?;
    findings.push(Finding::fine(Text::FindingTokenTaken { name: format!("@{}", me.username) }));
    let is = |field: &str| told.get(field).and_then(Value::as_bool);
    let groups: Vec<&Setup> = setups.iter().filter(|setup| group(setup).is_some()).collect();
    let known = standings(calls, &me, &groups, findings).await?;
    let own = |chat: i64| known.get(&chat).cloned();
    findings.push(judge::hearing(me.hears_all, is_heard_everywhere(&own, &groups)));
    if is("can_join_groups") == Some(false) {
        let mend = Text::FindingNoGroupsMend;
        findings.push(Finding::limited(Text::FindingNoGroups, mend));
    }
    if is("has_topics_enabled") == Some(true) {
        findings.push(Finding::fine(Text::FindingTopics));
    }
    let webhook = calls.call(GetWebhookInfo(json!({}))).await;
    let webhook = brought(&webhook.map_err(|error| ("getWebhookInfo", error))?);
    let wanted = config.webhook.as_ref().map(|webhook| webhook.url.as_str());
    findings.push(judge::bringing(&webhook, wanted, (config.now)()));
    for setup in &groups {
        findings.extend(judge::places(me.hears_all, &own, setup));
    }
    if groups.is_empty() {
        let mend = Text::FindingGroupNoneMend;
        findings.push(Finding::limited(Text::FindingGroupNone, mend));
    }
    let link = format!("https://t.me/{}", me.username);
    findings.push(Finding::fine(Text::FindingAdd { link }));
    Ok(())
}

/// Private chats are places of a group's, and nobody sets them up.
fn group(setup: &Setup) -> Option<i64> {
    Spot::read(&setup.community).ok().map(|spot| spot.chat).filter(|chat| *chat < 0)
}

/// Whether the bot is an administrator wherever questions are taken, and somewhere they are.
fn is_heard_everywhere(own: judge::Known<'_>, groups: &[&Setup]) -> bool {
    let places = groups.iter().flat_map(|setup| &setup.places);
    let asked = places.filter(|place| place.uses.contains(&Use::Questions));
    let chats: BTreeSet<i64> =
        asked.filter_map(|place| Some(Spot::read(&place.key).ok()?.chat)).collect();
    let is_heard = |chat: &i64| own(*chat).is_some_and(|own| own.is_administrator());
    !chats.is_empty() && chats.iter().all(is_heard)
}

/// What the bot is in every chat that is used, and a finding for each group.
async fn standings(
    calls: &Calls,
    me: &Me,
    groups: &[&Setup],
    findings: &mut Vec<Finding>,
) -> Looked<BTreeMap<i64, Standing>> {
    let mut known = BTreeMap::new();
    for setup in groups {
        let name = setup.name.clone();
        let Some(own) = group(setup) else { continue };
        let rooms = setup.places.iter().filter_map(|place| Spot::read(&place.key).ok());
        let chats: BTreeSet<i64> = rooms.map(|room| room.chat).filter(|chat| *chat < 0).collect();
        for chat in std::iter::once(own).chain(chats.into_iter().filter(|chat| *chat != own)) {
            let finding = match presence::asked(calls, me, chat).await {
                Stands::So(standing) => {
                    known.insert(chat, standing);
                    Finding::fine(Text::FindingGroupIn { group: name.clone() })
                }
                Stands::Moved(to) => {
                    // Followed as soon as the bot runs.
                    if let Stands::So(standing) = presence::asked(calls, me, to).await {
                        known.insert(chat, standing);
                    }
                    Finding::fine(Text::FindingGroupMoved { group: name.clone() })
                }
                Stands::Nowhere(_) => {
                    if chat != own {
                        known.insert(chat, Standing::away(me.id));
                    }
                    let what = Text::FindingGroupOut { group: name.clone() };
                    Finding::broken(what, Text::FindingGroupOutMend)
                }
                Stands::Unknown(CallError::Unknown) => {
                    return Err(("getChatMember", CallError::Unknown));
                }
                Stands::Unknown(error) => unread("getChatMember", &error),
            };
            // Of its rooms their places say the rest.
            if chat == own {
                findings.push(finding.of(&setup.community));
            }
        }
    }
    Ok(known)
}

fn brought(told: &Value) -> Brought {
    let number = |field: &str| told.get(field).and_then(Value::as_i64);
    let text = |field: &str| told.get(field).and_then(Value::as_str).map(str::to_owned);
    let at = number("last_error_date").map(|seconds| seconds.saturating_mul(1_000));
    Brought {
        url: text("url").unwrap_or_default(),
        waiting: number("pending_update_count").unwrap_or_default(),
        error: at.map(Moment::from_millis).zip(text("last_error_message")),
    }
}
