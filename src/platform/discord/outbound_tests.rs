//! Each act as calls, and each refusal as what it means.

use std::time::Duration;

use serde_json::{Value, json};

use super::acknowledge::{Answers, Deferral, Sending};
use super::deferred::{Attended, Deferred, First};
use super::guilds::Guilds;
use super::outbound::{Again, Means, Ours, bodies, deliver, first, meaning, new_message};
use super::rest::RestError;
use super::rest_tests::{Server, Turn, answer};
use crate::domain::ids::{OutboxId, PlatformKey};
use crate::domain::time::Moment;
use crate::domain::words::{Piece, Words};
use crate::platform::{Act, Delivery, DeliveryError, Face, Receipt, ReplyHandle};

const NOW: Moment = Moment::from_millis(1_800_000_000_000);

fn ok(body: Value) -> Turn {
    answer(200, &[], body)
}

fn refusal(status: u16, code: u64) -> Turn {
    answer(status, &[], json!({ "code": code, "message": "no" }))
}

fn delivery(act: Act) -> Delivery {
    let (id, quiet) = (OutboxId::new(77), false);
    Delivery { id, community: "1".into(), channel: "20".into(), quiet, act }
}

fn post(text: &str, reply_to: Option<&str>) -> Delivery {
    let reply_to = reply_to.map(PlatformKey::from);
    let (words, buttons, ping) = (Words::plain(text), Vec::new(), Vec::new());
    delivery(Act::Post { words, reply_to, buttons, ping })
}

fn private(handle: Option<&str>) -> Delivery {
    let expires_at = NOW + Duration::from_mins(1);
    let handle = handle.map(|key| ReplyHandle { key: key.to_owned(), expires_at });
    let words = Words::plain("Only you.");
    delivery(Act::Private { to: "5".into(), handle, words, buttons: Vec::new() })
}

fn edit(key: &str, text: &str) -> Delivery {
    let (words, buttons) = (Words::plain(text), Vec::new());
    delivery(Act::Edit { message: key.into(), words, buttons })
}

/// A server, and what is remembered between deliveries to it.
struct World {
    server: Server,
    rest: super::rest::Rest,
    deferred: Deferred,
}

impl World {
    async fn of(turns: Vec<Turn>) -> World {
        let server = Server::of(turns).await;
        let rest = server.rest();
        World { server, rest, deferred: Deferred::default() }
    }

    async fn delivers(&self, delivery: &Delivery) -> Result<Receipt, DeliveryError> {
        let (rest, deferred) = (&self.rest, &self.deferred);
        let guilds = &Guilds::default();
        let means = Means { rest, deferred, guilds, application: "9", me: "8", now: NOW };
        deliver(means, delivery).await
    }

    /// What is done about an interaction that waits; whether there is anything to do.
    async fn defers(&self, how: Deferral) -> bool {
        let attended = self.attends().await;
        let defers = attended.defer(how);
        if defers {
            attended.send(Sending::Defer(how)).await;
        }
        defers
    }

    async fn attends(&self) -> Attended<'_> {
        Attended::new(&self.deferred, &self.rest, "9", "4:tok").await.unwrap()
    }

    /// Method and path of each call.
    fn calls(&self) -> Vec<String> {
        let short =
            |line: String| line.replace(" /api/v10", " ").trim_end_matches(" HTTP/1.1").to_owned();
        self.server.calls().into_iter().map(short).collect()
    }

    fn body(&self, call: usize) -> Value {
        let heard = self.server.heard();
        serde_json::from_str(heard[call].split_once("\r\n\r\n").unwrap().1).unwrap()
    }
}

fn receipt(key: &str) -> Receipt {
    Receipt::of_message(key.into())
}

fn opens(title: &str) -> Delivery {
    delivery(Act::OpenThread { message: "30".into(), title: title.to_owned() })
}

#[tokio::test]
async fn a_thread_is_opened_under_a_name_that_is_only_read() {
    let named = |name: &str| json!({ "name": name, "auto_archive_duration": 1440 });
    let long = "light ".repeat(40);
    for (title, name) in [
        ("My lamp blinks", named("My lamp blinks")),
        ("a\u{202e}b\u{200b} \n @everyone", named("ab @everyone")),
        ("\u{200b}", named("…")),
        (&long, named(&format!("{}…", &long[..99].trim_end()))),
    ] {
        let world = World::of(vec![ok(json!({ "id": "30", "type": 11 }))]).await;
        assert_eq!(world.delivers(&opens(title)).await, Ok(Receipt::of_thread("30".into())));
        assert_eq!(world.calls(), ["POST /channels/20/messages/30/threads"]);
        assert_eq!(world.body(0), name);
    }
}

#[tokio::test]
async fn a_thread_that_is_there_already_is_as_good_unless_it_is_locked() {
    let there = |locked| ok(json!({ "id": "30", "thread_metadata": { "locked": locked } }));
    let world = World::of(vec![refusal(400, 160_004), there(false)]).await;
    assert_eq!(world.delivers(&opens("a")).await, Ok(Receipt::of_thread("30".into())));
    let world = World::of(vec![refusal(400, 160_004), there(true)]).await;
    let refused = world.delivers(&opens("a")).await;
    assert!(matches!(&refused, Err(DeliveryError::Refused { why }) if why.contains("locked")));
    let mut odd = opens("a");
    odd.channel = "../20".into();
    assert!(matches!(world.delivers(&odd).await, Err(DeliveryError::Gone { .. })));
}

#[tokio::test]
async fn whoever_reads_why_there_is_no_thread_reads_what_to_mend() {
    for (status, number, means) in [
        (403, 50_013, "the right Create Public Threads"),
        (400, 50_024, "no threads"),
        (400, 160_006, "as many open threads"),
        (403, 50_001, "View Channel"),
    ] {
        let world = World::of(vec![refusal(status, number)]).await;
        let refused = world.delivers(&opens("a")).await;
        let Err(DeliveryError::Refused { why }) = &refused else { panic!("{refused:?}") };
        assert!(why.contains(means), "{why}");
    }
    let world = World::of(vec![refusal(404, 10_008)]).await;
    assert!(matches!(world.delivers(&opens("a")).await, Err(DeliveryError::Gone { .. })));
}

#[tokio::test]
async fn only_a_thread_of_our_own_is_put_away() {
    let there = |owner: &str, archived: bool| {
        ok(json!({ "id": "20", "owner_id": owner, "thread_metadata": { "archived": archived } }))
    };
    let title = |title: &str| Some(title.to_owned());
    let away = |title| delivery(Act::PutAway { title });
    let get = "GET /channels/20";
    for (turns, act, calls) in [
        (vec![there("5", false)], away(None), vec![get]),
        (vec![there("8", true)], away(None), vec![get]),
        (vec![there("8", false), ok(json!({}))], away(None), vec![get, "PATCH /channels/20"]),
        // What is put away already is opened to be called otherwise.
        (
            vec![there("8", true), refusal(400, 50_083), ok(json!({})), ok(json!({}))],
            away(title("Question withdrawn")),
            vec![get, "PATCH /channels/20", "PATCH /channels/20", "PATCH /channels/20"],
        ),
    ] {
        let world = World::of(turns).await;
        assert_eq!(world.delivers(&act).await, Ok(Receipt::default()));
        assert_eq!(world.calls(), calls);
        if calls.len() > 1 {
            assert_eq!(world.body(calls.len() - 1)["archived"], true);
        }
    }
}

#[test]
fn a_message_says_whom_it_may_light_up_and_nothing_else() {
    let face = |data: &str| Face { label: "Take it".into(), data: data.into(), primary: true };
    let pings = ["42", "42", "", "no key", "@everyone", "0"].map(PlatformKey::from);
    let made = bodies(&Words::plain("Hi"), &[face("a"), face("a")], &pings).unwrap();
    let wanted = json!({
        "content": "Hi",
        "allowed_mentions": { "parse": [], "users": ["42"], "replied_user": false },
        "components": [{ "type": 1, "components":
            [{ "type": 2, "style": 1, "label": "Take it", "custom_id": "a" }] }],
        "flags": 4,
    });
    assert_eq!(made, [wanted]);
    let message = new_message(made[0].clone(), OutboxId::new(i64::MAX), 99);
    assert_eq!(message["enforce_nonce"], true);
    assert!(message["nonce"].as_str().unwrap().len() <= 25);
    assert!(matches!(bodies(&Words::default(), &[], &[]), Err(DeliveryError::Refused { .. })));
}

#[test]
fn buttons_fit_whatever_is_on_them() {
    let face = |n: usize| Face {
        label: "👩‍👩‍👧‍👦 ".repeat(n), data: n.to_string(), primary: false
    };
    let faces: Vec<Face> = (0..30).map(face).collect();
    let made = bodies(&Words::plain("Hi"), &faces, &[]).unwrap();
    let rows = made[0]["components"].as_array().unwrap();
    assert_eq!(rows.len(), 5);
    for button in rows.iter().flat_map(|row| row["components"].as_array().unwrap()) {
        let label = button["label"].as_str().unwrap();
        assert!(!label.is_empty() && label.encode_utf16().count() <= 80, "{label}");
    }
}

#[tokio::test]
async fn a_post_is_one_call_and_a_reply_bears_what_is_gone() {
    let world = World::of(["7", "8"].map(|id| ok(json!({ "id": id }))).to_vec()).await;
    assert_eq!(world.delivers(&post("Hi", Some("30"))).await, Ok(receipt("7")));
    assert_eq!(world.calls(), ["POST /channels/20/messages"]);
    let body = world.body(0);
    let reference = json!({ "message_id": "30", "fail_if_not_exists": false });
    assert_eq!((&body["message_reference"], &body["nonce"]), (&reference, &json!("77.0")));
    world.delivers(&post("Hi", Some("no key"))).await.unwrap();
    assert_eq!(world.body(1).get("message_reference"), None);
}

#[tokio::test]
async fn an_answer_that_names_no_message_may_have_been_posted_or_not() {
    let world = World::of(vec![ok(json!({}))]).await;
    let sent = world.delivers(&post("Hi", None)).await;
    assert!(matches!(sent, Err(DeliveryError::Unknown { .. })), "{sent:?}");
}

#[tokio::test]
async fn a_long_post_goes_by_its_first_message_and_an_edit_reaches_all() {
    let ids = ["7", "8", "9"].map(|id| ok(json!({ "id": id })));
    let world = World::of(ids.to_vec()).await;
    let long = "word ".repeat(1000);
    assert_eq!(world.delivers(&post(&long, None)).await, Ok(receipt("7")));
    let nonces: Vec<Value> = (0..3).map(|call| world.body(call)["nonce"].clone()).collect();
    assert_eq!(nonces, ["77.0", "77.1", "77.2"]);
    assert_eq!(world.delivers(&edit("7", &long[..3000])).await, Ok(receipt("7")));
    assert_eq!(world.delivers(&edit("7", "Short.")).await, Ok(receipt("7")));
    let of = |verb: &str, id: &str| format!("{verb} /channels/20/messages/{id}");
    let edits = [of("PATCH", "7"), of("PATCH", "8"), of("DELETE", "9"), of("PATCH", "7")];
    assert_eq!(world.calls()[3..7], edits);
    assert_eq!(world.calls()[7..], [of("DELETE", "8")]);
    assert_eq!(world.body(3)["allowed_mentions"]["parse"], json!([]));
}

#[tokio::test]
async fn a_reply_is_a_message_where_history_may_not_be_read() {
    let world = World::of(vec![refusal(400, 160_002), ok(json!({ "id": "7" }))]).await;
    assert_eq!(world.delivers(&post("Hi", Some("30"))).await, Ok(receipt("7")));
    assert_eq!(world.body(1).get("message_reference"), None);
}

#[tokio::test]
async fn an_archived_thread_is_opened_once() {
    let closed = refusal(400, 50_083);
    let turns = vec![closed.clone(), ok(json!({})), closed.clone(), closed, refusal(403, 50_013)];
    let world = World::of(turns).await;
    for _ in 0..2 {
        let sent = world.delivers(&edit("7", "Hi")).await;
        assert!(matches!(&sent, Err(DeliveryError::Refused { why }) if why.contains("Threads")));
    }
    let (message, thread) = ("PATCH /channels/20/messages/7", "PATCH /channels/20");
    assert_eq!(world.calls(), [message, thread, message, message, thread]);
    assert_eq!(world.body(1), json!({ "archived": false }));
}

#[tokio::test]
async fn what_was_not_answered_is_sent_once_more_with_its_nonce() {
    let world = World::of(vec![Turn::Drop, ok(json!({ "id": "7" }))]).await;
    assert_eq!(world.delivers(&post("Hi", None)).await, Ok(receipt("7")));
    assert_eq!(world.body(0), world.body(1));
    let world = World::of(vec![Turn::Drop, Turn::Drop]).await;
    let sent = world.delivers(&post("Hi", None)).await;
    assert!(matches!(sent, Err(DeliveryError::Unknown { .. })), "{sent:?}");
}

const CALLBACK: &str = "POST /interactions/4/tok/callback";
const ORIGINAL: &str = "/webhooks/9/tok/messages/@original";
const FOLLOW_UP: &str = "POST /webhooks/9/tok";

#[tokio::test]
async fn an_answer_is_whispered_once_and_edited_by_its_token() {
    let world = World::of(vec![ok(Value::Null), ok(json!({ "id": "8" }))]).await;
    for _ in 0..2 {
        let sent = world.delivers(&private(Some("4:tok"))).await;
        assert_eq!(sent, Ok(receipt("x:4:tok:@original")), "the same row again says nothing again");
    }
    let body = world.body(0);
    assert_eq!((&body["type"], &body["data"]["flags"]), (&json!(4), &json!(68)));
    let more = Delivery { id: OutboxId::new(78), ..private(Some("4:tok")) };
    assert!(world.delivers(&more).await.is_ok());
    assert_eq!(world.body(1)["flags"], 68);
    world.delivers(&edit("x:4:tok:@original", "Done.")).await.unwrap();
    assert_eq!(world.calls(), [CALLBACK, FOLLOW_UP, &format!("PATCH {ORIGINAL}")]);
}

#[tokio::test]
async fn what_was_deferred_is_filled_and_a_press_is_followed_up() {
    let world = World::of(vec![]).await;
    assert!(world.defers(Deferral::Thinking).await);
    assert!(!world.defers(Deferral::Thinking).await, "once");
    assert_eq!(world.delivers(&private(Some("4:tok"))).await, Ok(receipt("x:4:tok:@original")));
    assert!(!world.defers(Deferral::Thinking).await, "it is answered");
    world.attends().await.answered().await;
    assert_eq!(world.calls(), [CALLBACK, &format!("PATCH {ORIGINAL}")]);

    let world = World::of(vec![ok(Value::Null), ok(json!({ "id": "8" }))]).await;
    assert!(world.defers(Deferral::Silent).await);
    assert_eq!(world.delivers(&private(Some("4:tok"))).await, Ok(receipt("x:4:tok:8")));
    assert_eq!(world.calls(), [CALLBACK, FOLLOW_UP], "the message with the button stays");
}

#[tokio::test]
async fn what_nothing_filled_is_cleared_and_an_answer_still_comes() {
    let turns = vec![ok(Value::Null), ok(Value::Null), ok(json!({ "id": "8" }))];
    let world = World::of(turns).await;
    assert!(world.defers(Deferral::Thinking).await);
    let attended = world.attends().await;
    assert!(attended.clear() && !attended.clear());
    attended.send(Sending::Clear).await;
    assert_eq!(world.delivers(&private(Some("4:tok"))).await, Ok(receipt("x:4:tok:8")));
    assert_eq!(world.calls(), [CALLBACK, &format!("DELETE {ORIGINAL}"), FOLLOW_UP]);
}

#[tokio::test]
async fn an_answer_waits_until_the_deferral_is_out() {
    let world = World::of(vec![]).await;
    let attended = world.attends().await;
    assert!(attended.defer(Deferral::Thinking));
    let answer = private(Some("4:tok"));
    let sends = attended.send(Sending::Defer(Deferral::Thinking));
    let (sent, ()) = tokio::join!(world.delivers(&answer), sends);
    assert_eq!(sent, Ok(receipt("x:4:tok:@original")));
    assert_eq!(world.calls(), [CALLBACK, &format!("PATCH {ORIGINAL}")]);
    assert_eq!(world.body(0)["type"], 5);
}

#[tokio::test]
async fn a_long_answer_goes_on_where_it_was_interrupted() {
    let sent = |id: &str| ok(json!({ "id": id }));
    let turns = vec![ok(Value::Null), sent("8"), refusal(404, 10_062), sent("9")];
    let world = World::of(turns).await;
    let mut long = private(Some("4:tok"));
    if let Act::Private { words, .. } = &mut long.act {
        *words = Words::plain("word ".repeat(1000));
    }
    let gone = world.delivers(&long).await;
    assert!(matches!(gone, Err(DeliveryError::Gone { .. })), "not whispered twice: {gone:?}");
    assert_eq!(world.delivers(&long).await, Ok(receipt("x:4:tok:@original")));
    assert_eq!(world.calls(), [CALLBACK, FOLLOW_UP, FOLLOW_UP, FOLLOW_UP]);
}

#[tokio::test]
async fn what_is_over_is_forgotten_and_what_is_not_is_kept() {
    let deferred = Deferred::default();
    let at = |minutes: u64| ((minutes * 60_000) << 22 | 7).to_string();
    for minutes in [100, 114] {
        deferred.talk(&at(minutes)).lock().await.first = First::Taken;
    }
    assert_eq!(deferred.talk(&at(100)).lock().await.first, First::Taken);
    deferred.talk(&at(120));
    assert_eq!(deferred.talk(&at(114)).lock().await.first, First::Taken);
    assert_eq!(deferred.talk(&at(100)).lock().await.first, First::Open, "its token is dead");
}

#[tokio::test]
async fn an_answer_of_an_earlier_process_is_looked_at() {
    let taken = refusal(400, 40_060);
    let own = json!({ "flags": 68, "content": "Only  you." });
    let world = World::of(vec![Turn::Drop, taken, ok(own)]).await;
    assert_eq!(world.delivers(&private(Some("4:tok"))).await, Ok(receipt("x:4:tok:@original")));
    assert_eq!(world.calls(), [CALLBACK, CALLBACK, &format!("GET {ORIGINAL}")]);
    let body = json!({ "content": "Only you." });
    for (message, wanted) in [
        (json!({ "flags": 64 | 128, "content": "" }), First::Waiting),
        (json!({ "flags": 64, "content": "Else." }), First::Taken),
        (json!({ "flags": 4, "content": "Only you." }), First::Taken),
    ] {
        assert_eq!(first(&message, &body), wanted, "{message}");
    }
}

#[tokio::test]
async fn what_cannot_be_private_is_a_direct_message_or_nothing() {
    let opened = || ok(json!({ "id": "50" }));
    let sent = || ok(json!({ "id": "51" }));
    let direct = ["POST /users/@me/channels", "POST /channels/50/messages"];
    for handle in [None, Some("no key"), Some("4:../../channels"), Some("4:..")] {
        let world = World::of(vec![opened(), sent()]).await;
        assert_eq!(world.delivers(&private(handle)).await, Ok(receipt("d:50:51")));
        assert_eq!(world.calls(), direct);
        assert_eq!(world.body(0), json!({ "recipient_id": "5" }));
    }
    let world = World::of(vec![opened(), sent()]).await;
    let mut late = private(Some("4:tok"));
    if let Act::Private { handle: Some(handle), .. } = &mut late.act {
        handle.expires_at = NOW;
    }
    assert_eq!(world.delivers(&late).await, Ok(receipt("d:50:51")));
    let world = World::of(vec![refusal(404, 10_062), opened(), refusal(403, 50_007)]).await;
    let result = world.delivers(&private(Some("4:tok"))).await;
    assert!(matches!(result, Err(DeliveryError::Refused { .. })), "{result:?}");
    assert_eq!(world.calls(), [CALLBACK, direct[0], direct[1]]);
    world.delivers(&edit("d:50:51", "Hi")).await.unwrap();
    assert_eq!(world.calls().pop().unwrap(), "PATCH /channels/50/messages/51");
}

#[tokio::test]
async fn what_is_no_key_is_never_sent() {
    let world = World::of(vec![]).await;
    for text in ["", "no key", "-1", "0", "99999999999999999999999999", "🦀/../x?y=z", "1+2"] {
        let channel = Delivery { channel: text.into(), ..post("Hi", None) };
        let mut person = private(None);
        if let Act::Private { to, .. } = &mut person.act {
            *to = text.into();
        }
        for delivery in [channel, edit(text, "Hi"), person] {
            let sent = world.delivers(&delivery).await;
            assert!(matches!(sent, Err(DeliveryError::Gone { .. })), "{delivery:?} → {sent:?}");
        }
    }
    for key in ["x:4:tok:x", "x:4:to/k:7", "d:50:", "d:x:7", "x:4:tok", "y:1:2"] {
        assert!(Ours::read(&key.into(), &"20".into()).is_err(), "{key}");
    }
    assert_eq!(world.calls(), Vec::<String>::new());
}

#[test]
fn each_refusal_has_its_meaning() {
    let of = |status, code| {
        let refused = RestError::Refused { status, code, message: "no".to_owned() };
        match meaning(&refused, Again::Same) {
            DeliveryError::Retry { .. } => "retry",
            DeliveryError::Unknown { .. } => "unknown",
            DeliveryError::Refused { .. } => "refused",
            DeliveryError::Gone { .. } => "gone",
            DeliveryError::Moved { .. } => "moved",
            DeliveryError::Unfit { .. } => "unfit",
        }
    };
    for (status, codes, wanted) in [
        (404, &[10_003, 10_004, 10_008, 10_015, 10_062, 0][..], "gone"),
        (401, &[50_027], "gone"),
        (403, &[50_001, 50_013, 50_007, 50_278, 50_005, 160_005, 200_000, 240_000, 0], "refused"),
        (400, &[50_035, 50_006, 50_083, 40_005, 30_033, 0], "refused"),
        (400, &[40_003, 20_016, 20_028, 30_046, 130_000], "retry"),
    ] {
        for code in codes {
            assert_eq!(of(status, *code), wanted, "{code}");
        }
    }
    let why = |error| meaning(&error, Again::Same).to_string();
    let refused = |code| RestError::Refused { status: 403, code, message: String::new() };
    assert!(why(refused(50_001)).contains("View Channel"));
    assert!(why(refused(50_013)).contains("Send Messages"));
}

#[test]
fn only_what_cannot_be_told_apart_is_unknown() {
    let after = Duration::from_secs(9);
    let limited = meaning(&RestError::Limited { after }, Again::Another);
    assert!(matches!(limited, DeliveryError::Retry { after: Some(wait), .. } if wait == after));
    for (error, again, is_unknown) in [
        (RestError::Unreachable(String::new()), Again::Another, false),
        (RestError::Unauthorized, Again::Another, false),
        (RestError::Busy(String::new()), Again::Same, false),
        (RestError::Busy(String::new()), Again::Another, true),
        (RestError::Unanswered(String::new()), Again::Same, true),
    ] {
        let meant = meaning(&error, again);
        let unknown = matches!(meant, DeliveryError::Unknown { .. });
        let retry = matches!(meant, DeliveryError::Retry { .. });
        assert_eq!((unknown, retry), (is_unknown, !is_unknown), "{error:?}");
    }
}

#[test]
fn a_mention_is_written_only_for_whoever_is_pinged() {
    let person = |ping| Piece::Person { key: "42".into(), name: "Kai".to_owned(), ping };
    let made = bodies(&Words(vec![person(false)]), &[], &["42".into()]).unwrap();
    assert_eq!(made[0]["content"], "\\@Kai");
    let made = bodies(&Words(vec![person(true)]), &[], &[]).unwrap();
    assert_eq!(made[0]["allowed_mentions"]["users"], json!([]), "and lights up those chosen only");
}
