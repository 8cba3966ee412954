//! Wording: sentences and cards become words, with everybody's name as it is at that moment. The
//! outbox words what it sends, and the insight what it shows; both say it the same way.

use std::collections::{BTreeMap, BTreeSet};

use super::document::{self, Document, Line};
use crate::domain::ids::{AccountId, CaseId, ChannelId, PlatformKey};
use crate::domain::text::{Text, Value};
use crate::domain::words::{Piece, Words};
use crate::locale::{Locales, Names};
use crate::store::{Account, StoreError, ThreadState, Tx};

/// Words a document in its language, line by line.
pub(super) fn word(locales: &Locales, document: &Document, names: &NameBook) -> Words {
    let mut words = Words::default();
    let said: BTreeSet<AccountId> = document.people_in_text();
    let unsaid: Vec<AccountId> =
        document.ping.iter().filter(|who| !said.contains(who)).copied().collect();
    for (at, who) in unsaid.iter().enumerate() {
        if at > 0 {
            words.push(Piece::Plain { text: " ".to_owned() });
        }
        words.push(names.person(*who));
    }
    for line in &document.lines {
        if !words.0.is_empty() {
            let gap = if matches!(line, Line::Article { .. }) { "\n\n" } else { "\n" };
            words.push(Piece::Plain { text: gap.to_owned() });
        }
        match line {
            Line::Say { text } => {
                words.extend(locales.say(&document.language, text, names));
            }
            Line::Quote { text } => words.push(Piece::Quote { text: text.clone() }),
            Line::Lead { text, label, channel, message } => {
                words.extend(locales.say(&document.language, text, names));
                let label = locales.say(&document.language, label, names).to_plain();
                words.push(Piece::Plain { text: " ".to_owned() });
                words.push(names.message(*channel, message, label));
            }
            Line::Article { title, summary, link, video } => {
                words.extend(card(title, summary, link.as_deref(), video.as_deref()));
            }
        }
    }
    words
}

/// An article as people see it: its title leads to the whole of it.
fn card(title: &str, summary: &Words, link: Option<&str>, video: Option<&str>) -> Words {
    let mut words = Words::default();
    words.push(match link {
        Some(url) => Piece::Link { label: title.to_owned(), url: url.to_owned() },
        None => Piece::Strong { text: title.to_owned() },
    });
    words.push(Piece::Plain { text: "\n".to_owned() });
    words.extend(summary.clone());
    if let Some(url) = video {
        words.push(Piece::Plain { text: " ".to_owned() });
        words.push(Piece::Link { label: "▶".to_owned(), url: url.to_owned() });
    }
    words
}

/// The names of everybody and everything that a document mentions, as they are now.
#[derive(Debug, Default)]
pub(super) struct NameBook {
    people: BTreeMap<AccountId, Account>,
    channels: BTreeMap<ChannelId, (PlatformKey, String)>,
    /// Where messages stand that lines lead to: the community and the channel.
    stands: BTreeMap<ChannelId, (PlatformKey, PlatformKey)>,
    ping: BTreeSet<AccountId>,
}

impl NameBook {
    /// Of a message with everybody it lights up and whose eyes it is for. What it says about a case
    /// leads to where that is talked about: to its own thread, once there is one.
    pub(super) async fn of_document(
        tx: &mut Tx,
        document: &Document,
        case: Option<CaseId>,
    ) -> Result<NameBook, StoreError> {
        let texts = document.lines.iter().filter_map(Line::text);
        let mut book = NameBook::default();
        for line in &document.lines {
            if let Line::Lead { channel, .. } = line {
                let there = tx.channel(*channel).await?;
                let community = tx.community(there.community).await?.key;
                book.stands.insert(*channel, (community, there.key));
            }
        }
        book.add(tx, texts, document.people()).await?;
        book.ping.extend(&document.ping);
        let thread = match case {
            Some(case) if !book.channels.is_empty() => tx.case_thread(case).await?,
            Some(_) | None => None,
        };
        if let Some(thread) = thread.filter(|thread| thread.state == ThreadState::Open)
            && let Some(place) = book.channels.get_mut(&thread.home)
        {
            let there = tx.channel(thread.channel).await?;
            *place = (there.key, there.name);
        }
        Ok(book)
    }

    /// Of sentences that stand alone.
    pub(super) async fn of_texts(tx: &mut Tx, texts: &[Text]) -> Result<NameBook, StoreError> {
        let mut book = NameBook::default();
        let people = texts.iter().flat_map(document::people_of).collect();
        book.add(tx, texts.iter(), people).await?;
        Ok(book)
    }

    async fn add(
        &mut self,
        tx: &mut Tx,
        texts: impl Iterator<Item = &Text>,
        people: BTreeSet<AccountId>,
    ) -> Result<(), StoreError> {
        for who in people {
            if let Some(account) = tx.account(who).await? {
                self.people.insert(who, account);
            }
        }
        for text in texts {
            for (_, value) in text.arguments() {
                if let Value::Channel(id) = value
                    && !self.channels.contains_key(&id)
                {
                    let channel = tx.channel(id).await?;
                    self.channels.insert(id, (channel.key, channel.name));
                }
            }
        }
        Ok(())
    }

    /// The way to a message, as a piece.
    fn message(&self, channel: ChannelId, message: &PlatformKey, label: String) -> Piece {
        match self.stands.get(&channel).cloned() {
            Some((community, channel)) => {
                Piece::Message { label, community, channel, message: message.clone() }
            }
            None => Piece::Plain { text: label },
        }
    }

    pub(super) fn key(&self, who: AccountId) -> PlatformKey {
        self.people.get(&who).map_or_else(|| PlatformKey::new(""), |account| account.key.clone())
    }
}

impl Names for NameBook {
    fn person(&self, id: AccountId) -> Piece {
        match self.people.get(&id) {
            Some(account) => Piece::Person {
                key: account.key.clone(),
                name: account.name.clone(),
                ping: self.ping.contains(&id),
            },
            None => Piece::Plain { text: "?".to_owned() },
        }
    }

    fn channel(&self, id: ChannelId) -> Piece {
        match self.channels.get(&id) {
            Some((key, name)) => Piece::Place { key: key.clone(), name: name.clone() },
            None => Piece::Plain { text: "#?".to_owned() },
        }
    }
}
