//! The trained model: what pieces of words add to the shape, and how both are put together.
//!
//! It is small on purpose. The logs it was trained on speak four languages and talk of programming;
//! what carries over to other brands and languages is the shape of a question, which the table of
//! signs weighs, and so the pieces may only lean on it. They were trained on messages whose writers
//! did or did not put a question mark, with the mark taken away, and on what the shape made of the
//! same messages with it. The last step, a regression over six values, was fitted on messages
//! labelled by hand. `askaround detect train` does all of it again and writes the same bytes.
//!
//! The file: a header of numbers, then slots of four bytes: two to check the piece, one for what it
//! says of asking, one of wanting help. A piece that was not learned finds nothing, and where few
//! are found nothing is said: a language that was not there is judged by its shape alone.

use std::sync::LazyLock;

/// The model that is compiled in.
pub(super) static MODEL: LazyLock<Model> =
    LazyLock::new(|| Model::read(include_bytes!("trained.bin")).unwrap_or_default());

/// Slots of the table; twice as many as there are pieces worth keeping.
const SLOTS: usize = 1 << 16;
const SLOT_BYTES: usize = 4;
/// A piece is looked for in so many slots, one after the other.
const PROBES: usize = 8;
/// Of a message in a language that was learned from, four pieces in five are known at least; of one
/// in a strange language that shares its letters, half. Chance meetings say nothing: below the
/// first share the shape decides alone, from the second on the pieces have their full say.
const STRANGE: f64 = 0.55;
const FAMILIAR: f64 = 0.75;
const MAGIC: &[u8; 8] = b"ASKDET01";
const NUMBERS: usize = 4 + 2 * VALUES;
const HEADER_BYTES: usize = MAGIC.len() + NUMBERS * 4;

/// How many values are put together at the end.
pub(super) const VALUES: usize = 6;
/// What is known of a message at the end, in this order: the shape's odds that it asks, the shape's
/// chance and odds that it wants help, what its pieces say of either, and a constant.
pub(super) type Values = [f64; VALUES];

/// For asking and for wanting help.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Pair {
    pub(super) asks: f64,
    pub(super) helps: f64,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Model {
    /// What one step of a byte is worth.
    scale: Pair,
    /// What an average message's pieces say; taken off, so that nothing known says nothing.
    mean: Pair,
    pub(super) asks: Values,
    pub(super) helps: Values,
    slots: Vec<u8>,
}

/// Without a trained model the shape decides alone.
impl Default for Model {
    fn default() -> Self {
        Self {
            scale: Pair::default(),
            mean: Pair::default(),
            asks: [1.0, 0.0, 0.0, 0.0, 0.0, 0.0],
            helps: [0.0, 0.0, 1.0, 0.0, 0.0, 0.0],
            slots: Vec::new(),
        }
    }
}

impl Model {
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (header, slots) = bytes.split_at_checked(HEADER_BYTES)?;
        let numbers = header.strip_prefix(MAGIC)?;
        if slots.len() != SLOTS * SLOT_BYTES {
            return None;
        }
        let mut numbers = numbers.as_chunks::<4>().0.iter().map(|&four| f32::from_le_bytes(four));
        let mut next = || numbers.next().map(f64::from);
        let scale = Pair { asks: next()?, helps: next()? };
        let mean = Pair { asks: next()?, helps: next()? };
        let mut model = Self { scale, mean, slots: slots.to_vec(), ..Self::default() };
        for value in model.asks.iter_mut().chain(&mut model.helps) {
            *value = next()?;
        }
        Some(model)
    }

    /// What the pieces of a message say.
    pub(super) fn weigh(&self, pieces: &[u32]) -> Pair {
        let (mut asks, mut helps, mut known) = (0_i32, 0_i32, 0_i32);
        for &piece in pieces {
            if let Some((ask, help)) = self.find(piece) {
                asks += i32::from(ask);
                helps += i32::from(help);
                known += 1;
            }
        }
        let all = f64::from(u32::try_from(pieces.len()).unwrap_or(u32::MAX).max(1));
        let share = f64::from(known) / all;
        let trust = ((share - STRANGE) / (FAMILIAR - STRANGE)).clamp(0.0, 1.0);
        let said = |sum: i32, scale: f64, mean: f64| {
            trust * (f64::from(sum) * scale / all.sqrt() - mean * share)
        };
        Pair {
            asks: said(asks, self.scale.asks, self.mean.asks),
            helps: said(helps, self.scale.helps, self.mean.helps),
        }
    }

    fn find(&self, piece: u32) -> Option<(i8, i8)> {
        let check = check_of(piece);
        for slot in slots_of(piece) {
            let &[low, high, ask, help] = self.slots.get(slot..)?.first_chunk::<SLOT_BYTES>()?;
            match u16::from_le_bytes([low, high]) {
                0 => return None,
                found if found == check => return Some((ask.cast_signed(), help.cast_signed())),
                _ => {}
            }
        }
        None
    }
}

/// The two bytes by which a slot knows its piece; zero is an empty slot's.
fn check_of(piece: u32) -> u16 {
    let [_, _, low, high] = piece.to_le_bytes();
    u16::from_le_bytes([low, high]).max(1)
}

/// Where the slots of a piece begin, in bytes.
fn slots_of(piece: u32) -> impl Iterator<Item = usize> {
    let [low, high, _, _] = piece.to_le_bytes();
    let first = usize::from(u16::from_le_bytes([low, high]));
    (0..PROBES).map(move |probe| (first + probe) % SLOTS * SLOT_BYTES)
}

/// A model being put together.
pub(super) struct Builder {
    model: Model,
}

impl Builder {
    /// From pieces and what they say; of too many for one place the weightiest stay.
    pub(super) fn new(learned: &[(u32, Pair)]) -> Self {
        let most = |weight: fn(&Pair) -> f64| {
            learned.iter().map(|(_, pair)| weight(pair).abs()).fold(f64::MIN_POSITIVE, f64::max)
        };
        let scale = Pair {
            asks: narrow(most(|pair| pair.asks) / 127.0),
            helps: narrow(most(|pair| pair.helps) / 127.0),
        };
        let weight =
            |pair: &Pair| (pair.asks / scale.asks).abs() + (pair.helps / scale.helps).abs();
        let mut order: Vec<&(u32, Pair)> = learned.iter().collect();
        order.sort_by(|a, b| weight(&b.1).total_cmp(&weight(&a.1)).then(a.0.cmp(&b.0)));
        let mut slots = vec![0; SLOTS * SLOT_BYTES];
        for (piece, pair) in order {
            let [ask, help] = [pair.asks / scale.asks, pair.helps / scale.helps].map(byte);
            if ask != 0 || help != 0 {
                place(&mut slots, *piece, ask, help);
            }
        }
        Self { model: Model { scale, slots, ..Model::default() } }
    }

    /// Takes off what an average message's pieces say.
    pub(super) fn centred(mut self, messages: &[Vec<u32>]) -> Self {
        let known = |pieces: &Vec<u32>| {
            let found = pieces.iter().filter(|&&piece| self.model.find(piece).is_some()).count();
            ratio(found, pieces.len())
        };
        let share: f64 = messages.iter().map(known).sum::<f64>().max(f64::MIN_POSITIVE);
        let said = messages.iter().map(|pieces| self.model.weigh(pieces));
        let sum = said.fold(Pair::default(), |sum, one| Pair {
            asks: sum.asks + one.asks,
            helps: sum.helps + one.helps,
        });
        self.model.mean = Pair { asks: narrow(sum.asks / share), helps: narrow(sum.helps / share) };
        self
    }

    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    /// With the last step.
    pub(super) fn finish(mut self, asks: Values, helps: Values) -> Model {
        self.model.asks = asks.map(narrow);
        self.model.helps = helps.map(narrow);
        self.model
    }
}

impl Model {
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        let head = [self.scale.asks, self.scale.helps, self.mean.asks, self.mean.helps];
        for number in head.into_iter().chain(self.asks).chain(self.helps) {
            bytes.extend(single(number).to_le_bytes());
        }
        bytes.extend(&self.slots);
        bytes
    }
}

fn place(slots: &mut [u8], piece: u32, ask: i8, help: i8) {
    for at in slots_of(piece) {
        let Some(slot) = slots.get_mut(at..at + SLOT_BYTES) else { return };
        if slot.starts_with(&[0, 0]) {
            let [low, high] = check_of(piece).to_le_bytes();
            slot.copy_from_slice(&[low, high, ask.cast_unsigned(), help.cast_unsigned()]);
            return;
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "it is within a byte after the clamp")]
fn byte(weight: f64) -> i8 {
    weight.round().clamp(-127.0, 127.0) as i8
}

#[expect(clippy::cast_possible_truncation, reason = "the file keeps numbers in four bytes")]
fn single(number: f64) -> f32 {
    number as f32
}

/// As it will be read back.
fn narrow(number: f64) -> f64 {
    f64::from(single(number))
}

pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(u32::MAX));
    number(part) / number(whole).max(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(asks: f64, helps: f64) -> Pair {
        Pair { asks, helps }
    }

    #[test]
    fn what_was_written_reads_as_it_was() {
        let learned = [
            (0x0002_0007, said(1.0, -0.5)),
            (0x0003_0007, said(0.25, 0.5)),
            (0x0004_0009, said(-1.0, 0.0)),
        ];
        let model = Builder::new(&learned).finish([0.1; VALUES], [0.2; VALUES]);
        assert_eq!(Model::read(&model.write()).as_ref(), Some(&model));
        for (piece, pair) in learned {
            let one = model.weigh(&[piece]);
            assert!((one.asks - pair.asks).abs() < 0.01 && (one.helps - pair.helps).abs() < 0.01);
        }
        let mixed = model.weigh(&[0x0002_0007, 0x0005_0007, 0x0006_0008]);
        assert_eq!(mixed, Pair::default(), "in a strange language chance meetings say nothing");
        assert_eq!(
            model.weigh(&[0x0005_0007, 0x0006_0008]),
            Pair::default(),
            "what was not learned"
        );
    }

    #[test]
    fn a_broken_file_is_none_at_all() {
        let whole = Builder::new(&[]).finish([0.0; VALUES], [0.0; VALUES]).write();
        for bytes in [&[][..], b"ASKDET01", &whole[1..], &whole[..whole.len() - 1]] {
            assert_eq!(Model::read(bytes), None);
        }
    }

    #[test]
    fn the_one_compiled_in_is_whole_and_small() {
        let bytes = include_bytes!("trained.bin");
        let model = Model::read(bytes).expect("it reads");
        assert_eq!(model.write(), bytes);
        assert!(bytes.len() <= 300_000, "{}", bytes.len());
        let taken =
            model.slots.as_chunks::<4>().0.iter().filter(|slot| slot[..2] != [0, 0]).count();
        assert!(taken > 5_000, "{taken} pieces: was it trained?");
    }
}
