//! Claims on what the runtime hears: the truth, once committed for good, in order.

use std::time::Duration;

use askaround::domain::command::{Command, parse_line, read};
use askaround::domain::ids::PlatformKey;
use askaround::platform::{Commanded, Message, What};

use crate::contract::{Deed, Harness, Spot, Who};
use crate::trial::{Trial, edit, face, post, post_buttons, private};

/// Platforms that count in seconds are as truthful as they can be.
const TICK: Duration = Duration::from_secs(1);

/// As far as people can say it there.
fn as_said<H: Harness>(text: &str) -> String {
    if H::SAYS_MANY_LINES { text.to_owned() } else { text.replace('\n', " ") }
}

pub(crate) async fn what_a_person_says_arrives_as_it_is<H: Harness>(mut trial: Trial<H>) {
    let text = "Größe 2 & <3 of \"it\" **or** not? 🦀 \\o/ 👩‍👩‍👧‍👦\nand a_second_line";
    let text = &as_said::<H>(text);
    let before = trial.harness.now();
    trial.says(Who::Customer, text).await;
    let heard = trial.hears().await;
    let after = trial.harness.now();
    assert!(heard.at + TICK > before && heard.at < after + TICK, "{before} {} {after}", heard.at);
    assert_eq!(heard.place, trial.harness.place(Spot::Square));
    let seen = trial.seen_by(Who::Ambassador).await;
    let Some(last) = seen.last() else { panic!("a person's message is not seen") };
    let message = Message {
        key: last.key.clone(),
        text: text.to_owned(),
        reply_to: None,
        mentions_bot: false,
        opens_post: false,
        wordless: false,
    };
    assert_eq!(heard.what, What::Said(message));
}

pub(crate) async fn everybody_arrives_with_the_rights_they_have<H: Harness>(mut trial: Trial<H>) {
    for (spot, who) in [
        (Spot::Square, Who::Customer),
        (Spot::Square, Who::Ambassador),
        (Spot::Square, Who::Moderator),
        (Spot::Desk, Who::Moderator),
        (Spot::Desk, Who::Staff),
    ] {
        trial.does_at(spot, who, Deed::Say { text: "hello", reply_to: None }).await;
        let mut heard = trial.hears().await;
        let truth = trial.harness.author(who);
        // Some platforms say it with commands only, which are held to it below.
        heard.by.language = heard.by.language.or_else(|| truth.language.clone());
        assert_eq!(heard.by, truth, "{who:?}");
        assert!(!heard.by.is_bot);
        assert_eq!(heard.place, trial.harness.place(spot), "{who:?}");
    }
}

pub(crate) async fn the_bot_does_not_hear_itself<H: Harness>(mut trial: Trial<H>) {
    let customer = trial.key_of(Who::Customer);
    let handle = trial.commands(Who::Customer, "/points").await;
    let named = format!("{} why is it slow?", trial.harness.bot_name());
    let key = trial.sends(post(&named)).await;
    trial.sends(post("/points")).await;
    trial.sends(edit(&key, "/points")).await;
    let sent = trial.delivers(private(&customer, Some(&handle), "/points")).await;
    assert!(sent.is_ok(), "{sent:?}");
    trial.talks(Who::Customer, "this comes next").await;
}

pub(crate) async fn a_reply_says_to_what<H: Harness>(mut trial: Trial<H>) {
    let question = trial.talks(Who::Customer, "why?").await;
    let suggestion = trial.sends(post("Perhaps so.")).await;
    for (to, means_the_bot) in [(question, false), (suggestion, true)] {
        trial.replies(Who::Ambassador, "like this", &to).await;
        let message = trial.hears_message().await;
        assert_eq!(message.reply_to, Some(to));
        assert_eq!(message.mentions_bot, means_the_bot);
    }
}

pub(crate) async fn the_bot_is_meant_when_it_is_named<H: Harness>(mut trial: Trial<H>) {
    let name = trial.harness.bot_name();
    for (text, means_the_bot) in
        [(format!("{name} why?"), true), ("why?".to_owned(), false), (format!("why, {name}"), true)]
    {
        trial.says(Who::Customer, &text).await;
        let message = trial.hears_message().await;
        assert_eq!(message.mentions_bot, means_the_bot, "{text}");
    }
}

pub(crate) async fn an_edit_names_the_message_it_changes<H: Harness>(mut trial: Trial<H>) {
    let key = trial.talks(Who::Customer, "my lamp is slow").await;
    for text in ["my lamp is off", "my *lamp* is <on>\n& off"] {
        let text = &as_said::<H>(text);
        trial.does(Who::Customer, Deed::Edit { message: &key, text }).await;
        let heard = trial.hears().await;
        assert_eq!(heard.by.key, trial.key_of(Who::Customer));
        assert_eq!(heard.place, trial.harness.place(Spot::Square));
        let edited = What::Edited { message: key.clone(), text: text.to_owned() };
        assert_eq!(heard.what, edited);
    }
}

pub(crate) async fn a_deletion_names_the_message_that_went<H: Harness>(mut trial: Trial<H>) {
    let key = trial.talks(Who::Customer, "my secret").await;
    trial.does(Who::Customer, Deed::Delete { message: &key }).await;
    if H::TELLS_DELETIONS {
        let heard = trial.hears().await;
        assert_eq!(heard.place, trial.harness.place(Spot::Square));
        assert_eq!(heard.what, What::Deleted { message: key });
    }
    trial.talks(Who::Customer, "this comes next").await;
}

pub(crate) async fn a_reaction_names_the_message_it_is_for<H: Harness>(mut trial: Trial<H>) {
    let question = trial.talks(Who::Customer, "why?").await;
    let suggestion = trial.sends(post("Perhaps so.")).await;
    for message in [question, suggestion] {
        trial.does(Who::Ambassador, Deed::React { message: &message, emoji: "👍" }).await;
        let heard = trial.hears().await;
        assert_eq!(heard.by.key, trial.key_of(Who::Ambassador));
        assert_eq!(heard.what, What::Reacted { message, emoji: "👍".to_owned() });
    }
}

pub(crate) async fn a_command_arrives_with_a_way_to_answer<H: Harness>(mut trial: Trial<H>) {
    for line in ["/points", "/ask my lamp won't pair: 2 & 3?", "/ambassador join"] {
        trial.does(Who::Customer, Deed::Command { line }).await;
        let heard = trial.hears().await;
        assert_eq!(heard.by, trial.harness.author(Who::Customer), "the language as well");
        assert_eq!(heard.place, trial.harness.place(Spot::Square));
        let What::Commanded { command, reply, .. } = heard.what else {
            panic!("{line}: {heard:?}")
        };
        assert!(reply.expires_at > trial.harness.now(), "{line}: too late to answer");
        match command {
            Commanded::Line { text, .. } => assert_eq!(text, line),
            Commanded::Menu(typed) => assert_eq!(Ok(typed), parse_line(line, &[])),
        }
    }
}

pub(crate) async fn a_channel_that_a_command_names_is_the_one_meant<H: Harness>(
    mut trial: Trial<H>,
) {
    if !H::NAMES_CHANNELS {
        return;
    }
    let desk = trial.harness.place(Spot::Desk);
    let line = format!("/askaround staff #{}", desk.channel_name);
    trial.does(Who::Moderator, Deed::Command { line: &line }).await;
    let heard = trial.hears().await;
    let What::Commanded { command, .. } = heard.what else { panic!("{line}: {heard:?}") };
    let typed = match command {
        Commanded::Menu(typed) => Ok(typed),
        Commanded::Line { text, channels } => {
            assert!(channels.contains(&desk.channel), "{channels:?}");
            assert!(!channels.contains(&trial.harness.unknown_channel()), "{channels:?}");
            parse_line(&text, &[])
        }
    };
    let meant = typed.and_then(|typed| read(&typed, &[]));
    assert_eq!(meant, Ok(Command::Staff { channel: Some(desk.channel), off: false }));
}

pub(crate) async fn a_pressed_button_carries_the_data_it_was_given<H: Harness>(
    mut trial: Trial<H>,
) {
    let odd = "a:b|c;d=é \"<&>\\ {} 🦀";
    let whole = format!("{odd}{}", "x".repeat(64 - odd.len()));
    for data in ["x", odd, whole.as_str()] {
        let other = face("Other", "other");
        let act = post_buttons("Solved?", &[other.clone(), face("Yes", data)]);
        let message = trial.sends(act).await;
        for who in [Who::Customer, Who::Ambassador] {
            trial.does(who, Deed::Press { message: &message, data }).await;
            let heard = trial.hears().await;
            assert_eq!(heard.by.key, trial.key_of(who));
            assert_eq!(heard.place, trial.harness.place(Spot::Square));
            let What::Pressed { data: pressed, reply } = heard.what else { panic!("{heard:?}") };
            assert_eq!(pressed, data);
            assert!(reply.expires_at > trial.harness.now(), "too late to answer");
        }
    }
}

pub(crate) async fn no_two_things_have_the_same_key<H: Harness>(mut trial: Trial<H>) {
    for round in ["one", "two"] {
        let asked = trial.sends(post_buttons("Solved?", &[face("Yes", "yes")])).await;
        let again = trial.sends(post_buttons("Solved?", &[face("Yes", "yes")])).await;
        assert_ne!(asked, again);
        let message = trial.talks(Who::Customer, "hello").await;
        let first_edit = format!("edited in round {round}");
        let second_edit = format!("{first_edit}, twice");
        for deed in [
            Deed::Say { text: "hello", reply_to: None },
            Deed::Edit { message: &message, text: &first_edit },
            Deed::Edit { message: &message, text: &second_edit },
            Deed::React { message: &asked, emoji: "👍" },
            Deed::Press { message: &asked, data: "yes" },
            Deed::Press { message: &asked, data: "yes" },
            Deed::Press { message: &again, data: "yes" },
            Deed::Command { line: "/points" },
            Deed::Command { line: "/points" },
        ] {
            trial.does(Who::Customer, deed).await;
            // Under the key of something else it would never be heard.
            trial.hears().await;
        }
        trial = trial.restarted().await;
    }
}

pub(crate) async fn the_order_of_a_channel_is_kept<H: Harness>(mut trial: Trial<H>) {
    let mut said = Vec::new();
    for number in 0..12 {
        let who = if number % 3 == 0 { Who::Ambassador } else { Who::Customer };
        let text = format!("number {number}");
        trial.says(who, &text).await;
        said.push(text);
    }
    for text in said {
        assert_eq!(trial.hears_message().await.text, text);
    }
}

pub(crate) async fn what_was_not_committed_is_told_again<H: Harness>(mut trial: Trial<H>) {
    trial.talks(Who::Customer, "committed").await;
    for text in ["first", "second", "third"] {
        trial.says(Who::Customer, text).await;
    }
    let first = trial.is_told_news().await;
    let (inbound, done) = (first.inbound, first.done);
    trial.closes();
    drop(done);
    let mut trial = trial.restarted().await;
    let again = trial.hears().await;
    assert_eq!((&again.key, &again.what), (&inbound.key, &inbound.what));
    for text in ["second", "third"] {
        assert_eq!(trial.hears_message().await.text, text);
    }
}

pub(crate) async fn what_was_being_committed_when_the_process_died_is_told_again<H: Harness>(
    mut trial: Trial<H>,
) {
    trial.says(Who::Customer, "hello").await;
    let mut keys = Vec::<PlatformKey>::new();
    for _ in 0..2 {
        let handover = trial.is_told().await;
        keys.push(handover.inbound.key.clone());
        trial = trial.restarted().await;
        drop(handover);
    }
    let heard = trial.hears().await;
    assert!(matches!(&heard.what, What::Said(message) if message.text == "hello"), "{heard:?}");
    assert!(keys.iter().all(|key| *key == heard.key), "{keys:?} and then {}", heard.key);
}

pub(crate) async fn what_was_committed_is_no_news_after_a_restart<H: Harness>(mut trial: Trial<H>) {
    for text in ["first", "second"] {
        trial.talks(Who::Customer, text).await;
    }
    let mut trial = trial.restarted().await;
    // What comes again has the key that it had, and so does not reach this ear.
    trial.talks(Who::Customer, "third").await;
}

pub(crate) async fn it_ends_when_it_is_told_to<H: Harness>(mut trial: Trial<H>) {
    trial.talks(Who::Customer, "hello").await;
    trial.sends(post("Hello!")).await;
    let ended = trial.stopped().await;
    assert!(ended.is_ok(), "{ended:?}");
    // At once, before it was anywhere.
    let mut trial = trial.restarted().await;
    let ended = trial.stopped().await;
    assert!(ended.is_ok(), "{ended:?}");
}

pub(crate) async fn it_ends_while_something_waits_to_be_committed<H: Harness>(mut trial: Trial<H>) {
    for text in ["first", "second"] {
        trial.says(Who::Customer, text).await;
    }
    let waiting = trial.is_told().await;
    trial.closes();
    drop(waiting);
    let ended = trial.stopped().await;
    assert!(ended.is_ok(), "{ended:?}");
}

pub(crate) async fn it_is_itself_again_after_a_restart<H: Harness>(trial: Trial<H>) {
    let (id, capabilities) = (trial.platform().id(), trial.platform().capabilities());
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
    assert!(!id.as_str().is_empty() && id.as_str().chars().all(is_plain), "{id}");
    assert!(capabilities.text_limit >= 256, "too short for a sentence and a link");
    let trial = trial.restarted().await;
    assert_eq!((trial.platform().id(), trial.platform().capabilities()), (id, capabilities));
}
