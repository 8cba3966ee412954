//! Ranks as tags, on Telegram: the real client in groups of the double's, where the right to give
//! them can be missing, and administrators have titles instead.

use crate::telegram_live::{ODD, Story};
use crate::telegram_town::state::Id;

const RIGHTS: [&str; 2] = ["can_delete_messages", "can_manage_tags"];
const NEEDS_RIGHT: &str = "I need the right to manage member tags";

impl Story {
    /// Whoever made the group lets the bot give tags.
    fn lets_tag(&self) {
        self.town.promotes(self.owner, self.help, self.town.me(), &RIGHTS);
    }

    /// Jonas's question, and Kai's answer to it; gives back how Robin's line about it begins.
    async fn kai_answers(&self) -> String {
        let asked = self.town.says(self.mia, self.help, ODD);
        self.reads(self.mia, self.help, "I’ve asked").await;
        let answer = "The mast bracket from the shop holds it.";
        self.town.replies(self.kai, self.help, asked, answer);
        self.reads(self.mia, self.help, "did the answer from").await;
        let cases =
            self.commands(self.robin, self.help, "/askaround case", "/askaround case").await;
        let case = cases.split(':').next().unwrap_or_default().to_owned();
        format!("/askaround case case:{case}")
    }

    async fn gives(&self, case: &str, who: &str, points: u32) {
        let line = format!("{case} do:grant who:@{who} points:{points} reason:patience");
        self.commands(self.robin, self.help, &line, "points").await;
    }

    /// Returns when somebody wears this.
    async fn wears(&self, who: Id, tag: Option<&str>) {
        let what = format!("{tag:?} beside {who}");
        self.town
            .until(&what, |state| {
                let worn = state.member(self.help, who).and_then(|member| member.tag.as_deref());
                (worn == tag).then_some(())
            })
            .await;
    }
}

#[tokio::test]
async fn a_rank_is_shown_as_a_tag_and_taken_off_with_the_points_or_the_switch() {
    let story = Story::begins().await;
    story.lets_tag();
    let on = "/askaround recognition mode:on";
    let told = story.commands(story.robin, story.help, on, "as a tag beside their name").await;
    assert!(told.contains("To undo it: /askaround recognition mode:off"), "{told}");
    let case = story.kai_answers().await;
    story.gives(&case, "kai_tg", 60).await;
    story.wears(story.kai, Some("Guide")).await;
    story.gives(&case, "kai_tg", 300).await;
    story.wears(story.kai, Some("Expert")).await;
    let take = format!("{case} do:take who:@kai_tg reason:copied");
    story.commands(story.robin, story.help, &take, "points").await;
    story.wears(story.kai, None).await;
    story.gives(&case, "kai_tg", 60).await;
    story.wears(story.kai, Some("Guide")).await;
    let off = "/askaround recognition mode:off";
    story.commands(story.robin, story.help, off, "no ranks as tags").await;
    story.wears(story.kai, None).await;
    let role = "/askaround recognition rank:guide role:@Guide";
    story.commands(story.robin, story.help, role, "There are no roles here").await;
}

#[tokio::test]
async fn a_missing_right_is_named_once_and_no_tag_is_tried_for_ever() {
    let story = Story::begins().await;
    let case = story.kai_answers().await;
    let on = "/askaround recognition mode:on";
    story.commands(story.robin, story.help, on, "as a tag beside their name").await;
    story.gives(&case, "kai_tg", 60).await;
    story.reads(story.sam, story.team, NEEDS_RIGHT).await;
    story.gives(&case, "kai_tg", 1).await;
    story.gives(&case, "priya_tg", 60).await;
    story.commands(story.robin, story.help, "/askaround status", NEEDS_RIGHT).await;
    assert_eq!(story.count(story.sam, story.team, NEEDS_RIGHT), 1);
    let tried = story.town.calls("setChatMemberTag");
    assert!(tried.is_empty(), "what is known is not asked for: {tried:?}");
    story.lets_tag();
    story.town.connected().await;
    story.commands(story.robin, story.help, on, "I go through everybody once more").await;
    story.wears(story.kai, Some("Guide")).await;
    story.wears(story.priya, Some("Guide")).await;
}

#[tokio::test]
async fn an_administrator_keeps_the_title_and_whoever_has_left_wears_nothing() {
    let story = Story::begins().await;
    story.lets_tag();
    story.town.promotes(story.owner, story.help, story.priya, &["can_pin_messages"]);
    let on = "/askaround recognition mode:on";
    story.commands(story.robin, story.help, on, "as a tag beside their name").await;
    let case = story.kai_answers().await;
    story.gives(&case, "priya_tg", 60).await;
    story.town.leaves(story.help, story.kai);
    story.gives(&case, "kai_tg", 60).await;
    // They take their turn in order: by then what came before has ended.
    story.gives(&case, "mia_tg", 60).await;
    story.wears(story.mia, Some("Guide")).await;
    assert_eq!(story.town.tag(story.help, story.priya), None);
    assert_eq!(story.count(story.sam, story.team, NEEDS_RIGHT), 0);
}
