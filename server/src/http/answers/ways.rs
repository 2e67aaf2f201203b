//! Ways from a request as it stands to the answer that it was given: who asks again in the same words needs no routes
//! and no parsing.
//!
//! What an answer depends on besides the address is `Host`, `Accept-Encoding` and `Sec-Fetch-Dest`; a way is named by
//! all of them. It leads to where the answer was, and keeps none: whether it is still there, and holds, is asked each time.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU32};
use std::sync::{Arc, PoisonError, RwLock, Weak};

use axum::http::{Method, Request};

use super::Kept;
use crate::http::coding::Coding;
use crate::http::meters::Meter;
use crate::http::pulse::Lasts;
use crate::http::question::host;

/// So many ways are known at most, of so many bytes each. When there are more, those still in use are soon found again.
const MOST: usize = 4_096;
const LONGEST: usize = 512;

/// Where a request leads.
#[derive(Clone, Debug)]
pub(in crate::http) struct Way {
    pub(super) key: String,
    pub(super) lasts: Lasts,
    pub(super) kept: Weak<Kept>,
}

/// A way, and the route that found it, by which requests are counted.
#[derive(Debug)]
pub(in crate::http) struct Known {
    pub(super) way: Way,
    pub(super) taken: AtomicU32,
    /// Somebody finds another way to what is newer.
    pub(super) renewed: AtomicBool,
    pub(in crate::http) route: String,
    pub(in crate::http) meter: Arc<Meter>,
}

#[derive(Debug, Default)]
pub(super) struct Ways(RwLock<HashMap<Box<str>, Arc<Known>>>);

impl Ways {
    /// What names the way of a request, if it may have one.
    pub(super) fn name<B>(request: &Request<B>) -> Option<String> {
        let (uri, headers) = (request.uri(), request.headers());
        let target = uri.path_and_query().filter(|_| request.method() == Method::GET)?.as_str();
        let word = |name| headers.get(name).map_or(Some(""), |value| value.to_str().ok());
        let host = host(uri, headers);
        let parts = [Coding::best(headers).word(), word("sec-fetch-dest")?, host.unwrap_or_default(), target];
        (parts.iter().map(|part| part.len()).sum::<usize>() < LONGEST).then(|| parts.join(" "))
    }

    pub(super) fn find(&self, name: &str) -> Option<Arc<Known>> {
        self.0.read().unwrap_or_else(PoisonError::into_inner).get(name).map(Arc::clone)
    }

    pub(super) fn learn(&self, name: String, known: Known) {
        let mut ways = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if ways.len() >= MOST {
            ways.clear();
        }
        ways.insert(name.into(), Arc::new(known));
    }
}

#[cfg(test)]
mod tests;
