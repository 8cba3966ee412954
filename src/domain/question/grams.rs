//! Pieces of words: what a trained model knows a message by, beside its shape.
//!
//! Every word is taken between two edges and cut into pieces of three to five letters, and kept
//! whole besides: "router" gives `<ro`, `out`, `ter>`, …, `<router>`. Endings and stems say much
//! in languages that no list was written for, and a misspelt word still has most of its pieces. A
//! piece is only a number here: 32 bits of hash, of which a model keeps those that it learned from.

/// The shortest and the longest piece, in letters, edges included.
const PIECE: std::ops::RangeInclusive<usize> = 3..=5;
/// Of a longer word only the beginning counts: no language needs more, and a hostile text must not
/// buy more work with fewer words.
const WORD_LETTERS: usize = 24;

/// The hash of nothing (FNV-1a, as the two steps below).
const SEED: u32 = 0x811c_9dc5;
const PRIME: u32 = 0x0100_0193;
/// What marks a whole word, so that "the" is not the piece `the` of "other".
const WHOLE: u32 = 0x9e37_79b9;

fn join(hash: u32, letter: char) -> u32 {
    (hash ^ u32::from(letter)).wrapping_mul(PRIME)
}

/// Spreads a hash over all its bits; the lower ones choose a slot.
fn spread(hash: u32) -> u32 {
    let hash = (hash ^ (hash >> 16)).wrapping_mul(0x85eb_ca6b);
    let hash = (hash ^ (hash >> 13)).wrapping_mul(0xc2b2_ae35);
    hash ^ (hash >> 16)
}

/// Adds the pieces of a folded word.
pub(super) fn cut(word: &str, pieces: &mut Vec<u32>) {
    let mut letters = [' '; WORD_LETTERS + 2];
    let mut count = 0;
    let inside = word.chars().take(WORD_LETTERS).map(|c| if c.is_numeric() { '0' } else { c });
    for (slot, letter) in letters.iter_mut().zip(['<'].into_iter().chain(inside).chain(['>'])) {
        *slot = letter;
        count += 1;
    }
    let letters = letters.get(..count).unwrap_or_default();
    let whole = letters.iter().fold(SEED ^ WHOLE, |hash, &letter| join(hash, letter));
    pieces.push(spread(whole));
    for from in 0..count {
        let mut hash = SEED;
        for (long, &letter) in letters.iter().skip(from).take(*PIECE.end()).enumerate() {
            hash = join(hash, letter);
            if PIECE.contains(&(long + 1)) {
                pieces.push(spread(hash));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(word: &str) -> Vec<u32> {
        let mut pieces = Vec::new();
        cut(word, &mut pieces);
        pieces
    }

    #[test]
    fn a_misspelt_word_keeps_most_of_its_pieces() {
        let right = pieces("installieren");
        let wrong = pieces("instalieren");
        let shared = wrong.iter().filter(|piece| right.contains(piece)).count();
        assert!(shared * 2 > wrong.len(), "{shared} of {}", wrong.len());
        let other = pieces("spasibo");
        assert!(!other.iter().any(|piece| right.contains(piece)));
    }

    #[test]
    fn a_word_is_not_a_piece_of_another() {
        // Edges, pieces and the whole: `<a>` is both, told apart by its mark.
        assert_eq!(pieces("a").len(), 2);
        assert!(!pieces("other").contains(pieces("the").first().unwrap()));
        assert_eq!(pieces("2014"), pieces("1999"), "a number is any number");
    }

    #[test]
    fn an_endless_word_costs_what_a_long_one_does() {
        let long = pieces(&"a".repeat(1_000_000));
        assert!(long.len() <= (WORD_LETTERS + 2) * 3 + 1);
    }
}
