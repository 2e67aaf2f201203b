//! The server itself: scripts by path, the record of requests, and the loop that accepts.

use std::collections::BTreeMap;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::net::TcpListener;
use tokio::sync::Notify;
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

use crate::answer::Answer;
use crate::h2;
use crate::replay;
use crate::wire::{self, Request};

/// A web site on a free loopback port. Gone, open connections included, when dropped.
#[derive(Debug)]
pub struct Origin {
    address: SocketAddr,
    scheme: &'static str,
    site: Arc<Site>,
    task: JoinHandle<()>,
}

/// The script of one path, to be continued with [`Script::then`]. The last step repeats.
#[derive(Debug)]
pub struct Script<'a> {
    site: &'a Site,
    path: String,
}

#[derive(Debug, Default)]
pub(crate) struct Site {
    scripts: Mutex<BTreeMap<String, Steps>>,
    requests: Mutex<Vec<Request>>,
    came: Notify,
    connections: AtomicUsize,
    /// Requests that are being answered, and the most of them that there ever were.
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

#[derive(Debug, Default)]
struct Steps {
    answers: Vec<Answer>,
    next: usize,
}

impl Origin {
    /// Listens on a free port.
    ///
    /// # Panics
    /// If the machine has no loopback port left.
    pub async fn start() -> Self {
        Origin::listen(0).await.expect("a free port on 127.0.0.1")
    }

    /// Listens on this port of 127.0.0.1.
    ///
    /// # Errors
    /// If the port is taken.
    pub async fn listen(port: u16) -> io::Result<Self> {
        Origin::bind(port, None).await
    }

    /// Listens on a free port, secured as this configuration says.
    ///
    /// # Panics
    /// If the machine has no loopback port left.
    pub async fn secured(tls: rustls::ServerConfig) -> Self {
        Origin::bind(0, Some(TlsAcceptor::from(Arc::new(tls)))).await.expect("a free port on 127.0.0.1")
    }

    async fn bind(port: u16, tls: Option<TlsAcceptor>) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await?;
        let address = listener.local_addr()?;
        let scheme = if tls.is_some() { "https" } else { "http" };
        let site = Arc::new(Site::default());
        let task = tokio::spawn(accept(listener, tls, Arc::clone(&site)));
        Ok(Origin { address, scheme, site, task })
    }

    /// Where it listens.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The full address of a path.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("{}://{}{path}", self.scheme, self.address)
    }

    /// Begins the script of a path, in place of any it had. A path with a query is a path of its own; without
    /// one it answers whatever query comes.
    #[must_use = "a path without steps answers 404"]
    pub fn at(&self, path: &str) -> Script<'_> {
        lock(&self.site.scripts).insert(path.to_owned(), Steps::default());
        Script { site: &self.site, path: path.to_owned() }
    }

    /// Serves every file below a folder under its relative path, and says which paths these are.
    ///
    /// # Errors
    /// If the folder cannot be read.
    pub fn replay(&self, folder: impl AsRef<Path>) -> io::Result<Vec<String>> {
        let files = replay::files(folder.as_ref())?;
        for (path, file) in &files {
            self.at(path).then(Answer::file(file));
        }
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }

    /// The requests for a path so far, whatever their query unless the path names one.
    #[must_use]
    pub fn requests(&self, path: &str) -> Vec<Request> {
        self.site.requests_for(path)
    }

    /// All requests so far, `robots.txt` included.
    #[must_use]
    pub fn all_requests(&self) -> Vec<Request> {
        lock(&self.site.requests).clone()
    }

    /// Forgets the requests so far; scripts go on where they are.
    pub fn forget_requests(&self) {
        lock(&self.site.requests).clear();
    }

    /// How many connections were opened so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.site.connections.load(SeqCst)
    }

    /// The most requests that were being answered at a time.
    #[must_use]
    pub fn most_at_once(&self) -> usize {
        self.site.most_at_once.load(SeqCst)
    }

    /// Waits until a path was asked for so many times.
    pub async fn asked(&self, path: &str, times: usize) {
        loop {
            let came = self.site.came.notified();
            tokio::pin!(came);
            // Registered before looking, so that a request in between is not missed.
            came.as_mut().enable();
            if self.site.requests_for(path).len() >= times {
                return;
            }
            came.await;
        }
    }
}

impl Drop for Origin {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Script<'_> {
    /// A document with validators: 304 to whoever sends them back.
    pub fn serve(self, bytes: impl Into<Vec<u8>>, media_type: &str) -> Self {
        self.then(Answer::body(bytes, media_type))
    }

    /// The next step: an [`Answer`], or a status (304: the document of the step before, unchanged).
    ///
    /// # Panics
    /// If there is no document before an unchanged one.
    pub fn then(self, answer: impl Into<Answer>) -> Self {
        let mut answer = answer.into();
        let mut scripts = lock(&self.site.scripts);
        let steps = scripts.entry(self.path.clone()).or_default();
        if answer.repeats {
            answer = steps.answers.last().cloned().expect("an unchanged document needs one before it");
        }
        let step = steps.answers.len();
        steps.answers.push(answer.at_step(step));
        drop(scripts);
        self
    }
}

impl Site {
    fn requests_for(&self, path: &str) -> Vec<Request> {
        let requests = lock(&self.requests);
        let same = |request: &&Request| request.path == path || bare(&request.path) == path;
        requests.iter().filter(same).cloned().collect()
    }

    /// Puts a request on record.
    pub(crate) fn note(&self, request: Request) {
        lock(&self.requests).push(request);
        self.came.notify_waiters();
    }

    pub(crate) fn answer(&self, request: &Request) -> Answer {
        let mut scripts = lock(&self.scripts);
        let path = if scripts.contains_key(&request.path) { &request.path } else { bare(&request.path) };
        let Some(steps) = scripts.get_mut(path).filter(|steps| !steps.answers.is_empty()) else {
            return Answer::status(404);
        };
        let answer = &steps.answers[steps.next];
        if let Some(wall) = answer.wall_for(request) {
            return wall;
        }
        steps.next = (steps.next + 1).min(steps.answers.len() - 1);
        if answer.is_known_to(request) { answer.not_modified() } else { answer.clone() }
    }
}

/// A request that is being answered.
struct UnderWay<'a>(&'a Site);

impl<'a> UnderWay<'a> {
    fn begin(site: &'a Site) -> Self {
        let now = site.at_once.fetch_add(1, SeqCst) + 1;
        site.most_at_once.fetch_max(now, SeqCst);
        UnderWay(site)
    }
}

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.at_once.fetch_sub(1, SeqCst);
    }
}

async fn accept(listener: TcpListener, tls: Option<TlsAcceptor>, site: Arc<Site>) {
    // Connections live in this set, so that aborting this task ends them too.
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (tls, site) = (tls.clone(), Arc::clone(&site));
        site.connections.fetch_add(1, SeqCst);
        connections.spawn(async move {
            match tls {
                None => converse(stream, site).await,
                // A client that does not like our certificate leaves; that is what some tests want.
                Some(tls) => {
                    let Ok(stream) = tls.accept(stream).await else { return };
                    match stream.get_ref().1.alpn_protocol() {
                        Some(b"h2") => drop(h2::converse(stream, &site).await),
                        _ => converse(stream, site).await,
                    }
                }
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn converse(mut stream: impl wire::Stream, site: Arc<Site>) {
    let mut kept = Vec::new();
    while let Some(request) = wire::read(&mut stream, &mut kept).await {
        let under_way = UnderWay::begin(&site);
        site.note(request.clone());
        let answer = site.answer(&request);
        let goes_on = wire::write(&mut stream, &request, &answer).await.unwrap_or(false);
        drop(under_way);
        if !goes_on {
            return;
        }
    }
}

fn bare(path: &str) -> &str {
    path.split_once('?').map_or(path, |(path, _)| path)
}

/// A test that panicked while holding the lock has failed already; the others may still see the record.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
