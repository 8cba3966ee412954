//! Commands: registered for a server or everywhere, listed, renamed, taken away.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::rest::{Answer, Asked, form};
use super::rules::{self, Form, Refusal, snowflake};
use super::state::{Id, State};

const NEW_A_DAY: usize = 200;

/// Commands that are for everywhere are kept under this.
pub(super) const EVERYWHERE: Id = 0;

pub(super) fn route(state: &mut State, asked: &Asked<'_>) -> Answer {
    let (app, place, rest) = match &asked.path[..] {
        ["applications", app, "commands", rest @ ..] => (app, EVERYWHERE, rest),
        ["applications", app, "guilds", guild, "commands", rest @ ..] => {
            (app, snowflake("guild_id", guild)?, rest)
        }
        _ => return Err(rules::NO_ROUTE),
    };
    if snowflake("application_id", app)? != state.me {
        let message = "You are not authorized to perform this action on this application";
        return Err(Refusal { status: 403, code: 20_012, message, errors: None });
    }
    if place != EVERYWHERE && !state.is_in(place) {
        return Err(rules::NO_ACCESS);
    }
    let tells_languages = asked.param("with_localizations") == Some("true");
    let id = rest.first().map(|id| snowflake("command_id", id)).transpose()?;
    match (asked.method, id, rest.len()) {
        ("GET", None, 0) => {
            let here = state.commands.get(&place).into_iter().flat_map(BTreeMap::values);
            Ok(here.map(|command| listed(command, tells_languages)).collect())
        }
        ("GET", Some(id), 1) => Ok(listed(&known(state, place, id)?, true)),
        ("POST", None, 0) => {
            let id = put(state, place, &asked.body)?;
            Ok(listed(&known(state, place, id)?, true))
        }
        ("PUT", None, 0) => overwrite(state, place, &asked.body),
        ("PATCH", Some(id), 1) => rename(state, place, id, &asked.body),
        ("DELETE", Some(id), 1) => {
            known(state, place, id)?;
            state.commands.entry(place).or_default().remove(&id);
            Ok(Value::Null)
        }
        _ => Err(rules::NO_ROUTE),
    }
}

fn known(state: &State, place: Id, id: Id) -> Result<Value, Refusal> {
    let here = state.commands.get(&place).and_then(|here| here.get(&id));
    here.cloned().ok_or(rules::UNKNOWN_COMMAND)
}

/// As lists show it: the other languages only to those who ask.
fn listed(command: &Value, tells_languages: bool) -> Value {
    match command {
        Value::Object(fields) => {
            let is_shown = |name: &str| tells_languages || !name.ends_with("_localizations");
            let fields = fields.iter().filter(|(name, _)| is_shown(name));
            let fields = fields.map(|(name, value)| (name.clone(), listed(value, tells_languages)));
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(all) => all.iter().map(|one| listed(one, tells_languages)).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => command.clone(),
    }
}

fn kind_of(command: &Value) -> u64 {
    command["type"].as_u64().unwrap_or(1)
}

fn same_name(state: &State, place: Id, body: &Value) -> Option<Id> {
    let here = state.commands.get(&place)?;
    let is_it = |(_, known): &(&Id, &Value)| {
        known["name"] == body["name"] && kind_of(known) == kind_of(body)
    };
    here.iter().find(is_it).map(|(id, _)| *id)
}

fn put(state: &mut State, place: Id, body: &Value) -> Result<Id, Refusal> {
    check(body)?;
    let id = if let Some(id) = same_name(state, place, body) {
        id
    } else {
        let here = state.commands.entry(place).or_default();
        let alike = here.values().filter(|known| kind_of(known) == kind_of(body)).count();
        if alike >= if kind_of(body) == 1 { 100 } else { 15 } {
            return Err(rules::TOO_MANY_COMMANDS);
        }
        let created = state.created_commands.entry(place).or_default();
        if *created >= NEW_A_DAY {
            return Err(rules::TOO_MANY_NEW_COMMANDS);
        }
        *created += 1;
        state.new_id()
    };
    let command = kept(state, place, id, body);
    state.commands.entry(place).or_default().insert(id, command);
    Ok(id)
}

/// As Discord keeps it: with what was not said, and without what says nothing.
fn kept(state: &mut State, place: Id, id: Id, body: &Value) -> Value {
    fn tidied(options: &Value) -> Value {
        let all = options.as_array().cloned().unwrap_or_default();
        let tidy = |mut option: Value| {
            for field in ["required", "autocomplete"] {
                if option[field] == false
                    && let Some(fields) = option.as_object_mut()
                {
                    fields.remove(field);
                }
            }
            for field in ["name_localizations", "description_localizations"] {
                let said = option.get(field).cloned().unwrap_or_default();
                option[field] = said;
            }
            if option["options"].is_array() {
                option["options"] = tidied(&option["options"]);
            }
            option
        };
        all.into_iter().map(tidy).collect()
    }
    let kind = kind_of(body);
    let mut command = json!({
        "id": id.to_string(), "application_id": state.me.to_string(),
        "version": state.new_id().to_string(), "type": kind, "name": body["name"],
        "name_localizations": body["name_localizations"],
        "description": body["description"].as_str().unwrap_or_default(),
        "description_localizations": body["description_localizations"],
        "default_member_permissions": body["default_member_permissions"],
        "dm_permission": true, "contexts": body["contexts"], "integration_types": [0],
        "nsfw": false,
    });
    if place != EVERYWHERE {
        command["guild_id"] = json!(place.to_string());
    }
    if kind == 1 && body["options"].as_array().is_some_and(|options| !options.is_empty()) {
        command["options"] = tidied(&body["options"]);
    }
    command
}

/// All of a place at once: those with a name that was there keep their id, the others go.
fn overwrite(state: &mut State, place: Id, body: &Value) -> Answer {
    let Some(all) = body.as_array() else {
        return Err(form("_", "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType"));
    };
    let mut names = BTreeSet::new();
    for (at, command) in all.iter().enumerate() {
        check(command)?;
        let name = (kind_of(command), command["name"].to_string());
        if !names.insert(name) {
            let message = "Application command names must be unique";
            return Err(form(&at.to_string(), "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
        }
    }
    let keeps = |known: &Value| names.contains(&(kind_of(known), known["name"].to_string()));
    state.commands.entry(place).or_default().retain(|_, known| keeps(known));
    let mut listed_now = Vec::new();
    for command in all {
        let id = put(state, place, command)?;
        listed_now.push(known(state, place, id)?);
    }
    Ok(Value::Array(listed_now))
}

/// Changes what is said and keeps the id, and with it what administrators set for it.
fn rename(state: &mut State, place: Id, id: Id, body: &Value) -> Answer {
    let mut command = known(state, place, id)?;
    for (name, value) in body.as_object().into_iter().flatten() {
        command[name] = value.clone();
    }
    check(&command)?;
    if same_name(state, place, &command).is_some_and(|other| other != id) {
        let message = "Application command names must be unique";
        return Err(form("name", "APPLICATION_COMMANDS_DUPLICATE_NAME", message));
    }
    let command = kept(state, place, id, &command);
    state.commands.entry(place).or_default().insert(id, command.clone());
    Ok(command)
}

fn check(command: &Value) -> Result<(), Refusal> {
    let mut form = Form::default();
    let kind = kind_of(command);
    if !(1..=3).contains(&kind) {
        form.wrong("type", "BASE_TYPE_CHOICES", "Value must be one of {1, 2, 3}.");
    }
    check_name(&mut form, "", command, kind == 1);
    if kind == 1 {
        check_description(&mut form, "", command);
        check_options(&mut form, "", &command["options"], 0);
    } else if command["description"].as_str().is_some_and(|text| !text.is_empty()) {
        let message = "Context menu commands cannot have description";
        form.wrong("description", "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION", message);
    }
    let rights = &command["default_member_permissions"];
    if !rights.is_null() && rights.as_str().is_none_or(|bits| bits.parse::<u64>().is_err()) {
        let message = "Value must be a string of bits.";
        form.wrong("default_member_permissions", "BASE_TYPE_CHOICES", message);
    }
    if weight(command) > 8_000 {
        let message = "Command exceeds maximum size (8000)";
        form.wrong("_", "APPLICATION_COMMAND_TOO_LARGE", message);
    }
    form.finished()
}

/// Every letter of a command counts, in the language in which it is longest.
fn weight(part: &Value) -> usize {
    let length = |field: &str| part[field].as_str().map_or(0, |text| text.chars().count());
    let longest = |field: &str, languages: &str| {
        let others = part[languages].as_object().into_iter().flatten();
        let others = others.filter_map(|(_, text)| Some(text.as_str()?.chars().count()));
        others.max().unwrap_or(0).max(length(field))
    };
    let inner = ["options", "choices"].into_iter();
    let inner = inner.filter_map(|field| part[field].as_array()).flatten();
    longest("name", "name_localizations")
        + longest("description", "description_localizations")
        + length("value")
        + inner.map(weight).sum::<usize>()
}

fn check_name(form: &mut Form, path: &str, part: &Value, is_slash: bool) {
    let mut names = vec![part["name"].as_str().unwrap_or_default().to_owned()];
    let others = part["name_localizations"].as_object().into_iter().flatten();
    names.extend(others.filter_map(|(_, name)| name.as_str().map(str::to_owned)));
    let is_letter = |c: char| c == '-' || c == '_' || c == '\'' || c.is_alphanumeric();
    for name in names {
        let is_long = !(1..=32).contains(&name.chars().count());
        let is_slashy = name.chars().all(is_letter) && name == name.to_lowercase();
        if is_long || is_slash && !is_slashy {
            let message = "Command name is invalid";
            let path = format!("{path}.name");
            form.wrong(&path, "APPLICATION_COMMAND_INVALID_NAME", message);
        }
    }
}

fn check_description(form: &mut Form, path: &str, part: &Value) {
    let mut texts = vec![part["description"].as_str().unwrap_or_default().to_owned()];
    let others = part["description_localizations"].as_object().into_iter().flatten();
    texts.extend(others.filter_map(|(_, text)| text.as_str().map(str::to_owned)));
    if texts.iter().any(|text| !(1..=100).contains(&text.chars().count())) {
        let path = format!("{path}.description");
        form.wrong(&path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
    }
}

fn check_options(form: &mut Form, path: &str, options: &Value, depth: usize) {
    let options = options.as_array().map(Vec::as_slice).unwrap_or_default();
    if options.len() > 25 {
        let path = format!("{path}.options");
        form.wrong(&path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    let (mut names, mut was_optional, mut subs) = (BTreeSet::new(), false, 0);
    for (at, option) in options.iter().enumerate() {
        let path = format!("{path}.options.{at}");
        check_name(form, &path, option, true);
        check_description(form, &path, option);
        if !names.insert(option["name"].to_string()) {
            let message = "Option names must be unique";
            form.wrong(&path, "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", message);
        }
        match option["type"].as_u64().unwrap_or(0) {
            1 | 2 if depth < 2 => {
                subs += 1;
                check_options(form, &path, &option["options"], depth + 1);
            }
            3..=11 => {
                let is_required = option["required"] == true;
                if is_required && was_optional {
                    let message = "Required options must be placed before non-required options";
                    form.wrong(&path, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", message);
                }
                was_optional |= !is_required;
            }
            _ => form.wrong(&format!("{path}.type"), "BASE_TYPE_CHOICES", "Not a type."),
        }
        check_choices(form, &path, option);
    }
    if subs != 0 && subs != options.len() {
        let message = "Sub-command and sub-command group option types are mutually exclusive to \
                       all other types";
        let path = format!("{path}.options");
        form.wrong(&path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", message);
    }
}

fn check_choices(form: &mut Form, path: &str, option: &Value) {
    let choices = option["choices"].as_array().map(Vec::as_slice).unwrap_or_default();
    if choices.len() > 25 || !choices.is_empty() && option["autocomplete"] == true {
        let path = format!("{path}.choices");
        form.wrong(&path, "BASE_TYPE_MAX_LENGTH", "Must be 25 or fewer in length.");
    }
    for (at, choice) in choices.iter().enumerate() {
        let path = format!("{path}.choices.{at}");
        let is_right = |field: &str| {
            let text = choice[field].as_str().map(|text| text.chars().count());
            text.map_or(choice[field].is_number(), |length| (1..=100).contains(&length))
        };
        if !is_right("name") || !is_right("value") {
            form.wrong(&path, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 100 in length.");
        }
    }
}
