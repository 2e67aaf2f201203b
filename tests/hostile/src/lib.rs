//! Hostile documents, and what must hold for any document at all.
//!
//! * [`cases`]: documents that are made to cost time, memory or the process, each with what is read of it.
//! * [`check`]: what must hold whatever comes in. The fuzz targets of `tests/fuzz` call the same functions.
//! * [`mutate`]: documents out of documents, from a seed, so that what fails once fails again.
//! * [`seeds`]: the documents that mutation and fuzzing begin with.
//!
//! The tests here run in CI and are bounded; `examples/measure.rs` prints time and memory of each case.

pub mod cases;
pub mod check;
pub mod mutate;
pub mod seeds;
