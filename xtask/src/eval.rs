//! The door `eval`: how well Land, topic, relevance and kind of text are told, on the project's own labelled set.

use crate::run::{Done, cargo, finish};

/// Prints the table per label and the items that went wrong; fails where a floor is missed.
pub(crate) fn run() -> Done {
    finish(&mut cargo("test --quiet --package curate labelled -- --nocapture"))
}
