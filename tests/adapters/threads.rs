//! Claims on threads, for platforms where people open one on a message.

use askaround::domain::ids::PlatformKey;
use askaround::platform::{Act, Delivery, Receipt, What};

use crate::contract::{Harness, Who};
use crate::saying::is_final;
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

/// What people read at the top of the threads that the bot opens here.
const TITLE: &str = "Why is it slow?";

impl<H: Harness> Trial<H> {
    fn opens_threads(&self) -> bool {
        self.platform().capabilities().opens_threads
    }

    /// Opens a thread; gives back how it is called.
    async fn opens(&mut self, message: &PlatformKey) -> PlatformKey {
        let (message, title) = (message.clone(), TITLE.to_owned());
        match self.delivers(Act::OpenThread { message, title }).await {
            Ok(Receipt { thread: Some(thread), .. }) => thread,
            other => panic!("no receipt that names a thread: {other:?}"),
        }
    }
}

pub(crate) async fn a_thread_opened_twice_is_one_thread<H: Harness>(mut trial: Trial<H>) {
    if !trial.opens_threads() {
        return;
    }
    let root = trial.talks(Who::Customer, TITLE).await;
    let thread = trial.opens(&root).await;
    assert_eq!(thread, trial.harness.thread_on(&root).channel);
    assert_eq!(trial.opens(&root).await, thread);
    let mut trial = trial.restarted().await;
    assert_eq!(trial.opens(&root).await, thread);
}

pub(crate) async fn a_thread_that_somebody_opened_first_is_used<H: Harness>(mut trial: Trial<H>) {
    if !trial.opens_threads() {
        return;
    }
    let root = trial.talks(Who::Customer, TITLE).await;
    trial.says_in_thread(Who::Ambassador, &root, "Since when?").await;
    let theirs = trial.hears().await.place.channel;
    assert_eq!(trial.opens(&root).await, theirs);
}

pub(crate) async fn what_is_said_into_an_opened_thread_is_seen_there<H: Harness>(
    mut trial: Trial<H>,
) {
    if !trial.opens_threads() {
        return;
    }
    let root = trial.talks(Who::Customer, TITLE).await;
    let channel = trial.opens(&root).await;
    let asked = post_buttons("Did that help?", &[face("Yes", "yes")]);
    let delivery = Delivery { channel, ..trial.delivery(asked) };
    let receipt = trial.carries_out(&delivery).await;
    let Ok(Some(key)) = receipt.map(|receipt| receipt.message) else { panic!("not delivered") };
    let there = trial.seen_in_thread(Who::Customer, &root).await;
    assert!(there.iter().any(|seen| seen.key == key && seen.buttons.len() == 1), "{there:?}");
    assert!(trial.find(Who::Customer, &key).await.is_none(), "it is shown in the channel too");
    trial.says_in_thread(Who::Customer, &root, "It did.").await;
    let heard = trial.hears().await;
    assert!(matches!(&heard.what, What::Said(said) if said.text == "It did."), "{heard:?}");
    assert_eq!(heard.place, trial.harness.thread_on(&root));
}

pub(crate) async fn a_thread_is_opened_on_the_bots_own_words_too<H: Harness>(mut trial: Trial<H>) {
    if !trial.opens_threads() {
        return;
    }
    let root = trial.sends(post(TITLE)).await;
    let channel = trial.opens(&root).await;
    let delivery = Delivery { channel, ..trial.delivery(post("Somebody looks into it.")) };
    assert!(trial.carries_out(&delivery).await.is_ok());
    let there = trial.seen_in_thread(Who::Customer, &root).await;
    assert!(there.iter().any(|seen| seen.text == "Somebody looks into it."), "{there:?}");
}

pub(crate) async fn where_there_is_no_message_no_thread_is_opened<H: Harness>(mut trial: Trial<H>) {
    if !trial.opens_threads() {
        return;
    }
    let root = trial.talks(Who::Customer, TITLE).await;
    let title = || TITLE.to_owned();
    for message in [trial.harness.unknown_message(), PlatformKey::from("no key at all")] {
        let refused = trial.delivers(Act::OpenThread { message, title: title() }).await;
        assert!(refused.as_ref().is_err_and(is_final), "{refused:?}");
    }
    let delivery = trial.delivery(Act::OpenThread { message: root, title: title() });
    let elsewhere = Delivery { channel: trial.harness.unknown_channel(), ..delivery };
    let refused = trial.carries_out(&elsewhere).await;
    assert!(refused.as_ref().is_err_and(is_final), "{refused:?}");
}

pub(crate) async fn a_thread_that_was_put_away_is_spoken_in_all_the_same<H: Harness>(
    mut trial: Trial<H>,
) {
    if !trial.opens_threads() {
        return;
    }
    let root = trial.talks(Who::Customer, TITLE).await;
    let channel = trial.opens(&root).await;
    for act in [post("Good."), Act::PutAway { title: None }, post("And?")] {
        let delivery = Delivery { channel: channel.clone(), ..trial.delivery(act) };
        let receipt = trial.carries_out(&delivery).await;
        assert!(receipt.is_ok(), "{receipt:?}");
    }
    let there = trial.seen_in_thread(Who::Customer, &root).await;
    let texts: Vec<&str> = there.iter().map(|seen| seen.text.as_str()).collect();
    assert!(texts.ends_with(&["Good.", "And?"]), "{texts:?}");
    trial.says_in_thread(Who::Customer, &root, "Thanks.").await;
    assert_eq!(trial.hears_message().await.text, "Thanks.");
}
