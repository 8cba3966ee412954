//! Which platforms of a bot are on, and why the others are not.

use std::sync::Arc;

#[cfg(feature = "telegram")]
use anyhow::Context as _;

use crate::bot::Bot;
use crate::locale::Locales;
use crate::platform::Platform;

/// A bot's platforms, and a line about each for whoever started the program.
#[derive(Default)]
pub(super) struct Platforms {
    pub(super) on: Vec<Arc<dyn Platform>>,
    /// Those that only want a token: the platform, and the variable that would hold it.
    pub(super) unset: Vec<(&'static str, String)>,
    pub(super) lines: Vec<String>,
}

/// A platform is on when its token variable is set.
pub(super) fn of(bot: &Bot, locales: &Locales) -> anyhow::Result<Platforms> {
    let mut platforms = Platforms::default();
    discord(bot, locales, &mut platforms)?;
    telegram(bot, locales, &mut platforms)?;
    Ok(platforms)
}

impl Platforms {
    fn say(&mut self, name: &str, how: &str) {
        self.lines.push(format!("  {name:<11} {how}"));
    }
}

#[cfg(feature = "discord")]
fn discord(bot: &Bot, locales: &Locales, platforms: &mut Platforms) -> anyhow::Result<()> {
    use crate::platform::discord::{Config, Discord};
    use crate::runtime::{Clock as _, SystemClock};

    let Some(discord) = &bot.manifest.discord else {
        platforms.say("discord", "off: bot.toml has no [discord]");
        return Ok(());
    };
    let variable = &discord.token_env;
    let Some(token) = token(variable) else {
        platforms.say("discord", &format!("off: {variable} is not set"));
        platforms.unset.push(("discord", variable.clone()));
        return Ok(());
    };
    let locales = locales.clone();
    let config = Config {
        token,
        token_env: variable.clone(),
        api_url: discord.api_url.clone(),
        languages: bot.manifest.rules.languages.clone(),
        topics: bot.manifest.rules.topics.clone(),
        questions: bot.articles.iter().flat_map(|article| article.questions.clone()).collect(),
        wording: Arc::new(move |language, key| locales.word(language, key)),
        now: Arc::new(|| SystemClock.now()),
    };
    platforms.on.push(Arc::new(Discord::new(config)?));
    platforms.say("discord", &format!("on, by {variable}"));
    Ok(())
}

#[cfg(not(feature = "discord"))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as with Discord built in")]
fn discord(_: &Bot, _: &Locales, platforms: &mut Platforms) -> anyhow::Result<()> {
    platforms.say("discord", "off: this program was built without it");
    Ok(())
}

#[cfg(feature = "telegram")]
fn telegram(bot: &Bot, locales: &Locales, platforms: &mut Platforms) -> anyhow::Result<()> {
    use crate::platform::telegram::{Config, Pace, Telegram, Webhook};
    use crate::runtime::{Clock as _, SystemClock};

    let Some(telegram) = &bot.manifest.telegram else {
        platforms.say("telegram", "off: bot.toml has no [telegram]");
        return Ok(());
    };
    let variable = &telegram.token_env;
    let Some(token) = token(variable) else {
        platforms.say("telegram", &format!("off: {variable} is not set"));
        platforms.unset.push(("telegram", variable.clone()));
        return Ok(());
    };
    let webhook = match &telegram.webhook {
        None => None,
        Some(webhook) => {
            let (url, variable) = (webhook.url.clone(), &webhook.secret_env);
            let secret = self::token(variable).with_context(|| {
                format!(
                    "{variable} is not set: it holds the secret by which calls of {url} are known; \
                     choose one of up to 256 letters (A-Z, a-z, 0-9, _ and -)"
                )
            })?;
            Some(Webhook { url, secret })
        }
    };
    let how =
        webhook.as_ref().map_or(String::new(), |webhook| format!(", called at {}", webhook.url));
    let locales = locales.clone();
    let config = Config {
        token,
        token_env: variable.clone(),
        api_url: telegram.api_url.clone(),
        webhook,
        languages: bot.manifest.rules.languages.clone(),
        wording: Arc::new(move |language, key| locales.word(language, key)),
        now: Arc::new(|| SystemClock.now()),
        pace: Pace::default(),
    };
    platforms.on.push(Arc::new(Telegram::new(config)?));
    platforms.say("telegram", &format!("on, by {variable}{how}"));
    Ok(())
}

#[cfg(not(feature = "telegram"))]
#[expect(clippy::unnecessary_wraps, reason = "the same shape as with Telegram built in")]
fn telegram(_: &Bot, _: &Locales, platforms: &mut Platforms) -> anyhow::Result<()> {
    platforms.say("telegram", "off: this program was built without it");
    Ok(())
}

/// What an environment variable says; an empty one is not set.
#[cfg(any(feature = "discord", feature = "telegram"))]
fn token(variable: &str) -> Option<String> {
    #[expect(clippy::disallowed_methods, reason = "the command line is where it is read")]
    let value = std::env::var(variable).ok()?;
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}
