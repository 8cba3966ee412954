//! What the moderators of one community changed of their bot's rules: live, stored, and undone by
//! the very command that would set the former values.
//!
//! Only what differs from `bot.toml` is kept. So a value set back to the bot's own follows
//! `bot.toml` again, and every change has an undo that restores exactly what was there before.

use std::collections::BTreeSet;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::badge::{Badge, Badges};
use super::case::Rejection;
use super::limits::{
    ANSWER_WAIT, CALL, CALLS_PER_DAY, CLAIM_LEASE, DAILY_CAP, Limits, OPEN_CASES, PATIENCE, POINTS,
    RANK_AT, STAFF_AFTER, WAVE_AFTER, WAVES_LIMIT,
};
use super::rules::{Rank, Rules, Wave};
use super::text::{Key, Quoted, Text};
use super::time::{parse_span, say_span};

/// A community's own values; what is absent follows `bot.toml`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Overrides {
    pub waves: Option<Vec<Wave>>,
    pub patience: Option<Duration>,
    pub claim: Option<Duration>,
    pub wait: Option<Duration>,
    pub staff: Option<Duration>,
    pub calls: Option<u32>,
    pub cases: Option<u32>,
    pub solved: Option<i64>,
    pub thanked: Option<i64>,
    pub endorsed: Option<i64>,
    pub cap: Option<i64>,
    pub ranks: Option<Vec<Rank>>,
}

/// What `/askaround ladder` changes; what is not said stays as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct LadderChange {
    pub waves: Option<Vec<Wave>>,
    pub patience: Option<Duration>,
    pub claim: Option<Duration>,
    pub wait: Option<Duration>,
    pub staff: Option<Duration>,
    /// Back to `bot.toml`, before anything else.
    pub reset: bool,
}

/// What `/askaround recognition` changes.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RecognitionChange {
    pub solved: Option<i64>,
    pub thanked: Option<i64>,
    pub endorsed: Option<i64>,
    pub cap: Option<i64>,
    pub ranks: Option<Vec<Rank>>,
    pub badge: Option<BadgeChange>,
    pub reset: bool,
}

/// What is to be worn for a rank. A badge is named by the word that the platform explains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BadgeChange {
    Set {
        rank: String,
        badge: String,
    },
    Off {
        rank: String,
    },
    /// Every rank is shown in words.
    TagsOn,
    TagsOff,
}

/// Reads `2@4m`: how many ambassadors, after how long.
pub fn parse_wave(text: &str) -> Option<Wave> {
    let (call, after) = text.split_once('@')?;
    Some(Wave { after: parse_span(after)?, call: call.trim().parse().ok()? })
}

/// Reads `guide@50`: a rank by its key, and where it begins.
pub fn parse_rank(text: &str) -> Option<Rank> {
    let (key, at) = text.split_once('@')?;
    Some(Rank { at: at.trim().parse().ok()?, key: key.trim().to_owned() })
}

pub fn say_waves(waves: &[Wave]) -> String {
    let waves: Vec<String> =
        waves.iter().map(|wave| format!("{}@{}", wave.call, say_span(wave.after))).collect();
    waves.join(",")
}

/// How it is typed that a badge stands for a rank, or that none does.
pub fn say_badge(rank: &str, badge: Option<&Badge>) -> String {
    match badge {
        Some(badge) => format!("rank:{rank} role:@{}", badge.name),
        None => format!("rank:{rank} mode:off"),
    }
}

/// The options of `/askaround recognition` that give back the badges of `before`, a line each.
pub fn badges_undo(before: &Badges, after: &Badges) -> Vec<String> {
    let ranks: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let changed = ranks.into_iter().filter(|rank| before.get(*rank) != after.get(*rank));
    changed.map(|rank| say_badge(rank, before.get(rank))).collect()
}

pub fn say_ranks(ranks: &[Rank]) -> String {
    let ranks: Vec<String> = ranks.iter().map(|rank| format!("{}@{}", rank.key, rank.at)).collect();
    ranks.join(",")
}

impl Overrides {
    pub fn is_empty(&self) -> bool {
        *self == Overrides::default()
    }

    /// The bot's rules as they are in this community.
    pub fn over(&self, base: &Rules) -> Rules {
        fn set<T: Clone>(place: &mut T, own: Option<&T>) {
            if let Some(own) = own {
                place.clone_from(own);
            }
        }
        let mut rules = base.clone();
        set(&mut rules.ladder.waves, self.waves.as_ref());
        set(&mut rules.suggest.patience, self.patience.as_ref());
        set(&mut rules.ladder.claim_lease, self.claim.as_ref());
        set(&mut rules.ladder.answer_wait, self.wait.as_ref());
        set(&mut rules.ladder.staff_after, self.staff.as_ref());
        set(&mut rules.ambassadors.calls_per_day, self.calls.as_ref());
        set(&mut rules.ambassadors.open_cases, self.cases.as_ref());
        let recognition = &mut rules.recognition;
        set(&mut recognition.points.solved, self.solved.as_ref());
        set(&mut recognition.points.thanked, self.thanked.as_ref());
        set(&mut recognition.points.endorsed, self.endorsed.as_ref());
        set(&mut recognition.daily_cap, self.cap.as_ref());
        set(&mut recognition.ranks, self.ranks.as_ref());
        rules
    }

    /// Keeps of `wanted` only what differs from the bot's own rules.
    fn kept(wanted: &Rules, base: &Rules) -> Overrides {
        fn own<T: Clone + PartialEq>(wanted: &T, base: &T) -> Option<T> {
            (wanted != base).then(|| wanted.clone())
        }
        let (points, base_points) = (&wanted.recognition.points, &base.recognition.points);
        Overrides {
            waves: own(&wanted.ladder.waves, &base.ladder.waves),
            patience: own(&wanted.suggest.patience, &base.suggest.patience),
            claim: own(&wanted.ladder.claim_lease, &base.ladder.claim_lease),
            wait: own(&wanted.ladder.answer_wait, &base.ladder.answer_wait),
            staff: own(&wanted.ladder.staff_after, &base.ladder.staff_after),
            calls: own(&wanted.ambassadors.calls_per_day, &base.ambassadors.calls_per_day),
            cases: own(&wanted.ambassadors.open_cases, &base.ambassadors.open_cases),
            solved: own(&points.solved, &base_points.solved),
            thanked: own(&points.thanked, &base_points.thanked),
            endorsed: own(&points.endorsed, &base_points.endorsed),
            cap: own(&wanted.recognition.daily_cap, &base.recognition.daily_cap),
            ranks: own(&wanted.recognition.ranks, &base.recognition.ranks),
        }
    }

    /// The ladder as `change` makes it, or what is wrong with it.
    pub fn with_ladder(&self, base: &Rules, change: &LadderChange) -> Result<Overrides, Rejection> {
        let mut rules = self.over(base);
        if change.reset {
            rules.ladder = base.ladder.clone();
            rules.suggest.patience = base.suggest.patience;
        }
        if let Some(waves) = &change.waves {
            check_waves(waves)?;
            rules.ladder.waves.clone_from(waves);
        }
        for (name, place, wanted, limits) in [
            ("patience", &mut rules.suggest.patience, change.patience, &PATIENCE),
            ("claim", &mut rules.ladder.claim_lease, change.claim, &CLAIM_LEASE),
            ("wait", &mut rules.ladder.answer_wait, change.wait, &ANSWER_WAIT),
            ("staff", &mut rules.ladder.staff_after, change.staff, &STAFF_AFTER),
        ] {
            if let Some(span) = wanted {
                within(name, &span, limits, |span| say_span(*span))?;
                *place = span;
            }
        }
        let last_wave = rules.ladder.waves.last().map_or(Duration::ZERO, |wave| wave.after);
        let staff = rules.ladder.staff_after;
        if last_wave >= staff {
            let (last, staff) = (last_wave.into(), staff.into());
            return Err(Rejection(Text::StaffBeforeWaves { last, staff }));
        }
        if rules.ladder.expire_after <= staff {
            let most = say_span(rules.ladder.expire_after);
            let (option, least) = ("staff".to_owned(), say_span(STAFF_AFTER.least));
            return Err(Rejection(Text::OutOfLimits { option, least, most }));
        }
        Ok(Overrides::kept(&rules, base))
    }

    /// Recognition as `change` makes it, or what is wrong with it.
    pub fn with_recognition(
        &self,
        base: &Rules,
        change: &RecognitionChange,
    ) -> Result<Overrides, Rejection> {
        let mut rules = self.over(base);
        if change.reset {
            rules.recognition = base.recognition.clone();
        }
        if let Some(ranks) = &change.ranks {
            check_ranks(ranks, &base.recognition.ranks)?;
            rules.recognition.ranks.clone_from(ranks);
        }
        let recognition = &mut rules.recognition;
        for (name, place, wanted, limits) in [
            ("solved", &mut recognition.points.solved, change.solved, &POINTS),
            ("thanked", &mut recognition.points.thanked, change.thanked, &POINTS),
            ("endorsed", &mut recognition.points.endorsed, change.endorsed, &POINTS),
            ("cap", &mut recognition.daily_cap, change.cap, &DAILY_CAP),
        ] {
            if let Some(number) = wanted {
                within(name, &number, limits, i64::to_string)?;
                *place = number;
            }
        }
        Ok(Overrides::kept(&rules, base))
    }

    /// The caps that everybody on the roster has.
    pub fn with_caps(
        &self,
        base: &Rules,
        calls: Option<i64>,
        cases: Option<i64>,
    ) -> Result<Overrides, Rejection> {
        let mut rules = self.over(base);
        for (name, place, wanted, limits) in [
            ("calls", &mut rules.ambassadors.calls_per_day, calls, &CALLS_PER_DAY),
            ("cases", &mut rules.ambassadors.open_cases, cases, &OPEN_CASES),
        ] {
            if let Some(number) = wanted {
                within(name, &number, limits, i64::to_string)?;
                *place = u32::try_from(number).unwrap_or(u32::MAX);
            }
        }
        Ok(Overrides::kept(&rules, base))
    }
}

/// The options of `/askaround ladder` that tell `before` from `after`, with the former's values.
pub fn ladder_undo(before: &Rules, after: &Rules) -> String {
    let values = |rules: &Rules| {
        let ladder = &rules.ladder;
        [
            ("waves", say_waves(&ladder.waves)),
            ("patience", say_span(rules.suggest.patience)),
            ("claim", say_span(ladder.claim_lease)),
            ("wait", say_span(ladder.answer_wait)),
            ("staff", say_span(ladder.staff_after)),
        ]
    };
    differing(values(before), values(after))
}

/// The same for `/askaround recognition`.
pub fn recognition_undo(before: &Rules, after: &Rules) -> String {
    let values = |rules: &Rules| {
        let recognition = &rules.recognition;
        [
            ("solved", recognition.points.solved.to_string()),
            ("thanked", recognition.points.thanked.to_string()),
            ("endorsed", recognition.points.endorsed.to_string()),
            ("cap", recognition.daily_cap.to_string()),
            ("ranks", say_ranks(&recognition.ranks)),
        ]
    };
    differing(values(before), values(after))
}

/// The same for the caps of `/askaround ambassadors`.
pub fn caps_undo(before: &Rules, after: &Rules) -> String {
    let values = |rules: &Rules| {
        let caps = &rules.ambassadors;
        [("calls", caps.calls_per_day.to_string()), ("cases", caps.open_cases.to_string())]
    };
    differing(values(before), values(after))
}

fn differing<const N: usize>(
    before: [(&'static str, String); N],
    after: [(&'static str, String); N],
) -> String {
    let pairs = before.into_iter().zip(after).filter(|(before, after)| before != after);
    let options: Vec<String> = pairs.map(|((name, value), _)| format!("{name}:{value}")).collect();
    options.join(" ")
}

fn within<T: PartialOrd>(
    name: &str,
    value: &T,
    limits: &Limits<T>,
    say: impl Fn(&T) -> String,
) -> Result<(), Rejection> {
    if limits.allow(value) {
        return Ok(());
    }
    let (option, least, most) = (name.to_owned(), say(&limits.least), say(&limits.most));
    Err(Rejection(Text::OutOfLimits { option, least, most }))
}

fn check_waves(waves: &[Wave]) -> Result<(), Rejection> {
    let calls = |wave: &Wave| i64::try_from(wave.call).unwrap_or(i64::MAX);
    let rising = waves.is_sorted_by(|one, next| one.after < next.after);
    if waves.is_empty() || waves.len() > WAVES_LIMIT || !rising {
        let (option, value) = ("waves".to_owned(), Quoted(say_waves(waves)));
        let expected = Key("expected-waves".to_owned());
        return Err(Rejection(Text::BadOption { option, value, expected }));
    }
    for wave in waves {
        within("waves", &calls(wave), &CALL, i64::to_string)?;
        within("waves", &wave.after, &WAVE_AFTER, |span| say_span(*span))?;
    }
    Ok(())
}

/// A community moves where ranks begin; what ranks there are is the brand's, who words them.
fn check_ranks(ranks: &[Rank], known: &[Rank]) -> Result<(), Rejection> {
    let rising = ranks.is_sorted_by(|one, next| one.at < next.at);
    let begins = ranks.first().is_some_and(|rank| rank.at == 0);
    let same = ranks.len() == known.len()
        && known.iter().all(|old| ranks.iter().any(|rank| rank.key == old.key));
    if !(rising && begins && same) {
        let known = say_ranks(known);
        return Err(Rejection(Text::BadRanks { known }));
    }
    ranks.iter().try_for_each(|rank| within("ranks", &rank.at, &RANK_AT, i64::to_string))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::question::{ListenMode, Sensitivity};
    use crate::domain::rules::{
        AmbassadorRules, AnswersIn, DeskRules, EscalationRules, KnowledgeRules, LadderRules,
        ListenRules, PointRules, RecognitionRules, SuggestRules,
    };
    use crate::domain::time::days;

    /// A bot's own rules.
    fn rules() -> Rules {
        let minutes = Duration::from_mins;
        let parse = |text: &str| text.split(',').filter_map(parse_wave).collect();
        Rules {
            languages: vec!["en".into()],
            topics: Vec::new(),
            listen: ListenRules {
                mode: ListenMode::Detect,
                sensitivity: Sensitivity::Balanced,
                answers: AnswersIn::Channel,
                coach_every: days(30),
            },
            suggest: SuggestRules { articles: 3, precision: 0.9, patience: minutes(3) },
            knowledge: KnowledgeRules { harvest: true, earlier: true },
            ladder: LadderRules {
                waves: parse("2@0s,4@4m,8@10m"),
                claim_lease: minutes(10),
                answer_wait: minutes(30),
                staff_after: minutes(25),
                reopen_within: Duration::from_hours(24),
                expire_after: Duration::from_hours(7 * 24),
            },
            ambassadors: AmbassadorRules { calls_per_day: 3, open_cases: 2 },
            recognition: RecognitionRules {
                points: PointRules { solved: 10, thanked: 3, endorsed: 5, article_reused: 4 },
                daily_cap: 80,
                ranks: "newcomer@0,guide@50".split(',').filter_map(parse_rank).collect(),
            },
            escalation: EscalationRules {
                command: "human".into(),
                aliases: Vec::new(),
                who: Vec::new(),
                urgent: std::collections::BTreeMap::new(),
            },
            desk: DeskRules { first_reply: minutes(30), remind: minutes(15) },
        }
    }

    fn ladder(change: &LadderChange) -> Result<Overrides, Rejection> {
        Overrides::default().with_ladder(&rules(), change)
    }

    #[test]
    fn a_change_is_kept_beside_the_bots_own_rules_and_its_undo_restores_them() {
        let base = rules();
        let waves = vec![parse_wave("3@0s").expect("reads"), parse_wave("9@6m").expect("reads")];
        let change = LadderChange {
            waves: Some(waves.clone()),
            staff: Some(Duration::from_mins(50)),
            ..LadderChange::default()
        };
        let overrides = ladder(&change).expect("is legal");
        let after = overrides.over(&base);
        assert_eq!(after.ladder.waves, waves);
        let undo = ladder_undo(&base, &after);
        assert_eq!(undo, format!("waves:{} staff:25m", say_waves(&base.ladder.waves)));
        let back = LadderChange {
            waves: Some(base.ladder.waves.clone()),
            staff: Some(base.ladder.staff_after),
            ..LadderChange::default()
        };
        assert_eq!(overrides.with_ladder(&base, &back), Ok(Overrides::default()));
        let reset = LadderChange { reset: true, ..LadderChange::default() };
        assert_eq!(overrides.with_ladder(&base, &reset), Ok(Overrides::default()));
    }

    #[test]
    fn what_would_break_the_ladder_is_refused() {
        let span = |minutes| Some(Duration::from_mins(minutes));
        let waves = |text: &str| Some(text.split(',').filter_map(parse_wave).collect());
        for (change, key) in [
            (LadderChange { staff: span(5), ..Default::default() }, "staff-before-waves"),
            (LadderChange { staff: span(7 * 24 * 60), ..Default::default() }, "out-of-limits"),
            (LadderChange { claim: span(0), ..Default::default() }, "out-of-limits"),
            (LadderChange { waves: waves("2@4m,3@4m"), ..Default::default() }, "bad-option"),
            (LadderChange { waves: Some(Vec::new()), ..Default::default() }, "bad-option"),
            (LadderChange { waves: waves("0@1m"), ..Default::default() }, "out-of-limits"),
        ] {
            let Err(Rejection(text)) = ladder(&change) else { panic!("{change:?}") };
            assert_eq!(text.key(), key, "{change:?}");
        }
    }

    #[test]
    fn ranks_keep_their_names_and_their_order() {
        let base = rules();
        let with = |text: &str| {
            let ranks = Some(text.split(',').filter_map(parse_rank).collect());
            Overrides::default()
                .with_recognition(&base, &RecognitionChange { ranks, ..Default::default() })
        };
        let moved = say_ranks(&base.recognition.ranks).replace("@50", "@60");
        let overrides = with(&moved).expect("is legal");
        assert_eq!(say_ranks(&overrides.over(&base).recognition.ranks), moved);
        for text in ["newcomer@0", "newcomer@5,guide@50", "newcomer@0,guide@50,sage@100"] {
            assert!(with(text).is_err(), "{text}");
        }
    }

    #[test]
    fn each_badge_that_has_changed_is_undone_by_a_line_of_its_own() {
        let badge = |name: &str| Badge { key: name.into(), name: name.to_owned() };
        let before = Badges::from([
            ("guide".to_owned(), badge("Guide")),
            ("expert".to_owned(), badge("Expert")),
        ]);
        let mut after = before.clone();
        after.insert("guide".to_owned(), badge("Helper"));
        after.insert("legend".to_owned(), badge("Legend"));
        let undo = badges_undo(&before, &after);
        assert_eq!(undo, ["rank:guide role:@Guide", "rank:legend mode:off"]);
        assert_eq!(badges_undo(&before, &Badges::new()).len(), 2);
        assert!(badges_undo(&before, &before).is_empty());
    }

    #[test]
    fn caps_stay_within_what_volunteers_can_bear() {
        let base = rules();
        let caps = |calls, cases| Overrides::default().with_caps(&base, calls, cases);
        let after = caps(Some(1), Some(4)).expect("is legal").over(&base);
        assert_eq!((after.ambassadors.calls_per_day, after.ambassadors.open_cases), (1, 4));
        assert!(caps(Some(0), None).is_err() && caps(None, Some(1_000)).is_err());
        let own = &base.ambassadors;
        assert_eq!(
            caps_undo(&base, &after),
            format!("calls:{} cases:{}", own.calls_per_day, own.open_cases)
        );
    }
}
