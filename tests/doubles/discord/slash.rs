//! A command typed as a line, put into the options that the bot registered, as a client would.

use serde_json::{Value, json};

use super::state::{Id, State};

const SUB: u64 = 1;
const STRING: u64 = 3;
const NUMBER: u64 = 4;
const PERSON: u64 = 6;
const CHANNEL: u64 = 7;
const ROLE: u64 = 8;

pub(super) struct Filling<'a> {
    state: &'a State,
    guild: Option<Id>,
    /// Whom and what the options name.
    pub(super) resolved: Value,
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

fn name(option: &Value) -> &str {
    option["name"].as_str().unwrap_or_default()
}

impl Filling<'_> {
    pub(super) fn new(state: &State, guild: Option<Id>) -> Filling<'_> {
        Filling { state, guild, resolved: json!({}) }
    }

    pub(super) fn fill(&mut self, options: &Value, line: &str) -> Vec<Value> {
        let options = list(options);
        let kind = |option: &Value| option["type"].as_u64().unwrap_or(0);
        if options.iter().any(|option| kind(option) <= 2) {
            let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let sub = options.iter().find(|option| name(option) == word);
            let sub = sub.unwrap_or_else(|| panic!("there is no {word:?} among {options:?}"));
            let inner = self.fill(&sub["options"], rest.trim());
            return vec![
                json!({"name": word, "type": sub["type"].as_u64().unwrap_or(SUB), "options": inner}),
            ];
        }
        let (mut given, mut rest) = (Vec::<(&Value, String)>::new(), line.trim());
        while !rest.is_empty() {
            let free =
                |option: &&Value| !given.iter().any(|(known, _)| name(known) == name(option));
            let word = rest.split_whitespace().next().unwrap_or_default();
            let named = word.split_once(':').and_then(|(key, _)| {
                options.iter().filter(free).find(|option| name(option) == key)
            });
            let meant = named.or_else(|| {
                let mut free = options.iter().filter(free);
                free.find(|option| fits(option, word))
            });
            let option = meant.unwrap_or_else(|| panic!("{word:?} fits none of {options:?}"));
            let skipped = named.map_or(0, |option| name(option).len() + 1);
            let text = rest.get(skipped..).unwrap_or_default().trim_start();
            let whole = kind(option) == STRING && list(&option["choices"]).is_empty();
            let end =
                if whole { until_next(text, options) } else { text.find(char::is_whitespace) };
            let (value, after) = text.split_at(end.unwrap_or(text.len()));
            given.push((option, value.trim().to_owned()));
            rest = after.trim_start();
        }
        for option in options.iter().filter(|option| option["required"] == true) {
            let is_given = given.iter().any(|(known, _)| name(known) == name(option));
            assert!(is_given, "a client does not send it without {:?}", name(option));
        }
        given.into_iter().map(|(option, text)| self.value(option, &text)).collect()
    }

    fn value(&mut self, option: &Value, text: &str) -> Value {
        let kind = option["type"].as_u64().unwrap_or(0);
        let value = match kind {
            PERSON => json!(self.person(text)),
            CHANNEL => json!(self.channel(text)),
            ROLE => json!(self.role(text)),
            NUMBER => json!(text.parse::<i64>().expect("a number")),
            STRING => {
                let choices = list(&option["choices"]);
                let chosen = choices.iter().find(|one| one["name"] == text || one["value"] == text);
                assert!(choices.is_empty() || chosen.is_some(), "{text:?} is none of {choices:?}");
                chosen.map_or_else(|| json!(text), |chosen| chosen["value"].clone())
            }
            _ => panic!("nobody has wanted an option of type {kind} yet"),
        };
        json!({"name": name(option), "type": kind, "value": value})
    }

    fn person(&mut self, text: &str) -> String {
        let text = text.trim_start_matches('@');
        let mut all = self.state.users.iter();
        let found = all.find(|(id, user)| user.name == text || id.to_string() == text);
        let (id, _) = found.unwrap_or_else(|| panic!("nobody is called {text:?}"));
        let key = id.to_string();
        self.resolved["users"][&key] = self.state.user(*id);
        if let Some(mut member) = self.guild.and_then(|g| self.state.partial_member(g, *id)) {
            let rights = self.guild.map_or(0, |guild| self.state.rights_in(guild, *id));
            member["permissions"] = json!(rights.to_string());
            self.resolved["members"][&key] = member;
        }
        key
    }

    fn role(&mut self, text: &str) -> String {
        let text = text.trim_start_matches('@');
        let guild = self.guild.unwrap_or_else(|| panic!("no roles outside a server"));
        let here = self.state.guilds.get(&guild).into_iter().flat_map(|guild| &guild.roles);
        let bare = |name: &str| name.trim_start_matches('@').to_owned();
        let mut found =
            here.filter(|(id, role)| bare(&role.name) == text || id.to_string() == text);
        let (id, _) = found.next().unwrap_or_else(|| panic!("no role is called {text:?}"));
        let key = id.to_string();
        self.resolved["roles"][&key] = self.state.role(guild, *id).unwrap_or_default();
        key
    }

    fn channel(&mut self, text: &str) -> String {
        let text = text.trim_start_matches('#');
        let here = self.state.channels.iter().filter(|(_, one)| one.guild == self.guild);
        let found = here.into_iter().find(|(id, one)| one.name == text || id.to_string() == text);
        let (id, _) = found.unwrap_or_else(|| panic!("no channel is called {text:?}"));
        let key = id.to_string();
        let mut channel = self.state.channel(*id).unwrap_or_default();
        channel["permissions"] = json!("0");
        self.resolved["channels"][&key] = channel;
        key
    }
}

fn fits(option: &Value, word: &str) -> bool {
    match option["type"].as_u64().unwrap_or(0) {
        CHANNEL => word.starts_with('#'),
        PERSON | ROLE => word.starts_with('@'),
        NUMBER => word.bytes().all(|byte| byte.is_ascii_digit()),
        STRING => {
            let choices = list(&option["choices"]);
            choices.is_empty() || choices.iter().any(|one| one["value"] == word)
        }
        _ => false,
    }
}

/// Where the next option begins by name.
fn until_next(text: &str, options: &[Value]) -> Option<usize> {
    let starts = options.iter().filter_map(|option| text.find(&format!(" {}:", name(option))));
    starts.min()
}
