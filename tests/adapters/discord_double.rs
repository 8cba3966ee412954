//! What the Discord adapter is tried on is tried itself: the double refuses what Discord refuses,
//! lights up whom Discord would, and shows markup as a screen does.
#![expect(clippy::expect_used, reason = "a double that does not answer is no double")]
#![expect(clippy::indexing_slicing, reason = "an index of JSON reads null")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use askaround::domain::time::Moment;
use askaround::runtime::ManualClock;
use serde_json::{Value, json};

use crate::double::people::Told;
use crate::double::rest::Fault;
use crate::double::rights::bit;
use crate::double::screen::read;
use crate::double::state::{Id, State, kind};
use crate::double::town::Town;

/// Monday, 2026-11-02, 12:00 UTC.
const NOON: Moment = Moment::from_millis(1_793_620_800_000);

/// A server with three people, a moderator among them, and a bot that speaks by hand.
pub(crate) struct Bench {
    pub(crate) town: Town,
    clock: Arc<ManualClock>,
    http: reqwest::Client,
    pub(crate) guild: Id,
    pub(crate) help: Id,
    pub(crate) mia: Id,
    pub(crate) kai: Id,
    pub(crate) robin: Id,
}

impl Bench {
    pub(crate) async fn new() -> Bench {
        let clock = Arc::new(ManualClock::at(NOON));
        let town = Town::open(clock.clone(), "token").await;
        let [mia, kai, robin] = ["Mia", "Kai", "Robin"].map(|name| town.person(name, "en-US"));
        let guild = town.guild("Lumen", robin);
        town.joins(guild, mia, &[]);
        town.joins(guild, kai, &[]);
        let help = town.channel(guild, kind::TEXT, "help");
        let agent = "DiscordBot (https://lumen.example, 1)";
        let http = reqwest::Client::builder().user_agent(agent).build().expect("a client");
        Bench { town, clock, http, guild, help, mia, kai, robin }
    }

    pub(crate) async fn asks(&self, method: &str, path: &str, body: Value) -> (u16, Value) {
        self.tries(method, path, body).await.expect("an answer")
    }

    async fn tries(
        &self,
        method: &str,
        path: &str,
        body: Value,
    ) -> Result<(u16, Value), reqwest::Error> {
        let method = method.parse().expect("a method");
        let url = format!("{}/api/v10{path}", self.town.url());
        let mut request = self.http.request(method, url).header("Authorization", "Bot token");
        if !body.is_null() {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let status = response.status().as_u16();
        let text = response.text().await?;
        Ok((status, serde_json::from_str(&text).unwrap_or_default()))
    }

    pub(crate) async fn sends(&self, body: Value) -> (u16, Value) {
        self.asks("POST", &format!("/channels/{}/messages", self.help), body).await
    }

    /// Whom a message lights up.
    async fn lights(&self, body: Value) -> BTreeSet<Id> {
        let (status, answer) = self.sends(body).await;
        assert_eq!(status, 200, "{answer}");
        self.town.sees(self.robin, self.help).pop().expect("it is seen").pings
    }

    pub(crate) async fn registers(&self, command: Value) -> Value {
        let path = format!("/applications/{}/guilds/{}/commands", self.town.me(), self.guild);
        let (status, command) = self.asks("POST", &path, command).await;
        assert_eq!(status, 200, "{command}");
        command
    }

    fn callback(&self, interaction: Id) -> String {
        let token = self.town.look(|state| state.interactions[&interaction].token.clone());
        format!("/interactions/{interaction}/{token}/callback")
    }

    fn webhook(&self, interaction: Id) -> String {
        let token = self.town.look(|state| state.interactions[&interaction].token.clone());
        format!("/webhooks/{}/{token}", self.town.me())
    }
}

fn points() -> Value {
    json!({"name": "points", "description": "Your points", "type": 1})
}

#[tokio::test]
async fn a_message_without_allowed_mentions_lights_up_whom_it_names() {
    let bench = Bench::new().await;
    let all = format!("<@{}> and <@!{}> and @everyone", bench.mia, bench.kai);
    let people = BTreeSet::from([bench.mia, bench.kai]);
    bench.town.takes_from_bot(bench.help, bit::MENTION_EVERYONE);
    assert_eq!(bench.lights(json!({"content": all})).await, people, "it may not name everyone");
    bench.town.takes_from_bot(bench.help, 0);
    let loud = bench.lights(json!({"content": "@here", "flags": 0})).await;
    assert_eq!(loud, BTreeSet::from([bench.mia, bench.kai, bench.robin]));
    for (allowed, lit) in [
        (json!({"parse": []}), BTreeSet::new()),
        (json!({"parse": [], "users": [bench.kai.to_string()]}), BTreeSet::from([bench.kai])),
        (json!({"parse": ["users"]}), people),
        (json!({}), BTreeSet::new()),
    ] {
        let body = json!({"content": all, "allowed_mentions": allowed});
        assert_eq!(bench.lights(body.clone()).await, lit, "{body}");
    }
    let both = json!({"parse": ["users"], "users": [bench.kai.to_string()]});
    let (status, refusal) = bench.sends(json!({"content": "x", "allowed_mentions": both})).await;
    assert_eq!((status, &refusal["code"]), (400, &json!(50_035)));
}

#[tokio::test]
async fn a_reply_lights_up_its_author_unless_told_not_to_and_an_edit_reads_names_anew() {
    let bench = Bench::new().await;
    let asked = bench.town.says(bench.mia, bench.help, "why?").to_string();
    let reply = |allowed: Value| {
        let mut body = json!({"content": "so", "message_reference": {"message_id": asked}});
        if !allowed.is_null() {
            body["allowed_mentions"] = allowed;
        }
        body
    };
    let mia = BTreeSet::from([bench.mia]);
    assert_eq!(bench.lights(reply(Value::Null)).await, mia);
    assert_eq!(bench.lights(reply(json!({"parse": [], "replied_user": true}))).await, mia);
    assert_eq!(bench.lights(reply(json!({"parse": []}))).await, BTreeSet::new());
    let quiet = json!({"parse": []});
    let (_, sent) = bench.sends(json!({"content": "wait", "allowed_mentions": quiet})).await;
    let path = format!("/channels/{}/messages/{}", bench.help, sent["id"].as_str().expect("id"));
    bench.asks("PATCH", &path, json!({"content": format!("<@{}>", bench.kai)})).await;
    let seen = bench.town.sees(bench.kai, bench.help).pop().expect("seen");
    assert_eq!((seen.pings, seen.text.as_str()), (BTreeSet::from([bench.kai]), "@Kai"));
}

#[tokio::test]
async fn the_same_nonce_is_the_same_message_for_some_minutes() {
    let bench = Bench::new().await;
    let body = json!({"content": "once", "nonce": "o:1", "enforce_nonce": true});
    let (_, first) = bench.sends(body.clone()).await;
    let (_, again) = bench.sends(body.clone()).await;
    assert_eq!(first["id"], again["id"]);
    bench.sends(json!({"content": "once", "nonce": "o:1"})).await;
    assert_eq!(bench.town.sees(bench.mia, bench.help).len(), 2, "not enforced, not honoured");
    bench.clock.advance(Duration::from_mins(6));
    let (_, late) = bench.sends(body).await;
    assert_ne!(first["id"], late["id"]);
}

#[tokio::test]
async fn bodies_that_discord_refuses_are_refused_with_its_codes() {
    let bench = Bench::new().await;
    let button =
        |label: &str, id: &str| json!({"type": 2, "style": 2, "label": label, "custom_id": id});
    let row = |buttons: &[Value]| json!([{"type": 1, "components": buttons}]);
    let long = "x".repeat(101);
    for (body, code, path) in [
        (json!({"content": ""}), 50_006, ""),
        (json!({"content": "x".repeat(2_001)}), 50_035, "/content"),
        (json!({"content": "x", "nonce": long}), 50_035, "/nonce"),
        (json!({"content": "x", "components": row(&[])}), 50_035, "/components/0/components"),
        (
            json!({"content": "x", "components": row(&[button("a", "1"), button("b", "1")])}),
            50_035,
            "/components/0/components/1/custom_id",
        ),
        (
            json!({"content": "x", "components": row(&[button(&long, "1")])}),
            50_035,
            "/components/0/components/0/label",
        ),
        (
            json!({"content": "x", "components": row(&[button("a", &long)])}),
            50_035,
            "/components/0/components/0/custom_id",
        ),
        (
            json!({"content": "x", "message_reference": {"message_id": "1"}}),
            50_035,
            "/message_reference",
        ),
    ] {
        let (status, refusal) = bench.sends(body.clone()).await;
        assert_eq!((status, &refusal["code"]), (400, &json!(code)), "{body}");
        let wrong = refusal.pointer(&format!("/errors{path}/_errors"));
        assert!(code == 50_006 || wrong.is_some(), "{body} → {refusal}");
    }
    assert_eq!(bench.town.sees(bench.mia, bench.help), []);
}

#[tokio::test]
async fn places_and_messages_that_are_not_for_the_bot_are_refused() {
    let bench = Bench::new().await;
    let (town, hello) = (&bench.town, json!({"content": "hello"}));
    let role = town.role(bench.guild, "Staff", bit::MANAGE_MESSAGES);
    let (closed, forum) = (
        town.closed_channel(bench.guild, "staff", &[role]),
        town.channel(bench.guild, 15, "posts"),
    );
    town.takes_from_bot(closed, bit::VIEW_CHANNEL);
    let quiet = town.channel(bench.guild, kind::TEXT, "quiet");
    town.takes_from_bot(quiet, bit::SEND_MESSAGES);
    let post = town.posts(bench.mia, forum, "Slow", "Why is it slow?");
    town.archives(post, true, true);
    let whisper = town.whispers(bench.kai, "hi");
    let private = town.look(|state| state.messages[&whisper].channel);
    town.opens_to_messages(bench.kai, false);
    for (channel, status, code) in [
        ("1".to_owned(), 404, 10_003),
        ("no key".to_owned(), 400, 50_035),
        (closed.to_string(), 403, 50_001),
        (quiet.to_string(), 403, 50_013),
        (forum.to_string(), 400, 40_058),
        (post.to_string(), 403, 160_005),
        (private.to_string(), 403, 50_007),
    ] {
        let path = format!("/channels/{channel}/messages");
        let (came, refusal) = bench.asks("POST", &path, hello.clone()).await;
        assert_eq!((came, &refusal["code"]), (status, &json!(code)), "{channel}: {refusal}");
    }
    let said = town.says(bench.mia, bench.help, "mine");
    for (message, status, code) in [(said, 403, 50_005), (7, 404, 10_008)] {
        let path = format!("/channels/{}/messages/{message}", bench.help);
        let (came, refusal) = bench.asks("PATCH", &path, hello.clone()).await;
        assert_eq!((came, &refusal["code"]), (status, &json!(code)), "{refusal}");
    }
    town.archives(post, true, false);
    let path = format!("/channels/{post}/messages/{post}/reactions/%F0%9F%91%8D/@me");
    assert_eq!(bench.asks("PUT", &path, Value::Null).await.1["code"], 50_083);
    let path = format!("/channels/{post}/messages");
    assert_eq!(bench.asks("POST", &path, hello).await.0, 200, "writing fetches it back");
    assert_eq!(
        bench.asks("PUT", &format!("{path}/{post}/reactions/👍/@me"), Value::Null).await.0,
        204
    );
}

#[tokio::test]
async fn an_interaction_is_answered_once_in_time_and_privately_to_its_owner() {
    let bench = Bench::new().await;
    bench.registers(points()).await;
    let private = json!({"type": 4, "data": {"content": "3 points", "flags": 64}});
    let asked = bench.town.runs(bench.mia, bench.help, "/points");
    assert_eq!(bench.asks("POST", &bench.callback(asked), private.clone()).await.0, 204);
    let (status, refusal) = bench.asks("POST", &bench.callback(asked), private.clone()).await;
    assert_eq!((status, &refusal["code"]), (400, &json!(40_060)));
    assert_eq!(bench.town.told(asked), Told::Privately("3 points".to_owned()));
    assert_eq!(bench.town.sees(bench.mia, bench.help).len(), 1);
    assert_eq!(bench.town.sees(bench.kai, bench.help), []);

    let late = bench.town.runs(bench.mia, bench.help, "/points");
    bench.clock.advance(Duration::from_secs(4));
    assert_eq!(bench.asks("POST", &bench.callback(late), private).await.1["code"], 10_062);
    assert_eq!(bench.town.told(late), Told::Failed);

    let deferred = bench.town.runs(bench.kai, bench.help, "/points");
    let path = bench.webhook(deferred);
    let more = json!({"content": "more"});
    assert_eq!(bench.asks("POST", &path, more.clone()).await.1["code"], 10_015, "not yet");
    let thinking = json!({"type": 5, "data": {"flags": 64}});
    assert_eq!(bench.asks("POST", &bench.callback(deferred), thinking).await.0, 204);
    assert_eq!(bench.town.told(deferred), Told::Thinking);
    bench.asks("PATCH", &format!("{path}/messages/@original"), json!({"content": "you"})).await;
    assert_eq!(bench.town.told(deferred), Told::Privately("you".to_owned()));
    assert_eq!(bench.asks("POST", &path, more.clone()).await.0, 200);
    assert_eq!(bench.town.told(deferred), Told::Aloud("more".to_owned()), "no flag, no secret");
    bench.clock.advance(Duration::from_mins(15));
    assert_eq!(bench.asks("POST", &path, more).await.1["code"], 50_027);
}

#[tokio::test]
async fn commands_are_checked_kept_by_name_and_shown_to_those_who_may() {
    let bench = Bench::new().await;
    let path = format!("/applications/{}/guilds/{}/commands", bench.town.me(), bench.guild);
    let first = bench.registers(points()).await;
    assert_eq!(bench.registers(points()).await["id"], first["id"]);
    let german = json!({"de": "punkte"});
    let body = json!([
        {"name": "points", "description": "Points", "name_localizations": german},
        {"name": "askaround", "description": "Settings", "default_member_permissions": "32"},
    ]);
    let (_, all) = bench.asks("PUT", &path, body).await;
    assert_eq!((&all[0]["id"], all.as_array().map(Vec::len)), (&first["id"], Some(2)));
    let (_, listed) = bench.asks("GET", &path, Value::Null).await;
    assert!(listed[0].get("name_localizations").is_none(), "{listed}");
    let (_, listed) =
        bench.asks("GET", &format!("{path}?with_localizations=true"), Value::Null).await;
    assert_eq!(listed[0]["name_localizations"], german);
    let renamed = format!("{path}/{}", first["id"].as_str().expect("an id"));
    let (_, command) = bench.asks("PATCH", &renamed, json!({"name": "score"})).await;
    assert_eq!((&command["id"], &command["name"]), (&first["id"], &json!("score")));
    assert!(bench.town.offered(bench.mia, bench.help, 1, "points").is_none());
    assert!(bench.town.offered(bench.mia, bench.help, 1, "askaround").is_none());
    assert!(bench.town.offered(bench.robin, bench.help, 1, "askaround").is_some());
    let late = json!([
        {"type": 3, "name": "a", "description": "A"},
        {"type": 3, "name": "b", "description": "B", "required": true},
    ]);
    for wrong in [
        json!({"name": "Points", "description": "x"}),
        json!({"name": "points", "description": ""}),
        json!({"name": "points", "description": "x".repeat(101)}),
        json!({"name": "points", "description": "x", "options": late}),
        json!({"type": 3, "name": "Ask around", "description": "x"}),
    ] {
        let (status, refusal) = bench.asks("POST", &path, wrong.clone()).await;
        assert_eq!((status, &refusal["code"]), (400, &json!(50_035)), "{wrong}");
    }
}

#[tokio::test]
async fn who_types_a_command_is_shown_what_there_is() {
    let bench = Bench::new().await;
    let period = json!({
        "type": 3, "name": "topic", "description": "About what", "autocomplete": true,
    });
    let leaders = json!({"name": "leaders", "description": "Who helps", "options": [period]});
    bench.registers(leaders).await;
    let answering = async {
        let newest = |state: &State| state.interactions.keys().next_back().copied();
        let typing = bench.town.until("an interaction", newest).await;
        let said = json!({"type": 4, "data": {"content": "no"}});
        assert_eq!(bench.asks("POST", &bench.callback(typing), said).await.0, 400);
        let choices = json!([{"name": "Wi-Fi", "value": "wifi"}]);
        let body = json!({"type": 8, "data": {"choices": choices}});
        assert_eq!(bench.asks("POST", &bench.callback(typing), body).await.0, 204);
    };
    let typing = bench.town.types(bench.mia, bench.help, "/leaders wi");
    assert_eq!(tokio::join!(typing, answering).0, ["Wi-Fi"]);
}

#[tokio::test]
async fn history_comes_newest_first_from_a_message_on() {
    let bench = Bench::new().await;
    let said: Vec<Id> =
        (0..5).map(|n| bench.town.says(bench.mia, bench.help, &n.to_string())).collect();
    let path = |query: String| format!("/channels/{}/messages?{query}", bench.help);
    for (query, texts) in [
        (format!("after={}&limit=2", said[0]), "21"),
        (format!("before={}", said[2]), "10"),
        ("limit=3".to_owned(), "432"),
    ] {
        let (_, messages) = bench.asks("GET", &path(query), Value::Null).await;
        let all = messages.as_array().expect("a list").iter();
        let read: String = all.filter_map(|one| one["content"].as_str()).collect();
        assert_eq!(read, texts);
    }
    bench.town.takes_from_bot(bench.help, bit::READ_MESSAGE_HISTORY);
    let (status, nothing) = bench.asks("GET", &path("limit=3".to_owned()), Value::Null).await;
    assert_eq!((status, nothing), (200, json!([])), "no error, and nothing");
}

#[tokio::test]
async fn trouble_comes_when_it_is_ordered() {
    let bench = Bench::new().await;
    let hello = json!({"content": "hello"});
    bench.town.fails("/messages", Fault::Limited { scope: "shared", after: 1.5 });
    let (status, body) = bench.sends(hello.clone()).await;
    assert_eq!((status, &body["retry_after"]), (429, &json!(1.5)));
    bench.town.fails("/messages", Fault::Broken(502));
    assert_eq!(bench.sends(hello.clone()).await.0, 502);
    let path = format!("/channels/{}/messages", bench.help);
    for (fault, seen) in [(Fault::CutBefore, 0), (Fault::CutAfter, 1)] {
        bench.town.fails("POST", fault);
        assert!(bench.tries("POST", &path, hello.clone()).await.is_err());
        assert_eq!(bench.town.sees(bench.mia, bench.help).len(), seen);
    }
    assert!(bench.town.has_failed());
    bench.town.paces(2, 5);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        statuses.push(bench.sends(hello.clone()).await.0);
    }
    bench.clock.advance(Duration::from_secs(5));
    statuses.push(bench.sends(hello).await.0);
    assert_eq!(statuses, [200, 200, 429, 200]);
}

#[tokio::test]
#[should_panic(expected = "GET /api/v10/stickers")]
async fn a_route_that_nobody_knows_ends_the_test() {
    let bench = Bench::new().await;
    assert_eq!(bench.asks("GET", "/stickers", Value::Null).await.0, 404);
}

#[test]
fn markup_is_read_as_a_screen_shows_it() {
    let names = |sign: &str, id: Id| format!("{sign}{id}");
    for (text, shown) in [
        ("**bold** *it* _it_ __under__ ~~no~~ ||hid||", "bold it it under no hid"),
        (
            "***both*** **a *b* c** snake_case_word 2 * 3 * 4",
            "both a b c snake_case_word 2 * 3 * 4",
        ),
        ("\\*\\*not\\*\\* \\_it\\_ \\\\ \\a", "**not** _it_ \\ \\a"),
        ("`co*d*e` ``a`b`` `` ` ``", "co*d*e a`b `"),
        ("```rust\nlet a;\n```\nand", "let a;\nand"),
        ("> one\n> **two**\nthree", "one\ntwo\nthree"),
        (">>> all\nof it", "all\nof it"),
        ("# head\ntext\n-# small", "head\ntext\nsmall"),
        ("- item\n1. one", "• item\n1. one"),
        (
            "<@12> <@!13> <#14> <@&15> </ask:16> <t:0:R> <:lamp:17>",
            "@12 @!13 #14 @&15 /ask a moment :lamp:",
        ),
        (
            "<https://a.example/_b_> https://a.example/*x*",
            "https://a.example/_b_ https://a.example/*x*",
        ),
        ("**open ~~and ||open", "**open ~~and ||open"),
        ("[no](//a.example) [x](ftp://a.example)", "[no](//a.example) [x](ftp://a.example)"),
    ] {
        assert_eq!(read(text, &names), (shown.to_owned(), Vec::new()), "{text}");
    }
    let linked = "[**the** \\[page\\]](<https://a.example/a_(b)>) [b](https://b.example/(c))";
    let (text, links) = read(linked, &names);
    assert_eq!(text, "the [page] b");
    assert_eq!(links, ["https://a.example/a_(b)", "https://b.example/(c)"]);
}
