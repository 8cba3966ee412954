//! The series on Discord, where a message that is sent again is known by its nonce: nothing is ever
//! said twice.

#![expect(clippy::expect_used, reason = "what the double did not take as it should is no story")]

use std::collections::BTreeMap;
use std::sync::Arc;

use askaround::runtime::SystemClock;

use super::super::double::people::Told;
use super::super::double::rights::bit;
use super::super::double::state::{Id, State, kind};
use super::super::double::town::Town;
use super::super::program::{Home, TOKEN};
use super::{Crowd, Series};

/// The brand's server, set up.
pub(crate) struct Guild {
    town: Town,
    server: Id,
    helps: Vec<Id>,
    jonas: Id,
    kai: Id,
}

#[derive(Clone)]
pub(crate) struct Question {
    id: Id,
    channel: Id,
    by: Id,
}

impl Guild {
    pub(crate) async fn opens() -> (Guild, Home) {
        let town = Town::open(Arc::new(SystemClock), TOKEN).await;
        let [owner, robin, jonas, kai, priya] =
            ["Olga", "Robin", "Jonas", "Kai", "Priya"].map(|name| town.person(name, "en-US"));
        let guild = town.guild("Lumen", owner);
        let moderators = town.role(guild, "Moderators", bit::MANAGE_GUILD);
        town.joins(guild, robin, &[moderators]);
        for who in [jonas, kai, priya] {
            town.joins(guild, who, &[]);
        }
        let helps: Vec<Id> = ["help", "setup", "mesh"]
            .map(|name| town.channel(guild, kind::TEXT, name))
            .into_iter()
            .collect();
        let ambassadors = town.channel(guild, kind::TEXT, "ambassadors");
        let staff = town.closed_channel(guild, "staff", &[moderators]);
        let home = Home::new();
        home.has_lumen_on(&town.url(), "http://127.0.0.1:3000");
        home.has_no_playground();
        let running = home.start().await;
        town.connected().await;
        town.offers(robin, staff, "askaround").await;
        for (who, channel, line) in [
            (robin, staff, "/askaround watch #help"),
            (robin, staff, "/askaround watch #setup"),
            (robin, staff, "/askaround watch #mesh"),
            (robin, staff, "/askaround staff #staff"),
            (robin, staff, "/askaround ambassadors #ambassadors"),
            (kai, ambassadors, "/ambassador join languages:en"),
            (priya, ambassadors, "/ambassador join languages:en"),
        ] {
            let command = town.runs(who, channel, line);
            assert!(matches!(town.answered(command).await, Told::Privately(_)), "{line}");
        }
        running.kill().await;
        town.bot_dies();
        (Guild { town, server: guild, helps, jonas, kai }, home)
    }

    fn help(&self, place: usize) -> Id {
        *self.helps.get(place % self.helps.len()).expect("a channel")
    }
}

impl Crowd for Guild {
    type State = State;
    type Question = Question;
    type Press = Id;

    async fn until<T>(&self, what: &str, found: impl Fn(&State) -> Option<T>) -> T {
        self.town.until(what, found).await
    }

    fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        self.town.look(look)
    }

    fn loses_bot(&self) {
        self.town.bot_dies();
    }

    fn asks(&self, name: &str, place: usize, text: &str) -> Question {
        let by = self.town.person(name, "en-US");
        self.town.joins(self.server, by, &[]);
        let channel = self.help(place);
        Question { id: self.town.says(by, channel, text), channel, by }
    }

    fn chats(&self, place: usize, line: &str) {
        self.town.says(self.jonas, self.help(place), line);
    }

    fn replies(&self, to: &Question) {
        let text = "Mine did that too, until I set the night schedule anew.";
        self.town.replies(self.kai, to.channel, to.id, text);
    }

    fn presses(&self, question: &Question, label: &str) -> Option<Id> {
        let found = self.town.look(|state| {
            let mut later = state.messages.range(question.id..).map(|(_, message)| message);
            later.find_map(|message| {
                let is_reply = message.reply_to.is_some_and(|(_, to)| to == question.id);
                let shown = Some(message).filter(|it| is_reply && it.by == state.me)?;
                let shown = state.shown(shown);
                let button = shown.buttons.iter().find(|button| button.label == label)?;
                Some((shown.id, button.data.clone()))
            })
        });
        let (message, data) = found?;
        Some(self.town.presses_data(question.by, message, &data))
    }

    fn key(question: &Question) -> String {
        question.id.to_string()
    }

    fn calls(state: &State) -> usize {
        state.calls.len()
    }

    fn is_answered(state: &State, question: &Question) -> bool {
        state.messages.range(question.id..).any(|(_, message)| {
            message.by == state.me && message.reply_to.is_some_and(|(_, to)| to == question.id)
        })
    }

    fn is_taken(state: &State, press: &Id) -> bool {
        state.interactions.get(press).is_some_and(|interaction| interaction.answered)
    }

    /// Taken from what was asked for, since a message may have been edited. What was posted again
    /// under its nonce became no other message.
    fn said(state: &State) -> BTreeMap<(String, String), Vec<String>> {
        let mut bodies = BTreeMap::new();
        for call in &state.calls {
            let parts: Vec<&str> = call.path.split('/').collect();
            let ["", "api", "v10", "channels", channel, "messages"] = parts[..] else { continue };
            if call.method != "POST" || call.status != 200 {
                continue;
            }
            let mut body = call.body.clone();
            let fields = body.as_object_mut().expect("a message");
            assert_eq!(fields.remove("enforce_nonce"), Some(true.into()), "{call:?}");
            let nonce = fields.remove("nonce").expect("a nonce");
            let channel: Id = channel.parse().expect("a channel");
            bodies.insert((channel, nonce.as_str().expect("a text").to_owned()), body.to_string());
        }
        let mut said: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (place, words) in bodies {
            let key = state.nonces.get(&place).expect("it is remembered").to_string();
            said.entry((place.0.to_string(), words)).or_default().push(key);
        }
        // After some minutes Discord forgets a nonce: what came later would be another message.
        let posted = state.messages.values().filter(|it| it.by == state.me && it.kind != 20);
        let again = posted.filter(|it| !state.nonces.values().any(|id| *id == it.id));
        for message in again {
            let entry = said.entry((message.channel.to_string(), message.content.clone()));
            entry.or_default().extend([message.id.to_string(), "under its nonce".to_owned()]);
        }
        said
    }
}

#[tokio::test]
async fn killed_on_discord_it_loses_no_question_and_says_nothing_twice() {
    let (guild, home) = Guild::opens().await;
    Series::new(guild, home).runs("discord").await;
}
