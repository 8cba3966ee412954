//! A window: what is in it, by roles, names and words, and what went wrong in it.
#![expect(clippy::expect_used, reason = "a window that cannot be looked at ends the story")]
#![expect(clippy::indexing_slicing, reason = "what a JSON value does not have is null")]

use std::path::Path;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tokio::time::timeout;

use super::chromium::Size;
use super::pipe::{Event, Pipe};
use super::program::BOUND;

const EYE: &str = include_str!("eye.js");

/// Something in the page: an element, or the document.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(super) object: String,
}

/// What assistive technology is told of an element.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) role: String,
    pub(crate) name: String,
    pub(crate) element: Option<u64>,
}

impl Described {
    fn read(node: &Value) -> Described {
        let text = |key: &str| node[key]["value"].as_str().unwrap_or_default().to_owned();
        let element = node["backendDOMNodeId"].as_u64();
        Described { role: text("role"), name: text("name"), element }
    }

    /// Whether it is of this role and its name begins so; signs before the first letter are looks.
    pub(crate) fn is(&self, role: &str, name: &str) -> bool {
        let bare = self.name.trim_start_matches(|c: char| !c.is_alphanumeric());
        self.role == role && (bare.starts_with(name) || self.name.starts_with(name))
    }

    /// Whether it does something when it is pressed.
    pub(crate) fn is_pressed(&self) -> bool {
        ["button", "link", "textbox", "combobox", "DisclosureTriangle"].contains(&&*self.role)
    }
}

pub(crate) struct Tab {
    pipe: Arc<Pipe>,
    session: String,
    pub(crate) size: Size,
    /// `http://host:port`: nothing else may be asked for anything.
    origin: String,
}

impl Tab {
    pub(super) async fn open(pipe: Arc<Pipe>, session: String, size: Size, address: &str) -> Tab {
        let path = address.find("://").map_or(0, |at| at + 3);
        let end = address[path..].find('/').map_or(address.len(), |at| path + at);
        let tab = Tab { pipe, session, size, origin: address[..end].to_owned() };
        for domain in ["Page", "Runtime", "Log", "Network", "DOM", "Audits"] {
            tab.ask(&format!("{domain}.enable"), json!({})).await;
        }
        tab.measures(size.width, size.height, if size.phone { 3 } else { 1 }).await;
        let touch = json!({ "enabled": size.phone });
        tab.ask("Emulation.setTouchEmulationEnabled", touch).await;
        // Every window believes that it is the one in front.
        tab.ask("Emulation.setFocusEmulationEnabled", json!({ "enabled": true })).await;
        tab.ask("Page.addScriptToEvaluateOnNewDocument", json!({ "source": EYE })).await;
        tab.ask("Page.navigate", json!({ "url": address })).await;
        tab
    }

    /// The size of the window in the page's pixels, with so many of the screen's to each.
    pub(crate) async fn measures(&self, width: u32, height: u32, density: u32) {
        let (phone, ratio) = (self.size.phone, density);
        let metrics = json!({
            "width": width, "height": height, "deviceScaleFactor": ratio, "mobile": phone,
        });
        self.ask("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// As somebody whose system is set so.
    pub(crate) async fn prefers(&self, feature: &str, value: &str) {
        let features = json!({ "features": [{ "name": feature, "value": value }] });
        self.ask("Emulation.setEmulatedMedia", features).await;
    }

    pub(super) async fn ask(&self, method: &str, params: Value) -> Value {
        self.try_ask(method, params).await.unwrap_or_else(|error| panic!("{error}"))
    }

    async fn try_ask(&self, method: &str, params: Value) -> Result<Value, String> {
        self.pipe.ask(Some(&self.session), method, params).await
    }

    // ---- looking

    /// What a script comes to. A document that goes away under it has nothing to say.
    async fn try_run(&self, script: &str, by_value: bool) -> Result<Value, String> {
        let asked = json!({
            "expression": script, "awaitPromise": true, "returnByValue": by_value,
        });
        let mut answer = self.try_ask("Runtime.evaluate", asked).await?;
        match answer.get("exceptionDetails") {
            Some(thrown) => Err(format!("{script}: {}", thrown["exception"]["description"])),
            None => Ok(answer["result"].take()),
        }
    }

    pub(crate) async fn run(&self, script: &str) -> Value {
        let mut result = self.try_run(script, true).await.unwrap_or_else(|error| panic!("{error}"));
        result["value"].take()
    }

    /// What a function of the page's says of an element; nothing of one that has gone.
    pub(super) async fn of(&self, node: &Node, function: &str) -> Option<Value> {
        let asked = json!({
            "functionDeclaration": function, "objectId": node.object, "awaitPromise": true,
            "returnByValue": true,
        });
        let mut answer = self.try_ask("Runtime.callFunctionOn", asked).await.ok()?;
        let thrown = &answer["exceptionDetails"]["exception"]["description"];
        assert!(thrown.is_null(), "{thrown}");
        Some(answer["result"]["value"].take())
    }

    async fn object(&self, script: &str) -> Option<Node> {
        let result = self.try_run(script, false).await.ok()?;
        result["objectId"].as_str().map(|object| Node { object: object.to_owned() })
    }

    /// Looks, and looks again after every change of the page, until there is something to see.
    pub(crate) async fn until<T>(&self, what: &str, look: impl AsyncFn() -> Option<T>) -> T {
        let looking = async {
            loop {
                let before = self.try_run("eye.count()", true).await;
                if let Some(seen) = look().await {
                    return seen;
                }
                // A page that is just being left is looked at anew in its place.
                let before = before.map(|count| count["value"].to_string()).unwrap_or_default();
                let _left = self.try_run(&format!("eye.after({before})"), true).await;
            }
        };
        if let Ok(seen) = timeout(BOUND, looking).await {
            return seen;
        }
        let page = self.run("`${location}\\n${document.body?.innerText}`").await;
        let page = page.as_str().unwrap_or_default();
        let pressed = self.described(None).await.into_iter().filter(Described::is_pressed);
        let pressed: Vec<_> = pressed.map(|it| format!("{} “{}”", it.role, it.name)).collect();
        panic!("waited for {what}, in vain; there is {pressed:#?}\nand the page says\n{page}")
    }

    /// Waits until these words are on the page.
    pub(crate) async fn reads(&self, words: &str) {
        let script = format!("document.body?.innerText.includes({}) || null", json!(words));
        self.until(words, async || self.object_or_true(&script).await).await;
    }

    async fn object_or_true(&self, script: &str) -> Option<()> {
        let seen = self.try_run(script, true).await.ok()?;
        (seen["value"] == true).then_some(())
    }

    /// Waits for a script to come to true.
    pub(crate) async fn holds(&self, what: &str, script: &str) {
        self.until(what, async || self.object_or_true(script).await).await;
    }

    /// Everything that assistive technology finds under a node, or on the page.
    pub(crate) async fn described(&self, under: Option<&Node>) -> Vec<Described> {
        let root = match under {
            Some(node) => node.clone(),
            None => match self.object("document").await {
                Some(document) => document,
                None => return Vec::new(),
            },
        };
        let asked = json!({ "objectId": root.object });
        let Ok(answer) = self.try_ask("Accessibility.queryAXTree", asked).await else {
            return Vec::new(); // it has gone
        };
        let nodes = answer["nodes"].as_array().expect("a list").iter();
        nodes.filter(|node| node["ignored"] != true).map(Described::read).collect()
    }

    /// The first of this role whose name begins so.
    pub(crate) async fn find(&self, under: Option<&Node>, role: &str, name: &str) -> Option<Node> {
        let found = self.described(under).await;
        self.node(found.iter().find(|found| found.is(role, name))?.element?).await
    }

    async fn node(&self, element: u64) -> Option<Node> {
        let asked = json!({ "backendNodeId": element });
        let resolved = self.try_ask("DOM.resolveNode", asked).await.ok()?;
        resolved["object"]["objectId"].as_str().map(|object| Node { object: object.to_owned() })
    }

    /// The newest message with these words, if there is one.
    pub(crate) async fn post(&self, words: &str) -> Option<Node> {
        self.object(&format!("eye.post({})", json!(words))).await
    }

    pub(crate) async fn element(&self, selector: &str) -> Option<Node> {
        self.object(&format!("document.querySelector({})", json!(selector))).await
    }

    /// What has the keyboard.
    pub(crate) async fn focused(&self) -> Described {
        let Some(active) = self.object("document.activeElement").await else {
            return Described { role: String::new(), name: String::new(), element: None };
        };
        let asked = json!({ "objectId": active.object, "fetchRelatives": false });
        let answer = self.ask("Accessibility.getPartialAXTree", asked).await;
        Described::read(&answer["nodes"][0])
    }

    // ---- what went wrong

    /// Everything that a person would never see and an engineer should: errors, refusals of the
    /// content security policy, and requests to anywhere but the playground.
    pub(crate) fn troubles(&self) -> Vec<String> {
        self.pipe.events(|event| {
            let trouble = event.session == self.session && self.is_trouble(event);
            trouble.then(|| format!("{}: {}", event.method, event.params))
        })
    }

    fn is_trouble(&self, Event { method, params, .. }: &Event) -> bool {
        let says =
            |value: &Value, known: &[&str]| value.as_str().is_some_and(|v| known.contains(&v));
        match method.as_str() {
            "Runtime.exceptionThrown" | "Inspector.targetCrashed" => true,
            "Runtime.consoleAPICalled" => says(&params["type"], &["error", "warning", "assert"]),
            "Log.entryAdded" => says(&params["entry"]["level"], &["error", "warning"]),
            "Audits.issueAdded" => {
                says(&params["issue"]["code"], &["ContentSecurityPolicyIssue", "MixedContentIssue"])
            }
            "Network.requestWillBeSent" => !self.is_ours(&params["request"]["url"]),
            "Network.webSocketCreated" => !self.is_ours(&params["url"]),
            _ => false,
        }
    }

    fn is_ours(&self, address: &Value) -> bool {
        let address = address.as_str().unwrap_or_default().replacen("ws://", "http://", 1);
        let rest = address.strip_prefix(&self.origin);
        address.starts_with("data:") || rest.is_some_and(|rest| rest.starts_with('/'))
    }

    /// Writes what the window shows into a PNG file.
    pub(crate) async fn picture(&self, file: &Path) {
        // Moments are looked at when all has come to rest.
        self.run("Promise.all(document.getAnimations().map((it) => it.finished)).then(() => null)")
            .await;
        let shot = self.ask("Page.captureScreenshot", json!({ "format": "png" })).await;
        let png = STANDARD.decode(shot["data"].as_str().expect("a picture")).expect("base64");
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(file, png).expect("the picture is written");
    }
}
