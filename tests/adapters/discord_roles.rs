//! Ranks as roles, on Discord: the real client against a server of the double's, where roles stand
//! above one another and a right can be missing; and that the double gives roles as Discord does.

use serde_json::Value;

use crate::discord_double::Bench;
use crate::discord_live::Story;
use crate::double::gateway::Cut;
use crate::double::rest::Fault;
use crate::double::rights::bit;
use crate::double::state::Id;

/// A question that no article answers.
const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

/// Where the bot lists what it did to roles.
const ROLES: &str = "/roles/";

impl Story {
    /// The bot is given the right that ranks as roles need.
    fn lets_give_roles(&self) {
        let own = self.town.own_role(self.guild);
        self.town.allows(self.guild, own, bit::BOT | bit::MANAGE_ROLES);
    }

    /// Two roles for two ranks, below the bot's own.
    fn roles(&self) -> [Id; 2] {
        let roles = ["Guide", "Expert"].map(|name| self.town.role(self.guild, name, 0));
        self.town.raises(self.guild, self.town.own_role(self.guild));
        roles
    }

    /// Returns when the bot has heard all that happened in the server.
    async fn is_told_all(&self) {
        self.town.connected().await;
        // What came before it on the same connection has been taken in by then.
        self.commands(self.robin, self.staff, "/points").await;
    }

    /// Mia's question and Kai's answer to it; gives back how Robin's line about it begins.
    async fn kai_answers(&self) -> String {
        let asked = self.town.says(self.mia, self.help, ODD);
        self.reads(self.mia, self.help, "I’ve asked").await;
        self.town.replies(self.kai, self.help, asked, "The mast bracket from the shop holds it.");
        self.reads(self.mia, self.help, "did the answer from").await;
        let cases = self.commands(self.robin, self.staff, "/askaround case").await;
        let case = cases.split(':').next().unwrap_or_default().to_owned();
        format!("/askaround case case:{case}")
    }

    async fn gives(&self, case: &str, who: &str, points: u32) -> String {
        let line = format!("{case} do:grant who:@{who} points:{points} reason:patience");
        self.commands(self.robin, self.staff, &line).await
    }
}

#[tokio::test]
async fn a_rank_gives_its_role_and_takes_the_others_and_touches_nothing_else() {
    let story = Story::begins().await;
    let [guide, expert] = story.roles();
    story.lets_give_roles();
    let colour = story.town.role(story.guild, "Blue", 0);
    story.town.joins(story.guild, story.kai, &[colour]);
    story.is_told_all().await;
    for (rank, role) in [("guide", "Guide"), ("expert", "Expert")] {
        let line = format!("/askaround recognition rank:{rank} role:@{role}");
        let answer = story.commands(story.robin, story.staff, &line).await;
        assert!(
            answer.contains(&format!("the role @{role} stands for the rank {role}")),
            "{answer}"
        );
        let undo = format!("To undo it: /askaround recognition rank:{rank} mode:off");
        assert!(answer.contains(&undo), "{answer}");
    }
    let case = story.kai_answers().await;
    story.gives(&case, "Kai", 60).await;
    story.town.wears(story.guild, story.kai, &[guide, colour]).await;
    story.gives(&case, "Kai", 300).await;
    story.town.wears(story.guild, story.kai, &[expert, colour]).await;
    let line = format!("{case} do:take who:@Kai reason:copied");
    story.commands(story.robin, story.staff, &line).await;
    story.town.wears(story.guild, story.kai, &[colour]).await;
    let calls = story.town.calls(ROLES);
    assert!(calls.iter().all(|call| call.body == Value::Null && call.status == 204), "{calls:?}");
    let reasons: Vec<_> = calls.iter().filter_map(|call| call.reason.as_deref()).collect();
    assert_eq!(reasons.len(), calls.len());
    assert_eq!(reasons[0], "Rank now: Guide");
    assert!(story.commands(story.kai, story.help, "/points").await.contains("Newcomer"));
}

#[tokio::test]
async fn a_role_that_the_bot_cannot_give_is_refused_at_once() {
    let story = Story::begins().await;
    let [guide, _] = story.roles();
    let boosters = story.town.role(story.guild, "Boosters", 0);
    story.town.binds(story.guild, boosters);
    let set = async |role: &str, mend: &str| {
        story.is_told_all().await;
        let line = format!("/askaround recognition rank:guide role:@{role}");
        let answer = story.commands(story.robin, story.staff, &line).await;
        assert!(answer.contains(mend), "{role}: {answer}");
    };
    set("Guide", "I need the right “Manage Roles”").await;
    story.lets_give_roles();
    set("Boosters", "nobody can give it by hand").await;
    set("everyone", "everybody has it").await;
    story.town.raises(story.guild, guide);
    set("Guide", "it stands above my own role").await;
    story.town.raises(story.guild, story.town.own_role(story.guild));
    set("Guide", "stands for the rank Guide").await;
    assert!(story.town.calls(ROLES).is_empty(), "and all that without a call");
}

#[tokio::test]
async fn what_comes_into_the_way_is_told_where_staff_work_once_and_mended_by_the_same_line() {
    let story = Story::begins().await;
    let [guide, _] = story.roles();
    story.lets_give_roles();
    story.is_told_all().await;
    let line = "/askaround recognition rank:guide role:@Guide";
    story.commands(story.robin, story.staff, line).await;
    let case = story.kai_answers().await;
    // Discord knows better than we do.
    story.town.fails(ROLES, Fault::Refused(403, 50_013));
    story.gives(&case, "Kai", 60).await;
    story.reads(story.sam, story.staff, "I need the right “Manage Roles”").await;
    story.town.raises(story.guild, guide);
    story.is_told_all().await;
    story.gives(&case, "Priya", 60).await;
    story.gives(&case, "Sam", 60).await;
    let told = story.reads(story.sam, story.staff, "it stands above my own role").await;
    assert!(told.text.contains(line), "{}", told.text);
    let status = story.commands(story.robin, story.staff, "/askaround status").await;
    assert!(status.contains("it stands above my own role"), "{status}");
    story.goes_on().await;
    assert_eq!(story.town.calls(ROLES).len(), 1, "what is in the way is not run into again");
    assert_eq!(story.count(story.sam, story.staff, "can’t give or take the role"), 2);

    story.town.raises(story.guild, story.town.own_role(story.guild));
    story.is_told_all().await;
    let answer = story.commands(story.robin, story.staff, line).await;
    assert!(answer.contains("once more"), "{answer}");
    for who in [story.kai, story.priya] {
        story.town.wears(story.guild, who, &[guide]).await;
    }
    let status = story.commands(story.robin, story.staff, "/askaround status").await;
    assert!(!status.contains("Guide"), "{status}");
}

#[tokio::test]
async fn a_limit_or_a_broken_server_only_delays_and_a_restart_forgets_no_role() {
    let mut story = Story::begins().await;
    let [guide, expert] = story.roles();
    story.lets_give_roles();
    story.is_told_all().await;
    let line = "/askaround recognition rank:guide role:@Guide";
    story.commands(story.robin, story.staff, line).await;
    let case = story.kai_answers().await;
    let limited = |after| Fault::Limited { scope: "user", after };
    for fault in [limited(0.1), Fault::CutBefore, Fault::CutAfter] {
        story.town.fails(ROLES, fault);
    }
    story.gives(&case, "Kai", 60).await;
    story.town.wears(story.guild, story.kai, &[guide]).await;
    assert!(story.town.has_failed());

    // Discord is away for roles, and the bot's process ends meanwhile.
    story.town.fails(ROLES, limited(600.0));
    story.gives(&case, "Priya", 60).await;
    story.town.until("a refused role", |state| state.faults.is_empty().then_some(())).await;
    story.stops().await;
    story.starts().await;
    story.clock.forward(std::time::Duration::from_mins(11));
    story.town.wears(story.guild, story.priya, &[guide]).await;
    story.town.cuts(Cut::Drop);
    story.town.connected().await;
    let line = "/askaround recognition rank:guide role:@Expert";
    story.commands(story.robin, story.staff, line).await;
    for who in [story.kai, story.priya] {
        story.town.wears(story.guild, who, &[expert]).await;
    }
}

#[tokio::test]
async fn whoever_has_left_gets_no_role_and_nobody_is_troubled() {
    let story = Story::begins().await;
    let [guide, _] = story.roles();
    story.lets_give_roles();
    story.is_told_all().await;
    let line = "/askaround recognition rank:guide role:@Guide";
    story.commands(story.robin, story.staff, line).await;
    let case = story.kai_answers().await;
    let put = format!("members/{}/roles/", story.priya);
    // She is named, leaves, and then the points come.
    story.town.fails(&put, Fault::Refused(404, 10_007));
    story.gives(&case, "Priya", 60).await;
    story.gives(&case, "Kai", 60).await;
    story.town.wears(story.guild, story.kai, &[guide]).await;
    assert_eq!(story.town.calls(&put).len(), 1);
    assert_eq!(story.count(story.sam, story.staff, "can’t give or take the role"), 0);
}

#[tokio::test]
async fn the_double_gives_and_takes_a_role_as_discord_does() {
    let bench = Bench::new().await;
    let (town, guild) = (&bench.town, bench.guild);
    let own = town.own_role(guild);
    let low = town.role(guild, "Guide", 0);
    let code = async |method: &str, who: Id, role: Id| {
        let path = format!("/guilds/{guild}/members/{who}/roles/{role}");
        let (status, body) = bench.asks(method, &path, Value::Null).await;
        (status, body["code"].as_u64().unwrap_or(0))
    };
    assert_eq!(code("PUT", bench.kai, low).await, (403, 50_013), "the right is missing");
    town.allows(guild, own, bit::BOT | bit::MANAGE_ROLES);
    assert_eq!(code("PUT", bench.kai, low).await, (204, 0));
    assert_eq!(code("PUT", bench.kai, low).await, (204, 0), "once more is the same");
    town.wears(guild, bench.kai, &[low]).await;
    assert_eq!(code("DELETE", bench.kai, low).await, (204, 0));
    town.wears(guild, bench.kai, &[]).await;
    assert_eq!(code("PUT", bench.kai, own).await, (403, 50_013), "its own role is an app's");
    assert_eq!(code("PUT", bench.kai, guild).await, (403, 50_013), "and this is everybody's");
    town.raises(guild, low);
    assert_eq!(code("PUT", bench.kai, low).await, (403, 50_013), "it stands above");
    town.raises(guild, own);
    town.leaves(guild, bench.mia);
    assert_eq!(code("PUT", bench.mia, low).await, (404, 10_007));
    town.removes_role(guild, low);
    assert_eq!(code("PUT", bench.kai, low).await, (404, 10_011));
}
