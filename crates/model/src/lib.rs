//! The nouns. Every other room speaks these words, and no room below knows another.
//!
//! Compiled twice, for the server and for wasm32: so no clock, no parser and nothing
//! that weighs (`url`, `regex`, `jiff` cost 47 to 185 KB each in the widget).
#![warn(missing_docs)]

pub mod catalogue;
pub mod document;
pub mod item;
pub mod name;
pub mod page;
pub mod query;
pub mod state;
pub mod time;
pub mod visit;

pub use catalogue::{
    Catalogue, Certainty, Evidence, Expect, Form, Format, Genre, Place, Platform, Publisher, Robots, Role, Select,
    Source, TextKind, Topic, Within,
};
pub use document::{Complaint, Document, Entry, Hints, Reading};
pub use item::{Event, Item, Kind, Link, Other, SourceRef, Status, Story, Why};
pub use name::Name;
pub use page::{Facets, Page};
pub use query::{BadParameter, Bound, Lang, MAX_LIMIT, MAX_Q, Phrase, Query, Sort, Words};
pub use state::State;
pub use time::{Date, Moment, When};
pub use visit::{Ahead, Batch, CalledOff, Change, Judged, Kept, Outcome, Recent, Told, Trouble, Validators, Visit};
