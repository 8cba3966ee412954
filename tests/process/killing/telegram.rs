//! The series on Telegram, where no key tells a message that is sent again: of what was on its way,
//! answers and hand-offs may be said once more, and nothing else is.
#![expect(clippy::expect_used, reason = "what the double did not take as it should is no story")]

use std::collections::BTreeMap;
use std::sync::Arc;

use askaround::runtime::SystemClock;

use super::super::program::{Home, TOKEN};
use super::super::telegram_town::people::Told;
use super::super::telegram_town::state::{Id, Key, State};
use super::super::telegram_town::town::Town;
use super::{Crowd, Series};

/// Groups with customers: one takes no more than twenty messages a minute.
const GROUPS: usize = 6;

/// The brand's groups, set up.
pub(crate) struct Groups {
    town: Town,
    helps: Vec<Id>,
    jonas: Id,
    kai: Id,
}

#[derive(Clone)]
pub(crate) struct Question {
    key: Key,
    chat: Id,
    by: Id,
}

/// A link to a message of a group, as its members copy it.
fn link(group: Id) -> String {
    format!("https://t.me/c/{}/1", -1_000_000_000_000 - group)
}

impl Groups {
    pub(crate) async fn opens() -> (Groups, Home) {
        let town = Town::open(Arc::new(SystemClock), TOKEN).await;
        let [owner, robin, jonas, kai, priya] =
            ["Olga", "Robin", "Jonas", "Kai", "Priya"].map(|name| town.person(name, "en"));
        let helps: Vec<Id> =
            (0..GROUPS).map(|number| town.supergroup(&format!("Lumen {number}"), owner)).collect();
        let (team, helpers) = (town.supergroup("Team", owner), town.supergroup("Callers", owner));
        for group in helps.iter().copied().chain([team, helpers]) {
            for who in [jonas, kai, priya] {
                town.joins(group, who);
            }
            town.promotes(owner, group, town.me(), &["can_delete_messages"]);
            town.promotes(owner, group, robin, &["can_change_info"]);
        }
        let home = Home::of("LUMEN_TELEGRAM_TOKEN");
        home.has_lumen_on(&town.url(), "http://127.0.0.1:8081");
        home.has_no_playground();
        let running = home.start().await;
        town.connected().await;
        let here = Groups { town, helps, jonas, kai };
        for group in here.helps.clone() {
            for line in [
                "/askaround watch".to_owned(),
                format!("/askaround staff {}", link(team)),
                format!("/askaround ambassadors {}", link(helpers)),
            ] {
                here.commands(robin, group, &line).await;
            }
            // Where they have been seen they can be called for.
            for who in [kai, priya] {
                here.commands(who, group, "/ambassador join languages:en").await;
            }
        }
        let ended = running.terminate().await;
        assert_eq!(ended.code, Some(0), "{ended:#?}");
        here.town.bot_dies();
        (here, home)
    }

    fn help(&self, place: usize) -> Id {
        *self.helps.get(place % self.helps.len()).expect("a group")
    }

    pub(crate) fn town(&self) -> &Town {
        &self.town
    }

    async fn commands(&self, who: Id, group: Id, line: &str) {
        let told = |state: &State| {
            let seen = state.seen_by(who, group.into());
            seen.iter().filter(|shown| shown.is_private && shown.by == state.me).count()
        };
        let before = self.town.look(told);
        self.town.says(who, group, line);
        self.town.until(line, |state| (told(state) > before).then_some(())).await;
    }
}

impl Crowd for Groups {
    type State = State;
    type Question = Question;
    type Press = String;

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
        let by = self.town.person(name, "en");
        let chat = self.help(place);
        self.town.joins(chat, by);
        Question { key: self.town.says(by, chat, text), chat, by }
    }

    fn chats(&self, place: usize, line: &str) {
        self.town.says(self.jonas, self.help(place), line);
    }

    fn replies(&self, to: &Question) {
        let text = "Mine did that too, until I set the night schedule anew.";
        self.town.replies(self.kai, to.chat, to.key, text);
    }

    fn presses(&self, question: &Question, label: &str) -> Option<String> {
        let found = self.town.look(|state| {
            let seen = state.seen_by(question.by, question.chat.into()).into_iter().rev();
            let mut replies =
                seen.filter(|shown| shown.reply_to == Some(question.key) && shown.by == state.me);
            replies.find_map(|shown| {
                let button = shown.buttons.iter().find(|button| button.label == label)?;
                Some((shown.key, button.data.clone()))
            })
        });
        let (message, data) = found?;
        Some(self.town.presses_data(question.by, question.chat, message, &data))
    }

    fn key(question: &Question) -> String {
        format!("{}:{}", question.chat, question.key.message_id())
    }

    fn calls(state: &State) -> usize {
        state.calls.len()
    }

    fn is_answered(state: &State, question: &Question) -> bool {
        let here = (question.chat, question.key)..=(question.chat, Key::Message(i64::MAX));
        state
            .messages
            .range(here)
            .any(|(_, message)| message.by == state.me && message.reply_to == Some(question.key))
    }

    fn is_taken(state: &State, press: &String) -> bool {
        state.queries.get(press).is_some_and(|query| query.told != Told::Waiting)
    }

    /// As it was when it came, since it may have been edited; a mark that it may be there for the
    /// second time is no word of it.
    fn said(state: &State) -> BTreeMap<(String, String), Vec<String>> {
        let mut said: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        let own = state.messages.values().filter(|it| it.by == state.me && !it.is_service);
        for message in own {
            let words = message.first_text.split("\n(perhaps for the second time").next();
            let (words, chat) = (words.unwrap_or_default(), message.chat);
            let (to, only) = (message.reply_to, message.only);
            let entry = said.entry((chat.to_string(), format!("{to:?} {only:?} {words}")));
            entry.or_default().push(format!("{chat}:{}", message.key.message_id()));
        }
        said
    }
}

#[tokio::test]
async fn killed_on_telegram_it_loses_no_question_and_repeats_only_what_may_be_repeated() {
    let (groups, home) = Groups::opens().await;
    Series::new(groups, home).runs("telegram").await;
}
