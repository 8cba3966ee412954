//! A board: the messages of a platform that is its own server, and its memory.
//!
//! Discord and Telegram keep what is said and tell an update again when nobody acknowledged it. A
//! platform of one's own (a socket, a page) must do both. A [`Board`] is that half of it: it
//! carries out what the bot says as the contract wants it, keeps what people do before anybody
//! sees it, and tells the runtime until it is committed. What is left to the platform is who people
//! are, how they say what they want, and how a [`Post`] looks.
//!
//! It is a file of one line an act, written to the disk before the act is seen, read whole when it
//! is opened and never shortened: right for a small community, not for a large one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{
    Act, Author, Delivery, DeliveryError, Down, Face, Inbound, InboundSink, Place, Receipt, What,
};
use crate::domain::ids::{OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::Words;

/// Acts that the runtime has not committed. It commits hundreds a second, so this many waiting
/// means that it stands still, and people had better know.
const UNHEARD_LIMIT: usize = 256;

/// A message as it is by now.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Post {
    /// Rises in the order in which they were first posted; the message's key is this number.
    pub number: usize,
    pub channel: PlatformKey,
    /// `None` is the bot.
    pub by: Option<PlatformKey>,
    /// Nobody else sees it.
    pub to: Option<PlatformKey>,
    pub reply_to: Option<PlatformKey>,
    pub words: Words,
    pub buttons: Vec<Face>,
    /// Those whom it lights up.
    pub ping: Vec<PlatformKey>,
    /// Deleted: told as news once, without its words, and found no more.
    pub gone: bool,
    /// The delivery that it was: the same one again is this post.
    row: Option<OutboxId>,
}

impl Post {
    fn new(number: usize, channel: PlatformKey) -> Post {
        let (buttons, ping, words) = (Vec::new(), Vec::new(), Words::default());
        let (by, to, reply_to, row) = (None, None, None, None);
        Post { number, channel, by, to, reply_to, words, buttons, ping, gone: false, row }
    }

    pub fn key(&self) -> PlatformKey {
        PlatformKey::new(self.number.to_string())
    }
}

/// One act, all of it or nothing.
#[derive(Default, Serialize, Deserialize)]
struct Line {
    /// A post, or what has become of an earlier one.
    post: Option<Post>,
    heard: Option<Inbound>,
    /// The next of those heard is committed; they are told in order.
    committed: bool,
}

/// Messages, and what the runtime is still to be told.
pub struct Board {
    pages: Mutex<Pages>,
    /// How many versions of posts there are.
    grown: watch::Sender<usize>,
}

struct Pages {
    file: File,
    /// The bytes of it that are known to be right.
    length: u64,
    is_torn: bool,
    /// The number of the next post.
    next: usize,
    posts: BTreeMap<usize, Post>,
    /// In the order of the acts: which post was new or changed.
    news: Vec<usize>,
    heard: Vec<Inbound>,
    committed: usize,
}

impl Pages {
    fn post(&self, key: &PlatformKey) -> Option<&Post> {
        let number = key.as_str().parse().ok()?;
        self.posts.get(&number).filter(|post| !post.gone && post.key() == *key)
    }

    fn add(&mut self, line: Line) {
        if let Some(post) = line.post {
            self.news.push(post.number);
            self.next = self.next.max(post.number + 1);
            self.posts.insert(post.number, post);
        }
        self.heard.extend(line.heard);
        self.committed += usize::from(line.committed);
    }

    /// What a power cut leaves of a line stands before the next one's first byte: it does not read,
    /// and spoils no other. What failed is taken back, so that its number can be given again.
    fn write(&mut self, line: Line) -> io::Result<()> {
        let text = format!("\n{}", serde_json::to_string(&line)?);
        if self.is_torn {
            self.file.set_len(self.length)?;
        }
        self.is_torn = true;
        self.file.write_all(text.as_bytes())?;
        self.file.sync_data()?;
        self.is_torn = false;
        self.length += text.len() as u64;
        self.add(line);
        Ok(())
    }
}

impl Board {
    /// Reads the file, or begins it.
    pub fn open(path: &Path) -> io::Result<Board> {
        let mut file = File::options().create(true).read(true).append(true).open(path)?;
        let mut text = Vec::new();
        file.read_to_end(&mut text)?;
        let (posts, news, heard) = (BTreeMap::new(), Vec::new(), Vec::new());
        let length = text.len() as u64;
        let (is_torn, next, committed) = (false, 1, 0);
        let mut pages = Pages { file, length, is_torn, next, posts, news, heard, committed };
        for line in text.split(|byte| *byte == b'\n') {
            if let Ok(line) = serde_json::from_slice(line) {
                pages.add(line);
            }
        }
        let grown = watch::Sender::new(pages.news.len());
        Ok(Board { pages: Mutex::new(pages), grown })
    }

    fn pages(&self) -> MutexGuard<'_, Pages> {
        self.pages.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A message by its key, as it is by now.
    pub fn post(&self, key: &PlatformKey) -> Option<Post> {
        self.pages().post(key).cloned()
    }

    /// The posts that were new or changed since a screen had `seen` so many acts: oldest first, and
    /// as they are by now. Then it has seen all.
    pub fn news(&self, seen: &mut usize) -> Vec<Post> {
        let pages = self.pages();
        let changed: BTreeSet<_> = pages.news.iter().skip(*seen).collect();
        *seen = pages.news.len();
        changed.into_iter().filter_map(|number| pages.posts.get(number).cloned()).collect()
    }

    /// A way to wait for news.
    pub fn grown(&self) -> watch::Receiver<usize> {
        self.grown.subscribe()
    }

    /// Somebody did something, and the platform found that they may: it is kept, the screens have
    /// news of it, and the runtime is told. A message gets its key here. Only whoever said a
    /// message edits it, and only they or a moderator delete it: else it is `PermissionDenied`.
    /// With too much waiting for the runtime it is `WouldBlock`, and nothing is kept.
    pub fn hear(&self, at: Moment, place: Place, by: Author, mut what: What) -> io::Result<()> {
        let mut pages = self.pages();
        if pages.heard.len().saturating_sub(pages.committed) >= UNHEARD_LIMIT {
            return Err(io::Error::from(io::ErrorKind::WouldBlock));
        }
        let own = |key: &PlatformKey, may_any: bool| {
            let post = pages.post(key).filter(|post| may_any || post.by.as_ref() == Some(&by.key));
            post.cloned().ok_or_else(|| io::Error::from(io::ErrorKind::PermissionDenied))
        };
        let post = match &mut what {
            What::Said(message) => {
                let post = Post {
                    by: Some(by.key.clone()),
                    reply_to: message.reply_to.clone(),
                    words: Words::plain(&message.text),
                    ..Post::new(pages.next, place.channel.clone())
                };
                message.key = post.key();
                Some(post)
            }
            What::Edited { message, text } => {
                Some(Post { words: Words::plain(&**text), ..own(message, false)? })
            }
            What::Deleted { message } => {
                let words = Words::default();
                Some(Post { gone: true, words, ..own(message, by.moderator)? })
            }
            What::Reacted { .. }
            | What::Pressed { .. }
            | What::Commanded { .. }
            | What::Left
            | What::Joined
            | What::Moved { .. } => None,
        };
        let key = PlatformKey::new(format!("heard-{}", pages.heard.len()));
        let heard = Some(Inbound { key, at, place, by, what });
        self.keep(&mut pages, Line { post, heard, committed: false })
    }

    /// Carries out what the bot says. Whether the channel and the person are there is the
    /// platform's to look at before.
    pub fn deliver(&self, delivery: &Delivery) -> Result<Receipt, DeliveryError> {
        let mut pages = self.pages();
        let same = pages.posts.values().find(|post| post.row == Some(delivery.id));
        if let Some(post) = same {
            return Ok(Receipt::of_message(post.key()));
        }
        let new =
            Post { row: Some(delivery.id), ..Post::new(pages.next, delivery.channel.clone()) };
        let post = match delivery.act.clone() {
            Act::Post { words, reply_to, buttons, ping } => {
                let is_there = |to: &PlatformKey| {
                    pages.post(to).is_some_and(|old| old.channel == new.channel && old.to.is_none())
                };
                Post { words, reply_to: reply_to.filter(is_there), buttons, ping, ..new }
            }
            Act::Private { to, words, buttons, handle: _ } => {
                Post { to: Some(to), words, buttons, ..new }
            }
            Act::Edit { message, words, buttons } => {
                let Some(old) = pages.post(&message) else {
                    return Err(DeliveryError::Gone { why: format!("no message {message}") });
                };
                if old.by.is_some() {
                    let why = format!("message {message} is not the bot's");
                    return Err(DeliveryError::Refused { why });
                }
                // Whoever has been lit up by it is not lit up again.
                Post { words, buttons, ping: Vec::new(), ..old.clone() }
            }
            Act::Wear { .. } => {
                return Err(DeliveryError::Refused { why: "a board has no badges".to_owned() });
            }
            Act::OpenThread { .. } | Act::PutAway { .. } => {
                return Err(DeliveryError::Refused { why: "a board has no threads".to_owned() });
            }
        };
        let receipt = Receipt::of_message(post.key());
        if pages.post(&post.key()) != Some(&post) {
            let kept = self.keep(&mut pages, Line { post: Some(post), ..Line::default() });
            kept.map_err(|error| DeliveryError::Retry { after: None, why: error.to_string() })?;
        }
        Ok(receipt)
    }

    /// Tells the runtime what was heard, in order and each until it is committed, until `stop`: all
    /// that [`Platform::run`](super::Platform::run) needs to do.
    pub async fn tell(&self, sink: InboundSink, stop: CancellationToken) -> Result<(), Down> {
        tokio::select! {
            () = stop.cancelled() => Ok(()),
            ended = self.tell_all(&sink) => ended,
        }
    }

    async fn tell_all(&self, sink: &InboundSink) -> Result<(), Down> {
        let mut grown = self.grown();
        loop {
            grown.mark_unchanged();
            let next = {
                let pages = self.pages();
                pages.heard.get(pages.committed).cloned()
            };
            let Some(next) = next else {
                // The sender is ours, so there is always something to wait for.
                let _open = grown.changed().await;
                continue;
            };
            // A runtime that shuts down is told again by the next one.
            let Ok(_fate) = sink.accept(next).await else { return Ok(()) };
            let line = Line { committed: true, ..Line::default() };
            self.pages().write(line).map_err(|error| Down(format!("the board: {error}")))?;
        }
    }

    fn keep(&self, pages: &mut Pages, line: Line) -> io::Result<()> {
        pages.write(line)?;
        self.grown.send_replace(pages.news.len());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::BotId;
    use crate::platform::{Fate, Message};
    use tokio::sync::mpsc;

    const NOON: Moment = Moment::from_millis(1_800_000_000_000);

    fn place() -> Place {
        Place::new(("line", "The line"), ("help", "help"))
    }

    fn says(board: &Board, who: &str, text: &str) -> io::Result<()> {
        let message = Message {
            key: PlatformKey::from(""),
            text: text.to_owned(),
            reply_to: None,
            mentions_bot: false,
            opens_post: false,
            wordless: false,
        };
        let by = Author::named(PlatformKey::from(who), who);
        board.hear(NOON, place(), by, What::Said(message))
    }

    fn texts(board: &Board) -> Vec<(usize, String)> {
        board.news(&mut 0).iter().map(|post| (post.number, post.words.to_plain())).collect()
    }

    #[tokio::test]
    async fn a_line_that_was_cut_short_spoils_no_other_and_gives_its_number_to_the_next() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("board");
        let board = Board::open(&path).expect("opens");
        says(&board, "mia", "one").expect("kept");
        says(&board, "mia", "two").expect("kept");
        drop(board);
        let whole = std::fs::read(&path).expect("reads");
        std::fs::write(&path, &whole[..whole.len() - 9]).expect("cut in the middle of two");
        let board = Board::open(&path).expect("opens all the same");
        assert_eq!(texts(&board), [(1, "one".to_owned())]);
        says(&board, "mia", "three").expect("kept");
        drop(board);
        let board = Board::open(&path).expect("opens");
        assert_eq!(texts(&board), [(1, "one".to_owned()), (2, "three".to_owned())]);

        let (queue, mut heard) = mpsc::channel(1);
        let sink = InboundSink::new(BotId::from("lumen"), "line".into(), queue);
        let stop = CancellationToken::new();
        let runtime = async {
            let mut keys = Vec::new();
            for _ in 0..2 {
                let handover = heard.recv().await.expect("told");
                keys.push(handover.inbound.key.to_string());
                handover.done.send(Fate::Handled).expect("it waits");
            }
            stop.cancel();
            keys
        };
        let (ended, keys) = tokio::join!(board.tell(sink, stop.clone()), runtime);
        assert!(ended.is_ok());
        assert_eq!(keys, ["heard-0", "heard-1"]);
    }

    #[test]
    fn a_runtime_that_stands_still_is_not_buried() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let board = Board::open(&folder.path().join("board")).expect("opens");
        for _ in 0..UNHEARD_LIMIT {
            says(&board, "mia", "hello?").expect("kept");
        }
        let refused = says(&board, "mia", "hello??").map_err(|error| error.kind());
        assert_eq!(refused, Err(io::ErrorKind::WouldBlock));
        assert_eq!(texts(&board).len(), UNHEARD_LIMIT);
    }

    #[test]
    fn what_somebody_else_said_is_not_ones_own_to_change() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let board = Board::open(&folder.path().join("board")).expect("opens");
        says(&board, "mia", "my secret").expect("kept");
        let message = PlatformKey::from("1");
        let does = |author: Author, what: What| {
            board.hear(NOON, place(), author, what).map_err(|error| error.kind())
        };
        let denied = Err(io::ErrorKind::PermissionDenied);
        let kai = || Author::named(PlatformKey::from("kai"), "Kai");
        let robin = || Author { moderator: true, ..kai() };
        let edit = || What::Edited { message: message.clone(), text: "no".to_owned() };
        let delete = || What::Deleted { message: message.clone() };
        assert_eq!(does(kai(), edit()), denied);
        assert_eq!(does(robin(), edit()), denied, "a moderator takes away, and puts in no words");
        assert_eq!(does(kai(), delete()), denied);
        assert_eq!(texts(&board), [(1, "my secret".to_owned())]);
        assert_eq!(does(robin(), delete()), Ok(()));
        assert_eq!((board.post(&message), board.news(&mut 0)[0].gone), (None, true));
        assert_eq!(texts(&board), [(1, String::new())], "nobody is told the words once more");
        assert_eq!(does(robin(), delete()), denied, "it is gone");
    }
}
