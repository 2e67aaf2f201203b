//! Who asks, as far as a limit needs to know, and how often they may (the generic cell rate algorithm).
//!
//! Promises: behind proxies that the operator named, a client is the last hop that is none of them, since whatever
//! stands further left in `X-Forwarded-For` the client may have written itself. Bounded memory. Refuses: to remember
//! an address for longer than it takes its allowance to fill up again.

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Context as _;
use axum::http::{HeaderMap, HeaderValue};
use ipnet::IpNet;

use crate::config::HttpConfig;

/// Clients remembered at a time; who comes on top of them is let in unseen. Only a flood brings so many at once.
const MOST: usize = 100_000;
/// How often the list is looked through for those whose allowance is full again, and how often at most if it is full.
const SWEEP_NS: u64 = 60_000_000_000;
const FULL_NS: u64 = 1_000_000_000;

pub(super) struct Clients {
    proxies: Vec<IpNet>,
    /// Nanoseconds that one request takes of an allowance, and how many fit; nothing if there is no limit.
    allowance: Option<(u64, u64)>,
    began: Instant,
    seen: Mutex<Seen>,
}

#[derive(Default)]
struct Seen {
    /// When each client's allowance is full again, in nanoseconds since the start.
    full_at: HashMap<IpAddr, u64>,
    swept: u64,
}

impl Clients {
    /// # Errors
    /// A proxy that is no address and no network.
    pub(super) fn new(settings: &HttpConfig) -> anyhow::Result<Self> {
        let allowance = (settings.rate > 0).then(|| {
            let each = 1_000_000_000 / u64::from(settings.rate);
            (each, each * u64::from(settings.burst.max(1)))
        });
        let proxies = proxies(&settings.trusted_proxies)?;
        Ok(Clients { proxies, allowance, began: Instant::now(), seen: Mutex::default() })
    }

    /// One of the operator's own proxies.
    pub(super) fn trusts(&self, address: IpAddr) -> bool {
        self.proxies.iter().any(|proxy| proxy.contains(&address))
    }

    /// Lets a request in, or says how many seconds its client should wait.
    pub(super) fn admit(&self, peer: IpAddr, headers: &HeaderMap) -> Result<(), u64> {
        let Some((each, most)) = self.allowance else { return Ok(()) };
        match self.client(peer, headers) {
            Some(client) => self.draw(client, each, most, self.now()),
            None => Ok(()),
        }
    }

    /// Whose request it is; nobody's, if a proxy asks for itself, to see whether we are well.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Option<IpAddr> {
        if !self.trusts(peer) {
            return Some(network(peer));
        }
        // Taken as bytes: of a line that somebody began with what is no text, the proxy's own part is still one.
        let values: Vec<&[u8]> = headers.get_all("x-forwarded-for").iter().map(HeaderValue::as_bytes).collect();
        values.first()?;
        let hops = values.iter().rev().flat_map(|value| value.rsplit(|byte| *byte == b','));
        let hops = hops.map(|hop| std::str::from_utf8(hop).unwrap_or_default().trim());
        // What a proxy of ours wrote is an address. What is none was in the header when it came.
        let hops = hops.map_while(address);
        Some(hops.into_iter().find(|hop| !self.trusts(*hop)).map_or(peer, network))
    }

    fn draw(&self, client: IpAddr, each: u64, most: u64, now: u64) -> Result<(), u64> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let full_at = seen.full_at.get(&client).copied().unwrap_or(0).max(now) + each;
        if full_at - now > most {
            return Err((full_at - now - most).div_ceil(1_000_000_000));
        }
        let rest = if seen.full_at.len() < MOST { SWEEP_NS } else { FULL_NS };
        // Who took the time first may come to the list second.
        if now.saturating_sub(seen.swept) >= rest {
            seen.full_at.retain(|_, full_at| *full_at > now);
            seen.swept = now;
        }
        if seen.full_at.len() < MOST || seen.full_at.contains_key(&client) {
            seen.full_at.insert(client, full_at);
        }
        Ok(())
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_nanos()).unwrap_or(u64::MAX)
    }
}

/// Addresses and networks, as in `10.0.0.0/8` or `::1`.
///
/// # Errors
/// Names what is neither.
pub(crate) fn proxies(list: &[String]) -> anyhow::Result<Vec<IpNet>> {
    let parse = |text: &String| {
        let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        network.with_context(|| format!("http.trusted_proxies: {text:?} is neither an address nor a network"))
    };
    list.iter().map(parse).collect()
}

/// The address in a hop, which may carry a port.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.split(']').next()).unwrap_or(hop);
    let parsed = bare.parse().ok().or_else(|| bare.rsplit_once(':')?.0.parse().ok());
    parsed.map(|address: IpAddr| address.to_canonical())
}

/// Whom an address stands for: one household or office has a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests;
