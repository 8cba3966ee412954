//! The people of a simulated community, as communities are known from the field: one in a hundred
//! does most of the talking, nine are there often, ninety now and then; a good half would help if
//! they were asked.

use jiff::civil::Weekday;
use jiff::tz::TimeZone;

use super::chance::Chance;
use crate::domain::ids::{Language, PlatformKey};
use crate::domain::time::Moment;
use crate::platform::{Author, Named};

/// Zones that people live in, with how many in a hundred do.
const ZONES: [(&str, u64); 5] = [
    ("Europe/Berlin", 40),
    ("Europe/London", 20),
    ("America/New_York", 20),
    ("America/Los_Angeles", 12),
    ("Australia/Sydney", 8),
];

/// Would help if they were asked, in a hundred.
const WILLING: u64 = 58;

/// Members of a circle who thank each other for points, and one circle in so many people.
pub(super) const CIRCLE: usize = 3;
const PEOPLE_A_CIRCLE: usize = 1_000;

/// How much of a person the community sees.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Super,
    Frequent,
    Occasional,
}

/// What a person is to the community.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    Member,
    Moderator,
    Staff,
}

/// Somebody in the community.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "what somebody is like, each by itself")]
pub(super) struct Member {
    pub(super) key: PlatformKey,
    pub(super) name: String,
    pub(super) language: Language,
    pub(super) zone_name: &'static str,
    pub(super) zone: TimeZone,
    pub(super) presence: Presence,
    pub(super) role: Role,
    /// Would help.
    pub(super) willing: bool,
    /// Volunteers to be called, from some day on.
    pub(super) volunteers: bool,
    /// Has told the bot when not to be called, and with it where they live.
    pub(super) has_hours: bool,
    /// The circle of friends who farm points.
    pub(super) circle: Option<usize>,
    /// Has opened a private chat with the bot, which some platforms ask for.
    pub(super) opened_private: bool,
    /// Has left the community without a word.
    pub(super) gone: bool,
}

impl Member {
    pub(super) fn author(&self) -> Author {
        Author {
            key: self.key.clone(),
            name: self.name.clone(),
            is_bot: false,
            language: Some(self.language.clone()),
            moderator: self.role == Role::Moderator,
            staff: self.role == Role::Staff,
            anonymous: false,
        }
    }

    pub(super) fn named(&self) -> Named {
        Named { word: self.name.clone(), who: self.author() }
    }

    /// From seven in the morning to eleven at night where they live.
    pub(super) fn is_awake(&self, at: Moment) -> bool {
        (7..23).contains(&at.in_zone(&self.zone).hour())
    }

    /// The day in the sense of the report: when people expect other people to be there.
    pub(super) fn is_day(&self, at: Moment) -> bool {
        (8..22).contains(&at.in_zone(&self.zone).hour())
    }

    /// Monday to Friday from nine to five, Saturday until two.
    pub(super) fn is_in_office(&self, at: Moment) -> bool {
        let local = at.in_zone(&self.zone);
        match local.weekday() {
            Weekday::Sunday => false,
            Weekday::Saturday => (10..14).contains(&local.hour()),
            Weekday::Monday
            | Weekday::Tuesday
            | Weekday::Wednesday
            | Weekday::Thursday
            | Weekday::Friday => (9..17).contains(&local.hour()),
        }
    }

    /// The day that caps count by: their own, where the bot knows it.
    pub(super) fn day(&self, at: Moment) -> i64 {
        if self.has_hours { at.day_in(&self.zone) } else { at.day_in(&TimeZone::UTC) }
    }

    /// How many in a hundred of their kind are there, looking, at a waking moment.
    pub(super) fn looks(&self) -> u64 {
        match self.presence {
            Presence::Super => 75,
            Presence::Frequent => 50,
            Presence::Occasional => 25,
        }
    }

    /// Questions in ten thousand days: most people once in two months, those who are there often
    /// once in three weeks, those who know it all hardly ever.
    pub(super) fn asks(&self) -> u64 {
        match self.presence {
            Presence::Super => 200,
            Presence::Frequent => 500,
            Presence::Occasional => 160,
        }
    }
}

/// Everybody: moderators and staff first, then the members.
#[derive(Debug)]
pub(super) struct Population {
    pub(super) members: Vec<Member>,
    pub(super) moderators: Vec<usize>,
    pub(super) staff: Vec<usize>,
    /// Friends who farm points, by circle.
    pub(super) circles: Vec<Vec<usize>>,
}

impl Population {
    /// The people of one seed.
    pub(super) fn of(seed: u64, people: usize, languages: &[Language]) -> Population {
        let mut chance = Chance::of(seed, 1);
        let moderators = (people / 1_000).max(1);
        let staff = (people / 500).max(2);
        let mut population = Population {
            members: Vec::with_capacity(people + moderators + staff),
            moderators: (0..moderators).collect(),
            staff: (moderators..moderators + staff).collect(),
            circles: Vec::new(),
        };
        for number in 0..people + moderators + staff {
            let role = match number {
                _ if number < moderators => Role::Moderator,
                _ if number < moderators + staff => Role::Staff,
                _ => Role::Member,
            };
            let member = somebody(number, role, languages, &mut chance);
            population.members.push(member);
        }
        let first = moderators + staff;
        for circle in 0..(people / PEOPLE_A_CIRCLE).max(1) {
            let friends: Vec<usize> =
                (0..CIRCLE).map(|_| any(first, people, &mut chance)).collect();
            for friend in &friends {
                if let Some(member) = population.members.get_mut(*friend) {
                    (member.circle, member.volunteers) = (Some(circle), true);
                }
            }
            population.circles.push(friends);
        }
        population
    }

    pub(super) fn get(&self, who: usize) -> Option<&Member> {
        self.members.get(who)
    }

    /// Any member who is awake and still there; a few tries, then nobody.
    pub(super) fn anybody(&self, at: Moment, chance: &mut Chance) -> Option<usize> {
        let first = self.moderators.len() + self.staff.len();
        let count = self.members.len().saturating_sub(first);
        (0..8)
            .map(|_| any(first, count, chance))
            .find(|who| self.get(*who).is_some_and(|member| member.is_awake(at) && !member.gone))
    }
}

/// Whose key it is.
pub(super) fn of_key(key: &PlatformKey) -> Option<usize> {
    key.as_str().strip_prefix('p').and_then(|number| number.parse().ok())
}

fn any(first: usize, count: usize, chance: &mut Chance) -> usize {
    let place = chance.below(u64::try_from(count).unwrap_or(0));
    first + usize::try_from(place).unwrap_or(0)
}

fn somebody(number: usize, role: Role, languages: &[Language], chance: &mut Chance) -> Member {
    let presence = match chance.below(100) {
        0 => Presence::Super,
        1..10 => Presence::Frequent,
        _ => Presence::Occasional,
    };
    let willing = chance.percent(WILLING);
    let volunteers = match presence {
        Presence::Super => willing || chance.percent(80),
        Presence::Frequent => willing && chance.percent(60),
        Presence::Occasional => willing && chance.percent(6),
    };
    let mut at = chance.below(100);
    let zone_name = ZONES.iter().find(|(_, share)| {
        let here = at < *share;
        at = at.saturating_sub(*share);
        here
    });
    // Staff keep the hours of their office.
    let zone_name = match (role, zone_name) {
        (Role::Member, Some((name, _))) => *name,
        _ => ZONES[0].0,
    };
    let zone = TimeZone::get(zone_name).unwrap_or(TimeZone::UTC);
    let second = languages.get(1).filter(|_| chance.percent(40));
    let language = second.or(languages.first()).cloned().unwrap_or_else(|| "en".into());
    Member {
        key: PlatformKey::new(format!("p{number}")),
        name: format!("Person{number}"),
        language,
        zone_name,
        zone,
        presence,
        role,
        willing,
        volunteers: volunteers && role == Role::Member,
        has_hours: chance.percent(60),
        circle: None,
        opened_private: chance.percent(50),
        gone: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_community_is_like_those_in_the_field() {
        let population = Population::of(3, 20_000, &["en".into(), "de".into()]);
        let share = |is: &dyn Fn(&Member) -> bool| {
            population.members.iter().filter(|member| is(member)).count() * 1_000
                / population.members.len()
        };
        assert!((8..=12).contains(&share(&|member| member.presence == Presence::Super)));
        assert!((85..=95).contains(&share(&|member| member.presence == Presence::Frequent)));
        assert!((570..=590).contains(&share(&|member| member.willing)));
        assert!((380..=420).contains(&share(&|member| member.language.as_str() == "de")));
    }

    #[test]
    fn somebody_asleep_in_berlin_is_awake_in_sydney() {
        let population = Population::of(1, 500, &["en".into()]);
        let night = Moment::from_millis(1_793_671_200_000); // 02:00 in Berlin, 12:00 in Sydney
        let awake = |zone: &str| {
            let mut there = population.members.iter().filter(|member| member.zone_name == zone);
            there.next().unwrap().is_awake(night)
        };
        assert!(!awake("Europe/Berlin") && awake("Australia/Sydney"));
    }
}
