//! The balances beside the ledger: always equal to its sums, from the day they were introduced.
#![expect(clippy::expect_used, reason = "a database that does not work ends the test")]

use std::collections::BTreeMap;

use askaround::domain::ids::{
    AccountId, BotId, CommunityId, EntryId, PersonId, PlatformId, PlatformKey, Topic,
};
use askaround::domain::recognition::{Act, Entry};
use askaround::domain::time::Moment;
use askaround::store::{Account, Board, CommunityRow, Durability, Settings, Store};
use proptest::prelude::*;
use sqlx::migrate::{Migration, MigrationType, Migrator};

const NOON: Moment = Moment::from_millis(1_800_000_000_000);

/// One entry of a random ledger: who, on what, how much, and whether its key was used before.
type Line = (i64, Option<usize>, i64, bool);

fn topic(number: usize) -> Topic {
    Topic::from(["wifi", "mesh", "all"].into_iter().cycle().nth(number).expect("it goes on"))
}

async fn keep(store: &Store, lines: &[Line]) -> BTreeMap<(i64, String), i64> {
    let (bot, platform) = (BotId::from("b"), PlatformId::from("p"));
    let mut tx = store.begin().await.expect("begins");
    let community = CommunityRow {
        id: CommunityId::from(1),
        bot: bot.clone(),
        platform: platform.clone(),
        key: PlatformKey::from("town"),
        name: "Town".to_owned(),
        settings: Settings::default(),
    };
    tx.new_community(&community, NOON).await.expect("writes");
    for id in 1..=3 {
        let account = Account {
            id: AccountId::from(id),
            person: PersonId::from(id),
            key: PlatformKey::new(format!("k{id}")),
            name: format!("N{id}"),
            language: None,
            blocked: false,
        };
        tx.new_account(&bot, &platform, &account, NOON).await.expect("writes");
    }
    let mut sums = BTreeMap::new();
    for (number, (who, about, points, repeated)) in lines.iter().enumerate() {
        let id = i64::try_from(number).expect("few") + 1;
        let entry = Entry {
            id: EntryId::from(id),
            community: community.id,
            account: AccountId::from(*who),
            case: None,
            act: Act::Granted,
            points: *points,
            at: NOON,
            reverses: None,
            once: format!("o{}", if *repeated { 1 } else { id }),
            by: None,
            note: String::new(),
        };
        let about = about.map(topic);
        let is_new = tx
            .append_entry(&bot, PersonId::from(*who), about.as_ref(), &entry)
            .await
            .expect("writes");
        if is_new {
            *sums.entry((*who, String::new())).or_default() += points;
            if let Some(topic) = about {
                *sums.entry((*who, topic.to_string())).or_default() += points;
            }
        }
    }
    tx.commit().await.expect("commits");
    sums
}

/// What the balances say, of everything (an empty topic) and of each topic.
async fn balances(store: &Store) -> BTreeMap<(i64, String), i64> {
    let bot = BotId::from("b");
    let mut tx = store.read().await.expect("reads");
    let mut found = BTreeMap::new();
    for who in 1..=3 {
        for about in [None, Some(topic(0)), Some(topic(1)), Some(topic(2))] {
            let board = Board { bot: &bot, since: None, topic: about.as_ref() };
            let points = tx.points_on(board, PersonId::from(who)).await.expect("reads");
            let summed = Board { since: Some(Moment::from_millis(0)), ..board };
            let sum = tx.points_on(summed, PersonId::from(who)).await.expect("reads");
            assert_eq!(points, sum, "{who} {about:?}");
            let above = tx.above(board, points).await.expect("reads");
            assert_eq!(above, tx.above(summed, points).await.expect("reads"), "{who} {about:?}");
            found.insert((who, about.map(|topic| topic.to_string()).unwrap_or_default()), points);
        }
        let standing = tx.standing(PersonId::from(who), NOON).await.expect("reads");
        assert_eq!(Some(&standing.balance), found.get(&(who, String::new())));
    }
    found.retain(|_, points| *points != 0);
    found
}

/// Who, about which topic, how many points, and whether it repeats an entry made before.
fn line() -> impl Strategy<Value = (i64, Option<usize>, i64, bool)> {
    (1_i64..=3, prop::option::of(0_usize..3), -20_i64..=20, any::<bool>())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn balances_equal_the_sums_of_the_ledger_whatever_is_written(
        lines in prop::collection::vec(line(), 0..40),
    ) {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().build().expect("starts");
        runtime.block_on(async {
            let folder = tempfile::tempdir().expect("a temporary folder");
            let url = super::sqlite_in(&folder);
            let store = Store::open(&url, Durability::None).await.expect("opens");
            let mut sums = keep(&store, &lines).await;
            sums.retain(|_, points| *points != 0);
            assert_eq!(balances(&store).await, sums);
            store.close().await;
        });
    }
}

#[tokio::test]
async fn a_ledger_of_an_older_version_gets_its_balances_when_it_is_opened() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("test.db");
    let options = sqlx::sqlite::SqliteConnectOptions::new().filename(&file).create_if_missing(true);
    let pool = sqlx::SqlitePool::connect_with(options).await.expect("opens");
    let first = Migration::new(
        1,
        "cases".into(),
        MigrationType::Simple,
        sqlx::SqlStr::from_static(include_str!("../../migrations/0001_cases.sql")),
        false,
    );
    Migrator::with_migrations(vec![first]).run(&pool).await.expect("migrates");
    let rows = "INSERT INTO communities VALUES (1, 'b', 'p', 'town', 'Town', '{}', 0);
        INSERT INTO accounts VALUES (1, 'b', 'p', 'k1', 1, 'N1', NULL, 0),
        (2, 'b', 'p', 'k2', 2, 'N2', NULL, 0);
        INSERT INTO ledger VALUES
        (1, 'b', 1, 1, 1, NULL, 'solved', 'wifi', 10, 5, NULL, 'a'),
        (2, 'b', 1, 1, 1, NULL, 'thanked', 'mesh', 3, 6, NULL, 'b'),
        (3, 'b', 1, 1, 1, NULL, 'reversed', 'mesh', -3, 7, 2, 'c'),
        (4, 'b', 1, 2, 2, NULL, 'solved', NULL, 10, 8, NULL, 'd')";
    sqlx::raw_sql(rows).execute(&pool).await.expect("writes");
    pool.close().await;
    let store = Store::open(&super::sqlite_in(&folder), Durability::None).await.expect("opens");
    let expected = [((1, ""), 10), ((1, "wifi"), 10), ((2, ""), 10)];
    let expected = expected.map(|((who, topic), points)| ((who, topic.to_owned()), points));
    assert_eq!(balances(&store).await, BTreeMap::from(expected));
}
