//! Recognition: what an act is worth, what a balance means, and how an entry is taken back.
//!
//! The ledger is append-only. A balance is the sum of its entries, a rank is read off the
//! balance, and an entry is undone by a second one that names it. So every number anybody sees
//! can be explained line by line, and nothing has to be trusted that cannot be added up.
//!
//! Caps clip, they do not refuse: the eighty-first point of a day is not given, the thanks is
//! still said. Helping with one's own question earns nothing, and staff are paid another way.

use serde::{Deserialize, Serialize};

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

    fn points(self, points: &PointRules) -> i64 {
        match self {
            Act::Solved => points.solved,
            Act::Thanked => points.thanked,
            Act::Endorsed => points.endorsed,
            Act::ArticleReused => points.article_reused,
            Act::Granted | Act::Reversed => 0,
        }
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

/// What an act is worth to somebody who has earned `earned_today` so far.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Worth {
    pub points: i64,
    /// True when the day's cap took some or all of it.
    pub capped: bool,
}

pub fn worth(rules: &RecognitionRules, act: Act, earned_today: i64) -> Worth {
    let full = act.points(&rules.points);
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

    fn rules() -> RecognitionRules {
        let rank = |at, key: &str| Rank { at, key: key.to_owned() };
        RecognitionRules {
            points: PointRules { solved: 10, thanked: 3, endorsed: 5, article_reused: 4 },
            daily_cap: 25,
            ranks: vec![rank(0, "newcomer"), rank(50, "guide"), rank(250, "expert")],
        }
    }

    #[test]
    fn the_daily_cap_clips_and_says_so() {
        for (earned, points, capped) in
            [(0, 10, false), (15, 10, false), (20, 5, true), (25, 0, true)]
        {
            assert_eq!(worth(&rules(), Act::Solved, earned), Worth { points, capped }, "{earned}");
        }
        assert_eq!(
            worth(&rules(), Act::Solved, -10).points,
            10,
            "a reversal does not raise the cap"
        );
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
    fn every_act_reads_back_from_its_word() {
        for act in Act::ALL {
            assert_eq!(Act::from_word(act.word()), Some(act));
        }
    }
}
