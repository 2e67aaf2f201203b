//! Builds the HTTP client from the settings: who we say we are, whom we trust, through whom we go.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{anyhow, bail};
use reqwest::{Certificate, Client, Proxy};
use url::Url;

use crate::config::FetchConfig;
use crate::poll::guard::Guard;

/// In place of a proxy's address: none.
const DIRECT: &str = "direct";

/// Whether the settings can be used.
///
/// # Errors
/// Names the key, and of what may be shown the value, and what is allowed.
pub(crate) fn check(config: &FetchConfig) -> anyhow::Result<()> {
    Guard::new(&config.allow_private)?;
    proxies(config)?;
    own_certificates(config)?;
    Ok(())
}

/// A client; one that does not decompress hands out bodies as they came.
pub(super) fn build(config: &FetchConfig, guard: &Guard, decompress: bool) -> anyhow::Result<Client> {
    // An error means that a provider is installed already, which is what we want.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let mut builder = Client::builder()
        .user_agent(agent(&config.contact))
        .redirect(reqwest::redirect::Policy::none())
        .dns_resolver(Arc::new(guard.clone()))
        .connect_timeout(config.connect_timeout)
        .pool_idle_timeout(Duration::from_secs(30))
        // A fetched page is never the referrer of the next one.
        .referer(false);
    if !decompress {
        builder = builder.no_gzip().no_brotli().no_zstd().no_deflate();
    }
    for certificate in own_certificates(config)? {
        builder = builder.add_root_certificate(certificate);
    }
    builder = match proxies(config)? {
        _ if config.direct => builder.no_proxy(),
        None => builder,
        Some(choose) => builder.no_proxy().proxy(Proxy::custom(choose)),
    };
    Ok(builder.build()?)
}

/// Honest about what we are and whom to ask, so that an operator of a visited site can talk to us instead of
/// blocking us.
fn agent(contact: &str) -> String {
    let name = concat!("Amtsticker/", env!("CARGO_PKG_VERSION"));
    // A header is one line; what is not printable would be no header at all.
    let contact: String = contact.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
    if contact.is_empty() { name.to_owned() } else { format!("{name} (+{contact})") }
}

fn own_certificates(config: &FetchConfig) -> anyhow::Result<Vec<Certificate>> {
    let Some(path) = &config.ca_file else { return Ok(Vec::new()) };
    let name = || format!("fetch.ca_file = {:?}", path.display());
    let pem = std::fs::read(path).map_err(|error| anyhow!("{}: {error}", name()))?;
    let found = Certificate::from_pem_bundle(&pem).map_err(|error| anyhow!("{}: {error}", name()))?;
    if found.is_empty() {
        bail!("{}: holds no certificate; allowed are certificates in PEM", name());
    }
    Ok(found)
}

/// Which proxy an address goes through, if the settings say; nothing leaves it to the environment.
fn proxies(config: &FetchConfig) -> anyhow::Result<Option<impl Fn(&Url) -> Option<Url> + Send + Sync + 'static>> {
    if config.proxy.is_none() && config.proxies.is_empty() {
        return Ok(None);
    }
    let all = config.proxy.as_deref().map(|text| proxy("fetch.proxy", text)).transpose()?.flatten();
    let mut by_host = std::collections::BTreeMap::new();
    for (host, text) in &config.proxies {
        by_host.insert(host.to_ascii_lowercase(), proxy(&format!("fetch.proxies.{host}"), text)?);
    }
    let choose = move |url: &Url| by_host.get(url.host_str().unwrap_or_default()).unwrap_or(&all).clone();
    Ok(Some(choose))
}

fn proxy(key: &str, text: &str) -> anyhow::Result<Option<Url>> {
    let known = ["http", "https", "socks4", "socks4a", "socks5", "socks5h"];
    match Url::parse(text) {
        _ if text == DIRECT => Ok(None),
        Ok(url) if known.contains(&url.scheme()) && url.has_host() => Ok(Some(url)),
        // The address may hold a password.
        _ => bail!("{key}: allowed are {DIRECT:?} and addresses that begin with {}://", known.join("://, ")),
    }
}

/// Names of all proxies that may be used: they are the operator's, and may well be private.
pub(super) fn proxy_hosts(config: &FetchConfig) -> BTreeSet<String> {
    let said = config.proxy.iter().chain(config.proxies.values()).cloned();
    let names = ["http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"];
    let environment = names.into_iter().filter(|_| !config.direct).filter_map(|name| std::env::var(name).ok());
    let host = |text: String| {
        let url = Url::parse(&text).or_else(|_| Url::parse(&format!("http://{text}"))).ok()?;
        Some(url.host_str()?.to_ascii_lowercase())
    };
    said.chain(environment).filter_map(host).filter(|host| host != DIRECT).collect()
}

/// What an operator has to know who lets visits go through proxies; nothing where none is used.
pub(super) fn proxy_notice(config: &FetchConfig) -> Option<String> {
    let hosts = proxy_hosts(config);
    let names: Vec<&str> = hosts.iter().map(String::as_str).collect();
    (!names.is_empty()).then(|| {
        let names = names.join(", ");
        format!("visits go through proxies ({names}): which addresses names may lead to is theirs to say, and not ours")
    })
}

#[cfg(test)]
mod tests {
    //! What the settings mean, and what they may not be.

    use super::*;

    fn config(proxy: Option<&str>, proxies: &[(&str, &str)]) -> FetchConfig {
        let proxies = proxies.iter().map(|(host, proxy)| ((*host).to_owned(), (*proxy).to_owned())).collect();
        FetchConfig { proxy: proxy.map(str::to_owned), proxies, ..FetchConfig::default() }
    }

    #[test]
    fn a_host_has_its_own_proxy_the_common_one_or_none() {
        let config =
            config(Some("http://proxy.example:3128"), &[("Intern.example", DIRECT), ("a.example", "socks5h://s:1")]);
        let choose = proxies(&config).unwrap().unwrap();
        let via = |url: &str| choose(&Url::parse(url).unwrap()).map(|url| url.to_string());
        assert_eq!(via("https://b.example/").as_deref(), Some("http://proxy.example:3128/"));
        assert_eq!(via("https://intern.example/"), None);
        assert_eq!(via("https://a.example/x").as_deref(), Some("socks5h://s:1"));
        assert!(proxy_hosts(&config).contains("proxy.example") && proxy_hosts(&config).contains("s"));
        let said = proxy_notice(&config).unwrap();
        assert!(said.contains("(proxy.example, s)") && said.contains("theirs to say"), "{said}");
        assert_eq!(proxy_notice(&FetchConfig { direct: true, ..FetchConfig::default() }), None);
    }

    #[test]
    fn mistakes_are_named_and_passwords_are_not() {
        let error = |config: &FetchConfig| build(config, &Guard::default(), true).unwrap_err().to_string();
        let wrong = error(&config(Some("ftp://me:geheim@proxy.example"), &[]));
        assert!(wrong.contains("fetch.proxy") && wrong.contains("socks5h") && !wrong.contains("geheim"), "{wrong}");
        let missing = FetchConfig { ca_file: Some("fehlt.pem".into()), ..FetchConfig::default() };
        assert!(error(&missing).contains("fehlt.pem"));
    }

    #[test]
    fn the_agent_names_a_contact_on_one_line() {
        assert!(agent("").starts_with("Amtsticker/") && !agent("").contains('('));
        assert!(agent("cdo@example.bund.de\r\nX: y").ends_with(" (+cdo@example.bund.deX: y)"));
    }
}
