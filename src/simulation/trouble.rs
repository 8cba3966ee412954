//! The troubles of one seed: what its platform can do, how often it fails, and how often the
//! process dies. Every seed has some; how much of which is drawn.

use std::time::Duration;

use super::chance::Chance;

/// What goes wrong, in ten thousand unless it says otherwise.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "troubles come each by itself")]
pub(super) struct Trouble {
    /// Delivering the same row twice shows one message.
    pub(super) sends_once: bool,
    /// People can be written to in private at any time.
    pub(super) private_posts: bool,
    /// A thread can be opened on a message.
    pub(super) opens_threads: bool,
    /// Moderators want every question to have its own, whether or not the platform can.
    pub(super) wants_threads: bool,
    pub(super) rate_limited: u64,
    pub(super) unknown: u64,
    pub(super) refused: u64,
    /// Messages of ours that somebody has deleted when they are to be edited.
    pub(super) lost_posts: u64,
    /// Inputs that are told once more.
    pub(super) told_twice: u64,
    /// How long what people do takes to be heard, about; each channel by itself.
    pub(super) lag: Duration,
    /// Receipts that come late.
    pub(super) late_receipts: u64,
    /// Steps between two deaths of the process, about; none for a calm seed.
    pub(super) steps_a_life: Option<u64>,
    /// The process stays down for hours once.
    pub(super) long_down: bool,
    /// The platform is away for an hour or two on so many days in a hundred.
    pub(super) outages: u64,
    /// A watched channel is deleted one day.
    pub(super) loses_channel: bool,
    /// The community has no desk on its first day.
    pub(super) desk_comes_late: bool,
    /// Ambassadors are called in a channel of their own.
    pub(super) helpers_channel: bool,
    /// The database refuses a write now and then, as if somebody else had changed what was read.
    pub(super) conflicts: bool,
}

impl Trouble {
    /// The troubles of one seed.
    pub(super) fn of(seed: u64) -> Trouble {
        let mut chance = Chance::of(seed, 3);
        let mut often = |rates: [u64; 3]| chance.one_of(&rates).copied().unwrap_or(0);
        let (rate_limited, unknown) = (often([20, 100, 500]), often([5, 50, 300]));
        let (refused, lost_posts) = (often([0, 2, 10]), often([5, 20, 100]));
        let (told_twice, late_receipts) = (often([20, 100, 800]), often([50, 300, 1_500]));
        let lag = Duration::from_millis(often([80, 300, 4_000]));
        let steps_a_life = Some(often([0, 300, 1_200])).filter(|steps| *steps > 0);
        let outages = often([0, 10, 40]);
        Trouble {
            sends_once: chance.percent(50),
            private_posts: chance.percent(60),
            rate_limited,
            unknown,
            refused,
            lost_posts,
            told_twice,
            lag,
            late_receipts,
            steps_a_life,
            long_down: chance.percent(30),
            outages,
            loses_channel: chance.percent(30),
            desk_comes_late: chance.percent(25),
            helpers_channel: chance.percent(80),
            conflicts: chance.percent(50),
            opens_threads: chance.percent(50),
            wants_threads: chance.percent(40),
        }
    }
}
