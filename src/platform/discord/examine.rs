//! Asking Discord itself how a bot stands, over REST and without connecting: who it is, what it may
//! read, which servers it is in, and what it may do in the places that it is set up in.
//!
//! One call after the other, through the one sender and at its pace. What cannot be looked at is a
//! finding like any other and stops nothing but what hangs on it.

use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serenity::model::id::UserId;

use super::guilds::{Asked, Guilds};
use super::judge;
use super::rest::{Call, Rest, RestError};
use crate::domain::ids::PlatformKey;
use crate::domain::text::{Key, Text};
use crate::platform::{Finding, Setup};

/// Where the locale files say how to come by a token.
const TOKEN_SOURCE: &str = "token-source-discord";

/// Flags of an application: messages may be read, wholly or until it is reviewed.
const READS_CONTENT: u64 = 1 << 18;
const READS_CONTENT_LIMITED: u64 = 1 << 19;

/// Discord's own limit of one page.
const PAGE: usize = 200;

/// Pages of servers; ten thousand servers are more than anybody reads findings of.
const PAGES: usize = 50;

/// Servers without anything set up that are named one by one.
const NEW_NAMED: usize = 20;

#[derive(Debug, Deserialize)]
struct User {
    id: UserId,
    username: String,
}

#[derive(Debug, Deserialize)]
struct Application {
    id: String,
    #[serde(default)]
    flags: u64,
}

#[derive(Debug, Deserialize)]
struct Door {
    session_start_limit: Starts,
}

#[derive(Debug, Deserialize)]
struct Starts {
    remaining: u64,
    reset_after: u64,
}

#[derive(Debug, Deserialize)]
struct Membership {
    id: String,
    name: String,
}

/// Why something could not be looked at.
enum Blind {
    WrongToken,
    /// For this reason.
    Else(String),
}

pub(super) async fn examine(rest: &Rest, variable: &str, setups: &[Setup]) -> Vec<Finding> {
    let mut findings = Vec::new();
    match looked_at(rest, setups, &mut findings).await {
        Ok(()) => {}
        Err((_, Blind::WrongToken)) => {
            let variable = variable.to_owned();
            let what = Text::FindingTokenWrong { variable: variable.clone() };
            let source = Key(TOKEN_SOURCE.to_owned());
            findings.push(Finding::broken(what, Text::FindingTokenWrongMend { variable, source }));
        }
        Err((what, Blind::Else(why))) => findings.push(unread(&what, why)),
    }
    findings
}

type Looked<T> = Result<T, (String, Blind)>;

async fn looked_at(rest: &Rest, setups: &[Setup], findings: &mut Vec<Finding>) -> Looked<()> {
    let me: User = get(rest, "/users/@me").await?;
    findings.push(Finding::fine(Text::FindingTokenTaken { name: me.username }));
    let application: Application = get(rest, "/applications/@me").await?;
    let reads = application.flags & (READS_CONTENT | READS_CONTENT_LIMITED) != 0;
    findings.push(judge::content(reads));
    let door: Door = get(rest, "/gateway/bot").await?;
    findings.push(starts(&door.session_start_limit));
    servers(rest, me.id, setups, findings).await?;
    let link = invitation(&application.id, setups);
    findings.push(Finding::fine(Text::FindingInvite { link }));
    Ok(())
}

fn starts(left: &Starts) -> Finding {
    if left.remaining == 0 {
        let wait = Duration::from_millis(left.reset_after).into();
        let mend = Text::FindingSessionsNoneMend { wait };
        return Finding::broken(Text::FindingSessionsNone, mend);
    }
    let count = i64::try_from(left.remaining).unwrap_or(i64::MAX);
    Finding::fine(Text::FindingSessions { count })
}

/// The servers it is in against those that are set up.
async fn servers(
    rest: &Rest,
    me: UserId,
    setups: &[Setup],
    findings: &mut Vec<Finding>,
) -> Looked<()> {
    let joined = memberships(rest).await?;
    let is_in = |setup: &Setup| joined.iter().any(|one| one.id == setup.community.as_str());
    for setup in setups {
        let server = setup.name.clone();
        if !is_in(setup) {
            let what = Text::FindingServerOut { server };
            let finding = Finding::broken(what, Text::FindingServerOutMend);
            findings.push(finding.of(&setup.community));
            continue;
        }
        let there = Finding::fine(Text::FindingServerIn { server });
        findings.push(there.of(&setup.community));
        match server_of(rest, me, setup).await {
            Ok(guilds) => findings.extend(judge::places(&guilds, setup)),
            Err((_, Blind::WrongToken)) => return Err((String::new(), Blind::WrongToken)),
            Err((what, Blind::Else(why))) => findings.push(unread(&what, why).of(&setup.community)),
        }
    }
    let is_set_up = |one: &&Membership| setups.iter().any(|s| s.community.as_str() == one.id);
    for new in joined.iter().filter(|one| !is_set_up(one)).take(NEW_NAMED) {
        let what = Text::FindingServerNew { server: new.name.clone() };
        let finding = Finding::limited(what, Text::FindingServerNewMend);
        findings.push(finding.of(&PlatformKey::new(new.id.clone())));
    }
    if joined.is_empty() {
        let mend = Text::FindingServerNoneMend;
        findings.push(Finding::limited(Text::FindingServerNone, mend));
    }
    Ok(())
}

async fn memberships(rest: &Rest) -> Looked<Vec<Membership>> {
    let mut joined: Vec<Membership> = Vec::new();
    for _ in 0..PAGES {
        let after = joined.last().map_or_else(|| "0".to_owned(), |last| last.id.clone());
        let path = "/users/@me/guilds";
        let query = vec![("limit", PAGE.to_string()), ("after", after)];
        let call = Call { query, ..Call::get(path) };
        let page: Vec<Membership> = read(rest.call(call).await, path)?;
        let is_last = page.len() < PAGE;
        joined.extend(page);
        if is_last {
            break;
        }
    }
    Ok(joined)
}

/// What is known of a server, as if it had been heard at the gateway.
async fn server_of(rest: &Rest, me: UserId, setup: &Setup) -> Looked<Guilds> {
    let guild = &setup.community;
    let asked = Asked {
        server: get(rest, &format!("/guilds/{guild}")).await?,
        channels: get(rest, &format!("/guilds/{guild}/channels")).await?,
        own: get(rest, &format!("/guilds/{guild}/members/{me}")).await?,
    };
    let guilds = Guilds::default();
    guilds.learn_asked(me, asked);
    Ok(guilds)
}

/// Where somebody who manages a server lets the bot in, with exactly the rights it needs.
fn invitation(application: &str, setups: &[Setup]) -> String {
    let rights = judge::invited_with(setups).bits();
    format!(
        "https://discord.com/oauth2/authorize?client_id={application}\
         &scope=bot+applications.commands&permissions={rights}"
    )
}

async fn get<T: DeserializeOwned>(rest: &Rest, path: &str) -> Looked<T> {
    read(rest.call(Call::get(path)).await, path)
}

fn read<T: DeserializeOwned>(answer: Result<Value, RestError>, path: &str) -> Looked<T> {
    let read = match answer {
        Ok(value) => {
            // Where it does not fit, and not what was there.
            let fits = serde_json::from_value(value);
            fits.map_err(|_| Blind::Else("the answer is none that this version knows".to_owned()))
        }
        Err(RestError::Unauthorized) => Err(Blind::WrongToken),
        Err(error) => Err(Blind::Else(error.to_string())),
    };
    read.map_err(|blind| (path.to_owned(), blind))
}

fn unread(what: &str, why: String) -> Finding {
    Finding::broken(
        Text::FindingUnread { what: format!("Discord: {what}"), why },
        Text::FindingUnreadMend,
    )
}
