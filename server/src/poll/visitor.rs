//! Asks an origin at its host's pace: what polling and probing share.

use std::time::Duration;

use model::{Moment, Validators};
use url::Url;

use super::fetch::{Fetched, Fetcher, Journey, Leave, Reply, Sending};
use super::gate::{Admission, Gates};
use crate::config::FetchConfig;

/// The HTTP client, and the patience of each host.
#[derive(Debug)]
pub(crate) struct Visitor {
    fetcher: Fetcher,
    gates: Gates,
}

/// What came of a visit, and when; the wait for the host's turn is no part of it.
pub(crate) struct Visited {
    pub(crate) started: Moment,
    pub(crate) took: Duration,
    pub(crate) fetched: Fetched,
    /// Where the address has moved for good.
    pub(crate) moved: Option<String>,
    /// Who refused us is a bot wall.
    pub(crate) walled: bool,
    /// It led to an address that robots.txt forbids.
    pub(crate) forbidden: bool,
}

impl Visitor {
    /// # Errors
    /// A setting that no client can be built with.
    pub(crate) fn new(config: &FetchConfig) -> anyhow::Result<Self> {
        let gates = Gates::new(config.host_gap, config.host_concurrency);
        Ok(Visitor { fetcher: Fetcher::new(config)?, gates })
    }

    /// Visits an address once its host may be asked again; where it redirects to, `leave` is asked for.
    pub(crate) async fn visit(&self, address: &str, validators: &Validators, leave: &impl Leave) -> Visited {
        let (fetched, journey) = self.fetcher.fetch(address, validators, &self.gates, leave).await;
        let Journey { started, took, moved, wall, forbidden, .. } = journey;
        Visited { started, took, fetched, moved, walled: wall.is_some(), forbidden }
    }

    /// Sends something that is no visit: it is awaited there, so no host's pace holds it back.
    ///
    /// # Errors
    /// Why there was no answer, in one sentence.
    pub(crate) async fn send(&self, sending: Sending<'_>) -> Result<Reply, String> {
        self.fetcher.send(sending).await
    }

    /// Whether an address may be asked at all, as far as it says so itself.
    ///
    /// # Errors
    /// Why not, in one sentence.
    pub(crate) fn may_ask(&self, address: &str) -> Result<(), String> {
        self.fetcher.may_ask(address)
    }

    /// Whether the host of an address can take a visit soon.
    ///
    /// # Errors
    /// How long to stay away.
    pub(crate) fn admit(&self, address: &str) -> Result<Admission, Duration> {
        self.gates.admit(&host(address))
    }

    /// Keeps this distance from a host; whether all processes do so together.
    pub(crate) fn slow(&self, host: &str, gap: Duration) -> bool {
        self.gates.slow(host, gap)
    }

    /// The host of an address said that it is asked too much.
    pub(crate) fn limited(&self, address: &str, wait: Duration) {
        self.gates.limited(&host(address), wait);
    }
}

fn host(address: &str) -> String {
    Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default()
}
