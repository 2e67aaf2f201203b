//! Asks an origin at its host's pace: what polling and probing share.

use std::time::{Duration, Instant};

use model::{Moment, Validators};
use url::Url;

use super::fetch::{Fetched, Fetcher};
use super::gate::Gates;
use crate::clock::now;
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
}

impl Visitor {
    /// # Errors
    /// A setting that no client can be built with.
    pub(crate) fn new(config: &FetchConfig) -> anyhow::Result<Self> {
        let gates = Gates::new(config.host_gap, config.host_concurrency);
        Ok(Visitor { fetcher: Fetcher::new(config)?, gates })
    }

    /// Visits an address once its host may be asked again.
    pub(crate) async fn visit(&self, address: &str, validators: &Validators) -> Visited {
        let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let _slot = self.gates.enter(&host).await;
        let (started, clock) = (now(), Instant::now());
        let fetched = self.fetcher.fetch(address, validators).await;
        Visited { started, took: clock.elapsed(), fetched }
    }
}
