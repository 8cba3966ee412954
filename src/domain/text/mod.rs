//! Every sentence the bot can say, with its typed arguments. The wording is in `locales/*.ftl`,
//! under the key given here; a tidy test holds the two together in every language.
//!
//! One macro makes the enum, the keys and the argument lists, so that a sentence cannot be added
//! without its place in the locale files being asked for. The sentences stand in lists, by whom
//! they address; [`Text`] is all of them.

mod arguments;

use serde::{Deserialize, Serialize};

use super::ids::{AccountId, ChannelId};

pub use arguments::{Argument, Key, Keys, Quoted, SpanMs, Value, left};

macro_rules! texts {
    ($(
        $(#[$doc:meta])*
        $name:ident $({ $($field:ident: $kind:ty),+ $(,)? })? = $key:literal;
    )*) => {
        /// One sentence the bot can say.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "say", rename_all = "snake_case")]
        pub enum Text {
            $( $(#[$doc])* $name $({ $($field: $kind),+ })?, )*
        }

        impl Text {
            /// Every key with the names of its arguments: what a locale file must have.
            pub const KEYS: &'static [(&'static str, &'static [&'static str])] = &[
                $( ($key, &[$($(stringify!($field)),+)?]), )*
            ];

            /// The message's name in `locales/*.ftl`.
            pub fn key(&self) -> &'static str {
                match self { $( Text::$name { .. } => $key, )* }
            }

            /// The arguments, in the order written here.
            pub fn arguments(&self) -> Vec<(&'static str, Value)> {
                match self {
                    $( Text::$name $({ $($field),+ })? => {
                        vec![$($((stringify!($field), $field.value())),+)?]
                    } )*
                }
            }
        }
    };
}

/// Asks the lists for their sentences, one after the other, and makes the texts of all of them.
macro_rules! gather {
    ({ [$next:ident $($later:ident)*] $($before:tt)* } $($these:tt)*) => {
        $next! { { [$($later)*] $($before)* $($these)* } }
    };
    ({ [] $($before:tt)* } $($these:tt)*) => {
        texts! { $($before)* $($these)* }
    };
}

#[macro_use]
mod ambassadors;
#[macro_use]
mod customers;
#[macro_use]
mod everyone;
#[macro_use]
mod harvest;
#[macro_use]
mod history;
#[macro_use]
mod moderators;
#[macro_use]
mod staff;

gather! {
    { [to_customers to_ambassadors to_staff to_moderators to_everyone of_harvest of_history] }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_sentence_survives_the_outbox() {
        let text =
            Text::HandedOff { who: AccountId::from(7), wait: Duration::from_mins(30).into() };
        let json = serde_json::to_string(&text).expect("serialises");
        assert_eq!(json, r#"{"say":"handed_off","who":"7","wait":1800000}"#);
        assert_eq!(serde_json::from_str::<Text>(&json).expect("reads back"), text);
    }

    #[test]
    fn no_two_sentences_share_a_key() {
        let mut keys: Vec<_> = Text::KEYS.iter().map(|(key, _)| key).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), Text::KEYS.len());
    }
}
