//! `askaround check`, as somebody who mends a folder reads it.

use super::program::{Home, TOKEN, bots};

/// One mistake of each kind, at a place that a reader can count out.
const MANIFEST: &str = r#"name = "Acme"
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

fn article(id: &str, more: &str) -> String {
    let dates = "language = \"en\"\nchecked = 2020-01-01";
    format!("+++\nid = \"{id}\"\ntitle = \"{id}\"\n{dates}\n{more}+++\nText.\n")
}

#[tokio::test]
async fn the_example_bot_has_no_problem() {
    let home = Home::new();
    let bots = bots().display().to_string();
    let ended = home.run(&["check", "--bots", &bots, "--bot", "lumen"]).ended().await;
    assert_eq!(ended.code, Some(0), "{ended:#?}");
    let [line] = &ended.stdout[..] else { panic!("one line: {ended:#?}") };
    assert!(line.starts_with("lumen: ") && line.contains(" articles, 2 languages"), "{line}");
    assert_eq!(ended.stderr, [""; 0]);
}

#[tokio::test]
async fn ten_mistakes_are_named_at_once_each_with_its_place() {
    let home = Home::new();
    home.write("bots/acme/bot.toml", MANIFEST);
    home.write("bots/acme/locales/en.ftl", "rank-newcomer = Fresh face\nbutton-solvedd = Yes!\n");
    home.write("bots/acme/knowledge/a.md", &article("reset", ""));
    home.write("bots/acme/knowledge/b.md", &article("reset", "tags = [\"wifi\"]\n"));
    home.write("bots/acme/knowledge/broken.md", "+++\nid = \"broken\ntitle = 1\n+++\nText.\n");
    home.write("bots/acme/knowledge/old.md", &article("old", "expires = 2020-02-03\n"));
    let ended = home.run(&["check"]).ended().await;
    assert_eq!(ended.code, Some(1), "{ended:#?}");
    for (place, words) in [
        ("bot.toml:4:13", &["discord.token_env", "unusable token variable name"][..]),
        ("bot.toml:6:1", &["unknown key `suggest.patiense`", "`patience`"]),
        ("bot.toml:8:15", &["ladder.claim_lease", "\"ten minutes\"", "no length of time"]),
        ("bot.toml:9:49", &["overlapping waves", "4m"]),
        ("bot.toml:11:58", &["unknown rank \"wizard\"", "add rank-wizard"]),
        ("bot.toml:13:11", &["`escalation.command`", "is empty"]),
        ("locales/en.ftl:2:1", &["button-solvedd", "button-solved"]),
        ("knowledge/b.md:2:6", &["article id \"reset\" is taken", "knowledge/a.md:2:6"]),
        ("knowledge/broken.md:2:13", &["basic string", "expected `\"`"]),
        ("knowledge/old.md:6:11", &["expired on 2020-02-03"]),
    ] {
        let place = format!("bots/acme/{place}: ");
        let mut lines = ended.stdout.iter().filter(|line| line.starts_with(&place));
        let told = lines.any(|line| words.iter().all(|word| line.contains(word)));
        assert!(told, "{place}{words:?}\n{ended:#?}");
    }
}

#[tokio::test]
async fn what_looks_like_a_token_is_never_shown() {
    let telegram = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw";
    for manifest in [
        format!("[discord]\ntoken_env = \"{TOKEN}\"\n"),
        format!("[discord]\ntoken_env = \"Bot {TOKEN}\"\n"),
        format!("[discord]\ntoken_env = {TOKEN}\n"),
        format!("[discord]\ntoken_env = \"{TOKEN}\n"),
        format!("[discord]\n{TOKEN}\n"),
        format!("[discord]\ntoken = \"{TOKEN}\"\n"),
        format!("[discord]\ntoken_env = [\"{TOKEN}\"]\n"),
        format!("discord = \"{TOKEN}\"\n"),
        format!("[telegram]\ntoken_env = \"{telegram}\"\n"),
        format!("[telegram]\ntoken_env = {telegram}\n"),
        format!("[telegram]\ntoken_env = \"X\"\nwebhook = {{ secret_env = \"{telegram}\" }}\n"),
        format!("[telegram]\ntoken_env = \"X\"\napi_url = \"{telegram}\"\n"),
        format!(
            "[telegram]\ntoken_env = \"X\"\napi_url = \"https://a.example/bot{telegram}/api\"\n"
        ),
    ] {
        let home = Home::new();
        home.write("bots/acme/bot.toml", &format!("name = \"Acme\"\n{manifest}"));
        for command in ["check", "run"] {
            let ended = home.run(&[command]).ended().await;
            assert_eq!(ended.code, Some(1), "{manifest}\n{ended:#?}");
            let lines: Vec<_> = ended.stdout.iter().chain(&ended.stderr).collect();
            assert!(lines.iter().any(|line| line.contains("bot.toml:")), "{manifest}\n{ended:#?}");
            for secret in [TOKEN, &TOKEN[..24], telegram, &telegram[10..]] {
                assert!(!lines.iter().any(|line| line.contains(secret)), "{manifest}\n{ended:#?}");
            }
        }
    }
}
