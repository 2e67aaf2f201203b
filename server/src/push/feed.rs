//! What changes, for all who listen on this node: read from the store once, told to everybody.
//!
//! The store is asked for the number of its last change each second; one row, whoever wrote it, so every node sees
//! what another node's poller brought. Buffers are bounded and shared: a listener that falls behind is told so once
//! and has to go. It promises numbers without gaps to who goes on listening; it keeps nothing for who does not.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering::SeqCst};
use std::time::Duration;

use axum::body::Bytes;
use store::{Changes, Store, StoreError};
use tokio::sync::broadcast;

use super::fits::Told;

/// How often the store is asked.
pub(crate) const LOOK: Duration = Duration::from_secs(1);
/// Changes that are told together, and how many such pieces a listener may fall behind: some 13 MB in all, for all.
pub(crate) const TOGETHER: u32 = 200;
const BEHIND: usize = 32;

/// A change with what a stream sends of it, made once for all.
#[derive(Debug)]
pub(crate) struct News {
    pub(crate) told: Told,
    pub(crate) frame: Bytes,
}

/// Some changes, in order.
#[derive(Debug)]
pub(crate) struct Piece {
    pub(crate) news: Vec<News>,
    /// Everything after the piece before and up to here.
    pub(crate) upto: i64,
}

/// What listeners hear.
#[derive(Clone, Debug)]
pub(crate) enum Heard {
    Piece(Arc<Piece>),
    /// The process is ending.
    End,
}

/// The feed of one node. Clones are handles.
#[derive(Clone, Debug)]
pub(crate) struct Feed(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: Store,
    tell: broadcast::Sender<Heard>,
    /// The last change that was told.
    told: AtomicI64,
    ended: AtomicBool,
}

/// One who listens, and the change from which on it hears all.
pub(crate) struct Listener {
    pub(crate) heard: broadcast::Receiver<Heard>,
    pub(crate) from: i64,
}

impl Feed {
    pub(crate) fn new(store: Store) -> Self {
        let (tell, _) = broadcast::channel(BEHIND);
        Feed(Arc::new(Inner { store, tell, told: AtomicI64::new(-1), ended: AtomicBool::new(false) }))
    }

    /// Listens from now on; nothing if the process is ending.
    ///
    /// # Errors
    /// If the store was never asked yet and does not answer.
    pub(crate) async fn listen(&self) -> Result<Option<Listener>, StoreError> {
        let heard = self.0.tell.subscribe();
        if self.0.told.load(SeqCst) < 0 {
            self.begin().await?;
        }
        // What is told between the two lines is heard and named again; who listens leaves out what it has.
        let from = self.0.told.load(SeqCst);
        Ok((!self.0.ended.load(SeqCst)).then_some(Listener { heard, from }))
    }

    /// Where to begin: nobody listened to what was before.
    async fn begin(&self) -> Result<i64, StoreError> {
        let last = self.0.store.last_change().await?;
        let begun = self.0.told.compare_exchange(-1, last, SeqCst, SeqCst);
        Ok(begun.map_or_else(|told| told, |_| last))
    }

    /// Tells what has changed since the last look. For one caller at a time.
    ///
    /// # Errors
    /// If the store does not answer; what was not told is told at the next look.
    pub(crate) async fn look(&self) -> Result<(), StoreError> {
        let inner = &*self.0;
        let told = match inner.told.load(SeqCst) {
            told if told < 0 => self.begin().await?,
            told => told,
        };
        let last = inner.store.last_change().await?;
        if last < told {
            // Another store stands in this one's place: a backup was restored. Who listens comes again, and is told.
            inner.told.store(last, SeqCst);
            let _ = inner.tell.send(Heard::End);
        }
        let mut told = told.min(last);
        if told < last && inner.tell.receiver_count() == 0 {
            // Nobody to tell. Who came between the two counts may have seen the old number, and is told after all.
            inner.told.store(last, SeqCst);
            if inner.tell.receiver_count() == 0 {
                return Ok(());
            }
        }
        while told < last {
            let changes = inner.store.changes(told, TOGETHER).await?;
            told = changes.upto;
            // The number first: who begins to listen here asks the store for what is not behind it.
            inner.told.fetch_max(told, SeqCst);
            if !changes.items.is_empty() {
                // An error means that the last listener has just gone.
                let _ = inner.tell.send(Heard::Piece(Arc::new(Piece::of(changes))));
            }
        }
        Ok(())
    }

    /// Ends all streams, and lets none begin.
    pub(crate) fn end(&self) {
        self.0.ended.store(true, SeqCst);
        let _ = self.0.tell.send(Heard::End);
    }

    /// How many listen.
    pub(crate) fn listeners(&self) -> usize {
        self.0.tell.receiver_count()
    }
}

impl Piece {
    /// What a reading of the store brought, ready to be told.
    pub(crate) fn of(changes: Changes) -> Self {
        let news = changes.items.into_iter().map(|changed| {
            let event = if changed.new { "new" } else { "changed" };
            let data = serde_json::to_string(&changed.item).expect("items always become JSON");
            let frame = format!("id: {}\nevent: {event}\ndata: {data}\n\n", changed.seq).into();
            News { told: Told::new(changed), frame }
        });
        Piece { news: news.collect(), upto: changes.upto }
    }
}
