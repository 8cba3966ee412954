//! Whole folders: what is read, what is left out, and everything that is wrong at once.

use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use tempfile::TempDir;

use crate::bot::{Problem, Severity, load, load_all};
use crate::domain::ids::{BotId, Language, Topic};

const TODAY: Date = date(2026, 11, 21);

/// A folder of files, given as pairs of a path and a text.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().expect("a parent")).expect("made");
        fs::write(file, text).expect("written");
    }
    folder
}

fn article(id: &str, more: &str) -> String {
    format!(
        "+++\nid = \"{id}\"\ntitle = \"{id}\"\nlanguage = \"en\"\nchecked = 2026-01-01\n{more}+++\nText.\n"
    )
}

/// What is said, with the paths as seen from the folder.
fn said(problems: &[Problem], folder: &Path) -> Vec<String> {
    let folder = format!("{}/", folder.display());
    problems.iter().map(|problem| problem.to_string().replace(&folder, "")).collect()
}

fn is_said(problems: &[String], place: &str, part: &str) {
    let found = problems.iter().any(|p| p.starts_with(&format!("{place}: ")) && p.contains(part));
    assert!(found, "{place}: {part}\n{problems:#?}");
}

#[test]
fn the_example_bot_has_no_problem() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("bots/lumen");
    let loaded = load(&folder, TODAY);
    assert_eq!(loaded.problems, []);
    let bot = loaded.bot.expect("sound");
    assert_eq!(bot.id, BotId::from("lumen"));
    assert!(bot.articles.len() >= 40, "{}", bot.articles.len());
    assert!(bot.manifest.rules.topics.contains(&Topic::from("setup")));
}

#[test]
fn ten_mistakes_are_told_at_once_each_at_its_place() {
    let manifest = r#"name = "Acme"
languages = ["en"]
[discord]
token_env = "acme token"
[suggest]
patiense = "3m"
[ladder]
claim_lease = "ten minutes"
waves = [ { after = "4m", call = 2 }, { after = "4m", call = 4 } ]
[recognition]
ranks = [ { at = 0, key = "newcomer" }, { at = 50, key = "wizard" } ]
[escalation]
command = ""
"#;
    let (first, second) = (article("reset", ""), article("reset", "tags = [\"wifi\"]\n"));
    let old = article("old", "expires = 2026-06-30\n");
    let folder = folder(&[
        ("acme/bot.toml", manifest),
        ("acme/locales/en.ftl", "# Ours.\nrank-newcomer = Fresh face\nbutton-solvedd = Yes!\n"),
        ("acme/knowledge/a.md", &first),
        ("acme/knowledge/b.md", &second),
        ("acme/knowledge/broken.md", "+++\nid = \"broken\ntitle = \"Broken\"\n+++\nText.\n"),
        ("acme/knowledge/old.md", &old),
    ]);
    let loaded = load(&folder.path().join("acme"), TODAY);
    assert_eq!(loaded.bot, None);
    let problems = said(&loaded.problems, folder.path());
    for (place, part) in [
        ("acme/bot.toml:4:13", "unusable token variable name"),
        ("acme/bot.toml:6:1", "unknown key `suggest.patiense`; did you mean `patience`?"),
        ("acme/bot.toml:8:15", "\"ten minutes\", which is no length of time"),
        ("acme/bot.toml:9:49", "overlapping waves"),
        ("acme/bot.toml:11:58", "unknown rank \"wizard\""),
        ("acme/bot.toml:11:58", "add rank-wizard = … in acme/locales/en.ftl:4"),
        ("acme/bot.toml:13:11", "`escalation.command`: \"\" is empty"),
        ("acme/knowledge/b.md:2:6", "the article id \"reset\" is taken at acme/knowledge/a.md:2:6"),
        ("acme/knowledge/broken.md:2:13", ""),
        ("acme/knowledge/old.md:6:11", "the article expired on 2026-06-30 and is left out"),
        ("acme/locales/en.ftl:3:1", "button-solvedd"),
    ] {
        is_said(&problems, place, part);
    }
    let mut order = loaded.problems.clone();
    order.sort_by(Problem::order);
    assert_eq!(loaded.problems, order, "as somebody mends a folder: by file, then by line");
}

#[test]
fn an_expired_article_is_left_out_and_keeps_no_bot_from_starting() {
    let (old, last) =
        (article("old", "expires = 2026-11-20\n"), article("last", "expires = 2026-11-21\n"));
    let folder = folder(&[
        ("acme/bot.toml", "name = \"Acme\""),
        ("acme/knowledge/de/old.md", &old),
        ("acme/knowledge/last.md", &last),
    ]);
    let loaded = load(&folder.path().join("acme"), TODAY);
    let severities: Vec<_> = loaded.problems.iter().map(|problem| problem.severity).collect();
    assert_eq!(severities, [Severity::Warning]);
    let bot = loaded.bot.expect("starts");
    let ids: Vec<&str> = bot.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["last"], "its last day is a day of its life");
}

#[test]
fn topics_are_the_tags_of_the_articles() {
    let (one, two) =
        (article("one", "tags = [\"wifi\", \"app\"]\n"), article("two", "tags = [\"wifi\"]\n"));
    let folder = folder(&[
        ("acme/bot.toml", "name = \"Acme\""),
        ("acme/knowledge/one.md", &one),
        ("acme/knowledge/two.md", &two),
    ]);
    let bot = load(&folder.path().join("acme"), TODAY).bot.expect("sound");
    assert_eq!(bot.manifest.rules.topics, [Topic::from("app"), Topic::from("wifi")]);
}

#[test]
fn a_bots_own_wording_brings_a_language_and_names_a_rank() {
    let manifest = "name = \"Acme\"\nlanguages = [\"en\", \"fr-ca\"]\n[recognition]\n\
                    ranks = [ { at = 0, key = \"wizard\" } ]";
    let files = [
        ("acme/bot.toml", manifest),
        ("acme/locales/en.ftl", "rank-wizard = Wizard\n"),
        ("acme/locales/fr.ftl", "rank-wizard = Mage\n"),
    ];
    let whole = folder(&files);
    let loaded = load(&whole.path().join("acme"), TODAY);
    assert_eq!(loaded.problems, []);
    let wording = loaded.bot.expect("sound").wording;
    assert_eq!(wording.keys().collect::<Vec<_>>(), [&Language::from("en"), &"fr".into()]);

    let half = folder(&[files[0], files[2]]);
    let problems = load(&half.path().join("acme"), TODAY).problems;
    let problems = said(&problems, half.path());
    is_said(
        &problems,
        "acme/bot.toml:4:27",
        "in \"en\"; add rank-wizard = … in acme/locales/en.ftl:1",
    );
}

#[test]
fn what_fits_no_language_of_the_bot_is_told() {
    let german = article("a", "").replace("\"en\"", "\"de\"");
    let folder = folder(&[
        ("acme/bot.toml", "name = \"Acme\"\nlanguages = [\"en\"]"),
        ("acme/knowledge/a.md", &german),
        ("acme/locales/de.ftl", ""),
        ("acme/locales/english.ftl", ""),
    ]);
    let problems = said(&load(&folder.path().join("acme"), TODAY).problems, folder.path());
    for (place, part) in [
        ("acme/knowledge/a.md:4:12", "the article is in \"de\", which this bot does not speak"),
        ("acme/locales/de.ftl:1:1", "the bot does not speak \"de\""),
        ("acme/locales/english.ftl:1:1", "the file is not named after a language"),
    ] {
        is_said(&problems, place, part);
    }
}

#[test]
fn a_broken_bot_toml_hides_no_broken_article() {
    let folder = folder(&[("acme/bot.toml", "name = \n"), ("acme/knowledge/a.md", "Text.\n")]);
    let problems = said(&load(&folder.path().join("acme"), TODAY).problems, folder.path());
    is_said(&problems, "acme/bot.toml:1:8", "this is no TOML");
    is_said(&problems, "acme/knowledge/a.md:1:1", "front matter");
}

#[test]
fn a_folder_of_bots_is_read_whole_or_by_name() {
    let folder = folder(&[
        ("acme/bot.toml", "name = \"Acme\""),
        ("bolt/bot.toml", "name = \"Bolt\""),
        ("Crash Test/bot.toml", "name = \"Crash\""),
        ("empty/notes.txt", ""),
        (".git/config", ""),
        ("README.md", ""),
    ]);
    let all = load_all(folder.path(), &[], TODAY);
    let ids =
        |bots: &[crate::bot::Bot]| bots.iter().map(|bot| bot.id.to_string()).collect::<Vec<_>>();
    assert_eq!(ids(&all.bots), ["acme", "bolt"]);
    let problems = said(&all.problems, folder.path());
    assert_eq!(problems.len(), 2, "{problems:#?}");
    is_said(&problems, "Crash Test:1:1", "\"Crash Test\" cannot be a bot's id");
    is_said(&problems, "empty/bot.toml:1:1", "there is no bot.toml; write one");

    let some = load_all(folder.path(), &["bolt".into(), "zebra".into()], TODAY);
    assert_eq!(ids(&some.bots), ["bolt"]);
    let [problem] = some.problems.as_slice() else { panic!("{:#?}", some.problems) };
    assert_eq!(problem.what, "there is no bot \"zebra\"");
    assert_eq!(problem.mend, "the bots here are Crash Test, acme, bolt, empty");
}

#[test]
fn bots_that_share_a_token_do_not_start() {
    let copied = "name = \"A\"\n[telegram]\ntoken_env = \"LUMEN_TELEGRAM_TOKEN\"\n";
    let own = "name = \"C\"\n[discord]\ntoken_env = \"LUMEN_TELEGRAM_TOKEN\"\n";
    let folder =
        folder(&[("acme/bot.toml", copied), ("bolt/bot.toml", copied), ("cask/bot.toml", own)]);
    let all = load_all(folder.path(), &[], TODAY);
    assert_eq!(
        said(&all.problems, folder.path()),
        [("acme", "bolt"), ("bolt", "acme")].map(|(bot, other)| format!(
            "{bot}/bot.toml:3:13: LUMEN_TELEGRAM_TOKEN is the token of {other} as well; \
             give each bot an account and a variable of its own"
        )),
    );
    let ids: Vec<&str> = all.bots.iter().map(|bot| bot.id.as_str()).collect();
    assert_eq!(ids, ["cask"], "one name on two platforms is two tokens to the platforms");
    let alone = load_all(folder.path(), &["bolt".into()], TODAY);
    assert_eq!(alone.problems, [], "what is not started shares nothing");
}

#[test]
fn a_place_without_bots_says_how_to_begin() {
    let folder = folder(&[]);
    for (dir, what) in [
        (folder.path().to_owned(), "there is no bot here"),
        (folder.path().join("nowhere"), "cannot be read: No such file or directory"),
    ] {
        let all = load_all(&dir, &["acme".into()], TODAY);
        let said = said(&all.problems, folder.path());
        assert!(said.iter().any(|problem| problem.contains(what)), "{said:#?}");
        assert!(said.iter().any(|problem| problem.contains("a bot.toml")), "{said:#?}");
        assert!(all.bots.is_empty());
    }
}
