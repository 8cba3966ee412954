//! What a day brings: questions and small talk at the hours at which people are awake, volunteers
//! who take a break, moderators who change their mind, and the troubles of the platform.

use std::time::Duration;

use super::agenda::{Deed, Plan};
use super::deeds::COMMUNITY;
use super::population::Presence;
use super::world::World;
use super::{DAY, Halt};
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;

/// Where questions are asked; the second is mostly for the second language.
const WATCHED: [&str; 2] = ["help", "help-too"];
const DESK: &str = "staff";
const HELPERS: &str = "volunteers";
/// Where people talk that the bot has not been asked to.
const LOUNGE: &str = "lounge";

/// People in a hundred who have joined the volunteers ask for their own topics.
const CHOOSY: u64 = 25;

/// What moderators try out, and what puts it back; the numbers of the brand hold again at night.
const TRIALS: [(&str, &str); 6] = [
    ("/askaround ladder claim:15m", "/askaround ladder all:reset"),
    ("/askaround ladder patience:2m", "/askaround ladder all:reset"),
    ("/askaround recognition thanked:4", "/askaround recognition all:reset"),
    ("/askaround watch mode:tagged", "/askaround watch mode:detect"),
    ("/askaround escalation concierge", "/askaround escalation reset"),
    ("/askaround status", "/askaround report 7"),
];

/// What moderators do about the newest case.
const WORDS_OF_MODERATORS: [&str; 8] =
    ["close", "return", "escalate", "solved", "endorse", "grant", "retract", "restore"];

impl World {
    /// Moderators set the bot up, and volunteers join, through the same door as everybody.
    pub(super) fn plan_beginning(&mut self) {
        let Some(moderator) = self.people.moderators.first().copied() else { return };
        let minute = Duration::from_mins(1);
        let mut at = self.now() + minute;
        let mut set_up = |world: &mut World, channel: &str, line: &str| {
            world.allowed.channels.insert(PlatformKey::from(channel));
            world.plan_line(at, moderator, channel, line, None);
            at = at + minute;
        };
        let threads = if self.trouble.wants_threads { " answers:thread" } else { "" };
        for channel in WATCHED {
            set_up(self, channel, &format!("/askaround watch{threads}"));
        }
        if self.trouble.helpers_channel {
            set_up(self, HELPERS, "/askaround ambassadors");
        }
        if self.trouble.desk_comes_late {
            self.allowed.channels.insert(PlatformKey::from(DESK));
            self.plan_line(self.now() + DAY, moderator, DESK, "/askaround staff", None);
        } else {
            set_up(self, DESK, "/askaround staff");
        }
        for who in 0..self.people.members.len() {
            if self.people.get(who).is_some_and(|member| member.volunteers) {
                let at = at + self.chance.within(Duration::from_mins(30));
                self.plan_joining(who, at);
            }
        }
        self.plan_troubles();
        self.agenda.add(self.now() + Duration::from_mins(59), Plan::Sweeps);
    }

    fn plan_line(
        &mut self,
        at: Moment,
        who: usize,
        channel: &str,
        line: &str,
        named: Option<usize>,
    ) {
        let (channel, line) = (PlatformKey::from(channel), line.to_owned());
        self.agenda.add(at, Plan::Does(who, Deed::Types { channel, line, named }));
    }

    fn plan_joining(&mut self, who: usize, at: Moment) {
        let Some(member) = self.people.get(who).cloned() else { return };
        let languages = &self.bot.manifest.rules.languages;
        let also = languages.iter().find(|spoken| **spoken != member.language);
        let also = also.cloned().filter(|_| self.chance.percent(50));
        let spoken = std::iter::once(member.language.clone()).chain(also);
        let spoken: Vec<String> = spoken.map(|language| language.to_string()).collect();
        let topics = &self.bot.manifest.rules.topics;
        let topic = self.chance.one_of(topics).cloned().filter(|_| self.chance.percent(CHOOSY));
        let topics = topic.map_or_else(String::new, |topic| format!(" topics:{topic}"));
        let line = format!("/ambassador join{topics} languages:{}", spoken.join(","));
        self.plan_line(at, who, WATCHED[0], &line, None);
        if member.has_hours {
            let calls = if self.chance.percent(30) { " calls:2" } else { "" };
            let line = format!("/ambassador hours 22:00-08:00 {}{calls}", member.zone_name);
            self.plan_line(at, who, WATCHED[0], &line, None);
        }
        if self.chance.percent(8)
            && let Some(topic) = self.chance.one_of(&self.bot.manifest.rules.topics)
        {
            let line = format!("/ambassador topics mute:{topic}");
            self.plan_line(at, who, WATCHED[0], &line, None);
        }
    }

    /// What happens to the platform and the process in all this time.
    fn plan_troubles(&mut self) {
        let span = DAY.saturating_mul(self.options.days);
        if self.trouble.loses_channel && self.options.days > 1 {
            let at = self.now() + span / 2 + self.wire.within(span / 2);
            self.agenda.add(at, Plan::ChannelGoes(PlatformKey::from(WATCHED[1])));
        }
        if self.trouble.long_down {
            let at = self.now() + self.wire.within(span);
            self.agenda.add(at, Plan::GoesDown);
        }
    }

    /// Draws one day for everybody.
    pub(super) fn plan_day(&mut self) {
        self.agenda.add(self.now() + DAY, Plan::DayEnds);
        for who in 0..self.people.members.len() {
            self.plan_day_of(who);
        }
        for circle in self.people.circles.clone() {
            if self.chance.percent(30) {
                self.plan_farming(&circle);
            }
        }
        self.plan_moderation();
        if self.wire.percent(self.trouble.outages) {
            let from = self.now() + self.wire.within(DAY);
            self.agenda.add(from, Plan::OutageBegins);
            let until = from + self.wire.about(Duration::from_hours(1));
            self.agenda.add(until, Plan::OutageEnds);
        }
    }

    /// A moment of the day, mostly one at which the person is awake.
    fn some_time(&mut self, who: usize) -> Moment {
        let mut at = self.now();
        for _ in 0..4 {
            at = self.now() + self.chance.within(DAY);
            if self.people.get(who).is_some_and(|member| member.is_awake(at)) {
                break;
            }
        }
        at
    }

    fn plan_day_of(&mut self, who: usize) {
        let Some(member) = self.people.get(who).cloned() else { return };
        if self.chance.happens(member.asks()) {
            let at = self.some_time(who);
            let question = self.talk.question(&member.language, &mut self.chance);
            let second = member.language.as_str() != "en" && self.chance.percent(60);
            let channel = match self.chance.below(100) {
                0..5 => LOUNGE,
                _ if second => WATCHED[1],
                _ => WATCHED[0],
            };
            let by_command = self.chance.percent(10);
            let deed = Deed::Asks { question, channel: PlatformKey::from(channel), by_command };
            self.agenda.add(at, Plan::Does(who, deed));
        }
        let chats = match member.presence {
            Presence::Super => 80,
            Presence::Frequent => 25,
            Presence::Occasional => 3,
        };
        if self.chance.percent(chats) {
            let at = self.some_time(who);
            let channel = if self.chance.percent(50) { LOUNGE } else { WATCHED[0] };
            let deed = Deed::Chats { channel: PlatformKey::from(channel) };
            self.agenda.add(at, Plan::Does(who, deed));
        }
        if member.volunteers && self.chance.percent(2) {
            let at = self.some_time(who);
            let line = match self.chance.below(20) {
                0 => "/ambassador leave",
                1 => "/ambassador pause",
                2..5 => "/ambassador join",
                5..9 => "/why",
                9..12 => "/points",
                _ => "/ambassador pause 2h",
            };
            self.plan_line(at, who, WATCHED[0], line, None);
        }
        if member.presence == Presence::Occasional && self.chance.happens(15) {
            let at = self.some_time(who);
            self.agenda.add(at, Plan::Does(who, Deed::Leaves));
        }
    }

    /// Friends ask each other, one question after the other, to thank each other for the answers.
    fn plan_farming(&mut self, circle: &[usize]) {
        let Some(first) = circle.first().copied() else { return };
        let from = self.some_time(first);
        for turn in 0..10_u32 {
            let Some(who) = self.chance.one_of(circle).copied() else { return };
            let Some(member) = self.people.get(who).cloned() else { continue };
            let question = self.talk.question(&member.language, &mut self.chance);
            let channel = PlatformKey::from(WATCHED[0]);
            let deed = Deed::Asks { question, channel, by_command: false };
            self.agenda.add(from + Duration::from_mins(7) * turn, Plan::Does(who, deed));
        }
    }

    fn plan_moderation(&mut self) {
        let moderators = self.people.moderators.clone();
        let Some(who) = self.chance.one_of(&moderators).copied() else { return };
        if self.chance.percent(35)
            && let Some((tries, back)) = self.chance.one_of(&TRIALS).copied()
        {
            let at = self.now() + self.chance.within(DAY / 2);
            self.plan_line(at, who, WATCHED[0], tries, None);
            let back_at = at + self.chance.within(DAY / 4) + Duration::from_mins(1);
            self.plan_line(back_at, who, WATCHED[0], back, None);
        }
        if self.chance.percent(60)
            && let Some(what) = self.chance.one_of(&WORDS_OF_MODERATORS).copied()
        {
            let at = self.now() + self.chance.within(DAY);
            self.agenda.add(at, Plan::Does(who, Deed::Moderates { what }));
        }
        let now = self.now();
        if self.chance.percent(15)
            && let Some(whom) = self.people.anybody(now, &mut self.chance)
            && let Some(name) = self.people.get(whom).map(|member| member.name.clone())
        {
            let at = self.now() + self.chance.within(DAY);
            let line = format!("/askaround block @{name} too many links");
            self.plan_line(at, who, WATCHED[0], &line, Some(whom));
            let line = format!("/askaround block @{name} mode:off");
            self.plan_line(at + DAY / 3, who, WATCHED[0], &line, Some(whom));
        }
    }

    /// Lives all days, and then long enough for everything to come to its end.
    pub(super) async fn live(&mut self) -> Result<(), Halt> {
        debug_assert_eq!(COMMUNITY, "town", "one community is simulated");
        self.plan_beginning();
        let start = self.now() + Duration::from_hours(1);
        for day in 0..self.options.days {
            self.agenda.add(start + DAY.saturating_mul(day), Plan::DayBegins);
        }
        let end = start + DAY.saturating_mul(self.options.days);
        self.live_until(end).await?;
        self.calm_down();
        self.live_until(end + DAY.saturating_mul(3)).await
    }

    /// No more questions, deaths or failures: what is open has the time to come to its end.
    fn calm_down(&mut self) {
        self.is_over = true;
        self.spare();
        let mut town = self.town.look();
        town.is_out = false;
        let trouble = &mut town.trouble;
        (trouble.rate_limited, trouble.unknown, trouble.refused) = (0, 0, 0);
    }
}
