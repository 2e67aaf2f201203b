//! Connections to a PostgreSQL server, which may be away for a while, or behind a pooler.
//!
//! Every statement runs inside a transaction, and every transaction brings its own settings along in the message that
//! begins it. So nothing depends on what a connection was used for before: PgBouncer may give each transaction another.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{PgPool, Postgres, Transaction};

use super::is_lost;
use crate::error::Sql;

/// What holds for all. Compiling a plan takes longer than most of our statements. A node that falls silent in the middle
/// of a transaction must not hold up the others for long.
macro_rules! begin {
    ($begin:literal, $settings:literal) => {
        begin!($begin, "force_custom_plan", $settings)
    };
    ($begin:literal, $plan:literal, $settings:literal) => {
        concat!(
            $begin,
            "; set local plan_cache_mode = ",
            $plan,
            "; set local jit = off; set local idle_in_transaction_session_timeout = '30s'; ",
            $settings
        )
    };
}

/// Begins to read one state. Nobody waits for a page longer than this. No plan is kept for other values than those it
/// was made for: a state with ten items and one with half of all want different ways.
pub(super) const READING: &str =
    begin!("begin isolation level repeatable read, read only", "set local statement_timeout = '10s'");

/// Begins to look for what may tell the same: thousands of small steps along indexes, for which planning takes longer
/// than going. So plans are kept, and none of them walks through a table, however small that was when it was made.
pub(super) const LENDING: &str = begin!(
    "begin isolation level repeatable read, read only",
    "force_generic_plan",
    "set local enable_seqscan = off; set local enable_hashjoin = off; set local enable_mergejoin = off; \
     set local statement_timeout = '10s'"
);

/// Begins to write. Waiting for one's turn is part of a statement's time.
pub(super) const WRITING: &str = begin!("begin", "set local statement_timeout = '60s'");

/// Begins to change the layout: one at a time, by a lock that needs no table, and as long as it takes.
pub(super) const REBUILDING: &str = begin!(
    "begin",
    "set local statement_timeout = 0; set local client_min_messages = warning; \
     do $$ begin perform pg_advisory_xact_lock(7106041927); end $$"
);

/// Waits until no other writer is left. Then items get their places, shelves their numbers and changes their
/// generations in the order in which they are committed, which paging and caching build on.
pub(super) const TURN: &str = "select 1 from state for update";

/// Connections that write: one that keeps and one that leases meanwhile. Keeping goes one at a time anyway.
const WRITERS: u32 = 2;
/// How long to wait for a connection when the server is away or all are in use: readers have someone waiting.
const READER_WAITS: Duration = Duration::from_secs(5);
const WRITER_WAITS: Duration = Duration::from_secs(10);

/// Connections that write, and connections that read.
pub(super) fn pools(options: PgConnectOptions, connections: u32) -> (PgPool, PgPool) {
    // Poolers refuse a setting that they do not know; this one serves numbers as text, and we send none as text.
    let options = options.extra_float_digits(None);
    let options = match options.get_application_name() {
        Some(_) => options,
        None => options.application_name("amtsticker"),
    };
    let pool = |most: u32, wait: Duration| {
        // Connections are not asked whether they live before each use: `begin` is the first to find out. They are
        // replaced now and then, so that after a failover of the server they find their way to the new one.
        PgPoolOptions::new()
            .max_connections(most.max(1))
            .acquire_timeout(wait)
            .idle_timeout(Duration::from_secs(10 * 60))
            .max_lifetime(Duration::from_secs(30 * 60))
            .test_before_acquire(false)
            .connect_lazy_with(options.clone())
    };
    (pool(WRITERS, WRITER_WAITS), pool(connections.saturating_sub(WRITERS), READER_WAITS))
}

/// Begins a transaction. A connection that died unseen, because the server was started anew or a firewall forgot it,
/// fails at its first message; nothing was asked of it yet, so the next one is tried.
pub(super) async fn begin(pool: &PgPool, begin: &'static str) -> Sql<Transaction<'static, Postgres>> {
    for _ in 0..pool.options().get_max_connections() {
        match pool.begin_with(begin).await {
            Err(error) if is_lost(&error) => {}
            begun => return begun,
        }
    }
    pool.begin_with(begin).await
}
