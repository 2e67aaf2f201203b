//! The panel: what readers see. Compiled twice, to HTML in the server (`ssr`) and to wasm in the widget (`hydrate`).
//!
//! The server reads a request with [`Ask::from_pairs`], answers [`Ask::question`] from the store, puts both
//! into a [`PanelData`] and calls `render` (`/panel`), `fragment_dsd` (`/panel?shell=dsd`) or `page` (`/embed`).
//! The widget puts the same [`PanelData`] on a [`Desk`] and hydrates a [`Panel`] over the very same nodes.
//! No IO, no clock, and no word on screen outside [`words`].
#![warn(missing_docs)]

pub mod ask;
pub mod calendar;
pub mod data;
pub mod dates;
pub mod desk;
mod json;
pub mod links;
#[cfg(feature = "ssr")]
mod manual;
#[cfg(feature = "ssr")]
mod paper;
#[cfg(feature = "ssr")]
pub mod render;
#[cfg(feature = "ssr")]
mod start;
mod still;
#[cfg(feature = "ssr")]
mod trends;
pub mod view;
pub mod wire;
pub mod words;

pub use ask::{Ask, Shell};
pub use data::{Lock, Look, Marks, Names, PanelData, Theme, View};
pub use desk::Desk;
#[cfg(feature = "ssr")]
pub use manual::{Field, Manual, Operation, Shape, api};
#[cfg(feature = "ssr")]
pub use paper::{SourceLine, accessibility, privacy, sources, topics};
#[cfg(feature = "ssr")]
pub use render::{PageHead, fragment_dsd, page, render};
#[cfg(feature = "ssr")]
pub use start::{Pinned, start};
#[cfg(feature = "ssr")]
pub use trends::{Risen, Trends, trends};
pub use view::Panel;
