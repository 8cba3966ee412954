//! Badges: what shows somebody's rank beside their name, on platforms that have such a thing. On
//! Discord a badge is a role; on Telegram it is a tag, which is the rank in words.
//!
//! Which badge stands for which rank is a community's to say, and of tags only whether there are
//! any. A badge that stands for no rank is
//! nobody's business here: it is neither given nor taken, but for one that was given as a rank's
//! before. And whoever never earned anything is given none out of the blue: a person is looked at
//! when their points move, and when moderators change what stands for what.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::ids::PlatformKey;
use super::rules::Rank;

/// Something that can be worn, as the platform keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Badge {
    pub key: PlatformKey,
    /// What people call it, without `@`.
    pub name: String,
}

/// The badges of a community, each by the key of the rank that it stands for.
pub type Badges = BTreeMap<String, Badge>;

/// The badges where the rank in words is one: each has its rank's key. Where ranks begin nobody has
/// earned anything to be shown.
pub fn tags(ranks: &[Rank]) -> Badges {
    let earned = ranks.iter().filter(|rank| rank.at > 0);
    let tag = |rank: &Rank| Badge { key: PlatformKey::new(&*rank.key), name: rank.key.clone() };
    earned.map(|rank| (rank.key.clone(), tag(rank))).collect()
}

/// Why a badge can be neither given nor taken; each is for moderators to mend.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Obstacle {
    /// The bot lacks the right to give any.
    NoRight,
    /// It ranks above what the bot itself wears.
    Above,
    /// It comes and goes with something else: an app, a booster's payment, a linked account.
    Managed,
    /// Everybody wears it.
    Everyones,
    /// It is no more.
    Deleted,
}

impl Obstacle {
    const ALL: [Obstacle; 5] = [
        Obstacle::NoRight,
        Obstacle::Above,
        Obstacle::Managed,
        Obstacle::Everyones,
        Obstacle::Deleted,
    ];

    /// The word the database and the locale files (`obstacle-<word>`) use.
    pub fn word(self) -> &'static str {
        match self {
            Obstacle::NoRight => "no_right",
            Obstacle::Above => "above",
            Obstacle::Managed => "managed",
            Obstacle::Everyones => "everyones",
            Obstacle::Deleted => "deleted",
        }
    }

    pub fn from_word(word: &str) -> Option<Obstacle> {
        Obstacle::ALL.into_iter().find(|obstacle| obstacle.word() == word)
    }

    /// Whether it is in the way of every badge, and not of this one alone.
    pub fn is_of_all(self) -> bool {
        match self {
            Obstacle::NoRight => true,
            Obstacle::Above | Obstacle::Managed | Obstacle::Everyones | Obstacle::Deleted => false,
        }
    }
}

impl std::fmt::Display for Obstacle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// What somebody was last given for their rank.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Worn {
    pub badge: PlatformKey,
    /// It did not go well: nobody knows what they really wear.
    pub doubtful: bool,
}

/// What makes somebody wear what their rank is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitting {
    pub give: Option<PlatformKey>,
    /// Whether they wear these or not.
    pub take: Vec<PlatformKey>,
}

/// What is to be done for somebody of this rank; `None` when nothing is.
pub fn fitting(badges: &Badges, rank: Option<&str>, worn: Option<&Worn>) -> Option<Fitting> {
    let give = rank.and_then(|rank| badges.get(rank)).map(|badge| badge.key.clone());
    match (&give, worn) {
        (None, None) => return None,
        (Some(give), Some(worn)) if *give == worn.badge && !worn.doubtful => return None,
        _ => {}
    }
    let others = badges.values().map(|badge| &badge.key).chain(worn.map(|worn| &worn.badge));
    let take: BTreeSet<&PlatformKey> = others.filter(|key| Some(*key) != give.as_ref()).collect();
    Some(Fitting { take: take.into_iter().cloned().collect(), give })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn badges() -> Badges {
        let badge = |key: &str| Badge { key: PlatformKey::from(key), name: key.to_uppercase() };
        BTreeMap::from([
            ("guide".to_owned(), badge("g")),
            ("expert".to_owned(), badge("e")),
            ("legend".to_owned(), badge("e")),
        ])
    }

    const NOTHING: Option<(&str, bool)> = None;

    /// What is given and what is taken, for whoever wears this, doubtful or not.
    fn done(rank: &str, worn: Option<(&str, bool)>) -> String {
        let worn = worn.map(|(badge, doubtful)| Worn { badge: PlatformKey::from(badge), doubtful });
        let Some(fitting) = fitting(&badges(), Some(rank), worn.as_ref()) else {
            return "nothing".to_owned();
        };
        let signed = |sign: &str, key: &PlatformKey| format!("{sign}{key}");
        let give = fitting.give.iter().map(|key| signed("+", key));
        let take = fitting.take.iter().map(|key| signed("-", key));
        give.chain(take).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_rank_gives_its_badge_and_takes_those_of_the_others() {
        assert_eq!(done("guide", NOTHING), "+g -e");
        assert_eq!(done("expert", Some(("g", false))), "+e -g");
        assert_eq!(done("newcomer", Some(("g", false))), "-e -g", "a rank without a badge");
    }

    #[test]
    fn nothing_is_done_for_whoever_wears_it_already_or_has_nothing_to_wear() {
        assert_eq!(done("guide", Some(("g", false))), "nothing");
        assert_eq!(done("newcomer", NOTHING), "nothing");
        assert_eq!(done("legend", Some(("e", false))), "nothing", "two ranks may share a badge");
    }

    #[test]
    fn what_went_wrong_is_tried_again() {
        assert_eq!(done("guide", Some(("g", true))), "+g -e");
    }

    #[test]
    fn a_former_badge_is_taken_though_it_stands_for_nothing_any_more() {
        assert_eq!(done("guide", Some(("old", false))), "+g -e -old");
        let worn = Worn { badge: PlatformKey::from("g"), doubtful: false };
        let fitting = fitting(&Badges::new(), Some("guide"), Some(&worn));
        assert_eq!(fitting, Some(Fitting { give: None, take: vec![PlatformKey::from("g")] }));
    }

    #[test]
    fn a_tag_is_earned() {
        let rank = |key: &str, at| Rank { at, key: key.to_owned() };
        let tags = tags(&[rank("newcomer", 0), rank("guide", 50)]);
        assert_eq!(tags.keys().collect::<Vec<_>>(), ["guide"]);
        assert!(fitting(&tags, Some("newcomer"), None).is_none());
        let given = fitting(&tags, Some("guide"), None).and_then(|fitting| fitting.give);
        assert_eq!(given, Some(PlatformKey::from("guide")));
    }

    #[test]
    fn every_obstacle_reads_back_from_its_word() {
        for obstacle in Obstacle::ALL {
            assert_eq!(Obstacle::from_word(obstacle.word()), Some(obstacle));
        }
    }
}
