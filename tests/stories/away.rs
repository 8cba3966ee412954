//! What came while the bot was away, or without a word.

use askaround::domain::ids::{BotId, PlatformId, PlatformKey};
use askaround::domain::time::Moment;

use super::people::{JONAS, KAI, MIA, ROBIN};
use super::world::{World, minutes};

#[tokio::test]
async fn a_question_told_hours_late_calls_nobody_until_its_asker_wants_it() {
    let mut world = World::lumen().await;
    world.late = minutes(7 * 60);
    world.says(MIA, "help", "Is there a way to make the lights on the front purple?").await;
    world.says(JONAS, "help", "wie setze ich meinen Router auf Werkseinstellungen zurück?").await;
    world.late = minutes(0);
    world.advance(minutes(60)).await;
    assert_eq!(world.pings_of(KAI), 0, "nobody is called for what may be long over");
    world.presses(MIA, "Ask a person").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: Is there a way to make the lights on the front purple?
    #help Lumen: @Mia, I was away when you asked this. Do you still need help? Press “Ask a person” and I’ll ask volunteers. [That solved it] [Ask a person] [Me too]
    #help Jonas: wie setze ich meinen Router auf Werkseinstellungen zurück?
    #help Lumen: @Jonas, vielleicht ist das schon deine Antwort:
        
        Router auf Werkseinstellungen zurücksetzen (https://help.lumen.example/de/factory-reset)
        Halten Sie bei eingeschaltetem Router die versenkte Reset-Taste mit einer Büroklammer zehn Sekunden gedrückt, bis die Leuchte blau blinkt. Das löscht alles: WLAN-Name, Passwörter und Zugangsdaten des Anbieters.
        Automatisch aus unseren Hilfeseiten gewählt; als du gefragt hast, war ich nicht da. Hilft es nicht, drück „Jemanden fragen“. [Das hat geholfen] [Jemanden fragen] [Ich auch]
    … 60 min later
    #help Mia presses [Ask a person]
    #help Lumen: @Mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔
        @Mia has a question in #help:
        > Is there a way to make the lights on the front purple?
        
        Topics: hardware, setup
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    ");
}

#[tokio::test]
async fn a_picture_without_a_word_is_asked_about_once() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "").await;
    world.says(MIA, "help", "").await;
    world.says(MIA, "general", "").await;
    world.types(ROBIN, "help", "/askaround watch mode:tagged").await;
    world.says(JONAS, "help", "").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: (a picture)
    #help Lumen: @Mia, I can’t look at pictures or listen. Tell me in a sentence what is wrong, and I’ll find help.
    #help Mia: (a picture)
    #general Mia: (a picture)
    #help Robin types /askaround watch mode:tagged
    #help Lumen (only robin sees this): From now on I take questions in #help. Mode: only what is tagged #help, mentions me or replies to me. Sensitivity: balanced. /askaround watch mode:off ends it.
        To undo it: /askaround watch #help mode:detect sensitivity:balanced
    #help Jonas: (a picture)
    ");
}

#[tokio::test]
async fn the_runtime_remembers_which_places_matter_and_how_far_they_were_heard() {
    let mut world = World::lumen().await;
    world.says(MIA, "help", "Is there a way to make the lights on the front purple?").await;
    let (bot, square) = (BotId::from("lumen"), PlatformId::from("square"));
    let key = |text: &str| PlatformKey::from(text);
    let store = world.store().clone();
    let mut tx = store.begin().await.unwrap();
    let now = Moment::from_millis(1);
    for (channel, message) in [("help", "m1"), ("help", "m7"), ("general", "m2"), ("moon", "m9")] {
        tx.heard_up_to(&bot, &square, &key(channel), &key(message), now).await.unwrap();
    }
    tx.commit().await.unwrap();
    let cursors = store.read().await.unwrap().cursors(&bot, &square).await.unwrap();
    let mut told: Vec<String> = cursors
        .iter()
        .map(|cursor| {
            let heard = cursor.heard.as_ref().map_or("from now on", PlatformKey::as_str);
            format!("{} {}: {heard}", cursor.community, cursor.channel)
        })
        .collect();
    told.sort();
    insta::assert_snapshot!(told.join("\n"), @"
    town ambassadors: from now on
    town help: m7
    town staff: from now on
    ");
}
