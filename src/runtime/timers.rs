//! Deadlines: every open case has one, in its own row, and so has a round that is under way; here
//! they are only looked up and fired.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use super::engine::{BATCH, Due, Engine, Input};
use super::{Work, clock, wait};
use crate::domain::time::Moment;
use crate::store::StoreError;

/// A fired deadline is not fired again so soon: its case is being handled, or it failed and an
/// operator has been told.
const NOT_AGAIN_FOR: Duration = Duration::from_secs(30);

/// What is due now, the longest overdue first, at most a batch.
pub async fn due_inputs(engine: &Engine) -> Result<Vec<Input>, StoreError> {
    let limit = i64::try_from(BATCH).unwrap_or(i64::MAX);
    let due = engine.due(engine.clock().now(), limit).await?;
    Ok(due.into_iter().map(|(due, _)| due.into()).collect())
}

/// Fires deadlines as they pass.
pub(super) async fn run(engine: Arc<Engine>, queue: mpsc::Sender<Work>, stop: CancellationToken) {
    // Keyed with the deadline: a new deadline of the same case is a new firing.
    let mut fired: BTreeMap<(Due, Moment), Moment> = BTreeMap::new();
    loop {
        let earlier = engine.bells.deadlines();
        let now = engine.clock().now();
        fired.retain(|_, at| *at + NOT_AGAIN_FOR > now);
        match look(&engine, now, fired.len()).await {
            Ok((due, next)) => {
                for firing in due {
                    if fired.contains_key(&firing) {
                        continue;
                    }
                    fired.insert(firing, now);
                    if queue.send(Work::Inner(firing.0.into(), None)).await.is_err() {
                        return;
                    }
                }
                let retry = fired.values().min().map(|at| *at + NOT_AGAIN_FOR);
                let next = [next, retry].into_iter().flatten().min();
                engine.bells.looks_next(next);
                tokio::select! {
                    () = earlier => {}
                    () = wait(&engine, next) => {}
                    () = stop.cancelled() => return,
                }
            }
            Err(error) => {
                tracing::warn!(problem = %error, "deadlines could not be read");
                tokio::select! {
                    () = clock::pause(Duration::from_secs(1)) => {}
                    () = stop.cancelled() => return,
                }
            }
        }
    }
}

/// What is due at `now`, beside what was fired already, and when the next one is.
async fn look(
    engine: &Engine,
    now: Moment,
    already: usize,
) -> Result<(Vec<(Due, Moment)>, Option<Moment>), StoreError> {
    let limit = i64::try_from(BATCH + already).unwrap_or(i64::MAX);
    Ok((engine.due(now, limit).await?, engine.next_deadline(now).await?))
}
