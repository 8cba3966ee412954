//! `askaround run`: assembles bots, stores, platforms and listeners, and stops them in order.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context as _, bail};
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use super::platforms::{self, Platforms};
use super::{RunOptions, keys, logs, playground, say, say_error};
use crate::bot::{self, Bot, Severity};
use crate::platform::Hook;
use crate::runtime::{BotParts, Clock as _, Engine, Runtime, SystemClock};
use crate::store::{Durability, Store};
use crate::web::{self, Health};

pub(super) fn run(options: &RunOptions) -> anyhow::Result<ExitCode> {
    logs::start(options.log);
    let Some(bots) = load(options) else { return Ok(ExitCode::FAILURE) };
    if !options.playground.ip().is_loopback() {
        bail!(
            "the playground lets everybody be staff, so it is served on this machine only: give \
             --playground a loopback address such as 127.0.0.1:8080, not {}",
            options.playground
        );
    }
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .context("threads cannot be started")?
        .block_on(serve(options, bots))?;
    Ok(ExitCode::SUCCESS)
}

/// The bots, unless something must be mended first.
fn load(options: &RunOptions) -> Option<Vec<Bot>> {
    let loaded = bot::load_all(&options.bots, &options.bot_ids(), SystemClock.today());
    for problem in &loaded.problems {
        say_error(&problem.to_string());
    }
    let broken = loaded.problems.iter().any(|problem| problem.severity == Severity::Error);
    if broken {
        say_error("nothing was started; mend what is named above, or run `askaround check`");
        return None;
    }
    Some(loaded.bots)
}

async fn serve(options: &RunOptions, bots: Vec<Bot>) -> anyhow::Result<()> {
    // Asked for before anything is said to be ready: whoever reads that may stop us at once.
    let mut signals = Signals::listen()?;
    let keys = keys::given()?;
    let store = Store::open_with(&options.database, Durability::Full, keys).await?;
    let public = listen(options.listen, "--listen").await?;
    let public_address = public.local_addr()?;
    let stop = CancellationToken::new();
    let mut parts: JoinSet<anyhow::Result<()>> = JoinSet::new();
    let outcome = async {
        let mut builder = Runtime::builder(store.clone());
        let mut switched = Vec::new();
        for bot in &bots {
            let parts = BotParts::of(bot, SystemClock.today())?;
            switched.push(platforms::of(bot, &parts.locales)?);
            builder = builder.bot(parts);
        }
        let mut live = builder.build().await?;
        let mut hooks: Vec<Arc<dyn Hook>> = Vec::new();
        for (bot, platforms) in bots.iter().zip(&mut switched) {
            for platform in platforms.on.drain(..) {
                hooks.extend(platform.hook());
                live.connect(&bot.id, platform)?;
            }
        }
        each_of_its_own(&hooks)?;
        let rehearsal = match bots.iter().find(|bot| bot.manifest.playground) {
            Some(bot) => Some(playground::start(options, bot, &mut parts, &stop).await?),
            None => None,
        };
        let health: Arc<dyn Health> = Arc::new(Live(Arc::clone(live.engine())));
        let router = web::with_hooks(web::public_router(health), hooks);
        let token = stop.clone();
        parts.spawn(async move { Ok(web::serve(public, router, token).await?) });
        let token = stop.clone();
        parts.spawn(async move { Ok(live.run(token).await?) });
        announce(&bots, &switched, rehearsal, public_address);
        until_told_to_stop(&mut parts, &stop, &mut signals).await
    }
    .await;
    stop.cancel();
    store.close().await;
    outcome
}

/// Two bots called at one path would hear each other's people.
fn each_of_its_own(hooks: &[Arc<dyn Hook>]) -> anyhow::Result<()> {
    let mut paths = BTreeSet::new();
    for hook in hooks {
        let path = hook.path();
        if web::OWN_PATHS.contains(&path) || !paths.insert(path) {
            bail!("{path} is taken already: give each telegram.webhook.url a path of its own");
        }
    }
    Ok(())
}

/// Says what is on and where, once everything is.
fn announce(
    bots: &[Bot],
    platforms: &[Platforms],
    playground: Option<SocketAddr>,
    public: SocketAddr,
) {
    for (bot, platforms) in bots.iter().zip(platforms) {
        say(&format!("{} is ready.", bot.manifest.name));
        platforms.lines.iter().for_each(|line| say(line));
    }
    if let Some(address) = playground {
        say(&format!("  playground  http://{address}  (open it; nothing leaves this machine)"));
    }
    say(&format!("  health      http://{public}/healthz"));
    say("Ctrl-C stops.");
}

/// Waits for Ctrl-C, a termination signal or the end of a part; then stops all in order. A second
/// Ctrl-C does not wait.
async fn until_told_to_stop(
    parts: &mut JoinSet<anyhow::Result<()>>,
    stop: &CancellationToken,
    signals: &mut Signals,
) -> anyhow::Result<()> {
    let mut outcome = Ok(());
    tokio::select! {
        () = signals.next() => {}
        Some(ended) = parts.join_next() => outcome = ended.context("a part panicked")?,
    }
    tracing::info!("stopping: what was heard is committed, what is being sent is settled");
    stop.cancel();
    loop {
        tokio::select! {
            ended = parts.join_next() => match ended {
                None => return outcome,
                Some(ended) => outcome = outcome.and(ended.context("a part panicked")?),
            },
            () = signals.next() => {
                bail!("stopped at once; the next start settles what was open")
            }
        }
    }
}

/// Ctrl-C, and on Unix the termination signal.
#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn listen() -> anyhow::Result<Signals> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Signals { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    #[expect(clippy::unnecessary_wraps, reason = "the same shape as on Unix")]
    fn listen() -> anyhow::Result<Signals> {
        Ok(Signals)
    }

    async fn next(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Binds a listener, or says which option names a free one.
pub(super) async fn listen(address: SocketAddr, option: &str) -> anyhow::Result<TcpListener> {
    TcpListener::bind(address).await.with_context(|| {
        format!(
            "{address} cannot be listened on; if another program has it, choose another with \
             {option}"
        )
    })
}

/// What the health pages look at.
struct Live(Arc<Engine>);

impl Health for Live {
    fn ready(&self) -> Result<Vec<String>, String> {
        if !self.0.database_answers() {
            return Err("the database does not answer".to_owned());
        }
        // One platform that is away must not take the others from the world: whoever balances load
        // by this would no longer let Telegram call. So only where nothing is heard at all.
        self.0.connections().heard().map_err(|missing| missing.join("; "))
    }

    fn metrics(&self) -> String {
        self.0.meters().text()
    }
}
