//! A small brand's articles for the tests of this folder.

use jiff::civil::date;

use super::article::Article;
use crate::domain::ids::{ArticleId, Language, Topic};

pub(super) fn article(
    id: &str,
    language: &str,
    title: &str,
    questions: &[&str],
    body: &str,
) -> Article {
    Article {
        id: ArticleId::new(id),
        title: title.to_owned(),
        questions: questions.iter().map(|question| (*question).to_owned()).collect(),
        tags: Vec::new(),
        language: Language::new(language),
        link: None,
        video: None,
        checked: date(2025, 12, 1),
        expires: None,
        body: body.to_owned(),
        origin: None,
    }
}

pub(super) fn articles() -> Vec<Article> {
    let lamp =
        "Hold the button on the lamp for **ten seconds** until it blinks, then open the app.";
    let router = "Press the small hole at the back with a pin. All settings are lost.";
    let password = "Open [the login page](https://lumen.example/login) and choose *Forgotten*.";
    let returns = "Within 30 days you may return it; the money is back after a week.";
    let slow = "Move closer, restart the router, and count who else is streaming.";
    let tagged = [
        ("lamps", article("pair-a-lamp", "en", "Pair a lamp", &["My lamp won't pair"], lamp)),
        (
            "network",
            article("reset-the-router", "en", "Reset the router", &["How do I reset it?"], router),
        ),
        (
            "accounts",
            article(
                "forgotten-password",
                "en",
                "Forgotten password",
                &["I forgot my password", "cannot log in"],
                password,
            ),
        ),
        (
            "billing",
            article(
                "returns",
                "en",
                "Returns",
                &["Can I get a refund?", "I want to send it back"],
                returns,
            ),
        ),
        (
            "network",
            article("slow-wifi", "en", "Slow Wi-Fi", &["Why is the internet so slow?"], slow),
        ),
        (
            "lamps",
            article(
                "lamp-flickers",
                "en",
                "The lamp flickers",
                &["my lamp is flickering"],
                "Tighten it.",
            ),
        ),
        (
            "network",
            article(
                "router-zuruecksetzen",
                "de",
                "Router zurücksetzen",
                &["Wie setze ich den Router zurück?"],
                "Mit einer Nadel in das kleine Loch drücken.",
            ),
        ),
        (
            "network",
            article("router-zh", "zh", "重置路由器", &["怎么重置路由器？"], "按住背面的小孔十秒。"),
        ),
    ];
    let tag = |(topic, mut article): (&str, Article)| {
        article.tags.push(Topic::new(topic));
        article
    };
    tagged.into_iter().map(tag).collect()
}
