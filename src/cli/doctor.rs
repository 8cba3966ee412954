//! `askaround doctor`: whether everything is ready, and what to do about what is not.
//!
//! A line for each finding. What platforms find they say themselves; here it is only put together,
//! for every bot and every platform that is on.

use std::process::ExitCode;

use super::platforms::{self, Platforms};
use super::{RunOptions, keys, look, say};
use crate::bot::{self, Bot};
use crate::domain::ids::{AccountId, ChannelId, Language, PlatformId};
use crate::domain::text::{Key, Text};
use crate::domain::words::Piece;
use crate::locale::{Locales, Names};
use crate::platform::{Finding, Setup, Severity};
use crate::runtime::{BotParts, Clock as _, SystemClock, setups};
use crate::store::Store;

pub(super) fn doctor(options: &RunOptions) -> anyhow::Result<ExitCode> {
    let loaded = bot::load_all(&options.bots, &options.bot_ids(), SystemClock.today());
    let mut tally = Tally::default();
    for problem in &loaded.problems {
        let severity = match problem.severity {
            bot::Severity::Error => Severity::Broken,
            bot::Severity::Warning => Severity::Limited,
        };
        tally.line(severity, "folder", &problem.to_string());
    }
    look::block_on(async {
        let store = database(options, &mut tally).await;
        for bot in &loaded.bots {
            examine(bot, store.as_ref(), &mut tally).await?;
        }
        Ok(())
    })?;
    Ok(tally.end())
}

/// The database, to be looked at; without one, only what hangs on it is left out.
async fn database(options: &RunOptions, tally: &mut Tally) -> Option<Store> {
    let opened = async {
        let keys = keys::given()?;
        Ok::<_, anyhow::Error>(Store::open_to_read_with(&options.database, keys).await?)
    };
    match opened.await {
        Ok(store) => Some(store),
        Err(error) => {
            let what = "the channels that moderators have set up are not looked at";
            tally.line(Severity::Limited, "database", &format!("{error}; {what}"));
            None
        }
    }
}

async fn examine(bot: &Bot, store: Option<&Store>, tally: &mut Tally) -> anyhow::Result<()> {
    let parts = BotParts::of(bot, SystemClock.today())?;
    say(&format!("{} ({})", parts.name, parts.id));
    tally.line(Severity::Fine, "folder", &format!("{} articles", bot.articles.len()));
    let Platforms { on, unset, .. } = platforms::of(bot, &parts.locales)?;
    for (platform, variable) in unset {
        let (what, source) =
            (Text::FindingTokenUnset { variable: variable.clone() }, source_of(platform));
        let finding = Finding::limited(what, Text::FindingTokenUnsetMend { variable, source });
        // With another one on, it may well be meant to be off.
        let severity = if on.is_empty() { Severity::Limited } else { Severity::Fine };
        let finding = Finding { severity, ..finding };
        tally.finding(&parts.locales, &PlatformId::from(platform), &[], &finding);
    }
    for platform in on {
        let id = platform.id();
        let setups = known(store, &parts, &id).await?;
        for finding in platform.examine(&setups).await {
            tally.finding(&parts.locales, &id, &setups, &finding);
        }
    }
    Ok(())
}

/// Where its token comes from, as the locale files word it.
fn source_of(platform: &str) -> Key {
    Key(format!("token-source-{platform}"))
}

async fn known(
    store: Option<&Store>,
    bot: &BotParts,
    platform: &PlatformId,
) -> anyhow::Result<Vec<Setup>> {
    let Some(store) = store else { return Ok(Vec::new()) };
    let mut tx = store.read().await?;
    Ok(setups(&mut tx, &bot.id, platform, &bot.rules.listen).await?)
}

/// What was found so far.
#[derive(Default)]
struct Tally {
    broken: usize,
    limited: usize,
}

impl Tally {
    /// One line: how it stands, where, and what there is to say.
    fn line(&mut self, severity: Severity, place: &str, text: &str) {
        let mark = match severity {
            Severity::Fine => "ok",
            Severity::Limited => "limited",
            Severity::Broken => "broken",
        };
        match severity {
            Severity::Fine => {}
            Severity::Limited => self.limited += 1,
            Severity::Broken => self.broken += 1,
        }
        say(&format!("  {mark:<8} {place:<10} {text}"));
    }

    fn finding(
        &mut self,
        locales: &Locales,
        platform: &PlatformId,
        setups: &[Setup],
        finding: &Finding,
    ) {
        let names = Places(setups);
        let language = Language::from("en");
        let texts = std::iter::once(&finding.what).chain(&finding.mend);
        let worded: Vec<String> =
            texts.map(|text| locales.say(&language, text, &names).to_plain()).collect();
        let community = finding.community.as_ref().filter(|_| finding.channel.is_some());
        let server = setups.iter().find(|setup| Some(&setup.community) == community);
        let server = server.map(|setup| format!("{}: ", setup.name)).unwrap_or_default();
        self.line(finding.severity, platform.as_str(), &format!("{server}{}", worded.join(" ")));
    }

    fn end(&self) -> ExitCode {
        say(&match (self.broken, self.limited) {
            (0, 0) => "All is well.".to_owned(),
            (0, limited) => format!("Nothing is broken; {limited} could be better."),
            (broken, 0) => format!("{broken} broken."),
            (broken, limited) => format!("{broken} broken, {limited} could be better."),
        });
        if self.broken == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}

/// The names of channels that are set up; nobody is named by a finding.
struct Places<'a>(&'a [Setup]);

impl Names for Places<'_> {
    fn person(&self, _: AccountId) -> Piece {
        Piece::Plain { text: "?".to_owned() }
    }

    fn channel(&self, id: ChannelId) -> Piece {
        let place = self.0.iter().flat_map(|setup| &setup.places).find(|place| place.id == id);
        let name = place.map_or_else(|| "#?".to_owned(), |place| format!("#{}", place.name));
        Piece::Plain { text: name }
    }
}
