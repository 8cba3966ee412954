//! How the connections to platforms stand: for whoever asks whether anything is heard at all.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::meters::Meters;
use crate::domain::ids::{BotId, PlatformId};
use crate::domain::time::Moment;
use crate::platform::ConnectionState;

/// Bot, platform, and the connection's name.
type Key = (BotId, PlatformId, String);

/// What platforms have told of their connections.
#[derive(Debug, Default)]
pub struct Connections {
    all: Mutex<BTreeMap<Key, Standing>>,
}

#[derive(Debug, Clone, Copy)]
struct Standing {
    state: ConnectionState,
    was_connected: bool,
}

impl Connections {
    fn all(&self) -> MutexGuard<'_, BTreeMap<Key, Standing>> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn note(
        &self,
        meters: &Meters,
        (bot, platform, name): (&BotId, &PlatformId, &str),
        state: ConnectionState,
        now: Moment,
    ) {
        let key = (bot.clone(), platform.clone(), name.to_owned());
        let mut all = self.all();
        let before = all.get(&key).copied();
        let is_connected = state == ConnectionState::Connected;
        let was_connected = before.is_some_and(|before| before.was_connected);
        all.insert(key, Standing { state, was_connected: was_connected || is_connected });
        // Measured while nobody else can note: the last word stays the last.
        if before.is_none_or(|before| before.state != state) {
            meters.connection((bot.as_str(), platform.as_str(), name), state, now);
        }
        if is_connected && was_connected {
            meters.reconnected(bot.as_str(), platform.as_str(), name);
        }
    }

    /// A platform went down for good, whatever it told last.
    pub(super) fn went_down(
        &self,
        meters: &Meters,
        bot: &BotId,
        platform: &PlatformId,
        now: Moment,
    ) {
        let is_its = |(of, on, _): &&Key| of == bot && on == platform;
        let names: Vec<String> =
            self.all().keys().filter(is_its).map(|(.., name)| name.clone()).collect();
        for name in names {
            self.note(meters, (bot, platform, &name), ConnectionState::Down, now);
        }
    }

    /// Which are not connected, for an operator to read; an error if none is, so that nothing is
    /// heard. Where no platform ever told, none is missed.
    pub fn heard(&self) -> Result<Vec<String>, Vec<String>> {
        let all = self.all();
        let missing = all.iter().filter(|(_, is)| is.state != ConnectionState::Connected);
        let missing: Vec<String> = missing
            .map(|((bot, platform, name), is)| {
                format!("{platform} of bot {bot}, connection {name}: {}", is.state.word())
            })
            .collect();
        if missing.len() < all.len() || all.is_empty() { Ok(missing) } else { Err(missing) }
    }
}

#[cfg(test)]
mod tests {
    use ConnectionState::{Connected, Down, Resuming};

    use super::*;

    fn at(seconds: i64) -> Moment {
        Moment::from_millis(seconds * 1_000)
    }

    #[test]
    fn every_return_is_counted_and_a_state_has_its_beginning() {
        let (all, meters) = (Connections::default(), Meters::default());
        let (bot, discord) = (BotId::from("lumen"), PlatformId::from("discord"));
        let note = |state, second| all.note(&meters, (&bot, &discord, "0"), state, at(second));
        let shows = |lines: &[&str]| {
            let text = meters.text();
            for line in lines {
                let line = line.replace('%', r#"bot="lumen",platform="discord",connection="0""#);
                assert!(text.lines().any(|one| one == line), "{line} in {text}");
            }
        };
        note(Down, 100);
        note(Down, 105);
        shows(&[
            r#"askaround_connection{%,state="down"} 1"#,
            r#"askaround_connection{%,state="connected"} 0"#,
            "askaround_connection_since_timestamp_seconds{%} 100",
        ]);
        note(Connected, 110);
        shows(&[
            r#"askaround_connection{%,state="connected"} 1"#,
            r#"askaround_connection{%,state="down"} 0"#,
            "askaround_connection_since_timestamp_seconds{%} 110",
        ]);
        assert!(!meters.text().contains("reconnects_total{"), "the first time is none");
        note(Connected, 120);
        note(Resuming, 130);
        note(Connected, 140);
        shows(&[
            "askaround_connection_reconnects_total{%} 2",
            "askaround_connection_since_timestamp_seconds{%} 140",
        ]);
    }

    #[test]
    fn nothing_is_heard_when_nothing_is_connected() {
        let (all, meters) = (Connections::default(), Meters::default());
        assert_eq!(all.heard(), Ok(vec![]), "platforms that never tell");
        let bot = BotId::from("lumen");
        let [discord, telegram] = ["discord", "telegram"].map(PlatformId::from);
        all.note(&meters, (&bot, &discord, "0"), Down, at(1));
        all.note(&meters, (&bot, &discord, "1"), Down, at(1));
        assert_eq!(all.heard().expect_err("all are down").len(), 2);
        all.note(&meters, (&bot, &telegram, "polling"), Connected, at(2));
        all.note(&meters, (&bot, &discord, "0"), Connected, at(2));
        let missing = "discord of bot lumen, connection 1: down".to_owned();
        assert_eq!(all.heard(), Ok(vec![missing]));
        all.went_down(&meters, &bot, &discord, at(3));
        assert_eq!(all.heard().expect("Telegram is heard").len(), 2);
    }
}
