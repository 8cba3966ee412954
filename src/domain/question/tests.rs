//! What is caught and what is let pass, in the words of people.

use proptest::prelude::*;

use super::*;

fn score(text: &str) -> f64 {
    TrainedDetector.judge(&Heard { text, ..Heard::default() }).score
}

fn caught(text: &str) -> bool {
    let heard = Heard { text, ..Heard::default() };
    let verdict = TrainedDetector.judge(&heard);
    is_caught(ListenMode::Detect, Sensitivity::Balanced, &heard, &verdict)
}

#[test]
fn whoever_asks_for_help_is_caught_in_their_language() {
    for text in [
        "how do i reset my password",
        "Hi all, is there a way to change the channel width?",
        "thanks in advance, how do I change the DNS?",
        "stuck on the login screen, any ideas",
        "HELP my internet is down!!!",
        "is it normal that the box gets hot?",
        "HELP!!",
        "please help",
        "Hilfe",
        "помогите",
        "Wie kann ich das Gastnetz einrichten?",
        "kann mir jemand sagen wie ich das Passwort ändere",
        "comment changer le mot de passe du wifi",
        "quelqu'un peut m'aider ?",
        "cómo cambio la contraseña del wifi",
        "alguien sabe cómo configurar el router?",
        "como eu troco a senha do wifi",
        "come faccio a cambiare la password",
        "hoe kan ik mijn wachtwoord wijzigen",
        "как поменять пароль на роутере",
        "jak zmienić hasło do wifi",
        "bagaimana cara ganti password wifi",
        "kako da promenim lozinku",
        "како да променим лозинку",
        "modemin şifresini nasıl değiştiririm",
        "Wi-Fiのパスワードを変更する方法を教えてください",
        "怎么修改路由器密码",
        "와이파이 비밀번호는 어떻게 바꾸나요?",
        "كيف أغير كلمة المرور؟",
        "πώς αλλάζω τον κωδικό του wifi;",
        "वाईफाई का पासवर्ड कैसे बदलें",
        "làm sao để đổi mật khẩu wifi",
    ] {
        assert!(caught(text), "{text}: {}", score(text));
    }
}

#[test]
fn a_problem_told_without_a_question_is_caught() {
    for text in [
        "my router keeps dropping the connection",
        "can't get the guest wifi to work",
        "I can't log in to my account, it says wrong password",
        "I need to update the firmware but the button is greyed out",
        "router is blinking red since yesterday",
        "i was charged twice",
        "printer won't print",
        "forgot my password",
        "Drucker druckt nicht",
        "wlan geht nicht mehr",
        "bei mir geht das Internet seit heute morgen nicht",
        "mein Router zeigt nur noch eine Fehlermeldung",
        "ma box ne marche plus depuis ce matin",
        "no me funciona el internet desde ayer",
        "meu roteador não conecta na internet",
        "il mio router non funziona più",
        "mijn router doet het niet meer",
        "у меня не работает интернет",
        "nie działa mi internet od rana",
        "wifi saya tidak bisa konek",
        "не ради ми интернет од јутрос",
        "internetim çalışmıyor yardım lütfen",
        "ルーターがつながりません",
        "我的路由器连不上网",
        "인터넷 연결이 안 돼요",
        "الانترنت عندي لا يعمل",
    ] {
        assert!(caught(text), "{text}: {}", score(text));
    }
}

#[test]
fn company_thanks_and_helpers_are_let_pass() {
    for text in [
        "hi all",
        "anyone here?",
        "how are you?",
        "good morning everyone, how is it going?",
        "right?",
        "lol what?",
        "really?",
        "which version do you have?",
        "did you try turning it off and on again?",
        "help yourself",
        "I figured it out",
        "stuck again lol",
        "what a pity, it is gone",
        "@mia what does the error say?",
        "@mia have you restarted it?",
        "thanks, that worked!",
        "you can change that in the settings",
        "try restarting the router, that fixed it for me",
        "we shipped the new firmware today",
        "I love this router",
        "wie geht's?",
        "moin zusammen",
        "hast du den Router schon neu gestartet?",
        "ist jemand da?",
        "ça va ?",
        "tu as essayé de redémarrer ?",
        "ya probaste reiniciarlo?",
        "bom dia pessoal, tudo bem?",
        "hai provato a riavviare?",
        "как дела?",
        "а ты пробовал перезагрузить?",
        "cześć, co słychać?",
        "apa kabar?",
        "nasılsın?",
        "zdravo svima, šta ima?",
        "谢谢大家",
        "https://example.org/how-to",
        "😀",
        "",
    ] {
        assert!(!caught(text), "{text}: {}", score(text));
    }
}

/// Few words hold few pieces: what those say by chance must not outweigh a plain complaint.
#[test]
fn a_terse_complaint_is_heard_whatever_is_spoken_there() {
    for text in
        ["wlan geht nicht mehr", "wifi is down", "no me carga", "не работает интернет", "hilfe"]
    {
        for spoken in ["en", "de", "es", "ru"].map(Language::from) {
            let heard = Heard { text, language: Some(&spoken), ..Heard::default() };
            let verdict = TrainedDetector.judge(&heard);
            let room = verdict.score - Sensitivity::Balanced.cut();
            assert!(room > 0.05, "{text} where {spoken:?} is spoken: {}", verdict.score);
        }
    }
}

#[test]
fn the_same_words_to_a_person_ask_us_less() {
    let text = "is there a way to change it?";
    let open = Heard { text, ..Heard::default() };
    let reply = Heard { is_reply_to_person: true, ..open };
    let post = Heard { opens_post: true, ..open };
    let score = |heard: &Heard<'_>| TrainedDetector.judge(heard).score;
    assert!(score(&reply) < score(&open) && score(&open) < score(&post));
    // The bot's own name at the head of a message is no third person.
    let text = "@lumen is there a way to change it?";
    let named = Heard { text, mentions_bot: true, ..Heard::default() };
    assert!(score(&named) > score(&open));
}

#[test]
fn what_was_pasted_does_not_ask() {
    for text in [
        "```\nerror: how do I help?\n```",
        "> how do I reset my password?\nhold the button for ten seconds",
        "`why?`",
    ] {
        assert!(!caught(text), "{text}: {}", score(text));
    }
    assert!(caught("how do I read this?\n```\n[1.2] eth0: link down\n```"));
}

#[test]
fn letters_held_down_change_nothing() {
    assert!((score("hellllp my router is down") - score("help my router is down")).abs() < 1e-9);
    assert!((score("HOW DO I RESET IT") - score("how do i reset it")).abs() < 1e-9);
}

#[test]
fn a_question_to_somebody_still_asks() {
    for (text, asks) in [
        ("which version do you have?", true),
        ("wer führte die Truppen im Jahr 1756 an", true),
        ("в каком году был построен мост", true),
        ("the bridge was built in 1876", false),
        ("die Brücke wurde 1876 gebaut", false),
    ] {
        let verdict = TrainedDetector.judge(&Heard { text, ..Heard::default() });
        assert_eq!(verdict.asks >= 0.5, asks, "{text}: {}", verdict.asks);
    }
}

#[test]
fn an_operator_reads_why() {
    let reasons = |text: &str| TrainedDetector.judge(&Heard { text, ..Heard::default() }).reasons;
    assert_eq!(reasons("my router keeps crashing"), [Reason::ProblemReport]);
    assert_eq!(
        reasons("@mia which version do you have?"),
        [Reason::QuestionMark, Reason::AskingWord, Reason::BackQuestion, Reason::ReplyToPerson,]
    );
    assert!(reasons("#help").contains(&Reason::HelpTag));
}

#[test]
fn a_more_eager_community_catches_more() {
    let cuts =
        [Sensitivity::Strict, Sensitivity::Balanced, Sensitivity::Eager].map(Sensitivity::cut);
    assert!(cuts.is_sorted_by(|stricter, looser| stricter > looser));
}

#[test]
fn each_mode_listens_for_its_own() {
    use ListenMode::{Detect, EveryPost, Tagged};
    let text = |text| Heard { text, ..Heard::default() };
    let to_bot = |text| Heard { text, mentions_bot: true, ..Heard::default() };
    let post = |text| Heard { text, opens_post: true, ..Heard::default() };
    for (mode, heard, expected) in [
        (Detect, text("how do I reset my router?"), true),
        (Detect, text("good morning"), false),
        (Detect, text("#help"), true),
        (Tagged, text("how do I reset my router?"), false),
        (Tagged, text("the light is red #ask"), true),
        (Tagged, text("das Licht ist rot #hilfe"), true),
        (Tagged, to_bot("the light is red"), true),
        (Tagged, to_bot("thanks, that helped"), false),
        (Tagged, to_bot("@lumen"), false),
        (Tagged, to_bot("👍"), false),
        (EveryPost, post("the light is red"), true),
        (EveryPost, post("📷"), false),
        (EveryPost, text("the light is red"), false),
    ] {
        let verdict = TrainedDetector.judge(&heard);
        let caught = is_caught(mode, Sensitivity::Balanced, &heard, &verdict);
        assert_eq!(caught, expected, "{mode:?} {:?}", heard.text);
    }
}

#[test]
fn modes_and_sensitivity_are_spelt_as_in_bot_toml() {
    for (mode, spelling) in [
        (ListenMode::Detect, "\"detect\""),
        (ListenMode::Tagged, "\"tagged\""),
        (ListenMode::EveryPost, "\"every_post\""),
    ] {
        assert_eq!(serde_json::to_string(&mode).unwrap(), spelling);
    }
    assert_eq!(serde_json::from_str::<Sensitivity>("\"eager\"").unwrap(), Sensitivity::Eager);
}

#[test]
fn a_thank_you_is_known_in_every_language() {
    for text in [
        "thanks!",
        "thx",
        "Thank you so much for the help, it works now",
        "ok cool, thank you",
        "that worked, thank you!",
        "danke, hat geklappt",
        "Vielen Dank für die Hilfe!",
        "super, läuft wieder",
        "merci beaucoup",
        "gracias, ya funciona",
        "valeu, deu certo",
        "grazie mille ragazzi",
        "bedankt!",
        "спасибо, помогло",
        "wielkie dzięki",
        "makasih kak, sudah bisa",
        "hvala puno",
        "хвала пуно",
        "teşekkürler",
        "ありがとうございます",
        "谢谢",
        "감사합니다",
        "شكرا جزيلا",
    ] {
        assert!(thanks(text, None), "{text}");
    }
}

#[test]
fn thanks_that_go_on_asking_are_none() {
    for text in [
        "",
        "ok",
        "thanks in advance, how do I reset it?",
        "thanks, but it still doesn't work",
        "thanks, can I also change the name",
        "thanks. how do I change the name now",
        "no thanks",
        "thanks for nothing",
        "Danke im Voraus!",
        "danke, geht aber immer noch nicht",
        "nein danke",
        "merci d'avance",
        "gracias, pero no funciona",
        "спасибо, но не работает",
        "dzięki, ale nie działa",
        "I told him thanks to the new firmware the old boxes are faster than ever before",
    ] {
        assert!(!thanks(text, None), "{text}");
    }
}

#[test]
fn a_picture_alone_has_no_words() {
    for text in ["", " \n", "😀", "👍🏽 :tada:", "https://example.org/a.png", "<@42>", "???"]
    {
        assert!(is_empty_of_words(text), "{text}");
    }
    for text in ["hi", "404", "怎么办", "`reboot`", "#help"] {
        assert!(!is_empty_of_words(text), "{text}");
    }
}

#[test]
fn help_held_out_is_no_call_for_help() {
    for text in [
        "if anyone needs help with the setup let me know",
        "feel free to ask if you get stuck",
        "wenn jemand Hilfe braucht, meldet euch einfach",
        "si tienes alguna duda me avisas",
        "qualquer dúvida é só mandar aqui que a gente ajuda",
        "если нужна помощь, обращайтесь",
        "jakby co, chętnie pomogę",
        "kalau butuh bantuan tanya aja ya",
        "ako ti treba pomoć, slobodno pitaj",
    ] {
        assert!(!caught(text), "{text}: {}", score(text));
    }
}

#[test]
fn what_opens_like_a_question_may_tell() {
    let asks = |text| TrainedDetector.judge(&Heard { text, ..Heard::default() }).asks >= ASKS_CUT;
    for text in [
        "what a nice day",
        "wie gesagt, ich war dort",
        "que bien que funciona",
        "que legal, gostei",
        "как раз вовремя",
        "jak zwykle wszystko działa",
        "când am ajuns acasă, era gata",
        "Außerdem hat die Schule einen Garten",
    ] {
        assert!(!asks(text), "{text}");
    }
    for text in ["wenn ich das drücke, was passiert dann", "if i press that, what happens then"] {
        assert!(asks(text), "{text}");
    }
}

/// What a hostile customer types to make the bot think: none of it may cost more than its length.
#[test]
fn twice_the_text_is_at_most_twice_the_work() {
    for piece in
        ["how do i ", "``` ", "> ? ", "<@", "¿¿??", "aaaa", "i * to ", "か", "кто ли ", ":"]
    {
        let read = |times: usize| {
            let text = piece.repeat(times);
            let look = shape::Look::of(&Heard { text: &text, ..Heard::default() });
            look.reading.tokens.len() + look.reading.pieces.len() + look.reading.running.len()
        };
        let (short, long, endless) = (read(50), read(100), read(1_000_000));
        assert!(long <= short * 2 + 80, "{piece:?}: {short} and {long}");
        // Of an endless text only both ends are read.
        assert!(endless <= 12_000, "{piece:?}: {endless}");
    }
}

#[test]
fn a_thin_question_names_nothing() {
    for text in [
        "can someone help me please?",
        "HELP!!",
        "hi all, I have a question",
        "it doesn't work, any ideas?",
        "kann mir jemand helfen?",
        "hallo, ich habe ein Problem",
        "alguien me puede ayudar",
        "помогите пожалуйста",
    ] {
        assert!(is_thin(text), "{text}");
    }
    for text in [
        "can someone help me with my router?",
        "WLAN geht nicht mehr",
        "why `E42`?",
        "怎么修改路由器的密码",
        "#help",
        "my invoice is wrong",
    ] {
        assert!(!is_thin(text), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_has_a_chance_between_nothing_and_certainty(
        text in "(?s)([ -~]|[¿？؟;<>@#:`'.\n]|\\PC|how do i |```|кто |の|ß){0,80}",
    ) {
        let verdict = TrainedDetector.judge(&Heard { text: &text, ..Heard::default() });
        prop_assert!((0.0..=1.0).contains(&verdict.score));
        prop_assert!((0.0..=1.0).contains(&verdict.asks));
        let _ = (thanks(&text, None), is_empty_of_words(&text), detect_language(&text));
    }
}
