//! Reading and judging, as many documents at a time as there are processors.
//!
//! Sixty-four that are judged side by side are all done at the end, and the one who tells and keeps waits for its share
//! of a processor meanwhile. One after the other, the first are kept while the next are judged, and what judging needs
//! in memory is needed twice and not sixty-four times.

use std::num::NonZero;
use std::sync::{Arc, LazyLock};

use tokio::sync::Semaphore;
use tokio::task::JoinError;

/// The desks are the process's, as its processors are.
static DESKS: LazyLock<Arc<Semaphore>> = LazyLock::new(|| {
    let many = std::thread::available_parallelism().map_or(1, NonZero::get);
    Arc::new(Semaphore::new(many))
});

/// Does work that takes long, as soon as a desk is free.
///
/// # Errors
/// If it panicked.
pub(super) async fn work<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, JoinError> {
    let desk = Arc::clone(&DESKS).acquire_owned().await.expect("the semaphore is never closed");
    tokio::task::spawn_blocking(move || {
        // Whoever asked may be cut off; the desk is free when the work is done.
        let _desk = desk;
        work()
    })
    .await
}
