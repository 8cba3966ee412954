//! A Chromium of our own: found, started without a screen, and ended with the story.
#![expect(clippy::expect_used, reason = "a browser that does not start is no story")]

use std::fs::File;
use std::os::unix::fs::MetadataExt as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;

use super::pipe::Pipe;
use super::required;
use super::tab::Tab;

/// What it is called on PATH; `.ci/run` looks for the same.
const NAMES: [&str; 5] =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];

/// Nothing of the browser's own accord: no greeting, no updates, no look at the network, and no
/// window that sleeps because another one is in front of it.
const FLAGS: [&str; 16] = [
    "--headless",
    "--remote-debugging-pipe",
    "--no-first-run",
    "--no-default-browser-check",
    "--no-service-autorun",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-extensions",
    "--disable-sync",
    "--disable-gpu",
    "--disable-dev-shm-usage", // 64 MiB in a container, and windows crash
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
    "--lang=en-US",
];

/// Lays the pipe to where the browser looks for it, and keeps the browser's chatter apart from it.
const LAY_PIPE: &str = r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >&2"#;

/// It ends within this once its pipe is closed, or is ended.
const GOODBYE: Duration = Duration::from_secs(10);

/// How large a window is, and whether it is a phone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) phone: bool,
}

pub(crate) const DESK: Size = Size { width: 1280, height: 800, phone: false };
pub(crate) const PHONE: Size = Size { width: 390, height: 844, phone: true };

pub(crate) struct Chromium {
    pipe: Arc<Pipe>,
    child: Child,
    end: Receiver<()>,
    /// Where it keeps everything; removed after it has ended.
    _home: TempDir,
}

impl Chromium {
    /// Starts a browser for this test; without one on this machine, says that it does not run.
    pub(crate) async fn open(test: &str) -> Option<Chromium> {
        let Some(program) = find() else {
            required::missing("browser", test);
            return None;
        };
        let home = tempfile::tempdir().expect("a temporary folder");
        let chatter = home.path().join("chatter.txt");
        let mut command = Command::new("sh");
        command.arg("-c").arg(LAY_PIPE).arg(&program).args(FLAGS);
        command.arg(format!("--user-data-dir={}", home.path().display()));
        if home.path().metadata().expect("it is there").uid() == 0 {
            command.arg("--no-sandbox"); // there is none for root
        }
        command.arg("about:blank").env("HOME", home.path()).env("TMPDIR", home.path());
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        command.stderr(File::create(&chatter).expect("a file"));
        let mut child = command.spawn().expect("there is a shell");
        let to = child.stdin.take().expect("piped");
        let (pipe, end) = Pipe::new(to, child.stdout.take().expect("piped"));
        let chromium = Chromium { pipe: Arc::new(pipe), child, end, _home: home };
        if let Err(error) = chromium.pipe.ask(None, "Browser.getVersion", json!({})).await {
            let said = std::fs::read_to_string(chatter).unwrap_or_default();
            panic!("{} does not start: {error}\n{said}", program.display());
        }
        Some(chromium)
    }

    /// A window that shares nothing with the others, at this address.
    pub(crate) async fn window(&self, size: Size, address: &str) -> Tab {
        let context = self.ask("Target.createBrowserContext", json!({})).await;
        let made = json!({
            "url": "about:blank", "newWindow": true, "width": size.width, "height": size.height,
            "browserContextId": context.get("browserContextId"),
        });
        let target = self.ask("Target.createTarget", made).await;
        let target = json!({ "targetId": target.get("targetId"), "flatten": true });
        let session = self.ask("Target.attachToTarget", target).await;
        let session = session.get("sessionId").and_then(Value::as_str).expect("a session");
        Tab::open(self.pipe.clone(), session.to_owned(), size, address).await
    }

    async fn ask(&self, method: &str, params: Value) -> Value {
        self.pipe.ask(None, method, params).await.expect("the browser does it")
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        self.pipe.close();
        if self.end.recv_timeout(GOODBYE).is_err() {
            let _ended = self.child.kill();
        }
        let _ended = self.child.wait();
    }
}

/// The browser that `ASKAROUND_TEST_BROWSER` names, or one on PATH.
#[expect(clippy::disallowed_methods, reason = "a test says by environment where its browser is")]
fn find() -> Option<PathBuf> {
    if let Ok(named) = std::env::var("ASKAROUND_TEST_BROWSER") {
        let named = PathBuf::from(named);
        assert!(named.is_file(), "ASKAROUND_TEST_BROWSER names no file: {}", named.display());
        return Some(named);
    }
    let path = std::env::var("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let everywhere = NAMES.iter().flat_map(|name| folders.iter().map(move |at| at.join(name)));
    everywhere.into_iter().find(|file| file.is_file())
}
