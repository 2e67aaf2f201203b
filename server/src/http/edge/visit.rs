//! A connection from its first request to its last: each asked of the edge, and all of them answered before the end.
//!
//! Promises: at the end of the process, what was asked on it is answered, and what is on its way is waited for.

use std::future::{Future, poll_fn};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::Poll;
use std::time::Duration;

use futures_util::FutureExt as _;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::Edge;
use super::alarm::Alarm;
use super::patience::Patience;

/// How long a connection that has not asked anything is listened to after the end was asked for.
const LAST_REQUEST: Duration = Duration::from_millis(500);

/// What every connection gets.
pub(super) struct House {
    pub(super) edge: Arc<Edge>,
    pub(super) http: http1::Builder,
    pub(super) write_timeout: Duration,
    pub(super) stopping: watch::Receiver<bool>,
}

/// What one connection has asked.
#[derive(Default)]
struct Asked {
    /// Requests since it came.
    heard: AtomicUsize,
    /// Those of them that are being answered.
    under_way: AtomicUsize,
}

/// A request that is being answered.
struct UnderWay(Arc<Asked>);

impl House {
    /// Serves one connection to its end, or to ours.
    ///
    /// # Errors
    /// It ended early, whoever is to blame.
    pub(super) async fn serve(&self, stream: std::net::TcpStream, peer: SocketAddr) -> anyhow::Result<()> {
        stream.set_nonblocking(true)?;
        // An answer is one write; to wait for more of it would only delay it.
        stream.set_nodelay(true)?;
        let stream = TokioIo::new(Patience::new(TcpStream::from_std(stream)?, self.write_timeout));
        let (edge, asked) = (Arc::clone(&self.edge), Arc::new(Asked::default()));
        let heard = Arc::clone(&asked);
        let service = service_fn(move |request| {
            let under_way = heard.begin();
            edge.answer(Some(peer), request).map(move |response| {
                drop(under_way);
                Ok::<_, std::convert::Infallible>(response)
            })
        });
        let mut http = self.http.clone();
        let mut connection = pin!(http.timer(Alarm::default()).serve_connection(stream, service));
        if let Some(ended) = self.until_the_end(&asked, |context| connection.as_mut().poll(context)).await {
            return Ok(ended?);
        }
        connection.as_mut().graceful_shutdown();
        Ok(connection.await?)
    }

    /// What a connection came to; nothing if our end is near and what was asked has been heard. Told to end while it
    /// waits for the first request or the next, hyper ends at once, although one may be on its way from the socket.
    async fn until_the_end<T>(
        &self,
        asked: &Asked,
        mut connection: impl FnMut(&mut std::task::Context<'_>) -> Poll<T>,
    ) -> Option<T> {
        let (seen, mut told) = (self.stopping.clone(), self.stopping.clone());
        let mut told = pin!(told.wait_for(|stop| *stop));
        let mut listens = false;
        let ended = poll_fn(|context| {
            // First, so that a request that has come is seen before the time for it is over.
            if let Poll::Ready(ended) = connection(context) {
                return Poll::Ready(Some(ended));
            }
            // One task polls this to its end, so it is woken by what it once was polled for: to look again with each
            // request would cost a lock that all connections share. An error means that the sender is gone, an end, too.
            if listens && !seen.has_changed().unwrap_or(true) {
                return Poll::Pending;
            }
            listens = true;
            told.as_mut().poll(context).map(|_| None)
        });
        if let Some(ended) = ended.await {
            return Some(ended);
        }
        let (before, mut patience) = (asked.heard.load(Relaxed), pin!(tokio::time::sleep(LAST_REQUEST)));
        poll_fn(|context| match connection(context) {
            Poll::Ready(ended) => Poll::Ready(Some(ended)),
            Poll::Pending if asked.under_way.load(Relaxed) > 0 || asked.heard.load(Relaxed) > before => {
                Poll::Ready(None)
            }
            Poll::Pending => patience.as_mut().poll(context).map(|()| None),
        })
        .await
    }
}

impl Asked {
    fn begin(self: &Arc<Self>) -> UnderWay {
        self.heard.fetch_add(1, Relaxed);
        self.under_way.fetch_add(1, Relaxed);
        UnderWay(Arc::clone(self))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Relaxed);
    }
}
