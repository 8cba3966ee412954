//! What the Telegram adapter is tried on is tried itself: the double refuses what Telegram refuses,
//! lights up whom Telegram would, and shows nobody what is not theirs.
#![expect(clippy::expect_used, reason = "a double that does not answer is no double")]
#![expect(clippy::indexing_slicing, reason = "an index of JSON reads null")]

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use askaround::domain::time::Moment;
use askaround::runtime::ManualClock;
use serde_json::{Value, json};

use crate::telegram_town::people::Told;
use crate::telegram_town::plain;
use crate::telegram_town::rest::Fault;
use crate::telegram_town::screen::Mark;
use crate::telegram_town::state::{Id, Key};
use crate::telegram_town::town::Town;

/// Monday, 2026-11-02, 12:00 UTC.
const NOON: Moment = Moment::from_millis(1_793_620_800_000);

pub(crate) const TOKEN: &str = "123:double";

/// A supergroup with three people, one of whom runs it, and a bot that speaks by hand.
pub(crate) struct Bench {
    pub(crate) town: Town,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) help: Id,
    pub(crate) mia: Id,
    pub(crate) kai: Id,
    pub(crate) robin: Id,
}

impl Bench {
    pub(crate) async fn new() -> Bench {
        let clock = Arc::new(ManualClock::at(NOON));
        let town = Town::open(clock.clone(), TOKEN).await;
        let [mia, kai, robin] =
            [("Mia", "de"), ("Kai", "en"), ("Robin", "en-US")].map(|(it, at)| town.person(it, at));
        let help = town.supergroup("Lumen", robin);
        town.joins(help, mia);
        town.joins(help, kai);
        Bench { town, clock, help, mia, kai, robin }
    }

    /// The whole answer, with its status; `Err` where there is none.
    pub(crate) async fn tries(
        &self,
        method: &str,
        params: Value,
    ) -> Result<(u16, Value), std::io::Error> {
        let url = format!("{}/bot{TOKEN}/{method}", self.town.url());
        let json = [("Content-Type", "application/json")];
        let came = plain::post(&url, &json, params.to_string().as_bytes()).await?;
        Ok((came.status, came.json()))
    }

    /// What a call comes to that is let through.
    pub(crate) async fn gets(&self, method: &str, params: Value) -> Value {
        let (status, answer) = self.tries(method, params.clone()).await.expect("an answer");
        assert_eq!((status, &answer["ok"]), (200, &json!(true)), "{method} {params} → {answer}");
        answer["result"].clone()
    }

    /// The code and the words with which a call is refused.
    pub(crate) async fn refused(&self, method: &str, params: Value) -> (u16, String) {
        let (status, answer) = self.tries(method, params.clone()).await.expect("an answer");
        assert_eq!(answer["ok"], json!(false), "{method} {params} → {answer}");
        assert_eq!(answer["error_code"], json!(status));
        (status, answer["description"].as_str().unwrap_or_default().to_owned())
    }

    /// A call that no documentation allows: refused, and noted for the end of the test.
    async fn wrong(&self, method: &str, params: Value, what: &str) {
        let (status, description) = self.refused(method, params.clone()).await;
        assert!(status == 400 && description.contains(what), "{params} → {description}");
        let noted = self.town.forgives();
        assert_eq!(noted.len(), 1, "{params} is noted: {noted:?}");
    }

    /// Sends a text into the group.
    pub(crate) async fn sends(&self, text: &str) -> Key {
        self.sends_more(json!({"text": text})).await
    }

    pub(crate) async fn sends_more(&self, mut params: Value) -> Key {
        params["chat_id"] = json!(self.help);
        let sent = self.gets("sendMessage", params).await;
        Key::from(sent["message_id"].as_i64().expect("a number"))
    }

    /// Whom the newest message in the group names with effect.
    fn lit(&self) -> BTreeSet<Id> {
        self.town.sees(self.robin, self.help).pop().expect("it is seen").pings
    }
}

fn button(label: &str, data: &str) -> Value {
    json!({"inline_keyboard": [[{"text": label, "callback_data": data}]]})
}

fn entity(kind: &str, offset: u64, length: u64) -> Value {
    json!({"type": kind, "offset": offset, "length": length})
}

#[tokio::test]
async fn who_has_no_token_and_what_is_no_method_is_refused() {
    let bench = Bench::new().await;
    let url = format!("{}/bot123:other/getMe", bench.town.url());
    let came = plain::post(&url, &[], b"").await.expect("an answer");
    assert_eq!((came.status, &came.json()["description"]), (401, &json!("Unauthorized")));
    let (status, description) = bench.refused("getHistory", json!({})).await;
    assert_eq!((status, description.as_str()), (404, "Not Found"));
    assert_eq!(bench.town.forgives(), ["getHistory: Not Found"], "and it ends a test by name");
    let me = bench.gets("GetMe", json!({})).await;
    assert_eq!(me["can_read_all_group_messages"], json!(false));
    bench.wrong("getMe", json!({"chat": 1}), "chat is no parameter").await;
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let url = format!("{}/bot{TOKEN}/sendMessage?chat_id={}", bench.town.url(), bench.help);
    let came = plain::post(&url, &form, b"text=a+form%21&disable_notification=true").await;
    assert_eq!(came.expect("an answer").status, 200);
    let parts = [("Content-Type", "multipart/form-data; boundary=x")];
    let body = b"--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nparts\r\n--x--\r\n";
    assert_eq!(plain::post(&url, &parts, body).await.expect("an answer").status, 200);
    let seen = bench.town.sees(bench.mia, bench.help);
    let seen: Vec<_> = seen.iter().map(|it| (it.text.as_str(), it.is_silent)).collect();
    assert_eq!(seen, [("a form!", true), ("parts", false)]);
}

#[tokio::test]
async fn texts_that_telegram_refuses_or_cuts_end_the_test() {
    let bench = Bench::new().await;
    let many: Vec<Value> = (0..101).map(|_| entity("bold", 0, 1)).collect();
    for (params, what) in [
        (json!({}), "message text is empty"),
        (json!({"text": " \n "}), "message text is empty"),
        (json!({"text": "x".repeat(4_097)}), "message is too long"),
        (json!({"text": "💡".repeat(2_049)}), "message is too long"),
        (json!({"text": "<b>x</b>", "parse_mode": "HTML"}), "parse_mode"),
        (json!({"text": "x", "entities": [entity("bold", 0, 2)]}), "ENTITY_BOUNDS_INVALID"),
        (json!({"text": "💡", "entities": [entity("bold", 1, 1)]}), "middle of a UTF-16 symbol"),
        (json!({"text": "x", "entities": [entity("bold", 0, 0)]}), "covers nothing"),
        (json!({"text": "x", "entities": [entity("loud", 0, 1)]}), "Unsupported type"),
        (json!({"text": "x", "entities": [entity("text_link", 0, 1)]}), "lacks something"),
        (json!({"text": "x", "entities": [entity("text_mention", 0, 1)]}), "lacks something"),
        (json!({"text": "x", "entities": many}), "too many"),
        (
            json!({"text": "abc", "entities": [entity("bold", 0, 2), entity("code", 1, 2)]}),
            "overlap",
        ),
        (
            json!({"text": "abc", "entities": [entity("code", 0, 3), entity("bold", 1, 1)]}),
            "overlap",
        ),
        (
            json!({"text": "abc", "entities": [entity("blockquote", 0, 3), entity("expandable_blockquote", 1, 1)]}),
            "overlap",
        ),
        (json!({"text": "x", "link_preview_options": {"off": true}}), "the field off"),
        (json!({"text": "x", "message_thread_id": 1}), "message thread not found"),
        (json!({"text": "x", "reply_parameters": {"id": 1}}), "the field id"),
    ] {
        let mut params = params;
        params["chat_id"] = json!(bench.help);
        bench.wrong("sendMessage", params, what).await;
    }
    assert_eq!(bench.town.sees(bench.mia, bench.help), [], "nothing of it was said");
    let quoted = [entity("blockquote", 0, 5), entity("code", 1, 2), entity("bold", 3, 2)];
    bench.sends_more(json!({"text": "💡abc", "entities": quoted[..1]})).await;
    bench.sends_more(json!({"text": "abcde", "entities": quoted})).await;
}

#[tokio::test]
async fn keyboards_that_telegram_refuses_end_the_test() {
    let bench = Bench::new().await;
    let one = |button: Value| json!({"inline_keyboard": [[button]]});
    let nine: Vec<Value> = vec![json!({"text": "x", "callback_data": "x"}); 9];
    let long = "x".repeat(65);
    for (markup, what) in [
        (one(json!({"text": "x", "callback_data": long})), "BUTTON_DATA_INVALID"),
        (one(json!({"text": "x", "callback_data": ""})), "BUTTON_DATA_INVALID"),
        (one(json!({"text": " ", "callback_data": "x"})), "text is empty"),
        (one(json!({"text": "x"})), "text buttons are unallowed"),
        (one(json!({"text": "x", "callback_data": "x", "url": "https://a.de"})), "unallowed"),
        (one(json!({"text": "x", "url": "javascript:x"})), "URL"),
        (one(json!({"text": "x", "callback_data": "x", "style": "loud"})), "style"),
        (one(json!({"text": "x", "callback_data": "x", "colour": 1})), "colour"),
        (json!({"inline_keyboard": [nine]}), "REPLY_MARKUP_TOO_LONG"),
        (json!({"keyboard": []}), "keyboard"),
    ] {
        let params = json!({"chat_id": bench.help, "text": "x", "reply_markup": markup});
        bench.wrong("sendMessage", params, what).await;
    }
    let row = json!([
        {"text": "Yes", "callback_data": "ü".repeat(32), "style": "primary"},
        {"text": "Page", "url": "https://lumen.example"},
        {"text": "Never", "callback_data": "n", "disabled": true},
    ]);
    bench.sends_more(json!({"text": "x", "reply_markup": {"inline_keyboard": [row]}})).await;
    let shown = bench.town.sees(bench.mia, bench.help).pop().expect("seen");
    let buttons = shown.buttons.iter();
    let looks = buttons.map(|it| (it.label.as_str(), it.is_primary, it.is_link, it.is_disabled));
    let looks: Vec<_> = looks.collect();
    assert_eq!(
        looks,
        [("Yes", true, false, false), ("Page", false, true, false), ("Never", false, false, true)]
    );
}

#[tokio::test]
async fn a_text_lights_up_the_members_whom_it_names_and_nobody_through_code_or_a_link() {
    let bench = Bench::new().await;
    let (town, kai) = (&bench.town, bench.kai);
    let jo = town.nameless("Jo", "en");
    let far = town.person("Farah", "en");
    town.joins(bench.help, jo);
    bench.sends("ask @KAI_TG, @nobody_tg, @farah_tg or mia_tg@mail.com").await;
    assert_eq!(bench.lit(), BTreeSet::from([kai]), "a stranger sees nothing of it");
    for kind in ["code", "pre"] {
        bench.sends_more(json!({"text": "ask @kai_tg", "entities": [entity(kind, 4, 7)]})).await;
        assert_eq!(bench.lit(), BTreeSet::new(), "{kind}");
    }
    let mut link = entity("text_link", 0, 11);
    link["url"] = json!("https://lumen.example");
    bench.sends_more(json!({"text": "ask @kai_tg", "entities": [link]})).await;
    assert_eq!(bench.lit(), BTreeSet::new());
    bench
        .sends_more(json!({"text": "ask @kai_tg", "entities": [entity("blockquote", 0, 11)]}))
        .await;
    assert_eq!(bench.lit(), BTreeSet::from([kai]), "a quotation protects nobody");
    let names = |who: Id| {
        let mut name = entity("text_mention", 0, 2);
        name["user"] = json!({"id": who});
        json!({"text": "Jo?", "entities": [name]})
    };
    bench.sends_more(names(jo)).await;
    assert_eq!(bench.lit(), BTreeSet::from([jo]));
    for stranger in [far, 99] {
        bench.sends_more(names(stranger)).await;
        let shown = town.sees(bench.mia, bench.help).pop().expect("seen");
        assert_eq!((shown.pings, shown.marks), (BTreeSet::new(), Vec::new()));
    }
    let quiet = bench.sends("wait").await;
    let edit = json!({"chat_id": bench.help, "message_id": quiet.message_id(), "text": "@kai_tg"});
    bench.gets("editMessageText", edit).await;
    let shown = town.sees(kai, bench.help).pop().expect("seen");
    assert_eq!((shown.pings, shown.is_edited), (BTreeSet::from([kai]), true));
}

#[tokio::test]
async fn a_screen_marks_what_telegram_finds_by_itself() {
    let bench = Bench::new().await;
    bench.sends("/help@lumen_bot #lamp see https://a.example/x, lumen.de or mail@lumen.de").await;
    let shown = bench.town.sees(bench.mia, bench.help).pop().expect("seen");
    let mark = |kind: &str, text: &str| Mark { kind: kind.to_owned(), text: text.to_owned() };
    assert_eq!(
        shown.marks,
        [
            mark("bot_command", "/help@lumen_bot"),
            mark("hashtag", "#lamp"),
            mark("url", "https://a.example/x"),
            mark("url", "lumen.de"),
            mark("email", "mail@lumen.de"),
        ]
    );
    assert!(shown.has_preview && shown.links.is_empty());
    let quiet = json!({"is_disabled": true});
    let text = "\u{202e} \u{7}a\r\nb💡c  ";
    let bold = entity("bold", 7, 3);
    bench
        .sends_more(json!({"text": text, "entities": [bold], "link_preview_options": quiet}))
        .await;
    let shown = bench.town.sees(bench.mia, bench.help).pop().expect("seen");
    assert_eq!((shown.text.as_str(), shown.has_preview), ("a\nb💡c", false));
    assert_eq!(shown.marks, [mark("bold", "💡c")], "the marks move along");
}

#[tokio::test]
async fn a_reply_needs_what_it_replies_to_and_tells_whoever_wrote_it() {
    let bench = Bench::new().await;
    let asked = bench.town.says(bench.mia, bench.help, "why?");
    let to = |key: Key| json!({"message_id": key.message_id()});
    bench.sends_more(json!({"text": "so", "reply_parameters": to(asked)})).await;
    let shown = bench.town.sees(bench.kai, bench.help).pop().expect("seen");
    assert_eq!((shown.reply_to, shown.answers), (Some(asked), Some(bench.mia)));
    assert_eq!(shown.pings, BTreeSet::new(), "it is no mention");
    bench.town.deletes(bench.mia, bench.help, asked);
    let params = json!({"chat_id": bench.help, "text": "so", "reply_parameters": to(asked)});
    let (code, description) = bench.refused("sendMessage", params).await;
    assert_eq!((code, description.as_str()), (400, "Bad Request: message to be replied not found"));
    let mut to = to(asked);
    to["allow_sending_without_reply"] = json!(true);
    bench.sends_more(json!({"text": "so", "reply_parameters": to})).await;
    assert_eq!(bench.town.sees(bench.kai, bench.help).pop().expect("seen").reply_to, None);
}

#[tokio::test]
async fn an_edit_changes_what_is_the_bots_and_only_if_it_changes_something() {
    let bench = Bench::new().await;
    let sent = bench.sends_more(json!({"text": "one", "reply_markup": button("Yes", "y")})).await;
    let said = bench.town.says(bench.mia, bench.help, "mine");
    let edit = |key: Key, text: &str| json!({"chat_id": bench.help, "message_id": key.message_id(), "text": text});
    let mut same = edit(sent, "one");
    same["reply_markup"] = button("Yes", "y");
    for (params, words) in [
        (same, "message is not modified"),
        (edit(said, "yours"), "message can't be edited"),
        (edit(Key::from(999), "none"), "message to edit not found"),
    ] {
        let (code, description) = bench.refused("editMessageText", params).await;
        assert!(code == 400 && description.contains(words), "{description}");
    }
    bench.gets("editMessageText", edit(sent, "one")).await;
    let shown = bench.town.sees(bench.mia, bench.help);
    assert_eq!(shown[0].buttons, [], "without a keyboard there is none any more");
    let markup = json!({"chat_id": bench.help, "message_id": sent.message_id(),
        "reply_markup": button("No", "n")});
    bench.gets("editMessageReplyMarkup", markup.clone()).await;
    let (_, description) = bench.refused("editMessageReplyMarkup", markup).await;
    assert!(description.contains("message is not modified"), "{description}");
    let delete = |key: Key| json!({"chat_id": bench.help, "message_id": key.message_id()});
    let (_, description) = bench.refused("deleteMessage", delete(said)).await;
    assert_eq!(description, "Bad Request: message can't be deleted");
    assert_eq!(bench.gets("deleteMessage", delete(sent)).await, json!(true));
    let (_, description) = bench.refused("deleteMessage", delete(sent)).await;
    assert_eq!(description, "Bad Request: message to delete not found");
}

#[tokio::test]
async fn chats_that_are_not_for_the_bot_are_refused() {
    let bench = Bench::new().await;
    let (town, robin) = (&bench.town, bench.robin);
    let (kicked, left, muted) =
        (town.group("A", robin), town.supergroup("B", robin), town.supergroup("C", robin));
    town.removes_bot(robin, kicked);
    town.leaves(left, town.me());
    town.restricts(robin, muted, town.me());
    let shut = town.supergroup("D", robin);
    town.lets_members_write(shut, false);
    town.starts(bench.kai, None);
    town.blocks(bench.kai);
    let gone = town.person("Gone", "en");
    town.starts(gone, None);
    town.deactivates(gone);
    let channel = town.channel("News", robin);
    town.demotes(robin, channel, town.me());
    let other = town.other_bot("Other", "other_bot");
    for (chat, code, words) in [
        (json!(-7), 400, "chat not found"),
        (json!("@nowhere"), 400, "chat not found"),
        (json!(bench.mia), 403, "bot can't initiate conversation with a user"),
        (json!(bench.kai), 403, "bot was blocked by the user"),
        (json!(gone), 403, "user is deactivated"),
        (json!(other), 403, "bot can't send messages to bots"),
        (json!(kicked), 403, "bot was kicked from the group chat"),
        (json!(left), 403, "bot is not a member of the supergroup chat"),
        (json!(muted), 400, "not enough rights to send text messages to the chat"),
        (json!(shut), 400, "not enough rights to send text messages to the chat"),
        (json!(channel), 400, "need administrator rights in the channel chat"),
    ] {
        let (came, description) =
            bench.refused("sendMessage", json!({"chat_id": chat, "text": "hello"})).await;
        assert_eq!(came, code, "{chat}: {description}");
        assert!(description.ends_with(words), "{chat}: {description}");
    }
    bench.wrong("sendMessage", json!({"chat_id": "help", "text": "x"}), "is no chat").await;
    town.starts(bench.kai, Some("join"));
    bench.gets("sendMessage", json!({"chat_id": bench.kai, "text": "welcome back"})).await;
    assert_eq!(town.sees(bench.kai, bench.kai).len(), 3);
    assert_eq!(town.sees(bench.mia, bench.kai), [], "and nobody else looks in");
}

#[tokio::test]
async fn a_pressed_button_is_answered_once_in_time_by_whoever_sees_it() {
    let bench = Bench::new().await;
    let sent =
        bench.sends_more(json!({"text": "solved?", "reply_markup": button("Yes", "y")})).await;
    let pressed = bench.town.presses(bench.mia, bench.help, "Yes");
    assert_eq!(bench.town.told(&pressed), Told::Waiting);
    let answer = |id: &str| json!({"callback_query_id": id, "text": "Thanks!"});
    bench.gets("answerCallbackQuery", answer(&pressed)).await;
    assert_eq!(bench.town.answered(&pressed).await, Told::Toast("Thanks!".to_owned()));
    let late = bench.town.presses_data(bench.kai, bench.help, sent, "y");
    let given_up = bench.town.presses_data(bench.kai, bench.help, sent, "y");
    bench.town.gives_up_on(&given_up);
    bench.clock.advance(Duration::from_secs(151));
    for id in [pressed.as_str(), &late, &given_up, "7"] {
        let (code, description) = bench.refused("answerCallbackQuery", answer(id)).await;
        assert!(code == 400 && description.contains("query is too old"), "{description}");
    }
    let long = json!({"callback_query_id": "7", "text": "x".repeat(201)});
    bench.wrong("answerCallbackQuery", long, "MESSAGE_TOO_LONG").await;
    let alert = bench.town.presses_data(bench.kai, bench.help, sent, "y");
    let loud = json!({"callback_query_id": alert, "text": "No", "show_alert": true});
    bench.gets("answerCallbackQuery", loud).await;
    assert_eq!(bench.town.told(&alert), Told::Alert("No".to_owned()));
}

#[tokio::test]
async fn what_goes_wrong_on_demand_goes_wrong_once() {
    let bench = Bench::new().await;
    let town = &bench.town;
    let hello = json!({"chat_id": bench.help, "text": "hello"});
    town.fails("sendMessage", Fault::Limited(7));
    let (status, answer) = bench.tries("sendMessage", hello.clone()).await.expect("an answer");
    assert_eq!((status, &answer["parameters"]["retry_after"]), (429, &json!(7)));
    assert_eq!(answer["description"], "Too Many Requests: retry after 7");
    town.fails(&format!("sendMessage {}", bench.help), Fault::Broken(502));
    assert_eq!(bench.tries("sendMessage", hello.clone()).await.expect("an answer").0, 502);
    for (fault, seen) in [(Fault::CutBefore, 0), (Fault::CutAfter, 1)] {
        town.fails("sendMessage", fault);
        assert!(bench.tries("sendMessage", hello.clone()).await.is_err());
        assert_eq!(town.sees(bench.mia, bench.help).len(), seen);
    }
    town.fails("sendMessage", Fault::Refused(403, "Forbidden: on demand"));
    assert_eq!(bench.refused("sendMessage", hello.clone()).await.1, "Forbidden: on demand");
    assert!(town.has_failed());
    town.fails("sendMessage", Fault::Held);
    let letting_go = async {
        town.holds().await;
        assert_eq!(town.sees(bench.mia, bench.help).len(), 2, "it is there before it is told");
        town.lets_go();
    };
    let (sent, ()) = tokio::join!(bench.tries("sendMessage", hello.clone()), letting_go);
    assert_eq!(sent.expect("an answer").0, 200);
    assert_eq!(town.calls("sendMessage").len(), 6);
}

#[tokio::test]
async fn whoever_talks_too_fast_waits() {
    let bench = Bench::new().await;
    bench.town.paces();
    for _ in 0..3 {
        bench.sends("quick").await;
    }
    let hello = json!({"chat_id": bench.help, "text": "hello"});
    let (status, answer) = bench.tries("sendMessage", hello.clone()).await.expect("an answer");
    assert_eq!((status, &answer["parameters"]["retry_after"]), (429, &json!(3)));
    bench.refused("sendMessage", hello.clone()).await;
    assert_eq!(bench.town.impatient(), 1, "who asks again meanwhile is counted");
    for _ in 0..17 {
        bench.clock.advance(Duration::from_secs(3));
        bench.sends("slow").await;
    }
    bench.clock.advance(Duration::from_secs(3));
    let (_, answer) = bench.tries("sendMessage", hello).await.expect("an answer");
    assert_eq!(answer["parameters"]["retry_after"], json!(6), "twenty a minute in a group");
    bench.town.starts(bench.mia, None);
    bench.gets("sendMessage", json!({"chat_id": bench.mia, "text": "elsewhere"})).await;
}
