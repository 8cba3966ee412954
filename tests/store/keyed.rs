//! Every column of people's words under a key: read as written, by whoever has the key.
#![expect(clippy::expect_used, reason = "a database that does not work ends the test")]
#![expect(clippy::indexing_slicing, reason = "what is not there ends the test")]

use askaround::domain::case::Post;
use askaround::domain::feedback::About;
use askaround::domain::ids::{
    AccountId, BotId, CaseId, ChannelId, CommunityId, EntryId, FeedbackId, OutboxId, PersonId,
    PlatformId, PlatformKey,
};
use askaround::domain::recognition::{Act, Entry};
use askaround::domain::time::Moment;
use askaround::store::archive;
use askaround::store::{
    ChannelRow, Class, Durability, FeedbackFrom, KEY_VARIABLE, NewRow, NewSuggestion, Part, Said,
    Store, StoreError, TextKey, TextKeys, TextMark,
};

use super::archives::{databases, says};

const NOON: Moment = Moment::from_millis(1_800_000_000_000);
const CASE: i64 = 7;

/// What each column is given.
const WORDS: [&str; 9] = [
    "word of a question",
    "word of an answer",
    "word changed later",
    "word about the answer",
    "word about the product",
    "word to be said",
    "word set aside",
    "word of a moderator",
    "word on a block",
];
const THREAD: &str = "word of a thread";

const GROUND: &str = "
    INSERT INTO communities (id, bot, platform, platform_key, name, settings, made_at)
    VALUES (1, 'b', 'p', 'town', 'Town', '{}', 0);
    INSERT INTO channels (id, community, platform_key, name) VALUES (9, 1, 'home', 'help');
    INSERT INTO accounts (id, bot, platform, platform_key, person, name, made_at)
    VALUES (1, 'b', 'p', 'k1', 1, 'Mia', 5), (2, 'b', 'p', 'k2', 1, 'Mia', 6);
    INSERT INTO cases (id, bot, community, channel, asker, stage, deadline_at, document, version,
    opened_at, changed_at) VALUES (7, 'b', 1, 9, 1, 'calling', 30, '{}', 3, 10, 20);
";

fn said(key: &str, part: Part, body: &str) -> Said {
    Said {
        case: CaseId::from(CASE),
        channel: ChannelId::from(9),
        key: PlatformKey::from(key),
        author: Some(AccountId::from(1)),
        part,
        body: body.to_owned(),
        answer: None,
        at: NOON,
    }
}

fn from(id: i64) -> FeedbackFrom {
    FeedbackFrom {
        id: FeedbackId::from(id),
        bot: BotId::from("b"),
        community: CommunityId::from(1),
        account: AccountId::from(1),
        at: NOON,
    }
}

/// Writes a word into every column.
async fn write(store: &Store) {
    let (bot, platform) = (BotId::from("b"), PlatformId::from("p"));
    let mut tx = store.begin().await.expect("begins");
    tx.new_message(&said("m1", Part::Question, WORDS[0])).await.expect("writes");
    tx.new_message(&said("m2", Part::Answer, WORDS[1])).await.expect("writes");
    tx.new_message(&said("m3", Part::FollowUp, "before")).await.expect("writes");
    let (channel, key) = (ChannelId::from(9), PlatformKey::from("m3"));
    tx.change_body(channel, &key, WORDS[2]).await.expect("writes");
    // The words go to the row of the rating, whatever id they come with.
    tx.rate(&from(50), CaseId::from(CASE), true).await.expect("writes");
    tx.say_of_answer(&from(51), CaseId::from(CASE), WORDS[3]).await.expect("writes");
    tx.say_feedback(&from(52), About::Product, WORDS[4]).await.expect("writes");
    let row = NewRow {
        id: OutboxId::from(60),
        bot: &bot,
        platform: &platform,
        channel,
        behind: None,
        case: Some(CaseId::from(CASE)),
        class: Class::Notice,
        post: Post::Notice,
        edits: None,
        live: true,
        document: "before".to_owned(),
        now: NOON,
        due_at: None,
        expires_at: None,
        lane: None,
    };
    tx.new_outbox_row(row).await.expect("writes");
    tx.rewrite_row(OutboxId::from(60), WORDS[5]).await.expect("writes");
    tx.park(70, &bot, &platform, "i1", WORDS[6], "it fails", NOON).await.expect("writes");
    let entry = Entry {
        id: EntryId::from(80),
        community: CommunityId::from(1),
        account: AccountId::from(1),
        case: None,
        act: Act::Granted,
        points: 5,
        at: NOON,
        reverses: None,
        once: "o".to_owned(),
        by: Some(AccountId::from(2)),
        note: WORDS[7].to_owned(),
    };
    tx.append_entry(&bot, PersonId::from(1), None, &entry).await.expect("writes");
    tx.block(PersonId::from(1), true, WORDS[8]).await.expect("writes");
    let thread = ChannelRow {
        id: ChannelId::from(10),
        community: CommunityId::from(1),
        key: PlatformKey::from("t1"),
        name: THREAD.to_owned(),
        parent: Some(channel),
        private: false,
    };
    tx.new_channel(&thread).await.expect("writes");
    tx.rename_channel(channel, "word of a channel").await.expect("writes");
    let suggestion = NewSuggestion {
        earlier: None,
        case: CaseId::from(CASE),
        community: CommunityId::from(1),
        confidence: 0.0,
        shown: 0,
        at: NOON,
    };
    tx.new_suggestion(&bot, &suggestion).await.expect("writes");
    tx.commit().await.expect("commits");
}

/// Reads every word by each way there is, but for what is set aside, which nobody reads.
async fn reads_everything(store: &Store) {
    let (bot, platform) = (BotId::from("b"), PlatformId::from("p"));
    let (case, town) = (CaseId::from(CASE), PlatformKey::from("town"));
    let (channel, community) = (ChannelId::from(9), CommunityId::from(1));
    let mut tx = store.read().await.expect("reads");
    let conversation = tx.conversation(case).await.expect("reads");
    let bodies: Vec<_> = conversation.iter().map(|said| said.body.as_str()).collect();
    assert_eq!(bodies, WORDS[..3]);
    assert_eq!(tx.question(case).await.expect("reads").expect("is there").body, WORDS[0]);
    let key = PlatformKey::from("m2");
    assert_eq!(tx.message(channel, &key).await.expect("reads").expect("is there").body, WORDS[1]);
    let near = tx.message_near(community, None, &key).await.expect("reads").expect("is there");
    assert_eq!(near.body, WORDS[1]);
    let open = tx.open_questions(&bot, &platform, &town).await.expect("reads");
    assert_eq!(open[0].question, WORDS[0]);
    let beginning = Moment::from_millis(0);
    let missed = tx.missed_questions(&bot, beginning, 9).await.expect("reads");
    assert_eq!(missed[0].question, WORDS[0]);
    let feedback = tx.feedback_of(case).await.expect("reads").expect("is there");
    assert_eq!((feedback.up, feedback.words.as_str()), (Some(true), WORDS[3]));
    let until = Moment::from_millis(i64::MAX);
    let words = tx.last_feedback_words(community, beginning, until, About::Product, 9).await;
    assert_eq!(words.expect("reads"), [WORDS[4]]);
    let row = tx.outbox_row(OutboxId::from(60)).await.expect("reads").expect("is there");
    assert_eq!(row.document, WORDS[5]);
    assert_eq!(tx.posts_of(case).await.expect("reads")[0].document, WORDS[5]);
    assert_eq!(tx.live_posts(case).await.expect("reads")[0].document, WORDS[5]);
    let due = tx.due_rows(&bot, &platform, until, 9).await.expect("reads").remove(0);
    assert_eq!(due.expect("decodes").document, WORDS[5]);
    let latest = tx.latest_rows(&bot, &platform, 9).await.expect("reads");
    assert_eq!(latest[0].document, WORDS[5]);
    let entry = tx.entry(EntryId::from(80)).await.expect("reads").expect("is there");
    assert_eq!(entry.note, WORDS[7]);
    assert_eq!(tx.latest_entries(PersonId::from(1), 9).await.expect("reads"), [entry]);
    let blocked = tx.blocked(&bot, &platform, 9).await.expect("reads");
    let blocked: Vec<_> = blocked.iter().map(|(id, note)| (id.get(), note.as_str())).collect();
    assert_eq!(blocked, [(1, WORDS[8]), (2, WORDS[8])]);
    assert_eq!(tx.channel(ChannelId::from(10)).await.expect("reads").name, THREAD);
    let (thread, home) = (PlatformKey::from("t1"), PlatformKey::from("home"));
    let place = tx.place(&bot, &platform, &town, &thread, Some(&home)).await.expect("reads");
    assert_eq!(place.expect("known").channel.expect("known").name, THREAD);
}

/// Everything that the database holds, as lines.
async fn dump(folder: &tempfile::TempDir, url: &str) -> String {
    let path = folder.path().join("dump.jsonl");
    archive::backup(url, &path, true, NOON, |_| ()).await.expect("is written");
    std::fs::read_to_string(&path).expect("is read")
}

fn words_in(dump: &str) -> usize {
    let words = WORDS.iter().chain([&THREAD, &"word of a channel"]);
    words.filter(|word| dump.contains(*word)).count()
}

fn keys(current: Option<&TextKey>, old: &[TextKey]) -> TextKeys {
    TextKeys::new(current, old).expect("keys")
}

async fn open(url: &str, keys: TextKeys) -> Result<Store, StoreError> {
    Store::open_with(url, Durability::None, keys).await
}

async fn take_over(store: &Store) {
    let mut mark = TextMark::default();
    while let Some(next) = store.rewrite_texts(mark).await.expect("goes on") {
        mark = next;
    }
}

#[tokio::test]
async fn every_word_is_kept_under_the_key_and_read_as_it_was_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for url in databases(&folder, "keyed").await {
        let key = TextKey::new().expect("chance");
        let store = open(&url, keys(Some(&key), &[])).await.expect("opens");
        says(&url, GROUND).await;
        write(&store).await;
        reads_everything(&store).await;
        store.close().await;
        let kept = dump(&folder, &url).await;
        assert_eq!(words_in(&kept), 0, "{kept}");
        assert!(!kept.contains(&key.secret()) && kept.contains(&key.id()), "{url}");
        let looking = Store::open_to_read_with(&url, keys(Some(&key), &[])).await.expect("opens");
        reads_everything(&looking).await;
        looking.close().await;
    }
}

#[tokio::test]
async fn without_the_key_or_with_another_nothing_is_begun_and_it_is_said_why() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for url in databases(&folder, "locked").await {
        let (key, other) = (TextKey::new().expect("chance"), TextKey::new().expect("chance"));
        open(&url, keys(Some(&key), &[])).await.expect("opens").close().await;
        let before = dump(&folder, &url).await;
        for (given, fingerprint) in
            [(TextKeys::default(), "none"), (keys(Some(&other), &[]), other.id().as_str())]
        {
            for tried in [
                open(&url, given.clone()).await,
                Store::open_to_read_with(&url, given.clone()).await,
            ] {
                let Err(StoreError::Unusable(problem)) = tried else { panic!("it was opened") };
                for said in [&key.id(), fingerprint, KEY_VARIABLE] {
                    assert!(problem.contains(said), "{said}: {problem}");
                }
                let secrets = [key.secret(), other.secret()];
                assert!(!secrets.iter().any(|secret| problem.contains(secret)), "{problem}");
            }
        }
        assert!(dump(&folder, &url).await == before, "nothing was written: {url}");
        open(&url, keys(Some(&key), &[])).await.expect("it opens as before").close().await;
    }
}

#[tokio::test]
async fn a_key_is_introduced_changed_and_taken_away_and_no_word_is_lost() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for url in databases(&folder, "changed").await {
        let (first, second) = (TextKey::new().expect("chance"), TextKey::new().expect("chance"));
        let store = open(&url, TextKeys::default()).await.expect("opens");
        says(&url, GROUND).await;
        write(&store).await;
        assert!(store.texts_are_whole().await.expect("reads"));
        store.close().await;
        let plain = dump(&folder, &url).await;
        assert_eq!(words_in(&plain), 11, "{plain}");
        let first_only = std::slice::from_ref(&first);
        let second_only = std::slice::from_ref(&second);
        for (given, left, alone) in [
            (keys(Some(&first), &[]), 0, keys(Some(&first), &[])),
            (keys(Some(&second), first_only), 0, keys(Some(&second), &[])),
            // Half-way back, and then on again.
            (keys(Some(&first), second_only), 0, keys(Some(&first), &[])),
            (keys(None, first_only), 11, TextKeys::default()),
        ] {
            let store = open(&url, given.clone()).await.expect("opens");
            reads_everything(&store).await;
            assert!(!store.texts_are_whole().await.expect("reads"), "{given:?}");
            take_over(&store).await;
            assert!(store.texts_are_whole().await.expect("reads"), "{given:?}");
            reads_everything(&store).await;
            store.close().await;
            assert_eq!(words_in(&dump(&folder, &url).await), left, "{given:?}");
            let store = open(&url, alone).await.expect("no other is needed");
            reads_everything(&store).await;
            store.close().await;
        }
        assert!(dump(&folder, &url).await == plain, "as if there had been none: {url}");
    }
}

#[tokio::test]
async fn words_of_one_row_are_not_read_in_another() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for url in databases(&folder, "swapped").await {
        let key = TextKey::new().expect("chance");
        let store = open(&url, keys(Some(&key), &[])).await.expect("opens");
        says(&url, GROUND).await;
        write(&store).await;
        let swap = "UPDATE messages SET body = (SELECT body FROM messages \
            WHERE platform_key = 'm1') WHERE platform_key = 'm2'";
        says(&url, swap).await;
        let mut tx = store.read().await.expect("reads");
        let read = tx.message(ChannelId::from(9), &PlatformKey::from("m2")).await;
        let problem = read.expect_err("it is said").to_string();
        assert!(problem.starts_with("messages row 9/m2, column body: "), "{problem}");
        drop(tx);
        // It stays as it is, the rest is taken over, and the old key stays needed.
        store.close().await;
        let new = TextKey::new().expect("chance");
        let store = open(&url, keys(Some(&new), std::slice::from_ref(&key))).await.expect("opens");
        let mut mark = TextMark::default();
        let error = loop {
            match store.rewrite_texts(mark).await {
                Ok(Some(next)) => mark = next,
                Ok(None) => panic!("a word was left behind"),
                Err(error) => break error.to_string(),
            }
        };
        assert!(error.contains("messages row 9/m2"), "{error}");
        assert!(!store.texts_are_whole().await.expect("reads"));
        store.close().await;
        let refused = open(&url, keys(Some(&new), &[])).await.expect_err("the old one is needed");
        assert!(refused.to_string().contains(&key.id()), "{refused}");
    }
}
