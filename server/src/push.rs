//! Telling others what changed, without being asked: streams, webhooks, and the subscribers of our hub.
//!
//! ```text
//! store: outbox | feed (each second) | streams of this node
//!               | courier (leases)   | webhooks of the configuration, WebSub callbacks
//! ```
//! Streams are told at most once and can ask again; what goes out is signed, tried for three days, and delivered at
//! least once, whichever node dies meanwhile.

pub(crate) mod feed;
pub(crate) mod fits;
mod retry;
pub(crate) mod sign;

use feed::Feed;
use store::Store;

/// What requests and the loops behind them share.
#[derive(Clone, Debug)]
pub(crate) struct Push {
    pub(crate) feed: Feed,
}

impl Push {
    pub(crate) fn new(store: Store) -> Self {
        Push { feed: Feed::new(store) }
    }

    /// Looks for changes until `stopped`, then ends all streams.
    pub(crate) async fn listen(&self, stopped: impl Future<Output = ()>) {
        tokio::pin!(stopped);
        let mut failing = false;
        loop {
            match self.feed.look().await {
                Ok(()) => failing = false,
                // Said once, not each second.
                Err(error) if !failing => {
                    failing = true;
                    tracing::error!(%error, "cannot ask the store what changed");
                }
                Err(_) => {}
            }
            tokio::select! {
                () = &mut stopped => break,
                () = tokio::time::sleep(feed::LOOK) => {}
            }
        }
        self.feed.end();
    }
}
