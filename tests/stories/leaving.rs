//! A community that the bot is removed from, invited to again or not; and words whose time is over.
#![expect(clippy::expect_used, reason = "a world that does not hold together is no story")]

use std::time::Duration;

use askaround::domain::ids::{BotId, PlatformId, PlatformKey};
use askaround::platform::{Author, DeliveryError, Fate, Inbound, Place, What};
use askaround::runtime::{Clock, Input, sweep};

use super::people::{JONAS, KAI, MIA, PRIYA, Person, ROBIN};
use super::world::{Kill, World, minutes};

const ODD: &str = "Does anybody know how I can mount my Lumen on a boat mast?";

fn days(days: u64) -> Duration {
    Duration::from_hours(24 * days)
}

impl World {
    /// The bot is removed from the community.
    async fn leaves(&mut self) -> Fate {
        self.is_told(What::Left).await
    }

    /// And let in again.
    async fn joins(&mut self) -> Fate {
        self.is_told(What::Joined).await
    }

    /// Told until it is acknowledged.
    async fn is_told(&mut self, what: What) -> Fate {
        self.said += 1;
        let inbound = Inbound {
            key: PlatformKey::new(format!("u{}", self.said)),
            at: self.clock.now(),
            place: Place::whole(PlatformKey::from("town"), "Town"),
            by: Author::named(PlatformKey::from("0"), ""),
            what,
        };
        let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
        let input = Input::Heard { bot, platform, inbound: Box::new(inbound) };
        loop {
            if let Some(fates) = self.commit(std::slice::from_ref(&input)).await {
                self.rest().await;
                return fates.first().copied().expect("one input, one fate");
            }
        }
    }

    /// The sweeper comes by.
    async fn sweeps(&self) {
        sweep(self.engine()).await.expect("sweeps");
    }
}

/// What the bot calls somebody.
async fn name_of(world: &World, who: Person) -> String {
    let (bot, platform) = (BotId::from("lumen"), PlatformId::from("square"));
    let mut tx = world.store().read().await.expect("reads");
    let key = PlatformKey::from(who.key);
    let account = tx.account_by_key(&bot, &platform, &key).await.expect("reads");
    account.expect("is known").name
}

/// Mia's question is solved by Priya, and Jonas has asked another that Kai has taken.
async fn lived_in(world: &mut World) {
    let asked = world.says(MIA, "help", ODD).await;
    world.presses(PRIYA, "I’ll take it").await;
    world.replies(PRIYA, "help", &asked, "With the mast bracket from the shop.").await;
    world.presses(MIA, "That solved it").await;
    world.types(MIA, "help", "/feedback about:answer what a lovely bracket").await;
    world.says(JONAS, "help", "Is there a way to make the lights on the front purple?").await;
    world.presses(KAI, "I’ll take it").await;
    world.hush();
}

#[tokio::test]
async fn whoever_removes_the_bot_hears_nothing_more_of_it_and_helpers_keep_their_points() {
    let mut world = World::lumen().await;
    lived_in(&mut world).await;
    world.platform_fails(vec![DeliveryError::Retry { after: None, why: "busy".to_owned() }]);
    world.types(JONAS, "help", "/human").await;
    assert!(world.open_rows().await > 0, "the desk has buttons, and something waits to be said");
    world.hush();
    assert_eq!(world.leaves().await, Fate::Handled);
    world.advance(minutes(24 * 60)).await;
    assert_eq!(world.transcript(), "… 1440 min later\n");
    assert_eq!(world.balance(PRIYA).await, 10);
    let told = world.story_of(world.cases().await[1]).await;
    assert!(
        told.ends_with("I was removed from the community, so the question was closed."),
        "{told}"
    );
    assert_eq!(world.open_rows().await, 0, "nothing waits to be said");
    world.says(MIA, "help", ODD).await;
    assert_eq!(world.cases().await.len(), 2, "what was said before and comes late is not taken");
    assert_eq!(world.leaves().await, Fate::Dropped("left already"));
}

#[tokio::test]
async fn a_bot_that_is_invited_again_goes_on_as_it_was_set_up() {
    let mut world = World::lumen().await;
    lived_in(&mut world).await;
    let before = world.settings().await;
    world.leaves().await;
    world.advance(days(29)).await;
    world.sweeps().await;
    assert!(world.kept_anywhere("mast bracket").await);
    assert_eq!(world.joins().await, Fate::Handled);
    assert_eq!(world.joins().await, Fate::Dropped("never left"));
    assert_eq!(world.settings().await, before);
    world.advance(days(2)).await;
    world.sweeps().await;
    assert!(world.kept_anywhere("mast bracket").await, "the clock has stopped");
    world.hush();
    world.says(MIA, "help", ODD).await;
    assert!(world.transcript().contains("has a question in #help"), "and people are called");
}

#[tokio::test]
async fn a_month_after_it_was_removed_nothing_is_left_of_what_people_wrote_there() {
    a_month_later(World::lumen().await).await;
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn on_postgresql_nothing_is_left_either() {
    let Some(server) = super::postgres::fresh_schema("leaving").await else { return };
    a_month_later(World::lumen_on(Some(server), Kill::Never).await).await;
}

async fn a_month_later(mut world: World) {
    lived_in(&mut world).await;
    world.leaves().await;
    world.advance(days(31)).await;
    world.sweeps().await;
    for words in ["mast", "bracket", "purple"] {
        assert!(!world.keeps(words).await, "{words}");
    }
    assert_eq!(name_of(&world, MIA).await, "", "she was seen nowhere else");
    assert_eq!(name_of(&world, PRIYA).await, "Priya", "her points are hers, and so is her name");
    assert_eq!(world.balance(PRIYA).await, 10);
    world.sweeps().await;
    world.joins().await;
    assert_eq!(world.settings().await, askaround::store::Settings::default());
    world.types(ROBIN, "help", "/askaround watch").await;
    world.hush();
    world.says(MIA, "help", ODD).await;
    assert!(world.transcript().contains("#help Lumen"), "it can be set up anew");
    assert_eq!(name_of(&world, MIA).await, "Mia");
}

#[tokio::test]
async fn words_are_kept_until_their_time_is_over_and_numbers_for_good() {
    time_is_over(World::lumen().await).await;
}

#[cfg(feature = "postgres")]
#[tokio::test]
async fn on_postgresql_words_go_when_their_time_is_over() {
    let Some(server) = super::postgres::fresh_schema("keeping").await else { return };
    time_is_over(World::lumen_on(Some(server), Kill::Never).await).await;
}

/// The example keeps texts for 90 days.
async fn time_is_over(mut world: World) {
    let asked = world.says(MIA, "help", ODD).await;
    world.replies(PRIYA, "help", &asked, "With the mast bracket from the shop.").await;
    world.presses(MIA, "That solved it").await;
    world.types(MIA, "help", "/feedback about:answer what a lovely bracket").await;
    world.types(MIA, "help", "/feedback about:product the antenna is too short").await;
    world.advance(days(89)).await;
    world.sweeps().await;
    for words in ["boat mast", "lovely bracket", "antenna"] {
        assert!(world.keeps(words).await, "{words} is kept for now");
    }
    world.says(JONAS, "help", "Is there a way to make the lights on the front purple?").await;
    world.advance(days(2)).await;
    world.sweeps().await;
    for words in ["boat mast", "lovely bracket", "antenna"] {
        assert!(!world.keeps(words).await, "{words} is over");
    }
    assert!(world.keeps("purple").await, "a younger question keeps its words");
    assert_eq!(world.balance(PRIYA).await, 10);
    world.hush();
    world.types(ROBIN, "staff", "/askaround report 100").await;
    let told = world.private_word(ROBIN);
    assert!(told.contains("2 questions"), "{told}");
}

#[tokio::test]
async fn a_departure_that_is_cut_short_is_finished_when_it_is_told_again() {
    for (kill, fate) in
        [(Kill::BeforeCommit(1), Fate::Handled), (Kill::AfterCommit(1), Fate::Repeated)]
    {
        let mut world = World::lumen().await;
        lived_in(&mut world).await;
        (world.kill, world.commits) = (kill, 0);
        assert_eq!(world.leaves().await, fate);
        world.advance(minutes(60)).await;
        assert_eq!(world.transcript(), "… 60 min later\n");
        assert_eq!(world.open_rows().await, 0);
    }
}
