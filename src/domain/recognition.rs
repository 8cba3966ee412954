//! Recognition: what an act is worth, what a balance means, and how an entry is taken back.
//!
//! The ledger is append-only. A balance is the sum of its entries, a rank is read off the
//! balance, and an entry is undone by a second one that names it. So every number anybody sees
//! can be explained line by line, and nothing has to be trusted that cannot be added up.
//!
//! Caps clip, they do not refuse: the eighty-first point of a day is not given, the thanks is
//! still said. Helping with one's own question earns nothing, and staff are paid another way.
//!
//! What an act is worth is a policy, [`Recognition`]. It gives back a number and nothing else: that
//! nothing is taken by it, that the day's cap clips it and that a case gives one award are not its
//! to say.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::case::Case;
use super::ids::{AccountId, CaseId, CommunityId, EntryId};
use super::rules::{PointRules, Rank, RecognitionRules};
use super::time::Moment;

/// What is recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The answer that resolved a case; at most once a case.
    Solved,
    /// A thank-you beyond the resolution; at most once a resolution.
    Thanked,
    /// A moderator's or expert's approval of an answer.
    Endorsed,
    /// An article they wrote resolved somebody's question.
    ArticleReused,
    /// Given or taken by a moderator, with a reason.
    Granted,
    /// The undoing of an earlier entry.
    Reversed,
}

impl Act {
    pub const ALL: [Act; 6] =
        [Act::Solved, Act::Thanked, Act::Endorsed, Act::ArticleReused, Act::Granted, Act::Reversed];

    /// The word the database and the locale files (`act-<word>`) use.
    pub fn word(self) -> &'static str {
        match self {
            Act::Solved => "solved",
            Act::Thanked => "thanked",
            Act::Endorsed => "endorsed",
            Act::ArticleReused => "article_reused",
            Act::Granted => "granted",
            Act::Reversed => "reversed",
        }
    }

    pub fn from_word(word: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|act| act.word() == word)
    }

    /// What `bot.toml` gives for it.
    pub fn points(self, points: &PointRules) -> i64 {
        match self {
            Act::Solved => points.solved,
            Act::Thanked => points.thanked,
            Act::Endorsed => points.endorsed,
            Act::ArticleReused => points.article_reused,
            Act::Granted | Act::Reversed => 0,
        }
    }
}

/// An act, by whom, for which case and when: all that its worth may depend on.
#[derive(Debug, Clone, Copy)]
pub struct Deed<'a> {
    pub act: Act,
    pub case: &'a Case,
    pub by: AccountId,
    pub at: Moment,
}

/// What an act is worth before the day's cap: a policy.
pub trait Recognition: Send + Sync {
    /// Less than nothing counts as nothing. The same arguments should give the same points.
    fn points(&self, rules: &RecognitionRules, deed: &Deed<'_>) -> i64;
}

/// The recognition that is shipped: the points of `bot.toml`.
#[derive(Debug, Clone, Copy, Default)]
pub struct PointsByRule;

impl Recognition for PointsByRule {
    fn points(&self, rules: &RecognitionRules, deed: &Deed<'_>) -> i64 {
        deed.act.points(&rules.points)
    }
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    pub id: EntryId,
    pub community: CommunityId,
    pub account: AccountId,
    pub case: Option<CaseId>,
    pub act: Act,
    pub points: i64,
    pub at: Moment,
    /// The entry that this one takes back.
    pub reverses: Option<EntryId>,
    /// No two entries share one: this is what makes an award happen once.
    pub once: String,
    /// The moderator who made it by hand; `None` for what the rules gave.
    pub by: Option<AccountId>,
    /// Why they did.
    pub note: String,
}

/// The span of a leaderboard, back from now: rolling, so that nobody starts a Monday at nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Season {
    Week,
    Month,
    All,
}

impl Season {
    /// The choices of the command; the first is taken when none is named.
    pub const WORDS: &'static [&'static str] = &["week", "month", "all"];

    pub fn from_word(word: &str) -> Option<Season> {
        [Season::Week, Season::Month, Season::All].into_iter().find(|season| season.word() == word)
    }

    fn word(self) -> &'static str {
        match self {
            Season::Week => "week",
            Season::Month => "month",
            Season::All => "all",
        }
    }

    /// When it began; `None` for all there is.
    pub fn since(self, now: Moment) -> Option<Moment> {
        match self {
            Season::Week => Some(now - Duration::from_hours(7 * 24)),
            Season::Month => Some(now - Duration::from_hours(30 * 24)),
            Season::All => None,
        }
    }
}

/// What an act comes to on the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    pub points: i64,
    /// True when the day's cap took some or all of it.
    pub capped: bool,
}

/// What a deed is worth to somebody who has earned `earned_today` so far.
pub fn worth(
    recognition: &dyn Recognition,
    rules: &RecognitionRules,
    deed: &Deed<'_>,
    earned_today: i64,
) -> Worth {
    let full = recognition.points(rules, deed).max(0);
    let room = (rules.daily_cap - earned_today).max(0);
    Worth { points: full.min(room), capped: full > room }
}

/// The key under which a case's resolution award is given once; a case that was reopened after its
/// award was taken back can give another.
pub fn solved_once(case: CaseId, reopened: u32) -> String {
    format!("solved:{case}:{reopened}")
}

/// The key under which thanks beyond a resolution are given once.
pub fn thanked_once(case: CaseId, reopened: u32) -> String {
    format!("thanked:{case}:{reopened}")
}

/// The key under which an answer is endorsed once.
pub fn endorsed_once(case: CaseId, account: AccountId) -> String {
    format!("endorsed:{case}:{account}")
}

/// The key under which the author of an article that solved a case is recognised once; a case that
/// was reopened after that can give another.
pub fn reused_once(case: CaseId, reopened: u32) -> String {
    format!("reused:{case}:{reopened}")
}

/// The key of what a moderator gives or takes by hand: as often as they say.
pub fn granted_once(entry: EntryId) -> String {
    format!("granted:{entry}")
}

/// The key under which an entry can be taken back once.
pub fn reversed_once(entry: EntryId) -> String {
    format!("reversed:{entry}")
}

/// The rank of a balance, and the next one above it.
pub fn rank(ranks: &[Rank], balance: i64) -> (Option<&Rank>, Option<&Rank>) {
    // Below nothing, where what was taken back can lead, one is where everybody began.
    let balance = balance.max(0);
    let reached = ranks.iter().rev().find(|rank| rank.at <= balance);
    (reached, ranks.iter().find(|rank| rank.at > balance))
}

/// The rank that `gained` points led into, if they led into one.
pub fn rank_reached(ranks: &[Rank], balance: i64, gained: i64) -> Option<&Rank> {
    let (before, _) = rank(ranks, balance - gained);
    let (after, _) = rank(ranks, balance);
    after.filter(|after| gained > 0 && before != Some(after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    use crate::domain::case::{Resolution, Stage};
    use crate::domain::ids::{ChannelId, PersonId};

    fn rules() -> RecognitionRules {
        let rank = |at, key: &str| Rank { at, key: key.to_owned() };
        RecognitionRules {
            points: PointRules { solved: 10, thanked: 3, endorsed: 5, article_reused: 4 },
            daily_cap: 25,
            ranks: vec![rank(0, "newcomer"), rank(50, "guide"), rank(250, "expert")],
        }
    }

    fn case() -> Case {
        let (opened_at, asker) = (Moment::from_millis(1_800_000_000_000), AccountId::from(1));
        Case {
            id: CaseId::from(77),
            community: CommunityId::from(5),
            channel: ChannelId::from(6),
            asker,
            asker_person: PersonId::from(1),
            language: "en".into(),
            topics: Vec::new(),
            opened_at,
            expires_at: opened_at + Duration::from_hours(1),
            ladder: None,
            stage: Stage::Resolved { by: Resolution::Ambassador, at: opened_at },
            called: Vec::new(),
            answers: Vec::new(),
            tried: Vec::new(),
            earlier: None,
            credited: None,
            reopened: 0,
            me_too: Vec::new(),
            why_staff: None,
        }
    }

    fn solved(case: &Case) -> Deed<'_> {
        Deed { act: Act::Solved, case, by: AccountId::from(10), at: case.opened_at }
    }

    #[test]
    fn the_daily_cap_clips_and_says_so() {
        for (earned, points, capped) in
            [(0, 10, false), (15, 10, false), (20, 5, true), (25, 0, true)]
        {
            let worth = worth(&PointsByRule, &rules(), &solved(&case()), earned);
            assert_eq!(worth, Worth { points, capped }, "{earned}");
        }
        let after_a_reversal = worth(&PointsByRule, &rules(), &solved(&case()), -10);
        assert_eq!(after_a_reversal.points, 10, "a reversal does not raise the cap");
    }

    #[test]
    fn a_policy_can_neither_lift_the_daily_cap_nor_take_points() {
        struct Gives(i64);
        impl Recognition for Gives {
            fn points(&self, _: &RecognitionRules, _: &Deed<'_>) -> i64 {
                self.0
            }
        }
        for (gives, points, capped) in [(20, 20, false), (i64::MAX, 25, true), (-5, 0, false)] {
            let worth = worth(&Gives(gives), &rules(), &solved(&case()), 0);
            assert_eq!(worth, Worth { points, capped }, "{gives}");
        }
    }

    #[test]
    fn a_rank_begins_at_its_balance_and_is_announced_once() {
        let ranks = rules().ranks;
        let key = |(reached, next): (Option<&Rank>, Option<&Rank>)| {
            (reached.map(|r| r.key.clone()), next.map(|r| r.key.clone()))
        };
        assert_eq!(key(rank(&ranks, 49)), (Some("newcomer".into()), Some("guide".into())));
        assert_eq!(key(rank(&ranks, 50)), (Some("guide".into()), Some("expert".into())));
        assert_eq!(key(rank(&ranks, 900)), (Some("expert".into()), None));
        assert_eq!(rank_reached(&ranks, 55, 10).map(|r| r.key.as_str()), Some("guide"));
        assert_eq!(rank_reached(&ranks, 65, 10), None);
        assert_eq!(rank_reached(&ranks, 45, -10), None, "falling is not announced");
    }

    #[test]
    fn whoever_owes_points_has_the_first_rank_and_the_second_before_them() {
        let ranks = rules().ranks;
        let (reached, next) = rank(&ranks, -990);
        assert_eq!((reached, next), (ranks.first(), ranks.get(1)));
        assert_eq!(rank_reached(&ranks, 10, 1_000), None, "no rank is reached twice from below");
    }

    #[test]
    fn every_season_reads_back_and_ends_now() {
        let now = Moment::from_millis(1_800_000_000_000);
        let days = |word: &str| {
            let since = Season::from_word(word)?.since(now);
            since.map(|since| now.since(since).as_secs() / 86_400)
        };
        assert_eq!(
            Season::WORDS.iter().map(|word| days(word)).collect::<Vec<_>>(),
            [Some(7), Some(30), None]
        );
        assert_eq!(Season::from_word("decade"), None);
    }

    #[test]
    fn every_act_reads_back_from_its_word() {
        for act in Act::ALL {
            assert_eq!(Act::from_word(act.word()), Some(act));
        }
    }
}
