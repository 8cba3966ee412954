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

#[tokio::test]
async fn an_asker_rates_the_help_once_and_may_add_a_word() {
    let mut world = World::lumen().await;
    let asked = world.says(MIA, "help", QUESTION).await;
    world.replies(KAI, "help", &asked, "Turn off the night schedule in the app.").await;
    world.presses(MIA, "That solved it").await;
    world.hush();
    world.presses(PRIYA, "👎").await;
    world.presses(MIA, "👎").await;
    world.presses(MIA, "👍").await;
    world.types(MIA, "help", "/feedback quick and kind").await;
    world.types(MIA, "help", "/feedback about:product The app hides that switch too well.").await;
    world.types(PRIYA, "help", "/feedback about:answer he was faster").await;
    world.types(PRIYA, "help", "/feedback the map of the mesh is beautiful").await;
    world.types(PRIYA, "help", "/feedback about:praise Kai is always there").await;
    world.presses(MIA, "Not solved").await;
    world.presses(MIA, "👍").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Priya presses [👎]
    #help Lumen (only priya sees this): Only the person who asked can rate the help here. Thank you for caring, though.
    #help Mia presses [👎]
    #help Lumen (only mia sees this): Thank you for saying so. What was missing? /feedback and a word or two help us get better. [Not solved]
    #help Mia presses [👍]
    #help Lumen (only mia sees this): Thank you, that’s good to hear. To add a word: /feedback and what you’d like to say.
    #help Mia types /feedback quick and kind
    #help Lumen (only mia sees this): Thank you. I’ve kept this with your question, where the moderators can read it.
    #help Mia types /feedback about:product The app hides that switch too well.
    #help Lumen (only mia sees this): Thank you. I’ve put this where the moderators collect what people say about the product.
    #help Priya types /feedback about:answer he was faster
    #help Lumen (only priya sees this): I can’t find an answered question of yours that this could be about. For the product, type /feedback about:product and your words.
    #help Priya types /feedback the map of the mesh is beautiful
    #help Lumen (only priya sees this): Thank you. I’ve put this where the moderators collect what people say about the product.
    #help Priya types /feedback about:praise Kai is always there
    #help Lumen (only priya sees this): Thank you, how kind. I’ve put this where the moderators will read it.
    #help Mia presses [Not solved]
    #help Lumen: @Mia, your question is open again. I’m asking volunteers.
    #ambassadors Lumen: @Priya🔔
        @Mia has a question in #help:
        > My Lumen Air keeps dropping the connection at night, what can I do?
        
        Topics: wifi
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    #help Mia presses [👍]
    #help Lumen (only mia sees this): This question is open again. Once it’s solved, I’ll ask how it was.
    ");
    let told = told(&world, "en").await;
    let last: Vec<&str> = told.lines().rev().take(5).collect();
    insta::assert_snapshot!(last.into_iter().rev().collect::<Vec<_>>().join("\n"), @"
       0 @Kai: +10 points for solving it
       0 @Kai: -10 points, an earlier entry taken back
       0 @Mia rated the help: 👍
       0 @Mia said of it:
    > quick and kind
    ");
    assert_eq!(world.balance(KAI).await, 0, "taken back with the reopening, not with the thumb");
    world.types(ROBIN, "help", "/askaround report").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround report
    #help Lumen (only robin sees this): The last 30 days: one question
        Solved: 0 (0 %)
        Not solved: 1 still open · 0 expired · 0 taken back
        First answer from a person: half within a moment, nine in ten within a moment
        Calls to ambassadors: 1 · taken 1 · passed 0 · taken and not answered 0
        Points given: 0
        Ratings: 👍 1 · 👎 0
        Said about the product: 2
        > the map of the mesh is beautiful
        
        > The app hides that switch too well.
        
        Praise: 1
        > Kai is always there
    ");
}

#[tokio::test]
async fn words_of_feedback_are_as_many_as_one_person_can_mean_in_a_day() {
    let mut world = World::lumen().await;
    for _ in 0..10 {
        world.types(MIA, "help", "/feedback the app is slow").await;
    }
    world.hush();
    world.types(MIA, "help", "/feedback it is slow, I say").await;
    world.advance(minutes(24 * 60 + 1)).await;
    world.types(MIA, "help", "/feedback it is fast").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia types /feedback it is slow, I say
    #help Lumen (only mia sees this): That’s 10 notes in a day, as many as I can take from one person. Please come back tomorrow.
    … 1441 min later
    #help Mia types /feedback it is fast
    #help Lumen (only mia sees this): Thank you. I’ve put this where the moderators collect what people say about the product.
    ");
}

#[tokio::test]
async fn a_report_says_how_the_days_went() {
    let mut world = World::lumen().await;
    world.hush();
    world.types(MIA, "help", "/askaround report").await;
    world.types(ROBIN, "help", "/askaround report 1").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia types /askaround report
    #help Lumen (only mia sees this): Only moderators can use this command. Nothing has changed.
    #help Robin types /askaround report 1
    #help Lumen (only robin sees this): Nobody has asked anything in the last day.
    ");
    // By an article, by an ambassador, by staff; one runs out, one is taken back, one is open.
    world.says(JONAS, "help", "Was heißt es, wenn das Licht am Router rot leuchtet?").await;
    world.presses(JONAS, "Das hat geholfen").await;
    let asked = world.says(MIA, "help", QUESTION).await;
    world.presses(MIA, "Ask a person").await;
    world.presses(KAI, "I’ll take it").await;
    world.advance(minutes(5)).await;
    world.replies(KAI, "help", &asked, "Turn off the night schedule in the app.").await;
    world.presses(MIA, "That solved it").await;
    world.advance(minutes(15)).await;
    world.says(MIA, "help", "Is there a way to make the lights on the front purple?").await;
    world.presses(PRIYA, "Pass").await;
    world.presses(SAM, "Solved").await;
    world.advance(minutes(15)).await;
    let gone = world.says(MIA, "help", "Can the mesh nodes be painted in another colour?").await;
    world.deletes(MIA, "help", &gone).await;
    world.advance(minutes(15)).await;
    world.says(MIA, "help", "I want a refund, how do I get it?").await;
    world.types(MIA, "help", "/feedback about:product More colours please").await;
    world.hush();
    world.types(ROBIN, "help", "/askaround report").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround report
    #help Lumen (only robin sees this): The last 30 days: 5 questions
        Solved: 3 (60 %)
        • by help pages 1 · ambassadors 1 · other members 0 · our team 1
        Not solved: 1 still open · 0 expired · 1 taken back
        First answer from a person: half within 5 minutes, nine in ten within 5 minutes
        Until solved: half within a moment, nine in ten within 5 minutes
        To our team: 2 · asked for 0 · urgent 1 · no volunteer free 1 · volunteers’ time was up 0
        Calls to ambassadors: 5 · taken 1 · passed 1 · taken and not answered 0
        No help page fitted: 2 · hardware 1 · mesh 1 · setup 1 · wifi 1
        Points given: 10
        Said about the product: 1
        > More colours please
    ");
    world.advance(minutes(3 * 24 * 60)).await;
    world.hush();
    world.types(ROBIN, "help", "/askaround report 2").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin types /askaround report 2
    #help Lumen (only robin sees this): Nobody has asked anything in the last 2 days.
    ");
}

#[tokio::test]
async fn the_best_helpers_are_named_with_the_way_to_the_next_place() {
    let mut world = World::lumen().await;
    world.hush();
    world.types(KAI, "help", "/leaders").await;
    for helper in [KAI, PRIYA, KAI] {
        let asked = world.says(MIA, "help", QUESTION).await;
        world.replies(helper, "help", &asked, "Turn off the night schedule in the app.").await;
        world.presses(MIA, "That solved it").await;
        world.advance(minutes(15)).await;
    }
    world.hush();
    world.types(PRIYA, "help", "/leaders").await;
    world.types(KAI, "help", "/leaders all topic:wifi").await;
    world.types(KAI, "help", "/leaders month topic:mesh").await;
    world.types(MIA, "help", "/leaders month").await;
    world.types(MIA, "help", "/leaders all topic:cooking").await;
    world.advance(minutes(8 * 24 * 60)).await;
    world.types(PRIYA, "help", "/leaders week").await;
    world
        .tampers(
            "UPDATE roster SET blocked = 1 WHERE account = \
             (SELECT account FROM balances WHERE scope = 'all' AND points = 20)",
        )
        .await;
    world.types(PRIYA, "help", "/leaders month").await;
    world.types(KAI, "help", "/leaders all").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Priya types /leaders
    #help Lumen (only priya sees this): Who has helped most in the last 7 days
        1. @Kai: 20 points
        2. @Priya: 10 points
        10 more points to the next place up.
    #help Kai types /leaders all topic:wifi
    #help Lumen (only kai sees this): Who has helped most so far, on wifi
        1. @Kai: 20 points
        2. @Priya: 10 points
    #help Kai types /leaders month topic:mesh
    #help Lumen (only kai sees this): Who has helped most in the last 30 days, on mesh
        Nobody has points in this time yet. The first ones could be yours: /ambassador join
    #help Mia types /leaders month
    #help Lumen (only mia sees this): Who has helped most in the last 30 days
        1. @Kai: 20 points
        2. @Priya: 10 points
        You have no points in this time yet. They come with answers that solve somebody’s question.
    #help Mia types /leaders all topic:cooking
    #help Lumen (only mia sees this): > cooking
        I don’t know this topic. The topics here are: account, apps, gaming, hardware, mesh, mobile, orders, security, setup, smart-home, wifi.
    … 11520 min later
    #help Priya types /leaders week
    #help Lumen (only priya sees this): Who has helped most in the last 7 days
        Nobody has points in this time yet. The first ones could be yours: /ambassador join
    #help Priya types /leaders month
    #help Lumen (only priya sees this): Who has helped most in the last 30 days
        1. @Kai: 20 points
        2. @Priya: 10 points
        10 more points to the next place up.
    #help Kai types /leaders all
    #help Lumen (only kai sees this): Who has helped most so far
        1. @Kai: 20 points
        2. @Priya: 10 points
    ");
}
