//! What a platform finds about a community, as its moderators read it.

use askaround::domain::ids::{ChannelId, PlatformKey};
use askaround::domain::text::{Keys, Text};
use askaround::platform::Finding;

use super::people::{MIA, ROBIN, UTE};
use super::world::World;

fn keys(words: &[&str]) -> Keys {
    Keys(words.iter().copied().map(str::to_owned).collect())
}

/// The rights that the bot lacks in a channel.
fn cannot_send(place: ChannelId, uses: &str) -> Finding {
    let rights = keys(&["right-send-messages", "right-read-history"]);
    let what = Text::FindingRightsMissing { place, uses: keys(&[uses]), rights };
    Finding::broken(what, Text::FindingRightsMend)
}

#[tokio::test]
async fn status_says_what_is_lacking_the_worst_first_and_each_mend_once() {
    let mut world = World::lumen().await;
    let settings = world.settings().await;
    let (help, desk) = (*settings.watched.keys().next().unwrap(), settings.desk.unwrap());
    world.platform_finds(vec![
        Finding::limited(Text::FindingContentUnread, Text::FindingContentUnreadMend),
        Finding::fine(Text::FindingContentRead),
        cannot_send(help, "use-questions"),
        cannot_send(desk, "use-desk"),
    ]);
    world.types(ROBIN, "staff", "/askaround status").await;
    world.types(UTE, "staff", "/askaround status").await;
    insta::assert_snapshot!(world.transcript(), @"
    #staff Robin types /askaround status
    #staff Lumen (only robin sees this): Questions: I take them in #help.
        Our team: #staff
        Ambassadors are called in #ambassadors.
        Ambassadors: 3, of whom 3 could be called now.
        Help pages: 42
        To our team: /human
        Open questions: 0, of which 0 wait for our team.
        #help (questions): I can’t work there without these rights: Send Messages, Read Message History.
        #staff (our team): I can’t work there without these rights: Send Messages, Read Message History.
        Give them to my role in the channel’s settings, under Permissions, or in the server’s settings.
        The message content intent is off: I read only what mentions me, replies to me, commands and buttons. All other questions pass me by.
        Whoever runs this bot switches on the Message Content Intent in the developer portal (Bot, Privileged Gateway Intents) and starts the bot again.
    #staff Ute types /askaround status
    #staff Lumen (only ute sees this): Fragen: Ich nehme sie in #help an.
        Unser Team: #staff
        Botschafter:innen frage ich in #ambassadors.
        Botschafter:innen: 3, davon jetzt ansprechbar: 3.
        Hilfeseiten: 42
        Zu unserem Team: /human
        Offene Fragen: 0, davon beim Team: 0.
        #help (Fragen): Dort kann ich ohne diese Rechte nicht arbeiten: Nachrichten senden, Nachrichtenverlauf anzeigen.
        #staff (unser Team): Dort kann ich ohne diese Rechte nicht arbeiten: Nachrichten senden, Nachrichtenverlauf anzeigen.
        Gib sie meiner Rolle in den Einstellungen des Kanals unter „Berechtigungen“ oder in denen des Servers.
        Der Message Content Intent ist aus: Ich lese nur, was mich erwähnt, Antworten an mich, Befehle und Knöpfe. Alle anderen Fragen entgehen mir.
        Wer diesen Bot betreibt, schaltet im Developer Portal (Bot, Privileged Gateway Intents) den Message Content Intent ein und startet den Bot neu.
    ");
    world.types(MIA, "help", "/askaround status").await;
    assert!(world.private_word(MIA).contains("Only moderators"));
}

#[tokio::test]
async fn a_watched_channel_that_is_no_more_is_forgotten_with_the_next_one() {
    let mut world = World::lumen().await;
    let (place, uses) = ("#help".to_owned(), keys(&["use-questions"]));
    let what = Text::FindingPlaceGone { place, uses };
    let gone = Finding::limited(what, Text::FindingQuestionsGoneMend);
    world.platform_finds(vec![gone.at(&PlatformKey::from("help"))]);
    world.types(ROBIN, "staff", "/askaround status").await;
    let told = world.private_word(ROBIN);
    assert!(told.contains("#help (questions) is no more"), "{told}");
    world.types(ROBIN, "support", "/askaround watch").await;
    world.types(ROBIN, "staff", "/askaround status").await;
    let told = world.private_word(ROBIN);
    assert!(told.contains("Questions: I take them in #support."), "{told}");
}
