//! Ranks as member tags: the rank in words beside a name, in one group. A call that is repeated is
//! itself again, and an empty tag is none.
//!
//! Members may be let change their own tag, so that it says nothing about anybody: it is written
//! and never read.

use serde_json::json;
use unicode_segmentation::UnicodeSegmentation as _;

use super::calls::{CallError, SetChatMemberTag};
use super::outbound::{Means, Spot, failed, number};
use super::refusals;
use crate::domain::badge::Obstacle;
use crate::domain::ids::PlatformKey;
use crate::platform::letters::{line, units};
use crate::platform::{DeliveryError, Receipt};

/// Telegram's own limit.
const TAG_LIMIT: usize = 16;

/// Somebody wears this rank in a group, or none.
pub(super) async fn wear(
    means: Means<'_>,
    group: &PlatformKey,
    who: &PlatformKey,
    rank: Option<&str>,
) -> Result<Receipt, DeliveryError> {
    let refused = |why: &str| Err(DeliveryError::Refused { why: why.to_owned() });
    let (chat, person) = (Spot::read(group)?.chat, number(who.as_str()));
    let Some(person) = person.filter(|_| chat < 0) else {
        return refused("tags are worn in groups, by people");
    };
    let tag = rank.map(tag_of);
    if tag.as_deref() == Some("") {
        return refused("no letter of the rank can stand in a tag");
    }
    let unfit = || {
        // It is in the way of every tag, whatever it says.
        let (badge, obstacle) = (PlatformKey::from(""), Obstacle::NoRight);
        Err(DeliveryError::Unfit { badge, obstacle })
    };
    if means.presence.own(chat).is_some_and(|own| !own.may_tag()) {
        return unfit();
    }
    // Their titles are their own, and are refused in the same words as a missing right.
    if means.people.administrators(means.calls, chat).await.has(person) {
        return refused("an administrator wears a title and no tag");
    }
    let body = json!({ "chat_id": chat, "user_id": person, "tag": tag.unwrap_or_default() });
    let done = match means.calls.call(SetChatMemberTag(body.clone())).await {
        Err(CallError::Unanswered(_)) => means.calls.call(SetChatMemberTag(body)).await,
        done => done,
    };
    match done {
        Ok(_) => Ok(Receipt::default()),
        Err(CallError::Refused { why }) if refusals::is_about_rights(&why) => unfit(),
        // Done twice it is done once.
        Err(CallError::Unanswered(why)) => Err(DeliveryError::Retry { after: None, why }),
        Err(error) => Err(failed(&error)),
    }
}

/// A rank as far as a tag can say it: without pictures, cut where a letter ends.
fn tag_of(rank: &str) -> String {
    let plain: String = line(rank).chars().filter(|letter| !is_picture(*letter)).collect();
    let mut tag = String::new();
    for letter in plain.trim().graphemes(true) {
        if units(&tag) + units(letter) > TAG_LIMIT {
            break;
        }
        tag.push_str(letter);
    }
    tag.trim_end().to_owned()
}

/// Roughly: what has a place among the pictures, or makes one of a letter.
fn is_picture(letter: char) -> bool {
    matches!(letter,
        '\u{1f000}'..='\u{1faff}' | '\u{2300}'..='\u{23ff}' | '\u{2600}'..='\u{27bf}'
        | '\u{2b00}'..='\u{2bff}' | '\u{e0000}'..='\u{e007f}' | '\u{200d}' | '\u{20e3}'
        | '\u{fe0f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_rank_in_sixteen_letters_and_no_pictures() {
        for (rank, tag) in [
            ("Guide", "Guide"),
            ("🌟 Legend ⭐", "Legend"),
            ("Leuchtturmwärterin", "Leuchtturmwärter"),
            ("Keeper of the Lighthouse", "Keeper of the Li"),
            ("Keeper of thee a lamp", "Keeper of thee a"),
            ("👩\u{200d}🚀", ""),
            (
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
                "e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}",
            ),
        ] {
            assert_eq!(tag_of(rank), tag, "{rank}");
        }
    }
}
