//! Each checker against data in which nothing is wrong, and against the same with one thing
//! planted.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use super::*;
use crate::domain::ambassador::{Ambassador, Duty, Preferences, QuietHours, Zone};
use crate::domain::case::{
    Answer, Called as Shown, Case, Credit, Desked, Helper, Reply, Resolution, Stage,
};
use crate::domain::ids::{AccountId, CaseId, ChannelId, OutboxId, PersonId, PlatformKey};
use crate::domain::recognition::Act;
use crate::domain::time::Moment;
use crate::platform::Fate;
use crate::store::{ClaimRow, HistoryRow, LedgerLine, OpenVersion, Steps, Unsent, WholeCase};

/// Monday, 2026-11-02, 12:00 UTC.
const NOON: Moment = Moment::from_millis(1_793_620_800_000);
const MINUTE: Duration = Duration::from_mins(1);
const ASKER: AccountId = AccountId::new(1);
const HELPER: AccountId = AccountId::new(2);
const OTHER: AccountId = AccountId::new(3);
const DESK: ChannelId = ChannelId::new(9);

fn person(account: AccountId) -> PersonId {
    PersonId::from(account.get())
}

/// A question about Wi-Fi, for which Kai has been called.
fn case(stage: Stage) -> Case {
    Case {
        id: CaseId::from(77),
        community: 5.into(),
        channel: 6.into(),
        asker: ASKER,
        asker_person: person(ASKER),
        language: "en".into(),
        topics: vec!["wifi".into()],
        opened_at: NOON,
        expires_at: NOON + Duration::from_hours(168),
        ladder: None,
        stage,
        called: vec![Shown { who: HELPER, at: NOON, reply: Reply::Open }],
        answers: Vec::new(),
        tried: Vec::new(),
        earlier: None,
        credited: None,
        reopened: 0,
        me_too: Vec::new(),
        why_staff: None,
    }
}

fn calling() -> Case {
    case(Stage::Calling { next_at: NOON + MINUTE })
}

fn claimed() -> Case {
    case(Stage::Claimed { by: HELPER, until: NOON + MINUTE })
}

fn resolved() -> Case {
    case(Stage::Resolved { by: Resolution::Ambassador, at: NOON })
}

fn desked(desk: Option<ChannelId>) -> Case {
    let (staff, answered, due_at) = (None, false, NOON + MINUTE);
    case(Stage::HandedOff(Desked { desk, staff, answered, due_at, reminders: 0, nudged: false }))
}

/// The one rule that these findings name; `None` when there are none.
#[track_caller]
fn broken(found: &Found) -> Option<Rule> {
    let rules: BTreeSet<Rule> = found.iter().map(|violation| violation.rule).collect();
    assert!(rules.len() < 2, "{found:?}");
    rules.into_iter().next()
}

#[track_caller]
fn holds(found: &Found) {
    assert_eq!(broken(found), None, "{found:?}");
}

#[test]
fn a_case_without_its_deadline_is_seen() {
    let kept = |case: Case, deadline_at: Option<Moment>| WholeCase {
        stage: case.stage.word().to_owned(),
        version: 1,
        deadline_at,
        case,
    };
    let at = Some(NOON + MINUTE);
    holds(&deadline(&kept(calling(), at)));
    holds(&deadline(&kept(resolved(), None)));
    for (case, at) in [(calling(), None), (resolved(), at), (calling(), Some(NOON))] {
        assert_eq!(broken(&deadline(&kept(case, at))), Some(Rule::OneDeadline));
    }
    let other = WholeCase { stage: "claimed".to_owned(), ..kept(calling(), at) };
    assert_eq!(broken(&deadline(&other)), Some(Rule::OneDeadline));
}

#[test]
fn a_deadline_that_nobody_handles_is_seen() {
    let open = [OpenVersion { id: CaseId::from(77), version: 3, deadline_at: NOON }];
    holds(&overdue(&open, NOON + MINUTE));
    assert_eq!(broken(&overdue(&open, NOON + MINUTE * 3)), Some(Rule::NeverStuck));
}

#[test]
fn a_claim_that_is_missing_left_over_or_one_too_many_is_seen() {
    let row = |account, answered| ClaimRow {
        case: CaseId::from(77),
        account,
        person: person(account),
        answered,
        claimed_at: NOON,
    };
    holds(&claim(&claimed(), Some(&row(HELPER, false))));
    holds(&claim(&calling(), None));
    for (case, kept) in [
        (claimed(), None),
        (claimed(), Some(row(OTHER, false))),
        (claimed(), Some(row(HELPER, true))),
        (calling(), Some(row(HELPER, false))),
    ] {
        assert_eq!(broken(&claim(&case, kept.as_ref())), Some(Rule::OneClaim));
    }
    let said = BTreeMap::from([(CaseId::from(77), claimed())]);
    holds(&claims(&[row(HELPER, false)], &said, 1));
    let over = [row(HELPER, false)];
    assert_eq!(broken(&claims(&over, &BTreeMap::new(), 1)), Some(Rule::OneClaim));
    assert_eq!(broken(&claims(&over, &said, 0)), Some(Rule::OneClaim), "more than one may hold");
}

#[test]
fn a_case_that_waits_for_nobody_is_seen() {
    holds(&waits(&calling()));
    for reply in [Reply::Passed, Reply::Lapsed, Reply::Released, Reply::Answered] {
        let mut case = calling();
        case.called[0].reply = reply;
        assert_eq!(broken(&waits(&case)), Some(Rule::SomebodyMayCome));
        case.stage = Stage::Suggested { until: NOON };
        holds(&waits(&case));
    }
}

#[test]
fn a_step_that_no_history_tells_is_seen() {
    let id = CaseId::from(77);
    holds(&recorded(id, 2, Some(Steps { case: id, steps: 2, last: 2 })));
    for steps in [None, Some(Steps { case: id, steps: 1, last: 2 })] {
        assert_eq!(broken(&recorded(id, 2, steps)), Some(Rule::Recorded));
    }
}

#[test]
fn a_second_or_missing_dossier_is_seen() {
    let step = |event: &str, stage: &str| HistoryRow {
        number: 2,
        at: 0,
        event: format!("{{\"event\":\"{event}\"}}"),
        stage: stage.to_owned(),
        notes: String::new(),
    };
    let was = |stage: &str, desk| Before { stage: stage.to_owned(), desk };
    let escalated = [step("escalated", "handed_off")];
    let at_desk = desked(Some(DESK));
    holds(&hand_off(&was("calling", None), &escalated, &at_desk, 1));
    holds(&hand_off(&was("handed_off", Some(DESK)), &escalated, &at_desk, 0));
    holds(&hand_off(&was("calling", None), &escalated, &desked(None), 0));
    holds(&hand_off(&was("handed_off", None), &[step("desk_set", "handed_off")], &at_desk, 1));
    let returned = [step("returned_to_calling", "handed_off")];
    holds(&hand_off(&was("handed_off", Some(DESK)), &returned, &at_desk, 1));
    for (before, dossiers) in
        [(was("calling", None), 0), (was("calling", None), 2), (was("handed_off", Some(DESK)), 1)]
    {
        let found = hand_off(&before, &escalated, &at_desk, dossiers);
        assert_eq!(broken(&found), Some(Rule::OneHandOff), "{before:?} {dossiers}");
    }
}

/// Something that an ambassador has chosen, or a moderator for them.
type Wish = fn(&mut Ambassador);

fn willing() -> Ambassador {
    Ambassador {
        account: HELPER,
        person: person(HELPER),
        preferences: Preferences { languages: vec!["en".into()], ..Preferences::default() },
        duty: Duty::On,
        blocked: false,
        calls_today: 0,
        open_cases: 0,
        last_called_at: None,
        solved: Vec::new(),
    }
}

#[test]
fn a_call_against_somebodys_will_is_seen_whatever_the_reason() {
    let limits = Limits { calls_per_day: 3, open_cases: 3 };
    let case = calling();
    let made = |wishes: Option<&Ambassador>| -> Found {
        let (at, person) = (NOON, person(HELPER));
        let (calls_today, calls_for_case) = (1, 1);
        call(&Called { case: &case, at, person, wishes, calls_today, calls_for_case }, limits)
    };
    holds(&made(Some(&willing())));
    assert_eq!(broken(&made(None)), Some(Rule::Consent), "not on the roster");
    let wishes: [Wish; 9] = [
        |kai| kai.blocked = true,
        |kai| kai.duty = Duty::Paused { until: None },
        |kai| kai.duty = Duty::Paused { until: Some(NOON + MINUTE) },
        |kai| kai.preferences.muted = vec!["wifi".into()],
        |kai| kai.preferences.topics = vec!["mesh".into()],
        |kai| kai.preferences.languages = vec!["de".into()],
        |kai| kai.open_cases = 3,
        |kai| {
            let sydney = Zone::named("Australia/Sydney").unwrap();
            kai.preferences.quiet = QuietHours::parse("22:00-08:00", sydney);
        },
        |kai| {
            let berlin = Zone::named("Europe/Berlin").unwrap();
            kai.preferences.quiet = QuietHours::parse("12:30-13:30", berlin);
        },
    ];
    for (number, wish) in wishes.into_iter().enumerate() {
        let mut kai = willing();
        wish(&mut kai);
        assert_eq!(broken(&made(Some(&kai))), Some(Rule::Consent), "wish {number}");
    }
    let mut back = willing();
    back.duty = Duty::Paused { until: Some(NOON) };
    back.preferences.quiet =
        QuietHours::parse("22:00-08:00", Zone::named("Europe/Berlin").unwrap());
    holds(&made(Some(&back)));
}

#[test]
fn a_call_too_many_or_to_the_asker_is_seen() {
    let case = calling();
    let limits = Limits { calls_per_day: 3, open_cases: 3 };
    let mut kai = willing();
    kai.preferences.calls_per_day = Some(2);
    let made = |who: AccountId, calls_today, calls_for_case| {
        let (at, person, wishes) = (NOON, person(who), Some(&kai));
        call(&Called { case: &case, at, person, wishes, calls_today, calls_for_case }, limits)
    };
    holds(&made(HELPER, 2, 1));
    for (who, today, for_case) in [(HELPER, 3, 1), (HELPER, 1, 2), (ASKER, 1, 1)] {
        assert_eq!(broken(&made(who, today, for_case)), Some(Rule::Consent));
    }
}

#[test]
fn a_ping_that_comes_after_somebody_has_gone_to_rest_is_seen() {
    holds(&woken("kai", Some(&willing()), NOON));
    assert_eq!(broken(&woken("kai", None, NOON)), Some(Rule::Consent));
    let wishes: [Wish; 3] = [
        |kai| kai.blocked = true,
        |kai| kai.duty = Duty::Paused { until: Some(NOON + MINUTE) },
        |kai| {
            let berlin = Zone::named("Europe/Berlin").unwrap();
            kai.preferences.quiet = QuietHours::parse("13:00-14:00", berlin);
        },
    ];
    for wish in wishes {
        let mut kai = willing();
        wish(&mut kai);
        assert_eq!(broken(&woken("kai", Some(&kai), NOON)), Some(Rule::Consent));
    }
}

fn entry(id: i64, to: AccountId, act: Act, reverses: Option<i64>) -> LedgerLine {
    LedgerLine {
        id: id.into(),
        act,
        topic: None,
        points: 10,
        at: NOON,
        case: Some(CaseId::from(77)),
        account: to,
        person: person(to),
        community: 5.into(),
        reverses: reverses.map(Into::into),
        by: None,
        note: String::new(),
    }
}

#[test]
fn a_second_award_or_one_for_ones_own_question_is_seen() {
    let mut case = resolved();
    case.credited = Some(Credit { to: HELPER, generation: 0 });
    let solved = |id, to| entry(id, to, Act::Solved, None);
    holds(&awards(&case, &[solved(1, HELPER), entry(2, HELPER, Act::Thanked, None)]));
    let taken_back = entry(2, OTHER, Act::Reversed, Some(1));
    holds(&awards(&case, &[solved(1, OTHER), taken_back, solved(3, HELPER)]));
    for entries in [
        vec![solved(1, HELPER), solved(2, HELPER)],
        vec![solved(1, OTHER)],
        vec![entry(1, ASKER, Act::Thanked, None)],
    ] {
        assert_eq!(broken(&awards(&case, &entries)), Some(Rule::OneAward), "{entries:?}");
    }
    holds(&capped(person(HELPER), 80, 80));
    assert_eq!(broken(&capped(person(HELPER), 81, 80)), Some(Rule::OneAward));
}

#[test]
fn an_award_by_silence_to_somebody_without_a_claim_is_seen() {
    let answered = |claimant| {
        let mut case = case(Stage::Answered { by: HELPER, claimant, until: NOON });
        case.answers =
            vec![Answer { by: HELPER, kind: Helper::Ambassador, at: NOON, rejected: false }];
        case
    };
    let mut after = resolved();
    after.credited = Some(Credit { to: HELPER, generation: 0 });
    holds(&silence(&answered(Some(HELPER)), &after, true));
    holds(&silence(&answered(None), &after, false));
    assert_eq!(broken(&silence(&answered(None), &after, true)), Some(Rule::OneAward));
}

#[test]
fn a_balance_that_is_not_the_sum_is_seen() {
    let sums = BTreeMap::from([(2, 10)]);
    holds(&balances(&sums, &BTreeMap::from([(2, 10), (3, 0)])));
    for kept in [BTreeMap::from([(2, 13)]), BTreeMap::new(), BTreeMap::from([(2, 10), (3, 1)])] {
        assert_eq!(broken(&balances(&sums, &kept)), Some(Rule::Sums));
    }
}

#[test]
fn an_input_that_was_dropped_uncounted_or_without_a_reason_is_seen() {
    let tally = |fate: &str, reason: &str, count| {
        Tally::from([((fate.to_owned(), reason.to_owned()), count)])
    };
    let dropped = tally("dropped", "not watched", 2);
    holds(&counted(&dropped, &dropped.clone()));
    assert_eq!(broken(&counted(&dropped, &Tally::new())), Some(Rule::Counted));
    let fewer = tally("dropped", "not watched", 1);
    assert_eq!(broken(&counted(&dropped, &fewer)), Some(Rule::Counted));
    let silent = tally("dropped", "", 1);
    assert_eq!(broken(&counted(&silent, &silent.clone())), Some(Rule::Counted));
}

#[test]
fn an_input_that_is_handled_twice_put_aside_or_lost_is_seen() {
    let key = PlatformKey::from("u1");
    let heard = |handled_before, fate| told(&Told { key: &key, handled_before, fate });
    holds(&heard(false, Fate::Handled));
    holds(&heard(true, Fate::Repeated));
    assert_eq!(broken(&heard(true, Fate::Handled)), Some(Rule::NothingDoubled));
    assert_eq!(broken(&heard(false, Fate::Parked)), Some(Rule::NothingLost));
    holds(&kept(&key, true, false));
    holds(&kept(&key, false, true));
    assert_eq!(broken(&kept(&key, false, false)), Some(Rule::NothingLost));
}

#[test]
fn a_question_that_never_ends_is_seen() {
    let (late, patience) = (NOON + Duration::from_hours(20), Duration::from_hours(12));
    for case in [resolved(), desked(Some(DESK)), desked(None)] {
        holds(&ended(&case, late, patience));
    }
    assert_eq!(broken(&ended(&calling(), late, patience)), Some(Rule::NothingLost));
    holds(&ended(&calling(), NOON + MINUTE, patience));
    let until = calling().expires_at;
    holds(&ended(&case(Stage::Suggested { until }), late, patience));
}

fn said(class: &str, channel: &str, private_to: Option<&str>) -> Delivered {
    Delivered {
        row: OutboxId::from(1),
        class: class.to_owned(),
        channel: PlatformKey::from(channel),
        private_to: private_to.map(PlatformKey::from),
        named: Vec::new(),
        ping: Vec::new(),
    }
}

#[test]
fn a_word_in_a_place_that_nobody_opened_is_seen() {
    let allowed = Allowed { channels: BTreeSet::from(["help".into()]) };
    let help = PlatformKey::from("help");
    holds(&place(&said("answer", "help", None), None, &allowed));
    holds(&place(&said("answer", "tm1", None), Some(&help), &allowed));
    holds(&place(&said("private", "lounge", Some("p1")), None, &allowed));
    for parent in [None, Some(PlatformKey::from("lounge"))] {
        let found = place(&said("answer", "tm1", None), parent.as_ref(), &allowed);
        assert_eq!(broken(&found), Some(Rule::InPlace));
    }
}

#[test]
fn lighting_up_somebody_who_was_not_chosen_is_seen() {
    let (kai, mia) = (PlatformKey::from("kai"), PlatformKey::from("mia"));
    let known = BTreeSet::from([kai.clone()]);
    let lit = |named: &[&PlatformKey], ping: &[&PlatformKey]| {
        let own = |keys: &[&PlatformKey]| keys.iter().map(|key| (*key).clone()).collect();
        Delivered { named: own(named), ping: own(ping), ..said("ping", "help", None) }
    };
    let chosen = [kai.clone()];
    holds(&lights(&lit(&[&kai], &[&kai]), &chosen, &known));
    for stray in [lit(&[], &[&mia]), lit(&[&mia], &[&kai]), lit(&[&kai], &[])] {
        assert_eq!(broken(&lights(&stray, &chosen, &known)), Some(Rule::OnlyChosen));
    }
    let found = lights(&lit(&[], &[&mia]), std::slice::from_ref(&mia), &known);
    assert_eq!(broken(&found), Some(Rule::OnlyChosen), "the case does not concern her");
}

#[test]
fn a_message_that_is_shown_twice_is_seen() {
    for (class, shown, marked, doubts) in
        [("ping", 1, 0, 0), ("answer", 2, 0, 1), ("hand_off", 2, 1, 1), ("ping", 0, 0, 3)]
    {
        holds(&once(&said(class, "help", None), shown, marked, doubts));
    }
    for (class, shown, marked, doubts) in [
        ("ping", 2, 0, 1),
        ("notice", 2, 0, 1),
        ("answer", 2, 0, 0),
        ("hand_off", 2, 0, 1),
        ("hand_off", 3, 2, 1),
    ] {
        let found = once(&said(class, "help", None), shown, marked, doubts);
        assert_eq!(broken(&found), Some(Rule::NothingDoubled), "{class} {shown} {marked}");
    }
}

#[test]
fn what_is_never_said_is_seen() {
    let unsent = |hours| Unsent {
        id: OutboxId::from(1),
        state: "due".to_owned(),
        since: NOON - Duration::from_hours(hours),
    };
    holds(&drained(&[unsent(20)], NOON, false));
    assert_eq!(broken(&drained(&[unsent(30)], NOON, false)), Some(Rule::AllSaid));
    assert_eq!(broken(&drained(&[unsent(1)], NOON, true)), Some(Rule::AllSaid));
    holds(&reached_desk(OutboxId::from(1), "sent", 1));
    holds(&reached_desk(OutboxId::from(1), "given_up", 0));
    assert_eq!(broken(&reached_desk(OutboxId::from(1), "sent", 0)), Some(Rule::OneHandOff));
}
