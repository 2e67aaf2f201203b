//! A real HTTP server for tests: scripted per path, and able to fail as real sites fail.
//!
//! It speaks HTTP/1.1 over plain TCP on a free loopback port, so what a test sees is what a client sees
//! on the wire: real 304s, real resets, real half documents. It promises to record every request and to
//! be gone when dropped; it refuses to be fast, complete or reachable from elsewhere.
//!
//! ```ignore
//! let origin = Origin::start().await;
//! origin.at("/feed.xml").serve(FEED, "application/rss+xml").then(304).then(500);
//! visit(&origin.url("/feed.xml")).await;
//! assert_eq!(origin.requests("/feed.xml").len(), 1);
//! ```

mod answer;
mod gzip;
mod h2;
mod replay;
mod server;
mod wire;

pub use answer::Answer;
pub use gzip::gzip;
pub use replay::guess_media_type;
pub use server::{Origin, Script};
pub use wire::Request;
