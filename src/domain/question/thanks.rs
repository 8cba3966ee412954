//! Thanks: how an asker says, without pressing a button, that the answer helped.

use crate::domain::ids::Language;

use super::language::Votes;
use super::reading::{Reading, Token};
use super::shape::{Phrases, Signs, look_at_sentence, sentences};
use super::weights::Sign;
use super::words::{Cue, CueSet, LEXICON};

/// How much a message that opens with thanks may go on about it.
const LONG_THANKS_WORDS: u32 = 20;
/// How long one may be that comes to its thanks later.
const SHORT_THANKS_WORDS: u32 = 8;
/// "Ok cool, thank you" opens with thanks as well: this many words may stand before them.
const WORDS_BEFORE: usize = 2;

/// Whether a message is, in the main, a thank-you or a word that it works: what an asker writes
/// under the answer that helped. Thanks in advance, refusals and "thanks, but" are none.
pub fn thanks(text: &str, language: Option<&Language>) -> bool {
    let reading = Reading::of(text, &LEXICON);
    if reading.words > LONG_THANKS_WORDS || reading.question_marks > 0 {
        return false;
    }
    let mut votes = Votes::of(&reading, &LEXICON);
    if let Some(language) = language {
        votes.lean(language);
    }
    let phrases = Phrases::of(&reading.tokens, &LEXICON, votes.plausible());
    let mut seen = LEXICON.within(&reading.running);
    let mut before = 0;
    for (token, note) in reading.tokens.iter().zip(&phrases.notes) {
        seen.join(note.begins);
        before += usize::from(matches!(token, Token::Word(_)) && !seen.has(Cue::Thanks));
    }
    let late = before > WORDS_BEFORE && reading.words > SHORT_THANKS_WORDS;
    let mut signs = Signs::default();
    for sentence in sentences(&reading.tokens) {
        look_at_sentence(sentence, &reading.tokens, &phrases, &mut signs);
    }
    let goes_on =
        [Cue::Declined, Cue::Advance, Cue::Problem, Cue::Wish, Cue::Particle, Cue::SmallTalk];
    let asks = [Sign::AskOpen, Sign::TurnedOpen, Sign::AskClause, Sign::HowToOpen];
    seen.has(Cue::Thanks)
        && !late
        && !seen.meets(CueSet::of(&goes_on))
        && !asks.into_iter().any(|sign| signs.has(sign))
}
