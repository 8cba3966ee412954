//! Somebody points at another person's message, where a platform has menus on messages.

use std::collections::BTreeMap;

use askaround::domain::command::Typed;
use askaround::domain::ids::PlatformKey;
use askaround::platform::{Author, Commanded, Fate, Pointed, What};

use super::people::{JONAS, KAI, MIA, PRIYA, Person, ROBIN};
use super::world::World;

/// A message that is plainly no question for the bot by itself.
const SIGH: &str = "My light has been red since this morning, such a day.";

impl World {
    /// Calls a command on a message, as a menu does; the platform knows less of its author than
    /// of whoever points.
    async fn points(
        &mut self,
        who: Person,
        (message, author): (&PlatformKey, Person),
        command: &str,
        text: Option<&str>,
    ) -> Fate {
        self.line(&format!(
            "#help {} calls /{command} on the message of {}",
            who.name, author.name
        ));
        let options = text.map(|text| ("question".to_owned(), text.to_owned()));
        let options: BTreeMap<String, String> = options.into_iter().collect();
        let typed = Typed { name: command.to_owned(), sub: None, options, names: BTreeMap::new() };
        let by = Author::named(PlatformKey::from(author.key), author.name.to_lowercase());
        let what = What::Commanded {
            command: Commanded::Menu(typed),
            reply: self.handle_of(who),
            people: Vec::new(),
            badges: Vec::new(),
            about: Some(Pointed { message: message.clone(), by }),
        };
        self.hands_over(who, "help", what).await
    }
}

#[tokio::test]
async fn whoever_points_at_a_question_has_it_asked_as_its_authors_own() {
    let mut world = World::lumen().await;
    let said = world.says(MIA, "help", SIGH).await;
    world.points(KAI, (&said, MIA), "ask", Some(SIGH)).await;
    world.points(PRIYA, (&said, MIA), "ask", Some(SIGH)).await;
    world.replies(PRIYA, "help", &said, "Hold the button for ten seconds.").await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: My light has been red since this morning, such a day.
    #help Kai calls /ask on the message of Mia
    #help Lumen (only kai sees this): Thank you for pointing at it. I’ve taken the question on; what comes of it you’ll see under the message.
    #help Lumen: @mia, I’ve asked one volunteer who knows about this. Rather talk to our team? Type /human.
    #ambassadors Lumen: @Priya🔔
        @mia has a question in #help:
        > My light has been red since this morning, such a day.
        
        Topics: setup, hardware
        Press “I’ll take it” and you have 10 minutes to answer; “Pass” if it’s not for you. Need a break? /ambassador pause [I’ll take it] [Pass]
    #help Priya calls /ask on the message of Mia
    #help Lumen (only priya sees this): I’m looking after this one already. What comes of it you’ll see under the message.
    #help Priya ↪: Hold the button for ten seconds.
    #help Lumen: @mia🔔, did the answer from @Priya solve it? If I hear nothing for a while, I’ll take it that it did. [That solved it] [Not solved]
    ");
}

#[tokio::test]
async fn what_is_no_question_of_a_person_is_not_asked_around() {
    let mut world = World::lumen().await;
    let said = world.says(MIA, "help", "🙂").await;
    world.points(KAI, (&said, MIA), "ask", Some("")).await;
    world.points(KAI, (&said, MIA), "ask", Some("🙂")).await;
    world.types(ROBIN, "help", "/askaround block who:@mia").await;
    world.points(KAI, (&said, MIA), "ask", Some(SIGH)).await;
    world.points(MIA, (&said, MIA), "ask", Some(SIGH)).await;
    let asked = world.says(JONAS, "help", SIGH).await;
    world.points(MIA, (&asked, JONAS), "ask", Some(SIGH)).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Mia: 🙂
    #help Kai calls /ask on the message of Mia
    #help Lumen (only kai sees this): I can only ask around for what somebody wrote in words. Ask them what it is about, then try again.
    #help Kai calls /ask on the message of Mia
    #help Lumen (only kai sees this): I can only ask around for what somebody wrote in words. Ask them what it is about, then try again.
    #help Robin types /askaround block who:@mia
    #help Lumen (only robin sees this): I leave @Mia out from now on: no calls, no points, and I take no questions from them. This holds wherever I work on this platform.
        To undo it: /askaround block @mia mode:off
    #help Kai calls /ask on the message of Mia
    #help Lumen (only kai sees this): I can’t take this question on just now. Everybody here may answer it, though.
    #help Mia calls /ask on the message of Mia
    #help Lumen (only mia sees this): I can’t take your question: a moderator asked me not to. Please talk to the moderators about it.
    #help Jonas: My light has been red since this morning, such a day.
    #help Mia calls /ask on the message of Jonas
    #help Lumen (only mia sees this): I can’t take your question: a moderator asked me not to. Please talk to the moderators about it.
    ");
}

#[tokio::test]
async fn staff_are_got_for_the_case_that_a_message_belongs_to() {
    let mut world = World::lumen().await;
    let first = world.says(MIA, "help", "How do I mount my Lumen on a boat mast?").await;
    let other = world.says(JONAS, "help", "Wie ändere ich das WLAN-Passwort?").await;
    world.hush();
    world.points(ROBIN, (&first, MIA), "human", None).await;
    world.points(JONAS, (&first, MIA), "human", None).await;
    let chat = world.says(PRIYA, "help", "Good morning everybody").await;
    world.points(JONAS, (&chat, PRIYA), "human", None).await;
    world.points(JONAS, (&other, JONAS), "human", None).await;
    insta::assert_snapshot!(world.transcript(), @"
    #help Robin calls /human on the message of Mia
    #help Lumen: @Mia, I’ve passed this to our team. You’ll hear from them here, usually within 30 minutes.
    #staff Lumen: Case CASE · @Mia asks in #help:
        > How do I mount my Lumen on a boat mast?
        
        Why it’s here: @Robin asked for our team.
        Language: English
        Suggested so far: nothing, no help page fitted.
        Volunteers called: 2.
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    #help Jonas calls /human on the message of Mia
    #help Lumen (only jonas sees this): Du kannst diese Frage nicht an unser Team weitergeben. Wer sie gestellt hat, kann es meist.
    #help Priya: Good morning everybody
    #help Jonas calls /human on the message of Priya
    #help Lumen (only jonas sees this): Diese Nachricht gehört zu keiner Frage, um die ich mich kümmere. Wer sie geschrieben hat, kann sie mit /human an unser Team geben.
    #help Jonas calls /human on the message of Jonas
    #help Lumen: @Jonas, ich habe das an unser Team weitergegeben. Es meldet sich hier bei dir, meist dauert das höchstens 30 Minuten.
    #staff Lumen: Case CASE · @Jonas asks in #help:
        > Wie ändere ich das WLAN-Passwort?
        
        Why it’s here: @Jonas asked for our team.
        Language: German · Topics: security, wifi
        Suggested so far: WLAN-Name und WLAN-Passwort ändern
        Press “I’ll take it” so that the others know, then reply to this message: your reply goes to the customer. “Back to volunteers” asks volunteers again, “Solved” closes the case. [I’ll take it] [Back to volunteers] [Solved]
    ");
}
