//! Where a poll may go: http and https, to public addresses, and to what the operator exempts by name or network.
//!
//! Asked at three points, because each alone has a hole: the address before it is sent (reqwest does not ask the
//! resolver about IP literals), every redirect, and the resolver (a public name may point to a private address).

use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use anyhow::Context as _;
use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

/// The rule, shared by the three points.
#[derive(Clone, Debug, Default)]
pub(crate) struct Guard {
    networks: Arc<[IpNet]>,
    names: Arc<[String]>,
    /// Proxies: reached on the way, never visited.
    proxies: Arc<BTreeSet<String>>,
    lookup: Lookup,
}

/// Who knows the addresses of a name.
#[derive(Clone, Debug, Default)]
enum Lookup {
    #[default]
    System,
    /// Says something else each time, as a name server does that means harm.
    #[cfg(test)]
    Scripted(Arc<std::sync::Mutex<std::collections::VecDeque<Vec<IpAddr>>>>),
}

impl Guard {
    /// Exempts hosts by name, addresses and networks.
    ///
    /// # Errors
    /// An entry that is neither a network, an address nor a host name.
    pub(crate) fn new(allow_private: &[String]) -> anyhow::Result<Self> {
        let (mut networks, mut names) = (Vec::new(), Vec::new());
        for entry in allow_private {
            if let Ok(network) = entry.parse::<IpNet>() {
                networks.push(network);
            } else if let Ok(address) = entry.parse::<IpAddr>() {
                networks.push(address.into());
            } else {
                let host = Host::parse(entry).ok().filter(|_| !entry.contains('/')).with_context(|| {
                    format!("fetch.allow_private: {entry:?}; allowed are networks (10.0.0.0/8), addresses, host names")
                })?;
                names.push(host.to_string());
            }
        }
        Ok(Guard { networks: networks.into(), names: names.into(), ..Guard::default() })
    }

    /// Lets the client reach these, which the operator has named as proxies. They are no sources for that.
    pub(crate) fn with_proxies(self, names: &BTreeSet<String>) -> Self {
        Guard { proxies: Arc::new(names.clone()), ..self }
    }

    /// Whether the address itself may be visited. Names are judged once more when they are resolved.
    ///
    /// # Errors
    /// Says why not, in one sentence.
    pub(crate) fn check(&self, url: &Url) -> Result<(), String> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(format!("refused: {}: addresses are not visited", url.scheme()));
        }
        let address = match url.host() {
            None => return Err("refused: the address has no host".to_owned()),
            Some(Host::Domain(name))
                if self.proxies.contains(name) && !self.names.iter().any(|exempt| exempt == name) =>
            {
                return Err(format!("refused: {name} is a proxy, not a source"));
            }
            Some(Host::Domain(_)) => return Ok(()),
            Some(Host::Ipv4(address)) => IpAddr::V4(address),
            Some(Host::Ipv6(address)) => IpAddr::V6(address),
        };
        if self.allows(address) { Ok(()) } else { Err(format!("refused: {address} is not a public address")) }
    }

    fn allows(&self, address: IpAddr) -> bool {
        is_public(address) || self.networks.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

impl Lookup {
    async fn ask(&self, host: &str) -> std::io::Result<Vec<SocketAddr>> {
        match self {
            Lookup::System => Ok(tokio::net::lookup_host((host, 0)).await?.collect()),
            #[cfg(test)]
            Lookup::Scripted(answers) => {
                let next = answers.lock().unwrap_or_else(std::sync::PoisonError::into_inner).pop_front();
                Ok(next.unwrap_or_default().into_iter().map(|address| SocketAddr::new(address, 0)).collect())
            }
        }
    }
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let guard = self.clone();
        Box::pin(async move {
            let host = name.as_str().to_ascii_lowercase();
            let exempt = guard.names.contains(&host) || guard.proxies.contains(&host);
            // What is found here is what is connected to: nobody asks a second time, who could be told something else.
            let found = guard.lookup.ask(&host).await?;
            let allowed: Vec<SocketAddr> =
                found.into_iter().filter(|found| exempt || guard.allows(found.ip())).collect();
            if allowed.is_empty() {
                return Err(format!("refused: {host} has no public address").into());
            }
            Ok(Box::new(allowed.into_iter()) as Addrs)
        })
    }
}

/// Whether an address is reachable from anywhere: the special-purpose registries of IANA (RFC 6890) say which are not.
/// Addresses that carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are refused unless that one is public.
pub(crate) fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_multicast()
        || address.is_documentation()
        || a == 0
        || a >= 240
        || (a == 100 && (64..128).contains(&b))
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && (18..20).contains(&b)))
}

#[expect(clippy::match_same_arms, reason = "one arm for each entry of the registry, with its source")]
fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let v4 = |high: u16, low: u16| Ipv4Addr::from((u32::from(high) << 16) | u32::from(low));
    match parts {
        // NAT64 (RFC 6052) and its local-use prefix (RFC 8215).
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => is_public_v4(v4(high, low)),
        [0x64, 0xff9b, 1, ..] => false,
        // 6to4 (RFC 3056).
        [0x2002, high, low, ..] => is_public_v4(v4(high, low)),
        // Teredo (RFC 4380), ORCHID (RFC 7343), benchmarking and the rest of 2001::/23; documentation (RFC 3849, 9637).
        [0x2001, 0..=0x01ff, ..] | [0x2001, 0x0db8, ..] | [0x3fff, 0..=0x0fff, ..] => false,
        // Only 2000::/3 is handed out as global unicast (RFC 4291).
        [first, ..] => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests;
