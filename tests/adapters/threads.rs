//! Claims on threads, for platforms where people open one on a message.

use askaround::platform::{Delivery, What};

use crate::contract::{Harness, Who};
use crate::trial::{Trial, edit, face, post, post_buttons};

pub(crate) async fn what_is_said_in_a_thread_says_what_it_hangs_on<H: Harness>(
    mut trial: Trial<H>,
) {
    if !H::HAS_THREADS {
        return;
    }
    let root = trial.talks(Who::Customer, "Why is it slow?").await;
    for (who, text) in [(Who::Ambassador, "Since when?"), (Who::Customer, "Since May.")] {
        trial.says_in_thread(who, &root, text).await;
        let heard = trial.hears().await;
        assert_eq!(heard.place, trial.harness.thread_on(&root));
        let What::Said(message) = heard.what else { panic!("no message: {heard:?}") };
        assert_eq!((message.text.as_str(), message.reply_to), (text, None));
        assert!(!message.opens_post, "the thread was opened by a message of the square");
    }
    let mut trial = trial.restarted().await;
    trial.says_in_thread(Who::Ambassador, &root, "Restart it.").await;
    assert_eq!(trial.hears().await.place, trial.harness.thread_on(&root));
    trial.talks(Who::Customer, "And what is this?").await;
}

pub(crate) async fn a_thread_is_one_more_channel_to_the_bot<H: Harness>(mut trial: Trial<H>) {
    if !H::HAS_THREADS {
        return;
    }
    let root = trial.talks(Who::Customer, "Why is it slow?").await;
    trial.says_in_thread(Who::Ambassador, &root, "Restart it.").await;
    let channel = trial.hears().await.place.channel;
    let asked = post_buttons("Did that help?", &[face("Yes", "yes")]);
    let delivery = Delivery { channel: channel.clone(), ..trial.delivery(asked) };
    let receipt = trial.carries_out(&delivery).await;
    let Ok(Some(key)) = receipt.map(|receipt| receipt.message) else { panic!("not delivered") };
    assert!(trial.find(Who::Customer, &key).await.is_none(), "it is shown in the channel too");
    let there = trial.seen_in_thread(Who::Customer, &root).await;
    let seen = there.iter().find(|seen| seen.key == key);
    assert!(seen.is_some_and(|seen| seen.buttons.len() == 1), "{there:?}");
    let delivery = Delivery { channel, ..trial.delivery(edit(&key, "Good.")) };
    assert!(trial.carries_out(&delivery).await.is_ok());
    let there = trial.seen_in_thread(Who::Ambassador, &root).await;
    let seen = there.iter().find(|seen| seen.key == key);
    assert!(seen.is_some_and(|seen| seen.text == "Good." && seen.buttons.is_empty()), "{there:?}");
    trial.posts(post("And this is for all.")).await;
}
