//! Communities that are single rooms: they are called something else one day, and lend a channel to
//! whoever named it.
#![expect(clippy::expect_used, reason = "a database that does not work ends the test")]

use askaround::domain::ids::{BotId, ChannelId, CommunityId, PlatformId, PlatformKey};
use askaround::domain::time::Moment;
use askaround::store::{ChannelRow, CommunityRow, Durability, Settings, Store, Tx};

const NOON: Moment = Moment::from_millis(1_800_000_000_000);

struct Rooms {
    tx: Tx,
    bot: BotId,
    platform: PlatformId,
}

impl Rooms {
    async fn on(store: &Store) -> Rooms {
        let tx = store.begin().await.expect("begins");
        Rooms { tx, bot: BotId::from("b"), platform: PlatformId::from("p") }
    }

    async fn community(&mut self, id: i64, key: &str) {
        let row = CommunityRow {
            id: CommunityId::from(id),
            bot: self.bot.clone(),
            platform: self.platform.clone(),
            key: PlatformKey::from(key),
            name: String::new(),
            settings: Settings::default(),
        };
        self.tx.new_community(&row, NOON).await.expect("writes");
    }

    async fn channel(&mut self, id: i64, community: i64, key: &str) {
        let row = ChannelRow {
            id: ChannelId::from(id),
            community: CommunityId::from(community),
            key: PlatformKey::from(key),
            name: key.to_owned(),
            parent: None,
            private: false,
        };
        self.tx.new_channel(&row).await.expect("writes");
    }

    async fn watches(&mut self, community: i64, channel: i64) {
        let mut settings = Settings::default();
        settings.watched.entry(ChannelId::from(channel)).or_default();
        let id = CommunityId::from(community);
        self.tx.save_settings(id, &settings).await.expect("writes");
    }

    /// The community and channel that a room of this key belongs to, besides its own.
    async fn lent(&mut self, key: &str, parent: Option<&str>) -> Option<(i64, Option<i64>)> {
        let (own, parent) = (PlatformKey::from(key), parent.map(PlatformKey::from));
        let Rooms { tx, bot, platform } = self;
        let found = tx.place_elsewhere(bot, platform, &own, &own, parent.as_ref()).await;
        let found = found.expect("reads")?;
        Some((found.community.get(), found.channel.map(|channel| channel.id.get())))
    }

    async fn key_of(&mut self, channel: i64) -> String {
        let row = self.tx.channel(ChannelId::from(channel)).await.expect("reads");
        row.key.to_string()
    }
}

async fn a_room_lends_itself_to_whoever_named_it(store: &Store) {
    let mut rooms = Rooms::on(store).await;
    rooms.community(1, "help").await;
    rooms.channel(11, 1, "help").await;
    rooms.channel(12, 1, "team").await;
    rooms.channel(13, 1, "private").await;
    rooms.community(2, "team").await;
    rooms.channel(21, 2, "team").await;
    assert_eq!(rooms.lent("team", None).await, Some((1, Some(12))));
    assert_eq!(rooms.lent("help", None).await, None, "nobody else named it");
    assert_eq!(rooms.lent("mia", Some("private")).await, None, "private chats are not watched");
    rooms.watches(1, 13).await;
    assert_eq!(rooms.lent("mia", Some("private")).await, Some((1, None)));
    rooms.channel(14, 1, "mia").await;
    assert_eq!(rooms.lent("mia", Some("private")).await, Some((1, Some(14))));
}

async fn a_room_that_moves_takes_its_channels_along(store: &Store) {
    let mut rooms = Rooms::on(store).await;
    rooms.community(1, "old").await;
    rooms.channel(11, 1, "old").await;
    rooms.channel(12, 1, "desk").await;
    rooms.community(2, "other").await;
    rooms.channel(21, 2, "old").await;
    // It was met under its new key before anybody told that it moved.
    rooms.community(3, "new").await;
    rooms.channel(31, 3, "new").await;
    let (bot, platform) = (rooms.bot.clone(), rooms.platform.clone());
    let (old, new) = (PlatformKey::from("old"), PlatformKey::from("new"));
    let tx = &mut rooms.tx;
    tx.set_community_aside(&bot, &platform, &new, NOON).await.expect("writes");
    assert_eq!(tx.move_community(&bot, &platform, &old, &new).await.expect("writes"), 1);
    assert_eq!(tx.move_channels(&bot, &platform, &old, &new).await.expect("writes"), 2);
    assert_eq!(tx.community(CommunityId::from(1)).await.expect("reads").key, new);
    assert_eq!(tx.move_community(&bot, &platform, &old, &new).await.expect("writes"), 0);
    for (channel, key) in [(11, "new"), (12, "desk"), (21, "new"), (31, "new")] {
        assert_eq!(rooms.key_of(channel).await, key, "{channel}");
    }
}

#[tokio::test]
async fn rooms_are_lent_and_move_on_sqlite() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let store = Store::open(&super::sqlite_in(&folder), Durability::None).await.expect("opens");
    a_room_lends_itself_to_whoever_named_it(&store).await;
    a_room_that_moves_takes_its_channels_along(&store).await;
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn rooms_are_lent_and_move_on_postgresql() {
    let Some(url) = super::postgres::fresh_schema("rooms").await else { return };
    let store = Store::open(&url, Durability::None).await.expect("opens");
    a_room_lends_itself_to_whoever_named_it(&store).await;
    a_room_that_moves_takes_its_channels_along(&store).await;
}
