//! How far each place was heard for certain: pure bookkeeping of gaps.
//!
//! A cursor says "all up to here was handed over and committed". So while a gap is open, between
//! what was heard before an outage and what is heard live after it, nothing live moves the cursor:
//! a crash in that moment would lose the gap for good.

use std::collections::{BTreeMap, BTreeSet};

use super::inbound::EPOCH_MS;
use crate::domain::ids::PlatformKey;
use crate::domain::time::Moment;
use crate::platform::Remembered;

#[derive(Debug, Clone)]
struct Spot {
    community: PlatformKey,
    /// Everything up to this snowflake was committed.
    heard: Option<u64>,
    /// What the runtime remembers.
    told: Option<u64>,
    gap: bool,
}

/// A place that must be read up, from where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missed {
    pub(super) channel: u64,
    /// `None` for a place that starts at now.
    pub(super) after: Option<u64>,
}

/// The cursors of every place that matters.
#[derive(Debug, Default)]
pub(super) struct Cursors {
    spots: BTreeMap<PlatformKey, Spot>,
}

impl Cursors {
    /// Takes in what matters; whatever is new begins with a gap. Says which communities have any.
    pub(super) fn matter(&mut self, places: &[Remembered]) -> BTreeSet<PlatformKey> {
        let channels: BTreeSet<&PlatformKey> = places.iter().map(|place| &place.channel).collect();
        self.spots.retain(|channel, _| channels.contains(channel));
        let mut new = BTreeSet::new();
        for place in places.iter().filter(|place| snowflake(&place.channel).is_some()) {
            if !self.spots.contains_key(&place.channel) {
                let told = place.heard.as_ref().and_then(snowflake);
                let heard = told.or(place.since.map(snowflake_at));
                let community = place.community.clone();
                new.insert(community.clone());
                let spot = Spot { community, heard, told, gap: true };
                self.spots.insert(place.channel.clone(), spot);
            }
        }
        new
    }

    /// From here on something may have been missed in a whole community.
    pub(super) fn lose(&mut self, community: &PlatformKey) {
        for spot in self.spots.values_mut().filter(|spot| spot.community == *community) {
            spot.gap = true;
        }
    }

    /// What of a community must be read up.
    pub(super) fn missed(&self, community: &PlatformKey) -> Vec<Missed> {
        let open = self.spots.iter().filter(|(_, spot)| spot.gap && spot.community == *community);
        let missed = |(channel, spot): (&PlatformKey, &Spot)| {
            Some(Missed { channel: snowflake(channel)?, after: spot.heard })
        };
        open.filter_map(missed).collect()
    }

    /// The newest that was heard anywhere in a community: up to then the bot was there.
    pub(super) fn newest(&self, community: &PlatformKey) -> Option<u64> {
        let spots = self.spots.values().filter(|spot| spot.community == *community);
        spots.filter_map(|spot| spot.heard).max()
    }

    /// A message was committed.
    pub(super) fn heard(&mut self, channel: &PlatformKey, message: u64) {
        if let Some(spot) = self.spots.get_mut(channel)
            && !spot.gap
        {
            spot.heard = spot.heard.max(Some(message));
        }
    }

    /// All that was missed up to this message is committed.
    pub(super) fn close(&mut self, channel: &PlatformKey, up_to: Option<u64>) {
        if let Some(spot) = self.spots.get_mut(channel) {
            spot.gap = false;
            spot.heard = spot.heard.max(up_to);
        }
    }

    /// What the runtime does not remember yet: channel and message.
    pub(super) fn untold(&self) -> Vec<(PlatformKey, PlatformKey)> {
        let news = self.spots.iter().filter(|(_, spot)| spot.heard > spot.told);
        let pair = |(channel, spot): (&PlatformKey, &Spot)| {
            Some((channel.clone(), PlatformKey::new(spot.heard?.to_string())))
        };
        news.filter_map(pair).collect()
    }

    /// The runtime remembers this now.
    pub(super) fn told(&mut self, heard: &[(PlatformKey, PlatformKey)]) {
        for (channel, message) in heard {
            if let Some(spot) = self.spots.get_mut(channel) {
                spot.told = spot.told.max(snowflake(message));
            }
        }
    }
}

/// The first number that a message of this moment can have.
fn snowflake_at(moment: Moment) -> u64 {
    u64::try_from(moment.as_millis()).unwrap_or(0).saturating_sub(EPOCH_MS) << 22
}

/// The key as a number; the keys of other platforms have none.
pub(super) fn snowflake(key: &PlatformKey) -> Option<u64> {
    key.as_str().parse().ok().filter(|id| *id != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(community: &str, channel: &str, heard: Option<&str>) -> Remembered {
        let heard = heard.map(PlatformKey::from);
        let (community, channel) = (community.into(), channel.into());
        Remembered { community, channel, heard, since: None }
    }

    fn pair(channel: &str, message: &str) -> (PlatformKey, PlatformKey) {
        (channel.into(), message.into())
    }

    #[test]
    fn a_live_message_moves_no_cursor_past_an_open_gap() {
        let mut cursors = Cursors::default();
        let places = [place("1", "20", Some("100")), place("2", "30", None)];
        assert_eq!(cursors.matter(&places).len(), 2);
        cursors.heard(&"20".into(), 500);
        assert_eq!(cursors.untold(), [], "what lies between 100 and 500 is not known");
        let missed = Missed { channel: 20, after: Some(100) };
        assert_eq!(cursors.missed(&"1".into()), [missed]);
        cursors.close(&"20".into(), Some(400));
        assert_eq!(cursors.untold(), [pair("20", "400")]);
        cursors.heard(&"20".into(), 501);
        assert_eq!(cursors.untold(), [pair("20", "501")]);
        assert_eq!(cursors.missed(&"1".into()), []);
    }

    #[test]
    fn a_place_of_which_nothing_was_noted_is_read_from_when_it_began_to_matter() {
        let mut cursors = Cursors::default();
        let began = Remembered {
            since: Some(Moment::from_millis(i64::try_from(EPOCH_MS).unwrap() + 5_000)),
            ..place("1", "20", None)
        };
        cursors.matter(&[began]);
        let missed = Missed { channel: 20, after: Some(5_000 << 22) };
        assert_eq!(cursors.missed(&"1".into()), [missed]);
        let noted = pair("20", &(5_000_u64 << 22).to_string());
        assert_eq!(cursors.untold(), [noted], "to be noted soon");
    }

    #[test]
    fn a_cursor_never_goes_back_and_is_told_once() {
        let mut cursors = Cursors::default();
        cursors.matter(&[place("1", "20", Some("100"))]);
        cursors.close(&"20".into(), None);
        cursors.heard(&"20".into(), 90);
        assert_eq!(cursors.untold(), [], "a duplicate of what was heard");
        cursors.heard(&"20".into(), 120);
        cursors.heard(&"20".into(), 110);
        let batch = cursors.untold();
        assert_eq!(batch, [pair("20", "120")]);
        cursors.heard(&"20".into(), 130);
        cursors.told(&batch);
        assert_eq!(cursors.untold(), [pair("20", "130")], "what came meanwhile is told next");
    }

    #[test]
    fn a_lost_session_opens_the_gap_of_its_servers_only() {
        let mut cursors = Cursors::default();
        cursors.matter(&[place("1", "20", Some("100")), place("2", "30", Some("300"))]);
        cursors.close(&"20".into(), None);
        cursors.close(&"30".into(), None);
        cursors.lose(&"1".into());
        cursors.heard(&"20".into(), 400);
        cursors.heard(&"30".into(), 400);
        assert_eq!(cursors.untold(), [pair("30", "400")]);
        assert_eq!(cursors.newest(&"1".into()), Some(100));
    }

    #[test]
    fn what_matters_no_more_is_forgotten_and_what_is_known_stays() {
        let mut cursors = Cursors::default();
        cursors.matter(&[place("1", "20", Some("100")), place("1", "21", None)]);
        cursors.close(&"20".into(), Some(150));
        let new = cursors.matter(&[place("1", "20", Some("100")), place("1", "x", None)]);
        assert!(new.is_empty(), "the one is known, the other no place of Discord's");
        assert_eq!(cursors.untold(), [pair("20", "150")]);
        cursors.heard(&"21".into(), 9);
        assert_eq!(cursors.untold().len(), 1);
    }
}
