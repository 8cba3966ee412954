//! What is well and what is not, judged from what is known of the servers: whether that was heard
//! at the gateway or asked for, the sentence about it is the same.

use std::collections::BTreeSet;

use serenity::model::Permissions;
use serenity::model::id::{ChannelId, GuildId, RoleId};

use super::cursors::snowflake;
use super::guilds::{Guilds, Kind};
use crate::domain::badge::Badge;
use crate::domain::text::{Key, Keys, Text};
use crate::platform::{Finding, Setup, Severity, Use, Used};

/// A right with the key of its name: as Discord's own settings call it.
type Named = (Permissions, &'static str);

const VIEW: Named = (Permissions::VIEW_CHANNEL, "right-view-channel");
const SEND: Named = (Permissions::SEND_MESSAGES, "right-send-messages");
const SEND_IN_THREADS: Named = (Permissions::SEND_MESSAGES_IN_THREADS, "right-send-in-threads");
/// Without it nothing can be replied to, and nothing read up.
const HISTORY: Named = (Permissions::READ_MESSAGE_HISTORY, "right-read-history");
const EMBED: Named = (Permissions::EMBED_LINKS, "right-embed-links");
const ATTACH: Named = (Permissions::ATTACH_FILES, "right-attach-files");
const REACT: Named = (Permissions::ADD_REACTIONS, "right-add-reactions");
const OPEN_THREADS: Named = (Permissions::CREATE_PUBLIC_THREADS, "right-create-threads");

/// What a use takes: rights without which it cannot be, and those without which it is less.
struct Need {
    must: &'static [Named],
    wish: &'static [Named],
}

/// The one place that says which rights a use needs.
fn need(used: Use) -> Need {
    match used {
        Use::Questions | Use::Desk | Use::Calls => {
            Need { must: &[VIEW, SEND, SEND_IN_THREADS, HISTORY], wish: &[EMBED, ATTACH, REACT] }
        }
        // Where none can be opened, the answer comes in the channel.
        Use::Threads => Need { must: &[], wish: &[OPEN_THREADS] },
    }
}

/// The rights to be invited with: those of every use that a community always has, and of what
/// these communities use besides.
pub(super) fn invited_with(setups: &[Setup]) -> Permissions {
    let places = setups.iter().flat_map(|setup| &setup.places);
    let all: BTreeSet<Use> = places
        .flat_map(|place| place.uses.iter().copied())
        .chain([Use::Questions, Use::Desk, Use::Calls])
        .collect();
    let needs = all.into_iter().map(need);
    let rights = needs.flat_map(|need| need.must.iter().chain(need.wish));
    let wears = setups.iter().any(|setup| !setup.badges.is_empty());
    let badges = if wears { Permissions::MANAGE_ROLES } else { Permissions::empty() };
    rights.fold(badges, |sum, (right, _)| sum | *right)
}

/// What is well and what is not in the places of a server; nothing of one that is not known.
pub(super) fn places(guilds: &Guilds, setup: &Setup) -> Vec<Finding> {
    let guild = snowflake(&setup.community).map(GuildId::new);
    let Some(guild) = guild.filter(|guild| guilds.knows(*guild)) else { return Vec::new() };
    let found = setup.places.iter().flat_map(|place| at_place(guilds, place));
    let badges = setup.badges.iter().filter_map(|badge| in_the_way(guilds, guild, badge));
    found.chain(badges).map(|finding| finding.of(&setup.community)).collect()
}

/// Why a role cannot be given for a rank; the sentence says the mend.
fn in_the_way(guilds: &Guilds, guild: GuildId, badge: &Badge) -> Option<Finding> {
    let obstacle = guilds.obstacle(guild, RoleId::new(snowflake(&badge.key)?))?;
    let (badge, obstacle) =
        (format!("@{}", badge.name), Key(format!("obstacle-{}", obstacle.word())));
    let what = Text::BadgeTrouble { badge, obstacle };
    Some(Finding { severity: Severity::Limited, ..Finding::fine(what) })
}

fn at_place(guilds: &Guilds, place: &Used) -> Vec<Finding> {
    // A thread that is put away is told of to nobody; what holds in it is said by its channel.
    let known = |key| snowflake(key).and_then(|id| guilds.channel(ChannelId::new(id)));
    let here = known(&place.key).or_else(|| place.thread_of.as_ref().and_then(known));
    let Some(here) = here else { return gone(place) };
    let held = guilds.bot_rights(here.id).unwrap_or_default();
    // In a forum nobody sends, but in its posts.
    let is_spared = |right: Permissions| here.kind == Kind::Forum && right == SEND.0;
    let lacks = |rights: &mut dyn Iterator<Item = &'static Named>| -> Vec<String> {
        let mut lacking: Vec<&'static str> = Vec::new();
        for (right, name) in rights {
            if !held.contains(*right) && !is_spared(*right) && !lacking.contains(name) {
                lacking.push(name);
            }
        }
        lacking.into_iter().map(str::to_owned).collect()
    };
    let needs: Vec<Need> = place.uses.iter().copied().map(need).collect();
    let missing = lacks(&mut needs.iter().flat_map(|need| need.must));
    let wished = lacks(&mut needs.iter().flat_map(|need| need.wish));
    let mut findings = Vec::new();
    if !missing.is_empty() {
        let (uses, rights) = (named(place), Keys(missing));
        let what = Text::FindingRightsMissing { place: place.id, uses, rights };
        findings.push(Finding::broken(what, Text::FindingRightsMend));
    }
    if !wished.is_empty() {
        let (uses, rights) = (named(place), Keys(wished));
        let what = Text::FindingRightsWished { place: place.id, uses, rights };
        findings.push(Finding::limited(what, Text::FindingRightsMend));
    }
    if findings.is_empty() {
        let what = Text::FindingRightsAll { place: place.id, uses: named(place) };
        findings.push(Finding::fine(what));
    }
    findings.into_iter().map(|finding| finding.at(&place.key)).collect()
}

/// A channel that is no more. Where questions were taken, nothing is lost but a place; what is to
/// be said on a desk or to ambassadors has nowhere to go.
fn gone(place: &Used) -> Vec<Finding> {
    let what = || Text::FindingPlaceGone { place: format!("#{}", place.name), uses: named(place) };
    let one = |used: &Use| match used {
        Use::Questions => Finding::limited(what(), Text::FindingQuestionsGoneMend),
        Use::Desk => Finding::broken(what(), Text::FindingDeskGoneMend),
        Use::Calls => Finding::broken(what(), Text::FindingCallsGoneMend),
        // Its questions say it.
        Use::Threads => Finding::fine(what()),
    };
    let told = place.uses.iter().filter(|used| **used != Use::Threads);
    told.map(one).map(|finding| finding.at(&place.key)).collect()
}

fn named(place: &Used) -> Keys {
    Keys(place.uses.iter().map(|used| used.key().to_owned()).collect())
}

/// Whether what people write can be read at all.
pub(super) fn content(is_on: bool) -> Finding {
    if is_on {
        return Finding::fine(Text::FindingContentRead);
    }
    Finding::limited(Text::FindingContentUnread, Text::FindingContentUnreadMend)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::payloads::{event, guild, lumen};
    use super::*;
    use crate::domain::ids::PlatformKey;

    fn used(key: &str, uses: &[Use]) -> Used {
        let uses = uses.iter().copied().collect();
        let (id, key) = (crate::domain::ids::ChannelId::from(7), PlatformKey::from(key));
        Used { id, key, name: "help".to_owned(), thread_of: None, uses }
    }

    fn setup(places: Vec<Used>) -> Setup {
        let (community, name) = (PlatformKey::from("100"), "Lumen".to_owned());
        Setup { community, name, places, badges: Vec::new(), tags: false }
    }

    /// Severity, sentence and rights of each finding.
    fn judged(guilds: &Guilds, place: Used) -> Vec<(Severity, &'static str, String)> {
        let told = |finding: Finding| {
            let (Text::FindingRightsMissing { rights, .. }
            | Text::FindingRightsWished { rights, .. }) = &finding.what
            else {
                return (finding.severity, finding.what.key(), String::new());
            };
            let rights = rights.0.join(" ");
            (finding.severity, finding.what.key(), rights)
        };
        places(guilds, &setup(vec![place])).into_iter().map(told).collect()
    }

    #[test]
    fn each_right_that_a_use_lacks_is_named_by_how_bad_that_is() {
        let guilds = lumen();
        let missing = "right-send-in-threads".to_owned();
        let wished = "right-embed-links right-attach-files right-add-reactions".to_owned();
        let expected = [
            (Severity::Broken, "finding-rights-missing", missing.clone()),
            (Severity::Limited, "finding-rights-wished", wished.clone()),
        ];
        assert_eq!(judged(&guilds, used("200", &[Use::Questions])), expected);
        assert_eq!(judged(&guilds, used("210", &[Use::Questions])), expected, "by its channel");
        let asleep = Used { thread_of: Some("200".into()), ..used("999", &[Use::Questions]) };
        assert_eq!(judged(&guilds, asleep), expected, "by the channel of a thread put away");
        let hidden = format!("right-view-channel {missing}");
        let hidden = (Severity::Broken, "finding-rights-missing", hidden);
        assert_eq!(judged(&guilds, used("400", &[Use::Desk]))[0], hidden);
        let mut role = guild()["roles"][3].clone();
        role["permissions"] = json!(invited_with(&[]).bits().to_string());
        guilds.learn(&event("GUILD_ROLE_UPDATE", &json!({ "guild_id": "100", "role": role })));
        let all = (Severity::Fine, "finding-rights-all", String::new());
        assert_eq!(judged(&guilds, used("200", &[Use::Questions, Use::Calls])), [all]);
    }

    #[test]
    fn a_channel_that_is_no_more_breaks_what_has_to_be_said_there() {
        let guilds = lumen();
        let gone = |severity| (severity, "finding-place-gone", String::new());
        assert_eq!(judged(&guilds, used("9", &[Use::Questions])), [gone(Severity::Limited)]);
        let both = [gone(Severity::Broken), gone(Severity::Broken)];
        assert_eq!(judged(&guilds, used("9", &[Use::Desk, Use::Calls])), both);
        let elsewhere = Setup { community: "7".into(), ..setup(vec![used("9", &[Use::Desk])]) };
        assert_eq!(places(&guilds, &elsewhere), [], "a server not told yet is judged later");
    }

    #[test]
    fn nobody_sends_in_a_forum_itself() {
        let guilds = lumen();
        let mut forum = guild()["channels"][1].clone();
        forum["guild_id"] = json!("100");
        let overwrite = json!({ "id": "900", "type": 1, "allow": "0", "deny": "2048" });
        forum["permission_overwrites"] = json!([overwrite]);
        guilds.learn(&event("CHANNEL_UPDATE", &forum));
        let (_, _, rights) = judged(&guilds, used("300", &[Use::Questions])).remove(0);
        assert_eq!(rights, "right-send-in-threads");
    }

    #[test]
    fn the_invitation_asks_for_what_is_used_and_nothing_else() {
        let rights = invited_with(&[]);
        assert_eq!(rights.bits(), 274_878_024_768);
        assert!(!rights.intersects(Permissions::ADMINISTRATOR | Permissions::MENTION_EVERYONE));
        let threads = invited_with(&[setup(vec![used("200", &[Use::Threads])])]);
        assert_eq!(threads - rights, Permissions::CREATE_PUBLIC_THREADS);
        let guide = Badge { key: PlatformKey::from("20"), name: "Guide".to_owned() };
        let wears = Setup { badges: vec![guide], ..setup(Vec::new()) };
        assert_eq!(invited_with(&[wears]) - rights, Permissions::MANAGE_ROLES);
    }

    #[test]
    fn a_role_that_cannot_be_given_is_found_and_what_is_in_its_way() {
        let guide = Badge { key: PlatformKey::from("11"), name: "Guide".to_owned() };
        let setup = Setup { badges: vec![guide], ..setup(Vec::new()) };
        let found = places(&lumen(), &setup);
        let [Finding { severity: Severity::Limited, what, .. }] = &found[..] else {
            panic!("{found:?}");
        };
        let (badge, obstacle) = ("@Guide".to_owned(), Key("obstacle-no_right".to_owned()));
        assert_eq!(*what, Text::BadgeTrouble { badge, obstacle });
    }
}
