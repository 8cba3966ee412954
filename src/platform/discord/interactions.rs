//! Interactions: slash commands, message menus and buttons as what the runtime hears, purely.
//!
//! A message menu is a command about somebody else's message: *Ask around* is `/ask` with that
//! message as the question, and *Get staff* the escalation command for the case it belongs to.

use std::time::Duration;

use serde_json::Value;
use serenity::all::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, ComponentInteractionDataKind, Interaction, Member, ModalInteraction,
    PartialChannel, PartialMember, Permissions, ResolvedTarget, Role, RoleId, User,
};

use super::forms;
use super::registry::Meaning;
use crate::domain::badge::{Badge, Obstacle};
use crate::domain::command::Typed;
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::{
    Author, Commanded, Inbound, Named, NamedBadge, Place, Pointed, ReplyHandle, What,
};

/// How long a token answers.
const TOKEN_LASTS: Duration = Duration::from_mins(15);
/// Discord's first moment, from which the time in its ids counts.
const FIRST_MOMENT_MS: i64 = 1_420_070_400_000;

/// What an interaction does not say itself.
pub(super) struct Around<'a> {
    /// The place, known by its channel.
    pub(super) place: &'a dyn Fn(&str) -> Option<Place>,
    /// What a command of ours means, by server and id.
    pub(super) meaning: &'a dyn Fn(&str, &str) -> Option<Meaning>,
    /// What a message menu means by its name, before its id is known.
    pub(super) menu: &'a dyn Fn(&str) -> Option<Meaning>,
    /// What keeps the bot from giving a role, by server and id.
    pub(super) obstacle: &'a dyn Fn(&str, &str) -> Option<Obstacle>,
    /// The name of the escalation command in a server, where it is known.
    pub(super) escalation: &'a dyn Fn(&str) -> Option<String>,
}

/// An interaction as the runtime hears it, or why it does not.
pub(super) fn translate(
    interaction: &Interaction,
    around: &Around<'_>,
) -> Result<Inbound, &'static str> {
    match interaction {
        Interaction::Command(command) => commanded(command, around),
        Interaction::Component(component) => pressed(component, around),
        Interaction::Autocomplete(_) => Err("autocomplete is answered, not heard"),
        Interaction::Modal(form) => sent_in(form, around),
        Interaction::Ping(_) => Err("a ping"),
        _ => Err("an interaction newer than we know"),
    }
}

fn commanded(
    interaction: &CommandInteraction,
    around: &Around<'_>,
) -> Result<Inbound, &'static str> {
    let server = interaction.guild_id.ok_or("a command outside a server")?.to_string();
    let place = place(interaction.channel_id.to_string().as_str(), around)?;
    let member = interaction.member.as_deref();
    let by = presser(&interaction.user, member, &interaction.locale);
    let data = &interaction.data;
    let known = (around.meaning)(&server, &data.id.to_string());
    let mut badges = Vec::new();
    let (command, people, about) = match data.kind {
        CommandType::ChatInput => {
            let mut typed = typed(&data.name, &data.options);
            // An id outlives its name: a client that has not heard of the new one says the old.
            if known == Some(Meaning::Escalation)
                && let Some(name) = (around.escalation)(&server)
            {
                typed.name = name;
            }
            let channels = data.resolved.channels.iter();
            let name = |channel: &PartialChannel| channel.name.clone();
            typed.names =
                channels.filter_map(|(id, told)| Some((id.to_string(), name(told)?))).collect();
            let members = &data.resolved.members;
            let mut people: Vec<Named> =
                data.resolved.users.iter().map(|(id, user)| named(user, members.get(id))).collect();
            people.sort_by(|a, b| a.word.cmp(&b.word));
            let role = |(id, role): (&RoleId, &Role)| badge(*id, role, &server, around);
            badges = data.resolved.roles.iter().map(role).collect();
            (typed, people, None)
        }
        CommandType::Message => {
            let meaning = known.or_else(|| (around.menu)(&data.name));
            let Some(ResolvedTarget::Message(message)) = data.target() else {
                return Err("a message menu without its message");
            };
            let by = author(&message.author, message.member.as_deref());
            let about = Pointed { message: PlatformKey::new(message.id.to_string()), by };
            let typed = match meaning {
                Some(Meaning::AskAround) => {
                    let mut typed = typed("ask", &[]);
                    typed.options.insert("question".to_owned(), message.content.clone());
                    typed
                }
                Some(Meaning::GetStaff) => {
                    let name = (around.escalation)(&server);
                    typed(&name.ok_or("a server that we do not know yet")?, &[])
                }
                Some(Meaning::Table | Meaning::Escalation) | None => {
                    return Err("a menu that we did not register");
                }
            };
            (typed, Vec::new(), Some(about))
        }
        CommandType::User | CommandType::PrimaryEntryPoint | CommandType::Unknown(_) | _ => {
            return Err("a menu that we did not register");
        }
    };
    let command = Commanded::Menu(command);
    let reply = reply(interaction.id.get(), &interaction.token);
    let what = What::Commanded { command, reply, people, badges, about };
    Ok(inbound(interaction.id.get(), place, by, what))
}

fn pressed(
    interaction: &ComponentInteraction,
    around: &Around<'_>,
) -> Result<Inbound, &'static str> {
    let ComponentInteractionDataKind::Button = interaction.data.kind else {
        return Err("a component that we did not send");
    };
    let place = place(interaction.channel_id.to_string().as_str(), around)?;
    let by = presser(&interaction.user, interaction.member.as_ref(), &interaction.locale);
    let data = interaction.data.custom_id.clone();
    let reply = reply(interaction.id.get(), &interaction.token);
    Ok(inbound(interaction.id.get(), place, by, What::Pressed { data, reply }))
}

/// Whether somebody who is still typing may set up the bot.
pub(super) fn is_moderator(typing: &CommandInteraction) -> bool {
    presser(&typing.user, typing.member.as_deref(), &typing.locale).moderator
}

/// A form is the command that opened it, with the text that was missing.
fn sent_in(form: &ModalInteraction, around: &Around<'_>) -> Result<Inbound, &'static str> {
    form.guild_id.ok_or("a command outside a server")?;
    let place = place(form.channel_id.to_string().as_str(), around)?;
    let by = presser(&form.user, form.member.as_ref(), &form.locale);
    let rows = form.data.components.iter().flat_map(|row| &row.components);
    let fields = rows.filter_map(|field| match field {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone()?))
        }
        ActionRowComponent::Button(_) | ActionRowComponent::SelectMenu(_) | _ => None,
    });
    let typed = forms::completed(&form.data.custom_id, fields.collect());
    let command = Commanded::Menu(typed.ok_or("a form that we did not send")?);
    let reply = reply(form.id.get(), &form.token);
    let what =
        What::Commanded { command, reply, people: Vec::new(), badges: Vec::new(), about: None };
    Ok(inbound(form.id.get(), place, by, what))
}

/// The form that a command opens, if it came without its text.
pub(super) fn form(
    interaction: &Interaction,
    meaning: &dyn Fn(&str, &str) -> Option<Meaning>,
    words: &dyn Fn(&Language, &str) -> String,
) -> Option<Value> {
    let Interaction::Command(command) = interaction else { return None };
    let data = &command.data;
    let server = command.guild_id?.to_string();
    let is_ours = data.kind == CommandType::ChatInput
        && meaning(&server, &data.id.to_string()) != Some(Meaning::Escalation);
    let language = Language::new(command.locale.to_lowercase());
    is_ours.then(|| forms::form(&typed(&data.name, &data.options), &|key| words(&language, key)))?
}

fn place(channel: &str, around: &Around<'_>) -> Result<Place, &'static str> {
    (around.place)(channel).ok_or("a place that we do not know")
}

fn inbound(id: u64, place: Place, by: Author, what: What) -> Inbound {
    Inbound { key: PlatformKey::new(format!("i:{id}")), at: moment(id), place, by, what }
}

/// The time in a snowflake.
fn moment(id: u64) -> Moment {
    Moment::from_millis(FIRST_MOMENT_MS + i64::try_from(id >> 22).unwrap_or(0))
}

fn reply(id: u64, token: &str) -> ReplyHandle {
    ReplyHandle { key: format!("{id}:{token}"), expires_at: moment(id) + TOKEN_LASTS }
}

/// Whoever acts: the rights are those that Discord computed for this very interaction.
fn presser(user: &User, member: Option<&Member>, locale: &str) -> Author {
    let nick = member.and_then(|member| member.nick.as_deref());
    let rights = member.and_then(|member| member.permissions);
    let language = Some(Language::new(locale.to_lowercase()).base());
    Author { language, ..person(user, nick, rights) }
}

/// Somebody whom an interaction names.
fn author(user: &User, member: Option<&PartialMember>) -> Author {
    let nick = member.and_then(|member| member.nick.as_deref());
    person(user, nick, member.and_then(|member| member.permissions))
}

fn named(user: &User, member: Option<&PartialMember>) -> Named {
    Named { word: user.id.to_string(), who: author(user, member) }
}

fn badge(id: RoleId, role: &Role, server: &str, around: &Around<'_>) -> NamedBadge {
    let word = id.to_string();
    let obstacle = (around.obstacle)(server, &word);
    let badge = Badge { key: PlatformKey::new(word.clone()), name: role.name.clone() };
    NamedBadge { word, badge, obstacle }
}

fn person(user: &User, nick: Option<&str>, rights: Option<Permissions>) -> Author {
    let name = nick.or(user.global_name.as_deref()).unwrap_or(&user.name);
    let has = |right: Permissions| rights.is_some_and(|rights| rights.intersects(right));
    let moderator = has(Permissions::ADMINISTRATOR | Permissions::MANAGE_GUILD);
    Author {
        is_bot: user.bot,
        moderator,
        staff: moderator || has(Permissions::MANAGE_MESSAGES),
        ..Author::named(PlatformKey::new(user.id.to_string()), name)
    }
}

/// The options as text, those of a subcommand with its name.
fn typed(name: &str, options: &[CommandDataOption]) -> Typed {
    let (sub, options) = match options {
        [CommandDataOption { name, value: CommandDataOptionValue::SubCommand(options), .. }] => {
            (Some(name.clone()), options.as_slice())
        }
        options => (None, options),
    };
    let text = |option: &CommandDataOption| Some((option.name.clone(), text_of(&option.value)?));
    let options = options.iter().filter_map(text).collect();
    Typed { name: name.to_owned(), sub, options, names: std::collections::BTreeMap::new() }
}

/// What was given, as a line of text would say it; people and channels by their ids.
fn text_of(value: &CommandDataOptionValue) -> Option<String> {
    match value {
        CommandDataOptionValue::String(text) => Some(text.clone()),
        CommandDataOptionValue::Integer(number) => Some(number.to_string()),
        CommandDataOptionValue::Number(number) => Some(number.to_string()),
        CommandDataOptionValue::Boolean(flag) => Some(flag.to_string()),
        CommandDataOptionValue::Channel(id) => Some(id.to_string()),
        CommandDataOptionValue::User(id) => Some(id.to_string()),
        CommandDataOptionValue::Mentionable(id) => Some(id.to_string()),
        CommandDataOptionValue::Role(id) => Some(id.to_string()),
        CommandDataOptionValue::Autocomplete { .. }
        | CommandDataOptionValue::SubCommand(_)
        | CommandDataOptionValue::SubCommandGroup(_)
        | CommandDataOptionValue::Attachment(_)
        | CommandDataOptionValue::Unknown(_)
        | _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::platform::Thread;

    /// 2026-11-02T12:00:00Z as a snowflake.
    const NOON_ID: u64 = (1_793_620_800_000 - 1_420_070_400_000) << 22;
    const HELP: &str = "200";

    fn heard(interaction: Value) -> Result<Inbound, &'static str> {
        let interaction = serde_json::from_value(interaction).unwrap();
        let place = |channel: &str| match channel {
            HELP => Some(Place::new(("100", "Lumen"), (HELP, "help"))),
            "201" => {
                let (parent, parent_name) = (PlatformKey::from(HELP), "help".to_owned());
                let thread = Thread { parent, parent_name, root: None, private: false };
                let place = Place::new(("100", "Lumen"), ("201", "red light"));
                Some(Place { thread: Some(thread), ..place })
            }
            _ => None,
        };
        let meaning = |server: &str, id: &str| match (server, id) {
            ("100", "900") => Some(Meaning::Escalation),
            ("100", "901") => Some(Meaning::AskAround),
            _ => None,
        };
        let menu = |name: &str| (name == "Get staff").then_some(Meaning::GetStaff);
        let escalation = |server: &str| (server == "100").then(|| "person".to_owned());
        let obstacle =
            |server: &str, role: &str| ((server, role) == ("100", "14")).then_some(Obstacle::Above);
        let around = Around {
            place: &place,
            meaning: &meaning,
            menu: &menu,
            obstacle: &obstacle,
            escalation: &escalation,
        };
        translate(&interaction, &around)
    }

    fn user(id: &str, name: &str) -> Value {
        json!({ "id": id, "username": name, "discriminator": "0", "global_name": null,
            "avatar": null })
    }

    /// An interaction by Robin in #help, with fields that no version of ours knows.
    fn interaction(kind: u64, data: &Value, permissions: &str) -> Value {
        json!({
            "id": NOON_ID.to_string(), "application_id": "1", "type": kind, "token": "tok:en",
            "version": 1, "guild_id": "100", "channel_id": HELP, "locale": "pt-BR",
            "guild_locale": "en-US", "app_permissions": "0", "entitlements": [],
            "attachment_size_limit": 10, "context": 0, "authorizing_integration_owners": {},
            "invented_later": { "a": 1 }, "data": data,
            "channel": { "id": HELP, "type": 0, "name": "help" },
            "member": {
                "user": user("300", "robin"), "nick": "Robin", "roles": [], "joined_at": null,
                "deaf": false, "mute": false, "flags": 0, "permissions": permissions,
            },
        })
    }

    fn message(content: &str, author: &Value) -> Value {
        json!({
            "id": "555", "channel_id": HELP, "content": content, "author": author, "type": 0,
            "timestamp": "2026-11-02T11:00:00Z", "edited_timestamp": null, "tts": false,
            "mention_everyone": false, "mentions": [], "mention_roles": [], "attachments": [],
            "embeds": [], "pinned": false,
        })
    }

    fn on_message(id: &str, name: &str, message: &Value) -> Value {
        let data = json!({
            "id": id, "name": name, "type": 3, "target_id": "555",
            "resolved": { "messages": { "555": message } },
        });
        interaction(2, &data, "0")
    }

    fn menu(inbound: &Inbound) -> (&Typed, &[Named], Option<&Pointed>) {
        let What::Commanded { command: Commanded::Menu(typed), people, about, .. } = &inbound.what
        else {
            panic!("{inbound:?}");
        };
        (typed, people, about.as_ref())
    }

    #[test]
    fn a_slash_command_comes_with_options_people_and_live_rights() {
        let data = json!({
            "id": "910", "name": "askaround", "type": 1,
            "resolved": {
                "users": { "301": user("301", "priya"), "302": user("302", "kai") },
                "members": { "301": {
                    "nick": "Priya", "roles": [], "joined_at": null, "permissions": "8192",
                } },
            },
            "options": [{ "name": "case", "type": 1, "options": [
                { "name": "case", "type": 3, "value": "k7" },
                { "name": "do", "type": 3, "value": "grant" },
                { "name": "who", "type": 6, "value": "301" },
                { "name": "points", "type": 4, "value": 25 },
            ] }],
        });
        let inbound = heard(interaction(2, &data, "32")).unwrap();
        assert_eq!(inbound.key, PlatformKey::new(format!("i:{NOON_ID}")));
        assert_eq!(inbound.at, Moment::from_millis(1_793_620_800_000));
        assert_eq!(inbound.by.name, "Robin");
        assert_eq!(inbound.by.language, Some(Language::from("pt")));
        assert!(inbound.by.moderator && inbound.by.staff && !inbound.by.is_bot);
        let (typed, people, about) = menu(&inbound);
        insta::assert_snapshot!(serde_json::to_string_pretty(typed).unwrap(), @r#"
        {
          "name": "askaround",
          "sub": "case",
          "options": {
            "case": "k7",
            "do": "grant",
            "points": "25",
            "who": "301"
          }
        }
        "#);
        let of = |named: &Named| {
            (named.word.clone(), named.who.name.clone(), named.who.staff, named.who.moderator)
        };
        assert_eq!(
            people.iter().map(of).collect::<Vec<_>>(),
            [
                ("301".into(), "Priya".into(), true, false),
                ("302".into(), "kai".into(), false, false),
            ]
        );
        assert_eq!(about, None);
        let What::Commanded { reply, .. } = inbound.what else { unreachable!() };
        assert_eq!(reply.key, format!("{NOON_ID}:tok:en"));
        assert_eq!(reply.expires_at, inbound.at + Duration::from_mins(15));
    }

    #[test]
    fn rights_are_what_discord_says_they_are_at_this_moment() {
        let data = json!({ "id": "911", "name": "points", "type": 1 });
        for (permissions, moderator, staff) in [
            ("0", false, false),
            ("8192", false, true),
            ("32", true, true),
            ("8", true, true),
            ("9007199254740991", true, true),
        ] {
            let by = heard(interaction(2, &data, permissions)).unwrap().by;
            assert_eq!((by.moderator, by.staff), (moderator, staff), "{permissions}");
        }
    }

    #[test]
    fn a_channel_is_named_by_its_id() {
        let data = json!({
            "id": "910", "name": "askaround", "type": 1, "options": [{
                "name": "watch", "type": 1,
                "options": [{ "name": "channel", "type": 7, "value": "201" }],
            }],
        });
        let inbound = heard(interaction(2, &data, "32")).unwrap();
        assert_eq!(menu(&inbound).0.options["channel"], "201");
        assert_eq!(menu(&inbound).0.sub.as_deref(), Some("watch"));
    }

    #[test]
    fn a_role_comes_with_its_name_and_what_is_in_its_way() {
        let role = |id: &str, name: &str| {
            json!({
                "id": id, "name": name, "color": 0, "hoist": false, "icon": null,
                "colors": {
                    "primary_color": 0, "secondary_color": null, "tertiary_color": null,
                },
                "unicode_emoji": null, "position": 1, "managed": false, "mentionable": false,
                "permissions": "0", "flags": 0, "guild_id": "100",
            })
        };
        for (id, obstacle) in [("13", None), ("14", Some(Obstacle::Above))] {
            let data = json!({
                "id": "910", "name": "askaround", "type": 1,
                "resolved": { "roles": { id: role(id, "Guide") } },
                "options": [{ "name": "recognition", "type": 1, "options": [
                    { "name": "rank", "type": 3, "value": "guide" },
                    { "name": "role", "type": 8, "value": id },
                ] }],
            });
            let inbound = heard(interaction(2, &data, "32")).unwrap();
            assert_eq!(menu(&inbound).0.options["role"], id);
            let What::Commanded { badges, .. } = inbound.what else { unreachable!() };
            let badge = Badge { key: PlatformKey::from(id), name: "Guide".to_owned() };
            assert_eq!(badges, [NamedBadge { word: id.to_owned(), badge, obstacle }]);
        }
    }

    #[test]
    fn the_escalation_command_is_known_by_its_id_whatever_a_client_still_calls_it() {
        for (id, name, heard_as) in
            [("900", "human", "person"), ("900", "person", "person"), ("999", "human", "human")]
        {
            let data = json!({ "id": id, "name": name, "type": 1,
                "options": [{ "name": "reason", "type": 3, "value": "It burns" }] });
            let inbound = heard(interaction(2, &data, "0")).unwrap();
            assert_eq!(menu(&inbound).0.name, heard_as, "{id} {name}");
            assert_eq!(menu(&inbound).0.options["reason"], "It burns");
        }
    }

    #[test]
    fn ask_around_is_a_question_of_whoever_wrote_it() {
        let target = message("Why is it red?", &user("303", "lena"));
        let inbound = heard(on_message("901", "Herumfragen", &target)).unwrap();
        let (typed, _, about) = menu(&inbound);
        assert_eq!(
            (typed.name.as_str(), typed.options["question"].as_str()),
            ("ask", "Why is it red?")
        );
        let about = about.unwrap();
        assert_eq!(about.message, PlatformKey::from("555"));
        assert_eq!((about.by.key.as_str(), about.by.name.as_str()), ("303", "lena"));
        assert_eq!(inbound.by.name, "Robin", "and the presser is answered");
    }

    #[test]
    fn get_staff_is_the_escalation_command_about_a_message() {
        let target = message("", &user("303", "lena"));
        let inbound = heard(on_message("77", "Get staff", &target)).unwrap();
        let (typed, _, about) = menu(&inbound);
        assert_eq!(typed.name, "person");
        assert!(typed.options.is_empty());
        assert_eq!(about.unwrap().message, PlatformKey::from("555"));
    }

    #[test]
    fn a_button_is_pressed_with_the_data_we_gave_it() {
        let data = json!({ "custom_id": "take:k7", "component_type": 2, "id": 3 });
        let mut pressed = interaction(3, &data, "0");
        pressed["message"] = message("Who can help?", &user("1", "askaround"));
        pressed["channel_id"] = "201".into();
        let inbound = heard(pressed).unwrap();
        let What::Pressed { data, reply } = &inbound.what else { panic!("{inbound:?}") };
        assert_eq!(data, "take:k7");
        assert_eq!(reply.key, format!("{NOON_ID}:tok:en"));
        assert_eq!(inbound.place.thread.unwrap().parent, PlatformKey::from(HELP));
    }

    #[test]
    fn a_form_that_is_sent_in_is_the_command_that_opened_it() {
        let row = |name: &str, text: &str| {
            json!({ "type": 1, "id": 1, "components": [
                { "type": 4, "id": 2, "custom_id": name, "value": text, "newer": true },
            ] })
        };
        let form = json!({ "custom_id": "/ask", "resolved": {},
            "components": [row("question", "It is red.\nWhy?")] });
        let inbound = heard(interaction(5, &form, "0")).unwrap();
        assert_eq!(menu(&inbound).0.name, "ask");
        assert_eq!(menu(&inbound).0.options["question"], "It is red.\nWhy?");
        assert_eq!(inbound.key, PlatformKey::new(format!("i:{NOON_ID}")));
        let other = json!({ "custom_id": "/ask", "components": [row("reason", "x")] });
        assert_eq!(heard(interaction(5, &other, "0")), Err("a form that we did not send"));
    }

    #[test]
    fn what_is_not_for_us_is_dropped_with_its_reason() {
        let points = json!({ "id": "911", "name": "points", "type": 1 });
        let mut elsewhere = interaction(2, &points, "0");
        elsewhere["channel_id"] = "299".into();
        let mut private = interaction(2, &points, "0");
        private.as_object_mut().unwrap().remove("guild_id");
        private.as_object_mut().unwrap().remove("member");
        private["user"] = user("300", "robin");
        let data = json!({ "custom_id": "x", "component_type": 3, "values": ["a"] });
        let mut select = interaction(3, &data, "0");
        select["message"] = message("", &user("1", "askaround"));
        let form = json!({ "custom_id": "x", "components": [] });
        let typing = json!({ "id": "911", "name": "leaders", "type": 1,
            "options": [{ "name": "topic", "type": 3, "value": "w", "focused": true }] });
        let unknown = on_message("78", "Translate", &message("a", &user("303", "lena")));
        let mut pointless = unknown.clone();
        pointless["data"]["resolved"] = json!({});
        for (interaction, why) in [
            (elsewhere, "a place that we do not know"),
            (private, "a command outside a server"),
            (select, "a component that we did not send"),
            (interaction(5, &form, "0"), "a form that we did not send"),
            (interaction(4, &typing, "0"), "autocomplete is answered, not heard"),
            (unknown, "a menu that we did not register"),
            (pointless, "a message menu without its message"),
            (
                json!({ "id": "1", "application_id": "1", "type": 1, "token": "t", "version": 1 }),
                "a ping",
            ),
        ] {
            assert_eq!(heard(interaction), Err(why));
        }
    }
}
