//! Keeps sources, visits and items, and answers queries. The only crate that sees SQL.
//!
//! [`Store`] is one concrete type over two databases: SQLite in a file for one node, PostgreSQL for several. Every
//! statement stands once; `dialect` says what they say each in its own way, `pools` how they are connected to.
//! What a turn changed is kept whole or not at all. `now` is always an argument: there is no clock here.
#![warn(missing_docs)]

mod ahead;
mod alike;
mod backup;
mod dialect;
mod error;
mod evidence;
mod export;
mod find;
mod hidden;
mod import;
mod keep;
mod leaves;
mod lend;
mod mend;
mod migrate;
mod names;
mod open;
mod outbox;
mod pools;
mod roll;
mod row;
mod shelf;
mod sources;
mod sql;
mod tables;
#[cfg(test)]
mod testing;
mod turns;

pub use alike::{Hung, Lending, Made, Near, Reach, Teller};
pub use backup::{back_up, restore};
pub use error::StoreError;
pub use evidence::pack;
pub use find::{CURSOR, is_cursor};
pub use hidden::Hidden;
pub use keep::Moves;
pub use open::Store;
pub use outbox::{Changed, Changes, Intent, Letter, Limits, Settled, Subscriber, Subscription, ToldHealth, Whose};
pub use roll::PLACES;
pub use row::Counts;
pub use sources::{Lease, Pick, SourceState};
