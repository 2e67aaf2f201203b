//! Months of visits that pass in seconds: 100,000 sources on 5,000 hosts, made up, asked at the moments that the server
//! would ask them.
//!
//! What decides is the server's own: `poll` takes its files for the schedule, the rhythm, the memory and the pace of
//! hosts as they stand, by path. A package of its own compiles them optimised for tests too, which the whole server is
//! too large for. Time, origins and the store are made up here.

// The server's files bring their own tests, which lie where this crate does not look; they run in the server.
#![cfg(not(test))]

mod counted;
#[path = "../../../server/src/hash.rs"]
mod hash;
mod poll;
mod wheel;

pub use counted::Counted;
pub use poll::{Size, pass};
