//! Rules about calling people: their own will first, reckoned anew.

use super::{Found, Rule, when};
use crate::domain::ambassador::{Ambassador, Duty, QuietHours};
use crate::domain::case::Case;
use crate::domain::ids::PersonId;
use crate::domain::time::Moment;

/// Somebody called for a case, with what was known of them when they were.
#[derive(Debug, Clone)]
pub(in crate::simulation) struct Called<'a> {
    pub(in crate::simulation) case: &'a Case,
    pub(in crate::simulation) at: Moment,
    pub(in crate::simulation) person: PersonId,
    /// `None`: on no roster.
    pub(in crate::simulation) wishes: Option<&'a Ambassador>,
    /// Calls of that day by their own calendar, this one included.
    pub(in crate::simulation) calls_today: i64,
    /// How often they were called for this case since it was last begun anew.
    pub(in crate::simulation) calls_for_case: usize,
}

/// What the rules of the community allow everybody.
#[derive(Debug, Clone, Copy)]
pub(in crate::simulation) struct Limits {
    pub(in crate::simulation) calls_per_day: u32,
    pub(in crate::simulation) open_cases: u32,
}

/// Nobody is called against their will.
pub(in crate::simulation) fn call(called: &Called<'_>, limits: Limits) -> Found {
    let case = called.case;
    let who = format!("person {} was called for case {}", called.person, case.id.short());
    let fault = |wrong: bool, why: &str| {
        when(wrong, Rule::Consent, || format!("{who} at {}, {why}", called.at))
    };
    let Some(ambassador) = called.wishes else {
        return fault(true, "and is on no roster");
    };
    let wishes = &ambassador.preferences;
    let own = wishes.calls_per_day.unwrap_or(limits.calls_per_day).min(limits.calls_per_day);
    let about = |topics: &[crate::domain::ids::Topic]| {
        case.topics.iter().any(|topic| topics.contains(topic))
    };
    let speaks = wishes.languages.iter().any(|spoken| spoken.base() == case.language.base());
    let elsewhere = !wishes.topics.is_empty() && !case.topics.is_empty() && !about(&wishes.topics);
    let quiet = wishes.quiet.as_ref().is_some_and(|quiet| is_quiet(quiet, called.at));
    [
        fault(called.person == case.asker_person, "and asked it"),
        fault(ambassador.blocked, "and is blocked"),
        fault(is_paused(ambassador, called.at), "in a break"),
        fault(quiet, "in quiet hours"),
        fault(about(&wishes.muted), "about a muted topic"),
        fault(elsewhere, "about none of the topics they chose"),
        fault(!speaks, "in a language they do not speak"),
        fault(called.calls_today > i64::from(own), "more often a day than they allow"),
        fault(ambassador.open_cases >= limits.open_cases, "and has taken enough already"),
        fault(called.calls_for_case > 1, "for the second time"),
    ]
    .concat()
}

/// Nobody is lit up who has left, paused, been blocked or gone to rest since they were called: what
/// was decided may be sent minutes later.
pub(in crate::simulation) fn woken(who: &str, wishes: Option<&Ambassador>, at: Moment) -> Found {
    let fault = |wrong: bool, why: &str| {
        when(wrong, Rule::Consent, || format!("{who} was pinged at {at}, {why}"))
    };
    let Some(ambassador) = wishes else {
        return fault(true, "and is on no roster any more");
    };
    let quiet = ambassador.preferences.quiet.as_ref();
    [
        fault(ambassador.blocked, "and is blocked"),
        fault(is_paused(ambassador, at), "in a break"),
        fault(quiet.is_some_and(|quiet| is_quiet(quiet, at)), "in quiet hours"),
    ]
    .concat()
}

fn is_paused(ambassador: &Ambassador, at: Moment) -> bool {
    match ambassador.duty {
        Duty::On => false,
        Duty::Paused { until } => until.is_none_or(|until| at < until),
    }
}

/// Whether the wall clock of the zone stands within the hours, as they are typed.
fn is_quiet(quiet: &QuietHours, at: Moment) -> bool {
    let local = at.in_zone(quiet.zone().time_zone());
    let clock = format!("{:02}:{:02}", local.hour(), local.minute());
    let hours = quiet.hours();
    let (from, to) = hours.split_once('-').unwrap_or_default();
    let (after, before) = (clock.as_str() >= from, clock.as_str() < to);
    if from < to { after && before } else { after || before }
}
