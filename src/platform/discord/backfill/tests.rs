//! Pages, gaps, cuts and refusals, against a history that answers as Discord does.

use std::sync::Mutex;

use tokio::task::JoinSet;

use super::super::payloads::{ME, lumen};
use super::*;
use crate::platform::What;

/// A server's history, and how often it does not answer first.
struct History {
    messages: BTreeMap<u64, Vec<u64>>,
    busy: Mutex<u32>,
    asked: Mutex<Vec<String>>,
}

impl Reading for History {
    fn get(
        &self,
        path: String,
        query: Vec<(&'static str, String)>,
    ) -> Doing<'_, Result<Value, Unread>> {
        let said = |name: &str| query.iter().find(|(key, _)| *key == name).map(|(_, v)| v.clone());
        let after = said("after").map(|after| after.parse::<u64>().unwrap());
        self.asked.lock().unwrap().push(match after {
            Some(after) => format!("{path} after {after}"),
            None => path.clone(),
        });
        let parts: Vec<&str> = path.split('/').collect();
        let answer = match parts[1..] {
            ["guilds", _, "threads", "active"] => Ok(json!({ "threads": [
                { "id": "301", "parent_id": "300", "last_message_id": "302" },
                { "id": "210", "parent_id": "200", "last_message_id": "211" },
            ] })),
            ["guilds", _, "members", "5"] => Ok(json!({ "user": { "id": "5", "username": "mia" },
                "roles": ["11"], "nick": "Mia M" })),
            ["guilds", _, "members", _] => Err(Unread::Refused { status: 404, why: "left".into() }),
            ["channels", channel, "messages"] => self.page(channel.parse().unwrap(), after),
            _ => panic!("{path}"),
        };
        Box::pin(std::future::ready(answer))
    }
}

impl History {
    fn page(&self, channel: u64, after: Option<u64>) -> Result<Value, Unread> {
        let mut busy = self.busy.lock().unwrap();
        if *busy > 0 {
            *busy -= 1;
            return Err(Unread::Later { after: None, why: "busy".into() });
        }
        let Some(all) = self.messages.get(&channel) else {
            return Err(Unread::Refused { status: 403, why: "Missing Access".into() });
        };
        let page: Vec<u64> = match after {
            Some(after) => all.iter().filter(|id| **id > after).take(PAGE).copied().collect(),
            None => all.iter().next_back().copied().into_iter().collect(),
        };
        Ok(page.iter().rev().map(|id| told(*id, channel)).collect())
    }
}

fn told(id: u64, channel: u64) -> Value {
    let author = if id.is_multiple_of(2) { 5 } else { 6 };
    json!({
        "id": id.to_string(), "channel_id": channel.to_string(), "type": 0,
        "content": format!("number {id}"), "timestamp": "2026-08-01T12:00:00.000000+00:00",
        "edited_timestamp": null, "tts": false, "mention_everyone": false, "mentions": [],
        "mention_roles": [], "attachments": [], "embeds": [{ "a": "new kind" }], "pinned": false,
        "components": [{ "type": 1, "components": [{ "type": 99 }] }],
        "author": { "id": author.to_string(), "username": format!("user{author}"),
            "discriminator": "0", "avatar": null },
    })
}

/// Runs a back-fill of these places and says what it told, in words.
async fn fill(history: &Arc<History>, missed: &[(u64, Option<u64>)]) -> Vec<String> {
    let (tell, mut told) = mpsc::channel(64);
    let place = |(channel, after): &(u64, Option<u64>)| Missed { channel: *channel, after: *after };
    let backfill = Backfill {
        reading: Arc::clone(history) as Arc<dyn Reading>,
        guilds: Arc::new(lumen()),
        me: UserId::new(ME),
        guild: GuildId::new(100),
        missed: missed.iter().map(place).collect(),
        newest: missed.iter().filter_map(|(_, after)| *after).max(),
        turn: 1,
        tell,
    };
    let mut running = JoinSet::new();
    running.spawn(backfill.run());
    let mut all = Vec::new();
    while let Some(filling) = told.recv().await {
        all.push(match filling {
            Filling::Reading(channel) => format!("reading {channel}"),
            Filling::Later(channel) => format!("later {channel}"),
            Filling::Dropped(Dropped(reason)) => reason.to_owned(),
            Filling::Read { channel, missed, up_to, of: _ } => {
                let keys: Vec<&str> = missed.iter().map(|inbound| inbound.key.as_str()).collect();
                let up_to = up_to.map_or("?".to_owned(), |id| id.to_string());
                match keys.as_slice() {
                    [first, .., last] if keys.len() > 3 => {
                        format!("{channel}: {} from {first} to {last}, up to {up_to}", keys.len())
                    }
                    _ => format!("{channel}: {keys:?}, up to {up_to}"),
                }
            }
        });
    }
    running.join_next().await.unwrap().unwrap();
    all
}

fn history(messages: &[(u64, Vec<u64>)]) -> Arc<History> {
    let messages = messages.iter().cloned().collect();
    Arc::new(History { messages, busy: Mutex::new(0), asked: Mutex::default() })
}

#[tokio::test]
async fn what_was_missed_is_read_page_by_page_and_oldest_first() {
    let all: Vec<u64> = (1_000..1_250).collect();
    let history = history(&[(200, all), (210, vec![])]);
    let told = fill(&history, &[(200, Some(1_000)), (210, Some(5_000))]).await;
    let read = [
        "reading 200",
        "200: 249 from m:1001 to m:1249, up to 1249",
        "reading 210",
        "210: [], up to 5000",
    ];
    assert_eq!(told, read);
    let asked = history.asked.lock().unwrap();
    let pages: Vec<&String> = asked.iter().filter(|path| path.contains("200/messages")).collect();
    assert_eq!(pages.len(), 3);
    let members = asked.iter().filter(|path| path.contains("/members/")).count();
    assert_eq!(members, 2, "each person is asked for once");
}

#[tokio::test]
async fn the_rights_of_whoever_wrote_are_those_of_now() {
    let history = history(&[(200, vec![1_002, 1_003]), (210, vec![])]);
    let (tell, mut told) = mpsc::channel(64);
    let backfill = Backfill {
        reading: history,
        guilds: Arc::new(lumen()),
        me: UserId::new(ME),
        guild: GuildId::new(100),
        missed: vec![Missed { channel: 200, after: Some(1_000) }],
        newest: None,
        turn: 1,
        tell,
    };
    backfill.run().await;
    let mut read = Vec::new();
    while let Some(filling) = told.recv().await {
        if let Filling::Read { missed, .. } = filling {
            read.extend(missed);
        }
    }
    let who: Vec<_> = read.iter().map(|one| (one.by.name.as_str(), one.by.staff)).collect();
    assert_eq!(who, [("Mia M", true), ("user6", false)], "the other one has left");
    assert!(read.iter().all(|one| matches!(one.what, What::Said(_))));
}

#[tokio::test]
async fn more_than_can_be_read_is_cut_and_the_gap_closed() {
    let all: Vec<u64> = (1_000..4_000).collect();
    let history = history(&[(200, all), (210, vec![])]);
    let told = fill(&history, &[(200, Some(1_000)), (210, Some(1_000))]).await;
    assert_eq!(told[1], "200: 1000 from m:1001 to m:2000, up to 2000");
}

#[tokio::test]
async fn a_place_that_begins_to_matter_starts_at_now() {
    let history = history(&[(200, vec![1_000, 1_001]), (210, vec![])]);
    let told = fill(&history, &[(200, None), (210, None), (300, None)]).await;
    assert_eq!(told, ["200: [], up to 1001", "210: [], up to 209", "300: [], up to 301"]);
}

#[tokio::test]
async fn a_post_opened_in_the_gap_is_read_from_its_first_message() {
    let history = history(&[(301, vec![301, 302])]);
    let told = fill(&history, &[(300, Some(250))]).await;
    let read = ["300: [], up to 301", "reading 301", "301: [\"m:301\", \"m:302\"], up to 302"];
    assert_eq!(told, read);
}

#[tokio::test]
async fn a_channel_that_nobody_may_read_is_closed_and_the_others_go_on() {
    let history = history(&[(210, vec![1_001])]);
    let told = fill(&history, &[(200, Some(1_000)), (210, Some(1_000))]).await;
    let read =
        ["reading 200", "200: [], up to 1000", "reading 210", "210: [\"m:1001\"], up to 1001"];
    assert_eq!(told, read);
}

#[tokio::test(start_paused = true)]
async fn a_history_that_is_busy_is_asked_again_while_the_channel_goes_on() {
    let history = history(&[(200, vec![1_001]), (210, vec![])]);
    *history.busy.lock().unwrap() = 2;
    let told = fill(&history, &[(200, Some(1_000)), (210, Some(1_000))]).await;
    let read = ["reading 200", "later 200", "later 200", "200: [\"m:1001\"], up to 1001"];
    assert_eq!(told[..4], read);
}

#[test]
fn a_page_is_put_in_order_and_what_was_read_before_left_out() {
    let page = json!([told(7, 1), told(5, 1), told(7, 1), told(3, 1), { "id": "x" }, {}]);
    let step = turn(&page, 3);
    let ids: Vec<u64> = step.messages.iter().filter_map(|message| id(&message["id"])).collect();
    assert_eq!((ids, step.up_to, step.last), (vec![5, 7], 7, true));
    let same: Value = (0..PAGE).map(|_| told(3, 1)).collect();
    assert!(turn(&same, 3).last, "a page without news ends it");
    assert!(turn(&json!({ "message": "odd" }), 3).last);
}

#[test]
fn threads_are_read_only_where_their_channel_matters() {
    let thread = |id, parent, last| ActiveThread { id, parent, last };
    let threads = [
        thread(50, 20, Some(150)),
        thread(60, 20, Some(90)),
        thread(170, 20, None),
        thread(51, 30, Some(150)),
        thread(52, 40, Some(150)),
        thread(53, 20, Some(150)),
    ];
    let place = |channel, after| Missed { channel, after };
    let missed = [place(20, Some(80)), place(40, None), place(53, Some(10))];
    assert_eq!(unknown(&threads, &missed, Some(100)), [(50, 100), (170, 169)]);
}
