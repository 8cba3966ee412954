//! Prints the transition table from the code and holds the documentation to it. Run
//! `cargo test` twice after a change: the first run rewrites `table.md` and fails.

use std::fmt::Write as _;

use super::*;
use crate::domain::ambassador::{Ambassador, Duty, Preferences};
use crate::domain::policies::Policies;
use crate::domain::question::{ListenMode, Sensitivity};
use crate::domain::rules::{
    AmbassadorRules, AnswersIn, DeskRules, EscalationRules, KnowledgeRules, LadderRules,
    ListenRules, MayEscalate, PointRules, Rank, RecognitionRules, Rules, SuggestRules, Wave,
};
use crate::domain::time::{days, minutes};

pub(super) const START: Moment = Moment::from_millis(1_800_000_000_000);
pub(super) const ASKER: AccountId = AccountId::new(1);
pub(super) const OTHER: AccountId = AccountId::new(2);
pub(super) const HELPER: AccountId = AccountId::new(10);
pub(super) const SECOND_HELPER: AccountId = AccountId::new(11);
pub(super) const STAFF: AccountId = AccountId::new(20);
pub(super) const MODERATOR: AccountId = AccountId::new(30);

pub(super) fn rules() -> Rules {
    let wave = |after, call| Wave { after: minutes(after), call };
    Rules {
        languages: vec!["en".into(), "de".into()],
        topics: vec!["wifi".into()],
        listen: ListenRules {
            mode: ListenMode::Detect,
            sensitivity: Sensitivity::Balanced,
            answers: AnswersIn::Channel,
            coach_every: days(30),
        },
        suggest: SuggestRules { articles: 3, precision: 0.9, patience: minutes(3) },
        knowledge: KnowledgeRules { harvest: true, earlier: true },
        ladder: LadderRules {
            waves: vec![wave(0, 2), wave(4, 4), wave(10, 8)],
            claim_lease: minutes(10),
            answer_wait: minutes(30),
            staff_after: minutes(25),
            reopen_within: minutes(24 * 60),
            expire_after: minutes(7 * 24 * 60),
        },
        ambassadors: AmbassadorRules { calls_per_day: 3, open_cases: 2 },
        recognition: RecognitionRules {
            points: PointRules { solved: 10, thanked: 3, endorsed: 5, article_reused: 4 },
            daily_cap: 80,
            ranks: vec![Rank { at: 0, key: "newcomer".into() }],
        },
        escalation: EscalationRules {
            command: "human".into(),
            aliases: vec![],
            who: vec![MayEscalate::Asker, MayEscalate::Ambassador, MayEscalate::Moderator],
            urgent: std::collections::BTreeMap::default(),
        },
        desk: DeskRules { first_reply: minutes(30), remind: minutes(15) },
    }
}

pub(super) fn ambassador(account: AccountId) -> Ambassador {
    Ambassador {
        account,
        person: PersonId::from(account.get()),
        preferences: Preferences { languages: vec!["en".into()], ..Preferences::default() },
        duty: Duty::On,
        blocked: false,
        calls_today: 0,
        open_cases: 0,
        last_called_at: None,
        solved: Vec::new(),
    }
}

pub(super) fn opening(articles: &[&str], straight_to_staff: Option<Why>) -> Opening {
    Opening {
        id: CaseId::from(77),
        community: CommunityId::from(5),
        channel: ChannelId::from(6),
        asker: ASKER,
        asker_person: PersonId::from(ASKER.get()),
        language: "en".into(),
        topics: vec![],
        articles: articles.iter().map(|id| ArticleId::from(*id)).collect(),
        earlier: None,
        straight_to_staff,
        stale: false,
    }
}

pub(super) fn actor(account: AccountId) -> Actor {
    Actor {
        account,
        person: None,
        ambassador: account == HELPER || account == SECOND_HELPER,
        staff: account == STAFF,
        moderator: account == MODERATOR,
    }
}

/// A case at each stage, reached by events and not made by hand.
fn stages(context: &Context<'_>) -> Vec<(&'static str, Case)> {
    let after = |case: Case, event: Event| match case.transition(&event, context) {
        Ok(step) => step.case,
        Err(rejection) => panic!("{event:?} was refused: {rejection:?}"),
    };
    let suggested = Case::open(opening(&["wifi-slow"], None), context).case;
    let calling = Case::open(opening(&[], None), context).case;
    let claimed = after(calling.clone(), Event::Claimed { by: actor(HELPER) });
    let answered = after(claimed.clone(), Event::Answered { by: actor(HELPER) });
    let handed_off = after(calling.clone(), Event::Escalated { by: actor(ASKER) });
    let resolved = after(answered.clone(), Event::Accepted { by: actor(ASKER), answer: None });
    let closed = after(calling.clone(), Event::Withdrawn { by: actor(ASKER) });
    let removed = after(calling.clone(), Event::Removed { by: actor(MODERATOR) });
    vec![
        ("Suggested", suggested),
        ("Calling", calling),
        ("Claimed", claimed),
        ("Answered", answered),
        ("HandedOff", handed_off),
        ("Resolved", resolved),
        ("Closed", closed),
        ("Removed", removed),
    ]
}

fn events() -> Vec<(&'static str, Event)> {
    vec![
        ("suggestion helped", Event::SuggestionHelped { by: actor(ASKER) }),
        ("did not help", Event::SuggestionDidNotHelp { by: actor(ASKER) }),
        ("deadline passed", Event::DeadlinePassed),
        ("claimed", Event::Claimed { by: actor(SECOND_HELPER) }),
        ("claimed by staff", Event::Claimed { by: actor(STAFF) }),
        ("passed", Event::Passed { by: actor(SECOND_HELPER) }),
        ("released", Event::Released { by: actor(HELPER) }),
        ("answered", Event::Answered { by: actor(SECOND_HELPER) }),
        ("accepted", Event::Accepted { by: actor(ASKER), answer: None }),
        ("thanked", Event::Thanked { by: actor(ASKER), answer: None }),
        ("rejected", Event::Rejected { by: actor(ASKER) }),
        ("escalated", Event::Escalated { by: actor(ASKER) }),
        ("solved by staff", Event::SolvedByStaff { by: actor(STAFF) }),
        ("returned to calling", Event::ReturnedToCalling { by: actor(STAFF) }),
        ("returned by a moderator", Event::ReturnedToCalling { by: actor(MODERATOR) }),
        ("desk set", Event::DeskSet),
        ("community left", Event::CommunityLeft),
        ("place left", Event::PlaceLeft),
        ("withdrawn", Event::Withdrawn { by: actor(ASKER) }),
        ("removed", Event::Removed { by: actor(MODERATOR) }),
        ("words retracted", Event::WordsRetracted { by: actor(MODERATOR) }),
        ("me too", Event::MeToo { by: actor(OTHER) }),
        ("followed up", Event::FollowedUp { by: actor(ASKER) }),
    ]
}

fn name(stage: &Stage) -> String {
    match stage {
        Stage::Suggested { .. } => "Suggested".into(),
        Stage::Calling { .. } => "Calling".into(),
        Stage::Claimed { .. } => "Claimed".into(),
        Stage::Answered { .. } => "Answered".into(),
        Stage::HandedOff(_) => "HandedOff".into(),
        Stage::Resolved { by, .. } => format!("Resolved({by:?})"),
        Stage::Closed { why, .. } => format!("Closed({why:?})"),
    }
}

fn cell(case: &Case, event: &Event, context: &Context<'_>) -> String {
    match case.clone().transition(event, context) {
        Err(Rejection(text)) => format!("✗ {}", text.key()),
        Ok(step) if step.case == *case && step.effects.is_empty() => "–".into(),
        Ok(step) if name(&step.case.stage) == name(&case.stage) => {
            if matches!(event, Event::DeadlinePassed) && matches!(case.stage, Stage::Calling { .. })
            {
                "Calling, next wave".into()
            } else {
                "=".into()
            }
        }
        Ok(step) => name(&step.case.stage),
    }
}

#[test]
fn the_table_in_the_documentation_is_what_the_code_does() {
    let rules = rules();
    let roster: Vec<Ambassador> =
        (10..20).map(|number| ambassador(AccountId::new(number))).collect();
    let (policies, desk) = (Policies::default(), Some(ChannelId::from(9)));
    let context = Context { rules: &rules, policies: &policies, roster: &roster, desk, now: START };
    let stages = stages(&context);
    let mut printed = String::from("\n| event \\ in |");
    for (stage, _) in &stages {
        write!(printed, " {stage} |").expect("writes");
    }
    printed.push_str("\n|---");
    printed.push_str(&"|---".repeat(stages.len()));
    printed.push_str("|\n");
    for (what, event) in events() {
        write!(printed, "| {what} |").expect("writes");
        for (_, case) in &stages {
            let now = match (&event, case.deadline()) {
                (Event::DeadlinePassed, Some(due)) => due,
                _ => START,
            };
            let context = Context { now, ..context };
            write!(printed, " {} |", cell(case, &event, &context)).expect("writes");
        }
        printed.push('\n');
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/domain/case/table.md");
    let documented = std::fs::read_to_string(path).unwrap_or_default();
    if documented != printed {
        std::fs::write(path, &printed).expect("table.md can be written");
        panic!("table.md was not what the code does; it has been rewritten, look at the change");
    }
}

#[test]
fn staff_silence_reminds_ever_more_rarely_and_nothing_is_stuck() {
    let (rules, policies, desk) = (rules(), Policies::default(), Some(ChannelId::from(9)));
    let mut context = Context { rules: &rules, policies: &policies, roster: &[], desk, now: START };
    let mut case = Case::open(opening(&[], None), &context).case;
    assert_eq!(case.why_staff, Some(Why::NobodyFree), "nobody is on the roster");
    let mut firings = 0;
    while let Some(due) = case.deadline() {
        context.now = due;
        case = case.transition(&Event::DeadlinePassed, &context).expect("a timer").case;
        firings += 1;
        assert!(firings < 20, "an unheard case rings 20 times at most in its week");
    }
    assert_eq!(case.stage, Stage::Closed { why: Closing::Expired, at: case.expires_at });
}
