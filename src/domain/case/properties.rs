//! The rules that always hold, over random event sequences on a virtual clock: with the policies
//! that are shipped, and with policies from outside that want nothing good.

use std::sync::Arc;
use std::time::Duration;

use proptest::prelude::*;

use super::table::{
    ASKER, HELPER, MODERATOR, OTHER, SECOND_HELPER, STAFF, START, actor, ambassador, opening, rules,
};
use super::*;
use crate::domain::ambassador::{Ambassador, Duty, Eligibility, Need, PassedOver, Suited};
use crate::domain::policies::Policies;
use crate::domain::rules::{LadderRules, Rules, Wave};

/// One thing that happens in the random story.
#[derive(Debug, Clone)]
enum Turn {
    Wait(u64),
    /// Straight to the next deadline, and it fires.
    Deadline,
    Does(Event),
    /// A moderator sets or clears the desk.
    Desk(bool),
    /// An ambassador pauses or comes back.
    Duty(usize, bool),
}

fn actors() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => Just(actor(ASKER)),
        3 => Just(actor(HELPER)),
        3 => Just(actor(SECOND_HELPER)),
        1 => Just(actor(OTHER)),
        1 => Just(actor(STAFF)),
        1 => Just(actor(MODERATOR)),
    ]
}

fn events() -> impl Strategy<Value = Event> {
    let answer = || prop_oneof![Just(None), (0_usize..4).prop_map(Some)];
    (actors(), answer(), 0..21).prop_map(|(by, answer, which)| match which {
        0 => Event::SuggestionHelped { by },
        1 => Event::SuggestionDidNotHelp { by },
        2 => Event::Passed { by },
        3 => Event::Released { by },
        4 => Event::Accepted { by, answer },
        5 => Event::Thanked { by, answer },
        6 => Event::Rejected { by },
        7 => Event::Escalated { by },
        8 => Event::ReturnedToCalling { by },
        9 => Event::Withdrawn { by },
        10 => Event::Removed { by },
        11 => Event::MeToo { by },
        12 => Event::FollowedUp { by },
        15 => Event::DeskSet,
        18 => Event::CommunityLeft,
        19 => Event::PlaceLeft,
        16 => Event::WordsRetracted { by },
        17 => Event::WordsRestored { by },
        13 => Event::SolvedByStaff { by },
        14 => Event::Claimed { by },
        _ => Event::Answered { by },
    })
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![
        2 => (0_u64..40 * 60_000).prop_map(Turn::Wait),
        4 => Just(Turn::Deadline),
        10 => events().prop_map(Turn::Does),
        1 => any::<bool>().prop_map(Turn::Desk),
        1 => (0_usize..6, any::<bool>()).prop_map(|(who, on)| Turn::Duty(who, on)),
    ];
    prop::collection::vec(turn, 1..60)
}

/// A policy without sense or measure: each answer is drawn from its seed and the question.
struct Whim(u64);

impl Whim {
    fn drawn(seed: u64) -> Policies {
        let (eligibility, ladder) = (Arc::new(Whim(seed)), Arc::new(Whim(!seed)));
        Policies { eligibility, ladder, ..Policies::default() }
    }

    /// One of `choices`.
    fn choose<T: Copy, const N: usize>(&self, about: u64, choices: [T; N]) -> T {
        let drawn = (self.0 ^ about).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        choices[usize::try_from(drawn).unwrap_or(0) % N]
    }
}

impl Eligibility for Whim {
    fn weigh(&self, who: &Ambassador, _: &Suited, _: &Need<'_>, now: Moment) -> Option<f64> {
        let about = (who.account.get() ^ now.as_millis()).unsigned_abs();
        self.choose(about, [None, Some(f64::NAN), Some(f64::INFINITY), Some(-1.0), Some(1.0)])
    }
}

impl Ladder for Whim {
    fn wave(&self, _: &LadderRules, _: &Case, number: usize, now: Moment) -> Option<Wave> {
        let about = number as u64 ^ now.as_millis().unsigned_abs();
        let after = self.choose(about, [Duration::ZERO, Duration::from_mins(3), Duration::MAX]);
        let call = self.choose(about.rotate_left(7), [0, 1, usize::MAX]);
        self.choose(about.rotate_left(9), [Some(Wave { after, call }), None])
    }

    fn staff_after(&self, _: &LadderRules, _: &Case, now: Moment) -> Duration {
        let spans = [Duration::ZERO, Duration::from_mins(1), Duration::MAX];
        self.choose(now.as_millis().unsigned_abs(), spans)
    }
}

/// The world around one case, keeping the counters that the store would keep.
struct World {
    rules: Rules,
    policies: Policies,
    roster: Vec<Ambassador>,
    desk: Option<ChannelId>,
    now: Moment,
    case: Case,
    awards: i64,
    dossiers_here: u32,
}

impl World {
    fn new(articles: bool, policies: Policies) -> World {
        let rules = rules();
        let roster: Vec<Ambassador> =
            (10..16).map(|number| ambassador(AccountId::new(number))).collect();
        let desk = Some(ChannelId::from(9));
        let context =
            Context { rules: &rules, policies: &policies, roster: &roster, desk, now: START };
        let articles: &[&str] = if articles { &["wifi-slow"] } else { &[] };
        let step = Case::open(opening(articles, None), &context);
        let mut world = World {
            case: step.case.clone(),
            rules: rules.clone(),
            policies,
            roster: roster.clone(),
            desk,
            now: START,
            awards: 0,
            dossiers_here: 0,
        };
        let before = step.case.clone();
        world.check(&before, &step, None);
        world
    }

    fn happens(&mut self, event: &Event) {
        let context = Context {
            rules: &self.rules,
            policies: &self.policies,
            roster: &self.roster,
            desk: self.desk,
            now: self.now,
        };
        let before = self.case.clone();
        let Ok(step) = before.clone().transition(event, &context) else { return };
        self.check(&before, &step, Some(event));
        self.case = step.case;
    }

    fn check(&mut self, before: &Case, step: &Step, event: Option<&Event>) {
        let case = &step.case;
        // 1. An open case has a deadline that lies ahead; an ended one has none.
        assert_eq!(case.deadline().is_some(), case.stage.is_open());
        if matches!(event, Some(Event::DeadlinePassed)) && before.deadline() <= Some(self.now) {
            assert!(case.deadline().is_none_or(|due| due > self.now), "the same deadline again");
        }
        // 2. The claimant is a helper or staff, never the asker.
        assert!(case.claimant().is_none_or(|who| who != ASKER && who != OTHER));
        for effect in &step.effects {
            self.check_effect(before, case, event, effect);
        }
        // 4. At most one resolution award stands, and the case says whose.
        assert!((0..=1).contains(&self.awards));
        assert_eq!(self.awards == 1, case.credited.is_some());
        // 5. Escalation is legal from every open stage and leads to staff.
        let by_asker = matches!(event, Some(Event::Escalated { by }) if by.account == ASKER);
        if by_asker {
            assert!(matches!(case.stage, Stage::HandedOff(_)));
        }
        // Being on a desk means that one dossier went there.
        match (&before.stage, &case.stage) {
            (Stage::HandedOff(was), Stage::HandedOff(is)) if was.desk == is.desk => {}
            (_, Stage::HandedOff(is)) => {
                let expected = u32::from(is.desk.is_some());
                assert_eq!(self.dossiers_here, expected, "exactly one dossier reaches a desk");
            }
            _ => {}
        }
        self.dossiers_here = 0;
    }

    fn check_effect(&mut self, before: &Case, case: &Case, event: Option<&Event>, effect: &Effect) {
        match effect {
            Effect::Call { selection, .. } => {
                for pick in &selection.0.called {
                    let at = self.roster.iter().position(|a| a.account == pick.who);
                    let called = &mut self.roster[at.expect("on the roster")];
                    // 3. Consent, duty, caps, never the asker, never twice for one case.
                    assert_eq!(called.duty, Duty::On);
                    assert!(called.calls_today < self.rules.ambassadors.calls_per_day);
                    // Only a ladder that begins anew calls somebody again, and only one who had
                    // neither passed nor answered nor lapsed.
                    let is_anew = case.ladder.is_some_and(|ladder| ladder.waves_made == 1);
                    let earlier = before.called.iter().find(|c| c.who == pick.who);
                    assert!(earlier.is_none_or(|c| is_anew && c.reply == Reply::Open));
                    assert_ne!(pick.who, ASKER);
                    called.calls_today += 1;
                    called.last_called_at = Some(self.now);
                }
                assert!(
                    selection.0.passed_over.iter().all(|(_, why)| *why != PassedOver::Asker),
                    "the asker is not on this roster"
                );
            }
            Effect::AwardSolved { to, .. } => {
                assert_ne!(*to, ASKER, "nobody is awarded for their own question");
                assert_ne!(*to, STAFF);
                assert!(case.answers.iter().any(|answer| answer.by == *to));
                if matches!(event, Some(Event::DeadlinePassed)) {
                    assert_eq!(before.claimant(), Some(*to), "silence awards only a live claimant");
                }
                self.awards += 1;
            }
            Effect::ReverseSolved { .. } => self.awards -= 1,
            Effect::HandOff { desk, .. } if desk.is_some() => self.dossiers_here += 1,
            Effect::HandOff { .. }
            | Effect::Suggest { .. }
            | Effect::PassOver { .. }
            | Effect::CallAgain
            | Effect::Say { .. }
            | Effect::Retire { .. }
            | Effect::AwardThanked { .. }
            | Effect::ConveyToDesk
            | Effect::RetractWords
            | Effect::RestoreWords => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 512,
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn every_story_keeps_the_rules_and_ends(
        articles in any::<bool>(),
        whim in any::<Option<u64>>(),
        turns in turns(),
    ) {
        let mut world = World::new(articles, whim.map_or_else(Policies::default, Whim::drawn));
        for turn in turns {
            match turn {
                Turn::Wait(ms) => world.now = world.now + Duration::from_millis(ms),
                Turn::Deadline => {
                    if let Some(due) = world.case.deadline() {
                        world.now = world.now.max(due);
                        world.happens(&Event::DeadlinePassed);
                    }
                }
                Turn::Does(event) => world.happens(&event),
                Turn::Desk(set) => world.desk = set.then_some(ChannelId::from(9)),
                Turn::Duty(who, on) => {
                    let duty = if on { Duty::On } else { Duty::Paused { until: None } };
                    world.roster[who].duty = duty;
                }
            }
        }
        // Left alone, it ends: by silence, by staff's silence or by age.
        for _ in 0..40 {
            let Some(due) = world.case.deadline() else { break };
            world.now = world.now.max(due);
            world.happens(&Event::DeadlinePassed);
        }
        prop_assert!(!world.case.stage.is_open(), "stuck in {:?}", world.case.stage);
    }

    #[test]
    fn a_case_reads_back_from_its_document(turns in turns()) {
        let mut world = World::new(true, Policies::default());
        for turn in turns {
            if let Turn::Does(event) = turn {
                world.happens(&event);
                let json = serde_json::to_string(&world.case).expect("a case is a document");
                prop_assert_eq!(&serde_json::from_str::<Case>(&json).expect("reads"), &world.case);
            }
        }
    }
}
