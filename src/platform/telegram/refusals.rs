//! Telegram's refusals by their words, which is all that there is: a small set that is tested. What
//! is not among them is a failure of that one thing, for good.

use std::time::Duration;

/// Where a try soon would be refused again.
pub(super) const LONG_REST: Duration = Duration::from_mins(5);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The place, the message or the person is no more.
    Gone,
    /// Not allowed; with what would allow it, where that is known.
    Refused(Option<&'static str>),
}

const GONE: [&str; 12] = [
    "chat not found",
    "group chat was deactivated",
    "message thread not found",
    "topic_deleted",
    "topic_id_invalid",
    "message to edit not found",
    "message_id_invalid",
    "user not found",
    "peer_id_invalid",
    "participant_id_invalid",
    "bot was kicked",
    "bot is not a member",
];

const REFUSED: [(&str, &str); 8] = [
    ("topic_closed", "the topic is closed; the bot needs the right to manage topics"),
    ("not enough rights", "the bot needs more rights there"),
    ("have no rights", "the bot needs the right to send messages there"),
    ("chat_write_forbidden", "the bot needs the right to send messages there"),
    ("chat_admin_required", "the bot needs to be an administrator there"),
    ("bot was blocked by the user", "this person has blocked the bot"),
    ("can't initiate conversation", "this person has not started the bot"),
    ("user is deactivated", "this account is no more"),
];

pub(super) fn meaning(why: &str) -> Meaning {
    let why = why.to_lowercase();
    if GONE.iter().any(|word| why.contains(word)) {
        return Meaning::Gone;
    }
    let known = REFUSED.iter().find(|(word, _)| why.contains(word));
    Meaning::Refused(known.map(|(_, mend)| *mend))
}

/// The message says that already.
pub(super) fn is_not_modified(why: &str) -> bool {
    why.to_lowercase().contains("message is not modified")
}

/// Whoever runs the group has to let the bot do that.
pub(super) fn is_about_rights(why: &str) -> bool {
    let why = why.to_lowercase();
    ["not enough rights", "chat_admin_required", "have no rights", "administrator rights"]
        .iter()
        .any(|word| why.contains(word))
}

pub(super) fn is_about_entities(why: &str) -> bool {
    let why = why.to_lowercase();
    why.contains("parse entities") || why.contains("messageentity") || why.contains("entity_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_whether_there_is_anything_left_to_try() {
        for (why, means) in [
            ("Bad Request: chat not found", Meaning::Gone),
            ("Bad Request: message thread not found", Meaning::Gone),
            ("Bad Request: TOPIC_DELETED", Meaning::Gone),
            ("Bad Request: message to edit not found", Meaning::Gone),
            ("Bad Request: MESSAGE_ID_INVALID", Meaning::Gone),
            ("Forbidden: bot was kicked from the supergroup chat", Meaning::Gone),
            ("Forbidden: bot is not a member of the channel chat", Meaning::Gone),
            ("Bad Request: something that nobody has heard of", Meaning::Refused(None)),
            ("Bad Request: message can't be edited", Meaning::Refused(None)),
        ] {
            assert_eq!(meaning(why), means, "{why}");
        }
        for why in [
            "Bad Request: TOPIC_CLOSED",
            "Bad Request: not enough rights to send text messages to the chat",
            "Bad Request: need administrator rights; CHAT_ADMIN_REQUIRED",
            "Forbidden: bot was blocked by the user",
            "Unauthorized: bot can't initiate conversation with a user",
            "Forbidden: bot can't initiate conversation with a user",
            "Forbidden: user is deactivated",
        ] {
            assert!(matches!(meaning(why), Meaning::Refused(Some(_))), "{why}");
        }
    }

    #[test]
    fn what_is_so_already_is_no_failure_and_marks_can_be_left_out() {
        assert!(is_not_modified("Bad Request: message is not modified: specified new message"));
        assert!(is_about_entities("Bad Request: can't parse entities: character 7"));
        assert!(is_about_entities("Bad Request: ENTITY_BOUNDS_INVALID"));
        assert!(!is_about_entities("Bad Request: chat not found"));
        assert!(is_about_rights("Bad Request: not enough rights to manage tags"));
        assert!(is_about_rights("Bad Request: CHAT_ADMIN_REQUIRED"));
        assert!(!is_about_rights("Bad Request: PARTICIPANT_ID_INVALID"));
    }
}
