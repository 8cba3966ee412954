//! What a platform's test offers so that the platform can be held to the contract, and the list of
//! all claims.
//!
//! The platform behind a [`Harness`] is a double: a state and not a script. It does what the real
//! one does to a bot, and it shows what a person would see on a screen, so that a claim speaks of
//! people and never of a wire. What platforms differ in is asked (`Capabilities`, a constant here)
//! and not assumed. No claim waits for time to pass: that something does not happen is shown by
//! what happens next, for the order of one channel is kept.

use std::collections::BTreeSet;
use std::sync::Arc;

use askaround::domain::ids::PlatformKey;
use askaround::domain::time::Moment;
use askaround::platform::{Author, Place, Platform};

/// A platform with people on it, over its double. Whatever it cannot do for a claim it panics over,
/// saying why.
pub(crate) trait Harness: Sized {
    /// Whether a bot is told which messages people delete.
    const TELLS_DELETIONS: bool = true;

    /// Whether a person's message can have more than one line.
    const SAYS_MANY_LINES: bool = true;

    /// Whether people can name a channel in a command that they give elsewhere.
    const NAMES_CHANNELS: bool = true;

    /// Whether people can open a thread on a message. A place that is set up on its own, as a topic
    /// of a Telegram forum is, is no thread.
    const HAS_THREADS: bool = false;

    /// A new community with everybody in it and nothing left that the bot has not heard.
    async fn fresh() -> Self;

    /// The bot's process is gone and starts again. The platform and its people stay as they are,
    /// and so does what the adapter keeps.
    async fn restarted(self) -> Self;

    /// The adapter; the same one until a restart.
    fn platform(&self) -> Arc<dyn Platform>;

    /// What time it is on the platform.
    fn now(&self) -> Moment;

    /// The truth about a person, as an inbound must tell it.
    fn author(&self, who: Who) -> Author;

    /// The truth about a place.
    fn place(&self, spot: Spot) -> Place;

    /// The truth about the thread on a message of the square.
    fn thread_on(&self, root: &PlatformKey) -> Place {
        panic!("there is no thread on {root}: this platform has none")
    }

    /// What people write to name the bot.
    fn bot_name(&self) -> String;

    /// A well-formed key of a message that never was.
    fn unknown_message(&self) -> PlatformKey;

    /// A well-formed key of a channel that never was.
    fn unknown_channel(&self) -> PlatformKey;

    /// Returns when the platform has it. If it would be lost on a bot that is not connected yet,
    /// it waits for the connection first.
    async fn does(&self, who: Who, spot: Spot, deed: Deed<'_>);

    /// Writes in the thread on a message of the square; the first word opens it.
    async fn says_in_thread(&self, who: Who, root: &PlatformKey, text: &str) {
        panic!("{who:?} cannot say {text:?} in a thread on {root}: this platform has none")
    }

    /// What this person has on the screen who has opened that thread; its root may be there too.
    async fn sees_in_thread(&self, who: Who, root: &PlatformKey) -> Vec<Seen> {
        panic!("{who:?} cannot open a thread on {root}: this platform has none")
    }

    /// What this person has on the screen, oldest first; what was deleted is not there.
    async fn sees(&self, who: Who, spot: Spot) -> Vec<Seen>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Who {
    Customer,
    Ambassador,
    Moderator,
    Staff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Spot {
    /// Where everybody is.
    Square,
    /// Where moderators and staff are.
    Desk,
}

/// Something that a person does; messages go by the keys that the port gives them.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Deed<'a> {
    Say {
        text: &'a str,
        reply_to: Option<&'a PlatformKey>,
    },
    /// A command, in whatever way people give one; `line` begins with `/`.
    Command {
        line: &'a str,
    },
    Edit {
        message: &'a PlatformKey,
        text: &'a str,
    },
    Delete {
        message: &'a PlatformKey,
    },
    React {
        message: &'a PlatformKey,
        emoji: &'a str,
    },
    Press {
        message: &'a PlatformKey,
        data: &'a str,
    },
}

/// A message as the screen shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    /// As the port names it.
    pub(crate) key: PlatformKey,
    /// `None` is the bot.
    pub(crate) by: Option<PlatformKey>,
    /// What the eye reads: markup has had its effect, and is not there; neither are the marks by
    /// which a quotation is set apart.
    pub(crate) text: String,
    /// Where the links lead that the message was given; not what a screen makes of an address.
    pub(crate) links: Vec<String>,
    pub(crate) buttons: Vec<SeenButton>,
    /// Nobody else sees it.
    pub(crate) private: bool,
    /// Everybody whom it lit up, by whatever means.
    pub(crate) pings: BTreeSet<PlatformKey>,
    pub(crate) reply_to: Option<PlatformKey>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SeenButton {
    pub(crate) label: String,
    /// What the adapter would hand over if it was pressed.
    pub(crate) data: String,
}

/// Holds a platform to every claim: one test each, named after it, in the module of this line. A
/// claim that is missing here is dead code, so the compiler names it.
macro_rules! held_to_the_contract {
    ($harness:ty) => {
        $crate::contract::held_to_the_contract! { $harness =>
            hearing: what_a_person_says_arrives_as_it_is;
            hearing: everybody_arrives_with_the_rights_they_have;
            hearing: the_bot_does_not_hear_itself;
            hearing: a_reply_says_to_what;
            hearing: the_bot_is_meant_when_it_is_named;
            hearing: an_edit_names_the_message_it_changes;
            hearing: a_deletion_names_the_message_that_went;
            hearing: a_reaction_names_the_message_it_is_for;
            hearing: a_command_arrives_with_a_way_to_answer;
            hearing: a_channel_that_a_command_names_is_the_one_meant;
            hearing: a_pressed_button_carries_the_data_it_was_given;
            hearing: no_two_things_have_the_same_key;
            hearing: the_order_of_a_channel_is_kept;
            hearing: what_was_not_committed_is_told_again;
            hearing: what_was_being_committed_when_the_process_died_is_told_again;
            hearing: what_was_committed_is_no_news_after_a_restart;
            hearing: it_ends_when_it_is_told_to;
            hearing: it_ends_while_something_waits_to_be_committed;
            hearing: it_is_itself_again_after_a_restart;
            saying: a_post_is_seen_by_everybody_under_the_key_of_its_receipt;
            saying: the_same_delivery_twice_shows_one_message;
            saying: the_same_edit_twice_is_as_good_as_once;
            saying: a_reply_shows_what_it_replies_to;
            saying: a_reply_to_what_is_gone_is_posted_all_the_same;
            saying: buttons_are_shown_in_order;
            saying: a_long_label_is_no_reason_to_say_nothing;
            saying: an_edit_replaces_the_words_and_takes_the_buttons_off;
            saying: an_edit_can_give_new_buttons;
            saying: what_does_not_exist_is_gone;
            saying: what_is_no_key_at_all_fails_for_good;
            saying: a_badge_that_is_not_there_is_refused_for_good_and_nothing_is_said;
            saying: the_words_of_people_are_not_the_bots_to_edit;
            saying: a_long_text_arrives_whole;
            saying: a_long_quotation_arrives_whole;
            saying: a_receipt_and_a_button_outlive_the_process;
            privacy: a_private_post_is_seen_by_its_owner_only;
            privacy: the_answer_to_a_command_is_private;
            privacy: the_answer_to_a_pressed_button_is_private;
            privacy: what_cannot_be_private_is_not_said_aloud;
            privacy: a_private_post_is_edited_in_private;
            privacy: the_same_private_delivery_twice_shows_one_message;
            pinging: those_listed_are_lit_up_and_nobody_else;
            pinging: a_stranger_on_the_list_is_no_reason_to_say_nothing;
            pinging: a_reply_lights_up_nobody_by_itself;
            pinging: a_quotation_is_words_whatever_is_in_it;
            pinging: a_name_is_words_whatever_is_in_it;
            pinging: a_label_is_words_whatever_is_in_it;
            pinging: our_own_words_are_never_markup;
            pinging: hostile_words_are_words_in_an_edit_too;
            pinging: hostile_words_are_words_in_a_private_post_too;
            pinging: a_link_keeps_its_address;
            threads: what_is_said_in_a_thread_says_what_it_hangs_on;
            threads: a_thread_is_one_more_channel_to_the_bot;
            threads: a_thread_opened_twice_is_one_thread;
            threads: a_thread_that_somebody_opened_first_is_used;
            threads: what_is_said_into_an_opened_thread_is_seen_there;
            threads: a_thread_is_opened_on_the_bots_own_words_too;
            threads: where_there_is_no_message_no_thread_is_opened;
            threads: a_thread_that_was_put_away_is_spoken_in_all_the_same;
        }
    };
    ($harness:ty => $($part:ident: $claim:ident;)*) => { $(
        #[tokio::test]
        async fn $claim() {
            let trial = $crate::trial::Trial::<$harness>::fresh().await;
            $crate::$part::$claim(trial).await;
        }
    )* };
}
pub(crate) use held_to_the_contract;
