//! What the end-to-end tests stand on: the real binary in a folder of its own, and a client on the wire.
//!
//! Knows the server as a stranger does, by its command line, its files and its addresses (DESIGN 5);
//! refuses to build anything: a test that compiles for minutes hides what it waits for.

mod calendar;
mod cluster;
mod feed;
mod house;
mod listener;
mod terminal;
mod web;

pub use calendar::{Day, calendar};
pub use cluster::Cluster;
pub use feed::{atom, json_feed, rss};
pub use house::{House, Log, Poll, Serving, Summary, command, demo};
pub use listener::Listener;
pub use web::{Reply, ask, get, get_with};
