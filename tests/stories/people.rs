//! The people of every story.

use askaround::domain::badge::{Badge, Obstacle};
use askaround::domain::ids::{Language, PlatformKey};
use askaround::platform::{Author, Named, NamedBadge};

/// Somebody in the community.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Person {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) language: &'static str,
    moderator: bool,
    staff: bool,
}

impl Person {
    pub(crate) fn author(self) -> Author {
        Author {
            key: PlatformKey::from(self.key),
            name: self.name.to_owned(),
            is_bot: false,
            language: Some(Language::from(self.language)),
            moderator: self.moderator,
            staff: self.staff,
            anonymous: false,
        }
    }

    pub(crate) fn named(self) -> Named {
        Named { word: self.key.to_owned(), who: self.author() }
    }
}

const fn person(key: &'static str, name: &'static str, language: &'static str) -> Person {
    Person { key, name, language, moderator: false, staff: false }
}

pub(crate) const MIA: Person = person("mia", "Mia", "en");
pub(crate) const JONAS: Person = person("jonas", "Jonas", "de");
pub(crate) const KAI: Person = person("kai", "Kai", "en");
pub(crate) const PRIYA: Person = person("priya", "Priya", "en");
pub(crate) const LENA: Person = person("lena", "Lena", "de");
pub(crate) const ROBIN: Person = Person { moderator: true, ..person("robin", "Robin", "en") };
pub(crate) const UTE: Person = Person { moderator: true, ..person("ute", "Ute", "de") };
pub(crate) const SAM: Person = Person { staff: true, ..person("sam", "Sam", "en") };

/// Everybody, as a command may name them.
pub(crate) fn everybody() -> Vec<Named> {
    [MIA, JONAS, KAI, PRIYA, LENA, ROBIN, SAM].map(Person::named).to_vec()
}

/// What there is to wear in the town, as a command may name it.
pub(crate) fn wardrobe() -> Vec<NamedBadge> {
    let badge = |name: &str, obstacle| {
        let (word, key) =
            (name.to_lowercase(), PlatformKey::new(format!("{}-key", name.to_lowercase())));
        NamedBadge { word, badge: Badge { key, name: name.to_owned() }, obstacle }
    };
    vec![
        badge("Guide", None),
        badge("Expert", None),
        badge("Helper", None),
        badge("Boss", Some(Obstacle::Above)),
        badge("Booster", Some(Obstacle::Managed)),
        badge("everyone", Some(Obstacle::Everyones)),
    ]
}
