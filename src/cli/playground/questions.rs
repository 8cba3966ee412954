//! What a tour through the playground can ask: one question that an article of this very bot
//! answers, and one that none does. Chosen by the same search and the same detector that will hear
//! them, so that the tour shows this brand's bot and not our example.

use crate::domain::ids::Language;
use crate::domain::question::Heard;
use crate::domain::{escalation, question::ListenMode};
use crate::knowledge::{Article, Query, Trust};
use crate::platform::playground::Questions;
use crate::runtime::BotParts;

/// Articles looked at, at most; a brand with more has said what it knows by then.
const ARTICLES_LIMIT: usize = 200;

/// Questions that hardly any brand has an article for; the first that this one has none for is
/// asked.
const ODD: &[(&str, &[&str])] = &[
    (
        "en",
        &[
            "Does anyone know how I can make mine play a lullaby to my goldfish?",
            "How can I get mine painted with purple polka dots?",
            "Can somebody tell me how to take mine along on a hot-air balloon?",
        ],
    ),
    (
        "de",
        &[
            "Weiß jemand, wie ich meinem Goldfisch damit ein Schlaflied vorspielen kann?",
            "Wie bekomme ich meins mit lila Punkten bemalt?",
            "Kann mir jemand sagen, wie ich meins im Heißluftballon mitnehme?",
        ],
    ),
];

/// In each language of the bot that somebody here could ask in.
pub(super) fn questions(bot: &BotParts) -> Vec<Questions> {
    bot.rules.languages.iter().map(|language| in_language(bot, language)).collect()
}

fn in_language(bot: &BotParts, language: &Language) -> Questions {
    let knowledge = bot.knowledge.now();
    let written: Vec<&Article> = knowledge
        .articles()
        .filter(|article| article.language.base() == language.base())
        .take(ARTICLES_LIMIT)
        .collect();
    let firsts = written.iter().filter_map(|article| article.questions.first());
    let all = written.iter().flat_map(|article| &article.questions);
    let known = plainest(bot, language, firsts).or_else(|| plainest(bot, language, all));
    Questions { language: language.clone(), known, odd: odd(bot, language) }
}

/// The one that is most plainly a question, with the title of the article that answers it. The
/// first question of an article is its author's own choice, so those are looked at first.
fn plainest<'a>(
    bot: &BotParts,
    language: &Language,
    asked: impl Iterator<Item = &'a String>,
) -> Option<(String, String)> {
    let mut best: Option<(f64, (String, String))> = None;
    for text in asked {
        let Some((score, title)) = answered(bot, language, text) else { continue };
        if best.as_ref().is_none_or(|(known, _)| score > *known) {
            best = Some((score, (text.clone(), title)));
        }
    }
    best.map(|(_, known)| known)
}

/// How plainly it is a question, and the title of the article that the bot will show for it;
/// `None` when it would show none.
fn answered(bot: &BotParts, language: &Language, text: &str) -> Option<(f64, String)> {
    let score = heard(bot, language, text)?;
    let knowledge = bot.knowledge.now();
    let hits = knowledge.search(&Query { text, language: Some(language), community: None }, 1);
    // The tour begins in a community that has said nothing yet.
    let best = Trust::default().shown(&hits, bot.rules.suggest.precision).first()?;
    Some((score, knowledge.get(&best.article)?.title.clone()))
}

/// How plainly the bot hears a question in it; `None` when it would keep still, or run for staff.
fn heard(bot: &BotParts, language: &Language, text: &str) -> Option<f64> {
    let message = Heard { text, language: Some(language), ..Heard::default() };
    let verdict = bot.policies.detector.judge(&message);
    let listens = &bot.rules.listen;
    let caught = listens.mode != ListenMode::Detect || verdict.score >= listens.sensitivity.cut();
    let urgent = escalation::urgent_word(&bot.rules.escalation, text, None).is_some();
    (caught && !urgent).then_some(verdict.score)
}

fn odd(bot: &BotParts, language: &Language) -> String {
    let base = |code: &str| Language::from(code).base() == language.base();
    let own = ODD.iter().find(|(code, _)| base(code)).or(ODD.first());
    let candidates = own.map_or(&[][..], |(_, questions)| questions);
    let unanswered = |text: &&&str| {
        heard(bot, language, text).is_some() && answered(bot, language, text).is_none()
    };
    let odd = candidates.iter().find(unanswered).or(candidates.first());
    odd.copied().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn parts(folder: &Path) -> BotParts {
        BotParts::read(folder, jiff::civil::date(2026, 11, 1)).expect("it is sound")
    }

    #[test]
    fn the_example_bot_shows_what_it_knows_and_what_it_does_not_in_each_language() {
        let lumen = parts(&Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen"));
        let asked = questions(&lumen);
        let languages: Vec<&str> = asked.iter().map(|asked| asked.language.as_str()).collect();
        assert_eq!(languages, ["en", "de"]);
        for asked in asked {
            let (known, title) = asked.known.expect("an article answers it");
            let shown = answered(&lumen, &asked.language, &known).map(|(_, title)| title);
            assert_eq!(shown, Some(title), "{known}");
            let knowledge = lumen.knowledge.now();
            let author = knowledge.articles().find(|a| a.questions.first() == Some(&known));
            assert!(author.is_some(), "{known} is the first question of an article");
            assert!(heard(&lumen, &asked.language, &asked.odd).is_some(), "{}", asked.odd);
            assert!(answered(&lumen, &asked.language, &asked.odd).is_none(), "{}", asked.odd);
        }
    }

    #[test]
    fn a_bot_that_knows_nothing_has_only_an_odd_question_and_it_is_not_the_one_it_could_answer() {
        let folder = tempfile::tempdir().expect("a folder");
        let acme = folder.path().join("acme");
        std::fs::create_dir_all(acme.join("knowledge")).expect("made");
        std::fs::write(acme.join("bot.toml"), "name = \"Acme\"\nlanguages = [\"de\", \"en\"]\n")
            .expect("written");
        let unknowing = parts(&acme);
        let german = questions(&unknowing).remove(0);
        assert_eq!((german.known, german.odd.as_str()), (None, ODD[1].1[0]));
        assert!(ODD[0].1.contains(&odd(&unknowing, &Language::from("fr")).as_str()));

        let [(_, english), _] = ODD else { panic!("English comes first") };
        let article = format!(
            "+++\nid = \"goldfish\"\ntitle = \"Lullabies\"\nquestions = [\"{}\"]\nlanguage = \
             \"en\"\nchecked = 2026-10-01\n+++\nSing it yourself.\n",
            english[0]
        );
        std::fs::write(acme.join("knowledge/goldfish.md"), article).expect("written");
        let knowing = questions(&parts(&acme)).remove(1);
        assert_ne!(knowing.odd, english[0], "that one is in an article");
        assert_eq!(knowing.known.map(|(text, _)| text).as_deref(), Some(english[0]));
    }
}
