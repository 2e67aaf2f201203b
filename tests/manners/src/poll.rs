//! The files of the server that decide when a source is visited, as they stand, and the world around them.
//!
//! The modules are called and nested as they are there, because the files name each other so.

#[path = "../../../server/src/poll/memory.rs"]
#[expect(dead_code, reason = "what the store keeps as text is kept as it is here")]
mod memory;
#[path = "../../../server/src/poll/rhythm.rs"]
#[expect(dead_code, reason = "health is not asked for here")]
mod rhythm;
#[path = "../../../server/src/poll/schedule.rs"]
mod schedule;

mod gate;
mod host;
mod source;
mod world;

pub use world::{Size, pass};
