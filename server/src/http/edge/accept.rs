//! Connections: taken one by one up to a number, each given so long to ask and so long to read, and all of them let
//! finish at the end.
//!
//! Promises: 2,000 idle clients and 500 that send a byte a second cost places, not service, and lose them after
//! `http.header_timeout`; at the end no request that has reached this machine is cut, unless it takes too long.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore, mpsc, watch};

use super::patience::Patience;
use super::{Edge, incoming};
use crate::config::HttpConfig;
use crate::http::meters::METERS;
use crate::http::{Live, router};

/// How long requests under way may take after the end was asked for: a client that never finishes its request must
/// not keep the process.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// How long a connection that has not asked anything is listened to after the end was asked for.
const LAST_REQUEST: Duration = Duration::from_millis(500);
/// Wait before taking the next connection when the system has no room for one.
const BREATH: Duration = Duration::from_millis(100);
/// The most that the system keeps waiting.
const BACKLOG: usize = 4_096;
/// Files and sockets that everything but visitors may need: the database, visits to sources.
const SPARE_FILES: u64 = 256;

/// Serves until `shutdown`; requests under way are answered first, for a while after `stopped`.
///
/// # Errors
/// A setting that cannot be used.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Live,
    settings: &HttpConfig,
    shutdown: impl Future<Output = ()> + Send + 'static,
    stopped: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let edge = Arc::new(Edge::new(router(app.clone()), settings)?.with(app));
    let ((stop, stopping), (running, mut all_done)) = (watch::channel(false), mpsc::channel(1));
    let door = Door { edge, http: http(settings), write_timeout: settings.write_timeout, stopping, running };
    let places = Arc::new(Semaphore::new(places(settings.connections)));
    let mut shutdown = pin!(shutdown);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok();
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut shutdown => break,
        };
        match accepted {
            Ok((stream, peer)) => door.open(stream, peer, place),
            Err(error) => refused(&error).await,
        }
    }
    // Who is through to this machine but not yet to us would be cut off when the listener goes.
    for (stream, peer) in waiting(listener) {
        door.open(stream, peer, None);
    }
    // Nobody listens if nobody is connected.
    let _ = stop.send(true);
    drop(door);
    let patience = async {
        stopped.await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        // Each connection holds an end of this channel, and nothing is ever sent.
        _ = all_done.recv() => {}
        () = patience => tracing::warn!("some connections did not end in time and are cut"),
    }
    Ok(())
}

/// What each connection gets.
struct Door {
    edge: Arc<Edge>,
    http: http1::Builder,
    write_timeout: Duration,
    stopping: watch::Receiver<bool>,
    running: mpsc::Sender<()>,
}

impl Door {
    fn open(&self, stream: TcpStream, peer: SocketAddr, place: Option<OwnedSemaphorePermit>) {
        // An answer is one write; to wait for more of it would only delay it.
        let _ = stream.set_nodelay(true);
        let (edge, asked) = (Arc::clone(&self.edge), Arc::new(Asked::default()));
        let heard = Arc::clone(&asked);
        let service = service_fn(move |request| {
            let (edge, heard) = (Arc::clone(&edge), heard.begin());
            async move {
                let response = edge.answer(Some(peer), incoming(request)).await;
                drop(heard);
                Ok::<_, std::convert::Infallible>(response)
            }
        });
        let stream = TokioIo::new(Patience::new(stream, self.write_timeout));
        let connection = self.http.serve_connection(stream, service);
        let (mut stopping, running, open) = (self.stopping.clone(), self.running.clone(), METERS.open());
        tokio::spawn(async move {
            let mut connection = pin!(connection);
            let ended = tokio::select! {
                // First, so that a request that has come is seen before the time for it is over.
                biased;
                ended = connection.as_mut() => ended,
                () = last_call(&mut stopping, &asked) => {
                    connection.as_mut().graceful_shutdown();
                    connection.await
                }
            };
            // Clients that go away, or send what is no request, are no news.
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((place, open, running));
        });
    }
}

/// What one connection has asked.
#[derive(Default)]
struct Asked {
    /// Requests that are being answered.
    under_way: AtomicUsize,
    begins: Notify,
}

/// A request that is being answered.
struct UnderWay(Arc<Asked>);

impl Asked {
    fn begin(self: &Arc<Self>) -> UnderWay {
        self.under_way.fetch_add(1, Relaxed);
        self.begins.notify_waiters();
        UnderWay(Arc::clone(self))
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Relaxed);
    }
}

/// The end, for a connection: once it is near, and what was asked has been heard. Told to end while it waits for the
/// first request or the next, hyper ends at once, although one may be on its way from the socket.
async fn last_call(stopping: &mut watch::Receiver<bool>, asked: &Asked) {
    // An error means that the sender is gone, which is an end, too.
    let _ = stopping.wait_for(|stop| *stop).await;
    if asked.under_way.load(Relaxed) == 0 {
        let _ = tokio::time::timeout(LAST_REQUEST, asked.begins.notified()).await;
    }
}

fn http(settings: &HttpConfig) -> http1::Builder {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        // Counts while a connection is idle, too.
        .header_read_timeout(settings.header_timeout)
        .max_buf_size(settings.max_header)
        .max_headers(64);
    http
}

/// So many connections at a time, as far as the system lets us have them.
fn places(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // The lower of the two limits is often 1,024 for the sake of programs from before 2000; we may raise it.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    let Some(files) = getrlimit(Resource::Nofile).current else { return wanted };
    let most = usize::try_from(files.saturating_sub(SPARE_FILES).max(64)).unwrap_or(usize::MAX);
    if most < wanted {
        tracing::warn!("http.connections = {wanted}: the system allows {files} open files, so {most} it is");
    }
    tracing::info!(files, "up to {} connections at a time", most.min(wanted));
    most.min(wanted)
}

/// Those who wait to be let in. Asked of the system itself: the runtime may not have heard of them yet.
fn waiting(listener: TcpListener) -> Vec<(TcpStream, SocketAddr)> {
    let Ok(listener) = listener.into_std() else { return Vec::new() };
    let accepted = std::iter::from_fn(|| listener.accept().ok()).take(BACKLOG);
    let ours = |(stream, peer): (std::net::TcpStream, SocketAddr)| {
        stream.set_nonblocking(true).ok()?;
        Some((TcpStream::from_std(stream).ok()?, peer))
    };
    accepted.filter_map(ours).collect()
}

/// A client that went away before it was let in is no news; no room for another socket is.
async fn refused(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset) {
        tracing::error!(%error, "cannot take a connection");
        tokio::time::sleep(BREATH).await;
    }
}
