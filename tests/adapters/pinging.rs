//! Claims on attention: nobody is lit up whom the runtime did not choose, and words are words,
//! whatever somebody hoped they would do.

use std::collections::BTreeSet;

use askaround::domain::ids::PlatformKey;
use askaround::domain::words::{Piece, Words};
use askaround::platform::Act;

use crate::contract::{Harness, Seen, Who};
use crate::trial::{Trial, edit, post, post_words};

pub(crate) async fn those_listed_are_lit_up_and_nobody_else<H: Harness>(mut trial: Trial<H>) {
    let person = |who, ping| {
        let author = trial.harness.author(who);
        Piece::Person { key: author.key, name: author.name, ping }
    };
    let (helper, customer) = (person(Who::Ambassador, true), person(Who::Customer, true));
    let quiet = person(Who::Moderator, false);
    let (listed, name) =
        (trial.key_of(Who::Ambassador), trial.harness.author(Who::Ambassador).name);
    let act = Act::Post {
        words: Words(vec![
            helper,
            Piece::Plain { text: ", ".to_owned() },
            customer,
            Piece::Plain { text: " asks; ".to_owned() },
            quiet,
            Piece::Plain { text: " knows.".to_owned() },
        ]),
        reply_to: None,
        buttons: Vec::new(),
        ping: vec![listed.clone()],
    };
    let seen = trial.posts(act).await;
    assert_eq!(seen.pings, BTreeSet::from([listed]));
    assert!(seen.text.contains(&name), "{}", seen.text);
}

pub(crate) async fn a_stranger_on_the_list_is_no_reason_to_say_nothing<H: Harness>(
    mut trial: Trial<H>,
) {
    let listed = trial.key_of(Who::Ambassador);
    let strangers = ["", "no key", "@everyone", "everyone"].map(PlatformKey::from);
    let author = trial.harness.author(Who::Ambassador);
    let mut words = vec![Piece::Person { key: author.key, name: author.name, ping: true }];
    for key in strangers.clone() {
        words.push(Piece::Person { key, name: "everyone".to_owned(), ping: true });
    }
    let ping = strangers.into_iter().chain([listed.clone()]).collect();
    let act = Act::Post { words: Words(words), reply_to: None, buttons: Vec::new(), ping };
    assert_eq!(trial.posts(act).await.pings, BTreeSet::from([listed]));
}

pub(crate) async fn a_reply_lights_up_nobody_by_itself<H: Harness>(mut trial: Trial<H>) {
    let question = trial.talks(Who::Customer, "why?").await;
    let (customer, helper) = (trial.key_of(Who::Customer), trial.key_of(Who::Ambassador));
    let author = trial.harness.author(Who::Ambassador);
    let called = Piece::Person { key: author.key, name: author.name, ping: true };
    for (words, ping) in
        [(Words::plain("Perhaps so."), vec![]), (Words(vec![called]), vec![helper])]
    {
        let lit: BTreeSet<_> = ping.iter().cloned().collect();
        let reply_to = Some(question.clone());
        let seen = trial.posts(Act::Post { words, reply_to, buttons: Vec::new(), ping }).await;
        assert_eq!((seen.reply_to.as_ref(), &seen.pings), (Some(&question), &lit));
        assert!(!seen.pings.contains(&customer));
    }
}

/// What people write who want to be noticed, to look like the bot, or to break its sentence.
fn hostile_words<H: Harness>(trial: &Trial<H>) -> Vec<String> {
    let helper = trial.harness.author(Who::Ambassador);
    let (key, name) = (helper.key, helper.name);
    let about_somebody = [
        format!("@{name} @{key} <@{key}> <@!{key}>"),
        format!("[{name}](tg://user?id={key})"),
        format!("<a href=\"tg://user?id={key}\">{name}</a>"),
    ];
    let anyhow = [
        "@everyone and @here",
        "@\u{200b}everyone, @every\u{2060}one",
        "\\@everyone \\\\@everyone",
        "<@123> <@!123> <@&123> <#123> </ask:123> <:lamp:123> <t:0:R>",
        "**bold** __under__ *it* _it_ ~~no~~ ||hidden||",
        "**bold _and ~~never ||closed",
        "`code` ``more`` ```rust",
        "# head\n- item\n1. one\n> said\n>>> all\n-# small",
        "```\nblock\n```\n@everyone",
        "[a label](//lamp.example) ![x](//lamp.example/x.png) <//lamp.example>",
        "<b>bold</b><script>alert(1)</script><!-- -->",
        "&lt;b&gt; &amp; &#64;everyone &nbsp;",
        "\\ \\\\ \\* \\_ \\` back\\",
        "\u{202e}enoyreve@ \u{2066}in\u{2069} \u{200f}side \u{202d}out",
        "\u{feff}in\u{200d}vis\u{ad}ible\u{200b}",
        "{name} ${name} {{name}} %s %n $(id) '; --",
        "/points",
    ];
    about_somebody.into_iter().chain(anyhow.map(str::to_owned)).collect()
}

/// What is read, without spaces and what has no width: an adapter may add some, to take the sting
/// out of a word, or take some away.
fn visible(text: &str) -> String {
    let has_no_width = |c: char| {
        matches!(c, '\u{ad}' | '\u{61c}' | '\u{feff}')
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}')
    };
    text.chars().filter(|c| !c.is_whitespace() && !has_no_width(*c)).collect()
}

/// Between words of our own, so that it shows when a hostile word reaches further than itself.
fn between(piece: Piece) -> Words {
    let plain = |text: &str| Piece::Plain { text: text.to_owned() };
    Words(vec![plain("Before it. "), piece, plain(" After *it*.")])
}

/// Whether the parts are read, whole and in this order; an adapter may put a mark between them.
fn assert_reads(seen: &Seen, parts: &[&str]) {
    let read = visible(&seen.text);
    let mut rest = read.as_str();
    for part in parts {
        let part = visible(part);
        let Some((_, after)) = rest.split_once(part.as_str()) else {
            panic!("{part:?} is not read in {read:?}; the message: {seen:?}")
        };
        rest = after;
    }
    assert_eq!(seen.pings, BTreeSet::new(), "{read}");
}

/// Posts every hostile word in a piece of this kind.
async fn stays_words<H: Harness>(mut trial: Trial<H>, piece: impl Fn(String) -> Piece) {
    for word in hostile_words(&trial) {
        let seen = trial.posts(post_words(between(piece(word.clone())))).await;
        assert_reads(&seen, &["Before it.", &word, "After *it*."]);
        assert_eq!(seen.links, Vec::<String>::new(), "{word}");
        assert_eq!(seen.buttons, []);
    }
}

pub(crate) async fn a_quotation_is_words_whatever_is_in_it<H: Harness>(trial: Trial<H>) {
    stays_words(trial, |text| Piece::Quote { text }).await;
}

pub(crate) async fn our_own_words_are_never_markup<H: Harness>(trial: Trial<H>) {
    stays_words(trial, |text| Piece::Strong { text }).await;
    let trial = Trial::<H>::fresh().await;
    stays_words(trial, |text| Piece::Plain { text }).await;
}

pub(crate) async fn a_name_is_words_whatever_is_in_it<H: Harness>(mut trial: Trial<H>) {
    let customer = trial.harness.author(Who::Customer);
    for name in hostile_words(&trial) {
        let name = name.replace('\n', " ");
        let key = customer.key.clone();
        let piece = Piece::Person { key, name: name.clone(), ping: false };
        let seen = trial.posts(post_words(between(piece))).await;
        // Where the platform itself shows who has a key, it is their own name.
        let is_own = !visible(&seen.text).contains(&visible(&name));
        let shown = if is_own { &customer.name } else { &name };
        assert_reads(&seen, &["Before it.", shown, "After *it*."]);
    }
}

pub(crate) async fn a_label_is_words_whatever_is_in_it<H: Harness>(mut trial: Trial<H>) {
    let url = "https://lamp.example/pair";
    let mut labels = hostile_words(&trial);
    labels.extend(
        ["a](//evil.example)[b", "]( [ ](", "\"><a href=//evil.example>"].map(String::from),
    );
    for label in labels {
        let label = label.replace('\n', " ");
        let piece = Piece::Link { label: label.clone(), url: url.to_owned() };
        let seen = trial.posts(post_words(between(piece))).await;
        assert_reads(&seen, &["Before it.", &label, "After *it*."]);
        assert_eq!(seen.links, [url], "{label}");
    }
}

pub(crate) async fn hostile_words_are_words_in_an_edit_too<H: Harness>(mut trial: Trial<H>) {
    let message = trial.sends(post("Wait…")).await;
    for text in hostile_words(&trial) {
        let words = between(Piece::Quote { text: text.clone() });
        let act = Act::Edit { message: message.clone(), words, buttons: Vec::new() };
        let edited = trial.delivers(act).await;
        let seen = trial.find(Who::Customer, &message).await;
        let (Ok(_), Some(seen)) = (&edited, seen) else { panic!("{text}: {edited:?}") };
        assert_reads(&seen, &["Before it.", &text, "After *it*."]);
    }
}

pub(crate) async fn hostile_words_are_words_in_a_private_post_too<H: Harness>(mut trial: Trial<H>) {
    let (to, handle) =
        (trial.key_of(Who::Customer), trial.commands(Who::Customer, "/points").await);
    for text in hostile_words(&trial) {
        let words = between(Piece::Quote { text: text.clone() });
        let (to, handle, buttons) = (to.clone(), Some(handle.clone()), Vec::new());
        let sent = trial.delivers(Act::Private { to, handle, words, buttons }).await;
        let seen = trial.seen_by(Who::Customer).await.pop();
        let (Ok(_), Some(seen)) = (&sent, seen) else { panic!("{text}: {sent:?}") };
        assert_reads(&seen, &["Before it.", &text, "After *it*."]);
    }
}

pub(crate) async fn a_link_keeps_its_address<H: Harness>(mut trial: Trial<H>) {
    for url in [
        "https://lamp.example/pair",
        "http://lamp.example/a_(b)_c*d*?q=%20x&r=1&amp=2#top",
        "https://lamp.example/it's~~here|[1];(x)/größe",
    ] {
        let piece = Piece::Link { label: "Pair *it*".to_owned(), url: url.to_owned() };
        let seen = trial.posts(post_words(between(piece))).await;
        assert_eq!(seen.links, [url]);
        assert_reads(&seen, &["Before it.", "Pair *it*", "After *it*."]);
        let edited = trial.delivers(edit(&seen.key, "No link.")).await;
        assert!(edited.is_ok(), "{edited:?}");
    }
}
