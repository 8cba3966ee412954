//! Which language a message is in: its script, else the vote of its little words, else whatlang on
//! text long enough for it to be reliable. Short and mixed texts have no language; the community's
//! own serves then.

use crate::domain::ids::Language;

use super::letters::{Scripts, TELLING};
use super::reading::{Reading, Token};
use super::words::{LANGUAGES, LEXICON, Languages, Lexicon, languages};

/// Votes by language, in the order of the lexicon's bits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Votes([f32; LANGUAGES]);

/// What a leading language must have: a little word of its own and a share in others.
const ENOUGH_VOTES: f32 = 1.3;
/// … and this many times what the second has.
const CLEAR_LEAD: f32 = 1.5;
/// A letter like ß or ñ is worth this much, since names bring it into other languages, …
const TELLING_VOTE: f32 = 0.4;
/// … and many of them no more than this.
const TELLING_VOTE_MOST: f32 = 1.2;
/// Below this, one word that two languages share could decide.
const HARDLY_A_VOTE: f32 = 1.1;
/// whatlang needs a line or two of text: below this many bytes it guesses, and it takes a hundred
/// times as long as everything else here.
const WHATLANG_MIN_BYTES: usize = 80;
/// More text makes whatlang slower, not better.
const WHATLANG_MAX_BYTES: usize = 400;

/// The language of a text, only when it is plain.
pub fn detect_language(text: &str) -> Option<Language> {
    let reading = Reading::of(text, &LEXICON);
    decide(text, &reading, &Votes::of(&reading, &LEXICON))
}

impl Votes {
    /// Each little word gives one vote, shared among the languages that have it.
    pub(super) fn of(reading: &Reading, lexicon: &Lexicon) -> Self {
        let mut votes = Self::default();
        for token in &reading.tokens {
            let Token::Word(id) = *token else { continue };
            let common = lexicon.common(id);
            if common == 0 {
                continue;
            }
            let share = 1.0 / f32::from(u8::try_from(common.count_ones()).unwrap_or(u8::MAX));
            for (place, votes) in votes.0.iter_mut().enumerate() {
                if common & (1 << place) != 0 {
                    *votes += share;
                }
            }
        }
        for ((tag, _), &seen) in TELLING.iter().zip(&reading.scripts.telling) {
            votes.give(tag, (TELLING_VOTE * f32::from(seen)).min(TELLING_VOTE_MOST));
        }
        votes
    }

    fn give(&mut self, language: &str, weight: f32) {
        for (tag, votes) in languages().zip(&mut self.0) {
            if tag == language {
                *votes += weight;
            }
        }
    }

    /// A community's language weighs half a word: it settles ties and nothing else.
    pub(super) fn lean(&mut self, language: &Language) {
        self.give(language.base().as_str(), 0.5);
    }

    /// The languages whose phrases are looked for: all that come near the leading one; every one
    /// when there is hardly a vote, since a word of two languages does no harm in so short a text.
    pub(super) fn plausible(&self) -> Languages {
        let top = self.0.iter().copied().fold(0.0, f32::max);
        if top < HARDLY_A_VOTE {
            return Languages::MAX;
        }
        self.0
            .iter()
            .enumerate()
            .filter(|&(_, &votes)| votes >= top * 0.5)
            .fold(0, |set, (place, _)| set | 1 << place)
    }

    fn winner(&self) -> Option<&'static str> {
        let mut first = (0.0, "");
        let mut second = 0.0;
        for (&votes, tag) in self.0.iter().zip(languages()) {
            if votes > first.0 {
                second = first.0;
                first = (votes, tag);
            } else if votes > second {
                second = votes;
            }
        }
        (first.0 >= ENOUGH_VOTES && first.0 >= second * CLEAR_LEAD).then_some(first.1)
    }
}

pub(super) fn decide(text: &str, reading: &Reading, votes: &Votes) -> Option<Language> {
    if let Some(tag) = by_script(&reading.scripts) {
        return Some(Language::from(tag));
    }
    if let Some(tag) = votes.winner() {
        return Some(Language::from(tag));
    }
    let long_enough = text.len() >= WHATLANG_MIN_BYTES && reading.words >= 6;
    // Code and links look like some language to whatlang, and no language to a reader.
    if !long_enough || reading.code_bytes * 2 > text.len() {
        return None;
    }
    let head = text.get(..text.floor_char_boundary(WHATLANG_MAX_BYTES)).unwrap_or(text);
    let info = whatlang::detect(head).filter(whatlang::Info::is_reliable)?;
    two_letters(info.lang()).map(Language::from)
}

/// Scripts that one language has to itself, or nearly.
fn by_script(scripts: &Scripts) -> Option<&'static str> {
    let letters = [
        (scripts.greek, "el"),
        (scripts.devanagari, ""),
        (scripts.thai, "th"),
        (scripts.hangul, "ko"),
        (scripts.kana + scripts.han, if scripts.kana > 0 { "ja" } else { "zh" }),
        (scripts.latin, ""),
        (scripts.cyrillic, ""),
        (scripts.arabic, ""),
        (scripts.other, ""),
    ];
    let all: u32 = letters.iter().map(|(count, _)| count).sum();
    // Names and technical words stand in Latin letters in every script's text.
    let (count, tag) = letters.into_iter().max_by_key(|&(count, tag)| (!tag.is_empty(), count))?;
    (count >= 2 && count * 3 >= all && !tag.is_empty()).then_some(tag)
}

/// whatlang's languages that a community may be set to, as BCP 47 writes them; the rest have no
/// use to us, and naming one would only be a misreading of a short text.
fn two_letters(language: whatlang::Lang) -> Option<&'static str> {
    const TAGS: [(&str, &str); 34] = [
        ("eng", "en"),
        ("deu", "de"),
        ("fra", "fr"),
        ("spa", "es"),
        ("por", "pt"),
        ("ita", "it"),
        ("nld", "nl"),
        ("rus", "ru"),
        ("pol", "pl"),
        ("ind", "id"),
        ("srp", "sr"),
        ("hrv", "hr"),
        ("tur", "tr"),
        ("jpn", "ja"),
        ("cmn", "zh"),
        ("kor", "ko"),
        ("ara", "ar"),
        ("ukr", "uk"),
        ("swe", "sv"),
        ("ron", "ro"),
        ("ell", "el"),
        ("hin", "hi"),
        ("vie", "vi"),
        ("tha", "th"),
        ("ces", "cs"),
        ("slk", "sk"),
        ("hun", "hu"),
        ("dan", "da"),
        ("nob", "nb"),
        ("fin", "fi"),
        ("bul", "bg"),
        ("heb", "he"),
        ("pes", "fa"),
        ("ben", "bn"),
    ];
    TAGS.iter().find(|(three, _)| *three == language.code()).map(|(_, two)| *two)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_sentence_has_its_language() {
        for (text, tag) in [
            ("how do i change the password", "en"),
            ("wie ändere ich das WLAN-Passwort", "de"),
            ("wie aendere ich denn mein passwort", "de"),
            ("comment je peux changer le mot de passe", "fr"),
            ("¿cómo puedo cambiar la contraseña de mi router?", "es"),
            ("como eu mudo a senha do meu roteador", "pt"),
            ("come posso cambiare la password del mio router", "it"),
            ("hoe kan ik het wachtwoord van mijn router wijzigen", "nl"),
            ("как мне поменять пароль на роутере", "ru"),
            ("jak mogę zmienić hasło do mojego routera", "pl"),
            ("bagaimana cara saya ganti kata sandi yang ini", "id"),
            ("kako da promenim lozinku na mom ruteru, ne mogu da je nađem", "sr"),
            ("како да променим лозинку, не могу да је нађем", "sr"),
            ("modemimin şifresini nasıl değiştiririm, bunu bilen var mı", "tr"),
            ("як мені змінити пароль на роутері", "uk"),
            ("hur kan jag ändra lösenordet på min router", "sv"),
            ("パスワードを変更する方法を教えてください", "ja"),
            ("怎么改路由器的密码", "zh"),
            ("비밀번호를 어떻게 바꾸나요", "ko"),
            ("كيف يمكنني تغيير كلمة المرور في هذا الجهاز", "ar"),
            ("πώς αλλάζω τον κωδικό", "el"),
            ("เปลี่ยนรหัสผ่านยังไง", "th"),
        ] {
            assert_eq!(detect_language(text), Some(Language::from(tag)), "{text}");
        }
    }

    #[test]
    fn a_short_or_wordless_text_has_none() {
        for text in ["", "ok", "help", "lol", "???", "router 404", "😀", "https://example.org/wie"]
        {
            assert_eq!(detect_language(text), None, "{text}");
        }
    }
}
