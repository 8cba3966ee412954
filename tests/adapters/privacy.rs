//! Claims on what one person is told in front of all: nobody else ever sees it.

use std::time::Duration;

use askaround::domain::words::Words;
use askaround::platform::{Act, Receipt, ReplyHandle, What};

use crate::contract::{Deed, Harness, Seen, Who};
use crate::saying::is_final;
use crate::trial::{Trial, edit, face, post_buttons, private};

/// How long a handle has been of no use.
const LATE: Duration = Duration::from_secs(1);

/// What the bot tells the customer privately; it panics if anybody else sees that, or `secret`.
async fn only_the_customer_sees<H: Harness>(trial: &Trial<H>, secret: &str) -> Vec<Seen> {
    let (mut own, public): (Vec<_>, Vec<_>) =
        trial.seen_by(Who::Customer).await.into_iter().partition(|seen| seen.private);
    assert!(public.iter().all(|seen| !seen.text.contains(secret)), "said aloud: {public:?}");
    for who in [Who::Ambassador, Who::Moderator, Who::Staff] {
        assert_eq!(trial.seen_by(who).await, public, "{who:?} sees it too");
    }
    own.retain(|seen| seen.by.is_none());
    own
}

/// The receipt may name no message; if it names one, it is the one that is seen.
async fn the_customer_is_told<H: Harness>(trial: &Trial<H>, text: &str, receipt: &Receipt) {
    let own = only_the_customer_sees(trial, text).await;
    let [one] = &own[..] else { panic!("not one message, but {own:?}") };
    assert_eq!(one.text, text);
    assert!(receipt.message.as_ref().is_none_or(|key| *key == one.key), "{receipt:?}: {one:?}");
}

async fn is_answered<H: Harness>(mut trial: Trial<H>, reply: &ReplyHandle) {
    let customer = trial.key_of(Who::Customer);
    match trial.delivers(private(&customer, Some(reply), "You have *3* points.")).await {
        Ok(receipt) => the_customer_is_told(&trial, "You have *3* points.", &receipt).await,
        Err(error) => panic!("{error}"),
    }
}

pub(crate) async fn the_answer_to_a_command_is_private<H: Harness>(mut trial: Trial<H>) {
    let reply = trial.commands(Who::Customer, "/points").await;
    is_answered(trial, &reply).await;
}

pub(crate) async fn the_answer_to_a_pressed_button_is_private<H: Harness>(mut trial: Trial<H>) {
    let message = trial.sends(post_buttons("Solved?", &[face("Yes", "yes")])).await;
    trial.does(Who::Customer, Deed::Press { message: &message, data: "yes" }).await;
    let What::Pressed { reply, .. } = trial.hears().await.what else { panic!("no press") };
    is_answered(trial, &reply).await;
}

pub(crate) async fn a_private_post_is_seen_by_its_owner_only<H: Harness>(mut trial: Trial<H>) {
    if !trial.platform().capabilities().private_posts {
        return; // What it does then is claimed below.
    }
    let customer = trial.key_of(Who::Customer);
    match trial.delivers(private(&customer, None, "Only you see this.")).await {
        Ok(receipt) => the_customer_is_told(&trial, "Only you see this.", &receipt).await,
        Err(error) => panic!("{error}"),
    }
}

pub(crate) async fn what_cannot_be_private_is_not_said_aloud<H: Harness>(mut trial: Trial<H>) {
    let customer = trial.key_of(Who::Customer);
    let reply = trial.commands(Who::Customer, "/points").await;
    let expired = ReplyHandle { expires_at: trial.harness.now() - LATE, ..reply.clone() };
    let strange = ReplyHandle { key: "no key".to_owned(), ..reply };
    for handle in [None, Some(expired), Some(strange)] {
        let sent = trial.delivers(private(&customer, handle.as_ref(), "Only you see this.")).await;
        only_the_customer_sees(&trial, "Only you").await;
        match sent {
            Ok(_) => {}
            Err(error) => {
                assert!(!trial.platform().capabilities().private_posts, "{handle:?}: {error}");
                assert!(is_final(&error), "{handle:?}: {error}");
            }
        }
    }
}

pub(crate) async fn a_private_post_is_edited_in_private<H: Harness>(mut trial: Trial<H>) {
    let to = trial.key_of(Who::Customer);
    let handle = Some(trial.commands(Who::Customer, "/ambassador card").await);
    let (words, buttons) = (Words::plain("Solved?"), vec![face("Yes", "yes")]);
    let sent = trial.delivers(Act::Private { to, handle, words, buttons }).await;
    let Ok(Receipt { message: Some(key), .. }) = sent else {
        assert!(sent.is_ok(), "{sent:?}");
        return; // A message without a name is never edited.
    };
    let receipt = trial.delivers(edit(&key, "Solved!")).await;
    assert!(receipt.is_ok(), "{receipt:?}");
    let own = only_the_customer_sees(&trial, "Solved!").await;
    let is_it = |seen: &Seen| seen.text == "Solved!" && seen.buttons.is_empty();
    assert!(matches!(&own[..], [one] if is_it(one)), "{own:?}");
}

pub(crate) async fn the_same_private_delivery_twice_shows_one_message<H: Harness>(
    mut trial: Trial<H>,
) {
    if !trial.platform().capabilities().sends_once {
        return; // The runtime marks what it sends, instead.
    }
    let customer = trial.key_of(Who::Customer);
    let reply = trial.commands(Who::Customer, "/points").await;
    let delivery = trial.delivery(private(&customer, Some(&reply), "You have 3 points."));
    let first = trial.carries_out(&delivery).await;
    assert!(first.is_ok(), "{first:?}");
    assert_eq!(trial.carries_out(&delivery).await, first);
    assert_eq!(only_the_customer_sees(&trial, "3 points").await.len(), 1);
}
