//! What is quoted is somebody else's: a speaker's own Land ("„Bei uns in Niedersachsen …“, sagte …"), the title of
//! another work („Leitfaden E-Akte“), the opinion of whom one asked.

use model::Genre;

use super::{Around, WEAK};
use crate::field::Field;

/// Shorter quotations are names: das „Digitale Rathaus“ Zerbst.
const SPEECH: usize = 4;

/// The most that a place may count that only a quoted speaker names: enough where nothing else is.
pub(super) fn most(around: &Around<'_>) -> f32 {
    let quoted = around.in_summary().then(|| around.field.quoted(around.at.start)).flatten();
    if quoted.is_some_and(|speech| speech.split_whitespace().count() >= SPEECH) { WEAK } else { f32::INFINITY }
}

/// Whether words that show a kind of text stand in a quotation, and so show nothing of the text itself. An event has
/// its name in quotation marks as often as not.
pub(super) fn hides(genre: Genre, field: &Field<'_>, at: usize) -> bool {
    !matches!(genre, Genre::Event | Genre::Press | Genre::News) && field.quoted(at).is_some()
}
