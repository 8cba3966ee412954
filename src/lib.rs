//! Askaround: a chat-platform bot framework for ambassador-assisted answers.
//!
//! One runtime hosts a brand's bots. It **catches** a customer's question in a brand channel,
//! **suggests** an answer from the brand's knowledge, **calls** volunteer ambassadors who are
//! eligible and willing, **recognises** those who helped, and **hands off** to staff when self
//! service and crowd fail. Three tiers, one auditable case: *self → crowd → personal*.
//!
//! This page is the architecture, in reading order. Each module's own page goes deeper; the three
//! that carry the weight begin with an essay: [`domain::case`], [`domain::ambassador`] and
//! `runtime/outbox.rs`.
//!
//! # Words
//!
//! | word | meaning |
//! |---|---|
//! | Bot | a brand's presence: the folder `bots/<id>/` |
//! | Community, Channel | one server, group or playground; a place in it. Keyed by our ids |
//! | Account, Person | a platform identity within one bot; the human behind one or several |
//! | Customer, Ambassador, Staff, Moderator | what a person is at the moment, looked up live |
//! | Case, Stage | one question from asking to its end; where it stands, with what is known then |
//! | Event → Effect | what happened (past tense) → what should now be done (imperative) |
//! | Rejection | a refusal with a Text for the person; not an error |
//! | Text | one sentence the bot can say, with typed arguments; worded in `locales/` |
//! | Inbound, Delivery, Receipt | what a platform told us; one outbound act; its proof |
//! | Article, Suggestion | knowledge; hits shown because their confidence clears the cut |
//! | Harvest | the answer of a solved case on its way to an article, by its author's consent |
//! | Wave | one rung of the calling ladder: how many to call, after how long |
//! | Badge | what is worn beside a name for a rank, where a platform has it: a role on Discord |
//! | Ledger | append-only recognition entries; every balance is a sum of it |
//! | Desk | where staff work handed-off cases |
//!
//! # One message, four hops
//!
//! ```text
//! 1 translate   platform/<p>          wire → Inbound                                        pure
//! 2 handle      runtime::Engine       Input → rows, in ONE transaction, then acknowledge
//!                 first sight? · prefetch case, roster, settings, hits · read an Event
//!                 Case::transition(event, context) -> Result<Step, Rejection>               pure
//!                 save case (version) · history · claim · ledger · outbox · commit
//! 3 dispatch    runtime::Outbox       due rows → Delivery with worded Text, in order
//! 4 deliver     platform/<p>          Delivery → Receipt or DeliveryError; back to hop 2
//! ```
//!
//! Timers, buttons, commands, reactions, edits, deletions, receipts and restarts all enter at hop
//! 2. There is one door in and one door out, and both are steps that can be called without the
//! loop around them.
//!
//! # Layers
//!
//! `main, cli → simulation → runtime, web → platform, store, locale, bot → knowledge → domain`.
//! Each imports only what stands to its right; a tidy test (`tests/tidy`) reads every
//! `use crate::…` and fails with file, line and reason.
//!
//! - [`domain`] decides: the case, who is called, what an act is worth, what a command means.
//!   *Architecture invariant:* no async, no I/O, no clock, no chance. Whatever it needs comes in as
//!   an argument, so a story can be replayed.
//! - [`knowledge`] reads articles and ranks them, with a confidence that may be compared with a
//!   promise ("nine in ten of those shown are right").
//! - [`bot`] reads a brand's folder and names every problem in it with file, line, column and mend.
//! - [`locale`] turns a Text into words. *Architecture invariant:* what people wrote never passes
//!   through a formatter; it stands in a piece of its own that an adapter escapes.
//! - [`store`] keeps it all, people's words under a key if it is given one, and takes it out and in
//!   as a plain archive. *Architecture invariant:* one statement a function, the text in view, the
//!   same for SQLite and PostgreSQL but where the two stand side by side.
//! - [`platform`] is the port and its adapters. *Architecture invariant:* an adapter translates and
//!   tells the truth about what happened; it never decides. What it must know of its places after
//!   a restart it asks of the runtime's [`Memory`](platform::Memory). What it finds well or not, it
//!   says as a [`Finding`](platform::Finding): moderators read it in `/askaround status`, operators
//!   by `askaround doctor`.
//! - [`runtime`] is the imperative shell. *Architecture invariant:* nothing is acknowledged before
//!   it is committed, and nothing is said that was not committed before.
//! - [`simulation`] is a community that lives through days in seconds, on the real engine and a
//!   virtual clock, with a checker for each of the rules below. *Architecture invariant:* it
//!   replaces nothing of what it checks, and one seed is one story.
//! - [`web`] owns the sockets; [`cli`] assembles everything and is the only place that names an
//!   adapter.
//!
//! # As a library
//!
//! A program of your own puts the same parts together as [`cli`] does, with platforms and policies
//! that need not be known here:
//!
//! ```
//! use std::{error::Error, path::Path, sync::Arc};
//!
//! use askaround::domain::{ambassador::Eligibility, ids::BotId};
//! use askaround::platform::Platform;
//! use askaround::runtime::{BotParts, Clock as _, Runtime, SystemClock};
//! use askaround::store::{Durability, Store};
//! use tokio_util::sync::CancellationToken;
//!
//! async fn run(
//!     platform: Arc<dyn Platform>,
//!     eligibility: Arc<dyn Eligibility>,
//!     stop: CancellationToken,
//! ) -> Result<(), Box<dyn Error>> {
//!     let mut lumen = BotParts::read(Path::new("bots/lumen"), SystemClock.today())?;
//!     lumen.policies.eligibility = eligibility;
//!     let store = Store::open("sqlite:askaround.db", Durability::Full).await?;
//!     let mut runtime = Runtime::builder(store).bot(lumen).build().await?;
//!     runtime.connect(&BotId::from("lumen"), platform)?;
//!     Ok(runtime.run(stop).await?)
//! }
//! ```
//!
//! - A platform is a [`Platform`](platform::Platform). One that is its own server (a socket, a
//!   page) finds its other half in [`platform::Board`].
//! - A policy is one of the small traits in [`domain::policies`], or a
//!   [`Ranker`](knowledge::Ranker) for the articles. It answers a question with a value, and the
//!   rules below hold whatever it answers; property tests walk through the worst of answers.
//! - `tests/examples/line_chat.rs` is both, whole, and is held to the contract that every adapter
//!   is held to (`tests/adapters`).
//!
//! # Rules that always hold
//!
//! 1. Every open case has exactly one live deadline; nothing is ever stuck. The deadline is
//!    computed from the case ([`domain::case::Case::deadline`]) and stored in its row.
//! 2. At most one live claim a case; a lapsed one goes back to calling by itself.
//! 3. Nobody is called against consent, pause, quiet hours, daily cap, open-case cap, muted topic
//!    or block, and never the asker. With nobody left, staff are called at once and the customer
//!    is told. Caps are conditional writes in the deciding transaction.
//! 4. One resolution award a case, never for one's own question; silence awards only a live
//!    claimant. Balances are sums of the ledger; every entry can be reversed and explained.
//! 5. An escalation is legal from every open stage and reaches a desk exactly once.
//! 6. Nothing is said outside watched channels, desks, their threads and private answers; nothing
//!    the bot posts can ping anyone it did not choose.
//! 7. Every discarded input is counted with its reason.
//!
//! They hold by construction for policies too: no trait of [`domain::policies`] is asked before the
//! limits of the third, or can give an award, a claim or a deadline.
//!
//! Property tests walk random stories over the first five (`domain/case/properties.rs`); the
//! stories in `tests/stories` read the rest as people would, and kill the runtime at every commit.
//!
//! # Never lose a question
//!
//! An input's key is written in the transaction that handles it, and only then is it acknowledged;
//! told again, it changes nothing. What fails three times is parked whole, counted and
//! acknowledged, so that one poisoned update stops nothing. What is to be said is committed with
//! the state that says it; delivery is at least once, with the row's id as the platform's nonce
//! where there is one, and otherwise by the class of the message (a ping may be missed, a hand-off
//! may repeat with a mark). Tries are bounded by age, a day for what somebody waits for and an hour
//! for the rest; what is given up is kept, counted and shown. Nothing is tried before a platform
//! was connected once, so that a program that is started over and over is no less patient.
//!
//! While the database cannot be written, because the disk is full or somebody has it locked,
//! nothing is acknowledged, `/readyz` says so, and all goes on by itself when it can be. A place
//! whose history is read up begins with the commit that made it one. `tests/process/killing` kills
//! the built program at any moment, and holds it to all of this from outside.
//!
//! # Several processes
//!
//! On PostgreSQL any number of processes work on the same cases and deadlines: what is done in one
//! community is decided in turn, a case is saved only at the version that was read, and whoever
//! commits tells the others. What only one may do, being connected for a bot to a platform and
//! sending there, belongs to the holder of a lease (`runtime/lease.rs`); a row is marked as being
//! sent only under the highest fence. On SQLite the file's lock has settled all of it.
//!
//! # Keep nothing for longer than needed
//!
//! Words have a time: those of a case and of its feedback go when the bot's `keep_text` is over,
//! those of a community a month after the bot was removed from it, with its settings and the names
//! of whoever was seen nowhere else ([`runtime::sweep`]). Numbers, and points with the name that
//! earned them, stay.
//!
//! # Learning from conversations
//!
//! What is learned by itself are numbers: button outcomes move a community's cuts
//! ([`knowledge::Trust`]). Words become knowledge only by people: an answer by its author's consent
//! and its moderators' word ([`domain::harvest`]), the question never. What was harvested is an
//! article of its one community, read beside the folders by `runtime/reload.rs`. Earlier solved
//! cases are searched by their questions for as long as those are kept, and pointed to without a
//! word of theirs (`runtime/recall.rs`). Both are indexes of what is in the store, built aside:
//! every hit is held against its row, in the transaction that shows it.
//!
//! # Where building showed a better way
//!
//! - A deadline is a column of its case and not a row of its own: "exactly one" holds by
//!   construction, and there is no timer that could be left over.
//! - A thread that the bot opens for a case is a channel of ours before it is one of the
//!   platform's, and its opening is the first row of its lane: so what is said in it waits, over
//!   restarts too, by the one rule of order that there was already (`runtime/handle/opening.rs`).
//! - Whom to call is decided inside the pure step from a prefetched roster, because running out of
//!   people is itself a turn of the story.
//! - The playground's community sets itself up by sending its moderator's and ambassadors' commands
//!   through the ordinary door; there is no fixture path.

pub mod bot;
pub mod cli;
pub mod domain;
pub mod knowledge;
pub mod locale;
pub mod platform;
pub mod runtime;
pub mod simulation;
pub mod store;
pub mod web;
