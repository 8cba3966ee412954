//! How it went for people: what was asked, who answered how soon, who was called how often, who
//! earned what. Whole numbers only, so that one seed prints the same on every machine.

use std::collections::BTreeMap;

use serde::Serialize;

use super::population::of_key;
use super::watcher::{Known, points};
use super::world::World;
use crate::domain::case::{Closing, Resolution, Stage};
use crate::domain::ids::{AccountId, PlatformKey};
use crate::domain::recognition::Act;

/// The outcome of one simulated community.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Outcome {
    pub seed: u64,
    pub days: u32,
    pub people: usize,
    pub bot: String,
    pub questions: u64,
    /// Asked in a watched channel, and not taken for a question.
    pub not_caught: u64,
    pub answered: u64,
    pub by_self_service: u64,
    pub by_ambassadors: u64,
    pub by_members: u64,
    pub by_staff: u64,
    pub with_staff: u64,
    pub withdrawn: u64,
    pub removed: u64,
    pub expired: u64,
    pub still_open: u64,
    /// Answered or in staff's hands, of those that were neither withdrawn nor removed; in
    /// thousandths.
    pub looked_after: u64,
    /// Answered without staff, of the same; in thousandths.
    pub without_staff: u64,
    pub ever_with_staff: u64,
    pub first_answer: Option<Spans>,
    pub first_answer_by_day: Option<Spans>,
    pub first_answer_by_night: Option<Spans>,
    pub volunteers: usize,
    pub calls: u64,
    /// Pings of a volunteer and day, in hundredths.
    pub pings_a_day: u64,
    pub most_pings_a_day: u64,
    /// Shares of the busiest hundredth of all people, in thousandths.
    pub answers_by_busiest: u64,
    pub pings_to_busiest: u64,
    pub points: i64,
    pub earners: usize,
    pub points_to_busiest: u64,
    /// How unequal points are among those who have some: 0 all alike, 1,000 all with one.
    pub gini: u64,
    pub points_to_circles: i64,
    pub given_up: BTreeMap<String, i64>,
    pub deaths: u64,
    pub told_twice: u64,
    pub steps: u64,
}

/// Half took no longer than the median, nine in ten no longer than `p90`; in seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spans {
    pub median: u64,
    pub p90: u64,
}

fn spans(mut seconds: Vec<u64>) -> Option<Spans> {
    seconds.sort_unstable();
    let at = |tenths: usize| seconds.get(seconds.len().saturating_sub(1) * tenths / 10).copied();
    Some(Spans { median: at(5)?, p90: at(9)? })
}

fn thousandths(part: u64, whole: u64) -> u64 {
    (part * 1_000).checked_div(whole).unwrap_or(0)
}

/// The share of the busiest `count` of all.
fn share_of_most(mut all: Vec<u64>, count: usize) -> u64 {
    all.sort_unstable_by(|a, b| b.cmp(a));
    let most: u64 = all.iter().take(count.max(1)).sum();
    thousandths(most, all.iter().sum())
}

fn gini(points: &[i64]) -> u64 {
    let mut points: Vec<i64> = points.iter().copied().filter(|points| *points > 0).collect();
    points.sort_unstable();
    let count = i64::try_from(points.len()).unwrap_or(0);
    let sum: i64 = points.iter().sum();
    let weighted: i64 =
        (1..).zip(&points).map(|(rank, points)| (2 * rank - count - 1) * points).sum();
    u64::try_from((weighted * 1_000).checked_div(count * sum).unwrap_or(0)).unwrap_or(0)
}

impl World {
    /// The outcome, once everything has come to its end.
    pub(super) fn outcome(&self, given_up: Vec<(String, i64)>) -> Outcome {
        let cases = || self.watcher.cases.values();
        let count = |is: &dyn Fn(&Known) -> bool| {
            u64::try_from(cases().filter(|known| is(known)).count()).unwrap_or(0)
        };
        let by = |wanted: Resolution| {
            count(&|known| matches!(known.case.stage, Stage::Resolved { by, .. } if by == wanted))
        };
        let closed = |wanted: Closing| {
            count(&|known| matches!(known.case.stage, Stage::Closed { why, .. } if why == wanted))
        };
        let questions = count(&|_| true);
        let with_staff = count(&|known| matches!(known.case.stage, Stage::HandedOff(_)));
        let (withdrawn, removed) = (closed(Closing::Withdrawn), closed(Closing::Removed));
        let by_staff = by(Resolution::Staff);
        let (by_self_service, by_ambassadors) =
            (by(Resolution::SelfService), by(Resolution::Ambassador));
        let by_members = by(Resolution::CommunityMember);
        let without_staff = by_self_service + by_ambassadors + by_members;
        let answered = without_staff + by_staff;
        let of_all = questions - withdrawn - removed;
        let pings: u64 = self.counts.pings.values().sum();
        let volunteer_days = u64::try_from(self.counts.volunteer_days).unwrap_or(0);
        let busiest = self.options.people / 100;
        let earned = points(&self.watcher.entries);
        let earned: Vec<i64> = earned.into_values().collect();
        let positive = earned.iter().filter_map(|points| u64::try_from(*points).ok());
        Outcome {
            seed: self.options.seed,
            days: self.options.days,
            people: self.options.people,
            bot: self.bot.id.to_string(),
            questions,
            not_caught: self.counts.not_caught,
            answered,
            by_self_service,
            by_ambassadors,
            by_members,
            by_staff,
            with_staff,
            withdrawn,
            removed,
            expired: closed(Closing::Expired),
            still_open: count(&|known| known.case.stage.is_open()) - with_staff,
            looked_after: thousandths(answered + with_staff, of_all),
            without_staff: thousandths(without_staff, of_all),
            ever_with_staff: count(&|known| known.was_with_staff),
            first_answer: spans(self.first_answers(|_| true)),
            first_answer_by_day: spans(self.first_answers(|is_day| is_day)),
            first_answer_by_night: spans(self.first_answers(|is_day| !is_day)),
            volunteers: self.people.members.iter().filter(|member| member.volunteers).count(),
            calls: pings,
            pings_a_day: (pings * 100).checked_div(volunteer_days).unwrap_or(0),
            most_pings_a_day: self.counts.pings.values().copied().max().unwrap_or(0),
            answers_by_busiest: share_of_most(self.answers_by_person(), busiest),
            pings_to_busiest: share_of_most(self.pings_by_person(), busiest),
            points: earned.iter().sum(),
            earners: earned.iter().filter(|points| **points > 0).count(),
            points_to_busiest: share_of_most(positive.collect(), busiest),
            gini: gini(&earned),
            points_to_circles: self.points_to_circles(),
            given_up: given_up.into_iter().collect(),
            deaths: self.counts.deaths,
            told_twice: self.counts.told_twice,
            steps: self.step,
        }
    }

    /// Seconds until the first answer: a person's, or the suggestion that turned out to be one.
    fn first_answers(&self, wanted: impl Fn(bool) -> bool) -> Vec<u64> {
        let mut seconds = Vec::new();
        for known in self.watcher.cases.values() {
            let asker = of_key(&known.asker).and_then(|who| self.people.get(who));
            if !asker.is_some_and(|member| wanted(member.is_day(known.asked_at))) {
                continue;
            }
            let case = &known.case;
            let helped_itself =
                matches!(case.stage, Stage::Resolved { by: Resolution::SelfService, .. });
            let suggestion = known.suggested_at.filter(|_| helped_itself);
            let person = case.answers.first().map(|answer| answer.at);
            if let Some(first) = [suggestion, person].into_iter().flatten().min() {
                seconds.push(first.since(known.asked_at).as_secs());
            }
        }
        seconds
    }

    fn answers_by_person(&self) -> Vec<u64> {
        let mut answers: BTreeMap<AccountId, u64> = BTreeMap::new();
        let staff: Vec<&PlatformKey> = self
            .people
            .staff
            .iter()
            .filter_map(|who| self.people.get(*who))
            .map(|m| &m.key)
            .collect();
        for known in self.watcher.cases.values() {
            for answer in &known.case.answers {
                let key = self.watcher.known_key(answer.by);
                if !key.is_some_and(|key| staff.contains(&key)) {
                    *answers.entry(answer.by).or_default() += 1;
                }
            }
        }
        answers.into_values().collect()
    }

    fn pings_by_person(&self) -> Vec<u64> {
        let mut pings: BTreeMap<usize, u64> = BTreeMap::new();
        for ((who, _), count) in &self.counts.pings {
            *pings.entry(*who).or_default() += count;
        }
        pings.into_values().collect()
    }

    fn points_to_circles(&self) -> i64 {
        let is_friend = |account: AccountId| {
            let who = self.watcher.known_key(account).and_then(of_key);
            who.and_then(|who| self.people.get(who)).is_some_and(|member| member.circle.is_some())
        };
        let entries = self.watcher.entries.iter();
        let theirs = entries.filter(|entry| entry.act != Act::Granted && is_friend(entry.account));
        theirs.map(|entry| entry.points).sum()
    }
}

impl Outcome {
    /// The outcome for people, a line each.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!(
            "seed {}: {} people, {} days, bot {}",
            self.seed, self.people, self.days, self.bot
        )];
        let mut row = |name: &str, value: String| lines.push(format!("  {name:<27} {value}"));
        row("questions", self.questions.to_string());
        row("  not caught", self.not_caught.to_string());
        row("answered", self.answered.to_string());
        row("  by help pages", self.by_self_service.to_string());
        row("  by ambassadors", self.by_ambassadors.to_string());
        row("  by other members", self.by_members.to_string());
        row("  by staff", self.by_staff.to_string());
        row("in staff’s hands", self.with_staff.to_string());
        row("taken back", self.withdrawn.to_string());
        row("removed by moderators", self.removed.to_string());
        row("expired", self.expired.to_string());
        row("still open", self.still_open.to_string());
        row("answered or with staff", percent(self.looked_after));
        row("answered without staff", percent(self.without_staff));
        row("went to staff", self.ever_with_staff.to_string());
        row("first answer", took(self.first_answer));
        row("  asked by day", took(self.first_answer_by_day));
        row("  asked by night", took(self.first_answer_by_night));
        row("volunteers", self.volunteers.to_string());
        row("pings", self.calls.to_string());
        row("  a volunteer and day", hundredths(self.pings_a_day));
        row("  most on one day", self.most_pings_a_day.to_string());
        row("busiest 1 % of all people", String::new());
        row("  gave of the answers", percent(self.answers_by_busiest));
        row("  got of the pings", percent(self.pings_to_busiest));
        row("  earned of the points", percent(self.points_to_busiest));
        row("points", format!("{} to {} people", self.points, self.earners));
        row("  Gini", format!("0.{:03}", self.gini));
        row("  to circles of friends", self.points_to_circles.to_string());
        let given_up: Vec<String> =
            self.given_up.iter().map(|(class, count)| format!("{count} {class}")).collect();
        let given_up = if given_up.is_empty() { "none".to_owned() } else { given_up.join(", ") };
        row("deliveries given up", given_up);
        row("told twice", self.told_twice.to_string());
        row("deaths survived", self.deaths.to_string());
        row("steps, all rules held", self.steps.to_string());
        lines
    }
}

fn percent(thousandths: u64) -> String {
    format!("{}.{} %", thousandths / 10, thousandths % 10)
}

fn hundredths(number: u64) -> String {
    format!("{}.{:02}", number / 100, number % 100)
}

fn took(spans: Option<Spans>) -> String {
    spans.map_or_else(
        || "-".to_owned(),
        |spans| {
            format!("half within {}, nine in ten within {}", span(spans.median), span(spans.p90))
        },
    )
}

/// The two largest units of a length of time.
fn span(seconds: u64) -> String {
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m {}s", seconds / 60, seconds % 60),
        3_600..86_400 => format!("{}h {}m", seconds / 3_600, seconds % 3_600 / 60),
        _ => format!("{}d {}h", seconds / 86_400, seconds % 86_400 / 3_600),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_all_have_alike_are_equal_and_those_of_one_are_not() {
        assert_eq!(gini(&[10, 10, 10, 10]), 0);
        assert_eq!(gini(&[]), 0);
        assert_eq!(gini(&[0, 0, 0, 40]), 0, "among those who have some, one has as much as all");
        assert!(gini(&[1, 1, 1, 97]) > 700);
    }

    #[test]
    fn half_and_nine_in_ten_are_read_off_in_order() {
        let all = (1..=11).rev().map(|tens| tens * 10).collect();
        assert_eq!(spans(all), Some(Spans { median: 60, p90: 100 }));
        assert_eq!(spans(Vec::new()), None);
        assert_eq!(share_of_most(vec![1, 1, 8], 1), 800);
    }
}
