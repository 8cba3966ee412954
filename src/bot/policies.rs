//! The rules of the three tiers, as `bot.toml` sets them: each section with its defaults, its
//! limits and their reasons.

use std::time::Duration;

use super::section::Section;
use crate::domain::limits::{
    ANSWER_WAIT, CALL, CALLS_PER_DAY, CLAIM_LEASE, Limits, OPEN_CASES, PATIENCE, STAFF_AFTER,
    WAVE_AFTER, WAVES_LIMIT,
};
use crate::domain::question::{ListenMode, Sensitivity};
use crate::domain::rules::{
    AmbassadorRules, AnswersIn, DeskRules, KnowledgeRules, LadderRules, ListenRules, SuggestRules,
    Wave,
};
use crate::domain::time::{days, hours, minutes, say_span};

// ---- listen and suggest --------------------------------------------------------------------

const MODES: [(&str, ListenMode); 3] = [
    ("detect", ListenMode::Detect),
    ("tagged", ListenMode::Tagged),
    ("every_post", ListenMode::EveryPost),
];
const SENSITIVITIES: [(&str, Sensitivity); 3] = [
    ("strict", Sensitivity::Strict),
    ("balanced", Sensitivity::Balanced),
    ("eager", Sensitivity::Eager),
];

const ANSWERS: [(&str, AnswersIn); 2] =
    [("channel", AnswersIn::Channel), ("thread", AnswersIn::Thread)];
const COACH_EVERY: Limits<Duration> = Limits {
    least: Duration::ZERO,
    most: days(365),
    why: "0s is never, and who has not asked for a year is new again",
};

pub(super) fn listen(root: &mut Section<'_, '_>) -> ListenRules {
    root.table("listen", |listen| ListenRules {
        mode: listen.choice("mode", &MODES, ListenMode::Detect),
        sensitivity: listen.choice("sensitivity", &SENSITIVITIES, Sensitivity::Balanced),
        answers: listen.choice("answers", &ANSWERS, AnswersIn::Channel),
        coach_every: listen.span("coach_every", &COACH_EVERY, days(30)),
    })
}

const ARTICLES: Limits<i64> =
    Limits { least: 1, most: 5, why: "nobody reads a sixth, and Discord has room for five" };

pub(super) fn suggest(root: &mut Section<'_, '_>) -> SuggestRules {
    root.table("suggest", |suggest| SuggestRules {
        articles: usize::try_from(suggest.number("articles", &ARTICLES, 3)).unwrap_or(3),
        precision: suggest.share("precision", &(0.5..=0.99), 0.9),
        patience: suggest.span("patience", &PATIENCE, minutes(3)),
    })
}

pub(super) fn knowledge(root: &mut Section<'_, '_>) -> KnowledgeRules {
    root.table("knowledge", |knowledge| KnowledgeRules {
        harvest: knowledge.flag("harvest", true),
        earlier: knowledge.flag("earlier", true),
    })
}

// ---- ladder --------------------------------------------------------------------------------

const REOPEN_WITHIN: Limits<Duration> = Limits {
    least: Duration::ZERO,
    most: days(30),
    why: "after a month it is a question of its own",
};
const EXPIRE_AFTER: Limits<Duration> = Limits {
    least: hours(1),
    most: days(90),
    why: "a case outlives a coffee break, and nobody answers after a season",
};

pub(super) fn ladder(root: &mut Section<'_, '_>) -> LadderRules {
    root.table("ladder", |ladder| {
        let rules = LadderRules {
            waves: waves(ladder),
            claim_lease: ladder.span("claim_lease", &CLAIM_LEASE, minutes(10)),
            answer_wait: ladder.span("answer_wait", &ANSWER_WAIT, minutes(30)),
            staff_after: ladder.span("staff_after", &STAFF_AFTER, minutes(25)),
            reopen_within: ladder.span("reopen_within", &REOPEN_WITHIN, hours(24)),
            expire_after: ladder.span("expire_after", &EXPIRE_AFTER, days(7)),
        };
        let last = rules.waves.last().map_or(Duration::ZERO, |wave| wave.after);
        if last >= rules.staff_after {
            let (last, staff) = (say_span(last), say_span(rules.staff_after));
            let what = format!(
                "the last wave comes after {last}, when staff have the case (`staff_after` is \
                 {staff})"
            );
            let written = if ladder.has("staff_after") { "staff_after" } else { "waves" };
            let mend = "let `staff_after` be later than every wave";
            ladder.problem(ladder.at(written), what, mend);
        }
        if rules.expire_after <= rules.staff_after {
            let staff = say_span(rules.staff_after);
            let what = format!("cases expire before staff get them (`staff_after` is {staff})");
            let written = if ladder.has("expire_after") { "expire_after" } else { "staff_after" };
            let mend = "let `expire_after` be later than `staff_after`";
            ladder.problem(ladder.at(written), what, mend);
        }
        rules
    })
}

fn waves(ladder: &mut Section<'_, '_>) -> Vec<Wave> {
    const EXAMPLE: &str = "waves = [ { after = \"0s\", call = 2 }, { after = \"4m\", call = 4 } ]";
    let mut last: Option<Duration> = None;
    let waves = ladder.tables("waves", |wave, start| {
        for key in ["after", "call"] {
            if !wave.has(key) {
                let what = format!("`{}` is missing", wave.path(key));
                wave.problem(start, what, format!("write each wave whole, like {EXAMPLE}"));
            }
        }
        let next = last.map_or(Duration::ZERO, |before| before + minutes(1));
        let after = wave.span("after", &WAVE_AFTER, next);
        if let Some(before) = last
            && before >= after
        {
            let what = format!(
                "overlapping waves: this one comes after {}, the one before it after {}",
                say_span(after),
                say_span(before),
            );
            let mend = "put the waves in rising order, each with an `after` of its own";
            wave.problem(wave.at("after"), what, mend);
        }
        last = Some(after);
        Wave { after, call: usize::try_from(wave.number("call", &CALL, 2)).unwrap_or(2) }
    });
    let at = ladder.at("waves");
    match &waves {
        Some(waves) if waves.is_empty() => {
            let mend = format!("write one wave at least, like {EXAMPLE}");
            ladder.problem(at, "`ladder.waves` is empty: nobody would be called", mend);
        }
        Some(waves) if waves.len() > WAVES_LIMIT => {
            let what = format!("`ladder.waves` has {} of them", waves.len());
            ladder.problem(at, what, format!("keep at most {WAVES_LIMIT}"));
        }
        Some(_) | None => {}
    }
    waves.unwrap_or_else(|| {
        [(0, 2), (4, 4), (10, 8)]
            .into_iter()
            .map(|(after, call)| Wave { after: minutes(after), call })
            .collect()
    })
}

// ---- ambassadors and desk ------------------------------------------------------------------

pub(super) fn ambassadors(root: &mut Section<'_, '_>) -> AmbassadorRules {
    root.table("ambassadors", |ambassadors| {
        let mut number = |key, limits: &Limits<i64>| {
            u32::try_from(ambassadors.number(key, limits, 3)).unwrap_or(3)
        };
        AmbassadorRules {
            calls_per_day: number("calls_per_day", &CALLS_PER_DAY),
            open_cases: number("open_cases", &OPEN_CASES),
        }
    })
}

const FIRST_REPLY: Limits<Duration> = Limits {
    least: minutes(1),
    most: days(7),
    why: "reading a case takes a minute, and after a week there is no customer",
};
const REMIND: Limits<Duration> = Limits {
    least: minutes(1),
    most: hours(24),
    why: "more than one reminder a minute is noise, and pauses never grow beyond a day",
};

pub(super) fn desk(root: &mut Section<'_, '_>) -> DeskRules {
    root.table("desk", |desk| DeskRules {
        first_reply: desk.span("first_reply", &FIRST_REPLY, minutes(30)),
        remind: desk.span("remind", &REMIND, minutes(15)),
    })
}
