//! Telegram, held to the contract over its double: people do in groups of the double's what they
//! would do in Telegram's, and the adapter reaches it over the Bot API alone.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use askaround::domain::ids::{Language, PlatformKey};
use askaround::domain::time::Moment;
use askaround::platform::telegram::{Config, Pace, Telegram, Webhook};
use askaround::platform::{Author, Fate, InboundSink, Place, Platform, What};
use askaround::runtime::{Clock, SystemClock};
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::contract::{Deed, Harness, Seen, SeenButton, Spot, Who, held_to_the_contract};
use crate::telegram_town::screen::{Shown, ShownButton};
use crate::telegram_town::state::{Id, Key};
use crate::telegram_town::town::Town;

held_to_the_contract!(TelegramTown);

pub(crate) const TOKEN: &str = "123456:double";

/// As fast as a test goes; Telegram's own pace is held to in tests of its own.
pub(crate) const BRISK: Pace = Pace {
    chat_interval: Duration::ZERO,
    chat_burst: 1,
    group_each_minute: usize::MAX,
    all_each_second: usize::MAX,
};

/// The adapter, connected to this town instead of api.telegram.org.
pub(crate) fn adapter(
    town: &Town,
    clock: Arc<dyn Clock>,
    pace: Pace,
    webhook: Option<Webhook>,
) -> Arc<dyn Platform> {
    let config = Config {
        token: TOKEN.to_owned(),
        token_env: "LUMEN_TELEGRAM_TOKEN".to_owned(),
        api_url: Some(town.url()),
        webhook,
        languages: vec![Language::from("en"), Language::from("de")],
        wording: Arc::new(|_, key| key.to_owned()),
        now: Arc::new(move || clock.now()),
        pace,
    };
    match Telegram::new(config) {
        Ok(telegram) => Arc::new(telegram),
        Err(down) => panic!("{down}"),
    }
}

/// The key that the adapter gives a message.
pub(crate) fn key_of(chat: Id, key: Key) -> PlatformKey {
    PlatformKey::new(match key {
        Key::Message(id) => format!("{chat}:{id}"),
        Key::Ephemeral { receiver, id } => format!("{chat}:e:{receiver}:{id}"),
    })
}

/// A group for all and one for the team; their people outlive the bot's process.
struct TelegramTown {
    town: Town,
    telegram: Arc<dyn Platform>,
    help: Id,
    staff: Id,
    people: [Id; 4],
    /// What the bot asked to be told stays known to Telegram.
    was_connected: AtomicBool,
}

impl TelegramTown {
    fn who(&self, who: Who) -> Id {
        let [customer, ambassador, moderator, staff] = self.people;
        match who {
            Who::Customer => customer,
            Who::Ambassador => ambassador,
            Who::Moderator => moderator,
            Who::Staff => staff,
        }
    }

    fn chat(&self, spot: Spot) -> Id {
        match spot {
            Spot::Square => self.help,
            Spot::Desk => self.staff,
        }
    }

    /// The message that a key of the adapter's names, with its chat.
    fn message(key: &PlatformKey) -> (Id, Key) {
        let number = |text: &str| text.parse::<i64>().ok();
        let parts: Vec<&str> = key.as_str().split(':').collect();
        let found = match parts[..] {
            [chat, id] => number(chat).zip(number(id).map(Key::Message)),
            [chat, "e", receiver, id] => number(chat).zip(
                number(receiver)
                    .zip(number(id))
                    .map(|(receiver, id)| Key::Ephemeral { receiver, id }),
            ),
            _ => None,
        };
        found.unwrap_or_else(|| panic!("{key} names no message"))
    }

    fn seen(&self, chat: Id, shown: &Shown) -> Seen {
        let key = |id: &Id| PlatformKey::new(id.to_string());
        let button = |button: &ShownButton| SeenButton {
            label: button.label.clone(),
            data: button.data.clone(),
        };
        Seen {
            key: key_of(chat, shown.key),
            by: (shown.by != self.town.me()).then(|| key(&shown.by)),
            text: shown.text.clone(),
            links: shown.links.clone(),
            buttons: shown.buttons.iter().map(button).collect(),
            private: shown.is_private,
            pings: shown.pings.iter().map(key).collect(),
            reply_to: shown.reply_to.map(|replied| key_of(chat, replied)),
        }
    }
}

impl Harness for TelegramTown {
    const TELLS_DELETIONS: bool = false;
    // A group has no name that is unique: a link into it is what names it.
    const NAMES_CHANNELS: bool = false;

    async fn fresh() -> Self {
        let town = Town::open(Arc::new(SystemClock), TOKEN).await;
        let owner = town.person("Olga", "en");
        let people = [("Jonas", "de"), ("Kai", "en"), ("Robin", "en"), ("Sam", "en")]
            .map(|(name, locale)| town.person(name, locale));
        let [_, _, moderator, worker] = people;
        let (help, staff) = (town.supergroup("Lumen", owner), town.supergroup("Team", owner));
        for who in people {
            town.joins(help, who);
        }
        for chat in [help, staff] {
            town.promotes(owner, chat, town.me(), &["can_delete_messages"]);
            town.promotes(owner, chat, moderator, &["can_change_info"]);
            town.promotes(owner, chat, worker, &["can_delete_messages"]);
        }
        // The bot was let in long ago.
        town.forgets_news();
        let telegram = adapter(&town, Arc::new(SystemClock), BRISK, None);
        let was_connected = AtomicBool::new(false);
        TelegramTown { town, telegram, help, staff, people, was_connected }
    }

    async fn restarted(self) -> Self {
        let TelegramTown { town, telegram, .. } = self;
        drop(telegram);
        town.bot_dies();
        let telegram = adapter(&town, Arc::new(SystemClock), BRISK, None);
        TelegramTown { town, telegram, ..self }
    }

    fn platform(&self) -> Arc<dyn Platform> {
        Arc::clone(&self.telegram)
    }

    fn now(&self) -> Moment {
        SystemClock.now()
    }

    fn author(&self, who: Who) -> Author {
        let (name, language) = match who {
            Who::Customer => ("Jonas", "de"),
            Who::Ambassador => ("Kai", "en"),
            Who::Moderator => ("Robin", "en"),
            Who::Staff => ("Sam", "en"),
        };
        Author {
            language: Some(Language::from(language)),
            moderator: who == Who::Moderator,
            // Whoever runs a group may do what its staff may.
            staff: matches!(who, Who::Moderator | Who::Staff),
            ..Author::named(PlatformKey::new(self.who(who).to_string()), name)
        }
    }

    fn place(&self, spot: Spot) -> Place {
        let title = match spot {
            Spot::Square => "Lumen",
            Spot::Desk => "Team",
        };
        let chat = self.chat(spot).to_string();
        Place::new((&chat, title), (&chat, title))
    }

    fn bot_name(&self) -> String {
        "@lumen_bot".to_owned()
    }

    fn unknown_message(&self) -> PlatformKey {
        PlatformKey::new(format!("{}:99999", self.help))
    }

    fn unknown_channel(&self) -> PlatformKey {
        PlatformKey::from("-1009999999999")
    }

    async fn does(&self, who: Who, spot: Spot, deed: Deed<'_>) {
        if !self.was_connected.swap(true, Ordering::SeqCst) {
            self.town.connected().await;
        }
        let (person, chat) = (self.who(who), self.chat(spot));
        match deed {
            Deed::Say { text, reply_to: None } | Deed::Command { line: text } => {
                self.town.says(person, chat, text);
            }
            Deed::Say { text, reply_to: Some(to) } => {
                self.town.replies(person, chat, Self::message(to).1, text);
            }
            Deed::Edit { message, text } => {
                self.town.edits(person, chat, Self::message(message).1, text);
            }
            Deed::Delete { message } => self.town.deletes(person, chat, Self::message(message).1),
            Deed::React { message, emoji } => {
                self.town.reacts(person, chat, Self::message(message).1, emoji);
            }
            Deed::Press { message, data } => {
                self.town.presses_data(person, chat, Self::message(message).1, data);
            }
        }
    }

    async fn sees(&self, who: Who, spot: Spot) -> Vec<Seen> {
        let chat = self.chat(spot);
        let seen = self.town.sees(self.who(who), chat);
        seen.iter().map(|shown| self.seen(chat, shown)).collect()
    }
}

#[tokio::test]
async fn talk_is_handed_over_together_and_a_command_after_what_came_before_it() {
    let harness = TelegramTown::fresh().await;
    let lines = ["one", "two", "three", "/help", "four"];
    for line in lines {
        harness.town.says(harness.who(Who::Customer), harness.help, line);
    }
    let (queue, mut heard) = mpsc::channel(lines.len());
    let sink = InboundSink::new("lumen".into(), "telegram".into(), queue);
    let (telegram, stop) = (harness.platform(), CancellationToken::new());
    let stopped = stop.clone();
    let mut running = JoinSet::new();
    running.spawn(async move { telegram.run(sink, stopped).await });
    let mut next = async || {
        let told = tokio::time::timeout(Duration::from_secs(20), heard.recv()).await;
        told.expect("it is told").expect("the adapter runs")
    };
    // None of them is committed, and yet the next one is there.
    let talk = [next().await, next().await, next().await];
    for (told, line) in talk.into_iter().zip(lines) {
        let What::Said(said) = &told.inbound.what else { panic!("{told:?}") };
        assert_eq!(said.text, line);
        told.done.send(Fate::Handled).expect("it waits");
    }
    let command = next().await;
    assert!(matches!(command.inbound.what, What::Commanded { .. }), "{command:?}");
    command.done.send(Fate::Handled).expect("it waits");
    let last = next().await;
    assert!(matches!(&last.inbound.what, What::Said(said) if said.text == "four"), "{last:?}");
    last.done.send(Fate::Handled).expect("it waits");
    stop.cancel();
    let ended = running.join_next().await.expect("it ran");
    assert!(ended.is_ok_and(|ended| ended.is_ok()));
}
