//! Registration: what a server's menu should be, held against what Discord has.
//!
//! Only what differs is written, so a restart writes nothing: Discord takes 200 new commands a day
//! and server, and whoever administers one has tuned who may use which. Deleting a command drops
//! that tuning, so the escalation command keeps its id through every rename: it is the oldest of
//! the commands that lead to staff, because it was registered before its aliases. That holds after
//! a restart too, and nothing need be kept for it.
//!
//! Every command that this application has in a server is ours, and what the table no longer has
//! is deleted there.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use serde_json::{Map, Value};

use super::commands::{ON_MESSAGE, SLASH};
use crate::domain::command::TABLE;
use crate::domain::time::Moment;

/// Discord takes no more new commands in this server today.
const CREATES_SPENT: u64 = 30_034;
/// After this long we ask again.
const AGAIN_AFTER: Duration = Duration::from_hours(1);

/// A call that registration makes.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Request {
    Get(String),
    Post(String, Value),
    Patch(String, Value),
    Delete(String),
}

/// A call that failed: Discord's code where it has one, else 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) code: u64,
    pub(super) why: String,
}

/// What carries out the calls.
pub(super) trait Caller: Sync {
    fn call(&self, request: Request) -> impl Future<Output = Result<Value, Failure>> + Send;
}

/// What a command of ours means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A command of the table, by its own name.
    Table,
    Escalation,
    AskAround,
    GetStaff,
}

/// One write.
#[derive(Debug, Clone, PartialEq)]
enum Write {
    Delete { id: String },
    Change { id: String, body: Value },
    Create { body: Value },
}

/// What came of holding a server's menu against Discord's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) created: usize,
    pub(super) changed: usize,
    pub(super) deleted: usize,
}

#[derive(Debug, Default)]
struct Known {
    words: Vec<String>,
    meanings: BTreeMap<String, Meaning>,
    /// Something is missing that may be asked for again from then on.
    again: Option<Moment>,
    /// It was said that creates are spent.
    said: bool,
}

/// What is registered where; shared by whatever hears interactions and whatever registers.
#[derive(Debug, Default)]
pub(super) struct Registry {
    servers: Mutex<BTreeMap<String, Known>>,
    /// One at a time: two at once would both create what they both find missing.
    busy: tokio::sync::Mutex<()>,
}

impl Registry {
    /// Makes the menu of a server what it should be. `words` are the names of the escalation
    /// command there, and `wanted` is [`Menu::commands`](super::commands::Menu::commands) of them.
    pub(super) async fn keep(
        &self,
        (application, server): (&str, &str),
        words: &[String],
        wanted: &[Value],
        now: Moment,
        discord: &impl Caller,
    ) -> Result<Kept, Failure> {
        let _one_at_a_time = self.busy.lock().await;
        let path = format!("/applications/{application}/guilds/{server}/commands");
        let there = discord.call(Request::Get(path.clone())).await?;
        let there = there.as_array().cloned().unwrap_or_default();
        let (mut kept, mut now_there) = (Kept::default(), there.clone());
        let mut is_spent = false;
        for write in plan(words, wanted, &there) {
            match write {
                Write::Delete { id } => {
                    discord.call(Request::Delete(format!("{path}/{id}"))).await?;
                    now_there.retain(|command| id_of(command) != id);
                    kept.deleted += 1;
                }
                Write::Change { id, body } => {
                    let changed =
                        discord.call(Request::Patch(format!("{path}/{id}"), body)).await?;
                    now_there.retain(|command| id_of(command) != id);
                    now_there.push(changed);
                    kept.changed += 1;
                }
                Write::Create { .. } if is_spent => {}
                Write::Create { body } => {
                    match discord.call(Request::Post(path.clone(), body)).await {
                        Ok(created) => {
                            now_there.push(created);
                            kept.created += 1;
                        }
                        Err(failure) if failure.code == CREATES_SPENT => is_spent = true,
                        Err(failure) => return Err(failure),
                    }
                }
            }
        }
        self.learn(server, words, wanted, &now_there, is_spent.then(|| now + AGAIN_AFTER));
        Ok(kept)
    }

    fn learn(
        &self,
        server: &str,
        words: &[String],
        wanted: &[Value],
        there: &[Value],
        again: Option<Moment>,
    ) {
        let mut menus = wanted.iter().filter(|command| kind(command) == ON_MESSAGE).map(name_of);
        let (ask_around, get_staff) = (menus.next(), menus.next());
        let meaning = |command: &Value| {
            let name = name_of(command);
            match kind(command) {
                SLASH if is_in_table(name) => Some(Meaning::Table),
                SLASH => Some(Meaning::Escalation),
                ON_MESSAGE if Some(name) == ask_around => Some(Meaning::AskAround),
                ON_MESSAGE if Some(name) == get_staff => Some(Meaning::GetStaff),
                _ => None,
            }
        };
        let meanings = there.iter().filter_map(|c| Some((id_of(c).to_owned(), meaning(c)?)));
        let mut servers = self.servers();
        let known = servers.entry(server.to_owned()).or_default();
        known.words = words.to_vec();
        known.meanings = meanings.collect();
        if again.is_some() && !known.said {
            tracing::warn!(
                guild.id = server,
                "Discord takes no more new commands in server {server} today; \
                 those that are missing are tried again every hour"
            );
        }
        (known.said, known.again) = (again.is_some(), again);
    }

    /// Whether the menu of a server is what these words make it, as far as we know; where Discord
    /// took no more, it counts as made until it is time to try again.
    pub(super) fn is_current(&self, server: &str, words: &[String], now: Moment) -> bool {
        self.servers().get(server).is_some_and(|known| {
            known.words == words && known.again.is_none_or(|again| now < again)
        })
    }

    /// What the command with this id means, if it was registered or recognised.
    pub(super) fn meaning(&self, server: &str, id: &str) -> Option<Meaning> {
        self.servers().get(server)?.meanings.get(id).copied()
    }

    /// The name under which the escalation command is shown in a server.
    pub(super) fn escalation(&self, server: &str) -> Option<String> {
        self.servers().get(server)?.words.first().cloned()
    }

    /// We were removed from this server.
    pub(super) fn forget(&self, server: &str) {
        self.servers().remove(server);
    }

    fn servers(&self) -> MutexGuard<'_, BTreeMap<String, Known>> {
        self.servers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What must be written so that a server has what is `wanted`: first what makes names free, then
/// what keeps its id, then what is new.
fn plan(words: &[String], wanted: &[Value], there: &[Value]) -> Vec<Write> {
    let ours = there.iter().filter(|command| [SLASH, ON_MESSAGE, 2].contains(&kind(command)));
    let mut left: Vec<&Value> = ours.collect();
    let mut pairs: Vec<(&Value, Option<&Value>)> = Vec::new();
    let is_first = |command: &Value| {
        kind(command) == SLASH && words.first().is_some_and(|word| word == name_of(command))
    };
    // The way to staff first: whatever it was called, it keeps its id.
    let mut in_order: Vec<&Value> = wanted.iter().collect();
    in_order.sort_by_key(|command| !is_first(command));
    for command in in_order {
        let fits = |known: &&Value| {
            if is_first(command) {
                kind(known) == SLASH && !is_in_table(name_of(known)) && leads_to_staff(known, words)
            } else {
                kind(known) == kind(command) && name_of(known) == name_of(command)
            }
        };
        // Ids rise with time: the lowest is the oldest.
        let oldest = left.iter().copied().filter(fits).min_by_key(|known| age(known));
        left.retain(|known| oldest.is_none_or(|taken| id_of(taken) != id_of(known)));
        pairs.push((command, oldest));
    }
    let deletes = left.into_iter().map(|known| Write::Delete { id: id_of(known).to_owned() });
    let changes = pairs.iter().filter_map(|(command, known)| {
        let known = (*known)?;
        let differs = normal(command) != normal(known);
        differs.then(|| Write::Change { id: id_of(known).to_owned(), body: patch(command) })
    });
    let creates = pairs.iter().filter(|(_, known)| known.is_none());
    let creates = creates.map(|(command, _)| Write::Create { body: (*command).clone() });
    deletes.chain(changes).chain(creates).collect()
}

/// By its name, or by its shape: one reason to give, and nothing else.
fn leads_to_staff(command: &Value, words: &[String]) -> bool {
    let options = command.get("options").and_then(Value::as_array);
    let is_shaped = matches!(options.map(Vec::as_slice), Some([only])
        if name_of(only) == "reason" && kind(only) == 3);
    is_shaped || words.iter().any(|word| word == name_of(command))
}

fn is_in_table(name: &str) -> bool {
    TABLE.iter().any(|spec| spec.name == name)
}

fn kind(value: &Value) -> u64 {
    value.get("type").and_then(Value::as_u64).unwrap_or(SLASH)
}

fn name_of(value: &Value) -> &str {
    value.get("name").and_then(Value::as_str).unwrap_or_default()
}

fn id_of(value: &Value) -> &str {
    value.get("id").and_then(Value::as_str).unwrap_or_default()
}

fn age(value: &Value) -> u64 {
    id_of(value).parse().unwrap_or(u64::MAX)
}

/// A change says everything, so that what is no more is taken away: what is left out stays.
fn patch(command: &Value) -> Value {
    let mut body = command.as_object().cloned().unwrap_or_default();
    body.remove("type");
    if kind(command) == SLASH {
        body.entry("options").or_insert_with(|| Value::Array(Vec::new()));
    }
    body.entry("default_member_permissions").or_insert(Value::Null);
    Value::Object(body)
}

/// A command, an option or a choice without what says nothing, and without what Discord adds:
/// ids, versions, nulls, empty lists and its own defaults.
fn normal(value: &Value) -> Value {
    const TELLING: [&str; 12] = [
        "name",
        "name_localizations",
        "description",
        "description_localizations",
        "required",
        "autocomplete",
        "value",
        "default_member_permissions",
        "min_value",
        "options",
        "choices",
        "channel_types",
    ];
    let Some(value) = value.as_object() else { return value.clone() };
    let mut plain = Map::new();
    // Choices have no kind; a command without one is a slash command.
    if let Some(kind) = value.get("type").and_then(Value::as_u64) {
        plain.insert("type".into(), kind.into());
    }
    for key in TELLING {
        let Some(said) = value.get(key) else { continue };
        let said = match said {
            Value::Array(list) if key == "channel_types" => {
                let mut kinds: Vec<u64> = list.iter().filter_map(Value::as_u64).collect();
                kinds.sort_unstable();
                kinds.into()
            }
            Value::Number(number) if key == "min_value" => number.as_f64().into(),
            Value::Array(list) => list.iter().map(normal).collect(),
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Object(_) => said.clone(),
        };
        let says_nothing = match &said {
            Value::Null | Value::Bool(false) => true,
            Value::String(text) => text.is_empty(),
            Value::Array(list) => list.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            Value::Bool(true) | Value::Number(_) => false,
        };
        if !says_nothing {
            plain.insert(key.into(), said);
        }
    }
    Value::Object(plain)
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU64, Ordering::SeqCst};

    use serde_json::json;

    use super::super::commands::Menu;
    use super::*;
    use crate::domain::ids::Language;
    use crate::locale::{Locales, SHIPPED};

    const NOW: Moment = Moment::from_millis(1_793_620_800_000);

    /// What Discord keeps of one server's commands, as it hands it back.
    #[derive(Default)]
    struct Discord {
        commands: Mutex<Vec<Value>>,
        last_id: AtomicU64,
        creates_left: AtomicU64,
        log: Mutex<Vec<String>>,
    }

    impl Discord {
        fn new() -> Discord {
            Discord {
                last_id: AtomicU64::new(1_000),
                creates_left: AtomicU64::new(200),
                ..Discord::default()
            }
        }

        /// With the defaults, nulls and numbers that Discord adds to what it was given.
        fn keeps(&self, id: &str, body: &Value) -> Value {
            fn told(value: &Value) -> Value {
                let mut value = value.clone();
                for part in value["options"].as_array_mut().into_iter().flatten() {
                    *part = told(part);
                    let part = part.as_object_mut().unwrap();
                    part.entry("required").or_insert(false.into());
                    part.entry("name_localizations").or_insert(Value::Null);
                    if let Some(kinds) = part.get_mut("channel_types") {
                        kinds.as_array_mut().unwrap().reverse();
                    }
                    if part.contains_key("min_value") {
                        part.insert("min_value".into(), 0.0.into());
                    }
                }
                value
            }
            let mut kept = told(body);
            let entries = kept.as_object_mut().unwrap();
            entries.entry("description").or_insert("".into());
            entries.entry("default_member_permissions").or_insert(Value::Null);
            entries.entry("description_localizations").or_insert(Value::Null);
            entries.entry("name_localizations").or_insert(Value::Null);
            entries.entry("type").or_insert(1.into());
            entries.extend([
                ("id".to_owned(), json!(id)),
                ("application_id".to_owned(), json!("1")),
                ("guild_id".to_owned(), json!("100")),
                ("version".to_owned(), json!(self.last_id.load(SeqCst).to_string())),
                ("nsfw".to_owned(), json!(false)),
                ("dm_permission".to_owned(), json!(true)),
                ("contexts".to_owned(), Value::Null),
                ("integration_types".to_owned(), json!([0])),
            ]);
            kept
        }

        fn carry_out(&self, request: &Request) -> Result<Value, Failure> {
            let mut commands = self.commands.lock().unwrap();
            let id_in = |path: &str| path.rsplit('/').next().unwrap().to_owned();
            let at = |commands: &[Value], id: &str| {
                commands.iter().position(|command| id_of(command) == id).unwrap()
            };
            let mut log = self.log.lock().unwrap();
            match request {
                Request::Get(path) => {
                    assert_eq!(path, "/applications/1/guilds/100/commands");
                    Ok(Value::Array(commands.clone()))
                }
                Request::Post(_, body) => {
                    if self.creates_left.load(SeqCst) == 0 {
                        return Err(Failure { code: CREATES_SPENT, why: "200 a day".into() });
                    }
                    self.creates_left.fetch_sub(1, SeqCst);
                    self.last_id.fetch_add(1, SeqCst);
                    let (id, name) = (self.last_id.load(SeqCst).to_string(), name_of(body));
                    let same = |c: &Value| name_of(c) == name && kind(c) == kind(body);
                    assert!(!commands.iter().any(same), "{name} twice");
                    log.push(format!("create {name} {id}"));
                    commands.push(self.keeps(&id, body));
                    Ok(commands.last().unwrap().clone())
                }
                Request::Patch(path, body) => {
                    let (id, name) = (id_in(path), name_of(body));
                    let at = at(&commands, &id);
                    log.push(format!("change {} {id} to {name}", name_of(&commands[at])));
                    let others = commands.iter().filter(|command| id_of(command) != id);
                    let mut taken = others.filter(|c| kind(c) == kind(&commands[at]));
                    assert!(!taken.any(|c| name_of(c) == name), "{name} is taken");
                    let mut body = body.clone();
                    body["type"] = commands[at]["type"].clone();
                    commands[at] = self.keeps(&id, &body);
                    Ok(commands[at].clone())
                }
                Request::Delete(path) => {
                    let at = at(&commands, &id_in(path));
                    log.push(format!("delete {}", name_of(&commands.remove(at))));
                    Ok(Value::Null)
                }
            }
        }

        fn id(&self, name: &str) -> String {
            let commands = self.commands.lock().unwrap();
            id_of(commands.iter().find(|command| name_of(command) == name).unwrap()).to_owned()
        }
    }

    impl Caller for Discord {
        async fn call(&self, request: Request) -> Result<Value, Failure> {
            tokio::task::yield_now().await;
            self.carry_out(&request)
        }
    }

    /// A server that we may not look into.
    struct Closed;

    impl Caller for Closed {
        async fn call(&self, _: Request) -> Result<Value, Failure> {
            Err(Failure { code: 50_001, why: "Missing Access".into() })
        }
    }

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    fn wanted(words: &[String]) -> Vec<Value> {
        let locales = Locales::shipped().unwrap();
        let wording = move |language: &Language, key: &str| locales.word(language, key);
        let languages = SHIPPED.map(|(tag, _)| Language::from(tag));
        let menu = Menu { wording: &wording, default: &languages[0], languages: &languages };
        menu.commands(words)
    }

    /// Keeps the menu of the server; gives back what was written.
    async fn keep(registry: &Registry, discord: &Discord, names: &[&str]) -> Vec<String> {
        let words = words(names);
        registry.keep(("1", "100"), &words, &wanted(&words), NOW, discord).await.unwrap();
        std::mem::take(&mut discord.log.lock().unwrap())
    }

    #[tokio::test]
    async fn a_restart_writes_nothing() {
        let discord = Discord::new();
        let written = keep(&Registry::default(), &discord, &["human", "team"]).await;
        assert_eq!(written.len(), TABLE.len() + 4);
        assert_eq!(written[0], "create human 1001", "the one that stays is the oldest");
        let registry = Registry::default();
        assert!(!registry.is_current("100", &words(&["human", "team"]), NOW));
        assert_eq!(keep(&registry, &discord, &["human", "team"]).await, [""; 0]);
        assert!(registry.is_current("100", &words(&["human", "team"]), NOW));
        for (name, meaning) in [
            ("human", Meaning::Escalation),
            ("team", Meaning::Escalation),
            ("ask", Meaning::Table),
            ("Ask around", Meaning::AskAround),
            ("Get staff", Meaning::GetStaff),
        ] {
            assert_eq!(registry.meaning("100", &discord.id(name)), Some(meaning), "{name}");
        }
        assert_eq!(registry.meaning("101", &discord.id("ask")), None);
        registry.forget("100");
        assert_eq!(registry.meaning("100", &discord.id("ask")), None);
    }

    #[tokio::test]
    async fn a_rename_keeps_the_id_and_touches_no_other_command() {
        let (registry, discord) = (Registry::default(), Discord::new());
        keep(&registry, &discord, &["human", "team"]).await;
        let id = discord.id("human");
        assert!(!registry.is_current("100", &words(&["person", "team"]), NOW));
        let written = keep(&registry, &discord, &["person", "team"]).await;
        assert_eq!(written, [format!("change human {id} to person")]);
        assert_eq!(registry.escalation("100").as_deref(), Some("person"));
        // The same while we were away, with the old name kept for a day.
        let written = keep(&Registry::default(), &discord, &["crew", "team", "person"]).await;
        assert_eq!(written, [format!("change person {id} to crew"), "create person 1016".into()]);
        let written = keep(&Registry::default(), &discord, &["crew", "team"]).await;
        assert_eq!(written, ["delete person"]);
        // And to a word that was an alias.
        let written = keep(&registry, &discord, &["team", "crew"]).await;
        let changed = format!("change crew {id} to team");
        assert_eq!(written, ["delete team".into(), changed, "create crew 1017".into()]);
        assert_eq!(registry.meaning("100", &id), Some(Meaning::Escalation));
    }

    #[tokio::test]
    async fn only_what_differs_is_written_and_what_is_gone_is_deleted() {
        let (registry, discord) = (Registry::default(), Discord::new());
        keep(&registry, &discord, &["human"]).await;
        {
            let mut commands = discord.commands.lock().unwrap();
            let ask = commands.iter_mut().find(|command| name_of(command) == "ask").unwrap();
            ask["options"][0]["description_localizations"]["de"] = "Etwas anderes".into();
            let retired = json!({ "type": 1, "id": "9", "name": "retired", "description": "x" });
            commands.push(retired);
        }
        let id = discord.id("ask");
        let written = keep(&registry, &discord, &["human"]).await;
        assert_eq!(written, ["delete retired".to_owned(), format!("change ask {id} to ask")]);
        assert_eq!(keep(&registry, &discord, &["human"]).await, [""; 0]);
    }

    #[tokio::test]
    async fn when_discord_takes_no_more_today_the_rest_waits_for_its_hour() {
        let (registry, discord) = (Registry::default(), Discord::new());
        discord.creates_left.store(3, SeqCst);
        assert_eq!(keep(&registry, &discord, &["human"]).await.len(), 3);
        let (names, later) = (words(&["human"]), NOW + AGAIN_AFTER);
        assert!(registry.is_current("100", &names, NOW), "not tried again and again");
        assert!(!registry.is_current("100", &names, later));
        discord.creates_left.store(200, SeqCst);
        assert_eq!(keep(&registry, &discord, &["human"]).await.len(), TABLE.len());
        assert!(registry.is_current("100", &names, later));
    }

    #[tokio::test]
    async fn what_fails_is_tried_again_at_the_next_occasion() {
        let (registry, names) = (Registry::default(), words(&["human"]));
        let kept = registry.keep(("1", "100"), &names, &wanted(&names), NOW, &Closed).await;
        assert_eq!(kept.unwrap_err().code, 50_001);
        assert!(!registry.is_current("100", &names, NOW));
    }

    #[test]
    fn registering_may_wander_between_threads() {
        fn wanders<F: Future + Send>(_: F) {}
        let (registry, discord) = (Registry::default(), Discord::new());
        wanders(async move { keep(&registry, &discord, &["human"]).await });
    }
}
