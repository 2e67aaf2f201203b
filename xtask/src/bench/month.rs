//! A million sources on fifty thousand hosts for a month of virtual time: how late visits are, whether manners hold, and
//! what deciding about one visit costs.

use crate::run::{Done, cargo, finish, say};

/// Runs the world of `tests/manners`, optimised.
pub(crate) fn measure() -> Done {
    say("a month of a million sources, in virtual time:");
    finish(&mut cargo("run --quiet --release --package manners --bin bench-manners"))
}
