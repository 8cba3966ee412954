//! One person with several accounts: the code by which they join them, and what two choices of one
//! person come to.

use super::ambassador::{Duty, Preferences};

/// Letters and digits that nobody takes for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Forty bits: in the minutes that a code lasts, nobody guesses one of a million million.
const LETTERS: u32 = 8;

/// A code from a number that nobody can guess.
pub fn code_of(chance: u64) -> String {
    let letter = |place: u32| {
        let at = (chance >> (place * 5)) & 31;
        usize::try_from(at).ok().and_then(|at| ALPHABET.get(at)).copied().unwrap_or(b'0')
    };
    (0..LETTERS).map(|place| char::from(letter(place))).collect()
}

/// A code as people read it out: in two halves.
pub fn code_shown(code: &str) -> String {
    match code.split_at_checked(code.len() / 2) {
        Some((first, second)) => format!("{first}-{second}"),
        None => code.to_owned(),
    }
}

/// A code as somebody typed it: however they set it apart, and with the letters that look like
/// digits.
pub fn code_read(typed: &str) -> String {
    let letters = typed.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase());
    let plain = letters.map(|letter| match letter {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    });
    plain.take(LETTERS as usize + 1).collect()
}

impl Duty {
    /// Of two pauses of one person the longer; a pause goes before none.
    #[must_use]
    pub fn or_longer(self, other: Duty) -> Duty {
        match (self, other) {
            (Duty::On, duty) | (duty, Duty::On) => duty,
            (Duty::Paused { until: Some(one) }, Duty::Paused { until: Some(other) }) => {
                Duty::Paused { until: Some(one.max(other)) }
            }
            (Duty::Paused { .. }, Duty::Paused { .. }) => Duty::Paused { until: None },
        }
    }
}

impl Preferences {
    /// Two choices of one person as one: every topic and language that they know, and on each limit
    /// the more careful of both.
    #[must_use]
    pub fn and(mut self, other: Preferences) -> Preferences {
        if self.topics.is_empty() || other.topics.is_empty() {
            self.topics.clear();
        } else {
            add(&mut self.topics, other.topics);
        }
        add(&mut self.muted, other.muted);
        add(&mut self.languages, other.languages);
        self.quiet = self.quiet.or(other.quiet);
        self.calls_per_day = match (self.calls_per_day, other.calls_per_day) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        };
        self
    }
}

fn add<T: PartialEq>(all: &mut Vec<T>, more: Vec<T>) {
    for one in more {
        if !all.contains(&one) {
            all.push(one);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::{Language, Topic};
    use crate::domain::time::Moment;

    #[test]
    fn a_code_reads_back_however_it_is_typed() {
        let code = code_of(0x0123_4567_89ab_cdef);
        assert_eq!(code.len(), 8);
        let shown = code_shown(&code);
        assert_eq!(shown.len(), 9);
        for typed in [shown.clone(), shown.to_lowercase(), format!(" {} ", shown.replace('-', " "))]
        {
            assert_eq!(code_read(&typed), code, "{typed}");
        }
        assert_eq!(code_read("oil"), "011");
        assert_eq!(code_read(&"a".repeat(99)).len(), 9, "what is too long is no code");
        assert_ne!(code_of(1), code_of(2));
        assert_eq!(code_shown("ää"), "ä-ä");
    }

    #[test]
    fn a_pause_by_one_account_is_a_pause() {
        let at = |ms| Duty::Paused { until: Some(Moment::from_millis(ms)) };
        let for_good = Duty::Paused { until: None };
        for (one, other, both) in [
            (Duty::On, Duty::On, Duty::On),
            (Duty::On, at(5), at(5)),
            (at(5), at(9), at(9)),
            (at(5), for_good, for_good),
            (for_good, Duty::On, for_good),
        ] {
            assert_eq!(one.or_longer(other), both);
            assert_eq!(other.or_longer(one), both);
        }
    }

    #[test]
    fn the_more_careful_choice_holds() {
        let one = Preferences {
            topics: vec![Topic::from("wifi")],
            muted: vec![Topic::from("billing")],
            languages: vec![Language::from("en")],
            quiet: None,
            calls_per_day: Some(2),
        };
        let other = Preferences {
            topics: vec![Topic::from("mesh"), Topic::from("wifi")],
            languages: vec![Language::from("de")],
            calls_per_day: Some(1),
            ..Preferences::default()
        };
        let both = one.clone().and(other);
        assert_eq!(both.topics, [Topic::from("wifi"), Topic::from("mesh")]);
        assert_eq!(both.muted, [Topic::from("billing")]);
        assert_eq!(both.languages, [Language::from("en"), Language::from("de")]);
        assert_eq!(both.calls_per_day, Some(1));
        assert!(one.and(Preferences::default()).topics.is_empty(), "any topic is any topic");
    }
}
