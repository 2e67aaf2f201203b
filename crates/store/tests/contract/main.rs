//! What every store promises, told through its public methods alone, so that each database is held to it.
//!
//! No test here reads a clock or sleeps: moments are said, and order comes from what is awaited.
#![expect(clippy::unwrap_used, reason = "what a helper of a test cannot do ends the test")]

mod events;
mod finding;
mod hand;
mod hiding;
mod judged;
mod keeping;
mod killing;
mod leasing;
mod lending;
mod moving;
mod outage;
mod paging;
mod place;
mod postgres;
mod pushing;
mod stories;
mod walking;
