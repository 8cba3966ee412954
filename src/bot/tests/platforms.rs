//! How a `bot.toml` says where a platform is, and what it must never say.

use super::{each_is_told, read};

#[test]
fn a_platform_needs_the_name_of_a_variable_and_a_plain_address() {
    each_is_told(&[
        (
            "[discord]",
            "2:1",
            "`discord.token_env` is missing; name the environment variable that holds it, like token_env = \"LUMEN_DISCORD_TOKEN\"",
        ),
        (
            "[discord]\ntoken_env = \"lumen-token\"",
            "3:13",
            "`discord.token_env` is an unusable token variable name; use only A-Z, 0-9 and _",
        ),
        ("[telegram]\ntoken_env = \"\"", "3:13", "unusable token variable name"),
        ("[telegram]\ntoken_env = \"9_TOKEN\"", "3:13", "unusable token variable name"),
        (
            "[discord]\ntoken_env = \"T\"\napi_url = \"localhost:3000\"",
            "4:11",
            "`discord.api_url` is no web address",
        ),
        (
            "[discord]\ntoken_env = \"T\"\napi_url = \"http://127.0.0.1:3000/api/v10/\"",
            "4:11",
            "`discord.api_url` ends in /api/v10; take /api/v10 off the end",
        ),
        (
            "[telegram]\ntoken_env = \"T\"\nwebhook = { url = \"http://a.example\", secret_env = \"S\" }",
            "4:19",
            "`telegram.webhook.url` is no https address",
        ),
        (
            "[telegram]\ntoken_env = \"T\"\nwebhook = { secret_env = \"S\" }",
            "4:11",
            "`telegram.webhook.url` is missing",
        ),
        (
            "[telegram]\ntoken_env = \"T\"\nwebhook = { url = \"https://a.example\" }",
            "4:11",
            "`telegram.webhook.secret_env` is missing",
        ),
    ]);
}

#[test]
fn a_token_in_the_file_is_recognised_and_never_repeated() {
    // Made up in the shapes of the real ones.
    let discord = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.0123456789abcdefghijklmnopqrstuvwxyzAB";
    let telegram = "123456789:AAabcdefghijklmnopqrstuvwxyz-012345";
    for (platform, token) in [("discord", discord), ("telegram", telegram)] {
        let (_, problems) = read(&format!("name = \"L\"\n[{platform}]\ntoken_env = \"{token}\""));
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        let what = format!("3:13: `{platform}.token_env` holds what looks like the secret itself");
        assert!(problem.starts_with(&what), "{problem}");
        assert!(!problem.contains(token), "{problem}");
    }
}
