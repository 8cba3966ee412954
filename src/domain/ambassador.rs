//! Whom to call: eligible first, then the best suited, with a reason for every yes and every no.
//!
//! # Wanted
//!
//! 1. **Nobody is called against their will.** Consent (being on the roster), a pause, quiet hours
//!    of their own zone, a daily cap, an open-case cap, muted topics and blocks are hard limits:
//!    they rule a person out, no score can outweigh them.
//! 2. **The load is spread.** One in a hundred does most of the answering anywhere; those few must
//!    not be called to death. Rest since the last call counts as much as knowing the topic.
//! 3. **It can be explained.** `/why` shows the very terms that decided, so they are few, and each
//!    can be said in a sentence. Who was passed over is kept too, with the one rule that did it.
//! 4. **It can be replayed.** No clock, no chance: ties fall by a hash of case and account.
//! 5. **It can be replaced, but for the first.** [`judge`] is nobody's to replace. [`Eligibility`]
//!    is shown only those whom it let through, one by one, and gives back a weight: it can keep
//!    somebody out and put them in another order, and has no way to name anybody.
//!
//! # Not taken
//!
//! Calling everyone who holds a role (the Discord habit) breaks silently above 250 members and
//! trains people to mute it. Ranking by points alone makes the busiest busier. Calling people
//! outside the topics they chose gets one more answer in a hundred and costs the volunteer: an
//! ambassador who chose topics is called for those, and for questions whose topic nobody knows.
//!
//! Caps are decided here from a prefetched roster and checked again by the store in the same
//! transaction, because two questions can be asked in the same instant.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, CaseId, Language, PersonId, Topic};
use super::time::Moment;

/// A volunteer as the roster knows them, with today's counters.
#[derive(Debug, Clone, PartialEq)]
pub struct Ambassador {
    pub account: AccountId,
    pub person: PersonId,
    pub preferences: Preferences,
    pub duty: Duty,
    /// A moderator's word: never call, never credit.
    pub blocked: bool,
    /// Calls already made today, in the ambassador's own zone.
    pub calls_today: u32,
    /// Live claims, over all platforms of the person.
    pub open_cases: u32,
    pub last_called_at: Option<Moment>,
    /// Resolution awards so far, by topic of the case.
    pub solved: Vec<(Topic, u32)>,
}

/// What an ambassador chose; stored as one document.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Preferences {
    /// Empty: any.
    #[serde(default)]
    pub topics: Vec<Topic>,
    #[serde(default)]
    pub muted: Vec<Topic>,
    #[serde(default)]
    pub languages: Vec<Language>,
    #[serde(default)]
    pub quiet: Option<QuietHours>,
    /// Fewer than the bot allows, if they like.
    #[serde(default)]
    pub calls_per_day: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Duty {
    On,
    Paused { until: Option<Moment> },
}

/// From minute to minute of the local day; `from > to` runs over midnight.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuietHours {
    from_minute: u16,
    to_minute: u16,
    zone: Zone,
}

/// An IANA time zone that exists: checked when read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Zone {
    name: String,
    zone: jiff::tz::TimeZone,
}

impl Zone {
    /// `None` for a name that the time zone database does not have.
    pub fn named(name: &str) -> Option<Zone> {
        let zone = jiff::tz::TimeZone::get(name).ok()?;
        Some(Zone { name: zone.iana_name()?.to_owned(), zone })
    }

    pub fn utc() -> Zone {
        Zone { name: "UTC".to_owned(), zone: jiff::tz::TimeZone::UTC }
    }

    pub fn time_zone(&self) -> &jiff::tz::TimeZone {
        &self.zone
    }

    pub fn name(&self) -> &str {
        &self.name
    }
}

impl TryFrom<String> for Zone {
    type Error = String;
    fn try_from(name: String) -> Result<Self, Self::Error> {
        Zone::named(&name).ok_or_else(|| format!("no time zone is called {name}"))
    }
}

impl From<Zone> for String {
    fn from(zone: Zone) -> Self {
        zone.name
    }
}

impl QuietHours {
    /// Reads `22:00-08:00`. Equal ends are refused: they would mean always or never.
    pub fn parse(hours: &str, zone: Zone) -> Option<QuietHours> {
        let (from, to) = hours.trim().split_once('-')?;
        let (from_minute, to_minute) = (minute_of_day(from)?, minute_of_day(to)?);
        (from_minute != to_minute).then_some(QuietHours { from_minute, to_minute, zone })
    }

    /// True at `now` on the wall clock of the zone; what the clock shows counts, so an hour that
    /// daylight saving repeats is quiet twice and one that it skips is not there.
    pub fn cover(&self, now: Moment) -> bool {
        let local = now.in_zone(self.zone.time_zone());
        let minute = u16::try_from(local.hour()).unwrap_or(0) * 60
            + u16::try_from(local.minute()).unwrap_or(0);
        if self.from_minute < self.to_minute {
            (self.from_minute..self.to_minute).contains(&minute)
        } else {
            minute >= self.from_minute || minute < self.to_minute
        }
    }

    pub fn zone(&self) -> &Zone {
        &self.zone
    }

    /// `22:00-08:00`, as it is typed.
    pub fn hours(&self) -> String {
        let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", clock(self.from_minute), clock(self.to_minute))
    }
}

fn minute_of_day(clock: &str) -> Option<u16> {
    let (hours, minutes) = clock.trim().split_once(':').unwrap_or((clock.trim(), "0"));
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

impl Ambassador {
    /// The zone in which this person's day begins: that of the quiet hours, else UTC.
    pub fn zone(&self) -> jiff::tz::TimeZone {
        day_zone(&self.preferences)
    }

    /// In a break of their own choice.
    fn is_paused(&self, now: Moment) -> bool {
        match self.duty {
            Duty::On => false,
            Duty::Paused { until } => until.is_none_or(|until| now < until),
        }
    }

    fn is_quiet(&self, now: Moment) -> bool {
        self.preferences.quiet.as_ref().is_some_and(|quiet| quiet.cover(now))
    }

    /// Whether somebody who was called a while ago may still be lit up: a call can wait for its
    /// platform, and they may have gone to rest meanwhile.
    pub fn may_be_lit(&self, now: Moment) -> bool {
        !self.blocked && !self.is_paused(now) && !self.is_quiet(now)
    }

    /// The calls this person allows a day.
    pub fn calls_per_day(&self, rule: u32) -> u32 {
        self.preferences.calls_per_day.map_or(rule, |own| own.min(rule))
    }
}

/// The zone in which a person's day begins: that of their quiet hours, else UTC.
pub fn day_zone(preferences: &Preferences) -> jiff::tz::TimeZone {
    preferences
        .quiet
        .as_ref()
        .map_or(jiff::tz::TimeZone::UTC, |quiet| quiet.zone().time_zone().clone())
}

/// What a case needs of a helper.
#[derive(Debug, Clone, Copy)]
pub struct Need<'a> {
    pub case: CaseId,
    pub asker: AccountId,
    /// The asker as a human, whatever account they use.
    pub asker_person: PersonId,
    pub language: &'a Language,
    /// Empty when nobody knows.
    pub topics: &'a [Topic],
    /// Everyone already called for this case, whatever came of it.
    pub already: &'a [AccountId],
    pub calls_per_day: u32,
    pub open_cases: u32,
}

/// The one rule that ruled somebody out, the first that applies in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassedOver {
    Asker,
    Blocked,
    Paused,
    CalledBefore,
    OtherLanguage,
    MutedTopic,
    OtherTopics,
    QuietHours,
    DailyCap,
    OpenCases,
    /// Might have been called, but the bot's own [`Eligibility`] kept them out.
    Unsuited,
    /// Eligible, but others suited better and the wave was full.
    Outranked,
}

/// The terms of a score: what `/why` says, and nothing else decides in [`BestSuited`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Suited {
    /// Chosen topics that the question has.
    pub topics: Vec<Topic>,
    /// Questions of these topics solved before.
    pub solved_before: u32,
    /// Since the last call; `None` when never called.
    pub rested: Option<Duration>,
    pub open_cases: u32,
    pub calls_today: u32,
}

impl Suited {
    /// Topic chosen: 3. Helped before: `ln(1 + solved)`, at most 2. Rest: up to 2 for a week, 2
    /// for never called. Each open case −1, each call today −½. So a rested generalist beats a
    /// specialist who was called an hour ago and has a case open, and only then.
    pub fn score(&self) -> f64 {
        const WEEK_HOURS: f64 = 7.0 * 24.0;
        let topic = if self.topics.is_empty() { 0.0 } else { 3.0 };
        let helped = f64::from(self.solved_before).ln_1p().min(2.0);
        let rest = self.rested.map_or(2.0, |rested| {
            let hours = rested.as_secs_f64() / 3600.0;
            2.0 * (hours / WEEK_HOURS).min(1.0)
        });
        topic + helped + rest - f64::from(self.open_cases) - 0.5 * f64::from(self.calls_today)
    }
}

/// One person to call, and why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pick {
    pub who: AccountId,
    pub why: Suited,
}

/// The outcome of one look at the roster: kept in the case's history, shown by `/why`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    /// Best suited first.
    pub called: Vec<Pick>,
    pub passed_over: Vec<(AccountId, PassedOver)>,
}

/// Who of those that may be called suits best: a policy. It comes after consent and never instead
/// of it, see [`choose`].
pub trait Eligibility: Send + Sync {
    /// How well `candidate` suits `need`, the higher the sooner called; `None` for not at all.
    /// `why` is what speaks for them. The same arguments should give the same weight: a case is
    /// decided again when another input came between.
    fn weigh(
        &self,
        candidate: &Ambassador,
        why: &Suited,
        need: &Need<'_>,
        now: Moment,
    ) -> Option<f64>;
}

/// The eligibility that is shipped: all whom nothing rules out, by [`Suited::score`].
#[derive(Debug, Clone, Copy, Default)]
pub struct BestSuited;

impl Eligibility for BestSuited {
    fn weigh(&self, _: &Ambassador, why: &Suited, _: &Need<'_>, _: Moment) -> Option<f64> {
        Some(why.score())
    }
}

/// Says whether `ambassador` may be called at all, and what speaks for them. These limits are
/// people's own will, so no policy stands before, beside or instead of them.
pub fn judge(ambassador: &Ambassador, need: &Need<'_>, now: Moment) -> Result<Suited, PassedOver> {
    let wishes = &ambassador.preferences;
    let chosen: Vec<Topic> =
        need.topics.iter().filter(|topic| wishes.topics.contains(topic)).cloned().collect();
    let muted = need.topics.iter().any(|topic| wishes.muted.contains(topic));
    let speaks = wishes.languages.iter().any(|known| known.base() == need.language.base());
    let is_asker = ambassador.account == need.asker || ambassador.person == need.asker_person;
    // Lifelong reasons first, passing ones last: so `/why` names the one that stays.
    let ruled_out = [
        (is_asker, PassedOver::Asker),
        (ambassador.blocked, PassedOver::Blocked),
        (ambassador.is_paused(now), PassedOver::Paused),
        (need.already.contains(&ambassador.account), PassedOver::CalledBefore),
        (!speaks, PassedOver::OtherLanguage),
        (muted, PassedOver::MutedTopic),
        (
            !wishes.topics.is_empty() && !need.topics.is_empty() && chosen.is_empty(),
            PassedOver::OtherTopics,
        ),
        (ambassador.is_quiet(now), PassedOver::QuietHours),
        (
            ambassador.calls_today >= ambassador.calls_per_day(need.calls_per_day),
            PassedOver::DailyCap,
        ),
        (ambassador.open_cases >= need.open_cases, PassedOver::OpenCases),
    ];
    if let Some((_, reason)) = ruled_out.into_iter().find(|(applies, _)| *applies) {
        return Err(reason);
    }
    let solved_before = ambassador
        .solved
        .iter()
        .filter(|(topic, _)| need.topics.is_empty() || need.topics.contains(topic))
        .map(|(_, count)| *count)
        .fold(0, u32::saturating_add);
    Ok(Suited {
        topics: chosen,
        solved_before,
        rested: ambassador.last_called_at.map(|last| now.since(last)),
        open_cases: ambassador.open_cases,
        calls_today: ambassador.calls_today,
    })
}

/// Picks at most `count` of the roster for a wave: of those who may be called, those to whom
/// `eligibility` gives the most weight. One human is picked once, whatever accounts they have
/// linked.
pub fn choose(
    eligibility: &dyn Eligibility,
    roster: &[Ambassador],
    need: &Need<'_>,
    count: usize,
    now: Moment,
) -> Selection {
    let mut selection = Selection::default();
    let mut suited: Vec<Suitor> = Vec::with_capacity(roster.len());
    for ambassador in roster {
        let weighed = judge(ambassador, need, now).and_then(|why| {
            let weight = eligibility.weigh(ambassador, &why, need, now);
            weight.map(|weight| (weight, why)).ok_or(PassedOver::Unsuited)
        });
        match weighed {
            Ok((weight, why)) => suited.push(Suitor {
                weight,
                lot: lot(need.case, ambassador.account),
                person: ambassador.person,
                pick: Pick { who: ambassador.account, why },
            }),
            Err(reason) => selection.passed_over.push((ambassador.account, reason)),
        }
    }
    suited.sort_unstable_by(|a, b| b.weight.total_cmp(&a.weight).then(a.lot.cmp(&b.lot)));
    let mut persons = Vec::with_capacity(count.min(suited.len()));
    for Suitor { person, pick, .. } in suited {
        if selection.called.len() < count && !persons.contains(&person) {
            persons.push(person);
            selection.called.push(pick);
        } else {
            selection.passed_over.push((pick.who, PassedOver::Outranked));
        }
    }
    selection
}

/// Somebody eligible, with what the order goes by.
struct Suitor {
    weight: f64,
    lot: u64,
    person: PersonId,
    pick: Pick,
}

/// Draws lots between equals: the finaliser of `SplitMix64` over case and account, so that the same
/// case replays alike and the next case draws afresh.
fn lot(case: CaseId, account: AccountId) -> u64 {
    let mut bits = case.get().cast_unsigned() ^ account.get().cast_unsigned().rotate_left(32);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Moment = Moment::from_millis(1_767_265_200_000); // 2026-01-01 12:00 in Berlin

    fn ambassador(number: i64) -> Ambassador {
        Ambassador {
            account: AccountId::from(number),
            person: PersonId::from(number),
            preferences: Preferences { languages: vec!["en".into()], ..Preferences::default() },
            duty: Duty::On,
            blocked: false,
            calls_today: 0,
            open_cases: 0,
            last_called_at: None,
            solved: Vec::new(),
        }
    }

    fn need<'a>(topics: &'a [Topic], language: &'a Language, already: &'a [AccountId]) -> Need<'a> {
        Need {
            case: CaseId::from(1),
            asker: AccountId::from(99),
            asker_person: PersonId::from(99),
            language,
            topics,
            already,
            calls_per_day: 3,
            open_cases: 2,
        }
    }

    fn quiet(hours: &str) -> Option<QuietHours> {
        QuietHours::parse(hours, Zone::named("Europe/Berlin").expect("bundled"))
    }

    type Change = fn(&mut Ambassador);

    const HARD_LIMITS: [(PassedOver, Change); 10] = [
        (PassedOver::Asker, |a| a.person = PersonId::from(99)),
        (PassedOver::Blocked, |a| a.blocked = true),
        (PassedOver::Paused, |a| a.duty = Duty::Paused { until: None }),
        (PassedOver::Paused, |a| {
            a.duty = Duty::Paused { until: Some(NOON + Duration::from_secs(1)) };
        }),
        (PassedOver::OtherLanguage, |a| a.preferences.languages = vec!["de".into()]),
        (PassedOver::MutedTopic, |a| a.preferences.muted = vec!["wifi".into()]),
        (PassedOver::OtherTopics, |a| a.preferences.topics = vec!["orders".into()]),
        (PassedOver::QuietHours, |a| a.preferences.quiet = quiet("11:00-13:00")),
        (PassedOver::DailyCap, |a| a.calls_today = 3),
        (PassedOver::OpenCases, |a| a.open_cases = 2),
    ];

    #[test]
    fn each_hard_limit_rules_a_person_out_whatever_else_speaks_for_them() {
        let (topics, english) = (["wifi".into()], "en".into());
        for (reason, change) in HARD_LIMITS {
            let mut kai = ambassador(1);
            kai.solved = vec![("wifi".into(), 1_000)];
            change(&mut kai);
            assert_eq!(judge(&kai, &need(&topics, &english, &[]), NOON), Err(reason));
        }
        let called = [AccountId::from(1)];
        assert_eq!(
            judge(&ambassador(1), &need(&topics, &english, &called), NOON),
            Err(PassedOver::CalledBefore)
        );
    }

    #[test]
    fn a_pause_that_is_over_and_a_personal_cap_are_honoured() {
        let (topics, english) = (["wifi".into()], "en".into());
        let mut kai = ambassador(1);
        kai.duty = Duty::Paused { until: Some(NOON) };
        assert!(judge(&kai, &need(&topics, &english, &[]), NOON).is_ok());
        kai.preferences.calls_per_day = Some(1);
        kai.calls_today = 1;
        assert_eq!(judge(&kai, &need(&topics, &english, &[]), NOON), Err(PassedOver::DailyCap));
    }

    #[test]
    fn quiet_hours_run_over_midnight_and_follow_the_wall_clock_of_their_zone() {
        let night = quiet("22:00-08:00").expect("reads");
        for (hours_after_noon, covered) in
            [(0, false), (9, false), (10, true), (19, true), (20, false)]
        {
            let then = NOON + Duration::from_secs(hours_after_noon * 3600);
            assert_eq!(night.cover(then), covered, "{hours_after_noon} h after noon");
        }
        // Summer time: 07:59 and 08:00 on the wall are an hour earlier in UTC.
        let july = Moment::from_millis(1_782_885_540_000); // 2026-07-01T05:59:00Z
        assert!(night.cover(july));
        assert!(!night.cover(july + Duration::from_mins(1)));
        for hours in ["22:00", "25:00-08:00", "22:60-08:00", "8-8", "x-y"] {
            assert_eq!(quiet(hours), None, "{hours}");
        }
    }

    #[test]
    fn the_rested_are_called_before_the_tired_and_one_human_once() {
        let (topics, english) = (["wifi".into()], "en".into());
        let mut tired = ambassador(1);
        tired.preferences.topics = vec!["wifi".into()];
        tired.last_called_at = Some(NOON - Duration::from_mins(10));
        tired.open_cases = 1;
        tired.calls_today = 2;
        let rested = ambassador(2);
        let mut same_human = ambassador(3);
        same_human.person = PersonId::from(2);
        let selection = choose(
            &BestSuited,
            &[tired, rested, same_human],
            &need(&topics, &english, &[]),
            3,
            NOON,
        );
        let called: Vec<i64> = selection.called.iter().map(|pick| pick.who.get()).collect();
        assert_eq!(called.len(), 2, "two humans");
        assert!(called.contains(&1) && called.first() != Some(&1));
        assert_eq!(selection.passed_over.len(), 1);
        assert_eq!(selection.passed_over[0].1, PassedOver::Outranked);
    }

    #[test]
    fn the_order_of_the_roster_changes_nothing() {
        let english = "en".into();
        let roster: Vec<_> = (1..20).map(ambassador).collect();
        let backwards: Vec<_> = roster.iter().rev().cloned().collect();
        let need = need(&[], &english, &[]);
        assert_eq!(
            choose(&BestSuited, &roster, &need, 5, NOON).called,
            choose(&BestSuited, &backwards, &need, 5, NOON).called
        );
    }

    /// A policy from outside that wants one account above all, and nobody of some others.
    struct Wants {
        above_all: AccountId,
        never: &'static [i64],
    }

    impl Eligibility for Wants {
        fn weigh(&self, who: &Ambassador, _: &Suited, _: &Need<'_>, _: Moment) -> Option<f64> {
            let is_kept_out = self.never.contains(&who.account.get());
            let weight = if who.account == self.above_all { f64::INFINITY } else { 0.0 };
            (!is_kept_out).then_some(weight)
        }
    }

    #[test]
    fn a_policy_cannot_call_whom_a_hard_limit_rules_out() {
        let (topics, english) = (["wifi".into()], "en".into());
        for (reason, change) in HARD_LIMITS {
            let mut kai = ambassador(1);
            change(&mut kai);
            let wants = Wants { above_all: kai.account, never: &[] };
            let roster = [kai, ambassador(2)];
            let selection = choose(&wants, &roster, &need(&topics, &english, &[]), 9, NOON);
            let called: Vec<_> = selection.called.iter().map(|pick| pick.who.get()).collect();
            assert_eq!(called, [2], "{reason:?}");
            assert_eq!(selection.passed_over, [(AccountId::from(1), reason)]);
        }
    }

    #[test]
    fn a_policy_can_keep_out_and_put_in_another_order() {
        let english = "en".into();
        let roster: Vec<_> = (1..5).map(ambassador).collect();
        for favourite in [1, 3] {
            let wants = Wants { above_all: AccountId::from(favourite), never: &[2] };
            let selection = choose(&wants, &roster, &need(&[], &english, &[]), 2, NOON);
            assert_eq!(selection.called[0].who, AccountId::from(favourite));
            assert!(selection.passed_over.contains(&(AccountId::from(2), PassedOver::Unsuited)));
        }
    }
}
