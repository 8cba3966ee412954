//! Discord, held to the contract over its double: people do in a server of the double's what they
//! would do in one of Discord's, and the adapter reaches it over REST and gateway alone.

use std::sync::Arc;

use askaround::domain::ids::{Language, PlatformKey};
use askaround::domain::time::Moment;
use askaround::platform::discord::{Config, Discord};
use askaround::platform::{Author, Place, Platform, Thread};
use askaround::runtime::{Clock, SystemClock};

use crate::contract::{Deed, Harness, Seen, SeenButton, Spot, Who, held_to_the_contract};
use crate::double::rights::bit;
use crate::double::screen::Shown;
use crate::double::state::{Id, kind};
use crate::double::town::Town;

held_to_the_contract!(DiscordTown);

pub(crate) const TOKEN: &str = "double.token";

/// The adapter, connected to this town instead of discord.com.
pub(crate) fn adapter(town: &Town, clock: Arc<dyn Clock>) -> Arc<dyn Platform> {
    let config = Config {
        token: TOKEN.to_owned(),
        token_env: "LUMEN_DISCORD_TOKEN".to_owned(),
        api_url: Some(town.url()),
        languages: vec![Language::from("en"), Language::from("de")],
        topics: Vec::new(),
        questions: Vec::new(),
        wording: Arc::new(|_, key| key.to_owned()),
        now: Arc::new(move || clock.now()),
    };
    match Discord::new(config) {
        Ok(discord) => Arc::new(discord),
        Err(down) => panic!("{down}"),
    }
}

/// A server in which the bot is; its people outlive the bot's process.
struct DiscordTown {
    town: Town,
    discord: Arc<dyn Platform>,
    guild: Id,
    help: Id,
    staff: Id,
    people: [Id; 4],
}

impl DiscordTown {
    fn who(&self, who: Who) -> Id {
        let [customer, ambassador, moderator, staff] = self.people;
        match who {
            Who::Customer => customer,
            Who::Ambassador => ambassador,
            Who::Moderator => moderator,
            Who::Staff => staff,
        }
    }

    fn channel(&self, spot: Spot) -> Id {
        match spot {
            Spot::Square => self.help,
            Spot::Desk => self.staff,
        }
    }

    /// The message that a key of the adapter's names.
    fn message(&self, key: &PlatformKey) -> Id {
        let id = |text: &str| text.parse::<Id>().ok();
        let parts: Vec<&str> = key.as_str().split(':').collect();
        let found = match parts[..] {
            ["x", interaction, _, "@original"] => id(interaction).and_then(|interaction| {
                self.town.look(|state| state.interactions.get(&interaction)?.original)
            }),
            ["x", _, _, message] => id(message),
            // A long text is several messages, and the first one gives it its name.
            _ => key.as_str().split('+').next().and_then(id),
        };
        found.unwrap_or_else(|| panic!("{key} names no message"))
    }

    /// The key that the adapter gives a message.
    fn key(&self, shown: &Shown) -> PlatformKey {
        let plain = PlatformKey::new(shown.id.to_string());
        let Some(about) = shown.interaction.filter(|_| shown.is_private) else { return plain };
        self.town.look(|state| {
            let Some(interaction) = state.interactions.get(&about) else { return plain };
            let is_original = interaction.original == Some(shown.id);
            let name = if is_original { "@original".to_owned() } else { shown.id.to_string() };
            PlatformKey::new(format!("x:{about}:{}:{name}", interaction.token))
        })
    }

    fn seen(&self, shown: &Shown) -> Seen {
        let key = |id: &Id| PlatformKey::new(id.to_string());
        let button = |button: &crate::double::screen::ShownButton| SeenButton {
            label: button.label.clone(),
            data: button.data.clone(),
        };
        Seen {
            key: self.key(shown),
            by: (shown.by != self.town.me()).then(|| key(&shown.by)),
            text: shown.text.clone(),
            links: shown.links.clone(),
            buttons: shown.buttons.iter().map(button).collect(),
            private: shown.is_private,
            pings: shown.pings.iter().map(key).collect(),
            reply_to: shown.reply_to.as_ref().filter(|_| shown.interaction.is_none()).map(key),
        }
    }

    fn sees_at(&self, who: Who, channel: Id) -> Vec<Seen> {
        let seen = self.town.sees(self.who(who), channel);
        // What somebody is only being told that it will come is no message yet.
        seen.iter().filter(|shown| !shown.is_thinking).map(|shown| self.seen(shown)).collect()
    }
}

impl Harness for DiscordTown {
    const HAS_THREADS: bool = true;

    async fn fresh() -> Self {
        let town = Town::open(Arc::new(SystemClock), TOKEN).await;
        let owner = town.person("Olga", "en-US");
        let people = [("Jonas", "de"), ("Kai", "en-US"), ("Robin", "en-US"), ("Sam", "en-US")]
            .map(|(name, locale)| town.person(name, locale));
        let guild = town.guild("Lumen", owner);
        let moderators = town.role(guild, "Moderators", bit::MANAGE_GUILD);
        let team = town.role(guild, "Team", bit::MANAGE_MESSAGES);
        let [customer, ambassador, moderator, staff] = people;
        for (who, roles) in [
            (customer, vec![]),
            (ambassador, vec![]),
            (moderator, vec![moderators]),
            (staff, vec![team]),
        ] {
            town.joins(guild, who, &roles);
        }
        let help = town.channel(guild, kind::TEXT, "help");
        let staff = town.closed_channel(guild, "staff", &[moderators, team]);
        let discord = adapter(&town, Arc::new(SystemClock));
        DiscordTown { town, discord, guild, help, staff, people }
    }

    async fn restarted(self) -> Self {
        let DiscordTown { town, discord, .. } = self;
        drop(discord);
        town.bot_dies();
        let discord = adapter(&town, Arc::new(SystemClock));
        DiscordTown { town, discord, ..self }
    }

    fn platform(&self) -> Arc<dyn Platform> {
        Arc::clone(&self.discord)
    }

    fn now(&self) -> Moment {
        SystemClock.now()
    }

    fn author(&self, who: Who) -> Author {
        let (name, language) = match who {
            Who::Customer => ("Jonas", "de"),
            Who::Ambassador => ("Kai", "en-US"),
            Who::Moderator => ("Robin", "en-US"),
            Who::Staff => ("Sam", "en-US"),
        };
        Author {
            language: Some(Language::from(language)),
            moderator: who == Who::Moderator,
            // Whoever runs the server may do what its staff may.
            staff: matches!(who, Who::Moderator | Who::Staff),
            ..Author::named(PlatformKey::new(self.who(who).to_string()), name)
        }
    }

    fn place(&self, spot: Spot) -> Place {
        let name = match spot {
            Spot::Square => "help",
            Spot::Desk => "staff",
        };
        let (guild, channel) = (self.guild.to_string(), self.channel(spot).to_string());
        Place::new((&guild, "Lumen"), (&channel, name))
    }

    fn thread_on(&self, root: &PlatformKey) -> Place {
        let square = self.place(Spot::Square);
        let thread = Thread {
            parent: square.channel.clone(),
            parent_name: square.channel_name.clone(),
            root: Some(root.clone()),
            private: false,
        };
        Place {
            channel: root.clone(),
            channel_name: "Why is it slow?".to_owned(),
            thread: Some(thread),
            ..square
        }
    }

    fn bot_name(&self) -> String {
        format!("<@{}>", self.town.me())
    }

    fn unknown_message(&self) -> PlatformKey {
        PlatformKey::from("1566000000000000404")
    }

    fn unknown_channel(&self) -> PlatformKey {
        PlatformKey::from("1566000000000000405")
    }

    async fn does(&self, who: Who, spot: Spot, deed: Deed<'_>) {
        self.town.connected().await;
        let (person, channel) = (self.who(who), self.channel(spot));
        match deed {
            Deed::Say { text, reply_to: None } => {
                self.town.says(person, channel, text);
            }
            Deed::Say { text, reply_to: Some(to) } => {
                self.town.replies(person, channel, self.message(to), text);
            }
            Deed::Command { line } => {
                let name = line.trim_start_matches('/').split(' ').next().unwrap_or_default();
                self.town.offers(person, channel, name).await;
                self.town.runs(person, channel, line);
            }
            Deed::Edit { message, text } => self.town.edits(person, self.message(message), text),
            Deed::Delete { message } => self.town.deletes(person, self.message(message)),
            Deed::React { message, emoji } => {
                self.town.reacts(person, self.message(message), emoji);
            }
            Deed::Press { message, data } => {
                self.town.presses_data(person, self.message(message), data);
            }
        }
    }

    async fn says_in_thread(&self, who: Who, root: &PlatformKey, text: &str) {
        self.town.connected().await;
        let thread = self.message(root);
        if !self.town.look(|state| state.channels.contains_key(&thread)) {
            self.town.opens_thread(self.who(who), thread, "Why is it slow?");
        }
        self.town.says(self.who(who), thread, text);
    }

    async fn sees_in_thread(&self, who: Who, root: &PlatformKey) -> Vec<Seen> {
        self.sees_at(who, self.message(root))
    }

    async fn sees(&self, who: Who, spot: Spot) -> Vec<Seen> {
        self.sees_at(who, self.channel(spot))
    }
}
