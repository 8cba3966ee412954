//! Stories: what people live through, over the real engine, outbox and store. The transcript is
//! the assertion; a bell after a name means that the person was pinged.

mod away;
mod badges;
mod bursts;
mod calling;
mod earlier;
mod edges;
mod findings;
mod harvest;
mod insight;
mod kept;
mod learning;
mod leaving;
mod links;
mod main_story;
mod moderation;
mod own_threads;
mod people;
mod pointing;
mod policies;
#[cfg(feature = "postgres")]
mod postgres;
mod roles;
mod sealed;
mod settings;
mod sharing;
mod simulated;
mod square;
mod threads;
mod trouble;
mod undoing;
mod world;
