//! The German language, as far as administration news need it. Pure: no clock, no IO, no model.
//!
//! * [`fold`]: one spelling for comparing: case, umlauts, ß, soft hyphens, with offsets kept.
//! * [`stem`]: word stems (Snowball).
//! * [`search`]: the terms under which a text is found, and a query taken apart into them.
//! * [`date`]: dates and times in every form that German sources write.

pub mod date;
pub mod fold;
pub mod search;
pub mod stem;
