//! What is found about a bot on Telegram: asked of the double without connecting, and told in the
//! status by one that is at work.

use std::sync::Arc;

use askaround::domain::ids::{ChannelId, PlatformKey};
use askaround::platform::telegram::Webhook;
use askaround::platform::{Finding, Setup, Severity, Use, Used};
use askaround::runtime::SystemClock;

use crate::telegram::{BRISK, adapter};
use crate::telegram_live::{SECRET, Story};
use crate::telegram_town::state::Id;
use crate::telegram_town::town::Town;

impl Story {
    /// As its moderators have set it up.
    fn setup(&self) -> Setup {
        let place = |number: i64, name: &str, chat: Id, used: Use| Used {
            id: ChannelId::from(number),
            key: PlatformKey::new(chat.to_string()),
            name: name.to_owned(),
            thread_of: None,
            uses: [used].into(),
        };
        Setup {
            community: PlatformKey::new(self.help.to_string()),
            name: "Lumen".to_owned(),
            places: vec![
                place(1, "Lumen", self.help, Use::Questions),
                place(2, "Team", self.team, Use::Desk),
                place(3, "Ambassadors", self.helpers, Use::Calls),
            ],
            badges: Vec::new(),
            tags: false,
        }
    }

    /// How bad each finding is, and what it says; asked by a program that is not connected.
    async fn findings(&self, webhook: Option<Webhook>) -> Vec<(Severity, &'static str)> {
        let telegram = adapter(&self.town, self.clock.clone(), BRISK, webhook);
        said(&telegram.examine(&[self.setup()]).await)
    }
}

fn said(findings: &[Finding]) -> Vec<(Severity, &'static str)> {
    findings.iter().map(|finding| (finding.severity, finding.what.key())).collect()
}

const WELL: [(Severity, &str); 8] = [
    (Severity::Fine, "finding-token-taken"),
    (Severity::Fine, "finding-group-in"),
    (Severity::Fine, "finding-privacy-mode"),
    (Severity::Fine, "finding-fetched"),
    (Severity::Fine, "finding-rights-all"),
    (Severity::Fine, "finding-rights-all"),
    (Severity::Fine, "finding-rights-all"),
    (Severity::Fine, "finding-add"),
];

#[tokio::test]
async fn a_bot_that_is_set_up_is_found_well_and_not_disturbed() {
    let story = Story::begins().await;
    let fetched = story.town.calls("getUpdates").len();
    assert_eq!(story.findings(None).await, WELL);
    assert_eq!(story.town.calls("getUpdates").len(), fetched, "nobody else fetches");
    story.goes_on().await;
    let told = story.commands(story.robin, story.help, "/askaround status", "Open questions").await;
    assert!(!told.contains("administrator"), "{told}");
}

#[tokio::test]
async fn what_is_lacking_is_found_with_its_mend_by_the_doctor_and_in_the_status() {
    let story = Story::begins().await;
    story.town.demotes(story.owner, story.help, story.town.me());
    story.town.restricts(story.owner, story.helpers, story.town.me());
    story.town.removes_bot(story.owner, story.team);
    let found = story.findings(None).await;
    for finding in [
        (Severity::Limited, "finding-privacy-mode"),
        (Severity::Limited, "finding-unheard"),
        (Severity::Broken, "finding-room-out"),
        (Severity::Broken, "finding-rights-missing"),
    ] {
        assert!(found.contains(&finding), "{finding:?} is missing in {found:?}");
    }
    story.town.connected().await;
    story.town.starts(story.robin, None);
    story.town.says(story.robin, story.help, "/askaround@lumen_bot status");
    let told = story.reads(story.robin, story.robin, "privacy mode is on").await.text;
    for words in [
        "Make me an administrator there; any right will do.",
        "(our team): I am not in that group.",
        "#Ambassadors (ambassadors): I can’t work there without these rights: Send Messages.",
    ] {
        assert!(told.contains(words), "{words} is missing in {told}");
    }
}

#[tokio::test]
async fn how_updates_come_is_found_too() {
    let mut story = Story::begins().await;
    story.stops().await;
    story.starts_called().await;
    let url = story.town.calls("setWebhook").pop().and_then(|call| {
        call.params.get("url").and_then(serde_json::Value::as_str).map(str::to_owned)
    });
    let webhook = url.map(|url| Webhook { url, secret: SECRET.to_owned() });
    let well = (Severity::Fine, "finding-webhook-well");
    let found = story.findings(webhook.clone()).await;
    assert!(found.contains(&well), "{found:?}");
    story.stops().await;
    story.town.says(story.mia, story.help, "Is anybody there?");
    story.town.until("a failure", |state| (state.hook.failures() > 0).then_some(())).await;
    let failing = (Severity::Broken, "finding-webhook-failing");
    let found = story.findings(webhook).await;
    assert!(found.contains(&failing), "{found:?}");
    let found = story.findings(None).await;
    assert!(found.contains(&(Severity::Limited, "finding-webhook-stray")), "{found:?}");
}

#[tokio::test]
async fn a_wrong_token_and_a_bot_without_a_group_are_found() {
    let clock = Arc::new(SystemClock);
    let town = Town::open(clock.clone(), "99:another").await;
    let wrong = adapter(&town, clock.clone(), BRISK, None).examine(&[]).await;
    assert_eq!(said(&wrong), [(Severity::Broken, "finding-token-wrong")]);
    let town = Town::open(clock.clone(), crate::telegram::TOKEN).await;
    let found = said(&adapter(&town, clock, BRISK, None).examine(&[]).await);
    assert!(found.contains(&(Severity::Limited, "finding-group-none")), "{found:?}");
}
