//! The double's chats, tried by hand: what a bot hears where, what it may ask and change, and what
//! only one person sees.
#![expect(clippy::expect_used, reason = "a double that does not answer is no double")]
#![expect(clippy::indexing_slicing, reason = "an index of JSON reads null")]

use std::time::Duration;

use serde_json::{Value, json};

use crate::telegram_double::Bench;
use crate::telegram_town::rest::Fault;
use crate::telegram_town::state::{Id, Key};

/// The messages among what the bot hears.
async fn messages(bench: &Bench) -> Vec<Value> {
    let heard = bench.hears().await;
    heard.iter().map(|update| update["message"].clone()).filter(Value::is_object).collect()
}

async fn texts(bench: &Bench) -> Vec<String> {
    let text = |message: &Value| message["text"].as_str().unwrap_or_default().to_owned();
    messages(bench).await.iter().map(text).collect()
}

/// Says the same things in a group, and gives back what of it the bot heard.
async fn heard_of_everything(bench: &Bench, group: Id) -> Vec<String> {
    let town = &bench.town;
    let sent = bench.gets("sendMessage", json!({"chat_id": group, "text": "hello"})).await;
    bench.hears().await;
    let own = Key::from(sent["message_id"].as_i64().expect("a number"));
    town.says(bench.mia, group, "chatter");
    town.says(bench.mia, group, "@lumen_bot help");
    town.replies(bench.mia, group, own, "reply");
    town.says(bench.mia, group, "/ask@lumen_bot");
    town.says(bench.mia, group, "/last");
    let other = town.look(|state| state.called("other_bot").expect("a bot"));
    town.says(other, group, "I am a bot");
    town.says(bench.mia, group, "/first");
    town.says(bench.mia, group, "/ask@other_bot");
    texts(bench).await
}

#[tokio::test]
async fn with_privacy_mode_a_bot_hears_what_is_meant_for_it_and_as_an_administrator_everything() {
    let bench = Bench::new().await;
    let (town, robin) = (&bench.town, bench.robin);
    let other = town.other_bot("Other", "other_bot");
    town.joins(bench.help, other);
    let meant = ["reply", "/ask@lumen_bot", "/last"];
    assert_eq!(heard_of_everything(&bench, bench.help).await, meant);
    town.turns_privacy(false);
    assert_eq!(bench.gets("getMe", json!({})).await["can_read_all_group_messages"], json!(true));
    assert_eq!(heard_of_everything(&bench, bench.help).await, meant, "not before it comes again");
    let all = [
        "chatter",
        "@lumen_bot help",
        "reply",
        "/ask@lumen_bot",
        "/last",
        "/first",
        "/ask@other_bot",
    ];
    town.removes_bot(robin, bench.help);
    town.adds_bot(robin, bench.help);
    assert_eq!(heard_of_everything(&bench, bench.help).await, all);
    town.turns_privacy(true);
    town.removes_bot(robin, bench.help);
    town.adds_bot(robin, bench.help);
    assert_eq!(heard_of_everything(&bench, bench.help).await, meant);
    town.promotes(robin, bench.help, town.me(), &[]);
    assert_eq!(heard_of_everything(&bench, bench.help).await, all);
}

#[tokio::test]
async fn what_happens_to_the_bot_itself_is_always_told() {
    let bench = Bench::new().await;
    let town = &bench.town;
    bench.hears().await;
    town.promotes(bench.robin, bench.help, town.me(), &["can_manage_tags"]);
    town.removes_bot(bench.robin, bench.help);
    town.says(bench.mia, bench.help, "unheard");
    town.adds_bot(bench.robin, bench.help);
    town.starts(bench.mia, Some("opt-in_7"));
    town.blocks(bench.mia);
    town.starts(bench.mia, None);
    let heard = bench.hears().await;
    let statuses: Vec<(&str, &str)> = heard
        .iter()
        .filter_map(|update| {
            let event = &update["my_chat_member"];
            let status = |which: &str| event[which]["status"].as_str();
            Some((status("old_chat_member")?, status("new_chat_member")?))
        })
        .collect();
    assert_eq!(
        statuses,
        [
            ("member", "administrator"),
            ("administrator", "kicked"),
            ("kicked", "member"),
            ("member", "kicked"),
            ("kicked", "member"),
        ]
    );
    let rights = &heard[0]["my_chat_member"]["new_chat_member"];
    assert_eq!(rights["can_manage_tags"], json!(true));
    assert_eq!(rights["can_pin_messages"], json!(false));
    let said: Vec<&Value> = heard.iter().map(|it| &it["message"]["text"]).collect();
    assert!(!said.contains(&&json!("unheard")));
    assert!(said.contains(&&json!("/start opt-in_7")), "{said:?}");
}

#[tokio::test]
async fn a_message_carries_what_telegram_puts_into_it() {
    let bench = Bench::new().await;
    let (town, help) = (&bench.town, bench.help);
    town.promotes(bench.robin, help, town.me(), &[]);
    bench.hears().await;
    let asked = town.says(bench.mia, help, "why?");
    let answer = town.replies(bench.kai, help, asked, "because");
    town.replies(bench.mia, help, answer, "thanks");
    let moment = json!({"type": "date_time", "offset": 0, "length": 4, "unix_time": 7});
    town.marks(bench.mia, help, "noon", &[moment]);
    town.shows_picture(bench.mia, help, "my lamp @kai_tg");
    town.speaks(bench.mia, help);
    town.shows_album(bench.mia, help, &["both", ""]);
    town.goes_anonymous(help, bench.robin);
    town.says_anonymously(bench.robin, help, "the house speaks");
    let heard = messages(&bench).await;
    assert_eq!(heard[0]["from"]["language_code"], "de");
    assert_eq!(heard[0]["chat"]["type"], "supergroup");
    let root = json!(asked.message_id());
    assert_eq!(heard[1]["reply_to_message"]["message_id"], root);
    assert_eq!(
        (&heard[1]["message_thread_id"], &heard[1]["is_topic_message"]),
        (&root, &Value::Null)
    );
    assert_eq!(heard[2]["message_thread_id"], root, "a thread has one root");
    assert!(heard[2]["reply_to_message"].get("reply_to_message").is_none());
    assert_eq!(heard[3]["entities"][0]["type"], "date_time");
    assert_eq!(heard[4]["caption_entities"][0]["type"], "mention");
    assert!(heard[4].get("text").is_none() && heard[4]["photo"].is_array());
    assert!(heard[5]["voice"].is_object() && heard[5].get("caption").is_none());
    assert_eq!(heard[6]["media_group_id"], heard[7]["media_group_id"]);
    assert_eq!((&heard[6]["caption"], &heard[7]["caption"]), (&json!("both"), &Value::Null));
    assert_eq!(heard[8]["from"]["id"], 1_087_968_824_i64);
    assert_eq!(heard[8]["sender_chat"]["id"], json!(help));
}

#[tokio::test]
async fn a_channel_s_post_reaches_its_discussion_group_by_telegram_itself() {
    let bench = Bench::new().await;
    let (town, robin) = (&bench.town, bench.robin);
    let news = town.channel("News", robin);
    town.links(news, bench.help);
    town.promotes(robin, bench.help, town.me(), &[]);
    town.joins(news, bench.mia);
    bench.hears().await;
    let forward = town.posts(robin, news, "Version 2 is out");
    town.replies(bench.mia, bench.help, forward, "finally");
    town.says_as(robin, bench.help, news, "we think so too");
    let heard = bench.hears().await;
    let post = &heard[0]["channel_post"];
    assert!(post.get("from").is_none());
    assert_eq!(post["sender_chat"]["id"], json!(news));
    let copy = &heard[1]["message"];
    assert_eq!(
        (&copy["from"]["id"], &copy["is_automatic_forward"]),
        (&json!(777_000), &json!(true))
    );
    assert_eq!(copy["sender_chat"]["id"], json!(news));
    assert_eq!(heard[2]["message"]["message_thread_id"], copy["message_id"]);
    assert_eq!(heard[3]["message"]["from"]["id"], 136_817_688);
    assert_eq!(
        bench.gets("getChat", json!({"chat_id": news})).await["linked_chat_id"],
        json!(bench.help)
    );
    assert_eq!(town.sees(bench.mia, news).len(), 1);
}

#[tokio::test]
async fn a_topic_has_a_number_a_beginning_and_an_end() {
    let bench = Bench::new().await;
    let (town, robin) = (&bench.town, bench.robin);
    let desk = town.forum("Desk", robin);
    town.joins(desk, bench.mia);
    let params = json!({"chat_id": desk, "name": "Case 7"});
    assert_eq!(bench.refused("createForumTopic", params.clone()).await.0, 400, "no right");
    town.promotes(robin, desk, town.me(), &["can_manage_topics"]);
    let none = json!({"chat_id": bench.help, "name": "Case 7"});
    assert!(bench.refused("createForumTopic", none).await.1.ends_with("the chat is not a forum"));
    let made = bench.gets("createForumTopic", params).await;
    let case = made["message_thread_id"].as_i64().expect("a number");
    assert_ne!(case, 1);
    let other = town.opens_topic(robin, desk, "Chatter");
    bench.hears().await;
    town.says(bench.mia, (desk, case), "in the case");
    town.says(bench.mia, desk, "in general");
    let heard = messages(&bench).await;
    assert_eq!(heard[0]["is_topic_message"], json!(true));
    assert_eq!(heard[0]["message_thread_id"], json!(case));
    let begun = &heard[0]["reply_to_message"];
    assert_eq!(begun["forum_topic_created"]["name"], "Case 7", "and that is no reply");
    assert!(heard[1].get("message_thread_id").is_none() && heard[1]["chat"]["is_forum"] == true);
    let send = |topic: i64| json!({"chat_id": desk, "message_thread_id": topic, "text": "noted"});
    bench.gets("sendMessage", send(case)).await;
    assert_eq!(town.sees(bench.mia, (desk, case)).len(), 2);
    let reply = json!({"message_id": heard[0]["message_id"]});
    let send_reply = json!({"chat_id": desk, "text": "and more", "reply_parameters": reply});
    bench.gets("sendMessage", send_reply).await;
    assert_eq!(town.sees(bench.mia, (desk, case)).len(), 3, "a reply stays in its topic");
    assert_eq!(town.sees(bench.mia, (desk, other)), []);
    assert!(bench.refused("sendMessage", send(99)).await.1.ends_with("message thread not found"));
    assert!(town.forgives().is_empty());
    bench.refused("sendMessage", send(1)).await;
    assert_eq!(town.forgives().len(), 1, "General has no number");
    town.demotes(robin, desk, town.me());
    town.closes_topic(robin, desk, case, true);
    assert!(bench.refused("sendMessage", send(case)).await.1.ends_with("TOPIC_CLOSED"));
    town.closes_topic(robin, desk, case, false);
    bench.gets("sendMessage", send(case)).await;
}

#[tokio::test]
async fn a_group_that_becomes_a_supergroup_is_another_chat() {
    let bench = Bench::new().await;
    let (town, robin) = (&bench.town, bench.robin);
    let old = town.group("Lamps", robin);
    town.joins(old, bench.mia);
    let said = town.says(bench.mia, old, "/ask why?");
    bench.hears().await;
    let new = town.upgrades(robin, old);
    let heard = messages(&bench).await;
    assert_eq!(
        (&heard[0]["chat"]["id"], &heard[0]["migrate_to_chat_id"]),
        (&json!(old), &json!(new))
    );
    let back = (&heard[1]["chat"]["id"], &heard[1]["migrate_from_chat_id"]);
    assert_eq!(back, (&json!(new), &json!(old)));
    let send = json!({"chat_id": old, "text": "hello"});
    let (status, answer) = bench.tries("sendMessage", send).await.expect("an answer");
    assert_eq!((status, &answer["parameters"]["migrate_to_chat_id"]), (400, &json!(new)));
    let reply = json!({"message_id": said.message_id()});
    let send = json!({"chat_id": new, "text": "hello", "reply_parameters": reply});
    let (_, description) = bench.refused("sendMessage", send).await;
    assert!(description.ends_with("message to be replied not found"), "its numbers are others");
    town.says(bench.mia, new, "/ask again");
    assert_eq!(texts(&bench).await, ["/ask again"]);
}

#[tokio::test]
async fn members_are_shown_to_administrators_and_administrators_to_everybody() {
    let bench = Bench::new().await;
    let (town, help) = (&bench.town, bench.help);
    let of = |who: Id| json!({"chat_id": help, "user_id": who});
    assert_eq!(bench.refused("getChatMember", of(bench.mia)).await.0, 400);
    assert_eq!(bench.gets("getChatMember", of(town.me())).await["status"], "member");
    town.promotes(bench.robin, help, bench.kai, &["can_delete_messages"]);
    let admins = bench.gets("getChatAdministrators", json!({"chat_id": help})).await;
    let admins: Vec<&Value> =
        admins.as_array().expect("a list").iter().map(|it| &it["user"]["id"]).collect();
    assert_eq!(admins, [&json!(bench.kai), &json!(bench.robin)]);
    assert_eq!(bench.gets("getChatMemberCount", json!({"chat_id": help})).await, 4);
    town.promotes(bench.robin, help, town.me(), &["can_manage_tags"]);
    let jo = town.person("Jo", "en");
    for (who, status) in [(bench.mia, "member"), (bench.robin, "creator"), (jo, "left")] {
        assert_eq!(bench.gets("getChatMember", of(who)).await["status"], status);
    }
    town.starts(jo, None);
    let (_, description) = bench.refused("getChatAdministrators", json!({"chat_id": jo})).await;
    assert!(description.contains("no administrators in the private chat"));

    let tags = |who: Id, tag: &str| json!({"chat_id": help, "user_id": who, "tag": tag});
    bench.gets("setChatMemberTag", tags(bench.mia, "Guide")).await;
    assert_eq!(town.tag(help, bench.mia).as_deref(), Some("Guide"));
    bench.hears().await;
    town.says(bench.mia, help, "look");
    assert_eq!(messages(&bench).await[0]["sender_tag"], "Guide");
    for (who, tag, is_wrong) in [
        (bench.mia, "a tag much too long", true),
        (bench.mia, "Guide 💡", true),
        (bench.kai, "Guide", false),
        (jo, "Guide", false),
    ] {
        assert_eq!(bench.refused("setChatMemberTag", tags(who, tag)).await.0, 400);
        assert_eq!(!town.forgives().is_empty(), is_wrong, "{tag}");
    }
    town.demotes(bench.robin, help, town.me());
    assert_eq!(bench.refused("setChatMemberTag", tags(bench.mia, "")).await.0, 400);
}

#[tokio::test]
async fn the_narrowest_menu_is_shown_and_the_bad_ones_are_refused() {
    let bench = Bench::new().await;
    let (town, help) = (&bench.town, bench.help);
    let menu = |name: &str| json!([{"command": name, "description": "It helps"}]);
    for (scope, language, name) in [
        (json!({"type": "default"}), "", "everywhere"),
        (json!({"type": "all_group_chats"}), "", "groups"),
        (json!({"type": "all_group_chats"}), "de", "gruppen"),
        (json!({"type": "all_chat_administrators"}), "", "admins"),
        (json!({"type": "chat_member", "chat_id": help, "user_id": bench.kai}), "", "kai"),
    ] {
        let params = json!({"commands": menu(name), "scope": scope, "language_code": language});
        bench.gets("setMyCommands", params).await;
    }
    town.starts(bench.mia, None);
    for (who, chat, name) in [
        (bench.mia, bench.mia, "everywhere"),
        (bench.mia, help, "gruppen"),
        (bench.robin, help, "admins"),
        (bench.kai, help, "kai"),
    ] {
        assert!(town.offered(who, chat, name).is_some(), "{name}");
    }
    let groups = json!({"scope": {"type": "all_group_chats"}, "language_code": "de"});
    assert_eq!(bench.gets("getMyCommands", groups.clone()).await, menu("gruppen"));
    bench.gets("deleteMyCommands", groups).await;
    town.offers(bench.mia, help, "groups").await;
    let many: Vec<Value> =
        (0..101).map(|it| json!({"command": format!("c{it}"), "description": "x"})).collect();
    for params in [
        json!({"commands": [{"command": "Points", "description": "x"}]}),
        json!({"commands": [{"command": "/points", "description": "x"}]}),
        json!({"commands": [{"command": "x".repeat(33), "description": "x"}]}),
        json!({"commands": [{"command": "points", "description": ""}]}),
        json!({"commands": [{"command": "points", "description": "x".repeat(257)}]}),
        json!({"commands": [{"command": "a", "description": "x"}, {"command": "a", "description": "x"}]}),
        json!({"commands": many}),
        json!({"commands": [], "language_code": "de-AT"}),
        json!({"commands": [], "scope": {"type": "somewhere"}}),
    ] {
        assert_eq!(bench.refused("setMyCommands", params.clone()).await.0, 400, "{params}");
        assert_eq!(town.forgives().len(), 1, "{params}");
    }
}

/// A text for one person's eyes.
fn whisper(chat: Id, receiver: Id) -> Value {
    json!({
        "chat_id": chat, "text": "3 points",
        "ephemeral_message_parameters": {"receiver_user_id": receiver},
    })
}

#[tokio::test]
async fn an_administrator_can_tell_one_member_something_that_nobody_else_sees() {
    let bench = Bench::new().await;
    let (town, help) = (&bench.town, bench.help);
    let (_, description) = bench.refused("sendMessage", whisper(help, bench.mia)).await;
    assert!(description.ends_with("CHAT_ADMIN_REQUIRED"), "without a cause: {description}");
    town.promotes(bench.robin, help, town.me(), &[]);
    let mut params = whisper(help, bench.mia);
    params["reply_markup"] = json!({"inline_keyboard": [[{"text": "Why?", "callback_data": "w"}]]});
    let sent = bench.gets("sendMessage", params).await;
    assert_eq!((&sent["message_id"], &sent["receiver_user"]["id"]), (&json!(0), &json!(bench.mia)));
    let id = sent["ephemeral_message_id"].as_i64().expect("a number");
    let shown = town.sees(bench.mia, help).pop().expect("seen");
    assert!(shown.is_private && shown.text == "3 points");
    assert_eq!(shown.key, Key::Ephemeral { receiver: bench.mia, id });
    assert_eq!(town.sees(bench.kai, help), []);
    bench.hears().await;
    town.presses(bench.mia, help, "Why?");
    let pressed = &bench.hears().await[0]["callback_query"]["message"];
    assert_eq!((&pressed["message_id"], &pressed["ephemeral_message_id"]), (&json!(0), &json!(id)));
    let mut edit = json!({
        "chat_id": help, "receiver_user_id": bench.mia, "ephemeral_message_id": id, "text": "4 points",
    });
    assert_eq!(bench.gets("editEphemeralMessageText", edit.clone()).await, json!(true));
    assert_eq!(town.sees(bench.mia, help)[0].text, "4 points");
    edit["receiver_user_id"] = json!(bench.kai);
    assert_eq!(bench.refused("editEphemeralMessageText", edit.clone()).await.0, 400);
    let other = bench.gets("sendMessage", whisper(help, bench.kai)).await;
    assert_eq!(other["ephemeral_message_id"], json!(id), "each one's are counted apart");
    let delete =
        json!({"chat_id": help, "receiver_user_id": bench.mia, "ephemeral_message_id": id});
    bench.gets("deleteEphemeralMessage", delete.clone()).await;
    assert_eq!(bench.refused("deleteEphemeralMessage", delete).await.0, 400);
    town.goes_offline(bench.kai, true);
    bench.gets("sendMessage", whisper(help, bench.kai)).await;
    assert_eq!(town.sees(bench.kai, help).len(), 1, "what is told to nobody is told all the same");
    for stranger in [town.person("Jo", "en"), town.me()] {
        assert_eq!(bench.refused("sendMessage", whisper(help, stranger)).await.0, 400);
    }
    town.starts(bench.mia, None);
    bench.refused("sendMessage", whisper(bench.mia, bench.mia)).await;
    assert_eq!(town.forgives().len(), 1, "only in groups");
}

#[tokio::test]
async fn any_bot_can_answer_so_for_fifteen_seconds_after_somebody_s_act() {
    let bench = Bench::new().await;
    let (town, help) = (&bench.town, bench.help);
    let points = json!([{"command": "points", "description": "x", "is_ephemeral": true}]);
    bench.gets("setMyCommands", json!({"commands": points})).await;
    bench.hears().await;
    let asked = town.says(bench.mia, help, "/points");
    let heard = messages(&bench).await.remove(0);
    assert_eq!(
        (&heard["message_id"], &heard["receiver_user"]["id"]),
        (&json!(0), &json!(town.me()))
    );
    assert_eq!(heard["from"]["id"], json!(bench.mia));
    assert_eq!((town.sees(bench.mia, help).len(), town.sees(bench.kai, help).len()), (1, 0));
    let mut answer = whisper(help, bench.mia);
    answer["reply_parameters"] = json!({"ephemeral_message_id": heard["ephemeral_message_id"]});
    bench.gets("sendMessage", answer.clone()).await;
    assert_eq!(town.sees(bench.mia, help).pop().expect("seen").reply_to, Some(asked));
    let mut aloud = answer.clone();
    aloud.as_object_mut().expect("fields").remove("ephemeral_message_parameters");
    bench.refused("sendMessage", aloud).await;
    assert_eq!(town.forgives().len(), 1, "what was said in confidence is not answered aloud");

    let markup = json!({"inline_keyboard": [[{"text": "Mine", "callback_data": "m"}]]});
    let board = bench.sends_more(json!({"text": "points", "reply_markup": markup})).await;
    let pressed = town.presses(bench.kai, help, "Mine");
    let mut answer_press = whisper(help, bench.kai);
    answer_press["ephemeral_message_parameters"]["callback_query_id"] = json!(pressed);
    let mut instead = answer_press.clone();
    instead["ephemeral_message_parameters"]["replace_callback_query_message"] = json!(true);
    bench.gets("sendMessage", answer_press.clone()).await;
    assert!(town.sees(bench.kai, help).iter().any(|shown| shown.key == board));
    bench.gets("sendMessage", instead).await;
    assert!(!town.sees(bench.kai, help).iter().any(|shown| shown.key == board));
    assert!(town.sees(bench.mia, help).iter().any(|shown| shown.key == board));
    bench.clock.advance(Duration::from_secs(16));
    for late in [answer, answer_press] {
        assert_eq!(bench.refused("sendMessage", late).await.0, 400);
        assert!(town.forgives().is_empty());
    }
    town.restarts_client(bench.mia);
    assert!(town.sees(bench.mia, help).iter().all(|shown| !shown.is_private));
}

#[tokio::test]
async fn reactions_are_told_to_administrators_and_a_bot_has_one() {
    let bench = Bench::new().await;
    let (town, help) = (&bench.town, bench.help);
    bench.hears().await;
    let wish = json!(["message_reaction", "message_reaction_count"]);
    bench.polls(json!({"allowed_updates": wish})).await;
    let said = town.says(bench.mia, help, "look");
    town.reacts(bench.kai, help, said, "👍");
    assert_eq!(bench.drains().await, [] as [&str; 0]);
    town.promotes(bench.robin, help, town.me(), &[]);
    town.reacts(bench.kai, help, said, "🔥");
    let heard = bench.hears().await;
    let event = &heard[0]["message_reaction"];
    assert_eq!(event["old_reaction"], json!([{"type": "emoji", "emoji": "👍"}]));
    assert_eq!(event["new_reaction"], json!([{"type": "emoji", "emoji": "🔥"}]));
    assert_eq!(event["user"]["id"], json!(bench.kai));
    let react = |emoji: &[&str]| {
        let list: Vec<Value> =
            emoji.iter().map(|it| json!({"type": "emoji", "emoji": it})).collect();
        json!({"chat_id": help, "message_id": said.message_id(), "reaction": list})
    };
    bench.gets("setMessageReaction", react(&["👀"])).await;
    bench.gets("setMessageReaction", react(&["🎉"])).await;
    let shown = town.sees(bench.mia, help).pop().expect("seen");
    assert_eq!(shown.reactions, [("🔥".to_owned(), bench.kai), ("🎉".to_owned(), town.me())]);
    assert!(
        bench.refused("setMessageReaction", react(&["🧦"])).await.1.contains("REACTION_INVALID")
    );
    town.limits_reactions(help, &["👍"]);
    assert_eq!(bench.refused("setMessageReaction", react(&["🎉"])).await.0, 400);
    bench.refused("setMessageReaction", react(&["👍", "🎉"])).await;
    assert_eq!(town.forgives().len(), 1);
    let news = town.channel("News", bench.robin);
    let post = town.posts(bench.robin, news, "out");
    town.joins(news, bench.mia);
    town.reacts(bench.mia, news, post, "👍");
    let heard = bench.hears().await;
    assert_eq!(heard[0]["message_reaction_count"]["reactions"][0]["total_count"], 1);
    bench.gets("sendChatAction", json!({"chat_id": help, "action": "typing"})).await;
    town.fails("sendChatAction", Fault::Broken(500));
    assert_eq!(bench.tries("sendChatAction", json!({})).await.expect("an answer").0, 500);
}
