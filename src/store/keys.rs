//! The words of people, kept under a key that is not in the database.
//!
//! Wanted: whoever gets hold of the file, of a backup or of the server's disk reads no question and
//! no answer in it; a row's words cannot be put into another row; a key can be changed while the
//! program works; and a wrong key is noticed before anything is written with it.
//!
//! Each text of the columns below ([`Words`]) is sealed by itself (ChaCha20-Poly1305, a nonce by
//! chance, bound to table, column and key of its row) where it is written, and opened where it is
//! read: no other layer knows. Ids, names, points and times stay readable, because the database
//! looks for rows by them. The empty text stays empty: that nothing is said is no secret, and the
//! sweeper asks for it.
//!
//! The key belongs to the database and not to a bot: rows of several bots stand in one table, some
//! belong to none, and all of them are backed up, moved and read as one.
//!
//! A sealed text says by which key. The table `text_keys` lists the fingerprints of those that are
//! needed: a start without one of them is refused. Changing the key is a new one beside the old:
//! new words are kept under the new one at once, and the sweeper takes the others over, batch by
//! batch; then the old one is needed no more. Taking the key away is the same with none in the
//! place of the new one.
//!
//! What this does not hide: what was written before there was a key may stand in pages that the
//! database has freed and not used again. A restored backup has none of them.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom as _, SystemRandom};
use ring::{digest, rand};

use super::StoreError;

/// Where the key comes from, and where those before it.
pub const KEY_VARIABLE: &str = "ASKAROUND_TEXT_KEY";
pub const OLD_KEYS_VARIABLE: &str = "ASKAROUND_OLD_TEXT_KEYS";

const KEY_BYTES: usize = 32;

/// How every text begins that is not simply itself: no keyboard has it, and a text that does begin
/// so is kept behind [`PLAIN`].
const MARK: char = '\u{1}';
const SEALED: &str = "\u{1}k";
const PLAIN: &str = "\u{1}p";

/// A key, of 32 bytes.
#[derive(Clone)]
pub struct TextKey([u8; KEY_BYTES]);

impl fmt::Debug for TextKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TextKey({})", self.id())
    }
}

impl TextKey {
    /// A new one, by chance.
    pub fn new() -> Result<TextKey, StoreError> {
        let key = rand::generate::<[u8; KEY_BYTES]>(&SystemRandom::new());
        Ok(TextKey(key.map_err(|_| no_chance())?.expose()))
    }

    /// Reads one as it is shown; `None` for anything else.
    pub fn read(text: &str) -> Option<TextKey> {
        let bytes = STANDARD.decode(text.trim()).ok()?;
        bytes.try_into().ok().map(TextKey)
    }

    /// As it is kept somewhere safe: base64.
    pub fn secret(&self) -> String {
        STANDARD.encode(self.0)
    }

    /// Its fingerprint, which tells nothing of it.
    pub fn id(&self) -> String {
        let bytes = [b"askaround text key".as_slice(), &self.0].concat();
        let digest = digest::digest(&digest::SHA256, &bytes);
        hex(digest.as_ref().iter().take(4))
    }
}

/// Bytes as people compare them.
pub(super) fn hex<'a>(bytes: impl IntoIterator<Item = &'a u8>) -> String {
    bytes.into_iter().fold(String::new(), |mut text, byte| {
        let _infallible = write!(text, "{byte:02x}");
        text
    })
}

fn no_chance() -> StoreError {
    StoreError::Unavailable("the system gives no random bytes".to_owned())
}

/// The keys that a process has.
#[derive(Clone, Default)]
pub struct TextKeys(Option<Arc<Ring>>);

struct Ring {
    /// Under which new words are kept; `None` to keep them as they are.
    current: Option<String>,
    keys: BTreeMap<String, LessSafeKey>,
}

impl fmt::Debug for TextKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.ids()).finish()
    }
}

impl TextKeys {
    /// `current` is what new words are kept under, `old` are those that only read.
    pub fn new(current: Option<&TextKey>, old: &[TextKey]) -> Result<TextKeys, StoreError> {
        let mut keys = BTreeMap::new();
        for key in current.into_iter().chain(old) {
            let unbound = UnboundKey::new(&CHACHA20_POLY1305, &key.0)
                .map_err(|_| StoreError::Unusable("a key has another length".to_owned()))?;
            keys.insert(key.id(), LessSafeKey::new(unbound));
        }
        Ok(TextKeys(Some(Arc::new(Ring { current: current.map(TextKey::id), keys }))))
    }

    pub(super) fn current(&self) -> Option<&str> {
        self.0.as_ref()?.current.as_deref()
    }

    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().flat_map(|ring| ring.keys.keys().map(String::as_str))
    }

    /// How a text is kept in this place.
    pub(super) fn seal(
        &self,
        words: Words,
        row: &dyn fmt::Display,
        text: &str,
    ) -> Result<String, StoreError> {
        if text.is_empty() {
            return Ok(String::new());
        }
        let current = self.0.as_ref().and_then(|ring| {
            let id = ring.current.as_deref()?;
            Some((id, ring.keys.get(id)?))
        });
        let Some((id, key)) = current else {
            let mark = if text.starts_with(MARK) { PLAIN } else { "" };
            return Ok(format!("{mark}{text}"));
        };
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| no_chance())?;
        let mut bytes = text.as_bytes().to_vec();
        let place = Aad::from(words.of(row));
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), place, &mut bytes)
            .map_err(|_| StoreError::Statement("a text is too long to be sealed".to_owned()))?;
        let sealed = [nonce.as_slice(), &bytes].concat();
        Ok(format!("{SEALED}{id}:{}", STANDARD.encode(sealed)))
    }

    /// What was kept in this place.
    pub(super) fn open(
        &self,
        words: Words,
        row: &dyn fmt::Display,
        kept: String,
    ) -> Result<String, StoreError> {
        if !kept.starts_with(MARK) {
            return Ok(kept);
        }
        if let Some(plain) = kept.strip_prefix(PLAIN) {
            return Ok(plain.to_owned());
        }
        self.opened(words.of(row), &kept).map_err(|problem| StoreError::Corrupt {
            table: words.table,
            id: row.to_string(),
            column: words.column,
            problem: problem.to_owned(),
        })
    }

    fn opened(&self, place: String, kept: &str) -> Result<String, &'static str> {
        const CHANGED: &str = "the sealed text was changed, or belongs to another row";
        let (id, sealed) =
            kept.strip_prefix(SEALED).and_then(|rest| rest.split_once(':')).ok_or(CHANGED)?;
        let key = self.0.as_ref().and_then(|ring| ring.keys.get(id));
        let key = key.ok_or("it is sealed, and its key is not given")?;
        let mut bytes = STANDARD.decode(sealed).map_err(|_| CHANGED)?;
        let (nonce, sealed) = bytes.split_at_mut_checked(NONCE_LEN).ok_or(CHANGED)?;
        let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| CHANGED)?;
        let text = key.open_in_place(nonce, Aad::from(place), sealed).map_err(|_| CHANGED)?;
        String::from_utf8(text.to_vec()).map_err(|_| CHANGED)
    }

    /// Whether a text is kept as a new one would be.
    pub(super) fn is_current(&self, kept: &str) -> bool {
        match (kept.strip_prefix(SEALED), self.current()) {
            (Some(sealed), Some(id)) => {
                sealed.strip_prefix(id).is_some_and(|rest| rest.starts_with(':'))
            }
            (None, None) => true,
            (Some(_), None) => false,
            (None, Some(_)) => kept.is_empty(),
        }
    }
}

/// A column of people's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words {
    table: &'static str,
    column: &'static str,
}

pub(super) const MESSAGE_BODY: Words = Words { table: "messages", column: "body" };
pub(super) const FEEDBACK_BODY: Words = Words { table: "feedback", column: "body" };
pub(super) const OUTBOX_DOCUMENT: Words = Words { table: "outbox", column: "document" };
pub(super) const PARKED_DOCUMENT: Words = Words { table: "parked", column: "document" };
/// A thread is called by what somebody wrote.
pub(super) const CHANNEL_NAME: Words = Words { table: "channels", column: "name" };
pub(super) const LEDGER_NOTE: Words = Words { table: "ledger", column: "note" };
pub(super) const BLOCK_NOTE: Words = Words { table: "accounts", column: "block_note" };
pub(super) const HARVEST_WORDING: Words = Words { table: "harvests", column: "wording" };
/// As it was before moderators changed it.
pub(super) const HARVEST_FORMER: Words = Words { table: "harvests", column: "former" };

impl Words {
    /// What a text of this row is bound to.
    fn of(self, row: &dyn fmt::Display) -> String {
        format!("{}.{}/{row}", self.table, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(current: Option<&TextKey>, old: &[TextKey]) -> TextKeys {
        TextKeys::new(current, old).unwrap()
    }

    const HERE: &str = "9/m1";

    #[test]
    fn a_text_is_read_in_its_place_and_nowhere_else() {
        let key = TextKey::new().unwrap();
        let keys = keys(Some(&key), &[]);
        for text in ["It blinks red", "", "\u{1}p\u{1}kab:cd", "🛜"] {
            let kept = keys.seal(MESSAGE_BODY, &HERE, text).unwrap();
            assert!(text.is_empty() || !kept.contains(text), "{kept}");
            assert_eq!(keys.open(MESSAGE_BODY, &HERE, kept.clone()).unwrap(), text);
            for (words, row) in [(MESSAGE_BODY, "9/m2"), (FEEDBACK_BODY, HERE)] {
                let moved = keys.open(words, &row, kept.clone());
                assert_eq!(moved.is_ok(), text.is_empty(), "{row}");
            }
        }
        let (one, two) = (
            keys.seal(MESSAGE_BODY, &HERE, "yes").unwrap(),
            keys.seal(MESSAGE_BODY, &HERE, "yes").unwrap(),
        );
        assert_ne!(one, two, "the same words do not look the same");
    }

    #[test]
    fn without_a_key_words_are_themselves_whatever_they_look_like() {
        let none = TextKeys::default();
        for text in ["It blinks red", "", "\u{1}p\u{1}kab:cd", "\u{1}k0011:AAAA", "{}"] {
            let kept = none.seal(MESSAGE_BODY, &HERE, text).unwrap();
            assert_eq!(none.open(MESSAGE_BODY, &HERE, kept).unwrap(), text);
        }
        assert_eq!(none.seal(MESSAGE_BODY, &HERE, "as it is").unwrap(), "as it is");
    }

    #[test]
    fn a_changed_letter_or_another_key_is_said_and_never_read() {
        let (key, other) = (TextKey::new().unwrap(), TextKey::new().unwrap());
        let kept = keys(Some(&key), &[]).seal(MESSAGE_BODY, &HERE, "It blinks red").unwrap();
        let opened = keys(Some(&other), &[]).open(MESSAGE_BODY, &HERE, kept.clone());
        assert!(opened.unwrap_err().to_string().contains("its key is not given"));
        let both = keys(Some(&other), std::slice::from_ref(&key));
        assert_eq!(both.open(MESSAGE_BODY, &HERE, kept.clone()).unwrap(), "It blinks red");
        for place in 1..kept.len() - 2 {
            let mut bytes = kept.clone().into_bytes();
            bytes[place] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert_ne!(
                both.open(MESSAGE_BODY, &HERE, changed).ok().as_deref(),
                Some("It blinks red"),
                "{place}"
            );
        }
    }

    #[test]
    fn what_is_kept_otherwise_than_now_is_known() {
        let (old, new) = (TextKey::new().unwrap(), TextKey::new().unwrap());
        let before = keys(Some(&old), &[]).seal(MESSAGE_BODY, &HERE, "word").unwrap();
        let both = keys(Some(&new), std::slice::from_ref(&old));
        let after = both.seal(MESSAGE_BODY, &HERE, "word").unwrap();
        let none = keys(None, &[old]);
        for (kept, is_new, is_plain) in [
            (before.as_str(), false, false),
            (&after, true, false),
            ("word", false, true),
            ("", true, true),
        ] {
            assert_eq!(
                (both.is_current(kept), none.is_current(kept)),
                (is_new, is_plain),
                "{kept}"
            );
        }
    }

    #[test]
    fn a_key_is_read_as_it_is_shown_and_never_shown_by_accident() {
        let key = TextKey::new().unwrap();
        let again = TextKey::read(&format!(" {}\n", key.secret())).unwrap();
        assert_eq!(again.id(), key.id());
        for text in
            ["", "short", "AAAA", &"A".repeat(64), "nonsense, of forty-four letters, no base64 !!"]
        {
            assert!(TextKey::read(text).is_none(), "{text}");
        }
        let shown = format!("{key:?} {:?}", keys(Some(&key), &[]));
        assert!(!shown.contains(&key.secret()) && shown.contains(&key.id()), "{shown}");
    }
}
