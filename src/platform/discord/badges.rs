//! Ranks as roles: one role given and others taken, each by a call of its own, so that whatever
//! else somebody wears is never touched, not even while somebody else changes it. Both calls are
//! themselves again when they are repeated.
//!
//! What is known to be in the way is said without a call: Discord shuts out whoever asks in vain
//! ten thousand times.

use reqwest::Method;
use serenity::model::id::{GuildId, RoleId};

use super::guilds::Guilds;
use super::markup;
use super::outbound::{Again, code, meaning};
use super::rest::{Call, Rest, RestError};
use crate::domain::badge::Obstacle;
use crate::domain::ids::PlatformKey;
use crate::platform::{DeliveryError, Receipt};

/// Somebody in a server, and what they are to wear there.
pub(super) struct Wearing<'a> {
    pub(super) guild: &'a PlatformKey,
    pub(super) who: &'a PlatformKey,
    pub(super) give: Option<&'a PlatformKey>,
    pub(super) take: &'a [PlatformKey],
    /// For the server's audit log.
    pub(super) why: &'a str,
}

/// The new role first: nobody stands there without a rank in between.
pub(super) async fn wear(
    rest: &Rest,
    guilds: &Guilds,
    wearing: &Wearing<'_>,
) -> Result<Receipt, DeliveryError> {
    if let Some(role) = wearing.give {
        change(rest, guilds, wearing, (Method::PUT, role)).await?;
    }
    for role in wearing.take {
        match change(rest, guilds, wearing, (Method::DELETE, role)).await {
            // Nobody wears what is no more.
            Err(DeliveryError::Unfit { obstacle: Obstacle::Deleted, .. }) => {}
            result => result?,
        }
    }
    Ok(Receipt::default())
}

async fn change(
    rest: &Rest,
    guilds: &Guilds,
    wearing: &Wearing<'_>,
    (method, role): (Method, &PlatformKey),
) -> Result<(), DeliveryError> {
    let guild = snowflake(wearing.guild)?;
    let (who, role_id) = (snowflake(wearing.who)?, snowflake(role)?);
    let known = guilds.obstacle(GuildId::new(guild), RoleId::new(role_id));
    if let Some(obstacle) = known {
        return Err(DeliveryError::Unfit { badge: role.clone(), obstacle });
    }
    let path = format!("/guilds/{guild}/members/{who}/roles/{role_id}");
    let call = Call { reason: Some(wearing.why.to_owned()), ..Call::bare(method, path) };
    let done = match rest.call(call.clone()).await {
        Err(RestError::Unanswered(_)) => rest.call(call).await,
        result => result,
    };
    let Err(error) = done else { return Ok(()) };
    let unfit = |obstacle| DeliveryError::Unfit { badge: role.clone(), obstacle };
    Err(match code(&error) {
        10_011 => unfit(Obstacle::Deleted),
        // The roles have stood otherwise than we knew, or the right is missing; both are mended in
        // the same place.
        50_001 | 50_013 => unfit(Obstacle::NoRight),
        10_007 | 10_013 => DeliveryError::Gone { why: error.to_string() },
        _ => meaning(&error, Again::Same),
    })
}

fn snowflake(key: &PlatformKey) -> Result<u64, DeliveryError> {
    let id = key.as_str().parse().ok().filter(|_| markup::is_snowflake(key.as_str()));
    id.ok_or_else(|| DeliveryError::Refused { why: "nothing of Discord's has this key".to_owned() })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::{Value, json};

    use super::super::payloads::{event, guild, lumen};
    use super::super::rest_tests::{Server, Turn, answer};
    use super::*;

    const GUIDE: &str = "20";
    const EXPERT: &str = "21";

    /// A server in which the bot may give what stands below its own role.
    fn guilds() -> Guilds {
        let guilds = lumen();
        let put = |id: u64, position: u16, permissions: &str| {
            let mut role = guild()["roles"][1].clone();
            (role["id"], role["position"]) = (json!(id.to_string()), json!(position));
            role["permissions"] = json!(permissions);
            guilds.learn(&event("GUILD_ROLE_UPDATE", &json!({ "guild_id": "100", "role": role })));
        };
        put(12, 9, "268435456");
        put(20, 2, "0");
        put(21, 3, "0");
        guilds
    }

    fn done() -> Turn {
        answer(204, &[], Value::Null)
    }

    fn refusal(status: u16, code: u64) -> Turn {
        answer(status, &[], json!({ "code": code, "message": "no" }))
    }

    /// Kai becomes a guide; what came of it, and what was asked for.
    async fn kai_wears(
        guilds: &Guilds,
        turns: Vec<Turn>,
    ) -> (Result<Receipt, DeliveryError>, Vec<String>) {
        let server = Server::of(turns).await;
        let (guild, who) = (PlatformKey::from("100"), PlatformKey::from("5"));
        let (give, take) = (PlatformKey::from(GUIDE), [PlatformKey::from(EXPERT)]);
        let (give, why) = (Some(&give), "Rank now: Führer");
        let wearing = Wearing { guild: &guild, who: &who, give, take: &take, why };
        let result = wear(&server.rest(), guilds, &wearing).await;
        for heard in server.heard() {
            let heard = heard.to_lowercase();
            assert!(heard.contains("x-audit-log-reason: rank%20now%3a%20f%c3%bchrer"), "{heard}");
            assert!(!heard.contains("content-type"), "there is no body: {heard}");
        }
        let short = |line: String| line.replace(" /api/v10", " ").replace(" HTTP/1.1", "");
        (result, server.calls().into_iter().map(short).collect())
    }

    fn unfit(badge: &str, obstacle: Obstacle) -> Result<Receipt, DeliveryError> {
        Err(DeliveryError::Unfit { badge: PlatformKey::from(badge), obstacle })
    }

    #[tokio::test]
    async fn each_role_is_one_call_and_no_list_is_rewritten() {
        let (result, calls) = kai_wears(&guilds(), vec![done(), done()]).await;
        assert_eq!(result, Ok(Receipt::default()));
        let wanted =
            ["PUT /guilds/100/members/5/roles/20", "DELETE /guilds/100/members/5/roles/21"];
        assert_eq!(calls, wanted);
    }

    #[tokio::test]
    async fn what_is_known_to_be_in_the_way_is_not_asked_for() {
        let (result, calls) = kai_wears(&lumen(), vec![]).await;
        assert_eq!(result, unfit(GUIDE, Obstacle::Deleted));
        assert!(calls.is_empty(), "{calls:?}");
    }

    #[tokio::test]
    async fn what_nobody_can_wear_any_more_is_taken_from_nobody() {
        let guilds = guilds();
        let gone = json!({ "guild_id": "100", "role_id": EXPERT });
        guilds.learn(&event("GUILD_ROLE_DELETE", &gone));
        let (result, calls) = kai_wears(&guilds, vec![done()]).await;
        assert_eq!((result.is_ok(), calls.len()), (true, 1));
        let (result, _) = kai_wears(&self::guilds(), vec![done(), refusal(404, 10_011)]).await;
        assert!(result.is_ok(), "nor when only Discord knows");
    }

    #[tokio::test]
    async fn every_refusal_says_what_is_to_be_mended_or_that_nothing_is() {
        for (status, code, obstacle) in [
            (403, 50_013, Obstacle::NoRight),
            (403, 50_001, Obstacle::NoRight),
            (404, 10_011, Obstacle::Deleted),
        ] {
            let (result, calls) = kai_wears(&guilds(), vec![refusal(status, code)]).await;
            assert_eq!(result, unfit(GUIDE, obstacle), "{code}");
            assert_eq!(calls.len(), 1, "and nothing is asked for after it");
        }
        for code in [10_007, 10_013, 10_004] {
            let (result, _) = kai_wears(&guilds(), vec![refusal(404, code)]).await;
            assert!(matches!(result, Err(DeliveryError::Gone { .. })), "{code}: {result:?}");
        }
        let (result, _) = kai_wears(&guilds(), vec![answer(502, &[], Value::Null)]).await;
        assert!(matches!(result, Err(DeliveryError::Retry { after: None, .. })), "{result:?}");
        let limited = answer(429, &[], json!({ "retry_after": 90.0, "global": false }));
        let (result, _) = kai_wears(&guilds(), vec![limited]).await;
        let wait = |result| match result {
            Err(DeliveryError::Retry { after, .. }) => after,
            _ => None,
        };
        assert!(wait(result) >= Some(Duration::from_secs(89)));
    }
}
