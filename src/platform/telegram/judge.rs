//! What is well and what is not, judged from what is known of the bot and its groups: whether that
//! was told or asked for, the sentence about it is the same.

use std::time::Duration;

use super::outbound::Spot;
use super::wire::Standing;
use crate::domain::text::{Keys, Text};
use crate::domain::time::Moment;
use crate::platform::{Finding, Setup, Severity, Use, Used};

/// An error in bringing updates that is older than this and has left nothing behind is over.
const STALE: Duration = Duration::from_hours(1);

/// What is known of the bot in a chat; nothing of one that Telegram has not told of.
pub(super) type Known<'a> = &'a dyn Fn(i64) -> Option<Standing>;

/// What is well and what is not in the places of a community, for a bot that hears everything in
/// groups or not.
pub(super) fn places(hears_all: bool, known: Known<'_>, setup: &Setup) -> Vec<Finding> {
    let found = setup.places.iter().filter_map(|place| at_place(hears_all, known, place));
    let tags = untagged(known, setup).into_iter();
    found.chain(tags).map(|finding| finding.of(&setup.community)).collect()
}

fn at_place(hears_all: bool, known: Known<'_>, place: &Used) -> Option<Finding> {
    // Private chats have no chat of their own to be known.
    let chat = Spot::read(&place.key).ok()?.chat;
    let here = known(chat)?;
    let uses = Keys(place.uses.iter().map(|used| used.key().to_owned()).collect());
    let (id, asked) = (place.id, place.uses.contains(&Use::Questions));
    let finding = if !here.is_here() {
        let what = Text::FindingRoomOut { place: format!("#{}", place.name), uses };
        Finding::broken(what, Text::FindingRoomOutMend)
    } else if here.status == "restricted" && here.can_send_messages != Some(true) {
        let rights = Keys(vec!["right-send-messages".to_owned()]);
        let what = Text::FindingRightsMissing { place: id, uses, rights };
        Finding::broken(what, Text::FindingWriteMend)
    } else if here.is_administrator() {
        Finding::fine(Text::FindingRightsAll { place: id, uses })
    } else if asked && !hears_all {
        let what = Text::FindingUnheard { place: id, uses };
        Finding::limited(what, Text::FindingAdministratorMend)
    } else {
        let what = Text::FindingNoAdministrator { place: id, uses };
        Finding::limited(what, Text::FindingAdministratorMend)
    };
    Some(finding.at(&place.key))
}

/// Ranks are to be shown, and cannot be; the sentence says the mend.
fn untagged(known: Known<'_>, setup: &Setup) -> Option<Finding> {
    let group = Spot::read(&setup.community).ok().filter(|_| setup.tags)?;
    let own = known(group.chat)?;
    let lacks = own.is_here() && !own.may_tag();
    let finding = Finding { severity: Severity::Limited, ..Finding::fine(Text::TagsTrouble) };
    lacks.then_some(finding)
}

/// Whether it hears what is said in groups. As an administrator it does in any case.
pub(super) fn hearing(hears_all: bool, is_heard_everywhere: bool) -> Finding {
    match (hears_all, is_heard_everywhere) {
        (true, _) => Finding::fine(Text::FindingHearsAll),
        (false, true) => Finding::fine(Text::FindingPrivacyMode),
        (false, false) => Finding::limited(Text::FindingPrivacyMode, Text::FindingPrivacyModeMend),
    }
}

/// Somebody else fetches what is meant for this bot.
pub(super) fn fetched_elsewhere() -> Finding {
    Finding::broken(Text::FindingFetchedElsewhere, Text::FindingFetchedElsewhereMend)
}

/// What `getWebhookInfo` says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Brought {
    /// Empty where none is set.
    pub(super) url: String,
    pub(super) waiting: i64,
    pub(super) error: Option<(Moment, String)>,
}

/// How updates come, against what `bot.toml` says; `wanted` is its address.
pub(super) fn bringing(told: &Brought, wanted: Option<&str>, now: Moment) -> Finding {
    let (url, count) = (told.url.clone(), told.waiting);
    let Some(wanted) = wanted else {
        if url.is_empty() {
            return Finding::fine(Text::FindingFetched { count });
        }
        let what = Text::FindingWebhookStray { url };
        return Finding::limited(what, Text::FindingWebhookStrayMend);
    };
    if url != wanted {
        let what = Text::FindingWebhookUnset { url: wanted.to_owned() };
        return Finding::limited(what, Text::FindingWebhookUnsetMend);
    }
    let Some((at, why)) = &told.error else {
        return Finding::fine(Text::FindingWebhookWell { url, count });
    };
    let since = now.since(*at);
    if told.waiting == 0 && since > STALE {
        return Finding::fine(Text::FindingWebhookWell { url, count });
    }
    let what = Text::FindingWebhookFailing { why: why.clone(), ago: since.into(), count };
    let mend = Text::FindingWebhookFailingMend { url };
    if told.waiting > 0 { Finding::broken(what, mend) } else { Finding::limited(what, mend) }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::domain::ids::{ChannelId, PlatformKey};

    const GROUP: i64 = -1005;
    const TEAM: i64 = -1006;
    const NOW: Moment = Moment::from_millis(1_800_000_000_000);

    fn used(key: &str, uses: &[Use]) -> Used {
        let (id, key) = (ChannelId::from(7), PlatformKey::from(key));
        let uses = uses.iter().copied().collect();
        Used { id, key, name: "help".to_owned(), thread_of: None, uses }
    }

    fn setup(places: Vec<Used>) -> Setup {
        let (community, name) = (PlatformKey::new(GROUP.to_string()), "Lumen".to_owned());
        Setup { community, name, places, badges: Vec::new(), tags: false }
    }

    /// Severity and sentence of each finding, for a bot that is this in every chat.
    fn judged(hears_all: bool, own: &Value, setup: &Setup) -> Vec<(Severity, &'static str)> {
        let own: Option<Standing> = serde_json::from_value(own.clone()).ok();
        let known = |chat: i64| own.clone().filter(|_| [GROUP, TEAM].contains(&chat));
        let found = places(hears_all, &known, setup);
        assert!(found.iter().all(|one| one.community.as_ref() == Some(&setup.community)));
        found.into_iter().map(|finding| (finding.severity, finding.what.key())).collect()
    }

    fn own(status: &str) -> Value {
        json!({ "user": { "id": 900 }, "status": status })
    }

    #[test]
    fn what_the_bot_may_in_a_group_decides_what_works_there() {
        let help = setup(vec![used("-1005:30", &[Use::Questions])]);
        let desk = setup(vec![used("-1006", &[Use::Desk])]);
        for (hears_all, status, at, expected) in [
            (false, "administrator", &help, (Severity::Fine, "finding-rights-all")),
            (false, "member", &help, (Severity::Limited, "finding-unheard")),
            (true, "member", &help, (Severity::Limited, "finding-no-administrator")),
            (false, "member", &desk, (Severity::Limited, "finding-no-administrator")),
            (true, "kicked", &desk, (Severity::Broken, "finding-room-out")),
            (true, "left", &help, (Severity::Broken, "finding-room-out")),
        ] {
            assert_eq!(judged(hears_all, &own(status), at), [expected], "{status}");
        }
        let mut muted = own("restricted");
        muted["is_member"] = json!(true);
        let expected = (Severity::Broken, "finding-rights-missing");
        assert_eq!(judged(true, &muted, &desk), [expected]);
        muted["can_send_messages"] = json!(true);
        let expected = (Severity::Limited, "finding-no-administrator");
        assert_eq!(judged(true, &muted, &desk), [expected]);
    }

    #[test]
    fn nothing_is_said_of_what_is_not_known() {
        let elsewhere = setup(vec![used("-77", &[Use::Desk]), used("private", &[Use::Questions])]);
        assert_eq!(judged(false, &own("member"), &elsewhere), []);
        assert_eq!(judged(false, &json!("none"), &setup(vec![used("-1006", &[Use::Desk])])), []);
    }

    #[test]
    fn tags_that_cannot_be_given_are_found_where_they_are_wanted() {
        let mut tagged = Setup { tags: true, ..setup(Vec::new()) };
        let mut administrator = own("administrator");
        let trouble = (Severity::Limited, "tags-trouble");
        assert_eq!(judged(true, &administrator, &tagged), [trouble]);
        administrator["can_manage_tags"] = json!(true);
        assert_eq!(judged(true, &administrator, &tagged), []);
        tagged.tags = false;
        assert_eq!(judged(true, &own("member"), &tagged), []);
    }

    #[test]
    fn how_updates_come_is_held_against_what_was_asked_for() {
        let hours = |hours| Duration::from_hours(hours);
        let told = |url: &str, waiting, error: Option<u64>| Brought {
            url: url.to_owned(),
            waiting,
            error: error.map(|ago| (NOW - hours(ago), "Connection refused".to_owned())),
        };
        let url = "https://bots.example.com/telegram/lumen";
        for (told, wanted, expected) in [
            (told("", 3, None), None, (Severity::Fine, "finding-fetched")),
            (told(url, 0, None), None, (Severity::Limited, "finding-webhook-stray")),
            (told("", 0, None), Some(url), (Severity::Limited, "finding-webhook-unset")),
            (
                told("https://b.example/", 0, None),
                Some(url),
                (Severity::Limited, "finding-webhook-unset"),
            ),
            (told(url, 2, None), Some(url), (Severity::Fine, "finding-webhook-well")),
            (told(url, 2, Some(5)), Some(url), (Severity::Broken, "finding-webhook-failing")),
            (told(url, 0, Some(0)), Some(url), (Severity::Limited, "finding-webhook-failing")),
            (told(url, 0, Some(5)), Some(url), (Severity::Fine, "finding-webhook-well")),
        ] {
            let found = bringing(&told, wanted, NOW);
            assert_eq!((found.severity, found.what.key()), expected, "{told:?}");
        }
    }

    #[test]
    fn privacy_mode_is_no_matter_where_the_bot_is_an_administrator() {
        let said = |one: Finding| (one.severity, one.what.key());
        assert_eq!(said(hearing(true, false)), (Severity::Fine, "finding-hears-all"));
        assert_eq!(said(hearing(false, true)), (Severity::Fine, "finding-privacy-mode"));
        assert_eq!(said(hearing(false, false)), (Severity::Limited, "finding-privacy-mode"));
    }
}
