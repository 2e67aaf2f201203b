//! The rules of a catalogue, compiled when somebody first looks into them, and shared by who judges and who explains.
//!
//! To compile them takes as long as to judge some thousand items, and a round in which nothing is new needs none.

use std::sync::{Arc, LazyLock};

use curate::Rules;
use model::Catalogue;

/// Rules that are compiled when they are first needed. Who looks into them first waits for that.
pub(crate) type Rulebook = LazyLock<Rules, Box<dyn FnOnce() -> Rules + Send>>;

/// The rules of this catalogue.
pub(crate) fn rulebook(catalogue: &Arc<Catalogue>) -> Arc<Rulebook> {
    let catalogue = Arc::clone(catalogue);
    Arc::new(LazyLock::new(Box::new(move || Rules::new(&catalogue))))
}
