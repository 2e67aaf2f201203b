//! Reads and writes what public bodies publish. Pure: bytes in, nouns out, and back; no clock, no IO.
//!
//! * [`read()`]: a document of any kind (RSS, Atom, JSON Feed, iCalendar, an HTML listing) to a `Reading`.
//! * [`survey`]: what a page is that nobody has described: platform, feeds, article, list.
//! * [`is_selector`]: whether a text is a CSS selector that pages are read by, for those who check a catalogue.
//! * [`mod@write`]: items to Atom, RSS, JSON Feed and iCalendar, sources to OPML.
//! * [`text`]: HTML fragments to plain text. Markup never leaves this crate.

mod entities;
mod read;
pub mod text;
pub mod write;

pub use read::{FeedLink, Survey, is_selector, read, survey};
