//! Something done in another runtime than that of who waits for it; given up when nobody does any more.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::runtime::Handle;
use tokio::task::{JoinError, JoinHandle};

pub(in crate::http) struct Work<T>(JoinHandle<T>);

impl<T: Send + 'static> Work<T> {
    /// Has this runtime do it.
    pub(in crate::http) fn of(runtime: &Handle, work: impl Future<Output = T> + Send + 'static) -> Self {
        Work(runtime.spawn(work))
    }
}

impl<T> Future for Work<T> {
    type Output = Result<T, JoinError>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.0).poll(context)
    }
}

impl<T> Drop for Work<T> {
    fn drop(&mut self) {
        self.0.abort();
    }
}
