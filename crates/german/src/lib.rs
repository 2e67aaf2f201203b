//! The German language, as far as administration news need it. Pure: no clock, no IO, no model.
//!
//! * [`fold`]: one spelling for comparing: case, umlauts, ß, soft hyphens, with offsets kept.
//! * [`stem`]: word stems (Snowball).
//! * [`search`]: the terms under which a text is found, and a query taken apart into them.
//! * [`compound`]: where compounds come apart.
//! * [`clause`]: bounds of sentences and clauses, negation, quotation.
//! * [`names`]: given names.
//! * [`date`]: dates and times in every form that German sources write.

pub mod clause;
pub mod compound;
pub mod date;
pub mod fold;
pub mod names;
pub mod search;
pub mod stem;
