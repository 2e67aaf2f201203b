//! Editorial judgement. Pure: what a document said goes in, what becomes of it comes out, and judging cannot fail.
//!
//! * [`normalise`]: an entry as the source wrote it becomes plain, bounded, plausible ([`url`], [`kicker`]).
//! * [`identity`]: ids that stay the same from poll to poll, hashes that tell a change.
//! * [`rules`]: the catalogue's words, compiled once.
//! * [`labels`]: is it about us, which Land, which topic, and why. [`genre`]: what kind of text it is.
//! * [`events`]: when and where. [`stories`]: which items tell the same.
//! * [`batch`]: all of it in order, for one document.

pub mod batch;
pub mod events;
mod field;
pub mod genre;
pub mod identity;
pub mod kicker;
pub mod labels;
pub mod normalise;
mod places;
pub mod rules;
pub mod stories;
pub mod url;

pub use batch::curate;
pub use labels::{Judgement, THRESHOLD, Text, classify};
pub use rules::Rules;

#[cfg(test)]
mod testing;
