//! What can be read off afterwards: the told history of a case.
#![expect(clippy::expect_used, reason = "what cannot be read is no story")]

use std::fmt::Write as _;

use askaround::domain::ids::{BotId, Language};

use super::people::{JONAS, KAI, LENA, MIA, PRIYA, ROBIN, SAM};
use super::world::{World, minutes};

const QUESTION: &str = "My Lumen Air keeps dropping the connection at night, what can I do?";

/// The history of every case, the oldest first, each sentence behind its minute.
async fn told(world: &World, language: &str) -> String {
    let (bot, language) = (BotId::from("lumen"), Language::from(language));
    let mut told = String::new();
    for case in world.cases().await {
        let story = world.engine().case_story(case).await.expect("reads").expect("it is there");
        let texts: Vec<_> = story.lines.iter().map(|line| line.text.clone()).collect();
        let worded = world.engine().worded(&bot, &language, &texts).await.expect("words");
        writeln!(told, "{}", story.question.as_deref().unwrap_or("(gone)")).expect("writes");
        for (line, text) in story.lines.iter().zip(worded) {
            let minute = line.at.since(story.row.case.opened_at).as_secs() / 60;
            writeln!(told, "{minute:>4} {text}").expect("writes");
        }
    }
    told
}

#[tokio::test]
async fn the_history_of_a_case_is_told_in_sentences() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", QUESTION).await;
    world.presses(MIA, "Ask a person").await;
    world.presses(KAI, "I’ll take it").await;
    world.presses(KAI, "Give back").await;
    world.presses(KAI, "I’ll take it").await;
    world.replies(KAI, "help", &asked, "Turn off the night schedule in the app.").await;
    world.replies(KAI, "help", &asked, "It is under Settings.").await;
    world.presses(MIA, "Not solved").await;
    world.presses(KAI, "I’ll take it").await;
    world.replies(KAI, "help", &asked, "Then restart it, once.").await;
    world.presses(MIA, "That solved it").await;
    world.says(MIA, "help", "thanks a lot!").await;
    insta::assert_snapshot!(told(&world, "en").await, @"
    My Lumen Air keeps dropping the connection at night, what can I do?
       0 @Mia asked in #help.
       0 I suggested wifi-drops.
       0 @Mia wanted to ask a person.
       0 I called @Kai: chose wifi, has solved none like it yet, called for the first time.
       0 I called @Priya: takes any topic, has solved none like it yet, called for the first time.
       0 Not called, because they take other languages: @Lena
       0 @Kai took the question.
       0 @Kai gave it back.
       0 There was nobody else to call, so I waited for those I had called.
       0 @Kai took the question.
       0 @Kai answered.
       0 @Kai added to the answer.
       0 @Mia said that it isn’t solved.
       0 There was nobody else to call, so I waited for those I had called.
       0 @Kai took the question.
       0 @Kai answered.
       0 @Mia said that the answer from @Kai solved it.
       0 @Mia thanked @Kai.
       0 @Kai: +10 points for solving it
       0 @Kai: +3 points for the thanks
    ");
    insta::assert_snapshot!(told(&world, "de").await, @"
    My Lumen Air keeps dropping the connection at night, what can I do?
       0 @Mia hat in #help gefragt.
       0 Ich habe wifi-drops vorgeschlagen.
       0 @Mia wollte lieber jemanden fragen.
       0 Ich habe @Kai gefragt: hat wifi gewählt, hat noch nichts dergleichen gelöst, zum ersten Mal.
       0 Ich habe @Priya gefragt: nimmt jedes Thema, hat noch nichts dergleichen gelöst, zum ersten Mal.
       0 Nicht gefragt, weil andere Sprachen gewählt sind: @Lena
       0 @Kai hat die Frage übernommen.
       0 @Kai hat sie zurückgegeben.
       0 Sonst war niemand zu fragen, also habe ich auf die schon Gefragten gewartet.
       0 @Kai hat die Frage übernommen.
       0 @Kai hat geantwortet.
       0 @Kai hat die Antwort ergänzt.
       0 @Mia sagte, dass es nicht gelöst ist.
       0 Sonst war niemand zu fragen, also habe ich auf die schon Gefragten gewartet.
       0 @Kai hat die Frage übernommen.
       0 @Kai hat geantwortet.
       0 @Mia sagte, dass die Antwort von @Kai geholfen hat.
       0 @Mia hat @Kai gedankt.
       0 @Kai: +10 Punkte für die Lösung
       0 @Kai: +3 Punkte für den Dank
    ");
}

#[tokio::test]
async fn the_way_to_staff_is_told_with_its_reasons() {
    let mut world = World::lumen().await;
    let purple = "Is there a way to make the lights on the front purple?";
    world.types(KAI, "ambassadors", "/ambassador hours 11:00-13:00").await;
    world.says(MIA, "help", purple).await;
    world.advance(minutes(70)).await;
    world.presses(SAM, "Back to volunteers").await;
    world.presses(PRIYA, "Pass").await;
    world.types(MIA, "help", "/human").await;
    world.types(MIA, "help", "/human").await;
    world.presses(SAM, "I’ll take it").await;
    let dossier = world.bot_post("staff", "lights on the front purple");
    world.replies(SAM, "staff", &dossier, "Not yet, but it is planned for spring.").await;
    world.advance(minutes(31)).await;
    world.presses(MIA, "Not solved").await;
    world.presses(SAM, "Solved").await;
    world.says(JONAS, "help", "Ich wurde gehackt, was soll ich mit dem Router machen?").await;
    world.presses(ROBIN, "Back to volunteers").await;
    world.presses(LENA, "I’ll take it").await;
    world.advance(minutes(11)).await;
    insta::assert_snapshot!(told(&world, "en").await, @"
    Is there a way to make the lights on the front purple?
       0 @Mia asked in #help.
       0 I called @Priya: takes any topic, has solved none like it yet, called for the first time.
       0 Not called, because they take other languages: @Lena
       0 Not called, because they chose other topics: @Kai
       4 There was no answer yet, so I went on.
       4 There was nobody else to call, so I waited for those I had called.
      25 It went to our team: volunteers had had their time.
      55 I reminded our team.
      70 @Sam gave it back to the volunteers.
      70 I called @Priya: takes any topic, has solved none like it yet, rested for 70 minutes.
      70 @Priya passed.
      70 It went to our team: no volunteer was free.
      70 @Mia asked for our team once more.
      70 @Sam from our team took it.
      70 @Sam from our team answered.
     100 Nobody said more, so I took it that @Sam solved it.
     101 @Mia said that it isn’t solved after all, so it is open again.
     101 It went to our team: @Mia asked for them.
     101 @Sam marked it as solved.
    Ich wurde gehackt, was soll ich mit dem Router machen?
       0 @Jonas asked in #help.
       0 It went to our team.
       0 @Robin gave it back to the volunteers.
       0 I called @Lena: takes any topic, has solved none like it yet, called for the first time.
       0 Not called, because they take other languages: @Kai, @Priya
       0 @Lena took the question.
      10 @Lena had taken it, but the time to answer ran out.
      10 It went to our team: no volunteer was free.
    ");
}

#[tokio::test]
async fn what_another_version_recorded_is_told_in_general_words() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", QUESTION).await;
    world.presses(MIA, "Ask a person").await;
    world
        .tampers(r#"UPDATE history SET event = '{"event":"pondered","by":7}' WHERE number = 2"#)
        .await;
    world.deletes(MIA, "help", &asked).await;
    insta::assert_snapshot!(told(&world, "en").await, @"
    (gone)
       0 @Mia asked in #help.
       0 I suggested wifi-drops.
       0 Something happened that this version of me can’t tell (pondered).
       0 I called @Kai: chose wifi, has solved none like it yet, called for the first time.
       0 I called @Priya: takes any topic, has solved none like it yet, called for the first time.
       0 Not called, because they take other languages: @Lena
       0 @Mia took the question back.
    ");
}
