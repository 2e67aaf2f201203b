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
use std::time::Duration;

use anyhow::Context as _;
use hyper::server::conn::http1;
use tokio::net::TcpListener;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};

use super::Edge;
use super::clerks::Clerks;
use super::visit::House;
use super::work::Work;
use crate::config::HttpConfig;
use crate::http::meters::METERS;
use crate::http::{Live, router};

/// How long requests under way may take after the end was asked for: a client that never finishes its request must
/// not keep the process.
const LAST_WORDS: Duration = Duration::from_secs(10);
/// Wait before taking the next connection when the system has no room for one.
const BREATH: Duration = Duration::from_millis(100);
/// The most that the system keeps waiting.
const BACKLOG: usize = 4_096;
/// Files and sockets that everything but visitors may need: the database, visits to sources.
const SPARE_FILES: u64 = 256;

/// Serves until `shutdown`; requests under way are answered first, for a while after `stopped`.
///
/// # Errors
/// A setting or a listener that cannot be used, or no thread to be had.
pub(crate) async fn serve(
    listener: TcpListener,
    app: Live,
    settings: &HttpConfig,
    shutdown: impl Future<Output = ()> + Send + 'static,
    stopped: impl Future<Output = ()>,
) -> anyhow::Result<()> {
    let edge = Arc::new(Edge::new(router(app.clone()), settings)?.with(app));
    let ((stop, stopping), (running, mut all_done)) = (watch::channel(false), mpsc::channel(1));
    let clerks = Arc::new(Clerks::hire()?);
    let house = House { edge, http: http(settings), write_timeout: settings.write_timeout, stopping };
    let door = Door { clerks: Arc::clone(&clerks), house: Arc::new(house), running };
    let listener = listener.into_std().context("the listener cannot be handed over")?;
    // On a clerk's thread, where nothing takes long: whoever knocks is let in, however hard the process works.
    Work::of(clerks.first(), door.keep(listener, places(settings.connections), shutdown)).await??;
    // Nobody listens if nobody is connected.
    let _ = stop.send(true);
    let patience = async {
        stopped.await;
        tokio::time::sleep(LAST_WORDS).await;
    };
    tokio::select! {
        // When all have gone that hold an end of this channel.
        _ = all_done.recv() => {}
        () = patience => tracing::warn!("some connections did not end in time and are cut"),
    }
    Ok(())
}

/// Where connections come in.
struct Door {
    clerks: Arc<Clerks>,
    house: Arc<House>,
    /// Held by each connection; nothing is ever sent.
    running: mpsc::Sender<()>,
}

impl Door {
    /// Lets in whoever comes until `shutdown`, so many at a time, and then whoever still waits outside.
    ///
    /// # Errors
    /// The listener cannot be used on this thread.
    async fn keep(
        self,
        listener: std::net::TcpListener,
        places: usize,
        shutdown: impl Future<Output = ()> + Send,
    ) -> io::Result<()> {
        let places = Arc::new(Semaphore::new(places));
        // Known to this thread from now on.
        let listener = TcpListener::from_std(listener)?;
        let mut shutdown = pin!(shutdown);
        loop {
            let next = async {
                let place = Arc::clone(&places).acquire_owned().await.ok();
                (place, listener.accept().await.and_then(|(stream, peer)| Ok((stream.into_std()?, peer))))
            };
            let (place, accepted) = tokio::select! {
                next = next => next,
                () = &mut shutdown => break,
            };
            match accepted {
                Ok((stream, peer)) => self.open(stream, peer, place),
                Err(error) => refused(&error).await,
            }
        }
        // Who is through to this machine but not yet to us would be cut off when the listener goes. Asked of the system
        // itself: the runtime may not have heard of them yet.
        let listener = listener.into_std()?;
        for (stream, peer) in std::iter::from_fn(|| listener.accept().ok()).take(BACKLOG) {
            self.open(stream, peer, None);
        }
        Ok(())
    }

    fn open(&self, stream: std::net::TcpStream, peer: SocketAddr, place: Option<OwnedSemaphorePermit>) {
        let (house, running, open) = (Arc::clone(&self.house), self.running.clone(), METERS.open());
        self.clerks.serve(|served| async move {
            // Clients that go away, or send what is no request, are no news.
            if let Err(error) = house.serve(stream, peer).await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop((place, open, served, running));
        });
    }
}

fn http(settings: &HttpConfig) -> http1::Builder {
    let mut http = http1::Builder::new();
    // Counts while a connection is idle, too. Each connection has a timer of its own.
    http.header_read_timeout(settings.header_timeout).max_buf_size(settings.max_header);
    http
}

/// So many of them may be streams, which never end by themselves: others shall still find a place.
pub(crate) fn streams(wanted: usize) -> usize {
    (room(wanted).0 * 3 / 4).max(1)
}

/// So many connections at a time, as far as the system lets us have them, and how many open files that is.
fn room(wanted: usize) -> (usize, Option<u64>) {
    use rustix::process::{Resource, getrlimit};
    let files = getrlimit(Resource::Nofile).current;
    let most = |files: u64| usize::try_from(files.saturating_sub(SPARE_FILES).max(64)).unwrap_or(usize::MAX);
    (files.map_or(wanted, |files| most(files).min(wanted)), files)
}

/// The same, with as many open files as the system lets us have.
fn places(wanted: usize) -> usize {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    // The lower of the two limits is often 1,024 for the sake of programs from before 2000; we may raise it.
    let _ = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, maximum: limit.maximum });
    let (places, files) = room(wanted);
    if places < wanted {
        let files = files.unwrap_or_default();
        tracing::warn!("http.connections = {wanted}: the system allows {files} open files, so {places} it is");
    }
    tracing::info!(files, "up to {places} connections at a time");
    places
}

/// A client that went away before it was let in is no news; no room for another socket is.
async fn refused(error: &io::Error) {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    if !matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset) {
        tracing::error!(%error, "cannot take a connection");
        tokio::time::sleep(BREATH).await;
    }
}
