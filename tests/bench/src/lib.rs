//! What the programs of this package share: a made-up stock of items, and a client that counts milliseconds.

pub mod client;
pub mod stock;
