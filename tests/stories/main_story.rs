//! The main job: asked, suggested, called, claimed, answered, thanked; and the question that
//! nobody answers.

use super::world::{KAI, Kill, MIA, SAM, World, minutes};

async fn the_story(world: &mut World) -> String {
    let question = "My Lumen Air keeps dropping the connection at night, what can I do?";
    let asked = world.says(MIA, "help", question).await;
    world.presses(MIA, "Ask a person").await;
    world.presses(KAI, "I’ll take it").await;
    world.replies(KAI, "help", &asked, "Turn off the night schedule in the app.").await;
    world.presses(MIA, "That solved it").await;
    world.transcript()
}

#[tokio::test]
async fn a_question_is_answered_by_an_ambassador_who_is_thanked() {
    let mut world = World::lumen().await;
    insta::assert_snapshot!(the_story(&mut world).await, @"");
}
