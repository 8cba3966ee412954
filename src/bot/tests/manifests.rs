//! One `bot.toml` at a time: what it means, and what is said about one that is wrong.

use std::time::Duration;

use super::{each_is_told, read};
use crate::bot::manifest::Webhook;
use crate::domain::ids::Language;
use crate::domain::question::ListenMode;
use crate::domain::rules::AnswersIn;

#[test]
fn what_is_left_out_is_as_the_example_says() {
    let example = include_str!("../../../bots/lumen/bot.toml");
    let (example, problems) = read(example);
    assert_eq!(problems, [""; 0]);
    let (short, problems) = read("name = \"Lumen\"\nlanguages = [\"en\", \"de\"]");
    assert_eq!(problems, [""; 0]);
    let (mut example, short) = (example.expect("read"), short.expect("read"));
    let strict = std::mem::replace(&mut example.rules.suggest.precision, 0.9);
    assert!(strict > 0.9, "the example shows fewer and surer ones, and says so");
    assert_eq!(short.rules, example.rules);
    assert_eq!(short.keep_text, example.keep_text);
    assert!(short.playground && example.playground);
    assert_eq!((short.discord, short.telegram), (None, None), "a platform is asked for");
    assert_eq!(example.discord.expect("asked for").token_env, "LUMEN_DISCORD_TOKEN");
}

#[test]
fn a_bot_without_languages_speaks_english_and_has_no_german_urgent_words() {
    let (manifest, problems) = read("name = \"Lumen\"");
    assert_eq!(problems, [""; 0]);
    let rules = manifest.expect("read").rules;
    assert_eq!(rules.languages, [Language::from("en")]);
    assert_eq!(rules.escalation.urgent.keys().collect::<Vec<_>>(), [&Language::from("en")]);
}

#[test]
fn what_is_written_counts() {
    let (manifest, problems) = read(
        r#"
name = " Lumen "
languages = ["DE-at"]
[telegram]
token_env = "T"
api_url = "http://127.0.0.1:8081/"
webhook = { url = "https://bots.lumen.example/t", secret_env = "S" }
[playground]
enabled = false
[listen]
mode = "every_post"
answers = "thread"
[[ladder.waves]]
after = "30s"
call = 0x10
[escalation]
command = "/person"
aliases = []
urgent = { de = ["Geld ZURÜCK"] }
"#,
    );
    assert_eq!(problems, [""; 0]);
    let manifest = manifest.expect("read");
    assert_eq!(manifest.name, "Lumen");
    assert!(!manifest.playground);
    let telegram = manifest.telegram.expect("asked for");
    assert_eq!(telegram.api_url.as_deref(), Some("http://127.0.0.1:8081"));
    let url = "https://bots.lumen.example/t".to_owned();
    assert_eq!(telegram.webhook, Some(Webhook { url, secret_env: "S".to_owned() }));
    let rules = manifest.rules;
    assert_eq!(rules.languages, [Language::from("de-at")]);
    assert_eq!(rules.listen.mode, ListenMode::EveryPost);
    assert_eq!(rules.listen.answers, AnswersIn::Thread);
    let [wave] = rules.ladder.waves.as_slice() else { panic!("one wave") };
    assert_eq!((wave.after, wave.call), (Duration::from_secs(30), 16));
    assert_eq!(rules.escalation.command, "person");
    assert_eq!(rules.escalation.aliases, [""; 0]);
    assert_eq!(rules.escalation.urgent[&Language::from("de")], ["geld zurück"]);
}

#[test]
fn an_unknown_key_is_answered_with_the_nearest_one_and_all_of_them() {
    each_is_told(&[
        (
            "[ladder]\nclam_lease = \"9m\"",
            "3:1",
            "unknown key `ladder.clam_lease`; did you mean `claim_lease`? the keys here are waves, claim_lease, answer_wait, staff_after, reopen_within, expire_after",
        ),
        ("[laddr]", "2:2", "unknown key `laddr`; did you mean `ladder`?"),
        ("discord = { token_env = \"T\", token = \"t\" }", "2:30", "did you mean `token_env`?"),
        (
            "[suggest]\nmoonlight = 1",
            "3:1",
            "unknown key `suggest.moonlight`; the keys here are articles, precision, patience",
        ),
        (
            "[ladder]\nwaves = [ { after = \"0s\", cal = 2, call = 2 } ]",
            "3:27",
            "unknown key `ladder.waves.cal`; did you mean `call`?",
        ),
        (
            "[telegram]\ntoken_env = \"T\"\nwebhook = { url = \"https://a.example\", secret_env = \"S\", sekret = 1 }",
            "4:58",
            "unknown key `telegram.webhook.sekret`",
        ),
    ]);
}

#[test]
fn a_wrong_type_says_what_belongs_there() {
    each_is_told(&[
        (
            "languages = \"en\"",
            "2:13",
            "`languages` is a text, not a list; put what it holds between [ and ]",
        ),
        ("languages = [1]", "2:14", "`languages` is a number, not a text; put it in quotes"),
        ("discord = 3", "2:11", "`discord` is a number, not a table"),
        ("listen = 3", "2:10", "`listen` is a number, not a table; write [listen]"),
        (
            "[playground]\nenabled = \"yes\"",
            "3:11",
            "`playground.enabled` is a text, not true or false",
        ),
        ("[suggest]\narticles = 2.5", "3:12", "`suggest.articles` is a number, not a whole number"),
        ("[suggest]\nprecision = \"high\"", "3:13", "`suggest.precision` is a text, not a number"),
        (
            "[suggest]\npatience = 180",
            "3:12",
            "`suggest.patience` is a number, not a length of time in quotes; write a number and a unit, such as \"90s\"",
        ),
        ("[ladder]\nwaves = [ 1 ]", "3:11", "`ladder.waves` is a number, not a table"),
        ("[escalation]\nwho = [2026-01-01]", "3:8", "`escalation.who` is a date, not a text"),
    ]);
}

#[test]
fn numbers_and_times_have_limits_with_reasons() {
    each_is_told(&[
        (
            "[suggest]\narticles = 0",
            "3:12",
            "`suggest.articles` is 0; write a whole number from 1 to 5: nobody reads a sixth",
        ),
        ("[suggest]\narticles = 99999999999999999999", "3:12", "is 99999999999999999999; write"),
        (
            "[suggest]\nprecision = 1",
            "3:13",
            "`suggest.precision` is 1; write a share from 0.5 to 0.99",
        ),
        ("[suggest]\nprecision = nan", "3:13", "`suggest.precision` is nan"),
        (
            "[suggest]\npatience = \"3 minutes\"",
            "3:12",
            "`suggest.patience` cannot be \"3 minutes\", which is no length of time; write a number and a unit, such as \"90s\", \"3m\", \"2h\" or \"7d\"",
        ),
        (
            "[suggest]\npatience = \"2d\"",
            "3:12",
            "`suggest.patience` is \"2d\"; write a time from 10s to 1d: reading",
        ),
        ("[ladder]\nclaim_lease = \"1s\"", "3:15", "write a time from 1m to 1d"),
        ("[ambassadors]\ncalls_per_day = 0", "3:17", "`ambassadors.calls_per_day` is 0"),
        ("[recognition]\npoints = { solved = -1 }", "3:21", "`recognition.points.solved` is -1"),
        ("[recognition]\ndaily_cap = 0", "3:13", "`recognition.daily_cap` is 0"),
        ("[desk]\nremind = \"0s\"", "3:10", "`desk.remind` is \"0s\""),
        ("[privacy]\nkeep_text = \"1h\"", "3:13", "`privacy.keep_text` is \"1h\""),
    ]);
}

#[test]
fn names_and_languages_are_checked() {
    for (text, problem) in [
        ("", "1:1: `name` is missing; write the brand's name, like name = \"Lumen\""),
        ("name = \" \"", "1:8: `name` is empty; write the brand's name, like name = \"Lumen\""),
    ] {
        assert_eq!(read(text).1, [problem]);
    }
    each_is_told(&[
        ("languages = []", "2:13", "`languages` is empty; name one at least"),
        (
            "languages = [\"en\", \"English\"]",
            "2:20",
            "`languages` cannot have \"English\", which is no language tag",
        ),
        ("languages = [\"en\", \"EN\"]", "2:20", "`languages` has \"en\" twice; keep the first"),
        (
            "languages = [\"en\", \"xx\"]",
            "2:20",
            "nothing is worded in \"xx\"; add nowhere/locales/xx.ftl, or take a language that Askaround brings: en, de",
        ),
    ]);
}

#[test]
fn waves_rise_and_end_before_staff_are_called() {
    each_is_told(&[
        ("[ladder]\nwaves = []", "3:9", "`ladder.waves` is empty: nobody would be called"),
        ("[ladder]\nwaves = [ { after = \"0s\" } ]", "3:11", "`ladder.waves.call` is missing"),
        (
            "[ladder]\nwaves = [ { after = \"0s\", call = 51 } ]",
            "3:34",
            "`ladder.waves.call` is 51; write a whole number from 1 to 50",
        ),
        (
            "[ladder]\nwaves = [ { after = \"1m\", call = 1 }, { after = \"60s\", call = 1 } ]",
            "3:49",
            "overlapping waves: this one comes after 1m, the one before it after 1m",
        ),
        (
            "[ladder]\nwaves = [ { after = \"2m\", call = 1 }, { after = \"90s\", call = 1 } ]",
            "3:49",
            "this one comes after 90s, the one before it after 2m; put the waves in rising order",
        ),
        (
            "[ladder]\nwaves = [ { after = \"25m\", call = 1 } ]",
            "3:9",
            "the last wave comes after 25m, when staff have the case (`staff_after` is 25m)",
        ),
        (
            "[ladder]\nstaff_after = \"9m\"",
            "3:15",
            "the last wave comes after 10m, when staff have the case (`staff_after` is 9m)",
        ),
        (
            "[ladder]\nstaff_after = \"2h\"\nexpire_after = \"1h\"",
            "4:16",
            "cases expire before staff get them",
        ),
    ]);
    let eleven = "{ after = \"0s\", call = 1 },".repeat(11);
    let (_, problems) = read(&format!("name = \"Lumen\"\nladder.waves = [{eleven}]"));
    assert!(problems.iter().any(|problem| problem.contains("has 11 of them; keep at most 10")));
}

#[test]
fn ranks_begin_at_nothing_rise_and_have_names() {
    each_is_told(&[
        ("[recognition]\nranks = []", "3:9", "`recognition.ranks` is empty"),
        (
            "[recognition]\nranks = [ { at = 5, key = \"guide\" } ]",
            "3:18",
            "the first rank begins at 5",
        ),
        (
            "[recognition]\nranks = [ { at = 0, key = \"guide\" }, { at = 0, key = \"expert\" } ]",
            "3:45",
            "this rank begins at 0, the one before it at 0; put the ranks in rising order",
        ),
        (
            "[recognition]\nranks = [ { key = \"guide\" } ]",
            "3:11",
            "`recognition.ranks.at` is missing",
        ),
        (
            "[recognition]\nranks = [ { at = 0, key = \"The Guide\" } ]",
            "3:27",
            "a rank's key cannot be \"The Guide\"",
        ),
        (
            "[recognition]\nranks = [ { at = 0, key = \"guide\" }, { at = 9, key = \"guide\" } ]",
            "3:54",
            "two ranks have the key \"guide\"",
        ),
        (
            "[recognition]\nranks = [ { at = 0, key = \"wizard\" } ]",
            "3:27",
            "unknown rank \"wizard\": nothing says its name in \"en\"; add rank-wizard = … in nowhere/locales/en.ftl:1",
        ),
    ]);
}

#[test]
fn the_way_to_staff_has_a_name_that_both_platforms_know() {
    each_is_told(&[
        (
            "[escalation]\ncommand = \"\"",
            "3:11",
            "`escalation.command`: \"\" is empty; write one word",
        ),
        (
            "[escalation]\ncommand = \"Get Help\"",
            "3:11",
            "has letters that not every platform allows",
        ),
        ("[escalation]\ncommand = \"help\"", "3:11", "is a command already"),
        (
            "[escalation]\naliases = [\"a_very_long_word_that_is_no_command\"]",
            "3:12",
            "is too long for a command",
        ),
        (
            "[escalation]\naliases = [\"agent\", \"human\"]",
            "3:21",
            "`escalation.aliases`: \"human\" is taken by another one here",
        ),
        ("[escalation]\nwho = []", "3:7", "`escalation.who` lets nobody escalate"),
        (
            "[escalation]\nwho = [\"askers\"]",
            "3:8",
            "`escalation.who` cannot be \"askers\"; did you mean `asker`? the words here are asker, ambassador, moderator, anyone",
        ),
        (
            "[escalation]\nurgent = { en = [\"refund\", \" \"] }",
            "3:28",
            "`escalation.urgent.en` has an empty word",
        ),
        (
            "[escalation]\nurgent = { fr = [\"avocat\"] }",
            "3:12",
            "`escalation.urgent.fr` is for no language of this bot; its `languages` are en",
        ),
    ]);
}

#[test]
fn broken_grammar_is_told_line_by_line_and_nothing_is_guessed_from_the_rest() {
    let (manifest, problems) = read("name = Lumen\nname = \"Lumen\"\n[listen\nfoo = 1\n");
    assert_eq!(manifest, None);
    let places: Vec<&str> = problems.iter().filter_map(|p| p.split(": ").next()).collect();
    assert_eq!(places, ["1:8", "2:1", "3:8"], "{problems:#?}");
    assert!(problems.iter().all(|problem| problem.contains("this is no TOML: ")));
}
