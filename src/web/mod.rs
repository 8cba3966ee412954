//! The listeners: who may speak to this process over HTTP, and what each hears.
//!
//! There are two, and they never share a port. [`public_router`] is for the world: health,
//! readiness, metrics, and what platforms bring. [`playground_router`] is for the person in front
//! of this machine: it only answers to a loopback name, because whoever reaches it can be anybody
//! of the community, staff included.
//!
//! This folder owns axum and every socket; behind it are neutral values.

mod playground;
mod public;

#[cfg(test)]
mod tests;

use std::io;
use std::time::Duration;

use axum::serve::ListenerExt;
use axum::{Extension, Router};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

pub use playground::playground_router;
pub use public::{Health, OWN_PATHS, public_router, with_hooks};

/// How long a stopping listener waits for answers under way; a browser that has stopped reading
/// must not keep the process alive.
const DRAIN: Duration = Duration::from_secs(5);

/// The sockets that outlive the request they came with.
#[derive(Debug, Clone)]
struct Sockets {
    stop: CancellationToken,
    open: TaskTracker,
}

/// Answers on `listener` until `stop`; then finishes what is under way, open sockets included.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> io::Result<()> {
    let sockets = Sockets { stop: stop.clone(), open: TaskTracker::new() };
    let router = router.layer(Extension(sockets.clone()));
    // Without this, a short frame waits for the acknowledgement of the one before.
    let listener = listener.tap_io(|stream| {
        let _ = stream.set_nodelay(true);
    });
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let drained = async {
        serving.await?;
        sockets.open.close();
        sockets.open.wait().await;
        Ok(())
    };
    let mut drained = std::pin::pin!(drained);
    tokio::select! {
        ended = &mut drained => return ended,
        () = stop.cancelled() => {}
    }
    tokio::time::timeout(DRAIN, drained).await.unwrap_or(Ok(()))
}
