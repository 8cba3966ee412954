//! Clicks, taps and keys, as the browser gets them from a person's hands.

use serde_json::{Value, json};

use super::tab::{Node, Tab};

/// Stops on the way from any element of the page to any other; far more than it has.
const STOPS: usize = 80;

/// A key that writes nothing: its name and its number.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Key {
    Tab,
    /// Tab with Shift.
    TabBack,
    Enter,
    Down,
    Up,
    Escape,
}

impl Tab {
    /// Presses what can be pressed, with the mouse or a finger, as soon as it stands still.
    pub(crate) async fn press(&self, under: Option<&str>, role: &str, name: &str) {
        let what = format!("to press the {role} “{name}”");
        self.until(&what, async || {
            let scope = match under {
                Some(selector) => Some(self.element(selector).await?),
                None => None,
            };
            let node = self.find(scope.as_ref(), role, name).await?;
            self.press_node(&node).await
        })
        .await;
    }

    /// Presses a button of the newest message with these words.
    pub(crate) async fn press_in(&self, words: &str, name: &str) {
        let what = format!("to press “{name}” of “{words}”");
        self.until(&what, async || {
            let button = self.button_of(words, name).await?;
            self.press_node(&button).await
        })
        .await;
    }

    /// A button of the newest message with these words; some show only to whoever is at it.
    pub(crate) async fn button_of(&self, words: &str, name: &str) -> Option<Node> {
        let post = self.post(words).await?;
        if let Some(button) = self.find(Some(&post), "button", name).await {
            return Some(button);
        }
        let body = self.middle(&post).await?;
        if self.size.phone {
            self.tap(&body).await;
        } else {
            self.point(&body).await;
        }
        self.find(Some(&post), "button", name).await
    }

    /// Whether it could be pressed, and was what the press reached.
    pub(crate) async fn press_node(&self, node: &Node) -> Option<()> {
        let place = self.middle(node).await?;
        self.of(node, "function () { eye.expectPress(this) }").await?;
        if self.size.phone {
            self.tap(&place).await;
        } else {
            self.click(&place).await;
        }
        // A press that leads to another page takes its own trace away.
        let reached = self.of(node, "function () { return this.pressed }").await;
        reached.is_none_or(|reached| reached == true).then_some(())
    }

    pub(crate) async fn middle(&self, node: &Node) -> Option<Value> {
        let place = self.of(node, "function () { return eye.middle(this) }").await?;
        place.is_object().then_some(place)
    }

    async fn mouse(&self, kind: &str, place: &Value, buttons: u32) {
        let button = if kind == "mouseMoved" { "none" } else { "left" };
        let event = json!({
            "type": kind, "x": place["x"], "y": place["y"], "button": button, "buttons": buttons,
            "clickCount": u32::from(button == "left"),
        });
        self.ask("Input.dispatchMouseEvent", event).await;
    }

    async fn point(&self, place: &Value) {
        self.mouse("mouseMoved", place, 0).await;
    }

    async fn click(&self, place: &Value) {
        self.point(place).await;
        self.mouse("mousePressed", place, 1).await;
        self.mouse("mouseReleased", place, 0).await;
    }

    /// Holds the mouse's button down on something; where, the window remembers.
    pub(crate) async fn holds_down(&self, node: &Node) -> Option<()> {
        let place = self.middle(node).await?;
        self.point(&place).await;
        self.mouse("mousePressed", &place, 1).await;
        self.run(&format!("globalThis.held = {place}, null")).await;
        Some(())
    }

    /// Lets go of what is held down: only now it is pressed.
    pub(crate) async fn lets_go(&self) {
        let place = self.run("held").await;
        self.mouse("mouseReleased", &place, 0).await;
    }

    async fn tap(&self, place: &Value) {
        let finger = json!([{ "x": place["x"], "y": place["y"] }]);
        for (kind, fingers) in [("touchStart", finger), ("touchEnd", json!([]))] {
            let event = json!({ "type": kind, "touchPoints": fingers });
            self.ask("Input.dispatchTouchEvent", event).await;
        }
    }

    // ---- the keyboard

    /// Types, letter by letter, into whatever has the keyboard.
    pub(crate) async fn types(&self, text: &str) {
        for letter in text.chars() {
            let down = json!({ "type": "keyDown", "text": letter, "key": letter });
            self.ask("Input.dispatchKeyEvent", down).await;
            self.ask("Input.dispatchKeyEvent", json!({ "type": "keyUp", "key": letter })).await;
        }
    }

    pub(crate) async fn hits(&self, key: Key) {
        let (name, number, shift, text) = match key {
            Key::Tab => ("Tab", 9, 0, ""),
            Key::TabBack => ("Tab", 9, 8, ""),
            Key::Enter => ("Enter", 13, 0, "\r"),
            Key::Down => ("ArrowDown", 40, 0, ""),
            Key::Up => ("ArrowUp", 38, 0, ""),
            Key::Escape => ("Escape", 27, 0, ""),
        };
        let down = if text.is_empty() { "rawKeyDown" } else { "keyDown" };
        for (kind, text) in [(down, text), ("keyUp", "")] {
            let event = json!({
                "type": kind, "key": name, "code": name, "windowsVirtualKeyCode": number,
                "modifiers": shift, "text": text,
            });
            self.ask("Input.dispatchKeyEvent", event).await;
        }
    }

    /// Hits a key until the keyboard is at what has this role and begins with this name.
    pub(crate) async fn walks(&self, key: Key, role: &str, name: &str) {
        let mut passed = Vec::new();
        for _ in 0..STOPS {
            self.hits(key).await;
            let focused = self.focused().await;
            if focused.is(role, name) {
                return;
            }
            passed.push(format!("{} “{}”", focused.role, focused.name));
        }
        panic!("{key:?} never leads to the {role} “{name}”; it passed {passed:#?}");
    }
}
