//! `[recognition]`: what helping is worth, and the ranks that people reach by it.

use super::section::Section;
use super::wording::Wording;
use crate::domain::ids::Language;
use crate::domain::limits::{DAILY_CAP, POINTS, RANK_AT};
use crate::domain::rules::{PointRules, Rank, RecognitionRules};

/// A ladder of ranks that people can name.
const RANKS_LIMIT: usize = 20;

pub(super) fn read(
    root: &mut Section<'_, '_>,
    languages: &[Language],
    wording: &Wording,
) -> RecognitionRules {
    root.table("recognition", |recognition| RecognitionRules {
        points: recognition.table("points", |points| PointRules {
            solved: points.number("solved", &POINTS, 10),
            thanked: points.number("thanked", &POINTS, 3),
            endorsed: points.number("endorsed", &POINTS, 5),
            article_reused: points.number("article_reused", &POINTS, 4),
        }),
        daily_cap: recognition.number("daily_cap", &DAILY_CAP, 80),
        ranks: ranks(recognition, languages, wording),
    })
}

fn ranks(
    recognition: &mut Section<'_, '_>,
    languages: &[Language],
    wording: &Wording,
) -> Vec<Rank> {
    const EXAMPLE: &str =
        "ranks = [ { at = 0, key = \"newcomer\" }, { at = 50, key = \"guide\" } ]";
    let mut ranks: Vec<Rank> = Vec::new();
    let written = recognition.tables("ranks", |rank, start| {
        for key in ["at", "key"] {
            if !rank.has(key) {
                let what = format!("`{}` is missing", rank.path(key));
                rank.problem(start, what, format!("write each rank whole, like {EXAMPLE}"));
            }
        }
        let before = ranks.last().map(|rank| rank.at);
        let at = rank.number("at", &RANK_AT, before.map_or(0, |before| before + 1));
        match before {
            None if at > 0 => {
                let what = format!("the first rank begins at {at}: nobody would have it before");
                rank.problem(rank.at("at"), what, "let the first rank begin at 0");
            }
            Some(before) if at <= before => {
                let what = format!("this rank begins at {at}, the one before it at {before}");
                rank.problem(rank.at("at"), what, "put the ranks in rising order");
            }
            None | Some(_) => {}
        }
        let key = rank_key(rank, &ranks, languages, wording);
        ranks.push(Rank { at, key });
    });
    let at = recognition.at("ranks");
    match written {
        Some(_) if ranks.is_empty() => {
            let mend = format!("write one rank at least, like {EXAMPLE}");
            recognition.problem(at, "`recognition.ranks` is empty", mend);
        }
        Some(_) if ranks.len() > RANKS_LIMIT => {
            let what = format!("`recognition.ranks` has {} of them", ranks.len());
            recognition.problem(at, what, format!("keep at most {RANKS_LIMIT}"));
        }
        Some(_) => {}
        None => {
            let defaults = [(0, "newcomer"), (50, "guide"), (250, "expert"), (1_000, "legend")];
            let rank = |(at, key): (i64, &str)| Rank { at, key: key.to_owned() };
            ranks = defaults.into_iter().map(rank).collect();
        }
    }
    ranks
}

fn rank_key(
    rank: &mut Section<'_, '_>,
    before: &[Rank],
    languages: &[Language],
    wording: &Wording,
) -> String {
    let Some((at, key)) = rank.text("key") else { return String::new() };
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    if key.is_empty() || !key.chars().all(fits) {
        let what = format!("a rank's key cannot be {key:?}");
        rank.problem(at, what, "write one word of a-z, 0-9 and -; locale files say its name");
    } else if before.iter().any(|rank| rank.key == key) {
        rank.problem(at, format!("two ranks have the key {key:?}"), "give each its own");
    } else if let Some(language) = wording.first_without(&format!("rank-{key}"), languages) {
        let (file, line) = wording.next_line(language);
        let what = format!("unknown rank {key:?}: nothing says its name in \"{language}\"");
        let mend = format!("add rank-{key} = … in {}:{line}", file.display());
        rank.problem(at, what, mend);
    }
    key.to_owned()
}
