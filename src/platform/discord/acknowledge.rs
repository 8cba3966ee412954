//! The acknowledgement of an interaction, which Discord wants within three seconds.
//!
//! The answer to an interaction is a private row of the outbox, committed like everything else and
//! usually out within milliseconds: then it is itself the acknowledgement. [`attend`] steps in when
//! nothing has gone out after [`PATIENCE`]: it defers, a command as an ephemeral "thinking…" that
//! the answer later fills, a button invisibly. A command that nobody answers in private leaves
//! nothing to fill it, so once the commit is there and [`GRACE`] is over, the "thinking…" is
//! deleted; an answer that comes later still is a message of its own, which the deferral made
//! possible for a quarter of an hour.

use std::time::Duration;

use serde_json::{Value, json};
use serenity::all::Interaction;

/// Half of the three seconds that Discord waits: what is left is for the way there.
pub(super) const PATIENCE: Duration = Duration::from_millis(1_500);
/// How long a deferred command shows "thinking…" after its commit, with no answer in sight.
pub(super) const GRACE: Duration = Duration::from_secs(3);
/// Only whoever acted sees it.
const EPHEMERAL: u64 = 1 << 6;

/// How an interaction is put off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deferral {
    /// An ephemeral "thinking…", which the answer fills.
    Thinking,
    /// Nothing to see; the answer is a message of its own.
    Silent,
}

impl Deferral {
    /// For interactions that are answered at leisure; autocomplete is not.
    pub(super) fn of(interaction: &Interaction) -> Option<Deferral> {
        match interaction {
            Interaction::Command(_) | Interaction::Modal(_) => Some(Deferral::Thinking),
            Interaction::Component(_) => Some(Deferral::Silent),
            Interaction::Ping(_) | Interaction::Autocomplete(_) | _ => None,
        }
    }

    /// What goes to `/interactions/{id}/{token}/callback`.
    pub(super) fn body(self) -> Value {
        match self {
            Deferral::Thinking => json!({ "type": 5, "data": { "flags": EPHEMERAL } }),
            Deferral::Silent => json!({ "type": 6 }),
        }
    }
}

/// What is sent on behalf of an acknowledgement.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sending {
    /// `POST /interactions/{id}/{token}/callback`
    Defer(Deferral),
    /// `DELETE /webhooks/{application}/{token}/messages/@original`
    Clear,
}

/// One interaction, as whatever sends its answers sees it.
///
/// New → Answered, or New → Deferred → Answered; a "thinking…" that was deleted is Cleared.
pub(super) trait Answers: Sync {
    /// Resolves once something was sent as the answer, and never if nothing is.
    fn answered(&self) -> impl Future<Output = ()> + Send;

    /// New → Deferred; false if an answer is out or on its way, which then is the acknowledgement.
    fn defer(&self, how: Deferral) -> bool;

    /// Deferred → Cleared: from now on an answer is a follow-up; false if one is on its way.
    fn clear(&self) -> bool;

    /// Sends, and logs what fails: there is nothing else to do about it.
    fn send(&self, what: Sending) -> impl Future<Output = ()> + Send;
}

/// Sees to it that an interaction is acknowledged in time, whatever becomes of it; ends when there
/// is nothing left to see to. `handled` is its way through the engine, up to the commit.
pub(super) async fn attend<H: Send>(
    how: Deferral,
    answers: &impl Answers,
    handled: impl Future<Output = H> + Send,
) -> H {
    let mut handled = std::pin::pin!(handled);
    let mut fate = None;
    let soon = async {
        fate = Some(handled.as_mut().await);
        answers.answered().await;
    };
    let is_answered = tokio::time::timeout(PATIENCE, soon).await.is_ok();
    let is_deferred = !is_answered && answers.defer(how);
    if is_deferred {
        answers.send(Sending::Defer(how)).await;
    }
    let fate = match fate {
        Some(fate) => fate,
        None => handled.await,
    };
    if is_deferred
        && how == Deferral::Thinking
        && tokio::time::timeout(GRACE, answers.answered()).await.is_err()
        && answers.clear()
    {
        answers.send(Sending::Clear).await;
    }
    fate
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use tokio::sync::{oneshot, watch};
    use tokio::time::{Instant, advance};

    use super::*;

    /// What is sent about one interaction, and when, in milliseconds.
    struct Sender {
        state: watch::Sender<&'static str>,
        log: Mutex<Vec<(u64, Sending)>>,
        start: Instant,
    }

    impl Answers for Sender {
        async fn answered(&self) {
            let mut state = self.state.subscribe();
            let _ = state.wait_for(|state| *state == "answered").await;
        }

        fn defer(&self, _: Deferral) -> bool {
            self.moves("new", "deferred")
        }

        fn clear(&self) -> bool {
            self.moves("deferred", "cleared")
        }

        async fn send(&self, what: Sending) {
            let ms = u64::try_from(self.start.elapsed().as_millis()).unwrap();
            self.log.lock().unwrap().push((ms, what));
        }
    }

    impl Sender {
        fn new() -> Sender {
            let state = watch::Sender::new("new");
            Sender { state, log: Mutex::default(), start: Instant::now() }
        }

        fn moves(&self, from: &'static str, to: &'static str) -> bool {
            self.state.send_if_modified(|state| {
                let fits = *state == from;
                if fits {
                    *state = to;
                }
                fits
            })
        }
    }

    /// What is sent, and when, where the commit takes this long and the answer, if one comes, is
    /// sent so long after the interaction.
    async fn sent(how: Deferral, commit: u64, answer: Option<u64>) -> Vec<(u64, Sending)> {
        let sender = Sender::new();
        let (committed, commits) = oneshot::channel();
        let world = async {
            let mut committed = Some(committed);
            for ms in 0..20_000 {
                if ms == commit {
                    committed.take().map(|committed| committed.send("handled"));
                }
                if answer == Some(ms) {
                    sender.state.send_replace("answered");
                }
                tokio::task::yield_now().await;
                advance(Duration::from_millis(1)).await;
            }
        };
        let attended = attend(how, &sender, async { commits.await.unwrap() });
        let (fate, ()) = tokio::join!(attended, world);
        assert_eq!(fate, "handled");
        sender.log.into_inner().unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_in_time_is_the_acknowledgement() {
        for how in [Deferral::Thinking, Deferral::Silent] {
            assert_eq!(sent(how, 3, Some(9)).await, []);
            assert_eq!(sent(how, 3, Some(1_400)).await, []);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn under_load_the_answer_fills_what_was_deferred() {
        let thinking = Sending::Defer(Deferral::Thinking);
        let sent_then = sent(Deferral::Thinking, 6_000, Some(6_500)).await;
        assert!(matches!(sent_then[..], [(at, what)] if what == thinking && at < 1_600));
    }

    #[tokio::test(start_paused = true)]
    async fn what_nobody_answers_in_private_is_cleared_after_the_commit() {
        let sent_then = sent(Deferral::Thinking, 3, None).await;
        let [(deferred, _), (cleared, Sending::Clear)] = sent_then[..] else {
            panic!("{sent_then:?}");
        };
        assert!((1_500..1_600).contains(&deferred) && (4_500..4_600).contains(&cleared));
        let sent_then = sent(Deferral::Thinking, 6_000, None).await;
        let [_, (cleared, Sending::Clear)] = sent_then[..] else { panic!("{sent_then:?}") };
        assert!((9_000..9_100).contains(&cleared), "never before the commit: {cleared}");
    }

    #[tokio::test(start_paused = true)]
    async fn a_button_that_says_nothing_is_only_acknowledged() {
        let sent_then = sent(Deferral::Silent, 3, None).await;
        assert!(matches!(sent_then[..], [(_, Sending::Defer(Deferral::Silent))]), "{sent_then:?}");
    }

    #[tokio::test]
    async fn attending_may_wander_between_threads() {
        fn wanders<F: Future + Send>(_: F) {}
        wanders(
            async move { attend(Deferral::Silent, &Sender::new(), std::future::ready(1)).await },
        );
    }
}
