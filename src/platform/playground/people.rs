//! Who lives in the playground and where they talk: a table, and how they set the bot up.

use serde::Serialize;

use super::Config;
use crate::domain::ids::{Language, PlatformKey, Topic};
use crate::platform::{Author, Commanded, Named, Place, Thread};

/// The key of the one community there is.
pub const COMMUNITY: &str = "playground";

/// What a person is here; the page words it, so the names are the protocol's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Customer,
    Ambassador,
    Moderator,
    Staff,
}

/// A person whom a visitor can be.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Person {
    pub key: &'static str,
    pub name: &'static str,
    pub role: Role,
    pub about: &'static str,
    /// The languages they write, the one of their client first.
    #[serde(skip)]
    pub languages: &'static [&'static str],
}

/// In the order of every list.
pub(super) const PEOPLE: &[Person; 7] = &[
    Person {
        key: "mia",
        name: "Mia",
        role: Role::Customer,
        about: "writes English",
        languages: &["en"],
    },
    Person {
        key: "jonas",
        name: "Jonas",
        role: Role::Customer,
        about: "writes German",
        languages: &["de"],
    },
    Person {
        key: "kai",
        name: "Kai",
        role: Role::Ambassador,
        about: "English and German",
        languages: &["en", "de"],
    },
    Person {
        key: "priya",
        name: "Priya",
        role: Role::Ambassador,
        about: "English, any topic",
        languages: &["en"],
    },
    Person {
        key: "lena",
        name: "Lena",
        role: Role::Ambassador,
        about: "German and English",
        languages: &["de", "en"],
    },
    Person {
        key: "robin",
        name: "Robin",
        role: Role::Moderator,
        about: "sets the bot up",
        languages: &["en"],
    },
    Person {
        key: "sam",
        name: "Sam",
        role: Role::Staff,
        about: "works at the desk",
        languages: &["en"],
    },
];

/// A place people talk.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Channel {
    pub key: &'static str,
    pub name: &'static str,
    pub about: &'static str,
    #[serde(skip)]
    open_to: &'static [Role],
}

const EVERYONE: &[Role] = &[Role::Customer, Role::Ambassador, Role::Moderator, Role::Staff];

/// Where everybody is: what is for a person who cannot see its channel is shown here.
pub(super) const HELP: &str = "help";

pub(super) const CHANNELS: &[Channel] = &[
    Channel {
        key: HELP,
        name: "help",
        about: "Ask here; the bot listens and finds someone who knows",
        open_to: EVERYONE,
    },
    Channel {
        key: "general",
        name: "general",
        about: "Talk about anything; the bot leaves this channel alone",
        open_to: EVERYONE,
    },
    Channel {
        key: "ambassadors",
        name: "ambassadors",
        about: "Where volunteers are called to a question",
        open_to: &[Role::Ambassador, Role::Moderator, Role::Staff],
    },
    Channel {
        key: "staff",
        name: "staff",
        about: "The desk: questions that need the team",
        open_to: &[Role::Staff, Role::Moderator],
    },
];

impl Channel {
    pub(super) fn shown_to(&self, person: &Person) -> bool {
        self.open_to.contains(&person.role)
    }

    /// Whether anybody may see it, a visitor without a name included.
    pub(super) fn is_public(&self) -> bool {
        self.open_to == EVERYONE
    }
}

pub(super) fn person(key: &str) -> Option<&'static Person> {
    PEOPLE.iter().find(|person| person.key == key)
}

/// The customer who writes this language, else the first.
pub(super) fn customer_of(language: &Language) -> &'static Person {
    let mut customers = PEOPLE.iter().filter(|person| person.role == Role::Customer);
    let [first, ..] = PEOPLE;
    customers
        .find(|person| person.language().is_some_and(|own| own.base() == language.base()))
        .unwrap_or(first)
}

pub(super) fn channel(key: &str) -> Option<&'static Channel> {
    CHANNELS.iter().find(|channel| channel.key == key)
}

impl Person {
    pub(super) fn key(&self) -> PlatformKey {
        PlatformKey::from(self.key)
    }

    pub(super) fn language(&self) -> Option<Language> {
        self.languages.first().map(|language| Language::from(*language))
    }

    /// This person as an inbound names its author.
    pub(super) fn author(&self) -> Author {
        Author {
            key: self.key(),
            name: self.name.to_owned(),
            is_bot: false,
            language: self.language(),
            moderator: self.role == Role::Moderator,
            staff: self.role == Role::Staff,
            anonymous: false,
        }
    }
}

/// Between a channel and the message that a thread of it hangs on.
const THREAD_SIGN: char = '/';

/// Where one can write: a channel, or the thread on one of its messages. Its key says both, so a
/// thread needs no record of its own: it is there with the first thing said in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) channel: &'static Channel,
    pub(super) root: Option<PlatformKey>,
}

impl Spot {
    pub(super) fn of(channel: &'static Channel) -> Spot {
        Spot { channel, root: None }
    }

    /// `None` for a channel that an older table had.
    pub(super) fn read(key: &PlatformKey) -> Option<Spot> {
        let (place, root) = match key.as_str().split_once(THREAD_SIGN) {
            Some((place, root)) => (place, Some(PlatformKey::from(root))),
            None => (key.as_str(), None),
        };
        Some(Spot { channel: channel(place)?, root })
    }

    pub(super) fn key(&self) -> PlatformKey {
        match &self.root {
            Some(root) => PlatformKey::new(format!("{}{THREAD_SIGN}{root}", self.channel.key)),
            None => PlatformKey::from(self.channel.key),
        }
    }

    /// This spot as an inbound names it; `name` is what a thread is called.
    pub(super) fn place(&self, brand: &str, name: String) -> Place {
        Place {
            community: PlatformKey::from(COMMUNITY),
            community_name: brand.to_owned(),
            channel: self.key(),
            channel_name: name,
            thread: self.root.clone().map(|root| Thread {
                parent: PlatformKey::from(self.channel.key),
                parent_name: self.channel.name.to_owned(),
                root: Some(root),
                private: false,
            }),
        }
    }
}

/// A command by which the community sets itself up, through the same door as everybody. Each is
/// said in the channel that it is about, so that the runtime has met the channel by then.
pub(super) struct Errand {
    pub(super) by: &'static Person,
    pub(super) channel: &'static Channel,
    pub(super) line: String,
}

pub(super) fn errands(config: &Config) -> Vec<Errand> {
    let watched = [(HELP, "watch"), ("staff", "staff"), ("ambassadors", "ambassadors")];
    let moderator = PEOPLE.iter().find(|person| person.role == Role::Moderator);
    let settings = watched.iter().filter_map(|(key, what)| {
        let line = format!("/askaround {what} #{key}");
        Some(Errand { by: moderator?, channel: channel(key)?, line })
    });
    let ambassadors = PEOPLE.iter().filter(|person| person.role == Role::Ambassador);
    let joins = ambassadors.filter_map(|by| {
        Some(Errand { by, channel: channel("ambassadors")?, line: join_line(by, config) })
    });
    settings.chain(joins).collect()
}

fn join_line(person: &Person, config: &Config) -> String {
    let mut line = "/ambassador join".to_owned();
    let topics = topics_of(person, &config.topics);
    if !topics.is_empty() {
        line.push_str(" topics:");
        line.push_str(&topics.join(","));
    }
    let spoken = |code: &&str| config.languages.iter().any(|known| known.as_str() == *code);
    let languages: Vec<&str> = person.languages.iter().copied().filter(spoken).collect();
    if !languages.is_empty() {
        line.push_str(" languages:");
        line.push_str(&languages.join(","));
    }
    line
}

/// A command as it was typed, with the channels that it may name.
pub(super) fn line(text: String) -> Commanded {
    let channels = CHANNELS.iter().map(|channel| PlatformKey::from(channel.key)).collect();
    Commanded::Line { text, channels }
}

/// Everybody whom a command names: `@kai`.
pub(super) fn named(line: &str) -> Vec<Named> {
    Named::all_in(line, |word| person(&word.to_lowercase()).map(Person::author))
}

/// Kai and Lena know two thirds each, the middle third both; whoever names no topic is called for
/// any. Kai has the end of the alphabet, for the page's story asks about Wi-Fi and goes on with
/// the first ambassador.
fn topics_of<'a>(person: &Person, topics: &'a [Topic]) -> Vec<&'a str> {
    let unbroken =
        |topic: &&str| !topic.contains([',', ';']) && !topic.contains(char::is_whitespace);
    let known: Vec<&str> = topics.iter().map(Topic::as_str).filter(unbroken).collect();
    let share = (known.len() * 2).div_ceil(3);
    match person.key {
        "kai" => known.iter().skip(known.len() - share).copied().collect(),
        "lena" => known.into_iter().take(share).collect(),
        _ => Vec::new(),
    }
}
