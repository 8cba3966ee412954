//! What simulated people say. Questions that an article answers are the bot's own example
//! questions, now and then with the slips of a thumb; those that none answers are about what no
//! brand writes an article about.

use super::chance::Chance;
use crate::domain::ids::{ArticleId, Language};
use crate::knowledge::Knowledge;

/// Sentences in one language.
struct Phrases {
    language: &'static str,
    odd: &'static [&'static str],
    urgent: &'static [&'static str],
    answers: &'static [&'static str],
    asks_back: &'static [&'static str],
    more: &'static [&'static str],
    thanks: &'static [&'static str],
    chatter: &'static [&'static str],
}

const ENGLISH: Phrases = Phrases {
    language: "en",
    odd: &[
        "Is there a way to make the lights on the front purple?",
        "Can I paint the case without losing anything?",
        "Does anybody know if it runs on a boat battery?",
        "How loud is it supposed to be at night? Mine hums.",
        "Has anyone managed to mount it upside down under a shelf?",
        "Why does mine click every morning at six?",
        "What is the little hole next to the label for?",
        "Could I lend mine to my sister abroad for the summer?",
        "How do I get dust out of it without opening it?",
        "Is it normal that the box smells of vinegar?",
        "Where can I see which revision I was sent?",
        "Does anyone here use two of them in one flat with different owners?",
        "My cat sleeps on it every day, is that a problem?",
        "Which screws do I need for the wall, they were not in the box?",
        "can somebody tell me if the stickers come off without a trace",
        "How do I know whether mine is a fake? @everyone please help",
    ],
    urgent: &[
        "I want a refund, who do I have to talk to?",
        "I think I was hacked, what should I do now?",
    ],
    answers: &[
        "Hold the small button for ten seconds, then let go. That did it for me.",
        "It is fine, mine has done that for two years.",
        "You need the long screws, four of them. Any hardware shop has them.",
        "Warm it a little with a hair dryer and pull slowly.",
        "It depends on the revision, which is on the label underneath.",
        "Put a thin felt pad under it and the hum is gone.",
        "Switch it off overnight once, mine was quiet after that.",
        "There is a setting for that under advanced, third from the top.",
    ],
    asks_back: &["Which model is it?", "What does the label say?", "Since when?"],
    more: &["it started yesterday by the way", "I tried it twice already", "it is the white one"],
    thanks: &["thanks, that did it!", "thank you so much!", "perfect, thanks"],
    chatter: &[
        "good morning everyone",
        "nice weather today",
        "just got my second one, looks great on the shelf",
        "lol",
        "I am off for the weekend",
        "the new app icon is nice",
        "see you at the meetup",
        "congrats!",
    ],
};

const GERMAN: Phrases = Phrases {
    language: "de",
    odd: &[
        "Kann man die Lichter vorne auch lila machen?",
        "Weiß jemand, ob das Gehäuse überlackiert werden darf?",
        "Wie laut darf das nachts sein? Meins brummt.",
        "Wozu ist das kleine Loch neben dem Aufkleber?",
        "Warum klickt meins jeden Morgen um sechs?",
        "Welche Schrauben brauche ich für die Wand?",
        "Wie bekomme ich Staub heraus, ohne es zu öffnen?",
        "Meine Katze schläft darauf, ist das ein Problem?",
        "Wo sehe ich, welche Revision ich bekommen habe?",
        "Kann ich meins im Sommer an meine Schwester im Ausland verleihen?",
    ],
    urgent: &["Ich will eine Rückerstattung, an wen muss ich mich wenden?"],
    answers: &[
        "Halte den kleinen Knopf zehn Sekunden lang gedrückt, dann geht es wieder.",
        "Das ist normal, meins macht das seit zwei Jahren.",
        "Du brauchst die langen Schrauben, vier Stück, gibt es in jedem Baumarkt.",
        "Leg einen dünnen Filz darunter, dann ist das Brummen weg.",
        "Das steht unten auf dem Etikett, zweite Zeile.",
    ],
    asks_back: &["Welches Modell ist es?", "Seit wann denn?"],
    more: &["das ist übrigens seit gestern so", "ich habe es schon zweimal versucht"],
    thanks: &["danke, das war es!", "vielen Dank!", "super, danke"],
    chatter: &["guten Morgen zusammen", "schönes Wetter heute", "haha", "bis morgen"],
};

/// What somebody asks.
#[derive(Debug, Clone)]
pub(super) struct Question {
    pub(super) text: String,
    /// The article that answers it; `None` when nobody has written one.
    pub(super) right: Option<ArticleId>,
}

/// Everything that can be said, by language.
pub(super) struct Talk {
    known: Vec<(Language, Vec<Question>)>,
}

/// Questions in a hundred that the bot's own articles answer: about what a help page is for.
const KNOWN: u64 = 55;
/// Questions in ten thousand with a word that goes straight to staff.
const URGENT: u64 = 150;

impl Talk {
    pub(super) fn of(knowledge: &Knowledge, languages: &[Language]) -> Talk {
        let of = |language: &Language| {
            let articles =
                knowledge.articles().filter(|article| article.language.base() == language.base());
            let questions = articles.flat_map(|article| {
                let right = Some(article.id.clone());
                let texts = article.questions.iter().cloned();
                texts.map(move |text| Question { text, right: right.clone() })
            });
            (language.clone(), questions.collect())
        };
        Talk { known: languages.iter().map(of).collect() }
    }

    /// Something to ask.
    pub(super) fn question(&self, language: &Language, chance: &mut Chance) -> Question {
        let phrases = phrases(language);
        if chance.happens(URGENT) {
            return Question { text: pick(phrases.urgent, chance), right: None };
        }
        let known = self.known.iter().find(|(spoken, _)| spoken == language);
        let known = known.map_or(&[][..], |(_, questions)| questions);
        if chance.percent(KNOWN)
            && let Some(question) = chance.one_of(known).cloned()
        {
            let text = worn(&question.text, chance);
            return Question { text, ..question };
        }
        Question { text: pick(phrases.odd, chance), right: None }
    }
}

fn phrases(language: &Language) -> &'static Phrases {
    if language.base().as_str() == GERMAN.language { &GERMAN } else { &ENGLISH }
}

fn pick(all: &[&str], chance: &mut Chance) -> String {
    chance.one_of(all).map(|text| (*text).to_owned()).unwrap_or_default()
}

/// The same, as it is typed on the way: a greeting, a letter swapped, no capitals.
fn worn(text: &str, chance: &mut Chance) -> String {
    let mut text = text.to_owned();
    if chance.percent(25) {
        text = text.to_lowercase();
    }
    if chance.percent(15) {
        let mut letters: Vec<char> = text.chars().collect();
        let count = u64::try_from(letters.len().saturating_sub(1)).unwrap_or(0);
        let at = usize::try_from(chance.below(count)).unwrap_or(0);
        if at + 1 < letters.len() {
            letters.swap(at, at + 1);
        }
        text = letters.into_iter().collect();
    }
    if chance.percent(20) { format!("hi all, {text}") } else { text }
}

pub(super) fn answer(language: &Language, chance: &mut Chance) -> String {
    pick(phrases(language).answers, chance)
}

pub(super) fn asks_back(language: &Language, chance: &mut Chance) -> String {
    pick(phrases(language).asks_back, chance)
}

pub(super) fn more(language: &Language, chance: &mut Chance) -> String {
    pick(phrases(language).more, chance)
}

pub(super) fn thanks(language: &Language, chance: &mut Chance) -> String {
    pick(phrases(language).thanks, chance)
}

pub(super) fn chatter(language: &Language, chance: &mut Chance) -> String {
    pick(phrases(language).chatter, chance)
}
