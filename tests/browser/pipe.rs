//! Chromium's debugging protocol over a pipe: numbered questions, answers in any order, events.
#![expect(clippy::expect_used, reason = "a browser that is gone ends the story")]

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::{Value, json};
use tokio::sync::oneshot;

use super::program::within;

/// What happened in a window without being asked for.
pub(crate) struct Event {
    pub(crate) session: String,
    pub(crate) method: String,
    pub(crate) params: Value,
}

#[derive(Default)]
struct Shared {
    waiting: BTreeMap<u64, oneshot::Sender<Value>>,
    asked: u64,
    events: Vec<Event>,
}

/// Our end of the browser's pipe.
pub(crate) struct Pipe {
    to: Mutex<Option<Box<dyn Write + Send>>>,
    shared: Arc<Mutex<Shared>>,
}

/// A test that failed elsewhere leaves a value that is whole: nothing here stops half-way.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pipe {
    /// Also gives what hears when the browser has closed its end.
    pub(crate) fn new(
        to: impl Write + Send + 'static,
        from: impl Read + Send + 'static,
    ) -> (Pipe, Receiver<()>) {
        let shared = Arc::new(Mutex::new(Shared::default()));
        let (ended, end) = channel();
        let heard = shared.clone();
        std::thread::spawn(move || {
            for message in BufReader::new(from).split(0) {
                let Ok(message) = message else { break };
                hear(&heard, serde_json::from_slice(&message).expect("the browser speaks JSON"));
            }
            locked(&heard).waiting.clear();
            let _nobody_waits = ended.send(());
        });
        (Pipe { to: Mutex::new(Some(Box::new(to))), shared }, end)
    }

    /// Asks the browser, or one of its windows, to do something; its answer, or its refusal.
    pub(crate) async fn ask(
        &self,
        session: Option<&str>,
        method: &str,
        params: Value,
    ) -> Result<Value, String> {
        let (sender, answer) = oneshot::channel();
        let number = {
            let mut shared = locked(&self.shared);
            shared.asked += 1;
            let number = shared.asked;
            shared.waiting.insert(number, sender);
            number
        };
        let mut question = json!({ "id": number, "method": method, "params": params });
        if let (Some(session), Some(fields)) = (session, question.as_object_mut()) {
            fields.insert("sessionId".to_owned(), session.into());
        }
        self.write(&question).map_err(|error| format!("{method}: {error}"))?;
        let mut answer =
            within(method, answer).await.map_err(|_| format!("{method}: the browser has ended"))?;
        match answer.get_mut("error") {
            Some(error) => Err(format!("{method}: {error}")),
            None => Ok(answer.get_mut("result").map(Value::take).unwrap_or_default()),
        }
    }

    fn write(&self, question: &Value) -> std::io::Result<()> {
        let mut to = locked(&self.to);
        let Some(to) = to.as_mut() else { return Err(std::io::ErrorKind::BrokenPipe.into()) };
        to.write_all(format!("{question}\0").as_bytes())?;
        to.flush()
    }

    /// Closes our end: the browser ends.
    pub(crate) fn close(&self) {
        locked(&self.to).take();
    }

    /// What these events say, in order; they are kept.
    pub(crate) fn events<T>(&self, read: impl FnMut(&Event) -> Option<T>) -> Vec<T> {
        locked(&self.shared).events.iter().filter_map(read).collect()
    }
}

fn hear(shared: &Mutex<Shared>, mut message: Value) {
    let mut shared = locked(shared);
    if let Some(number) = message.get("id").and_then(Value::as_u64) {
        if let Some(sender) = shared.waiting.remove(&number) {
            let _nobody_waits = sender.send(message);
        }
        return;
    }
    let text = |key: &str| message.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (session, method) = (text("sessionId"), text("method"));
    let params = message.get_mut("params").map(Value::take).unwrap_or_default();
    shared.events.push(Event { session, method, params });
}
