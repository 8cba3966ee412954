//! Roles: who has which, what stands above what, and the routes by which a bot gives and takes one.

use serde_json::{Value, json};

use super::gateway::intent;
use super::rest::{Answer, Asked, form};
use super::rights::bit;
use super::rules::{self, snowflake};
use super::state::{Id, Role, State};
use super::town::Town;

/// What an audit log shows of a reason, decoded.
const REASON_LIMIT: usize = 512;

/// How people order and give roles.
impl Town {
    /// A new role; it stands lowest, but for everybody's.
    pub(crate) fn role(&self, guild: Id, name: &str, permissions: u64) -> Id {
        self.change(|state| {
            let (id, name) = (state.new_id(), name.to_owned());
            let here = state.guilds.get_mut(&guild).expect("a server");
            let others: Vec<Id> = here.roles.keys().copied().filter(|id| *id != guild).collect();
            for other in &others {
                here.roles.get_mut(other).expect("a role").position += 1;
            }
            here.roles.insert(id, Role { permissions, position: 1, ..Role::named(&name) });
            state.tell_role("GUILD_ROLE_CREATE", guild, id);
            for other in others {
                state.tell_role("GUILD_ROLE_UPDATE", guild, other);
            }
            id
        })
    }

    /// Changes what a role may do.
    pub(crate) fn allows(&self, guild: Id, role: Id, permissions: u64) {
        self.changes_role(guild, role, |role| role.permissions = permissions);
    }

    /// Drags a role above every other.
    pub(crate) fn raises(&self, guild: Id, role: Id) {
        let roles = |state: &State| {
            let here = state.guilds.get(&guild).expect("a server");
            here.roles.values().map(|role| role.position).max().unwrap_or(0)
        };
        let top = self.look(roles);
        self.changes_role(guild, role, |role| role.position = top + 1);
    }

    /// A role becomes an app's, which alone gives it.
    pub(crate) fn binds(&self, guild: Id, role: Id) {
        self.changes_role(guild, role, |role| role.managed = true);
    }

    fn changes_role(&self, guild: Id, role: Id, change: impl FnOnce(&mut Role)) {
        self.change(|state| {
            let here = state.guilds.get_mut(&guild).expect("a server");
            change(here.roles.get_mut(&role).expect("a role"));
            state.tell_role("GUILD_ROLE_UPDATE", guild, role);
        });
    }

    pub(crate) fn removes_role(&self, guild: Id, role: Id) {
        self.change(|state| {
            let here = state.guilds.get_mut(&guild).expect("a server");
            here.roles.remove(&role).expect("a role");
            for member in here.members.values_mut() {
                member.roles.remove(&role);
            }
            let event = json!({"guild_id": guild.to_string(), "role_id": role.to_string()});
            state.emit(intent::GUILDS, "GUILD_ROLE_DELETE", &event);
        });
    }

    /// The role that came with the bot.
    pub(crate) fn own_role(&self, guild: Id) -> Id {
        self.look(|state| {
            let here = state.guilds.get(&guild).expect("a server");
            let me = here.members.get(&state.me).expect("the bot is there");
            let mut own = me.roles.iter().copied();
            own.find(|role| here.roles.get(role).is_some_and(|role| role.managed)).expect("a role")
        })
    }

    pub(crate) fn leaves(&self, guild: Id, who: Id) {
        self.change(|state| {
            state.guilds.get_mut(&guild).expect("a server").members.remove(&who);
        });
    }

    /// Returns when somebody has exactly these roles.
    pub(crate) async fn wears(&self, guild: Id, who: Id, roles: &[Id]) {
        let what = format!("{who} with the roles {roles:?}");
        self.until(&what, |state| {
            let worn = state.guilds.get(&guild)?.members.get(&who)?.roles.iter().copied();
            (worn.collect::<Vec<_>>() == roles).then_some(())
        })
        .await;
    }
}

impl State {
    fn tell_role(&mut self, name: &'static str, guild: Id, role: Id) {
        let event = json!({"guild_id": guild.to_string(), "role": self.role(guild, role)});
        self.emit(intent::GUILDS, name, &event);
    }

    /// The highest place of a role that somebody has; of two in one place the older is higher.
    fn top(&self, guild: Id, who: Id) -> (i64, i128) {
        let Some(here) = self.guilds.get(&guild) else { return (0, 0) };
        let own = here.members.get(&who).into_iter().flat_map(|member| &member.roles);
        own.filter_map(|role| Some(height(*role, here.roles.get(role)?))).max().unwrap_or((0, 0))
    }
}

fn height(id: Id, role: &Role) -> (i64, i128) {
    (role.position, -i128::from(id))
}

/// `PUT` or `DELETE` of one role of one member; told only to those who want to know of members.
pub(super) fn route(
    state: &mut State,
    asked: &Asked<'_>,
    (guild, who, role): (&str, &str, &str),
) -> Answer {
    let guild = snowflake("guild_id", guild)?;
    let (who, role) = (snowflake("user_id", who)?, snowflake("role_id", role)?);
    let me = state.me;
    let here = state.guilds.get(&guild).ok_or(rules::UNKNOWN_GUILD)?;
    if !here.members.contains_key(&me) {
        return Err(rules::NO_ACCESS);
    }
    if asked.reason.is_some_and(|reason| !(1..=REASON_LIMIT).contains(&reason.chars().count())) {
        return Err(form("reason", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 512 in length."));
    }
    if state.rights_in(guild, me) & bit::MANAGE_ROLES == 0 {
        return Err(rules::NO_RIGHT);
    }
    let wanted = here.roles.get(&role).ok_or(rules::UNKNOWN_ROLE)?;
    if !here.members.contains_key(&who) {
        return Err(rules::UNKNOWN_MEMBER);
    }
    // What is everybody's or an app's is nobody's to give.
    let is_given_by_hand = role != guild && !wanted.managed;
    if !is_given_by_hand || state.top(guild, me) <= height(role, wanted) {
        return Err(rules::NO_RIGHT);
    }
    let here = state.guilds.get_mut(&guild).ok_or(rules::UNKNOWN_GUILD)?;
    let member = here.members.get_mut(&who).ok_or(rules::UNKNOWN_MEMBER)?;
    let has_changed = match asked.method {
        "PUT" => member.roles.insert(role),
        "DELETE" => member.roles.remove(&role),
        _ => return Err(rules::NO_ROUTE),
    };
    if has_changed && let Some(mut event) = state.member(guild, who) {
        event["guild_id"] = json!(guild.to_string());
        // A bot is always told of itself.
        let wants = if who == me { intent::GUILDS } else { intent::MEMBERS };
        state.emit(wants, "GUILD_MEMBER_UPDATE", &event);
    }
    Ok(Value::Null)
}
