//! What the page owes to everyone, whatever they see, hear or hold: looked at as people meet it,
//! wide and narrow, light and dark. The rules on what is drawn are `accessible.js`.

use serde_json::Value;

use super::chromium::{Chromium, DESK, PHONE};
use super::hands::Key;
use super::person::Person;
use super::program::Home;
use super::story::QUESTION;
use super::tab::{Described, Tab};

const RULES: &str = include_str!("accessible.js");

/// As wide as a small phone, and as a desk looks at 200 %.
const NARROW: (u32, u32, u32) = (360, 740, 3);
const ZOOMED: (u32, u32, u32) = (DESK.width / 2, DESK.height / 2, 2);
const WIDE: (u32, u32, u32) = (DESK.width, DESK.height, 1);

/// Stops of the whole page; far more than it has.
const STOPS: usize = 80;

#[tokio::test]
async fn everyone_can_read_name_and_hit_what_there_is() {
    let Some(chromium) = Chromium::open("the page for everyone").await else { return };
    let home = Home::new();
    let running = home.start().await;
    let front = chromium.window(DESK, &format!("http://{}/?as=nobody", running.page)).await;
    front.reads("Nobody here goes by").await;
    let mut flaws = looked_at(&front, "the front page").await;

    let mia = Person::arrives(&chromium, &running, DESK, "Mia").await;
    mia.says(QUESTION).await;
    mia.sees("this may already be your answer").await;
    mia.says("/points").await;
    mia.sees("No points yet").await;
    mia.tab.types("/ask").await;
    mia.tab.until("an offer", async || mia.tab.find(None, "option", "/ask").await).await;
    flaws.extend(looked_at(&mia.tab, "a customer, typing a command").await);
    mia.tab.hits(Key::Escape).await;
    mia.tab.press_in("this may already be your answer", "Ask a person").await;
    mia.sees("I’ve asked 2 volunteers").await;
    mia.tab.button_of("I’ve asked 2 volunteers", "Reply").await;
    flaws.extend(looked_at(&mia.tab, "a customer, at a message").await);

    let robin = Person::arrives(&chromium, &running, PHONE, "Robin").await;
    robin.says("/askaround status").await;
    robin.sees("Ambassadors are called in").await;
    flaws.extend(looked_at(&robin.tab, "a moderator on a phone").await);
    robin.tab.press(None, "button", "People and channels").await;
    let open = async || robin.tab.find(None, "link", "ambassadors").await;
    robin.tab.until("the drawer", open).await;
    flaws.extend(looked_at(&robin.tab, "a moderator in the drawer").await);

    let kai = Person::arrives(&chromium, &running, DESK, "Kai").await;
    kai.goes_to("ambassadors").await;
    kai.sees("has a question in #help").await;
    flaws.extend(looked_at(&kai.tab, "an ambassador who is called").await);
    flaws.sort();
    flaws.dedup();
    assert!(flaws.is_empty(), "{flaws:#?}");
}

/// Every flaw of what the window shows, at each width and in each scheme.
async fn looked_at(tab: &Tab, view: &str) -> Vec<String> {
    let mut flaws = Vec::new();
    let nameless = tab.described(None).await;
    let nameless = nameless.into_iter().filter(|it| it.is_pressed() && it.name.trim().is_empty());
    flaws.extend(nameless.map(|it| format!("{view}: a {} without a name", it.role)));
    let sizes = if tab.size.phone {
        vec![(PHONE.width, PHONE.height, 3), NARROW]
    } else {
        vec![WIDE, ZOOMED, NARROW]
    };
    for scheme in ["light", "dark"] {
        tab.prefers("prefers-color-scheme", scheme).await;
        for (width, height, density) in sizes.clone() {
            tab.measures(width, height, density).await;
            let found = tab.run(RULES).await;
            let found = found.as_array().into_iter().flatten().filter_map(Value::as_str);
            flaws.extend(found.map(|flaw| format!("{view}, {scheme}, {width} px: {flaw}")));
        }
    }
    tab.prefers("prefers-color-scheme", "light").await;
    tab.measures(tab.size.width, tab.size.height, if tab.size.phone { 3 } else { 1 }).await;
    flaws
}

#[tokio::test]
async fn the_keyboard_is_always_seen_where_it_is() {
    let Some(chromium) = Chromium::open("the keyboard's place").await else { return };
    let home = Home::new();
    let running = home.start().await;
    let mia = Person::arrives(&chromium, &running, DESK, "Mia").await;
    mia.says(QUESTION).await;
    mia.sees("this may already be your answer").await;
    let mut passed: Vec<Described> = Vec::new();
    for _ in 0..STOPS {
        mia.tab.hits(Key::Tab).await;
        let at = mia.tab.focused().await;
        if passed.contains(&at) {
            break;
        }
        let seen = mia.tab.run(include_str!("focus.js")).await;
        assert!(seen == true, "nothing shows that the keyboard is at {at:?}");
        passed.push(at);
    }
    for (role, name) in [("textbox", "Message #help"), ("button", "Ask a person")] {
        let there = passed.iter().any(|stop| stop.is(role, name));
        assert!(there, "Tab never came to the {role} “{name}”: {passed:#?}");
    }
}
